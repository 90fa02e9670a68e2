//! What was changed in a workbook, each change with its cell, and changes of two sheets put together.
//!
//! What one sheet changes counts. What both change alike counts too; where they say different things of the same, both
//! cells are said and neither is taken.

use serde_yaml::{Mapping, Value};

use super::super::details::{heading_of, text_of};
use super::super::findings::Findings;
use super::super::grid::Grid;
use super::super::known::Known;
use super::super::programme::is_then;
use super::super::written::flow;
use crate::calendar::DateSpan;
use crate::diagnostics::{Code, Problem};

/// A cell of a sheet.
#[derive(Clone, Copy)]
pub(super) struct Cell<'g> {
    /// The sheet.
    pub(super) grid: &'g Grid,
    /// Its row and column.
    pub(super) at: (u32, u32),
}

impl Cell<'_> {
    fn name(&self) -> String {
        format!("{}!{}", self.grid.name, self.grid.cell_name(self.at.0, self.at.1))
    }
}

/// A key that is to say something else, or nothing any more.
pub(super) struct Edit<'g> {
    /// The key.
    pub(super) key: String,
    /// What it is to say.
    pub(super) value: Option<Value>,
    /// Where that stands.
    pub(super) cell: Cell<'g>,
}

impl<'g> Edit<'g> {
    /// What its cell says.
    pub(super) fn says(&self, first: &str) -> Says<'g> {
        let text = |value: &Value| {
            text_of(value, first)
                .filter(|_| value.is_string() || value.get(first).is_some())
                .unwrap_or_else(|| flow(value))
        };
        Says { cell: self.cell, text: self.value.as_ref().map(text) }
    }
}

/// Says that what stands in a cell was not taken; `why` is a word of the catalogue.
pub(super) fn not_taken(cell: Cell<'_>, text: &str, why: &'static str, findings: &mut Findings) {
    let problem = Problem::new(Code::CellNotTaken).with("text", &text.replace('\n', " ")).with_word("why", why);
    findings.at(cell.grid, cell.at, problem);
}

/// What one of two cells says of something; nothing is a word too.
pub(super) struct Says<'g> {
    /// Where it stands.
    pub(super) cell: Cell<'g>,
    /// What stands there, if anything.
    pub(super) text: Option<String>,
}

/// Says that two cells contradict each other about something of what is called so.
pub(super) fn contradict(title: &str, what: &str, one: &Says<'_>, other: &Says<'_>, findings: &mut Findings) {
    let says = |problem: Problem, name: &'static str, says: &Says<'_>| match &says.text {
        Some(text) => problem.with(name, text),
        None => problem.with_word(name, "cell-nothing"),
    };
    let problem = Problem::new(Code::CellsContradict).with("title", title).with("what", what);
    let problem = says(says(problem, "one", one), "other", other).with("cell", &other.cell.name());
    findings.at(one.cell.grid, one.cell.at, problem);
}

/// A record with the changes of the board and of a further sheet.
pub(super) fn both(
    stood: &Mapping,
    (board, sheet): (&[Edit<'_>], &[Edit<'_>]),
    structure: &str,
    known: &Known,
    findings: &mut Findings,
) -> Mapping {
    let first = known.first.as_str();
    let mut record = stood.clone();
    let (by_board, by_sheet) = (applied(stood, board), applied(stood, sheet));
    let mut contradicted = Vec::new();
    for edit in board {
        let Some(other) = sheet.iter().find(|other| topic(&other.key) == topic(&edit.key)) else {
            put(&mut record, edit);
            continue;
        };
        let keys = [&edit.key, &other.key];
        let is_same = |key: &&String| same(key, by_board.get(key.as_str()), by_sheet.get(key.as_str()), first);
        if !keys.iter().all(is_same) {
            let what = heading_of(structure, &edit.key, first.starts_with("zh"));
            let title = [stood, &by_board, &by_sheet].iter().find_map(|record| record.get("title"));
            let title = title.and_then(|title| text_of(title, first)).unwrap_or_default();
            contradict(&title, &what, &edit.says(first), &other.says(first), findings);
            contradicted.push(topic(&edit.key));
        }
    }
    for edit in sheet.iter().filter(|edit| !contradicted.contains(&topic(&edit.key))) {
        put(&mut record, edit);
    }
    record
}

fn applied(stood: &Mapping, edits: &[Edit<'_>]) -> Mapping {
    let mut record = stood.clone();
    edits.iter().for_each(|edit| put(&mut record, edit));
    record
}

fn put(record: &mut Mapping, edit: &Edit<'_>) {
    match &edit.value {
        Some(value) => _ = record.insert(edit.key.as_str().into(), value.clone()),
        None => _ = record.shift_remove(edit.key.as_str()),
    }
}

/// What a key is about: who leads an activity is said by one of two.
fn topic(key: &str) -> &str {
    if key == "led_by" { "leader" } else { key }
}

/// Whether two values of a key mean the same.
fn same(key: &str, one: Option<&Value>, other: Option<&Value>, first: &str) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return one == other };
    let texts = (one.as_str(), other.as_str());
    one == other
        || match (key, texts) {
            ("when", (Some(one), Some(other))) => is_then(one, other),
            ("valid", (Some(one), Some(other))) => {
                let span = |text| DateSpan::read(text).ok();
                span(one).is_some() && span(one) == span(other)
            }
            ("title" | "room" | "leader" | "cost" | "booking" | "summary", _) => {
                text_of(one, first) == text_of(other, first)
            }
            _ => false,
        }
}

/// A text in the place of another: of one in several languages the first.
pub(super) fn laid(stood: Option<&Value>, text: &str, first: &str) -> Value {
    match stood {
        Some(Value::Mapping(texts)) if texts.contains_key(first) => {
            let mut texts = texts.clone();
            texts.insert(first.into(), text.into());
            texts.into()
        }
        _ => text.into(),
    }
}
