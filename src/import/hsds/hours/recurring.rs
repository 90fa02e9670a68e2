//! Days that recur in another way than weekly, with what is open on them.

use std::collections::BTreeSet;

use super::super::schedule::Schedule;
use super::Sorted;
use super::single_days::{LONGEST, hull, usual_on};
use super::weeks::merged;
use crate::calendar::{
    Date, DateSpan, HolidayCalendar, Intervals, Opening, OpeningHours, Pattern, Weekday, WeekdaySet,
};

/// Days that recur in another way than weekly, with what is open on most of them; nothing if hours cannot say that.
pub(super) fn recurring(
    pattern: &Pattern,
    row: &Schedule,
    sorted: &Sorted,
    hours: &OpeningHours,
) -> Option<Vec<(Pattern, Intervals)>> {
    let by_weekday: Vec<(Pattern, Vec<Weekday>)> = match pattern {
        Pattern::OddWeeks(days) => {
            days.iter().map(|day| (Pattern::OddWeeks(WeekdaySet::only(day)), vec![day])).collect()
        }
        Pattern::EvenWeeks(days) => {
            days.iter().map(|day| (Pattern::EvenWeeks(WeekdaySet::only(day)), vec![day])).collect()
        }
        Pattern::Monthly(_, day) => vec![(pattern.clone(), vec![*day])],
        _ => vec![(pattern.clone(), WeekdaySet::ALL.iter().collect())],
    };
    let days = by_weekday.into_iter().map(|(pattern, weekdays)| {
        // What is open besides has to be the same on whichever of these days it falls.
        let weeks = std::iter::once(&hours.weekly).chain(hours.seasons.iter().map(|(_, weekly)| weekly));
        let mut usual = weeks.flat_map(|weekly| weekdays.iter().map(|day| weekly.on(*day)));
        let first = usual.next()?.clone();
        if usual.any(|other| *other != first) {
            let day = weekdays.first().filter(|_| weekdays.len() == 1)?;
            return Some((pattern.clone(), mostly(&pattern, *day, sorted, hours)?));
        }
        // Where all the usual times are left out on these days they give way.
        let dates = sorted.ordinary.iter().chain(sorted.periods.iter().map(|(_, row)| row)).flat_map(|row| &row.except);
        let dates: BTreeSet<Date> =
            dates.copied().filter(|date| pattern.falls_on(*date, *date, &HolidayCalendar::default())).collect();
        let gives_way = |opening: &&Opening| {
            let of = |row: &&Schedule| row.opening == **opening;
            let usual: Vec<&Schedule> =
                sorted.ordinary.iter().chain(sorted.periods.iter().map(|(_, row)| row)).filter(of).collect();
            let falls = |date: Date| usual.iter().any(|row| row.falls_on(date));
            let all = span_of(&dates).into_iter().flat_map(|span| span.days().take(LONGEST));
            let mut all =
                all.filter(|date| pattern.falls_on(*date, *date, &HolidayCalendar::default()) && falls(*date));
            dates.len() > 2 && all.all(|date| usual.iter().all(|row| row.except.contains(&date) || !row.falls_on(date)))
        };
        let kept = first.openings().iter().filter(|opening| !gives_way(opening)).copied();
        let open = Intervals::of(merged(kept.chain([row.opening]).collect()))?;
        // The same days may have more times than one.
        let known = hours.recurring.iter().find(|(known, _)| *known == pattern).map(|(_, open)| open.openings());
        let all = known.unwrap_or_default().iter().chain(open.openings()).copied().collect();
        Some((pattern, Intervals::of(merged(all))?))
    });
    days.collect()
}

/// What is open on most of the days that recur, if it is the same whichever week holds in the part of the year.
fn mostly(pattern: &Pattern, day: Weekday, sorted: &Sorted, hours: &OpeningHours) -> Option<Intervals> {
    let public = HolidayCalendar::default();
    let hull = hull(sorted)?;
    let dates = hull.days().filter(|date| pattern.falls_on(*date, *date, &public));
    let mut by_week: Vec<(&Intervals, Vec<(Intervals, usize)>)> = Vec::new();
    for date in dates {
        let (week, open) = (hours.week_on(date).on(day), usual_on(sorted, date));
        let place = by_week.iter().position(|(known, _)| *known == week).unwrap_or_else(|| {
            by_week.push((week, Vec::new()));
            by_week.len() - 1
        });
        let (_, counts) = by_week.get_mut(place)?;
        match counts.iter_mut().find(|(known, _)| *known == open) {
            Some((_, times)) => *times += 1,
            None => counts.push((open, 1)),
        }
    }
    let most = |(_, counts): &(&Intervals, Vec<(Intervals, usize)>)| {
        counts.iter().max_by_key(|(_, times)| *times).map(|(open, _)| open.clone())
    };
    let mut most = by_week.iter().filter_map(most);
    let first = most.next()?;
    most.all(|other| other == first).then_some(first)
}

fn span_of(dates: &BTreeSet<Date>) -> Option<DateSpan> {
    DateSpan::new(*dates.first()?, *dates.last()?)
}
