//! Short addresses: where each code of `content/addresses.yaml` leads, and which pages have none yet.
//!
//! A code leads to its page's first-language edition: to the page that its line names, or to the one that has that as an
//! old address, unless the line says another. Where the page is gone, a farewell stands there. Pages that paper points at
//! have codes: those of records, areas, lists, and of the policies of an audience or a department. Nothing is allotted
//! while the site is built: [`Site::without_short_address`] names what is lacking, and `noticeboard record` writes it.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::aliases::each_page;
use super::views::{LISTS, Local, list_exists};
use super::{Address, Edition, Site, Titled, activity_path};
use crate::content::{AddressesFile, Content, Record, ShortAddress, Text, allot};

/// The folder of short addresses.
const FOLDER: &str = "p/";
/// The lists that sheets point at.
const POINTED_AT: [&str; 13] = [
    "centres",
    "network",
    "areas",
    "programmes",
    "this-week",
    "events",
    "policies",
    "notices",
    "teams",
    "duty",
    "outreach",
    "feedback",
    "calendar",
];

/// Where a code leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Leads {
    /// To a page, by its path without a language.
    Page(String),
    /// To words of farewell.
    Farewell,
    /// Nowhere: its page is gone, or the page that it is to lead to is not there.
    Nowhere,
    /// To what could not be read, which was reported.
    Unread,
}

/// What the site knows of its short addresses.
#[derive(Debug, Default)]
pub(super) struct ShortAddresses {
    /// Where each line of the file leads.
    leads: Vec<Leads>,
    /// The code of each page that has one of its own, by its path.
    code: HashMap<String, String>,
    /// Every page that there may be, by its path.
    pages: BTreeSet<String>,
}

/// The path of a short address, relative to the site's root.
pub(crate) fn short_path(code: &str) -> String {
    format!("{FOLDER}{code}/")
}

/// The code of a short address, beginning with `/`.
pub(crate) fn short_code(address: &str) -> Option<&str> {
    let code = address.strip_prefix('/')?.strip_prefix(FOLDER)?.strip_suffix('/')?;
    (!code.is_empty() && !code.contains('/')).then_some(code)
}

impl ShortAddresses {
    fn of(site: &Site) -> Self {
        let mut known = Self { pages: every_page(site), ..Self::default() };
        let aliases: HashMap<String, String> =
            site.aliases().into_iter().map(|alias| (alias.from.as_str().to_owned(), alias.path)).collect();
        let leads = |path: &str| match known.pages.contains(path) {
            true => Some(path.to_owned()),
            false => aliases.get(path).cloned(),
        };
        let of_entry = |entry: &ShortAddress| {
            let wanted = entry.to.as_ref().unwrap_or(&entry.page).page();
            match leads(&wanted) {
                Some(path) => Leads::Page(path),
                None if site.is_unread(&wanted) => Leads::Unread,
                None if entry.to.is_none() && entry.farewell.is_some() => Leads::Farewell,
                None => Leads::Nowhere,
            }
        };
        let codes = &site.content.addresses.value.codes;
        known.leads = codes.iter().map(of_entry).collect();
        for (entry, leads) in codes.iter().zip(&known.leads) {
            let page = entry.page.page();
            if *leads == Leads::Page(page.clone()) {
                known.code.entry(page).or_insert_with(|| entry.code.as_str().to_owned());
            }
        }
        known
    }
}

/// Every page that a code may lead to, whether it is there today or not.
fn every_page(site: &Site) -> BTreeSet<String> {
    let config = &site.content.site.value;
    let mut pages: BTreeSet<String> = LISTS.iter().map(|list| format!("{list}/")).collect();
    pages.insert(String::new());
    pages.extend(config.audiences.keys().map(|id| format!("policies/for/{id}/")));
    pages.extend(config.departments.keys().map(|id| format!("policies/by/{id}/")));
    pages.insert("policies/as/table/".to_owned());
    pages.extend(site.index.areas.iter().map(|entry| format!("areas/{}/", entry.area.id)));
    each_page(&site.content, |path, _, _, _| _ = pages.insert(path));
    for (record, keys) in site.content.programmes.iter().zip(&site.activity_keys) {
        pages.extend(keys.iter().map(|key| activity_path(&record.id, key)));
    }
    pages
}

impl Site {
    fn short(&self) -> &ShortAddresses {
        self.short_addresses.get_or_init(|| ShortAddresses::of(self))
    }

    /// Each line of `content/addresses.yaml` with where it leads.
    pub(crate) fn short_lines(&self) -> impl Iterator<Item = (&ShortAddress, &Leads)> {
        self.content.addresses.value.codes.iter().zip(&self.short().leads)
    }

    /// As [`Site::short_lines`]; a code that stands there twice, once.
    pub(crate) fn short_addresses(&self) -> impl Iterator<Item = (&ShortAddress, &Leads)> {
        let mut seen = HashSet::new();
        self.short_lines().filter(move |(entry, _)| seen.insert(entry.code.as_str()))
    }

    /// The pages that a short address may lead to, by their paths.
    pub(crate) fn short_targets(&self) -> impl Iterator<Item = &str> {
        self.short().pages.iter().map(String::as_str).filter(|page| !page.is_empty())
    }

    /// The whole short address of a page, by its path without a language such as `centres/x/`: what sheets and QR codes
    /// name. `None` while no code is allotted to it.
    pub fn short_address(&self, path: &str) -> Option<String> {
        self.short().code.get(path).map(|code| self.whole(&Address::new(short_path(code))))
    }

    /// Allots a code to each of these pages, none of which was ever published.
    pub(crate) fn allot(&self, pages: &[String]) -> Vec<(String, String)> {
        let codes = &self.content.addresses.value.codes;
        let mut taken: HashSet<String> = codes.iter().map(|entry| entry.code.as_str().to_owned()).collect();
        let published = self.content.ledger.iter().flat_map(|ledger| ledger.addresses.keys());
        taken.extend(published.filter_map(|address| short_code(address)).map(str::to_owned));
        let mut new = Vec::with_capacity(pages.len());
        for page in pages {
            if let Some(code) = allot(page, |code| !taken.contains(code)) {
                taken.insert(code.clone());
                new.push((code, page.clone()));
            }
        }
        new
    }

    /// Goes on with other short addresses.
    pub(crate) fn set_short_addresses(&mut self, file: AddressesFile) {
        self.content.addresses.value = file;
        self.short_addresses = std::sync::OnceLock::new();
    }
}

impl Edition<'_> {
    /// The pages that sheets point at and that have no code yet, in order. Of the site's first language.
    pub(crate) fn without_short_address(&self) -> Vec<String> {
        let site = self.site;
        let config = &site.content.site.value;
        let lists = POINTED_AT.into_iter().filter(|list| list_exists(self, list)).map(|list| format!("{list}/"));
        let mut pages: BTreeSet<String> = lists.collect();
        if list_exists(self, "policies") {
            pages.extend(config.audiences.keys().map(|id| format!("policies/for/{id}/")));
            pages.extend(config.departments.keys().map(|id| format!("policies/by/{id}/")));
        }
        pages.extend(site.index.areas.iter().map(|entry| format!("areas/{}/", entry.area.id)));
        each_page(&site.content, |path, _, _, _| _ = pages.insert(path));
        let have: HashSet<String> = site.content.addresses.value.codes.iter().map(|entry| entry.page.page()).collect();
        pages.into_iter().filter(|page| !have.contains(page)).collect()
    }

    /// The name of a page, by its path.
    pub(crate) fn name_of(&self, path: &str) -> Option<Local> {
        let bare = path.trim_end_matches('/');
        if bare.is_empty() {
            return Some(self.term("nav.home"));
        }
        if LISTS.contains(&bare) {
            return Some(self.term(&format!("nav.{bare}")));
        }
        let config = &self.site.content.site.value;
        let say = |by: &str, name: &Text| {
            let name = self.local(name).text;
            Local::own(self.wording.say(&format!("policies.{by}"), &[("name", &name)]))
        };
        if let Some(id) = bare.strip_prefix("policies/for/") {
            return config.audiences.get(id).map(|term| say("for", &term.name));
        }
        if let Some(id) = bare.strip_prefix("policies/by/") {
            return config.departments.get(id).map(|term| say("by", &term.name));
        }
        if bare == "policies/as/table" {
            return Some(self.term("policies.table"));
        }
        if let Some(id) = bare.strip_prefix("areas/") {
            let entry = self.site.index.area.get(id).and_then(|number| self.site.index.areas.get(*number));
            return entry.map(|entry| self.local(&entry.area.name));
        }
        let activity = bare.strip_prefix("programmes/").and_then(|below| below.split_once('/'));
        if let Some((programme, key)) = activity {
            return self.site.activity_of_key(programme, key).map(|activity| self.local(&activity.title));
        }
        title(&self.site.content, bare).map(|title| self.local(title))
    }
}

/// The title of a record, by the path of its page without the last `/`.
fn title<'a>(content: &'a Content, path: &str) -> Option<&'a Text> {
    fn of<'a, K: Titled>(records: &'a [Record<K>], id: &str) -> Option<&'a Text> {
        let number = records.binary_search_by(|record| record.id.as_str().cmp(id)).ok()?;
        records.get(number).map(|record| record.value.title())
    }
    let in_folder = path.split_once('/').and_then(|(folder, id)| match folder {
        "centres" => of(&content.centres, id),
        "programmes" => of(&content.programmes, id),
        "events" => of(&content.events, id),
        "policies" => of(&content.policies, id),
        "notices" => of(&content.notices, id),
        "teams" => of(&content.teams, id),
        "duty" => of(&content.duty, id),
        "outreach" => of(&content.outreach, id),
        "feedback" => of(&content.feedback, id),
        _ => None,
    });
    in_folder.or_else(|| of(&content.pages, path))
}
