//! The search page: what it offers without a script, and the line of an activity among results.
//!
//! Whom things are for, what sorts of pages there are, and every title by its first letter: all that somebody needs who
//! cannot search. Where titles are too many for one page, each letter has a page of its own.

use std::collections::BTreeMap;

use serde::Serialize;

use super::home::CountedLink;
use super::lists::exists;
use super::parts::{Link, Local};
use super::pattern::days_in_words;
use super::programme::{change, window_of_changes};
use crate::content::{Activity, Programme, Validity};
use crate::site::initial::{OTHER, initial, sort_key};
use crate::site::{Edition, time_of};

/// How many titles stand on the search page itself; where there are more, each letter has a page.
const ON_ONE_PAGE: usize = 500;
/// How many titles stand on the page of a letter; one with more has several.
const ON_A_LETTERS_PAGE: usize = 300;

/// The search page.
#[derive(Debug, Clone, Serialize)]
pub struct SearchView {
    /// Whom policies are for.
    pub audiences: Vec<CountedLink>,
    /// The lists, with how many pages each has.
    pub kinds: Vec<CountedLink>,
    /// Titles by their first letter.
    pub letters: Vec<Letter>,
}

/// The titles under a letter.
#[derive(Debug, Clone, Serialize)]
pub struct Letter {
    /// The letter, with a number where it is not the first page of it.
    pub name: String,
    /// The id of its section.
    pub id: String,
    /// How many titles there are.
    pub count: usize,
    /// Its own page, if it has one.
    pub page: Option<Link>,
    /// The titles, if they stand here.
    pub titles: Vec<Title>,
}

/// A title in the index.
#[derive(Debug, Clone, Serialize)]
pub struct Title {
    /// The page.
    pub link: Link,
    /// What sort of page it is, or where the activity takes place.
    pub note: Local,
}

/// The search page; `letters` as [`letters`] gives them.
pub(crate) fn search(edition: &Edition<'_>, letters: &[Letter]) -> SearchView {
    let site = edition.site;
    let content = &site.content;
    let holds =
        |policy: &&crate::content::Record<crate::content::Policy>| policy.value.validity(site.now) != Validity::Over;
    let audiences = content.site.value.audiences.iter().filter_map(|(id, term)| {
        let count = edition.offered(&content.policies).filter(holds).filter(|p| p.value.audience.contains(id)).count();
        let link = edition.link_path(&format!("policies/for/{id}/"), &term.name, true);
        (count > 0).then_some(CountedLink { link, count })
    });
    let kinds = [
        ("centres", edition.offered(&content.centres).count()),
        ("policies", edition.offered(&content.policies).filter(holds).count()),
        ("programmes", edition.offered(&content.programmes).filter(|p| p.value.valid.last() >= site.today).count()),
        ("events", edition.offered(&content.events).count()),
        ("notices", edition.offered(&content.notices).filter(|n| super::notice::begun(edition, n)).count()),
        ("teams", edition.offered(&content.teams).count()),
        ("duty", edition.offered(&content.duty).filter(|d| d.value.valid.last() >= site.today).count()),
        ("outreach", edition.offered(&content.outreach).count()),
        ("feedback", edition.offered(&content.feedback).count()),
        ("areas", site.index.areas.iter().filter(|entry| edition.has(&entry.area.name)).count()),
    ];
    let kinds = kinds.into_iter().filter(|(list, count)| *count > 0 && exists(edition, list));
    SearchView {
        audiences: audiences.collect(),
        kinds: kinds.map(|(list, count)| CountedLink { link: super::frame::list_link(edition, list), count }).collect(),
        letters: letters.iter().map(Letter::in_overview).collect(),
    }
}

/// The page of a letter.
#[derive(Debug, Clone, Serialize)]
pub struct LetterView {
    /// All letters.
    pub letters: Vec<Letter>,
    /// This one, with its titles.
    pub letter: Option<Letter>,
}

/// The page of a letter, by its position.
pub(crate) fn letter(letters: &[Letter], position: usize) -> LetterView {
    LetterView { letters: letters.iter().map(Letter::in_overview).collect(), letter: letters.get(position).cloned() }
}

impl Letter {
    /// The letter among all: without its titles, where they have a page.
    fn in_overview(&self) -> Self {
        let titles = if self.page.is_some() { Vec::new() } else { self.titles.clone() };
        Self { name: self.name.clone(), id: self.id.clone(), count: self.count, page: self.page.clone(), titles }
    }
}

/// The path of the page of a letter, by its name, without its language.
pub(crate) fn letter_path(letter: &str) -> String {
    format!("search/letters/{}/", letter.replace(OTHER, "other").replace(' ', "-").to_lowercase())
}

/// What readers may look for by its title, by first letter: everything that is not over.
pub(crate) fn letters(edition: &Edition<'_>) -> Vec<Letter> {
    let titles = titles(edition);
    let apart = titles.len() > ON_ONE_PAGE;
    let mut by_letter: BTreeMap<(bool, String), Vec<(String, Title)>> = BTreeMap::new();
    for title in titles {
        let letter = initial(&title.link.name.text);
        by_letter.entry((letter == OTHER, letter)).or_default().push((sort_key(&title.link.name.text), title));
    }
    let letters = by_letter.into_iter().flat_map(|((_, name), mut titles)| {
        titles.sort_by(|(a, x), (b, y)| (a, &x.link.name.text, &x.link.url).cmp(&(b, &y.link.name.text, &y.link.url)));
        let titles: Vec<Title> = titles.into_iter().map(|(_, title)| title).collect();
        let most = if apart { ON_A_LETTERS_PAGE } else { ON_ONE_PAGE };
        let parts: Vec<Vec<Title>> = titles.chunks(most).map(<[Title]>::to_vec).collect();
        parts.into_iter().enumerate().map(move |(part, titles)| {
            let name = if part == 0 { name.clone() } else { format!("{name} {}", part + 1) };
            (name, titles)
        })
    });
    let letter = |(name, titles): (String, Vec<Title>)| {
        let page = apart.then(|| Link {
            name: Local { text: name.clone(), lang: None },
            url: edition.href(&edition.address(&letter_path(&name))),
            hreflang: None,
        });
        Letter { id: format!("letter-{}", name.replace(OTHER, "other")), name, count: titles.len(), page, titles }
    };
    letters.map(letter).collect()
}

fn titles(edition: &Edition<'_>) -> Vec<Title> {
    let site = edition.site;
    let content = &site.content;
    let note = |term: &str| edition.term(term);
    let mut titles: Vec<Title> = Vec::new();
    let mut add = |link: Link, note: Local| titles.push(Title { link, note });
    for record in edition.offered(&content.centres) {
        let kind = format!("centre-kind.{}", super::parts::kebab(&record.value.kind));
        add(edition.link(record), note(&kind));
    }
    for record in edition.offered(&content.policies).filter(|p| p.value.validity(site.now) != Validity::Over) {
        add(edition.link(record), note("search.policy"));
    }
    for record in edition.offered(&content.programmes).filter(|p| p.value.valid.last() >= site.today) {
        add(edition.link(record), note("search.programme"));
        let place = edition.centre(&record.value.centre).map_or_else(|| note("search.activity"), |link| link.name);
        let current = |activity: &&Activity| activity.valid.is_none_or(|valid| valid.last() >= site.today);
        for activity in record.value.activities.iter().filter(|a| edition.has(&a.title)).filter(current) {
            add(edition.link_named(record, &activity.title), place.clone());
        }
    }
    for record in edition.offered(&content.events).filter(|event| super::event::upcoming(edition, event)) {
        add(edition.link(record), note("search.event"));
    }
    for record in edition.offered(&content.notices).filter(|notice| super::notice::current(edition, notice)) {
        let kind = format!("notice-kind.{}", super::parts::kebab(&record.value.kind));
        add(edition.link(record), note(&kind));
    }
    edition.offered(&content.teams).for_each(|record| add(edition.link(record), note("search.team")));
    edition.offered(&content.outreach).for_each(|record| add(edition.link(record), note("search.outreach")));
    edition.offered(&content.pages).for_each(|record| add(edition.link(record), note("search.page")));
    titles
}

/// An activity among results: days, time, room, place, and what differs next, with its date.
pub(crate) fn activity_line(edition: &Edition<'_>, programme: &Programme, activity: &Activity) -> String {
    let site = edition.site;
    let days = days_in_words(edition, &activity.when.pattern);
    let time = time_of(programme, activity).map(|time| time.to_string()).unwrap_or_default();
    let centre = site.index.centre.get(&programme.centre).and_then(|number| site.content.centres.get(*number));
    let name = centre.map(|centre| centre.value.short_name.as_ref().unwrap_or(&centre.value.name));
    let changes = window_of_changes(edition).into_iter().flat_map(|window| site.sessions(programme, activity, window));
    let next = changes.filter_map(|session| change(edition, activity, centre, &session)).next();
    let parts = [
        Some(format!("{days} {time}").trim().to_owned()),
        activity.room.as_ref().map(|room| edition.local(room).text),
        name.map(|name| edition.local(name).text),
        next.map(|change| format!("{} {}", change.when, change.text)),
    ];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
