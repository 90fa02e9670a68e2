//! What a scalar is, and what a schema asks for.

use serde_json::{Map, Value as Json};

use super::tree::{Node, Value};

/// What a scalar is by YAML 1.2's core schema, and what a schema may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Number,
    Whole,
    YesNo,
    Nothing,
    List,
    Mapping,
}

impl Type {
    pub(super) fn of(node: &Node) -> Self {
        match &node.value {
            Value::List(_) => Type::List,
            Value::Mapping(_) => Type::Mapping,
            Value::Scalar { plain: false, .. } => Type::Text,
            Value::Scalar { text, .. } => match text.as_str() {
                "" | "~" | "null" | "Null" | "NULL" => Type::Nothing,
                "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Type::YesNo,
                text => Self::of_number(text).unwrap_or(Type::Text),
            },
        }
    }

    /// What kind of number a plain scalar is; the fast parser must hold the same ones for numbers.
    fn of_number(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        let radix = [("0x", 16), ("0o", 8), ("0b", 2)];
        let whole = radix.iter().find_map(|(prefix, radix)| Some((digits.strip_prefix(prefix)?, *radix)));
        if let Some((digits, radix)) = whole {
            let number = digits.starts_with(|c: char| c.is_digit(radix)) && u128::from_str_radix(digits, radix).is_ok();
            return number.then_some(Type::Whole);
        }
        match digits {
            ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN" => Some(Type::Number),
            // A leading zero makes it a text, such as an area code.
            _ if digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit()) => None,
            _ if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') => None,
            _ if digits.parse::<u128>().is_ok() => Some(Type::Whole),
            _ => digits.parse::<f64>().is_ok_and(f64::is_finite).then_some(Type::Number),
        }
    }

    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "string" => Type::Text,
            "number" => Type::Number,
            "integer" => Type::Whole,
            "boolean" => Type::YesNo,
            "null" => Type::Nothing,
            "array" => Type::List,
            "object" => Type::Mapping,
            _ => return None,
        })
    }

    /// The word for it in the catalogue of messages.
    pub(super) fn word(self) -> &'static str {
        match self {
            Type::Text => "string",
            Type::Number => "number",
            Type::Whole => "whole",
            Type::YesNo => "yes-no",
            Type::Nothing => "nothing",
            Type::List => "list",
            Type::Mapping => "mapping",
        }
    }

    pub(super) fn satisfies(self, wanted: Type) -> bool {
        self == wanted || (self == Type::Whole && wanted == Type::Number)
    }
}

/// The types that a schema without alternatives takes; none means any.
pub(super) fn types_of(schema: &Map<String, Json>) -> Vec<Type> {
    if let Some(word) = schema.get("const") {
        return word.as_str().map(|_| Type::Text).into_iter().collect();
    }
    match schema.get("type") {
        Some(Json::String(name)) => Type::named(name).into_iter().collect(),
        Some(Json::Array(names)) => names.iter().filter_map(Json::as_str).filter_map(Type::named).collect(),
        _ => Vec::new(),
    }
}

/// The largest number that the type behind a schema holds.
pub(super) fn largest(schema: &Map<String, Json>) -> Option<f64> {
    Some(match schema.get("format")?.as_str()? {
        "uint8" => f64::from(u8::MAX),
        "int16" => f64::from(i16::MAX),
        "uint16" => f64::from(u16::MAX),
        "int32" => f64::from(i32::MAX),
        "uint32" => f64::from(u32::MAX),
        _ => return None,
    })
}

/// The words that an enumeration takes.
pub(super) fn words_of(schema: &Map<String, Json>) -> Vec<&str> {
    match (schema.get("const"), schema.get("enum")) {
        (Some(word), _) => word.as_str().into_iter().collect(),
        (_, Some(Json::Array(words))) => words.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    }
}
