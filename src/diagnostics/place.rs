//! Where in the editor's files something stands.
//!
//! Bytes are kept, lines and columns are counted only when something is shown: clean files pay nothing.
//! Lines count from the top of the file, front matter included; columns count characters, both from 1.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// A stretch of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, relative to the site's folder, with `/` between its parts.
    pub file: Arc<str>,
    /// The first byte of the stretch.
    pub start: usize,
    /// The byte after its last one.
    pub end: usize,
}

impl Place {
    /// A stretch of bytes of a file.
    pub fn new(file: &Arc<str>, span: Range<usize>) -> Self {
        Self { file: Arc::clone(file), start: span.start, end: span.end.max(span.start) }
    }

    /// Something that has no lines, such as a cell of a spreadsheet.
    pub fn without_lines(name: &Arc<str>) -> Self {
        Self { file: Arc::clone(name), start: usize::MAX, end: usize::MAX }
    }

    /// Whether it has no lines.
    pub fn has_no_lines(&self) -> bool {
        self.start == usize::MAX
    }

    /// The file as a whole.
    pub fn whole(file: &Arc<str>) -> Self {
        Self::new(file, 0..0)
    }
}

/// The text of a file as it was read.
#[derive(Debug, Clone)]
pub struct SourceText {
    /// The text.
    pub text: Arc<str>,
}

/// The texts of all files, by their path relative to the site's folder.
pub type Texts = BTreeMap<Arc<str>, SourceText>;

impl SourceText {
    /// The line and column of a byte, both counted from 1.
    pub fn line_and_column(&self, byte: usize) -> (usize, usize) {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let before = self.text.get(..byte).unwrap_or_default();
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line, column)
    }
}
