//! What the program can mend by itself, over all files of a site.
//!
//! In go the files as they were read, out come those that would read otherwise, and nothing is written. The safe edits
//! of everything that is wrong are made, the files are read again, and so on until nothing more is found: a mistake may
//! hide another. So what comes out, put in again, comes out as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::schemas::Schemas;
use super::{ADDRESSES_FILE, Content, formats};
use crate::diagnostics::{Code, Diagnostic, Edit, Patched};
use crate::source::{File, Sources, split, yaml};

/// Most rounds; each mends at least one mistake of each file that has one.
const MOST_ROUNDS: usize = 20;

/// A language in which keys and values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyLanguage {
    /// Chinese.
    Chinese,
    /// English, as the types have them.
    English,
}

/// The files as they are after everything was mended that can be, in the order in which they were; and what is still
/// wrong with them by themselves. With a language, keys and values are written in it.
pub fn mended(sources: &Sources, keys: Option<KeyLanguage>) -> (Vec<File>, Vec<Diagnostic>) {
    let mut read = Sources { files: sources.files.clone(), ledger: None, ..Sources::default() };
    let (mut left, is_whole) = settled_soundly(&mut read);
    if !is_whole {
        // What would be mended in another way the next time is left as the editor wrote it.
        let mut next = Sources { files: read.files.clone(), ledger: None, ..Sources::default() };
        let _ = settled_soundly(&mut next);
        let was = read.files.clone();
        leave_moving(&mut read.files, &next.files, &sources.files);
        if was.iter().zip(&read.files).any(|(was, file)| was.text != file.text) {
            left = wrong(&read);
        }
    }
    if let Some(language) = keys {
        let schemas = Schemas::all();
        for file in &mut read.files {
            respell(file, &schemas, language);
        }
        left = wrong(&read);
    }
    (read.files, left)
}

/// Makes safe edits until there are none, but moves no lines of files that are the worse for it: what is wrong then, and
/// whether all edits were made.
fn settled_soundly(read: &mut Sources) -> (Vec<Diagnostic>, bool) {
    let written = read.files.clone();
    let first = wrong(read);
    // Files in which moving lines made it worse: their lines stay where they are.
    let mut unmoved: BTreeSet<Arc<str>> = BTreeSet::new();
    let mut left = settled(read, first.clone(), &mut unmoved, &written);
    loop {
        let spoilt = spoilt(&written, &first, &read.files, &left, &unmoved);
        if spoilt.is_empty() {
            return (left, unmoved.is_empty());
        }
        unmoved.extend(spoilt);
        read.files.clone_from(&written);
        left = settled(read, first.clone(), &mut unmoved, &written);
    }
}

/// Makes safe edits until there are none; what is wrong then.
fn settled(
    read: &mut Sources,
    first: Vec<Diagnostic>,
    unmoved: &mut BTreeSet<Arc<str>>,
    written: &[File],
) -> Vec<Diagnostic> {
    let mut left = first;
    for round in 1.. {
        let before = read.files.clone();
        if !make(&mut read.files, &left, unmoved) {
            break;
        }
        let after = wrong(read);
        let worse = worsened(&before, &left, &read.files, &after, unmoved);
        if !worse.is_empty() {
            unmoved.extend(worse);
            read.files = before;
            continue;
        }
        if round > MOST_ROUNDS {
            // What comes to no end is left as the editor wrote it.
            leave_moving(&mut read.files, &before, written);
            return wrong(read);
        }
        left = after;
    }
    left
}

/// The files of which lines were moved and that say something else in the end than their structure can hold, which they
/// did not before: the line at fault was another.
fn spoilt(
    written: &[File],
    first: &[Diagnostic],
    files: &[File],
    left: &[Diagnostic],
    unmoved: &BTreeSet<Arc<str>>,
) -> Vec<Arc<str>> {
    const OF_STRUCTURE: [Code; 5] =
        [Code::YamlSyntax, Code::UnknownKey, Code::MissingKey, Code::WrongType, Code::KeyElsewhere];
    let is_spoilt = |(written, file): &(&File, &File)| {
        let of_file = |found: &&Diagnostic| found.place.file == written.path;
        let was = || first.iter().filter(of_file);
        let is_moved = || was().flat_map(|found| &found.edits).any(|edit| edit.safe && moves(edit, &written.text));
        let is_new = |code: Code| OF_STRUCTURE.contains(&code) && was().all(|found| found.problem.code != code);
        written.text != file.text
            && !unmoved.contains(&written.path)
            && is_moved()
            && left.iter().filter(of_file).any(|found| is_new(found.problem.code))
    };
    written.iter().zip(files).filter(is_spoilt).map(|(written, _)| Arc::clone(&written.path)).collect()
}

fn wrong(sources: &Sources) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let _ = Content::read(sources, &mut found);
    found
}

/// Puts back the files that differ from what they are a round before or later.
fn leave_moving(files: &mut [File], before: &[File], written: &[File]) {
    for ((file, before), written) in files.iter_mut().zip(before).zip(written) {
        if file.text != before.text {
            file.text = Arc::clone(&written.text);
        }
    }
}

/// Makes the safe edits of what was found; says whether anything changed.
pub fn make_safe(files: &mut [File], found: &[Diagnostic]) -> bool {
    make(files, found, &BTreeSet::new())
}

/// The edits by file of everything found that has safe ones, those of each together.
fn safe_edits(found: &[Diagnostic]) -> BTreeMap<&str, Vec<Vec<Edit>>> {
    let mut edits: BTreeMap<&str, Vec<Vec<Edit>>> = BTreeMap::new();
    for diagnostic in found {
        let safe: Vec<Edit> = diagnostic.edits.iter().filter(|edit| edit.safe).cloned().collect();
        edits.entry(&diagnostic.place.file).or_default().extend((!safe.is_empty()).then_some(safe));
    }
    edits
}

/// Whether an edit moves a line and does nothing else.
fn moves(edit: &Edit, text: &str) -> bool {
    let blank = |text: &str| text.bytes().all(|byte| byte == b' ');
    text.get(edit.range.clone()).is_some_and(blank)
        && blank(&edit.replacement)
        && text.get(..edit.range.start).is_some_and(|before| before.is_empty() || before.ends_with('\n'))
}

/// The files that a line which was moved does not fit where it went: something is wrong with it that was not before.
fn worsened(
    before: &[File],
    found: &[Diagnostic],
    files: &[File],
    left: &[Diagnostic],
    unmoved: &BTreeSet<Arc<str>>,
) -> Vec<Arc<str>> {
    let mut edits = safe_edits(found);
    let mut worse = Vec::new();
    for (before, after) in before.iter().zip(files) {
        let Some(edits) = edits.remove(&*before.path) else { continue };
        if before.text == after.text || unmoved.contains(&before.path) {
            continue;
        }
        let ends: Vec<usize> = before.text.match_indices('\n').map(|(end, _)| end).collect();
        let line = |byte: usize| ends.partition_point(|end| *end < byte);
        let moved = edits.iter().flatten().filter(|edit| moves(edit, &before.text));
        let moved: BTreeSet<usize> = moved.map(|edit| line(edit.range.end)).collect();
        if moved.is_empty() {
            continue;
        }
        let patched = Patched::whole(&before.text, edits);
        let of_file = |found: &&Diagnostic| found.place.file == before.path;
        let was: BTreeSet<_> = found.iter().filter(of_file).map(|f| (line(f.place.start), f.problem.code)).collect();
        let is_worse = left.iter().filter(of_file).any(|found| {
            let at = line(patched.origin(found.place.start));
            found.is_error() && moved.contains(&at) && !was.contains(&(at, found.problem.code))
        });
        if is_worse {
            worse.push(Arc::clone(&before.path));
        }
    }
    worse
}

/// Makes the safe edits of what was found, but moves no line of the files in which none shall be moved.
fn make(files: &mut [File], found: &[Diagnostic], unmoved: &BTreeSet<Arc<str>>) -> bool {
    let mut edits = safe_edits(found);
    let mut changed = false;
    for file in files {
        let Some(mut edits) = edits.remove(&*file.path) else { continue };
        if unmoved.contains(&file.path) {
            edits.retain(|edits| !edits.iter().any(|edit| moves(edit, &file.text)));
        }
        let patched = Patched::whole(&file.text, edits);
        if patched.text != *file.text {
            file.text = patched.text.into();
            changed = true;
        }
    }
    changed
}

/// A file with its keys and values in a language.
pub fn in_keys(path: &str, text: &str, language: KeyLanguage) -> String {
    let mut file = File { path: path.into(), text: text.into() };
    respell(&mut file, &Schemas::all(), language);
    file.text.to_string()
}

fn respell(file: &mut File, schemas: &Schemas, language: KeyLanguage) {
    // What the program writes itself stays as it writes it.
    let Some(schema) = schemas.of(&file.path).filter(|_| &*file.path != ADDRESSES_FILE) else { return };
    let range = if file.path.ends_with(".md") {
        let Ok(parts) = split(file) else { return };
        parts.front_matter
    } else {
        0..file.text.len()
    };
    let (Some(before), Some(yaml), Some(after)) =
        (file.text.get(..range.start), file.text.get(range.clone()), file.text.get(range.end..))
    else {
        return;
    };
    let respelled = yaml::respelled(yaml, schema, formats::read, language == KeyLanguage::Chinese);
    if !respelled.is_same() {
        file.text = Arc::from(format!("{before}{}{after}", respelled.text));
    }
}
