//! The activities of a workbook that was exported and changed: those of the programme with what was changed of them, and
//! those that are new.
//!
//! An activity whose days stand at different times, or say different things, becomes several, each with all that it said:
//! what is about single dates goes where those dates are.

use serde_yaml::{Mapping, Value};

use super::super::board::{Board, Placed};
use super::super::details::{heading_of, text_of};
use super::super::findings::Findings;
use super::super::known::Known;
use super::super::programme::{Sources, activity, is_then, together, when};
use super::super::repeated;
use super::edits::{Cell, Edit, Says, both, contradict, laid, not_taken};
use super::pieces::{Held, Matched, Piece};
use super::sheets::{Rows, Said};
use crate::calendar::{At, DateSpan, When};
use crate::diagnostics::{Code, Problem};

/// A board and how its times are understood.
pub(super) struct Shown<'a> {
    pub(super) board: &'a Board,
    pub(super) sources: Sources<'a>,
}

/// What the programme says, and what its workbook does.
pub(super) struct Compared<'a> {
    pub(super) known: &'a Known,
    /// The activities as they stand.
    pub(super) stood: Vec<Mapping>,
    /// The board as it would be drawn today, and as it is now.
    pub(super) boards: Option<(Shown<'a>, Shown<'a>)>,
    /// What each activity says on the board of today.
    pub(super) then: Vec<Vec<Piece>>,
    /// Parts of the day that are called something else.
    pub(super) slots: Vec<(String, String)>,
    pub(super) rows: Option<&'a Rows<'a>>,
    /// The row of each activity, and rows of none.
    pub(super) paired: (Vec<Option<usize>>, Vec<usize>),
}

impl<'a> Compared<'a> {
    fn first(&self) -> &'a str {
        self.known.first.as_str()
    }

    /// The activities as they are to be.
    pub(super) fn activities(&self, matched: Matched, findings: &mut Findings) -> Vec<Mapping> {
        if let Some((_, now)) = &self.boards {
            for piece in &matched.misplaced {
                let cell = Cell { grid: &now.board.grid, at: piece.placed.at };
                not_taken(cell, piece.title(), "taken-row", findings);
            }
            let is_unsaid = |piece: &&Piece| piece.placed.entry.crowded.is_none();
            for piece in matched.unread.iter().filter(is_unsaid) {
                let cell = Cell { grid: &now.board.grid, at: piece.placed.at };
                not_taken(cell, piece.title(), "taken-unread", findings);
            }
            for (piece, title) in &matched.stopped {
                let cell = Cell { grid: &now.board.grid, at: piece.placed.at };
                let word = piece.placed.entry.stopped.as_deref().unwrap_or_default();
                let word = word.trim_matches(['（', '）', '(', ')']);
                not_taken(cell, &format!("{title}：{word}"), "taken-stopped", findings);
            }
            for piece in &matched.twice {
                repeated::say(&now.board.grid, &piece.placed, findings);
            }
            for (piece, title) in &matched.likened {
                let problem = Problem::new(Code::LikeItsActivity).with("text", piece.title()).with("title", title);
                findings.at(&now.board.grid, piece.placed.at, problem);
            }
        }
        let mut activities = Vec::new();
        for (number, stood) in self.stood.iter().enumerate() {
            let held = matched.of.get(number).map(Vec::as_slice).unwrap_or_default();
            activities.extend(self.one(number, stood, held, findings));
        }
        activities.extend(self.brought(matched.new, findings));
        activities
    }

    fn title(&self, record: &Mapping) -> String {
        record.get("title").and_then(|title| text_of(title, self.first())).unwrap_or_default()
    }

    /// Says that one sheet changes what another no longer has.
    fn contradiction(&self, title: &str, edit: &Edit<'_>, gone: Cell<'_>, findings: &mut Findings) {
        let what = heading_of("Activity", &edit.key, self.first().starts_with("zh"));
        contradict(title, &what, &edit.says(self.first()), &Says { cell: gone, text: None }, findings);
    }

    fn one(&self, number: usize, stood: &Mapping, held: &[Held], findings: &mut Findings) -> Vec<Mapping> {
        let then = self.then.get(number).map(Vec::as_slice).unwrap_or_default();
        let row = self.paired.0.get(number).copied().flatten();
        let row = self.rows.zip(row).and_then(|(rows, row)| rows.rows.get(row));
        let by_row = row.map(|row| row.edits(stood, self.first(), findings)).unwrap_or_default();
        let is_off = self.boards.is_some() && held.is_empty() && !then.is_empty();
        let by_board = self.parts(stood, then, held, findings);
        let title = self.title(stood);
        match (is_off, self.rows.filter(|_| row.is_none())) {
            (true, None) if !by_row.is_empty() => {
                let place = then.first().map(|piece| piece.placed.at).unwrap_or_default();
                if let Some(((_, now), edit)) = self.boards.as_ref().zip(by_row.first()) {
                    let cell = Cell { grid: &now.board.grid, at: place };
                    self.contradiction(&title, edit, cell, findings);
                }
                vec![stood.clone()]
            }
            (true, _) => {
                findings.on_file(Problem::new(Code::TakenOffBoard).with("title", &title));
                Vec::new()
            }
            (false, Some(rows)) => {
                let edit = by_board.iter().flatten().next();
                match edit {
                    Some(edit) => {
                        let sheet = Cell { grid: rows.grid, at: (0, 0) };
                        self.contradiction(&title, edit, sheet, findings);
                        vec![stood.clone()]
                    }
                    None => {
                        findings.on_sheet(rows.grid, Problem::new(Code::RowGone).with("title", &title));
                        Vec::new()
                    }
                }
            }
            (false, None) => {
                let part =
                    |by_board: &Vec<Edit<'_>>| both(stood, (by_board, &by_row), "Activity", self.known, findings);
                apart(by_board.iter().map(part).collect())
            }
        }
    }

    /// What the board changes of an activity: of each of its parts that are no longer alike, the one that changed least
    /// first.
    fn parts(&self, stood: &Mapping, then: &[Piece], held: &[Held], findings: &mut Findings) -> Vec<Vec<Edit<'_>>> {
        let unchanged = || vec![Vec::new()];
        let Some(((before, now), old)) = self.boards.as_ref().zip(then.first()) else { return unchanged() };
        let is_renamed =
            |at: &Option<At>| matches!(at, Some(At::Slot(slot)) if self.slots.iter().any(|(old, _)| old == slot));
        let is_same = held.len() == then.len() && held.iter().all(|held| held.is_same);
        let other_time = self.other_time(stood, old);
        if held.is_empty()
            || is_same && !is_renamed(&old.at) && other_time.is_none() && self.other_slot(stood, old).is_none()
        {
            return unchanged();
        }
        let mut groups: Vec<(Piece, usize)> = Vec::new();
        for Held { piece, is_same } in held {
            let same = usize::from(*is_same);
            let is_of = |group: &&mut (Piece, usize)| {
                let (days, day) = (group.0.placed.days, piece.placed.days);
                !is_monthly(piece) && group.0.is_alike(piece) && days.common(day).is_empty()
            };
            match groups.iter_mut().find(is_of) {
                Some((group, count)) => {
                    (group.placed.days, *count) = (group.placed.days.union(piece.placed.days), *count + same)
                }
                None => groups.push((piece.clone(), same)),
            }
        }
        groups.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let mut whole = old.placed.clone();
        whole.days = then.iter().fold(whole.days, |days, piece| days.union(piece.placed.days));
        let stood_there = activity(before.board, &whole, &before.sources, &mut Findings::of("")).unwrap_or_default();
        let part = |(group, _): &(Piece, usize)| {
            let cell = Cell { grid: &now.board.grid, at: group.placed.at };
            let Some(there) = activity(now.board, &group.placed, &now.sources, findings) else { return Vec::new() };
            let mut edits = self.differences(stood, (&stood_there, &there), cell);
            let is_when = |edit: &Edit<'_>| edit.key == "when";
            if let Some(when) = self.fixed_time(stood, &group.placed) {
                edits.retain(|edit| !is_when(edit));
                let is_other = stood.get("when").and_then(Value::as_str).is_none_or(|stood| !is_then(stood, &when));
                edits.extend(is_other.then(|| Value::from(when)).map(|value| Edit {
                    key: "when".to_owned(),
                    value: Some(value),
                    cell,
                }));
            } else if let Some(when) = self.other_slot(stood, old).filter(|_| !edits.iter().any(is_when)) {
                edits.push(Edit { key: "when".to_owned(), value: Some(when.into()), cell });
            } else if other_time.is_some() && !edits.iter().any(is_when) {
                edits.push(Edit { key: "when".to_owned(), value: there.get("when").cloned(), cell });
            }
            edits
        };
        groups.iter().map(part).collect()
    }

    /// What a cell says differently from the one that would stand there.
    fn differences<'g>(&self, stood: &Mapping, (old, new): (&Mapping, &Mapping), cell: Cell<'g>) -> Vec<Edit<'g>> {
        let mut keys: Vec<&str> = new.keys().chain(old.keys()).filter_map(Value::as_str).collect();
        keys.dedup();
        let mut edits: Vec<Edit<'g>> = Vec::new();
        for key in keys {
            if old.get(key) == new.get(key) || edits.iter().any(|edit| edit.key == key) {
                continue;
            }
            let value = new.get(key).map(|value| match value.as_str() {
                Some(text) if key != "when" => laid(stood.get(key), text, self.first()),
                _ => value.clone(),
            });
            edits.push(Edit { key: key.to_owned(), value, cell });
        }
        edits
    }

    /// Whether an activity with a time of its own, that of the part of the day in whose row it stands, has another since
    /// that has another.
    fn other_time(&self, stood: &Mapping, old: &Piece) -> Option<()> {
        let (before, now) = self.boards.as_ref()?;
        let at = When::read(stood.get("when")?.as_str()?).ok()?.at;
        let Some(At::Slot(slot)) = &old.at else { return None };
        let name = self.slots.iter().find(|(old, _)| old == slot).map_or(slot, |(_, new)| new);
        let is_other = before.sources.slots.get(slot) != now.sources.slots.get(name);
        (matches!(at, At::Time(_)) && is_other).then_some(())
    }

    /// When an activity with a time of its own is that stands in the row of a part of the day and says none.
    fn fixed_time(&self, stood: &Mapping, placed: &Placed) -> Option<String> {
        let (_, now) = self.boards.as_ref()?;
        let is_fixed = matches!(When::read(stood.get("when")?.as_str()?).ok()?.at, At::Time(_));
        let said = when(placed, &now.sources)?;
        let At::Slot(slot) = When::read(&said).ok()?.at else { return None };
        let time = now.sources.slots.get(&slot).filter(|_| is_fixed)?;
        Some(format!("{}{}", said.strip_suffix(slot.as_str())?, String::from(*time)))
    }

    /// When an activity that no weekday shows is, if the part of the day is called something else.
    fn other_slot(&self, stood: &Mapping, old: &Piece) -> Option<String> {
        old.placed.entry.when.as_ref()?;
        let written = stood.get("when")?.as_str()?;
        let At::Slot(slot) = When::read(written).ok()?.at else { return None };
        let (_, new) = self.slots.iter().find(|(old, _)| *old == slot)?;
        Some(format!("{}{new}", written.trim_end().strip_suffix(slot.as_str())?))
    }

    /// What neither the programme nor its board had: on the board, in rows, or in both.
    fn brought(&self, pieces: Vec<Piece>, findings: &mut Findings) -> Vec<Mapping> {
        let mut placed = together(pieces.into_iter().map(|piece| piece.placed).collect());
        let mut activities = Vec::new();
        let rows = self.rows.map(|rows| rows.rows.as_slice()).unwrap_or_default();
        for row in self.paired.1.iter().filter_map(|row| rows.get(*row)) {
            let title = self.title(&row.values);
            let place = placed.iter().position(|placed| placed.entry.title == title);
            let place =
                placed.iter().position(|placed| placed.entry.title == title && self.is_when(row, placed)).or(place);
            let there = place.map(|place| placed.remove(place));
            activities.extend(self.added(row, there.as_ref(), findings));
        }
        if let Some((_, now)) = &self.boards {
            activities.extend(placed.iter().filter_map(|placed| activity(now.board, placed, &now.sources, findings)));
        }
        activities
    }

    fn is_when(&self, row: &Said<'_>, placed: &Placed) -> bool {
        let Some((_, now)) = &self.boards else { return false };
        let said = row.values.get("when").and_then(Value::as_str);
        said.is_some() && said == when(placed, &now.sources).as_deref()
    }

    fn added(&self, row: &Said<'_>, placed: Option<&Placed>, findings: &mut Findings) -> Option<Mapping> {
        let nothing = Mapping::new();
        let by_row = row.edits(&nothing, self.first(), findings);
        let there = self.boards.as_ref().zip(placed).and_then(|((_, now), placed)| {
            let cell = Cell { grid: &now.board.grid, at: placed.at };
            Some((activity(now.board, placed, &now.sources, findings)?, cell))
        });
        let by_board =
            there.map(|(there, cell)| self.differences(&nothing, (&nothing, &there), cell)).unwrap_or_default();
        let record = both(&nothing, (&by_board, &by_row), "Activity", self.known, findings);
        let is_said = |key: &str| by_board.iter().chain(&by_row).any(|edit| edit.key == key);
        if !["title", "when"].iter().all(|key| record.contains_key(*key)) {
            // Where two cells contradict each other, that is what has to be put right.
            if ["title", "when"].iter().all(|key| is_said(key)) {
                return None;
            }
            let said = record.values().next().and_then(|value| text_of(value, self.first())).unwrap_or_default();
            not_taken(row.cell("title"), &said, "taken-lacks", findings);
            return None;
        }
        let is_head = |key: &Value| matches!(key.as_str(), Some("title" | "when"));
        let head = ["title", "when"].iter().filter_map(|key| Some(((*key).into(), record.get(*key)?.clone())));
        let rest = record.iter().filter(|(key, _)| !is_head(key)).map(|(key, value)| (key.clone(), value.clone()));
        Some(head.chain(rest).collect())
    }
}

/// Whether its day is part of the rule, so that another day is another rule.
fn is_monthly(piece: &Piece) -> bool {
    let rule = piece.placed.entry.rule.as_deref();
    rule.is_some_and(|rule| !rule.starts_with(['单', '双', 'o', 'e']))
}

/// The parts of an activity: the first keeps its id and its further sessions, and each what is about its own dates.
fn apart(mut parts: Vec<Mapping>) -> Vec<Mapping> {
    if parts.len() < 2 {
        return parts;
    }
    let days: Vec<_> = parts.iter().map(weekdays).collect();
    for (number, part) in parts.iter_mut().enumerate() {
        if number > 0 {
            part.shift_remove("id");
            part.shift_remove("extra");
        }
        let Some(Value::Sequence(exceptions)) = part.get_mut("exceptions") else { continue };
        let falls = |exception: &Value, part: usize| {
            let on = exception.get("on").and_then(Value::as_str).and_then(|on| DateSpan::read(on).ok());
            let days = days.get(part).copied().flatten();
            on.zip(days).is_some_and(|(on, days)| on.days().take(7).any(|date| days.contains(date.weekday())))
        };
        exceptions.retain(|exception| {
            let is_nobodys = || !(0..days.len()).any(|part| falls(exception, part));
            falls(exception, number) || number == 0 && is_nobodys()
        });
        if exceptions.is_empty() {
            part.shift_remove("exceptions");
        }
    }
    parts
}

fn weekdays(part: &Mapping) -> Option<crate::calendar::WeekdaySet> {
    let when = When::read(part.get("when")?.as_str()?).ok()?;
    Some(when.pattern.weekdays(crate::calendar::Date::constant(2026, 1, 1)))
}
