//! Sheets of records of every size on papers of every size: all there, nothing clipped, nothing on top of another, nothing
//! too small, no empty sheet.
//!
//! The program refuses a sheet with text that is too small or leaves the paper, so that it ends well says that; the rest is
//! read back from the PDFs. The pairs are chosen so that each number of activities, length of titles, paper and language
//! comes up; `SHEETS_GRID=all` has them all.

#![cfg(feature = "posters")]

use std::fmt::Write;

use crate::support::sheets::{Page, Word, floor, is_whole_and_legible, pages, printed, site, text};
use crate::support::*;

/// A record to print: how many activities, how long their titles, on which paper, and in which other language it is.
type Case = (usize, usize, &'static str, Option<&'static str>);

const CASES: [Case; 10] = [
    (1, 1, "a5", None),
    (1, 60, "a5-landscape", Some("en")),
    (6, 12, "a4", Some("mn-Mong")),
    (15, 4, "a3-landscape", None),
    (24, 20, "a4-landscape", Some("en")),
    (12, 30, "a3", Some("mn-Cyrl")),
    (60, 8, "a2", None),
    (60, 30, "a1-landscape", None),
    // Words hardly narrower than their column, behind shorter ones.
    (15, 12, "a1-landscape", Some("mn-Cyrl")),
    (15, 60, "a4-landscape", Some("en")),
];
const PAPERS: [&str; 10] =
    ["a1", "a2", "a3", "a4", "a5", "a1-landscape", "a2-landscape", "a3-landscape", "a4-landscape", "a5-landscape"];
/// Those that the fonts of the sheets have letters for.
const LANGUAGES: [Option<&str>; 4] = [None, Some("en"), Some("mn-Cyrl"), Some("mn-Mong")];

fn cases() -> Vec<Case> {
    if std::env::var_os("SHEETS_GRID").is_none() {
        return CASES.to_vec();
    }
    let lengths = [1, 4, 12, 30, 60];
    let all = PAPERS.iter().flat_map(|paper| [1, 3, 15, 60].map(|count| (count, *paper)));
    let all = all.flat_map(|(count, paper)| lengths.map(|length| (count, length, paper)));
    all.flat_map(|(count, length, paper)| LANGUAGES.map(|language| (count, length, paper, language))).collect()
}

/// From how far away, in metres, a board on this paper is read.
fn distance(paper: &str) -> f64 {
    if paper.starts_with("a4") || paper.starts_with("a5") { 0.4 } else { 0.7 }
}

/// A title of so many letters with its number in it.
fn title(language: Option<&str>, number: usize, length: usize) -> String {
    let letters = match language {
        Some("en") => "Reading the papers aloud to neighbours who cannot see well, and tea afterwards in the hall",
        Some("mn-Cyrl") => {
            "Ахмад настанд гар утасны хичээл, өвөл зуны номын өдөрлөг, хөгжмийн дугуйлан, эрүүл мэндийн үзлэг"
        }
        Some("mn-Mong") => "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ ᠪᠡᠷ ᠨᠣᠮ ᠤᠩᠰᠢᠬᠤ ᠴᠠᠭ ᠪᠤᠶᠤ ᠰᠤᠷᠭᠠᠯᠲᠠ ᠶᠢᠨ ᠥᠷᠦᠭᠡ ᠳᠦ ᠴᠤᠭᠯᠠᠷᠠᠬᠤ",
        _ => {
            "社区邻里互助读书会和老年人手机课堂报名登记处理流程讲解以及医保参保缴费办理指南现场答疑交流分享会周末专场活动安排说明书"
        }
    };
    let title: String = letters.chars().take(length).collect();
    format!("{}{number}", title.trim_end())
}

fn with_languages() -> TestSite {
    let site = site();
    let more = "  - {tag: en, name: English}\n  - {tag: mn-Cyrl, name: Монгол}\n  - {tag: mn-Mong, name: ᠮᠣᠩᠭᠣᠯ}\n";
    site.edit(SITE_FILE, "time_zone:", &format!("{more}time_zone:")).remove(PROGRAMME_FILE);
    site
}

#[test]
fn boards_of_every_size_are_whole() {
    let site = with_languages();
    for (number, (count, length, paper, language)) in cases().into_iter().enumerate() {
        let in_both = |words: &str, other: String| match language {
            Some(tag) => format!("{{zh-Hans: \"{words}\", {tag}: \"{other}\"}}"),
            None => format!("\"{words}\""),
        };
        let distance = distance(paper);
        let mut programme = format!(
            "title: {}\ncentre: jiefang\nvalid: 2026-11-01..2027-01-15\nslots: {{上午: \"09:00-11:30\", 下午: \"14:30-17:00\"}}\n\
             posters: {{weekly_board: [{{paper: {paper}, distance: {distance}}}]}}\nactivities:\n",
            in_both(&format!("第{number}份计划"), format!("{number}"))
        );
        for activity in 0..count {
            let day = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][activity % 7];
            let half = ["上午", "下午"][activity / 7 % 2];
            let titles = in_both(&title(None, activity, length), title(language, activity, length));
            writeln!(programme, "  - {{title: {titles}, when: {day} {half}, room: 二楼活动室}}").unwrap();
        }
        site.write(&format!("content/programmes/grid{number}.yaml"), programme);
    }
    let made = printed(&site, "weekly-board", &[]);
    assert_eq!(made.len(), cases().len());
    for (number, (count, length, paper, _)) in cases().into_iter().enumerate() {
        let pdf = made.iter().find(|path| path.display().to_string().contains(&format!("/grid{number}-"))).unwrap();
        is_whole_and_legible(pdf, floor(distance(paper)));
        let Some(text) = text(pdf) else { return };
        for activity in 0..count {
            let title: String = title(None, activity, length).chars().take(4).collect();
            assert!(text.contains(&title), "{title} is not on {}", pdf.display());
        }
        assert_eq!(text.matches("二楼活动室").count(), count, "{}", pdf.display());
    }
    // Boards whose lines run downwards: turned, and not empty.
    for (pdf, ((width, height), words)) in printed_in(&site, "mn-Mong") {
        // A word of four letters may be as wide as it is tall.
        let long: Vec<&Word> = words.iter().filter(|word| word.text.chars().filter(is_mongolian).count() > 4).collect();
        let standing = long.iter().filter(|word| word.y.1 - word.y.0 > word.x.1 - word.x.0).count();
        let enough = long.len() > 2 && standing * 10 > long.len() * 9;
        assert!(words.len() > 20 && enough, "{pdf}: {standing} of {}", long.len());
        assert!(words.iter().all(|word| word.x.1 <= width + 1.0 && word.y.1 <= height + 1.0), "{pdf}");
    }
}

fn is_mongolian(letter: &char) -> bool {
    matches!(letter, '\u{1820}'..='\u{18aa}')
}

/// The pages of the boards in another language.
fn printed_in(site: &TestSite, language: &str) -> Vec<(String, Page)> {
    let Ok(found) = std::fs::read_dir(site.path("out-weekly-board-").join(language)) else {
        panic!("no sheets in {language}")
    };
    let paths = found.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            pages(&path).unwrap_or_default().into_iter().map(move |page| (path.display().to_string(), page))
        })
        .collect()
}

#[test]
fn cards_of_every_length_are_whole() {
    let site = with_languages();
    let cases = [(1, 1, "a5"), (8, 60, "a5-landscape"), (30, 12, "a4"), (60, 20, "a3-landscape")];
    for (number, (count, length, paper)) in cases.into_iter().enumerate() {
        let mut round =
            format!("title: 第{number}条路线\nsummary: 走村串户。\nposters: {{outreach: [{paper}]}}\nstops:\n");
        for stop in 0..count {
            let place = title(None, stop, length);
            writeln!(round, "  - {{place: {place}, on: 2026-12-{:0>2}, time: \"10:30-15:30\"}}", stop % 28 + 1)
                .unwrap();
        }
        site.write(&format!("content/outreach/grid{number}.yaml"), round);
    }
    let made = printed(&site, "outreach", &[]);
    assert_eq!(made.len(), cases.len());
    for (pdf, (count, ..)) in made.iter().zip(cases) {
        is_whole_and_legible(pdf, 8.2);
        let Some(text) = text(pdf) else { return };
        assert_eq!(text.matches("10:30–15:30").count(), count, "{}", pdf.display());
    }
}
