//! A schedule of HSDS, by the rules of RFC 5545: on which days, from when to when, between which dates.
//!
//! What is reckoned from a first date stays a rule ([`Counted`]), which hours write out as dates as far as they look ahead
//! ([`Schedule::in_dates`]). What cannot be read is refused, with why.

mod dates;
mod notes;
mod rule;
mod times;
mod told;

pub(super) use rule::{Counted, Days};
pub(super) use times::Clocks;
pub(super) use told::Told;

use std::collections::BTreeSet;

use serde_json::Value;

use self::dates::{date, listed};
use self::notes::{besides, is_appointment, noted};
use self::rule::Rule;
use self::times::{Times, times, unreadable};
use crate::calendar::{Date, DateSpan, Opening};
use crate::diagnostics::{Code, Problem};

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

/// A schedule that was not taken.
#[derive(Debug, Clone)]
pub(super) struct Refused {
    told: Told,
    pub(super) why: Why,
    /// The time that cannot be read.
    time: Option<String>,
}

impl Refused {
    /// One that was read, and that has no place.
    pub(super) fn read(told: Told, why: Why) -> Self {
        Self { told, why, time: None }
    }

    /// One that cannot be read.
    pub(super) fn of(value: &Value, why: Why) -> Self {
        Self { told: Told::of(value), why, time: unreadable(value) }
    }

    /// What there is to say about it; `place` is what has it.
    pub(super) fn problem(&self, place: &str) -> Problem {
        let problem = Problem::new(Code::ScheduleLeft).with("place", place).with_word("why", self.why);
        self.told.fill(problem, "schedule").with_some("time", self.time.as_deref())
    }
}

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
    /// What is noted of it beside such dates.
    pub(super) note: Option<String>,
    /// Whether its times have one offset from UTC while the clocks change.
    pub(super) is_doubtful: bool,
    /// It as it is told to people.
    pub(super) told: Told,
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
            let has_end = self.to.is_some_and(|to| to <= latest) || counted.last_by(latest).is_some();
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
        Value::Null => String::new(),
        // No part is of this kind, and it must not pass for one that is not there.
        other => other.to_string(),
    };
    Some(said).filter(|said| !said.is_empty())
}

/// A schedule, with one of the dates on which it holds besides, if there are any; else why it cannot be taken.
pub(super) fn read(value: &Value, clocks: &Clocks<'_>) -> Result<Vec<Schedule>, Why> {
    let (valid_from, start) = (date(value, "valid_from")?, date(value, "dtstart")?);
    let (valid_to, until) = (date(value, "valid_to")?, date(value, "until")?);
    let (left_out, further) = (listed(value, "exdate")?, listed(value, "rdate")?);
    // Both ends may be said twice; the narrower one holds.
    let from = valid_from.into_iter().chain(start).max();
    let to = valid_to.into_iter().chain(until).min();
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        return Err("schedule-dates");
    }
    let rule = Rule::of(value);
    let days = match rule.is_bare() {
        true => Days::Dates(BTreeSet::from([rule.single((valid_from, start), to)?])),
        false => rule.days(start.or(valid_from))?,
    };
    let (from, to) = match &days {
        Days::Dates(dates) => (dates.first().copied(), dates.last().copied()),
        _ => (from, to),
    };
    let Times { range, is_doubtful } = times(value, &days, (from, to), clocks)?;
    if !left_out.iter().chain(&further).all(|date| date.is_of(range.start())) {
        return Err(RULE);
    }
    let by_appointment = field(value, "attending_type").is_some_and(is_appointment);
    let opening = Opening { time: range, by_appointment };
    let notes = field(value, "notes");
    let reasons = notes.map(noted).unwrap_or_default();
    let note = besides(value, !reasons.is_empty());
    let noted = reasons.iter().flat_map(|(span, _)| span.days());
    let mut dates = left_out.iter().map(|left_out| left_out.date).chain(noted);
    let except: BTreeSet<Date> = dates.by_ref().take(MOST_DATES).collect();
    // A rule without all of its exceptions would be held on days when it is not.
    if dates.next().is_some() {
        return Err("schedule-exceptions");
    }
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
    let usual = Schedule { days, opening, from, to, except, reasons, note, is_doubtful, told: Told::of(value) };
    let further = further.into_iter().map(|further| further.date);
    let further: BTreeSet<Date> =
        further.filter(|date| !usual.except.contains(date) && !usual.falls_on(*date)).collect();
    let (first, last) = (further.first().copied(), further.last().copied());
    let besides = first.is_some().then(|| Schedule {
        days: Days::Dates(further),
        from: first,
        to: last,
        except: BTreeSet::new(),
        reasons: Vec::new(),
        note: None,
        ..usual.clone()
    });
    Ok([Some(usual), besides].into_iter().flatten().collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::calendar::{Pattern, WeekOfMonth, Weekday, WeekdaySet};

    fn utc() -> Clocks<'static> {
        static UTC: jiff::tz::TimeZone = jiff::tz::TimeZone::UTC;
        Clocks { zone: &UTC, window: DateSpan::read("2025-01-01..2029-12-31").unwrap() }
    }

    fn days(json: &str) -> Result<Days, Why> {
        let timed = format!(r#"{{"opens_at":"09:00","closes_at":"12:00",{json}}}"#);
        let mut rows = read(&serde_json::from_str(&timed).unwrap(), &utc())?;
        Ok(rows.remove(0).days)
    }

    /// The dates of a schedule in the last two months of 2026, and until when it was looked at.
    fn written_out(json: &str) -> (Result<Days, Why>, Option<Date>) {
        let timed = format!(r#"{{"opens_at":"09:00","closes_at":"12:00",{json}}}"#);
        let ahead = DateSpan::read("2026-11-24..2026-12-31").unwrap();
        let mut rows = read(&serde_json::from_str(&timed).unwrap(), &utc()).unwrap();
        let (schedule, until) = rows.remove(0).in_dates(ahead).unwrap();
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
        assert_eq!(noted("Open late 2026-12-24"), []);
        // One weekday by its position in the month is the nth of it; what nobody reads is refused.
        let first_monday = vec![Pattern::Monthly(WeekOfMonth::Nth(1), Weekday::Monday)];
        assert_eq!(days(r#""freq":"MONTHLY","byday":"MO","bysetpos":1"#), Ok(Days::Patterns(first_monday)));
        assert_eq!(days(r#""freq":"MONTHLY","byday":"MO,TU","bysetpos":1"#), Err(RULE));
        assert_eq!(days(r#""byday":"TH","bymonth":"7,8""#), Err(RULE));
        assert_eq!(days(r#""byday":"TH","byhour":[9]"#), Err(RULE));
        assert_eq!(days(r#""byday":"TH","exdate":"2026-12-10T14:00""#), Err(RULE));
        assert_eq!(days(r#""byday":"TH","rdate":"20261210/20261212""#), Err(RULE));
        let of_months = r#""byday":"TH","bymonth":[12],"dtstart":"2026-12-17","until":"2027-02-01""#;
        assert_eq!(written_out(of_months), (dates(&["2026-12-17", "2026-12-24", "2026-12-31"]), None));
        // A date without a rule is that date alone.
        assert_eq!(days(r#""dtstart":"2026-12-20""#), dates(&["2026-12-20"]));
        assert_eq!(days(r#""valid_from":"2026-12-20","valid_to":"2026-12-20""#), dates(&["2026-12-20"]));
        assert_eq!(days(r#""dtstart":"2026-12-20","until":"2026-12-24""#), Err("schedule-often"));
        assert_eq!(days(r#""valid_from":"2026-12-20""#), Err("schedule-days"));
    }

    #[test]
    fn dates_are_left_out_and_added_as_icalendar_does() {
        let json = r#"{"byday":"TH","dtstart":"2026-12-01","opens_at":"09:00","closes_at":"12:00",
            "exdate":["20261210T090000","2026-12-12"],"rdate":"2026-12-12, 2026-12-17; 2026-12-19"}"#;
        let rows = read(&serde_json::from_str(json).unwrap(), &utc()).unwrap();
        let holds = |date: &str| rows.iter().filter(|row| row.holds_on(date.parse().unwrap())).count();
        assert_eq!(["2026-12-03", "2026-12-10", "2026-12-12", "2026-12-17", "2026-12-19"].map(holds), [1, 0, 0, 1, 1]);
    }
}
