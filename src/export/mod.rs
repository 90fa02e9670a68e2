//! A weekly programme as a spreadsheet, for people who will not leave theirs.
//!
//! The first sheet is the board as it hangs on the wall and can be worked on; the further ones hold all that a board cannot
//! show, so that [`crate::import`] makes the same programme of it again. The bytes depend on nothing but the programme.

mod board;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use serde_yaml::{Mapping, Value};

use self::board::{Cell, Style, column};
use crate::content::Programme;
use crate::diagnostics::{Code, Problem};
use crate::import::{AS_EXPORTED, BOARD, DETAILS, Known, PROGRAMME, cell_text, heading_of, state_of, width};

pub(crate) use self::board::board;

/// The width of a column of the board, in digits of Excel's type.
const COLUMN: f64 = 22.0;
/// The height of a line of the board, in points.
const LINE: f64 = 17.0;

/// A programme, as it is written and as it was read.
pub struct Source<'a> {
    /// Its id.
    pub id: &'a str,
    /// As it was read.
    pub programme: &'a Programme,
    /// As it is written, with English keys.
    pub written: &'a Mapping,
    /// The site.
    pub known: &'a Known,
}

/// The workbook of a programme.
pub fn workbook(source: &Source<'_>) -> Result<Vec<u8>, Problem> {
    write(source).map_err(|_| Problem::new(Code::TooLongForCell).with("id", source.id))
}

fn write(source: &Source<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let in_chinese = source.known.first.as_str().starts_with("zh");
    let name = if in_chinese { BOARD[0] } else { BOARD[1] };
    draw(book.add_worksheet().set_name(name)?, &board::cells(source.programme, source.known))?;
    details(book.add_worksheet(), source, in_chinese)?;
    programme(book.add_worksheet(), source, in_chinese)?;
    book.save_to_buffer()
}

/// Draws a board.
fn draw(sheet: &mut Worksheet, cells: &[Cell]) -> Result<(), XlsxError> {
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0x00E3_EEE8));
    let title = Format::new().set_bold().set_font_size(18).set_align(FormatAlign::Center).set_text_wrap();
    let under = Format::new().set_align(FormatAlign::Center);
    let note = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(2, 2)?;
    sheet.set_column_width(0, 14)?;
    for day in 1..=cells.iter().map(|cell| cell.last).max().unwrap_or(0) {
        sheet.set_column_width(day, COLUMN)?;
    }
    sheet.set_freeze_panes(3, 1)?;
    for cell in cells {
        let format = match cell.style {
            Style::Title => &title,
            Style::Period => &under,
            Style::Head => &head,
            Style::Plain => &plain,
            Style::Note => &note,
        };
        if cell.last > cell.column {
            sheet.merge_range(cell.row, cell.column, cell.row, cell.last, &cell.text, format)?;
        } else {
            sheet.write_string_with_format(cell.row, cell.column, &cell.text, format)?;
        }
    }
    for row in cells.chunk_by(|one, other| one.row == other.row) {
        let Some(first) = row.first() else { continue };
        let lines = row.iter().map(|cell| lines_of(&cell.text)).fold(1.0, f64::max);
        match first.style {
            Style::Title => _ = sheet.set_row_height(first.row, 30)?,
            Style::Head => _ = sheet.set_row_height(first.row, (LINE * lines + 6.0).min(400.0))?,
            Style::Period | Style::Plain | Style::Note => {}
        }
    }
    Ok(())
}

/// How many lines a text takes in a column of the board.
fn lines_of(text: &str) -> f64 {
    let lines = text.lines().map(|line| (width(line) as f64 / (COLUMN - 1.0)).ceil().max(1.0));
    lines.sum::<f64>().max(1.0)
}

/// A row for each activity with all of its keys.
fn details(sheet: &mut Worksheet, source: &Source<'_>, in_chinese: bool) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_background_color(Color::RGB(0x00E3_EEE8));
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(if in_chinese { DETAILS[0] } else { DETAILS[1] })?;
    let activities =
        source.written.get("activities").and_then(Value::as_sequence).map(Vec::as_slice).unwrap_or_default();
    let mut keys: Vec<&str> = vec!["title", "when"];
    for key in activities.iter().filter_map(Value::as_mapping).flat_map(Mapping::keys).filter_map(Value::as_str) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    for (number, key) in keys.iter().enumerate() {
        sheet.write_string_with_format(0, column(number), heading_of("Activity", key, in_chinese), &head)?;
        sheet.set_column_width(column(number), 24)?;
        for (row, activity) in (1_u32..).zip(activities) {
            if let Some(value) = activity.get(*key) {
                sheet.write_string_with_format(row, column(number), cell_text(value), &cell)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

/// The keys of the programme.
fn programme(sheet: &mut Worksheet, source: &Source<'_>, in_chinese: bool) -> Result<(), XlsxError> {
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(if in_chinese { PROGRAMME[0] } else { PROGRAMME[1] })?;
    sheet.set_column_width(0, 16)?.set_column_width(1, 100)?;
    sheet.write_string(0, 0, "id")?.write_string(0, 1, source.id)?;
    let [chinese, english] = AS_EXPORTED;
    let state = if in_chinese { chinese } else { english };
    sheet.write_string(1, 0, state)?.write_string(1, 1, state_of(source.written))?;
    let entries = source.written.iter().filter_map(|(key, value)| Some((key.as_str()?, value)));
    for (row, (key, value)) in (2_u32..).zip(entries.filter(|(key, _)| *key != "activities")) {
        sheet.write_string(row, 0, heading_of("Programme", key, in_chinese))?;
        sheet.write_string_with_format(row, 1, cell_text(value), &cell)?;
    }
    Ok(())
}
