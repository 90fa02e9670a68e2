//! What is written in a way that no form can show, so that nobody finds an empty field where something stands.

use serde_json::Value;

use crate::content::schemas::Schemas;
use crate::diagnostics::Language;
use crate::source::{self, File};

/// What stands in the way of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Obstacle {
    /// Keys or values in Chinese.
    Chinese,
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
    fn said(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Chinese, Language::ZhHans) => "键或值是中文；运行 noticeboard fix --keys en --write 改成英文",
            (Self::Chinese, Language::En) => {
                "keys or values are in Chinese; noticeboard fix --keys en --write puts them into English"
            }
            (Self::Hours, Language::ZhHans) => "开放时间写成了一句话；表单里要写成表（weekly、holidays ……）",
            (Self::Hours, Language::En) => "opening hours are one text; the form has a table (weekly, holidays …)",
            (Self::Date, Language::ZhHans) => "日期不是 2026-10-01 这样写的；运行 noticeboard fix --write",
            (Self::Date, Language::En) => "a date is not written like 2026-10-01; noticeboard fix --write mends it",
            (Self::Word, Language::ZhHans) => "outputs 写成了一个词；表单里要一样一样选",
            (Self::Word, Language::En) => "outputs is one word; the form has a list",
            (Self::Folder, Language::ZhHans) => "在下一级文件夹里；表单只列出这一类文件夹里的文件",
            (Self::Folder, Language::En) => {
                "it lies in a folder below; the form lists the files of its kind's folder only"
            }
        }
    }
}

/// What is in the way, each with its file and what to do.
pub(super) fn of(schemas: &Schemas, files: &[File], language: Language) -> Vec<String> {
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
            look(&value, root, root, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        let (path, mark) = (&file.path, if language == Language::ZhHans { "：" } else { ": " });
        lines.extend(found.into_iter().map(|obstacle| format!("{path}{mark}{}", obstacle.said(language))));
    }
    lines
}

fn look(value: &Value, schema: &Value, root: &Value, found: &mut Vec<Obstacle>) {
    let below = schema.get("$ref").and_then(Value::as_str).and_then(|way| way.strip_prefix("#/$defs/"));
    if let Some(below) = below {
        match (below, value) {
            ("Written", Value::String(_)) => found.push(Obstacle::Hours),
            ("Outputs", Value::String(_)) => found.push(Obstacle::Word),
            _ => {}
        }
        let Some(schema) = root.get("$defs").and_then(|defs| defs.get(below)) else { return };
        return look(value, schema, root, found);
    }
    for branch in schema.get("anyOf").and_then(Value::as_array).into_iter().flatten() {
        look(value, branch, root, found);
    }
    match value {
        Value::String(text) => {
            if schema.get("format").is_some_and(|format| format == "date") && !is_plain_date(text) {
                found.push(Obstacle::Date);
            }
            if schema.get("oneOf").is_some() && !text.is_ascii() {
                found.push(Obstacle::Chinese);
            }
        }
        Value::Array(items) => {
            if let Some(schema) = schema.get("items") {
                items.iter().for_each(|item| look(item, schema, root, found));
            }
        }
        Value::Object(entries) => {
            let properties = schema.get("properties");
            for (key, value) in entries {
                if let Some(schema) = properties.and_then(|properties| properties.get(key)) {
                    look(value, schema, root, found);
                } else if properties.is_some() && !key.is_ascii() {
                    found.push(Obstacle::Chinese);
                } else if let Some(schema @ Value::Object(_)) = schema.get("additionalProperties") {
                    look(value, schema, root, found);
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
