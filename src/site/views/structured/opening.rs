//! Opening hours as schema.org and the search engines read them.
//!
//! The ordinary week is weekdays with times. Where seasons have weeks of their own, each stretch of the year from one
//! change to the next is dated, so that no two weeks hold at once. Days that are not like their weekday are dated too;
//! a closed one opens and closes at 00:00. All day is 00:00 to 23:59, and what closes before it opens closes on the day
//! after. Weeks are said up to the last day whose public holidays are announced: on a day after it nobody knows whether
//! the week holds. Where not even this year's are announced they have no end, and say so.

use super::things::OpeningHoursSpecification;
use crate::calendar::{Date, DateSpan, DayState, Intervals, Opening, OpeningHours, TimeOfDay, Weekday, Weekly};
use crate::content::{Centre, Record};
use crate::site::views::hours::{not_announced, reason};
use crate::site::{Announced, Edition};

/// How many days ahead days that differ are said.
const AHEAD: i64 = 60;
/// How many days ahead seasons are said.
const SEASONS_AHEAD: i64 = 365;

/// The weeks of the coming year.
pub(super) fn usual(edition: &Edition<'_>, hours: &OpeningHours) -> Vec<OpeningHoursSpecification> {
    if hours.seasons.is_empty() {
        return week(edition, &hours.weekly, Some(hours));
    }
    let dated = stretches(edition, hours).into_iter().flat_map(|(weekly, from, until)| {
        let mut week = week(edition, weekly, Some(hours));
        for opening in &mut week {
            opening.valid_from = from.map(|date| date.to_string());
            // Dates of ISO 8601 are in the order of their letters.
            let ends = [until.map(|date| date.to_string()), opening.valid_through.take()];
            opening.valid_through = ends.into_iter().flatten().min();
        }
        week
    });
    dated.collect()
}

/// A week of a place or of what gives way to it, as far as it is known to hold; `place` are the hours of the place.
pub(super) fn week(
    edition: &Edition<'_>,
    weekly: &Weekly,
    place: Option<&OpeningHours>,
) -> Vec<OpeningHoursSpecification> {
    let announced = edition.site.announced(place);
    let unknown = (announced == Announced::NotNow).then(|| not_announced(edition)).flatten();
    let entries = weekly.entries().iter().flat_map(|(days, times)| {
        let days: Vec<&'static str> = days.iter().map(weekday).collect();
        let said = times.openings().iter().map(|opening| times_of(edition, opening));
        said.map(|times| OpeningHoursSpecification {
            day_of_week: days.clone(),
            valid_through: announced.until().map(|date| date.to_string()),
            description: Some([times.description, unknown.clone()].into_iter().flatten().collect::<Vec<_>>())
                .filter(|parts| !parts.is_empty())
                .map(|parts| edition.wording.list(parts)),
            ..times
        })
        .collect::<Vec<_>>()
    });
    entries.collect()
}

/// The days that are not like their weekday, those in a row with the same times and reason as one. Such a run is said
/// from its first day on, also when that is over, so that it does not change from day to day.
pub(super) fn special(
    edition: &Edition<'_>,
    record: &Record<Centre>,
    hours: &OpeningHours,
) -> Vec<OpeningHoursSpecification> {
    let today = edition.site.today;
    let calendar = edition.site.calendar_of(&record.id);
    let on = |date: Date| hours.on(date, calendar);
    let step = |date: Date, days: i64| date.checked_add(jiff::Span::new().days(days)).ok();
    let mut runs: Vec<(Date, Date, DayState)> = Vec::new();
    let days = step(today, AHEAD - 1).and_then(|last| DateSpan::new(today, last));
    for (date, state) in days.map(|days| hours.special_days(days, calendar)).unwrap_or_default() {
        match runs.last_mut() {
            Some((_, last, known)) if step(*last, 1) == Some(date) && same(known, &state) => *last = date,
            _ => runs.push((date, date, state)),
        }
    }
    let reach = |from: Date, direction: i64, state: &DayState| {
        let days = (1..=AHEAD).map_while(|far| step(from, far * direction));
        days.take_while(|date| same(&on(*date), state)).last().unwrap_or(from)
    };
    if let Some((first, _, state)) = runs.first_mut().filter(|(first, ..)| *first == today) {
        *first = reach(*first, -1, state);
    }
    if let Some((_, last, state)) = runs.last_mut().filter(|(_, last, _)| step(today, AHEAD - 1) == Some(*last)) {
        *last = reach(*last, 1, state);
    }
    let run = |(first, last, state): &(Date, Date, DayState)| {
        let why = reason(edition, record, state).map(|why| why.text);
        let mut said = times(edition, &state.intervals);
        for opening in &mut said {
            opening.valid_from = Some(first.to_string());
            opening.valid_through = Some(last.to_string());
            let parts = [opening.description.take(), why.clone()].into_iter().flatten().collect::<Vec<_>>();
            opening.description = (!parts.is_empty()).then(|| edition.wording.list(parts));
        }
        said
    };
    runs.iter().flat_map(run).collect()
}

fn same(one: &DayState, other: &DayState) -> bool {
    one.intervals == other.intervals && one.reason == other.reason
}

/// A day's times; if there are none, that it is closed.
fn times(edition: &Edition<'_>, intervals: &Intervals) -> Vec<OpeningHoursSpecification> {
    let midnight = || TimeOfDay::MIDNIGHT.to_string();
    match intervals.openings() {
        [] => vec![OpeningHoursSpecification {
            opens: midnight(),
            closes: midnight(),
            ..OpeningHoursSpecification::default()
        }],
        openings => openings.iter().map(|opening| times_of(edition, opening)).collect(),
    }
}

fn times_of(edition: &Edition<'_>, opening: &Opening) -> OpeningHoursSpecification {
    let end = opening.time.end();
    OpeningHoursSpecification {
        opens: opening.time.start().to_string(),
        closes: if end == TimeOfDay::END { "23:59".to_owned() } else { end.to_string() },
        description: opening.by_appointment.then(|| edition.wording.term("by-appointment").to_owned()),
        ..OpeningHoursSpecification::default()
    }
}

pub(super) fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "https://schema.org/Monday",
        Weekday::Tuesday => "https://schema.org/Tuesday",
        Weekday::Wednesday => "https://schema.org/Wednesday",
        Weekday::Thursday => "https://schema.org/Thursday",
        Weekday::Friday => "https://schema.org/Friday",
        Weekday::Saturday => "https://schema.org/Saturday",
        Weekday::Sunday => "https://schema.org/Sunday",
    }
}

/// A week, and the first and last day on which it holds.
type Stretch<'a> = (&'a Weekly, Option<Date>, Option<Date>);

/// The stretches of the coming year in which one week holds. Last year to the next but one are walked, so that a stretch
/// begins and ends where it truly does; one that has no such end there is open.
fn stretches<'a>(edition: &Edition<'_>, hours: &'a OpeningHours) -> Vec<Stretch<'a>> {
    let today = edition.site.today;
    let until = today.checked_add(jiff::Span::new().days(SEASONS_AHEAD)).unwrap_or(today);
    let (Ok(first), Ok(last)) = (Date::new(today.year() - 1, 1, 1), Date::new(today.year() + 2, 12, 31)) else {
        return vec![(&hours.weekly, None, None)];
    };
    let found = DateSpan::new(first, last).map(|days| hours.stretches(days)).unwrap_or_default();
    let known = edition.site.announced(Some(hours)).until().map_or(until, |known| known.min(until));
    let near = found.into_iter().filter(|(_, days)| days.last() >= today && days.first() <= known);
    let stretch = |(season, days): (Option<usize>, DateSpan)| {
        let (from, end) = (days.first(), days.last());
        (hours.week_of(season), (from > first).then_some(from), (end < last).then_some(end))
    };
    near.map(stretch).collect()
}
