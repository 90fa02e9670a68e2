//! What a sheet says to its readers, and how two of them differ: for paper that hangs while the record has changed.
//!
//! [`said`] takes from a sheet's view what people read, in a form that stays the same while the program changes: texts
//! without their markup, the cells of a board as its activities. [`differences`] compares two of these, part by part, so
//! that the reason for printing anew can be said in words. What is over is no difference: a cancellation of last week or
//! the turn of last Monday that still stands on paper misleads nobody. An activity that is over does: it stands under a
//! weekday, and people come.

use serde_json::{Map, Value, json};

/// Keys of a view that nobody reads.
const UNREAD: [&str; 17] = [
    "lang",
    "url",
    "link",
    "leader_link",
    "hreflang",
    "href",
    "iso",
    "known",
    "over",
    "weekday",
    "count",
    "cancelled",
    "id",
    "level",
    "today",
    "changes_left",
    "moved_from",
];
/// Keys by which an item of a list is known, each told in its name; the first that it has counts.
const NAMES: [&str; 8] = ["title", "name", "days", "day", "date", "label", "role", "number"];
/// The key under which a board's cells are kept.
const ACTIVITIES: &str = "activities";
/// The key of a time of day, of an activity or of its slot.
const TIME: &str = "time";
/// The key of when an activity takes place.
const WHEN: &str = "when";
/// The key of what differs on days.
const CHANGES: &str = "changes";
/// The key of an item's last day, ISO 8601.
const LAST_DAY: &str = "last_day";
/// The keys of lists by weekday, whose items are still told when they are over.
const BY_WEEKDAY: [&str; 2] = [ACTIVITIES, "items"];

/// Something that differs between a sheet that hangs and the same one made today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The part of the sheet: a key of its view, e.g. `room`.
    pub part: String,
    /// Which item of a list it is about, e.g. 周四 下午 法律坐诊.
    pub about: Option<String>,
    /// What stands on paper; nothing if it is new.
    pub was: Option<String>,
    /// What would be printed; nothing if it is gone.
    pub is: Option<String>,
    /// Whether it is gone because it is over.
    pub over: bool,
}

/// What readers read on a sheet, by its view.
pub fn said(view: &Value) -> Value {
    let mut said = match read(view) {
        Some(Value::Object(said)) => said,
        _ => Map::new(),
    };
    if let Some(activities) = activities(view) {
        // A board has no room for summaries.
        ["rows", "days", "summary"].iter().for_each(|key| drop(said.remove(*key)));
        said.insert(ACTIVITIES.to_owned(), Value::Array(activities));
    }
    Value::Object(said)
}

/// A value as readers read it; nothing where there is nothing to read.
fn read(value: &Value) -> Option<Value> {
    match value {
        Value::Null | Value::Bool(_) => None,
        Value::Number(number) => Some(Value::String(number.to_string())),
        Value::String(text) => (!text.trim().is_empty()).then(|| Value::String(text.trim().to_owned())),
        Value::Array(items) => {
            let items: Vec<Value> = items.iter().filter_map(read).collect();
            (!items.is_empty()).then_some(Value::Array(items))
        }
        Value::Object(entries) => {
            if let Some(text) = text_of(entries) {
                return read(&Value::String(text));
            }
            let kept = entries.iter().filter(|(key, _)| !UNREAD.contains(&key.as_str()));
            let read: Map<String, Value> = kept.filter_map(|(key, value)| Some((key.clone(), read(value)?))).collect();
            (!read.is_empty()).then_some(Value::Object(read))
        }
    }
}

/// The words of a text with its language, of a text with a second one, and of a date.
fn text_of(entries: &Map<String, Value>) -> Option<String> {
    let text = entries.get("text")?.as_str()?;
    let own = ["text", "lang", "second", "iso"];
    if !entries.keys().all(|key| own.contains(&key.as_str())) {
        return None;
    }
    let second = entries.get("second").and_then(|second| second.get("text")).and_then(Value::as_str);
    Some(second.map_or_else(|| text.to_owned(), |second| format!("{text} / {second}")))
}

/// The activities of a board, in the order of days: each with its day and slot.
fn activities(view: &Value) -> Option<Vec<Value>> {
    let days = view.get("days")?.as_array()?;
    let rows = view.get("rows")?.as_array()?;
    let name = |value: &Value| value.get("name").and_then(read).and_then(|name| name.as_str().map(str::to_owned));
    let mut found = Vec::new();
    for (column, day) in days.iter().enumerate() {
        for row in rows {
            let cell = row.get("cells")?.as_array()?.get(column).and_then(Value::as_array);
            for session in cell.into_iter().flatten() {
                let Some(Value::Object(mut session)) = read(session) else { continue };
                session.remove("summary");
                // In its cell it has a time only where that is not its slot's.
                if !session.contains_key(TIME) {
                    session.extend(row.get(TIME).and_then(read).map(|time| (TIME.to_owned(), time)));
                }
                let when = [name(day), name(row)].into_iter().flatten().collect::<Vec<_>>().join(" ");
                session.insert(WHEN.to_owned(), json!(when));
                found.push(Value::Object(session));
            }
        }
    }
    Some(found)
}

/// How what hangs differs from what would be printed; `today` is ISO 8601.
pub fn differences(hangs: &Value, today_says: &Value, today: &str) -> Vec<Difference> {
    let (mut old, mut new) = (hangs.clone(), today_says.clone());
    forget_past("", &mut old, today);
    forget_past("", &mut new, today);
    let mut comparison = Comparison { today, found: Vec::new() };
    comparison.values("", None, Some(&old), Some(&new));
    let mut found = comparison.found;
    // What is said twice, such as an end in words and in a period, is one reason.
    let mut seen = Vec::new();
    found.retain(|difference| {
        let key = (difference.about.clone(), difference.was.clone(), difference.is.clone());
        let is_new = !seen.contains(&key) || (key.1.is_none() && key.2.is_none());
        seen.push(key);
        is_new
    });
    found
}

/// Takes out of all lists what is over, but for what stands under a weekday.
fn forget_past(key: &str, value: &mut Value, today: &str) {
    match value {
        Value::Array(items) => {
            let day = if key == CHANGES { "date" } else { LAST_DAY };
            let over = |item: &Value| day_of(item, day).is_some_and(|day| day < today);
            items.retain(|item| BY_WEEKDAY.contains(&key) || !over(item));
            items.iter_mut().for_each(|item| forget_past(key, item, today));
        }
        Value::Object(entries) => entries.iter_mut().for_each(|(key, value)| forget_past(key, value, today)),
        _ => {}
    }
}

fn day_of<'a>(item: &'a Value, key: &str) -> Option<&'a str> {
    item.get(key).and_then(Value::as_str)
}

/// What is compared on which day, and what was found.
struct Comparison<'a> {
    today: &'a str,
    found: Vec<Difference>,
}

impl Comparison<'_> {
    fn values(&mut self, part: &str, about: Option<&str>, old: Option<&Value>, new: Option<&Value>) {
        match (old, new) {
            (Some(Value::Object(old)), Some(Value::Object(new))) => {
                let keys = old.keys().chain(new.keys().filter(|key| !old.contains_key(*key)));
                // What is the last day is told by its words.
                for key in keys.filter(|key| *key != LAST_DAY) {
                    self.values(key, about, old.get(key), new.get(key));
                }
            }
            (old, new) if is_list(old) || is_list(new) => {
                let items = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
                self.lists(part, about, items(old), items(new));
            }
            (old, new) if old == new => {}
            (old, new) => self.add(part, about, old.map(words), new.map(words)),
        }
    }

    fn add(&mut self, part: &str, about: Option<&str>, was: Option<String>, is: Option<String>) {
        let (part, about) = (part.to_owned(), about.map(str::to_owned));
        self.found.push(Difference { part, about, was, is, over: false });
    }

    /// Compares lists by what their items are called; items that only changed their place in the list are the same.
    fn lists(&mut self, part: &str, about: Option<&str>, mut old: Vec<Value>, mut new: Vec<Value>) {
        let stay: Vec<String> = new.iter().filter_map(name).map(str::to_owned).collect();
        old.retain(|item| match new.iter().position(|other| other == item) {
            Some(same) => {
                new.remove(same);
                false
            }
            None => true,
        });
        // First the item of the same name and time, then one that only moved; what differs on another day is something else.
        for exactly in [true, false] {
            let is_same = |item: &Value, other: &Value| {
                let same_name = name(item).is_some() && name(item) == name(other);
                same_name && if exactly { item.get(WHEN) == other.get(WHEN) } else { part != CHANGES }
            };
            old.retain(|item| match new.iter().position(|other| is_same(item, other)) {
                Some(same) => {
                    let other = new.remove(same);
                    let label = called(item).or_else(|| about.map(str::to_owned));
                    self.values(part, label.as_deref(), Some(item), Some(&other));
                    false
                }
                None => true,
            });
        }
        for item in &old {
            let whole = || called(item).unwrap_or_else(|| words(item));
            if day_of(item, LAST_DAY).is_some_and(|day| day < self.today) {
                // On whichever days it stood; one of its name that goes on is told from it by its day.
                let only = name(item).filter(|name| !stay.iter().any(|other| other == name));
                let was = Some(only.map_or_else(whole, str::to_owned));
                self.found.push(Difference { part: part.to_owned(), about: None, was, is: None, over: true });
            } else {
                self.add(part, about, Some(whole()), None);
            }
        }
        new.iter().for_each(|item| self.add(part, about, None, Some(called(item).unwrap_or_else(|| words(item)))));
    }
}

fn is_list(value: Option<&Value>) -> bool {
    value.is_some_and(Value::is_array)
}

fn name(item: &Value) -> Option<&str> {
    NAMES.iter().find_map(|key| item.get(key)).and_then(Value::as_str)
}

/// What an item is called: when, and its name.
fn called(item: &Value) -> Option<String> {
    let name = name(item)?;
    let when = item.get(WHEN).and_then(Value::as_str);
    Some(when.map_or_else(|| name.to_owned(), |when| format!("{when} {name}")))
}

/// Everything that a value says, one thing after the other.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(" "),
        Value::Object(entries) => {
            let read = entries.iter().filter(|(key, _)| *key != LAST_DAY);
            read.map(|(_, value)| words(value)).collect::<Vec<_>>().join(" ")
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => String::new(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn board(room: &str, day: usize) -> Value {
        let session = |title: &str, room: &str| {
            json!({"title": {"text": title, "lang": null}, "link": {"name": {"text": title, "lang": null}, "url": "a/"},
                   "time": null, "room": {"text": room, "lang": null}, "audience": []})
        };
        let mut cells = vec![json!([]), json!([])];
        cells[day].as_array_mut().unwrap().push(session("法律坐诊", room));
        cells[0].as_array_mut().unwrap().push(session("剪纸", "一楼"));
        json!({
            "title": {"text": "冬季计划", "lang": null}, "known": "2027-01-05", "until": "2027年1月15日",
            "days": [{"weekday": 1, "name": "周一"}, {"weekday": 4, "name": "周四"}],
            "rows": [{"name": {"text": "下午", "lang": null}, "time": "14:30–17:00", "cells": cells}],
            "changes": [{"date": "2026-11-20", "when": "11月20日", "title": {"text": "剪纸", "lang": null}, "text": "停"}],
        })
    }

    fn difference(part: &str, about: Option<&str>, was: Option<&str>, is: Option<&str>) -> Difference {
        let own = |text: Option<&str>| text.map(str::to_owned);
        Difference { part: part.to_owned(), about: own(about), was: own(was), is: own(is), over: false }
    }

    #[test]
    fn a_room_that_changed_is_named_with_its_activity() {
        let found = differences(&said(&board("调解室", 1)), &said(&board("二楼", 1)), "2026-11-24");
        assert_eq!(found, [difference("room", Some("周四 下午 法律坐诊"), Some("调解室"), Some("二楼"))]);
    }

    #[test]
    fn a_time_that_changed_is_named_whether_it_is_the_slot_s_or_the_activity_s() {
        let hangs = said(&board("调解室", 1));
        let mut now = board("调解室", 1);
        now["rows"][0]["time"] = json!("14:00–17:00");
        let found = differences(&hangs, &said(&now), "2026-11-24");
        let changed = |about| difference("time", Some(about), Some("14:30–17:00"), Some("14:00–17:00"));
        assert_eq!(found, [changed("周一 下午 剪纸"), changed("周四 下午 法律坐诊")]);
        now["rows"][0]["time"] = json!("14:30–17:00");
        now["rows"][0]["cells"][0][0]["time"] = json!("14:00–17:00");
        assert_eq!(differences(&hangs, &said(&now), "2026-11-24"), [changed("周一 下午 剪纸")]);
    }

    #[test]
    fn an_activity_that_moved_to_another_day_is_one_difference() {
        let found = differences(&said(&board("调解室", 1)), &said(&board("调解室", 0)), "2026-11-24");
        assert_eq!(found, [difference("when", Some("周四 下午 法律坐诊"), Some("周四 下午"), Some("周一 下午"))]);
    }

    #[test]
    fn what_is_over_what_nobody_reads_and_the_order_of_lists_are_no_difference() {
        let hangs = said(&board("调解室", 1));
        let mut now = board("调解室", 1);
        now["known"] = json!("2027-01-09");
        now["changes"] = json!([]);
        now["rows"][0]["cells"][1][0]["link"]["url"] = json!("b/");
        assert_eq!(differences(&hangs, &said(&now), "2026-11-24"), []);
        // One that is still to come is.
        let found = differences(&hangs, &said(&now), "2026-11-20");
        assert_eq!(found, [difference("changes", None, Some("11月20日 剪纸"), None)]);
    }

    #[test]
    fn what_is_new_and_what_is_gone_is_called_by_its_name() {
        let old = json!({"phones": [{"for": "咨询", "number": "0931-1"}], "rules": ["节假日不开放"], "note": "a"});
        let new = json!({"phones": [{"for": "咨询", "number": "0931-2"}], "rules": ["节假日不开放", "调休照常"]});
        let found = differences(&old, &new, "2026-11-24");
        assert_eq!(
            found,
            [
                difference("phones", None, Some("0931-1"), None),
                difference("phones", None, None, Some("0931-2")),
                difference("rules", None, None, Some("调休照常")),
                difference("note", None, Some("a"), None),
            ]
        );
    }

    #[test]
    fn two_languages_are_read_together() {
        let text = json!({"title": {"text": "剪纸", "lang": null, "second": {"text": "Paper cuts", "lang": "en"}}});
        assert_eq!(said(&text), json!({"title": "剪纸 / Paper cuts"}));
    }
}
