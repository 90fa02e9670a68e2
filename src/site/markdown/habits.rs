//! What people do in Markdown that reads well on their screen and is lost on others: headings that skip a level, links
//! without words, tables without heads, bold lines that stand for headings (WCAG 1.3.1, 2.4.4).

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::chinese::is_chinese_letter;
use super::items::MARKS_OF_ITEMS;
use super::lines::{Found, lines};
use super::not_read::not_read;
use super::run_on::LONGEST_LABEL;
use super::stars::{may_have_stars, stars};
use super::tags::tags;
use crate::diagnostics::{Code, Edit, Problem};

/// The most characters that a line has which is taken for a heading.
pub(super) const LONGEST_HEADING: usize = 20;

/// Everything of the kind in a text, with its place in bytes and how to mend it. A text in which nothing looks like it is
/// not parsed.
pub fn habits(markdown: &str) -> Vec<Found> {
    let with_edit = |(problem, range): (Problem, Range<usize>)| {
        let said = markdown.get(range.clone()).unwrap_or_default().trim_end();
        let place = range.start..range.start + said.len();
        let edit = problem.argument("mended").map(|mended| Edit::guess(place.clone(), mended));
        (problem, place, edit.into_iter().collect::<Vec<_>>())
    };
    let not_read = not_read(markdown);
    if !may_have_some(markdown) {
        return not_read;
    }
    let parser = Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let parsed: Vec<(Event<'_>, Range<usize>)> = parser.into_offset_iter().collect();
    let mut found = jumps(markdown, &parsed);
    found.extend(tags(markdown, &parsed));
    found.extend(stars(markdown, &parsed));
    let mut depth = 0_usize;
    for (at, (event, range)) in parsed.iter().enumerate() {
        let after = |by: usize| parsed.get(at + by).map(|(event, _)| event);
        let from = || parsed.get(at + 1..).unwrap_or_default();
        match event {
            Event::Start(Tag::Link { .. }) if !has_words(from(), TagEnd::Link) => {
                found.push((Problem::new(Code::EmptyLink).with("marks", ""), range.clone()));
            }
            Event::Start(Tag::TableHead) if !has_words(from(), TagEnd::TableHead) => {
                found.push((Problem::new(Code::TableWithoutHeads).with("marks", ""), range.clone()));
            }
            Event::Start(Tag::Paragraph) if depth == 0 && matches!(after(1), Some(Event::Start(Tag::Strong))) => {
                found.extend(bold_heading(markdown, parsed.get(at..).unwrap_or_default(), range));
            }
            _ => {}
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let mut found: Vec<_> = found.into_iter().map(with_edit).collect();
    found.extend(not_read);
    let in_lines = lines(markdown, &parsed);
    // A row with full-width bars is told as such.
    let is_told =
        |range: &Range<usize>| found.iter().any(|(_, told, _)| told.start < range.end && range.start < told.end);
    let in_lines: Vec<_> = in_lines.into_iter().filter(|(_, range, _)| !is_told(range)).collect();
    found.extend(in_lines);
    found
}

/// A cheap look, line by line: whether there is anything of which habits are made.
fn may_have_some(markdown: &str) -> bool {
    const MARKS: [&str; 6] = ["](", "|", "<", "://", "\u{3000}", "\u{2003}"];
    if MARKS.iter().any(|mark| markdown.contains(mark)) {
        return true;
    }
    let mut previous = usize::MAX;
    for line in markdown.lines() {
        let marks = line.len() - line.trim_start_matches('#').len();
        if marks > 0 {
            if marks > previous.saturating_add(1) {
                return true;
            }
            previous = marks;
        }
        let is_marked =
            line.trim_start().starts_with(|c: char| {
                c.is_ascii_digit() || MARKS_OF_ITEMS.contains(c) || "①②③（(一二三四五六七八九十".contains(c)
            }) || line.trim_start().strip_prefix('-').is_some_and(|rest| rest.starts_with(is_chinese_letter));
        let is_rule = line.starts_with("---") || line.starts_with("===");
        let is_indented = line.starts_with("    ") || line.starts_with('\t');
        let is_item = line.starts_with(['-', '+']) && line.get(1..).is_some_and(|rest| rest.starts_with(' '));
        let is_labelled = line.chars().take(LONGEST_LABEL + 1).any(|c| c == '：');
        if is_marked || is_rule || line.starts_with(['*', '_']) || is_indented || may_have_stars(line) {
            return true;
        }
        if is_item || is_labelled {
            return true;
        }
    }
    false
}

/// Whether a text says nothing to anybody: it has only blanks and characters that nobody sees.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{2800}' | '\u{3164}')
    })
}

/// Headings that are more than one level below the one before.
fn jumps(markdown: &str, parsed: &[(Event<'_>, Range<usize>)]) -> Vec<(Problem, Range<usize>)> {
    let mut found = Vec::new();
    let mut previous: Option<usize> = None;
    for (event, range) in parsed {
        let Event::Start(Tag::Heading { level, .. }) = event else { continue };
        let level = *level as usize;
        if let Some(before) = previous.filter(|before| level > before + 1) {
            let text = written(markdown, range);
            let problem =
                Problem::new(Code::HeadingJump).with("from", &before.to_string()).with("to", &level.to_string());
            let words = text.trim_start_matches('#').trim_start();
            let mended = text.starts_with('#').then(|| format!("{} {words}", "#".repeat(before + 1)));
            found.push((problem.with("marks", "").with_some("mended", mended.as_deref()), range.clone()));
        }
        previous = Some(level);
    }
    found
}

/// Whether there is a word, or a picture with words, before an end.
pub(super) fn has_words(from: &[(Event<'_>, Range<usize>)], end: TagEnd) -> bool {
    let within = from.iter().map(|(event, _)| event).take_while(|event| **event != Event::End(end));
    within.into_iter().any(|event| match event {
        Event::Text(text) | Event::Code(text) => !is_blank(text),
        Event::InlineHtml(tag) => tag.contains("alt=") || tag.contains("aria-label="),
        _ => false,
    })
}

/// A paragraph of its own that is bold and nothing else, short, no sentence, and has something below it.
fn bold_heading(
    markdown: &str,
    from: &[(Event<'_>, Range<usize>)],
    range: &Range<usize>,
) -> Option<(Problem, Range<usize>)> {
    let mut events = from.iter().map(|(event, _)| event).skip(2);
    let Some(Event::Text(text)) = events.next() else { return None };
    let is_strong = matches!(events.next(), Some(Event::End(TagEnd::Strong)));
    // The colon may stand behind the bold words.
    let alone = is_strong
        && match events.next() {
            Some(Event::Text(colon)) => {
                matches!(colon.trim(), "：" | ":") && matches!(events.next(), Some(Event::End(TagEnd::Paragraph)))
            }
            Some(Event::End(TagEnd::Paragraph)) => true,
            _ => false,
        };
    let follows = matches!(events.next(), Some(Event::Start(Tag::Paragraph | Tag::List(_) | Tag::Table(_))));
    let sentence = text.ends_with(['。', '！', '？', '；', '，', '.', '!', '?', ';', ',']);
    if !alone || !follows || sentence || text.chars().count() > LONGEST_HEADING {
        return None;
    }
    let end = range.start + markdown.get(range.clone())?.trim_end().len();
    let mended = format!("## {}", text.trim_end_matches(['：', ':']));
    Some((Problem::new(Code::BoldAsHeading).with("mended", &mended), range.start..end))
}

/// The text at a place, as it was written.
fn written<'a>(markdown: &'a str, range: &Range<usize>) -> &'a str {
    markdown.get(range.clone()).unwrap_or_default().trim_end()
}
