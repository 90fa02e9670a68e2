//! Centres as GeoJSON (RFC 7946): one point a centre where it is known, with properties named as OpenStreetMap names its tags.
//!
//! Map programs and OSM editors know those names; what OSM has no tag for stands in lists of our own words
//! (`kind`, `amenities`, `accessibility`). Texts are in the first language, and in others under `KEY:LANGUAGE`.

use std::sync::OnceLock;

use serde_json::{Map, Value, json};

use crate::content::{Accessibility, Amenity, Centre, CentreKind, Record, Text};
use crate::site::Edition;
use crate::site::views::kebab;

/// The features of all centres, each made when it is first asked for.
pub(super) struct Features<'a> {
    first: Edition<'a>,
    made: Vec<OnceLock<String>>,
}

impl<'a> Features<'a> {
    /// Room for all of them; `first` is the site in its first language.
    pub(super) fn new(first: Edition<'a>) -> Self {
        Self { first, made: first.site.content.centres.iter().map(|_| OnceLock::new()).collect() }
    }

    /// Writes a collection of centres, by their numbers.
    pub(super) fn write(&self, numbers: &[usize], buffer: &mut Vec<u8>) {
        buffer.extend_from_slice(b"{\"type\":\"FeatureCollection\",\"features\":[");
        for (position, number) in numbers.iter().enumerate() {
            buffer.extend_from_slice(if position == 0 { b"\n" } else { b",\n" });
            let centre = self.first.site.content.centres.get(*number);
            if let (Some(made), Some(centre)) = (self.made.get(*number), centre) {
                let text = made.get_or_init(|| feature(&self.first, centre).to_string());
                buffer.extend_from_slice(text.as_bytes());
            }
        }
        buffer.extend_from_slice(b"\n]}\n");
    }
}

/// A centre with its point, longitude first (RFC 7946 §3.1.1); one without is unlocated (§3.2): `geometry` is `null`.
fn feature(edition: &Edition<'_>, record: &Record<Centre>) -> Value {
    let point = record.value.location.map(|at| json!({"type": "Point", "coordinates": [at.lon, at.lat]}));
    json!({"type": "Feature", "id": record.id.as_str(), "geometry": point, "properties": properties(edition, record)})
}

fn properties(edition: &Edition<'_>, record: &Record<Centre>) -> Map<String, Value> {
    let centre = &record.value;
    let mut properties = Map::new();
    let mut add = |key: &str, value: Value| {
        properties.insert(key.to_owned(), value);
    };
    add("id", record.id.as_str().into());
    texts(edition, "name", &centre.name, &mut add);
    if let Some(short) = &centre.short_name {
        texts(edition, "short_name", short, &mut add);
    }
    add("kind", kebab(&centre.kind).into());
    add("area", centre.area.as_str().into());
    if let Some(parent) = &centre.part_of {
        add("part_of", parent.as_str().into());
    }
    texts(edition, "addr:full", &centre.address, &mut add);
    if let Some(summary) = &centre.summary {
        texts(edition, "description", summary, &mut add);
    }
    if !centre.phones.is_empty() {
        let numbers: Vec<&str> = centre.phones.iter().map(|phone| phone.number.as_str()).collect();
        add("phone", numbers.join("; ").into());
    }
    if let Some(by_rule) = edition.site.osm_by_rule(&record.id) {
        add("opening_hours", by_rule.into());
    }
    if let Some(by_date) = edition.site.osm_by_date(&record.id) {
        add("opening_hours:dated", by_date.into());
    }
    for (key, value) in tags(centre) {
        add(key, value.into());
    }
    let words = |words: Vec<String>| if words.is_empty() { None } else { Some(Value::from(words)) };
    if let Some(amenities) = words(centre.amenities.iter().map(|entry| kebab(&entry.kind())).collect()) {
        add("amenities", amenities);
    }
    if let Some(features) = words(centre.accessibility.iter().map(kebab).collect()) {
        add("accessibility", features);
    }
    add("url", edition.canonical(&edition.address_of(&record.id)).into());
    properties
}

/// A text in the first language, and in the others where it is written in them.
fn texts(edition: &Edition<'_>, key: &str, text: &Text, add: &mut impl FnMut(&str, Value)) {
    let first = edition.site.first_language();
    add(key, edition.local(text).text.into());
    for language in edition.site.content.site.value.languages.iter().skip(1) {
        if let Some(words) = text.exactly(&language.tag, first) {
            add(&format!("{key}:{}", language.tag), words.into());
        }
    }
}

/// What OpenStreetMap has tags for; two things that make one tag are joined by `;`.
fn tags(centre: &Centre) -> Vec<(&'static str, String)> {
    let kind = match centre.kind {
        CentreKind::CommunityCentre
        | CentreKind::RegionalCentre
        | CentreKind::BuildingCentre
        | CentreKind::VillageCentre => Some(("amenity", "community_centre")),
        CentreKind::Station | CentreKind::MobilePoint => None,
    };
    let amenities = centre.amenities.iter().filter_map(|entry| amenity_tag(entry.kind()));
    let features = centre.accessibility.iter().filter_map(|feature| accessibility_tag(*feature));
    let mut tags: Vec<(&'static str, String)> = Vec::new();
    for (key, value) in kind.into_iter().chain(amenities).chain(features) {
        match tags.iter_mut().find(|(known, _)| *known == key) {
            None => tags.push((key, value.to_owned())),
            Some((_, known)) if known.split(';').any(|part| part == value) => {}
            Some((_, known)) => *known = format!("{known};{value}"),
        }
    }
    tags
}

fn amenity_tag(amenity: Amenity) -> Option<(&'static str, &'static str)> {
    match amenity {
        Amenity::DrinkingWater => Some(("drinking_water", "yes")),
        Amenity::Toilet => Some(("toilets", "yes")),
        Amenity::Wifi => Some(("internet_access", "wlan")),
        Amenity::Computer => Some(("internet_access", "terminal")),
        Amenity::AirConditioning => Some(("air_conditioning", "yes")),
        Amenity::NursingRoom => Some(("baby_feeding", "room")),
        Amenity::Seating => Some(("indoor_seating", "yes")),
        Amenity::TyrePump => Some(("service:bicycle:pump", "yes")),
        _ => None,
    }
}

fn accessibility_tag(feature: Accessibility) -> Option<(&'static str, &'static str)> {
    match feature {
        Accessibility::StepFree => Some(("wheelchair", "yes")),
        Accessibility::Ramp => Some(("ramp:wheelchair", "yes")),
        Accessibility::Lift => Some(("elevator", "yes")),
        Accessibility::AccessibleToilet => Some(("toilets:wheelchair", "yes")),
        Accessibility::TactilePaving => Some(("tactile_paving", "yes")),
        Accessibility::HearingLoop => Some(("hearing_loop", "yes")),
        Accessibility::AccessibleParking => Some(("capacity:disabled", "yes")),
        _ => None,
    }
}
