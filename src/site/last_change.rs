//! When a record last changed, as far as its own words say.
//!
//! A site has no clock and does not ask when its files were written: a copy of a folder has other times than the folder,
//! and a corrected comma is no news. What counts is what editors date themselves: since when a notice stands and that it
//! is over, when somebody last checked a policy. What is still to come does not count yet, and most records say nothing.

use crate::calendar::{Date, DateTime};
use crate::content::{Centre, Duty, Event, Feedback, Notice, Outreach, Page, Policy, Programme, Team};

/// What a record says about its own changes.
pub(crate) trait LastChange {
    /// When it last changed before `now`, if it says so.
    fn last_change(&self, now: DateTime) -> Option<DateTime>;
}

fn midnight(date: Date) -> DateTime {
    date.to_datetime(jiff::civil::Time::midnight())
}

fn latest(now: DateTime, dates: impl IntoIterator<Item = Option<DateTime>>) -> Option<DateTime> {
    dates.into_iter().flatten().filter(|date| *date <= now).max()
}

/// It changes when it begins, when it is over, and when the outcome of its meeting is told.
impl LastChange for Notice {
    fn last_change(&self, now: DateTime) -> Option<DateTime> {
        let begun = Some(self.from.begins()).filter(|begun| *begun <= now)?;
        let told = self.meeting.as_ref().filter(|meeting| !meeting.outcome.is_empty()).map(|m| midnight(m.on.0));
        latest(now, [Some(begun), self.until.map(|until| until.ends()), told])
    }
}

/// It changes when it begins, when it is over, and when somebody checks it; else it is as old as what it rests on.
impl LastChange for Policy {
    fn last_change(&self, now: DateTime) -> Option<DateTime> {
        let begins = self.from.map(|from| from.begins());
        let ends = self.until.map(|until| until.ends());
        let reviewed = self.reviewed.map(|day| midnight(day.0));
        let issued = self.source.as_ref().and_then(|source| source.issued).map(|day| midnight(day.0));
        latest(now, [begins, ends, reviewed]).or_else(|| latest(now, [issued]))
    }
}

/// It changes when somebody checks it.
impl LastChange for Page {
    fn last_change(&self, now: DateTime) -> Option<DateTime> {
        latest(now, [self.reviewed.map(|day| midnight(day.0))])
    }
}

/// It changes when something is raised or answered.
impl LastChange for Feedback {
    fn last_change(&self, now: DateTime) -> Option<DateTime> {
        let days = self.items.iter().flat_map(|item| [Some(item.raised_on), item.answered_on]);
        latest(now, days.map(|day| day.map(|day| midnight(day.0))))
    }
}

macro_rules! silent {
    ($($kind:ty),* $(,)?) => {
        $(impl LastChange for $kind {
            fn last_change(&self, _: DateTime) -> Option<DateTime> {
                None
            }
        })*
    };
}

silent! { Centre, Programme, Event, Team, Duty, Outreach }

impl Policy {
    /// The first of the dates that it says of itself, for what lists policies by age.
    pub(crate) fn first_told(&self, now: DateTime) -> Option<DateTime> {
        let begins = self.from.map(|from| from.begins());
        let reviewed = self.reviewed.map(|day| midnight(day.0));
        [begins, reviewed].into_iter().flatten().filter(|date| *date <= now).min().or_else(|| self.last_change(now))
    }
}
