//! The hours of a place that is there already, with those of a list put into them: a list has a week in a few words, and
//! no place for seasons, single days, holidays and reasons. What it does not say stays as it is written.

use serde_yaml::{Mapping, Value};

use crate::calendar::{WeekdaySet, osm, spoken};
use crate::content::Hours;

/// What a text about holidays has in it.
const HOLIDAYS: [&str; 7] = ["节假日", "法定", "假日", "放假", "holiday", "PH ", "PH:"];

/// A record whose hours are a list's, as they are to be put into the file that is there: `before` is what that says of
/// hours. Anything else than a text is as it was.
pub fn keeping_rules(before: Option<&Value>, record: &Mapping) -> Mapping {
    let mut record = record.clone();
    let said = record.get("hours").and_then(Value::as_str);
    if let Some(hours) = said.and_then(|said| put_into(before?, said)) {
        record.insert("hours".into(), hours);
    }
    record
}

/// What a list says, key by key, if the file says more; keys of the file's week that the list has not are nothing.
fn put_into(before: &Value, said: &str) -> Option<Value> {
    let read = |text: &str| if osm::looks_like_osm(text) { osm::read(text) } else { spoken::read(text) };
    let stood: Hours = match before {
        Value::String(text) => read(text).ok()?.into(),
        table => serde_yaml::from_value(table.clone()).ok()?,
    };
    let new: Hours = read(said).ok()?.into();
    let table = |hours: &Hours| match serde_yaml::to_value(hours) {
        Ok(Value::Mapping(table)) => Some(table),
        _ => None,
    };
    let (stood_table, new_table, usual) = (table(&stood)?, table(&new)?, table(&read("周一 9:00-10:00").ok()?.into())?);
    // What a list may say beyond the week, and says if it is not what goes without saying.
    let speaks_of_holidays = HOLIDAYS.iter().any(|word| said.contains(word));
    let is_said = |key: &str| match key {
        "weekly" => true,
        "holidays" => speaks_of_holidays,
        key => new_table.get(key) != usual.get(key),
    };
    let stays = |(key, value): &(&Value, &Value)| {
        key.as_str().is_some_and(|key| !is_said(key) && usual.get(key) != Some(value))
    };
    // A text alone says all that the file does.
    if !stood_table.iter().any(|entry| stays(&entry)) {
        return None;
    }
    let is_same_week = WeekdaySet::ALL.iter().all(|day| stood.weekly.on(day) == new.weekly.on(day));
    let mut hours = Mapping::new();
    if before.is_string() {
        hours.extend(stood_table.iter().filter(stays).map(|(key, value)| (key.clone(), value.clone())));
    }
    for (key, value) in new_table.iter().filter(|(key, _)| key.as_str().is_some_and(is_said)) {
        match before.get(key) {
            Some(_) if key.as_str() == Some("weekly") && is_same_week => {}
            Some(Value::Mapping(stood)) => {
                let mut week: Mapping = stood.keys().map(|days| (days.clone(), Value::Null)).collect();
                if let Value::Mapping(value) = value {
                    week.extend(value.clone());
                }
                hours.insert(key.clone(), Value::Mapping(week));
            }
            _ => _ = hours.insert(key.clone(), value.clone()),
        }
    }
    Some(Value::Mapping(hours))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_a_list_does_not_say_of_hours_stays() {
        let put = |before: &str, said: &str| {
            let before: Value = serde_yaml::from_str(before).unwrap();
            put_into(&before, said).map(|hours| serde_yaml::to_string(&hours).unwrap())
        };
        let table =
            "{weekly: {mon-fri: '08:30-12:00'}, seasons: [{from: 12-01, to: 02-28, weekly: {mon: '09:00-12:00'}}]}";
        assert_eq!(put(table, "周一至周五 9:00-17:00").unwrap(), "weekly:\n  mon-fri: 09:00-17:00\n");
        assert_eq!(put(table, "周一至周四 9:00-17:00").unwrap(), "weekly:\n  mon-fri: null\n  mon-thu: 09:00-17:00\n");
        assert_eq!(put(table, "周一至周五 8:30-12:00；节假日 9:00-11:00").unwrap(), "holidays: 09:00-11:00\n");
        assert_eq!(put("{weekly: {mon-fri: '08:30-12:00'}}", "周一至周五 9:00-17:00"), None);
        let text = put("周一至周五 8:30-12:00；节假日 9:00-11:00", "周一至周五 9:00-17:00").unwrap();
        assert_eq!(text, "holidays: 09:00-11:00\nweekly:\n  mon-fri: 09:00-17:00\n");
    }
}
