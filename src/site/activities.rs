//! Activities as the calendar sees them: their rule, their time, their sessions.

use std::collections::BTreeSet;

use super::views::Link;
use super::{Edition, Site};
use crate::calendar::{At, Date, DateSpan, Session, SessionChange, SessionRule, TimeRange, sessions};
use crate::content::{Activity, Id, LanguageTag, Programme, Record, Text};

/// How many hexadecimal digits a key has that is made from a title.
const KEY: usize = 10;

/// The key of each activity, by which addresses and calendars name it: its own id, else a fingerprint of the
/// programme's id and the title in the site's first language. Activities of the same title are numbered.
pub fn activity_keys(record: &Record<Programme>, first: &LanguageTag) -> Vec<String> {
    activity_keys_as(record.id.as_str(), record, first)
}

/// The keys that the activities would have if the programme had another id, such as the one that it had before.
pub(crate) fn activity_keys_as(id: &str, record: &Record<Programme>, first: &LanguageTag) -> Vec<String> {
    let activities = &record.value.activities;
    let own = activities.iter().filter_map(|activity| activity.id.as_ref());
    let mut taken: BTreeSet<String> = own.map(|id| id.as_str().to_lowercase()).collect();
    let made = |activity: &Activity| {
        let (title, _) = activity.title.best(first, first);
        let hash = blake3::hash(format!("{id}\n{title}").as_bytes()).to_hex();
        hash.get(..KEY).unwrap_or_default().to_owned()
    };
    let mut key = |activity: &Activity| {
        if let Some(id) = &activity.id {
            return id.as_str().to_owned();
        }
        let made = made(activity);
        let numbered = (2..).map(|number: usize| format!("{made}-{number}"));
        let free = std::iter::once(made.clone()).chain(numbered).find(|key| taken.insert(key.clone()));
        free.unwrap_or(made)
    };
    activities.iter().map(&mut key).collect()
}

/// The path of an activity's page, without its language: below its programme's, by its key.
pub(crate) fn activity_path(programme: &Id<Programme>, key: &str) -> String {
    format!("programmes/{programme}/{key}/")
}

/// When an activity takes place; a slot that does not exist was reported when the site was linked.
pub fn time_of(programme: &Programme, activity: &Activity) -> Option<TimeRange> {
    match &activity.when.at {
        At::Time(time) => Some(*time),
        At::Slot(name) => programme.slots.get(name).copied(),
    }
}

/// The rule by which an activity's sessions are expanded; `None` if it has no day in its programme's period.
pub fn rule_of(programme: &Programme, activity: &Activity) -> Option<SessionRule> {
    let valid = match activity.valid {
        Some(own) => own.overlap(&programme.valid)?,
        None => programme.valid,
    };
    let exceptions = activity.exceptions.iter().map(|exception| {
        let change = match (exception.moved_to, &exception.cancelled) {
            (Some(to), _) => SessionChange::Moved(to),
            (None, Some(_)) => SessionChange::Cancelled,
            (None, None) => SessionChange::Noted,
        };
        (exception.on, change)
    });
    Some(SessionRule {
        pattern: activity.when.pattern.clone(),
        time: time_of(programme, activity)?,
        valid,
        only_on: activity.only_on.iter().copied().map(Into::into).collect(),
        not_on: activity.not_on.iter().copied().map(Into::into).collect(),
        exceptions: exceptions.collect(),
        extra: activity.extra.iter().map(|extra| extra.on).collect(),
    })
}

/// A session that is held, as it is held: what an exception or an extra session changes about it is in it.
#[derive(Debug, Clone, Copy)]
pub struct HeldSession<'a> {
    /// The day.
    pub date: Date,
    /// The time.
    pub time: TimeRange,
    /// The activity, by its number in the programme.
    pub number: usize,
    /// The activity.
    pub activity: &'a Activity,
    /// What takes place: the activity's title, or what replaces it this time.
    pub title: &'a Text,
    /// The room.
    pub room: Option<&'a Text>,
}

impl<'a> HeldSession<'a> {
    /// A session with what its exception, or its being extra, changes about it.
    pub(super) fn of(activity: &'a Activity, number: usize, session: &Session) -> Self {
        let exception = session.exception.and_then(|index| activity.exceptions.get(index));
        let extra = session.extra.and_then(|index| activity.extra.get(index));
        let other_room = exception.and_then(|e| e.room.as_ref()).or_else(|| extra.and_then(|e| e.room.as_ref()));
        let replaced = exception.and_then(|exception| exception.replaced_by.as_ref());
        Self {
            date: session.date,
            time: session.time,
            number,
            activity,
            title: replaced.unwrap_or(&activity.title),
            room: other_room.or(activity.room.as_ref()),
        }
    }
}

impl Edition<'_> {
    /// A link to the page of an activity, by its number in its programme: in this language if it has one there.
    pub(crate) fn activity(&self, record: &Record<Programme>, number: usize) -> Option<Link> {
        let activity = record.value.activities.get(number)?;
        let key = self.site.activity_key(record, number)?;
        Some(self.link_path(&activity_path(&record.id, key), &activity.title, self.has(&activity.title)))
    }
}

impl Edition<'_> {
    /// The page of one of a programme's activities; the programme's, if it has none.
    pub(crate) fn activity_page(&self, record: &Record<Programme>, activity: &Activity) -> Link {
        let first = self.site.first_language();
        let number = record.value.activities.iter().position(|other| std::ptr::eq(other, activity));
        let page = number.and_then(|number| self.activity(record, number));
        page.filter(|_| self.has(&activity.title) || activity.title.has(first, first))
            .unwrap_or_else(|| self.link(record))
    }
}

impl Site {
    /// The key of an activity, by its number in its programme.
    pub(crate) fn activity_key(&self, record: &Record<Programme>, number: usize) -> Option<&str> {
        let programme = self.content.programmes.binary_search_by(|other| other.id.as_str().cmp(record.id.as_str()));
        self.activity_keys.get(programme.ok()?)?.get(number).map(String::as_str)
    }

    /// The activity behind a programme's id and a key.
    pub(crate) fn activity_of_key(&self, programme: &str, key: &str) -> Option<&Activity> {
        let number = self.content.programmes.binary_search_by(|other| other.id.as_str().cmp(programme)).ok()?;
        let activity = self.activity_keys.get(number)?.iter().position(|known| known == key)?;
        self.content.programmes.get(number)?.value.activities.get(activity)
    }

    /// The sessions of a programme that are held in a window, in order of date and time.
    pub fn held<'a>(&self, programme: &'a Programme, window: DateSpan) -> Vec<HeldSession<'a>> {
        let mut held = Vec::new();
        for (number, activity) in programme.activities.iter().enumerate() {
            let sessions = self.sessions(programme, activity, window).into_iter().filter(|session| session.held);
            held.extend(sessions.map(|session| HeldSession::of(activity, number, &session)));
        }
        held.sort_by_key(|session| (session.date, session.time));
        held
    }

    /// The last day on which an activity may take place: of its pattern in its period, the period's own end where it has no
    /// day in it, or a later one to which a session is moved or that is one more.
    pub(crate) fn last_day(&self, programme: &Programme, activity: &Activity) -> Date {
        let rule = rule_of(programme, activity);
        let days = rule.map(|rule| rule.dates(programme.valid, self.calendar_of(&programme.centre)));
        let period = activity.valid.unwrap_or(programme.valid).last().min(programme.valid.last());
        let last = days.and_then(|days| days.last().copied()).unwrap_or(period);
        let moved = activity.exceptions.iter().filter_map(|exception| exception.moved_to);
        let beside = moved.chain(activity.extra.iter().map(|extra| extra.on));
        beside.map(|moment| moment.date).fold(last, Date::max)
    }

    /// The sessions of an activity in a window, those that are not held included.
    pub fn sessions(&self, programme: &Programme, activity: &Activity, window: DateSpan) -> Vec<Session> {
        let Some(rule) = rule_of(programme, activity) else { return Vec::new() };
        let calendar = self.calendar_of(&programme.centre);
        let hours = self.hours(&programme.centre);
        let closed = |date: Date, time: &TimeRange| hours.is_some_and(|hours| hours.drops(date, time, calendar));
        sessions(&rule, window, calendar, closed)
    }
}
