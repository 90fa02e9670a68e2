//! The open intervals of a day.
//!
//! In order, apart from each other, each open to everyone or by appointment. A day without any is closed.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::time::{TimeOfDay, TimeRange, half_width};
use crate::diagnostics::{Code, Problem};

/// An interval in which a place is open to everyone, or to those with an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Opening {
    /// From when to when.
    pub time: TimeRange,
    /// Whether one has to make an appointment first.
    pub by_appointment: bool,
}

impl From<TimeRange> for Opening {
    fn from(time: TimeRange) -> Self {
        Self { time, by_appointment: false }
    }
}

/// The open intervals of one day, in order and apart from each other; none means closed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("format" = "intervals"))]
pub struct Intervals(#[schemars(with = "String")] Vec<Opening>);

/// Words for an appointment behind a time, the longest first.
const APPOINTMENT: [&str; 6] = ["by appointment only", "by appointment", "需要预约", "须预约", "需预约", "预约"];

impl Intervals {
    /// Closed all day.
    pub const CLOSED: Self = Self(Vec::new());

    /// Intervals in any order; `None` if two of them overlap.
    pub fn new(ranges: Vec<TimeRange>) -> Option<Self> {
        Self::of(ranges.into_iter().map(Opening::from).collect())
    }

    /// Intervals in any order, each open or by appointment; `None` if two of them overlap.
    pub fn of(mut openings: Vec<Opening>) -> Option<Self> {
        openings.sort();
        let apart = openings.windows(2).all(|pair| match pair {
            [a, b] => a.time.end() <= b.time.start(),
            _ => true,
        });
        apart.then_some(Self(openings))
    }

    /// The intervals, in order.
    pub fn openings(&self) -> &[Opening] {
        &self.0
    }

    /// The times of the intervals, in order.
    pub fn ranges(&self) -> impl DoubleEndedIterator<Item = &TimeRange> + ExactSizeIterator {
        self.0.iter().map(|opening| &opening.time)
    }

    /// Whether there is none.
    pub fn is_closed(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the whole of `range` lies in the intervals; two that touch are as good as one.
    pub fn covers(&self, range: &TimeRange) -> bool {
        let mut reached = range.start();
        for open in self.ranges().filter(|open| open.end() > range.start()) {
            if open.start() > reached {
                return false;
            }
            reached = reached.max(open.end());
            if reached >= range.end() {
                return true;
            }
        }
        false
    }

    /// What is left when `closed` is taken out.
    #[must_use]
    pub fn without(&self, closed: &TimeRange) -> Self {
        self.without_from(closed.start(), closed.end())
    }

    /// What is left when everything from `start` to `end` is taken out.
    #[must_use]
    pub(super) fn without_from(&self, start: TimeOfDay, end: TimeOfDay) -> Self {
        if start >= end {
            return self.clone();
        }
        let left = self.0.iter().flat_map(|open| {
            let before = TimeRange::new(open.time.start(), open.time.end().min(start));
            let after = TimeRange::new(open.time.start().max(end), open.time.end());
            [before, after].into_iter().flatten().map(|time| Opening { time, ..*open })
        });
        Self(left.collect())
    }

    /// Whether a minute of the day lies in one of the intervals, and then whether that is by appointment.
    pub fn at(&self, minute: u16) -> Option<bool> {
        let inside =
            |opening: &&Opening| (opening.time.start().minutes()..opening.time.end().minutes()).contains(&minute);
        self.0.iter().find(inside).map(|opening| opening.by_appointment)
    }

    /// These intervals and those of the day after behind them.
    #[must_use]
    pub(super) fn followed_by(&self, day_after: &Intervals) -> Self {
        let later = day_after.0.iter().filter_map(|opening| {
            // What passes the second midnight is of no interest to a time that began on the first day.
            let end = if opening.time.passes_midnight() { TimeOfDay::END } else { opening.time.end() };
            let time = TimeRange::new(opening.time.start().next_day(), end.next_day())?;
            Some(Opening { time, ..*opening })
        });
        let mut openings: Vec<Opening> = self.0.iter().copied().chain(later).collect();
        openings.sort();
        Self(openings)
    }

    /// What both have; by appointment where either of them is.
    #[must_use]
    pub fn common(&self, other: &Intervals) -> Self {
        let both = self.0.iter().flat_map(|one| {
            other.0.iter().filter_map(|two| {
                let by_appointment = one.by_appointment || two.by_appointment;
                Some(Opening { time: one.time.overlap(&two.time)?, by_appointment })
            })
        });
        let mut openings: Vec<Opening> = both.collect();
        openings.sort();
        Self(openings)
    }

    /// Reads `08:30-12:00, 14:30-18:00`, or `closed`, `休息`, `不开放`, `关闭`; a time may be followed by `预约` or
    /// `by appointment`, and that alone means all day by appointment.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let plain = half_width(text.trim()).to_lowercase().replace('（', "(").replace('）', ")");
        match plain.as_str() {
            "closed" | "休息" | "休" | "公休" | "不开放" | "关闭" | "关门" | "off" => {
                return Ok(Self::CLOSED);
            }
            "24h" | "24/7" | "全天" | "24小时" | "全天开放" => {
                return Ok(Self(vec![TimeRange::ALL_DAY.into()]));
            }
            "" => return Err(Problem::new(Code::NotATime).with("text", text).with("several", "")),
            _ => {}
        }
        let of_several = |problem: Problem| match problem.code {
            Code::NotATime => problem.with("several", ""),
            _ => problem,
        };
        let openings = plain.split([',', ';', '、']).map(|part| {
            let (time, by_appointment) = without_appointment(part.trim());
            let time = if time.is_empty() && by_appointment {
                TimeRange::ALL_DAY
            } else {
                TimeRange::read(time).map_err(of_several)?
            };
            Ok(Opening { time, by_appointment })
        });
        Self::of(openings.collect::<Result<_, Problem>>()?)
            .ok_or_else(|| Problem::new(Code::TimesOverlap).with("text", text))
    }
}

/// A time without the words behind it that ask for an appointment, and whether there were any.
fn without_appointment(text: &str) -> (&str, bool) {
    let bare = text.strip_suffix(')').map_or(text, str::trim_end);
    let found = APPOINTMENT.iter().find_map(|word| bare.strip_suffix(word));
    found.map_or((text, false), |time| (time.trim_end_matches(['(', ' ']), true))
}

impl fmt::Display for Intervals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, opening) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            let appointment = if opening.by_appointment { " by appointment" } else { "" };
            write!(f, "{separator}{}{appointment}", opening.time)?;
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
        let written = intervals.0.into_iter().map(|opening| {
            let appointment = if opening.by_appointment { " by appointment" } else { "" };
            format!("{}{appointment}", String::from(opening.time))
        });
        written.collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_may_be_by_appointment() {
        let read = |text: &str| String::from(Intervals::read(text).unwrap());
        assert_eq!(read("09:00-12:00, 14:30-17:00（预约）"), "09:00-12:00, 14:30-17:00 by appointment");
        assert_eq!(read("14:30-17:00 By Appointment"), "14:30-17:00 by appointment");
        assert_eq!(read("预约"), "00:00-24:00 by appointment");
    }
}
