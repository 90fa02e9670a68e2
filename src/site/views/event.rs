//! Something that happens once, with its zones.

use serde::Serialize;

use super::centre::audiences;
use super::parts::{ContactView, Link, Local, PictureView, contact, pictures};
use super::subscription::Subscription;
use crate::calendar::{DateSpan, TimeOfDay};
use crate::content::{Event, Record};
use crate::site::edition::BodyHtml;
use crate::site::{Address, Edition};

/// An event in a list.
#[derive(Debug, Clone, Serialize)]
pub struct EventCard {
    /// Its page.
    pub link: Link,
    /// One sentence.
    pub summary: Option<Local>,
    /// The first day, ISO 8601.
    pub date: String,
    /// The day or days in words.
    pub when: String,
    /// The time.
    pub time: Option<String>,
    /// The place in words.
    pub place: Option<Local>,
    /// The centre's page.
    pub centre: Option<Link>,
    /// The instant at which it is over (RFC 3339): the end of its last day.
    pub ends: String,
    /// Why it is not held.
    pub cancelled: Option<Local>,
    /// Whether it is over.
    pub over: bool,
}

/// An event's page.
#[derive(Debug, Clone, Serialize)]
pub struct EventView {
    /// What its card says.
    pub card: EventCard,
    /// Whom it is for.
    pub audience: Vec<Local>,
    /// The strand.
    pub strand: Option<Local>,
    /// The zones.
    pub zones: Vec<ZoneView>,
    /// Who organises it.
    pub organisers: Vec<Local>,
    /// What it costs.
    pub cost: Option<Local>,
    /// How to take part.
    pub booking: Option<Local>,
    /// What to bring.
    pub bring: Vec<Local>,
    /// Whom to ask.
    pub contact: Option<ContactView>,
    /// Where it is, for a `geo:` link.
    pub geo: Option<String>,
    /// Pictures.
    pub pictures: Vec<PictureView>,
    /// The text.
    pub body: Option<BodyHtml>,
    /// Calendars to subscribe to.
    pub calendars: Vec<Subscription>,
}

/// A zone.
#[derive(Debug, Clone, Serialize)]
pub struct ZoneView {
    /// Its name.
    pub name: Local,
    /// What happens there.
    pub what: Option<Local>,
    /// When, where that differs.
    pub time: Option<String>,
}

/// Whether an event is not over.
pub(super) fn upcoming(edition: &Edition<'_>, record: &Record<Event>) -> bool {
    record.value.on.last() >= edition.site.today
}

/// The order of events: by day, then by time; what has no time comes first.
pub(super) fn in_order(record: &Record<Event>) -> (DateSpan, Option<TimeOfDay>) {
    (record.value.on, record.value.time.map(|time| time.start()))
}

/// An event in a list.
pub(crate) fn card(edition: &Edition<'_>, record: &Record<Event>) -> EventCard {
    let event = &record.value;
    let centre = event.centre.as_ref().and_then(|id| edition.centre(id));
    EventCard {
        link: edition.link(record),
        summary: edition.local_some(event.summary.as_ref()),
        date: event.on.first().to_string(),
        when: edition.wording.weekday_span(event.on, edition.site.today.year()),
        time: event.time.map(|time| time.to_string()),
        place: edition.local_some(event.place.as_ref()),
        centre,
        ends: edition.site.end_of(event.on.last()),
        cancelled: edition.local_some(event.cancelled.as_ref()),
        over: !upcoming(edition, record),
    }
}

/// An event's page.
pub(crate) fn event(edition: &Edition<'_>, record: &Record<Event>, address: &Address) -> EventView {
    let event = &record.value;
    EventView {
        card: card(edition, record),
        audience: audiences(edition, &event.audience),
        strand: event
            .strand
            .as_ref()
            .and_then(|id| edition.site.content.site.value.strands.get(id))
            .map(|term| edition.local(&term.name)),
        zones: event
            .zones
            .iter()
            .map(|zone| ZoneView {
                name: edition.local(&zone.name),
                what: edition.local_some(zone.what.as_ref()),
                time: zone.time.map(|time| time.to_string()),
            })
            .collect(),
        organisers: edition.locals(&event.organisers),
        cost: edition.local_some(event.cost.as_ref()),
        booking: edition.local_some(event.booking.as_ref()),
        bring: edition.locals(&event.bring),
        contact: event.contact.as_ref().map(|c| contact(edition, c)),
        geo: event.location.map(|point| format!("geo:{},{}", point.lat, point.lon)),
        pictures: pictures(edition, &event.pictures),
        body: edition.body(&record.bodies, address),
        calendars: super::subscription::of_event(edition, record),
    }
}
