//! A site map for readers: every list, and below it the records that have a page, by name.

use serde::Serialize;

use super::frame::list_link;
use super::lists::{LISTS, exists};
use super::parts::Link;
use crate::content::Record;
use crate::site::Edition;
use crate::site::collation::NameOrder;
use crate::site::edition::Titled;

/// The site map.
#[derive(Debug, Clone, Serialize)]
pub struct SiteMapView {
    /// The lists, in the order of the site's own navigation.
    pub parts: Vec<SiteMapPart>,
    /// Pages that belong to no list.
    pub pages: Vec<Link>,
}

/// A list and what it lists.
#[derive(Debug, Clone, Serialize)]
pub struct SiteMapPart {
    /// The list.
    pub list: Link,
    /// The records by name; none where they are too many for a page.
    pub records: Vec<Link>,
}

/// Most records that are named below a list: more would be no map.
const MOST: usize = 300;

/// The site map.
pub(crate) fn site_map(edition: &Edition<'_>) -> SiteMapView {
    let content = &edition.site.content;
    let order = NameOrder::of(edition.language);
    let records = |list: &str| match list {
        "centres" => named(edition, &content.centres, &order),
        "events" => named(edition, &content.events, &order),
        "policies" => named(edition, &content.policies, &order),
        "teams" => named(edition, &content.teams, &order),
        "outreach" => named(edition, &content.outreach, &order),
        _ => Vec::new(),
    };
    let lists = LISTS.into_iter().filter(|list| *list != "site-map" && exists(edition, list));
    SiteMapView {
        parts: lists.map(|list| SiteMapPart { list: list_link(edition, list), records: records(list) }).collect(),
        pages: named(edition, &content.pages, &order),
    }
}

fn named<K: Titled>(edition: &Edition<'_>, records: &[Record<K>], order: &NameOrder) -> Vec<Link> {
    let mut links: Vec<Link> =
        records.iter().filter(|record| edition.offers(*record)).map(|record| edition.link(record)).collect();
    if links.len() > MOST {
        return Vec::new();
    }
    links.sort_by(|a, b| order.compare(&a.name.text, &b.name.text));
    links
}
