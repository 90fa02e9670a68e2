//! A schedule of HSDS, by the rules of RFC 5545: on which days, from when to when, between which dates.
//!
//! A rule that names no days has those of its first one. Rules by month are patterns; every other week, counts and what
//! else is reckoned from a first date stay a rule ([`Counted`]), which hours write out as dates as far as they look ahead
//! ([`Schedule::in_dates`]). What has no first date to be reckoned from is refused.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use crate::calendar::{
    Date, DateSpan, Day, HolidayCalendar, Opening, Pattern, RecurrenceRule, TimeOfDay, TimeRange, WeekOfMonth, Weekday,
    WeekdaySet,
};

/// Most dates that are looked at one by one.
pub(super) const MOST_DATES: usize = 1000;
/// The longest part of a year, in days.
pub(super) const YEAR: usize = 366;
/// Most dates as which a rule is written out.
const MOST_WRITTEN_OUT: usize = 120;
/// How long a rule may run that is written out whole, in days.
const FOUR_YEARS: i32 = 4 * 366;

/// Why a schedule was not taken, as the catalogue names it.
pub(super) type Why = &'static str;
/// A rule that hours cannot say.
pub(super) const RULE: Why = "schedule-rule";

/// One schedule.
#[derive(Debug, Clone)]
pub(super) struct Schedule {
    pub(super) days: Days,
    pub(super) opening: Opening,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    /// The dates on which it does not hold.
    pub(super) except: BTreeSet<Date>,
    /// Why it does not, where that is said.
    pub(super) reasons: Vec<(DateSpan, String)>,
    /// It as it is told to people.
    pub(super) words: String,
}

/// The days on which a schedule falls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Days {
    Weekly(WeekdaySet),
    /// In another way than weekly.
    Patterns(Vec<Pattern>),
    /// By a rule that is reckoned from a first date.
    Counted(Arc<Counted>),
    Dates(BTreeSet<Date>),
}

/// A rule of RFC 5545 with the date from which it is reckoned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) rule: RecurrenceRule,
    pub(super) start: Date,
    /// After how many dates it ends, if it says so.
    pub(super) count: Option<usize>,
}

impl Counted {
    /// Its dates in a window.
    pub(super) fn dates(&self, window: DateSpan) -> Vec<Date> {
        self.rule.dates(self.start, window)
    }
}

impl Days {
    /// Whether they are of this date, whatever the dates between which they count.
    pub(super) fn contain(&self, date: Date) -> bool {
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

impl Schedule {
    /// Whether it falls on a date, be it left out there or not.
    pub(super) fn falls_on(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to) && self.days.contain(date)
    }

    pub(super) fn holds_on(&self, date: Date) -> bool {
        self.falls_on(date) && !self.except.contains(&date)
    }

    pub(super) fn span(&self) -> Option<DateSpan> {
        DateSpan::new(self.from?, self.to?)
    }

    /// The schedule with a rule that is reckoned from a date written out, and the last day that was looked at if the rule
    /// goes on beyond it. A rule with an end is written out whole, if it is not a long one, and any other within `ahead`.
    pub(super) fn in_dates(self, ahead: DateSpan) -> Result<(Self, Option<Date>), Why> {
        let Days::Counted(counted) = &self.days else { return Ok((self, None)) };
        let first = self.from.unwrap_or(counted.start).max(counted.start);
        let latest = first.checked_add(jiff::Span::new().days(FOUR_YEARS)).map_err(|_| RULE)?;
        let whole = || {
            let dates = counted.dates(DateSpan::new(first, self.to.unwrap_or(latest).min(latest))?);
            let has_end = self.to.is_some_and(|to| to <= latest)
                || counted.count.is_some_and(|count| first == counted.start && dates.len() == count);
            (has_end && dates.len() <= MOST_WRITTEN_OUT).then_some((dates, None))
        };
        let ahead = || {
            let window = DateSpan::new(first.max(ahead.first()), self.to.unwrap_or(ahead.last()).min(ahead.last()))?;
            let goes_on = self.to.is_none_or(|to| to > ahead.last());
            Some((counted.dates(window), goes_on.then_some(ahead.last())))
        };
        let (dates, until) = whole().or_else(ahead).ok_or(RULE)?;
        let dates: BTreeSet<Date> = dates.into_iter().collect();
        if dates.is_empty() || dates.len() > MOST_WRITTEN_OUT {
            return Err(RULE);
        }
        let (from, to) = (dates.first().copied(), dates.last().copied());
        Ok((Self { days: Days::Dates(dates), from, to, ..self }, until))
    }
}

/// How many days a span has.
pub(super) fn length(span: DateSpan) -> usize {
    let days = span.first().until(span.last()).map_or(i32::MAX, |days| days.get_days());
    usize::try_from(days).unwrap_or(0).saturating_add(1)
}

pub(super) fn field<'j>(value: &'j Value, key: &str) -> Option<&'j str> {
    value.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

/// What a field says that may be a number or a list.
fn part(value: &Value, key: &str) -> Option<String> {
    let said = match value.get(key)? {
        Value::Array(items) => {
            let one = |item: &Value| item.as_str().map_or_else(|| item.to_string(), str::to_owned);
            items.iter().map(one).collect::<Vec<_>>().join(",")
        }
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => String::new(),
    };
    Some(said).filter(|said| !said.is_empty())
}

/// A schedule; else why it cannot be taken.
pub(super) fn read(value: &Value) -> Result<Schedule, Why> {
    let date = |key| match field(value, key) {
        Some(text) => {
            let day = text.get(..10).filter(|day| day.as_bytes().get(4) == Some(&b'-'));
            // As iCalendar writes it: `20261201T010000Z`.
            let compact = || {
                let (year, month, day) = (text.get(..4)?, text.get(4..6)?, text.get(6..8)?);
                Some(format!("{year}-{month}-{day}"))
            };
            let text = day.map(str::to_owned).or_else(compact).ok_or("schedule-dates")?;
            Day::read(&text).map(|day| Some(day.0)).map_err(|_| "schedule-dates")
        }
        None => Ok(None),
    };
    let (valid_from, start) = (date("valid_from")?, date("dtstart")?);
    let (valid_to, until) = (date("valid_to")?, date("until")?);
    // Both ends may be said twice; the narrower one holds.
    let from = valid_from.into_iter().chain(start).max();
    let to = valid_to.into_iter().chain(until).min();
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        return Err("schedule-dates");
    }
    let days = Rule::of(value).days(start.or(valid_from))?;
    let opening =
        Opening { time: times(value)?, by_appointment: field(value, "attending_type").is_some_and(is_appointment) };
    let reasons = field(value, "notes").map(noted).unwrap_or_default();
    let except = reasons.iter().flat_map(|(span, _)| span.days().take(YEAR)).take(MOST_DATES).collect();
    let (from, to) = match &days {
        Days::Dates(_) | Days::Counted(_) => (from, to),
        // A first and a last date within a period are no narrower than the period if nothing falls between them.
        days => {
            let falls = |span: DateSpan| span.days().take(MOST_DATES).any(|date| days.contain(date));
            let before = valid_from.zip(from).and_then(|(valid, from)| DateSpan::new(valid, from.yesterday().ok()?));
            let after = valid_to.zip(to).and_then(|(valid, to)| DateSpan::new(to.tomorrow().ok()?, valid));
            let is_free = |span: Option<DateSpan>| span.is_some_and(|span| !falls(span));
            (if is_free(before) { valid_from } else { from }, if is_free(after) { valid_to } else { to })
        }
    };
    Ok(Schedule { days, opening, from, to, except, reasons, words: in_words(value) })
}

/// The parts of a rule, as they are written.
struct Rule {
    freq: String,
    interval: String,
    count: Option<String>,
    byday: Option<String>,
    byweekno: Option<String>,
    bymonthday: Option<String>,
    byyearday: Option<String>,
    wkst: Option<String>,
}

impl Rule {
    fn of(value: &Value) -> Self {
        let capital = |key| part(value, key).map(|text| text.to_ascii_uppercase().replace(' ', ""));
        Self {
            freq: capital("freq").unwrap_or_else(|| "WEEKLY".to_owned()),
            interval: part(value, "interval").unwrap_or_else(|| "1".to_owned()),
            count: part(value, "count"),
            byday: capital("byday").map(|days| days.replace([';', '，', '、'], ",")),
            byweekno: capital("byweekno"),
            bymonthday: capital("bymonthday"),
            byyearday: capital("byyearday"),
            wkst: capital("wkst"),
        }
    }

    /// The days of the rule; `start` is the date from which it is reckoned.
    fn days(&self, start: Option<Date>) -> Result<Days, Why> {
        let every_one = self.interval == "1" && self.count.is_none() && self.byyearday.is_none();
        let of_weekdays = self.byday.as_deref().and_then(weekdays);
        match self.freq.as_str() {
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
                match self.byweekno.as_deref().map(weeks) {
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
            _ => {}
        }
        self.counted(start.ok_or(RULE)?).map(|counted| Days::Counted(Arc::new(counted))).ok_or(RULE)
    }

    /// The rule as iCalendar has it, reckoned from a date.
    fn counted(&self, start: Date) -> Option<Counted> {
        // Weeks of the year are a year's rule.
        let freq = if self.byweekno.is_some() { "YEARLY" } else { self.freq.as_str() };
        let mut text = format!("FREQ={freq};INTERVAL={}", self.interval);
        let parts = [
            ("COUNT", &self.count),
            ("BYDAY", &self.byday),
            ("BYWEEKNO", &self.byweekno),
            ("BYMONTHDAY", &self.bymonthday),
            ("BYYEARDAY", &self.byyearday),
            ("WKST", &self.wkst),
        ];
        for (name, value) in parts {
            text.extend(value.as_ref().map(|value| format!(";{name}={value}")));
        }
        let count = self.count.as_ref().and_then(|count| count.parse().ok());
        Some(Counted { rule: RecurrenceRule::read(&text).ok()?, start, count })
    }
}

enum Weeks {
    Odd,
    Even,
}

/// Every odd week of a year or every even one, as a list of all of them.
fn weeks(listed: &str) -> Option<Weeks> {
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
fn nth(text: &str) -> Option<Pattern> {
    let letters = text.get(text.len().checked_sub(2)?..)?;
    let (number, day) = (text.strip_suffix(letters)?, weekday(letters)?);
    let week = match number.trim_start_matches('+') {
        "-1" => WeekOfMonth::Last,
        number => WeekOfMonth::Nth(number.parse().ok().filter(|nth| (1..=5).contains(nth))?),
    };
    Some(Pattern::Monthly(week, day))
}

fn weekday(letters: &str) -> Option<Weekday> {
    Some(match letters {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}

/// From when to when; an end that is not after the beginning is on the next day. Times in UTC are not those of the place.
fn times(value: &Value) -> Result<TimeRange, Why> {
    let time = |key| {
        let text = field(value, key).ok_or("schedule-times")?;
        if text.ends_with(['Z', 'z']) {
            return Err("schedule-utc");
        }
        let read = || {
            let (hour, rest) = text.split_once(':')?;
            TimeOfDay::new(hour.parse().ok()?, rest.get(..2)?.parse().ok()?)
        };
        read().ok_or("schedule-times")
    };
    let (opens, closes) = (time("opens_at")?, time("closes_at")?);
    TimeRange::new(opens, if closes <= opens { closes.next_day() } else { closes }).ok_or("schedule-times")
}

/// Whether one has to come by appointment, in any language in which our own data says so.
fn is_appointment(attending: &str) -> bool {
    const WORDS: [&str; 7] = ["appointment", "预约", "預約", "захиалж", "སྔོན་མངགས", "ᠪᠣᠯᠵᠣᠬᠤ", "ئالدىن كېلىشىپ"];
    let attending = attending.to_lowercase();
    WORDS.iter().any(|word| attending.contains(word))
}

/// The dates that notes take out, each with why if that is said. Every item has to begin with a date, and what stands
/// before the first has to be a word for it: dates in other notes may mean anything.
fn noted(notes: &str) -> Vec<(DateSpan, String)> {
    const WORDS: [&str; 10] = ["except", "closed", "closure", "除外", "休", "关", "停", "གཏོགས", "бусад", "سىرتىدا"];
    let Some(start) = notes.find(|c: char| c.is_ascii_digit()) else { return Vec::new() };
    let (before, listed) = notes.split_at(start);
    let before = before.to_lowercase();
    if !WORDS.iter().any(|word| before.contains(word)) && !before.starts_with('ᠬ') {
        return Vec::new();
    }
    let item = |item: &str| {
        let item = item.trim();
        let (days, why) = item.split_once(char::is_whitespace).unwrap_or((item, ""));
        Some((DateSpan::read(days).ok()?, why.trim().to_owned()))
    };
    let items: Option<Vec<_>> =
        listed.trim_end_matches([';', ' ', '.']).split(';').take(MOST_DATES).map(item).collect();
    items.unwrap_or_default()
}

/// A schedule as it is told to people: its rule and times.
pub(super) fn in_words(value: &Value) -> String {
    const KEYS: [&str; 13] = [
        "freq",
        "interval",
        "count",
        "byday",
        "byweekno",
        "bymonthday",
        "byyearday",
        "opens_at",
        "closes_at",
        "valid_from",
        "valid_to",
        "dtstart",
        "until",
    ];
    let parts: Vec<String> =
        KEYS.iter().filter_map(|key| part(value, key).map(|text| format!("{key}={text}"))).collect();
    if parts.is_empty() { field(value, "description").unwrap_or("schedule").to_owned() } else { parts.join(" ") }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn days(json: &str) -> Result<Days, Why> {
        let timed = format!(r#"{{"opens_at":"09:00","closes_at":"12:00",{json}}}"#);
        read(&serde_json::from_str(&timed).unwrap()).map(|schedule| schedule.days)
    }

    /// The dates of a schedule in the last two months of 2026, and until when it was looked at.
    fn written_out(json: &str) -> (Result<Days, Why>, Option<Date>) {
        let timed = format!(r#"{{"opens_at":"09:00","closes_at":"12:00",{json}}}"#);
        let ahead = DateSpan::read("2026-11-24..2026-12-31").unwrap();
        let (schedule, until) = read(&serde_json::from_str(&timed).unwrap()).unwrap().in_dates(ahead).unwrap();
        (Ok(schedule.days), until)
    }

    #[test]
    fn rules_are_those_of_rfc_5545() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        let only = |days: &[Weekday]| days.iter().fold(WeekdaySet::NONE, |set, day| set.union(WeekdaySet::only(*day)));
        let weekly = |days: &[Weekday]| Ok(Days::Weekly(only(days)));
        assert_eq!(days(r#""freq":"WEEKLY","byday":"TU""#), weekly(&[Weekday::Tuesday]));
        // Without days it falls on that of its start.
        assert_eq!(days(r#""freq":"WEEKLY","dtstart":"2026-12-02""#), weekly(&[Weekday::Wednesday]));
        assert_eq!(days(r#""freq":"DAILY""#), Ok(Days::Weekly(WeekdaySet::ALL)));
        assert_eq!(days(r#""freq":"MONTHLY","byday":"MO""#), weekly(&[Weekday::Monday]));
        assert_eq!(days(r#""byday":["MO","FR"]"#), weekly(&[Weekday::Monday, Weekday::Friday]));
        let patterns = vec![
            Pattern::Monthly(WeekOfMonth::Nth(1), Weekday::Saturday),
            Pattern::Monthly(WeekOfMonth::Last, Weekday::Friday),
        ];
        assert_eq!(days(r#""freq":"MONTHLY","byday":"1SA,-1FR""#), Ok(Days::Patterns(patterns)));
        let fifteenth = Ok(Days::Patterns(vec![Pattern::MonthDay(15)]));
        assert_eq!(days(r#""freq":"MONTHLY","bymonthday":15"#), fifteenth);
        assert_eq!(days(r#""freq":"MONTHLY","dtstart":"20261215T090000""#), fifteenth);
        let odd = (1..=53).step_by(2).map(|week: u8| week.to_string()).collect::<Vec<_>>().join(",");
        let found = days(&format!(r#""freq":"WEEKLY","byday":"SA","byweekno":"{odd}""#));
        assert_eq!(found, Ok(Days::Patterns(vec![Pattern::OddWeeks(only(&[Weekday::Saturday]))])));
        let dates = |of: &[&str]| Ok(Days::Dates(of.iter().map(|text| date(text)).collect()));
        let fortnightly = r#""freq":"WEEKLY","interval":2,"byday":"TU","dtstart":"2026-12-15""#;
        assert_eq!(
            written_out(&format!(r#"{fortnightly},"until":"2027-01-20""#)),
            (dates(&["2026-12-15", "2026-12-29", "2027-01-12"]), None)
        );
        assert_eq!(written_out(&format!(r#"{fortnightly},"count":"2""#)), (dates(&["2026-12-15", "2026-12-29"]), None));
        // Without an end it is written out as far as one looks ahead, and from today on if it began long ago.
        let until = Some(date("2026-12-31"));
        assert_eq!(written_out(fortnightly), (dates(&["2026-12-15", "2026-12-29"]), until));
        let long_ago = r#""freq":"WEEKLY","interval":2,"byday":"TU","dtstart":"2012-12-18""#;
        assert_eq!(written_out(long_ago), (dates(&["2026-12-01", "2026-12-15", "2026-12-29"]), until));
        assert_eq!(days(r#""freq":"WEEKLY","interval":2,"byday":"TU""#), Err(RULE));
        assert_eq!(days(r#""freq":"WEEKLY""#), Err("schedule-days"));
        assert_eq!(days(r#""freq":"YEARLY","byday":"1SA""#), Err(RULE));
        assert_eq!(days(r#""byday":"MO","opens_at":"01:00Z""#), Err("schedule-utc"));
        assert_eq!(noted("Open late 2026-12-24"), []);
    }
}
