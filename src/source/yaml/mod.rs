//! YAML into types, with places when something is wrong.
//!
//! [`decode`] reads straight into the type. If that fails, or a cheap look at the text says that it may be
//! hostile, the text is read as a [`tree`] with places and compared with the type's JSON Schema
//! ([`schema`]), which reports every problem of the file. [`locate`] finds the place of a key path, for
//! problems that are seen only later, when records are linked.

mod schema;
mod tree;

use std::ops::Range;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::diagnostics::{Code, Diagnostic, Place, Problem};

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

/// Reads `range` of a file's text as a `T`, or reports everything that is wrong with it.
pub fn decode<T: DeserializeOwned + JsonSchema>(
    path: &Arc<str>,
    text: &str,
    range: Range<usize>,
    formats: FormatReader,
) -> Result<T, Vec<Diagnostic>> {
    let offset = range.start;
    let yaml = text.get(range).unwrap_or_default();
    let place = |span: Range<usize>| Place::new(path, span.start + offset..span.end + offset);
    let refusal = if suspicious(yaml) {
        None
    } else {
        match serde_yaml::from_str::<T>(yaml) {
            Ok(value) => return Ok(value),
            Err(error) => Some(error),
        }
    };
    let at = |(span, problem): (Range<usize>, Problem)| problem.at(place(span));
    let tree = tree::read(yaml).map_err(|found| found.into_iter().map(at).collect::<Vec<_>>())?;
    let found = schema::compare(&tree, yaml, &schemars::schema_for!(T), formats);
    if !found.is_empty() {
        return Err(found.into_iter().map(at).collect());
    }
    // The tree and the schema find nothing wrong: harmless aliases, or a refusal they do not know of.
    let error = match refusal {
        Some(error) => error,
        None => match serde_yaml::from_str::<T>(yaml) {
            Ok(value) => return Ok(value),
            Err(error) => error,
        },
    };
    let start = error.location().map_or(0, |location| location.index()).min(yaml.len());
    let end = yaml.get(start..).and_then(|rest| rest.find('\n')).map_or(yaml.len(), |length| start + length);
    let reason = error.to_string();
    Err(vec![Problem::new(Code::Refused).with("reason", &reason).at(place(start..end))])
}

/// A YAML text with its places, for looking up many.
pub struct Places {
    path: Arc<str>,
    offset: usize,
    tree: Option<tree::Node>,
}

impl Places {
    /// Reads `range` of a file's text.
    pub fn of(path: &Arc<str>, text: &str, range: Range<usize>) -> Self {
        let offset = range.start;
        Self { path: Arc::clone(path), offset, tree: tree::read(text.get(range).unwrap_or_default()).ok() }
    }

    /// The place of the value at a key path, or of the deepest part of the path that is there.
    pub fn at(&self, steps: &[Step]) -> Place {
        let span = self.tree.as_ref().map_or(0..0, |tree| tree.at(steps));
        Place::new(&self.path, span.start + self.offset..span.end + self.offset)
    }
}

/// As [`Places::at`], for a single place.
pub fn locate(path: &Arc<str>, text: &str, range: Range<usize>, steps: &[Step]) -> Place {
    Places::of(path, text, range).at(steps)
}

/// Every key of the mappings, with its place.
pub fn keys(path: &Arc<str>, text: &str, range: Range<usize>) -> Vec<(String, Place)> {
    let offset = range.start;
    let tree = tree::read(text.get(range).unwrap_or_default());
    let keys = tree.map(|tree| tree.keys()).unwrap_or_default();
    keys.into_iter().map(|(key, span)| (key, Place::new(path, span.start + offset..span.end + offset))).collect()
}

/// A cheap look, one pass over the bytes: tabs, aliases and deep brackets are read with care.
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
    false
}
