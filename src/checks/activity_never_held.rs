//! Activities without a single day in their period: a rule that never starts, or a period that misses every day of it.

use super::{LazyPlaces, title};
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::{Site, rule_of, time_of};

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for record in &site.content.programmes {
        let calendar = site.calendar_of(&record.value.centre);
        let places = LazyPlaces::of(site, &record.origin);
        for (number, activity) in record.value.activities.iter().enumerate() {
            if time_of(&record.value, activity).is_none() {
                continue;
            }
            let rule = rule_of(&record.value, activity);
            let has_days = rule.is_some_and(|rule| !rule.dates(rule.valid, calendar).is_empty());
            if has_days || !activity.extra.is_empty() {
                continue;
            }
            let valid = activity.valid.unwrap_or(record.value.valid);
            let problem = Problem::new(Code::ActivityNeverHeld)
                .with("title", title(site, &activity.title))
                .with("from", &valid.first().to_string())
                .with("until", &valid.last().to_string());
            let steps = ["activities".into(), number.into(), "when".into()];
            diagnostics.push(problem.at(places.at(&steps)));
        }
    }
}
