//! An event for the wall: when, where, what happens in which zone, how to take part.

use serde::Serialize;

use super::notice::{Contact, to_ask};
use super::policy::publisher;
use super::prose::{Block, blocks};
use super::{Sheet, SheetView, Sheets};
use crate::content::{Event, Record, SheetKind};
use crate::site::Edition;
use crate::site::views::centre::audiences;
use crate::site::views::event::{ZoneView, card, upcoming};
use crate::site::views::parts::Local;

/// What the sheet says.
#[derive(Serialize)]
struct EventSheet {
    /// One sentence.
    summary: Option<Local>,
    /// The day or days in words.
    when: String,
    /// The time.
    time: Option<String>,
    /// The centre.
    centre: Option<Local>,
    /// The place, where it is not the centre or a part of it.
    place: Option<Local>,
    /// Why it is not held.
    cancelled: Option<Local>,
    /// The zones.
    zones: Vec<ZoneView>,
    /// Whom it is for.
    audience: Vec<Local>,
    /// Who organises it.
    organisers: Vec<Local>,
    /// What it costs.
    cost: Option<Local>,
    /// How to take part.
    booking: Option<Local>,
    /// What to bring.
    bring: Vec<Local>,
    /// The text.
    body: Vec<Block>,
    /// Whom to ask.
    contact: Option<Contact>,
}

/// Of each event that is not over.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let coming = move |record: &&Record<Event>| edition.offers(*record) && upcoming(&edition, record);
    let records = edition.site.content.events.iter().filter(coming);
    Box::new(records.map(move |record| Sheet::of(&edition, SheetKind::Event, record, &record.value.posters, view)))
}

fn view(edition: &Edition<'_>, record: &Record<Event>) -> SheetView {
    let event = &record.value;
    let card = card(edition, record);
    let zone = |zone: &crate::content::Zone| ZoneView {
        name: edition.local(&zone.name),
        what: edition.local_some(zone.what.as_ref()),
        time: zone.time.map(|time| time.to_string()),
    };
    let content = EventSheet {
        summary: card.summary,
        when: card.when,
        time: card.time,
        centre: card.centre.map(|centre| centre.name),
        place: card.place,
        cancelled: card.cancelled,
        zones: event.zones.iter().map(zone).collect(),
        audience: audiences(edition, &event.audience),
        organisers: edition.locals(&event.organisers),
        cost: edition.local_some(event.cost.as_ref()),
        booking: edition.local_some(event.booking.as_ref()),
        bring: edition.locals(&event.bring),
        body: blocks(edition, record),
        contact: event.contact.as_ref().map(|contact| to_ask(edition, contact)),
    };
    let strands = &edition.site.content.site.value.strands;
    let strand = event.strand.as_ref().and_then(|id| strands.get(id)).map(|term| edition.local(&term.name));
    let until = edition.wording.day(event.on.last());
    let kicker = Some(strand.unwrap_or_else(|| edition.term("sheet.event")));
    SheetView { kicker, ..SheetView::new(edition.local(&event.title), publisher(edition), until, content) }
}
