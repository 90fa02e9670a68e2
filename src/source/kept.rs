//! What was read of a site's files, so that reading them again costs a look at each and no more.
//!
//! A file counts as unchanged while its size, its times and its number on the disk are what they were. Disks note times
//! coarsely, so a file that changed shortly before it was read may change once more without a trace: until it has aged,
//! it is read each time. What is read and turns out to be the same keeps the very text that it had, so that whoever
//! compares needs to compare no text.

use std::collections::HashMap;
use std::fs;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use camino::Utf8Path;
use rayon::prelude::*;

use super::files::Unread;
use super::{File, PictureFacts};
use crate::diagnostics::Problem;

/// After this time without a change a file has aged: longer than the steps in which disks note times (FAT: 2 seconds).
const AGED: Duration = Duration::from_millis(2500);

/// What was read of a site's files.
#[derive(Debug, Default)]
pub struct Kept {
    pub(super) texts: Shelf<Result<File, Unread>>,
    pub(super) pictures: Shelf<Result<PictureFacts, Problem>>,
    /// Of the theme only the stamps: whoever made a theme from its files has no need of them.
    pub(super) theme: Vec<(String, Option<Stamp>)>,
    pub(super) changed: Vec<Arc<str>>,
}

impl Kept {
    /// One that keeps what is read from now on.
    pub fn new() -> Self {
        let mut kept = Self::default();
        kept.texts.keeps = true;
        kept.pictures.keeps = true;
        kept
    }

    /// The files that were new, different or gone when the site was last read, in order of their paths.
    pub fn changed(&self) -> &[Arc<str>] {
        &self.changed
    }
}

/// What tells a file from what it was, without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    /// Its number and when that last changed, where the system has such: another file put in its place has another.
    node: (u64, i64, i64),
    /// Whether it had aged when it was looked at.
    aged: bool,
}

impl Stamp {
    /// Of the file at a path; nothing if there is none.
    pub(super) fn of(path: &Utf8Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok()?;
        let modified = metadata.modified().ok();
        // A time that lies ahead, by a clock that is not ours, never ages.
        let age = modified.and_then(|modified| SystemTime::now().duration_since(modified).ok());
        let aged = age.is_some_and(|age| age >= AGED);
        Some(Self { bytes: metadata.len(), modified, node: node(&metadata), aged })
    }

    /// Whether what was read at `self` need not be read again at `now`.
    fn stands(&self, now: &Self) -> bool {
        self.aged && Self { aged: true, ..*now } == *self
    }
}

#[cfg(unix)]
fn node(metadata: &fs::Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn node(_: &fs::Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}

/// Files by their paths, as they were looked at.
pub(super) type Stamps = [(String, Option<Stamp>)];

/// Whether the files at both times were the same, as far as their stamps can tell.
pub(super) fn stand(before: &Stamps, now: &Stamps) -> bool {
    before.len() == now.len()
        && before.iter().zip(now).all(|((a, before), (b, now))| {
            a == b && before.as_ref().zip(now.as_ref()).is_some_and(|(before, now)| before.stands(now))
        })
}

/// What was read of files of one sort, by their paths.
#[derive(Debug)]
pub(super) struct Shelf<T> {
    keeps: bool,
    read: HashMap<String, (Option<Stamp>, T)>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { keeps: false, read: HashMap::new() }
    }
}

impl<T: Clone + PartialEq + Send + Sync> Shelf<T> {
    /// Reads each path in parallel, but for those that stand as they did; those that do not are added to `changed`.
    pub(super) fn read(
        &mut self,
        root: &Utf8Path,
        paths: &[String],
        changed: &mut Vec<Arc<str>>,
        read: impl Fn(&str) -> T + Sync,
    ) -> Vec<T> {
        if !self.keeps {
            return paths.par_iter().map(|path| read(path)).collect();
        }
        let again = |path: &String| {
            let now = Stamp::of(&root.join(path));
            let known = self.read.get(path);
            if let (Some((Some(before), value)), Some(now)) = (known, &now)
                && before.stands(now)
            {
                return (Some(*before), value.clone(), false);
            }
            let value = read(path);
            match known {
                Some((_, before)) if *before == value => (now, before.clone(), false),
                _ => (now, value, true),
            }
        };
        let found: Vec<(Option<Stamp>, T, bool)> = paths.par_iter().map(again).collect();
        let mut before = std::mem::take(&mut self.read);
        self.read.reserve(paths.len());
        let mut values = Vec::with_capacity(paths.len());
        for (path, (stamp, value, is_new)) in paths.iter().zip(found) {
            if is_new {
                changed.push(path.as_str().into());
            }
            before.remove(path);
            values.push(value.clone());
            self.read.insert(path.clone(), (stamp, value));
        }
        changed.extend(before.into_keys().map(Arc::from));
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{read_site, read_site_again};
    use camino::Utf8PathBuf;

    fn site() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        fs::create_dir_all(root.join("content/centres")).unwrap();
        fs::write(root.join("site.yaml"), "title: a\n").unwrap();
        fs::write(root.join("content/centres/a.yaml"), "name: a\n").unwrap();
        fs::write(root.join("content/centres/b.yaml"), "name: b\n").unwrap();
        (folder, root)
    }

    /// Puts the time of a file so far back that it has aged.
    fn age(path: &Utf8Path, seconds: u64) {
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).unwrap();
    }

    #[test]
    fn what_is_read_again_is_what_stands_on_the_disk_and_says_what_changed() {
        let (_folder, root) = site();
        let mut kept = Kept::new();
        let first = read_site_again(&root, &mut kept);
        assert_eq!(kept.changed().len(), 3);
        let second = read_site_again(&root, &mut kept);
        assert!(kept.changed().is_empty());
        for (a, b) in first.files.iter().zip(&second.files) {
            assert!(Arc::ptr_eq(&a.text, &b.text), "{}", a.path);
        }
        fs::write(root.join("content/centres/a.yaml"), "name: c\n").unwrap();
        fs::remove_file(root.join("content/centres/b.yaml")).unwrap();
        fs::write(root.join("content/centres/d.yaml"), "name: d\n").unwrap();
        let third = read_site_again(&root, &mut kept);
        let names: Vec<&str> = kept.changed().iter().map(AsRef::as_ref).collect();
        assert_eq!(names, ["content/centres/a.yaml", "content/centres/b.yaml", "content/centres/d.yaml"]);
        let fresh = read_site(&root);
        let texts = |files: &[File]| files.iter().map(|f| (f.path.clone(), f.text.clone())).collect::<Vec<_>>();
        assert_eq!(texts(&third.files), texts(&fresh.files));
    }

    #[test]
    fn a_file_of_the_same_size_and_time_is_read_as_long_as_it_is_young() {
        let (_folder, root) = site();
        let path = root.join("content/centres/a.yaml");
        let mut kept = Kept::new();
        read_site_again(&root, &mut kept);
        let noted = fs::metadata(&path).unwrap().modified().unwrap();
        fs::write(&path, "name: x\n").unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_modified(noted).unwrap();
        let again = read_site_again(&root, &mut kept);
        let file = again.files.iter().find(|file| file.path.ends_with("a.yaml")).unwrap();
        assert_eq!(&*file.text, "name: x\n");
    }

    #[test]
    fn a_file_that_is_touched_or_replaced_by_the_same_text_has_not_changed() {
        let (_folder, root) = site();
        let path = root.join("content/centres/a.yaml");
        age(&path, 60);
        let mut kept = Kept::new();
        read_site_again(&root, &mut kept);
        age(&path, 30);
        read_site_again(&root, &mut kept);
        assert!(kept.changed().is_empty());
        fs::write(root.join("content/centres/.new"), "name: a\n").unwrap();
        fs::rename(root.join("content/centres/.new"), &path).unwrap();
        read_site_again(&root, &mut kept);
        assert!(kept.changed().is_empty());
    }
}
