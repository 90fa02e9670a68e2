//! When an activity recurs, as editors write it.
//!
//! Days, a space, then a slot's name or times: `周一 上午`, `周二、周四 14:30-17:00`, `单周 周三 下午`,
//! `每月第一个周六 09:00-11:00`, `2026-12-05 09:00-11:00`. Odd and even weeks are those of ISO 8601, as
//! printed in Chinese diaries. The slot's times are the programme's business, so a slot stays a name here.

use jiff::civil::{Date, Weekday};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date::Day;
use super::time::{TimeRange, half_width};
use super::weekday::WeekdaySet;
use crate::diagnostics::{Code, Problem};

/// When something recurs and at what time of day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("format" = "when"))]
pub struct When {
    /// The days.
    pub pattern: Pattern,
    /// The time of day.
    pub at: At,
    text: String,
}

/// The days on which something recurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// On these weekdays of every week.
    Weekly(WeekdaySet),
    /// On these weekdays of weeks with an odd ISO 8601 number (单周).
    OddWeeks(WeekdaySet),
    /// On these weekdays of weeks with an even ISO 8601 number (双周).
    EvenWeeks(WeekdaySet),
    /// On one weekday of each month (RFC 5545 `BYDAY=1SA`).
    Monthly(WeekOfMonth, Weekday),
    /// Once.
    Once(Date),
}

/// Which of a month's Mondays, Tuesdays and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeekOfMonth {
    /// The first to fourth, as 1 to 4.
    Nth(i8),
    /// The last.
    Last,
}

/// The time of day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// One of the programme's slots, by its name.
    Slot(String),
    /// A time of its own.
    Time(TimeRange),
}

impl Pattern {
    /// Whether the date is one of the pattern's.
    pub fn falls_on(&self, date: Date) -> bool {
        let odd_week = || date.iso_week_date().week() % 2 == 1;
        match self {
            Pattern::Weekly(days) => days.contains(date.weekday()),
            Pattern::OddWeeks(days) => days.contains(date.weekday()) && odd_week(),
            Pattern::EvenWeeks(days) => days.contains(date.weekday()) && !odd_week(),
            Pattern::Monthly(week, day) => {
                date.weekday() == *day
                    && match week {
                        WeekOfMonth::Nth(nth) => (date.day() - 1) / 7 + 1 == *nth,
                        WeekOfMonth::Last => date.day() + 7 > date.days_in_month(),
                    }
            }
            Pattern::Once(once) => date == *once,
        }
    }

    /// The weekdays on which it can fall, for the columns of a board.
    pub fn weekdays(&self) -> WeekdaySet {
        match self {
            Pattern::Weekly(days) | Pattern::OddWeeks(days) | Pattern::EvenWeeks(days) => *days,
            Pattern::Monthly(_, day) => WeekdaySet::only(*day),
            Pattern::Once(date) => WeekdaySet::only(date.weekday()),
        }
    }
}

impl When {
    /// Reads days and a time; the problem says what was understood before it went wrong.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let plain = half_width(text.trim());
        let not_a_when = |understood: Option<&str>| {
            Problem::new(Code::NotAWhen).with("text", text).with_some("understood", understood)
        };
        let (pattern, rest) = read_pattern(&plain).map_err(|found| match found {
            Some(problem) => problem,
            None => not_a_when(None),
        })?;
        let at = match rest.trim() {
            "" => return Err(not_a_when(Some(&plain))),
            time if time.starts_with(|c: char| c.is_ascii_digit()) => At::Time(TimeRange::read(time)?),
            time => match TimeRange::read(time) {
                Ok(range) => At::Time(range),
                Err(problem) if problem.code != Code::NotATime => return Err(problem),
                Err(_) => At::Slot(time.to_owned()),
            },
        };
        Ok(Self { pattern, at, text: text.to_owned() })
    }

    /// The text as written.
    pub fn as_written(&self) -> &str {
        &self.text
    }
}

/// Reads the days and returns what follows; `Err(None)` where nothing can be said but "not a when".
fn read_pattern(plain: &str) -> Result<(Pattern, &str), Option<Problem>> {
    if plain.starts_with(|c: char| c.is_ascii_digit()) {
        let (date, rest) = plain.split_once(' ').ok_or(None)?;
        return Ok((Pattern::Once(Day::read(date).map_err(Some)?.0), rest));
    }
    if let Some(rest) = plain.strip_prefix("每月") {
        let (week, rest) = read_week_of_month(rest).ok_or(None)?;
        let (days, rest) = read_days(rest).map_err(Some)?;
        let mut named = days.iter();
        return match (named.next(), named.next()) {
            (Some(day), None) => Ok((Pattern::Monthly(week, day), rest)),
            _ => Err(None),
        };
    }
    for (word, pattern) in [
        ("单周", Pattern::OddWeeks as fn(WeekdaySet) -> Pattern),
        ("双周", Pattern::EvenWeeks),
        ("odd weeks", Pattern::OddWeeks),
        ("even weeks", Pattern::EvenWeeks),
    ] {
        if let Some(rest) = plain.strip_prefix(word) {
            let (days, rest) = read_days(rest.trim_start()).map_err(Some)?;
            return Ok((pattern(days), rest));
        }
    }
    read_days(plain).map(|(days, rest)| (Pattern::Weekly(days), rest)).map_err(Some)
}

fn read_week_of_month(text: &str) -> Option<(WeekOfMonth, &str)> {
    const WORDS: [(&str, WeekOfMonth); 9] = [
        ("第一个", WeekOfMonth::Nth(1)),
        ("第二个", WeekOfMonth::Nth(2)),
        ("第三个", WeekOfMonth::Nth(3)),
        ("第四个", WeekOfMonth::Nth(4)),
        ("第1个", WeekOfMonth::Nth(1)),
        ("第2个", WeekOfMonth::Nth(2)),
        ("第3个", WeekOfMonth::Nth(3)),
        ("第4个", WeekOfMonth::Nth(4)),
        ("最后一个", WeekOfMonth::Last),
    ];
    WORDS.iter().find_map(|(word, week)| Some((*week, text.strip_prefix(word)?)))
}

/// The longest beginning that names weekdays: 周二下午 is 周二 and 下午.
fn read_days(text: &str) -> Result<(WeekdaySet, &str), Problem> {
    if let Some((days, rest)) = text.split_once(' ')
        && let Ok(set) = WeekdaySet::read(days)
    {
        return Ok((set, rest));
    }
    let ends = text.char_indices().map(|(start, c)| start + c.len_utf8());
    let longest = ends.rev().find_map(|end| Some((WeekdaySet::read(text.get(..end)?).ok()?, text.get(end..)?)));
    longest.ok_or_else(|| {
        let first = text.split(' ').next().unwrap_or(text);
        Problem::new(Code::NotAWeekday).with("text", first)
    })
}

impl TryFrom<String> for When {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::read(&text)
    }
}

impl From<When> for String {
    fn from(when: When) -> String {
        when.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn days(text: &str) -> WeekdaySet {
        WeekdaySet::read(text).unwrap()
    }

    #[test]
    fn the_forms_of_the_design_are_understood() {
        let slot = |name: &str| At::Slot(name.to_owned());
        let time = At::Time(TimeRange::read("14:30-17:00").unwrap());
        for (text, pattern, at) in [
            ("周一 上午", Pattern::Weekly(days("mon")), slot("上午")),
            ("周二、周四 14:30-17:00", Pattern::Weekly(days("tue,thu")), time.clone()),
            ("周二下午", Pattern::Weekly(days("tue")), slot("下午")),
            ("周一至周五 下午", Pattern::Weekly(days("mon-fri")), slot("下午")),
            ("单周 周三 下午", Pattern::OddWeeks(days("wed")), slot("下午")),
            ("每月第一个周六 14：30－17：00", Pattern::Monthly(WeekOfMonth::Nth(1), Weekday::Saturday), time.clone()),
            ("每月最后一个周五 上午", Pattern::Monthly(WeekOfMonth::Last, Weekday::Friday), slot("上午")),
            ("2026-12-05 14:30-17:00", Pattern::Once(date(2026, 12, 5)), time.clone()),
            ("mon,thu 14:30-17:00", Pattern::Weekly(days("mon,thu")), time.clone()),
            ("周一、三、五 下午2点半至5点", Pattern::Weekly(days("mon,wed,fri")), time),
        ] {
            let when = When::read(text).unwrap();
            assert_eq!((when.pattern, when.at), (pattern, at), "{text}");
        }
    }

    #[test]
    fn what_does_not_say_when_is_refused_with_its_own_code() {
        for (text, code) in [
            ("周八 上午", Code::NotAWeekday),
            ("周一", Code::NotAWhen),
            ("周一 25:00-26:00", Code::TimeOutOfRange),
            ("周一 17:00-14:30", Code::TimesBackwards),
            ("2026-02-30 09:00-10:00", Code::NoSuchDate),
            ("", Code::NotAWeekday),
            ("每月第一个 上午", Code::NotAWeekday),
        ] {
            assert_eq!(When::read(text).unwrap_err().code, code, "{text}");
        }
    }
}
