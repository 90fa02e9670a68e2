//! A closure: which centre is closed when, large enough to be read through the glass of a locked door.

use serde::Serialize;

use super::notice::{Contact, contact, in_force, issuer, until};
use super::prose::{Block, blocks};
use super::{Sheet, SheetView, Sheets};
use crate::content::{Centre, Id, Notice, Record, SheetKind};
use crate::site::Edition;
use crate::site::views::notice::closes_in_words;
use crate::site::views::parts::Local;

/// What the sheet says.
#[derive(Serialize)]
struct Closure {
    /// The centres that are closed.
    centres: Vec<Local>,
    /// When, in words.
    when: Option<Local>,
    /// What it comes to, in a sentence or two.
    summary: Local,
    /// The text.
    body: Vec<Block>,
    /// Whom to ask.
    contact: Option<Contact>,
}

/// Of each notice that closes a centre and is shown.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let closing = move |record: &&Record<Notice>| in_force(&edition, record) && record.value.closes.is_some();
    let records = edition.site.content.notices.iter().filter(closing);
    Box::new(records.map(move |record| Sheet::of(&edition, SheetKind::Closure, record, &record.value.posters, view)))
}

fn view(edition: &Edition<'_>, record: &Record<Notice>) -> SheetView {
    let notice = &record.value;
    let content = Closure {
        centres: notice.centres.iter().filter_map(|id| centre_name(edition, id)).collect(),
        when: notice.closes.as_ref().map(|closing| Local::own(closes_in_words(edition, closing))),
        summary: edition.local(&notice.summary),
        body: blocks(edition, record),
        contact: contact(edition, notice),
    };
    let kicker = edition.term("sheet.closure");
    SheetView {
        kicker: Some(kicker),
        ..SheetView::new(edition.local(&notice.title), issuer(edition, notice), until(edition, notice), content)
    }
}

/// A centre's full name: who stands at its door may know no short one.
fn centre_name(edition: &Edition<'_>, id: &Id<Centre>) -> Option<Local> {
    let number = edition.site.index.centre.get(id)?;
    edition.site.content.centres.get(*number).map(|record| edition.local(&record.value.name))
}
