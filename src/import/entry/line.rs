//! What one line of a cell says: a time, a rule, a room, a role, something labelled, or a text of which nobody knows.

use std::ops::Range;

use super::super::vocabulary::{
    is_part_of_year, is_remark, is_role, is_room, is_stopped, label, labels, says_how_often,
};
use super::times::{names_a_time, take_times, times_alone};
use super::told::told;
use crate::calendar::{Pattern, TimeRange, WeekdaySet, When};
use crate::source::lint::{with_hours_named_once, with_part_of_day};

/// A line of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    Time(TimeRange),
    /// The date and the time of what takes place once.
    Once(String),
    /// How often, and the weekday that is named with it.
    Rule(String, Option<WeekdaySet>),
    Labelled(&'static str, String),
    Room(String),
    Role(String),
    HowOften(String),
    /// With a telephone number in it, which is no activity.
    Phone(String),
    /// With a time in it that cannot be read.
    TimeLeft(String),
    /// What one should mind, which is no activity.
    Remark(String),
    Text(String),
}

/// What a line says: one thing, or several that are labelled.
pub(super) fn read_line(line: &str) -> Vec<Line> {
    let labelled = labelled(line);
    if !labelled.is_empty() {
        return labelled;
    }
    if let Some(times) = times_alone(line.trim_matches(['（', '）', '(', ')', '【', '】', '[', ']'])) {
        return times.into_iter().map(Line::Time).collect();
    }
    let plain = line.trim_matches(['（', '）', '(', ')', ' ']);
    if let Some((rule, day)) = how_often(plain) {
        return vec![Line::Rule(rule, day)];
    }
    if let Some(when) = once(plain) {
        return vec![Line::Once(when)];
    }
    let told = told(plain);
    if !told.is_empty() {
        return told;
    }
    vec![match plain {
        text if is_remark(text) => Line::Remark(line.to_owned()),
        text if has_phone(text) => Line::Phone(line.to_owned()),
        text if says_how_often(text) || is_part_of_year(text) => Line::HowOften(line.to_owned()),
        text if names_a_time(text) && take_times(text).times.is_empty() => Line::TimeLeft(line.to_owned()),
        text if is_room(text) => Line::Room(text.to_owned()),
        text if is_role(text) => Line::Role(text.to_owned()),
        // What stands in brackets on a line of its own is about what stands above it.
        text if !is_stopped(text) && is_bracketed(line) && take_times(text).times.is_empty() => {
            Line::Remark(line.to_owned())
        }
        _ => Line::Text(line.to_owned()),
    }]
}

fn is_bracketed(line: &str) -> bool {
    let inside = line.trim().strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    inside.is_some_and(|inside| !inside.contains(['（', '(', '）', ')']))
}

/// A time, its hours named twice or once, with the part of the day in any form: `7点-9点`, `7-9点`, `晚7:00-8:30`.
pub(super) fn time(text: &str) -> Option<TimeRange> {
    TimeRange::read(text).ok().or_else(|| with_hours_named_once(text)).or_else(|| with_part_of_day(text))
}

/// Whether there is a telephone number in a text.
pub(in crate::import) fn has_phone(text: &str) -> bool {
    phones(text).next().is_some()
}

/// Where telephone numbers stand in a text: seven digits or more with nothing but blanks and dashes between.
pub(in crate::import) fn phones(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_part = |c: char| c.is_ascii_digit() || "-－— ".contains(c);
    let starts = text
        .char_indices()
        .filter(move |(at, c)| is_part(*c) && !text.get(..*at).unwrap_or_default().ends_with(is_part));
    starts.filter_map(move |(at, _)| {
        let rest = text.get(at..)?;
        let part = rest.get(..rest.find(|c| !is_part(c)).unwrap_or(rest.len()))?;
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        (7..=15).contains(&digits).then_some(at..at + part.len())
    })
}

/// `单周`, `双周`, `每月第一个周六`, `odd weeks`, `first sat`, as what stands before the weekday, and that weekday.
pub(in crate::import) fn rule(text: &str) -> Option<(String, Option<WeekdaySet>)> {
    let plain = text.trim().to_lowercase();
    match plain.as_str() {
        "单周" | "逢单周" => return Some(("单周 ".to_owned(), None)),
        "双周" | "逢双周" => return Some(("双周 ".to_owned(), None)),
        "odd weeks" | "even weeks" => return Some((format!("{plain} "), None)),
        _ => {}
    }
    if let Some(rest) = plain.strip_prefix("每月").or_else(|| plain.strip_prefix("每个月")) {
        let end = rest.find("个")? + "个".len();
        let (nth, day) = (rest.get(..end)?, rest.get(end..)?);
        let named = (!day.is_empty()).then(|| WeekdaySet::read(day).ok());
        let probe = format!("每月{nth}周一 09:00-10:00");
        let is_rule = named != Some(None) && When::read(&probe).is_ok();
        return is_rule.then(|| (format!("每月{nth}"), named.flatten()));
    }
    let plain = ["of the month", "of each month", "of every month", "in the month"]
        .iter()
        .fold(plain.as_str(), |plain, end| plain.strip_suffix(end).unwrap_or(plain).trim_end());
    let plain = ["every", "each", "the"].iter().fold(plain, |plain, start| {
        plain.strip_prefix(start).filter(|rest| rest.starts_with(' ')).map_or(plain, str::trim_start)
    });
    let (nth, day) = plain.split_once(' ')?;
    let is_nth = ["first", "second", "third", "fourth", "fifth", "last"].contains(&nth);
    let day = WeekdaySet::read(day).ok().filter(|_| is_nth)?;
    Some((format!("{nth} "), Some(day)))
}

/// A rule, be it that of every week.
fn how_often(text: &str) -> Option<(String, Option<WeekdaySet>)> {
    rule(text).or_else(|| weekly(text))
}

/// `每周`, `每周五`: as a rule nothing before the weekday, and that weekday.
fn weekly(text: &str) -> Option<(String, Option<WeekdaySet>)> {
    let plain = text.trim().to_lowercase();
    if ["weekly", "every week"].contains(&plain.as_str()) {
        return Some((String::new(), None));
    }
    let day = ["每周", "每星期", "每个星期"].iter().find_map(|start| plain.strip_prefix(start))?;
    let named = (!day.is_empty()).then(|| WeekdaySet::read(&format!("周{day}")).ok());
    (named != Some(None)).then(|| (String::new(), named.flatten()))
}

/// `2026-12-21 14:30-16:00`: when something is that takes place once.
fn once(text: &str) -> Option<String> {
    let is_once = When::read(text).is_ok_and(|when| matches!(when.pattern, Pattern::Once(_)));
    is_once.then(|| text.to_owned())
}

/// A line with a rule at its end or its beginning: what else it says, and the rule. 手机课 每月第一个周三.
pub(super) fn take_rule(line: &str) -> Option<(String, Line)> {
    let is_gap = |c: char| c.is_whitespace() || "，,；;：:".contains(c);
    let gaps = || line.match_indices(is_gap).map(|(at, gap)| (line.get(..at), line.get(at + gap.len()..)));
    let parts = gaps().filter_map(|(before, after)| Some((before?, after?)));
    let ways = parts.flat_map(|(before, after)| [(before, after), (after, before)]);
    ways.filter_map(|(rest, part)| {
        let rest = rest.trim_matches(is_gap);
        let (rule, day) = rule(part).filter(|_| !rest.is_empty())?;
        Some((rest.to_owned(), Line::Rule(rule, day)))
    })
    .next()
}

/// A line parted before the first label that stands within it: 太极拳 地点：二楼.
pub(super) fn before_labels(line: &str) -> (&str, Vec<Line>) {
    if !labelled(line).is_empty() {
        return (line, Vec::new());
    }
    let starts = line.char_indices().skip(1).map(|(at, _)| at);
    let mut parted = starts.filter_map(|at| {
        let (before, after) = line.split_at_checked(at)?;
        let parts =
            before.ends_with(|c: char| c.is_whitespace() || "；;，,。】".contains(c)).then(|| labelled(after))?;
        (!parts.is_empty())
            .then(|| (before.trim_end_matches(|c: char| c.is_whitespace() || "；;，,。".contains(c)), parts))
    });
    parted.find(|(before, _)| !before.is_empty()).unwrap_or((line, Vec::new()))
}

/// The labelled parts of a line, if it begins with a label.
pub(super) fn labelled(line: &str) -> Vec<Line> {
    let mut starts: Vec<(usize, usize, &'static str)> = Vec::new();
    for (at, _) in line.char_indices() {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        let is_start = before.is_none_or(|c| c.is_whitespace() || "；;，,。】".contains(c));
        if !is_start || starts.last().is_some_and(|(_, end, _)| at < *end) {
            continue;
        }
        let rest = line.get(at..).unwrap_or_default();
        let found = labels().into_iter().find_map(|word| {
            let start = rest.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word))?;
            let after = rest.get(start.len()..)?;
            let colon = after.chars().find(|c| !c.is_whitespace()).filter(|c| matches!(c, '：' | ':'))?;
            Some((start.len() + after.find(colon)? + colon.len_utf8(), label(word)?))
        });
        if let Some((length, key)) = found {
            starts.push((at, at + length, key));
        }
    }
    if starts.first().is_none_or(|(at, ..)| *at != 0) {
        return Vec::new();
    }
    let ends = starts.iter().skip(1).map(|(at, ..)| *at).chain([line.len()]);
    let parts = starts.iter().zip(ends).map(|((_, from, key), to)| {
        let text = line.get(*from..to).unwrap_or_default().trim();
        // What stands between two of them belongs to neither.
        let text = if to == line.len() { text } else { text.trim_end_matches(['；', ';', '，', ',', '。']) };
        (*key, text.to_owned())
    });
    let parts = parts.filter(|(_, text)| !text.is_empty());
    parts
        .flat_map(|(key, text)| match (key, times_alone(&text)) {
            ("time", Some(times)) => times.into_iter().map(Line::Time).collect(),
            ("time", None) => match (how_often(&text), once(&text)) {
                (Some((rule, day)), _) => vec![Line::Rule(rule, day)],
                (None, Some(when)) => vec![Line::Once(when)],
                (None, None) => vec![Line::Labelled("when", text)],
            },
            _ => vec![Line::Labelled(key, text)],
        })
        .collect()
}

/// A line without the number or the dot before it, if it has one.
pub(super) fn without_mark(line: &str) -> Option<&str> {
    let first = line.chars().next()?;
    if matches!(first, '•' | '●' | '·' | '◆' | '■' | '★' | '※' | '①'..='⑳') {
        return Some(line.get(first.len_utf8()..)?.trim_start_matches(['.', '、', ' ']));
    }
    if let Some(rest) = line.strip_prefix("- ") {
        return Some(rest);
    }
    if first.is_ascii_uppercase()
        && let Some(rest) = line.get(1..)?.strip_prefix(['.', '、', '．'])
    {
        return Some(rest.trim()).filter(|rest| rest.chars().count() > 1);
    }
    let opened = line.strip_prefix(['（', '(']);
    let rest = opened.unwrap_or(line);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let rest = rest.get(digits..).filter(|_| (1..=2).contains(&digits))?;
    let after = match opened {
        Some(_) => rest.strip_prefix(['）', ')'])?,
        None => rest.strip_prefix(['.', '、', '．', ')', '）'])?,
    };
    (!after.starts_with(|c: char| c.is_ascii_digit())).then(|| after.trim())
}
