//! Records put into each other, as HSDS 3.0 wants its JSON: a service with everything that belongs to it.
//!
//! It is written as bytes from the records, with no tree between them. A location stands in every service that is given
//! there and an organisation in every service of its own, so those are written once and put in as they are.

use std::ops::Range;

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

/// A record as JSON, in two parts: what stands before and after something that is left out.
pub(super) type Written<'w> = [&'w [u8]; 2];

/// What is not among the records themselves but was written before, since many records take it up.
pub(super) trait Elsewhere {
    /// A record of a table, by its identifier.
    fn record(&self, table: &str, id: &str) -> Option<Written<'_>>;

    /// Adds the records of a table whose `key` names `id`, without that key.
    fn belonging<'w>(&'w self, table: &str, key: &str, id: &str, found: &mut Vec<Written<'w>>);
}

/// Nothing is elsewhere.
pub(super) struct Nowhere;

impl Elsewhere for Nowhere {
    fn record(&self, _: &str, _: &str) -> Option<Written<'_>> {
        None
    }

    fn belonging<'w>(&'w self, _: &str, _: &str, _: &str, _: &mut Vec<Written<'w>>) {}
}

/// Records found by what they are and by what they belong to: a service has a dozen, for which lists in order are made in
/// a fraction of the time of hash tables.
pub(super) struct Rows<'a> {
    /// In the order of table and identifier.
    records: Vec<&'a Row>,
    /// In the order of table, field and what the field says; those of one record in the order in which they came.
    belongings: Vec<Belonging<'a>>,
    elsewhere: &'a dyn Elsewhere,
}

/// A record of a table whose field names another.
struct Belonging<'a> {
    row: &'a Row,
    field: &'a str,
    named: &'a str,
}

impl<'a> Belonging<'a> {
    fn key(&self) -> (&'a str, &'a str, &'a str) {
        (self.row.table, self.field, self.named)
    }
}

impl<'a> Rows<'a> {
    /// Those of `rows`; in HSDS every field that names another record ends in `_id`.
    pub(super) fn of(rows: impl IntoIterator<Item = &'a Row>, elsewhere: &'a dyn Elsewhere) -> Self {
        let mut records: Vec<&Row> = rows.into_iter().collect();
        let named = |row: &'a Row| {
            row.values().iter().filter(|(field, _)| field.ends_with("_id")).map(move |value| (row, value))
        };
        let mut belongings: Vec<Belonging<'_>> = records
            .iter()
            .flat_map(|row| named(row))
            .map(|(row, (field, value))| Belonging { row, field, named: value.cell() })
            .collect();
        records.sort_by_key(|row| (row.table, row.id()));
        belongings.sort_by_key(Belonging::key);
        Self { records, belongings, elsewhere }
    }

    fn record(&self, table: &str, id: &str) -> Option<&'a Row> {
        let at = self.records.partition_point(|row| (row.table, row.id()) < (table, id));
        self.records.get(at).copied().filter(|row| (row.table, row.id()) == (table, id))
    }

    fn belonging(&self, table: &str, field: &str, id: &str) -> &[Belonging<'a>] {
        let from = self.belongings.partition_point(|other| other.key() < (table, field, id));
        let rest = self.belongings.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|other| other.key() == (table, field, id))).unwrap_or_default()
    }

    /// Writes a record with everything that belongs to it of the tables that are wanted, if it is there. Gives where its
    /// schedules stand.
    pub(super) fn write(&self, table: &str, id: &str, wanted: fn(&str) -> bool, out: &mut Vec<u8>) -> Range<usize> {
        match self.record(table, id) {
            Some(row) => self.write_filled(row, wanted, "", out),
            None => {
                out.extend_from_slice(b"null");
                0..0
            }
        }
    }

    /// Writes `row` with what belongs to it, without the field `said` that its place says already.
    fn write_filled(&self, row: &Row, wanted: fn(&str) -> bool, said: &str, out: &mut Vec<u8>) -> Range<usize> {
        let mut schedules = 0..0;
        let nesting = NESTINGS.iter().find(|nesting| nesting.table == row.table);
        let (many, one) = nesting.map_or((&[] as &[_], &[] as &[_]), |nesting| (nesting.many, nesting.one));
        let one = one.iter().filter(|(_, table, _)| wanted(table));
        let one = one.filter_map(|(field, table, key)| {
            let id = row.text(key)?;
            let own = self.record(table, id).map(Found::Own);
            Some((*field, *key, own.or_else(|| self.elsewhere.record(table, id).map(Found::Written))?))
        });
        let one: Vec<(&str, &str, Found<'_>)> = one.collect();
        out.push(b'{');
        row.write_members(|name| name != said && one.iter().all(|(_, key, _)| *key != name), out);
        for (field, table, key) in many.iter().filter(|(_, table, _)| wanted(table)) {
            let own = self.belonging(table, key, row.id());
            let mut written = Vec::new();
            self.elsewhere.belonging(table, key, row.id(), &mut written);
            if own.is_empty() && written.is_empty() {
                continue;
            }
            let begins = out.len();
            write_name(field, out);
            out.push(b'[');
            for (number, other) in own.iter().enumerate() {
                out.extend((number > 0).then_some(b','));
                self.write_filled(other.row, wanted, key, out);
            }
            for (number, [before, after]) in written.iter().enumerate() {
                out.extend((number + own.len() > 0).then_some(b','));
                out.extend_from_slice(before);
                out.extend_from_slice(after);
            }
            out.push(b']');
            if *table == "schedule" {
                schedules = begins..out.len();
            }
        }
        for (field, _, other) in &one {
            write_name(field, out);
            match other {
                Found::Own(other) => {
                    self.write_filled(other, wanted, "", out);
                }
                Found::Written([before, after]) => {
                    out.extend_from_slice(before);
                    out.extend_from_slice(after);
                }
            }
        }
        out.push(b'}');
        schedules
    }
}

/// Where a record is found.
enum Found<'a> {
    Own(&'a Row),
    Written(Written<'a>),
}

/// Writes the name of a further member.
fn write_name(name: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(b",\"");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
}
