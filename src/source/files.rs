//! Finds and decodes the files of a site.
//!
//! `site.yaml`, `ledger.txt`, and everything below `content/`, in parallel. Hidden files and editors'
//! backups are passed over. A file that cannot be read, is too large, is not UTF-8, is no picture where pictures are
//! kept, lies too deep, or is a link that leads out of the site's folder is a diagnostic; the others are read all the same, so that everything is said at once.
//! A byte order mark and Windows line ends are fine.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use walkdir::{DirEntry, WalkDir};

use super::kept::Kept;
use super::{File, PictureFacts, encoding, pictures};
use crate::diagnostics::{Code, Diagnostic, Place, Problem, SourceText, Texts, shell_word};

/// No content file is larger than this, in bytes.
const LARGEST: u64 = 2 * 1024 * 1024;
/// The ledger is not larger than this, in bytes: it has a line for each address of the site.
const LARGEST_LEDGER: u64 = 64 * 1024 * 1024;
/// How deep folders are followed.
const DEEPEST: usize = 16;
/// What the site has said so far, in the site's folder.
pub const LEDGER: &str = "ledger.txt";
/// The folder of pictures below `content/`.
const PICTURES: &str = "content/pictures/";

/// What was found in a site's folder.
#[derive(Debug, Default)]
pub struct Sources {
    /// The text files, in order of their paths.
    pub files: Vec<File>,
    /// The ledger, if the site has one.
    pub ledger: Option<File>,
    /// The pictures below `content/pictures/`: path relative to that folder, and where the file is.
    pub pictures: Vec<(String, Utf8PathBuf)>,
    /// What each of them is, by the same path, where it is a picture.
    pub picture_facts: BTreeMap<String, PictureFacts>,
    /// The texts, for showing diagnostics.
    pub texts: Texts,
    /// The files that were read from another encoding than UTF-8.
    pub recoded: Vec<Arc<str>>,
    /// What could not be read.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads `site.yaml`, `ledger.txt` and `content/` below `root`.
pub fn read_site(root: &Utf8Path) -> Sources {
    read_site_again(root, &mut Kept::default())
}

/// As [`read_site`], but what stands as it was when it was last read is taken from `kept`.
pub fn read_site_again(root: &Utf8Path, kept: &mut Kept) -> Sources {
    let mut sources = Sources::default();
    let mut changed = Vec::new();
    let mut paths = list(root, "site.yaml", &mut sources.diagnostics);
    if paths.is_empty() && sources.diagnostics.is_empty() {
        sources.diagnostics.push(Problem::new(Code::NoSiteFile).at(Place::whole(&"site.yaml".into())));
    }
    let listed = list(root, "content", &mut sources.diagnostics);
    if listed.is_empty() && sources.diagnostics.is_empty() && !root.join("content").is_dir() {
        sources.diagnostics.push(Problem::new(Code::NoContentFolder).at(Place::whole(&"content".into())));
    }
    let (pictures, texts): (Vec<_>, Vec<_>) = listed.into_iter().partition(|path| path.starts_with(PICTURES));
    let (of_office, texts): (Vec<_>, Vec<_>) = texts.into_iter().partition(|path| office_file(path).is_some());
    let of_office =
        of_office.iter().filter_map(|path| Some(office_file(path)?.at(Place::whole(&path.as_str().into()))));
    sources.diagnostics.extend(of_office);
    paths.extend(texts);
    let look = |path: &str| pictures::facts(&root.join(path)).unwrap_or_else(|error| Err(unreadable(Some(&error))));
    let looked = kept.pictures.read(root, &pictures, &mut changed, look);
    for (path, facts) in pictures.iter().zip(looked) {
        let name = path.strip_prefix(PICTURES).unwrap_or(path).to_owned();
        sources.pictures.push((name.clone(), root.join(path)));
        match facts {
            Ok(facts) => _ = sources.picture_facts.insert(name, facts),
            Err(problem) => sources.diagnostics.push(problem.at(Place::whole(&path.as_str().into()))),
        }
    }
    let has_ledger = list(root, LEDGER, &mut sources.diagnostics);
    paths.extend(has_ledger);
    let largest = |path: &str| if path == LEDGER { LARGEST_LEDGER } else { LARGEST };
    for result in kept.texts.read(root, &paths, &mut changed, |path| read(root, path, largest(path))) {
        let (file, is_whole) = match result {
            Ok(file) => (file, true),
            Err(unread) => {
                let (file, diagnostic) = *unread;
                // What was read from another encoding is looked at all the same, so that everything is said at once.
                let recoded = diagnostic.problem.has("path");
                if recoded {
                    sources.recoded.push(Arc::clone(&file.path));
                }
                sources.diagnostics.push(diagnostic);
                (file, recoded)
            }
        };
        sources.texts.insert(Arc::clone(&file.path), SourceText { text: Arc::clone(&file.text) });
        if &*file.path == LEDGER {
            sources.ledger = Some(file);
        } else if is_whole {
            sources.files.push(file);
        }
    }
    changed.sort();
    kept.changed = changed;
    sources
}

/// Whether a name is one that programs and systems leave behind: hidden files, backups, what Office and Windows put there.
fn is_nobodys(name: &str) -> bool {
    let of_windows = ["thumbs.db", "desktop.ini"].iter().any(|left| name.eq_ignore_ascii_case(left));
    name.starts_with(['.', '#']) || name.starts_with("~$") || name.ends_with('~') || of_windows
}

/// What is said of a file of an office program, if it is one.
fn office_file(path: &str) -> Option<Problem> {
    let name = path.rsplit('/').next()?;
    let (stem, ending) = name.rsplit_once('.')?;
    let problem = Problem::new(Code::OfficeFile).with("name", name);
    match ending.to_ascii_lowercase().as_str() {
        "doc" | "docx" | "wps" | "odt" | "rtf" | "pdf" | "ppt" | "pptx" => {
            Some(problem.with("written", &format!("{stem}.md")))
        }
        "xls" | "xlsx" | "et" | "ods" | "csv" => Some(problem.with("sheet", &shell_word(name))),
        _ => None,
    }
}

/// The files below a folder, or the file itself, sorted, each relative to `root`.
pub(super) fn list(root: &Utf8Path, below: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let home = root.canonicalize_utf8().unwrap_or_else(|_| root.to_owned());
    let hidden = |entry: &DirEntry| entry.depth() > 0 && entry.file_name().to_str().is_some_and(is_nobodys);
    let mut paths = Vec::new();
    // What is walked through is looked at below; the folders on the way to it here.
    for folder in Utf8Path::new(below).ancestors().skip(1).filter(|folder| !folder.as_str().is_empty()) {
        let way = root.join(folder);
        if way.is_symlink() && !way.canonicalize_utf8().is_ok_and(|target| target.starts_with(&home)) {
            diagnostics.push(Problem::new(Code::LinkOutside).at(Place::whole(&folder.as_str().into())));
            return paths;
        }
    }
    let mut walk = WalkDir::new(root.join(below)).follow_links(true).max_depth(DEEPEST).into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error)
                if error.depth() == 0 && error.io_error().is_some_and(|e| e.kind() == io::ErrorKind::NotFound) =>
            {
                break;
            }
            Err(error) => {
                let path = error
                    .path()
                    .and_then(|p| p.strip_prefix(root).ok())
                    .map(|p| p.to_string_lossy().replace('\\', "/"));
                let place = Place::whole(&path.as_deref().unwrap_or(below).into());
                let problem = match error.loop_ancestor() {
                    Some(_) => Problem::new(Code::Unreadable).with_word("reason", "loop"),
                    None => unreadable(error.into_io_error().as_ref()),
                };
                diagnostics.push(problem.at(place));
                continue;
            }
        };
        if hidden(&entry) {
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let Some(path) = relative.to_str().map(|path| path.replace('\\', "/")) else {
            let place = Place::whole(&relative.to_string_lossy().into());
            diagnostics.push(Problem::new(Code::BadId).with("id", &relative.to_string_lossy()).at(place));
            continue;
        };
        if entry.path_is_symlink() {
            let inside = entry.path().canonicalize().is_ok_and(|target| target.starts_with(&home));
            if !inside {
                diagnostics.push(Problem::new(Code::LinkOutside).at(Place::whole(&path.as_str().into())));
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
                continue;
            }
        }
        if entry.file_type().is_file() {
            paths.push(path);
        } else if entry.file_type().is_dir() && entry.depth() == DEEPEST {
            let problem = Problem::new(Code::FolderTooDeep).with("limit", &DEEPEST.to_string());
            diagnostics.push(problem.at(Place::whole(&path.as_str().into())));
        }
    }
    paths.sort();
    paths
}

/// A file that is not as it should be: what could be read of it, and what is wrong.
pub(super) type Unread = Box<(File, Diagnostic)>;

/// Reads one file; on failure what could be read of it comes along, to show the place.
fn read(root: &Utf8Path, path: &str, largest: u64) -> Result<File, Unread> {
    let name: Arc<str> = path.into();
    let with = |text: &str| File { path: Arc::clone(&name), text: text.into() };
    let mend = (largest == LARGEST).then_some(("folder", PICTURES));
    let bytes = match read_bytes(&root.join(path), largest, mend) {
        Ok(bytes) => bytes,
        Err(problem) => return Err(Box::new((with(""), problem.at(Place::whole(&name))))),
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(with(text)),
        Err(error) => {
            let decoded = encoding::decode(bytes);
            let problem = Problem::new(Code::NotUtf8).with_some("guess", decoded.as_ref().map(|decoded| decoded.name));
            let text = decoded.and_then(|decoded| decoded.text);
            let problem = problem.with_some("path", text.as_ref().filter(|_| largest == LARGEST).map(|_| path));
            let text = text.unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned());
            let at = text.find(|c: char| !c.is_ascii()).unwrap_or_else(|| error.valid_up_to());
            let width = text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            let at = if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") { 0 } else { at };
            Err(Box::new((with(&text), problem.at(Place::new(&name, at..at + width)))))
        }
    }
}

/// The text of one file of a site, if it can be read.
pub fn read_text(root: &Utf8Path, path: &str) -> Option<String> {
    read(root, path, LARGEST).ok().map(|file| file.text.as_ref().to_owned())
}

/// The bytes of a file that is not larger than the limit; if it is, `mend` fills the line of help. What grows while it
/// is read is not followed.
pub(super) fn read_bytes(path: &Utf8Path, limit: u64, mend: Option<(&'static str, &str)>) -> Result<Vec<u8>, Problem> {
    let refused = |error: io::Error| unreadable(Some(&error));
    let too_large = |size| match mend {
        Some((name, text)) => too_large(size, limit).with(name, text),
        None => too_large(size, limit),
    };
    let file = fs::File::open(path).map_err(refused)?;
    let size = file.metadata().map_err(refused)?.len();
    if size > limit {
        return Err(too_large(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    file.take(limit + 1).read_to_end(&mut bytes).map_err(refused)?;
    let read = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if read > limit { Err(too_large(read)) } else { Ok(bytes) }
}

/// A file larger than the limit.
pub(super) fn too_large(size: u64, limit: u64) -> Problem {
    Problem::new(Code::FileTooLarge)
        .with("size", &format!("{} MB", size.div_ceil(1024 * 1024)))
        .with("limit", &format!("{} MB", limit / 1024 / 1024))
}

/// The bytes of a picture that was listed.
pub fn read_picture(file: &Utf8Path) -> Result<Vec<u8>, Problem> {
    read_bytes(file, pictures::LARGEST, Some(pictures::SMALLER))
}

fn unreadable(error: Option<&io::Error>) -> Problem {
    let problem = Problem::new(Code::Unreadable);
    match error.map(io::Error::kind) {
        Some(io::ErrorKind::NotFound) => problem.with_word("reason", "not-found"),
        Some(io::ErrorKind::PermissionDenied) => problem.with_word("reason", "denied"),
        _ => problem.with("reason", &error.map_or_else(|| "?".to_owned(), ToString::to_string)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_listed_and_then_vanished_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        fs::create_dir(root.join("content")).unwrap();
        fs::write(root.join("content/areas.yaml"), "areas: []\n").unwrap();
        let listed = list(root, "content", &mut Vec::new());
        assert_eq!(listed, ["content/areas.yaml"]);
        fs::remove_file(root.join("content/areas.yaml")).unwrap();
        let Err(unread) = read(root, "content/areas.yaml", LARGEST) else { panic!("it was read") };
        let (file, found) = *unread;
        assert_eq!((&*file.path, &*file.text), ("content/areas.yaml", ""));
        assert_eq!(found.problem, Problem::new(Code::Unreadable).with_word("reason", "not-found"));
    }
}
