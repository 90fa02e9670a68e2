//! The tables of HSDS 3.0 that are filled, as the standard names their files and fields.
//!
//! A [`Row`] is a record with the names and types of its table. The same rows are written as CSV, described by
//! `datapackage.json` (`package.rs`), and put into each other for JSON (`nest.rs`).

use super::super::scan::has_any;
use crate::calendar::{self as civil, iso};

/// What a field holds, and how the data package says so.
#[derive(Clone, Copy)]
pub(super) enum Holds {
    /// The record's own identifier.
    Id,
    /// The identifier of a record of another table, by the table's name.
    Ref(&'static str),
    /// The identifier of a record of any table.
    AnyRef,
    /// Words.
    Text,
    /// Words that must be there.
    Needed,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A number.
    Number,
    /// A date.
    Date,
    /// A time of day.
    Time,
    /// An address.
    Uri,
}
use Holds::{AnyRef, Date, Id, Needed, Number, OneOf, Ref, Text, Time, Uri};

/// A table: its name, the name of its file without ending, and its fields.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) file: &'static str,
    pub(super) fields: &'static [(&'static str, Holds)],
}

const PLACES: &[&str] = &["physical", "postal", "virtual"];
const WEEKDAYS: &[&str] = &["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// The tables, in the order of the standard's own data package.
pub(super) const TABLES: [Table; 16] = [
    Table {
        name: "organization",
        file: "organizations",
        fields: &[
            ("id", Id),
            ("name", Needed),
            ("alternate_name", Text),
            ("description", Needed),
            ("website", Uri),
            ("parent_organization_id", Ref("organization")),
        ],
    },
    Table {
        name: "program",
        file: "programs",
        fields: &[
            ("id", Id),
            ("organization_id", Ref("organization")),
            ("name", Needed),
            ("alternate_name", Text),
            ("description", Needed),
        ],
    },
    Table {
        name: "service",
        file: "services",
        fields: &[
            ("id", Id),
            ("organization_id", Ref("organization")),
            ("program_id", Ref("program")),
            ("name", Needed),
            ("alternate_name", Text),
            ("description", Text),
            ("url", Uri),
            ("status", OneOf(&["active", "inactive", "defunct", "temporarily closed"])),
            ("application_process", Text),
            ("fees_description", Text),
            ("eligibility_description", Text),
            ("assured_date", Date),
        ],
    },
    Table {
        name: "attribute",
        file: "attributes",
        fields: &[
            ("id", Id),
            ("link_id", AnyRef),
            ("taxonomy_term_id", Ref("taxonomy_term")),
            ("link_type", Text),
            ("link_entity", Needed),
            ("value", Text),
        ],
    },
    Table {
        name: "service_at_location",
        file: "service_at_location",
        fields: &[("id", Id), ("service_id", Ref("service")), ("location_id", Ref("location"))],
    },
    Table {
        name: "location",
        file: "locations",
        fields: &[
            ("id", Id),
            ("location_type", OneOf(PLACES)),
            ("url", Uri),
            ("organization_id", Ref("organization")),
            ("name", Text),
            ("alternate_name", Text),
            ("description", Text),
            ("transportation", Text),
            ("latitude", Number),
            ("longitude", Number),
        ],
    },
    Table {
        name: "phone",
        file: "phones",
        fields: &[
            ("id", Id),
            ("location_id", Ref("location")),
            ("service_id", Ref("service")),
            ("organization_id", Ref("organization")),
            ("contact_id", Ref("contact")),
            ("number", Needed),
            ("type", Text),
            ("description", Text),
        ],
    },
    Table {
        name: "contact",
        file: "contacts",
        fields: &[
            ("id", Id),
            ("organization_id", Ref("organization")),
            ("service_id", Ref("service")),
            ("title", Text),
            ("department", Text),
        ],
    },
    Table {
        name: "address",
        file: "addresses",
        fields: &[
            ("id", Id),
            ("location_id", Ref("location")),
            ("address_1", Needed),
            ("city", Text),
            ("region", Text),
            ("state_province", Text),
            ("postal_code", Text),
            ("country", Needed),
            ("address_type", OneOf(PLACES)),
        ],
    },
    Table {
        name: "schedule",
        file: "schedules",
        fields: &[
            ("id", Id),
            ("service_id", Ref("service")),
            ("location_id", Ref("location")),
            ("service_at_location_id", Ref("service_at_location")),
            ("valid_from", Date),
            ("valid_to", Date),
            ("dtstart", Date),
            ("timezone", Number),
            ("until", Date),
            ("count", Number),
            ("wkst", OneOf(WEEKDAYS)),
            ("freq", OneOf(&["WEEKLY", "MONTHLY"])),
            ("interval", Number),
            ("byday", Text),
            ("byweekno", Text),
            ("bymonthday", Text),
            ("description", Text),
            ("opens_at", Time),
            ("closes_at", Time),
            ("schedule_link", Uri),
            ("attending_type", Text),
            ("notes", Text),
        ],
    },
    Table {
        name: "service_area",
        file: "service_areas",
        fields: &[("id", Id), ("service_id", Ref("service")), ("name", Text), ("uri", Text)],
    },
    Table {
        name: "required_document",
        file: "required_documents",
        fields: &[("id", Id), ("service_id", Ref("service")), ("document", Text)],
    },
    Table {
        name: "language",
        file: "languages",
        fields: &[("id", Id), ("location_id", Ref("location")), ("name", Text), ("code", Text)],
    },
    Table {
        name: "accessibility",
        file: "accessibility",
        fields: &[("id", Id), ("location_id", Ref("location")), ("description", Text)],
    },
    Table {
        name: "taxonomy_term",
        file: "taxonomy_terms",
        fields: &[
            ("id", Id),
            ("code", Text),
            ("name", Needed),
            ("description", Needed),
            ("taxonomy", Text),
            ("language", Text),
            ("taxonomy_id", Ref("taxonomy")),
        ],
    },
    Table { name: "taxonomy", file: "taxonomies", fields: &[("id", Id), ("name", Needed), ("description", Needed)] },
];

/// Room for the fields that most records have.
const FIELDS: usize = 16;

/// A record of a table: its fields in the order in which they were set, which is that of its JSON.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The table's name.
    pub(super) table: &'static str,
    values: Vec<(&'static str, Field)>,
}

/// What stands in a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Field {
    /// Words.
    Text(String),
    /// A number as JSON and CSV write it.
    Number(String),
}

impl From<String> for Field {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Field {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<civil::Date> for Field {
    fn from(date: civil::Date) -> Self {
        Self::Text(iso(date))
    }
}

impl From<i32> for Field {
    fn from(number: i32) -> Self {
        Self::Number(number.to_string())
    }
}

impl From<u32> for Field {
    fn from(number: u32) -> Self {
        Self::Number(number.to_string())
    }
}

impl From<f64> for Field {
    /// What JSON has no number for is `null`.
    fn from(number: f64) -> Self {
        let written = serde_json::Number::from_f64(number);
        Self::Number(written.map_or_else(|| "null".to_owned(), |number| number.to_string()))
    }
}

impl Field {
    /// As it stands in a table.
    pub(super) fn cell(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) => text,
        }
    }

    /// Writes it as JSON.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Number(number) => out.extend_from_slice(number.as_bytes()),
            Self::Text(text) => write_json(text, out),
        }
    }
}

/// Writes a text as JSON.
pub(super) fn write_json(text: &str, out: &mut Vec<u8>) {
    if has_any(text, |byte| (byte < b' ') | (byte == b'"') | (byte == b'\\')) {
        // To memory, where nothing can fail.
        let _ = serde_json::to_writer(out, text);
    } else {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    }
}

impl Row {
    /// A record with nothing but its identifier.
    pub(super) fn new(table: &'static str, id: String) -> Self {
        let mut values = Vec::with_capacity(FIELDS);
        values.push(("id", Field::Text(id)));
        Self { table, values }
    }

    /// The record with a field that it does not have yet.
    pub(super) fn with(mut self, field: &'static str, value: impl Into<Field>) -> Self {
        self.values.push((field, value.into()));
        self
    }

    /// The record with a field that may be missing.
    pub(super) fn maybe(self, field: &'static str, value: Option<impl Into<Field>>) -> Self {
        match value {
            Some(value) => self.with(field, value),
            None => self,
        }
    }

    /// The record with fields that it does not have yet.
    pub(super) fn with_all(mut self, fields: impl IntoIterator<Item = (&'static str, Field)>) -> Self {
        self.values.extend(fields);
        self
    }

    /// A field.
    pub(super) fn field(&self, field: &str) -> Option<&Field> {
        self.values.iter().find(|(name, _)| *name == field).map(|(_, value)| value)
    }

    /// A field's text.
    pub(super) fn text(&self, field: &str) -> Option<&str> {
        match self.field(field)? {
            Field::Text(text) => Some(text),
            Field::Number(_) => None,
        }
    }

    /// Its identifier.
    pub(super) fn id(&self) -> &str {
        self.text("id").unwrap_or_default()
    }

    /// The fields.
    pub(super) fn values(&self) -> &[(&'static str, Field)] {
        &self.values
    }

    /// Writes those fields that are wanted as members of a JSON object, without its braces.
    pub(super) fn write_members(&self, wanted: impl Fn(&str) -> bool, out: &mut Vec<u8>) {
        let mut begun = false;
        for (name, value) in self.values.iter().filter(|(name, _)| wanted(name)) {
            if std::mem::replace(&mut begun, true) {
                out.push(b',');
            }
            out.push(b'"');
            out.extend_from_slice(name.as_bytes());
            out.extend_from_slice(b"\":");
            value.write(out);
        }
    }
}

impl Table {
    /// The names of the fields as the first line (RFC 4180).
    pub(super) fn write_head(&self, buffer: &mut Vec<u8>) {
        write_line(buffer, self.fields.iter().map(|(name, _)| *name));
    }

    /// A record as a line.
    pub(super) fn write_row(&self, row: &Row, buffer: &mut Vec<u8>) {
        let mut cells = vec![""; self.fields.len()];
        // Fields are set nearly in the order of the table, so that each is looked for behind the last.
        let mut next = 0;
        for (name, value) in &row.values {
            let (before, behind) = self.fields.split_at_checked(next).unwrap_or((self.fields, &[]));
            let mut places = behind.iter().zip(next..).chain(before.iter().zip(0..));
            let Some((_, place)) = places.find(|((other, _), _)| other == name) else { continue };
            if let Some(cell) = cells.get_mut(place) {
                *cell = value.cell();
            }
            next = place + 1;
        }
        write_line(buffer, cells.into_iter());
    }
}

/// Writes cells as one line, each quoted where it must be, ending in CR LF (RFC 4180 §2).
fn write_line<'c>(buffer: &mut Vec<u8>, cells: impl Iterator<Item = &'c str>) {
    for (number, cell) in cells.enumerate() {
        if number > 0 {
            buffer.push(b',');
        }
        let needs_quotes = has_any(cell, |byte| (byte == b'"') | (byte == b',') | (byte == b'\r') | (byte == b'\n'));
        if needs_quotes || cell.starts_with(' ') || cell.ends_with(' ') {
            buffer.push(b'"');
            buffer.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            buffer.push(b'"');
        } else {
            buffer.extend_from_slice(cell.as_bytes());
        }
    }
    buffer.extend_from_slice(b"\r\n");
}
