//! What people do in Markdown that reads well on their screen and is lost on others: headings that skip a level, links
//! without words, tables without heads, bold lines that stand for headings (WCAG 1.3.1, 2.4.4).

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::not_read::not_read;
use crate::diagnostics::{Code, Problem};

/// The most characters that a bold line has which is taken for a heading.
const LONGEST_HEADING: usize = 20;

/// Everything of the kind in a text, with its place in bytes. A text in which nothing looks like it is not parsed.
pub fn habits(markdown: &str) -> Vec<(Problem, Range<usize>)> {
    let mut not_read = not_read(markdown);
    if !may_have_some(markdown) {
        return not_read;
    }
    let parser = Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let parsed: Vec<(Event<'_>, Range<usize>)> = parser.into_offset_iter().collect();
    let mut found = jumps(markdown, &parsed);
    found.append(&mut not_read);
    let mut depth = 0_usize;
    for (at, (event, range)) in parsed.iter().enumerate() {
        let after = |by: usize| parsed.get(at + by).map(|(event, _)| event);
        match event {
            Event::Start(Tag::Link { .. }) if matches!(after(1), Some(Event::End(TagEnd::Link))) => {
                found.push((Problem::new(Code::EmptyLink), range.clone()));
            }
            Event::Start(Tag::TableHead) if !says_something(parsed.get(at..).unwrap_or_default()) => {
                found.push((Problem::new(Code::TableWithoutHeads), range.clone()));
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
    found
}

/// A cheap look, line by line: headings that grow by two marks, lines that begin bold, empty links and heads.
fn may_have_some(markdown: &str) -> bool {
    let mut previous = usize::MAX;
    for line in markdown.lines() {
        let marks = line.len() - line.trim_start_matches('#').len();
        if marks > 0 {
            if marks > previous.saturating_add(1) {
                return true;
            }
            previous = marks;
        }
        let bold = line.starts_with("**") || line.starts_with("__");
        let empty_head = line.contains('|') && line.trim_matches([' ', '|', '\r']).is_empty();
        if bold || empty_head || line.contains("[](") {
            return true;
        }
    }
    false
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
            found.push((problem.with_some("mended", mended.as_deref()), range.clone()));
        }
        previous = Some(level);
    }
    found
}

/// Whether there is a word before the head of a table ends.
fn says_something(from: &[(Event<'_>, Range<usize>)]) -> bool {
    let head = from.iter().take_while(|(event, _)| !matches!(event, Event::End(TagEnd::TableHead)));
    head.map(|(event, _)| event).any(|event| match event {
        Event::Text(text) | Event::Code(text) => !text.trim().is_empty(),
        Event::Start(Tag::Image { .. }) => true,
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
    let ends = (events.next(), events.next());
    let alone = matches!(ends, (Some(Event::End(TagEnd::Strong)), Some(Event::End(TagEnd::Paragraph))));
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
