//! The week as text: one complete block a day, under 500 characters, with everything that differs in words.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::support;
use crate::support::{CENTRE_FILE, NOTICE_FILE, PROGRAMME_FILE, SITE_FILE, TODAY, TestSite, golden_folder};

const CALENDAR_FILE: &str = "content/calendar/CN-2026.yaml";

fn site() -> TestSite {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "outputs: none", "outputs: [timetables]")
        .edit(SITE_FILE, "theme: bare", "theme: civic")
        .write(CALENDAR_FILE, fs::read(golden_folder().join("hours").join(CALENDAR_FILE)).unwrap());
    site
}

/// The blocks of a file.
fn blocks(site: &TestSite, name: &str) -> Vec<String> {
    let text = fs::read_to_string(site.output().join(format!("timetables/centres/{name}.txt"))).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap().strip_suffix('\n').unwrap();
    text.split("\n\n").map(str::to_owned).collect()
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[test]
fn a_day_says_the_centre_the_date_the_hours_and_what_is_on() {
    let site = site();
    site.edit(PROGRAMME_FILE, "when: 周二 上午", "when: 周二 上午, room: 一楼").built();
    let week = blocks(&site, "jiefang");
    assert_eq!(week.len(), 7);
    assert_eq!(week[0], "解放社区中心 11月24日 周二\n开放时间：08:30–12:00，14:30–18:00\n09:00–11:30 健康讲座（一楼）");
    assert_eq!(week[1], "解放社区中心 11月25日 周三\n开放时间：08:30–12:00，14:30–18:00\n没有安排活动");
    assert_eq!(week[4], "解放社区中心 11月28日 周六\n开放时间：不开放");
    let english = blocks(&site, "jiefang.en");
    assert_eq!(
        english[0],
        "Jiefang Centre, Tue 24 November\nOpen: 08:30–12:00, 14:30–18:00\n09:00–11:30 Health talk (一楼)"
    );
}

#[test]
fn a_day_of_a_year_without_announced_holidays_says_so() {
    let site = site();
    site.remove(CALENDAR_FILE).built();
    assert!(blocks(&site, "jiefang")[0].contains("14:30–18:00（2026年节假日安排未公布）\n"));
}

#[test]
fn what_differs_is_said_in_words_on_its_day() {
    let site = site();
    let programme = "\
title: 冬季计划
centre: jiefang
valid: 2026-11-01..2027-01-15
activities:
  - title: 健康讲座
    when: 周二 09:00-11:30
    room: 一楼
    exceptions: [{on: 2026-11-24, moved_to: 2026-11-26 14:30-16:00, why: 医生外出}]
    extra: [{on: 2026-11-27 09:00-10:00, room: 会议室}]
  - {title: 法律咨询, when: 周一 09:00-10:00, exceptions: [{on: 2026-11-30, cancelled: 律师开会}]}
";
    site.write(PROGRAMME_FILE, programme).built();
    let week = blocks(&site, "jiefang");
    let last = |day: usize| week[day].lines().last().unwrap().to_owned();
    assert_eq!(last(0), "09:00–11:30 健康讲座【改到11月26日 周四 14:30–16:00，医生外出】");
    assert_eq!(last(2), "14:30–16:00 健康讲座（一楼）【由11月24日 周二改到这一天，14:30–16:00，医生外出】");
    assert_eq!(last(3), "09:00–10:00 健康讲座【加场，09:00–10:00、改在会议室】");
    assert_eq!(last(6), "09:00–10:00 法律咨询【本次取消，律师开会】");
}

#[test]
fn urgent_notices_come_first_for_as_long_as_they_hold() {
    let site = site();
    site.edit(NOTICE_FILE, "until: 2026-12-01", "until: 2026-11-25\nurgency: urgent").built();
    let week = blocks(&site, "jiefang");
    let second = |day: usize| week[day].lines().nth(1).unwrap().to_owned();
    assert_eq!((second(0), second(1)), ("【紧急】供暖检修".to_owned(), "【紧急】供暖检修".to_owned()));
    assert_eq!(second(2), "开放时间：08:30–12:00，14:30–18:00");
    assert_eq!(blocks(&site, "jiefang.en")[0].lines().nth(1), Some("URGENT: Heating check"));
}

#[test]
fn a_notice_for_another_place_is_not_told_here() {
    let site = site();
    site.write(
        "content/centres/xinhua.yaml",
        "name: 新华\nkind: station\narea: jiefang\naddress: 新华路\nhours: 每天 09:00-12:00\n",
    )
    .edit(NOTICE_FILE, "centres: [jiefang]", "centres: [xinhua]\nurgency: urgent")
    .built();
    assert!(!blocks(&site, "jiefang")[0].contains("紧急"));
    assert!(blocks(&site, "xinhua")[0].contains("【紧急】供暖检修"));
}

#[test]
fn a_day_on_which_the_centre_is_closed_lists_no_sessions() {
    let site = site();
    site.append(CENTRE_FILE, "  exceptions: [{on: 2026-11-24, hours: closed, why: 消防演练}]\n").built();
    assert_eq!(blocks(&site, "jiefang")[0], "解放社区中心 11月24日 周二\n开放时间：不开放（消防演练）");
}

#[test]
fn a_day_that_does_not_fit_is_cut_at_a_session_and_says_how_many_are_left() {
    let site = site();
    let mut programme = "title: 计划\ncentre: jiefang\nvalid: 2026-11-01..2027-01-15\nactivities:\n".to_owned();
    for n in 10..50 {
        writeln!(programme, "  - {{title: 第{n}项活动, when: \"周二 09:{n}-11:30\", room: 一楼}}").unwrap();
    }
    site.write(PROGRAMME_FILE, programme).built();
    let day = &blocks(&site, "jiefang")[0];
    let lines: Vec<&str> = day.lines().collect();
    let (last, sessions) = lines[2..].split_last().unwrap();
    assert!(sessions.iter().zip(10..).all(|(line, n)| *line == format!("09:{n}–11:30 第{n}项活动（一楼）")));
    let left = 40 - sessions.len();
    assert_eq!(*last, format!("另有{left}项，见网页 https://example.org/centres/jiefang/"));
    assert!((450..500).contains(&units(day)), "{}", units(day));
}

#[test]
fn no_title_breaks_a_block_turns_its_direction_or_makes_it_too_long() {
    let site = site();
    let hostile = format!("*标题*\\r\\n\\r\\n第二行\\u202e反\\u2069\\t</script> =cmd 👍🏽{}", "长".repeat(400));
    site.edit(
        PROGRAMME_FILE,
        "title: {zh-Hans: 健康讲座, en: Health talk}",
        &format!("title: \"{hostile}\", room: \"{hostile}\""),
    )
    .edit(CENTRE_FILE, "{zh-Hans: 解放社区中心, en: Jiefang Centre}", &format!("\"{hostile}\""))
    .edit(NOTICE_FILE, "title: 供暖检修", &format!("urgency: urgent\ntitle: \"{hostile}\""))
    .append(CENTRE_FILE, &format!("  exceptions: [{{on: 2026-11-25, hours: closed, why: \"{hostile}\"}}]\n"))
    .built();
    let week = blocks(&site, "jiefang");
    assert_eq!(week.len(), 7);
    for day in &week {
        assert!(units(day) < 500, "{day}");
        assert!(!day.contains(['\u{202e}', '\u{2069}', '\t', '\r']), "{day:?}");
    }
    assert!(week[0].starts_with("*标题* 第二行反 </script> =cmd 👍🏽长"), "{}", week[0]);
    assert_eq!(week[0].lines().count(), 4, "{}", week[0]);
}

#[test]
fn every_block_of_the_example_site_is_under_500_characters() {
    let site = TestSite::copy_of(Path::new(env!("CARGO_MANIFEST_DIR")));
    support::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content/pictures"), &site.path("content/pictures"));
    let text = fs::read_to_string(site.path(SITE_FILE)).unwrap();
    site.write(SITE_FILE, text + "outputs: [timetables, search]\n");
    let mut seen = 0;
    for today in [TODAY, "2026-09-28", "2026-12-28"] {
        site.build().today(today).expect_code(0);
        for file in fs::read_dir(site.output().join("timetables/centres")).unwrap() {
            let name = file.unwrap().file_name().to_str().unwrap().trim_end_matches(".txt").to_owned();
            let week = blocks(&site, &name);
            assert_eq!(week.len(), 7, "{name}");
            for day in week {
                assert!(units(&day) < 500 && day.lines().count() >= 2, "{name}: {day}");
                seen += 1;
            }
        }
    }
    assert!(seen > 2_000, "{seen}");
}

#[test]
fn the_page_of_a_centre_links_to_its_text_in_its_language() {
    let site = site();
    site.built();
    let page = |path: &str| fs::read_to_string(site.output().join(path)).unwrap();
    assert!(page("centres/jiefang/index.html").contains("href=\"../../timetables/centres/jiefang.txt\""));
    assert!(page("en/centres/jiefang/index.html").contains("href=\"../../../timetables/centres/jiefang.en.txt\""));
}
