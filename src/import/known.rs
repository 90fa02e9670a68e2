//! What the site knows: its records by name, so that a cell that names one leads to it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::tz::TimeZone;
use serde_yaml::{Mapping, Value};

use super::known_texts::postal;
pub use super::known_texts::{KnownOffer, KnownTexts};

use crate::calendar::{
    Date, DateSpan, HolidayCalendar, Intervals, Moment, OpeningHours, Pattern, TimeOfDay, TimeRange, WeekdaySet, at,
};
use crate::content::{
    Activity, Area, Content, KeyLanguage, LanguageTag, Programme, Record, Text, in_keys, without_marks,
};
use crate::diagnostics::has_chinese_keys;
use crate::source::File;

/// Ids with the names by which people call them.
pub type Named = Vec<(String, Vec<String>)>;

/// The site, as far as importing asks.
#[derive(Debug, Clone)]
pub struct Known {
    /// The site's first language, in which plain texts are.
    pub first: LanguageTag,
    /// The zone of the site's clocks.
    pub zone: TimeZone,
    /// The site's region, whose holidays are those of a list that names none.
    pub region: String,
    /// Centres.
    pub centres: Named,
    /// Areas.
    pub areas: Named,
    /// Teams.
    pub teams: Named,
    /// Audiences.
    pub audiences: Named,
    /// Departments.
    pub departments: Named,
    /// Policies.
    pub policies: Named,
    /// What centres offer, by their ids.
    pub offers: BTreeMap<String, Vec<KnownOffer>>,
    /// What policies say, by their ids.
    pub policy_texts: BTreeMap<String, KnownTexts>,
    /// Programmes.
    pub programmes: Vec<KnownProgramme>,
    /// What telephone lines of the site are for, and when they are answered, as it says.
    pub purposes: BTreeSet<String>,
    /// What goes without saying in addresses: what the site's areas are called, their postal codes, and its country.
    pub postal: BTreeSet<String>,
    /// What time makes of the records.
    pub times: KnownTimes,
}

/// What is known only of a site that is linked: hours and sessions by date.
#[derive(Debug, Clone)]
pub struct KnownTimes {
    /// The day for which one imports.
    pub today: Date,
    /// The public calendar.
    pub calendar: HolidayCalendar,
    /// The hours of centres, by their ids.
    pub hours: BTreeMap<String, KnownHours>,
    /// The sessions of each activity, by the ids of programmes.
    pub sessions: BTreeMap<String, Vec<KnownSessions>>,
}

/// The sessions of an activity.
#[derive(Debug, Clone, Default)]
pub struct KnownSessions {
    /// Those that are held.
    pub held: BTreeSet<Moment>,
    /// Those that the site itself drops, since they are cancelled or moved or their place is closed.
    pub dropped: BTreeSet<Moment>,
}

impl KnownTimes {
    /// Nothing but the day.
    pub fn on(today: Date) -> Self {
        let (hours, sessions) = (BTreeMap::new(), BTreeMap::new());
        Self { today, calendar: HolidayCalendar::default(), hours, sessions }
    }
}

/// The hours of a centre that is there already.
#[derive(Debug, Clone)]
pub struct KnownHours {
    /// Their rules.
    pub rules: OpeningHours,
    /// What holds on each day that holidays, notices and exceptions change, as far as anybody asks.
    pub special: BTreeMap<Date, Intervals>,
}

impl KnownHours {
    /// Whether these hours say all that others do: their week and the parts of the year, their single days. Which week is
    /// the ordinary one and which a part of the year may be told in more ways than one, so that weeks are the same too if
    /// each day of a year is.
    pub(super) fn say(&self, said: &OpeningHours, year: i16) -> bool {
        let same_week = |one: &crate::calendar::Weekly, other: &crate::calendar::Weekly| {
            WeekdaySet::ALL.iter().all(|day| one.on(day) == other.on(day))
        };
        let on = |date: Date| self.special.get(&date).unwrap_or_else(|| self.rules.week_on(date).on(date.weekday()));
        let same_weeks = || {
            same_week(&self.rules.weekly, &said.weekly)
                && said.seasons.iter().all(|(span, own)| {
                    self.rules.seasons.iter().any(|(known, week)| known == span && same_week(week, own))
                })
        };
        let same_days = || {
            let days = Date::new(year, 1, 1).ok().zip(Date::new(year, 12, 31).ok());
            let mut days =
                days.and_then(|(first, last)| DateSpan::new(first, last)).into_iter().flat_map(|days| days.days());
            let public = HolidayCalendar::default();
            days.all(|date| *on(date) == said.on(date, &public).intervals)
        };
        (same_weeks() || same_days())
            && said.recurring.iter().all(|(days, hours)| {
                self.rules.recurring.iter().any(|(known, open)| open == hours && falls_on_all(known, days))
            })
            && said.exceptions.iter().all(|(days, hours)| days.days().all(|date| on(date) == hours))
    }
}

/// Whether days that recur are among others that do.
fn falls_on_all(known: &Pattern, days: &Pattern) -> bool {
    let (first, last) = (Date::constant(2024, 1, 1), Date::constant(2025, 12, 31));
    let years = DateSpan::new(first, last);
    let calendar = HolidayCalendar::default();
    years.is_some_and(|years| {
        days.dates(first, years, &calendar).into_iter().all(|date| known.falls_on(date, first, &calendar))
    })
}

/// What a programme that is there already says, where a board says less.
#[derive(Debug, Clone)]
pub struct KnownProgramme {
    /// Its id.
    pub id: String,
    /// Its centre's id.
    pub centre: String,
    /// From when to when it holds.
    pub valid: DateSpan,
    /// Its parts of the day.
    pub slots: Vec<(String, TimeRange)>,
    /// What it is called, in every language.
    pub names: Vec<String>,
    /// Its activities.
    pub activities: Vec<KnownActivity>,
    /// As it was read.
    pub record: Arc<Programme>,
    /// Its file.
    pub file: Arc<str>,
    /// As it stands in its file, with English keys; nothing until [`Known::read_files`].
    pub written: Mapping,
}

/// An activity that is there already.
#[derive(Debug, Clone)]
pub struct KnownActivity {
    /// Its title in the first language.
    pub title: String,
    /// What it is called, in every language.
    pub names: Vec<String>,
    /// Its own period, if it has one.
    pub valid: Option<DateSpan>,
    /// What differs about single sessions that are held all the same, as it stands in the file.
    pub noted: Vec<Value>,
    /// Sessions that are cancelled, each with its days, as it stands in the file.
    pub cancelled: Vec<(DateSpan, Value)>,
}

impl KnownProgramme {
    /// The period of an activity, by its number.
    pub(super) fn period(&self, number: usize) -> DateSpan {
        self.activities.get(number).and_then(|activity| activity.valid).unwrap_or(self.valid)
    }

    /// What its activities are called, in every language.
    pub(super) fn titles(&self) -> impl Iterator<Item = &String> {
        self.activities.iter().flat_map(|activity| &activity.names)
    }
}

impl Known {
    /// Whether a programme of the site, or an activity of one, says so under a key already.
    pub(super) fn says(&self, key: &str, text: &str) -> bool {
        let programmes = || self.programmes.iter().map(|programme| &programme.written);
        let activities = programmes().filter_map(|written| written.get("activities")?.as_sequence()).flatten();
        let values =
            activities.filter_map(|activity| activity.get(key)).chain(programmes().filter_map(|one| one.get(key)));
        values.into_iter().any(|value| super::cell_text(value) == text)
    }

    /// What a site's content knows; nothing of a site that cannot be read.
    pub fn of(content: Option<&Content>, times: KnownTimes) -> Self {
        let Some(content) = content else {
            return Self {
                first: LanguageTag::chinese(),
                zone: TimeZone::UTC,
                region: "CN".to_owned(),
                centres: Vec::new(),
                areas: Vec::new(),
                teams: Vec::new(),
                audiences: Vec::new(),
                departments: Vec::new(),
                policies: Vec::new(),
                offers: BTreeMap::new(),
                policy_texts: BTreeMap::new(),
                programmes: Vec::new(),
                purposes: BTreeSet::new(),
                postal: BTreeSet::new(),
                times,
            };
        };
        let site = &content.site.value;
        let centres = content.centres.iter().map(|centre| {
            let names = strings(&centre.value.name).chain(centre.value.short_name.iter().flat_map(strings));
            (centre.id.to_string(), names.collect())
        });
        let areas = content.areas.value.areas.iter().flat_map(Area::with_inner);
        let first = site.languages.first().map_or_else(LanguageTag::chinese, |language| language.tag.clone());
        let offers = content.centres.iter().map(|centre| {
            let offers = centre.value.services.iter().map(|service| KnownOffer::of(service, &first));
            (centre.id.to_string(), offers.collect())
        });
        let now = at(times.today, TimeOfDay::MIDNIGHT);
        let policy_texts = content.policies.iter();
        let policy_texts =
            policy_texts.map(|policy| (policy.id.to_string(), KnownTexts::of_policy(policy, &first, now)));
        let phones = content.centres.iter().flat_map(|centre| &centre.value.phones);
        Self {
            purposes: phones.flat_map(|phone| phone.purpose.iter().chain(&phone.hours)).flat_map(strings).collect(),
            postal: postal(content),
            offers: offers.collect(),
            policy_texts: policy_texts.collect(),
            zone: TimeZone::get(site.time_zone.as_str()).unwrap_or(TimeZone::UTC),
            programmes: content.programmes.iter().map(|record| programme(record, &first)).collect(),
            first,
            region: site.region.as_str().to_owned(),
            centres: centres.collect(),
            areas: areas.map(|area| (area.id.to_string(), strings(&area.name).collect())).collect(),
            teams: content
                .teams
                .iter()
                .map(|team| (team.id.to_string(), strings(&team.value.name).collect()))
                .collect(),
            audiences: site
                .audiences
                .iter()
                .map(|(id, audience)| (id.to_string(), strings(&audience.name).collect()))
                .collect(),
            departments: site
                .departments
                .iter()
                .map(|(id, office)| (id.to_string(), strings(&office.name).collect()))
                .collect(),
            policies: content
                .policies
                .iter()
                .map(|policy| (policy.id.to_string(), strings(&policy.value.title).collect()))
                .collect(),
            times,
        }
    }
}

impl Known {
    /// Takes in how programmes stand in their files, which a workbook that was exported is compared with.
    pub fn read_files(&mut self, files: &[File]) {
        for programme in &mut self.programmes {
            let Some(file) = files.iter().find(|file| file.path == programme.file) else { continue };
            programme.written = serde_yaml::from_str(&in_english(&file.path, &file.text)).unwrap_or_default();
        }
    }
}

/// A text of the site with English keys.
pub(crate) fn in_english(path: &str, text: &str) -> String {
    if has_chinese_keys(text) { in_keys(path, text, KeyLanguage::English) } else { text.to_owned() }
}

fn programme(record: &Record<Programme>, first: &LanguageTag) -> KnownProgramme {
    let programme = &record.value;
    KnownProgramme {
        id: record.id.to_string(),
        centre: programme.centre.to_string(),
        valid: programme.valid,
        slots: programme.slots.iter().map(|(name, time)| (name.clone(), *time)).collect(),
        names: strings(&programme.title).collect(),
        activities: programme.activities.iter().map(|of| activity(of, first)).collect(),
        record: Arc::new(programme.clone()),
        file: Arc::clone(&record.origin.file),
        written: Mapping::new(),
    }
}

fn activity(activity: &Activity, first: &LanguageTag) -> KnownActivity {
    let is_held =
        |exception: &&crate::content::SessionException| exception.cancelled.is_none() && exception.moved_to.is_none();
    let as_written = |exception: &crate::content::SessionException| match serde_yaml::to_value(exception) {
        Ok(Value::Mapping(mut entries)) => {
            entries.retain(|_, value| !value.is_null());
            Some(Value::Mapping(entries))
        }
        _ => None,
    };
    KnownActivity {
        title: activity.title.best(first, first).0.to_owned(),
        names: strings(&activity.title).map(without_marks).collect(),
        valid: activity.valid,
        noted: activity.exceptions.iter().filter(is_held).filter_map(as_written).collect(),
        cancelled: activity
            .exceptions
            .iter()
            .filter(|exception| exception.cancelled.is_some())
            .filter_map(|exception| Some((exception.on, as_written(exception)?)))
            .collect(),
    }
}

/// A text in every language.
pub(super) fn strings(text: &Text) -> impl Iterator<Item = String> + use<> {
    let texts: Vec<String> = match text {
        Text::Plain(text) => vec![text.clone()],
        Text::PerLanguage(texts) => texts.values().cloned().collect(),
    };
    texts.into_iter()
}

/// The id of what is called so, or has this id.
pub(super) fn called<'n>(named: &'n Named, text: &str) -> Option<&'n str> {
    let text = text.trim();
    let is = |(id, names): &&(String, Vec<String>)| id == text || names.iter().any(|name| name == text);
    named.iter().find(is).map(|(id, _)| id.as_str())
}

/// The id of that of which a text names the most letters.
pub(super) fn named_in<'n>(named: &'n Named, text: &str) -> Option<&'n str> {
    let longest = |(_, names): &(String, Vec<String>)| {
        let named = names.iter().filter(|name| name.chars().count() > 1 && text.contains(name.as_str()));
        named.map(|name| name.chars().count()).max()
    };
    let found = named.iter().filter_map(|entry| Some((longest(entry)?, entry.0.as_str())));
    found.max_by_key(|(length, _)| *length).map(|(_, id)| id)
}
