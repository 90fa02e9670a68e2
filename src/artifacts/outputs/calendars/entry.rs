//! One event of a calendar (RFC 5545 §3.6.1), and what all events of a language share.

use std::rc::Rc;

use super::recurrence::Recurrence;
use super::text::Text;
use super::zone::Zone;
use crate::artifacts::Fingerprint;
use crate::calendar::{Date, DateSpan, DateTime, TimeRange, at};
use crate::content::{Area, Centre, Id, Location, Record, Text as Words};
use crate::site::Edition;
use crate::site::views::{Link, Local};

/// The site in a language, as its calendars see it.
#[derive(Debug, Clone)]
pub(super) struct Scene<'a> {
    pub(super) edition: Edition<'a>,
    pub(super) zone: Zone,
    /// The base address without a slash at its end.
    pub(super) base: &'a str,
    /// The address that ids are made from, and its host.
    identifiers: (&'a str, String),
}

/// Days that stand for when something was last touched that says nothing of it: the first that has passed.
const EPOCHS: [Date; 2] = [jiff::civil::date(2026, 1, 1), jiff::civil::date(1970, 1, 1)];

/// When an event is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Times {
    /// From one civil time to another.
    Clock(DateTime, DateTime),
    /// Whole days.
    Days(DateSpan),
}

impl Times {
    /// A time range of a date.
    pub(super) fn of(date: Date, time: TimeRange) -> Self {
        Self::Clock(at(date, time.start()), at(date, time.end()))
    }
}

/// What an event says.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    pub(super) summary: Option<Local>,
    /// Paragraphs.
    pub(super) description: Vec<String>,
    pub(super) location: Vec<String>,
    pub(super) geo: Option<Location>,
    pub(super) categories: Vec<String>,
    /// The page, whole.
    pub(super) url: Option<String>,
    pub(super) cancelled: bool,
}

/// Which version of something its events tell, as the lines that all of them have.
#[derive(Debug, Clone)]
pub(super) struct Version(Rc<str>);

/// An event about to be written.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) uid: String,
    pub(super) version: Version,
    pub(super) times: Times,
    /// What it says, as [`Scene::said`] writes it: many events of a calendar say the same.
    pub(super) said: Rc<str>,
}

/// How an event recurs.
pub(super) enum Recurs<'a> {
    /// It does not.
    Once,
    /// As a series.
    By(&'a Recurrence),
    /// As one session of a series, which would have begun then.
    InsteadOf(DateTime),
}

impl<'a> Scene<'a> {
    pub(super) fn new(edition: Edition<'a>) -> Self {
        let config = &edition.site.content.site.value;
        let base = config.base_url.as_str().trim_end_matches('/');
        let identifiers = edition.site.identifiers();
        let host = Some(identifiers.host()).filter(|host| host.is_ascii()).unwrap_or_else(|| "noticeboard".to_owned());
        Self { edition, zone: Zone::new(config.time_zone.as_str()), base, identifiers: (identifiers.trimmed(), host) }
    }

    /// An id that is the same as long as what it is made of is: a fingerprint at the site's host.
    pub(super) fn uid(&self, parts: &[&str]) -> String {
        let (base, host) = &self.identifiers;
        let mut uid = Fingerprint::of_all([*base].iter().chain(parts)).to_string();
        uid.push('@');
        uid.push_str(host);
        uid
    }

    /// The version of a thing by its key: as the ledger says, or else `sequence`, as the content tells, since the first
    /// day that it is about, if any.
    pub(super) fn version(&self, key: &str, first: Option<Date>, sequence: impl FnOnce() -> usize) -> Version {
        let site = self.edition.site;
        let midnight = |date: Date| date.to_datetime(jiff::civil::Time::midnight());
        let own = first.map(midnight).into_iter().chain(EPOCHS.map(midnight)).find(|date| *date <= site.now);
        let own = own.unwrap_or(site.now);
        let standing = site.standing(key);
        let modified = standing.and_then(|standing| standing.changed);
        let sequence = match standing {
            Some(standing) => usize::try_from(standing.sequence).unwrap_or(usize::MAX),
            None => sequence(),
        };
        // When it was last touched: of the ledger or the content, never of the build and never to come.
        let mut text = Text::default();
        text.line("DTSTAMP", &self.zone.utc(modified.unwrap_or(own)));
        if let Some(modified) = modified {
            text.line("LAST-MODIFIED", &self.zone.utc(modified));
        }
        text.line("SEQUENCE", &sequence.to_string());
        Version(text.into_string().into())
    }

    /// The address by which the page of a link is known: the folder, whatever pages link to.
    pub(super) fn address(&self, link: &Link) -> String {
        format!("{}/{}", self.base, link.url.strip_suffix("index.html").unwrap_or(&link.url))
    }

    pub(super) fn language(&self) -> &'a str {
        self.edition.language.as_str()
    }

    pub(super) fn words(&self, words: Option<&Words>) -> Option<String> {
        words.map(|words| self.edition.local(words).text)
    }

    pub(super) fn centre(&self, id: &Id<Centre>) -> Option<&'a Record<Centre>> {
        let site = self.edition.site;
        site.index.centre.get(id).and_then(|number| site.content.centres.get(*number))
    }

    pub(super) fn area_name(&self, id: &Id<Area>) -> Option<String> {
        let index = &self.edition.site.index;
        let entry = index.area.get(id).and_then(|number| index.areas.get(*number))?;
        Some(self.edition.local(&entry.area.name).text)
    }

    /// Names of audiences and of a strand.
    pub(super) fn categories(
        &self,
        strand: Option<&Id<crate::content::Strand>>,
        audience: &[Id<crate::content::Audience>],
    ) -> Vec<String> {
        let config = &self.edition.site.content.site.value;
        let strand = strand.and_then(|id| config.strands.get(id));
        let audiences = audience.iter().filter_map(|id| config.audiences.get(id));
        strand.into_iter().chain(audiences).map(|term| self.edition.local(&term.name).text).collect()
    }

    /// The telephone line to call, in words.
    pub(super) fn phone(&self, centre: &Centre) -> Option<String> {
        let line = centre.phones.first()?;
        Some(self.edition.wording.say("calendar.phone", &[("number", line.number.as_str())]))
    }

    /// Writes an event.
    pub(super) fn write(&self, entry: &Entry, recurs: &Recurs<'_>, text: &mut Text) {
        let mut times = Text::default();
        self.times(entry.times, recurs, &mut times);
        self.write_at(&entry.uid, &entry.version, &times.into_string(), &entry.said, text);
    }

    /// Writes an event of which the lines of its times are there.
    pub(super) fn write_at(&self, uid: &str, version: &Version, times: &str, said: &str, text: &mut Text) {
        text.begin("VEVENT");
        text.line("UID", uid);
        for lines in [&*version.0, times, said] {
            text.append(lines);
        }
        text.end("VEVENT");
    }

    /// The lines that say when an event is.
    pub(super) fn times(&self, times: Times, recurs: &Recurs<'_>, text: &mut Text) {
        let zone = self.zone.name();
        if let Recurs::InsteadOf(usual) = recurs {
            text.time("RECURRENCE-ID", zone, *usual);
        }
        match times {
            Times::Clock(start, end) => {
                text.time("DTSTART", zone, start);
                text.time("DTEND", zone, end);
                if let Recurs::By(recurrence) = recurs {
                    self.recurs(recurrence, start, text);
                }
            }
            Times::Days(days) => {
                text.date("DTSTART", days.first());
                text.date("DTEND", days.last().tomorrow().unwrap_or(days.last()));
            }
        }
    }

    /// What an event says, as its lines.
    pub(super) fn said(&self, said: &Said) -> Rc<str> {
        let mut text = Text::default();
        if let Some(summary) = &said.summary {
            self.summary(summary, &mut text);
        }
        self.place(&said.location, said.geo, &mut text);
        let page = said.url.as_deref();
        self.description(said.description.iter().map(String::as_str).chain(page), &mut text);
        self.rest(said, &mut text);
        text.into_string().into()
    }

    /// The line of a title.
    pub(super) fn summary(&self, summary: &Local, text: &mut Text) {
        text.words("SUMMARY", summary.lang.as_deref().unwrap_or(self.language()), &summary.text);
    }

    /// The lines of a place.
    pub(super) fn place(&self, location: &[String], geo: Option<Location>, text: &mut Text) {
        text.words("LOCATION", self.language(), &location.join(&self.edition.wording.dates.times));
        if let Some(place) = geo {
            text.line("GEO", &format!("{};{}", place.lat, place.lon));
        }
    }

    /// The line of paragraphs.
    pub(super) fn description<'p>(&self, paragraphs: impl Iterator<Item = &'p str>, text: &mut Text) {
        text.words("DESCRIPTION", self.language(), &paragraphs.collect::<Vec<_>>().join("\n"));
    }

    /// The lines after the description.
    pub(super) fn rest(&self, said: &Said, text: &mut Text) {
        text.list("CATEGORIES", self.language(), &said.categories);
        if let Some(url) = &said.url {
            text.line("URL", url);
        }
        text.line("STATUS", if said.cancelled { "CANCELLED" } else { "CONFIRMED" });
        // Somebody who subscribes to what is on does not attend all of it.
        text.line("TRANSP", "TRANSPARENT");
    }

    /// The rule, up to its last day as an instant (RFC 5545 §3.3.10), and the days that it has too many.
    fn recurs(&self, recurrence: &Recurrence, start: DateTime, text: &mut Text) {
        let Some((rule, last)) = &recurrence.rule else { return };
        text.line("RRULE", &format!("{rule};UNTIL={}", self.zone.utc(last.to_datetime(start.time()))));
        for day in &recurrence.excluded {
            text.time("EXDATE", self.zone.name(), day.to_datetime(start.time()));
        }
    }
}
