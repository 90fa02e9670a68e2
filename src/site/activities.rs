//! Activities as the calendar sees them: their rule, their time, their sessions.

use super::Site;
use crate::calendar::{At, Date, DateSpan, Session, SessionChange, SessionRule, TimeRange, sessions};
use crate::content::{Activity, Programme};

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

impl Site {
    /// The sessions of an activity in a window, those that are not held included.
    pub fn sessions(&self, programme: &Programme, activity: &Activity, window: DateSpan) -> Vec<Session> {
        let Some(rule) = rule_of(programme, activity) else { return Vec::new() };
        let calendar = self.calendar_of(&programme.centre);
        let hours = self.hours(&programme.centre);
        let closed = |date: Date, time: &TimeRange| hours.is_some_and(|hours| hours.on(date, calendar).drops(time));
        sessions(&rule, window, calendar, closed)
    }
}
