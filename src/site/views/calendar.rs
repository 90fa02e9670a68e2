//! The public calendar: holidays and make-up workdays, year by year, with their source.

use serde::Serialize;

use super::parts::{DateText, Local, SourceView, source};
use crate::content::MakeupWorkday;
use crate::site::Edition;

/// The years that are known, the latest first.
#[derive(Debug, Clone, Serialize)]
pub struct CalendarView {
    /// The years.
    pub years: Vec<YearView>,
    /// What is not known yet.
    pub unknown: Option<String>,
}

/// A year.
#[derive(Debug, Clone, Serialize)]
pub struct YearView {
    /// The year.
    pub year: i16,
    /// The official notice.
    pub source: SourceView,
    /// The holidays.
    pub holidays: Vec<HolidayView>,
}

/// A holiday.
#[derive(Debug, Clone, Serialize)]
pub struct HolidayView {
    /// Its name.
    pub name: Local,
    /// The first day off, ISO 8601.
    pub date: String,
    /// The days off in words.
    pub days: String,
    /// How many they are.
    pub count: usize,
    /// The weekend days worked for it.
    pub makeup_workdays: Vec<DateText>,
    /// Whether it is over.
    pub over: bool,
}

/// The public calendar of the site's region.
pub(crate) fn calendar(edition: &Edition<'_>) -> CalendarView {
    let site = &edition.site.content.site.value;
    let mut years: Vec<_> =
        edition.site.content.calendar.iter().filter(|record| record.value.region == site.region.as_str()).collect();
    years.sort_by_key(|record| std::cmp::Reverse(record.value.year));
    let next = edition.site.today.year() + 1;
    let known = years.iter().any(|record| record.value.year == next);
    CalendarView {
        unknown: (!known).then(|| edition.wording.say("not-announced", &[("year", &next.to_string())])),
        years: years
            .into_iter()
            .map(|record| YearView {
                year: record.value.year,
                source: source(edition, &record.value.source),
                holidays: record
                    .value
                    .holidays
                    .iter()
                    .map(|holiday| HolidayView {
                        name: edition.local(&holiday.name),
                        date: holiday.days.first().to_string(),
                        days: edition.wording.short_span(holiday.days),
                        count: holiday.days.days().count(),
                        makeup_workdays: holiday
                            .makeup_workdays
                            .iter()
                            .map(|day| match day {
                                MakeupWorkday::Day(day) => day.0,
                                MakeupWorkday::Replacing(day) => day.on.0,
                            })
                            .map(|date| edition.weekday_date(date))
                            .collect(),
                        over: holiday.days.last() < edition.site.today,
                    })
                    .collect(),
            })
            .collect(),
    }
}
