//! An activity of a programme: what, when, where, for whom, and its next sessions with what differs about them.

use serde::Serialize;

use super::add_session::{AddSession, Adding};
use super::hours::window;
use super::parts::{DateText, Link, Local};
use super::pattern::days_in_words;
use super::programme::{ChangeView, ProgrammeCentre, change, limits_in_words, programme_centre};
use super::subscription::{Subscription, of_activity};
use crate::calendar::at;
use crate::content::{Programme, Record, Validity};
use crate::site::{Edition, HeldSession, time_of};

/// How many days ahead sessions are looked for.
const AHEAD: i64 = 100;
/// How many sessions are listed.
const LISTED: usize = 8;

/// An activity's page.
#[derive(Debug, Clone, Serialize)]
pub struct ActivityView {
    /// What it is called.
    pub title: Local,
    /// What happens.
    pub summary: Option<Local>,
    /// The strand.
    pub strand: Option<Local>,
    /// The days in words.
    pub days: String,
    /// The time of day.
    pub time: Option<String>,
    /// On which days and in which part of the year it is held only, in words.
    pub limits: Vec<String>,
    /// Where it takes place.
    pub centre: Option<ProgrammeCentre>,
    /// The room.
    pub room: Option<Local>,
    /// Whom it is for.
    pub audience: Vec<Local>,
    /// What it costs.
    pub cost: Option<Local>,
    /// Who leads it.
    pub leader: Option<Local>,
    /// The page of the team that leads it.
    pub leader_link: Option<Link>,
    /// How to take part.
    pub booking: Option<Local>,
    /// How many people can take part, in words.
    pub places: Option<String>,
    /// The programme that it belongs to.
    pub programme: Link,
    /// From when to when the programme holds, in words.
    pub valid: String,
    /// Whether it is over.
    pub over: bool,
    /// The next sessions, those that are not held included.
    pub sessions: Vec<NextSession>,
    /// Its calendar to subscribe to.
    pub calendars: Vec<Subscription>,
}

/// A coming session.
#[derive(Debug, Clone, Serialize)]
pub struct NextSession {
    /// The day.
    pub date: DateText,
    /// The time.
    pub time: String,
    /// The instant at which it is over (RFC 3339).
    pub ends: String,
    /// Whether it is held.
    pub held: bool,
    /// What takes place instead.
    pub instead: Option<Local>,
    /// What differs.
    pub change: Option<ChangeView>,
    /// How to add it to one's own calendar, if it is held.
    pub add: Option<AddSession>,
}

/// The page of an activity, by its number in its programme.
pub(crate) fn activity(edition: &Edition<'_>, record: &Record<Programme>, number: usize) -> Option<ActivityView> {
    let site = edition.site;
    let programme = &record.value;
    let activity = programme.activities.get(number)?;
    let config = &site.content.site.value;
    let centre = site.index.centre.get(&programme.centre).and_then(|n| site.content.centres.get(*n));
    let team = activity.led_by.as_ref().and_then(|id| site.index.team.get(id));
    let team = team.and_then(|n| site.content.teams.get(*n));
    let strand = activity.strand.as_ref().and_then(|id| config.strands.get(id));
    let period = activity.valid.and_then(|own| own.overlap(&programme.valid)).unwrap_or(programme.valid);
    let over = Validity::of_days(period, site.now) == Validity::Over;
    let coming = window(site.today, AHEAD).map(|window| site.sessions(programme, activity, window)).unwrap_or_default();
    let mut adding = site.activity_key(record, number).and_then(|key| Adding::of(edition, record, key));
    let sessions = coming.iter().take(LISTED).map(|session| {
        let held = HeldSession::of(activity, number, session);
        NextSession {
            date: edition.weekday_date(session.date),
            time: session.time.to_string(),
            ends: site.instant(at(session.date, session.time.end())),
            held: session.held,
            instead: (held.title != &activity.title).then(|| edition.local(held.title)),
            change: change(edition, activity, centre, session),
            add: adding
                .as_mut()
                .filter(|_| session.held)
                .map(|adding| adding.session((held.title, held.room), (session.date, session.time))),
        }
    });
    Some(ActivityView {
        title: edition.local(&activity.title),
        summary: edition.local_some(activity.summary.as_ref()),
        strand: strand.map(|term| edition.local(&term.name)),
        days: days_in_words(edition, &activity.when.pattern),
        time: time_of(programme, activity).map(|time| time.to_string()),
        limits: limits_in_words(edition, programme, activity),
        centre: centre.map(|centre| programme_centre(edition, centre)),
        room: edition.local_some(activity.room.as_ref()),
        audience: super::centre::audiences(edition, &activity.audience),
        cost: edition.local_some(activity.cost.as_ref()),
        leader: edition
            .local_some(activity.leader.as_ref())
            .or_else(|| team.map(|team| edition.local(&team.value.name))),
        leader_link: team.map(|team| edition.link(team)),
        booking: edition.local_some(activity.booking.as_ref()),
        places: activity
            .places
            .map(|places| edition.wording.count("places", usize::try_from(places).unwrap_or(usize::MAX))),
        programme: edition.link(record),
        valid: edition.span(programme.valid),
        over,
        sessions: sessions.collect(),
        calendars: of_activity(edition, record, number).filter(|_| !over).into_iter().collect(),
    })
}
