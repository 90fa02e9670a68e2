//! The public calendars of the site: the nation's, laid over by the region's, laid over by each area's own.
//!
//! Most sites have one calendar for all places. Where an area has days of its own, the places in it get a copy of
//! the common one with those days laid over. Years whose arrangement is missing have what the law says ([`statutory`]). Names of occasions are kept in one list, which all calendars index.

use std::collections::{BTreeSet, HashMap};

use super::{Index, statutory};
use crate::calendar::{Date, HolidayCalendar, HolidaySpan, OccasionKind};
use crate::content::{Area, CalendarYear, Content, HolidayKind, Id, MakeupWorkday, Record, Text};
use crate::diagnostics::{Code, Diagnostic, Problem, Texts};
use crate::source::yaml::Step;

/// The calendars of a site.
#[derive(Debug)]
pub(super) struct Calendars {
    /// The common one first.
    calendars: Vec<HolidayCalendar>,
    /// Which one an area has, where it is not the common one.
    of_area: HashMap<Id<Area>, usize>,
    /// The names of occasions.
    names: Vec<Text>,
}

/// How far a usual week is known to hold. What the law itself puts on a date is known beyond it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Announced {
    /// Always: nothing depends on public holidays.
    Always,
    /// Up to a day: the last whose public holidays are announced without a gap from today's year on.
    Until(Date),
    /// Not even those of today's year are announced.
    NotNow,
}

impl Announced {
    /// The last day of which it is known, where there is one.
    pub fn until(self) -> Option<Date> {
        match self {
            Self::Until(date) => Some(date),
            Self::Always | Self::NotNow => None,
        }
    }
}

impl Calendars {
    /// The calendars that are written; what is wrong with them is added to `diagnostics`.
    pub(super) fn of(content: &Content, index: &Index, texts: &Texts, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let region = content.site.value.region.as_str();
        let country = region.split('-').next().unwrap_or(region);
        let applies = |record: &&Record<CalendarYear>| {
            let written = &record.value.region;
            written == region || region.strip_prefix(written.as_str()).is_some_and(|rest| rest.starts_with('-'))
        };
        let mut records: Vec<_> = content.calendar.iter().filter(applies).collect();
        records.sort_by_key(|record| (record.value.region.len(), record.value.year));
        let mut reader = Reader { texts, diagnostics, seen: BTreeSet::new(), names: Vec::new() };
        let mut common = HolidayCalendar::new(
            records.iter().filter(|r| r.value.area.is_none() && r.value.region == country).map(|r| r.value.year),
            &[],
            Vec::new(),
        );
        let mut layers: HashMap<&Id<Area>, Vec<(usize, HolidaySpan)>> = HashMap::new();
        let mut schools: HashMap<&Id<Area>, Vec<_>> = HashMap::new();
        for record in &records {
            let occasions = reader.read(record);
            let without_school = record.value.school_holidays.iter().map(|holiday| holiday.days);
            match &record.value.area {
                None => {
                    occasions.iter().for_each(|(name, occasion)| common.add(*name, occasion));
                    common.add_school_holidays(without_school);
                }
                Some(area) => {
                    layers.entry(area).or_default().extend(occasions);
                    schools.entry(area).or_default().extend(without_school);
                }
            }
        }
        statutory::add(country, &mut common, &mut reader.names);
        let mut calendars = Self { calendars: vec![common], of_area: HashMap::new(), names: reader.names };
        if !layers.is_empty() {
            for entry in &index.areas {
                calendars.lay(&entry.area.id, index, &layers, &schools);
            }
        }
        calendars
    }

    /// Gives an area its own calendar, if it or an area around it has days of its own.
    fn lay(
        &mut self,
        area: &Id<Area>,
        index: &Index,
        layers: &HashMap<&Id<Area>, Vec<(usize, HolidaySpan)>>,
        schools: &HashMap<&Id<Area>, Vec<crate::calendar::DateSpan>>,
    ) {
        let lineage = index.lineage(area);
        let mut around = lineage.iter().map(|entry| &entry.area.id).filter(|id| layers.contains_key(id)).peekable();
        let Some(mut calendar) = around.peek().and_then(|_| self.calendars.first().cloned()) else { return };
        for id in around {
            for (name, occasion) in layers.get(id).into_iter().flatten() {
                calendar.add(*name, occasion);
            }
            calendar.add_school_holidays(schools.get(id).into_iter().flatten().copied());
        }
        self.of_area.insert(area.clone(), self.calendars.len());
        self.calendars.push(calendar);
    }

    /// The calendar that all places have unless their area has its own.
    pub(super) fn common(&self) -> &HolidayCalendar {
        static EMPTY: std::sync::OnceLock<HolidayCalendar> = std::sync::OnceLock::new();
        self.calendars.first().unwrap_or_else(|| EMPTY.get_or_init(HolidayCalendar::default))
    }

    /// Which calendar an area has, if not the common one: areas of the same number have the same.
    pub(super) fn number_of(&self, area: &Id<Area>) -> Option<usize> {
        self.of_area.get(area).copied()
    }

    /// The calendar of an area.
    pub(super) fn of_area(&self, area: &Id<Area>) -> &HolidayCalendar {
        self.of_area.get(area).and_then(|number| self.calendars.get(*number)).unwrap_or_else(|| self.common())
    }

    /// Up to which day public holidays are announced.
    pub(super) fn announced(&self, today: Date) -> Announced {
        let known: BTreeSet<i16> = self.common().years().collect();
        let last = (today.year()..).take_while(|year| known.contains(year)).last();
        let last = last.and_then(|year| Date::new(year, 12, 31).ok());
        last.map_or(Announced::NotNow, Announced::Until)
    }

    /// The name of an occasion, as calendars index it.
    pub(super) fn name(&self, occasion: usize) -> Option<&Text> {
        self.names.get(occasion)
    }
}

struct Reader<'a> {
    texts: &'a Texts,
    diagnostics: &'a mut Vec<Diagnostic>,
    seen: BTreeSet<(String, Option<Id<Area>>, i16)>,
    names: Vec<Text>,
}

impl Reader<'_> {
    /// The occasions of a year with their index in the list of names.
    fn read(&mut self, record: &Record<CalendarYear>) -> Vec<(usize, HolidaySpan)> {
        let value = &record.value;
        let year = value.year;
        if !self.seen.insert((value.region.clone(), value.area.clone(), year)) {
            let place = value.area.as_ref().map_or(value.region.as_str(), Id::as_str);
            let problem = Problem::new(Code::CalendarTwice).with("region", place).with("year", &year.to_string());
            self.report(record, problem, &["year".into()]);
        }
        let mut occasions = Vec::new();
        for (number, holiday) in value.holidays.iter().enumerate() {
            let makeup_workdays: Vec<(Date, Option<Date>)> = holiday
                .makeup_workdays
                .iter()
                .map(|day| match day {
                    MakeupWorkday::Day(day) => (day.0, None),
                    MakeupWorkday::Replacing(day) => (day.on.0, Some(day.replaces.0)),
                })
                .collect();
            // New Year's holiday may begin in December: only days far from the year are a mistake.
            let near = |date: Date| (date.year() - year).abs() <= 1;
            let days = [holiday.days.first(), holiday.days.last()];
            if let Some(far) =
                days.into_iter().chain(makeup_workdays.iter().map(|(day, _)| *day)).find(|day| !near(*day))
            {
                let problem =
                    Problem::new(Code::OutsideYear).with("date", &far.to_string()).with("year", &year.to_string());
                self.report(record, problem, &["holidays".into(), number.into(), "days".into()]);
                continue;
            }
            let kind = match (holiday.kind, &value.area) {
                (HolidayKind::Closure, _) => OccasionKind::LocalClosure,
                (HolidayKind::Holiday, Some(_)) => OccasionKind::LocalHoliday,
                (HolidayKind::Holiday, None) => OccasionKind::Holiday,
            };
            occasions.push((self.names.len(), HolidaySpan { kind, days: holiday.days, makeup_workdays }));
            self.names.push(holiday.name.clone());
        }
        occasions
    }

    fn report(&mut self, record: &Record<CalendarYear>, problem: Problem, steps: &[Step]) {
        self.diagnostics.push(problem.at(record.origin.place(self.texts, steps)));
    }
}
