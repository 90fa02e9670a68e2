//! From rules to our hours.
//!
//! In OSM the order of the rules decides, in ours the kind of day: a date before a holiday, a holiday before what
//! recurs, that before the season and the week. Rules that go up in this order mean the same in both. One that comes
//! after a higher one and meets it would take part of that back, which ours cannot say: it is refused.

use jiff::civil::Date;

use super::not_held;
use super::rule::{Dates, Days, Join, Rule, State, Weeks, days_in};
use super::year::{Change, LEAP_YEAR, Year, hours, yearly_span};
use crate::calendar::{
    DateSpan, HolidayCalendar, HolidayRule, Intervals, OpeningHours, Pattern, TimeRange, WeekdaySet, YearlySpan,
};

/// The most days that one rule may change one by one.
const MOST_DAYS: usize = 366;
/// The most exceptions that a text may make.
const MOST_EXCEPTIONS: usize = 1_000;

/// The hours as far as the rules have been read.
#[derive(Debug, Default)]
pub(super) struct Draft {
    year: Year,
    /// The later rule first.
    recurring: Vec<(Pattern, Intervals)>,
    /// Hours of public holidays; none while they are as on other days.
    holidays: Option<Intervals>,
    /// The later rule first.
    exceptions: Vec<(DateSpan, Intervals)>,
    /// Whether a rule for some days alone has been read.
    has_days: bool,
}

impl Draft {
    /// The hours. What OSM cannot say stays as it is where nothing is said: holidays of the area are like public ones,
    /// and make-up workdays like the weekday they replace.
    pub(super) fn hours(&self) -> OpeningHours {
        OpeningHours {
            weekly: self.year.ordinary.clone(),
            seasons: self.year.seasons().into_iter().map(|(span, week)| (span, week.clone())).collect(),
            recurring: self.recurring.clone(),
            holidays: match &self.holidays {
                None => HolidayRule::Open,
                Some(hours) if hours.is_closed() => HolidayRule::Closed,
                Some(hours) => HolidayRule::Hours(hours.clone()),
            },
            exceptions: self.exceptions.clone(),
            ..OpeningHours::default()
        }
    }

    /// Lays one more rule over the others; the error is the catalogue's word for what cannot be held.
    pub(super) fn apply(&mut self, rule: &Rule) -> Result<(), &'static str> {
        let change = change(rule);
        let days = &rule.days;
        let is_every_day = *days == Days::default();
        // By the specification such a rule takes the place of all others, and to the project's own evaluator it adds to them.
        let is_anew = rule.join == Join::Override && rule.state != State::Closed && !rule.times.is_empty();
        if is_every_day && is_anew && self.has_days && rule.times != [TimeRange::ALL_DAY] {
            return Err(not_held::ANEW);
        }
        self.has_days |= !is_every_day;
        if rule.join == Join::Otherwise {
            if *days != Days::default() || !rule.times.is_empty() || rule.state != State::ByAppointment {
                return Err(not_held::FALLBACK);
            }
            self.change_everything(&Change::FillByAppointment);
            return Ok(());
        }
        if let Dates::Dated(spans) = &days.dates {
            if days.weeks != Weeks::Every || !days.of_month.is_empty() || days.public_holidays {
                return Err(not_held::COMBINED);
            }
            let weekdays = if days.weekdays.is_empty() { WeekdaySet::ALL } else { days.weekdays };
            return spans.iter().try_for_each(|span| self.change_dates(*span, weekdays, &change));
        }
        let limits = usize::from(days.dates != Dates::Every)
            + usize::from(days.weeks != Weeks::Every)
            + usize::from(!days.of_month.is_empty() || days.public_holidays);
        if limits > 1 {
            return Err(not_held::COMBINED);
        }
        let weekdays = if days.are_named() { days.weekdays } else { WeekdaySet::ALL };
        match (days.weeks, &days.dates) {
            (Weeks::Odd, _) => self.change_recurring(Pattern::OddWeeks(weekdays), weekdays, &change)?,
            (Weeks::Even, _) => self.change_recurring(Pattern::EvenWeeks(weekdays), weekdays, &change)?,
            (Weeks::Every, Dates::Yearly(spans)) => match day_of_each_month(spans).filter(|_| !days.are_named()) {
                Some(day) => self.change_recurring(Pattern::MonthDay(day), weekdays, &change)?,
                None => {
                    self.lies_under_nothing(weekdays, &change)?;
                    self.year.change_within(spans, weekdays, &change);
                }
            },
            (Weeks::Every, _) if weekdays.is_empty() => {}
            (Weeks::Every, _) => {
                self.lies_under_nothing(weekdays, &change)?;
                self.year.change(weekdays, &change);
            }
        }
        for (week, day) in &days.of_month {
            self.change_recurring(Pattern::Monthly(*week, *day), WeekdaySet::only(*day), &change)?;
        }
        if days.public_holidays { self.change_holidays(&change) } else { Ok(()) }
    }

    fn change_everything(&mut self, change: &Change) {
        self.year.change(WeekdaySet::ALL, change);
        let recurring = self.recurring.iter_mut().map(|(_, hours)| hours);
        let exceptions = self.exceptions.iter_mut().map(|(_, hours)| hours);
        for hours in recurring.chain(&mut self.holidays).chain(exceptions) {
            *hours = change.of(hours);
        }
    }

    /// Whether nothing higher has been said that a rule for these weekdays would take back.
    fn lies_under_nothing(&self, days: WeekdaySet, change: &Change) -> Result<(), &'static str> {
        self.lies_under_no_special_day(change)?;
        let meets = |(pattern, _): &(Pattern, Intervals)| !weekdays_of(pattern).common(days).is_empty();
        if self.recurring.iter().any(meets) { Err(not_held::ORDER) } else { Ok(()) }
    }

    fn lies_under_no_special_day(&self, change: &Change) -> Result<(), &'static str> {
        // `PH off; Sa,Su off` takes nothing back.
        let holidays = self.holidays.as_ref().is_none_or(|hours| hours.is_closed() && change.closes());
        if holidays && self.exceptions.is_empty() { Ok(()) } else { Err(not_held::ORDER) }
    }

    fn change_recurring(&mut self, days: Pattern, weekdays: WeekdaySet, change: &Change) -> Result<(), &'static str> {
        self.lies_under_no_special_day(change)?;
        let meets = |pattern: &Pattern| *pattern != days && !weekdays_of(pattern).common(weekdays).is_empty();
        let meets_others = self.recurring.iter().any(|(pattern, _)| meets(pattern));
        let hours = match (change, self.recurring.iter().find(|(pattern, _)| *pattern == days)) {
            (Change::Replace(hours), _) => hours.clone(),
            (_, Some((_, before))) if self.recurring.first().is_some_and(|(first, _)| *first == days) => {
                change.of(before)
            }
            _ if meets_others => return Err(not_held::COMBINED),
            (_, Some((_, before))) => change.of(before),
            (_, None) => {
                let mut usual = weekdays.iter().map(|day| self.year.all_year(day));
                let first = usual.next().flatten().ok_or(not_held::COMBINED)?;
                if usual.any(|hours| hours != Some(first)) {
                    return Err(not_held::COMBINED);
                }
                change.of(first)
            }
        };
        self.recurring.retain(|(pattern, _)| *pattern != days);
        self.recurring.insert(0, (days, hours));
        Ok(())
    }

    fn change_holidays(&mut self, change: &Change) -> Result<(), &'static str> {
        if !self.exceptions.is_empty() {
            return Err(not_held::ORDER);
        }
        let hours = match (change, &self.holidays) {
            (Change::Replace(hours), _) => hours.clone(),
            (_, Some(before)) => change.of(before),
            (_, None) => return Err(not_held::COMBINED),
        };
        self.holidays = Some(hours);
        Ok(())
    }

    fn change_dates(&mut self, span: DateSpan, weekdays: WeekdaySet, change: &Change) -> Result<(), &'static str> {
        let all_days = weekdays == WeekdaySet::ALL;
        let runs = match (change, self.exceptions.first()) {
            (Change::Replace(hours), _) if all_days => vec![(span, hours.clone())],
            (_, Some((known, before))) if all_days && *known == span => vec![(span, change.of(before))],
            _ => self.changed_days(span, weekdays, change)?,
        };
        self.exceptions.retain(|(known, _)| !runs.iter().any(|(span, _)| span == known));
        self.exceptions.splice(0..0, runs);
        if self.exceptions.len() > MOST_EXCEPTIONS { Err(not_held::OTHER) } else { Ok(()) }
    }

    /// The days of a span after a change, equal days in a row together.
    fn changed_days(
        &self,
        span: DateSpan,
        weekdays: WeekdaySet,
        change: &Change,
    ) -> Result<Vec<(DateSpan, Intervals)>, &'static str> {
        if span.days().nth(MOST_DAYS).is_some() {
            return Err(not_held::COMBINED);
        }
        let before = self.hours();
        let nothing_special = HolidayCalendar::default();
        let mut runs: Vec<(DateSpan, Intervals)> = Vec::new();
        for date in span.days().filter(|date| weekdays.contains(date.weekday())) {
            let excepted = self.exceptions.iter().any(|(span, _)| span.contains(date));
            // Whether the day is a holiday is not known here, and so not what the rule would change.
            if self.holidays.is_some() && !excepted && !matches!(change, Change::Replace(_)) {
                return Err(not_held::COMBINED);
            }
            let hours = change.of(&before.on(date, &nothing_special).intervals);
            match runs.last_mut() {
                Some((run, known)) if *known == hours && run.last().tomorrow().ok() == Some(date) => {
                    *run = DateSpan::new(run.first(), date).unwrap_or(*run);
                }
                _ => runs.extend(DateSpan::new(date, date).map(|run| (run, hours))),
            }
        }
        Ok(runs)
    }
}

/// What a rule does to the hours of its days.
fn change(rule: &Rule) -> Change {
    let times = if rule.times.is_empty() { &[TimeRange::ALL_DAY] } else { rule.times.as_slice() };
    // Those hours are the day before's.
    let hours = if rule.night_before { Intervals::CLOSED } else { hours(times, rule.state) };
    match (rule.state, rule.join) {
        (State::Closed, _) if !rule.times.is_empty() => Change::Remove(rule.times.clone()),
        (State::Closed, _) | (_, Join::Override) => Change::Replace(hours),
        (_, Join::Add | Join::Otherwise) => Change::Add(hours),
    }
}

/// The weekdays on which a pattern that a rule can make may fall.
fn weekdays_of(pattern: &Pattern) -> WeekdaySet {
    match pattern {
        Pattern::OddWeeks(days) | Pattern::EvenWeeks(days) => *days,
        Pattern::Monthly(_, day) => WeekdaySet::only(*day),
        _ => WeekdaySet::ALL,
    }
}

/// The day of the month if the parts of the year are that day of every month that has it.
fn day_of_each_month(spans: &[YearlySpan]) -> Option<i8> {
    let day = spans.first()?.from.day();
    let mut months: Vec<i8> = spans
        .iter()
        .filter(|span| span.from == span.to && span.from.day() == day)
        .map(|span| span.from.month())
        .collect();
    months.sort_unstable();
    let all_months: Vec<i8> = (1..=12).filter(|month| days_in(*month) >= day).collect();
    (months == all_months && months.len() == spans.len()).then_some(day)
}

/// The parts of the year that are a day of every month that has it.
pub(super) fn each_month(day: i8) -> Vec<YearlySpan> {
    let dates = (1..=12).filter_map(|month| Date::new(LEAP_YEAR, month, day).ok());
    dates.filter_map(|date| yearly_span(date, date)).collect()
}
