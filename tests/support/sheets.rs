//! Sheets as tests print and read them: what stands where on a PDF, by programs that the project did not write.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::*;

/// A page: its width and height in points, and its words.
pub type Page = ((f64, f64), Vec<Word>);

/// A word on a sheet: its page, its box in points, and its letters.
pub struct Word {
    pub x: (f64, f64),
    pub y: (f64, f64),
    pub text: String,
}

/// One language and the default theme, whose sheets are tested.
pub fn site() -> TestSite {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "  - {tag: en, name: English}\n", "").edit(SITE_FILE, ", en: Example site", "");
    site.edit(SITE_FILE, "theme: bare\n", "").remove(NOTICE_EN_FILE).edit(CENTRE_FILE, ", en: Jiefang Centre", "");
    site.edit(AREAS_FILE, ", en: Jiefang", "").edit(PROGRAMME_FILE, ", en: Winter programme", "");
    site.edit(PROGRAMME_FILE, ", en: Health talk", "");
    site
}

/// Prints the sheets of a kind; those that are made, by name.
pub fn printed(site: &TestSite, kind: &str, options: &[&str]) -> Vec<PathBuf> {
    let out = site.path(&format!("out-{kind}-{}", options.join("")));
    let mut command = Command::new(env!("CARGO_BIN_EXE_noticeboard"));
    command.args(["posters", "--today", TODAY, "--lang", "en", "--kind", kind, "--site"]).arg(site.root());
    let said = command.arg("--out").arg(&out).args(options).output().unwrap();
    let told = String::from_utf8_lossy(&said.stderr).into_owned() + &String::from_utf8_lossy(&said.stdout);
    assert!(said.status.success() && !told.contains("NB0624"), "{kind} {options:?}: {told}");
    let Ok(found) = std::fs::read_dir(&out) else { return Vec::new() };
    let mut found: Vec<PathBuf> = found.map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|end| end == "pdf"));
    found.sort();
    found
}

/// The pages of a PDF with their sizes and words; none where there is no program to read them.
pub fn pages(pdf: &Path) -> Option<Vec<Page>> {
    let read = Command::new("pdftotext").args(["-bbox"]).arg(pdf).arg("-").output().ok()?;
    let read = String::from_utf8(read.stdout).unwrap();
    let number = |line: &str, key: &str| -> f64 {
        let rest = line.split_once(&format!("{key}=\"")).unwrap().1;
        rest.split_once('"').unwrap().0.parse().unwrap()
    };
    let mut pages = Vec::new();
    for line in read.lines().map(str::trim) {
        if line.starts_with("<page") {
            pages.push(((number(line, "width"), number(line, "height")), Vec::new()));
        } else if line.starts_with("<word") {
            let text = line.split_once('>').unwrap().1.trim_end_matches("</word>").to_owned();
            let (x, y) = ((number(line, "xMin"), number(line, "xMax")), (number(line, "yMin"), number(line, "yMax")));
            pages.last_mut().unwrap().1.push(Word { x, y, text });
        }
    }
    Some(pages)
}

/// The text of a PDF in reading order, without white space.
pub fn text(pdf: &Path) -> Option<String> {
    let read = Command::new("pdftotext").arg(pdf).arg("-").output().ok()?;
    Some(String::from_utf8(read.stdout).unwrap().replace(char::is_whitespace, ""))
}

/// That all of this stands in the PDF, one after the other.
pub fn says_in_order(pdf: &Path, said: &[&str]) {
    let Some(text) = text(pdf) else { return };
    let mut from = 0;
    for words in said {
        let found = text[from..].find(&words.replace(' ', ""));
        assert!(found.is_some(), "{words} does not follow in {text}");
        from += found.unwrap() + words.replace(' ', "").len();
    }
}

/// That every word is whole on its page and no smaller than the floor, in points.
pub fn is_whole_and_legible(pdf: &Path, floor: f64) {
    for ((width, height), words) in pages(pdf).into_iter().flatten() {
        assert!(words.len() > 5, "{} has an empty page", pdf.display());
        for (at, word) in words.iter().enumerate() {
            let inside = word.x.0 >= -1.0 && word.y.0 >= -1.0 && word.x.1 <= width + 1.0 && word.y.1 <= height + 1.0;
            assert!(inside, "{} of {} leaves the paper", word.text, pdf.display());
            let size = word.y.1 - word.y.0;
            assert!(size >= floor * 0.9, "{} of {} is {size} pt", word.text, pdf.display());
            let over = words.iter().skip(at + 1).find(|other| covers(word, other));
            assert!(over.is_none(), "{} of {} covers {}", word.text, pdf.display(), over.unwrap().text);
        }
    }
}

/// The floor in points for a distance in metres.
pub fn floor(metres: f64) -> f64 {
    metres * 1000.0 / 120.0 * 72.0 / 25.4
}

/// Whether two words stand on each other by more than letters of lines that are set close.
fn covers(a: &Word, b: &Word) -> bool {
    let shared = |a: (f64, f64), b: (f64, f64)| a.1.min(b.1) - a.0.max(b.0);
    let low = |word: &Word| (word.x.1 - word.x.0).min(word.y.1 - word.y.0);
    let least = low(a).min(low(b)) * 0.45;
    shared(a.x, b.x) > least && shared(a.y, b.y) > least
}
