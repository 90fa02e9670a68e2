//! Years whose holidays should be written down and are not: this one, and from 1 November on the next.
//!
//! A site without any calendar is left alone: it has chosen to do without.

use crate::calendar::Date;
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let region = site.content.site.value.region.as_str();
    let country = region.split('-').next().unwrap_or(region);
    let records = site
        .content
        .calendar
        .iter()
        .filter(|record| record.value.area.is_none() && record.value.region.split('-').next() == Some(country));
    let Some(newest) = records.max_by_key(|record| (record.value.region == country, record.value.year)) else { return };
    let year = site.today.year();
    let next_is_due = Date::new(year, 11, 1).is_ok_and(|november| site.today >= november);
    let due = year..=if next_is_due { year + 1 } else { year };
    for missing in due.filter(|due| !site.calendar().years().any(|known| known == *due)) {
        let problem = Problem::new(Code::NextYearUnknown)
            .with("year", &missing.to_string())
            .with("file", &format!("content/calendar/{country}-{missing}.yaml"));
        diagnostics.push(problem.at(newest.origin.place(&site.texts, &["year".into()])));
    }
}
