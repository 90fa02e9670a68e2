//! From when to when a schedule holds, by the clocks of the place.
//!
//! HSDS has times with an offset from UTC (`09:00Z`, `09:00+08:00`), or else with that of the schedule's `timezone`; a time
//! without either is that of the place. What the site's own clocks show on the days of the schedule is taken as it is
//! written, and what is in UTC is put into the site's zone. Where clocks change while a schedule holds, one offset cannot
//! be right for all of its days: one of the zone's own is taken for what the clocks show, and UTC is refused.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use serde_json::Value;

use super::{Days, Why, part};
use crate::calendar::{Date, DateSpan, TimeOfDay, TimeRange, at};

/// A time that cannot be read.
const UNREADABLE: Why = "schedule-unreadable";
/// Most changes of the clocks that are looked at.
const MOST_CHANGES: usize = 20;
/// The longest time between two days of a rule that are looked for, in days.
const FARTHEST: usize = 800;
const DAY: i32 = 24 * 60;

/// The clocks of the site, and the days on which anybody looks at them.
#[derive(Debug)]
pub(in crate::import) struct Clocks<'k> {
    pub(in crate::import) zone: &'k TimeZone,
    pub(in crate::import) window: DateSpan,
}

/// When a schedule holds, and whether its one offset stands for clocks that change.
pub(super) struct Times {
    pub(super) range: TimeRange,
    pub(super) is_doubtful: bool,
}

/// A time as it is written: minutes of the day, and how many minutes it is ahead of UTC, if it says so.
#[derive(Clone, Copy)]
struct Written {
    time: TimeOfDay,
    offset: Option<i32>,
}

/// The times of a schedule that falls on some days; an end that is not after the beginning is on the next day.
pub(super) fn times(
    value: &Value,
    days: &Days,
    (from, to): (Option<Date>, Option<Date>),
    clocks: &Clocks<'_>,
) -> Result<Times, Why> {
    let time = |key| {
        let text = part(value, key).ok_or("schedule-times")?;
        written(&text).ok_or(UNREADABLE)
    };
    let (opens, closes) = (time("opens_at")?, time("closes_at")?);
    let zone = part(value, "timezone").filter(|_| opens.offset.is_none() || closes.offset.is_none());
    let (opens, closes) = match zone.as_deref().map(|zone| (zone, hours_ahead(zone))) {
        Some((_, Some(usual))) => (opens.or(usual), closes.or(usual)),
        Some((name, None)) if !clocks.are_of(name) => return Err("schedule-zone"),
        _ => (opens, closes),
    };
    let (starts, is_doubtful) = clocks.local(opens, days, from, to)?;
    let (ends, _) = clocks.local(closes, days, from, to)?;
    if !(0..DAY).contains(&starts) {
        return Err("schedule-other-day");
    }
    // From midnight to midnight is a whole day; anything else of no length is a slip.
    if starts != 0 && (ends - starts) % DAY == 0 {
        return Err("schedule-empty");
    }
    let of_day = |minutes: i32| {
        let minutes = u16::try_from(minutes).ok()?;
        TimeOfDay::new(minutes / 60, minutes % 60)
    };
    // Midnight may be written as the end of a day.
    let ends = if ends == DAY { ends } else { ends.rem_euclid(DAY) };
    let range = of_day(starts)
        .zip(of_day(ends))
        .and_then(|(starts, ends)| TimeRange::new(starts, if ends <= starts { ends.next_day() } else { ends }));
    Ok(Times { range: range.ok_or(UNREADABLE)?, is_doubtful })
}

/// The time of a schedule that cannot be read, as it is written.
pub(super) fn unreadable(value: &Value) -> Option<String> {
    let texts = ["opens_at", "closes_at"].into_iter().filter_map(|key| part(value, key));
    texts.into_iter().find(|text| written(text).is_none())
}

/// `09:00`, `9:30:00`, `09:00Z`, `09:00:00+08:00`.
fn written(text: &str) -> Option<Written> {
    let (hour, rest) = text.split_once(':')?;
    let (minute, rest) = (rest.get(..2)?, rest.get(2..)?);
    let time = TimeOfDay::new(hour.trim().parse().ok()?, minute.parse().ok()?)?;
    let zone = match rest.strip_prefix(':') {
        Some(seconds) => seconds.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'),
        None => rest,
    };
    let offset = if zone.trim().is_empty() { None } else { Some(ahead(zone.trim())?) };
    Some(Written { time, offset })
}

/// Minutes ahead of UTC: `Z`, `+08:00`, `-0330`, `+8`.
fn ahead(zone: &str) -> Option<i32> {
    if matches!(zone, "Z" | "z" | "UTC" | "GMT") {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits = zone.strip_prefix(['+', '-'])?.replace(':', "");
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "0"),
        4 => (digits.get(..2)?, digits.get(2..)?),
        _ => return None,
    };
    let ahead = sign * (hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?);
    (ahead.abs() <= DAY).then_some(ahead)
}

/// A `timezone`: hours ahead of UTC as a number, or an offset.
fn hours_ahead(text: &str) -> Option<i32> {
    let hours = text.parse::<f64>().ok().filter(|hours| hours.abs() <= 24.0);
    hours.map(|hours| (hours * 60.0).round() as i32).or_else(|| ahead(text))
}

impl Written {
    fn or(self, usual: i32) -> Self {
        Self { offset: self.offset.or(Some(usual)), ..self }
    }
}

impl Clocks<'_> {
    /// A time by the clocks of the place, in minutes of the day for which it is written, and whether the clocks change
    /// while it holds.
    fn local(&self, of: Written, days: &Days, from: Option<Date>, to: Option<Date>) -> Result<(i32, bool), Why> {
        let minutes = i32::from(of.time.minutes());
        let Some(offset) = of.offset else { return Ok((minutes, false)) };
        let later: BTreeSet<i32> =
            self.looked_at(days, from, to).into_iter().filter_map(|date| self.later(date, of.time, offset)).collect();
        let mut each = later.iter().copied();
        match (each.next(), each.next()) {
            (Some(only), None) if only == 0 || offset == 0 || self.has(offset) => Ok((minutes + only, false)),
            (Some(_), None) => Err("schedule-zone"),
            (Some(_), Some(_)) if offset != 0 && later.contains(&0) => Ok((minutes, true)),
            (Some(_), Some(_)) => Err("schedule-clocks"),
            (None, _) => Ok((minutes, false)),
        }
    }

    /// By how many minutes the clocks of the place are ahead of a time with an offset.
    fn later(&self, date: Date, time: TimeOfDay, offset: i32) -> Option<i32> {
        let written: DateTime = at(date, time);
        let instant = Offset::from_seconds(offset * 60).ok()?.to_timestamp(written).ok()?;
        Some(self.zone.to_offset(instant).seconds() / 60 - offset)
    }

    /// Whether the clocks of the place are ever so far ahead of UTC.
    fn has(&self, offset: i32) -> bool {
        let dates = std::iter::once(self.window.first()).chain(self.changes(self.window));
        dates.into_iter().any(|date| self.later(date, TimeOfDay::MIDNIGHT, offset) == Some(0))
    }

    /// Whether a zone by its name has the clocks of the place.
    fn are_of(&self, name: &str) -> bool {
        let Ok(zone) = TimeZone::get(name) else { return false };
        let other = Clocks { zone: &zone, window: self.window };
        let changes = self.changes(self.window).into_iter().chain(other.changes(self.window));
        let ahead = |zone: &TimeZone, date| zone.to_timestamp(at(date, TimeOfDay::MIDNIGHT)).ok();
        std::iter::once(self.window.first()).chain(changes).all(|date| ahead(self.zone, date) == ahead(&zone, date))
    }

    /// The days after those on which clocks change.
    fn changes(&self, span: DateSpan) -> Vec<Date> {
        let begin = self.zone.to_timestamp(at(span.first(), TimeOfDay::MIDNIGHT));
        let Ok(begin) = begin else { return Vec::new() };
        let changes = self.zone.following(begin).take(MOST_CHANGES);
        let days = changes.filter_map(|change| self.zone.to_datetime(change.timestamp()).date().tomorrow().ok());
        days.take_while(|day| span.contains(*day)).collect()
    }

    /// The days of a schedule that are enough to know every offset that it meets: the first one, the first one after each
    /// change of the clocks, and one on the very day of the change.
    fn looked_at(&self, days: &Days, from: Option<Date>, to: Option<Date>) -> Vec<Date> {
        let whole = DateSpan::new(from.unwrap_or(self.window.first()), to.unwrap_or(self.window.last()));
        let Some(span) = whole.and_then(|whole| whole.overlap(&self.window).or(whole.into())) else {
            return Vec::new();
        };
        let changes = self.changes(span);
        let changed = changes.iter().filter_map(|day| day.yesterday().ok());
        let starts = std::iter::once(span.first()).chain(changed).chain(changes.iter().copied());
        let first = |start: Date| {
            let rest = DateSpan::new(start.max(span.first()), span.last())?;
            match days {
                Days::Counted(counted) => counted.dates(rest).first().copied(),
                days => rest.days().take(FARTHEST).find(|date| days.contain(*date)),
            }
        };
        starts.filter_map(first).collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::calendar::WeekdaySet;

    fn read(zone: &str, schedule: &str) -> Result<(String, bool), Why> {
        let zone = TimeZone::get(zone).unwrap();
        let clocks = Clocks { zone: &zone, window: DateSpan::read("2025-01-01..2029-12-31").unwrap() };
        let value: Value = serde_json::from_str(schedule).unwrap();
        let date = |key: &str| value.get(key).and_then(Value::as_str).map(|text| text.parse::<Date>().unwrap());
        let days = Days::Weekly(WeekdaySet::read("tue").unwrap());
        let times = times(&value, &days, (date("valid_from"), date("valid_to")), &clocks)?;
        Ok((String::from(times.range), times.is_doubtful))
    }

    #[test]
    fn a_time_in_utc_is_that_of_the_place_as_long_as_the_day_stays() {
        let times = |opens: &str, closes: &str, more: &str| {
            read("Asia/Shanghai", &format!(r#"{{"opens_at":"{opens}","closes_at":"{closes}"{more}}}"#))
        };
        let is = |text: &str| Ok((text.to_owned(), false));
        assert_eq!(times("09:00", "11:30", ""), is("09:00-11:30"));
        assert_eq!(times("09:00:00+08:00", "11:30:00+08:00", r#","timezone":8"#), is("09:00-11:30"));
        for zero in ["Z", "+00:00", " UTC"] {
            assert_eq!(times(&format!("01:00{zero}"), &format!("03:30{zero}"), ""), is("09:00-11:30"), "{zero}");
        }
        assert_eq!(times("01:00", "03:30", r#","timezone":"0""#), is("09:00-11:30"));
        assert_eq!(times("14:00Z", "18:00Z", ""), is("22:00-02:00+1"));
        // Late in the evening of UTC is the next morning.
        assert_eq!(times("20:00Z", "22:00Z", ""), Err("schedule-other-day"));
        assert_eq!(times("09:00-05:00", "10:00-05:00", ""), Err("schedule-zone"));
        for wrong in ["9:5", "9", "09:00 pm", "25:00", "09:00+", "09:00+999999"] {
            assert_eq!(times(wrong, "10:00", ""), Err(UNREADABLE), "{wrong}");
        }
        assert_eq!(read("Asia/Shanghai", r#"{"opens_at":"09:00"}"#), Err("schedule-times"));
        assert_eq!(times("00:00", "00:00", ""), is("00:00-24:00"));
        assert_eq!(times("09:00", "09:00", ""), Err("schedule-empty"));
        // A zone by its name has the clocks of the place, or it is another one.
        for here in ["Asia/Shanghai", "Asia/Chongqing"] {
            assert_eq!(times("09:00", "10:00", &format!(r#","timezone":"{here}""#)), is("09:00-10:00"), "{here}");
        }
        for other in ["Europe/Paris", "Asia/Tokyo", "Nowhere/Else"] {
            let zone = format!(r#","timezone":"{other}""#);
            assert_eq!(times("09:00", "10:00", &zone), Err("schedule-zone"), "{other}");
            assert_eq!(times("09:00+08:00", "10:00+08:00", &zone), is("09:00-10:00"), "{other}");
        }
    }

    #[test]
    fn where_clocks_change_one_offset_is_that_of_some_of_the_days() {
        let times = |offset: &str, more: &str| {
            read("Europe/Berlin", &format!(r#"{{"opens_at":"09:00{offset}","closes_at":"10:00{offset}"{more}}}"#))
        };
        let is = |text: &str, is_doubtful| Ok((text.to_owned(), is_doubtful));
        let winter = r#","valid_from":"2026-11-01","valid_to":"2027-02-28""#;
        let summer = r#","valid_from":"2026-04-01","valid_to":"2026-09-30""#;
        assert_eq!(times("Z", winter), is("10:00-11:00", false));
        assert_eq!(times("Z", summer), is("11:00-12:00", false));
        assert_eq!(times("Z", ""), Err("schedule-clocks"));
        assert_eq!(times("+01:00", winter), is("09:00-10:00", false));
        assert_eq!(times("+01:00", summer), is("10:00-11:00", false));
        assert_eq!(times("+01:00", ""), is("09:00-10:00", true));
        // The clocks change on a Sunday, so that no Tuesday of the other offset is in the span.
        let until_monday = r#","valid_from":"2026-11-01","valid_to":"2027-03-29""#;
        assert_eq!(times("+01:00", until_monday), is("09:00-10:00", false));
    }
}
