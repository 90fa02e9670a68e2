//! Lines that were meant to stand alone and run on from what stands above them: labelled lines (`时间：…`, `地点：…`), a text
//! right below a list, a text right below a table. Items with marks of their own are [`super::items`]' business.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::chinese::is_chinese_letter;
use super::items::is_marked;
use super::lines::{Found, lines_of};
use crate::diagnostics::{Code, Edit, Problem};

/// The longest label, in characters.
pub(super) const LONGEST_LABEL: usize = 6;
/// The longest line that somebody ended where it ends, in characters: longer ones may be broken anywhere.
const LONGEST_LINE: usize = 40;

/// Everything of the kind in a text.
pub(super) fn run_on(markdown: &str, parsed: &[(Event<'_>, Range<usize>)]) -> Vec<Found> {
    let found = parsed.iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::Paragraph) => labelled(markdown, range),
        Event::Start(Tag::Item) => below_item(markdown, range),
        Event::Start(Tag::TableRow) => below_table(markdown, range),
        _ => None,
    });
    found.collect()
}

/// Labelled lines below each other.
fn labelled(markdown: &str, range: &Range<usize>) -> Option<Found> {
    let lines: Vec<(usize, &str)> = lines_of(markdown, range).collect();
    let runs = |(above, below): &(&(usize, &str), &(usize, &str))| {
        is_labelled(above.1) && is_labelled(below.1) && !breaks(markdown, above)
    };
    let (first, _) = lines.iter().zip(lines.iter().skip(1)).find(runs)?;
    let others = lines
        .iter()
        .zip(lines.iter().skip(1))
        .filter(|(above, below)| (is_labelled(above.1) || is_labelled(below.1)) && !breaks(markdown, above));
    Some(apart(*first, others.map(|(_, (at, _))| *at)))
}

/// A line right below an item of a list, which Markdown takes for more of that item.
fn below_item(markdown: &str, range: &Range<usize>) -> Option<Found> {
    let is_outermost = range.start == 0 || markdown.get(..range.start)?.ends_with('\n');
    let lines: Vec<(usize, &str)> = lines_of(markdown, range).collect();
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let found = pairs.filter(|_| is_outermost).find(|(above, (at, line))| {
        let is_right_below = markdown.get(above.0..*at).is_some_and(|text| text.matches('\n').count() == 1);
        is_right_below
            && line.starts_with(is_chinese_letter)
            && above.1.chars().count() < LONGEST_LINE
            && !is_marked(line)
            && !breaks(markdown, above)
    });
    let (_, line) = found?;
    Some(apart(*line, std::iter::once(line.0)))
}

/// A line without a bar right below a table, which Markdown takes for one more row.
fn below_table(markdown: &str, range: &Range<usize>) -> Option<Found> {
    let line = markdown.get(range.clone())?.trim_end();
    let at = range.start + line.len() - line.trim_start().len();
    let line = line.trim_start();
    (!line.contains('|') && line.starts_with(is_chinese_letter)).then(|| apart((at, line), std::iter::once(at)))
}

/// Whether a line begins with a short label and says something behind it.
fn is_labelled(line: &str) -> bool {
    line.split_once('：').is_some_and(|(label, text)| {
        (2..=LONGEST_LABEL).contains(&label.chars().count())
            && label.chars().all(is_chinese_letter)
            && !text.trim().is_empty()
    })
}

/// Whether a line has two blanks or a stroke at its end, which break it.
fn breaks(markdown: &str, (at, line): &(usize, &str)) -> bool {
    line.ends_with('\\') || markdown.get(at + line.len()..).is_some_and(|rest| rest.starts_with("  "))
}

/// That a line runs together with others, and where empty lines part them.
fn apart((at, line): (usize, &str), before: impl Iterator<Item = usize>) -> Found {
    let edits = before.map(|at| Edit::guess(at..at, "\n")).collect();
    (Problem::new(Code::LinesRunTogether).with("text", line).with("apart", ""), at..at + line.len(), edits)
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Options, Parser};

    use super::*;
    use crate::diagnostics::Patched;

    fn mended(text: &str) -> String {
        let parsed: Vec<_> = Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter().collect();
        Patched::new(text, run_on(text, &parsed).into_iter().flat_map(|(_, _, edits)| edits)).text
    }

    #[test]
    fn lines_that_run_on_are_parted() {
        for (text, meant) in [
            ("时间：周三上午\n地点：二楼\n请早到。", "时间：周三上午\n\n地点：二楼\n\n请早到。"),
            ("- 身份证\n- 户口簿\n请本人来办理。", "- 身份证\n- 户口簿\n\n请本人来办理。"),
            (
                "| 日期 | 地点 |\n|---|---|\n| 周三 | 二楼 |\n请准时。",
                "| 日期 | 地点 |\n|---|---|\n| 周三 | 二楼 |\n\n请准时。",
            ),
        ] {
            let once = mended(text);
            assert_eq!(once, meant);
            assert_eq!(mended(&once), once);
        }
    }

    #[test]
    fn what_belongs_together_stays() {
        for text in [
            "时间：周三上午  \n地点：二楼",
            "时间：周三上午\n在二楼。",
            "请带：\n身份证",
            "- 身份证\n  户口簿",
            "- 这一项很长，写到这里还没有写完，编辑器就把它断成了两行，下面接着写，一直写到说完\n为止。",
            "| 日期 | 地点 |\n|---|---|\n| 周三 | 二楼 |",
        ] {
            assert_eq!(mended(text), text);
        }
    }
}
