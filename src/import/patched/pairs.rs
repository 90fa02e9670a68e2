//! Which item of a list stood for which item that should be.

use serde_yaml::Value;

/// Most pairs of items of a list that are compared.
const MOST_PAIRS: usize = 1_000_000;
/// The keys by which an item of a list is known.
const NAMES: [&str; 9] = ["id", "title", "name", "on", "days", "number", "role", "label", "per"];

/// For each item of a list that should be, the one that stood for it, in the same order; items without a like of their
/// own stand for each other where as many are gone as are new.
pub(super) fn paired(before: &[Value], after: &[Value]) -> Option<Vec<(Option<usize>, usize)>> {
    let (rows, columns) = (before.len(), after.len());
    if rows.checked_mul(columns)? > MOST_PAIRS {
        return None;
    }
    let likeness = |row: usize, column: usize| match (before.get(row), after.get(column)) {
        (Some(one), Some(other)) if one == other => 3_u32,
        (Some(one), Some(other)) if is_of_one_name(one, other) => 2,
        _ => 0,
    };
    // The best that the items from a place on can give.
    let width = columns + 1;
    let mut best = vec![0_u32; (rows + 1) * width];
    let at = |best: &[u32], row: usize, column: usize| best.get(row * width + column).copied().unwrap_or(0);
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let like = likeness(row, column);
            let both = if like > 0 { like + at(&best, row + 1, column + 1) } else { 0 };
            let most = both.max(at(&best, row + 1, column)).max(at(&best, row, column + 1));
            *best.get_mut(row * width + column)? = most;
        }
    }
    let mut pairs: Vec<(Option<usize>, usize)> = Vec::new();
    let (mut row, mut column) = (0, 0);
    let mut gap = (Vec::new(), Vec::new());
    let close = |gap: &mut (Vec<usize>, Vec<usize>), pairs: &mut Vec<(Option<usize>, usize)>| {
        let (gone, new) = std::mem::take(gap);
        let mut gone = gone.into_iter();
        pairs.extend(new.into_iter().map(|column| (gone.next(), column)));
    };
    while row < rows || column < columns {
        let like = likeness(row, column);
        let here = at(&best, row, column);
        if row < rows && column < columns && like > 0 && here == like + at(&best, row + 1, column + 1) {
            close(&mut gap, &mut pairs);
            pairs.push((Some(row), column));
            (row, column) = (row + 1, column + 1);
        } else if row < rows && (column == columns || here == at(&best, row + 1, column)) {
            gap.0.push(row);
            row += 1;
        } else {
            gap.1.push(column);
            column += 1;
        }
    }
    close(&mut gap, &mut pairs);
    Some(pairs)
}

/// Whether two items are named alike.
fn is_of_one_name(one: &Value, other: &Value) -> bool {
    let named = NAMES.iter().find_map(|key| one.get(key).map(|value| (key, value)));
    named.is_some_and(|(key, name)| other.get(key) == Some(name))
}
