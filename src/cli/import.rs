//! `noticeboard import FILE`: what stands in a spreadsheet, as records of the site.
//!
//! First it is shown what was understood and what was not; with `--write` the files are written, each whole or not at
//! all, after `check` found no mistake in them. A file that is there already is shown as it would change, and is written
//! only with `--replace`.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::fs;
use std::io::{Read as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use similar::{DiffOp, TextDiff};

use super::{SiteArguments, Voice, prepare, standing, whole};
use crate::calendar::{DateSpan, TimeRange};
use crate::content::{Area, Centre, Content, Id, KeyLanguage, in_keys};
use crate::diagnostics::{
    Action, Code, Diagnostic, Failure, Language, Place, Problem, Texts, closest, has_chinese_keys,
};
use crate::import::{
    self, Cells, Draft, Known, KnownTimes, LARGEST, OldPhones, Tables, Wishes, keeping_phones, keeping_rules, merged,
    tables_of, width,
};
use crate::source::{File, split, words};

/// Most lines of a table that are shown.
const MOST_LINES: usize = 200;

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
        for (key, text) in &target.stale {
            let problem = Problem::new(Code::TranslationMayBeOld).with("path", &target.after.path);
            let cell = text.lines().next().and_then(|line| cells.saying(line));
            let place =
                cell.map_or_else(|| Place::whole(&target.after.path), |cell| Place::without_lines(&cell.into()));
            outcome.found.push(problem.with_list("keys", [key.as_str()]).at(place));
        }
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

/// A file of the site as it will be.
struct Target {
    before: Option<File>,
    after: File,
    /// Keys of which the translations stay, each with the text that is new.
    stale: Vec<(String, String)>,
    /// What becomes of telephones that are there.
    phones: OldPhones,
}

impl Target {
    fn of(draft: &Draft, files: &[File], known: &Known) -> Self {
        let folder = format!("content/{}/", draft.folder);
        let is_it = |file: &&File| {
            let name = file.path.strip_prefix(&folder).and_then(|below| below.rsplit('/').next());
            name.and_then(|name| name.rsplit_once('.')).is_some_and(|(stem, _)| stem == draft.id)
        };
        let before = files.iter().find(is_it).cloned();
        let path = before.as_ref().map_or_else(|| draft.path(), |file| file.path.to_string());
        let is_chinese = is_chinese(before.as_ref(), &folder, files);
        let new = || Changed { text: draft.text(), stale: Vec::new(), phones: OldPhones::default() };
        let Changed { text, stale, phones } =
            before.as_ref().and_then(|file| changed(file, draft, known, is_chinese)).unwrap_or_else(new);
        let text = match (&before, is_chinese) {
            (_, false) => text,
            (None, true) => in_keys(&path, &text, KeyLanguage::Chinese),
            (Some(before), true) => in_chinese_again(before, &text),
        };
        Self { before, after: File { path: path.into(), text: text.into() }, stale, phones }
    }

    /// Which telephones go for others, and which stay beside new ones.
    fn said_of_phones<F: FnOnce() -> Cells>(&self, cells: &LazyCell<Cells, F>) -> Vec<Diagnostic> {
        let path = &self.after.path;
        let replaced = self.phones.replaced.iter().map(|(gone, new)| {
            let place = cells.saying(new).map_or_else(|| Place::whole(path), |cell| Place::without_lines(&cell.into()));
            Problem::new(Code::PhoneReplaced).with("path", path).with("gone", gone).with("new", new).at(place)
        });
        let kept = self.phones.kept.iter().map(String::as_str);
        let kept = (!self.phones.kept.is_empty()).then(|| {
            Problem::new(Code::PhonesStay).with("path", path).with_list("numbers", kept).at(Place::whole(path))
        });
        replaced.chain(kept).collect()
    }

    fn changes(&self) -> bool {
        self.before.as_ref().is_none_or(|before| before.text != self.after.text)
    }
}

/// What a record makes of the file that is there.
struct Changed {
    /// With English keys.
    text: String,
    stale: Vec<(String, String)>,
    phones: OldPhones,
}

/// The file with the record put into it.
fn changed(file: &File, draft: &Draft, known: &Known, is_chinese: bool) -> Option<Changed> {
    let english = |text: &str| in_keys(&file.path, text, KeyLanguage::English);
    let text = if is_chinese { english(&file.text) } else { file.text.to_string() };
    let record = match draft.body {
        None if is_chinese => serde_yaml::from_str(&english(&draft.text())).ok()?,
        _ => draft.record.clone(),
    };
    let file = File { path: Arc::clone(&file.path), text: text.into() };
    let yaml = match draft.body {
        Some(_) => split(&file).ok()?.front_matter,
        None => 0..file.text.len(),
    };
    let stood = file.text.get(yaml.clone())?;
    let (record, phones) = match draft.folder {
        "centres" => {
            let before: serde_yaml::Mapping = serde_yaml::from_str(stood).ok()?;
            let record = keeping_rules(before.get("hours"), &record);
            keeping_phones(before.get("phones"), &record, known.first.as_str())
        }
        _ => (record, OldPhones::default()),
    };
    let (text, stale) = merged(stood, &record, draft.is_whole, &known.first)?;
    let mut text = text;
    for line in draft.comment_lines().filter(|line| !file.text.contains(line.as_str())) {
        text.push_str(&line);
        text.push('\n');
    }
    let text = format!("{}{text}{}", file.text.get(..yaml.start)?, file.text.get(yaml.end..)?);
    Some(Changed { text, stale: stale.into_iter().collect(), phones })
}

/// A text with English keys in the Chinese ones of its file, of which lines that did not change are as they were written.
fn in_chinese_again(before: &File, text: &str) -> String {
    let english = in_keys(&before.path, &before.text, KeyLanguage::English);
    let chinese = in_keys(&before.path, text, KeyLanguage::Chinese);
    let lines = |text: &'_ str| text.split_inclusive('\n').map(str::to_owned).collect::<Vec<String>>();
    let (written, new) = (lines(&before.text), lines(&chinese));
    if written.len() != lines(&english).len() || new.len() != lines(text).len() {
        return chinese;
    }
    let diff = TextDiff::from_lines(&*english, text);
    let part = |op: &DiffOp| match op {
        DiffOp::Equal { old_index, len, .. } => written.get(*old_index..old_index + len).unwrap_or_default().concat(),
        op => new.get(op.new_range()).unwrap_or_default().concat(),
    };
    diff.ops().iter().map(part).collect()
}

/// Whether keys are Chinese: those of the file, else of those beside it, else of any.
fn is_chinese(before: Option<&File>, folder: &str, files: &[File]) -> bool {
    const MOST: usize = 5;
    let beside: Vec<&File> = match before {
        Some(file) => vec![file],
        None => {
            let here = files.iter().filter(|file| file.path.starts_with(folder));
            here.chain(files.iter().filter(|file| file.path.starts_with("content/"))).take(MOST).collect()
        }
    };
    beside.iter().filter(|file| has_chinese_keys(&file.text)).count() * 2 > beside.len()
}

/// What `check` says of the files as they will be, at the cells from which it came: the files are not there yet.
///
/// Cells are read only if anything is wrong.
fn check<F: FnOnce() -> Cells>(
    mut read: prepare::Read,
    targets: &[Target],
    cells: &LazyCell<Cells, F>,
) -> (Vec<Diagnostic>, Texts) {
    read.put(targets.iter().map(|target| target.after.clone()).collect());
    let prepared = read.prepare();
    let mut found = prepared.diagnostics;
    let paths: HashSet<&str> = targets.iter().map(|target| &*target.after.path).collect();
    let is_of = |place: &Place| paths.contains(&*place.file);
    found.retain(|diagnostic| is_of(&diagnostic.place) || diagnostic.others.iter().any(is_of));
    for diagnostic in found.iter_mut().filter(|found| is_of(&found.place)) {
        let text = prepared.texts.get(&diagnostic.place.file).map_or("", |source| &source.text);
        if let Some(cell) = cell_of(text, &diagnostic.place, cells) {
            let written = std::mem::replace(&mut diagnostic.place, Place::without_lines(&cell.into()));
            diagnostic.others.insert(0, written);
            diagnostic.edits.clear();
        }
    }
    (found, prepared.texts)
}

/// The cell from which a place of a file came: the one that says what stands there, or else the name of its record.
fn cell_of<'a>(text: &str, place: &Place, cells: &'a Cells) -> Option<&'a str> {
    const NAMES: [&str; 2] = ["title", "name"];
    const MOST_LINES: usize = 30;
    let bare = |text: &str| text.trim().trim_matches(['"', '\'']).to_owned();
    let said = bare(text.get(place.start..place.end)?);
    let above = || {
        let end =
            text.get(place.end..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| place.end + length);
        let lines = text.get(..end).unwrap_or_default().lines().rev().take(MOST_LINES);
        lines.filter_map(|line| {
            let (key, value) = line.trim_start_matches([' ', '-']).split_once(':')?;
            let is_name = NAMES.iter().any(|name| key == *name || words::chinese().may_mean(key, name));
            is_name.then(|| bare(value))
        })
    };
    let is_key = words::chinese().is_key(&said);
    let own = Some(said).filter(|_| !is_key);
    own.into_iter().chain(above()).find_map(|said| cells.saying(&said))
}

/// Shows a record: a table of what was understood, and what will differ in its file.
fn show(draft: &Draft, target: &Target, voice: Voice) {
    let path = &target.after.path;
    let mut text = match (voice.language, target.before.is_some(), target.changes()) {
        (Language::ZhHans, false, _) => format!("{path}（新文件）\n"),
        (Language::ZhHans, true, true) => format!("{path}（已有，要改）\n"),
        (Language::ZhHans, true, false) => format!("{path}（已有，没有变化）\n"),
        (Language::En, false, _) => format!("{path} (new)\n"),
        (Language::En, true, true) => format!("{path} (is there, would change)\n"),
        (Language::En, true, false) => format!("{path} (is there, stays as it is)\n"),
    };
    text.push_str(&table(&draft.shown));
    if voice.verbose && target.before.is_none() {
        text.push_str(&target.after.text);
    }
    if let Some(before) = target.before.as_ref().filter(|_| target.changes()) {
        let diff = TextDiff::from_lines(&*before.text, &*target.after.text);
        let (from, to) = (format!("a/{path}"), format!("b/{path}"));
        text.push_str(&diff.unified_diff().context_radius(1).header(&from, &to).to_string());
    }
    if !voice.quiet {
        let _ = std::io::stdout().write_all(text.as_bytes());
    }
}

/// Lines with their cells below each other.
fn table(lines: &[Vec<String>]) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|cell| width(cell)).max().unwrap_or(0).min(60)
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let mut text = String::new();
    for line in lines.iter().take(MOST_LINES) {
        let mut shown = String::from("  ");
        for (cell, most) in line.iter().zip(&widths) {
            let cell: String = cell.chars().filter(|c| !c.is_control()).collect();
            shown.push_str(&cell);
            shown.push_str(&" ".repeat(most.saturating_sub(width(&cell)) + 2));
        }
        text.push_str(shown.trim_end());
        text.push('\n');
    }
    if lines.len() > MOST_LINES {
        text.push_str("  …\n");
    }
    text
}

fn said(changed: usize, replaces: bool, has_errors: bool, wrote: bool, language: Language) -> String {
    let flags = if replaces { "--write --replace" } else { "--write" };
    match (language, changed, has_errors, wrote) {
        (Language::ZhHans, _, true, _) => "没有写入：先改好上面的错误".to_owned(),
        (Language::ZhHans, 0, ..) => "没有要写的".to_owned(),
        (Language::ZhHans, _, _, true) => format!("写好了 {changed} 个文件"),
        (Language::ZhHans, ..) => format!("可以写 {changed} 个文件；看着没错，就加上 {flags} 写进去"),
        (Language::En, _, true, _) => "nothing was written: mend the errors above first".to_owned(),
        (Language::En, 0, ..) => "there is nothing to write".to_owned(),
        (Language::En, 1, _, true) => "1 file written".to_owned(),
        (Language::En, _, _, true) => format!("{changed} files written"),
        (Language::En, 1, ..) => format!("1 file can be written; if it looks right, add {flags}"),
        (Language::En, ..) => format!("{changed} files can be written; if they look right, add {flags}"),
    }
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
