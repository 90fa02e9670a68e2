//! What a site consists of: pages, posters, style sheets, pictures; each with its path.
//!
//! [`plan`] lists the artifacts of a site. Each is a path and a way to make its bytes from a view and the
//! theme; making them is somebody else's business, so that they can be made in parallel, one at a time, or
//! not at all. Nothing here reads the disk: the theme comes in as files already read.

mod addresses;
mod blank_lines;
mod calendar_data;
mod contrast;
mod fault_words;
mod fingerprint;
mod foreign;
mod inputs;
mod offline;
mod outputs;
mod owner;
mod pages;
pub(crate) mod path;
mod pictures;
#[cfg(feature = "posters")]
pub mod posters;
mod search;
#[cfg(feature = "posters")]
mod sheets;
mod short_addresses;
mod style_sheet;
mod template;
mod theme;
mod to_come;

pub use addresses::addresses;
pub(crate) use addresses::{is_passing, same_address, written as written_address};
pub use fingerprint::Fingerprint;
pub use inputs::Inputs;
pub(crate) use outputs::SERVER_HEADERS;
pub(crate) use owner::owner;
pub use path::{Clash, ClashKind, OutputPath, PathError};
pub(crate) use pictures::is_smaller as is_smaller_picture;
#[cfg(feature = "posters")]
pub(crate) use sheets::{Drawer, DrawnSheet};
#[cfg(feature = "posters")]
pub use sheets::{Hanging, Printing, Today, as_printed, hanging, print};
pub(crate) use theme::built_in_wording;
pub use theme::{Look, Theme, missing_theme};
pub use to_come::faults_to_come;

use std::sync::{Arc, OnceLock};

use camino::Utf8PathBuf;

use crate::diagnostics::Diagnostic;
use crate::site::{Edition, Site};

/// Writes the bytes of an artifact into an empty buffer, or says what in the content keeps it from being made.
pub type Make<'a, E> = Box<dyn Fn(&mut Vec<u8>) -> Result<(), E> + Send + Sync + 'a>;

/// One file of the site, not yet made.
pub struct Artifact<'a, E> {
    /// Where it goes.
    pub path: OutputPath,
    /// The file that it comes from, relative to the site's folder, for what is wrong with it.
    pub origin: Arc<str>,
    /// Everything that goes into it: if it is as in the last build, it is not made.
    pub inputs: Inputs<'a>,
    /// Makes it. Called on a thread with a stack of 16 MiB.
    pub make: Make<'a, E>,
}

/// An artifact of a site: what keeps it from being made are problems of the content or the theme.
pub type SiteArtifact<'a> = Artifact<'a, Vec<Diagnostic>>;

/// Everything the site consists of; posters first, since they take longest.
pub fn plan<'a>(
    site: &'a Site,
    theme: &'a Theme,
    pictures: &'a [(String, Utf8PathBuf)],
) -> Result<Vec<SiteArtifact<'a>>, Vec<Diagnostic>> {
    let editions: Vec<Edition<'a>> = theme.editions(site)?;
    let mut artifacts = Vec::new();
    let offered = Arc::new(OnceLock::new());
    let (pages, for_programs) = rayon::join(
        || pages::pages(site, editions.clone(), theme, Arc::clone(&offered)),
        || [calendar_data::files, outputs::files, search::files].map(|files| files(&editions)),
    );
    let pages = pages?;
    #[cfg(feature = "posters")]
    if site.sheets {
        artifacts.extend(sheets::published(&editions, theme, pages.shared)?);
    }
    artifacts.extend(for_programs.into_iter().flatten());
    artifacts.extend(outputs::discovery(&editions, theme, pages.listed));
    artifacts.extend(pages.artifacts);
    artifacts.extend(short_addresses::files(&editions, theme));
    let moved = outputs::redirects(&editions, theme, &mut artifacts);
    artifacts.extend(moved);
    artifacts.extend(outputs::headers(&editions, theme, &artifacts));
    artifacts.extend(theme.assets());
    artifacts.extend(offline::file(&editions, theme));
    artifacts.extend(pictures::files(site, pictures));
    // The page that lists what is made for programs is made when all of it is known.
    offered.get_or_init(|| outputs::offered(site, &artifacts));
    Ok(artifacts)
}
