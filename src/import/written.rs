//! YAML as an editor would have written it: short things on one line, long ones below each other, quotes where needed.

use std::fmt::Write as _;

use serde_yaml::{Mapping, Value};

/// Longest line that a whole mapping or list is put on, in columns as a terminal counts them.
const WIDEST: usize = 118;

/// The text of a record.
pub(super) fn yaml(record: &Mapping) -> String {
    let mut text = String::new();
    mapping(record, 0, true, &mut text);
    text
}

/// An entry of a mapping, from the beginning of its line on.
pub(super) fn entry_lines(key: &Value, value: &Value) -> String {
    let mut text = String::new();
    entry(key, value, 0, false, &mut text);
    text
}

/// An item of a list, from its dash on.
pub(super) fn item_lines(item: &Value) -> String {
    let mut text = String::new();
    list_item(item, 0, &mut text);
    text
}

/// A value on one line, as it stands in a cell of the second sheet or in a message.
pub(super) fn flow(value: &Value) -> String {
    match value {
        Value::Mapping(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{}: {}", name(key), flow(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Value::Sequence(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        other => scalar(other),
    }
}

/// A key: `on` is one of ours, and our reader takes it for nothing else.
fn name(key: &Value) -> String {
    key.as_str().filter(|key| *key == "on").map_or_else(|| flow(key), str::to_owned)
}

fn mapping(entries: &Mapping, depth: usize, is_top: bool, text: &mut String) {
    for (key, value) in entries {
        entry(key, value, depth, is_top, text);
    }
}

fn entry(key: &Value, value: &Value, depth: usize, is_top: bool, text: &mut String) {
    let indent = "  ".repeat(depth);
    let key = name(key);
    let line = flow(value);
    let fits = width(&line) + width(&key) + 2 * depth + 2 <= WIDEST && !line.contains("\\n");
    match value {
        // A list of records is read best one below the other, however short.
        Value::Sequence(items) if !items.is_empty() && (!fits || is_top && items.iter().any(Value::is_mapping)) => {
            let _ = writeln!(text, "{indent}{key}:");
            for item in items {
                list_item(item, depth + 1, text);
            }
        }
        Value::Mapping(entries) if !fits && !entries.is_empty() => {
            let _ = writeln!(text, "{indent}{key}:");
            mapping(entries, depth + 1, false, text);
        }
        _ => _ = writeln!(text, "{indent}{key}: {line}"),
    }
}

fn list_item(item: &Value, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    let line = flow(item);
    match item {
        Value::Mapping(entries) if width(&line) + 2 * depth + 2 > WIDEST && !entries.is_empty() => {
            let mut inner = String::new();
            mapping(entries, depth + 1, false, &mut inner);
            let _ = write!(text, "{indent}- {}", inner.trim_start());
        }
        _ => _ = writeln!(text, "{indent}- {line}"),
    }
}

fn scalar(value: &Value) -> String {
    let Value::String(text) = value else {
        return serde_yaml::to_string(value).map(|text| text.trim().to_owned()).unwrap_or_default();
    };
    if is_plain(text) { text.clone() } else { quoted(text) }
}

/// Whether a text needs no quotes, also between brackets.
fn is_plain(text: &str) -> bool {
    let is_special = |c: char| ":#,[]{}\"'\n\\|<>&*!%@`".contains(c) || is_unseen(c);
    let starts = text.chars().next().is_some_and(|c| matches!(c, '-' | '?' | '=' | '~' | ' '));
    // Words that readers of YAML 1.1 take for yes and no.
    let is_answer = ["yes", "no", "on", "off", "y", "n"].contains(&text.to_ascii_lowercase().as_str());
    !text.is_empty()
        && !is_answer
        && !starts
        && !text.ends_with(' ')
        && !text.contains(is_special)
        && matches!(serde_yaml::from_str::<Value>(text), Ok(Value::String(read)) if read == *text)
}

/// Whether a character is none that can be seen, or ends a line in YAML and not in JSON.
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

fn quoted(text: &str) -> String {
    let json = serde_json::to_string(text).unwrap_or_default();
    json.chars().fold(String::with_capacity(json.len()), |mut quoted, c| {
        if is_unseen(c) {
            let _ = write!(quoted, "\\u{:04x}", u32::from(c));
        } else {
            quoted.push(c);
        }
        quoted
    })
}

/// How many columns a text takes in a terminal or an editor.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_quoted_only_where_it_must_be() {
        let text = "title: 冬季计划\nvalid: 2026-11-01..2027-01-15\nslots: {上午: \"09:00-11:30\"}\nactivities:\n  - {title: 健康讲座, when: 周二 上午, places: 12}\n  - {title: \"a: b\", when: \"12\", note: \"yes\"}\nnotes: [甲, 乙]\n";
        let record: Mapping = serde_yaml::from_str(text).unwrap();
        assert_eq!(yaml(&record), text);
        let long = "很长的一句话，讲这个活动讲什么，讲给谁听，要带什么，讲完以后做什么，下次什么时候讲。".repeat(2);
        let text = format!("activities:\n  - title: 甲\n    summary: {long}\n");
        let record: Mapping = serde_yaml::from_str(&text).unwrap();
        assert_eq!(yaml(&record), text);
    }

    #[test]
    fn hostile_texts_come_back_as_they_were() {
        for text in [
            "",
            " a",
            "a\nb",
            "- x",
            "{a}",
            "#",
            "null",
            "true",
            "1.5",
            "'",
            "\"",
            "a #b",
            "\u{1}",
            "*x",
            "2026-01-01",
            "~",
            "=",
            "a\u{85}b",
            "a\u{2028}b",
            "yes",
        ] {
            let record = Mapping::from_iter([("k".into(), Value::from(text))]);
            assert_eq!(serde_yaml::from_str::<Mapping>(&yaml(&record)).unwrap(), record, "{text:?}");
        }
    }
}
