//! What a value that does not fit was meant to be, where the schema at its place shows it.
//!
//! A mend is offered only if the reader of the format, or the enumeration, takes what it makes of the text. What is
//! tried with a text is [`forms`]' business; here it is tried at a place, and the edit is made for that place.

use std::ops::Range;

use serde_json::Value as Json;

use super::schema::{Comparison, Part};
use super::tree::{Node, Value};
use super::types::{Type, types_of, words_of};
use super::{Found, same_line, shapes};
use crate::diagnostics::{Code, Edit, Problem};
use crate::source::lint::{self, forms};
use crate::source::words;

/// A text that has not its form.
pub(super) fn string(at: &Comparison<'_>, node: &Node, text: &str, format: &str, problem: Problem) -> Found {
    let takes = |text: &str| (at.formats)(format, text).is_ok();
    // Areas have their ids in their file, other records by its name.
    let is_own = at.yaml.get(..node.span.start).is_some_and(|before| {
        let before = before.trim_end_matches(' ');
        ["id:", "代号:"].iter().any(|key| before.ends_with(key))
    });
    let problem = match problem.code {
        Code::BadId if !is_own => Problem::new(Code::BadReference)
            .with("id", text)
            .with_some("character", problem.argument("character").filter(|character| !character.trim().is_empty())),
        _ => problem,
    };
    if format == "id"
        && let Some(found) = parted(at, node, text, &takes)
    {
        return found;
    }
    if let Some(found) = same_line::other_keys(at, node) {
        return found;
    }
    if problem.code == Code::PartOfDayDisagrees {
        let part = problem.argument("part").unwrap_or_default().to_owned();
        let meant = text.replacen(&part, " ", 1).split_whitespace().collect::<Vec<_>>().join(" ");
        let meant = Some(meant).filter(|meant| takes(meant));
        let edit = meant.as_ref().map(|meant| Edit::guess(node.span.clone(), written(at.yaml, node, meant)));
        return Found::new(node.span.clone(), problem.with_some("mended", meant.as_deref())).mended_by(edit);
    }
    if format == "date-span"
        && let Some((problem, meant)) = forms::half_open(text)
    {
        let edit = meant.map(|meant| Edit::guess(node.span.clone(), written(at.yaml, node, &meant)));
        return Found::new(node.span.clone(), problem).mended_by(edit);
    }
    match forms::mended(format, text, &takes) {
        None => {
            if let Some(found) = known_otherwise(at, node, text, format, &takes) {
                return found;
            }
            let meant = problem.argument("suggestion").filter(|meant| takes(meant));
            let edit = meant.map(|meant| Edit::guess(node.span.clone(), written(at.yaml, node, meant)));
            Found::new(node.span.clone(), problem).mended_by(edit)
        }
        Some(mend) => {
            if let Some(disagreement) =
                forms::disagreement(text, &mend.text).filter(|_| mend.code == Some(Code::DateForm))
            {
                return Found::new(node.span.clone(), disagreement);
            }
            let problem =
                mend.code.map_or(problem, |code| Problem::new(code).with("text", text).with("mended", &mend.text));
            let edit =
                Edit { range: node.span.clone(), replacement: written(at.yaml, node, &mend.text), safe: mend.safe };
            Found::new(node.span.clone(), problem).mended_by([edit])
        }
    }
}

/// A text that is not in its form, though it is plain what it says: a date without its year, no end, several telephones.
fn known_otherwise(
    at: &Comparison<'_>,
    node: &Node,
    text: &str,
    format: &str,
    takes: &dyn Fn(&str) -> bool,
) -> Option<Found> {
    if let Some((problem, meant)) = forms::without_year(format, text, at.yaml) {
        let edit = meant.filter(|meant| takes(meant));
        let edit = edit.map(|meant| Edit::guess(node.span.clone(), written(at.yaml, node, &meant)));
        return Some(Found::new(node.span.clone(), problem).mended_by(edit));
    }
    if matches!(format, "date" | "date-span" | "day-or-time") && forms::is_endless(text) {
        let line = line_of_end(at.yaml, node);
        let problem = Problem::new(Code::NoEnd).with("text", text).with_some("line", line.as_ref().map(|_| ""));
        let edit = line.map(|line| Edit::guess(line, ""));
        return Some(Found::new(node.span.clone(), problem).mended_by(edit));
    }
    if format != "phone" {
        return None;
    }
    let numbers = forms::several_phones(text, takes)?;
    let problem = Problem::new(Code::SeveralPhones).with("count", &numbers.len().to_string());
    let edit = item_for_each(at.yaml, node, &numbers);
    let shown = edit.as_ref().map(|edit| edit.replacement.clone()).filter(|shown| !shown.contains('\n'));
    let shown = shown.unwrap_or_else(|| numbers.join(", "));
    Some(Found::new(node.span.clone(), problem.with("mended", &shown)).mended_by(edit))
}

/// The whole line of a value that says until when, where it stands alone on it.
fn line_of_end(yaml: &str, node: &Node) -> Option<Range<usize>> {
    let start = yaml.get(..node.span.start)?.rfind('\n').map_or(0, |end| end + 1);
    let end = yaml.get(node.span.end..)?.find('\n').map_or(yaml.len(), |length| node.span.end + length + 1);
    let key = yaml.get(start..node.span.start)?.trim().strip_suffix(':')?;
    let rest = yaml.get(node.span.end..end)?.trim();
    let is_end = key == "until" || words::chinese().may_mean(key, "until");
    (is_end && (rest.is_empty() || rest.starts_with('#'))).then_some(start..end)
}

/// An item within braces once for each of several values of one of its keys.
fn item_for_each(yaml: &str, node: &Node, values: &[String]) -> Option<Edit> {
    let start = yaml.get(..node.span.start)?.rfind('{')?;
    let end = node.span.end + yaml.get(node.span.end..)?.find('}')? + 1;
    let item = yaml.get(start..end)?;
    let inner = item.get(1..item.len() - 1)?;
    if inner.contains(['{', '}', '\n']) {
        return None;
    }
    let one = |value: &String| {
        let before = yaml.get(start..node.span.start)?;
        Some(format!("{before}{}{}", written(yaml, node, value), yaml.get(node.span.end..end)?))
    };
    // Items on lines of their own stay so.
    let line = yaml.get(..start)?.rsplit('\n').next()?;
    let between = match line.trim() {
        "-" => format!("\n{line}"),
        _ => ", ".to_owned(),
    };
    let items: Option<Vec<String>> = values.iter().map(one).collect();
    Some(Edit::guess(start..end, items?.join(&between)))
}

/// A text that is none of the values.
pub(super) fn value<'a>(at: &Comparison<'a>, node: &Node, text: &str, values: &[(&'a str, &'a str)]) -> Option<Found> {
    let takes = |text: &str| at.value(text, values).is_some();
    if let Some(found) = parted(at, node, text, &takes) {
        return Some(found);
    }
    let mend = forms::mended("word", text, &takes)?;
    let problem = Problem::new(mend.code?).with("text", text).with("mended", &mend.text);
    let edit = Edit { range: node.span.clone(), replacement: written(at.yaml, node, &mend.text), safe: mend.safe };
    Some(Found::new(node.span.clone(), problem).mended_by([edit]))
}

/// Several items of a list within brackets that full-width commas make one.
fn parted(at: &Comparison<'_>, node: &Node, text: &str, takes: &dyn Fn(&str) -> bool) -> Option<Found> {
    let source = at.yaml.get(node.span.clone())?;
    let mark = source.find(['，', '、', '；'])?;
    let Value::Scalar { plain: true, .. } = node.value else { return None };
    let items: Vec<&str> = text.split(['，', '、', '；', ',']).map(str::trim).collect();
    if items.len() < 2 || !items.iter().any(|item| takes(item)) {
        return None;
    }
    let before = at.yaml.get(..node.span.start)?.trim_end();
    let mended = items.join(", ");
    let in_brackets = before.ends_with(['[', ',']);
    let replacement = if in_brackets { mended } else { format!("[{mended}]") };
    let shown = source.get(mark..)?.chars().next()?.to_string();
    let start = node.span.start + mark;
    let problem = Problem::new(Code::FullWidthComma).with("mark", &shown);
    let safe = items.iter().all(|item| takes(item));
    let edit = Edit { range: node.span.clone(), replacement, safe };
    in_brackets.then(|| Found::new(start..start + shown.len(), problem).mended_by([edit]))
}

/// Weekdays within brackets at the place of a key: `[周一，周二]: 09:00-12:00`.
pub(super) fn days_as_key(at: &Comparison<'_>, key: &Node) -> Option<Found> {
    let Value::List(items) = &key.value else { return None };
    let items: Option<Vec<&str>> = items.iter().map(Node::text).collect();
    let days = lint::weekdays(&items?.join(","))?;
    let meant = written(at.yaml, key, &days);
    let problem = Problem::new(Code::WeekdaysInBrackets).with("mended", &meant);
    Some(Found::new(key.span.clone(), problem).mended_by([Edit::safe(key.span.clone(), meant)]))
}

/// A list within brackets where one text says it all: weekdays, or times of a day.
fn one_text<'a>(at: &Comparison<'a>, node: &Node, items: &[Node], branches: &[Part<'a>]) -> Option<Found> {
    let formats = branches.iter().filter_map(|part| part.schema.get("format").and_then(Json::as_str));
    let items: Option<Vec<&str>> = items.iter().map(Node::text).collect();
    let items = items?;
    let is_flow = at.yaml.get(node.span.clone())?.starts_with('[');
    for format in formats.filter(|_| is_flow) {
        let takes = |text: &str| (at.formats)(format, text).is_ok();
        let days = lint::weekdays(&items.join(",")).filter(|_| matches!(format, "when" | "weekdays" | "day-pattern"));
        if let Some(days) = days {
            // Days alone are not all that an activity needs.
            if let Err(problem) = (at.formats)(format, &days) {
                return Some(Found::new(node.span.clone(), problem));
            }
            let meant = written(at.yaml, node, &days);
            let problem = Problem::new(Code::WeekdaysInBrackets).with("mended", &meant);
            return Some(Found::new(node.span.clone(), problem).mended_by([Edit::safe(node.span.clone(), meant)]));
        }
        let times = items.join(", ");
        if matches!(format, "intervals" | "holiday-hours") && takes(&times) {
            let meant = format!("\"{times}\"");
            let problem = Problem::new(Code::WrongType)
                .with_word("expected", "string")
                .with_word("found", "list")
                .with("example", &meant);
            return Some(Found::new(node.span.clone(), problem).mended_by([Edit::safe(node.span.clone(), meant)]));
        }
    }
    None
}

/// A value of another type than the schema has at its place.
pub(super) fn other_type<'a>(at: &Comparison<'a>, node: &Node, branches: &[Part<'a>]) -> Option<Found> {
    if let Value::List(items) = &node.value {
        return one_text(at, node, items, branches);
    }
    let Value::Scalar { text, plain } = &node.value else { return None };
    let wants = |wanted: Type| branches.iter().find(|part| types_of(part.schema).contains(&wanted));
    let is = Type::of(node);
    let whole = wants(Type::Whole).is_some();
    if is == Type::Text && (whole || wants(Type::Number).is_some()) {
        let mend = forms::number(text, whole)?;
        let problem = Problem::new(mend.code?).with("text", text).with("mended", &mend.text);
        let edit = Edit { range: node.span.clone(), replacement: mend.text, safe: mend.safe };
        return Some(Found::new(node.span.clone(), problem).mended_by([edit]));
    }
    if wants(Type::YesNo).is_some() && wants(Type::Text).is_none() {
        let truth = forms::truth(text)?;
        let problem = Problem::new(Code::NotATruth).with("text", text).with("mended", truth);
        return Some(Found::new(node.span.clone(), problem).mended_by([Edit::safe(node.span.clone(), truth)]));
    }
    if wants(Type::Mapping).is_some()
        && is == Type::Text
        && let Some(found) = as_mapping(at, node, text, branches).or_else(|| {
            // A list may be asked for as well.
            shapes::mapping(at, node, text, branches).filter(|_| wants(Type::List).is_none())
        })
    {
        return Some(found);
    }
    let list = wants(Type::List).filter(|_| is != Type::Nothing)?;
    let items: Vec<Part<'a>> = list
        .schema
        .get("items")
        .and_then(Json::as_object)
        .map_or_else(Vec::new, |schema| at.branches(Part { name: list.name, schema }));
    let takes = |item: &str| {
        items.iter().any(|part| {
            let words = words_of(part.schema);
            let format = part.schema.get("format").and_then(Json::as_str);
            let text = types_of(part.schema).contains(&Type::Text);
            match (words.is_empty(), format) {
                (false, _) => {
                    at.value(item, &words.iter().map(|word| (part.name, *word)).collect::<Vec<_>>()).is_some()
                }
                (true, Some(format)) => text && (at.formats)(format, item).is_ok(),
                (true, None) => text,
            }
        })
    };
    if let Some(meant) = as_mappings(at, node, text, &items) {
        let meant = format!("[{}]", meant.join(", "));
        let problem = Problem::new(Code::WrongType)
            .with_word("expected", "list")
            .with_word("found", is.word())
            .with("example", &meant);
        return Some(Found::new(node.span.clone(), problem).mended_by([Edit::safe(node.span.clone(), meant)]));
    }
    let is_of_mappings = !items.iter().any(|part| types_of(part.schema).contains(&Type::Text));
    if is_of_mappings
        && is == Type::Text
        && let Some(found) = shapes::list(at, node, text, &items)
    {
        return Some(found);
    }
    list_in_one_text(at, node, text, *plain, &takes)
}

/// A mapping where a list of such mappings is asked for, with the part of the schema that it fits: it is the only item.
pub(super) fn one_item<'a>(at: &Comparison<'a>, node: &Node, branches: &[Part<'a>]) -> Option<(Found, Part<'a>)> {
    let Value::Mapping(entries) = &node.value else { return None };
    let items = branches.iter().find_map(|part| {
        let schema = part.schema.get("items")?.as_object()?;
        Some(at.branches(Part { name: part.name, schema }))
    })?;
    let fits = |part: &Part<'a>, key: &Node| key.text().is_some_and(|key| part.key(key, at.words).is_some());
    let item = items.into_iter().find(|part| entries.iter().any(|(key, _)| fits(part, key)))?;
    let source = at.yaml.get(node.span.clone())?.trim_end();
    let end = node.span.start + source.len();
    let safe = entries.iter().all(|(key, _)| fits(&item, key));
    let edit = |range, replacement: String| Edit { range, replacement, safe };
    let (example, edits) = if source.starts_with('{') {
        let example = format!("[{source}]");
        (example, vec![edit(node.span.start..node.span.start, "[".into()), edit(end..end, "]".into())])
    } else {
        let before = at.yaml.get(..node.span.start)?.rsplit('\n').next()?;
        if !before.trim_start_matches(' ').is_empty() {
            return None;
        }
        // Of an item that stands two columns deeper than it has to only the dash lacks.
        let has_room = !at.yaml.get(..node.span.start - before.len())?.trim_end().is_empty()
            && parent_indent(at.yaml, node.span.start - before.len(), before.len())
                .is_some_and(|parent| before.len() >= parent + 4);
        if has_room {
            let start = node.span.start - 2;
            let problem = Problem::new(Code::WrongType)
                .with_word("expected", "list")
                .with_word("found", "mapping")
                .with("example", &format!("- {}", source.lines().next()?));
            return Some((
                Found::new(node.head(), problem).mended_by([edit(start..node.span.start, "- ".into())]),
                item,
            ));
        }
        let rest = source.match_indices('\n').map(|(line, _)| node.span.start + line + 1);
        let below = rest.filter(|start| at.yaml.get(*start..).is_some_and(|line| line.starts_with(' ')));
        let first = edit(node.span.start..node.span.start, "- ".into());
        let edits = std::iter::once(first).chain(below.map(|start| edit(start..start, "  ".into())));
        (format!("- {}", source.lines().next()?), edits.collect())
    };
    let problem = Problem::new(Code::WrongType)
        .with_word("expected", "list")
        .with_word("found", "mapping")
        .with("example", &example);
    Some((Found::new(node.head(), problem).mended_by(edits), item))
}

/// The indentation of the nearest line before a byte that stands less deep than a column.
fn parent_indent(yaml: &str, at: usize, column: usize) -> Option<usize> {
    let lines = yaml.get(..at)?.lines().rev().filter(|line| !line.trim().is_empty());
    let mut indents = lines.map(|line| line.len() - line.trim_start_matches([' ', '-']).len());
    indents.find(|indent| *indent < column)
}

/// A text for a key that is missing, before the first key of its mapping: with it the rest of a file can be read.
pub(super) fn filler(yaml: &str, first: &Node, name: &str) -> Option<Edit> {
    let line = yaml.get(..first.span.start)?.rsplit('\n').next()?;
    let between = match line.contains('{') {
        true => ", ".to_owned(),
        false => format!("\n{}", " ".repeat(line.chars().count())),
    };
    Some(Edit::guess(first.span.start..first.span.start, format!("{name}: …{between}")))
}

/// Some value that may stand at a place, where it says little: of days there are some far off, and of an id what can be one
/// of it.
pub(super) fn sample(yaml: &str, node: &Node, branches: &[Part<'_>]) -> Option<Edit> {
    let id = || {
        let text: String = node.text()?.chars().filter(|c| c.is_alphanumeric()).collect();
        (!text.is_empty()).then_some(text)
    };
    let id = id().unwrap_or_else(|| "x".to_owned());
    let line = yaml.get(..node.span.start)?.rsplit('\n').next()?;
    let key = line.trim().trim_end_matches(':');
    let is_end = key == "until" || words::chinese().may_mean(key, "until");
    let value = branches.iter().find_map(|part| {
        let types = types_of(part.schema);
        let format = part.schema.get("format").and_then(Json::as_str);
        match (words_of(part.schema).first(), format) {
            (Some(word), _) => Some(*word),
            (None, Some("when")) => Some("mon 09:00-10:00"),
            (None, Some("time-range")) => Some("\"09:00-10:00\""),
            // All day, so that nothing seems to take place outside of hours that nobody wrote.
            (None, Some("intervals" | "holiday-hours")) => Some("\"00:00-24:00\""),
            (None, Some("time-of-day")) => Some("\"09:00\""),
            (None, Some("date" | "day-or-time")) => Some(if is_end { "2199-12-31" } else { "1900-01-01" }),
            (None, Some("id")) => Some(id.as_str()),
            (None, _) if types.iter().any(|known| matches!(known, Type::Whole | Type::Number)) => Some("1"),
            (None, _) if types.contains(&Type::YesNo) => Some("false"),
            (None, None | Some("text")) if types.contains(&Type::Text) => Some("…"),
            _ => None,
        }
    })?;
    let space = if node.span.is_empty() { " " } else { "" };
    Some(Edit::guess(node.span.clone(), format!("{space}{value}")))
}

/// The removal of the lines of a key and its value, where they stand on lines of their own.
pub(super) fn without_lines(yaml: &str, key: &Node, value: &Node) -> Option<Edit> {
    let start = yaml.get(..key.span.start)?.rfind('\n').map_or(0, |end| end + 1);
    let is_alone = yaml.get(start..key.span.start)?.bytes().all(|byte| byte == b' ');
    let last = value.span.end.max(key.span.end);
    let last = last - (yaml.get(key.span.end..last)?.len() - yaml.get(key.span.end..last)?.trim_end().len());
    let end = yaml.get(last..)?.find('\n').map_or(yaml.len(), |length| last + length + 1);
    is_alone.then(|| Edit::guess(start..end, ""))
}

/// A text where a mapping is asked for that needs only one key, whose form it has: a telephone number is `{number: …}`.
fn as_mapping<'a>(at: &Comparison<'a>, node: &Node, text: &str, branches: &[Part<'a>]) -> Option<Found> {
    let meant = as_mappings(at, node, text, branches)?;
    let [meant] = meant.as_slice() else { return None };
    let problem = Problem::new(Code::WrongType)
        .with_word("expected", "mapping")
        .with_word("found", Type::of(node).word())
        .with("example", meant);
    Some(Found::new(node.span.clone(), problem).mended_by([Edit::safe(node.span.clone(), meant.as_str())]))
}

/// The mappings that a text stands for, of which several telephone numbers are several.
fn as_mappings<'a>(at: &Comparison<'a>, node: &Node, text: &str, branches: &[Part<'a>]) -> Option<Vec<String>> {
    branches.iter().find_map(|part| {
        let mut required = part.schema.get("required")?.as_array()?.iter().filter_map(Json::as_str);
        let (Some(key), None) = (required.next(), required.next()) else { return None };
        let schema = part.properties()?.get(key)?.as_object()?;
        let format = schema.get("format").and_then(Json::as_str).filter(|format| *format != "text")?;
        let takes = |text: &str| (at.formats)(format, text).is_ok();
        let several = || forms::several_phones(text, &takes).filter(|_| format == "phone");
        let values = if takes(text) { vec![text.to_owned()] } else { several()? };
        let chinese = at.words.of_key(part.name, key).first().filter(|_| at.is_chinese);
        let key = chinese.map_or(key, String::as_str);
        Some(values.iter().map(|value| format!("{{{key}: {}}}", written(at.yaml, node, value))).collect())
    })
}

/// A list that is written as one text: within full-width brackets, or without any.
fn list_in_one_text(
    at: &Comparison<'_>,
    node: &Node,
    text: &str,
    plain: bool,
    takes: &dyn Fn(&str) -> bool,
) -> Option<Found> {
    let source = at.yaml.get(node.span.clone())?;
    if plain && let Some(found) = items_in_lines(at.yaml, node, takes) {
        return Some(found);
    }
    let brackets = [('［', '］'), ('【', '】'), ('〔', '〕'), ('（', '）'), ('[', '］'), ('[', '】')];
    let bracketed = brackets.iter().find(|(open, close)| text.starts_with(*open) && text.ends_with(*close));
    let inner = text.trim_matches(['［', '］', '【', '】', '〔', '〕', '（', '）', '[', ']']);
    let marks: &[char] = &['，', '、', '；', ','];
    let numbered = numbered(inner);
    let spaced: Vec<&str> = inner.split(' ').filter(|item| !item.is_empty()).collect();
    let is_spaced = spaced.len() > 1 && !inner.contains(marks) && spaced.iter().all(|item| is_short(item));
    let items: Vec<&str> = match numbered {
        Some(items) => items,
        None if is_spaced => spaced,
        None => inner.split(marks).map(str::trim).filter(|item| !item.is_empty()).collect(),
    };
    let fits = !items.is_empty() && items.iter().all(|item| takes(item));
    let shown: Vec<String> = items.iter().map(|item| in_list(item)).collect();
    let edit = |safe| Edit { range: node.span.clone(), replacement: format!("[{}]", shown.join(", ")), safe };
    if let Some((open, _)) = bracketed.filter(|_| plain) {
        let problem = Problem::new(Code::FullWidthBracket).with("mark", &open.to_string()).with("half", "[");
        let edit = fits.then(|| edit(true));
        let start = node.span.start;
        return Some(Found::new(start..start + open.len_utf8(), problem).mended_by(edit));
    }
    let problem = Problem::new(Code::WrongType).with_word("expected", "list").with_word("found", Type::of(node).word());
    let one = takes(text) && items.len() < 2 && is_spaced == inner.contains("  ");
    // Items below a text are more than one.
    let has_items = plain && source.lines().skip(1).any(|line| line.trim_start().starts_with("- "));
    let edits: Vec<Edit> = match (one, fits) {
        _ if has_items => Vec::new(),
        (true, _) => {
            // Of the two brackets one may be there.
            let item = if plain { source.trim_start_matches('[').trim_end_matches(']') } else { source };
            vec![Edit::safe(node.span.clone(), format!("[{item}]"))]
        }
        (false, true) => vec![edit(false)],
        _ => Vec::new(),
    };
    let example = edits.first().map(|edit| edit.replacement.clone());
    Some(Found::new(node.span.clone(), problem.with_some("example", example.as_deref())).mended_by(edits))
}

/// Whether a text is a few Chinese characters, as names of papers are.
fn is_short(text: &str) -> bool {
    (2..=8).contains(&text.chars().count()) && text.chars().all(|c| !c.is_ascii())
}

/// How many bytes of a text are the number of an item: `1. `, `2、`, `（3）`, `①`.
pub(crate) fn number_of_item(text: &str) -> usize {
    if let Some(first) = text.chars().next().filter(|c| ('①'..='⑳').contains(c)) {
        return first.len_utf8()
            + (text.len() - first.len_utf8() - text.get(first.len_utf8()..).map_or(0, |rest| rest.trim_start().len()));
    }
    let opened = text.strip_prefix(['(', '（']).unwrap_or(text);
    let digits = opened.bytes().take_while(u8::is_ascii_digit).count();
    let after = opened.get(digits..).unwrap_or_default();
    let marked = after.strip_prefix(['.', '、', '．', ')', '）']);
    match marked {
        Some(rest) if (1..=2).contains(&digits) && !rest.starts_with(|c: char| c.is_ascii_digit()) => {
            text.len() - rest.trim_start().len()
        }
        _ => 0,
    }
}

/// The items of a text that numbers them: `1. 身份证 2. 户口本`.
fn numbered(text: &str) -> Option<Vec<&str>> {
    let starts: Vec<usize> = text
        .char_indices()
        .filter(|(at, _)| *at == 0 || text.get(..*at).is_some_and(|before| before.ends_with([' ', '；', '，', ';'])))
        .map(|(at, _)| at)
        .filter(|at| text.get(*at..).is_some_and(|rest| number_of_item(rest) > 0))
        .collect();
    if starts.len() < 2 || starts.first() != Some(&0) {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let item = |(start, end): (&usize, usize)| {
        let item = text.get(*start..end)?;
        Some(item.get(number_of_item(item)..)?.trim_end_matches([' ', '；', '，', ';', '。']))
    };
    starts.iter().zip(ends).map(item).collect()
}

/// A list whose items stand on lines of their own without their dashes, which YAML takes for one text.
fn items_in_lines(yaml: &str, node: &Node, takes: &dyn Fn(&str) -> bool) -> Option<Found> {
    const LONGEST_ITEM: usize = 24;
    let source = yaml.get(node.span.clone())?;
    let before = yaml.get(..node.span.start)?.rsplit('\n').next()?;
    if !source.contains('\n') || source.contains(" #") || !before.trim().is_empty() {
        return None;
    }
    let mut at = node.span.start;
    let mut starts = Vec::new();
    let mut is_prose = false;
    for line in source.split_inclusive('\n') {
        let said = line.trim();
        if !said.is_empty() {
            if !takes(said) {
                return None;
            }
            let begin = at + (line.len() - line.trim_start().len());
            // Behind lines without it a line that has its dash is taken for more of them.
            if !said.starts_with("- ") {
                starts.push(begin..begin + number_of_item(said));
            }
            is_prose |= said.chars().count() > LONGEST_ITEM || said.ends_with(['，', '、', '；', ',']);
        }
        at += line.len();
    }
    let problem =
        Problem::new(Code::WrongType).with_word("expected", "list").with_word("found", Type::Text.word()).with_some(
            "example",
            source
                .lines()
                .next()
                .map(|line| line.trim())
                .map(|line| format!("- {}", line.get(number_of_item(line)..).unwrap_or_default()))
                .as_deref(),
        );
    let edits = starts.into_iter().map(|range| Edit { range, replacement: "- ".to_owned(), safe: !is_prose });
    Some(Found::new(node.span.clone(), problem).mended_by(edits))
}

/// An item as it may stand within brackets.
fn in_list(item: &str) -> String {
    if item.contains(['"', '\'', ':', '#', '{', '}']) {
        format!("'{}'", item.replace('\'', "''"))
    } else {
        item.to_owned()
    }
}

/// A text as it is written in place of a scalar: with its quotes, or with quotes where it needs some.
pub(super) fn written(yaml: &str, node: &Node, text: &str) -> String {
    let quoted = yaml.get(node.span.clone()).is_some_and(|source| source.starts_with(['"', '\'']));
    let bare = !quoted
        && !text.contains([',', '[', ']', '{', '}', '#', '"', '\''])
        && !text.contains(": ")
        && !text.ends_with(':');
    if bare { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}

/// The removal of a line that says again, word for word, what a line before it says.
pub(super) fn repeated_line(yaml: &str, key: &Node, value: &Node, first: &Range<usize>) -> Option<Edit> {
    let again = yaml.get(key.span.start..value.span.end)?;
    if yaml.get(first.clone())?.trim_end() != again.trim_end() || again.contains('\n') {
        return None;
    }
    let start = yaml.get(..key.span.start)?.rfind('\n')? + 1;
    let end = yaml.get(value.span.end..)?.find('\n').map_or(yaml.len(), |length| value.span.end + length + 1);
    let alone = yaml.get(start..key.span.start)?.trim().is_empty() && yaml.get(value.span.end..end)?.trim().is_empty();
    alone.then(|| Edit::safe(start..end, ""))
}

/// A known word in place of another, with its quotes if it has some. One with a comma needs some within brackets.
pub(super) fn respelling(yaml: &str, span: Range<usize>, word: &str) -> Edit {
    let quote = yaml.get(span.clone()).and_then(|said| said.chars().next()).filter(|c| matches!(c, '"' | '\''));
    let parts = word.contains(',') && quote.is_none() && !stands_alone(yaml, span.start);
    let written = match quote.or(parts.then_some('"')) {
        Some(quote) => format!("{quote}{word}{quote}"),
        None => word.to_owned(),
    };
    Edit::safe(span, written)
}

/// Whether a value stands on its line behind a key or a dash and outside of brackets.
fn stands_alone(yaml: &str, start: usize) -> bool {
    let before = yaml.get(..start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let count = |marks: [char; 2]| before.matches(marks).count();
    !line.contains(['{', '[', ',']) && count(['{', '[']) <= count(['}', ']'])
}

/// Indents the lines of a key and its value one level deeper.
pub(super) fn deeper(yaml: &str, key: &Node, value: &Node) -> Vec<Edit> {
    let start = yaml.get(..key.span.start).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let end = value.span.end.max(key.span.end);
    let mut edits = Vec::new();
    let mut at = start;
    for line in yaml.get(start..end).unwrap_or_default().split_inclusive('\n') {
        if !line.trim().is_empty() {
            edits.push(Edit::safe(at..at, "  "));
        }
        at += line.len();
    }
    edits
}
