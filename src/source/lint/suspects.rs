//! Which single line may be at fault where the layout of a YAML text has come apart, and what it may have been.
//!
//! A parser says where it could not go on, and an indentation may be read as right here and wrong there: neither tells
//! which line the hand slipped on. So each line around is changed as people mean it (moved below its neighbours, given the
//! colon, the dash or the quote that it lacks), and the caller keeps the change after which the rest fits. Only changes
//! that look like what people write are tried: a line never becomes more of the text above it.

use super::hidden::is_chinese;
use super::{found, quoted, without_comment};
use crate::diagnostics::{Code, Edit, Problem};
use crate::source::words;
use crate::source::yaml::{Found, number_of_item};

/// How many lines before the first problem are looked at, and how many after it.
const BEFORE: usize = 60;
const AFTER: usize = 3;
/// Longest line that is looked at.
const LONGEST: usize = 2000;

/// What remarks among the lines of a file begin with: they may be for nobody's eyes.
const REMARKS: [&str; 5] = ["内部", "注", "注意", "提醒", "TODO"];

/// A change of one line.
pub(crate) struct Suspect {
    /// The change as a mistake with its mend.
    pub(crate) found: Found,
    /// How much further the result is from how people lay a file out; less than 0 is nearer.
    pub(crate) oddity: isize,
    /// How many lines away from the next problem it stands.
    pub(crate) distance: usize,
}

/// A line that says something.
#[derive(Clone, Copy)]
struct Line<'a> {
    start: usize,
    indent: usize,
    /// What stands after the indentation, without the spaces at the end.
    said: &'a str,
}

impl<'a> Line<'a> {
    /// The bytes of the dashes and spaces in front of what an item says.
    fn dashes(&self) -> usize {
        let mut rest = self.said;
        while let Some(after) = rest.strip_prefix("- ") {
            rest = after.trim_start_matches(' ');
        }
        if rest == "-" { self.said.len() } else { self.said.len() - rest.len() }
    }

    fn is_item(&self) -> bool {
        self.said == "-" || self.said.starts_with("- ")
    }

    /// Whether it is an item that is a plain text.
    fn is_text(&self) -> bool {
        let bare = self.bare();
        let has_key = bare.contains(": ") || bare.ends_with(':') || bare.contains('：');
        self.is_item() && !has_key && !bare.starts_with(['{', '[', '"', '\''])
    }

    /// What it says after its dashes.
    fn bare(&self) -> &'a str {
        self.said.get(self.dashes()..).unwrap_or_default()
    }

    /// The column in which keys of the mapping stand that the line is of, were it indented so far.
    fn column(&self, indent: usize) -> usize {
        indent + self.dashes()
    }

    /// Whether what belongs to it stands below it.
    fn opens(&self) -> bool {
        let said = self.said.split(" #").next().unwrap_or_default().trim_end();
        said.ends_with(':') || said == "-" || said.ends_with([',', '[', '{', '|', '>']) || said.ends_with("|-")
    }

    fn byte(&self) -> usize {
        self.start + self.indent
    }
}

/// The changes of single lines around problems, which begin at these bytes, that are worth trying.
pub(crate) fn suspects(yaml: &str, problems: &[usize]) -> Vec<Suspect> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut start = 0;
    let mut places: Vec<usize> = Vec::new();
    for line in yaml.split_inclusive('\n') {
        let bare = line.trim_end();
        let said = bare.trim_start_matches(' ');
        if !said.is_empty() && !said.starts_with('#') && said != "---" {
            let end = start + line.len();
            places.extend(problems.iter().filter(|at| (start..end).contains(at)).map(|_| lines.len()));
            lines.push(Line { start, indent: bare.len() - said.len(), said });
        }
        start += line.len();
    }
    places.dedup();
    if places.is_empty() {
        places.push(lines.len());
    }
    let first = places.iter().min().map_or(0, |first| first.saturating_sub(BEFORE));
    let last = places.iter().max().map_or(0, |last| last + AFTER).min(lines.len());
    let style = list_style(&lines);
    let mut all = Vec::new();
    for at in first..last {
        let (Some(line), before) = (lines.get(at), lines.get(..at).unwrap_or_default()) else { continue };
        if line.said.len() > LONGEST {
            continue;
        }
        let after = lines.get(at + 1..).unwrap_or_default();
        let mut made = Vec::new();
        moved(yaml, line, (before, after), style, &mut made);
        with_colon(line, after.first(), &mut made);
        with_dash(line, before, after, &mut made);
        without_dash(line, before, &mut made);
        with_quote(line, &mut made);
        with_hash(line, before.last(), after.first(), &mut made);
        let distance = places.iter().map(|place| at.abs_diff(*place)).min().unwrap_or_default();
        all.extend(made.into_iter().map(|(found, oddity)| Suspect { found, oddity, distance }));
    }
    all
}

/// The columns in which a line may stand below those before it, the nearest first.
fn columns(line: &Line<'_>, before: &[Line<'_>], next: Option<&Line<'_>>) -> Vec<usize> {
    let mut columns = Vec::new();
    let mut below = usize::MAX;
    for above in before.iter().rev() {
        if above.indent < below {
            let column = above.column(above.indent);
            if above.opens() && below == usize::MAX {
                columns.push(column + 2);
            }
            if column < below {
                columns.push(column);
            }
            columns.push(above.indent);
            below = above.indent;
        }
    }
    if let Some(next) = next {
        columns.push(next.indent);
        columns.extend(next.indent.checked_sub(line.dashes()));
        columns.extend((line.opens()).then(|| next.indent.checked_sub(2)).flatten());
    }
    let mut seen = Vec::new();
    columns.retain(|column| {
        let is_new = *column != line.indent && !seen.contains(column);
        seen.push(*column);
        is_new
    });
    columns
}

/// Whether items of lists stand two columns deeper than the key of the list in this file, or in its column.
fn list_style(lines: &[Line<'_>]) -> usize {
    let (mut deeper, mut same) = (0_usize, 0);
    for pair in lines.windows(2) {
        if let [above, below] = pair
            && above.opens()
            && below.is_item()
        {
            let column = above.column(above.indent);
            deeper += usize::from(below.indent == column + 2);
            same += usize::from(below.indent == column);
        }
    }
    if same > deeper { 0 } else { 2 }
}

/// How odd it is that one line stands below another; nothing if it becomes more of its text.
fn below(
    parent: &Line<'_>,
    parent_indent: usize,
    child: &Line<'_>,
    child_indent: usize,
    style: usize,
) -> Option<isize> {
    let column = parent.column(parent_indent);
    if !parent.opens() {
        // Below an item that is a text and no mapping a deeper line is more of the text.
        let bound = if parent.is_text() { parent_indent } else { column };
        return (child_indent <= bound).then_some(0);
    }
    Some(match child_indent.checked_sub(column) {
        Some(deeper) if child.is_item() && deeper == style => 0,
        Some(2) if !child.is_item() => 0,
        Some(0) if !child.is_item() => 1,
        Some(0 | 2) => 1,
        Some(_) => 2,
        None => 1,
    })
}

/// How odd it is that a line stands in a column; nothing if it would become more of another's text.
fn oddity(
    line: &Line<'_>,
    indent: usize,
    above: Option<&Line<'_>>,
    next: Option<&Line<'_>>,
    style: usize,
) -> Option<isize> {
    let mut odd = isize::from(indent % 2 == 1);
    odd += match above {
        Some(above) => below(above, above.indent, line, indent, style)?,
        None => isize::from(indent > 0) * 2,
    };
    if let Some(next) = next {
        // What was more of this line's text stays so.
        let was = !line.opens() && next.indent > line.column(line.indent);
        odd += if was { 0 } else { below(line, indent, next, next.indent, style)? };
    }
    Some(odd)
}

/// A line in another column.
fn moved(
    yaml: &str,
    line: &Line<'_>,
    (before, after): (&[Line<'_>], &[Line<'_>]),
    style: usize,
    made: &mut Vec<(Found, isize)>,
) {
    const HIDDEN: isize = 3;
    let odd = |indent| oddity(line, indent, before.last(), after.first(), style);
    let now = odd(line.indent).unwrap_or(HIDDEN);
    for column in columns(line, before, after.first()) {
        let Some(odd) = odd(column) else { continue };
        let problem = Problem::new(Code::Misplaced);
        let problem = if column == 0 { problem.with("edge", "") } else { problem.with("count", &column.to_string()) };
        let edit = Edit::safe(line.start..line.byte(), " ".repeat(column));
        let end = yaml.ceil_char_boundary(line.byte() + line.said.len().min(40));
        made.push((found(line.byte()..end, problem, edit), odd - now));
    }
}

/// A key that lacks its colon, or has another mark for it.
fn with_colon(line: &Line<'_>, next: Option<&Line<'_>>, made: &mut Vec<(Found, isize)>) {
    let bare = line.bare();
    let start = line.byte() + line.dashes();
    let end = bare.find([' ', ';', '；', '=', '＝', ':', '：', '{', '[', '"']).unwrap_or(bare.len());
    let key = bare.get(..end).unwrap_or_default();
    let rest = bare.get(end..).unwrap_or_default();
    if key.is_empty() || rest.starts_with(':') || key.contains(['，', '。', '、', ',', '(', '（', '\'']) {
        return;
    }
    let value = rest.trim_start_matches([' ', ';', '；', '=', '＝', '：']);
    let is_known = words::chinese().is_key(key);
    let has_below = value.is_empty() && next.is_some_and(|next| next.indent > line.column(line.indent));
    if !is_known && !value.starts_with(['{', '[', '"']) && !has_below {
        return;
    }
    let marks = rest.get(..rest.len() - value.len()).unwrap_or_default();
    let edit = Edit::safe(start + end..start + end + marks.len(), if value.is_empty() { ":" } else { ": " });
    let problem = Problem::new(Code::NoColon).with("key", key);
    let (problem, span) = match marks.trim() {
        "" => (problem, start..start + key.len()),
        mark => (problem.with("mark", mark), start + end..start + end + marks.trim_end().len()),
    };
    made.push((found(span, problem, edit), isize::from(!is_known)));
}

/// An item that lacks its dash.
fn with_dash(line: &Line<'_>, before: &[Line<'_>], after: &[Line<'_>], made: &mut Vec<(Found, isize)>) {
    const MOST_BELOW: usize = 12;
    if line.is_item() {
        return;
    }
    let near = before.iter().rev().take(12).chain(after.iter().take(12));
    let columns: Vec<usize> = near.filter(|near| near.is_item()).map(|near| near.indent).collect();
    let bare = line.said;
    // A remark with a full-width sign is no item.
    if bare.starts_with('＃') {
        return;
    }
    let key = bare.split([':', '：']).next().unwrap_or_default();
    let shown = if bare.starts_with(['{', '[', '"', '\'']) { bare } else { key };
    let item = if shown.len() < bare.len() { format!("{shown}: …") } else { bare.to_owned() };
    let problem = || Problem::new(Code::NoDash).with("key", shown).with("item", &item);
    let at = line.byte();
    let span = at..at + shown.len();
    let safe = !REMARKS.contains(&key);
    let edit = |range| Edit { range, replacement: "- ".to_owned(), safe };
    if line.indent >= 2 && columns.contains(&(line.indent - 2)) {
        made.push((found(span.clone(), problem(), edit(at - 2..at)), 0));
    }
    if columns.contains(&line.indent) {
        let number = number_of_item(bare);
        made.push((found(span.clone(), problem(), edit(at..at + number)), 1));
        // Of several that lack theirs below each other none can be read without the others.
        let is_text = |next: &&Line<'_>| !next.is_item() && !next.said.contains([':', '：']);
        let below = after.iter().take_while(|next| next.indent == line.indent && is_text(next)).take(MOST_BELOW);
        let others: Vec<Edit> = below.map(|next| edit(next.byte()..next.byte() + number_of_item(next.said))).collect();
        if !others.is_empty() && is_text(&line) {
            let edits = std::iter::once(edit(at..at + number)).chain(others);
            made.push((Found::new(span, problem()).mended_by(edits), 1));
        }
    }
}

/// A key with a dash in front of it that belongs to the mapping above.
fn without_dash(line: &Line<'_>, before: &[Line<'_>], made: &mut Vec<(Found, isize)>) {
    let Some(after) = line.said.strip_prefix("- ") else { return };
    let at = line.byte();
    let width = line.said.len() - after.trim_start().len();
    let problem = || Problem::new(Code::DashTooMany).with("text", after.trim());
    let above = before.last();
    let fits = |indent: usize| above.map_or(indent == 0, |above| above.opens() || indent <= above.column(above.indent));
    if fits(line.indent) {
        made.push((found(at..at + 1, problem(), Edit::safe(at..at + width, "")), 1));
    }
    if fits(line.indent + width) {
        made.push((found(at..at + 1, problem(), Edit::safe(at..at + width, " ".repeat(width))), 1));
    }
}

/// A remark that lacks its `#`: words of Chinese on a line of their own. What may go on with the text above is none.
fn with_hash(line: &Line<'_>, above: Option<&Line<'_>>, next: Option<&Line<'_>>, made: &mut Vec<(Found, isize)>) {
    const ODD: isize = 2;
    let is_said = |text: &str| text.contains(is_chinese);
    let is_structure = line.said.contains([':', '：', '=', '＝', '"', '\'', '[', ']', '{', '}']) || line.is_item();
    let word = line.said.split([' ', ';', '；']).next().unwrap_or_default();
    let goes_on = above.is_some_and(|above| {
        let value = above.bare().split_once(": ").map_or("", |(_, value)| value);
        !above.opens() && (above.is_text() || is_said(value) && !value.ends_with(['}', ']', '"', '\'']))
    });
    let is_above_more = next.is_some_and(|next| next.indent > line.indent);
    if is_structure || !is_said(line.said) || words::chinese().is_key(word) || goes_on || is_above_more {
        return;
    }
    let at = line.byte();
    let problem = Problem::new(Code::HashLacks).with("mended", &format!("# {}", line.said));
    made.push((found(at..at + line.said.len(), problem, Edit::guess(at..at, "# ")), ODD));
}

/// A text with one of its two quotes.
fn with_quote(line: &Line<'_>, made: &mut Vec<(Found, isize)>) {
    const MOST: usize = 8;
    let said = line.said;
    let quotes: Vec<usize> = said.match_indices('"').map(|(at, _)| at).collect();
    let start = line.byte();
    let (Some(last), true) = (quotes.last(), quotes.len() % 2 == 1) else { return };
    let problem = || Problem::new(Code::QuoteOpen).with("mark", "\"");
    let bare = without_comment(said.get(*last..).unwrap_or_default()).len() + last;
    let ends = said.char_indices().filter(|(at, c)| at > last && matches!(c, ',' | ']' | '}')).map(|(at, _)| at);
    for end in ends.filter(|end| *end < bare).chain([bare]).take(MOST) {
        // What follows a `#` may be a remark, or more of the text.
        let edit = Edit { range: start + end..start + end, replacement: "\"".to_owned(), safe: bare == said.len() };
        made.push((found(start + last..start + last + 1, problem(), edit), 0));
    }
    // The first of the two lacks.
    let before = said.get(..*last).unwrap_or_default();
    for (at, mark) in before.rmatch_indices([':', ',', '[', '{', '-']).take(MOST) {
        let from = at + mark.len();
        let value = before.get(from..).unwrap_or_default();
        let begin = from + (value.len() - value.trim_start().len());
        if begin < *last && !value.trim().is_empty() {
            let inner = said.get(begin..*last).unwrap_or_default();
            let edit = Edit::safe(start + begin..start + last + 1, quoted(inner));
            made.push((found(start + last..start + last + 1, problem(), edit), 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Patched;

    fn tried(yaml: &str, around: usize) -> Vec<String> {
        let all = suspects(yaml, &[around]);
        all.into_iter().filter(|s| s.oddity <= 0).map(|s| Patched::new(yaml, s.found.edits).text).collect()
    }

    #[test]
    fn what_people_mean_is_among_what_is_tried() {
        for (written, meant) in [
            ("a:\n   - b: 1\n    c: 2\n", "a:\n  - b: 1\n    c: 2\n"),
            ("a:\n  - id b\n    c: 2\n", "a:\n  - id: b\n    c: 2\n"),
            ("a:\n  - b: 1\n  - b: 2\n    b: 3\n", "a:\n  - b: 1\n  - b: 2\n  - b: 3\n"),
            ("a: {b: \"1, c: 2}\n", "a: {b: \"1\", c: 2}\n"),
        ] {
            let tried = tried(written, written.len() - 2);
            assert!(tried.iter().any(|text| text == meant), "{written}: {tried:#?}");
        }
    }

    #[test]
    fn no_line_becomes_more_of_a_text() {
        assert!(!tried("a: b\nc: d\n", 5).iter().any(|text| text.contains("  c: d")));
    }
}
