//! Sheets of policies, rosters, registers and official notices: what is made, what it says, where it stands.

#![cfg(feature = "posters")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::support::*;

const POLICY: &str = "title: 高龄补贴\nsummary: 80岁起每月发补贴\ndepartments: [community]\naudience: [older-people]\n\
    conditions: [年满80周岁]\npapers: [身份证, 户口簿]\nsteps: [到窗口填表, 社区核对]\ntags: [手册]\n";

/// One language, the default theme, and no sheet but those that are named.
fn with(posters: &str) -> TestSite {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "  - {tag: en, name: English}\n", "").edit(SITE_FILE, "theme: bare\n", "");
    let none = "weekly_board: [], door_sign: [], holiday_hours: [], closure: [], notice: []";
    site.append(SITE_FILE, &format!("posters: {{{none}, {posters}}}\n"));
    site.remove(NOTICE_EN_FILE).edit(CENTRE_FILE, ", en: Jiefang Centre", "").edit(SITE_FILE, ", en: Example site", "");
    site.edit(AREAS_FILE, ", en: Jiefang", "").edit(PROGRAMME_FILE, ", en: Winter programme", "");
    site.edit(PROGRAMME_FILE, ", en: Health talk", "");
    site
}

/// The text of a sheet in reading order, without spaces; `None` where there is no `pdftotext`.
fn text(path: &Path) -> Option<String> {
    let read = Command::new("pdftotext").arg("-raw").arg(path).arg("-").output().ok()?;
    Some(String::from_utf8(read.stdout).unwrap().replace(char::is_whitespace, ""))
}

#[test]
fn what_a_policy_says_stands_on_its_sheets_in_order() {
    let site = with("policy_list: [a4], policy: [a5], handbook: [a5]");
    site.append(SITE_FILE, "handbooks: {all: {title: 政策手册, tags: [手册]}}\n");
    site.write("content/policies/old-age.md", format!("---\n{POLICY}---\n\n不收手续费。\n"));
    site.build().with_posters().expect_code(0);
    for (file, said) in [
        ("older-people-policy-list-a4.pdf", &["给老年人的政策", "高龄补贴", "80岁起每月发补贴", "身份证；户口簿"][..]),
        (
            "old-age-policy-a5.pdf",
            &["高龄补贴", "年满80周岁", "身份证", "户口簿", "到窗口填表", "社区核对", "不收手续费"],
        ),
        ("all-handbook-a5.pdf", &["政策手册", "目录", "高龄补贴", "年满80周岁", "到窗口填表", "不收手续费"]),
    ] {
        let Some(text) = text(&site.output().join("posters").join(file)) else { return };
        let mut rest = text.as_str();
        for words in said {
            let at = rest.find(words).unwrap_or_else(|| panic!("{words} is not next in {file}: {rest}"));
            rest = &rest[at + words.len()..];
        }
    }
}

#[test]
fn nothing_to_say_is_no_sheet_and_a_handbook_without_policies_is_said() {
    let site = with("policy_list: [a4], policy: [a4], event: [a3], duty: [a4], feedback: [a3], handbook: [a5]");
    site.append(SITE_FILE, "handbooks: {all: {title: 政策手册, tags: [没有]}}\n");
    for (language, message) in
        [("zh-Hans", "手册“政策手册”里一条政策也没有"), ("en", "no policy is in the handbook “政策手册”")]
    {
        let said = site.check().lang(language).args(&["--format", "json"]).expect_code(0);
        let found: Vec<Found> = said.stdout.lines().map(Found::read).collect();
        assert!(found.iter().any(|f| f.code == "NB0640" && f.message == message), "{}", said.stdout);
    }
    site.build().with_posters().expect_code(0);
    assert!(!site.output().join("posters").exists() || pdfs(&site.output().join("posters")) == 0);
}

fn pdfs(folder: &Path) -> usize {
    let files = std::fs::read_dir(folder).unwrap();
    files.filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|it| it == "pdf")).count()
}

#[test]
fn an_official_notice_has_22_lines_of_28_letters_within_the_margins_of_the_standard() {
    let site = with("official_notice: [a4]");
    let mut body = String::new();
    for _ in 0..40 {
        write!(body, "{}\n\n", "关于冬季供暖的事项请各位居民相互转告".repeat(5)).unwrap();
    }
    site.append(NOTICE_FILE, &format!("\n\n{body}"));
    site.build().with_posters().expect_code(0);
    let folder = site.output().join("posters");
    let file = std::fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path());
    let file = file.into_iter().find(|it| it.to_string_lossy().ends_with("official-notice-a4.pdf")).unwrap();
    let Ok(read) = Command::new("pdftotext").args(["-f", "2", "-l", "2", "-bbox-layout"]).arg(&file).arg("-").output()
    else {
        return;
    };
    let said = String::from_utf8(read.stdout).unwrap();
    let millimetres = |line: &str, key: &str| -> f64 {
        let value = line.split(&format!("{key}=\"")).nth(1).unwrap().split('"').next().unwrap();
        value.parse::<f64>().unwrap() / 72.0 * 25.4
    };
    // Below the text area stand the number of the page and which sheet it is.
    let inside = |line: &&str| millimetres(line, "yMin") < 37.0 + 225.0;
    let lines: Vec<&str> = said.split("<line ").skip(1).filter(inside).collect();
    let top = |line: &&str| (millimetres(line, "yMin") * 10.0).round();
    let mut tops: Vec<f64> = lines.iter().map(top).collect();
    tops.sort_by(f64::total_cmp);
    tops.dedup();
    assert_eq!(tops.len(), 22, "{said}");
    let near = |a: f64, b: f64| (a - b).abs() < 0.3;
    assert!(near(tops[0] / 10.0, 37.0), "{}", tops[0]);
    let left = lines.iter().map(|line| millimetres(line, "xMin")).fold(f64::MAX, f64::min);
    let right = lines.iter().map(|line| millimetres(line, "xMax")).fold(0.0, f64::max);
    assert!(near(left, 28.0) && near(right, 184.0), "{left} {right}");
    let letters = |line: &str| {
        let words = line.split("<word ").skip(1).filter_map(|word| word.split('>').nth(1)?.split('<').next());
        words.map(|word| word.chars().count()).sum::<usize>()
    };
    assert_eq!(lines.iter().map(|line| letters(line)).max(), Some(28));
}
