//! What looks like a mistake: each warning with its code, its place and its words in both languages.

use crate::support;
use crate::support::{CENTRE_FILE, NOTICE_FILE, PROGRAMME_FILE, SITE_FILE, TestSite};

/// Expects exactly this one finding in both languages, and that the site is built all the same.
#[track_caller]
fn warned(site: &TestSite, code: &str, place: &str, chinese: &str, english: &str) {
    for (language, message) in [("zh-Hans", chinese), ("en", english)] {
        let found = site.findings(language);
        let shown: Vec<_> = found.iter().map(|f| (f.code.as_str(), f.place.as_str(), f.message.as_str())).collect();
        assert_eq!(shown, [(code, place, message)]);
        assert!(!found[0].help.is_empty());
    }
    site.check().args(&["--strict"]).expect_code(1);
    site.build().expect_code(0);
}

/// Expects a line of help in Chinese.
#[track_caller]
fn helps(site: &TestSite, line: &str) {
    let found = site.findings("zh-Hans");
    assert!(found[0].help.iter().any(|help| help == line), "{:?}", found[0].help);
}

#[test]
fn from_november_on_a_next_year_without_a_calendar_is_mentioned() {
    let site = TestSite::minimal();
    site.write("content/calendar/CN-2026.yaml", "year: 2026\nregion: CN\nsource: {title: 通知}\n");
    assert_eq!(site.check().today("2026-10-31").args(&["--strict"]).expect_code(0).stdout, "nothing is wrong\n");
    warned(
        &site,
        "NB0504",
        "content/calendar/CN-2026.yaml:1:7",
        "2027年的节假日安排还没有写进日历",
        "the public holidays of 2027 are not written down",
    );
    site.write("content/calendar/CN-2027.yaml", "year: 2027\nregion: CN\nsource: {title: 通知}\n");
    assert!(site.findings("en").is_empty());
}

#[test]
fn a_room_that_two_activities_have_at_one_time_is_named_with_the_dates() {
    let site = TestSite::minimal();
    site.append(
        PROGRAMME_FILE,
        "  - {title: 合唱, when: 周三 上午, room: 活动室}\n  - {title: 书法, when: 单周 周三 10:00-11:00, room: 活动室}\n",
    );
    warned(
        &site,
        "NB0505",
        "content/programmes/winter.yaml:8:48",
        "“书法”和“合唱”同一时间用同一个房间（活动室），共4次",
        "“书法” and “合唱” are in one room (活动室) at the same time, 4 times",
    );
    helps(&site, "日期：2026-12-02、2026-12-16、2026-12-30、2027-01-06");
}

#[test]
fn a_session_that_was_moved_into_a_room_in_use_is_found_too() {
    let site = TestSite::minimal();
    site.append(
        PROGRAMME_FILE,
        "  - {title: 合唱, when: 周三 上午, room: 活动室}\n  - title: 议事\n    when: 周五 上午\n    room: 活动室\n    exceptions: [{on: 2026-12-04, moved_to: 2026-12-02 09:00-10:00}]\n",
    );
    warned(
        &site,
        "NB0505",
        "content/programmes/winter.yaml:10:11",
        "“议事”和“合唱”同一时间用同一个房间（活动室），共1次",
        "“议事” and “合唱” are in one room (活动室) at the same time, 1 times",
    );
}

#[test]
fn somebody_who_leads_two_activities_at_one_time_is_named() {
    let site = TestSite::minimal();
    site.append(
        PROGRAMME_FILE,
        "  - {title: 合唱, when: 周三 上午, leader: 音乐老师}\n  - {title: 舞蹈, when: 2026-12-02 上午, leader: 音乐老师}\n",
    );
    warned(
        &site,
        "NB0506",
        "content/programmes/winter.yaml:8:46",
        "“音乐老师”同一时间要带“舞蹈”和“合唱”，共1次",
        "音乐老师 leads “舞蹈” and “合唱” at the same time, 1 times",
    );
}

#[test]
fn a_day_of_a_roster_without_anybody_is_a_gap_unless_the_centre_is_closed() {
    let site = TestSite::minimal();
    site.write(
        "content/duty/desk.yaml",
        "title: 值班表\ncentre: jiefang\nvalid: 2026-11-01..2026-12-31\nrotation:\n  every: week\n  starts: 2026-12-01\n  days: mon-sun\n  turns: [甲组, 乙组]\nswaps:\n  - {on: 2026-12-18, why: 没有排到人}\n",
    );
    // Tuesday 24 to Friday 27, Monday 30 November, and the swap; not the weekends, on which the centre is closed.
    warned(
        &site,
        "NB0507",
        "content/duty/desk.yaml:5:3",
        "值班表上有6天中心开放，却没有排到人",
        "on 6 days of this roster the centre is open and nobody is on duty",
    );
    helps(&site, "日期：2026-11-24、2026-11-25、2026-11-26、2026-11-27、2026-11-30");
}

#[test]
fn a_season_without_a_day_of_its_own_is_named() {
    let site = TestSite::minimal();
    site.append(
        CENTRE_FILE,
        "  seasons:\n    - {from: 06-01, to: 08-31, weekly: {mon: \"09:00-12:00\"}}\n    - {name: 暑假, from: 07-01, to: 08-15, weekly: {mon: \"10:00-12:00\"}}\n",
    );
    warned(
        &site,
        "NB0508",
        "content/centres/jiefang.yaml:9:24",
        "季节“暑假”不会生效：它的每一天都已经归前面的季节",
        "the season 暑假 never holds: those before it have all of its days",
    );
}

#[test]
fn an_exception_that_was_over_long_ago_may_be_deleted() {
    let site = TestSite::minimal();
    site.append(CENTRE_FILE, "  exceptions: [{on: 2026-08-20, hours: closed}, {on: 2026-10-01, hours: closed}]\n");
    warned(
        &site,
        "NB0509",
        "content/centres/jiefang.yaml:7:21",
        "这条例外在 2026-08-20 就过去了",
        "this exception has been over since 2026-08-20",
    );
}

#[test]
fn exceptions_of_a_file_that_were_over_long_ago_are_said_together() {
    let site = TestSite::minimal();
    let closed =
        ["2026-05-01", "2026-06-19", "2026-08-20", "2026-10-01"].map(|on| format!("{{on: {on}, hours: closed}}"));
    site.append(CENTRE_FILE, &format!("  exceptions: [{}]\n", closed.join(", ")));
    let said = site.check().lang("en").run();
    assert_eq!(said.stderr.matches("NB0509").count(), 1, "{}", said.stderr);
    assert!(
        said.stderr.contains("others in this file are over as well (2): 2026-06-19, 2026-08-20"),
        "{}",
        said.stderr
    );
}

#[test]
fn a_closing_notice_and_hours_that_say_otherwise_are_shown_together() {
    let site = TestSite::minimal();
    site.append(CENTRE_FILE, "  exceptions: [{on: 2026-11-25, hours: \"09:00-10:00\"}]\n");
    site.edit(NOTICE_FILE, "centres: [jiefang]", "centres: [jiefang]\ncloses: {on: 2026-11-25..2026-11-26}");
    warned(
        &site,
        "NB0510",
        "content/notices/heating.md:7:10",
        "通知说解放社区中心在 2026-11-25 关门，可开放时间里有一条例外，写的是 09:00–10:00 开放",
        "this notice closes 解放社区中心 on 2026-11-25, but an exception in its hours says that it is open 09:00–10:00",
    );
}

#[test]
fn a_notice_that_closes_what_is_closed_is_mentioned() {
    let site = TestSite::minimal();
    site.edit(NOTICE_FILE, "centres: [jiefang]", "centres: [jiefang]\ncloses: {on: 2026-11-28..2026-11-29}");
    warned(
        &site,
        "NB0511",
        "content/notices/heating.md:7:10",
        "解放社区中心在这几天本来就不开放",
        "解放社区中心 is closed on these days anyway",
    );
}

#[test]
fn an_activity_that_never_takes_place_and_an_exception_outside_its_period_are_named() {
    let site = TestSite::minimal();
    site.append(PROGRAMME_FILE, "  - {title: 慢课, when: RRULE:FREQ=YEARLY;BYMONTH=8 上午}\n");
    warned(
        &site,
        "NB0512",
        "content/programmes/winter.yaml:7:23",
        "“慢课”在 2026-11-01 到 2027-01-15 之间一次也没有",
        "“慢课” never takes place between 2026-11-01 and 2027-01-15",
    );
    let site = TestSite::minimal();
    site.append(
        PROGRAMME_FILE,
        "  - {title: 短课, when: 周三 上午, exceptions: [{on: 2027-12-08, cancelled: 老师外出}]}\n",
    );
    warned(
        &site,
        "NB0513",
        "content/programmes/winter.yaml:7:48",
        "“短课”的时间是 2026-11-01 至 2027-01-15，2027-12-08 的这条例外不在其中",
        "“短课” takes place from 2026-11-01 to 2027-01-15, so this exception of 2027-12-08 does nothing",
    );
}

#[test]
fn school_terms_that_nobody_wrote_down_are_asked_for() {
    let site = TestSite::minimal();
    site.append(PROGRAMME_FILE, "  - {title: 课后班, when: 周三 上午, not_on: [school-holidays]}\n");
    warned(
        &site,
        "NB0514",
        "content/programmes/winter.yaml:7:40",
        "“课后班”跟着学期走，可日历里没有写学校什么时候放假",
        "“课后班” follows the school terms, but no calendar says when the schools are on holiday",
    );
}

#[test]
fn a_session_outside_the_programmes_period_is_named() {
    let site = TestSite::minimal();
    site.append(PROGRAMME_FILE, "  - {title: 短课, when: 周三 上午, extra: [{on: 2027-12-08 09:00-10:00}]}\n");
    warned(
        &site,
        "NB0515",
        "content/programmes/winter.yaml:7:43",
        "“短课”有一次安排在 2027-12-08，不在计划的有效期（2026-11-01 至 2027-01-15）里",
        "“短课” gets a session on 2027-12-08, outside the programme’s period from 2026-11-01 to 2027-01-15",
    );
}

#[test]
fn a_swap_on_a_day_without_a_turn_is_named() {
    let site = TestSite::minimal();
    site.write(
        "content/duty/desk.yaml",
        "title: 值班表\ncentre: jiefang\nvalid: 2026-11-01..2026-12-31\nrotation:\n  every: week\n  starts: 2026-11-01\n  days: mon-fri\n  turns: [甲组, 乙组]\nswaps:\n  - {on: 2026-11-28, instead: 乙组}\n",
    );
    warned(
        &site,
        "NB0516",
        "content/duty/desk.yaml:10:10",
        "2026-11-28 没有人轮值，这条换班不起作用",
        "nobody has a turn on 2026-11-28, so this swap does nothing",
    );
}

#[test]
fn a_session_past_midnight_where_it_is_always_open_is_no_mistake() {
    let site = TestSite::minimal();
    site.edit(
        CENTRE_FILE,
        "weekly: {mon-fri: \"08:30-12:00, 14:30-18:00\"}",
        "weekly: {mon-sun: 24h}\n  holidays: open",
    );
    site.append(
        PROGRAMME_FILE,
        "  - {title: 夜班, when: 周四 22:00-02:00, room: 一}\n  - {title: 早班, when: 周五 01:00-03:00, room: 一}\n",
    );
    warned(
        &site,
        "NB0505",
        "content/programmes/winter.yaml:8:45",
        "“早班”和“夜班”同一时间用同一个房间（一），共8次",
        "“早班” and “夜班” are in one room (一) at the same time, 8 times",
    );
}

#[test]
fn two_hundred_activities_in_one_room_are_named_once_each() {
    let site = TestSite::minimal();
    let activities = (0..200).map(|n| format!("  - {{title: 课{n}, when: 周一 10:00-11:00, room: 一}}\n"));
    site.append(PROGRAMME_FILE, &activities.collect::<String>());
    assert_eq!(site.findings("en").iter().filter(|found| found.code == "NB0505").count(), 199);
}

#[test]
fn a_list_of_synonyms_with_one_word_does_nothing() {
    let site = TestSite::minimal();
    site.append(support::SITE_FILE, "search:\n  synonyms:\n    - [老人, 长者]\n    - [医保, 医保]\n");
    warned(
        &site,
        "NB0525",
        "site.yaml:20:8",
        "同义词至少要写两个，这一组只有“医保、医保”",
        "words of the same meaning are two or more, but this list has “医保、医保” only",
    );
    helps(&site, "请补上另一个说法，例如 [老人, 老年人]，或者删掉这一组");
}

#[test]
fn a_first_language_that_is_switched_off_is_mentioned() {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "{tag: zh-Hans, name: 中文}", "{tag: zh-Hans, name: 中文, publish: false}");
    warned(
        &site,
        "NB0537",
        "site.yaml:5:39",
        "“中文”是第一种语言，不能不发布",
        "“中文” is the first language and cannot be left unpublished",
    );
}

#[test]
fn what_the_conventions_ask_for_and_the_site_does_not_say_is_listed_at_once() {
    let site = TestSite::minimal();
    site.append(SITE_FILE, "conventions: cn-gov\npublic_site:\n  site_code: \"6201020001\"\n  sponsor: 街道办事处\n");
    warned(
        &site,
        "NB0538",
        "site.yaml:17:14",
        "按 cn-gov 惯例，网站还缺：public_site.icp、public_site.public_security、public_site.government_mark、\
         public_site.report_errors、public_site.contact",
        "by the conventions cn-gov the site still lacks: public_site.icp, public_site.public_security, \
         public_site.government_mark, public_site.report_errors, public_site.contact",
    );
}

#[test]
fn an_identification_code_that_is_none_is_named() {
    let site = TestSite::minimal();
    site.append(SITE_FILE, "public_site: {site_code: \"62010\"}\n");
    warned(
        &site,
        "NB0539",
        "site.yaml:17:26",
        "“62010”不是网站标识码",
        "“62010” is not the identification code of a website",
    );
}

#[test]
fn what_keeps_a_notice_from_its_page_is_said_before_it_begins() {
    let site = TestSite::minimal();
    let body = "![](a.png)\n\n[点这里]()、[坏](/policies/xx/)、[好](/notices/later/)\n";
    let written =
        |body: &str| format!("---\ntitle: 停水\nsummary: 停水\nfrom: 2026-12-20\nuntil: 2026-12-23\n---\n{body}");
    site.write("content/notices/soon.md", written(body));
    site.write("content/notices/later.md", written("好的。\n"));
    let mut found: Vec<_> = site.findings("en").into_iter().map(|found| found.code).collect();
    found.sort();
    assert_eq!(found, ["NB0344", "NB0407", "NB0408", "NB0454"]);
    site.check().expect_code(1);
}
