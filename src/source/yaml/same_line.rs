//! More keys on the line of a value, which therefore has not its form: `时间: 周一 09:00-10:00 地点：二楼`.

use super::Found;
use super::schema::Comparison;
use super::tree::{Node, Value};
use crate::diagnostics::{Code, Edit, Problem};

/// What people put between such pairs.
const BETWEEN: [char; 7] = [' ', '\u{3000}', '，', '；', '、', ',', ';'];

/// Longest value that is looked at, in bytes: people put no more on a line.
const LONGEST: usize = 400;

/// The keys of the structure around a value that stand in its text, each begun on a line of its own.
pub(super) fn other_keys(at: &Comparison<'_>, node: &Node) -> Option<Found> {
    let Value::Scalar { plain: true, .. } = node.value else { return None };
    let source = at.yaml.get(node.span.clone())?;
    let line = at.yaml.get(..node.span.start)?.rsplit('\n').next()?;
    let part = at.around.last()?;
    if source.len() > LONGEST || source.contains('\n') || line.contains(['{', '[']) {
        return None;
    }
    let column = line.len() - line.trim_start_matches([' ', '-']).len();
    let mut edits = Vec::new();
    let mut first: Option<(usize, &str)> = None;
    for (colon, mark) in source.match_indices([':', '：']) {
        let before = source.get(..colon)?;
        let key = before.rsplit(BETWEEN).next()?;
        let value = before.get(..before.len() - key.len())?.trim_end_matches(BETWEEN);
        if value.is_empty() || value.len() + key.len() == before.len() || part.key(key, at.words).is_none() {
            continue;
        }
        let rest = source.get(colon + mark.len()..)?;
        let end = source.len() - rest.trim_start_matches(BETWEEN).len();
        first = first.or(Some((before.len() - key.len(), key)));
        let start = node.span.start;
        let written = format!("\n{}{key}:{}", " ".repeat(column), if end < source.len() { " " } else { "" });
        edits.push(Edit::guess(start + value.len()..start + end, written));
    }
    let (offset, key) = first?;
    let span = node.span.start + offset..node.span.start + offset + key.len();
    Some(Found::new(span, Problem::new(Code::KeyOnSameLine).with("key", key)).mended_by(edits))
}
