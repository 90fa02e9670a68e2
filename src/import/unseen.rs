//! Rows and columns that a spreadsheet hides, which the reader of spreadsheets does not tell.
//!
//! The sheets' own files in the package are looked through tag by tag, as [`super::spans`] does; nothing of them is kept
//! but numbers. The old binary form (.xls) is not looked through.

use std::collections::BTreeSet;

use super::excel_parts::{Parts, local};
use super::grid::Grid;
use super::open_cells::by_sheet;
use super::spans::{attribute, tags};

/// Most hidden rows or columns that are kept of a sheet.
const MOST: u32 = 20_000;

/// What a sheet hides, counted from 0.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Unseen {
    rows: BTreeSet<u32>,
    columns: BTreeSet<u32>,
}

impl Unseen {
    /// What of it has something written in it, as people call it: `3, 5-7` and `C`.
    pub(super) fn in_words(&self, grid: &Grid) -> Vec<String> {
        let rows: BTreeSet<u32> = grid.rows().into_iter().filter(|row| self.rows.contains(row)).collect();
        let columns =
            grid.rows().into_iter().flat_map(|row| grid.row(row).map(|(column, _)| column).collect::<Vec<_>>());
        let columns: BTreeSet<u32> = columns.filter(|column| self.columns.contains(column)).collect();
        let row = |row: u32| (row + 1).to_string();
        let column = |column: u32| grid.cell_name(0, column).trim_end_matches('1').to_owned();
        runs(&rows)
            .into_iter()
            .map(|run| shown(run, row))
            .chain(runs(&columns).into_iter().map(|run| shown(run, column)))
            .collect()
    }

    fn hide(numbers: &mut BTreeSet<u32>, first: u32, count: u32) {
        numbers.extend((first..first.saturating_add(count.min(MOST))).take(MOST as usize));
    }
}

fn shown((first, last): (u32, u32), name: impl Fn(u32) -> String) -> String {
    if first == last { name(first) } else { format!("{}-{}", name(first), name(last)) }
}

/// Numbers in a row together.
fn runs(numbers: &BTreeSet<u32>) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    runs
}

/// What each sheet of a workbook of Excel hides, by the sheet's place in the workbook.
pub(super) fn of_excel(parts: &mut Parts<'_>) -> Vec<Unseen> {
    let sheets = parts.sheets().into_iter().map(|path| path.and_then(|path| parts.text(&path)));
    let sheets: Vec<Option<String>> = sheets.collect();
    sheets.into_iter().map(|sheet| sheet.map(|sheet| of_sheet(&sheet)).unwrap_or_default()).collect()
}

fn of_sheet(sheet: &str) -> Unseen {
    let mut unseen = Unseen::default();
    for tag in tags(sheet).filter(|tag| matches!(attribute(tag, " hidden"), Some("1" | "true"))) {
        let number =
            |name| attribute(tag, name).and_then(|number| number.parse::<u32>().ok()).and_then(|n| n.checked_sub(1));
        match local(tag) {
            "row" => unseen.rows.extend(number(" r")),
            "col" => {
                if let (Some(first), Some(last)) = (number(" min"), number(" max")) {
                    Unseen::hide(&mut unseen.columns, first, last.saturating_sub(first).saturating_add(1));
                }
            }
            _ => {}
        }
        if unseen.rows.len() > MOST as usize {
            break;
        }
    }
    unseen
}

/// What each sheet of an OpenDocument file hides, in the order of the sheets.
pub(super) fn of_open_document(content: &str) -> Vec<Unseen> {
    by_sheet(content, |at, tag, _, unseen: &mut Unseen| {
        if matches!(attribute(tag, "table:visibility"), Some("collapse" | "filter")) {
            match local(tag) {
                "table-row" => Unseen::hide(&mut unseen.rows, at.row, at.rows),
                "table-column" => Unseen::hide(&mut unseen.columns, at.column, at.columns),
                _ => {}
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_rows_and_columns_are_named_as_people_call_them_if_anything_stands_in_them() {
        let unseen = of_sheet(
            "<cols><col min=\"2\" max=\"3\" width=\"9\" hidden=\"1\"/><col min=\"5\" max=\"5\" hidden=\"0\"/></cols>\
             <row r=\"1\"/><row r=\"3\" hidden=\"1\"/><row r=\"4\" hidden=\"true\"/><row r=\"9\" hidden=\"1\"/>",
        );
        let mut grid = Grid::new("x");
        for (row, column) in [(0, 0), (2, 0), (3, 1), (5, 4)] {
            grid.put(row, column, "a");
        }
        assert_eq!(unseen.in_words(&grid), ["3-4", "B"]);
        let content = "<table:table><table:table-column table:number-columns-repeated=\"2\"/><table:table-column \
            table:visibility=\"collapse\"/><table:table-row/><table:table-row table:number-rows-repeated=\"2\" \
            table:visibility=\"filter\"/></table:table>";
        let unseen = of_open_document(content);
        grid.put(2, 2, "b");
        assert_eq!(unseen.first().map(|unseen| unseen.in_words(&grid)), Some(vec!["3".to_owned(), "C".to_owned()]));
    }
}
