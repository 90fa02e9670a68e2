//! Periods as they stand in titles and notes: `2026年9月1日至2027年1月15日`, `2026.9.1-12.31`.

use crate::calendar::{Date, DateSpan, Day};

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
    let marks = ["..", "to", "至", "到", "~", "～", "—", "–", "－", "-"];
    let splits = marks.iter().flat_map(|mark| text.match_indices(*mark).map(|(at, mark)| (at, at + mark.len())));
    splits.into_iter().find_map(|(end, start)| {
        let trim = |part: &'_ str| part.trim_matches(['—', '–', '-', '（', '）']).to_owned();
        let (first, last) = (trim(text.get(..end)?), trim(text.get(start..)?));
        let first = Day::read(&first).ok()?.0;
        let last = Day::read(&last).or_else(|_| Day::read(&format!("{}年{last}", first.year()))).ok()?.0;
        DateSpan::new(first, last).filter(|span| span.first() != span.last())
    })
}

/// The months that a title names with their year, from the first day to the last: `2026年9月—12月`, `2026年12月活动安排`.
pub(super) fn months_in(title: &str) -> Option<DateSpan> {
    let plain: String = title.chars().filter(|c| !c.is_whitespace()).take(400).collect();
    let (before, after) = plain.split_once('年')?;
    let year = last_number(before)?;
    let (first, mut rest) = month(after)?;
    let (mut last_year, mut last) = (year, first);
    if let Some(more) =
        ["——", "至", "到", "~", "～", "—", "–", "－", "-"].iter().find_map(|mark| rest.strip_prefix(mark))
    {
        let own = more.split_once('年').filter(|(digits, _)| digits.len() == 4);
        let (of, more) = own.map_or((year, more), |(digits, more)| (digits.parse().unwrap_or(year), more));
        let (until, more) = month(more)?;
        (last_year, last, rest) = (of, until, more);
    } else if rest.starts_with(['第', '上', '中', '下', '初', '末', '底']) {
        // A week of it, or a part.
        return None;
    }
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    DateSpan::new(Date::new(year, first, 1).ok()?, Date::new(last_year, last, 1).ok()?.last_of_month())
}

/// A month before its word, and what follows.
fn month(text: &str) -> Option<(i8, &str)> {
    let (number, rest) = text.split_once('月')?;
    let month = number.parse::<i8>().ok().filter(|month| (1..=12).contains(month))?;
    Some((month, rest.strip_prefix('份').unwrap_or(rest)))
}

/// The number that a text ends with.
pub(super) fn last_number(text: &str) -> Option<i16> {
    let digits: Vec<char> = text.chars().rev().take_while(char::is_ascii_digit).collect();
    digits.iter().rev().collect::<String>().parse().ok()
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
            ("Timetable (2026-09-01 to 2027-01-15)", "2026-09-01..2027-01-15"),
        ] {
            assert_eq!(span_in(text).map(String::from).as_deref(), Some(span), "{text}");
        }
        assert_eq!(span_in("2026年11月 第48周 电话0931-0000001"), None);
    }

    #[test]
    fn months_of_a_title_are_whole_ones() {
        let shown = |text: &str| months_in(text).map(String::from);
        for (text, span) in [
            ("2026年12月活动安排", "2026-12-01..2026-12-31"),
            ("课程安排（2026年9月—12月）", "2026-09-01..2026-12-31"),
            ("2026年9月至2027年1月", "2026-09-01..2027-01-31"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(span), "{text}");
        }
        for text in ["2026年11月 第48周", "2026年", "12月活动", "2026年12月3日活动"] {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
