//! The tables of a data package → the same nested JSON as the API of the standard gives, which is then read as such.
//!
//! Records are put into each other by the fields that name others. A row that names a record that is not there belongs
//! nowhere: it is left out and counted. Tables are known by their names, in the singular as the standard has them or in the plural.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::MOST;
use super::left::Left;
use crate::source;

/// Most rows that are read of a table.
const MOST_ROWS: usize = 200_000;
/// What belongs to a service: the field under which it is nested, its table, and the field that names the service.
const OF_SERVICES: [(&str, &str, &str); 12] = [
    ("schedules", "schedule", "service_id"),
    ("phones", "phone", "service_id"),
    ("contacts", "contact", "service_id"),
    ("languages", "language", "service_id"),
    ("required_documents", "required_document", "service_id"),
    ("cost_options", "cost_option", "service_id"),
    ("service_areas", "service_area", "service_id"),
    ("capacities", "service_capacity", "service_id"),
    ("funding", "funding", "service_id"),
    ("additional_urls", "url", "service_id"),
    ("service_at_locations", "service_at_location", "service_id"),
    ("attributes", "attribute", "link_id"),
];
/// What belongs to a place.
const OF_PLACES: [(&str, &str, &str); 6] = [
    ("addresses", "address", "location_id"),
    ("phones", "phone", "location_id"),
    ("languages", "language", "location_id"),
    ("accessibility", "accessibility", "location_id"),
    ("schedules", "schedule", "location_id"),
    ("attributes", "attribute", "link_id"),
];

/// A table.
struct Table {
    heads: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

impl Table {
    /// Reads a table in any encoding that spreadsheets write; nothing if it is no text.
    fn of(bytes: &[u8]) -> Option<Self> {
        let text = source::decoded(bytes)?;
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader.flexible(true).from_reader(text.as_bytes());
        let heads = reader.headers().map(|heads| heads.iter().map(|head| head.trim().to_owned()).collect());
        let heads: Vec<String> = heads.unwrap_or_default();
        let rows = reader.records().filter_map(Result::ok).take(MOST_ROWS + 1).collect();
        Some(Self { heads, rows })
    }

    fn get<'t>(&self, row: &'t csv::StringRecord, field: &str) -> Option<&'t str> {
        let column = self.heads.iter().position(|head| head == field)?;
        row.get(column).map(str::trim).filter(|text| !text.is_empty())
    }

    /// The rows by what a field of theirs names.
    fn by(&self, field: &str) -> HashMap<&str, Vec<&csv::StringRecord>> {
        let mut found: HashMap<&str, Vec<&csv::StringRecord>> = HashMap::new();
        for row in &self.rows {
            if let Some(name) = self.get(row, field) {
                found.entry(name).or_default().push(row);
            }
        }
        found
    }

    /// A row as an object, without its empty cells.
    fn object(&self, row: &csv::StringRecord) -> Map<String, Value> {
        let cells = self.heads.iter().zip(row).filter(|(_, cell)| !cell.trim().is_empty());
        cells.map(|(head, cell)| (head.clone(), Value::from(cell.trim()))).collect()
    }
}

/// Tables by their names, each read once.
struct Package<'t> {
    tables: BTreeMap<&'static str, Table>,
    bytes: &'t BTreeMap<String, Vec<u8>>,
}

impl Package<'_> {
    fn read(&mut self, name: &'static str, left: &mut Left) {
        let plural = [name.to_owned(), format!("{name}s"), format!("{name}es")];
        let Some(bytes) = plural.iter().find_map(|name| self.bytes.get(name)) else { return };
        if self.tables.contains_key(name) {
            return;
        }
        match Table::of(bytes) {
            Some(table) => _ = self.tables.insert(name, table),
            None if !left.has_unreadable(name) => left.unreadable(name),
            None => {}
        }
    }
}

/// The tables as one object with lists of services and places; nothing if a table is larger than what is read.
pub(super) fn nested(bytes: &BTreeMap<String, Vec<u8>>, left: &mut Left) -> Option<Value> {
    let mut package = Package { tables: BTreeMap::new(), bytes };
    for (_, name, _) in OF_SERVICES.iter().chain(&OF_PLACES) {
        package.read(name, left);
    }
    for name in ["service", "location", "organization", "program", "taxonomy_term"] {
        package.read(name, left);
    }
    let tables = &package.tables;
    if tables.values().any(|table| table.rows.len() > MOST_ROWS) {
        return None;
    }
    say_of_nothing(tables, left);
    let mut services = records(tables, "service", &OF_SERVICES);
    one(tables, &mut services, "organization", "organization_id");
    one(tables, &mut services, "program", "program_id");
    for (table, what) in [("service", "limit-services"), ("location", "limit-places")] {
        let Some(table) = tables.get(table) else { continue };
        let names = table.rows.iter().skip(MOST).map(|row| table.get(row, "name").unwrap_or_default());
        names.for_each(|name| left.beyond(what, MOST, name, 1));
    }
    let places = records(tables, "location", &OF_PLACES);
    let lists = [("services", services), ("locations", places)];
    let nested = lists.into_iter().map(|(name, records)| (name.to_owned(), Value::from(records)));
    Some(nested.collect::<Map<_, _>>().into())
}

/// What rows belong to: the field that names it, and its table.
const OWNERS: [(&str, &str); 4] = [
    ("service_id", "service"),
    ("location_id", "location"),
    ("service_at_location_id", "service_at_location"),
    ("contact_id", "contact"),
];

/// Counts the rows that belong to nothing, since none of the records that they name is there. A service at a place is
/// the service's; of one whose place is not there that is said elsewhere.
fn say_of_nothing(tables: &BTreeMap<&'static str, Table>, left: &mut Left) {
    let owners: Vec<_> = OWNERS.iter().map(|(field, of)| (*field, tables.get(of).map(|of| of.by("id")))).collect();
    let belongings: BTreeSet<&str> = OF_SERVICES.iter().chain(&OF_PLACES).map(|(_, name, _)| *name).collect();
    for (name, table) in tables.iter().filter(|(name, _)| belongings.contains(*name)) {
        let owners = owners.iter().take(if *name == "service_at_location" { 1 } else { OWNERS.len() });
        let is_of_nothing = |row: &&csv::StringRecord| {
            let mut named = owners.clone().filter_map(|(field, ids)| Some((table.get(row, field)?, ids))).peekable();
            let is_there =
                |(id, ids): (&str, &Option<HashMap<&str, _>>)| ids.as_ref().is_some_and(|ids| ids.contains_key(id));
            named.peek().is_some() && !named.any(is_there)
        };
        left.of_nothing(name, table.rows.iter().filter(is_of_nothing).count());
    }
}

/// The records of a table with what belongs to each.
fn records(
    tables: &BTreeMap<&'static str, Table>,
    name: &str,
    belongings: &[(&str, &'static str, &str)],
) -> Vec<Value> {
    let Some(table) = tables.get(name) else { return Vec::new() };
    let mut records: Vec<Map<String, Value>> = table.rows.iter().take(MOST).map(|row| table.object(row)).collect();
    for (field, name, key) in belongings {
        let Some(of) = tables.get(name) else { continue };
        let found = of.by(key);
        for record in &mut records {
            let rows = record.get("id").and_then(Value::as_str).and_then(|id| found.get(id));
            let parts = rows.into_iter().flatten().map(|row| of.object(row)).map(Value::from).collect::<Vec<_>>();
            if !parts.is_empty() {
                record.insert((*field).to_owned(), parts.into());
            }
        }
    }
    let mut records: Vec<Value> = records.into_iter().map(Value::from).collect();
    further(tables, &mut records);
    records
}

/// What is nested one step deeper: the schedules of a service at a place, the lines of a contact, the term of an attribute.
fn further(tables: &BTreeMap<&'static str, Table>, records: &mut [Value]) {
    let steps = [
        ("service_at_locations", "schedules", "schedule", "service_at_location_id"),
        ("service_at_locations", "phones", "phone", "service_at_location_id"),
        ("contacts", "phones", "phone", "contact_id"),
    ];
    for (list, field, name, key) in steps {
        let Some(of) = tables.get(name) else { continue };
        let found = of.by(key);
        for part in records.iter_mut().filter_map(|record| record.get_mut(list)?.as_array_mut()).flatten() {
            let rows = part.get("id").and_then(Value::as_str).and_then(|id| found.get(id));
            let parts: Vec<Value> = rows.into_iter().flatten().map(|row| of.object(row).into()).collect();
            if let Some(part) = part.as_object_mut().filter(|_| !parts.is_empty()) {
                part.insert(field.to_owned(), parts.into());
            }
        }
    }
    let terms = tables.get("taxonomy_term").map(|terms| (terms, terms.by("id")));
    for part in records.iter_mut().filter_map(|record| record.get_mut("attributes")?.as_array_mut()).flatten() {
        let row = part.get("taxonomy_term_id").and_then(Value::as_str).zip(terms.as_ref());
        let row = row.and_then(|(id, (terms, found))| Some(terms.object(found.get(id)?.first()?)));
        if let Some((part, row)) = part.as_object_mut().zip(row) {
            part.insert("taxonomy_term".to_owned(), row.into());
        }
    }
}

/// Puts the record that a field of theirs names into each record.
fn one(tables: &BTreeMap<&'static str, Table>, records: &mut [Value], name: &'static str, key: &str) {
    let Some(table) = tables.get(name) else { return };
    let found = table.by("id");
    for record in records {
        let row = record.get(key).and_then(Value::as_str).and_then(|id| found.get(id)?.first());
        let object = row.map(|row| table.object(row));
        if let Some((record, object)) = record.as_object_mut().zip(object) {
            record.insert(name.to_owned(), object.into());
        }
    }
}
