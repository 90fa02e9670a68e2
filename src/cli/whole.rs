//! A file that is written whole or not at all: beside its place, and then moved there.

use std::fs;
use std::io::Write as _;

use camino::Utf8Path;

use crate::diagnostics::{Action, Failure};

/// Writes a file, with the folders around it. One that stood there keeps its permissions, and stands as it was when the
/// machine fails.
pub(super) fn write(path: &Utf8Path, bytes: &[u8]) -> Result<(), Failure> {
    place(path, bytes, fs::File::sync_all)
}

/// The same of one of many files that can be made again: the disk is not waited for, so that a power cut, and nothing else,
/// may leave it torn.
pub(super) fn write_made(path: &Utf8Path, bytes: &[u8]) -> Result<(), Failure> {
    place(path, bytes, |_| Ok(()))
}

fn place(path: &Utf8Path, bytes: &[u8], wait: fn(&fs::File) -> std::io::Result<()>) -> Result<(), Failure> {
    let failed = |action| move |source| Failure::Io { action, path: path.to_owned(), source };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_str().is_empty()) {
        // What is in the way is a folder of the path, and not the file that is written.
        fs::create_dir_all(folder).map_err(|source| {
            let in_the_way = folder.ancestors().find(|folder| folder.exists() && !folder.is_dir()).unwrap_or(folder);
            Failure::Io { action: Action::MakeFolder, path: in_the_way.to_owned(), source }
        })?;
    }
    let beside = path.with_file_name(format!(".{}.new", path.file_name().unwrap_or("file")));
    let put = || -> std::io::Result<()> {
        let mut file = fs::File::create(&beside)?;
        file.write_all(bytes)?;
        if let Ok(before) = fs::metadata(path) {
            file.set_permissions(before.permissions())?;
        }
        wait(&file)
    };
    let placed = put().map_err(failed(Action::Write));
    let placed = placed.and_then(|()| fs::rename(&beside, path).map_err(failed(Action::Move)));
    if placed.is_err() {
        let _ = fs::remove_file(&beside);
    }
    placed
}
