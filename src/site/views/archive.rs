//! What is over, by year: notices that have ended, and events.
//!
//! Lists name what ended last and the years; a year's page has everything of it in short. Such pages are for readers who
//! look for what was said, so search engines are told to leave them out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::event::upcoming;
use super::home::CountedLink;
use super::notice::{begun, current};
use super::parts::{DateText, Link, Local};
use crate::calendar::Date;
use crate::content::{Event, Notice, Record};
use crate::site::Edition;

/// How many of what ended last a list names.
pub(super) const RECENT: usize = 6;

/// What an archive is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArchiveOf {
    /// Notices that are over, by the year in which they began.
    Notices,
    /// Events that are over, by the year in which they began.
    Events,
}

/// The page of a year.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveView {
    /// The year.
    pub year: i16,
    /// What was there, the latest first.
    pub items: Vec<ArchiveItem>,
    /// All years, with how much there is of each, the latest first.
    pub years: Vec<CountedLink>,
}

/// Something that is over.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveItem {
    /// Its first day.
    pub date: DateText,
    /// Its page.
    pub link: Link,
    /// What it was, in words: the sort of notice, the place of an event.
    pub what: Option<Local>,
    /// When it ended, where that is another day.
    pub until: Option<DateText>,
    /// Why it was not held.
    pub cancelled: Option<Local>,
}

impl ArchiveOf {
    /// The list that names the years.
    pub(crate) fn list(self) -> &'static str {
        match self {
            Self::Notices => "notices",
            Self::Events => "events",
        }
    }

    /// The path of a year's page, without its language.
    pub(crate) fn path(self, year: i16) -> String {
        format!("{}/archive/{year}/", self.list())
    }

    /// The title of a year's page.
    pub(crate) fn title(self, edition: &Edition<'_>, year: i16) -> String {
        edition.wording.say(&format!("archive.{}", self.list()), &[("year", &year.to_string())])
    }
}

fn over<'a>(edition: &Edition<'a>, of: ArchiveOf) -> BTreeMap<i16, Vec<(Date, ArchiveItem)>> {
    let content = &edition.site.content;
    let mut years: BTreeMap<i16, Vec<(Date, ArchiveItem)>> = BTreeMap::new();
    match of {
        ArchiveOf::Notices => {
            let ended = |notice: &&'a Record<Notice>| begun(edition, notice) && !current(edition, notice);
            for record in edition.offered(&content.notices).filter(ended) {
                let date = record.value.from.date;
                years.entry(date.year()).or_default().push((date, notice(edition, record)));
            }
        }
        ArchiveOf::Events => {
            let ended = |event: &&'a Record<Event>| !upcoming(edition, event);
            for record in edition.offered(&content.events).filter(ended) {
                let date = record.value.on.first();
                years.entry(date.year()).or_default().push((date, event(edition, record)));
            }
        }
    }
    years.values_mut().for_each(|items| items.sort_by_key(|(date, _)| std::cmp::Reverse(*date)));
    years
}

fn notice(edition: &Edition<'_>, record: &Record<Notice>) -> ArchiveItem {
    let kind = edition.term(&format!("notice-kind.{}", super::parts::kebab(&record.value.kind)));
    ArchiveItem {
        date: edition.date(record.value.from.date),
        link: edition.link(record),
        what: Some(kind),
        until: record.value.until.map(|until| edition.date_or_time(until)),
        cancelled: None,
    }
}

fn event(edition: &Edition<'_>, record: &Record<Event>) -> ArchiveItem {
    let event = &record.value;
    let centre = event.centre.as_ref().and_then(|id| edition.centre(id)).map(|link| link.name);
    ArchiveItem {
        date: edition.date(event.on.first()),
        link: edition.link(record),
        what: centre.or_else(|| edition.local_some(event.place.as_ref())),
        until: (event.on.last() != event.on.first()).then(|| edition.date(event.on.last())),
        cancelled: edition.local_some(event.cancelled.as_ref()),
    }
}

/// The years of an archive in the edition's language.
pub(crate) fn archive_years(edition: &Edition<'_>, of: ArchiveOf) -> Vec<i16> {
    over(edition, of).into_keys().collect()
}

/// The years as links, the latest first.
pub(super) fn year_links(edition: &Edition<'_>, of: ArchiveOf) -> Vec<CountedLink> {
    links(edition, of, &over(edition, of))
}

fn links(edition: &Edition<'_>, of: ArchiveOf, years: &BTreeMap<i16, Vec<(Date, ArchiveItem)>>) -> Vec<CountedLink> {
    let link = |year: i16| Link {
        name: Local { text: edition.wording.say("archive.year", &[("year", &year.to_string())]), lang: None },
        url: edition.href(&edition.address(&of.path(year))),
        hreflang: None,
    };
    years.iter().rev().map(|(year, items)| CountedLink { link: link(*year), count: items.len() }).collect()
}

/// The page of a year.
pub(crate) fn archive(edition: &Edition<'_>, of: ArchiveOf, year: i16) -> ArchiveView {
    let mut years = over(edition, of);
    let links = links(edition, of, &years);
    let items = years.remove(&year).unwrap_or_default();
    ArchiveView { year, items: items.into_iter().map(|(_, item)| item).collect(), years: links }
}
