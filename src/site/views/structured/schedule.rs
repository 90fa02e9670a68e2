//! When an activity recurs, as schema.org's `Schedule` can say it.
//!
//! A schedule is a frequency with weekdays or days of the month, from one date to another, without single dates. What it
//! cannot say exactly (the month's last workday, a rule that picks positions) gets none: the dated sessions say it.
//! Odd and even weeks are every two weeks, but a year of 53 weeks has two odd ones in a row: there one schedule ends and
//! the next begins.

use super::opening::weekday;
use super::things::Schedule;
use crate::calendar::{Date, DateSpan, HolidayCalendar, Pattern, RecurrenceRule, TimeRange, WeekOfMonth, WeekdaySet};

/// When something recurs within some dates.
struct Recurrence {
    every: String,
    days: Vec<String>,
    months: Vec<i8>,
    month_days: Vec<i8>,
    count: Option<u16>,
    within: DateSpan,
}

impl Recurrence {
    fn every(every: impl Into<String>, within: DateSpan) -> Self {
        let (days, months, month_days) = (Vec::new(), Vec::new(), Vec::new());
        Self { every: every.into(), days, months, month_days, count: None, within }
    }
}

/// The schedules of a pattern in its period. `excepted` are its dates on which nothing is held as usual.
pub(super) fn schedules(
    pattern: &Pattern,
    time: TimeRange,
    period: DateSpan,
    calendar: &HolidayCalendar,
    excepted: &[Date],
    zone: &str,
) -> Vec<Schedule> {
    let said = recurrences(pattern, period, calendar).into_iter().map(|recurrence| Schedule {
        repeat_frequency: recurrence.every,
        by_day: recurrence.days,
        by_month: recurrence.months,
        by_month_day: recurrence.month_days,
        repeat_count: recurrence.count,
        start_date: recurrence.within.first().to_string(),
        end_date: recurrence.within.last().to_string(),
        start_time: time.start().to_string(),
        end_time: time.end().to_string(),
        schedule_timezone: zone.to_owned(),
        except_date: excepted.iter().filter(|date| recurrence.within.contains(**date)).map(Date::to_string).collect(),
    });
    said.collect()
}

fn recurrences(pattern: &Pattern, period: DateSpan, calendar: &HolidayCalendar) -> Vec<Recurrence> {
    match pattern {
        Pattern::Weekly(days) => vec![Recurrence { days: weekdays(*days), ..Recurrence::every("P1W", period) }],
        Pattern::OddWeeks(days) | Pattern::EvenWeeks(days) => {
            let dates = pattern.dates(period.first(), period, calendar);
            let runs = every_other_week(&dates).into_iter();
            runs.map(|within| Recurrence { days: weekdays(*days), ..Recurrence::every("P2W", within) }).collect()
        }
        Pattern::Monthly(week, day) => {
            let nth = match week {
                WeekOfMonth::Nth(nth) => nth.to_string(),
                WeekOfMonth::Last => "-1".to_owned(),
            };
            let name = weekday(*day).trim_start_matches("https://schema.org/").get(..2).unwrap_or_default();
            let day = format!("{nth}{}", name.to_uppercase());
            vec![Recurrence { days: vec![day], ..Recurrence::every("P1M", period) }]
        }
        Pattern::MonthDay(day) => {
            vec![Recurrence { month_days: vec![*day], ..Recurrence::every("P1M", period) }]
        }
        Pattern::Once(date) => {
            let day = DateSpan::new(*date, *date).filter(|_| period.contains(*date));
            let once = |within| Recurrence { count: Some(1), ..Recurrence::every("P1D", within) };
            day.map(once).into_iter().collect()
        }
        Pattern::Workday(_) => Vec::new(),
        Pattern::Rule(rule) => by_rule(rule, period).into_iter().collect(),
    }
}

fn weekdays(days: WeekdaySet) -> Vec<String> {
    days.iter().map(|day| weekday(day).to_owned()).collect()
}

/// Dates of every other week, in runs in which each week is two after the one before.
fn every_other_week(dates: &[Date]) -> Vec<DateSpan> {
    let monday = |date: Date| {
        let back = i64::from(date.weekday().to_monday_zero_offset());
        date.checked_sub(jiff::Span::new().days(back)).unwrap_or(date)
    };
    let weeks_between = |one: Date, other: Date| one.until(other).map_or(0, |span| span.get_days() / 7);
    let mut runs: Vec<(Date, Date)> = Vec::new();
    for date in dates {
        match runs.last_mut() {
            Some((_, last)) if weeks_between(monday(*last), monday(*date)) % 2 == 0 => *last = *date,
            _ => runs.push((*date, *date)),
        }
    }
    runs.into_iter().filter_map(|(first, last)| DateSpan::new(first, last)).collect()
}

/// A rule of RFC 5545, if it has no other parts than a schedule.
fn by_rule(rule: &RecurrenceRule, period: DateSpan) -> Option<Recurrence> {
    let written = rule.to_string();
    let mut parts = std::collections::BTreeMap::new();
    for part in written.split(';') {
        let (name, value) = part.split_once('=')?;
        if !["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY"].contains(&name) {
            return None;
        }
        parts.insert(name, value);
    }
    let list = |name: &str| -> Vec<&str> { parts.get(name).map(|list| list.split(',').collect()).unwrap_or_default() };
    let numbers =
        |name: &str| list(name).into_iter().map(|number| number.parse::<i8>().ok()).collect::<Option<Vec<_>>>();
    let (days, months, month_days) = (list("BYDAY"), numbers("BYMONTH")?, numbers("BYMONTHDAY")?);
    let interval: u16 = parts.get("INTERVAL").map_or(Some(1), |number| number.parse().ok())?;
    let numbered = |day: &&str| day.len() > 2;
    let (unit, fits) = match *parts.get("FREQ")? {
        "DAILY" => ("D", days.is_empty() && month_days.is_empty() && months.is_empty()),
        // Which of several weekdays come first in every second week depends on where the week begins.
        "WEEKLY" => ("W", month_days.is_empty() && (interval == 1 || days.len() < 2)),
        "MONTHLY" => ("M", days.is_empty() != month_days.is_empty() && days.iter().all(numbered)),
        _ => ("Y", false),
    };
    if !fits || month_days.iter().any(|day| *day < 1) {
        return None;
    }
    // Intervals and counts run from the first date that there is.
    let first = rule.dates(period.first(), period).into_iter().next()?;
    let last = rule.until().map_or(period.last(), |until| until.min(period.last()));
    let named = match (unit, days.is_empty()) {
        ("W", _) => weekdays(rule.weekdays(period.first())),
        _ => days.iter().map(|day| (*day).to_owned()).collect(),
    };
    Some(Recurrence {
        days: named,
        months,
        month_days,
        count: parts.get("COUNT").and_then(|count| count.parse().ok()),
        ..Recurrence::every(format!("P{interval}{unit}"), DateSpan::new(first, last)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::When;

    fn said(when: &str) -> Vec<String> {
        let period = DateSpan::read("2026-11-01..2027-01-31").unwrap();
        let when = When::read(&format!("{when} 14:30-17:00")).unwrap();
        recurrences(&when.pattern, period, &HolidayCalendar::default())
            .into_iter()
            .map(|r| {
                let days = r.days.iter().map(|day| day.trim_start_matches("https://schema.org/")).collect::<Vec<_>>();
                let span = String::from(r.within);
                format!("{} {} {:?} {:?} {:?} {span}", r.every, days.join(","), r.months, r.month_days, r.count)
            })
            .collect()
    }

    #[test]
    fn a_schedule_says_what_recurs_by_the_week_or_the_month() {
        for (when, schedule) in [
            ("周二、周四", "P1W Tuesday,Thursday [] [] None 2026-11-01..2027-01-31"),
            ("每月第一个周六", "P1M 1SA [] [] None 2026-11-01..2027-01-31"),
            ("每月最后一个周五", "P1M -1FR [] [] None 2026-11-01..2027-01-31"),
            ("每月15日", "P1M  [] [15] None 2026-11-01..2027-01-31"),
            ("2026-12-05", "P1D  [] [] Some(1) 2026-12-05"),
            ("RRULE:FREQ=WEEKLY;BYDAY=TU,TH;COUNT=5", "P1W Tuesday,Thursday [] [] Some(5) 2026-11-03..2027-01-31"),
            ("RRULE:FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", "P3W Monday [] [] None 2026-11-16..2027-01-31"),
            ("RRULE:FREQ=MONTHLY;BYDAY=2TU;UNTIL=20261231", "P1M 2TU [] [] None 2026-11-10..2026-12-31"),
            ("RRULE:FREQ=DAILY;INTERVAL=10", "P10D  [] [] None 2026-11-01..2027-01-31"),
        ] {
            assert_eq!(said(when), [schedule], "{when}");
        }
    }

    #[test]
    fn what_a_schedule_cannot_say_exactly_it_does_not_say() {
        for when in [
            "每月最后一个工作日",
            "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU",
            "RRULE:FREQ=YEARLY;BYYEARDAY=1",
            "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1",
        ] {
            assert!(said(when).is_empty(), "{when}");
        }
    }

    #[test]
    fn after_a_year_of_53_weeks_odd_weeks_begin_anew() {
        assert_eq!(
            said("单周 周三"),
            ["P2W Wednesday [] [] None 2026-11-04..2026-12-30", "P2W Wednesday [] [] None 2027-01-06..2027-01-20",]
        );
        assert_eq!(
            said("双周 周三"),
            ["P2W Wednesday [] [] None 2026-11-11..2026-12-23", "P2W Wednesday [] [] None 2027-01-13..2027-01-27",]
        );
    }
}
