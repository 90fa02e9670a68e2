//! A mend as an edit: which bytes of the editor's file become which text.
//!
//! Edits belong to a diagnostic and are of its file. A safe one says what the editor meant without a doubt, so that
//! `noticeboard fix` may make it; another is for people to look at. [`Patched`] is a text with edits made, which knows
//! where each of its bytes stood before.

use std::collections::BTreeMap;
use std::ops::Range;

/// One change of a file's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that are replaced; empty where something is put in.
    pub range: Range<usize>,
    /// What stands there instead.
    pub replacement: String,
    /// Whether it may be made without a person looking at it.
    pub safe: bool,
}

impl Edit {
    /// An edit that may be made without asking.
    pub fn safe(range: Range<usize>, replacement: impl Into<String>) -> Self {
        Self { range, replacement: replacement.into(), safe: true }
    }

    /// An edit that somebody should look at.
    pub fn guess(range: Range<usize>, replacement: impl Into<String>) -> Self {
        Self { range, replacement: replacement.into(), safe: false }
    }

    /// The same edit, further on in a text.
    #[must_use]
    pub fn moved(self, by: usize) -> Self {
        Self { range: self.range.start + by..self.range.end + by, ..self }
    }
}

/// A text with edits made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patched {
    /// The text.
    pub text: String,
    /// What was replaced: where it stood, and where its replacement stands.
    made: Vec<(Range<usize>, Range<usize>)>,
}

impl Patched {
    /// Makes the edits in order; of two that overlap the first is made, and one that the text does not have is left out.
    pub fn new(text: &str, edits: impl IntoIterator<Item = Edit>) -> Self {
        let mut edits: Vec<Edit> = edits.into_iter().collect();
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let mut patched = Self { text: String::with_capacity(text.len() + 64), made: Vec::new() };
        let mut done = 0;
        let mut last: Option<Range<usize>> = None;
        for Edit { range, replacement, .. } in edits {
            let again = last.as_ref() == Some(&range);
            let (Some(between), Some(_)) = (text.get(done..range.start), text.get(range.clone())) else { continue };
            if again {
                continue;
            }
            patched.text.push_str(between);
            let start = patched.text.len();
            patched.text.push_str(&replacement);
            patched.made.push((range.clone(), start..patched.text.len()));
            done = range.end;
            last = Some(range);
        }
        patched.text.push_str(text.get(done..).unwrap_or_default());
        patched
    }

    /// Makes the edits of several mistakes, those of one all or none: half of them may say what nobody meant. Where two
    /// mistakes want to change the same place in two ways, the edits of the first are made.
    pub fn whole(text: &str, mistakes: impl IntoIterator<Item = Vec<Edit>>) -> Self {
        let mut mistakes: Vec<Vec<Edit>> = mistakes.into_iter().collect();
        mistakes.sort_by_key(|edits| edits.iter().map(|edit| (edit.range.start, edit.range.end)).min());
        let mut taken: BTreeMap<(usize, usize), Edit> = BTreeMap::new();
        for edits in mistakes {
            let is_free = |edit: &Edit| {
                let own = (edit.range.start, edit.range.end);
                if let Some(other) = taken.get(&own) {
                    return other.replacement == edit.replacement;
                }
                let before = taken.range(..own).next_back().is_none_or(|((_, end), _)| *end <= own.0);
                before && taken.range(own..).next().is_none_or(|((start, _), _)| *start >= own.1)
            };
            if edits.iter().all(is_free) {
                taken.extend(edits.into_iter().map(|edit| ((edit.range.start, edit.range.end), edit)));
            }
        }
        Self::new(text, taken.into_values())
    }

    /// Whether nothing was changed.
    pub fn is_same(&self) -> bool {
        self.made.is_empty()
    }

    /// Where a byte of the text stood before; a byte of a replacement, at what it replaced.
    pub fn origin(&self, byte: usize) -> usize {
        let before = self.made.partition_point(|(_, now)| now.start <= byte);
        let Some((was, now)) = before.checked_sub(1).and_then(|last| self.made.get(last)) else { return byte };
        if byte < now.end { was.start } else { was.end + (byte - now.end) }
    }

    /// Where a stretch of the text stood before.
    pub fn origin_of(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.origin(range.start);
        // Replacements stand in order, so that only the first that reaches so far can hold the end.
        let first = self.made.partition_point(|(_, now)| now.end < range.end);
        let touched = self.made.get(first).filter(|(_, now)| now.start < range.end);
        let end = touched.map_or_else(|| self.origin(range.end), |(was, _)| was.end);
        start..end.max(start)
    }

    /// Whether a stretch of the text has a replacement in it or touches one.
    pub fn touches(&self, range: &Range<usize>) -> bool {
        let first = self.made.partition_point(|(_, now)| now.end < range.start);
        self.made.get(first).is_some_and(|(_, now)| now.start <= range.end)
    }

    /// Whether an empty stretch stands right behind a replacement of something.
    pub fn follows(&self, range: &Range<usize>) -> bool {
        let first = self.made.partition_point(|(_, now)| now.end < range.start);
        let mut touched = self.made.iter().skip(first).take_while(|(_, now)| now.start <= range.end);
        let is_behind = touched.next().is_some_and(|(was, now)| now.end == range.start && !was.is_empty());
        range.is_empty() && is_behind && touched.next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_in_order_and_places_are_found_again() {
        let text = "name：a\nkind：b\n";
        let edits = [Edit::safe(13..16, ": "), Edit::safe(4..7, ": ")];
        let patched = Patched::new(text, edits);
        assert_eq!(patched.text, "name: a\nkind: b\n");
        let b = patched.text.find('b').unwrap();
        assert_eq!(&text[patched.origin_of(&(b..b + 1))], "b");
        assert_eq!(patched.origin_of(&(4..6)), 4..7);
    }

    #[test]
    fn of_two_mistakes_at_one_place_one_is_mended_and_as_a_whole() {
        let indented = vec![Edit::safe(0..0, "  ")];
        let listed = vec![Edit::safe(0..0, "["), Edit::safe(3..3, "]")];
        let other = vec![Edit::safe(4..5, "c")];
        assert_eq!(Patched::whole("{a}\nb", [indented.clone(), listed.clone(), other.clone()]).text, "  {a}\nc");
        assert_eq!(Patched::whole("{a}\nb", [listed, other]).text, "[{a}]\nc");
        assert_eq!(Patched::whole("{a}\nb", [indented.clone(), indented]).text, "  {a}\nb");
    }

    #[test]
    fn what_overlaps_or_is_not_there_is_left_out() {
        let edits = [Edit::safe(0..2, "x"), Edit::safe(1..3, "y"), Edit::safe(9..10, "z"), Edit::safe(0..2, "w")];
        assert_eq!(Patched::new("abcd", edits).text, "xcd");
        assert_eq!(Patched::new("字", [Edit::safe(1..2, "")]).text, "字");
    }
}
