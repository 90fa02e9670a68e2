//! Times of day, and stretches from one to another.
//!
//! Minutes from midnight, not clock times: 24:00 is the end of the day. An interval that ends before it begins
//! cannot be made. One that runs past midnight belongs to the day on which it begins and ends after 24:00, so
//! that Friday's 18:00–02:00 is Friday's: what closes Saturday does not touch it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write as _};

use crate::diagnostics::{Code, Problem};

pub(super) const DAY: u16 = 24 * 60;
/// From this time on, an end in the early morning is the next day's without being called so.
const EVENING: u16 = 17 * 60;
/// From this time on, what is called the afternoon is more likely a morning.
const AFTERNOON_ENDS: u16 = 19 * 60;
/// Until this time an end is taken for one of the night before.
const EARLY: u16 = 6 * 60;

/// A time of day in minutes from midnight, 0 to 1440; as the end of an interval up to 2880, in the day after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("format" = "time-of-day"))]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// The first moment of the day.
    pub const MIDNIGHT: Self = Self(0);
    /// Noon.
    pub const NOON: Self = Self(DAY / 2);
    /// 24:00, the moment after the day's last.
    pub const END: Self = Self(DAY);

    /// A time from hours and minutes; `None` beyond 24:00.
    pub fn new(hour: u16, minute: u16) -> Option<Self> {
        let minutes = hour.checked_mul(60)?.checked_add(minute)?;
        (minute < 60 && minutes <= DAY).then_some(Self(minutes))
    }

    /// The same time of the day after.
    #[must_use]
    pub fn next_day(self) -> Self {
        if self.0 <= DAY { Self(self.0 + DAY) } else { self }
    }

    /// Minutes from midnight; past 1440 in the day after.
    pub fn minutes(self) -> u16 {
        self.0
    }

    /// Reads `9:00`, `09：30`, `上午9点`, `下午2点半`, `14点15分`.
    pub fn read(text: &str) -> Result<Self, Problem> {
        read_time(text, None).map(|(time, _)| time)
    }
}

/// Part of the day that a Chinese time names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PartOfDay {
    Night,
    Morning,
    Noon,
    Afternoon,
    Evening,
}

impl PartOfDay {
    /// Whether an hour by the clock of 24 hours is plainly of another part of the day.
    fn disagrees(self, hour: u16) -> bool {
        match self {
            Self::Night => (8..24).contains(&hour) && hour != 12,
            Self::Morning => (13..24).contains(&hour),
            Self::Evening => (13..17).contains(&hour),
            Self::Noon | Self::Afternoon => false,
        }
    }

    /// The hour from 0 to 24 of an hour that people count to twelve; one that is past twelve stays what it is. Of a
    /// part that was named with an earlier time only, 下午 is not taken to reach into the evening.
    fn hour(self, hour: u16, inherited: bool) -> u16 {
        match (self, hour) {
            (Self::Afternoon, 8..=11) if inherited => hour,
            (Self::Night, 12) => 0,
            (Self::Noon, 1..=9) | (Self::Afternoon | Self::Evening, 1..=11) | (Self::Evening, 12) => hour + 12,
            _ => hour,
        }
    }
}

/// Reads a time; `inherited` is the part of the day named before it, as in 下午2点半至6点.
fn read_time(text: &str, inherited: Option<PartOfDay>) -> Result<(TimeOfDay, Option<PartOfDay>), Problem> {
    let plain = half_width(text.trim());
    let problem = || Problem::new(Code::NotATime).with("text", text);
    const PARTS: [(&str, PartOfDay); 7] = [
        ("凌晨", PartOfDay::Night),
        ("早上", PartOfDay::Morning),
        ("上午", PartOfDay::Morning),
        ("中午", PartOfDay::Noon),
        ("下午", PartOfDay::Afternoon),
        ("傍晚", PartOfDay::Evening),
        ("晚上", PartOfDay::Evening),
    ];
    let named = PARTS.iter().find_map(|(word, part)| Some((plain.strip_prefix(word)?, *part, *word)));
    let (digits, part) = match named {
        Some((rest, part, _)) => (rest.trim(), Some(part)),
        None => (plain.as_str(), inherited),
    };
    let spelled = in_digits(digits);
    let digits = spelled.as_deref().unwrap_or(digits);
    let (hour, minute) = match digits.split_once(':') {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute.parse().map_err(|_| problem())?),
        Some(_) => return Err(problem()),
        None => {
            let (hour, minute) = digits.split_once(['点', '时']).ok_or_else(problem)?;
            match minute.trim_end_matches('分') {
                "" | "整" => (hour, 0),
                "半" => (hour, 30),
                "一刻" => (hour, 15),
                "三刻" => (hour, 45),
                digits => (hour, digits.parse().map_err(|_| problem())?),
            }
        }
    };
    if hour.is_empty() || hour.len() > 2 || !hour.bytes().all(|b| b.is_ascii_digit()) {
        return Err(problem());
    }
    let hour: u16 = hour.parse().map_err(|_| problem())?;
    if let Some((.., word)) = named.filter(|(_, part, _)| part.disagrees(hour)) {
        return Err(Problem::new(Code::PartOfDayDisagrees).with("text", text).with("part", word));
    }
    let time = TimeOfDay::new(part.map_or(hour, |part| part.hour(hour, named.is_none())), minute);
    time.map(|time| (time, part)).ok_or_else(|| Problem::new(Code::TimeOutOfRange).with("text", text))
}

/// A time in which the hour or the minutes are spelled (九点、十二点半、两点十五分), with digits instead; `None` if none is.
fn in_digits(text: &str) -> Option<String> {
    const NUMERALS: &str = "零一二三四五六七八九十两";
    if !text.contains(|c| NUMERALS.contains(c)) || text.contains("刻") && !text.contains(['点', '时']) {
        return None;
    }
    let mut digits = String::new();
    let mut spelled = String::new();
    // The end of the text closes the last number.
    for c in text.chars().map(Some).chain([None]) {
        match c {
            Some(c) if NUMERALS.contains(c) => spelled.push(c),
            after => {
                // 一刻 and 三刻 are words of their own.
                if after == Some('刻') {
                    digits.push_str(&spelled);
                } else if !spelled.is_empty() {
                    digits.push_str(&chinese_number(&spelled)?.to_string());
                }
                spelled.clear();
                digits.extend(after);
            }
        }
    }
    Some(digits)
}

/// A Chinese number below 100: 九, 十二, 三十, 五十五, 零五.
pub(super) fn chinese_number(text: &str) -> Option<u16> {
    let digit = |c: char| match c {
        '两' => Some(2),
        _ => "零一二三四五六七八九".chars().position(|d| d == c).and_then(|n| u16::try_from(n).ok()),
    };
    let one = |text: &str| {
        let mut chars = text.trim_start_matches('零').chars();
        match (chars.next(), chars.next()) {
            (None, _) => Some(0),
            (Some(c), None) => digit(c),
            _ => None,
        }
    };
    match text.split_once('十') {
        None => one(text),
        Some((tens, units)) => {
            let tens = if tens.is_empty() { 1 } else { one(tens)? };
            Some(tens * 10 + one(units)?)
        }
    }
}

/// Adds a number below 100 in two digits: outputs have tens of thousands of times, for which `format!` is slow.
pub(crate) fn push_two(text: &mut String, number: u16) {
    for digit in [number / 10 % 10, number % 10] {
        text.push(u8::try_from(digit).map_or('0', |digit| char::from(b'0' + digit)));
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Digit by digit, because pages are full of times and `{:02}` takes five times as long.
        let (hour, minute) = if self.0 > DAY { ((self.0 - DAY) / 60, self.0 % 60) } else { (self.0 / 60, self.0 % 60) };
        let digit = |number: u16| char::from_digit(u32::from(number % 10), 10).unwrap_or('0');
        for mark in [digit(hour / 10), digit(hour), ':', digit(minute / 10), digit(minute)] {
            f.write_char(mark)?;
        }
        Ok(())
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::read(&text)
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> String {
        time.to_string()
    }
}

/// An interval of a day, its end not included; it cannot end before it begins, and lasts a day at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("format" = "time-range"))]
pub struct TimeRange {
    start: TimeOfDay,
    end: TimeOfDay,
}

impl TimeRange {
    /// An interval; `None` if it does not end after it begins, within a day.
    pub fn new(start: TimeOfDay, end: TimeOfDay) -> Option<Self> {
        (start < end && end.0 - start.0 <= DAY).then_some(Self { start, end })
    }

    /// All of a day.
    pub const ALL_DAY: Self = Self { start: TimeOfDay::MIDNIGHT, end: TimeOfDay::END };

    /// When it begins.
    pub fn start(&self) -> TimeOfDay {
        self.start
    }

    /// When it ends; this minute is no longer in it.
    pub fn end(&self) -> TimeOfDay {
        self.end
    }

    /// The minutes that both have.
    pub fn overlap(&self, other: &TimeRange) -> Option<TimeRange> {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }

    /// How long it is, in minutes.
    pub fn minutes(&self) -> u16 {
        self.end.0 - self.start.0
    }

    /// Whether it ends on the day after.
    pub fn passes_midnight(&self) -> bool {
        self.end > TimeOfDay::END
    }

    /// Whether it begins between one and six at night and ends on that day: more often an afternoon that was counted to
    /// twelve.
    pub fn begins_before_dawn(&self) -> bool {
        (60..6 * 60).contains(&self.start.0) && !self.passes_midnight()
    }

    /// What was counted to twelve, as the clock of 24 hours has it in the second half of the day; an end after noon stays.
    /// `None` if it then does not end after it begins.
    pub fn after_noon(&self) -> Option<Self> {
        let later = |time: TimeOfDay| TimeOfDay::new(time.0 / 60 + 12, time.0 % 60);
        let end = if self.end <= TimeOfDay::NOON { later(self.end)? } else { self.end };
        Self::new(later(self.start)?, end)
    }

    /// Reads `09:00-11:30`, `下午2点半至6点`, and past midnight `18:00-02:00` or `20:00-次日08:00`. An end before the
    /// beginning is the next day's only if it is called so, or if an evening plainly runs into the night: anything
    /// else is more often a typing mistake.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let plain = half_width(text.trim());
        let (start, end) =
            plain.split_once(['-', '~', '至', '到']).ok_or_else(|| Problem::new(Code::NotATime).with("text", text))?;
        let place_text = |problem: Problem| match problem.code {
            Code::NotATime => Problem::new(Code::NotATime).with("text", text),
            Code::PartOfDayDisagrees => {
                let part = problem.argument("part").unwrap_or_default();
                Problem::new(Code::PartOfDayDisagrees).with("text", text).with("part", part)
            }
            _ => problem,
        };
        let (start, part) = read_time(start, None).map_err(place_text)?;
        let (end, next_day) = after_midnight(end.trim());
        let (end, _) = read_time(end, part.filter(|_| !next_day)).map_err(place_text)?;
        let runs_into_the_night = start.0 >= EVENING && end.0 <= EARLY;
        let end = if next_day || runs_into_the_night { end.next_day() } else { end };
        Self::new(start, end).ok_or_else(|| match part {
            // 下午9:00-10:00: said of the afternoon, counted as in the morning.
            Some(PartOfDay::Afternoon) if start.0 >= AFTERNOON_ENDS => {
                Problem::new(Code::PartOfDayDisagrees).with("text", text).with("part", "下午")
            }
            _ => Problem::new(Code::TimesBackwards).with("text", text),
        })
    }
}

/// An end without the word that puts it into the day after, and whether there was one.
fn after_midnight(end: &str) -> (&str, bool) {
    for word in ["次日", "第二天", "翌日"] {
        if let Some(rest) = end.strip_prefix(word) {
            return (rest.trim(), true);
        }
    }
    for word in ["+1", "next day"] {
        if let Some(rest) = end.strip_suffix(word) {
            return (rest.trim(), true);
        }
    }
    (end, false)
}

impl fmt::Display for TimeRange {
    /// As timetables print it: 09:00–11:30, with an en dash.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{}", self.start, self.end)
    }
}

impl TryFrom<String> for TimeRange {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::read(&text)
    }
}

impl From<TimeRange> for String {
    fn from(range: TimeRange) -> String {
        let mark = if range.passes_midnight() { "+1" } else { "" };
        format!("{}-{}{mark}", range.start, range.end)
    }
}

/// Full-width digits, letters and marks as their half-width forms, dashes of all kinds as `-`.
pub(super) fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
                char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c)
            }
            '：' => ':',
            '，' => ',',
            '；' => ';',
            '＋' => '+',
            '－' | '–' | '—' | '―' | '−' => '-',
            '～' => '~',
            '／' => '/',
            '．' => '.',
            '\u{3000}' | '\u{a0}' => ' ',
            c => c,
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn chinese_times_are_read_as_people_say_them() {
        for (said, meant) in [
            ("上午9点至12点", "09:00–12:00"),
            ("下午2点半至6点", "14:30–18:00"),
            ("中午11点半到1点", "11:30–13:00"),
            ("中午12点到5点", "12:00–17:00"),
            ("晚上7点到9点", "19:00–21:00"),
            ("傍晚6点到晚上12点", "18:00–24:00"),
            ("凌晨12点到早上6点", "00:00–06:00"),
            ("下午14:30-18:00", "14:30–18:00"),
            ("上午九点到十二点", "09:00–12:00"),
            ("下午两点半至五点一刻", "14:30–17:15"),
            ("晚上十点四十五分到十一点零五分", "22:45–23:05"),
        ] {
            assert_eq!(TimeRange::read(said).unwrap().to_string(), meant, "{said}");
        }
        assert_eq!(TimeRange::read("晚上12点半到1点").unwrap_err().code, Code::TimeOutOfRange);
        for said in ["下午9:00-10:00", "上午15:00-17:00", "晚上14:00-16:00", "凌晨9点到11点"] {
            assert_eq!(TimeRange::read(said).unwrap_err().code, Code::PartOfDayDisagrees, "{said}");
        }
        assert_eq!(TimeRange::read("下午2点至8点").unwrap_err().code, Code::TimesBackwards);
    }

    #[test]
    fn an_evening_runs_past_midnight_and_anything_else_only_if_it_is_said() {
        for (said, minutes) in [
            ("18:00-02:00", (1080, 1560)),
            ("晚上8点到凌晨2点", (1200, 1560)),
            ("20:00-次日08:00", (1200, 1920)),
            ("9:00-9:00+1", (540, 1980)),
            ("18:00-24:00", (1080, 1440)),
            ("18:00-0:00", (1080, 1440)),
        ] {
            let read = TimeRange::read(said).unwrap();
            assert_eq!((read.start.minutes(), read.end.minutes()), minutes, "{said}");
            assert_eq!(TimeRange::read(&String::from(read)).unwrap(), read, "{said}");
        }
        for said in ["17:00-14:30", "14:30-05:30", "09:00-02:00", "8:00-次日9:00", "10:00-10:00"] {
            assert_eq!(TimeRange::read(said).unwrap_err().code, Code::TimesBackwards, "{said}");
        }
    }
}
