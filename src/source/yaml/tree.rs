//! YAML as a tree that keeps the place of every key and value.
//!
//! Made only when something is wrong. Aliases are written out up to a limit; nesting and size are bounded
//! before anything is built, so a hostile file costs little.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};

use super::{DEEPEST, Found, MOST_NODES, Step};
use crate::diagnostics::{Code, Edit, Problem};
use crate::source::words;

/// A key or value with its place in the text, in bytes.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) span: Range<usize>,
    pub(crate) value: Value,
}

/// What a node is.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// A scalar; `plain` if it stands without quotes.
    Scalar { text: String, plain: bool },
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order written.
    Mapping(Vec<(Node, Node)>),
}

impl Node {
    /// The place of the value that `steps` lead to, or of the deepest part that is there.
    pub(super) fn at(&self, steps: &[Step]) -> Range<usize> {
        let Some((step, rest)) = steps.split_first() else { return self.head() };
        match (step, &self.value) {
            (Step::Key(name), Value::Mapping(entries)) => {
                let written = entries.iter().find(|(key, _)| key.text() == Some(name));
                let meant = || {
                    let words = words::chinese();
                    entries.iter().find(|(key, _)| key.text().is_some_and(|text| words.may_mean(text, name)))
                };
                written.or_else(meant).map_or(self.head(), |(_, value)| value.at(rest))
            }
            (Step::Item(index), Value::List(items)) => items.get(*index).map_or(self.head(), |item| item.at(rest)),
            // A single value stands for a list of one, and a string for a text of one language.
            _ => self.head(),
        }
    }

    /// The key that stands for an English one in the mapping that `steps` lead to, as it is written, and its place.
    pub(super) fn key_at(&self, steps: &[Step], english: &str) -> Option<(String, Range<usize>)> {
        match (steps.split_first(), &self.value) {
            (None, Value::Mapping(entries)) => {
                let words = words::chinese();
                let is = |key: &&Node| key.text().is_some_and(|text| text == english || words.may_mean(text, english));
                let key = entries.iter().map(|(key, _)| key).find(is)?;
                Some((key.text()?.to_owned(), key.span.clone()))
            }
            (Some((Step::Key(name), rest)), Value::Mapping(entries)) => {
                let words = words::chinese();
                let is = |key: &Node| key.text().is_some_and(|text| text == name || words.may_mean(text, name));
                entries.iter().find(|(key, _)| is(key))?.1.key_at(rest, english)
            }
            (Some((Step::Item(index), rest)), Value::List(items)) => items.get(*index)?.key_at(rest, english),
            _ => None,
        }
    }

    /// Every key of the mappings in it, with its place.
    pub(super) fn keys(&self) -> Vec<(String, Range<usize>)> {
        match &self.value {
            Value::Scalar { .. } => Vec::new(),
            Value::List(items) => items.iter().flat_map(Node::keys).collect(),
            Value::Mapping(entries) => {
                let own = |key: &Node| key.text().map(|text| (text.to_owned(), key.span.clone()));
                entries.iter().flat_map(|(key, value)| own(key).into_iter().chain(value.keys())).collect()
            }
        }
    }

    /// The keys of the mapping itself.
    pub(super) fn top_keys(&self) -> Vec<String> {
        match &self.value {
            Value::Mapping(entries) => entries.iter().filter_map(|(key, _)| key.text().map(str::to_owned)).collect(),
            _ => Vec::new(),
        }
    }

    /// The first key, if it is a mapping.
    pub(super) fn first_key(&self) -> Option<&Node> {
        match &self.value {
            Value::Mapping(entries) => entries.first().map(|(key, _)| key),
            _ => None,
        }
    }

    /// The node's text, if it is a scalar.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The part of the node that is marked: a scalar whole, of a mapping its first key.
    pub(super) fn head(&self) -> Range<usize> {
        match &self.value {
            Value::Mapping(entries) => entries.first().map_or(self.span.clone(), |(key, _)| key.span.clone()),
            Value::List(items) => items.first().map_or(self.span.clone(), Node::head),
            Value::Scalar { .. } => self.span.clone(),
        }
    }
}

/// Reads one YAML document.
pub(super) fn read(yaml: &str) -> Result<Node, Vec<Found>> {
    let tabs = tabs(yaml);
    if !tabs.is_empty() {
        return Err(tabs);
    }
    let builder = Builder { yaml, bytes: byte_offsets(yaml), anchors: HashMap::new(), nodes: 0 };
    builder.read().map_err(|found| vec![found])
}

/// Tabs in the indentation, which YAML forbids.
fn tabs(yaml: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in yaml.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line.get(..indent).and_then(|indent| indent.find('\t'))
            && !line.trim().is_empty()
        {
            found.push(Found::new(start + tab..start + indent, Problem::new(Code::Tab)));
        }
        start += line.len();
    }
    found
}

/// The byte at which each character begins, and the text's length.
fn byte_offsets(yaml: &str) -> Vec<usize> {
    yaml.char_indices().map(|(byte, _)| byte).chain(std::iter::once(yaml.len())).collect()
}

struct Builder<'a> {
    yaml: &'a str,
    bytes: Vec<usize>,
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
}

/// A list or mapping that is being read.
struct Open {
    start: usize,
    anchor: usize,
    kind: OpenKind,
    nodes_before: usize,
}

enum OpenKind {
    List(Vec<Node>),
    Mapping(Vec<(Node, Node)>, Option<Node>),
}

impl Builder<'_> {
    fn byte(&self, character: usize) -> usize {
        self.bytes.get(character).copied().unwrap_or(self.yaml.len())
    }

    fn span(&self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        let end = self.byte(span.end.index()).max(start);
        let text = self.yaml.get(start..end).unwrap_or_default();
        start..start + text.trim_end_matches([' ', '\t', '\r', '\n']).len()
    }

    fn read(mut self) -> Result<Node, Found> {
        let mut parser = Parser::new_from_str(self.yaml);
        let mut open: Vec<Open> = Vec::new();
        let mut root = None;
        let mut documents = 0;
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| self.syntax(&error))?;
            let start = self.byte(span.start.index());
            if let Event::SequenceStart(_, Some(tag)) | Event::MappingStart(_, Some(tag)) | Event::Scalar(.., Some(tag)) =
                &event
                && !tag.is_yaml_core_schema()
            {
                return Err(self.foreign(tag, start));
            }
            let finished = match event {
                Event::StreamEnd => break,
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        return Err(Found::new(start..start + 3, Problem::new(Code::SeveralDocuments)));
                    }
                    continue;
                }
                Event::SequenceStart(anchor, _) => {
                    let kind = OpenKind::List(Vec::new());
                    self.begin(&mut open, start, anchor, kind)?;
                    continue;
                }
                Event::MappingStart(anchor, _) => {
                    let kind = OpenKind::Mapping(Vec::new(), None);
                    self.begin(&mut open, start, anchor, kind)?;
                    continue;
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    let Some(ended) = open.pop() else { continue };
                    let value = match ended.kind {
                        OpenKind::List(items) => Value::List(items),
                        OpenKind::Mapping(entries, _) => Value::Mapping(entries),
                    };
                    let end = self.byte(span.end.index()).max(ended.start);
                    let node = Node { span: ended.start..end, value };
                    if ended.anchor > 0 {
                        self.anchors.insert(ended.anchor, (node.clone(), self.nodes - ended.nodes_before));
                    }
                    node
                }
                Event::Scalar(text, style, anchor, _) => {
                    self.count(1, start)?;
                    let value = Value::Scalar { text: text.into_owned(), plain: style == ScalarStyle::Plain };
                    let node = Node { span: self.span(span), value };
                    if anchor > 0 {
                        self.anchors.insert(anchor, (node.clone(), 1));
                    }
                    node
                }
                Event::Alias(anchor) => {
                    let Some((node, size)) = self.anchors.get(&anchor) else {
                        return Err(Found::new(self.span(span), Problem::new(Code::TooManyAliases)));
                    };
                    let (size, node) = (*size, Node { span: self.span(span), value: node.value.clone() });
                    self.count(size, start)?;
                    node
                }
                _ => continue,
            };
            match open.last_mut().map(|open| &mut open.kind) {
                None => root = Some(finished),
                Some(OpenKind::List(items)) => items.push(finished),
                Some(OpenKind::Mapping(entries, key)) => match key.take() {
                    None => *key = Some(finished),
                    Some(key) => entries.push((key, finished)),
                },
            }
        }
        let empty = Node { span: 0..0, value: Value::Scalar { text: String::new(), plain: true } };
        Ok(root.unwrap_or(empty))
    }

    fn begin(&mut self, open: &mut Vec<Open>, start: usize, anchor: usize, kind: OpenKind) -> Result<(), Found> {
        if open.len() >= DEEPEST {
            let problem = Problem::new(Code::TooDeep).with("limit", &DEEPEST.to_string());
            return Err(Found::new(start..start + 1, problem));
        }
        let nodes_before = self.nodes;
        self.count(1, start)?;
        open.push(Open { start, anchor, kind, nodes_before });
        Ok(())
    }

    fn count(&mut self, nodes: usize, start: usize) -> Result<(), Found> {
        self.nodes += nodes;
        if self.nodes > MOST_NODES {
            return Err(Found::new(start..start + 1, Problem::new(Code::TooManyAliases)));
        }
        Ok(())
    }

    /// A tag such as `!secret`, which no value of a site has.
    fn foreign(&self, tag: &Tag, start: usize) -> Found {
        let name = format!("{}{}", tag.handle, tag.suffix);
        let at = self.yaml.get(..start).and_then(|before| before.rfind('!')).unwrap_or(start);
        Found::new(at..at + 1, Problem::new(Code::Refused).with("reason", &name))
    }

    /// A syntax error; where a full-width mark stands on its line, that is what is wrong.
    fn syntax(&self, error: &saphyr_parser::ScanError) -> Found {
        let byte = self.byte(error.marker().index());
        if error.info().contains("recursion") || error.info().contains("nest") {
            let problem = Problem::new(Code::TooDeep).with("limit", &DEEPEST.to_string());
            return Found::new(byte..byte + 1, problem);
        }
        if let Some(found) = full_width_mark(self.yaml, byte) {
            return found;
        }
        let end =
            self.yaml.get(byte..).and_then(|rest| rest.find('\n')).map_or(self.yaml.len(), |length| byte + length);
        let problem = Problem::new(Code::YamlSyntax);
        let problem = match reason(error.info()) {
            Some(word) => problem.with_word("reason", word),
            None => problem,
        };
        Found::new(byte..end.max(byte), problem)
    }
}

/// The word of the catalogue for what the parser says of a syntax error, which it says in English.
fn reason(said: &str) -> Option<&'static str> {
    const REASONS: [(&str, &str); 9] = [
        ("escape", "yaml-escape"),
        ("mapping values are not allowed", "yaml-colon"),
        ("trailing content", "yaml-after-quote"),
        ("quoted scalar", "yaml-quote"),
        ("block mapping", "yaml-key"),
        ("block collection", "yaml-item"),
        ("flow", "yaml-bracket"),
        ("indentation", "yaml-indentation"),
        ("simple key", "yaml-no-colon"),
    ];
    REASONS.iter().find_map(|(part, word)| said.contains(part).then_some(*word))
}

/// A full-width colon after a key on the line of `byte` or on the one before.
pub(super) fn full_width_mark(yaml: &str, byte: usize) -> Option<Found> {
    let before = yaml.get(..byte)?;
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let previous_start =
        before.get(..line_start.saturating_sub(1)).and_then(|b| b.rfind('\n')).map_or(0, |end| end + 1);
    let lines = yaml.get(previous_start..)?.split_inclusive('\n').take(3);
    let mut start = previous_start;
    for line in lines {
        if let Some(colon) = line.find('：')
            && is_key(line.get(..colon).unwrap_or_default(), line.get(colon + '：'.len_utf8()..).unwrap_or_default())
        {
            return Some(full_width_colon(start + colon));
        }
        start += line.len();
    }
    None
}

/// Whether what stands before a colon on a line is a key and no text: one that some structure has, or one word after the
/// indentation or a brace with such a value behind it as sentences do not go on with.
fn is_key(before: &str, after: &str) -> bool {
    let word = before.rsplit(['{', ',']).next().unwrap_or(before).trim_start_matches([' ', '-']);
    let is_word = !word.is_empty() && !word.contains([' ', ':', '"', '\'', '#', '。', '，', '、']);
    let after = after.trim_start();
    let is_valued = after.starts_with(['"', '\'', '[', '{', '“']) || after.starts_with(|c: char| c.is_ascii_digit());
    words::chinese().is_key(word) || (is_word && is_valued && !before.trim_start().starts_with("- "))
}

/// A full-width colon at a byte, where a half-width one is meant.
pub(super) fn full_width_colon(at: usize) -> Found {
    let span = at..at + '：'.len_utf8();
    let edit = Edit::safe(span.clone(), ": ");
    Found::new(span, Problem::new(Code::FullWidthMark).with("mark", "：").with("half", ":")).mended_by([edit])
}
