//! The text of iCalendar: content lines, escaping, folding (RFC 5545 §3.1, §3.3.11).
//!
//! Lines end in CRLF and hold 75 octets at most; a longer one is folded between two characters, never within one, since
//! programs join lines before they decode them or after. Control characters, which no value may have, are left out.

use crate::calendar::{Date, DateTime};

/// The most octets of a line, without its end.
const WIDTH: usize = 75;

/// A calendar, or a part of one, being written.
#[derive(Debug, Default)]
pub(super) struct Text(String);

impl Text {
    /// What was written.
    pub(super) fn into_string(self) -> String {
        self.0
    }

    /// Adds what was written elsewhere, whole lines.
    pub(super) fn append(&mut self, lines: &str) {
        self.0.push_str(lines);
    }

    pub(super) fn begin(&mut self, component: &str) {
        self.line("BEGIN", component);
    }

    pub(super) fn end(&mut self, component: &str) {
        self.line("END", component);
    }

    /// A property whose value stands as it is: a date, a number, a rule, an address.
    pub(super) fn line(&mut self, name: &str, value: &str) {
        self.folded(&format!("{name}:{}", without_controls(value)));
    }

    /// A property of words for programs that look for its bare name.
    pub(super) fn bare_words(&mut self, name: &str, words: &str) {
        if !words.is_empty() {
            self.folded(&format!("{name}:{}", escaped(words)));
        }
    }

    /// A property of words, in a language (RFC 5545 §3.2.10).
    pub(super) fn words(&mut self, name: &str, language: &str, words: &str) {
        if !words.is_empty() {
            self.folded(&format!("{name};LANGUAGE={language}:{}", escaped(words)));
        }
    }

    /// A property of several words that are apart.
    pub(super) fn list(&mut self, name: &str, language: &str, items: &[String]) {
        if !items.is_empty() {
            let items: Vec<String> = items.iter().map(|item| escaped(item)).collect();
            self.folded(&format!("{name};LANGUAGE={language}:{}", items.join(",")));
        }
    }

    /// A date.
    pub(super) fn date(&mut self, name: &str, date: Date) {
        self.line(&format!("{name};VALUE=DATE"), &compact(date));
    }

    /// A civil time in a zone.
    pub(super) fn time(&mut self, name: &str, zone: &str, time: DateTime) {
        self.line(&format!("{name};TZID={zone}"), &civil(time));
    }

    fn folded(&mut self, line: &str) {
        let mut used = 0;
        for character in line.chars() {
            if used + character.len_utf8() > WIDTH {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(character);
            used += character.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// `20261124`.
pub(super) fn compact(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// `20261124T093000`.
pub(super) fn civil(time: DateTime) -> String {
    format!("{}T{:02}{:02}{:02}", compact(time.date()), time.hour(), time.minute(), time.second())
}

/// Words as a value: backslash, comma, semicolon and line break escaped.
fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len() + 8);
    for character in words.trim_end().chars() {
        match character {
            '\\' | ',' | ';' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            other if is_control(other) => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// What no value may have (RFC 5545 §3.1, `CONTROL`), and the marks beyond ASCII that some programs take for line ends.
fn is_control(character: char) -> bool {
    (character.is_control() && character != '\t') || matches!(character, '\u{2028}' | '\u{2029}')
}

fn without_controls(value: &str) -> String {
    value.chars().filter(|character| !is_control(*character)).collect()
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
            let kept: String = words.trim_end().chars().filter(|c| *c == '\n' || !is_control(*c)).collect();
            let value = unfolded(&text);
            let value = value.strip_prefix("SUMMARY;LANGUAGE=en:").map(unescaped);
            prop_assert_eq!(value.unwrap_or_default(), if words.is_empty() { String::new() } else { kept });
        }
    }
}
