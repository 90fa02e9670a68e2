//! A centre as a card for address books (vCard 4.0, RFC 6350), in the site's first language.
//!
//! There is no `REV`: a card changes only when what it says does. A telephone line's purpose is its label
//! (`X-ABLabel` in a group), as the address books of telephones write it; those that do not know it show the number.

use crate::content::{Centre, CentreKind, Record};
use crate::site::{Edition, views};

/// How many octets a line has at most, without its end (RFC 6350 §3.2).
const LINE: usize = 75;

/// The card.
pub(super) fn card(edition: &Edition<'_>, record: &Record<Centre>) -> String {
    let centre = &record.value;
    let name = edition.local(&centre.name).text;
    let page = edition.canonical(&edition.address_of(&record.id));
    let parent =
        centre.part_of.as_ref().and_then(|id| edition.site.content.centres.get(*edition.site.index.centre.get(id)?));
    let kind = match centre.kind {
        CentreKind::Station | CentreKind::MobilePoint => "location",
        _ => "org",
    };
    let mut card = Card::default();
    card.line("BEGIN", "VCARD");
    card.line("VERSION", "4.0");
    card.line("KIND", kind);
    card.line("UID", &page);
    card.line("FN", &escaped(&name));
    let units: Vec<String> =
        parent.map(|parent| edition.local(&parent.value.name).text).into_iter().chain([name]).collect();
    card.line("ORG", &units.iter().map(|unit| escaped(unit)).collect::<Vec<_>>().join(";"));
    // Post box and extended address stay empty; the address is written as one, so it is the street.
    let code = edition.site.postal(&centre.area).code.unwrap_or_default();
    card.line("ADR", &format!(";;{};;;{};", escaped(&edition.local(&centre.address).text), escaped(code)));
    if let Some(point) = centre.location {
        card.line("GEO", &format!("geo:{},{}", point.lat, point.lon));
    }
    for (phone, number) in centre.phones.iter().zip(1..) {
        match &phone.purpose {
            None => card.line("TEL;TYPE=voice", &escaped(phone.number.as_str())),
            Some(purpose) => {
                card.line(&format!("item{number}.TEL;TYPE=voice"), &escaped(phone.number.as_str()));
                card.line(&format!("item{number}.X-ABLabel"), &escaped(&edition.local(purpose).text));
            }
        }
    }
    card.line("URL", &page);
    let note = centre.hours_note.as_ref().map(|note| edition.local(note).text);
    let lines: Vec<String> = views::hours_lines(edition, record).into_iter().chain(note).collect();
    if !lines.is_empty() {
        card.line("NOTE", &escaped(&lines.join("\n")));
    }
    card.line("END", "VCARD");
    card.text
}

/// The lines of a card.
#[derive(Default)]
struct Card {
    text: String,
}

impl Card {
    /// Adds a line, folded: what goes on in the next one begins with a space, and no character is split.
    fn line(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if octets + c.len_utf8() > LINE {
                self.text.push_str("\r\n ");
                octets = 1;
            }
            self.text.push(c);
            octets += c.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// A text as a value or a part of one (RFC 6350 §3.4); of control characters only tabs and line breaks may stand in it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ',' | ';' => escaped.extend(['\\', c]),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => escaped.push_str("\\n"),
            '\t' => escaped.push(c),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        for shift in 0..4 {
            let mut card = Card::default();
            let value = format!("{}{}", "x".repeat(shift), "党群👍".repeat(30));
            card.line("NOTE", &value);
            assert!(card.text.split("\r\n").all(|line| line.len() <= LINE));
            assert_eq!(card.text.replace("\r\n ", ""), format!("NOTE:{value}\r\n"));
        }
    }

    #[test]
    fn marks_are_escaped_and_lines_are_broken_by_letters() {
        assert_eq!(escaped("甲,乙;丙\\丁\r\n戊:\u{7}己"), "甲\\,乙\\;丙\\\\丁\\n戊:己");
        assert_eq!(escaped("甲\r乙\u{2028}丙\u{2029}丁"), "甲\\n乙\\n丙\\n丁");
    }
}
