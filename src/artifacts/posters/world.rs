//! The world a template sees: the theme's files, the data, the pictures of one sheet, a date. Nothing else.
//!
//! Typst asks for all input through its `World`. This one answers from memory: a path that was not given does
//! not exist, packages do not exist, and today is the date of the build.

use std::collections::HashMap;
use std::path::PathBuf;

use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

/// What all sheets have in common: the theme and its fonts.
pub(super) struct Theme {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
}

impl Theme {
    /// Takes the fonts of `fonts`, which may be collections.
    pub(super) fn new(fonts: Vec<Font>) -> Self {
        // Row headers of a table (`pdf.header-cell`) exist behind this feature only.
        let features = [Feature::A11yExtras].into_iter().collect();
        Self {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            sources: HashMap::new(),
            files: HashMap::new(),
        }
    }

    /// Adds a file; one that ends in `.typ` can be imported. One that is not UTF-8 is said where it is asked for, so that
    /// it keeps no other template's sheets from being made.
    pub(super) fn add(&mut self, id: FileId, bytes: Bytes) {
        if let Some(text) = bytes.as_str().ok().filter(|_| is_template(id)) {
            self.sources.insert(id, Source::new(id, text.to_owned()));
        } else {
            self.sources.remove(&id);
        }
        self.files.insert(id, bytes);
    }

    /// The files of the fonts.
    pub(super) fn font_files(&self) -> impl Iterator<Item = Vec<u8>> {
        self.fonts.iter().filter(|font| font.index() == 0).map(|font| font.data().to_vec())
    }

    /// All files by virtual path.
    pub(super) fn contents(&self) -> impl Iterator<Item = (String, Vec<u8>)> {
        self.files.iter().map(|(id, bytes)| (id.get().vpath().get_with_slash().to_owned(), bytes.to_vec()))
    }

    /// Whether some font draws this character.
    pub(super) fn draws(&self, character: char) -> bool {
        let code = u32::from(character);
        self.fonts.iter().any(|font| font.info().coverage.contains(code))
    }

    /// Whether there is a template of this name.
    pub(super) fn has_source(&self, id: FileId) -> bool {
        is_template(id) && self.files.contains_key(&id)
    }
}

/// The theme with the input of one sheet.
pub(super) struct PosterWorld<'a> {
    pub(super) theme: &'a Theme,
    pub(super) main: FileId,
    pub(super) own: HashMap<FileId, Bytes>,
    pub(super) today: Datetime,
}

impl World for PosterWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.theme.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.theme.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let there = self.theme.has_source(id);
        let missing = || if there { FileError::InvalidUtf8 } else { unknown(id) };
        self.theme.sources.get(&id).cloned().ok_or_else(missing)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let own = self.own.get(&id);
        own.or_else(|| self.theme.files.get(&id)).cloned().ok_or_else(|| unknown(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.theme.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        Some(self.today)
    }
}

/// The id of a virtual path such as `/posters/lib.typ`, if it is one.
pub(super) fn file_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn is_template(id: FileId) -> bool {
    id.get().vpath().extension() == Some("typ")
}

fn unknown(id: FileId) -> FileError {
    match id.get().root() {
        VirtualRoot::Package(package) => FileError::Package(PackageError::NotFound(package.clone())),
        VirtualRoot::Project => FileError::NotFound(PathBuf::from(id.get().vpath().get_with_slash())),
    }
}
