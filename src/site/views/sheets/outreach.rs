//! The route card of a travelling service: where it stops when, what it brings, what happens in bad weather.

use serde::Serialize;

use super::{Sheet, SheetView, Sheets, ValidText};
use crate::calendar::DateSpan;
use crate::content::{Outreach, Record, SheetKind};
use crate::site::Edition;
use crate::site::views::outreach::outreach;
use crate::site::views::parts::Local;

/// What the card says.
#[derive(Serialize)]
struct RouteCard {
    /// What comes, to whom, how.
    summary: Local,
    /// The stops that are not over, by date.
    stops: Vec<StopRow>,
    /// What it brings.
    brings: Vec<Local>,
    /// Whom it is for.
    audience: Vec<Local>,
    /// What happens when the weather is bad.
    weather_note: Option<Local>,
    /// Whom to ask: role, number, note.
    contact: Option<super::notice::Contact>,
}

/// A stop.
#[derive(Serialize)]
struct StopRow {
    /// The day or days in words.
    when: String,
    /// From when to when.
    time: Option<String>,
    /// Where.
    place: Local,
    /// The languages spoken there.
    languages: Vec<String>,
    /// Whether it comes only in good weather.
    weather_dependent: bool,
    /// What to know about it.
    note: Option<Local>,
    /// Why it is not held.
    cancelled: Option<Local>,
    /// The day on which it ends, ISO 8601.
    last_day: String,
}

/// Of each travelling service that still comes somewhere.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let coming = move |record: &&Record<Outreach>| {
        edition.offers(*record) && span(record).is_some_and(|span| span.last() >= edition.site.today)
    };
    let records = edition.site.content.outreach.iter().filter(coming);
    Box::new(records.map(move |record| Sheet::of(&edition, SheetKind::Outreach, record, &record.value.posters, view)))
}

/// From the first stop to the last: the same on every card of the round, whenever it is made.
fn span(record: &Record<Outreach>) -> Option<DateSpan> {
    let stops = || record.value.stops.iter();
    DateSpan::new(stops().map(|stop| stop.on.first()).min()?, stops().map(|stop| stop.on.last()).max()?)
}

fn view(edition: &Edition<'_>, record: &Record<Outreach>) -> SheetView {
    let round = outreach(edition, record);
    let span = span(record);
    let stops = round.stops.into_iter().map(|stop| StopRow {
        when: stop.when,
        time: stop.time,
        place: stop.place,
        languages: stop.languages,
        weather_dependent: stop.weather_dependent,
        note: stop.note,
        cancelled: stop.cancelled,
        last_day: stop.last_day,
    });
    let content = RouteCard {
        summary: round.summary,
        stops: stops.collect(),
        brings: round.brings,
        audience: round.audience,
        weather_note: round.weather_note,
        contact: record.value.contact.as_ref().map(|contact| super::notice::to_ask(edition, contact)),
    };
    let publisher = edition.local(&edition.site.content.site.value.publisher);
    let until = span.map(|span| edition.wording.day(span.last())).unwrap_or_default();
    let valid = span.map(|span| ValidText { text: edition.span(span) });
    let kicker = round.led_by.or(round.area).map(|link| link.name);
    SheetView { kicker, valid, ..SheetView::new(edition.local(&record.value.title), publisher, until, content) }
}
