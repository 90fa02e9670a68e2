//! Something that happens once: `Event`.
//!
//! Hours that come again on each of several days are not one block from the first evening to the last: the event then has
//! days only, with a `Schedule` of its hours and a `subEvent` for each day.

use std::rc::Rc;

use super::schedule::schedules;
use super::things::{self, EventStatus, OFFLINE, Thing};
use super::{audiences, id, images, is_free, language, local, organisation, place, publisher};
use crate::calendar::{Date, HolidayCalendar, Pattern, TimeRange, WeekdaySet, at};
use crate::content::{Centre, Event, Record};
use crate::site::Edition;
use crate::site::views::frame::Frame;

/// The most days that are described one by one.
const DAYS: usize = 31;

/// An event with all that its page says.
pub(super) fn event(edition: &Edition<'_>, record: &Record<Event>, frame: &Frame) -> Thing {
    let event = &record.value;
    let site = edition.site;
    let centre =
        event.centre.as_ref().and_then(|id| site.index.centre.get(id)).and_then(|n| site.content.centres.get(*n));
    let location = match (centre, &event.place) {
        (Some(centre), _) => Some(place::named(edition, centre)),
        (None, Some(name)) => Some(place::elsewhere(edition, name, event.location)),
        (None, None) => None,
    };
    let days = event.on;
    let daily = event.time.filter(|_| days.first() != days.last());
    let ends = event.time.filter(|_| daily.is_none()).map(|time| instants(edition, days.first(), time));
    let [start, end] = ends.unwrap_or_else(|| [days.first().to_string(), days.last().to_string()]);
    let status = if event.cancelled.is_some() { EventStatus::Cancelled } else { EventStatus::Scheduled };
    let own = id(edition, &record.id);
    let sub_event = daily.map(|time| each_day(edition, record, &own, time, status, centre)).unwrap_or_default();
    let schedule = daily.map(|time| {
        let zone = site.content.site.value.time_zone.as_str();
        schedules(&Pattern::Weekly(WeekdaySet::ALL), time, days, &HolidayCalendar::default(), &[], zone)
    });
    let strand = event.strand.as_ref().and_then(|id| site.content.site.value.strands.get(id));
    let organisers = event.organisers.iter().map(|name| organisation(edition.local(name).text));
    let organizer = if event.organisers.is_empty() { vec![publisher(edition)] } else { organisers.collect() };
    let why = local(edition, event.cancelled.as_ref());
    Thing::Event(things::Event {
        id: own,
        name: edition.local(&event.title).text,
        description: why.or_else(|| local(edition, event.summary.as_ref())),
        url: Some(frame.canonical.clone()),
        in_language: Some(language(edition)),
        image: images(edition, &event.pictures),
        start_date: Some(start),
        end_date: Some(end),
        event_status: Some(status),
        event_attendance_mode: Some(OFFLINE),
        location: location.map(Rc::new),
        organizer,
        audience: audiences(edition, &event.audience),
        is_accessible_for_free: is_free(event.cost.as_ref()),
        keywords: strand.map(|term| edition.local(&term.name).text),
        event_schedule: schedule.unwrap_or_default(),
        sub_event,
        ..things::Event::default()
    })
}

/// The instants at which a time of a day begins and ends.
fn instants(edition: &Edition<'_>, day: Date, time: TimeRange) -> [String; 2] {
    [time.start(), time.end()].map(|end| edition.site.instant(at(day, end)))
}

/// What is held on each day that is not over, as many as are listed.
fn each_day(
    edition: &Edition<'_>,
    record: &Record<Event>,
    own: &str,
    time: TimeRange,
    status: EventStatus,
    centre: Option<&Record<Centre>>,
) -> Vec<Thing> {
    let place = match (centre, &record.value.place) {
        (Some(centre), _) => Some(place::brief(edition, centre)),
        (None, name) => name.as_ref().map(|name| place::elsewhere(edition, name, None)),
    };
    let place = place.map(Rc::new);
    let days = record.value.on.days().filter(|day| *day >= edition.site.today).take(DAYS);
    let day = |day: Date| {
        let [start, end] = instants(edition, day, time);
        Thing::Event(things::Event {
            id: format!("{own}:{day}"),
            name: edition.local(&record.value.title).text,
            start_date: Some(start),
            end_date: Some(end),
            event_status: Some(status),
            event_attendance_mode: Some(OFFLINE),
            location: place.clone(),
            ..things::Event::default()
        })
    };
    days.map(day).collect()
}
