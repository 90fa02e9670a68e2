//! The opening hours of a centre as events: a weekly series for each interval, and what differs day by day.
//!
//! From the first day of this year to the last day of the next, or of this one while the next one's public holidays are
//! not announced: what is not known is not guessed. Seasons and special days that were over before the last month began
//! are left out: phones need not carry them. Ordinary days are series, one for each interval of each week and
//! season, with special days excluded. A special day is an event for each of its intervals, with its reason; special
//! days in a row on which the centre is closed for one reason are one event of whole days, so that a phone shows it.

use std::rc::Rc;

use super::super::alike::Alike;
use super::super::recently;
use super::entry::{Recurs, Said, Scene, Times, Version};
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

/// An event of hours before it is known at which centre.
pub(super) struct Event {
    /// The name that it is known by among the centre's.
    name: String,
    /// The lines of its times.
    times: String,
    says: Says,
}

/// What an event says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Says {
    /// That the centre is open, and on a special day why it is then.
    Open { by_appointment: bool, why: Option<String> },
    /// That it is closed, and why.
    Closed { why: String },
}

/// Writes the hours; gives the days for which they are written. `alike` are the events of other centres.
pub(super) fn write(
    scene: &Scene<'_>,
    alike: &Alike<Vec<Event>>,
    record: &Record<Centre>,
    text: &mut Text,
) -> Option<DateSpan> {
    let site = scene.edition.site;
    let hours = site.hours(&record.id)?;
    let window = window(site, record)?;
    let changes = || {
        let days = hours.exceptions.iter().map(|(days, _)| days).chain(hours.closings.iter().map(|one| &one.days));
        days.map(|days| days.days().take(LONGEST).count()).sum()
    };
    let version = scene.version(&hours_key(&record.id), None, changes);
    let mut writer = Writer::new(scene, record, version);
    let events = alike.of(&scene.edition, record, hours, || events(scene, record, hours, window));
    events.iter().for_each(|event| writer.write(event, text));
    Some(window)
}

/// The events of hours: of a centre that is only open in a season, the last ones while nothing else is known.
fn events(scene: &Scene<'_>, record: &Record<Centre>, hours: &OpeningHours, window: DateSpan) -> Vec<Event> {
    let special = hours.special_days(window, scene.edition.site.calendar_of(&record.id));
    let stretches = stretches(hours, window);
    let since = |since: Date| {
        let mut events = Events { scene, record, since, list: Vec::new() };
        let lasting = stretches.iter().filter(|stretch| stretch.days.last() >= since);
        lasting.for_each(|stretch| events.stretch(stretch, &special));
        events.special(hours, &special);
        events.list
    };
    let lasting = since(recently(scene.edition.site.today));
    if lasting.is_empty() { since(window.first()) } else { lasting }
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

/// The name that an event of an opening is known by: `day 2026-10-01 09:00-12:00 false`.
fn named(what: &str, opening: &Opening) -> String {
    format!("{what} {} {}", opening.time, opening.by_appointment)
}

/// Collects the events.
struct Events<'a> {
    scene: &'a Scene<'a>,
    record: &'a Record<Centre>,
    /// What ended before is not written.
    since: Date,
    list: Vec<Event>,
}

impl Events<'_> {
    /// The ordinary days of a stretch.
    fn stretch(&mut self, stretch: &Stretch<'_>, special: &[(Date, DayState)]) {
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
            let says = Says::Open { by_appointment: opening.by_appointment, why: None };
            let times = |date: Date| Times::of(date, opening.time);
            self.add(name.clone(), times(recurrence.first), &Recurs::By(&recurrence), says.clone());
            for date in &recurrence.beside {
                self.add(format!("{name} {}", iso(*date)), times(*date), &Recurs::Once, says.clone());
            }
        }
    }

    /// The days that are not like their weekday.
    fn special(&mut self, hours: &OpeningHours, special: &[(Date, DayState)]) {
        let calendar = self.scene.edition.site.calendar_of(&self.record.id);
        let mut closed: Option<(DateSpan, String)> = None;
        for (date, day) in special {
            let date = *date;
            let why = self.why(day);
            let openings = if date < self.since { &[] } else { day.intervals.openings() };
            for opening in openings {
                let name = named(&format!("day {}", iso(date)), opening);
                let says = Says::Open { by_appointment: opening.by_appointment, why: Some(why.clone()) };
                self.add(name, Times::of(date, opening.time), &Recurs::Once, says);
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
                    self.closed(other);
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
        self.closed(closed);
    }

    fn closed(&mut self, closed: Option<(DateSpan, String)>) {
        if let Some((days, why)) = closed.filter(|(days, _)| days.last() >= self.since) {
            let name = format!("closed {}", iso(days.first()));
            self.add(name, Times::Days(days), &Recurs::Once, Says::Closed { why });
        }
    }

    fn add(&mut self, name: String, times: Times, recurs: &Recurs<'_>, says: Says) {
        let mut text = Text::default();
        self.scene.times(times, recurs, &mut text);
        self.list.push(Event { name, times: text.into_string(), says });
    }

    fn why(&self, day: &DayState) -> String {
        views::reason(&self.scene.edition, self.record, day).map(|why| why.text).unwrap_or_default()
    }
}

/// Writes the events of a centre.
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
    /// The lines of what was said before: many events say the same.
    said: Vec<(Says, Rc<str>)>,
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
            said: Vec::new(),
        }
    }

    fn write(&mut self, event: &Event, text: &mut Text) {
        let uid = self.scene.uid(&["hours", self.record.id.as_str(), &event.name]);
        let said = self.said(&event.says);
        self.scene.write_at(&uid, &self.version, &event.times, &said, text);
    }

    /// The lines of what an event says.
    fn said(&mut self, says: &Says) -> Rc<str> {
        if let Some((_, said)) = self.said.iter().find(|(known, _)| known == says) {
            return Rc::clone(said);
        }
        let said: Rc<str> = self.lines(says).into();
        self.said.push((says.clone(), Rc::clone(&said)));
        said
    }

    fn lines(&self, says: &Says) -> String {
        let wording = self.scene.edition.wording;
        let (summary, why) = match says {
            Says::Closed { why } => (wording.say("calendar.closed", &[("name", &self.name), ("why", why)]), None),
            Says::Open { by_appointment, why } => {
                let term = if *by_appointment { "calendar.by-appointment" } else { "calendar.open" };
                (wording.say(term, &[("name", &self.name)]), why.as_deref())
            }
        };
        let mut text = Text::default();
        self.scene.summary(&Local { text: summary, lang: None }, &mut text);
        text.append(&self.place);
        self.scene.description(why.into_iter().chain(self.paragraphs.iter().map(String::as_str)), &mut text);
        text.append(&self.rest);
        text.into_string()
    }
}
