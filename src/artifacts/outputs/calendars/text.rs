//! The text of iCalendar: content lines, escaping, folding (RFC 5545 §3.1, §3.3.11).
//!
//! Lines end in CRLF and hold 75 octets at most; a longer one is folded between two characters, never within one, since
//! programs join lines before they decode them or after. Control characters, which no value may have, are left out.

use super::super::scan::has_any;
use crate::calendar::{Date, DateTime, push_two};

/// The most octets of a line, without its end.
const WIDTH: usize = 75;

/// A calendar, or a part of one, being written.
#[derive(Debug, Default)]
pub(super) struct Text(String);

impl Text {
    /// Nothing yet, with room for so many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Nothing yet, in the room of an empty buffer.
    pub(super) fn in_buffer(buffer: &mut Vec<u8>) -> Self {
        Self(String::from_utf8(std::mem::take(buffer)).unwrap_or_default())
    }

    /// What was written.
    pub(super) fn into_string(self) -> String {
        self.0
    }

    /// Adds what was written elsewhere, whole lines.
    pub(super) fn append(&mut self, lines: &str) {
        self.0.push_str(lines);
    }

    pub(super) fn begin(&mut self, component: &str) {
        self.plain_line("BEGIN:", component);
    }

    pub(super) fn end(&mut self, component: &str) {
        self.plain_line("END:", component);
    }

    /// A short line that has nothing to leave out.
    fn plain_line(&mut self, begin: &str, value: &str) {
        for part in [begin, value, "\r\n"] {
            self.0.push_str(part);
        }
    }

    /// A property whose value stands as it is: a date, a number, a rule, an address.
    pub(super) fn line(&mut self, name: &str, value: &str) {
        let start = self.0.len();
        self.0.push_str(name);
        self.0.push(':');
        if !has_any(value, may_be_control) {
            self.0.push_str(value);
        } else {
            self.0.extend(value.chars().filter(|character| !is_control(*character)));
        }
        self.end_line(start);
    }

    /// A property of words for programs that look for its bare name.
    pub(super) fn bare_words(&mut self, name: &str, words: &str) {
        if !words.is_empty() {
            let start = self.0.len();
            self.0.push_str(name);
            self.0.push(':');
            self.escaped(words);
            self.end_line(start);
        }
    }

    /// A property of words, in a language (RFC 5545 §3.2.10).
    pub(super) fn words(&mut self, name: &str, language: &str, words: &str) {
        if !words.is_empty() {
            let start = self.in_language(name, language);
            self.escaped(words);
            self.end_line(start);
        }
    }

    /// A property of several words that are apart.
    pub(super) fn list(&mut self, name: &str, language: &str, items: &[String]) {
        if !items.is_empty() {
            let start = self.in_language(name, language);
            for (number, item) in items.iter().enumerate() {
                if number > 0 {
                    self.0.push(',');
                }
                self.escaped(item);
            }
            self.end_line(start);
        }
    }

    /// A date.
    pub(super) fn date(&mut self, name: &str, date: Date) {
        let start = self.0.len();
        self.0.push_str(name);
        self.0.push_str(";VALUE=DATE:");
        push_date(&mut self.0, date);
        self.end_line(start);
    }

    /// A civil time in a zone.
    pub(super) fn time(&mut self, name: &str, zone: &str, time: DateTime) {
        let start = self.0.len();
        for part in [name, ";TZID=", zone, ":"] {
            self.0.push_str(part);
        }
        push_civil(&mut self.0, time);
        self.end_line(start);
    }

    /// Begins a line with a name and a language; gives where.
    fn in_language(&mut self, name: &str, language: &str) -> usize {
        let start = self.0.len();
        for part in [name, ";LANGUAGE=", language, ":"] {
            self.0.push_str(part);
        }
        start
    }

    /// Words as a value: backslash, comma, semicolon and line breaks of any kind escaped.
    fn escaped(&mut self, words: &str) {
        let means_something =
            |c: char| matches!(c, '\\' | ',' | ';' | '\n' | '\r' | '\u{2028}' | '\u{2029}') || is_control(c);
        let mut rest = words.trim_end();
        if !has_any(rest, |byte| may_be_control(byte) | (byte == b'\\') | (byte == b',') | (byte == b';')) {
            return self.0.push_str(rest);
        }
        while let Some((at, character)) = first_of(rest, b"\\,;", means_something) {
            let (plain, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
            self.0.push_str(plain);
            rest = from.get(character.len_utf8()..).unwrap_or_default();
            match character {
                '\\' | ',' | ';' => {
                    self.0.push('\\');
                    self.0.push(character);
                }
                // One break with the LF that follows.
                '\r' if rest.starts_with('\n') => {}
                '\n' | '\r' | '\u{2028}' | '\u{2029}' => self.0.push_str("\\n"),
                _ => {}
            }
        }
        self.0.push_str(rest);
    }

    /// Ends the line that begins at `start`, and folds it if it is long.
    fn end_line(&mut self, start: usize) {
        if self.0.len() - start > WIDTH {
            let line = self.0.split_off(start);
            let mut rest = line.as_str();
            let mut room = WIDTH;
            while rest.len() > room {
                // A character has four octets at most.
                let end = (room - 3..=room).rev().find(|end| rest.is_char_boundary(*end)).unwrap_or(room);
                let (piece, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
                self.0.push_str(piece);
                self.0.push_str("\r\n ");
                rest = after;
                room = WIDTH - 1;
            }
            self.0.push_str(rest);
        }
        self.0.push_str("\r\n");
    }
}

/// `20261124T093000`.
pub(super) fn civil(time: DateTime) -> String {
    let mut text = String::with_capacity(16);
    push_civil(&mut text, time);
    text
}

fn push_date(text: &mut String, date: Date) {
    let year = date.year().unsigned_abs();
    push_two(text, year / 100);
    push_two(text, year % 100);
    push_two(text, date.month().unsigned_abs().into());
    push_two(text, date.day().unsigned_abs().into());
}

fn push_civil(text: &mut String, time: DateTime) {
    push_date(text, time.date());
    text.push('T');
    for part in [time.hour(), time.minute(), time.second()] {
        push_two(text, part.unsigned_abs().into());
    }
}

/// What no value may have (RFC 5545 §3.1, `CONTROL`), and the marks beyond ASCII that some programs take for line ends.
fn is_control(character: char) -> bool {
    (character.is_control() && character != '\t') || matches!(character, '\u{2028}' | '\u{2029}')
}

/// Whether a byte may belong to a character that is left out or means the end of a line.
fn may_be_control(byte: u8) -> bool {
    // U+0080 to U+009F begin with C2, U+2028 and U+2029 with E2.
    (byte < b' ') | (byte == 0x7f) | (byte == 0xc2) | (byte == 0xe2)
}

/// The first character of a text for which `is_it` holds, and where it stands; all others are passed over by their bytes.
fn first_of(text: &str, marks: &[u8], is_it: impl Fn(char) -> bool) -> Option<(usize, char)> {
    let candidates = text.bytes().enumerate().filter(|(_, byte)| may_be_control(*byte) || marks.contains(byte));
    let mut characters = candidates.filter_map(|(at, _)| Some((at, text.get(at..)?.chars().next()?)));
    characters.find(|(_, character)| is_it(*character))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unfolded(text: &str) -> String {
        text.replace("\r\n ", "").trim_end_matches("\r\n").to_owned()
    }

    fn unescaped(value: &str) -> String {
        let mut plain = String::new();
        let mut characters = value.chars();
        while let Some(character) = characters.next() {
            match (character, character == '\\') {
                (_, true) => plain.extend(characters.next().map(|c| if c == 'n' { '\n' } else { c })),
                (other, _) => plain.push(other),
            }
        }
        plain
    }

    #[test]
    fn marks_that_mean_something_are_escaped_and_controls_left_out() {
        let mut text = Text::default();
        text.words("SUMMARY", "zh-Hans", "a,b;c\\d\n\"e\":=f</script>\u{0}\u{202e}");
        assert_eq!(text.into_string(), "SUMMARY;LANGUAGE=zh-Hans:a\\,b\\;c\\\\d\\n\"e\":=f</script>\u{202e}\r\n");
    }

    #[test]
    fn breaks_of_any_kind_are_line_breaks() {
        let mut text = Text::default();
        text.words("SUMMARY", "en", "a\r\nb\rc\u{2028}d\u{2029}e\n\u{7}f");
        assert_eq!(text.into_string(), "SUMMARY;LANGUAGE=en:a\\nb\\nc\\nd\\ne\\nf\r\n");
    }

    #[test]
    fn a_line_of_exactly_seventy_five_octets_is_not_folded() {
        let mut text = Text::default();
        text.line("X", &"a".repeat(73));
        text.line("X", &"a".repeat(74));
        let expected = format!("X:{}\r\nX:{}\r\n a\r\n", "a".repeat(73), "a".repeat(73));
        assert_eq!(text.into_string(), expected);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_words_there_are_lines_are_short_and_whole_and_read_back_equal(words in "(?s:.{0,60}|[中😀,;\\\\\n]{0,80})") {
            let mut text = Text::default();
            text.words("SUMMARY", "en", &words);
            let text = text.into_string();
            for line in text.split("\r\n") {
                prop_assert!(line.len() <= WIDTH);
            }
            let breaks = words.trim_end().replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
            let kept: String = breaks.chars().filter(|c| *c == '\n' || !is_control(*c)).collect();
            let value = unfolded(&text);
            let value = value.strip_prefix("SUMMARY;LANGUAGE=en:").map(unescaped);
            prop_assert_eq!(value.unwrap_or_default(), if words.is_empty() { String::new() } else { kept });
        }
    }
}
