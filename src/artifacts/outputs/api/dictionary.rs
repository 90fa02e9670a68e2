//! The data dictionary for readers: every file of the API and every part of one, with what each key means.
//!
//! It is made from the schemas that are published, so it cannot say anything else. Their words are English;
//! `words.zh-Hans.yaml` has the Chinese of each, found by the English.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Serialize;
use serde_json::Value;

use super::SCHEMAS;
use crate::site::views::Local;
use crate::site::{Address, Edition};

/// The language of the schemas.
const OWN: &str = "en";
/// The other language that their words are written in.
const OTHER: &str = "zh-Hans";

static WORDS: LazyLock<HashMap<String, String>> =
    LazyLock::new(|| serde_yaml::from_str(include_str!("words.zh-Hans.yaml")).unwrap_or_default());

/// The page.
#[derive(Debug, Serialize)]
pub(in crate::artifacts) struct DictionaryView {
    /// The files.
    files: Vec<Structure>,
    /// What files are made of.
    parts: Vec<Structure>,
    /// A program that uses the files, relative to the root.
    example: String,
}

/// A file, or a part of one.
#[derive(Debug, Serialize)]
struct Structure {
    /// The id of its heading.
    id: String,
    /// Its name.
    name: String,
    /// Its schema, relative to the root; parts are in those of the files.
    schema: Option<String>,
    /// What it is, in each language that there are words in.
    meaning: Vec<Local>,
    /// Its type, where it has no keys.
    kind: Vec<Piece>,
    /// Its keys, or the words that it may be.
    entries: Vec<Entry>,
}

/// A key or a word.
#[derive(Debug, Serialize)]
struct Entry {
    name: String,
    kind: Vec<Piece>,
    meaning: Vec<Local>,
}

/// A piece of a type's name.
#[derive(Debug, Serialize)]
struct Piece {
    text: String,
    /// The id of the part that it names.
    part: Option<String>,
}

/// The page in a language.
pub(in crate::artifacts) fn dictionary(edition: &Edition<'_>) -> DictionaryView {
    let writer = Reader { edition };
    let schemas = SCHEMAS.iter().map(|(name, schema)| (*name, schema().to_value()));
    let (mut files, mut parts) = (Vec::new(), BTreeMap::new());
    for (name, schema) in schemas {
        for (part, schema) in schema.get("$defs").and_then(Value::as_object).into_iter().flatten() {
            parts.entry(part.clone()).or_insert_with(|| writer.structure(part, schema));
        }
        let file = format!("api/v1/schema/{name}.json");
        files.push(Structure {
            id: format!("file-{name}"),
            name: format!("{name}.json"),
            schema: Some(Address::new(file).encoded()),
            ..writer.structure(name, &schema)
        });
    }
    DictionaryView { files, parts: parts.into_values().collect(), example: super::EXAMPLE.to_owned() }
}

struct Reader<'e, 'a> {
    edition: &'e Edition<'a>,
}

impl Reader<'_, '_> {
    fn structure(&self, name: &str, schema: &Value) -> Structure {
        let keys = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        let keys =
            keys.map(|(key, value)| Entry { name: key.clone(), kind: self.kind(value), meaning: self.meaning(value) });
        let words = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
        let words = words.filter_map(|word| {
            let name = word.get("const")?.as_str()?.to_owned();
            Some(Entry { name, kind: Vec::new(), meaning: self.meaning(word) })
        });
        let entries: Vec<Entry> = keys.chain(words).collect();
        Structure {
            id: part_id(name),
            name: name.to_owned(),
            schema: None,
            meaning: self.meaning(schema),
            kind: if entries.is_empty() { self.kind(schema) } else { Vec::new() },
            entries,
        }
    }

    /// What a schema describes, in the page's language if there are words in it, and in that of the schemas.
    fn meaning(&self, schema: &Value) -> Vec<Local> {
        let Some(own) = schema.get("description").and_then(Value::as_str) else { return Vec::new() };
        let own = own.replace('\n', " ");
        let language = self.edition.language.as_str();
        let local = |text: String, lang: &str| Local { text, lang: (lang != language).then(|| lang.to_owned()) };
        let other = WORDS.get(&own).filter(|_| language != OWN).map(|words| local(words.clone(), OTHER));
        other.into_iter().chain([local(own, OWN)]).collect()
    }

    fn word(&self, name: &str) -> Piece {
        Piece { text: self.edition.wording.term(&format!("dictionary.{name}")).to_owned(), part: None }
    }

    /// A type in words, its parts as links.
    fn kind(&self, schema: &Value) -> Vec<Piece> {
        if let Some(part) = schema.get("$ref").and_then(Value::as_str) {
            let name = part.rsplit('/').next().unwrap_or(part);
            return vec![Piece { text: name.to_owned(), part: Some(part_id(name)) }];
        }
        let choices: Vec<Vec<Piece>> = match (schema.get("anyOf"), schema.get("type")) {
            (Some(Value::Array(choices)), _) => choices.iter().map(|choice| self.kind(choice)).collect(),
            (_, Some(Value::Array(types))) => types.iter().map(|name| self.named(name, schema)).collect(),
            (_, Some(name)) => vec![self.named(name, schema)],
            _ => Vec::new(),
        };
        let mut pieces = Vec::new();
        for (number, choice) in choices.into_iter().enumerate() {
            if number > 0 {
                pieces.push(self.word("or"));
            }
            pieces.extend(choice);
        }
        pieces
    }

    fn named(&self, name: &Value, schema: &Value) -> Vec<Piece> {
        let of = |word: &str, inner: Option<&Value>| {
            let inner = inner.map(|inner| self.kind(inner)).unwrap_or_default();
            std::iter::once(self.word(word)).chain(inner).collect()
        };
        match name.as_str().unwrap_or_default() {
            "array" => of("list", schema.get("items")),
            "object" => of("by-language", schema.get("additionalProperties")),
            "string" => vec![self.word(schema.get("format").and_then(Value::as_str).unwrap_or("string"))],
            other => vec![self.word(other)],
        }
    }
}

fn part_id(name: &str) -> String {
    format!("part-{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that a schema says to people.
    fn said(schema: &Value, all: &mut Vec<String>) {
        match schema {
            Value::Object(entries) => {
                all.extend(entries.get("description").and_then(Value::as_str).map(|text| text.replace('\n', " ")));
                entries.values().for_each(|value| said(value, all));
            }
            Value::Array(items) => items.iter().for_each(|value| said(value, all)),
            _ => {}
        }
    }

    #[test]
    fn everything_that_schemas_say_is_said_in_chinese_too_and_nothing_else() {
        let mut all = Vec::new();
        for (_, schema) in SCHEMAS {
            said(&schema().to_value(), &mut all);
        }
        let missing: std::collections::BTreeSet<&String> =
            all.iter().filter(|text| !WORDS.contains_key(*text)).collect();
        assert!(missing.is_empty(), "{missing:#?}");
        let unused: Vec<&String> = WORDS.keys().filter(|words| !all.contains(words)).collect();
        assert!(unused.is_empty(), "{unused:#?}");
    }
}
