//! What people keep in other forms, read into records of the site.
//!
//! In go the bytes of a file and what the site knows ([`Known`]); out come [`Draft`]s, each the text of one new file, and
//! what was not understood, each with its cell. A spreadsheet becomes a [`Grid`] of texts with its merged cells
//! (`workbook`, `delimited`); a grid is a weekly board as people draw it (`board`, `entry`, `programme`) or a list. Times,
//! days and hours are read by the readers of [`crate::calendar`]. Nothing here touches the disk, and nothing is passed
//! over in silence: what has no place in a record stands as a comment in its file.

mod agenda;
mod board;
mod completed;
mod dates;
mod delimited;
mod details;
mod draft;
mod entry;
mod findings;
mod grid;
mod known;
mod merge;
mod programme;
mod proposed_id;
mod spans;
mod vocabulary;
mod workbook;
mod written;

pub use details::{DETAILS, Details, PROGRAMME, cell_text, heading_of};
pub use draft::Draft;
pub use grid::Grid;
pub use known::{Known, KnownProgramme};
pub use merge::merged;
pub use written::width;

use camino::Utf8Path;

use self::findings::Findings;
use crate::calendar::{DateSpan, TimeRange};
use crate::diagnostics::{Code, Diagnostic, Problem};

/// The largest file that is read, in bytes.
pub const LARGEST: u64 = 20 * 1024 * 1024;

/// What whoever imports says beside the file.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// The sheet that is meant, by its name; all of them if absent.
    pub sheet: Option<String>,
    /// The id of the record.
    pub id: Option<String>,
    /// The centre, by its id.
    pub centre: Option<String>,
    /// From when to when it holds.
    pub valid: Option<DateSpan>,
    /// Parts of the day with their times.
    pub slots: Vec<(String, TimeRange)>,
}

/// What came of a file.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The records that were understood.
    pub drafts: Vec<Draft>,
    /// What was not.
    pub found: Vec<Diagnostic>,
}

/// Reads a file of any form that is known.
pub fn read(path: &Utf8Path, bytes: &[u8], known: &Known, wishes: &Wishes) -> Outcome {
    let name = path.file_name().unwrap_or(path.as_str());
    let mut findings = Findings::of(name);
    let drafts = match grids(name, bytes, wishes, &mut findings) {
        Ok(grids) => of_grids(name, &grids, known, wishes, &mut findings),
        Err(problem) => {
            findings.on_file(problem);
            Vec::new()
        }
    };
    Outcome { drafts, found: findings.diagnostics }
}

/// The sheets of a spreadsheet.
fn grids(name: &str, bytes: &[u8], wishes: &Wishes, findings: &mut Findings) -> Result<Vec<Grid>, Problem> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let mut grids = match ending.as_str() {
        "xlsx" | "xlsm" | "xls" | "et" | "ods" => workbook::read(bytes, findings)?,
        "csv" | "tsv" | "txt" => vec![delimited::read(bytes)?],
        _ => return Err(Problem::new(Code::NotImportable).with("name", name)),
    };
    if let Some(wanted) = &wishes.sheet {
        let names: Vec<String> = grids.iter().map(|grid| grid.name.clone()).collect();
        grids.retain(|grid| grid.name == *wanted);
        if grids.is_empty() {
            let names = names.iter().map(String::as_str);
            return Err(Problem::new(Code::NoSuchSheet).with("name", wanted).with_list("names", names));
        }
    }
    Ok(grids)
}

fn of_grids(name: &str, grids: &[Grid], known: &Known, wishes: &Wishes, findings: &mut Findings) -> Vec<Draft> {
    let details = Details::of(grids);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut drafts = Vec::new();
    for grid in grids.iter().filter(|grid| !details.is_part(grid)) {
        if let Some(board) = board::read(grid, &details.titles(known.first.as_str()), findings) {
            drafts.extend(programme::draft(board, &details, stem, known, wishes, findings));
        }
    }
    if drafts.is_empty() && findings.diagnostics.is_empty() {
        findings.on_file(Problem::new(Code::NothingToImport));
    }
    drafts
}
