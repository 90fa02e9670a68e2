//! The Markdown of a record as blocks of text that a sheet can set.

use crate::content::Record;
use crate::site::Edition;
use crate::site::markdown::blocks as read;

pub use crate::site::markdown::{Block, Run};

/// The body of a record in the best language there is.
pub(super) fn blocks<K>(edition: &Edition<'_>, record: &Record<K>) -> Vec<Block> {
    let Some((body, lang)) = edition.best_body(&record.bodies) else { return Vec::new() };
    let mut blocks = read(body.markdown());
    blocks.iter_mut().for_each(|block| block.lang = lang.clone());
    blocks
}
