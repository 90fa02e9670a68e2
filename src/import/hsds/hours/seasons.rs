//! The parts of the year with a week of their own, from the periods of schedules.

use std::collections::BTreeSet;

use super::super::schedule::{Refused, YEAR, length};
use super::single_days::LONGEST;
use super::weeks::{over, same, week};
use super::{Read, Sorted, WEEK};
use crate::calendar::{Date, DateSpan, MonthDay, Weekly, YearlySpan};

/// A stretch of days with one week.
pub(super) struct Stretch {
    pub(super) span: DateSpan,
    pub(super) weekly: Weekly,
}

/// The stretches of the days from the first to the last that a part of the year has; short ones belong to the one before.
pub(super) fn stretches(sorted: &Sorted, base: &Weekly) -> Vec<Stretch> {
    let spans = || sorted.periods.iter().map(|(span, _)| *span);
    let after = |span: DateSpan| span.last().tomorrow().ok();
    let edges: BTreeSet<Date> = spans().flat_map(|span| [Some(span.first()), after(span)]).flatten().collect();
    let edges: Vec<Date> = edges.into_iter().collect();
    let mut found: Vec<Stretch> = Vec::new();
    for pair in edges.windows(2) {
        let [first, after] = pair else { continue };
        let Some(span) = after.yesterday().ok().and_then(|last| DateSpan::new(*first, last)) else { continue };
        let active = sorted.periods.iter().filter(|(of, _)| of.contains(*first)).map(|(_, row)| row);
        let weekly = week(active).map_or_else(|| base.clone(), |own| over(base, &own));
        match found.last_mut() {
            Some(last) if length(span) <= WEEK || same(&last.weekly, &weekly) => {
                last.span = DateSpan::new(last.span.first(), span.last()).unwrap_or(last.span);
            }
            _ => found.push(Stretch { span, weekly }),
        }
    }
    found
}

fn yearly(span: DateSpan) -> YearlySpan {
    YearlySpan { from: MonthDay::of(span.first()), to: MonthDay::of(span.last()) }
}

/// The parts of every year with a week of their own.
pub(super) fn seasons(
    sorted: &Sorted,
    stretches: &[Stretch],
    weekly: &Weekly,
    read: &mut Read,
) -> Vec<(YearlySpan, Weekly)> {
    let edges = stretches.first().map(|first| first.span.first()).zip(stretches.last().map(|last| last.span.last()));
    let Some((first, last)) = edges else { return Vec::new() };
    let mut seasons: Vec<(YearlySpan, Weekly)> = Vec::new();
    let own = || stretches.iter().filter(|stretch| !same(&stretch.weekly, weekly));
    for stretch in own() {
        let (span, of_year) = (stretch.span, yearly(stretch.span));
        if length(span) > YEAR {
            let active = sorted.periods.iter().filter(|(of, _)| of.overlap(&span).is_some());
            read.left.extend(active.map(|(_, row)| Refused::read(row.told.clone(), "schedule-long")));
            continue;
        }
        // What is known may begin or end in the middle of a part of the year.
        let is_cut = span.first() == first || span.last() == last;
        let is_within = |other: &Stretch| {
            other.span != span
                && length(other.span) > length(span)
                && same(&other.weekly, &stretch.weekly)
                && span.days().all(|date| yearly(other.span).contains(date))
        };
        if is_cut && own().any(is_within) {
            continue;
        }
        // Other years of which the same days are known have to say the same.
        let mut times = 1;
        let mut differs = false;
        for other in stretches.iter().filter(|other| other.span != span && length(other.span) > WEEK) {
            let days = other.span.days().take(LONGEST).filter(|date| of_year.contains(*date)).count();
            let alike = same(&other.weekly, &stretch.weekly);
            times += usize::from(alike && days > WEEK);
            differs |= !alike && days > WEEK;
        }
        if differs || seasons.iter().any(|(known, _)| (known.from, known.to) == (of_year.from, of_year.to)) {
            continue;
        }
        if times == 1 {
            read.yearly.push(span);
        }
        seasons.push((of_year, stretch.weekly.clone()));
    }
    seasons
}
