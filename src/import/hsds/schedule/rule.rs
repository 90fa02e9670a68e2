//! The days of a schedule, by the rules of RFC 5545.
//!
//! A rule that names no days has those of its first one. What recurs by week or month is days and patterns; what is
//! reckoned from a first date stays a rule ([`Counted`]), and is refused without one.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use super::{RULE, Why, part};
use crate::calendar::{
    Date, DateSpan, HolidayCalendar, Pattern, RecurrenceRule, WeekOfMonth, Weekday, WeekdaySet, weekday_code,
};

/// The days on which a schedule falls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) enum Days {
    Weekly(WeekdaySet),
    /// In another way than weekly.
    Patterns(Vec<Pattern>),
    /// By a rule that is reckoned from a first date.
    Counted(Arc<Counted>),
    Dates(BTreeSet<Date>),
}

/// A rule of RFC 5545 with the date from which it is reckoned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct Counted {
    pub(in crate::import) rule: RecurrenceRule,
    pub(in crate::import) start: Date,
    /// After how many dates it ends, if it says so.
    pub(in crate::import) count: Option<usize>,
}

impl Counted {
    /// Its dates in a window.
    pub(in crate::import) fn dates(&self, window: DateSpan) -> Vec<Date> {
        self.rule.dates(self.start, window)
    }

    /// Whether it goes every other week.
    pub(in crate::import) fn is_fortnightly(&self) -> bool {
        let rule = self.rule.to_string();
        rule.starts_with("FREQ=WEEKLY") && rule.split(';').any(|part| part == "INTERVAL=2")
    }

    /// Its last date, if it ends after so many of them and does so by a day.
    pub(in crate::import) fn last_by(&self, day: Date) -> Option<Date> {
        let dates = self.dates(DateSpan::new(self.start, day).filter(|_| self.count.is_some())?);
        dates.last().copied().filter(|_| self.count == Some(dates.len()))
    }
}

impl Days {
    /// Whether they are of this date, whatever the dates between which they count.
    pub(in crate::import) fn contain(&self, date: Date) -> bool {
        match self {
            Self::Weekly(days) => days.contains(date.weekday()),
            Self::Patterns(patterns) => {
                patterns.iter().any(|pattern| pattern.falls_on(date, date, &HolidayCalendar::default()))
            }
            Self::Counted(counted) => DateSpan::new(date, date).is_some_and(|day| !counted.dates(day).is_empty()),
            Self::Dates(dates) => dates.contains(&date),
        }
    }
}

/// Keys of a rule that nobody here reads: it may fall on other days than the rest of it says.
const UNREAD: [&str; 7] = ["byhour", "byminute", "bysecond", "exrule", "rrule", "rscale", "skip"];

/// The parts of a rule, as they are written.
pub(super) struct Rule {
    freq: Option<String>,
    interval: String,
    count: Option<String>,
    byday: Option<String>,
    byweekno: Option<String>,
    bymonthday: Option<String>,
    byyearday: Option<String>,
    bymonth: Option<String>,
    bysetpos: Option<String>,
    wkst: Option<String>,
    /// Whether it has a part that is not read.
    has_more: bool,
}

impl Rule {
    pub(super) fn of(value: &Value) -> Self {
        let capital = |key| part(value, key).map(|text| text.to_ascii_uppercase().replace(' ', ""));
        Self {
            freq: capital("freq"),
            interval: part(value, "interval").unwrap_or_else(|| "1".to_owned()),
            count: part(value, "count"),
            byday: capital("byday").map(|days| days.replace([';', '，', '、'], ",")),
            byweekno: capital("byweekno"),
            bymonthday: capital("bymonthday"),
            byyearday: capital("byyearday"),
            bymonth: capital("bymonth"),
            bysetpos: capital("bysetpos"),
            wkst: capital("wkst"),
            has_more: UNREAD.iter().any(|key| part(value, key).is_some()),
        }
    }

    /// Whether it says neither how often nor on which days.
    pub(super) fn is_bare(&self) -> bool {
        let limits = [&self.byday, &self.byweekno, &self.bymonthday, &self.byyearday, &self.bymonth, &self.bysetpos];
        self.freq.is_none() && limits.iter().all(|part| part.is_none())
    }

    /// The one date of a schedule without a rule, by the dates on which it begins and ends.
    pub(super) fn single(&self, (valid, start): (Option<Date>, Option<Date>), last: Option<Date>) -> Result<Date, Why> {
        let only = start.or(valid.filter(|_| valid == last)).ok_or("schedule-days")?;
        let is_only = |end: Option<Date>| end.is_none_or(|end| end == only);
        let is_once = self.interval == "1" && self.count.as_deref().is_none_or(|count| count == "1") && !self.has_more;
        if is_once && is_only(valid) && is_only(last) { Ok(only) } else { Err("schedule-often") }
    }

    /// The days of the rule; `start` is the date from which it is reckoned.
    pub(super) fn days(&self, start: Option<Date>) -> Result<Days, Why> {
        if self.has_more {
            return Err(RULE);
        }
        let is_limited = self.byyearday.is_some() || self.bymonth.is_some() || self.bysetpos.is_some();
        let every_one = self.interval == "1" && self.count.is_none() && !is_limited;
        let of_weekdays = self.byday.as_deref().and_then(weekdays);
        let is_from_monday = self.wkst.as_deref().is_none_or(|day| day == "MO");
        match self.freq() {
            "DAILY" if every_one && self.byweekno.is_none() && self.bymonthday.is_none() => {
                return match (&self.byday, of_weekdays) {
                    (None, _) => Ok(Days::Weekly(WeekdaySet::ALL)),
                    (Some(_), Some(days)) => Ok(Days::Weekly(days)),
                    _ => Err(RULE),
                };
            }
            "WEEKLY" if self.byday.is_none() && start.is_none() => return Err("schedule-days"),
            "WEEKLY" if every_one && self.bymonthday.is_none() => {
                let first = || start.map(|start| WeekdaySet::only(start.weekday()));
                let days = if self.byday.is_some() { of_weekdays } else { first() }.ok_or(RULE)?;
                match self.byweekno.as_deref().map(|listed| weeks(listed).filter(|_| is_from_monday)) {
                    None => return Ok(Days::Weekly(days)),
                    Some(Some(Weeks::Odd)) => return Ok(Days::Patterns(vec![Pattern::OddWeeks(days)])),
                    Some(Some(Weeks::Even)) => return Ok(Days::Patterns(vec![Pattern::EvenWeeks(days)])),
                    Some(None) => {}
                }
            }
            "MONTHLY" if every_one && self.byweekno.is_none() => match (&self.byday, &self.bymonthday) {
                (Some(days), None) => {
                    // Every Monday of every month is every Monday.
                    if let Some(days) = of_weekdays {
                        return Ok(Days::Weekly(days));
                    }
                    if let Some(patterns) = days.split(',').map(nth).collect() {
                        return Ok(Days::Patterns(patterns));
                    }
                }
                (None, Some(days)) => {
                    let day = |day: &str| day.parse().ok().filter(|day| (1..=31).contains(day)).map(Pattern::MonthDay);
                    if let Some(patterns) = days.split(',').map(day).collect() {
                        return Ok(Days::Patterns(patterns));
                    }
                }
                (None, None) => {
                    let day = start.map(|start| Pattern::MonthDay(start.day()));
                    return day.map(|day| Days::Patterns(vec![day])).ok_or("schedule-days");
                }
                (Some(_), Some(_)) => {}
            },
            "MONTHLY" => {
                if let Some(patterns) = self.by_position() {
                    return Ok(Days::Patterns(patterns));
                }
            }
            _ => {}
        }
        self.counted(start.ok_or(RULE)?).map(|counted| Days::Counted(Arc::new(counted))).ok_or(RULE)
    }

    fn freq(&self) -> &str {
        self.freq.as_deref().unwrap_or("WEEKLY")
    }

    /// One weekday of every month by its positions among them, which are the nth ones.
    fn by_position(&self) -> Option<Vec<Pattern>> {
        let others = [&self.count, &self.byweekno, &self.bymonthday, &self.byyearday, &self.bymonth];
        if self.interval != "1" || others.iter().any(|part| part.is_some()) {
            return None;
        }
        let day = self.byday.as_deref().filter(|day| weekday(day).is_some())?;
        self.bysetpos.as_deref()?.split(',').map(|position| nth(&format!("{position}{day}"))).collect()
    }

    /// The rule as iCalendar has it, reckoned from a date.
    fn counted(&self, start: Date) -> Option<Counted> {
        // Weeks of the year are a year's rule.
        let freq = if self.byweekno.is_some() { "YEARLY" } else { self.freq() };
        let mut text = format!("FREQ={freq};INTERVAL={}", self.interval);
        let parts = [
            ("COUNT", &self.count),
            ("BYDAY", &self.byday),
            ("BYWEEKNO", &self.byweekno),
            ("BYMONTHDAY", &self.bymonthday),
            ("BYYEARDAY", &self.byyearday),
            ("BYMONTH", &self.bymonth),
            ("BYSETPOS", &self.bysetpos),
            ("WKST", &self.wkst),
        ];
        for (name, value) in parts {
            text.extend(value.as_ref().map(|value| format!(";{name}={value}")));
        }
        let count = self.count.as_ref().and_then(|count| count.parse().ok());
        Some(Counted { rule: RecurrenceRule::read(&text).ok()?, start, count })
    }
}

/// Every second week of a year.
pub(super) enum Weeks {
    Odd,
    Even,
}

/// Every odd week of a year or every even one, as a list of all of them.
pub(super) fn weeks(listed: &str) -> Option<Weeks> {
    let mut weeks: Vec<u8> = listed.split(',').map(|week| week.parse().ok()).collect::<Option<_>>()?;
    weeks.sort_unstable();
    let every_second = |first: u8| (first..=52).step_by(2).all(|week| weeks.contains(&week));
    match weeks.first()? {
        1 if every_second(1) && weeks.iter().all(|week| week % 2 == 1) => Some(Weeks::Odd),
        2 if every_second(2) && weeks.iter().all(|week| week % 2 == 0) => Some(Weeks::Even),
        _ => None,
    }
}

/// Weekdays without a number before them.
fn weekdays(listed: &str) -> Option<WeekdaySet> {
    let days = listed.split(',').filter(|day| !day.is_empty()).map(weekday);
    let days = days
        .collect::<Option<Vec<_>>>()?
        .into_iter()
        .fold(WeekdaySet::NONE, |set, day| set.union(WeekdaySet::only(day)));
    (!days.is_empty()).then_some(days)
}

/// `1SA`, `-1FR`.
pub(super) fn nth(text: &str) -> Option<Pattern> {
    let letters = text.get(text.len().checked_sub(2)?..)?;
    let (number, day) = (text.strip_suffix(letters)?, weekday(letters)?);
    let week = match number.trim_start_matches('+') {
        "-1" => WeekOfMonth::Last,
        number => WeekOfMonth::Nth(number.parse().ok().filter(|nth| (1..=5).contains(nth))?),
    };
    Some(Pattern::Monthly(week, day))
}

/// `MO`, in capitals.
pub(super) fn weekday(letters: &str) -> Option<Weekday> {
    WeekdaySet::ALL.iter().find(|day| weekday_code(*day) == letters)
}
