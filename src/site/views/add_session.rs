//! A link that adds one session to the reader's own calendar.
//!
//! A file for each session would be thousands; so the link leads to the calendar of the whole activity, and the script
//! `add-session.js` makes a file of this one session out of what stands in the link.

use std::ptr;
use std::sync::Arc;

use serde::Serialize;

use super::subscription::activity_file;
use crate::calendar::{Date, TimeRange, at};
use crate::content::{Programme, Record, Text};
use crate::site::Edition;

/// A session that can be added to a calendar.
#[derive(Debug, Clone, Serialize)]
pub struct AddSession {
    /// The activity's calendar, relative to the root, encoded.
    pub url: Arc<str>,
    /// What takes place.
    pub title: Arc<str>,
    /// Where it does.
    pub place: Arc<str>,
    /// When it begins, with its zone's offset (RFC 3339).
    pub starts: String,
    /// When it ends.
    pub ends: String,
}

/// How the sessions of an activity are added: most have the same title and room, which are put in words once.
pub(crate) struct Adding<'a> {
    edition: Edition<'a>,
    programme: &'a Programme,
    url: Arc<str>,
    /// The title and the room of the last session, and the words for them.
    last: Option<Words<'a>>,
}

/// A title and a room; the title and the place in words.
type Words<'a> = ((&'a Text, Option<&'a Text>), [Arc<str>; 2]);

impl<'a> Adding<'a> {
    /// Of an activity, given by its key; nothing where no calendars are made.
    pub(crate) fn of(edition: &Edition<'a>, record: &'a Record<Programme>, key: &str) -> Option<Self> {
        let url = activity_file(edition, record, key)?.into();
        Some(Self { edition: *edition, programme: &record.value, url, last: None })
    }

    /// A session.
    pub(crate) fn session(
        &mut self,
        (title, room): (&'a Text, Option<&'a Text>),
        (date, time): (Date, TimeRange),
    ) -> AddSession {
        let site = self.edition.site;
        let is_same = |(known, other): (&Text, Option<&Text>)| {
            ptr::eq(known, title) && other.map(ptr::from_ref) == room.map(ptr::from_ref)
        };
        let known = self.last.take().filter(|(of, _)| is_same(*of));
        let known = known.unwrap_or_else(|| ((title, room), self.words(title, room)));
        let (url, [title, place]) = (Arc::clone(&self.url), known.1.clone());
        self.last = Some(known);
        let [starts, ends] = [time.start(), time.end()].map(|end| site.instant(at(date, end)));
        AddSession { url, title, place, starts, ends }
    }

    fn words(&self, title: &Text, room: Option<&Text>) -> [Arc<str>; 2] {
        let (edition, site) = (&self.edition, self.edition.site);
        let centre = site.index.centre.get(&self.programme.centre).and_then(|n| site.content.centres.get(*n));
        let centre = centre.map(|centre| &centre.value);
        let place = [centre.map(|centre| &centre.name), room, centre.map(|centre| &centre.address)];
        let place = edition.wording.list(place.into_iter().flatten().map(|text| edition.local(text).text));
        [edition.local(title).text.into(), place.into()]
    }
}
