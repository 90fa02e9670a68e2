//! HSDS as JSON → its places and services, wherever they are nested.
//!
//! The API of the standard gives a service with its places within, a place or an organisation with its services, a
//! `service_at_location` with both; others write all tables as lists of one object. An object is known by the key under
//! which it stands or by fields that no other has, and counts once, by its `id`, as the one that says most. Links that
//! name records by `id` are followed when all have been seen.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::left::Left;
use super::{DEEPEST, MOST, text};

/// An object of JSON.
pub(super) type Object = Map<String, Value>;

/// The places and services of a file.
#[derive(Default)]
pub(super) struct Found<'j> {
    pub(super) places: Vec<&'j Object>,
    pub(super) services: Vec<Given<'j>>,
    /// What is beyond the limits.
    pub(super) left: Left,
    place_of: HashMap<String, usize>,
    service_of: HashMap<String, usize>,
    /// Links that stand apart from what they link.
    links: Vec<&'j Object>,
}

/// A service with what stands around it.
pub(super) struct Given<'j> {
    pub(super) service: &'j Object,
    /// `service_at_location` objects: those within it, those around it, those that name it.
    pub(super) links: Vec<&'j Object>,
    /// Places within which it stands.
    pub(super) places: Vec<usize>,
    /// The organisation within which it stands.
    pub(super) organization: Option<&'j Object>,
}

/// What stands around an object.
#[derive(Clone, Copy, Default)]
struct Around<'j> {
    place: Option<usize>,
    organization: Option<&'j Object>,
    link: Option<&'j Object>,
    /// Whether it is a service.
    is_service: bool,
    /// Whether anything around has a name, so that this is a part of it.
    is_within: bool,
}

/// Fields that only a service has.
const OF_SERVICES: [&str; 7] = [
    "service_at_locations",
    "eligibility_description",
    "application_process",
    "fees_description",
    "required_documents",
    "service_areas",
    "cost_options",
];

/// Fields of a service that others may have too, so that it must have a name beside them.
const OF_NAMED_SERVICES: [&str; 3] = ["organization", "schedules", "status"];
/// The keys of what is neither a place nor a service, and need not be said.
const OF_OTHERS: [&str; 12] = [
    "organization",
    "organizations",
    "program",
    "programs",
    "contact",
    "contacts",
    "phone",
    "phones",
    "taxonomy",
    "taxonomies",
    "taxonomy_term",
    "taxonomy_terms",
];

/// The places and services of a JSON text.
/// What was left out before goes on in `left`.
pub(super) fn read(json: &Value, left: Left) -> Found<'_> {
    let mut found = Found { left, ..Found::default() };
    found.value(json, "", Around::default(), 0);
    for link in std::mem::take(&mut found.links) {
        let place = found.service_of.get(&text(link.get("service_id")).unwrap_or_default()).copied();
        if let Some(given) = place.and_then(|place| found.services.get_mut(place)) {
            given.links.push(link);
        }
    }
    found
}

/// The objects of a field that is a list.
pub(super) fn parts<'j>(object: &'j Object, key: &str) -> impl Iterator<Item = &'j Object> {
    object.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

impl<'j> Found<'j> {
    /// The place of a link, by its number.
    pub(super) fn place_of(&self, link: &Object) -> Option<usize> {
        let within = link.get("location").and_then(Value::as_object).and_then(key_of_place);
        let key = within.or_else(|| text(link.get("location_id")))?;
        self.place_of.get(&key).copied()
    }

    /// The number of a place.
    pub(super) fn number_of(&self, place: &Object) -> Option<usize> {
        self.place_of.get(&key_of_place(place)?).copied()
    }

    fn value(&mut self, value: &'j Value, key: &str, around: Around<'j>, depth: usize) {
        if depth > DEEPEST {
            if value.is_object() || value.is_array() {
                self.left.beyond("limit-depth", DEEPEST, key, 1);
            }
            return;
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.value(item, key, around, depth + 1)),
            Value::Object(object) => self.object(object, key, around, depth),
            _ => {}
        }
    }

    fn object(&mut self, object: &'j Object, key: &str, around: Around<'j>, depth: usize) {
        let place = if is_place(object, key) { self.place(object) } else { None };
        let is_service = place.is_none() && is_service(object, key);
        if is_service {
            self.service(object, around);
        }
        let is_apart = matches!(key, "service_at_location" | "service_at_locations") && !around.is_service;
        if is_apart && object.contains_key("service_id") {
            self.links.push(object);
        }
        let name = text(object.get("name"));
        let is_known = place.is_some() || is_service || is_place(object, key) || is_apart;
        if let Some(name) = name.as_ref().filter(|_| !is_known && !around.is_within && is_unknown(object, key)) {
            self.left.doubtful("look-unknown", name);
        }
        let is_link = object.get("service").is_some_and(Value::is_object);
        for (field, child) in object {
            let around = Around {
                place: place.filter(|_| field == "services"),
                organization: Some(object).filter(|_| field == "services" && place.is_none() && !is_service),
                link: Some(object).filter(|_| field == "service" && is_link),
                is_service,
                is_within: around.is_within || is_known || name.is_some(),
            };
            self.value(child, field, around, depth + 1);
        }
    }

    fn place(&mut self, object: &'j Object) -> Option<usize> {
        let key = key_of_place(object)?;
        if let Some(number) = self.place_of.get(&key).copied() {
            fuller(self.places.get_mut(number)?, object);
            return Some(number);
        }
        if self.places.len() >= MOST {
            self.left.beyond("limit-places", MOST, &text(object.get("name")).unwrap_or_default(), 1);
            return None;
        }
        self.places.push(object);
        self.place_of.insert(key, self.places.len() - 1);
        Some(self.places.len() - 1)
    }

    fn service(&mut self, object: &'j Object, around: Around<'j>) {
        let id = text(object.get("id"));
        let known = id.as_ref().and_then(|id| self.service_of.get(id)).copied();
        let number = known.unwrap_or(self.services.len());
        if known.is_none() {
            if self.services.len() >= MOST {
                self.left.beyond("limit-services", MOST, &text(object.get("name")).unwrap_or_default(), 1);
                return;
            }
            self.services.push(Given { service: object, links: Vec::new(), places: Vec::new(), organization: None });
            self.service_of.extend(id.map(|id| (id, number)));
        }
        let Some(given) = self.services.get_mut(number) else { return };
        fuller(&mut given.service, object);
        given.links.extend(parts(object, "service_at_locations"));
        given.links.extend(around.link);
        given.places.extend(around.place);
        given.organization = given.organization.or(around.organization);
    }
}

/// Keeps of two objects with one `id` the one that says more: others may name it in short.
fn fuller<'j>(known: &mut &'j Object, object: &'j Object) {
    if object.len() > known.len() {
        *known = object;
    }
}

fn is_place(object: &Object, key: &str) -> bool {
    let is_named = object.contains_key("id") && object.contains_key("name");
    object.contains_key("location_type")
        || object.contains_key("addresses")
        || is_named && matches!(key, "location" | "locations")
}

fn is_service(object: &Object, key: &str) -> bool {
    let is_called = matches!(key, "service" | "services") && (object.contains_key("name") || object.contains_key("id"));
    let has = |field: &str| object.contains_key(field);
    let is_named =
        || object.contains_key("name") && !OF_OTHERS.contains(&key) && !holds(object, &["services", "contents"]);
    is_called
        || OF_SERVICES.iter().any(|field| has(field))
        || is_named() && OF_NAMED_SERVICES.iter().any(|field| has(field))
}

/// Whether an object with a name is none of what a directory has, and holds nothing of it.
fn is_unknown(object: &Object, key: &str) -> bool {
    !OF_OTHERS.contains(&key) && !holds(object, &["services", "locations", "organizations", "contents"])
}

/// Whether an object has lists of records under some of these keys, as an organisation has services.
fn holds(object: &Object, keys: &[&str]) -> bool {
    keys.iter().any(|key| parts(object, key).next().is_some())
}

/// By what a place is known again: its `id`, or else what it says of itself.
fn key_of_place(object: &Object) -> Option<String> {
    let said = || {
        let address = parts(object, "addresses").find_map(|address| text(address.get("address_1")));
        Some(format!("{}\n{}", text(object.get("name"))?, address.unwrap_or_default()))
    };
    text(object.get("id")).or_else(said)
}
