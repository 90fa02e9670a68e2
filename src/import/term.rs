//! From when to when an entitlement holds, as lists say it: `至2027年12月31日`, `自2026年3月1日起施行`, `长期有效`, `2026年全年`.

use super::dates::span_in;
use super::english_dates;
use crate::calendar::{Date, Day};

/// What holds until somebody says otherwise.
const OPEN: [&str; 14] = [
    "长期",
    "长期有效",
    "长期执行",
    "永久",
    "永久有效",
    "常年",
    "常年有效",
    "一直有效",
    "无期限",
    "不限",
    "ongoing",
    "permanent",
    "no end date",
    "open-ended",
];
const BEFORE_END: [&str; 16] = [
    "截止到",
    "截止至",
    "截至",
    "截止",
    "有效至",
    "执行至",
    "执行到",
    "延续至",
    "至",
    "到",
    "valid until ",
    "until ",
    "till ",
    "up to ",
    "through ",
    "to ",
];
const BEHIND_END: [&str; 2] = ["为止", "止"];
const BEFORE_START: [&str; 6] = ["自", "从", "由", "from ", "since ", "as of "];
const BEHIND_START: [&str; 14] = [
    "起正式施行",
    "起开始施行",
    "起施行",
    "起执行",
    "起实施",
    "起生效",
    "起有效",
    "开始施行",
    "开始执行",
    "起",
    "施行",
    "执行",
    "实施",
    " onwards",
];

/// The first and the last day on which something holds; nothing where it holds from ever or for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Term {
    pub(super) from: Option<Date>,
    pub(super) until: Option<Date>,
}

/// What a text says of it; nothing if any of it cannot be read.
pub(super) fn term(text: &str) -> Option<Term> {
    let lower = text.trim().to_lowercase();
    let plain = ["有效期限", "有效期", "政策", "本政策"].iter().fold(lower.as_str(), |text, word| {
        text.strip_prefix(word).unwrap_or(text).trim_start_matches(['：', ':', '为', ' '])
    });
    let plain = plain.trim_end_matches(['。', '.', '；']);
    if OPEN.contains(&plain) {
        return Some(Term::default());
    }
    let joined = plain.replace("起至", "至").replace("起到", "到").replace("起-", "-");
    if let Some(span) = span_in(&joined) {
        return Some(Term { from: Some(span.first()), until: Some(span.last()) });
    }
    if let Some(term) = year(plain) {
        return Some(term);
    }
    let end = without(plain, &BEFORE_END, &BEHIND_END);
    if let Some(until) = end.or(Some(plain)).and_then(day) {
        return Some(Term { from: None, until: Some(until) });
    }
    let from = without(plain, &BEFORE_START, &BEHIND_START).and_then(day)?;
    Some(Term { from: Some(from), until: None })
}

/// A text without the words before and behind a day, if it has any of them.
fn without<'t>(text: &'t str, before: &[&str], behind: &[&str]) -> Option<&'t str> {
    let start = before.iter().find_map(|word| text.strip_prefix(word));
    let rest = start.unwrap_or(text).trim();
    let end = behind.iter().find_map(|word| rest.strip_suffix(word));
    (start.is_some() || end.is_some()).then(|| end.unwrap_or(rest).trim())
}

fn day(text: &str) -> Option<Date> {
    Day::read(text).ok().map(|day| day.0).or_else(|| english_dates::day(text, None))
}

/// A whole year: `2026年度`.
fn year(text: &str) -> Option<Term> {
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let year: i16 = digits.parse().ok()?;
    let is_whole = matches!(text.get(4..)?.trim(), "" | "年" | "年度" | "年全年" | "全年" | "年内");
    let bounds = Date::new(year, 1, 1).ok().zip(Date::new(year, 12, 31).ok()).filter(|_| is_whole);
    bounds.map(|(first, last)| Term { from: Some(first), until: Some(last) })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_term_of_an_entitlement_is_read_as_lists_have_it() {
        let shown = |text: &str| {
            let term = term(text)?;
            let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
            Some(format!("{}..{}", day(term.from), day(term.until)))
        };
        for (text, read) in [
            ("至2027年12月31日", "..2027-12-31"),
            ("有效期至2027年12月31日止。", "..2027-12-31"),
            ("截至 2027-12-31", "..2027-12-31"),
            ("2027-12-31", "..2027-12-31"),
            ("until 31 December 2027", "..2027-12-31"),
            ("自2026年3月1日起施行", "2026-03-01.."),
            ("2026年3月1日起", "2026-03-01.."),
            ("from 1 March 2026", "2026-03-01.."),
            ("自2026年1月1日起至2027年12月31日止", "2026-01-01..2027-12-31"),
            ("2026年全年", "2026-01-01..2026-12-31"),
            ("2026年度", "2026-01-01..2026-12-31"),
            ("长期有效", ".."),
        ] {
            assert_eq!(shown(text).as_deref(), Some(read), "{text}");
        }
        for text in ["自发布之日起五年", "两年", "2027年", "2027年底", "自2026年3月1日起施行，有效期五年"]
        {
            assert_eq!(shown(text).is_none(), text != "2027年", "{text}");
        }
    }
}
