//! From which cell of a spreadsheet a text of a draft came, for what is wrong with the file that is written from it.
//!
//! Drafts keep no cells of their own: a text is looked for among those of the spreadsheet, and the cell that says it in
//! the fewest words is the one.

use camino::Utf8Path;

use super::Wishes;
use super::findings::Findings;

/// The cells of a file, each with its place as messages name it.
#[derive(Debug, Default)]
pub struct Cells(Vec<(String, String)>);

impl Cells {
    /// Of a spreadsheet; a file of another form has none.
    pub fn of(path: &Utf8Path, bytes: &[u8]) -> Self {
        let name = path.file_name().unwrap_or(path.as_str());
        let grids = super::grids(name, bytes, &Wishes::default(), &mut Findings::of(name)).unwrap_or_default();
        let mut cells = Vec::new();
        for grid in &grids {
            let sheet = if grid.name.is_empty() { String::new() } else { format!("{}!", grid.name) };
            for row in grid.rows() {
                cells.extend(grid.row(row).map(|(column, text)| {
                    (format!("{name}:{sheet}{}", grid.place_name(row, column)), text.to_owned())
                }));
            }
        }
        Self(cells)
    }

    /// The place of the cell that says a text.
    pub fn saying(&self, text: &str) -> Option<&str> {
        const SHORTEST: usize = 2;
        let says = |(_, cell): &&(String, String)| cell.contains(text);
        let cells = self.0.iter().filter(|_| text.chars().count() >= SHORTEST).filter(says);
        cells.min_by_key(|(_, cell)| cell.len()).map(|(place, _)| place.as_str())
    }
}
