//! Where a key ends on a line, and what is wrong with it and its colon.

use super::forms::{half_width, is_invisible, is_odd_space};
use super::{found, mark};
use crate::diagnostics::{Code, Edit, Problem};
use crate::source::words;
use crate::source::yaml::Found;

/// Quotes of Chinese, which YAML does not know.
pub(crate) const CURLY_QUOTES: [char; 6] = ['“', '”', '‘', '’', '「', '」'];

/// A key, what parts it from its value, and where the value begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Separator {
    /// The bytes of the key.
    key: usize,
    /// What was written after it.
    kind: Kind,
    /// The byte at which the value begins, spaces left out.
    pub(super) value: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A colon and a space, or the end of the line.
    Right,
    /// A colon and something else.
    NoSpace,
    /// A colon and a space that YAML does not know.
    OddSpace,
    /// Another mark, or a colon and one mark more.
    Mark(char),
    /// Nothing but a space, or nothing at all.
    Missing,
    /// A colon, and the key stands within marks: `**时间**: `, `**时间：** `.
    Marked,
}

/// Finds the key of a line. `sibling` says that keys stand in its column, so that a word that no kind has as a key,
/// such as a slot's name, may be one.
pub(super) fn separator(content: &str, sibling: bool) -> Option<Separator> {
    if content.starts_with(['[', '{', '#', '|', '>', '&', '*', '!', '@']) {
        return None;
    }
    let at = |key: usize, mark: usize, kind| {
        let after = content.get(key + mark..).unwrap_or_default();
        let spaces = after.len() - after.trim_start_matches(|c| c == ' ' || is_odd_space(c) || is_invisible(c)).len();
        Some(Separator { key, kind, value: key + mark + spaces })
    };
    if let Some(quote) = content.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let end = 1 + content.get(1..)?.find(quote)? + 1;
        let after = content.get(end..)?;
        let is_full = after.starts_with('：') && words::chinese().is_key(content.get(1..end - 1)?);
        return match after.starts_with(':') {
            true => at(end, 1, Kind::Right),
            false => is_full.then(|| at(end, '：'.len_utf8(), Kind::Mark('：'))).flatten(),
        };
    }
    let known = |key: usize| words::chinese().is_key(plain(content.get(..key).unwrap_or_default()).as_str());
    if let Some((key, mark)) = other_mark(content)
        && let Some(after) = content.get(key + mark.len_utf8()..)
        && (known(key) && (sibling || is_valued(after)) || sibling && is_word(content.get(..key)?) && is_valued(after))
    {
        return at(key, mark.len_utf8(), Kind::Mark(mark));
    }
    let colon = content.find(':');
    let full = content.find('：').filter(|full| colon.is_none_or(|colon| *full < colon));
    if let Some(key) = full {
        let after = content.get(key + '：'.len_utf8()..).unwrap_or_default().trim_start();
        if known(key) || (is_word(content.get(..key)?) && (sibling || is_valued(after))) {
            return at(key, '：'.len_utf8(), Kind::Mark('：'));
        }
    }
    if let Some(key) = colon {
        let after = content.get(key + 1..).unwrap_or_default();
        let word = content.get(..key)?;
        match after.chars().next() {
            None | Some(' ') => {
                // In `title 讲座: 第一讲` the first blank stands for a colon.
                let first = word.split_once(' ').map(|(first, _)| first).filter(|_| !known(key));
                return match first.filter(|first| known(first.len())) {
                    // `电话 = {号码: …}`: the colon is one within the braces.
                    Some(first) => match equals(content.get(first.len()..)?) {
                        Some(length) => at(first.len(), length, Kind::Mark('=')),
                        None => at(first.len(), 0, Kind::Missing),
                    },
                    None => at(key, 1, Kind::Right),
                };
            }
            Some(c) if is_beside_colon(c, after) && (known(key) || sibling && is_word(word)) => {
                return at(key, 1 + c.len_utf8(), Kind::Mark(':'));
            }
            Some(c) if (is_odd_space(c) || is_invisible(c)) && (known(key) || (sibling && is_word(word))) => {
                return at(key, 1, Kind::OddSpace);
            }
            Some(_) if !after.starts_with("//") => {
                // The colon of a time is none of a key.
                let digit = |c: char| c.is_ascii_digit();
                let is_time = word.ends_with(digit) && after.starts_with(digit);
                let named = sibling && is_word(word) && !word.starts_with(digit) && !is_time;
                if known(key) || named {
                    return at(key, 1, Kind::NoSpace);
                }
            }
            _ => {}
        }
        // A later colon may be the right one: `http://x: y` has none before it that is.
        let right = content.find(": ").filter(|right| *right > key);
        if let Some(right) = right {
            return at(right, 1, Kind::Right);
        }
    }
    let end = content.find(|c: char| matches!(c, '=' | '＝' | ';' | '；' | ' ' | '﹕' | '︰' | '∶') || is_odd_space(c));
    let key = end.unwrap_or(content.len());
    if !(sibling && known(key)) {
        return None;
    }
    match content.get(key..)?.chars().next() {
        Some(c) if c != ' ' && !is_odd_space(c) => at(key, c.len_utf8(), Kind::Mark(c)),
        Some(_) => match content.get(key..)?.trim_start().chars().next() {
            Some(c @ ('=' | '＝')) => {
                let mark = content.get(key..)?.find(c)? + c.len_utf8();
                at(key, mark, Kind::Mark(c))
            }
            _ => at(key, 0, Kind::Missing),
        },
        None => at(key, 0, Kind::Missing),
    }
}

/// How many bytes a sign of equality is, with the spaces before it.
fn equals(text: &str) -> Option<usize> {
    let rest = text.trim_start().strip_prefix(['=', '＝'])?;
    Some(text.len() - rest.len())
}

/// Marks that a word processor or a chat puts around what stands before a colon.
const AROUND: [(&str, &str); 6] = [("**", "**"), ("*", "*"), ("__", "__"), ("`", "`"), ("【", "】"), ("《", "》")];

/// A known key within marks or behind the number of a heading. Where it `opens` what stands below it the colon may lack.
pub(super) fn marked(content: &str, opens: bool) -> Option<Separator> {
    let colons = [':', '：'];
    let number = heading_number(content);
    let said = content.get(number..)?;
    let (inner, rest) = match AROUND.iter().find(|(open, _)| said.starts_with(open)) {
        Some((open, close)) => {
            let (inner, after) = said.get(open.len()..)?.split_once(close)?;
            let has_none = inner.ends_with(colons) || opens && after.trim().is_empty();
            (inner, if has_none { after } else { after.trim_start().strip_prefix(colons)? })
        }
        None => said.split_once(colons).filter(|_| number > 0)?,
    };
    let is_known = words::chinese().is_key(plain(inner.trim_end_matches(colons)).as_str());
    let value = rest.trim_start_matches(|c| c == ' ' || is_odd_space(c) || is_invisible(c));
    is_known.then(|| Separator {
        key: content.len() - rest.len(),
        kind: Kind::Marked,
        value: content.len() - value.len(),
    })
}

/// How many bytes before a key are what people put before headings: `一、`, `1. `, `（二）`, `③`, `• `.
fn heading_number(content: &str) -> usize {
    const BULLETS: [char; 7] = ['•', '·', '●', '○', '■', '◆', '※'];
    let opened = content.strip_prefix(['(', '（']).unwrap_or(content);
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let after = opened.trim_start_matches(numeral);
    let is_numbered = (1..=3).contains(&opened.get(..opened.len() - after.len()).map_or(0, |n| n.chars().count()));
    let behind = match is_numbered {
        true => after.strip_prefix(['、', '.', '．', ')', '）']),
        false => content.strip_prefix(BULLETS).or_else(|| content.strip_prefix(|c| ('①'..='⑳').contains(&c))),
    };
    behind.map_or(0, |rest| content.len() - rest.trim_start_matches([' ', '、', '\u{3000}']).len())
}

/// Whether a mark behind the colon of a key is one too many: `活动:；`, `类型:: 社区中心`.
fn is_beside_colon(mark: char, after: &str) -> bool {
    let rest = after.get(mark.len_utf8()..).unwrap_or_default();
    matches!(mark, ':' | '：' | '；' | ';' | '，' | ',' | '。' | '、') && (rest.is_empty() || rest.starts_with(' '))
}

/// A mark that stands behind the first word where a colon is meant: where it stands, and which it is.
fn other_mark(content: &str) -> Option<(usize, char)> {
    let (key, mark) = content.char_indices().find(|(_, c)| matches!(c, ';' | '；' | '=' | '＝' | ':' | '：' | ' '))?;
    (key > 0 && !matches!(mark, ':' | '：' | ' ')).then_some((key, mark))
}

/// Whether a text begins as values do and sentences do not.
fn is_valued(after: &str) -> bool {
    let after = after.trim_start();
    after.starts_with(['"', '\'', '[', '{', '“']) || after.starts_with(|c: char| c.is_ascii_digit())
}

/// What is wrong with the key and its separator.
pub(super) fn faults(content: &str, start: usize, separator: &Separator) -> Vec<Found> {
    let mut all = Vec::new();
    let key = content.get(..separator.key).unwrap_or_default();
    // A key whose characters are spread is mended along with its colon.
    let is_spread = key.trim_end().contains(' ') && !plain(key).contains(' ') && !key.starts_with(['"', '\'']);
    if separator.kind == Kind::Marked || is_spread {
        let bare = key.get(heading_number(key)..).unwrap_or_default();
        let meant = plain(bare.trim_matches(['*', '_', '`', '【', '】', '《', '》', ':', '：', ' ']));
        let space = if separator.value < content.len() { " " } else { "" };
        let problem = Problem::new(Code::KeyInMarks).with("text", key).with("mended", &format!("{meant}:"));
        let edit = Edit::safe(start..start + separator.value, format!("{meant}:{space}"));
        return vec![found(start..start + key.len(), problem, edit)];
    }
    let meant = plain(key);
    if meant != key.trim_end() && !key.starts_with(['"', '\'']) {
        let code = match key {
            key if key.contains(CURLY_QUOTES) => Code::FullWidthQuote,
            key if key.contains(is_invisible) => Code::InvisibleCharacter,
            key if key.contains(is_odd_space) => Code::OddSpace,
            _ => Code::FullWidthSign,
        };
        let problem = Problem::new(code).with("text", key).with("mended", &meant);
        all.push(found(start..start + key.len(), problem, Edit::safe(start..start + key.len(), meant)));
    }
    let written = start + separator.key..start + separator.value;
    let ends = separator.value >= content.len();
    let colon = if ends { ":" } else { ": " };
    let edit = Edit::safe(written.clone(), colon);
    match separator.kind {
        Kind::Right | Kind::Marked => {}
        Kind::NoSpace => {
            let problem = Problem::new(Code::NoSpaceAfterColon).with("key", &plain(key));
            all.push(found(written.start..written.start + 1, problem, edit));
        }
        Kind::OddSpace => {
            let value = content.get(separator.value..).unwrap_or_default();
            let problem = Problem::new(Code::OddSpace)
                .with("text", content)
                .with("mended", format!("{}: {value}", plain(key)).trim_end());
            all.push(found(written.start + 1..written.end, problem, edit));
        }
        Kind::Mark('：') => all.push(mark(Code::FullWidthMark, written.start, "：", ":", edit)),
        Kind::Mark(_) => {
            let mark = content.get(separator.key..separator.value).unwrap_or_default().trim();
            let problem = Problem::new(Code::NoColon).with("key", &plain(key)).with("mark", mark);
            all.push(found(written.clone(), problem, edit));
        }
        Kind::Missing => {
            let problem = Problem::new(Code::NoColon).with("key", &plain(key));
            all.push(found(start..start + key.len(), problem, edit));
        }
    }
    all
}

/// How many bytes before a known key are the number of an item in place of its dash: `1. `, `2、`, `（3）`, `①`.
pub(super) fn number(content: &str) -> Option<usize> {
    let opened = content.strip_prefix(['(', '（']).unwrap_or(content);
    let digits = opened.bytes().take_while(u8::is_ascii_digit).count();
    let rest = if digits > 0 {
        opened.get(digits..)?.strip_prefix(['.', '、', '．', ')', '）']).filter(|_| digits <= 2)?
    } else {
        content.strip_prefix(|c| ('①'..='⑳').contains(&c))?
    };
    let key = rest.trim_start();
    let (word, _) = key.split_once([':', '：'])?;
    words::chinese().is_key(word.trim_end()).then_some(content.len() - key.len())
}

/// A key as it was meant: half-width, without quotes and odd spaces, and without those that spread its characters: `地  址`.
fn plain(key: &str) -> String {
    let bare: String = key.chars().filter(|c| !is_invisible(*c) && !is_odd_space(*c)).collect();
    let meant = half_width(bare.trim_end().trim_matches(CURLY_QUOTES));
    if !meant.contains(' ') || meant.is_ascii() {
        return meant;
    }
    let close = meant.replace(' ', "");
    if words::chinese().is_key(&close) { close } else { meant }
}

/// Whether a text is one word, as keys are.
pub(super) fn is_word(text: &str) -> bool {
    let text = text.trim_end();
    !text.is_empty()
        && text.chars().count() <= 24
        && !text.contains([' ', ':', '"', '\'', '#', '。', '，', '、', '！', '？', '/'])
}
