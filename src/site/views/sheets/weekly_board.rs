//! The weekly board: a programme with its days across and its slots down.

use super::{PosterSheet, Sheet, SheetView, Sheets, ValidText, listed};
use crate::content::{Programme, Record, SheetKind};
use crate::site::Edition;
use crate::site::views::programme::programme;

/// Of each programme that is not over.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let site = edition.site;
    let current = move |record: &&Record<Programme>| edition.offers(*record) && record.value.valid.last() >= site.today;
    Box::new(site.content.programmes.iter().filter(current).map(move |record| sheet(&edition, record)))
}

fn sheet<'a>(edition: &Edition<'a>, record: &'a Record<Programme>) -> Sheet<'a> {
    Sheet::of(edition, SheetKind::WeeklyBoard, record, &record.value.posters, view)
}

/// The board of one programme, for its page.
pub(crate) fn programme_sheet<'a>(edition: &Edition<'a>, record: &'a Record<Programme>) -> Option<PosterSheet> {
    listed(edition, &sheet(edition, record))
}

fn view(edition: &Edition<'_>, record: &Record<Programme>) -> SheetView {
    let view = programme(edition, record);
    let (title, issuer, until) = (view.title.clone(), view.issuer.clone(), view.valid.until_text.clone());
    let valid = Some(ValidText { text: view.valid.text.clone() });
    let centre = view.centre.as_ref().map(|centre| centre.name.clone());
    let kicker = centre.filter(|name| !title.text.contains(&name.text));
    let mut view = SheetView { kicker, valid, ..SheetView::new(title, issuer, until, view) };
    // What all sheets have is said once, by the sheet.
    if let Some(content) = view.content.as_object_mut() {
        ["title", "issuer", "valid", "lang"].iter().for_each(|key| drop(content.remove(*key)));
    }
    view
}
