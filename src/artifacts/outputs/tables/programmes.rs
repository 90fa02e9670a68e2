//! Programmes, their activities and sessions, and events.

use super::super::naming::below;
use super::{Cell, Column, Kind, Table, coming, rows};
use crate::calendar::Session;
use crate::content::{Activity, Event, Programme, Record, Text};
use crate::site::{Edition, activity_keys, time_of};

const PROGRAMME: [Column; 7] = [
    Column("id", Kind::Id, "The programme's id."),
    Column("title", Kind::Text, "Its title."),
    Column("centre", Kind::Ref("centres"), "Where it takes place."),
    Column("summary", Kind::Text, "A sentence or two about it."),
    Column("from", Kind::Date, "The first day on which it holds."),
    Column("until", Kind::Date, "The last day on which it holds."),
    Column("url", Kind::Url, "Its page."),
];

pub(super) const PROGRAMMES: Table = Table { name: "programmes", columns: &PROGRAMME, rows: programmes };

fn programmes<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let row = |record: &'a Record<Programme>| {
        let programme = &record.value;
        [
            Cell::id(&record.id),
            Cell::Text(&programme.title),
            Cell::id(&programme.centre),
            Cell::some_text(programme.summary.as_ref()),
            Cell::date(programme.valid.first()),
            Cell::date(programme.valid.last()),
            Cell::plain(edition.canonical(&edition.address_of(&record.id))),
        ]
    };
    rows(&PROGRAMME, edition.site.content.programmes.iter().map(row))
}

const ACTIVITY: [Column; 20] = [
    Column("programme", Kind::Ref("programmes"), "The programme."),
    Column("number", Kind::Integer, "Its place in the programme's list."),
    Column("title", Kind::Text, "What it is called."),
    Column("strand", Kind::Word, "The strand that it belongs to, by its id in `terms`."),
    Column("when", Kind::Word, "When it recurs, as editors write it."),
    Column("starts", Kind::Time, "When it begins."),
    Column("ends", Kind::Time, "When it ends."),
    Column("next_day", Kind::Boolean, "Whether it ends on the day after."),
    Column("from", Kind::Date, "The first day of its own period, where it has one."),
    Column("until", Kind::Date, "The last day of its own period."),
    Column("summary", Kind::Text, "What happens."),
    Column("room", Kind::Text, "The room."),
    Column("audiences", Kind::Word, "Whom it is for, by ids of `terms`."),
    Column("led_by", Kind::Ref("teams"), "The team that leads it."),
    Column("leader", Kind::Text, "Who leads it, where that is no team."),
    Column("cost", Kind::Text, "What it costs."),
    Column("booking", Kind::Text, "How to take part."),
    Column("places", Kind::Integer, "How many people can take part."),
    Column("key", Kind::Word, "Its key in its programme, by which its page, its calendar and the API call it."),
    Column("url", Kind::Url, "Its page."),
];

pub(super) const ACTIVITIES: Table = Table { name: "activities", columns: &ACTIVITY, rows: activities };

fn activities<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let of_programme = |record: &'a Record<Programme>| {
        let keys = activity_keys(record, edition.site.first_language());
        record.value.activities.iter().zip(keys).zip(1..).map(|((activity, key), number)| {
            let page = edition.activity_page(record, activity).url;
            let page = below(edition.site, page.strip_suffix("index.html").unwrap_or(&page));
            let [starts, ends, next_day] = Cell::times(time_of(&record.value, activity));
            [
                Cell::id(&record.id),
                Cell::number(Some(number)),
                Cell::Text(&activity.title),
                Cell::some_id(activity.strand.as_ref()),
                Cell::plain(activity.when.clone()),
                starts,
                ends,
                next_day,
                activity.valid.map_or(Cell::Empty, |valid| Cell::date(valid.first())),
                activity.valid.map_or(Cell::Empty, |valid| Cell::date(valid.last())),
                Cell::some_text(activity.summary.as_ref()),
                Cell::some_text(activity.room.as_ref()),
                Cell::ids(&activity.audience),
                Cell::some_id(activity.led_by.as_ref()),
                Cell::some_text(activity.leader.as_ref()),
                Cell::some_text(activity.cost.as_ref()),
                Cell::some_text(activity.booking.as_ref()),
                Cell::number(activity.places),
                Cell::plain(key),
                Cell::plain(page),
            ]
        })
    };
    rows(&ACTIVITY, edition.site.content.programmes.iter().flat_map(of_programme))
}

const SESSION: [Column; 14] = [
    Column("date", Kind::Date, "The day on which it is held, or would have been."),
    Column("starts", Kind::Time, "When it begins."),
    Column("ends", Kind::Time, "When it ends."),
    Column("next_day", Kind::Boolean, "Whether it ends on the day after."),
    Column("centre", Kind::Ref("centres"), "The centre."),
    Column("programme", Kind::Ref("programmes"), "The programme."),
    Column("activity", Kind::Integer, "The activity's `number`."),
    Column("title", Kind::Text, "What the activity is called."),
    Column("room", Kind::Text, "The room of this session."),
    Column("held", Kind::Boolean, "Whether it is held."),
    Column(
        "change",
        Kind::Word,
        "What differs: `cancelled`, `closed`, `moved-away`, `moved-here`, `extra`, `replaced`, `room` or `noted`.",
    ),
    Column("moved_from", Kind::Date, "The day that it was moved from."),
    Column("replaced_by", Kind::Text, "What takes place instead."),
    Column("why", Kind::Text, "Why it differs."),
];

pub(super) const SESSIONS: Table = Table { name: "sessions", columns: &SESSION, rows: sessions };

fn sessions<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let Some(window) = coming(edition) else { return Vec::new() };
    let site = edition.site;
    let of_programme = |record: &'a Record<Programme>| {
        record.value.activities.iter().zip(1..).flat_map(move |(activity, number)| {
            let sessions = site.sessions(&record.value, activity, window);
            sessions.into_iter().map(move |session| (session, record, activity, number))
        })
    };
    let mut found: Vec<_> = site.content.programmes.iter().flat_map(of_programme).collect();
    found.sort_by_key(|(session, record, _, number)| (session.date, session.time, &record.id, *number));
    rows(&SESSION, found.into_iter().map(|(session, record, activity, number)| row(&session, record, activity, number)))
}

fn row<'a>(session: &Session, record: &'a Record<Programme>, activity: &'a Activity, number: i32) -> [Cell<'a>; 14] {
    let [starts, ends, next_day] = Cell::times(Some(session.time));
    let exception = session.exception.and_then(|n| activity.exceptions.get(n));
    let extra = session.extra.and_then(|n| activity.extra.get(n));
    let change = change(session, activity);
    // Where the centre is closed, the day is why, and nothing that was said about the session.
    let exception = exception.filter(|_| change != "closed");
    let room = exception.and_then(|e| e.room.as_ref()).or_else(|| extra.and_then(|e| e.room.as_ref()));
    let why: Option<&'a Text> = extra
        .and_then(|extra| extra.why.as_ref())
        .or_else(|| exception.and_then(|exception| exception.why.as_ref().or(exception.cancelled.as_ref())));
    [
        Cell::date(session.date),
        starts,
        ends,
        next_day,
        Cell::id(&record.value.centre),
        Cell::id(&record.id),
        Cell::number(Some(number)),
        Cell::Text(&activity.title),
        Cell::some_text(room.or(activity.room.as_ref())),
        Cell::flag(session.held),
        Cell::word(change),
        session.moved_from.map_or(Cell::Empty, Cell::date),
        Cell::some_text(exception.and_then(|exception| exception.replaced_by.as_ref())),
        Cell::some_text(why),
    ]
}

/// What differs about a session, as a word.
fn change(session: &Session, activity: &Activity) -> &'static str {
    let exception = session.exception.and_then(|n| activity.exceptions.get(n));
    match exception {
        _ if session.extra.is_some() && session.held => "extra",
        _ if session.moved_from.is_some() && session.held => "moved-here",
        Some(exception) if exception.moved_to.is_some() && session.moved_from.is_none() => "moved-away",
        Some(exception) if exception.cancelled.is_some() => "cancelled",
        _ if !session.held => "closed",
        Some(exception) if exception.replaced_by.is_some() => "replaced",
        Some(exception) if exception.room.is_some() => "room",
        Some(_) => "noted",
        None => "",
    }
}

const EVENT: [Column; 20] = [
    Column("id", Kind::Id, "The event's id."),
    Column("title", Kind::Text, "What it is called."),
    Column("summary", Kind::Text, "One sentence about it."),
    Column("from", Kind::Date, "The first day."),
    Column("until", Kind::Date, "The last day."),
    Column("starts", Kind::Time, "When it begins on each day."),
    Column("ends", Kind::Time, "When it ends on each day."),
    Column("next_day", Kind::Boolean, "Whether it ends on the day after."),
    Column("centre", Kind::Ref("centres"), "The centre where it takes place."),
    Column("place", Kind::Text, "The place, where it is no centre or a part of one."),
    Column("lat", Kind::Number, "Latitude in degrees (WGS 84), where it is no centre."),
    Column("lon", Kind::Number, "Longitude in degrees (WGS 84)."),
    Column("area", Kind::Ref("areas"), "The area whose residents it concerns."),
    Column("strand", Kind::Word, "The strand that it belongs to, by its id in `terms`."),
    Column("audiences", Kind::Word, "Whom it is for, by ids of `terms`."),
    Column("organisers", Kind::Text, "Who organises it, one a line."),
    Column("cost", Kind::Text, "What it costs."),
    Column("booking", Kind::Text, "How to take part."),
    Column("cancelled", Kind::Text, "Why it is not held; none: it is."),
    Column("url", Kind::Url, "Its page."),
];

pub(super) const EVENTS: Table = Table { name: "events", columns: &EVENT, rows: events };

fn events<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let row = |record: &'a Record<Event>| {
        let event = &record.value;
        let [starts, ends, next_day] = Cell::times(event.time);
        [
            Cell::id(&record.id),
            Cell::Text(&event.title),
            Cell::some_text(event.summary.as_ref()),
            Cell::date(event.on.first()),
            Cell::date(event.on.last()),
            starts,
            ends,
            next_day,
            Cell::some_id(event.centre.as_ref()),
            Cell::some_text(event.place.as_ref()),
            Cell::number(event.location.map(|at| at.lat)),
            Cell::number(event.location.map(|at| at.lon)),
            Cell::some_id(event.area.as_ref()),
            Cell::some_id(event.strand.as_ref()),
            Cell::ids(&event.audience),
            Cell::Texts(&event.organisers),
            Cell::some_text(event.cost.as_ref()),
            Cell::some_text(event.booking.as_ref()),
            Cell::some_text(event.cancelled.as_ref()),
            Cell::plain(edition.canonical(&edition.address_of(&record.id))),
        ]
    };
    rows(&EVENT, edition.site.content.events.iter().map(row))
}
