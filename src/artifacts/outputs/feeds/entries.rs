//! What feeds tell: notices that have begun, policies, changes of programmes and of opening hours.
//!
//! An entry's id comes from its record's address, and for a change from the day under which it is written, so it stays
//! the same whatever is corrected in it: changes of one programme that begin on the same day are one entry. Nobody
//! writes down when a change was decided, and a date to come would stop readers that remember the latest date they have
//! seen; so a change is told [`AHEAD`] days before it concerns anybody, and dated then.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::content::Html;
use super::{Scope, atom, json};
use crate::calendar::{Date, DateTime};
use crate::content::{Area, Centre, HoursException, Id, Notice, Policy, Programme, Record, Urgency};
use crate::site::views::{self, Local, WrittenChange};
use crate::site::{Address, Edition, LastChange, Titled};

/// How many days before it concerns anybody a change is told.
const AHEAD: i64 = 14;
/// The year from which on the ids of a site's host are ours to give (RFC 4151 §2.1). Never changes.
const TAG_YEAR: i16 = 2026;

/// The beginning of what ids name: the date of a feed in which nothing is yet.
pub(super) fn epoch() -> DateTime {
    jiff::civil::datetime(TAG_YEAR, 1, 1, 0, 0, 0, 0)
}

/// The id of what stands at an address (RFC 4151): the same below every scheme, port and day.
pub(super) fn tag(edition: &Edition<'_>, address: &Address) -> String {
    let base = edition.site.base_url();
    let after = base.split_once("://").map_or(base.as_str(), |(_, after)| after);
    let authority = after.split('/').next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let port = |tail: &str| tail.bytes().all(|b| b.is_ascii_digit());
    let host = host.rsplit_once(':').filter(|(_, tail)| port(tail)).map_or(host, |(host, _)| host);
    let host = Address::new(host.to_lowercase()).encoded();
    let below = Address::new(edition.site.base_path()).encoded();
    format!("tag:{host},{TAG_YEAR}:{}{}", below.trim_start_matches('/'), address.encoded())
}

/// The entries of an edition, the newest first.
pub(super) struct Entries<'a> {
    edition: Edition<'a>,
    pub(super) list: Vec<Entry<'a>>,
}

/// What an entry is about.
enum Subject<'a> {
    Notice(&'a Record<Notice>),
    Policy(&'a Record<Policy>),
    Changes(&'a Record<Programme>, Vec<WrittenChange<'a>>),
    Hours(&'a Record<Centre>, Vec<&'a HoursException>),
}

/// An entry, not yet written.
pub(super) struct Entry<'a> {
    subject: Subject<'a>,
    published: DateTime,
    pub(super) updated: DateTime,
    /// Its id is that of this address.
    address: Address,
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
        let content = &edition.site.content;
        let now = edition.site.now;
        let mut list = Vec::new();
        for record in edition.offered(&content.notices) {
            let Some(updated) = record.value.last_change(now) else { continue };
            let notice = &record.value;
            let everyone = notice.areas.is_empty() && notice.centres.is_empty();
            let mut scopes = Scopes::new(&edition);
            notice.areas.iter().for_each(|area| scopes.area(area));
            notice.centres.iter().for_each(|centre| scopes.centre(centre));
            notice.centres.iter().for_each(|centre| scopes.stations(centre));
            if notice.urgency == Urgency::Urgent {
                notice.areas.iter().for_each(|area| scopes.centres_in(area));
            }
            scopes.found.extend(notice.audience.iter().map(|id| Scope::Audience(id.as_str())));
            list.push(Entry {
                published: notice.from.begins(),
                updated,
                address: edition.address_of(&record.id),
                scopes: scopes.found.into_iter().collect(),
                everywhere: everyone && notice.urgency == Urgency::Urgent,
                subject: Subject::Notice(record),
                made: OnceLock::new(),
            });
        }
        for record in edition.offered(&content.policies) {
            let policy = &record.value;
            let dates = policy.first_told(now).zip(policy.last_change(now));
            let Some((published, updated)) = dates else { continue };
            let mut scopes = Scopes::new(&edition);
            policy.areas.iter().for_each(|area| scopes.area(area));
            policy.centres.iter().for_each(|centre| scopes.centre(centre));
            scopes.found.extend(policy.audience.iter().map(|id| Scope::Audience(id.as_str())));
            list.push(Entry {
                published,
                updated,
                address: edition.address_of(&record.id),
                scopes: scopes.found.into_iter().collect(),
                everywhere: false,
                subject: Subject::Policy(record),
                made: OnceLock::new(),
            });
        }
        for record in edition.offered(&content.programmes) {
            let mut changes = views::written_changes(&edition, record).into_iter().peekable();
            while let Some(first) = changes.next() {
                let day = first.day;
                let mut same = vec![first];
                same.extend(std::iter::from_fn(|| changes.next_if(|change| change.day == day)));
                let concerns = same.iter().map(|change| change.concerns).min();
                let Some(told) = told(concerns, now) else { continue };
                let mut scopes = Scopes::new(&edition);
                scopes.centre(&record.value.centre);
                let audiences = same.iter().flat_map(|change| &change.activity.audience);
                scopes.found.extend(audiences.map(|id| Scope::Audience(id.as_str())));
                list.push(Entry {
                    published: told,
                    updated: told,
                    address: day_of(&edition, record, day),
                    scopes: scopes.found.into_iter().collect(),
                    everywhere: false,
                    subject: Subject::Changes(record, same),
                    made: OnceLock::new(),
                });
            }
        }
        for record in edition.offered(&content.centres) {
            let exceptions = record.value.hours.iter().flat_map(|hours| &hours.exceptions);
            let days: BTreeSet<Date> = exceptions.clone().map(|exception| exception.on.first()).collect();
            for day in days {
                let Some(told) = told(Some(day), now) else { continue };
                let mut scopes = Scopes::new(&edition);
                scopes.centre(&record.id);
                list.push(Entry {
                    published: told,
                    updated: told,
                    address: day_of(&edition, record, day),
                    scopes: scopes.found.into_iter().collect(),
                    everywhere: false,
                    subject: Subject::Hours(record, exceptions.clone().filter(|e| e.on.first() == day).collect()),
                    made: OnceLock::new(),
                });
            }
        }
        list.sort_by(|a, b| {
            (b.updated, b.published).cmp(&(a.updated, a.published)).then_with(|| a.address.cmp(&b.address))
        });
        Self { edition, list }
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

/// When a change that first concerns somebody on a day is told, if that has come.
fn told(concerns: Option<Date>, now: DateTime) -> Option<DateTime> {
    let told = concerns?.checked_sub(jiff::Span::new().days(AHEAD)).ok()?.to_datetime(jiff::civil::Time::midnight());
    (told <= now).then_some(told)
}

fn day_of<K: Titled>(edition: &Edition<'_>, record: &Record<K>, day: Date) -> Address {
    Address::new(format!("{}{day}", edition.address_of(&record.id).as_str()))
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
    fn write(&self, edition: &Edition<'_>) -> Written {
        let plain = |text: String| Local { text, lang: None };
        let term = |name: &str| edition.term(name);
        let short = |centre: &Record<Centre>| {
            edition.local(centre.value.short_name.as_ref().unwrap_or(&centre.value.name)).text
        };
        let mut html = Html::new(edition);
        let (title, summary, author, kind, audience, page);
        match &self.subject {
            Subject::Notice(record) => {
                let notice = &record.value;
                page = edition.address_of(&record.id);
                html.notice(record, &page);
                (title, summary) = (edition.local(&notice.title), Some(edition.local(&notice.summary)));
                author = edition.local_some(notice.issuer.as_ref());
                let word = views::kebab(&notice.kind);
                kind = (word.clone(), term(&format!("notice-kind.{word}")));
                audience = notice.audience.clone();
            }
            Subject::Policy(record) => {
                let policy = &record.value;
                page = edition.address_of(&record.id);
                html.policy(record, &page);
                (title, summary, author) = (edition.local(&policy.title), Some(edition.local(&policy.summary)), None);
                kind = ("policy".to_owned(), term("nav.policies"));
                audience = policy.audience.clone();
            }
            Subject::Changes(record, changes) => {
                page = edition.address_of(&record.id);
                let centre = edition.site.index.centre.get(&record.value.centre);
                let centre = centre.and_then(|number| edition.site.content.centres.get(*number)).map(short);
                let centre = centre.unwrap_or_default();
                let words = match changes.as_slice() {
                    [one] => {
                        let (what, how, when) = (&one.view.title.text, &one.view.text, edition.span(one.days));
                        let words = [("centre", &centre), ("what", what), ("when", &when), ("how", how)];
                        edition.wording.say("feed.change", &words.map(|(name, word)| (name, word.as_str())))
                    }
                    several => {
                        let days = several.iter().map(|change| edition.span(change.days));
                        let when = days.collect::<BTreeSet<_>>();
                        let when = edition.wording.list(when);
                        let n = several.len().to_string();
                        edition.wording.say("feed.changes", &[("centre", &centre), ("when", &when), ("n", &n)])
                    }
                };
                html.changes(changes);
                (title, summary, author) = (plain(words), None, None);
                kind = ("change".to_owned(), term("feed.kind-change"));
                let audiences = changes.iter().flat_map(|change| change.activity.audience.iter().cloned());
                audience = audiences.collect::<BTreeSet<_>>().into_iter().collect();
            }
            Subject::Hours(record, exceptions) => {
                page = edition.address_of(&record.id);
                let centre = short(record);
                let told = exceptions.iter().map(|exception| {
                    let (when, times) = (edition.span(exception.on), edition.wording.times(&exception.hours));
                    let name = if exception.hours.openings().is_empty() { "feed.closed" } else { "feed.open" };
                    edition.wording.say(name, &[("centre", &centre), ("when", &when), ("times", &times)])
                });
                // Of several for one day the first holds.
                title = plain(told.clone().next().unwrap_or_default());
                for (told, exception) in told.zip(exceptions) {
                    html.paragraph(&plain(told));
                    html.text(exception.why.as_ref());
                }
                (summary, author) = (None, None);
                kind = ("opening-hours".to_owned(), term("feed.kind-hours"));
                audience = Vec::new();
            }
        }
        let audiences = &edition.site.content.site.value.audiences;
        let audience = audience.iter().filter_map(|id| Some((id.to_string(), edition.local(&audiences.get(id)?.name))));
        Written {
            id: tag(edition, &self.address),
            title,
            url: edition.whole(&page),
            published: edition.site.instant(self.published),
            updated: edition.site.instant(self.updated),
            author,
            categories: std::iter::once(kind).chain(audience).collect(),
            summary,
            content: html.end(),
        }
    }
}
