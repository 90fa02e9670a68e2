//! Addresses at which pages stood before: where each leads, and whether it is free.
//!
//! An old address leads to its record's page: in a language that it begins with, if the page is there, else in the
//! site's first one. It may not be the address of a page, in any language and whatever the day, nor the old address of
//! another record: otherwise a page would one morning hide another.

use std::collections::HashMap;

use super::address::{Address, page_path};
use super::edition::{Edition, Titled};
use super::{Index, Site, activity_keys, activity_keys_as, activity_path, views};
use crate::content::{Centre, Content, Kind as _, LanguageTag, Origin, Programme, Record, SitePath, Text};
use crate::diagnostics::{Code, Diagnostic, Place, Problem, Texts};
use crate::source::yaml::Step;

/// Below these stand pages that come and go with the day: what is on, and what is over.
pub(crate) const DERIVED: [&str; 8] = [
    "this-week/on/",
    "this-week/for/",
    "this-week/in/",
    "this-week/kind/",
    "notices/archive/",
    "events/archive/",
    "policies/as/",
    "posters/",
];

/// An address at which a record's page stood before.
pub(crate) struct Alias<'a> {
    /// The old address.
    pub(crate) from: Address,
    /// The path of the page that it leads to, without its language.
    pub(crate) path: String,
    /// The record's title.
    pub(crate) title: &'a Text,
    /// Where the record was written.
    pub(crate) origin: &'a Origin,
    /// Its place in the record's list.
    number: usize,
}

impl<'a> Alias<'a> {
    /// The language in which it leads to its page; `None` if there is no such page yet.
    pub(crate) fn edition<'e>(&self, editions: &'e [Edition<'a>]) -> Option<&'e Edition<'a>> {
        let below = |edition: &&Edition<'_>| within(self.from.as_str(), edition.language).is_some();
        let own = editions.iter().skip(1).find(below);
        own.into_iter().chain(editions.first()).find(|edition| edition.site.has_page(edition, &self.path))
    }
}

/// The path of an address below the folder of a language.
fn within<'a>(address: &'a str, language: &LanguageTag) -> Option<&'a str> {
    address.strip_prefix(language.as_str())?.strip_prefix('/')
}

/// Calls `each` with every record that has a page, as its path, title, old addresses and origin.
pub(super) fn each_page<'a>(content: &'a Content, mut each: impl FnMut(String, &'a Text, &'a [SitePath], &'a Origin)) {
    fn all<'a, K: Titled>(
        records: &'a [Record<K>],
        each: &mut impl FnMut(String, &'a Text, &'a [SitePath], &'a Origin),
    ) {
        for record in records {
            let path = page_path(K::FOLDER, record.id.as_str());
            each(path, record.value.title(), record.value.aliases(), &record.origin);
        }
    }
    all(&content.centres, &mut each);
    all(&content.programmes, &mut each);
    all(&content.events, &mut each);
    all(&content.policies, &mut each);
    all(&content.notices, &mut each);
    all(&content.teams, &mut each);
    all(&content.duty, &mut each);
    all(&content.outreach, &mut each);
    all(&content.feedback, &mut each);
    all(&content.pages, &mut each);
}

fn of(content: &Content) -> Vec<Alias<'_>> {
    let mut found = Vec::new();
    each_page(content, |path, title, aliases, origin| {
        found.extend(aliases.iter().enumerate().map(|(number, alias)| Alias {
            from: Address::new(alias.page()),
            path: path.clone(),
            title,
            origin,
            number,
        }));
    });
    parts(content, &mut found);
    found
}

/// An old address of a record's own kind: the folder of its language, with `/`, and its old id.
fn old_id<'a>(from: &'a str, folder: &str, others: &[&LanguageTag]) -> Option<(&'a str, &'a str)> {
    let below = others.iter().find_map(|language| within(from, language)).unwrap_or(from);
    let old = below.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix('/')?;
    (!old.contains('/')).then(|| (from.strip_suffix(below).unwrap_or_default(), old))
}

/// Pages that stood below an old address, or beside it, move with the record: those of a programme's activities, and a
/// centre's for the screen in its lobby.
fn parts<'a>(content: &'a Content, found: &mut Vec<Alias<'a>>) {
    let mut languages = content.site.value.languages.iter().map(|language| &language.tag);
    let Some(first) = languages.next() else { return };
    let others: Vec<&LanguageTag> = languages.collect();
    let mut add = |record: (&'a [SitePath], &'a Origin), number, from: String, path: String, title| {
        let (written, origin) = record;
        if !written.iter().any(|alias| alias.page() == from) {
            found.push(Alias { from: Address::new(from), path, title, origin, number });
        }
    };
    for record in &content.centres {
        for (number, alias) in record.value.aliases.iter().enumerate() {
            let from = alias.page();
            let Some((language, old)) = old_id(&from, Centre::FOLDER, &others) else { continue };
            let path = format!("display/{}/", record.id);
            let of = (record.value.aliases.as_slice(), &record.origin);
            add(of, number, format!("{language}display/{old}/"), path, &record.value.name);
        }
    }
    for record in &content.programmes {
        for (number, alias) in record.value.aliases.iter().enumerate() {
            let from = alias.page();
            let Some((_, old)) = old_id(&from, Programme::FOLDER, &others) else { continue };
            let keys = activity_keys(record, first).into_iter().zip(activity_keys_as(old, record, first));
            for (activity, (now, then)) in record.value.activities.iter().zip(keys) {
                let of = (record.value.aliases.as_slice(), &record.origin);
                add(of, number, format!("{from}{then}/"), activity_path(&record.id, &now), &activity.title);
            }
        }
    }
}

impl Site {
    /// The old addresses of all records, by kind and id.
    pub(crate) fn aliases(&self) -> Vec<Alias<'_>> {
        of(&self.content)
    }
}

/// Reports every old address that is not free. Upper and lower case are one, as on disks that do not tell them apart.
pub(super) fn check(content: &Content, index: &Index, texts: &Texts, diagnostics: &mut Vec<Diagnostic>) {
    let aliases = of(content);
    if aliases.is_empty() {
        return;
    }
    let whole = |file: &str| Place::whole(&file.into());
    let mut pages: HashMap<String, Place> = HashMap::new();
    let config = &content.site.value;
    let lists = views::LISTS.into_iter().map(|list| format!("{list}/")).chain([String::new()]);
    let audiences = config.audiences.keys().map(|id| format!("policies/for/{id}/"));
    let departments = config.departments.keys().map(|id| format!("policies/by/{id}/"));
    pages.extend(lists.chain(audiences).chain(departments).map(|path| (path.to_lowercase(), whole("site.yaml"))));
    let first = config.languages.first().map(|language| &language.tag);
    for record in &content.programmes {
        let keys = first.map(|first| activity_keys(record, first)).unwrap_or_default();
        let place = || Place::whole(&record.origin.file);
        pages.extend(keys.iter().map(|key| (activity_path(&record.id, key).to_lowercase(), place())));
    }
    let areas = index.areas.iter().map(|entry| format!("areas/{}/", entry.area.id).to_lowercase());
    pages.extend(areas.map(|path| (path, whole("content/areas.yaml"))));
    each_page(content, |path, _, _, origin| {
        pages.insert(path.to_lowercase(), Place::whole(&origin.file));
    });
    let others: Vec<&LanguageTag> = config.languages.iter().skip(1).map(|language| &language.tag).collect();
    let mut taken: HashMap<String, Place> = HashMap::new();
    for alias in aliases {
        let place = alias.origin.place(texts, &["aliases".into(), Step::from(alias.number)]);
        let address = alias.from.as_str();
        let below = others.iter().find_map(|language| within(address, language)).unwrap_or(address);
        let below = below.to_lowercase();
        let is_derived = DERIVED.iter().any(|folder| below.starts_with(folder));
        let page = pages.get(&below).cloned().or_else(|| is_derived.then(|| whole("site.yaml")));
        let other = page.or_else(|| taken.insert(address.to_lowercase(), place.clone()));
        if let Some(other) = other {
            let problem = Problem::new(Code::AliasTaken).with("address", &format!("/{address}"));
            diagnostics.push(problem.at(place).see(other));
        }
    }
}
