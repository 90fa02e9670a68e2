//! What is over: single days of the past of which the content says something else than before.
//!
//! Nobody can come on them any more, but the list of updates and the calendars of subscribers show them.

use std::collections::BTreeSet;

use super::words::Tongue;
use super::{About, Comparison, HORIZON, Kind};
use crate::calendar::{Date, DateSpan, Reason};
use crate::content::{Activity, Centre, Programme, Record};
use crate::site::Site;

/// The most runs of days that are named.
const MOST: usize = 4;

impl Comparison<'_> {
    /// Days on which a centre is now said to have been open at other times, for their own sake.
    pub(super) fn past_hours(&mut self, about: &About<'_>, old: &Record<Centre>, new: &Record<Centre>) {
        let is_own = |reason| matches!(reason, Reason::Exception(_) | Reason::Closing(_));
        let differs = |date: &Date| {
            let days = self.before.day(&old.id, *date).zip(self.after.day(&new.id, *date));
            days.is_some_and(|(was, is)| was.intervals != is.intervals && (is_own(was.reason) || is_own(is.reason)))
        };
        let days: Vec<Date> = self.over().into_iter().flat_map(|over| over.days()).filter(differs).collect();
        self.past(about, Kind::Hours, &days);
    }

    /// Days on which sessions are now said to have been held otherwise, for the sake of the activity's single days.
    pub(super) fn past_sessions(
        &mut self,
        about: &About<'_>,
        (was, old): (&Programme, &Activity),
        (is, new): (&Programme, &Activity),
    ) {
        let Some(over) = self.over().filter(|_| old.when == new.when) else { return };
        let own = |activity: &Activity| serde_json::to_value((&activity.exceptions, &activity.extra)).ok();
        if own(old) == own(new) {
            return;
        }
        let told = |site: &Site, programme: &Programme, activity: &Activity| {
            let exception = |at: Option<usize>| {
                let exception = at.and_then(|at| activity.exceptions.get(at));
                exception.and_then(|exception| serde_json::to_string(exception).ok())
            };
            let sessions = site.sessions(programme, activity, over).into_iter();
            let told = sessions.map(|one| (one.date, one.time, one.held, exception(one.exception)));
            told.collect::<BTreeSet<_>>()
        };
        let (before, after) = (told(self.before, was, old), told(self.after, is, new));
        let days: BTreeSet<Date> = before.symmetric_difference(&after).map(|(date, ..)| *date).collect();
        self.past(about, Kind::Session, &days.into_iter().collect::<Vec<_>>());
    }

    /// The days before today that are compared.
    fn over(&self) -> Option<DateSpan> {
        let today = self.after.today;
        DateSpan::new(today.checked_sub(jiff::Span::new().days(HORIZON)).ok()?, today.yesterday().ok()?)
    }

    fn past(&mut self, about: &About<'_>, kind: Kind, days: &[Date]) {
        if !days.is_empty() {
            let how = self.words(|tongue| tongue.say("past", &[("days", &runs(tongue, days))]));
            self.tell(about, kind, how, None);
        }
    }
}

/// Days, those that follow each other as a span.
fn runs(tongue: &Tongue<'_>, days: &[Date]) -> String {
    let follow = |a: &Date, b: &Date| a.tomorrow().is_ok_and(|next| next == *b);
    let runs: Vec<&[Date]> = days.chunk_by(follow).collect();
    let named = runs.iter().take(MOST).filter_map(|run| Some(tongue.span(*run.first()?, *run.last()?)));
    let list = tongue.list(named);
    match runs.len().saturating_sub(MOST) {
        0 => list,
        more => tongue.say("and-more", &[("list", &list), ("n", &more.to_string())]),
    }
}
