//! What schedules say of single dates, and the dates on which that is something else than the hours that were made of them.

use std::collections::BTreeSet;

use super::super::schedule::{Days, MOST_DATES, Schedule, YEAR, length};
use super::Sorted;
use super::weeks::{added, merged};
use crate::calendar::{Date, DateSpan, HolidayCalendar, Intervals, Opening, OpeningHours};

/// The longest stretch of days of which each is asked.
pub(super) const LONGEST: usize = 3 * YEAR;

/// The hours with the dates on which something else holds than week, parts of the year and what recurs say; equal days in
/// a row together; and how many dates were not asked, since there are too many.
pub(super) fn with_single_days(mut hours: OpeningHours, sorted: &Sorted) -> (OpeningHours, usize) {
    let standing = || sorted.ordinary.iter().chain(&sorted.recurring);
    let dated = || sorted.periods.iter().map(|(_, row)| row);
    let hull = hull(sorted);
    let noted = standing().chain(dated()).flat_map(|row| row.except.iter().copied());
    let single = sorted.days.iter().flat_map(|row| match &row.days {
        Days::Dates(dates) => dates.iter().copied().filter(|date| row.falls_on(*date)).collect::<Vec<_>>(),
        _ => {
            let days = row.span().into_iter().flat_map(|span| span.days().take(LONGEST));
            days.filter(|date| row.falls_on(*date)).collect()
        }
    });
    let mut dates: BTreeSet<Date> = noted.chain(single).collect();
    let last = dates.iter().nth(MOST_DATES).copied();
    let mut beyond = last.map(|last| dates.split_off(&last)).unwrap_or_default();
    beyond.retain(|date| hull.is_none_or(|hull| !hull.contains(*date)));
    dates.extend(hull.into_iter().flat_map(|hull| hull.days()));
    let public = HolidayCalendar::default();
    let mut found: Vec<(DateSpan, Intervals)> = Vec::new();
    for date in dates {
        let said = hours.on(date, &public).intervals;
        let is_known = hull.is_none_or(|hull| hull.contains(date));
        let usual = if is_known { usual_on(sorted, date) } else { left_of(&said, sorted, date) };
        let of_day: Vec<Opening> = sorted.days.iter().filter(|row| row.holds_on(date)).map(|row| row.opening).collect();
        let of_day = merged(of_day);
        let Some(open) = added(&usual, &of_day).or_else(|| Intervals::of(of_day)) else { continue };
        if open == said {
            continue;
        }
        match found.last_mut() {
            Some((span, known)) if *known == open && span.last().tomorrow().ok() == Some(date) => {
                *span = DateSpan::new(span.first(), date).unwrap_or(*span);
            }
            _ => found.extend(DateSpan::new(date, date).map(|span| (span, open))),
        }
    }
    hours.exceptions = found;
    (hours, beyond.len())
}

/// What the schedules that recur say of a date: what stands, with the parts of the year over it.
pub(super) fn usual_on(sorted: &Sorted, date: Date) -> Intervals {
    let openings = |rows: Vec<&Schedule>, held: bool| -> Vec<Opening> {
        let rows = rows.into_iter().filter(|row| if held { row.holds_on(date) } else { row.falls_on(date) });
        merged(rows.map(|row| row.opening).collect())
    };
    let standing = || sorted.ordinary.iter().collect::<Vec<_>>();
    let dated = || sorted.periods.iter().map(|(_, row)| row).collect::<Vec<_>>();
    let apart = Intervals::of(openings(standing(), false))
        .is_some_and(|standing| added(&standing, &openings(dated(), false)).is_some());
    let mut open = openings(dated(), true);
    open.extend(openings(sorted.recurring.iter().collect(), true));
    if apart {
        open.extend(openings(standing(), true));
    }
    Intervals::of(merged(open)).unwrap_or_default()
}

/// What is left of hours on a date on which some schedules with the same times do not hold.
fn left_of(hours: &Intervals, sorted: &Sorted, date: Date) -> Intervals {
    let rows = || sorted.ordinary.iter().chain(&sorted.recurring).chain(sorted.periods.iter().map(|(_, row)| row));
    let is_off = |opening: &Opening| {
        let same = || rows().filter(|row| row.opening == *opening);
        same().any(|row| row.except.contains(&date)) && !same().any(|row| row.holds_on(date))
    };
    Intervals::of(hours.openings().iter().filter(|opening| !is_off(opening)).copied().collect()).unwrap_or_default()
}

/// The days from the first to the last that a part of the year has, if each of them can be asked.
pub(super) fn hull(sorted: &Sorted) -> Option<DateSpan> {
    let spans = || sorted.periods.iter().map(|(span, _)| *span);
    let ends = spans().map(|span| span.first()).min().zip(spans().map(|span| span.last()).max());
    ends.and_then(|(first, last)| DateSpan::new(first, last)).filter(|hull| length(*hull) <= LONGEST)
}
