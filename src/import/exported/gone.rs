//! What is gone from an exported workbook as a whole: sheets, columns, and the rows of a board. It takes nothing away with
//! it, since whoever deletes a column to have room rarely means all that stood in it; each is said.

use serde_yaml::{Mapping, Value};

use super::super::board::{Board, OTHER_DAYS};
use super::super::details::{BOARD, DETAILS, PROGRAMME, heading_of};
use super::super::findings::Findings;
use super::super::programme::days;
use super::pieces::Piece;
use super::sheets::{Rows, Sheets};
use crate::calendar::WeekdaySet;
use crate::diagnostics::{Code, Problem};

/// That a part of a workbook is gone; `kind` is a word of the catalogue.
pub(super) fn gone(kind: &'static str, name: &str) -> Problem {
    Problem::new(Code::PartGone).with_word("kind", kind).with("name", name)
}

/// Says which further sheets and which of their columns are gone.
pub(super) fn say(
    sheets: &Sheets<'_>,
    rows: Option<&Rows<'_>>,
    written: &Mapping,
    first: &str,
    findings: &mut Findings,
) {
    let in_chinese = first.starts_with("zh");
    let name = |[chinese, english]: [&'static str; 2]| if in_chinese { chinese } else { english };
    // Whoever draws or saves a board alone had no further sheets.
    let is_alone = sheets.id.is_some() && sheets.boards.iter().all(|grid| !BOARD.contains(&grid.name.as_str()));
    if rows.is_none() && !is_alone {
        findings.on_file(gone("part-sheet", name(DETAILS)));
    }
    if sheets.programme.is_none() && !is_alone {
        findings.on_file(gone("part-sheet", name(PROGRAMME)));
    }
    let Some(rows) = rows else { return };
    let mut keys: Vec<&str> = Vec::new();
    let activities = written.get("activities").and_then(Value::as_sequence).into_iter().flatten();
    for key in activities.filter_map(Value::as_mapping).flat_map(Mapping::keys).filter_map(Value::as_str) {
        if !keys.contains(&key) && !rows.keys.iter().any(|known| known == key) {
            keys.push(key);
            findings.on_sheet(rows.grid, gone("part-column", &heading_of("Activity", key, in_chinese)));
        }
    }
}

/// The days of which a board has no column any more, and none in their stead.
pub(super) fn days_gone(old: &Board, new: &Board) -> WeekdaySet {
    let only_in = |one: &Board, other: &Board| {
        let days = one.days.iter().filter(|day| !other.days.contains(day));
        days.fold(WeekdaySet::NONE, |all, day| all.union(WeekdaySet::only(*day)))
    };
    if only_in(new, old).is_empty() { only_in(old, new) } else { WeekdaySet::NONE }
}

/// Says which columns and rows of the board are gone: those in which something stood that stays, and parts of the day.
pub(super) fn say_of_board(
    (old, new): (&Board, &Board),
    renamed: &[(String, String)],
    kept: &[Piece],
    findings: &mut Findings,
) {
    let themed = old.themes.iter().fold(WeekdaySet::NONE, |all, (days, _)| all.union(*days));
    let stood = kept.iter().fold(themed.common(days_gone(old, new)), |all, piece| all.union(piece.placed.days));
    for day in stood.iter().filter(|day| old.days.contains(day) && !new.days.contains(day)) {
        findings.on_sheet(&new.grid, gone("part-column", &days(WeekdaySet::only(day), new.in_english)));
    }
    let mut rows: Vec<String> = Vec::new();
    let is_gone = |name: &&String| !new.slots.contains_key(*name) && !renamed.iter().any(|(old, _)| old == *name);
    rows.extend(old.slots.keys().filter(is_gone).cloned());
    for piece in kept {
        let placed = &piece.placed;
        let is_there = |time| new.rows.iter().any(|(_, of)| *of == time);
        let others = if new.in_english { OTHER_DAYS[1] } else { OTHER_DAYS[0] };
        let name = match (&placed.slot, placed.row_time) {
            _ if placed.entry.when.is_some() => others.to_owned(),
            (None, Some(time)) if !is_there(Some(time)) => String::from(time),
            _ => continue,
        };
        if !rows.contains(&name) {
            rows.push(name);
        }
    }
    for row in rows {
        findings.on_sheet(&new.grid, gone("part-row", &row));
    }
}
