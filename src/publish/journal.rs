//! The journal: what is still to be moved and deleted to turn the last build into the new one.
//!
//! In: staged files and folders, each with its disk. Out: the output folder as the new manifest says. A journal gets
//! its name by a rename once it is whole on the disk, and nothing moves before that: no journal means the new build
//! never happened, a journal means it is to be completed. Completing asks the disk what is left to do (a staged file
//! that is gone has been moved), so it can be stopped and begun again at any point.
//!
//! Order: files that stand in the way, assets, other files, pages, deletions, emptied folders, manifest. A reader
//! meanwhile finds no page that names an asset not yet there.

use super::{
    Fingerprint, OutputPath,
    disk::{Disk, stands},
};
use crate::diagnostics::{Action, Failure};
use camino::Utf8Path;
use std::{
    collections::{BTreeSet, HashMap},
    fmt::Write as _,
    fs, io,
};

const HEADER: &str = "noticeboard journal 1";

/// What is to be done to the output folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Journal {
    pub(super) moves: Vec<Move>,
    pub(super) deletions: Vec<OutputPath>,
}

/// One rename from the stage into disk.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Move {
    /// Its name in the stage.
    pub(super) staged: usize,
    /// The place of the file, or of the folder if all that is in it is new.
    pub(super) to: OutputPath,
    /// Files of the last build that stand in its way.
    pub(super) clears: Vec<OutputPath>,
}

impl Journal {
    /// Whether the output folder is already as it should be.
    pub(super) fn is_empty(&self) -> bool {
        self.moves.is_empty() && self.deletions.is_empty()
    }

    /// Puts the moves in order, writes the journal whole to the disk, and names it.
    pub(super) fn write(&mut self, disk: &Disk) -> Result<(), Failure> {
        self.moves.sort_by(|a, b| (rank(&a.to), &a.to).cmp(&(rank(&b.to), &b.to)));
        let draft = disk.stage().join("journal");
        disk.write(&draft, self.text().as_bytes())?;
        disk.sync(&draft)?;
        disk.rename(&draft, &disk.journal())?;
        disk.sync(&disk.state()).map_err(Failure::while_moving)
    }

    /// Reads the journal of a build that was stopped; none if it was stopped before it had one.
    pub(super) fn read(disk: &Disk) -> Result<Option<Self>, Failure> {
        let path = disk.journal();
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text).map(Some).ok_or(Failure::StateUnreadable { path }),
            Err(error) => match error.kind() {
                io::ErrorKind::NotFound => Ok(None),
                io::ErrorKind::InvalidData => Err(Failure::StateUnreadable { path }),
                _ => Err(Failure::Io { action: Action::Read, path, source: error }),
            },
        }
    }

    /// Does what is left to do, then forgets the journal and the stage.
    pub(super) fn complete(&self, disk: &Disk) -> Result<(), Failure> {
        self.move_all(disk).map_err(Failure::while_moving)?;
        // The build is complete; if the empty stage cannot be dropped now, the next command does it.
        let _ = disk.remove_tree(&disk.stage());
        Ok(())
    }

    fn move_all(&self, disk: &Disk) -> Result<(), Failure> {
        let mut folders = RealFolders::new(&disk.root);
        let staged = |step: &Move| disk.stage().join(step.staged.to_string());
        for step in self.moves.iter().filter(|step| !step.clears.is_empty() && stands(&staged(step))) {
            for old in &step.clears {
                folders.delete(old, disk)?;
            }
            let inside = emptied(&step.clears).into_iter().filter(|folder| {
                let (folder, to) = (folder.to_lowercase(), step.to.folded());
                folder.strip_prefix(&*to).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            });
            for folder in inside {
                disk.remove_empty_folder(&disk.root.join(folder))?;
            }
        }
        for step in &self.moves {
            let from = staged(step);
            if stands(&from) {
                folders.check(&step.to)?;
                disk.rename(&from, &step.to.under(&disk.root))?;
            }
        }
        for old in &self.deletions {
            folders.delete(old, disk)?;
        }
        let gone = self.deletions.iter().chain(self.moves.iter().flat_map(|step| &step.clears));
        for folder in emptied(gone) {
            if folders.is_real(folder) {
                disk.remove_empty_folder(&disk.root.join(folder))?;
            }
        }
        for name in ["manifest", "stat"] {
            let from = disk.stage().join(name);
            if stands(&from) {
                disk.rename(&from, &disk.state().join(name))?;
            }
        }
        disk.remove_file(&disk.journal())
    }

    fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for step in &self.moves {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "move {} {}", step.staged, step.to);
            for old in &step.clears {
                let _ = writeln!(text, "clear {old}");
            }
        }
        for old in &self.deletions {
            let _ = writeln!(text, "delete {old}");
        }
        let sum = Fingerprint::of(text.as_bytes());
        let _ = writeln!(text, "end {sum}");
        text
    }

    fn parse(text: &str) -> Option<Self> {
        let (body, sum) = text.strip_suffix('\n')?.rsplit_once("end ")?;
        (Fingerprint::parse(sum)? == Fingerprint::of(body.as_bytes())).then_some(())?;
        let mut journal = Self::default();
        for line in body.strip_prefix(HEADER)?.trim_matches('\n').lines() {
            let (what, rest) = line.split_once(' ')?;
            match what {
                "move" => {
                    let (staged, to) = rest.split_once(' ')?;
                    let (staged, to) = (staged.parse().ok()?, OutputPath::new(to).ok()?);
                    journal.moves.push(Move { staged, to, clears: Vec::new() });
                }
                "clear" => journal.moves.last_mut()?.clears.push(OutputPath::new(rest).ok()?),
                "delete" => journal.deletions.push(OutputPath::new(rest).ok()?),
                _ => return None,
            }
        }
        Some(journal)
    }
}

/// Assets first, because pages name them; pages last, because they name everything else.
fn rank(to: &OutputPath) -> u8 {
    let path = to.as_str();
    match path {
        "assets" => 0,
        _ if path.starts_with("assets/") => 0,
        _ if path.ends_with(".html") => 2,
        _ => 1,
    }
}

/// The folders that files lay in, innermost first.
fn emptied<'a>(files: impl IntoIterator<Item = &'a OutputPath>) -> impl IntoIterator<Item = &'a str> {
    let folders: BTreeSet<&str> = files.into_iter().flat_map(OutputPath::folders).collect();
    folders.into_iter().rev()
}

/// Keeps us from writing or deleting through a symbolic link that someone put in place of a folder.
struct RealFolders<'a> {
    root: &'a Utf8Path,
    known: HashMap<String, bool>,
}

impl<'a> RealFolders<'a> {
    fn new(root: &'a Utf8Path) -> Self {
        Self { root, known: HashMap::new() }
    }

    /// Whether no folder on the way to and including this one is a link. A missing folder is no link.
    fn is_real(&mut self, folder: &str) -> bool {
        if let Some(known) = self.known.get(folder) {
            return *known;
        }
        let real = folder.rsplit_once('/').is_none_or(|(outer, _)| self.is_real(outer))
            && fs::symlink_metadata(self.root.join(folder)).map_or(true, |metadata| !metadata.is_symlink());
        self.known.insert(folder.to_owned(), real);
        real
    }

    fn check(&mut self, path: &OutputPath) -> Result<(), Failure> {
        match path.folders().find(|folder| !self.is_real(folder)) {
            Some(link) => Err(Failure::FolderIsLink { path: self.root.join(link) }),
            None => Ok(()),
        }
    }

    /// Deletes a file of the last build, unless it would be through a link: then it is not that file.
    fn delete(&mut self, old: &OutputPath, disk: &Disk) -> Result<(), Failure> {
        match self.check(old) {
            Ok(()) => disk.remove_file(&old.under(self.root)),
            Err(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_reads_back_and_no_part_of_it_passes_for_the_whole() {
        let path = |text| OutputPath::new(text).unwrap();
        let moves = vec![Move { staged: 3, to: path("a b/c.html"), clears: vec![path("a b")] }];
        let journal = Journal { moves, deletions: vec![path("old.html")] };
        let text = journal.text();
        assert_eq!(Journal::parse(&text).unwrap(), journal);
        for end in 0..text.len() {
            assert_eq!(Journal::parse(text.split_at(end).0), None, "cut at {end}");
        }
        assert_eq!(Journal::parse(&text.replace("old", "new")), None);
    }

    #[test]
    fn a_move_that_is_done_clears_nothing_again() {
        // On a disk that does not tell case apart, the old name now leads to the new file.
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::new(Utf8Path::from_path(folder.path()).unwrap().to_owned());
        let path = OutputPath::new("plan.pdf").unwrap();
        fs::write(path.under(&disk.root), "new").unwrap();
        let moves = vec![Move { staged: 0, to: path.clone(), clears: vec![path.clone()] }];
        Journal { moves, deletions: vec![] }.complete(&disk).unwrap();
        assert!(stands(&path.under(&disk.root)));
    }

    #[test]
    fn assets_come_before_files_and_pages_come_last() {
        let mut paths = ["index.html", "assets/a.css", "plan.pdf", "assets"].map(|path| OutputPath::new(path).unwrap());
        paths.sort_by_key(rank);
        assert_eq!(paths.each_ref().map(OutputPath::as_str), ["assets/a.css", "assets", "plan.pdf", "index.html"]);
    }
}
