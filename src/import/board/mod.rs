//! A weekly board as people draw it: days across and parts of the day down, or turned.
//!
//! The head is the row (or column) that names most weekdays; what stands above it is the title and the period, what
//! stands left of the days is the part of the day, what stands below is notes. Merged cells count for every day and every
//! part of the day that they cover.

mod below;
mod head;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use indexmap::IndexMap;

use self::below::{further_head, second_titles, starts_notes};
use self::head::{Columns, Head, Label, head, label_of, lacks_year, one_time_each};
use super::Context;
use super::agenda;
use super::closing_rows::is_signature;
use super::columns_of_days;
use super::entry::{Entry, Names, entries, rule, take_time};
use super::findings::Findings;
use super::grid::Grid;
use super::listed_days::year_wanted;
use super::part_of_day::is_before_dawn;
use super::programme::days;
use super::vocabulary::{is_ditto, is_nothing, is_stopped, names_a_date, rests_on_holidays, says_part_of_year};
use crate::calendar::{Date, TimeRange, Weekday, WeekdaySet};
use crate::content::without_marks;
use crate::diagnostics::{Code, Problem};

/// How far down and right the head of a board is looked for.
const FARTHEST: u32 = 60;
/// The rows of what recurs on other days than weekdays, as `export` calls them.
pub const OTHER_DAYS: [&str; 2] = ["其他日子", "Other days"];
const THEMES: [&str; 5] = ["主题", "每日主题", "当日主题", "theme", "themes"];
/// What the rows are called that count.
const TOTALS: [&str; 4] = ["合计", "总计", "小计", "Total"];

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
    /// What stands where an activity would and could not be read, or is called off.
    pub(super) unread: Vec<Placed>,
    /// What is on a board of our own and names another day than that of its column.
    pub(super) of_other_day: Vec<Placed>,
    /// Its days, and what stands at the left of its rows: name and time.
    pub(super) days: Vec<Weekday>,
    pub(super) rows: Vec<(String, Option<TimeRange>)>,
    /// Rows at the left of which nothing stands: they are of the part of the day above them.
    pub(super) unnamed: Vec<u32>,
    /// Remarks below.
    pub(super) notes: Vec<String>,
    /// The cells of these.
    pub(super) notes_at: Vec<(u32, u32)>,
    /// What was not understood.
    pub(super) comments: Vec<String>,
    /// Whether weekdays are named in English.
    pub(super) in_english: bool,
    /// The column of the times, where it is a list.
    pub(super) times_in: Option<u32>,
    /// What is called off, with its cells.
    pub(super) stopped: IndexMap<String, Vec<String>>,
    /// The dates that stand over its columns.
    pub(super) dates: Vec<Date>,
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
pub(super) fn read(
    grid: &Grid,
    titles: &HashSet<String>,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<Board> {
    let first = &context.known.first;
    let activities = context.known.programmes.iter().flat_map(|programme| &programme.record.activities);
    let rooms = activities.filter_map(|activity| Some(activity.room.as_ref()?.best(first, first).0));
    let names = Names { titles: titles.clone(), rooms: rooms.map(|room| without_marks(room.to_owned())).collect() };
    if let Some(board) = agenda::read(grid, &names, context, findings) {
        return Some(board);
    }
    let first: Option<((u32, u32), String)> = grid.cells().next().map(|(at, text)| (at, text.to_owned()));
    let listed = context.days_below(first.as_slice(), grid);
    let folded = head(grid, listed).and_then(|head| columns_of_days::folded(grid, head.row, &head.days));
    let grid = folded.as_ref().unwrap_or(grid);
    let turned = grid.turned();
    let (across, down) = (head(grid, listed), head(&turned, listed));
    // Weekdays are surer than dates.
    let most = |head: &Option<Head>| head.as_ref().map_or((false, 0), |head| (!head.of_dates, head.count));
    if across.is_none() && down.is_none() && lacks_year(&[grid, &turned], listed) {
        findings.on_file(year_wanted());
        return None;
    }
    let (grid, head) = if most(&down) > most(&across) { (turned, down?) } else { (grid.clone(), across?) };
    let mut board = Board { grid, ..Board::default() };
    board.fill(&head, &names, context, findings);
    Some(board)
}

impl Board {
    fn fill(&mut self, head: &Head, names: &Names, context: &Context<'_>, findings: &mut Findings) {
        self.themes.clone_from(&head.themes);
        for (column, remark) in &head.remarks {
            findings.not_understood(&self.grid, (head.row, *column), remark);
            self.comments.push(format!("{}: {remark}", self.grid.cell_name(head.row, *column)));
        }
        self.in_english = head.in_english;
        let first_day = head.days.keys().next().copied().unwrap_or(0);
        let last_day = head.days.keys().next_back().copied().unwrap_or(0);
        let bottom = self.grid.area(head.row, first_day).bottom;
        let grid = std::mem::take(&mut self.grid);
        let rows = grid.rows();
        for row in rows.iter().filter(|row| **row < head.row) {
            for (column, text) in grid.row(*row) {
                match is_signature(text) {
                    true => findings.signed(&grid, (*row, column), text),
                    false => self.above.push(((*row, column), text.to_owned())),
                }
            }
        }
        let below: Vec<u32> = rows.into_iter().filter(|row| *row > bottom).collect();
        let is_filled = |row: &&u32| grid.row(**row).any(|(column, _)| column >= first_day);
        let last_filled = below.iter().rev().find(is_filled).copied();
        let titles = second_titles(&grid, &below, head);
        let mut listed = context.days_below(&self.above, &grid);
        let mut label = Label::default();
        // Activities of each row, since merged cells reach into rows that are read later.
        let mut labels: BTreeMap<u32, Label> = BTreeMap::new();
        let mut in_notes = false;
        let mut cells = Vec::new();
        let mut heads = vec![(head.row, Columns::below(head, &grid, &mut listed, findings))];
        for row in below {
            // Below the dates of a week, or of the next, stands what takes place then.
            let of_dates = head.of_dates;
            let dated = heads.last().and_then(|(_, of)| of.below_dates(&grid, row, of_dates, &mut listed, findings));
            if let Some(columns) = dated {
                heads.push((row, columns));
                (in_notes, label) = (false, Label::default());
                continue;
            }
            let mut any_year = listed.of_any_year();
            if any_year.as_mut().zip(heads.last()).is_some_and(|(listed, (_, of))| of.has_dates(&grid, row, listed)) {
                findings.once_at(&grid, (row, first_day), year_wanted());
                continue;
            }
            // A second board below the first one has a head of its own.
            if let Some(other) = further_head(&grid, row, head) {
                heads.push((row, Columns::below(&other, &grid, &mut listed, findings)));
                self.themes.extend(other.themes);
                (in_notes, label) = (false, Label::default());
                continue;
            }
            if let Some((column, text)) = grid.row(row).next().filter(|_| titles.contains(&row)) {
                let problem = Problem::new(Code::SecondTitle).with("text", &text.replace('\n', " "));
                findings.at(&grid, (row, column), problem);
                self.comment(&grid, (row, column), text);
                continue;
            }
            if grid.row(row).all(|(_, text)| is_signature(text)) {
                grid.row(row).for_each(|(column, text)| findings.signed(&grid, (row, column), text));
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
                self.note(&grid, row, names, findings);
                continue;
            }
            if written.is_empty() {
                self.unnamed.push(row);
            } else {
                label = Label::read(&written, (row, column));
                // On a board of our own the name of a part of the day is a line of its own, whatever words it has.
                if let Some((name, time)) = grid.seen(row, column).split_once('\n')
                    && !names.titles.is_empty()
                    && TimeRange::read(time).is_ok()
                {
                    name.clone_into(&mut label.name);
                }
                for remark in &label.remarks {
                    findings.not_understood(&grid, label.at, remark);
                    self.comment(&grid, label.at, &written);
                }
                let is_alone =
                    grid.row(row).all(|(column, _)| column < first_day && grid.area(row, column).bottom == row);
                let is_of_others = OTHER_DAYS.contains(&label.name.as_str());
                // Below all that takes place on a board of our own there is nothing but remarks.
                if is_alone && label.is_title() && !is_of_others && !names.titles.is_empty() && Some(row) > last_filled
                {
                    self.note(&grid, row, names, findings);
                    label = Label::default();
                    continue;
                }
                if is_alone && label.is_title() && (!is_of_others || names.titles.is_empty()) {
                    findings.not_understood(&grid, label.at, &written);
                    self.comment(&grid, label.at, &written);
                    label = Label::default();
                    continue;
                }
            }
            if TOTALS.contains(&label.name.as_str()) {
                findings.not_understood(&grid, label.at, &written);
                label = Label::default();
                continue;
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
        self.rows = labels.values().map(|label| (label.name.clone(), label.time)).collect();
        one_time_each(&mut labels);
        let early = |label: &&Label| label.time.is_some_and(|time| is_before_dawn(time, &label.written));
        let mut said = HashSet::new();
        for label in labels.values().filter(early).filter(|label| said.insert(label.at)) {
            findings.before_dawn(&grid, label.at, &label.written);
        }
        for label in labels.values().filter(|label| {
            label.is_slot() && label.how_often().is_none() && !OTHER_DAYS.contains(&label.name.as_str())
        }) {
            let slot = self.slots.entry(label.name.clone()).or_insert((None, label.at));
            slot.0 = slot.0.or(label.time);
        }
        // The dates of one week say which week a weekly board is of; those of several, what takes place once.
        let dated = heads.iter().filter(|(_, columns)| !columns.dates.is_empty()).count();
        let once = head.of_dates || dated > 1;
        let days = heads.iter().flat_map(|(_, columns)| columns.days.values());
        self.days = days.fold(WeekdaySet::NONE, |all, days| all.union(*days)).iter().collect();
        self.dates = heads.iter().flat_map(|(_, columns)| columns.dates.values().filter_map(|date| *date)).collect();
        let none = Columns::default();
        for (at, text) in cells {
            let columns = heads.iter().rev().find(|(row, _)| *row < at.0).map_or(&none, |(_, columns)| columns);
            self.cell(&grid, at, text, (columns, once), &labels, names, findings);
        }
        self.grid = grid;
    }

    #[allow(clippy::too_many_arguments, reason = "a cell is read with all that is known of its row and column")]
    fn cell(
        &mut self,
        grid: &Grid,
        at: (u32, u32),
        text: &str,
        (columns, once): (&Columns, bool),
        labels: &BTreeMap<u32, Label>,
        names: &Names,
        findings: &mut Findings,
    ) {
        if is_nothing(text) && !is_stopped(text) {
            return;
        }
        if is_signature(text) {
            findings.signed(grid, at, text);
            return;
        }
        // Which of the activities around it is meant nobody can tell.
        if is_ditto(text) {
            findings.not_understood(grid, at, text);
            self.comment(grid, at, text);
            return;
        }
        let area = grid.area(at.0, at.1);
        let heads = columns.days.range(area.left..=area.right);
        let days = heads.fold(WeekdaySet::NONE, |all, (_, days)| all.union(*days));
        let dates: Option<BTreeSet<Date>> =
            columns.dates.range(area.left..=area.right).map(|(_, date)| *date).collect();
        // What stands below every day is about the board, whatever stands at its left.
        if rests_on_holidays(text) && columns.days.keys().all(|day| (area.left..=area.right).contains(day)) {
            self.notes.push(text.to_owned());
            self.notes_at.push(at);
            return;
        }
        // Below a date that is not its weekday nobody knows the day.
        if is_nothing(text) {
            self.stop(grid, at, text);
            for (_, label) in labels.range(area.top..=area.bottom).filter(|_| !days.is_empty()) {
                let (slot, row_time) =
                    if label.is_slot() { (Some(label.name.clone()), None) } else { (None, label.time) };
                let entry = Entry { stopped: Some(text.to_owned()), ..Entry::default() };
                self.unread.push(Placed { at, days, slot, row_time, entry });
            }
            return;
        }
        let Some(dates) = dates.filter(|dates| !days.is_empty() && (!once || !dates.is_empty())) else {
            findings.not_understood(grid, at, text);
            self.comment(grid, at, text);
            return;
        };
        let covered: Vec<&Label> = labels.range(area.top..=area.bottom).map(|(_, label)| label).collect();
        let first = covered.first().copied().cloned().unwrap_or_default();
        let same = covered.iter().all(|label| label.name == first.name && label.time == first.time);
        let whole = || {
            let last = covered.last()?;
            TimeRange::new(first.time?.start(), last.time?.end())
        };
        let (slot, row_time) = match same {
            true if first.is_slot() && first.how_often().is_none() => (Some(first.name.clone()), None),
            true => (None, first.time),
            false => (None, whole()),
        };
        let part = first.part.filter(|part| covered.iter().all(|label| label.part == Some(*part)));
        let mut rooms: Vec<&str> = covered.iter().filter_map(|label| label.room()).collect();
        rooms.dedup();
        let how_often = covered.iter().find_map(|label| label.how_often());
        for mut entry in entries(text, names, part) {
            match how_often.map(rule) {
                // A row for odd weeks, or for the first week of the month.
                Some(Some((rule, None))) if entry.rule.is_none() => entry.rule = Some(rule),
                Some(_) => entry.doubtful = true,
                None => {}
            }
            // Where activities stand at the left of their rows, cells say when they are.
            let is_time_alone = entry.title.is_empty() && entry.details.is_empty() && entry.leftover.is_empty();
            if is_time_alone && entry.time.is_some() && same && first.is_title() && !first.name.is_empty() {
                entry.title.clone_from(&first.name);
                let placed = Placed { at, days, slot: None, row_time: None, entry };
                if once {
                    self.place_once(grid, &placed, &dates, findings);
                } else {
                    self.place(grid, placed, findings);
                }
                continue;
            }
            if !rooms.is_empty() && !entry.details.contains_key("room") {
                entry.details.insert("room", rooms.join("、"));
            }
            // 每月第一个周三 in the column of Mondays: one of the two is wrong, unless somebody has moved it.
            let is_of_other_day = entry.rule_day.is_some_and(|day| day != days);
            if is_of_other_day && !entry.doubtful && names.titles.contains(&entry.title) {
                self.of_other_day.push(Placed { at, days, slot: slot.clone(), row_time, entry });
                continue;
            }
            entry.doubtful |= is_of_other_day;
            if let Some(time) = entry.time.filter(|time| is_before_dawn(*time, text)) {
                findings.before_dawn(grid, at, &format!("{} {time}", entry.title));
            }
            if let (Some(time), Some(part)) = (entry.time, part)
                && part.disagrees(time)
            {
                findings.in_other_row(grid, at, &format!("{} {time}", entry.title), part.catalogue_word());
            }
            // What has a date of its own is of no row.
            let is_dated = entry.when.is_some();
            let slot = slot.clone().filter(|_| !is_dated);
            let placed = Placed { at, days, slot, row_time, entry };
            if once && !is_dated {
                self.place_once(grid, &placed, &dates, findings);
            } else {
                self.place(grid, placed, findings);
            }
        }
    }

    /// Takes in an activity that takes place on dates; without a time it is asked for as of any other.
    fn place_once(&mut self, grid: &Grid, placed: &Placed, dates: &BTreeSet<Date>, findings: &mut Findings) {
        let time = placed.entry.time.or(placed.row_time).map(String::from);
        let at = time.or_else(|| placed.slot.clone());
        for date in dates {
            let mut one = placed.clone();
            // 单周 of a single date says something else than its date.
            one.entry.doubtful |= one.entry.rule.is_some();
            one.entry.when = at.as_ref().map(|at| format!("{date} {at}"));
            self.place(grid, one, findings);
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
            self.unread.push(placed);
            return;
        }
        if entry.doubtful || entry.untimed || entry.title.is_empty() || entry.crowded.is_some() {
            let details = entry.details.values();
            let time = entry.time.map(|time| time.to_string());
            // A rule that names another day than its column.
            let rule = entry
                .rule
                .iter()
                .zip(entry.rule_day)
                .map(|(rule, day)| format!("{rule}{}", days(day, self.in_english)));
            let texts = std::iter::once(&entry.title).cloned().chain(rule);
            let texts = texts.chain(details.cloned()).chain(entry.leftover.iter().cloned()).chain(time);
            let text = texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
            if let Some(line) = &entry.crowded {
                let problem = Problem::new(Code::CellUnclear).with("text", line).with("title", &entry.title);
                findings.at(grid, at, problem);
            } else if entry.doubtful {
                let is_dated = names_a_date(&text) || says_part_of_year(&text);
                let code = if is_dated { Code::DatesOnBoard } else { Code::HowOftenNotUnderstood };
                findings.at(grid, at, Problem::new(code).with("text", &text));
            } else {
                findings.not_understood(grid, at, &text);
            }
            self.comment(grid, at, &text);
            self.unread.push(placed);
            return;
        }
        if placed.slot.as_deref().is_some_and(|slot| OTHER_DAYS.contains(&slot)) {
            placed.slot = None;
            entry.when = entry.details.shift_remove("when").or_else(|| entry.when.take());
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

    /// Says what is called off, but for cells of which that is said already.
    pub(super) fn say_stopped(&self, but: &[(u32, u32)], findings: &mut Findings) {
        let said: Vec<String> = but.iter().map(|(row, column)| self.grid.cell_name(*row, *column)).collect();
        for (text, cells) in &self.stopped {
            let cells: Vec<&str> = cells.iter().filter(|cell| !said.contains(cell)).map(String::as_str).collect();
            if !cells.is_empty() {
                let problem = Problem::new(Code::CellStopped).with("text", text);
                findings.on_sheet(&self.grid, problem.with_list("cells", cells));
            }
        }
    }

    /// The cell in which the time of an activity is looked for.
    pub(super) fn time_of(&self, placed: &Placed) -> (u32, u32) {
        (placed.at.0, self.times_in.unwrap_or(placed.at.1))
    }

    fn comment(&mut self, grid: &Grid, at: (u32, u32), text: &str) {
        self.comments.push(format!("{}: {}", grid.cell_name(at.0, at.1), text.replace('\n', " / ")));
    }

    fn note(&mut self, grid: &Grid, row: u32, names: &Names, findings: &mut Findings) {
        for (column, text) in grid.row(row) {
            if is_signature(text) {
                findings.signed(grid, (row, column), text);
                continue;
            }
            // A board of our own has one remark in each cell.
            if !names.titles.is_empty() {
                self.notes.push(text.to_owned());
                self.notes_at.push((row, column));
                continue;
            }
            for line in text.lines() {
                let line = starts_notes(line).unwrap_or(line).trim();
                self.notes.extend(findings.without_names(grid, (row, column), line));
            }
        }
    }
}
