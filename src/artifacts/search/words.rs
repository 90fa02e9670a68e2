//! From a text to the terms by which it is found. `assets/search.js` does the same to what is typed.
//!
//! A text is folded first: full width to half width, capitals to small letters, marks that are not seen left out, and
//! everything that is neither letter nor digit becomes one space. Scripts without spaces (Han, kana, Yi) give each two
//! characters that stand together, and each character; so a part of a word is found as well as the word. Other scripts
//! give their words, English ones without their endings. No dictionary decides where a Chinese word begins.
//!
//! `tests/judges/samples/search-terms.json` holds texts and their terms, by which both sides are tested.

/// What a character is in a text that is looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Of a script without spaces between words.
    Ideograph,
    /// Part of a word.
    Letter,
    /// Between words.
    Space,
    /// Nothing.
    Unseen,
}

fn sort_of(c: char) -> Sort {
    match u32::from(c) {
        0x30..=0x39 | 0x41..=0x5a | 0x61..=0x7a => Sort::Letter,
        0xad | 0x180b..=0x180f | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfe00..=0xfe0f | 0xfeff => {
            Sort::Unseen
        }
        0xd7 | 0xf7 | 0x37e | 0x387 | 0x30fb => Sort::Space,
        0x3005..=0x3007
        | 0x3041..=0x30ff
        | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff
        | 0xa000..=0xa48f
        | 0xf900..=0xfaff
        | 0x2_0000..=0x3_ffff => Sort::Ideograph,
        // Latin, Greek, Cyrillic; Arabic; Tibetan; Hangul; Mongolian; more Latin and Greek; Hangul; Arabic forms.
        0xc0..=0x52f
        | 0x620..=0x669
        | 0x66e..=0x6d3
        | 0x6d5..=0x6fc
        | 0x750..=0x77f
        | 0xf00
        | 0xf18..=0xf33
        | 0xf35
        | 0xf37
        | 0xf39
        | 0xf40..=0xfbc
        | 0x1100..=0x11ff
        | 0x1810..=0x18af
        | 0x1e00..=0x1fff
        | 0xac00..=0xd7a3
        | 0xfb50..=0xfdff
        | 0xfe70..=0xfefc => Sort::Letter,
        _ => Sort::Space,
    }
}

/// Whether a character is of a script without spaces between words.
pub(super) fn is_ideograph(c: char) -> bool {
    sort_of(c) == Sort::Ideograph
}

/// A text as it is compared: words with one space between them.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        let half = match u32::from(c) {
            wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(c),
            _ => c,
        };
        match sort_of(half) {
            Sort::Unseen => {}
            Sort::Space if folded.is_empty() || folded.ends_with(' ') => {}
            Sort::Space => folded.push(' '),
            Sort::Ideograph => folded.push(half),
            Sort::Letter => folded.extend(half.to_lowercase()),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// A term of a folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Term<'t> {
    /// Two characters that stand together, or a word.
    Whole(&'t str),
    /// One character of a script without spaces.
    Single(&'t str),
}

/// Calls `each` with every term of a folded text.
pub(super) fn terms<'t>(folded: &'t str, mut each: impl FnMut(Term<'t>)) {
    for part in folded.split(' ') {
        let mut rest = part;
        while let Some(first) = rest.chars().next() {
            let ideographs = is_ideograph(first);
            let end = rest.find(|c| is_ideograph(c) != ideographs).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            if ideographs {
                pairs(run, &mut each)
            } else {
                word(run).into_iter().for_each(|word| each(Term::Whole(word)))
            }
            rest = after;
        }
    }
}

fn pairs<'t>(run: &'t str, each: &mut impl FnMut(Term<'t>)) {
    let mut before = None;
    for (at, c) in run.char_indices() {
        let end = at + c.len_utf8();
        run.get(at..end).into_iter().for_each(|single| each(Term::Single(single)));
        if let Some(pair) = before.and_then(|before: usize| run.get(before..end)) {
            each(Term::Whole(pair));
        }
        before = Some(at);
    }
}

/// A word without the endings of English, so that `charging` and `charge` are one; no word for a single letter.
fn word(word: &str) -> Option<&str> {
    if !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Some(word);
    }
    let mut stem = word;
    let cut = |stem: &'_ str, letters: usize| stem.len() - letters;
    if stem.len() > 4 && stem.ends_with("ies") {
        stem = stem.get(..cut(stem, 3))?;
    } else if stem.len() > 3 && stem.ends_with('s') && !["ss", "us", "is"].iter().any(|end| stem.ends_with(end)) {
        stem = stem.get(..cut(stem, 1))?;
    }
    if stem.len() > 5 && stem.ends_with("ing") {
        stem = stem.get(..cut(stem, 3))?;
    } else if stem.len() > 4 && stem.ends_with("ed") {
        stem = stem.get(..cut(stem, 2))?;
    }
    if stem.len() > 4 && stem.ends_with(['e', 'y']) {
        stem = stem.get(..cut(stem, 1))?;
    }
    (stem.len() > 1).then_some(stem)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn the_terms_of_the_samples_are_those_that_the_script_makes() {
        let samples = include_str!("../../../tests/judges/samples/search-terms.json");
        let samples: Vec<(String, Vec<String>)> = serde_json::from_str(samples).unwrap();
        assert!(samples.len() > 10);
        for (text, expected) in samples {
            let folded = fold(&text);
            let mut found = Vec::new();
            terms(&folded, |term| match term {
                Term::Whole(term) => found.push(term.to_owned()),
                Term::Single(single) => found.push(format!("={single}")),
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}
