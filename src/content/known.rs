//! Records as they were read before, so that only files that changed are read into their types again.
//!
//! A record is taken over when it comes from the very same texts, translations included, and the site has the same
//! languages. Records with something wrong are not kept: there are few, and what is wrong has to be said each time.

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;

use super::text::LanguageTag;
use crate::source::File;

/// What was read before.
#[derive(Debug, Default)]
pub struct KnownRecords {
    languages: Vec<LanguageTag>,
    before: HashMap<Arc<str>, Known>,
    now: HashMap<Arc<str>, Known>,
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
