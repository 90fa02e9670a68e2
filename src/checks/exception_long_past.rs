//! Exceptions that were over long ago: they say nothing any more and hide those that do.

use super::{LazyPlaces, days_after};
use crate::calendar::DateSpan;
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;
use crate::source::yaml::Step;

/// How many days an exception may be over before it is mentioned.
const KEPT: i64 = 90;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let kept_since = days_after(site.today, -KEPT);
    let mut look = |places: &LazyPlaces<'_>, on: DateSpan, steps: &[Step]| {
        if on.last() < kept_since {
            let problem = Problem::new(Code::ExceptionLongPast).with("date", &on.last().to_string());
            diagnostics.push(problem.at(places.at(steps)));
        }
    };
    for record in &site.content.centres {
        let places = LazyPlaces::of(site, &record.origin);
        for (number, exception) in record.value.hours.iter().flat_map(|hours| &hours.exceptions).enumerate() {
            look(&places, exception.on, &["hours".into(), "exceptions".into(), number.into(), "on".into()]);
        }
    }
    for record in site.content.programmes.iter().filter(|record| record.value.valid.last() >= site.today) {
        let places = LazyPlaces::of(site, &record.origin);
        for (activity, value) in record.value.activities.iter().enumerate() {
            for (number, exception) in value.exceptions.iter().enumerate() {
                let steps = ["activities".into(), activity.into(), "exceptions".into(), number.into(), "on".into()];
                look(&places, exception.on, &steps);
            }
        }
    }
}
