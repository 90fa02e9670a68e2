//! What stands at an old address: that the page has moved, and where to.

use serde::Serialize;

use super::parts::Local;
use crate::site::{Address, Alias, Edition};

/// A page that has moved.
#[derive(Debug, Clone, Serialize)]
pub struct MovedView {
    /// The language of the page behind it.
    pub lang: String,
    /// Whether it is written from right to left.
    pub right_to_left: bool,
    /// The title of the page behind it.
    pub title: Local,
    /// That it has moved, in words.
    pub words: String,
    /// The way to it, relative to the old address, encoded.
    pub url: String,
    /// Its whole address, for `rel=canonical`.
    pub canonical: String,
}

/// What stands at an old address; `edition` is the language of the page that it leads to.
pub(crate) fn moved(edition: &Edition<'_>, alias: &Alias<'_>) -> MovedView {
    let to = edition.address(&alias.path);
    MovedView {
        lang: edition.language.as_str().to_owned(),
        right_to_left: edition.language.is_right_to_left(),
        title: edition.local(alias.title),
        words: edition.wording.term("moved").to_owned(),
        url: format!("{}{}", alias.from.to_root(), edition.href(&to)),
        canonical: edition.site.whole(&to),
    }
}

/// What stands at a short address that leads to the page at `path`, in the edition's language.
pub(crate) fn moved_short(edition: &Edition<'_>, from: &Address, path: &str) -> MovedView {
    let to = edition.address(path);
    MovedView {
        lang: edition.language.as_str().to_owned(),
        right_to_left: edition.language.is_right_to_left(),
        title: edition.name_of(path).unwrap_or_else(|| Local::own(path.to_owned())),
        words: edition.wording.term("short-address").to_owned(),
        url: format!("{}{}", from.to_root(), edition.href(&to)),
        canonical: edition.site.whole(&to),
    }
}
