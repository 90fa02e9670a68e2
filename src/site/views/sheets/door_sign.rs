//! The sign at a centre's door: when it is open, how to reach it.
//!
//! It holds until somebody changes the hours, so it says the rules (the week, seasons, holidays) and no dated days.

use serde::Serialize;

use super::{Sheet, SheetView, Sheets};
use crate::content::{Centre, Record, SheetKind};
use crate::site::Edition;
use crate::site::views::hours::{HoursRow, SeasonView, hours};
use crate::site::views::parts::{Local, PhoneView, phones};

/// What the sign says.
#[derive(Serialize)]
struct DoorSign {
    /// The ordinary week, as few rows as it takes.
    rows: Vec<HoursRow>,
    /// Parts of the year with a week of their own.
    seasons: Vec<SeasonView>,
    /// What happens on holidays and make-up workdays, a sentence each.
    rules: Vec<Local>,
    /// What the centre says beside its hours.
    note: Option<Local>,
    /// Where it is.
    place: Local,
    /// Its telephone lines.
    phones: Vec<PhoneView>,
}

/// Of each centre whose hours are written.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let with_hours = move |record: &&Record<Centre>| edition.offers(*record) && record.value.hours.is_some();
    let records = edition.site.content.centres.iter().filter(with_hours);
    Box::new(records.map(move |record| Sheet::of(&edition, SheetKind::DoorSign, record, &record.value.posters, view)))
}

fn view(edition: &Edition<'_>, record: &Record<Centre>) -> SheetView {
    let centre = &record.value;
    let hours = hours(edition, record);
    let (mut rows, mut seasons, mut rules, mut note) = (Vec::new(), Vec::new(), Vec::new(), None);
    if let Some(hours) = hours {
        rows = [hours.weekly, hours.recurring].concat();
        seasons = hours.seasons;
        rules = hours.rules.into_iter().map(Local::own).collect();
        note = hours.note;
    }
    let content = DoorSign {
        rows,
        seasons,
        rules,
        note,
        place: edition.local(&centre.address),
        phones: phones(edition, &centre.phones),
    };
    let name = edition.local(&centre.name);
    let until = edition.wording.term("sheet.until-changed").to_owned();
    SheetView {
        kicker: Some(name.clone()),
        ..SheetView::new(edition.term("sheet.opening-hours"), name, until, content)
    }
}
