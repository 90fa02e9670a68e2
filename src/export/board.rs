//! What a programme's board says, cell by cell: for whoever draws it, and for whoever compares a board with it.
//!
//! Days stand across and the parts of the day down. What lies in no part of the day has a row for its time, and what
//! recurs on other days than weekdays a row below all.

use crate::calendar::{At, Pattern, TimeRange, Weekday, WeekdaySet};
use crate::content::{Activity, Programme, Text};
use crate::import::{Area, Grid, Known, OTHER_DAYS};

/// A cell of the board, which may reach over several columns.
pub(super) struct Cell {
    pub(super) row: u32,
    pub(super) column: u16,
    /// The last column over which it reaches.
    pub(super) last: u16,
    pub(super) text: String,
    pub(super) style: Style,
}

/// What a cell of the board is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Title,
    Period,
    Head,
    Plain,
    Note,
}

impl Cell {
    fn new(row: u32, column: u16, text: &str, style: Style) -> Self {
        Self::merged(row, column, column, text, style)
    }

    fn merged(row: u32, column: u16, last: u16, text: &str, style: Style) -> Self {
        Self { row, column, last, text: text.to_owned(), style }
    }
}

/// The cells of a programme's board, row by row.
pub(super) fn cells(programme: &Programme, known: &Known) -> Vec<Cell> {
    Board::of(programme, programme.activities.iter().collect(), known).cells()
}

/// The board of a programme as it is read again, with all of its activities or one of them.
pub(crate) fn board(programme: &Programme, only: Option<&Activity>, known: &Known) -> Grid {
    let activities = only.map_or_else(|| programme.activities.iter().collect(), |activity| vec![activity]);
    let mut grid = Grid::new("");
    for cell in Board::of(programme, activities, known).cells() {
        grid.put(cell.row, cell.column.into(), &cell.text);
        let (left, right) = (cell.column.into(), cell.last.into());
        grid.merge(Area { top: cell.row, left, bottom: cell.row, right });
    }
    grid
}

/// Monday to Friday, and the days of the weekend on which something takes place.
fn days(programme: &Programme) -> Vec<Weekday> {
    let start = programme.valid.first();
    let shown = programme.activities.iter().filter(|activity| is_on_weekdays(&activity.when.pattern));
    let used = shown.fold(WeekdaySet::WORKDAYS, |all, activity| all.union(activity.when.pattern.weekdays(start)));
    let themes = programme.day_themes.iter().fold(used, |all, theme| all.union(theme.days));
    themes.iter().collect()
}

/// Whether a board with a column for each weekday can say when it is.
fn is_on_weekdays(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::Weekly(_) | Pattern::OddWeeks(_) | Pattern::EvenWeeks(_) | Pattern::Monthly(..))
}

struct Board<'a> {
    programme: &'a Programme,
    /// Those that are shown.
    activities: Vec<&'a Activity>,
    known: &'a Known,
    in_chinese: bool,
    days: Vec<Weekday>,
}

/// A row of the board: its label, its time, and its activities.
struct Row<'a> {
    label: String,
    time: Option<TimeRange>,
    activities: Vec<&'a Activity>,
}

impl<'a> Board<'a> {
    fn of(programme: &'a Programme, activities: Vec<&'a Activity>, known: &'a Known) -> Self {
        let in_chinese = known.first.as_str().starts_with("zh");
        Self { programme, activities, known, in_chinese, days: days(programme) }
    }

    fn cells(&self) -> Vec<Cell> {
        let last = column(self.days.len());
        let mut cells = vec![
            Cell::merged(0, 0, last, self.text(&self.programme.title), Style::Title),
            Cell::merged(1, 0, last, &self.period(), Style::Period),
            Cell::new(2, 0, if self.in_chinese { "时段" } else { "Time" }, Style::Head),
        ];
        cells.extend(
            self.days
                .iter()
                .enumerate()
                .map(|(place, day)| Cell::new(2, column(place + 1), &self.day(*day), Style::Head)),
        );
        let mut number = 3;
        for row in self.rows() {
            cells.push(Cell::new(number, 0, &row.label, Style::Head));
            for (place, day) in self.days.iter().enumerate() {
                let on = |activity: &&&Activity| self.weekdays(activity).contains(*day);
                let here = row.activities.iter().filter(on).map(|activity| self.cell(activity, row.time));
                let text = here.collect::<Vec<_>>().join("\n\n");
                cells.push(Cell::new(number, column(place + 1), &text, Style::Plain));
            }
            number += 1;
        }
        let others = self.activities.iter().filter(|activity| !self.is_shown(activity));
        let others: Vec<String> = others.map(|activity| self.cell(activity, None)).collect();
        if !others.is_empty() {
            cells.push(Cell::new(number, 0, self.word(OTHER_DAYS), Style::Head));
            cells.push(Cell::merged(number, 1, last, &others.join("\n\n"), Style::Plain));
            number += 1;
        }
        for text in &self.programme.notes {
            number += 1;
            cells.push(Cell::merged(number, 0, last, self.text(text), Style::Note));
        }
        cells
    }

    fn word<'w>(&self, [chinese, english]: [&'w str; 2]) -> &'w str {
        if self.in_chinese { chinese } else { english }
    }

    fn text<'t>(&'t self, text: &'t Text) -> &'t str {
        text.best(&self.known.first, &self.known.first).0
    }

    fn period(&self) -> String {
        let valid = self.programme.valid;
        let (first, last) = (valid.first(), valid.last());
        if !self.in_chinese {
            return format!("{first} ~ {last}");
        }
        let day = |date: crate::calendar::Date| format!("{}年{}月{}日", date.year(), date.month(), date.day());
        format!("{}至{}", day(first), day(last))
    }

    /// A weekday with its theme below it.
    fn day(&self, day: Weekday) -> String {
        const CHINESE: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
        const ENGLISH: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let names = if self.in_chinese { CHINESE } else { ENGLISH };
        let place = usize::try_from(day.to_monday_zero_offset()).unwrap_or(0);
        let name = names.get(place).copied().unwrap_or_default();
        let theme = self.programme.day_themes.iter().find(|theme| theme.days.contains(day));
        theme.map_or_else(|| name.to_owned(), |theme| format!("{name}\n{}", self.text(&theme.theme)))
    }

    fn weekdays(&self, activity: &Activity) -> WeekdaySet {
        activity.when.pattern.weekdays(self.programme.valid.first())
    }

    fn is_shown(&self, activity: &Activity) -> bool {
        is_on_weekdays(&activity.when.pattern) && self.time(activity).is_some()
    }

    fn time(&self, activity: &Activity) -> Option<TimeRange> {
        match &activity.when.at {
            At::Time(time) => Some(*time),
            At::Slot(slot) => self.programme.slots.get(slot).copied(),
        }
    }

    /// The parts of the day, and a row for each time that lies in none of them.
    fn rows(&self) -> Vec<Row<'a>> {
        let programme = self.programme;
        let row = |(name, time): (&String, &TimeRange)| Row {
            label: format!("{name}\n{}", plain(*time)),
            time: Some(*time),
            activities: Vec::new(),
        };
        let mut rows: Vec<Row<'a>> = programme.slots.iter().map(row).collect();
        let names: Vec<&String> = programme.slots.keys().collect();
        let mut alone: Vec<Row<'a>> = Vec::new();
        for activity in self.activities.iter().copied().filter(|activity| self.is_shown(activity)) {
            let Some(time) = self.time(activity) else { continue };
            let named = match &activity.when.at {
                At::Slot(slot) => names.iter().position(|name| *name == slot),
                At::Time(_) => None,
            };
            let overlap =
                |row: &Row<'_>| row.time.and_then(|slot| slot.overlap(&time)).map_or(0, |both| both.minutes());
            let nearest =
                rows.iter().enumerate().filter(|(_, row)| overlap(row) > 0).max_by_key(|(_, row)| overlap(row));
            let place = named.or_else(|| nearest.map(|(place, _)| place));
            match place.and_then(|place| rows.get_mut(place)) {
                Some(row) => row.activities.push(activity),
                None => match alone.iter_mut().find(|row| row.time == Some(time)) {
                    Some(row) => row.activities.push(activity),
                    None => alone.push(Row { label: plain(time), time: Some(time), activities: vec![activity] }),
                },
            }
        }
        alone.sort_by_key(|row| row.time);
        rows.append(&mut alone);
        rows
    }

    /// An activity as it stands in a cell: what, when where that is not the row's, where, who.
    fn cell(&self, activity: &Activity, row: Option<TimeRange>) -> String {
        let mut lines = vec![self.text(&activity.title).to_owned()];
        match row {
            None => lines.push(format!("{}{}", self.word(["时间：", "When: "]), activity.when.as_written())),
            Some(row) => {
                lines.extend(self.time(activity).filter(|time| *time != row).map(plain));
                lines.extend(self.rule(&activity.when.pattern));
            }
        }
        let mut say = |label: [&str; 2], text: Option<&str>| {
            lines.extend(text.map(|text| format!("{}{}", self.word(label), text.replace('\n', " "))));
        };
        say(["地点：", "Room: "], activity.room.as_ref().map(|room| self.text(room)));
        say(["负责：", "Leader: "], self.leader(activity));
        let valid = activity.valid.map(String::from);
        say(["期间：", "Period: "], valid.as_deref());
        lines.join("\n")
    }

    fn leader<'l>(&'l self, activity: &'l Activity) -> Option<&'l str> {
        let team = activity.led_by.as_ref().map(|team| {
            let known = self.known.teams.iter().find(|(id, _)| id == team.as_str());
            known.and_then(|(_, names)| names.first()).map_or(team.as_str(), String::as_str)
        });
        team.or_else(|| activity.leader.as_ref().map(|leader| self.text(leader)))
    }

    /// How often, where that is not every week.
    fn rule(&self, pattern: &Pattern) -> Option<String> {
        match pattern {
            Pattern::OddWeeks(_) => Some(self.word(["单周", "odd weeks"]).to_owned()),
            Pattern::EvenWeeks(_) => Some(self.word(["双周", "even weeks"]).to_owned()),
            Pattern::Monthly(_, day) => {
                let written = pattern.to_string();
                let english = String::from(WeekdaySet::only(*day));
                Some(written.replace(&english, &self.day_name(*day)))
            }
            _ => None,
        }
    }

    fn day_name(&self, day: Weekday) -> String {
        self.day(day).lines().next().unwrap_or_default().to_owned()
    }
}

/// A time as it is written in YAML and in cells.
fn plain(time: TimeRange) -> String {
    String::from(time)
}

pub(super) fn column(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}
