//! The dates of a schedule: between which it holds, on which it does not (`exdate`), and on which it holds besides (`rdate`).

use serde_json::Value;

use super::{RULE, Why, part};
use crate::calendar::{Date, Day, TimeOfDay};

/// A date that cannot be read.
const UNREADABLE: Why = "schedule-dates";

/// The date under a key.
pub(super) fn date(value: &Value, key: &str) -> Result<Option<Date>, Why> {
    part(value, key).map(|text| one(&text).map(|(date, _)| date)).transpose()
}

/// The dates under a key, of a schedule that begins at a time; one with another time is none of its dates.
pub(super) fn listed(value: &Value, key: &str) -> Result<Vec<Listed>, Why> {
    let text = part(value, key).unwrap_or_default();
    let items = text.split([',', ';', '，', '；', '、']).map(str::trim).filter(|item| !item.is_empty());
    let item = |item| {
        let (date, rest) = one(item)?;
        Ok(Listed { date, time: time(rest).ok_or(RULE)? })
    };
    items.map(item).collect()
}

/// One date of a list, with its time if it has one.
pub(super) struct Listed {
    pub(super) date: Date,
    time: Option<TimeOfDay>,
}

impl Listed {
    /// Whether it may be that of a session which begins at a time; midnight is how some write a date alone.
    pub(super) fn is_of(&self, begin: TimeOfDay) -> bool {
        self.time.is_none_or(|time| time == begin || time == TimeOfDay::MIDNIGHT)
    }
}

/// A date as ISO 8601 writes it, or as iCalendar does (`20261201T010000Z`), and what stands behind it.
fn one(text: &str) -> Result<(Date, &str), Why> {
    let long = || {
        let day = text.get(..10).filter(|day| day.as_bytes().get(4) == Some(&b'-'))?;
        Some((day.to_owned(), text.get(10..)?))
    };
    let compact = || {
        let (year, month, day) = (text.get(..4)?, text.get(4..6)?, text.get(6..8)?);
        Some((format!("{year}-{month}-{day}"), text.get(8..)?))
    };
    let (day, rest) = long().or_else(compact).ok_or(UNREADABLE)?;
    Day::read(&day).map(|day| (day.0, rest)).map_err(|_| UNREADABLE)
}

/// The time behind a date, if there is one: `T090000`, `T09:00`; nothing if it is anything else, or of other clocks.
fn time(rest: &str) -> Option<Option<TimeOfDay>> {
    let digits = rest.trim_start_matches(['T', 't', ' ']).replace(':', "");
    if digits.is_empty() {
        return Some(None);
    }
    let number = |part: Option<&str>| part?.parse().ok();
    let is_time = digits.bytes().all(|byte| byte.is_ascii_digit());
    TimeOfDay::new(number(digits.get(..2))?, number(digits.get(2..4))?).filter(|_| is_time).map(Some)
}
