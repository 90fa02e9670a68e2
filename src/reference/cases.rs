//! The table of mistakes, `tests/mistakes/*.txt`: what is written, what is said of it, what it becomes.
//!
//! A test runs every case; `noticeboard explain` and the manual show them. A case is
//!
//! ```text
//! ## TITLE
//! @ KIND FLAG…               the file that is written in, and how a sound file of the kind is put round the lines
//! + PATH [as WHAT]           another file, whole
//! | LINE                     what is written in the file named last
//! > LINE                     what it becomes, where an editor must decide; `> ∅` takes the file away
//! $ noticeboard COMMAND …    the command, where it is not `check`
//! ! CODE PLACE               what is said: the place, then the words in both languages, with `→` how to mend it
//!   zh MESSAGE
//!   zh → HELP
//!   en …
//! = LINE                     what `fix` makes of it; `?` instead of `=` if an editor should look first
//! ```
//!
//! Signs stand for characters that nobody sees (`␉`, `⟨U+200B⟩`), and `⟨x × 1000⟩` for a thousand `x`.

use crate::diagnostics::{Code, Language};

/// The families of the table, each with its file's name.
pub const FAMILIES: &[(&str, &str)] = &[
    ("addresses", include_str!("../../tests/mistakes/addresses.txt")),
    ("calls", include_str!("../../tests/mistakes/calls.txt")),
    ("dates-and-times", include_str!("../../tests/mistakes/dates-and-times.txt")),
    ("files", include_str!("../../tests/mistakes/files.txt")),
    ("full-width", include_str!("../../tests/mistakes/full-width.txt")),
    ("keys", include_str!("../../tests/mistakes/keys.txt")),
    ("markdown", include_str!("../../tests/mistakes/markdown.txt")),
    ("second-looks", include_str!("../../tests/mistakes/second-looks.txt")),
    ("sheets", include_str!("../../tests/mistakes/sheets.txt")),
    ("signs", include_str!("../../tests/mistakes/signs.txt")),
    ("spaces", include_str!("../../tests/mistakes/spaces.txt")),
    ("spreadsheets", include_str!("../../tests/mistakes/spreadsheets.txt")),
    ("themes", include_str!("../../tests/mistakes/themes.txt")),
    ("together", include_str!("../../tests/mistakes/together.txt")),
    ("values", include_str!("../../tests/mistakes/values.txt")),
];

/// What stands in the place of lines where the mend is to take the file away.
const GONE: &str = "∅";

/// A file of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written<'a> {
    /// Its path; that of the case's kind for the file that is written in.
    pub path: &'a str,
    /// What it is, where it is no plain text: `GBK`, `3 MB`, `spreadsheet`, `link ../x`, `picture 10000 x 8000`.
    pub what: Option<&'a str>,
    /// What is written.
    pub lines: Vec<&'a str>,
    /// What an editor makes of it.
    pub mend: Option<Vec<&'a str>>,
}

impl Written<'_> {
    /// Whether the mend is to take the file away.
    pub fn is_to_go(&self) -> bool {
        self.mend.as_deref() == Some(&[GONE])
    }
}

/// What is said of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said<'a> {
    /// The code.
    pub code: &'a str,
    /// `line:column` of the file that is written in, `path:line:column` of another, or the option of a call.
    pub place: &'a str,
    /// In Chinese.
    pub chinese: Words<'a>,
    /// In English.
    pub english: Words<'a>,
}

impl<'a> Said<'a> {
    /// The words in a language.
    pub fn words(&self, language: Language) -> &Words<'a> {
        match language {
            Language::ZhHans => &self.chinese,
            Language::En => &self.english,
        }
    }
}

/// A message and how to mend it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words<'a> {
    /// What is wrong.
    pub message: &'a str,
    /// How to mend it, a line each.
    pub help: Vec<&'a str>,
}

/// A mistake.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case<'a> {
    /// What happened, in Chinese.
    pub title: &'a str,
    /// The kind, whose sound file is put round what is written; `files` where all files are written whole.
    pub kind: &'a str,
    /// `alone`, `body`, `folder`, `posters`, `-KEY`: see the test.
    pub flags: Vec<&'a str>,
    /// The file of the kind; nothing if the kind is `files`.
    pub own: Option<Written<'a>>,
    /// Other files, whole.
    pub others: Vec<Written<'a>>,
    /// The command that says it, where it is not `check`.
    pub command: Option<&'a str>,
    /// All that is said.
    pub said: Vec<Said<'a>>,
    /// The lines that `fix` makes of what was written, and whether it makes them by itself.
    pub fixed: Option<(bool, Vec<&'a str>)>,
}

impl Case<'_> {
    /// Whether the case is of a code.
    pub fn is_of(&self, code: Code) -> bool {
        self.said.first().is_some_and(|said| said.code == code.id())
    }
}

/// The path of a kind's file in the cases.
pub fn path_of(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "site" => "site.yaml",
        "areas" => "content/areas.yaml",
        "addresses" => "content/addresses.yaml",
        "centre" => "content/centres/jiefang.yaml",
        "programme" => "content/programmes/winter.yaml",
        "notice" => "content/notices/heating.md",
        "policy" => "content/policies/meals.md",
        "event" => "content/events/fair.md",
        "team" => "content/teams/repair.md",
        "duty" => "content/duty/winter.yaml",
        "calendar" => "content/calendar/CN-2026.yaml",
        "outreach" => "content/outreach/horse.yaml",
        "feedback" => "content/feedback/2026.yaml",
        "page" => "content/pages/about.md",
        _ => return None,
    })
}

/// All cases of a code, in the order of the table.
pub fn of(code: Code) -> Vec<Case<'static>> {
    let all = FAMILIES.iter().flat_map(|(_, text)| read(text));
    all.filter(|case| case.is_of(code)).collect()
}

/// The cases of a family.
pub fn read(text: &str) -> Vec<Case<'_>> {
    let mut cases: Vec<Case<'_>> = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            cases.push(Case { title, ..Case::default() });
        } else if let Some(case) = cases.last_mut() {
            add(case, line);
        }
    }
    cases
}

fn add<'a>(case: &mut Case<'a>, line: &'a str) {
    let (sign, rest) = line.split_at_checked(1).unwrap_or_default();
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    match sign {
        "@" => {
            let mut words = rest.split(' ');
            case.kind = words.next().unwrap_or_default();
            case.flags = words.collect();
            case.own = path_of(case.kind).map(|path| Written { path, ..Written::default() });
        }
        "+" => {
            let (path, what) = rest.split_once(" as ").map_or((rest, None), |(path, what)| (path, Some(what)));
            case.others.push(Written { path, what, ..Written::default() });
        }
        "|" | ">" => {
            let Some(file) = case.others.last_mut().or(case.own.as_mut()) else { return };
            match sign {
                "|" => file.lines.push(rest),
                _ => file.mend.get_or_insert_default().push(rest),
            }
        }
        "$" => case.command = Some(rest),
        "!" => {
            let (code, place) = rest.split_once(' ').unwrap_or((rest, ""));
            case.said.push(Said { code, place, ..Said::default() });
        }
        "=" | "?" => case.fixed.get_or_insert_with(|| (sign == "=", Vec::new())).1.push(rest),
        " " => {
            let Some(said) = case.said.last_mut() else { return };
            let (language, words) = line.trim_start().split_once(' ').unwrap_or_default();
            let of = if language == "zh" { &mut said.chinese } else { &mut said.english };
            match words.strip_prefix("→ ") {
                Some(help) => of.help.push(help),
                None => of.message = words,
            }
        }
        _ => {}
    }
}
