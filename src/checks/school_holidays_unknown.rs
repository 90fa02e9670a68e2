//! Activities that follow the school terms, where no calendar says when the schools are on holiday.

use super::{LazyPlaces, title};
use crate::content::Days;
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for record in site.content.programmes.iter().filter(|record| record.value.valid.last() >= site.today) {
        let calendar = site.calendar_of(&record.value.centre);
        let valid = record.value.valid;
        if calendar.school_holidays().iter().any(|days| days.overlap(&valid).is_some()) {
            continue;
        }
        let places = LazyPlaces::of(site, &record.origin);
        for (number, activity) in record.value.activities.iter().enumerate() {
            let named = [("only_on", &activity.only_on), ("not_on", &activity.not_on)];
            let Some((key, _)) = named.into_iter().find(|(_, days)| days.contains(&Days::SchoolHolidays)) else {
                continue;
            };
            let problem = Problem::new(Code::SchoolHolidaysUnknown).with("title", title(site, &activity.title));
            let steps = ["activities".into(), number.into(), key.into()];
            diagnostics.push(problem.at(places.at(&steps)));
        }
    }
}
