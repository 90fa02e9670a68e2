//! How high the parts of a week are is reckoned from how wide they are where that is sure: what is reckoned is what is measured,
//! so that sheets are the same, byte for byte, as those of a theme that measures everything.

#![cfg(feature = "posters")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::support::sheets::{printed, site};
use crate::support::*;

const POSTERS: &str = "themes/civic/posters/week";
/// Beginnings of what reckons, and what stands there where nothing is known.
const RECKONED: [(&str, &str, &str); 3] = [
    ("activity.typ", "lines-taken(widths, gap, room) = {", "lines-taken(widths, gap, room) = {\n  return none"),
    ("below.typ", "lines-in(line, room) = {", "lines-in(line, room) = {\n  return none"),
    ("below.typ", "  if 1.15 * title * size >= width or", "  if true or"),
];
/// Papers and distances at which a week is a table, a list, and a list on two sheets.
const SETTINGS: [[&str; 5]; 6] = [
    ["--size", "A3", "--landscape", "--distance", "0.4"],
    ["--size", "A3", "--portrait", "--distance", "0.45"],
    ["--size", "A3", "--portrait", "--distance", "0.6"],
    ["--size", "A3", "--landscape", "--distance", "0.8"],
    ["--size", "A4", "--portrait", "--distance", "0.4"],
    ["--size", "A3", "--portrait", "--distance", "1.1"],
];

/// A week whose lines end close to where columns do, with letters and breaks that make lines longer than they look.
fn with_a_week(site: &TestSite) {
    site.write(
        CENTRE_FILE,
        "name: 解放社区中心\nkind: community-centre\narea: jiefang\naddress: |\n  解放路12号Ｂ座\n  二楼东侧\n\
         phones:\n  - {number: 0931-0000001, for: \"shequ_fuwu_zhongxin_2024，工作日九点到五点\"}\n  - {number: \"12345\", for: 预约}\n\
         hours:\n  weekly: {mon-fri: \"08:30-12:00, 14:30-18:00\", sat: \"09:00-12:00\"}\n  holidays: closed\n\
         hours_note: 中午有人值班，可以先打电话。\n",
    );
    let titles = [
        "合唱Ⅱ班",
        "老年人手机课堂",
        "Ａ组书法",
        "α 波放松练习",
        "剪纸&编织",
        "CPR急救培训（成人）",
        "居民议事会",
        "棋牌交流",
    ];
    let changes = [
        ("2026-11-30", "Ａ栋和Ｃ栋换门"),
        ("2026-12-01", "老师外出学习"),
        ("2026-11-25", "设备检修，请等通知，另行安排时间"),
        ("2026-11-26", "|\n          停电\n          停水"),
    ];
    let mut programme = "title: 冬季服务计划\ncentre: jiefang\nvalid: 2026-11-01..2027-01-15\n\
        slots: {上午: \"09:00-11:30\", 下午: \"14:30-17:00\"}\nactivities:\n"
        .to_owned();
    for (number, title) in titles.iter().enumerate() {
        let (day, half) = (["周一", "周二", "周三", "周四", "周五"][number % 5], ["上午", "下午"][number / 5 % 2]);
        writeln!(programme, "  - title: {title}\n    when: {day} {half}\n    room: 二楼Ｃ室").unwrap();
        writeln!(programme, "    leader: 社区工作者和志愿者轮流带队\n    cost: 材料费自理，其余免费").unwrap();
        if let Some((date, why)) = changes.get(number) {
            writeln!(programme, "    exceptions:\n      - on: {date}\n        cancelled: {why}").unwrap();
        }
    }
    site.write(PROGRAMME_FILE, programme);
}

fn sheets(site: &TestSite) -> BTreeMap<String, Vec<u8>> {
    let mut sheets = BTreeMap::new();
    for setting in SETTINGS {
        for pdf in printed(site, "weekly-board", &setting) {
            sheets.insert(format!("{} {}", setting.join(" "), pdf.display()), std::fs::read(pdf).unwrap());
        }
    }
    assert_eq!(sheets.len(), SETTINGS.len());
    sheets
}

#[test]
fn what_is_reckoned_is_what_is_measured() {
    let site = site();
    with_a_week(&site);
    let reckoned = sheets(&site);
    for (file, what, _) in RECKONED {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(POSTERS).join(file)).unwrap();
        assert!(text.contains(what), "{file} has no longer: {what}");
        let measured = RECKONED.iter().filter(|(other, ..)| *other == file);
        let measured = measured.fold(text, |text, (_, what, instead)| text.replace(what, instead));
        site.write(&format!("{POSTERS}/{file}"), measured);
    }
    for (name, measured) in sheets(&site) {
        assert!(reckoned.get(&name) == Some(&measured), "{name} is another sheet where it is measured");
    }
}
