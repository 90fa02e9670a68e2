//! The language switch: where each language of the site leads from a page.
//!
//! It stays on the page where a language has it. Where it has not, it goes to the nearest page above that the language
//! has, a list or the home page, and says so: languages that lead to the same page are named together.

use serde::Serialize;

use super::lists::{LISTS, exists};
use crate::site::Edition;

/// The languages of the site, as a page shows them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Switch {
    /// Those that have the page.
    pub here: Vec<SwitchItem>,
    /// Those that have not.
    pub elsewhere: Vec<Elsewhere>,
}

/// A language.
#[derive(Debug, Clone, Serialize)]
pub struct SwitchItem {
    /// The language's tag.
    pub lang: String,
    /// The language's name for itself.
    pub name: String,
    /// The address from the root, encoded.
    pub url: String,
    /// Whether it is this page.
    pub current: bool,
}

/// Languages that lead to one page instead of this one.
#[derive(Debug, Clone, Serialize)]
pub struct Elsewhere {
    /// That they have not this page, and where they lead.
    pub words: String,
    /// The languages.
    pub languages: Vec<SwitchItem>,
}

/// Where each language leads from the page at `path`, which the editions `having` have. Empty if there is only one.
pub(super) fn switch(edition: &Edition<'_>, all: &[Edition<'_>], having: &[Edition<'_>], path: &str) -> Switch {
    let mut switch = Switch::default();
    if all.len() < 2 {
        return switch;
    }
    let languages = &edition.site.content.site.value.languages;
    let item = |other: &Edition<'_>, target: &str| SwitchItem {
        lang: other.language.as_str().to_owned(),
        name: languages.iter().find(|l| l.tag == *other.language).map_or_else(String::new, |l| l.name.clone()),
        url: other.href(&other.address(target)),
        current: target == path && other.language == edition.language,
    };
    for other in all {
        if having.iter().any(|one| one.language == other.language) {
            switch.here.push(item(other, path));
            continue;
        }
        let list = path.split('/').next().filter(|list| LISTS.contains(list) && exists(other, list));
        let (target, term) = match list {
            Some(list) => (format!("{list}/"), format!("nav.{list}")),
            None => (String::new(), "nav.home".to_owned()),
        };
        let words = edition.wording.say("switch-to", &[("page", edition.wording.term(&term))]);
        let mut item = item(other, &target);
        item.current = false;
        match switch.elsewhere.iter_mut().find(|group| group.words == words) {
            Some(group) => group.languages.push(item),
            None => switch.elsewhere.push(Elsewhere { words, languages: vec![item] }),
        }
    }
    switch
}
