//! What was not understood, each at its cell.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::grid::Grid;
use super::persons::{names_person_by_label, without_named};
use crate::diagnostics::{Code, Diagnostic, Place, Problem, Severity, closest};

/// Most problems that are kept of a file: the rest is more of the same.
const MOST: usize = 300;

/// What is found wrong while a file is read.
#[derive(Debug)]
pub(super) struct Findings {
    file: String,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// How many more there were, by their codes.
    more: BTreeMap<&'static str, usize>,
    /// What was not understood after the board was read, for the comments of its file.
    kept: Vec<String>,
}

impl Findings {
    /// Of a file with nothing wrong yet.
    pub(super) fn of(file: &str) -> Self {
        Self { file: file.to_owned(), diagnostics: Vec::new(), more: BTreeMap::new(), kept: Vec::new() }
    }

    /// Adds what is wrong with the file as a whole.
    pub(super) fn on_file(&mut self, problem: Problem) {
        self.add(self.file.clone(), problem);
    }

    /// Adds what is said once of a whole file, however much else there is.
    pub(super) fn once(&mut self, problem: Problem) {
        self.diagnostics.push(problem.at(Place::without_lines(&self.file.as_str().into())));
    }

    /// All that was found, and how much more there was than is kept.
    pub(super) fn all(mut self) -> Vec<Diagnostic> {
        if !self.more.is_empty() {
            let problem = Problem::new(Code::ImportBeyondLimit).with_word("what", "limit-findings");
            let count: usize = self.more.values().sum();
            let problem = problem.with("limit", &MOST.to_string()).with("count", &count.to_string());
            self.once(problem.with_list("names", self.more.keys().copied()));
        }
        self.diagnostics
    }

    /// Adds what is wrong with a sheet, if it has a name, or else with the file.
    pub(super) fn on_sheet(&mut self, grid: &Grid, problem: Problem) {
        let sheet = if grid.name.is_empty() { String::new() } else { format!(":{}", grid.name) };
        self.add(format!("{}{sheet}", self.file), problem);
    }

    /// Adds what is wrong at a cell, `board.xlsx:Sheet1!B4`, or with a record of a file without cells, `list.json: "Hall" phone`.
    pub(super) fn at(&mut self, grid: &Grid, (row, column): (u32, u32), problem: Problem) {
        let cell = grid.place_name(row, column);
        let sheet = if grid.name.is_empty() { String::new() } else { format!("{}!", grid.name) };
        self.add(format!("{}:{sheet}{cell}", self.file), problem);
    }

    /// Adds what is wrong at a cell, unless that is said already.
    pub(super) fn once_at(&mut self, grid: &Grid, at: (u32, u32), problem: Problem) {
        if !self.diagnostics.iter().any(|said| said.problem == problem) {
            self.at(grid, at, problem);
        }
    }

    /// Adds what is wrong with a line of a text.
    pub(super) fn on_line(&mut self, line: usize, problem: Problem) {
        self.add(format!("{}:{line}", self.file), problem);
    }

    /// Adds that a text was not understood.
    pub(super) fn not_understood(&mut self, grid: &Grid, at: (u32, u32), text: &str) {
        self.at(grid, at, Problem::new(Code::CellNotUnderstood).with("text", &text.replace('\n', " ")));
    }

    /// Adds that a cell says who made a table, which is left out.
    pub(super) fn signed(&mut self, grid: &Grid, at: (u32, u32), text: &str) {
        let code = if names_person_by_label(text) { Code::NameOfPerson } else { Code::Signature };
        self.at(grid, at, Problem::new(code).with("text", &text.replace('\n', " ")));
    }

    /// What is left of a remark without the sentences that name persons, which are said.
    pub(super) fn without_names(&mut self, grid: &Grid, at: (u32, u32), text: &str) -> Option<String> {
        let (left, named) = without_named(text);
        for sentence in named {
            self.at(grid, at, Problem::new(Code::NameOfPerson).with("text", sentence));
        }
        Some(left).filter(|left| !left.is_empty())
    }

    /// Adds that a part of something was not understood, and keeps it for the comments of the file.
    pub(super) fn keep(&mut self, grid: &Grid, at: (u32, u32), title: &str, text: &str) {
        self.not_understood(grid, at, text);
        self.kept.push(format!("{}: {title}: {}", grid.cell_name(at.0, at.1), text.replace('\n', " / ")));
    }

    /// The comments that were kept since they were last taken.
    pub(super) fn take_kept(&mut self) -> Vec<String> {
        std::mem::take(&mut self.kept)
    }

    /// Adds that a row is left out because nothing of the site has the name that it needs; `what` is the catalogue's word
    /// for what it would name.
    pub(super) fn name_unknown(
        &mut self,
        grid: &Grid,
        at: (u32, u32),
        text: &str,
        what: &'static str,
        known: &[(String, Vec<String>)],
    ) {
        let names = || known.iter().map(|(id, names)| names.first().unwrap_or(id).as_str());
        let problem = Problem::new(Code::RowNameUnknown).with("text", &text.replace('\n', " ")).with_word("what", what);
        let every = known.iter().flat_map(|(_, names)| names.iter().map(String::as_str));
        let problem = problem.with_some("suggestion", closest(text, every));
        self.at(grid, at, problem.with_list("allowed", names()));
    }

    /// Adds that a time lies in the night, while an afternoon may be meant.
    pub(super) fn before_dawn(&mut self, grid: &Grid, at: (u32, u32), text: &str) {
        self.at(grid, at, Problem::new(Code::TimeBeforeDawn).with("text", &text.replace('\n', " ")));
    }

    /// Adds that a time is not in the part of the day in whose row it stands.
    pub(super) fn in_other_row(&mut self, grid: &Grid, at: (u32, u32), text: &str, part: &'static str) {
        let problem = Problem::new(Code::HoursInOtherRow).with("text", &text.replace('\n', " "));
        self.at(grid, at, problem.with_word("part", part));
    }

    fn add(&mut self, place: String, problem: Problem) {
        // Whatever else there is, nothing is written where there is a mistake.
        let is_first_error =
            problem.code.severity() == Severity::Error && !self.diagnostics.iter().any(Diagnostic::is_error);
        if self.diagnostics.len() >= MOST && !is_first_error {
            *self.more.entry(problem.code.id()).or_default() += 1;
            return;
        }
        let file: Arc<str> = place.chars().filter(|c| !c.is_control()).collect::<String>().into();
        self.diagnostics.push(problem.at(Place::without_lines(&file)));
    }
}
