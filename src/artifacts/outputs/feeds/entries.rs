//! What feeds tell: what is new ([`crate::site::news`]), each with the feeds that it stands in.
//!
//! An entry's id comes from its record's address, and for a change from the day under which it is written, so it stays
//! the same whatever is corrected in it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::content::Html;
use super::{Scope, atom, json};
use crate::calendar::DateTime;
use crate::content::{Area, Centre, Id, Urgency};
use crate::site::views::Local;
use crate::site::{Address, Edition, News, NewsOf, hours_in_words, news};

/// The year from which on the ids of a site's host are ours to give (RFC 4151 §2.1). Never changes.
const TAG_YEAR: i16 = 2026;

/// The beginning of what ids name: the date of a feed in which nothing is yet.
pub(super) fn epoch() -> DateTime {
    jiff::civil::datetime(TAG_YEAR, 1, 1, 0, 0, 0, 0)
}

/// The id of what stands at an address (RFC 4151): the same below every scheme, port and day.
pub(super) fn tag(edition: &Edition<'_>, address: &Address) -> String {
    let identifiers = edition.site.identifiers();
    let host = Address::new(identifiers.host()).encoded();
    let below = identifiers.trimmed().split_once("://").and_then(|(_, after)| after.split_once('/'));
    let below = below.map_or_else(String::new, |(_, path)| Address::new(format!("{path}/")).encoded());
    format!("tag:{host},{TAG_YEAR}:{below}{}", address.encoded())
}

/// The entries of an edition, the newest first.
pub(super) struct Entries<'a> {
    edition: Edition<'a>,
    pub(super) list: Vec<Entry<'a>>,
}

/// An entry, not yet written.
pub(super) struct Entry<'a> {
    /// What is new; its id is that of its address.
    news: News<'a>,
    /// The feeds that it stands in, beside the whole site's.
    pub(super) scopes: Vec<Scope<'a>>,
    /// It stands in every feed.
    pub(super) everywhere: bool,
    made: OnceLock<Made>,
}

/// An entry in both formats, as it stands in every feed that has it.
pub(super) struct Made {
    pub(super) atom: String,
    pub(super) json: String,
}

/// What an entry says in both formats.
pub(super) struct Written {
    pub(super) id: String,
    pub(super) title: Local,
    /// The whole address of its page.
    pub(super) url: String,
    pub(super) published: String,
    pub(super) updated: String,
    /// Who says it, where that is not the publisher.
    pub(super) author: Option<Local>,
    /// Words for machines and for people.
    pub(super) categories: Vec<(String, Local)>,
    pub(super) summary: Option<Local>,
    /// HTML with whole links.
    pub(super) content: String,
}

impl<'a> Entries<'a> {
    pub(super) fn of(edition: Edition<'a>) -> Self {
        let entry = |news: News<'a>| {
            let (scopes, everywhere) = scopes(&edition, &news.of);
            Entry { news, scopes, everywhere, made: OnceLock::new() }
        };
        Self { edition, list: news(&edition).into_iter().map(entry).collect() }
    }

    /// An entry in both formats, which is made when it is first asked for.
    pub(super) fn made(&self, number: usize) -> Option<&Made> {
        let entry = self.list.get(number)?;
        Some(entry.made.get_or_init(|| {
            let written = entry.write(&self.edition);
            Made { atom: atom::entry(&written), json: json::entry(&written) }
        }))
    }
}

/// The feeds that something new stands in beside the whole site's, and whether it stands in every feed.
fn scopes<'a>(edition: &Edition<'a>, of: &NewsOf<'a>) -> (Vec<Scope<'a>>, bool) {
    let mut scopes = Scopes::new(edition);
    let mut everywhere = false;
    match of {
        NewsOf::Notice(record) => {
            let notice = &record.value;
            let is_urgent = notice.urgency == Urgency::Urgent;
            everywhere = is_urgent && notice.areas.is_empty() && notice.centres.is_empty();
            notice.areas.iter().for_each(|area| scopes.area(area));
            notice.centres.iter().for_each(|centre| scopes.centre(centre));
            notice.centres.iter().for_each(|centre| scopes.stations(centre));
            if is_urgent {
                notice.areas.iter().for_each(|area| scopes.centres_in(area));
            }
            scopes.found.extend(notice.audience.iter().map(|id| Scope::Audience(id.as_str())));
        }
        NewsOf::Policy(record) => {
            let policy = &record.value;
            policy.areas.iter().for_each(|area| scopes.area(area));
            policy.centres.iter().for_each(|centre| scopes.centre(centre));
            scopes.found.extend(policy.audience.iter().map(|id| Scope::Audience(id.as_str())));
        }
        NewsOf::Changes(record, changes) => {
            scopes.centre(&record.value.centre);
            let audiences = changes.iter().flat_map(|change| &change.activity.audience);
            scopes.found.extend(audiences.map(|id| Scope::Audience(id.as_str())));
        }
        NewsOf::Hours(record, _) => scopes.centre(&record.id),
    }
    (scopes.found.into_iter().collect(), everywhere)
}

/// Collects the feeds of an entry.
struct Scopes<'a> {
    edition: Edition<'a>,
    found: BTreeSet<Scope<'a>>,
}

impl<'a> Scopes<'a> {
    fn new(edition: &Edition<'a>) -> Self {
        Self { edition: *edition, found: BTreeSet::new() }
    }

    /// What is for an area is for those inside it, and told in those around it.
    fn area(&mut self, area: &Id<Area>) {
        let index = &self.edition.site.index;
        let around = index.lineage(area).into_iter();
        let inside = index.within(area).into_iter().filter_map(|number| index.areas.get(number));
        self.found.extend(around.chain(inside).map(|entry| Scope::Area(entry.area.id.as_str())));
    }

    /// What is about a centre is told in its areas.
    fn centre(&mut self, centre: &'a Id<Centre>) {
        let site = self.edition.site;
        self.found.insert(Scope::Centre(centre.as_str()));
        let record = site.index.centre.get(centre).and_then(|number| site.content.centres.get(*number));
        let around = record.into_iter().flat_map(|record| site.index.lineage(&record.value.area));
        self.found.extend(around.map(|entry| Scope::Area(entry.area.id.as_str())));
    }

    fn stations(&mut self, centre: &Id<Centre>) {
        let site = self.edition.site;
        let stations = site.index.stations.get(centre).into_iter().flatten();
        let stations = stations.filter_map(|number| site.content.centres.get(*number));
        self.found.extend(stations.map(|station| Scope::Centre(station.id.as_str())));
    }

    fn centres_in(&mut self, area: &Id<Area>) {
        let site = self.edition.site;
        let areas = site.index.within(area).into_iter().filter_map(|number| site.index.areas.get(number));
        let centres = areas.filter_map(|entry| site.index.centres_in.get(&entry.area.id)).flatten();
        let centres = centres.filter_map(|number| site.content.centres.get(*number));
        self.found.extend(centres.map(|centre| Scope::Centre(centre.id.as_str())));
    }
}

impl Entry<'_> {
    /// When it last changed.
    pub(super) fn updated(&self) -> DateTime {
        self.news.updated
    }

    fn write(&self, edition: &Edition<'_>) -> Written {
        let of = &self.news.of;
        let (title, page) = (of.title(edition), of.page(edition));
        let mut html = Html::new(edition);
        let (summary, author, audience);
        match of {
            NewsOf::Notice(record) => {
                html.notice(record, &page);
                summary = Some(edition.local(&record.value.summary));
                author = edition.local_some(record.value.issuer.as_ref());
                audience = record.value.audience.clone();
            }
            NewsOf::Policy(record) => {
                html.policy(record, &page);
                (summary, author) = (Some(edition.local(&record.value.summary)), None);
                audience = record.value.audience.clone();
            }
            NewsOf::Changes(_, changes) => {
                html.changes(changes);
                (summary, author) = (None, None);
                let audiences = changes.iter().flat_map(|change| change.activity.audience.iter().cloned());
                audience = audiences.collect::<BTreeSet<_>>().into_iter().collect();
            }
            NewsOf::Hours(record, exceptions) => {
                for exception in exceptions {
                    html.paragraph(&Local { text: hours_in_words(edition, record, exception), lang: None });
                    html.text(exception.why.as_ref());
                }
                (summary, author, audience) = (None, None, Vec::new());
            }
        }
        let audiences = &edition.site.content.site.value.audiences;
        let audience = audience.iter().filter_map(|id| Some((id.to_string(), edition.local(&audiences.get(id)?.name))));
        Written {
            id: tag(edition, &self.news.address),
            title,
            url: edition.canonical(&page),
            published: edition.site.instant(self.news.published),
            updated: edition.site.instant(self.news.updated),
            author,
            categories: std::iter::once(of.kind(edition)).chain(audience).collect(),
            summary,
            content: html.end(),
        }
    }
}
