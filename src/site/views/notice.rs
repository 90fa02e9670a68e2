//! An announcement, a closure, a meeting, a bulletin.

use std::cmp::Reverse;

use serde::Serialize;

use super::centre::audiences;
use super::parts::{ContactView, DateText, FigureView, Link, Local, PictureView, contact, figures, kebab, pictures};
use crate::calendar::{DayOrTime, TimeOfDay};
use crate::content::{Centre, Closing, Id, Notice, Record, Urgency, Validity};
use crate::site::edition::BodyHtml;
use crate::site::{Address, Edition, Site};

/// A notice in a list or banner.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeCard {
    /// Its page.
    pub link: Link,
    /// One or two sentences.
    pub summary: Local,
    /// What sort of notice it is, in words.
    pub kind: String,
    /// `urgent`, `important` or `info`.
    pub urgency: String,
    /// How much it matters, in words.
    pub urgency_name: String,
    /// Since when it is shown.
    pub from: DateText,
    /// Until when it is shown.
    pub until: Option<DateText>,
    /// The instant from which it is shown (RFC 3339).
    pub begins: String,
    /// The instant from which it is no longer shown.
    pub ends: Option<String>,
    /// Who announces it.
    pub issuer: Option<Local>,
    /// Whether it is over.
    pub over: bool,
}

/// A notice's page.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeView {
    /// What its card says.
    pub card: NoticeCard,
    /// The line above the headline.
    pub kicker: Option<Local>,
    /// The document's number.
    pub number: Option<String>,
    /// The areas it concerns.
    pub areas: Vec<Link>,
    /// The centres it concerns.
    pub centres: Vec<Link>,
    /// Whom it is for.
    pub audience: Vec<Local>,
    /// When its centres are closed, in words.
    pub closes: Option<String>,
    /// The meeting.
    pub meeting: Option<MeetingView>,
    /// Figures.
    pub figures: Vec<FigureView>,
    /// Pictures.
    pub pictures: Vec<PictureView>,
    /// Whom to ask.
    pub contact: Option<ContactView>,
    /// The text.
    pub body: Option<BodyHtml>,
}

/// A meeting.
#[derive(Debug, Clone, Serialize)]
pub struct MeetingView {
    /// The day.
    pub date: DateText,
    /// The time.
    pub time: Option<String>,
    /// The place.
    pub place: Option<Local>,
    /// Who takes part.
    pub present: Vec<Local>,
    /// What is discussed.
    pub agenda: Vec<Local>,
    /// What was decided.
    pub outcome: Vec<Local>,
}

/// Whether a notice is shown today.
pub(crate) fn current(edition: &Edition<'_>, record: &Record<Notice>) -> bool {
    record.value.validity(edition.site.now) == Validity::Current
}

/// The order of notices: those that matter most first, of these the newest.
pub(super) fn by_urgency(record: &Record<Notice>) -> (Urgency, Reverse<DayOrTime>) {
    (record.value.urgency, Reverse(record.value.from))
}

/// Whether a notice has begun, be it over or not.
pub(crate) fn begun(edition: &Edition<'_>, record: &Record<Notice>) -> bool {
    record.value.validity(edition.site.now) != Validity::NotYet
}

/// Whether a notice names a centre, the centre that it belongs to, or an area that it lies in.
pub(crate) fn concerns(site: &Site, centre: &Record<Centre>, notice: &Notice) -> bool {
    let named = |id: &Id<Centre>| *id == centre.id || centre.value.part_of.as_ref() == Some(id);
    let around = || site.index.lineage(&centre.value.area);
    notice.centres.iter().any(named)
        || !notice.areas.is_empty() && around().iter().any(|entry| notice.areas.contains(&entry.area.id))
}

/// A notice in a list.
pub(crate) fn card(edition: &Edition<'_>, record: &Record<Notice>) -> NoticeCard {
    let notice = &record.value;
    let urgency = kebab(&notice.urgency);
    NoticeCard {
        link: edition.link(record),
        summary: edition.local(&notice.summary),
        kind: edition.wording.term(&format!("notice-kind.{}", kebab(&notice.kind))).to_owned(),
        urgency_name: edition.wording.term(&format!("urgency.{urgency}")).to_owned(),
        urgency,
        from: edition.date_or_time(notice.from),
        until: notice.until.map(|until| edition.date_or_time(until)),
        begins: edition.site.instant(notice.from.begins()),
        ends: notice.until.map(|until| edition.site.instant(until.ends())),
        issuer: edition.local_some(notice.issuer.as_ref()),
        over: notice.validity(edition.site.now) == Validity::Over,
    }
}

/// What stands in a page's banner: the current urgent notices that concern everyone, or `concerned`; the newest first.
pub(crate) fn banners(edition: &Edition<'_>, concerned: impl Fn(&Notice) -> bool) -> Vec<NoticeCard> {
    let for_everyone = |notice: &Notice| notice.areas.is_empty() && notice.centres.is_empty();
    let notices = edition.site.content.notices.iter();
    let urgent = notices.filter(|record| record.value.urgency == Urgency::Urgent && current(edition, record));
    let mut found: Vec<_> = urgent.filter(|record| for_everyone(&record.value) || concerned(&record.value)).collect();
    found.sort_by_key(|record| Reverse(record.value.from));
    found.into_iter().map(|record| card(edition, record)).collect()
}

/// When a notice closes its centres, in words.
pub(super) fn closes_in_words(edition: &Edition<'_>, closing: &Closing) -> String {
    let days = edition.wording.short_span(closing.on);
    let time = |time: Option<TimeOfDay>| time.map(|time| time.to_string());
    match (time(closing.from), time(closing.until)) {
        (Some(from), None) => edition.wording.say("closes.from", &[("days", &days), ("from", &from)]),
        (None, Some(until)) => edition.wording.say("closes.until", &[("days", &days), ("until", &until)]),
        (Some(from), Some(until)) => {
            edition.wording.say("closes.between", &[("days", &days), ("from", &from), ("until", &until)])
        }
        (None, None) => edition.wording.say("closes.days", &[("days", &days)]),
    }
}

/// A notice's page.
pub(crate) fn notice(edition: &Edition<'_>, record: &Record<Notice>, address: &Address) -> NoticeView {
    let notice = &record.value;
    let index = &edition.site.index;
    let areas = notice.areas.iter().filter_map(|id| index.area.get(id)).filter_map(|n| index.areas.get(*n));
    let closes = notice.closes.as_ref().map(|closing| closes_in_words(edition, closing));
    NoticeView {
        card: card(edition, record),
        kicker: edition.local_some(notice.kicker.as_ref()),
        number: notice.number.clone(),
        areas: areas.map(|entry| super::area::link(edition, entry)).collect(),
        centres: notice.centres.iter().filter_map(|id| edition.centre(id)).collect(),
        audience: audiences(edition, &notice.audience),
        closes,
        meeting: notice.meeting.as_ref().map(|meeting| MeetingView {
            date: edition.weekday_date(meeting.on.0),
            time: meeting.time.map(|time| time.to_string()),
            place: edition.local_some(meeting.place.as_ref()),
            present: edition.locals(&meeting.present),
            agenda: edition.locals(&meeting.agenda),
            outcome: edition.locals(&meeting.outcome),
        }),
        figures: figures(edition, &notice.figures),
        pictures: pictures(edition, &notice.pictures),
        contact: notice.contact.as_ref().map(|c| contact(edition, c)),
        body: edition.body(&record.bodies, address),
    }
}
