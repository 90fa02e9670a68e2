//! `ledger.txt`: what the site has said so far, since when, and at which addresses.
//!
//! `noticeboard record` writes it, nobody by hand. It is a line for each thing and each address, sorted, so that git
//! merges it line by line:
//!
//! ```text
//! identifiers https://bulletins.gov.example/
//! /centres/jiefang/
//! /old/ gone 2026-11-24
//! notices/heating 3f2a1b0c9d8e 2 2026-11-20T08:00 2026-11-24T09:30
//! ```
//!
//! A thing has a fingerprint of what it says, how often that changed, since when it is known and when it changed last
//! (`-`: before there was a ledger). `identifiers` is the address that ids were first made from, which stays when the site
//! moves: the ids of calendar entries, of feeds and of HSDS are known to others. Where a merge left its marks or a line of each side, both are read and the later
//! one counts, so that writing the ledger anew mends it; until then it is reported.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write as _;

use super::formats::BaseAddress;
use crate::calendar::{Date, DateTime};
use crate::diagnostics::{Code, Diagnostic, Place, Problem};
use crate::source::File;

/// What the file begins with.
const HEAD: &str = "# 由 noticeboard record 写入，请勿手改。Written by `noticeboard record`, not by hand.\n";
/// How times are written.
const TIME: &str = "%Y-%m-%dT%H:%M";
/// What stands where a time is not known.
const UNKNOWN: &str = "-";
/// What stands before the day since when a thing or an address is gone.
const GONE: &str = "gone";
/// What stands before the address that ids are made from.
const IDENTIFIERS: &str = "identifiers";
/// What git writes where it could not merge.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// What the site has said so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The address that ids were made from when the ledger was first written.
    pub identifiers: Option<BaseAddress>,
    /// The things that have an identity outside, by their keys.
    pub things: BTreeMap<String, Known>,
    /// The published addresses, beginning with `/`.
    pub addresses: BTreeMap<String, Published>,
}

/// A thing as it was when the ledger was last written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// A fingerprint of what it says.
    pub hash: String,
    /// How often it changed.
    pub sequence: u32,
    /// Since when it is known; nothing for what was there before the ledger.
    pub published: Option<DateTime>,
    /// When it changed last; nothing if not since there is a ledger.
    pub changed: Option<DateTime>,
    /// Since when it is gone.
    pub gone: Option<Date>,
}

/// A published address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// Since when it is gone, on purpose.
    pub gone: Option<Date>,
    /// Where its line begins in the file.
    pub at: usize,
}

impl Ledger {
    /// Whether a text is a ledger, and not a bare list of addresses.
    pub fn is_one(text: &str) -> bool {
        text.starts_with(HEAD.trim_end())
    }

    /// Reads the file; what is wrong with it is added to `diagnostics`.
    pub fn read(file: &File, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut ledger = Self::default();
        let mut start = 0;
        for line in file.text.split_inclusive('\n') {
            let at = start;
            start += line.len();
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut wrong = |code: Code| {
                let problem = Problem::new(code).with("key", line.split(' ').next().unwrap_or(line));
                diagnostics.push(problem.at(Place::new(&file.path, at..at + line.len())));
            };
            if MARKS.iter().any(|mark| line.starts_with(mark)) {
                wrong(Code::LedgerMark);
            } else {
                match ledger.line(line, at) {
                    Some(true) => {}
                    Some(false) => wrong(Code::LedgerTwice),
                    None => wrong(Code::LedgerLine),
                }
            }
        }
        ledger
    }

    /// Whether it was written while the site stood at an address at which nothing can be published, and no longer does:
    /// then nobody has seen what it knows.
    pub fn was_never_published(&self, base_url: &BaseAddress) -> bool {
        self.identifiers.as_ref().is_some_and(|address| address.is_reserved() && address.host() != base_url.host())
    }

    /// The address that ids are made from, for a site at `base_url`.
    pub fn identifiers<'a>(&'a self, base_url: &'a BaseAddress) -> &'a BaseAddress {
        self.identifiers.as_ref().filter(|_| !self.was_never_published(base_url)).unwrap_or(base_url)
    }

    /// Reads a line; `None` if it cannot be read, `false` if another line says something else about the same.
    fn line(&mut self, line: &str, at: usize) -> Option<bool> {
        let mut words = line.split(' ');
        let key = words.next()?.to_owned();
        if key.starts_with('/') {
            let gone = gone(&mut words)?;
            let published = Published { gone, at };
            return Some(match self.addresses.entry(key) {
                Entry::Vacant(free) => {
                    free.insert(published);
                    true
                }
                Entry::Occupied(mut taken) => {
                    let same = taken.get().gone == gone;
                    // What one side still has is not gone.
                    if gone.is_none() {
                        taken.insert(published);
                    }
                    same
                }
            });
        }
        if key == IDENTIFIERS {
            let address = BaseAddress::read(words.next()?).ok().filter(|_| words.next().is_none())?;
            let same = self.identifiers.as_ref().is_none_or(|first| *first == address);
            self.identifiers.get_or_insert(address);
            return Some(same);
        }
        let hash = words.next().filter(|hash| !hash.is_empty() && hash.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let sequence = words.next()?.parse().ok()?;
        let (published, changed) = (time(words.next()?)?, time(words.next()?)?);
        let known = Known { hash: hash.to_owned(), sequence, published, changed, gone: gone(&mut words)? };
        Some(match self.things.entry(key) {
            Entry::Vacant(free) => {
                free.insert(known);
                true
            }
            Entry::Occupied(mut taken) => {
                let other = taken.get_mut();
                let same = *other == known;
                let published = match (other.published, known.published) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    _ => None,
                };
                if (known.sequence, known.changed) > (other.sequence, other.changed) {
                    *other = known;
                }
                other.published = published;
                same
            }
        })
    }

    /// The file.
    pub fn written(&self) -> String {
        let mut text = HEAD.to_owned();
        let gone = |day: Option<Date>| day.map(|day| format!(" {GONE} {day}")).unwrap_or_default();
        let time = |at: Option<DateTime>| at.map_or_else(|| UNKNOWN.to_owned(), |at| at.strftime(TIME).to_string());
        // To memory, which takes everything.
        if let Some(address) = &self.identifiers {
            let _ = writeln!(text, "{IDENTIFIERS} {}", address.as_str());
        }
        for (address, published) in &self.addresses {
            let _ = writeln!(text, "{address}{}", gone(published.gone));
        }
        for (key, known) in &self.things {
            let (published, changed) = (time(known.published), time(known.changed));
            let Known { hash, sequence, .. } = known;
            let _ = writeln!(text, "{key} {hash} {sequence} {published} {changed}{}", gone(known.gone));
        }
        text
    }
}

/// `gone DATE` or nothing at the end of a line; `None` for anything else.
fn gone<'a>(words: &mut impl Iterator<Item = &'a str>) -> Option<Option<Date>> {
    let day = match words.next() {
        None => return Some(None),
        Some(GONE) => words.next()?.parse().ok()?,
        Some(_) => return None,
    };
    words.next().is_none().then_some(Some(day))
}

fn time(word: &str) -> Option<Option<DateTime>> {
    if word == UNKNOWN { Some(None) } else { word.parse().ok().map(Some) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Ledger, Vec<Code>) {
        let mut found = Vec::new();
        let ledger = Ledger::read(&File { path: "ledger.txt".into(), text: text.into() }, &mut found);
        (ledger, found.into_iter().map(|found| found.problem.code).collect())
    }

    const LINES: &str = "identifiers https://a.gov.cn/b/\n/a/\n/b.ics gone 2026-11-24\ncentres/a 0123456789ab 0 - -\n\
                         notices/a 0123456789ab 12 2026-11-20T08:00 2026-11-24T09:30 gone 2026-12-01\n";

    #[test]
    fn what_is_written_is_read_back() {
        let (ledger, found) = read(LINES);
        assert_eq!(found, []);
        assert_eq!(ledger.written(), format!("{HEAD}{LINES}"));
        assert_eq!(read(&ledger.written()).0.things, ledger.things);
    }

    #[test]
    fn a_merge_that_left_both_sides_is_reported_and_the_later_one_counts() {
        let (ledger, found) = read(
            "<<<<<<< ours\nnotices/a aa 1 2026-11-20T08:00 2026-11-21T08:00\n=======\n\
             notices/a bb 2 2026-11-22T08:00 2026-11-23T08:00\n>>>>>>> theirs\n/a/ gone 2026-11-24\n/a/\n/b/\n/b/\n",
        );
        use Code::{LedgerMark, LedgerTwice};
        assert_eq!(found, [LedgerMark, LedgerMark, LedgerTwice, LedgerMark, LedgerTwice]);
        let line = "notices/a bb 2 2026-11-20T08:00 2026-11-23T08:00\n";
        assert_eq!(ledger.written(), format!("{HEAD}/a/\n/b/\n{line}"));
    }

    #[test]
    fn ids_stay_with_the_first_address_at_which_something_can_be_published() {
        let at = |address: &str| BaseAddress::read(address).unwrap();
        let ledger = |address: &str| read(&format!("identifiers {address}\n")).0;
        let moved = at("https://new.gov.cn/");
        for first in ["https://old.gov.cn/", "https://old.gov.cn/sub", "http://192.0.2.1/", "https://my-example.com/"] {
            assert_eq!(ledger(first).identifiers(&moved), &at(first));
        }
        for first in
            ["https://noticeboard.example/", "http://localhost:80/a", "http://[::1]:8000/", "https://www.example.org"]
        {
            assert_eq!(ledger(first).identifiers(&moved), &moved, "{first}");
            assert_eq!(ledger(first).identifiers(&at(first)), &at(first));
        }
        assert_eq!(Ledger::default().identifiers(&moved), &moved);
    }

    #[test]
    fn a_line_that_is_no_line_of_the_ledger_is_named() {
        for line in [
            "identifiers",
            "identifiers a.gov.cn",
            "identifiers https://a.gov.cn b",
            "a",
            "a zz 0 - -",
            "a 0f x - -",
            "a 0f 0 - yesterday",
            "a 0f 0 - - lost",
            "/a gone",
            "/a b",
        ] {
            assert_eq!(read(line).1, [Code::LedgerLine], "{line}");
        }
    }
}
