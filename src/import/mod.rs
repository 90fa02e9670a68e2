//! What people keep in other forms, read into records of the site.
//!
//! In go the bytes of a file and what the site knows ([`Known`]); out come [`Draft`]s, each the text of one new file, and
//! what was not understood, each with its cell. A spreadsheet becomes a [`Grid`] of texts with its merged cells
//! (`workbook`, `delimited`); a grid is a weekly board as people draw it (`board`, `entry`, `programme`) or a list of
//! places, entitlements or duty (`table` and a file each); other programs' places become such a list (`directory`), and
//! their services records of their own (`hsds`). Times, days and hours are read by the readers of [`crate::calendar`].
//! Nothing here touches the disk, and nothing is passed over in silence: what has no place in a record stands as a
//! comment in its file.

mod agenda;
mod board;
mod cells;
mod centres;
mod closing_rows;
mod columns_of_days;
mod dates;
mod delimited;
mod details;
mod directory;
mod draft;
mod duty;
mod duty_board;
mod english_dates;
mod entry;
mod excel_parts;
mod exported;
mod findings;
mod grid;
mod holiday_lists;
mod holidays;
mod hsds;
mod items;
mod known;
mod known_texts;
mod listed_days;
mod merge;
mod open_cells;
mod packages;
mod packed;
mod part_of_day;
mod patched;
mod persons;
mod policies;
mod programme;
mod proposed_id;
mod remarks;
mod repeated;
mod row_days;
mod spans;
mod standing_hours;
mod standing_phones;
mod struck;
mod table;
mod term;
mod unseen;
mod vocabulary;
mod workbook;
mod written;

pub use board::OTHER_DAYS;
pub use cells::Cells;
pub use details::{AS_EXPORTED, BOARD, DETAILS, PROGRAMME, cell_text, heading_of, state_of};
pub use draft::Draft;
pub use grid::{Area, Grid};
pub use known::{Known, KnownActivity, KnownHours, KnownOffer, KnownProgramme, KnownSessions, KnownTexts, KnownTimes};
pub use merge::merged;
pub use packages::{Tables, tables_of};
pub use standing_hours::keeping_rules;
pub use standing_phones::{OldPhones, keeping_phones};
pub use written::width;

use std::collections::{BTreeMap, HashSet};

use camino::Utf8Path;

use self::directory::Place;
use self::findings::Findings;
use self::listed_days::ListedDays;
use self::packages::json;
use self::packed::Packed;
use self::table::Table;
use crate::calendar::{DateSpan, TimeRange};
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::source;

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
    /// The area in which places are, by its id, where the list does not say.
    pub area: Option<String>,
    /// From when to when it holds.
    pub valid: Option<DateSpan>,
    /// Parts of the day with their times.
    pub slots: Vec<(String, TimeRange)>,
}

/// What a sheet is read with.
struct Context<'a> {
    /// The name of the file without its ending.
    stem: &'a str,
    known: &'a Known,
    wishes: &'a Wishes,
}

impl Context<'_> {
    /// Reads days whose year and month what stands above them may say.
    fn days_below(&self, above: &[((u32, u32), String)], grid: &Grid) -> ListedDays {
        let above = above.iter().map(|(_, text)| text.as_str());
        let words: Vec<&str> = above.chain([grid.name.as_str(), self.stem]).collect();
        ListedDays::in_context(&words.join("\n"), self.wishes.valid)
    }
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
    let text = name.ends_with(".txt").then(|| source::decoded(bytes)).flatten();
    if let Some(notice) = text.filter(|text| holidays::is_notice(text)) {
        let drafts = holidays::draft(&notice, &mut findings).into_iter().collect();
        return Outcome { drafts, found: findings.all() };
    }
    if let Some(drafts) = holiday_list(name, bytes, known, &mut findings) {
        if drafts.is_empty() && findings.diagnostics.is_empty() {
            findings.on_file(Problem::new(Code::NothingToImport).with_word("needs", "needs-board"));
        }
        return Outcome { drafts, found: findings.all() };
    }
    if packed::is_one(name) {
        return match packed::read(bytes) {
            Ok(Packed::Tables(tables)) => read_tables(name, &tables, known, wishes),
            Ok(Packed::File(path, bytes)) => read(&path, &bytes, known, wishes),
            Err(problem) => {
                findings.on_file(problem);
                Outcome { drafts: Vec::new(), found: findings.all() }
            }
        };
    }
    if matches!(path.extension(), Some("json" | "geojson")) {
        let json = match json(bytes) {
            Ok(json) => json,
            Err((line, problem)) => {
                findings.on_line(line, problem);
                return Outcome { drafts: Vec::new(), found: findings.all() };
            }
        };
        let drafts = match directory::of_osm(&json, &mut findings) {
            Some(places) => {
                let drafts = of_places(name, &places, known, wishes, &mut findings);
                say_if_nothing(&drafts, Code::NotADirectory, &mut findings);
                drafts
            }
            None => {
                let directory = hsds::of_json(&json, known, &mut findings);
                of_directory(name, directory, known, wishes, &mut findings)
            }
        };
        return Outcome { drafts, found: findings.all() };
    }
    let drafts = match grids(name, bytes, wishes, &mut findings) {
        Ok(grids) => {
            let drafts = of_grids(name, &grids, known, wishes, &mut findings);
            say_if_nothing(&drafts, Code::NothingToImport, &mut findings);
            drafts
        }
        Err(problem) => {
            findings.on_file(problem);
            Vec::new()
        }
    };
    Outcome { drafts, found: findings.all() }
}

/// The public calendars of a list of holidays, if the file is one.
fn holiday_list(name: &str, bytes: &[u8], known: &Known, findings: &mut Findings) -> Option<Vec<Draft>> {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let region = known.region.as_str();
    match ending.as_str() {
        "ics" => {
            let text = source::decoded(bytes).filter(|text| holiday_lists::is_calendar(text));
            // A file that is none is said as any other that cannot be read.
            text.map(|text| holiday_lists::of_calendar(&text, name, region, findings))
        }
        "json" => holiday_lists::of_json(&source::decoded(bytes)?, name, region, findings),
        _ => None,
    }
}

/// Reads the tables of an HSDS data package, by their names.
pub fn read_tables(name: &str, tables: &Tables, known: &Known, wishes: &Wishes) -> Outcome {
    let mut findings = Findings::of(name);
    if !tables.missing.is_empty() {
        let problem = Problem::new(Code::TableMissing).with("count", &tables.missing.len().to_string());
        findings.once(problem.with_list("names", tables.missing.iter().map(String::as_str)));
    }
    let directory = hsds::of_tables(&tables.found, known, &mut findings);
    let drafts = of_directory(name, directory, known, wishes, &mut findings);
    Outcome { drafts, found: findings.all() }
}

/// The records of places.
fn of_places(name: &str, places: &[Place], known: &Known, wishes: &Wishes, findings: &mut Findings) -> Vec<Draft> {
    let grids: Vec<Grid> = directory::grid(places).into_iter().collect();
    of_grids(name, &grids, known, wishes, findings)
}

/// The records of a directory of services: those of its places first.
fn of_directory(
    name: &str,
    directory: hsds::Directory,
    known: &Known,
    wishes: &Wishes,
    findings: &mut Findings,
) -> Vec<Draft> {
    let mut drafts = of_places(name, &directory.places, known, wishes, findings);
    let by_row: BTreeMap<u32, String> =
        drafts.iter().filter_map(|draft| Some((draft.row?, draft.id.clone()))).collect();
    let homes: Vec<Option<String>> =
        (1_u32..).zip(&directory.places).map(|(row, _)| by_row.get(&row).cloned()).collect();
    let is_empty = !directory.has_services();
    directory.put_services(&homes, (known, wishes), &mut drafts, findings);
    if is_empty {
        say_if_nothing(&drafts, Code::NotADirectory, findings);
    }
    drafts
}

/// Says that there is nothing to import, if nothing else is said already.
fn say_if_nothing(drafts: &[Draft], code: Code, findings: &mut Findings) {
    if drafts.is_empty() && !findings.diagnostics.iter().any(Diagnostic::is_error) {
        findings.on_file(Problem::new(code).with_word("why", "json-nothing").with_word("needs", "needs-board"));
    }
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
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let context = Context { stem, known, wishes };
    if let Some(drafts) = exported::drafts(grids, &context, findings) {
        return drafts;
    }
    let (mut drafts, mut boards) = (Vec::new(), Vec::new());
    let mut paths = HashSet::new();
    let mut needs = None;
    for grid in grids {
        if details::are_details(grid) {
            findings.on_sheet(grid, Problem::new(Code::DetailsAlone));
            continue;
        }
        // A roster names weekdays too, so the headings of lists are looked at first.
        if let Some((list, its_needs)) = list(grid, stem, known, wishes, findings) {
            needs = needs.or(Some(its_needs).filter(|_| !grid.is_of_records()));
            drafts.extend(list.into_iter().filter(|draft| is_first(draft, grid, &mut paths, findings)));
        } else if let Some(board) = board::read(grid, &HashSet::new(), &context, findings) {
            boards.push((grid, board));
        }
    }
    let homes = boards.iter().map(|(_, board)| programme::centre(board, &context));
    let homes: Vec<Option<String>> = homes.collect();
    for ((grid, board), home) in boards.into_iter().zip(&homes) {
        let draft = if duty_board::is_one(&board, stem) {
            duty_board::draft(board, stem, known, wishes, findings)
        } else {
            // Several boards of one centre are as many programmes: one for the winter, one for the summer.
            let is_one_of_several = homes.iter().filter(|other| *other == home).count() > 1;
            programme::draft(board, is_one_of_several, &context, findings)
        };
        drafts.extend(draft.filter(|draft| is_first(draft, grid, &mut paths, findings)));
    }
    if let Some(needs) = needs.filter(|_| drafts.is_empty() && !findings.diagnostics.iter().any(Diagnostic::is_error)) {
        findings.on_file(Problem::new(Code::NothingToImport).with_word("needs", needs));
    }
    drafts
}

/// Whether no record before this one has its file; one that comes later is said and left out.
fn is_first(draft: &Draft, grid: &Grid, paths: &mut HashSet<String>, findings: &mut Findings) -> bool {
    // Places of a directory may share a name, and are compared where they are put together.
    if grid.is_of_records() || paths.insert(draft.path()) {
        return true;
    }
    let name = ["title", "name"].iter().find_map(|key| draft.record.get(*key)?.as_str()).unwrap_or(&draft.id);
    let problem = Problem::new(Code::SameFileTwice).with("title", name).with("path", &draft.path());
    match draft.row {
        Some(row) => findings.at(grid, (row, grid.row(row).next().map_or(0, |(column, _)| column)), problem),
        None => findings.on_sheet(grid, problem),
    }
    false
}

/// The records of a list, if the sheet is one, of the kind of which most headings are known; and the catalogue's word for
/// what every row of that kind needs.
fn list(
    grid: &Grid,
    stem: &str,
    known: &Known,
    wishes: &Wishes,
    findings: &mut Findings,
) -> Option<(Vec<Draft>, &'static str)> {
    let centres = Table::of(grid, centres::HEADINGS)
        .filter(|table| ["address", "phones", "hours"].iter().any(|key| table.columns.contains_key(key)));
    let policies = Table::of(grid, policies::HEADINGS).filter(|table| {
        ["conditions", "papers", "audience", "departments", "steps"].iter().any(|key| table.columns.contains_key(key))
    });
    let duty = Table::of(grid, duty::HEADINGS)
        .filter(|table| ["date", "weekday"].iter().any(|key| table.columns.contains_key(key)));
    let agenda = agenda::headings(grid);
    let count = |table: &Option<Table<'_>>| table.as_ref().map_or(0, |table| table.columns.len());
    let most = count(&centres).max(count(&policies)).max(count(&duty));
    if most == 0 || agenda >= most {
        return None;
    }
    let is_it = |table: &Table<'_>| table.columns.len() == most;
    if let Some(mut table) = centres.filter(is_it) {
        if !grid.is_of_records() {
            closing_rows::leave_out(&mut table, "name", findings);
        }
        let drafts = centres::drafts(&table, known, wishes.area.as_deref(), findings);
        return Some((drafts, "needs-centres"));
    }
    if let Some(mut table) = policies.filter(is_it) {
        closing_rows::leave_out(&mut table, "title", findings);
        return Some((policies::drafts(&table, known, findings), "needs-policies"));
    }
    let mut table = duty?;
    closing_rows::leave_out(&mut table, "who", findings);
    Some((duty::draft(table, stem, known, wishes, findings).into_iter().collect(), "needs-duty"))
}
