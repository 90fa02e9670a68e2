//! When an activity recurs, as editors write it.
//!
//! Days, a space, then a slot's name or times: `周一 上午`, `周二、周四 14:30-17:00`, `单周 周三 下午`,
//! `每月第一个周六 09:00-11:00`, `每月15日 上午`, `每月最后一个工作日 上午`, `2026-12-05 09:00-11:00`,
//! `RRULE:FREQ=MONTHLY;BYDAY=2TU 上午`. Odd and even weeks are those of ISO 8601, as printed in Chinese
//! diaries. The slot's times are the programme's business, so a slot stays a name here.

use std::fmt;
use std::sync::Arc;

use jiff::civil::{Date, Weekday};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::date::{DateSpan, Day};
use super::holidays::HolidayCalendar;
use super::rrule::RecurrenceRule;
use super::time::{TimeRange, half_width};
use super::weekday::{WEEK, WeekdaySet, closed_up};
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
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// On these weekdays of every week.
    Weekly(WeekdaySet),
    /// On these weekdays of weeks with an odd ISO 8601 number (单周).
    OddWeeks(WeekdaySet),
    /// On these weekdays of weeks with an even ISO 8601 number (双周).
    EvenWeeks(WeekdaySet),
    /// On one weekday of each month (RFC 5545 `BYDAY=1SA`).
    Monthly(WeekOfMonth, Weekday),
    /// On one day of each month, 1 to 31; months that are too short have none (RFC 5545 `BYMONTHDAY`).
    MonthDay(i8),
    /// On the first, second … or last workday of each month, make-up workdays included.
    Workday(WeekOfMonth),
    /// Once.
    Once(Date),
    /// By a rule of RFC 5545, counted from the first day of its period.
    Rule(Arc<RecurrenceRule>),
}

/// Which of a month's Mondays, Tuesdays and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WeekOfMonth {
    /// The first to fifth, as 1 to 5.
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
    /// Its dates in `window`, in order; `start` is the first day of its period, from which a rule is counted.
    pub fn dates(&self, start: Date, window: DateSpan, calendar: &HolidayCalendar) -> Vec<Date> {
        match self {
            Pattern::Weekly(days) => weekly(*days, window).collect(),
            Pattern::OddWeeks(days) => weekly(*days, window).filter(|date| is_odd_week(*date)).collect(),
            Pattern::EvenWeeks(days) => weekly(*days, window).filter(|date| !is_odd_week(*date)).collect(),
            Pattern::Once(date) => Some(*date).filter(|date| window.contains(*date)).into_iter().collect(),
            Pattern::Rule(rule) => rule.dates(start, window),
            Pattern::Monthly(_, day) => {
                weekly(WeekdaySet::only(*day), window).filter(|date| self.falls_on(*date, start, calendar)).collect()
            }
            Pattern::MonthDay(_) | Pattern::Workday(_) => {
                window.days().filter(|date| self.falls_on(*date, start, calendar)).collect()
            }
        }
    }

    /// Whether the date is one of the pattern's; `start` as for [`Pattern::dates`].
    pub fn falls_on(&self, date: Date, start: Date, calendar: &HolidayCalendar) -> bool {
        match self {
            Pattern::Weekly(days) => days.contains(date.weekday()),
            Pattern::OddWeeks(days) => days.contains(date.weekday()) && is_odd_week(date),
            Pattern::EvenWeeks(days) => days.contains(date.weekday()) && !is_odd_week(date),
            Pattern::Monthly(week, day) => {
                date.weekday() == *day
                    && match week {
                        WeekOfMonth::Nth(nth) => (date.day() - 1) / 7 + 1 == *nth,
                        WeekOfMonth::Last => date.day() + 7 > date.days_in_month(),
                    }
            }
            Pattern::MonthDay(day) => date.day() == *day,
            Pattern::Workday(week) => {
                let workdays = |first: Date, last: Date| {
                    DateSpan::new(first, last).map_or(0, |days| days.days().filter(|d| calendar.is_workday(*d)).count())
                };
                calendar.is_workday(date)
                    && match week {
                        WeekOfMonth::Nth(nth) => usize::try_from(*nth) == Ok(workdays(date.first_of_month(), date)),
                        WeekOfMonth::Last => workdays(date, date.last_of_month()) == 1,
                    }
            }
            Pattern::Once(once) => date == *once,
            Pattern::Rule(rule) => DateSpan::new(date, date).is_some_and(|day| !rule.dates(start, day).is_empty()),
        }
    }

    /// The weekdays on which it can fall, for the columns of a board; `start` as for [`Pattern::dates`].
    pub fn weekdays(&self, start: Date) -> WeekdaySet {
        match self {
            Pattern::Weekly(days) | Pattern::OddWeeks(days) | Pattern::EvenWeeks(days) => *days,
            Pattern::Monthly(_, day) => WeekdaySet::only(*day),
            Pattern::Once(date) => WeekdaySet::only(date.weekday()),
            Pattern::MonthDay(_) => WeekdaySet::ALL,
            Pattern::Workday(_) => WeekdaySet::WORKDAYS,
            Pattern::Rule(rule) => rule.weekdays(start),
        }
    }
}

/// The dates of some weekdays in a window, in order.
fn weekly(days: WeekdaySet, window: DateSpan) -> impl Iterator<Item = Date> {
    // Counted along: to ask each date for its weekday, or to add days to a date, takes several times as long.
    let is_wanted = |number: usize| WEEK.get(number % WEEK.len()).is_some_and(|day| days.contains(*day));
    let gaps: [Option<u8>; 7] = std::array::from_fn(|from| (1..=7).find(|gap| is_wanted(from + usize::from(*gap))));
    let step = move |date: Date, from: usize, before: u8| {
        let gap = gaps.get(from).copied().flatten()?;
        Some((days_later(date, gap - before)?, (from + usize::from(gap)) % WEEK.len()))
    };
    let begins = usize::from(window.first().weekday().to_monday_zero_offset().unsigned_abs());
    let first = step(window.first(), (begins + 6) % WEEK.len(), 1);
    let dates = std::iter::successors(first, move |(date, day)| step(*date, *day, 0));
    dates.map(|(date, _)| date).take_while(move |date| *date <= window.last())
}

/// The date some days later, a week at most.
fn days_later(date: Date, days: u8) -> Option<Date> {
    let (day, length) = (date.day().saturating_add_unsigned(days), date.days_in_month());
    match (day <= length, date.month()) {
        (true, month) => Date::new(date.year(), month, day),
        (false, 12) => Date::new(date.year().checked_add(1)?, 1, day - length),
        (false, month) => Date::new(date.year(), month + 1, day - length),
    }
    .ok()
}

/// Whether a date lies in a week with an odd ISO 8601 number.
fn is_odd_week(date: Date) -> bool {
    date.iso_week_date().week() % 2 == 1
}

/// Days that recur in another way than weekly, without a time: `单周周六`, `每月第一个周日`, `每月最后一个工作日`. A rule of
/// RFC 5545 is none of them: it is counted from a first day, which hours do not have.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(with = "String", extend("format" = "day-pattern"))]
pub struct DayPattern(pub Pattern);

impl DayPattern {
    /// Reads days with nothing behind them.
    pub fn read(text: &str) -> Result<Self, Problem> {
        match read_pattern(&half_width(text.trim())) {
            Err(Some(problem)) => Err(problem),
            Ok((Pattern::Weekly(_) | Pattern::Once(_) | Pattern::Rule(_), _)) | Err(None) => {
                Err(Problem::new(Code::NotAWhen).with("text", text))
            }
            Ok((pattern, rest)) if rest.trim().is_empty() => Ok(Self(pattern)),
            Ok(_) => Err(Problem::new(Code::NotAWhen).with("text", text)),
        }
    }
}

impl<'de> Deserialize<'de> for DayPattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl Serialize for DayPattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_string())
    }
}

impl fmt::Display for Pattern {
    /// As editors write it, in a form that is read back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let week = |week: &WeekOfMonth| match week {
            WeekOfMonth::Nth(nth) => format!("每月第{nth}个"),
            WeekOfMonth::Last => "每月最后一个".to_owned(),
        };
        match self {
            Pattern::Weekly(days) => f.write_str(&String::from(*days)),
            Pattern::OddWeeks(days) => write!(f, "单周 {}", String::from(*days)),
            Pattern::EvenWeeks(days) => write!(f, "双周 {}", String::from(*days)),
            Pattern::Monthly(nth, day) => write!(f, "{}{}", week(nth), String::from(WeekdaySet::only(*day))),
            Pattern::MonthDay(day) => write!(f, "每月{day}日"),
            Pattern::Workday(nth) => write!(f, "{}工作日", week(nth)),
            Pattern::Once(date) => write!(f, "{date}"),
            Pattern::Rule(rule) => write!(f, "RRULE:{rule}"),
        }
    }
}

impl When {
    /// Reads days and a time.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let plain = closed_up(&half_width(text.trim()));
        let (pattern, rest) = read_pattern(&plain).map_err(|found| match found {
            Some(problem) => problem,
            None => Problem::new(Code::NotAWhen).with("text", text),
        })?;
        let at = match rest.trim() {
            "" => return Err(Problem::new(Code::NoTime).with("text", &plain)),
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
        let (date, rest) = plain.split_once(' ').unwrap_or((plain, ""));
        return Ok((Pattern::Once(Day::read(date).map_err(Some)?.0), rest));
    }
    if plain.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("RRULE:"))
        || plain.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("FREQ="))
    {
        let (rule, rest) = plain.split_once(' ').unwrap_or((plain, ""));
        return Ok((Pattern::Rule(Arc::new(RecurrenceRule::read(rule).map_err(Some)?)), rest));
    }
    if let Some(rest) = plain.strip_prefix("每月") {
        if let Some((day, rest)) = rest.split_once(['日', '号'])
            && let Ok(day) = day.trim().parse::<i8>()
        {
            let pattern = (1..=31).contains(&day).then_some(Pattern::MonthDay(day));
            return pattern.map(|pattern| (pattern, rest)).ok_or(None);
        }
        let (week, rest) = read_week_of_month(rest).ok_or(None)?;
        if let Some(rest) = rest.strip_prefix("工作日") {
            return Ok((Pattern::Workday(week), rest));
        }
        let (days, rest) = read_days(rest).map_err(Some)?;
        let mut named = days.iter();
        return match (named.next(), named.next()) {
            (Some(day), None) => Ok((Pattern::Monthly(week, day), rest)),
            _ => Err(None),
        };
    }
    if ["隔周", "每隔一周", "每两周", "每2周", "隔一周"].iter().any(|word| plain.starts_with(word)) {
        return Err(Some(Problem::new(Code::WhichWeeks).with("text", plain)));
    }
    if let Some(found) = read_english_month(plain) {
        return Ok(found);
    }
    for (word, pattern) in [
        ("单周", Pattern::OddWeeks as fn(WeekdaySet) -> Pattern),
        ("双周", Pattern::EvenWeeks),
        ("odd weeks", Pattern::OddWeeks),
        ("even weeks", Pattern::EvenWeeks),
    ] {
        if let Some(rest) = plain.strip_prefix(word) {
            if rest.trim().is_empty() {
                return Err(Some(Problem::new(Code::NoWeekday).with("text", word)));
            }
            // 单周二 is 单 and 周二.
            let joined = plain.strip_prefix(['单', '双']).filter(|rest| read_days(rest).is_ok());
            let (days, rest) = joined.map_or_else(|| read_days(rest.trim_start()), read_days).map_err(Some)?;
            return Ok((pattern(days), rest));
        }
    }
    read_days(plain).map(|(days, rest)| (Pattern::Weekly(days), rest)).map_err(Some)
}

/// `first sat`, `last workday`, each of a month.
fn read_english_month(plain: &str) -> Option<(Pattern, &str)> {
    const WORDS: [(&str, WeekOfMonth); 6] = [
        ("first ", WeekOfMonth::Nth(1)),
        ("second ", WeekOfMonth::Nth(2)),
        ("third ", WeekOfMonth::Nth(3)),
        ("fourth ", WeekOfMonth::Nth(4)),
        ("fifth ", WeekOfMonth::Nth(5)),
        ("last ", WeekOfMonth::Last),
    ];
    let (week, rest) = WORDS.iter().find_map(|(word, week)| Some((*week, plain.strip_prefix(word)?)))?;
    if let Some(rest) = rest.strip_prefix("workday") {
        return Some((Pattern::Workday(week), rest));
    }
    let (days, rest) = read_days(rest).ok()?;
    let mut named = days.iter();
    match (named.next(), named.next()) {
        (Some(day), None) => Some((Pattern::Monthly(week, day), rest)),
        _ => None,
    }
}

fn read_week_of_month(text: &str) -> Option<(WeekOfMonth, &str)> {
    const WORDS: [(&str, WeekOfMonth); 12] = [
        ("第一个", WeekOfMonth::Nth(1)),
        ("第二个", WeekOfMonth::Nth(2)),
        ("第三个", WeekOfMonth::Nth(3)),
        ("第四个", WeekOfMonth::Nth(4)),
        ("第五个", WeekOfMonth::Nth(5)),
        ("第5个", WeekOfMonth::Nth(5)),
        ("首个", WeekOfMonth::Nth(1)),
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
            ("周一、三、五 下午2点半至5点", Pattern::Weekly(days("mon,wed,fri")), time.clone()),
            ("每月15日 14:30-17:00", Pattern::MonthDay(15), time.clone()),
            ("每月最后一个工作日 上午", Pattern::Workday(WeekOfMonth::Last), slot("上午")),
            ("last workday 14:30-17:00", Pattern::Workday(WeekOfMonth::Last), time.clone()),
            ("second tue 14:30-17:00", Pattern::Monthly(WeekOfMonth::Nth(2), Weekday::Tuesday), time),
        ] {
            let when = When::read(text).unwrap();
            assert_eq!((when.pattern, when.at), (pattern, at), "{text}");
        }
    }

    #[test]
    fn what_does_not_say_when_is_refused_with_its_own_code() {
        for (text, code) in [
            ("周八 上午", Code::NotAWeekday),
            ("周一", Code::NoTime),
            ("周一 25:00-26:00", Code::TimeOutOfRange),
            ("周一 17:00-14:30", Code::TimesBackwards),
            ("2026-02-30 09:00-10:00", Code::NoSuchDate),
            ("", Code::NotAWeekday),
            ("每月第一个 上午", Code::NotAWeekday),
            ("每月32日 上午", Code::NotAWhen),
            ("RRULE:FREQ=HOURLY 上午", Code::RuleTooFine),
        ] {
            assert_eq!(When::read(text).unwrap_err().code, code, "{text}");
        }
    }
}
