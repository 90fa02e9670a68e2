//! What stands twice where it can take place once: an activity that was copied onto itself. It is taken once, and said.

use super::board::{Board, Placed};
use super::findings::Findings;
use super::grid::Grid;
use crate::diagnostics::{Code, Problem};

impl Placed {
    /// Whether it says again what another does, on no other day.
    pub(super) fn is_again(&self, other: &Self) -> bool {
        let (one, two) = (&self.entry, &other.entry);
        let is_then = (&self.slot, self.row_time, one.time, &one.rule, &one.when)
            == (&other.slot, other.row_time, two.time, &two.rule, &two.when);
        let says_no_more = one.details.iter().all(|(key, text)| two.details.get(key) == Some(text));
        is_then && one.title == two.title && says_no_more && self.days.common(other.days) == self.days
    }
}

/// Takes what stands twice on a board once.
pub(super) fn take_once(board: &mut Board, findings: &mut Findings) {
    let mut kept: Vec<Placed> = Vec::new();
    for placed in std::mem::take(&mut board.placed) {
        if kept.iter().any(|other| placed.is_again(other)) {
            say(&board.grid, &placed, findings);
        } else {
            kept.push(placed);
        }
    }
    board.placed = kept;
}

/// Says that something stands twice.
pub(super) fn say(grid: &Grid, placed: &Placed, findings: &mut Findings) {
    findings.at(grid, placed.at, Problem::new(Code::StandsTwice).with("title", &placed.entry.title));
}
