//! A weekly programme as a spreadsheet, for people who will not leave theirs.
//!
//! The first sheet is the board as it hangs on the wall and can be worked on; the further ones hold all that a board cannot
//! show, so that [`crate::import`] makes the same programme of it again. The bytes depend on nothing but the programme.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use serde_yaml::{Mapping, Value};

use crate::calendar::{At, Pattern, TimeRange, Weekday, WeekdaySet};
use crate::content::{Activity, Programme, Text};
use crate::diagnostics::{Code, Problem};
use crate::import::{DETAILS, Known, PROGRAMME, cell_text, heading_of, width};

/// The rows of what recurs on other days than weekdays, in Chinese and English.
const OTHER_DAYS: [&str; 2] = ["其他日子", "Other days"];
/// The width of a column of the board, in digits of Excel's type.
const COLUMN: f64 = 22.0;
/// The height of a line of the board, in points.
const LINE: f64 = 17.0;

/// A programme, as it is written and as it was read.
pub struct Source<'a> {
    /// Its id.
    pub id: &'a str,
    /// As it was read.
    pub programme: &'a Programme,
    /// As it is written, with English keys.
    pub written: &'a Mapping,
    /// The site.
    pub known: &'a Known,
}

/// The workbook of a programme.
pub fn workbook(source: &Source<'_>) -> Result<Vec<u8>, Problem> {
    write(source).map_err(|_| Problem::new(Code::TooLongForCell).with("id", source.id))
}

fn write(source: &Source<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let in_chinese = source.known.first.as_str().starts_with("zh");
    let board = book.add_worksheet().set_name(if in_chinese { "周安排" } else { "Board" })?;
    Board { source, in_chinese, days: days(source.programme) }.write(board)?;
    details(book.add_worksheet(), source, in_chinese)?;
    programme(book.add_worksheet(), source, in_chinese)?;
    book.save_to_buffer()
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
    source: &'a Source<'a>,
    in_chinese: bool,
    days: Vec<Weekday>,
}

/// A row of the board: its label, its time, and its activities.
struct Row<'a> {
    label: String,
    time: Option<TimeRange>,
    activities: Vec<&'a Activity>,
}

impl Board<'_> {
    fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let programme = self.source.programme;
        let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
        let head = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_border(FormatBorder::Thin)
            .set_background_color(Color::RGB(0x00E3_EEE8));
        let title = Format::new().set_bold().set_font_size(18).set_align(FormatAlign::Center).set_text_wrap();
        let under = Format::new().set_align(FormatAlign::Center);
        let note = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let last = column(self.days.len());
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(2, 2)?;
        sheet.set_column_width(0, 14)?;
        for day in 1..=last {
            sheet.set_column_width(day, COLUMN)?;
        }
        sheet.merge_range(0, 0, 0, last, self.text(&programme.title), &title)?.set_row_height(0, 30)?;
        sheet.merge_range(1, 0, 1, last, &self.period(), &under)?;
        sheet.write_string_with_format(2, 0, if self.in_chinese { "时段" } else { "Time" }, &head)?;
        let mut lines = 1.0_f64;
        for (number, day) in self.days.iter().enumerate() {
            let text = self.day(*day);
            lines = lines.max(lines_of(&text));
            sheet.write_string_with_format(2, column(number + 1), text, &head)?;
        }
        sheet.set_row_height(2, LINE * lines + 6.0)?;
        sheet.set_freeze_panes(3, 1)?;
        let mut number = 3;
        for row in self.rows() {
            let mut lines = lines_of(&row.label);
            sheet.write_string_with_format(number, 0, &row.label, &head)?;
            for (place, day) in self.days.iter().enumerate() {
                let on = |activity: &&&Activity| activity.when.pattern.weekdays(programme.valid.first()).contains(*day);
                let cell: Vec<String> =
                    row.activities.iter().filter(on).map(|activity| self.cell(activity, row.time)).collect();
                let cell = cell.join("\n\n");
                lines = lines.max(lines_of(&cell));
                sheet.write_string_with_format(number, column(place + 1), cell, &plain)?;
            }
            sheet.set_row_height(number, (LINE * lines + 6.0).min(400.0))?;
            number += 1;
        }
        let others: Vec<&Activity> = programme.activities.iter().filter(|activity| !self.is_shown(activity)).collect();
        if !others.is_empty() {
            let cell = others.iter().map(|activity| self.cell(activity, None)).collect::<Vec<_>>().join("\n\n");
            sheet.write_string_with_format(number, 0, self.word(OTHER_DAYS), &head)?;
            sheet.merge_range(number, 1, number, last, &cell, &plain)?;
            sheet.set_row_height(number, (LINE * lines_of(&cell) + 6.0).min(400.0))?;
            number += 1;
        }
        number += 1;
        for text in &programme.notes {
            sheet.merge_range(number, 0, number, last, self.text(text), &note)?;
            number += 1;
        }
        Ok(())
    }

    fn word<'w>(&self, [chinese, english]: [&'w str; 2]) -> &'w str {
        if self.in_chinese { chinese } else { english }
    }

    fn text<'t>(&'t self, text: &'t Text) -> &'t str {
        text.best(&self.source.known.first, &self.source.known.first).0
    }

    fn period(&self) -> String {
        let valid = self.source.programme.valid;
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
        let theme = self.source.programme.day_themes.iter().find(|theme| theme.days.contains(day));
        theme.map_or_else(|| name.to_owned(), |theme| format!("{name}\n{}", self.text(&theme.theme)))
    }

    fn is_shown(&self, activity: &Activity) -> bool {
        is_on_weekdays(&activity.when.pattern) && self.time(activity).is_some()
    }

    fn time(&self, activity: &Activity) -> Option<TimeRange> {
        match &activity.when.at {
            At::Time(time) => Some(*time),
            At::Slot(slot) => self.source.programme.slots.get(slot).copied(),
        }
    }

    /// The parts of the day, and a row for each time that lies in none of them.
    fn rows(&self) -> Vec<Row<'_>> {
        let programme = self.source.programme;
        let row = |(name, time): (&String, &TimeRange)| Row {
            label: format!("{name}\n{}", plain(*time)),
            time: Some(*time),
            activities: Vec::new(),
        };
        let mut rows: Vec<Row<'_>> = programme.slots.iter().map(row).collect();
        let names: Vec<&String> = programme.slots.keys().collect();
        let mut alone: Vec<Row<'_>> = Vec::new();
        for activity in programme.activities.iter().filter(|activity| self.is_shown(activity)) {
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
            let known = self.source.known.teams.iter().find(|(id, _)| id == team.as_str());
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

fn column(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// How many lines a text takes in a column of the board.
fn lines_of(text: &str) -> f64 {
    let lines = text.lines().map(|line| (width(line) as f64 / (COLUMN - 1.0)).ceil().max(1.0));
    lines.sum::<f64>().max(1.0)
}

/// A row for each activity with all of its keys.
fn details(sheet: &mut Worksheet, source: &Source<'_>, in_chinese: bool) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_background_color(Color::RGB(0x00E3_EEE8));
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(if in_chinese { DETAILS[0] } else { DETAILS[1] })?;
    let activities =
        source.written.get("activities").and_then(Value::as_sequence).map(Vec::as_slice).unwrap_or_default();
    let mut keys: Vec<&str> = vec!["title", "when"];
    for key in activities.iter().filter_map(Value::as_mapping).flat_map(Mapping::keys).filter_map(Value::as_str) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    for (number, key) in keys.iter().enumerate() {
        sheet.write_string_with_format(0, column(number), heading_of("Activity", key, in_chinese), &head)?;
        sheet.set_column_width(column(number), 24)?;
        for (row, activity) in (1_u32..).zip(activities) {
            if let Some(value) = activity.get(*key) {
                sheet.write_string_with_format(row, column(number), cell_text(value), &cell)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

/// The keys of the programme.
fn programme(sheet: &mut Worksheet, source: &Source<'_>, in_chinese: bool) -> Result<(), XlsxError> {
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(if in_chinese { PROGRAMME[0] } else { PROGRAMME[1] })?;
    sheet.set_column_width(0, 16)?.set_column_width(1, 100)?;
    sheet.write_string(0, 0, "id")?.write_string(0, 1, source.id)?;
    let entries = source.written.iter().filter_map(|(key, value)| Some((key.as_str()?, value)));
    for (row, (key, value)) in (1_u32..).zip(entries.filter(|(key, _)| *key != "activities")) {
        sheet.write_string(row, 0, heading_of("Programme", key, in_chinese))?;
        sheet.write_string_with_format(row, 1, cell_text(value), &cell)?;
    }
    Ok(())
}
