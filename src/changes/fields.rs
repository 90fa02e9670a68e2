//! The fields of a value that differ, in words: any kind, by the JSON Schema of its type.
//!
//! Scalars are told as old and new; of lists, what was added, what was taken away, and what differs in items of the same
//! name; of tables, the fields below. Ids are told by the names of what they name, dates and times as pages say them.

use serde_json::{Map, Value};

use super::words::{Tongue, quoted, shortened};
use crate::calendar::{Date, DateSpan};
use crate::calendar::{Day, DayOrTime, Moment, MonthDay, TimeRange, WeekdaySet, WeeklyLines};
use crate::content::Text;
use crate::site::Edition;

/// The keys by which an item of a list is known, the first that it has.
const NAMES: [&str; 14] = [
    "title", "name", "label", "role", "per", "topic", "place", "file", "tag", "for", "number", "status", "kind", "text",
];
/// The keys that readers do not see.
const UNSEEN: [&str; 8] = ["aliases", "html", "id", "links", "posters", "review_by", "search", "tags"];
/// Lists whose order says something.
const IN_ORDER: [&str; 4] = ["steps", "turns", "agenda", "languages"];
/// How deep tables in tables are told.
const DEEPEST: usize = 4;
/// The most items of a list that are named.
const MOST_ITEMS: usize = 5;

/// Which side a value is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// A field that differs.
pub(super) struct Difference {
    /// What it was and is, with the name of the field.
    pub(super) how: String,
    /// Whether readers see it.
    pub(super) seen: bool,
}

/// The fields of a type.
pub(super) struct Form {
    schema: Value,
}

/// A part of a schema, and the name of the type that it is, where it has one.
#[derive(Clone, Copy)]
struct Part<'s> {
    schema: &'s Map<String, Value>,
    name: &'s str,
}

impl Form {
    pub(super) fn of<T: schemars::JsonSchema>() -> Self {
        Self { schema: schemars::schema_for!(T).to_value() }
    }

    /// The fields that differ, in the order of the type, but for those in `not`.
    pub(super) fn differences(&self, tongue: &Tongue<'_>, old: &Value, new: &Value, not: &[&str]) -> Vec<Difference> {
        let Some(root) = self.schema.as_object() else { return Vec::new() };
        let telling = Telling { form: self, tongue };
        let fields = telling.fields(Part { schema: root, name: "" }, old, new, not, 0);
        let seen = |key: &str| !UNSEEN.contains(&key);
        fields.into_iter().map(|(key, how)| Difference { seen: seen(&key), how }).collect()
    }

    /// Follows references, and takes of several forms the one that a value has.
    fn part<'s>(&'s self, schema: &'s Value, value: &Value) -> Option<Part<'s>> {
        let mut part = Part { schema: schema.as_object()?, name: "" };
        for _ in 0..8 {
            if let Some(reference) = part.schema.get("$ref").and_then(Value::as_str) {
                let pointed = reference.strip_prefix('#').and_then(|pointer| self.schema.pointer(pointer));
                part = Part {
                    schema: pointed.and_then(Value::as_object)?,
                    name: reference.rsplit('/').next().unwrap_or_default(),
                };
                if part.name == "Text" {
                    return Some(part);
                }
                continue;
            }
            let several = ["anyOf", "oneOf"].iter().find_map(|several| part.schema.get(*several)?.as_array());
            let Some(several) = several.filter(|several| several.iter().all(|one| one.get("const").is_none())) else {
                return Some(part);
            };
            let name = part.name;
            let fits = several.iter().filter_map(Value::as_object).find(|one| self.fits(one, value));
            let Some(fitting) = fits else { return Some(part) };
            part = Part { schema: fitting, name };
        }
        Some(part)
    }

    fn fits(&self, schema: &Map<String, Value>, value: &Value) -> bool {
        let reference = schema.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix('#'));
        let schema = reference.and_then(|r| self.schema.pointer(r)).and_then(Value::as_object).unwrap_or(schema);
        let several = ["anyOf", "oneOf"].iter().find_map(|several| schema.get(*several)?.as_array());
        if let Some(several) = several {
            // The values of an enumeration are words.
            let fits = |one: &Value| match one.get("const") {
                Some(_) => value.is_string(),
                None => one.as_object().is_some_and(|one| self.fits(one, value)),
            };
            return several.iter().any(fits);
        }
        let is = |name: &str| match schema.get("type") {
            Some(Value::String(one)) => one == name,
            Some(Value::Array(several)) => several.iter().any(|one| one == name),
            _ => false,
        };
        match value {
            Value::Null => is("null"),
            Value::Object(_) => is("object") || schema.contains_key("properties"),
            Value::Array(_) => is("array"),
            Value::String(_) => is("string"),
            Value::Bool(_) => is("boolean"),
            Value::Number(_) => is("number") || is("integer"),
        }
    }
}

/// The forms of a type, told in a language.
struct Telling<'t, 'a> {
    form: &'t Form,
    tongue: &'t Tongue<'a>,
}

impl<'a> Telling<'_, 'a> {
    fn fields(&self, part: Part<'_>, old: &Value, new: &Value, not: &[&str], depth: usize) -> Vec<(String, String)> {
        let empty = Map::new();
        let (old, new) = (old.as_object().unwrap_or(&empty), new.as_object().unwrap_or(&empty));
        let properties = part.schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
        let others = part.schema.get("additionalProperties").filter(|others| others.is_object());
        // In the order of the type; of a table whose keys are free, as they are written.
        let free = new.keys().chain(old.keys().filter(|key| !new.contains_key(*key)));
        let free = free.filter(|key| !properties.contains_key(*key));
        let keys: Vec<&String> = properties.keys().chain(free).collect();
        let mut found = Vec::new();
        for key in keys.into_iter().filter(|key| !not.contains(&key.as_str())) {
            let Some(schema) = properties.get(key).or(others) else { continue };
            let (old, new) = (old.get(key).unwrap_or(&Value::Null), new.get(key).unwrap_or(&Value::Null));
            if said(old) == said(new) {
                continue;
            }
            let is_free = !properties.contains_key(key);
            let how = match (key.as_str(), old, new) {
                ("cancelled", Value::Null, why) => {
                    let how = self.tongue.say("cancelled", &[]);
                    let why = self.shown(Side::After, key, schema, why);
                    Some(self.tongue.say("because", &[("how", &how), ("why", &why)]))
                }
                // What stands in a table by its id is named by its name.
                (_, Value::Null, Value::Object(_)) if is_free => {
                    Some(self.tongue.say("added", &[("items", &self.shown(Side::After, key, schema, new))]))
                }
                (_, Value::Object(_), Value::Null) if is_free => {
                    Some(self.tongue.say("gone", &[("items", &self.shown(Side::Before, key, schema, old))]))
                }
                (_, Value::Object(_), Value::Object(_)) if is_free => self.item(key, schema, old, new, depth),
                _ => self.value(key, schema, old, new, depth).map(|how| {
                    let label = if is_free { shortened(key) } else { self.label(key) };
                    // Below another field a text or a number needs no colon of its own.
                    let is_plain = depth > 0 && !(is_several(old) || is_several(new));
                    let phrase = if is_plain { "field-below" } else { "field" };
                    self.tongue.say(phrase, &[("field", &label), ("how", &how)])
                }),
            };
            found.extend(how.map(|how| (key.clone(), how)));
        }
        found
    }

    fn label(&self, key: &str) -> String {
        let name = format!("key.{key}");
        let label = self.tongue.say(&name, &[]);
        if label == name { key.to_owned() } else { label }
    }

    /// What a value was and is; `None` where only the order of a list differs, which says nothing.
    fn value(&self, key: &str, schema: &Value, old: &Value, new: &Value, depth: usize) -> Option<String> {
        let part = self.form.part(schema, if said(new).is_null() { old } else { new })?;
        if self.is_renamed(key, schema, old, new) {
            return None;
        }
        match (part.name, old, new) {
            ("Text", ..) => Some(self.text(old, new)),
            ("Location" | "Posters", ..) => Some(self.tongue.say("other", &[])),
            (_, Value::Array(old), Value::Array(new)) => self.list(key, part, old, new, depth),
            (_, Value::Array(old), _) => self.list(key, part, old, &[], depth),
            (_, Value::Null, Value::Array(new)) => self.list(key, part, &[], new, depth),
            (_, Value::Object(_), Value::Object(_)) => {
                let below = self.fields(part, old, new, &[], depth + 1);
                let below: Vec<String> = below.into_iter().map(|(_, how)| how).collect();
                let is_told = depth < DEEPEST && !below.is_empty();
                Some(if is_told { self.semicolons(below) } else { self.tongue.say("other", &[]) })
            }
            _ => {
                let shown = |side, value: &Value| self.shown(side, key, schema, value);
                Some(self.tongue.turned(&shown(Side::Before, old), &shown(Side::After, new)))
            }
        }
    }

    /// Whether two ids name what is the same to readers: that a record has another one is told of the record.
    fn is_renamed(&self, key: &str, schema: &Value, old: &Value, new: &Value) -> bool {
        let part = self.form.part(schema, new);
        let (Value::String(old), Value::String(new)) = (old, new) else { return false };
        let is_id = part.is_some_and(|part| part.schema.get("format").and_then(Value::as_str) == Some("id"));
        let (before, after) = (self.tongue.before, self.tongue.after);
        let name = name_of(before, key, old).filter(|_| is_id && name_of(after, key, old).is_none());
        name.is_some() && name == name_of(after, key, new)
    }

    fn semicolons(&self, parts: Vec<String>) -> String {
        parts.join(&self.tongue.say("semicolon", &[]))
    }

    fn text(&self, old: &Value, new: &Value) -> String {
        let read = |value: &Value| serde_json::from_value::<Text>(value.clone()).ok();
        match (read(old), read(new)) {
            (Some(old), Some(new)) => self.tongue.text(&old, &new),
            (old, new) => {
                let quote = |edition: Edition<'a>, text: Option<Text>| {
                    text.map_or_else(String::new, |text| quoted(self.tongue, &edition.local(&text).text))
                };
                self.tongue.turned(&quote(self.tongue.before, old), &quote(self.tongue.after, new))
            }
        }
    }

    fn list(&self, key: &str, part: Part<'_>, old: &[Value], new: &[Value], depth: usize) -> Option<String> {
        let items = part.schema.get("items")?;
        let mut left: Vec<Option<&Value>> = old.iter().map(Some).collect();
        let mut take = |fits: &dyn Fn(&Value) -> bool| {
            let place = left.iter().position(|one| one.is_some_and(fits))?;
            left.get_mut(place).and_then(Option::take)
        };
        let same: Vec<bool> = new
            .iter()
            .map(|one| take(&|old| said(old) == said(one) || self.is_renamed(key, items, old, one)).is_some())
            .collect();
        let others = new.iter().zip(&same).filter(|(_, same)| !**same).map(|(one, _)| one);
        let (mut added, mut changed) = (Vec::new(), Vec::new());
        for one in others {
            match take(&|old| self.identity(Side::Before, old) == self.identity(Side::After, one)) {
                None => added.push(self.shown(Side::After, key, items, one)),
                Some(old) => changed.extend(self.item(key, items, old, one, depth)),
            }
        }
        let gone: Vec<String> = left.iter().flatten().map(|one| self.shown(Side::Before, key, items, one)).collect();
        let mut parts = Vec::new();
        for (name, list) in [("added", added), ("gone", gone)] {
            if !list.is_empty() {
                parts.push(self.tongue.say(name, &[("items", &self.some(list))]));
            }
        }
        parts.extend(changed);
        if parts.is_empty() {
            return IN_ORDER.contains(&key).then(|| self.tongue.say("order", &[]));
        }
        Some(self.semicolons(parts))
    }

    /// An item of a list that has the same name and says something else.
    fn item(&self, key: &str, items: &Value, old: &Value, new: &Value, depth: usize) -> Option<String> {
        let part = self.form.part(items, new)?;
        if part.name == "Text" {
            return Some(self.text(old, new));
        }
        // By the name that it had, where that is what changed.
        let name = self.named(Side::Before, key, items, old, false);
        let below: Vec<String> = self.fields(part, old, new, &[], depth + 1).into_iter().map(|(_, how)| how).collect();
        if below.is_empty() || depth >= DEEPEST {
            return Some(self.tongue.say("item-other", &[("item", &name)]));
        }
        let how = below.join(&self.tongue.say("comma", &[]));
        Some(self.tongue.say("item", &[("item", &name), ("how", &how)]))
    }

    /// The first items of a list, and how many more there are.
    fn some(&self, mut items: Vec<String>) -> String {
        let more = items.len().saturating_sub(MOST_ITEMS);
        items.truncate(MOST_ITEMS);
        let list = self.tongue.list(items);
        if more == 0 { list } else { self.tongue.say("and-more", &[("list", &list), ("n", &more.to_string())]) }
    }

    /// By what an item is known.
    fn identity(&self, side: Side, item: &Value) -> String {
        let text = |value: &Value| match serde_json::from_value::<Text>(value.clone()) {
            Ok(text) => {
                let first = self.edition(side).site.first_language();
                text.best(first, first).0.to_owned()
            }
            Err(_) => value.to_string(),
        };
        match item {
            Value::Object(entries) => {
                let name = NAMES.iter().find_map(|name| entries.get(*name).filter(|value| !value.is_null()));
                name.map_or_else(|| text(item), text)
            }
            other => text(other),
        }
    }

    fn edition(&self, side: Side) -> Edition<'a> {
        match side {
            Side::Before => self.tongue.before,
            Side::After => self.tongue.after,
        }
    }

    /// A value as people read it; a table by its name.
    fn shown(&self, side: Side, key: &str, schema: &Value, value: &Value) -> String {
        self.named(side, key, schema, value, true)
    }

    /// As [`Telling::shown`]; a telephone line with its number only if that is asked for.
    fn named(&self, side: Side, key: &str, schema: &Value, value: &Value, with_number: bool) -> String {
        let Some(part) = self.form.part(schema, value) else { return String::new() };
        let edition = self.edition(side);
        match value {
            Value::Null => String::new(),
            Value::Bool(yes) => self.tongue.say(if *yes { "yes" } else { "no" }, &[]),
            Value::Number(number) => number.to_string(),
            Value::Array(list) => {
                let none = Value::Bool(true);
                let items = part.schema.get("items").unwrap_or(&none);
                self.some(list.iter().map(|one| self.shown(side, key, items, one)).collect())
            }
            _ if part.name == "Text" => {
                let text = serde_json::from_value::<Text>(value.clone()).ok();
                text.map_or_else(String::new, |text| quoted(self.tongue, &edition.local(&text).text))
            }
            Value::String(word) => self.word(edition, key, part, word),
            Value::Object(entries) => {
                let days = ["on", "days"].iter().find_map(|name| entries.get(*name)?.as_str());
                let days = days.and_then(|days| self.formatted("date-span", days));
                let named = NAMES.iter().find_map(|name| Some((*name, entries.get(*name).filter(|v| !v.is_null())?)));
                let below = |name: &str| part.schema.get("properties").and_then(|properties| properties.get(name));
                let name = named.and_then(|(name, value)| Some(self.shown(side, name, below(name)?, value)));
                let is_line = with_number && entries.contains_key("for");
                let line = entries.get("number").and_then(Value::as_str).filter(|_| is_line);
                match (name, days) {
                    // A telephone line is known by what it is for, and its number is what one wants to know.
                    (Some(name), None) => {
                        [Some(name.as_str()), line].into_iter().flatten().collect::<Vec<_>>().join(" ")
                    }
                    (Some(name), Some(days)) => self.tongue.say("dated", &[("item", &name), ("days", &days)]),
                    (None, Some(days)) => days,
                    (None, None) => self.tongue.say("entry", &[]),
                }
            }
        }
    }

    /// A string: a term of the theme, the name of what an id names, a date or time, or itself.
    fn word(&self, edition: Edition<'_>, key: &str, part: Part<'_>, word: &str) -> String {
        let format = part.schema.get("format").and_then(Value::as_str).unwrap_or_default();
        let terms = match part.name {
            "CentreKind" => "centre-kind",
            "Amenity" => "amenity",
            "Accessibility" => "accessibility",
            "AreaLevel" => "area-level",
            "AreaStatus" => "status",
            "NoticeKind" => "notice-kind",
            "Urgency" => "urgency",
            "FeedbackStatus" => "feedback",
            _ => "",
        };
        if !terms.is_empty() {
            return edition.wording.term(&format!("{terms}.{word}")).to_owned();
        }
        match format {
            "id" => name_of(edition, key, word).unwrap_or_else(|| word.to_owned()),
            "text" => quoted(self.tongue, word),
            "language" => edition.wording.term(&format!("language.{word}")).to_owned(),
            other => self.formatted(other, word).unwrap_or_else(|| shortened(word)),
        }
    }

    fn formatted(&self, format: &str, text: &str) -> Option<String> {
        let (tongue, wording) = (self.tongue, self.tongue.wording());
        Some(match format {
            "date" => tongue.day(Day::read(text).ok()?.0),
            "date-span" => {
                let span = DateSpan::read(text).ok()?;
                tongue.span(span.first(), span.last())
            }
            "day-or-time" => {
                let at = DayOrTime::read(text).ok()?;
                let time = at.time.map(|time| format!(" {time}")).unwrap_or_default();
                format!("{}{time}", tongue.day(at.date))
            }
            "moment" => {
                let at = Moment::read(text).ok()?;
                format!("{} {}", tongue.day(at.date), at.time)
            }
            "month-day" => {
                let day = MonthDay::read(text).ok()?;
                wording.short_day(Date::new(2024, day.month(), day.day()).ok()?)
            }
            "time-range" => TimeRange::read(text).ok()?.to_string(),
            "intervals" => wording.times(&crate::calendar::Intervals::read(text).ok()?),
            "weekdays" => wording.weekdays(WeekdaySet::read(text).ok()?),
            "weekly-lines" => wording.weekly_lines(&WeeklyLines::read(text).ok()?),
            _ => return None,
        })
    }
}

/// The name of what an id names, by the key that it stands under.
fn name_of(edition: Edition<'_>, key: &str, id: &str) -> Option<String> {
    let (content, index) = (&edition.site.content, &edition.site.index);
    let site = &content.site.value;
    let text = match key {
        "audience" | "audiences" => &site.audiences.get(id)?.name,
        "department" | "departments" => &site.departments.get(id)?.name,
        "strand" => &site.strands.get(id)?.name,
        "led_by" => &content.teams.get(*index.team.get(id)?)?.value.name,
        "centre" | "centres" | "part_of" => {
            let centre = &content.centres.get(*index.centre.get(id)?)?.value;
            centre.short_name.as_ref().unwrap_or(&centre.name)
        }
        "area" | "areas" => &index.areas.get(*index.area.get(id)?)?.area.name,
        "policies" => &content.policies.get(*index.policy.get(id)?)?.value.title,
        _ => return None,
    };
    Some(shortened(&edition.local(text).text))
}

/// Whether a value is a list or a table, but for a text in several languages.
fn is_several(value: &Value) -> bool {
    let is_text = || serde_json::from_value::<Text>(value.clone()).is_ok();
    matches!(value, Value::Array(_)) || (matches!(value, Value::Object(_)) && !is_text())
}

/// A value without what is not written, so that an absent list and an empty one are the same.
fn said(value: &Value) -> Value {
    match value {
        Value::Bool(false) => Value::Null,
        Value::Array(items) if items.is_empty() => Value::Null,
        Value::Array(items) => Value::Array(items.iter().map(said).collect()),
        Value::Object(entries) => {
            let kept: Map<String, Value> =
                entries.iter().map(|(key, value)| (key.clone(), said(value))).filter(|(_, v)| !v.is_null()).collect();
            if kept.is_empty() { Value::Null } else { Value::Object(kept) }
        }
        other => other.clone(),
    }
}

/// Whether two values say the same.
pub(super) fn same(old: &Value, new: &Value) -> bool {
    said(old) == said(new)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::changes::words::phrases;
    use crate::content::*;
    use crate::diagnostics::Language;

    /// How sheets are made is nothing that readers see, and is told as that only.
    fn is_of_sheets(name: &str) -> bool {
        matches!(name, "Posters" | "SheetOptions" | "PosterOptions" | "posters")
    }

    fn keys(schema: &Value, found: &mut BTreeSet<String>) {
        match schema {
            Value::Object(entries) => {
                for (name, below) in entries {
                    if name == "properties" {
                        found.extend(below.as_object().into_iter().flatten().map(|(key, _)| key.clone()));
                    }
                    if !is_of_sheets(name) {
                        keys(below, found);
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
            _ => {}
        }
    }

    #[test]
    fn every_key_that_readers_see_has_a_name_in_both_languages() {
        let mut found = BTreeSet::new();
        macro_rules! of { ($($kind:ty),*) => { $(keys(&Form::of::<$kind>().schema, &mut found);)* } }
        of!(
            SiteConfig,
            AreasFile,
            CalendarYear,
            Centre,
            Programme,
            Event,
            Policy,
            Notice,
            Team,
            Duty,
            Outreach,
            Feedback,
            Page
        );
        for language in [Language::ZhHans, Language::En] {
            let named = phrases(language);
            let lacking: Vec<_> = found.iter().filter(|key| !named.contains_key(&format!("key.{key}"))).collect();
            assert!(lacking.is_empty(), "{language:?}: {lacking:?}");
        }
        let foreign = |name: &&String| name.strip_prefix("key.").is_some_and(|key| !found.contains(key));
        assert_eq!(phrases(Language::En).keys().filter(foreign).collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn what_is_not_written_and_what_is_empty_are_the_same() {
        let json = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
        assert!(same(&json(r#"{"a":[],"b":null,"c":{"d":false}}"#), &json("{}")));
        assert!(!same(&json(r#"{"a":[1]}"#), &json("{}")));
    }
}
