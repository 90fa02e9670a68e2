//! What the pictures say that messengers show beside links to pages.

use std::sync::Arc;

use super::event::card as event_card;
use super::parts::Local;
use super::structured::Subject;
use crate::content::{Centre, Id, Record, Text};
use crate::site::{Address, Edition, time_of};

/// How wide the line that matters is at most, in half the width of a Chinese letter.
const MOST_WIDTH: u32 = 136;

/// The picture of a page: where it stands, and what its words are made from when it is drawn.
#[cfg_attr(not(feature = "posters"), allow(dead_code, reason = "only who draws reads all of it"))]
#[derive(Debug, Clone)]
pub(crate) struct SharePicture<'a> {
    /// Where it stands.
    pub(crate) address: Address,
    /// The file that the page is written in.
    pub(crate) origin: Arc<str>,
    /// The language that it is in.
    pub(crate) edition: Edition<'a>,
    title: Local,
    subject: Subject<'a>,
    /// What is told of the page elsewhere.
    summary: Option<&'a Text>,
}

/// What the picture of a page says.
#[cfg_attr(not(feature = "posters"), allow(dead_code, reason = "only who draws reads it"))]
#[derive(Debug, Clone)]
pub(crate) struct ShareWords {
    /// Where it takes place or what kind of page it is.
    pub(crate) kicker: Option<Local>,
    /// The title of the page.
    pub(crate) title: Local,
    /// The one line that matters.
    pub(crate) line: Option<Local>,
    /// Whose site it is on.
    pub(crate) issuer: Local,
}

impl<'a> SharePicture<'a> {
    /// The picture of a page, by its path without a language, if its kind has one.
    pub(crate) fn of(
        edition: Edition<'a>,
        kind: &str,
        path: &str,
        title: &Local,
        subject: Subject<'a>,
        summary: Option<&'a Text>,
        origin: &Arc<str>,
    ) -> Option<Self> {
        if matches!(subject, Subject::Other) && kind != "page" {
            return None;
        }
        let file =
            if path.is_empty() { "share.png".to_owned() } else { format!("share/{}.png", path.trim_end_matches('/')) };
        let (address, title, origin) = (edition.address(&file), title.clone(), Arc::clone(origin));
        Some(Self { address, origin, edition, title, subject, summary })
    }

    /// What it says.
    #[cfg_attr(not(feature = "posters"), allow(dead_code, reason = "only who draws asks"))]
    pub(crate) fn words(&self) -> ShareWords {
        let edition = &self.edition;
        let config = &edition.site.content.site.value;
        let list = |name: &str| Some(edition.term(&format!("nav.{name}")));
        let summary = || self.summary.filter(|text| edition.has(text)).map(|text| edition.local(text));
        let (kicker, line) = match self.subject {
            Subject::Site => (None, summary()),
            Subject::Centre(record) => (list("centres"), Some(edition.local(&record.value.address))),
            Subject::Programme(record) => {
                (centre(edition, &record.value.centre), Some(Local::own(edition.span(record.value.valid))))
            }
            Subject::Activity(record, number) => {
                let line = record.value.activities.get(number).map(|activity| {
                    let days = super::pattern::days_in_words(edition, &activity.when.pattern);
                    let time = time_of(&record.value, activity).map(|time| time.to_string());
                    let room = activity.room.as_ref().map(|room| edition.local(room));
                    joined([Some(Local::own(days)), time.map(Local::own), room])
                });
                (centre(edition, &record.value.centre), line)
            }
            Subject::Event(record) => {
                let card = event_card(edition, record);
                let centre = record.value.centre.as_ref().and_then(|id| centre(edition, id));
                (
                    centre.or_else(|| list("events")),
                    Some(joined([Some(Local::own(card.when)), card.time.map(Local::own), card.place])),
                )
            }
            Subject::Policy(_) => (list("policies"), summary()),
            Subject::Notice(_) => (list("notices"), summary()),
            Subject::Other => (None, summary()),
        };
        let title = self.title.clone();
        let issuer = if matches!(self.subject, Subject::Site) { &config.publisher } else { &config.title };
        ShareWords {
            // Programmes are often called after their centre.
            kicker: kicker.filter(|kicker| !title.text.contains(&kicker.text)),
            title,
            line: line.map(short).filter(|line| !line.text.is_empty()),
            issuer: edition.local(issuer),
        }
    }
}

fn centre(edition: &Edition<'_>, id: &Id<Centre>) -> Option<Local> {
    let site = edition.site;
    let record: &Record<Centre> = site.content.centres.get(*site.index.centre.get(id)?)?;
    Some(edition.local(&record.value.name))
}

/// Parts one after the other, in the language of the last, which alone may be in another than the page's.
fn joined<const N: usize>(parts: [Option<Local>; N]) -> Local {
    let lang = parts.iter().flatten().find_map(|part| part.lang.clone());
    let texts: Vec<String> =
        parts.into_iter().flatten().map(|part| part.text).filter(|text| !text.is_empty()).collect();
    Local { text: texts.join(" "), lang }
}

/// The beginning of a text; Chinese letters are twice as wide as others.
fn short(text: Local) -> Local {
    let mut width = 0;
    let fits = |letter: &char| {
        width += if u32::from(*letter) < 0x2e80 { 1 } else { 2 };
        width <= MOST_WIDTH
    };
    let kept: String = text.text.chars().take_while(fits).collect();
    if kept.len() == text.text.len() {
        return text;
    }
    // A line of words ends with a whole one.
    let kept = kept
        .rsplit_once(' ')
        .map_or(kept.as_str(), |(words, _)| if words.len() > kept.len() / 2 { words } else { &kept });
    Local { text: format!("{kept}…"), ..text }
}
