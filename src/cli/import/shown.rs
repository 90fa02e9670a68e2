//! What is shown of an import before anything is written: each record as a table, and how its file will differ.

use std::io::Write as _;

use similar::TextDiff;

use super::super::Voice;
use super::target::Target;
use crate::diagnostics::Language;
use crate::import::{Draft, width};

/// Most lines of a table that are shown.
const MOST_LINES: usize = 200;

/// Shows a record: a table of what was understood, and what will differ in its file.
pub(super) fn show(draft: &Draft, target: &Target, voice: Voice) {
    let path = &target.after.path;
    let mut text = match (voice.language, target.before.is_some(), target.changes()) {
        (Language::ZhHans, false, _) => format!("{path}（新文件）\n"),
        (Language::ZhHans, true, true) => format!("{path}（已有，要改）\n"),
        (Language::ZhHans, true, false) => format!("{path}（已有，没有变化）\n"),
        (Language::En, false, _) => format!("{path} (new)\n"),
        (Language::En, true, true) => format!("{path} (is there, would change)\n"),
        (Language::En, true, false) => format!("{path} (is there, stays as it is)\n"),
    };
    text.push_str(&table(&draft.shown));
    if voice.verbose && target.before.is_none() {
        text.push_str(&target.after.text);
    }
    if let Some(before) = target.before.as_ref().filter(|_| target.changes()) {
        let diff = TextDiff::from_lines(&*before.text, &*target.after.text);
        let (from, to) = (format!("a/{path}"), format!("b/{path}"));
        text.push_str(&diff.unified_diff().context_radius(1).header(&from, &to).to_string());
    }
    if !voice.quiet {
        let _ = std::io::stdout().write_all(text.as_bytes());
    }
}

/// Lines with their cells below each other.
fn table(lines: &[Vec<String>]) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|cell| width(cell)).max().unwrap_or(0).min(60)
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let mut text = String::new();
    for line in lines.iter().take(MOST_LINES) {
        let mut shown = String::from("  ");
        for (cell, most) in line.iter().zip(&widths) {
            let cell: String = cell.chars().filter(|c| !c.is_control()).collect();
            shown.push_str(&cell);
            shown.push_str(&" ".repeat(most.saturating_sub(width(&cell)) + 2));
        }
        text.push_str(shown.trim_end());
        text.push('\n');
    }
    if lines.len() > MOST_LINES {
        text.push_str("  …\n");
    }
    text
}

/// What was or can be written.
pub(super) fn said(changed: usize, replaces: bool, has_errors: bool, wrote: bool, language: Language) -> String {
    let flags = if replaces { "--write --replace" } else { "--write" };
    match (language, changed, has_errors, wrote) {
        (Language::ZhHans, _, true, _) => "没有写入：先改好上面的错误".to_owned(),
        (Language::ZhHans, 0, ..) => "没有要写的".to_owned(),
        (Language::ZhHans, _, _, true) => format!("写好了 {changed} 个文件"),
        (Language::ZhHans, ..) => format!("可以写 {changed} 个文件；看着没错，就加上 {flags} 写进去"),
        (Language::En, _, true, _) => "nothing was written: mend the errors above first".to_owned(),
        (Language::En, 0, ..) => "there is nothing to write".to_owned(),
        (Language::En, 1, _, true) => "1 file written".to_owned(),
        (Language::En, _, _, true) => format!("{changed} files written"),
        (Language::En, 1, ..) => format!("1 file can be written; if it looks right, add {flags}"),
        (Language::En, ..) => format!("{changed} files can be written; if they look right, add {flags}"),
    }
}
