//! Workbooks as sheets of texts: read, changed and written again.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use rust_xlsxwriter::Workbook;

/// The texts of a sheet, by row and column.
pub type Cells = BTreeMap<(u32, u16), String>;

/// The sheets of a workbook with their cells.
pub fn cells(bytes: &[u8]) -> Vec<(String, Cells)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let sheet = |name: String| {
        let range = book.worksheet_range(&name).unwrap();
        let (top, left) = range.start().unwrap();
        let cell = |(row, column, cell): (usize, usize, &calamine::Data)| {
            ((top + row as u32, (left as usize + column) as u16), cell.to_string())
        };
        (name, range.used_cells().map(cell).filter(|(_, text)| !text.is_empty()).collect())
    };
    names.into_iter().map(sheet).collect()
}

/// A workbook of sheets.
pub fn book(sheets: &[(String, Cells)]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, cells) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for ((row, column), text) in cells {
            sheet.write_string(*row, *column, text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}
