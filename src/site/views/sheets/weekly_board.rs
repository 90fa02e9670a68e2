//! The weekly board: a programme with its days across and its slots down.

use serde_json::Value;

use super::{PosterSheet, Sheet, SheetView, Sheets, ValidText, listed};
use crate::content::{Programme, Record, SheetKind};
use crate::site::Edition;
use crate::site::views::programme::{is_to_come, programme_on_paper};

/// Most changes that are named: paper is no place for what is weeks away.
const MOST_CHANGES: usize = 8;

/// Of each programme that is not over and has an activity to come.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let current = move |record: &&Record<Programme>| edition.offers(*record) && has_sheet(&edition, record);
    Box::new(edition.site.content.programmes.iter().filter(current).map(move |record| sheet(&edition, record)))
}

fn has_sheet(edition: &Edition<'_>, record: &Record<Programme>) -> bool {
    let programme = &record.value;
    programme.valid.last() >= edition.site.today
        && programme.activities.iter().any(|activity| is_to_come(edition, programme, activity))
}

fn sheet<'a>(edition: &Edition<'a>, record: &'a Record<Programme>) -> Sheet<'a> {
    Sheet::of(edition, SheetKind::WeeklyBoard, record, &record.value.posters, view)
}

/// The board of one programme, for its page.
pub(crate) fn programme_sheet<'a>(edition: &Edition<'a>, record: &'a Record<Programme>) -> Option<PosterSheet> {
    has_sheet(edition, record).then(|| listed(edition, &sheet(edition, record))).flatten()
}

fn view(edition: &Edition<'_>, record: &Record<Programme>) -> SheetView {
    let view = programme_on_paper(edition, record);
    let (title, issuer, until) = (view.title.clone(), view.issuer.clone(), view.valid.until_text.clone());
    let valid = Some(ValidText { text: view.valid.text.clone() });
    let centre = view.centre.as_ref().map(|centre| centre.name.clone());
    let kicker = centre.filter(|name| !title.text.contains(&name.text));
    let mut view = SheetView { kicker, valid, ..SheetView::new(title, issuer, until, view) };
    if let Some(content) = view.content.as_object_mut() {
        // What all sheets have is said once, by the sheet; what is for pages only is none of what this one says.
        ["title", "issuer", "valid", "lang", "summary", "known", "count"]
            .iter()
            .for_each(|key| drop(content.remove(*key)));
        ["summary", "link", "leader_link", "full_time"].iter().for_each(|key| strip(content.get_mut("rows"), key));
        let changes = content.get_mut("changes").and_then(Value::as_array_mut);
        let all = changes.map_or(0, |changes| {
            let all = changes.len();
            changes.truncate(MOST_CHANGES);
            all
        });
        let left = (0..=all).map(|left| (left > 0).then(|| edition.wording.count("sheet.more-changes", left)));
        content.insert("changes_left".to_owned(), left.collect());
    }
    view
}

/// Takes a key out of every object of a value.
fn strip(value: Option<&mut Value>, key: &str) {
    match value {
        Some(Value::Object(entries)) => {
            entries.remove(key);
            entries.values_mut().for_each(|value| strip(Some(value), key));
        }
        Some(Value::Array(items)) => items.iter_mut().for_each(|value| strip(Some(value), key)),
        _ => {}
    }
}
