//! From our hours to rules.
//!
//! The week, the seasons, what recurs and public holidays are written as such; what OSM has no rule for is written
//! date by date, as far as the window reaches: exceptions, notices, make-up workdays, holidays of the area. Which dates
//! those are is found by asking what readers would make of the rules alone.
//!
//! Nights that run past midnight are the difficult part. By the specification a rule for Saturday takes the end of
//! Friday's night with it, and a Saturday that is closed leaves the end of its own usual night in Sunday. So what the
//! rules leave of each night is worked out too. Where that is wrong, the day is written with the hours of the night
//! before in it, marked by a comment, by which [`super::read`] knows that they are not the day's own.

use jiff::civil::Date;

use super::read::{Draft, each_month};
use super::rule::{Dates, Days, Join, Rule, State, Weeks, written};
use super::year::{Change, Year, hours as hours_of};
use crate::calendar::{
    DateSpan, DayKind, DayState, HolidayCalendar, HolidayRule, HolidaySpan, Intervals, OccasionKind, OpeningHours,
    Pattern, TimeOfDay, TimeRange, WeekOfMonth, WeekdaySet, Weekly,
};

/// The text of hours, with a rule for public holidays or with their dates.
pub(super) fn write(
    hours: &OpeningHours,
    window: DateSpan,
    calendar: &HolidayCalendar,
    rule_for_holidays: bool,
) -> String {
    with_holidays(general(hours), hours, window, calendar, rule_for_holidays)
}

/// The text of hours, with a rule for public holidays; and with their dates.
pub(super) fn write_both(hours: &OpeningHours, window: DateSpan, calendar: &HolidayCalendar) -> [String; 2] {
    let rules = general(hours);
    let by_rule = with_holidays(rules.clone(), hours, window, calendar, true);
    [by_rule, with_holidays(rules, hours, window, calendar, false)]
}

fn with_holidays(
    mut rules: Vec<Rule>,
    hours: &OpeningHours,
    window: DateSpan,
    calendar: &HolidayCalendar,
    rule_for_holidays: bool,
) -> String {
    let holidays = if rule_for_holidays {
        rules.extend(public_holidays(&hours.holidays));
        public_holidays_of(calendar, window)
    } else {
        HolidayCalendar::default()
    };
    rules.extend(dated(hours, window, calendar, &holidays, &rules));
    if rules.is_empty() { "off".to_owned() } else { written(&rules) }
}

/// The week, the seasons, and what recurs: of that, what counts most comes last.
fn general(hours: &OpeningHours) -> Vec<Rule> {
    let mut year = Year::of(hours);
    let (mut every_week, mut recurring) = (Vec::new(), Vec::new());
    // Weekdays for which what stands further behind in the list does not count.
    let mut taken = WeekdaySet::NONE;
    for (pattern, hours) in &hours.recurring {
        match pattern {
            Pattern::Weekly(days) => {
                every_week.push((except(*days, taken), hours));
                taken = taken.union(*days);
            }
            pattern => recurring.extend(days_of(pattern, taken).map(|days| (days, hours))),
        }
    }
    for (days, hours) in every_week {
        year.change(days, &Change::Replace(hours.clone()));
    }
    let mut rules = week(&year.ordinary);
    for (span, weekly) in year.seasons() {
        rules.extend(season(&Dates::Yearly(vec![span]), weekly, &year.ordinary));
    }
    rules.extend(recurring.iter().rev().flat_map(|(days, hours)| on(days, hours)));
    rules
}

/// The rules of an ordinary week.
fn week(weekly: &Weekly) -> Vec<Rule> {
    let is_always = |days: WeekdaySet, hours: &Intervals| {
        days == WeekdaySet::ALL && *hours == hours_of(&[TimeRange::ALL_DAY], State::Open)
    };
    let days = |days, hours: &Intervals| match is_always(days, hours) {
        true => Days::default(),
        false => Days { weekdays: days, ..Days::default() },
    };
    let rules = weekly.entries().iter().flat_map(|(weekdays, hours)| on(&days(*weekdays, hours), hours));
    if weekly.entries().iter().any(|(_, hours)| passes_midnight(hours)) { added(rules) } else { rules.collect() }
}

/// The rules of a part of the year, in which the ordinary week does not hold.
fn season(dates: &Dates, weekly: &Weekly, ordinary: &Weekly) -> Vec<Rule> {
    let days = |weekdays| Days { dates: dates.clone(), weekdays, ..Days::default() };
    let rules = weekly.entries().iter().flat_map(|(weekdays, hours)| on(&days(*weekdays), hours));
    let closed = |weekdays| on(&days(weekdays), &Intervals::CLOSED);
    let all_entries = || weekly.entries().iter().chain(ordinary.entries());
    if weekly.entries().is_empty() {
        return closed(WeekdaySet::NONE);
    }
    if all_entries().any(|(_, hours)| passes_midnight(hours)) {
        return added(closed(WeekdaySet::NONE).into_iter().chain(rules));
    }
    let named = |weekly: &Weekly| weekly.entries().iter().fold(WeekdaySet::NONE, |set, (days, _)| set.union(*days));
    let left_over = except(named(ordinary), named(weekly));
    let off = if left_over.is_empty() { Vec::new() } else { closed(left_over) };
    rules.chain(off).collect()
}

/// Rules that add to the first of them, so that none takes the end of the other's night away.
fn added(rules: impl Iterator<Item = Rule>) -> Vec<Rule> {
    let join = |index| if index == 0 { Join::Override } else { Join::Add };
    rules.enumerate().map(|(index, rule)| Rule { join: join(index), ..rule }).collect()
}

/// The days of a pattern for which OSM has a rule, but for weekdays that are `taken`.
fn days_of(pattern: &Pattern, taken: WeekdaySet) -> Option<Days> {
    let of_weeks = |weeks, days| Days { weeks, weekdays: except(days, taken), ..Days::default() };
    let days = match pattern {
        Pattern::OddWeeks(days) => of_weeks(Weeks::Odd, *days),
        Pattern::EvenWeeks(days) => of_weeks(Weeks::Even, *days),
        Pattern::Monthly(week @ (WeekOfMonth::Last | WeekOfMonth::Nth(1..=5)), day) if !taken.contains(*day) => {
            Days { of_month: vec![(*week, *day)], ..Days::default() }
        }
        Pattern::MonthDay(day) if taken.is_empty() => {
            Days { dates: Dates::Yearly(each_month(*day)), ..Days::default() }
        }
        _ => return None,
    };
    (days.are_named() || days.dates != Dates::Every).then_some(days)
}

fn public_holidays(rule: &HolidayRule) -> Vec<Rule> {
    let days = Days { public_holidays: true, ..Days::default() };
    match rule {
        HolidayRule::Open => Vec::new(),
        HolidayRule::Closed => on(&days, &Intervals::CLOSED),
        HolidayRule::Hours(hours) => on(&days, hours),
    }
}

/// The rules for some days: what is open, and what is by appointment.
fn on(days: &Days, hours: &Intervals) -> Vec<Rule> {
    let times = |by_appointment| {
        let openings = hours.openings().iter().filter(move |opening| opening.by_appointment == by_appointment);
        openings.map(|opening| opening.time).filter(|time| time.start() < TimeOfDay::END).collect::<Vec<_>>()
    };
    let mut parts = vec![(State::Open, times(false)), (State::ByAppointment, times(true))];
    if passes_midnight(hours) {
        // In the hours after midnight the last rule holds, and open is more than by appointment.
        parts.reverse();
    }
    parts.retain(|(_, times)| !times.is_empty());
    if parts.is_empty() {
        parts.push((State::Closed, Vec::new()));
    }
    let rule = |(state, times)| Rule { join: Join::Override, days: days.clone(), times, state, night_before: false };
    added(parts.into_iter().map(rule))
}

/// Days in a row with the same hours, and the hours of the night before in each of them.
struct Run {
    span: DateSpan,
    hours: Intervals,
    night: Intervals,
    /// Whether the days since then are the same.
    goes_on: bool,
}

/// Rules for the dates of which the other rules do not say what holds; `holidays` are those that readers know of.
fn dated(
    hours: &OpeningHours,
    window: DateSpan,
    calendar: &HolidayCalendar,
    holidays: &HolidayCalendar,
    rules: &[Rule],
) -> Vec<Rule> {
    let mut draft = Draft::default();
    // Rules that go up in the order of our hours are never refused; one that were would be written date by date.
    rules.iter().for_each(|rule| draft.apply(rule).unwrap_or_default());
    let read = draft.hours();
    let truth = Written::of(hours, window, calendar);
    let known = [calendar, holidays].map(|known| Written::of(&read, window, known));
    let mut runs: Vec<Run> = Vec::new();
    let before = window.first().yesterday().map(|date| hours.on(date, calendar).intervals);
    let closed = Intervals::CLOSED;
    let mut before = before.as_ref().unwrap_or(&closed);
    for date in window.days() {
        let today = truth.on(date);
        let night = night_after(before);
        let mut left = night_left(rules, date, holidays);
        if runs.last().is_some_and(|run| run.span.last().tomorrow().ok() == Some(date)) {
            left = Change::Add(night.clone()).of(&left);
        }
        let is_known = known.iter().all(|known| known.on(date) == today) && left == night;
        match runs.last_mut().filter(|run| run.goes_on) {
            Some(run) if run.hours == *today && run.night == night => {
                if !is_known {
                    run.span = DateSpan::new(run.span.first(), date).unwrap_or(run.span);
                }
            }
            last => {
                if let Some(run) = last {
                    run.goes_on = false;
                }
                if !is_known && let Some(span) = DateSpan::new(date, date) {
                    runs.push(Run { span, hours: today.clone(), night, goes_on: true });
                }
            }
        }
        before = today;
    }
    runs.iter().flat_map(Run::rules).collect()
}

/// What is open on each day of a window: few days are special, and the week says the others.
struct Written<'h> {
    hours: &'h OpeningHours,
    special: Vec<(Date, DayState)>,
}

impl<'h> Written<'h> {
    fn of(hours: &'h OpeningHours, window: DateSpan, calendar: &HolidayCalendar) -> Self {
        Self { hours, special: hours.special_days(window, calendar) }
    }

    fn on(&self, date: Date) -> &Intervals {
        let special = self.special.binary_search_by_key(&date, |(day, _)| *day).ok();
        let special = special.and_then(|number| self.special.get(number));
        special.map_or_else(|| self.hours.week_on(date).on(date.weekday()), |(_, state)| &state.intervals)
    }
}

impl Run {
    fn rules(&self) -> Vec<Rule> {
        let days = Days { dates: Dates::Dated(vec![self.span]), ..Days::default() };
        let own =
            on(&days, &self.hours).into_iter().filter(|rule| self.night.is_closed() || rule.state != State::Closed);
        let is_night = |rule: &Rule| rule.state != State::Closed;
        let night = on(&days, &self.night).into_iter().filter(is_night).map(|rule| Rule { night_before: true, ..rule });
        added(own.chain(night))
    }
}

/// What the rules leave in a date of the night before.
fn night_left(rules: &[Rule], date: Date, holidays: &HolidayCalendar) -> Intervals {
    let Ok(before) = date.yesterday() else { return Intervals::CLOSED };
    if !rules.iter().any(|rule| rule.times.iter().any(TimeRange::passes_midnight)) {
        return Intervals::CLOSED;
    }
    let is_holiday = |date| matches!(holidays.kind(date), DayKind::Holiday(_));
    rules.iter().fold(Intervals::CLOSED, |left, rule| {
        let begins_anew = rule.join == Join::Override && rule.days.contain(date, is_holiday(date));
        let left = if begins_anew { Intervals::CLOSED } else { left };
        if rule.days.contain(before, is_holiday(before)) {
            Change::Add(night_after(&hours_of(&rule.times, rule.state))).of(&left)
        } else {
            left
        }
    })
}

/// The hours of a day that lie after midnight, as times of the next day.
fn night_after(hours: &Intervals) -> Intervals {
    let next_day = |time: TimeOfDay| {
        let minutes = time.minutes().saturating_sub(TimeOfDay::END.minutes());
        TimeOfDay::new(minutes / 60, minutes % 60)
    };
    hours.openings().iter().fold(Intervals::CLOSED, |night, opening| {
        let time = next_day(opening.time.start()).zip(next_day(opening.time.end()));
        let state = if opening.by_appointment { State::ByAppointment } else { State::Open };
        match time.and_then(|(start, end)| TimeRange::new(start, end)) {
            Some(time) => Change::Add(hours_of(&[time], state)).of(&night),
            None => night,
        }
    })
}

fn passes_midnight(hours: &Intervals) -> bool {
    hours.ranges().any(TimeRange::passes_midnight)
}

/// Weekdays without some.
fn except(days: WeekdaySet, others: WeekdaySet) -> WeekdaySet {
    let left = days.iter().filter(|day| !others.contains(*day));
    left.fold(WeekdaySet::NONE, |set, day| set.union(WeekdaySet::only(day)))
}

/// The public holidays around a window and nothing else: what other programs know of the calendar.
fn public_holidays_of(calendar: &HolidayCalendar, window: DateSpan) -> HolidayCalendar {
    let first = window.first().yesterday().unwrap_or(window.first());
    let span = DateSpan::new(first, window.last()).unwrap_or(window);
    let holidays: Vec<HolidaySpan> = calendar
        .special_days(span)
        .filter(|(_, kind)| matches!(kind, DayKind::Holiday(_)))
        .filter_map(|(date, _)| DateSpan::new(date, date))
        .map(|days| HolidaySpan { kind: OccasionKind::Holiday, days, makeup_workdays: Vec::new() })
        .collect();
    HolidayCalendar::new([], &holidays, Vec::new())
}
