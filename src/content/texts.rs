//! Every text of a record, whatever its kind, with the key under which it stands.
//!
//! A text may be one string, which nothing tells from a date or an id. So the record is written out and laid beside the
//! JSON Schema of its type, which names the texts. A new field is found without a word here.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::text::Text;

/// Finds the texts of records of one type.
pub struct TextFinder {
    schema: Value,
}

/// The definition of [`Text`] in a schema.
const TEXT: &str = "#/$defs/Text";

impl TextFinder {
    /// For the records of a type.
    pub fn of<T: JsonSchema>() -> Self {
        Self { schema: schemars::schema_for!(T).to_value() }
    }

    /// The texts by their keys, e.g. `services/0/name`.
    pub fn texts<T: Serialize>(&self, value: &T) -> BTreeMap<String, Text> {
        let mut found = BTreeMap::new();
        if let (Some(schema), Ok(value)) = (self.schema.as_object(), serde_json::to_value(value)) {
            self.look(schema, &value, "", &mut found);
        }
        found
    }

    fn look(&self, schema: &Map<String, Value>, value: &Value, key: &str, found: &mut BTreeMap<String, Text>) {
        if value.is_null() {
            return;
        }
        match schema.get("$ref").and_then(Value::as_str) {
            Some(TEXT) => {
                if let Ok(text) = serde_json::from_value(value.clone()) {
                    found.insert(key.to_owned(), text);
                }
                return;
            }
            Some(name) => {
                let named = name.strip_prefix('#').and_then(|pointer| self.schema.pointer(pointer));
                if let Some(named) = named.and_then(Value::as_object) {
                    self.look(named, value, key, found);
                }
            }
            None => {}
        }
        for several in ["anyOf", "oneOf", "allOf"] {
            for one in schema.get(several).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
            {
                self.look(one, value, key, found);
            }
        }
        let below = |name: &str| if key.is_empty() { name.to_owned() } else { format!("{key}/{name}") };
        match value {
            Value::Object(entries) => {
                let properties = schema.get("properties").and_then(Value::as_object);
                let others = schema.get("additionalProperties").and_then(Value::as_object);
                for (name, value) in entries {
                    let of_name = properties.and_then(|properties| properties.get(name)).and_then(Value::as_object);
                    if let Some(schema) = of_name.or(others) {
                        self.look(schema, value, &below(name), found);
                    }
                }
            }
            Value::Array(items) => {
                if let Some(schema) = schema.get("items").and_then(Value::as_object) {
                    for (number, item) in items.iter().enumerate() {
                        self.look(schema, item, &below(&number.to_string()), found);
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::{Centre, SiteConfig};
    use super::*;

    #[test]
    fn texts_are_found_at_any_depth_and_nothing_else_is() {
        let centre: Centre = serde_yaml::from_str(
            "name: {zh-Hans: 中心, en: Centre}\nkind: station\narea: a\naddress: 路\n\
             amenities: [tea, {kind: wifi, note: 二楼}]\nphones: [{number: 0931-0000001, for: {en: Desk}}]\n",
        )
        .unwrap();
        let found = TextFinder::of::<Centre>().texts(&centre);
        let keys: Vec<&str> = found.keys().map(String::as_str).collect();
        assert_eq!(keys, ["address", "amenities/1/note", "name", "phones/0/for"]);
    }

    #[test]
    fn names_by_id_are_found() {
        let site: SiteConfig = serde_yaml::from_str(
            "title: 站\npublisher: 组\nbase_url: https://example.org/\nlanguages: [{tag: zh-Hans, name: 中文}]\n\
             time_zone: Asia/Shanghai\nregion: CN\naudiences: {riders: {name: 骑手}}\n",
        )
        .unwrap();
        let found = TextFinder::of::<SiteConfig>().texts(&site);
        assert_eq!(
            found.keys().map(String::as_str).collect::<Vec<_>>(),
            ["audiences/riders/name", "publisher", "title"]
        );
    }
}
