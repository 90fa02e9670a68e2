//! The home page.

use serde::Serialize;

use super::centre::{CentreCard, card};
use super::event::{EventCard, upcoming};
use super::notice::{NoticeCard, current};
use super::parts::{Link, Local};
use super::policy::{PolicyCard, card as policy_card};
use super::shared::Shared;
use super::week::{DayView, days_at_home};
use crate::content::{Centre, CentreKind, Record, Urgency, Validity};
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
    /// The centres, stations left out, grouped by city or district.
    pub centres: Vec<CentreGroup>,
    /// How many centres and stations there are in all.
    pub count: usize,
    /// The next three days.
    pub days: Vec<DayView>,
    /// What is coming, at most six.
    pub events: Vec<EventCard>,
    /// Whom policies are for, with how many there are.
    pub audiences: Vec<CountedLink>,
    /// A few policies.
    pub policies: Vec<PolicyCard>,
}

/// Centres of an area.
#[derive(Debug, Clone, Serialize)]
pub struct CentreGroup {
    /// The area.
    pub area: Link,
    /// How many centres it has.
    pub count: usize,
    /// Its centres.
    pub centres: Vec<Shared<CentreCard>>,
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
    notices.sort_by_key(|notice| (notice.value.urgency, std::cmp::Reverse(notice.value.from)));
    let mut events: Vec<_> =
        edition.offered(&content.events).filter(|e| upcoming(edition, e) && e.value.cancelled.is_none()).collect();
    events.sort_by_key(|event| event.value.on);
    let holds =
        |policy: &&crate::content::Record<crate::content::Policy>| policy.value.validity(site.now) != Validity::Over;
    let counted = config.audiences.iter().filter_map(|(id, term)| {
        let count = edition.offered(&content.policies).filter(holds).filter(|p| p.value.audience.contains(id)).count();
        let link = edition.link_path(&format!("policies/for/{id}/"), &term.name, true);
        (count > 0).then_some(CountedLink { link, count })
    });
    HomeView {
        title: edition.local(&config.title),
        summary: edition.local_some(config.summary.as_ref()),
        notices: notices.into_iter().take(6).map(|notice| super::notice::card(edition, notice)).collect(),
        centres: groups(edition, |kind| kind != CentreKind::Station),
        count: content.centres.len(),
        days: days_at_home(edition, 3),
        events: events.into_iter().take(6).map(|event| super::event::card(edition, event)).collect(),
        audiences: counted.collect(),
        policies: edition
            .offered(&content.policies)
            .filter(holds)
            .take(6)
            .map(|policy| policy_card(edition, policy))
            .collect(),
    }
}

/// The centres of some kinds that have a page in this language, by the widest area but one.
pub(super) fn groups(edition: &Edition<'_>, wanted: impl Fn(CentreKind) -> bool) -> Vec<CentreGroup> {
    let group = |(area, records): (usize, Vec<&Record<Centre>>)| {
        edition.site.index.areas.get(area).map(|entry| CentreGroup {
            area: super::area::link(edition, entry),
            count: records.len(),
            centres: records.into_iter().map(|record| card(edition, record)).collect(),
        })
    };
    grouped(edition, wanted).into_iter().filter_map(group).collect()
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
        .filter_map(|record| {
            let lineage = site.index.lineage(&record.value.area);
            let around = lineage
                .iter()
                .find(|entry| entry.area.level >= crate::content::AreaLevel::District)
                .or(lineage.first())?;
            Some((*site.index.area.get(&around.area.id)?, record.value.kind, record))
        })
        .collect();
    placed.sort_by_key(|(area, kind, record)| (*area, *kind, record.id.clone()));
    for (area, _, record) in placed {
        groups.entry(area).or_default().push(record);
    }
    groups.into_iter().collect()
}
