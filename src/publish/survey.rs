//! What stands in the output folder, and where each new file may land.
//!
//! In: the paths to publish, the last manifest, the disk. Out: for each path the landing that brings it into place, and
//! what is to be cleared or deleted. A landing is one rename: of the file itself, or of the outermost folder that does
//! not exist yet, with everything in it. So a new centre appears whole, and a first build of 60,000 files takes a dozen
//! renames. Anything in the way that is not ours is a failure, found before anything moves.

use super::{
    Fingerprint, OutputFolder, OutputPath,
    manifest::{Entry, Stamp},
};
use crate::diagnostics::{Action, Failure};
use camino::Utf8Path;
use std::{
    collections::{HashMap, HashSet},
    fs::{self, File},
    io,
};

/// What is to happen where.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) landings: Vec<Landing>,
    /// For each path to publish, the position of its landing.
    pub(super) landing_of: Vec<usize>,
    /// Files of the last build that are not published any more and are in nobody's way.
    pub(super) deletions: Vec<OutputPath>,
}

/// One rename that brings new files into place.
#[derive(Debug)]
pub(super) struct Landing {
    pub(super) to: OutputPath,
    /// Files of the last build that must go first.
    pub(super) clears: Vec<OutputPath>,
}

/// How the file of an artifact stands on the disk.
pub(super) enum Standing {
    Absent,
    /// As the last build left it, though perhaps touched.
    Whole(Stamp),
    /// Changed by someone else since.
    Edited,
}

impl Plan {
    pub(super) fn make(out: &OutputFolder, paths: &[&OutputPath]) -> Result<Self, Failure> {
        let mut plan = Self::default();
        let mut missing = HashMap::new();
        let mut positions: HashMap<&str, usize> = HashMap::new();
        for path in paths {
            let folder = path.folders().next_back();
            let landing = folder.map_or(Ok(None), |folder| outermost_missing(out, folder, &mut missing))?;
            let landing = landing.unwrap_or(path.as_str());
            let position = *positions.entry(landing).or_insert(plan.landings.len());
            if position == plan.landings.len() {
                let to = path.start(landing.len());
                plan.landings.push(Landing { to, clears: Vec::new() });
            }
            plan.landing_of.push(position);
        }
        plan.sort_out_old_files(out, paths);
        Ok(plan)
    }

    /// Decides for each file that is not published any more whether it must go before a landing or can go last.
    fn sort_out_old_files(&mut self, out: &OutputFolder, paths: &[&OutputPath]) {
        let new: HashSet<&OutputPath> = paths.iter().copied().collect();
        let gone: Vec<_> = out.manifest.files.keys().filter(|old| !new.contains(old)).collect();
        if gone.is_empty() {
            return;
        }
        // Folded, because on some disks `A.html` is in the way of `a.html`.
        let mut files = HashMap::new();
        let mut folders = HashMap::new();
        for (path, landing) in paths.iter().zip(&self.landing_of) {
            files.insert(path.folded(), *landing);
            folders.extend(path.folders().map(|folder| (folder.to_lowercase(), *landing)));
        }
        for old in gone {
            let folded = old.folded();
            let as_file = old.folders().find_map(|folder| files.get(&*folder.to_lowercase()));
            let in_the_way = files.get(&*folded).or_else(|| folders.get(&*folded)).or(as_file);
            match in_the_way.and_then(|landing| self.landings.get_mut(*landing)) {
                Some(landing) => landing.clears.push(old.clone()),
                None => self.deletions.push(old.clone()),
            }
        }
    }
}

/// How the file of one path stands. Reads it only if its size or modification time is not as the last build left it.
pub(super) fn standing(out: &OutputFolder, path: &OutputPath, known: Option<&Entry>) -> Result<Standing, Failure> {
    let place = path.under(&out.disk.root);
    let read = |source| Failure::Io { action: Action::Read, path: place.clone(), source };
    let metadata = match fs::symlink_metadata(&place) {
        Ok(metadata) => metadata,
        Err(error) if is_absence(&error) => return Ok(Standing::Absent),
        Err(error) => return Err(read(error)),
    };
    let Some(known) = known else {
        let cleared =
            if metadata.is_dir() { holds_only_ours(out, path.as_str())? } else { is_ours(out, path.as_str())? };
        return if cleared { Ok(Standing::Absent) } else { Err(Failure::PathTaken { path: place }) };
    };
    if metadata.is_symlink() {
        return Ok(Standing::Edited);
    }
    if !metadata.is_file() {
        return Err(Failure::PathTaken { path: place });
    }
    let stamp = Stamp::of(&metadata).map_err(read)?;
    let whole = known.stamp == Some(stamp)
        || File::open(&place).and_then(Fingerprint::of_reader).map_err(read)? == known.content;
    Ok(if whole { Standing::Whole(stamp) } else { Standing::Edited })
}

/// The outermost folder that does not stand yet, of a folder and those it lies in; none if it stands.
fn outermost_missing<'a>(
    out: &OutputFolder,
    folder: &'a str,
    known: &mut HashMap<&'a str, Option<&'a str>>,
) -> Result<Option<&'a str>, Failure> {
    if let Some(missing) = known.get(folder) {
        return Ok(*missing);
    }
    let outer = folder.rsplit_once('/').map_or(Ok(None), |(outer, _)| outermost_missing(out, outer, known))?;
    let missing = match outer {
        None if is_folder(out, folder)? => None,
        None => Some(folder),
        outer => outer,
    };
    known.insert(folder, missing);
    Ok(missing)
}

/// Whether a folder stands, so that files can land in it one by one.
fn is_folder(out: &OutputFolder, folder: &str) -> Result<bool, Failure> {
    let path = out.disk.root.join(folder);
    match fs::symlink_metadata(&path) {
        Ok(metadata) if metadata.is_dir() => Ok(true),
        Ok(_) if is_ours(out, folder)? => Ok(false),
        Ok(metadata) if metadata.is_symlink() => Err(Failure::FolderIsLink { path }),
        Ok(_) => Err(Failure::PathTaken { path }),
        Err(error) if is_absence(&error) => Ok(false),
        Err(source) => Err(Failure::Io { action: Action::Read, path, source }),
    }
}

/// Whether what stands at a path is a file of the last build, perhaps under a name in other case.
fn is_ours(out: &OutputFolder, path: &str) -> Result<bool, Failure> {
    let files = &out.manifest.files;
    if files.contains_key(path) {
        return Ok(true);
    }
    let folded = path.to_lowercase();
    if !files.keys().any(|ours| ours.folded() == folded) {
        return Ok(false);
    }
    // On a disk that tells case apart, the very name is listed, and is someone else's.
    let place = out.disk.root.join(path);
    let listed = place.parent().map_or(Ok(Vec::new()), list)?;
    Ok(!listed.iter().any(|name| Some(name.as_str()) == place.file_name()))
}

/// Whether a folder holds files of the last build and nothing else.
fn holds_only_ours(out: &OutputFolder, folder: &str) -> Result<bool, Failure> {
    let names = list(&out.disk.root.join(folder))?;
    for name in &names {
        let inner = format!("{folder}/{name}");
        let metadata = fs::symlink_metadata(out.disk.root.join(&inner));
        let ours = match metadata {
            Ok(metadata) if metadata.is_dir() => holds_only_ours(out, &inner)?,
            _ => out.manifest.files.contains_key(inner.as_str()),
        };
        if !ours {
            return Ok(false);
        }
    }
    Ok(!names.is_empty())
}

fn list(folder: &Utf8Path) -> Result<Vec<String>, Failure> {
    let names = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect());
    names.map_err(|source| Failure::Io { action: Action::List, path: folder.to_owned(), source })
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
