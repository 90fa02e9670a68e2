//! `printed.txt`: which sheets hang on walls, since when, and what they say.
//!
//! `noticeboard posters --printed` writes it, nobody by hand. It has a line for each sheet, sorted, so that git merges it
//! line by line:
//!
//! ```text
//! posters/jiefang-door-sign-a4.pdf 2026-11-24 3f2a1b {"kind":"door-sign",…}
//! ```
//!
//! A sheet has the day on which it was printed, its version, and as JSON whose it is and what it says, so that one can
//! tell later what is no longer so. Where a merge left a line of each side, the later one counts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::calendar::Date;
use crate::diagnostics::{Code, Diagnostic, Place, Problem};
use crate::source::File;

/// Where the file is, in the site's folder.
pub const PRINTED_FILE: &str = "printed.txt";
/// What the file begins with.
const HEAD: &str = "# 墙上挂着的纸。由 noticeboard posters --printed 写入，请勿手改。\n\
                    # Sheets that hang on walls. Written by `noticeboard posters --printed`, not by hand.\n";
/// What git writes where it could not merge.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// The sheets that hang, by the address of the file that was printed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PrintedSheets(pub BTreeMap<String, PrintedSheet>);

/// A sheet that hangs.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedSheet {
    /// The day on which it was printed.
    pub on: Date,
    /// Its version, as it stands on it.
    pub version: String,
    /// Whose it is and what it says.
    pub sheet: SheetSaid,
}

/// A sheet, and what it says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SheetSaid {
    /// The kind of sheet, e.g. `weekly-board`.
    pub kind: String,
    /// The id of the record.
    pub id: String,
    /// Its language.
    pub lang: String,
    /// The second language that stands beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// The paper, as it is asked for in a call.
    pub paper: String,
    /// Whether it is in large print.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub large: bool,
    /// What readers read on it.
    pub says: Value,
}

impl PrintedSheets {
    /// Reads the file; lines that cannot be read are added to `diagnostics`.
    pub fn read(file: &File, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut sheets = Self::default();
        let mut start = 0;
        for line in file.text.split_inclusive('\n') {
            let at = start;
            start += line.len();
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') || MARKS.iter().any(|mark| line.starts_with(mark)) {
                continue;
            }
            match read_line(line) {
                Some((path, sheet)) => sheets.add(path, sheet),
                None => {
                    let place = Place::new(&file.path, at..at + line.len());
                    diagnostics.push(Problem::new(Code::PrintedLine).at(place));
                }
            }
        }
        sheets
    }

    /// Adds a sheet, unless the same was printed later.
    pub fn add(&mut self, path: String, sheet: PrintedSheet) {
        let is_older = self.0.get(&path).is_some_and(|known| known.on > sheet.on);
        if !is_older {
            self.0.insert(path, sheet);
        }
    }

    /// The file.
    pub fn written(&self) -> String {
        let mut text = HEAD.to_owned();
        for (path, PrintedSheet { on, version, sheet }) in &self.0 {
            let json = serde_json::to_string(sheet).unwrap_or_default();
            // To memory, which takes everything.
            let _ = writeln!(text, "{path} {on} {version} {json}");
        }
        text
    }
}

fn read_line(line: &str) -> Option<(String, PrintedSheet)> {
    let mut parts = line.splitn(4, ' ');
    let path = parts.next().filter(|path| path.ends_with(".pdf"))?.to_owned();
    let on = parts.next()?.parse().ok()?;
    let version = parts.next()?.to_owned();
    let sheet = serde_json::from_str(parts.next()?).ok()?;
    Some((path, PrintedSheet { on, version, sheet }))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const LINE: &str = "posters/a-door-sign-a4.pdf 2026-11-24 3f2a1b \
                        {\"kind\":\"door-sign\",\"id\":\"a\",\"lang\":\"en\",\"paper\":\"a4\",\"says\":{\"title\":\"x y\"}}\n";

    fn read(text: &str) -> (PrintedSheets, usize) {
        let mut found = Vec::new();
        let sheets = PrintedSheets::read(&File { path: PRINTED_FILE.into(), text: text.into() }, &mut found);
        (sheets, found.len())
    }

    #[test]
    fn what_is_written_is_read_back() {
        let (sheets, found) = read(LINE);
        assert_eq!((found, sheets.written()), (0, format!("{HEAD}{LINE}")));
        assert_eq!(read(&sheets.written()), (sheets, 0));
    }

    #[test]
    fn of_two_lines_of_a_merge_the_later_one_counts() {
        let later = LINE.replace("11-24 3f2a1b", "11-30 aaaaaa");
        let text = format!("<<<<<<< ours\n{later}=======\n{LINE}>>>>>>> theirs\n");
        assert_eq!(read(&text).0.written(), format!("{HEAD}{later}"));
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        for line in ["a", "posters/a.pdf today x {}", "posters/a.pdf 2026-11-24 x {", "a 2026-11-24 x {}"] {
            assert_eq!(read(line).1, 1, "{line}");
        }
    }
}
