//! What changes bring with them: pages that read differently, sheets to print again, calendars whose subscribers see it,
//! addresses that would be gone.
//!
//! Somebody else plans both sites and makes their files; [`Made`] keeps of each what can be compared. Of a page that is
//! its text without the fingerprints in the names of style sheets and scripts; of a calendar its entries by `UID` and
//! `RECURRENCE-ID`, without what only counts and dates versions (`SEQUENCE`, `DTSTAMP`).

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::report::{Calendar, Pages, Sheet, SheetState};
use super::words::{Voices, Words};
use crate::artifacts::{Fingerprint, OutputPath, SiteArtifact, Theme, addresses, is_passing};
use crate::site::{Site, views};

/// What changes bring with them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consequences {
    /// Pages.
    pub pages: Pages,
    /// Sheets to print, or to take down.
    pub sheets: Vec<Sheet>,
    /// Calendars whose subscribers will see a change.
    pub calendars: Vec<Calendar>,
    /// Addresses that would be gone and lead nowhere, for which `check` asks.
    pub addresses_gone: Vec<String>,
}

/// What is kept of a file to compare it.
pub enum Kept {
    /// A page.
    Page(Fingerprint),
    /// A calendar.
    Calendar(CalendarEntries),
}

/// The entries of a calendar.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct CalendarEntries {
    name: String,
    entries: BTreeMap<String, Fingerprint>,
}

/// Whether a file is compared.
pub fn is_compared(path: &OutputPath) -> bool {
    path.as_str().ends_with(".html") || path.as_str().ends_with(".ics")
}

/// What is to be kept of a file.
pub fn kept(path: &OutputPath, bytes: &[u8]) -> Kept {
    let text = String::from_utf8_lossy(bytes);
    if path.as_str().ends_with(".ics") {
        Kept::Calendar(CalendarEntries::of(&text))
    } else {
        Kept::Page(Fingerprint::of(without_fingerprints(&text).as_bytes()))
    }
}

/// A site with its files, as far as they are compared.
pub struct Made<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its theme.
    pub theme: &'a Theme,
    /// All of its files.
    pub planned: &'a [SiteArtifact<'a>],
    /// What is kept of those that are compared, by their paths; nothing for those for which there was no time.
    pub kept: BTreeMap<String, Option<Kept>>,
}

/// What the change from one site to the other brings with it.
pub fn consequences(before: &Made<'_>, after: &Made<'_>, voices: &Voices) -> Consequences {
    let (old, new) = (addresses(before.planned), addresses(after.planned));
    // What was recorded at an address at which nothing can be published nobody misses.
    let base_url = &after.site.content.site.value.base_url;
    let unseen = before.site.content.ledger.as_ref().is_some_and(|ledger| ledger.was_never_published(base_url));
    let gone = old.difference(&new).filter(|address| !unseen && !is_passing(address));
    Consequences {
        pages: pages(before, after),
        sheets: sheets(before, after, voices),
        calendars: calendars(before, after),
        addresses_gone: gone.cloned().collect(),
    }
}

fn pages(before: &Made<'_>, after: &Made<'_>) -> Pages {
    let leading = |site: &Site| site.aliases().iter().map(|alias| alias.from.as_str().to_owned()).collect();
    let elsewhere: BTreeSet<String> = leading(after.site);
    let elsewhere_before: BTreeSet<String> = leading(before.site);
    let is_page = |path: &str| path.ends_with(".html");
    let address = |path: &str| path.strip_suffix("index.html").unwrap_or(path).to_owned();
    let mut pages = Pages::default();
    for (path, now) in after.kept.iter().filter(|(path, _)| is_page(path)) {
        let address = address(path);
        if elsewhere.contains(&address) {
            continue;
        }
        let list = match (before.kept.get(path), now) {
            (None, _) => &mut pages.new,
            (Some(Some(Kept::Page(old))), Some(Kept::Page(new))) if old == new => continue,
            (Some(Some(_)), Some(_)) => &mut pages.changed,
            _ => {
                pages.not_compared += 1;
                continue;
            }
        };
        list.push(format!("/{address}"));
    }
    let is_late = |path: &String| {
        let made = |site: &Made<'_>| site.kept.get(path).is_some_and(Option::is_some);
        !is_page(path) && before.kept.contains_key(path) && !(made(before) && made(after))
    };
    pages.not_compared += after.kept.keys().filter(|path| is_late(path)).count();
    for path in before.kept.keys().filter(|path| is_page(path)) {
        let address = address(path);
        let is_there = after.kept.contains_key(path) && !elsewhere.contains(&address);
        if !is_there && !elsewhere_before.contains(&address) {
            pages.gone.push(format!("/{address}"));
        }
    }
    pages
}

fn calendars(before: &Made<'_>, after: &Made<'_>) -> Vec<Calendar> {
    fn entries<'m>(made: &'m Made<'_>) -> impl Iterator<Item = (&'m String, &'m CalendarEntries)> {
        made.kept.iter().filter_map(|(path, kept)| match kept {
            Some(Kept::Calendar(entries)) => Some((path, entries)),
            _ => None,
        })
    }
    let now: BTreeMap<_, _> = entries(after).collect();
    // Nobody subscribes yet to a calendar that is new.
    let differs = entries(before).filter_map(|(path, was)| {
        let Some(is) = now.get(path) else {
            let ended = !after.kept.contains_key(path);
            let gone = was.entries.len();
            let (address, name) = (format!("/{path}"), was.name.clone());
            return ended.then_some(Calendar { address, name, added: 0, changed: 0, gone, ended });
        };
        let added = is.entries.keys().filter(|key| !was.entries.contains_key(*key)).count();
        let gone = was.entries.keys().filter(|key| !is.entries.contains_key(*key)).count();
        let changed = is.entries.iter().filter(|(key, hash)| was.entries.get(*key).is_some_and(|old| old != *hash));
        let (changed, address) = (changed.count(), format!("/{path}"));
        let calendar = Calendar { address, name: is.name.clone(), added, changed, gone, ended: false };
        (added + changed + gone > 0).then_some(calendar)
    });
    differs.collect()
}

/// A sheet as a site would print it: what it says, and its files.
struct Printed {
    says: String,
    files: Vec<String>,
}

/// What is to be known of a sheet in all languages.
struct Known {
    kind: Words,
    title: Words,
    printed: Vec<Printed>,
}

/// The sheets of a site, by the word for their kind and the id of what they are about.
fn printed(made: &Made<'_>, voices: &Voices) -> BTreeMap<(&'static str, String), Known> {
    let mut all: BTreeMap<_, Known> = BTreeMap::new();
    let Ok(editions) = made.theme.editions(made.site) else { return all };
    for edition in &editions {
        for sheet in views::sheets(edition) {
            let mut printed: Vec<Printed> = Vec::new();
            for file in sheet.files(edition) {
                let second = file.options.with.as_ref();
                let second = second.and_then(|tag| editions.iter().find(|edition| edition.language == tag));
                let says = sheet.view(edition, second).to_string();
                let path = file.address.as_str().to_owned();
                match printed.iter_mut().find(|printed| printed.says == says) {
                    Some(same) => same.files.push(path),
                    None => printed.push(Printed { says, files: vec![path] }),
                }
            }
            let word = sheet.kind.word();
            let title = sheet.title.text.clone();
            let known = all.entry((word, sheet.id.to_owned())).or_insert_with(|| Known {
                kind: voices.term(&format!("sheet.{word}")),
                title: Words { zh_hans: title.clone(), en: title.clone() },
                printed: Vec::new(),
            });
            match edition.language.as_str() {
                "zh-Hans" => known.title.zh_hans = title,
                "en" => known.title.en = title,
                _ => {}
            }
            known.printed.append(&mut printed);
        }
    }
    all
}

fn sheets(before: &Made<'_>, after: &Made<'_>, voices: &Voices) -> Vec<Sheet> {
    let (was, is) = (printed(before, voices), printed(after, voices));
    let none = Vec::new();
    let mut sheets = Vec::new();
    let mut compare = |key: &(&'static str, String), known: &Known, old: &[Printed], new: &[Printed]| {
        let said = |list: &[Printed], path: &String| {
            list.iter().find(|printed| printed.files.contains(path)).map(|printed| printed.says.clone())
        };
        let (mut reprint, mut print, mut down) = (Vec::new(), Vec::new(), Vec::new());
        for (path, says) in new.iter().flat_map(|one| one.files.iter().map(move |path| (path, &one.says))) {
            match said(old, path) {
                None => print.push(path.clone()),
                Some(old) if old != *says => reprint.push(path.clone()),
                Some(_) => {}
            }
        }
        down.extend(old.iter().flat_map(|one| &one.files).filter(|path| said(new, path).is_none()).cloned());
        for (state, files) in [(SheetState::Reprint, reprint), (SheetState::Print, print), (SheetState::TakeDown, down)]
        {
            if !files.is_empty() {
                let (kind, about, title) = (key.0.to_owned(), key.1.clone(), known.title.clone());
                sheets.push(Sheet { kind, kind_name: known.kind.clone(), about, title, files, state });
            }
        }
    };
    for (key, known) in &is {
        compare(key, known, was.get(key).map_or(&none, |old| &old.printed), &known.printed);
    }
    for (key, known) in was.iter().filter(|(key, _)| !is.contains_key(*key)) {
        compare(key, known, &known.printed, &none);
    }
    sheets.sort_by_key(|sheet| sheet.state);
    sheets
}

impl CalendarEntries {
    fn of(text: &str) -> Self {
        const VERSIONS: [&str; 4] = ["SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "CREATED"];
        let unfolded = text.replace("\r\n ", "").replace("\n ", "");
        let (mut found, mut key, mut says, mut inside) = (Self::default(), String::new(), String::new(), false);
        for line in unfolded.lines() {
            let name = line.split([':', ';']).next().unwrap_or_default();
            match (name, line) {
                (_, "BEGIN:VEVENT") => {
                    inside = true;
                    key.clear();
                    says.clear();
                }
                (_, "END:VEVENT") => {
                    inside = false;
                    found.entries.insert(key.clone(), Fingerprint::of(says.as_bytes()));
                }
                ("NAME", _) if !inside => {
                    let name = line.split_once(':').map_or("", |(_, name)| name);
                    found.name = name.replace("\\,", ",").replace("\\;", ";").replace("\\n", " ").replace("\\\\", "\\");
                }
                _ if inside && !VERSIONS.contains(&name) => {
                    if matches!(name, "UID" | "RECURRENCE-ID") {
                        key.push_str(line);
                        key.push('\n');
                    }
                    says.push_str(line);
                    says.push('\n');
                }
                _ => {}
            }
        }
        found
    }
}

/// A page without the fingerprints in the names of assets: `assets/civic.0123456789.css` is `assets/civic.css`.
fn without_fingerprints(text: &str) -> String {
    const ASSETS: &str = "assets/";
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(ASSETS) {
        let (before, after) = rest.split_at(at + ASSETS.len());
        plain.push_str(before);
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && !"-._".contains(c)).unwrap_or(after.len());
        let (name, behind) = after.split_at(end);
        match name.rsplitn(3, '.').collect::<Vec<_>>().as_slice() {
            [ending, hash, stem] if hash.len() == 10 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
                plain.push_str(stem);
                plain.push('.');
                plain.push_str(ending);
            }
            _ => plain.push_str(name),
        }
        rest = behind;
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_of_an_asset_is_no_part_of_a_page() {
        let page = "<link href=\"../assets/civic.0123abcdef.css\"><img src=assets/icon.svg> assets/a.b.c assets/";
        let plain = "<link href=\"../assets/civic.css\"><img src=assets/icon.svg> assets/a.b.c assets/";
        assert_eq!(without_fingerprints(page), plain);
    }

    #[test]
    fn entries_are_the_same_whatever_their_version_and_differ_by_what_they_say() {
        let calendar = |sequence: u8, title: &str| {
            CalendarEntries::of(&format!(
                "BEGIN:VCALENDAR\r\nNAME;LANGUAGE=zh:a\\,b\r\nBEGIN:VEVENT\r\nUID:1\r\nSEQUENCE:{sequence}\r\n\
                 DTSTAMP:2026110{sequence}T000000Z\r\nSUMMARY:{title}\r\n  and more\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
            ))
        };
        assert_eq!(calendar(1, "a"), calendar(2, "a"));
        assert_ne!(calendar(1, "a"), calendar(1, "b"));
        assert_eq!(calendar(1, "a").name, "a,b");
    }
}
