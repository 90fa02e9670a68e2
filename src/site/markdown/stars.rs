//! Asterisks that somebody meant as such and Markdown takes for emphasis: `3*4米，2*3米`, `138****1234和139****5678`.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::diagnostics::{Code, Problem};

/// Whether a line may have some: an asterisk beside a digit.
pub(super) fn may_have_stars(line: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    line.match_indices('*').any(|(at, _)| {
        line.get(..at).is_some_and(|before| before.ends_with(digit))
            || line.get(at + 1..).is_some_and(|after| after.starts_with(digit))
    })
}

/// Emphasis that begins or ends between digits.
pub(super) fn stars(markdown: &str, parsed: &[(Event<'_>, Range<usize>)]) -> Vec<(Problem, Range<usize>)> {
    let mut found: Vec<(Problem, Range<usize>)> = Vec::new();
    for (event, range) in parsed {
        let is_within = found.last().is_some_and(|(_, outer)| range.start < outer.end);
        if is_within || !matches!(event, Event::Start(Tag::Emphasis | Tag::Strong)) {
            continue;
        }
        let text = markdown.get(range.clone()).unwrap_or_default();
        let inner = text.trim_matches('*');
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let before = digit(markdown.get(..range.start).and_then(|before| before.chars().next_back()));
        let after = digit(markdown.get(range.end..).and_then(|after| after.chars().next()));
        let (first, last) = (digit(inner.chars().next()), digit(inner.chars().next_back()));
        if text.starts_with('*') && (first && (before || after) || last && after) {
            let mended = text.replace('*', "\\*");
            found.push((Problem::new(Code::StarsTaken).with("text", text).with("mended", &mended), range.clone()));
        }
    }
    found
}
