//! What stands within `[ ]` and `{ }`.

use super::forms::is_odd_space;
use super::keys::is_word;
use super::lines::{Reader, State};
use super::{found, mark, quoted, values, wide_hash, without_comment};
use crate::calendar::WeekdaySet;
use crate::diagnostics::{Code, Edit, Problem};
use crate::source::words;

impl Reader<'_> {
    /// Reads what stands within brackets on a line; those that were open before it are in `open`.
    pub(super) fn brackets(&mut self, text: &str, start: usize) {
        let outer = self.open.is_empty();
        let (mut at, mut item) = (0, 0);
        let before = self.found.len();
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let next = at + c.len_utf8();
            let after = text.get(next..).unwrap_or_default();
            let closer = self.open.last().map(|open| open.closer);
            match c {
                '[' | '{' => {
                    self.open.push(Open { closer: if c == '[' { ']' } else { '}' }, at: start + at, wide: None });
                    item = next;
                }
                '［' | '｛' if begins_value(text, at) && is_structure(text.get(at..)) => {
                    self.open_wide(c, start + at);
                    item = next;
                }
                ']' | '}' => {
                    let opened = self.open.last().map(|open| open.at);
                    self.close(c, start + at, after);
                    self.days_then_text(opened, start + next, after);
                    if self.open.is_empty() {
                        self.after_brackets(text, start, next, outer, before);
                        return;
                    }
                }
                ',' => item = next,
                '#' if text.get(..at).is_some_and(|before| before.ends_with(' ')) => break,
                '＃' if text.get(at.saturating_sub(1)..).and_then(wide_hash) == Some(1) => break,
                '"' | '\'' if begins_value(text, at) => match values::closing(after, c) {
                    Some(end) => at = next + end,
                    None => {
                        self.state = State::Quoted(c);
                        return;
                    }
                },
                '“' | '”' if begins_value(text, at) => at = self.curly(text, start, at),
                // What goes on below the line of its key is no key because of a colon in it.
                '：' if closer != Some(']')
                    && (is_known(text.get(item..at)) || (outer || item > 0) && is_key(text.get(item..at))) =>
                {
                    let spaces = after.len() - after.trim_start_matches(|c| c == ' ' || is_odd_space(c)).len();
                    let edit = Edit::safe(start + at..start + next + spaces, ": ");
                    self.found.push(mark(Code::FullWidthMark, start + at, "：", ":", edit));
                    item = usize::MAX;
                }
                ':' if closer != Some(']')
                    && (is_known(text.get(item..at))
                        || closer == Some('}') && text.get(item..at).is_some_and(is_named))
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
                ';' | '；' | '=' | '＝' if closer == Some('}') && is_known(text.get(item..at)) => {
                    let spaces = after.len() - after.trim_start_matches(|c| c == ' ' || is_odd_space(c)).len();
                    let key = text.get(item..at).unwrap_or_default().trim();
                    let problem = Problem::new(Code::NoColon).with("key", key).with("mark", &c.to_string());
                    let edit = Edit::safe(start + at..start + next + spaces, ": ");
                    self.found.push(found(start + at..start + next, problem, edit));
                    item = usize::MAX;
                }
                ' ' if closer == Some('}') && is_known(text.get(item..at)) && begins_lone_value(after) => {
                    let key = text.get(item..at).unwrap_or_default().trim();
                    let from = start + at - key.len();
                    let problem = Problem::new(Code::NoColon).with("key", key);
                    self.found.push(found(from..start + at, problem, Edit::safe(start + at..start + at, ":")));
                    item = usize::MAX;
                }
                '，' | '；' if closer != Some(']') && begins_pair(after) => {
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
                '］' | '】' | '｝' | '）' if self.closes(text, next, c) => {
                    let closed = self.open.pop();
                    let closer = closed.map_or(']', |open| open.closer).to_string();
                    let edit = Edit::safe(start + at..start + next, closer.clone());
                    let written = text.get(at..next).unwrap_or_default();
                    // Two brackets of a pair are one mistake.
                    match closed.and_then(|open| open.wide).and_then(|wide| self.found.get_mut(wide)) {
                        Some(pair) => pair.edits.push(edit),
                        None => self.found.push(mark(Code::FullWidthBracket, start + at, written, &closer, edit)),
                    }
                    if self.open.is_empty() {
                        self.state = State::Between;
                        return;
                    }
                }
                _ => {}
            }
            at = text.get(at..).and_then(|rest| rest.chars().next()).map_or(text.len(), |c| at + c.len_utf8());
        }
        self.end_of_line(text, start);
        self.state = if self.open.is_empty() { State::Between } else { State::Brackets };
    }

    /// A full-width bracket that begins a list or a mapping.
    fn open_wide(&mut self, bracket: char, at: usize) {
        let (half, closer) = if bracket == '［' { ("[", ']') } else { ("{", '}') };
        self.open.push(Open { closer, at, wide: Some(self.found.len()) });
        let edit = Edit::safe(at..at + bracket.len_utf8(), half);
        self.found.push(mark(Code::FullWidthBracket, at, &bracket.to_string(), half, edit));
    }

    /// Reports brackets that do not end where the next line is no longer within them.
    fn end_of_line(&mut self, text: &str, start: usize) {
        let said = without_comment(text);
        let end = start + said.len();
        let Some(first) = self.open.first().copied() else { return };
        let goes_on = first.at < start || said.ends_with(['[', '{', ',', '，', ':']);
        if !(self.begins_outside(end) || !goes_on && self.another_begins(end)) {
            return;
        }
        let missing: String = self.open.iter().rev().map(|open| open.closer).collect();
        let problem = Problem::new(Code::BracketOpen).with("mark", &missing);
        // What goes on behind a remark may be more of the brackets.
        let safe =
            !text.get(said.len()..).is_some_and(|remark| remark.contains([',', '，', '、', ']', '}', '］', '｝']));
        // Of brackets that go on over several lines the first is shown, of others where the end is missing.
        let (span, problem) = match first.at < start {
            true => (first.at..first.at + 1, problem.with("after", said.trim())),
            false => {
                let last = self.yaml.floor_char_boundary(end.saturating_sub(1).max(start));
                (last..end, problem.with("here", ""))
            }
        };
        self.found.push(found(span, problem, Edit { range: end..end, replacement: missing, safe }));
        self.open.clear();
    }

    /// Weekdays within brackets with more of the text behind them, among other values: `{when: [周一，周二] 上午}`.
    fn days_then_text(&mut self, opened: Option<usize>, end: usize, after: &str) {
        let Some(opened) = opened.filter(|_| !self.open.is_empty()) else { return };
        let length = after.find([',', '}', ']', '，', '#']).unwrap_or(after.len());
        let rest = after.get(..length).unwrap_or_default().trim_end();
        let days = self.yaml.get(opened..end).and_then(|said| said.strip_prefix('[')?.strip_suffix(']'));
        if let Some(days) = days.and_then(weekdays).filter(|_| !rest.trim().is_empty() && !rest.starts_with(':')) {
            let meant = format!("{days} {}", rest.trim());
            let meant = if meant.contains(',') { quoted(&meant) } else { meant };
            let problem = Problem::new(Code::WeekdaysInBrackets).with("mended", &meant);
            self.found.push(found(opened..end, problem, Edit::safe(opened..end + rest.len(), meant)));
        }
    }

    /// A bracket that ends what another began, such as `{lat: 36.05]`, is reported; so is the one that lacks before it.
    fn close(&mut self, written: char, at: usize, after: &str) {
        let Some(last) = self.open.last().map(|open| open.closer).filter(|last| *last != written) else {
            self.open.pop();
            return;
        };
        let open: Vec<char> = self.open.iter().map(|open| open.closer).collect();
        let depth = open.len();
        let lacks = depth > 1 && open.get(depth - 2) == Some(&written);
        let with_it = open.get(..depth.saturating_sub(2)).is_some_and(|left| is_closed(left, after));
        let in_its_place = open.get(..depth - 1).is_some_and(|left| is_closed(left, after));
        if lacks && (with_it || !in_its_place) {
            let problem =
                Problem::new(Code::BracketOpen).with("mark", &last.to_string()).with("before", &written.to_string());
            self.found.push(found(at..at + 1, problem, Edit::safe(at..at, last.to_string())));
            self.open.pop();
        } else {
            let opened = if last == ']' { "[" } else { "{" };
            let problem = Problem::new(Code::BracketOther)
                .with("open", opened)
                .with("mark", &written.to_string())
                .with("half", &last.to_string());
            self.found.push(found(at..at + 1, problem, Edit::safe(at..at + 1, last.to_string())));
        }
        self.open.pop();
    }

    /// Whether the next line that says something is a key that stands no deeper than the line on which the brackets
    /// began: it cannot be within them.
    fn begins_outside(&self, end: usize) -> bool {
        let Some(first) = self.open.first() else { return false };
        let line_start = self.yaml.get(..first.at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let opening = self.yaml.get(line_start..first.at).map_or(0, indent);
        let rest = self.yaml.get(end..).and_then(|rest| rest.split_once('\n')).map_or("", |(_, rest)| rest);
        let mut lines = rest.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
        let Some(next) = lines.next() else { return true };
        let said = next.trim_start();
        let key = said.split_once(':').filter(|(_, after)| after.is_empty() || after.starts_with(' '));
        let is_outside =
            said.starts_with("- ") || key.is_some_and(|(key, _)| is_word(key) && !key.starts_with(['{', '[']));
        next.starts_with("---") || (indent(next) <= opening && is_outside)
    }

    /// Text behind the last bracket: the brackets were meant as part of a text.
    fn after_brackets(&mut self, text: &str, start: usize, next: usize, outer: bool, before: usize) {
        self.state = State::Between;
        let said = without_comment(text);
        let rest = said.get(next..).unwrap_or_default();
        if outer && !rest.trim().is_empty() && !rest.trim_start().starts_with([':', ',', ']', '}', '#']) {
            self.found.truncate(before);
            if let Some(days) = said.get(1..next - 1).filter(|_| said.starts_with('[')).and_then(weekdays) {
                let meant = format!("{days} {}", rest.trim());
                let problem = Problem::new(Code::WeekdaysInBrackets).with("mended", &meant);
                let edit = Edit::safe(start..start + said.len(), meant);
                return self.found.push(found(start..start + next, problem, edit));
            }
            let at = start + next + (rest.len() - rest.trim_start().len());
            if values::is_mark_alone(rest) {
                self.found.push(values::mark_behind(start + next, at, rest.trim()));
                return;
            }
            let meant = quoted(said);
            let problem = Problem::new(Code::TextAfterQuote).with("mended", &meant);
            let safe =
                !values::says_another_key(rest) && !text.get(next..).is_some_and(|rest| rest.contains(['#', '＃']));
            let edit = Edit { range: start..start + said.len(), replacement: meant, safe };
            self.found.push(found(at..start + said.len(), problem, edit));
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
    fn closes(&self, text: &str, next: usize, bracket: char) -> bool {
        let Some(closer) = self.open.last().map(|open| open.closer) else { return false };
        let pair = match bracket {
            '］' | '】' => closer == ']',
            '｝' => closer == '}',
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
        let is_wide = self.open.last().is_some_and(|open| open.wide.is_some());
        pair && (is_wide || !balanced && !rest.contains(closer))
    }
}

/// A bracket that is open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    /// The bracket that ends it.
    closer: char,
    /// Where it stands.
    at: usize,
    /// Which of the mistakes it is itself, if it is full-width.
    wide: Option<usize>,
}

/// Whether a full-width bracket begins something that is no plain list: it has pairs in it, and an end.
pub(super) fn is_structure(text: Option<&str>) -> bool {
    let Some(text) = text.map(without_comment) else { return false };
    let is_pair = text.starts_with('｛') || text.contains(['{', '｛']) || text.contains(": ");
    is_pair && text.ends_with([']', '}', '］', '｝'])
}

/// Whether what follows on a line ends these brackets, the last first, and no others.
fn is_closed(open: &[char], after: &str) -> bool {
    let mut open = open.to_vec();
    for c in without_comment(after).chars() {
        match c {
            '[' => open.push(']'),
            '{' => open.push('}'),
            ']' | '}' if open.pop() != Some(c) => return false,
            _ => {}
        }
    }
    open.is_empty()
}

/// Weekdays that stand within brackets, as they are written without: `周一，周二` is 周一、周二.
pub(crate) fn weekdays(within: &str) -> Option<String> {
    let days: Vec<&str> = within.split(['，', '、', ',', '；']).map(str::trim).filter(|day| !day.is_empty()).collect();
    let are_days = !days.is_empty() && days.iter().all(|day| WeekdaySet::read(day).is_ok());
    are_days.then(|| days.join(if within.is_ascii() { "," } else { "、" }))
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

/// Whether a value follows that has no key of its own before its end.
fn begins_lone_value(after: &str) -> bool {
    let after = after.trim_start();
    let value = after.split([',', '}']).next().unwrap_or_default();
    let is_mark = after.starts_with([':', '：', ';', '；', '=', '＝', ',', '，', '}']);
    !value.is_empty() && !is_mark && (after.starts_with(['"', '{', '[']) || !value.contains(": "))
}

/// Whether a key and its colon follow.
fn begins_pair(after: &str) -> bool {
    /// No key is longer, and whoever asks may ask at each comma of a long line.
    const LONGEST_KEY: usize = 100;
    let near = after.floor_char_boundary(LONGEST_KEY);
    after.get(..near).and_then(|near| near.find([':', '：'])).is_some_and(|colon| {
        let key = after.get(..colon).unwrap_or_default().trim();
        let is_right = || after.get(colon..).is_some_and(|rest| rest.starts_with(": "));
        is_word(key) && (words::chinese().is_key(key) || is_named(key) || is_right())
    })
}

/// Whether a text names what values of a structure are of, though no kind has it as a key: weekdays, a part of the day, a
/// language.
fn is_named(text: &str) -> bool {
    const PARTS: [&str; 8] = ["早上", "上午", "中午", "下午", "傍晚", "晚上", "全天", "夜间"];
    let text = text.trim();
    PARTS.contains(&text) || is_language(text) || WeekdaySet::read(text).is_ok()
}

/// Whether a text is the tag of a language that sites here are written in.
pub(super) fn is_language(text: &str) -> bool {
    const LANGUAGES: [&str; 5] = ["zh", "en", "mn", "bo", "ug"];
    text.len() <= "zh-Hans-CN".len() && LANGUAGES.contains(&text.split('-').next().unwrap_or_default())
}
