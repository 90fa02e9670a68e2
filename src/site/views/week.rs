//! What is on this week across all centres: the whole week, and its parts by day, audience, area and kind of activity.
//!
//! Each part has an address of its own that stays: days by their weekday, so that `this-week/on/mon/` is the coming
//! Monday for ever; the others as long as the content names them, be there something on this week or not. A page lists
//! a bounded number of sessions; what a large site has more is reached through its parts.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde::Serialize;

use super::centre::audiences;
use super::event::EventCard;
use super::home::CountedLink;
use super::hours::window;
use super::parts::{Link, Local};
use super::programme::{ChangeView, change};
use super::subscription::{self, Subscription};
use crate::calendar::{Date, DayKind, Weekday, weekday_word};
use crate::content::{Audience, Centre, Event, Id, Programme, Record, Strand};
use crate::site::week::{DAYS, WeekSession};
use crate::site::{Address, Edition, HeldSession, Site};

/// The most sessions of a page; of a larger one each day shows its first.
const MOST: usize = 110;
/// The most sessions of a day on the home page.
const MOST_AT_HOME: usize = 24;

/// What is on this week, or a part of it.
#[derive(Debug, Clone, Serialize)]
pub struct WeekView {
    /// The part, under its name; none for the whole week.
    pub of: Option<Local>,
    /// A sentence about it.
    pub note: Option<Local>,
    /// The first and last day in words.
    pub span: String,
    /// The days, today first.
    pub days: Vec<DayView>,
    /// The parts by day, with how much is on.
    pub by_day: Vec<CountedLink>,
    /// The parts by audience.
    pub by_audience: Vec<CountedLink>,
    /// The parts by area: the widest, or those inside the page's own.
    pub by_area: Vec<CountedLink>,
    /// The parts by kind of activity.
    pub by_strand: Vec<CountedLink>,
    /// Calendars to subscribe to.
    pub calendars: Vec<Subscription>,
    /// The same page in the site's first language, under that language's name, where this one lacks some of what is on.
    pub in_full: Option<Link>,
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
    /// How many more there are, in words.
    pub more: Option<String>,
    /// The events of the day.
    pub events: Vec<EventCard>,
    /// How much is on.
    pub count: usize,
    /// Whether something is on that has no title in this language.
    pub untold: bool,
}

/// A session on a day.
#[derive(Debug, Clone, Serialize)]
pub struct SessionRow {
    /// The time.
    pub time: String,
    /// When it begins and ends, in minutes from midnight.
    pub minutes: [u16; 2],
    /// What takes place.
    pub title: Local,
    /// The activity's page.
    pub link: Option<Link>,
    /// The centre's page, under its short name.
    pub place: Option<Link>,
    /// The room.
    pub room: Option<Local>,
    /// Whom it is for.
    pub audience: Vec<Local>,
    /// What it costs.
    pub cost: Option<Local>,
    /// What differs this time.
    pub change: Option<ChangeView>,
}

/// A session with its programme.
type Placed<'a> = (&'a Record<Programme>, WeekSession);

/// Whether a session has a title in the edition's language.
fn is_titled(edition: &Edition<'_>, (record, one): &Placed<'_>) -> bool {
    record.value.activities.get(one.activity).is_some_and(|activity| edition.has(&activity.title))
}

/// The days of those that are held and have no title in the edition's language.
fn untold<'a>(edition: &Edition<'_>, all: impl Iterator<Item = Placed<'a>>) -> BTreeSet<Date> {
    all.filter(|placed| placed.1.session.held && !is_titled(edition, placed)).map(|(_, one)| one.session.date).collect()
}

/// A part of the week.
#[derive(Debug, Clone, Copy)]
pub(crate) enum WeekOf<'a> {
    /// All of it.
    All,
    /// One day.
    Day(Weekday),
    /// What is for an audience.
    Audience(&'a Id<Audience>),
    /// What is in an area or in one inside it, by its number.
    Area(usize),
    /// What is of a strand.
    Strand(&'a Id<Strand>),
}

impl<'a> WeekOf<'a> {
    /// The path of its page, without its language.
    pub(crate) fn path(self, edition: &Edition<'_>) -> String {
        match self {
            Self::All => "this-week/".to_owned(),
            Self::Day(day) => format!("this-week/on/{}/", weekday_word(day)),
            Self::Audience(id) => format!("this-week/for/{id}/"),
            Self::Area(number) => {
                let entry = edition.site.index.areas.get(number);
                format!("this-week/in/{}/", entry.map_or("", |entry| entry.area.id.as_str()))
            }
            Self::Strand(id) => format!("this-week/kind/{id}/"),
        }
    }

    /// The name of the part: a date, an audience, an area, a strand.
    fn name(self, edition: &Edition<'_>) -> Option<Local> {
        let config = &edition.site.content.site.value;
        match self {
            Self::All => None,
            Self::Day(day) => {
                let date = date_of(edition, day)?;
                Some(Local { text: edition.wording.weekday_day(date), lang: None })
            }
            Self::Audience(id) => config.audiences.get(id).map(|term| edition.local(&term.name)),
            Self::Area(number) => edition.site.index.areas.get(number).map(|entry| edition.local(&entry.area.name)),
            Self::Strand(id) => config.strands.get(id).map(|term| edition.local(&term.name)),
        }
    }

    /// The title of its page.
    pub(crate) fn title(self, edition: &Edition<'_>) -> String {
        match self.name(edition) {
            Some(name) => {
                let term = if matches!(self, Self::Day(_)) { "week.on" } else { "week.of" };
                edition.wording.say(term, &[("name", &name.text)])
            }
            None => edition.wording.term("nav.this-week").to_owned(),
        }
    }

    /// The coming day of which its page tells, if it is a day's.
    fn date(self, edition: &Edition<'_>) -> Option<Date> {
        match self {
            Self::Day(day) => date_of(edition, day),
            Self::All | Self::Audience(_) | Self::Area(_) | Self::Strand(_) => None,
        }
    }

    fn has_session(self, programme: &Programme, one: &WeekSession) -> bool {
        let activity = programme.activities.get(one.activity);
        match self {
            Self::All | Self::Area(_) => true,
            Self::Day(day) => one.session.date.weekday() == day,
            Self::Audience(id) => activity.is_some_and(|activity| activity.audience.contains(id)),
            Self::Strand(id) => activity.is_some_and(|activity| activity.strand.as_ref() == Some(id)),
        }
    }

    fn has_event(self, edition: &Edition<'_>, event: &Event) -> bool {
        match self {
            Self::All | Self::Day(_) => true,
            Self::Audience(id) => event.audience.contains(id),
            Self::Area(number) => areas_of(edition, event).contains(&number),
            Self::Strand(id) => event.strand.as_ref() == Some(id),
        }
    }

    /// Its sessions that have a title in the edition's language.
    fn sessions<'e>(self, edition: &Edition<'e>) -> impl Iterator<Item = Placed<'e>> + use<'a, 'e>
    where
        'a: 'e,
    {
        let edition = *edition;
        self.all(edition.site).filter(move |one| is_titled(&edition, one))
    }

    /// The days on which something is held that has no title in the edition's language.
    fn untold(self, edition: &Edition<'_>) -> BTreeSet<Date> {
        untold(edition, self.all(edition.site))
    }

    fn all<'e>(self, site: &'e Site) -> Box<dyn Iterator<Item = Placed<'e>> + 'e>
    where
        'a: 'e,
    {
        let placed = move |one: &WeekSession| {
            let record = site.content.programmes.get(one.programme)?;
            self.has_session(&record.value, one).then_some((record, *one))
        };
        match self {
            Self::Area(number) => Box::new(site.week().in_area(number).filter_map(placed)),
            _ => Box::new(site.week().sessions().iter().filter_map(placed)),
        }
    }
}

/// The coming day of a weekday, today included.
fn date_of(edition: &Edition<'_>, day: Weekday) -> Option<Date> {
    window(edition.site.today, DAYS)?.days().find(|date| date.weekday() == day)
}

/// The numbers of the areas that an event is in.
fn areas_of(edition: &Edition<'_>, event: &Event) -> BTreeSet<usize> {
    let site = edition.site;
    let centre = event.centre.as_ref().and_then(|id| site.index.centre.get(id));
    let centre = centre.and_then(|number| site.content.centres.get(*number)).map(|centre| &centre.value.area);
    let lineages = event.area.iter().chain(centre).flat_map(|area| site.index.lineage(area));
    lineages.filter_map(|entry| site.index.area.get(&entry.area.id).copied()).collect()
}

/// The parts of the week that have a page in the edition's language, the days first.
pub(crate) fn week_pages<'a>(edition: &Edition<'a>) -> Vec<WeekOf<'a>> {
    if !super::lists::exists(edition, "this-week") {
        return Vec::new();
    }
    let site = edition.site;
    let (mut for_whom, mut kinds, mut places) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for record in &site.content.programmes {
        let mut any = false;
        for activity in record.value.activities.iter().filter(|activity| edition.has(&activity.title)) {
            any = true;
            for_whom.extend(&activity.audience);
            kinds.extend(&activity.strand);
        }
        let centre = site.index.centre.get(&record.value.centre).filter(|_| any);
        let centre = centre.and_then(|number| site.content.centres.get(*number));
        let around = centre.into_iter().flat_map(|centre| site.index.lineage(&centre.value.area));
        places.extend(around.filter_map(|entry| site.index.area.get(&entry.area.id).copied()));
    }
    for event in edition.offered(&site.content.events) {
        for_whom.extend(&event.value.audience);
        kinds.extend(&event.value.strand);
        places.extend(areas_of(edition, &event.value));
    }
    let config = &site.content.site.value;
    let days = [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
    let days = days.into_iter().chain([Weekday::Saturday, Weekday::Sunday]).map(WeekOf::Day);
    let audiences = config.audiences.iter().filter(|(id, term)| for_whom.contains(id) && edition.has(&term.name));
    let areas = places.into_iter().filter(|n| site.index.areas.get(*n).is_some_and(|e| edition.has(&e.area.name)));
    let strands = config.strands.iter().filter(|(id, term)| kinds.contains(id) && edition.has(&term.name));
    days.chain(audiences.map(|(id, _)| WeekOf::Audience(id)))
        .chain(areas.map(WeekOf::Area))
        .chain(strands.map(|(id, _)| WeekOf::Strand(id)))
        .collect()
}

/// A part of the week that has a page, with what the pages of all others say of it, which is made once.
pub(crate) struct WeekPart<'a> {
    /// Which.
    pub of: WeekOf<'a>,
    counted: OnceLock<Option<CountedLink>>,
}

impl<'a> From<WeekOf<'a>> for WeekPart<'a> {
    fn from(of: WeekOf<'a>) -> Self {
        Self { of, counted: OnceLock::new() }
    }
}

impl WeekPart<'_> {
    fn counted(&self, edition: &Edition<'_>) -> Option<CountedLink> {
        self.counted.get_or_init(|| counted(edition, self.of)).clone()
    }
}

/// What is on this week, or a part of it; `pages` are the parts that have a page, of this edition.
pub(crate) fn week(edition: &Edition<'_>, of: WeekOf<'_>, pages: &[WeekPart<'_>]) -> WeekView {
    let span = window(edition.site.today, DAYS);
    let all: Vec<_> = of.sessions(edition).collect();
    let untold = of.untold(edition);
    let dates: Vec<Date> = match of {
        WeekOf::Day(day) => date_of(edition, day).into_iter().collect(),
        _ => span.into_iter().flat_map(|span| span.days()).collect(),
    };
    let most = if all.len() <= MOST { MOST } else { MOST / dates.len().max(1) };
    let others = |wanted: fn(&WeekOf<'_>) -> bool| {
        pages.iter().filter(|part| wanted(&part.of)).filter_map(|part| part.counted(edition)).collect::<Vec<_>>()
    };
    let config = &edition.site.content.site.value;
    let note = match of {
        WeekOf::Audience(id) => config.audiences.get(id).and_then(|term| term.note.as_ref()),
        WeekOf::Strand(id) => config.strands.get(id).and_then(|term| term.note.as_ref()),
        _ => None,
    };
    WeekView {
        of: of.name(edition),
        note: edition.local_some(note),
        span: match of {
            WeekOf::Day(_) => dates.first().map(|date| edition.wording.day(*date)).unwrap_or_default(),
            _ => span.map(|span| edition.span(span)).unwrap_or_default(),
        },
        by_day: {
            let mut days: Vec<_> = pages.iter().filter(|part| matches!(part.of, WeekOf::Day(_))).collect();
            days.sort_by_key(|part| part.of.date(edition));
            days.into_iter().filter_map(|part| part.counted(edition)).collect()
        },
        by_audience: others(|part| matches!(part, WeekOf::Audience(_))),
        by_area: pages
            .iter()
            .filter(|part| matches!(part.of, WeekOf::Area(number) if is_next_to(edition, of, number)))
            .filter_map(|part| part.counted(edition))
            .collect(),
        by_strand: others(|part| matches!(part, WeekOf::Strand(_))),
        calendars: match of {
            WeekOf::All => subscription::of_audiences(edition),
            WeekOf::Audience(id) => subscription::of_audience(edition, id).into_iter().collect(),
            WeekOf::Area(number) => {
                let entry = edition.site.index.areas.get(number);
                entry.map(|entry| subscription::of_area(edition, &entry.area)).unwrap_or_default()
            }
            WeekOf::Day(_) | WeekOf::Strand(_) => Vec::new(),
        },
        in_full: (!untold.is_empty()).then(|| in_first_language(edition, &of.path(edition))).flatten(),
        days: dates
            .into_iter()
            .map(|date| day(edition, date, &|event| of.has_event(edition, event), &all, &untold, most))
            .collect(),
    }
}

/// A page in the site's first language, under that language's name for itself.
fn in_first_language(edition: &Edition<'_>, path: &str) -> Option<Link> {
    let first = edition.site.content.site.value.languages.first()?;
    let tag = first.tag.as_str().to_owned();
    Some(Link {
        name: Local { text: first.name.clone(), lang: Some(tag.clone()) },
        url: edition.href(&Address::new(path)),
        hreflang: Some(tag),
    })
}

/// Whether a page names an area: its own page those just inside it, the others the two widest levels.
fn is_next_to(edition: &Edition<'_>, of: WeekOf<'_>, number: usize) -> bool {
    let parent = |number: usize| edition.site.index.areas.get(number).and_then(|entry| entry.parent);
    match of {
        WeekOf::Area(own) => parent(number) == Some(own),
        _ => parent(number).is_none_or(|above| parent(above).is_none()),
    }
}

/// A link to a part with how much is on in it, if anything is.
fn counted(edition: &Edition<'_>, part: WeekOf<'_>) -> Option<CountedLink> {
    let span = window(edition.site.today, DAYS)?;
    let held = part.sessions(edition).filter(|(_, one)| one.session.held).count();
    let events = edition.offered(&edition.site.content.events).filter(|event| {
        let on = match part {
            WeekOf::Day(day) => date_of(edition, day).is_some_and(|date| event.value.on.contains(date)),
            _ => event.value.on.overlap(&span).is_some(),
        };
        on && event.value.cancelled.is_none() && part.has_event(edition, &event.value)
    });
    let count = held + events.count();
    let link =
        Link { name: part.name(edition)?, url: edition.href(&edition.address(&part.path(edition))), hreflang: None };
    (count > 0).then_some(CountedLink { link, count })
}

/// The coming days for the home page: what is held, and not more than fits there.
pub(super) fn days_at_home(edition: &Edition<'_>, count: i64) -> Vec<DayView> {
    let held: Vec<_> = WeekOf::All.sessions(edition).filter(|(_, one)| one.session.held).collect();
    let untold = WeekOf::All.untold(edition);
    let days = window(edition.site.today, count).into_iter().flat_map(|span| span.days());
    days.map(|date| day(edition, date, &|_| true, &held, &untold, MOST_AT_HOME)).collect()
}

/// The coming days at a centre.
pub(super) fn days_at(edition: &Edition<'_>, centre: &Record<Centre>) -> Vec<DayView> {
    let site = edition.site;
    let here = site.index.programmes.get(&centre.id).into_iter().flatten();
    let here: Vec<Placed<'_>> = here
        .filter_map(|number| Some((*number, site.content.programmes.get(*number)?)))
        .flat_map(|(number, record)| site.week().of_programme(number).map(move |one| (record, *one)))
        .collect();
    let untold = untold(edition, here.iter().copied());
    let mut all: Vec<_> = here.into_iter().filter(|placed| is_titled(edition, placed)).collect();
    all.sort_by_key(|(_, one)| (one.session.date, one.session.time));
    let is_here = |event: &Event| event.centre.as_ref() == Some(&centre.id);
    let days = window(edition.site.today, DAYS).into_iter().flat_map(|span| span.days());
    days.map(|date| day(edition, date, &is_here, &all, &untold, MOST_AT_HOME)).collect()
}

fn day(
    edition: &Edition<'_>,
    date: Date,
    has_event: &dyn Fn(&Event) -> bool,
    all: &[Placed<'_>],
    untold: &BTreeSet<Date>,
    most: usize,
) -> DayView {
    let site = edition.site;
    let first = all.partition_point(|(_, one)| one.session.date < date);
    let here: Vec<_> = all.iter().skip(first).take_while(|(_, one)| one.session.date == date).collect();
    let special = match site.calendar().kind(date) {
        DayKind::Holiday(n) => Some(("day.holiday", n)),
        DayKind::MakeupWorkday { holiday, .. } => Some(("day.makeup", holiday)),
        DayKind::LocalHoliday(n) | DayKind::LocalClosure(n) => Some(("day.local", n)),
        DayKind::Ordinary | DayKind::NotAnnounced => None,
    };
    let name = |n: usize| site.occasion_name(n).map(|name| edition.local(name).text).unwrap_or_default();
    let events: Vec<EventCard> = edition
        .offered(&site.content.events)
        .filter(|event| event.value.on.contains(date) && event.value.cancelled.is_none())
        .filter(|event| has_event(&event.value))
        .map(|event| super::event::card(edition, event))
        .collect();
    let hidden = here.len().saturating_sub(most);
    DayView {
        date: date.to_string(),
        id: format!("day-{date}"),
        name: edition.wording.weekday_day(date),
        lunar: site.content.site.value.lunar_dates.then(|| edition.wording.lunar_day(date)).flatten(),
        special: special.map(|(term, n)| edition.wording.say(term, &[("name", &name(n))])),
        count: here.iter().filter(|(_, one)| one.session.held).count() + events.len(),
        sessions: here.iter().take(most).filter_map(|(record, one)| row(edition, record, one)).collect(),
        untold: untold.contains(&date),
        more: (hidden > 0).then(|| edition.wording.count("week.more", hidden)),
        events,
    }
}

fn row(edition: &Edition<'_>, record: &Record<Programme>, one: &WeekSession) -> Option<SessionRow> {
    let site = edition.site;
    let activity = record.value.activities.get(one.activity)?;
    let held = HeldSession::of(activity, one.activity, &one.session);
    let centre = site.index.centre.get(&record.value.centre).and_then(|number| site.content.centres.get(*number));
    let differs = !one.session.held || one.session.exception.is_some() || one.session.extra.is_some();
    let change = differs.then(|| change(edition, activity, centre, &one.session)).flatten();
    // What is not held stands there with the reason, or not at all.
    if !one.session.held && change.is_none() {
        return None;
    }
    Some(SessionRow {
        time: one.session.time.to_string(),
        minutes: [one.session.time.start().minutes(), one.session.time.end().minutes()],
        title: edition.local(held.title),
        link: edition.activity(record, one.activity),
        place: edition.centre(&record.value.centre),
        room: edition.local_some(held.room),
        audience: audiences(edition, &activity.audience),
        cost: edition.local_some(activity.cost.as_ref()),
        change,
    })
}
