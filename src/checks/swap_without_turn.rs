//! Swaps on days on which nobody has a turn: they change nothing.

use super::LazyPlaces;
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for record in &site.content.duty {
        let duty = &record.value;
        let places = LazyPlaces::of(site, &record.origin);
        for (number, swap) in duty.swaps.iter().enumerate() {
            let within = swap.on.overlap(&duty.valid);
            let has_turn = within.is_some_and(|days| days.days().any(|date| site.turn_on(duty, date).is_some()));
            if !has_turn {
                let problem = Problem::new(Code::SwapWithoutTurn).with("date", &swap.on.first().to_string());
                diagnostics.push(problem.at(places.at(&["swaps".into(), number.into(), "on".into()])));
            }
        }
    }
}
