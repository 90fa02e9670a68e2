//! A sheet as people see it: texts in cells, some of them merged.
//!
//! Cells are kept by their place and only where something is written, so that a sheet with one word in its last corner
//! costs no more than the word. Rows and columns count from 0; people are told `B4`.

use std::collections::{BTreeMap, BTreeSet};

/// Most merged areas that are kept; beyond them a sheet is no board.
const MOST_MERGED: usize = 1000;

/// Cells that are merged into one, all bounds included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// The first row.
    pub top: u32,
    /// The first column.
    pub left: u32,
    /// The last row.
    pub bottom: u32,
    /// The last column.
    pub right: u32,
}

/// The texts of a sheet.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// The sheet's name.
    pub name: String,
    cells: BTreeMap<(u32, u32), String>,
    merged: Vec<Area>,
    /// Cells whose formulas have no result.
    failed: BTreeSet<(u32, u32)>,
    /// Cells that hold numbers, which may look otherwise.
    numbers: BTreeSet<(u32, u32)>,
    turned: bool,
    /// What each row is called where it is a record of a file that has no cells.
    records: BTreeMap<u32, String>,
}

impl Grid {
    /// An empty sheet.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Writes into a cell; without a word in the text it is empty.
    pub fn put(&mut self, row: u32, column: u32, text: &str) {
        let text = tidy(text);
        if text.is_empty() {
            self.cells.remove(&(row, column));
        } else {
            self.cells.insert((row, column), text);
        }
    }

    /// Says that the formula of a cell has no result.
    pub fn fail(&mut self, at: (u32, u32)) {
        self.failed.insert(at);
    }

    /// Whether the formula of a cell has no result.
    pub fn is_failed(&self, at: (u32, u32)) -> bool {
        self.failed.contains(&at)
    }

    /// Says that a cell holds a number.
    pub fn count(&mut self, at: (u32, u32)) {
        self.numbers.insert(at);
    }

    /// Whether a cell holds a number.
    pub fn is_number(&self, at: (u32, u32)) -> bool {
        self.numbers.contains(&at)
    }

    /// Takes away what is written in a row.
    pub fn clear(&mut self, row: u32) {
        self.cells.retain(|(of, _), _| *of != row);
    }

    /// Says what a row is called, which is a record of a file without cells.
    pub fn call(&mut self, row: u32, name: &str) {
        self.records.insert(row, tidy(name).replace('\n', " "));
    }

    /// Whether its rows are records of a file that has no cells.
    pub fn is_of_records(&self) -> bool {
        !self.records.is_empty()
    }

    /// What people call a cell: `B4`, or `"Hall" phone` where the row is a record of a file without cells.
    pub fn place_name(&self, row: u32, column: u32) -> String {
        match self.records.get(&row) {
            Some(record) => format!(" \"{record}\" {}", self.get(0, column)),
            None => self.cell_name(row, column),
        }
    }

    /// Merges cells.
    pub fn merge(&mut self, area: Area) {
        if self.merged.len() < MOST_MERGED && (area.top, area.left) != (area.bottom, area.right) {
            self.merged.push(area);
        }
    }

    /// What is written in a cell itself.
    pub fn get(&self, row: u32, column: u32) -> &str {
        self.cells.get(&(row, column)).map_or("", String::as_str)
    }

    /// The merged cells that a cell is part of, or itself.
    pub fn area(&self, row: u32, column: u32) -> Area {
        let holds =
            |area: &&Area| (area.top..=area.bottom).contains(&row) && (area.left..=area.right).contains(&column);
        let alone = Area { top: row, left: column, bottom: row, right: column };
        self.merged.iter().find(holds).copied().unwrap_or(alone)
    }

    /// What a reader sees at a cell: its own text, or that of the merged cells that it is part of.
    pub fn seen(&self, row: u32, column: u32) -> &str {
        let own = self.get(row, column);
        if !own.is_empty() || self.merged.is_empty() {
            return own;
        }
        let area = self.area(row, column);
        self.get(area.top, area.left)
    }

    /// The written cells of a row, from left to right.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (u32, &str)> {
        self.cells.range((row, 0)..=(row, u32::MAX)).map(|((_, column), text)| (*column, text.as_str()))
    }

    /// The written cells, row by row.
    pub fn cells(&self) -> impl Iterator<Item = ((u32, u32), &str)> {
        self.cells.iter().map(|(at, text)| (*at, text.as_str()))
    }

    /// The rows in which something is written, from the top.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows
    }

    /// How many cells are written.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The same with rows for columns; cells keep the names that people know.
    pub fn turned(&self) -> Self {
        let turn = |area: &Area| Area { top: area.left, left: area.top, bottom: area.right, right: area.bottom };
        Self {
            name: self.name.clone(),
            cells: self.cells.iter().map(|((row, column), text)| ((*column, *row), text.clone())).collect(),
            merged: self.merged.iter().map(turn).collect(),
            failed: self.failed.iter().map(|(row, column)| (*column, *row)).collect(),
            numbers: self.numbers.iter().map(|(row, column)| (*column, *row)).collect(),
            turned: !self.turned,
            records: BTreeMap::new(),
        }
    }

    /// The cell as people call it: `B4`.
    pub fn cell_name(&self, row: u32, column: u32) -> String {
        let (row, column) = if self.turned { (column, row) } else { (row, column) };
        let mut letters = Vec::new();
        let mut rest = column + 1;
        while rest > 0 {
            let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
            letters.push(char::from(b'A' + letter));
            rest = (rest - 1) / 26;
        }
        let letters: String = letters.iter().rev().collect();
        format!("{letters}{}", row + 1)
    }
}

/// A text with line breaks of one sort, without blanks around lines, without what cannot be seen, of bounded length.
fn tidy(text: &str) -> String {
    const LONGEST: usize = 32_767;
    let plain = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let kept: String = plain
        .chars()
        .map(|c| if c == '\t' || c == '\u{a0}' { ' ' } else { c })
        .filter(|c| *c == '\n' || !c.is_control() && !matches!(*c, '\u{200b}' | '\u{feff}'))
        .take(LONGEST)
        .collect();
    let lines: Vec<&str> = kept.lines().map(str::trim).collect();
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_names_that_people_know_also_in_a_sheet_that_was_turned() {
        let mut grid = Grid::new("x");
        for (row, column, name) in [(0, 0, "A1"), (3, 1, "B4"), (9, 25, "Z10"), (0, 26, "AA1"), (0, 16_383, "XFD1")] {
            assert_eq!(grid.cell_name(row, column), name);
        }
        grid.put(3, 1, " a\r\n b ");
        grid.merge(Area { top: 3, left: 1, bottom: 4, right: 2 });
        let turned = grid.turned();
        assert_eq!((turned.get(1, 3), turned.seen(2, 4), turned.cell_name(1, 3)), ("a\nb", "a\nb", "B4".to_owned()));
    }
}
