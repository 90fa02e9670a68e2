//! An area, from province down to grid.

use serde::Serialize;

use super::centre::{CentreCard, card};
use super::event::{EventCard, upcoming};
use super::lists::{MOST_CENTRES, MOST_NAMES};
use super::map::MapView;
use super::network::{NetworkPlace, places};
use super::notice::{NoticeCard, by_urgency, current};
use super::parts::{ContactView, DateText, FigureView, Link, Local, contact, figures, kebab};
use super::shared::Shared;
use super::subscription::Subscription;
use crate::content::{Area, Event, Id, Notice, Record};
use crate::site::{AreaEntry, Edition};

/// The most areas of the tree of an area's page.
const MOST_AREAS: usize = 60;

/// An area in a list or tree.
#[derive(Debug, Clone, Serialize)]
pub struct AreaCard {
    /// Its page.
    pub link: Link,
    /// Its level in words.
    pub level: String,
    /// How things stand.
    pub status: Option<StatusView>,
    /// Whom to ask.
    pub contacts: Vec<ContactView>,
    /// How many centres and stations it has, those of the areas inside it included.
    pub centres: usize,
    /// The areas inside it; none where their page has them.
    pub areas: Vec<AreaCard>,
    /// Whether its page has areas inside it that are not here.
    pub leads_on: bool,
}

/// How things stand in an area: a colour, a sign and a word, so that none of them is needed alone.
#[derive(Debug, Clone, Serialize)]
pub struct StatusView {
    /// The colour as a word for machines.
    pub id: String,
    /// The colour in words.
    pub name: String,
    /// A sign that differs in shape.
    pub sign: &'static str,
    /// What it means here.
    pub meaning: Option<Local>,
    /// When it was so.
    pub as_of: Option<DateText>,
}

/// An area's page.
#[derive(Debug, Clone, Serialize)]
pub struct AreaView {
    /// What its card says, areas inside it included.
    pub card: AreaCard,
    /// A sentence or two.
    pub summary: Option<Local>,
    /// The areas around it, the widest first.
    pub lineage: Vec<Link>,
    /// Figures.
    pub figures: Vec<FigureView>,
    /// The centres in it and in the areas inside it; none where they are too many for the page.
    pub centres: Vec<Shared<CentreCard>>,
    /// Then their names, unless they are so many that the areas inside it have them.
    pub names: Vec<Link>,
    /// Where they are, if two of them have coordinates.
    pub map: Option<MapView>,
    /// The same centres by their number on the map.
    pub places: Vec<NetworkPlace>,
    /// Current notices for it or an area around it.
    pub notices: Vec<NoticeCard>,
    /// Coming events for its residents.
    pub events: Vec<EventCard>,
    /// The teams that work in it.
    pub teams: Vec<Link>,
    /// What people raised in it.
    pub feedback: Vec<Link>,
    /// Calendars to subscribe to.
    pub calendars: Vec<Subscription>,
}

/// A link to an area's page.
pub(super) fn link(edition: &Edition<'_>, entry: &AreaEntry) -> Link {
    edition.link_path(&format!("areas/{}/", entry.area.id), &entry.area.name, edition.has(&entry.area.name))
}

/// How many levels below some areas a tree may show, so that it has at most so many areas; those themselves always.
pub(super) fn depth(edition: &Edition<'_>, top: &[&AreaEntry], most: usize) -> usize {
    let index = &edition.site.index;
    let mut level: Vec<&AreaEntry> = top.to_vec();
    let (mut count, mut depth) = (level.len(), 0);
    loop {
        let inside = level.iter().flat_map(|entry| &entry.children).filter_map(|number| index.areas.get(*number));
        level = inside.filter(|entry| edition.has(&entry.area.name)).collect();
        count += level.len();
        if level.is_empty() || count > most {
            return depth;
        }
        depth += 1;
    }
}

/// An area with the areas inside it, `depth` levels deep.
pub(super) fn area_card(edition: &Edition<'_>, entry: &AreaEntry, depth: usize) -> AreaCard {
    let index = &edition.site.index;
    let area = &entry.area;
    let status = area.status.map(|status| {
        let id = kebab(&status);
        let meaning = edition.site.content.areas.value.status_meaning.iter().find(|meaning| meaning.status == status);
        StatusView {
            name: edition.wording.term(&format!("status.{id}")).to_owned(),
            sign: match status {
                crate::content::AreaStatus::Red => "▲",
                crate::content::AreaStatus::Yellow => "◆",
                crate::content::AreaStatus::Blue => "●",
            },
            meaning: meaning.map(|meaning| edition.local(&meaning.meaning)),
            as_of: area.status_as_of.map(|day| edition.date(day.0)),
            id,
        }
    });
    let inside = index.within(&area.id);
    let centres = inside
        .iter()
        .filter_map(|n| index.areas.get(*n))
        .filter_map(|e| index.centres_in.get(&e.area.id))
        .map(Vec::len);
    let children = entry.children.iter().filter_map(|number| index.areas.get(*number));
    let children: Vec<&AreaEntry> = children.filter(|child| edition.has(&child.area.name)).collect();
    AreaCard {
        link: link(edition, entry),
        level: edition.wording.term(&format!("area-level.{}", kebab(&area.level))).to_owned(),
        status,
        contacts: area.contacts.iter().map(|c| contact(edition, c)).collect(),
        centres: centres.sum(),
        leads_on: depth == 0 && !children.is_empty(),
        areas: match depth.checked_sub(1) {
            Some(depth) => children.into_iter().map(|child| area_card(edition, child, depth)).collect(),
            None => Vec::new(),
        },
    }
}

/// An area's page.
pub(crate) fn area(edition: &Edition<'_>, entry: &AreaEntry) -> AreaView {
    let index = &edition.site.index;
    let content = &edition.site.content;
    let inside = index.within(&entry.area.id);
    let lineage = index.lineage(&entry.area.id);
    let mut centres: Vec<_> = inside
        .iter()
        .filter_map(|n| index.areas.get(*n))
        .filter_map(|entry| index.centres_in.get(&entry.area.id))
        .flatten()
        .filter_map(|n| content.centres.get(*n))
        .collect();
    let mut names = Vec::new();
    if centres.len() > MOST_CENTRES {
        if centres.len() <= MOST_NAMES || entry.children.is_empty() {
            names = centres.iter().map(|centre| edition.link(centre)).collect();
        }
        centres.clear();
    }
    let children: Vec<&AreaEntry> = entry.children.iter().filter_map(|number| index.areas.get(*number)).collect();
    // The areas directly inside are there in any case.
    let depth = depth(edition, &children, MOST_AREAS) + 1;
    let (map, places) = places(edition, "places", &edition.local(&entry.area.name).text, &centres);
    let concerns = |area: &Id<Area>| lineage.iter().any(|entry| entry.area.id == *area);
    let inside_it = |id: &Id<Area>| index.area.get(id).is_some_and(|number| inside.contains(number));
    AreaView {
        card: area_card(edition, entry, depth),
        names,
        summary: edition.local_some(entry.area.summary.as_ref()),
        lineage: lineage
            .iter()
            .filter(|around| around.area.id != entry.area.id)
            .map(|entry| link(edition, entry))
            .collect(),
        figures: figures(edition, &entry.area.figures),
        centres: centres.into_iter().map(|centre| card(edition, centre)).collect(),
        map,
        places,
        notices: {
            let here = |notice: &&Record<Notice>| notice.value.areas.iter().any(concerns);
            let notices = content.notices.iter().filter(here);
            let mut notices: Vec<_> = notices.filter(|notice| current(edition, notice)).collect();
            notices.sort_by_key(|notice| by_urgency(notice));
            notices.into_iter().map(|notice| super::notice::card(edition, notice)).collect()
        },
        events: {
            let here = |event: &&Record<Event>| event.value.area.as_ref().is_some_and(inside_it);
            let mut coming: Vec<_> =
                edition.offered(&content.events).filter(here).filter(|e| upcoming(edition, e)).collect();
            coming.sort_by_key(|event| super::event::in_order(event));
            coming.into_iter().map(|event| super::event::card(edition, event)).collect()
        },
        teams: content
            .teams
            .iter()
            .filter(|team| team.value.area.as_ref().is_some_and(inside_it))
            .map(|team| edition.link(team))
            .collect(),
        feedback: content
            .feedback
            .iter()
            .filter(|register| register.value.area.as_ref().is_some_and(inside_it))
            .map(|register| edition.link(register))
            .collect(),
        calendars: super::subscription::of_area(edition, &entry.area),
    }
}
