//! What other programs need to know about time: each centre's open hours written out, and when to build next.
//!
//! `centres/ID/hours.json` is the compiled form of a centre's hours for the coming 60 days, with the reason of every
//! day that is not like its weekday, in each language. A browser tells from it whether the centre is open now, and
//! past its last day says that it does not know. `next-change.json` says when a build would next differ.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Artifact, Inputs, OutputPath, SiteArtifact};
use crate::calendar::{DateSpan, DayState, OpenTimes};
use crate::content::{Centre, Record};
use crate::site::{Edition, Turning, turnings, views};

/// How many days are written out.
const DAYS: i64 = 60;
/// How many records that begin or end are listed.
const TURNINGS: usize = 20;

/// `centres/ID/hours.json`.
#[derive(Serialize)]
struct HoursFile<'a> {
    /// The centre's id.
    centre: &'a str,
    /// The zone of all times (IANA).
    time_zone: &'a str,
    /// The first day: the one before that of the build, for the night that may run into it.
    from: String,
    /// The last day; nothing is known after it.
    until: String,
    /// The first day whose public holidays are not announced: from it on, hours are those of ordinary days, but on
    /// holidays that have a date by law.
    not_announced_from: Option<String>,
    /// The states that days have.
    states: Vec<State>,
    /// For each day from the first to the last, its state's index.
    days: Vec<usize>,
}

/// A day's state.
#[derive(Serialize, PartialEq)]
struct State {
    /// The open intervals, in minutes from midnight; an end above 1440 is on the day after.
    open: Vec<Interval>,
    /// Why the day is not like its weekday, by language.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    why: BTreeMap<String, String>,
}

/// `[start, end]`, or `[start, end, "by-appointment"]`.
#[derive(Serialize, PartialEq)]
#[serde(untagged)]
enum Interval {
    Open(u16, u16),
    ByAppointment(u16, u16, &'static str),
}

/// `next-change.json`.
#[derive(Serialize)]
struct NextChangeFile {
    /// The instant for which this was built.
    built_for: String,
    /// The earliest instant at which a build would differ.
    at: String,
    /// What begins or ends next, the earliest first.
    coming: Vec<Coming>,
}

/// Something that begins or ends.
#[derive(Serialize)]
struct Coming {
    /// When.
    at: String,
    #[serde(flatten)]
    what: Turning,
}

/// The files, given the site in each of its languages, the first one first.
pub(super) fn files<'a>(editions: &[Edition<'a>]) -> Vec<SiteArtifact<'a>> {
    let Some(first) = editions.first().copied() else { return Vec::new() };
    let hours = first.site.content.centres.iter().filter(|centre| centre.value.hours.is_some());
    let files = hours.filter_map(|centre| {
        let editions = editions.to_vec();
        let path = format!("centres/{}/hours.json", centre.id);
        json(&path, &centre.origin.file, move || hours_file(&editions, centre))
    });
    let next = json("next-change.json", "site.yaml", move || Some(next_change_file(&first)));
    files.chain(next).collect()
}

fn json<'a, T: Serialize>(
    path: &str,
    origin: &str,
    make: impl Fn() -> Option<T> + Send + Sync + 'a,
) -> Option<SiteArtifact<'a>> {
    let make = move |buffer: &mut Vec<u8>| {
        if let Some(value) = make() {
            // To memory, so that only what cannot be JSON could fail, and that is not among these types.
            let _ = serde_json::to_writer(&mut *buffer, &value);
            buffer.push(b'\n');
        }
        Ok(())
    };
    Some(Artifact {
        path: OutputPath::new(path).ok()?,
        origin: origin.into(),
        inputs: Inputs::Unknown,
        make: Box::new(make),
    })
}

fn hours_file<'a>(editions: &[Edition<'a>], record: &'a Record<Centre>) -> Option<HoursFile<'a>> {
    let site = editions.first()?.site;
    let first = site.today.yesterday().unwrap_or(site.today);
    let last = site.today.checked_add(jiff::Span::new().days(DAYS - 1)).ok()?;
    let span = DateSpan::new(first, last)?;
    let times = OpenTimes::compile(site.hours(&record.id)?, site.calendar_of(&record.id), span);
    let mut states: Vec<State> = Vec::new();
    let mut days = Vec::new();
    for (_, day) in times.days() {
        let state = state(editions, record, day);
        let number = states.iter().position(|known| *known == state).unwrap_or_else(|| {
            states.push(state);
            states.len() - 1
        });
        days.push(number);
    }
    Some(HoursFile {
        centre: record.id.as_str(),
        time_zone: site.content.site.value.time_zone.as_str(),
        from: span.first().to_string(),
        until: span.last().to_string(),
        not_announced_from: times.days().find(|(_, day)| !day.announced).map(|(date, _)| date.to_string()),
        states,
        days,
    })
}

fn state(editions: &[Edition<'_>], record: &Record<Centre>, day: &DayState) -> State {
    let interval = |opening: &crate::calendar::Opening| {
        let (start, end) = (opening.time.start().minutes(), opening.time.end().minutes());
        if opening.by_appointment {
            Interval::ByAppointment(start, end, "by-appointment")
        } else {
            Interval::Open(start, end)
        }
    };
    let why = editions.iter().filter_map(|edition| {
        let why = views::reason(edition, record, day)?;
        why.lang.is_none().then(|| (edition.language.to_string(), why.text))
    });
    State { open: day.intervals.openings().iter().map(interval).collect(), why: why.collect() }
}

fn next_change_file(edition: &Edition<'_>) -> NextChangeFile {
    let site = edition.site;
    let coming = turnings(edition).into_iter().take(TURNINGS);
    NextChangeFile {
        built_for: site.instant(site.today.to_datetime(jiff::civil::Time::midnight())),
        at: site.instant(site.next_change()),
        coming: coming.map(|what| Coming { at: site.instant(what.at), what }).collect(),
    }
}
