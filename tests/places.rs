//! Places: GeoJSON is GeoJSON, cards can be read back, and opening hours mean the same to the OSM project's evaluator.

use crate::support::osm_evaluator;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::support;
use crate::support::{CENTRE_FILE, SITE_FILE, TODAY, TestSite};
use noticeboard::calendar::{Date, DateSpan};
use noticeboard::content::CalendarYear;
use serde_json::{Value, json};

/// A name with everything that some format takes for its own.
const HOSTILE: &str = "甲,乙;丙:\"丁\"\\n戊\\\n己\t=cmd|'/C calc'!A0 👍🏽 \u{202e}反\u{2069} </script>&amp; ]]>";

fn hostile() -> String {
    serde_json::to_string(HOSTILE).unwrap()
}

fn site() -> TestSite {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "outputs: none", "outputs: [places]")
        .edit("content/areas.yaml", "level: community", "level: district")
        .append(CENTRE_FILE, "location: {lat: 36.05, lon: 103.82}\nphones: [{number: 0931-0000001, for: \"前,台\"}]\n");
    site
}

fn read(site: &TestSite, path: &str) -> String {
    String::from_utf8(fs::read(site.output().join(path)).unwrap()).unwrap()
}

fn collection(site: &TestSite, path: &str) -> Value {
    serde_json::from_str(&read(site, path)).unwrap()
}

/// The fields of a card, unfolded and unescaped, by name without parameters and group; parts of a value are split.
fn card(text: &str) -> Vec<(String, Vec<String>)> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "{text:?}");
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    let unfolded = text.replace("\r\n ", "");
    let field = |line: &str| {
        let (name, value) = line.split_once(':').unwrap();
        let (mut parts, mut escaped) = (vec![String::new()], false);
        for c in value.chars() {
            match (std::mem::take(&mut escaped), c) {
                (true, 'n') => parts.last_mut().unwrap().push('\n'),
                (true, c) => {
                    assert!("\\,;".contains(c), "\\{c} in {line}");
                    parts.last_mut().unwrap().push(c);
                }
                (false, '\\') => escaped = true,
                (false, ';') => parts.push(String::new()),
                (false, c) => {
                    assert!(c != ',' || ["GEO", "URL", "UID"].contains(&name), "a bare comma in {line}");
                    parts.last_mut().unwrap().push(c);
                }
            }
        }
        (name.to_owned(), parts)
    };
    unfolded.split_terminator("\r\n").map(field).collect()
}

#[test]
fn a_hostile_name_is_read_back_equal() {
    let site = site();
    let plain = "{zh-Hans: 解放社区中心, en: Jiefang Centre}";
    site.edit(CENTRE_FILE, plain, &format!("{{zh-Hans: {0}, en: {0}}}", hostile()))
        .append(CENTRE_FILE, &format!("hours_note: {}\n", hostile()))
        .built();
    let feature = &collection(&site, "places/places.geojson")["features"][0];
    assert_eq!(feature["properties"]["name"], HOSTILE);
    assert_eq!(feature["properties"]["name:en"], HOSTILE);
    let card = card(&read(&site, "places/centres/jiefang.vcf"));
    let field = |name: &str| card.iter().find(|(known, _)| known == name).map(|(_, parts)| parts.clone()).unwrap();
    assert_eq!(field("FN"), [HOSTILE]);
    assert_eq!(field("ORG"), [HOSTILE]);
    assert!(field("NOTE")[0].ends_with(HOSTILE));
    assert_eq!(field("item1.X-ABLabel"), ["前,台"]);
}

#[test]
fn a_card_has_what_an_address_book_asks_for() {
    let site = site();
    let station = "name: 东门驿站\nkind: station\narea: jiefang\npart_of: jiefang\naddress: 东门\n";
    site.write("content/centres/gate.yaml", station).built();
    let card = card(&read(&site, "places/centres/jiefang.vcf"));
    let names: Vec<&str> = card.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "BEGIN",
            "VERSION",
            "KIND",
            "UID",
            "FN",
            "ORG",
            "ADR",
            "GEO",
            "item1.TEL;TYPE=voice",
            "item1.X-ABLabel",
            "URL",
            "NOTE",
            "END",
        ]
    );
    let value = |name: &str| card.iter().find(|(known, _)| known == name).unwrap().1.join(";");
    assert_eq!(value("VERSION"), "4.0");
    assert_eq!(value("KIND"), "org");
    assert_eq!(value("ADR"), ";;解放路1号;;;;");
    assert_eq!(value("GEO"), "geo:36.05,103.82");
    assert_eq!(value("URL"), "https://example.org/centres/jiefang/");
    let gate = read(&site, "places/centres/gate.vcf");
    assert!(gate.contains("KIND:location\r\n") && gate.contains("ORG:解放社区中心;东门驿站\r\n"), "{gate}");
    assert!(!gate.contains("GEO") && !gate.contains("NOTE"), "{gate}");
}

#[test]
fn a_place_that_nobody_has_located_has_its_hours_all_the_same() {
    let site = site();
    let station =
        "name: 东门驿站\nkind: station\narea: jiefang\naddress: 东门\nhours: {weekly: {mon-fri: \"09:00-12:00\"}}\n";
    site.write("content/centres/gate.yaml", station).built();
    for path in ["places/places.geojson", "places/areas/jiefang.geojson"] {
        let gate = collection(&site, path)["features"][0].clone();
        assert_eq!((&gate["id"], &gate["geometry"]), (&json!("gate"), &Value::Null));
        assert!(gate["properties"]["opening_hours"].as_str().unwrap().starts_with("Mo-Fr 09:00-12:00"), "{gate}");
    }
}

#[test]
fn breaks_of_any_kind_are_line_breaks_of_a_card() {
    let site = site();
    site.append(CENTRE_FILE, "hours_note: \"甲\\r乙\\u2028丙\\u2029丁\\r\\n戊\"\n").built();
    let card = card(&read(&site, "places/centres/jiefang.vcf"));
    let note = &card.iter().find(|(name, _)| name == "NOTE").unwrap().1[0];
    assert!(note.ends_with("甲\n乙\n丙\n丁\n戊"), "{note:?}");
}

#[test]
fn a_card_does_not_change_from_day_to_day() {
    let site = site();
    let made = |today: &str| {
        site.build().today(today).expect_code(0);
        read(&site, "places/centres/jiefang.vcf")
    };
    assert_eq!(made("2026-11-24"), made("2026-12-30"));
}

#[test]
fn the_example_site_has_each_place_once_and_the_longitude_of_each_first() {
    let site = example();
    site.build().today(TODAY).expect_code(0);
    let all = collection(&site, "places/places.geojson");
    let ids = ids(&all);
    let written = |path: &Path| fs::read_to_string(path).unwrap();
    let located = fs::read_dir(site.path("content/centres")).unwrap().map(|entry| entry.unwrap().path());
    let has_point = |path: &Path| written(path).contains("\nlocation:");
    let located: BTreeMap<String, bool> =
        located.map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), has_point(&path))).collect();
    assert!(located.values().filter(|located| **located).count() > 40);
    assert_eq!(ids, located.keys().cloned().collect());
    for feature in all["features"].as_array().unwrap() {
        assert_eq!(feature["geometry"].is_object(), located[feature["id"].as_str().unwrap()], "{feature}");
    }
    for file in fs::read_dir(site.output().join("places/areas")).unwrap() {
        let name = format!("places/areas/{}", file.unwrap().file_name().to_str().unwrap());
        let part = self::ids(&collection(&site, &name));
        assert!(!part.is_empty() && part.is_subset(&ids), "{name}");
    }
}

/// The ids of a collection, whose structure is looked at (RFC 7946).
fn ids(collection: &Value) -> BTreeSet<String> {
    let keys: Vec<&String> = collection.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["type", "features"]);
    assert_eq!(collection["type"], "FeatureCollection");
    let mut ids = BTreeSet::new();
    for feature in collection["features"].as_array().unwrap() {
        let keys: Vec<&String> = feature.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["type", "id", "geometry", "properties"]);
        assert_eq!(feature["type"], "Feature");
        if !feature["geometry"].is_null() {
            assert_eq!(feature["geometry"]["type"], "Point");
            let at: Vec<f64> =
                feature["geometry"]["coordinates"].as_array().unwrap().iter().map(|n| n.as_f64().unwrap()).collect();
            // Gansu.
            assert!(at.len() == 2 && (92.0..109.0).contains(&at[0]) && (32.0..43.0).contains(&at[1]), "{feature}");
        }
        assert!(feature["properties"].as_object().unwrap().values().all(|value| !value.is_null()), "{feature}");
        assert_eq!(feature["id"], feature["properties"]["id"]);
        assert!(ids.insert(feature["id"].as_str().unwrap().to_owned()), "{feature}");
    }
    ids
}

#[test]
fn every_property_is_documented_and_every_documented_one_is_there() {
    let site = example();
    site.build().today(TODAY).expect_code(0);
    let all = collection(&site, "places/places.geojson");
    let features = all["features"].as_array().unwrap();
    let used: BTreeSet<&str> = features
        .iter()
        .flat_map(|feature| feature["properties"].as_object().unwrap().keys())
        .map(|key| key.strip_suffix(":en").or_else(|| key.strip_suffix(":mn-Mong")).unwrap_or(key))
        .collect();
    let told = include_str!("../docs/data/places.md");
    for key in &used {
        assert!(told.contains(&format!("| `{key}` |")) || told.contains(&format!("`{key}=")), "`{key}`");
    }
    let table = told.split("Properties are named").nth(1).unwrap().split("And a tag").next().unwrap();
    for key in table.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).map(|(key, _)| key) {
        assert!(used.contains(key), "`{key}` is told and not used");
    }
}

/// The example site.
fn example() -> TestSite {
    let site = TestSite::copy_of(Path::new(env!("CARGO_MANIFEST_DIR")));
    support::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content/pictures"), &site.path("content/pictures"));
    let text = fs::read_to_string(site.path(SITE_FILE)).unwrap();
    site.write(SITE_FILE, text + "outputs: [places, search]\n");
    site
}

#[test]
fn the_osm_evaluator_finds_the_hours_of_the_example_site_in_its_places() {
    let Some(tools) = std::env::var_os("TEST_TOOLS") else {
        eprintln!("skipped: TEST_TOOLS does not say where the npm packages are");
        return;
    };
    let site = example();
    let holidays = fs::read_to_string(site.path("content/calendar/CN-2026.yaml")).unwrap();
    let holidays: CalendarYear = serde_yaml::from_str(&holidays).unwrap();
    let mut lines = Vec::new();
    // In autumn there are National Day and its make-up workdays; in winter New Year's Day, which the law puts on its date.
    for today in [TODAY, "2026-09-12"] {
        site.build().today(today).expect_code(0);
        let first: Date = today.parse().unwrap();
        let last = first.checked_add(jiff::Span::new().days(59)).unwrap();
        let window = DateSpan::new(first.yesterday().unwrap(), last).unwrap();
        let days = holidays.holidays.iter().flat_map(|holiday| holiday.days.days()).filter(|day| window.contains(*day));
        let mut days: Vec<String> = days.map(|day| day.strftime("%Y %b %d").to_string()).collect();
        let new_year: Date = "2027-01-01".parse().unwrap();
        days.extend(window.contains(new_year).then(|| "2027 Jan 01".to_owned()));
        let all = collection(&site, "places/places.geojson");
        for feature in all["features"].as_array().unwrap() {
            let properties = &feature["properties"];
            let Some(by_rule) = properties["opening_hours"].as_str() else { continue };
            let id = feature["id"].as_str().unwrap();
            let hours = collection(&site, &format!("centres/{id}/hours.json"));
            let by_date = properties["opening_hours:dated"].as_str().map(str::to_owned);
            for text in by_date.into_iter().chain([by_rule.replace("PH", &days.join(","))]) {
                lines.push(json!({"osm": text, "ours": true, "from": first.to_string(),
                    "expected": stretches(&hours)[1..]}));
            }
        }
    }
    assert!(lines.len() > 140, "{}", lines.len());
    let all = format!("counted passed={} failed=0", lines.len());
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let output = osm_evaluator::evaluate(&tools, lines);
    let (said, errors) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(said.lines().last(), Some(all.as_str()), "{said}{errors}");
}

/// What `hours.json` says of each day between midnight and midnight, in minutes, the night before included.
fn stretches(hours: &Value) -> Vec<Vec<(u64, u64, &'static str)>> {
    let states = hours["states"].as_array().unwrap();
    let days = hours["days"].as_array().unwrap().iter().map(|n| &states[usize::try_from(n.as_u64().unwrap()).unwrap()]);
    let mut found: BTreeMap<usize, Vec<(u64, u64, &'static str)>> = BTreeMap::new();
    for (number, state) in days.enumerate() {
        found.entry(number).or_default();
        for interval in state["open"].as_array().unwrap() {
            let (start, end) = (interval[0].as_u64().unwrap(), interval[1].as_u64().unwrap());
            let name = if interval[2].is_string() { "unknown" } else { "open" };
            found.entry(number).or_default().push((start, end.min(1440), name));
            if end > 1440 {
                found.entry(number + 1).or_default().push((0, end - 1440, name));
            }
        }
    }
    (0..hours["days"].as_array().unwrap().len()).map(|number| found[&number].clone()).collect()
}
