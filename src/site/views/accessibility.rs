//! The accessibility statement: what holds of every site of the theme, what this one does not do yet, whom to tell.
//!
//! What holds is said by the theme's words, and only what its tests show. The rest is the publisher's: nothing is
//! claimed for them.

use serde::Serialize;

use super::parts::{ContactView, DateText, Local, PhoneView, contact, phones};
use crate::content::LanguageTag;
use crate::site::Edition;

/// The accessibility statement.
#[derive(Debug, Clone, Serialize)]
pub struct AccessibilityView {
    /// Whom to tell.
    pub contact: Option<ContactView>,
    /// The publisher's telephone lines, where nobody in particular is named.
    pub phones: Vec<PhoneView>,
    /// What the site does not do yet, as the publisher says.
    pub gaps: Vec<Local>,
    /// The languages that no native reader has checked, by their own names.
    pub unreviewed: Vec<Local>,
    /// When somebody last checked the statement.
    pub reviewed: Option<DateText>,
}

/// The accessibility statement; `unreviewed` are the languages that no native reader has checked.
pub(crate) fn accessibility(edition: &Edition<'_>, unreviewed: &[&LanguageTag]) -> AccessibilityView {
    let config = &edition.site.content.site.value;
    let statement = config.accessibility.as_ref();
    let who = statement.and_then(|statement| statement.contact.as_ref());
    let public = || config.public_site.as_ref().and_then(|public| public.contact.as_ref());
    let who = who.or_else(public).map(|who| contact(edition, who));
    AccessibilityView {
        phones: if who.is_none() { phones(edition, &config.phones) } else { Vec::new() },
        contact: who,
        gaps: statement.map(|statement| edition.locals(&statement.gaps)).unwrap_or_default(),
        unreviewed: config
            .languages
            .iter()
            .filter(|language| unreviewed.contains(&&language.tag))
            .map(|language| Local {
                text: language.name.clone(),
                lang: (language.tag != *edition.language).then(|| language.tag.to_string()),
            })
            .collect(),
        reviewed: statement.and_then(|statement| statement.reviewed).map(|day| edition.date(day.0)),
    }
}
