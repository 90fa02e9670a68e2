//! Services with schedules → programmes: one file for each centre and programme of the directory, or the one that the site
//! has whose activities are called the same.
//!
//! What the site has is told by its sessions, date by date: first each service takes an activity of its name with the same
//! sessions, then what is left changes an activity of its name, or is new. A new activity goes into a programme that is
//! there only if it lies within its period, since a longer period would lengthen all others too.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_yaml::{Mapping, Value};

use super::super::draft::Draft;
use super::super::known::{Known, KnownActivity, KnownProgramme};
use super::super::{programme, proposed_id};
use super::Records;
use super::activity::{Activity, Setting, activities, details, word};
use super::left;
use super::plan::Plan;
use super::service::Service;
use crate::calendar::{DateSpan, Moment, OpeningHours, osm};

/// Services with schedules, as they are found.
#[derive(Default)]
pub(super) struct Programmes<'s> {
    pending: Vec<Pending<'s>>,
}

/// A service at a centre.
struct Pending<'s> {
    service: &'s Service,
    centre: String,
    plan: Plan,
    is_over: bool,
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
        let mut claimed: HashSet<At> = HashSet::new();
        let mut rest = Vec::new();
        for pending in &self.pending {
            let candidates = pending.candidates(known);
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
                .programme_beside(&titles, known)
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

impl<'s> Pending<'s> {
    /// Its centre and the name of its programme in the directory.
    fn programme(&self) -> (&str, Option<&'s str>) {
        (&self.centre, self.service.program.as_ref().map(|(name, _)| name.as_str()))
    }

    /// The programme that is there into which a new activity belongs: one of the same name, or one with other activities
    /// of the same programme of the directory.
    fn programme_beside(&self, titles: &HashMap<(&str, Option<&str>), HashSet<&str>>, known: &Known) -> Option<usize> {
        let of_centre = || known.programmes.iter().enumerate().filter(|(_, of)| of.centre == self.centre);
        let titles = titles.get(&self.programme());
        let has_others =
            |of: &KnownProgramme| of.titles().any(|title| titles.is_some_and(|titles| titles.contains(title.as_str())));
        let named = of_centre().find(|(_, of)| self.is_of(Some(of)));
        named.or_else(|| of_centre().find(|(_, of)| has_others(of))).map(|(number, _)| number)
    }

    /// The activities of the centre that are called so.
    fn candidates(&self, known: &Known) -> Vec<At> {
        let programmes = known.programmes.iter().enumerate().filter(|(_, of)| of.centre == self.centre);
        let all = programmes.flat_map(|(number, of)| {
            of.activities.iter().enumerate().map(move |(own, activity)| ((number, own), activity))
        });
        all.filter(|(_, activity)| activity.names.contains(&self.service.name)).map(|(at, _)| at).collect()
    }

    /// Whether it has the sessions of activities, as far as one looks.
    fn is_same(&self, candidates: &[At], records: &Records<'_>) -> bool {
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
    fn is_given_up(&self, (programme, own): At, known: &Known) -> bool {
        let of = known.programmes.get(programme).and_then(|of| known.times.sessions.get(&of.id)?.get(own));
        let is_to_come = of.and_then(|of| of.held.last()).is_some_and(|last| last.date >= known.times.today);
        self.is_over && self.service.status != "inactive" && is_to_come
    }

    /// Whether a programme has the name of that which the directory says.
    fn is_of(&self, programme: Option<&KnownProgramme>) -> bool {
        let name = self.service.program.as_ref().map(|(name, _)| name);
        name.zip(programme).is_some_and(|(name, programme)| programme.names.contains(name))
    }

    /// A new activity of a programme.
    fn entry(&self, activity: Activity, valid: DateSpan, known: &Known) -> Mapping {
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

    fn comments(&self, records: &mut Records<'_>) -> Vec<String> {
        let (_, mut rest) = details(self.service, records.known);
        if !self.plan.words.is_empty() {
            rest.push(("schedules", self.plan.words.join("; ")));
        }
        records.left.rest(self.service, rest)
    }

    fn is_endless(&self) -> bool {
        self.plan.rules.iter().any(|rule| rule.to.is_none())
    }
}

impl Changes {
    /// The programme with all its activities: those that stay by their titles alone, which changes nothing of them.
    fn draft(mut self, before: &KnownProgramme, known: &Known) -> Draft {
        let stay = |title: &str| Mapping::from_iter([(Value::from("title"), Value::from(title))]);
        let changed: Vec<Mapping> = self.changed.values().chain(&self.added).cloned().collect();
        let all = before.activities.iter().enumerate();
        let all = all.map(|(number, of)| self.changed.remove(&number).unwrap_or_else(|| stay(&of.title)));
        let list = |entries: Vec<Mapping>| Value::Sequence(entries.into_iter().map(Value::from).collect());
        let activities: Vec<Mapping> = all.collect::<Vec<_>>().into_iter().chain(self.added).collect();
        let shown = Mapping::from_iter([("activities".into(), list(changed))]);
        Draft {
            folder: "programmes",
            id: before.id.clone(),
            record: Mapping::from_iter([("activities".into(), list(activities))]),
            comments: self.comments,
            shown: programme::shown(&shown, known.first.as_str()),
            ..Draft::default()
        }
    }
}

/// What an activity that is there becomes: itself with other sessions.
fn changed(activity: Activity, stood: &KnownActivity, before: &KnownProgramme, held: &BTreeSet<Moment>) -> Mapping {
    let Activity { mut record, valid, is_counted } = activity;
    let mut entry = Mapping::from_iter([(Value::from("title"), Value::from(stood.title.as_str()))]);
    entry.extend(record.remove("when").map(|when| (Value::from("when"), when)));
    if valid != before.valid || is_counted || stood.valid.is_some() {
        entry.insert("valid".into(), String::from(valid).into());
    }
    let mut exceptions = record.get("exceptions").and_then(Value::as_sequence).cloned().unwrap_or_default();
    let is_said = |noted: &Value| exceptions.iter().any(|other| other.get("on") == noted.get("on"));
    // What an editor has cancelled stays cancelled as long as it would take place.
    let falls = |days: &DateSpan| held.iter().any(|moment| days.contains(moment.date));
    let cancelled = stood.cancelled.iter().filter(|(days, _)| falls(days)).map(|(_, entry)| entry);
    let kept: Vec<Value> = stood.noted.iter().chain(cancelled).filter(|entry| !is_said(entry)).cloned().collect();
    exceptions.extend(kept);
    exceptions.sort_by_key(|entry| entry.get("on").and_then(Value::as_str).map(str::to_owned));
    // Nothing in the place of what stood takes it away.
    entry.insert("exceptions".into(), if exceptions.is_empty() { Value::Null } else { exceptions.into() });
    entry.insert("extra".into(), record.remove("extra").unwrap_or(Value::Null));
    entry
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

/// A programme that is not there yet.
fn new_programme(
    id: String,
    centre: &str,
    program: Option<&str>,
    found: Vec<(&Pending<'_>, Vec<Activity>)>,
    records: &mut Records<'_>,
) -> Draft {
    let known = records.known;
    let name = name_of(centre, records);
    let spans = || found.iter().flat_map(|(_, activities)| activities).map(|activity| activity.valid);
    let first = spans().map(|span| span.first()).min();
    let hull = first.zip(spans().map(|span| span.last()).max()).and_then(|(first, last)| DateSpan::new(first, last));
    let valid = hull.unwrap_or(records.horizon.ahead);
    let title = program.map(str::to_owned);
    let title = title.unwrap_or_else(|| match known.first.is_chinese() {
        true => format!("{name}活动安排"),
        false => format!("Activities at {name}"),
    });
    let mut record = Mapping::new();
    record.insert("title".into(), title.as_str().into());
    record.insert("centre".into(), centre.into());
    let about = found.iter().find_map(|(pending, _)| pending.service.program.as_ref()?.1.clone());
    record.extend(about.filter(|about| *about != title).map(|about| ("summary".into(), about.into())));
    record.insert("valid".into(), String::from(valid).into());
    let endless: Vec<String> = found
        .iter()
        .filter(|(pending, _)| pending.is_endless() && records.wishes.valid.is_none())
        .map(|(pending, _)| format!("{name}: {}", pending.service.name))
        .collect();
    if !endless.is_empty() {
        records.left.endless(endless, valid.last());
    }
    let (mut entries, mut comments) = (Vec::new(), Vec::new());
    for (pending, activities) in found {
        comments.extend(pending.comments(records));
        entries.extend(activities.into_iter().map(|activity| Value::from(pending.entry(activity, valid, known))));
    }
    record.insert("activities".into(), entries.into());
    let shown = programme::shown(&record, known.first.as_str());
    Draft { folder: "programmes", id, record, comments, shown, ..Draft::default() }
}

/// What a centre is called.
fn name_of(centre: &str, records: &Records<'_>) -> String {
    let said = records.centre(centre).and_then(|draft| draft.record.get("name")?.as_str()).map(str::to_owned);
    let known = || records.known.centres.iter().find(|(id, _)| id == centre)?.1.first().cloned();
    said.or_else(known).unwrap_or_else(|| word(&records.known.first, "中心", "the centre").to_owned())
}
