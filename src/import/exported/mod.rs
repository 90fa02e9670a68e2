//! A workbook that `export` wrote and somebody changed.
//!
//! Its sheets are read (`sheets`) and compared with what an export of the same programme would say today, so that what
//! nobody changed says nothing. The board is taken apart into what stands on each day (`pieces`), rows are put to the
//! activities that they are of (`rows`); each difference is an edit with its cell, and those of the board and of the
//! further sheets are put together (`edits`): what one of them changes counts, and where they contradict each other that
//! is said. Where the site has no such programme, the further sheets are what stood.

mod activities;
mod alone;
mod edits;
mod gone;
mod head;
mod other_day;
mod pieces;
mod rows;
mod sheets;

use std::collections::HashSet;
use std::sync::Arc;

use serde_yaml::{Mapping, Value};

use self::activities::{Compared, Shown};
use self::alone::boards_alone;
use self::edits::{Edit, both};
use self::head::Head;
use self::pieces::{Matched, Piece, matched};
use self::sheets::{Rows, Sheets};
use super::board::{self, Board};
use super::details::{BOARD, text_of};
use super::draft::Draft;
use super::findings::Findings;
use super::grid::Grid;
use super::known::{Known, KnownProgramme};
use super::programme::{Sources, before, heading, shown, slots, when};
use super::{Context, Wishes, proposed_id};
use crate::calendar::{At, Date, TimeRange, When};
use crate::content::Programme;
use crate::diagnostics::{Code, Problem};
use crate::export;

/// The programmes of a workbook, if it was exported.
pub(super) fn drafts(grids: &[Grid], context: &Context<'_>, findings: &mut Findings) -> Option<Vec<Draft>> {
    let Some(sheets) = Sheets::of(grids) else {
        let boards = boards_alone(grids, context.known, context.wishes);
        let drafts = boards.iter().filter_map(|sheets| draft(sheets, context, findings));
        return (!boards.is_empty()).then(|| drafts.collect());
    };
    if !sheets.doubled.is_empty() {
        sheets::say_doubled(&sheets, findings);
        return Some(Vec::new());
    }
    Some(draft(&sheets, context, findings).into_iter().collect())
}

fn draft(sheets: &Sheets<'_>, context: &Context<'_>, findings: &mut Findings) -> Option<Draft> {
    let Context { stem, known, wishes } = *context;
    let first = known.first.as_str();
    let said = sheets.programme.map(|grid| sheets::programme(grid, known, findings));
    let (id, mut said) = said.map_or((None, None), |(id, said)| (id, Some(said)));
    let rows = sheets.activities.and_then(|grid| Rows::of(grid, known, findings));
    let centre = said.as_ref().and_then(|said| said.values.get("centre")).and_then(Value::as_str);
    let id = id.or_else(|| sheets.id.clone());
    let stood = stood(sheets, id.as_deref().or(wishes.id.as_deref()), centre, known);
    if let (Some(said), Some(stood)) = (&said, stood)
        && said.say_if_older(&stood.written, findings)
    {
        return None;
    }
    let id = wishes.id.clone().or(id).or_else(|| stood.map(|stood| stood.id.clone()));
    let id = id.or_else(|| centre.map(str::to_owned)).unwrap_or_else(|| proposed_id::of(stem));

    // What the programme says, by the site or else by the further sheets.
    let written: Mapping = match stood {
        Some(stood) => stood.written.clone(),
        None => {
            let mut record = said.as_ref().map(|said| said.values.clone()).unwrap_or_default();
            let rows = rows.iter().flat_map(|rows| &rows.rows).map(|row| Value::Mapping(row.values.clone()));
            record.insert("activities".into(), Value::Sequence(rows.collect()));
            record
        }
    };
    if let (Some(said), Some(_)) = (&mut said, stood) {
        said.miss(&written);
    }
    let programme = match stood {
        Some(stood) => Some(Arc::clone(&stood.record)),
        None => serde_yaml::from_value(Value::Mapping(written.clone())).ok().map(Arc::new),
    };
    if stood.is_some() {
        gone::say(sheets, rows.as_ref(), &written, first, findings);
    }
    let activities = |record: &Mapping| -> Vec<Mapping> {
        let activities = record.get("activities").and_then(Value::as_sequence).into_iter().flatten();
        activities.map(|activity| activity.as_mapping().cloned().unwrap_or_default()).collect()
    };
    let stood_activities = activities(&written);
    let paired = match &rows {
        Some(rows) => rows::paired(&stood_activities, &rows.rows, &rows.keys),
        None => (stood_activities.iter().map(|_| None).collect(), Vec::new()),
    };

    let titles = titles(&written, rows.as_ref(), said.as_ref().map(|said| &said.values), first);
    let mut now = read_board(sheets, &titles, context, findings);
    let mut then = programme.as_ref().and_then(|programme| drawn(programme, None, &titles, context));
    if now.is_none() || then.is_none() {
        (now, then) = (None, None);
    }
    if let (Some(now), Some(then)) = (&mut now, &then) {
        other_day::settle(then, now, findings);
        head::leave_names_out(then, now, findings);
    }
    let mut compared = Compared {
        known,
        stood: stood_activities,
        boards: None,
        then: Vec::new(),
        slots: Vec::new(),
        rows: rows.as_ref(),
        paired,
    };
    let mut by_board = Vec::new();
    let mut comments = Vec::new();
    let record;
    let by_sheet =
        |findings: &mut Findings| said.as_ref().map(|said| said.edits(&written, first, findings)).unwrap_or_default();
    if let (Some(now), Some(then), Some(programme)) = (&mut now, &mut then, &programme) {
        let (title_now, valid_now) = heading(now, findings);
        let (title_then, valid_then) = heading(then, &mut Findings::of(""));
        head::name_again(then, now, findings);
        comments.append(&mut now.comments);
        let (now, then) = (&*now, &*then);
        let times: Vec<(String, TimeRange)> =
            programme.slots.iter().map(|(name, time)| (name.clone(), *time)).collect();
        let slots_now = slots(now, wishes, &times, findings);
        let slots_then = slots(then, &Wishes::default(), &times, &mut Findings::of(""));
        compared.slots = head::renamed(then, now);
        // A part of the day whose row is gone stays what it is.
        let is_gone = |name: &str| !now.slots.contains_key(name) && !compared.slots.iter().any(|(old, _)| old == name);
        let mut slots_now = slots_now;
        for (name, time) in slots_then.iter().filter(|(name, _)| is_gone(name)) {
            slots_now.insert(name.clone(), *time);
        }
        let sources = |board: &Board, slots| Sources { known, slots, in_english: board.in_english };
        let (sources_then, sources_now) = (sources(then, slots_then.clone()), sources(now, slots_now.clone()));
        compared.then = pieces_of(programme, &titles, context, &slots_then);
        compared.boards =
            Some((Shown { board: then, sources: sources_then }, Shown { board: now, sources: sources_now }));
        let matched = match_board(&compared, now, &slots_now, first);
        let is_of = |(piece, title): &&(Piece, String)| piece.title().is_empty() || piece.title() == title;
        let stopped = matched.stopped.iter().filter(is_of).map(|(piece, _)| piece);
        let said: Vec<(u32, u32)> = stopped.chain(&matched.unread).map(|piece| piece.placed.at).collect();
        now.say_stopped(&said, findings);
        gone::say_of_board((then, now), &compared.slots, &matched.kept, findings);
        let activities = compared.activities(matched, findings);
        let heads = (
            &Head { board: then, title: title_then, valid: valid_then, slots: &slots_then },
            &Head { board: now, title: title_now, valid: valid_now, slots: &slots_now },
        );
        by_board.extend(head::edits(&written, heads, first, findings));
        record = put_together(&written, (&by_board, &by_sheet(findings)), activities, known, findings);
    } else {
        let nothing = Matched { of: compared.stood.iter().map(|_| Vec::new()).collect(), ..Matched::default() };
        let activities = compared.activities(nothing, findings);
        record = put_together(&written, (&[], &by_sheet(findings)), activities, known, findings);
    }
    let record = wished(record, wishes, findings);
    let shown = shown(&record, first);
    comments.extend(findings.take_kept());
    Some(Draft { folder: "programmes", id, record, comments, shown, is_whole: true, ..Draft::default() })
}

/// The programme that was exported, as the site has it.
fn stood<'k>(
    sheets: &Sheets<'_>,
    id: Option<&str>,
    centre: Option<&str>,
    known: &'k Known,
) -> Option<&'k KnownProgramme> {
    let title = || sheets.boards.first().map(|grid| grid.get(0, 0).to_owned());
    let only = match known.centres.as_slice() {
        [(id, _)] => Some(id.as_str()),
        _ => None,
    };
    let called = || {
        let title = title()?;
        known.programmes.iter().find(|programme| programme.names.contains(&title))
    };
    let found = before(id, centre.or(only), known).or_else(|| called().filter(|_| id.is_none()));
    found.filter(|programme| !programme.written.is_empty())
}

/// Titles and notes that are known, by the programme and by the sheets: they are taken as they are.
fn titles(written: &Mapping, rows: Option<&Rows<'_>>, said: Option<&Mapping>, first: &str) -> HashSet<String> {
    let notes = |record: &Mapping| -> Vec<String> {
        let notes = record.get("notes").and_then(Value::as_sequence).into_iter().flatten();
        notes.filter_map(|note| text_of(note, first)).collect()
    };
    let title = |activity: &Mapping| activity.get("title").and_then(|title| text_of(title, first));
    let activities = written.get("activities").and_then(Value::as_sequence).into_iter().flatten();
    let titles = activities.filter_map(Value::as_mapping).filter_map(title);
    let of_rows = rows.into_iter().flat_map(|rows| &rows.rows).filter_map(|row| title(&row.values));
    let all = titles.chain(of_rows).chain(notes(written)).chain(said.map(notes).unwrap_or_default());
    // Of our own making it is even where nothing is known.
    all.chain([String::new()]).collect()
}

/// The board of the workbook; what is in none of its sheets is said.
fn read_board(
    sheets: &Sheets<'_>,
    titles: &HashSet<String>,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<Board> {
    let is_board = |grid: &&&Grid| board::read(grid, titles, context, &mut Findings::of("")).is_some();
    let grid = sheets.boards.iter().find(is_board).copied();
    for other in sheets.boards.iter().filter(|other| grid.is_none_or(|grid| grid.name != other.name)) {
        let problem = Problem::new(Code::CellNotTaken).with("text", &other.name).with_word("why", "taken-sheet");
        findings.on_sheet(other, problem);
    }
    let Some(grid) = grid else {
        let name = if context.known.first.as_str().starts_with("zh") { BOARD[0] } else { BOARD[1] };
        findings.on_file(gone::gone("part-sheet", name));
        return None;
    };
    board::read(grid, titles, context, findings)
}

/// The board of a programme as it would be drawn, read again.
fn drawn(
    programme: &Programme,
    only: Option<&crate::content::Activity>,
    titles: &HashSet<String>,
    context: &Context<'_>,
) -> Option<Board> {
    board::read(&export::board(programme, only, context.known), titles, context, &mut Findings::of(""))
}

/// What each activity says on the board.
fn pieces_of(
    programme: &Programme,
    titles: &HashSet<String>,
    context: &Context<'_>,
    slots: &indexmap::IndexMap<String, TimeRange>,
) -> Vec<Vec<Piece>> {
    let of = |activity| {
        let board = drawn(programme, Some(activity), titles, context);
        let placed = board.map(|board| board.placed).unwrap_or_default();
        placed.iter().flat_map(|placed| Piece::of(placed, |slot| slots.get(slot).copied())).collect()
    };
    programme.activities.iter().map(of).collect()
}

/// Which piece of the board is of which activity.
fn match_board(
    compared: &Compared<'_>,
    now: &Board,
    slots: &indexmap::IndexMap<String, TimeRange>,
    first: &str,
) -> Matched {
    let mut stood = compared.then.clone();
    for piece in stood.iter_mut().flatten() {
        let new = |slot: &str| compared.slots.iter().find(|(old, _)| old == slot).map(|(_, new)| new.clone());
        if let Some(At::Slot(slot)) = &mut piece.at
            && let Some(name) = new(slot)
        {
            *slot = name;
        }
        piece.placed.slot = piece.placed.slot.as_ref().map(|slot| new(slot).unwrap_or_else(|| slot.clone()));
    }
    let rows = compared.rows.map(|rows| rows.rows.as_slice()).unwrap_or_default();
    let title = |record: &Mapping| record.get("title").and_then(|title| text_of(title, first));
    let titles: Vec<Vec<String>> = compared
        .stood
        .iter()
        .zip(&compared.paired.0)
        .map(|(stood, row)| {
            let row = row.and_then(|row| rows.get(row)).and_then(|row| title(&row.values));
            title(stood).into_iter().chain(row).collect()
        })
        .collect();
    let pieces = |placed: &[board::Placed]| -> Vec<Piece> {
        placed.iter().flat_map(|placed| Piece::of(placed, |slot| slots.get(slot).copied())).collect()
    };
    let added: Vec<(String, When)> = compared
        .paired
        .1
        .iter()
        .filter_map(|row| {
            let values = &rows.get(*row)?.values;
            Some((title(values)?, When::read(values.get("when")?.as_str()?).ok()?))
        })
        .collect();
    let is_claimed = |piece: &Piece| {
        let said = compared.boards.as_ref().and_then(|(_, now)| when(&piece.placed, &now.sources));
        let Some(said) = said.and_then(|when| When::read(&when).ok()) else { return false };
        let days = |when: &When| when.pattern.weekdays(Date::constant(2026, 1, 1));
        let time = |when: &When| match &when.at {
            At::Time(time) => Some(*time),
            At::Slot(slot) => slots.get(slot).copied(),
        };
        added.iter().any(|(title, when)| {
            title == piece.title() && days(&said).common(days(when)) == days(&said) && time(&said) == time(when)
        })
    };
    matched(&stood, &titles, pieces(&now.placed), (now, &pieces(&now.unread)), is_claimed)
}

/// The programme with its activities.
fn put_together(
    written: &Mapping,
    edits: (&[Edit<'_>], &[Edit<'_>]),
    activities: Vec<Mapping>,
    known: &Known,
    findings: &mut Findings,
) -> Mapping {
    let mut record = both(written, edits, "Programme", known, findings);
    record.insert("activities".into(), Value::Sequence(activities.into_iter().map(Value::Mapping).collect()));
    record
}

/// The record with what whoever imports says beside the file; what it lacks is asked for.
fn wished(mut record: Mapping, wishes: &Wishes, findings: &mut Findings) -> Mapping {
    if let Some(valid) = wishes.valid {
        record.insert("valid".into(), String::from(valid).into());
    }
    if let Some(centre) = &wishes.centre {
        record.insert("centre".into(), centre.as_str().into());
    }
    let asked =
        [("centre", "import-centre", "--centre ID"), ("valid", "import-valid", "--valid 2026-09-01..2027-01-15")];
    for (key, what, option) in asked {
        if !record.contains_key(key) {
            findings.on_file(Problem::new(Code::ImportLacks).with_word("what", what).with("option", option));
        }
    }
    record
}
