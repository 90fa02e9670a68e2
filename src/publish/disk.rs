//! An output folder on the disk: where our own state stands in it, and every step that changes it.
//!
//! In: a path. Out: done, or a failure that names the path. The steps stand together so that a test can stop before any
//! one of them and let none follow, which is what a kill looks like from the disk; outside tests that costs nothing. No
//! step follows a symbolic link at the path itself: renaming and deleting act on the link.

use super::manifest::Stamp;
use crate::artifacts::path::STATE_FOLDER;
use crate::diagnostics::{Action, Failure};
use camino::{Utf8Path, Utf8PathBuf};
use std::{
    fs::{self, File},
    io::{self, ErrorKind, Write},
};

/// An output folder that may be changed.
#[derive(Debug)]
pub(super) struct Disk {
    pub(super) root: Utf8PathBuf,
    /// How many more steps may happen before the kill; none: no kill.
    #[cfg(test)]
    pub(super) kill_after: Option<std::sync::atomic::AtomicUsize>,
}

impl Disk {
    pub(super) fn new(root: Utf8PathBuf) -> Self {
        Self {
            root,
            #[cfg(test)]
            kill_after: None,
        }
    }

    /// Our own folder. It lies inside the output folder so that it is on the same file system and a rename is one step.
    pub(super) fn state(&self) -> Utf8PathBuf {
        self.root.join(STATE_FOLDER)
    }

    /// Where new files wait to be moved into place.
    pub(super) fn stage(&self) -> Utf8PathBuf {
        self.state().join("stage")
    }

    /// The journal of moves that have begun.
    pub(super) fn journal(&self) -> Utf8PathBuf {
        self.state().join("journal")
    }

    /// Writes a new file and makes the folders it lies in if they are missing.
    pub(super) fn write(&self, path: &Utf8Path, bytes: &[u8]) -> Result<Stamp, Failure> {
        let mut file = self.step(path, Action::Write, || match File::create(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                path.parent().map_or(Ok(()), fs::create_dir_all)?;
                File::create(path)
            }
            other => other,
        })?;
        self.step(path, Action::Write, || {
            file.write_all(bytes)?;
            Stamp::of(&file.metadata()?)
        })
    }

    /// Waits until a file, or the names in a folder, have reached the disk itself.
    pub(super) fn sync(&self, path: &Utf8Path) -> Result<(), Failure> {
        self.step(path, Action::Write, || match File::open(path) {
            // Windows does not open folders, and keeps their names in order itself.
            Err(_) if cfg!(windows) && path.is_dir() => Ok(()),
            opened => opened?.sync_all(),
        })
    }

    /// Moves a file or folder into place, over a file if one stands there.
    pub(super) fn rename(&self, from: &Utf8Path, to: &Utf8Path) -> Result<(), Failure> {
        self.step(to, Action::Move, || match fs::rename(from, to) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                to.parent().map_or(Ok(()), fs::create_dir_all)?;
                fs::rename(from, to)
            }
            other => other,
        })
    }

    /// Deletes a file or a link; it is no failure if none stands there.
    pub(super) fn remove_file(&self, path: &Utf8Path) -> Result<(), Failure> {
        match fs::symlink_metadata(path) {
            Ok(metadata) if !metadata.is_dir() => self.step(path, Action::Delete, || fs::remove_file(path)),
            _ => Ok(()),
        }
    }

    /// Deletes a folder if it is one and nothing is in it.
    pub(super) fn remove_empty_folder(&self, path: &Utf8Path) -> Result<(), Failure> {
        self.step(path, Action::Delete, || match fs::remove_dir(path) {
            Err(error) => match error.kind() {
                ErrorKind::DirectoryNotEmpty | ErrorKind::NotADirectory | ErrorKind::NotFound => Ok(()),
                _ => Err(error),
            },
            done => done,
        })
    }

    /// Deletes a folder of our own state with everything in it.
    pub(super) fn remove_tree(&self, path: &Utf8Path) -> Result<(), Failure> {
        if !stands(path) {
            return Ok(());
        }
        self.step(path, Action::Delete, || fs::remove_dir_all(path))
    }

    /// Makes a folder and those it lies in.
    pub(super) fn make_folder(&self, path: &Utf8Path) -> Result<(), Failure> {
        self.step(path, Action::MakeFolder, || fs::create_dir_all(path))
    }

    fn step<T>(&self, path: &Utf8Path, action: Action, step: impl FnOnce() -> io::Result<T>) -> Result<T, Failure> {
        #[cfg(test)]
        self.count(path, action)?;
        step().map_err(|source| Failure::Io { action, path: path.to_owned(), source })
    }

    #[cfg(test)]
    fn count(&self, path: &Utf8Path, action: Action) -> Result<(), Failure> {
        use std::sync::atomic::Ordering::SeqCst;
        let Some(left) = &self.kill_after else { return Ok(()) };
        match left.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)) {
            Ok(_) => Ok(()),
            Err(_) => Err(Failure::Io { action, path: path.to_owned(), source: ErrorKind::Interrupted.into() }),
        }
    }
}

/// Whether anything stands at a path, a broken link included.
pub(super) fn stands(path: &Utf8Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
