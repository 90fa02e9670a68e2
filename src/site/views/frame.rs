//! What every page has around its content, and what all pages of a language share.

use serde::Serialize;

use super::notice::NoticeCard;
use super::parts::{Link, Local, PhoneView, phones};
use super::public_site::{PublicSiteView, public_site};
use super::switch::{Switch, switch};
use crate::content::{OutputFamily, Page, Record, Text};
use crate::site::{Address, Edition};

/// What one page has around its content.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// The page's kind, e.g. `centre`; also the name of its template.
    pub kind: &'static str,
    /// The title for the tab and for search engines.
    pub title: String,
    /// The same as the page's headline.
    pub heading: Local,
    /// One sentence for search engines, where it is written in the page's language.
    pub description: Option<String>,
    /// The way to the root of the site, e.g. `../../`.
    pub root: String,
    /// The address from the root, encoded.
    pub url: String,
    /// The whole address, for `rel=canonical`.
    pub canonical: String,
    /// The whole short address of the page, for paper: where its language is the site's first and it has one.
    pub short: Option<String>,
    /// The same page in other languages, this one included; empty if there is only one.
    pub alternates: Vec<Alternate>,
    /// Where each of the site's languages leads from here; empty if there is only one.
    pub switch: Switch,
    /// The pages above this one, the home page first.
    pub breadcrumbs: Vec<Link>,
    /// Urgent notices for the readers of this page.
    pub banners: Vec<NoticeCard>,
    /// What the page is about, for search engines: JSON-LD, each ready to stand in a `script` element.
    pub structured: Vec<String>,
    /// What tells of what is new here.
    pub feed: Option<FeedLink>,
    /// Whether search engines are asked to leave the page out: it holds a part of what another page has.
    pub unlisted: bool,
    /// The whole address of the picture that is shown beside links to it, where there is one.
    pub share: Option<String>,
}

/// A feed in its two formats.
#[derive(Debug, Clone, Serialize)]
pub struct FeedLink {
    /// What it tells of.
    pub title: String,
    /// The Atom feed (RFC 4287), relative to the root, encoded.
    pub atom: String,
    /// The JSON Feed, relative to the root, encoded.
    pub json: String,
}

/// The page in a language.
#[derive(Debug, Clone, Serialize)]
pub struct Alternate {
    /// The language's tag.
    pub lang: String,
    /// The language's name for itself.
    pub name: String,
    /// The address from the root, encoded.
    pub url: String,
    /// The whole address.
    pub canonical: String,
    /// Whether it is this page.
    pub current: bool,
}

/// What all pages of a language share.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// The language.
    pub lang: String,
    /// Whether it is written from right to left.
    pub right_to_left: bool,
    /// Whether a native reader has checked it.
    pub reviewed: bool,
    /// The site's name.
    pub title: Local,
    /// Who publishes it.
    pub publisher: Local,
    /// The publisher's address.
    pub address: Option<Local>,
    /// The publisher's telephone lines.
    pub phones: Vec<PhoneView>,
    /// The home page.
    pub home: Link,
    /// The main navigation.
    pub navigation: Vec<Link>,
    /// Pages listed at the bottom.
    pub footer_pages: Vec<Link>,
    /// Marks at the bottom.
    pub footer: Vec<FooterLine>,
    /// What a public website says of itself.
    pub public_site: Option<PublicSiteView>,
    /// The web app manifest, relative to the root, encoded.
    pub manifest: Option<String>,
    /// Whether browsers keep pages for places without a network.
    pub offline: bool,
    /// The search page, relative to the root, encoded.
    pub search: Option<String>,
    /// What tells browsers of the search page, relative to the root, encoded.
    pub opensearch: Option<String>,
    /// The day for which the site was made.
    pub made: super::parts::DateText,
    /// What the page's script needs of the language: JSON, ready to stand in a `script` element.
    pub live: String,
    /// The same for pages that show no centre's state.
    pub live_brief: String,
}

/// A line at the bottom.
#[derive(Debug, Clone, Serialize)]
pub struct FooterLine {
    /// What is written.
    pub text: Local,
    /// Where it leads.
    pub url: Option<String>,
}

/// The lists that the main navigation names, in order.
const NAVIGATION: [&str; 6] = ["centres", "this-week", "policies", "notices", "events", "posters"];

/// What all pages of a language share; `exists` says which lists have a page in it.
pub(crate) fn site(edition: &Edition<'_>, exists: impl Fn(&str) -> bool) -> SiteView {
    let config = &edition.site.content.site.value;
    let pages = footer_pages(edition);
    let mut navigation: Vec<Link> =
        NAVIGATION.into_iter().filter(|list| exists(list)).map(|list| list_link(edition, list)).collect();
    if edition.site.content.centres.is_empty() {
        // A site of pages, such as a manual, has no lists to go to.
        navigation.extend(pages.iter().map(|page| edition.link(page)));
    }
    SiteView {
        lang: edition.language.as_str().to_owned(),
        right_to_left: edition.language.is_right_to_left(),
        reviewed: edition.is_reviewed(),
        title: edition.local(&config.title),
        publisher: edition.local(&config.publisher),
        address: edition.local_some(config.address.as_ref()),
        phones: phones(edition, &config.phones),
        home: link(edition, "", "nav.home"),
        navigation,
        footer_pages: [
            "calendar",
            "network",
            "areas",
            "programmes",
            "teams",
            "duty",
            "outreach",
            "feedback",
            "changes",
            "search",
            "data",
            "site-map",
            "accessibility",
        ]
        .into_iter()
        .filter(|list| exists(list))
        .map(|list| list_link(edition, list))
        .chain(pages.into_iter().map(|page| edition.link(page)))
        .collect(),
        footer: config
            .footer
            .iter()
            .map(|mark| FooterLine {
                text: edition.local(&mark.text),
                url: mark.url.as_ref().map(|url| url.as_str().to_owned()),
            })
            .collect(),
        public_site: public_site(edition),
        manifest: config
            .outputs
            .has(OutputFamily::Discovery)
            .then(|| edition.address("manifest.webmanifest").encoded()),
        offline: config.offline,
        search: config.outputs.has(OutputFamily::Search).then(|| edition.href(&edition.address("search/"))),
        opensearch: (config.outputs.has(OutputFamily::Search) && config.outputs.has(OutputFamily::Discovery))
            .then(|| edition.address("opensearch.xml").encoded()),
        made: edition.date(edition.site.today),
        live: super::live_words(edition, false),
        live_brief: super::live_words(edition, true),
    }
}

/// The pages that have a place in the footer, in its order.
pub(super) fn footer_pages<'a>(edition: &Edition<'a>) -> Vec<&'a Record<Page>> {
    let offered = edition.offered(&edition.site.content.pages);
    let mut pages: Vec<_> = offered.filter(|page| page.value.footer_order.is_some()).collect();
    pages.sort_by_key(|page| (page.value.footer_order, page.id.clone()));
    pages
}

fn link(edition: &Edition<'_>, path: &str, term: &str) -> Link {
    Link { name: edition.term(term), url: edition.href(&edition.address(path)), hreflang: None }
}

/// A link to a list page of this language.
pub(crate) fn list_link(edition: &Edition<'_>, list: &str) -> Link {
    link(edition, &format!("{list}/"), &format!("nav.{list}"))
}

/// What one page has around its content.
pub(crate) struct FrameParts<'a> {
    /// The page's kind.
    pub kind: &'static str,
    /// The path without its language.
    pub path: String,
    /// The title.
    pub title: Local,
    /// One sentence.
    pub description: Option<&'a Text>,
    /// The editions that have this page.
    pub editions: Vec<Edition<'a>>,
    /// All editions of the site.
    pub all: Vec<Edition<'a>>,
    /// The pages above it, without the home page.
    pub above: Vec<Link>,
    /// Urgent notices.
    pub banners: Vec<NoticeCard>,
    /// What tells of what is new here.
    pub feed: Option<FeedLink>,
    /// Whether search engines are asked to leave it out.
    pub unlisted: bool,
    /// The picture that is shown beside links to it.
    pub share: Option<Address>,
}

/// What one page has around its content.
pub(crate) fn frame(edition: &Edition<'_>, parts: FrameParts<'_>) -> (Address, Frame) {
    let config = &edition.site.content.site.value;
    let address = edition.address(&parts.path);
    let home = link(edition, "", "nav.home");
    let alternates = parts.editions.iter().map(|other| {
        let address = other.address(&parts.path);
        let name = config.languages.iter().find(|l| l.tag == *other.language).map_or("", |l| l.name.as_str());
        Alternate {
            lang: other.language.as_str().to_owned(),
            name: name.to_owned(),
            url: other.href(&address),
            canonical: edition.canonical(&address),
            current: other.language == edition.language,
        }
    });
    let frame = Frame {
        kind: parts.kind,
        description: parts.description.filter(|text| edition.has(text)).map(|text| edition.local(text).text),
        title: parts.title.text.clone(),
        heading: parts.title,
        root: address.to_root(),
        url: edition.href(&address),
        canonical: edition.canonical(&address),
        short: edition.site.short_address(&parts.path).filter(|_| edition.is_first()),
        alternates: if parts.editions.len() > 1 { alternates.collect() } else { Vec::new() },
        // These stand in the place of a page that is missing: that a language has not this one would say nothing.
        switch: switch(
            edition,
            &parts.all,
            if matches!(parts.kind, "not-found" | "offline") { &parts.all } else { &parts.editions },
            &parts.path,
        ),
        breadcrumbs: if parts.path.is_empty() {
            Vec::new()
        } else {
            std::iter::once(home).chain(parts.above).collect()
        },
        banners: parts.banners,
        structured: Vec::new(),
        feed: parts.feed,
        unlisted: parts.unlisted,
        share: parts.share.map(|picture| edition.canonical(&picture)),
    };
    (address, frame)
}
