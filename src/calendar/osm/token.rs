//! The words, numbers and marks of an `opening_hours` value, and where they stand.
//!
//! Spaces mean nothing. Editors' full-width marks and dashes are made the specification's first, each by one character,
//! so that what is shown of a text is still what they wrote.

use std::ops::Range;

use jiff::civil::Weekday;

use super::super::time::half_width;
use super::not_held;
use super::rule::{month_of, weekday_of};
use crate::diagnostics::Code;

const SUN: [&str; 4] = ["sunrise", "sunset", "dawn", "dusk"];
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// What cannot be read, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: Range<usize>,
    pub(super) why: Why,
}

/// Why something cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// It is no OSM.
    NotOsm,
    /// It is OSM and our hours do not hold it, by the catalogue's word.
    NotHeld(&'static str),
    /// It is a time or a date and cannot be.
    Wrong(Code),
}

/// What a token is; a comment without its quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    Word(&'a str),
    Number(&'a str),
    Comment(&'a str),
    Mark(char),
}

#[derive(Debug, Clone)]
struct Token<'a> {
    kind: Kind<'a>,
    at: Range<usize>,
}

/// The text in half-width marks.
pub(super) fn plain(text: &str) -> String {
    let mark = |c: char| match c {
        '“' | '”' | '„' | '＂' => '"',
        '、' => ',',
        '｜' => '|',
        '［' | '【' => '[',
        '］' | '】' => ']',
        '~' | '‐' | '‑' | '〜' => '-',
        c => c,
    };
    half_width(text).chars().map(mark).collect()
}

/// A text that is read rule by rule.
pub(super) struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
    pub(super) next: usize,
}

impl<'a> Parser<'a> {
    /// A parser of a text made [`plain`].
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, tokens: tokens(text), next: 0 }
    }

    /// Whether the beginning of the text has the form of OSM rather than of words: its first word is one of OSM's, and
    /// what comes next can follow it there.
    pub(super) fn begins_like_osm(&self) -> bool {
        if self.text.trim_start().starts_with("24/7") {
            return true;
        }
        let Some(first) = self.tokens.iter().position(|token| matches!(token.kind, Kind::Word(_))) else {
            return false;
        };
        let next = first + 1;
        let is_closed = self.is_word(next, "off") || self.is_word(next, "closed");
        let goes_on = is_closed
            || match self.kind(next) {
                None | Some(Kind::Number(_) | Kind::Comment(_)) => true,
                Some(Kind::Mark('-' | ',')) => self.is_day(next + 1) || self.month(next + 1).is_some(),
                Some(Kind::Mark(mark)) => matches!(mark, '[' | ':' | ';' | '+'),
                Some(Kind::Word(_)) => self.is_day(next) || self.is_sun(next),
            };
        let is_month = self.month(first).is_some() || self.is_word(first, "easter");
        (goes_on && (is_month || self.is_day(first)))
            || (self.is_word(first, "week") && self.number(next).is_some())
            || (self.is_word(first, "off") && self.kind(next).is_none())
            || (self.is_sun(first) && self.is_mark(next, '-'))
    }

    pub(super) fn kind(&self, ahead: usize) -> Option<Kind<'a>> {
        self.tokens.get(self.next + ahead).map(|token| token.kind)
    }

    pub(super) fn is_mark(&self, ahead: usize, mark: char) -> bool {
        self.kind(ahead) == Some(Kind::Mark(mark))
    }

    pub(super) fn is_end_of_rule(&self, ahead: usize) -> bool {
        self.kind(ahead).is_none_or(|kind| matches!(kind, Kind::Mark(';' | ',' | '|')))
    }

    pub(super) fn takes(&mut self, mark: char) -> bool {
        let found = self.is_mark(0, mark);
        self.next += usize::from(found);
        found
    }

    pub(super) fn word(&self, ahead: usize) -> Option<&'a str> {
        match self.kind(ahead) {
            Some(Kind::Word(word)) => Some(word),
            _ => None,
        }
    }

    pub(super) fn is_word(&self, ahead: usize, word: &str) -> bool {
        self.word(ahead).is_some_and(|found| found.eq_ignore_ascii_case(word))
    }

    pub(super) fn word_among(&mut self, words: &[&'static str]) -> Option<&'static str> {
        let found = words.iter().copied().find(|word| self.is_word(0, word));
        self.next += usize::from(found.is_some());
        found
    }

    pub(super) fn is_sun(&self, ahead: usize) -> bool {
        SUN.iter().any(|word| self.is_word(ahead, word))
    }

    pub(super) fn weekday(&self, ahead: usize) -> Option<Weekday> {
        self.word(ahead).and_then(weekday_of)
    }

    pub(super) fn is_day(&self, ahead: usize) -> bool {
        self.weekday(ahead).is_some() || self.is_word(ahead, "PH") || self.is_word(ahead, "SH")
    }

    pub(super) fn month(&self, ahead: usize) -> Option<i8> {
        self.word(ahead).and_then(month_of)
    }

    pub(super) fn number(&self, ahead: usize) -> Option<&'a str> {
        match self.kind(ahead) {
            Some(Kind::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// Whether hours and minutes stand here, and not a day before a colon and a time.
    pub(super) fn is_time(&self, ahead: usize) -> bool {
        let numbers = self.number(ahead).is_some() && self.number(ahead + 2).is_some();
        numbers && self.is_mark(ahead + 1, ':') && !self.is_mark(ahead + 3, ':')
    }

    pub(super) fn year(&self, ahead: usize) -> Option<i16> {
        let number = self.number(ahead).filter(|number| number.len() == 4 && !self.is_time(ahead))?;
        number.parse().ok().filter(|year| YEARS.contains(year))
    }

    pub(super) fn day(&self, ahead: usize) -> Option<i8> {
        let number = self.number(ahead).filter(|number| number.len() <= 2 && !self.is_time(ahead))?;
        number.parse().ok()
    }

    pub(super) fn take_year(&mut self) -> Option<i16> {
        let year = self.year(0);
        self.next += usize::from(year.is_some());
        year
    }

    pub(super) fn take_month(&mut self) -> Option<i8> {
        let month = self.month(0);
        self.next += usize::from(month.is_some());
        month
    }

    pub(super) fn take_day(&mut self) -> Option<i8> {
        let day = self.day(0);
        self.next += usize::from(day.is_some());
        day
    }

    pub(super) fn take_number(&mut self) -> Option<i8> {
        let number = self.number(0)?.parse().ok()?;
        self.next += 1;
        Some(number)
    }

    /// Refuses days that are counted from the one that was named, as in `PH +1 day`.
    pub(super) fn refuse_offset(&mut self, start: usize) -> Result<(), Fault> {
        let is_sign = self.is_mark(0, '+') || self.is_mark(0, '-');
        if is_sign && self.number(1).is_some() && (self.is_word(2, "day") || self.is_word(2, "days")) {
            self.next += 3;
            return Err(self.not_held(start, not_held::OFFSET));
        }
        if self.is_mark(0, '+') { Err(self.not_held_piece(start, not_held::OTHER)) } else { Ok(()) }
    }

    /// Where the tokens from `start` to the next one stand.
    pub(super) fn range(&self, start: usize) -> Range<usize> {
        let taken = self.tokens.get(start..self.next).unwrap_or_default();
        match (taken.first(), taken.last()) {
            (Some(first), Some(last)) => first.at.start..last.at.end,
            _ => self.text.len()..self.text.len(),
        }
    }

    /// From a place to the next space, comma or semicolon.
    fn piece(&self, start: usize) -> Range<usize> {
        let rest = self.text.get(start..).unwrap_or_default();
        let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ';');
        start..start + rest.find(ends).unwrap_or(rest.len())
    }

    pub(super) fn not_held(&self, start: usize, selector: &'static str) -> Fault {
        Fault { at: self.range(start), why: Why::NotHeld(selector) }
    }

    /// As [`Parser::not_held`], with what is written without a space after it.
    pub(super) fn not_held_piece(&self, start: usize, selector: &'static str) -> Fault {
        let last = self.next.saturating_sub(1).max(start);
        let end =
            self.tokens.get(last).map_or(self.text.len(), |token| self.piece(token.at.start).end.max(token.at.end));
        let from = self.tokens.get(start).map_or(end, |token| token.at.start);
        Fault { at: from..end, why: Why::NotHeld(selector) }
    }

    /// The next token cannot stand here, or after the last word of the text something is wanting.
    pub(super) fn not_osm(&self) -> Fault {
        let last_word = || self.text.rsplit(char::is_whitespace).next().map_or(0, |word| self.text.len() - word.len());
        let start = self.tokens.get(self.next).map_or_else(last_word, |token| token.at.start);
        let piece = self.piece(start);
        // A comma or semicolon that cannot stand here is a piece by itself.
        let end = self.tokens.get(self.next).map_or(self.text.len(), |token| token.at.end.max(piece.end));
        Fault { at: start..end, why: Why::NotOsm }
    }

    pub(super) fn not_osm_from(&self, start: usize) -> Fault {
        Fault { why: Why::NotOsm, ..self.not_held_piece(start, not_held::OTHER) }
    }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = |belongs: fn(char) -> bool| rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        let comment = rest.strip_prefix('"').and_then(|after| after.split_once('"')).map(|(comment, _)| comment);
        let length = match first {
            '0'..='9' => run(|c| c.is_ascii_digit()),
            c if c.is_alphabetic() => run(char::is_alphabetic),
            c if c.is_whitespace() => run(char::is_whitespace),
            c => comment.map_or(c.len_utf8(), |comment| comment.len() + 2),
        };
        let (piece, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let kind = match (first, comment) {
            ('0'..='9', _) => Kind::Number(piece),
            (_, Some(comment)) => Kind::Comment(comment),
            (c, _) if c.is_alphabetic() => Kind::Word(piece),
            (c, _) => Kind::Mark(c),
        };
        let start = text.len() - rest.len();
        if !first.is_whitespace() {
            tokens.push(Token { kind, at: start..start + piece.len() });
        }
        rest = after;
    }
    tokens
}
