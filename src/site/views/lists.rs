//! The lists: all records of a kind that have a page in the language, in the order readers want them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::archive::{ArchiveOf, RECENT, year_links};
use super::area::{AreaCard, area_card};
use super::duty::{DutyView, duty};
use super::event::{EventCard, in_order, upcoming};
use super::feedback::{FeedbackView, RaisedView, feedback, most_raised};
use super::home::{CentreGroup, CountedLink, group_of, groups};
use super::notice::{NoticeCard, begun, current};
use super::outreach::{OutreachView, outreach};
use super::parts::{Link, Local};
use super::policy::{PolicyCard, card as policy_card};
use super::sheets::sheets;
use super::team::{TeamCard, card as team_card};
use crate::content::{Audience, Department, Duty, Id, OutputFamily, Programme, Record, Text, Validity};
use crate::site::{AreaEntry, Edition};

/// The paths of list pages, each the folder of what it lists.
pub const LISTS: [&str; 19] = [
    "centres",
    "network",
    "areas",
    "programmes",
    "this-week",
    "events",
    "policies",
    "notices",
    "changes",
    "teams",
    "duty",
    "outreach",
    "feedback",
    "calendar",
    "posters",
    "data",
    "search",
    "site-map",
    "accessibility",
];

// With these a page stays under 60 KB, whatever the size of the site: phones are cheap and so is what carries to them.

/// The most centres that a list describes; a longer one has their names.
pub(super) const MOST_CENTRES: usize = 55;
/// The most programmes that a list describes.
const MOST_PROGRAMMES: usize = 50;
/// The most notices that a list describes; of more it has the names.
const MOST_NOTICES: usize = 60;
/// The most names of a list; a longer one has the areas, whose pages have them.
pub(super) const MOST_NAMES: usize = 300;
/// The most areas of the list of all.
const MOST_AREAS: usize = 150;

/// Whether a list has its page in the edition's language: once there is a record of its kind, over or not, so that time
/// alone takes no address away; or once it was published.
pub(crate) fn exists(edition: &Edition<'_>, list: &str) -> bool {
    let content = &edition.site.content;
    let has_records = match list {
        "centres" => edition.offered(&content.centres).next().is_some(),
        "network" => edition.offered(&content.centres).filter(|c| c.value.location.is_some()).nth(1).is_some(),
        "areas" => edition.site.index.areas.iter().any(|entry| edition.has(&entry.area.name)),
        "programmes" => edition.offered(&content.programmes).next().is_some(),
        "this-week" => content.programmes.iter().any(|p| p.value.activities.iter().any(|a| edition.has(&a.title))),
        "events" => edition.offered(&content.events).next().is_some(),
        "policies" => edition.offered(&content.policies).next().is_some(),
        "notices" => edition.offered(&content.notices).next().is_some(),
        "changes" => {
            edition.offered(&content.notices).next().is_some() || edition.offered(&content.policies).next().is_some()
        }
        "teams" => edition.offered(&content.teams).next().is_some(),
        "duty" => edition.offered(&content.duty).next().is_some(),
        "outreach" => edition.offered(&content.outreach).next().is_some(),
        "feedback" => edition.offered(&content.feedback).next().is_some(),
        "calendar" => !content.calendar.is_empty(),
        "posters" => edition.site.sheets && sheets(edition).next().is_some(),
        "data" => content.site.value.outputs.for_programs(),
        "search" => content.site.value.outputs.has(OutputFamily::Search),
        "site-map" => content.site.value.conventions.is_some(),
        // A page of the site's own under this address stands in its place.
        "accessibility" => !content.pages.iter().any(|page| page.id.as_str() == list),
        _ => false,
    };
    // What is no list of records is for those who set up the site to decide.
    let is_asked = matches!(list, "data" | "posters" | "search" | "site-map" | "accessibility" | "network");
    has_records
        || (!is_asked && edition.site.was_published(&format!("/{}", edition.address(&format!("{list}/")).as_str())))
}

/// All centres.
#[derive(Debug, Clone, Serialize)]
pub struct CentreList {
    /// By area.
    pub groups: Vec<CentreGroup>,
    /// How many there are.
    pub count: usize,
}

/// All areas.
#[derive(Debug, Clone, Serialize)]
pub struct AreaList {
    /// The topmost areas with those inside them.
    pub areas: Vec<AreaCard>,
    /// What the statuses mean.
    pub statuses: Vec<StatusMeaningView>,
}

/// What a status means.
#[derive(Debug, Clone, Serialize)]
pub struct StatusMeaningView {
    /// The status as a word for machines.
    pub id: String,
    /// In words.
    pub name: String,
    /// What it means.
    pub meaning: Local,
}

/// All programmes that are not over.
#[derive(Debug, Clone, Serialize)]
pub struct ProgrammeList {
    /// The programmes; none where they are too many to be described.
    pub programmes: Vec<ProgrammeCard>,
    /// Then the areas of their centres with their names.
    pub groups: Vec<ProgrammeGroup>,
}

/// The programmes of an area.
#[derive(Debug, Clone, Serialize)]
pub struct ProgrammeGroup {
    /// The area.
    pub area: Link,
    /// How many there are.
    pub count: usize,
    /// Their names; none where they are so many that the pages of the centres have them.
    pub names: Vec<Link>,
}

/// A programme in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ProgrammeCard {
    /// Its page.
    pub link: Link,
    /// The centre.
    pub centre: Option<Link>,
    /// From when to when.
    pub valid: String,
    /// How many activities, in words.
    pub count: String,
    /// The titles of its activities.
    pub titles: Vec<Local>,
}

/// Events to come and events that are over.
#[derive(Debug, Clone, Serialize)]
pub struct EventList {
    /// To come, the next first.
    pub upcoming: Vec<EventCard>,
    /// What ended last, the last first.
    pub past: Vec<EventCard>,
    /// All that is over, by year.
    pub years: Vec<CountedLink>,
}

/// Policies, all or by audience or department.
#[derive(Debug, Clone, Serialize)]
pub struct PolicyList {
    /// For whom or from whom, if not all.
    pub of: Option<Local>,
    /// A sentence about them.
    pub note: Option<Local>,
    /// The policies that hold.
    pub policies: Vec<PolicyCard>,
    /// The policies that no longer hold.
    pub past: Vec<PolicyCard>,
    /// The audiences that have policies.
    pub audiences: Vec<CountedLink>,
    /// The departments that have policies.
    pub departments: Vec<CountedLink>,
    /// The page with all of them in one table.
    pub table: Link,
}

/// Notices that are shown and notices that are over.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeList {
    /// Shown today, the most urgent and latest first.
    pub current: Vec<NoticeCard>,
    /// The names of those for which there is no room.
    pub others: Vec<Link>,
    /// What began last of those that are over, the latest first.
    pub past: Vec<NoticeCard>,
    /// All that is over, by year.
    pub years: Vec<CountedLink>,
}

/// All teams.
#[derive(Debug, Clone, Serialize)]
pub struct TeamList {
    /// The teams.
    pub teams: Vec<TeamCard>,
}

/// All duty rosters.
#[derive(Debug, Clone, Serialize)]
pub struct DutyList {
    /// The rosters.
    pub rosters: Vec<DutyView>,
}

/// All travelling services.
#[derive(Debug, Clone, Serialize)]
pub struct OutreachList {
    /// The rounds.
    pub rounds: Vec<OutreachView>,
}

/// All registers.
#[derive(Debug, Clone, Serialize)]
pub struct FeedbackList {
    /// The registers.
    pub registers: Vec<FeedbackView>,
    /// What was raised most often in all of them, at most five.
    pub most_raised: Vec<RaisedView>,
}

/// All centres.
pub(crate) fn centres(edition: &Edition<'_>) -> CentreList {
    let groups = groups(edition, |_| true, MOST_CENTRES, MOST_NAMES);
    let count = groups.iter().map(|group| group.count).sum();
    CentreList { count, groups }
}

/// All areas.
pub(crate) fn areas(edition: &Edition<'_>) -> AreaList {
    let statuses = edition.site.content.areas.value.status_meaning.iter().map(|meaning| {
        let id = super::parts::kebab(&meaning.status);
        StatusMeaningView {
            name: edition.wording.term(&format!("status.{id}")).to_owned(),
            id,
            meaning: edition.local(&meaning.meaning),
        }
    });
    AreaList { areas: area_tree(edition, MOST_AREAS), statuses: statuses.collect() }
}

/// The topmost areas with those inside them, as many levels as give no more than `most`.
pub(super) fn area_tree(edition: &Edition<'_>, most: usize) -> Vec<AreaCard> {
    let index = &edition.site.index;
    // Where the areas around one are not in this language, it stands at the top.
    let around = |entry: &AreaEntry| entry.parent.and_then(|parent| index.areas.get(parent));
    let top: Vec<&AreaEntry> = index
        .areas
        .iter()
        .filter(|entry| {
            edition.has(&entry.area.name) && !around(entry).is_some_and(|around| edition.has(&around.area.name))
        })
        .collect();
    let depth = super::area::depth(edition, &top, most);
    top.into_iter().map(|entry| area_card(edition, entry, depth)).collect()
}

/// All programmes that are not over.
pub(crate) fn programmes(edition: &Edition<'_>) -> ProgrammeList {
    let card = |record: &Record<Programme>| ProgrammeCard {
        link: edition.link(record),
        centre: edition.centre(&record.value.centre),
        valid: edition.span(record.value.valid),
        count: edition.wording.count("activities", record.value.activities.len()),
        titles: record.value.activities.iter().map(|activity| edition.local(&activity.title)).collect(),
    };
    let current: Vec<_> = current_programmes(edition).collect();
    if current.len() <= MOST_PROGRAMMES {
        return ProgrammeList { programmes: current.into_iter().map(card).collect(), groups: Vec::new() };
    }
    let index = &edition.site.index;
    let mut groups: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
    for record in &current {
        let centre = index.centre.get(&record.value.centre).and_then(|n| edition.site.content.centres.get(*n));
        let Some(area) = centre.and_then(|centre| group_of(edition, &centre.value.area)) else { continue };
        groups.entry(area).or_default().push(edition.link(record));
    }
    let group = |(area, names): (usize, Vec<Link>)| {
        Some(ProgrammeGroup {
            area: super::area::link(edition, index.areas.get(area)?),
            count: names.len(),
            names: if current.len() <= MOST_NAMES { names } else { Vec::new() },
        })
    };
    ProgrammeList { programmes: Vec::new(), groups: groups.into_iter().filter_map(group).collect() }
}

/// The programmes that are not over.
fn current_programmes<'a, 'e>(edition: &'e Edition<'a>) -> impl Iterator<Item = &'a Record<Programme>> + use<'a, 'e> {
    edition.offered(&edition.site.content.programmes).filter(|record| record.value.valid.last() >= edition.site.today)
}

/// Events to come and events that are over.
pub(crate) fn events(edition: &Edition<'_>) -> EventList {
    let mut records: Vec<_> = edition.offered(&edition.site.content.events).collect();
    records.sort_by_key(|event| in_order(event));
    let (coming, over): (Vec<_>, Vec<_>) = records.into_iter().partition(|event| upcoming(edition, event));
    EventList {
        upcoming: coming.into_iter().map(|event| super::event::card(edition, event)).collect(),
        past: over.into_iter().rev().take(RECENT).map(|event| super::event::card(edition, event)).collect(),
        years: year_links(edition, ArchiveOf::Events),
    }
}

/// Whose policies a list holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PoliciesOf<'a> {
    /// All of them.
    All,
    /// Those for an audience.
    Audience(&'a Id<Audience>),
    /// Those of a department.
    Department(&'a Id<Department>),
}

/// Policies.
pub(crate) fn policies(edition: &Edition<'_>, of: PoliciesOf<'_>) -> PolicyList {
    let config = &edition.site.content.site.value;
    let term = match of {
        PoliciesOf::All => None,
        PoliciesOf::Audience(id) => config.audiences.get(id),
        PoliciesOf::Department(id) => config.departments.get(id),
    };
    let all: Vec<_> = edition.offered(&edition.site.content.policies).collect();
    let holds = |policy: &crate::content::Policy| policy.validity(edition.site.now) != Validity::Over;
    let wanted = all.iter().filter(|record| match of {
        PoliciesOf::All => true,
        PoliciesOf::Audience(id) => record.value.audience.contains(id),
        PoliciesOf::Department(id) => record.value.departments.contains(id),
    });
    let (current, past): (Vec<_>, Vec<_>) = wanted.partition(|record| holds(&record.value));
    let counted = |path: String, name: &Text, count: usize| {
        (count > 0).then(|| CountedLink { link: edition.link_path(&path, name, true), count })
    };
    PolicyList {
        table: Link {
            name: edition.term("policies.table"),
            url: edition.href(&edition.address("policies/as/table/")),
            hreflang: None,
        },
        of: term.map(|term| edition.local(&term.name)),
        note: term.and_then(|term| edition.local_some(term.note.as_ref())),
        policies: current.into_iter().map(|record| policy_card(edition, record)).collect(),
        past: past.into_iter().map(|record| policy_card(edition, record)).collect(),
        audiences: config
            .audiences
            .iter()
            .filter_map(|(id, term)| {
                let count = all.iter().filter(|p| p.value.audience.contains(id) && holds(&p.value)).count();
                counted(format!("policies/for/{id}/"), &term.name, count)
            })
            .collect(),
        departments: config
            .departments
            .iter()
            .filter_map(|(id, term)| {
                let count = all.iter().filter(|p| p.value.departments.contains(id) && holds(&p.value)).count();
                counted(format!("policies/by/{id}/"), &term.name, count)
            })
            .collect(),
    }
}

/// Notices that are shown and notices that are over.
pub(crate) fn notices(edition: &Edition<'_>) -> NoticeList {
    let mut records: Vec<_> =
        edition.offered(&edition.site.content.notices).filter(|notice| begun(edition, notice)).collect();
    records.sort_by_key(|notice| std::cmp::Reverse(notice.value.from));
    let (mut shown, over): (Vec<_>, Vec<_>) = records.into_iter().partition(|notice| current(edition, notice));
    shown.sort_by_key(|notice| notice.value.urgency);
    NoticeList {
        current: shown.iter().take(MOST_NOTICES).map(|notice| super::notice::card(edition, notice)).collect(),
        others: shown.iter().skip(MOST_NOTICES).take(MOST_NAMES).map(|notice| edition.link(notice)).collect(),
        past: over.into_iter().take(RECENT).map(|notice| super::notice::card(edition, notice)).collect(),
        years: year_links(edition, ArchiveOf::Notices),
    }
}

/// All teams.
pub(crate) fn teams(edition: &Edition<'_>) -> TeamList {
    TeamList { teams: edition.offered(&edition.site.content.teams).map(|team| team_card(edition, team)).collect() }
}

/// All duty rosters that are not over.
pub(crate) fn rosters(edition: &Edition<'_>) -> DutyList {
    DutyList { rosters: current_rosters(edition).map(|record| duty(edition, record)).collect() }
}

/// The duty rosters that are not over.
fn current_rosters<'a, 'e>(edition: &'e Edition<'a>) -> impl Iterator<Item = &'a Record<Duty>> + use<'a, 'e> {
    edition.offered(&edition.site.content.duty).filter(|record| record.value.valid.last() >= edition.site.today)
}

/// All travelling services.
pub(crate) fn rounds(edition: &Edition<'_>) -> OutreachList {
    OutreachList {
        rounds: edition.offered(&edition.site.content.outreach).map(|round| outreach(edition, round)).collect(),
    }
}

/// All registers.
pub(crate) fn registers(edition: &Edition<'_>) -> FeedbackList {
    FeedbackList {
        registers: edition
            .offered(&edition.site.content.feedback)
            .map(|register| feedback(edition, register))
            .collect(),
        most_raised: most_raised(edition),
    }
}
