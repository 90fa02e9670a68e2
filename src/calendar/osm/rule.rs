//! One rule of an `opening_hours` value, as data and as text.
//!
//! The reader makes rules from text and the writer from our hours, so both agree on what a rule is. `Display` gives
//! the form that the specification asks for: two digits, no spaces within a list, the year before each date.

use std::fmt;

use jiff::civil::{Date, Weekday};

use super::super::weekday::WEEK;
use super::year::LEAP_YEAR;
use crate::calendar::{DateSpan, HolidayCalendar, MonthDay, Pattern, TimeRange, WeekOfMonth, WeekdaySet, YearlySpan};

const WEEKDAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// What the writer says of hours that began on the day before, and the reader leaves to that day.
pub(super) const NIGHT_BEFORE: &str = "night before";

/// How a rule stands to those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// `;` It decides the days that it names.
    Override,
    /// `,` It adds to what is there.
    Add,
    /// `||` It holds where nothing before it is open.
    Otherwise,
}

/// Which dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Dates {
    /// All.
    Every,
    /// Parts of every year.
    Yearly(Vec<YearlySpan>),
    /// Dates with their year.
    Dated(Vec<DateSpan>),
}

/// Which weeks, by their ISO 8601 number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weeks {
    /// All.
    Every,
    /// 1, 3, 5 …
    Odd,
    /// 2, 4, 6 …
    Even,
}

/// The days of a rule: those that fulfil every part that is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) dates: Dates,
    pub(super) weeks: Weeks,
    /// Weekdays; none if they are not said.
    pub(super) weekdays: WeekdaySet,
    /// Weekdays of a month, beside the weekdays.
    pub(super) of_month: Vec<(WeekOfMonth, Weekday)>,
    /// Public holidays, beside the weekdays.
    pub(super) public_holidays: bool,
}

/// What a rule says of its times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Open,
    ByAppointment,
    Closed,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) join: Join,
    pub(super) days: Days,
    /// Times; none means all day.
    pub(super) times: Vec<TimeRange>,
    pub(super) state: State,
    /// Whether the times only repeat what the day before reaches past midnight.
    pub(super) night_before: bool,
}

impl Default for Days {
    /// All days.
    fn default() -> Self {
        Self {
            dates: Dates::Every,
            weeks: Weeks::Every,
            weekdays: WeekdaySet::NONE,
            of_month: Vec::new(),
            public_holidays: false,
        }
    }
}

impl Days {
    /// Whether it is said on which weekdays or holidays.
    pub(super) fn are_named(&self) -> bool {
        !self.weekdays.is_empty() || !self.of_month.is_empty() || self.public_holidays
    }

    /// Whether a date is one of the days; `holiday` says whether it is a public holiday.
    pub(super) fn contain(&self, date: Date, holiday: bool) -> bool {
        let nothing_special = HolidayCalendar::default();
        let falls_on = |pattern: Pattern| pattern.falls_on(date, date, &nothing_special);
        let dated = match &self.dates {
            Dates::Every => true,
            Dates::Yearly(spans) => spans.iter().any(|span| span.contains(date)),
            Dates::Dated(spans) => spans.iter().any(|span| span.contains(date)),
        };
        let in_week = match self.weeks {
            Weeks::Every => true,
            Weeks::Odd => falls_on(Pattern::OddWeeks(WeekdaySet::ALL)),
            Weeks::Even => falls_on(Pattern::EvenWeeks(WeekdaySet::ALL)),
        };
        let named = !self.are_named()
            || self.weekdays.contains(date.weekday())
            || (self.public_holidays && holiday)
            || self.of_month.iter().any(|(week, day)| falls_on(Pattern::Monthly(*week, *day)));
        dated && in_week && named
    }
}

/// The text of rules in a row.
pub(super) fn written(rules: &[Rule]) -> String {
    let mut text = String::new();
    for (index, rule) in rules.iter().enumerate() {
        text.push_str(match rule.join {
            _ if index == 0 => "",
            Join::Override => "; ",
            Join::Add => ", ",
            Join::Otherwise => " || ",
        });
        text.push_str(&rule.to_string());
    }
    text
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if self.days == Days::default() && self.times == [TimeRange::ALL_DAY] {
            parts.push("24/7".to_owned());
        } else {
            parts.extend(days_text(&self.days));
            let times: Vec<String> = self.times.iter().map(time_text).collect();
            parts.extend(Some(times.join(",")).filter(|text| !text.is_empty()));
        }
        let state = match (self.state, self.night_before) {
            (State::Closed, _) => "off".to_owned(),
            // A comment alone would be enough, but there are readers that take it for a remark on open hours.
            (State::ByAppointment, false) => "unknown \"by appointment\"".to_owned(),
            (State::ByAppointment, true) => format!("unknown \"by appointment, {NIGHT_BEFORE}\""),
            (State::Open, true) => format!("open \"{NIGHT_BEFORE}\""),
            (State::Open, false) if self.times.is_empty() => "open".to_owned(),
            (State::Open, false) => String::new(),
        };
        parts.extend(Some(state).filter(|text| !text.is_empty()));
        f.write_str(&parts.join(" "))
    }
}

fn days_text(days: &Days) -> Vec<String> {
    let mut parts = Vec::new();
    match &days.dates {
        Dates::Every => {}
        Dates::Yearly(spans) => parts.push(joined(spans.iter().map(yearly_text))),
        Dates::Dated(spans) => parts.push(joined(spans.iter().map(dated_text))),
    }
    match days.weeks {
        Weeks::Every => {}
        Weeks::Odd => parts.push("week 01-53/2".to_owned()),
        Weeks::Even => parts.push("week 02-53/2".to_owned()),
    }
    let weekdays =
        days.weekdays.runs().into_iter().map(|(first, last)| match (weekday_name(first), weekday_name(last)) {
            (first, last) if first == last => first.to_owned(),
            (first_name, last_name) if first.next() == last => format!("{first_name},{last_name}"),
            (first, last) => format!("{first}-{last}"),
        });
    let of_month = days.of_month.iter().map(|(week, day)| match week {
        WeekOfMonth::Nth(nth) => format!("{}[{nth}]", weekday_name(*day)),
        WeekOfMonth::Last => format!("{}[-1]", weekday_name(*day)),
    });
    let holidays = days.public_holidays.then(|| "PH".to_owned());
    let named = joined(weekdays.chain(of_month).chain(holidays));
    parts.extend(Some(named).filter(|text| !text.is_empty()));
    parts
}

fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(",")
}

/// `09:00-12:00`; past midnight `18:00-02:00`, and a whole day from another time than midnight `09:00-33:00`.
fn time_text(time: &TimeRange) -> String {
    let (start, end) = (time.start().minutes(), time.end().minutes());
    let day = TimeRange::ALL_DAY.minutes();
    let end = if time.passes_midnight() && time.minutes() < day { end - day } else { end };
    format!("{:02}:{:02}-{:02}:{:02}", start / 60, start % 60, end / 60, end % 60)
}

fn dated_text(span: &DateSpan) -> String {
    let day = |date: Date| format!("{} {} {:02}", date.year(), month_name(date.month()), date.day());
    let (first, last) = (span.first(), span.last());
    if first == last {
        day(first)
    } else if first.first_of_month() == last.first_of_month() && !ends_february((last.month(), last.day())) {
        format!("{}-{:02}", day(first), last.day())
    } else {
        format!("{}-{}", day(first), day(last))
    }
}

fn yearly_text(span: &YearlySpan) -> String {
    let ends = |day: MonthDay| (day.month(), day.day());
    let (from, to) = (ends(span.from), ends(span.to));
    let range = |to: (i8, i8)| {
        let day = |(month, day): (i8, i8)| format!("{} {day:02}", month_name(month));
        if from == to {
            day(from)
        } else if from.0 == to.0 && from < to && !ends_february(to) {
            format!("{}-{:02}", day(from), to.1)
        } else {
            format!("{}-{}", day(from), day(to))
        }
    };
    if is_all_year(span) {
        "Jan-Dec".to_owned()
    } else if from.1 == 1 && to.1 == days_in(to.0) {
        let (first, last) = (month_name(from.0), month_name(to.0));
        if first == last { first.to_owned() } else { format!("{first}-{last}") }
    } else if to == (2, 29) && from != to {
        // What ends with the leap day ends with the 28th in other years, which a range to the 29th would pass.
        format!("{},Feb 29", range((2, 28)))
    } else if (from, to) == ((3, 1), (2, 28)) {
        // In most years this leaves no day out, and a range that ends where it begins would have no day.
        "Jan 01-Feb 28,Mar-Dec".to_owned()
    } else {
        range(to)
    }
}

/// Whether a day may be the last of its February: opening_hours.js takes `Feb 20-28` for no day at all where it is, and
/// `Feb 20-Feb 28` for what it says.
fn ends_february(day: (i8, i8)) -> bool {
    matches!(day, (2, 28 | 29))
}

/// Whether a part of the year leaves no day out.
pub(super) fn is_all_year(span: &YearlySpan) -> bool {
    let (from, to) = (span.from, span.to);
    match from.day() {
        1 => to.month() == (from.month() + 10) % 12 + 1 && to.day() == days_in(to.month()),
        day => (to.month(), to.day()) == (from.month(), day - 1),
    }
}

/// The days of a month in a leap year.
pub(super) fn days_in(month: i8) -> i8 {
    Date::new(LEAP_YEAR, month, 1).map_or(31, Date::days_in_month)
}

fn weekday_name(day: Weekday) -> &'static str {
    WEEK.into_iter().zip(WEEKDAYS).find(|(known, _)| *known == day).map_or("", |(_, name)| name)
}

/// The weekday of a two-letter name.
pub(super) fn weekday_of(name: &str) -> Option<Weekday> {
    WEEK.into_iter().zip(WEEKDAYS).find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(day, _)| day)
}

fn month_name(month: i8) -> &'static str {
    (1..).zip(MONTHS).find(|(number, _)| *number == month).map_or("", |(_, name)| name)
}

/// The number of a month of a three-letter name.
pub(super) fn month_of(name: &str) -> Option<i8> {
    (1..).zip(MONTHS).find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(number, _)| number)
}
