//! A page of its own.

use serde::Serialize;

use super::parts::{DateText, FigureView, Link, Local, PictureView, figures, pictures};
use crate::content::{Page, Record};
use crate::site::edition::BodyHtml;
use crate::site::{Address, Edition};

/// A page of its own.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// The title.
    pub title: Local,
    /// One sentence below it.
    pub summary: Option<Local>,
    /// When it was last checked.
    pub reviewed: Option<DateText>,
    /// Figures.
    pub figures: Vec<FigureView>,
    /// Pictures.
    pub pictures: Vec<PictureView>,
    /// The text.
    pub body: Option<BodyHtml>,
}

/// A page of its own.
pub(crate) fn page(edition: &Edition<'_>, record: &Record<Page>, address: &Address) -> PageView {
    PageView {
        title: edition.local(&record.value.title),
        summary: edition.local_some(record.value.summary.as_ref()),
        reviewed: record.value.reviewed.map(|day| edition.date(day.0)),
        figures: figures(edition, &record.value.figures),
        pictures: pictures(edition, &record.value.pictures),
        body: edition.body(&record.bodies, address),
    }
}

/// The pages in whose folders a page lies, the widest first: `codes` is above `codes/nb0131`.
pub(crate) fn pages_above(edition: &Edition<'_>, id: &str) -> Vec<Link> {
    let folders = id.match_indices('/').filter_map(|(at, _)| id.get(..at));
    let pages = &edition.site.content.pages;
    // Pages are in the order of their ids.
    let page = |folder: &str| {
        pages.binary_search_by(|page| page.id.as_str().cmp(folder)).ok().and_then(|number| pages.get(number))
    };
    folders.filter_map(page).filter(|page| edition.offers(*page)).map(|page| edition.link(page)).collect()
}
