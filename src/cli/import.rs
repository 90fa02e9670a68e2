//! `noticeboard import FILE`: what stands in a spreadsheet, as records of the site.
//!
//! First it is shown what was understood and what was not; with `--write` the files are written, each whole or not at
//! all, after `check` found no mistake in them. A file that is there already is shown as it would change, and is written
//! only with `--replace`.

mod checked;
mod shown;
mod target;

use std::cell::LazyCell;
use std::fs;
use std::io::Read as _;
use std::process::ExitCode;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use self::checked::check;
use self::shown::{said, show};
use self::target::Target;
use super::{SiteArguments, Voice, prepare, standing, whole};
use crate::calendar::{DateSpan, TimeRange};
use crate::content::{Area, Centre, Content, Id};
use crate::diagnostics::{Action, Code, Diagnostic, Failure, Place, Problem, closest};
use crate::import::{self, Cells, Known, KnownTimes, LARGEST, Tables, Wishes, tables_of};
use crate::source::File;

#[derive(Debug, Args)]
pub(super) struct ImportArguments {
    /// The file: .xlsx, .xls, .ods or .csv; .txt, .ics or .json for a year's holidays; .json, .geojson, datapackage.json or
    /// .zip for places of OpenStreetMap, and places and services of HSDS.
    #[arg(value_name = "FILE")]
    file: Utf8PathBuf,
    #[command(flatten)]
    pub(super) site: SiteArguments,
    /// Writes the files; without it only what was understood is shown.
    #[arg(long)]
    write: bool,
    /// Changes files that are there already.
    #[arg(long)]
    replace: bool,
    /// The sheet that is meant, by its name.
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// The id of the record, which is the name of its file.
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// The centre that it is about, by its id.
    #[arg(long, value_name = "ID")]
    centre: Option<String>,
    /// The area in which the new places of a list are, by its id.
    #[arg(long, value_name = "ID")]
    area: Option<String>,
    /// From when to when it holds: 2026-09-01..2027-01-15.
    #[arg(long, value_name = "DATES")]
    valid: Option<String>,
    /// The time of a part of the day: 上午=9:00-11:30.
    #[arg(long = "slot", value_name = "NAME=TIME")]
    slots: Vec<String>,
}

pub(super) fn run(arguments: &ImportArguments, voice: Voice) -> ExitCode {
    let read = prepare::read(&arguments.site);
    let (wishes, mut failures) = wishes(arguments, read.as_ref().ok());
    match read {
        Ok(read) if failures.is_empty() => {
            return import(arguments, &wishes, read, voice).unwrap_or_else(|failure| voice.failure(&failure));
        }
        Ok(_) => {}
        Err(failure) => failures.push(failure),
    }
    let mut code = ExitCode::SUCCESS;
    for failure in &failures {
        code = voice.failure(failure);
    }
    code
}

fn import(
    arguments: &ImportArguments,
    wishes: &Wishes,
    read: prepare::Read,
    voice: Voice,
) -> Result<ExitCode, Failure> {
    let bytes = bytes_of(&arguments.file)?;
    let content = read.content();
    let today = read.occasion.now.date();
    let is_ours = !matches!(arguments.file.extension(), Some("json" | "geojson" | "zip"));
    let times = if is_ours { KnownTimes::on(today) } else { standing::times(&arguments.site, today)? };
    let mut known = Known::of(content.as_ref(), times);
    known.read_files(read.files());
    let mut outcome = if bytes.len() as u64 > LARGEST {
        let mut outcome = import::Outcome::default();
        let file: Arc<str> = arguments.file.file_name().unwrap_or_default().into();
        outcome.found.push(Problem::new(Code::SpreadsheetTooLarge).at(Place::without_lines(&file)));
        outcome
    } else if let Some(tables) = tables_beside(&arguments.file, &bytes)? {
        import::read_tables(arguments.file.file_name().unwrap_or_default(), &tables, &known, wishes)
    } else {
        import::read(&arguments.file, &bytes, &known, wishes)
    };
    let cells = LazyCell::new(|| if is_ours { Cells::of(&arguments.file, &bytes) } else { Cells::default() });
    let mut targets = Vec::new();
    for draft in &outcome.drafts {
        if let Err(problem) = Id::<Centre>::new(&draft.id) {
            outcome.found.push(problem.at(Place::whole(&draft.path().into())));
            continue;
        }
        let target = Target::of(draft, read.files(), &known);
        show(draft, &target, voice);
        if target.before.is_some() && target.changes() && arguments.write && !arguments.replace {
            let path = &*target.after.path;
            outcome.found.push(Problem::new(Code::FileStands).with("path", path).at(Place::whole(&target.after.path)));
        }
        outcome.found.extend(target.said_of_translations(draft, &cells));
        outcome.found.extend(target.said_of_losses(draft, &known));
        outcome.found.extend(target.said_of_phones(&cells));
        targets.push(target);
    }
    // What is missing already would only be said twice.
    let is_complete = !outcome.found.iter().any(Diagnostic::is_error);
    let (checked, texts) = if is_complete { check(read, &targets, &cells) } else { (Vec::new(), read.texts()) };
    outcome.found.extend(checked);
    let has_errors = outcome.found.iter().any(Diagnostic::is_error);
    voice.diagnostics(&mut outcome.found, &texts);
    let changed: Vec<&Target> = targets.iter().filter(|target| target.changes()).collect();
    if arguments.write && !has_errors {
        for target in &changed {
            write(&arguments.site.site, &target.after)?;
        }
    }
    let replaces = changed.iter().any(|target| target.before.is_some());
    voice.say(&said(changed.len(), replaces, has_errors, arguments.write, voice.language));
    Ok(ExitCode::from(u8::from(has_errors)))
}

/// What was said beside the file, and everything that is wrong with it.
fn wishes(arguments: &ImportArguments, site: Option<&prepare::Read>) -> (Wishes, Vec<Failure>) {
    let mut failures = Vec::new();
    let mut refuse = |option, problem| failures.push(Failure::BadOption { option, problem });
    let valid = arguments.valid.as_deref().map(DateSpan::read).transpose();
    let valid = valid.unwrap_or_else(|problem| {
        refuse("--valid", problem);
        None
    });
    let mut slots = Vec::new();
    for slot in &arguments.slots {
        let (name, time) = slot.split_once(['=', '＝']).unwrap_or((slot, ""));
        match TimeRange::read(time) {
            Ok(time) => slots.push((name.trim().to_owned(), time)),
            Err(problem) => refuse("--slot", problem),
        }
    }
    let content = site.and_then(prepare::Read::content);
    let named = [("--id", &arguments.id), ("--centre", &arguments.centre), ("--area", &arguments.area)];
    for (option, id) in named.into_iter().filter_map(|(option, id)| Some((option, id.as_deref()?))) {
        let stranger = || stranger(option, id, content.as_ref()?, site?.files());
        if let Some(problem) = Id::<Centre>::new(id).err().or_else(stranger) {
            refuse(option, problem);
        }
    }
    let (sheet, id, centre) = (arguments.sheet.clone(), arguments.id.clone(), arguments.centre.clone());
    (Wishes { sheet, id, centre, area: arguments.area.clone(), valid, slots }, failures)
}

/// That the site has nothing of an id that is to be there already. A file with a mistake in it is there.
fn stranger(option: &str, id: &str, content: &Content, files: &[File]) -> Option<Problem> {
    let (kind, known): (&'static str, Vec<&str>) = match option {
        "--centre" => {
            let stems = files.iter().filter_map(|file| file.path.strip_prefix("content/centres/"));
            let stems = stems.filter_map(|path| path.rsplit('/').next()?.split('.').next());
            ("centre", stems.chain(content.centres.iter().map(|record| record.id.as_str())).collect())
        }
        "--area" => {
            let areas = content.areas.value.areas.iter().flat_map(Area::with_inner);
            ("area", areas.map(|area| area.id.as_str()).collect())
        }
        _ => return None,
    };
    if known.is_empty() || known.contains(&id) {
        return None;
    }
    let problem = Problem::new(Code::UnknownReference).with_word("kind", kind).with("id", id);
    Some(match closest(id, known.iter().copied()) {
        Some(meant) => problem.with("suggestion", meant),
        None => problem.with_list("known", known),
    })
}

/// The file's bytes, of which no more are read than can be used.
fn bytes_of(path: &Utf8Path) -> Result<Vec<u8>, Failure> {
    let failed = |source| Failure::Io { action: Action::Read, path: path.to_owned(), source };
    let mut bytes = Vec::new();
    fs::File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(failed)?;
    Ok(bytes)
}

/// The tables of a data package, if the file describes one; they lie beside it.
fn tables_beside(path: &Utf8Path, bytes: &[u8]) -> Result<Option<Tables>, Failure> {
    let Some(paths) = (path.file_name() == Some("datapackage.json")).then(|| tables_of(bytes)).flatten() else {
        return Ok(None);
    };
    let folder = path.parent().unwrap_or(Utf8Path::new(""));
    let mut tables = Tables::default();
    for (name, path) in paths {
        let path = folder.join(path);
        // A package may describe tables that it does not have.
        let bytes = if path.is_file() { Some(bytes_of(&path)?) } else { None };
        tables.add(name, bytes);
    }
    Ok(Some(tables))
}

/// Writes a file, whole or not at all, inside the site's folder.
fn write(root: &Utf8Path, file: &File) -> Result<(), Failure> {
    let path = root.join(&*file.path);
    let failed = |action| {
        let path = path.clone();
        move |source| Failure::Io { action, path, source }
    };
    let folder = path.parent().unwrap_or(root);
    fs::create_dir_all(folder).map_err(failed(Action::MakeFolder))?;
    let home = root.canonicalize_utf8().map_err(failed(Action::Read))?;
    let folder = folder.canonicalize_utf8().map_err(failed(Action::Read))?;
    if !folder.starts_with(&home) || path.is_symlink() {
        return Err(Failure::FolderIsLink { path });
    }
    whole::write(&path, file.text.as_bytes())
}
