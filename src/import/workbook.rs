//! Spreadsheets of Excel, WPS and LibreOffice: bytes → grids.
//!
//! The file is measured before it is read: how large it is unpacked, how many cells it has. Dates and times come as
//! people see them (`2026-12-01`, `09:30`), in both of Excel's reckonings; of a formula its last result; error cells are
//! said and left empty; hidden sheets are said and passed over, hidden rows and columns are said and read; what is struck
//! out is said and not read, and remarks are said.

use std::cell::Cell;
use std::io::{Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use calamine::{Data, ExcelDateTime, Ods, Reader, SheetType, SheetVisible, Xls, Xlsx};
use zip::ZipArchive;

use super::excel_parts::Parts;
use super::findings::Findings;
use super::grid::{Area, Grid};
use super::remarks::{self, Remarks};
use super::spans;
use super::struck::{self, Struck};
use super::unseen::{self, Unseen};
use crate::diagnostics::{Code, Problem};

/// The most that a file may be unpacked, in bytes.
const LARGEST_UNPACKED: u64 = 200 * 1024 * 1024;
/// Most cells with something in them that are read.
const MOST_CELLS: usize = 200_000;
/// Most sheets that are read.
const MOST_SHEETS: usize = 50;

/// Reads every sheet that is shown.
pub(super) fn read(bytes: &[u8], findings: &mut Findings) -> Result<Vec<Grid>, Problem> {
    let is_packed = bytes.starts_with(b"PK");
    let is_old = bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    if !is_packed && !is_old {
        return Err(Problem::new(Code::SpreadsheetDamaged));
    }
    let content = if is_packed { measure(bytes)? } else { None };
    let read = || match (is_packed, &content) {
        (true, Some(content)) => {
            let beside = (
                unseen::of_open_document(content),
                struck::of_open_document(content),
                remarks::of_open_document(content),
            );
            open_document(bytes, content).map(|sheets| with(sheets, beside))
        }
        (true, None) => excel(bytes).map(|sheets| match Parts::of(bytes) {
            Some(mut parts) => {
                let unseen = unseen::of_excel(&mut parts);
                let struck = struck::of_excel(&mut parts);
                with(sheets, (unseen, struck, remarks::of_excel(&mut parts)))
            }
            None => sheets,
        }),
        (false, _) => old_excel(bytes),
    };
    let sheets = unheard(read).unwrap_or_else(|| Err(Problem::new(Code::SpreadsheetDamaged)))?;
    let mut grids = Vec::new();
    if is_old {
        findings.on_file(Problem::new(Code::OldSpreadsheet));
    }
    for mut sheet in sheets {
        if sheet.hidden {
            findings.on_file(Problem::new(Code::SheetHidden).with("name", &sheet.grid.name));
            continue;
        }
        for (at, error) in std::mem::take(&mut sheet.errors) {
            findings.at(&sheet.grid, at, Problem::new(Code::CellError).with("text", &error));
        }
        sheet.strike_out(findings);
        for (at, text) in &sheet.remarks {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            findings.at(&sheet.grid, *at, Problem::new(Code::CellRemark).with("text", &text));
        }
        let unseen = sheet.unseen.in_words(&sheet.grid);
        if !unseen.is_empty() {
            let problem = Problem::new(Code::RowsHidden).with("name", &sheet.grid.name);
            findings.on_file(problem.with_list("places", unseen.iter().map(String::as_str)));
        }
        if let Some(at) = sheet.formulas.first() {
            let count = sheet.formulas.len().to_string();
            findings.at(&sheet.grid, *at, Problem::new(Code::FormulaResults).with("count", &count));
        }
        grids.push(sheet.grid);
    }
    Ok(grids)
}

thread_local! {
    /// Whether what panics in this thread is to say nothing.
    static UNHEARD: Cell<bool> = const { Cell::new(false) };
}

/// What a parser of others' files gives, or nothing if it gives up: that must not take the program with it, and its last
/// words are nobody's. Those of other threads are heard meanwhile.
fn unheard<T>(read: impl FnOnce() -> T) -> Option<T> {
    static HEARS: Once = Once::new();
    HEARS.call_once(|| {
        let said = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !UNHEARD.get() {
                said(panic)
            }
        }));
    });
    UNHEARD.set(true);
    let read = catch_unwind(AssertUnwindSafe(read));
    UNHEARD.set(false);
    read.ok()
}

/// The sheets with what each hides, strikes out and has remarks of.
fn with(sheets: Vec<Sheet>, (unseen, struck, remarks): (Vec<Unseen>, Vec<Struck>, Vec<Remarks>)) -> Vec<Sheet> {
    let own = |mut sheet: Sheet| {
        sheet.unseen = unseen.get(sheet.place).cloned().unwrap_or_default();
        sheet.struck = struck.get(sheet.place).cloned().unwrap_or_default();
        sheet.remarks = remarks.get(sheet.place).cloned().unwrap_or_default();
        sheet
    };
    sheets.into_iter().map(own).collect()
}

/// A sheet as it is in the file.
#[derive(Default)]
struct Sheet {
    grid: Grid,
    /// Its place among all sheets of the workbook.
    place: usize,
    hidden: bool,
    unseen: Unseen,
    struck: Struck,
    remarks: Remarks,
    errors: Vec<((u32, u32), String)>,
    formulas: Vec<(u32, u32)>,
}

impl Sheet {
    /// Takes away what is struck out, and says it.
    fn strike_out(&mut self, findings: &mut Findings) {
        let mut texts = Vec::new();
        for ((row, column), left) in std::mem::take(&mut self.struck) {
            let before = self.grid.get(row, column).to_owned();
            self.grid.put(row, column, &left);
            let (cell, after) = (self.grid.cell_name(row, column), self.grid.get(row, column));
            if before != after {
                let gone = if after.is_empty() { &before } else { &before.replacen(after, "", 1) };
                texts.push(format!("{cell} {}", gone.split_whitespace().collect::<Vec<_>>().join(" ")));
            }
        }
        if !texts.is_empty() {
            let problem = Problem::new(Code::StruckOut);
            findings.on_sheet(&self.grid, problem.with_list("texts", texts.iter().map(String::as_str)));
        }
    }

    fn put(&mut self, at: (u32, u32), data: &Data) -> Result<(), Problem> {
        if let Data::Error(error) = data {
            self.errors.push((at, error.to_string()));
            self.grid.fail(at);
        }
        if matches!(data, Data::Int(_) | Data::Float(_)) {
            self.grid.count(at);
        }
        self.grid.put(at.0, at.1, &text(data));
        if self.grid.len() > MOST_CELLS {
            return Err(too_large());
        }
        Ok(())
    }
}

fn too_large() -> Problem {
    Problem::new(Code::SpreadsheetTooLarge).with("most", &MOST_CELLS.to_string())
}

/// Looks how large a packed file is when it is unpacked, whatever it says of itself; hands out the content of an
/// OpenDocument file.
fn measure(bytes: &[u8]) -> Result<Option<String>, Problem> {
    let damaged = || Problem::new(Code::SpreadsheetDamaged);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let is_open_document = archive.index_for_name("content.xml").is_some();
    let mut content = None;
    let mut left = LARGEST_UNPACKED;
    for number in 0..archive.len() {
        let mut entry = archive.by_index(number).map_err(|_| damaged())?;
        let is_content = is_open_document && entry.name().is_ok_and(|name| name == "content.xml");
        let mut kept = Vec::new();
        let mut limited = entry.by_ref().take(left);
        let size = if is_content {
            limited.read_to_end(&mut kept).map(|size| size as u64)
        } else {
            std::io::copy(&mut limited, &mut std::io::sink())
        };
        let size = size.map_err(|_| damaged())?;
        left -= size;
        if left == 0 {
            return Err(too_large());
        }
        if is_content {
            content = Some(String::from_utf8(kept).map_err(|_| damaged())?);
        }
    }
    Ok(content)
}

fn excel(bytes: &[u8]) -> Result<Vec<Sheet>, Problem> {
    let damaged = |_| Problem::new(Code::SpreadsheetDamaged);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut sheets = Vec::new();
    for (place, name, visible) in worksheets(book.sheets_metadata()) {
        let mut sheet = Sheet { grid: Grid::new(&name), place, hidden: !visible, ..Sheet::default() };
        if visible {
            for area in book.merge_cells_by_sheet_name(&name).map_err(damaged)? {
                sheet.grid.merge(of_dimensions(area));
            }
            let mut cells = book.worksheet_cells_reader(&name).map_err(damaged)?;
            while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(damaged)? {
                let data = Data::from(cell.value);
                if cell.formula.is_some() && text(&data).is_empty() && !matches!(data, Data::Error(_)) {
                    sheet.errors.push((cell.pos, "=".to_owned()));
                    sheet.grid.fail(cell.pos);
                    continue;
                }
                let has_result = !matches!(data, Data::Error(_));
                if cell.formula.is_some() && has_result && sheet.formulas.len() < MOST_CELLS {
                    sheet.formulas.push(cell.pos);
                }
                sheet.put(cell.pos, &data)?;
            }
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Whether no record of an old workbook claims more rows and columns than Excel had: what it claims is reserved before
/// a cell is read. Records are looked for anywhere in the file, since they lie in its sectors in any order.
fn fits_old_excel(bytes: &[u8]) -> bool {
    const ROWS: u32 = 65_536;
    const COLUMNS: u16 = 256;
    bytes.windows(18).all(|record| {
        let short = |at: usize| {
            record.get(at..at + 2).map_or(0, |two| two.iter().rev().fold(0, |n, byte| n << 8 | u16::from(*byte)))
        };
        let long = |at: usize| u32::from(short(at)) | u32::from(short(at + 2)) << 16;
        match record {
            // The size of a sheet: rows and columns, from and up to.
            [0x00, 0x02, 0x0e, 0x00, ..] => {
                long(8) <= ROWS && short(14) <= COLUMNS && long(4) <= long(8) && short(12) <= short(14)
            }
            // A number, a truth, a short number, a text: row and column.
            [0x03, 0x02, 0x0e, 0x00, ..]
            | [0x05, 0x02, 0x08, 0x00, ..]
            | [0x7e, 0x02, 0x0a, 0x00, ..]
            | [0xfd, 0x00, 0x0a, 0x00, ..] => short(6) < COLUMNS,
            _ => true,
        }
    })
}

fn old_excel(bytes: &[u8]) -> Result<Vec<Sheet>, Problem> {
    if !fits_old_excel(bytes) {
        return Err(Problem::new(Code::SpreadsheetDamaged));
    }
    let damaged = |_| Problem::new(Code::SpreadsheetDamaged);
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut sheets = Vec::new();
    for (_, name, visible) in worksheets(book.sheets_metadata()) {
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let range = book.worksheet_range(&name).map_err(damaged)?;
        let mut sheet = of_range(&name, visible, &range)?;
        merged.into_iter().for_each(|area| sheet.grid.merge(of_dimensions(area)));
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn open_document(bytes: &[u8], content: &str) -> Result<Vec<Sheet>, Problem> {
    if spans::most_cells(content) > LARGEST_UNPACKED / 16 {
        return Err(too_large());
    }
    let damaged = |_| Problem::new(Code::SpreadsheetDamaged);
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(damaged)?;
    let merged = spans::merged(content);
    let mut sheets = Vec::new();
    for (place, name, visible) in worksheets(book.sheets_metadata()) {
        let range = book.worksheet_range(&name).map_err(damaged)?;
        let mut sheet = Sheet { place, ..of_range(&name, visible, &range)? };
        merged.get(place).into_iter().flatten().for_each(|area| sheet.grid.merge(*area));
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// The sheets with cells: the place of each among all, its name, and whether it is shown.
fn worksheets(sheets: &[calamine::Sheet]) -> Vec<(usize, String, bool)> {
    let sheets = sheets.iter().enumerate().filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet).take(MOST_SHEETS);
    sheets.map(|(place, sheet)| (place, sheet.name.clone(), sheet.visible == SheetVisible::Visible)).collect()
}

fn of_dimensions(area: calamine::Dimensions) -> Area {
    let ((top, left), (bottom, right)) = (area.start, area.end);
    Area { top, left, bottom, right }
}

fn of_range(name: &str, visible: bool, range: &calamine::Range<Data>) -> Result<Sheet, Problem> {
    let mut sheet = Sheet { grid: Grid::new(name), hidden: !visible, ..Sheet::default() };
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, data) in range.used_cells() {
        let place = |from: u32, offset: usize| from.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
        sheet.put((place(top, row), place(left, column)), data)?;
    }
    Ok(sheet)
}

/// What people see in a cell.
fn text(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(truth) => if *truth { "是" } else { "否" }.to_owned(),
        Data::DateTime(date) => date_or_time(date),
        Data::DateTimeIso(text) => text.trim_end_matches("T00:00:00").replace('T', " "),
        Data::DurationIso(text) => duration(text),
    }
}

fn date_or_time(date: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, millisecond) = date.to_ymd_hms_milli();
    // Half a second of a day's fraction is an error of reckoning.
    let minute_of_day = u32::from(hour) * 60 + u32::from(minute) + u32::from(second >= 59 && millisecond >= 500);
    let time = format!("{:02}:{:02}", minute_of_day / 60, minute_of_day % 60);
    match (date.as_f64() < 1.0, minute_of_day) {
        (true, _) => time,
        (false, 0) => format!("{year:04}-{month:02}-{day:02}"),
        (false, _) => format!("{year:04}-{month:02}-{day:02} {time}"),
    }
}

/// `PT09H30M00S` as `09:30`.
fn duration(text: &str) -> String {
    let parts = text.strip_prefix("PT").and_then(|rest| {
        let (hours, rest) = rest.split_once('H')?;
        let (minutes, _) = rest.split_once('M')?;
        Some((hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok()?))
    });
    parts.map_or_else(|| text.to_owned(), |(hours, minutes)| format!("{hours:02}:{minutes:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn dates_and_times_are_as_people_see_them_in_both_reckonings() {
        let shown =
            |value: f64, is_1904: bool| date_or_time(&ExcelDateTime::new(value, ExcelDateTimeType::DateTime, is_1904));
        assert_eq!(shown(46_357.0, false), "2026-12-01");
        assert_eq!(shown(46_357.0 - 1462.0, true), "2026-12-01");
        assert_eq!(shown(0.395_833_333, false), "09:30");
        assert_eq!(shown(46_357.604_166_666_664, false), "2026-12-01 14:30");
        assert_eq!(duration("PT09H30M00S"), "09:30");
        assert_eq!(text(&Data::DateTimeIso("2026-12-01T00:00:00".to_owned())), "2026-12-01");
    }
}
