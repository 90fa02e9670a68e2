//! The themes of the weekdays of a programme: what each day is for, and what is on then.

use serde::Serialize;

use super::{Sheet, SheetView, Sheets, ValidText};
use crate::content::{Programme, Record, SheetKind};
use crate::site::Edition;
use crate::site::views::parts::Local;
use crate::site::views::programme::{ProgrammeCentre, programme_on_paper};

/// What the sheet says.
#[derive(Serialize)]
struct ThemedDays {
    /// The days that have a theme.
    days: Vec<Day>,
    /// Where it is.
    centre: Option<ProgrammeCentre>,
}

/// A weekday.
#[derive(Serialize)]
struct Day {
    /// The weekday in words.
    name: String,
    /// Its theme.
    theme: Local,
    /// What is on, by time.
    items: Vec<Item>,
}

/// An activity.
#[derive(Serialize)]
struct Item {
    /// The title.
    title: Local,
    /// From when to when.
    time: String,
    /// On which of these weekdays only, in words.
    rule: Option<String>,
    /// Where.
    room: Option<Local>,
    /// The last day on which it stands in the week, ISO 8601.
    last_day: String,
}

/// Of each programme that is not over and whose weekdays have themes.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let themed = move |record: &&Record<Programme>| {
        let current = record.value.valid.last() >= edition.site.today;
        edition.offers(*record) && current && !record.value.day_themes.is_empty()
    };
    let records = edition.site.content.programmes.iter().filter(themed);
    Box::new(records.map(move |record| Sheet::of(&edition, SheetKind::ThemedDays, record, &record.value.posters, view)))
}

fn view(edition: &Edition<'_>, record: &Record<Programme>) -> SheetView {
    let board = programme_on_paper(edition, record);
    let days = board.days.into_iter().enumerate().filter_map(|(at, day)| {
        let cells = board.rows.iter().filter_map(|row| row.cells.get(at)).flatten();
        let mut items: Vec<Item> = cells
            .map(|session| Item {
                title: session.title.clone(),
                time: session.full_time.clone(),
                rule: session.rule.clone(),
                room: session.room.clone(),
                last_day: session.last_day.clone(),
            })
            .collect();
        items.sort_by(|a, b| a.time.cmp(&b.time));
        Some(Day { name: day.name, theme: day.theme?, items })
    });
    let content = ThemedDays { days: days.collect(), centre: board.centre };
    let valid = Some(ValidText { text: board.valid.text });
    let title = edition.term("sheet.themed-title");
    SheetView {
        kicker: Some(board.title),
        valid,
        ..SheetView::new(title, board.issuer, board.valid.until_text, content)
    }
}
