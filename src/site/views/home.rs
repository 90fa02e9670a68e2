//! The home page.

use serde::Serialize;

use super::area::AreaCard;
use super::centre::{CentreCard, card};
use super::event::{EventCard, in_order, upcoming};
use super::frame::footer_pages;
use super::lists::area_tree;
use super::notice::{NoticeCard, by_urgency, current};
use super::parts::{Link, Local};
use super::policy::{PolicyCard, card as policy_card};
use super::shared::Shared;
use super::week::{DayView, days_at_home};
use crate::content::{Area, AreaLevel, Centre, CentreKind, Id, Page, Record, Urgency, Validity};
use crate::site::Edition;

/// The home page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// The site's name.
    pub title: Local,
    /// What the site is.
    pub summary: Option<Local>,
    /// The current notices, important ones first, at most six; urgent ones are the page's banners.
    pub notices: Vec<NoticeCard>,
    /// The centres, stations left out, grouped by city or district; none where they are too many for the page.
    pub centres: Vec<CentreGroup>,
    /// Then the areas to look in.
    pub areas: Vec<AreaCard>,
    /// How many centres and stations there are in all.
    pub count: usize,
    /// The next three days, where there are centres.
    pub days: Vec<DayView>,
    /// What is coming, at most six.
    pub events: Vec<EventCard>,
    /// Whom policies are for, with how many there are.
    pub audiences: Vec<CountedLink>,
    /// A few policies.
    pub policies: Vec<PolicyCard>,
    /// The pages of a site that has no centres, such as a manual: those of its footer, in their order.
    pub pages: Vec<PageCard>,
}

/// A page in a list.
#[derive(Debug, Clone, Serialize)]
pub struct PageCard {
    /// The page.
    pub link: Link,
    /// One sentence about it.
    pub summary: Option<Local>,
}

/// The most centres of the home page; where there are more, it names areas.
const MOST_CENTRES: usize = 40;
/// The most areas of the home page, unless there are more at the top.
const MOST_AREAS: usize = 60;

/// Centres of an area.
#[derive(Debug, Clone, Serialize)]
pub struct CentreGroup {
    /// The area.
    pub area: Link,
    /// How many centres it has.
    pub count: usize,
    /// Its centres; none where they are too many for the page.
    pub centres: Vec<Shared<CentreCard>>,
    /// Their names alone, where they are too many to be described.
    pub names: Vec<Link>,
}

/// A link and how many records are behind it.
#[derive(Debug, Clone, Serialize)]
pub struct CountedLink {
    /// The link.
    pub link: Link,
    /// How many.
    pub count: usize,
}

/// The home page.
pub(crate) fn home(edition: &Edition<'_>) -> HomeView {
    let site = edition.site;
    let content = &site.content;
    let config = &content.site.value;
    let mut notices: Vec<_> = edition
        .offered(&content.notices)
        .filter(|notice| current(edition, notice) && notice.value.urgency != Urgency::Urgent)
        .collect();
    notices.sort_by_key(|notice| by_urgency(notice));
    let mut events: Vec<_> =
        edition.offered(&content.events).filter(|e| upcoming(edition, e) && e.value.cancelled.is_none()).collect();
    events.sort_by_key(|event| in_order(event));
    let holds =
        |policy: &&crate::content::Record<crate::content::Policy>| policy.value.validity(site.now) != Validity::Over;
    let counted = config.audiences.iter().filter_map(|(id, term)| {
        let count = edition.offered(&content.policies).filter(holds).filter(|p| p.value.audience.contains(id)).count();
        let link = edition.link_path(&format!("policies/for/{id}/"), &term.name, true);
        (count > 0).then_some(CountedLink { link, count })
    });
    let centres = groups(edition, |kind| kind != CentreKind::Station, MOST_CENTRES, MOST_CENTRES);
    // Where all that is on is written in other languages only, this one does not say that nothing is.
    let untold = edition.offered(&content.programmes).next().is_none() && !content.programmes.is_empty();
    let untold = untold && edition.offered(&content.events).next().is_none();
    let fit = centres.iter().map(|group| group.count).sum::<usize>() <= MOST_CENTRES;
    HomeView {
        title: edition.local(&config.title),
        summary: edition.local_some(config.summary.as_ref()),
        notices: notices.into_iter().take(6).map(|notice| super::notice::card(edition, notice)).collect(),
        areas: if fit { Vec::new() } else { area_tree(edition, MOST_AREAS) },
        centres: if fit { centres } else { Vec::new() },
        count: content.centres.len(),
        days: if content.centres.is_empty() || untold { Vec::new() } else { days_at_home(edition, 3) },
        events: events.into_iter().take(6).map(|event| super::event::card(edition, event)).collect(),
        audiences: counted.collect(),
        policies: edition
            .offered(&content.policies)
            .filter(holds)
            .take(6)
            .map(|policy| policy_card(edition, policy))
            .collect(),
        pages: if content.centres.is_empty() { pages(edition) } else { Vec::new() },
    }
}

fn pages(edition: &Edition<'_>) -> Vec<PageCard> {
    let card = |page: &Record<Page>| PageCard {
        link: edition.link(page),
        summary: edition.local_some(page.value.summary.as_ref()),
    };
    footer_pages(edition).into_iter().map(card).collect()
}

/// The centres of some kinds that have a page in this language, by the widest area but one.
/// Where they are more than `described`, with their names alone; more than `named`, without these.
pub(super) fn groups(
    edition: &Edition<'_>,
    wanted: impl Fn(CentreKind) -> bool,
    described: usize,
    named: usize,
) -> Vec<CentreGroup> {
    let grouped = grouped(edition, wanted);
    let count: usize = grouped.iter().map(|(_, records)| records.len()).sum();
    let group = |(area, records): &(usize, Vec<&Record<Centre>>)| {
        let entry = edition.site.index.areas.get(*area)?;
        let mut group = CentreGroup {
            area: super::area::link(edition, entry),
            count: records.len(),
            centres: Vec::new(),
            names: Vec::new(),
        };
        if count <= described {
            group.centres = records.iter().map(|record| card(edition, record)).collect();
        } else if count <= named {
            group.names = records.iter().map(|record| edition.link(record)).collect();
        }
        Some(group)
    };
    grouped.iter().filter_map(group).collect()
}

/// The widest area but one around an area, as its number: by these, long lists are grouped.
pub(super) fn group_of(edition: &Edition<'_>, area: &Id<Area>) -> Option<usize> {
    let index = &edition.site.index;
    let lineage = index.lineage(area);
    let around = lineage.iter().find(|entry| entry.area.level >= AreaLevel::District).or(lineage.first())?;
    index.area.get(&around.area.id).copied()
}

/// As [`groups`], as records below the number of their area.
pub(super) fn grouped<'a>(
    edition: &Edition<'a>,
    wanted: impl Fn(CentreKind) -> bool,
) -> Vec<(usize, Vec<&'a Record<Centre>>)> {
    let site = edition.site;
    let mut groups: indexmap::IndexMap<usize, Vec<&Record<Centre>>> = indexmap::IndexMap::new();
    let records = edition.offered(&site.content.centres).filter(|record| wanted(record.value.kind));
    let mut placed: Vec<_> = records
        .filter_map(|record| Some((group_of(edition, &record.value.area)?, record.value.kind, record)))
        .collect();
    placed.sort_by_key(|(area, kind, record)| (*area, *kind, record.id.clone()));
    for (area, _, record) in placed {
        groups.entry(area).or_default().push(record);
    }
    groups.into_iter().collect()
}
