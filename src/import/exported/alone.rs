//! Boards of programmes of the site that come back without their further sheets: saved as `.csv`, or with a sheet or a
//! title that is called something else.
//!
//! One is known as `export` calls it, or by what it holds: days across under the corner of a board of our own, a part of the
//! day as the programme has it, and most of its activities.

use std::collections::HashSet;

use super::super::Wishes;
use super::super::details::BOARD;
use super::super::grid::Grid;
use super::super::known::{Known, KnownProgramme, named_in};
use super::sheets::Sheets;
use crate::content::without_marks;
use crate::export;

/// What stands in the corner of a board, in Chinese and English.
const CORNERS: [&str; 2] = ["时段", "Time"];
/// How far down the days are looked for.
const FARTHEST: usize = 10;

/// Such boards of a workbook: one that is called as `export` calls it, else those of as many programmes as it has sheets.
pub(super) fn boards_alone<'g>(grids: &'g [Grid], known: &Known, wishes: &Wishes) -> Vec<Sheets<'g>> {
    let filled = || grids.iter().filter(|grid| !grid.is_empty());
    if let Some((board, id)) = filled().find_map(|grid| Some((grid, called(grid, known, wishes)?))) {
        let others = filled().filter(|grid| grid.name != board.name);
        return vec![alone(std::iter::once(board).chain(others).collect(), id)];
    }
    let shown: Option<Vec<(&Grid, &str)>> = filled().map(|grid| Some((grid, shown(grid, known, wishes)?))).collect();
    let shown = shown.unwrap_or_default();
    let ids: HashSet<&str> = shown.iter().map(|(_, id)| *id).collect();
    // Two boards of one programme are of different times of the year.
    if ids.len() < shown.len() {
        Vec::new()
    } else {
        shown.into_iter().map(|(grid, id)| alone(vec![grid], id)).collect()
    }
}

fn alone<'g>(boards: Vec<&'g Grid>, id: &str) -> Sheets<'g> {
    Sheets { boards, id: Some(id.to_owned()), ..Sheets::default() }
}

fn meant<'k>(known: &'k Known, wishes: &Wishes) -> impl Iterator<Item = &'k KnownProgramme> {
    known.programmes.iter().filter(|programme| wishes.id.as_ref().is_none_or(|id| programme.id == *id))
}

fn is_titled(grid: &Grid, programme: &KnownProgramme) -> bool {
    programme.names.iter().any(|name| name == grid.get(0, 0))
}

/// The programme whose title a sheet bears that is called as `export` calls it.
fn called<'k>(grid: &Grid, known: &'k Known, wishes: &Wishes) -> Option<&'k str> {
    let is_board = BOARD.contains(&grid.name.as_str()) && CORNERS.contains(&grid.get(2, 0));
    let found = meant(known, wishes).find(|programme| is_titled(grid, programme));
    found.filter(|_| is_board).map(|programme| programme.id.as_str())
}

/// The programme of the centre that is named which a sheet shows; of several that whose title it bears.
fn shown<'k>(grid: &Grid, known: &'k Known, wishes: &Wishes) -> Option<&'k str> {
    let named = || named_in(&known.centres, grid.get(0, 0));
    let centre = wishes.centre.as_deref().or_else(named);
    let there = meant(known, wishes).filter(|programme| centre.is_none_or(|centre| programme.centre == centre));
    let shown: Vec<&KnownProgramme> = there.filter(|programme| shows(grid, programme, known)).collect();
    let found = match shown.as_slice() {
        [only] => Some(only),
        several => several.iter().find(|programme| is_titled(grid, programme)),
    };
    found.map(|programme| programme.id.as_str())
}

/// Whether a sheet has the days, a part of the day and most activities of a programme, as `export` draws them.
fn shows(grid: &Grid, programme: &KnownProgramme, known: &Known) -> bool {
    let first_line = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    let drawn = export::board(&programme.record, None, known);
    let head = grid.rows().into_iter().take(FARTHEST).find(|row| CORNERS.contains(&grid.get(*row, 0)));
    let Some(head) = head.filter(|_| !programme.written.is_empty()) else { return false };
    let days: HashSet<String> = drawn.row(2).skip(1).map(|(_, text)| first_line(text)).collect();
    let has_days = grid.row(head).filter(|(_, text)| days.contains(&first_line(text))).count() > 1;
    let labels = |grid: &Grid, head: u32| -> HashSet<String> {
        let below = grid.rows().into_iter().filter(|row| *row > head && grid.row(*row).any(|(column, _)| column > 0));
        below.map(|row| first_line(grid.get(row, 0))).filter(|label| !label.is_empty()).collect()
    };
    let has_part = !labels(grid, head).is_disjoint(&labels(&drawn, 2));
    let lines: HashSet<&str> = grid.cells().flat_map(|(_, text)| text.lines().map(str::trim)).collect();
    let activities = &programme.record.activities;
    let titles = activities.iter().map(|activity| activity.title.best(&known.first, &known.first).0);
    let there = titles.filter(|title| lines.contains(without_marks((*title).to_owned()).as_str())).count();
    has_days && has_part && there > 0 && there * 2 >= activities.len()
}
