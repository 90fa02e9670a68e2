//! The public calendar out of the years that are written.

use std::collections::BTreeSet;

use crate::calendar::{HolidayCalendar, HolidaySpan};
use crate::content::{Content, MakeupWorkday, Text};
use crate::diagnostics::{Code, Diagnostic, Problem, Texts};
use crate::source::yaml::Step;

/// The calendar of the site's region and the names of its holidays.
pub(super) fn public(
    content: &Content,
    texts: &Texts,
    diagnostics: &mut Vec<Diagnostic>,
) -> (HolidayCalendar, Vec<Text>) {
    let region = content.site.value.region.as_str();
    let mut years = BTreeSet::new();
    let mut spans = Vec::new();
    let mut names = Vec::new();
    for record in content.calendar.iter().filter(|record| record.value.region == region) {
        let year = record.value.year;
        let wrong = |problem: Problem, steps: &[Step]| problem.at(record.origin.place(texts, steps));
        if !years.insert(year) {
            let problem = Problem::new(Code::CalendarTwice).with("region", region).with("year", &year.to_string());
            diagnostics.push(wrong(problem, &["year".into()]));
        }
        for (number, holiday) in record.value.holidays.iter().enumerate() {
            let makeup_workdays: Vec<_> = holiday
                .makeup_workdays
                .iter()
                .map(|day| match day {
                    MakeupWorkday::Day(day) => (day.0, None),
                    MakeupWorkday::Replacing(day) => (day.on.0, Some(day.replaces.0)),
                })
                .collect();
            // New Year's holiday may begin in December: only days far from the year are a mistake.
            let near = |date: crate::calendar::Date| (date.year() - year).abs() <= 1;
            let days = [holiday.days.first(), holiday.days.last()];
            if let Some(far) =
                days.into_iter().chain(makeup_workdays.iter().map(|(day, _)| *day)).find(|day| !near(*day))
            {
                let problem =
                    Problem::new(Code::OutsideYear).with("date", &far.to_string()).with("year", &year.to_string());
                diagnostics.push(wrong(problem, &["holidays".into(), number.into(), "days".into()]));
                continue;
            }
            spans.push(HolidaySpan { days: holiday.days, makeup_workdays });
            names.push(holiday.name.clone());
        }
    }
    (HolidayCalendar::new(years, &spans), names)
}
