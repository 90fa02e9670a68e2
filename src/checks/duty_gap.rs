//! Days on which a roster should have somebody, the centre is open, and nobody is on duty.
//!
//! A roster speaks for the weekdays that it names: a desk that is there on Tuesdays leaves no gap on Wednesdays.

use super::{coming_days, first_dates};
use crate::calendar::{Date, WeekdaySet};
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for record in &site.content.duty {
        let duty = &record.value;
        let Some(window) = coming_days(site).and_then(|window| window.overlap(&duty.valid)) else { continue };
        let named = duty.resident.iter().fold(WeekdaySet::NONE, |days, resident| days.union(resident.days));
        let named = duty.rotation.as_ref().map_or(named, |rotation| named.union(rotation.rule().days));
        let gap = |date: &Date| {
            let expected = site.duty_weekday(&duty.centre, *date).is_some_and(|weekday| named.contains(weekday));
            expected && site.day(&duty.centre, *date).is_some() && site.on_duty(duty, *date).is_empty()
        };
        let gaps: Vec<Date> = window.days().filter(gap).collect();
        if gaps.is_empty() {
            continue;
        }
        let problem = Problem::new(Code::DutyGap)
            .with("count", &gaps.len().to_string())
            .with_list("dates", first_dates(&gaps).iter().map(String::as_str));
        let key = if duty.rotation.is_some() { "rotation" } else { "resident" };
        diagnostics.push(problem.at(record.origin.place(&site.texts, &[key.into()])));
    }
}
