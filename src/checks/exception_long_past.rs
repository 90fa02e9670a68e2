//! Exceptions that were over long ago: they say nothing any more and hide those that do.

use super::days_after;
use crate::calendar::DateSpan;
use crate::content::Origin;
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;
use crate::source::yaml::Step;

/// How many days an exception may be over before it is mentioned.
const KEPT: i64 = 90;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let kept_since = days_after(site.today, -KEPT);
    let mut look = |origin: &Origin, on: DateSpan, steps: &[Step]| {
        if on.last() < kept_since {
            let problem = Problem::new(Code::ExceptionLongPast).with("date", &on.last().to_string());
            diagnostics.push(problem.at(origin.place(&site.texts, steps)));
        }
    };
    for record in &site.content.centres {
        for (number, exception) in record.value.hours.iter().flat_map(|hours| &hours.exceptions).enumerate() {
            look(&record.origin, exception.on, &["hours".into(), "exceptions".into(), number.into(), "on".into()]);
        }
    }
    for record in site.content.programmes.iter().filter(|record| record.value.valid.last() >= site.today) {
        for (activity, value) in record.value.activities.iter().enumerate() {
            for (number, exception) in value.exceptions.iter().enumerate() {
                let steps = ["activities".into(), activity.into(), "exceptions".into(), number.into(), "on".into()];
                look(&record.origin, exception.on, &steps);
            }
        }
    }
}
