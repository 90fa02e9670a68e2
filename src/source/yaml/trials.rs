//! What is wrong with a text that could not be read as it stands, told at the lines where hands slipped.
//!
//! Three looks, each over what the last one left. [`lint::lines`] sees marks and layout in the lines themselves. Where the
//! layout has come apart, [`lint::suspects`] are tried one by one, and the change after which least is wrong is the
//! mistake. Last, a mistake whose mend changes nothing for the better was none, and is dropped: a full-width colon in a
//! sentence is one only if the line is not read without it. How much is read again is bounded.

use std::collections::HashSet;

use schemars::Schema;

use super::{FormatReader, Found, Wrong, compared};
use crate::diagnostics::{Code, Edit, Patched};
use crate::source::lint::{self, Suspect};

/// Bytes that are read again in search of the lines at fault, each time a search begins.
const MOST_READ: usize = 3 << 20;
/// Most lines that are found to be at fault by trying.
const MOST_LINES: usize = 6;
/// How much a text that is no YAML counts for: it hides what else is wrong.
const NO_YAML: usize = 100;

/// How a text is read again, and what may still be read.
struct Reader<'a> {
    schema: &'a Schema,
    formats: FormatReader,
    left: usize,
}

impl Reader<'_> {
    /// What is wrong with a text; nothing if too much was read.
    fn read(&mut self, yaml: &str) -> Option<Wrong> {
        self.left = self.left.checked_sub(yaml.len())?;
        Some(self.read_anyway(yaml))
    }

    /// As [`Reader::read`], however much was read.
    fn read_anyway(&self, yaml: &str) -> Wrong {
        compared(yaml, self.schema, self.formats).err().unwrap_or(Wrong { found: Vec::new(), is_yaml: true })
    }

    /// How much is wrong with a text, items included that YAML would take for more of the text above; and how many of the
    /// mistakes are of values by themselves.
    fn weigh(&mut self, yaml: &str) -> Option<(usize, usize)> {
        let wrong = self.read(yaml)?;
        Some((weight(&wrong) + lint::merged_items(yaml).len(), of_values(yaml, &wrong.found)))
    }
}

fn weight(wrong: &Wrong) -> usize {
    wrong.found.len() + if wrong.is_yaml { 0 } else { NO_YAML }
}

/// What is wrong with a text, with what a parser blames on the wrong line put right.
pub(super) fn explained(yaml: &str, wrong: Wrong, schema: &Schema, formats: FormatReader) -> Vec<Found> {
    let bounded = |found: &Found| matches!(found.problem.code, Code::TooDeep | Code::TooManyAliases);
    if wrong.found.iter().any(bounded) {
        return wrong.found;
    }
    let mut reader = Reader { schema, formats, left: MOST_READ };
    let seen = on_lines_of_their_own(yaml, lint::lines(yaml), &mut reader);
    let seen = in_their_columns(yaml, seen, &mut reader);
    let (marks, moved): (Vec<Found>, Vec<Found>) =
        seen.iter().cloned().partition(|found| found.problem.code != Code::Misplaced);
    let by_lines = together(yaml, seen, &wrong, &mut reader);
    let mut best = by_lines;
    if best.iter().any(|found| is_layout(yaml, found)) || !moved.is_empty() || is_out_of_place(&best) {
        // A mark may be what a slip makes of its line, so the line is tried as it was written, too.
        let bases = if marks.is_empty() { vec![Vec::new()] } else { vec![marks, Vec::new()] };
        for base in bases {
            reader.left = MOST_READ;
            if let Some(other) = by_trials(yaml, base, &mut reader)
                && is_better(yaml, &other, &best)
            {
                best = other;
            }
        }
    }
    reader.left = MOST_READ;
    let mut all = needed(yaml, best, &mut reader);
    all.extend(hidden(yaml, &all, &reader));
    let mended = Patched::new(yaml, all.iter().flat_map(|found| found.edits.iter().cloned()));
    all.extend(lint::merged_items(&mended.text).into_iter().map(|found| moved_back(found, &mended)));
    all
}

/// Where a text with a colon in it is more likely two keys on one line, since the second is one that the structure has.
fn on_lines_of_their_own(yaml: &str, seen: Vec<Found>, reader: &mut Reader<'_>) -> Vec<Found> {
    const MOST: usize = 8;
    let mut seen = seen;
    let all = |seen: &[Found]| Patched::new(yaml, seen.iter().flat_map(|found| found.edits.iter().cloned())).text;
    for at in 0..seen.len().min(MOST) {
        let Some(other) = seen.get(at).and_then(|found| lint::second_key(yaml, found)) else { continue };
        let mut others = seen.clone();
        if let Some(place) = others.get_mut(at) {
            *place = other;
        }
        let (Some(as_keys), Some(as_text)) = (reader.read(&all(&others)), reader.read(&all(&seen))) else { break };
        let of_keys = |wrong: &Wrong| {
            let is = |found: &&Found| {
                matches!(found.problem.code, Code::UnknownKey | Code::KeyElsewhere | Code::DuplicateKey)
            };
            wrong.found.iter().filter(is).count()
        };
        let (keys, text) = (weight(&as_keys), weight(&as_text));
        if keys < text {
            seen = others;
        } else if keys == text && as_keys.is_yaml && of_keys(&as_keys) <= of_keys(&as_text) {
            // What could be a text as well is for people to look at.
            let edits = others.get_mut(at).into_iter().flat_map(|found| &mut found.edits);
            edits.for_each(|edit| edit.safe = false);
            seen = others;
        }
    }
    seen
}

/// Lines indented by other spaces than YAML knows, each put into the column in which it fits: that of a line beside it, or
/// the one in which it seems to stand.
fn in_their_columns(yaml: &str, seen: Vec<Found>, reader: &mut Reader<'_>) -> Vec<Found> {
    const MOST: usize = 8;
    let mut seen = seen;
    let indents = |found: &Found| {
        let is_of_spaces =
            matches!(found.edits.as_slice(), [edit] if edit.replacement.bytes().all(|byte| byte == b' '));
        let begins = found.edits.first().is_some_and(|edit| {
            edit.range.end == found.span.end
                && yaml.get(..edit.range.start).is_some_and(|b| b.is_empty() || b.ends_with('\n'))
        });
        found.problem.code == Code::OddSpace && is_of_spaces && begins
    };
    let places: Vec<usize> = (0..seen.len()).filter(|at| seen.get(*at).is_some_and(indents)).take(MOST).collect();
    for at in places {
        let Some(edit) = seen.get(at).and_then(|found| found.edits.first()).cloned() else { continue };
        let mut columns = vec![edit.replacement.len()];
        let above = yaml.get(..edit.range.start).unwrap_or_default().lines().next_back();
        let below = yaml.get(edit.range.end..).and_then(|rest| rest.lines().nth(1));
        for line in [below, above].into_iter().flatten() {
            let column = line.len() - line.trim_start_matches(' ').len();
            let is_new = !columns.contains(&column) && !line.trim().is_empty();
            columns.extend(is_new.then_some(column));
        }
        let mut best: Option<(usize, Vec<Found>)> = None;
        for column in columns {
            let mut others = seen.clone();
            if let Some(edit) = others.get_mut(at).and_then(|found| found.edits.first_mut()) {
                edit.replacement = " ".repeat(column);
            }
            let text = Patched::new(yaml, others.iter().flat_map(|found| found.edits.iter().cloned())).text;
            let Some((weight, _)) = reader.weigh(&text) else { return seen };
            if best.as_ref().is_none_or(|(least, _)| weight < *least) {
                best = Some((weight, others));
            }
        }
        seen = best.map_or(seen, |(_, best)| best);
    }
    seen
}

/// Whether a mistake is one of layout: what stands where, and what goes on over several lines.
fn is_layout(yaml: &str, found: &Found) -> bool {
    matches!(found.problem.code, Code::YamlSyntax | Code::Misplaced)
        || yaml.get(found.span.clone()).is_some_and(|text| text.contains('\n'))
}

/// Whether several things are said that follow from a line that stands elsewhere than it should.
fn is_out_of_place(found: &[Found]) -> bool {
    found.iter().filter(|found| is_of_place(found)).count() > 1
}

fn is_of_place(found: &Found) -> bool {
    use Code::{ColonInValue, DuplicateKey, KeyElsewhere, MissingKey, NoDash, UnknownKey, WrongType};
    matches!(
        found.problem.code,
        UnknownKey | MissingKey | KeyElsewhere | DuplicateKey | WrongType | NoDash | ColonInValue
    )
}

/// How many mistakes are of values by themselves, which no change of the layout mends.
fn of_values(yaml: &str, found: &[Found]) -> usize {
    found.iter().filter(|found| !is_layout(yaml, found) && !is_of_place(found)).count()
}

/// Whether one account of what is wrong is better than another: shorter, a syntax error counting for several.
fn is_better(yaml: &str, one: &[Found], other: &[Found]) -> bool {
    let count = |found: &[Found]| {
        let blind = found.iter().filter(|found| found.problem.code == Code::YamlSyntax);
        found.len() + 3 * blind.count()
    };
    // Of two accounts that are as long, the tried one stands where the other is about the layout.
    let of_layout = other.iter().any(|found| is_layout(yaml, found));
    count(one) < count(other) + usize::from(of_layout)
}

/// Mistakes that are seen in the lines, and what else is wrong once they are mended.
fn together(yaml: &str, seen: Vec<Found>, wrong: &Wrong, reader: &mut Reader<'_>) -> Vec<Found> {
    if seen.is_empty() {
        return wrong.found.clone();
    }
    let edits = seen.iter().flat_map(|found| found.edits.iter().cloned());
    let mended = Patched::new(yaml, edits);
    if mended.is_same() {
        return seen;
    }
    let ends: Vec<usize> = yaml.match_indices('\n').map(|(end, _)| end).collect();
    let line = |byte: usize| ends.partition_point(|end| *end < byte);
    let lines: HashSet<usize> = seen.iter().map(|found| line(found.span.start)).collect();
    let near = |byte: usize, by: usize| {
        let line = line(byte);
        (line.saturating_sub(by)..=line + by).any(|line| lines.contains(&line))
    };
    let Some(Wrong { found: rest, is_yaml }) = reader.read(&mended.text) else { return seen };
    let helps = rest.len() < wrong.found.len() || wrong.found.iter().any(|found| near(found.span.start, 0));
    if wrong.is_yaml && !(helps && is_yaml) {
        return wrong.found.clone();
    }
    let mut all = seen;
    for found in rest {
        let touched = mended.touches(&found.span);
        let span = mended.origin_of(&found.span);
        // What still cannot be read near a mistake, or does not fit in what became of it, is its consequence.
        let is_gap = found.problem.code == Code::WrongType && found.problem.has("example") && found.span.is_empty();
        let is_value = is_behind_colon(&found, &mended);
        if (!is_yaml && near(span.start, 1)) || (touched && near(span.start, 0) && !is_gap && !is_value) {
            continue;
        }
        all.push(moved_back(found, &mended));
    }
    all
}

/// Whether something is wrong with a value behind a colon that was put right, and that is read for the first time.
fn is_behind_colon(found: &Found, mended: &Patched) -> bool {
    let inner = found.span.start + 1..found.span.end.max(found.span.start + 1);
    mended.text.get(..found.span.start).is_some_and(|before| before.ends_with(": ")) && !mended.touches(&inner)
}

/// What shows only once the mistakes that have a safe mend are mended, on lines of which nothing else is said.
fn hidden(yaml: &str, all: &[Found], reader: &Reader<'_>) -> Vec<Found> {
    let is_safe = |found: &&Found| !found.edits.is_empty() && found.edits.iter().all(|edit| edit.safe);
    let edits = all.iter().filter(is_safe).flat_map(|found| found.edits.iter().cloned());
    let mended = Patched::new(yaml, edits);
    if mended.is_same() {
        return Vec::new();
    }
    let Wrong { found, is_yaml: true } = reader.read_anyway(&mended.text) else { return Vec::new() };
    let ends: Vec<usize> = yaml.match_indices('\n').map(|(end, _)| end).collect();
    let line = |byte: usize| ends.partition_point(|end| *end < byte);
    let said: HashSet<usize> = all.iter().filter(|found| !is_safe(found)).map(|found| line(found.span.start)).collect();
    let same: HashSet<(Code, usize)> = all.iter().map(|found| (found.problem.code, line(found.span.start))).collect();
    let is_first = |found: &Found| !mended.touches(&found.span) || is_behind_colon(found, &mended);
    let moved = found.into_iter().filter(is_first).map(|found| moved_back(found, &mended));
    let is_new = |found: &Found| {
        let at = line(found.span.start);
        !said.contains(&at) && !same.contains(&(found.problem.code, at))
    };
    moved.filter(is_new).collect()
}

/// What was found in a mended text, as it stands in the text before; its edits are left out if one touches a mend.
fn moved_back(found: Found, mended: &Patched) -> Found {
    let span = mended.origin_of(&found.span);
    let is_apart = |edit: &Edit| !mended.touches(&edit.range) || mended.follows(&edit.range);
    let edits = if found.edits.iter().all(is_apart) { found.edits } else { Vec::new() };
    let moved = |edit: Edit| Edit { range: mended.origin_of(&edit.range), ..edit };
    let filler = found.filler.filter(|edit| !mended.touches(&edit.range)).map(moved);
    Found { span, problem: found.problem, edits: edits.into_iter().map(moved).collect(), filler }
}

/// The lines at fault by trying, over a text in which some mistakes are mended; nothing if no change helps.
fn by_trials(yaml: &str, base: Vec<Found>, reader: &mut Reader<'_>) -> Option<Vec<Found>> {
    let mut all = base;
    let mut tried = false;
    for _ in 0..MOST_LINES {
        let mended = Patched::new(yaml, all.iter().flat_map(|found| found.edits.iter().cloned()));
        let wrong = reader.read_anyway(&mended.text);
        let Some(change) = best_change(&mended.text, &wrong, reader) else { break };
        all.push(moved_back(change, &mended));
        tried = true;
    }
    if !tried {
        return None;
    }
    let mended = Patched::new(yaml, all.iter().flat_map(|found| found.edits.iter().cloned()));
    let wrong = reader.read_anyway(&mended.text);
    all.extend(wrong.found.into_iter().map(|found| moved_back(found, &mended)));
    Some(all)
}

/// The change of a line after which least is wrong, if that is less than before by more than the change itself.
fn best_change(yaml: &str, wrong: &Wrong, reader: &mut Reader<'_>) -> Option<Found> {
    const NEAR: usize = 3;
    const MOST_PLACES: usize = 12;
    let merged = lint::merged_items(yaml);
    let now = weight(wrong) + merged.len();
    let values = if wrong.is_yaml { of_values(yaml, &wrong.found) } else { 0 };
    let mut places: Vec<usize> = wrong.found.iter().chain(&merged).map(|found| found.span.start).collect();
    places.sort_unstable();
    places.truncate(MOST_PLACES);
    if places.is_empty() {
        return None;
    }
    let mut suspects = lint::suspects(yaml, &places);
    suspects.retain(|suspect| !wrong.is_yaml || suspect.distance <= NEAR);
    suspects.sort_by_key(|suspect| (suspect.distance > NEAR, suspect.oddity, suspect.distance));
    let mut best: Option<((usize, isize, usize), Suspect)> = None;
    let mut as_good = false;
    for suspect in suspects {
        // What is far off is looked at only if nothing near makes everything fit.
        if suspect.distance > NEAR && best.as_ref().is_some_and(|((left, oddity, _), _)| *left == 0 && *oddity <= 0) {
            break;
        }
        let patched = Patched::new(yaml, suspect.found.edits.clone());
        let Some((left, values_left)) = reader.weigh(&patched.text) else { break };
        // Values that are wrong where they stand would not be looked at any more.
        if values_left < values {
            continue;
        }
        let rank = (left, suspect.oddity, suspect.distance);
        match &best {
            Some((before, _)) if rank >= *before => as_good |= (rank.0, rank.1) == (before.0, before.1),
            before => {
                as_good = before.as_ref().is_some_and(|(before, _)| (before.0, before.1) == (rank.0, rank.1));
                best = Some((rank, suspect));
            }
        }
    }
    let ((left, ..), suspect) = best?;
    if left >= now {
        return None;
    }
    let mut found = suspect.found;
    // What could as well have been another line is for people to look at.
    found.edits.iter_mut().for_each(|edit| edit.safe &= !as_good);
    Some(found)
}

/// Those of the mistakes without whose mend more would be wrong, where the text can be read with all of them mended.
fn needed(yaml: &str, all: Vec<Found>, reader: &mut Reader<'_>) -> Vec<Found> {
    const MOST: usize = 16;
    let may_be_none =
        |found: &Found| matches!(found.problem.code, Code::FullWidthMark | Code::ColonInValue | Code::BracketUnopened);
    if all.len() < 2 || !all.iter().any(may_be_none) {
        return all;
    }
    let without = |all: &[Found], at: Option<usize>| {
        let kept = all.iter().enumerate().filter(|(number, _)| Some(*number) != at);
        Patched::new(yaml, kept.flat_map(|(_, found)| found.edits.iter().cloned())).text
    };
    let Some((with_all, _)) = reader.weigh(&without(&all, None)) else { return all };
    if with_all >= NO_YAML {
        return all;
    }
    let mut kept = all;
    for at in (0..kept.len()).rev().filter(|at| *at < MOST) {
        let Some(found) = kept.get(at).filter(|found| may_be_none(found) && !found.edits.is_empty()) else { continue };
        let code = found.problem.code;
        let text = without(&kept, Some(at));
        // Within braces a key with its full-width colon is read as a key, and said to be wrong only then.
        let comes_again = |wrong: Wrong| wrong.found.iter().any(|found| found.problem.code == code);
        if reader.weigh(&text).is_some_and(|(left, _)| left <= with_all) && !reader.read(&text).is_none_or(comes_again)
        {
            kept.remove(at);
        }
    }
    kept
}
