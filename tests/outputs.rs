//! What a site offers programs is found from its pages: the list of all outputs leaves none out, and each session can be
//! added to the reader's own calendar.
//!
//! The script that adds a session runs in Debian's Chromium, and npm `ical.js` reads what it saves, where `TEST_TOOLS`
//! says that `tests/tools` has installed them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use crate::support::open_data;
use crate::support::{AREAS_FILE, CENTRE_FILE, PROGRAMME_FILE, SITE_FILE, TODAY, TestSite, files};

/// A site that makes everything.
fn site() -> TestSite {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "outputs: none\n", "").edit(SITE_FILE, "theme: bare", "theme: civic");
    site.append(CENTRE_FILE, "location: {lat: 36.05, lon: 103.82}\naliases: [old/]\n");
    site
}

/// The addresses of links in a page, relative to the root, for a page in a folder `deep` folders down.
fn links(html: &str, deep: usize) -> BTreeSet<String> {
    let up = "../".repeat(deep);
    let all = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    all.filter_map(|link| link.strip_prefix(&up)).map(str::to_owned).collect()
}

#[test]
fn the_list_of_outputs_leaves_out_no_file_that_is_made_for_programs() {
    let site = site();
    site.built();
    let made = files(&site.output());
    let page = String::from_utf8(made["data/index.html"].clone()).unwrap();
    let listed = links(&page, 1);
    let for_programs = made.keys().filter(|path| {
        !path.ends_with(".html")
            && !["assets/", "pictures/", "search/", "sw.js", ".noticeboard/"].iter().any(|of| path.starts_with(of))
    });
    // Schemas and CSV files of a package stand in their package too; all are named all the same.
    let missing: Vec<_> = for_programs.filter(|path| !listed.contains(*path)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
    for path in [
        "addresses.txt",
        "hsds/services.json",
        "hsds/organizations.json",
        "en/calendars/centres/jiefang.ics",
        "data/today.py",
    ] {
        assert!(listed.contains(path), "{path}");
    }
    assert!(listed.contains("data/dictionary/"), "{listed:?}");
}

#[test]
fn a_coming_session_has_a_link_that_adds_it_to_a_calendar() {
    let site = site();
    site.edit(PROGRAMME_FILE, "{title: {zh-Hans: 健康讲座", "{id: talk, room: 二楼, title: {zh-Hans: 健康讲座").built();
    let page = String::from_utf8(files(&site.output())["programmes/winter/talk/index.html"].clone()).unwrap();
    let link = page.split("class=\"add-session\"").nth(1).unwrap().split("</a>").next().unwrap();
    let value = |name: &str| link.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(value("href"), "../../../calendars/activities/winter/talk.ics");
    assert_eq!(value("data-starts"), "2026-11-24T09:00:00+08:00");
    assert_eq!(value("data-ends"), "2026-11-24T11:30:00+08:00");
    assert_eq!((value("data-title"), value("data-place")), ("健康讲座", "解放社区中心、二楼、解放路1号"));
    assert!(site.output().join("calendars/activities/winter/talk.ics").is_file());
    // Without calendars there is nothing to lead to.
    site.append(SITE_FILE, "outputs: none\n").built();
    let page = String::from_utf8(files(&site.output())["programmes/winter/talk/index.html"].clone()).unwrap();
    assert!(!page.contains("add-session\" href"), "{page}");
}

#[test]
fn a_browser_saves_a_file_of_that_session_alone() {
    let Some(tools) = std::env::var_os("TEST_TOOLS") else {
        eprintln!("skipped: TEST_TOOLS does not say where the npm packages are");
        return;
    };
    let site = site();
    let hostile = r#"甲,乙;丙\\丁\u2028戊 很长很长很长很长很长很长很长很长很长很长很长很长"#;
    site.edit(PROGRAMME_FILE, "title: {zh-Hans: 健康讲座,", &format!("id: talk, title: {{zh-Hans: \"{hostile}\","));
    site.built();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/add-session.mjs");
    let output = Command::new("node").arg(script).arg(site.output()).env("TEST_TOOLS", tools).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read: BTreeMap<String, String> = serde_json::from_slice(&output.stdout).unwrap();
    let expected = [
        ("saved", "2026-11-24.ics"),
        ("starts", "2026-11-24T01:00:00Z"),
        ("ends", "2026-11-24T03:30:00Z"),
        ("summary", "甲,乙;丙\\丁\n戊 很长很长很长很长很长很长很长很长很长很长很长很长"),
        ("location", "解放社区中心、解放路1号"),
        ("url", "https://example.org/programmes/winter/talk/"),
        ("events", "1"),
        ("widest", "75"),
    ];
    for (name, value) in expected {
        if name == "widest" {
            assert!(read[name].parse::<usize>().unwrap() <= 75, "{read:?}");
        } else {
            assert_eq!(read[name], value, "{name}");
        }
    }
}

#[test]
fn a_build_after_a_change_makes_the_same_files_as_one_from_nothing() {
    let site = open_data::site();
    let outputs = std::fs::read_to_string(site.root().join(SITE_FILE)).unwrap();
    let line = outputs.lines().find(|line| line.starts_with("outputs:")).unwrap().to_owned();
    site.edit(SITE_FILE, &line, "outputs: [calendars, hsds, api, places, timetables]").built();
    let same_as_new = |what: &str, at: &str| {
        let fresh = tempfile::tempdir().unwrap();
        site.build().today(at).expect_code(0);
        site.build().today(at).out(&fresh.path().join("out")).expect_code(0);
        let (after, new) = (files(&site.output()), files(&fresh.path().join("out")));
        let paths: BTreeSet<_> = after.keys().chain(new.keys()).collect();
        let other: Vec<_> = paths.into_iter().filter(|path| after.get(*path) != new.get(*path)).collect();
        assert!(other.is_empty(), "{what}: {other:#?}");
    };
    site.edit(CENTRE_FILE, "short_name: 解放", "short_name: 解放中心");
    site.edit(CENTRE_FILE, "on: 2026-12-20, hours: closed", "on: 2026-12-22, hours: closed");
    same_as_new("a centre", TODAY);
    site.edit(PROGRAMME_FILE, "cancelled: 停一次", "cancelled: 停两次");
    site.edit(PROGRAMME_FILE, "title: 双周, when: 双周 周五", "title: 双周, when: 双周 周四");
    same_as_new("a programme", TODAY);
    site.edit("content/teams/helpers.md", "name: 志愿队", "name: 志愿服务队");
    site.edit("content/events/fair.md", "time: 09:00-12:00", "time: 10:00-12:00");
    site.edit("content/calendar/CN-2026.yaml", "2026-12-28..2027-02-20", "2026-12-20..2027-02-20");
    site.edit(AREAS_FILE, "解放社区", "解放新村").edit(SITE_FILE, "健康", "养生");
    site.write(
        "content/notices/shut.md",
        "---\ntitle: 停电\nsummary: 停电。\nkind: closure\nfrom: 2026-11-24\nuntil: 2026-12-08\ncentres: [jiefang]\n\
         closes: {on: 2026-12-08}\n---\n停电。\n",
    );
    same_as_new("everything else", TODAY);
    // The day is an input too, and so is the time: a policy ends at noon.
    same_as_new("in the morning", "2026-12-31 11:00");
    same_as_new("after noon", "2026-12-31 13:00");
}

#[test]
fn what_tells_of_another_centre_is_not_made_again() {
    let site = open_data::site();
    let outputs = std::fs::read_to_string(site.root().join(SITE_FILE)).unwrap();
    let line = outputs.lines().find(|line| line.starts_with("outputs:")).unwrap().to_owned();
    site.edit(SITE_FILE, &line, "outputs: [calendars, api, hsds, places, timetables]").built();
    let said = site.edit("content/centres/yizhan.yaml", "解放路2号", "解放路3号").build().args(&["-v"]).expect_code(0);
    let told = format!("{}{}", said.stdout, said.stderr);
    assert!(told.contains("api/v1/centres/yizhan.json"), "{told}");
    for file in ["api/v1/centres/jiefang.json", "calendars/hours/jiefang.ics", "places/centres/jiefang.vcf"] {
        assert!(!told.contains(file), "{file}\n{told}");
    }
}
