//! A notice for the wall: what it says, whom it concerns, whom to ask.

use serde::Serialize;

use super::prose::{Block, blocks};
use super::{Sheet, SheetView, Sheets};
use crate::content::{self, Notice, Record, SheetKind};
use crate::site::Edition;
use crate::site::views::notice::current;
use crate::site::views::parts::{self, DateText, Local};

/// What the sheet says.
#[derive(Serialize)]
struct NoticeSheet {
    /// What sort of notice it is.
    kind: Local,
    /// The document's number.
    number: Option<String>,
    /// What it comes to, in a sentence or two.
    summary: Local,
    /// The meeting that it calls or reports.
    meeting: Option<Meeting>,
    /// The text.
    body: Vec<Block>,
    /// Whom to ask.
    contact: Option<Contact>,
    /// Since when it is shown.
    from: DateText,
}

/// A meeting.
#[derive(Serialize)]
pub(super) struct Meeting {
    /// When, in words.
    when: String,
    /// Where.
    place: Option<Local>,
    /// Who takes part.
    present: Vec<Local>,
    /// What is discussed.
    agenda: Vec<Local>,
    /// What was decided.
    outcome: Vec<Local>,
}

/// Somebody to ask.
#[derive(Serialize)]
pub(super) struct Contact {
    /// The role.
    role: Local,
    /// The number.
    phone: Option<String>,
    /// When and where.
    note: Option<Local>,
}

/// Of each notice that is shown and closes nothing; one that does has a sheet of its own kind.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let shown = move |record: &&Record<Notice>| in_force(&edition, record) && record.value.closes.is_none();
    let records = edition.site.content.notices.iter().filter(shown);
    Box::new(records.map(move |record| Sheet::of(&edition, SheetKind::Notice, record, &record.value.posters, view)))
}

/// Whether a notice is shown in this language and not over.
pub(super) fn in_force(edition: &Edition<'_>, record: &Record<Notice>) -> bool {
    edition.offers(record) && current(edition, record)
}

/// Who announces it: as it says, else who publishes the site.
pub(super) fn issuer(edition: &Edition<'_>, notice: &Notice) -> Local {
    edition.local(notice.issuer.as_ref().unwrap_or(&edition.site.content.site.value.publisher))
}

/// Until when it is shown, in words.
pub(super) fn until(edition: &Edition<'_>, notice: &Notice) -> String {
    let date = notice.until.map(|until| edition.date_or_time(until).text);
    date.unwrap_or_else(|| edition.wording.term("sheet.until-changed").to_owned())
}

/// Whom to ask.
pub(super) fn contact(edition: &Edition<'_>, notice: &Notice) -> Option<Contact> {
    notice.contact.as_ref().map(|contact| to_ask(edition, contact))
}

/// Somebody to ask.
pub(super) fn to_ask(edition: &Edition<'_>, contact: &content::Contact) -> Contact {
    let contact = parts::contact(edition, contact);
    Contact { role: contact.role, phone: contact.phone.map(|phone| phone.number), note: contact.note }
}

/// The meeting that a notice calls or reports.
pub(super) fn meeting(edition: &Edition<'_>, notice: &Notice) -> Option<Meeting> {
    notice.meeting.as_ref().map(|meeting| {
        let date = edition.wording.weekday_day(meeting.on.0);
        Meeting {
            when: meeting.time.map_or_else(|| date.clone(), |time| format!("{date} {time}")),
            place: edition.local_some(meeting.place.as_ref()),
            present: edition.locals(&meeting.present),
            agenda: edition.locals(&meeting.agenda),
            outcome: edition.locals(&meeting.outcome),
        }
    })
}

fn view(edition: &Edition<'_>, record: &Record<Notice>) -> SheetView {
    let notice = &record.value;
    let content = NoticeSheet {
        kind: edition.term(&format!("notice-kind.{}", parts::kebab(&notice.kind))),
        number: notice.number.clone(),
        summary: edition.local(&notice.summary),
        meeting: meeting(edition, notice),
        body: blocks(edition, record),
        contact: contact(edition, notice),
        from: edition.date_or_time(notice.from),
    };
    let kicker = edition.local_some(notice.kicker.as_ref());
    let kind = edition.term(&format!("notice-kind.{}", parts::kebab(&notice.kind)));
    SheetView {
        kicker: Some(kicker.unwrap_or(kind)),
        ..SheetView::new(edition.local(&notice.title), issuer(edition, notice), until(edition, notice), content)
    }
}
