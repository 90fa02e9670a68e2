//! A form on which to raise something by hand: boxes to tick, lines to write on, where to hand it in.

use serde::Serialize;

use super::notice::{Contact, to_ask};
use super::policy::{publisher, until_changed};
use super::{Sheet, SheetView, Sheets};
use crate::content::{Feedback, Record, SheetKind};
use crate::site::Edition;
use crate::site::views::feedback::{TopicView, feedback};
use crate::site::views::parts::Local;

/// What the form says.
#[derive(Serialize)]
struct Form {
    /// How things are collected and answered.
    summary: Option<Local>,
    /// The topics raised most often, to tick.
    topics: Vec<Local>,
    /// The ways to tell us.
    channels: Vec<Local>,
    /// Whom to ask.
    contact: Option<Contact>,
}

/// Of each register that is not over, and of the last one of a centre.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let open = move |record: &&Record<Feedback>| {
        edition.offers(*record) && (record.value.period.last() >= edition.site.today || newest(&edition, record))
    };
    let records = edition.site.content.feedback.iter().filter(open);
    let kind = SheetKind::FeedbackBlank;
    Box::new(records.map(move |record| Sheet::of(&edition, kind, record, &record.value.posters, view)))
}

/// Whether no register of the same centre goes on for longer: people write on its form until there is a new one.
fn newest(edition: &Edition<'_>, record: &Record<Feedback>) -> bool {
    let same = |other: &&Record<Feedback>| other.value.centre == record.value.centre;
    let others = edition.site.content.feedback.iter().filter(same);
    others.map(|other| other.value.period.last()).max() == Some(record.value.period.last())
}

fn view(edition: &Edition<'_>, record: &Record<Feedback>) -> SheetView {
    let register = feedback(edition, record);
    let content = Form {
        summary: register.summary,
        topics: register.most_raised.into_iter().map(|TopicView { topic, .. }| topic).collect(),
        channels: register.channels,
        contact: record.value.contact.as_ref().map(|contact| to_ask(edition, contact)),
    };
    let kicker = Some(register.centre.map_or_else(|| edition.local(&record.value.title), |centre| centre.name));
    let title = edition.term("sheet.feedback-blank");
    SheetView { kicker, ..SheetView::new(title, publisher(edition), until_changed(edition), content) }
}
