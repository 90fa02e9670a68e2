//! What is known of files only once they stand: what a sheet weighs, and how many sides it has.
//!
//! Who publishes a site says that he will tell of each file, and does when it is made or found to stand. A page that says
//! so of a sheet waits for that: sheets are made before pages. Who only looks at pages, as the preview does, tells
//! nothing, and pages leave it out.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// So long a file is waited for: only a thread that has died leaves one untold.
const PATIENCE: Duration = Duration::from_secs(60);
/// Where a PDF says how many pages it has.
const PAGES: [&[u8]; 2] = [b"/Type/Pages", b"/Count "];

/// What a file is, once it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileFacts {
    /// How many bytes it has.
    pub bytes: u64,
    /// How many pages, of a PDF.
    pub pages: Option<usize>,
}

/// What was told of files.
#[derive(Debug, Default)]
pub struct Published {
    told: AtomicBool,
    known: Mutex<HashMap<String, Option<FileFacts>>>,
    new: Condvar,
}

impl Published {
    /// Says that each file will be told of.
    pub fn expect(&self) {
        self.told.store(true, Ordering::Relaxed);
    }

    /// Tells of a file; of one that could not be made, nothing is known.
    pub fn tell(&self, path: &str, facts: Option<FileFacts>) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), facts);
        self.new.notify_all();
    }

    /// What a file is, if that is told.
    pub fn of(&self, path: &str) -> Option<FileFacts> {
        if !self.told.load(Ordering::Relaxed) {
            return None;
        }
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.new.wait_timeout_while(known, PATIENCE, |known| !known.contains_key(path));
        let (known, _) = waited.unwrap_or_else(PoisonError::into_inner);
        known.get(path).copied().flatten()
    }
}

impl FileFacts {
    /// Of a file's bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { bytes: bytes.len() as u64, pages: pages(bytes) }
    }
}

/// How many pages a PDF has, as the tree of its pages says.
fn pages(pdf: &[u8]) -> Option<usize> {
    let mut rest = pdf.starts_with(b"%PDF-").then_some(pdf)?;
    for word in PAGES {
        let at = rest.windows(word.len()).position(|window| window == word)?;
        rest = rest.get(at + word.len()..)?;
    }
    let digits: String = rest.iter().take_while(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_of_pages_says_how_many_there_are() {
        let pdf = b"%PDF-1.7\n<< /Count 6 >> <</Type/Pages/Count 12/Kids[]>>";
        assert_eq!(FileFacts::of(pdf), FileFacts { bytes: pdf.len() as u64, pages: Some(12) });
        assert_eq!(FileFacts::of(b"PK").pages, None);
    }

    #[test]
    fn nobody_waits_for_what_nobody_tells() {
        let published = Published::default();
        assert_eq!(published.of("a.pdf"), None);
        published.expect();
        published.tell("a.pdf", None);
        assert_eq!(published.of("a.pdf"), None);
        published.tell("a.zip", Some(FileFacts::of(b"PK")));
        assert_eq!(published.of("a.zip").map(|facts| facts.bytes), Some(2));
    }
}
