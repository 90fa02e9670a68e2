//! What a schedule says in words: the dates on which it does not hold, since HSDS knows no `EXDATE`, and what is beside
//! its rule.

use serde_json::Value;

use super::field;
use crate::calendar::DateSpan;

/// What a schedule says beside its rule and such dates. Rows of our own say their rule once more in words, and link to
/// the page that they come from.
pub(super) fn besides(value: &Value, has_dates: bool) -> Option<String> {
    let notes = field(value, "notes").filter(|_| !has_dates).map(str::to_owned);
    let foreign = |key| field(value, key).filter(|_| !is_our_own(value));
    let named = |key, text| format!("{key}: {text}");
    let attending = foreign("attending_type").filter(|said| !is_appointment(said) && !is_in_person(said));
    let said = [
        notes,
        foreign("description").map(str::to_owned),
        attending.map(|said| named("attending_type", said)),
        foreign("schedule_link").map(|said| named("schedule_link", said)),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// Whether a row is one that this program wrote: its identifier is a UUID of version 8, made from what the row says.
fn is_our_own(value: &Value) -> bool {
    field(value, "id").is_some_and(|id| id.len() == 36 && id.as_bytes().get(14) == Some(&b'8'))
}

/// Whether one has to come by appointment, in any language in which our own data says so.
pub(super) fn is_appointment(attending: &str) -> bool {
    const WORDS: [&str; 7] = ["appointment", "预约", "預約", "захиалж", "སྔོན་མངགས", "ᠪᠣᠯᠵᠣᠬᠤ", "ئالدىن كېلىشىپ"];
    let attending = attending.to_lowercase();
    WORDS.iter().any(|word| attending.contains(word))
}

/// Whether one comes oneself, as usual.
fn is_in_person(attending: &str) -> bool {
    const WORDS: [&str; 8] = ["inperson", "physical", "onsite", "facetoface", "现场", "到场", "線下", "线下"];
    let attending = attending.to_lowercase().replace([' ', '-', '_'], "");
    WORDS.contains(&attending.as_str())
}

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
