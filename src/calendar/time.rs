//! Times of day and intervals of a day.
//!
//! Minutes from midnight, not clock times: 24:00 is the end of the day. An interval that ends before it begins
//! cannot be made.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write as _};

use crate::diagnostics::{Code, Problem};

const DAY: u16 = 24 * 60;

/// A time of day in minutes from midnight, 0 to 1440.
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

    /// Minutes from midnight.
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
    let named = PARTS.iter().find_map(|(word, part)| Some((plain.strip_prefix(word)?, *part)));
    let (digits, part) = match named {
        Some((rest, part)) => (rest.trim(), Some(part)),
        None => (plain.as_str(), inherited),
    };
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
    let time = TimeOfDay::new(part.map_or(hour, |part| part.hour(hour, named.is_none())), minute);
    time.map(|time| (time, part)).ok_or_else(|| Problem::new(Code::TimeOutOfRange).with("text", text))
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Digit by digit, because pages are full of times and `{:02}` takes five times as long.
        let (hour, minute) = (self.0 / 60, self.0 % 60);
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

/// An interval of a day, its end not included; it cannot end before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("format" = "time-range"))]
pub struct TimeRange {
    start: TimeOfDay,
    end: TimeOfDay,
}

impl TimeRange {
    /// An interval; `None` if it does not end after it begins.
    pub fn new(start: TimeOfDay, end: TimeOfDay) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

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

    /// Reads `09:00-11:30` or `下午2点半至6点`.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let plain = half_width(text.trim());
        let (start, end) =
            plain.split_once(['-', '~', '至', '到']).ok_or_else(|| Problem::new(Code::NotATime).with("text", text))?;
        let place_text = |problem: Problem| match problem.code {
            Code::NotATime => Problem::new(Code::NotATime).with("text", text),
            _ => problem,
        };
        let (start, part) = read_time(start, None).map_err(place_text)?;
        let (end, _) = read_time(end, part).map_err(place_text)?;
        Self::new(start, end).ok_or_else(|| Problem::new(Code::TimesBackwards).with("text", text))
    }
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
        format!("{}-{}", range.start, range.end)
    }
}

/// The open intervals of one day, in order and apart from each other; none means closed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("format" = "intervals"))]
pub struct Intervals(#[schemars(with = "String")] Vec<TimeRange>);

impl Intervals {
    /// Closed all day.
    pub const CLOSED: Self = Self(Vec::new());

    /// Intervals in any order; `None` if two of them overlap.
    pub fn new(mut ranges: Vec<TimeRange>) -> Option<Self> {
        ranges.sort();
        let apart = ranges.windows(2).all(|pair| match pair {
            [a, b] => a.end <= b.start,
            _ => true,
        });
        apart.then_some(Self(ranges))
    }

    /// The intervals, in order.
    pub fn ranges(&self) -> &[TimeRange] {
        &self.0
    }

    /// Whether there is none.
    pub fn is_closed(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the whole of `range` lies in one of the intervals.
    pub fn covers(&self, range: &TimeRange) -> bool {
        self.0.iter().any(|open| open.start <= range.start && range.end <= open.end)
    }

    /// What is left when `closed` is taken out.
    #[must_use]
    pub fn without(&self, closed: &TimeRange) -> Self {
        let left = self.0.iter().flat_map(|open| {
            let before = TimeRange::new(open.start, open.end.min(closed.start));
            let after = TimeRange::new(open.start.max(closed.end), open.end);
            [before, after].into_iter().flatten()
        });
        Self(left.collect())
    }

    /// Reads `08:30-12:00, 14:30-18:00`, or `closed`, `休息`, `不开放`, `关闭`.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let plain = half_width(text.trim());
        match plain.to_lowercase().as_str() {
            "closed" | "休息" | "不开放" | "关闭" | "off" => return Ok(Self::CLOSED),
            "24h" | "全天" | "24小时" => {
                return Ok(Self(vec![TimeRange { start: TimeOfDay::MIDNIGHT, end: TimeOfDay::END }]));
            }
            "" => return Err(Problem::new(Code::NotATime).with("text", text)),
            _ => {}
        }
        let ranges: Result<Vec<_>, _> = plain.split([',', ';', '、']).map(TimeRange::read).collect();
        Self::new(ranges?).ok_or_else(|| Problem::new(Code::TimesOverlap).with("text", text))
    }
}

impl fmt::Display for Intervals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, range) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{range}")?;
        }
        Ok(())
    }
}

impl TryFrom<String> for Intervals {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::read(&text)
    }
}

impl From<Intervals> for String {
    fn from(intervals: Intervals) -> String {
        if intervals.is_closed() {
            return "closed".to_owned();
        }
        let ranges: Vec<String> = intervals.0.into_iter().map(String::from).collect();
        ranges.join(", ")
    }
}

/// Full-width digits and marks as their half-width forms, dashes of all kinds as `-`.
pub(super) fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            '：' => ':',
            '，' => ',',
            '；' => ';',
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
        ] {
            assert_eq!(TimeRange::read(said).unwrap().to_string(), meant, "{said}");
        }
        assert_eq!(TimeRange::read("晚上12点半到1点").unwrap_err().code, Code::TimeOutOfRange);
        assert_eq!(TimeRange::read("下午2点至8点").unwrap_err().code, Code::TimesBackwards);
    }
}
