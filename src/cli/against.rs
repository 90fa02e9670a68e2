//! No published address disappears: `check` and `serve` compare with the ledger, `check` with a list after `--against` too.
//!
//! The list is a ledger, of today or of an earlier day, or has an address a line, such as a build writes to
//! `addresses.txt`. Lines that are empty or begin with `#` say nothing. Each address has to be that of a page or a file for programs, or one of the old ones. Which line would mend
//! it is said as exactly as the address tells: where an activity or a record had it, the very key to write.

use std::collections::BTreeSet;
use std::sync::Arc;

use camino::Utf8Path;

use crate::artifacts::{SiteArtifact, Theme, addresses, is_passing, owner, written_address};
use crate::content::{ADDRESSES_FILE, Kind as _, Ledger, OutputFamily, Programme, Published};
use crate::diagnostics::{Action, Code, Diagnostic, Failure, Place, Problem, SourceText, Texts, closest};
use crate::site::{Leads, Site, short_code};
use crate::source::{File, LEDGER};

/// Most things and addresses that are named of those that the ledger does not know.
const MOST_NAMED: usize = 5;
/// Most addresses for which one like it is looked for: each is compared with all that there are.
const MOST_SUGGESTIONS: usize = 50;

/// Whether an error is of a short address: with one, what would disappear beside it can still be said.
pub(super) fn is_of_short_address(found: &Diagnostic) -> bool {
    use Code::{ShortAddressBoth, ShortAddressLost, ShortAddressTo, ShortCodeTwice};
    matches!(found.problem.code, ShortAddressBoth | ShortAddressLost | ShortAddressTo | ShortCodeTwice)
}

/// The addresses that a site would have.
pub(super) struct Standing<'s> {
    site: &'s Site,
    /// All of them.
    pub(super) addresses: BTreeSet<String>,
    /// The old ones, whether they have pages or not.
    old: BTreeSet<String>,
    /// How many were missed.
    missed: usize,
}

impl<'s> Standing<'s> {
    pub(super) fn of(site: &'s Site, planned: &[SiteArtifact<'_>]) -> Self {
        let old = site.aliases().iter().map(|alias| format!("/{}", alias.from.as_str())).collect();
        Self { site, addresses: addresses(planned), old, missed: 0 }
    }

    /// The addresses of the list that the site would no longer have. The list's text is added to `texts`.
    pub(super) fn gone_of_list(&mut self, file: &Utf8Path, texts: &mut Texts) -> Result<Vec<Diagnostic>, Failure> {
        let bytes =
            std::fs::read(file).map_err(|source| Failure::Io { action: Action::Read, path: file.into(), source })?;
        let text: Arc<str> = String::from_utf8_lossy(&bytes).into();
        let name: Arc<str> = file.as_str().into();
        texts.insert(Arc::clone(&name), SourceText { text: Arc::clone(&text) });
        if Ledger::is_one(&text) {
            let mut found = Vec::new();
            let ledger = Ledger::read(&File { path: Arc::clone(&name), text }, &mut found);
            found.extend(self.gone_of(&ledger, &name));
            return Ok(found);
        }
        let base_url = self.site.content.site.value.base_url.as_str();
        let mut found = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let bare = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            let address = written_address(bare, base_url);
            let begins = start + line.find(bare).unwrap_or(0);
            start += line.len();
            if bare.is_empty() || bare.starts_with('#') || self.addresses.contains(&address) {
                continue;
            }
            found.push(self.gone(&address).at(Place::new(&name, begins..begins + bare.len())));
        }
        Ok(found)
    }

    /// All that the ledger finds: addresses that would be gone, what it does not know yet, pages without short addresses.
    pub(super) fn of_ledger(&mut self, theme: &Theme) -> Vec<Diagnostic> {
        let mut found = self.gone_of_ledger();
        found.extend(self.stale());
        found.extend(self.without_short_address(theme));
        found
    }

    /// That the ledger does not know what the content says, or where, if there is one.
    fn stale(&self) -> Option<Diagnostic> {
        self.site.content.ledger.as_ref()?;
        let (_, noted) = self.site.noted();
        let unknown = || noted.all().chain(self.unknown());
        let count = unknown().count();
        let problem = Problem::new(Code::LedgerStale).with("count", &count.to_string());
        let problem = problem.with_list("keys", unknown().take(MOST_NAMED));
        (count > 0).then(|| problem.at(Place::whole(&LEDGER.into())))
    }

    /// That pages have no short address yet, where the site keeps a ledger.
    fn without_short_address(&self, theme: &Theme) -> Option<Diagnostic> {
        self.site.content.ledger.as_ref()?;
        let lacking = theme.editions(self.site).ok()?.first()?.without_short_address();
        let problem = Problem::new(Code::ShortAddressLacking).with("count", &lacking.len().to_string());
        let problem = problem.with_list("pages", lacking.iter().take(MOST_NAMED).map(String::as_str));
        (!lacking.is_empty()).then(|| problem.at(Place::whole(&ADDRESSES_FILE.into())))
    }

    /// The addresses of the ledger that the site would no longer have, but for those that are given up.
    pub(super) fn gone_of_ledger(&mut self) -> Vec<Diagnostic> {
        let site = self.site;
        site.content.ledger.as_ref().map(|ledger| self.gone_of(ledger, &LEDGER.into())).unwrap_or_default()
    }

    /// Whether nobody has seen what the ledger knows.
    pub(super) fn was_never_published(&self) -> bool {
        let base_url = &self.site.content.site.value.base_url;
        self.site.content.ledger.as_ref().is_some_and(|ledger| ledger.was_never_published(base_url))
    }

    fn gone_of(&mut self, ledger: &Ledger, file: &Arc<str>) -> Vec<Diagnostic> {
        if ledger.was_never_published(&self.site.content.site.value.base_url) {
            return Vec::new();
        }
        let standing = |(address, published): &(&String, &Published)| published.gone.is_none() && !is_passing(address);
        let mut found = Vec::new();
        for (address, published) in ledger.addresses.iter().filter(standing) {
            if !self.addresses.contains(address) && !self.is_lost(address) {
                let place = Place::new(file, published.at..published.at + address.len());
                found.push(self.gone(address).with("gone", address).at(place));
            }
        }
        found
    }

    /// Whether it is a short address of which its own line says that it leads nowhere.
    fn is_lost(&self, address: &str) -> bool {
        let leads = |code: &str| self.site.short_addresses().find(|(entry, _)| entry.code.as_str() == code);
        short_code(address).and_then(leads).is_some_and(|(_, leads)| *leads == Leads::Nowhere)
    }

    /// The addresses that the ledger does not have, or has as given up.
    pub(super) fn unknown(&self) -> impl Iterator<Item = &str> {
        let has = |address: &&String| {
            let ledger = self.site.content.ledger.as_ref();
            ledger.and_then(|ledger| ledger.addresses.get(*address)).is_some_and(|known| known.gone.is_none())
        };
        self.addresses.iter().filter(move |address| !is_passing(address) && !has(address)).map(String::as_str)
    }

    /// That an address is no longer there, and how to mend it.
    fn gone(&mut self, address: &str) -> Problem {
        if let Some(code) = short_code(address) {
            let mut lines = self.site.short_addresses().map(|(entry, _)| entry);
            let page = lines.find(|entry| entry.code.as_str() == code).map(|entry| entry.page.page());
            let problem = Problem::new(Code::ShortAddressGone).with("address", address);
            return match page {
                Some(page) => problem.with("page", &page),
                None => problem.with("code", code),
            };
        }
        self.missed += 1;
        let like = (self.missed <= MOST_SUGGESTIONS).then(|| self.like(address)).flatten();
        let problem = Problem::new(Code::AddressGone).with("address", address).with_some("suggestion", like);
        let path = address.trim_start_matches('/');
        let of = owner(path);
        let page = of.map_or_else(|| address.to_owned(), |of| format!("/{}{}/{}/", of.language, of.folder, of.id));
        let unmade = !self.site.content.site.value.outputs.has(OutputFamily::Redirects);
        if unmade && self.old.contains(&page) {
            return problem.with("family", "redirects");
        }
        let Some(of) = of else {
            let is_page = address.ends_with('/') || [".html", ".htm", ".shtml"].iter().any(|e| address.ends_with(e));
            return if is_page { problem.with("alias", path) } else { problem };
        };
        // The calendar and the page of an activity.
        let mut programmes = self.site.content.programmes.iter().filter(|_| of.folder == Programme::FOLDER);
        let programme = programmes.find(|record| record.id.as_str() == of.id);
        let key = of.after.strip_prefix('/').and_then(|key| key.strip_suffix(".ics").or_else(|| key.strip_suffix('/')));
        if let (Some(record), Some(key)) = (programme, key) {
            return problem.with("key", key).with("file", &record.origin.file);
        }
        if self.addresses.contains(&page) { problem } else { problem.with("alias", page.trim_start_matches('/')) }
    }

    /// The address most like another that is not there.
    pub(super) fn like(&self, address: &str) -> Option<&str> {
        closest(address, self.addresses.iter().map(String::as_str))
    }
}
