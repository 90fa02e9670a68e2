//! Times of day as people write them, in the form that is read.

use super::forms::Step;
use crate::calendar::{TimeOfDay, TimeRange};

/// A time in any form that people write it in: `9.30-11`, `7-9点`, `9-11`.
pub(crate) fn in_any_form(text: &str) -> Option<TimeRange> {
    let written = std::iter::once(text.to_owned()).chain(forms(text).into_iter().map(|(form, _)| form));
    written.filter_map(|form| TimeRange::read(&form).ok()).next()
}

/// `下午3-5点`: a time whose hours are named once.
pub(crate) fn with_hours_named_once(text: &str) -> Option<TimeRange> {
    let named = text.contains(['点', '时']).then(|| with_hours_named(text))?;
    (named != text).then(|| TimeRange::read(&named).ok())?
}

/// `晚7:00-8:30`, `早8点-10点`, `2:00pm-4:00pm`: a time with the half of the day as people say it.
pub(crate) fn with_part_of_day(text: &str) -> Option<TimeRange> {
    let named = by_24_hours(&with_hours_named(&by_parts_of_day(text)));
    let time = (named != text).then(|| TimeRange::read(&named).ok())??;
    // 2:00-4:00pm is in the afternoon from its beginning.
    let lower = text.to_lowercase();
    let once = lower.matches("pm").count() + lower.matches("p.m").count() == 1 && !lower.contains('a');
    let later = || TimeOfDay::new(time.start().minutes() / 60 + 12, time.start().minutes() % 60);
    let in_afternoon = || TimeRange::new(later()?, time.end()).filter(|later| later.minutes() < time.minutes());
    Some(in_afternoon().filter(|_| once).unwrap_or(time))
}

/// What a text may be with its times written in full, each with whether it has one meaning.
pub(super) fn forms(text: &str) -> Vec<(String, bool)> {
    let tidy = text.trim_end_matches(['.', '。', ',', '，', ';', '；', '、']).replace(" to ", "-").replace("--", "-");
    let steps: [(Step, bool); 10] = [
        (in_the_morning, true),
        (by_parts_of_day, true),
        (with_colons, true),
        (with_hours_named, true),
        (apart, true),
        (by_24_hours, true),
        (parted, true),
        (without_and, true),
        (whole_hours, false),
        (two_digits, false),
    ];
    let mut forms = Vec::new();
    if tidy != text {
        forms.push((tidy.clone(), true));
    }
    let mut all = tidy.clone();
    let mut safe = true;
    for (step, is_safe) in steps {
        forms.push((step(&tidy), is_safe));
        all = step(&all);
        safe &= is_safe;
        forms.push((all.clone(), safe));
    }
    forms
}

/// `9.30`, `9;30`, `9,30` as `9:30`: a mark between one or two digits and exactly two.
fn with_colons(text: &str) -> String {
    replaced(text, |before, mark, after| {
        let marks = matches!(mark, '.' | ';' | '；' | '·');
        let hour = digits_at_end(before);
        let minute = digits_at_start(after);
        // A date has marks on both sides of its numbers.
        let alone = !before.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with(['.', '/'])
            && !after.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', '/']);
        (marks && alone && (1..=2).contains(&hour) && minute == 2).then(|| ":".to_owned())
    })
}

/// `8:30-12:00 14:30-18:00` as `8:30-12:00, 14:30-18:00`.
fn parted(text: &str) -> String {
    let mut made = String::with_capacity(text.len() + 4);
    let mut parts = text.split(' ').filter(|part| !part.is_empty()).peekable();
    while let Some(part) = parts.next() {
        made.push_str(part);
        let ends = part.ends_with(|c: char| c.is_ascii_digit()) && part.contains(['-', '~', '至', '到']);
        match parts.peek() {
            Some(next) if ends && next.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '上' | '下' | '晚')) =>
            {
                made.push_str(", ");
            }
            Some(_) => made.push(' '),
            None => {}
        }
    }
    made
}

/// `8:30-12:00和14:30-18:00` with a comma.
fn without_and(text: &str) -> String {
    replaced(text, |before, mark, after| {
        let between = digits_at_end(before) > 0 || before.ends_with(['点', '半']);
        let begins = after.trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '上' | '下' | '晚'));
        (matches!(mark, '和' | '及' | '与') && between && begins).then(|| ", ".to_owned())
    })
}

/// `早8点到晚6点` and `上午 8:30-12:00` as they are read: `上午8点到下午6点`, `上午8:30-12:00`.
fn by_parts_of_day(text: &str) -> String {
    let mut made = text.to_owned();
    for (word, meant) in
        [("早上", "上午"), ("早晨", "上午"), ("早", "上午"), ("傍晚", "下午"), ("晚上", "晚"), ("晚", "晚上")]
    {
        made = made.replace(word, meant);
    }
    for word in ["上午", "下午", "晚上", "中午"] {
        made = made.replace(&format!("{word} "), word).replace(&format!("{word}:"), word);
    }
    made
}

/// `9-11 in the morning` and `in the afternoon 2-4` with the half of the day at each hour: `9am-11am`, `2pm-4pm`.
fn in_the_morning(text: &str) -> String {
    const PARTS: [(&str, &str); 3] = [("in the morning", "am"), ("in the afternoon", "pm"), ("in the evening", "pm")];
    let lower = text.to_lowercase();
    let Some((part, half)) = PARTS.iter().find(|(part, _)| lower.contains(part)) else { return text.to_owned() };
    let rest = lower.replacen(part, " ", 1).split_whitespace().collect::<Vec<_>>().join(" ");
    let (days, time) = rest.rsplit_once(' ').unwrap_or(("", &rest));
    let is_hour = |hour: &str| !hour.is_empty() && hour.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    match time.split_once(['-', '–', '~']) {
        Some((from, until)) if is_hour(from) && is_hour(until) => {
            format!("{days} {from}{half}-{until}{half}").trim_start().to_owned()
        }
        _ => text.to_owned(),
    }
}

/// `下午3-5点` as `下午3点-5点`.
fn with_hours_named(text: &str) -> String {
    replaced(text, |before, mark, after| {
        let digits = digits_at_start(after);
        let named = after.get(digits..).is_some_and(|rest| rest.starts_with(['点', '时']));
        let bare = digits_at_end(before) > 0 && !before.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with(':');
        (matches!(mark, '-' | '~' | '～' | '至' | '到' | '—') && bare && named).then(|| format!("点{mark}"))
    })
}

/// `0930-1130` as `09:30-11:30`.
fn apart(text: &str) -> String {
    let mut made = String::with_capacity(text.len() + 4);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = digits_at_start(rest);
        let end = if digits == 0 { first.len_utf8() } else { digits };
        let (part, after) = rest.split_at(end);
        match (digits, part.split_at_checked(2)) {
            (4, Some((hour, minute))) if !after.starts_with(['年', '/', '.']) && hour <= "24" && minute < "60" => {
                made.push_str(&format!("{hour}:{minute}"));
            }
            _ => made.push_str(part),
        }
        rest = after;
    }
    made
}

/// `9am-2:30pm` as `9:00-14:30`.
fn by_24_hours(text: &str) -> String {
    let lower =
        text.to_lowercase().replace("a.m.", "am").replace("p.m.", "pm").replace(" am", "am").replace(" pm", "pm");
    if !lower.contains("am") && !lower.contains("pm") {
        return text.to_owned();
    }
    let mut made = String::new();
    let mut rest = lower.as_str();
    while let Some(first) = rest.chars().next() {
        let length = rest.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(rest.len());
        let (number, after) = rest.split_at(length);
        let half = if after.starts_with("am") { Some(0) } else { after.starts_with("pm").then_some(12) };
        let (hour, minute) = number.split_once(':').unwrap_or((number, "00"));
        match (half, hour.parse::<u16>()) {
            (Some(half), Ok(hour)) if length > 0 && (1..=12).contains(&hour) => {
                made.push_str(&format!("{:02}:{minute}", hour % 12 + half));
                rest = after.get(2..).unwrap_or_default();
            }
            _ if length > 0 => {
                made.push_str(number);
                rest = after;
            }
            _ => {
                made.push(first);
                rest = after.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
    made
}

/// `9-11` as `9:00-11:00`.
fn whole_hours(text: &str) -> String {
    let mut made = String::with_capacity(text.len() + 6);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = digits_at_start(rest);
        let end = if digits == 0 { first.len_utf8() } else { digits };
        let (part, after) = rest.split_at(end);
        made.push_str(part);
        let bare = (1..=2).contains(&digits)
            && !after.starts_with([':', '点', '时', '分', '月', '日', '号', '年', '半', '/', '.']);
        let minutes = made.strip_suffix(part).is_some_and(|before| before.ends_with([':', '点', '时', '/']));
        if bare && !minutes {
            made.push_str(":00");
        }
        rest = after;
    }
    made
}

/// `9:5` as `9:05`.
fn two_digits(text: &str) -> String {
    replaced(text, |before, mark, after| {
        (mark == ':' && digits_at_end(before) > 0 && digits_at_start(after) == 1).then(|| ":0".to_owned())
    })
}

/// An end of twelve hours later, where it stands before the beginning: `14:30-5:00` as `14:30-17:00`.
pub(super) fn later(text: &str) -> Option<String> {
    let at = text.rfind(['-', '~', '～', '—', '至', '到'])?;
    let mark = text.get(at..)?.chars().next()?;
    let (start, end) = (text.get(..at)?, text.get(at + mark.len_utf8()..)?.trim());
    let (hour, minute) = end.split_once(':')?;
    let hour: u16 = hour.parse().ok().filter(|hour| (1..12).contains(hour))?;
    Some(format!("{start}{mark}{}:{minute}", hour + 12))
}

fn digits_at_end(text: &str) -> usize {
    text.bytes().rev().take_while(u8::is_ascii_digit).count()
}

fn digits_at_start(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The text with characters replaced, each by what is made of it between what stands before and after it.
fn replaced(text: &str, replacement: impl Fn(&str, char, &str) -> Option<String>) -> String {
    let mut made = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + c.len_utf8()..).unwrap_or_default());
        match replacement(before, c, after) {
            Some(replaced) => made.push_str(&replaced),
            None => made.push(c),
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_other_forms_are_understood() {
        for (text, meant) in [
            ("9.30-11.30", "9:30-11:30"),
            ("周二 9.30-11.30", "周二 9:30-11:30"),
            ("下午3-5点", "下午3点-5点"),
            ("0930-1130", "09:30-11:30"),
            ("9am-2:30pm", "09:00-14:30"),
            ("9-11", "9:00-11:00"),
            ("9:00-11:30。", "9:00-11:30"),
            ("9:00 to 11:30", "9:00-11:30"),
        ] {
            let forms = forms(text);
            assert!(forms.iter().any(|(form, _)| form == meant), "{text}: {forms:?}");
        }
        assert_eq!(later("14:30-5:00").as_deref(), Some("14:30-17:00"));
    }

    #[test]
    fn a_date_is_no_time() {
        assert_eq!(with_colons("2026.10.01"), "2026.10.01");
        assert_eq!(with_colons("1.10.26"), "1.10.26");
    }
}
