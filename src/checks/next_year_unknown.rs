//! From 1 November on, next year's holidays should have been announced and be written down.

use crate::calendar::Date;
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let known: Vec<i16> = site.calendar().years().collect();
    let (Some(last), Ok(november)) = (known.last(), Date::new(site.today.year(), 11, 1)) else { return };
    let next = site.today.year() + 1;
    if site.today < november || known.contains(&next) {
        return;
    }
    let newest = site.content.calendar.iter().find(|record| record.value.year == *last && record.value.area.is_none());
    let Some(newest) = newest else { return };
    let problem = Problem::new(Code::NextYearUnknown).with("year", &next.to_string());
    let problem = problem.with("file", &format!("content/calendar/{}-{next}.yaml", newest.value.region));
    diagnostics.push(problem.at(newest.origin.place(&site.texts, &["year".into()])));
}
