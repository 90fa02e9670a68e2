//! What was meant as Markdown and is read as plain text: `#停水`, `＃＃ 停水`, `[政策]（/x/）`, `｜` between columns, a space
//! in the name of a picture's file.

use std::ops::Range;

use super::chinese::is_chinese_letter;
use super::habits::LONGEST_HEADING;
use super::lines::Found;
use crate::diagnostics::{Code, Edit, Problem};

/// Longest line that is looked at, in bytes.
const LONGEST: usize = 1000;
const PICTURES: [&str; 6] = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"];

/// Everything of the kind in a text. The mends of headings are safe where they can be nothing else.
pub(super) fn not_read(markdown: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut fence: Option<&str> = None;
    for line in markdown.split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        let marks = ["```", "~~~"].into_iter().find(|marks| text.trim_start().starts_with(marks));
        match (fence, marks) {
            (None, Some(marks)) => fence = Some(marks),
            (Some(open), Some(marks)) if open == marks => fence = None,
            _ => {}
        }
        // What is indented by four is code.
        if fence.is_none() && marks.is_none() && text.len() <= LONGEST && !text.starts_with("    ") {
            let title = heading(text).map(|meant| (meant, true)).or_else(|| {
                let place = start..start + line.len();
                title(markdown, &place).map(|meant| (meant, follows_blank(markdown, start)))
            });
            let other = || table(text).or_else(|| link(text)).or_else(|| picture(text)).map(|meant| (meant, false));
            if let Some((meant, safe)) = title.or_else(other) {
                let problem = Problem::new(Code::MarkdownNotRead).with("text", text.trim()).with("mended", &meant);
                let indent = text.len() - text.trim_start().len();
                let place: Range<usize> = start + indent..start + text.trim_end().len();
                found.push((problem, place.clone(), vec![Edit { range: place, replacement: meant, safe }]));
            }
        }
        start += line.len();
    }
    found
}

/// `##停水` and `＃＃ 停水`. A single `#` before a word may be a number or a topic.
fn heading(line: &str) -> Option<String> {
    let text = line.trim_start();
    let words = text.trim_start_matches(['#', '＃']);
    let marks: Vec<char> = text.chars().take_while(|c| matches!(c, '#' | '＃')).collect();
    let first = words.chars().next()?;
    let is_full = marks.contains(&'＃');
    let is_close = marks.len() > 1 && first.is_alphabetic();
    let is_meant = (1..=6).contains(&marks.len()) && (is_full || is_close) && !words.trim_end().ends_with(['#', '＃']);
    (is_meant && !words.trim().is_empty()).then(|| format!("{} {}", "#".repeat(marks.len()), words.trim()))
}

/// `#停水` with text below it. What ends with `#`, has another one in it, or begins with a number is a topic or a number.
fn title(markdown: &str, place: &Range<usize>) -> Option<String> {
    let words = markdown.get(place.clone())?.trim().strip_prefix('#')?;
    let is_title = words.starts_with(is_chinese_letter)
        && words.chars().count() <= LONGEST_HEADING
        && !words.contains(['#', '＃', '。', '！', '？', '；', '，']);
    let below = markdown.get(place.end..)?.trim_start();
    // Topics stand one below the other.
    let is_topic = below.is_empty() || below.starts_with('#') && !below.trim_start_matches('#').starts_with(' ');
    (is_title && !is_topic).then(|| format!("# {words}"))
}

/// Whether nothing stands on the line before a byte that begins one.
fn follows_blank(markdown: &str, start: usize) -> bool {
    markdown.get(..start).is_none_or(|before| before.lines().next_back().is_none_or(|line| line.trim().is_empty()))
}

/// A row of a table with full-width bars.
fn table(line: &str) -> Option<String> {
    let text = line.trim();
    let bars = text.matches('｜').count();
    let is_row =
        bars >= 2 && text.starts_with('｜') || bars >= 1 && text.starts_with('|') && text.ends_with(['|', '｜']);
    let is_rule = text.chars().all(|c| "｜|－-—：: ".contains(c));
    is_row.then(|| {
        let row = text.replace('｜', "|");
        if is_rule { row.replace(['－', '—'], "-").replace('：', ":") } else { row }
    })
}

/// A link whose address stands within full-width brackets.
fn link(line: &str) -> Option<String> {
    let at = line.find("]（").or_else(|| line.find("］（")).or_else(|| line.find("］("))?;
    let before = line.get(..at)?;
    let open = before.rfind(['[', '［'])?;
    let bracket = line.get(at..)?.chars().nth(1)?;
    let after = line.get(at..)?.split_once(bracket)?.1;
    let (address, rest) = after.split_once(['）', ')'])?;
    let is_address = address.starts_with(['/', '#'])
        || address.contains("://")
        || address.ends_with(".md")
        || PICTURES.iter().any(|ending| address.to_lowercase().ends_with(ending));
    let words = before.get(open..)?.trim_start_matches(['[', '［']);
    let (front, open) = (line.get(..open)?, if line.get(..open)?.ends_with('！') { "!" } else { "" });
    let front = front.strip_suffix('！').unwrap_or(front);
    (is_address && !address.contains(char::is_whitespace))
        .then(|| format!("{front}{open}[{words}]({address}){rest}").trim().to_owned())
}

/// A picture whose file has a space in its name.
fn picture(line: &str) -> Option<String> {
    let at = line.find("](")?;
    line.get(..at)?.rfind("![")?;
    let (file, rest) = line.get(at + 2..)?.split_once(')')?;
    let is_picture = PICTURES.iter().any(|ending| file.to_lowercase().ends_with(ending));
    let is_odd = file.contains(' ') && !file.contains(['<', '>', '"', '\'']);
    (is_picture && is_odd).then(|| format!("{}](<{file}>){rest}", line.get(..at).unwrap_or_default()).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_markdown_and_is_none_is_found_and_code_is_not() {
        let meant = |text: &str| {
            let found = not_read(text);
            found.first().and_then(|(problem, ..)| problem.argument("mended").map(str::to_owned))
        };
        for (text, mended) in [
            ("##停水", "## 停水"),
            ("＃＃ 停水", "## 停水"),
            ("＃停水", "# 停水"),
            ("#停水\n\n明天停水。", "# 停水"),
            ("见[政策]（/policies/a/）。", "见[政策](/policies/a/)。"),
            ("［政策］（/policies/a/）", "[政策](/policies/a/)"),
            ("！［修灯］（a.jpg）", "![修灯](a.jpg)"),
            ("｜日期｜地点｜", "|日期|地点|"),
            ("｜－－｜－－｜", "|--|--|"),
            ("![修灯](修 灯.jpg)", "![修灯](<修 灯.jpg>)"),
        ] {
            assert_eq!(meant(text).as_deref(), Some(mended), "{text}");
        }
        for text in [
            "## 停水",
            "#停水#",
            "#停水",
            "#停水 #供暖\n\n明天停水。",
            "#停水\n#供暖",
            "#1",
            "#1号楼\n\n明天停水。",
            "```\n##停水\n```",
            "    ##停水",
            "见[附注]（另发）",
            "甲｜乙",
            "![灯](a.jpg)",
            "####",
        ] {
            assert_eq!(meant(text), None, "{text}");
        }
    }
}
