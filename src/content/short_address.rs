//! `content/addresses.yaml`: where each short address `/p/CODE/`, as it stands on paper, leads.
//!
//! Paper cannot be recalled, so a code is allotted once, by `noticeboard record`, and stays: a build only reads the file.
//! It has a line for each code, in the order of the codes, which are as good as drawn by lot: so two branches seldom
//! write at the same place, and git merges them line by line. [`AddressesFile::with`] adds lines and leaves what editors
//! wrote as it is.

use std::collections::HashSet;
use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::aliases::SitePath;
use super::formats::{Checked, Format};
use super::text::Text;
use crate::diagnostics::{Code, Problem};

/// Where the file is.
pub const ADDRESSES_FILE: &str = "content/addresses.yaml";
/// The letters of codes: none that looks or sounds like a digit or another letter.
const LETTERS: &[u8; 12] = b"cfhjkmprtwxy";
/// The digits of codes.
const DIGITS: &[u8; 7] = b"2356789";
/// How long codes are; the second length is for sites that have used up the first.
const LENGTHS: [usize; 2] = [5, 7];
/// How many codes of a length are tried.
const TRIES: u32 = 16;
/// What the file begins with.
const HEAD: &str = "\
# 纸上的短网址 /p/代码/ 各通向哪一页。代码由 noticeboard record 分配；印出去以后不改、不删，也不给别的页面。
# Where each short address /p/CODE/ on paper leads. `noticeboard record` allots codes; once printed they stay.
codes:
";

/// The file `content/addresses.yaml`.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddressesFile {
    /// The codes.
    #[serde(default)]
    pub codes: Vec<ShortAddress>,
}

/// A code, and where it leads.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShortAddress {
    /// The code, as `noticeboard record` allotted it.
    pub code: ShortCode,
    /// The page that it was allotted to.
    #[serde(rename = "for")]
    pub page: SitePath,
    /// The page that it leads to instead.
    pub to: Option<SitePath>,
    /// What it says when the page is gone and no other takes its place.
    pub farewell: Option<Text>,
}

/// A code of a short address.
pub type ShortCode = Checked<CodeForm>;

/// Codes of short addresses: letters and digits in turn, so that no word can come out, none of which looks or sounds like
/// another.
#[derive(Debug)]
pub enum CodeForm {}

impl Format for CodeForm {
    const NAME: &'static str = "short-code";
    fn check(text: &str) -> Result<(), Problem> {
        let known = |(place, byte): (usize, u8)| alphabet(place).contains(&byte);
        let fits = LENGTHS.contains(&text.len()) && text.bytes().enumerate().all(known);
        if fits { Ok(()) } else { Err(Problem::new(Code::NotAShortCode).with("text", text)) }
    }
}

/// The characters that may stand at a place of a code.
fn alphabet(place: usize) -> &'static [u8] {
    if place.is_multiple_of(2) { LETTERS } else { DIGITS }
}

/// A code for a page, by its address: the first that is free of those that the address alone names, so that two branches
/// that allot one to the same page agree, and those that allot to different pages seldom meet.
pub fn allot(page: &str, is_free: impl Fn(&str) -> bool) -> Option<String> {
    let codes = LENGTHS.iter().flat_map(|length| (0..TRIES).map(move |salt| drawn(page, salt, *length)));
    codes.into_iter().find(|code| is_free(code))
}

/// One of the codes that an address names.
fn drawn(page: &str, salt: u32, length: usize) -> String {
    let hash = blake3::Hasher::new().update(page.as_bytes()).update(b"\0").update(&salt.to_le_bytes()).finalize();
    let mut left = hash.as_bytes().iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    let mut code = String::with_capacity(length);
    for place in 0..length {
        let characters = alphabet(place);
        let count = characters.len() as u64;
        let drawn = usize::try_from(left % count).unwrap_or_default();
        code.extend(characters.get(drawn).map(|byte| char::from(*byte)));
        left /= count;
    }
    code
}

impl ShortAddress {
    /// What the line says, as it is written.
    fn line(&self) -> String {
        let mut line = format!("{{code: {}, for: {}", self.code.as_str(), self.page.as_str());
        // To memory, which takes everything; what is JSON is YAML too.
        if let Some(to) = &self.to {
            let _ = write!(line, ", to: {}", to.as_str());
        }
        if let Some(farewell) = self.farewell.as_ref().and_then(|text| serde_json::to_string(text).ok()) {
            let _ = write!(line, ", farewell: {farewell}");
        }
        line.push('}');
        line
    }

    /// Whether another line says the same.
    pub fn is_same(&self, other: &Self) -> bool {
        self.line() == other.line()
    }
}

impl AddressesFile {
    /// Reads the file's text, known to be good.
    pub fn read(text: &str) -> Result<Self, serde_yaml::Error> {
        serde_yaml::from_str(text)
    }

    /// The file with more codes, each for a page, in order; `text` is what was read. What stands twice is written once.
    pub fn with(&self, text: &str, new: &[(String, String)]) -> String {
        let (head, lines) = self.parts(text).unwrap_or_else(|| {
            let lines = self.codes.iter().map(|entry| format!("  - {}\n", entry.line()));
            (HEAD.to_owned(), lines.collect())
        });
        let indent = lines.iter().flat_map(|lines| lines.lines()).find(|line| is_item(line));
        let indent = indent.map_or("  ", |line| line.split('-').next().unwrap_or_default());
        let old = self.codes.iter().map(|entry| entry.code.as_str().to_owned()).zip(lines.iter().cloned());
        let added = new.iter().map(|(code, page)| (code.clone(), format!("{indent}- {{code: {code}, for: {page}}}\n")));
        let mut all: Vec<(String, String)> = old.chain(added).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        let mut seen = HashSet::new();
        let lines = all.into_iter().map(|(_, lines)| lines).filter(|lines| seen.insert(lines.trim().to_owned()));
        std::iter::once(head).chain(lines).collect()
    }

    /// The lines before the first code and those of each code, with the comments above it; `None` if the text is not laid
    /// out as this file usually is.
    fn parts(&self, text: &str) -> Option<(String, Vec<String>)> {
        let first = text.lines().find(|line| is_item(line))?;
        let indent = first.split('-').next()?;
        let begins = |line: &str| line.strip_prefix(indent).is_some_and(|rest| rest.starts_with("- "));
        let (mut head, mut items, mut above) = (String::new(), Vec::<String>::new(), String::new());
        for line in text.lines() {
            let line = format!("{line}\n");
            if begins(&line) {
                items.push(std::mem::take(&mut above) + &line);
            } else if head.contains("codes:") && line.trim_start().starts_with('#') {
                above.push_str(&line);
            } else {
                let part = items.last_mut().unwrap_or(&mut head);
                part.push_str(&std::mem::take(&mut above));
                part.push_str(&line);
            }
        }
        items.last_mut()?.push_str(&above);
        (items.len() == self.codes.len() && head.lines().any(|line| line.trim_end() == "codes:"))
            .then_some((head, items))
    }
}

/// Whether a line begins an item of a list.
fn is_item(line: &str) -> bool {
    line.trim_start().starts_with("- ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn file(text: &str) -> AddressesFile {
        serde_yaml::from_str(text).unwrap()
    }

    fn new(code: &str, page: &str) -> (String, String) {
        (code.to_owned(), page.to_owned())
    }

    #[test]
    fn a_page_names_its_code_and_another_one_where_that_is_taken() {
        let code = allot("centres/a/", |_| true).unwrap();
        assert_eq!(allot("centres/a/", |_| true).as_ref(), Some(&code));
        let other = allot("centres/a/", |free| free != code).unwrap();
        assert_ne!(other, code);
        for code in [&code, &other] {
            assert_eq!(code.len(), 5);
            assert!(ShortCode::read(code).is_ok(), "{code}");
        }
        assert_eq!(allot("centres/a/", |free| free.len() == 7).unwrap().len(), 7);
        assert_eq!(allot("centres/a/", |_| false), None);
    }

    #[test]
    fn codes_of_many_pages_are_spread_over_all_that_there_are() {
        let codes: HashSet<String> = (0..2000).filter_map(|n| allot(&format!("notices/{n}/"), |_| true)).collect();
        // Of 84,672 codes, 2,000 draws meet about 24 times.
        assert!(codes.len() > 1950, "{}", codes.len());
        for byte in LETTERS.iter().chain(DIGITS) {
            assert!(codes.iter().any(|code| code.as_bytes().contains(byte)));
        }
    }

    #[test]
    fn lines_are_added_in_order_and_what_editors_wrote_stays() {
        let text = "# ours\ncodes:\n  # the hall\n  - code: c2f2h\n    for: centres/a/\n  - {code: k2f2h, for: b/, to: c/} # x\n";
        let written = file(text).with(text, &[new("x2f2h", "z/"), new("f2f2h", "y/")]);
        assert_eq!(
            written,
            "# ours\ncodes:\n  # the hall\n  - code: c2f2h\n    for: centres/a/\n  - {code: f2f2h, for: y/}\n  - {code: k2f2h, for: b/, to: c/} # x\n  - {code: x2f2h, for: z/}\n"
        );
        assert_eq!(file(&written).with(&written, &[]), written);
    }

    #[test]
    fn a_file_of_another_layout_and_one_that_is_not_there_are_written_whole() {
        let flow = "codes: [{code: k2f2h, for: b/, farewell: {en: \"a: b\"}}]\n";
        let written = file(flow).with(flow, &[new("c2f2h", "a/")]);
        let lines = "  - {code: c2f2h, for: a/}\n  - {code: k2f2h, for: b/, farewell: {\"en\":\"a: b\"}}\n";
        assert_eq!(written, format!("{HEAD}{lines}"));
        assert!(file(&written).codes.iter().zip(&file(flow).codes).next().is_some());
        assert_eq!(
            AddressesFile::default().with("", &[new("c2f2h", "a/")]),
            format!("{HEAD}  - {{code: c2f2h, for: a/}}\n")
        );
    }

    #[test]
    fn a_line_of_each_side_of_a_merge_is_written_once() {
        let text = "codes:\n- {code: k2f2h, for: b/}\n- {code: c2f2h, for: a/}\n- {code: k2f2h, for: b/}\n";
        assert_eq!(file(text).with(text, &[]), "codes:\n- {code: c2f2h, for: a/}\n- {code: k2f2h, for: b/}\n");
    }
}
