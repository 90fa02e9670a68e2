//! A board that says who is on duty on which weekday → a duty roster: persons by their roles.

use serde_yaml::{Mapping, Value};

use super::board::Board;
use super::dates::span_in;
use super::draft::Draft;
use super::duty::{heading, on_duty, say_person};
use super::findings::Findings;
use super::known::Known;
use super::part_of_day::PartOfDay;
use super::persons::without_persons;
use super::{Wishes, programme, written};
use crate::calendar::{TimeRange, WeekdaySet};
use crate::diagnostics::{Code, Problem};

/// What a board is called that says who is on duty.
const CALLED: [&str; 6] = ["值班", "排班", "轮值", "duty", "rota", "roster"];

/// Whether a board says who is on duty, by what it is called.
pub(super) fn is_one(board: &Board, stem: &str) -> bool {
    let above = board.above.iter().map(|(_, text)| text.as_str());
    let called = above.chain([board.grid.name.as_str(), stem]).collect::<Vec<_>>().join("\n").to_lowercase();
    CALLED.iter().any(|word| called.contains(word))
}

/// Whether a row is called by a post (综合窗口), and not by a part of the day or a shift, which has a time.
fn is_post(row: &str) -> bool {
    const SHIFTS: [&str; 8] = ["班", "时段", "午", "天", "晚", "晨", "早", "shift"];
    let plain = row.to_lowercase();
    PartOfDay::in_text(row).is_none()
        && !plain.contains(|c: char| c.is_ascii_digit())
        && !SHIFTS.iter().any(|end| plain.ends_with(end))
}

/// The roster of a board.
pub(super) fn draft(
    board: Board,
    stem: &str,
    known: &Known,
    wishes: &Wishes,
    findings: &mut Findings,
) -> Option<Draft> {
    board.say_stopped(&[], findings);
    let above: Vec<&str> = board.above.iter().map(|(_, text)| text.as_str()).collect();
    let words = above.iter().copied().chain([board.grid.name.as_str(), stem]).collect::<Vec<_>>().join("\n");
    let title = above.first().and_then(|text| text.lines().next()).map(programme::without_period);
    let (mut record, centre) = heading(title.unwrap_or(stem), &words, known, wishes, findings);
    let mut comments = Vec::new();
    for (at, text) in board.above.iter().skip(1).filter(|(_, text)| span_in(text).is_none()) {
        if let Some(text) = findings.without_names(&board.grid, *at, text) {
            findings.not_understood(&board.grid, *at, &text);
            comments.push(text.replace('\n', " "));
        }
    }
    let said = || span_in(&words).or_else(|| board.notes.iter().find_map(|note| span_in(note)));
    match wishes.valid.or_else(said) {
        Some(valid) => _ = record.insert("valid".into(), String::from(valid).into()),
        None => findings.on_file(super::duty::lacks("import-valid", "--valid 2026-09-01..2027-01-15")),
    }
    let mut together: Vec<(String, Option<TimeRange>, WeekdaySet)> = Vec::new();
    let mut said = Vec::new();
    for placed in &board.placed {
        let slot = placed.slot.as_ref();
        let of_slot = |name: &String| {
            let wished = wishes.slots.iter().find(|(slot, _)| slot == name).map(|(_, time)| *time);
            wished.or_else(|| board.slots.get(name)?.0)
        };
        let time = placed.entry.time.or(placed.row_time).or_else(|| of_slot(slot?));
        let post = slot.filter(|slot| time.is_none() && is_post(slot));
        if let Some(slot) = slot.filter(|slot| time.is_none() && post.is_none() && !said.contains(slot)) {
            let at = board.slots.get(slot).map_or(placed.at, |(_, at)| *at);
            findings.at(&board.grid, at, Problem::new(Code::SlotWithoutTime).with("slot", slot));
            said.push(slot);
        }
        let written = std::iter::once(&placed.entry.title).chain(placed.entry.details.get("leader"));
        let written = written.map(String::as_str).collect::<Vec<_>>().join("、");
        let role = match without_persons(&written) {
            None => written,
            Some(role) => {
                say_person(&board.grid, placed.at, &written, findings);
                if role.is_empty() { on_duty(known).to_owned() } else { role }
            }
        };
        // Of the post and who is at it the role is the post, with the other in brackets.
        let role = match post {
            Some(post) if role.is_empty() || role == on_duty(known) || role == *post => post.clone(),
            Some(post) => format!("{post}（{role}）"),
            None => role,
        };
        match together.iter_mut().find(|(of, at, _)| *of == role && *at == time) {
            Some((.., days)) => *days = days.union(placed.days),
            None => together.push((role, time, placed.days)),
        }
    }
    let resident = |(role, time, days): (String, Option<TimeRange>, WeekdaySet)| {
        let mut resident = Mapping::from_iter([(Value::from("role"), Value::from(role))]);
        resident.insert("days".into(), programme::days(days, board.in_english).into());
        if let Some(time) = time {
            resident.insert("time".into(), String::from(time).into());
        }
        Value::Mapping(resident)
    };
    record.insert("resident".into(), Value::Sequence(together.into_iter().map(resident).collect()));
    // Notes have no place in a roster.
    for note in &board.notes {
        findings.not_understood(&board.grid, (0, 0), note);
    }
    comments.extend(board.notes);
    let id = wishes.id.clone().or(centre).unwrap_or_else(|| super::proposed_id::of(stem));
    let shown =
        record.iter().filter_map(|(key, value)| Some(vec![key.as_str()?.to_owned(), written::flow(value)])).collect();
    Some(Draft { folder: "duty", id, record, comments, shown, ..Draft::default() })
}
