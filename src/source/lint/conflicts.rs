//! What git leaves in a file where it could not merge: which half is read, and which lines are passed over.

use crate::diagnostics::{Code, Edit, Problem};
use crate::source::yaml::Found;

/// The line that git leaves where it could not merge.
pub(super) fn conflict(line: &str, start: usize) -> Option<Found> {
    let is = line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") || line.starts_with("||||||| ");
    is.then(|| Found::new(start..start + line.len(), Problem::new(Code::MergeMarks)))
}

/// A conflict that begins at a byte, mended by its first half, and where it ends.
pub(super) fn first_half(yaml: &str, start: usize) -> Option<(Found, usize)> {
    let line = |at: usize| yaml.get(at..)?.split_inclusive('\n').next();
    let first = line(start).filter(|line| line.starts_with("<<<<<<< "))?;
    let after = |mark: &str, from: usize| {
        let at = yaml.get(from..)?.match_indices(mark).map(|(at, _)| from + at);
        at.into_iter().find(|at| yaml.get(..*at).is_some_and(|before| before.ends_with('\n')))
    };
    let halves = after("=======", start)?;
    let end = after(">>>>>>> ", halves)?;
    let end = end + line(end)?.len();
    // A third part, of what both came from, stands before the second.
    let rest = after("||||||| ", start).filter(|at| *at < halves).unwrap_or(halves);
    let span = start..start + first.trim_end().len();
    let edits = [Edit::guess(start..start + first.len(), ""), Edit::guess(rest..end, "")];
    Some((Found::new(span, Problem::new(Code::MergeMarks)).mended_by(edits), end))
}

/// Whether a line at a byte stays when a conflict is mended.
pub(super) fn is_kept(conflict: &Found, at: usize) -> bool {
    conflict.problem.code != Code::MergeMarks || !conflict.edits.iter().any(|edit| edit.range.contains(&at))
}

/// Whether a line is one that git leaves where it could not merge.
pub(super) fn is_mark_of_git(line: &str) -> bool {
    conflict(line, 0).is_some() || line == "======="
}
