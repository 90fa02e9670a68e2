//! A list of who is on duty when → a duty roster.
//!
//! Weekdays make residents. Dates and spans of dates make a rotation, if one gives every date to whom the list does;
//! otherwise the list is refused: a roster that says something else on one day is worse than none. Of the rotations that
//! do, that with the fewest turns is taken: weeks where whole weeks are listed, days otherwise.

use serde_yaml::{Mapping, Value};

use super::dates::span_in;
use super::draft::Draft;
use super::entry::has_phone;
use super::findings::Findings;
use super::grid::Grid;
use super::known::{Known, named_in};
use super::listed_days::{ListedDays, Unread, disagrees, outside};
use super::persons::{MARKS, is_named_by_office, names_person_by_label, without_persons};
use super::table::{Headings, Table};
use super::vocabulary::{is_nothing, is_stopped, weekday_head};
use super::{Wishes, written};
use crate::calendar::{Date, Day, TimeRange, Turn, Turns, WeekdaySet};
use crate::content::LanguageTag;
use crate::diagnostics::{Code, Problem};

pub(super) const HEADINGS: Headings = &[
    (
        "who",
        &["值班人", "值班人员", "值班", "值班岗位", "岗位", "人员", "值班组", "组别", "duty", "on duty", "who", "role"],
    ),
    ("lead", &["带班领导", "带班", "带班人", "带班人员", "带班干部", "值班领导"]),
    ("date", &["日期", "值班日期", "时间段", "date", "day"]),
    ("weekday", &["星期", "周几", "星期几", "weekday"]),
    ("time", &["时间", "值班时间", "时段", "time"]),
];

/// The roster of a list.
pub(super) fn draft(
    mut table: Table<'_>,
    stem: &str,
    known: &Known,
    wishes: &Wishes,
    findings: &mut Findings,
) -> Option<Draft> {
    let second = HEADINGS.first().and_then(|(_, words)| table.take_second(words));
    // The telephones of persons are said with them, and kept nowhere.
    let names_person = |row: u32| {
        let columns = second.into_iter().chain(table.columns.get("who").copied());
        columns.into_iter().any(|column| without_persons(table.grid.seen(row, column)).is_some())
    };
    let is_of_persons = |column: u32| {
        let mut texts = table.rows.iter().map(|row| (*row, table.grid.seen(*row, column)));
        texts.all(|(row, text)| is_nothing(text) || has_phone(text) && names_person(row))
            && table.rows.iter().any(|row| has_phone(table.grid.seen(*row, column)))
    };
    table.say_unknown_but(is_of_persons, findings);
    let above = table.above();
    let title = above.first().map(|(_, text)| *text);
    let all = above.iter().map(|(_, text)| *text).chain([stem]);
    let words = all.collect::<Vec<_>>().join("\n");
    let mut comments = Vec::new();
    for (at, text) in above.iter().skip(1).filter(|(_, text)| span_in(text).is_none()) {
        if names_person_by_label(text) {
            say_person(table.grid, *at, text, findings);
        } else {
            findings.not_understood(table.grid, *at, text);
            comments.push(text.replace('\n', " "));
        }
    }
    let (mut record, centre) = heading(title.unwrap_or(stem), &words, known, wishes, findings);
    let context = ListedDays::in_context(&words, wishes.valid);
    let people = People { table: &table, second, on_duty: on_duty(known) };
    let (turns, residents, time) = rows(&people, context, &mut comments, findings);
    let span = turns
        .first()
        .zip(turns.last())
        .and_then(|((first, ..), (last, ..))| crate::calendar::DateSpan::new(*first, *last));
    match wishes.valid.or(span).or_else(|| span_in(&words)) {
        Some(valid) => _ = record.insert("valid".into(), String::from(valid).into()),
        None => findings.on_file(lacks("import-valid", "--valid 2026-09-01..2027-01-15")),
    }
    if !residents.is_empty() {
        record.insert("resident".into(), Value::Sequence(residents));
    }
    if !turns.is_empty() {
        record.insert("rotation".into(), rotation(&table, &turns, time, known, findings)?);
    }
    let id = wishes.id.clone().or(centre).unwrap_or_else(|| super::proposed_id::of(stem));
    let shown =
        record.iter().filter_map(|(key, value)| Some(vec![key.as_str()?.to_owned(), written::flow(value)])).collect();
    Some(Draft { folder: "duty", id, record, comments, shown, ..Draft::default() })
}

/// What a roster begins with: its title, and its centre if that is known.
pub(super) fn heading(
    title: &str,
    words: &str,
    known: &Known,
    wishes: &Wishes,
    findings: &mut Findings,
) -> (Mapping, Option<String>) {
    let only = || known.centres.first().filter(|_| known.centres.len() == 1).map(|(id, _)| id.as_str());
    let centre = wishes.centre.as_deref().or_else(|| named_in(&known.centres, words)).or_else(only);
    let mut record = Mapping::from_iter([(Value::from("title"), Value::from(title))]);
    match centre {
        Some(centre) => _ = record.insert("centre".into(), centre.into()),
        None => findings.on_file(lacks("import-centre", "--centre ID")),
    }
    (record, centre.map(str::to_owned))
}

/// That a roster lacks something which an option says.
pub(super) fn lacks(what: &'static str, option: &str) -> Problem {
    Problem::new(Code::ImportLacks).with_word("what", what).with("option", option)
}

/// What somebody is called of whom nothing but the name is written.
pub(super) fn on_duty(known: &Known) -> &'static str {
    if known.first == LanguageTag::chinese() { "值班人员" } else { "on duty" }
}

/// Says that a person is named, whose name is not taken.
pub(super) fn say_person(grid: &Grid, at: (u32, u32), text: &str, findings: &mut Findings) {
    findings.at(grid, at, Problem::new(Code::NameOfPerson).with("text", &text.replace('\n', "、")));
}

/// Who is on duty in each row of a list.
struct People<'a, 't> {
    table: &'a Table<'t>,
    /// A second column that says who: persons in one, roles in the other.
    second: Option<u32>,
    /// What one is called of whom nothing but the name is written.
    on_duty: &'static str,
}

impl People<'_, '_> {
    /// The role of who is on duty, names left out and said; and what else stands in the row, for the comments of the file.
    fn of(&self, row: u32, findings: &mut Findings) -> Option<(String, Vec<String>)> {
        let grid = self.table.grid;
        let who = self.table.text(row, "who");
        let second = self.second.map(|column| (grid.seen(row, column), (row, column)));
        let written = [who.map(|text| (text, self.table.at(row, "who"))), second.filter(|(text, _)| !is_nothing(text))];
        let mut comments = self.table.comments(row);
        if let Some(lead) = self.table.text(row, "lead") {
            let at = self.table.at(row, "lead");
            match lead.split(MARKS).any(|part| is_named_by_office(part) || without_persons(part).is_some()) {
                true => say_person(grid, at, lead, findings),
                false => comments.push(format!("{}: {}", grid.seen(self.table.head, at.1), lead.replace('\n', "、"))),
            }
        }
        let (mut roles, mut named) = (Vec::new(), Vec::new());
        for (text, at) in written.into_iter().flatten() {
            match without_persons(text) {
                None => roles.push(text.replace('\n', "、")),
                Some(left) => {
                    named.push((text, at));
                    roles.extend(Some(left).filter(|left| !left.is_empty()));
                }
            }
        }
        if named.is_empty() && roles.is_empty() {
            return None;
        }
        // The telephone beside a person is that person's.
        let is_of_person = |comment: &String| !named.is_empty() && has_phone(comment);
        let numbers: Vec<String> = comments.iter().filter(|comment| is_of_person(comment)).cloned().collect();
        comments.retain(|comment| !is_of_person(comment));
        for (text, at) in &named {
            let all = std::iter::once((*text).to_owned()).chain(numbers.iter().cloned());
            say_person(grid, *at, &all.collect::<Vec<_>>().join("，"), findings);
        }
        let mut roles = roles.into_iter();
        let role = roles.next().unwrap_or_else(|| self.on_duty.to_owned());
        comments.extend(roles.filter(|other| *other != role));
        let comments = comments.into_iter().map(|comment| format!("{role}: {comment}")).collect();
        Some((role, comments))
    }
}

type Dated = (Date, String, (u32, u32));

/// Most dates that are read of a list.
const MOST_DATES: usize = 10_000;

/// The rows by date, those by weekday, and the time that all dated ones have.
fn rows(
    people: &People<'_, '_>,
    mut listed: ListedDays,
    comments: &mut Vec<String>,
    findings: &mut Findings,
) -> (Vec<Dated>, Vec<Value>, Option<TimeRange>) {
    let table = people.table;
    let (mut dated, mut residents, mut times) = (Vec::new(), Vec::new(), Vec::new());
    let lacks_year = listed.lacks_year(table.rows.iter().filter_map(|row| table.text(*row, "date")));
    for row in &table.rows {
        let Some((who, beside)) = people.of(*row, findings) else {
            if let Some(text) = table.grid.row(*row).map(|(_, text)| text).find(|text| is_stopped(text)) {
                let cell = table.grid.cell_name(*row, table.at(*row, "who").1);
                let problem = Problem::new(Code::CellStopped).with("text", text);
                findings.on_sheet(table.grid, problem.with_list("cells", [cell.as_str()]));
            } else {
                table.lacks(*row, "who", "import-who", findings);
            }
            continue;
        };
        comments.extend(beside);
        let time = table.text(*row, "time").map(TimeRange::read);
        if let Some(Err(problem)) = &time {
            findings.at(table.grid, table.at(*row, "time"), problem.clone());
        }
        let time = time.and_then(Result::ok);
        let weekday = table.text(*row, "weekday");
        let named = weekday
            .and_then(|text| weekday_head(text, true).map(|(days, _)| days).or_else(|| WeekdaySet::read(text).ok()));
        match table.text(*row, "date").map(|text| (text, listed.read_on(text, named))) {
            Some((_, Ok(days))) => {
                let left = MOST_DATES.saturating_sub(dated.len());
                dated.extend(days.into_iter().take(left).map(|day| (day, who.clone(), table.at(*row, "who"))));
                times.push((*row, time));
                continue;
            }
            Some((text, Err(Unread::Disagrees(date)))) => {
                let text = weekday.map_or_else(|| text.to_owned(), |weekday| format!("{text} {weekday}"));
                findings.at(table.grid, table.at(*row, "date"), disagrees(&text, date));
                continue;
            }
            Some((text, Err(Unread::Outside(within)))) => {
                findings.at(table.grid, table.at(*row, "date"), outside(text, within));
                continue;
            }
            // That is said of the whole list.
            Some((_, Err(Unread::NoDays))) if lacks_year => continue,
            Some((text, Err(Unread::NoDays))) if weekday.is_none() => {
                let problem = Day::read(text).err().unwrap_or_else(|| Problem::new(Code::NotADate).with("text", text));
                findings.at(table.grid, table.at(*row, "date"), problem);
                continue;
            }
            _ => {}
        }
        let Some(days) = named else {
            findings.not_understood(table.grid, table.at(*row, "weekday"), weekday.unwrap_or(&who));
            continue;
        };
        let mut resident = Mapping::from_iter([(Value::from("role"), Value::from(who))]);
        resident.insert("days".into(), super::programme::days(days, false).into());
        if let Some(time) = time {
            resident.insert("time".into(), String::from(time).into());
        }
        residents.push(Value::Mapping(resident));
    }
    dated.sort_by_key(|(date, ..)| *date);
    let first = times.first().and_then(|(_, time)| *time);
    let same = times.iter().all(|(_, time)| *time == first);
    if !same {
        keep_times(table, &times, comments, findings);
    }
    (dated, residents, first.filter(|_| same))
}

/// Says that the turns of a rotation have not one time, and keeps that of each.
fn keep_times(
    table: &Table<'_>,
    times: &[(u32, Option<TimeRange>)],
    comments: &mut Vec<String>,
    findings: &mut Findings,
) {
    let timed = || times.iter().filter(|(_, time)| time.is_some()).map(|(row, _)| *row);
    let text = |row: u32| table.text(row, "time").unwrap_or_default();
    let mut all: Vec<&str> = timed().map(text).collect();
    all.sort_unstable();
    all.dedup();
    if let Some(first) = timed().next() {
        findings.not_understood(table.grid, table.at(first, "time"), &all.join("、"));
    }
    comments.extend(timed().map(|row| format!("{}: {}", table.text(row, "date").unwrap_or_default(), text(row))));
}

/// The rotation that gives each date to whom the list does.
fn rotation(
    table: &Table<'_>,
    dated: &[Dated],
    time: Option<TimeRange>,
    known: &Known,
    findings: &mut Findings,
) -> Option<Value> {
    let starts = dated.first()?.0;
    let days = dated.iter().fold(WeekdaySet::NONE, |all, (date, ..)| all.union(WeekdaySet::only(date.weekday())));
    let lengths = std::iter::once(Turn::Days(1)).chain((1..=4).map(Turn::Weeks)).chain((2..=31).map(Turn::Days));
    let fitting = lengths.filter_map(|every| {
        let turns = turns(dated, Turns { every, starts, days, people: 1 }).ok()?;
        Some((every, turns))
    });
    let Some((every, turns)) = fitting.min_by_key(|(_, turns)| turns.len()) else {
        let (date, at) = turns(dated, Turns { every: Turn::Days(1), starts, days, people: 1 }).err()?;
        findings.at(table.grid, at, Problem::new(Code::DutyIrregular).with("date", &date.to_string()));
        return None;
    };
    let mut rotation = Mapping::new();
    rotation.insert("every".into(), length(every, known).into());
    rotation.insert("starts".into(), starts.to_string().into());
    rotation.insert("days".into(), super::programme::days(days, false).into());
    if let Some(time) = time {
        rotation.insert("time".into(), String::from(time).into());
    }
    rotation.insert("turns".into(), turns.into());
    Some(Value::Mapping(rotation))
}

/// The length of a turn as people write it in the first language of the site.
fn length(every: Turn, known: &Known) -> String {
    match every {
        every if known.first != LanguageTag::chinese() => String::from(every),
        Turn::Days(1) => "每天".to_owned(),
        Turn::Weeks(1) => "每周".to_owned(),
        Turn::Days(days) => format!("每{days}天"),
        Turn::Weeks(weeks) => format!("每{weeks}周"),
    }
}

/// Who takes turns, in order, if turns of this length give every date to whom the list does; else the first date of which
/// they do not.
fn turns(dated: &[Dated], rule: Turns) -> Result<Vec<&str>, (Date, (u32, u32))> {
    let mut people: Vec<&str> = Vec::new();
    let mut expected = dated.first().map(|(date, ..)| *date);
    for (date, who, at) in dated {
        let wrong = (*date, *at);
        let turn = rule.turn(*date, date.weekday()).and_then(|turn| usize::try_from(turn).ok()).ok_or(wrong)?;
        // A day that is left out or named twice belongs to nobody's turn.
        if expected != Some(*date) {
            return Err(wrong);
        }
        let later = std::iter::successors(date.tomorrow().ok(), |day| day.tomorrow().ok());
        expected = later.take(7).find(|day| rule.days.contains(day.weekday()));
        match people.get(turn) {
            Some(known) if known != who => return Err(wrong),
            Some(_) => {}
            None if people.len() == turn => people.push(who),
            None => return Err(wrong),
        }
    }
    let fits = |count: &usize| people.iter().enumerate().all(|(place, who)| people.get(place % count) == Some(who));
    let count = (1..=people.len()).find(fits).unwrap_or(people.len());
    people.truncate(count);
    Ok(people)
}
