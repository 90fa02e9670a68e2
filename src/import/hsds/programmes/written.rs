//! What becomes of programmes: those that are there with activities that changed or are new, and new ones.

use std::collections::BTreeSet;

use serde_yaml::{Mapping, Value};

use super::super::super::draft::Draft;
use super::super::super::known::{Known, KnownActivity, KnownProgramme};
use super::super::super::programme;
use super::super::activity::{Activity, word};
use super::super::records::Records;
use super::Changes;
use super::pending::Pending;
use crate::calendar::{DateSpan, Moment};

impl Changes {
    /// The programme with all its activities: those that stay by their titles alone, which changes nothing of them.
    pub(super) fn draft(mut self, before: &KnownProgramme, known: &Known) -> Draft {
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
pub(super) fn changed(
    activity: Activity,
    stood: &KnownActivity,
    before: &KnownProgramme,
    held: &BTreeSet<Moment>,
) -> Mapping {
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

/// A programme that is not there yet.
pub(super) fn new_programme(
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
