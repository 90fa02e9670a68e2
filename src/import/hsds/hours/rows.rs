//! Rows of schedules that belong together: pieces of one rule joined, ends that mean the same brought together, and what
//! stands without an end although its rows are dated.

use std::collections::BTreeSet;

use super::super::schedule::{Days, Schedule, length};
use super::WEEK;
use crate::calendar::{Date, DateSpan};

/// The shortest stretch of days from which it is seen that something recurs every month, in days.
const HALF_YEAR: usize = 180;
/// How far apart two rows may be that are one: rules by month fall once in so many days.
const MONTHS: usize = 62;

pub(in crate::import) fn is_short(row: &Schedule) -> bool {
    matches!(row.days, Days::Dates(_)) || row.span().is_some_and(|span| length(span) <= WEEK)
}

/// Rows that say the same, one after the other, as one: between them lies no day of theirs.
pub(in crate::import) fn joined(mut rows: Vec<Schedule>) -> Vec<Schedule> {
    rows.sort_by_key(|row| row.from);
    let mut joined: Vec<Schedule> = Vec::new();
    for row in rows {
        let follows = |known: &&mut Schedule| {
            is_one_rule(&known.days, &row.days)
                && known.opening == row.opening
                && !matches!(row.days, Days::Dates(_))
                && !(is_short(known) && is_short(&row))
                && known
                    .to
                    .zip(row.from)
                    .is_some_and(|(to, from)| to < from && next(&row.days, to) == next_from(&row, from))
        };
        match joined.iter_mut().find(follows) {
            Some(known) => {
                known.to = row.to;
                known.except.extend(row.except);
                known.reasons.extend(row.reasons);
            }
            None => joined.push(row),
        }
    }
    joined
}

/// Whether days follow one rule, from whichever of its dates each is reckoned.
fn is_one_rule(one: &Days, other: &Days) -> bool {
    match (one, other) {
        (Days::Counted(one), Days::Counted(other)) => one.rule == other.rule && one.count.is_none(),
        _ => one == other,
    }
}

/// The first day of theirs after a date, if it is not long after it.
fn next(days: &Days, date: Date) -> Option<Date> {
    let last = date.checked_add(jiff::Span::new().days(i64::try_from(MONTHS).ok()?)).ok()?;
    DateSpan::new(date.tomorrow().ok()?, last)?.days().find(|date| days.contain(*date))
}

/// The first day of a row from its beginning on.
fn next_from(row: &Schedule, from: Date) -> Option<Date> {
    next(&row.days, from.yesterday().ok()?)
}

/// The last day of theirs before a date, if it is not long before it.
fn previous(days: &Days, date: Date) -> Option<Date> {
    let first = date.checked_sub(jiff::Span::new().days(i64::try_from(MONTHS).ok()?)).ok()?;
    let span = DateSpan::new(first, date.yesterday().ok()?)?;
    span.days().collect::<Vec<_>>().into_iter().rev().find(|date| days.contain(*date))
}

/// Lets rows begin and end together that differ only by days on which they do not fall: one of Mondays to Fridays ends on
/// a Friday, that of Saturdays the day after.
pub(super) fn meet(rows: &mut [Schedule]) {
    let spans: BTreeSet<DateSpan> = rows.iter().filter(|row| !is_short(row)).filter_map(Schedule::span).collect();
    let firsts: BTreeSet<Date> = spans.iter().map(DateSpan::first).collect();
    let lasts: BTreeSet<Date> = spans.iter().map(DateSpan::last).collect();
    let ends = lasts.iter().copied().chain(firsts.iter().filter_map(|date| date.yesterday().ok()));
    let begins = firsts.iter().copied().chain(lasts.iter().filter_map(|date| date.tomorrow().ok()));
    let (ends, begins): (BTreeSet<Date>, BTreeSet<Date>) = (ends.collect(), begins.collect());
    for row in rows.iter_mut().filter(|row| !is_short(row)) {
        if let Some(to) = row.to {
            let before = next(&row.days, to);
            row.to = ends
                .range(to..)
                .take_while(|end| before.is_some_and(|before| **end < before))
                .last()
                .copied()
                .or(row.to);
        }
        if let Some(from) = row.from {
            let after = previous(&row.days, from);
            let earlier = begins.range(..=from).rev().take_while(|begin| after.is_some_and(|after| after < **begin));
            row.from = earlier.last().copied().or(row.from);
        }
    }
}

/// What stands without an end although its rows are dated: if none is without dates, those that have no end, or else
/// those that have no beginning and end last; if all have both, what recurs by month as long as anything is known.
pub(super) fn stand(rows: &mut [Schedule]) {
    let long = || rows.iter().filter(|row| !is_short(row));
    if long().any(|row| row.from.is_none() && row.to.is_none()) {
        return;
    }
    if long().any(|row| row.to.is_none()) {
        rows.iter_mut().filter(|row| row.to.is_none()).for_each(|row| row.from = None);
        return;
    }
    if let Some(last) = long().filter(|row| row.from.is_none()).map(|row| row.to).max() {
        rows.iter_mut().filter(|row| row.from.is_none() && row.to == last).for_each(|row| row.to = None);
        return;
    }
    let hull = long().filter_map(|row| row.from).min().zip(long().filter_map(|row| row.to).max());
    let Some(hull) =
        hull.and_then(|(first, last)| DateSpan::new(first, last)).filter(|hull| length(*hull) >= HALF_YEAR)
    else {
        return;
    };
    for row in rows.iter_mut().filter(|row| matches!(row.days, Days::Patterns(_)) && row.span() == Some(hull)) {
        (row.from, row.to) = (None, None);
    }
}
