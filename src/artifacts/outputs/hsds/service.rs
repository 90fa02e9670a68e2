//! What is done for residents as HSDS has it: each service of a centre, each policy, each recurring activity, a
//! `service`.
//!
//! A centre's service and an activity are at one location, a policy at each centre where one can apply. Whoever is
//! responsible is the organisation: the office, else the team, else the publisher. What is over stays, as `defunct`,
//! so that its identifier never stops to lead somewhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::naming::{absolute, below, parts, uuid};
use super::location;
use super::organization::{contact, office, program, publisher, team};
use super::schedule::{Rule, Says, Usual, in_words, timetable};
use super::table::Row;
use super::taxonomy::{Taxonomy, Terms, attribute};
use crate::calendar::{Date, DateSpan, Opening, Pattern, Session};
use crate::content::{
    Activity, Audience, Centre, Id, Policy, Programme, Record, Service, SessionException, Text, Validity,
};
use crate::site::{Edition, rule_of, views};

/// What a service is made from.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    /// A service of a centre.
    Centre(&'a Record<Centre>, &'a Service),
    /// A policy.
    Policy(&'a Record<Policy>),
    /// An activity of a programme.
    Activity(&'a Record<Programme>, &'a Activity),
}

/// A service before its rows are made.
pub(super) struct Listed<'a> {
    pub(super) id: String,
    pub(super) source: Source<'a>,
}

/// Every service of the site.
pub(super) fn all<'a>(edition: &Edition<'a>) -> Vec<Listed<'a>> {
    let content = &edition.site.content;
    let mut found = Vec::new();
    let mut add = |kind: &str, name: &str, source| {
        found.push(Listed { id: uuid(edition.site, "service", &format!("{kind}/{name}")), source });
    };
    for record in &content.centres {
        let services = &record.value.services;
        let names = parts(edition.site, record.id.as_str(), services.iter().map(|service| &service.name));
        for (service, name) in services.iter().zip(names) {
            add("centre", &name, Source::Centre(record, service));
        }
    }
    for record in &content.policies {
        add("policy", record.id.as_str(), Source::Policy(record));
    }
    for record in &content.programmes {
        let names = super::super::naming::activities(edition.site, record);
        for (activity, name) in record.value.activities.iter().zip(names) {
            add("activity", &name, Source::Activity(record, activity));
        }
    }
    found
}

impl<'a> Source<'a> {
    /// The file that it comes from.
    pub(super) fn file(self) -> Arc<str> {
        match self {
            Self::Centre(record, _) => Arc::clone(&record.origin.file),
            Self::Policy(record) => Arc::clone(&record.origin.file),
            Self::Activity(record, _) => Arc::clone(&record.origin.file),
        }
    }

    /// The centres where it can be had.
    pub(super) fn centres(self) -> Vec<&'a Id<Centre>> {
        match self {
            Self::Centre(record, _) => vec![&record.id],
            Self::Policy(record) => record.value.centres.iter().collect(),
            Self::Activity(record, _) => vec![&record.value.centre],
        }
    }

    /// Its rows, those of its locations, organisation and so on not among them.
    pub(super) fn rows(self, edition: &Edition<'_>, terms: &Terms, id: &str) -> Vec<Row> {
        let mut rows = match self {
            Self::Centre(record, service) => of_centre(edition, terms, id, record, service),
            Self::Policy(record) => of_policy(edition, terms, id, record),
            Self::Activity(record, activity) => of_activity(edition, terms, id, record, activity),
        };
        for centre in self.centres() {
            let Some(place) = at(edition, centre) else { continue };
            let there = Row::new("service_at_location", there(edition, id, centre)).with("service_id", id);
            rows.push(there.with("location_id", location::id(edition, place)));
        }
        rows
    }
}

fn at<'a>(edition: &Edition<'a>, centre: &Id<Centre>) -> Option<&'a Record<Centre>> {
    edition.site.content.centres.get(*edition.site.index.centre.get(centre)?)
}

/// The identifier of a service at a location.
fn there(edition: &Edition<'_>, service: &str, centre: &Id<Centre>) -> String {
    uuid(edition.site, "service-at-location", &format!("{service}\n{centre}"))
}

/// Whom a service is for, as attributes and in words.
fn audience(edition: &Edition<'_>, terms: &Terms, id: &str, audience: &[Id<Audience>]) -> (Vec<Row>, Option<String>) {
    let known = &edition.site.content.site.value.audiences;
    let names = audience.iter().filter_map(|of| known.get(of)).map(|term| edition.local(&term.name).text);
    let words = edition.wording.list(names);
    let attributes = audience
        .iter()
        .filter_map(|of| attribute(edition, terms, ("service", id), (Taxonomy::Audience, of.as_str()), None));
    (attributes.collect(), (!words.is_empty()).then_some(words))
}

fn lines(parts: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}

fn of_centre(edition: &Edition<'_>, terms: &Terms, id: &str, record: &Record<Centre>, service: &Service) -> Vec<Row> {
    let local = |text| edition.local(text).text;
    let label = |name: &str| edition.wording.labels.get(name).cloned();
    let (attributes, eligible) = audience(edition, terms, id, &service.audiences);
    let provider = service.provider.as_ref().map(local);
    let responsible = service.department.as_ref().and_then(|office_id| office(edition, office_id));
    let row = Row::new("service", id.to_owned())
        .with("organization_id", responsible.unwrap_or_else(|| publisher(edition)))
        .with("name", local(&service.name))
        .maybe("alternate_name", location::other_language(edition, &service.name))
        .maybe("description", lines([service.description.as_ref().map(local), provider]))
        .with("url", absolute(edition, &edition.address_of(&record.id)))
        .with("status", "active")
        .maybe(
            "application_process",
            lines([
                service.by_appointment.then(|| label("by_appointment")).flatten(),
                service.home_visits.then(|| label("home_visits")).flatten(),
            ]),
        )
        .maybe("fees_description", service.cost.as_ref().map(local))
        .maybe("eligibility_description", eligible);
    let mut rows = vec![row];
    rows.extend(attributes);
    rows.extend(service.phone.iter().map(|phone| location::number(edition, ("service_id", id), phone.as_str(), None)));
    let there = there(edition, id, &record.id);
    let owner = ("service_at_location_id", there.as_str());
    if let Some(own) = &service.hours {
        rows.extend(location::part_hours(edition, record, &own.0, owner));
    }
    rows.extend(service.when.as_ref().map(|when| in_words(edition, owner, &local(when))));
    rows
}

fn of_policy(edition: &Edition<'_>, terms: &Terms, id: &str, record: &Record<Policy>) -> Vec<Row> {
    let policy = &record.value;
    let local = |text| edition.local(text).text;
    let locals = |texts: &[Text]| edition.locals(texts).into_iter().map(|local| Some(local.text)).collect::<Vec<_>>();
    let (attributes, audience) = audience(edition, terms, id, &policy.audience);
    let amounts = policy.amounts.iter().map(|amount| {
        let note = amount.note.as_ref().map(|note| format!(" {}", local(note))).unwrap_or_default();
        Some(format!("{} {}{note}", local(&amount.per), local(&amount.value)))
    });
    let day = |day: crate::calendar::DayOrTime| edition.date_or_time(day).text;
    let period = match (policy.from, policy.until) {
        (None, None) => None,
        (Some(from), None) => Some(edition.wording.say("period.from", &[("date", &day(from))])),
        (None, Some(until)) => Some(edition.wording.say("period.until", &[("date", &day(until))])),
        (Some(from), Some(until)) => Some(edition.wording.range(&day(from), &day(until))),
    };
    let status = match policy.validity(edition.site.now) {
        Validity::NotYet => "inactive",
        Validity::Current => "active",
        Validity::Over => "defunct",
    };
    let responsible = policy.departments.iter().find_map(|of| office(edition, of));
    let row = Row::new("service", id.to_owned())
        .with("organization_id", responsible.unwrap_or_else(|| publisher(edition)))
        .with("name", local(&policy.title))
        .maybe("alternate_name", location::other_language(edition, &policy.title))
        .maybe("description", lines([Some(local(&policy.summary))].into_iter().chain(amounts).chain([period])))
        .with("url", absolute(edition, &edition.address_of(&record.id)))
        .with("status", status)
        .maybe(
            "application_process",
            lines(
                locals(&policy.steps)
                    .into_iter()
                    .chain([policy.place.as_ref().map(local), policy.takes.as_ref().map(local)]),
            ),
        )
        .maybe("eligibility_description", lines([audience].into_iter().chain(locals(&policy.conditions))))
        .maybe("assured_date", policy.reviewed.map(|day| day.0.to_string()));
    let mut rows = vec![row];
    rows.extend(attributes);
    for (number, paper) in policy.papers.iter().enumerate() {
        let paper_id = uuid(edition.site, "required-document", &format!("{id}\n{number}\n{}", local(paper)));
        rows.push(Row::new("required_document", paper_id).with("service_id", id).with("document", local(paper)));
    }
    for area in &policy.areas {
        let Some(entry) = edition.site.index.area.get(area).and_then(|n| edition.site.index.areas.get(*n)) else {
            continue;
        };
        let area_id = uuid(edition.site, "service-area", &format!("{id}\n{area}"));
        let page = edition.address(&format!("areas/{area}/"));
        let row = Row::new("service_area", area_id).with("service_id", id);
        rows.push(row.with("name", local(&entry.area.name)).with("uri", absolute(edition, &page)));
    }
    rows.extend(policy.contact.iter().flat_map(|found| contact(edition, ("service_id", id), found)));
    rows
}

fn of_activity(
    edition: &Edition<'_>,
    terms: &Terms,
    id: &str,
    record: &Record<Programme>,
    activity: &Activity,
) -> Vec<Row> {
    let local = |text| edition.local(text).text;
    let (attributes, eligible) = audience(edition, terms, id, &activity.audience);
    let led_by = activity.led_by.as_ref().map(|of| team(edition, of));
    let status = match Validity::of_days(record.value.valid, edition.site.now) {
        Validity::NotYet => "inactive",
        Validity::Current => "active",
        Validity::Over => "defunct",
    };
    let row = Row::new("service", id.to_owned())
        .with("organization_id", led_by.unwrap_or_else(|| publisher(edition)))
        .with("program_id", program(edition, &record.id))
        .with("name", local(&activity.title))
        .maybe("alternate_name", location::other_language(edition, &activity.title))
        .maybe(
            "description",
            lines([&activity.summary, &activity.room, &activity.leader].map(|text| text.as_ref().map(local))),
        )
        .with("url", page_of(edition, record, activity))
        .with("status", status)
        .maybe("application_process", activity.booking.as_ref().map(local))
        .maybe("fees_description", activity.cost.as_ref().map(local))
        .maybe("eligibility_description", eligible);
    let mut rows = vec![row];
    rows.extend(attributes);
    let strand = activity.strand.as_ref();
    rows.extend(
        strand.and_then(|of| attribute(edition, terms, ("service", id), (Taxonomy::Strand, of.as_str()), None)),
    );
    rows.extend(sessions(edition, id, record, activity));
    rows
}

/// The address by which an activity's page is known.
fn page_of(edition: &Edition<'_>, record: &Record<Programme>, activity: &Activity) -> String {
    let url = edition.activity_page(record, activity).url;
    below(edition.site, url.strip_suffix("index.html").unwrap_or(&url))
}

/// When an activity takes place.
fn sessions(edition: &Edition<'_>, id: &str, record: &Record<Programme>, activity: &Activity) -> Vec<Row> {
    let (site, programme) = (edition.site, &record.value);
    let Some(rule) = rule_of(programme, activity) else { return Vec::new() };
    let moved = activity.exceptions.iter().filter_map(|exception| exception.moved_to).map(|to| to.date);
    let beside: Vec<Date> = moved.chain(rule.extra.iter().map(|extra| extra.date)).collect();
    let first = beside.iter().copied().fold(rule.valid.first(), Date::min);
    let last = beside.iter().copied().fold(rule.valid.last(), Date::max);
    let Some(window) = DateSpan::new(first, last) else { return Vec::new() };
    let found = site.sessions(programme, activity, window);
    let mut held: BTreeMap<Date, Vec<Opening>> = BTreeMap::new();
    for session in found.iter().filter(|session| session.held) {
        let openings = held.entry(session.date).or_default();
        let opening = Opening::from(session.time);
        if !openings.contains(&opening) {
            openings.push(opening);
        }
    }
    let truth: Vec<(Date, &[Opening])> = held.iter().map(|(date, openings)| (*date, openings.as_slice())).collect();
    let pattern = &activity.when.pattern;
    let days = match pattern {
        Pattern::Rule(_) => edition.wording.weekdays(pattern.weekdays(rule.valid.first())),
        _ => views::days_in_words(edition, pattern),
    };
    let usual: Option<Usual> = Rule::of(pattern).map(|written| Usual {
        rule: written,
        dates: pattern.dates(rule.valid.first(), rule.valid, site.calendar_of(&programme.centre)),
        opening: rule.time.into(),
        days,
        valid: Some(rule.valid),
        known: None,
    });
    let why = |date: Date| {
        let session =
            found.iter().find(|session| session.date == date && (!session.held || session.exception.is_some()));
        let session = session.or_else(|| found.iter().find(|session| session.date == date));
        why(edition, record, activity, date, session)
    };
    let there = there(edition, id, &programme.centre);
    let link = page_of(edition, record, activity);
    let lines = timetable(edition, usual.as_slice(), &truth, &Says { why: &why, unknown: None });
    lines.iter().map(|line| line.row(edition, ("service_at_location_id", &there), &link)).collect()
}

/// Why a date of an activity is not as usual.
fn why(
    edition: &Edition<'_>,
    record: &Record<Programme>,
    activity: &Activity,
    date: Date,
    session: Option<&Session>,
) -> Option<String> {
    let wording = edition.wording;
    let local = |text| edition.local(text).text;
    let kept_away = |term: &str, days: &[crate::content::Days]| {
        let words = days.iter().map(|days| wording.term(&format!("{term}.{}", views::kebab(days))).to_owned());
        let words = wording.list(words);
        (!words.is_empty()).then_some(words)
    };
    let Some(session) = session else {
        // The pattern has the day, but it is of a kind that the activity keeps away from.
        return kept_away("only-on", &activity.only_on).or_else(|| kept_away("not-on", &activity.not_on));
    };
    if let Some(extra) = session.extra.and_then(|number| activity.extra.get(number)) {
        return extra.why.as_ref().map(local);
    }
    let exception: Option<&SessionException> = session.exception.and_then(|number| activity.exceptions.get(number));
    if let Some(exception) = exception {
        let and_why = |what: String| Some(wording.list([what].into_iter().chain(exception.why.as_ref().map(local))));
        return match (&exception.cancelled, exception.moved_to, session.moved_from) {
            (_, _, Some(from)) => and_why(wording.say(
                "change.moved-here",
                &[("from", &wording.weekday_day(from)), ("time", &session.time.to_string())],
            )),
            (_, Some(to), None) => and_why(
                wording
                    .say("change.moved-away", &[("to", &wording.weekday_day(to.date)), ("time", &to.time.to_string())]),
            ),
            (Some(cancelled), None, None) => Some(local(cancelled)),
            (None, None, None) => exception.why.as_ref().map(local),
        };
    }
    let centre = at(edition, &record.value.centre)?;
    let state = edition.site.day(&centre.id, date)?;
    views::reason(edition, centre, &state).map(|why| why.text)
}
