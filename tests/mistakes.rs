//! The mistakes that editors make, as a table: `tests/mistakes/*.txt`, one file a family.
//!
//! A case is what was typed, what is said of it in both languages, and what it becomes. The lines that were typed stand
//! first in a file of the kind, before what else a sound file of it needs (`-KEY` leaves a key of that out; `body` puts
//! them into the text of a Markdown file). What is said is all that is said: a mistake has one message. Mended lines
//! begin with `=` if `fix` writes them by itself, with `?` if an editor should look first. With `UPDATE_MISTAKES=1` what
//! is said and mended is written anew, for somebody to read.

use crate::support;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use noticeboard::checks;
use noticeboard::content::{Content, mended};
use noticeboard::diagnostics::{Diagnostic, Language, Patched, SourceText};
use noticeboard::site::{Occasion, Site};
use noticeboard::source::{File, Sources};

const POLICY: &str = "---\ntitle: 助餐补贴\nsummary: 每餐补三元。\ndepartments: [community]\naudience: [older-people]\n---\n到中心登记。\n";
const EVENT: &str = "---\ntitle: 招聘会\non: 2026-12-05\ncentre: jiefang\n---\n请带简历。\n";
const TEAM: &str = "---\nname: 维修队\npurpose: 修水电\n---\n随叫随到。\n";
const DUTY: &str = "title: 值班表\ncentre: jiefang\nvalid: 2026-11-01..2026-12-31\n";
const CALENDAR: &str = "year: 2026\nregion: CN\nsource: {title: 通知}\n";
const OUTREACH: &str = "title: 马背讲堂\nsummary: 送政策上门。\nstops:\n  - {place: 冬窝子, on: 2026-12-01}\n";
const FEEDBACK: &str = "title: 意见册\nperiod: 2026-01-01..2026-12-31\nitems:\n  - {topic: 路灯, raised: 路灯不亮, raised_on: 2026-11-02, status: received}\n";
const PAGE: &str = "---\ntitle: 关于\n---\n这里是关于。\n";

/// Path, and a sound file of the kind.
fn kind(name: &str) -> (&'static str, &'static str) {
    match name {
        "site" => (support::SITE_FILE, support::SITE),
        "areas" => (support::AREAS_FILE, support::AREAS),
        "centre" => (support::CENTRE_FILE, support::CENTRE),
        "programme" => (support::PROGRAMME_FILE, support::PROGRAMME),
        "notice" => (support::NOTICE_FILE, support::NOTICE),
        "policy" => ("content/policies/meals.md", POLICY),
        "event" => ("content/events/fair.md", EVENT),
        "team" => ("content/teams/repair.md", TEAM),
        "duty" => ("content/duty/winter.yaml", DUTY),
        "calendar" => ("content/calendar/CN-2026.yaml", CALENDAR),
        "outreach" => ("content/outreach/horse.yaml", OUTREACH),
        "feedback" => ("content/feedback/2026.yaml", FEEDBACK),
        "page" => ("content/pages/about.md", PAGE),
        other => panic!("no kind `{other}`"),
    }
}

struct Case {
    title: String,
    /// The line with the kind, without its sign.
    header: String,
    typed: String,
    said: String,
}

impl Case {
    /// The file's path, what stands before what was typed, and after it.
    fn file(&self) -> (&'static str, String, String) {
        let mut words = self.header.split(' ');
        let (path, sound) = kind(words.next().unwrap());
        let rest: Vec<&str> = words.collect();
        if rest.contains(&"alone") {
            return (path, String::new(), String::new());
        }
        if rest.contains(&"body") {
            return (path, sound.to_owned() + "\n", String::new());
        }
        let (before, after) = match sound.strip_prefix("---\n") {
            Some(after) => ("---\n", after),
            None => ("", sound),
        };
        let left_out: Vec<&str> = rest.iter().filter_map(|word| word.strip_prefix('-')).collect();
        let mut leaving = false;
        let kept = after.split_inclusive('\n').filter(|line| {
            if !line.starts_with([' ', '-']) || *line == "---\n" {
                leaving = left_out.iter().any(|key| line.starts_with(&format!("{key}:")));
            }
            !leaving
        });
        (path, before.to_owned(), kept.collect())
    }
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            cases.push(Case {
                title: title.to_owned(),
                header: String::new(),
                typed: String::new(),
                said: String::new(),
            });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        if let Some(header) = line.strip_prefix("@ ") {
            case.header = header.to_owned();
        } else if let Some(typed) = line.strip_prefix('|') {
            // Spaces and characters that nobody sees are written so that a reviewer sees them.
            let typed = typed.strip_prefix(' ').unwrap_or(typed);
            case.typed += &(visible(typed, false) + "\n");
        } else if !line.is_empty() {
            case.said += &(line.to_owned() + "\n");
        }
    }
    cases
}

/// Characters that look like others, and how the table writes them.
fn visible(text: &str, shown: bool) -> String {
    const SIGNS: [(&str, &str); 8] = [
        ("\t", "␉"),
        ("\u{3000}", "⟨U+3000⟩"),
        ("\u{a0}", "⟨U+00A0⟩"),
        ("\u{200b}", "⟨U+200B⟩"),
        ("\u{feff}", "⟨U+FEFF⟩"),
        ("\u{2002}", "⟨U+2002⟩"),
        ("\u{200e}", "⟨U+200E⟩"),
        ("\r", "␍"),
    ];
    SIGNS.iter().fold(text.to_owned(), |text, (real, sign)| match shown {
        true => text.replace(real, sign),
        false => text.replace(sign, real),
    })
}

/// A site with the file in it, and no other that could have something wrong.
fn sources(path: &str, text: &str) -> Sources {
    let others = [
        (support::SITE_FILE, support::SITE),
        (support::AREAS_FILE, support::AREAS),
        (support::CENTRE_FILE, support::CENTRE),
        (support::PROGRAMME_FILE, support::PROGRAMME),
        (path, text),
    ];
    let mut files: Vec<File> = Vec::new();
    for (path, text) in others {
        files.retain(|file| &*file.path != path);
        files.push(File { path: path.into(), text: text.into() });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let texts = files.iter().map(|file| (Arc::clone(&file.path), SourceText { text: Arc::clone(&file.text) }));
    Sources { texts: texts.collect(), files: files.clone(), ..Sources::default() }
}

/// Everything that is wrong with the file.
fn found(path: &str, text: &str) -> Vec<Diagnostic> {
    let sources = sources(path, text);
    let mut found = Vec::new();
    if let Some(content) = Content::read(&sources, &mut found)
        && found.is_empty()
    {
        let now = "2026-11-24T00:00".parse().unwrap();
        let occasion = Occasion { now, sheets: false };
        let site = Site::link(content, &occasion, Vec::new(), sources.texts.clone(), &mut found);
        checks::run(&site, &mut found);
    }
    found.retain(|found| &*found.place.file == path);
    found.sort_by(|a, b| a.order().cmp(&b.order()));
    found.dedup();
    found
}

/// What is said of a case and what becomes of it, as the table has it.
fn said(case: &Case) -> String {
    let (path, before, after) = case.file();
    let text = format!("{before}{}{after}", case.typed);
    let found = found(path, &text);
    let source = SourceText { text: text.as_str().into() };
    let mut said = String::new();
    for found in &found {
        let (line, column) = source.line_and_column(found.place.start);
        let problem = &found.problem;
        let _ = writeln!(said, "! {} {line}:{column}", problem.code.id());
        for (language, name) in [(Language::ZhHans, "zh"), (Language::En, "en")] {
            let _ = writeln!(said, "  {name} {}", visible(&problem.message(language), true));
            for help in problem.help(language) {
                assert_plain(&help);
            }
            assert_plain(&problem.message(language));
        }
    }
    let edits: Vec<_> = found.iter().flat_map(|found| found.edits.clone()).collect();
    let safe = !edits.is_empty() && edits.iter().all(|edit| edit.safe);
    let patched = if safe {
        let (files, _) = mended(&sources(path, &text), None);
        let file = files.into_iter().find(|file| &*file.path == path).unwrap();
        let again = mended(&sources(path, &file.text), None).0;
        assert!(again.iter().any(|again| again.path == file.path && again.text == file.text), "{}", case.title);
        file.text.to_string()
    } else {
        Patched::new(&text, edits).text
    };
    if patched != text {
        let part = patched.strip_prefix(&before).unwrap_or(&patched);
        let part = part.strip_suffix(after.as_str()).unwrap_or(part);
        for line in part.lines() {
            let _ = writeln!(said, "{} {}", if safe { '=' } else { '?' }, visible(line, true));
        }
    }
    said
}

/// What is said is for editors: no name of a type, no `Some(`.
fn assert_plain(text: &str) {
    for part in ["Some(", "None", "::", "u32", "u64", "f64", "String", "struct ", "untagged", "{"] {
        let quoted = text.contains("“") || text.contains('`') || text.contains('"');
        assert!(!text.contains(part) || (part == "{" || part == "::") && quoted, "{text}");
    }
}

fn families() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn each_mistake_has_one_message_in_both_languages_at_its_place_and_its_mend() {
    let update = std::env::var_os("UPDATE_MISTAKES").is_some();
    let mut wrong = String::new();
    for path in families() {
        let text = fs::read_to_string(&path).unwrap();
        let introduction = text.split("\n## ").next().unwrap().to_owned();
        let mut written = introduction.trim_end().to_owned() + "\n";
        for case in cases(&text) {
            let said = said(&case);
            if said != case.said {
                let _ = writeln!(wrong, "{} · {}\n{said}--- instead of\n{}", path.display(), case.title, case.said);
            }
            let typed: String = case.typed.lines().fold(String::new(), |all, line| {
                all + "|" + if line.is_empty() { "" } else { " " } + &visible(line, true) + "\n"
            });
            let _ = write!(written, "\n## {}\n@ {}\n{typed}{said}", case.title, case.header);
        }
        if update {
            fs::write(&path, written).unwrap();
        }
    }
    assert!(update || wrong.is_empty(), "{wrong}");
}

#[test]
fn the_table_has_a_hundred_and_fifty_mistakes_and_none_goes_unseen() {
    let mut count = 0;
    for path in families() {
        for case in cases(&fs::read_to_string(&path).unwrap()) {
            count += 1;
            let mut codes: Vec<&str> = case.said.lines().filter_map(|line| line.strip_prefix("! ")?.get(..6)).collect();
            codes.dedup();
            assert_eq!(codes.len(), 1, "{} · {}", path.display(), case.title);
        }
    }
    assert!(count >= 150, "{count}");
}

#[test]
fn a_mistake_that_fix_mends_by_itself_leaves_a_sound_file() {
    for path in families() {
        for case in cases(&fs::read_to_string(&path).unwrap()).iter().filter(|case| case.said.contains("\n= ")) {
            let (path, before, after) = case.file();
            let (files, left) = mended(&sources(path, &format!("{before}{}{after}", case.typed)), None);
            let errors: Vec<_> = left.iter().filter(|left| left.is_error()).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", case.title);
            let file = files.iter().find(|file| &*file.path == path).unwrap();
            assert!(file.text.ends_with(&after), "{}: the rest of the file is as it was", case.title);
        }
    }
}
