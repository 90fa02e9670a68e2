//! A board together with the further sheets of its workbook: the board says what takes place when, the sheets all else.
//!
//! An activity of the sheets that stands on the board as it was written keeps everything. One that stands elsewhere is
//! moved; one whose room or leader is another takes that; one that is no longer on the board is said and left out; what
//! only the board has is new.

use serde_yaml::{Mapping, Value};

use super::board::{Board, Placed};
use super::details::{Details, text_of};
use super::findings::Findings;
use super::known::{Known, called};
use super::programme::{Sources, activity, together, when, without_period};
use crate::calendar::{At, Date, Pattern, WeekdaySet, When};
use crate::diagnostics::{Code, Problem};

/// The activities of a board, each with what the sheets say of it.
pub(super) fn activities(board: &Board, sources: &Sources<'_>, findings: &mut Findings) -> Vec<Mapping> {
    let first = sources.known.first.as_str();
    let mut left: Vec<Placed> = board.placed.clone();
    let mut kept: Vec<Option<Mapping>> = Vec::new();
    for detail in &sources.details.activities {
        let claimed = claim(detail, &mut left, sources);
        kept.push(claimed.map(|placed| with_details(detail, &placed, sources.known)));
    }
    let mut rest = together(left);
    for (detail, kept) in sources.details.activities.iter().zip(&mut kept) {
        let title = detail.get("title").and_then(|title| text_of(title, first));
        let Some(place) = rest.iter().position(|placed| kept.is_none() && Some(&placed.entry.title) == title.as_ref())
        else {
            continue;
        };
        let placed = rest.remove(place);
        if let Some(when) = when(&placed, sources) {
            let mut moved = with_details(detail, &placed, sources.known);
            moved.insert("when".into(), when.into());
            *kept = Some(moved);
        }
    }
    for (detail, kept) in sources.details.activities.iter().zip(&mut kept) {
        if kept.is_none()
            && let Some(place) = rest.iter().position(|placed| is_at(detail, placed, sources))
        {
            *kept = Some(renamed(detail, &rest.remove(place), sources));
        }
    }
    for (detail, kept) in sources.details.activities.iter().zip(&kept) {
        if kept.is_none() {
            let title = detail.get("title").and_then(|title| text_of(title, first)).unwrap_or_default();
            findings.on_file(Problem::new(Code::TakenOffBoard).with("title", &title));
        }
    }
    let added: Vec<Mapping> = rest.iter().filter_map(|placed| activity(board, placed, sources, findings)).collect();
    kept.into_iter().flatten().chain(added).collect()
}

/// Takes from the board what stands there as the sheets have it, if all of it does.
fn claim(detail: &Mapping, left: &mut Vec<Placed>, sources: &Sources<'_>) -> Option<Placed> {
    let first = sources.known.first.as_str();
    let title = text_of(detail.get("title")?, first)?;
    let written = detail.get("when")?.as_str()?;
    let meant = When::read(written).ok()?;
    let mut days = WeekdaySet::NONE;
    let mut places = Vec::new();
    for (place, placed) in left.iter().enumerate() {
        if placed.entry.title != title {
            continue;
        }
        if placed.entry.when.as_deref().is_some_and(|when| when == written) {
            return Some(left.remove(place));
        }
        let Some(said) = when(placed, sources).and_then(|when| When::read(&when).ok()) else { continue };
        let common = placed.days.common(set(&meant.pattern));
        if same_time(&said, &meant, sources)
            && same_rule(&said.pattern, &meant.pattern)
            && common == placed.days
            && days.common(placed.days).is_empty()
        {
            days = days.union(placed.days);
            places.push(place);
        }
    }
    if days != set(&meant.pattern) || days.is_empty() {
        return None;
    }
    let mut claimed = None;
    for place in places.into_iter().rev() {
        claimed = Some(left.remove(place));
    }
    claimed
}

/// Whether something else stands on the board where an activity did.
fn is_at(detail: &Mapping, placed: &Placed, sources: &Sources<'_>) -> bool {
    let meant = detail.get("when").and_then(Value::as_str).and_then(|when| When::read(when).ok());
    let said = when(placed, sources).and_then(|when| When::read(&when).ok());
    meant.zip(said).is_some_and(|(meant, said)| said.pattern == meant.pattern && same_time(&said, &meant, sources))
}

/// What the sheets say of an activity that is called something else on the board: by the new name, which is the one that
/// the site's programme does not have.
fn renamed(detail: &Mapping, placed: &Placed, sources: &Sources<'_>) -> Mapping {
    let first = sources.known.first.as_str();
    let title = placed.entry.title.as_str();
    let stood = detail.get("title").and_then(|title| text_of(title, first)).unwrap_or_default();
    let is_known = |title: &str| sources.before.is_some_and(|before| before.titles().any(|known| known == title));
    let mut record = with_details(detail, placed, sources.known);
    if is_known(&stood) || !is_known(title) {
        put(&mut record, "title", Some(title), first);
    }
    record
}

fn same_time(said: &When, meant: &When, sources: &Sources<'_>) -> bool {
    let time = |when: &When| match &when.at {
        At::Time(time) => Some(*time),
        At::Slot(slot) => sources.slots.get(slot).copied(),
    };
    said.at == meant.at || time(said).is_some() && time(said) == time(meant)
}

fn same_rule(said: &Pattern, meant: &Pattern) -> bool {
    match (said, meant) {
        (Pattern::Weekly(_), Pattern::Weekly(_))
        | (Pattern::OddWeeks(_), Pattern::OddWeeks(_))
        | (Pattern::EvenWeeks(_), Pattern::EvenWeeks(_)) => true,
        (said, meant) => said == meant,
    }
}

fn set(pattern: &Pattern) -> WeekdaySet {
    pattern.weekdays(Date::constant(2026, 1, 1))
}

/// What the sheets say of an activity, with the room and the leader of the board.
fn with_details(detail: &Mapping, placed: &Placed, known: &Known) -> Mapping {
    let first = known.first.as_str();
    let mut record = detail.clone();
    let said = |key: &str| placed.entry.details.get(key).map(String::as_str);
    let stood = detail.get("room").and_then(|room| text_of(room, first));
    if said("room") != stood.as_deref() {
        put(&mut record, "room", said("room"), first);
    }
    let team = detail.get("led_by").and_then(Value::as_str);
    let of_team = team.and_then(|team| known.teams.iter().find(|(id, _)| id == team));
    let stood = detail.get("leader").and_then(|leader| text_of(leader, first));
    let is_same = match (of_team, said("leader")) {
        (Some((id, names)), Some(leader)) => id == leader || names.iter().any(|name| name == leader),
        (None, leader) => team.is_some() && leader == team || leader == stood.as_deref(),
        (Some(_), None) => false,
    };
    if !is_same {
        let led_by = said("leader").and_then(|leader| called(&known.teams, leader));
        record.shift_remove("led_by");
        record.shift_remove("leader");
        match led_by {
            Some(team) => _ = record.insert("led_by".into(), team.into()),
            None => put(&mut record, "leader", said("leader"), first),
        }
    }
    record
}

/// Sets a text in the first language, or takes it away.
fn put(record: &mut Mapping, key: &str, text: Option<&str>, first: &str) {
    match (text, record.get_mut(key)) {
        (None, _) => _ = record.shift_remove(key),
        (Some(text), Some(Value::Mapping(texts))) if texts.contains_key(first) => {
            texts.insert(first.into(), text.into());
        }
        (Some(text), _) => _ = record.insert(key.into(), text.into()),
    }
}

/// A programme with what the sheets say of it, but where the board says something else.
pub(super) fn programme(board: Mapping, details: &Details, first: &str) -> Mapping {
    let mut record = Mapping::new();
    for (key, stood) in &details.programme {
        let said = board.get(key);
        let value = match (key.as_str(), said) {
            (Some("title"), Some(said)) if text_of(stood, first).as_deref().map(without_period) != said.as_str() => {
                let mut holder = Mapping::from_iter([(key.clone(), stood.clone())]);
                put(&mut holder, "title", said.as_str(), first);
                holder.get("title").cloned().unwrap_or_default()
            }
            (Some("notes"), said) => notes(stood, said, first),
            (Some("day_themes"), Some(said)) if by_day(stood, first) == by_day(said, first) => stood.clone(),
            (Some("day_themes"), said) => said.cloned().unwrap_or_default(),
            (Some("centre" | "valid" | "slots"), Some(said)) => same_or(stood, said),
            _ => stood.clone(),
        };
        if !value.is_null() {
            record.insert(key.clone(), value);
        }
    }
    for (key, said) in board {
        if !record.contains_key(&key) {
            record.insert(key, said);
        }
    }
    record
}

/// What stood there if it means the same: slots may be written in another form.
fn same_or(stood: &Value, said: &Value) -> Value {
    let times = |value: &Value| -> Option<Vec<(String, String)>> {
        let entries = value.as_mapping()?.iter();
        let read = |text: &str| crate::calendar::TimeRange::read(text).map(String::from).ok();
        let mut times: Vec<(String, String)> = entries
            .map(|(name, time)| Some((name.as_str()?.to_owned(), read(time.as_str()?)?)))
            .collect::<Option<_>>()?;
        times.sort();
        Some(times)
    };
    // A slot that no row shows any more may still be meant by what recurs on other days.
    let holds = |stood: &[(String, String)], said: &[(String, String)]| said.iter().all(|slot| stood.contains(slot));
    match (times(stood), times(said)) {
        (Some(stood_times), Some(said_times)) if holds(&stood_times, &said_times) => stood.clone(),
        _ => said.clone(),
    }
}

/// The remarks of the board, each with its translations where it has some.
fn notes(stood: &Value, said: Option<&Value>, first: &str) -> Value {
    let stood = stood.as_sequence().map(Vec::as_slice).unwrap_or_default();
    let said = said.and_then(Value::as_sequence).map(Vec::as_slice).unwrap_or_default();
    let known = |note: &Value| stood.iter().find(|known| text_of(known, first).as_deref() == note.as_str()).cloned();
    let notes: Vec<Value> = said.iter().map(|note| known(note).unwrap_or_else(|| note.clone())).collect();
    if notes.is_empty() { Value::Null } else { Value::Sequence(notes) }
}

/// The theme of each weekday.
fn by_day(themes: &Value, first: &str) -> Vec<(i8, String)> {
    let mut found = Vec::new();
    for theme in themes.as_sequence().into_iter().flatten() {
        let days = theme.get("days").and_then(Value::as_str).and_then(|days| WeekdaySet::read(days).ok());
        let text = theme.get("theme").and_then(|theme| text_of(theme, first)).unwrap_or_default();
        found.extend(days.into_iter().flat_map(WeekdaySet::iter).map(|day| (day.to_monday_one_offset(), text.clone())));
    }
    found.sort();
    found
}
