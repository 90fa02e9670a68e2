//! Records as they were read before, so that only files that changed are read into their types again.
//!
//! A record is taken over when it comes from the very same texts, translations included, and the site has the same
//! languages. Records with something wrong are not kept: there are few, and what is wrong has to be said each time.

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use rayon::prelude::*;

use super::text::LanguageTag;
use crate::diagnostics::Diagnostic;
use crate::source::{File, lint};

/// How many of a site's files were read into records, for those who wait.
#[derive(Debug, Default)]
pub struct Progress {
    read: AtomicUsize,
    all: AtomicUsize,
}

impl Progress {
    /// How many were read, and of how many; nothing before any is.
    pub fn so_far(&self) -> Option<(usize, usize)> {
        let (read, all) = (self.read.load(Relaxed), self.all.load(Relaxed));
        (all > 0).then_some((read.min(all), all))
    }

    pub(super) fn begin(&self, all: usize) {
        self.read.store(0, Relaxed);
        self.all.store(all, Relaxed);
    }

    pub(super) fn add(&self, files: usize) {
        self.read.fetch_add(files, Relaxed);
    }
}

/// What was read before.
#[derive(Debug, Default)]
pub struct KnownRecords {
    /// How far a reading is.
    pub progress: Arc<Progress>,
    languages: Vec<LanguageTag>,
    before: HashMap<Arc<str>, Known>,
    now: HashMap<Arc<str>, Known>,
    /// The texts by their paths in which a look at the file alone found nothing.
    clean: HashMap<Arc<str>, Arc<str>>,
}

#[derive(Debug, Clone)]
struct Known {
    /// Every file that went into it, its own first.
    files: Vec<File>,
    record: Arc<dyn Any + Send + Sync>,
}

impl KnownRecords {
    /// Begins to read again, in these languages.
    pub(super) fn begin(&mut self, languages: &[LanguageTag]) {
        if self.languages != languages {
            self.languages = languages.to_vec();
            self.before.clear();
        }
    }

    /// Looks at the files in which something was found the last time, and at those that are others.
    pub(super) fn look(&mut self, files: &[File], diagnostics: &mut Vec<Diagnostic>) {
        let is_clean = |file: &File| self.clean.get(&file.path).is_some_and(|text| Arc::ptr_eq(text, &file.text));
        let unsure: Vec<&File> = files.iter().filter(|file| !is_clean(file)).collect();
        let looked: Vec<Vec<Diagnostic>> = unsure.par_iter().map(|file| lint::silent::look(file)).collect();
        // Files that have gone are forgotten with all others, now and then.
        if self.clean.len() > 2 * files.len() {
            self.clean.clear();
        }
        for (file, found) in unsure.into_iter().zip(looked) {
            match found.is_empty() {
                true => drop(self.clean.insert(Arc::clone(&file.path), Arc::clone(&file.text))),
                false => diagnostics.extend(found),
            }
        }
    }

    /// Ends it: what was not asked for is forgotten.
    pub(super) fn end(&mut self) {
        self.before = std::mem::take(&mut self.now);
    }

    /// The record that came from these files, if they are what they were.
    pub(super) fn get<T: Clone + 'static>(&self, files: &[&File]) -> Option<T> {
        let known = self.before.get(&files.first()?.path)?;
        known.comes_from(files).then(|| known.record.downcast_ref::<T>().cloned()).flatten()
    }

    /// Keeps a record for the next time.
    pub(super) fn keep<T: Clone + Send + Sync + 'static>(&mut self, files: &[&File], record: &T) {
        let Some(first) = files.first() else { return };
        let known = match self.before.remove(&first.path) {
            Some(known) if known.comes_from(files) => known,
            _ => Known { files: files.iter().copied().cloned().collect(), record: Arc::new(record.clone()) },
        };
        self.now.insert(Arc::clone(&first.path), known);
    }
}

impl Known {
    /// Whether it was read from these very texts.
    fn comes_from(&self, files: &[&File]) -> bool {
        let is_same = |(a, b): (&File, &&File)| a.path == b.path && Arc::ptr_eq(&a.text, &b.text);
        self.files.len() == files.len() && self.files.iter().zip(files).all(is_same)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Content;
    use crate::source::{Kept, read_site, read_site_again};
    use camino::{Utf8Path, Utf8PathBuf};
    use std::fs;

    fn copy(from: &Utf8Path, to: &Utf8Path) {
        fs::create_dir_all(to).unwrap();
        for entry in from.read_dir_utf8().unwrap() {
            let entry = entry.unwrap();
            match entry.path().is_dir() {
                true => copy(entry.path(), &to.join(entry.file_name())),
                false => drop(fs::copy(entry.path(), to.join(entry.file_name())).unwrap()),
            }
        }
    }

    #[test]
    fn reading_again_gives_what_reading_anew_gives_whatever_was_changed() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        copy(Utf8Path::new("tests/languages"), &root);
        let edit = |path: &str, from: &str, to: &str| {
            let text = fs::read_to_string(root.join(path)).unwrap();
            assert!(text.contains(from), "{path}: {from}");
            fs::write(root.join(path), text.replacen(from, to, 1)).unwrap();
        };
        let rename = |from: &str, to: &str| fs::rename(root.join(from), root.join(to)).unwrap();
        let centre = "content/centres/jiefang.yaml";
        let notice = "content/notices/heating.md";
        let translation = "---\ntitle: Heating\n---\nIt is on.\n";
        let steps: [&dyn Fn(); 14] = [
            &|| {},
            &|| edit(centre, "name:", "nmae:"),
            &|| edit(centre, "nmae:", "name:"),
            &|| fs::write(root.join("content/notices/chinese-only.en.md"), translation).unwrap(),
            &|| edit("content/notices/chinese-only.en.md", "It is on.", "It is off."),
            &|| fs::remove_file(root.join("content/notices/chinese-only.en.md")).unwrap(),
            &|| rename(notice, "content/notices/warmth.md"),
            &|| rename("content/notices/warmth.md", notice),
            &|| fs::write(root.join("content/centres/jiefang2.yaml"), "x: [").unwrap(),
            &|| fs::remove_file(root.join("content/centres/jiefang2.yaml")).unwrap(),
            &|| edit("site.yaml", "tag: ug", "tag: ii"),
            &|| edit("site.yaml", "publisher:", "publihser:"),
            &|| edit("site.yaml", "publihser:", "publisher:"),
            &|| edit("site.yaml", "tag: ii", "tag: ug"),
        ];
        let (mut kept, mut known) = (Kept::new(), KnownRecords::default());
        for (number, step) in steps.iter().enumerate() {
            step();
            let (mut again, mut anew) = (Vec::new(), Vec::new());
            let sources = read_site_again(&root, &mut kept);
            let found = Content::read_again(&sources, Some(&mut known), &mut again);
            let fresh = Content::read(&read_site(&root), &mut anew);
            let order = |found: &mut Vec<crate::diagnostics::Diagnostic>| {
                found.sort_by(|a, b| a.order().cmp(&b.order()));
                format!("{found:?}")
            };
            assert_eq!(order(&mut again), order(&mut anew), "step {number}");
            assert_eq!(format!("{found:?}"), format!("{fresh:?}"), "step {number}");
        }
    }
}
