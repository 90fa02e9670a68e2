//! Items of a list that YAML takes without a word for more of the text of the one above.

use super::{found, misplacing};
use crate::diagnostics::Edit;
use crate::source::yaml::Found;

/// An item of a list, as it stands.
#[derive(Clone, Copy)]
struct Item<'a> {
    start: usize,
    indent: usize,
    said: &'a str,
    /// Whether it is a plain text, of which YAML takes a deeper line for more.
    is_plain: bool,
}

/// Items that YAML takes for more of the text of the one above, since they are indented deeper: `- a` and below it ` - b`.
/// At fault is what stands where the other items of the list do not.
pub(crate) fn merged_items(yaml: &str) -> Vec<Found> {
    let mut all = Vec::new();
    let mut start = 0;
    let mut parent: Option<usize> = None;
    let mut run: Vec<Item<'_>> = Vec::new();
    for line in yaml.split_inclusive('\n') {
        let text = line.trim_start_matches(' ');
        let indent = line.len() - text.len();
        let said = text.trim_end();
        if let Some(after) = said.strip_prefix("- ") {
            if parent.is_some_and(|parent| indent < parent) {
                all.extend(out_of_line(&run, parent));
                run.clear();
                parent = None;
            }
            let opens = after.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!', '#', '-']);
            let is_key = after.contains(": ") || after.ends_with(':') || after.contains(" #");
            run.push(Item { start, indent, said, is_plain: !opens && !is_key });
        } else if !said.is_empty() && !said.starts_with('#') {
            all.extend(out_of_line(&run, parent));
            run.clear();
            parent = said.ends_with(':').then_some(indent);
        }
        start += line.len();
    }
    all.extend(out_of_line(&run, parent));
    all
}

/// The items of a list that stand in another column than most, if one of them hides in the text of another.
fn out_of_line(run: &[Item<'_>], parent: Option<usize>) -> Vec<Found> {
    let hides = |pair: &[Item<'_>]| matches!(pair, [above, below] if above.is_plain && below.indent > above.indent);
    if !run.windows(2).any(hides) {
        return Vec::new();
    }
    let count = |column: usize| run.iter().filter(|item| item.indent == column).count();
    let below = parent.map(|parent| parent + 2);
    let first = run.first().map_or(0, |item| item.indent);
    let rank = |column: usize| (count(column), Some(column) == below, column == first);
    let Some(column) = run.iter().map(|item| item.indent).max_by_key(|column| rank(*column)) else { return Vec::new() };
    let is_clear = count(column) > 1 && count(column) + 1 == run.len();
    let astray = run.iter().filter(|item| item.indent != column);
    astray
        .map(|item| {
            let (at, safe) = (item.start + item.indent, is_clear || item.indent.abs_diff(column) == 1);
            let edit = Edit { range: item.start..at, replacement: " ".repeat(column), safe };
            found(at..at + item.said.len(), misplacing(column), edit)
        })
        .collect()
}
