//! What is new, for feed readers: Atom (RFC 4287) and JSON Feed 1.1 of the whole site and of each area, audience, centre.
//!
//! `feeds/all.xml`, `feeds/areas/ID.xml`, `feeds/audiences/ID.xml`, `feeds/centres/ID.xml`, each also as `.json`, in each
//! language that has the page. A feed is there before it has anything to tell, so that its address can be printed. It
//! has the newest entries only; what is in it is decided once for all feeds, and an entry is written once for all.

mod atom;
mod content;
mod entries;
mod json;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::file;
use crate::artifacts::SiteArtifact;
use crate::content::{OutputFamily, Text};
use crate::site::Edition;
use crate::site::views::{FeedLink, Local};
use entries::{Entries, Made};

/// The most entries of a feed.
const MOST: usize = 50;

/// What a feed tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Scope<'a> {
    /// Everything.
    All,
    /// What is for an area, one around it or inside it, or a centre in it.
    Area(&'a str),
    /// What is for an audience.
    Audience(&'a str),
    /// What is about a centre.
    Centre(&'a str),
}

impl<'a> Scope<'a> {
    /// The feed that a page, by its path without its language, links to.
    fn of_page(path: &'a str) -> Option<Self> {
        let path = path.strip_suffix('/').unwrap_or(path);
        match path.rsplit_once('/') {
            None => matches!(path, "" | "notices" | "policies" | "changes").then_some(Self::All),
            Some(("areas", id)) => Some(Self::Area(id)),
            Some(("policies/for", id)) => Some(Self::Audience(id)),
            Some(("centres", id)) => Some(Self::Centre(id)),
            Some(_) => None,
        }
    }

    /// The path of its page, without its language.
    fn page(self) -> String {
        match self {
            Self::All => String::new(),
            Self::Area(id) => format!("areas/{id}/"),
            Self::Audience(id) => format!("policies/for/{id}/"),
            Self::Centre(id) => format!("centres/{id}/"),
        }
    }

    /// The path of its files, without language and ending.
    fn path(self) -> String {
        match self {
            Self::All => "feeds/all".to_owned(),
            Self::Area(id) => format!("feeds/areas/{id}"),
            Self::Audience(id) => format!("feeds/audiences/{id}"),
            Self::Centre(id) => format!("feeds/centres/{id}"),
        }
    }

    /// The name of what it tells of, if it is told in the edition's language.
    fn name<'s>(self, edition: &Edition<'s>) -> Option<&'s Text> {
        let site = edition.site;
        let name = match self {
            Self::All => Some(&site.content.site.value.title),
            Self::Area(id) => site.index.area.get(id).and_then(|n| site.index.areas.get(*n)).map(|e| &e.area.name),
            Self::Audience(id) => site.content.site.value.audiences.get(id).map(|term| &term.name),
            Self::Centre(id) => {
                site.index.centre.get(id).and_then(|n| site.content.centres.get(*n)).map(|centre| &centre.value.name)
            }
        };
        name.filter(|name| self == Self::All || edition.has(name))
    }

    /// Its title, if it is there in the edition's language.
    fn title(self, edition: &Edition<'_>) -> Option<Local> {
        let name = edition.local(self.name(edition)?);
        if self == Self::All {
            return Some(name);
        }
        let site = edition.local(&edition.site.content.site.value.title);
        Some(Local { text: format!("{} - {}", name.text, site.text), lang: name.lang })
    }
}

/// The feed of a page, if the site has feeds and the page has one.
pub(in crate::artifacts) fn link(edition: &Edition<'_>, path: &str) -> Option<FeedLink> {
    if !edition.site.content.site.value.outputs.has(OutputFamily::Feeds) {
        return None;
    }
    let scope = Scope::of_page(path)?;
    let title = scope.title(edition)?.text;
    let url = |ending: &str| edition.address(&format!("{}.{ending}", scope.path())).encoded();
    Some(FeedLink { title, atom: url("xml"), json: url("json") })
}

/// A feed, with what both formats say.
struct Feed<'a> {
    /// Its id (RFC 4151), which never changes.
    id: String,
    /// What it tells of.
    title: Local,
    /// A sentence about the site.
    subtitle: Option<Local>,
    /// Who publishes it.
    publisher: Local,
    /// The edition's language.
    language: &'a str,
    /// The whole address of its page.
    page: String,
    /// The whole addresses of its files.
    atom: String,
    json: String,
    /// The instant of its latest change.
    updated: String,
    /// Its entries, the newest first.
    entries: Vec<&'a Made>,
}

/// The files, given the site in each of its languages.
pub(super) fn files<'a>(editions: &[Edition<'a>]) -> Vec<SiteArtifact<'a>> {
    editions.iter().flat_map(|edition| edition_files(*edition)).collect()
}

fn edition_files<'a>(edition: Edition<'a>) -> Vec<SiteArtifact<'a>> {
    let entries = Entries::of(edition);
    let mut chosen: BTreeMap<Scope<'a>, Vec<usize>> = BTreeMap::new();
    let mut everywhere = Vec::new();
    for (number, entry) in entries.list.iter().enumerate() {
        if entry.everywhere {
            everywhere.push(number);
        }
        for scope in std::iter::once(Scope::All).chain(entry.scopes.iter().copied()) {
            let numbers = chosen.entry(scope).or_default();
            if numbers.len() < MOST {
                numbers.push(number);
            }
        }
    }
    let site = edition.site;
    let areas = site.index.areas.iter().map(|entry| Scope::Area(entry.area.id.as_str()));
    let audiences = site.content.site.value.audiences.keys().map(|id| Scope::Audience(id.as_str()));
    let centres = site.content.centres.iter().map(|record| Scope::Centre(record.id.as_str()));
    let entries = Arc::new(entries);
    let mut files = Vec::new();
    for scope in std::iter::once(Scope::All).chain(areas).chain(audiences).chain(centres) {
        if scope.name(&edition).is_none() {
            continue;
        }
        let mut numbers = chosen.remove(&scope).unwrap_or_default();
        numbers.extend(&everywhere);
        numbers.sort_unstable();
        numbers.dedup();
        numbers.truncate(MOST);
        let numbers: Arc<[usize]> = numbers.into();
        for (ending, write) in [("xml", atom::write as fn(&Feed<'_>, &mut Vec<u8>)), ("json", json::write)] {
            let path = edition.address(&format!("{}.{ending}", scope.path()));
            let (entries, numbers) = (Arc::clone(&entries), Arc::clone(&numbers));
            files.extend(file(path.as_str(), "site.yaml", move |buffer| {
                if let Some(feed) = feed(&edition, scope, &entries, &numbers) {
                    write(&feed, buffer);
                }
            }));
        }
    }
    files
}

fn feed<'a>(edition: &Edition<'a>, scope: Scope<'_>, entries: &'a Entries<'_>, numbers: &[usize]) -> Option<Feed<'a>> {
    let config = &edition.site.content.site.value;
    let here = |path: String| edition.canonical(&edition.address(&path));
    let path = scope.path();
    // Audiences have no page where there are no policies.
    let has_page = !matches!(scope, Scope::Audience(_)) || crate::site::views::list_exists(edition, "policies");
    let page = if has_page { scope.page() } else { String::new() };
    let newest = numbers.first().and_then(|number| entries.list.get(*number));
    Some(Feed {
        id: entries::tag(edition, &edition.address(&path)),
        title: scope.title(edition)?,
        subtitle: edition.local_some(config.summary.as_ref()).filter(|_| scope == Scope::All),
        publisher: edition.local(&config.publisher),
        language: edition.language.as_str(),
        page: edition.canonical(&edition.address(&page)),
        atom: here(format!("{path}.xml")),
        json: here(format!("{path}.json")),
        updated: edition.site.instant(newest.map_or_else(entries::epoch, |entry| entry.updated())),
        entries: numbers.iter().filter_map(|number| entries.made(*number)).collect(),
    })
}
