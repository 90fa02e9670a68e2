//! Programmes with their activities, and the sessions of the coming days.

use std::sync::{Arc, OnceLock};

use schemars::JsonSchema;
use serde::Serialize;

use super::super::naming::activities;
use super::object::{Object, text};
use super::parts::{Days, Instant, IsoDate, Pages, Time, Words, Writer, date, days, id, ids, time, weekdays};
use super::recurrence::{ActivityException, ExtraSession, Recurs, exception, extra, recurs};
use crate::calendar::{self, Date, DateSpan, Pattern, TimeRange};
use crate::content::{self, Centre, Id, Record};
use crate::site::{rule_of, time_of, views};

/// Room for what a session says beside what all of its activity say, in bytes.
const SESSION: usize = 240;
/// How many days of sessions are written out, as many as of open hours.
const DAYS: i64 = 60;

/// The programme of one centre for a period.
#[derive(Serialize, JsonSchema)]
pub(super) struct Programme {
    /// Its id.
    id: String,
    /// Its pages.
    pages: Pages,
    /// The title.
    title: Words,
    /// The id of the centre where it takes place.
    centre: String,
    /// A sentence or two.
    summary: Option<Words>,
    /// The days on which it holds.
    valid: Days,
    /// The themes of weekdays.
    day_themes: Vec<DayTheme>,
    /// Its activities.
    activities: Vec<Activity>,
    /// Remarks.
    notes: Vec<Words>,
}

/// The theme of some weekdays.
#[derive(Serialize, JsonSchema)]
struct DayTheme {
    /// The weekdays, ISO 8601: 1 is Monday, 7 is Sunday.
    weekdays: Vec<i8>,
    /// The theme.
    theme: Words,
}

/// Something that takes place again and again. On which days it does is in the file of sessions.
#[derive(Serialize, JsonSchema)]
struct Activity {
    /// Its id: the programme's, a `/`, and its key, by which its calendar is called too.
    id: String,
    /// What it is called.
    title: Words,
    /// The id of its strand.
    strand: Option<String>,
    /// When it recurs, as the editor wrote it.
    when: String,
    /// The rule of RFC 5545, where the editor wrote one; counted from the first day of its period.
    rrule: Option<String>,
    /// The time of day.
    time: Option<Time>,
    /// The days between which it takes place, where that is not all of the programme's period.
    valid: Option<Days>,
    /// What happens.
    summary: Option<Words>,
    /// The room.
    room: Option<Words>,
    /// The ids of those it is for; none means everyone.
    audiences: Vec<String>,
    /// The id of the team that leads it.
    led_by: Option<String>,
    /// Who leads it, by role.
    leader: Option<Words>,
    /// What it costs.
    cost: Option<Words>,
    /// How to take part.
    booking: Option<Words>,
    /// How many can take part.
    places: Option<u32>,
    /// It takes place only on such days; none means on any.
    only_on: Vec<content::Days>,
    /// It does not take place on such days.
    not_on: Vec<content::Days>,
    /// How it recurs; nothing where it has no day in its period.
    recurs: Option<Recurs>,
    /// What differs about single sessions, as the editor wrote it.
    exceptions: Vec<ActivityException>,
    /// Sessions beside those that recur.
    extra: Vec<ExtraSession>,
}

/// The sessions of the coming days.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "it is described as a whole and written session by session")]
pub(super) struct SessionList {
    /// The JSON Schema of this file, absolute.
    schema: String,
    /// The days that are written out; nothing is said of others.
    days: Days,
    /// The last day whose public holidays are announced; nothing where not even this year's are. After it, a session on
    /// a holiday may not be held.
    announced_until: Option<IsoDate>,
    /// The sessions in order of time, those that are not held included.
    items: Vec<Session>,
}

/// One session of an activity.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "it is described as a whole and written member by member")]
pub(super) struct Session {
    /// The id of the activity.
    activity: String,
    /// The id of the programme.
    programme: String,
    /// The id of the centre.
    centre: String,
    /// What it is called.
    title: Words,
    /// The day on which it is held, or would have been.
    date: IsoDate,
    /// When it begins, or would have.
    starts_at: Instant,
    /// When it ends, or would have.
    ends_at: Instant,
    /// How it stands.
    status: SessionStatus,
    /// Where it was moved to, for one that is not held for that.
    moved_to: Option<Instant>,
    /// The day from which it was moved here.
    moved_from: Option<IsoDate>,
    /// The room.
    room: Option<Words>,
    /// What takes place instead.
    replaced_by: Option<Words>,
    /// Why it is not as usual.
    why: Option<Words>,
}

/// How a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SessionStatus {
    /// Held as usual.
    Held,
    /// Held, but something about it is not as usual.
    Changed,
    /// Held, beside the usual ones.
    Extra,
    /// Held, moved here from another day.
    MovedHere,
    /// Not held on this day, but on another one.
    MovedAway,
    /// Not held.
    Cancelled,
    /// Not held, since the place is closed.
    PlaceClosed,
}

pub(super) fn programme(writer: Writer<'_, '_>, record: &Record<content::Programme>) -> Programme {
    let value = &record.value;
    let names = activities(writer.first.site, record);
    Programme {
        id: record.id.to_string(),
        pages: writer.pages(record),
        title: writer.words(&value.title),
        centre: value.centre.to_string(),
        summary: writer.maybe(value.summary.as_ref()),
        valid: days(value.valid),
        day_themes: value
            .day_themes
            .iter()
            .map(|found| DayTheme { weekdays: weekdays(found.days), theme: writer.words(&found.theme) })
            .collect(),
        activities: value
            .activities
            .iter()
            .zip(names)
            .map(|(found, name)| activity(writer, value, found, name))
            .collect(),
        notes: writer.all(&value.notes),
    }
}

fn activity(
    writer: Writer<'_, '_>,
    programme: &content::Programme,
    activity: &content::Activity,
    id_of: String,
) -> Activity {
    Activity {
        id: id_of,
        title: writer.words(&activity.title),
        strand: id(activity.strand.as_ref()),
        when: String::from(activity.when.clone()),
        rrule: match &activity.when.pattern {
            Pattern::Rule(rule) => Some(rule.to_string()),
            _ => None,
        },
        time: time_of(programme, activity).map(time),
        valid: activity.valid.map(days),
        summary: writer.maybe(activity.summary.as_ref()),
        room: writer.maybe(activity.room.as_ref()),
        audiences: ids(&activity.audience),
        led_by: id(activity.led_by.as_ref()),
        leader: writer.maybe(activity.leader.as_ref()),
        cost: writer.maybe(activity.cost.as_ref()),
        booking: writer.maybe(activity.booking.as_ref()),
        places: activity.places,
        only_on: activity.only_on.clone(),
        not_on: activity.not_on.clone(),
        recurs: rule_of(programme, activity)
            .and_then(|rule| recurs(writer, activity, rule.valid, writer.first.site.calendar_of(&programme.centre))),
        exceptions: activity.exceptions.iter().map(|found| exception(writer, found)).collect(),
        extra: activity.extra.iter().map(|found| extra(writer, found)).collect(),
    }
}

/// A session as text, with when and of what it is, by which sessions are in order.
type Dated = (Date, TimeRange, Arc<str>, Vec<u8>);

/// The sessions of each programme, by its number, once they were made.
pub(super) struct Sessions(Vec<OnceLock<Vec<Dated>>>);

impl Sessions {
    /// Room for so many programmes.
    pub(super) fn of(count: usize) -> Self {
        Self((0..count).map(|_| OnceLock::new()).collect())
    }
}

/// The last day that is written out.
fn last(writer: Writer<'_, '_>) -> Date {
    let today = writer.first.site.today;
    today.checked_add(jiff::Span::new().days(DAYS - 1)).unwrap_or(today)
}

/// Writes the file of all sessions.
pub(super) fn write_list(writer: Writer<'_, '_>, buffer: &mut Vec<u8>) {
    let all = 0..writer.first.site.content.programmes.len();
    let mut object = Object::begin(buffer);
    object.member("schema", &writer.file("schema/sessions.json"));
    object.member("days", &Days { from: date(writer.first.site.today), until: date(last(writer)) });
    object.member("announced_until", &writer.first.site.announced_years().until().map(date));
    write(writer, all, object.named("items"));
    object.end_file();
}

/// Writes the list of the sessions at a centre.
pub(super) fn write_at_centre(writer: Writer<'_, '_>, centre: &Id<Centre>, buffer: &mut Vec<u8>) {
    write(writer, writer.first.site.index.programmes.get(centre).into_iter().flatten().copied(), buffer);
}

/// Writes a list of the sessions of programmes, in order of time.
fn write(writer: Writer<'_, '_>, programmes: impl Iterator<Item = usize>, buffer: &mut Vec<u8>) {
    let content = &writer.first.site.content;
    let found = programmes.filter_map(|number| content.programmes.get(number).zip(writer.made.sessions.0.get(number)));
    let mut found: Vec<&Dated> =
        found.flat_map(|(record, sessions)| sessions.get_or_init(|| of(writer, record))).collect();
    found.sort_by(|(a, at, one, _), (b, bt, other, _)| (a, at, one).cmp(&(b, bt, other)));
    buffer.reserve(found.iter().map(|(.., text)| text.len() + 1).sum());
    buffer.push(b'[');
    for (number, (.., text)) in found.into_iter().enumerate() {
        buffer.extend((number > 0).then_some(b','));
        buffer.extend_from_slice(text);
    }
    buffer.push(b']');
}

fn of(writer: Writer<'_, '_>, record: &Record<content::Programme>) -> Vec<Dated> {
    let site = writer.first.site;
    let window = DateSpan::new(site.today, last(writer)).filter(|days| record.value.valid.last() >= days.first());
    let Some(window) = window else { return Vec::new() };
    let mut found = Vec::new();
    for (activity, name) in record.value.activities.iter().zip(activities(site, record)) {
        let said = Said::of(writer, record, activity, &name);
        let name: Arc<str> = name.into();
        let sessions = site.sessions(&record.value, activity, window).into_iter();
        found.extend(
            sessions.map(|one| (one.date, one.time, Arc::clone(&name), session(writer, record, activity, &said, &one))),
        );
    }
    found
}

/// What all sessions of an activity say, as JSON.
struct Said {
    /// The first members.
    head: Vec<u8>,
    /// The usual room.
    room: String,
}

impl Said {
    fn of(
        writer: Writer<'_, '_>,
        record: &Record<content::Programme>,
        activity: &content::Activity,
        name: &str,
    ) -> Self {
        let mut head = Vec::new();
        let mut object = Object::begin(&mut head);
        object.member("activity", &name);
        object.member("programme", &record.id.as_str());
        object.member("centre", &record.value.centre.as_str());
        object.member("title", &writer.words(&activity.title));
        Self { head, room: text(&writer.maybe(activity.room.as_ref())) }
    }
}

/// A session as JSON.
fn session(
    writer: Writer<'_, '_>,
    record: &Record<content::Programme>,
    activity: &content::Activity,
    said: &Said,
    session: &calendar::Session,
) -> Vec<u8> {
    let extra = session.extra.and_then(|number| activity.extra.get(number));
    // With the place closed on its day, what else was to differ no longer matters.
    let exception = session
        .exception
        .and_then(|number| activity.exceptions.get(number))
        .filter(|exception| session.held || exception.cancelled.is_some() || exception.moved_to.is_some());
    let moved_to = exception.and_then(|exception| exception.moved_to).filter(|_| !session.held);
    let status = match (session.held, exception) {
        (true, _) if session.moved_from.is_some() => SessionStatus::MovedHere,
        (true, _) if extra.is_some() => SessionStatus::Extra,
        (true, Some(_)) => SessionStatus::Changed,
        (true, None) => SessionStatus::Held,
        (false, Some(_)) if moved_to.is_some() => SessionStatus::MovedAway,
        (false, Some(_)) => SessionStatus::Cancelled,
        (false, None) => SessionStatus::PlaceClosed,
    };
    let words = |text: Option<&content::Text>| writer.maybe(text);
    let why = match status {
        SessionStatus::PlaceClosed => closed(writer, &record.value.centre, session),
        SessionStatus::Cancelled => words(exception.and_then(|exception| exception.cancelled.as_ref())),
        _ => words(exception.and_then(|e| e.why.as_ref()).or_else(|| extra.and_then(|extra| extra.why.as_ref()))),
    };
    let other_room = exception.and_then(|e| e.room.as_ref()).or_else(|| extra.and_then(|extra| extra.room.as_ref()));
    let mut buffer = Vec::with_capacity(said.head.len() + said.room.len() + SESSION);
    buffer.extend_from_slice(&said.head);
    let mut object = Object::go_on(&mut buffer);
    object.member("date", &date(session.date));
    object.member("starts_at", &writer.instant(calendar::at(session.date, session.time.start())));
    object.member("ends_at", &writer.instant(calendar::at(session.date, session.time.end())));
    object.member("status", &status);
    object.member("moved_to", &moved_to.map(|to| writer.instant(calendar::at(to.date, to.time.start()))));
    object.member("moved_from", &session.moved_from.map(date));
    match other_room {
        Some(room) => object.member("room", &writer.words(room)),
        None => object.named("room").extend_from_slice(said.room.as_bytes()),
    }
    object.member("replaced_by", &words(exception.and_then(|exception| exception.replaced_by.as_ref())));
    object.member("why", &why);
    object.end();
    buffer
}

/// Why the place is closed on the day of a session, in each language that has words for it.
fn closed(writer: Writer<'_, '_>, centre: &Id<Centre>, session: &calendar::Session) -> Option<Words> {
    let site = writer.first.site;
    let record = site.content.centres.get(*site.index.centre.get(centre)?)?;
    let state = site.day(centre, session.date)?;
    writer.said(|edition| views::reason(edition, record, &state).filter(|why| why.lang.is_none()).map(|why| why.text))
}
