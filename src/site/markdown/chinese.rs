//! What CommonMark does not know about Chinese: emphasis beside full-width marks, and lines without spaces between them.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

/// A character that Unicode counts as punctuation and that nobody writes (SESAME DOT).
pub(super) const MARK: char = '\u{fe45}';

/// Puts [`MARK`] beside runs of asterisks that stand between Chinese text and punctuation.
pub(super) fn mark_emphasis(markdown: &str) -> String {
    if !markdown.contains('*') {
        return markdown.to_owned();
    }
    let mut marked = String::with_capacity(markdown.len() + 32);
    let mut rest = markdown;
    let mut previous = '\n';
    while let Some(start) = rest.find('*') {
        let (before, from_run) = rest.split_at(start);
        let after = from_run.trim_start_matches('*');
        let (run, _) = from_run.split_at(from_run.len() - after.len());
        previous = before.chars().last().unwrap_or(previous);
        let next = after.chars().next().unwrap_or('\n');
        marked.push_str(before);
        if is_chinese_letter(previous) && is_punctuation(next) {
            marked.push(MARK);
        }
        marked.push_str(run);
        if is_punctuation(previous) && previous != '\\' && is_chinese_letter(next) {
            marked.push(MARK);
        }
        previous = '*';
        rest = after;
    }
    marked.push_str(rest);
    marked
}

pub(super) fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}'
            | '\u{fe30}'..='\u{fe6b}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}' | '·')
}

pub(super) fn is_chinese_letter(c: char) -> bool {
    matches!(c, '\u{3005}' | '\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// For each event whether, as a line break, no space may stand for it: both sides are Chinese, letters or full-width
/// marks.
pub(super) fn joins_chinese(events: &[(Event<'_>, Range<usize>)]) -> Vec<bool> {
    let wide = |c: char| is_chinese_letter(c) || (is_punctuation(c) && !c.is_ascii());
    let text = |event: &Event<'_>, last: bool| match event {
        Event::Text(text) | Event::Code(text) => {
            let mut characters = text.chars().filter(|c| *c != MARK);
            if last { characters.next_back() } else { characters.next() }.map(wide)
        }
        _ => None,
    };
    let mut wide_after = false;
    let mut joins: Vec<bool> = events
        .iter()
        .rev()
        .map(|(event, _)| {
            wide_after = text(event, false).unwrap_or(wide_after);
            wide_after
        })
        .collect();
    joins.reverse();
    let mut wide_before = false;
    for ((event, _), joins) in events.iter().zip(&mut joins) {
        *joins = *joins && wide_before;
        wide_before = text(event, true).unwrap_or(wide_before);
    }
    joins
}

pub(super) fn without_mark(text: CowStr<'_>) -> CowStr<'_> {
    if text.contains(MARK) { text.replace(MARK, "").into() } else { text }
}
