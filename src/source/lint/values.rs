//! What stands after a key or a dash on its line.

use super::flow::is_structure;
use super::lines::{Reader, State};
use super::{found, quoted, wide_hash, without_comment};
use crate::diagnostics::{Code, Edit, Problem};
use crate::source::words;
use crate::source::yaml::Found;

impl Reader<'_> {
    /// Reads a value that belongs to a key or dash in `column`.
    pub(super) fn value(&mut self, value: &str, start: usize, column: usize) {
        self.state = State::Between;
        self.wide_remark(value, start);
        let said = without_comment(value);
        let whole = start..start + said.len();
        let Some(first) = value.chars().next() else {
            self.state = State::Below(column);
            return;
        };
        let after = value.get(first.len_utf8()..).unwrap_or_default();
        let quoting = |code, span| {
            found(span, Problem::new(code).with("mark", &first.to_string()), Edit::safe(whole.clone(), quoted(said)))
        };
        match first {
            '#' if after.starts_with(' ') || after.is_empty() => self.state = State::Below(column),
            '#' => {
                let all = value.trim_end();
                let edit = Edit::guess(start..start + all.len(), quoted(all));
                let problem = Problem::new(Code::SignAtStart).with("mark", "#");
                self.found.push(found(start..start + 1, problem, edit));
            }
            '|' | '>' => {
                let marks = after.trim_start_matches(|c: char| matches!(c, '+' | '-') || c.is_ascii_digit());
                if without_comment(marks).trim().is_empty() {
                    self.state = State::Block(column);
                } else {
                    self.found.push(quoting(Code::SignAtStart, start..start + 1));
                }
            }
            '"' | '\'' => self.in_quotes(value, start, first),
            '[' | '{' | '［' | '｛' if !matches!(first, '［' | '｛') || is_structure(Some(value)) => {
                self.open.clear();
                self.brackets(value, start);
            }
            '@' | '`' | '%' | ',' | ']' | '}' => self.found.push(quoting(Code::SignAtStart, start..start + 1)),
            '!' if !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '!') => {
                self.found.push(quoting(Code::SignAtStart, start..start + 1));
            }
            '*' | '&' if self.is_no_reference(first, after) => {
                self.found.push(quoting(Code::SignAtStart, start..start + 1));
            }
            '-' if after.starts_with(' ') => {
                let problem = Problem::new(Code::ListOnKeyLine);
                let spaces =
                    self.yaml.get(..start).map_or(0, |before| before.len() - before.trim_end_matches(' ').len());
                let edit = Edit::safe(start - spaces..start, format!("\n{}", " ".repeat(column + 2)));
                self.found.push(found(start..start + 1, problem, edit));
            }
            _ => {
                self.plain(said, start);
                if self.state == State::Between {
                    self.state = State::Text(column);
                    self.text_of_key = self.is_behind_key(start).then_some(start..start + said.len());
                }
            }
        }
    }

    /// A remark behind a value that begins with a full-width `＃`. What stands within quotes or brackets is none.
    pub(super) fn wide_remark(&mut self, value: &str, start: usize) {
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let inner = match quote {
            _ if value.starts_with(['[', '{']) || self.state == State::Brackets => match value.rfind([']', '}']) {
                Some(last) => last + 1,
                None => return,
            },
            Some(quote) => value.get(1..).and_then(|rest| closing(rest, quote)).map_or(0, |end| end + 2),
            None => 0,
        };
        let behind = value.get(inner..).unwrap_or_default();
        let Some(at) = wide_hash(behind).filter(|at| !behind.get(..*at).is_some_and(|before| before.contains('#')))
        else {
            return;
        };
        self.wide_hash(start + inner + at, inner > 0);
    }

    /// The full-width sign at a byte with which a remark begins.
    pub(super) fn wide_hash(&mut self, at: usize, safe: bool) {
        let end = at + '＃'.len_utf8();
        let space = if self.yaml.get(end..).is_some_and(|rest| rest.starts_with(' ')) { "" } else { " " };
        let edit = Edit { range: at..end, replacement: format!("#{space}"), safe };
        let problem = Problem::new(Code::FullWidthMark).with("mark", "＃").with("remark", "#");
        self.found.push(found(at..end, problem, edit));
    }

    /// Whether `*word` names nothing, or `&word` is no name that an alias could have.
    fn is_no_reference(&mut self, sign: char, after: &str) -> bool {
        const MOST_NAMES: usize = 100;
        self.names += 1;
        let name = after.split([' ', ',', ']', '}']).next().unwrap_or_default();
        let word = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        let ascii = name.is_ascii();
        if word && self.names > MOST_NAMES {
            return false;
        }
        match sign {
            '*' => !word || !self.yaml.contains(&format!("&{name}")),
            _ => !word || (!ascii && !self.yaml.contains(&format!("*{name}"))),
        }
    }

    /// A plain text: a colon and a space in it make YAML see another key.
    fn plain(&mut self, said: &str, start: usize) {
        if let Some((opener, closer)) = unopened(said) {
            let at = start + said.len() - closer.len();
            let problem = Problem::new(Code::BracketUnopened).with("mark", opener).with("closer", closer);
            self.found.push(found(at..start + said.len(), problem, Edit::safe(start..start, opener)));
            return;
        }
        let Some(colon) = said.find(": ").or_else(|| said.ends_with(':').then(|| said.len() - 1)) else { return };
        let is_two = said.get(..colon).is_some_and(ends_with_key);
        let edit = Edit { range: start..start + said.len(), replacement: quoted(said), safe: !is_two };
        let problem = Problem::new(Code::ColonInValue).with("mended", &quoted(said));
        self.found.push(found(start + colon..start + colon + 1, problem, edit));
    }

    fn in_quotes(&mut self, value: &str, start: usize, quote: char) {
        let inner = value.get(1..).unwrap_or_default();
        let said = value.trim_end();
        match closing(inner, quote) {
            Some(end) => {
                let after = inner.get(end + 1..).unwrap_or_default();
                let rest = after.trim_start();
                let is_remark = without_comment(after).is_empty() && after.starts_with(' ');
                if rest.is_empty() || is_remark || rest.starts_with(':') {
                    return;
                }
                let at = start + 1 + end + 1 + (after.len() - rest.len());
                if is_mark_alone(rest) {
                    self.found.push(mark_behind(start + 1 + end + 1, at, rest.trim_end()));
                    return;
                }
                let meant = if said.contains('\'') { quoted(said) } else { format!("'{said}'") };
                let problem = Problem::new(Code::TextAfterQuote).with("mended", &meant);
                // What stands behind a `#` may be for nobody's eyes.
                let safe = !says_another_key(rest) && !rest.contains(['#', '＃']);
                let edit = Edit { range: start..start + said.len(), replacement: meant, safe };
                self.found.push(found(at..at + rest.trim_end().len(), problem, edit));
            }
            None => {
                // A remark behind the text is none of it.
                let bare = without_comment(said);
                let is_sure = bare.len() == said.len();
                let said = bare;
                let curly =
                    said.chars().next_back().filter(|last| matches!(last, '”' | '“' | '＂' | '’') && said.len() > 1);
                let end = start + said.len();
                let other = if quote == '"' { '\'' } else { '"' };
                let is_other = said.len() > 2 && said.matches(other).count() == 1 && said.ends_with(other);
                if is_other {
                    // Of the two quotes one is of another kind.
                    let problem = Problem::new(Code::QuoteOpen).with("mark", &quote.to_string());
                    self.found.push(found(start..start + 1, problem, Edit::safe(end - 1..end, quote.to_string())));
                } else if let Some(last) = curly {
                    let from = end - last.len_utf8();
                    let meant =
                        format!("{quote}{}{quote}", said.get(1..said.len() - last.len_utf8()).unwrap_or_default());
                    let problem = Problem::new(Code::FullWidthQuote).with("text", said).with("mended", &meant);
                    self.found.push(found(from..end, problem, Edit::safe(from..end, quote.to_string())));
                } else if self.another_begins(end) {
                    let problem = Problem::new(Code::QuoteOpen).with("mark", &quote.to_string());
                    let edit = Edit { range: end..end, replacement: quote.to_string(), safe: is_sure };
                    self.found.push(found(start..start + 1, problem, edit));
                } else {
                    self.state = State::Quoted(quote);
                }
            }
        }
    }

    /// Whether the next line that says something begins a key or an item, or there is none.
    pub(super) fn another_begins(&self, end: usize) -> bool {
        let rest = self.yaml.get(end..).unwrap_or_default();
        let rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
        let Some(next) = rest.lines().find(|line| !line.trim().is_empty()) else { return true };
        let bare = next.trim_start_matches([' ', '-']);
        let key = bare.split_once([':', '：']).map(|(key, _)| key.trim_end());
        next.trim_start().starts_with("- ") || key.is_some_and(|key| words::chinese().is_key(key))
    }
}

/// Whether a text is a mark that people put at the end of a sentence, and nothing else.
pub(super) fn is_mark_alone(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() == 1 && text.starts_with(['，', '。', '；', '、', ',', ';', '.', '】', '］', '」'])
}

/// That a mark stands behind quotes or brackets, which ended at `from`.
pub(super) fn mark_behind(from: usize, at: usize, mark: &str) -> Found {
    let end = at + mark.len();
    found(at..end, Problem::new(Code::TextAfterQuote).with("mark", mark), Edit::safe(from..end, ""))
}

/// Whether a key stands at the end of a text, with or without anything between it and what stands before.
fn ends_with_key(text: &str) -> bool {
    const LONGEST: usize = 24;
    let mut starts: Vec<usize> = text.char_indices().rev().map(|(at, _)| at).take(LONGEST).collect();
    starts.retain(|at| {
        // A word of another language is whole, and a sign of Chinese is no key.
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        let is_within = text.get(*at..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
            && before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        !is_within
    });
    let is_key =
        |at: &usize| text.get(*at..).is_some_and(|word| word.chars().count() > 1 && words::chinese().is_key(word));
    starts.iter().any(is_key)
}

/// Whether another key stands in a text behind quotes or brackets.
pub(super) fn says_another_key(text: &str) -> bool {
    const LONGEST: usize = 400;
    let text = text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default();
    text.match_indices([':', '：']).any(|(at, _)| text.get(..at).is_some_and(ends_with_key))
}

/// The bracket that lacks before a text that ends with one, and that one.
fn unopened(said: &str) -> Option<(&'static str, &'static str)> {
    let (opener, closer) = [("[", "]"), ("{", "}")].into_iter().find(|(_, closer)| said.ends_with(closer))?;
    let lacks = said.matches(closer).count() == said.matches(opener).count() + 1;
    // A pair that is not the first belongs to the key before it.
    let first = said.split([',', '，']).next().unwrap_or_default();
    (lacks && (opener == "[" || first.contains(": "))).then_some((opener, closer))
}

/// What people put between several pairs on a line.
const BETWEEN_PAIRS: [char; 6] = [' ', ',', '，', '、', ';', '；'];

/// The second of two keys on one line, where the text of the first has a colon, `title: 讲座 when: 周一 上午`; those behind
/// it are parted from it too.
pub(crate) fn second_key(yaml: &str, found: &Found) -> Option<Found> {
    const MOST_FURTHER: usize = 8;
    if found.problem.code != Code::ColonInValue {
        return None;
    }
    let colon = found.span.start;
    let line_start = yaml.get(..colon)?.rfind('\n').map_or(0, |end| end + 1);
    let line = yaml.get(line_start..colon)?;
    let blank = line.rfind(' ')?;
    let key = line.get(blank + 1..)?;
    let before = line.get(..blank)?.trim_end_matches(BETWEEN_PAIRS);
    if !words::chinese().is_key(key) || before.ends_with(':') {
        return None;
    }
    // Below the first key of the line, behind the dashes of an item.
    let column = line.len() - line.trim_start_matches([' ', '-']).len();
    let problem = Problem::new(Code::KeyOnSameLine).with("key", key);
    let apart = |range| Edit::safe(range, format!("\n{}", " ".repeat(column)));
    let rest = without_comment(yaml.get(colon..)?.lines().next()?);
    let further = rest.match_indices(": ").skip(1).take(MOST_FURTHER).filter_map(|(at, _)| {
        let before = rest.get(..at)?;
        let (value, key) = before.rsplit_once(' ')?;
        let value = value.trim_end_matches(BETWEEN_PAIRS);
        let is_key = words::chinese().is_key(key) && !value.ends_with(':') && !value.contains(['"', '\'', '{', '[']);
        is_key.then(|| apart(colon + value.len()..colon + before.len() - key.len()))
    });
    let first = apart(line_start + before.len()..line_start + blank + 1);
    let edits = std::iter::once(first).chain(further);
    Some(Found::new(line_start + blank + 1..colon, problem).mended_by(edits))
}

/// The byte of the quote that ends a text; `text` begins after the first one.
pub(super) fn closing(text: &str, quote: char) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if quote == '"' => _ = chars.next(),
            c if c == quote => {
                if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') {
                    chars.next();
                } else {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}
