//! `datapackage.json`: what stands in each table, as Frictionless Data Package v1 says it.

use serde_json::{Map, Value, json};

use super::super::naming::below;
use super::table::Holds::{self, AnyRef, Date, Id, Needed, Number, OneOf, Ref, Text, Time, Uri};
use super::table::{TABLES, Table};
use crate::site::Site;

/// `datapackage.json`.
pub(super) fn package(site: &Site, title: &str, home: &str) -> Value {
    json!({
        "profile": "tabular-data-package",
        "name": "human-services",
        "title": title,
        "description": "Human Services Data Specification (HSDS) 3.0, tabular form",
        "homepage": home,
        "id": below(site, "hsds/datapackage.json"),
        "resources": TABLES.iter().map(described).collect::<Vec<_>>(),
    })
}

fn described(table: &Table) -> Value {
    let fields: Vec<Value> = table.fields.iter().map(|(name, holds)| field(table.name, name, *holds)).collect();
    let keys: Vec<Value> = table
        .fields
        .iter()
        .filter_map(|(name, holds)| {
            let Ref(other) = *holds else { return None };
            // A table that refers to itself is not named (Table Schema, `foreignKeys`).
            let resource = if other == table.name { "" } else { other };
            Some(json!({"fields": name, "reference": {"resource": resource, "fields": "id"}}))
        })
        .collect();
    let mut schema = Map::from_iter([("fields".to_owned(), fields.into()), ("primaryKey".to_owned(), "id".into())]);
    if !keys.is_empty() {
        schema.insert("foreignKeys".to_owned(), keys.into());
    }
    json!({
        "name": table.name,
        "path": format!("csv/{}.csv", table.file),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    })
}

fn field(table: &str, name: &str, holds: Holds) -> Value {
    let mut field = Map::from_iter([("name".to_owned(), Value::from(name))]);
    let mut set = |key: &str, value: Value| drop(field.insert(key.to_owned(), value));
    set(
        "type",
        match holds {
            Number => "number",
            Date => "date",
            Time => "time",
            Id | Ref(_) | AnyRef | Text | Needed | OneOf(_) | Uri => "string",
        }
        .into(),
    );
    match holds {
        Id | Ref(_) | AnyRef => set("format", "uuid".into()),
        Uri => set("format", "uri".into()),
        _ => {}
    }
    let mut constraints = Map::new();
    if matches!(holds, Id | Needed) || required(table, name) {
        constraints.insert("required".to_owned(), true.into());
    }
    if matches!(holds, Id) || (table, name) == ("taxonomy_term", "code") {
        constraints.insert("unique".to_owned(), true.into());
    }
    if let OneOf(words) = holds {
        constraints.insert("enum".to_owned(), json!(words));
    }
    if !constraints.is_empty() {
        set("constraints", constraints.into());
    }
    field.into()
}

/// Whether the standard's tables require a field that is more than words. Of an address that is also its city, province
/// and code; those are not in every site, so the package does not promise them.
fn required(table: &str, name: &str) -> bool {
    matches!(
        (table, name),
        ("program" | "service", "organization_id")
            | ("service", "status")
            | ("attribute", "link_id" | "taxonomy_term_id")
            | ("service_at_location", "service_id" | "location_id")
            | ("location", "location_type")
            | ("address", "address_type")
    )
}
