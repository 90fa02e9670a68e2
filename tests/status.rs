//! `status`, the next change, and the compiled hours, as people and programs read them.

use crate::support::{NOTICE_FILE, PROGRAMME_FILE, TestSite, files};
use serde_json::Value;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn site() -> TestSite {
    let site = TestSite::minimal();
    site.edit(NOTICE_FILE, "until: 2026-12-01", "until: 2026-12-01 15:00");
    site.write("content/notices/later.md", "---\ntitle: 冬至活动\nsummary: 报名。\nfrom: 2026-12-10 08:30\n---\n");
    site.write(
        "content/notices/past.md",
        "---\ntitle: 旧通知\nsummary: 过期了。\nfrom: 2026-10-01\nuntil: 2026-10-20\n---\n",
    );
    site.append(PROGRAMME_FILE, "  - {title: 手机课, when: 周三 14:30-16:00, room: 活动室}\n");
    site
}

#[test]
fn status_says_what_is_open_on_hidden_and_next_in_chinese() {
    let said = site().status().lang("zh-Hans").today("2026-11-24T10:00").expect_code(0);
    assert_eq!(
        said.stdout,
        "时间 2026-11-24T10:00:00+08:00

开放  解放社区中心  到 2026-11-24 12:00  [jiefang]

七天安排
  11月24日 周二
    09:00–11:30  健康讲座  解放社区中心
  11月25日 周三
    14:30–16:00  手机课  解放社区中心  活动室
  11月26日 周四
    没有活动
  11月27日 周五
    没有活动
  11月28日 周六
    没有活动
  11月29日 周日
    没有活动
  11月30日 周一
    没有活动

没有显示，或只在往期里
  开始于 2026-12-10 08:30  冬至活动  content/notices/later.md
  结束于 2026-10-21 00:00  旧通知  content/notices/past.md

两周内到期
  2026-12-01 15:00  供暖检修  content/notices/heating.md

日历尚缺
  2026年节假日安排未公布。

下一次变化
  2026-11-25T00:00:00+08:00
  2026-12-01 15:00 到期  供暖检修  content/notices/heating.md
  2026-12-10 08:30 开始  冬至活动  content/notices/later.md
  2027-01-16 00:00 到期  冬季计划  content/programmes/winter.yaml
"
    );
}

#[test]
fn status_of_one_centre_says_how_its_hours_were_understood() {
    let site = TestSite::minimal();
    site.edit(
        "content/centres/jiefang.yaml",
        "hours:\n  weekly: {mon-fri: \"08:30-12:00, 14:30-18:00\"}",
        "hours: 周一至周五 上午8点半到12点，下午2点半到6点；周六须预约；节假日休息",
    );
    site.append(
        "content/centres/jiefang.yaml",
        "services: [{name: {zh-Hans: 热饭, en: Warm meals}, hours: \"mon-fri 11:30-14:00\"}]\n",
    );
    let said = site.status().args(&["jiefang"]).lang("en").today("2026-11-24T13:00").expect_code(0);
    let head: String = said.stdout.lines().take(6).map(|line| format!("{line}\n")).collect();
    assert_eq!(
        head,
        "At 2026-11-24T13:00:00+08:00

closed  Jiefang Centre  until 2026-11-24 14:30  [jiefang]
  today: 08:30–12:00, 14:30–18:00
  hours are understood as: Mon-Fri 08:30-12:00, 14:30-18:00; Sat by appointment; public holidays closed; make-up workdays as weekdays
  Warm meals: 11:30–14:00 (open)
"
    );
}

#[test]
fn status_is_one_json_object_for_programs() {
    let said = site().status().args(&["--format", "json"]).today("2026-11-24T12:30").expect_code(0);
    let status = json(&said.stdout);
    assert_eq!(status["at"], "2026-11-24T12:30:00+08:00");
    assert_eq!(status["centres"][0]["state"], "closed");
    assert_eq!(status["centres"][0]["until"], "2026-11-24 14:30");
    assert_eq!(status["week"][1]["sessions"][0]["title"], "手机课");
    assert_eq!(status["hidden"][0]["why"], "not-yet");
    assert_eq!(status["expiring"][0]["file"], "content/notices/heating.md");
    assert_eq!(status["next_change"], "2026-11-25T00:00:00+08:00");
}

#[test]
fn an_id_that_no_record_has_is_the_callers_mistake() {
    let said = site().status().args(&["jiefan"]).lang("zh-Hans").expect_code(2);
    assert_eq!(said.stderr, "ID：没有代号为“jiefan”的记录。是不是“jiefang”？\n");
    let said = site().status().args(&["nosuch"]).lang("en").expect_code(2);
    assert_eq!(
        said.stderr,
        "ID: there is no record with the id `nosuch`; ids that exist: jiefang, winter, heating, later, past\n"
    );
}

/// The published files for a time of a day, with the instant that they say comes next.
fn built_at(site: &TestSite, time: &str) -> (std::collections::BTreeMap<String, Vec<u8>>, String) {
    site.build().today(time).expect_code(0);
    let files = files(&site.output());
    let next = json(&String::from_utf8(files["next-change.json"].clone()).unwrap())["at"].as_str().unwrap().to_owned();
    (files, next)
}

#[test]
fn until_the_next_change_a_build_is_the_same_and_at_it_another() {
    let site = site();
    for (day, change, before) in [
        ("2026-12-01T09:00", "2026-12-01T15:00", "2026-12-01T14:59"),
        ("2026-12-01T15:00", "2026-12-02T00:00", "2026-12-01T23:59"),
        ("2026-12-10T00:00", "2026-12-10T08:30", "2026-12-10T08:29"),
        ("2026-11-24", "2026-11-25T00:00", "2026-11-24T23:59"),
    ] {
        let (now, next) = built_at(&site, day);
        assert_eq!(next, format!("{change}:00+08:00"), "{day}");
        assert_eq!(built_at(&site, before).0, now, "{day} and {before}");
        assert_ne!(built_at(&site, change).0, now, "{day} and {change}");
    }
}

#[test]
fn compiled_hours_say_what_status_says_and_stay_small() {
    let site = site();
    site.built();
    let bytes = files(&site.output())["centres/jiefang/hours.json"].clone();
    assert!(bytes.len() < 2048, "{} bytes before they are compressed", bytes.len());
    let hours = json(&String::from_utf8(bytes).unwrap());
    assert_eq!((&hours["from"], &hours["until"]), (&"2026-11-23".into(), &"2027-01-22".into()));
    assert_eq!(hours["days"].as_array().unwrap().len(), 61);
    let state = |day: usize| &hours["states"][usize::try_from(hours["days"][day].as_u64().unwrap()).unwrap()];
    assert_eq!(state(0)["open"], serde_json::json!([[510, 720], [870, 1080]]));
    assert_eq!(state(5)["open"], serde_json::json!([]));
}

#[test]
fn what_an_exception_changes_about_a_session_stands_in_every_list() {
    let site = TestSite::minimal();
    site.append(
        PROGRAMME_FILE,
        "  - title: 手机课\n    when: 周二 14:30-16:00\n    room: 大厅\n    exceptions: [{on: 2026-11-24, replaced_by: 看电影, room: 小厅}]\n",
    );
    let said = site.status().lang("zh-Hans").expect_code(0).stdout;
    assert!(said.contains("14:30–16:00  看电影  解放社区中心  小厅"), "{said}");
    site.built();
    let pages = files(&site.output());
    for page in ["index.html", "this-week/index.html", "programmes/winter/index.html"] {
        let html = String::from_utf8(pages[page].clone()).unwrap();
        assert!(html.contains("看电影"), "{page}: {html}");
    }
}

#[test]
fn the_night_before_is_in_the_compiled_hours_and_in_status() {
    let site = TestSite::minimal();
    site.edit("content/centres/jiefang.yaml", "mon-fri: \"08:30-12:00, 14:30-18:00\"", "fri: \"20:00-02:00\"");
    site.build().today("2026-11-28T00:30").expect_code(0);
    let hours = json(&String::from_utf8(files(&site.output())["centres/jiefang/hours.json"].clone()).unwrap());
    assert_eq!(hours["from"], "2026-11-27");
    let first = usize::try_from(hours["days"][0].as_u64().unwrap()).unwrap();
    assert_eq!(hours["states"][first]["open"], serde_json::json!([[1200, 1560]]));
    let status = json(&site.status().args(&["--format", "json"]).today("2026-11-28T00:30").expect_code(0).stdout);
    assert_eq!(status["centres"][0]["state"], "open");
    assert_eq!(status["centres"][0]["until"], "2026-11-28 02:00");
}
