//! What is open, on, hidden and expiring at a civil time, and why: what `noticeboard status` says.
//!
//! The same records, hours and reasons that pages show, gathered for whoever looks after the site. All words come from
//! the edition, so that this and the pages cannot disagree.

use serde::Serialize;

use super::next_change::{Validly, each_validity};
use super::{Edition, OnDuty, Turning, turnings, views};
use crate::calendar::{Date, DateSpan, DateTime, OpenTimes, Openness, Weekly, spoken};
use crate::content::{Centre, Duty, Programme, Record, Validity};
use crate::diagnostics::Language;

/// How many days ahead something counts as expiring.
const EXPIRING: i64 = 14;
/// How many days ahead the next opening is looked for.
const AHEAD: i64 = 60;

/// The whole of it.
#[derive(Debug, Serialize)]
pub struct Status {
    /// The civil time that this is about, with its offset.
    pub at: String,
    /// The places.
    pub centres: Vec<CentreStatus>,
    /// What is on today and in the six days after it, a day each; nothing where no programme is asked about.
    pub week: Vec<DayProgramme>,
    /// Records that are not shown, or only in the archive.
    pub hidden: Vec<Hidden>,
    /// Records that end in the coming days.
    pub expiring: Vec<Ending>,
    /// What the calendar does not know.
    pub unknown: Vec<String>,
    /// The instant at which a build would next differ.
    pub next_change: String,
    /// What begins or ends next.
    pub coming: Vec<Ending>,
}

/// How a place stands.
#[derive(Debug, Serialize)]
pub struct CentreStatus {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is open.
    pub state: PlaceState,
    /// Today's hours in words.
    pub today: Option<String>,
    /// Why today is not like its weekday.
    pub why: Option<String>,
    /// When this changes, as civil time.
    pub until: Option<String>,
    /// The hours as they were understood.
    pub understood: Option<String>,
    /// What the place offers at times of its own.
    pub parts: Vec<PartStatus>,
    /// Who is on duty today, by roster.
    pub duty: Vec<String>,
}

/// Whether a place is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceState {
    /// Open to everyone.
    Open,
    /// Open to those with an appointment.
    ByAppointment,
    /// Closed.
    Closed,
    /// Its hours are not written.
    Unknown,
}

/// Something that a place offers at times of its own: an amenity, a service, a telephone line, a team.
#[derive(Debug, Serialize)]
pub struct PartStatus {
    /// What it is.
    pub name: String,
    /// Whether it can be used.
    pub state: PlaceState,
    /// Today's times in words.
    pub today: String,
}

/// A day and its sessions.
#[derive(Debug, Serialize)]
pub struct DayProgramme {
    /// The date, ISO 8601.
    pub date: String,
    /// The date in words.
    pub name: String,
    /// The sessions that are held.
    pub sessions: Vec<SessionLine>,
}

/// A session.
#[derive(Debug, Serialize)]
pub struct SessionLine {
    /// The time.
    pub time: String,
    /// What takes place.
    pub title: String,
    /// The room.
    pub room: Option<String>,
    /// The centre's id.
    pub centre: String,
    /// The centre's name.
    pub place: String,
}

/// A record that is not shown, or only in the archive.
#[derive(Debug, Serialize)]
pub struct Hidden {
    /// Its file.
    pub file: String,
    /// Its title.
    pub title: String,
    /// Why.
    pub why: HiddenBecause,
    /// When it begins or ended, as civil time.
    pub at: String,
}

/// Why a record is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HiddenBecause {
    /// It has not begun.
    NotYet,
    /// It is over.
    Over,
}

/// A record that begins or ends.
#[derive(Debug, Serialize)]
pub struct Ending {
    /// When, as civil time.
    pub at: String,
    /// What.
    #[serde(flatten)]
    pub what: Turning,
}

/// The status at the edition's civil time; of one record only, if an id is given. `None` if no record has the
/// id. How hours are understood is said in the language of messages, which need not be one of the site.
pub fn status(edition: &Edition<'_>, only: Option<&str>, language: Language) -> Option<Status> {
    let site = edition.site;
    let content = &site.content;
    let wanted = |id: &str| only.is_none_or(|only| only == id);
    let centres: Vec<_> = content.centres.iter().filter(|record| wanted(record.id.as_str())).collect();
    let of_centre = |programme: &&Record<Programme>| {
        wanted(programme.id.as_str()) || centres.iter().any(|centre| centre.id == programme.value.centre)
    };
    let programmes: Vec<_> = content.programmes.iter().filter(of_centre).collect();
    let mut known = !centres.is_empty();
    let mut hidden = Vec::new();
    each_validity(edition, |record| {
        if wanted(record.id) {
            known = true;
            hidden.extend(is_hidden(&record, site.now));
        }
    });
    let coming: Vec<Turning> = turnings(edition).into_iter().filter(|turning| wanted(&turning.id)).collect();
    let soon = site.now.checked_add(jiff::Span::new().days(EXPIRING)).unwrap_or(DateTime::MAX);
    let ending = |what: &Turning| Ending { at: civil(what.at), what: what.clone() };
    known.then(|| Status {
        at: site.instant(site.now),
        week: week(edition, &programmes),
        centres: centres.into_iter().map(|record| centre(edition, record, language)).collect(),
        hidden,
        expiring: coming
            .iter()
            .filter(|turning| turning.turn == super::Turn::Ends && turning.at <= soon)
            .map(ending)
            .collect(),
        unknown: views::not_announced(edition).into_iter().collect(),
        next_change: site.instant(site.next_change()),
        coming: coming.iter().take(5).map(ending).collect(),
    })
}

/// A civil time without seconds: `2026-11-26 15:00`.
fn civil(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

fn is_hidden(record: &Validly<'_>, now: DateTime) -> Option<Hidden> {
    let (why, at) = match Validity::of(record.from, record.until, now) {
        Validity::Current => return None,
        Validity::NotYet => (HiddenBecause::NotYet, record.from?.begins()),
        Validity::Over => (HiddenBecause::Over, record.until?.ends()),
    };
    Some(Hidden { file: record.file.to_owned(), title: record.title.clone(), why, at: civil(at) })
}

fn centre(edition: &Edition<'_>, record: &Record<Centre>, language: Language) -> CentreStatus {
    let site = edition.site;
    let calendar = site.calendar_of(&record.id);
    let last = site.today.checked_add(jiff::Span::new().days(AHEAD)).unwrap_or(site.today);
    let hours = site.hours(&record.id);
    let times =
        hours.zip(DateSpan::new(site.today, last)).map(|(hours, span)| OpenTimes::compile(hours, calendar, span));
    let today = times.as_ref().and_then(|times| times.day(site.today));
    // In the night it is the day before that says why.
    let deciding = hours.map(|hours| hours.on(hours.at(site.now, calendar).1, calendar));
    CentreStatus {
        id: record.id.to_string(),
        name: edition.local(&record.value.name).text,
        state: times.as_ref().and_then(|times| times.at(site.now)).map_or(PlaceState::Unknown, place_state),
        today: today.map(|day| edition.wording.times(&day.intervals)),
        why: deciding.and_then(|day| views::reason(edition, record, &day)).map(|why| why.text),
        until: times.as_ref().and_then(|times| times.next_change(site.now)).map(civil),
        understood: hours.map(|hours| spoken::write(hours, language)),
        parts: parts(edition, record),
        duty: site.content.duty.iter().filter(|r| r.value.centre == record.id).flat_map(|r| duty(edition, r)).collect(),
    }
}

fn place_state(openness: Openness) -> PlaceState {
    match openness {
        Openness::Open => PlaceState::Open,
        Openness::ByAppointment => PlaceState::ByAppointment,
        Openness::Closed => PlaceState::Closed,
    }
}

/// What a centre offers at times of its own.
fn parts(edition: &Edition<'_>, record: &Record<Centre>) -> Vec<PartStatus> {
    let site = edition.site;
    let Some(hours) = site.hours(&record.id) else { return Vec::new() };
    let calendar = site.calendar_of(&record.id);
    let part = |name: String, own: &Weekly| {
        let on = |date: Date| hours.part_on(own, date, calendar).intervals;
        let minute = u16::try_from(i32::from(site.now.hour()) * 60 + i32::from(site.now.minute())).unwrap_or(0);
        let night = site.today.yesterday().map(|before| Openness::of(&on(before), minute + 24 * 60));
        let today = on(site.today);
        let state = Openness::of(&today, minute).min(night.unwrap_or(Openness::Closed));
        PartStatus { name, state: place_state(state), today: edition.wording.times(&today) }
    };
    let centre = &record.value;
    let amenities = centre.amenities.iter().filter_map(|entry| {
        let own = entry.hours()?;
        Some(part(views::amenity_name(edition, entry), &own.0))
    });
    let services = centre.services.iter().filter_map(|service| {
        let own = service.hours.as_ref()?;
        Some(part(edition.local(&service.name).text, &own.0))
    });
    let phones = centre.phones.iter().filter_map(|phone| {
        let own = phone.answered.as_ref()?;
        let name = phone.purpose.as_ref().map(|purpose| format!("{} ", edition.local(purpose).text));
        Some(part(format!("{}{}", name.unwrap_or_default(), phone.number.as_str()), &own.0))
    });
    let teams = site.content.teams.iter().filter(|team| team.value.centre.as_ref() == Some(&record.id));
    let teams = teams.filter_map(|team| {
        let own = team.value.hours.as_ref()?;
        Some(part(edition.local(&team.value.name).text, &own.0))
    });
    amenities.chain(services).chain(phones).chain(teams).collect()
}

/// Who is on duty today.
fn duty(edition: &Edition<'_>, record: &Record<Duty>) -> Vec<String> {
    let time_of_turns = record.value.rotation.as_ref().and_then(|rotation| rotation.time);
    let on_duty = edition.site.on_duty(&record.value, edition.site.today).into_iter().map(|who| match who {
        OnDuty::Resident(resident) => (&resident.role, resident.time),
        OnDuty::Turn(who) | OnDuty::StandIn(who) => (who, time_of_turns),
    });
    on_duty
        .map(|(who, time)| {
            let who = edition.local(who).text;
            time.map_or(who.clone(), |time| format!("{who} {time}"))
        })
        .collect()
}

fn week(edition: &Edition<'_>, programmes: &[&Record<Programme>]) -> Vec<DayProgramme> {
    let site = edition.site;
    let last = site.today.checked_add(jiff::Span::new().days(6)).unwrap_or(site.today);
    let Some(span) = DateSpan::new(site.today, last).filter(|_| !programmes.is_empty()) else { return Vec::new() };
    let mut sessions = Vec::new();
    for record in programmes {
        let place = edition.centre(&record.value.centre).map(|link| link.name.text).unwrap_or_default();
        for session in site.held(&record.value, span) {
            let line = SessionLine {
                time: session.time.to_string(),
                title: edition.local(session.title).text,
                room: edition.local_some(session.room).map(|room| room.text),
                centre: record.value.centre.to_string(),
                place: place.clone(),
            };
            sessions.push((session.date, session.time, line));
        }
    }
    sessions.sort_by_key(|(date, time, _)| (*date, *time));
    span.days()
        .map(|date| DayProgramme {
            date: date.to_string(),
            name: edition.wording.weekday_day(date),
            sessions: sessions.extract_if(.., |(day, _, _)| *day == date).map(|(_, _, line)| line).collect(),
        })
        .collect()
}
