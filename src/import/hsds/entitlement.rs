//! A service that one must qualify or apply for → an entitlement, as a list of entitlements has it.
//!
//! An entitlement is of an office and for an audience, both of `site.yaml`: without them it would be made up.

use serde_yaml::{Mapping, Value};

use super::super::draft::Draft;
use super::super::known::{Known, called, named_in};
use super::super::proposed_id;
use super::activity::{audience, word};
use super::records::Records;
use super::service::{Rest, Service};
use crate::calendar::Day;
use crate::content::PhoneNumber;

/// Whether a service is an entitlement, and says of whom and for whom.
pub(super) fn is_one(service: &Service, known: &Known) -> bool {
    let is_granted = !service.eligibility.is_empty()
        || !service.process.is_empty()
        || !service.documents.is_empty()
        || service.cost.is_some();
    is_granted
        && !service.description.is_empty()
        && department(service, known).is_some()
        && !for_whom(service, known).0.is_empty()
}

fn department<'k>(service: &Service, known: &'k Known) -> Option<&'k str> {
    let name = service.organization.as_ref()?;
    called(&known.departments, name).or_else(|| named_in(&known.departments, name))
}

/// The audiences, and the conditions: the words that name none, or say more than that.
fn for_whom(service: &Service, known: &Known) -> (Vec<String>, Vec<String>) {
    let (mut ids, conditions) = audience(service, known);
    for id in conditions.iter().filter_map(|words| named_in(&known.audiences, words)) {
        if !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
    }
    (ids, conditions)
}

/// Adds an entitlement that one can apply for at some centres; nothing has a place for `when` that is.
pub(super) fn put(service: &Service, centres: &[&str], when: Vec<String>, records: &mut Records<'_>) {
    let (record, body, mut rest) = policy(service, centres, records.known);
    if !when.is_empty() {
        rest.push(("schedules", when.join("; ")));
    }
    let comments = records.left.rest(service, rest);
    let id = proposed_id::free(&service.name, &mut records.entitlements);
    let text = |key: &str| record.get(key).map(super::super::written::flow).unwrap_or_default();
    let shown = vec![vec![id.clone(), service.name.clone(), text("audience"), text("departments")]];
    records.drafts.push(Draft {
        folder: "policies",
        id,
        record,
        body: Some(body),
        comments,
        shown,
        ..Draft::default()
    });
}

fn policy(service: &Service, centres: &[&str], known: &Known) -> (Mapping, String, Rest) {
    let mut record = Mapping::new();
    let mut rest = service.rest.clone();
    let mut say = |key: &str, value: Value| _ = record.insert(key.into(), value);
    say("title", service.name.as_str().into());
    let mut description = service.description.iter();
    say("summary", description.next().map_or("", String::as_str).into());
    say("departments", department(service, known).into_iter().collect::<Vec<_>>().into());
    let (audience, conditions) = for_whom(service, known);
    say("audience", audience.into());
    let (areas, others): (Vec<_>, Vec<_>) =
        service.areas.iter().map(|name| (name, called(&known.areas, name))).partition(|(_, id)| id.is_some());
    let lists = [
        ("areas", areas.into_iter().filter_map(|(_, id)| id.map(str::to_owned)).collect()),
        ("conditions", conditions),
        ("papers", service.documents.clone()),
        ("steps", service.process.clone()),
        ("centres", centres.iter().map(|id| (*id).to_owned()).collect()),
    ];
    for (key, items) in lists.into_iter().filter(|(_, items)| !items.is_empty()) {
        say(key, Value::Sequence(items.into_iter().map(Value::from).collect()));
    }
    if !others.is_empty() {
        rest.push(("service_areas", others.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")));
    }
    if let Some(wait) = &service.wait {
        say("takes", wait.as_str().into());
    }
    let mut numbers = service.phones.iter().filter(|(_, number)| PhoneNumber::read(number).is_ok());
    if let Some((words, number)) = numbers.next() {
        let role = words.as_ref().or(service.role.as_ref());
        let role = role.map_or_else(|| word(&known.first, "咨询电话", "Telephone"), String::as_str);
        say(
            "contact",
            Mapping::from_iter([("role".into(), role.into()), ("phone".into(), number.as_str().into())]).into(),
        );
    }
    let others = service.phones.iter().filter(|(_, number)| {
        record.get("contact").and_then(|contact| contact.get("phone")?.as_str()) != Some(number.as_str())
    });
    rest.extend(others.map(|(_, number)| ("phones", number.clone())));
    if let Some(day) = service.assured.as_ref().and_then(|text| Day::read(text.get(..10)?).ok()) {
        record.insert("reviewed".into(), day.0.to_string().into());
    }
    let cost = service.cost.as_ref().map(|cost| format!("{}{cost}", word(&known.first, "费用：", "Costs: ")));
    let body: Vec<String> = description.cloned().chain(cost).map(|line| as_plain(&line)).collect();
    (record, body.join("\n\n"), rest)
}

/// A line as Markdown that says just that.
fn as_plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    for (at, c) in line.chars().enumerate() {
        let is_mark = "\\`*_{}[]()<>#|~&!$^=".contains(c);
        let starts = at == 0 && matches!(c, '-' | '+') || c == '.' && line.chars().take(at).all(|c| c.is_ascii_digit());
        if is_mark || starts {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}
