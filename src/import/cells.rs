//! From which cell of a spreadsheet a text of a draft came, for what is wrong with the file that is written from it.
//!
//! Drafts keep no cells of their own: a text is looked for among those of the spreadsheet, and the cell that has a line
//! for it, or else says it in the fewest words, is the one.

use camino::Utf8Path;

use super::Wishes;
use super::findings::Findings;

/// The cells of a file, each with its place as messages name it.
#[derive(Debug, Default)]
pub struct Cells(Vec<Cell>);

#[derive(Debug)]
struct Cell {
    place: String,
    text: String,
    /// The number of its sheet.
    sheet: usize,
}

impl Cells {
    /// Of a spreadsheet; a file of another form has none.
    pub fn of(path: &Utf8Path, bytes: &[u8]) -> Self {
        let name = path.file_name().unwrap_or(path.as_str());
        let grids = super::grids(name, bytes, &Wishes::default(), &mut Findings::of(name)).unwrap_or_default();
        let mut cells = Vec::new();
        for (number, grid) in grids.iter().enumerate() {
            let sheet = if grid.name.is_empty() { String::new() } else { format!("{}!", grid.name) };
            for row in grid.rows() {
                cells.extend(grid.row(row).map(|(column, text)| Cell {
                    place: format!("{name}:{sheet}{}", grid.place_name(row, column)),
                    text: text.to_owned(),
                    sheet: number,
                }));
            }
        }
        Self(cells)
    }

    /// The place of the cell that says a text, of those that have a line for it the one on the first sheet: there stands
    /// the board, and what else is said of its activities behind it.
    pub fn saying(&self, text: &str) -> Option<&str> {
        const SHORTEST: usize = 2;
        let says = |cell: &&Cell| cell.text.contains(text);
        let cells = self.0.iter().filter(|_| text.chars().count() >= SHORTEST).filter(says);
        let is_within = |cell: &Cell| !cell.text.lines().any(|line| line.trim() == text);
        let likeliest = cells.min_by_key(|cell| match is_within(cell) {
            true => (true, 0, cell.text.len()),
            false => (false, cell.sheet, cell.text.len()),
        });
        likeliest.map(|cell| cell.place.as_str())
    }
}
