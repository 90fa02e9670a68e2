//! Services with schedules → programmes: one file for each centre and programme of the directory, or the one that the site
//! has whose activities are called the same.
//!
//! What the site has is told by its sessions, date by date: first each service takes an activity of its name with the same
//! sessions, then what is left changes an activity of its name, or is new. A new activity goes into a programme that is
//! there only if it lies within its period, since a longer period would lengthen all others too.

mod pending;
mod written;

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_yaml::Mapping;

use self::pending::Pending;
use self::written::{changed, new_programme};
use super::super::known::{Known, KnownProgramme};
use super::super::proposed_id;
use super::activity::{Activity, Setting, activities};
use super::left;
use super::plan::Plan;
use super::records::Records;
use super::service::Service;
use crate::calendar::{DateSpan, OpeningHours, osm};

/// Services with schedules, as they are found.
#[derive(Default)]
pub(super) struct Programmes<'s> {
    pending: Vec<Pending<'s>>,
}

/// An activity that is there, by the numbers of its programme and its own.
type At = (usize, usize);

/// What programmes that are there will have: activities that are changed, by their numbers, and new ones.
#[derive(Default)]
struct Changes {
    changed: BTreeMap<usize, Mapping>,
    added: Vec<Mapping>,
    comments: Vec<String>,
}

/// A programme that is not there yet: centre and name, if the directory has one.
type New<'s> = (String, Option<&'s str>);

impl<'s> Programmes<'s> {
    pub(super) fn add(&mut self, service: &'s Service, centre: &str, plan: Plan, is_over: bool) {
        self.pending.push(Pending { service, centre: centre.to_owned(), plan, is_over });
    }

    /// Makes the records of all of them.
    pub(super) fn finish(self, records: &mut Records<'_>) {
        let known = records.known;
        let mut of_centres: HashMap<&str, Vec<usize>> = HashMap::new();
        for (number, programme) in known.programmes.iter().enumerate() {
            of_centres.entry(&programme.centre).or_default().push(number);
        }
        let there = |pending: &Pending<'_>| of_centres.get(pending.centre.as_str()).map_or(&[] as &[_], Vec::as_slice);
        let mut claimed: HashSet<At> = HashSet::new();
        let mut rest = Vec::new();
        for pending in &self.pending {
            let candidates = pending.candidates(there(pending), known);
            let same = candidates.iter().find(|at| !claimed.contains(at) && pending.is_same(&[**at], records));
            match same {
                Some(at) => {
                    claimed.insert(*at);
                    if pending.is_given_up(*at, known) {
                        records.left.service(left::of_status(&pending.service.status), pending.service);
                    }
                }
                None if candidates.len() > 1 && pending.is_same(&candidates, records) => {}
                None => rest.push((pending, candidates)),
            }
        }
        let titles = self.titles();
        let mut hours_of: BTreeMap<&str, Option<OpeningHours>> = BTreeMap::new();
        let mut changes: BTreeMap<usize, Changes> = BTreeMap::new();
        let mut new: BTreeMap<New<'_>, Vec<(&Pending<'_>, Vec<Activity>)>> = BTreeMap::new();
        for (pending, candidates) in rest {
            if pending.is_over {
                records.left.service(left::of_status(&pending.service.status), pending.service);
                continue;
            }
            records.left.schedules(pending.service, &pending.plan);
            let hours = hours_of.entry(&pending.centre).or_insert_with(|| hours(&pending.centre, records)).as_ref();
            let mut free: Vec<At> = candidates.into_iter().filter(|at| !claimed.contains(at)).collect();
            free.sort_by_key(|(programme, _)| !pending.is_of(known.programmes.get(*programme)));
            if let Some((number, before)) =
                free.first().and_then(|(number, _)| Some((*number, known.programmes.get(*number)?)))
            {
                let own: Vec<usize> = free.iter().filter(|at| at.0 == number).map(|at| at.1).collect();
                let usual = own.first().map_or(before.valid, |own| before.period(*own));
                let found = activities(&pending.plan, &setting(known, hours, usual));
                if found.is_empty() || !found.iter().all(|activity| is_within(activity, before)) {
                    records.left.service("service-period", pending.service);
                    continue;
                }
                let change = changes.entry(number).or_default();
                let mut own = own.into_iter();
                for activity in found {
                    match own.next().and_then(|own| Some((own, before.activities.get(own)?))) {
                        Some((own, stood)) => {
                            claimed.insert((number, own));
                            let held = pending.plan.held(activity.valid);
                            change.changed.insert(own, changed(activity, stood, before, &held));
                        }
                        None => change.added.push(pending.entry(activity, before.valid, known)),
                    }
                }
                continue;
            }
            let beside = pending
                .programme_beside(there(pending), &titles, known)
                .and_then(|number| Some((number, known.programmes.get(number)?)));
            if let Some((number, before)) = beside {
                let found = activities(&pending.plan, &setting(known, hours, before.valid));
                if !found.is_empty() && found.iter().all(|activity| is_within(activity, before)) {
                    let change = changes.entry(number).or_default();
                    let entries = found.into_iter().map(|activity| pending.entry(activity, before.valid, known));
                    change.added.extend(entries);
                    change.comments.extend(pending.comments(records));
                    continue;
                }
            }
            let usual = records.wishes.valid.unwrap_or(records.horizon.ahead);
            let found = activities(&pending.plan, &setting(known, hours, usual));
            if pending.plan.held(usual).is_empty() {
                records.left.service("service-never", pending.service);
                continue;
            }
            let (_, program) = pending.programme();
            new.entry((pending.centre.clone(), program)).or_default().push((pending, found));
        }
        // A programme keeps what is over as long as anything in it is not.
        new.retain(|_, found| {
            let is_over = |activity: &Activity| activity.valid.last() < known.times.today;
            let all = found.iter().flat_map(|(_, activities)| activities).all(is_over);
            found.iter().filter(|_| all).for_each(|(pending, _)| records.left.service("service-over", pending.service));
            !all
        });
        for (number, change) in changes {
            records.drafts.extend(known.programmes.get(number).map(|before| change.draft(before, known)));
        }
        let mut taken: HashSet<String> = known.programmes.iter().map(|programme| programme.id.clone()).collect();
        let is_only = new.len() == 1;
        for ((centre, program), found) in new {
            let wished = records.wishes.id.clone().filter(|_| is_only);
            let id = wished.unwrap_or_else(|| proposed_id::free(&centre, &mut taken));
            let draft = new_programme(id, &centre, program, found, records);
            records.drafts.push(draft);
        }
    }

    /// The names of the services of each programme of the directory.
    fn titles(&self) -> HashMap<(&str, Option<&str>), HashSet<&str>> {
        let mut titles: HashMap<(&str, Option<&str>), HashSet<&str>> = HashMap::new();
        for pending in &self.pending {
            titles.entry(pending.programme()).or_default().insert(&pending.service.name);
        }
        titles
    }
}

fn is_within(activity: &Activity, programme: &KnownProgramme) -> bool {
    activity.valid.overlap(&programme.valid) == Some(activity.valid)
}

fn setting<'k>(known: &'k Known, hours: Option<&'k OpeningHours>, usual: DateSpan) -> Setting<'k> {
    Setting { first: &known.first, hours, calendar: &known.times.calendar, usual }
}

/// The hours of a centre as they will be.
fn hours(centre: &str, records: &Records<'_>) -> Option<OpeningHours> {
    let said = records.centre(centre).and_then(|draft| osm::read(draft.record.get("hours")?.as_str()?).ok());
    // Notices that close a place close it for what the directory says too.
    let known = || records.known.times.hours.get(centre).map(|known| known.rules.clone());
    said.or_else(known).map(|hours| OpeningHours { closings: Vec::new(), ..hours })
}
