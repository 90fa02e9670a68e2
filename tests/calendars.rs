//! Calendars: other programs expand them to exactly the sessions, events and hours that the calendar has.
//!
//! The judges are PyPI `icalendar` with `recurring-ical-events` and npm `ical.js`; both run where `TEST_TOOLS` says that
//! `tests/tools` has installed them, as `tests/run` does. What is expected comes from the library day by day, not by
//! the way that writes the calendars.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use crate::support;
use crate::support::{CENTRE_FILE, PROGRAMME_FILE, SITE_FILE, TestSite, files};
use camino::Utf8Path;
use jiff::tz::TimeZone;
use noticeboard::calendar::{Date, DateSpan, TimeOfDay, TimeRange, at};
use noticeboard::content::{Activity, Content, Event, Programme, Record};
use noticeboard::site::{CalendarOf, Members, Occasion, Site, activity_keys};
use noticeboard::source;
use serde_json::{Value, json};

const FIRST: &str = "2026-10-01";
const LAST: &str = "2027-09-30";

fn site(root: &Path) -> Site {
    let sources = source::read_site(Utf8Path::from_path(root).unwrap());
    let mut found = Vec::new();
    let content = Content::read(&sources, &mut found).unwrap();
    let today: Date = support::TODAY.parse().unwrap();
    let occasion = Occasion { now: at(today, TimeOfDay::MIDNIGHT), sheets: false };
    let pictures = sources.pictures.iter().map(|(name, _)| name.clone()).collect();
    let site = Site::link(content, &occasion, pictures, BTreeMap::new(), &mut found);
    assert!(found.iter().all(|found| !found.is_error()), "{:?}", found.first());
    site
}

/// What takes place within the year that is looked at.
struct Year<'a> {
    site: &'a Site,
    zone: TimeZone,
    days: DateSpan,
}

impl<'a> Year<'a> {
    fn of(site: &'a Site) -> Self {
        let zone = TimeZone::get(site.content.site.value.time_zone.as_str()).unwrap();
        Self { site, zone, days: DateSpan::new(FIRST.parse().unwrap(), LAST.parse().unwrap()).unwrap() }
    }

    fn utc(&self, date: Date, time: TimeOfDay) -> String {
        self.zone.to_timestamp(at(date, time)).unwrap().strftime("%Y-%m-%dT%H:%MZ").to_string()
    }

    fn line(&self, date: Date, time: TimeRange, held: bool) -> String {
        let status = if held { "CONFIRMED" } else { "CANCELLED" };
        format!("{} {} {status}", self.utc(date, time.start()), self.utc(date, time.end()))
    }

    fn activity(&self, programme: &Programme, activity: &Activity) -> Vec<String> {
        let around = DateSpan::read("2025-01-01..2028-12-31").unwrap();
        let sessions = self.site.sessions(programme, activity, around);
        let moved: BTreeSet<Date> = sessions.iter().filter_map(|session| session.moved_from).collect();
        let shown = sessions.iter().filter(|session| {
            let exception = session.exception.and_then(|index| activity.exceptions.get(index));
            session.held
                || exception.is_some_and(|e| e.cancelled.is_some())
                || exception.is_some_and(|e| e.moved_to.is_some() && !moved.contains(&session.date))
        });
        shown.map(|session| self.line(session.date, session.time, session.held)).collect()
    }

    fn event(&self, event: &Event) -> Vec<String> {
        let held = event.cancelled.is_none();
        let status = if held { "CONFIRMED" } else { "CANCELLED" };
        let line = |date: Date| match event.time {
            Some(time) => self.line(date, time, held),
            None => format!("{date} {status}"),
        };
        event.on.days().map(line).collect()
    }

    /// The hours of the year as far as its holidays are known, or of the next too where no holidays are written.
    fn hours(&self, centre: &Record<noticeboard::content::Centre>) -> Vec<String> {
        let known = self.site.calendar_of(&centre.id).years().next_back().unwrap_or(2027);
        let days = self.days.days().filter(|date| date.year() <= known);
        days.flat_map(|date| {
            let day = self.site.day(&centre.id, date).unwrap();
            let closed = day.is_special() && day.intervals.is_closed();
            let open = day.intervals.ranges().map(|time| self.line(date, *time, true)).collect::<Vec<_>>();
            open.into_iter().chain(closed.then(|| format!("{date} CONFIRMED"))).collect::<Vec<_>>()
        })
        .collect()
    }

    fn calendar(&self, members: &Members) -> Value {
        let first = self.site.first_language();
        let (mut lines, mut titles) = (Vec::new(), BTreeSet::new());
        for (programme, activity) in &members.activities {
            let programme = &self.site.content.programmes[*programme].value;
            let activity = &programme.activities[*activity];
            let found = self.activity(programme, activity);
            if found.iter().filter(|line| line.ends_with("CONFIRMED")).count()
                > activity.exceptions.len() + activity.extra.len()
            {
                titles.insert(activity.title.best(first, first).0);
            }
            lines.extend(found);
        }
        for event in members.events.iter().map(|number| &self.site.content.events[*number].value) {
            lines.extend(self.event(event));
            titles.extend(event.cancelled.is_none().then(|| event.title.best(first, first).0));
        }
        self.expected(lines, titles.into_iter().collect())
    }

    fn expected(&self, mut lines: Vec<String>, titles: Vec<&str>) -> Value {
        lines.retain(|line| (FIRST..=LAST).contains(&&line[..10]));
        lines.sort();
        json!({"takes_place": lines, "titles": titles})
    }

    /// Every calendar of the site in its first language.
    fn calendars(&self) -> BTreeMap<String, Value> {
        let (site, content) = (self.site, &self.site.content);
        let mut all = BTreeMap::new();
        let mut add = |of: CalendarOf<'_>, members: Members| {
            if !members.is_empty() {
                all.insert(of.path(), self.calendar(&members));
            }
        };
        for centre in &content.centres {
            add(CalendarOf::Centre(&centre.id), site.members_of_centre(&centre.id));
        }
        for entry in &site.index.areas {
            add(CalendarOf::Area(&entry.area.id), site.members_of_area(&entry.area.id));
        }
        for id in content.site.value.audiences.keys() {
            add(CalendarOf::Audience(id), site.members_of_audience(id));
        }
        for (number, event) in content.events.iter().enumerate() {
            add(CalendarOf::Event(&event.id), Members { events: vec![number], ..Members::default() });
        }
        for (number, programme) in content.programmes.iter().enumerate() {
            for (activity, key) in activity_keys(programme, site.first_language()).iter().enumerate() {
                let members = Members { activities: vec![(number, activity)], ..Members::default() };
                add(CalendarOf::Activity(&programme.id, key), members);
            }
        }
        for centre in content.centres.iter().filter(|centre| centre.value.hours.is_some()) {
            all.insert(CalendarOf::Hours(&centre.id).path(), self.expected(self.hours(centre), vec![]));
        }
        all
    }
}

/// Builds the site and lets the judges compare; gives how many calendars there are.
fn agree(root: &Path) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let build = assert_cmd::cargo::cargo_bin("noticeboard");
    let made = Command::new(build)
        .args(["build", "--posters", "none", "--today", support::TODAY, "--site"])
        .arg(root)
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let built: BTreeMap<String, Vec<u8>> = files(&out).into_iter().filter(|(path, _)| path.ends_with(".ics")).collect();
    for (path, bytes) in &built {
        well_formed(path, bytes);
    }
    let site = site(root);
    let mut expected = Year::of(&site).calendars();
    let of_first: BTreeSet<&str> =
        built.keys().map(String::as_str).filter(|path| path.starts_with("calendars/")).collect();
    assert_eq!(of_first, expected.keys().map(String::as_str).collect());
    // The same takes place in every language; titles are only compared in the first.
    for path in built.keys().filter(|path| !path.starts_with("calendars/")) {
        let (_, same) = path.split_once('/').unwrap();
        let mut same = expected[same].clone();
        same["titles"] = json!([]);
        expected.insert(path.clone(), same);
    }
    let Some(tools) = std::env::var_os("TEST_TOOLS") else {
        eprintln!("skipped: TEST_TOOLS does not say where the judges are");
        return built.len();
    };
    let judged = folder.path().join("expected.json");
    std::fs::write(&judged, json!({"from": FIRST, "until": LAST, "files": expected}).to_string()).unwrap();
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let python = Path::new(&tools).join("py/bin/python");
    for (program, script) in [(python.as_path(), "calendars.py"), (Path::new("node"), "calendars.mjs")] {
        let mut judge = Command::new(program);
        judge.arg(scripts.join(script)).arg(&out).arg(&judged).env("TEST_TOOLS", &tools);
        let output = judge.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        let all = format!("counted passed={} failed=0", built.len());
        assert_eq!(said.lines().last(), Some(all.as_str()), "{script}: {said}{errors}");
        eprintln!("{script}: {}", said.lines().rev().nth(1).unwrap_or_default());
    }
    built.len()
}

/// Lines end in CRLF, hold 75 octets at most, and each is whole characters.
fn well_formed(path: &str, bytes: &[u8]) {
    assert!(bytes.ends_with(b"END:VCALENDAR\r\n"), "{path}");
    for line in bytes.split(|byte| *byte == b'\n') {
        assert!(line.is_empty() || line.ends_with(b"\r"), "{path}: a line ends without CR");
        assert!(line.len() <= 76, "{path}: {} octets", line.len() - 1);
        assert!(std::str::from_utf8(line).is_ok(), "{path}: a character is split");
    }
}

/// The properties of a calendar, a line each, lines joined again.
fn properties(site: &TestSite, path: &str) -> Vec<String> {
    let text = String::from_utf8(std::fs::read(site.output().join(path)).unwrap()).unwrap();
    text.replace("\r\n ", "").lines().map(|line| line.trim_end_matches('\r').to_owned()).collect()
}

fn values(site: &TestSite, path: &str, name: &str) -> Vec<String> {
    let of = |line: String| {
        line.split_once(':').filter(|(key, _)| key.split(';').next() == Some(name)).map(|(_, v)| v.to_owned())
    };
    properties(site, path).into_iter().filter_map(of).collect()
}

/// A site with calendars, in a zone with summer time.
fn with_calendars(activities: &str) -> TestSite {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "outputs: none", "outputs: [calendars]").edit(SITE_FILE, "theme: bare", "theme: civic");
    site.edit(SITE_FILE, "time_zone: Asia/Shanghai", "time_zone: Europe/Berlin");
    let programme = format!(
        "title: {{zh-Hans: 冬季计划, en: Winter programme}}\ncentre: jiefang\nvalid: 2026-09-01..2027-06-30\n\
         slots: {{上午: \"09:00-11:30\"}}\nactivities:\n{activities}"
    );
    site.write(PROGRAMME_FILE, programme);
    site
}

const DESK: &str = "calendars/activities/winter/desk.ics";
const HOSTILE: &str = "a,b;c\\\\d\\n\\\"e\\\": =cmd|'/c' </script> 😀\u{202e}结";

#[test]
fn two_other_programs_find_in_every_calendar_of_the_example_what_takes_place() {
    let calendars = agree(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(calendars > 300, "{calendars}");
}

#[test]
fn they_agree_on_every_kind_of_recurrence_across_summer_time_and_on_hostile_titles() {
    let site = with_calendars(&format!(
        "  - {{id: desk, title: 坐诊, when: 周二、周四 18:00-20:00, exceptions: [{{on: 2026-10-27, cancelled: 停}}, \
           {{on: 2026-11-05..2026-11-12, moved_to: 2026-11-14 08:00-09:00}}, {{on: 2026-12-01, room: 楼上}}, \
           {{on: 2026-12-08, replaced_by: 电影}}], extra: [{{on: 2026-12-26 10:00-11:00}}, {{on: 2026-12-26 10:00-11:00}}]}}\n\
         \x20 - {{title: \"{HOSTILE}\", when: 周一 02:15-03:30, audience: [older-people]}}\n\
         \x20 - {{title: 单周, when: 单周 周三、周日 上午}}\n\
         \x20 - {{title: 双周, when: 双周 周五 22:00-01:00}}\n\
         \x20 - {{title: 单周, when: 每月第五个周六 上午}}\n\
         \x20 - {{title: 末五, when: 每月最后一个周五 上午, not_on: [school-holidays]}}\n\
         \x20 - {{title: 三十一, when: 每月31日 上午}}\n\
         \x20 - {{title: 工作日, when: 每月第一个工作日 上午, exceptions: [{{on: 2027-01-01, cancelled: 停}}]}}\n\
         \x20 - {{title: 末工作日, when: 每月最后一个工作日 上午}}\n\
         \x20 - {{title: 假期班, when: 周一至周五 上午, only_on: [school-holidays]}}\n\
         \x20 - {{title: 一次, when: 2026-12-05 上午, exceptions: [{{on: 2026-12-05, moved_to: 2026-12-06 09:00-10:00}}]}}\n\
         \x20 - {{title: 规则, when: \"RRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=MO,TU;BYSETPOS=-1;COUNT=4 上午\"}}\n\
         \x20 - {{title: 整周, when: \"RRULE:FREQ=WEEKLY;INTERVAL=3;BYDAY=SU,MO;WKST=SU 上午\"}}\n\
         \x20 - {{title: 年, when: \"RRULE:FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=WE 上午\"}}\n"
    ));
    site.write(
        "content/calendar/CN-2026.yaml",
        "year: 2026\nregion: CN\nsource: {title: 通知, url: https://www.example.org/}\nholidays:\n  \
         - {name: 国庆, days: 2026-10-01..2026-10-07, makeup_workdays: [2026-10-10]}\n\
         school_holidays:\n  - {name: 寒假, days: 2026-12-21..2027-01-31}\n",
    );
    site.write(
        "content/events/market.md",
        format!("---\ntitle: \"{HOSTILE}\"\non: 2026-10-24..2026-10-26\ntime: \"10:00-16:00\"\ncentre: jiefang\n---\n"),
    );
    site.write("content/events/fair.md", "---\ntitle: 集市\non: 2026-12-30..2027-01-02\narea: jiefang\n---\n");
    site.edit(
        CENTRE_FILE,
        "hours:\n",
        "hours:\n  seasons: [{from: 12-01, to: 02-15, weekly: {mon-fri: \"09:00-12:00\", sat: \"20:00-02:00\"}}]\n  \
         recurring: [{on: 每月最后一个工作日, hours: closed, why: 盘点}, {on: 单周周六, hours: \"09:00-11:00 预约\"}]\n  \
         exceptions: [{on: 2026-11-02..2026-11-04, hours: \"10:00-11:00\"}]\n",
    );
    agree(site.root());
}

#[test]
fn a_session_keeps_its_id_whatever_is_changed_about_it_and_its_number_rises() {
    let number = |site: &TestSite| values(site, DESK, "SEQUENCE")[0].parse::<usize>().unwrap();
    let site = with_calendars("  - {id: desk, title: 坐诊, when: 周二 上午, exceptions: []}\n");
    site.built();
    // Without a ledger the number is what the content tells, and does not know of a new title.
    let (uid, mut last) = (values(&site, DESK, "UID")[1].clone(), number(&site));
    for (from, to) in [
        ("exceptions: []", "exceptions: [{on: 2026-12-01, cancelled: 停}]"),
        ("停}]", "停}, {on: 2026-12-08..2026-12-15, room: 楼上}]"),
        ("楼上}]", "楼上}], extra: [{on: 2026-12-19 09:00-10:00}]"),
    ] {
        site.edit(PROGRAMME_FILE, from, to).built();
        assert!(number(&site) > last, "{to}");
        last = number(&site);
    }
    site.edit(PROGRAMME_FILE, "title: 坐诊, when: 周二 上午", "title: 法律坐诊, when: 周二 10:00-11:00").built();
    assert_eq!((values(&site, DESK, "UID")[1].clone(), number(&site)), (uid.clone(), last));
    // Under another address it is another site's.
    site.build().args(&["--base-url", "https://other.example/"]).expect_code(0);
    assert_ne!(values(&site, DESK, "UID")[1], uid);
}

#[test]
fn an_event_names_its_page_by_the_address_by_which_that_is_known() {
    let site = with_calendars("  - {id: desk, title: 坐诊, when: 周二 上午}\n");
    site.edit(SITE_FILE, "theme: civic", "theme: civic\nlinks: files").built();
    let urls = values(&site, DESK, "URL");
    // The calendar is of the programme, each session of the activity.
    assert_eq!(urls, ["https://example.org/programmes/winter/", "https://example.org/programmes/winter/desk/"]);
}

#[test]
fn what_of_hours_was_over_before_the_last_month_began_is_left_out() {
    let site = with_calendars("  - {title: 坐诊, when: 周二 上午}\n");
    site.edit(
        "content/centres/jiefang.yaml",
        "hours:\n",
        "hours:\n  seasons: [{from: 07-01, to: 08-31, weekly: {mon-fri: \"08:00-12:00\"}}]\n  \
         exceptions: [{on: 2026-09-21, hours: \"10:00-11:00\", why: 盘点}, {on: 2026-10-08, hours: \"10:00-11:00\", why: 盘点},\n    \
         {on: 2026-09-28..2026-09-29, hours: closed, why: 检修}, {on: 2026-09-30..2026-10-01, hours: closed, why: 停电}]\n",
    );
    site.built();
    let starts = || values(&site, "calendars/hours/jiefang.ics", "DTSTART");
    assert!(starts().iter().any(|start| start.starts_with("20261008T10")), "{:?}", starts());
    let over = |start: &String| ["2026070", "20260921", "20260928"].iter().any(|begin| start.starts_with(begin));
    assert!(!starts().iter().any(over), "{:?}", starts());
    // A closure that ended later is whole.
    assert!(starts().contains(&"20260930".to_owned()), "{:?}", starts());
    // Hours that are over stay where there are no others.
    site.write("content/calendar/CN-2026.yaml", "year: 2026\nregion: CN\nsource: {title: 甲}\nholidays: []\n");
    let summer = "  weekly: {}\n  seasons: [{from: 07-01, to: 08-31, weekly: {mon-fri: \"08:00-12:00\"}}]\n";
    let (before, _) = support::CENTRE.split_once("  weekly").unwrap();
    site.write("content/centres/jiefang.yaml", format!("{before}{summer}")).built();
    assert!(starts().iter().any(|start| start.starts_with("2026070")), "{:?}", starts());
}

#[test]
fn a_calendar_is_the_same_the_day_after() {
    let site = with_calendars("  - {title: 坐诊, when: 周二 上午}\n");
    let calendars = || files(&site.output()).into_iter().filter(|(path, _)| path.ends_with(".ics")).collect::<Vec<_>>();
    site.built();
    let before = calendars();
    site.build().today("2026-11-25").expect_code(0);
    assert!(before.len() > 5 && before == calendars());
}

#[test]
fn pages_link_to_calendars_that_are_there_and_to_none_where_they_are_off() {
    let site = with_calendars("  - {id: desk, title: 坐诊, when: 周二 上午}\n");
    site.built();
    let page = |path: &str| std::fs::read_to_string(site.output().join(path)).unwrap();
    assert!(page("centres/jiefang/index.html").contains("\"webcal://example.org/calendars/centres/jiefang.ics\""));
    assert!(page("programmes/winter/index.html").contains("\"../../calendars/activities/winter/desk.ics\""));
    assert!(page("en/areas/jiefang/index.html").contains("\"../../../en/calendars/areas/jiefang.ics\""));
    site.edit(SITE_FILE, "outputs: [calendars]", "outputs: none").built();
    let left = files(&site.output());
    assert!(left.keys().all(|path| !path.ends_with(".ics")));
    let linking =
        left.iter().filter(|(path, bytes)| path.ends_with(".html") && String::from_utf8_lossy(bytes).contains(".ics"));
    assert_eq!(linking.map(|(path, _)| path).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn activities_of_one_title_have_different_addresses_and_of_one_id_are_refused() {
    let site = with_calendars("  - {title: 坐诊, when: 周二 上午}\n  - {title: 坐诊, when: 周四 上午}\n");
    site.built();
    let made = files(&site.output()).into_keys().filter(|path| path.starts_with("calendars/activities/winter/"));
    assert_eq!(made.count(), 2);
    let site = with_calendars("  - {id: a, title: 甲, when: 周二 上午}\n  - {id: A, title: 乙, when: 周四 上午}\n");
    let found = site.findings("en");
    assert_eq!((found[0].code.as_str(), found[0].place.as_str()), ("NB0433", "content/programmes/winter.yaml:7:10"));
    assert_eq!(found[0].message, "the id `A` is that of another activity of this programme");
    assert_eq!(site.findings("zh-Hans")[0].message, "代号“A”已经是本计划里另一项活动的");
}
