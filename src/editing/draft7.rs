//! The JSON Schema of a kind of file in draft 7, which editors know, with Chinese keys and values beside English ones.
//!
//! The schema that the program reads files with has English words only and names formats of its own. Here each key and
//! each value also stands under its Chinese words, formats are patterns where they have one, and titles and descriptions
//! are in both languages, in plain text and as VS Code shows it.

use serde_json::{Map, Value, json};

use super::examples::Examples;
use super::patterns::pattern;
use crate::content::schemas::KindSchema;
use crate::content::{KNOWN_LANGUAGES, descriptions};
use crate::source::words;

type Object = Map<String, Value>;

/// The schema of a kind, complete in itself.
pub fn schema_of(kind: &KindSchema, examples: &Examples) -> Value {
    let root = kind.schema.as_value();
    let name = root.get("title").and_then(Value::as_str).unwrap_or_default();
    let maker = Maker { examples };
    let mut made = Object::new();
    made.insert("$schema".into(), "http://json-schema.org/draft-07/schema#".into());
    made.insert("$id".into(), format!("urn:noticeboard:schema:{}", kind.word).into());
    if let Some(described) = descriptions::of_type(name) {
        describe(&mut made, described);
    }
    made.append(&mut maker.node(name, root, "#"));
    let title = super::title_of(kind.word);
    made.insert("title".into(), format!("{} · {}", title.zh_hans, title.en).into());
    let whole = examples.of_kind(kind.word);
    if !whole.is_empty() {
        made.insert("examples".into(), whole.into());
    }
    let definitions = root.get("$defs").and_then(Value::as_object).into_iter().flatten();
    let definitions: Object = definitions
        .map(|(name, schema)| (name.clone(), Value::Object(maker.node(name, schema, &format!("#/definitions/{name}")))))
        .collect();
    made.insert("definitions".into(), definitions.into());
    Value::Object(made)
}

struct Maker<'a> {
    examples: &'a Examples,
}

impl Maker<'_> {
    /// A schema within a type, without what describes it.
    fn node(&self, name: &str, schema: &Value, at: &str) -> Object {
        let mut made = Object::new();
        let Value::Object(entries) = schema else { return made };
        if let Some(way) = entries.get("$ref").and_then(Value::as_str) {
            made.insert("$ref".into(), way.replace("#/$defs/", "#/definitions/").into());
            return made;
        }
        if entries.contains_key("oneOf") {
            return values(name);
        }
        let types = entries.get("type");
        if let Some(anyof) = truth(types) {
            return anyof;
        }
        let format = entries.get("format").and_then(Value::as_str);
        if let Some(types) = types {
            made.insert("type".into(), types.clone());
        }
        for key in ["minimum", "maximum", "minItems", "minProperties"] {
            if let Some(value) = entries.get(key) {
                made.insert(key.into(), value.clone());
            }
        }
        match format {
            Some("language") => {
                made.insert("enum".into(), languages().flat_map(|(tag, words)| each(tag, words)).collect());
            }
            Some(format) => made.extend(pattern(format).map(|pattern| ("pattern".into(), pattern.into()))),
            None => {}
        }
        if let Some(branches) = entries.get("anyOf").and_then(Value::as_array) {
            let branches = branches.iter().map(|branch| Value::Object(self.node(name, branch, at)));
            made.insert("anyOf".into(), branches.collect());
        }
        if let Some(items) = entries.get("items") {
            made.insert("items".into(), self.described(name, items, at).into());
        }
        self.keys(name, entries, at, &mut made);
        made
    }

    /// A schema within a type, described as the type that it is of. A type does not describe itself: an editor would show
    /// that instead of what the key is for.
    fn described(&self, name: &str, schema: &Value, at: &str) -> Object {
        let node = self.node(name, schema, at);
        let of = node.get("$ref").and_then(Value::as_str).and_then(|way| way.strip_prefix("#/definitions/"));
        let Some(described) = of.and_then(descriptions::of_type) else { return node };
        let mut made = Object::new();
        describe(&mut made, described);
        made.insert("allOf".into(), json!([node]));
        made
    }

    /// The keys of a mapping.
    fn keys(&self, name: &str, entries: &Object, at: &str, made: &mut Object) {
        let table = words::chinese();
        let below = entries.get("additionalProperties");
        let names = entries.get("propertyNames").and_then(|names| names.get("format")).and_then(Value::as_str);
        if let (Some("language"), Some(value)) = (names, below) {
            let value = self.node(name, value, at);
            let of = |(tag, words): (&'static str, &'static [String])| {
                let title = words.first().cloned().unwrap_or_default();
                let mut titled = value.clone();
                titled.insert("title".into(), format!("{title} · {tag}").into());
                each(tag, words).map(|word| (word, Value::Object(titled.clone()))).collect::<Vec<_>>()
            };
            let properties: Object = languages().flat_map(of).collect();
            made.insert("properties".into(), properties.into());
            made.insert("additionalProperties".into(), false.into());
            return;
        }
        match below {
            Some(Value::Bool(more)) => {
                made.insert("additionalProperties".into(), (*more).into());
            }
            Some(value) => {
                made.insert("additionalProperties".into(), self.described(name, value, at).into());
            }
            None => {}
        }
        let Some(Value::Object(properties)) = entries.get("properties") else { return };
        let mut all = Object::new();
        for (key, schema) in properties {
            all.insert(key.clone(), self.property(name, key, schema, at).into());
            for (place, word) in table.of_key(name, key).iter().enumerate() {
                let same = format!("{at}/properties/{key}");
                // Of several words the first is offered, and all are taken.
                let schema = match place {
                    0 => json!({"$ref": same}),
                    _ => json!({"allOf": [{"$ref": same}], "doNotSuggest": true}),
                };
                all.insert(word.clone(), schema);
            }
        }
        made.insert("properties".into(), all.into());
        let required =
            entries.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let required: Vec<Value> = required
            .map(|key| {
                let words = std::iter::once(key).chain(table.of_key(name, key).iter().map(String::as_str));
                let ways: Vec<Value> = words.map(|word| json!({"required": [word]})).collect();
                json!({"anyOf": ways})
            })
            .collect();
        if !required.is_empty() {
            made.insert("allOf".into(), required.into());
        }
    }

    fn property(&self, name: &str, key: &str, schema: &Value, at: &str) -> Object {
        let mut made = Object::new();
        if let Some(described) = descriptions::of_part(name, key) {
            describe(&mut made, described);
        }
        match schema.get("default") {
            None | Some(Value::Null | Value::Array(_) | Value::Object(_)) => {}
            Some(default) => {
                made.insert("default".into(), default.clone());
            }
        }
        let examples = self.examples.of_key(name, key);
        if !examples.is_empty() {
            made.insert("examples".into(), examples.into());
        }
        let mut node = self.node(name, schema, at);
        // Draft 7 reads nothing beside a `$ref`.
        if node.contains_key("$ref") {
            made.insert("allOf".into(), json!([node]));
        } else {
            made.append(&mut node);
        }
        made
    }
}

/// Writes title and description, in both languages.
fn describe(made: &mut Object, described: &descriptions::Description) {
    let (title, text) = (&described.title, &described.text);
    made.insert("title".into(), format!("{} · {}", title.zh_hans, title.en).into());
    made.insert("description".into(), format!("{}\n{}", text.zh_hans, text.en).into());
    made.insert("markdownDescription".into(), format!("{}\n\n{}", text.zh_hans, text.en).into());
}

/// The values of an enumeration, in both languages.
fn values(name: &str) -> Object {
    let (mut all, mut plain, mut marked) = (Vec::new(), Vec::new(), Vec::new());
    let described = descriptions::all().get(name);
    let parts = described.map_or(&[][..], |described| described.parts.as_slice());
    for (value, described) in parts {
        for word in each(value, words::chinese().of_value(name, value)) {
            all.push(Value::from(word));
            let both = format!("{} {}", described.text.zh_hans, described.text.en);
            plain.push(Value::from(both.clone()));
            marked.push(Value::from(both));
        }
    }
    let mut made = Object::new();
    made.insert("type".into(), "string".into());
    made.insert("enum".into(), all.into());
    made.insert("enumDescriptions".into(), plain.into());
    made.insert("markdownEnumDescriptions".into(), marked.into());
    made
}

/// Yes and no, which have words in Chinese too; nothing if the types are others.
fn truth(types: Option<&Value>) -> Option<Object> {
    let is = |name: &str| match types {
        Some(Value::String(only)) => only == name,
        Some(Value::Array(types)) => types.iter().any(|of| of == name),
        _ => false,
    };
    if !is("boolean") {
        return None;
    }
    let table = words::chinese();
    let words: Vec<&String> = ["true", "false"].into_iter().flat_map(|truth| table.of_truth(truth)).collect();
    let mut branches = vec![json!({"type": "boolean"}), json!({"type": "string", "enum": words})];
    if is("null") {
        branches.push(json!({"type": "null"}));
    }
    Some(Object::from_iter([("anyOf".to_owned(), branches.into())]))
}

fn languages() -> impl Iterator<Item = (&'static str, &'static [String])> {
    KNOWN_LANGUAGES.into_iter().map(|tag| (tag, words::chinese().of_tag(tag)))
}

/// A word and the Chinese words for it.
fn each<'a>(english: &str, words: &'a [String]) -> impl Iterator<Item = String> + use<'a> {
    std::iter::once(english.to_owned()).chain(words.iter().cloned())
}
