//! The days that a row of a list names, with what people put beside them: `周二、周四下午`, `周二（单周）`,
//! `每周三、周五上午`, `周一至周五（节假日除外）`.

use super::entry::rule;
use super::vocabulary::{is_date, says_how_often, weekday_head};
use crate::calendar::WeekdaySet;

/// Parts of the day as they stand behind weekdays, and what each is called.
const PARTS: [(&str, &str); 13] = [
    ("凌晨", "凌晨"),
    ("早晨", "早上"),
    ("早上", "早上"),
    ("上午", "上午"),
    ("中午", "中午"),
    ("下午", "下午"),
    ("午后", "下午"),
    ("傍晚", "傍晚"),
    ("晚上", "晚上"),
    ("晚间", "晚上"),
    ("夜间", "晚上"),
    ("早", "早上"),
    ("晚", "晚上"),
];

/// The days of a row.
#[derive(Debug)]
pub(super) struct RowDays {
    /// Its weekdays.
    pub(super) days: WeekdaySet,
    /// How often, before the weekdays: `单周 `, `每月第一个`.
    pub(super) rule: Option<String>,
    /// The part of the day that is named with them.
    pub(super) part: Option<&'static str>,
    /// What else is said of them.
    pub(super) remarks: Vec<String>,
    /// Whether something is said of how often that cannot be read.
    pub(super) doubtful: bool,
}

impl RowDays {
    /// The days of a text; nothing if it names none, or some in a way of their own.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut row = Self { days: WeekdaySet::NONE, rule: None, part: None, remarks: Vec::new(), doubtful: false };
        let plain = text.replace(['\n', '\u{3000}'], " ").replace('週', "周").replace('&', ",").replace(" and ", ",");
        let (plain, inside) = without_brackets(&plain);
        let every = plain.replace("每周", "周").replace("每星期", "星期").replace("每逢", "").replace("每个周", "周");
        let mut plain = every.trim();
        for (word, rule) in [("单周", "单周 "), ("双周", "双周 ")] {
            let bare = word.trim_end_matches('周');
            // 单周二 is 单 and 周二.
            let ways = [plain.strip_prefix(word), plain.strip_suffix(word), plain.strip_prefix(bare)];
            let found = ways.into_iter().flatten().find(|rest| WeekdaySet::read(part_of(rest).0).is_ok());
            if let Some(rest) = found {
                (plain, row.rule) = (rest.trim(), Some(rule.to_owned()));
            }
        }
        // Last Friday is one of the month.
        if let Some((rule, Some(day))) = rule(plain).filter(|_| plain.is_ascii()) {
            (row.rule, row.days) = (Some(rule), day);
            return Some(row);
        }
        let (named, part) = part_of(plain);
        row.part = part;
        // On Tuesdays.
        let singular = if named.is_ascii() { named.to_lowercase().replace("days", "day") } else { String::new() };
        row.days = match WeekdaySet::read(named).or_else(|problem| WeekdaySet::read(&singular).map_err(|_| problem)) {
            Ok(days) => days,
            Err(_) => {
                let (days, theme) = weekday_head(named, false)?;
                // Another weekday with a part of the day of its own: which time is whose, nobody knows.
                if theme.as_deref().is_some_and(|theme| ["周", "星期", "礼拜"].iter().any(|day| theme.contains(day)))
                {
                    return None;
                }
                // Second, alternate: not each of them.
                row.doubtful |= theme.as_deref().is_some_and(|theme| theme.is_ascii() || says_how_often(theme));
                row.remarks.extend(theme);
                days
            }
        };
        for text in inside {
            row.say(&text);
        }
        // 每月第一个 is of one weekday.
        row.doubtful |= row.rule.as_deref().is_some_and(|rule| rule.starts_with("每月")) && row.days.iter().count() > 1;
        Some(row)
    }

    /// Takes in what stands in brackets.
    pub(super) fn say(&mut self, text: &str) {
        match rule(text) {
            Some((rule, day)) if self.rule.is_none() && day.is_none_or(|day| day == self.days) => {
                self.rule = Some(rule);
            }
            Some(_) => self.doubt(text),
            None => match part_of(text) {
                ("", part) if self.part.is_none() => self.part = part,
                _ if is_date(text) || text.trim().is_empty() || text.trim() == "每周" => {}
                _ if says_how_often(text) => self.doubt(text),
                _ => self.remarks.push(text.trim().to_owned()),
            },
        }
    }

    fn doubt(&mut self, text: &str) {
        self.doubtful = true;
        self.remarks.push(text.trim().to_owned());
    }
}

/// A text without the part of the day at its end, and that part.
fn part_of(text: &str) -> (&str, Option<&'static str>) {
    let text = text.trim();
    let found = PARTS.iter().find_map(|(word, part)| Some((text.strip_suffix(word)?, *part)));
    found.map_or((text, None), |(before, part)| (before.trim(), Some(part)))
}

/// A text without its brackets, and what stands in them.
pub(super) fn without_brackets(text: &str) -> (String, Vec<String>) {
    let (mut plain, mut inside) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(['（', '(']) {
        let Some((within, behind)) = after.split_once(['）', ')']) else { break };
        plain.push_str(before);
        inside.push(within.to_owned());
        rest = behind;
    }
    plain.push_str(rest);
    (plain, inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_with_what_stands_beside_them() {
        let shown = |text: &str| {
            let row = RowDays::read(text)?;
            let rule = row.rule.unwrap_or_default();
            let days = String::from(row.days);
            let more = row.remarks.join("+");
            Some(format!("{rule}{days} {} {more}{}", row.part.unwrap_or_default(), if row.doubtful { "!" } else { "" }))
        };
        for (text, read) in [
            ("周二、周四下午", "tue,thu 下午 "),
            ("周二、四、六晚", "tue,thu,sat 晚上 "),
            ("每周三、周五上午", "wed,fri 上午 "),
            ("周一、周二、周三上午", "mon-wed 上午 "),
            ("周二（单周）", "单周 tue  "),
            ("双周周二下午", "双周 tue 下午 "),
            ("单周二", "单周 tue  "),
            ("周一至周五（节假日除外）", "mon-fri  节假日除外"),
            ("周三（12月2日）", "wed  "),
            ("周三（每月第一个）", "每月第一个wed  "),
            ("周一、周三（每月第一个）", "每月第一个mon,wed  !"),
            ("周三（隔周）", "wed  隔周!"),
            ("周一/周三", "mon,wed  "),
            ("Mon & Wed", "mon,wed  "),
            ("Tuesdays and Fridays", "tue,fri  "),
            ("Last Friday", "last fri  "),
            ("Second and fourth Friday", "fri  Second fourth!"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(read), "{text}");
        }
        for text in ["周二上午、周四下午", "下午", "二、四", "节假日"] {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
