//! Paths of published files, and the ways in which two of them cannot stand side by side.
//!
//! In: text from an artifact, a manifest or a journal. Out: an `OutputPath` that cannot leave the output folder, touch
//! our own state or break a line of the manifest. Case is compared folded, because the site may be built on Linux and
//! published on a disk that holds `A.html` and `a.html` for the same file.

use camino::{Utf8Path, Utf8PathBuf};
use std::{
    borrow::{Borrow, Cow},
    collections::{HashMap, HashSet},
    fmt,
    sync::Arc,
};

/// The folder inside an output folder that holds our own state and is never published to.
pub(crate) const STATE_FOLDER: &str = ".noticeboard";

/// Where a file stands, relative to the output folder, with `/` between segments: `centres/ganjiaxiang/index.html`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

/// Why a text is no output path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathError {
    /// A segment is empty, `.` or `..`, or the path is empty or starts with `/`.
    Segment,
    /// A backslash or a control character.
    Character(char),
    /// A segment of more than 255 bytes, which no disk takes.
    TooLong,
    /// It leads into `.noticeboard`, where the state of the output folder is kept.
    Reserved,
}

impl OutputPath {
    /// Checks a path.
    ///
    /// # Errors
    /// Says what is wrong with it; see [`PathError`].
    pub fn new(path: &str) -> Result<Self, PathError> {
        if let Some(character) = path.chars().find(|c| *c == '\\' || c.is_control()) {
            return Err(PathError::Character(character));
        }
        for segment in path.split('/') {
            match segment {
                "" | "." | ".." => return Err(PathError::Segment),
                long if long.len() > 255 => return Err(PathError::TooLong),
                _ => {}
            }
        }
        match path.split('/').next() {
            Some(first) if first.eq_ignore_ascii_case(STATE_FOLDER) => Err(PathError::Reserved),
            _ => Ok(Self(path.into())),
        }
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where the file stands on the disk.
    pub(crate) fn under(&self, root: &Utf8Path) -> Utf8PathBuf {
        root.join(self.as_str())
    }

    /// The folders it lies in, outermost first.
    pub(crate) fn folders(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.match_indices('/').filter_map(|(end, _)| self.0.get(..end))
    }

    /// The path of its first so many bytes, which must end where a segment ends: one of its folders, or itself.
    pub(crate) fn start(&self, bytes: usize) -> Self {
        if bytes == self.0.len() { self.clone() } else { Self(self.0.get(..bytes).unwrap_or_default().into()) }
    }

    /// The same for all paths that a disk without upper and lower case takes for one.
    pub(crate) fn folded(&self) -> Cow<'_, str> {
        folded(self.as_str())
    }
}

/// In small letters, where it is not already.
fn folded(path: &str) -> Cow<'_, str> {
    let is_small = path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_small { Cow::Borrowed(path) } else { Cow::Owned(path.to_lowercase()) }
}

/// How two artifacts get in each other's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClashKind {
    /// Both have the same path.
    Same,
    /// They differ only in upper and lower case.
    Case,
    /// The first is a file where the second needs a folder.
    FileAndFolder,
}

/// Two artifacts that cannot both be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// How they get in each other's way.
    pub kind: ClashKind,
    /// The one named first.
    pub first: OutputPath,
    /// The other.
    pub second: OutputPath,
}

/// All clashes among the paths. A file in the way of many files of one folder is named with the first of them.
pub(crate) fn clashes(paths: &[&OutputPath]) -> Vec<Clash> {
    let mut files: HashMap<Cow<'_, str>, &OutputPath> = HashMap::with_capacity(paths.len());
    let mut found = Vec::new();
    for path in paths {
        if let Some(first) = files.insert(path.folded(), path) {
            let kind = if first == *path { ClashKind::Same } else { ClashKind::Case };
            found.push(Clash { kind, first: first.clone(), second: (*path).clone() });
        }
    }
    let mut seen = HashSet::new();
    for path in paths {
        // Once a folder was seen, so were those it lies in.
        for folder in path.folders().rev().take_while(|folder| seen.insert(*folder)) {
            if let Some(file) = files.get(&*folded(folder)) {
                let (first, second) = ((*file).clone(), (*path).clone());
                found.push(Clash { kind: ClashKind::FileAndFolder, first, second });
            }
        }
    }
    found
}

impl Borrow<str> for OutputPath {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Segment => f.write_str("a segment is empty, `.` or `..`"),
            Self::Character(character) => write!(f, "it holds the character {character:?}"),
            Self::TooLong => f.write_str("a segment is longer than 255 bytes"),
            Self::Reserved => write!(f, "`{STATE_FOLDER}` is kept for the record of the build"),
        }
    }
}

impl std::error::Error for PathError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_leave_the_output_folder_or_enter_our_state() {
        for bad in ["", "/a", "a//b", "a/", "./a", "a/../../b", ".."] {
            assert_eq!(OutputPath::new(bad), Err(PathError::Segment), "{bad}");
        }
        assert_eq!(OutputPath::new("a\\b"), Err(PathError::Character('\\')));
        assert_eq!(OutputPath::new("a\nb"), Err(PathError::Character('\n')));
        assert_eq!(OutputPath::new(".Noticeboard/manifest"), Err(PathError::Reserved));
        assert_eq!(OutputPath::new(&"党".repeat(86)), Err(PathError::TooLong));
        assert!(OutputPath::new(".nojekyll").is_ok());
        assert!(OutputPath::new("政策/老年人.html").is_ok());
    }

    #[test]
    fn paths_that_cannot_stand_side_by_side_are_named_in_pairs() {
        let paths = ["a", "b/index.html", "a", "B/Index.html", "A/c/d"].map(|path| OutputPath::new(path).unwrap());
        let found = clashes(&paths.each_ref());
        let named: Vec<_> = found.iter().map(|c| (c.kind, c.first.as_str(), c.second.as_str())).collect();
        assert_eq!(
            named,
            [
                (ClashKind::Same, "a", "a"),
                (ClashKind::Case, "b/index.html", "B/Index.html"),
                (ClashKind::FileAndFolder, "a", "A/c/d"),
            ]
        );
    }
}
