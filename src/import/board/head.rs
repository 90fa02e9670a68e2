//! The head of a board: the row that names most weekdays, and what stands left of them in each row below it.

use std::collections::{BTreeMap, HashSet};

use super::super::agenda::clock;
use super::super::entry::{rule, take_time};
use super::super::findings::Findings;
use super::super::grid::Grid;
use super::super::listed_days::{ListedDays, Unread, disagrees, names_a_day, outside};
use super::super::part_of_day::PartOfDay;
use super::super::row_days::without_brackets;
use super::super::vocabulary::{is_room, is_season, says_how_often, weekday_head};
use super::FARTHEST;
use crate::calendar::{Date, TimeOfDay, TimeRange, WeekdaySet};
use crate::source::lint::in_any_form;

const PARTS: [&str; 7] = ["凌晨", "早上", "上午", "中午", "下午", "傍晚", "晚上"];

/// The row with the weekdays.
pub(super) struct Head {
    pub(super) row: u32,
    pub(super) count: usize,
    pub(super) days: BTreeMap<u32, WeekdaySet>,
    pub(super) themes: Vec<(WeekdaySet, String)>,
    pub(super) in_english: bool,
    /// What stands beside a weekday about its dates: 9月7日起.
    pub(super) remarks: Vec<(u32, String)>,
    /// Whether it names dates and no weekdays: what stands below them takes place once.
    pub(super) of_dates: bool,
}

/// The row that names most weekdays; of dates only if no row names weekdays.
pub(super) fn head(grid: &Grid, listed: ListedDays) -> Option<Head> {
    let rows = || grid.rows().into_iter().take_while(|row| *row < FARTHEST);
    let most = |head: &Head| (head.count, std::cmp::Reverse(head.row));
    let of_weekdays = rows().filter_map(|row| head_in(grid, row)).max_by_key(most);
    of_weekdays.or_else(|| rows().find_map(|row| head_of_dates(grid, row, listed)))
}

/// Whether a sheet would be a board of dates if anything said of which year they are.
pub(super) fn lacks_year(grids: &[&Grid], listed: ListedDays) -> bool {
    let is_of_dates = |grid: &&Grid, listed| {
        let rows = grid.rows().into_iter().take_while(|row| *row < FARTHEST);
        rows.filter_map(|row| head_of_dates(grid, row, listed)).any(|head| {
            let first_day = head.days.keys().next().copied().unwrap_or(0);
            grid.row(head.row).all(|(column, text)| column < first_day || names_a_day(text))
        })
    };
    listed.of_any_year().is_some_and(|listed| grids.iter().any(|grid| is_of_dates(grid, listed)))
}

/// A row of the dates of a week, or of some days of it.
fn head_of_dates(grid: &Grid, row: u32, listed: ListedDays) -> Option<Head> {
    let mut listed = listed.unbound();
    let mut dates = Vec::new();
    for (column, text) in grid.row(row).filter(|(column, _)| *column < FARTHEST) {
        match listed.read_one(text) {
            Ok(date) => dates.push((column, date)),
            // Left of the dates stands what the rows are called.
            Err(_) if dates.is_empty() => {}
            Err(_) => return None,
        }
    }
    let is_in_order =
        dates.windows(2).all(|pair| pair.first().map(|(_, date)| date) < pair.last().map(|(_, date)| date));
    let (first, last) = (dates.first()?.1, dates.last()?.1);
    let is_week = first.duration_since(last).as_hours().abs() < 7 * 24;
    let days = dates.iter().flat_map(|(column, date)| {
        let area = grid.area(row, *column);
        (area.left..=area.right.min(area.left + FARTHEST)).map(|column| (column, WeekdaySet::only(date.weekday())))
    });
    let (days, count) = (days.collect(), dates.len());
    (count > 1 && is_in_order && is_week).then_some(Head {
        row,
        count,
        days,
        themes: Vec::new(),
        in_english: false,
        remarks: Vec::new(),
        of_dates: true,
    })
}

/// The days of the columns from a row on, and their dates where these are written; none where one is not its weekday.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    pub(super) days: BTreeMap<u32, WeekdaySet>,
    pub(super) dates: BTreeMap<u32, Option<Date>>,
}

impl Columns {
    /// The columns below a head, with the dates that stand in it beside weekdays.
    pub(super) fn below(head: &Head, grid: &Grid, listed: &mut ListedDays, findings: &mut Findings) -> Self {
        let mut columns = Self { days: head.days.clone(), ..Self::default() };
        for (column, text) in grid.row(head.row).filter(|(column, _)| head.days.contains_key(column)) {
            if text.contains(|c: char| c.is_numeric()) {
                columns.date(grid, (head.row, column), text, listed, findings);
            }
        }
        columns
    }

    /// The columns below a row that has nothing but dates in it, be they days of the month, if it is one.
    pub(super) fn below_dates(
        &self,
        grid: &Grid,
        row: u32,
        of_dates: bool,
        listed: &mut ListedDays,
        findings: &mut Findings,
    ) -> Option<Self> {
        let first_day = self.days.keys().next().copied()?;
        let cells: Vec<(u32, &str)> = grid.row(row).filter(|(column, _)| *column >= first_day).collect();
        let mut probe = *listed;
        let is_date = |(_, text): &(u32, &str)| !matches!(probe.read_one(text), Err(Unread::NoDays));
        // Numbers alone are the days of a month if they count up, but for the end of a month.
        let numbers: Vec<u32> = cells.iter().filter_map(|(_, text)| text.parse().ok()).collect();
        let falls = numbers.windows(2).filter(|pair| pair.first() >= pair.last()).count();
        if cells.len() < 2 || !cells.iter().all(is_date) || falls > usize::from(numbers.contains(&1)) {
            return None;
        }
        let mut columns = Self { days: self.days.clone(), ..Self::default() };
        for (column, text) in cells {
            if of_dates && let Ok(date) = (*listed).read_one(text) {
                columns.days.insert(column, WeekdaySet::only(date.weekday()));
            }
            columns.date(grid, (row, column), text, listed, findings);
        }
        Some(columns)
    }

    /// Whether a row below has nothing but dates in it, or numbers of days where nothing stands at its left.
    pub(super) fn has_dates(&self, grid: &Grid, row: u32, listed: &mut ListedDays) -> bool {
        let first_day = self.days.keys().next().copied().unwrap_or(0);
        let has_label = grid.row(row).any(|(column, _)| column < first_day);
        let is_day = |text: &str| names_a_day(text) || !has_label && text.parse::<u32>().is_ok();
        grid.row(row).filter(|(column, _)| *column >= first_day).all(|(_, text)| is_day(text))
            && self.below_dates(grid, row, false, listed, &mut Findings::of("")).is_some()
    }

    fn date(
        &mut self,
        grid: &Grid,
        (row, column): (u32, u32),
        text: &str,
        listed: &mut ListedDays,
        findings: &mut Findings,
    ) {
        let named = self.days.get(&column).copied();
        let date = match listed.read_one(text) {
            Ok(date) if named.is_none_or(|days| days.contains(date.weekday())) => Some(date),
            Ok(date) | Err(Unread::Disagrees(date)) => {
                findings.at(grid, (row, column), disagrees(text, date));
                None
            }
            Err(Unread::Outside(within)) => {
                findings.at(grid, (row, column), outside(text, within));
                None
            }
            Err(Unread::NoDays) => return,
        };
        let area = grid.area(row, column);
        self.dates.extend((area.left..=area.right.min(area.left + FARTHEST)).map(|column| (column, date)));
    }
}

pub(super) fn head_in(grid: &Grid, row: u32) -> Option<Head> {
    for bare in [false, true] {
        let mut found = WeekdaySet::NONE;
        let mut head = Head {
            row,
            count: 0,
            days: BTreeMap::new(),
            themes: Vec::new(),
            in_english: false,
            remarks: Vec::new(),
            of_dates: false,
        };
        for (column, text) in grid.row(row).filter(|(column, _)| *column < FARTHEST) {
            let Some((days, theme)) = weekday_head(text, bare) else { continue };
            if !found.common(days).is_empty() {
                return None;
            }
            found = found.union(days);
            head.count += 1;
            head.in_english |= text.is_ascii();
            match theme {
                Some(theme) if names_a_day(&theme) || says_how_often(&theme) => head.remarks.push((column, theme)),
                theme => head.themes.extend(theme.map(|theme| (days, theme))),
            }
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

    /// What it says of how often, where the rows are weeks: 第一周, 单周.
    pub(super) fn how_often(&self) -> Option<&str> {
        let name = Some(self.name.as_str()).filter(|name| !name.is_empty());
        name.filter(|name| says_how_often(name) || rule(name).is_some())
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
