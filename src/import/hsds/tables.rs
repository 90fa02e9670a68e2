//! The tables of a directory → the same nested JSON as the API of the standard gives, which is then read as such.
//!
//! Tables are files of their own ([`of_files`]) or lists of one JSON object ([`of_lists`]). Records are put into each other
//! by the fields that name others. A row that names a record that is not there belongs nowhere: it is left out and counted.
//! Tables are known by their names, in the singular as the standard has them or in the plural.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::left::Left;
use super::nested::Object;
use super::text;
use crate::source;

/// Most rows that are read of a table.
const MOST_ROWS: usize = 200_000;

/// What belongs to something: the field under which it is nested, its table, and the field that names what it belongs to.
type Belonging = (&'static str, &'static str, &'static str);

/// What belongs to a service: the field under which it is nested, its table, and the field that names the service.
const OF_SERVICES: [Belonging; 12] = [
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
const OF_PLACES: [Belonging; 6] = [
    ("addresses", "address", "location_id"),
    ("phones", "phone", "location_id"),
    ("languages", "language", "location_id"),
    ("accessibility", "accessibility", "location_id"),
    ("schedules", "schedule", "location_id"),
    ("attributes", "attribute", "link_id"),
];

/// What belongs to a service at a place.
const OF_LINKS: [Belonging; 2] =
    [("schedules", "schedule", "service_at_location_id"), ("phones", "phone", "service_at_location_id")];
/// What belongs to a contact.
const OF_CONTACTS: [Belonging; 1] = [("phones", "phone", "contact_id")];
/// What rows belong to: the field that names it, its table, and what belongs to it.
const OWNERS: [(&str, &str, &[Belonging]); 4] = [
    ("service_id", "service", &OF_SERVICES),
    ("location_id", "location", &OF_PLACES),
    ("service_at_location_id", "service_at_location", &OF_LINKS),
    ("contact_id", "contact", &OF_CONTACTS),
];
/// What records name one of: their table, that of the one, and the field that names it.
const NAMED: [(&str, &str, &str); 3] = [
    ("service", "organization", "organization_id"),
    ("service", "program", "program_id"),
    ("attribute", "taxonomy_term", "taxonomy_term_id"),
];

/// Rows by the names of their tables.
type Tables = BTreeMap<&'static str, Vec<Object>>;

/// The table of what belongs to something that a name stands for.
fn belonging(name: &str) -> Option<&'static str> {
    let mut all = OF_SERVICES.iter().chain(&OF_PLACES);
    all.find(|(field, table, _)| name == *field || is_called(name, table)).map(|(_, table, _)| *table)
}

/// The table of what others name that a name stands for.
fn named(name: &str) -> Option<&'static str> {
    NAMED.iter().find(|(_, table, _)| is_called(name, table)).map(|(_, table, _)| *table)
}

/// Whether a name is that of a table, in the singular or in the plural.
fn is_called(name: &str, table: &str) -> bool {
    let is_several = |stem: &str| name.strip_prefix(stem) == Some("ies");
    name.strip_prefix(table).is_some_and(|ending| matches!(ending, "" | "s" | "es"))
        || table.strip_suffix('y').is_some_and(is_several)
}

/// Whether a name is that of a table of the standard.
pub(in crate::import) fn is_table(name: &str) -> bool {
    is_main_table(name) || belonging(name).or_else(|| named(name)).is_some()
}

/// Whether a name is that of a table to which others belong.
pub(in crate::import) fn is_main_table(name: &str) -> bool {
    ["service", "location"].iter().any(|table| is_called(name, table))
}

/// The tables of files as one object; nothing if a table is larger than what is read.
pub(super) fn of_files(files: &BTreeMap<String, Vec<u8>>, left: &mut Left) -> Option<Value> {
    let (mut root, mut tables) = (Object::new(), Tables::new());
    for (file, bytes) in files {
        let own = ["service", "location"].into_iter().find(|table| is_called(file, table));
        let Some(table) = own.or_else(|| belonging(file)).or_else(|| named(file)) else { continue };
        let Some(rows) = rows(bytes) else {
            left.unreadable(table);
            continue;
        };
        if rows.len() > MOST_ROWS {
            return None;
        }
        match own {
            Some(_) => _ = root.insert(table.to_owned(), rows.into_iter().map(Value::from).collect()),
            None => tables.entry(table).or_default().extend(rows),
        }
    }
    Some(linked(root.into(), &mut tables, left))
}

/// The rows of a table in any encoding that spreadsheets write, without empty cells; nothing if it is no text.
fn rows(bytes: &[u8]) -> Option<Vec<Object>> {
    let text = source::decoded(bytes)?;
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.flexible(true).from_reader(text.as_bytes());
    let heads: Vec<String> = match reader.headers() {
        Ok(heads) => heads.iter().map(|head| head.trim().to_owned()).collect(),
        Err(_) => Vec::new(),
    };
    let object = |row: csv::StringRecord| -> Object {
        let cells = heads.iter().zip(&row).filter(|(_, cell)| !cell.trim().is_empty());
        cells.map(|(head, cell)| (head.clone(), Value::from(cell.trim()))).collect()
    };
    Some(reader.records().filter_map(Result::ok).take(MOST_ROWS + 1).map(object).collect())
}

/// A JSON object that has tables as its lists, with their rows put into what they belong to; nothing if it has none.
pub(super) fn of_lists(json: &Value, left: &mut Left) -> Option<Value> {
    // A record has an id, and what belongs to it within it.
    let root = json.as_object().filter(|root| !root.contains_key("id"))?;
    let is_linked = |(name, list): (&String, &Value)| {
        let is_table = is_main_table(name) || belonging(name).is_some();
        is_table && list.as_array().is_some_and(|rows| rows.iter().any(names_another))
    };
    if !root.iter().any(is_linked) {
        return None;
    }
    let (mut root, mut tables) = (root.clone(), Tables::new());
    for (name, list) in &mut root {
        let Some(rows) = list.as_array_mut() else { continue };
        if let Some(table) = named(name) {
            // What stands within these is looked for as well.
            tables.entry(table).or_default().extend(rows.iter().filter_map(Value::as_object).cloned());
        } else if let Some(table) = belonging(name) {
            let (of_others, own): (Vec<_>, Vec<_>) = std::mem::take(rows).into_iter().partition(is_row);
            *rows = own;
            tables.entry(table).or_default().extend(of_others.into_iter().filter_map(object));
        }
    }
    Some(linked(root.into(), &mut tables, left))
}

/// Whether a value names what it belongs to, or one of what records name.
fn names_another(value: &Value) -> bool {
    is_row(value) || NAMED.iter().any(|(_, _, field)| value.get(field).is_some())
}

/// Whether a value names what it belongs to, and does not have it within it.
fn is_row(value: &Value) -> bool {
    let is_within = |of: &&str| value.get(of).is_some_and(Value::is_object);
    let mut fields = OWNERS.iter().map(|(field, ..)| *field).chain(["link_id"]);
    fields.any(|field| value.get(field).is_some()) && !["service", "location"].iter().any(is_within)
}

fn object(value: Value) -> Option<Object> {
    match value {
        Value::Object(object) => Some(object),
        _ => None,
    }
}

/// Puts the rows of tables into what they belong to, wherever in a value it stands, and counts those that belong to nothing.
fn linked(mut root: Value, tables: &mut Tables, left: &mut Left) -> Value {
    let mut known = HashSet::new();
    // What has something within it and is within something itself goes first.
    for table in ["attribute", "contact", "service_at_location"] {
        let Some(rows) = tables.remove(table) else { continue };
        let mut rows: Vec<Value> = rows.into_iter().map(Value::from).collect();
        let links = Links::of(tables);
        rows.iter_mut().for_each(|row| links.put(row, table, &mut known));
        tables.insert(table, rows.into_iter().filter_map(object).collect());
    }
    Links::of(tables).put(&mut root, "", &mut known);
    say_of_nothing(tables, &known, left);
    root
}

/// Records that are there, by their tables and ids.
type Records = HashSet<(&'static str, String)>;

/// Rows by what they belong to, and records by their ids.
struct Links<'t> {
    belongings: HashMap<Belonging, HashMap<String, Vec<&'t Object>>>,
    named: HashMap<&'static str, HashMap<String, &'t Object>>,
}

impl<'t> Links<'t> {
    fn of(tables: &'t Tables) -> Self {
        let rows = |table: &str| tables.get(table).into_iter().flatten();
        let mut belongings: HashMap<Belonging, HashMap<String, Vec<&Object>>> = HashMap::new();
        for belonging in OWNERS.iter().flat_map(|(_, _, belongings)| *belongings) {
            let (_, table, field) = *belonging;
            // What may belong to several sorts of records is one table.
            if belongings.contains_key(belonging) {
                continue;
            }
            let by_owner = belongings.entry(*belonging).or_default();
            for (owner, row) in rows(table).filter_map(|row| Some((text(row.get(field))?, row))) {
                by_owner.entry(owner).or_default().push(row);
            }
        }
        let by_id = |table| rows(table).rev().filter_map(|row| Some((text(row.get("id"))?, row))).collect();
        Self { belongings, named: NAMED.iter().map(|(_, table, _)| (*table, by_id(table))).collect() }
    }

    /// Puts what belongs to each record into it; a record is known by the key under which it stands.
    fn put(&self, value: &mut Value, key: &str, known: &mut Records) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.put(item, key, known)),
            Value::Object(object) => {
                object.iter_mut().for_each(|(field, child)| self.put(child, field, known));
                self.put_into(object, key, known);
            }
            _ => {}
        }
    }

    fn put_into(&self, record: &mut Object, key: &str, known: &mut Records) {
        for (_, name, field) in NAMED.iter().filter(|(of, ..)| is_called(key, of)) {
            let found = text(record.get(*field)).and_then(|id| self.named.get(name)?.get(&id));
            if let Some(found) = found.filter(|_| !record.contains_key(*name)) {
                record.insert((*name).to_owned(), Value::from((*found).clone()));
            }
        }
        let Some((_, table, belongings)) = OWNERS.iter().find(|(_, table, _)| is_called(key, table)) else { return };
        let Some(id) = text(record.get("id")) else { return };
        for belonging in *belongings {
            let Some(rows) = self.belongings.get(belonging).and_then(|rows| rows.get(&id)) else { continue };
            let list = record.entry(belonging.0).or_insert_with(|| Value::Array(Vec::new()));
            let Some(list) = list.as_array_mut() else { continue };
            // It may stand in both.
            let stand: HashSet<String> = list.iter().filter_map(|part| text(part.get("id"))).collect();
            let is_new = |row: &&&Object| text(row.get("id")).is_none_or(|id| !stand.contains(&id));
            list.extend(rows.iter().filter(is_new).map(|row| Value::from((*row).clone())));
        }
        known.insert((*table, id));
    }
}

/// Counts the rows that belong to nothing, since none of the records that they name is there. A service at a place is
/// the service's; of one whose place is not there that is said elsewhere.
fn say_of_nothing(tables: &Tables, known: &Records, left: &mut Left) {
    for (name, rows) in tables.iter().filter(|(name, _)| belonging(name).is_some()) {
        let owners = OWNERS.iter().take(if *name == "service_at_location" { 1 } else { OWNERS.len() });
        let is_of_nothing = |row: &&Object| {
            let mut named =
                owners.clone().filter_map(|(field, table, _)| Some((*table, text(row.get(*field))?))).peekable();
            named.peek().is_some() && !named.any(|owner| known.contains(&owner))
        };
        left.of_nothing(name, rows.iter().filter(is_of_nothing).count());
    }
}
