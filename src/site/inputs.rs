//! What goes into the files of a site, as far as it is known without making them.
//!
//! Most of a site's files for programs tell of one centre and of what takes place there. So the content is taken in two
//! parts: the files of centres and programmes, each by itself, and everything else together: the program, the day and
//! the time up to which a build stays the same, the options, the theme, the pictures, the ledger and all other content.
//! A file that names the centres and programmes that it tells of is made again when one of these or the rest changed.

use std::collections::HashMap;
use std::sync::Arc;

use super::Site;
use crate::calendar::DateTime;
use crate::content::{Centre, Id, Record};

/// What goes into the files of a site.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// A fingerprint of everything but the files below; nothing where it is not known.
    rest: Option<blake3::Hash>,
    /// Of each file of a centre or a programme.
    files: HashMap<Arc<str>, blake3::Hash>,
}

impl Inputs {
    /// What a site is read from: its files by their paths, and everything else.
    pub fn of<'f>(files: impl Iterator<Item = (&'f Arc<str>, &'f str)>, more: Vec<Vec<u8>>) -> Self {
        let mut rest = blake3::Hasher::new();
        let mut add = |part: &[u8]| {
            rest.update(&(part.len() as u64).to_le_bytes()).update(part);
        };
        let mut found = HashMap::new();
        for (path, text) in files {
            if path.starts_with("content/centres/") || path.starts_with("content/programmes/") {
                found.insert(Arc::clone(path), blake3::hash(text.as_bytes()));
                // That it is there concerns the others too.
                add(path.as_bytes());
            } else {
                add(path.as_bytes());
                add(text.as_bytes());
            }
        }
        more.iter().for_each(|part| add(part));
        Self { rest: Some(rest.finalize()), files: found }
    }

    /// The same for a build that stays as it is until a time.
    #[must_use]
    pub fn until(self, at: DateTime) -> Self {
        let rest = self
            .rest
            .map(|rest| blake3::Hasher::new().update(rest.as_bytes()).update(at.to_string().as_bytes()).finalize());
        Self { rest, ..self }
    }

    /// A fingerprint of some files of centres and programmes and of everything that is no such file.
    pub(crate) fn with<'f>(&self, files: impl IntoIterator<Item = &'f Arc<str>>) -> Option<blake3::Hash> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.rest?.as_bytes());
        for hash in files.into_iter().filter_map(|file| self.files.get(file)) {
            hasher.update(hash.as_bytes());
        }
        Some(hasher.finalize())
    }
}

impl Site {
    /// The files of a centre and of the programmes that take place there.
    pub(crate) fn files_at<'s>(&'s self, centre: &'s Record<Centre>) -> impl Iterator<Item = &'s Arc<str>> {
        let programmes = self.index.programmes.get(&centre.id).into_iter().flatten();
        let programmes = programmes.filter_map(|number| self.content.programmes.get(*number));
        std::iter::once(&centre.origin.file).chain(programmes.map(|record| &record.origin.file))
    }

    /// The file of a centre.
    pub(crate) fn file_of(&self, centre: &Id<Centre>) -> Option<&Arc<str>> {
        let number = self.index.centre.get(centre)?;
        self.content.centres.get(*number).map(|record| &record.origin.file)
    }
}
