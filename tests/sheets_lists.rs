//! Sheets that are made of several records: the directory, the route card, themed days, teams, figures.
//!
//! What a reader sees is read back out of the PDFs: all of the record, in its order, whole on the paper, no smaller than can
//! be read.

#![cfg(feature = "posters")]

use std::path::PathBuf;

use crate::support::sheets::{floor, is_whole_and_legible, pages, printed, says_in_order, site, text};
use crate::support::*;

/// Stations beside the centre, at places of their own.
fn with_stations(site: &TestSite, count: usize) {
    site.edit(AREAS_FILE, "level: community", "level: district");
    for number in 1..=count {
        let (lat, lon) = (36.0 + (number % 7) as f64 * 0.01, 103.0 + (number % 5) as f64 * 0.013);
        site.write(
            &format!("content/centres/zhan{number:0>2}.yaml"),
            format!(
                "name: 第{number}驿站\nkind: station\narea: jiefang\naddress: 解放路{number}号旁\n\
                 location: {{lat: {lat}, lon: {lon}}}\nphones: [{{number: 0931-00000{number:0>2}}}]\n"
            ),
        );
    }
}

#[test]
fn the_numbers_of_the_map_are_those_of_the_table() {
    let site = site();
    with_stations(&site, 6);
    let made = printed(&site, "network", &["--size", "A4"]);
    let [pdf] = made.as_slice() else { panic!("{made:?}") };
    is_whole_and_legible(pdf, floor(0.4));
    let Some(text) = text(pdf) else { return };
    // Six stations at six places, each with its number on the map and in the table; the centre has no coordinates.
    for number in 1..=6 {
        assert!(text.matches(&number.to_string()).count() >= 2, "{number} in {text}");
    }
    assert!(text.contains("图上的编号就是名单里的编号") && text.contains("公里"), "{text}");
    for number in 1..=6 {
        assert!(text.contains(&format!("第{number}驿站")) && text.contains(&format!("解放路{number}号旁")), "{text}");
    }
    assert!(text.contains("解放社区中心"), "{text}");
}

#[test]
fn a_long_directory_goes_on_and_one_place_has_none() {
    let site = site();
    assert_eq!(printed(&site, "network", &[]), Vec::<PathBuf>::new());
    with_stations(&site, 40);
    let made = printed(&site, "network", &["--size", "A5"]);
    is_whole_and_legible(&made[0], floor(0.4));
    let Some(text) = text(&made[0]) else { return };
    for number in 1..=40 {
        assert!(text.contains(&format!("解放路{number}号旁")), "{number} is lost");
    }
}

#[test]
fn a_route_card_has_the_stops_to_come_by_date() {
    let site = site();
    site.write(
        "content/outreach/round.yaml",
        "title: 冬季巡诊\nsummary: 医生上门。\nstops:\n\
         \x20 - {place: 东村, on: 2027-01-05..2027-01-07, weather_dependent: true}\n\
         \x20 - {place: 西村, on: 2026-12-03, time: \"10:30-15:30\", languages: [zh-Hans], note: 空腹来}\n\
         \x20 - {place: 过去村, on: 2026-11-03}\n\
         \x20 - {place: 北村, on: 2026-12-10, cancelled: 路断了}\n\
         weather_note: 路不通就顺延一周。\nbrings: [量血压]\ncontact: {role: 卫生院, phone: 0931-0000004}\n",
    );
    let made = printed(&site, "outreach", &["--size", "A5"]);
    let [pdf] = made.as_slice() else { panic!("{made:?}") };
    is_whole_and_legible(pdf, floor(0.35));
    let said = ["冬季巡诊", "医生上门", "12月3日", "西村", "10:30–15:30", "空腹来", "北村", "不来了", "路断了"];
    says_in_order(
        pdf,
        &[&said[..], &["2027年1月5日", "东村", "看天气", "路不通就顺延一周", "量血压", "卫生院"]].concat(),
    );
    assert!(!text(pdf).unwrap_or_default().contains("过去村"));
    // When nothing is to come there is nothing to print.
    for (from, to) in
        [("2027-01-05..2027-01-07", "2026-11-01"), ("2026-12-03", "2026-11-03"), ("2026-12-10", "2026-11-10")]
    {
        site.edit("content/outreach/round.yaml", from, to);
    }
    assert_eq!(printed(&site, "outreach", &["--size", "A4"]), Vec::<PathBuf>::new());
}

#[test]
fn themed_days_are_those_with_a_theme() {
    let site = site();
    assert_eq!(printed(&site, "themed-days", &[]), Vec::<PathBuf>::new());
    site.append(PROGRAMME_FILE, "day_themes: [{days: 周二, theme: 健康日}, {days: 周四, theme: 法律日}]\n");
    let made = printed(&site, "themed-days", &["--size", "A4"]);
    is_whole_and_legible(&made[0], floor(0.5));
    says_in_order(&made[0], &["每天一个主题", "周二", "健康日", "09:00–11:30", "健康讲座", "周四", "法律日"]);
    assert!(!text(&made[0]).unwrap_or_default().contains("周三"));
}

#[test]
fn the_teams_of_a_centre_say_how_to_ask_and_to_join() {
    let site = site();
    assert_eq!(printed(&site, "teams", &[]), Vec::<PathBuf>::new());
    for number in 1..=9 {
        site.write(
            &format!("content/teams/dui{number}.md"),
            format!(
                "---\nname: 第{number}队\npurpose: 帮{number}楼的邻居。\ncentre: jiefang\nservices: [修灯泡, 送餐]\n\
                 ask: 打前台电话。\njoin: 到前台登记。\ncontact: {{role: 队长, phone: 0931-0000001}}\n---\n"
            ),
        );
    }
    for options in [["--size", "A4"], ["--size", "A2"]] {
        let made = printed(&site, "teams", &options);
        is_whole_and_legible(&made[0], floor(0.4));
        let Some(text) = text(&made[0]) else { return };
        for number in 1..=9 {
            assert!(text.contains(&format!("第{number}队")) && text.contains(&format!("帮{number}楼的邻居")), "{text}");
        }
        assert_eq!((text.matches("怎么求助").count(), text.matches("怎么加入").count()), (9, 9));
    }
}

#[test]
fn figures_are_large_and_say_once_who_counted() {
    let site = site();
    site.write("content/pages/shu.md", "---\ntitle: 数字\n---\n没有数字的一页。\n");
    assert_eq!(printed(&site, "figures", &[]), Vec::<PathBuf>::new());
    let figures = "figures:\n  - {label: 甲区：网格, value: \"1607\", unit: 个, source: 日报}\n\
                   \x20 - {label: 甲区：志愿者, value: 24万余, unit: 人, source: 日报, as_of: 2024-06}\n";
    site.write("content/pages/shu.md", format!("---\ntitle: 数字\n{figures}---\n"));
    let made = printed(&site, "figures", &["--size", "A4"]);
    is_whole_and_legible(&made[0], floor(0.5));
    says_in_order(
        &made[0],
        &["数字", "甲区", "1607", "个", "网格", "24万余", "人", "志愿者", "截至2024年6月", "来源", "日报"],
    );
    assert_eq!(text(&made[0]).unwrap_or_default().matches("日报").count(), 1);
    let pages = pages(&made[0]).unwrap_or_default();
    for (_, words) in pages {
        let size =
            |text: &str| words.iter().find(|word| word.text.contains(text)).map(|word| word.y.1 - word.y.0).unwrap();
        assert!(size("1607") > 1.5 * size("网格"));
    }
}
