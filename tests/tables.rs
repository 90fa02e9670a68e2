//! Tables: strict CSV in both forms, the same rows in each, nothing that a spreadsheet runs, and columns as documented.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support;
use crate::support::{CENTRE_FILE, NOTICE_FILE, SITE_FILE, TODAY, TestSite, golden_folder};
use serde_json::Value;

/// A name with everything that some reader takes for its own.
const HOSTILE: &str = "=cmd|'/C calc'!A0,\"乙\";\r\n丙\n\"\"\t👍🏽 \u{202e}反\u{2069}</script>";

/// What begins a cell that a spreadsheet would run.
const FORMULAS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A file as rows of cells, read as strictly as RFC 4180 can be: quotes only round whole cells and doubled within,
/// rows all of one length, each ending in `end`.
fn csv(text: &str, end: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut rest) = (Vec::new(), Vec::new(), text);
    while !rest.is_empty() {
        let cell;
        if let Some(quoted) = rest.strip_prefix('"') {
            let mut closing = quoted.match_indices('"').map(|(at, _)| at);
            let mut at = closing.next().expect("a quote is not closed");
            while quoted[at + 1..].starts_with('"') {
                assert_eq!(closing.next(), Some(at + 1));
                at = closing.next().expect("a quote is not closed");
            }
            cell = quoted[..at].replace("\"\"", "\"");
            rest = &quoted[at + 1..];
        } else {
            let at = rest.find(['"', ',', '\r', '\n']).expect("the last row does not end");
            cell = rest[..at].to_owned();
            rest = &rest[at..];
        }
        row.push(cell);
        if let Some(after) = rest.strip_prefix(',') {
            rest = after;
        } else {
            rest = rest.strip_prefix(end).unwrap_or_else(|| panic!("neither `,` nor {end:?}: {rest:.40}"));
            rows.push(std::mem::take(&mut row));
        }
    }
    assert!(row.is_empty());
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "rows of different lengths");
    rows
}

/// The rows of a plain table by the names of its columns.
fn plain(site: &TestSite, name: &str) -> Vec<BTreeMap<String, String>> {
    let rows = csv(&fs::read_to_string(site.output().join(format!("tables/plain/{name}.csv"))).unwrap(), "\n");
    let (head, rows) = rows.split_first().unwrap();
    rows.iter().map(|row| head.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

/// The rows of a table for spreadsheets as it stands, without the mark at its beginning.
fn guarded(site: &TestSite, name: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(site.output().join(format!("tables/{name}.csv"))).unwrap();
    csv(text.strip_prefix('\u{feff}').expect("no byte order mark"), "\r\n")
}

fn package(site: &TestSite) -> Value {
    serde_json::from_slice(&fs::read(site.output().join("tables/datapackage.json")).unwrap()).unwrap()
}

fn names(package: &Value) -> Vec<String> {
    package["resources"].as_array().unwrap().iter().map(|table| table["name"].as_str().unwrap().to_owned()).collect()
}

fn example() -> TestSite {
    let site = TestSite::copy_of(Path::new(env!("CARGO_MANIFEST_DIR")));
    support::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content/pictures"), &site.path("content/pictures"));
    let text = fs::read_to_string(site.path(SITE_FILE)).unwrap();
    site.write(SITE_FILE, text + "outputs: [tables, search]\n");
    site
}

#[test]
fn a_hostile_name_is_read_back_equal_and_does_not_run() {
    let site = TestSite::minimal();
    let hostile = serde_json::to_string(HOSTILE).unwrap();
    site.edit(SITE_FILE, "outputs: none", "outputs: [tables]")
        .edit(CENTRE_FILE, "zh-Hans: 解放社区中心, en: Jiefang Centre", &format!("zh-Hans: {hostile}, en: {hostile}"))
        .append(CENTRE_FILE, "short_name: \"'单引号\"\nsummary: \"－３度\"\n")
        .built();
    let centre = &plain(&site, "centres")[0];
    assert_eq!((centre["name"].as_str(), centre["name_en"].as_str()), (HOSTILE, HOSTILE));
    assert_eq!((centre["short_name"].as_str(), centre["summary"].as_str()), ("'单引号", "－３度"));
    let row = &guarded(&site, "centres")[1];
    assert_eq!(row[1], format!("'{HOSTILE}"));
    assert!(row.contains(&"''单引号".to_owned()) && row.contains(&"'－３度".to_owned()), "{row:?}");
}

#[test]
fn the_public_calendar_pages_and_hours_for_maps_are_in_tables_too() {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "outputs: none", "outputs: [tables]")
        .write(
            "content/calendar/CN-2026.yaml",
            "year: 2026\nregion: CN\nsource: {title: 放假安排}\nholidays:\n  - {name: 国庆节, days: 2026-10-01..2026-10-07, \
             makeup_workdays: [2026-09-20, {on: 2026-10-10, replaces: 2026-10-07}]}\nschool_holidays:\n  \
             - {name: 寒假, days: 2026-12-28..2027-02-20}\n",
        )
        .write("content/pages/help/phones.md", "---\ntitle: 电话\nfooter_order: 3\n---\n")
        .built();
    let days: Vec<String> = plain(&site, "holidays")
        .iter()
        .map(|row| ["name", "kind", "from", "until", "replaces"].map(|column| row[column].as_str()).join(" "))
        .collect();
    assert_eq!(
        days,
        [
            "国庆节 holiday 2026-10-01 2026-10-07 ",
            "国庆节 makeup-workday 2026-09-20 2026-09-20 ",
            "国庆节 makeup-workday 2026-10-10 2026-10-10 2026-10-07",
            "寒假 school-holiday 2026-12-28 2027-02-20 ",
        ]
    );
    let page = &plain(&site, "pages")[0];
    assert_eq!((page["id"].as_str(), page["footer_order"].as_str()), ("help/phones", "3"));
    assert_eq!(page["url"], "https://example.org/help/phones/");
    assert!(plain(&site, "centres")[0]["osm_opening_hours"].starts_with("Mo-Fr 08:30-12:00,14:30-18:00"));
}

#[test]
fn both_forms_of_the_example_site_have_the_same_rows() {
    let site = example();
    site.build().today(TODAY).expect_code(0);
    let package = package(&site);
    for name in names(&package) {
        let text = fs::read_to_string(site.output().join(format!("tables/plain/{name}.csv"))).unwrap();
        let (plain, guarded) = (csv(&text, "\n"), guarded(&site, &name));
        assert!(plain.len() > 1, "{name} has no rows");
        let unguarded = |cell: &String| cell.strip_prefix('\'').unwrap_or(cell).to_owned();
        let again: Vec<Vec<String>> = guarded.iter().map(|row| row.iter().map(unguarded).collect()).collect();
        assert_eq!(again, plain, "{name}");
        for cell in guarded.iter().flatten().filter(|cell| cell.starts_with(FORMULAS)) {
            assert!(cell.parse::<f64>().is_ok(), "{name}: {cell}");
        }
        let fields = package["resources"].as_array().unwrap().iter().find(|table| table["name"] == *name).unwrap();
        let fields = fields["schema"]["fields"].as_array().unwrap();
        let fields: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(plain[0], fields, "{name}");
    }
}

#[test]
fn every_table_and_column_is_documented_as_the_package_describes_it() {
    let site = example();
    site.build().today(TODAY).expect_code(0);
    let document = include_str!("../docs/data/tables.md");
    let mut told: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for line in document.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            told.push((name.to_owned(), Vec::new()));
        } else if let (Some((_, columns)), Some(row)) = (told.last_mut(), line.strip_prefix("| `")) {
            let (name, rest) = row.split_once('`').unwrap();
            let meaning = rest.trim_end_matches(" |").rsplit(" | ").next().unwrap();
            let translated = if rest.starts_with(" *") { "*" } else { "" };
            columns.push((format!("{name}{translated}"), meaning.to_owned()));
        }
    }
    let package = package(&site);
    let made: Vec<(String, Vec<(String, String)>)> = package["resources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|table| {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let fields = table["schema"]["fields"].as_array().unwrap();
            let names: Vec<String> = fields.iter().map(|field| text(&field["name"])).collect();
            let columns = fields
                .iter()
                .filter(|field| !text(&field["name"]).contains("_en") && !text(&field["name"]).contains("_mn-Mong"));
            let columns = columns.map(|field| {
                let name = text(&field["name"]);
                let translated = if names.contains(&format!("{name}_en")) { "*" } else { "" };
                (format!("{name}{translated}"), text(&field["description"]))
            });
            (text(&table["name"]), columns.collect())
        })
        .collect();
    assert_eq!(told, made);
}

#[test]
fn each_session_says_what_becomes_of_it() {
    let site = TestSite::copy_of(&golden_folder().join("programme"));
    site.edit(SITE_FILE, "outputs: none", "outputs: [tables]");
    site.build().today(TODAY).expect_code(0);
    let sessions = plain(&site, "sessions");
    let mut changes: BTreeMap<&str, usize> = BTreeMap::new();
    for session in &sessions {
        let change = session["change"].as_str();
        *changes.entry(change).or_default() += 1;
        let held = !["cancelled", "closed", "moved-away"].contains(&change);
        assert_eq!(session["held"], held.to_string(), "{session:?}");
        assert_eq!(change == "moved-here", !session["moved_from"].is_empty(), "{session:?}");
    }
    for change in ["", "cancelled", "moved-away", "moved-here", "room"] {
        assert!(changes.contains_key(change), "no session is `{change}`: {changes:?}");
    }
    let order: Vec<_> = sessions.iter().map(|session| (&session["date"], &session["starts"])).collect();
    assert!(order.is_sorted());
}

#[test]
fn a_notice_that_has_not_begun_is_in_no_table() {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "outputs: none", "outputs: [tables]")
        .edit(NOTICE_FILE, "from: 2026-11-20", "from: 2026-11-25")
        .built();
    assert!(plain(&site, "notices").is_empty());
    site.build().today("2026-11-25").expect_code(0);
    assert_eq!(plain(&site, "notices")[0]["id"], "heating");
}

#[test]
fn nothing_is_made_that_was_not_asked_for() {
    let site = TestSite::minimal();
    site.built();
    assert!(!site.output().join("tables").exists() && !site.output().join("data").exists());
    site.edit(SITE_FILE, "outputs: none", "outputs: [tables]").built();
    let page = fs::read_to_string(site.output().join("data/index.html")).unwrap();
    assert!(page.contains("tables/plain/centres.csv") && !page.contains(".vcf"), "{page}");
    assert!(site.output().join("en/data/index.html").exists() && !site.output().join("places").exists());
}
