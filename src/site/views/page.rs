//! A page of its own.

use serde::Serialize;

use super::parts::{DateText, FigureView, Local, PictureView, figures, pictures};
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
