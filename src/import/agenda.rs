//! A weekly programme as a list: an activity in each row, with columns for weekday, time, place.

use indexmap::IndexMap;

use super::Context;
use super::board::{Board, Placed};
use super::entry::{Entry, Names, entries, names_a_time, take_time, take_times, times_alone};
use super::findings::Findings;
use super::grid::Grid;
use super::listed_days::{self, ListedDays, Unread, names_a_day, year_wanted};
use super::part_of_day::{PartOfDay, is_before_dawn};
use super::row_days::{RowDays, without_brackets};
use super::table::{is_number, is_person};
use super::vocabulary::{is_nothing, is_stopped, weekday_head};
use crate::calendar::{At, Date, Pattern, TimeOfDay, TimeRange, WeekdaySet, When};
use crate::diagnostics::{Code, Problem};
use crate::source::lint::in_any_form;

const COLUMNS: [(&str, &[&str]); 14] = [
    ("days", &["星期", "周几", "周次", "星期几", "weekday", "day", "days"]),
    ("date", &["日期", "活动日期", "上课日期", "date"]),
    ("slot", &["时段", "上午/下午", "slot", "part of day"]),
    ("time", &["时间", "活动时间", "上课时间", "开课时间", "服务时间", "起止时间", "time", "hours"]),
    ("from", &["开始时间", "起始时间", "开始", "start", "from"]),
    ("until", &["结束时间", "截止时间", "结束", "end", "until"]),
    (
        "title",
        &[
            "活动",
            "活动名称",
            "活动项目",
            "活动主题",
            "课程",
            "课程项目",
            "班级",
            "班次",
            "班级名称",
            "课程班级",
            "课程名称",
            "项目",
            "服务项目",
            "名称",
            "activity",
            "title",
            "name",
        ],
    ),
    ("room", &["地点", "活动地点", "场地", "教室", "活动室", "上课地点", "room", "place", "venue", "where"]),
    (
        "leader",
        &[
            "负责人",
            "主讲人",
            "主讲",
            "授课老师",
            "老师",
            "负责团队",
            "团队",
            "负责",
            "组织单位",
            "leader",
            "led by",
            "teacher",
            "带课老师",
            "任课老师",
            "授课教师",
            "教师",
            "带队老师",
            "带队",
            "指导老师",
            "主持人",
        ],
    ),
    ("audience", &["服务对象", "参加对象", "对象", "人群", "audience", "for"]),
    ("cost", &["费用", "收费", "收费标准", "学费", "cost", "price", "fee"]),
    ("booking", &["报名方式", "报名", "预约", "booking"]),
    ("places", &["名额", "人数", "招生人数", "招生名额", "places"]),
    ("summary", &["活动内容", "服务内容", "内容", "简介", "说明", "summary", "description"]),
];

/// Reads a list with at least the activity and its weekday in columns of their own; the weekday may stand in that of the
/// time: 每周一上午9:00-10:00.
pub(super) fn read(grid: &Grid, names: &Names, context: &Context<'_>, findings: &mut Findings) -> Option<Board> {
    let rows = grid.rows();
    let is_when = |row: u32, columns: &IndexMap<&str, u32>| {
        let time = columns.get("time").filter(|_| columns.contains_key("title"));
        let below = rows.iter().filter(|below| **below > row).take(5);
        time.is_some_and(|column| below.into_iter().any(|row| recurring(grid.seen(*row, *column)).is_some()))
    };
    let (head, columns) = rows.iter().take(20).find_map(|row| {
        let columns = columns(grid, *row);
        (has_days(&columns) || is_when(*row, &columns)).then_some((*row, columns))
    })?;
    let mut board = Board { grid: grid.clone(), in_english: true, ..Board::default() };
    for row in rows.iter().filter(|row| **row < head) {
        board.above.extend(grid.row(*row).map(|(column, text)| ((*row, column), text.to_owned())));
    }
    board.times_in = ["time", "from"].iter().find_map(|key| columns.get(key).copied());
    let known: Vec<u32> = columns.values().copied().collect();
    let is_unknown = |(column, text): &(u32, &str)| !known.contains(column) && !is_number(text);
    let unknown: Vec<(u32, String)> =
        grid.row(head).filter(is_unknown).map(|(column, text)| (column, text.replace('\n', " "))).collect();
    for (column, heading) in &unknown {
        findings.at(grid, (head, *column), Problem::new(Code::ColumnUnknown).with("heading", heading));
    }
    let mut listed = context.days_below(&board.above, grid);
    let days: Vec<u32> = ["date", "days"].iter().filter_map(|key| columns.get(key).copied()).collect();
    let below = rows.iter().filter(|row| **row > head);
    let named =
        below.filter_map(|row| days.iter().map(|column| grid.seen(*row, *column)).find(|text| !is_nothing(text)));
    if listed.lacks_year(named) {
        findings.on_file(year_wanted());
        return None;
    }
    for row in rows.into_iter().filter(|row| *row > head) {
        line(grid, row, &columns, names, (&mut board, &mut listed), findings);
        for (column, heading) in &unknown {
            let text = grid.get(row, *column).replace('\n', " ");
            if is_person(heading, &text) {
                findings.at(grid, (row, *column), Problem::new(Code::NameOfPerson).with("text", &text));
            } else if !is_nothing(&text) {
                board.comments.push(format!("{}: {heading}: {text}", grid.cell_name(row, *column)));
            }
        }
    }
    (!board.placed.is_empty()).then_some(board)
}

/// When something recurs, of a text that names days and a time, as an editor writes it; its time as the part of the day
/// of its row has it. Nothing if a time in it cannot be read.
fn recurring_in(text: &str, part: Option<PartOfDay>) -> Option<String> {
    let plain = recurring(text)?;
    let with = |written: &str, time: TimeRange| {
        let days = plain.strip_suffix(written).map(str::trim_end)?;
        Some(format!("{days} {}", String::from(part.map_or(time, |part| part.put(time)))))
    };
    match When::read(&plain).ok()?.at {
        At::Slot(slot) => match times_alone(&slot).as_deref() {
            Some([time]) => with(&slot, *time),
            _ if names_a_time(&slot) || slot.contains(['（', '(']) => None,
            _ => Some(plain),
        },
        At::Time(time) => match part.map(|part| part.put(time)).filter(|put| *put != time) {
            // What is written stays where it says the same.
            None => Some(plain),
            Some(put) => {
                let start = plain.char_indices().map(|(at, _)| at).find(|at| {
                    plain.get(*at..).is_some_and(|rest| TimeRange::read(rest).is_ok_and(|read| read == time))
                })?;
                with(plain.get(start..)?, put)
            }
        },
    }
}

/// When something recurs, of a text that names days and a time, as an editor writes it.
fn recurring(text: &str) -> Option<String> {
    let plain =
        text.replace(['\n', '\u{3000}'], " ").replace("每周", "周").replace("每星期", "星期").replace("每个月", "每月");
    When::read(plain.trim()).is_ok().then(|| plain.trim().to_owned())
}

/// How many headings of a programme are known in the row that has most, if it is one.
pub(super) fn headings(grid: &Grid) -> usize {
    let known = |row: &u32| {
        let keys = columns(grid, *row);
        if has_days(&keys) { keys.len() } else { 0 }
    };
    grid.rows().iter().take(20).map(known).max().unwrap_or(0)
}

/// What the columns below a row of headings are. Where none is called a title, 活动内容 says what takes place.
fn columns(grid: &Grid, row: u32) -> IndexMap<&'static str, u32> {
    let mut columns: IndexMap<&str, u32> = IndexMap::new();
    for (column, key) in grid.row(row).filter_map(|(column, text)| Some((column, heading(text)?))) {
        columns.entry(key).or_insert(column);
    }
    if !columns.contains_key("title")
        && let Some(column) = columns.shift_remove("summary")
    {
        columns.insert("title", column);
    }
    columns
}

/// Whether there are days and what takes place on them. 日期 may be the heading of weekdays.
fn has_days(columns: &IndexMap<&str, u32>) -> bool {
    columns.contains_key("title") && ["days", "date"].iter().any(|key| columns.contains_key(key))
}

/// A time as its column has it: from two cells, or as the fraction of a day that an unformatted cell is.
fn time_of(seen: &dyn Fn(&str) -> String) -> String {
    let (from, until) = (clock(&seen("from")), clock(&seen("until")));
    if from.is_empty() { seen("time") } else { format!("{}{from}-{until}", seen("time")) }
}

/// `0.375` as `09:00`, and `9:00:00` as `9:00`.
pub(super) fn clock(text: &str) -> String {
    let fraction = text.parse::<f64>().ok().filter(|part| (0.0..=1.0).contains(part) && text.contains('.'));
    match fraction {
        Some(part) => {
            let minutes = (0..=24 * 60).find(|minutes| f64::from(*minutes) >= part * 1440.0 - 0.5).unwrap_or_default();
            format!("{:02}:{:02}", minutes / 60, minutes % 60)
        }
        None if text.matches(':').count() == 2 => text.strip_suffix(":00").unwrap_or(text).to_owned(),
        None => text.to_owned(),
    }
}

/// The key that a column's heading stands for.
pub(super) fn heading(text: &str) -> Option<&'static str> {
    let plain: String = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    COLUMNS.iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(key, _)| *key)
}

fn line(
    grid: &Grid,
    row: u32,
    columns: &IndexMap<&str, u32>,
    names: &Names,
    (board, listed): (&mut Board, &mut ListedDays),
    findings: &mut Findings,
) {
    let seen = |key: &str| columns.get(key).map_or("", |column| grid.seen(row, *column));
    let at = |key: &str| (row, columns.get(key).copied().unwrap_or(0));
    let whole = || grid.row(row).map(|(_, text)| text).collect::<Vec<_>>().join(" | ").replace('\n', " / ");
    if is_nothing(seen("title")) {
        let own = || grid.row(row).filter(|(column, _)| columns.values().any(|known| known == column));
        match (is_stopped(seen("title")), own().count()) {
            (true, _) => board.stop(grid, at("title"), seen("title")),
            // What stands alone below the list is about all of it.
            (false, 0 | 1) => {
                let remarks = own().map(|(column, text)| ((row, column), text.replace('\n', " ")));
                board.notes.extend(remarks.filter_map(|(at, text)| findings.without_names(grid, at, &text)));
            }
            (false, _) => {
                findings.at(
                    grid,
                    at("title"),
                    Problem::new(Code::RowLacks).with_word("it", "lacks-row").with_word("what", "import-name"),
                );
                board.comments.push(format!("{}: {}", grid.cell_name(row, 0), whole()));
            }
        }
        return;
    }
    let written_time = time_of(&|key| seen(key).to_owned());
    // What has a date takes place once on each of the days that are named.
    let days_key = if is_nothing(seen("date")) { "days" } else { "date" };
    let beside = Some(seen("days")).filter(|days| days_key == "date" && !is_nothing(days));
    let named = beside.and_then(|days| weekday_head(days, true)).map(|(days, _)| days);
    let dates = match Some(seen(days_key)).filter(|text| days_key == "date" || names_a_day(text)) {
        None => Err(Unread::NoDays),
        Some(text) => listed.read_on(text, named),
    };
    match dates {
        Ok(dates) => {
            let part = PartOfDay::in_text(seen("slot"));
            // Several times, or one as people write it.
            let times = times_alone(&written_time).unwrap_or_default();
            let times = times.into_iter().map(|time| String::from(part.map_or(time, |part| part.put(time))));
            let times: Vec<String> = times.collect();
            let one = |date: &Date| match recurring_in(&format!("{date} {written_time}"), part) {
                Some(when) => Some(vec![when]),
                None if times.is_empty() => None,
                None => Some(times.iter().map(|time| format!("{date} {time}")).collect()),
            };
            if let Some(whens) = dates.iter().map(one).collect::<Option<Vec<Vec<String>>>>() {
                let whens = whens.concat();
                for when in whens {
                    once_or_again(grid, at("title"), when, columns, (names, board), findings);
                }
            } else {
                let key = ["time", "from"].into_iter().find(|key| columns.contains_key(key)).unwrap_or(days_key);
                let text = if written_time.is_empty() { seen("title") } else { &written_time };
                findings.not_understood(grid, at(key), text);
                board.comments.push(format!("{}: {}", grid.cell_name(row, 0), whole()));
            }
            return;
        }
        Err(unread) => {
            let is_day = !matches!(unread, Unread::NoDays);
            if is_day || beside.is_some() || names_a_day(seen(days_key)) {
                match unread {
                    Unread::Disagrees(date) => {
                        let text = beside.map_or_else(String::new, |days| format!(" {days}"));
                        let text = format!("{}{text}", seen(days_key));
                        findings.at(grid, at(days_key), listed_days::disagrees(&text, date));
                    }
                    Unread::Outside(within) => {
                        findings.at(grid, at(days_key), listed_days::outside(seen(days_key), within));
                    }
                    Unread::NoDays => findings.not_understood(grid, at(days_key), seen(days_key)),
                }
                board.comments.push(format!("{}: {}", grid.cell_name(row, 0), whole()));
                return;
            }
        }
    }
    let written = seen(days_key);
    let part = PartOfDay::in_text(seen("slot"));
    if let Some(when) = recurring_in(&format!("{written} {written_time}"), part) {
        let weekly = matches!(When::read(&when), Ok(When { pattern: Pattern::Weekly(_), .. })) && !written.is_empty();
        if !weekly {
            once_or_again(grid, at("title"), when, columns, (names, board), findings);
            return;
        }
    }
    let time_key = if columns.contains_key("time") { "time" } else { "from" };
    // A date may stand with the time too, of which the end may be missing.
    if written.is_empty()
        && let Some((date, times)) = date_before_time(&written_time)
        && let Ok(dates) = listed.read(date)
    {
        if times.is_empty() {
            let problem = Problem::new(Code::ActivityWithoutTime).with("title", seen("title"));
            findings.at(grid, at(time_key), problem);
        }
        for (date, time) in dates.iter().flat_map(|date| times.iter().map(move |time| (date, time))) {
            let when = format!("{date} {}", String::from(*time));
            once_or_again(grid, at("title"), when, columns, (names, board), findings);
        }
        return;
    }
    let mut leave = |key: &str, text: &str, findings: &mut Findings| {
        findings.not_understood(grid, at(key), text);
        board.comments.push(format!("{}: {}", grid.cell_name(row, 0), whole()));
    };
    // Where there is no column for them, the days stand with the time.
    let days_with_time = written.is_empty().then(|| days_before_time(&written_time)).flatten();
    let (read, written_time) = match days_with_time {
        Some((days, time)) => (Some(days), time),
        None => (RowDays::read(written), written_time),
    };
    let Some(mut days) = read else {
        let key = if columns.contains_key(days_key) { days_key } else { "time" };
        leave(key, if seen(key).is_empty() { seen("title") } else { seen(key) }, findings);
        return;
    };
    let row_times = RowTimes::read(&written_time, &mut days);
    // A beginning alone is no time that cannot be read: its end is asked for.
    let begins = TimeOfDay::read(written_time.trim()).is_ok();
    if row_times.times.is_empty() && names_a_time(&written_time) && !begins {
        leave(time_key, &written_time, findings);
        return;
    }
    board.in_english &= written.is_ascii();
    let slot = if seen("slot").is_empty() { row_times.rest } else { seen("slot").to_owned() };
    let (slot, slot_time, _) = take_time(&slot);
    let alone = days.part.filter(|_| row_times.times.is_empty() && !begins).map(str::to_owned);
    let slot = Some(slot.trim_matches(['（', '）', '(', ')', ' ']).to_owned())
        .filter(|slot| !slot.is_empty() && TimeOfDay::read(slot).is_err())
        .or(alone);
    let part = part.or_else(|| PartOfDay::in_text(&written_time)).or_else(|| PartOfDay::in_text(days.part?));
    let in_part = |time: TimeRange| part.map_or(time, |part| part.put(time));
    let times: Vec<TimeRange> = row_times.times.into_iter().map(in_part).collect();
    let slot_time = slot_time.map(in_part);
    let names_night = written_time.contains("凌晨") || days.part == Some("凌晨");
    if let Some(early) = times.iter().find(|time| is_before_dawn(**time, &written_time) && !names_night) {
        findings.before_dawn(grid, at(time_key), &format!("{} {early}", seen("title")));
    }
    if let Some(slot) = &slot {
        let key = if columns.contains_key("slot") { "slot" } else { time_key };
        let known = board.slots.entry(slot.clone()).or_insert((None, at(key)));
        known.0 = known.0.or(slot_time);
    }
    for mut entry in entries(seen("title"), names, part) {
        entry.doubtful |= days.doubtful;
        entry.rule = entry.rule.or_else(|| days.rule.clone());
        entry.leftover.extend(days.remarks.iter().cloned());
        details(grid, row, columns, &mut entry, findings);
        let own = entry.time.into_iter().map(Some);
        let of_row = times.iter().copied().map(Some).filter(|_| entry.time.is_none());
        let mut each: Vec<Option<TimeRange>> = own.chain(of_row).collect();
        if each.is_empty() {
            each.push(None);
        }
        for time in each {
            let one = Entry { time, ..entry.clone() };
            // What is said of the row is said once.
            entry.leftover.clear();
            let placed = Placed { at: at("title"), days: days.days, slot: slot.clone(), row_time: None, entry: one };
            board.place(grid, placed, findings);
        }
    }
}

/// What a cell says of the times of its row.
struct RowTimes {
    times: Vec<TimeRange>,
    /// What else stands there, which is the part of the day.
    rest: String,
}

impl RowTimes {
    /// Reads a cell of times; what its brackets say is of the days, unless it is a time itself.
    fn read(text: &str, days: &mut RowDays) -> Self {
        let taken = take_times(text);
        let rest = taken.rest();
        if taken.times.is_empty() {
            let time = in_any_form(text.trim());
            let rest = if time.is_some() { String::new() } else { rest };
            return Self { times: time.into_iter().collect(), rest };
        }
        let (plain, inside) = without_brackets(&rest);
        for text in inside {
            days.say(&text);
        }
        Self { times: taken.times, rest: plain.trim().to_owned() }
    }
}

/// The days at the beginning of a text, and the rest of it: `每周二、四、六晚7:00-8:00`.
fn days_before_time(text: &str) -> Option<(RowDays, String)> {
    let at = text.char_indices().map(|(at, _)| at).find(|at| {
        let rest = text.get(*at..).unwrap_or_default();
        rest.starts_with(|c: char| c.is_ascii_digit())
            || ["上午", "下午", "晚", "早", "中午", "傍晚"].iter().any(|part| rest.starts_with(part))
    })?;
    let (days, rest) = text.split_at_checked(at)?;
    Some((RowDays::read(days)?, rest.to_owned()))
}

/// The date at the beginning of a text, and the times behind it; none where there is no more than a beginning.
fn date_before_time(text: &str) -> Option<(&str, Vec<TimeRange>)> {
    let splits = || text.char_indices().skip(1).filter_map(|(at, _)| text.split_at_checked(at));
    let parts = |(date, time): (&'_ str, &'_ str)| !(date.ends_with(is_digit) && time.starts_with(is_digit));
    let is_date = |(date, _): &(&str, &str)| names_a_day(date);
    let mut splits = splits().filter(|split| parts(*split)).filter(is_date);
    splits.find_map(|(date, time)| {
        let times = times_alone(time.trim()).or_else(|| TimeOfDay::read(time.trim()).ok().map(|_| Vec::new()));
        Some((date.trim_end(), times?))
    })
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Takes in the activities of a row of which it is said in one when they are.
fn once_or_again(
    grid: &Grid,
    at: (u32, u32),
    when: String,
    columns: &IndexMap<&str, u32>,
    (names, board): (&Names, &mut Board),
    findings: &mut Findings,
) {
    board.in_english &= when.is_ascii() && grid.seen(at.0, at.1).is_ascii();
    let (time, slot) = match When::read(&when).map(|when| when.at) {
        Ok(At::Time(time)) => (Some(time), None),
        Ok(At::Slot(slot)) => (None, Some(slot)),
        Err(_) => (None, None),
    };
    // A part of the day needs its time, like one in a column of its own.
    if let Some(slot) = &slot {
        let column = ["slot", "time", "days"].iter().find_map(|key| columns.get(key)).copied().unwrap_or(at.1);
        board.slots.entry(slot.clone()).or_insert((None, (at.0, column)));
    }
    if let Some(early) = time.filter(|time| is_before_dawn(*time, &when)) {
        findings.before_dawn(grid, at, &format!("{} {early}", grid.seen(at.0, at.1)));
    }
    for mut entry in entries(grid.seen(at.0, at.1), names, None) {
        entry.when = Some(when.clone());
        details(grid, at.0, columns, &mut entry, findings);
        let placed = Placed { at, days: WeekdaySet::NONE, slot: slot.clone(), row_time: None, entry };
        board.place(grid, placed, findings);
    }
}

fn details(grid: &Grid, row: u32, columns: &IndexMap<&str, u32>, entry: &mut Entry, findings: &mut Findings) {
    for key in ["room", "leader", "audience", "cost", "booking", "places", "summary"] {
        let Some(column) = columns.get(key) else { continue };
        let text = grid.seen(row, *column).replace('\n', " ");
        if is_nothing(&text) {
            continue;
        }
        if key == "places" && text.trim_end_matches(['人', '名', '个']).parse::<u32>().is_err() {
            findings.keep(grid, (row, *column), &entry.title, &text);
            continue;
        }
        entry.details.insert(key, text);
    }
}
