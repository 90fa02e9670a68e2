//! The manifest: which files of an output folder are ours, and what they are.
//!
//! In and out: two text files, one line a file, sorted by path. `manifest` says what each file is (fingerprint of its
//! content and of its inputs) and is the same for the same site on every machine. `stat` says how each file looked on
//! this disk (size and modification time); it only saves reading files again, so it stands apart, differs from build to
//! build, and may be lost or damaged without harm. So two output folders of the same site are compared with
//! `diff -r -x .noticeboard`, or with all but `.noticeboard/stat`.

use super::{Fingerprint, OutputPath};
use crate::diagnostics::{Action, Failure};
use camino::Utf8Path;
use std::{collections::BTreeMap, fmt::Write as _, fs, io, time::SystemTime};

const MANIFEST: &str = "noticeboard manifest 1";
const STAT: &str = "noticeboard stat 1";

/// What stands after a build that ended well.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// Of all inputs of that build; none when they were not known.
    pub(super) input: Option<Fingerprint>,
    pub(super) files: BTreeMap<OutputPath, Entry>,
}

/// One file of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) content: Fingerprint,
    /// Of what went into it, when that is known without rendering.
    pub(super) inputs: Option<Fingerprint>,
    pub(super) stamp: Option<Stamp>,
}

/// Size in bytes and modification time in nanoseconds since 1970: if both are as they were, so is the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    size: u64,
    modified: i128,
}

impl Stamp {
    pub(super) fn of(metadata: &fs::Metadata) -> io::Result<Self> {
        let nanos = |duration: std::time::Duration| i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX);
        let modified = match metadata.modified()?.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => nanos(after),
            Err(before) => -nanos(before.duration()),
        };
        Ok(Self { size: metadata.len(), modified })
    }
}

impl Manifest {
    /// Reads both files of a state folder; none when there is no manifest.
    pub(super) fn read(state: &Utf8Path) -> Result<Option<Self>, Failure> {
        let path = state.join("manifest");
        let text = match fs::read(&path) {
            Ok(bytes) => String::from_utf8(bytes).map_err(|_| Failure::StateUnreadable { path: path.clone() })?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(Failure::Io { action: Action::Read, path, source }),
        };
        let mut manifest = Self::parse(&text).ok_or(Failure::StateUnreadable { path })?;
        manifest.add_stamps(&fs::read_to_string(state.join("stat")).unwrap_or_default());
        Ok(Some(manifest))
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        (lines.next()? == MANIFEST).then_some(())?;
        let input = optional(lines.next()?.strip_prefix("input ")?)?;
        let files = lines.map(|line| {
            let mut parts = line.splitn(3, ' ');
            let content = Fingerprint::parse(parts.next()?)?;
            let inputs = optional(parts.next()?)?;
            Some((OutputPath::new(parts.next()?).ok()?, Entry { content, inputs, stamp: None }))
        });
        Some(Self { input, files: files.collect::<Option<_>>()? })
    }

    fn add_stamps(&mut self, text: &str) {
        let mut lines = text.lines();
        if lines.next() != Some(STAT) {
            return;
        }
        // Both files are in the order of paths, so they are walked side by side.
        let mut lines = lines.filter_map(|line| {
            let mut parts = line.splitn(3, ' ');
            let stamp = Stamp { size: parts.next()?.parse().ok()?, modified: parts.next()?.parse().ok()? };
            Some((parts.next()?, stamp))
        });
        let mut next = lines.next();
        for (path, entry) in &mut self.files {
            while next.is_some_and(|(stamped, _)| stamped < path.as_str()) {
                next = lines.next();
            }
            entry.stamp = next.filter(|(stamped, _)| *stamped == path.as_str()).map(|(_, stamp)| stamp);
        }
    }

    /// The text of `manifest`.
    pub(super) fn manifest_text(&self) -> String {
        let mut text = format!("{MANIFEST}\ninput {}\n", Shown(self.input));
        for (path, entry) in &self.files {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{} {} {path}", entry.content, Shown(entry.inputs));
        }
        text
    }

    /// The text of `stat`.
    pub(super) fn stat_text(&self) -> String {
        let mut text = format!("{STAT}\n");
        for (path, entry) in &self.files {
            if let Some(stamp) = entry.stamp {
                let _ = writeln!(text, "{} {} {path}", stamp.size, stamp.modified);
            }
        }
        text
    }
}

fn optional(text: &str) -> Option<Option<Fingerprint>> {
    if text == "-" { Some(None) } else { Fingerprint::parse(text).map(Some) }
}

struct Shown(Option<Fingerprint>);

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(fingerprint) => fingerprint.fmt(f),
            None => f.write_str("-"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let entry = |text: &str, modified| Entry {
            content: Fingerprint::of(text.as_bytes()),
            inputs: None,
            stamp: Some(Stamp { size: 7, modified }),
        };
        let path = |text| OutputPath::new(text).unwrap();
        let files = [(path("a b/c.html"), entry("x", -5)), (path("index.html"), entry("y", 9))].into();
        Manifest { input: Some(Fingerprint::of(b"input")), files }
    }

    #[test]
    fn a_manifest_reads_back_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let state = Utf8Path::from_path(folder.path()).unwrap();
        fs::write(state.join("manifest"), manifest().manifest_text()).unwrap();
        fs::write(state.join("stat"), manifest().stat_text()).unwrap();
        assert_eq!(Manifest::read(state).unwrap(), Some(manifest()));
    }

    #[test]
    fn a_manifest_that_names_files_outside_or_is_torn_is_refused() {
        let text = manifest().manifest_text();
        assert!(Manifest::parse(&text).is_some());
        assert_eq!(Manifest::parse(&text.replace("index.html", "../index.html")), None);
        assert_eq!(Manifest::parse(text.trim_end()), None);
        assert_eq!(Manifest::parse(&text.replace("manifest 1", "manifest 2")), None);
    }

    #[test]
    fn a_damaged_stat_costs_only_its_stamps() {
        let mut read = Manifest::parse(&manifest().manifest_text()).unwrap();
        read.add_stamps("noticeboard stat 1\nx y a b/c.html\n7 9 index.html\n7 9 zzz\n");
        let stamps: Vec<_> = read.files.values().map(|entry| entry.stamp.is_some()).collect();
        assert_eq!(stamps, [false, true]);
    }
}
