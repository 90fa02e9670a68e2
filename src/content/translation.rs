//! Lays the front matter of translations over the original's.
//!
//! A translation repeats the original's keys with the translated text. Wherever both have a string, the two
//! become one text per language; lists are laid over item by item. Whatever then no longer fits the type,
//! such as a date that was "translated", is reported at its key in the translation.

use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_yaml::{Mapping, Value};

use super::text::LanguageTag;
use crate::diagnostics::{Code, Diagnostic, Place, Problem};
use crate::source::File;
use crate::source::yaml::{self, Step};

/// A translation's front matter.
pub(super) struct Side<'a> {
    pub(super) file: &'a File,
    pub(super) yaml: Range<usize>,
    pub(super) language: LanguageTag,
}

/// The original's record with all translations laid over it; `title` is the key that each of them must have. The original
/// alone is known to be good; `english` is its text if its keys are not all English.
pub(super) fn merge<T: DeserializeOwned + schemars::JsonSchema + 'static>(
    original: &File,
    yaml: Range<usize>,
    english: Option<&str>,
    sides: &[Side<'_>],
    first: &LanguageTag,
    title: &str,
) -> Result<T, Vec<Diagnostic>> {
    let base = match english {
        Some(english) => in_english(original, english)?,
        None => mapping(original, yaml)?,
    };
    let mut merged = base.clone();
    let mut wrong = Vec::new();
    for side in sides {
        let mut translated = mapping(side.file, side.yaml.clone())?;
        if has_other_keys(&translated) {
            let text = side.file.text.get(side.yaml.clone()).unwrap_or_default();
            let english = yaml::in_english::<T>(text, super::formats::read);
            translated = in_english(side.file, &english.text)?;
        }
        if !translated.contains_key(title) {
            let place = Place::new(&side.file.path, side.yaml.start..side.yaml.start);
            wrong.push(Problem::new(Code::MissingKey).with("key", title).at(place));
        }
        for (key, value) in translated {
            let fits = |whole: &Mapping| serde_yaml::from_value::<T>(Value::Mapping(whole.clone())).is_ok();
            let laid = base.get(&key).and_then(|_| overlay(merged.get(&key)?, &value, &side.language, first));
            let alone = laid.clone().map(|laid| {
                let mut alone = base.clone();
                alone.insert(key.clone(), laid);
                alone
            });
            match (laid, alone.is_some_and(|alone| fits(&alone))) {
                (Some(laid), true) => {
                    merged.insert(key, laid);
                }
                _ => {
                    let name = key.as_str().unwrap_or_default();
                    let steps = [Step::from(name)];
                    let place = yaml::locate(&side.file.path, &side.file.text, side.yaml.clone(), &steps);
                    let name = &yaml::written_key(&side.file.text, side.yaml.clone(), name);
                    wrong.push(Problem::new(Code::NotTranslatable).with("key", name).at(place));
                }
            }
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    serde_yaml::from_value(Value::Mapping(merged))
        .map_err(|_| vec![Problem::new(Code::Refused).at(Place::whole(&original.path))])
}

/// The top mapping of a front matter, checked for being one.
fn mapping(file: &File, range: Range<usize>) -> Result<Mapping, Vec<Diagnostic>> {
    let value: Loose = yaml::decode(&file.path, &file.text, range, super::formats::read)?;
    Ok(value.0)
}

/// The top mapping of a text that was put into English and is known to be a mapping.
fn in_english(file: &File, english: &str) -> Result<Mapping, Vec<Diagnostic>> {
    serde_yaml::from_str(english)
        .map_err(|_: serde_yaml::Error| vec![Problem::new(Code::Refused).at(Place::whole(&file.path))])
}

/// Whether there is a key anywhere that may be a word of another language.
fn has_other_keys(mapping: &Mapping) -> bool {
    fn within(value: &Value) -> bool {
        match value {
            Value::Mapping(mapping) => has_other_keys(mapping),
            Value::Sequence(items) => items.iter().any(within),
            _ => false,
        }
    }
    mapping.iter().any(|(key, value)| key.as_str().is_some_and(|key| !key.is_ascii()) || within(value))
}

/// Any mapping.
#[derive(serde::Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
struct Loose(#[schemars(with = "std::collections::BTreeMap<String, serde_json::Value>")] Mapping);

/// The original's value with the translation's strings beside its own; `None` where the shapes differ.
fn overlay(original: &Value, side: &Value, language: &LanguageTag, first: &LanguageTag) -> Option<Value> {
    let tag = |tag: &LanguageTag| Value::String(tag.as_str().to_owned());
    match (original, side) {
        (Value::String(_), Value::String(_)) => {
            let mut texts = Mapping::new();
            texts.insert(tag(first), original.clone());
            texts.insert(tag(language), side.clone());
            Some(Value::Mapping(texts))
        }
        (Value::Mapping(texts), Value::String(_)) => {
            let mut texts = texts.clone();
            texts.insert(tag(language), side.clone());
            Some(Value::Mapping(texts))
        }
        (Value::Sequence(items), Value::Sequence(sides)) if items.len() == sides.len() => items
            .iter()
            .zip(sides)
            .map(|(item, side)| overlay(item, side, language, first))
            .collect::<Option<Vec<_>>>()
            .map(Value::Sequence),
        (Value::Mapping(entries), Value::Mapping(sides)) => {
            let mut merged = entries.clone();
            for (key, side) in sides {
                let laid = overlay(entries.get(key)?, side, language, first)?;
                merged.insert(key.clone(), laid);
            }
            Some(Value::Mapping(merged))
        }
        _ => None,
    }
}
