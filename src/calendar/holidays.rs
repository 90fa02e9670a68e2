//! Which days are public holidays and make-up workdays, and up to when that is known.
//!
//! A year without a calendar is not guessed: its days are [`DayKind::NotAnnounced`]. A make-up workday
//! keeps the hours of the weekday that it replaces; where the notice does not say which, a Saturday counts
//! as the Friday before and a Sunday as the Monday after, the nearest workday.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};

use super::date::DateSpan;

/// What a day is in the public calendar. Holidays are named by their index in the caller's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// A day like its weekday.
    Ordinary,
    /// A day off.
    Holiday(usize),
    /// A weekend day on which people work as on `like`.
    MakeupWorkday {
        /// The holiday it makes up for.
        holiday: usize,
        /// The weekday whose hours it keeps.
        like: Weekday,
    },
    /// The year's holidays have not been announced.
    NotAnnounced,
}

/// One holiday: its days off and its make-up workdays, each with the day it replaces if that is known.
#[derive(Debug, Clone)]
pub struct HolidaySpan {
    /// The days off.
    pub days: DateSpan,
    /// The weekend days worked for it.
    pub makeup_workdays: Vec<(Date, Option<Date>)>,
}

/// The public calendar of a region.
#[derive(Debug, Clone, Default)]
pub struct HolidayCalendar {
    years: BTreeSet<i16>,
    days: BTreeMap<Date, DayKind>,
}

impl HolidayCalendar {
    /// A calendar of the known years and their holidays; what is asked later is answered by index.
    pub fn new(years: impl IntoIterator<Item = i16>, holidays: &[HolidaySpan]) -> Self {
        let mut days = BTreeMap::new();
        for (index, holiday) in holidays.iter().enumerate() {
            for date in holiday.days.days() {
                days.insert(date, DayKind::Holiday(index));
            }
            for (date, replaces) in &holiday.makeup_workdays {
                let like = replaces.map_or_else(|| nearest_workday(date.weekday()), Date::weekday);
                days.insert(*date, DayKind::MakeupWorkday { holiday: index, like });
            }
        }
        Self { years: years.into_iter().collect(), days }
    }

    /// What the day is.
    pub fn kind(&self, date: Date) -> DayKind {
        match self.days.get(&date) {
            Some(kind) => *kind,
            None if self.years.contains(&date.year()) => DayKind::Ordinary,
            None => DayKind::NotAnnounced,
        }
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
