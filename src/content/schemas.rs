//! Which JSON Schema a file of a site has, by its path.

use schemars::{JsonSchema, Schema, schema_for};

use super::kind::Kind;
use super::{
    ADDRESSES_FILE, AREAS_FILE, AddressesFile, AreasFile, CalendarYear, Centre, Duty, Event, Feedback, Notice,
    Outreach, Page, Policy, Programme, SITE_FILE, SiteConfig, Team,
};

/// A kind of file with its schema.
pub struct KindSchema {
    /// Its word, e.g. `centre`.
    pub word: &'static str,
    /// The path of its only file, or the folder of its files with a `/` at the end.
    pub path: String,
    /// Whether the YAML stands in the front matter of a Markdown file.
    pub is_markdown: bool,
    /// Whether folders are part of the id.
    pub is_nested: bool,
    /// Its schema.
    pub schema: Schema,
}

/// The schemas of all kinds.
pub struct Schemas(Vec<KindSchema>);

impl Schemas {
    /// All of them.
    pub fn all() -> Self {
        fn of<K: Kind>() -> KindSchema {
            KindSchema {
                word: K::WORD,
                path: format!("content/{}/", K::FOLDER),
                is_markdown: K::MARKDOWN,
                is_nested: K::NESTED,
                schema: schema_for!(K),
            }
        }
        fn alone<T: JsonSchema>(word: &'static str, path: &str) -> KindSchema {
            let path = path.to_owned();
            KindSchema { word, path, is_markdown: false, is_nested: false, schema: schema_for!(T) }
        }
        Self(vec![
            alone::<SiteConfig>("site", SITE_FILE),
            alone::<AreasFile>("areas", AREAS_FILE),
            alone::<AddressesFile>("addresses", ADDRESSES_FILE),
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
        self.0.iter().find(|kind| is(&kind.path)).map(|kind| &kind.schema)
    }

    /// Every schema.
    pub fn iter(&self) -> impl Iterator<Item = &Schema> {
        self.0.iter().map(|kind| &kind.schema)
    }

    /// Every kind of file.
    pub fn kinds(&self) -> impl Iterator<Item = &KindSchema> {
        self.0.iter()
    }
}
