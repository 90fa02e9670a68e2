//! The words by which records are sorted: HSDS `taxonomy`, `taxonomy_term`, and `attribute` for the use of a term.
//!
//! Audiences and strands are named in `site.yaml`; the kinds of centres and amenities are the program's own.

use super::super::naming::uuid;
use super::table::Row;
use crate::content::{Term, Text};
use crate::site::Edition;

/// A list of terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taxonomy {
    /// Whom things are for.
    Audience,
    /// What groups activities.
    Strand,
    /// What sort of place a centre is.
    CentreKind,
    /// What a visitor can use.
    Amenity,
}

impl Taxonomy {
    /// Its name, which is also the type of link (`link_type`).
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Audience => "audience",
            Self::Strand => "strand",
            Self::CentreKind => "centre-kind",
            Self::Amenity => "amenity",
        }
    }

    fn about(self) -> &'static str {
        match self {
            Self::Audience => "Whom services are for, as the publisher names them.",
            Self::Strand => "What groups activities, as the publisher names it.",
            Self::CentreKind => "What sort of place a centre is.",
            Self::Amenity => "What a visitor can use at a centre.",
        }
    }

    fn id(self, edition: &Edition<'_>) -> String {
        uuid(edition.site, "taxonomy", self.name())
    }

    fn row(self, edition: &Edition<'_>) -> Row {
        Row::new("taxonomy", self.id(edition)).with("name", self.name()).with("description", self.about())
    }

    /// A term's row; `None` if there is no such term.
    fn term(self, edition: &Edition<'_>, code: &str) -> Option<Row> {
        let config = &edition.site.content.site.value;
        let named = |term: Option<&Term>| {
            let words = |text: &Text| edition.local(text).text;
            term.map(|term| (words(&term.name), term.note.as_ref().map_or_else(|| words(&term.name), words)))
        };
        let (name, description) = match self {
            Self::Audience => named(config.audiences.get(code))?,
            Self::Strand => named(config.strands.get(code))?,
            Self::CentreKind | Self::Amenity => {
                let name = edition.wording.term(&format!("{}.{code}", self.name())).to_owned();
                (name.clone(), name)
            }
        };
        let row = Row::new("taxonomy_term", uuid(edition.site, "taxonomy-term", &format!("{}\n{code}", self.name())))
            .with("code", format!("{}/{code}", self.name()))
            .with("name", name)
            .with("description", description)
            .with("taxonomy", self.name())
            .with("language", edition.language.as_str().split('-').next().unwrap_or_default())
            .with("taxonomy_id", self.id(edition));
        Some(row)
    }
}

/// Says that a record has a term: the attribute, the term and its taxonomy. Terms and taxonomies repeat.
pub(super) fn attribute(
    edition: &Edition<'_>,
    (table, id): (&'static str, &str),
    taxonomy: Taxonomy,
    code: &str,
    value: Option<String>,
) -> Vec<Row> {
    let Some(term) = taxonomy.term(edition, code) else { return Vec::new() };
    let name = format!("{id}\n{}\n{code}", taxonomy.name());
    let attribute = Row::new("attribute", uuid(edition.site, "attribute", &name))
        .with("link_id", id)
        .with("taxonomy_term_id", term.id())
        .with("link_type", taxonomy.name())
        .with("link_entity", table)
        .maybe("value", value);
    vec![attribute, term, taxonomy.row(edition)]
}
