//! A notice in the form of an official document (GB/T 9704): the issuer in red, the number, the title, the text, signed
//! and dated.

use serde::Serialize;

use super::notice::{Contact, Meeting, contact, in_force, issuer, meeting, until};
use super::prose::{Block, blocks};
use super::{Sheet, SheetView, Sheets};
use crate::content::{Notice, Record, SheetKind};
use crate::site::Edition;
use crate::site::views::centre::audiences;
use crate::site::views::notice::closes_in_words;
use crate::site::views::parts::Local;

/// What the document says.
#[derive(Serialize)]
struct OfficialNotice {
    /// Its number.
    number: Option<String>,
    /// To whom it is addressed.
    to: Vec<Local>,
    /// What it comes to, where nothing else is written.
    summary: Local,
    /// When centres are closed, in words.
    closes: Option<Local>,
    /// The meeting that it calls or reports.
    meeting: Option<Meeting>,
    /// The text.
    body: Vec<Block>,
    /// The day on which it was issued, in words.
    dated: String,
    /// Whom to ask.
    contact: Option<Contact>,
}

/// Of each notice that is shown.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let records = edition.site.content.notices.iter().filter(move |record| in_force(&edition, record));
    let kind = SheetKind::OfficialNotice;
    Box::new(records.map(move |record| Sheet::of(&edition, kind, record, &record.value.posters, view)))
}

fn view(edition: &Edition<'_>, record: &Record<Notice>) -> SheetView {
    let notice = &record.value;
    let content = OfficialNotice {
        number: notice.number.clone(),
        to: audiences(edition, &notice.audience),
        summary: edition.local(&notice.summary),
        closes: notice.closes.as_ref().map(|closing| Local::own(closes_in_words(edition, closing))),
        meeting: meeting(edition, notice),
        body: blocks(edition, record),
        dated: edition.wording.day(notice.from.date),
        contact: contact(edition, notice),
    };
    SheetView::new(edition.local(&notice.title), issuer(edition, notice), until(edition, notice), content)
}
