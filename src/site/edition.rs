//! The site in one language.
//!
//! A record has a page in the first language always, and in another one if its title is written in it.
//! Links go to the page in the edition's own language where there is one, else to the first language's,
//! and say so (`hreflang`).

use super::Site;
use super::address::{Address, encode, page_path};
use super::markdown;
use super::views::{ArchiveOf, DateText, Link, Local};
use super::wording::Wording;
use crate::calendar::{Date, DateSpan, DayOrTime};
use crate::content::{
    Body, Centre, Duty, Event, Feedback, Id, Kind, LanguageTag, Links, Notice, Outreach, Page, Policy, Programme,
    Record, SitePath, Team, Text,
};
use crate::diagnostics::{Diagnostic, Place};

/// A kind whose records have a page of their own.
pub trait Titled: Kind {
    /// The page's title.
    fn title(&self) -> &Text;
    /// The addresses at which the page stood before.
    fn aliases(&self) -> &[SitePath];
}

macro_rules! titled {
    ($($kind:ty: $field:ident),* $(,)?) => {
        $(impl Titled for $kind {
            fn title(&self) -> &Text {
                &self.$field
            }
            fn aliases(&self) -> &[SitePath] {
                &self.aliases
            }
        })*
    };
}

titled! {
    Centre: name, Programme: title, Event: title, Policy: title, Notice: title, Team: name,
    Duty: title, Outreach: title, Feedback: title, Page: title,
}

/// The site in one language.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    /// The site.
    pub site: &'a Site,
    /// The language.
    pub language: &'a LanguageTag,
    /// The interface in that language.
    pub wording: &'a Wording,
}

impl<'a> Edition<'a> {
    /// Whether this is the site's first language.
    pub fn is_first(&self) -> bool {
        self.language == self.site.first_language()
    }

    /// Whether a native reader has checked it: as `site.yaml` says, else as the theme's words say of themselves.
    pub fn is_reviewed(&self) -> bool {
        let languages = &self.site.content.site.value.languages;
        let said = languages.iter().find(|language| language.tag == *self.language).and_then(|l| l.reviewed);
        said.unwrap_or_else(|| !self.wording.unreviewed.is_all())
    }

    /// Whether a text is written in this language.
    pub fn has(&self, text: &Text) -> bool {
        self.is_first() || text.has(self.language, self.site.first_language())
    }

    /// Whether a record has a page in this language.
    pub fn offers<K: Titled>(&self, record: &Record<K>) -> bool {
        self.has(record.value.title())
    }

    /// The records of a kind that have a page in this language.
    pub fn offered<K: Titled>(&self, records: &'a [Record<K>]) -> impl Iterator<Item = &'a Record<K>> + use<'a, '_, K> {
        records.iter().filter(|record| self.offers(*record))
    }

    /// A text in this language, or the best there is with its own `lang`.
    pub fn local(&self, text: &Text) -> Local {
        let (text, language) = text.best(self.language, self.site.first_language());
        Local { text: text.to_owned(), lang: (language != self.language).then(|| language.as_str().to_owned()) }
    }

    /// As [`Edition::local`], for a text that may be missing.
    pub fn local_some(&self, text: Option<&Text>) -> Option<Local> {
        text.map(|text| self.local(text))
    }

    /// As [`Edition::local`], for a list.
    pub fn locals(&self, texts: &[Text]) -> Vec<Local> {
        texts.iter().map(|text| self.local(text)).collect()
    }

    /// A word of the interface, in this language by its nature.
    pub fn term(&self, name: &str) -> Local {
        Local { text: self.wording.term(name).to_owned(), lang: None }
    }

    /// The address of a path in this language.
    pub fn address(&self, path: &str) -> Address {
        if self.is_first() { Address::new(path) } else { Address::new(format!("{}/{path}", self.language)) }
    }

    /// The address of a record's page in this language.
    pub fn address_of<K: Kind>(&self, id: &Id<K>) -> Address {
        self.address(&page_path(K::FOLDER, id.as_str()))
    }

    /// A link to a record's page.
    pub fn link<K: Titled>(&self, record: &Record<K>) -> Link {
        self.link_named(record, record.value.title())
    }

    /// A link to a record's page under another name.
    pub fn link_named<K: Titled>(&self, record: &Record<K>, name: &Text) -> Link {
        self.link_path(&page_path(K::FOLDER, record.id.as_str()), name, self.offers(record))
    }

    /// A link to a centre by its id, under its short name.
    pub fn centre(&self, id: &Id<Centre>) -> Option<Link> {
        let record = self.site.content.centres.get(*self.site.index.centre.get(id)?)?;
        Some(self.link_named(record, record.value.short_name.as_ref().unwrap_or(&record.value.name)))
    }

    /// A link to a path that exists in this language if `here`, else in the first one.
    pub fn link_path(&self, path: &str, name: &Text, here: bool) -> Link {
        let first = self.site.first_language();
        let (address, hreflang) =
            if here { (self.address(path), None) } else { (Address::new(path), Some(first.as_str().to_owned())) };
        Link { name: self.local(name), url: self.href(&address), hreflang }
    }

    /// An address as pages link to it, relative to the root: as the site's configuration wants it, the folder or the
    /// file in it.
    pub fn href(&self, address: &Address) -> String {
        let is_page = address.as_str().is_empty() || address.as_str().ends_with('/');
        match self.site.content.site.value.links {
            Links::Files if is_page => format!("{}index.html", address.encoded()),
            Links::Files | Links::Folders => address.encoded(),
        }
    }

    /// A day.
    pub fn date(&self, date: Date) -> DateText {
        DateText { iso: date.to_string(), text: self.wording.day(date) }
    }

    /// A day, or a time of a day.
    pub fn date_or_time(&self, moment: DayOrTime) -> DateText {
        let DateText { iso, text } = self.date(moment.date);
        match moment.time {
            None => DateText { iso, text },
            Some(time) => DateText { iso: format!("{iso}T{time}"), text: format!("{text} {time}") },
        }
    }

    /// A day without its year, with its weekday.
    pub fn weekday_date(&self, date: Date) -> DateText {
        DateText { iso: date.to_string(), text: self.wording.weekday_day(date) }
    }

    /// A span of days.
    pub fn span(&self, span: DateSpan) -> String {
        self.wording.span(span)
    }

    /// The body of a record in the best language, as HTML for the page at `address`.
    pub fn body(&self, bodies: &[Body], address: &Address) -> Option<BodyHtml> {
        self.body_below(bodies, &address.to_root())
    }

    /// As [`Edition::body`], with links that begin with `root`.
    fn body_below(&self, bodies: &[Body], root: &str) -> Option<BodyHtml> {
        let (body, lang) = self.best_body(bodies)?;
        let resolve = |path: &str| self.resolve(path).map(|to| format!("{root}{}", self.href(&to)));
        let table_name = |number: usize| self.wording.say("table-n", &[("n", &number.to_string())]);
        let html = markdown::render(body.markdown(), self.site.content.site.value.html, &resolve, &table_name);
        let faults = html.faults.into_iter().map(|(problem, range)| {
            problem.at(Place::new(&body.file, range.start + body.range.start..range.end + body.range.start))
        });
        Some(BodyHtml { html: html.html, lang, faults: faults.collect() })
    }

    /// The body of a record in this language, or the best there is with its own `lang`.
    pub(crate) fn best_body<'b>(&self, bodies: &'b [Body]) -> Option<(&'b Body, Option<String>)> {
        let own = bodies.iter().find(|body| self.is_of(body, self.language));
        let body = own.or_else(|| bodies.first()).filter(|body| !body.markdown().trim().is_empty())?;
        Some((body, own.is_none().then(|| self.site.first_language().as_str().to_owned())))
    }

    /// The body of a record as HTML that may stand anywhere: its links are whole, also those within the page `address`.
    pub fn body_away(&self, bodies: &[Body], address: &Address) -> Option<BodyHtml> {
        let mut body = self.body_below(bodies, &self.site.base_url())?;
        body.html = markdown::away_from(&body.html, &self.whole(address));
        Some(body)
    }

    /// The whole address of a page or file as pages link to it.
    pub fn whole(&self, address: &Address) -> String {
        format!("{}{}", self.site.base_url(), self.href(address))
    }

    /// The whole address by which a page is known, for `rel=canonical` and whatever else names it.
    pub fn canonical(&self, address: &Address) -> String {
        format!("{}{}", self.site.base_url(), address.encoded())
    }

    fn is_of(&self, body: &Body, language: &LanguageTag) -> bool {
        body.language.as_ref().unwrap_or(self.site.first_language()) == language
    }

    /// The page, picture or sheet behind an address as editors write it, without its first `/`.
    fn resolve(&self, path: &str) -> Option<Address> {
        if let Some(picture) = path.strip_prefix("pictures/") {
            return self.site.pictures.iter().any(|known| known == picture).then(|| Address::new(path));
        }
        if path.starts_with("posters/") && path.ends_with(".pdf") {
            let address = self.address(path);
            let mut sheets = super::views::sheets(self).filter(|_| self.site.sheets);
            let is_made = sheets.any(|sheet| sheet.files(self).iter().any(|file| file.address == address));
            return is_made.then_some(address);
        }
        let here = self.site.has_page(self, path);
        let first = Edition { language: self.site.first_language(), ..*self };
        if here {
            Some(self.address(path))
        } else if self.site.has_page(&first, path) {
            Some(Address::new(path))
        } else {
            // What is there and could not be read was reported; a link to it is not dead.
            self.site.is_unread(path).then(|| Address::new(path))
        }
    }
}

/// A body as HTML, with its language where that is not the page's.
#[derive(Debug, Clone, serde::Serialize)]
pub struct BodyHtml {
    /// The HTML, safe to be put into a page.
    pub html: String,
    /// The language, where it is not the page's.
    pub lang: Option<String>,
    /// Links that lead nowhere.
    #[serde(skip)]
    pub faults: Vec<Diagnostic>,
}

/// Percent-encodes a path below the root, for links to files.
pub fn file_url(path: &str) -> String {
    encode(path)
}

impl Site {
    /// Whether a path such as `centres/x/` is a page in the edition's language.
    pub(crate) fn has_page(&self, edition: &Edition<'_>, path: &str) -> bool {
        let path = path.strip_suffix("index.html").unwrap_or(path);
        let Some(path) = path.strip_suffix('/') else { return path.is_empty() };
        let Some((folder, id)) = path.split_once('/') else {
            return (super::views::LISTS.contains(&path) && super::views::list_exists(edition, path))
                || self.has_record(edition, &self.content.pages, path);
        };
        let in_archive = |of: ArchiveOf| {
            let year = id.strip_prefix("archive/").and_then(|year| year.parse().ok());
            year.is_some_and(|year| super::views::archive_years(edition, of).contains(&year))
        };
        match folder {
            "centres" => self.has_record(edition, &self.content.centres, id),
            "programmes" => match id.split_once('/') {
                Some((programme, key)) => {
                    self.activity_of_key(programme, key).is_some_and(|activity| edition.has(&activity.title))
                }
                None => self.has_record(edition, &self.content.programmes, id),
            },
            "this-week" => {
                let path = format!("{path}/");
                super::views::week_pages(edition).iter().any(|part| part.path(edition) == path)
            }
            "events" => self.has_record(edition, &self.content.events, id) || in_archive(ArchiveOf::Events),
            "display" => {
                let screen = |c: &Record<Centre>| c.id.as_str() == id && super::views::has_display(edition, c);
                self.has_record(edition, &self.content.centres, id) && self.content.centres.iter().any(screen)
            }
            "policies" => {
                self.has_record(edition, &self.content.policies, id)
                    || super::views::list_exists(edition, "policies")
                        && id.split_once('/').is_some_and(|(by, id)| match by {
                            "for" => self.content.site.value.audiences.contains_key(id),
                            "by" => self.content.site.value.departments.contains_key(id),
                            "as" => id == "table",
                            _ => false,
                        })
            }
            "notices" => {
                let begun = |id: &str| {
                    self.content.notices.iter().any(|n| n.id.as_str() == id && super::views::notice_begun(edition, n))
                };
                self.has_record(edition, &self.content.notices, id) && begun(id) || in_archive(ArchiveOf::Notices)
            }
            "teams" => self.has_record(edition, &self.content.teams, id),
            "posters" => self.sheets && super::views::has_sheets(edition, id),
            "duty" => self.has_record(edition, &self.content.duty, id),
            "outreach" => self.has_record(edition, &self.content.outreach, id),
            "feedback" => self.has_record(edition, &self.content.feedback, id),
            "areas" => self
                .index
                .area
                .get(id)
                .and_then(|n| self.index.areas.get(*n))
                .is_some_and(|entry| edition.has(&entry.area.name)),
            _ => self.has_record(edition, &self.content.pages, path),
        }
    }

    fn has_record<K: Titled>(&self, edition: &Edition<'_>, records: &[Record<K>], id: &str) -> bool {
        records
            .binary_search_by(|record| record.id.as_str().cmp(id))
            .ok()
            .and_then(|n| records.get(n))
            .is_some_and(|r| edition.offers(r))
    }
}
