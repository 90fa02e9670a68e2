//! A schedule as it is told to people: on which days, from when to when, between which dates.
//!
//! A part of a rule for which there are no words stands as it is written, so that it is found in the file.

use serde_json::Value;

use super::super::super::programme;
use super::super::activity::nth_in_words;
use super::rule::{Weeks, nth, weekday, weeks};
use super::{field, part};
use crate::calendar::{Pattern, WeekdaySet};
use crate::diagnostics::Problem;

/// Parts of a rule for which there are no words.
const RAW: [&str; 10] =
    ["byyearday", "bymonth", "bysetpos", "byhour", "byminute", "bysecond", "exdate", "rdate", "exrule", "rrule"];

/// The most that is told of such a part, in characters.
const LONGEST: usize = 60;

/// A schedule in Chinese and in English.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::import) struct Told([String; 2]);

impl Told {
    /// What a schedule says.
    pub(in crate::import) fn of(value: &Value) -> Self {
        Self([true, false].map(|in_chinese| said(value, in_chinese)))
    }

    /// The same behind the name of what has it.
    pub(in crate::import) fn after(&self, name: &str) -> Self {
        let [chinese, english] = &self.0;
        Self([format!("{name}：{chinese}"), format!("{name}: {english}")])
    }

    /// Fills it in.
    pub(in crate::import) fn fill(&self, problem: Problem, name: &'static str) -> Problem {
        let [chinese, english] = &self.0;
        problem.with_each(name, chinese, english)
    }
}

fn said(value: &Value, in_chinese: bool) -> String {
    let word = |chinese: &str, english: &str| if in_chinese { chinese.to_owned() } else { english.to_owned() };
    let raw = |key: &str| {
        let text = part(value, key)?;
        let more = if text.chars().count() > LONGEST { "…" } else { "" };
        Some(format!("{key}={}{more}", text.chars().take(LONGEST).collect::<String>()))
    };
    let capital = |key: &str| part(value, key).map(|text| text.to_ascii_uppercase().replace(' ', ""));
    let days = capital("byday").map(|listed| days(&listed, in_chinese).unwrap_or_else(|| format!("byday={listed}")));
    let weeks = capital("byweekno").map(|listed| match weeks(&listed) {
        Some(Weeks::Odd) => word("单周", "odd weeks"),
        Some(Weeks::Even) => word("双周", "even weeks"),
        None => format!("byweekno={listed}"),
    });
    let interval = part(value, "interval").filter(|interval| interval != "1");
    let every = match (capital("freq").as_deref(), interval) {
        (None | Some("WEEKLY"), None) if days.is_some() => None,
        (None, None) => None,
        (freq, interval) => Some(every(freq.unwrap_or("WEEKLY"), interval.as_deref(), in_chinese)),
    };
    let dates = part(value, "bymonthday").map(|listed| month_days(&listed, in_chinese));
    let count = part(value, "count").map(|count| word(&format!("共 {count} 次"), &format!("{count} times")));
    let end = |keys: [&str; 2]| keys.into_iter().find_map(|key| part(value, key));
    let period = match (end(["valid_from", "dtstart"]), end(["valid_to", "until"])) {
        (Some(from), Some(to)) => Some(word(&format!("{from} 至 {to}"), &format!("{from} to {to}"))),
        (Some(from), None) => Some(word(&format!("{from} 起"), &format!("from {from}"))),
        (None, Some(to)) => Some(word(&format!("至 {to}"), &format!("until {to}"))),
        (None, None) => None,
    };
    let times = match (part(value, "opens_at"), part(value, "closes_at")) {
        (Some(opens), Some(closes)) => Some(format!("{opens}–{closes}")),
        (Some(opens), None) => Some(word(&format!("{opens} 开始"), &format!("from {opens} on"))),
        (None, Some(closes)) => Some(word(&format!("到 {closes}"), &format!("until {closes}"))),
        (None, None) => None,
    };
    let parts = [every, weeks, days, dates, times, count, period];
    let parts: Vec<String> = parts.into_iter().flatten().chain(RAW.into_iter().filter_map(raw)).collect();
    match parts.is_empty() {
        true => field(value, "description").map_or_else(|| word("没有写时间", "no times"), str::to_owned),
        false => parts.join(" "),
    }
}

/// `每 2 周`, `every 2 weeks`; a frequency that nobody has a word for as it is written.
fn every(freq: &str, interval: Option<&str>, in_chinese: bool) -> String {
    const WORDS: [(&str, [&str; 4]); 4] = [
        ("DAILY", ["天", "天", "day", "days"]),
        ("WEEKLY", ["周", "周", "week", "weeks"]),
        ("MONTHLY", ["月", "个月", "month", "months"]),
        ("YEARLY", ["年", "年", "year", "years"]),
    ];
    let Some((_, [one, several, unit, units])) = WORDS.iter().find(|(known, _)| *known == freq) else {
        let interval = interval.map(|interval| format!(" interval={interval}")).unwrap_or_default();
        return format!("freq={freq}{interval}");
    };
    match (interval, in_chinese) {
        (None, true) => format!("每{one}"),
        (None, false) => format!("every {unit}"),
        (Some(interval), true) => format!("每 {interval} {several}"),
        (Some(interval), false) => format!("every {interval} {units}"),
    }
}

/// Weekdays, or the nth ones of a month; nothing if any of them is neither.
fn days(listed: &str, in_chinese: bool) -> Option<String> {
    let listed = || listed.split([',', ';', '，', '、']).filter(|day| !day.is_empty());
    let plain: Option<Vec<_>> = listed().map(weekday).collect();
    let set = |days: Vec<_>| days.into_iter().fold(WeekdaySet::NONE, |set, day| set.union(WeekdaySet::only(day)));
    if let Some(days) = plain.filter(|days| !days.is_empty()) {
        return Some(programme::days(set(days), !in_chinese));
    }
    let of_month = listed().map(|day| match nth(day)? {
        Pattern::Monthly(week, day) => {
            let (nth, day) = (nth_in_words(week, in_chinese)?, programme::days(WeekdaySet::only(day), !in_chinese));
            Some(if in_chinese { format!("{nth}{day}") } else { format!("{nth} {day}") })
        }
        _ => None,
    });
    let of_month: Vec<String> = of_month.collect::<Option<_>>()?;
    (!of_month.is_empty()).then(|| of_month.join(if in_chinese { "、" } else { ", " }))
}

fn month_days(listed: &str, in_chinese: bool) -> String {
    let is_day = |day: &str| day.trim().parse().is_ok_and(|day: u8| (1..=31).contains(&day));
    if !listed.split(',').all(is_day) {
        return format!("bymonthday={listed}");
    }
    let days = listed.split(',').map(str::trim);
    match in_chinese {
        true => days.map(|day| format!("{day}日")).collect::<Vec<_>>().join("、"),
        false => format!("on day {}", days.collect::<Vec<_>>().join(", ")),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_is_told_in_the_words_of_its_reader() {
        for (schedule, chinese, english) in [
            (
                r#"{"freq":"WEEKLY","byday":"TU,TH","opens_at":"10:00","closes_at":"11:00"}"#,
                "周二、周四 10:00–11:00",
                "tue,thu 10:00–11:00",
            ),
            (
                r#"{"freq":"WEEKLY","interval":2,"byday":"SA","opens_at":"09:00","closes_at":"11:00","dtstart":"2026-12-05"}"#,
                "每 2 周 周六 09:00–11:00 2026-12-05 起",
                "every 2 weeks sat 09:00–11:00 from 2026-12-05",
            ),
            (
                r#"{"freq":"YEARLY","byday":"1MO","opens_at":"10:00","closes_at":"11:00"}"#,
                "每年 第一个周一 10:00–11:00",
                "every year first mon 10:00–11:00",
            ),
            (
                r#"{"freq":"MONTHLY","bymonthday":"1,15","count":3}"#,
                "每月 1日、15日 共 3 次",
                "every month on day 1, 15 3 times",
            ),
            (
                r#"{"freq":"HOURLY","byday":"XX","opens_at":"9:5"}"#,
                "freq=HOURLY byday=XX 9:5 开始",
                "freq=HOURLY byday=XX from 9:5 on",
            ),
            (r#"{"description":"随时"}"#, "随时", "随时"),
            ("{}", "没有写时间", "no times"),
        ] {
            let told = Told::of(&serde_json::from_str(schedule).unwrap());
            assert_eq!(told.0, [chinese.to_owned(), english.to_owned()], "{schedule}");
        }
    }
}
