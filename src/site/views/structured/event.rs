//! Something that happens once: `Event`.

use super::things::{self, EventStatus, OFFLINE, There, Thing};
use super::{audiences, id, images, is_free, language, local, organisation, place, publisher};
use crate::calendar::at;
use crate::content::{Event, Record};
use crate::site::Edition;
use crate::site::views::frame::Frame;

/// An event with all that its page says.
pub(super) fn event(edition: &Edition<'_>, record: &Record<Event>, frame: &Frame) -> Thing {
    let event = &record.value;
    let site = edition.site;
    let centre =
        event.centre.as_ref().and_then(|id| site.index.centre.get(id)).and_then(|n| site.content.centres.get(*n));
    let location = match (centre, &event.place) {
        (Some(centre), _) => Some(There::here(place::named(edition, centre))),
        (None, Some(name)) => Some(There::here(place::elsewhere(edition, name, event.location))),
        (None, None) => None,
    };
    let ends = event.time.map(|time| {
        let instant = |date, time| site.instant(at(date, time));
        (instant(event.on.first(), time.start()), instant(event.on.last(), time.end()))
    });
    let (start, end) = ends.unwrap_or_else(|| (event.on.first().to_string(), event.on.last().to_string()));
    let strand = event.strand.as_ref().and_then(|id| site.content.site.value.strands.get(id));
    let organisers = event.organisers.iter().map(|name| organisation(edition.local(name).text));
    let organizer = if event.organisers.is_empty() { vec![publisher(edition)] } else { organisers.collect() };
    let why = local(edition, event.cancelled.as_ref());
    Thing::Event(things::Event {
        id: id(edition, &record.id),
        name: edition.local(&event.title).text,
        description: why.or_else(|| local(edition, event.summary.as_ref())),
        url: Some(frame.canonical.clone()),
        in_language: Some(language(edition)),
        image: images(edition, &event.pictures),
        start_date: Some(start),
        end_date: Some(end),
        event_status: Some(if event.cancelled.is_some() { EventStatus::Cancelled } else { EventStatus::Scheduled }),
        event_attendance_mode: Some(OFFLINE),
        location,
        organizer,
        audience: audiences(edition, &event.audience),
        is_accessible_for_free: is_free(event.cost.as_ref()),
        keywords: strand.map(|term| edition.local(&term.name).text),
        ..things::Event::default()
    })
}
