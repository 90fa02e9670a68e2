//! A schedule as it is told to people.

use serde_json::Value;

use super::{field, part};

/// A schedule as it is told to people: its rule and times.
pub(in crate::import) fn in_words(value: &Value) -> String {
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
