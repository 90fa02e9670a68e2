//! Splits a Markdown file into its front matter and its body.
//!
//! The lines that part them are `---`. What people write instead (a Chinese dash, four hyphens, stars) is told from a
//! file that has no front matter, and mended.

use std::ops::Range;

use super::File;
use super::words;
use crate::diagnostics::{Code, Diagnostic, Edit, Place, Problem};

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
        return Err(no_beginning(file, first));
    }
    let start = first.len();
    let mut end = start;
    for line in lines {
        if line.trim_end() == "---" {
            return Ok(Markdown { front_matter: start..end, body: end + line.len()..text.len() });
        }
        end += line.len();
    }
    Err(no_end(file, first))
}

/// Whether a line was meant to be `---`.
fn is_fence(line: &str) -> bool {
    let line = line.trim();
    let marks = |c: char| matches!(c, '-' | '－' | '—' | '–' | '─' | '━' | '_' | '=' | '*' | '~' | '+' | ' ');
    line.chars().count() >= 2 && line.len() < 100 && line.chars().all(marks) && line != "---"
}

/// A line that was meant to be `---`, with the edit that makes it so.
fn fence(file: &File, at: usize, line: &str) -> Diagnostic {
    let span = at..at + line.trim_end().len();
    let problem = Problem::new(Code::FrontMatterLine).with("text", line.trim());
    problem.at(Place::new(&file.path, span.clone())).mended_by([Edit::safe(span, "---")])
}

fn no_beginning(file: &File, first: &str) -> Diagnostic {
    if is_fence(first) {
        return fence(file, 0, first);
    }
    let text = &file.text;
    let ends = |text: &str| text.lines().any(|line| line.trim_end() == "---" || is_fence(line));
    let blank = text.len() - text.trim_start().len();
    let begins = text.get(blank..).unwrap_or_default();
    let key = first.split_once([':', '：']).is_some_and(|(key, _)| words::chinese().is_key(key.trim()));
    let edit = if blank > 0 && begins.lines().next().is_some_and(|line| line.trim_end() == "---") {
        Some(Edit::safe(0..blank, ""))
    } else {
        (key && ends(text)).then(|| Edit::safe(0..0, if first.ends_with("\r\n") { "---\r\n" } else { "---\n" }))
    };
    let place = Place::new(&file.path, 0..first.trim_end().len());
    Problem::new(Code::NoFrontMatter).at(place).mended_by(edit)
}

fn no_end(file: &File, first: &str) -> Diagnostic {
    let mut at = first.len();
    let mut blank = None;
    for line in file.text.get(at..).unwrap_or_default().split_inclusive('\n') {
        if is_fence(line) && !line.starts_with(' ') {
            return fence(file, at, line);
        }
        if line.trim().is_empty() {
            blank = blank.or(Some(at));
        }
        at += line.len();
    }
    let end = if first.ends_with("\r\n") { "---\r\n" } else { "---\n" };
    let edit = blank.map(|at| Edit::guess(at..at, end));
    Problem::new(Code::OpenFrontMatter).at(Place::new(&file.path, 0..first.trim_end().len())).mended_by(edit)
}
