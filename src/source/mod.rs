//! The disk, as far as it is read: the site's files, decoded, and YAML with places.
//!
//! In goes the site's folder, out come texts and typed values, or diagnostics with file, line and column.
//! Clean files pay nothing for good errors: a file is first read straight into its type by a fast parser,
//! and only when something is wrong is it read again by a parser that keeps places ([`yaml`]).

mod encoding;
mod files;
mod front_matter;
mod headers;
mod kept;
pub mod lint;
mod pictures;
mod themes;
pub mod words;
pub mod yaml;

pub(crate) use encoding::decoded;
pub use files::{LEDGER, Sources, read_picture, read_site, read_site_again, read_text};
pub use front_matter::{Markdown, split};
pub(crate) use headers::damaged;
pub use kept::Kept;
pub use pictures::{PictureFacts, PictureFormat};
pub use themes::{read_theme, theme_names, theme_stands};

use std::sync::Arc;

/// A file of the site, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path relative to the site's folder, with `/` between the parts.
    pub path: Arc<str>,
    /// Its text, without a byte order mark.
    pub text: Arc<str>,
}
