//! One slip of the hand in a real file: what is said first must name the line where the hand slipped.
//!
//! Each line of the example content, with its keys in English and in Chinese, is spoilt in each of the ways below, one at
//! a time, and read. Not every slip is seen: a space more may be as good. Of those that are, nearly all must be told at
//! their line, and none in the words of a parser. `SLIPS=all` tries every line instead of every few, and prints what fails.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use noticeboard::content::{Content, KeyLanguage, in_keys};
use noticeboard::diagnostics::{Diagnostic, Language, SourceText};
use noticeboard::source::{File, Sources, split};
use rayon::prelude::*;

/// What becomes of a line.
type Slip = fn(&str) -> Option<String>;

const SLIPS: [(&str, Slip); 32] = [
    ("a space more before it", |line| Some(format!(" {line}"))),
    ("two spaces more before it", |line| Some(format!("  {line}"))),
    ("a space less before it", |line| line.strip_prefix(' ').map(str::to_owned)),
    ("two spaces less before it", |line| line.strip_prefix("  ").map(str::to_owned)),
    ("no spaces before it", |line| line.starts_with(' ').then(|| line.trim_start().to_owned())),
    ("a tab before it", |line| line.strip_prefix("  ").map(|rest| format!("\t{rest}"))),
    ("a wide space before it", |line| line.strip_prefix("  ").map(|rest| format!("\u{3000}{rest}"))),
    ("full-width colon", |line| once(line, ": ", "：")),
    ("full-width colon at the end", |line| line.strip_suffix(':').map(|key| format!("{key}："))),
    ("no space after the colon", |line| once(line, ": ", ":")),
    ("no colon", |line| once(line, ": ", " ")),
    ("no colon at the end", |line| line.strip_suffix(':').map(str::to_owned)),
    ("semicolon for colon", |line| once(line, ": ", "; ")),
    ("full-width semicolon for colon", |line| once(line, ": ", "；")),
    ("a full-width colon where no value is yet", |line| {
        line.split_once(": ").map(|(key, _)| format!("{key}：待定")).filter(|_| !line.contains(['{', '[']))
    }),
    ("equals sign for colon", |line| once(line, ": ", "=")),
    ("no space after the dash", |line| once(line, "- ", "-").filter(|_| line.trim_start().starts_with("- "))),
    ("full-width dash", |line| once(line, "- ", "－").filter(|_| line.trim_start().starts_with("- "))),
    ("no dash", |line| once(line, "- ", "  ").filter(|_| line.trim_start().starts_with("- "))),
    ("a dash before a key", |line| {
        (!line.trim_start().starts_with('-'))
            .then(|| line.replacen(line.trim_start(), &format!("- {}", line.trim_start()), 1))
    }),
    ("quote not closed", |line| line.rfind('"').map(|at| without(line, at))),
    ("quote not opened", |line| line.find('"').map(|at| without(line, at))),
    ("curly quotes", |line| once(&once(line, "\"", "“")?, "\"", "”")),
    ("bracket not closed", |line| line.rfind([']', '}']).map(|at| without(line, at))),
    ("bracket not opened", |line| line.find(['[', '{']).map(|at| without(line, at))),
    ("full-width brackets", |line| once(line, "[", "［").map(|line| line.replacen(']', "］", 1))),
    ("full-width comma", |line| line.contains(['[', '{']).then(|| once(line, ", ", "，")).flatten()),
    ("a letter of the key lacks", |line| {
        key(line).map(|key| without(line, line.find(key).unwrap() + key.char_indices().nth(1).unwrap().0))
    }),
    ("a key twice", |line| key(line).filter(|_| !line.ends_with(':')).map(|_| format!("{line}\n{line}"))),
    ("full-width digits", |line| line.contains(|c: char| c.is_ascii_digit()).then(|| wide(line))),
    ("stops for colons in a time", |line| {
        let at = line
            .match_indices(':')
            .map(|(at, _)| at)
            .find(|at| line[at + 1..].starts_with(|c: char| c.is_ascii_digit()))?;
        Some(format!("{}.{}", &line[..at], &line[at + 1..]))
    }),
    ("the line broken in two", |line| once(line, ": ", ":\n")),
];

fn once(line: &str, from: &str, to: &str) -> Option<String> {
    line.contains(from).then(|| line.replacen(from, to, 1))
}

fn without(line: &str, at: usize) -> String {
    line.char_indices().filter(|(here, _)| *here != at).map(|(_, c)| c).collect()
}

fn key(line: &str) -> Option<&str> {
    let (key, _) = line.trim_start().trim_start_matches("- ").split_once(':')?;
    (key.chars().count() > 2 && key.chars().all(|c| c.is_alphabetic() || c == '_')).then_some(key)
}

fn wide(line: &str) -> String {
    line.chars().map(|c| c.to_digit(10).map_or(c, |digit| char::from_u32(0xff10 + digit).unwrap())).collect()
}

/// The files of the example content that hold YAML, each in both languages of keys.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("content")];
    let mut paths = vec![root.join("site.yaml")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else if entry.path().extension().is_some_and(|ending| ending == "yaml" || ending == "md") {
                paths.push(entry.path());
            }
        }
    }
    paths.sort();
    let mut files = Vec::new();
    for path in paths.iter().filter(|path| !path.ends_with("addresses.yaml")) {
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        let text = fs::read_to_string(path).unwrap();
        let other = in_keys(&name, &text, KeyLanguage::Chinese);
        files.extend([(name.clone(), text), (name, other)]);
    }
    files
}

/// The files with which a file is read, itself among them.
pub fn around(path: &str, text: &str) -> Vec<File> {
    let mut files = vec![File { path: path.into(), text: text.into() }];
    if path != "site.yaml" {
        files.push(File { path: "site.yaml".into(), text: site().into() });
    }
    if let Some((original, language)) = path.strip_suffix(".md").and_then(|stem| stem.rsplit_once('.'))
        && !language.contains('/')
    {
        let original = format!("{original}.md");
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&original)).unwrap();
        files.push(File { path: original.into(), text: text.into() });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

pub fn said(path: &str, text: &str) -> Vec<Diagnostic> {
    let files = around(path, text);
    let texts =
        files.iter().map(|file| (Arc::clone(&file.path), SourceText { text: Arc::clone(&file.text) })).collect();
    let mut found = Vec::new();
    let _ = Content::read(&Sources { texts, files, ..Sources::default() }, &mut found);
    found.retain(|found| &*found.place.file == path);
    found.sort_by(|a, b| a.order().cmp(&b.order()));
    found
}

fn site() -> &'static str {
    include_str!("../site.yaml")
}

/// What became of a slip.
struct Outcome {
    slip: &'static str,
    /// Told at its line; nothing if it was not noticed.
    at_its_line: Option<bool>,
    english: Option<String>,
    /// Beside what is told of the line, things are told of others.
    beside: bool,
    account: String,
}

fn outcome(one: &Try) -> Outcome {
    let Try { path, lines, number, slip, made } = one;
    let number = *number;
    let text = one.text();
    let found = said(path, &text);
    let source = SourceText { text: text.as_str().into() };
    let line = |found: &Diagnostic| source.line_and_column(found.place.start).0 - 1;
    let its = number..=number + made.matches('\n').count();
    let at_its_line = found.first().map(|first| its.contains(&line(first)));
    let english = found
        .iter()
        .flat_map(|found| {
            [vec![found.problem.message(Language::ZhHans)], found.problem.help(Language::ZhHans)].concat()
        })
        .find(|text| {
            ["expected", "mapping", "invalid ", "did not", "while scanning", "while parsing", "scalar"]
                .iter()
                .any(|word| text.contains(word))
        });
    let beside = found.iter().any(|found| !its.contains(&line(found)));
    let mut account = format!("{path}:{} {slip}: {:?} → {made:?}\n", number + 1, lines[number]);
    for found in found.iter().take(3) {
        let _ = writeln!(
            account,
            "    {} {} {}",
            line(found) + 1,
            found.problem.code.id(),
            found.problem.message(Language::ZhHans)
        );
    }
    Outcome { slip, at_its_line, english, beside, account }
}

/// A file with one slip in it.
pub struct Try {
    pub path: String,
    pub lines: Arc<[String]>,
    /// The line that is spoilt, from 0.
    pub number: usize,
    pub slip: &'static str,
    /// What becomes of the line.
    pub made: String,
}

impl Try {
    /// The whole file.
    pub fn text(&self) -> String {
        let line =
            |(number, line): (usize, &String)| if number == self.number { self.made.clone() } else { line.clone() };
        self.lines.iter().enumerate().map(line).map(|line| line + "\n").collect()
    }
}

/// Every so-manieth slip; `SLIPS=all` has every one, `SLIPS=7` each seventh.
pub fn tries(each: usize) -> Vec<Try> {
    let asked = std::env::var("SLIPS").unwrap_or_default();
    let each = if asked.is_empty() { each } else { asked.parse().unwrap_or(1) };
    let mut tries = Vec::new();
    let mut count = 0_usize;
    for (path, text) in files() {
        let file = File { path: path.as_str().into(), text: text.as_str().into() };
        let yaml = if path.ends_with(".md") { split(&file).unwrap().front_matter } else { 0..text.len() };
        let first = text[..yaml.start].matches('\n').count();
        let last = text[..yaml.end].trim_end().matches('\n').count();
        let lines: Arc<[String]> = text.lines().map(str::to_owned).collect();
        for number in first..=last {
            let line = &*lines[number];
            if line.trim().is_empty() || line.trim_start().starts_with('#') || line == "---" {
                continue;
            }
            for (slip, make) in SLIPS {
                count += 1;
                if count.is_multiple_of(each)
                    && let Some(made) = make(line).filter(|made| made != line)
                {
                    tries.push(Try { path: path.clone(), lines: Arc::clone(&lines), number, slip, made });
                }
            }
        }
    }
    tries
}

#[cfg_attr(test, test)]
pub fn nearly_every_slip_that_is_noticed_is_told_at_its_line() {
    let all = std::env::var("SLIPS").unwrap_or_default();
    let tries = tries(499);
    let outcomes: Vec<Outcome> = tries.par_iter().map(outcome).collect();
    let mut table: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for outcome in &outcomes {
        let row = table.entry(outcome.slip).or_default();
        row[0] += 1;
        row[1] += usize::from(outcome.at_its_line.is_some());
        row[2] += usize::from(outcome.at_its_line == Some(true));
        row[3] += usize::from(outcome.at_its_line == Some(true) && outcome.beside);
    }
    let noticed: usize = table.values().map(|row| row[1]).sum();
    let right: usize = table.values().map(|row| row[2]).sum();
    if !all.is_empty() {
        for (slip, row) in &table {
            println!("{row:?} {slip}");
        }
        println!("{noticed} noticed, {right} at their line");
        for outcome in &outcomes {
            if outcome.at_its_line == Some(false) || outcome.beside {
                print!("{}{}", if outcome.at_its_line == Some(true) { "+ " } else { "- " }, outcome.account);
            }
            if let Some(english) = &outcome.english {
                println!("E {english} of {}", outcome.account);
            }
        }
    }
    let english: Vec<&String> = outcomes.iter().filter_map(|outcome| outcome.english.as_ref()).collect();
    let wrong: Vec<&str> =
        outcomes.iter().filter(|o| o.at_its_line == Some(false)).map(|o| o.account.as_str()).collect();
    assert!(noticed > 200, "{noticed}");
    assert!(english.is_empty(), "{english:#?}");
    assert!(right * 100 >= noticed * 97, "{right} of {noticed}: {}", wrong.concat());
}
