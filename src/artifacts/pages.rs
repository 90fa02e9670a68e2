//! The pages of a site: for each edition, every record and every list that has something to say in it.
//!
//! A page is a frame, a view and a template of the same kind. What all pages of a language share is made a
//! template value once. Views are made when a page is, so that this too is done in parallel. What search engines
//! should know of is listed on the way, so that no second list of pages can say something else. Pages that come from
//! several records or a part of one have files of their own below.

mod activities;
mod archives;
mod farewells;
mod posters;
mod unlisted;
mod weeks;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::Serialize;
use tera::{Context, Value};

use super::theme::Theme;
use super::{Artifact, Inputs, OutputPath, SiteArtifact, blank_lines, foreign, outputs};
use crate::calendar::{Date, DateTime};
use crate::content::{Area, Id, LanguageTag, Notice, OutputFamily, Record};
use crate::diagnostics::{Code, Diagnostic, Place, Problem};
use crate::site::views::{
    self, Described, FrameParts, Link, Local, NoticeCard, Offered, PoliciesOf, SharePicture, Subject,
};
use crate::site::{Address, Edition, LastChange, Site, page_path, record_key};

/// The pages of a site.
pub(super) struct Pages<'a> {
    /// Every page.
    pub artifacts: Vec<SiteArtifact<'a>>,
    /// Those that search engines should know of.
    pub listed: Vec<Listed>,
    /// The pictures that are shown beside links to pages.
    #[cfg_attr(not(feature = "posters"), allow(dead_code, reason = "only who draws looks at them"))]
    pub shared: Vec<SharePicture<'a>>,
}

/// A page that search engines should know of.
pub(super) struct Listed {
    /// Its whole address.
    pub url: String,
    /// The language and the whole address of the same page in each language, this one included; empty if there is only
    /// one.
    pub alternates: Vec<(String, String)>,
    /// The day on which it last changed, where its record says so.
    pub changed: Option<Date>,
}

/// Every page.
pub(super) fn pages<'a>(
    site: &'a Site,
    editions: Vec<Edition<'a>>,
    theme: &'a Theme,
    offered: Arc<OnceLock<Vec<Offered>>>,
) -> Result<Pages<'a>, Vec<Diagnostic>> {
    let (shared, pages, listed, diagnostics) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let pictures = share_pictures_made(site, theme).then(Vec::new);
    let mut press = Press { site, theme, editions, offered, shared, pages, listed, pictures, diagnostics };
    press.shared = press.editions.iter().map(|edition| Arc::new(Shared::of(edition, theme))).collect();
    for number in 0..press.editions.len() {
        press.lists(number);
        press.records(number);
    }
    if press.diagnostics.is_empty() {
        Ok(Pages { artifacts: press.pages, listed: press.listed, shared: press.pictures.unwrap_or_default() })
    } else {
        Err(press.diagnostics)
    }
}

/// What all pages of a language share, as template values.
struct Shared {
    site: Value,
    labels: Value,
    assets: Value,
}

#[derive(Serialize)]
struct Assets {
    css: String,
    icon: String,
    icons: String,
    theme_colour: Option<String>,
    /// Every asset's name, and where it is published.
    files: BTreeMap<String, String>,
}

impl Shared {
    fn of(edition: &Edition<'_>, theme: &Theme) -> Self {
        let assets = Assets {
            css: theme.asset_path(&theme.style_sheet()),
            icon: theme.asset_path("icon.svg"),
            icons: theme.asset_path("icons.svg"),
            theme_colour: theme.colour("band").map(str::to_owned),
            files: theme.asset_paths().into_iter().map(|(name, path)| (name.to_owned(), path)).collect(),
        };
        Self {
            site: Value::from_serializable(&views::site(edition, |list| views::list_exists(edition, list))),
            labels: Value::from_serializable(&edition.wording.labels),
            assets: Value::from_serializable(&assets),
        }
    }
}

/// A view and what was found wrong while it was made.
type Viewed<V> = (V, Vec<Diagnostic>);

/// What a page is before its view is made.
struct Sheet<'a> {
    kind: &'static str,
    path: String,
    title: Local,
    description: Option<&'a crate::content::Text>,
    editions: Vec<Edition<'a>>,
    above: Vec<Link>,
    subject: Subject<'a>,
    changed: Option<Date>,
    /// Whether search engines are asked to leave the page out.
    unlisted: bool,
    origin: Arc<str>,
}

struct Press<'a> {
    site: &'a Site,
    theme: &'a Theme,
    editions: Vec<Edition<'a>>,
    /// What is made for programs, known when everything is planned.
    offered: Arc<OnceLock<Vec<Offered>>>,
    shared: Vec<Arc<Shared>>,
    pages: Vec<SiteArtifact<'a>>,
    listed: Vec<Listed>,
    /// The pictures beside links to the pages, if they are made.
    pictures: Option<Vec<SharePicture<'a>>>,
    diagnostics: Vec<Diagnostic>,
}

/// What the pictures beside links are drawn from; a theme without it has none.
pub(super) const SHARE_TEMPLATE: &str = "posters/share.typ";

/// Whether pages have pictures that are shown beside links to them.
fn share_pictures_made(site: &Site, theme: &Theme) -> bool {
    let wanted = site.content.site.value.share_pictures && theme.file(SHARE_TEMPLATE).is_some();
    cfg!(feature = "posters") && site.sheets && wanted
}

impl<'a> Press<'a> {
    /// Adds a page to the list; `banners` and `view` are called when the page is made.
    fn add<V: Serialize>(
        &mut self,
        number: usize,
        sheet: Sheet<'a>,
        banners: impl Fn(&Edition<'a>) -> Vec<NoticeCard> + Send + Sync + 'a,
        view: impl Fn(&Edition<'a>, &Address) -> Viewed<V> + Send + Sync + 'a,
    ) {
        let (Some(edition), Some(shared)) = (self.editions.get(number).copied(), self.shared.get(number).cloned())
        else {
            return;
        };
        let theme = self.theme;
        let all = self.editions.clone();
        let template = format!("{}.html", sheet.kind);
        let address = edition.address(&sheet.path);
        let file = if sheet.kind == "not-found" { format!("{}404.html", address.as_str()) } else { address.file() };
        let path = match OutputPath::new(&file) {
            Ok(path) => path,
            Err(_) => {
                self.diagnostics.push(Problem::new(Code::BadId).with("id", &file).at(Place::whole(&sheet.origin)));
                return;
            }
        };
        if sheet.kind != "not-found" && !sheet.unlisted {
            let whole = |other: &Edition<'_>| other.canonical(&other.address(&sheet.path));
            let alternates = sheet.editions.iter().filter(|_| sheet.editions.len() > 1);
            self.listed.push(Listed {
                url: whole(&edition),
                alternates: alternates.map(|other| (other.language.to_string(), whole(other))).collect(),
                changed: sheet.changed,
            });
        }
        let Sheet { kind, path: page, title, subject, description, origin, .. } = &sheet;
        let share = self.pictures.as_mut().and_then(|pictures| {
            let picture = SharePicture::of(edition, kind, page, title, *subject, *description, origin)?;
            let address = picture.address.clone();
            pictures.push(picture);
            Some(address)
        });
        let origin = Arc::clone(&sheet.origin);
        let make = move |buffer: &mut Vec<u8>| {
            let parts = FrameParts {
                kind: sheet.kind,
                path: sheet.path.clone(),
                title: sheet.title.clone(),
                description: sheet.description,
                editions: sheet.editions.clone(),
                all: all.clone(),
                above: sheet.above.clone(),
                banners: banners(&edition),
                feed: outputs::feed_link(&edition, &sheet.path).filter(|_| sheet.kind != "not-found"),
                unlisted: sheet.unlisted,
                share: share.clone(),
            };
            let (address, mut frame) = views::frame(&edition, parts);
            if sheet.kind == "not-found" {
                frame.root = edition.site.base_path();
            } else {
                frame.structured = views::structured(&edition, sheet.subject, &frame);
            }
            let (view, faults) = view(&edition, &address);
            if !faults.is_empty() {
                return Err(faults);
            }
            let mut context = Context::new();
            context.insert_value("site", shared.site.clone());
            context.insert_value("t", shared.labels.clone());
            context.insert_value("assets", shared.assets.clone());
            context.insert("page", &frame);
            context.insert("view", &view);
            theme.templates.render(&template, &context, buffer).map_err(|fault| vec![fault])?;
            blank_lines::remove(buffer);
            if edition.site.content.site.value.languages.len() > 1 {
                foreign::mark_chinese(buffer, chinese(&edition));
            }
            Ok(())
        };
        self.pages.push(Artifact { path, origin, inputs: Inputs::Unknown, make: Box::new(make) });
    }

    /// Adds a list page, if it has something to list.
    fn list<V: Serialize>(
        &mut self,
        number: usize,
        kind: &'static str,
        folder: &'static str,
        view: impl Fn(&Edition<'a>) -> V + Send + Sync + 'a,
    ) {
        let Some(edition) = self.editions.get(number) else { return };
        if !folder.is_empty() && !views::list_exists(edition, folder) {
            return;
        }
        let term = if folder.is_empty() { "nav.home".to_owned() } else { format!("nav.{folder}") };
        let editions = self.editions.iter().filter(|e| folder.is_empty() || views::list_exists(e, folder)).copied();
        let is_home = folder.is_empty();
        let sheet = Sheet {
            kind,
            path: if is_home { String::new() } else { format!("{folder}/") },
            title: if is_home { edition.local(&self.site.content.site.value.title) } else { edition.term(&term) },
            description: self.site.content.site.value.summary.as_ref(),
            editions: editions.collect(),
            above: Vec::new(),
            subject: if is_home { Subject::Site } else { Subject::Other },
            changed: None,
            unlisted: false,
            origin: "site.yaml".into(),
        };
        self.add(number, sheet, move |e| views::banners(e, |_| is_home), move |e, _| (view(e), Vec::new()));
    }

    fn lists(&mut self, number: usize) {
        self.list(number, "home", "", views::home);
        self.list(number, "centres", "centres", views::centres);
        self.list(number, "network", "network", views::network);
        self.list(number, "areas", "areas", views::areas);
        self.list(number, "programmes", "programmes", views::programmes);
        self.weeks(number);
        self.list(number, "events", "events", views::events);
        self.list(number, "policies", "policies", |e| views::policies(e, PoliciesOf::All));
        self.list(number, "notices", "notices", views::notices);
        self.list(number, "changes", "changes", views::changes);
        self.archives(number);
        self.list(number, "teams", "teams", views::teams);
        self.list(number, "rosters", "duty", views::rosters);
        self.list(number, "rounds", "outreach", views::rounds);
        self.list(number, "registers", "feedback", views::registers);
        self.list(number, "calendar", "calendar", views::calendar);
        self.posters(number);
        let offered = Arc::clone(&self.offered);
        let unreviewed: Vec<_> = self.editions.iter().filter(|e| !e.is_reviewed()).map(|e| e.language).collect();
        self.list(number, "accessibility", "accessibility", move |e| views::accessibility(e, &unreviewed));
        self.list(number, "site-map", "site-map", views::site_map);
        self.list(number, "data", "data", move |e| views::data(e, offered.get().map_or(&[], Vec::as_slice)));
        self.dictionary(number);
        self.policy_lists(number);
        self.search(number);
        // A web server shows one such page, whatever the language of the address.
        if let (Some(edition), 0) = (self.editions.get(number), number) {
            let title = edition.wording.labels.get("not_found_title").cloned().unwrap_or_default();
            let sheet = Sheet {
                kind: "not-found",
                path: String::new(),
                title: Local::own(title),
                description: None,
                editions: Vec::new(),
                above: Vec::new(),
                subject: Subject::Other,
                changed: None,
                unlisted: false,
                origin: "site.yaml".into(),
            };
            self.add(number, sheet, |_| Vec::new(), |_, _| ((), Vec::new()));
        }
    }

    /// What each key of the site's own JSON means, where that is made.
    fn dictionary(&mut self, number: usize) {
        let Some(edition) = self.editions.get(number).copied() else { return };
        if !self.site.content.site.value.outputs.has(OutputFamily::Api) {
            return;
        }
        let sheet = Sheet {
            kind: "dictionary",
            path: views::DICTIONARY.to_owned(),
            title: Local::own(edition.wording.term("data.dictionary").to_owned()),
            description: None,
            editions: self.editions.clone(),
            above: vec![views::list_link(&edition, "data")],
            subject: Subject::Other,
            changed: None,
            unlisted: false,
            origin: "site.yaml".into(),
        };
        self.add(number, sheet, |e| views::banners(e, |_| false), |e, _| (outputs::dictionary(e), Vec::new()));
    }

    /// The search page, and the pages of its letters where there are many titles.
    fn search(&mut self, number: usize) {
        let Some(edition) = self.editions.get(number).copied().filter(|e| views::list_exists(e, "search")) else {
            return;
        };
        let letters = Arc::new(views::letters(&edition));
        let whole = Arc::clone(&letters);
        self.list(number, "search", "search", move |e| views::search(e, &whole));
        for (position, letter) in letters.iter().enumerate().filter(|(_, letter)| letter.page.is_some()) {
            let letters = Arc::clone(&letters);
            let sheet = Sheet {
                kind: "letter",
                path: views::letter_path(&letter.name),
                title: views::Local::own(edition.wording.say("search.letter", &[("letter", &letter.name)])),
                description: None,
                // The same letter says something else in another language.
                editions: Vec::new(),
                above: vec![views::list_link(&edition, "search")],
                subject: Subject::Other,
                changed: None,
                unlisted: false,
                origin: "site.yaml".into(),
            };
            self.add(
                number,
                sheet,
                |e| views::banners(e, |_| false),
                move |_, _| (views::letter(&letters, position), Vec::new()),
            );
        }
    }

    /// Policies by audience and by department.
    fn policy_lists(&mut self, number: usize) {
        let Some(edition) = self.editions.get(number).copied() else { return };
        if !views::list_exists(&edition, "policies") {
            return;
        }
        let config = &self.site.content.site.value;
        let editions: Vec<_> = self.editions.iter().copied().filter(|e| views::list_exists(e, "policies")).collect();
        let sheet = |by: &str, id: &str, term: &'a crate::content::Term| {
            // A name in another language is no part of a sentence in this one: it stands alone.
            let name = edition.local(&term.name);
            let title = match name.lang {
                None => Local::own(edition.wording.say(&format!("policies.{by}"), &[("name", &name.text)])),
                Some(_) => name,
            };
            Sheet {
                kind: "policies",
                path: format!("policies/{by}/{id}/"),
                title,
                description: term.note.as_ref(),
                editions: editions.clone(),
                above: vec![views::list_link(&edition, "policies")],
                subject: Subject::Other,
                changed: None,
                unlisted: false,
                origin: "site.yaml".into(),
            }
        };
        let table = Sheet {
            kind: "policy-table",
            path: "policies/as/table/".to_owned(),
            title: edition.term("policies.table"),
            description: config.summary.as_ref(),
            editions: editions.clone(),
            above: vec![views::list_link(&edition, "policies")],
            subject: Subject::Other,
            changed: None,
            unlisted: false,
            origin: "site.yaml".into(),
        };
        self.add(
            number,
            table,
            |e| views::banners(e, |_| false),
            |e, _| (views::policies(e, PoliciesOf::All), Vec::new()),
        );
        for (id, term) in &config.audiences {
            let sheet = sheet("for", id.as_str(), term);
            self.add(
                number,
                sheet,
                |e| views::banners(e, |_| false),
                |e, _| (views::policies(e, PoliciesOf::Audience(id)), Vec::new()),
            );
        }
        for (id, term) in &config.departments {
            let sheet = sheet("by", id.as_str(), term);
            self.add(
                number,
                sheet,
                |e| views::banners(e, |_| false),
                |e, _| (views::policies(e, PoliciesOf::Department(id)), Vec::new()),
            );
        }
    }

    /// Adds the page of a record, if it has one in this language.
    fn record<K: Described + LastChange, V: Serialize>(
        &mut self,
        number: usize,
        kind: &'static str,
        record: &'a Record<K>,
        summary: Option<&'a crate::content::Text>,
        concerned: impl Fn(&Notice) -> bool + Send + Sync + 'a,
        view: impl Fn(&Edition<'a>, &'a Record<K>, &Address) -> Viewed<V> + Send + Sync + 'a,
    ) {
        let Some(edition) = self.editions.get(number).copied() else { return };
        if !edition.offers(record) {
            return;
        }
        let above = if views::LISTS.contains(&K::FOLDER) && views::list_exists(&edition, K::FOLDER) {
            vec![views::list_link(&edition, K::FOLDER)]
        } else if K::NESTED {
            views::pages_above(&edition, record.id.as_str())
        } else {
            Vec::new()
        };
        let sheet = Sheet {
            kind,
            path: page_path(K::FOLDER, record.id.as_str()),
            title: edition.local(record.value.title()),
            description: summary,
            editions: self.editions.iter().copied().filter(|edition| edition.offers(record)).collect(),
            above,
            subject: K::subject(record),
            changed: last_changed(self.site, record).map(|at| at.date()),
            unlisted: false,
            origin: Arc::clone(&record.origin.file),
        };
        self.add(number, sheet, move |e| views::banners(e, &concerned), move |e, address| view(e, record, address));
    }

    fn records(&mut self, number: usize) {
        let site = self.site;
        let content = &site.content;
        let nobody = |_: &Notice| false;
        for record in &content.centres {
            let summary = record.value.summary.as_ref();
            let concerned = move |notice: &Notice| views::notice_concerns(site, record, notice);
            self.record(number, "centre", record, summary, concerned, |e, r, _| (views::centre(e, r), Vec::new()));
        }
        self.displays(number);
        self.offline(number);
        self.farewells(number);
        for record in &content.programmes {
            let concerned = move |notice: &Notice| notice.centres.contains(&record.value.centre);
            self.record(number, "programme", record, record.value.summary.as_ref(), concerned, |e, r, _| {
                let sheet = (e.site.sheets && r.value.valid.last() >= e.site.today)
                    .then(|| views::programme_sheet(e, r))
                    .flatten();
                let (calendars, activity_calendars) =
                    (views::calendars_of_centre(e, r), views::calendars_of_activities(e, r));
                (
                    ProgrammePage { programme: views::programme_view(e, r), sheet, calendars, activity_calendars },
                    Vec::new(),
                )
            });
        }
        for record in &content.events {
            self.record(number, "event", record, record.value.summary.as_ref(), nobody, |e, r, address| {
                let view = views::event(e, r, address);
                let faults = view.body.iter().flat_map(|body| body.faults.clone()).collect();
                (view, faults)
            });
        }
        for record in &content.policies {
            self.record(number, "policy", record, Some(&record.value.summary), nobody, |e, r, address| {
                let view = views::policy(e, r, address);
                let faults = view.body.iter().flat_map(|body| body.faults.clone()).collect();
                (view, faults)
            });
        }
        // A notice that has not begun has no page yet.
        let today = self.editions.get(number).copied();
        for record in content.notices.iter().filter(|record| today.is_some_and(|e| views::notice_begun(&e, record))) {
            self.record(number, "notice", record, Some(&record.value.summary), nobody, |e, r, address| {
                let view = views::notice(e, r, address);
                let faults = view.body.iter().flat_map(|body| body.faults.clone()).collect();
                (view, faults)
            });
        }
        for record in &content.teams {
            self.record(number, "team", record, Some(&record.value.purpose), nobody, |e, r, address| {
                let view = views::team(e, r, address);
                let faults = view.body.iter().flat_map(|body| body.faults.clone()).collect();
                (view, faults)
            });
        }
        for record in &content.duty {
            self.record(number, "roster", record, None, nobody, |e, r, _| (views::duty(e, r), Vec::new()));
        }
        for record in &content.outreach {
            let concerned =
                move |notice: &Notice| record.value.area.as_ref().is_some_and(|area| within(site, area, &notice.areas));
            self.record(number, "round", record, Some(&record.value.summary), concerned, |e, r, _| {
                (views::outreach(e, r), Vec::new())
            });
        }
        for record in &content.feedback {
            self.record(number, "register", record, record.value.summary.as_ref(), nobody, |e, r, _| {
                (views::feedback(e, r), Vec::new())
            });
        }
        for record in &content.pages {
            self.record(number, "page", record, record.value.summary.as_ref(), nobody, |e, r, address| {
                let view = views::page(e, r, address);
                let faults = view.body.iter().flat_map(|body| body.faults.clone()).collect();
                (view, faults)
            });
        }
        self.areas(number);
        self.activities(number);
    }

    fn areas(&mut self, number: usize) {
        let Some(edition) = self.editions.get(number).copied() else { return };
        let site = self.site;
        for entry in site.index.areas.iter().filter(|entry| edition.has(&entry.area.name)) {
            let sheet = Sheet {
                kind: "area",
                path: format!("areas/{}/", entry.area.id),
                title: edition.local(&entry.area.name),
                description: entry.area.summary.as_ref(),
                editions: self.editions.iter().copied().filter(|e| e.has(&entry.area.name)).collect(),
                above: vec![views::list_link(&edition, "areas")],
                subject: Subject::Other,
                changed: None,
                unlisted: false,
                origin: "content/areas.yaml".into(),
            };
            let banners =
                move |e: &Edition<'a>| views::banners(e, |notice| within(site, &entry.area.id, &notice.areas));
            self.add(number, sheet, banners, move |e, _| (views::area(e, entry), Vec::new()));
        }
    }
}

/// The tag of the Chinese that stands among words of other languages.
fn chinese<'a>(edition: &Edition<'a>) -> &'a str {
    let mut languages = edition.site.content.site.value.languages.iter().map(|language| &language.tag);
    languages.find(|tag| tag.is_chinese()).map_or("zh", LanguageTag::as_str)
}

/// When a record last changed, as the ledger says or as it says itself.
fn last_changed<K: Described + LastChange>(site: &Site, record: &Record<K>) -> Option<DateTime> {
    let noted = site.standing(&record_key(&record.id)).and_then(|standing| standing.changed);
    noted.max(record.value.last_change(site.now))
}

/// A programme's page: the programme, and its sheets if there are any.
#[derive(Serialize)]
struct ProgrammePage {
    programme: views::ProgrammeView,
    sheet: Option<views::PosterSheet>,
    /// Calendars of its centre to subscribe to.
    calendars: Vec<views::Subscription>,
    /// A calendar of each activity.
    activity_calendars: Vec<views::Subscription>,
}

/// Whether one of `areas` is `area` or lies around it.
fn within(site: &Site, area: &Id<Area>, areas: &[Id<Area>]) -> bool {
    !areas.is_empty() && site.index.lineage(area).iter().any(|around| areas.contains(&around.area.id))
}
