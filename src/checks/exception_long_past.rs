//! Exceptions that were over long ago: they say nothing any more and hide those that do. Those of a file are said together.

use super::{LazyPlaces, days_after};
use crate::calendar::{Date, DateSpan};
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;
use crate::source::yaml::Step;

/// How many days an exception may be over before it is mentioned.
const KEPT: i64 = 90;

/// An exception that was over long ago: its last day, and where it stands.
type Past = (Date, Vec<Step>);

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let kept_since = days_after(site.today, -KEPT);
    let past = |on: DateSpan, steps: Vec<Step>| (on.last() < kept_since).then(|| (on.last(), steps));
    let mut say = |places: &LazyPlaces<'_>, found: Vec<Past>| {
        let Some((last, steps)) = found.first() else { return };
        let problem = Problem::new(Code::ExceptionLongPast).with("date", &last.to_string());
        let others: Vec<String> = found.iter().skip(1).map(|(last, _)| last.to_string()).collect();
        let count = (!others.is_empty()).then(|| others.len().to_string());
        let problem = problem.with_some("count", count.as_deref());
        diagnostics.push(problem.with_list("dates", others.iter().map(String::as_str)).at(places.at(steps)));
    };
    for record in &site.content.centres {
        let exceptions = record.value.hours.iter().flat_map(|hours| &hours.exceptions).enumerate();
        let steps = |number: usize| vec!["hours".into(), "exceptions".into(), number.into(), "on".into()];
        let found = exceptions.filter_map(|(number, exception)| past(exception.on, steps(number)));
        say(&LazyPlaces::of(site, &record.origin), found.collect());
    }
    for record in site.content.programmes.iter().filter(|record| record.value.valid.last() >= site.today) {
        let found = record.value.activities.iter().enumerate().flat_map(|(activity, value)| {
            let steps = move |number: usize| {
                vec!["activities".into(), activity.into(), "exceptions".into(), number.into(), "on".into()]
            };
            let exceptions = value.exceptions.iter().enumerate();
            exceptions.filter_map(move |(number, exception)| past(exception.on, steps(number)))
        });
        say(&LazyPlaces::of(site, &record.origin), found.collect());
    }
}
