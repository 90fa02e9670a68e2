//! Periods as they stand in titles and notes: `2026年9月1日至2027年1月15日`, `2026.9.1-12.31`.

use crate::calendar::{DateSpan, Day};

/// Longest period that is looked for, in characters.
const LONGEST: usize = 36;

/// The first period of two dates in a text.
pub(super) fn span_in(text: &str) -> Option<DateSpan> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).take(400).collect();
    plain.char_indices().find_map(|(start, first)| {
        let before = plain.get(..start).and_then(|before| before.chars().next_back());
        if !first.is_ascii_digit() || before.is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
        let rest = plain.get(start..)?;
        let ends: Vec<usize> = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST).collect();
        ends.into_iter().rev().find_map(|end| span(rest.get(..end)?))
    })
}

/// A period, of which the second date may leave out the year.
fn span(text: &str) -> Option<DateSpan> {
    let marks = ["..", "至", "到", "~", "～", "—", "–", "－", "-"];
    let splits = marks.iter().flat_map(|mark| text.match_indices(*mark).map(|(at, mark)| (at, at + mark.len())));
    splits.into_iter().find_map(|(end, start)| {
        let trim = |part: &'_ str| part.trim_matches(['—', '–', '-', '（', '）']).to_owned();
        let (first, last) = (trim(text.get(..end)?), trim(text.get(start..)?));
        let first = Day::read(&first).ok()?.0;
        let last = Day::read(&last).or_else(|_| Day::read(&format!("{}年{last}", first.year()))).ok()?.0;
        DateSpan::new(first, last).filter(|span| span.first() != span.last())
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_found_as_people_write_them() {
        for (text, span) in [
            ("服务计划（2026年9月1日至2027年1月15日）", "2026-09-01..2027-01-15"),
            ("2026年9月1日—12月31日", "2026-09-01..2026-12-31"),
            ("有效期：2026.9.1-2026.12.31", "2026-09-01..2026-12-31"),
            ("2026-09-01..2027-01-15", "2026-09-01..2027-01-15"),
            ("2026-09-01至2027-01-15", "2026-09-01..2027-01-15"),
            ("2026/9/1 - 2027/1/15", "2026-09-01..2027-01-15"),
        ] {
            assert_eq!(span_in(text).map(String::from).as_deref(), Some(span), "{text}");
        }
        assert_eq!(span_in("2026年11月 第48周 电话0931-0000001"), None);
    }
}
