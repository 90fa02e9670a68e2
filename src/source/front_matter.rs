//! Splits a Markdown file into its front matter and its body.

use std::ops::Range;

use super::File;
use crate::diagnostics::{Code, Diagnostic, Place, Problem};

/// Where the parts of a Markdown file stand, in bytes of its text.
#[derive(Debug, Clone)]
pub struct Markdown {
    /// The YAML between the `---` lines.
    pub front_matter: Range<usize>,
    /// Everything after it.
    pub body: Range<usize>,
}

/// Finds the front matter between a first line `---` and the next one.
pub fn split(file: &File) -> Result<Markdown, Diagnostic> {
    let text = &file.text;
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != "---" {
        return Err(Problem::new(Code::NoFrontMatter).at(Place::new(&file.path, 0..first.trim_end().len())));
    }
    let start = first.len();
    let mut end = start;
    for line in lines {
        if line.trim_end() == "---" {
            return Ok(Markdown { front_matter: start..end, body: end + line.len()..text.len() });
        }
        end += line.len();
    }
    Err(Problem::new(Code::OpenFrontMatter).at(Place::new(&file.path, 0..first.trim_end().len())))
}
