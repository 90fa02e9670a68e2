//! Opening hours as one Chinese text.
//!
//! Everything is said that would otherwise have to be known: what happens on holidays, that a part of the year is
//! that of every year, and that a day on which the place is open otherwise is closed in a season.

use std::fmt::Write as _;

use super::super::date::{DateSpan, MonthDay, YearlySpan};
use super::super::intervals::{Intervals, Opening};
use super::super::opening::{HolidayRule, MakeupRule, OpeningHours};
use super::super::time::{TimeOfDay, TimeRange};
use super::super::weekday::{WEEK, WeekdaySet, Weekly};
use super::super::when::{Pattern, WeekOfMonth};
use super::super::{Date, Weekday};

/// The rules, a clause each; holidays and make-up workdays where they are wanted.
pub(super) fn clauses(hours: &OpeningHours, holidays: bool, makeup_workdays: bool) -> Vec<String> {
    let mut clauses = week(&hours.weekly);
    clauses.extend(hours.recurring.iter().map(|(pattern, hours)| with_hours(pattern_name(pattern), hours)));
    if holidays {
        clauses.push(of_holidays("节假日", &hours.holidays));
    }
    clauses.extend(hours.local_holidays.iter().map(|rule| of_holidays("当地节日", rule)));
    if makeup_workdays {
        let rule = match hours.makeup_workdays {
            MakeupRule::AsWeekday => "按所补的工作日",
            MakeupRule::AsDated => "仍按周末的时间",
            MakeupRule::Closed => "休息",
        };
        clauses.push(format!("调休上班日{rule}"));
    }
    // Behind a season, the hours of holidays might be meant to be in it.
    clauses.extend(hours.seasons.iter().map(|(span, weekly)| season(span, weekly, &hours.weekly)));
    clauses.extend(hours.exceptions.iter().map(|(days, hours)| with_hours(dates(days), hours)));
    clauses
}

fn week(weekly: &Weekly) -> Vec<String> {
    let entries = weekly.entries().iter().filter(|(days, _)| !days.is_empty());
    entries.map(|(days, hours)| with_hours(weekdays(*days), hours)).collect()
}

/// The hours of a season, which replace those of the week and so name all days that are open in it.
fn season(span: &YearlySpan, weekly: &Weekly, usual: &Weekly) -> String {
    let mut entries = week(weekly);
    let unsaid = unsaid(weekly, usual);
    if !unsaid.is_empty() {
        entries.push(with_hours(weekdays(unsaid), &Intervals::CLOSED));
    }
    let day = |day: MonthDay| format!("{}月{}日", day.month(), day.day());
    let (from, to) = (day(span.from), day(span.to));
    let span = match span.from.cmp(&span.to) {
        std::cmp::Ordering::Less => format!("{from}至{to}"),
        std::cmp::Ordering::Equal => from,
        std::cmp::Ordering::Greater => format!("{from}至次年{to}"),
    };
    format!("每年{span}：{}", entries.join("，"))
}

/// The days that a season says nothing of and that are therefore closed in it, though they are open otherwise.
pub(super) fn unsaid(season: &Weekly, usual: &Weekly) -> WeekdaySet {
    let names = |day: &Weekday| season.entries().iter().any(|(days, _)| days.contains(*day));
    let is_empty = season.entries().iter().all(|(days, _)| days.is_empty());
    let unsaid = WEEK.into_iter().filter(|day| !names(day) && (!usual.on(*day).is_closed() || is_empty));
    unsaid.fold(WeekdaySet::NONE, |days, day| days.union(WeekdaySet::only(day)))
}

fn of_holidays(name: &str, rule: &HolidayRule) -> String {
    match rule {
        HolidayRule::Closed => format!("{name}休息"),
        HolidayRule::Open => format!("{name}照常开放"),
        HolidayRule::Hours(hours) => with_hours(name.to_owned(), hours),
    }
}

/// Days and their hours: a space before figures, none before words.
fn with_hours(mut days: String, hours: &Intervals) -> String {
    let times: Vec<String> = hours.openings().iter().map(opening).collect();
    if times.is_empty() {
        days.push_str("休息");
        return days;
    }
    let times = times.join("，");
    if times.starts_with(|c: char| c.is_ascii_digit()) {
        days.push(' ');
    }
    days.push_str(&times);
    days
}

fn opening(opening: &Opening) -> String {
    match (opening.time == TimeRange::ALL_DAY, opening.by_appointment) {
        (true, true) => "须预约".to_owned(),
        (true, false) => "24小时开放".to_owned(),
        (false, true) => format!("{}（须预约）", time(&opening.time)),
        (false, false) => time(&opening.time),
    }
}

fn time(range: &TimeRange) -> String {
    let next_day = if range.end() > TimeOfDay::END { "次日" } else { "" };
    format!("{}-{next_day}{}", range.start(), range.end())
}

fn weekdays(days: WeekdaySet) -> String {
    if days == WeekdaySet::ALL {
        return "每天".to_owned();
    }
    let mut text = String::new();
    for (first, last) in days.runs() {
        let separator = if text.is_empty() { "" } else { "、" };
        let between = match last.to_monday_zero_offset() - first.to_monday_zero_offset() {
            0 => None,
            1 => Some("、"),
            _ => Some("至"),
        };
        text.push_str(separator);
        text.push_str(weekday(first));
        if let Some(between) = between {
            text.push_str(between);
            text.push_str(weekday(last));
        }
    }
    text
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}

fn pattern_name(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Weekly(days) => weekdays(*days),
        Pattern::OddWeeks(days) => format!("单周{}", weekdays(*days)),
        Pattern::EvenWeeks(days) => format!("双周{}", weekdays(*days)),
        Pattern::Monthly(week, day) => format!("每月{}{}", week_of_month(*week), weekday(*day)),
        Pattern::MonthDay(day) => format!("每月{day}日"),
        Pattern::Workday(week) => format!("每月{}工作日", week_of_month(*week)),
        Pattern::Once(date) => day_of(*date),
        Pattern::Rule(rule) => format!("RRULE:{rule}"),
    }
}

fn week_of_month(week: WeekOfMonth) -> String {
    match week {
        WeekOfMonth::Nth(nth) => {
            let nth = usize::try_from(nth).ok().and_then(|nth| "一二三四五".chars().nth(nth.checked_sub(1)?));
            nth.map_or_else(String::new, |nth| format!("第{nth}个"))
        }
        WeekOfMonth::Last => "最后一个".to_owned(),
    }
}

fn day_of(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// A date, or two of which the second leaves out what it has in common with the first.
fn dates(span: &DateSpan) -> String {
    let (first, last) = (span.first(), span.last());
    let mut text = day_of(first);
    if first == last {
        return text;
    }
    text.push('至');
    // Writing to a string does not fail.
    let _ = match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) => write!(text, "{}日", last.day()),
        (true, false) => write!(text, "{}月{}日", last.month(), last.day()),
        (false, _) => write!(text, "{}", day_of(last)),
    };
    text
}
