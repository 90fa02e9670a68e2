//! Items of a list that lack their dash, so that YAML takes their keys for more of the item above.
//!
//! `- title: 甲 … title: 乙 …`: every key stands there twice. Two keys that come again with other values are an item,
//! and one alone is what somebody wrote twice.

use std::collections::HashSet;

use super::Found;
use super::tree::{Node, Value};
use crate::diagnostics::{Code, Edit, Problem};

/// The items that a mapping was meant as, if it was meant as several. `same` gives a key the word by which it is known.
pub(super) fn missing(
    yaml: &str,
    node: &Node,
    entries: &[(Node, Node)],
    same: &dyn Fn(&str) -> String,
) -> Option<Vec<Node>> {
    let first = entries.first()?.0.span.start;
    let line = yaml.get(..first)?.rsplit('\n').next()?;
    if !line.trim_start().starts_with("- ") || line.contains(['{', '[']) {
        return None;
    }
    let mut starts = vec![0];
    let mut seen: HashSet<String> = HashSet::new();
    let mut again = 0;
    let mut all: HashSet<String> = HashSet::new();
    for (number, (key, _)) in entries.iter().enumerate() {
        let word = same(key.text()?);
        again += usize::from(!all.insert(word.clone()));
        if !seen.insert(word.clone()) {
            starts.push(number);
            seen.clear();
            seen.insert(word);
        }
    }
    // A block that was pasted twice is no second item.
    let (one, other) = entries.split_at(*starts.get(1)?);
    let says = |entries: &[(Node, Node)]| -> Vec<&str> {
        entries.iter().filter_map(|(key, value)| yaml.get(key.span.start..value.span.end).map(str::trim)).collect()
    };
    let said = says(one);
    let is_new = says(other).iter().any(|line| !said.contains(line));
    let has_room = starts.iter().skip(1).filter_map(|start| entries.get(*start)).all(|(key, _)| {
        yaml.get(..key.span.start)
            .and_then(|before| before.rsplit('\n').next())
            .is_some_and(|indent| indent.len() >= 2 && indent.trim_start_matches(' ').is_empty())
    });
    if again < 2 || !is_new || !has_room {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([entries.len()]);
    let items = starts.iter().zip(ends).filter_map(|(start, end)| {
        let entries = entries.get(*start..end)?;
        let span = entries.first()?.0.span.start..entries.last()?.1.span.end;
        Some(Node { span, value: Value::Mapping(entries.to_vec()) })
    });
    let items: Vec<Node> = items.collect();
    (node.span.start <= first).then_some(items)
}

/// The dash that is missing before a key.
pub(super) fn found(yaml: &str, key: &Node) -> Found {
    let written = yaml.get(key.span.clone()).unwrap_or_default();
    let edit = Edit::safe(key.span.start - 2..key.span.start, "- ");
    Found::new(key.span.clone(), Problem::new(Code::NoDash).with("key", written).with("item", &format!("{written}: …")))
        .mended_by([edit])
}
