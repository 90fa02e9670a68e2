//! Lists of a year's holidays, as calendar programs and services of the web have them → public calendars.
//!
//! Two forms: an iCalendar file (RFC 5545) with events that last whole days, and JSON that lists days: by `date`, with a
//! `name` and, where make-up workdays are listed too, `isOffDay`. Days of one name in a row are one holiday; a make-up
//! workday belongs to the holiday of its name, else to the nearest. Each year becomes a calendar of its own. Events at
//! times, events that recur, and days on which people work as ever are said and left out.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use serde_yaml::{Mapping, Value};

use super::draft::Draft;
use super::findings::Findings;
use crate::calendar::{Date, DateSpan, Day};
use crate::diagnostics::{Code, Problem};

/// Most days that are read of a file.
const MOST: usize = 5000;
/// The longest holiday, in days.
const LONGEST: usize = 62;

/// How far a make-up workday is from a holiday whose name it does not have, in days.
const NEAR: i32 = 21;

/// One entry of a list.
struct Entry {
    name: String,
    days: DateSpan,
    is_workday: bool,
}

/// A list, and what it is called.
#[derive(Default)]
struct List {
    title: Option<String>,
    url: Option<String>,
    entries: Vec<Entry>,
}

impl List {
    fn add(&mut self, name: &str, days: DateSpan, is_workday: bool) {
        if self.entries.len() < MOST {
            self.entries.push(Entry { name: name.to_owned(), days, is_workday });
        }
    }
}

/// Whether a text is an iCalendar file.
pub(super) fn is_calendar(text: &str) -> bool {
    text.trim_start_matches('\u{feff}')
        .trim_start()
        .get(..15)
        .is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR"))
}

/// The calendars of an iCalendar file.
pub(super) fn of_calendar(text: &str, file: &str, region: &str, findings: &mut Findings) -> Vec<Draft> {
    let lines = unfolded(text);
    let of_all = |name: &str| lines.iter().find_map(|line| value(line, name)).map(plain);
    let mut list = List { title: of_all("X-WR-CALNAME"), ..List::default() };
    let marks_public = lines.iter().filter_map(|line| value(line, "DESCRIPTION")).any(is_public);
    for event in lines.split(|line| line.eq_ignore_ascii_case("BEGIN:VEVENT")).skip(1) {
        let event = own_lines(event);
        let of = |name: &str| event.iter().find_map(|line| value(line, name));
        let summary = of("SUMMARY").map(plain).unwrap_or_default();
        let start = of("DTSTART").unwrap_or_default();
        let text = if summary.is_empty() { start } else { summary.as_str() };
        let mut leave = |why: &'static str| {
            findings.on_file(Problem::new(Code::HolidayLeft).with("text", text).with_word("why", why));
        };
        if marks_public && !of("DESCRIPTION").is_some_and(is_public) {
            leave("holiday-observance");
        } else if of("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED")) {
            leave("holiday-cancelled");
        } else if summary.trim().is_empty() {
            leave("holiday-nameless");
        } else if of("RRULE").or(of("RDATE")).is_some() {
            leave("holiday-recurs");
        } else {
            match whole_days(of("DTSTART"), of("DTEND"), of("DURATION")) {
                Some(days) => list.add(name_of(&summary), days, is_workday(&summary)),
                None => leave("holiday-times"),
            }
        }
    }
    drafts(list, file, region, findings)
}

/// The lines of an event without those of what stands within it, such as an alarm.
fn own_lines(lines: &[String]) -> Vec<&String> {
    let begins = |line: &str| line.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:"));
    let ends = |line: &str| line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("END:"));
    let mut depth = 0_usize;
    let mut own = Vec::new();
    for line in lines.iter().take_while(|line| !line.eq_ignore_ascii_case("END:VEVENT")) {
        match (begins(line), ends(line)) {
            (true, _) => depth += 1,
            (_, true) => depth = depth.saturating_sub(1),
            _ if depth == 0 => own.push(line),
            _ => {}
        }
    }
    own
}

/// Lines that go on behind a line end and a blank, put together.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim_start_matches('\u{feff}').lines() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest.trim_end_matches('\r')),
            _ => lines.push(line.trim_end().to_owned()),
        }
    }
    lines
}

/// What a property says: `SUMMARY;LANGUAGE=zh:国庆节`.
fn value<'l>(line: &'l str, name: &str) -> Option<&'l str> {
    let start = line.get(..name.len()).filter(|start| start.eq_ignore_ascii_case(name))?;
    let rest = line.get(start.len()..).filter(|rest| rest.starts_with([':', ';']))?;
    rest.split_once(':').map(|(_, value)| value.trim())
}

/// A text without the marks that iCalendar puts before commas and the like.
fn plain(text: &str) -> String {
    text.replace("\\n", " ").replace("\\N", " ").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
}

/// Whether a description says that the day is a public holiday, where some say that others are not.
fn is_public(description: &str) -> bool {
    let lower = description.to_lowercase();
    ["public holiday", "公共假期", "公众假期", "法定"].iter().any(|word| lower.contains(word))
}

/// The days of an event that lasts whole days; its end is the day after the last.
fn whole_days(start: Option<&str>, end: Option<&str>, duration: Option<&str>) -> Option<DateSpan> {
    let day = |text: &str| {
        let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| Day::read(&format!("{}-{}-{}", text.get(..4)?, text.get(4..6)?, text.get(6..)?)).ok()).flatten()
    };
    let first = day(start?)?.0;
    let last = match (end, duration) {
        // Some programs write the day itself as its end.
        (Some(end), _) => day(end).map(|end| end.0).filter(|end| *end >= first)?.yesterday().ok()?.max(first),
        (None, Some(duration)) => {
            let count = duration.strip_prefix('P')?.strip_suffix('D')?.parse::<i64>().ok()?;
            first.checked_add(jiff::Span::new().try_days(count - 1).ok()?).ok()?
        }
        (None, None) => first,
    };
    DateSpan::new(first, last).filter(|days| days.days().nth(LONGEST).is_none())
}

/// Whether people work on the day: `国庆节（班）`, `国庆节 补班 第1天/共2天`.
fn is_workday(summary: &str) -> bool {
    let lower = summary.to_lowercase();
    ["补班", "上班", "（班）", "(班)", "[班]", "调休工作日", "make-up", "makeup", "workday", "working day"]
        .iter()
        .any(|word| lower.contains(word))
}

/// The holiday's own name: `国庆节` of `国庆节（休）` and of `国庆节 假期 第1天/共8天`.
fn name_of(summary: &str) -> &str {
    let ends = ["（", "(", "[", " 第", " 假期", " 补班", " 休", " 班", "假期", "补班", "放假", "调休", "上班"];
    let end = ends.iter().filter_map(|end| summary.find(end)).filter(|at| *at > 0).min();
    summary.get(..end.unwrap_or(summary.len())).unwrap_or(summary).trim()
}

/// The calendars of a JSON text; nothing if it lists no days.
pub(super) fn of_json(text: &str, file: &str, region: &str, findings: &mut Findings) -> Option<Vec<Draft>> {
    let json: Json = serde_json::from_str(text).ok()?;
    let named = |key: &str| json.get(key);
    let items: Vec<&Json> = match &json {
        Json::Array(items) => items.iter().collect(),
        _ => match ["days", "holidays", "events", "holiday"].iter().find_map(|key| named(key))? {
            Json::Array(items) => items.iter().collect(),
            Json::Object(by_day) => by_day.values().collect(),
            _ => return None,
        },
    };
    let is_day = |item: &&&Json| date_in(item).is_some() && name_in(item).is_some();
    if items.is_empty() || items.iter().filter(is_day).count() * 2 <= items.len() {
        return None;
    }
    let paper = named("papers").and_then(|papers| papers.get(0)).and_then(Json::as_str);
    let mut list = List { url: paper.filter(|url| url.starts_with("https://")).map(str::to_owned), ..List::default() };
    for item in items {
        let (name, date) = (name_in(item).unwrap_or_default(), date_in(item).unwrap_or_default());
        let truth = |keys: &[&str]| keys.iter().find_map(|key| item.get(key).and_then(Json::as_bool));
        let is_off = truth(&["isOffDay", "is_off_day", "holiday", "off"]);
        let types = item.get("types").and_then(Json::as_array);
        let is_public = types.is_none_or(|types| types.iter().any(|of| of.as_str() == Some("Public")));
        let is_everywhere = truth(&["global"]).unwrap_or(true);
        let mut leave = |why: &'static str| {
            let text = format!("{date} {name}");
            let text = if text.trim().is_empty() { item.to_string() } else { text };
            findings.on_file(Problem::new(Code::HolidayLeft).with("text", &text).with_word("why", why));
        };
        match Day::read(&date) {
            Err(_) => leave("holiday-date"),
            Ok(_) if name.is_empty() => leave("holiday-nameless"),
            Ok(_) if !is_public => leave("holiday-observance"),
            Ok(_) if !is_everywhere => leave("holiday-elsewhere"),
            Ok(day) => {
                if let Some(days) = DateSpan::new(day.0, day.0) {
                    list.add(name_of(name), days, is_off == Some(false));
                }
            }
        }
    }
    Some(drafts(list, file, region, findings))
}

/// The date of an item: a text, with a time of midnight or without, or a number of eight digits.
fn date_in(item: &Json) -> Option<String> {
    match item.get("date")? {
        Json::String(text) => Some(text.split_once("T00:00").map_or(text.as_str(), |(date, _)| date).to_owned()),
        Json::Number(number) => {
            let digits = number.to_string();
            Some(format!("{}-{}-{}", digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?))
        }
        _ => None,
    }
}

fn name_in(item: &Json) -> Option<&str> {
    fn text(value: &Json) -> Option<&str> {
        match value {
            Json::String(text) => Some(text.as_str()),
            Json::Object(texts) => {
                let known = ["zh-Hans", "zh-CN", "zh", "en"].iter().find_map(|key| texts.get(*key)?.as_str());
                known.or_else(|| texts.values().find_map(Json::as_str))
            }
            _ => None,
        }
    }
    let name = ["localName", "name", "title", "summary"].iter().find_map(|key| text(item.get(key)?));
    name.filter(|name| !name.trim().is_empty())
}

/// A holiday while it is put together.
struct Holiday {
    name: String,
    days: DateSpan,
    makeup: Vec<Date>,
}

/// A calendar for each year.
fn drafts(list: List, file: &str, region: &str, findings: &mut Findings) -> Vec<Draft> {
    let List { title, url, mut entries } = list;
    entries.sort_by_key(|entry| entry.days);
    let mut years: BTreeMap<i16, Vec<Holiday>> = BTreeMap::new();
    for Entry { name, days, .. } in entries.iter().filter(|entry| !entry.is_workday) {
        let holidays = years.entry(year_of(name, *days)).or_default();
        match holidays.last_mut() {
            Some(last) if last.name == *name && last.days.last().tomorrow().is_ok_and(|next| days.first() <= next) => {
                last.days = DateSpan::new(last.days.first(), days.last().max(last.days.last())).unwrap_or(last.days);
            }
            _ => holidays.push(Holiday { name: name.clone(), days: *days, makeup: Vec::new() }),
        }
    }
    for Entry { name, days, .. } in entries.iter().filter(|entry| entry.is_workday) {
        let far = |holiday: &Holiday| {
            let days_off = [holiday.days.first(), holiday.days.last()].map(|off| (off - days.first()).get_days().abs());
            (holiday.name != *name, days_off.into_iter().min().unwrap_or(i32::MAX))
        };
        // That of another holiday is not weeks away.
        let near = |holiday: &&mut Holiday| far(holiday).1 <= if holiday.name == *name { LONGEST as i32 } else { NEAR };
        let holidays = years.values_mut().flatten();
        match holidays.filter(near).min_by_key(|holiday| far(holiday)) {
            Some(holiday) => {
                holiday.makeup.extend(days.days());
                holiday.makeup.sort();
                holiday.makeup.dedup();
            }
            None => {
                let text = format!("{} {name}", days.first());
                let problem = Problem::new(Code::HolidayLeft).with("text", &text);
                findings.on_file(problem.with_word("why", "holiday-alone"));
            }
        }
    }
    let country = region.split('-').next().unwrap_or(region);
    let title = title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| file.to_owned());
    let draft = |(year, holidays): (i16, Vec<Holiday>)| {
        let mut source = Mapping::from_iter([(Value::from("title"), Value::from(title.as_str()))]);
        source.extend(url.as_deref().map(|url| (Value::from("url"), Value::from(url))));
        let mut shown = Vec::new();
        let holidays: Vec<Value> = holidays
            .into_iter()
            .map(|holiday| {
                let makeup: Vec<String> = holiday.makeup.iter().map(Date::to_string).collect();
                shown.push(vec![holiday.name.clone(), String::from(holiday.days), makeup.join(" ")]);
                let mut record = Mapping::new();
                record.insert("name".into(), holiday.name.into());
                record.insert("days".into(), String::from(holiday.days).into());
                if !makeup.is_empty() {
                    record.insert("makeup_workdays".into(), makeup.into());
                }
                Value::Mapping(record)
            })
            .collect();
        let mut record = Mapping::new();
        record.insert("year".into(), year.into());
        record.insert("region".into(), country.into());
        record.insert("source".into(), Value::Mapping(source));
        record.insert("holidays".into(), Value::Sequence(holidays));
        Draft { folder: "calendar", id: format!("{country}-{year}"), record, shown, ..Draft::default() }
    };
    years.into_iter().map(draft).collect()
}

/// The year to which a holiday belongs: New Year’s may begin in December.
fn year_of(name: &str, days: DateSpan) -> i16 {
    let is_new_year = name.contains("元旦") || name.to_lowercase().contains("new year");
    let (first, last) = (days.first(), days.last());
    match first.month() == 12 && is_new_year && first.day() > 25 {
        true => first.year() + 1,
        false => {
            if first.year() == last.year() {
                first.year()
            } else {
                last.year()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_workdays_are_known_in_the_usual_forms() {
        for (summary, name, is_work) in [
            ("国庆节（休）", "国庆节", false),
            ("国庆节(班)", "国庆节", true),
            ("国庆节 假期 第1天/共8天", "国庆节", false),
            ("春节 补班 第2天/共2天", "春节", true),
            ("元旦假期", "元旦", false),
            ("Spring Festival (working day)", "Spring Festival", true),
            ("Early May bank holiday", "Early May bank holiday", false),
            ("休息日", "休息日", false),
        ] {
            assert_eq!((name_of(summary), is_workday(summary)), (name, is_work), "{summary}");
        }
    }

    #[test]
    fn an_event_ends_on_the_day_before_its_end() {
        let days = |start, end, duration| whole_days(Some(start), end, duration).map(String::from);
        assert_eq!(days("20261001", Some("20261008"), None).as_deref(), Some("2026-10-01..2026-10-07"));
        assert_eq!(days("20261001", None, Some("P2D")).as_deref(), Some("2026-10-01..2026-10-02"));
        assert_eq!(days("20261001", Some("20261001"), None).as_deref(), Some("2026-10-01"));
        for (start, end) in [
            ("20261001T090000Z", "20261001T100000Z"),
            ("20261301", "20261302"),
            ("20261001", "20271001"),
            ("20261001", "20260901"),
        ] {
            assert_eq!(days(start, Some(end), None), None);
        }
        assert_eq!(days("20261001", None, Some("P99999999999D")), None);
    }
}
