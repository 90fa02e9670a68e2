//! Bare words where a mapping or a list of mappings is asked for: `services: 水电维修`, `location: 36.05, 103.8`.
//!
//! What the structure needs is known from the schema. If the words are all that it needs, they are put into it as a guess;
//! otherwise only an example of the structure is shown, with the words where they belong.

use serde_json::Value as Json;

use super::Found;
use super::schema::{Comparison, Part};
use super::tree::Node;
use super::types::{Type, types_of, words_of};
use crate::diagnostics::{Code, Edit, Problem};

/// What parts one item, or one number, from another.
const BETWEEN: [char; 5] = ['，', '、', '；', ',', ';'];

/// A mapping as it is written within braces.
struct Shape {
    written: String,
    /// Whether the words say all that is in it.
    is_whole: bool,
}

/// Words where a mapping is asked for.
pub(super) fn mapping(at: &Comparison<'_>, node: &Node, text: &str, branches: &[Part<'_>]) -> Option<Found> {
    let shape = shape(at, text, branches)?;
    Some(found(node, Type::Mapping, shape))
}

/// Words where a list of mappings is asked for.
pub(super) fn list(at: &Comparison<'_>, node: &Node, text: &str, items: &[Part<'_>]) -> Option<Found> {
    let whole = |text: &str| shape(at, text, items).filter(|shape| shape.is_whole);
    let parts = || text.split(BETWEEN).map(str::trim).filter(|item| !item.is_empty());
    let several: Option<Vec<Shape>> = parts().map(whole).collect();
    let shape = match several {
        Some(several) if !several.is_empty() => {
            let written: Vec<String> = several.into_iter().map(|shape| shape.written).collect();
            Shape { written: written.join(", "), is_whole: true }
        }
        _ => shape(at, text, items)?,
    };
    Some(found(node, Type::List, Shape { written: format!("[{}]", shape.written), ..shape }))
}

fn found(node: &Node, expected: Type, shape: Shape) -> Found {
    let problem = Problem::new(Code::WrongType)
        .with_word("expected", expected.word())
        .with_word("found", Type::of(node).word())
        .with("example", &shape.written);
    let edit = shape.is_whole.then(|| Edit::guess(node.span.clone(), shape.written));
    Found::new(node.span.clone(), problem).mended_by(edit)
}

/// The first mapping that words are all of, or else the first that there may be.
fn shape(at: &Comparison<'_>, text: &str, branches: &[Part<'_>]) -> Option<Shape> {
    let mut shapes: Vec<Shape> =
        branches.iter().filter_map(|part| with_keys(at, text, *part).or_else(|| named(at, text, *part))).collect();
    let whole = shapes.iter().position(|shape| shape.is_whole).unwrap_or(0);
    (whole < shapes.len()).then(|| shapes.swap_remove(whole))
}

/// A structure with the keys that it needs.
fn with_keys(at: &Comparison<'_>, text: &str, part: Part<'_>) -> Option<Shape> {
    let required: Vec<&str> = part.schema.get("required")?.as_array()?.iter().filter_map(Json::as_str).collect();
    let value = |key: &&str| {
        let schema = part.properties()?.get(*key)?.as_object()?;
        Some(at.branches(Part { name: part.name, schema }))
    };
    let values: Vec<Vec<Part<'_>>> = required.iter().map(value).collect::<Option<_>>()?;
    let is_number =
        |parts: &Vec<Part<'_>>| parts.iter().flat_map(|part| types_of(part.schema)).any(|t| t == Type::Number);
    if values.len() > 1 && values.iter().all(is_number) {
        let numbers: Vec<&str> = text.split(BETWEEN).flat_map(str::split_whitespace).collect();
        let is_whole = numbers.len() == values.len() && numbers.iter().all(|number| number.parse::<f64>().is_ok());
        let number = |at: usize| numbers.get(at).filter(|_| is_whole).map_or("1.0", |number| number).to_owned();
        let pairs = required.iter().enumerate().map(|(number_at, key)| pair(at, part, key, &number(number_at)));
        return Some(Shape { written: braces(pairs), is_whole });
    }
    let has_form = |parts: &Vec<Part<'_>>| parts.iter().any(|part| takes(at, text, *part, false));
    let is_free = |parts: &Vec<Part<'_>>| parts.iter().any(|part| takes(at, text, *part, true));
    let own = values.iter().position(has_form).or_else(|| values.iter().position(is_free));
    let pairs = required.iter().zip(&values).enumerate().map(|(number, (key, parts))| {
        let value = if Some(number) == own { quoted(text) } else { sample(at, text, parts) };
        pair(at, part, key, &value)
    });
    (!required.is_empty()).then(|| Shape { written: braces(pairs), is_whole: own.is_some() && required.len() == 1 })
}

/// A mapping in which people name things themselves: `上午 09:00-11:30` is `{上午: "09:00-11:30"}`.
fn named(at: &Comparison<'_>, text: &str, part: Part<'_>) -> Option<Shape> {
    let schema = part.schema.get("additionalProperties")?.as_object()?;
    let values = at.branches(Part { name: part.name, schema });
    let format = part.schema.get("propertyNames").and_then(|names| names.get("format")).and_then(Json::as_str);
    let is_name = |name: &str| format.is_none_or(|format| (at.formats)(format, name).is_ok());
    let pair = text.rsplit_once(' ').map(|(name, value)| (name.trim(), value));
    let fits = |(name, value): &(&str, &str)| is_name(name) && values.iter().any(|part| takes(at, value, *part, false));
    if let Some((name, value)) = pair.filter(fits) {
        return Some(Shape { written: format!("{{{}: {}}}", quoted(name), quoted(value)), is_whole: true });
    }
    let name = Some(text).filter(|text| is_name(text) && !text.contains(' ')).map_or("…".to_owned(), quoted);
    Some(Shape { written: format!("{{{name}: {}}}", sample(at, text, &values)), is_whole: false })
}

/// Whether a text may stand at a place: one of a form, or where it is free any.
fn takes(at: &Comparison<'_>, text: &str, part: Part<'_>, is_free: bool) -> bool {
    let format = part.schema.get("format").and_then(Json::as_str).filter(|format| *format != "text");
    let is_text = types_of(part.schema).contains(&Type::Text) && words_of(part.schema).is_empty();
    is_text && format.map_or(is_free, |format| !is_free && (at.formats)(format, text).is_ok())
}

/// What may stand at a place, for an example.
fn sample(at: &Comparison<'_>, text: &str, parts: &[Part<'_>]) -> String {
    let is_chinese = at.is_chinese || !text.is_ascii();
    let of = |part: &Part<'_>| {
        let word = words_of(part.schema).first().copied();
        let chinese = word.and_then(|word| at.words.of_value(part.name, word).first()).filter(|_| at.is_chinese);
        let of_format = || match part.schema.get("format").and_then(Json::as_str)? {
            "date" | "date-span" => Some("2026-10-01"),
            "when" if is_chinese => Some("周二 09:00-10:00"),
            "when" => Some("tue 09:00-10:00"),
            "time-range" | "intervals" => Some("\"09:00-10:00\""),
            "time-of-day" => Some("\"09:00\""),
            "phone" => Some("0931-0000000"),
            _ => None,
        };
        chinese.map(String::as_str).or(word).or_else(of_format).map(str::to_owned)
    };
    parts.iter().find_map(of).unwrap_or_else(|| "…".to_owned())
}

fn pair(at: &Comparison<'_>, part: Part<'_>, key: &str, value: &str) -> String {
    let chinese = at.words.of_key(part.name, key).first().filter(|_| at.is_chinese);
    format!("{}: {value}", chinese.map_or(key, String::as_str))
}

fn braces(pairs: impl Iterator<Item = String>) -> String {
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
}

/// A text as it may stand within braces.
fn quoted(text: &str) -> String {
    let is_bare = text.starts_with(char::is_alphabetic)
        && !text.contains([',', '[', ']', '{', '}', '#', '"', '\'', ':', '\\'])
        && !matches!(text.to_lowercase().as_str(), "true" | "false" | "null");
    if is_bare { text.to_owned() } else { crate::source::lint::quoted(text) }
}
