//! A list of who is on duty when → a duty roster.
//!
//! Weekdays make residents. Dates and spans of dates make a rotation, if one gives every date to whom the list does;
//! otherwise the list is refused: a roster that says something else on one day is worse than none. Of the rotations that
//! do, that with the fewest turns is taken: weeks where whole weeks are listed, days otherwise.

use serde_yaml::{Mapping, Value};

use super::dates::span_in;
use super::draft::Draft;
use super::findings::Findings;
use super::known::{Known, named_in};
use super::listed_days::ListedDays;
use super::table::{Headings, Table};
use super::vocabulary::{is_name_of_person, is_stopped, weekday_head};
use super::{Wishes, written};
use crate::calendar::{Date, Day, TimeRange, Turn, Turns, WeekdaySet};
use crate::diagnostics::{Code, Problem};

pub(super) const HEADINGS: Headings = &[
    (
        "who",
        &["值班人", "值班人员", "值班", "值班岗位", "岗位", "人员", "值班组", "组别", "duty", "on duty", "who", "role"],
    ),
    ("date", &["日期", "值班日期", "时间段", "date", "day"]),
    ("weekday", &["星期", "周几", "星期几", "weekday"]),
    ("time", &["时间", "值班时间", "时段", "time"]),
];

/// The roster of a list.
pub(super) fn draft(
    table: &Table<'_>,
    stem: &str,
    known: &Known,
    wishes: &Wishes,
    findings: &mut Findings,
) -> Option<Draft> {
    table.say_unknown(findings);
    let above = table.above();
    let title = above.first().map(|(_, text)| *text);
    let all = above.iter().map(|(_, text)| *text).chain([stem]);
    let words = all.collect::<Vec<_>>().join("\n");
    let mut comments = Vec::new();
    for (at, text) in above.iter().skip(1).filter(|(_, text)| span_in(text).is_none()) {
        findings.not_understood(table.grid, *at, text);
        comments.push(text.replace('\n', " "));
    }
    let only = || known.centres.first().filter(|_| known.centres.len() == 1).map(|(id, _)| id.as_str());
    let centre = wishes.centre.as_deref().or_else(|| named_in(&known.centres, &words)).or_else(only);
    let lacks = |what: &'static str, option: &str| {
        Problem::new(Code::ImportLacks).with_word("what", what).with("option", option)
    };
    let mut record = Mapping::new();
    record.insert("title".into(), title.unwrap_or(stem).into());
    match centre {
        Some(centre) => _ = record.insert("centre".into(), centre.into()),
        None => findings.on_file(lacks("import-centre", "--centre ID")),
    }
    let context = ListedDays::in_context(&words, wishes.valid);
    let (turns, residents, time) = rows(table, context, &mut comments, findings);
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
        record.insert("rotation".into(), rotation(table, &turns, time, findings)?);
    }
    let id = wishes.id.clone().or_else(|| centre.map(str::to_owned)).unwrap_or_else(|| super::proposed_id::of(stem));
    let shown =
        record.iter().filter_map(|(key, value)| Some(vec![key.as_str()?.to_owned(), written::flow(value)])).collect();
    Some(Draft { folder: "duty", id, record, comments, shown, ..Draft::default() })
}

type Dated<'t> = (Date, &'t str, (u32, u32));

/// Most dates that are read of a list.
const MOST_DATES: usize = 10_000;

/// The rows by date, those by weekday, and the time that all dated ones have.
fn rows<'t>(
    table: &Table<'t>,
    mut listed: ListedDays,
    comments: &mut Vec<String>,
    findings: &mut Findings,
) -> (Vec<Dated<'t>>, Vec<Value>, Option<TimeRange>) {
    let (mut dated, mut residents, mut times) = (Vec::new(), Vec::new(), Vec::new());
    for row in &table.rows {
        let Some(who) = table.text(*row, "who") else {
            if let Some(text) = table.grid.row(*row).map(|(_, text)| text).find(|text| is_stopped(text)) {
                let cell = table.grid.cell_name(*row, table.at(*row, "who").1);
                let problem = Problem::new(Code::CellStopped).with("text", text);
                findings.on_sheet(table.grid, problem.with_list("cells", [cell.as_str()]));
            } else {
                table.lacks(*row, "who", "import-who", findings);
            }
            continue;
        };
        comments
            .extend(table.comments(*row).into_iter().map(|comment| format!("{}: {comment}", who.replace('\n', "、"))));
        if is_name_of_person(who) {
            findings.at(table.grid, table.at(*row, "who"), Problem::new(Code::NameOfPerson).with("text", who));
        }
        let time = table.text(*row, "time").map(TimeRange::read);
        if let Some(Err(problem)) = &time {
            findings.at(table.grid, table.at(*row, "time"), problem.clone());
        }
        let time = time.and_then(Result::ok);
        match table.text(*row, "date").map(|text| (text, listed.read(text))) {
            Some((_, Some(days))) => {
                let left = MOST_DATES.saturating_sub(dated.len());
                dated.extend(days.into_iter().take(left).map(|day| (day, who, table.at(*row, "who"))));
                times.push(time);
                continue;
            }
            Some((text, None)) if table.text(*row, "weekday").is_none() => {
                let problem = Day::read(text).err().unwrap_or_else(|| Problem::new(Code::NotADate).with("text", text));
                findings.at(table.grid, table.at(*row, "date"), problem);
                continue;
            }
            _ => {}
        }
        let days = table
            .text(*row, "weekday")
            .and_then(|text| weekday_head(text, true).map(|(days, _)| days).or_else(|| WeekdaySet::read(text).ok()));
        let Some(days) = days else {
            findings.not_understood(table.grid, table.at(*row, "weekday"), table.text(*row, "weekday").unwrap_or(who));
            continue;
        };
        let mut resident = Mapping::from_iter([(Value::from("role"), Value::from(who.replace('\n', "、")))]);
        resident.insert("days".into(), super::programme::days(days, false).into());
        if let Some(time) = time {
            resident.insert("time".into(), String::from(time).into());
        }
        residents.push(Value::Mapping(resident));
    }
    dated.sort_by_key(|(date, ..)| *date);
    let same = times.windows(2).all(|pair| pair.first() == pair.last());
    let time = times.first().copied().flatten().filter(|_| same);
    (dated, residents, time)
}

/// The rotation that gives each date to whom the list does.
fn rotation(table: &Table<'_>, dated: &[Dated<'_>], time: Option<TimeRange>, findings: &mut Findings) -> Option<Value> {
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
    rotation.insert("every".into(), String::from(every).into());
    rotation.insert("starts".into(), starts.to_string().into());
    rotation.insert("days".into(), super::programme::days(days, false).into());
    if let Some(time) = time {
        rotation.insert("time".into(), String::from(time).into());
    }
    let turns: Vec<String> = turns.iter().map(|who| who.replace('\n', "、")).collect();
    rotation.insert("turns".into(), turns.into());
    Some(Value::Mapping(rotation))
}

/// Who takes turns, in order, if turns of this length give every date to whom the list does; else the first date of which
/// they do not.
fn turns<'t>(dated: &[Dated<'t>], rule: Turns) -> Result<Vec<&'t str>, (Date, (u32, u32))> {
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
