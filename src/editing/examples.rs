//! Examples of kinds and of their keys, from `docs/content.md`, whose examples are one site that a test checks.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::content::schemas::Schemas;

const DOCUMENT: &str = include_str!("../../docs/content.md");
/// How many examples of a key are kept.
const MOST: usize = 3;
/// How long the longest example of a key may be, as JSON.
const LONGEST: usize = 160;

/// Whole examples of kinds, and examples of single keys.
#[derive(Debug, Default)]
pub struct Examples {
    whole: BTreeMap<String, Vec<Value>>,
    keys: BTreeMap<(String, String), Vec<Value>>,
}

impl Examples {
    /// Reads the document.
    pub fn read(schemas: &Schemas) -> Self {
        let mut examples = Self::default();
        for (word, text) in blocks(DOCUMENT) {
            let kind = schemas.kinds().find(|kind| kind.word == word);
            let Some((kind, Ok(example))) = kind.map(|kind| (kind, serde_yaml::from_str::<Value>(text))) else {
                continue;
            };
            let root = kind.schema.as_value();
            let name = root.get("title").and_then(Value::as_str).unwrap_or_default();
            examples.collect(&example, root, name, root);
            if !is_translation(text) {
                examples.whole.entry(word.to_owned()).or_default().push(example);
            }
        }
        examples
    }

    /// Whole examples of a kind.
    pub fn of_kind(&self, word: &str) -> &[Value] {
        self.whole.get(word).map_or(&[], Vec::as_slice)
    }

    /// Examples of a key of a type.
    pub fn of_key(&self, name: &str, key: &str) -> &[Value] {
        self.keys.get(&(name.to_owned(), key.to_owned())).map_or(&[], Vec::as_slice)
    }

    fn collect(&mut self, example: &Value, schema: &Value, name: &str, root: &Value) {
        let below = schema.get("$ref").and_then(Value::as_str).and_then(|way| way.strip_prefix("#/$defs/"));
        if let Some((below, schema)) = below.and_then(|below| Some((below, root.get("$defs")?.get(below)?))) {
            return self.collect(example, schema, below, root);
        }
        for branch in schema.get("anyOf").and_then(Value::as_array).into_iter().flatten() {
            self.collect(example, branch, name, root);
        }
        if let (Value::Array(items), Some(schema)) = (example, schema.get("items")) {
            items.iter().for_each(|item| self.collect(item, schema, name, root));
        }
        let Value::Object(entries) = example else { return };
        for (key, value) in entries {
            if let Some(schema) = schema.get("properties").and_then(|properties| properties.get(key)) {
                let known = self.keys.entry((name.to_owned(), key.clone())).or_default();
                if known.len() < MOST && !known.contains(value) && value.to_string().len() <= LONGEST {
                    known.push(value.clone());
                }
                self.collect(value, schema, name, root);
            } else if let Some(schema @ Value::Object(_)) = schema.get("additionalProperties") {
                self.collect(value, schema, name, root);
            }
        }
    }
}

/// Whether an example is a translation, such as `ID.en.md`, which has only what it translates; its first line names it.
fn is_translation(text: &str) -> bool {
    let path = text.lines().next().unwrap_or_default().trim_end();
    path.strip_suffix(".md").is_some_and(|path| path.contains('.'))
}

/// The YAML of each fenced example, with the word of its kind.
fn blocks(document: &str) -> impl Iterator<Item = (&str, &str)> {
    document.split("\n```").filter_map(|block| {
        let (head, text) = block.split_once('\n')?;
        match head.split_once(' ')? {
            ("yaml", word) => Some((word, text)),
            ("markdown", word) => Some((word, text.strip_prefix("---\n")?.split_once("\n---\n")?.0)),
            _ => None,
        }
    })
}
