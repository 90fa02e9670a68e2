//! The weekly board as PDF: the same bytes for the same input, and not made again when nothing about it changed.

#![cfg(feature = "posters")]

use std::fs;
use std::process::Command;

use crate::support::*;

const BOARD: &str = "posters/winter-weekly-board-a4.pdf";

/// One language and one paper, so that a single board is set; the default theme, since the sheets are its own.
fn with_board() -> TestSite {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "  - {tag: en, name: English}\n", "")
        .edit(SITE_FILE, ", en: Example site", "")
        .edit(SITE_FILE, "theme: bare\n", "")
        .append(
            SITE_FILE,
            "posters: {weekly_board: [a4], door_sign: [], holiday_hours: [], closure: [], notice: []}\n",
        );
    site.remove(NOTICE_EN_FILE).edit(CENTRE_FILE, ", en: Jiefang Centre", "");
    site.edit(AREAS_FILE, ", en: Jiefang", "").edit(PROGRAMME_FILE, ", en: Winter programme", "");
    site.edit(PROGRAMME_FILE, ", en: Health talk", "");
    site
}

#[test]
fn a_board_is_the_same_to_the_byte_and_says_what_it_is() {
    let (one, two) = (with_board(), with_board());
    one.build().with_posters().expect_code(0);
    two.build().with_posters().expect_code(0);
    let board = fs::read(one.output().join(BOARD)).unwrap();
    assert!(board.starts_with(b"%PDF-"));
    assert_eq!(board, fs::read(two.output().join(BOARD)).unwrap());
    if let Ok(text) = Command::new("pdftotext").arg(one.output().join(BOARD)).arg("-").output() {
        let text = String::from_utf8(text.stdout).unwrap().replace(char::is_whitespace, "");
        for said in ["冬季计划", "解放社区中心", "健康讲座", "解放路1号"] {
            assert!(text.contains(said), "{said} is not in {text}");
        }
    }
}

#[test]
fn a_board_is_made_again_only_when_what_it_says_changes() {
    let site = with_board();
    site.build().with_posters().expect_code(0);
    let modified = || fs::metadata(site.output().join(BOARD)).unwrap().modified().unwrap();
    let first = modified();
    site.edit(NOTICE_FILE, "照常开放", "仍然开放");
    let said = site.build().with_posters().args(&["-v"]).expect_code(0);
    assert!(!said.stdout.contains(BOARD), "{}", said.stdout);
    assert_eq!(first, modified());
    // What of a theme no sheet is set with.
    site.write("themes/civic/assets/own.css", "p { margin: 0 }\n");
    let said = site.build().with_posters().args(&["-v"]).expect_code(0);
    assert!(!said.stdout.contains(BOARD), "{}", said.stdout);
    assert_eq!(first, modified());
    site.edit(PROGRAMME_FILE, "健康讲座", "法律讲座");
    let said = site.build().with_posters().args(&["-v"]).expect_code(0);
    assert!(said.stdout.contains(BOARD), "{}", said.stdout);
    assert!(first < modified());
}

#[test]
fn without_posters_none_is_made_and_those_that_stood_go() {
    let site = with_board();
    site.build().with_posters().expect_code(0);
    site.built();
    assert!(!site.output().join("posters").exists());
    let page = fs::read_to_string(site.output().join("programmes/winter/index.html")).unwrap();
    assert!(!page.contains(".pdf"), "{page}");
}

#[test]
fn characters_that_no_font_has_are_named_where_they_were_written() {
    let site = with_board();
    site.edit(PROGRAMME_FILE, "健康讲座", "😀健康한국讲座")
        .edit(CENTRE_FILE, "address: 解放路1号", "address: 解放路𠮷号")
        .append(SITE_FILE, "footer: [{text: ཨ}]\n");
    for (language, message) in [("zh-Hans", "海报的字体里没有"), ("en", "the fonts of the posters do not have")]
    {
        let said = site.check().with_posters().lang(language).args(&["--format", "json"]).expect_code(1);
        let found: Vec<_> = said.stdout.lines().map(Found::read).collect();
        let found: Vec<_> = found.iter().map(|f| (f.code.as_str(), f.place.as_str(), f.message.as_str())).collect();
        let separator = if language == "en" { ", " } else { "、" };
        let own = ["😀 (U+1F600)", "한 (U+D55C)", "국 (U+AD6D)"].join(separator);
        let (own, centre) = (format!("{message} {own}"), format!("{message} 𠮷 (U+20BB7)"));
        let expected = [
            ("NB0607", "content/centres/jiefang.yaml:4:13", centre.as_str()),
            ("NB0607", "content/programmes/winter.yaml:6:23", own.as_str()),
        ];
        assert_eq!(found, expected);
    }
    site.build().with_posters().expect_code(1);
    assert!(!site.output().exists());
}

#[test]
fn marks_that_are_not_drawn_and_letters_with_accents_keep_no_board_from_being_made() {
    let site = with_board();
    site.edit(PROGRAMME_FILE, "健康讲座", "健康\u{200b}讲座\u{fe0f} cafe\u{301} a\u{200d}b");
    site.build().with_posters().expect_code(0);
}
