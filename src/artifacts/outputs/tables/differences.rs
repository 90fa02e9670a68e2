//! What is not as usual: the dated hours of centres, and what editors wrote about single sessions.

use super::{Cell, Column, Kind, Table, coming, rows};
use crate::calendar::{Date, DateSpan, DayState, Reason, TimeRange};
use crate::content::{Activity, Centre, Programme, Record, Text};
use crate::site::{Edition, views};

const SPECIAL: [Column; 8] = [
    Column("centre", Kind::Ref("centres"), "The centre."),
    Column("date", Kind::Date, "The day."),
    Column("opens", Kind::Time, "When it opens; none: it is closed all day."),
    Column("closes", Kind::Time, "When it closes."),
    Column("next_day", Kind::Boolean, "Whether it closes on the day after."),
    Column("by_appointment", Kind::Boolean, "Whether one needs an appointment."),
    Column(
        "reason",
        Kind::Word,
        "What decides: `exception`, `notice`, `holiday`, `local-holiday`, `closure`, `makeup-workday` or `recurring`.",
    ),
    Column("why", Kind::Word, "Why, in the site's first language."),
];

pub(super) const SPECIAL_HOURS: Table = Table { name: "special-hours", columns: &SPECIAL, rows: special_hours };

/// The days of the coming weeks that are not like their weekday, and those of later exceptions.
fn special_hours<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let site = edition.site;
    let Some(window) = coming(edition) else { return Vec::new() };
    let of_centre = |record: &'a Record<Centre>| {
        let Some(hours) = site.hours(&record.id) else { return Vec::new() };
        let calendar = site.calendar_of(&record.id);
        let later = hours.exceptions.iter().filter_map(|(days, _)| after(window, *days));
        let later = later.flat_map(|days| days.days()).map(|date| (date, hours.on(date, calendar)));
        let mut found = hours.special_days(window, calendar);
        found.extend(later);
        found.sort_by_key(|(date, _)| *date);
        found.dedup_by_key(|(date, _)| *date);
        let of_day = |(date, state): (Date, DayState)| {
            let why = views::reason(edition, record, &state).map(|why| why.text);
            let row = |time: Option<TimeRange>, by_appointment: Cell<'a>| {
                let [opens, closes, next_day] = Cell::times(time);
                let (reason, why) = (Cell::word(reason(state.reason)), Cell::some(why.clone()));
                [Cell::id(&record.id), Cell::date(date), opens, closes, next_day, by_appointment, reason, why]
            };
            match state.intervals.openings() {
                [] => vec![row(None, Cell::Empty)],
                openings => openings.iter().map(|o| row(Some(o.time), Cell::flag(o.by_appointment))).collect(),
            }
        };
        found.into_iter().flat_map(of_day).collect::<Vec<_>>()
    };
    rows(&SPECIAL, site.content.centres.iter().flat_map(of_centre))
}

/// The part of a span behind the days that are written out, at most a year of it.
fn after(window: DateSpan, days: DateSpan) -> Option<DateSpan> {
    let first = window.last().tomorrow().ok()?;
    let last = first.checked_add(jiff::Span::new().days(365)).ok()?;
    DateSpan::new(first, last)?.overlap(&days)
}

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Exception(_) => "exception",
        Reason::Closing(_) => "notice",
        Reason::Holiday(_) => "holiday",
        Reason::LocalHoliday(_) => "local-holiday",
        Reason::LocalClosure(_) => "closure",
        Reason::MakeupWorkday { .. } => "makeup-workday",
        Reason::Recurring(_) => "recurring",
        Reason::Season(_) | Reason::Weekly => "",
    }
}

const CHANGE: [Column; 12] = [
    Column("programme", Kind::Ref("programmes"), "The programme."),
    Column("activity", Kind::Integer, "The activity's `number`."),
    Column("from", Kind::Date, "The first day of which it is said."),
    Column("until", Kind::Date, "The last day."),
    Column(
        "change",
        Kind::Word,
        "What differs: `cancelled`, `moved`, `replaced`, `room` or `noted`; `extra` is a session beside the usual ones.",
    ),
    Column("moved_to", Kind::Date, "The day to which it was moved."),
    Column("starts", Kind::Time, "When a moved or extra session begins."),
    Column("ends", Kind::Time, "When it ends."),
    Column("next_day", Kind::Boolean, "Whether it ends on the day after."),
    Column("replaced_by", Kind::Text, "What takes place instead."),
    Column("room", Kind::Text, "The room, where it is another one."),
    Column("why", Kind::Text, "Why it differs."),
];

pub(super) const SESSION_CHANGES: Table = Table { name: "session-changes", columns: &CHANGE, rows: session_changes };

/// What was written, also for days that are not among the coming ones.
fn session_changes<'a>(edition: &Edition<'a>) -> Vec<Vec<Cell<'a>>> {
    let of_activity = |record: &'a Record<Programme>, activity: &'a Activity, number: i32| {
        let row = |days: DateSpan,
                   change: &'static str,
                   to: Option<(Option<Date>, TimeRange)>,
                   words: [Option<&'a Text>; 3]| {
            let [starts, ends, next_day] = Cell::times(to.map(|(_, time)| time));
            let [replaced_by, room, why] = words.map(Cell::some_text);
            [
                Cell::id(&record.id),
                Cell::number(Some(number)),
                Cell::date(days.first()),
                Cell::date(days.last()),
                Cell::word(change),
                to.and_then(|(date, _)| date).map_or(Cell::Empty, Cell::date),
                starts,
                ends,
                next_day,
                replaced_by,
                room,
                why,
            ]
        };
        let exceptions = activity.exceptions.iter().map(|found| {
            let change = match (&found.cancelled, found.moved_to, &found.replaced_by, &found.room) {
                (Some(_), ..) => "cancelled",
                (None, Some(_), ..) => "moved",
                (None, None, Some(_), _) => "replaced",
                (None, None, None, Some(_)) => "room",
                (None, None, None, None) => "noted",
            };
            let to = found.moved_to.map(|to| (Some(to.date), to.time));
            let why = found.why.as_ref().or(found.cancelled.as_ref());
            row(found.on, change, to, [found.replaced_by.as_ref(), found.room.as_ref(), why])
        });
        let extra = activity.extra.iter().filter_map(|found| {
            let day = DateSpan::new(found.on.date, found.on.date)?;
            Some(row(day, "extra", Some((None, found.on.time)), [None, found.room.as_ref(), found.why.as_ref()]))
        });
        exceptions.chain(extra).collect::<Vec<_>>()
    };
    let of_programme = |record: &'a Record<Programme>| {
        let activities = record.value.activities.iter().zip(1..);
        activities.flat_map(move |(activity, number)| of_activity(record, activity, number)).collect::<Vec<_>>()
    };
    rows(&CHANGE, edition.site.content.programmes.iter().flat_map(of_programme))
}
