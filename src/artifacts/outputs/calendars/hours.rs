//! The opening hours of a centre as events: a weekly series for each interval, and what differs day by day.
//!
//! From the first day of this year to the last day of the next, or of this one while the next one's public holidays are
//! not announced: what is not known is not guessed. Ordinary days are series, one for each interval of each week and
//! season, with special days excluded. A special day is an event for each of its intervals, with its reason; special
//! days in a row on which the centre is closed for one reason are one event of whole days, so that a phone shows it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::entry::{Entry, Recurs, Said, Scene, Times, Version};
use super::recurrence::Recurrence;
use super::text::Text;
use crate::calendar::{Date, DateSpan, DayState, Opening, OpeningHours, Pattern, TimeOfDay, WeekdaySet, Weekly, iso};
use crate::content::{Centre, Record};
use crate::site::views::{self, Local};
use crate::site::{Site, hours_key};

/// The days that are written.
fn window(site: &Site, record: &Record<Centre>) -> Option<DateSpan> {
    let this = site.today.year();
    let known = site.calendar_of(&record.id).years().next_back();
    let last = known.map_or(this + 1, |known| known.clamp(this, this + 1));
    DateSpan::new(Date::new(this, 1, 1).ok()?, Date::new(last, 12, 31).ok()?)
}

/// A part of the window in which one week holds: the season's, or the usual one.
struct Stretch<'a> {
    days: DateSpan,
    weekly: &'a Weekly,
    /// The day on which the season, or the time between two, began, also before the window: a name that the new year
    /// does not change. Nothing where there are no seasons.
    began: Option<Date>,
}

/// How far back the beginning of something is looked for.
const LONGEST: usize = 366;

/// Writes the hours; gives the days for which they are written.
pub(super) fn write(scene: &Scene<'_>, record: &Record<Centre>, text: &mut Text) -> Option<DateSpan> {
    let site = scene.edition.site;
    let hours = site.hours(&record.id)?;
    let window = window(site, record)?;
    let special = hours.special_days(window, site.calendar_of(&record.id));
    let changes = || {
        let days = hours.exceptions.iter().map(|(days, _)| days).chain(hours.closings.iter().map(|one| &one.days));
        days.map(|days| days.days().take(LONGEST).count()).sum()
    };
    let version = scene.version(&hours_key(&record.id), None, changes);
    let writer = Writer::new(scene, record, version);
    for stretch in stretches(hours, window) {
        writer.stretch(&stretch, &special, text);
    }
    writer.special(hours, &special, text);
    Some(window)
}

fn stretches(hours: &OpeningHours, window: DateSpan) -> Vec<Stretch<'_>> {
    let began = |holds: Option<usize>, first: Date| {
        if hours.seasons.is_empty() {
            return None;
        }
        days_back(first).take_while(|date| hours.season_on(*date) == holds).last().or(Some(first))
    };
    let stretch = |(season, days): (Option<usize>, DateSpan)| Stretch {
        days,
        weekly: hours.week_of(season),
        began: began(season, days.first()),
    };
    hours.stretches(window).into_iter().map(stretch).collect()
}

/// The days before a day, the nearest first.
fn days_back(from: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(from.yesterday().ok(), |date| date.yesterday().ok()).take(LONGEST)
}

/// What was said of hours and a reason, to be said again.
type Texts = HashMap<(String, Option<String>), Rc<str>>;

/// The name that an event of an opening is known by: `day 2026-10-01 09:00-12:00 false`.
fn named(what: &str, opening: &Opening) -> String {
    format!("{what} {} {}", opening.time, opening.by_appointment)
}

struct Writer<'a> {
    scene: &'a Scene<'a>,
    record: &'a Record<Centre>,
    version: Version,
    /// The centre's name in lists.
    name: String,
    /// What every event says of the place.
    place: String,
    /// The paragraphs after the reason.
    paragraphs: Vec<String>,
    /// What every event says after them.
    rest: String,
    /// What events say, by their summary and reason.
    said: RefCell<Texts>,
}

impl<'a> Writer<'a> {
    fn new(scene: &'a Scene<'a>, record: &'a Record<Centre>, version: Version) -> Self {
        let (edition, centre) = (&scene.edition, &record.value);
        let note = scene.words(centre.hours_note.as_ref());
        let url = scene.address(&edition.link(record));
        let (mut place, mut rest) = (Text::default(), Text::default());
        let location = [edition.local(&centre.name).text, edition.local(&centre.address).text];
        scene.place(&location, centre.location, &mut place);
        scene.rest(&Said { url: Some(url.clone()), ..Said::default() }, &mut rest);
        Self {
            scene,
            record,
            version,
            name: edition.local(centre.short_name.as_ref().unwrap_or(&centre.name)).text,
            place: place.into_string(),
            paragraphs: note.into_iter().chain(scene.phone(centre)).chain([url]).collect(),
            rest: rest.into_string(),
            said: RefCell::default(),
        }
    }

    /// The ordinary days of a stretch.
    fn stretch(&self, stretch: &Stretch<'_>, special: &[(Date, DayState)], text: &mut Text) {
        let calendar = self.scene.edition.site.calendar_of(&self.record.id);
        let mut openings: Vec<(Opening, WeekdaySet)> = Vec::new();
        for day in WeekdaySet::ALL.iter() {
            for opening in stretch.weekly.on(day).openings() {
                match openings.iter_mut().find(|(known, _)| known == opening) {
                    Some((_, days)) => *days = days.union(WeekdaySet::only(day)),
                    None => openings.push((*opening, WeekdaySet::only(day))),
                }
            }
        }
        for (opening, days) in openings {
            let all = Pattern::Weekly(days).dates(stretch.days.first(), stretch.days, calendar);
            let mut others = special.iter().map(|(date, _)| *date).peekable();
            let is_ordinary = |date: &Date| {
                while others.next_if(|other| other < date).is_some() {}
                others.peek() != Some(date)
            };
            let wanted: Vec<Date> = all.iter().copied().filter(is_ordinary).collect();
            let after_midnight = opening.time.start() >= TimeOfDay::END;
            let recurrence =
                if after_midnight { Recurrence::single(&wanted) } else { Recurrence::weekly(days, all, &wanted) };
            let Some(recurrence) = recurrence else { continue };
            let name = match stretch.began {
                Some(day) => named(&format!("week {}", iso(day)), &opening),
                None => named("week", &opening),
            };
            let said = self.said(self.open(&opening), None);
            let entry = |date: Date, name: &str| Entry {
                uid: self.uid(name),
                version: self.version.clone(),
                times: Times::of(date, opening.time),
                said: Rc::clone(&said),
            };
            self.scene.write(&entry(recurrence.first, &name), &Recurs::By(&recurrence), text);
            for date in &recurrence.beside {
                self.scene.write(&entry(*date, &format!("{name} {}", iso(*date))), &Recurs::Once, text);
            }
        }
    }

    /// The days that are not like their weekday.
    fn special(&self, hours: &OpeningHours, special: &[(Date, DayState)], text: &mut Text) {
        let calendar = self.scene.edition.site.calendar_of(&self.record.id);
        let mut closed: Option<(DateSpan, String)> = None;
        for (date, day) in special {
            let date = *date;
            let why = self.why(day);
            for opening in day.intervals.openings() {
                let said = self.said(self.open(opening), Some(why.clone()));
                let uid = self.uid(&named(&format!("day {}", iso(date)), opening));
                let entry = Entry { uid, version: self.version.clone(), times: Times::of(date, opening.time), said };
                self.scene.write(&entry, &Recurs::Once, text);
            }
            if !day.intervals.is_closed() {
                continue;
            }
            let before = closed.take();
            closed = match before {
                Some((days, known)) if known == why && days.last().tomorrow().is_ok_and(|next| next == date) => {
                    DateSpan::new(days.first(), date).map(|days| (days, known))
                }
                other => {
                    self.closed(other, text);
                    // One that began in the year before is whole.
                    let same = |day: &Date| {
                        let day = hours.on(*day, calendar);
                        day.is_special() && day.intervals.is_closed() && self.why(&day) == why
                    };
                    let first = days_back(date).take_while(same).last().unwrap_or(date);
                    DateSpan::new(first, date).map(|days| (days, why))
                }
            };
        }
        self.closed(closed, text);
    }

    fn closed(&self, closed: Option<(DateSpan, String)>, text: &mut Text) {
        let Some((days, why)) = closed else { return };
        let summary = self.scene.edition.wording.say("calendar.closed", &[("name", &self.name), ("why", &why)]);
        let uid = self.uid(&format!("closed {}", iso(days.first())));
        let said = self.said(summary, None);
        let entry = Entry { uid, version: self.version.clone(), times: Times::Days(days), said };
        self.scene.write(&entry, &Recurs::Once, text);
    }

    fn uid(&self, what: &str) -> String {
        self.scene.uid(&["hours", self.record.id.as_str(), what])
    }

    fn open(&self, opening: &Opening) -> String {
        let term = if opening.by_appointment { "calendar.by-appointment" } else { "calendar.open" };
        self.scene.edition.wording.say(term, &[("name", &self.name)])
    }

    fn why(&self, day: &DayState) -> String {
        views::reason(&self.scene.edition, self.record, day).map(|why| why.text).unwrap_or_default()
    }

    fn said(&self, summary: String, why: Option<String>) -> Rc<str> {
        let mut known = self.said.borrow_mut();
        let said = known.entry((summary, why)).or_insert_with_key(|(summary, why)| self.write(summary, why.as_deref()));
        Rc::clone(said)
    }

    fn write(&self, summary: &str, why: Option<&str>) -> Rc<str> {
        let mut text = Text::default();
        self.scene.summary(&Local { text: summary.to_owned(), lang: None }, &mut text);
        text.append(&self.place);
        self.scene.description(why.into_iter().chain(self.paragraphs.iter().map(String::as_str)), &mut text);
        text.append(&self.rest);
        text.into_string().into()
    }
}
