//! What the pictures say that messengers show beside links to pages.

use std::sync::Arc;

use super::event::card as event_card;
use super::parts::Local;
use super::structured::Subject;
use crate::content::{Centre, Id, Record, Text};
use crate::site::{Address, Edition, time_of};

/// How wide the line that matters is at most, in half the width of a Chinese letter.
const MOST_WIDTH: u32 = 136;

/// What the picture of a page says, and where it stands.
#[cfg_attr(not(feature = "posters"), allow(dead_code, reason = "only who draws reads all of it"))]
#[derive(Debug, Clone)]
pub(crate) struct SharePicture {
    /// Where it stands.
    pub(crate) address: Address,
    /// Where it takes place or what kind of page it is.
    pub(crate) kicker: Option<Local>,
    /// The title of the page.
    pub(crate) title: Local,
    /// The one line that matters.
    pub(crate) line: Option<Local>,
    /// Whose site it is on.
    pub(crate) issuer: Local,
    /// The file that the page is written in.
    pub(crate) origin: Arc<str>,
}

/// The picture of a page, by its path without a language, if its kind has one. `summary` is what is told of the page elsewhere.
pub(crate) fn share_picture(
    edition: &Edition<'_>,
    kind: &str,
    path: &str,
    title: &Local,
    subject: Subject<'_>,
    summary: Option<&Text>,
    origin: &Arc<str>,
) -> Option<SharePicture> {
    let config = &edition.site.content.site.value;
    let list = |name: &str| Some(edition.term(&format!("nav.{name}")));
    let summary = || summary.filter(|text| edition.has(text)).map(|text| edition.local(text));
    let (kicker, line) = match subject {
        Subject::Site => (None, summary()),
        Subject::Centre(record) => (list("centres"), Some(edition.local(&record.value.address))),
        Subject::Programme(record) => {
            (centre(edition, &record.value.centre), Some(Local::own(edition.span(record.value.valid))))
        }
        Subject::Activity(record, number) => {
            let activity = record.value.activities.get(number)?;
            let days = super::pattern::days_in_words(edition, &activity.when.pattern);
            let time = time_of(&record.value, activity).map(|time| time.to_string());
            let room = activity.room.as_ref().map(|room| edition.local(room));
            (centre(edition, &record.value.centre), Some(joined([Some(Local::own(days)), time.map(Local::own), room])))
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
        Subject::Other if kind == "page" => (None, summary()),
        Subject::Other => return None,
    };
    let file =
        if path.is_empty() { "share.png".to_owned() } else { format!("share/{}.png", path.trim_end_matches('/')) };
    let issuer = if path.is_empty() { &config.publisher } else { &config.title };
    Some(SharePicture {
        address: edition.address(&file),
        // Programmes are often called after their centre.
        kicker: kicker.filter(|kicker| !title.text.contains(&kicker.text)),
        title: title.clone(),
        line: line.map(short).filter(|line| !line.text.is_empty()),
        issuer: edition.local(issuer),
        origin: Arc::clone(origin),
    })
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
