//! Places from other programs → a grid of places, which is then read as any list: OpenStreetMap's objects as GeoJSON or as
//! its query service answers, and the places of directories of services ([`super::hsds`]).

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::findings::Findings;
use super::grid::Grid;
use crate::diagnostics::{Code, Problem};

/// Most places that are read of a file.
const MOST: usize = 10_000;
/// Most names that are shown of places that are left out.
const SHOWN: usize = 10;
/// The column of lines that are no telephones, such as faxes, which no place has a key for.
pub(super) const OTHER_LINES: &str = "other lines";
/// The columns of the grid, as [`super::centres`] knows them.
const COLUMNS: [&str; 14] = [
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
    "accessibility",
    "lat",
    "lon",
];

/// A place: what stands in each column.
pub(super) type Place = BTreeMap<&'static str, String>;

/// The places of OpenStreetMap in a JSON text; nothing if it is no such text.
pub(super) fn of_osm(json: &Value, findings: &mut Findings) -> Option<Vec<Place>> {
    let list = |key: &str| json.get(key).and_then(Value::as_array);
    let features = list("features").map(|features| features.iter().filter_map(of_feature).collect::<Vec<_>>());
    let mut places = features.or_else(|| Some(list("elements")?.iter().filter_map(of_element).collect()))?;
    let beyond = places.split_off(places.len().min(MOST));
    if !beyond.is_empty() {
        let problem = Problem::new(Code::ImportBeyondLimit).with_word("what", "limit-places");
        let problem = problem.with("limit", &MOST.to_string()).with("count", &beyond.len().to_string());
        let names = beyond.iter().filter_map(|place| place.get("name")).map(String::as_str).take(SHOWN).chain(["…"]);
        findings.once(problem.with_list("names", names));
    }
    Some(places)
}

/// Places as a list, each in the row after its number, if any has a name.
pub(super) fn grid(places: &[Place]) -> Option<Grid> {
    let mut grid = Grid::new("");
    let has_others = places.iter().any(|place| place.contains_key(OTHER_LINES));
    let columns = || (0_u32..).zip(COLUMNS.into_iter().chain(has_others.then_some(OTHER_LINES)));
    for (column, heading) in columns() {
        grid.put(0, column, heading);
    }
    for (row, place) in (1_u32..).zip(places) {
        let Some(name) = place.get("name") else { continue };
        grid.call(row, name);
        for (column, heading) in columns() {
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
        let read = |text: &str| grid(&of_osm(&serde_json::from_str(text).ok()?, &mut Findings::of("places.json"))?);
        for text in [feature, answer] {
            let grid = read(text).unwrap();
            let row: Vec<&str> = grid.row(1).map(|(_, text)| text).collect();
            assert_eq!(row, ["甲", "一路1号", "Mo-Fr 09:00-17:00", "36.1", "103.8"]);
        }
        for text in ["", "[]", "{}", "{\"features\":3}", "{\"features\":[{}]}", &"[".repeat(10_000)] {
            assert!(read(text).is_none());
        }
    }
}
