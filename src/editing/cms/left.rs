//! What is written in a way that no form can show, so that nobody finds an empty field where something stands.

use serde_json::Value;

use super::wording::Wording;
use crate::content::ADDRESSES_FILE;
use crate::content::schemas::Schemas;
use crate::diagnostics::Language;
use crate::source::{self, File};

/// What stands in the way of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Obstacle {
    /// Keys or values in Chinese, while those of most files are in English.
    Chinese,
    /// Keys or values that are not the first Chinese word, while those of most files are in Chinese.
    English,
    /// Opening hours as one text.
    Hours,
    /// A date in another form than the usual one.
    Date,
    /// One word where the form has a list.
    Word,
    /// A file in a folder below that of its kind.
    Folder,
}

impl Obstacle {
    /// What it is and what to do, with keys in the words of the site's files.
    fn said(self, wording: Wording, language: Language) -> String {
        let (weekly, holidays) = (wording.key("Hours", "weekly"), wording.key("Hours", "holidays"));
        let outputs = wording.key("SiteConfig", "outputs");
        match (self, language) {
            (Self::Chinese, Language::ZhHans) => "键或值是中文；运行 noticeboard fix --keys en --write 改成英文".to_owned(),
            (Self::Chinese, Language::En) => {
                "keys or values are in Chinese; noticeboard fix --keys en --write puts them into English".to_owned()
            }
            (Self::English, Language::ZhHans) => {
                "键或值和别的文件写法不一样；先运行 noticeboard fix --keys en --write，再运行 noticeboard fix --keys zh --write"
                    .to_owned()
            }
            (Self::English, Language::En) => {
                "keys or values are not in the words of the other files; noticeboard fix --keys en --write and then --keys zh --write make them the same".to_owned()
            }
            (Self::Hours, Language::ZhHans) => {
                format!("开放时间写成了一句话；表单里要写成表（{weekly}、{holidays} ……）")
            }
            (Self::Hours, Language::En) => {
                format!("opening hours are one text; the form has a table ({weekly}, {holidays} …)")
            }
            (Self::Date, Language::ZhHans) => "日期不是 2026-10-01 这样写的；运行 noticeboard fix --write".to_owned(),
            (Self::Date, Language::En) => {
                "a date is not written like 2026-10-01; noticeboard fix --write mends it".to_owned()
            }
            (Self::Word, Language::ZhHans) => format!("{outputs} 写成了一个词；表单里要一样一样选"),
            (Self::Word, Language::En) => format!("{outputs} is one word; the form has a list"),
            (Self::Folder, Language::ZhHans) => "在下一级文件夹里；表单只列出这一类文件夹里的文件".to_owned(),
            (Self::Folder, Language::En) => {
                "it lies in a folder below; the form lists the files of its kind's folder only".to_owned()
            }
        }
    }
}

/// What is in the way, each with its file and what to do.
pub(super) fn of(schemas: &Schemas, files: &[File], wording: Wording, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    for file in files {
        let Some(kind) = schemas.kinds().find(|kind| {
            if kind.path.ends_with('/') { file.path.starts_with(&kind.path) } else { *file.path == *kind.path }
        }) else {
            continue;
        };
        let yaml = match kind.is_markdown {
            true => source::split(file).ok().and_then(|parts| file.text.get(parts.front_matter)),
            false => Some(&*file.text),
        };
        let mut found = Vec::new();
        let below = file.path.strip_prefix(&kind.path).unwrap_or_default();
        if below.contains('/') && !kind.is_nested {
            found.push(Obstacle::Folder);
        }
        if let Some(Ok(value)) = yaml.map(serde_yaml::from_str::<Value>) {
            let root = kind.schema.as_value();
            let wording = if kind.path == ADDRESSES_FILE { Wording::English } else { wording };
            let name = root.get("title").and_then(Value::as_str).unwrap_or_default();
            look(&value, (name, root), &Seen { root, wording }, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        let (path, mark) = (&file.path, if language == Language::ZhHans { "：" } else { ": " });
        lines.extend(found.into_iter().map(|obstacle| format!("{path}{mark}{}", obstacle.said(wording, language))));
    }
    lines
}

/// What a file is looked at with.
struct Seen<'a> {
    root: &'a Value,
    wording: Wording,
}

impl Seen<'_> {
    /// What it is that words are in another language than those of the forms.
    fn other_words(&self) -> Obstacle {
        if self.wording.is_chinese() { Obstacle::English } else { Obstacle::Chinese }
    }
}

fn look(value: &Value, (name, schema): (&str, &Value), seen: &Seen<'_>, found: &mut Vec<Obstacle>) {
    let below = schema.get("$ref").and_then(Value::as_str).and_then(|way| way.strip_prefix("#/$defs/"));
    if let Some(below) = below {
        match (below, value) {
            ("Written", Value::String(_)) => found.push(Obstacle::Hours),
            ("Outputs", Value::String(_)) => found.push(Obstacle::Word),
            _ => {}
        }
        let Some(schema) = seen.root.get("$defs").and_then(|defs| defs.get(below)) else { return };
        return look(value, (below, schema), seen, found);
    }
    for branch in schema.get("anyOf").and_then(Value::as_array).into_iter().flatten() {
        look(value, (name, branch), seen, found);
    }
    let is_yes_no = schema.get("type").is_some_and(|of| of.to_string().contains("boolean"));
    match value {
        Value::String(text) => {
            if schema.get("format").is_some_and(|format| format == "date") && !is_plain_date(text) {
                found.push(Obstacle::Date);
            }
            let values = schema.get("oneOf").and_then(Value::as_array);
            let is_known = |value: &Value| {
                let value = value.get("const").or_else(|| value.get("enum")?.get(0)).and_then(Value::as_str);
                value.is_some_and(|value| seen.wording.value(name, value) == text)
            };
            let is_other = values.is_some_and(|values| !values.iter().any(is_known));
            if is_other || is_yes_no && !seen.wording.is_chinese() {
                found.push(seen.other_words());
            }
        }
        Value::Bool(_) if is_yes_no && seen.wording.is_chinese() => found.push(seen.other_words()),
        Value::Array(items) => {
            if let Some(schema) = schema.get("items") {
                items.iter().for_each(|item| look(item, (name, schema), seen, found));
            }
        }
        Value::Object(entries) => {
            let properties = schema.get("properties").and_then(Value::as_object);
            for (key, value) in entries {
                let named = properties.into_iter().flatten().find(|(known, _)| seen.wording.key(name, known) == key);
                if let Some((_, schema)) = named {
                    look(value, (name, schema), seen, found);
                } else if properties.is_some() {
                    found.push(seen.other_words());
                } else if let Some(schema @ Value::Object(_)) = schema.get("additionalProperties") {
                    look(value, (name, schema), seen, found);
                }
            }
        }
        _ => {}
    }
}

fn is_plain_date(text: &str) -> bool {
    let is = |(place, byte): (usize, u8)| if matches!(place, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(is)
}
