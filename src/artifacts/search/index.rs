//! The index: for each term the things that have it, written into shards of about one size.
//!
//! How much a term says about a thing is one of eight steps, so that a posting is one number: the distance to the thing
//! before, times eight, plus the step. Numbers are written in digits of five bits, the lowest first, each one character;
//! so most postings of frequent terms take one or two bytes, and a shard is plain JSON. Terms stand in the order of
//! JavaScript's strings, so a shard is known by the first term in it, and whoever looks for the beginning of a word
//! finds all that begin so next to each other.

use std::collections::HashMap;

use rayon::prelude::*;
use serde::Serialize;

use super::found::Found;
use super::synonyms::Synonyms;
use super::words::{Term, fold, terms};
use crate::site::Edition;

/// What the eight steps are worth.
pub(super) const STEPS: [f32; 8] = [0.35, 1.0, 2.0, 3.0, 4.5, 6.5, 9.0, 13.0];
/// What a word is worth in a short title, among names, in a summary, in a body, and often in a body.
const TITLE: f32 = 12.0;
const NAMES: f32 = 4.0;
const SUMMARY: f32 = 3.0;
const BODY: f32 = 1.0;
const OFTEN: f32 = 1.5;
/// How much of its worth a word has that stands there only by a word of the same meaning.
const SAME_MEANING: f32 = 0.8;
/// The most postings of a term: of one that more things have, those are kept about which it says most.
const MOST_POSTINGS: usize = 8192;
/// How many things are read before their terms are put together.
const BATCH: usize = 1024;
const DIGITS: &[u8; 64] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

/// The shards.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The shards, in order.
    pub shards: Vec<Shard>,
}

/// Terms that stand next to each other.
#[derive(Debug, Default, Serialize)]
pub(super) struct Shard {
    /// The first term.
    pub from: String,
    /// The terms with their postings.
    pub terms: Terms,
}

/// Terms with their postings, written as a JSON object in this order.
#[derive(Debug, Default)]
pub(super) struct Terms(Vec<(Box<str>, String)>);

impl Serialize for Terms {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(term, postings)| (term, postings)))
    }
}

/// For each term the things that have it: the number of the thing times eight, plus the step.
type Postings = HashMap<Box<str>, Vec<u32>>;

impl Index {
    /// The index of `found` in so many shards.
    pub fn of(found: &[Found<'_>], editions: &[Edition<'_>], synonyms: &Synonyms, shards: usize) -> Self {
        let mut all = Postings::new();
        for (batch, things) in found.chunks(BATCH).enumerate() {
            let part = BATCH / 8;
            let read = |(number, things): (usize, &[Found<'_>])| {
                let mut postings = Postings::new();
                for (offset, thing) in things.iter().enumerate() {
                    let id = batch * BATCH + number * part + offset;
                    read(thing, u32::try_from(id).unwrap_or(u32::MAX >> 3), editions, synonyms, &mut postings);
                }
                postings
            };
            let parts: Vec<Postings> = things.par_chunks(part).enumerate().map(read).collect();
            for (term, postings) in parts.into_iter().flatten() {
                all.entry(term).or_default().extend(postings);
            }
        }
        let mut written: Vec<(Box<str>, String)> =
            all.into_par_iter().map(|(term, postings)| (term, write(postings))).collect();
        written.par_sort_unstable_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
        Self { shards: cut(written, shards) }
    }
}

/// What a term says about a thing.
#[derive(Default)]
struct Worth {
    points: f32,
    /// The last field in which it stands, so that each counts once.
    field: usize,
    /// How often it stands in the body.
    in_body: u32,
}

/// Adds the terms of one thing.
fn read(thing: &Found<'_>, id: u32, editions: &[Edition<'_>], synonyms: &Synonyms, postings: &mut Postings) {
    let texts = thing.texts(editions);
    let mut fields: Vec<(String, f32)> = Vec::new();
    let mut add = |folded: String, points: f32| {
        let beside = synonyms.beside(&folded);
        fields.extend([(folded, points), (beside, points * SAME_MEANING)]);
    };
    // A title is one line a language: each is as long as it is.
    for folded in texts.title.lines().map(fold).filter(|folded| !folded.is_empty()) {
        let mut length = 0.0;
        terms(&folded, |term| length += f32::from(u8::from(matches!(term, Term::Whole(_)))));
        add(folded, TITLE / (1.0 + length / TITLE));
    }
    add(fold(&texts.names), NAMES);
    add(fold(&texts.summary), SUMMARY);
    let body = fold(&texts.body);
    let mut worth: HashMap<&str, Worth> = HashMap::with_capacity(texts.body.len() / 4);
    for (number, (folded, points)) in (1..).zip(&fields) {
        terms(folded, |(Term::Whole(term) | Term::Single(term))| {
            let worth = worth.entry(term).or_default();
            if worth.field != number {
                worth.field = number;
                worth.points += points;
            }
        });
    }
    terms(&body, |term| {
        if let Term::Whole(term) = term {
            worth.entry(term).or_default().in_body += 1;
        }
    });
    let weight = editions.first().map_or(1.0, |edition| thing.weight(edition));
    for (term, Worth { points, in_body, .. }) in worth {
        let in_body = match in_body {
            0 => 0.0,
            1 | 2 => BODY,
            _ => OFTEN,
        };
        let posting = id << 3 | step((points + in_body) * weight);
        match postings.get_mut(term) {
            Some(known) => known.push(posting),
            None => {
                postings.insert(term.into(), vec![posting]);
            }
        }
    }
}

/// The highest step that is not worth more.
fn step(points: f32) -> u32 {
    let above = STEPS.iter().filter(|step| **step <= points + 0.001).count();
    u32::try_from(above.saturating_sub(1)).unwrap_or(0)
}

/// Postings as characters.
fn write(mut postings: Vec<u32>) -> String {
    if postings.len() > MOST_POSTINGS {
        postings.sort_unstable_by_key(|posting| (std::cmp::Reverse(posting & 7), posting >> 3));
        postings.truncate(MOST_POSTINGS);
    }
    postings.sort_unstable();
    let mut written = String::with_capacity(postings.len() * 2);
    let mut next = 0;
    for posting in postings {
        let (id, step) = (posting >> 3, posting & 7);
        let mut number = (id - next) << 3 | step;
        next = id + 1;
        loop {
            let (digit, rest) = (number & 31, number >> 5);
            let sign = if rest > 0 { digit | 32 } else { digit };
            let sign = usize::try_from(sign).ok().and_then(|sign| DIGITS.get(sign)).copied().unwrap_or(b'0');
            written.push(char::from(sign));
            number = rest;
            if rest == 0 {
                break;
            }
        }
    }
    written
}

/// So many shards of about one size. Where a term is larger than a shard, some are empty: they begin where the next does.
fn cut(written: Vec<(Box<str>, String)>, count: usize) -> Vec<Shard> {
    let size = |(term, postings): &(Box<str>, String)| term.len() + postings.len() + 6;
    let total: usize = written.iter().map(size).sum();
    let mut shards: Vec<Shard> = (0..count).map(|_| Shard::default()).collect();
    let mut before = 0;
    for entry in written {
        let number = (before * count).checked_div(total).unwrap_or(0).min(count.saturating_sub(1));
        before += size(&entry);
        let Some(shard) = shards.get_mut(number) else { continue };
        if shard.terms.0.is_empty() {
            shard.from = entry.0.to_string();
        }
        shard.terms.0.push(entry);
    }
    let mut next = String::new();
    for shard in shards.iter_mut().rev() {
        if shard.terms.0.is_empty() {
            shard.from.clone_from(&next);
        }
        next.clone_from(&shard.from);
    }
    shards
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn postings_are_distances_with_a_step() {
        // 0 at step 0, 1 at step 7, 6 at step 2: distances 0, 0, 4.
        assert_eq!(write(vec![6 << 3 | 2, 0, 1 << 3 | 7]), "0".to_owned() + "7" + "y1");
    }

    #[test]
    fn of_too_many_postings_those_that_say_most_are_kept() {
        let many = (0..20_000_u32).map(|id| id << 3 | u32::from(id % 2 == 1)).collect();
        let written = write(many);
        assert_eq!(written.chars().count(), MOST_POSTINGS);
        assert!(written.chars().all(|c| c == '9'));
    }

    #[test]
    fn every_term_is_in_the_last_shard_that_does_not_begin_after_it() {
        let entry = |n: usize, size: usize| (format!("{n:04}").into_boxed_str(), "x".repeat(size));
        let terms = (0..100).map(|n| entry(n, if n == 50 { 5_000 } else { 10 })).collect();
        let shards = cut(terms, 12);
        for n in 0..100 {
            let term = format!("{n:04}");
            let shard = shards.iter().rfind(|shard| shard.from <= term).unwrap();
            assert!(shard.terms.0.iter().any(|(known, _)| **known == *term), "{term}");
        }
        assert!(shards.iter().any(|shard| shard.terms.0.is_empty()));
    }
}
