//! Which sheet of a workbook is which part of an exported programme, and what their cells say.
//!
//! Sheets are known by their names, or by what stands in them where somebody has renamed them; rows and columns may stand
//! in any order. A cell that cannot be read, a heading that is not known and a cell below none are said, and count as not
//! changed.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::{Mapping, Value};

use super::super::details::{self, BOARD, DETAILS, PROGRAMME, cell_value, read_again};
use super::super::findings::Findings;
use super::super::grid::Grid;
use super::super::known::{Known, called, in_english};
use super::super::persons::{names_person_by_label, without_persons};
use super::super::written;
use super::edits::{Cell, Edit, laid, not_taken};
use crate::diagnostics::{Code, Problem};

/// How far down the headings of activities are looked for.
const FARTHEST: usize = 10;
/// What an activity cannot be without.
const OF_ACTIVITY: [&str; 2] = ["title", "when"];
/// What a programme cannot be without.
const OF_PROGRAMME: [&str; 3] = ["title", "centre", "valid"];

/// The sheets of a workbook that was exported.
#[derive(Default)]
pub(super) struct Sheets<'g> {
    /// Those in which the board may stand, the likeliest first.
    pub(super) boards: Vec<&'g Grid>,
    /// A row for each activity.
    pub(super) activities: Option<&'g Grid>,
    /// A row for each key of the programme.
    pub(super) programme: Option<&'g Grid>,
    /// Sheets that say the same as another.
    pub(super) doubled: Vec<&'g Grid>,
    /// The id of the programme, where its board alone shows which it is.
    pub(super) id: Option<String>,
}

impl<'g> Sheets<'g> {
    /// The sheets of a workbook, if it was exported.
    pub(super) fn of(grids: &'g [Grid]) -> Option<Self> {
        let is_named = |grid: &Grid, names: [&str; 2]| names.contains(&grid.name.as_str());
        let keys = (details::keys("Activity"), details::keys("Programme"));
        let mut programmes: Vec<&Grid> = grids.iter().filter(|grid| is_programme(grid, &keys.1)).collect();
        programmes.sort_by_key(|grid| !is_named(grid, PROGRAMME));
        let is_exported =
            |grid: &Grid| !programmes.is_empty() && !programmes.iter().any(|other| other.name == grid.name);
        let is_activities =
            |grid: &&Grid| head(grid, &keys.0).is_some() && (is_named(grid, DETAILS) || is_exported(grid));
        let mut activities: Vec<&Grid> = grids.iter().filter(is_activities).collect();
        activities.sort_by_key(|grid| !is_named(grid, DETAILS));
        let is_further = |grid: &Grid| programmes.iter().chain(&activities).any(|other| other.name == grid.name);
        let mut boards: Vec<&Grid> = grids.iter().filter(|grid| !is_further(grid) && !grid.is_empty()).collect();
        boards.sort_by_key(|grid| !is_named(grid, BOARD));
        if programmes.is_empty() && (activities.is_empty() || boards.is_empty()) {
            return None;
        }
        let doubled = programmes.iter().skip(1).chain(activities.iter().skip(1)).copied().collect();
        let (activities, programme) = (activities.first().copied(), programmes.first().copied());
        Some(Self { boards, activities, programme, doubled, id: None })
    }
}

/// Whether keys of a programme stand below each other, with its id.
fn is_programme(grid: &Grid, keys: &[String]) -> bool {
    let names: Vec<&str> = grid.rows().into_iter().map(|row| grid.get(row, 0)).collect();
    let known = names.iter().filter(|name| details::key(name, "Programme", keys).is_some()).count();
    known >= 2 && (names.iter().any(|name| is_id(name)) || PROGRAMME.contains(&grid.name.as_str()))
}

fn is_id(name: &str) -> bool {
    ["id", "编号"].contains(&name)
}

/// The row of the headings of activities, which name the title or when it is.
fn head(grid: &Grid, keys: &[String]) -> Option<u32> {
    let known = |row: u32| -> Vec<String> {
        grid.row(row).filter_map(|(_, text)| details::key(text, "Activity", keys)).collect()
    };
    let rows = grid.rows().into_iter().take(FARTHEST).map(|row| (row, known(row)));
    let heads = rows.filter(|(_, known)| known.len() > 1 && known.iter().any(|key| key == "title" || key == "when"));
    heads.max_by_key(|(row, known)| (known.len(), std::cmp::Reverse(*row))).map(|(row, _)| row)
}

/// What a row, or the sheet of the programme, says: its keys with their cells.
pub(super) struct Said<'g> {
    grid: &'g Grid,
    /// Keys that cannot be emptied.
    required: &'static [&'static str],
    cells: BTreeMap<String, (u32, u32)>,
    /// The values of the cells that are not empty.
    pub(super) values: Mapping,
    /// Keys whose cells cannot be read.
    spoilt: BTreeSet<String>,
    /// The row of the state that was exported.
    state: Option<u32>,
}

impl<'g> Said<'g> {
    fn new(grid: &'g Grid, required: &'static [&'static str]) -> Self {
        Self { grid, required, cells: BTreeMap::new(), values: Mapping::new(), spoilt: BTreeSet::new(), state: None }
    }

    fn put(&mut self, key: &str, at: (u32, u32), structure: &'static str, known: &Known, findings: &mut Findings) {
        self.cells.insert(key.to_owned(), at);
        let text = self.grid.get(at.0, at.1);
        let names_person = match key {
            "leader" => without_persons(text).is_some(),
            _ => is_text(key) && names_person_by_label(text),
        };
        if names_person && !known.says(key, text) {
            findings.at(self.grid, at, Problem::new(Code::NameOfPerson).with("text", text));
            self.spoilt.insert(key.to_owned());
            return;
        }
        match value(key, text, structure, known) {
            _ if self.grid.is_failed(at) => {
                not_taken(Cell { grid: self.grid, at }, "=", "taken-formula", findings);
                self.spoilt.insert(key.to_owned());
            }
            _ if text.is_empty() => {}
            Some(value) => {
                if is_text(key) && self.grid.is_number(at) {
                    findings.at(self.grid, at, Problem::new(Code::NumberInText).with("text", text));
                }
                self.values.insert(key.into(), value);
            }
            None => {
                not_taken(Cell { grid: self.grid, at }, text, "taken-form", findings);
                self.spoilt.insert(key.to_owned());
            }
        }
    }

    /// The cell of a key, or of the first that there is.
    pub(super) fn cell(&self, key: &str) -> Cell<'g> {
        let at = self.cells.get(key).or_else(|| self.cells.values().min()).copied().unwrap_or_default();
        Cell { grid: self.grid, at }
    }

    /// Says that the file is no longer what was exported, if it is not: then nobody can tell what was changed here, and
    /// what was changed there would be undone.
    pub(super) fn say_if_older(&self, stood: &Mapping, findings: &mut Findings) -> bool {
        let Some(row) = self.state.filter(|row| self.grid.get(*row, 1) != details::state_of(stood)) else {
            return false;
        };
        let problem = Problem::new(Code::ExportIsOld).with("row", self.grid.get(row, 0));
        findings.at(self.grid, (row, 0), problem);
        true
    }

    /// Counts the rows of keys that a programme has and this sheet has not as emptied.
    pub(super) fn miss(&mut self, stood: &Mapping) {
        for key in stood.keys().filter_map(Value::as_str).filter(|key| *key != "activities") {
            self.cells.entry(key.to_owned()).or_insert((0, 0));
        }
    }

    /// Whether it says of a key what a file does.
    pub(super) fn is_as(&self, key: &str, stood: &Mapping) -> bool {
        let (said, stood) = (self.values.get(key), stood.get(key));
        self.spoilt.contains(key) || said == stood || said == stood.map(read_again).as_ref()
    }

    /// The keys of which it says something else than a file; nothing is said of a key that has no cell.
    pub(super) fn edits(&self, stood: &Mapping, first: &str, findings: &mut Findings) -> Vec<Edit<'g>> {
        let mut edits = Vec::new();
        for key in self.cells.keys().filter(|key| !self.is_as(key, stood)) {
            let (cell, value) = (self.cell(key), self.values.get(key.as_str()).cloned());
            if value.is_none() && self.required.contains(&key.as_str()) {
                let text = stood.get(key.as_str()).map(written::flow).unwrap_or_default();
                not_taken(cell, &text, "taken-required", findings);
                continue;
            }
            // A text alone is that of the first language; the others stay, as on the board.
            let value = value.map(|value| match value.as_str() {
                Some(text) => laid(stood.get(key.as_str()), text, first),
                None => value,
            });
            edits.push(Edit { key: key.clone(), value, cell });
        }
        edits
    }
}

/// The rows of the sheet of activities.
pub(super) struct Rows<'g> {
    /// The sheet.
    pub(super) grid: &'g Grid,
    /// The keys that have a column.
    pub(super) keys: Vec<String>,
    /// A row for each activity.
    pub(super) rows: Vec<Said<'g>>,
}

impl<'g> Rows<'g> {
    /// Reads the sheet of activities.
    pub(super) fn of(grid: &'g Grid, known: &Known, findings: &mut Findings) -> Option<Self> {
        let keys = details::keys("Activity");
        let head = head(grid, &keys)?;
        let mut columns: BTreeMap<u32, String> = BTreeMap::new();
        for (column, text) in grid.row(head) {
            match details::key(text, "Activity", &keys).filter(|key| !columns.values().any(|other| other == key)) {
                Some(key) => _ = columns.insert(column, key),
                None => {
                    not_taken(Cell { grid, at: (head, column) }, text, "taken-heading", findings);
                }
            }
        }
        let mut rows = Vec::new();
        for row in grid.rows().into_iter().filter(|row| *row > head) {
            let mut said = Said::new(grid, &OF_ACTIVITY);
            for (column, key) in &columns {
                said.put(key, (row, *column), "Activity", known, findings);
            }
            let is_headed = |column: u32| !grid.get(head, column).is_empty();
            for (column, text) in grid.row(row).filter(|(column, _)| !is_headed(*column)) {
                not_taken(Cell { grid, at: (row, column) }, text, "taken-no-heading", findings);
            }
            if !said.values.is_empty() || !said.spoilt.is_empty() {
                rows.push(said);
            }
        }
        Some(Self { grid, keys: columns.into_values().collect(), rows })
    }
}

/// Reads the sheet of the programme: its id, and what it says of each key.
pub(super) fn programme<'g>(grid: &'g Grid, known: &Known, findings: &mut Findings) -> (Option<String>, Said<'g>) {
    let keys = details::keys("Programme");
    let (mut id, mut said) = (None, Said::new(grid, &OF_PROGRAMME));
    for row in grid.rows() {
        let name = grid.get(row, 0);
        let key =
            details::key(name, "Programme", &keys).filter(|key| key != "activities" && !said.cells.contains_key(key));
        match key {
            Some(key) => said.put(&key, (row, 1), "Programme", known, findings),
            None if details::AS_EXPORTED.contains(&name) => said.state = Some(row),
            None if is_id(name) && id.is_none() => id = Some(grid.get(row, 1).to_owned()).filter(|id| !id.is_empty()),
            None => not_taken(Cell { grid, at: (row, 0) }, name, "taken-key", findings),
        }
        for (column, text) in grid.row(row).filter(|(column, _)| *column > 1) {
            not_taken(Cell { grid, at: (row, column) }, text, "taken-no-heading", findings);
        }
    }
    (id, said)
}

/// The value of a cell, with ids for the names of audiences and teams; nothing if it begins as a list or a record and is
/// none.
pub(super) fn value(key: &str, text: &str, structure: &'static str, known: &Known) -> Option<Value> {
    let value = cell_value(text);
    match (&value, key) {
        (Value::Number(_) | Value::Bool(_), key) if is_text(key) => Some(text.into()),
        (Value::String(said), _) if said == text && text.starts_with(['{', '[']) => None,
        (Value::String(name), "led_by") => Some(called(&known.teams, name).map_or(value.clone(), Value::from)),
        (Value::String(names), "audience") => {
            let names: Vec<&str> = names.split(['、', '，', ',', '；', ';']).map(str::trim).collect();
            Some(Value::Sequence(names.into_iter().map(|name| audience(name, known)).collect()))
        }
        (Value::Sequence(names), "audience") => {
            let id = |name: &Value| name.as_str().map_or_else(|| name.clone(), |name| audience(name, known));
            Some(Value::Sequence(names.iter().map(id).collect()))
        }
        (Value::Sequence(_) | Value::Mapping(_), _) => Some(with_english_keys(key, &value, structure).unwrap_or(value)),
        _ => Some(value),
    }
}

/// Whether what a key says is a text, be it of digits.
fn is_text(key: &str) -> bool {
    ["title", "summary", "room", "leader", "cost", "booking"].contains(&key)
}

fn audience(name: &str, known: &Known) -> Value {
    called(&known.audiences, name).unwrap_or(name).into()
}

/// A record of a cell whose keys may be Chinese.
fn with_english_keys(key: &str, value: &Value, structure: &str) -> Option<Value> {
    let of = |value: Value| Mapping::from_iter([(Value::from(key), value)]);
    let record = match structure {
        "Activity" => Mapping::from_iter([("activities".into(), Value::Sequence(vec![of(value.clone()).into()]))]),
        _ => of(value.clone()),
    };
    let text = in_english("content/programmes/x.yaml", &written::yaml(&record));
    let record: Value = serde_yaml::from_str(&text).ok()?;
    let holder = match structure {
        "Activity" => record.get("activities")?.get(0)?,
        _ => &record,
    };
    holder.get(key).cloned()
}

/// Says that sheets say the same as others.
pub(super) fn say_doubled(sheets: &Sheets<'_>, findings: &mut Findings) {
    let names = sheets.doubled.iter().map(|grid| grid.name.as_str());
    findings.on_file(Problem::new(Code::SeveralProgrammes).with_list("names", names));
}
