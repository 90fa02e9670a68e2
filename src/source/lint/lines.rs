//! A YAML text read line by line, as it was meant.
//!
//! Keeps which columns are open, whether a value goes on, and whether quotes, brackets or a block of text are open, so
//! that a colon in a sentence is told from one after a key.

use std::ops::Range;

use super::conflicts::{conflict, first_half, is_kept, is_mark_of_git};
use super::flow::Open;
use super::forms::{is_invisible, is_odd_space};
use super::keys::{self, Separator};
use super::{found, mark, misplacing, values};
use crate::diagnostics::{Code, Edit, Problem};
use crate::source::words;
use crate::source::yaml::Found;

/// Most mistakes of a file that are looked for.
const MOST: usize = 200;
/// Most bytes of a line that is looked at: people write no longer ones.
const LONGEST: usize = 4000;

/// Everything that looks wrong in a YAML text. Of what git could not merge the first half is read, and the other passed over.
pub(crate) fn lines(yaml: &str) -> Vec<Found> {
    let mut reader = Reader {
        yaml,
        found: Vec::new(),
        levels: Vec::new(),
        unread: None,
        names: 0,
        passed: 0,
        dash: None,
        text_of_key: None,
        state: State::Between,
        open: Vec::new(),
    };
    let (mut start, mut passed_over) = (0, 0);
    for line in yaml.split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        if let Some(conflict) = conflict(text, start).filter(|_| start >= passed_over) {
            match first_half(yaml, start) {
                Some((conflict, end)) => {
                    passed_over = end;
                    reader.found.push(conflict);
                }
                None => return vec![conflict],
            }
        }
        let is_left = start >= passed_over || reader.found.iter().all(|found| is_kept(found, start));
        if is_left && start >= reader.passed && !is_mark_of_git(text) {
            reader.line(text, start);
        }
        start += line.len();
        while reader.found.len() > MOST {
            reader.mend_with_another();
        }
    }
    reader.found
}

/// What the next line may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// A key or an item.
    Between,
    /// What belongs to a key that has no value yet, whose column this is.
    Below(usize),
    /// More of a plain text, that of a key or an item in this column.
    Text(usize),
    /// More of a block of text that is indented deeper than this.
    Block(usize),
    /// More of a text within this quote.
    Quoted(char),
    /// More within the brackets that are open.
    Brackets,
}

pub(super) struct Reader<'a> {
    pub(super) yaml: &'a str,
    pub(super) found: Vec<Found>,
    /// The columns in which keys of the open mappings begin.
    levels: Vec<usize>,
    /// The column of a line that was no key where one could have stood: it may be one that is spoilt, so nothing is judged
    /// by it.
    unread: Option<usize>,
    /// The byte up to which lines were read along with one above.
    passed: usize,
    /// How many `*names` were looked for: each costs a look through the text.
    pub(super) names: usize,
    /// The column of the dashes of the last list.
    dash: Option<usize>,
    /// The text that was last written behind a key, where it may go on.
    pub(super) text_of_key: Option<Range<usize>>,
    pub(super) state: State,
    /// The brackets that are open.
    pub(super) open: Vec<Open>,
}

impl Reader<'_> {
    /// Of more mistakes than are told the indentation is mended along with the last of its kind: thousands of lines with
    /// tabs are mended at once. Others are left for when these are mended.
    fn mend_with_another(&mut self) {
        let Some(last) = self.found.pop() else { return };
        let same = |found: &&mut Found| found.problem.code == last.problem.code;
        if last.problem.code == Code::Tab
            && let Some(other) = self.found.iter_mut().rev().find(same)
        {
            other.edits.extend(last.edits);
        }
    }

    fn line(&mut self, text: &str, start: usize) {
        if text.len() > LONGEST {
            self.state = State::Between;
            return;
        }
        let blank = text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c)).is_empty();
        let spaces = text.len() - text.trim_start_matches(' ').len();
        match self.state {
            State::Block(column) if blank || spaces > column => return,
            State::Quoted(quote) => {
                if let Some(end) = values::closing(text, quote) {
                    self.state = State::Between;
                    let _ = end;
                }
                return;
            }
            State::Brackets => {
                self.wide_remark(text, start);
                self.brackets(text, start);
                return;
            }
            State::Block(_) => self.state = State::Between,
            _ => {}
        }
        let comment = text.trim_start_matches(' ').starts_with('#');
        if blank || comment || text.starts_with("---") || text == "..." {
            return;
        }
        let (indent, from) = self.indentation(text, start);
        let content = text.get(from..).unwrap_or_default();
        if content.starts_with('#') {
            return;
        }
        if content.starts_with('＃') {
            // Deeper than a text it may be more of that.
            self.wide_hash(start + from, !matches!(self.state, State::Text(column) if indent > column));
            return;
        }
        let text_of_key = self.text_of_key.take();
        if let State::Text(column) = self.state
            && let Some(text) = text_of_key.filter(|_| indent > column && content.starts_with("- "))
        {
            self.text_before_list(text);
            self.state = State::Below(column);
        }
        // A key that stands where others did is not more of a line that should not stand where it does.
        let is_known = |column| self.unread == Some(column) && self.levels.contains(&indent);
        if let State::Text(column) = self.state
            && indent > column
            && !is_known(column)
        {
            if !self.ends_text(content, indent, column, start, from) {
                return;
            }
            self.content(content, start + from, column, true);
        } else {
            self.content(content, start + from, indent, false);
        }
    }

    /// The indentation of a line in spaces, and the byte at which its content begins.
    fn indentation(&mut self, text: &str, start: usize) -> (usize, usize) {
        let white = |c: char| c == ' ' || c == '\t' || is_odd_space(c) || is_invisible(c);
        let from = text.find(|c| !white(c)).unwrap_or(text.len());
        let before = text.get(..from).unwrap_or_default();
        if before.bytes().all(|b| b == b' ') {
            return (from, from);
        }
        let width = |c: char| match c {
            '\t' | '\u{3000}' => "  ",
            c if is_invisible(c) => "",
            _ => " ",
        };
        let meant: String = before.chars().map(width).collect();
        let beside = self.levels.iter().copied().find(|level| level.abs_diff(meant.len()) <= 2);
        let after = self.indent_below(start + from).filter(|_| before.contains('\u{3000}') && beside.is_none());
        let meant = after.map_or(meant, |column| " ".repeat(column));
        // The first key stands where the others do.
        let is_first = self.levels.is_empty() && self.indent_of_next(start + from) == Some(0);
        let meant = if is_first { String::new() } else { meant };
        let meant = match before.contains(is_odd_space).then(|| self.level_of_key(text.get(from..)?, meant.len())) {
            Some(Some(column)) => " ".repeat(column),
            _ => meant,
        };
        let first = before.find(|c| c != ' ').unwrap_or(0);
        let edit = Edit::safe(start..start + from, meant.clone());
        let code = if before.contains('\t') {
            Code::Tab
        } else if before.chars().any(is_odd_space) {
            Code::OddSpace
        } else {
            Code::InvisibleCharacter
        };
        let shown = text.get(from..).unwrap_or_default();
        let problem = Problem::new(code).with("text", shown).with("mended", shown);
        self.found.push(found(start + first..start + from, problem, edit));
        (meant.len(), from)
    }

    /// The column of open mappings in which a known key was meant to stand, where it stands in none.
    fn level_of_key(&self, content: &str, column: usize) -> Option<usize> {
        let is_below = matches!(self.state, State::Below(parent) if parent < column);
        let is_key = content.split_once([':', '：']).is_some_and(|(key, _)| words::chinese().is_key(key.trim_end()));
        if is_below || !is_key || self.levels.contains(&column) {
            return None;
        }
        self.level_beside(column)
    }

    /// The column of open mappings that is next to another.
    fn level_beside(&self, column: usize) -> Option<usize> {
        let deeper = self.levels.iter().copied().find(|level| *level > column);
        deeper.filter(|level| level - column <= 3).or(self.levels.iter().copied().rfind(|level| *level <= column))
    }

    /// The indentation of the line below, where it is one of spaces and no deeper than two levels.
    fn indent_below(&self, at: usize) -> Option<usize> {
        let next = self.yaml.get(at..)?.lines().nth(1)?;
        let spaces = next.len() - next.trim_start_matches(' ').len();
        let is_key = next.get(spaces..)?.starts_with(char::is_alphabetic);
        (is_key && (1..=4).contains(&spaces)).then_some(spaces)
    }

    /// The indentation of the line below.
    fn indent_of_next(&self, at: usize) -> Option<usize> {
        let next = self.yaml.get(at..)?.lines().nth(1)?;
        Some(next.len() - next.trim_start_matches(' ').len())
    }

    /// Whether a line that YAML takes for more of the text above is a key or an item that is indented too far.
    fn ends_text(&mut self, content: &str, indent: usize, column: usize, start: usize, from: usize) -> bool {
        let item = content.starts_with("- ") && self.dash == Some(column) && indent <= column + 1;
        // A tab is no way to go on with a text: behind one the space after the colon may lack too.
        let is_tabbed = self.yaml.get(start..start + from).is_some_and(|before| before.contains('\t'));
        let word = content.split_once([':', '：']);
        let word = word.filter(|(_, after)| after.is_empty() || after.starts_with(' ') || is_tabbed);
        let key = word.is_some_and(|(word, _)| words::chinese().is_key(word)) && self.dash != Some(column);
        if !item && !key {
            return false;
        }
        self.misplaced(start..start + from, content, column);
        true
    }

    /// A text behind a key below which a list stands: YAML takes the items for more of the text.
    fn text_before_list(&mut self, text: Range<usize>) {
        let said = self.yaml.get(text.clone()).unwrap_or_default();
        let problem = Problem::new(Code::TextBeforeList).with("text", said);
        self.found.push(found(text.clone(), problem, Edit::guess(text.start..text.start, "# ")));
    }

    /// Whether a value stands behind a key, and not alone behind a dash.
    pub(super) fn is_behind_key(&self, start: usize) -> bool {
        let line = self.yaml.get(..start).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
        line.trim_end().ends_with([':', '：'])
    }

    /// A line that is indented by other than its neighbours.
    fn misplaced(&mut self, indent: Range<usize>, content: &str, column: usize) {
        let problem = misplacing(column);
        let at = indent.end;
        let edit = Edit::safe(indent, " ".repeat(column));
        self.found.push(found(at..at + content.trim_end().len().clamp(1, 40), problem, edit));
        // The mark covers whole characters.
        if let Some(last) = self.found.last_mut() {
            last.span.end = self.yaml.ceil_char_boundary(last.span.end);
        }
    }

    /// What stands on a line after its indentation; `placed` says that the column was already put right.
    fn content(&mut self, content: &str, start: usize, column: usize, placed: bool) {
        let (mut content, mut start, mut column) = (content, start, column);
        let mut dashed = false;
        while let Some((after, width)) = self.dash(content, start, column, dashed) {
            if !dashed && !placed {
                self.place_dash(content, start, column);
                column = self.dash.unwrap_or(column);
                self.unread = None;
            }
            let rest = content.get(after..).unwrap_or_default();
            let spaces = rest.len() - rest.trim_start_matches(' ').len();
            (start, column) = (start + after + spaces, column + width.unwrap_or(1 + spaces.max(1)));
            content = rest.get(spaces..).unwrap_or_default();
            dashed = true;
            self.levels.retain(|level| *level < column);
        }
        if content.is_empty() {
            self.state = State::Below(column.saturating_sub(1));
            return;
        }
        let is_value = self.state == State::Below(column);
        let sibling = !dashed && self.levels.last() == Some(&column);
        if self.colon_below(content, start, column, dashed || placed) {
            return;
        }
        let among_keys = sibling && !is_value || self.is_key_below(start);
        let opens = self.indent_of_next(start).is_some_and(|indent| indent > column);
        let marked = keys::marked(content, opens).filter(|_| among_keys || !dashed);
        match marked.or_else(|| keys::separator(content, among_keys)) {
            Some(separator) => self.key(content, start, column, &separator, dashed || placed),
            None => {
                if let State::Text(above) = self.state
                    && !dashed
                    && (sibling && above == column || above > column)
                {
                    self.continuation(content, start, column, above);
                    return;
                }
                // In the column of its key nothing but items can belong to it.
                let is_beside = is_value && !dashed && !placed && self.levels.last() == Some(&column);
                match is_beside && start >= column && self.is_indented(start - column..start) {
                    true => self.misplaced(start - column..start, content, column + 2),
                    false => self.unread = Some(column),
                }
                let column = if dashed { self.dash.unwrap_or(column) } else { column };
                self.value(content, start, column);
            }
        }
    }

    /// Whether the next line is a key that stands below what stands at a byte.
    fn is_key_below(&self, start: usize) -> bool {
        let line = self.yaml.get(..start).map_or(0, |before| before.rfind('\n').map_or(0, |end| end + 1));
        let Some(next) = self.yaml.get(start..).and_then(|rest| rest.lines().nth(1)) else { return false };
        let said = next.trim_start_matches(' ');
        let key = said.split_once(':').filter(|(_, after)| after.is_empty() || after.starts_with(' '));
        next.len() - said.len() == start - line
            && key.is_some_and(|(key, _)| keys::is_word(key) && !key.starts_with('-'))
    }

    /// A known key whose colon begins the next line, where its value is too.
    fn colon_below(&mut self, content: &str, start: usize, column: usize, placed: bool) -> bool {
        let key = content.trim_end();
        let end = start + key.len();
        let rest = self.yaml.get(start + content.len()..).unwrap_or_default();
        let Some(next) = rest.split_inclusive('\n').nth(1) else { return false };
        let said = next.trim_start();
        let after = said.strip_prefix([':', '：']).filter(|_| words::chinese().is_key(key));
        let Some(after) = after.map(str::trim_start) else { return false };
        let value = after.trim_end();
        let from = self.yaml.len() - rest.len() + rest.find('\n').map_or(0, |end| end + 1);
        let colon = from + next.len() - said.len();
        let value_start = if value.is_empty() { from + next.trim_end().len() } else { from + next.len() - after.len() };
        let column = self.place_key(content, start, column, placed);
        let edit = Edit::safe(end..value_start, if value.is_empty() { ":" } else { ": " });
        let span = colon..self.yaml.ceil_char_boundary(colon + 1);
        self.found.push(found(span, Problem::new(Code::ColonOnNextLine).with("key", key), edit));
        self.passed = from + next.len();
        self.value(value, value_start, column);
        true
    }

    /// Whether a stretch is nothing but spaces.
    fn is_indented(&self, before: Range<usize>) -> bool {
        self.yaml.get(before).is_some_and(|before| before.bytes().all(|byte| byte == b' '))
    }

    /// A line that goes on with the text of the key above it and stands no deeper than that key.
    fn continuation(&mut self, content: &str, start: usize, column: usize, above: usize) {
        let indent = start.saturating_sub(column)..start;
        if !self.is_indented(indent.clone()) {
            return;
        }
        let meant = above + 2;
        let problem = misplacing(meant);
        let edit = Edit::guess(indent, " ".repeat(meant));
        self.found.push(found(start..start + content.trim_end().len(), problem, edit));
    }

    /// A dash that begins an item: how many bytes of the content it is, and how far behind it the item
    /// begins where that is not by the blanks.
    fn dash(&mut self, content: &str, start: usize, column: usize, again: bool) -> Option<(usize, Option<usize>)> {
        if content == "-" || content.starts_with("- ") {
            if again {
                self.dash = Some(column);
            }
            return Some((1, None));
        }
        let expected = self.dash == Some(column) || matches!(self.state, State::Below(_)) && !again;
        if let Some(number) = keys::number(content).filter(|_| expected && !again) {
            let mark = content.get(..number)?.trim_end();
            // The keys below stay in their column, so the first of them goes to it. A full-width sign is as wide as two.
            let signs = content.get(..number)?;
            let shown = signs.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            let below = self.indent_of_next(start).and_then(|indent| indent.checked_sub(column));
            let width = below.filter(|below| [signs.chars().count(), shown].contains(below)).unwrap_or(2);
            let meant = format!("{:width$}", "-");
            self.found.push(super::mark(
                Code::FullWidthDash,
                start,
                mark,
                "- ",
                Edit::safe(start..start + number, meant),
            ));
            return Some((number, Some(width)));
        }
        let first = content.chars().next()?;
        let after = content.get(first.len_utf8()..)?;
        if !expected || after.is_empty() {
            return None;
        }
        // What an input method types for a dash is two of them, and some type `--`.
        let run = match first {
            '－' | '—' | '–' | '―' | '＊' => content.len() - content.trim_start_matches(first).len(),
            '-' if after
                .strip_prefix('-')
                .is_some_and(|rest| rest.starts_with(|c: char| c == ' ' || !c.is_ascii())) =>
            {
                2
            }
            _ => first.len_utf8(),
        };
        let after = content.get(run..)?;
        let spaces = after.len() - after.trim_start_matches(|c| c == ' ' || is_odd_space(c)).len();
        let whole = run + spaces;
        if whole == content.len() {
            return None;
        }
        let edit = |meant: &str| Edit::safe(start..start + whole, meant);
        match first {
            '－' | '—' | '–' | '―' | '＊' | '•' | '·' | '●' | '○' | '■' | '◆' => {
                self.found.push(mark(Code::FullWidthDash, start, content.get(..run)?, "- ", edit("- ")));
            }
            '*' | '+' if spaces > 0 => {
                self.found.push(mark(Code::FullWidthDash, start, content.get(..run)?, "- ", edit("- ")));
            }
            '-' if run > 1 => self.found.push(mark(Code::FullWidthDash, start, "--", "- ", edit("- "))),
            '-' if spaces > 0 => {
                let item = format!("- {}", after.trim_start_matches(|c| c == ' ' || is_odd_space(c)));
                let problem = Problem::new(Code::OddSpace).with("text", content).with("mended", &item);
                self.found.push(found(start + 1..start + whole, problem, edit("- ")));
            }
            '-' if !after.starts_with(['-', '.']) && !after.starts_with(|c: char| c.is_ascii_digit()) => {
                self.found.push(found(start..start + 1, Problem::new(Code::NoSpaceAfterDash), edit("- ")));
            }
            _ => return None,
        }
        Some((whole, None))
    }

    /// Looks whether a dash stands below those before it.
    fn place_dash(&mut self, content: &str, start: usize, column: usize) {
        let below = matches!(self.state, State::Below(_));
        if let Some(meant) = self.column_of_item(content, start, column) {
            self.misplaced(start - column..start, content, meant);
            self.dash = Some(meant);
            return;
        }
        match self.dash {
            Some(dash) if !below && dash.abs_diff(column) == 1 && self.levels.last() != Some(&column) => {
                self.misplaced(start - column..start, content, dash);
            }
            _ => self.dash = Some(column),
        }
    }

    /// The column of the dash of an item whose keys, from the second on, all stand in one column, where that is not by the
    /// dash: one line that stands elsewhere than it should, and not each of the others.
    fn column_of_item(&self, content: &str, start: usize, column: usize) -> Option<usize> {
        const LOOKED_AT: usize = 100;
        let first = content.strip_prefix('-')?.trim_start_matches(' ');
        let own = column + content.len() - first.len();
        let has_value = first.split_once([':', '：']).is_some_and(|(_, value)| !value.trim().is_empty());
        let rest = self.yaml.get(start..)?.lines().skip(1).take(LOOKED_AT);
        let said = rest.filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
        let mut lines =
            said.map(|line| (line.len() - line.trim_start_matches(' ').len(), line.trim_start_matches(' ')));
        let (keys, _) = lines.next().filter(|(indent, line)| *indent > column && !line.starts_with("- "))?;
        let meant = keys.checked_sub(2).filter(|meant| has_value && keys != own && *meant != column)?;
        let mut count = 1;
        for (indent, line) in lines {
            if indent < keys {
                // Another item says where the dashes stand.
                let is_other = line.starts_with("- ") && indent == column;
                return (count > 1 && !is_other && self.dash != Some(column)).then_some(meant);
            }
            count += usize::from(indent == keys);
        }
        (count > 1 && self.dash != Some(column)).then_some(meant)
    }

    fn key(&mut self, content: &str, start: usize, column: usize, separator: &Separator, placed: bool) {
        let column = self.place_key(content, start, column, placed);
        self.found.extend(keys::faults(content, start, separator));
        let value = content.get(separator.value..).unwrap_or_default();
        self.value(value, start + separator.value, column);
    }

    /// Opens the column of a key, put right where it is another than the key was meant to stand in.
    fn place_key(&mut self, content: &str, start: usize, column: usize, placed: bool) -> usize {
        let column = if placed { column } else { self.place(content, start, column) };
        self.unread = None;
        let popped = self.levels.iter().position(|level| *level >= column).unwrap_or(self.levels.len());
        self.levels.truncate(popped);
        self.levels.push(column);
        if self.dash.is_some_and(|dash| dash > column) {
            self.dash = None;
        }
        column
    }

    /// The column of the keys that follow the first of a mapping, where that stands one beside it: it is the first that is
    /// not where it should be, and not all the others.
    fn column_of_siblings(&self, content: &str, start: usize, column: usize) -> Option<usize> {
        const LOOKED_AT: usize = 100;
        let has_value = content.split_once(':').is_some_and(|(_, value)| !value.trim().is_empty());
        let parent = match self.state {
            State::Below(parent) => Some(parent),
            _ => None,
        };
        let rest = self.yaml.get(start..)?.lines().skip(1).take(LOOKED_AT);
        let indents = rest.filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
        let indents = indents.map(|line| (line.len() - line.trim_start_matches(' ').len(), line));
        let inside = indents.take_while(|(indent, line)| {
            parent.is_none_or(|parent| *indent > parent)
                && !line.trim_start().starts_with("- ")
                && !line.starts_with("---")
        });
        let meant = inside.map(|(indent, _)| indent).min()?;
        let beside = meant.abs_diff(column) == 1 && column % 2 == 1 && (meant < column || has_value);
        let before = self.yaml.get(start.checked_sub(column)?..start)?;
        (beside && before.bytes().all(|byte| byte == b' ')).then_some(meant)
    }

    /// The column in which a key was meant to stand, reported if it is another.
    fn place(&mut self, content: &str, start: usize, column: usize) -> usize {
        let below = matches!(self.state, State::Below(parent) if parent < column);
        if (below || self.levels.is_empty())
            && let Some(meant) = self.column_of_siblings(content, start, column)
        {
            self.misplaced(start - column..start, content, meant);
            return meant;
        }
        let last = self.levels.iter().copied().rfind(|level| *level <= column);
        if below || self.levels.is_empty() || last == Some(column) || self.unread == Some(column) {
            return column;
        }
        let Some(meant) = self.level_beside(column) else { return column };
        if start < column
            || self.yaml.get(start - column..start).is_none_or(|before| !before.trim_start_matches(' ').is_empty())
        {
            return column;
        }
        self.misplaced(start - column..start, content, meant);
        meant
    }
}
