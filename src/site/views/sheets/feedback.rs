//! What people raised and what was answered, with the topics raised most often.

use super::policy::{publisher, until_changed};
use super::{Sheet, SheetView, Sheets, ValidText};
use crate::content::{Feedback, Record, SheetKind};
use crate::site::Edition;
use crate::site::views::feedback::feedback;

/// Of each register in which something was raised.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let raised = move |record: &&Record<Feedback>| edition.offers(*record) && !record.value.items.is_empty();
    let records = edition.site.content.feedback.iter().filter(raised);
    Box::new(records.map(move |record| Sheet::of(&edition, SheetKind::Feedback, record, &record.value.posters, view)))
}

fn view(edition: &Edition<'_>, record: &Record<Feedback>) -> SheetView {
    let content = feedback(edition, record);
    let title = edition.local(&record.value.title);
    let centre = content.centre.as_ref().map(|centre| centre.name.clone());
    let kicker = Some(centre.unwrap_or_else(|| edition.term("sheet.feedback")));
    let valid = Some(ValidText { text: content.period.clone() });
    SheetView { kicker, valid, ..SheetView::new(title, publisher(edition), until_changed(edition), content) }
}
