//! The themes of a site: what stands below its `themes/`.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::files::{list, read_bytes};
use super::kept::{self, Kept, Stamp};
use crate::diagnostics::{Diagnostic, Place};

/// No file of a theme is larger than this, in bytes.
const LARGEST_OF_THEME: u64 = 20 * 1024 * 1024;

/// The folders below the site's `themes/`.
pub fn theme_names(root: &Utf8Path) -> Vec<String> {
    let entries = root.join("themes").read_dir_utf8().into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name().to_owned()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

/// The folder of a theme of the site; `None` if there is no such folder.
fn theme_folder(root: &Utf8Path, name: &str) -> Option<String> {
    let folder = format!("themes/{name}/");
    let is_name = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\']);
    (is_name && root.join(&folder).is_dir()).then_some(folder)
}

/// The files of a theme below the site's `themes/NAME/`, by their path in it; `None` if there is no such folder.
pub fn read_theme(root: &Utf8Path, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<BTreeMap<String, Vec<u8>>> {
    let folder = theme_folder(root, name)?;
    let mut files = BTreeMap::new();
    for path in list(root, folder.trim_end_matches('/'), diagnostics) {
        match read_bytes(&root.join(&path), LARGEST_OF_THEME, None) {
            Ok(bytes) => {
                files.insert(path.strip_prefix(&folder).unwrap_or(&path).to_owned(), bytes);
            }
            Err(problem) => diagnostics.push(problem.at(Place::whole(&path.as_str().into()))),
        }
    }
    Some(files)
}

/// Whether the site's files of a theme stand as they did when this was last asked.
pub fn theme_stands(root: &Utf8Path, name: &str, kept: &mut Kept) -> bool {
    let folder = theme_folder(root, name).unwrap_or_default();
    let listed = if folder.is_empty() { Vec::new() } else { list(root, folder.trim_end_matches('/'), &mut Vec::new()) };
    let now: Vec<_> = listed.into_iter().map(|path| (path.clone(), Stamp::of(&root.join(path)))).collect();
    let stands = kept::stand(&kept.theme, &now);
    kept.theme = now;
    stands
}
