//! A record that is there already, with what was imported put into it.
//!
//! What the file says beyond the import stays, comments and layout too: only what says something else is written anew
//! ([`super::patched`]), and new keys are added at the end; a key of an item that is said to be nothing goes. A plain text
//! that is what the file has in its first language says nothing new; one that differs replaces that language alone, and
//! the others are named, since they may be out of date.

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value};

use super::details::text_of;
use super::patched::patched;
use super::programme::{add_slot, is_then};
use super::written;
use crate::calendar::{WeekdaySet, osm, spoken};
use crate::content::{Hours, LanguageTag, without_marks};

/// The text of a file with the record put into it, and the keys whose translations may be out of date, each with the text
/// that is new. `yaml` is the YAML
/// of the file with English keys. A record that is whole has all that it should say: what it has not goes.
pub fn merged(
    yaml: &str,
    record: &Mapping,
    is_whole: bool,
    first: &LanguageTag,
) -> Option<(String, BTreeMap<String, String>)> {
    let existing: Mapping = serde_yaml::from_str(yaml).ok()?;
    let mut stale = BTreeMap::new();
    let (mut after, mut added) = (existing.clone(), Mapping::new());
    for (key, value) in record {
        let name = key.as_str()?;
        match existing.get(key) {
            None => _ = added.insert(key.clone(), value.clone()),
            Some(before) if !is_whole => {
                after.insert(key.clone(), laid_over(before, value, first, name, &mut stale));
            }
            Some(before) => {
                if let Some(text) = new_beside_translations(before, value, first) {
                    stale.insert(name.to_owned(), text);
                }
                after.insert(key.clone(), value.clone());
            }
        }
    }
    if is_whole {
        after.retain(|key, _| record.contains_key(key));
    }
    let mut text = patched(yaml, &after).or_else(|| by_blocks(yaml, &existing, &after))?;
    if !added.is_empty() {
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        if !text.is_empty() && !text.ends_with('\n') {
            text.push_str(newline);
        }
        text.push_str(&written::yaml(&added).replace('\n', newline));
    }
    // Whatever the layout was, the text must say what was meant.
    serde_yaml::from_str::<Mapping>(&text).ok()?;
    Some((text, stale))
}

/// The first text that is another in the first language while its translations stay.
fn new_beside_translations(before: &Value, after: &Value, first: &LanguageTag) -> Option<String> {
    match (before, after) {
        (Value::Mapping(before), Value::Mapping(after)) => {
            let (stood, said) = (before.get(first.as_str()), after.get(first.as_str()));
            let has_others = before.keys().any(|key| key.as_str() != Some(first.as_str()));
            let said = said.and_then(Value::as_str).filter(|_| stood.is_some_and(Value::is_string) && has_others);
            let own = said.filter(|said| stood.and_then(Value::as_str) != Some(said)).map(str::to_owned);
            own.or_else(|| {
                let mut both = before.iter().filter_map(|(key, value)| Some((value, after.get(key)?)));
                both.find_map(|(before, after)| new_beside_translations(before, after, first))
            })
        }
        (Value::Sequence(before), Value::Sequence(after)) if before.len() == after.len() => {
            before.iter().zip(after).find_map(|(before, after)| new_beside_translations(before, after, first))
        }
        _ => None,
    }
}

/// The text with the keys that say something else written anew.
fn by_blocks(yaml: &str, existing: &Mapping, after: &Mapping) -> Option<String> {
    let mut text = yaml.to_owned();
    for (key, before) in existing {
        let entry = match after.get(key) {
            Some(value) if value == before => continue,
            Some(value) => written::yaml(&Mapping::from_iter([(key.clone(), value.clone())])),
            None => String::new(),
        };
        text = with_block(&text, key.as_str()?, &entry)?;
    }
    Some(text)
}

/// A value with another laid over it.
fn laid_over(
    before: &Value,
    value: &Value,
    first: &LanguageTag,
    key: &str,
    stale: &mut BTreeMap<String, String>,
) -> Value {
    match (before, value) {
        (Value::Mapping(texts), Value::String(text)) if texts.contains_key(first.as_str()) => {
            if texts.get(first.as_str()).is_some_and(|before| is_same_text(before, text)) {
                return before.clone();
            }
            let mut texts = texts.clone();
            texts.insert(first.as_str().into(), text.as_str().into());
            stale.entry(key.to_owned()).or_insert_with(|| text.to_owned());
            Value::Mapping(texts)
        }
        // A make-up workday with the day that it replaces says more than the day alone, an amenity with a note as much.
        (Value::Mapping(_), Value::String(text)) if more_of(before).and_then(Value::as_str) == Some(text) => {
            before.clone()
        }
        (_, Value::String(text)) if key == "hours" && is_same_week(before, text) => before.clone(),
        (Value::String(_), Value::String(text)) if is_same_text(before, text) => before.clone(),
        (Value::Mapping(before), Value::Mapping(value)) => {
            let mut after = before.clone();
            for (name, value) in value {
                match before.get(name) {
                    _ if value.is_null() => _ = after.shift_remove(name),
                    Some(before) if name == "when" && is_same_time(Some(before), Some(value)) => {}
                    Some(before) => _ = after.insert(name.clone(), laid_over(before, value, first, key, stale)),
                    None if key == "slots" => add_slot(&mut after, name.as_str().unwrap_or_default(), value),
                    None => _ = after.insert(name.clone(), value.clone()),
                }
            }
            Value::Mapping(after)
        }
        (Value::Sequence(before), Value::Sequence(items)) => {
            let mut left: Vec<(usize, &Value)> = before.iter().enumerate().collect();
            let items = items.iter().map(|item| {
                let same = |(_, other): &(usize, &Value)| is_of(other, item, first);
                let is_then = |other: &Value| is_same_time(other.get("when"), item.get("when"));
                let place = left.iter().position(|other| same(other) && is_then(other.1));
                match place.or_else(|| left.iter().position(same)) {
                    Some(place) => {
                        let (at, other) = left.remove(place);
                        (at, laid_over(other, item, first, key, stale))
                    }
                    None => (before.len(), item.clone()),
                }
            });
            let mut items: Vec<(usize, Value)> = items.collect();
            // On a board the order of activities says nothing: they stay where they stand in the file.
            if key == "activities" {
                items.sort_by_key(|(at, _)| *at);
            }
            let items: Vec<Value> = items.into_iter().map(|(_, item)| item).collect();
            // In another order they say the same.
            let is_same = items.len() == before.len() && before.iter().all(|item| items.contains(item));
            Value::Sequence(if is_same { before.clone() } else { items })
        }
        (Value::Sequence(before), Value::String(text)) if before.len() == 1 && before.first() == Some(value) => {
            Value::Sequence(vec![text.as_str().into()])
        }
        _ => value.clone(),
    }
}

/// Whether two values say the same of when something is, however they are written.
fn is_same_time(before: Option<&Value>, value: Option<&Value>) -> bool {
    let text = |value: Option<&'_ Value>| value.and_then(Value::as_str).map(str::to_owned);
    before == value || text(before).zip(text(value)).is_some_and(|(one, other)| is_then(&one, &other))
}

/// Whether a text is another but for the marks that say where it may be broken.
fn is_same_text(before: &Value, text: &str) -> bool {
    before.as_str().is_some_and(|before| without_marks(before.to_owned()) == text)
}

/// What an entry with details is about, where it might be written as that alone.
fn more_of(entry: &Value) -> Option<&Value> {
    ["on", "kind"].iter().find_map(|key| entry.get(key))
}

/// Whether hours have the week of a text and it says nothing of dates: what it does not say of holidays stays.
fn is_same_week(before: &Value, text: &str) -> bool {
    let read = |text: &str| if osm::looks_like_osm(text) { osm::read(text) } else { spoken::read(text) };
    let before = match before {
        Value::String(before) => read(before).ok(),
        table => serde_yaml::from_value::<Hours>(table.clone()).ok().map(|hours| hours.rules(Vec::new())),
    };
    let Some((before, said)) = before.zip(read(text).ok()) else { return false };
    let is_week_alone = said.seasons.is_empty() && said.exceptions.is_empty();
    is_week_alone && WeekdaySet::ALL.iter().all(|day| before.weekly.on(day) == said.weekly.on(day))
}

/// Whether two items of a list are about the same thing, by what names it.
fn is_of(before: &Value, item: &Value, first: &LanguageTag) -> bool {
    const NAMES: [&str; 7] = ["title", "name", "number", "role", "label", "per", "on"];
    let text = |value: &Value| text_of(value, first.as_str());
    if !item.is_mapping() {
        let before = more_of(before).unwrap_or(before);
        return text(before).is_some() && text(before) == text(item);
    }
    let named = NAMES.iter().find_map(|key| item.get(key).map(|value| (key, text(value))));
    named.is_some_and(|(key, name)| name.is_some() && before.get(key).and_then(text) == name)
}

/// The text with the lines of a top-level key replaced.
fn with_block(text: &str, key: &str, block: &str) -> Option<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let is_key = |line: &&str| {
        line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'))
            || line
                .strip_prefix(['"', '\''])
                .and_then(|line| line.strip_prefix(key))
                .is_some_and(|rest| rest.starts_with(['"', '\'']))
    };
    let start = lines.iter().position(is_key)?;
    let inside = |line: &&&str| line.starts_with([' ', '\t', '-', '}', ']']) || line.trim().is_empty();
    let length = lines.iter().skip(start + 1).take_while(inside).count();
    let end = start + 1 + length;
    // Blank lines between two keys belong to neither.
    let blank = lines.get(start + 1..end)?.iter().rev().take_while(|line| line.trim().is_empty()).count();
    let before = lines.get(..start)?.concat();
    let after = lines.get(end - blank..)?.concat();
    Some(format!("{before}{block}{after}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const FILE: &str = "name: {zh-Hans: 甲, en: A}   # as on the door\nkind: station\n\naddress: 一路1号\nphones:\n  - {for: 前台, number: 0931-0000001}\n# at the end\nlocation: {lat: 1, lon: 2}\n";

    fn merge(record: &str) -> (String, Vec<String>) {
        let record: Mapping = serde_yaml::from_str(record).unwrap();
        let (text, stale) = merged(FILE, &record, false, &LanguageTag::chinese()).unwrap();
        (text, stale.into_keys().collect())
    }

    #[test]
    fn what_says_nothing_new_changes_nothing() {
        let (text, stale) = merge("name: 甲\naddress: 一路1号\nphones: [{number: 0931-0000001}]\n");
        assert_eq!((text.as_str(), stale.len()), (FILE, 0));
    }

    #[test]
    fn what_differs_is_written_anew_and_everything_else_stays() {
        let (text, stale) = merge("name: 乙\nphones: [{number: 0931-0000002}]\nsummary: 新的\n");
        let after = FILE
            .replace("name: {zh-Hans: 甲, en: A}   # as on the door", "name: {zh-Hans: 乙, en: A}   # as on the door")
            .replace("phones:\n  - {for: 前台, number: 0931-0000001}\n", "phones:\n  - {number: 0931-0000002}\n");
        assert_eq!((text, stale), (format!("{after}summary: 新的\n"), vec!["name".to_owned()]));
    }
}
