//! Records put into each other, as HSDS 3.0 wants its JSON: a service with everything that belongs to it.

use std::collections::HashMap;

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

/// Records found by what they are and by what they belong to.
pub(super) struct Rows<'a> {
    /// By table and identifier.
    records: HashMap<(&'a str, &'a str), &'a Row>,
    /// By table, the field that names another record, and that record's identifier.
    belongings: HashMap<(&'a str, &'a str, &'a str), Vec<&'a Row>>,
}

impl<'a> Rows<'a> {
    /// Those of `rows`; in HSDS every field that names another record ends in `_id`.
    pub(super) fn of(rows: impl IntoIterator<Item = &'a Row>) -> Self {
        let mut found = Self { records: HashMap::new(), belongings: HashMap::new() };
        for row in rows {
            found.records.entry((row.table, row.id())).or_insert(row);
            for (field, value) in row.values() {
                if let Some(id) = value.as_str().filter(|_| field.ends_with("_id")) {
                    found.belongings.entry((row.table, field, id)).or_default().push(row);
                }
            }
        }
        found
    }

    /// A record with everything that belongs to it, if it is there.
    pub(super) fn nested(&self, table: &str, id: &str) -> Option<Value> {
        self.records.get(&(table, id)).map(|row| self.filled(row, |_| true))
    }

    /// `row` with what belongs to it, of the tables that are wanted.
    fn filled(&self, row: &Row, wanted: fn(&str) -> bool) -> Value {
        let mut values = row.values().clone();
        let Some(nesting) = NESTINGS.iter().find(|nesting| nesting.table == row.table) else { return values.into() };
        for (field, table, key) in nesting.many.iter().filter(|(_, table, _)| wanted(table)) {
            let others = self.belongings.get(&(*table, *key, row.id())).into_iter().flatten();
            let others: Vec<Value> = others.map(|other| without(self.filled(other, wanted), key)).collect();
            if !others.is_empty() {
                values.insert((*field).to_owned(), others.into());
            }
        }
        for (field, table, key) in nesting.one.iter().filter(|(_, table, _)| wanted(table)) {
            let Some(other) = row.text(key).and_then(|id| self.records.get(&(*table, id))) else { continue };
            // An organisation inside a service without its places, or every service would carry all of them.
            let wanted =
                if *table == "organization" { |table: &str| matches!(table, "contact" | "phone") } else { wanted };
            values.shift_remove(*key);
            values.insert((*field).to_owned(), self.filled(other, wanted));
        }
        values.into()
    }
}

/// The record without the field that its place says already.
fn without(value: Value, key: &str) -> Value {
    let Value::Object(values) = value else { return value };
    values.into_iter().filter(|(name, _)| name != key).collect::<Map<_, _>>().into()
}
