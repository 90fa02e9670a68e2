//! A list: a row of headings, and a record in each row below.
//!
//! The kind is that whose headings are known best. Columns of which nobody knows the heading are said once, and what
//! stands in them is kept beside each record.

use std::cmp::Reverse;

use indexmap::IndexMap;

use super::findings::Findings;
use super::grid::Grid;
use super::persons::is_of_persons;
use super::vocabulary::{is_name_of_person, is_nothing};
use crate::diagnostics::{Code, Problem};

/// How far down the headings of a list are looked for.
const FARTHEST: usize = 20;

/// The headings of a kind: its keys, each with the words for it; the first key must be there.
pub(super) type Headings = &'static [(&'static str, &'static [&'static str])];

/// A list whose headings were understood.
pub(super) struct Table<'g> {
    pub(super) grid: &'g Grid,
    /// The rows of records.
    pub(super) rows: Vec<u32>,
    /// The column of each key.
    pub(super) columns: IndexMap<&'static str, u32>,
    /// Columns whose headings are not known.
    unknown: Vec<(u32, String)>,
    /// The row of the headings.
    pub(super) head: u32,
}

impl<'g> Table<'g> {
    /// A list of a kind, if the sheet has one; the more of its headings are known, the surer.
    pub(super) fn of(grid: &'g Grid, headings: Headings) -> Option<Self> {
        let rows = grid.rows();
        let candidates = rows.iter().take(FARTHEST).filter_map(|row| {
            let mut columns = IndexMap::new();
            let mut unknown = Vec::new();
            for (column, text) in grid.row(*row) {
                match key(text, headings) {
                    Some(key) if !columns.contains_key(key) => _ = columns.insert(key, column),
                    _ => unknown.push((column, text.replace('\n', " "))),
                }
            }
            let (first, _) = headings.first()?;
            (columns.len() > 1 && columns.contains_key(first)).then_some((*row, columns, unknown))
        });
        // On a second page the same headings may stand again.
        let (head, columns, unknown) = candidates.max_by_key(|(row, columns, _)| (columns.len(), Reverse(*row)))?;
        let rows = rows.into_iter().filter(|row| *row > head).collect();
        Some(Self { grid, rows, columns, unknown, head })
    }

    /// What stands above the headings, with its cells.
    pub(super) fn above(&self) -> Vec<((u32, u32), &'g str)> {
        let rows = self.grid.rows().into_iter().filter(|row| *row < self.head);
        rows.flat_map(|row| self.grid.row(row).map(move |(column, text)| ((row, column), text))).collect()
    }

    /// Says which columns are not known.
    pub(super) fn say_unknown(&self, findings: &mut Findings) {
        self.say_unknown_but(|_| false, findings);
    }

    /// Says which columns are not known, but for those of which whoever reads the list says something else.
    pub(super) fn say_unknown_but(&self, is_said: impl Fn(u32) -> bool, findings: &mut Findings) {
        // What a directory has beside is said by whoever read it.
        let unknown = self.unknown.iter().filter(|(column, _)| !self.grid.is_of_records() && !is_said(*column));
        for (column, heading) in unknown {
            let persons = self.rows.iter().map(|row| (*row, self.grid.seen(*row, *column)));
            let persons: Vec<(u32, &str)> = persons.filter(|(_, text)| is_person(heading, text)).collect();
            for (row, name) in &persons {
                findings.at(self.grid, (*row, *column), Problem::new(Code::NameOfPerson).with("text", name));
            }
            if !is_number(heading) && persons.is_empty() {
                let problem = Problem::new(Code::ColumnUnknown).with("heading", heading);
                findings.at(self.grid, (self.head, *column), problem);
            }
        }
    }

    /// The column of the first heading that is known no longer as that of a key, since another has it; it counts as known then.
    pub(super) fn take_second(&mut self, words: &[&str]) -> Option<u32> {
        let place = self.unknown.iter().position(|(_, heading)| words.contains(&plain(heading).as_str()))?;
        Some(self.unknown.remove(place).0)
    }

    /// What stands in a row under a key; nothing where a dash or the like does.
    pub(super) fn text(&self, row: u32, key: &str) -> Option<&'g str> {
        let text = self.grid.seen(row, *self.columns.get(key)?);
        (!is_nothing(text)).then_some(text)
    }

    /// That a row is left out because of what it does not say, which is asked for under a key. Where no column is of that
    /// key, it is said once of the list.
    pub(super) fn lacks(&self, row: u32, key: &str, what: &'static str, findings: &mut Findings) {
        if !self.columns.contains_key(key) && !self.grid.is_of_records() {
            let first = self.columns.values().min().copied().unwrap_or(0);
            findings.once_at(self.grid, (self.head, first), Problem::new(Code::ListLacks).with_word("what", what));
            return;
        }
        let (it, key) = match self.grid.is_of_records() {
            true => ("lacks-record", what.trim_start_matches("import-")),
            false => ("lacks-row", key),
        };
        findings.at(
            self.grid,
            self.at(row, key),
            Problem::new(Code::RowLacks).with_word("it", it).with_word("what", what),
        );
    }

    /// The cell of a row under a key.
    pub(super) fn at(&self, row: u32, key: &str) -> (u32, u32) {
        (row, self.columns.get(key).copied().unwrap_or(0))
    }

    /// What stands in a row under headings that are not known.
    pub(super) fn comments(&self, row: u32) -> Vec<String> {
        let unknown = self.unknown.iter().filter(|(_, heading)| !is_number(heading));
        let texts = unknown.map(|(column, heading)| (heading, self.grid.seen(row, *column).replace('\n', " ")));
        texts
            .filter(|(heading, text)| !is_nothing(text) && !is_person(heading, text))
            .map(|(heading, text)| format!("{heading}: {text}"))
            .collect()
    }
}

/// Whether what stands below a heading names a person, which is kept nowhere.
pub(super) fn is_person(heading: &str, text: &str) -> bool {
    is_of_persons(heading) && is_name_of_person(text)
}

/// Headings that number the rows, of which nothing need be said.
pub(super) fn is_number(heading: &str) -> bool {
    matches!(heading, "序号" | "编号" | "No" | "No." | "no" | "#" | "号")
}

/// A heading without blanks and marks, and without what stands in brackets behind it and explains it.
fn plain(heading: &str) -> String {
    let plain: String = heading.to_lowercase().chars().filter(|c| !c.is_whitespace() && *c != '*').collect();
    plain.split(['（', '(']).next().unwrap_or_default().to_owned()
}

fn key(heading: &str, headings: Headings) -> Option<&'static str> {
    let plain = plain(heading);
    let is = |word: &&str| word.chars().filter(|c| !c.is_whitespace()).collect::<String>() == plain;
    headings.iter().find(|(_, words)| words.iter().any(is)).map(|(key, _)| *key)
}

/// Names with marks between them.
pub(super) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', ',', '；', ';', '\n', '/']).map(str::trim).filter(|name| !name.is_empty())
}
