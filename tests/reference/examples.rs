//! Examples of each key, from content that is built and tested: the example site and the sites of `noticeboard new`.

use std::collections::HashMap;
use std::path::Path;

use camino::Utf8Path;
use noticeboard::content::schemas::Schemas;
use noticeboard::content::{KeyLanguage, mended};
use noticeboard::source::{self, File, read_site};
use serde_json::Value as Json;
use serde_yaml::Value;

use super::fields::Tongue;

/// The longest example, in lines.
const MOST_LINES: usize = 12;

/// The shortest example of each key of each type, as YAML.
pub struct Examples(HashMap<(String, String), String>);

impl Examples {
    /// Reads the content; in Chinese its keys and values are written in Chinese.
    pub fn read(tongue: Tongue) -> Self {
        let top = Path::new(env!("CARGO_MANIFEST_DIR"));
        let sites = match tongue {
            Tongue::Chinese => [".", "src/cli/starter/zh-Hans"],
            Tongue::English => ["src/cli/starter/en", "."],
        };
        let mut found = Self(HashMap::new());
        let schemas = Schemas::all();
        for site in sites {
            let root = top.join(site);
            let sources = read_site(Utf8Path::from_path(&root).unwrap());
            let wanted = (tongue == Tongue::Chinese).then_some(KeyLanguage::Chinese);
            let spelt = mended(&sources, wanted).0;
            let mut here = Self(HashMap::new());
            for file in &sources.files {
                let Some(schema) = schemas.of(&file.path) else { continue };
                let other = spelt.iter().find(|other| other.path == file.path).unwrap_or(file);
                if let (Some(plain), Some(shown)) = (yaml(file), yaml(other)) {
                    let schema = schema.as_value();
                    here.walk(schema, schema, schema["title"].as_str().unwrap(), &plain, &shown);
                }
            }
            // The first site has the better examples.
            for (key, example) in here.0 {
                found.0.entry(key).or_insert(example);
            }
        }
        found
    }

    /// The example of a key.
    pub fn of(&self, structure: &str, key: &str) -> Option<&str> {
        self.0.get(&(structure.to_owned(), key.to_owned())).map(String::as_str)
    }

    fn walk(&mut self, root: &Json, schema: &Json, structure: &str, plain: &Value, shown: &Value) {
        if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
            return self.walk(root, &root["$defs"][name], name, plain, shown);
        }
        for choice in schema["anyOf"].as_array().into_iter().flatten() {
            self.walk(root, choice, structure, plain, shown);
        }
        match (plain, shown) {
            (Value::Sequence(plain), Value::Sequence(shown)) => {
                for (plain, shown) in plain.iter().zip(shown) {
                    self.walk(root, &schema["items"], structure, plain, shown);
                }
            }
            (Value::Mapping(plain), Value::Mapping(shown)) => {
                for ((key, plain), (word, shown)) in plain.iter().zip(shown) {
                    let (Some(key), Some(word)) = (key.as_str(), word.as_str()) else { continue };
                    if let Some(of) = schema["properties"].get(key) {
                        self.offer(structure, key, word, shown);
                        self.walk(root, of, structure, plain, shown);
                    } else {
                        self.walk(root, &schema["additionalProperties"], structure, plain, shown);
                    }
                }
            }
            _ => {}
        }
    }

    fn offer(&mut self, structure: &str, key: &str, word: &str, value: &Value) {
        let alone = serde_yaml::Mapping::from_iter([(Value::from(word), value.clone())]);
        let text = serde_yaml::to_string(&alone).unwrap();
        if text.lines().count() > MOST_LINES {
            return;
        }
        let place = self.0.entry((structure.to_owned(), key.to_owned()));
        // The shortest, and of these the first.
        place
            .and_modify(|known| {
                if text.len() < known.len() {
                    known.clone_from(&text);
                }
            })
            .or_insert(text);
    }
}

/// The YAML of a file: all of it, or its front matter.
fn yaml(file: &File) -> Option<Value> {
    let text = match file.path.ends_with(".md") {
        true => file.text.get(source::split(file).ok()?.front_matter)?,
        false => &file.text,
    };
    serde_yaml::from_str(text).ok()
}
