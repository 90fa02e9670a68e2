//! Days on which a roster should have somebody, the centre is open, and nobody is on duty.
//!
//! A roster speaks for the weekdays that it names: a desk that is there on Tuesdays leaves no gap on Wednesdays.

use super::{coming_days, first_dates};
use crate::calendar::{Date, WeekdaySet};
use crate::content::Duty;
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for record in &site.content.duty {
        let duty = &record.value;
        let Some(window) = coming_days(site).and_then(|window| window.overlap(&duty.valid)) else { continue };
        let open = |date: Date| site.day(&duty.centre, date).is_some_and(|day| !day.intervals.is_closed());
        let named = duty.resident.iter().fold(WeekdaySet::NONE, |days, resident| days.union(resident.days));
        let named = duty.rotation.as_ref().map_or(named, |rotation| named.union(rotation.rule().days));
        let gap = |date: &Date| named.contains(date.weekday()) && open(*date) && !is_covered(duty, *date);
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

/// Whether somebody is on duty.
fn is_covered(duty: &Duty, date: Date) -> bool {
    let resident = duty.resident.iter().any(|resident| resident.days.contains(date.weekday()));
    let swap = duty.swaps.iter().find(|swap| swap.on.contains(date));
    let turn = duty.rotation.as_ref().is_some_and(|rotation| rotation.rule().on(date).is_some());
    resident || (turn && swap.is_none_or(|swap| swap.instead.is_some()))
}
