//! A service with schedules at a centre, and what the site has of it.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_yaml::{Mapping, Value};

use super::super::super::known::{Known, KnownProgramme};
use super::super::activity::{Activity, details, word};
use super::super::plan::Plan;
use super::super::records::Records;
use super::super::service::Service;
use super::At;
use crate::calendar::{DateSpan, Moment};

/// A service at a centre.
pub(super) struct Pending<'s> {
    pub(super) service: &'s Service,
    pub(super) centre: String,
    pub(super) plan: Plan,
    pub(super) is_over: bool,
}

impl<'s> Pending<'s> {
    /// Its centre and the name of its programme in the directory.
    pub(super) fn programme(&self) -> (&str, Option<&'s str>) {
        (&self.centre, self.service.program.as_ref().map(|(name, _)| name.as_str()))
    }

    /// The programme that is there into which a new activity belongs: one of the same name, or one with other activities
    /// of the same programme of the directory.
    pub(super) fn programme_beside(
        &self,
        there: &[usize],
        titles: &HashMap<(&str, Option<&str>), HashSet<&str>>,
        known: &Known,
    ) -> Option<usize> {
        let of_centre = || there.iter().filter_map(|number| Some((*number, known.programmes.get(*number)?)));
        let titles = titles.get(&self.programme());
        let has_others =
            |of: &KnownProgramme| of.titles().any(|title| titles.is_some_and(|titles| titles.contains(title.as_str())));
        let named = of_centre().find(|(_, of)| self.is_of(Some(of)));
        named.or_else(|| of_centre().find(|(_, of)| has_others(of))).map(|(number, _)| number)
    }

    /// The activities that are called so, of the centre's programmes that are there.
    pub(super) fn candidates(&self, there: &[usize], known: &Known) -> Vec<At> {
        let programmes = there.iter().filter_map(|number| Some((*number, known.programmes.get(*number)?)));
        let all = programmes.flat_map(|(number, of)| {
            of.activities.iter().enumerate().map(move |(own, activity)| ((number, own), activity))
        });
        all.filter(|(_, activity)| activity.names.contains(&self.service.name)).map(|(at, _)| at).collect()
    }

    /// Whether it has the sessions of activities, as far as one looks.
    pub(super) fn is_same(&self, candidates: &[At], records: &Records<'_>) -> bool {
        let all = records.horizon.all;
        let (mut there, mut dropped): (BTreeSet<Moment>, BTreeSet<Moment>) = Default::default();
        let mut periods: Vec<DateSpan> = Vec::new();
        for (programme, own) in candidates {
            let Some(programme) = records.known.programmes.get(*programme) else { continue };
            let sessions = records.known.times.sessions.get(&programme.id).and_then(|sessions| sessions.get(*own));
            if let Some(known) = sessions {
                there.extend(known.held.iter().filter(|moment| all.contains(moment.date)));
                dropped.extend(&known.dropped);
            }
            periods.push(programme.period(*own));
        }
        // What has no beginning or no end has that of what stands.
        let first = periods.iter().map(DateSpan::first).min();
        let last = periods.iter().map(DateSpan::last).max();
        let hull = first.zip(last).and_then(|(first, last)| DateSpan::new(first, last));
        let mut said = self.plan.held(hull.and_then(|hull| hull.overlap(&all)).unwrap_or(all));
        said.retain(|moment| all.contains(moment.date));
        // What the site itself has cancelled, or where it has closed the place, the directory need not know.
        there.is_subset(&said) && said.difference(&there).all(|moment| dropped.contains(moment))
    }

    /// Whether the directory no longer has what an activity of the site will still do.
    pub(super) fn is_given_up(&self, (programme, own): At, known: &Known) -> bool {
        let of = known.programmes.get(programme).and_then(|of| known.times.sessions.get(&of.id)?.get(own));
        let is_to_come = of.and_then(|of| of.held.last()).is_some_and(|last| last.date >= known.times.today);
        self.is_over && self.service.status != "inactive" && is_to_come
    }

    /// Whether a programme has the name of that which the directory says.
    pub(super) fn is_of(&self, programme: Option<&KnownProgramme>) -> bool {
        let name = self.service.program.as_ref().map(|(name, _)| name);
        name.zip(programme).is_some_and(|(name, programme)| programme.names.contains(name))
    }

    /// A new activity of a programme.
    pub(super) fn entry(&self, activity: Activity, valid: DateSpan, known: &Known) -> Mapping {
        let mut entry = Mapping::from_iter([(Value::from("title"), Value::from(self.service.name.as_str()))]);
        let mut record = activity.record;
        entry.extend(record.remove("when").map(|when| (Value::from("when"), when)));
        if activity.valid != valid || activity.is_counted {
            entry.insert("valid".into(), String::from(activity.valid).into());
        }
        entry.extend(details(self.service, known).0);
        if self.plan.by_appointment && !entry.contains_key("booking") {
            entry.insert("booking".into(), word(&known.first, "需预约", "By appointment").into());
        }
        entry.extend(record);
        entry
    }

    pub(super) fn comments(&self, records: &mut Records<'_>) -> Vec<String> {
        let (_, mut rest) = details(self.service, records.known);
        if !self.plan.words.is_empty() {
            rest.push(("schedules", self.plan.words.join("; ")));
        }
        rest.extend(self.plan.rest());
        records.left.rest(self.service, rest)
    }

    pub(super) fn is_endless(&self) -> bool {
        self.plan.rules.iter().any(|rule| rule.to.is_none())
    }
}
