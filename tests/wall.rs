//! What hangs on walls: noted when it is printed, compared with what would be printed today, and taken off the list.

#![cfg(feature = "posters")]

use std::fs;
use std::path::Path;

use crate::support::*;
use serde_json::Value;

/// One language; a board on one paper, and a sign at the door.
fn site() -> TestSite {
    let site = sheets::site();
    site.append(SITE_FILE, "posters: {weekly_board: [a4], door_sign: [a4], notice: [a4]}\n");
    site.edit(PROGRAMME_FILE, "when: 周二 上午", "when: 周二 上午, room: 调解室");
    site
}

/// `noticeboard posters` with these arguments; nothing is wrong.
fn posters(site: &TestSite, language: &str, today: &str, arguments: &[&str]) -> String {
    site.call("posters").lang(language).today(today).args(arguments).expect_code(0).stdout
}

/// What is said of the walls, without versions.
fn stale(site: &TestSite, language: &str, today: &str) -> String {
    posters(site, language, today, &["--stale"])
}

#[test]
fn what_was_printed_is_noted_and_holds_until_something_changes() {
    let site = site();
    assert_eq!(
        stale(&site, "zh-Hans", TODAY),
        "墙上没有记着什么。印好挂上以后运行 noticeboard posters --printed 代号\n"
    );
    let said = posters(&site, "zh-Hans", "2026-11-24", &["--printed", "winter"]);
    assert!(said.starts_with("已记入 printed.txt：挂上 1 张\n  posters/winter-weekly-board-a4.pdf "), "{said}");
    let said = posters(&site, "en", "2026-11-24", &["--printed", "jiefang", "heating"]);
    assert!(said.starts_with("printed.txt is written: 2 sheets hang\n"), "{said}");
    let lines = fs::read_to_string(site.path("printed.txt")).unwrap();
    let lines: Vec<&str> = lines.lines().skip(2).collect();
    assert_eq!(lines.len(), 3);
    assert!(lines.is_sorted() && lines[2].starts_with("posters/winter-weekly-board-a4.pdf 2026-11-24 "));

    // Days alone change nothing.
    for day in [TODAY, "2026-11-30"] {
        assert_eq!(stale(&site, "zh-Hans", day), "墙上的 3 张都还对\n");
        assert_eq!(stale(&site, "en", day), "all 3 sheets on the walls still hold\n");
    }
}

#[test]
fn a_time_that_changed_calls_for_a_new_board_wherever_it_is_written() {
    for (was, is, time) in [
        ("上午: \"09:00-11:30\"", "上午: \"09:30-11:30\"", "09:30–11:30"),
        ("when: 周二 上午", "when: 周二 09:00-10:00", "09:00–10:00"),
    ] {
        let site = site();
        posters(&site, "zh-Hans", TODAY, &["--printed", "winter"]);
        site.edit(PROGRAMME_FILE, was, is);
        let said = stale(&site, "zh-Hans", TODAY);
        assert!(said.contains(&format!("周二 上午 健康讲座的钟点改了：“09:00–11:30”改为“{time}”")), "{said}");
    }
}

#[test]
fn a_size_alone_means_the_paper_of_that_size_that_the_site_has() {
    let site = site();
    site.edit(SITE_FILE, "weekly_board: [a4]", "weekly_board: [a3-landscape, a4]");
    let said = posters(&site, "zh-Hans", TODAY, &["--printed", "winter", "--kind", "weekly-board", "--size", "a4"]);
    assert!(said.contains("posters/winter-weekly-board-a4.pdf "), "{said}");
}

#[test]
fn what_changed_is_said_in_plain_words_with_the_call_that_mends_it() {
    let site = site();
    posters(&site, "en", TODAY, &["--printed", "winter", "jiefang", "heating"]);
    site.edit(PROGRAMME_FILE, "room: 调解室", "room: 二楼会议室");
    site.edit(CENTRE_FILE, "08:30-12:00, 14:30-18:00", "09:00-12:00");
    let chinese = "\
要取下 1 张：
  供暖检修（posters/heating-notice-a4.pdf，2026-11-24 印）
    现在没有要张贴的了；纸上写着有效期到：2026年12月1日
    → noticeboard posters heating --kind notice --taken-down
要重印 2 张：
  开放时间（posters/jiefang-door-sign-a4.pdf，2026-11-24 印）
    周一至周五的开放时间改了：“08:30–12:00，14:30–18:00”改为“09:00–12:00”
    → noticeboard posters jiefang --kind door-sign --size a4 --portrait
  冬季计划（posters/winter-weekly-board-a4.pdf，2026-11-24 印）
    周一至周五的开放时间改了：“08:30–12:00，14:30–18:00”改为“09:00–12:00”
    周二 上午 健康讲座的房间改了：“调解室”改为“二楼会议室”
    → noticeboard posters winter --kind weekly-board --size a4 --portrait
";
    assert_eq!(stale(&site, "zh-Hans", "2026-12-05"), chinese);
    let english = "\
to take down, 1:
  供暖检修 (posters/heating-notice-a4.pdf, printed 2026-11-24)
    it has nothing to say at present; on paper it holds until: 2026年12月1日
    → noticeboard posters heating --kind notice --taken-down
to print anew, 2:
  开放时间 (posters/jiefang-door-sign-a4.pdf, printed 2026-11-24)
    the opening hours of 周一至周五 changed from “08:30–12:00，14:30–18:00” to “09:00–12:00”
    → noticeboard posters jiefang --kind door-sign --size a4 --portrait
  冬季计划 (posters/winter-weekly-board-a4.pdf, printed 2026-11-24)
    the opening hours of 周一至周五 changed from “08:30–12:00，14:30–18:00” to “09:00–12:00”
    the room of 周二 上午 健康讲座 changed from “调解室” to “二楼会议室”
    → noticeboard posters winter --kind weekly-board --size a4 --portrait
";
    assert_eq!(stale(&site, "en", "2026-12-05"), english);

    // For programs.
    let lines = posters(&site, "en", "2026-12-05", &["--stale", "--format", "json"]);
    let sheets: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let actions: Vec<&str> = sheets.iter().map(|sheet| sheet["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["take-down", "reprint", "reprint"]);
    let difference = &sheets[2]["differences"][1];
    assert_eq!((difference["part"].as_str(), difference["is"].as_str()), (Some("room"), Some("二楼会议室")));
    assert_ne!(sheets[2]["version"], sheets[2]["now"]);

    // Printed anew, and the notice taken down.
    posters(&site, "en", "2026-12-05", &["--printed", "winter", "jiefang"]);
    let said = posters(&site, "en", "2026-12-05", &["--taken-down", "heating"]);
    assert_eq!(said, "printed.txt is written: 1 sheets taken down\n  posters/heating-notice-a4.pdf\n");
    assert_eq!(stale(&site, "en", "2026-12-05"), "all 2 sheets on the walls still hold\n");
}

#[test]
fn an_activity_that_is_over_comes_off_the_board_and_the_reason_is_said() {
    let site = site();
    site.append(
        PROGRAMME_FILE,
        "  - {title: 流感疫苗登记, when: 周一、周三 上午, valid: 2026-11-01..2026-11-30}\n\
         \x20 - {title: 剪纸课, when: 周四 上午, valid: 2026-12-03..2027-01-15}\n\
         \x20 - {title: 联欢会, when: \"2026-12-02 14:30-16:00\"}\n\
         day_themes: [{days: 周一, theme: 健康日}]\n",
    );
    let board = |today: &str| {
        let out = site.path(&format!("prints-{today}"));
        let call = site.call("posters").out(&out).today(today).args(&["winter", "--kind", "weekly-board,themed-days"]);
        let made = call.expect_code(0).stdout;
        made.lines().map(|path| sheets::text(Path::new(path)).unwrap_or_default()).collect::<Vec<_>>()
    };
    // What has not begun stands there with its beginning.
    let before = board("2026-11-30");
    for words in ["流感疫苗登记", "剪纸课", "从12月3日起", "联欢会"] {
        assert!(before[0].contains(words) || !before[1].is_empty() && before[1].contains(words), "{words}: {before:?}");
    }
    let after = board("2026-12-05");
    for (sheet, text) in after.iter().enumerate() {
        assert!(!text.contains("流感疫苗登记") && !text.contains("联欢会"), "sheet {sheet}: {text}");
    }
    assert!(after.concat().contains("剪纸课"), "{after:?}");
    // The page, which is mended by the next build, still tells of it.
    site.build().today("2026-12-05").expect_code(0);
    let page = fs::read_to_string(site.output().join("programmes/winter/index.html")).unwrap();
    assert!(page.contains("流感疫苗登记"));

    posters(&site, "en", "2026-11-30", &["--printed", "winter", "--kind", "weekly-board,themed-days"]);
    let said = stale(&site, "zh-Hans", "2026-12-01");
    let board = said.split("  冬季计划").nth(1).unwrap();
    assert!(board.contains("\n    流感疫苗登记已结束，从张贴的表上取下\n    →"), "once, on whichever days: {said}");
    assert!(said.contains("每天一个主题") && said.matches("流感疫苗登记已结束").count() == 2, "{said}");
    let said = stale(&site, "en", "2026-12-05");
    assert!(said.contains("流感疫苗登记 is over and comes off the sheet"), "{said}");
    assert!(said.contains("联欢会 is over and comes off the sheet"), "{said}");
    let json = posters(&site, "en", "2026-12-05", &["--stale", "--format", "json"]);
    assert!(json.contains("\"over\":true"), "{json}");
}

#[test]
fn an_activity_with_a_session_to_come_stays_on_the_board() {
    let site = site();
    site.append(
        PROGRAMME_FILE,
        "  - {title: 急救课, when: \"2026-12-01 09:00-11:00\", extra: [{on: 2026-12-17 09:00-11:00}]}\n\
         \x20 - {title: 扎染课, when: \"2026-12-02 09:00-11:00\", \
         exceptions: [{on: 2026-12-02, moved_to: 2026-12-18 09:00-11:00, why: 停电}]}\n",
    );
    posters(&site, "en", "2026-11-30", &["--printed", "winter", "--kind", "weekly-board"]);
    let said = stale(&site, "zh-Hans", "2026-12-10");
    assert!(!said.contains("已结束"), "{said}");
    let said = stale(&site, "zh-Hans", "2026-12-19");
    assert_eq!(said.matches("已结束，从张贴的表上取下").count(), 2, "{said}");
}

#[test]
fn turns_and_stops_that_are_over_do_not_stand_on_paper_and_are_no_reason_to_print_anew() {
    let site = site();
    site.write(
        "content/outreach/round.yaml",
        "title: 巡诊\nsummary: 医生上门。\nstops:\n  - {place: 西村, on: 2026-11-25}\n  - {place: 东村, on: 2026-12-03}\n",
    );
    site.write(
        "content/duty/ban.yaml",
        "title: 值班\ncentre: jiefang\nvalid: 2026-11-01..2026-12-31\n\
         rotation: {every: week, starts: 2026-11-02, turns: [甲组, 乙组, 丙组, 丁组]}\n",
    );
    let text = |today: &str, kind: &str| {
        let call = site.call("posters").out(&site.path("prints")).today(today).args(&["--kind", kind]);
        let made = call.expect_code(0).stdout;
        sheets::text(Path::new(made.lines().next()?))
    };
    posters(&site, "en", "2026-11-18", &["--printed", "round", "ban", "--kind", "outreach,duty"]);
    if let (Some(duty), Some(card)) = (text("2026-11-18", "duty"), text("2026-11-26", "outreach")) {
        assert!(!duty.contains("乙组") && duty.contains("丙组") && duty.contains("丁组"), "{duty}");
        assert!(!card.contains("西村") && card.contains("东村"), "{card}");
    }
    assert_eq!(stale(&site, "zh-Hans", "2026-11-23"), "墙上的 3 张都还对\n");
    let said = stale(&site, "zh-Hans", "2026-11-26");
    assert!(!said.contains("西村"), "{said}");
}

#[test]
fn a_sheet_whose_record_is_gone_is_to_be_taken_down() {
    let site = site();
    posters(&site, "en", TODAY, &["--printed", "heating"]);
    site.remove(NOTICE_FILE);
    let said = stale(&site, "zh-Hans", TODAY);
    assert!(
        said.contains("    网站上已经没有这项内容\n    → noticeboard posters heating --kind notice --taken-down\n"),
        "{said}"
    );
    let said = stale(&site, "en", TODAY);
    assert!(said.contains("    the site no longer has what it is about\n"), "{said}");
    let said = site.call("posters").lang("zh-Hans").args(&["--taken-down", "heating"]).expect_code(0).stdout;
    assert!(said.contains("取下 1 张"), "{said}");
}

#[test]
fn a_mistyped_id_and_a_spoiled_line_are_said() {
    let site = site();
    posters(&site, "en", TODAY, &["--printed", "winter"]);
    for (language, message, help) in [
        ("en", "no sheet of `wintr` is noted to hang", "did you mean winter?"),
        ("zh-Hans", "墙上没有记着“wintr”的纸", "是不是 winter？"),
    ] {
        let said = site.call("posters").lang(language).args(&["--taken-down", "wintr"]).expect_code(2);
        said.complains(message).complains(help);
    }
    // What is noted is named, so that not everything is by mistake.
    for (language, message) in
        [("en", "--printed: it is not said which sheets"), ("zh-Hans", "--printed：没有说明是哪些")]
    {
        site.call("posters").lang(language).args(&["--printed"]).expect_code(2).complains(message);
    }
    site.call("posters").args(&["--printed", "--stale"]).expect_code(2);
    site.append("printed.txt", "posters/x.pdf today\n");
    for (language, message) in
        [("en", "this line of printed.txt cannot be read"), ("zh-Hans", "看不懂 printed.txt 的这一行")]
    {
        site.call("posters").lang(language).args(&["--stale"]).expect_code(1).complains(message);
    }
}
