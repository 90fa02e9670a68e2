//! A folder that is packed as `.zip` → what of it is to be read: the tables of a package, or its one file.
//!
//! Packed files may claim anything, so nothing is unpacked to the disk, and nothing is read before all names and sizes were
//! looked at. Sizes may be wrong: no more than the bounds is unpacked.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use camino::{Utf8Path, Utf8PathBuf};
use zip::ZipArchive;

use super::packages::{Tables, tables_of};
use super::{LARGEST, hsds};
use crate::diagnostics::{Code, Problem};

/// Most files and folders of a packed folder.
const MOST: usize = 1000;
/// Most bytes of all of its files.
const MOST_BYTES: u64 = 10 * LARGEST;
/// How many times its packed size a file may have; texts hardly have thirty times as much.
const MOST_TIMES: u64 = 200;
/// Sizes below which it does not matter how well a file is packed.
const SMALL: u64 = 1024 * 1024;
/// The endings of what can be imported.
const ENDINGS: [&str; 11] = ["json", "geojson", "csv", "tsv", "txt", "xlsx", "xlsm", "xls", "et", "ods", "ics"];

/// What a packed folder is.
pub(super) enum Packed {
    /// The tables of a data package.
    Tables(Tables),
    /// One file, by its name.
    File(Utf8PathBuf, Vec<u8>),
}

/// Whether a file is a packed folder by its name.
pub(super) fn is_one(name: &str) -> bool {
    Utf8Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

/// Reads a packed folder.
pub(super) fn read(bytes: &[u8]) -> Result<Packed, Problem> {
    let mut folder = Folder::of(bytes)?;
    let described = folder.shallowest(|path| path.file_name() == Some("datapackage.json"));
    if let Some(paths) = described.as_ref().and_then(|path| tables_of(&folder.file(path)?)) {
        let home = described.as_deref().and_then(Utf8Path::parent).unwrap_or(Utf8Path::new("")).to_owned();
        let mut tables = Tables::default();
        paths.into_iter().for_each(|(name, path)| tables.add(name, folder.file(&home.join(path))));
        return Ok(Packed::Tables(tables));
    }
    // Many directories have no description, and their tables are called as in the standard.
    let is_main = |path: &Utf8Path| stem_of_table(path).is_some_and(hsds::is_main_table);
    if let Some(home) = folder.shallowest(is_main).and_then(|path| path.parent().map(Utf8Path::to_owned)) {
        let beside =
            |path: &&Utf8PathBuf| path.parent() == Some(&home) && stem_of_table(path).is_some_and(hsds::is_table);
        let paths: Vec<Utf8PathBuf> = folder.files.keys().filter(beside).cloned().collect();
        let mut tables = Tables::default();
        for path in paths {
            tables.add(stem_of_table(&path).unwrap_or_default().to_owned(), folder.file(&path));
        }
        return Ok(Packed::Tables(tables));
    }
    let is_importable =
        |path: &&Utf8PathBuf| path.extension().is_some_and(|ending| ENDINGS.contains(&&*ending.to_lowercase()));
    let found: Vec<Utf8PathBuf> = folder.files.keys().filter(is_importable).cloned().collect();
    match found.as_slice() {
        [] => Err(refused("zip-nothing", [])),
        [path] => match folder.file(path) {
            Some(bytes) if bytes.len() as u64 > LARGEST => Err(Problem::new(Code::SpreadsheetTooLarge)),
            Some(bytes) => Ok(Packed::File(path.clone(), bytes)),
            None => Err(refused("zip-broken", [path.as_str()])),
        },
        several => Err(refused("zip-several", several.iter().map(|path| path.as_str()))),
    }
}

/// Why nothing is read, and the names that it is about.
fn refused<'n>(why: &'static str, names: impl IntoIterator<Item = &'n str>) -> Problem {
    Problem::new(Code::PackedFolderRefused).with_word("why", why).with_list("names", names)
}

/// The name of what may be a table, in a file of that name.
fn stem_of_table(path: &Utf8Path) -> Option<&str> {
    path.file_stem().filter(|_| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")))
}

/// The files of a packed folder by their paths, each with its number.
struct Folder<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    files: BTreeMap<Utf8PathBuf, usize>,
    /// How many bytes more are unpacked.
    left: u64,
}

impl<'b> Folder<'b> {
    /// Looks at the names and sizes of all files.
    fn of(bytes: &'b [u8]) -> Result<Self, Problem> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| refused("zip-broken", []))?;
        if archive.len() > MOST {
            return Err(refused("zip-many", []));
        }
        let (mut files, mut size) = (BTreeMap::new(), 0_u64);
        for number in 0..archive.len() {
            let file = archive.by_index_raw(number).map_err(|_| refused("zip-broken", []))?;
            let name = file.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
            let path = file.enclosed_name().and_then(|path| Utf8PathBuf::from_path_buf(path).ok());
            let Some(path) = path else { return Err(refused("zip-outside", [name.as_str()])) };
            if file.encrypted() {
                return Err(refused("zip-locked", [name.as_str()]));
            }
            size = size.saturating_add(file.size());
            let is_too_dense = file.size() > SMALL && file.size() / MOST_TIMES > file.compressed_size();
            if size > MOST_BYTES || is_too_dense {
                return Err(refused("zip-large", [name.as_str()]));
            }
            // What begins with a dot is of the system on which it was packed.
            let is_hidden = path.components().any(|part| part.as_str().starts_with('.') || part.as_str() == "__MACOSX");
            if file.is_file() && !is_hidden {
                files.insert(path, number);
            }
        }
        Ok(Self { archive, files, left: MOST_BYTES })
    }

    /// The file that is least deep of those that are meant.
    fn shallowest(&self, is_meant: impl Fn(&Utf8Path) -> bool) -> Option<Utf8PathBuf> {
        let meant = self.files.keys().filter(|path| is_meant(path));
        meant.min_by_key(|path| path.components().count()).cloned()
    }

    /// The bytes of a file; nothing if it is not there or cannot be unpacked.
    fn file(&mut self, path: &Utf8Path) -> Option<Vec<u8>> {
        let number = *self.files.get(path)?;
        let mut bytes = Vec::new();
        self.archive.by_index(number).ok()?.take(self.left.min(LARGEST + 1)).read_to_end(&mut bytes).ok()?;
        self.left -= bytes.len() as u64;
        Some(bytes)
    }
}
