//! Compares a tree with the JSON Schema of the type it should become, and reports everything that differs.
//!
//! The schema is derived from the types, so what is said here is what the types hold. Of JSON Schema this
//! knows what `schemars` writes: objects, arrays, strings with a format, numbers, enumerations, references
//! and alternatives. A format's own reader says what is wrong with a string. Keys, values and truths may be Chinese
//! ([`crate::source::words`]): each that is known is noted as a [`Word`], so that the text can be written in one
//! language; what is said about a key says it in the language in which the editor writes.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use schemars::Schema;
use serde_json::{Map, Value as Json};

use super::tree::{self, Node, Value};
use super::types::{Type, largest, types_of, words_of};
use super::{FormatReader, Found, dashes, mends};
use crate::diagnostics::{Code, Edit, Problem, closest};
use crate::source::words::{self, Words};

/// Most problems of a file for which a word that was meant is looked for: each is compared with all that there are.
const MOST_SUGGESTIONS: usize = 50;
/// Most problems of a file for which a mend is tried.
const MOST_MENDS: usize = 500;

/// A key or value that is known, as it stands in the text.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) span: Range<usize>,
    /// What it is in English.
    pub(super) english: String,
    /// What it is in Chinese, if there is a word.
    pub(super) chinese: Option<String>,
    /// Whether the editor wrote it in English.
    pub(super) is_english: bool,
}

/// What came of a comparison.
#[derive(Debug, Default)]
pub(super) struct Compared {
    pub(super) found: Vec<Found>,
    pub(super) words: Vec<Word>,
}

/// Everything in which `tree` differs from `schema`, and the known words in it.
pub(super) fn compare(tree: &Node, yaml: &str, schema: &Schema, formats: FormatReader) -> Compared {
    let Some(root) = schema.as_object() else { return Compared::default() };
    let name = root.get("title").and_then(Json::as_str).unwrap_or_default();
    let words = words::chinese();
    let mut comparison = Comparison {
        root,
        yaml,
        formats,
        words,
        is_chinese: false,
        around: Vec::new(),
        displaced: HashSet::new(),
        made: Compared::default(),
    };
    comparison.is_chinese = comparison.writes_chinese(tree, Part { name, schema: root });
    comparison.node(tree, Part { name, schema: root });
    comparison.made
}

/// A part of a schema, with the name of the type that it is of.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) name: &'a str,
    pub(super) schema: &'a Map<String, Json>,
}

impl<'a> Part<'a> {
    pub(super) fn properties(self) -> Option<&'a Map<String, Json>> {
        self.schema.get("properties").and_then(Json::as_object)
    }

    fn property(self, key: &str) -> Option<&'a Map<String, Json>> {
        self.properties()?.get(key)?.as_object()
    }

    /// The key that is written, in English.
    pub(super) fn key(self, written: &str, words: &'static Words) -> Option<&'a str> {
        let properties = self.properties()?;
        let own = properties.get_key_value(written).map(|(key, _)| key.as_str());
        let keys = || properties.keys().map(String::as_str);
        own.or_else(|| words::meant(written, keys(), |key| words.of_key(self.name, key)))
    }
}

pub(super) struct Comparison<'a> {
    pub(super) root: &'a Map<String, Json>,
    pub(super) yaml: &'a str,
    pub(super) formats: FormatReader,
    pub(super) words: &'static Words,
    /// Whether the editor writes the keys of the file in Chinese.
    pub(super) is_chinese: bool,
    /// The structures around the node, the file's own first.
    pub(super) around: Vec<Part<'a>>,
    /// Keys that were found in a structure below their own.
    displaced: HashSet<(&'a str, &'a str)>,
    pub(super) made: Compared,
}

impl<'a> Comparison<'a> {
    fn node(&mut self, node: &Node, part: Part<'a>) {
        let branches = self.branches(part);
        let before = self.made.found.len();
        self.value_of(node, &branches);
        // A value for which nothing is known to be meant need not hide what is wrong beside it.
        if let (Value::Scalar { .. }, Some([only])) = (&node.value, self.made.found.get_mut(before..))
            && only.edits.is_empty()
            && only.filler.is_none()
        {
            only.filler = mends::sample(self.yaml, node, &branches);
        }
    }

    fn value_of(&mut self, node: &Node, branches: &[Part<'a>]) {
        let types: Vec<Type> = branches.iter().flat_map(|branch| types_of(branch.schema)).collect();
        let is = Type::of(node);
        let text = node.text().unwrap_or_default();
        if is == Type::Text && types.contains(&Type::YesNo) && !types.contains(&Type::Text) {
            let words = self.words;
            if let Some(truth) = words::meant(text, ["true", "false"], |truth| words.of_truth(truth)) {
                return self.note(node, truth, words.of_truth(truth));
            }
        }
        let accepting: Vec<Part<'a>> = branches
            .iter()
            .copied()
            .filter(|branch| {
                let wanted = types_of(branch.schema);
                wanted.is_empty() || wanted.iter().any(|wanted| is.satisfies(*wanted))
            })
            .collect();
        match accepting.as_slice() {
            [] => self.wrong_type(node, branches, &types),
            parts if is == Type::Text && parts.iter().all(|part| !words_of(part.schema).is_empty()) => {
                self.one_of(node, text, parts);
            }
            [only] => self.branch(node, *only),
            several => {
                let before = (self.made.found.len(), self.made.words.len());
                let mut fewest: Option<(Vec<Found>, Vec<Word>)> = None;
                for branch in several {
                    self.branch(node, *branch);
                    let found = self.made.found.split_off(before.0);
                    let words = self.made.words.split_off(before.1);
                    if fewest.as_ref().is_none_or(|(fewest, _)| found.len() < fewest.len()) {
                        fewest = Some((found, words));
                    }
                }
                let (found, words) = fewest.unwrap_or_default();
                self.made.found.extend(found);
                self.made.words.extend(words);
            }
        }
    }

    /// Whether a text without a form of its own may stand here.
    fn takes_any_text(&self, part: Part<'a>) -> bool {
        self.branches(part).iter().any(|part| {
            let format = part.schema.get("format").and_then(Json::as_str);
            types_of(part.schema).contains(&Type::Text)
                && words_of(part.schema).is_empty()
                && format.is_none_or(|format| format == "text")
        })
    }

    /// The alternatives of a schema, with references followed.
    pub(super) fn branches(&self, part: Part<'a>) -> Vec<Part<'a>> {
        let mut branches = Vec::new();
        let mut waiting = vec![part];
        while let Some(part) = waiting.pop() {
            if let Some(target) = part.schema.get("$ref").and_then(Json::as_str) {
                let name = target.trim_start_matches("#/$defs/");
                let target = self.root.get("$defs").and_then(|defs| defs.get(name)).and_then(Json::as_object);
                waiting.extend(target.map(|schema| Part { name, schema }));
                continue;
            }
            let alternatives = ["anyOf", "oneOf"].iter().find_map(|key| part.schema.get(*key)?.as_array());
            match alternatives {
                Some(alternatives) => {
                    let parts = alternatives.iter().rev().filter_map(Json::as_object);
                    waiting.extend(parts.map(|schema| Part { name: part.name, schema }));
                }
                None => branches.push(part),
            }
        }
        branches
    }

    /// The values that the parts take, each with the name of its enumeration.
    pub(super) fn values(parts: &[Part<'a>]) -> Vec<(&'a str, &'a str)> {
        parts.iter().flat_map(|part| words_of(part.schema).into_iter().map(|word| (part.name, word))).collect()
    }

    /// The value that is written, in English.
    pub(super) fn value(&self, text: &str, values: &[(&'a str, &'a str)]) -> Option<(&'a str, &'a str)> {
        let own = values.iter().find(|(_, value)| *value == text);
        let of = |(name, value): &&(&str, &str)| self.words.of_value(name, value).iter().any(|word| word == text);
        own.or_else(|| values.iter().find(of)).copied()
    }

    /// A text that must be one of some words.
    fn one_of(&mut self, node: &Node, text: &str, parts: &[Part<'a>]) {
        let values = Self::values(parts);
        if let Some((name, value)) = self.value(text, &values) {
            return self.note(node, value, self.words.of_value(name, value));
        }
        if self.looks_closely()
            && let Some(found) = mends::value(self, node, text, &values)
        {
            return self.made.found.push(found);
        }
        let is_chinese = !text.is_ascii();
        let shown = |(name, value): &(&'a str, &'a str)| match self.words.of_value(name, value).first() {
            Some(word) if is_chinese => word.as_str(),
            _ => *value,
        };
        let allowed: Vec<&str> = values.iter().map(shown).collect();
        let suggestion = self.closest(text, &allowed);
        let problem = Problem::new(Code::UnknownValue)
            .with("text", text)
            .with_some("suggestion", suggestion)
            .with_list("allowed", allowed.iter().copied());
        let edit = suggestion.map(|meant| renaming(node, text, meant));
        self.made.found.push(Found::new(node.span.clone(), problem).mended_by(edit));
    }

    fn branch(&mut self, node: &Node, part: Part<'a>) {
        match &node.value {
            Value::Mapping(entries) => self.mapping(node, entries, part),
            Value::List(items) => {
                let least = part.schema.get("minItems").and_then(Json::as_u64);
                if items.is_empty() && least.is_some_and(|least| least > 0) {
                    self.report(node.span.clone(), Problem::new(Code::EmptyList));
                }
                if let Some(schema) = part.schema.get("items").and_then(Json::as_object) {
                    for node in items {
                        self.node(node, Part { name: part.name, schema });
                    }
                }
            }
            Value::Scalar { text, .. } => self.scalar(node, text, part),
        }
    }

    fn mapping(&mut self, node: &Node, entries: &[(Node, Node)], part: Part<'a>) {
        let words = self.words;
        let same = |written: &str| part.key(written, words).unwrap_or(written).to_owned();
        match dashes::missing(self.yaml, node, entries, &same) {
            Some(items) => {
                for (number, item) in items.iter().enumerate() {
                    if let (Value::Mapping(entries), Some(key)) = (&item.value, item.first_key()) {
                        self.made.found.extend((number > 0).then(|| dashes::found(self.yaml, key)));
                        self.keys(item, entries, part);
                    }
                }
            }
            None => self.keys(node, entries, part),
        }
    }

    /// The keys of a mapping, each of which should stand there once.
    fn keys(&mut self, node: &Node, entries: &[(Node, Node)], part: Part<'a>) {
        let others = part.schema.get("additionalProperties");
        let key_format = part.schema.get("propertyNames").and_then(|names| names.get("format")).and_then(Json::as_str);
        if entries.is_empty() && part.schema.contains_key("minProperties") {
            self.report(node.span.clone(), Problem::new(Code::EmptyText));
        }
        let mut seen: HashMap<&str, Range<usize>> = HashMap::new();
        let mut meant: HashSet<&str> = HashSet::new();
        let mut weekdays: Vec<&str> = Vec::new();
        let mut twice: Vec<(Found, Option<Edit>)> = Vec::new();
        self.around.push(part);
        for (key, value) in entries {
            let written = key.text().unwrap_or_default();
            // `上午："09:00"` within braces is one key without a value.
            if let (Some(colon), Type::Nothing) = (written.find('：'), Type::of(value)) {
                self.made.found.push(tree::full_width_colon(key.span.start + colon));
                seen.extend(written.get(..colon).map(|key| (key, 0..0)));
                continue;
            }
            if key_format == Some("weekdays")
                && let Some(found) = mends::days_as_key(self, key)
            {
                self.made.found.push(found);
                if let Some(Json::Object(schema)) = others {
                    self.node(value, Part { name: part.name, schema });
                }
                continue;
            }
            let tag = (key_format == Some("language")).then(|| {
                let tags = self.words.languages.keys().map(String::as_str);
                words::meant(written, tags, |tag| self.words.of_tag(tag))
            });
            let known = part.key(written, self.words).or(tag.flatten());
            let name = known.unwrap_or(written);
            if let Some(first) = seen.get(name) {
                let other =
                    self.yaml.get(first.clone()).map(|other| other.split([':', '：']).next().unwrap_or_default());
                let problem = Problem::new(Code::DuplicateKey).with("key", written);
                let problem = problem.with_some("other", other.filter(|other| *other != written));
                let edit = mends::repeated_line(self.yaml, key, value, first);
                twice.push((Found::new(key.span.clone(), problem), edit));
                continue;
            }
            seen.insert(name, key.span.start..value.span.end);
            if let Some(schema) = part.property(name) {
                self.note(key, name, self.words.of_key(part.name, name));
                let before = self.made.found.len();
                self.node(value, Part { name: part.name, schema });
                self.pass_over((key, value), name, part, before);
                continue;
            }
            match others {
                Some(Json::Bool(false)) => meant.extend(self.unknown_key(key, value, part, entries)),
                Some(Json::Object(schema)) => {
                    if tag.flatten().is_some() || key_format == Some("language") {
                        self.note(key, name, self.words.of_tag(name));
                    }
                    if let Some(format) = key_format
                        && let Err(problem) = (self.formats)(format, name)
                    {
                        self.wrong_form(key, written, format, problem);
                    } else if key_format == Some("weekdays") {
                        self.note_form(key, written, "weekdays");
                        // Together they are weekdays too, so that none of them may come twice.
                        weekdays.push(written);
                        if let Err(problem) = (self.formats)("weekdays", &weekdays.join(","))
                            && problem.code == Code::WeekdayTwice
                        {
                            weekdays.pop();
                            self.report(key.span.clone(), Problem::new(Code::WeekdayTwice).with("text", written));
                        }
                    }
                    self.node(value, Part { name: part.name, schema });
                }
                _ => {}
            }
        }
        self.around.pop();
        // Beside a key that says two things, a line that comes again may be of another record: nothing is deleted then.
        let is_repeated = twice.iter().all(|(_, edit)| edit.is_some());
        self.made.found.extend(twice.into_iter().map(|(found, edit)| found.mended_by(edit.filter(|_| is_repeated))));
        let required =
            part.schema.get("required").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
        let in_chinese = if entries.is_empty() { self.is_chinese } else { self.writes_chinese(node, part) };
        for name in required.filter(|name| !seen.contains_key(name) && !meant.contains(name)) {
            if self.displaced.contains(&(part.name, name)) {
                continue;
            }
            let shown = self.shown(part.name, name, in_chinese);
            let mut found = Found::new(node.head(), Problem::new(Code::MissingKey).with("key", shown));
            let is_text =
                part.property(name).is_some_and(|schema| self.takes_any_text(Part { name: part.name, schema }));
            found.filler = entries.first().filter(|_| is_text).and_then(|(key, _)| mends::filler(self.yaml, key, name));
            self.made.found.push(found);
        }
    }

    /// What has no mend and stands at a key of the record that may lack need not hide what is wrong beside it.
    fn pass_over(&mut self, (key, value): (&Node, &Node), name: &str, part: Part<'a>, before: usize) {
        let required = part.schema.get("required").and_then(Json::as_array);
        let is_required = required.is_some_and(|keys| keys.iter().any(|key| key.as_str() == Some(name)));
        if let (Type::Nothing, Some([only])) = (Type::of(value), self.made.found.get_mut(before..))
            && only.problem.code == Code::WrongType
            && !is_required
        {
            only.problem = only.problem.clone().with("optional", "");
        }
        if let (Value::Scalar { .. }, Some([only])) = (&value.value, self.made.found.get_mut(before..))
            && only.edits.is_empty()
            && only.filler.is_none()
            && !is_required
            && self.around.len() == 1
        {
            only.filler = mends::without_lines(self.yaml, key, value);
        }
    }

    /// A key that the structure does not have; gives the key of it that was meant, if one is like it.
    fn unknown_key(&mut self, key: &Node, value: &Node, part: Part<'a>, entries: &[(Node, Node)]) -> Option<&'a str> {
        let written = key.text().unwrap_or_default();
        let is_chinese = !written.is_ascii();
        let keys: Vec<&'a str> = part.properties().into_iter().flat_map(|p| p.keys().map(String::as_str)).collect();
        let shown: Vec<&str> = keys.iter().map(|key| self.shown(part.name, key, is_chinese)).collect();
        // Of a Chinese key any of its words may have been meant.
        let looks = self.made.found.len() < MOST_SUGGESTIONS;
        // What stands there already was meant by itself.
        let there: HashSet<&str> = match looks {
            true => entries.iter().filter_map(|(key, _)| part.key(key.text()?, self.words)).collect(),
            false => HashSet::new(),
        };
        let left = keys.iter().filter(|key| !there.contains(*key));
        let every =
            left.clone().filter(|_| looks).flat_map(|key| self.words.of_key(part.name, key)).map(String::as_str);
        let candidates: Vec<&str> = if is_chinese {
            every.collect()
        } else {
            left.filter(|_| looks).map(|key| self.shown(part.name, key, false)).collect()
        };
        let suggestion = self.closest(written, &candidates);
        if suggestion.is_none()
            && self.made.found.len() < MOST_SUGGESTIONS
            && let Some((problem, below)) = self.elsewhere(written, part)
        {
            // Below a key that has nothing below it is where it was meant.
            let empty = |name: &str| {
                let mut keys = entries.iter().filter(|(_, value)| Type::of(value) == Type::Nothing);
                keys.any(|(key, _)| key.text().is_some_and(|text| part.key(text, self.words) == Some(name)))
            };
            let edits = below.filter(|name| empty(name)).map(|_| mends::deeper(self.yaml, key, value));
            self.made.found.push(Found::new(key.span.clone(), problem).mended_by(edits.into_iter().flatten()));
            return None;
        }
        let problem = Problem::new(Code::UnknownKey)
            .with("key", written)
            .with_some("suggestion", suggestion)
            .with_list("allowed", shown)
            .with_some("outermost", (self.around.len() == 1).then_some(""));
        let edit = suggestion.map(|meant| renaming(key, written, meant));
        let mut found = Found::new(key.span.clone(), problem).mended_by(edit);
        found.filler = mends::without_lines(self.yaml, key, value).filter(|_| suggestion.is_none());
        self.made.found.push(found);
        suggestion.and_then(|meant| part.key(meant, self.words))
    }

    /// A key that would be right in a structure below this one or around it.
    fn elsewhere(&mut self, written: &str, part: Part<'a>) -> Option<(Problem, Option<&'a str>)> {
        let is_chinese = !written.is_ascii();
        let problem = |place, name: &str| Problem::new(Code::KeyElsewhere).with("key", written).with(place, name);
        for (name, schema) in part.properties()? {
            let Some(schema) = schema.as_object() else { continue };
            let mut parts = self.branches(Part { name: part.name, schema });
            let items =
                parts.iter().filter_map(|p| Some(Part { name: p.name, schema: p.schema.get("items")?.as_object()? }));
            let items: Vec<Part<'a>> = items.flat_map(|items| self.branches(items)).collect();
            parts.extend(items);
            if parts.iter().any(|part| part.key(written, self.words).is_some()) {
                return Some((problem("below", self.shown(part.name, name, is_chinese)), Some(name)));
            }
        }
        let mut around = self.around.iter().rev().skip(1);
        let outer = around.find(|outer| outer.key(written, self.words).is_some())?;
        let (outer, name) = (*outer, outer.key(written, self.words)?);
        self.displaced.insert((outer.name, name));
        Some((problem("outside", self.beside(outer, is_chinese)), None))
    }

    /// A key by which a structure is known: its first required one, or its first.
    fn beside(&self, part: Part<'a>, in_chinese: bool) -> &'a str {
        let required = part.schema.get("required").and_then(Json::as_array).and_then(|keys| keys.first()?.as_str());
        let first = || part.properties().and_then(|properties| properties.keys().next()).map(String::as_str);
        self.shown(part.name, required.or_else(first).unwrap_or_default(), in_chinese)
    }

    /// A key as it is shown to the editor.
    fn shown(&self, structure: &str, key: &'a str, in_chinese: bool) -> &'a str {
        match self.words.of_key(structure, key).first() {
            Some(word) if in_chinese => word,
            _ => key,
        }
    }

    /// Whether the keys of a mapping are written in Chinese: one that is known is.
    fn writes_chinese(&self, node: &Node, part: Part<'a>) -> bool {
        let Value::Mapping(entries) = &node.value else { return false };
        let mut keys = entries.iter().filter_map(|(key, _)| key.text());
        keys.any(|key| !key.is_ascii() && part.key(key, self.words).is_some())
    }

    pub(super) fn closest<'b>(&self, word: &str, words: &[&'b str]) -> Option<&'b str> {
        if self.made.found.len() < MOST_SUGGESTIONS { closest(word, words.iter().copied()) } else { None }
    }

    fn scalar(&mut self, node: &Node, text: &str, part: Part<'a>) {
        let is = Type::of(node);
        if let Some(format) = part.schema.get("format").and_then(Json::as_str)
            && is == Type::Text
            && let Err(problem) = (self.formats)(format, text)
        {
            if format == "language" {
                let tags = self.words.languages.keys().map(String::as_str);
                if let Some(tag) = words::meant(text, tags, |tag| self.words.of_tag(tag)) {
                    return self.note(node, tag, self.words.of_tag(tag));
                }
            }
            self.wrong_form(node, text, format, problem);
        } else if part.schema.get("format").and_then(Json::as_str) == Some("language") {
            self.note(node, text, self.words.of_tag(text));
        }
        if let Some(format) = part.schema.get("format").and_then(Json::as_str) {
            self.note_form(node, text, format);
        }
        if is == Type::YesNo {
            let truth = text.to_lowercase();
            self.note(node, &truth, self.words.of_truth(&truth));
        }
        let least = part.schema.get("minimum").and_then(Json::as_f64);
        let most = part.schema.get("maximum").and_then(Json::as_f64).or_else(|| largest(part.schema));
        if let (Ok(number), true) = (text.parse::<f64>(), matches!(is, Type::Whole | Type::Number)) {
            let fits = least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most);
            if !fits {
                let limit = |limit: Option<f64>| limit.map(|limit| limit.to_string());
                let problem = Problem::new(Code::OutOfRange).with("text", text);
                let problem = match (least, part.schema.get("maximum")) {
                    (Some(_), Some(_)) => {
                        problem.with_some("least", limit(least).as_deref()).with_some("most", limit(most).as_deref())
                    }
                    // What the type holds is nobody's limit.
                    _ if least.is_some_and(|least| number < least) => {
                        problem.with_some("from", limit(least).as_deref())
                    }
                    _ => problem.with_some("limit", limit(most).as_deref()),
                };
                self.report(node.span.clone(), problem);
            }
        }
    }

    /// A text that has not its form, with what was meant.
    fn wrong_form(&mut self, node: &Node, text: &str, format: &str, problem: Problem) {
        let found = match self.looks_closely() {
            true => mends::string(self, node, text, format, problem),
            false => Found::new(node.span.clone(), problem),
        };
        self.made.found.push(found);
    }

    /// Whether what is found is still little enough to look for what was meant.
    fn looks_closely(&self) -> bool {
        self.made.found.len() < MOST_MENDS
    }

    fn wrong_type(&mut self, node: &Node, branches: &[Part<'a>], wanted: &[Type]) {
        let is = Type::of(node);
        if is == Type::Nothing && self.around.is_empty() && wanted.contains(&Type::Mapping) {
            return self.empty_file(branches);
        }
        if is == Type::Mapping
            && let Some((found, item)) = mends::one_item(self, node, branches)
        {
            self.made.found.push(found);
            return self.branch(node, item);
        }
        if matches!(is, Type::Text | Type::Nothing)
            && wanted.contains(&Type::Mapping)
            && let Some(found) = tree::full_width_mark(self.yaml, node.span.start)
        {
            return self.made.found.push(found);
        }
        if matches!(is, Type::YesNo | Type::Whole | Type::Number)
            && !wanted.contains(&Type::List)
            && self.answer(node, branches, wanted)
        {
            return;
        }
        if self.looks_closely()
            && let Some(found) = mends::other_type(self, node, branches)
        {
            return self.made.found.push(found);
        }
        let formats = branches.iter().filter_map(|part| part.schema.get("format").and_then(Json::as_str));
        let is_broken = is == Type::Number && wanted.contains(&Type::Whole);
        let of_hours = is == Type::Nothing && formats.into_iter().any(|format| format == "intervals");
        let wanted = wanted.iter().copied().find(|t| *t != Type::Nothing).unwrap_or(Type::Text);
        let quotes = wanted == Type::Text && matches!(is, Type::Whole | Type::Number);
        let problem = Problem::new(Code::WrongType)
            .with_word("expected", wanted.word())
            .with_word("found", if is_broken { "fraction" } else { is.word() })
            .with_some("example", is_broken.then_some("20"))
            .with_some("text", node.text().filter(|_| quotes));
        let problem = match of_hours {
            true => problem.with_each("example", "\"09:00-12:00\"，不开放就写 休息", "\"09:00-12:00\", or closed"),
            false => problem,
        };
        let edit = quotes.then(|| {
            Edit::safe(node.span.clone(), format!("\"{}\"", self.yaml.get(node.span.clone()).unwrap_or_default()))
        });
        self.made.found.push(Found::new(node.head(), problem).mended_by(edit));
    }

    /// A file in which nothing is written, with what is written in one at least.
    fn empty_file(&mut self, branches: &[Part<'a>]) {
        let required = branches.iter().find_map(|part| Some((part.name, part.schema.get("required")?.as_array()?)));
        let keys = |in_chinese: bool| -> Vec<&str> {
            let (name, keys) = required.map_or(("", &[] as &[Json]), |(name, keys)| (name, keys.as_slice()));
            keys.iter().filter_map(Json::as_str).map(|key| self.shown(name, key, in_chinese)).collect()
        };
        let (chinese, english) = (keys(true).join("、"), keys(false).join(", "));
        let problem = Problem::new(Code::EmptyFile);
        let problem = if english.is_empty() { problem } else { problem.with_each("keys", &chinese, &english) };
        self.report(0..0, problem);
    }

    /// A yes, a no or a number where a text is wanted: quotes would not give it the text's form, and a yes or no says
    /// nothing to residents.
    fn answer(&mut self, node: &Node, branches: &[Part<'a>], wanted: &[Type]) -> bool {
        let text = node.text().unwrap_or_default();
        let words: Vec<Part<'a>> = branches.iter().copied().filter(|part| !words_of(part.schema).is_empty()).collect();
        if !words.is_empty() {
            self.one_of(node, text, &words);
            return true;
        }
        let format = branches.iter().find_map(|part| part.schema.get("format").and_then(Json::as_str));
        match format.map(|format| (format, (self.formats)(format, text))) {
            Some((format, Err(problem))) => self.wrong_form(node, text, format, problem),
            _ if wanted.contains(&Type::Text) && Type::of(node) == Type::YesNo => {
                self.report(node.span.clone(), Problem::new(Code::AnswerForText).with("text", text));
            }
            _ => return false,
        }
        true
    }

    /// Notes a known word.
    fn note(&mut self, node: &Node, english: &str, chinese: &'static [String]) {
        let is_english = node.text() == Some(english);
        let chinese = chinese.first().cloned();
        self.made.words.push(Word { span: node.span.clone(), english: english.to_owned(), chinese, is_english });
    }

    /// Notes a text of a form whose words are a language's, such as weekdays; the reader of the form knows both.
    fn note_form(&mut self, node: &Node, text: &str, format: &str) {
        let is_english = text.is_ascii();
        let other = words::form_in(format, text, is_english).filter(|other| (self.formats)(format, other).is_ok());
        if let Some(other) = other {
            let (english, chinese) = if is_english { (text.to_owned(), Some(other)) } else { (other, None) };
            self.made.words.push(Word { span: node.span.clone(), english, chinese, is_english });
        }
    }

    fn report(&mut self, span: Range<usize>, problem: Problem) {
        self.made.found.push(Found::new(span, problem));
    }
}

/// The edit that writes the word that was meant; without a doubt where only case and joining marks differ.
fn renaming(node: &Node, written: &str, meant: &str) -> Edit {
    let bare = |word: &str| word.to_lowercase().replace(['-', '_', ' '], "");
    Edit { range: node.span.clone(), replacement: meant.to_owned(), safe: bare(written) == bare(meant) }
}
