//! The dates on which a schedule does not hold: HSDS knows no `EXDATE`, so they are read from its `notes`.

use crate::calendar::DateSpan;

/// The dates that notes take out, each with why if that is said. Every item has to begin with a date, and what stands
/// before the first has to be a word for it: dates in other notes may mean anything.
pub(super) fn noted(notes: &str) -> Vec<(DateSpan, String)> {
    const WORDS: [&str; 10] = ["except", "closed", "closure", "除外", "休", "关", "停", "གཏོགས", "бусад", "سىرتىدا"];
    let Some(start) = notes.find(|c: char| c.is_ascii_digit()) else { return Vec::new() };
    let (before, listed) = notes.split_at(start);
    let before = before.to_lowercase();
    if !WORDS.iter().any(|word| before.contains(word)) && !before.starts_with('ᠬ') {
        return Vec::new();
    }
    let item = |item: &str| {
        let item = item.trim();
        let (days, why) = item.split_once(char::is_whitespace).unwrap_or((item, ""));
        Some((DateSpan::read(days).ok()?, why.trim().to_owned()))
    };
    let items: Option<Vec<_>> = listed.trim_end_matches([';', ' ', '.']).split(';').map(item).collect();
    items.unwrap_or_default()
}
