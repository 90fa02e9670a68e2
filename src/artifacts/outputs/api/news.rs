//! Events, policies and notices.

use schemars::JsonSchema;
use serde::Serialize;

use super::parts::{
    Contact, Days, Figure, Instant, IsoDate, Pages, Picture, Point, Source, Time, Words, Writer, day, days, id, ids,
    point, time,
};
use crate::content::{self, NoticeKind, Record, Urgency};

/// Something that happens once.
#[derive(Serialize, JsonSchema)]
pub(super) struct Event {
    /// Its id.
    id: String,
    /// Its pages.
    pages: Pages,
    /// What it is called.
    title: Words,
    /// One sentence.
    summary: Option<Words>,
    /// The day or days.
    days: Days,
    /// The time on each day.
    time: Option<Time>,
    /// The id of the centre where it takes place.
    centre: Option<String>,
    /// The place, where it is not a centre or a part of one.
    place: Option<Words>,
    /// The place on the map, where it is not a centre.
    location: Option<Point>,
    /// The id of the area whose residents it concerns.
    area: Option<String>,
    /// The id of its strand.
    strand: Option<String>,
    /// The ids of those it is for; none means everyone.
    audiences: Vec<String>,
    /// The parts of the place.
    zones: Vec<Zone>,
    /// Who organises it.
    organisers: Vec<Words>,
    /// What it costs.
    cost: Option<Words>,
    /// How to take part.
    booking: Option<Words>,
    /// What to bring.
    bring: Vec<Words>,
    /// Whom to ask.
    contact: Option<Contact>,
    /// Why it is not held; nothing if it is.
    cancelled: Option<Words>,
    /// Pictures.
    pictures: Vec<Picture>,
    /// The body, Markdown as written; links begin at the site's root.
    body: Words,
}

/// A part of an event's place.
#[derive(Serialize, JsonSchema)]
struct Zone {
    /// Its name.
    name: Words,
    /// What happens there.
    what: Option<Words>,
    /// Its time, where that is not the event's.
    time: Option<Time>,
}

/// One entitlement.
#[derive(Serialize, JsonSchema)]
pub(super) struct Policy {
    /// Its id.
    id: String,
    /// Its pages.
    pages: Pages,
    /// What it is called.
    title: Words,
    /// What one gets.
    summary: Words,
    /// The ids of the offices responsible.
    departments: Vec<String>,
    /// The ids of those it is for.
    audiences: Vec<String>,
    /// The ids of the areas where it holds; none means everywhere.
    areas: Vec<String>,
    /// What is paid or given, per unit.
    amounts: Vec<Amount>,
    /// The conditions.
    conditions: Vec<Words>,
    /// The papers to bring.
    papers: Vec<Words>,
    /// What to do, step by step.
    steps: Vec<Words>,
    /// The ids of the centres where it can be applied for.
    centres: Vec<String>,
    /// Where else it can be applied for.
    place: Option<Words>,
    /// How long it takes.
    takes: Option<Words>,
    /// Whom to ask.
    contact: Option<Contact>,
    /// The instant from which it holds.
    from: Option<Instant>,
    /// The instant at which it no longer holds.
    until: Option<Instant>,
    /// The document it rests on.
    source: Option<Source>,
    /// When somebody last checked it.
    reviewed: Option<IsoDate>,
    /// What it has brought so far.
    figures: Vec<Figure>,
    /// The body, Markdown as written; links begin at the site's root.
    body: Words,
}

/// What is paid or given per unit.
#[derive(Serialize, JsonSchema)]
struct Amount {
    /// For what.
    per: Words,
    /// How much, with its unit.
    value: Words,
    /// What limits it.
    note: Option<Words>,
}

/// An announcement that is current.
#[derive(Serialize, JsonSchema)]
pub(super) struct Notice {
    /// Its id.
    id: String,
    /// Its pages.
    pages: Pages,
    /// The headline.
    title: Words,
    /// A line above it.
    kicker: Option<Words>,
    /// One or two sentences.
    summary: Words,
    /// What sort of notice it is.
    kind: NoticeKind,
    /// How much it matters.
    urgency: Urgency,
    /// The instant from which it is shown.
    from: Option<Instant>,
    /// The instant at which it is no longer shown.
    until: Option<Instant>,
    /// Who announces it.
    issuer: Option<Words>,
    /// The number of the document.
    number: Option<String>,
    /// The ids of the areas it concerns; with no centres either, it concerns everyone.
    areas: Vec<String>,
    /// The ids of the centres it concerns.
    centres: Vec<String>,
    /// The ids of those it is for; none means everyone.
    audiences: Vec<String>,
    /// When its centres are closed.
    closes: Option<Closing>,
    /// The meeting it calls or reports.
    meeting: Option<Meeting>,
    /// Figures it reports.
    figures: Vec<Figure>,
    /// Pictures.
    pictures: Vec<Picture>,
    /// Whom to ask.
    contact: Option<Contact>,
    /// The body, Markdown as written; links begin at the site's root.
    body: Words,
}

/// When a notice closes its centres.
#[derive(Serialize, JsonSchema)]
struct Closing {
    /// The days.
    days: Days,
    /// Closed from this time on the first day, civil; from opening if absent.
    from: Option<String>,
    /// Open again at this time on the last day, civil; closed to the end if absent.
    until: Option<String>,
}

/// A meeting.
#[derive(Serialize, JsonSchema)]
struct Meeting {
    /// The day.
    date: IsoDate,
    /// The time.
    time: Option<Time>,
    /// The place.
    place: Option<Words>,
    /// Who takes part, by role.
    present: Vec<Words>,
    /// What is discussed.
    agenda: Vec<Words>,
    /// What was decided.
    outcome: Vec<Words>,
}

pub(super) fn event(writer: Writer<'_, '_>, record: &Record<content::Event>) -> Event {
    let value = &record.value;
    let zone = |zone: &content::Zone| Zone {
        name: writer.words(&zone.name),
        what: writer.maybe(zone.what.as_ref()),
        time: zone.time.map(time),
    };
    Event {
        id: record.id.to_string(),
        pages: writer.pages(record),
        title: writer.words(&value.title),
        summary: writer.maybe(value.summary.as_ref()),
        days: days(value.on),
        time: value.time.map(time),
        centre: id(value.centre.as_ref()),
        place: writer.maybe(value.place.as_ref()),
        location: point(value.location),
        area: id(value.area.as_ref()),
        strand: id(value.strand.as_ref()),
        audiences: ids(&value.audience),
        zones: value.zones.iter().map(zone).collect(),
        organisers: writer.all(&value.organisers),
        cost: writer.maybe(value.cost.as_ref()),
        booking: writer.maybe(value.booking.as_ref()),
        bring: writer.all(&value.bring),
        contact: writer.contact(value.contact.as_ref()),
        cancelled: writer.maybe(value.cancelled.as_ref()),
        pictures: writer.pictures(&value.pictures),
        body: writer.body(record),
    }
}

pub(super) fn policy(writer: Writer<'_, '_>, record: &Record<content::Policy>) -> Policy {
    let value = &record.value;
    let amount = |amount: &content::Amount| Amount {
        per: writer.words(&amount.per),
        value: writer.words(&amount.value),
        note: writer.maybe(amount.note.as_ref()),
    };
    Policy {
        id: record.id.to_string(),
        pages: writer.pages(record),
        title: writer.words(&value.title),
        summary: writer.words(&value.summary),
        departments: ids(&value.departments),
        audiences: ids(&value.audience),
        areas: ids(&value.areas),
        amounts: value.amounts.iter().map(amount).collect(),
        conditions: writer.all(&value.conditions),
        papers: writer.all(&value.papers),
        steps: writer.all(&value.steps),
        centres: ids(&value.centres),
        place: writer.maybe(value.place.as_ref()),
        takes: writer.maybe(value.takes.as_ref()),
        contact: writer.contact(value.contact.as_ref()),
        from: writer.begins(value.from),
        until: writer.ends(value.until),
        source: value.source.as_ref().map(|source| writer.source(source)),
        reviewed: value.reviewed.map(day),
        figures: writer.figures(&value.figures),
        body: writer.body(record),
    }
}

pub(super) fn notice(writer: Writer<'_, '_>, record: &Record<content::Notice>) -> Notice {
    let value = &record.value;
    let closing = |closing: &content::Closing| Closing {
        days: days(closing.on),
        from: closing.from.map(|time| time.to_string()),
        until: closing.until.map(|time| time.to_string()),
    };
    let meeting = |meeting: &content::Meeting| Meeting {
        date: day(meeting.on),
        time: meeting.time.map(time),
        place: writer.maybe(meeting.place.as_ref()),
        present: writer.all(&meeting.present),
        agenda: writer.all(&meeting.agenda),
        outcome: writer.all(&meeting.outcome),
    };
    Notice {
        id: record.id.to_string(),
        pages: writer.pages(record),
        title: writer.words(&value.title),
        kicker: writer.maybe(value.kicker.as_ref()),
        summary: writer.words(&value.summary),
        kind: value.kind,
        urgency: value.urgency,
        from: writer.begins(Some(value.from)),
        until: writer.ends(value.until),
        issuer: writer.maybe(value.issuer.as_ref()),
        number: value.number.clone(),
        areas: ids(&value.areas),
        centres: ids(&value.centres),
        audiences: ids(&value.audience),
        closes: value.closes.as_ref().map(closing),
        meeting: value.meeting.as_ref().map(meeting),
        figures: writer.figures(&value.figures),
        pictures: writer.pictures(&value.pictures),
        contact: writer.contact(value.contact.as_ref()),
        body: writer.body(record),
    }
}
