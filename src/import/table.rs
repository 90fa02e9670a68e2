//! A list: a row of headings, and a record in each row below.
//!
//! The kind is that whose headings are known best. Columns of which nobody knows the heading are said once, and what
//! stands in them is kept beside each record.

use indexmap::IndexMap;

use super::findings::Findings;
use super::grid::Grid;
use super::vocabulary::is_nothing;
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
        let (head, columns, unknown) = candidates.max_by_key(|(_, columns, _)| columns.len())?;
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
        // What a directory has beside is said by whoever read it.
        for (column, heading) in self.unknown.iter().filter(|_| !self.grid.is_of_records()) {
            if !is_number(heading) {
                let problem = Problem::new(Code::ColumnUnknown).with("heading", heading);
                findings.at(self.grid, (self.head, *column), problem);
            }
        }
    }

    /// What stands in a row under a key; nothing where a dash or the like does.
    pub(super) fn text(&self, row: u32, key: &str) -> Option<&'g str> {
        let text = self.grid.seen(row, *self.columns.get(key)?);
        (!is_nothing(text)).then_some(text)
    }

    /// That a row is left out because of what it does not say, which is asked for under a key.
    pub(super) fn lacks(&self, row: u32, key: &str, what: &'static str, findings: &mut Findings) {
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
        texts.filter(|(_, text)| !is_nothing(text)).map(|(heading, text)| format!("{heading}: {text}")).collect()
    }
}

/// Headings that number the rows, of which nothing need be said.
pub(super) fn is_number(heading: &str) -> bool {
    matches!(heading, "序号" | "编号" | "No" | "No." | "no" | "#" | "号")
}

fn key(heading: &str, headings: Headings) -> Option<&'static str> {
    let plain: String = heading.to_lowercase().chars().filter(|c| !c.is_whitespace() && *c != '*').collect();
    // What stands in brackets behind a heading explains it.
    let plain = plain.split(['（', '(']).next().unwrap_or_default();
    let is = |word: &&str| word.chars().filter(|c| !c.is_whitespace()).collect::<String>() == plain;
    headings.iter().find(|(_, words)| words.iter().any(is)).map(|(key, _)| *key)
}

/// The items of a cell that lists things: one a line, numbered, or with semicolons between.
pub(super) fn items(text: &str) -> Vec<String> {
    let lines = text.split(['\n', '；', ';']).map(|line| {
        let line = line.trim();
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let rest = line.get(digits..).unwrap_or_default();
        let marked = rest.strip_prefix(['.', '、', '．', ')', '）']).filter(|_| (1..=2).contains(&digits));
        marked.unwrap_or(line).trim().trim_end_matches('。').to_owned()
    });
    lines.filter(|line| !line.is_empty()).collect()
}

/// Names with marks between them.
pub(super) fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', ',', '；', ';', '\n', '/']).map(str::trim).filter(|name| !name.is_empty())
}
