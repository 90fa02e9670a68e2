//! What is done so that a sheet stays one sheet.

#![cfg(feature = "posters")]

use std::fmt::Write as _;
use std::path::Path;

use crate::support::sheets::{site, text};
use crate::support::*;

fn print<'a>(site: &'a TestSite, arguments: &[&str]) -> Call<'a> {
    site.call("posters").out(&site.path("prints")).args(arguments)
}

#[test]
fn a_move_is_told_once_and_what_is_far_off_gives_way_to_one_sheet() {
    let site = site();
    let mut activities = String::new();
    for number in 0..28 {
        let day = ["周一", "周二", "周三", "周四", "周五"][number % 5];
        let on = [30, 1, 2, 3, 4][number % 5];
        let month = if on == 30 { 11 } else { 12 };
        writeln!(
            activities,
            "  - {{title: 第{number}项活动, when: {day} 09:00-11:00, room: 二楼活动室, cost: 免费, leader: 社区工作人员和志愿者, \
             exceptions: [{{on: 2026-{month}-{on:0>2}, cancelled: 参加街道组织的集中学习，停一次}}]}}"
        )
        .unwrap();
    }
    activities += "  - {title: 象棋角, when: 周五 14:30-16:30, exceptions: [{on: 2026-11-27, moved_to: 2026-11-28 14:30-16:30, why: 检修}]}\n";
    site.append(PROGRAMME_FILE, &activities);
    let said = print(&site, &["winter", "--kind", "weekly-board", "--size", "a4", "--portrait"]).expect_code(0);
    assert!(!said.stderr.contains("NB0615"), "{}", said.stderr);
    let Some(told) = text(Path::new(said.stdout.trim())) else { return };
    assert!(told.contains("第27项活动") && told.contains("项变动，请扫码看"), "{told}");
    assert!(told.contains("改到11月28日") && !told.contains("改到这一天"), "{told}");
    // Larger paper has room for more of them.
    let said = print(&site, &["winter", "--kind", "weekly-board", "--size", "a3", "--distance", "0.4"]).expect_code(0);
    let larger = text(Path::new(said.stdout.trim())).unwrap();
    assert!(larger.matches("停一次").count() > told.matches("停一次").count(), "{larger}");
}

#[test]
fn the_door_sign_of_the_example_in_mongolian_is_one_sheet_with_words_at_its_code() {
    let site = TestSite::copy_of(Path::new(env!("CARGO_MANIFEST_DIR")));
    let said = print(&site, &["yanchiwan", "--kind", "door-sign"]).expect_code(0);
    let continues: Vec<&str> = said.stderr.lines().filter(|line| line.contains("NB0615")).collect();
    assert_eq!(continues, Vec::<&str>::new());
    let sign = site.path("prints/mn-Mong/yanchiwan-door-sign-a3.pdf");
    let Some(told) = text(&sign) else { return };
    let scan = label("mn-Mong", "poster_scan");
    assert!(told.contains(scan.split_whitespace().next().unwrap()), "{scan} is not in {told}");
}

/// A label of the theme.
fn label(language: &str, name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("themes/civic/i18n/{language}.yaml"));
    let text = std::fs::read_to_string(file).unwrap();
    let line = text.lines().find_map(|line| line.trim().strip_prefix(&format!("{name}: ")).map(str::to_owned));
    line.unwrap().trim_matches('"').to_owned()
}
