//! A weekly programme: an `EventSeries` of the `EventSeries` of its activities. An activity's own page has its coming
//! sessions dated.
//!
//! The usual sessions are dated for two weeks, those that are cancelled, moved or otherwise differ for six. A moved one
//! is one event with the date that it had before; a cancelled one stays, and says so.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ptr;
use std::rc::Rc;

use super::schedule::schedules;
use super::things::{self, EventStatus, OFFLINE, Organisation, Party, Reference, Thing};
use super::{audiences, id, is_free, language, local, organisation, page, place, publisher};
use crate::calendar::{Date, DateSpan, Session, SessionChange, SessionRule, TimeRange, at};
use crate::content::{Activity, Centre, Programme, Record, Text};
use crate::site::views::Link;
use crate::site::views::frame::Frame;
use crate::site::views::hours::{reason, window};
use crate::site::{Edition, address, rule_of};

/// How many days ahead the usual sessions are dated.
const USUAL: i64 = 14;
/// How many days ahead sessions that differ are dated.
const DIFFERENT: i64 = 42;
/// How many days ahead it is said on which days of a schedule nothing is held.
const EXCEPTED: i64 = 400;

/// A programme with its activities.
pub(super) fn programme(edition: &Edition<'_>, record: &Record<Programme>, frame: &Frame) -> Thing {
    let programme = &record.value;
    let site = edition.site;
    let centre = site.index.centre.get(&programme.centre).and_then(|n| site.content.centres.get(*n));
    let own = id(edition, &record.id);
    let is_over = programme.valid.last() < site.today;
    let host = centre.map(|centre| {
        Party::Organization(Organisation {
            name: edition.local(&centre.value.name).text,
            url: Some(page(edition, centre)),
            telephone: Vec::new(),
        })
    });
    let ids = (0..).map(|number| series_id(edition, record, number, &own));
    let series =
        programme.activities.iter().zip(ids).enumerate().filter(|_| !is_over).map(|(number, (activity, id))| {
            let first = site.first_language();
            let has_page = edition.has(&activity.title) || activity.title.has(first, first);
            let page = edition.activity(record, number).filter(|_| has_page);
            let series = Series { edition, centre, programme, activity, id, here: OnceCell::new() };
            // What has a page of its own is described there, in whatever language that is.
            Thing::EventSeries(match page {
                Some(page) => things::Event { url: Some(whole(edition, &page)), ..series.named() },
                None => things::Event { sub_event: series.coming(), ..series.about() },
            })
        });
    Thing::EventSeries(things::Event {
        name: edition.local(&programme.title).text,
        description: local(edition, programme.summary.as_ref()),
        url: Some(frame.canonical.clone()),
        in_language: Some(language(edition)),
        start_date: Some(programme.valid.first().to_string()),
        end_date: Some(programme.valid.last().to_string()),
        event_attendance_mode: Some(OFFLINE),
        location: centre.map(|centre| Rc::new(place::named(edition, centre))),
        organizer: vec![host.unwrap_or_else(|| publisher(edition))],
        sub_event: series.collect(),
        id: own,
        ..things::Event::default()
    })
}

/// An activity with its coming sessions.
pub(super) fn activity(
    edition: &Edition<'_>,
    record: &Record<Programme>,
    number: usize,
    frame: &Frame,
) -> Option<Thing> {
    let programme = &record.value;
    let site = edition.site;
    let centre = site.index.centre.get(&programme.centre).and_then(|n| site.content.centres.get(*n));
    let own = id(edition, &record.id);
    let activity = programme.activities.get(number)?;
    let id = series_id(edition, record, number, &own);
    let series = Series { edition, centre, programme, activity, id, here: OnceCell::new() };
    Some(Thing::EventSeries(things::Event {
        url: Some(frame.canonical.clone()),
        in_language: Some(language(edition)),
        super_event: Some(Reference { id: own }),
        location: series.located(),
        sub_event: series.coming(),
        ..series.about()
    }))
}

/// The whole address of a page as it is known.
fn whole(edition: &Edition<'_>, page: &Link) -> String {
    let folder = page.url.strip_suffix("index.html").unwrap_or(&page.url);
    format!("{}{folder}", edition.site.base_url())
}

/// The `@id` of an activity of a programme, by the key that its calendar has.
fn series_id(edition: &Edition<'_>, record: &Record<Programme>, number: usize, own: &str) -> String {
    format!("{own}:{}", address::encode(edition.site.activity_key(record, number).unwrap_or_default()))
}

/// An activity about to be described.
struct Series<'a> {
    edition: &'a Edition<'a>,
    centre: Option<&'a Record<Centre>>,
    programme: &'a Programme,
    activity: &'a Activity,
    id: String,
    /// Where its usual sessions are, which each of them says.
    here: OnceCell<Option<Rc<Thing>>>,
}

impl Series<'_> {
    /// What a programme says of an activity that has a page of its own.
    fn named(&self) -> things::Event {
        let period = rule_of(self.programme, self.activity).map(|rule| rule.valid);
        things::Event {
            id: self.id.clone(),
            name: local(self.edition, Some(&self.activity.title)).unwrap_or_default(),
            start_date: period.map(|days| days.first().to_string()),
            end_date: period.map(|days| days.last().to_string()),
            ..things::Event::default()
        }
    }

    /// What is said of it, but for its sessions.
    fn about(&self) -> things::Event {
        let Self { edition, programme, activity, .. } = *self;
        let site = edition.site;
        let strand = activity.strand.as_ref().and_then(|id| site.content.site.value.strands.get(id));
        let team = activity.led_by.as_ref().and_then(|id| site.index.team.get(id));
        let team = team.and_then(|n| site.content.teams.get(*n)).map(|team| {
            let name = edition.local(&team.value.name).text;
            Party::Organization(Organisation { name, url: Some(page(edition, team)), telephone: Vec::new() })
        });
        let leader = local(edition, activity.leader.as_ref()).map(organisation);
        let rule = rule_of(programme, activity);
        let period = rule.as_ref().map(|rule| rule.valid);
        things::Event {
            name: edition.local(&activity.title).text,
            description: local(edition, activity.summary.as_ref()),
            start_date: period.map(|days| days.first().to_string()),
            end_date: period.map(|days| days.last().to_string()),
            event_attendance_mode: Some(OFFLINE),
            location: self.location(activity.room.as_ref()),
            organizer: leader.or(team).into_iter().collect(),
            audience: audiences(edition, &activity.audience),
            is_accessible_for_free: is_free(activity.cost.as_ref()),
            maximum_attendee_capacity: activity.places,
            keywords: strand.map(|term| edition.local(&term.name).text),
            event_schedule: rule.as_ref().map(|rule| self.schedule(rule)).unwrap_or_default(),
            id: self.id.clone(),
            ..things::Event::default()
        }
    }

    /// Its coming sessions.
    fn coming(&self) -> Vec<Thing> {
        rule_of(self.programme, self.activity).map(|rule| self.sessions(&rule)).unwrap_or_default()
    }

    /// Its room, or its centre with what a map needs: on a page of its own nothing else says where that is.
    fn located(&self) -> Option<Rc<Thing>> {
        match &self.activity.room {
            Some(room) => self.location(Some(room)),
            None => self.centre.map(|centre| Rc::new(place::named(self.edition, centre))),
        }
    }

    /// The centre, or a room of it, with its address: readers of events follow no references.
    fn location(&self, room: Option<&Text>) -> Option<Rc<Thing>> {
        let is_usual = room.map(ptr::from_ref) == self.activity.room.as_ref().map(ptr::from_ref);
        if is_usual { self.here.get_or_init(|| self.located_in(room)).clone() } else { self.located_in(room) }
    }

    fn located_in(&self, room: Option<&Text>) -> Option<Rc<Thing>> {
        let centre = self.centre?;
        let room = room.map(|room| place::room(self.edition, room, centre));
        Some(Rc::new(room.unwrap_or_else(|| place::brief(self.edition, centre))))
    }

    fn schedule(&self, rule: &SessionRule) -> Vec<things::Schedule> {
        let site = self.edition.site;
        let calendar = site.calendar_of(&self.programme.centre);
        let coming = window(site.today, EXCEPTED).and_then(|window| window.overlap(&rule.valid));
        let excepted = coming.map(|coming| {
            let sessions = site.sessions(self.programme, self.activity, coming);
            let usual = |session: &&Session| session.held && session.moved_from.is_none() && session.extra.is_none();
            let held: BTreeSet<Date> = sessions.iter().filter(usual).map(|session| session.date).collect();
            let dates = rule.pattern.dates(rule.valid.first(), coming, calendar).into_iter();
            dates.filter(|date| !held.contains(date)).collect::<Vec<_>>()
        });
        let zone = site.content.site.value.time_zone.as_str();
        schedules(&rule.pattern, rule.time, rule.valid, calendar, &excepted.unwrap_or_default(), zone)
    }

    /// The coming sessions.
    fn sessions(&self, rule: &SessionRule) -> Vec<Thing> {
        let today = self.edition.site.today;
        let (Some(near), Some(far)) = (window(today, USUAL), window(today, DIFFERENT)) else { return Vec::new() };
        let sessions = self.edition.site.sessions(self.programme, self.activity, far);
        sessions.iter().filter_map(|session| self.session(rule, session, near, far)).map(Thing::Event).collect()
    }

    /// A session; `None` if it is usual and not near, or if it was moved and is told with the day that it had before.
    fn session(&self, rule: &SessionRule, session: &Session, near: DateSpan, far: DateSpan) -> Option<things::Event> {
        let Self { edition, activity, .. } = self;
        let exception = session.exception.and_then(|index| activity.exceptions.get(index));
        let room = exception.and_then(|exception| exception.room.as_ref());
        let why = exception.and_then(|exception| exception.why.as_ref());
        let why = || local(edition, why);
        let instead = exception.and_then(|exception| exception.replaced_by.as_ref());
        let event = |date: Date, time: TimeRange, status: EventStatus| things::Event {
            id: format!("{}:{}", self.id, session.moved_from.unwrap_or(session.date)),
            name: edition.local(&activity.title).text,
            start_date: Some(edition.site.instant(at(date, time.start()))),
            end_date: Some(edition.site.instant(at(date, time.end()))),
            event_status: Some(status),
            location: self.location(room.or(activity.room.as_ref())),
            ..things::Event::default()
        };
        if let Some(extra) = session.extra.and_then(|index| activity.extra.get(index)) {
            return Some(things::Event {
                id: format!("{}:{}T{}", self.id, session.date, session.time.start()),
                description: local(edition, extra.why.as_ref()),
                location: self.location(extra.room.as_ref().or(activity.room.as_ref())),
                ..event(session.date, session.time, EventStatus::Scheduled)
            });
        }
        let rescheduled = |from: Date, date: Date, time: TimeRange| things::Event {
            previous_start_date: Some(edition.site.instant(at(from, rule.time.start()))),
            description: why(),
            ..event(date, time, EventStatus::Rescheduled)
        };
        if let Some(from) = session.moved_from {
            return (!far.contains(from)).then(|| rescheduled(from, session.date, session.time));
        }
        if session.held {
            let differs = exception.is_some();
            return (differs || near.contains(session.date)).then(|| things::Event {
                name: edition.local(instead.unwrap_or(&activity.title)).text,
                description: why(),
                ..event(session.date, session.time, EventStatus::Scheduled)
            });
        }
        let change = session.exception.and_then(|index| rule.exceptions.get(index));
        if let Some((days, SessionChange::Moved(to))) = change {
            // Of several days that one exception names, the first is held at the other time and the rest are not.
            let calendar = edition.site.calendar_of(&self.programme.centre);
            if days.days().find(|day| rule.falls_on(*day, calendar)) == Some(session.date) {
                return Some(rescheduled(session.date, to.date, to.time));
            }
        }
        let cancelled = exception.and_then(|exception| local(edition, exception.cancelled.as_ref()));
        let closed = || {
            let centre = self.centre?;
            let state = edition.site.day(&centre.id, session.date)?;
            Some(reason(edition, centre, &state)?.text)
        };
        Some(things::Event {
            description: cancelled.or_else(why).or_else(closed),
            ..event(session.date, session.time, EventStatus::Cancelled)
        })
    }
}
