//! What stands within `[ ]` and `{ }`.

use super::forms::is_odd_space;
use super::keys::is_word;
use super::lines::{Reader, State};
use super::{found, mark, quoted, values, without_comment};
use crate::diagnostics::{Code, Edit, Problem};
use crate::source::words;

impl Reader<'_> {
    /// Reads what stands within brackets on a line, of which `depth` were open before it.
    pub(super) fn brackets(&mut self, text: &str, start: usize, depth: usize) {
        let outer = depth == 0;
        let (mut depth, mut at, mut item) = (depth, 0, 0);
        let mut closers: Vec<char> = Vec::new();
        let before = self.found.len();
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let next = at + c.len_utf8();
            let after = text.get(next..).unwrap_or_default();
            match c {
                '[' | '{' => {
                    depth += 1;
                    closers.push(if c == '[' { ']' } else { '}' });
                    item = next;
                }
                ']' | '}' => {
                    depth = depth.saturating_sub(1);
                    closers.pop();
                    if depth == 0 {
                        self.after_brackets(text, start, next, outer, before);
                        return;
                    }
                }
                ',' => item = next,
                '#' if text.get(..at).is_some_and(|before| before.ends_with(' ')) => break,
                '"' | '\'' if begins_value(text, at) => match values::closing(after, c) {
                    Some(end) => at = next + end,
                    None => {
                        self.state = State::Quoted(c);
                        return;
                    }
                },
                '“' | '”' if begins_value(text, at) => at = self.curly(text, start, at),
                '：' if closers.last() != Some(&']') && is_key(text.get(item..at)) => {
                    let spaces = after.len() - after.trim_start_matches(|c| c == ' ' || is_odd_space(c)).len();
                    let edit = Edit::safe(start + at..start + next + spaces, ": ");
                    self.found.push(mark(Code::FullWidthMark, start + at, "：", ":", edit));
                }
                ':' if closers.last() != Some(&']')
                    && is_known(text.get(item..at))
                    && !after.starts_with([' ', '/'])
                    && !after.is_empty() =>
                {
                    let key = text.get(item..at).unwrap_or_default().trim();
                    let problem = Problem::new(Code::NoSpaceAfterColon).with("key", key);
                    self.found.push(found(
                        start + at..start + next,
                        problem,
                        Edit::safe(start + next..start + next, " "),
                    ));
                }
                '，' | '；' if closers.last() != Some(&']') && begins_pair(after) => {
                    let spaces = after.len() - after.trim_start_matches(|c| c == ' ' || is_odd_space(c)).len();
                    let edit = Edit::safe(start + at..start + next + spaces, ", ");
                    self.found.push(mark(
                        Code::FullWidthComma,
                        start + at,
                        text.get(at..next).unwrap_or_default(),
                        ",",
                        edit,
                    ));
                    item = next + spaces;
                }
                '］' | '】' | '｝' | '）' if self.closes(text, next, c, &closers) => {
                    let closer = closers.pop().unwrap_or(']').to_string();
                    let edit = Edit::safe(start + at..start + next, closer.clone());
                    let written = text.get(at..next).unwrap_or_default();
                    self.found.push(mark(Code::FullWidthBracket, start + at, written, &closer, edit));
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        self.state = State::Between;
                        return;
                    }
                }
                _ => {}
            }
            at = text.get(at..).and_then(|rest| rest.chars().next()).map_or(text.len(), |c| at + c.len_utf8());
        }
        let end = start + without_comment(text).len();
        if depth > 0 && !closers.is_empty() && self.another_begins(end) {
            let missing: String = closers.iter().rev().collect();
            let problem = Problem::new(Code::BracketOpen).with("mark", &missing);
            self.found.push(found(end.saturating_sub(1).max(start)..end, problem, Edit::safe(end..end, missing)));
            if let Some(last) = self.found.last_mut() {
                last.span.start = self.yaml.floor_char_boundary(last.span.start);
            }
            depth = 0;
        }
        self.state = if depth > 0 { State::Brackets(depth) } else { State::Between };
    }

    /// Text behind the last bracket: the brackets were meant as part of a text.
    fn after_brackets(&mut self, text: &str, start: usize, next: usize, outer: bool, before: usize) {
        self.state = State::Between;
        let said = without_comment(text);
        let rest = said.get(next..).unwrap_or_default();
        if outer && !rest.trim().is_empty() && !rest.trim_start().starts_with([':', ',', ']', '}', '#']) {
            self.found.truncate(before);
            let meant = quoted(said);
            let problem = Problem::new(Code::TextAfterQuote).with("mended", &meant);
            let at = start + next + (rest.len() - rest.trim_start().len());
            self.found.push(found(at..start + said.len(), problem, Edit::safe(start..start + said.len(), meant)));
        }
    }

    /// A text within curly quotes that has a mark of YAML in it: gives where it ends.
    fn curly(&mut self, text: &str, start: usize, at: usize) -> usize {
        let width = '“'.len_utf8();
        let rest = text.get(at + width..).unwrap_or_default();
        let Some(end) = rest.find(['”', '“']) else { return at };
        let inner = rest.get(..end).unwrap_or_default();
        let last = at + width + end;
        if inner.contains([',', ':', '，', '：']) && !inner.contains('"') {
            let said = text.get(at..last + width).unwrap_or_default();
            let problem = Problem::new(Code::FullWidthQuote).with("text", said).with("mended", &quoted(inner));
            let edit = Edit::safe(start + at..start + last + width, quoted(inner));
            self.found.push(found(start + at..start + last + width, problem, edit));
        }
        last
    }

    /// Whether a full-width bracket stands where the half-width one is missing.
    fn closes(&self, text: &str, next: usize, bracket: char, closers: &[char]) -> bool {
        let Some(closer) = closers.last() else { return false };
        let pair = match bracket {
            '］' | '】' => *closer == ']',
            '｝' => *closer == '}',
            _ => true,
        };
        let rest = text.get(next..).unwrap_or_default();
        let opened = match bracket {
            '】' => '【',
            '）' => '（',
            '］' => '［',
            _ => '｛',
        };
        let before = text.get(..next).unwrap_or_default();
        let balanced = before.matches(opened).count() >= before.matches(bracket).count();
        pair && !balanced && !rest.contains(*closer)
    }
}

/// Whether what stands at a byte begins a value within brackets.
fn begins_value(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    before.is_empty() || before.ends_with(['[', '{', ',', ':', '：', '，'])
}

/// Whether a text is one word, as keys are.
fn is_key(text: Option<&str>) -> bool {
    text.is_some_and(|text| is_word(text.trim()))
}

/// Whether a text is a key that some structure has.
fn is_known(text: Option<&str>) -> bool {
    text.is_some_and(|text| words::chinese().is_key(text.trim()))
}

/// Whether a key and its colon follow.
fn begins_pair(after: &str) -> bool {
    after.find([':', '：']).is_some_and(|colon| {
        let key = after.get(..colon).unwrap_or_default().trim();
        is_word(key) && (words::chinese().is_key(key) || after.get(colon..).is_some_and(|rest| rest.starts_with(": ")))
    })
}
