//! The times in a line, wherever they stand, and what stands round them.

use std::ops::Range;

use super::super::part_of_day::{PartOfDay, says_morning};
use super::super::vocabulary::is_season;
use super::line::{Line, labelled, read_line, time};
use crate::calendar::TimeRange;

/// Longest line that is looked through for a time.
const LONGEST: usize = 200;
/// Numbers in words, as hours have them.
const NUMERALS: &str = "零一二两三四五六七八九十";
/// What a clock is read behind.
const PARTS: [&str; 13] =
    ["凌晨", "清晨", "早晨", "早上", "上午", "中午", "下午", "傍晚", "晚上", "晚间", "早", "晚", "午后"];
/// What may stand between two times of the same thing, and round one.
const EDGES: &str = "，,、；;：:/／|和及与（）()【】[]";
/// What goes on behind an hour that is none: 四点半课堂.
const LESSONS: [&str; 5] = ["半课", "半学", "半托", "半驿", "半班"];

/// A line without its times.
#[derive(Debug, Default)]
pub(in crate::import) struct Taken {
    /// What stands before them.
    pub(in crate::import) before: String,
    /// What stands after them.
    pub(in crate::import) after: String,
    /// The first time, and those with nothing between it and them.
    pub(in crate::import) times: Vec<TimeRange>,
}

impl Taken {
    /// What stands before and after.
    pub(in crate::import) fn rest(&self) -> String {
        let gap = if self.before.is_empty() || self.after.is_empty() { "" } else { " " };
        format!("{}{gap}{}", self.before, self.after).trim().to_owned()
    }
}

/// A line without the time in it, the time, and whether it stood at the start.
pub(in crate::import) fn take_time(line: &str) -> (String, Option<TimeRange>, bool) {
    let taken = take_times(line);
    (taken.rest(), taken.times.first().copied(), !taken.times.is_empty() && taken.before.is_empty())
}

/// A line without the first time in it and those that follow it at once.
pub(in crate::import) fn take_times(line: &str) -> Taken {
    let found = all_times(line);
    let Some((first, time)) = found.first() else {
        return Taken { before: line.to_owned(), ..Taken::default() };
    };
    let (mut end, mut times) = (first.end, vec![*time]);
    for (place, time) in found.iter().skip(1) {
        if !is_gap(line.get(end..place.start).unwrap_or_default()) {
            break;
        }
        end = place.end;
        times.push(*time);
    }
    let edge = |c: char| c.is_whitespace() || "：:，,；;（）()【[".contains(c);
    let (before, after) = (line.get(..first.start).unwrap_or_default(), line.get(end..).unwrap_or_default());
    // What the brackets around a time leave behind goes with them; other brackets stay.
    let after = if before.ends_with(['（', '(', '【', '[']) {
        after.trim_start_matches(['）', ')', '】', ']'])
    } else {
        after
    };
    let after = after.trim_start_matches([' ', '\u{3000}', '：', ':', '，', ',', '；', ';']);
    Taken { before: before.trim_end_matches(edge).trim_start().to_owned(), after: after.trim_end().to_owned(), times }
}

/// The times of a text that has nothing else in it.
pub(in crate::import) fn times_alone(text: &str) -> Option<Vec<TimeRange>> {
    if let Some(time) = time(text) {
        return Some(vec![time]);
    }
    let taken = take_times(text);
    (!taken.times.is_empty() && is_gap(&taken.before) && is_gap(&taken.after)).then_some(taken.times)
}

fn is_gap(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || EDGES.contains(c))
}

/// All times of a line, with their places; one may stand in the part of the day that is named before another.
fn all_times(line: &str) -> Vec<(Range<usize>, TimeRange)> {
    let mut found: Vec<(Range<usize>, TimeRange)> = Vec::new();
    let (mut from, mut seen, mut part) = (0, 0, None);
    while let Some((place, time)) = next_time(line, from, |start| part_between(line, seen..start, part)) {
        part = part_between(line, seen..place.start, part);
        (seen, from) = (place.start, place.end);
        found.push((place, time));
    }
    found
}

/// The part of the day that is named in a piece of a line, or that which counted before.
fn part_between(line: &str, piece: Range<usize>, before: Option<PartOfDay>) -> Option<PartOfDay> {
    let text = line.get(piece).unwrap_or_default();
    PartOfDay::in_text(text).or(before.filter(|_| !says_morning(text)))
}

/// The first time that begins at a place or behind it.
fn next_time(
    line: &str,
    from: usize,
    part_before: impl Fn(usize) -> Option<PartOfDay>,
) -> Option<(Range<usize>, TimeRange)> {
    let starts = line.char_indices().take(LONGEST).skip_while(|(at, _)| *at < from);
    starts.into_iter().find_map(|(start, first)| {
        if !first.is_ascii_digit()
            && !first.is_numeric()
            && !"上下早中晚凌傍０１２３４５６７８９".contains(first)
            && !NUMERALS.contains(first)
        {
            return None;
        }
        let before = line.get(..start)?.chars().next_back();
        let is_number = |c: char| c.is_ascii_digit() || NUMERALS.contains(c);
        if is_number(first) && before.is_some_and(is_number) {
            return None;
        }
        let rest = line.get(start..)?;
        let part = part_before(start).filter(|_| is_number(first));
        let in_part = |text: &str| TimeRange::read(&format!("{}{text}", part?.word())).ok();
        let ends: Vec<usize> = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(26).collect();
        ends.into_iter().rev().find_map(|end| {
            let text = rest.get(..end)?;
            let read = time(text).map(|time| part.map_or(time, |part| part.put(time)));
            Some((start..start + end, read.or_else(|| in_part(text))?))
        })
    })
}

/// A line with several activities and their times, each on a line of its own: `舞蹈9:00-10:00，合唱10:00-11:00`.
pub(super) fn timed_apart(line: &str) -> String {
    let found = all_times(line);
    if found.len() < 2 || !labelled(line).is_empty() || take_times(line).times.len() > 1 {
        return line.to_owned();
    }
    let is_edge = |c: char| c.is_whitespace() || EDGES.contains(c);
    let bounds = std::iter::once(0).chain(found.iter().map(|(place, _)| place.end));
    let starts = found.iter().map(|(place, _)| place.start).chain([line.len()]);
    let gaps: Vec<&str> = bounds.zip(starts).map(|(from, to)| line.get(from..to).unwrap_or_default()).collect();
    let is_title = |text: &str| {
        let text = text.trim_matches(is_edge);
        !is_season(text) && matches!(read_line(text).as_slice(), [Line::Text(_)])
    };
    let times = || found.iter().map(|(place, _)| line.get(place.clone()).unwrap_or_default());
    let piece = |(title, time): (&&str, &str)| format!("{} {time}", title.trim_matches(is_edge));
    match gaps.as_slice() {
        [titles @ .., last] if is_gap(last) && titles.iter().all(|text| is_title(text)) => {
            titles.iter().zip(times()).map(piece).collect::<Vec<_>>().join("\n")
        }
        [first, titles @ ..] if is_gap(first) && titles.iter().all(|text| is_title(text)) => {
            titles.iter().zip(times()).map(piece).collect::<Vec<_>>().join("\n")
        }
        _ => line.to_owned(),
    }
}

/// Whether a text names a time of day, be it one that cannot be read as a beginning and an end: `下午2点开始`, `19:30`.
pub(in crate::import) fn names_a_time(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    text.match_indices([':', '：', '点', '时', 'a', 'A', 'p', 'P']).any(|(at, mark)| {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + mark.len()..).unwrap_or_default());
        let before = before.trim_end_matches(' ');
        let digits = before.chars().rev().take_while(|c| is_digit(*c)).count();
        let number = before.trim_end_matches(|c: char| NUMERALS.contains(c));
        let has_words = number.len() < before.len();
        let in_part = PARTS.iter().any(|part| number.trim_end().ends_with(part));
        let is_lesson = LESSONS.iter().any(|lesson| after.starts_with(lesson));
        match mark {
            ":" | "：" => (1..=2).contains(&digits) && after.chars().take_while(|c| is_digit(*c)).count() == 2,
            "点" | "时" if is_lesson => false,
            "点" | "时" if (1..=2).contains(&digits) => !after.starts_with('赞'),
            "点" | "时" if has_words && in_part => true,
            "点" => {
                has_words
                    && !before.ends_with('一')
                    && (after.is_empty()
                        || after.starts_with(['半', '整', '钟', '起', '开', '到', '至', '前', '后', ' ']))
            }
            "时" => false,
            _ => {
                (1..=4).contains(&digits)
                    && after.strip_prefix(['m', 'M']).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_is_left_over_is_seen_and_a_lesson_is_none() {
        for text in ["理发 下午2点开始", "舞蹈 晚八点", "电影 19:30", "讲座 2pm", "义诊 九点半", "门诊 14时"]
        {
            assert!(names_a_time(text), "{text}");
        }
        for text in
            ["四点半课堂", "4点半课堂", "一点通", "两点一线", "学一点急救", "24小时自助", "3-5岁亲子课", "apple"]
        {
            assert!(!names_a_time(text), "{text}");
        }
    }

    #[test]
    fn times_with_nothing_between_them_are_of_one_activity() {
        let shown = |line: &str| {
            let taken = take_times(line);
            let times: Vec<String> = taken.times.iter().map(|time| String::from(*time)).collect();
            format!("{}|{}|{}", taken.before, times.join(" "), taken.after)
        };
        assert_eq!(shown("舞蹈 9点-11点/14点-16点"), "舞蹈|09:00-11:00 14:00-16:00|");
        assert_eq!(shown("下午2:30-3:30，4:00-5:00"), "|14:30-15:30 16:00-17:00|");
        assert_eq!(shown("舞蹈【14:00-16:00】多功能厅"), "舞蹈|14:00-16:00|多功能厅");
        assert_eq!(shown("讲座 2:00-4:00pm"), "讲座|14:00-16:00|");
        assert_eq!(timed_apart("舞蹈9:00-10:00，合唱10:00-11:00"), "舞蹈 9:00-10:00\n合唱 10:00-11:00");
        assert_eq!(timed_apart("舞蹈9:00-10:00（夏季15:00-17:00）"), "舞蹈9:00-10:00（夏季15:00-17:00）");
    }
}
