//! Calendars to subscribe to (iCalendar: RFC 5545, RFC 7986), in each language.
//!
//! One for each centre, its opening hours, each activity, each event, each audience and each area. An activity is the
//! same series with the same id in each calendar that has it; its text is made once a language, when the first of them
//! is made. Nothing in a calendar tells when it was built: `DTSTAMP` is a day of the content, `SEQUENCE` counts the
//! changes that the content shows. `docs/data/calendars.md` says what subscribers see of that.

mod activity;
mod entry;
mod event;
mod hours;
mod recurrence;
mod text;
mod zone;

use std::sync::{Arc, OnceLock};

use super::alike::Alike;
use super::{SiteArtifact, file, of_files};
use crate::calendar::DateSpan;
use crate::site::views::{self, Link};
use crate::site::{CalendarOf, Edition, Members, Site, activity_keys};
use entry::Scene;
pub(super) use recurrence::Recurrence;
use text::Text;

/// How often a calendar should be fetched again (RFC 5545 §3.3.6).
const REFRESH: &str = "PT4H";
/// The most activities of a calendar: phones fetch all of it each time. One that would have more has the events only.
const MOST_ACTIVITIES: usize = 400;
/// The most events of a calendar; the latest ones stay.
const MOST_EVENTS: usize = 400;

/// Room for the hours of a centre, in bytes.
const HOURS: usize = 48 << 10;

/// Events as text, and the days that they span.
type Block = (String, Option<DateSpan>);

/// What the calendars of a language are put together from.
struct Blocks<'a> {
    scene: Scene<'a>,
    keys: Vec<Vec<String>>,
    activities: Vec<Vec<OnceLock<Block>>>,
    events: Vec<OnceLock<Block>>,
    hours: Alike<Vec<hours::Event>>,
}

/// The files, given the site in each of its languages, the first one first.
pub(super) fn files<'a>(editions: &[Edition<'a>]) -> Vec<SiteArtifact<'a>> {
    editions.iter().flat_map(|edition| in_language(*edition)).collect()
}

fn in_language<'a>(edition: Edition<'a>) -> Vec<SiteArtifact<'a>> {
    let site = edition.site;
    let content = &site.content;
    let blocks = Arc::new(Blocks::new(edition));
    let mut files = Vec::new();
    let mut add = |of: CalendarOf<'_>, origin: &str, name: String, page: Option<Link>, members: Members| {
        if members.is_empty() {
            return;
        }
        let blocks = Arc::clone(&blocks);
        let path = of.path();
        let address = edition.address(&path).as_str().to_owned();
        let told = files_of(site, &of, &members);
        let made = file(&address.clone(), origin, move |buffer| {
            let about = About { name: &name, page: page.as_ref(), address: &address, note: None };
            blocks.calendar(&about, &members, buffer);
        });
        files.extend(of_files(made, site, told));
    };
    for centre in edition.offered(&content.centres) {
        let of = CalendarOf::Centre(&centre.id);
        let (name, page) = (views::calendar_name(&edition, &centre.value.name), edition.link(centre));
        add(of, &centre.origin.file, name, Some(page), site.members_of_centre(&centre.id));
    }
    for entry in site.index.areas.iter().filter(|entry| edition.has(&entry.area.name)) {
        let name = views::calendar_name(&edition, &entry.area.name);
        let page = edition.link_path(&format!("areas/{}/", entry.area.id), &entry.area.name, true);
        let members = site.members_of_area(&entry.area.id);
        add(CalendarOf::Area(&entry.area.id), "content/areas.yaml", name, Some(page), members);
    }
    for (id, term) in content.site.value.audiences.iter().filter(|(_, term)| edition.has(&term.name)) {
        let name = views::audience_calendar_name(&edition, term);
        add(CalendarOf::Audience(id), "site.yaml", name, None, site.members_of_audience(id));
    }
    for (number, event) in (0..).zip(&content.events).filter(|(_, event)| edition.offers(*event)) {
        let members = Members { activities: Vec::new(), events: vec![number] };
        let (name, page) = (edition.local(&event.value.title).text, edition.link(event));
        add(CalendarOf::Event(&event.id), &event.origin.file, name, Some(page), members);
    }
    for (number, programme) in (0..).zip(&content.programmes).filter(|(_, record)| edition.offers(*record)) {
        let keys = blocks.keys.get(number).into_iter().flatten();
        for (position, (activity, key)) in programme.value.activities.iter().zip(keys).enumerate() {
            let members = Members { activities: vec![(number, position)], events: Vec::new() };
            let (name, page) = (edition.local(&activity.title).text, edition.link(programme));
            let of = CalendarOf::Activity(&programme.id, key);
            add(of, &programme.origin.file, name, Some(page), members);
        }
    }
    for centre in edition.offered(&content.centres).filter(|centre| site.hours(&centre.id).is_some()) {
        let blocks = Arc::clone(&blocks);
        let address = edition.address(&CalendarOf::Hours(&centre.id).path()).as_str().to_owned();
        let made = file(&address.clone(), &centre.origin.file, move |buffer| {
            let name = views::hours_calendar_name(&blocks.scene.edition, &centre.value.name);
            let page = blocks.scene.edition.link(centre);
            let mut events = Text::with_capacity(HOURS);
            let span = hours::write(&blocks.scene, &blocks.hours, centre, &mut events);
            let note = span.and_then(|span| blocks.unknown(span));
            let about = About { name: &name, page: Some(&page), address: &address, note };
            blocks.whole(&about, [&(events.into_string(), span)], buffer);
        });
        files.extend(of_files(made, site, [&centre.origin.file]));
    }
    files
}

/// The files of centres and programmes that a calendar tells of, each once.
fn files_of<'s>(site: &'s Site, of: &CalendarOf<'_>, members: &Members) -> Vec<&'s Arc<str>> {
    let content = &site.content;
    let own = match of {
        CalendarOf::Centre(centre) => site.file_of(centre),
        _ => None,
    };
    let mut programmes: Vec<usize> = members.activities.iter().map(|(programme, _)| *programme).collect();
    programmes.dedup();
    let programmes = programmes.into_iter().filter_map(|number| content.programmes.get(number));
    let programmes =
        programmes.flat_map(|record| std::iter::once(&record.origin.file).chain(site.file_of(&record.value.centre)));
    let events = members.events.iter().filter_map(|number| content.events.get(*number));
    let places = events.filter_map(|event| site.file_of(event.value.centre.as_ref()?));
    own.into_iter().chain(programmes).chain(places).collect()
}

/// What a calendar says of itself.
struct About<'a> {
    name: &'a str,
    page: Option<&'a Link>,
    /// Where it stands, relative to the root.
    address: &'a str,
    /// What else is to be said.
    note: Option<String>,
}

impl<'a> Blocks<'a> {
    fn new(edition: Edition<'a>) -> Self {
        let content = &edition.site.content;
        let first = edition.site.first_language();
        let keys: Vec<Vec<String>> = content.programmes.iter().map(|record| activity_keys(record, first)).collect();
        let activities = keys.iter().map(|keys| keys.iter().map(|_| OnceLock::new()).collect()).collect();
        let events = content.events.iter().map(|_| OnceLock::new()).collect();
        Self { scene: Scene::new(edition), keys, activities, events, hours: Alike::default() }
    }

    fn activity(&self, (programme, number): (usize, usize)) -> Option<&Block> {
        let slot = self.activities.get(programme)?.get(number)?;
        let record = self.scene.edition.site.content.programmes.get(programme)?;
        let activity = record.value.activities.get(number)?;
        let key = self.keys.get(programme)?.get(number)?;
        Some(slot.get_or_init(|| {
            let mut text = Text::default();
            let of = activity::Of { programme: record, activity, key };
            let span = activity::write(&self.scene, &of, &mut text);
            (text.into_string(), span)
        }))
    }

    fn event(&self, number: usize) -> Option<&Block> {
        let slot = self.events.get(number)?;
        let record = self.scene.edition.site.content.events.get(number)?;
        Some(slot.get_or_init(|| {
            let mut text = Text::default();
            let span = event::write(&self.scene, record, &mut text);
            (text.into_string(), span)
        }))
    }

    /// A calendar of activities and events.
    fn calendar(&self, about: &About<'_>, members: &Members, buffer: &mut Vec<u8>) {
        let activities = if members.activities.len() > MOST_ACTIVITIES { &[] } else { members.activities.as_slice() };
        let activities = activities.iter().filter_map(|activity| self.activity(*activity));
        let mut events: Vec<&Block> = members.events.iter().filter_map(|event| self.event(*event)).collect();
        if events.len() > MOST_EVENTS {
            events.sort_by_key(|(_, span)| std::cmp::Reverse(*span));
            events.truncate(MOST_EVENTS);
        }
        self.whole(about, activities.chain(events), buffer);
    }

    /// What is not known of the public holidays within a span of days.
    fn unknown(&self, span: DateSpan) -> Option<String> {
        let edition = &self.scene.edition;
        let known: Vec<i16> = edition.site.calendar().years().collect();
        let year = (span.first().year()..=span.last().year()).find(|year| !known.contains(year))?;
        Some(edition.wording.say("not-announced", &[("year", &year.to_string())]))
    }

    /// A calendar around its events.
    fn whole<'b>(&self, about: &About<'_>, blocks: impl IntoIterator<Item = &'b Block>, buffer: &mut Vec<u8>) {
        let (scene, wording) = (&self.scene, self.scene.edition.wording);
        let blocks: Vec<&Block> = blocks.into_iter().collect();
        let (language, base) = (scene.language(), scene.base);
        let mut text = Text::in_buffer(buffer);
        text.begin("VCALENDAR");
        text.line("VERSION", "2.0");
        text.line("PRODID", "-//Noticeboard//Calendars 1//EN");
        text.line("CALSCALE", "GREGORIAN");
        text.line("UID", &scene.uid(&["calendar", about.address]));
        text.words("NAME", language, about.name);
        text.bare_words("X-WR-CALNAME", about.name);
        let late = wording.term("calendar.late").to_owned();
        let description = about.note.iter().cloned().chain([late]).collect::<Vec<_>>().join("\n");
        text.words("DESCRIPTION", language, &description);
        text.bare_words("X-WR-CALDESC", &description);
        if let Some(page) = about.page {
            text.line("URL", &scene.address(page));
        }
        let address = crate::site::Address::new(about.address).encoded();
        text.line("SOURCE;VALUE=URI", &format!("{base}/{address}"));
        text.line("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
        text.line("X-PUBLISHED-TTL", REFRESH);
        let spans = blocks.iter().filter_map(|(_, span)| *span);
        let today = DateSpan::new(scene.edition.site.today, scene.edition.site.today);
        let years =
            spans.reduce(|a, b| DateSpan::new(a.first().min(b.first()), a.last().max(b.last())).unwrap_or(a)).or(today);
        if let Some(years) = years {
            scene.zone.write(years, &mut text);
        }
        blocks.iter().for_each(|(events, _)| text.append(events));
        text.end("VCALENDAR");
        *buffer = text.into_string().into_bytes();
    }
}
