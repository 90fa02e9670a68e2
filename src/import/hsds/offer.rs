//! A service that is none of the others → one of the services of its centre.

use std::collections::HashMap;

use serde_yaml::{Mapping, Value};

use super::super::known::{Known, KnownTexts, called};
use super::super::programme;
use super::activity::{audience, days_of, list_of, word};
use super::plan::Plan;
use super::records::Records;
use super::schedule::Days;
use super::service::{Rest, Service, run_on};
use crate::calendar::{Intervals, Opening, WeekdaySet, Weekly, WeeklyLines};
use crate::content::PhoneNumber;

/// What centres offer, by their ids and the names of services.
pub(super) fn known(known: &Known) -> HashMap<(&str, &str), &KnownTexts> {
    let all = known.offers.iter().flat_map(|(centre, offers)| offers.iter().map(move |offer| (centre, offer)));
    all.flat_map(|(centre, offer)| offer.names.iter().map(|name| ((centre.as_str(), name.as_str()), &offer.texts)))
        .collect()
}

/// Adds a service to its centre.
pub(super) fn put(service: &Service, centre: &str, plan: &Plan, records: &mut Records<'_>) {
    if !records.offered.insert((centre.to_owned(), service.name.clone())) {
        records.left.service("service-twice", service);
        return;
    }
    let (record, rest) = entry(service, plan, records.known);
    let comments = records.left.rest(service, rest);
    let before = records.known.offers.get(centre);
    let Some(draft) = records.centre_mut(centre) else { return };
    let is_first = !draft.record.contains_key("services");
    let Some(services) = list_of(&mut draft.record, "services") else { return };
    if is_first {
        // What the centre offers already stays as it is.
        let name = |name: &str| Mapping::from_iter([(Value::from("name"), Value::from(name))]).into();
        services.extend(before.into_iter().flatten().filter_map(|offer| Some(name(offer.names.first()?))));
    }
    let text = |key: &str| record.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    draft.shown.push(vec![String::new(), service.name.clone(), text("hours") + &text("when"), text("cost")]);
    services.push(record.into());
    draft.comments.extend(comments);
}

/// A service as an editor would have written it, and the fields that have no place in it.
fn entry(service: &Service, plan: &Plan, known: &Known) -> (Mapping, Rest) {
    let mut record = Mapping::new();
    let mut rest = service.rest.clone();
    let mut say = |key: &str, value: Value| _ = record.insert(key.into(), value);
    say("name", service.name.as_str().into());
    if !service.description.is_empty() {
        say("description", run_on(&service.description).into());
    }
    if let Some(name) = &service.organization {
        match called(&known.departments, name) {
            Some(id) => say("department", id.into()),
            None => say("provider", name.as_str().into()),
        }
    }
    let (audience, words) = audience(service, known);
    if !audience.is_empty() {
        say("audiences", audience.into());
    }
    if !words.is_empty() {
        rest.push(("eligibility_description", words.join(" ")));
    }
    match hours(plan) {
        Some(hours) => say("hours", hours.into()),
        None => {
            let (rules, further) = told(plan, known);
            let said: Vec<String> = plan.words.iter().cloned().chain(rules).collect();
            if !said.is_empty() {
                say("when", said.join(word(&known.first, "；", "; ")).into());
            }
            rest.extend(further.into_iter().map(|further| ("schedules", further)));
        }
    }
    if let Some(cost) = &service.cost {
        say("cost", cost.as_str().into());
    }
    let mut phones = service.phones.iter().map(|(_, number)| number);
    if let Some(number) = phones.find(|number| PhoneNumber::read(number).is_ok()) {
        say("phone", number.as_str().into());
    }
    let others = service
        .phones
        .iter()
        .map(|(_, number)| number)
        .filter(|number| record.get("phone").and_then(Value::as_str) != Some(number.as_str()));
    rest.extend(others.map(|number| ("phones", number.clone())));
    let says = |line: &String, words: &[&str]| {
        let line = line.to_lowercase();
        line.chars().count() <= 40 && words.iter().any(|word| line.contains(word))
    };
    let by_appointment = |line: &String| says(line, &["预约", "預約", "appointment"]);
    let home_visits = |line: &String| says(line, &["上门", "home visit"]);
    if plan.by_appointment || service.process.iter().any(by_appointment) {
        record.insert("by_appointment".into(), true.into());
    }
    if service.process.iter().any(home_visits) {
        record.insert("home_visits".into(), true.into());
    }
    let process: Vec<&str> =
        service.process.iter().filter(|line| !by_appointment(line) && !home_visits(line)).map(String::as_str).collect();
    if !process.is_empty() {
        rest.push(("application_process", process.join(" ")));
    }
    rest.extend(service.of_entitlements());
    rest.extend(plan.rest());
    (record, rest)
}

/// Rules and single sessions in words, and rules for which there are none.
pub(super) fn told(plan: &Plan, known: &Known) -> (Vec<String>, Vec<String>) {
    let first = &known.first;
    let (mut said, mut further) = (Vec::new(), Vec::new());
    for rule in &plan.rules {
        let days = match &rule.days {
            Days::Weekly(days) => Some(programme::days(*days, !first.is_chinese())),
            Days::Patterns(patterns) => days_of(patterns, first).filter(|(_, is_rule)| !is_rule).map(|(days, _)| days),
            Days::Counted(_) | Days::Dates(_) => None,
        };
        let ends = [rule.from, rule.to].map(|date| date.map_or_else(String::new, |date| date.to_string()));
        let period = if rule.has_period() { format!(" ({})", ends.join("..")) } else { String::new() };
        let time = String::from(rule.time);
        match (days, &rule.days) {
            (Some(days), _) => said.push(format!("{days} {time}{period}")),
            (None, Days::Counted(counted)) => further.push(format!("{} {time}{period}", counted.rule)),
            (None, _) => further.push(format!("{time}{period}")),
        }
    }
    said.extend(plan.single.iter().map(|moment| format!("{} {}", moment.date, String::from(moment.time))));
    (said, further)
}

/// The week of a plan, if that is all it says: every rule is weekly and holds all year.
fn hours(plan: &Plan) -> Option<String> {
    if !plan.single.is_empty() || plan.rules.iter().any(super::plan::Recurring::has_period) {
        return None;
    }
    let days = |rule: &super::plan::Recurring| match &rule.days {
        Days::Weekly(days) => Some(*days),
        _ => None,
    };
    let rules: Vec<(WeekdaySet, Opening)> =
        plan.rules.iter().map(|rule| Some((days(rule)?, Opening::from(rule.time)))).collect::<Option<_>>()?;
    let of = |day| rules.iter().filter(move |(days, _)| days.contains(day)).map(|(_, opening)| *opening);
    let mut entries: Vec<(WeekdaySet, Intervals)> = Vec::new();
    for day in WeekdaySet::ALL.iter() {
        let mut openings: Vec<Opening> = of(day).collect();
        openings.sort();
        openings.dedup();
        let hours = Intervals::of(openings)?;
        match entries.iter_mut().find(|(_, known)| *known == hours) {
            Some((days, _)) => *days = days.union(WeekdaySet::only(day)),
            None => entries.push((WeekdaySet::only(day), hours)),
        }
    }
    entries.retain(|(_, hours)| !hours.is_closed());
    let weekly = Weekly::new(entries).ok().filter(|weekly| !weekly.entries().is_empty())?;
    Some(String::from(WeeklyLines(weekly)))
}
