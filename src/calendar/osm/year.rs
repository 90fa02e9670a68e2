//! What holds on each weekday in each part of the year, day by day.
//!
//! OSM's later rules cut into earlier ones wherever they meet, and our seasons do not: the first that fits holds. Laid
//! out over the 366 days, one becomes the other by looking; days in a row with the same week are a season.

use std::sync::Arc;

use jiff::civil::{Date, Weekday, date};

use super::super::weekday::WEEK;
use super::rule::State;
use crate::calendar::{
    DateSpan, Intervals, MonthDay, Opening, OpeningHours, TimeOfDay, TimeRange, WeekdaySet, Weekly, YearlySpan,
};

/// A year that has every day that a year can have.
pub(super) const LEAP_YEAR: i16 = 2024;

/// What a rule does to a day's hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// These hours and no others.
    Replace(Intervals),
    /// These hours too.
    Add(Intervals),
    /// Closed at these times.
    Remove(Vec<TimeRange>),
    /// By appointment where nothing is open.
    FillByAppointment,
}

impl Change {
    /// The hours after the change.
    pub(super) fn of(&self, before: &Intervals) -> Intervals {
        match self {
            Change::Replace(hours) => hours.clone(),
            Change::Add(more) => more.openings().iter().fold(before.clone(), |hours, opening| with(&hours, *opening)),
            Change::Remove(times) => times.iter().fold(before.clone(), |hours, time| hours.without(time)),
            Change::FillByAppointment => {
                let all_day = hours(&[TimeRange::ALL_DAY], State::ByAppointment);
                let gaps = before.ranges().fold(all_day, |gaps, open| gaps.without(open));
                Change::Add(gaps).of(before)
            }
        }
    }

    /// Whether it leaves nothing open.
    pub(super) fn closes(&self) -> bool {
        matches!(self, Change::Replace(hours) if hours.is_closed())
    }
}

/// Times of one state as hours; where two overlap they become one.
pub(super) fn hours(times: &[TimeRange], state: State) -> Intervals {
    let by_appointment = match state {
        State::Closed => return Intervals::CLOSED,
        State::Open => false,
        State::ByAppointment => true,
    };
    times.iter().fold(Intervals::CLOSED, |hours, time| with(&hours, Opening { time: *time, by_appointment }))
}

/// Hours with one opening more, which holds where it overlaps others.
fn with(hours: &Intervals, opening: Opening) -> Intervals {
    let overlapping = hours
        .openings()
        .iter()
        .filter(|other| other.by_appointment == opening.by_appointment && other.time.overlap(&opening.time).is_some());
    let time = overlapping.clone().fold(opening.time, |time, other| {
        let (start, end) = (time.start().min(other.time.start()), time.end().max(other.time.end()));
        TimeRange::new(start, end).unwrap_or(time)
    });
    // Longer than a day together: the night stays whole, because what is left of it could not begin after midnight.
    let night = overlapping.map(|other| other.time).find(|other| other.end() > time.end().max(TimeOfDay::END));
    let time = night.and_then(|night| TimeRange::new(time.start(), night.start())).unwrap_or(time);
    let mut openings = hours.without(&time).openings().to_vec();
    openings.push(Opening { time, ..opening });
    Intervals::of(openings).unwrap_or_else(|| hours.clone())
}

/// A week with equal days together, in the order of the week.
fn week(on: impl Fn(Weekday) -> Intervals) -> Weekly {
    let mut entries: Vec<(WeekdaySet, Intervals)> = Vec::new();
    for day in WEEK {
        let hours = on(day);
        match entries.iter_mut().find(|(_, known)| *known == hours) {
            _ if hours.is_closed() => {}
            Some((days, _)) => *days = days.union(WeekdaySet::only(day)),
            None => entries.push((WeekdaySet::only(day), hours)),
        }
    }
    Weekly::new(entries).unwrap_or_default()
}

/// A week after a change on some of its days.
fn changed(before: &Weekly, days: WeekdaySet, change: &Change) -> Weekly {
    week(|day| if days.contains(day) { change.of(before.on(day)) } else { before.on(day).clone() })
}

/// A change of the week of a day, made anew only if that is not the week of the day before: its week and what it became.
fn changed_once(
    week: Option<&Arc<Weekly>>,
    ordinary: &Weekly,
    days: WeekdaySet,
    change: &Change,
    done: &mut Option<(Option<Arc<Weekly>>, Arc<Weekly>)>,
) -> Arc<Weekly> {
    let same = |known: &Option<Arc<Weekly>>| match (known, week) {
        (Some(known), Some(week)) => Arc::ptr_eq(known, week),
        (None, None) => true,
        _ => false,
    };
    if let Some((_, after)) = done.as_ref().filter(|(before, _)| same(before)) {
        return Arc::clone(after);
    }
    let after = Arc::new(changed(week.map_or(ordinary, Arc::as_ref), days, change));
    *done = Some((week.cloned(), Arc::clone(&after)));
    after
}

/// The weeks of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Year {
    /// The week where no season holds.
    pub(super) ordinary: Weekly,
    /// The 366 days, each with the week of its season; days in a row share it.
    days: Vec<(Date, Option<Arc<Weekly>>)>,
}

impl Default for Year {
    fn default() -> Self {
        Self { ordinary: Weekly::default(), days: leap_year().map(|day| (day, None)).collect() }
    }
}

impl Year {
    /// The weeks of our hours.
    pub(super) fn of(hours: &OpeningHours) -> Self {
        let copy = |weekly: &Weekly| week(|day| weekly.on(day).clone());
        let seasons: Vec<_> = hours.seasons.iter().map(|(span, weekly)| (span, Arc::new(copy(weekly)))).collect();
        let season = |day: Date| seasons.iter().find(|(span, _)| span.contains(day));
        let days = leap_year().map(|day| (day, season(day).map(|(_, weekly)| Arc::clone(weekly)))).collect();
        Self { ordinary: copy(&hours.weekly), days }
    }

    /// Changes weekdays all the year round.
    pub(super) fn change(&mut self, days: WeekdaySet, change: &Change) {
        self.ordinary = changed(&self.ordinary, days, change);
        let mut done = None;
        for week in self.days.iter_mut().filter_map(|(_, week)| week.as_mut()) {
            *week = changed_once(Some(week), &self.ordinary, days, change, &mut done);
        }
    }

    /// Changes weekdays in parts of the year.
    pub(super) fn change_within(&mut self, spans: &[YearlySpan], days: WeekdaySet, change: &Change) {
        let mut done = None;
        for (date, week) in &mut self.days {
            if spans.iter().any(|span| span.contains(*date)) {
                *week = Some(changed_once(week.as_ref(), &self.ordinary, days, change, &mut done));
            }
        }
    }

    /// What holds on a weekday all the year round; `None` if that differs.
    pub(super) fn all_year(&self, day: Weekday) -> Option<&Intervals> {
        let hours = self.ordinary.on(day);
        let mut seasons = self.days.iter().filter_map(|(_, week)| week.as_deref());
        seasons.all(|week| week.on(day) == hours).then_some(hours)
    }

    /// The parts of the year that differ from the ordinary week, apart from each other.
    pub(super) fn seasons(&self) -> Vec<(YearlySpan, &Weekly)> {
        let mut runs: Vec<(DateSpan, &Weekly)> = Vec::new();
        for (date, week) in &self.days {
            let Some(week) = week.as_deref().filter(|week| **week != self.ordinary) else { continue };
            match runs.last_mut() {
                Some((span, last))
                    if (std::ptr::eq(*last, week) || *last == week) && span.last().tomorrow().ok() == Some(*date) =>
                {
                    *span = DateSpan::new(span.first(), *date).unwrap_or(*span);
                }
                _ => runs.extend(DateSpan::new(*date, *date).map(|span| (span, week))),
            }
        }
        let mut ends: Vec<(Date, Date, &Weekly)> =
            runs.into_iter().map(|(span, week)| (span.first(), span.last(), week)).collect();
        // A winter that begins before the new year and one that ends after it are one.
        if let [(first, to, early), .., (from, last, late)] = ends.as_slice()
            && (early == late && first.day_of_year() == 1 && last.day_of_year() == last.days_in_year())
        {
            let winter = (*from, *to, *late);
            ends.pop();
            ends.remove(0);
            ends.push(winter);
        }
        ends.into_iter().filter_map(|(from, to, week)| Some((yearly_span(from, to)?, week))).collect()
    }
}

/// The part of every year from one date to another.
pub(super) fn yearly_span(from: Date, to: Date) -> Option<YearlySpan> {
    let day_of_year = |date: Date| MonthDay::read(&format!("{}-{}", date.month(), date.day())).ok();
    Some(YearlySpan { from: day_of_year(from)?, to: day_of_year(to)? })
}

fn leap_year() -> impl Iterator<Item = Date> {
    let days = DateSpan::new(date(LEAP_YEAR, 1, 1), date(LEAP_YEAR, 12, 31));
    days.into_iter().flat_map(|days| days.days())
}
