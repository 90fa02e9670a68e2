//! Lines as a word processor lays them out, which Markdown reads in another way: rows of bars are no table, four blanks make
//! code, a rule below a text makes it a heading. Items with marks of their own are [`super::items`]' business.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::chinese::is_chinese_letter;
use super::habits::LONGEST_HEADING;
use super::items::run_together;
use super::run_on::run_on;
use crate::diagnostics::{Code, Edit, Problem};

/// What is found: the problem, its place in bytes, and the edits that mend it.
pub(super) type Found = (Problem, Range<usize>, Vec<Edit>);

/// Everything of the kind in a text.
pub(super) fn lines(markdown: &str, parsed: &[(Event<'_>, Range<usize>)]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    for (at, (event, range)) in parsed.iter().enumerate() {
        match event {
            Event::Start(Tag::Paragraph) => {
                let after = parsed.get(at + 1..).unwrap_or_default();
                let meant = || rows(markdown, range).or_else(|| numbered_heading(markdown, range, after));
                found.extend(Some(()).filter(|()| depth == 0).and_then(|()| meant()));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) if depth == 0 => {
                found.extend(prose_as_code(markdown, range));
            }
            Event::Start(Tag::Heading { .. }) => found.extend(ruled_text(markdown, range)),
            _ => {}
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let together = run_together(markdown, parsed);
    // What is told with the items around it is told.
    let is_told = |range: &Range<usize>| {
        together.iter().any(|(_, place, edits)| {
            place.start == range.start || edits.iter().any(|edit| range.contains(&edit.range.start))
        })
    };
    found.extend(run_on(markdown, parsed).into_iter().filter(|(_, range, _)| !is_told(range)));
    found.extend(together);
    found.extend(indents(markdown, parsed));
    found.extend(addresses(markdown, parsed));
    found
}

/// The lines of a range, each with where it begins and without its end.
pub(super) fn lines_of<'a>(
    markdown: &'a str,
    range: &Range<usize>,
) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
    let text = markdown.get(range.clone()).unwrap_or_default();
    let base = range.start;
    let starts = text.split_inclusive('\n').scan(base, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line.trim_end()))
    });
    starts.filter(|(_, line)| !line.trim().is_empty())
}

/// Rows of bars without the rule below their heads: `| 日期 | 地点 |` and another row.
fn rows(markdown: &str, range: &Range<usize>) -> Option<Found> {
    let columns = |line: &str| {
        let line = line.trim();
        (line.starts_with('|') && line.ends_with('|') && line.len() > 1).then(|| line.matches('|').count() - 1)
    };
    let all: Vec<(usize, &str)> = lines_of(markdown, range).collect();
    let (start, first) = *all.iter().find(|(_, line)| columns(line).is_some_and(|columns| columns > 1))?;
    let wanted = columns(first);
    let is_rule = |line: &str| line.contains('-') && line.chars().all(|c| "|-: ".contains(c));
    if is_rule(first) {
        // A table begins with its heads.
        let names = ["项目", "内容", "说明", "备注"];
        let heads = (0..wanted?).map(|at| format!(" {} |", names.get(at).unwrap_or(&"…"))).collect::<String>();
        let heads = format!("|{heads}");
        let problem = Problem::new(Code::RowsWithoutRule).with("heads", &heads);
        return Some((problem, start..start + first.len(), vec![Edit::guess(start..start, format!("{heads}\n"))]));
    }
    let mut rows = all.iter().filter(|(at, _)| *at >= start).take_while(|(_, line)| columns(line).is_some());
    let (second_start, second) = *rows.nth(1)?;
    let rule = format!("|{}", "---|".repeat(wanted?));
    let end = start + first.len();
    let problem = Problem::new(Code::RowsWithoutRule).with("rule", &rule);
    if is_rule(second) {
        // The rule has another number of columns.
        let place = second_start..second_start + second.len();
        return Some((problem.with("columns", &wanted?.to_string()), place.clone(), vec![Edit::guess(place, rule)]));
    }
    (columns(second) == wanted)
        .then(|| (problem.with("below", ""), start..end, vec![Edit::guess(end..end, format!("\n{rule}"))]))
}

/// A short line that is numbered as headings are, 一、申请条件, and has something below it.
fn numbered_heading(markdown: &str, range: &Range<usize>, after: &[(Event<'_>, Range<usize>)]) -> Option<Found> {
    let text = markdown.get(range.clone())?.trim_end();
    let (number, words) = text.split_once('、')?;
    let is_numeral = number.chars().all(|c| "一二三四五六七八九十".contains(c)) && !number.is_empty();
    let is_short = text.chars().count() <= LONGEST_HEADING && number.chars().count() <= 3;
    let is_sentence = words.contains(['。', '！', '？', '；', '，', '：', '\n', '[', '*', '`']);
    let mut events = after.iter().map(|(event, _)| event);
    let ends = matches!((events.next(), events.next()), (Some(Event::Text(_)), Some(Event::End(TagEnd::Paragraph))));
    let follows = matches!(events.next(), Some(Event::Start(Tag::Paragraph | Tag::List(_) | Tag::Table(_))));
    if !is_numeral || !is_short || is_sentence || !ends || !follows || words.trim().is_empty() {
        return None;
    }
    let mended = format!("## {text}");
    let place = range.start..range.start + text.len();
    Some((Problem::new(Code::NumberAsHeading).with("mended", &mended), place.clone(), vec![Edit::guess(place, mended)]))
}

/// Chinese prose that four blanks before it make code.
fn prose_as_code(markdown: &str, range: &Range<usize>) -> Option<Found> {
    let text = markdown.get(range.clone())?;
    if !text.contains(is_chinese_letter) || text.contains(['{', '<', '=', '$']) || text.contains(": ") {
        return None;
    }
    // The range begins behind the blanks of its first line.
    let line_start = markdown.get(..range.start)?.rfind('\n').map_or(0, |end| end + 1);
    let whole = line_start..range.end;
    let lines: Vec<(usize, &str)> = lines_of(markdown, &whole).collect();
    let edits = lines.iter().map(|(at, line)| Edit::guess(*at..at + (line.len() - line.trim_start().len()), ""));
    let (at, first) = lines.first()?;
    let indent = first.len() - first.trim_start().len();
    let problem = Problem::new(Code::IndentInText).with("text", first.trim()).with("code", "");
    Some((problem, at + indent..at + first.len(), edits.collect()))
}

/// Wide blanks before paragraphs, as in a letter: one for a text, at the first, with the mends of all.
fn indents(markdown: &str, parsed: &[(Event<'_>, Range<usize>)]) -> Option<Found> {
    let mut edits = Vec::new();
    let mut first: Option<(Range<usize>, &str)> = None;
    for (event, range) in parsed {
        if !matches!(event, Event::Start(Tag::Paragraph)) {
            continue;
        }
        for (at, line) in lines_of(markdown, range) {
            let said = line.trim_start_matches(['\u{3000}', ' ', '\u{2003}']);
            let indent = line.len() - said.len();
            if line.get(..indent).is_some_and(|blanks| blanks.contains(['\u{3000}', '\u{2003}'])) {
                first = first.or(Some((at..at + indent, said)));
                edits.push(Edit::guess(at..at + indent, ""));
            }
        }
    }
    let (place, said) = first?;
    let count = edits.len().to_string();
    Some((Problem::new(Code::IndentInText).with("text", said).with("count", &count), place, edits))
}

/// A text that the line of hyphens below it makes a heading.
fn ruled_text(markdown: &str, range: &Range<usize>) -> Option<Found> {
    let text = markdown.get(range.clone())?.trim_end();
    let (said, rule) = text.rsplit_once('\n')?;
    let is_rule = rule.trim().len() >= 3 && rule.trim().chars().all(|c| matches!(c, '-' | '='));
    let is_text =
        said.contains('\n') || said.chars().count() > 2 * LONGEST_HEADING || said.ends_with(['。', '！', '？', '；']);
    if !is_rule || !is_text || text.starts_with('#') {
        return None;
    }
    let at = range.start + said.len() + 1;
    let problem = Problem::new(Code::RuleBelowText).with("text", said.lines().next_back().unwrap_or_default());
    // Hyphens make a line between two parts where a blank line stands before them; equals signs never do.
    if rule.contains('=') {
        let problem = problem.with("signs", rule.trim());
        let left = (rule.trim() == "=======").then_some("=======");
        let edit = Edit::guess(at..at + rule.len(), "\n---");
        return Some((problem.with_some("conflict", left), at..at + rule.len(), vec![edit]));
    }
    Some((problem.with("hyphens", "---"), at..at + rule.len(), vec![Edit::guess(at..at, "\n")]))
}

/// Addresses of the web among words, which nobody can follow: `见 https://example.org/`.
fn addresses(markdown: &str, parsed: &[(Event<'_>, Range<usize>)]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut within = 0_usize;
    for (event, range) in parsed {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => within += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => within = within.saturating_sub(1),
            Event::Text(_) if within == 0 => {
                let text = markdown.get(range.clone()).unwrap_or_default();
                for scheme in ["https://", "http://"] {
                    for (at, _) in text.match_indices(scheme) {
                        let rest = text.get(at..).unwrap_or_default();
                        let length = rest.find(|c: char| !c.is_ascii_graphic() || c == '<').unwrap_or(rest.len());
                        let address = rest.get(..length).unwrap_or_default();
                        let address = address.trim_end_matches(['.', ',', ';', ')', '!', '?', '"', '\'', ':', '*']);
                        let start = range.start + at;
                        // In a tag of HTML, or a link that is written wrong and told as such.
                        let before = markdown.get(..start).unwrap_or_default();
                        if address.len() == scheme.len() || before.ends_with(['(', '"', '\'', '=', '（']) {
                            continue;
                        }
                        let mended = format!("<{address}>");
                        let problem =
                            Problem::new(Code::AddressNotLinked).with("text", address).with("mended", &mended);
                        let place = start..start + address.len();
                        found.push((problem, place.clone(), vec![Edit::guess(place, mended)]));
                    }
                }
            }
            _ => {}
        }
    }
    found
}
