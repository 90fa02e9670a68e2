//! The mistakes that editors make, as a table: `tests/mistakes/*.txt`, one file a family (`reference/cases.rs` says how a
//! case is written). `noticeboard explain` and the manual show these cases, so every code has one.
//!
//! Lines that are written in the file of a kind stand first in it, before what else a sound file of it needs (`-KEY`
//! leaves a key of that out; `body` puts them into the text of a Markdown file; `alone` is the whole file). What is said
//! is all that is said: a mistake has one message. A case with other files, with a command, or with `folder` is run by the
//! program in a folder, `posters` with sheets; `only=CODE` passes over what else is said, where a ledger is behind. With `UPDATE_MISTAKES=1` what is said and mended is written anew, for
//! somebody to read.

use crate::support;
use crate::support::TestSite;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use noticeboard::checks;
use noticeboard::content::{Content, mended};
use noticeboard::diagnostics::{Code, Diagnostic, Language, Patched, SourceText};
use noticeboard::reference::cases::{self, Case, FAMILIES, Written};
use noticeboard::site::{Occasion, Site};
use noticeboard::source::{File, Sources};
use rayon::prelude::*;

/// Codes whose example cannot be run on every machine, and why.
const NOT_RUN: [(&str, &str); 2] =
    [("NB0103", "links are made by other means on Windows"), ("NB0104", "links are made by other means on Windows")];

const POLICY: &str = "---\ntitle: 助餐补贴\nsummary: 每餐补三元。\ndepartments: [community]\naudience: [older-people]\n---\n到中心登记。\n";
const EVENT: &str = "---\ntitle: 招聘会\non: 2026-12-05\ncentre: jiefang\n---\n请带简历。\n";
const TEAM: &str = "---\nname: 维修队\npurpose: 修水电\n---\n随叫随到。\n";
const DUTY: &str = "title: 值班表\ncentre: jiefang\nvalid: 2026-11-01..2026-12-31\n";
const CALENDAR: &str = "year: 2026\nregion: CN\nsource: {title: 通知}\n";
const OUTREACH: &str = "title: 马背讲堂\nsummary: 送政策上门。\nstops:\n  - {place: 冬窝子, on: 2026-12-01}\n";
const FEEDBACK: &str = "title: 意见册\nperiod: 2026-01-01..2026-12-31\nitems:\n  - {topic: 路灯, raised: 路灯不亮, raised_on: 2026-11-02, status: received}\n";
const PAGE: &str = "---\ntitle: 关于\n---\n这里是关于。\n";

/// A sound file of a kind.
fn sound(kind: &str) -> &'static str {
    match kind {
        "site" => support::SITE,
        "areas" => support::AREAS,
        "addresses" => "",
        "centre" => support::CENTRE,
        "programme" => support::PROGRAMME,
        "notice" => support::NOTICE,
        "policy" => POLICY,
        "event" => EVENT,
        "team" => TEAM,
        "duty" => DUTY,
        "calendar" => CALENDAR,
        "outreach" => OUTREACH,
        "feedback" => FEEDBACK,
        "page" => PAGE,
        other => panic!("no kind `{other}`"),
    }
}

/// What stands before and after the lines that are written in the file of the case's kind.
fn around(case: &Case<'_>) -> (String, String) {
    let sound = sound(case.kind);
    if case.flags.contains(&"alone") {
        return (String::new(), String::new());
    }
    if case.flags.contains(&"body") {
        return (sound.to_owned() + "\n", String::new());
    }
    let (before, after) = match sound.strip_prefix("---\n") {
        Some(after) => ("---\n", after),
        None => ("", sound),
    };
    let left_out: Vec<&str> = case.flags.iter().filter_map(|flag| flag.strip_prefix('-')).collect();
    let mut leaving = false;
    let kept = after.split_inclusive('\n').filter(|line| {
        if !line.starts_with([' ', '-']) || *line == "---\n" {
            leaving = left_out.iter().any(|key| line.starts_with(&format!("{key}:")));
        }
        !leaving
    });
    (before.to_owned(), kept.collect())
}

/// Lines of the table as they stand in a file.
fn real(lines: &[&str]) -> String {
    lines.iter().map(|line| visible(&repeated(line), false) + "\n").collect()
}

/// `⟨x × 3⟩` as `xxx`.
fn repeated(line: &str) -> String {
    let many = |(before, rest): (&str, &str)| {
        let (within, after) = rest.split_once('⟩')?;
        let (text, count) = within.split_once(" × ")?;
        Some(format!("{before}{}{}", text.repeat(count.parse().ok()?), repeated(after)))
    };
    line.split_once('⟨').and_then(many).unwrap_or_else(|| line.to_owned())
}

/// Characters that look like others, and how the table writes them.
fn visible(text: &str, shown: bool) -> String {
    const SIGNS: [(&str, &str); 11] = [
        ("\t", "␉"),
        ("\u{3000}", "⟨U+3000⟩"),
        ("\u{a0}", "⟨U+00A0⟩"),
        ("\u{200b}", "⟨U+200B⟩"),
        ("\u{feff}", "⟨U+FEFF⟩"),
        ("\u{2002}", "⟨U+2002⟩"),
        ("\u{200e}", "⟨U+200E⟩"),
        ("\u{ad}", "⟨U+00AD⟩"),
        ("\u{202e}", "⟨U+202E⟩"),
        ("\u{2060}", "⟨U+2060⟩"),
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

/// What is said, as the table has it.
struct Saying {
    code: String,
    place: String,
    /// Message and help, in Chinese and in English.
    words: [(String, Vec<String>); 2],
}

fn is_in_folder(case: &Case<'_>) -> bool {
    let by_flag = case.flags.iter().any(|flag| matches!(*flag, "folder" | "posters"));
    by_flag || case.own.is_none() || !case.others.is_empty() || case.command.is_some()
}

/// Whether this program can run the case.
fn can_run(case: &Case<'_>) -> bool {
    let links = case.others.iter().any(|file| file.what.is_some_and(|what| what.starts_with("link ")));
    (cfg!(unix) || !links) && (cfg!(feature = "posters") || !case.flags.contains(&"posters"))
}

/// The case's files in a folder, as they were written or as they are mended.
fn folder(case: &Case<'_>, after: bool) -> TestSite {
    let site = TestSite::minimal();
    if case.flags.contains(&"posters") {
        one_language(&site);
    }
    let in_one = |text: String| match case.flags.contains(&"posters") {
        true => text
            .replace("  - {tag: en, name: English}\n", "")
            .replace(", en: Example site", "")
            .replace("theme: bare", "theme: civic")
            .replace(", en: Jiefang Centre", ""),
        false => text,
    };
    let lines = |file: &Written<'_>| real(file.mend.as_ref().filter(|_| after).unwrap_or(&file.lines));
    if let Some(own) = &case.own {
        let (before, rest) = around(case);
        site.write(own.path, in_one(format!("{before}{}{rest}", lines(own))));
    }
    for file in case.others.iter().filter(|file| !(after && file.is_to_go())) {
        match file.what.filter(|_| !(after && file.mend.is_some())) {
            None if !after && file.lines.is_empty() => {}
            None => {
                site.write(file.path, lines(file));
            }
            Some(what) => write_as(&site, file.path, what, &lines(file)),
        }
    }
    site
}

/// The theme that has sheets, and one language, so that each sheet is made once.
fn one_language(site: &TestSite) {
    site.edit(support::SITE_FILE, "theme: bare", "theme: civic");
    site.edit(support::SITE_FILE, "  - {tag: en, name: English}\n", "").edit(
        support::SITE_FILE,
        ", en: Example site",
        "",
    );
    site.remove(support::NOTICE_EN_FILE).edit(support::CENTRE_FILE, ", en: Jiefang Centre", "");
    site.edit(support::AREAS_FILE, ", en: Jiefang", "").edit(support::PROGRAMME_FILE, ", en: Winter programme", "");
    site.edit(support::PROGRAMME_FILE, ", en: Health talk", "");
}

/// Writes what is no text.
fn write_as(site: &TestSite, path: &str, what: &str, text: &str) {
    let bytes = match what {
        "gone" => {
            site.remove(path);
            return;
        }
        "folder gone" => {
            fs::remove_dir_all(site.path(path)).unwrap();
            return;
        }
        "GBK" => encoding_rs::GBK.encode(text).0.into_owned(),
        "spreadsheet" => spreadsheet(text, Hidden::Nothing),
        "spreadsheet with a hidden sheet" => spreadsheet(text, Hidden::Sheet),
        "spreadsheet with its last row hidden" => spreadsheet(text, Hidden::LastRow),
        "old spreadsheet" => fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/board.xls")).unwrap(),
        "3 MB" => vec![b' '; 3 << 20],
        "picture cut short" => b"\x89PNG\r\n\x1a\n".to_vec(),
        "picture 4 x 4" => support::drawn(4, 4, image::ImageFormat::Png),
        "picture 10000 x 8000" => {
            // A header that says so, round few pixels.
            let mut file = support::drawn(16, 16, image::ImageFormat::Jpeg);
            let frame = file.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
            file[frame + 5..frame + 7].copy_from_slice(&8000_u16.to_be_bytes());
            file[frame + 7..frame + 9].copy_from_slice(&10_000_u16.to_be_bytes());
            file
        }
        "AVIF with its place" => b"\0\0\0\x18ftypavif\0\0\0\0avifmif1\0\0\0\x10metaExif\0\0\0\0".to_vec(),
        link => {
            let target = Path::new(link.strip_prefix("link ").unwrap_or_else(|| panic!("what is `{link}`?")));
            #[cfg(unix)]
            site.link(path, target);
            return;
        }
    };
    site.write(path, bytes);
}

/// What a spreadsheet does not show.
enum Hidden {
    Nothing,
    Sheet,
    LastRow,
}

/// A spreadsheet of lines with ` / ` between their cells; what begins with `=` is a formula, and `⇒` its last
/// result; `~~` strikes out, `⟪ ⟫` is a remark, `№` a number; `¶` is another line, `# ` begins another sheet.
fn spreadsheet(text: &str, hidden: Hidden) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let mut sheet = book.add_worksheet();
    let mut row = 0_u32;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("# ") {
            sheet = book.add_worksheet().set_name(name).unwrap();
            row = 0;
            continue;
        }
        for (column, cell) in (0_u16..).zip(line.split(" / ")) {
            match cell.split_once(" ⇒ ") {
                Some((formula, result)) => {
                    let formula = rust_xlsxwriter::Formula::new(formula).set_result(result);
                    sheet.write_formula(row, column, formula).unwrap();
                }
                None => _ = sheet.write(row, column, cell.replace('¶', "\n")).unwrap(),
            }
            if let Some(number) = cell.strip_prefix('№') {
                sheet.write_number(row, column, number.parse::<f64>().unwrap()).unwrap();
            }
            if let Some(text) = cell.strip_prefix("~~") {
                let struck = rust_xlsxwriter::Format::new().set_font_strikethrough();
                sheet.write_with_format(row, column, text, &struck).unwrap();
            }
            if let Some((text, remark)) = cell.strip_suffix('⟫').and_then(|cell| cell.split_once('⟪')) {
                sheet.write(row, column, text).unwrap();
                sheet.insert_note(row, column, &rust_xlsxwriter::Note::new(remark).add_author_prefix(false)).unwrap();
            }
        }
        row += 1;
    }
    if let Hidden::LastRow = hidden {
        sheet.set_row_hidden(row - 1).unwrap();
    }
    if let Hidden::Sheet = hidden {
        book.add_worksheet().set_name("旧").unwrap().set_hidden(true);
    }
    book.save_to_buffer().unwrap()
}

/// What the program says of a folder: code, place, message and help.
fn told(site: &TestSite, case: &Case<'_>, language: &str) -> Vec<(String, String, String, Vec<String>)> {
    let mut told = all_told(site, case, language);
    if let Some(only) = case.flags.iter().find_map(|flag| flag.strip_prefix("only=")) {
        told.retain(|told| told.0 == only);
    }
    told
}

fn all_told(site: &TestSite, case: &Case<'_>, language: &str) -> Vec<(String, String, String, Vec<String>)> {
    let Some(command) = case.command else {
        let mut check = site.check().lang(language).args(&["--format", "json"]);
        if case.flags.contains(&"posters") {
            check = check.instead(&["--posters", "all"]);
        }
        let found = check.run().stdout.lines().map(support::Found::read).collect::<Vec<_>>();
        return found.into_iter().map(|found| (found.code, found.place, found.message, found.help)).collect();
    };
    let mut words = command.split(' ').skip(1);
    let name = words.next().unwrap();
    let mut run = assert_cmd::cargo_bin_cmd!("noticeboard");
    run.arg(name).args(words).args(["--lang", language]).current_dir(site.root());
    if name != "explain" {
        run.args(["--site", site.root().to_str().unwrap(), "--today", support::TODAY]);
    }
    let output = run.timeout(std::time::Duration::from_secs(10)).output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let option = case.said.first().map(|said| (said.code, said.place)).filter(|(_, place)| !place.contains([':', '.']));
    if let Some((code, place)) = option {
        // What is wrong with a call is said in one line, without a code.
        let (colon, end, between) = if language == "en" { (": ", "; ", "; ") } else { ("：", "。", "；") };
        let said = stderr.lines().find_map(|line| line.strip_prefix(&format!("{place}{colon}")));
        let said = said.unwrap_or_else(|| panic!("no `{place}` in {stderr}"));
        let (message, help) = said.split_once(end).unwrap_or((said, ""));
        let help = help.split(between).filter(|help| !help.is_empty()).map(str::to_owned).collect();
        return vec![(code.to_owned(), place.to_owned(), message.to_owned(), help)];
    }
    let mut told: Vec<(String, String, String, Vec<String>)> = Vec::new();
    for line in stderr.lines() {
        let titles = ["错误[", "提醒[", "error[", "warning["];
        if let Some((code, message)) = titles.iter().find_map(|title| line.strip_prefix(title)?.split_once("]: ")) {
            told.push((code.to_owned(), String::new(), message.to_owned(), Vec::new()));
        } else if let (Some(last), Some(place)) = (told.last_mut(), line.trim_start().strip_prefix("--> ")) {
            place.clone_into(&mut last.1);
        } else if let (Some(last), Some(help)) = (told.last_mut(), line.trim_start().strip_prefix("= ")) {
            last.3.push(help.split_once(": ").unwrap().1.to_owned());
        }
    }
    told
}

/// What is said of a case in a folder.
fn said_of_folder(case: &Case<'_>) -> Vec<Saying> {
    let site = folder(case, false);
    let own = case.own.as_ref().map_or(String::new(), |own| format!("{}:", own.path));
    let [chinese, english] = ["zh-Hans", "en"].map(|language| told(&site, case, language));
    assert_eq!(chinese.len(), english.len(), "{}", case.title);
    let both = chinese.into_iter().zip(english);
    both.map(|(zh, en)| Saying {
        code: zh.0,
        place: zh.1.strip_prefix(&own).filter(|_| !own.is_empty()).unwrap_or(&zh.1).to_owned(),
        words: [(zh.2, zh.3), (en.2, en.3)],
    })
    .collect()
}

/// What is said of a case without a folder, and what becomes of the lines.
fn said_of_file(case: &Case<'_>) -> (Vec<Saying>, Option<(bool, Vec<String>)>) {
    let (path, (before, after)) = (case.own.as_ref().unwrap().path, around(case));
    let text = format!("{before}{}{after}", real(&case.own.as_ref().unwrap().lines));
    let found = found(path, &text);
    let source = SourceText { text: text.as_str().into() };
    let saying = |found: &Diagnostic| {
        let (line, column) = source.line_and_column(found.place.start);
        let problem = &found.problem;
        let words =
            [Language::ZhHans, Language::En].map(|language| (problem.message(language), problem.help(language)));
        Saying { code: problem.code.id().to_owned(), place: format!("{line}:{column}"), words }
    };
    let said: Vec<Saying> = found.iter().map(saying).collect();
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
    let fixed = (patched != text).then(|| {
        let part = patched.strip_prefix(&before).unwrap_or(&patched);
        let part = part.strip_suffix(after.as_str()).unwrap_or(part);
        (safe, part.lines().map(|line| visible(line, true)).collect())
    });
    (said, fixed)
}

/// A case as the table has it, with what is said of it now.
fn written(case: &Case<'_>) -> String {
    let mut made = format!("\n## {}\n", case.title);
    let _ = writeln!(made, "@ {}", [&[case.kind], case.flags.as_slice()].concat().join(" "));
    let mut line = |sign: &str, text: &str| {
        let _ = writeln!(made, "{sign}{}{text}", if text.is_empty() { "" } else { " " });
    };
    for file in case.own.iter().chain(&case.others) {
        if case.own.as_ref() != Some(file) {
            line("+", &file.what.map_or(file.path.to_owned(), |what| format!("{} as {what}", file.path)));
        }
        file.lines.iter().for_each(|text| line("|", text));
        file.mend.iter().flatten().for_each(|text| line(">", text));
    }
    case.command.iter().for_each(|command| line("$", command));
    let (said, fixed) = if !can_run(case) {
        let words = |words: &cases::Words<'_>| {
            (words.message.to_owned(), words.help.iter().map(|help| (*help).to_owned()).collect())
        };
        let said = case.said.iter().map(|said| Saying {
            code: said.code.to_owned(),
            place: said.place.to_owned(),
            words: [words(&said.chinese), words(&said.english)],
        });
        (said.collect(), None)
    } else if is_in_folder(case) {
        (said_of_folder(case), None)
    } else {
        said_of_file(case)
    };
    for said in &said {
        line("!", &format!("{} {}", said.code, said.place));
        for ((message, help), language) in said.words.iter().zip(["zh", "en"]) {
            assert_plain(message);
            line(&format!("  {language}"), &visible(message, true));
            for help in help {
                assert_plain(help);
                line(&format!("  {language} →"), &visible(help, true));
            }
        }
    }
    for (safe, lines) in fixed.iter() {
        lines.iter().for_each(|text| line(if *safe { "=" } else { "?" }, text));
    }
    made
}

/// What is said is for editors: no name of a type, no `Some(`.
fn assert_plain(text: &str) {
    for part in ["Some(", "None", "::", "u32", "u64", "f64", "String", "struct ", "untagged", "{"] {
        let quoted = text.contains("“") || text.contains('\'') || text.contains('`') || text.contains('"');
        // A mapping as it is to be written: `{number: 0931-0000001}`.
        let is_mapping =
            part == "{" && text.split('{').skip(1).all(|after| after.contains(": ") && after.contains('}'));
        assert!(!text.contains(part) || (part == "{" || part == "::") && quoted || is_mapping, "{text}");
    }
}

fn folder_of_families() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes")
}

#[test]
fn each_mistake_has_one_message_in_both_languages_at_its_place_and_its_mend() {
    let update = std::env::var_os("UPDATE_MISTAKES").is_some();
    let mut wrong = String::new();
    for (name, _) in FAMILIES {
        let path = folder_of_families().join(format!("{name}.txt"));
        let text = fs::read_to_string(&path).unwrap();
        let introduction = text.split("\n## ").next().unwrap().trim_end();
        let cases = cases::read(&text);
        let made: Vec<String> = cases.par_iter().map(written).collect();
        let made = format!("{introduction}\n{}", made.concat());
        if made != text {
            let (old, new): (BTreeSet<&str>, BTreeSet<&str>) = (text.lines().collect(), made.lines().collect());
            let _ = writeln!(wrong, "{name}: {:#?} instead of {:#?}", &new - &old, &old - &new);
        }
        if update {
            fs::write(&path, made).unwrap();
        }
    }
    assert!(update || wrong.is_empty(), "{wrong}");
}

#[test]
fn every_file_of_the_table_is_read_and_every_mistake_has_one_code() {
    let on_disk: BTreeSet<String> = fs::read_dir(folder_of_families())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(on_disk, FAMILIES.iter().map(|(name, _)| format!("{name}.txt")).collect());
    let cases: Vec<Case<'_>> = FAMILIES.iter().flat_map(|(_, text)| cases::read(text)).collect();
    assert!(cases.len() >= 250, "{}", cases.len());
    for case in cases {
        let mut codes: Vec<&str> = case.said.iter().map(|said| said.code).collect();
        codes.dedup();
        assert_eq!(codes.len(), 1, "{}", case.title);
    }
}

#[test]
fn every_code_has_a_mistake_that_is_run() {
    let mut lacking = String::new();
    for code in Code::ALL {
        let Some(first) = cases::of(*code).into_iter().next() else {
            let _ = writeln!(lacking, "{} has no mistake in tests/mistakes/", code.id());
            continue;
        };
        let is_linked = first.others.iter().any(|file| file.what.is_some_and(|what| what.starts_with("link ")));
        if is_linked != NOT_RUN.iter().any(|(id, _)| *id == code.id()) {
            let _ = writeln!(lacking, "{}: is it run everywhere?", code.id());
        }
        let by_hand = first.own.iter().chain(&first.others).any(|file| file.mend.is_some() || file.what.is_some());
        let by_command = first.said[0].english.help.iter().any(|help| help.contains("noticeboard record"));
        if !(first.fixed.is_some() || by_hand || by_command || first.command.is_some()) {
            let _ = writeln!(lacking, "{}: the first mistake does not say what it becomes", code.id());
        }
    }
    assert!(lacking.is_empty(), "{lacking}");
}

#[test]
fn what_an_editor_makes_of_a_mistake_is_sound() {
    let all: Vec<Case<'_>> = FAMILIES.iter().flat_map(|(_, text)| cases::read(text)).collect();
    let mended = all.par_iter().filter(|case| can_run(case) && case.command.is_none());
    mended.for_each(|case| {
        if !case.own.iter().chain(&case.others).any(|file| file.mend.is_some()) {
            return;
        }
        let left: Vec<String> = if is_in_folder(case) {
            told(&folder(case, true), case, "en").into_iter().map(|told| format!("{told:?}")).collect()
        } else {
            let (own, (before, after)) = (case.own.as_ref().unwrap(), around(case));
            let text = format!("{before}{}{after}", real(own.mend.as_ref().unwrap()));
            found(own.path, &text).iter().map(|left| left.problem.to_string()).collect()
        };
        assert!(left.is_empty(), "{}: {left:?}", case.title);
    });
}

#[test]
fn a_mistake_that_fix_mends_by_itself_leaves_a_sound_file() {
    let all = FAMILIES.iter().flat_map(|(_, text)| cases::read(text));
    for case in all.filter(|case| case.fixed.as_ref().is_some_and(|(safe, _)| *safe)) {
        let (own, (before, after)) = (case.own.as_ref().unwrap(), around(&case));
        let (files, left) = mended(&sources(own.path, &format!("{before}{}{after}", real(&own.lines))), None);
        let errors: Vec<_> = left.iter().filter(|left| left.is_error()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", case.title);
        let file = files.iter().find(|file| &*file.path == own.path).unwrap();
        assert!(file.text.ends_with(&after), "{}: the rest of the file is as it was", case.title);
    }
}
