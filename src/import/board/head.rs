//! The head of a board: the row that names most weekdays, and what stands left of them in each row below it.

use std::collections::{BTreeMap, HashSet};

use super::super::agenda::clock;
use super::super::entry::take_time;
use super::super::grid::Grid;
use super::super::part_of_day::PartOfDay;
use super::super::row_days::without_brackets;
use super::super::vocabulary::{is_room, is_season, weekday_head};
use super::FARTHEST;
use crate::calendar::{TimeOfDay, TimeRange, WeekdaySet};
use crate::source::lint::in_any_form;

const PARTS: [&str; 7] = ["凌晨", "早上", "上午", "中午", "下午", "傍晚", "晚上"];

/// The row with the weekdays.
pub(super) struct Head {
    pub(super) row: u32,
    pub(super) count: usize,
    pub(super) days: BTreeMap<u32, WeekdaySet>,
    pub(super) themes: Vec<(WeekdaySet, String)>,
    pub(super) in_english: bool,
}

pub(super) fn head(grid: &Grid) -> Option<Head> {
    let rows = grid.rows().into_iter().take_while(|row| *row < FARTHEST);
    rows.filter_map(|row| head_in(grid, row)).max_by_key(|head| (head.count, std::cmp::Reverse(head.row)))
}

pub(super) fn head_in(grid: &Grid, row: u32) -> Option<Head> {
    for bare in [false, true] {
        let mut found = WeekdaySet::NONE;
        let mut head = Head { row, count: 0, days: BTreeMap::new(), themes: Vec::new(), in_english: false };
        for (column, text) in grid.row(row).filter(|(column, _)| *column < FARTHEST) {
            let Some((days, theme)) = weekday_head(text, bare) else { continue };
            if !found.common(days).is_empty() {
                return None;
            }
            found = found.union(days);
            head.count += 1;
            head.in_english |= text.is_ascii();
            head.themes.extend(theme.map(|theme| (days, theme)));
            let area = grid.area(row, column);
            head.days.extend((area.left..=area.right.min(area.left + FARTHEST)).map(|column| (column, days)));
        }
        if head.count >= if bare { 5 } else { 2 } {
            return Some(head);
        }
    }
    None
}

/// The part of the day at the left of a row.
#[derive(Debug, Clone, Default)]
pub(super) struct Label {
    pub(super) name: String,
    pub(super) time: Option<TimeRange>,
    /// The part of the day that its times are in, if it is not the morning.
    pub(super) part: Option<PartOfDay>,
    pub(super) written: String,
    pub(super) at: (u32, u32),
    /// What is said of other times of the year: 14:00-16:00（夏季15:00-17:00）.
    pub(super) remarks: Vec<String>,
}

/// Rows of one name that have times of their own are no part of the day together: each is known by its time.
pub(super) fn one_time_each(labels: &mut BTreeMap<u32, Label>) {
    let mut times: BTreeMap<String, HashSet<TimeRange>> = BTreeMap::new();
    for label in labels.values() {
        times.entry(label.name.clone()).or_default().extend(label.time);
    }
    for label in labels.values_mut().filter(|label| label.time.is_some()) {
        if times.get(&label.name).is_some_and(|times| times.len() > 1) {
            label.name.clear();
        }
    }
}

impl Label {
    /// Whether it is no part of the day: it has no time and no word for one.
    pub(super) fn is_title(&self) -> bool {
        self.time.is_none() && self.part.is_none() && !PARTS.iter().any(|part| self.name.contains(part))
    }

    /// Whether it names a part of the day, and no room.
    pub(super) fn is_slot(&self) -> bool {
        !self.name.is_empty() && self.room().is_none()
    }

    /// The room that it names, where the rows of a board are rooms.
    pub(super) fn room(&self) -> Option<&str> {
        let is_session =
            self.name.ends_with('场') && !["广场", "球场", "操场", "剧场"].iter().any(|end| self.name.ends_with(end));
        let names_part = PARTS.iter().any(|part| self.name.contains(part));
        Some(self.name.as_str()).filter(|name| is_room(name) && !is_session && !names_part && !name.starts_with('第'))
    }

    pub(super) fn read(text: &str, at: (u32, u32)) -> Self {
        let (plain, inside) = without_brackets(text);
        let is_exception = |text: &String| is_season(&take_time(text).0);
        if inside.iter().any(is_exception) && take_time(&plain).1.is_some() {
            return Self { remarks: inside, ..Self::read(&plain, at) };
        }
        let (rest, time, _) = take_time(text);
        let (mut name, time) = match time {
            Some(_) => (rest, time),
            None => bare_hours(text).map_or((rest, None), |(name, time)| (name, Some(time))),
        };
        let part = PartOfDay::in_text(text);
        let time = time.map(|time| part.map_or(time, |part| part.put(time)));
        // A part of the day counts for the time behind it, and names the row all the same.
        if name.is_empty()
            && let Some(part) = PARTS.iter().find(|part| text.trim_start().starts_with(**part))
        {
            (*part).clone_into(&mut name);
        }
        let name = name.trim_matches(|c: char| c.is_whitespace() || "（）()：:".contains(c));
        Self {
            name: name.split_whitespace().collect::<Vec<_>>().join(" "),
            time,
            part,
            written: text.to_owned(),
            at,
            remarks: Vec::new(),
        }
    }
}

/// A time at the head of a row whose minutes are left out, `9-11` or `下午 2.30-4`, and what else stands there.
fn bare_hours(text: &str) -> Option<(String, TimeRange)> {
    let is_part = |c: char| c.is_numeric() || " :：.．-－–—~～至到点时半分".contains(c);
    let start = text.find(char::is_numeric)?;
    let rest = text.get(start..)?;
    let (time, after) = rest.split_at(rest.find(|c| !is_part(c)).unwrap_or(rest.len()));
    let time = in_any_form(time.trim())?;
    let name = [text.get(..start)?.trim(), after.trim()].join(" ").trim().to_owned();
    // 第1-2节 is no time.
    (name.is_empty() || PARTS.contains(&name.as_str())).then_some((name, time))
}

/// What is written left of the days, of a row or of the merged cells that it is part of, and the last column of it.
pub(super) fn label_of(grid: &Grid, row: u32, first_day: u32) -> (String, u32) {
    let mut texts: Vec<&str> = Vec::new();
    let mut last = 0;
    for column in 0..first_day.min(FARTHEST) {
        let text = grid.seen(row, column);
        if !text.is_empty() && !texts.contains(&text) && grid.area(row, column).right < first_day {
            texts.push(text);
            last = column;
        }
    }
    // A beginning and an end may stand in columns of their own.
    let clocks: Vec<String> = texts.iter().map(|text| clock(text)).collect();
    let is_time = |text: &String| TimeOfDay::read(text).is_ok();
    let text = match clocks.as_slice() {
        [before @ .., from, until] if is_time(from) && is_time(until) => {
            let span = format!("{from}-{until}");
            before.iter().cloned().chain([span]).collect::<Vec<_>>().join(" ").replace('\n', " ")
        }
        _ => texts.join(" ").replace('\n', " "),
    };
    (text, last)
}
