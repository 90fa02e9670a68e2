//! From when to when a schedule holds.

use serde_json::Value;

use super::{Why, field};
use crate::calendar::{TimeOfDay, TimeRange};

/// From when to when; an end that is not after the beginning is on the next day. Times in UTC are not those of the place.
pub(super) fn times(value: &Value) -> Result<TimeRange, Why> {
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
