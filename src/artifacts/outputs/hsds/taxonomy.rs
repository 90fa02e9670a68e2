//! The words by which records are sorted: HSDS `taxonomy`, `taxonomy_term`, and `attribute` for the use of a term.
//!
//! Audiences and strands are named in `site.yaml`; the kinds of centres and amenities are the program's own. Nearly every
//! record is sorted by a few of them, so each is written once and taken up as it is.

use std::collections::{BTreeMap, BTreeSet};

use super::super::naming::uuid;
use super::nest::{Elsewhere, Nowhere, Rows, Written};
use super::table::{Row, Table};
use crate::content::{Term, Text};
use crate::site::{Edition, views};

/// A list of terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// The words that records of the site may be sorted by.
pub(super) struct Terms {
    /// The identifiers of terms, by the taxonomy and the code.
    ids: BTreeMap<Taxonomy, BTreeMap<String, String>>,
    /// By their identifiers.
    terms: BTreeMap<String, Known>,
}

/// A term with its taxonomy.
struct Known {
    rows: [Row; 2],
    /// The term as JSON, with its taxonomy in it.
    json: Vec<u8>,
}

impl Terms {
    /// Those of `site.yaml` and those that centres have.
    pub(super) fn of(edition: &Edition<'_>) -> Self {
        let content = &edition.site.content;
        let config = &content.site.value;
        let audiences = config.audiences.keys().map(|id| (Taxonomy::Audience, id.as_str().to_owned()));
        let strands = config.strands.keys().map(|id| (Taxonomy::Strand, id.as_str().to_owned()));
        let centres = content.centres.iter().map(|record| &record.value);
        let kinds = centres.clone().map(|centre| centre.kind).collect::<BTreeSet<_>>().into_iter();
        let kinds = kinds.map(|kind| (Taxonomy::CentreKind, views::kebab(&kind)));
        let amenities = centres.flat_map(|centre| centre.amenities.iter().map(|entry| entry.kind()));
        let amenities = amenities.collect::<BTreeSet<_>>().into_iter();
        let amenities = amenities.map(|kind| (Taxonomy::Amenity, views::kebab(&kind)));
        let mut all = Self { ids: BTreeMap::new(), terms: BTreeMap::new() };
        for (taxonomy, code) in audiences.chain(strands).chain(kinds).chain(amenities) {
            let Some(term) = taxonomy.term(edition, &code) else { continue };
            let id = term.id().to_owned();
            let rows = [term, taxonomy.row(edition)];
            let mut json = Vec::new();
            Rows::of(&rows, &Nowhere).write("taxonomy_term", &id, |_| true, &mut json);
            all.ids.entry(taxonomy).or_default().insert(code, id.clone());
            all.terms.insert(id, Known { rows, json });
        }
        all
    }

    /// Writes what a term is in a table, its own or that of taxonomies, unless that stands there already.
    pub(super) fn write_new<'t>(&'t self, id: &str, table: &Table, seen: &mut BTreeSet<&'t str>, buffer: &mut Vec<u8>) {
        let rows = self.terms.get(id).into_iter().flat_map(|known| &known.rows);
        for row in rows.filter(|row| row.table == table.name) {
            if seen.insert(row.id()) {
                table.write_row(row, buffer);
            }
        }
    }
}

impl Elsewhere for Terms {
    fn record(&self, table: &str, id: &str) -> Option<Written<'_>> {
        let known = self.terms.get(id).filter(|_| table == "taxonomy_term")?;
        Some([known.json.as_slice(), &[]])
    }

    fn belonging<'w>(&'w self, _: &str, _: &str, _: &str, _: &mut Vec<Written<'w>>) {}
}

/// Says that a record has a term, if there is such a term.
pub(super) fn attribute(
    edition: &Edition<'_>,
    terms: &Terms,
    (table, id): (&'static str, &str),
    (taxonomy, code): (Taxonomy, &str),
    value: Option<String>,
) -> Option<Row> {
    let term = terms.ids.get(&taxonomy)?.get(code)?;
    let name = format!("{id}\n{}\n{code}", taxonomy.name());
    let attribute = Row::new("attribute", uuid(edition.site, "attribute", &name))
        .with("link_id", id)
        .with("taxonomy_term_id", term.as_str())
        .with("link_type", taxonomy.name())
        .with("link_entity", table)
        .maybe("value", value);
    Some(attribute)
}
