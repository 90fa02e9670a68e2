//! YAML into types, with places when something is wrong.
//!
//! [`decode`] reads straight into the type. If that fails, or a cheap look at the text says that it may be
//! hostile, the text is read as a [`tree`] with places and compared with the type's JSON Schema
//! ([`schema`]), which reports every problem of the file. [`locate`] finds the place of a key path, for
//! problems that are seen only later, when records are linked.
//!
//! Chinese keys and values are read in the same way: the fast parser refuses the first of them at once, the comparison
//! knows each by its place in the schema, and the text with the English words put in is read by the fast parser again.
//! So a file in English pays nothing, one in Chinese costs three readings, and the types know of one language only.

mod dashes;
mod mends;
mod same_line;
mod schema;
mod shapes;
mod tree;
mod trials;
mod types;

use std::any::TypeId;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};

use schemars::{JsonSchema, Schema};
use serde::de::DeserializeOwned;

pub(crate) use mends::number_of_item;
pub(crate) use tree::{Node, Value as NodeValue};

use super::{lint, words};
use crate::diagnostics::{Code, Diagnostic, Edit, Patched, Place, Problem};

/// A text as a tree with places; nothing if it is no YAML.
pub(crate) fn tree_of(text: &str) -> Option<Node> {
    tree::read(text).ok()
}

/// Reads a string of a named format (`date`, `when`, …) and says what is wrong with it.
pub type FormatReader = fn(format: &str, text: &str) -> Result<(), Problem>;

/// A step of a key path: into a mapping or a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// The nth item, from 0.
    Item(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Step::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Step::Item(index)
    }
}

/// Deepest nesting that is read.
const DEEPEST: usize = 48;
/// Most nodes of a file, aliases written out.
const MOST_NODES: usize = 200_000;

/// A problem at a place of a YAML text, in bytes, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) span: Range<usize>,
    pub(crate) problem: Problem,
    pub(crate) edits: Vec<Edit>,
    /// Where no mend is known: what lets the rest of the file be read all the same. It is offered to nobody.
    pub(crate) filler: Option<Edit>,
}

impl Found {
    pub(crate) fn new(span: Range<usize>, problem: Problem) -> Self {
        Self { span, problem, edits: Vec::new(), filler: None }
    }

    #[must_use]
    pub(crate) fn mended_by(mut self, edits: impl IntoIterator<Item = Edit>) -> Self {
        self.edits.extend(edits);
        self
    }

    pub(crate) fn at(self, path: &Arc<str>, offset: usize) -> Diagnostic {
        let place = Place::new(path, self.span.start + offset..self.span.end + offset);
        self.problem.at(place).mended_by(self.edits.into_iter().map(|edit| edit.moved(offset)))
    }
}

/// What was read of a text: the value, with the text in English if there are words of another language in it.
pub type Decoded<T> = (T, Option<String>);

/// Why a text could not be read, and what of it can be read all the same.
#[derive(Debug)]
pub struct Unread<T> {
    /// Everything that is wrong with it.
    pub found: Vec<Diagnostic>,
    /// What it says if each mistake was meant as its mend has it, so that what else is wrong is said at once.
    pub meant: Option<Decoded<T>>,
}

/// Reads `range` of a file's text as a `T`, or reports everything that is wrong with it.
pub fn decode<T: DeserializeOwned + JsonSchema + 'static>(
    path: &Arc<str>,
    text: &str,
    range: Range<usize>,
    formats: FormatReader,
) -> Result<T, Vec<Diagnostic>> {
    decode_with_english(path, text, range, formats).map(|(value, _)| value).map_err(|unread| unread.found)
}

/// As [`decode`]; with the text in English, if there are words of another language in it.
pub fn decode_with_english<T: DeserializeOwned + JsonSchema + 'static>(
    path: &Arc<str>,
    text: &str,
    range: Range<usize>,
    formats: FormatReader,
) -> Result<Decoded<T>, Box<Unread<T>>> {
    let offset = range.start;
    let yaml = text.get(range).unwrap_or_default();
    let at = |found: Vec<Found>| {
        let meant = meant(yaml, &found, formats);
        let found = found.into_iter().map(|found| found.at(path, offset)).collect();
        Box::new(Unread { found, meant })
    };
    // What YAML takes without a word, though nobody means it.
    let sound = |value: T, english: Option<String>| match lint::merged_items(yaml) {
        merged if merged.is_empty() => Ok((value, english)),
        merged => Err(at(merged)),
    };
    let mut refusal = None;
    if !suspicious(yaml) {
        match serde_yaml::from_str::<T>(yaml) {
            Ok(value) => return sound(value, None),
            Err(error) => refusal = Some(error),
        }
    }
    let schema = schema_of::<T>();
    let english = match compared(yaml, &schema, formats) {
        Ok(english) => english,
        Err(wrong) => return Err(at(trials::explained(yaml, wrong, &schema, formats))),
    };
    // The tree and the schema find nothing wrong: harmless aliases, words of another language, or a refusal they do not
    // know of.
    let error = match (&english, refusal) {
        (None, Some(error)) => error,
        _ => match serde_yaml::from_str::<T>(english.as_ref().map_or(yaml, |english| &english.text)) {
            Ok(value) => return sound(value, english.map(|english| english.text)),
            Err(error) => error,
        },
    };
    let start = error.location().map_or(0, |location| location.index());
    let start = english.as_ref().map_or(start, |english| english.origin(start)).min(yaml.len());
    let end = yaml.get(start..).and_then(|rest| rest.find('\n')).map_or(yaml.len(), |length| start + length);
    Err(at(vec![Found::new(start..end, Problem::new(Code::Refused))]))
}

/// What a text says with every mistake mended or passed over; nothing if that of one is not known.
fn meant<T: DeserializeOwned + JsonSchema + 'static>(
    yaml: &str,
    found: &[Found],
    formats: FormatReader,
) -> Option<Decoded<T>> {
    const MOST: usize = 50;
    if found.len() > MOST || found.iter().any(|found| found.edits.is_empty() && found.filler.is_none()) {
        return None;
    }
    let edits = found.iter().flat_map(|found| found.edits.iter().chain(&found.filler)).cloned();
    let mended = Patched::new(yaml, edits);
    let english = compared(&mended.text, &schema_of::<T>(), formats).ok()?;
    let english = english.map_or(mended.text, |english| english.text);
    let value = serde_yaml::from_str(&english).ok()?;
    Some((value, Some(english)))
}

/// What is wrong with a text, and whether it could be read as YAML at all.
struct Wrong {
    found: Vec<Found>,
    is_yaml: bool,
}

/// Compares a text with a schema; gives it in English if there are words of another language in it.
fn compared(yaml: &str, schema: &Schema, formats: FormatReader) -> Result<Option<Patched>, Wrong> {
    let tree = tree::read(yaml).map_err(|found| Wrong { found, is_yaml: false })?;
    let schema::Compared { found, words } = schema::compare(&tree, yaml, schema, formats);
    if !found.is_empty() {
        return Err(Wrong { found, is_yaml: true });
    }
    let english = words.into_iter().filter(|word| !word.is_english);
    let english = english.map(|word| mends::respelling(yaml, word.span, &word.english));
    let patched = Patched::new(yaml, english);
    Ok((!patched.is_same()).then_some(patched))
}

/// The JSON Schema of a type, made once.
fn schema_of<T: JsonSchema + 'static>() -> Arc<Schema> {
    static MADE: OnceLock<Mutex<HashMap<TypeId, Arc<Schema>>>> = OnceLock::new();
    let made = || Arc::new(schemars::schema_for!(T));
    match MADE.get_or_init(Mutex::default).lock() {
        Ok(mut all) => Arc::clone(all.entry(TypeId::of::<T>()).or_insert_with(made)),
        Err(_) => made(),
    }
}

/// The text with every known key and value in English, whatever else is wrong with it.
pub fn in_english<T: JsonSchema + 'static>(yaml: &str, formats: FormatReader) -> Patched {
    respelled(yaml, &schema_of::<T>(), formats, false)
}

/// The text with every known key and value in Chinese or in English, and everything else as it is.
pub fn respelled(yaml: &str, schema: &Schema, formats: FormatReader, in_chinese: bool) -> Patched {
    let words = tree::read(yaml).map(|tree| schema::compare(&tree, yaml, schema, formats).words).unwrap_or_default();
    let edits = words.into_iter().filter(|word| word.is_english == in_chinese).filter_map(|word| {
        let written = if in_chinese { word.chinese? } else { word.english };
        Some(mends::respelling(yaml, word.span, &written))
    });
    Patched::new(yaml, edits)
}

/// A YAML text with its places, for looking up many; of one that cannot be read as it stands, as its lines were meant.
pub struct Places {
    path: Arc<str>,
    offset: usize,
    tree: Option<tree::Node>,
    mended: Option<Patched>,
}

impl Places {
    /// Reads `range` of a file's text.
    pub fn of(path: &Arc<str>, text: &str, range: Range<usize>) -> Self {
        let offset = range.start;
        let yaml = text.get(range).unwrap_or_default();
        let (tree, mended) = match tree::read(yaml) {
            Ok(tree) => (Some(tree), None),
            Err(_) => {
                let edits = lint::lines(yaml).into_iter().flat_map(|found| found.edits);
                let mended = Patched::new(yaml, edits);
                (tree::read(&mended.text).ok(), Some(mended))
            }
        };
        Self { path: Arc::clone(path), offset, tree, mended }
    }

    fn place(&self, span: &Range<usize>) -> Place {
        let span = self.mended.as_ref().map_or_else(|| span.clone(), |mended| mended.origin_of(span));
        Place::new(&self.path, span.start + self.offset..span.end + self.offset)
    }

    /// The place of the value at a key path, or of the deepest part of the path that is there.
    pub fn at(&self, steps: &[Step]) -> Place {
        self.place(&self.tree.as_ref().map_or(0..0, |tree| tree.at(steps)))
    }

    /// A key of the mapping at a key path as it is written there, if it is, and its place.
    pub fn key(&self, steps: &[Step], english: &str) -> Option<(String, Place)> {
        let (key, span) = self.tree.as_ref()?.key_at(steps, english)?;
        Some((key, self.place(&span)))
    }
}

/// As [`Places::at`], for a single place.
pub fn locate(path: &Arc<str>, text: &str, range: Range<usize>, steps: &[Step]) -> Place {
    Places::of(path, text, range).at(steps)
}

/// The top key that stands for an English one, as the editor wrote it.
pub fn written_key(text: &str, range: Range<usize>, english: &str) -> String {
    let keys = tree::read(text.get(range).unwrap_or_default()).map(|tree| tree.top_keys()).unwrap_or_default();
    let words = words::chinese();
    let written =
        keys.iter().find(|key| *key == english).or_else(|| keys.iter().find(|key| words.may_mean(key, english)));
    written.map_or_else(|| english.to_owned(), Clone::clone)
}

/// Every key of the mappings, with its place.
pub fn keys(path: &Arc<str>, text: &str, range: Range<usize>) -> Vec<(String, Place)> {
    let offset = range.start;
    let tree = tree::read(text.get(range).unwrap_or_default());
    let keys = tree.map(|tree| tree.keys()).unwrap_or_default();
    keys.into_iter().map(|(key, span)| (key, Place::new(path, span.start + offset..span.end + offset))).collect()
}

/// A cheap look: tabs, aliases, deep brackets and keys that nothing is written for are read with care.
fn suspicious(yaml: &str) -> bool {
    let mut depth = 0_usize;
    let mut indenting = true;
    let mut previous = b'\n';
    for byte in yaml.bytes() {
        match byte {
            b'\n' => indenting = true,
            b'\t' if indenting => return true,
            b' ' => {}
            b'*' | b'&' if matches!(previous, b' ' | b'\n' | b'[' | b'{' | b',') => return true,
            b'[' | b'{' => {
                depth += 1;
                indenting = false;
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                indenting = false;
            }
            _ => indenting = false,
        }
        if depth > DEEPEST {
            return true;
        }
        previous = byte;
    }
    leaves_empty(yaml)
}

/// Whether it looks as if nothing stood behind a key: the fast parser takes that for an empty list where one is wanted.
fn leaves_empty(yaml: &str) -> bool {
    // The column of a key that nothing was written for so far.
    let mut waiting: Option<usize> = None;
    for line in yaml.lines() {
        let text = line.trim_start();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let mut column = line.len() - text.len();
        let is_item = text.starts_with("- ") || text == "-";
        if waiting.is_some_and(|key| column < key || column == key && !is_item) {
            return true;
        }
        let mut inner = text;
        while let Some(item) = inner.strip_prefix("- ") {
            let item = item.trim_start();
            column += inner.len() - item.len();
            inner = item;
        }
        let said = inner.split_once(" #").map_or(inner, |(said, _)| said).trim_end();
        if said.contains(": ,") || said.contains(": }") {
            return true;
        }
        waiting = said.ends_with(':').then_some(column);
    }
    waiting.is_some()
}
