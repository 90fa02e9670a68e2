//! Traditional Mongolian as the second language of a sheet: in columns at the left of it, never flat, and what has no room
//! there is said.

#![cfg(feature = "posters")]

use std::path::{Path, PathBuf};

use crate::support::sheets::{pages, site, text};
use crate::support::*;

const KINDS: &str =
    "weekly-board,door-sign,closure,notice,event,duty,outreach,themed-days,teams,policy,policy-list,network";

/// Records with words in both languages, of kinds that are text and of kinds that are tables.
fn with_mongolian() -> TestSite {
    let site = site();
    site.edit(SITE_FILE, "time_zone:", "  - {tag: mn-Mong, name: ᠮᠣᠩᠭᠣᠯ}\ntime_zone:");
    site.edit(
        SITE_FILE,
        "publisher: 示例编辑组",
        "publisher: {zh-Hans: 示例编辑组, mn-Mong: ᠵᠢᠱᠢᠶ᠎ᠡ ᠨᠠᠶᠢᠷᠠᠭᠤᠯᠬᠤ ᠪᠦᠯᠦᠭ}",
    );
    site.edit(AREAS_FILE, "level: community", "level: district");
    site.edit(CENTRE_FILE, "zh-Hans: 解放社区中心", "zh-Hans: 解放社区中心, mn-Mong: ᠵᠢᠶᠧ ᠹᠠᠩ ᠲᠥᠪ");
    site.edit(PROGRAMME_FILE, "zh-Hans: 冬季计划", "zh-Hans: 冬季计划, mn-Mong: ᠡᠪᠦᠯ ᠦᠨ ᠲᠥᠯᠦᠪᠯᠡᠭᠡ");
    site.edit(PROGRAMME_FILE, "zh-Hans: 健康讲座", "zh-Hans: 健康讲座, mn-Mong: ᠡᠷᠡᠭᠦᠯ ᠡᠩᠬᠡ ᠶᠢᠨ ᠯᠧᠺᠼ");
    site.append(PROGRAMME_FILE, "day_themes: [{days: 周二, theme: {zh-Hans: 健康日, mn-Mong: ᠡᠷᠡᠭᠦᠯ ᠡᠩᠬᠡ}}]\n");
    site.write(
        "content/centres/zhan.yaml",
        "name: {zh-Hans: 驿站, mn-Mong: ᠥᠷᠲᠡᠭᠡ}\nkind: station\narea: jiefang\naddress: 解放路2号\nlocation: {lat: 36.01, lon: 103.02}\n",
    );
    for (path, head, chinese, mongolian) in [
        (
            "notices/snow",
            "from: 2026-11-20\nuntil: 2026-11-30\n",
            "title: 雪天路滑\nsummary: 能不出门就不出门。",
            "title: ᠴᠠᠰᠤᠨ ᠤ ᠰᠡᠷᠡᠮᠵᠢᠯᠡᠭᠦᠯᠭᠡ\nsummary: ᠭᠠᠳᠠᠨ᠎ᠠ ᠪᠦᠦ ᠭᠠᠷ᠃",
        ),
        (
            "notices/closed",
            "from: 2026-11-20\nuntil: 2026-11-27\ncentres: [jiefang]\ncloses: {on: 2026-11-27}\n",
            "title: 停电关门\nsummary: 全天不开门。",
            "title: ᠬᠠᠭᠠᠭᠳᠠᠨ᠎ᠠ\nsummary: ᠡᠳᠦᠷᠵᠢᠨ ᠨᠡᠭᠡᠭᠡᠬᠦ ᠦᠭᠡᠢ᠃",
        ),
        (
            "events/tea",
            "on: 2026-12-05\ntime: \"14:00-17:00\"\ncentre: jiefang\n",
            "title: 茶话会\nsummary: 一起喝茶。",
            "title: ᠴᠠᠢ ᠤᠤᠭᠤᠬᠤ\nsummary: ᠬᠠᠮᠲᠤ ᠴᠠᠢ ᠤᠤᠭᠤᠨ᠎ᠠ᠃",
        ),
        (
            "policies/aid",
            "departments: [community]\naudience: [older-people]\nconditions: [年满60周岁]\n",
            "title: 助餐补贴\nsummary: 每餐便宜8元。",
            "title: ᠬᠣᠭᠣᠯᠠᠨ ᠤ ᠲᠡᠳᠭᠦᠪᠦᠷᠢ\nsummary: ᠨᠠᠢᠮᠠᠨ ᠶᠤᠸᠠᠨ ᠬᠢᠮᠳᠠ᠃",
        ),
        (
            "teams/dui",
            "centre: jiefang\nservices: [换灯泡]\n",
            "name: 维修队\npurpose: 修小件。",
            "name: ᠵᠠᠰᠠᠬᠤ ᠪᠦᠯᠦᠭ\npurpose: ᠵᠠᠰᠠᠨ᠎ᠠ᠃",
        ),
    ] {
        site.write(&format!("content/{path}.md"), format!("---\n{chinese}\n{head}---\n\n路上当心，慢一点走。\n"));
        let text = "ᠵᠠᠮ ᠳᠤ ᠪᠣᠯᠭᠣᠮᠵᠢᠯᠠᠵᠤ ᠤᠳᠠᠭᠠᠨ ᠶᠠᠪᠤᠭᠠᠷᠠᠢ᠃ ".repeat(4);
        site.write(&format!("content/{path}.mn-Mong.md"), format!("---\n{mongolian}\n---\n\n{text}\n"));
    }
    site.write(
        "content/outreach/round.yaml",
        "title: {zh-Hans: 巡诊, mn-Mong: ᠡᠮᠴᠢ ᠶᠢᠨ ᠲᠣᠭᠣᠷᠢᠯ}\nsummary: {zh-Hans: 医生上门。, mn-Mong: ᠡᠮᠴᠢ ᠢᠷᠡᠨ᠎ᠡ᠃}\n\
         stops:\n  - {place: {zh-Hans: 西村, mn-Mong: ᠪᠠᠷᠠᠭᠤᠨ ᠲᠣᠰᠬᠣᠨ}, on: 2026-12-03}\n",
    );
    site.write(
        "content/duty/ban.yaml",
        "title: {zh-Hans: 值班, mn-Mong: ᠡᠭᠡᠯᠵᠢ}\ncentre: jiefang\nvalid: 2026-11-02..2026-12-30\n\
         rotation: {every: week, starts: 2026-11-02, turns: [甲组, {zh-Hans: 乙组, mn-Mong: ᠪᠦᠯᠦᠭ}]}\n",
    );
    site
}

/// The sheets that are made in Chinese with Mongolian beside it, and what is said.
fn made(site: &TestSite, options: &[&str]) -> (Vec<PathBuf>, String) {
    let out = site.path(&format!("out{}", options.join("")));
    let call = site.call("posters").out(&out).args(&["--kind", KINDS, "--with", "mn-Mong"]).args(options);
    let said = call.lang("zh-Hans").expect_code(0);
    let paths = said.stdout.lines().filter(|line| line.ends_with(".pdf") && !line.contains("/mn-Mong/"));
    (paths.map(PathBuf::from).collect(), said.stderr)
}

fn is_mongolian(letter: char) -> bool {
    matches!(letter, '\u{1820}'..='\u{18aa}')
}

/// How many Mongolian words stand on a sheet, each of which is higher than wide.
fn standing(pdf: &Path) -> Option<usize> {
    let mut count = 0;
    for ((wide, high), words) in pages(pdf)? {
        let outside = words.iter().find(|word| word.x.0 < 0.0 || word.y.0 < 0.0 || word.x.1 > wide || word.y.1 > high);
        assert!(outside.is_none(), "{} of {} leaves the paper", outside.unwrap().text, pdf.display());
        // A suffix may be as wide as its line is.
        for word in words.iter().filter(|word| word.text.chars().filter(|letter| is_mongolian(*letter)).count() > 6) {
            let (wide, high) = (word.x.1 - word.x.0, word.y.1 - word.y.0);
            assert!(high > wide, "{} of {} lies flat: {wide} by {high}", word.text, pdf.display());
            count += 1;
        }
    }
    Some(count)
}

#[test]
fn no_mongolian_lies_flat_on_a_sheet_in_two_languages() {
    let site = with_mongolian();
    for options in [&["--size", "a4", "--portrait"][..], &["--size", "a3", "--landscape"]] {
        let (sheets, _) = made(&site, options);
        assert!(sheets.len() >= 12, "{sheets:?}");
        for pdf in &sheets {
            let Some(count) = standing(pdf) else { return };
            assert!(count > 0, "{} has none", pdf.display());
        }
    }
}

#[test]
fn what_has_no_room_beside_the_text_is_said_and_what_has_is_not() {
    let site = with_mongolian();
    let (_, said) = made(&site, &["--size", "a3", "--landscape"]);
    let of = |sheet: &str| said.lines().find(|line| line.contains("NB0623") && line.contains(sheet));
    let board = of("winter-weekly-board").unwrap_or_else(|| panic!("the cells of a board are not said: {said}"));
    assert!(board.contains("竖排蒙古文没有排全") && board.contains("例如"), "{board}");
    for whole in ["snow-notice", "closed-closure", "tea-event"] {
        assert_eq!(of(whole), None, "title, summary and text have their columns");
    }
    // A sheet of its own has all of it, and Cyrillic letters stand in the lines.
    site.call("posters").args(&["winter", "--kind", "weekly-board"]).expect_code(0);
    assert!(site.path("prints/mn-Mong/winter-weekly-board-a1-landscape.pdf").exists());
}

#[test]
fn the_version_on_paper_is_that_which_is_noted_when_it_hangs() {
    let site = with_mongolian();
    let arguments = ["snow", "--kind", "notice", "--size", "a4", "--with", "mn-Mong"];
    let said = site.call("posters").out(&site.path("out")).args(&arguments).expect_code(0);
    let paper = said.stdout.lines().find(|line| !line.contains("/mn-Mong/")).unwrap();
    let noted = site.call("posters").args(&[&arguments[..], &["--printed"]].concat()).expect_code(0).stdout;
    let line = noted.lines().find(|line| line.contains(" posters/")).unwrap();
    let Some(text) = text(Path::new(paper)) else { return };
    assert!(text.contains(line.rsplit(' ').next().unwrap()), "{line}: {text}");
    let stale = site.call("posters").args(&["--stale"]).expect_code(0).stdout;
    assert_eq!(stale, "all 1 sheets on the walls still hold\n");
}
