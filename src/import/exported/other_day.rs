//! What stands on a board of our own below another day than it names: `每月第二个周三` in the column of Thursdays.
//!
//! Somebody has moved it from its own column, and then it keeps how often and takes the new day, which is said; or else one
//! of the two is wrong and nobody knows which.

use super::super::board::{Board, Placed};
use super::super::findings::Findings;
use super::super::programme::days;
use crate::diagnostics::{Code, Problem};

/// Puts what was moved to where it stands now; the rest is said and not read.
pub(super) fn settle(then: &Board, now: &mut Board, findings: &mut Findings) {
    for mut placed in std::mem::take(&mut now.of_other_day) {
        let is_it = |other: &Placed| {
            (&other.entry.title, &other.entry.rule) == (&placed.entry.title, &placed.entry.rule)
                && Some(other.days) == placed.entry.rule_day
        };
        let is_moved = then.placed.iter().any(is_it) && !now.placed.iter().any(is_it);
        let grid = now.grid.clone();
        if is_moved {
            let rule = placed.entry.rule.clone().unwrap_or_default();
            let when = format!("{rule}{}", days(placed.days, now.in_english));
            let problem = Problem::new(Code::DayFollows).with("title", &placed.entry.title).with("when", &when);
            findings.at(&grid, placed.at, problem);
            placed.entry.rule_day = Some(placed.days);
        } else {
            placed.entry.doubtful = true;
        }
        now.place(&grid, placed, findings);
    }
}
