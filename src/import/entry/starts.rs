//! Where each activity of a cell begins: what is numbered, what has its time, titles in two lines put together.

use std::collections::BTreeSet;

use super::super::vocabulary::is_stopped;
use super::Names;
use super::line::{Line, labelled, read_line, without_mark};
use super::times::take_time;

/// What is numbered on one line, each on its own: ①舞蹈 ②合唱, 1.合唱 2.书法. A number at the end of a title is its own.
pub(super) fn numbered_apart(block: &str) -> String {
    let apart = block.contains('①') && block.contains('②');
    let lines: Vec<String> = block.lines().map(digits_apart).collect();
    let mut text = String::new();
    let block = lines.join("\n");
    let mut chars = block.chars().peekable();
    while let Some(c) = chars.next() {
        let is_mark = matches!(c, '②'..='⑳') && chars.peek().is_some_and(|next| *next != '\n');
        if apart && is_mark && !text.ends_with('\n') {
            text.truncate(text.trim_end().len());
            text.push('\n');
        }
        text.push(c);
    }
    text
}

/// A line that begins with 1 and goes on with 2, with each on its own.
fn digits_apart(line: &str) -> String {
    const LAST: u32 = 9;
    const MARKS: [char; 3] = ['.', '、', '．'];
    let begins = |text: &str, number: u32| {
        let rest = text.strip_prefix(&number.to_string()).and_then(|rest| rest.strip_prefix(MARKS));
        rest.is_some_and(|rest| !rest.trim_start().is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    if !begins(line.trim_start(), 1) {
        return line.to_owned();
    }
    let (mut parts, mut rest) = (Vec::new(), line);
    for number in 2..=LAST {
        let is_gap = |c: char| c.is_whitespace() || "；;，,。".contains(c);
        let next = rest.char_indices().map(|(at, _)| at).find(|at| {
            let (before, behind) = rest.split_at_checked(*at).unwrap_or_default();
            before.ends_with(is_gap) && begins(behind, number)
        });
        let Some((before, behind)) = next.and_then(|at| rest.split_at_checked(at)) else { break };
        parts.push(before.trim_end_matches(is_gap));
        rest = behind;
    }
    parts.push(rest);
    parts.join("\n")
}

/// The lines of a cell with what is the end of a title put behind its beginning: 健康 and 讲座 below it.
pub(super) fn whole_titles(block: &str) -> String {
    const ENDS: [&str; 18] = [
        "讲座",
        "课堂",
        "课程",
        "活动",
        "培训",
        "咨询",
        "服务",
        "沙龙",
        "小组",
        "比赛",
        "展览",
        "体验",
        "分享会",
        "交流会",
        "座谈会",
        "兴趣班",
        "公益课",
        "培训班",
    ];
    let mut lines: Vec<String> = Vec::new();
    for line in block.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let is_plain = |before: &&mut String| {
            before.chars().count() <= 10 && matches!(read_line(before).as_slice(), [Line::Text(_)])
        };
        match lines.last_mut().filter(|_| ENDS.contains(&line)).filter(is_plain) {
            Some(before) => before.push_str(line),
            None => lines.push(line.to_owned()),
        }
    }
    lines.join("\n")
}

/// Lines below known titles with which others begin: what stands alone above a label or a time that was said already.
fn begun_below(lines: &[&str], known: &[usize]) -> Vec<usize> {
    let mut begun = Vec::new();
    let (mut said, mut alone): (Vec<&str>, Option<usize>) = (Vec::new(), None);
    for (number, line) in lines.iter().enumerate().skip(known.first().copied().unwrap_or(0)) {
        if known.contains(&number) {
            (said, alone) = (Vec::new(), None);
            continue;
        }
        let parts = read_line(line);
        let keys: Vec<&str> = parts
            .iter()
            .filter_map(|part| match part {
                Line::Labelled(key, _) => Some(*key),
                Line::Time(_) | Line::Once(_) => Some("time"),
                _ => None,
            })
            .collect();
        if keys.is_empty() {
            let is_text = matches!(parts.as_slice(), [Line::Text(_) | Line::Room(_) | Line::Role(_)]);
            alone = alone.or(Some(number).filter(|_| is_text && !is_stopped(line)));
            continue;
        }
        if let Some(start) = alone.take().filter(|_| keys.iter().any(|key| said.contains(key))) {
            begun.push(start);
            said.clear();
        }
        said.extend(keys);
    }
    begun
}

/// The lines with which activities begin.
pub(super) fn starts(lines: &[&str], names: &Names) -> Vec<usize> {
    let all = |is: &dyn Fn(&str) -> bool| -> Vec<usize> {
        lines.iter().enumerate().filter(|(_, line)| is(line)).map(|(number, _)| number).collect()
    };
    let from_first = |mut starts: Vec<usize>| {
        if starts.first() != Some(&0) {
            starts.insert(0, 0);
        }
        starts
    };
    let known = all(&|line| names.titles.contains(line));
    if !known.is_empty() {
        let further = begun_below(lines, &known);
        let starts: BTreeSet<usize> = known.into_iter().chain(further).collect();
        return from_first(starts.into_iter().collect());
    }
    let numbered = all(&|line| without_mark(line).is_some());
    if numbered.len() > 1 {
        return from_first(numbered);
    }
    let timed = all(&|line| {
        let (rest, time, at_start) = take_time(line);
        time.is_some() && at_start && !rest.is_empty()
    });
    if timed.len() > 1 {
        return from_first(timed);
    }
    let is_time = |line: &str| {
        let parts = read_line(line);
        !parts.is_empty() && parts.iter().all(|part| matches!(part, Line::Time(_) | Line::Once(_)))
    };
    let mut only_times = all(&is_time);
    // Times below each other are of one activity.
    let following: Vec<usize> = only_times.iter().map(|at| at + 1).collect();
    only_times.retain(|at| !following.contains(at));
    if only_times.len() > 1 {
        // A time below each title, or above it.
        let below = only_times.first() != Some(&0);
        return from_first(only_times.iter().map(|at| if below { at.saturating_sub(1) } else { *at }).collect());
    }
    // After a time come room and leader; without one a line that is none of them is another activity.
    if only_times.is_empty() {
        let plain = |line: &str| {
            let (rest, time, _) = take_time(line);
            let timed = time.is_some() && !rest.is_empty() && labelled(line).is_empty();
            timed || matches!(read_line(line).as_slice(), [Line::Text(_)])
        };
        return from_first(all(&plain));
    }
    vec![0]
}
