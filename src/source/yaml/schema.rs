//! Compares a tree with the JSON Schema of the type it should become, and reports everything that differs.
//!
//! The schema is derived from the types, so what is said here is what the types hold. Of JSON Schema this
//! knows what `schemars` writes: objects, arrays, strings with a format, numbers, enumerations, references
//! and alternatives. A format's own reader says what is wrong with a string.

use std::collections::HashSet;
use std::ops::Range;

use schemars::Schema;
use serde_json::{Map, Value as Json};

use super::FormatReader;
use super::tree::{self, Node, Value, full_width_mark};
use crate::diagnostics::{Code, Problem, closest};

type Found = (Range<usize>, Problem);

/// Most problems of a file for which a word that was meant is looked for: each is compared with all that there are.
const MOST_SUGGESTIONS: usize = 50;

/// Everything in which `tree` differs from `schema`.
pub(super) fn compare(tree: &Node, yaml: &str, schema: &Schema, formats: FormatReader) -> Vec<Found> {
    let Some(root) = schema.as_object() else { return Vec::new() };
    let mut comparison = Comparison { root, yaml, formats, found: Vec::new() };
    comparison.node(tree, root);
    comparison.found
}

/// What a scalar is by YAML 1.2's core schema, and what a schema may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Text,
    Number,
    Whole,
    YesNo,
    Nothing,
    List,
    Mapping,
}

impl Type {
    fn of(node: &Node) -> Self {
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
    fn word(self) -> &'static str {
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

    fn satisfies(self, wanted: Type) -> bool {
        self == wanted || (self == Type::Whole && wanted == Type::Number)
    }
}

struct Comparison<'a> {
    root: &'a Map<String, Json>,
    yaml: &'a str,
    formats: FormatReader,
    found: Vec<Found>,
}

impl<'a> Comparison<'a> {
    fn node(&mut self, node: &Node, schema: &'a Map<String, Json>) {
        let branches = self.branches(schema);
        let types: Vec<Type> = branches.iter().flat_map(|branch| types_of(branch)).collect();
        let is = Type::of(node);
        let accepting: Vec<&'a Map<String, Json>> = branches
            .iter()
            .copied()
            .filter(|branch| {
                let wanted = types_of(branch);
                wanted.is_empty() || wanted.iter().any(|wanted| is.satisfies(*wanted))
            })
            .collect();
        let words: Vec<&str> = branches.iter().flat_map(|branch| words_of(branch)).collect();
        match accepting.as_slice() {
            [] => self.wrong_type(node, &types),
            _ if is == Type::Text && !words.is_empty() && accepting.iter().all(|b| !words_of(b).is_empty()) => {
                let text = node.text().unwrap_or_default();
                if !words.contains(&text) {
                    let problem = Problem::new(Code::UnknownValue)
                        .with("text", text)
                        .with_some("suggestion", self.closest(text, &words))
                        .with_list("allowed", words.iter().copied());
                    self.found.push((node.span.clone(), problem));
                }
            }
            [only] => self.branch(node, only),
            several => {
                let before = self.found.len();
                let mut fewest: Option<Vec<Found>> = None;
                for branch in several {
                    self.branch(node, branch);
                    let found = self.found.split_off(before);
                    if fewest.as_ref().is_none_or(|fewest| found.len() < fewest.len()) {
                        fewest = Some(found);
                    }
                }
                self.found.extend(fewest.unwrap_or_default());
            }
        }
    }

    /// The alternatives of a schema, with references followed.
    fn branches(&self, schema: &'a Map<String, Json>) -> Vec<&'a Map<String, Json>> {
        let mut branches = Vec::new();
        let mut waiting = vec![schema];
        while let Some(schema) = waiting.pop() {
            if let Some(target) = schema.get("$ref").and_then(Json::as_str) {
                let name = target.trim_start_matches("#/$defs/");
                let target = self.root.get("$defs").and_then(|defs| defs.get(name)).and_then(Json::as_object);
                waiting.extend(target);
                continue;
            }
            let alternatives = ["anyOf", "oneOf"].iter().find_map(|key| schema.get(*key)?.as_array());
            match alternatives {
                Some(alternatives) => waiting.extend(alternatives.iter().rev().filter_map(Json::as_object)),
                None => branches.push(schema),
            }
        }
        branches
    }

    fn branch(&mut self, node: &Node, schema: &'a Map<String, Json>) {
        match &node.value {
            Value::Mapping(entries) => self.mapping(node, entries, schema),
            Value::List(items) => {
                if items.is_empty() && schema.get("minItems").and_then(Json::as_u64).is_some_and(|least| least > 0) {
                    self.found.push((node.span.clone(), Problem::new(Code::EmptyList)));
                }
                if let Some(item) = schema.get("items").and_then(Json::as_object) {
                    for node in items {
                        self.node(node, item);
                    }
                }
            }
            Value::Scalar { text, .. } => self.scalar(node, text, schema),
        }
    }

    fn mapping(&mut self, node: &Node, entries: &[(Node, Node)], schema: &'a Map<String, Json>) {
        let properties = schema.get("properties").and_then(Json::as_object);
        let others = schema.get("additionalProperties");
        let key_format = schema.get("propertyNames").and_then(|names| names.get("format")).and_then(Json::as_str);
        if entries.is_empty() && schema.contains_key("minProperties") {
            self.found.push((node.span.clone(), Problem::new(Code::EmptyText)));
        }
        let mut seen: HashSet<&str> = HashSet::new();
        let mut weekdays: Vec<&str> = Vec::new();
        for (key, value) in entries {
            let name = key.text().unwrap_or_default();
            // `上午："09:00"` within braces is one key without a value.
            if let (Some(colon), Type::Nothing) = (name.find('：'), Type::of(value)) {
                self.found.push(tree::full_width_colon(key.span.start + colon));
                seen.extend(name.get(..colon));
                continue;
            }
            if !seen.insert(name) {
                self.found.push((key.span.clone(), Problem::new(Code::DuplicateKey).with("key", name)));
                continue;
            }
            if let Some(schema) = properties.and_then(|properties| properties.get(name)) {
                if let Some(schema) = schema.as_object() {
                    self.node(value, schema);
                }
                continue;
            }
            match others {
                Some(Json::Bool(false)) => {
                    let known: Vec<&str> = properties.into_iter().flat_map(|p| p.keys().map(String::as_str)).collect();
                    let problem = Problem::new(Code::UnknownKey)
                        .with("key", name)
                        .with_some("suggestion", self.closest(name, &known))
                        .with_list("allowed", known.iter().copied());
                    self.found.push((key.span.clone(), problem));
                }
                Some(Json::Object(schema)) => {
                    if let Some(format) = key_format
                        && let Err(problem) = (self.formats)(format, name)
                    {
                        self.found.push((key.span.clone(), problem));
                    } else if key_format == Some("weekdays") {
                        // Together they are weekdays too, so that none of them may come twice.
                        weekdays.push(name);
                        if let Err(problem) = (self.formats)("weekdays", &weekdays.join(","))
                            && problem.code == Code::WeekdayTwice
                        {
                            weekdays.pop();
                            self.found.push((key.span.clone(), Problem::new(Code::WeekdayTwice).with("text", name)));
                        }
                    }
                    self.node(value, schema);
                }
                _ => {}
            }
        }
        let required = schema.get("required").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
        for name in required.filter(|name| !seen.contains(name)) {
            self.found.push((node.head(), Problem::new(Code::MissingKey).with("key", name)));
        }
    }

    fn closest<'b>(&self, word: &str, words: &[&'b str]) -> Option<&'b str> {
        if self.found.len() < MOST_SUGGESTIONS { closest(word, words.iter().copied()) } else { None }
    }

    fn scalar(&mut self, node: &Node, text: &str, schema: &'a Map<String, Json>) {
        if let Some(format) = schema.get("format").and_then(Json::as_str)
            && Type::of(node) == Type::Text
            && let Err(problem) = (self.formats)(format, text)
        {
            self.found.push((node.span.clone(), problem));
        }
        let least = schema.get("minimum").and_then(Json::as_f64);
        let most = schema.get("maximum").and_then(Json::as_f64).or_else(|| largest(schema));
        if let (Ok(number), true) = (text.parse::<f64>(), matches!(Type::of(node), Type::Whole | Type::Number)) {
            let fits = least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most);
            if !fits {
                let problem = Problem::new(Code::OutOfRange)
                    .with("text", text)
                    .with_some("least", least.map(|n| n.to_string()).as_deref())
                    .with_some("most", most.map(|n| n.to_string()).as_deref());
                self.found.push((node.span.clone(), problem));
            }
        }
    }

    fn wrong_type(&mut self, node: &Node, wanted: &[Type]) {
        let is = Type::of(node);
        if matches!(is, Type::Text | Type::Nothing)
            && wanted.contains(&Type::Mapping)
            && let Some(found) = full_width_mark(self.yaml, node.span.start)
        {
            self.found.push(found);
            return;
        }
        let wanted = wanted.iter().copied().find(|t| *t != Type::Nothing).unwrap_or(Type::Text);
        let quotes = wanted == Type::Text && matches!(is, Type::Whole | Type::Number | Type::YesNo);
        let problem = Problem::new(Code::WrongType)
            .with_word("expected", wanted.word())
            .with_word("found", is.word())
            .with_some("text", node.text().filter(|_| quotes));
        self.found.push((node.head(), problem));
    }
}

/// The types that a schema without alternatives takes; none means any.
fn types_of(schema: &Map<String, Json>) -> Vec<Type> {
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
fn largest(schema: &Map<String, Json>) -> Option<f64> {
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
fn words_of(schema: &Map<String, Json>) -> Vec<&str> {
    match (schema.get("const"), schema.get("enum")) {
        (Some(word), _) => word.as_str().into_iter().collect(),
        (_, Some(Json::Array(words))) => words.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    }
}
