//! Text with a value in each column: CSV as Excel, WPS and databases write it.
//!
//! In UTF-8, UTF-16, GBK or Big5; with commas, semicolons or tabs, whichever parts the first lines best.

use super::grid::Grid;
use crate::diagnostics::{Code, Problem};
use crate::source;

/// Most cells that are read.
const MOST_CELLS: usize = 200_000;

/// Reads a table.
pub(super) fn read(bytes: &[u8]) -> Result<Grid, Problem> {
    let text = source::decoded(bytes).ok_or_else(|| Problem::new(Code::SpreadsheetDamaged))?;
    let mut grid = Grid::new("");
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).delimiter(delimiter(&text));
    let (mut row, mut counted) = (0_u32, 0);
    for record in reader.from_reader(text.as_bytes()).records() {
        let record = record.map_err(|_| Problem::new(Code::SpreadsheetDamaged))?;
        // The reader passes over blank lines before a record; people count them.
        let from = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(counted);
        let blank = text.get(from..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let passed = text.get(counted..from + blank).unwrap_or_default();
        row = row.saturating_add(u32::try_from(passed.matches('\n').count()).unwrap_or(u32::MAX));
        counted = from + blank;
        for (column, value) in (0_u32..).zip(record.iter()) {
            grid.put(row, column, value);
        }
        if grid.len() > MOST_CELLS {
            return Err(Problem::new(Code::SpreadsheetTooLarge).with("most", &MOST_CELLS.to_string()));
        }
    }
    Ok(grid)
}

/// The mark that occurs most evenly in the first lines.
fn delimiter(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(10).collect();
    let counts = |mark: char| lines.iter().map(move |line| line.matches(mark).count());
    let fewest = |mark: &u8| {
        let mark = char::from(*mark);
        (counts(mark).filter(|count| *count > 0).count(), counts(mark).max().unwrap_or(0))
    };
    [b',', b';', b'\t'].into_iter().rev().max_by_key(fewest).unwrap_or(b',')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_encoding_and_mark_is_read() {
        let text = "名称,地址\n甘家巷,\"白银路,5号\"\n";
        let wide: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let marked = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
        let gbk = encoding_rs::GBK.encode(text).0.into_owned();
        for bytes in [text.as_bytes(), &marked, &gbk, &wide] {
            let grid = read(bytes).unwrap();
            assert_eq!((grid.get(0, 0), grid.get(1, 1)), ("名称", "白银路,5号"));
        }
        assert_eq!(read("a;b;c\n1;2,5;3\n".as_bytes()).unwrap().get(1, 1), "2,5");
        assert_eq!(read("a\tb\n\n1\t2\n".as_bytes()).unwrap().get(2, 1), "2");
    }
}
