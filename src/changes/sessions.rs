//! Single sessions: cancelled, moved, added, or held as usual again, by date.
//!
//! What pages say about a session on both sides is compared, so that what is not visible there is not told. Sessions
//! that fall away with their centre's day are put together, a line a programme: the day itself is told of the centre.

use std::collections::{BTreeMap, BTreeSet};

use super::programme::{Pair, days, in_both, title, with_reason};
use super::words::{Tongue, Words};
use super::{About, Comparison, Kind};
use crate::calendar::{Date, Session};
use crate::content::{Activity, Centre, Programme, Record};
use crate::site::{Edition, Site, views};

/// The most activities that are named of those whose sessions fall away with their centre's day.
const MOST_NAMED: usize = 5;

/// A session about which pages say something.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Notable {
    date: Date,
    text: Words,
    why: Option<Words>,
    /// Whether it is one beside the pattern.
    beside: bool,
}

impl<'a> Comparison<'a> {
    /// What differs about the single sessions of an activity.
    pub(super) fn sessions(
        &mut self,
        about: &About<'a>,
        (was, is): (&'a Record<Programme>, &'a Record<Programme>),
        Pair { old, new, .. }: &Pair<'a>,
    ) {
        let before = self.notable(|tongue| tongue.before, self.before, was, old);
        let after = self.notable(|tongue| tongue.after, self.after, is, new);
        let mut told: BTreeMap<(String, String), Vec<&Notable>> = BTreeMap::new();
        for notable in after.iter().filter(|notable| !before.contains(notable)) {
            let why = notable.why.as_ref().map(|why| why.zh_hans.clone()).unwrap_or_default();
            told.entry((notable.text.zh_hans.clone(), why)).or_default().push(notable);
        }
        let mut told: Vec<Vec<&Notable>> = told.into_values().collect();
        told.sort_by_key(|notables| notables.first().map(|notable| notable.date));
        for notables in told {
            let Some(first) = notables.first() else { continue };
            let dates: Vec<Date> = notables.iter().map(|notable| notable.date).collect();
            let how = self.words(|tongue| {
                let how =
                    tongue.say("on-days", &[("days", &days(tongue, &dates)), ("how", first.text.of(tongue.language))]);
                with_reason(tongue, &how, first.why.as_ref())
            });
            self.tell(about, Kind::Session, how, Some(first.date));
        }
        let noted: BTreeSet<Date> = after.iter().map(|notable| notable.date).collect();
        let held = self.held(self.after, &is.value, new);
        let again: Vec<Date> = before
            .iter()
            .filter(|notable| !notable.beside && !noted.contains(&notable.date) && held.contains(&notable.date))
            .map(|notable| notable.date)
            .collect();
        let dropped: Vec<Date> = before
            .iter()
            .filter(|notable| notable.beside && !noted.contains(&notable.date) && !held.contains(&notable.date))
            .map(|notable| notable.date)
            .collect();
        for (dates, phrase) in [(again, "as-usual"), (dropped, "not-beside")] {
            if let Some(first) = dates.first().copied() {
                let how = self.words(|tongue| {
                    tongue.say("on-days", &[("days", &days(tongue, &dates)), ("how", &tongue.say(phrase, &[]))])
                });
                self.tell(about, Kind::Session, how, Some(first));
            }
        }
    }

    /// Sessions that fall away, or are held again, because their centre is closed or open on that day.
    pub(super) fn closed(
        &mut self,
        about: &About<'a>,
        (was, is): (&'a Record<Programme>, &'a Record<Programme>),
        pairs: &[Pair<'a>],
    ) {
        // Of a centre that cannot be read nothing is known, and so not that it opens or closes.
        let read = |site: &Site, programme: &Programme| site.index.centre.contains_key(&programme.centre);
        if !read(self.before, &was.value) || !read(self.after, &is.value) {
            return;
        }
        let mut dropped: Vec<(&'a Activity, Vec<Date>)> = Vec::new();
        let mut outside: Vec<(&'a Activity, Vec<Date>)> = Vec::new();
        let mut again: Vec<(&'a Activity, Vec<Date>)> = Vec::new();
        for Pair { old, new, .. } in pairs.iter().filter(|pair| pair.old.when == pair.new.when) {
            let (before, after) = (self.closings(self.before, was, old), self.closings(self.after, is, new));
            let both = |date: &Date| in_both(was.value.valid, is.value.valid, *date);
            let held_before = self.held(self.before, &was.value, old);
            let held_after = self.held(self.after, &is.value, new);
            let falls: Vec<Date> =
                after.difference(&before).copied().filter(both).filter(|date| held_before.contains(date)).collect();
            let returns: Vec<Date> =
                before.difference(&after).copied().filter(both).filter(|date| held_after.contains(date)).collect();
            // The centre may be open on that day, at other hours.
            let day = |date| self.after.day(&is.value.centre, date);
            let (falls, at_other_hours): (Vec<Date>, Vec<Date>) =
                falls.into_iter().partition(|date| day(*date).is_none_or(|day| day.intervals.is_closed()));
            dropped.extend((!falls.is_empty()).then_some((*new, falls)));
            outside.extend((!at_other_hours.is_empty()).then_some((*new, at_other_hours)));
            again.extend((!returns.is_empty()).then_some((*new, returns)));
        }
        for (list, phrase) in [(dropped, "dropped"), (outside, "dropped-at-hours"), (again, "held-again")] {
            let Some(first) = list.iter().filter_map(|(_, dates)| dates.first()).min().copied() else { continue };
            let n: usize = list.iter().map(|(_, dates)| dates.len()).sum();
            let how = self.words(|tongue| {
                let one = |(activity, dates): &(&Activity, Vec<Date>)| {
                    tongue.say("dated", &[("item", &title(tongue, activity)), ("days", &days(tongue, dates))])
                };
                let named = tongue.list(list.iter().take(MOST_NAMED).map(one));
                let more = list.len().saturating_sub(MOST_NAMED);
                let named = if more == 0 {
                    named
                } else {
                    tongue.say("and-more", &[("list", &named), ("n", &more.to_string())])
                };
                tongue.say(phrase, &[("n", &n.to_string()), ("list", &named)])
            });
            self.tell(about, Kind::Session, how, Some(first));
        }
    }

    fn upcoming(&self, site: &Site, programme: &Programme, activity: &Activity) -> Vec<Session> {
        self.horizon().map_or_else(Vec::new, |window| site.sessions(programme, activity, window))
    }

    fn held(&self, site: &Site, programme: &Programme, activity: &Activity) -> BTreeSet<Date> {
        let sessions = self.upcoming(site, programme, activity).into_iter();
        sessions.filter(|session| session.held).map(|session| session.date).collect()
    }

    /// The days on which nothing but the centre's day keeps an activity from being held.
    fn closings(&self, site: &Site, record: &Record<Programme>, activity: &Activity) -> BTreeSet<Date> {
        let sessions = self.upcoming(site, &record.value, activity).into_iter();
        let falls = |session: &Session| !session.held && !has_own_reason(activity, session);
        sessions.filter(falls).map(|session| session.date).collect()
    }

    /// The sessions about which pages say something, but for those that fall away with their centre's day.
    fn notable(
        &self,
        side: impl Fn(&Tongue<'a>) -> Edition<'a>,
        site: &'a Site,
        record: &'a Record<Programme>,
        activity: &'a Activity,
    ) -> Vec<Notable> {
        let centre = site.index.centre.get(&record.value.centre);
        let centre: Option<&Record<Centre>> = centre.and_then(|number| site.content.centres.get(*number));
        let [chinese, english] = self.editions(side);
        let today = self.after.today;
        let sessions = self.upcoming(site, &record.value, activity).into_iter();
        // A session that was moved is told on the day that it is moved from, while that is to come.
        let told = sessions.filter(|session| {
            let is_closed = !session.held && !has_own_reason(activity, session);
            !is_closed && session.moved_from.is_none_or(|from| from < today)
        });
        let notable = told.filter_map(|session| {
            let zh = views::session_change(&chinese, activity, centre, &session)?;
            let en = views::session_change(&english, activity, centre, &session)?;
            let why = zh.why.zip(en.why).map(|(zh, en)| Words { zh_hans: zh.text, en: en.text });
            let exception = session.exception.and_then(|index| activity.exceptions.get(index));
            let is_cancelled = exception.is_some_and(|e| e.cancelled.is_some() && e.moved_to.is_none());
            let text = if is_cancelled { self.phrase("cancelled") } else { Words { zh_hans: zh.text, en: en.text } };
            Some(Notable { date: session.date, text, why, beside: session.extra.is_some() })
        });
        notable.collect()
    }
}

/// Whether an exception of the activity itself keeps a session from being held.
fn has_own_reason(activity: &Activity, session: &Session) -> bool {
    let exception = session.exception.and_then(|index| activity.exceptions.get(index));
    exception.is_some_and(|exception| exception.cancelled.is_some() || exception.moved_to.is_some())
}
