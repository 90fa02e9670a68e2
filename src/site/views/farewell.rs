//! What stands at a short address whose page is gone: the editors' words, in each of the site's languages that they have.

use serde::Serialize;

use super::parts::{Link, Local};
use crate::content::Text;
use crate::site::Edition;

/// A farewell.
#[derive(Debug, Clone, Serialize)]
pub struct FarewellView {
    /// The words, language by language, the site's first one first.
    pub parts: Vec<FarewellPart>,
}

/// A farewell in one language.
#[derive(Debug, Clone, Serialize)]
pub struct FarewellPart {
    /// That the sheet is out of date; nothing in the page's own language, where the headline says it.
    pub heading: Option<Local>,
    /// What the editors say.
    pub text: Local,
    /// The home page in this language.
    pub home: Link,
}

/// A farewell in the languages of the editions, the first of which is the page's own.
pub(crate) fn farewell(editions: &[Edition<'_>], text: &Text) -> FarewellView {
    let part = |edition: &Edition<'_>| {
        let own = edition.is_first();
        let lang = || (!own).then(|| edition.language.as_str().to_owned());
        let local = |text: &str| Local { text: text.to_owned(), lang: lang() };
        let text = match text.exactly(edition.language, edition.site.first_language()) {
            Some(text) => local(text),
            None if own => edition.local(text),
            None => return None,
        };
        let home = Link {
            name: local(edition.wording.term("nav.home")),
            url: edition.href(&edition.address("")),
            hreflang: lang(),
        };
        Some(FarewellPart { heading: (!own).then(|| local(edition.wording.term("farewell"))), text, home })
    };
    FarewellView { parts: editions.iter().filter_map(part).collect() }
}
