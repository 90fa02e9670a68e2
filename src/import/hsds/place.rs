//! A location of HSDS → a row of a list of places.

use serde_json::{Map, Value};

use super::super::directory::{OTHER_LINES, Place};
use super::super::findings::Findings;
use super::super::known::Known;
use super::labels::Labels;
use super::left::Left;
use super::lines::{self, Line};
use super::nested::parts;
use super::plan::Horizon;
use super::schedule::{Clocks, MOST_DATES};
use super::text;
use super::{address, hours};
use crate::diagnostics::{Code, Problem};

/// A location with its addresses, telephone lines and schedules within it; rules without an end are written out as far as the `horizon` says.
pub(super) fn row(
    location: &Map<String, Value>,
    (known, horizon): (&Known, Horizon),
    clocks: &Clocks<'_>,
    left: &mut Left,
    findings: &mut Findings,
) -> Place {
    let mut place = Place::new();
    if text(location.get("location_type")).is_some_and(|kind| kind.eq_ignore_ascii_case("virtual")) {
        // Nobody can go there; a place without a name is none.
        left.doubtful("look-virtual", &text(location.get("name")).unwrap_or_default());
        return place;
    }
    for (key, name) in [
        ("name", "name"),
        ("short name", "alternate_name"),
        ("summary", "description"),
        ("directions", "transportation"),
        ("lat", "latitude"),
        ("lon", "longitude"),
    ] {
        place.extend(text(location.get(name)).map(|value| (key, value)));
    }
    if !place.contains_key("name") {
        left.doubtful("look-nameless", &text(location.get("id")).unwrap_or_default());
    }
    lines_of(location, &known.purposes, &mut place, left);
    let schedules = location.get("schedules").and_then(Value::as_array).into_iter().flatten();
    let read = hours::read(schedules, horizon.ahead.first(), horizon.years, clocks);
    let name = place.get("name").map_or("", String::as_str);
    let address = address::of(location, known.first.is_chinese(), &known.postal);
    if address.as_ref().is_some_and(|address| address.kind == address::Kind::Postal) {
        left.doubtful("look-postal", name);
    }
    if address.as_ref().is_some_and(|address| address.is_cut) {
        left.doubtful("look-address", name);
    }
    say_of_schedules(name, &read, findings);
    left.beyond("limit-schedules", MOST_DATES, name, read.more_schedules);
    left.beyond("limit-dates", MOST_DATES, name, read.more_dates);
    if read.has_notes {
        left.doubtful("look-notes", name);
    }
    if read.is_doubtful {
        left.doubtful("look-clocks", name);
    }
    place.extend(address.map(|address| ("address", address.said)));
    place.extend(read.hours.map(|hours| ("hours", hours)));
    let words: Vec<String> =
        parts(location, "accessibility").filter_map(|entry| text(entry.get("description"))).collect();
    if !words.is_empty() {
        place.insert("accessibility", words.join("\n"));
    }
    let codes = parts(location, "attributes").filter_map(|attribute| text(attribute.get("taxonomy_term")?.get("code")));
    of_codes(codes, &mut place);
    place
}

/// The telephone lines of a place; what is none stands in a column that lists of places do not know, and so is said.
fn lines_of(location: &Map<String, Value>, labels: &Labels, place: &mut Place, left: &mut Left) {
    let (mut phones, mut others) = (Vec::new(), Vec::new());
    let name = place.get("name").cloned().unwrap_or_default();
    for line in lines::of(location, labels) {
        match line {
            Line::Telephone(Some(words), number) if !words.contains(['、', '，', ',', '；', ';', '/']) => {
                phones.push(format!("{words}：{number}"));
            }
            Line::Telephone(_, number) => phones.push(number),
            Line::Other(said) => others.push(said),
            Line::Unlabelled(number) => {
                phones.push(number);
                left.doubtful("look-label", &name);
            }
            Line::Personal => left.doubtful("look-line", &name),
        }
    }
    if !others.is_empty() {
        left.doubtful("look-lines", &name);
    }
    for (column, said) in [("phone", phones), (OTHER_LINES, others)] {
        if !said.is_empty() {
            place.insert(column, said.join("、"));
        }
    }
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

/// Says which schedules of a place were not taken and why, which were taken for parts of every year, and which go on
/// beyond the day until which they were written out.
fn say_of_schedules(place: &str, read: &hours::Read, findings: &mut Findings) {
    for refused in &read.left {
        findings.on_file(refused.problem(place));
    }
    for span in &read.yearly {
        let problem = Problem::new(Code::SeasonFromDates).with("place", place);
        findings.on_file(problem.with("days", &String::from(*span)));
    }
    for endless in &read.until {
        let problem = Problem::new(Code::ScheduleWithoutEnd).with("date", &endless.until.to_string());
        let problem = problem.with("count", "1").with("place", place);
        let problem = problem.with_some("fortnightly", endless.is_fortnightly.then_some(place));
        findings.on_file(endless.told.after(place).fill(problem, "names"));
    }
}
