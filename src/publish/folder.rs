//! An output folder that we hold: checked, locked, and whole.
//!
//! In: a path and the folders the site is made from. Out: the folder with its manifest, after whatever a stopped build
//! left was completed or dropped. Nothing is made on the disk until the first build publishes, so a build whose content
//! has errors leaves no trace. The lock is the operating system's, so a killed build cannot leave it behind.

use super::{
    Fingerprint,
    disk::Disk,
    journal::Journal,
    manifest::{Manifest, Stamp},
    workers::in_threads,
};
use crate::diagnostics::{Action, Failure};
use camino::{Utf8Path, Utf8PathBuf, absolute_utf8};
use std::{
    fs::{self, File, TryLockError},
    io,
    num::NonZeroUsize,
    thread,
    time::{Duration, Instant},
};

/// The folder a site is published to. While this value lives, no other build publishes there.
#[derive(Debug)]
pub struct OutputFolder {
    pub(super) disk: Disk,
    /// What the last complete build left; empty before the first.
    pub(super) manifest: Manifest,
    lock: Option<File>,
    /// The folders that were made to hold it, innermost first.
    made: Vec<Utf8PathBuf>,
    patience: Duration,
}

impl OutputFolder {
    /// Opens an output folder, existing or not, and completes or drops what a stopped build left in it.
    ///
    /// `sources` are the folders the site is made from (content, themes): the output may neither lie in one of them nor
    /// contain one. `patience` is how long to wait for another build to end.
    ///
    /// # Errors
    /// The path is a file, holds files that are not ours, overlaps a source, is locked, or the disk refuses.
    pub fn open(path: &Utf8Path, sources: &[&Utf8Path], patience: Duration) -> Result<Self, Failure> {
        let root = resolved(path)?;
        for source in sources {
            let source_folder = resolved(source)?;
            if root.starts_with(&source_folder) || source_folder.starts_with(&root) {
                return Err(Failure::OutputOverSource { output: root, source_folder });
            }
        }
        Self::open_disk(Disk::new(root), patience)
    }

    pub(super) fn open_disk(disk: Disk, patience: Duration) -> Result<Self, Failure> {
        let mut folder = Self { disk, manifest: Manifest::default(), lock: None, made: Vec::new(), patience };
        match fs::metadata(&folder.disk.root) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err(Failure::OutputIsFile { path: folder.disk.root }),
            Err(_) => return Ok(folder),
        }
        let state = folder.disk.state();
        match fs::symlink_metadata(&state) {
            Ok(metadata) if metadata.is_symlink() => return Err(Failure::FolderIsLink { path: state }),
            Ok(metadata) if metadata.is_dir() => folder.hold()?,
            Ok(_) => return Err(Failure::PathTaken { path: state }),
            Err(_) => folder.check_that_it_may_be_taken_over()?,
        }
        Ok(folder)
    }

    /// Takes the lock if we do not have it, and completes or drops what a stopped build left.
    pub(super) fn hold(&mut self) -> Result<(), Failure> {
        if self.lock.is_none() {
            let state = self.disk.state();
            self.made = state.ancestors().take_while(|folder| !folder.exists()).map(Utf8Path::to_owned).collect();
            self.lock = Some(lock(&self.disk, self.patience)?);
        }
        match Journal::read(&self.disk)? {
            Some(journal) => journal.complete(&self.disk)?,
            None => self.disk.remove_tree(&self.disk.stage())?,
        }
        match Manifest::read(&self.disk.state())? {
            Some(manifest) => self.manifest = manifest,
            None => self.check_that_it_may_be_taken_over()?,
        }
        Ok(())
    }

    /// Gives up a folder to which nothing was published, and takes away what was made to hold it.
    pub(super) fn abandon(&mut self) {
        let made = std::mem::take(&mut self.made);
        // If something fails here, an empty folder stays, which the next build takes over.
        if !made.is_empty() && self.disk.remove_file(&lock_file(&self.disk)).is_ok() {
            let _ = made.iter().try_for_each(|folder| self.disk.remove_empty_folder(folder));
            self.lock = None;
        }
    }

    /// The folder, absolute and without symbolic links.
    #[must_use]
    pub fn path(&self) -> &Utf8Path {
        &self.disk.root
    }

    /// Whether the last complete build had these inputs and each file it published still stands as it left it.
    ///
    /// `input` must cover everything a file may depend on: content, theme, options, date, and the program's version.
    #[must_use]
    pub fn up_to_date(&self, input: Fingerprint) -> bool {
        if self.manifest.input != Some(input) {
            return false;
        }
        let files: Vec<_> = self.manifest.files.iter().collect();
        let jobs = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let stand = in_threads(jobs, &files, |_, (path, entry), _| {
            let found = fs::symlink_metadata(path.under(&self.disk.root)).ok().filter(fs::Metadata::is_file);
            let stamp = found.and_then(|metadata| Stamp::of(&metadata).ok());
            stamp.is_some() && stamp == entry.stamp
        });
        stand.is_ok_and(|stand| stand.into_iter().all(|stands| stands))
    }

    /// What a build had to say beside what it made, if it was the last one; empty if that was nothing.
    #[must_use]
    pub fn told(&self, build: Fingerprint) -> Option<String> {
        let text = fs::read_to_string(self.told_file()).ok()?;
        let (head, told) = text.split_once('\n')?;
        (head == head_of(build, told)).then(|| told.to_owned())
    }

    /// Keeps what a build had to say, for [`OutputFolder::told`].
    ///
    /// # Errors
    /// The disk refuses.
    pub fn keep_told(&self, build: Fingerprint, told: &str) -> Result<(), Failure> {
        self.disk.write(&self.told_file(), format!("{}\n{told}", head_of(build, told)).as_bytes()).map(|_| ())
    }

    fn told_file(&self) -> Utf8PathBuf {
        self.disk.state().join("told")
    }

    /// A folder without a manifest is taken over if it holds nothing but the likes of `.gitignore` and `.git`.
    fn check_that_it_may_be_taken_over(&self) -> Result<(), Failure> {
        let path = &self.disk.root;
        let failed = |source| Failure::Io { action: Action::List, path: path.clone(), source };
        for entry in fs::read_dir(path).map_err(failed)? {
            let found = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
            if !found.starts_with('.') {
                return Err(Failure::OutputNotOurs { path: path.clone(), found });
            }
        }
        Ok(())
    }
}

/// The first line of what is kept of what was told: whose it is, and that it is whole.
fn head_of(build: Fingerprint, told: &str) -> String {
    format!("noticeboard told 1 {build} {}", Fingerprint::of(told.as_bytes()))
}

fn lock_file(disk: &Disk) -> Utf8PathBuf {
    disk.state().join("lock")
}

fn lock(disk: &Disk, patience: Duration) -> Result<File, Failure> {
    let path = lock_file(disk);
    let failed = |source| Failure::Io { action: Action::Lock, path: path.clone(), source };
    let began = Instant::now();
    loop {
        disk.make_folder(&disk.state())?;
        let file = match File::options().create(true).truncate(false).write(true).open(&path) {
            Ok(file) => file,
            // Another build that gave up took the folder away in between.
            Err(error) if error.kind() == io::ErrorKind::NotFound && began.elapsed() < patience => continue,
            Err(error) => return Err(failed(error)),
        };
        loop {
            match file.try_lock() {
                // The lock of a file that a build took away when it gave up holds nobody off.
                Ok(()) if !is_at(&file, &path) => break,
                Ok(()) => return Ok(file),
                Err(TryLockError::Error(source)) => return Err(failed(source)),
                Err(TryLockError::WouldBlock) if began.elapsed() >= patience => {
                    return Err(Failure::Locked { path: disk.root.clone(), waited: patience });
                }
                Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(50)),
            }
        }
    }
}

/// Whether the open file is the one that stands at the path.
#[cfg(unix)]
fn is_at(file: &File, path: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let same = |(a, b): (fs::Metadata, fs::Metadata)| (a.dev(), a.ino()) == (b.dev(), b.ino());
    file.metadata().ok().zip(fs::symlink_metadata(path).ok()).is_some_and(same)
}

/// Whether the open file is the one that stands at the path: where open files cannot be replaced, any is.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Utf8Path) -> bool {
    path.exists()
}

/// The absolute path without links, also for a folder that is not there yet.
fn resolved(path: &Utf8Path) -> Result<Utf8PathBuf, Failure> {
    let failed = |source| Failure::Io { action: Action::Read, path: path.to_owned(), source };
    let absolute = absolute_utf8(path).map_err(failed)?;
    match (absolute.canonicalize_utf8(), absolute.parent(), absolute.file_name()) {
        (Ok(real), ..) => Ok(real),
        (Err(error), Some(parent), Some(name)) if error.kind() == io::ErrorKind::NotFound => {
            Ok(resolved(parent)?.join(name))
        }
        (Err(error), ..) => Err(failed(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(path: Utf8PathBuf, sources: &[&Utf8Path]) -> Result<OutputFolder, Failure> {
        OutputFolder::open(&path, sources, Duration::ZERO)
    }

    fn scratch() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        (folder, path)
    }

    #[test]
    fn opening_makes_nothing_on_the_disk() {
        let (_folder, path) = scratch();
        open(path.join("public/site"), &[]).unwrap();
        assert_eq!(fs::read_dir(&path).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_with_files_of_others_is_refused_and_one_with_dot_files_is_not() {
        let (_folder, path) = scratch();
        fs::write(path.join(".gitignore"), "*").unwrap();
        assert!(open(path.clone(), &[]).is_ok());
        fs::write(path.join("thesis.doc"), "").unwrap();
        let failure = open(path.clone(), &[]).unwrap_err();
        assert!(matches!(failure, Failure::OutputNotOurs { found, .. } if found == "thesis.doc"));
        assert!(matches!(open(path.join("thesis.doc"), &[]), Err(Failure::OutputIsFile { .. })));
    }

    #[test]
    fn the_output_may_lie_beside_the_sources_but_not_over_or_in_them() {
        let (_folder, path) = scratch();
        fs::create_dir(path.join("content")).unwrap();
        let sources = [path.join("content"), path.join("themes")];
        let sources = sources.each_ref().map(Utf8PathBuf::as_path);
        assert!(open(path.join("public"), &sources).is_ok());
        for bad in ["", "content", "content/public", "themes/civic", "public/../content"] {
            fs::create_dir_all(path.join("public")).unwrap();
            let opened = open(path.join(bad), &sources);
            assert!(matches!(opened, Err(Failure::OutputOverSource { .. })), "{bad}: {opened:?}");
        }
    }

    #[test]
    fn a_folder_that_is_given_up_leaves_nothing_and_its_lock_holds_nobody_off() {
        let (_folder, path) = scratch();
        let mut first = open(path.join("a/b"), &[]).unwrap();
        first.hold().unwrap();
        let stale = File::options().write(true).open(lock_file(&first.disk)).unwrap();
        first.abandon();
        assert_eq!(fs::read_dir(&path).unwrap().count(), 0);
        stale.lock().unwrap();
        let mut second = open(path.join("a/b"), &[]).unwrap();
        second.hold().unwrap();
        assert!(matches!(open(path.join("a/b"), &[]), Err(Failure::Locked { .. })));
        fs::write(path.join("a/mine"), "").unwrap();
        second.abandon();
        assert_eq!(fs::read_dir(path.join("a")).unwrap().count(), 1);
    }

    #[test]
    fn a_second_build_waits_for_the_first_and_then_says_so() {
        let (_folder, path) = scratch();
        let mut first = open(path.clone(), &[]).unwrap();
        first.hold().unwrap();
        assert!(matches!(open(path.clone(), &[]), Err(Failure::Locked { .. })));
        drop(first);
        assert!(open(path, &[]).is_ok());
    }
}
