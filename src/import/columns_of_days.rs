//! Boards on which each day has columns of its own: 时间 and 活动 below 周一, and again below 周二.
//!
//! What stands in the columns of a day is put together into the cell of the activity, as people write it into one cell
//! elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::agenda::heading;
use super::grid::Grid;
use super::vocabulary::is_nothing;
use crate::calendar::WeekdaySet;

/// The labels of what is put behind an activity.
const LABELS: [(&str, &str); 3] = [("time", ""), ("room", "地点："), ("leader", "负责：")];

/// The board with one cell for each day and row; nothing if its days have no columns of their own.
pub(super) fn folded(grid: &Grid, head: u32, days: &BTreeMap<u32, WeekdaySet>) -> Option<Grid> {
    let row = grid.rows().into_iter().find(|row| *row > head)?;
    let mut of_days: BTreeMap<WeekdaySet, BTreeMap<&str, u32>> = BTreeMap::new();
    for (column, text) in grid.row(row) {
        if let (Some(of), Some(key)) = (days.get(&column), heading(text)) {
            of_days.entry(*of).or_default().insert(key, column);
        }
    }
    let named: BTreeSet<WeekdaySet> = days.values().copied().collect();
    let is_whole = |columns: &BTreeMap<&str, u32>| columns.contains_key("title") && columns.contains_key("time");
    if of_days.len() < 2 || of_days.len() < named.len() || !of_days.values().all(is_whole) {
        return None;
    }
    let mut folded = grid.clone();
    folded.clear(row);
    for below in grid.rows().into_iter().filter(|below| *below > row) {
        for columns in of_days.values() {
            let Some(title) = columns.get("title") else { continue };
            let activity = grid.get(below, *title);
            if is_nothing(activity) {
                continue;
            }
            let mut lines = vec![activity.to_owned()];
            for (key, label) in LABELS {
                let Some(column) = columns.get(key) else { continue };
                let text = grid.seen(below, *column);
                if !is_nothing(text) {
                    lines.push(format!("{label}{}", text.replace('\n', " ")));
                    folded.put(below, *column, "");
                }
            }
            folded.put(below, *title, &lines.join("\n"));
        }
    }
    Some(folded)
}
