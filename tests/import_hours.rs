//! `import`: hours that this program published as HSDS are the same hours in another site, whatever its clocks do.

use camino::Utf8Path;
use noticeboard::calendar::{Date, DateSpan, TimeOfDay, at};
use noticeboard::content::Content;
use noticeboard::site::{Occasion, Site};
use noticeboard::source;
use std::collections::BTreeMap;

use crate::support::*;

/// Places with their hours, as editors write them.
const PLACES: [(&str, &str); 10] = [
    ("甲", "weekly: {mon-fri: \"08:30-12:00, 14:30-18:00\", sat: \"09:00-12:00\"}"),
    ("乙", "weekly: {mon-fri: \"09:00-17:00\", sat-sun: \"10:00-16:00\"}, holidays: open"),
    (
        "丙",
        "weekly: {mon-fri: \"08:30-12:00, 14:30-18:00\"}, seasons: [{from: 07-01, to: 08-31, weekly: {mon-fri: \"08:30-12:00\"}}]",
    ),
    (
        "丁",
        "weekly: {mon-sat: \"08:30-18:00\"}, holidays: open, seasons: [{from: 11-01, to: 02-28, weekly: {mon-sat: \"09:00-17:00\", sun: \"10:00-12:00 预约\"}}]",
    ),
    (
        "戊",
        "weekly: {mon-fri: \"09:00-12:00\"}, exceptions: [{on: 2026-12-08, hours: closed, why: 停电}, {on: 2026-12-12, hours: \"09:00-11:00\"}, {on: 2026-03-28..2026-03-31, hours: \"10:00-11:00\"}]",
    ),
    ("己", "weekly: {fri-sat: \"20:00-次日02:00\", sun: \"22:00-24:00\"}, holidays: open"),
    ("庚", "weekly: {sat: \"09:00-12:00\"}"),
    (
        "辛",
        "weekly: {mon-fri: \"09:00-17:00\", sat: \"09:00-12:00\"}, recurring: [{on: 每月第一个周六, hours: \"14:00-17:00\"}, {on: 单周周日, hours: \"10:00-12:00\"}, {on: 每月最后一个周五, hours: closed}]",
    ),
    (
        "壬",
        "weekly: {mon-fri: \"09:00-17:00\"}, holidays: \"10:00-12:00\", recurring: [{on: 每月第二个周二, hours: \"09:00-20:00\"}], seasons: [{from: 07-20, to: 08-20, weekly: {}}]",
    ),
    (
        "癸",
        "weekly: {\"mon,wed\": \"09:00-12:00\", \"tue,thu\": \"14:00-17:00 预约\"}, holidays: open, seasons: [{from: 03-15, to: 04-15, weekly: {mon: \"06:00-08:00\"}}, {from: 10-01, to: 11-10, weekly: {sun: \"06:00-08:00\"}}]",
    ),
];

const CALENDAR: &str = "\
year: 2026
region: CN
source: {title: 通知}
holidays:
  - {name: 春节, days: 2026-02-15..2026-02-23, makeup_workdays: [2026-02-14, 2026-02-28]}
  - {name: 清明节, days: 2026-04-04..2026-04-06}
  - {name: 国庆节, days: 2026-10-01..2026-10-07, makeup_workdays: [2026-09-20, 2026-10-10]}
";

fn linked(site: &TestSite) -> Site {
    let sources = source::read_site(Utf8Path::from_path(site.root()).unwrap());
    let mut found = Vec::new();
    let content = Content::read(&sources, &mut found).unwrap();
    let today: Date = TODAY.parse().unwrap();
    let occasion = Occasion { now: at(today, TimeOfDay::MIDNIGHT), sheets: false };
    Site::link(content, &occasion, Vec::new(), BTreeMap::new(), &mut found)
}

/// What is open on each day of a year, by the name of the place.
fn open(site: &TestSite, year: DateSpan) -> BTreeMap<String, Vec<String>> {
    let site = linked(site);
    let of = |centre: &noticeboard::content::Record<noticeboard::content::Centre>| {
        let name = centre.value.name.exactly(site.first_language(), site.first_language()).unwrap().to_owned();
        let hours = site.hours(&centre.id);
        let days = year.days().map(|date| match hours {
            Some(hours) => format!("{date} {}", hours.on(date, site.calendar_of(&centre.id)).intervals),
            None => format!("{date} no hours"),
        });
        (name, days.collect())
    };
    site.content.centres.iter().map(of).collect()
}

#[test]
fn hours_that_were_published_are_the_same_hours_elsewhere_where_clocks_change_and_where_not() {
    let year = DateSpan::read("2026-01-01..2026-12-31").unwrap();
    for zone in ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Sydney"] {
        let site = TestSite::minimal();
        site.edit(SITE_FILE, "outputs: none", "outputs: [hsds]").edit(SITE_FILE, "Asia/Shanghai", zone);
        site.remove(PROGRAMME_FILE).remove(CENTRE_FILE).remove(NOTICE_FILE).remove(NOTICE_EN_FILE);
        let other = TestSite::minimal();
        other.edit(SITE_FILE, "Asia/Shanghai", zone);
        other.remove(PROGRAMME_FILE).remove(CENTRE_FILE).remove(NOTICE_FILE).remove(NOTICE_EN_FILE);
        for (number, (name, hours)) in PLACES.iter().enumerate() {
            let text = format!(
                "name: {name}地中心\nkind: community-centre\narea: jiefang\naddress: 解放路{number}号\nhours: {{{hours}}}\n"
            );
            site.write(&format!("content/centres/place-{number}.yaml"), text);
        }
        site.write("content/calendar/CN-2026.yaml", CALENDAR).built();
        copy(&site.path("public/hsds"), &other.path("theirs"));
        let package = other.path("theirs/datapackage.json");
        let package = package.to_str().unwrap();
        let said = other.call("import").lang("en").args(&[package, "--area", "jiefang", "--write"]).run();
        assert_eq!(said.code, Some(0), "{zone}: {}\n{}", said.stdout, said.stderr);
        assert!(!said.stderr.contains("NB0852"), "{zone}: {}", said.stderr);
        let (here, there) = (open(&site, year), open(&other, year));
        assert_eq!(here.keys().collect::<Vec<_>>(), there.keys().collect::<Vec<_>>(), "{zone}");
        for (place, days) in &here {
            let differ: Vec<_> = days.iter().zip(&there[place]).filter(|(one, other)| one != other).take(5).collect();
            assert!(differ.is_empty(), "{zone} {place}: {differ:#?}");
        }
    }
}
