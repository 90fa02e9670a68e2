//! Teams, duty rosters, outreach rounds and feedback registers.

use schemars::JsonSchema;
use serde::Serialize;

use super::parts::{
    Contact, Days, Figure, IsoDate, Pages, Picture, Point, Time, WeekTimes, Words, Writer, day, days, id, ids, point,
    time, week, weekdays,
};
use crate::content::{self, FeedbackStatus, Record};

/// A volunteer team.
#[derive(Serialize, JsonSchema)]
pub(super) struct Team {
    /// Its id.
    id: String,
    /// Its pages.
    pages: Pages,
    /// Its name.
    name: Words,
    /// What it is there for.
    purpose: Words,
    /// The id of the centre it works from.
    centre: Option<String>,
    /// The id of the area it works in.
    area: Option<String>,
    /// What it does for residents.
    services: Vec<Words>,
    /// The ids of those it helps; none means everyone.
    audiences: Vec<String>,
    /// Who its members are.
    members: Option<Words>,
    /// How many members it has.
    size: Option<u32>,
    /// When it can be met, where that is not whenever its centre is open.
    hours: Option<Vec<WeekTimes>>,
    /// When it can be met or works, in words.
    when: Option<Words>,
    /// How to ask for help.
    ask: Option<Words>,
    /// How to join.
    join: Option<Words>,
    /// Whom to ask.
    contact: Option<Contact>,
    /// Since when it exists, in words.
    since: Option<Words>,
    /// What it did.
    figures: Vec<Figure>,
    /// Pictures.
    pictures: Vec<Picture>,
    /// The body, Markdown as written; links begin at the site's root.
    body: Words,
}

/// A duty roster.
#[derive(Serialize, JsonSchema)]
pub(super) struct Duty {
    /// Its id.
    id: String,
    /// Its pages.
    pages: Pages,
    /// The title.
    title: Words,
    /// The id of the centre.
    centre: String,
    /// The days on which it holds.
    valid: Days,
    /// Those who are always there.
    resident: Vec<Resident>,
    /// Those who take turns.
    rotation: Option<Rotation>,
    /// Days on which somebody else stands in.
    swaps: Vec<Swap>,
    /// What those on duty do.
    tasks: Vec<Words>,
    /// Whom to ask.
    contact: Option<Contact>,
}

/// Somebody who is always there on some weekdays.
#[derive(Serialize, JsonSchema)]
struct Resident {
    /// The role.
    role: Words,
    /// The weekdays, ISO 8601: 1 is Monday, 7 is Sunday.
    weekdays: Vec<i8>,
    /// The time.
    time: Option<Time>,
}

/// Those who take turns.
#[derive(Serialize, JsonSchema)]
struct Rotation {
    /// How long a turn is: `day`, `3 days`, `week`, `2 weeks`.
    every: String,
    /// The first day of the first turn.
    starts: IsoDate,
    /// The weekdays on which the one whose turn it is comes, ISO 8601; none means every day.
    weekdays: Vec<i8>,
    /// The time.
    time: Option<Time>,
    /// Who takes turns, in order.
    turns: Vec<Words>,
}

/// Somebody stands in for another.
#[derive(Serialize, JsonSchema)]
struct Swap {
    /// The days.
    days: Days,
    /// Who comes instead; nobody, if absent.
    instead: Option<Words>,
    /// Why.
    why: Option<Words>,
}

/// A service that travels to people.
#[derive(Serialize, JsonSchema)]
pub(super) struct Outreach {
    /// Its id.
    id: String,
    /// Its pages.
    pages: Pages,
    /// The title.
    title: Words,
    /// What comes, to whom, how.
    summary: Words,
    /// The id of the area it travels in.
    area: Option<String>,
    /// The id of the team that travels.
    led_by: Option<String>,
    /// The ids of those it is for; none means everyone.
    audiences: Vec<String>,
    /// What it brings.
    brings: Vec<Words>,
    /// The ids of the policies that are explained on the way.
    policies: Vec<String>,
    /// Where it stops, in order of date.
    stops: Vec<Stop>,
    /// What happens when the weather is bad.
    weather_note: Option<Words>,
    /// Whom to ask.
    contact: Option<Contact>,
}

/// A stop.
#[derive(Serialize, JsonSchema)]
struct Stop {
    /// The place.
    place: Words,
    /// The id of the area it lies in.
    area: Option<String>,
    /// The day, or the days between which it comes.
    days: Days,
    /// The time.
    time: Option<Time>,
    /// The place on the map.
    location: Option<Point>,
    /// The languages spoken there, BCP 47.
    languages: Vec<String>,
    /// Whether it comes only in good weather.
    weather_dependent: bool,
    /// What to know about it.
    note: Option<Words>,
    /// Why it is not held; nothing if it is.
    cancelled: Option<Words>,
}

/// A register of what people raised.
#[derive(Serialize, JsonSchema)]
pub(super) struct Feedback {
    /// Its id.
    id: String,
    /// Its pages.
    pages: Pages,
    /// The title.
    title: Words,
    /// How things are collected and answered.
    summary: Option<Words>,
    /// The id of the centre where it lies open.
    centre: Option<String>,
    /// The id of the area it covers.
    area: Option<String>,
    /// The days it covers.
    period: Days,
    /// The ways to tell us.
    channels: Vec<Words>,
    /// What was raised.
    items: Vec<Matter>,
    /// Figures about it.
    figures: Vec<Figure>,
    /// Whom to ask.
    contact: Option<Contact>,
}

/// One matter that was raised.
#[derive(Serialize, JsonSchema)]
struct Matter {
    /// The topic.
    topic: Words,
    /// What was raised.
    raised: Words,
    /// When it was first raised.
    raised_on: IsoDate,
    /// How many people raised it.
    count: u32,
    /// How far it has come.
    status: FeedbackStatus,
    /// What was answered or done.
    answer: Option<Words>,
    /// When it was answered.
    answered_on: Option<IsoDate>,
    /// The id of the office that answered.
    department: Option<String>,
}

pub(super) fn team(writer: Writer<'_, '_>, record: &Record<content::Team>) -> Team {
    let value = &record.value;
    Team {
        id: record.id.to_string(),
        pages: writer.pages(record),
        name: writer.words(&value.name),
        purpose: writer.words(&value.purpose),
        centre: id(value.centre.as_ref()),
        area: id(value.area.as_ref()),
        services: writer.all(&value.services),
        audiences: ids(&value.audience),
        members: writer.maybe(value.members.as_ref()),
        size: value.size,
        hours: value.hours.as_ref().map(|lines| week(&lines.0)),
        when: writer.maybe(value.when.as_ref()),
        ask: writer.maybe(value.ask.as_ref()),
        join: writer.maybe(value.join.as_ref()),
        contact: writer.contact(value.contact.as_ref()),
        since: writer.maybe(value.since.as_ref()),
        figures: writer.figures(&value.figures),
        pictures: writer.pictures(&value.pictures),
        body: writer.body(record),
    }
}

pub(super) fn duty(writer: Writer<'_, '_>, record: &Record<content::Duty>) -> Duty {
    let value = &record.value;
    let resident = |resident: &content::Resident| Resident {
        role: writer.words(&resident.role),
        weekdays: weekdays(resident.days),
        time: resident.time.map(time),
    };
    let rotation = |rotation: &content::Rotation| Rotation {
        every: String::from(rotation.every),
        starts: day(rotation.starts),
        weekdays: rotation.days.map(weekdays).unwrap_or_default(),
        time: rotation.time.map(time),
        turns: writer.all(&rotation.turns),
    };
    let swap = |swap: &content::Swap| Swap {
        days: days(swap.on),
        instead: writer.maybe(swap.instead.as_ref()),
        why: writer.maybe(swap.why.as_ref()),
    };
    Duty {
        id: record.id.to_string(),
        pages: writer.pages(record),
        title: writer.words(&value.title),
        centre: value.centre.to_string(),
        valid: days(value.valid),
        resident: value.resident.iter().map(resident).collect(),
        rotation: value.rotation.as_ref().map(rotation),
        swaps: value.swaps.iter().map(swap).collect(),
        tasks: writer.all(&value.tasks),
        contact: writer.contact(value.contact.as_ref()),
    }
}

pub(super) fn outreach(writer: Writer<'_, '_>, record: &Record<content::Outreach>) -> Outreach {
    let value = &record.value;
    let stop = |stop: &content::Stop| Stop {
        place: writer.words(&stop.place),
        area: id(stop.area.as_ref()),
        days: days(stop.on),
        time: stop.time.map(time),
        location: point(stop.location),
        languages: stop.languages.iter().map(ToString::to_string).collect(),
        weather_dependent: stop.weather_dependent,
        note: writer.maybe(stop.note.as_ref()),
        cancelled: writer.maybe(stop.cancelled.as_ref()),
    };
    let mut stops: Vec<&content::Stop> = value.stops.iter().collect();
    stops.sort_by_key(|stop| (stop.on, stop.time));
    Outreach {
        id: record.id.to_string(),
        pages: writer.pages(record),
        title: writer.words(&value.title),
        summary: writer.words(&value.summary),
        area: id(value.area.as_ref()),
        led_by: id(value.led_by.as_ref()),
        audiences: ids(&value.audience),
        brings: writer.all(&value.brings),
        policies: ids(&value.policies),
        stops: stops.into_iter().map(stop).collect(),
        weather_note: writer.maybe(value.weather_note.as_ref()),
        contact: writer.contact(value.contact.as_ref()),
    }
}

pub(super) fn feedback(writer: Writer<'_, '_>, record: &Record<content::Feedback>) -> Feedback {
    let value = &record.value;
    let matter = |item: &content::FeedbackItem| Matter {
        topic: writer.words(&item.topic),
        raised: writer.words(&item.raised),
        raised_on: day(item.raised_on),
        count: item.count,
        status: item.status,
        answer: writer.maybe(item.answer.as_ref()),
        answered_on: item.answered_on.map(day),
        department: id(item.department.as_ref()),
    };
    Feedback {
        id: record.id.to_string(),
        pages: writer.pages(record),
        title: writer.words(&value.title),
        summary: writer.maybe(value.summary.as_ref()),
        centre: id(value.centre.as_ref()),
        area: id(value.area.as_ref()),
        period: days(value.period),
        channels: writer.all(&value.channels),
        items: value.items.iter().map(matter).collect(),
        figures: writer.figures(&value.figures),
        contact: writer.contact(value.contact.as_ref()),
    }
}
