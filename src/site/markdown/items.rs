//! Items of lists with marks that Markdown does not know, pasted from a word processor or slipped: `● 甲`, `-甲`, `1、甲`,
//! `（一）甲`. Below each other, or below an item that is read, they run together into one line.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::chinese::is_chinese_letter;
use super::lines::{Found, lines_of};
use crate::diagnostics::{Code, Edit, Problem};

/// Signs before items that Markdown does not know.
pub(super) const MARKS_OF_ITEMS: &str = "·•●○■□◆◇▪★☆➢✓－–—";

/// How an item is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark<'a> {
    /// With a sign.
    Bullet,
    /// With a number that Markdown would write in another way.
    Number(&'a str),
    /// With a number that is part of what is said.
    Kept,
}

impl Mark<'_> {
    fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

/// A line that was meant as an item.
struct Item<'a> {
    /// Where the line begins, and where its mark does.
    start: usize,
    at: usize,
    line: &'a str,
    mark: Mark<'a>,
    /// How many bytes the mark is with the blanks behind it, where Markdown reads no item.
    unread: Option<usize>,
}

/// Runs of items that are shown in one line.
pub(super) fn run_together(markdown: &str, parsed: &[(Event<'_>, Range<usize>)]) -> Vec<Found> {
    let of = |wanted: fn(&Tag<'_>) -> bool| {
        let tags = parsed.iter().filter(move |(event, _)| matches!(event, Event::Start(tag) if wanted(tag)));
        tags.map(|(_, range)| range)
    };
    let read: BTreeSet<usize> = of(|tag| matches!(tag, Tag::Item)).map(|range| range.start).collect();
    let code = of(|tag| matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock));
    let code: BTreeMap<usize, usize> = code.map(|range| (range.start, range.end)).collect();
    runs(markdown, parsed).iter().filter_map(|run| joined(markdown, run, &read, &code)).collect()
}

/// Paragraphs and lists that stand right below each other, as one range each: a mark that Markdown does not know ends a
/// list, or is taken for more of its last item.
fn runs(markdown: &str, parsed: &[(Event<'_>, Range<usize>)]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    let mut depth = 0_usize;
    for (event, range) in parsed {
        match event {
            Event::Start(tag) => {
                if depth == 0 && matches!(tag, Tag::Paragraph | Tag::List(_)) {
                    let from = |last: &Range<usize>| markdown.get(last.start..range.start);
                    match all.last_mut().filter(|last| from(last).is_some_and(is_right_above)) {
                        Some(last) if last.end >= range.start.saturating_sub(1) => last.end = range.end,
                        _ => all.push(range.clone()),
                    }
                }
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    all
}

/// Whether a text ends with one end of a line, so that what follows stands right below it.
fn is_right_above(text: &str) -> bool {
    text.get(text.trim_end().len()..).is_some_and(|blank| blank.matches('\n').count() == 1)
}

/// The items of a run of lines, if some are shown in one line with what is around them.
fn joined(markdown: &str, run: &Range<usize>, read: &BTreeSet<usize>, code: &BTreeMap<usize, usize>) -> Option<Found> {
    let is_code = |at: usize| code.range(..=at).next_back().is_some_and(|(_, end)| at < *end);
    let lines: Vec<(usize, &str)> = lines_of(markdown, run).filter(|(at, _)| !is_code(*at)).collect();
    let mut items: Vec<Item<'_>> = lines.iter().filter_map(|(start, line)| item(*start, line, read)).collect();
    let mut unread = items.iter().filter(|item| item.unread.is_some());
    let first_mark = unread.next()?.mark;
    let is_mixed = unread.next().is_some_and(|second| (second.mark == Mark::Kept) != (first_mark == Mark::Kept));
    items.retain(|item| item.unread.is_some() || item.mark.is_like(first_mark));
    let first = items.iter().find(|item| item.unread.is_some())?;
    let marked: BTreeMap<usize, bool> = items.iter().map(|item| (item.start, item.unread.is_some())).collect();
    let is_unread = |at: usize| marked.get(&at) == Some(&true);
    let joins = |((at, line), (next, _)): (&(usize, &str), &(usize, &str))| {
        // Two blanks or a stroke at its end break a line.
        let breaks = line.ends_with('\\') || markdown.get(at + line.len()..).is_some_and(|rest| rest.starts_with("  "));
        !breaks
            && markdown.get(*at..*next).is_some_and(is_right_above)
            && (is_unread(*next) || is_unread(*at) && marked.contains_key(next))
    };
    if is_mixed || items.len() < 2 || !lines.iter().zip(lines.iter().skip(1)).any(joins) {
        return None;
    }
    // The items that are read show how the others are written.
    let known = items.iter().find(|item| item.unread.is_none()).map(|item| item.line.trim_start_matches(' '));
    let sign = known.and_then(|line| line.chars().find(|c| !c.is_ascii_digit()));
    let begins_run = |item: &Item<'_>| items.first().is_some_and(|first| first.start == item.start);
    let edits = items.iter().filter_map(|item| {
        let end = item.at + item.unread?;
        let mark = written(item.mark, sign.filter(|_| item.mark.is_like(first_mark)));
        // A list begins behind an empty line, and so does each item whose number stays.
        let apart = item.start > run.start && (item.mark == Mark::Kept || begins_run(item));
        let indent = markdown.get(item.start..item.at).unwrap_or_default();
        let edit = Edit::guess(item.start..end, format!("{}{indent}{mark}", if apart { "\n" } else { "" }));
        (markdown.get(edit.range.clone()) != Some(&edit.replacement)).then_some(edit)
    });
    let edits: Vec<Edit> = edits.collect();
    let said = first.line.trim_start_matches(' ');
    let problem = Problem::new(Code::LinesRunTogether).with("text", said);
    let problem = match first.mark {
        Mark::Kept => problem.with("apart", ""),
        mark => problem.with("mark", written(mark, sign).trim_end()),
    };
    Some((problem, first.at..first.at + said.len(), edits))
}

fn item<'a>(start: usize, line: &'a str, read: &BTreeSet<usize>) -> Option<Item<'a>> {
    let said = line.trim_start_matches(' ');
    let at = start + line.len() - said.len();
    if read.range(start..=at).next().is_some() {
        let mark = if said.starts_with(|c: char| c.is_ascii_digit()) { Mark::Number("") } else { Mark::Bullet };
        return Some(Item { start, at, line, mark, unread: None });
    }
    let (width, mark) = mark_of(said)?;
    Some(Item { start, at, line, mark, unread: Some(width) })
}

/// A mark as Markdown knows it, with the sign of a list that is read.
fn written(mark: Mark<'_>, sign: Option<char>) -> String {
    match mark {
        Mark::Bullet => format!("{} ", sign.unwrap_or('-')),
        Mark::Number(number) => {
            let digits: String = number.chars().map(half_width_digit).collect();
            format!("{digits}{} ", sign.unwrap_or('.'))
        }
        Mark::Kept => String::new(),
    }
}

/// The mark of an item that Markdown does not know, and how many bytes it is with the blanks behind it.
fn mark_of(line: &str) -> Option<(usize, Mark<'_>)> {
    let first = line.chars().next()?;
    let behind = line.get(first.len_utf8()..)?;
    let width = |rest: &str| line.len() - rest.trim_start().len();
    if MARKS_OF_ITEMS.contains(first) {
        // Two dashes are one of a sentence, and before a number a dash is a minus.
        let is_dash = matches!(first, '－' | '–' | '—');
        let is_other = is_dash && behind.starts_with(|c: char| c == first || c.is_ascii_digit());
        return (!behind.trim().is_empty() && !is_other).then(|| (width(behind), Mark::Bullet));
    }
    if first == '-' && behind.starts_with(is_chinese_letter) {
        return Some((first.len_utf8(), Mark::Bullet));
    }
    if ('①'..='⑳').contains(&first) {
        return Some((0, Mark::Kept));
    }
    if let Some((number, _)) = line.strip_prefix(['（', '(']).and_then(|rest| rest.split_once(['）', ')'])) {
        return is_number(number).then_some((0, Mark::Kept));
    }
    let rest = line.trim_start_matches(is_digit);
    let number = line.get(..line.len() - rest.len()).filter(|number| (1..=2).contains(&number.chars().count()));
    if let (Some(number), Some(rest)) = (number, rest.strip_prefix(['、', '．', '.', ')', '）'])) {
        let is_item = !rest.starts_with(is_digit) && !rest.trim().is_empty();
        return is_item.then(|| (width(rest), Mark::Number(number)));
    }
    let (number, rest) = line.split_once('、')?;
    (is_number(number) && !rest.trim().is_empty()).then_some((0, Mark::Kept))
}

/// Whether a line begins with such a mark.
pub(super) fn is_marked(line: &str) -> bool {
    mark_of(line).is_some()
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn half_width_digit(c: char) -> char {
    ('０'..='９').position(|wide| wide == c).and_then(|digit| char::from_digit(digit.try_into().ok()?, 10)).unwrap_or(c)
}

fn is_number(text: &str) -> bool {
    let text = text.trim();
    (1..=3).contains(&text.chars().count())
        && text.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Parser;

    use super::*;
    use crate::diagnostics::Patched;

    fn mended(text: &str) -> String {
        let parsed: Vec<_> = Parser::new(text).into_offset_iter().collect();
        let found = run_together(text, &parsed);
        assert!(found.len() < 2, "{found:?}");
        Patched::new(text, found.into_iter().flat_map(|(_, _, edits)| edits)).text
    }

    #[test]
    fn items_become_one_list() {
        for (text, meant) in [
            ("请带：\n● 身份证\n● 户口本", "请带：\n\n- 身份证\n- 户口本"),
            ("- 身份证\n-户口本\n·照片", "- 身份证\n- 户口本\n- 照片"),
            ("·身份证\n* 户口本\n—照片", "* 身份证\n* 户口本\n* 照片"),
            ("－ 身份证\n－ 户口本", "- 身份证\n- 户口本"),
            ("- 证件\n  ·身份证\n  ·户口本", "- 证件\n  - 身份证\n  - 户口本"),
            ("１．登记\n２．领卡", "1. 登记\n2. 领卡"),
            ("1) 登记\n2、领卡", "1) 登记\n2) 领卡"),
            ("1、材料\n- 身份证\n2、流程\n- 登记", "1. 材料\n- 身份证\n2. 流程\n- 登记"),
            ("（一）本市户籍\n（二）年满六十", "（一）本市户籍\n\n（二）年满六十"),
        ] {
            let once = mended(text);
            assert_eq!(once, meant);
            assert_eq!(mended(&once), once);
        }
    }

    #[test]
    fn what_is_no_list_stays() {
        for text in [
            "- 身份证\n- 户口本",
            "一、材料\n- 身份证\n- 户口本",
            "明天最低气温\n-5℃，\n-8℃。",
            "愿人人安康。\n——社区居委会\n——值班室",
            "·身份证\n\n·户口本",
            "- 身份证\n\n·户口本",
            "·身份证  \n·户口本",
            "- 样子：\n\n  ```\n  ·一\n  ·二\n  ```",
        ] {
            assert_eq!(mended(text), text);
        }
    }
}
