//! What the board of an exported programme says of the programme itself: title, period, parts of the day, themes, notes.

use indexmap::IndexMap;
use serde_yaml::{Mapping, Value};

use super::super::board::Board;
use super::super::details::text_of;
use super::super::findings::Findings;
use super::super::programme::{add_slot, themes};
use super::edits::{Cell, Edit, laid, not_taken};
use super::gone::days_gone;
use crate::calendar::{DateSpan, TimeRange, Weekday, WeekdaySet};
use crate::diagnostics::{Code, Problem};

/// The head of a board.
pub(super) struct Head<'a> {
    pub(super) board: &'a Board,
    pub(super) title: Option<String>,
    pub(super) valid: Option<DateSpan>,
    /// Its parts of the day, as far as their times are known.
    pub(super) slots: &'a IndexMap<String, TimeRange>,
}

/// Parts of the day that are called something else, each with its new name.
pub(super) fn renamed(old: &Board, new: &Board) -> Vec<(String, String)> {
    let missing = |of: &Board, there: &Board| -> Vec<(String, Option<TimeRange>)> {
        let missing = of.slots.iter().filter(|(name, _)| !there.slots.contains_key(*name));
        missing.map(|(name, (time, _))| (name.clone(), *time)).collect()
    };
    let (gone, come) = (missing(old, new), missing(new, old));
    // With another time too it is the same if anything stands in both.
    let titles = |board: &Board, name: &String| -> Vec<String> {
        let placed = board.placed.iter().filter(|placed| placed.slot.as_ref() == Some(name));
        placed.map(|placed| placed.entry.title.clone()).collect()
    };
    let has_same = |one: &String, other: &String| {
        let there = titles(new, other);
        titles(old, one).iter().any(|title| there.contains(title))
    };
    let mut pairs = gone.iter().zip(&come);
    let is_it =
        |one: &(String, _), other: &(String, _)| one.1 == other.1 || gone.len() == 1 && has_same(&one.0, &other.0);
    let is_same = gone.len() == come.len() && pairs.all(|(one, other)| is_it(one, other));
    if !is_same {
        return Vec::new();
    }
    gone.into_iter().zip(come).map(|((old, _), (new, _))| (old, new)).collect()
}

/// Gives the rows of a board that name no part of the day to the one that no row names any more, if there is one: somebody
/// emptied its cell, and a programme cannot be without it.
pub(super) fn name_again(old: &Board, new: &mut Board, findings: &mut Findings) {
    let mut gone = old.slots.iter().filter(|(name, _)| !new.slots.contains_key(*name));
    let (Some((name, (time, _))), None, Some(row)) = (gone.next(), gone.next(), new.unnamed.first().copied()) else {
        return;
    };
    if new.slots.keys().any(|name| !old.slots.contains_key(name)) {
        return;
    }
    let rows = std::mem::take(&mut new.unnamed);
    for placed in new.placed.iter_mut().chain(&mut new.unread).filter(|placed| rows.contains(&placed.at.0)) {
        placed.slot = Some(name.clone());
    }
    new.slots.insert(name.clone(), (*time, (row, 0)));
    not_taken(Cell { grid: &new.grid, at: (row, 0) }, name, "taken-required", findings);
}

/// What a board says differently from the one that would be drawn today.
pub(super) fn edits<'a>(
    stood: &Mapping,
    (old, new): (&Head<'a>, &Head<'a>),
    first: &str,
    findings: &mut Findings,
) -> Vec<Edit<'a>> {
    let grid = &new.board.grid;
    let cell = |at| Cell { grid, at };
    let mut edits = Vec::new();
    let mut say = |key: &str, value: Option<Value>, at| edits.push(Edit { key: key.to_owned(), value, cell: cell(at) });
    match (&old.title, &new.title) {
        (old, Some(title)) if old.as_ref() != Some(title) => {
            say("title", Some(laid(stood.get("title"), title, first)), place(new.board, title, 0));
        }
        (Some(title), None) => not_taken(cell((0, 0)), title, "taken-required", findings),
        _ => {}
    }
    match (old.valid, new.valid) {
        (old, Some(valid)) if old != Some(valid) => say("valid", Some(String::from(valid).into()), (1, 0)),
        (Some(valid), None) => not_taken(cell((1, 0)), &String::from(valid), "taken-required", findings),
        _ => {}
    }
    if let Some((slots, at)) = slots(stood, (old, new), findings) {
        say("slots", slots, at);
    }
    if let Some(themes) = day_themes(stood, old.board, new.board, first) {
        say("day_themes", themes, (2, 0));
    }
    if let Some(notes) = notes(stood, &old.board.notes, &new.board.notes, first) {
        let is_new = |(note, _): &(&String, &(u32, u32))| !old.board.notes.contains(note);
        let come: Vec<(&String, &(u32, u32))> =
            new.board.notes.iter().zip(&new.board.notes_at).filter(is_new).collect();
        say("notes", notes, come.first().map_or((0, 0), |(_, at)| **at));
        let more = new.board.notes.len().saturating_sub(old.board.notes.len());
        for (note, at) in come.iter().rev().take(more).rev() {
            findings.at(grid, **at, Problem::new(Code::NoteTaken).with("text", note));
        }
    }
    edits
}

/// Takes the sentences that name persons from remarks that have come.
pub(super) fn leave_names_out(then: &Board, now: &mut Board, findings: &mut Findings) {
    let notes = std::mem::take(&mut now.notes).into_iter().zip(std::mem::take(&mut now.notes_at));
    for (note, at) in notes {
        let left = if then.notes.contains(&note) { Some(note) } else { findings.without_names(&now.grid, at, &note) };
        if let Some(note) = left {
            now.notes.push(note);
            now.notes_at.push(at);
        }
    }
}

/// Where a text stands on a board.
fn place(board: &Board, text: &str, column: u32) -> (u32, u32) {
    let row = board.grid.rows().into_iter().find(|row| board.grid.get(*row, column).starts_with(text));
    (row.unwrap_or(0), column)
}

/// The parts of the day, if they differ: of the board's rows, and those that are gone.
fn slots(
    stood: &Mapping,
    (old, new): (&Head<'_>, &Head<'_>),
    findings: &mut Findings,
) -> Option<(Option<Value>, (u32, u32))> {
    let names = renamed(old.board, new.board);
    let mut at = (3, 0);
    let mut slots = Mapping::new();
    for (key, written) in stood.get("slots").and_then(Value::as_mapping).into_iter().flatten() {
        let name = key.as_str()?;
        let called = names.iter().find(|(old, _)| old == name).map_or(name, |(_, new)| new);
        let Some((time, place)) = new.board.slots.get(called) else {
            slots.insert(key.clone(), written.clone());
            continue;
        };
        if time.is_none() && old.board.slots.get(name).is_some_and(|(time, _)| time.is_some()) {
            not_taken(Cell { grid: &new.board.grid, at: *place }, called, "taken-required", findings);
        }
        let is_other = |time: &&TimeRange| old.slots.get(name) != Some(*time);
        let time = new.slots.get(called).filter(is_other);
        if time.is_some() || called != name {
            at = *place;
        }
        slots.insert(called.into(), time.map_or_else(|| written.clone(), |time| String::from(*time).into()));
    }
    for (name, (_, place)) in &new.board.slots {
        if let Some(time) = new.slots.get(name).filter(|_| !slots.contains_key(name.as_str())) {
            add_slot(&mut slots, name, &String::from(*time).into());
            at = *place;
        }
    }
    let value = (!slots.is_empty()).then_some(Value::Mapping(slots));
    let is_same =
        value.as_ref().map_or_else(|| !stood.contains_key("slots"), |value| stood.get("slots") == Some(value));
    (!is_same).then_some((value, at))
}

/// The themes of weekdays, if they differ: an entry whose days say the same stays as it is written.
fn day_themes(stood: &Mapping, old: &Board, new: &Board, first: &str) -> Option<Option<Value>> {
    let gone = days_gone(old, new);
    let theme = |board: &Board, day: Weekday| {
        // A column that is gone takes no theme away.
        let board = if gone.contains(day) { old } else { board };
        board.themes.iter().find(|(days, _)| days.contains(day)).map(|(_, theme)| theme.clone())
    };
    if WeekdaySet::ALL.iter().all(|day| theme(old, day) == theme(new, day)) {
        return None;
    }
    let stays = old.themes.iter().map(|(days, theme)| (days.common(gone), theme.clone()));
    let stays = stays.filter(|(days, _)| !days.is_empty());
    let said = themes(new.themes.iter().cloned().chain(stays), new.in_english);
    let written = stood.get("day_themes").and_then(Value::as_sequence).map(Vec::as_slice).unwrap_or_default();
    let days = |entry: &Value| entry.get("days").and_then(Value::as_str).and_then(|days| WeekdaySet::read(days).ok());
    let text = |entry: &Value| entry.get("theme").and_then(|theme| text_of(theme, first));
    let one = |said: &Value| {
        let of_text = written.iter().find(|entry| text(entry) == text(said));
        let entry = of_text.or_else(|| written.iter().find(|entry| days(entry) == days(said)));
        let Some(Value::Mapping(entry)) = entry else { return said.clone() };
        let mut entry = entry.clone();
        if days(&Value::Mapping(entry.clone())) != days(said) {
            entry.insert("days".into(), said.get("days").cloned().unwrap_or_default());
        }
        if of_text.is_none() {
            let theme = laid(entry.get("theme"), &text(said).unwrap_or_default(), first);
            entry.insert("theme".into(), theme);
        }
        Value::Mapping(entry)
    };
    let themes: Vec<Value> = said.as_sequence().into_iter().flatten().map(one).collect();
    Some((!themes.is_empty()).then_some(Value::Sequence(themes)))
}

/// The remarks, if they differ: one that stays has its translations, and so has one that was changed in its place.
fn notes(stood: &Mapping, old: &[String], new: &[String], first: &str) -> Option<Option<Value>> {
    if old == new {
        return None;
    }
    let written = stood.get("notes").and_then(Value::as_sequence).map(Vec::as_slice).unwrap_or_default();
    let one = |(place, note): (usize, &String)| match old.iter().position(|known| known == note) {
        Some(known) => written.get(known).cloned().unwrap_or_else(|| note.as_str().into()),
        None if old.len() == new.len() => laid(written.get(place), note, first),
        None => note.as_str().into(),
    };
    let notes: Vec<Value> = new.iter().enumerate().map(one).collect();
    Some((!notes.is_empty()).then_some(Value::Sequence(notes)))
}
