//! The home page, and what is on this week across all centres.

use serde::Serialize;

use super::centre::{CentreCard, audiences, card};
use super::event::{EventCard, upcoming};
use super::hours::window;
use super::notice::{NoticeCard, current};
use super::parts::{Link, Local};
use super::policy::{PolicyCard, card as policy_card};
use super::shared::Shared;
use crate::calendar::{Date, DayKind};
use crate::content::{CentreKind, Urgency, Validity};
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

/// What is on this week.
#[derive(Debug, Clone, Serialize)]
pub struct WeekView {
    /// The first and last day in words.
    pub span: String,
    /// The days, today first.
    pub days: Vec<DayView>,
    /// Calendars to subscribe to, one for each audience.
    pub calendars: Vec<super::Subscription>,
}

/// A day and what is on.
#[derive(Debug, Clone, Serialize)]
pub struct DayView {
    /// The date, ISO 8601.
    pub date: String,
    /// An id for the day's heading.
    pub id: String,
    /// The date in words, with its weekday.
    pub name: String,
    /// The date in the Chinese lunar calendar, where the site wants it and the language writes it.
    pub lunar: Option<String>,
    /// What is special about the day, e.g. a holiday.
    pub special: Option<String>,
    /// What is on, by time.
    pub sessions: Vec<SessionRow>,
    /// The events of the day.
    pub events: Vec<EventCard>,
}

/// A session on a day.
#[derive(Debug, Clone, Serialize)]
pub struct SessionRow {
    /// The time.
    pub time: String,
    /// The activity.
    pub title: Local,
    /// The programme's page, under the centre's short name.
    pub place: Option<Link>,
    /// The room.
    pub room: Option<Local>,
    /// Whom it is for.
    pub audience: Vec<Local>,
    /// What it costs.
    pub cost: Option<Local>,
}

fn day(edition: &Edition<'_>, date: Date) -> DayView {
    let site = edition.site;
    let mut sessions = Vec::new();
    if let Some(only) = crate::calendar::DateSpan::new(date, date) {
        for record in &site.content.programmes {
            let centre = site.index.centre.get(&record.value.centre).and_then(|n| site.content.centres.get(*n));
            let name = centre.map_or(&record.value.title, |c| c.value.short_name.as_ref().unwrap_or(&c.value.name));
            for session in site.held(&record.value, only) {
                let activity = session.activity;
                if edition.has(&activity.title) {
                    sessions.push((
                        session.time,
                        SessionRow {
                            time: session.time.to_string(),
                            title: edition.local(session.title),
                            place: Some(edition.link_named(record, name)),
                            room: edition.local_some(session.room),
                            audience: audiences(edition, &activity.audience),
                            cost: edition.local_some(activity.cost.as_ref()),
                        },
                    ));
                }
            }
        }
    }
    sessions.sort_by_key(|(time, _)| *time);
    let special = match site.calendar().kind(date) {
        DayKind::Holiday(n) => Some(("day.holiday", n)),
        DayKind::MakeupWorkday { holiday, .. } => Some(("day.makeup", holiday)),
        DayKind::LocalHoliday(n) | DayKind::LocalClosure(n) => Some(("day.local", n)),
        DayKind::Ordinary | DayKind::NotAnnounced => None,
    };
    let name = |n: usize| site.occasion_name(n).map(|name| edition.local(name).text).unwrap_or_default();
    DayView {
        date: date.to_string(),
        id: format!("day-{date}"),
        name: edition.wording.weekday_day(date),
        lunar: site.content.site.value.lunar_dates.then(|| edition.wording.lunar_day(date)).flatten(),
        special: special.map(|(term, n)| edition.wording.say(term, &[("name", &name(n))])),
        sessions: sessions.into_iter().map(|(_, row)| row).collect(),
        events: edition
            .offered(&site.content.events)
            .filter(|event| event.value.on.contains(date) && event.value.cancelled.is_none())
            .map(|event| super::event::card(edition, event))
            .collect(),
    }
}

/// What is on in the next seven days.
pub(crate) fn week(edition: &Edition<'_>) -> WeekView {
    let span = window(edition.site.today, 7);
    WeekView {
        span: span.map(|span| edition.span(span)).unwrap_or_default(),
        days: span.into_iter().flat_map(|span| span.days()).map(|date| day(edition, date)).collect(),
        calendars: super::subscription::of_audiences(edition),
    }
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
        days: window(site.today, 3).into_iter().flat_map(|span| span.days()).map(|date| day(edition, date)).collect(),
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
    let site = edition.site;
    let mut groups: indexmap::IndexMap<usize, Vec<Shared<CentreCard>>> = indexmap::IndexMap::new();
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
        groups.entry(area).or_default().push(card(edition, record));
    }
    let group = |(area, centres): (usize, Vec<Shared<CentreCard>>)| {
        site.index.areas.get(area).map(|entry| CentreGroup { area: super::area::link(edition, entry), centres })
    };
    groups.into_iter().filter_map(group).collect()
}
