//! The directory of services: as HSDS 3.0 has it, the same hours as the pages say, read back as written.
//!
//! Form, keys between tables and the days that rules fall on are judged by `tests/judges/opendata.py` with packages that
//! were not written here; it needs `TEST_TOOLS`, as `tests/run` sets it.

use crate::support::open_data;

use std::collections::{BTreeMap, BTreeSet};

use std::fs;

use crate::support::{AREAS_FILE, CENTRE_FILE, SITE_FILE, TestSite, files};
use open_data::{HOSTILE, judged, quoted, site};
use serde_json::Value;

/// The JSON files of the directory, by path.
fn directory(site: &TestSite) -> BTreeMap<String, Value> {
    let all =
        files(&site.output()).into_iter().filter(|(path, _)| path.starts_with("hsds/") && path.ends_with(".json"));
    all.map(|(path, content)| (path, serde_json::from_slice(&content).unwrap())).collect()
}

fn services(site: &TestSite) -> Vec<Value> {
    let all = directory(site).into_iter().filter(|(path, _)| path.starts_with("hsds/services/"));
    all.map(|(_, service)| service).collect()
}

fn named<'a>(services: &'a [Value], name: &str) -> &'a Value {
    services.iter().find(|service| service["name"] == name).unwrap()
}

#[test]
fn the_judge_finds_the_standard_kept_and_every_day_as_the_calendar_has_it() {
    let site = site();
    site.built();
    if let Some((good, said)) = judged(&site.output()) {
        assert!(good, "{said}");
        assert!(said.lines().last().unwrap().starts_with("counted passed="), "{said}");
    }
}

#[test]
fn addresses_have_their_province_city_and_code_from_the_areas_around_them() {
    let site = site();
    site.edit(
        AREAS_FILE,
        "level: community",
        "level: community, postal: {province: 甘肃省, city: 兰州市, code: \"010010\"}",
    );
    site.built();
    let table = read_csv(&fs::read_to_string(site.output().join("hsds/csv/addresses.csv")).unwrap());
    let column = |name: &str| table[0].iter().position(|field| field == name).unwrap();
    for row in &table[1..] {
        let cells = ["city", "state_province", "postal_code", "country"].map(|name| row[column(name)].as_str());
        assert_eq!(cells, ["兰州市", "甘肃省", "010010", "CN"]);
    }
    // A number is a code too, and what is nearer counts.
    site.edit(AREAS_FILE, "code: \"010010\"", "code: 730030").built();
    let table = fs::read_to_string(site.output().join("hsds/csv/addresses.csv")).unwrap();
    assert!(table.contains(",730030,"), "{table}");
}

#[test]
fn the_judge_sees_a_rule_that_falls_on_another_day_and_a_field_that_is_not_the_standard_s() {
    let site = site();
    site.built();
    let spoil = |from: &str, to: &str| {
        let holds = |content: &[u8]| String::from_utf8_lossy(content).contains(from);
        let mut all = files(&site.output()).into_iter();
        let (path, content) = all.find(|(path, content)| path.starts_with("hsds/services/") && holds(content)).unwrap();
        let text = String::from_utf8(content).unwrap();
        site.write(&format!("public/{path}"), text.replacen(from, to, 1));
        let judged = judged(&site.output());
        site.write(&format!("public/{path}"), text);
        judged.is_none_or(|(good, _)| !good)
    };
    assert!(spoil(r#""byday":"1TH""#, r#""byday":"2TH""#));
    assert!(spoil(r#""status":"active""#, r#""status":"open""#));
    assert!(spoil(r#""freq":"#, r#""frequency":"#));
}

#[test]
fn addresses_are_those_by_which_pages_are_known() {
    let site = site();
    site.edit(SITE_FILE, "theme: bare", "theme: bare\nlinks: files").built();
    let services = services(&site);
    assert_eq!(named(&services, "津贴")["url"], "https://example.org/policies/allowance/");
    let text = serde_json::to_string(&services).unwrap();
    assert!(!text.contains("index.html"));
}

#[test]
fn services_policies_and_activities_are_services_with_everything_nested() {
    let site = site();
    site.built();
    let services = services(&site);
    // Two services of the centre, two policies, twelve activities.
    assert_eq!(services.len(), 16);
    let policy = named(&services, "津贴");
    assert_eq!(policy["status"], "active");
    assert_eq!(policy["organization"]["name"], "社区居委会");
    assert_eq!(policy["required_documents"].as_array().unwrap().len(), 2);
    assert_eq!(policy["service_at_locations"].as_array().unwrap().len(), 2);
    assert_eq!(policy["contacts"][0]["phones"][0]["number"], "0931-0000003");
    assert_eq!(policy["attributes"][0]["taxonomy_term"]["taxonomy_detail"]["name"], "audience");
    assert_eq!(named(&services, "旧政策")["status"], "defunct");
    let talk = services.iter().find(|service| service["alternate_name"] == "Health talk").unwrap();
    assert_eq!(talk["program"]["name"], "冬季计划");
    let location = &talk["service_at_locations"][0]["location"];
    let languages: Vec<&Value> = location["languages"].as_array().unwrap().iter().map(|l| &l["code"]).collect();
    assert_eq!(languages, ["mn", "zh"]);
    assert_eq!(location["addresses"][0]["country"], "CN");
    let rules = talk["service_at_locations"][0]["schedules"].as_array().unwrap();
    let rule = &rules[0];
    assert_eq!((&rule["freq"], &rule["byday"]), (&"WEEKLY".into(), &"TU".into()));
    assert_eq!((&rule["opens_at"], &rule["timezone"]), (&"09:00:00+08:00".into(), &8.into()));
    let notes = rule["notes"].as_str().unwrap();
    assert!(notes.contains("2026-12-15 停一次; 2026-12-22 "), "{notes}");
    let dated: Vec<&str> = rules[1..].iter().map(|row| row["valid_from"].as_str().unwrap()).collect();
    assert_eq!(dated, ["2026-12-24", "2027-01-20"]);
}

#[test]
fn where_clocks_change_a_rule_has_a_row_for_each_stretch_between_and_the_offset_that_holds_in_it() {
    let site = site();
    site.edit(SITE_FILE, "Asia/Shanghai", "Europe/Berlin").built();
    let services = services(&site);
    let location = &named(&services, "津贴")["service_at_locations"].as_array().unwrap().clone();
    let location = location.iter().find(|there| there["location"]["name"] == "解放社区中心").unwrap();
    let rows = location["location"]["schedules"].as_array().unwrap();
    let of = |opens: &str| -> Vec<String> {
        let rows = rows.iter().filter(|row| row["freq"] == "WEEKLY" && row["byday"] == "MO,TU,WE,TH,FR");
        let rows = rows.filter(|row| row["opens_at"].as_str().unwrap().starts_with(opens));
        rows.map(|row| ["valid_from", "valid_to", "opens_at"].map(|name| row[name].as_str().unwrap()).join(" "))
            .collect()
    };
    let found = of("08:30");
    // What was over before the last month began is left out.
    assert!(!found.contains(&"2026-02-11 2026-03-29 08:30:00+01:00".to_owned()), "{found:#?}");
    for stretch in ["2026-03-30 2026-10-25 08:30:00+02:00", "2026-10-26 2026-12-09 08:30:00+01:00"] {
        assert!(found.contains(&stretch.to_owned()), "{stretch} is not in {found:#?}");
    }
    if let Some((good, said)) = judged(&site.output()) {
        assert!(good, "{said}");
    }
}

#[test]
fn identifiers_stay_when_other_things_change_and_are_never_used_twice() {
    let site = site();
    site.built();
    let before: BTreeSet<String> = directory(&site).into_keys().collect();
    let ids: Vec<String> = services(&site).iter().map(|service| service["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    site.edit(CENTRE_FILE, "amenities: [tea,", "amenities: [heating, tea,").built();
    assert_eq!(directory(&site).into_keys().collect::<BTreeSet<_>>(), before);
    site.edit(SITE_FILE, "base_url: https://example.org/", "base_url: https://example.com/").built();
    let after: BTreeSet<String> = directory(&site).into_keys().filter(|path| before.contains(path)).collect();
    assert_eq!(after.len(), 3, "only the lists and the package keep their names: {after:?}");
}

#[test]
fn words_that_are_dangerous_elsewhere_are_read_back_from_the_tables_as_they_were_written() {
    let site = site();
    site.edit(CENTRE_FILE, "short_name: 解放\n", &format!("short_name: {}\n", quoted(HOSTILE))).built();
    let table = String::from_utf8(files(&site.output())["hsds/csv/locations.csv"].clone()).unwrap();
    let rows = read_csv(&table);
    let column = rows[0].iter().position(|name| name == "alternate_name").unwrap();
    assert!(rows.iter().any(|row| row[column] == HOSTILE), "{table}");
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    assert!(table.ends_with("\r\n"));
    let services = services(&site);
    let location = &named(&services, "津贴")["service_at_locations"][0]["location"];
    assert_eq!(location["alternate_name"], HOSTILE);
    if let Some((good, said)) = judged(&site.output()) {
        assert!(good, "{said}");
    }
}

/// A strict reader of RFC 4180.
fn read_csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut marks = text.chars().peekable();
    while let Some(mark) = marks.next() {
        match (mark, quoted) {
            ('"', true) if marks.peek() == Some(&'"') => cell.push(marks.next().unwrap()),
            ('"', true) => quoted = false,
            ('"', false) => {
                assert!(cell.is_empty(), "a quote inside {cell}");
                quoted = true;
            }
            (',', false) => row.push(std::mem::take(&mut cell)),
            ('\r', false) => {
                assert_eq!(marks.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (mark, _) => cell.push(mark),
        }
    }
    assert!(row.is_empty() && cell.is_empty() && !quoted);
    rows
}

#[test]
fn a_site_without_the_family_has_none_of_it() {
    let site = site();
    site.edit(SITE_FILE, "outputs: [hsds, api]", "outputs: [api]").built();
    assert!(directory(&site).is_empty());
}
