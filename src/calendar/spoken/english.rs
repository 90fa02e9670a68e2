//! Opening hours as one English text: what `write` says in Chinese, clause for clause.
//!
//! Only forms that are read back are written, so that whoever copies what was understood writes what was meant.

use super::super::date::{DateSpan, MonthDay, YearlySpan};
use super::super::intervals::{Intervals, Opening};
use super::super::opening::{HolidayRule, MakeupRule, OpeningHours};
use super::super::time::{TimeOfDay, TimeRange};
use super::super::weekday::{WeekdaySet, Weekly};
use super::super::when::{Pattern, WeekOfMonth};
use super::super::{Date, Weekday};
use super::write::unsaid;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The rules, a clause each; holidays and make-up workdays where they are wanted.
pub(super) fn clauses(hours: &OpeningHours, holidays: bool, makeup_workdays: bool) -> Vec<String> {
    let mut clauses = week(&hours.weekly);
    clauses.extend(hours.recurring.iter().map(|(pattern, hours)| with_hours(&pattern_name(pattern), hours)));
    if holidays {
        clauses.push(of_holidays("public holidays", &hours.holidays));
    }
    clauses.extend(hours.local_holidays.iter().map(|rule| of_holidays("local holidays", rule)));
    if makeup_workdays {
        let rule = match hours.makeup_workdays {
            MakeupRule::AsWeekday => "as weekdays",
            MakeupRule::AsDated => "as weekends",
            MakeupRule::Closed => "closed",
        };
        clauses.push(format!("make-up workdays {rule}"));
    }
    clauses.extend(hours.seasons.iter().map(|(span, weekly)| season(span, weekly, &hours.weekly)));
    clauses.extend(hours.exceptions.iter().map(|(days, hours)| with_hours(&dates(days), hours)));
    clauses
}

fn week(weekly: &Weekly) -> Vec<String> {
    let entries = weekly.entries().iter().filter(|(days, _)| !days.is_empty());
    entries.map(|(days, hours)| with_hours(&weekdays(*days), hours)).collect()
}

fn season(span: &YearlySpan, weekly: &Weekly, usual: &Weekly) -> String {
    let mut entries = week(weekly);
    let unsaid = unsaid(weekly, usual);
    if !unsaid.is_empty() {
        entries.push(with_hours(&weekdays(unsaid), &Intervals::CLOSED));
    }
    let day = |day: MonthDay| month_day(day.month(), day.day());
    let span = match span.from == span.to {
        true => day(span.from),
        false => format!("{} to {}", day(span.from), day(span.to)),
    };
    format!("every year {span}: {}", entries.join(", "))
}

fn of_holidays(name: &str, rule: &HolidayRule) -> String {
    match rule {
        HolidayRule::Closed => format!("{name} closed"),
        HolidayRule::Open => format!("{name} open as usual"),
        HolidayRule::Hours(hours) => with_hours(name, hours),
    }
}

fn with_hours(days: &str, hours: &Intervals) -> String {
    let times: Vec<String> = hours.openings().iter().map(opening).collect();
    if times.is_empty() { format!("{days} closed") } else { format!("{days} {}", times.join(", ")) }
}

fn opening(opening: &Opening) -> String {
    match (opening.time == TimeRange::ALL_DAY, opening.by_appointment) {
        (true, true) => "by appointment".to_owned(),
        (true, false) => "24 hours".to_owned(),
        (false, true) => format!("{} (by appointment)", time(&opening.time)),
        (false, false) => time(&opening.time),
    }
}

fn time(range: &TimeRange) -> String {
    let next_day = if range.end() > TimeOfDay::END { " next day" } else { "" };
    format!("{}-{}{next_day}", range.start(), range.end())
}

fn weekdays(days: WeekdaySet) -> String {
    if days == WeekdaySet::ALL {
        return "daily".to_owned();
    }
    let mut names: Vec<String> = Vec::new();
    for (first, last) in days.runs() {
        match last.to_monday_zero_offset() - first.to_monday_zero_offset() {
            0 => names.push(weekday(first).to_owned()),
            1 => names.extend([first, last].map(|day| weekday(day).to_owned())),
            _ => names.push(format!("{}-{}", weekday(first), weekday(last))),
        }
    }
    match names.split_last() {
        // Behind Mon-Wed a comma may begin something else.
        Some((_, before)) if before.iter().any(|name| name.contains('-')) => names.join(" and "),
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => names.concat(),
    }
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}

fn pattern_name(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Weekly(days) => weekdays(*days),
        Pattern::OddWeeks(days) => format!("odd weeks {}", weekdays(*days)),
        Pattern::EvenWeeks(days) => format!("even weeks {}", weekdays(*days)),
        Pattern::Monthly(week, day) => format!("{} {} of the month", week_of_month(*week), weekday(*day)),
        Pattern::MonthDay(day) => format!("{} of each month", ordinal(*day)),
        Pattern::Workday(week) => format!("{} workday of the month", week_of_month(*week)),
        Pattern::Once(date) => day_of(*date),
        Pattern::Rule(rule) => format!("RRULE:{rule}"),
    }
}

fn week_of_month(week: WeekOfMonth) -> &'static str {
    match week {
        WeekOfMonth::Nth(1) => "first",
        WeekOfMonth::Nth(2) => "second",
        WeekOfMonth::Nth(3) => "third",
        WeekOfMonth::Nth(4) => "fourth",
        WeekOfMonth::Nth(_) => "fifth",
        WeekOfMonth::Last => "last",
    }
}

fn ordinal(number: i8) -> String {
    let ending = match (number / 10, number % 10) {
        (1, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn month_day(month: i8, day: i8) -> String {
    let name = usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    format!("{name} {day}")
}

fn day_of(date: Date) -> String {
    format!("{}, {}", month_day(date.month(), date.day()), date.year())
}

/// A date, or two of which the first leaves out what it has in common with the second.
fn dates(span: &DateSpan) -> String {
    let (first, last) = (span.first(), span.last());
    match (first.year() == last.year(), first.month() == last.month()) {
        _ if first == last => day_of(first),
        (true, true) => format!("{}-{}, {}", month_day(first.month(), first.day()), last.day(), last.year()),
        (true, false) => format!("{} to {}", month_day(first.month(), first.day()), day_of(last)),
        (false, _) => format!("{} to {}", day_of(first), day_of(last)),
    }
}
