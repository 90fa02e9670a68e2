//! What `check` says of the files that an import will write, at the cells from which they come.

use std::cell::LazyCell;
use std::collections::HashSet;

use super::super::prepare;
use super::target::Target;
use crate::diagnostics::{Diagnostic, Place, Texts};
use crate::import::Cells;
use crate::source::words;

/// What `check` says of the files as they will be, at the cells from which it came: the files are not there yet.
///
/// Cells are read only if anything is wrong.
pub(super) fn check<F: FnOnce() -> Cells>(
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

/// The first value of entries that stand on one line between `{` and `}`.
fn first_of(values: &str) -> &str {
    let values = values.trim_start();
    let quoted = ['"', '\''].into_iter().find_map(|quote| values.strip_prefix(quote)?.split_once(quote));
    quoted.map_or_else(|| values.split([',', '}']).next().unwrap_or_default(), |(value, _)| value)
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
            let plain = line.trim_start_matches([' ', '-']);
            let on_one_line = plain.strip_prefix('{');
            let (key, value) = on_one_line.unwrap_or(plain).split_once(':')?;
            let is_name = NAMES.iter().any(|name| key == *name || words::chinese().may_mean(key, name));
            is_name.then(|| bare(if on_one_line.is_some() { first_of(value) } else { value }))
        })
    };
    let is_key = words::chinese().is_key(&said);
    let own = Some(said).filter(|_| !is_key);
    own.into_iter().chain(above()).find_map(|said| cells.saying(&said))
}
