//! Pages of their own: about, accessibility, how to use the site.

use schemars::JsonSchema;
use serde::Serialize;

use super::parts::{Figure, IsoDate, Pages, Picture, Words, Writer, day};
use crate::content::{self, Record};

/// A page that is of no other kind.
#[derive(Serialize, JsonSchema)]
pub(super) struct Page {
    /// Its id: the path below `pages`.
    id: String,
    /// Its pages.
    pages: Pages,
    /// The title.
    title: Words,
    /// One sentence.
    summary: Option<Words>,
    /// When somebody last checked it.
    reviewed: Option<IsoDate>,
    /// Figures it gives.
    figures: Vec<Figure>,
    /// Pictures.
    pictures: Vec<Picture>,
    /// The body, Markdown as written; links begin at the site's root.
    body: Words,
}

pub(super) fn page(writer: Writer<'_, '_>, record: &Record<content::Page>) -> Page {
    let value = &record.value;
    Page {
        id: record.id.to_string(),
        pages: writer.pages(record),
        title: writer.words(&value.title),
        summary: writer.maybe(value.summary.as_ref()),
        reviewed: value.reviewed.map(day),
        figures: writer.figures(&value.figures),
        pictures: writer.pictures(&value.pictures),
        body: writer.body(record),
    }
}
