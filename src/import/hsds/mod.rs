//! A directory of services (HSDS 3.0) → places, programmes, entitlements, and what centres offer.
//!
//! In goes JSON, however it is nested, or the tables of a package ([`tables`], which nests them); [`nested`] finds the
//! places and services in it. Places become rows of a list, as [`super::centres`] reads them ([`place`]). What becomes of
//! a [`Service`] is told by what it says:
//!
//! - One whose page is that of its place is among the services of the centre ([`offer`]), with hours of its own if it has
//!   schedules.
//! - One with schedules is an activity ([`activity`]) of a programme of the centre at its place ([`programmes`]): a rule
//!   each, in words where we have them and as `RRULE` else, dates that do not count as cancelled, single dates as extra.
//! - What one must qualify or apply for is an entitlement ([`entitlement`]), if its office and audience are the site's.
//! - All else is among the services of the centre.
//!
//! What the site has already under the same name stays; of activities the sessions are compared, date by date. What is
//! not taken is said by reason, with names ([`left`]).

mod activity;
mod entitlement;
mod hours;
mod left;
mod nested;
mod offer;
mod place;
mod plan;
mod programmes;
mod schedule;
mod service;
mod tables;

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::directory::Place;
use super::draft::Draft;
use super::findings::Findings;
use super::known::{Known, called};
use super::{LARGEST, Wishes};
use crate::diagnostics::{Code, Problem};
use left::Left;
use plan::{Horizon, Plan};
use programmes::Programmes;
use service::Service;

/// Most places that are read of a file, and most services.
const MOST: usize = 10_000;
/// Most schedules of services that are read of a file, and of one service at a place.
const MOST_SCHEDULES: usize = 50_000;
const MOST_OF_ONE: usize = 500;
/// How deep JSON is followed.
const DEEPEST: usize = 12;

/// The places and services of a directory.
pub(super) struct Directory {
    pub(super) places: Vec<Place>,
    /// The addresses of the places' pages, in the same order.
    pages: Vec<Option<String>>,
    services: Vec<Service>,
    /// Services beyond those that are read.
    more: usize,
}

/// The directory of a JSON text.
pub(super) fn of_json(json: &Value, known: &Known, findings: &mut Findings) -> Directory {
    let found = nested::read(json);
    let years = Horizon::of(known.times.today).map(|horizon| horizon.years);
    let rows = found.places.iter().filter_map(|place| Some(place::row(place, years?, findings)));
    let places = rows.collect();
    Directory {
        places,
        pages: found.places.iter().map(|place| text(place.get("url"))).collect(),
        services: found.services.iter().map(|given| Service::of(given, &found)).collect(),
        more: found.more,
    }
}

/// The directory of a tabular data package: its tables by their names, each as CSV.
pub(super) fn of_tables(bytes: &BTreeMap<String, Vec<u8>>, known: &Known, findings: &mut Findings) -> Directory {
    let is_too_large = bytes.values().any(|table| table.len() as u64 > LARGEST);
    let Some((json, more)) = (if is_too_large { None } else { tables::nested(bytes) }) else {
        findings.on_file(Problem::new(Code::SpreadsheetTooLarge));
        return Directory { places: Vec::new(), pages: Vec::new(), services: Vec::new(), more: 0 };
    };
    let directory = of_json(&json, known, findings);
    Directory { more: directory.more.max(more), ..directory }
}

/// What a value says: a text or a number.
fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(seen(text)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A text without what nobody sees and what turns it round; letters that join and part stay, as Mongolian has them.
fn seen(text: &str) -> String {
    let is_unseen = |c: char| matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
    let kept: String = lines.chars().filter(|c| *c == '\n' || !c.is_control() && !is_unseen(*c)).collect();
    kept.trim().to_owned()
}

/// What services are put into.
struct Records<'a> {
    known: &'a Known,
    wishes: &'a Wishes,
    horizon: Horizon,
    drafts: &'a mut Vec<Draft>,
    /// Where among them the centres are, by their ids.
    centres: HashMap<String, usize>,
    left: Left,
}

impl Records<'_> {
    /// The draft of a centre, if there is one.
    fn centre(&self, id: &str) -> Option<&Draft> {
        self.drafts.get(*self.centres.get(id)?)
    }

    /// The draft of a centre, which is made if there is none.
    fn centre_mut(&mut self, id: &str) -> Option<&mut Draft> {
        if !self.centres.contains_key(id) {
            let shown = vec![vec![id.to_owned()]];
            self.drafts.push(Draft { folder: "centres", id: id.to_owned(), shown, ..Draft::default() });
            self.centres.insert(id.to_owned(), self.drafts.len() - 1);
        }
        self.drafts.get_mut(*self.centres.get(id)?)
    }
}

/// Whether a service is given, as far as its status says.
fn is_active(service: &Service) -> bool {
    matches!(service.status.as_str(), "active" | "")
}

impl Directory {
    /// Whether there is anything in it.
    pub(super) fn has_services(&self) -> bool {
        !self.services.is_empty()
    }

    /// Puts the services into records beside those of the places; `homes` are the ids of the places' centres.
    pub(super) fn put_services(
        self,
        homes: &[Option<String>],
        (known, wishes): (&Known, &Wishes),
        drafts: &mut Vec<Draft>,
        findings: &mut Findings,
    ) {
        let Some(horizon) = Horizon::of(known.times.today) else { return };
        let centres = drafts.iter().enumerate().filter(|(_, draft)| draft.folder == "centres");
        let centres = centres.map(|(place, draft)| (draft.id.clone(), place)).collect();
        let mut records = Records { known, wishes, horizon, drafts, centres, left: Left::default() };
        records.left.too_many(self.more);
        let mut programmes = Programmes::default();
        let mut schedules = MOST_SCHEDULES;
        for service in &self.services {
            if service.name.is_empty() {
                records.left.service("service-name", service);
                continue;
            }
            if called(&known.policies, &service.name).is_some() {
                continue;
            }
            let mut homes_of: Vec<(String, Option<usize>)> = Vec::new();
            let places = service.at.iter().filter_map(|(place, _)| Some((homes.get(*place)?.clone()?, *place)));
            for (home, place) in places {
                if !homes_of.iter().any(|(known, _)| *known == home) {
                    homes_of.push((home, Some(place)));
                }
            }
            if homes_of.is_empty() {
                homes_of.extend(wishes.centre.clone().map(|centre| (centre, None)));
            }
            let is_known = |(home, _): &(String, Option<usize>)| offer::is_known(known, home, &service.name);
            if !is_active(service) && homes_of.iter().any(is_known) {
                records.left.service(left::of_status(&service.status), service);
            }
            homes_of.retain(|home| !is_known(home));
            let was_there = homes_of.is_empty()
                && service.at.iter().filter_map(|(place, _)| homes.get(*place)?.as_ref()).next().is_some();
            if was_there {
                continue;
            }
            self.put(service, &homes_of, &mut records, &mut programmes, &mut schedules);
        }
        programmes.finish(&mut records);
        records.left.say(findings);
    }

    /// Puts one service into the record that it belongs to, at each of its centres.
    fn put<'s>(
        &'s self,
        service: &'s Service,
        homes: &[(String, Option<usize>)],
        records: &mut Records<'_>,
        programmes: &mut Programmes<'s>,
        schedules: &mut usize,
    ) {
        let is_over = !is_active(service);
        let is_granted = entitlement::is_one(service, records.known);
        // Where it is neither in a programme nor among what the centre offers.
        let mut left_over: Vec<&str> = Vec::new();
        for (home, place) in homes {
            let there = service.at.iter().find(|(known, _)| Some(*known) == *place).map(|(_, own)| own);
            let count = service.schedules.len() + there.map_or(0, Vec::len);
            if count > (*schedules).min(MOST_OF_ONE) {
                records.left.service("service-schedules", service);
                return;
            }
            *schedules -= count;
            let plan = Plan::read(service.schedules.iter().chain(there.into_iter().flatten()), &records.horizon);
            let page = place.and_then(|place| self.pages.get(place)?.as_ref());
            let is_of_place = page.is_some() && page == service.page.as_ref();
            if plan.has_sessions() && !is_of_place {
                programmes.add(service, home, plan, is_over);
                continue;
            }
            if is_over {
                left_over.push(home);
                continue;
            }
            records.left.schedules(service, &plan);
            if is_granted && !is_of_place {
                left_over.push(home);
            } else {
                offer::put(service, home, &plan, records);
            }
        }
        if left_over.is_empty() && !homes.is_empty() {
            return;
        }
        if is_over {
            records.left.service(left::of_status(&service.status), service);
        } else if is_granted {
            entitlement::put(service, &left_over, records);
        } else {
            records.left.service("service-place", service);
        }
    }
}
