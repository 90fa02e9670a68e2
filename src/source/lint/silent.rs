//! What YAML and Markdown take without a word and an editor did not mean.
//!
//! A look at every file, so it must cost next to nothing: two searches for short strings, and more only where they
//! find something.

use std::ops::Range;

use super::conflicts::conflict;
use super::flow::is_language;
use super::hidden::hidden;
use super::{quoted, wide_hash};
use crate::diagnostics::{Code, Diagnostic, Edit, Place, Problem};
use crate::source::{File, split};

/// What is found in a file.
pub fn look(file: &File) -> Vec<Diagnostic> {
    let is_markdown = file.path.ends_with(".md");
    let yaml = if is_markdown { split(file).map_or(0..0, |parts| parts.front_matter) } else { 0..file.text.len() };
    let mut found = cut_by_hash(file, yaml.clone());
    found.extend(remarks_shown(file, yaml.clone()));
    found.extend(commas_within_item(file, yaml.clone()));
    found.extend(languages_in_text(file, yaml));
    found.extend(hidden(file));
    if is_markdown && let Ok(parts) = split(file) {
        found.extend(marks_of_git(file, parts.body));
    }
    found
}

/// A list within brackets of one item whose full-width commas part short words: `[身份证，户口簿]`.
fn commas_within_item(file: &File, yaml: Range<usize>) -> Vec<Diagnostic> {
    const LONGEST: usize = 8;
    const SHORT: usize = 3;
    let text = file.text.get(yaml.clone()).unwrap_or_default();
    let mut found = Vec::new();
    for (open, _) in text.match_indices(": [") {
        let start = open + 3;
        let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let Some((item, after)) = line.split_once(']') else { continue };
        let ends = after.trim().is_empty() || after.trim_start().starts_with([',', '}', '#']);
        let line_start = text.get(..open).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let is_comment = text.get(line_start..open).is_some_and(|before| before.contains(['#', '"', '\'']));
        let marks = item.char_indices().find(|(_, c)| matches!(c, '，' | '、'));
        let Some((at, mark)) =
            marks.filter(|_| ends && !is_comment && !item.contains([',', '"', '\'', '[', '{', ':', '#']))
        else {
            continue;
        };
        let parts: Vec<&str> = item.split(['，', '、']).map(str::trim).collect();
        // A sentence has commas of its own.
        let is_sentence = item.contains(['。', '！', '？', '；', '!', '?', '.']);
        // Remarks are short too; names of papers are hardly ever followed by more of a sentence.
        let key = text.get(line_start..open).unwrap_or_default().trim_start_matches([' ', '-']);
        let longest = if key == "papers" || key.ends_with("材料") { LONGEST } else { SHORT };
        if is_sentence || !parts.iter().all(|part| (1..=longest).contains(&part.chars().count())) {
            continue;
        }
        let mended = parts.join(", ");
        let problem = Problem::new(Code::CommaWithinItem)
            .with("text", item)
            .with("mark", &mark.to_string())
            .with("mended", &format!("[{mended}]"))
            .with("quoted", &format!("[{}]", quoted(item.trim())));
        let from = yaml.start + start;
        let place = Place::new(&file.path, from + at..from + at + mark.len_utf8());
        found.push(problem.at(place).mended_by([Edit::guess(from..from + item.len(), mended)]));
    }
    found
}

/// Another language within the text of the one before, behind a full-width comma: `{zh-Hans: 停水，en：Water off}`.
fn languages_in_text(file: &File, yaml: Range<usize>) -> Vec<Diagnostic> {
    let text = file.text.get(yaml.clone()).unwrap_or_default();
    let mut found = Vec::new();
    let mut end = yaml.start;
    for line in text.split_inclusive('\n') {
        let start = end;
        end += line.len();
        if !line.contains('{') {
            continue;
        }
        let (mut is_open, mut is_quoted) = (false, false);
        for (at, sign) in line.match_indices(['{', '}', '"', '#', '，', '；']) {
            match sign {
                "{" => is_open = true,
                "}" => is_open = false,
                "\"" => is_quoted = !is_quoted,
                "#" => break,
                comma if is_open && !is_quoted => {
                    let after = line.get(at + comma.len()..).unwrap_or_default();
                    found.extend(language_behind(file, start + at, comma, after));
                }
                _ => {}
            }
        }
    }
    found
}

/// The mistake of a full-width comma at an offset of a file, if the tag of a language and its colon come after it.
fn language_behind(file: &File, from: usize, comma: &str, after: &str) -> Option<Diagnostic> {
    let rest = after.trim_start_matches([' ', '\u{3000}']);
    let tag = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default();
    let behind = rest.get(tag.len()..).unwrap_or_default();
    if !is_language(tag) || !behind.trim_start_matches(' ').starts_with([':', '：']) {
        return None;
    }
    let colon = from + comma.len() + (after.len() - behind.len());
    let value = behind.trim_start_matches([':', '：', ' ']);
    let edits =
        [Edit::safe(from..colon - tag.len(), ", "), Edit::safe(colon..colon + (behind.len() - value.len()), ": ")];
    let problem = Problem::new(Code::FullWidthComma).with("mark", comma).with("half", ",");
    Some(problem.at(Place::new(&file.path, from..from + comma.len())).mended_by(edits))
}

/// A `#` that hides the rest of its line though no space follows it: `解放路 #12号`.
fn cut_by_hash(file: &File, yaml: Range<usize>) -> Vec<Diagnostic> {
    let text = file.text.get(yaml.clone()).unwrap_or_default();
    let mut found = Vec::new();
    let mut line_end = 0;
    for (at, _) in text.match_indices(" #") {
        // The first of a line is what makes the rest a comment.
        if at < line_end {
            continue;
        }
        let after = text.get(at + 2..).unwrap_or_default();
        let line_start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let before = text.get(line_start..at).unwrap_or_default();
        line_end = after.find('\n').map_or(text.len(), |length| at + 2 + length);
        if !after.starts_with(|c: char| c.is_alphanumeric()) {
            continue;
        }
        let Some(value) = value_of(before) else { continue };
        let value = line_start + value;
        let said = text.get(value..line_end).unwrap_or_default().trim_end();
        let offset = yaml.start;
        let problem = Problem::new(Code::HashInValue)
            .with("text", said.get(..said.find('#').unwrap_or(0)).unwrap_or_default().trim_end())
            .with("mended", &quoted(said));
        let edit = Edit::guess(value + offset..value + said.len() + offset, quoted(said));
        let place = Place::new(&file.path, at + 1 + offset..value + said.len() + offset);
        found.push(problem.at(place).mended_by([edit]));
    }
    found
}

/// A remark behind a value that a full-width `＃` begins: it is published along with the value.
fn remarks_shown(file: &File, yaml: Range<usize>) -> Vec<Diagnostic> {
    let text = file.text.get(yaml.clone()).unwrap_or_default();
    if !text.contains(" ＃") {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = yaml.start;
    for line in text.split_inclusive('\n') {
        if let Some(at) = wide_hash(line)
            && let Some(value) = line.get(..at).and_then(value_of)
        {
            let said = line.get(value..).unwrap_or_default().trim_end();
            let end = at + '＃'.len_utf8();
            let remark = line.get(end..).unwrap_or_default().trim();
            let problem = Problem::new(Code::RemarkShown).with("text", remark).with("mended", &quoted(said));
            let space = if line.get(end..).is_some_and(|rest| rest.starts_with(' ')) { "" } else { " " };
            let edit = Edit::guess(start + at..start + end, format!("#{space}"));
            let place = Place::new(&file.path, start + at..start + value + said.len());
            found.push(problem.with("remark", &format!("# {remark}")).at(place).mended_by([edit]));
        }
        start += line.len();
    }
    found
}

/// Where the plain value begins on a line that a `#` cuts; nothing if it is in quotes or brackets, or is a comment.
fn value_of(before: &str) -> Option<usize> {
    if before.contains('#') || before.trim().is_empty() {
        return None;
    }
    let key = before.find(": ").map(|colon| colon + 2);
    let dash = before.trim_start().starts_with("- ").then(|| before.find("- ").map(|dash| dash + 2)).flatten();
    let from = key.or(dash).or_else(|| before.ends_with(':').then_some(before.len() + 1))?;
    let value = before.get(from..).unwrap_or_default();
    let spaces = value.len() - value.trim_start().len();
    let quoted = value.contains(['"', '\'', '[', '{', '}', ']', '|', '>']);
    (!quoted).then_some(from + spaces)
}

/// Whether a text has the line that git puts between two halves.
fn has_halves(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.lines().any(|line| line == "======="))
}

/// What git leaves in a text where it could not merge, also where only its second half was left: a line of seven equals
/// signs, which alone is one below a heading, and after it the end of the conflict.
fn marks_of_git(file: &File, body: Range<usize>) -> Option<Diagnostic> {
    let text = file.text.get(body.clone())?;
    let first = if text.starts_with("<<<<<<< ") { Some(0) } else { text.find("\n<<<<<<< ").map(|at| at + 1) };
    let half = || text.find("\n>>>>>>> ").map(|at| at + 1).filter(|at| has_halves(text.get(..*at)));
    let at = first.or_else(half)?;
    let line = text.get(at..)?.lines().next()?;
    let found = conflict(line, body.start + at)?;
    Some(found.problem.at(Place::new(&file.path, found.span)))
}
