//! The tags of an OpenDocument spreadsheet one after the other, each with the sheet, the row and the column in which it
//! stands. Rows, columns and cells may be repeated: a tag has the first of them and how many there are.

use super::excel_parts::{ended, local, pieces};
use super::spans::number;

/// Where a tag stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// The row, from 0.
    pub(super) row: u32,
    /// How many rows there are like it.
    pub(super) rows: u32,
    /// The column, from 0; of a column itself, too.
    pub(super) column: u32,
    /// How many cells, or columns, there are like it.
    pub(super) columns: u32,
}

impl Place {
    /// The cell, as grids have it.
    pub(super) fn cell(&self) -> (u32, u32) {
        (self.row, self.column)
    }
}

/// What is behind a tag.
enum Next {
    /// The same.
    Same,
    /// The next cell.
    Cell,
    /// The next row.
    Row,
}

/// Goes through the tags of all sheets: to each `read` is told its place, the tag, the text behind it, and what is found of
/// its sheet so far.
pub(super) fn by_sheet<'c, T: Default>(
    content: &'c str,
    mut read: impl FnMut(Place, &'c str, &'c str, &mut T),
) -> Vec<T> {
    let mut sheets: Vec<T> = Vec::new();
    let (mut at, mut defined, mut next) = (Place::default(), 0_u32, Next::Same);
    for (tag, behind) in pieces(content) {
        match std::mem::replace(&mut next, Next::Same) {
            Next::Same => {}
            Next::Cell => at.column = at.column.saturating_add(at.columns),
            Next::Row => at.row = at.row.saturating_add(at.rows),
        }
        let is_empty = tag.ends_with('/');
        match (ended(tag), local(tag)) {
            (None, "table") => {
                sheets.push(T::default());
                (at, defined) = (Place::default(), 0);
            }
            (None, "table-column") => {
                (at.column, at.columns) = (defined, number(tag, "table:number-columns-repeated"));
                defined = defined.saturating_add(at.columns);
            }
            (None, "table-row") => {
                (at.column, at.rows) = (0, number(tag, "table:number-rows-repeated"));
                next = if is_empty { Next::Row } else { Next::Same };
            }
            (Some("table-row"), _) => next = Next::Row,
            (None, "table-cell" | "covered-table-cell") => {
                at.columns = number(tag, "table:number-columns-repeated");
                next = if is_empty { Next::Cell } else { Next::Same };
            }
            (Some("table-cell" | "covered-table-cell"), _) => next = Next::Cell,
            _ => {}
        }
        if let Some(sheet) = sheets.last_mut() {
            read(at, tag, behind, sheet);
        }
    }
    sheets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tag_has_the_cell_in_which_it_stands() {
        let content = "<x/><table:table><table:table-column table:number-columns-repeated=\"3\"/><table:table-column/>\
            <table:table-row table:number-rows-repeated=\"2\"/><table:table-row><table:table-cell \
            table:number-columns-repeated=\"2\"/><table:table-cell><text:p>a</text:p></table:table-cell><table:covered-table-cell/>\
            </table:table-row><table:table-row><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>\
            </table:table><table:table><table:table-row><table:table-cell><text:p>c</text:p></table:table-cell>";
        let texts = by_sheet(content, |at, tag, behind, found: &mut Vec<((u32, u32), String)>| {
            if tag == "text:p" {
                found.push((at.cell(), behind.to_owned()));
            }
        });
        let at = |row, column, text: &str| ((row, column), text.to_owned());
        assert_eq!(texts, [vec![at(2, 2, "a"), at(3, 0, "b")], vec![at(0, 0, "c")]]);
        let columns = by_sheet(content, |at, tag, _, found: &mut Vec<u32>| {
            if tag.starts_with("table:table-column") {
                found.push(at.column);
            }
        });
        assert_eq!(columns, [vec![0, 3], vec![]]);
    }
}
