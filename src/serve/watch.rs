//! Hints that something below a site's folder may have changed.
//!
//! The system's events are hints and nothing more: they are lost, doubled, come early, and on network folders not at
//! all. So none is believed. A hint, or some time without one, makes the files be looked at again; what they then are
//! is what counts. Only `content/`, `themes/` and the folder itself are watched, not what is built into it.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecursiveMode, Watcher as _};

/// So long nothing more may come after a hint: a save is a few events in a row.
const QUIET: Duration = Duration::from_millis(6);
/// So many different paths at once are more than a save: a change of branch, or a folder that is copied.
const BURST: usize = 6;
/// So long nothing more may come in a burst.
const QUIET_AFTER_BURST: Duration = Duration::from_millis(120);
/// So long is waited for quiet at most.
const LONGEST: Duration = Duration::from_secs(3);
/// What is watched with everything in it.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Where hints come from.
pub(super) struct Hints {
    root: Utf8PathBuf,
    received: Receiver<notify::Result<notify::Event>>,
    /// Nothing where the system cannot watch, or must not.
    watcher: Option<notify::RecommendedWatcher>,
    /// The folders that are watched, with what tells them from others put in their place.
    watched: Vec<(Utf8PathBuf, Option<u64>)>,
    polls: bool,
}

impl Hints {
    /// Watches a site's folder; with `polls` the system is not asked to.
    pub(super) fn of(root: &Utf8Path, polls: bool) -> Self {
        let (send, received) = mpsc::channel();
        // The path must stay the same when the working folder is another.
        let root = root.canonicalize_utf8().unwrap_or_else(|_| root.to_owned());
        let watcher = if polls {
            None
        } else {
            notify::recommended_watcher(move |event| {
                // Nobody may be listening any more.
                let _ = send.send(event);
            })
            .ok()
        };
        let mut hints = Self { root, received, polls: watcher.is_none(), watcher, watched: Vec::new() };
        hints.watch_again();
        hints
    }

    /// Whether files are looked at by the clock alone.
    pub(super) fn polls(&self) -> bool {
        self.polls
    }

    /// Waits for a hint, at most so long. After one it waits until no more come.
    pub(super) fn wait(&mut self, patience: Duration) -> bool {
        let end = Instant::now() + patience;
        let mut paths: Vec<PathBuf> = Vec::new();
        let mut hinted_at = None;
        loop {
            let now = Instant::now();
            let left = match hinted_at {
                None => end.saturating_duration_since(now),
                Some(first) if now.saturating_duration_since(first) >= LONGEST => break,
                Some(_) if paths.len() >= BURST => QUIET_AFTER_BURST,
                Some(_) => QUIET,
            };
            match self.received.recv_timeout(left) {
                Ok(Ok(event)) if tells(&event) => {
                    hinted_at.get_or_insert(Instant::now());
                    for path in event.paths {
                        if paths.len() < BURST && !paths.contains(&path) {
                            paths.push(path);
                        }
                    }
                }
                Ok(Ok(_)) => {}
                Ok(Err(_)) => {
                    // Too many watches, or a folder that has gone: what cannot be watched is looked at more often.
                    hinted_at.get_or_insert(Instant::now());
                    self.polls = true;
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => {
                    std::thread::sleep(left);
                    break;
                }
            }
        }
        if hinted_at.is_some() {
            self.watch_again();
        }
        hinted_at.is_some()
    }

    /// Watches the folders that are there now: those that were deleted, moved or replaced are no longer watched.
    pub(super) fn watch_again(&mut self) {
        let Some(watcher) = &mut self.watcher else { return };
        let folders = std::iter::once((self.root.clone(), RecursiveMode::NonRecursive))
            .chain(FOLDERS.iter().map(|folder| (self.root.join(folder), RecursiveMode::Recursive)));
        for (folder, mode) in folders {
            let now = folder.is_dir().then(|| number(&folder));
            let known = self.watched.iter().position(|(path, _)| *path == folder);
            let before = known.and_then(|at| self.watched.get(at)).map(|(_, number)| *number);
            if before == now {
                continue;
            }
            if let Some(at) = known {
                self.watched.swap_remove(at);
                // It may have gone by itself.
                let _ = watcher.unwatch(folder.as_std_path());
            }
            if let Some(number) = now {
                match watcher.watch(folder.as_std_path(), mode) {
                    Ok(()) => self.watched.push((folder, number)),
                    Err(_) => self.polls = true,
                }
            }
        }
    }
}

/// What tells a folder from another that was put in its place, where the system has such.
#[cfg(unix)]
fn number(folder: &Utf8Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt as _;
    folder.metadata().ok().map(|metadata| metadata.ino())
}

#[cfg(not(unix))]
fn number(_: &Utf8Path) -> Option<u64> {
    None
}

/// Whether an event can mean a change: that a file was read, as we do ourselves, cannot.
fn tells(event: &notify::Event) -> bool {
    !matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn site() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        fs::create_dir_all(root.join("content/centres")).unwrap();
        (folder, root)
    }

    #[test]
    fn reading_gives_no_hint_and_writing_does() {
        let (_folder, root) = site();
        let file = root.join("content/centres/a.yaml");
        fs::write(&file, "a").unwrap();
        let mut hints = Hints::of(&root, false);
        assert!(!hints.polls());
        fs::read(&file).unwrap();
        assert!(!hints.wait(Duration::from_millis(300)));
        fs::write(&file, "b").unwrap();
        assert!(hints.wait(Duration::from_secs(10)));
    }

    #[test]
    fn a_folder_that_was_replaced_is_watched_again() {
        let (_folder, root) = site();
        let mut hints = Hints::of(&root, false);
        fs::rename(root.join("content"), root.join("old")).unwrap();
        fs::create_dir_all(root.join("content/centres")).unwrap();
        while hints.wait(Duration::from_millis(300)) {}
        fs::write(root.join("content/centres/a.yaml"), "a").unwrap();
        assert!(hints.wait(Duration::from_secs(10)));
    }
}
