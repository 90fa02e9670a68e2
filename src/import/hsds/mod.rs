//! A directory of services (HSDS 3.0) → places, programmes, entitlements, and what centres offer.
//!
//! In goes JSON, however it is nested, or tables, of a package or of one JSON object ([`tables`], which nests them);
//! [`nested`] finds the places and services in it. Places become rows of a list, as [`super::centres`] reads them ([`place`]). What becomes of
//! a [`Service`] is told by what it says ([`records`]):
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
mod address;
mod entitlement;
mod hours;
mod labels;
mod left;
mod lines;
mod money;
mod nested;
mod offer;
mod place;
mod plan;
mod programmes;
mod records;
mod schedule;
mod service;
mod tables;

use std::collections::BTreeMap;

use serde_json::Value;

use super::LARGEST;
use super::directory::Place;
use super::findings::Findings;
use super::known::Known;
use crate::diagnostics::{Code, Problem};
use left::Left;
use plan::Horizon;
use service::{MOST_ITEMS, Service};
pub(super) use tables::{is_main_table, is_table};

/// Most places that are read of a file, and most services.
const MOST: usize = 10_000;
/// How deep JSON is followed.
const DEEPEST: usize = 12;

/// The places and services of a directory.
pub(super) struct Directory {
    pub(super) places: Vec<Place>,
    /// The addresses of the places' pages, in the same order.
    pages: Vec<Option<String>>,
    services: Vec<Service>,
    /// What was left out so far.
    left: Left,
}

impl Directory {
    /// Whether there is anything in it.
    pub(super) fn has_services(&self) -> bool {
        !self.services.is_empty()
    }
}

/// The directory of a JSON text.
pub(super) fn of_json(json: &Value, known: &Known, findings: &mut Findings) -> Directory {
    let mut left = Left::default();
    let linked = tables::of_lists(json, &mut left);
    read(linked.as_ref().unwrap_or(json), left, known, findings)
}

/// The directory of a tabular data package: its tables by their names, each as CSV.
pub(super) fn of_tables(bytes: &BTreeMap<String, Vec<u8>>, known: &Known, findings: &mut Findings) -> Directory {
    let mut left = Left::default();
    let is_too_large = bytes.values().any(|table| table.len() as u64 > LARGEST);
    let Some(json) = (if is_too_large { None } else { tables::of_files(bytes, &mut left) }) else {
        findings.on_file(Problem::new(Code::SpreadsheetTooLarge));
        return Directory { places: Vec::new(), pages: Vec::new(), services: Vec::new(), left };
    };
    read(&json, left, known, findings)
}

fn read(json: &Value, left: Left, known: &Known, findings: &mut Findings) -> Directory {
    let mut found = nested::read(json, left);
    let mut left = std::mem::take(&mut found.left);
    let horizon = Horizon::of(known.times.today);
    let row = |place: &&nested::Object| {
        let horizon = horizon?;
        let clocks = horizon.clocks(&known.zone);
        Some(place::row(place, (known, horizon), &clocks, &mut left, findings))
    };
    let places = found.places.iter().filter_map(row).collect();
    let services: Vec<Service> = found.services.iter().map(|given| Service::of(given, &found, known)).collect();
    for service in &services {
        left.beyond("limit-items", MOST_ITEMS, &service.name, service.more);
        if service.names_person {
            left.doubtful("look-person", &service.name);
        }
        if service.has_unlabelled {
            left.doubtful("look-label", &service.name);
        }
    }
    let pages = found.places.iter().map(|place| text(place.get("url"))).collect();
    Directory { places, pages, services, left }
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
