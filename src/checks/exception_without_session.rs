//! An exception on days on which the activity does not take place anyway: mostly a mistyped date.

use super::{LazyPlaces, title};
use crate::calendar::weekday_word;
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::{Site, rule_of};

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for record in &site.content.programmes {
        let calendar = site.calendar_of(&record.value.centre);
        let places = LazyPlaces::of(site, &record.origin);
        for (number, activity) in record.value.activities.iter().enumerate() {
            let Some(rule) = rule_of(&record.value, activity) else { continue };
            for (position, exception) in activity.exceptions.iter().enumerate() {
                let takes_place = |day| rule.falls_on(day, calendar);
                if exception.on.days().any(takes_place) {
                    continue;
                }
                let steps = ["activities".into(), number.into(), "exceptions".into(), position.into(), "on".into()];
                let first = exception.on.first();
                if rule.valid.overlap(&exception.on).is_none() {
                    let problem = Problem::new(Code::ExceptionOutsidePeriod)
                        .with("date", &first.to_string())
                        .with("title", title(site, &activity.title))
                        .with("from", &rule.valid.first().to_string())
                        .with("until", &rule.valid.last().to_string());
                    diagnostics.push(problem.at(places.at(&steps)));
                    continue;
                }
                let problem = Problem::new(Code::ExceptionWithoutSession)
                    .with("date", &first.to_string())
                    .with("title", title(site, &activity.title))
                    .with_word("weekday", weekday_word(first.weekday()));
                diagnostics.push(problem.at(places.at(&steps)));
            }
        }
    }
}
