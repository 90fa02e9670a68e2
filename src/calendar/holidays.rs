//! What a day is: holiday, make-up workday, closed by the local authority, and up to when that is known.
//!
//! A year without a calendar is not guessed: its days are [`DayKind::NotAnnounced`], but for those that the law itself
//! puts on a date, which whoever makes the calendar adds. A make-up workday
//! keeps the hours of the weekday that it replaces; where the notice does not say which, a Saturday counts
//! as the Friday before and a Sunday as the Monday after, the nearest workday. What a place's own area says
//! comes before what the province says, and that before what the nation says: the narrowest layer that
//! names a day decides it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};

use super::date::DateSpan;

/// What a day is in the public calendar. Occasions are named by their index in the caller's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// A day like its weekday.
    Ordinary,
    /// A public holiday.
    Holiday(usize),
    /// A weekend day on which people work as on `like`.
    MakeupWorkday {
        /// The holiday it makes up for.
        holiday: usize,
        /// The weekday whose hours it keeps.
        like: Weekday,
    },
    /// A holiday of one area only, e.g. a herders' festival.
    LocalHoliday(usize),
    /// A day on which everything in an area is closed, e.g. for a snow storm.
    LocalClosure(usize),
    /// The year's holidays have not been announced.
    NotAnnounced,
}

/// What an occasion makes of its days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OccasionKind {
    /// Public holidays.
    #[default]
    Holiday,
    /// Holidays of one area.
    LocalHoliday,
    /// Days on which everything in an area is closed.
    LocalClosure,
}

/// One occasion: its days, and the workdays that make up for them, each with the day it replaces if that is known.
#[derive(Debug, Clone)]
pub struct HolidaySpan {
    /// What it makes of its days.
    pub kind: OccasionKind,
    /// The days.
    pub days: DateSpan,
    /// The weekend days worked for it.
    pub makeup_workdays: Vec<(Date, Option<Date>)>,
}

/// The public calendar of a place.
#[derive(Debug, Clone, Default)]
pub struct HolidayCalendar {
    years: BTreeSet<i16>,
    days: BTreeMap<Date, DayKind>,
    school_holidays: Vec<DateSpan>,
}

impl HolidayCalendar {
    /// A calendar of the known years and their occasions, the widest layer first; what is asked later is answered
    /// by index.
    pub fn new(
        years: impl IntoIterator<Item = i16>,
        occasions: &[HolidaySpan],
        school_holidays: Vec<DateSpan>,
    ) -> Self {
        let mut calendar = Self { years: years.into_iter().collect(), days: BTreeMap::new(), school_holidays };
        for (index, occasion) in occasions.iter().enumerate() {
            calendar.add(index, occasion);
        }
        calendar
    }

    /// Lays an occasion over what is known; `index` is its place in the caller's list.
    pub fn add(&mut self, index: usize, occasion: &HolidaySpan) {
        let kind = match occasion.kind {
            OccasionKind::Holiday => DayKind::Holiday(index),
            OccasionKind::LocalHoliday => DayKind::LocalHoliday(index),
            OccasionKind::LocalClosure => DayKind::LocalClosure(index),
        };
        self.days.extend(occasion.days.days().map(|date| (date, kind)));
        for (date, replaces) in &occasion.makeup_workdays {
            let like = replaces.map_or_else(|| nearest_workday(date.weekday()), Date::weekday);
            self.days.insert(*date, DayKind::MakeupWorkday { holiday: index, like });
        }
    }

    /// Adds the days of an occasion of which nothing is known yet.
    pub fn add_unless_known(&mut self, index: usize, occasion: &HolidaySpan) {
        let mut alone = Self::default();
        alone.add(index, occasion);
        for (date, kind) in alone.days {
            self.days.entry(date).or_insert(kind);
        }
    }

    /// Adds days without school.
    pub fn add_school_holidays(&mut self, days: impl IntoIterator<Item = DateSpan>) {
        self.school_holidays.extend(days);
    }

    /// What the day is.
    pub fn kind(&self, date: Date) -> DayKind {
        match self.days.get(&date) {
            Some(kind) => *kind,
            None if self.years.contains(&date.year()) => DayKind::Ordinary,
            None => DayKind::NotAnnounced,
        }
    }

    /// Whether people go to work: a weekday that is no holiday, or a make-up workday.
    pub fn is_workday(&self, date: Date) -> bool {
        match self.kind(date) {
            DayKind::MakeupWorkday { .. } => true,
            DayKind::Holiday(_) | DayKind::LocalHoliday(_) | DayKind::LocalClosure(_) => false,
            DayKind::Ordinary | DayKind::NotAnnounced => !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday),
        }
    }

    /// Whether the schools are on holiday.
    pub fn is_school_holiday(&self, date: Date) -> bool {
        self.school_holidays.iter().any(|days| days.contains(date))
    }

    /// The days without school, as they were added.
    pub fn school_holidays(&self) -> &[DateSpan] {
        &self.school_holidays
    }

    /// The special days of a span, in order.
    pub fn special_days(&self, span: DateSpan) -> impl Iterator<Item = (Date, DayKind)> {
        self.days.range(span.first()..=span.last()).map(|(date, kind)| (*date, *kind))
    }

    /// The years whose holidays are known, in order.
    pub fn years(&self) -> impl DoubleEndedIterator<Item = i16> {
        self.years.iter().copied()
    }
}

fn nearest_workday(day: Weekday) -> Weekday {
    match day {
        Weekday::Saturday => Weekday::Friday,
        Weekday::Sunday => Weekday::Monday,
        workday => workday,
    }
}
