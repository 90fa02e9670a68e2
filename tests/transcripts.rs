//! What a reader meets at the terminal, command by command, as it stands there: `tests/transcripts/COMMAND.txt`.
//!
//! A change of words shows here as it will be read. `UPDATE_TRANSCRIPTS=1` writes them anew, for somebody to look at.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::support::*;

const FOLDER: &str = "tests/transcripts";

/// What is typed and what is said, in each language of messages.
fn transcript(site: &TestSite, calls: &[&str]) -> String {
    let mut text = String::new();
    for call in calls {
        for language in ["zh-Hans", "en"] {
            let mut command = assert_cmd::cargo_bin_cmd!("noticeboard");
            command.args(call.split(' ')).args(["--lang", language]).current_dir(site.root());
            let typed = call.split(" --today ").next().unwrap();
            let output = command.env("NO_COLOR", "1").env("TZ", "Asia/Shanghai").output().unwrap();
            let said = |bytes: Vec<u8>| without_seconds(&String::from_utf8(bytes).unwrap());
            let _ = writeln!(text, "$ noticeboard {typed} --lang {language}");
            text.push_str(&said(output.stdout));
            for line in said(output.stderr).lines() {
                let _ = writeln!(text, "{}", format!("! {line}").trim_end());
            }
            let _ = writeln!(text, "→ {}\n", output.status.code().unwrap());
        }
    }
    text
}

/// Without how long it took.
fn without_seconds(text: &str) -> String {
    let mut made = String::new();
    for line in text.split_inclusive('\n') {
        let cut = |before: &str, after: &str| {
            let (head, rest) = line.split_once(before)?;
            let (_, tail) = rest.split_once(after)?;
            Some(format!("{head}{before}…{after}{tail}"))
        };
        let ways = [("用时 ", " 秒"), ("已是最新（", " 秒）"), (" removed in ", " s"), ("up to date (", " s)")];
        let cut = ways.iter().find_map(|(before, after)| cut(before, after));
        made.push_str(&cut.unwrap_or_else(|| line.to_owned()));
    }
    made
}

fn holds(name: &str, said: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER).join(format!("{name}.txt"));
    if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, said).unwrap();
    }
    let stood = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(said, stood, "UPDATE_TRANSCRIPTS=1 cargo test --test all transcripts:: and look at {}", path.display());
}

/// A site in which somebody slipped four times.
fn slipped() -> TestSite {
    let site = TestSite::minimal();
    site.edit(PROGRAMME_FILE, "centre: jiefang", "centre：jiefang");
    site.edit(PROGRAMME_FILE, "when: 周二 上午", "when: [周二，周四] 上午");
    site.edit(CENTRE_FILE, "kind:", "knd:");
    site.append(NOTICE_FILE, "\n请带：\n● 身份证\n● 户口本\n");
    site
}

#[test]
fn check_says_what_is_wrong_where_and_what_to_write() {
    let site = slipped();
    let wrong = transcript(&site, &["check --posters none --today 2026-11-24"]);
    site.edit(PROGRAMME_FILE, "centre：jiefang", "centre: jiefang");
    site.edit(PROGRAMME_FILE, "when: [周二，周四] 上午", "when: 周二 上午").edit(CENTRE_FILE, "knd:", "kind:");
    let reminded = transcript(&site, &["check --posters none --today 2026-11-24"]);
    site.edit(NOTICE_FILE, "\n请带：\n● 身份证\n● 户口本\n", "");
    holds("check", &(wrong + &reminded + &transcript(&site, &["check --posters none --today 2026-11-24"])));
}

#[test]
fn fix_shows_the_difference_before_it_makes_it() {
    let site = slipped();
    let shown = transcript(&site, &["fix"]);
    holds("fix", &(shown + &transcript(&site, &["fix --write"])));
}

#[test]
fn status_says_what_is_open_and_what_comes() {
    let site = TestSite::minimal();
    let calls =
        ["status --posters none --today 2026-11-24T10:00", "status jiefang --posters none --today 2026-11-24T10:00"];
    holds(
        "status",
        &(transcript(&site, &calls) + &transcript(&site, &["status nosuch --posters none --today 2026-11-24"])),
    );
}

#[test]
fn build_says_what_was_made() {
    let site = TestSite::minimal();
    let call = "build --posters none --today 2026-11-24";
    let made = transcript(&site, &[call]);
    site.edit(CENTRE_FILE, "kind:", "knd:");
    holds("build", &(made + &transcript(&site, &[call])));
}

#[test]
fn import_shows_what_was_understood_before_it_writes() {
    let site = TestSite::minimal();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let rows = [
        ["", "周一", "周二", "周三"],
        ["上午\n9:00-11:30", "健康讲座\n二楼东头", "", "书法"],
        ["下午\n14:30-17:00", "理发 隔周", "手机课", ""],
    ];
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write(row, column, cell).unwrap();
        }
    }
    site.write("周安排.xlsx", book.save_to_buffer().unwrap());
    let call = "import 周安排.xlsx --centre jiefang --today 2026-11-24";
    let shown = transcript(&site, &[call]);
    site.write("notes.pdf", "%PDF");
    holds("import", &(shown + &transcript(&site, &["import notes.pdf --today 2026-11-24"])));
}

#[test]
fn new_says_what_to_do_next() {
    let site = TestSite::empty();
    let mut text = String::new();
    for (language, folder) in [("zh-Hans", "青山"), ("en", "riverside")] {
        let mut command = assert_cmd::cargo_bin_cmd!("noticeboard");
        command.args(["new", folder, "--today", "2026-11-24", "--lang", language]).current_dir(site.root());
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let _ =
            writeln!(text, "$ noticeboard new {folder} --lang {language}\n{said}→ {}\n", output.status.code().unwrap());
    }
    // In a repository that is there already.
    fs::create_dir_all(site.root().join("街道/.git")).unwrap();
    let root = fs::canonicalize(site.root()).unwrap().display().to_string();
    for (language, folder) in [("zh-Hans", "街道/公告栏"), ("en", "街道/notices")] {
        let mut command = assert_cmd::cargo_bin_cmd!("noticeboard");
        command.args(["new", folder, "--today", "2026-11-24", "--lang", language]).current_dir(site.root());
        let said = String::from_utf8(command.output().unwrap().stdout).unwrap().replace(&root, "/home/editor");
        let _ = writeln!(text, "$ noticeboard new {folder} --lang {language}\n{said}");
    }
    site.write("old/mine.txt", "mine");
    holds("new", &(text + &transcript(&site, &["new old --today 2026-11-24"])));
}

#[test]
fn explain_shows_what_was_written_said_and_meant() {
    holds("explain", &transcript(&TestSite::minimal(), &["explain NB0160", "explain NB9999"]));
}

#[cfg(feature = "posters")]
#[test]
fn posters_say_what_no_longer_holds_on_the_wall() {
    let site = sheets::site();
    site.append(SITE_FILE, "posters: {weekly_board: [a4], door_sign: [a4]}\n");
    let none = transcript(&site, &["posters --stale --today 2026-11-24"]);
    site.call("posters").args(&["--printed", "winter", "jiefang"]).expect_code(0);
    let good = transcript(&site, &["posters --stale --today 2026-11-24"]);
    site.edit(PROGRAMME_FILE, "when: 周二 上午", "when: 周二 上午, room: 调解室");
    holds("posters", &(none + &good + &transcript(&site, &["posters --stale --today 2026-11-24"])));
}
