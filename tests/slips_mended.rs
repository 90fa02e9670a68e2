//! What `fix` makes of one slip of the hand: never worse than it was.
//!
//! Each slip of [`slips`](crate::slips) is mended as far as it has one meaning. Afterwards no more is wrong than before,
//! nothing is wrong in a way in which nothing was before, and no line is another but the one that was spoilt.

use noticeboard::content::mended;
use noticeboard::diagnostics::Diagnostic;
use noticeboard::source::{File, Sources};
use rayon::prelude::*;
use similar::{DiffOp, capture_diff_slices};

use crate::slips::{Try, around, said, tries};

/// What is worse after a file was mended.
pub fn worse(one: &Try) -> Option<String> {
    let text = one.text();
    let sources = Sources { files: around(&one.path, &text), ..Sources::default() };
    let (files, _) = mended(&sources, None);
    let after = files.iter().find(|file: &&File| *file.path == *one.path)?.text.to_string();
    if after == text {
        return None;
    }
    let (spoilt, left) = (said(&one.path, &text), said(&one.path, &after));
    let errors = |found: &[Diagnostic]| found.iter().filter(|found| found.is_error()).count();
    let is_new = |found: &&Diagnostic| spoilt.iter().all(|before| before.problem.code != found.problem.code);
    let new: Vec<&str> = left.iter().filter(is_new).map(|found| found.problem.code.id()).collect();
    let its = one.number..=one.number + one.made.matches('\n').count();
    let elsewhere = changed(&text, &after).into_iter().filter(|line| !its.contains(line)).count();
    let more = errors(&left).saturating_sub(errors(&spoilt));
    if more == 0 && new.is_empty() && elsewhere == 0 {
        return None;
    }
    let said: Vec<&str> = spoilt.iter().map(|found| found.problem.code.id()).collect();
    Some(format!(
        "{}:{} {}: {:?} → {:?}; said {said:?}; {more} more, new {new:?}, {elsewhere} lines elsewhere\n",
        one.path,
        one.number + 1,
        one.slip,
        one.lines[one.number],
        one.made,
    ))
}

/// The lines of a text that are not as they stand in another, from 0.
fn changed(before: &str, after: &str) -> Vec<usize> {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let changes = capture_diff_slices(similar::Algorithm::Myers, &before, &after);
    let lines = changes.into_iter().filter(|change| !matches!(change, DiffOp::Equal { .. }));
    lines
        .flat_map(|change| {
            if change.old_range().is_empty() {
                change.old_range().start..change.old_range().start + 1
            } else {
                change.old_range()
            }
        })
        .collect()
}

#[cfg_attr(test, test)]
pub fn what_is_mended_is_never_worse_than_it_was() {
    let tries = tries(997);
    let worse: Vec<String> = tries.par_iter().filter_map(worse).collect();
    assert!(worse.is_empty(), "{} of {}:\n{}", worse.len(), tries.len(), worse.concat());
}
