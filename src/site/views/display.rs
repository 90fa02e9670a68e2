//! The screen in a centre's lobby: the coming days, written out, so that a script can tell from them what is on now.
//!
//! Everything is dated: without its script the page is still true tomorrow. Times stand beside their words in minutes
//! from the midnight of their day. After the last day nothing is known, and the script says so.

use std::collections::BTreeMap;

use serde::Serialize;

use super::hours::{reason, unknown, window};
use super::notice::{concerns, current};
use super::parts::{DateText, Local, PhoneView, kebab, phones};
use super::programme::change;
use crate::calendar::{Date, DateSpan, DayOrTime, Intervals, TimeRange};
use crate::content::{Centre, Event, Notice, Record, Urgency};
use crate::site::Edition;

/// How many days are written out: a screen that is cut off for longer says that it does not know.
const DAYS: i64 = 14;
/// How many sessions of a day are shown without a script; the others are counted.
const STILL: usize = 3;
const DAY: u16 = 24 * 60;
/// How many days after those of the screen its next opening is looked for.
const AHEAD: i64 = 46;
/// How wide a name may be, a Chinese character counting as two letters.
const WIDEST: usize = 34;

/// The screen in a lobby.
#[derive(Debug, Clone, Serialize)]
pub struct DisplayView {
    /// The centre's name.
    pub name: Local,
    /// Where it is.
    pub address: Local,
    /// The first telephone line.
    pub phone: Option<PhoneView>,
    /// The zone of all times (IANA).
    pub zone: String,
    /// Whether the centre's hours are written.
    pub has_hours: bool,
    /// The urgent and important notices for those who stand here, urgent ones first.
    pub notices: Vec<DisplayNotice>,
    /// The days, in order.
    pub days: Vec<DisplayDay>,
    /// When it opens for the first time after these days, if that is known.
    pub after: Option<DisplayOpening>,
}

/// When a centre opens.
#[derive(Debug, Clone, Serialize)]
pub struct DisplayOpening {
    /// The day in words.
    pub day: String,
    /// The time.
    pub time: String,
}

/// A notice on the screen.
#[derive(Debug, Clone, Serialize)]
pub struct DisplayNotice {
    /// The headline.
    pub title: Local,
    /// One or two sentences.
    pub summary: Local,
    /// `urgent` or `important`.
    pub urgency: String,
    /// The same in words.
    pub urgency_name: String,
    /// Until when it holds, in words.
    pub until: Option<DateText>,
    /// The civil time at which it is over, e.g. `2026-11-27T18:00`, or `…T24:00`.
    pub over_at: Option<String>,
}

/// A day on the screen.
#[derive(Debug, Clone, Serialize)]
pub struct DisplayDay {
    /// The day.
    pub date: DateText,
    /// The open times in words, where hours are written.
    pub times: Option<String>,
    /// The open times as `START-END` in minutes, with `a` at the end where by appointment, parted by spaces. Those of
    /// the first day begin with what is left of the night before.
    pub open: String,
    /// Why the day is not like its weekday.
    pub why: Option<Local>,
    /// That the year's public holidays are not announced yet.
    pub unknown: Option<String>,
    /// What is on, by time; what was cancelled too.
    pub sessions: Vec<DisplaySession>,
    /// How many of them do not stand on the screen when there is no script to make room.
    pub rest: usize,
}

/// Something that is on.
#[derive(Debug, Clone, Serialize)]
pub struct DisplaySession {
    /// When it begins, in minutes.
    pub start: u16,
    /// When it ends, in minutes; above 1440 on the day after.
    pub end: u16,
    /// The time in words; an event may have none.
    pub time: Option<String>,
    /// What it is.
    pub title: Local,
    /// The room.
    pub room: Option<Local>,
    /// What differs this time, in words.
    pub change: Option<String>,
    /// Whether it is not held.
    pub cancelled: bool,
}

/// Whether a centre has a screen: its hours are written, or it has a programme that is not over.
pub(crate) fn has_display(edition: &Edition<'_>, record: &Record<Centre>) -> bool {
    record.value.hours.is_some() || !programmes(edition, record).is_empty()
}

fn programmes<'a>(edition: &Edition<'a>, record: &Record<Centre>) -> Vec<&'a Record<crate::content::Programme>> {
    let numbers = edition.site.index.programmes.get(&record.id).map(Vec::as_slice).unwrap_or_default();
    let programmes = numbers.iter().filter_map(|n| edition.site.content.programmes.get(*n));
    programmes.filter(|programme| programme.value.valid.last() >= edition.site.today).collect()
}

/// The screen of a centre.
pub(crate) fn display(edition: &Edition<'_>, record: &Record<Centre>) -> DisplayView {
    let span = window(edition.site.today, DAYS);
    let mut sessions = span.map(|span| sessions(edition, record, span)).unwrap_or_default();
    let mut day = |date: Date| day(edition, record, date, sessions.remove(&date).unwrap_or_default());
    DisplayView {
        name: name(edition, record),
        address: edition.local(&record.value.address),
        phone: phones(edition, record.value.phones.get(..1).unwrap_or_default()).pop(),
        zone: edition.site.content.site.value.time_zone.as_str().to_owned(),
        has_hours: record.value.hours.is_some(),
        notices: notices(edition, record),
        days: span.into_iter().flat_map(|span| span.days()).map(&mut day).collect(),
        after: span.and_then(|span| opening_after(edition, record, span.last())),
    }
}

/// What a centre is called in one line of the screen: where its name is too long for that, its short name.
fn name(edition: &Edition<'_>, record: &Record<Centre>) -> Local {
    let full = edition.local(&record.value.name);
    let width: usize = full.text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum();
    match &record.value.short_name {
        Some(short) if width > WIDEST => edition.local(short),
        _ => full,
    }
}

/// The first opening after a day, no further ahead than other pages look.
fn opening_after(edition: &Edition<'_>, record: &Record<Centre>, last: Date) -> Option<DisplayOpening> {
    let days = window(last.tomorrow().ok()?, AHEAD)?.days();
    let mut states = days.filter_map(|date| Some((date, edition.site.day(&record.id, date)?)));
    states.find_map(|(date, state)| {
        let first = state.intervals.openings().iter().map(|opening| opening.time.start()).min()?;
        Some(DisplayOpening { day: edition.wording.weekday_day(date), time: first.to_string() })
    })
}

fn notices(edition: &Edition<'_>, record: &Record<Centre>) -> Vec<DisplayNotice> {
    let for_all = |notice: &Notice| notice.areas.is_empty() && notice.centres.is_empty();
    // A notice about other centres says with its areas only where they are.
    let about_others = |notice: &Notice| {
        let named = |id: &crate::content::Id<Centre>| *id == record.id || record.value.part_of.as_ref() == Some(id);
        !notice.centres.is_empty() && !notice.centres.iter().any(named)
    };
    let wanted = |notice: &Notice| match notice.urgency {
        Urgency::Urgent => for_all(notice) || concerns(edition.site, record, notice),
        Urgency::Important => concerns(edition.site, record, notice) && !about_others(notice),
        Urgency::Info => false,
    };
    let shown = edition.site.content.notices.iter().filter(|notice| wanted(&notice.value) && current(edition, notice));
    let mut shown: Vec<_> = shown.collect();
    shown.sort_by_key(|notice| (notice.value.urgency, std::cmp::Reverse(notice.value.from)));
    let over_at = |until: DayOrTime| match until.time {
        Some(time) => format!("{}T{time}", until.date),
        None => format!("{}T24:00", until.date),
    };
    let view = |notice: &Record<Notice>| {
        let urgency = kebab(&notice.value.urgency);
        DisplayNotice {
            title: edition.local(&notice.value.title),
            summary: edition.local(&notice.value.summary),
            urgency_name: edition.wording.term(&format!("urgency.{urgency}")).to_owned(),
            urgency,
            until: notice.value.until.map(|until| edition.date_or_time(until)),
            over_at: notice.value.until.map(over_at),
        }
    };
    shown.into_iter().map(view).collect()
}

fn day(edition: &Edition<'_>, record: &Record<Centre>, date: Date, mut sessions: Vec<DisplaySession>) -> DisplayDay {
    let site = edition.site;
    let state = site.day(&record.id, date);
    let night = (date == site.today).then(|| site.day(&record.id, date.yesterday().ok()?)).flatten();
    let mut open: Vec<String> = night.iter().flat_map(|state| minutes(&state.intervals, DAY)).collect();
    open.extend(state.iter().flat_map(|state| minutes(&state.intervals, 0)));
    sessions.extend(events(edition, record, date));
    sessions.sort_by_key(|session| (session.start, session.end));
    DisplayDay {
        date: edition.weekday_date(date),
        times: state.as_ref().map(|state| edition.wording.times(&state.intervals)),
        open: open.join(" "),
        why: state.as_ref().and_then(|state| reason(edition, record, state)),
        unknown: state.as_ref().filter(|state| !state.announced).and_then(|_| unknown(edition, date)),
        rest: sessions.len().saturating_sub(STILL),
        sessions,
    }
}

/// Open times in minutes; `later` minutes after the midnight from which they count, what is left of them.
fn minutes(intervals: &Intervals, later: u16) -> Vec<String> {
    let written = |opening: &crate::calendar::Opening| {
        let (start, end) = (opening.time.start().minutes(), opening.time.end().minutes());
        let end = end.checked_sub(later).filter(|end| *end > 0)?;
        Some(format!("{}-{end}{}", start.saturating_sub(later), if opening.by_appointment { "a" } else { "" }))
    };
    intervals.openings().iter().filter_map(written).collect()
}

fn sessions(edition: &Edition<'_>, record: &Record<Centre>, span: DateSpan) -> BTreeMap<Date, Vec<DisplaySession>> {
    let mut found: BTreeMap<Date, Vec<DisplaySession>> = BTreeMap::new();
    for programme in programmes(edition, record) {
        for activity in programme.value.activities.iter().filter(|activity| edition.has(&activity.title)) {
            for session in edition.site.sessions(&programme.value, activity, span) {
                let exception = session.exception.and_then(|n| activity.exceptions.get(n));
                let extra = session.extra.and_then(|n| activity.extra.get(n));
                let room = exception.and_then(|e| e.room.as_ref()).or_else(|| extra.and_then(|e| e.room.as_ref()));
                let title = exception.and_then(|e| e.replaced_by.as_ref()).filter(|_| session.held);
                let change = change(edition, activity, Some(record), &session);
                // That the centre is closed stands above; its sessions need not say it one by one.
                if !session.held && exception.is_none() {
                    continue;
                }
                found.entry(session.date).or_default().push(DisplaySession {
                    start: session.time.start().minutes(),
                    end: session.time.end().minutes(),
                    time: Some(session.time.to_string()),
                    title: edition.local(title.unwrap_or(&activity.title)),
                    room: edition.local_some(room.or(activity.room.as_ref()).filter(|_| session.held)),
                    change: change.map(|change| change.text),
                    cancelled: !session.held,
                });
            }
        }
    }
    found
}

fn events(edition: &Edition<'_>, record: &Record<Centre>, date: Date) -> Vec<DisplaySession> {
    let content = &edition.site.content;
    let numbers = edition.site.index.events.get(&record.id).map(Vec::as_slice).unwrap_or_default();
    let events = numbers.iter().filter_map(|n| content.events.get(*n));
    let view = |event: &Record<Event>| {
        let event = &event.value;
        let time = event.time.unwrap_or(TimeRange::ALL_DAY);
        DisplaySession {
            start: time.start().minutes(),
            end: time.end().minutes(),
            time: event.time.map(|time| time.to_string()),
            title: edition.local(&event.title),
            room: edition.local_some(event.place.as_ref()),
            change: event.cancelled.as_ref().map(|_| edition.wording.term("change.cancelled").to_owned()),
            cancelled: event.cancelled.is_some(),
        }
    };
    let on = events.filter(|event| event.value.on.contains(date) && edition.has(&event.value.title));
    on.map(view).collect()
}
