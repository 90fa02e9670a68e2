//! When centres are open: what the calendar makes of the hours on both sides, day by day.
//!
//! Days of the ordinary week or of a season that differ are told as weekdays, all others as dates with their reason.
//! Where only the public calendar differs, all centres are told in one change: nobody wrote anything about them.

use std::collections::BTreeMap;

use super::words::{Tongue, Words};
use super::{About, Comparison, Kind};
use crate::calendar::{Date, DayState, Intervals, Reason, WeekdaySet};
use crate::content::{Centre, Record};
use crate::site::{Edition, Site, views};

/// A run of days that differ alike.
struct Run {
    first: Date,
    last: Date,
    old: Intervals,
    new: Intervals,
    why: Option<Words>,
}

/// Weekdays that differ alike in the same week.
struct Usual {
    days: WeekdaySet,
    first: Date,
    last: Date,
    season: Option<usize>,
    old: Intervals,
    new: Intervals,
}

impl<'a> Comparison<'a> {
    /// The opening hours of a centre.
    pub(super) fn hours(&mut self, old: &'a Record<Centre>, new: &'a Record<Centre>) {
        let (was, is) = (self.before.hours(&old.id), self.after.hours(&new.id));
        let about = About { what: self.phrase("hours"), place: self.place(new), ..self.about(new, true) };
        match (was, is) {
            (None, None) => {}
            (Some(_), None) => {
                let how = self.phrase("hours-gone");
                self.tell(&about, Kind::Hours, how, None);
            }
            (None, Some(_)) => {
                let how = self.words(|tongue| {
                    let lines = views::hours_lines(&tongue.after, new);
                    let first: Vec<String> = lines.into_iter().take(3).collect();
                    tongue.say("hours-set", &[("new", &first.join(&tongue.say("semicolon", &[])))])
                });
                self.tell(&about, Kind::Hours, how, None);
            }
            (Some(was), Some(is)) if was == is && self.same_calendar => self.reasons(&about, old, new),
            (Some(was), Some(is)) => {
                if was != is {
                    self.past_hours(&about, old, new);
                }
                let differing = self.days_that_differ(old, new);
                if was == is {
                    let days: Vec<Date> = differing.into_iter().map(|(date, ..)| date).collect();
                    if !days.is_empty() {
                        self.by_calendar.push((new.id.clone(), days));
                    }
                } else if differing.is_empty() {
                    self.reasons(&about, old, new);
                } else {
                    self.told(&about, new, &differing);
                }
            }
        }
    }

    fn days_that_differ(&self, old: &'a Record<Centre>, new: &'a Record<Centre>) -> Vec<(Date, DayState, DayState)> {
        let state = |site: &'a Site, record: &Record<Centre>, date| site.day(&record.id, date);
        let days = self.horizon().into_iter().flat_map(|horizon| horizon.days());
        let both = days.filter_map(|date| Some((date, state(self.before, old, date)?, state(self.after, new, date)?)));
        both.filter(|(_, was, is)| was.intervals != is.intervals).collect()
    }

    /// The reason of an exception that differs although the times are the same.
    fn reasons(&mut self, about: &About<'a>, old: &'a Record<Centre>, new: &'a Record<Centre>) {
        let (Some(was), Some(is)) = (&old.value.hours, &new.value.hours) else { return };
        let (Ok(was), Ok(is)) = (serde_json::to_value(&was.exceptions), serde_json::to_value(&is.exceptions)) else {
            return;
        };
        if was == is {
            return;
        }
        let days = self.horizon().into_iter().flat_map(|horizon| horizon.days());
        let mut found: Vec<(Date, Words)> = Vec::new();
        for date in days {
            let (Some(was), Some(is)) = (self.before.day(&old.id, date), self.after.day(&new.id, date)) else {
                continue;
            };
            let why = self.reason(|tongue| tongue.after, new, &is);
            if self.reason(|tongue| tongue.before, old, &was) != why
                && let Some(why) = why
                && found.last().is_none_or(|(_, last)| *last != why)
            {
                found.push((date, why));
            }
        }
        for (date, why) in found {
            let why = self.quotes(&why);
            let how = self.words(|tongue| {
                tongue.say("why-changed", &[("when", &tongue.day(date)), ("why", why.of(tongue.language))])
            });
            self.tell(about, Kind::Hours, how, Some(date));
        }
    }

    fn reason(
        &self,
        side: impl Fn(&Tongue<'a>) -> Edition<'a>,
        record: &Record<Centre>,
        state: &DayState,
    ) -> Option<Words> {
        // Pages have words for an exception without a reason; nobody wrote them.
        if let Reason::Exception(index) = state.reason {
            record.value.hours.as_ref()?.exceptions.get(index)?.why.as_ref()?;
        }
        let [zh, en] = self.editions(side).map(|edition| views::reason(&edition, record, state));
        Some(Words { zh_hans: zh?.text, en: en?.text })
    }

    fn told(&mut self, about: &About<'a>, new: &'a Record<Centre>, differing: &[(Date, DayState, DayState)]) {
        let mut usual: BTreeMap<(String, String, Option<usize>), Usual> = BTreeMap::new();
        let mut runs: Vec<Run> = Vec::new();
        for (date, was, is) in differing {
            if !was.is_special() && !is.is_special() {
                let season = season(is.reason).or(season(was.reason));
                let key = (String::from(was.intervals.clone()), String::from(is.intervals.clone()), season);
                let day = WeekdaySet::only(date.weekday());
                usual
                    .entry(key)
                    .and_modify(|usual| {
                        usual.days = usual.days.union(day);
                        usual.last = *date;
                    })
                    .or_insert_with(|| Usual {
                        days: day,
                        first: *date,
                        last: *date,
                        season,
                        old: was.intervals.clone(),
                        new: is.intervals.clone(),
                    });
                continue;
            }
            let why = self.reason(|tongue| tongue.after, new, is);
            let follows = |run: &&mut Run| {
                run.last.tomorrow().ok() == Some(*date)
                    && (&run.old, &run.new, &run.why) == (&was.intervals, &is.intervals, &why)
            };
            match runs.last_mut().filter(follows) {
                Some(run) => run.last = *date,
                None => runs.push(Run {
                    first: *date,
                    last: *date,
                    old: was.intervals.clone(),
                    new: is.intervals.clone(),
                    why,
                }),
            }
        }
        let mut usual: Vec<Usual> = usual.into_values().collect();
        usual.sort_by_key(|usual| (usual.first, usual.days));
        for usual in usual {
            let how = self.words(|tongue| {
                let days = tongue.wording().weekdays(usual.days);
                let when = match usual.season {
                    None => days,
                    Some(_) => format!("{} {days}", tongue.span(usual.first, usual.last)),
                };
                of_day(tongue, &when, &usual.old, &usual.new, None)
            });
            self.tell(about, Kind::Hours, how, Some(usual.first));
        }
        for run in runs {
            let how = self.words(|tongue| {
                let why = run.why.as_ref().map(|why| why.of(tongue.language));
                of_day(tongue, &tongue.span(run.first, run.last), &run.old, &run.new, why)
            });
            self.tell(about, Kind::Hours, how, Some(run.first));
        }
    }

    /// What the public calendar alone changes at centres.
    pub(super) fn holidays(&mut self) {
        let centres = std::mem::take(&mut self.by_calendar);
        let days = || centres.iter().flat_map(|(_, days)| days);
        let (Some(first), Some(last)) = (days().min().copied(), days().max().copied()) else { return };
        let n = centres.len().to_string();
        let how = self.words(|tongue| tongue.say("by-calendar", &[("n", &n), ("when", &tongue.span(first, last))]));
        let what = self.phrase("calendar");
        let file = self.after.content.calendar.first().map_or("content/calendar/", |record| &record.origin.file);
        let about = About { place: None, record: "calendar".to_owned(), file, what, urgent: false };
        self.tell(&about, Kind::Hours, how, Some(first));
    }
}

fn season(reason: Reason) -> Option<usize> {
    match reason {
        Reason::Season(index) => Some(index),
        _ => None,
    }
}

/// The times of some days as they are and as they were, and why.
fn of_day(tongue: &Tongue<'_>, when: &str, old: &Intervals, new: &Intervals, why: Option<&str>) -> String {
    let (was, is) = (tongue.wording().times(old), tongue.wording().times(new));
    let arguments = [("when", when), ("new", &is), ("old", &was), ("why", why.unwrap_or_default())];
    tongue.say(if why.is_some() { "day-why" } else { "day" }, &arguments)
}
