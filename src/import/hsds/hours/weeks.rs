//! Weeks of schedules: those of one sort together, and one laid over another.

use super::super::schedule::{Days, Schedule};
use crate::calendar::{Intervals, Opening, TimeRange, Weekday, WeekdaySet, Weekly};

/// The week of some schedules.
pub(super) fn week<'s>(schedules: impl Iterator<Item = &'s Schedule>) -> Option<Weekly> {
    let schedules: Vec<&Schedule> = schedules.collect();
    weekly(|day| {
        let on = |schedule: &&&Schedule| matches!(&schedule.days, Days::Weekly(days) if days.contains(day));
        Intervals::of(merged(schedules.iter().filter(on).map(|schedule| schedule.opening).collect()))
    })
}

/// A week from the hours of each day, equal days together.
pub(super) fn weekly(hours: impl Fn(Weekday) -> Option<Intervals>) -> Option<Weekly> {
    let mut entries: Vec<(WeekdaySet, Intervals)> = Vec::new();
    for day in WeekdaySet::ALL.iter() {
        let hours = hours(day)?;
        match entries.iter_mut().find(|(_, known)| *known == hours) {
            Some((days, _)) => *days = days.union(WeekdaySet::only(day)),
            None => entries.push((WeekdaySet::only(day), hours)),
        }
    }
    entries.retain(|(_, hours)| !hours.is_closed());
    Weekly::new(entries).ok()
}

/// Openings of a day, those that overlap as one.
pub(super) fn merged(mut openings: Vec<Opening>) -> Vec<Opening> {
    openings.sort();
    openings.dedup();
    let mut merged: Vec<Opening> = Vec::new();
    for opening in openings {
        match merged.last_mut() {
            Some(last) if opening.time.start() < last.time.end() => {
                let end = last.time.end().max(opening.time.end());
                last.time = TimeRange::new(last.time.start(), end).unwrap_or(last.time);
                last.by_appointment &= opening.by_appointment;
            }
            _ => merged.push(opening),
        }
    }
    merged
}

pub(super) fn same(one: &Weekly, other: &Weekly) -> bool {
    WeekdaySet::ALL.iter().all(|day| one.on(day) == other.on(day))
}

/// A week laid over another: it takes its place if any of their times overlap, and is added otherwise.
pub(super) fn over(base: &Weekly, own: &Weekly) -> Weekly {
    weekly(|day| added(base.on(day), own.on(day).openings())).unwrap_or_else(|| own.clone())
}

/// Openings added to hours; nothing where they overlap.
pub(super) fn added(hours: &Intervals, openings: &[Opening]) -> Option<Intervals> {
    let mut openings: Vec<Opening> = hours.openings().iter().chain(openings).copied().collect();
    openings.sort();
    openings.dedup();
    Intervals::of(openings)
}
