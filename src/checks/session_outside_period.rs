//! Sessions that were moved or added to a day outside the programme's period: mostly a mistyped year.

use super::{LazyPlaces, title};
use crate::calendar::Date;
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;
use crate::source::yaml::Step;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for record in &site.content.programmes {
        let places = LazyPlaces::of(site, &record.origin);
        let valid = record.value.valid;
        for (number, activity) in record.value.activities.iter().enumerate() {
            let mut look = |date: Date, list: &str, position: usize, key: &str| {
                if valid.contains(date) {
                    return;
                }
                let steps: [Step; 5] = ["activities".into(), number.into(), list.into(), position.into(), key.into()];
                let problem = Problem::new(Code::SessionOutsidePeriod)
                    .with("date", &date.to_string())
                    .with("title", title(site, &activity.title))
                    .with("from", &valid.first().to_string())
                    .with("until", &valid.last().to_string());
                diagnostics.push(problem.at(places.at(&steps)));
            };
            for (position, exception) in activity.exceptions.iter().enumerate() {
                if let Some(to) = exception.moved_to {
                    look(to.date, "exceptions", position, "moved_to");
                }
            }
            for (position, extra) in activity.extra.iter().enumerate() {
                look(extra.on.date, "extra", position, "on");
            }
        }
    }
}
