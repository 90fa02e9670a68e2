//! A link that adds one session to the reader's own calendar.
//!
//! A file for each session would be thousands; so the link leads to the calendar of the whole activity, and the script
//! `add-session.js` makes a file of this one session out of what stands in the link.

use serde::Serialize;

use super::subscription::activity_file;
use crate::calendar::{Date, TimeRange, at};
use crate::content::{Programme, Record, Text};
use crate::site::Edition;

/// A session that can be added to a calendar.
#[derive(Debug, Clone, Serialize)]
pub struct AddSession {
    /// The activity's calendar, relative to the root, encoded.
    pub url: String,
    /// What takes place.
    pub title: String,
    /// Where it does.
    pub place: String,
    /// When it begins, with its zone's offset (RFC 3339).
    pub starts: String,
    /// When it ends.
    pub ends: String,
}

/// A session of an activity, given by the activity's key; nothing where no calendars are made.
pub(crate) fn add_session(
    edition: &Edition<'_>,
    record: &Record<Programme>,
    key: &str,
    (title, room): (&Text, Option<&Text>),
    (date, time): (Date, TimeRange),
) -> Option<AddSession> {
    let site = edition.site;
    let url = activity_file(edition, record, key)?;
    let centre = site.index.centre.get(&record.value.centre).and_then(|n| site.content.centres.get(*n));
    let centre = centre.map(|centre| &centre.value);
    let place = [centre.map(|centre| &centre.name), room, centre.map(|centre| &centre.address)];
    let [starts, ends] = [time.start(), time.end()].map(|end| site.instant(at(date, end)));
    Some(AddSession {
        url,
        title: edition.local(title).text,
        place: edition.wording.list(place.into_iter().flatten().map(|text| edition.local(text).text)),
        starts,
        ends,
    })
}
