//! Places from other programs → a grid of places, which is then read as any list: OpenStreetMap's objects as GeoJSON or as
//! its query service answers, and directories of services in HSDS 3.0, as JSON or as a tabular data package.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::findings::Findings;
use super::grid::Grid;
use super::known::Known;
use super::schedules;
use crate::diagnostics::{Code, Problem};

/// Most places that are read of a file.
const MOST: usize = 10_000;
/// How deep JSON is followed.
const DEEPEST: usize = 12;
/// The columns of the grid, as [`super::centres`] knows them.
const COLUMNS: [&str; 13] = [
    "id",
    "name",
    "short name",
    "kind",
    "area",
    "address",
    "directions",
    "phone",
    "hours",
    "summary",
    "amenities",
    "lat",
    "lon",
];

/// A place: what stands in each column.
type Place = BTreeMap<&'static str, String>;

/// The places of a JSON text; nothing if there are none that this knows.
pub(super) fn of_json(text: &str, known: &Known, findings: &mut Findings) -> Option<Grid> {
    let json: Value = serde_json::from_str(text).ok()?;
    let list = |key: &str| json.get(key).and_then(Value::as_array);
    let places: Vec<Place> = if let Some(features) = list("features") {
        features.iter().filter_map(of_feature).take(MOST).collect()
    } else if let Some(elements) = list("elements") {
        elements.iter().filter_map(of_element).take(MOST).collect()
    } else {
        let mut locations = Vec::new();
        gather(&json, 0, &mut locations);
        if !locations.is_empty() {
            let mut services = BTreeSet::new();
            gather_services(&json, 0, &mut services);
            say_of_services(&services, known, findings);
        }
        locations.into_iter().map(|location| of_location(location, findings)).collect()
    };
    grid(places)
}

/// The grid of places, if there are any.
fn grid(places: Vec<Place>) -> Option<Grid> {
    let mut grid = Grid::new("");
    for (column, heading) in (0_u32..).zip(COLUMNS) {
        grid.put(0, column, heading);
    }
    for (row, place) in (1_u32..).zip(places.iter().filter(|place| place.contains_key("name"))) {
        for (column, heading) in (0_u32..).zip(COLUMNS) {
            grid.put(row, column, place.get(heading).map_or("", String::as_str));
        }
    }
    (grid.rows().len() > 1).then_some(grid)
}

/// What a value says: a text, a number, or a list of these.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(|item| text(item.get("kind").unwrap_or(item))).collect();
            (!items.is_empty()).then(|| items.join("、"))
        }
        _ => None,
    }
}

fn of_feature(feature: &Value) -> Option<Place> {
    let properties = feature.get("properties")?.as_object()?;
    let tags = properties.get("tags").and_then(Value::as_object).unwrap_or(properties);
    let mut place = of_tags(tags);
    if let Some([lon, lat, ..]) = feature.pointer("/geometry/coordinates").and_then(Value::as_array).map(Vec::as_slice)
    {
        place.extend(text(lat).filter(|_| lat.is_number()).map(|lat| ("lat", lat)));
        place.extend(text(lon).filter(|_| lon.is_number()).map(|lon| ("lon", lon)));
    }
    Some(place)
}

fn of_element(element: &Value) -> Option<Place> {
    let mut place = of_tags(element.get("tags")?.as_object()?);
    let point = element.get("center").unwrap_or(element);
    for key in ["lat", "lon"] {
        place.extend(point.get(key).and_then(text).map(|value| (key, value)));
    }
    Some(place)
}

/// The tags of an object of OpenStreetMap.
fn of_tags(tags: &Map<String, Value>) -> Place {
    let mut place = Place::new();
    let tag = |names: &[&str]| names.iter().find_map(|name| tags.get(*name).and_then(text));
    let mut say = |key: &'static str, value: Option<String>| place.extend(value.map(|value| (key, value)));
    say("id", tag(&["id"]).filter(|id| !id.contains('/') && !id.bytes().all(|byte| byte.is_ascii_digit())));
    say("name", tag(&["name", "name:zh", "name:en"]));
    say("short name", tag(&["short_name"]));
    say("kind", tag(&["kind"]));
    say("area", tag(&["area"]));
    let parts = ["addr:province", "addr:city", "addr:district", "addr:street", "addr:housenumber"];
    let joined: String = parts.iter().filter_map(|part| tags.get(*part).and_then(text)).collect();
    say("address", tag(&["addr:full"]).or_else(|| Some(joined).filter(|joined| !joined.is_empty())));
    say("phone", tag(&["phone", "contact:phone"]));
    say("hours", tag(&["opening_hours"]));
    say("summary", tag(&["description"]));
    say("amenities", tag(&["amenities"]));
    place
}

/// Every object of HSDS that is a location, wherever it is nested.
fn gather<'j>(json: &'j Value, depth: usize, found: &mut Vec<&'j Map<String, Value>>) {
    if depth > DEEPEST || found.len() >= MOST {
        return;
    }
    match json {
        Value::Array(items) => items.iter().for_each(|item| gather(item, depth + 1, found)),
        Value::Object(object) => {
            let is_location = object.contains_key("location_type") || object.contains_key("addresses");
            let id = object.get("id");
            if is_location && !found.iter().any(|known| id.is_some() && known.get("id") == id) {
                found.push(object);
            }
            object.values().for_each(|value| gather(value, depth + 1, found));
        }
        _ => {}
    }
}

/// The names of all services of HSDS, wherever they are nested.
fn gather_services(json: &Value, depth: usize, found: &mut BTreeSet<String>) {
    if depth > DEEPEST || found.len() >= MOST {
        return;
    }
    match json {
        Value::Array(items) => items.iter().for_each(|item| gather_services(item, depth + 1, found)),
        Value::Object(object) => {
            let own = object.get("name").filter(|_| object.contains_key("service_at_locations")).and_then(text);
            found.extend(own);
            for (key, value) in object {
                match (key.as_str(), value) {
                    ("services", Value::Array(items)) => {
                        found.extend(items.iter().filter_map(|item| text(item.get("name")?)));
                    }
                    ("service", Value::Object(service)) => found.extend(service.get("name").and_then(text)),
                    _ => {}
                }
                gather_services(value, depth + 1, found);
            }
        }
        _ => {}
    }
}

/// Says which services are left where they are, since only places are taken.
fn say_of_services(services: &BTreeSet<String>, known: &Known, findings: &mut Findings) {
    const SHOWN: usize = 10;
    let unknown: Vec<&str> =
        services.iter().filter(|name| !known.services.contains(*name)).map(String::as_str).collect();
    if !unknown.is_empty() {
        let problem = Problem::new(Code::ServicesLeft).with("count", &unknown.len().to_string());
        let more = (unknown.len() > SHOWN).then_some("…");
        findings.on_file(problem.with_list("names", unknown.into_iter().take(SHOWN).chain(more)));
    }
}

/// A location of HSDS with its addresses, telephone lines and schedules within it.
fn of_location(location: &Map<String, Value>, findings: &mut Findings) -> Place {
    let mut place = Place::new();
    let parts = |key: &str| location.get(key).and_then(Value::as_array).into_iter().flatten();
    for (key, name) in [
        ("name", "name"),
        ("short name", "alternate_name"),
        ("summary", "description"),
        ("directions", "transportation"),
        ("lat", "latitude"),
        ("lon", "longitude"),
    ] {
        place.extend(location.get(name).and_then(text).map(|value| (key, value)));
    }
    place.extend(parts("addresses").find_map(|address| text(address.get("address_1")?)).map(|text| ("address", text)));
    let phones: Vec<String> = parts("phones").filter_map(phone).collect();
    if !phones.is_empty() {
        place.insert("phone", phones.join("、"));
    }
    let read = schedules::read(parts("schedules"));
    say_of_schedules(place.get("name").map_or("", String::as_str), &read, findings);
    place.extend(read.hours.map(|hours| ("hours", hours)));
    let codes = parts("attributes").filter_map(|attribute| text(attribute.pointer("/taxonomy_term/code")?));
    of_codes(codes, &mut place);
    place
}

fn phone(phone: &Value) -> Option<String> {
    let number = text(phone.get("number")?)?;
    Some(match phone.get("description").and_then(text) {
        Some(words) if !words.contains(['、', '，', ',', '；', ';', '/']) => format!("{words}：{number}"),
        _ => number,
    })
}

/// What terms of our own taxonomies say: `centre-kind/station`, `amenity/tea`.
fn of_codes(codes: impl Iterator<Item = String>, place: &mut Place) {
    let mut amenities = Vec::new();
    for code in codes {
        match code.split_once('/') {
            Some(("centre-kind", kind)) => _ = place.insert("kind", kind.to_owned()),
            Some(("amenity", amenity)) => amenities.push(amenity.to_owned()),
            _ => {}
        }
    }
    if !amenities.is_empty() {
        place.insert("amenities", amenities.join("、"));
    }
}

/// Says which schedules of a place were not taken and why, and which were taken for parts of every year.
fn say_of_schedules(place: &str, read: &schedules::Read, findings: &mut Findings) {
    for (schedule, why) in &read.left {
        let problem = Problem::new(Code::ScheduleLeft).with("place", place).with("schedule", schedule);
        findings.on_file(problem.with_word("why", why));
    }
    for span in &read.yearly {
        let problem = Problem::new(Code::SeasonFromDates).with("place", place);
        findings.on_file(problem.with("days", &String::from(*span)));
    }
}

/// The places of a tabular data package: its tables by their names, each as CSV.
pub(super) fn of_tables(tables: &BTreeMap<String, Vec<u8>>, known: &Known, findings: &mut Findings) -> Option<Grid> {
    let rows = |name: &str| -> Vec<BTreeMap<String, String>> {
        let Some(bytes) = tables.get(name) else { return Vec::new() };
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader.flexible(true).from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
        let heads: Vec<String> =
            reader.headers().map(|heads| heads.iter().map(str::to_owned).collect()).unwrap_or_default();
        let row = |record: csv::StringRecord| heads.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
        reader.records().filter_map(Result::ok).take(50 * MOST).map(row).collect()
    };
    let by_location = |name: &str, key: &str| {
        let mut found: BTreeMap<String, Vec<BTreeMap<String, String>>> = BTreeMap::new();
        for row in rows(name) {
            if let Some(id) = row.get(key).filter(|id| !id.is_empty()) {
                found.entry(id.clone()).or_default().push(row);
            }
        }
        found
    };
    let (addresses, phones) = (by_location("address", "location_id"), by_location("phone", "location_id"));
    let (schedules, attributes) = (by_location("schedule", "location_id"), by_location("attribute", "link_id"));
    let terms: BTreeMap<String, String> = rows("taxonomy_term")
        .into_iter()
        .filter_map(|row| Some((row.get("id")?.clone(), row.get("code")?.clone())))
        .collect();
    let services =
        rows("service").into_iter().filter_map(|mut row| row.remove("name")).map(|name| name.trim().to_owned());
    say_of_services(&services.filter(|name| !name.is_empty()).collect(), known, findings);
    let places = rows("location").into_iter().take(MOST).map(|row| {
        let id = row.get("id").cloned().unwrap_or_default();
        let object = |row: &BTreeMap<String, String>| {
            Value::Object(row.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))).collect())
        };
        let parts = |found: &BTreeMap<String, Vec<BTreeMap<String, String>>>| {
            Value::Array(found.get(&id).into_iter().flatten().map(object).collect())
        };
        let mut location: Map<String, Value> = object(&row).as_object().cloned().unwrap_or_default();
        location.insert("addresses".to_owned(), parts(&addresses));
        location.insert("phones".to_owned(), parts(&phones));
        location.insert("schedules".to_owned(), parts(&schedules));
        let mut place = of_location(&location, findings);
        let codes = attributes.get(&id).into_iter().flatten();
        of_codes(codes.filter_map(|row| terms.get(row.get("taxonomy_term_id")?).cloned()), &mut place);
        place
    });
    grid(places.collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn objects_of_openstreetmap_are_read_in_both_forms() {
        let feature = r#"{"type":"FeatureCollection","features":[{"geometry":{"type":"Point","coordinates":[103.8,36.1]},
            "properties":{"@id":"node/1","name":"甲","opening_hours":"Mo-Fr 09:00-17:00","addr:street":"一路","addr:housenumber":"1号"}}]}"#;
        let answer = r#"{"elements":[{"type":"node","id":1,"lat":36.1,"lon":103.8,"tags":{"name":"甲",
            "opening_hours":"Mo-Fr 09:00-17:00","addr:street":"一路","addr:housenumber":"1号"}}]}"#;
        for text in [feature, answer] {
            let grid = of_json(text, &Known::of(None), &mut Findings::of("x")).unwrap();
            let row: Vec<&str> = grid.row(1).map(|(_, text)| text).collect();
            assert_eq!(row, ["甲", "一路1号", "Mo-Fr 09:00-17:00", "36.1", "103.8"]);
        }
        for text in ["", "[]", "{}", "{\"features\":3}", "{\"features\":[{}]}", &"[".repeat(10_000)] {
            assert!(of_json(text, &Known::of(None), &mut Findings::of("x")).is_none());
        }
    }
}
