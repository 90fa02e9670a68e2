//! What each type, key and value of content is called and means, in Chinese and in English.
//!
//! The English text is the doc comment of the type, as its JSON Schema has it; the Chinese one stands in `zh-Hans.yaml`
//! beside this file, under the name of the type in the schema. Titles are the words that editors may write: the Chinese
//! ones are those of [`words`]. Editors' hints, forms and the reference all take what they say from here, and
//! `tests/schema.rs` holds both languages against the types, so that nothing is left out or left over.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde_json::Value;

use super::schemas::Schemas;
use crate::source::words;

const ZH_HANS: &str = include_str!("zh-Hans.yaml");
/// The key under which the Chinese table describes the type itself.
const ITSELF: &str = "_";

/// A text in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InBoth {
    /// In Chinese.
    pub zh_hans: String,
    /// In English.
    pub en: String,
}

/// What something is called, and what it means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Description {
    /// The word for it.
    pub title: InBoth,
    /// A sentence or two; empty in a language that has none.
    pub text: InBoth,
}

/// A type with its keys or values.
#[derive(Debug, Clone, Default)]
pub struct DescribedType {
    /// The type itself.
    pub itself: Description,
    /// Its keys, or the values that it may have, in the order of the schema.
    pub parts: Vec<(String, Description)>,
}

/// All types that content is made of, by their names in the JSON Schema.
pub fn all() -> &'static BTreeMap<String, DescribedType> {
    static READ: OnceLock<BTreeMap<String, DescribedType>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut types = BTreeMap::new();
        for schema in Schemas::all().iter() {
            let schema = schema.as_value();
            if let Some(name) = schema.get("title").and_then(Value::as_str) {
                describe(name, schema, &mut types);
            }
            for (name, schema) in schema.get("$defs").and_then(Value::as_object).into_iter().flatten() {
                describe(name, schema, &mut types);
            }
        }
        types
    })
}

/// What a type is.
pub fn of_type(name: &str) -> Option<&'static Description> {
    Some(&all().get(name)?.itself)
}

/// What a key or a value of a type is.
pub fn of_part(name: &str, part: &str) -> Option<&'static Description> {
    all().get(name)?.parts.iter().find(|(known, _)| known == part).map(|(_, described)| described)
}

/// The Chinese texts: for each type what it is, under `_`, and what its keys or values are.
pub fn chinese() -> &'static HashMap<String, HashMap<String, String>> {
    static READ: OnceLock<HashMap<String, HashMap<String, String>>> = OnceLock::new();
    READ.get_or_init(|| serde_yaml::from_str(ZH_HANS).unwrap_or_default())
}

fn describe(name: &str, schema: &Value, types: &mut BTreeMap<String, DescribedType>) {
    if types.contains_key(name) {
        return;
    }
    let chinese = |part: &str| chinese().get(name).and_then(|of| of.get(part)).cloned().unwrap_or_default();
    let table = words::chinese();
    let described = |part: &str, words: &[String], schema: &Value| Description {
        title: InBoth { zh_hans: words.first().cloned().unwrap_or_default(), en: spaced(part) },
        text: InBoth { zh_hans: chinese(part), en: english(schema) },
    };
    let keys = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let keys = keys.map(|(key, schema)| (key.clone(), described(key, table.of_key(name, key), schema)));
    let values = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let values = values.filter_map(|value| {
        let word = value.get("const")?.as_str()?;
        Some((word.to_owned(), described(word, table.of_value(name, word), value)))
    });
    let itself = Description {
        title: InBoth { zh_hans: first_clause(&chinese(ITSELF)), en: words_of(name) },
        text: InBoth { zh_hans: chinese(ITSELF), en: english(schema) },
    };
    types.insert(name.to_owned(), DescribedType { itself, parts: keys.chain(values).collect() });
}

/// The doc comment, its lines joined.
fn english(schema: &Value) -> String {
    let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    text.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect::<Vec<_>>().join("\n\n")
}

/// A key or value as words: `part_of` is “part of”.
fn spaced(part: &str) -> String {
    part.replace(['_', '-'], " ")
}

/// The name of a type as words: `HouseDocument` is “house document”.
fn words_of(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}

/// What stands before the first mark: the Chinese texts begin with what the thing is.
fn first_clause(text: &str) -> String {
    text.split(['，', '。', '：', '；', '（']).next().unwrap_or_default().to_owned()
}
