//! What a YAML parser blames on the wrong line, or not at all: marks of an input method, quotes and colons, indentation.
//!
//! Runs only over a text in which something is wrong, so clean files pay nothing. [`lines`] reads it as an editor does,
//! line by line, and says what was meant; the caller makes the edits, reads the text that comes of it, and so reports
//! the mistake and whatever else is wrong, and nothing that only follows from the mistake. [`silent`] is the exception:
//! a cheap look at clean files too, for what YAML takes without a word and an editor did not mean. [`suspects`] are the lines
//! that may be at fault where the layout has come apart. [`forms`] is about single values.

mod conflicts;
mod dates;
mod flow;
pub(crate) mod forms;
mod hidden;
mod keys;
mod lines;
mod merged_items;
pub mod silent;
mod suspects;
mod times;
mod values;

use std::ops::Range;

use crate::diagnostics::{Code, Edit, Problem};
use crate::source::yaml::Found;

pub(crate) use flow::weekdays;
pub(crate) use keys::CURLY_QUOTES;
pub(crate) use lines::lines;
pub(crate) use merged_items::merged_items;
pub(crate) use suspects::{Suspect, suspects};
pub(crate) use times::{in_any_form, with_hours_named_once, with_part_of_day};
pub(crate) use values::second_key;

/// A mistake with the edit that mends it.
fn found(span: Range<usize>, problem: Problem, edit: Edit) -> Found {
    Found::new(span, problem).mended_by([edit])
}

/// A mistake of a mark: what was written and what is meant.
fn mark(code: Code, at: usize, written: &str, meant: &str, edit: Edit) -> Found {
    found(at..at + written.len(), Problem::new(code).with("mark", written).with("half", meant), edit)
}

/// That a line should stand in a column.
fn misplacing(column: usize) -> Problem {
    let problem = Problem::new(Code::Misplaced);
    if column == 0 { problem.with("edge", "") } else { problem.with("count", &column.to_string()) }
}

/// A text within double quotes, as YAML reads it back.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Where what is said on a line ends: before a comment and the spaces in front of it.
fn without_comment(text: &str) -> &str {
    let end = text.find(" #").into_iter().chain(wide_hash(text).map(|at| at - 1)).min().unwrap_or(text.len());
    text.get(..end).unwrap_or(text).trim_end()
}

/// Where a full-width `＃` stands behind a space and begins a remark: before a space or a word of Chinese, and before no number.
fn wide_hash(text: &str) -> Option<usize> {
    let begins = |at: &usize| {
        let rest = text.get(at + '＃'.len_utf8()..).unwrap_or_default();
        rest.starts_with(|c: char| c == ' ' || hidden::is_chinese(c))
    };
    text.match_indices(" ＃").map(|(at, _)| at + 1).find(begins)
}
