//! Which JSON Schema a file of a site has, by its path.

use schemars::{Schema, schema_for};

use super::kind::Kind;
use super::{
    ADDRESSES_FILE, AREAS_FILE, AddressesFile, AreasFile, CalendarYear, Centre, Duty, Event, Feedback, Notice,
    Outreach, Page, Policy, Programme, SITE_FILE, SiteConfig, Team,
};

/// The schemas of all kinds, each with the path or folder of its files.
pub struct Schemas(Vec<(String, Schema)>);

impl Schemas {
    /// All of them.
    pub fn all() -> Self {
        fn of<K: Kind>() -> (String, Schema) {
            (format!("content/{}/", K::FOLDER), schema_for!(K))
        }
        Self(vec![
            (SITE_FILE.to_owned(), schema_for!(SiteConfig)),
            (AREAS_FILE.to_owned(), schema_for!(AreasFile)),
            (ADDRESSES_FILE.to_owned(), schema_for!(AddressesFile)),
            of::<CalendarYear>(),
            of::<Centre>(),
            of::<Programme>(),
            of::<Event>(),
            of::<Policy>(),
            of::<Notice>(),
            of::<Team>(),
            of::<Duty>(),
            of::<Outreach>(),
            of::<Feedback>(),
            of::<Page>(),
        ])
    }

    /// The schema of a file; nothing if it is of no kind.
    pub fn of(&self, path: &str) -> Option<&Schema> {
        let is = |known: &str| if known.ends_with('/') { path.starts_with(known) } else { path == known };
        self.0.iter().find(|(known, _)| is(known)).map(|(_, schema)| schema)
    }

    /// Every schema.
    pub fn iter(&self) -> impl Iterator<Item = &Schema> {
        self.0.iter().map(|(_, schema)| schema)
    }
}
