//! Calendars to subscribe to, as pages link to them.

use serde::Serialize;

use super::parts::{Link, Local};
use crate::content::{Area, Audience, Centre, Event, Id, Programme, Record, Term, Text};
use crate::site::{CalendarOf, Edition};

/// A calendar to subscribe to.
#[derive(Debug, Clone, Serialize)]
pub struct Subscription {
    /// Its file, relative to the root, under its name.
    pub link: Link,
    /// Its whole address with the scheme `webcal`, which phones open with their calendar.
    pub webcal: String,
}

/// What the calendar of a centre or area is called.
pub(crate) fn calendar_name(edition: &Edition<'_>, name: &Text) -> String {
    edition.wording.say("calendar.of", &[("name", &edition.local(name).text)])
}

/// What the calendar of a centre's opening hours is called.
pub(crate) fn hours_calendar_name(edition: &Edition<'_>, name: &Text) -> String {
    edition.wording.say("calendar.hours-of", &[("name", &edition.local(name).text)])
}

/// What the calendar for an audience is called.
pub(crate) fn audience_calendar_name(edition: &Edition<'_>, term: &Term) -> String {
    edition.wording.say("calendar.for", &[("name", &edition.local(&term.name).text)])
}

fn subscription(edition: &Edition<'_>, of: CalendarOf<'_>, name: Local) -> Subscription {
    let address = edition.address(&of.path());
    let base = edition.site.content.site.value.base_url.as_str().trim_end_matches('/');
    let place = base.split_once("://").map_or(base, |(_, place)| place);
    Subscription {
        webcal: format!("webcal://{place}/{}", address.encoded()),
        link: Link { name, url: address.encoded(), hreflang: None },
    }
}

fn own(text: String) -> Local {
    Local { text, lang: None }
}

/// A centre's activities, and its opening hours.
pub(super) fn of_centre(edition: &Edition<'_>, record: &Record<Centre>) -> Vec<Subscription> {
    let site = edition.site;
    if !site.has_calendars() {
        return Vec::new();
    }
    let sessions = (!site.members_of_centre(&record.id).is_empty()).then(|| {
        subscription(edition, CalendarOf::Centre(&record.id), own(calendar_name(edition, &record.value.name)))
    });
    let hours = site.hours(&record.id).map(|_| {
        subscription(edition, CalendarOf::Hours(&record.id), own(hours_calendar_name(edition, &record.value.name)))
    });
    sessions.into_iter().chain(hours).collect()
}

/// Each activity of a programme that is not over.
pub(crate) fn of_programme(edition: &Edition<'_>, record: &Record<Programme>) -> Vec<Subscription> {
    if !edition.site.has_calendars() || record.value.valid.last() < edition.site.today {
        return Vec::new();
    }
    (0..record.value.activities.len()).filter_map(|number| of_activity(edition, record, number)).collect()
}

/// One activity of a programme that is not over.
pub(super) fn of_activity(edition: &Edition<'_>, record: &Record<Programme>, number: usize) -> Option<Subscription> {
    if !edition.site.has_calendars() || record.value.valid.last() < edition.site.today {
        return None;
    }
    let activity = record.value.activities.get(number)?;
    let key = edition.site.activity_key(record, number)?;
    Some(subscription(edition, CalendarOf::Activity(&record.id, key), edition.local(&activity.title)))
}

/// The file of an activity's calendar, by its key, if it is made and the programme is not over.
pub(super) fn activity_file(edition: &Edition<'_>, record: &Record<Programme>, key: &str) -> Option<String> {
    let made = edition.site.has_calendars() && record.value.valid.last() >= edition.site.today;
    made.then(|| edition.address(&CalendarOf::Activity(&record.id, key).path()).encoded())
}

/// The centre of a programme that is not over.
pub(crate) fn of_programmes_centre(edition: &Edition<'_>, record: &Record<Programme>) -> Vec<Subscription> {
    let centre = edition.site.index.centre.get(&record.value.centre);
    let centre = centre.and_then(|number| edition.site.content.centres.get(*number));
    let centre = centre.filter(|centre| edition.offers(*centre) && record.value.valid.last() >= edition.site.today);
    centre.map(|centre| of_centre(edition, centre)).unwrap_or_default()
}

/// An area and everything inside it.
pub(super) fn of_area(edition: &Edition<'_>, area: &Area) -> Vec<Subscription> {
    let here = edition.site.has_calendars() && !edition.site.members_of_area(&area.id).is_empty();
    let name = || own(calendar_name(edition, &area.name));
    here.then(|| subscription(edition, CalendarOf::Area(&area.id), name())).into_iter().collect()
}

/// An event that is not over.
pub(super) fn of_event(edition: &Edition<'_>, record: &Record<Event>) -> Vec<Subscription> {
    let coming = edition.site.has_calendars() && super::event::upcoming(edition, record);
    let name = || edition.local(&record.value.title);
    coming.then(|| subscription(edition, CalendarOf::Event(&record.id), name())).into_iter().collect()
}

/// Each audience for which something takes place.
pub(super) fn of_audiences(edition: &Edition<'_>) -> Vec<Subscription> {
    let site = edition.site;
    if !site.has_calendars() {
        return Vec::new();
    }
    site.content.site.value.audiences.keys().filter_map(|id| of_audience(edition, id)).collect()
}

/// An audience for which something takes place.
pub(super) fn of_audience(edition: &Edition<'_>, id: &Id<Audience>) -> Option<Subscription> {
    let site = edition.site;
    let term = site.content.site.value.audiences.get(id).filter(|term| edition.has(&term.name))?;
    let offered = site.has_calendars() && !site.members_of_audience(id).is_empty();
    offered.then(|| subscription(edition, CalendarOf::Audience(id), own(audience_calendar_name(edition, term))))
}
