//! The bytes of other programs' files → JSON, or the tables of a data package, which `datapackage.json` describes.

use std::collections::BTreeMap;

use camino::Utf8Path;

use crate::diagnostics::{Code, Problem};
use crate::source;

/// The tables of a data package.
#[derive(Debug, Default)]
pub struct Tables {
    /// Those that are there, by their names, each as CSV.
    pub found: BTreeMap<String, Vec<u8>>,
    /// The names of those that are not, as the package describes them all.
    pub missing: Vec<String>,
}

impl Tables {
    /// Adds a table, or that it is not there.
    pub fn add(&mut self, name: String, bytes: Option<Vec<u8>>) {
        match bytes {
            Some(bytes) => _ = self.found.insert(name, bytes),
            None => self.missing.push(name),
        }
    }
}

/// The value of a JSON text; what is wrong with it, and in which line.
pub(super) fn json(bytes: &[u8]) -> Result<serde_json::Value, (usize, Problem)> {
    let not_text = Problem::new(Code::NotADirectory).with_word("why", "json-text");
    let Some(text) = source::decoded(bytes) else { return Err((1, not_text)) };
    serde_json::from_str(text.trim_end()).map_err(|error| {
        let why = match error.classify() {
            serde_json::error::Category::Eof => "json-ends",
            _ if error.to_string().starts_with("recursion limit") => "json-deep",
            _ if error.to_string().starts_with("trailing characters") => "json-more",
            _ => "json-form",
        };
        let problem = Problem::new(Code::NotADirectory).with_word("why", why);
        let problem =
            problem.with("line", &error.line().to_string()).with("column", &column(&text, &error).to_string());
        (error.line(), problem)
    })
}

/// The character of its line at which an error is: the parser counts bytes.
fn column(text: &str, error: &serde_json::Error) -> usize {
    let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    line.char_indices().take_while(|(start, _)| *start < error.column()).count()
}

/// The tables of a data package by their names, each with the path of its file beside the description; nothing if it is
/// none. Paths that lead elsewhere are left out.
pub fn tables_of(description: &[u8]) -> Option<BTreeMap<String, String>> {
    let json: serde_json::Value = serde_json::from_slice(description).ok()?;
    let table = |resource: &serde_json::Value| {
        let path = resource.get("path")?.as_str()?;
        let name = resource.get("name").map_or_else(|| Utf8Path::new(path).file_stem(), serde_json::Value::as_str)?;
        let is_below = !path.contains(['\\', ':']) && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        is_below.then(|| (name.to_owned(), path.to_owned()))
    };
    Some(json.get("resources")?.as_array()?.iter().take(100).filter_map(table).collect())
}
