//! A weekly board as people draw it: days across and parts of the day down, or turned.
//!
//! The head is the row (or column) that names most weekdays; what stands above it is the title and the period, what
//! stands left of the days is the part of the day, what stands below is notes. Merged cells count for every day and every
//! part of the day that they cover.

mod head;

use std::collections::{BTreeMap, HashSet};

use indexmap::IndexMap;

use self::head::{Head, Label, head, head_in, label_of, one_time_each};
use super::agenda;
use super::columns_of_days;
use super::entry::{Entry, Names, entries, take_time};
use super::findings::Findings;
use super::grid::Grid;
use super::part_of_day::is_before_dawn;
use super::vocabulary::{is_nothing, is_stopped};
use crate::calendar::{TimeRange, WeekdaySet};
use crate::diagnostics::{Code, Problem};

/// How far down and right the head of a board is looked for.
const FARTHEST: u32 = 60;
/// The rows of what recurs on other days than weekdays, as `export` calls them.
pub(super) const OTHER_DAYS: [&str; 2] = ["其他日子", "Other days"];
const THEMES: [&str; 5] = ["主题", "每日主题", "当日主题", "theme", "themes"];
const NOTES: [&str; 9] = ["备注", "说明", "注", "温馨提示", "提示", "注意事项", "注意", "notes", "note"];

/// A board.
#[derive(Debug, Default)]
pub(super) struct Board {
    /// The sheet, as it was read.
    pub(super) grid: Grid,
    /// What stands above the head, with its cell.
    pub(super) above: Vec<((u32, u32), String)>,
    /// Parts of the day and their times, where these are written.
    pub(super) slots: IndexMap<String, (Option<TimeRange>, (u32, u32))>,
    /// Themes of weekdays.
    pub(super) themes: Vec<(WeekdaySet, String)>,
    /// What takes place.
    pub(super) placed: Vec<Placed>,
    /// Remarks below.
    pub(super) notes: Vec<String>,
    /// What was not understood.
    pub(super) comments: Vec<String>,
    /// Whether weekdays are named in English.
    pub(super) in_english: bool,
    /// The column of the times, where it is a list.
    pub(super) times_in: Option<u32>,
    /// What is called off, with its cells.
    pub(super) stopped: IndexMap<String, Vec<String>>,
}

/// An activity where it stands.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// Its cell.
    pub(super) at: (u32, u32),
    /// Its days.
    pub(super) days: WeekdaySet,
    /// The part of the day, by its name.
    pub(super) slot: Option<String>,
    /// The time of its row or rows, where that has no name.
    pub(super) row_time: Option<TimeRange>,
    /// What the cell says.
    pub(super) entry: Entry,
}

/// The board of a sheet, if there is one. Titles that are known are taken as they are.
pub(super) fn read(grid: &Grid, titles: &HashSet<String>, findings: &mut Findings) -> Option<Board> {
    let names = Names { titles: titles.clone() };
    if let Some(board) = agenda::read(grid, &names, findings) {
        return Some(board);
    }
    let folded = head(grid).and_then(|head| columns_of_days::folded(grid, head.row, &head.days));
    let grid = folded.as_ref().unwrap_or(grid);
    let turned = grid.turned();
    let (across, down) = (head(grid), head(&turned));
    let most = |head: &Option<Head>| head.as_ref().map_or(0, |head| head.count);
    let (grid, head) = if most(&down) > most(&across) { (turned, down?) } else { (grid.clone(), across?) };
    let mut board = Board { grid, ..Board::default() };
    board.fill(&head, &names, findings);
    Some(board)
}

impl Board {
    fn fill(&mut self, head: &Head, names: &Names, findings: &mut Findings) {
        self.themes.clone_from(&head.themes);
        self.in_english = head.in_english;
        let first_day = head.days.keys().next().copied().unwrap_or(0);
        let last_day = head.days.keys().next_back().copied().unwrap_or(0);
        let bottom = self.grid.area(head.row, first_day).bottom;
        let grid = std::mem::take(&mut self.grid);
        let rows = grid.rows();
        for row in rows.iter().filter(|row| **row < head.row) {
            self.above.extend(grid.row(*row).map(|(column, text)| ((*row, column), text.to_owned())));
        }
        let below: Vec<u32> = rows.into_iter().filter(|row| *row > bottom).collect();
        let mut label = Label::default();
        // Activities of each row, since merged cells reach into rows that are read later.
        let mut labels: BTreeMap<u32, Label> = BTreeMap::new();
        let mut in_notes = false;
        let mut cells = Vec::new();
        let mut heads = vec![(head.row, head.days.clone())];
        for row in below {
            // A second board below the first one has a head of its own.
            if let Some(other) = head_in(&grid, row).filter(|other| other.count * 2 >= head.count) {
                self.themes.extend(other.themes);
                heads.push((row, other.days));
                (in_notes, label) = (false, Label::default());
                continue;
            }
            let (written, column) = label_of(&grid, row, first_day);
            let first = grid.row(row).next();
            let reaches = first.map(|(column, _)| grid.area(row, column));
            let is_wide = reaches.is_some_and(|area| {
                area.left < first_day && area.right >= last_day
                    || written.is_empty() && area.left <= first_day && area.right >= last_day
            });
            let is_alone = first.is_some_and(|(column, text)| {
                column < first_day
                    && grid.row(row).all(|(other, _)| other < first_day)
                    && (starts_notes(text).is_some() || text.chars().count() > 8 && take_time(text).1.is_none())
            });
            in_notes |= first.is_some_and(|(_, text)| starts_notes(text).is_some());
            if is_wide || is_alone || in_notes {
                self.note(&grid, row, names);
                continue;
            }
            if !written.is_empty() {
                label = Label::read(&written, (row, column));
                for remark in &label.remarks {
                    findings.not_understood(&grid, label.at, remark);
                    self.comment(&grid, label.at, &written);
                }
                let is_alone =
                    grid.row(row).all(|(column, _)| column < first_day && grid.area(row, column).bottom == row);
                if is_alone && label.is_title() {
                    findings.not_understood(&grid, label.at, &written);
                    self.comment(&grid, label.at, &written);
                    label = Label::default();
                    continue;
                }
            }
            if THEMES.contains(&label.name.to_lowercase().as_str()) && label.time.is_none() {
                let themes =
                    grid.row(row).filter_map(|(column, text)| Some((*head.days.get(&column)?, text.to_owned())));
                self.themes.extend(themes.filter(|(_, text)| !is_nothing(text)));
                continue;
            }
            labels.insert(row, label.clone());
            cells.extend(
                grid.row(row).filter(|(column, _)| *column >= first_day).map(|(column, text)| ((row, column), text)),
            );
        }
        one_time_each(&mut labels);
        let early = |label: &&Label| label.time.is_some_and(|time| is_before_dawn(time, &label.written));
        let mut said = HashSet::new();
        for label in labels.values().filter(early).filter(|label| said.insert(label.at)) {
            findings.before_dawn(&grid, label.at, &label.written);
        }
        for label in labels.values().filter(|label| label.is_slot() && !OTHER_DAYS.contains(&label.name.as_str())) {
            let slot = self.slots.entry(label.name.clone()).or_insert((None, label.at));
            slot.0 = slot.0.or(label.time);
        }
        for (at, text) in cells {
            let days = heads.iter().rev().find(|(row, _)| *row < at.0).map_or(&head.days, |(_, days)| days);
            self.cell(&grid, at, text, days, &labels, names, findings);
        }
        self.grid = grid;
    }

    #[allow(clippy::too_many_arguments, reason = "a cell is read with all that is known of its row and column")]
    fn cell(
        &mut self,
        grid: &Grid,
        at: (u32, u32),
        text: &str,
        heads: &BTreeMap<u32, WeekdaySet>,
        labels: &BTreeMap<u32, Label>,
        names: &Names,
        findings: &mut Findings,
    ) {
        if is_nothing(text) {
            if is_stopped(text) {
                self.stop(grid, at, text);
            }
            return;
        }
        let area = grid.area(at.0, at.1);
        let days = heads.range(area.left..=area.right).fold(WeekdaySet::NONE, |all, (_, days)| all.union(*days));
        if days.is_empty() {
            findings.not_understood(grid, at, text);
            self.comment(grid, at, text);
            return;
        }
        let covered: Vec<&Label> = labels.range(area.top..=area.bottom).map(|(_, label)| label).collect();
        let first = covered.first().copied().cloned().unwrap_or_default();
        let same = covered.iter().all(|label| label.name == first.name && label.time == first.time);
        let whole = || {
            let last = covered.last()?;
            TimeRange::new(first.time?.start(), last.time?.end())
        };
        let (slot, row_time) = match same {
            true if first.is_slot() => (Some(first.name.clone()), None),
            true => (None, first.time),
            false => (None, whole()),
        };
        let part = first.part.filter(|part| covered.iter().all(|label| label.part == Some(*part)));
        let mut rooms: Vec<&str> = covered.iter().filter_map(|label| label.room()).collect();
        rooms.dedup();
        for mut entry in entries(text, names, part) {
            // Where activities stand at the left of their rows, cells say when they are.
            let is_time_alone = entry.title.is_empty() && entry.details.is_empty() && entry.leftover.is_empty();
            if is_time_alone && entry.time.is_some() && same && first.is_title() && !first.name.is_empty() {
                entry.title.clone_from(&first.name);
                self.place(grid, Placed { at, days, slot: None, row_time: None, entry }, findings);
                continue;
            }
            if !rooms.is_empty() && !entry.details.contains_key("room") {
                entry.details.insert("room", rooms.join("、"));
            }
            // 每月第一个周三 in the column of Mondays: one of the two is wrong.
            entry.doubtful |= entry.rule_day.is_some_and(|day| day != days);
            if let Some(time) = entry.time.filter(|time| is_before_dawn(*time, text)) {
                findings.before_dawn(grid, at, &format!("{} {time}", entry.title));
            }
            self.place(grid, Placed { at, days, slot: slot.clone(), row_time, entry }, findings);
        }
    }

    /// Takes an activity in, and what of it was not understood.
    pub(super) fn place(&mut self, grid: &Grid, mut placed: Placed, findings: &mut Findings) {
        let at = placed.at;
        let entry = &mut placed.entry;
        if let Some(word) = &entry.stopped {
            let word = word.trim_matches(['（', '）', '(', ')']);
            let text = if entry.title.is_empty() { word.to_owned() } else { format!("{}：{word}", entry.title) };
            self.stop(grid, at, &text);
            return;
        }
        if entry.doubtful || entry.untimed || entry.title.is_empty() {
            let details = entry.details.values();
            let time = entry.time.map(|time| time.to_string());
            let texts = std::iter::once(&entry.title).chain(details).chain(&entry.leftover).cloned().chain(time);
            let text = texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
            if entry.doubtful {
                findings.at(grid, at, Problem::new(Code::HowOftenNotUnderstood).with("text", &text));
            } else {
                findings.not_understood(grid, at, &text);
            }
            self.comment(grid, at, &text);
            return;
        }
        if placed.slot.as_deref().is_some_and(|slot| OTHER_DAYS.contains(&slot)) {
            placed.slot = None;
            entry.when = entry.details.shift_remove("when");
        }
        for line in std::mem::take(&mut entry.leftover) {
            let text = format!("{}: {line}", entry.title);
            findings.not_understood(grid, at, &text);
            self.comment(grid, at, &text);
        }
        self.placed.push(placed);
    }

    pub(super) fn stop(&mut self, grid: &Grid, at: (u32, u32), text: &str) {
        self.stopped.entry(text.replace('\n', " ")).or_default().push(grid.cell_name(at.0, at.1));
    }

    /// Says what is called off.
    pub(super) fn say_stopped(&self, findings: &mut Findings) {
        for (text, cells) in &self.stopped {
            let problem = Problem::new(Code::CellStopped).with("text", text);
            findings.on_sheet(&self.grid, problem.with_list("cells", cells.iter().map(String::as_str)));
        }
    }

    /// The cell in which the time of an activity is looked for.
    pub(super) fn time_of(&self, placed: &Placed) -> (u32, u32) {
        (placed.at.0, self.times_in.unwrap_or(placed.at.1))
    }

    fn comment(&mut self, grid: &Grid, at: (u32, u32), text: &str) {
        self.comments.push(format!("{}: {}", grid.cell_name(at.0, at.1), text.replace('\n', " / ")));
    }

    fn note(&mut self, grid: &Grid, row: u32, names: &Names) {
        let texts: Vec<&str> = grid.row(row).map(|(_, text)| text).collect();
        for text in texts {
            if names.titles.contains(text) {
                self.notes.push(text.to_owned());
                continue;
            }
            for line in text.lines() {
                let line = starts_notes(line).unwrap_or(line).trim();
                if !line.is_empty() {
                    self.notes.push(line.to_owned());
                }
            }
        }
    }
}

/// What follows a word for notes, if a text begins with one.
fn starts_notes(text: &str) -> Option<&str> {
    let lower = text.to_lowercase();
    let word = NOTES.iter().find(|word| lower.starts_with(*word))?;
    let rest = text.get(word.len()..)?.trim_start();
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix(['：', ':', '\n']) }
}
