//! Which row of the sheet of activities is which activity of the programme.
//!
//! Rows may have been sorted, and any cell may have been changed. A row that says the same is that activity; then title
//! and time decide, then the title, then what is most alike if half of all keys are.

use serde_yaml::Mapping;

use super::super::details::read_again;
use super::sheets::Said;

/// For each activity the number of its row, and the rows that are of none.
pub(super) fn paired(stood: &[Mapping], rows: &[Said<'_>], keys: &[String]) -> (Vec<Option<usize>>, Vec<usize>) {
    let mut of: Vec<Option<usize>> = stood.iter().map(|_| None).collect();
    let mut left: Vec<usize> = (0..rows.len()).collect();
    let again = |activity: &Mapping| -> Mapping {
        activity.iter().map(|(key, value)| (key.clone(), read_again(value))).collect()
    };
    let again: Vec<Mapping> = stood.iter().map(again).collect();
    let is_as = |number: usize, row: usize, key: &str| {
        let (said, stood) =
            (rows.get(row).and_then(|row| row.values.get(key)), again.get(number).and_then(|stood| stood.get(key)));
        said == stood && said.is_some()
    };
    let likeness = |number: usize, row: usize| {
        let has = |key: &&String| {
            rows.get(row).is_some_and(|row| row.values.contains_key(key.as_str()))
                || again.get(number).is_some_and(|stood| stood.contains_key(key.as_str()))
        };
        let all = keys.iter().filter(has).count();
        let alike = keys.iter().filter(|key| is_as(number, row, key)).count();
        (alike, all)
    };
    let mut pair = |is_it: &dyn Fn(usize, usize) -> bool| {
        for (number, of) in of.iter_mut().enumerate().filter(|(_, of)| of.is_none()) {
            if let Some(place) = left.iter().position(|row| is_it(number, *row)) {
                *of = Some(left.remove(place));
            }
        }
    };
    pair(&|number, row| {
        let (alike, all) = likeness(number, row);
        alike == all
    });
    pair(&|number, row| is_as(number, row, "title") && is_as(number, row, "when"));
    let half = |number: usize, row: usize| {
        let (alike, all) = likeness(number, row);
        alike * 2 >= all
    };
    pair(&|number, row| is_as(number, row, "title") && half(number, row));
    pair(&|number, row| is_as(number, row, "title"));
    pair(&|number, row| is_as(number, row, "when") && half(number, row));
    pair(&|number, row| {
        let (alike, all) = likeness(number, row);
        alike * 2 > all
    });
    (of, left)
}
