//! What a board cannot hold, in further sheets of the same workbook: every field of every activity, and of the programme.
//!
//! `export` writes them and `import` reads them. A row is an activity, a column one of its keys, under its Chinese word
//! or, in an English workbook, under the key itself. A cell holds a text as it is, or what is no text as YAML.

use schemars::schema_for;
use serde_yaml::{Mapping, Value};

use super::grid::Grid;
use super::written::flow;
use crate::content::{Programme, without_marks};
use crate::source::words;

/// The names of the sheet of the board, in Chinese and English.
pub const BOARD: [&str; 2] = ["周安排", "Board"];
/// The names of the sheet of activities, in Chinese and English.
pub const DETAILS: [&str; 2] = ["活动明细", "Activities"];
/// The names of the sheet of the programme, in Chinese and English.
pub const PROGRAMME: [&str; 2] = ["计划明细", "Programme"];
/// What stands before the state of a programme when it was exported.
pub const AS_EXPORTED: [&str; 2] = ["导出时的内容", "as exported"];

/// The state of a programme: a few digits of what its file says, so that a workbook of an older one is known.
pub fn state_of(written: &Mapping) -> String {
    let text = serde_json::to_string(written).unwrap_or_default();
    blake3::hash(text.as_bytes()).to_hex().chars().take(12).collect()
}

/// A text in the first language, as far as it is written in it: what people see on the board, without the
/// marks that say where it may be broken.
pub(super) fn text_of(value: &Value, first: &str) -> Option<String> {
    let any = || value.as_mapping()?.values().next()?.as_str();
    let text = value.as_str().or_else(|| value.get(first).and_then(Value::as_str)).or_else(any)?;
    Some(without_marks(text.to_owned()))
}

/// The heading of a key: its Chinese word, or the key itself.
pub fn heading_of(structure: &str, key: &str, in_chinese: bool) -> String {
    let word = words::chinese().of_key(structure, key).first().filter(|_| in_chinese);
    word.map_or_else(|| key.to_owned(), Clone::clone)
}

/// The key that a heading stands for.
pub(super) fn key(heading: &str, structure: &str, keys: &[String]) -> Option<String> {
    let is =
        |key: &&String| *key == heading || words::chinese().of_key(structure, key).iter().any(|word| word == heading);
    keys.iter().find(is).cloned()
}

/// The keys of a structure, as its type has them.
pub(super) fn keys(structure: &str) -> Vec<String> {
    let schema = schema_for!(Programme);
    let all = schema.get("properties").filter(|_| structure == "Programme");
    let part = schema.get("$defs").and_then(|all| all.get(structure)).and_then(|part| part.get("properties"));
    let properties = all.or(part).and_then(|properties| properties.as_object());
    properties.map(|properties| properties.keys().cloned().collect()).unwrap_or_default()
}

/// Whether a sheet is that of the activities of an exported programme, by its headings.
pub(super) fn are_details(grid: &Grid) -> bool {
    const FARTHEST: usize = 10;
    const FEWEST: usize = 8;
    let all = keys("Activity");
    grid.rows().into_iter().take(FARTHEST).any(|row| {
        let known: Vec<String> = grid.row(row).filter_map(|(_, text)| key(text, "Activity", &all)).collect();
        // Nobody draws a list with exceptions.
        known.len() >= FEWEST
            && ["title", "when", "exceptions"].iter().all(|key| known.iter().any(|known| known == key))
    })
}

/// A value as it stands in a cell.
pub fn cell_text(value: &Value) -> String {
    match value {
        Value::String(text) if cell_value(text) == *value && text.trim() == text && !text.is_empty() => text.clone(),
        Value::String(text) => serde_json::to_string(text).unwrap_or_default(),
        other => flow(other),
    }
}

/// The value of a cell that holds what stands in a file, as it is read again.
pub(super) fn read_again(value: &Value) -> Value {
    let mut grid = Grid::new("");
    grid.put(0, 0, &cell_text(value));
    cell_value(grid.get(0, 0))
}

/// The value of a cell.
pub(super) fn cell_value(text: &str) -> Value {
    let is_text = !text.starts_with(['{', '[', '"']);
    match serde_yaml::from_str::<Value>(text) {
        Ok(value @ (Value::Number(_) | Value::Bool(_))) => value,
        Ok(value) if !is_text => value,
        _ => text.into(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_value_survives_its_cell() {
        let texts = ["名称", "12", "true", "{", "[a", "\"x", " a ", "a\nb", "", "2026-12-01", "null", "x: y"];
        let records = ["{on: 2026-12-04, cancelled: 停电}", "[a, b]", "12", "false", "[{zh-Hans: 甲, en: \"a: b\"}]"];
        let values = texts.into_iter().map(Value::from);
        let values = values.chain(records.into_iter().map(|text| serde_yaml::from_str(text).unwrap()));
        for value in values {
            assert_eq!(cell_value(&cell_text(&value)), value);
        }
        assert_eq!(key("房间", "Activity", &keys("Activity")).as_deref(), Some("room"));
    }
}
