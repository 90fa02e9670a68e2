//! The directory of an area: its centres and stations in a table, and a sketch map that has the table's numbers.

use std::sync::Arc;

use serde::Serialize;

use super::{Sheet, SheetView, Sheets};
use crate::content::{Centre, Record, SheetKind};
use crate::site::views::area::link;
use crate::site::views::centre::place_kind;
use crate::site::views::home::grouped;
use crate::site::views::hours::{HoursRow, rows};
use crate::site::views::map::MapView;
use crate::site::views::network::{Numbered, places_by_number};
use crate::site::views::parts::{Local, PhoneView, phones};
use crate::site::{AreaEntry, Edition};

/// What the sheet says.
#[derive(Serialize)]
struct Directory {
    /// Where the places lie, if two of them have coordinates.
    map: Option<MapView>,
    /// The places in the order of their numbers, those without coordinates last.
    places: Vec<Entry>,
}

/// A place.
#[derive(Serialize)]
struct Entry {
    /// Its number on the map.
    number: Option<usize>,
    /// Whether its sign is round.
    round: bool,
    /// The name.
    name: Local,
    /// What sort of place it is, in words.
    kind: String,
    /// Where it is.
    address: Local,
    /// Its first telephone line.
    phone: Option<PhoneView>,
    /// The hours of an ordinary week.
    hours: Vec<HoursRow>,
}

/// Of each district or city with two places or more.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let groups = grouped(&edition, |_| true).into_iter().filter(|(_, records)| records.len() > 1);
    Box::new(groups.filter_map(move |(area, records)| sheet(&edition, edition.site.index.areas.get(area)?, records)))
}

fn sheet<'a>(edition: &Edition<'a>, entry: &'a AreaEntry, records: Vec<&'a Record<Centre>>) -> Option<Sheet<'a>> {
    let id = entry.area.id.as_str();
    edition.has(&entry.area.name).then(|| Sheet {
        kind: SheetKind::Network,
        id,
        title: edition.local(&entry.area.name),
        page: link(edition, entry),
        path: format!("areas/{id}/"),
        file: Arc::clone(&edition.site.content.areas.origin.file),
        centres: Vec::new(),
        own: None,
        view: Box::new(move |edition| view(edition, entry, &records)),
    })
}

fn view(edition: &Edition<'_>, entry: &AreaEntry, records: &[&Record<Centre>]) -> SheetView {
    let name = edition.local(&entry.area.name);
    let (map, listed) = places_by_number(edition, entry.area.id.as_str(), &name.text, records);
    let place = |(number, round, record): Numbered<'_>| Entry {
        number,
        round,
        name: edition.local(&record.value.name),
        kind: place_kind(edition, record),
        address: edition.local(&record.value.address),
        phone: phones(edition, record.value.phones.get(..1).unwrap_or_default()).pop(),
        hours: edition.site.hours(&record.id).map(|hours| rows(edition, &hours.weekly)).unwrap_or_default(),
    };
    let content = Directory { map, places: listed.into_iter().map(place).collect() };
    let until = edition.wording.term("sheet.until-changed").to_owned();
    let issuer = edition.local(&edition.site.content.site.value.publisher);
    let title = edition.term("sheet.network-title");
    SheetView { kicker: Some(name), ..SheetView::new(title, issuer, until, content) }
}
