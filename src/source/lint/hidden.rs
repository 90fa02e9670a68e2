//! Characters in texts that nobody sees: what a paste brings in and a search, a comparison or a screen reader trips over.
//!
//! What a script needs stays: joiners and vowel separators of Mongolian, joiners of Uyghur and of emoji, marks of direction
//! on lines with letters that run from right to left, spaces that do not break between Latin or Cyrillic words.

use std::ops::Range;

use crate::diagnostics::{Code, Diagnostic, Edit, Place, Problem};
use crate::source::File;

/// A kind of such characters, with its name in Chinese and in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hidden {
    NoWidth,
    Mark,
    SoftHyphen,
    Direction,
    Space,
}

impl Hidden {
    const ALL: [Self; 5] = [Self::NoWidth, Self::Mark, Self::SoftHyphen, Self::Direction, Self::Space];

    fn of(c: char) -> Option<Self> {
        match c {
            '\u{200b}' | '\u{2060}' => Some(Self::NoWidth),
            '\u{feff}' => Some(Self::Mark),
            '\u{ad}' => Some(Self::SoftHyphen),
            '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                Some(Self::Direction)
            }
            '\u{a0}' => Some(Self::Space),
            _ => None,
        }
    }

    fn name(self) -> [&'static str; 2] {
        match self {
            Self::NoWidth => ["零宽空格", "a space without width"],
            Self::Mark => ["文件标记（BOM）", "a byte order mark"],
            Self::SoftHyphen => ["软连字符", "a soft hyphen"],
            Self::Direction => ["文字方向控制符", "a control of the direction of text"],
            Self::Space => ["网页里的不换行空格", "a space of a web page that does not break"],
        }
    }
}

/// What is found in a file: one for each kind, at the first place, with the mends of all.
pub(super) fn hidden(file: &File) -> Vec<Diagnostic> {
    let text: &str = &file.text;
    // Most files have none of the bytes that such characters begin with but in marks of Chinese.
    if text.is_ascii() {
        return Vec::new();
    }
    let mut all = Vec::new();
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let start = end;
        end += line.len();
        out_of_place(line, start, &mut all);
    }
    Hidden::ALL.into_iter().filter_map(|kind| report(file, kind, &all)).collect()
}

fn report(file: &File, kind: Hidden, all: &[(Hidden, Range<usize>)]) -> Option<Diagnostic> {
    let places: Vec<&Range<usize>> = all.iter().filter(|(other, _)| *other == kind).map(|(_, range)| range).collect();
    let first = places.first()?;
    let [chinese, english] = kind.name();
    let problem = Problem::new(Code::HiddenInText)
        .with_each("name", chinese, english)
        .with("count", &places.len().to_string())
        .with_each(
            "mend",
            if kind == Hidden::Space { "换成普通空格，或者删掉" } else { "删掉" },
            match kind {
                Hidden::Space => "write a plain space, or none",
                _ => "delete it",
            },
        );
    let edits = places.iter().map(|range| Edit::safe((*range).clone(), meant(&file.text, kind, range)));
    Some(problem.at(Place::new(&file.path, (*first).clone())).mended_by(edits))
}

/// What stands for such a character: nothing, or a space where it parts words.
fn meant(text: &str, kind: Hidden, range: &Range<usize>) -> &'static str {
    let before = text.get(..range.start).and_then(|before| before.chars().next_back()).unwrap_or('\n');
    let after = text.get(range.end..).and_then(|after| after.chars().next()).unwrap_or('\n');
    let parts = kind == Hidden::Space
        && ![before, after].into_iter().any(|c| c.is_whitespace() || is_wide_mark(c))
        && !(is_chinese(before) && is_chinese(after));
    if parts { " " } else { "" }
}

/// Adds the hidden characters of a line that the script around them has no need of and that stand in no comment.
///
/// The line begins at an offset of its file, and each of its characters is looked at a bounded number of times.
fn out_of_place(line: &str, start: usize, all: &mut Vec<(Hidden, Range<usize>)>) {
    let line = line.trim_end_matches('\n');
    let found = || line.char_indices().filter_map(|(at, c)| Some((Hidden::of(c)?, at..at + c.len_utf8())));
    if found().next().is_none() {
        return;
    }
    let spaces = line.len() - line.trim_start().len();
    let comment = line.get(spaces..).is_some_and(|rest| rest.starts_with("# ")).then_some(spaces + "# ".len());
    let runs_left = line.contains(|c| is_right_to_left(c) && Hidden::of(c).is_none());
    for (kind, range) in found() {
        if comment.is_some_and(|comment| range.start >= comment) {
            return;
        }
        let before = line.get(..range.start).and_then(|before| before.chars().next_back());
        let after = line.get(range.end..).and_then(|after| after.chars().next());
        let is_out_of_place = match kind {
            Hidden::NoWidth | Hidden::SoftHyphen => true,
            Hidden::Mark => start + range.start > 0,
            Hidden::Direction => !runs_left,
            Hidden::Space => [before, after].into_iter().any(|c| {
                c.is_none_or(|c| is_chinese(c) || is_wide_mark(c) || c.is_whitespace() || matches!(c, ':' | '-' | ','))
            }),
        };
        if is_out_of_place {
            all.push((kind, start + range.start..start + range.end));
        }
    }
}

/// Whether a character is one of Chinese writing.
pub(super) fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_wide_mark(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '\u{ff01}'..='\u{ff65}' | '“' | '”' | '‘' | '’' | '…')
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Patched;

    fn mended(text: &str) -> (usize, String) {
        let file = File { path: "content/pages/about.md".into(), text: text.into() };
        let found = hidden(&file);
        (found.len(), Patched::new(text, found.into_iter().flat_map(|found| found.edits)).text)
    }

    #[test]
    fn what_a_paste_brings_in_is_found_and_taken_out() {
        for (text, kinds, meant) in [
            ("请带\u{200b}身份证", 1, "请带身份证"),
            ("请带\u{feff}身\u{feff}份证", 1, "请带身份证"),
            ("title:\u{a0}关于", 1, "title: 关于"),
            ("二楼\u{a0}201室，\u{a0}周一", 1, "二楼 201室，周一"),
            ("登\u{ad}记\u{202e}处", 2, "登记处"),
            ("登记\u{61c}处", 1, "登记处"),
            ("甲\u{a0}\u{a0}乙", 1, "甲乙"),
        ] {
            assert_eq!(mended(text), (kinds, meant.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn what_a_script_needs_stays() {
        for text in [
            "\u{feff}关于",
            "ᠮᠣᠩᠭᠤᠯ\u{202f}ᠤᠨ ᠬᠡᠯᠡ\u{180e}ᠠ ᠪᠠ\u{180b}\u{200d}",
            "ئۇيغۇر\u{200c}چە \u{200f}2026\u{2067}",
            "10\u{a0}km",
            "👨\u{200d}👩",
            "# 备注\u{a0}一",
        ] {
            assert_eq!(mended(text), (0, text.to_owned()), "{text:?}");
        }
    }
}
