//! Civil dates as editors write them: a day, a span of days, a day of each year.

use jiff::civil::{Date, DateTime, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::time::{DAY, TimeOfDay, TimeRange, half_width, push_two};
use crate::diagnostics::{Code, Problem};

/// A civil date such as `2026-10-01`; `2026年10月1日` and `2026/10/1` are read too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("format" = "date"))]
pub struct Day(pub Date);

impl Day {
    /// Reads one date.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let plain = half_width(text.trim());
        let tidy: String = plain
            .trim_end_matches(['日', '号'])
            .chars()
            .map(|c| if matches!(c, '年' | '月' | '/' | '.') { '-' } else { c })
            .collect();
        let mut parts = tidy.split('-').map(|part| part.trim().parse::<i16>().ok());
        let numbers = (parts.next().flatten(), parts.next().flatten(), parts.next().flatten(), parts.next());
        let (Some(year), Some(month), Some(day), None) = numbers else {
            return Err(Problem::new(Code::NotADate).with("text", text));
        };
        if !(1900..=2199).contains(&year) {
            return Err(Problem::new(Code::NotADate).with("text", text));
        }
        i8::try_from(month)
            .ok()
            .zip(i8::try_from(day).ok())
            .and_then(|(month, day)| Date::new(year, month, day).ok())
            .map(Self)
            .ok_or_else(|| Problem::new(Code::NoSuchDate).with("text", text))
    }
}

impl std::ops::Deref for Day {
    type Target = Date;
    fn deref(&self) -> &Date {
        &self.0
    }
}

impl TryFrom<String> for Day {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::read(&text)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.0.to_string()
    }
}

/// One or more days in a row: `2026-10-01` or `2026-10-01..2026-10-07`, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("format" = "date-span"))]
pub struct DateSpan {
    first: Date,
    last: Date,
}

impl DateSpan {
    /// A span from its first to its last day; `None` if it ends before it begins.
    pub fn new(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// The first day.
    pub fn first(&self) -> Date {
        self.first
    }

    /// The last day.
    pub fn last(&self) -> Date {
        self.last
    }

    /// Whether the day is one of the span's.
    pub fn contains(&self, date: Date) -> bool {
        (self.first..=self.last).contains(&date)
    }

    /// The days that both spans have.
    pub fn overlap(&self, other: &DateSpan) -> Option<DateSpan> {
        Self::new(self.first.max(other.first), self.last.min(other.last))
    }

    /// The days, in order.
    pub fn days(&self) -> impl Iterator<Item = Date> + use<> {
        let last = self.last;
        std::iter::successors(Some(self.first), |day| day.tomorrow().ok()).take_while(move |day| *day <= last)
    }

    /// Reads one day or two with `..`, `~`, `至` or `到` between them.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let separator = ["..", "~", "～", "至", "到", "—", "–"].into_iter().find(|s| text.contains(s));
        let Some((first, last)) = separator.and_then(|s| text.split_once(s)) else {
            let day = Day::read(text)?.0;
            return Ok(Self { first: day, last: day });
        };
        let (first, last) = (Day::read(first)?.0, Day::read(last)?.0);
        Self::new(first, last).ok_or_else(|| Problem::new(Code::DatesBackwards).with("text", text))
    }
}

impl TryFrom<String> for DateSpan {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::read(&text)
    }
}

impl From<DateSpan> for String {
    fn from(span: DateSpan) -> String {
        let mut text = String::with_capacity("2026-10-01..2026-10-07".len());
        push_iso(&mut text, span.first);
        if span.first != span.last {
            text.push_str("..");
            push_iso(&mut text, span.last);
        }
        text
    }
}

/// A date with times, e.g. `2026-10-09 14:30-17:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("format" = "moment"))]
pub struct Moment {
    /// The date.
    pub date: Date,
    /// From when to when.
    pub time: TimeRange,
}

impl Moment {
    /// Reads a date, a space and a time range.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let problem = || Problem::new(Code::NotAMoment).with("text", text);
        let (date, time) = text.trim().split_once(char::is_whitespace).ok_or_else(problem)?;
        Ok(Self { date: Day::read(date)?.0, time: TimeRange::read(time)? })
    }
}

impl TryFrom<String> for Moment {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::read(&text)
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> String {
        format!("{} {}", moment.date, moment.time)
    }
}

/// A civil date, or a civil date and a time of that day: `2026-12-01`, `2026-12-01 15:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("format" = "day-or-time"))]
pub struct DayOrTime {
    /// The date.
    pub date: Date,
    /// The time of that day, if it is not the whole of it.
    pub time: Option<TimeOfDay>,
}

impl DayOrTime {
    /// Reads a date, or a date, a space or `T`, and a time.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let plain = text.trim();
        let Some((date, time)) = plain.split_once(|c: char| c.is_whitespace() || c == 'T') else {
            return Ok(Self { date: Day::read(plain)?.0, time: None });
        };
        let not_this = |problem: Problem| match problem.code {
            Code::NotADate | Code::NotATime => Problem::new(Code::NotADayOrTime).with("text", text),
            _ => problem,
        };
        let date = Day::read(date).map_err(not_this)?.0;
        Ok(Self { date, time: Some(TimeOfDay::read(time).map_err(not_this)?) })
    }

    /// The first instant of what begins here.
    pub fn begins(&self) -> DateTime {
        at(self.date, self.time.unwrap_or(TimeOfDay::MIDNIGHT))
    }

    /// The instant after the last one of what holds until here: a date is included.
    pub fn ends(&self) -> DateTime {
        at(self.date, self.time.unwrap_or(TimeOfDay::END))
    }
}

/// A time of a date; 24:00 and later are of the day after.
pub fn at(date: Date, time: TimeOfDay) -> DateTime {
    let minutes = time.minutes();
    let after_midnight = (0..minutes / DAY).try_fold(date, |day, _| day.tomorrow());
    let (hour, minute) = (i8::try_from(minutes % DAY / 60), i8::try_from(minutes % 60));
    let clock = Time::new(hour.unwrap_or_default(), minute.unwrap_or_default(), 0, 0);
    after_midnight.ok().zip(clock.ok()).map_or(DateTime::MAX, |(day, clock)| day.to_datetime(clock))
}

/// A date as `2026-11-24` (ISO 8601).
pub(crate) fn iso(date: Date) -> String {
    let mut text = String::with_capacity("2026-11-24".len());
    push_iso(&mut text, date);
    text
}

/// Adds a date as `2026-11-24`: outputs have tens of thousands, for which `to_string` is slow.
fn push_iso(text: &mut String, date: Date) {
    let Ok(year) = u16::try_from(date.year()) else {
        return text.push_str(&date.to_string());
    };
    push_two(text, year / 100);
    push_two(text, year % 100);
    for part in [date.month(), date.day()] {
        text.push('-');
        push_two(text, part.unsigned_abs().into());
    }
}

impl TryFrom<String> for DayOrTime {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::read(&text)
    }
}

impl From<DayOrTime> for String {
    fn from(moment: DayOrTime) -> String {
        match moment.time {
            Some(time) => format!("{} {time}", moment.date),
            None => iso(moment.date),
        }
    }
}

/// A day of each year, e.g. `07-01`. A part of the year that begins on 29 February begins on 1 March in other years,
/// and one that ends on it ends on the 28th.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("format" = "month-day"))]
pub struct MonthDay {
    month: i8,
    day: i8,
}

impl MonthDay {
    /// Reads `07-01` or `7月1日`.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let plain = half_width(text.trim());
        let tidy = plain.trim_end_matches(['日', '号']).replace(['月', '/', '.'], "-");
        let problem = || Problem::new(Code::NotAMonthDay).with("text", text);
        let (month, day) = tidy.split_once('-').ok_or_else(problem)?;
        let month: i8 = month.trim().parse().map_err(|_| problem())?;
        let day: i8 = day.trim().parse().map_err(|_| problem())?;
        Date::new(2024, month, day).map_err(|_| Problem::new(Code::NoSuchDate).with("text", text))?;
        Ok(Self { month, day })
    }

    /// The day of the year on which a date falls.
    pub fn of(date: Date) -> Self {
        Self { month: date.month(), day: date.day() }
    }

    /// The month, 1 to 12.
    pub fn month(&self) -> i8 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(&self) -> i8 {
        self.day
    }
}

impl TryFrom<String> for MonthDay {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::read(&text)
    }
}

impl From<MonthDay> for String {
    fn from(day: MonthDay) -> String {
        format!("{:02}-{:02}", day.month, day.day)
    }
}

/// The same part of every year, both ends included; it may wrap the new year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct YearlySpan {
    /// The first day.
    pub from: MonthDay,
    /// The last day.
    pub to: MonthDay,
}

impl YearlySpan {
    /// Whether the date falls in this part of its year.
    pub fn contains(&self, date: Date) -> bool {
        let day = (date.month(), date.day());
        let (from, to) = ((self.from.month, self.from.day), (self.to.month, self.to.day));
        if from <= to { from <= day && day <= to } else { from <= day || day <= to }
    }

    /// The days of a year on which it may begin, or no longer hold.
    pub(crate) fn edges(&self, year: i16) -> impl Iterator<Item = Date> + use<> {
        // Where there is no 29 February, what follows it is meant.
        let day = |on: MonthDay| Date::new(year, on.month, on.day).or_else(|_| Date::new(year, on.month + 1, 1));
        let after = Date::new(year, self.to.month, self.to.day).map_or_else(|_| day(self.to), |last| last.tomorrow());
        day(self.from).into_iter().chain(after)
    }
}

/// A date of reduced precision (ISO 8601-1 §5.2.2.2): `2024`, `2024-06` or `2024-06-30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "YearOrText", into = "String")]
#[schemars(with = "YearOrText")]
pub enum RoughDate {
    /// A year.
    Year(i16),
    /// A month of a year.
    Month(i16, i8),
    /// A day.
    Day(Date),
}

impl RoughDate {
    /// Reads a year, a month or a day.
    pub fn read(text: &str) -> Result<Self, Problem> {
        if let Ok(day) = Day::read(text) {
            return Ok(Self::Day(day.0));
        }
        let plain = half_width(text.trim());
        let tidy = plain.trim_end_matches(['年', '月']).replace('年', "-");
        let problem = || Problem::new(Code::NotADate).with("text", text);
        let year = |year: &str| year.parse().ok().filter(|year| (1900..=2199).contains(year)).ok_or_else(problem);
        match tidy.split('-').collect::<Vec<_>>().as_slice() {
            [only] => Ok(Self::Year(year(only)?)),
            [first, month] => {
                let month: i8 = month.parse().map_err(|_| problem())?;
                let fits = (1..=12).contains(&month);
                fits.then_some(Self::Month(year(first)?, month))
                    .ok_or_else(|| Problem::new(Code::NoSuchDate).with("text", text))
            }
            _ => Day::read(text).map(|day| Self::Day(day.0)),
        }
    }
}

/// What YAML makes of `2024` and of `2024-06`.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum YearOrText {
    Year(i16),
    Text(#[schemars(extend("format" = "rough-date"))] String),
}

impl TryFrom<YearOrText> for RoughDate {
    type Error = Problem;
    fn try_from(written: YearOrText) -> Result<Self, Problem> {
        match written {
            YearOrText::Year(year) => Self::read(&year.to_string()),
            YearOrText::Text(text) => Self::read(&text),
        }
    }
}

impl From<RoughDate> for String {
    fn from(date: RoughDate) -> String {
        match date {
            RoughDate::Year(year) => year.to_string(),
            RoughDate::Month(year, month) => format!("{year}-{month:02}"),
            RoughDate::Day(date) => iso(date),
        }
    }
}
