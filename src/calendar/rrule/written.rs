//! The text of a recurrence rule, taken apart and written again.
//!
//! What an editor pasted goes in, in half-width capitals; numbers and weekdays come out, or what is wrong with
//! which part and what it was meant for. Whether the parts make sense together is the rule's business.

use std::fmt;

use jiff::civil::{Date, Weekday};

use super::super::date::Day;
use super::super::weekday::WEEK;
use super::{End, Frequency, NamedDay, RecurrenceRule};
use crate::diagnostics::{Code, Problem, closest};

/// The most that `INTERVAL` and `COUNT` may be.
const MOST: u16 = 10_000;
/// The most items that a list may have: more than the days of a year.
const MOST_ITEMS: usize = 400;
const FREQUENCIES: [(&str, Frequency); 4] = [
    ("DAILY", Frequency::Daily),
    ("WEEKLY", Frequency::Weekly),
    ("MONTHLY", Frequency::Monthly),
    ("YEARLY", Frequency::Yearly),
];
const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const PARTS: [&str; 11] = [
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYMONTH",
    "BYWEEKNO",
    "BYYEARDAY",
    "BYMONTHDAY",
    "BYDAY",
    "BYSETPOS",
    "WKST",
];
/// Parts and frequencies that tell times of day apart.
const TOO_FINE: [&str; 6] = ["BYHOUR", "BYMINUTE", "BYSECOND", "HOURLY", "MINUTELY", "SECONDLY"];

/// The parts of a rule as written, in half-width capitals.
pub(super) struct Written<'a> {
    text: &'a str,
    parts: Vec<(&'static str, &'a str)>,
}

impl<'a> Written<'a> {
    /// Takes `plain` apart; `text` is what the editor wrote.
    pub(super) fn split(text: &'a str, plain: &'a str) -> Result<Self, Problem> {
        let body = plain.split_once(':').filter(|(head, _)| head.trim() == "RRULE").map_or(plain, |(_, body)| body);
        let mut written = Self { text, parts: Vec::new() };
        for part in body.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').map_or((part, None), |(name, value)| (name.trim(), Some(value)));
            if TOO_FINE.contains(&name) {
                return Err(Problem::new(Code::RuleTooFine).with("part", part));
            }
            let Some(known) = PARTS.into_iter().find(|known| *known == name) else {
                return Err(written.unreadable(Some(name), near(name, &PARTS)));
            };
            let value = value.ok_or_else(|| written.unreadable(Some(part), None))?;
            let twice = written.value(known).is_some();
            written.parts.push((known, value.trim()));
            if twice {
                return Err(written.contradiction(&[known]));
            }
        }
        Ok(written)
    }

    fn value(&self, name: &str) -> Option<&'a str> {
        self.parts.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    fn unreadable(&self, part: Option<&str>, suggestion: Option<&str>) -> Problem {
        let problem = Problem::new(Code::NotARule).with("text", self.text);
        problem.with_some("part", part).with_some("suggestion", suggestion)
    }

    /// An item that the part of this name does not take, and what it may have been meant for.
    fn no_such_item(&self, name: &str, item: &str, meant: Option<String>) -> Problem {
        let suggestion = meant.map(|meant| format!("{name}={meant}"));
        self.unreadable(Some(&format!("{name}={item}")), suggestion.as_deref())
    }

    pub(super) fn contradiction(&self, names: &[&str]) -> Problem {
        let parts = self.parts.iter().filter(|(name, _)| names.contains(name));
        let shown: Vec<String> = parts.map(|(name, value)| format!("{name}={value}")).collect();
        Problem::new(Code::RuleContradicts).with("part", &shown.join(";"))
    }

    pub(super) fn frequency(&self) -> Result<Frequency, Problem> {
        let value = self.value("FREQ").ok_or_else(|| self.unreadable(None, None))?;
        if TOO_FINE.contains(&value) {
            return Err(Problem::new(Code::RuleTooFine).with("part", &format!("FREQ={value}")));
        }
        let found = FREQUENCIES.iter().find(|(name, _)| *name == value).map(|(_, frequency)| *frequency);
        let meant = || near(value, &FREQUENCIES.map(|(name, _)| name)).map(str::to_owned);
        found.ok_or_else(|| self.no_such_item("FREQ", value, meant()))
    }

    /// A number of periods or dates.
    pub(super) fn amount(&self, name: &str) -> Result<Option<u16>, Problem> {
        let Some(value) = self.value(name) else { return Ok(None) };
        match value.parse() {
            Ok(0) => Err(Problem::new(Code::RuleNeverMoves).with("part", &format!("{name}={value}"))),
            Ok(amount @ 1..=MOST) => Ok(Some(amount)),
            _ => Err(self.no_such_item(name, value, None)),
        }
    }

    pub(super) fn until(&self) -> Result<Option<Date>, Problem> {
        let Some(value) = self.value("UNTIL") else { return Ok(None) };
        let meant = || Day::read(value).ok().map(|day| compact(day.0));
        basic_date(value).map(Some).ok_or_else(|| self.no_such_item("UNTIL", value, meant()))
    }

    pub(super) fn week_start(&self) -> Result<Weekday, Problem> {
        let Some(value) = self.value("WKST") else { return Ok(Weekday::Monday) };
        read_weekday(value).ok_or_else(|| self.no_such_item("WKST", value, near_weekday(value)))
    }

    pub(super) fn days(&self) -> Result<Vec<NamedDay>, Problem> {
        let mut days = self.list("BYDAY", NamedDay::read, near_weekday)?;
        days.sort_by_key(|named| (named.nth.map(|nth| (nth < 0, nth)), named.day.to_monday_zero_offset()));
        Ok(days)
    }

    /// Numbers within `range`, in order, those counted from the end last; there is no zeroth.
    pub(super) fn numbers(&self, name: &str, range: std::ops::RangeInclusive<i16>) -> Result<Vec<i16>, Problem> {
        let read = |item: &str| item.parse().ok().filter(|number| *number != 0 && range.contains(number));
        let mut numbers = self.list(name, read, |_| None)?;
        numbers.sort_by_key(|number| (*number < 0, *number));
        Ok(numbers)
    }

    /// The items of a list, each once.
    fn list<T: PartialEq>(
        &self,
        name: &str,
        read: impl Fn(&str) -> Option<T>,
        meant: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<T>, Problem> {
        let Some(value) = self.value(name) else { return Ok(Vec::new()) };
        if value.split(',').count() > MOST_ITEMS {
            return Err(self.no_such_item(name, value, None));
        }
        let mut items = Vec::new();
        for item in value.split(',').map(str::trim) {
            let found = read(item).ok_or_else(|| self.no_such_item(name, item, meant(item)))?;
            if !items.contains(&found) {
                items.push(found);
            }
        }
        Ok(items)
    }
}

impl fmt::Display for RecurrenceRule {
    /// The rule as iCalendar writes it, without what is usual.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frequency = FREQUENCIES.iter().find(|(_, frequency)| *frequency == self.frequency);
        write!(f, "FREQ={}", frequency.map_or("", |(name, _)| name))?;
        if self.interval != 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        match self.end {
            End::Never => {}
            End::After(count) => write!(f, ";COUNT={count}")?,
            End::On(last) => write!(f, ";UNTIL={}", compact(last))?,
        }
        write_list(f, "BYMONTH", &self.months)?;
        write_list(f, "BYWEEKNO", &self.weeks)?;
        write_list(f, "BYYEARDAY", &self.year_days)?;
        write_list(f, "BYMONTHDAY", &self.month_days)?;
        write_list(f, "BYDAY", &self.days)?;
        write_list(f, "BYSETPOS", &self.positions)?;
        if self.week_start != Weekday::Monday {
            write!(f, ";WKST={}", weekday_name(self.week_start))?;
        }
        Ok(())
    }
}

impl fmt::Display for NamedDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(nth) = self.nth {
            write!(f, "{nth}")?;
        }
        f.write_str(weekday_name(self.day))
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, name: &str, items: &[impl fmt::Display]) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        if index == 0 { write!(f, ";{name}={item}")? } else { write!(f, ",{item}")? }
    }
    Ok(())
}

impl NamedDay {
    /// Reads `TU`, `2TU`, `+2TU` or `-1TU`.
    fn read(item: &str) -> Option<Self> {
        let (nth, name) = item.split_at_checked(item.len().checked_sub(2)?)?;
        let day = read_weekday(name)?;
        if nth.is_empty() {
            return Some(Self { nth: None, day });
        }
        let nth = nth.parse().ok().filter(|nth| *nth != 0 && (-53..=53).contains(nth))?;
        Some(Self { nth: Some(nth), day })
    }
}

fn read_weekday(name: &str) -> Option<Weekday> {
    WEEKDAYS.into_iter().zip(WEEK).find(|(known, _)| *known == name).map(|(_, day)| day)
}

fn weekday_name(day: Weekday) -> &'static str {
    WEEKDAYS.into_iter().zip(WEEK).find(|(_, known)| *known == day).map_or("", |(name, _)| name)
}

/// The name that a short word was meant for.
fn near(word: &str, names: &[&'static str]) -> Option<&'static str> {
    const LONGEST: usize = 20;
    if word.len() <= LONGEST { closest(word, names.iter().copied()) } else { None }
}

/// The item that `THU`, `MONDAY` or `1SAT` was meant for.
fn near_weekday(item: &str) -> Option<String> {
    let (nth, word) = item.split_at_checked(item.find(|c: char| c.is_ascii_alphabetic())?)?;
    let name = WEEKDAYS.into_iter().find(|name| word.starts_with(name)).or_else(|| near(word, &WEEKDAYS))?;
    NamedDay::read(&format!("{nth}{name}")).map(|named| named.to_string())
}

/// Reads `20261231`, or the date of `20261231T235959Z`.
fn basic_date(text: &str) -> Option<Date> {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    if !digits(date, 8) || time.is_some_and(|time| !digits(time.strip_suffix('Z').unwrap_or(time), 6)) {
        return None;
    }
    let (year, month, day) = (date.get(..4)?, date.get(4..6)?, date.get(6..)?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The date as iCalendar writes it.
fn compact(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> RecurrenceRule {
        RecurrenceRule::read(text).unwrap()
    }

    #[test]
    fn a_rule_is_written_back_as_icalendar_writes_it() {
        for (written, canonical) in [
            (" rrule：freq=weekly；byday=th, tu,TU；interval=1;wkst=mo;", "FREQ=WEEKLY;BYDAY=TU,TH"),
            ("BYDAY=-1FR;INTERVAL=2;FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR"),
            ("FREQ=YEARLY;UNTIL=20301231T160000Z;BYDAY=-1SU,SU,+2MO", "FREQ=YEARLY;UNTIL=20301231;BYDAY=SU,2MO,-1SU"),
            ("FREQ＝MONTHLY;COUNT=０12;BYMONTHDAY=-1,15,1;WKST=SU", "FREQ=MONTHLY;COUNT=12;BYMONTHDAY=1,15,-1;WKST=SU"),
        ] {
            assert_eq!(rule(written).to_string(), canonical);
            assert_eq!(rule(canonical), rule(written));
        }
    }

    #[test]
    fn what_cannot_be_read_is_shown_with_what_was_meant() {
        for (text, part, suggestion) in [
            ("", None, None),
            ("BYDAY=MO", None, None),
            ("每周一", Some("每周一"), None),
            ("FREQ=WEEKLY;BYDAYS=MO", Some("BYDAYS"), Some("BYDAY")),
            ("FREQ=WEEKLEY", Some("FREQ=WEEKLEY"), Some("FREQ=WEEKLY")),
            ("FREQ=MONTHLY;BYDAY=TU,1THU", Some("BYDAY=1THU"), Some("BYDAY=1TH")),
            ("FREQ=DAILY;UNTIL=2026-12-31", Some("UNTIL=2026-12-31"), Some("UNTIL=20261231")),
            ("FREQ=DAILY;UNTIL=20260230", Some("UNTIL=20260230"), None),
            ("FREQ=YEARLY;BYMONTH=13", Some("BYMONTH=13"), None),
            ("FREQ=DAILY;COUNT=10001", Some("COUNT=10001"), None),
            ("FREQ=DAILY;BYDAY", Some("BYDAY"), None),
        ] {
            let expected = Problem::new(Code::NotARule).with("text", text);
            let expected = expected.with_some("part", part).with_some("suggestion", suggestion);
            assert_eq!(RecurrenceRule::read(text).unwrap_err(), expected);
        }
    }
}
