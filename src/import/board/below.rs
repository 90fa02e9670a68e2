//! What stands below a board and is no part of it: notes, and the head and the title of a second one.

use std::collections::HashSet;

use super::super::entry::take_time;
use super::super::grid::Grid;
use super::head::{Head, head_in};

const NOTES: [&str; 9] = ["备注", "说明", "注", "温馨提示", "提示", "注意事项", "注意", "notes", "note"];

/// The head of a second board below the first.
pub(super) fn further_head(grid: &Grid, row: u32, first: &Head) -> Option<Head> {
    head_in(grid, row).filter(|other| other.count * 2 >= first.count)
}

/// The rows that stand alone right above the head of a second board: what that is called.
pub(super) fn second_titles(grid: &Grid, below: &[u32], head: &Head) -> HashSet<u32> {
    const SHORTEST: usize = 5;
    let mut titles = HashSet::new();
    let mut is_above_head = false;
    for row in below.iter().rev().copied() {
        let mut cells = grid.row(row);
        let is_title = |text: &str| {
            text.chars().count() >= SHORTEST && take_time(text).1.is_none() && starts_notes(text).is_none()
        };
        let is_alone = cells.next().is_some_and(|(_, text)| is_title(text)) && cells.next().is_none();
        if further_head(grid, row, head).is_some() {
            is_above_head = true;
        } else if is_above_head && is_alone {
            titles.insert(row);
        } else {
            is_above_head = false;
        }
    }
    titles
}

/// What follows a word for notes, if a text begins with one.
pub(super) fn starts_notes(text: &str) -> Option<&str> {
    let lower = text.to_lowercase();
    let word = NOTES.iter().find(|word| lower.starts_with(*word))?;
    let rest = text.get(word.len()..)?.trim_start();
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix(['：', ':', '\n']) }
}
