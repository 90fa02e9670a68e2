//! Who is on duty: a month's table of turns, with those who are always there and what those on duty do.
//!
//! A sheet is for the month of the day on which it is made, and the next month too in the last week of it, so that the new
//! sheet can hang before the old one ends. Turns that are over by then do not stand on it.

use serde::Serialize;

use super::notice::{Contact, to_ask};
use super::policy::publisher;
use super::{Sheet, SheetView, Sheets, ValidText};
use crate::calendar::DateSpan;
use crate::content::{Duty, Record, SheetKind};
use crate::site::Edition;
use crate::site::views::duty::{ResidentView, TurnView, duty, turns};
use crate::site::views::parts::Local;

/// So many days before a month ends, the next one is shown too.
const BEFORE_THE_NEXT: i64 = 7;

/// What the sheet says.
#[derive(Serialize)]
struct DutySheet {
    /// Those who are always there.
    resident: Vec<ResidentView>,
    /// How long a turn is, in words.
    every: Option<String>,
    /// When the one whose turn it is comes.
    times: Option<String>,
    /// The turns.
    turns: Vec<Row>,
    /// What those on duty do.
    tasks: Vec<Local>,
    /// Whom to ask.
    contact: Option<Contact>,
}

/// A turn.
#[derive(Serialize)]
struct Row {
    /// The first day in words.
    first: String,
    /// The last, if it is another.
    last: Option<String>,
    /// Who comes.
    who: Local,
    /// Who would have come, if to_ask stands in.
    instead_of: Option<Local>,
    /// Why.
    why: Option<Local>,
    /// The day on which it ends, ISO 8601.
    last_day: String,
}

/// Of each roster that holds in the days shown.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let holds = move |record: &&Record<Duty>| edition.offers(*record) && shown(&edition, &record.value).is_some();
    let records = edition.site.content.duty.iter().filter(holds);
    Box::new(records.map(move |record| Sheet::of(&edition, SheetKind::Duty, record, &record.value.posters, view)))
}

/// The days that a sheet shows: whole months, as far as the roster holds.
fn shown(edition: &Edition<'_>, roster: &Duty) -> Option<DateSpan> {
    let today = edition.site.today;
    let soon = today.checked_add(jiff::Span::new().days(BEFORE_THE_NEXT)).ok()?;
    DateSpan::new(today.first_of_month(), soon.last_of_month())?.overlap(&roster.valid)
}

fn view(edition: &Edition<'_>, record: &Record<Duty>) -> SheetView {
    let roster = &record.value;
    let whole = duty(edition, record);
    let days = shown(edition, roster).unwrap_or(roster.valid);
    let row = |turn: TurnView| Row {
        last_day: turn.until.as_ref().unwrap_or(&turn.date).iso.clone(),
        first: turn.date.text,
        last: turn.until.map(|until| until.text),
        who: turn.who,
        instead_of: turn.instead_of,
        why: turn.why,
    };
    let today = edition.site.today.to_string();
    let turns = turns(edition, roster, days).into_iter().map(row).filter(|turn| turn.last_day >= today);
    let content = DutySheet {
        resident: whole.resident,
        every: whole.every,
        times: whole.times,
        turns: turns.collect(),
        tasks: whole.tasks,
        contact: roster.contact.as_ref().map(|contact| to_ask(edition, contact)),
    };
    let title = edition.local(&roster.title);
    let centre = whole.centre.map(|centre| centre.name).filter(|name| !title.text.contains(&name.text));
    let valid = Some(ValidText { text: edition.wording.span(days) });
    let until = edition.wording.day(days.last());
    let kicker = Some(centre.unwrap_or_else(|| edition.term("sheet.duty")));
    SheetView { kicker, valid, ..SheetView::new(title, publisher(edition), until, content) }
}
