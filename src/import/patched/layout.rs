//! Where the parts of a YAML text stand: in which form, on which lines, how far in, and where each really ends.

use std::ops::Range;

use super::Patch;
use crate::source::yaml::{Node, NodeValue};

impl Patch<'_> {
    pub(super) fn is_flow(&self, node: &Node) -> bool {
        self.text.get(node.span.start..).is_some_and(|text| text.starts_with(['{', '[']))
    }

    /// Whether a text stands in lines of its own below a `|` or a `>`.
    pub(super) fn is_block(&self, node: &Node) -> bool {
        let before = self.text.get(..node.span.start).unwrap_or_default().trim_end();
        let marks = before.trim_end_matches(|c: char| c.is_ascii_digit() || "+-".contains(c));
        let has_mark = |text: &str| text.ends_with([':', '-', ' ', '\n']);
        let is_mark = |text: &str| text.strip_suffix(['|', '>']).is_some_and(has_mark);
        is_mark(marks) || self.text.get(node.span.start..).is_some_and(|text| text.starts_with(['|', '>']))
    }

    /// Where a node really ends: what has no bracket of its own ends with its last part.
    pub(super) fn end(&self, node: &Node) -> usize {
        match &node.value {
            NodeValue::Mapping(entries) if !self.is_flow(node) => {
                entries.last().map_or(node.span.end, |(key, value)| self.end(value).max(key.span.end + 1))
            }
            NodeValue::List(items) if !self.is_flow(node) => items.last().map_or(node.span.end, |item| self.end(item)),
            _ => node.span.end,
        }
    }

    pub(super) fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
    }

    /// The end of the line, without what ends it.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        at + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// The lines of a part, with what ends the last of them.
    pub(super) fn lines(&self, from: usize, to: usize) -> Range<usize> {
        let end = self.line_end(to);
        let rest = self.text.get(end..).unwrap_or_default();
        let newline = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
        self.line_start(from)..end + newline
    }

    /// The blanks that bring a line below what stands at a place; a dash before it counts as a blank.
    pub(super) fn indent(&self, at: usize) -> String {
        let before = self.text.get(self.line_start(at)..at).unwrap_or_default();
        " ".repeat(before.chars().count())
    }
}
