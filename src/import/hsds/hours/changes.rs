//! Hours that are over, and hours that hold only later: a place has those of today, or the first to come.
//!
//! A row is lasting if it has but one end, or is about a year long: two that differ and follow each other are a change of
//! hours, while shorter ones are parts of the year. What lasts is then taken without its ends.

use super::super::schedule::{Days, Refused, Schedule, YEAR, length};
use super::is_short;
use crate::calendar::Date;

/// From so many days on a row is no part of a year; schools have such years.
const LASTING: usize = 300;

/// Takes out the rows that are over and those that hold only after a change, and lets go of the ends of what holds until
/// then.
pub(super) fn settle(rows: &mut Vec<Schedule>, today: Date, left: &mut Vec<Refused>) {
    let mut take_out = |rows: &mut Vec<Schedule>, why, is_out: &dyn Fn(&Schedule) -> bool| {
        left.extend(rows.iter().filter(|row| is_out(row)).map(|row| Refused::read(row.told.clone(), why)));
        rows.retain(|row| !is_out(row));
    };
    let all = rows.clone();
    let long = || all.iter().filter(|row| !is_short(row));
    let is_lasting = |row: &Schedule| !is_short(row) && (lasts(row) || long().any(|other| is_next(row, other)));
    let is_over = |row: &Schedule| row.to.is_some_and(|to| to < today);
    let are_all_over = long().all(is_over);
    let long_ago = today.checked_sub(jiff::Span::new().days(YEAR as i64)).unwrap_or(today);
    // What is over may still show that something holds every year, if it says the same as what is not, or is not long ago.
    let goes_on = |row: &Schedule| long().any(|other| !is_over(other) && is_alike(row, other));
    take_out(rows, "schedule-over", &|row| {
        let is_past = || are_all_over || is_lasting(row) || row.to.is_some_and(|to| to < long_ago);
        !is_short(row) && is_over(row) && is_past() && !goes_on(row)
    });
    let standing: Vec<Schedule> = rows.iter().filter(|row| is_lasting(row)).cloned().collect();
    let is_change = |later: &&Schedule| standing.iter().any(|row| is_before(row, later) && !is_alike(row, later));
    let change = standing.iter().filter(|row| is_weekly(row)).filter(is_change).filter_map(|row| row.from).min();
    let Some(change) = change else { return };
    take_out(rows, "schedule-later", &|row| is_lasting(row) && row.from.is_some_and(|from| from >= change));
    rows.iter_mut().filter(|row| is_lasting(row)).for_each(|row| (row.from, row.to) = (None, None));
}

/// Whether a row is no part of a year by its own dates.
fn lasts(row: &Schedule) -> bool {
    row.span().is_none_or(|span| length(span) >= LASTING)
}

/// Whether a row begins the day after one without a beginning ends, or ends the day before one without an end begins.
fn is_next(row: &Schedule, other: &Schedule) -> bool {
    let follows = |one: &Schedule, next: &Schedule| one.to.and_then(|to| to.tomorrow().ok()) == next.from;
    let (is_after, is_before) =
        (other.from.is_none() && other.to.is_some(), other.to.is_none() && other.from.is_some());
    is_after && follows(other, row) || is_before && follows(row, other)
}

fn is_weekly(row: &Schedule) -> bool {
    matches!(row.days, Days::Weekly(_))
}

fn is_before(row: &Schedule, later: &Schedule) -> bool {
    is_weekly(row) && row.to.zip(later.from).is_some_and(|(to, from)| to < from)
}

fn is_alike(row: &Schedule, other: &Schedule) -> bool {
    row.days == other.days && row.opening == other.opening
}
