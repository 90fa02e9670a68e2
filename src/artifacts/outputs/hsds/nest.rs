//! Records put into each other, as HSDS 3.0 wants its JSON: a service with everything that belongs to it.

use serde_json::{Map, Value};

use super::table::Row;

/// How a table's records take up others.
struct Nesting {
    table: &'static str,
    /// Field, table, and the field of that table that names this one.
    many: &'static [(&'static str, &'static str, &'static str)],
    /// Field, table, and the field of this one that names it.
    one: &'static [(&'static str, &'static str, &'static str)],
}

const NESTINGS: [Nesting; 7] = [
    Nesting {
        table: "service",
        many: &[
            ("phones", "phone", "service_id"),
            ("schedules", "schedule", "service_id"),
            ("service_areas", "service_area", "service_id"),
            ("service_at_locations", "service_at_location", "service_id"),
            ("required_documents", "required_document", "service_id"),
            ("contacts", "contact", "service_id"),
            ("attributes", "attribute", "link_id"),
        ],
        one: &[("organization", "organization", "organization_id"), ("program", "program", "program_id")],
    },
    Nesting {
        table: "service_at_location",
        many: &[("schedules", "schedule", "service_at_location_id")],
        one: &[("location", "location", "location_id")],
    },
    Nesting {
        table: "location",
        many: &[
            ("languages", "language", "location_id"),
            ("addresses", "address", "location_id"),
            ("accessibility", "accessibility", "location_id"),
            ("phones", "phone", "location_id"),
            ("schedules", "schedule", "location_id"),
            ("attributes", "attribute", "link_id"),
        ],
        one: &[],
    },
    Nesting {
        table: "organization",
        many: &[
            ("contacts", "contact", "organization_id"),
            ("phones", "phone", "organization_id"),
            ("locations", "location", "organization_id"),
            ("programs", "program", "organization_id"),
        ],
        one: &[],
    },
    Nesting { table: "contact", many: &[("phones", "phone", "contact_id")], one: &[] },
    Nesting { table: "attribute", many: &[], one: &[("taxonomy_term", "taxonomy_term", "taxonomy_term_id")] },
    Nesting { table: "taxonomy_term", many: &[], one: &[("taxonomy_detail", "taxonomy", "taxonomy_id")] },
];

/// A record with those of `rows` that belong to it. What lies below an organisation that is itself inside a service
/// stays out, or every service would carry all of them.
pub(super) fn nested(row: &Row, rows: &[Row]) -> Value {
    let mut values = row.values().clone();
    let Some(nesting) = NESTINGS.iter().find(|nesting| nesting.table == row.table) else { return values.into() };
    let of = |table: &'static str| rows.iter().filter(move |other| other.table == table);
    for (field, table, key) in nesting.many {
        let others = of(table).filter(|other| other.text(key) == Some(row.id()));
        let others: Vec<Value> = others.map(|other| without(nested(other, rows), key)).collect();
        if !others.is_empty() {
            values.insert((*field).to_owned(), others.into());
        }
    }
    for (field, table, key) in nesting.one {
        let Some(id) = row.text(key) else { continue };
        if let Some(other) = of(table).find(|other| other.id() == id) {
            let inside = if *table == "organization" {
                let reach = |row: &&Row| matches!(row.table, "contact" | "phone");
                nested(other, &rows.iter().filter(reach).cloned().collect::<Vec<Row>>())
            } else {
                nested(other, rows)
            };
            values.shift_remove(*key);
            values.insert((*field).to_owned(), inside);
        }
    }
    values.into()
}

/// The record without the field that its place says already.
fn without(value: Value, key: &str) -> Value {
    let Value::Object(values) = value else { return value };
    values.into_iter().filter(|(name, _)| name != key).collect::<Map<_, _>>().into()
}
