//! The State Council's notice of a year's holidays, as people paste it → the public calendar.
//!
//! `一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。` Every weekday and every count that the notice
//! names is compared with its dates: a notice that contradicts itself was not copied right.

use serde_yaml::{Mapping, Value};

use super::draft::Draft;
use super::findings::Findings;
use crate::calendar::{Date, DateSpan, Day, WeekdaySet};
use crate::diagnostics::{Code, Problem};

/// What the days off are called, also where no colon follows.
const NAMES: [&str; 13] =
    ["元旦", "春节", "除夕", "清明节", "清明", "劳动节", "五一", "端午节", "端午", "中秋节", "中秋", "国庆节", "国庆"];
/// The words for a workday that makes up for a day off.
const AT_WORK: [&str; 2] = ["上班", "补班"];

/// Whether a text is such a notice.
pub(super) fn is_notice(text: &str) -> bool {
    text.contains("放假") && ["节假日", "上班", "补班", "放假安排"].iter().any(|word| text.contains(word))
}

/// The name on a line and what is said of it; nothing where it tells of no holiday.
fn named(line: &str) -> Option<(&str, &str)> {
    let line = match line.split_once('、') {
        Some((number, rest)) if is_number(number) => rest,
        _ => line,
    };
    let known = NAMES.iter().find_map(|name| Some((*name, line.strip_prefix(name)?)));
    let parted = line.split_once(['：', ':']).filter(|(name, _)| !name.contains(|c: char| c.is_ascii_digit()));
    let (name, said) = parted.or(known)?;
    (said.contains("放假") || (NAMES.contains(&name) && said.contains('月'))).then_some((name, said))
}

/// Whether a line gives days of a holiday or of work, in whatever words.
fn tells_days(line: &str) -> bool {
    let has_days = line.char_indices().any(|(at, c)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        matches!(c, '月' | '日' | '号' | '天') && before.is_some_and(|c| c.is_ascii_digit())
    });
    has_days && NAMES.iter().chain(&AT_WORK).chain(&["放假", "调休"]).any(|word| line.contains(word))
}

/// The calendar of a notice.
pub(super) fn draft(text: &str, findings: &mut Findings) -> Option<Draft> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() || *c == '\n').collect();
    let Some(year) = year(&plain) else {
        findings.on_file(Problem::new(Code::NothingToImport));
        return None;
    };
    let mut holidays = Vec::new();
    let mut shown = Vec::new();
    for (number, line) in (1..).zip(plain.split('\n')) {
        let Some((name, said)) = named(line) else {
            if tells_days(line) {
                findings.on_line(number, Problem::new(Code::HolidayNotUnderstood).with("text", line));
            }
            continue;
        };
        match occasion(said, year) {
            Some((days, makeup)) => {
                let mut holiday = Mapping::new();
                holiday.insert("name".into(), name.into());
                holiday.insert("days".into(), String::from(days).into());
                let makeup: Vec<String> = makeup.iter().map(Date::to_string).collect();
                shown.push(vec![name.to_owned(), String::from(days), makeup.join(" ")]);
                if !makeup.is_empty() {
                    holiday.insert("makeup_workdays".into(), makeup.into());
                }
                holidays.push(Value::Mapping(holiday));
            }
            None => findings.on_line(number, Problem::new(Code::HolidayNotUnderstood).with("text", line)),
        }
    }
    if holidays.is_empty() {
        findings.on_file(Problem::new(Code::NothingToImport));
        return None;
    }
    let mut record = Mapping::new();
    record.insert("year".into(), year.into());
    record.insert("region".into(), "CN".into());
    record.insert("source".into(), source(&plain, year).into());
    record.insert("holidays".into(), Value::Sequence(holidays));
    Some(Draft { folder: "calendar", id: format!("CN-{year}"), record, shown, ..Draft::default() })
}

/// What stands before `一、元旦` and not before `国庆节、中秋节`.
fn is_number(text: &str) -> bool {
    text.chars().all(|c| "（一二三四五六七八九十）".contains(c))
}

/// The year that the notice is about.
fn year(text: &str) -> Option<i16> {
    let before = text.find("年部分节假日").or_else(|| text.find("年\n部分节假日")).or_else(|| text.find("年节假日"));
    let at = before.or_else(|| text.find('年'))?;
    let digits: String = text.get(..at)?.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    digits.parse().ok().filter(|year| (1949..=2199).contains(year))
}

/// The days off and the workdays that make up for them.
fn occasion(said: &str, year: i16) -> Option<(DateSpan, Vec<Date>)> {
    let whole = || said.split_once(['，', '。', '；']).or(Some((said, "")));
    let (off, rest) = said.split_once("放假").or_else(whole)?;
    let mut reader = Reader { year, month: None };
    let days = match off.split_once('至').or_else(|| off.split_once('到')).or_else(|| off.split_once('-')) {
        Some((first, last)) => DateSpan::new(reader.date(first)?, reader.date(last)?)?,
        None => {
            let day = reader.date(off)?;
            DateSpan::new(day, day)?
        }
    };
    let counted = rest.split_once('共').or(Some(("", rest)))?.1;
    let count: String = counted.chars().take_while(char::is_ascii_digit).collect();
    if !count.is_empty() && count.parse().ok() != Some(days.days().count()) {
        return None;
    }
    let mut makeup = Vec::new();
    let sentences = rest.split(['。', '，', '；']);
    for dates in sentences.filter_map(|sentence| AT_WORK.iter().find_map(|word| Some(sentence.split_once(word)?.0))) {
        for part in without_commas_in_brackets(dates).split(['、', '和']).filter(|part| !part.is_empty()) {
            makeup.push(reader.date(part)?);
        }
    }
    Some((days, makeup))
}

/// A text in which marks between brackets part nothing.
fn without_commas_in_brackets(text: &str) -> String {
    let mut depth = 0_i32;
    let keep = |c: char| {
        depth += i32::from(matches!(c, '（' | '(')) - i32::from(matches!(c, '）' | ')'));
        if depth > 0 && c == '、' { ' ' } else { c }
    };
    text.chars().map(keep).collect()
}

/// Reads dates of which later ones leave out the month or the year.
struct Reader {
    year: i16,
    month: Option<i8>,
}

impl Reader {
    /// A date such as `2月15日（农历腊月二十八、周日）`, `23日（周一）` or `2023年12月30日`.
    fn date(&mut self, text: &str) -> Option<Date> {
        let (written, brackets) = match text.split_once(['（', '(']) {
            Some((written, brackets)) => (written, brackets),
            None => (text, ""),
        };
        let written = written.trim_matches(['、', '，', '。']);
        let (year, rest) = match written.split_once('年') {
            Some((year, rest)) => (year.parse().ok()?, rest),
            None => (self.year, written),
        };
        let (month, rest) = match rest.split_once('月') {
            Some((month, rest)) => (month.parse().ok()?, rest),
            None => (self.month?, rest),
        };
        self.month = Some(month);
        let date = Day::read(&format!("{year}年{month}月{rest}")).ok()?.0;
        let weekday = brackets.split(['、', '）', ')', '，', ' ']).find_map(|part| WeekdaySet::read(part.trim()).ok());
        weekday.is_none_or(|day| day.contains(date.weekday())).then_some(date)
    }
}

/// The notice itself, as far as the text names it.
fn source(text: &str, year: i16) -> Mapping {
    let mut source = Mapping::new();
    let issuer = text.contains("国务院办公厅").then_some("国务院办公厅");
    let of = issuer.map(|issuer| format!("{issuer}关于")).unwrap_or_default();
    let first = || text.lines().find(|line| !line.is_empty()).unwrap_or_default().to_owned();
    let is_official = issuer.is_some() || text.contains("部分节假日安排");
    let title = if is_official { format!("{of}{year}年部分节假日安排的通知") } else { first() };
    source.insert("title".into(), title.into());
    if let Some(number) =
        text.lines().find(|line| line.contains('〔') && line.ends_with('号') && line.chars().count() < 30)
    {
        source.insert("number".into(), number.into());
    }
    if let Some(issuer) = issuer {
        source.insert("issuer".into(), issuer.into());
    }
    if let Some(day) = text.lines().rev().find_map(|line| Day::read(line).ok()) {
        source.insert("issued".into(), day.0.to_string().into());
    }
    source
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(said: &str) -> Option<(String, Vec<String>)> {
        occasion(said, 2026).map(|(days, makeup)| (days.into(), makeup.iter().map(Date::to_string).collect()))
    }

    #[test]
    fn occasions_are_read_and_a_slip_of_the_copyist_is_found() {
        let both =
            |days: &str, makeup: &[&str]| Some((days.to_owned(), makeup.iter().map(|day| (*day).to_owned()).collect()));
        assert_eq!(
            read(
                "2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。"
            ),
            both("2026-02-15..2026-02-23", &["2026-02-14", "2026-02-28"])
        );
        assert_eq!(read("4月4日（周六）至6日（周一）放假，共3天。"), both("2026-04-04..2026-04-06", &[]));
        assert_eq!(read("1月1日（周四）放假1天，不调休。"), both("2026-01-01", &[]));
        assert_eq!(read("2025年12月30日至1月1日放假调休，共3天。"), both("2025-12-30..2026-01-01", &[]));
        assert_eq!(read("2025年12月30日至1月1日放假调休，共2天。"), None);
        assert_eq!(read("4月4日（周日）至6日（周一）放假，共3天。"), None);
        assert_eq!(read("4月4日（周六）至6日（周一）放假，共4天。"), None);
        assert_eq!(read("2月30日放假。"), None);
        assert_eq!(
            read("2月5日-11日放假7天，1月31日、2月14日补班"),
            both("2026-02-05..2026-02-11", &["2026-01-31", "2026-02-14"])
        );
        assert_eq!(read("5月1日至5月5日"), both("2026-05-01..2026-05-05", &[]));
    }

    #[test]
    fn a_line_with_days_is_read_or_said() {
        assert_eq!(named("春节2月5日-11日放假7天"), Some(("春节", "2月5日-11日放假7天")));
        assert_eq!(named("五一：5月1日至5月5日"), Some(("五一", "5月1日至5月5日")));
        assert_eq!(named("七、国庆节、中秋节：10月1日放假"), Some(("国庆节、中秋节", "10月1日放假")));
        for line in ["10月1日到10月7日国庆，9月26号补班", "清明节放假3天。"] {
            assert!(named(line).is_none_or(|(_, said)| occasion(said, 2027).is_none()) && tells_days(line), "{line}");
        }
        for line in ["2027年放假安排", "现将2027年元旦、春节放假调休日期的具体安排通知如下。", "2026年11月4日"]
        {
            assert!(named(line).is_none() && !tells_days(line), "{line}");
        }
    }
}
