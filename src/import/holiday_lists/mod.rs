//! Lists of a year's holidays, as calendar programs and services of the web have them → public calendars.
//!
//! Two forms: an iCalendar file (RFC 5545) with events that last whole days, and JSON that lists days: by `date`, with a
//! `name` and, where make-up workdays are listed too, `isOffDay`. Days of one name in a row are one holiday; a make-up
//! workday belongs to the holiday of its name, else to the nearest. Each year becomes a calendar of its own. Events at
//! times, events that recur, and days on which people work as ever are said and left out.

mod days;
mod events;

pub(super) use days::of_json;
pub(super) use events::{is_calendar, of_calendar};

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value};

use super::draft::Draft;
use super::findings::Findings;
use crate::calendar::{Date, DateSpan};
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
}
