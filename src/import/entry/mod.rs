//! What people write into one cell of a board: activities, each with its time, room and leader.
//!
//! Several activities stand below each other: with a blank line between, numbered, each with its time, or simply line by
//! line. Of one activity the first line is the title; times, rules (单周, 每月第一个周六), labelled lines (`地点：…`) and
//! what ends as rooms and roles do are known wherever they stand; after a time come room and leader, as people write them.

mod line;
mod rooms;
mod starts;
mod times;
mod told;

pub(super) use line::{has_phone, phones, rule};
pub(super) use times::{names_a_time, take_time, take_times, times_alone};

use std::collections::HashSet;

use indexmap::IndexMap;

use self::line::{Line, before_labels, read_line, take_rule, without_mark};
use self::rooms::with_rooms_apart;
use self::starts::{numbered_apart, starts, whole_titles};
use self::times::timed_apart;
use self::told::take_told;
use super::part_of_day::{PartOfDay, says_morning};
use super::vocabulary::{is_name_of_person, is_season, is_stopped, says_how_often, says_part_of_year};
use crate::calendar::{TimeRange, WeekdaySet};

/// An activity as it stands in a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// What it is called.
    pub(super) title: String,
    /// Its own time.
    pub(super) time: Option<TimeRange>,
    /// Further times of the same day; each is an activity of its own in the end.
    pub(super) also: Vec<TimeRange>,
    /// How often, before the weekday: `单周 `, `每月第一个`.
    pub(super) rule: Option<String>,
    /// The weekday that was named with it.
    pub(super) rule_day: Option<WeekdaySet>,
    /// When it recurs, written out.
    pub(super) when: Option<String>,
    /// What else is said, by key.
    pub(super) details: IndexMap<&'static str, String>,
    /// Lines of which nobody knows what they are.
    pub(super) leftover: Vec<String>,
    /// Whether something is said of how often that cannot be read.
    pub(super) doubtful: bool,
    /// Whether a time is left that cannot be read, so that it is not known when it is.
    pub(super) untimed: bool,
    /// A line of which it cannot be told whether another activity begins with it.
    pub(super) crowded: Option<String>,
    /// By what word it is called off.
    pub(super) stopped: Option<String>,
}

/// What is known of the site's rooms, teams and titles.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Titles that are taken as they are.
    pub(super) titles: HashSet<String>,
    /// Rooms in which something takes place.
    pub(super) rooms: HashSet<String>,
}

/// The activities of a cell, whose row may name the part of the day that their times are in.
pub(super) fn entries(text: &str, names: &Names, part: Option<PartOfDay>) -> Vec<Entry> {
    let blocks = text.split("\n\n").filter(|block| !block.trim().is_empty());
    let mut entries: Vec<Entry> = blocks.flat_map(|block| of_block(block, names)).collect();
    if let Some(part) = part.filter(|_| !says_morning(text)) {
        for entry in &mut entries {
            entry.time = entry.time.map(|time| part.put(time));
            entry.also.iter_mut().for_each(|time| *time = part.put(*time));
        }
    }
    let mut found: Vec<Entry> = Vec::new();
    for mut entry in entries {
        let is_known = names.titles.contains(&entry.title);
        match found.last_mut().filter(|_| is_stopped(&entry.title) && !is_known) {
            // What stands alone below an activity is about it.
            Some(before) => before.stopped = Some(entry.title),
            None => {
                stop(&mut entry, is_known);
                found.push(entry);
            }
        }
    }
    found.into_iter().flat_map(one_time_each).collect()
}

/// An activity with several times of the day as several that have one each.
fn one_time_each(mut entry: Entry) -> Vec<Entry> {
    let also = std::mem::take(&mut entry.also);
    let more: Vec<Entry> = also.into_iter().map(|time| Entry { time: Some(time), ..entry.clone() }).collect();
    std::iter::once(entry).chain(more).collect()
}

/// Sees whether an activity is called off: 合唱（停课）, 停：合唱.
fn stop(entry: &mut Entry, is_known: bool) {
    if is_known {
        return;
    }
    let line = entry.leftover.iter().position(|line| is_stopped(line)).map(|place| entry.leftover.remove(place));
    if is_stopped(&entry.title) {
        entry.stopped = Some(std::mem::take(&mut entry.title));
    } else if let Some((before, inside)) = bracketed(&entry.title).filter(|(_, inside)| is_stopped(inside)) {
        (entry.title, entry.stopped) = (before, Some(inside));
    } else {
        entry.stopped = line;
    }
}

/// The lines of a cell that is not of our own making, each about one activity.
fn lines_of(block: &str) -> String {
    let numbered = numbered_apart(block);
    let lines: Vec<String> = numbered.lines().map(timed_apart).collect();
    whole_titles(&lines.join("\n"))
}

fn of_block(block: &str, names: &Names) -> Vec<Entry> {
    let block = if names.titles.is_empty() { lines_of(block) } else { block.to_owned() };
    let block = with_rooms_apart(&block, names);
    let lines: Vec<&str> = block.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let starts = starts(&lines, names);
    let mut entries = Vec::new();
    for (number, start) in starts.iter().enumerate() {
        let end = starts.get(number + 1).copied().unwrap_or(lines.len());
        if let Some(entry) = lines.get(*start..end).and_then(|lines| one(lines, names)) {
            entries.push(entry);
        }
    }
    entries
}

fn one(lines: &[&str], names: &Names) -> Option<Entry> {
    let mut entry = Entry::default();
    let mut seen_time = false;
    // Below a title of our own making what is no label, time or rule may be a title as well.
    let mut alone: Option<&str> = None;
    for line in lines {
        let line = without_mark(line).filter(|_| !names.titles.contains(*line)).unwrap_or(line);
        if entry.title.is_empty() && names.titles.contains(line) {
            line.clone_into(&mut entry.title);
            continue;
        }
        let (line, labelled) = before_labels(line);
        let read = read_line(line);
        let is_detail = !matches!(
            read.as_slice(),
            [Line::Text(_) | Line::Room(_) | Line::Role(_) | Line::HowOften(_) | Line::TimeLeft(_)]
        );
        if entry.title.is_empty() && !is_detail {
            title(line, &mut entry);
            seen_time |= entry.time.is_some();
            labelled.into_iter().for_each(|part| put(part, seen_time, &mut entry));
            continue;
        }
        let is_known = !entry.title.is_empty() && names.titles.contains(&entry.title);
        for part in read.into_iter().chain(labelled) {
            if is_known && is_bare(&part, &entry) {
                alone = alone.or(Some(line));
                entry.leftover.push(line.to_owned());
                continue;
            }
            if let Some(line) = alone.take_if(|_| says_more(&part)) {
                entry.crowded.get_or_insert_with(|| line.to_owned());
            }
            seen_time |= matches!(part, Line::Time(_) | Line::Once(_));
            put(part, seen_time, &mut entry);
        }
    }
    let is_known = names.titles.contains(&entry.title);
    entry.untimed |= names_a_time(&entry.title) && !is_known;
    // A part of the year in which it takes place, or weeks, of which it is not known that they are.
    let names_weeks = ["单周", "双周"].iter().any(|weeks| entry.title.contains(weeks));
    let is_limited = names_weeks || !entry.untimed && says_part_of_year(&entry.title);
    entry.doubtful |= (says_how_often(&entry.title) || is_limited) && !is_known;
    let is_something = !entry.title.is_empty() || !entry.details.is_empty() || entry.time.is_some();
    (is_something || !entry.leftover.is_empty()).then_some(entry)
}

/// Whether a line says nothing that is known of an activity, or again what the cell has said.
fn is_bare(part: &Line, entry: &Entry) -> bool {
    match part {
        Line::Text(text) => !is_stopped(text),
        Line::Room(_) => entry.details.contains_key("room"),
        Line::Role(_) => entry.details.contains_key("leader"),
        _ => false,
    }
}

/// Whether a line says something of an activity that stands above it.
fn says_more(part: &Line) -> bool {
    matches!(part, Line::Time(_) | Line::Once(_) | Line::Rule(..) | Line::Labelled(..))
}

fn put(part: Line, seen_time: bool, entry: &mut Entry) {
    match part {
        Line::Time(time) if entry.time.is_none() => entry.time = Some(time),
        Line::Time(time) if entry.time == Some(time) || entry.also.contains(&time) => {}
        Line::Time(time) => entry.also.push(time),
        Line::Once(when) => entry.when = Some(when),
        Line::Rule(rule, day) => {
            (entry.rule, entry.rule_day) = (Some(rule).filter(|rule| !rule.is_empty()), day);
        }
        Line::Labelled("leader", text) if has_phone(&text) => {
            let role = text.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
            let role = role.trim_matches([' ', '（', '(', '，', ',', '：', ':']);
            let role = role.trim_end_matches("电话").trim_end();
            if !role.is_empty() {
                entry.details.insert("leader", role.to_owned());
            }
            entry.leftover.push(text);
        }
        Line::Labelled(key @ ("summary" | "booking" | "cost"), text) => match entry.details.get_mut(key) {
            Some(said) if *said != text => *said = format!("{said}；{text}"),
            _ => _ = entry.details.insert(key, text),
        },
        Line::Labelled(key, text) => _ = entry.details.insert(key, text),
        Line::Room(text) if !entry.details.contains_key("room") => _ = entry.details.insert("room", text),
        Line::Role(text) if !entry.details.contains_key("leader") => _ = entry.details.insert("leader", text),
        Line::HowOften(text) => {
            entry.doubtful = true;
            entry.leftover.push(text);
        }
        Line::TimeLeft(text) => {
            entry.untimed = true;
            entry.leftover.push(text);
        }
        Line::Phone(text) | Line::Remark(text) => entry.leftover.push(text),
        Line::Text(text) if is_stopped(&text) => entry.leftover.push(text),
        Line::Text(text) | Line::Room(text) | Line::Role(text) => {
            let key = ["room", "leader"].into_iter().find(|key| !entry.details.contains_key(*key));
            match key.filter(|_| seen_time && text.chars().count() <= 20) {
                Some(key) => _ = entry.details.insert(key, text),
                None => entry.leftover.push(text),
            }
        }
    }
}

/// Reads a title with what people put around it: `9:00-10:30 手机课（单周，智慧课堂）`.
fn title(line: &str, entry: &mut Entry) {
    let mut taken = take_times(line);
    let mut times = std::mem::take(&mut taken.times).into_iter();
    entry.time = times.next();
    entry.also.extend(times);
    // 每晚 in the column of one weekday.
    entry.doubtful |= entry.time.is_some() && taken.before.ends_with(['每', '隔']);
    // A season has other times: what its bracket says counts for another part of the year.
    entry.untimed |= entry.time.is_some() && is_season(&taken.rest());
    if entry.time.is_some() && !taken.before.is_empty() && !taken.after.is_empty() {
        let parts = read_line(&taken.after);
        if parts.iter().all(|part| matches!(part, Line::Room(_) | Line::Role(_) | Line::Rule(..))) {
            parts.into_iter().for_each(|part| put(part, true, entry));
            taken.after.clear();
        }
    }
    let mut rest = taken.rest();
    while let Some((before, inside)) = bracketed(&rest) {
        let parts: Vec<Line> =
            inside.split(['，', ',', '；', ';', '、']).flat_map(|part| in_brackets(part.trim())).collect();
        if parts.iter().any(|part| matches!(part, Line::Text(_))) {
            break;
        }
        let seen_time = entry.time.is_some();
        parts.into_iter().for_each(|part| put(part, seen_time, entry));
        rest = before;
    }
    if entry.rule.is_none()
        && let Some((before, rule, behind)) = rule_within(&rest)
    {
        put(rule, false, entry);
        rest = before;
        let parts = read_line(&behind);
        match parts.iter().all(|part| matches!(part, Line::Room(_) | Line::Role(_) | Line::Labelled(..))) {
            true => parts.into_iter().for_each(|part| put(part, false, entry)),
            false if behind.starts_with(['《', '“', '「', '（', '(']) => rest.push_str(&behind),
            false => rest = format!("{rest} {behind}"),
        }
    }
    while let Some((title, parts)) = take_told(&rest) {
        parts.into_iter().for_each(|part| put(part, false, entry));
        rest = title.to_owned();
    }
    for (word, rule) in [("单周", "单周 "), ("双周", "双周 ")] {
        let without = rest.strip_prefix(word).or_else(|| rest.strip_suffix(word)).map(str::trim);
        if entry.rule.is_none()
            && let Some(without) = without.filter(|without| !without.is_empty())
        {
            entry.rule = Some(rule.to_owned());
            rest = without.trim_start_matches(['：', ':']).trim().to_owned();
        }
    }
    if entry.rule.is_none()
        && let Some((title, rule)) = take_rule(&rest)
    {
        put(rule, false, entry);
        rest = title;
    }
    entry.title = rest.trim_matches(['：', ':', '，', ',', '、', '；', ';', ' ']).to_owned();
}

/// What is said in brackets behind a title; a name there is that of who leads it.
fn in_brackets(part: &str) -> Vec<Line> {
    match read_line(part) {
        parts if matches!(parts.as_slice(), [Line::Text(text)] if is_name_of_person(text)) => {
            vec![Line::Role(part.to_owned())]
        }
        parts => parts,
    }
}

/// A rule in brackets within a title, with what stands before and behind it: 电影（双周）《长津湖》.
fn rule_within(text: &str) -> Option<(String, Line, String)> {
    let opens = text.match_indices(['（', '(']).map(|(at, open)| (at, at + open.len()));
    let mut found = opens.filter_map(|(at, from)| {
        let (inside, behind) = text.get(from..)?.split_once(['）', ')'])?;
        let (rule, day) = rule(inside)?;
        Some((text.get(..at)?.trim().to_owned(), Line::Rule(rule, day), behind.trim().to_owned()))
    });
    found.find(|(before, _, behind)| !before.is_empty() && !behind.is_empty())
}

/// What stands in brackets at the end of a text, and what before.
fn bracketed(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let open = text.rfind(['（', '('])?;
    let inside = text.get(open..)?.strip_suffix(['）', ')'])?;
    let before = text.get(..open)?.trim();
    let inside = inside.trim_start_matches(['（', '(']);
    (!before.is_empty()).then(|| (before.to_owned(), inside.to_owned()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let entries = entries(text, &Names::default(), None);
        let show = |entry: &Entry| {
            let mut parts = vec![entry.title.clone()];
            parts.extend(entry.time.map(|time| time.to_string()));
            parts.extend(entry.rule.clone());
            parts.extend(entry.when.clone());
            parts.extend(entry.details.iter().map(|(key, text)| format!("{key}={text}")));
            parts.extend(entry.leftover.iter().map(|text| format!("?{text}")));
            if entry.doubtful {
                parts.push("!".to_owned());
            }
            if entry.untimed {
                parts.push("?".to_owned());
            }
            if entry.stopped.is_some() {
                parts.push("×".to_owned());
            }
            parts.join("|")
        };
        entries.iter().map(show).collect()
    }

    #[test]
    fn a_cell_is_read_as_people_write_it() {
        for (cell, understood) in [
            ("老年人手机课堂", &["老年人手机课堂"][..]),
            ("法律坐诊\n14:30-17:00\n调解室\n值班律师", &["法律坐诊|14:30–17:00|room=调解室|leader=值班律师"]),
            ("法律坐诊\n14:30-17:00\n二楼东头\n老张他们", &["法律坐诊|14:30–17:00|room=二楼东头|leader=老张他们"]),
            ("手机课堂\n智慧课堂室\n王老师", &["手机课堂|room=智慧课堂室|leader=王老师"]),
            ("舞蹈\n合唱\n书法", &["舞蹈", "合唱", "书法"]),
            ("1. 舞蹈\n2、合唱", &["舞蹈", "合唱"]),
            ("① 舞蹈（多功能厅）\n② 合唱", &["舞蹈|room=多功能厅", "合唱"]),
            ("9:00-10:00 舞蹈\n10:00-11:00 合唱", &["舞蹈|09:00–10:00", "合唱|10:00–11:00"]),
            ("舞蹈\n9:00-10:00\n合唱\n10：00—11：00", &["舞蹈|09:00–10:00", "合唱|10:00–11:00"]),
            (
                "舞蹈\n多功能厅\n\n合唱\n时间：下午2点半至4点 地点：大厅",
                &["舞蹈|room=多功能厅", "合唱|14:30–16:00|room=大厅"],
            ),
            ("义诊（单周）", &["义诊|单周 "]),
            ("电影（双周）《长津湖》", &["电影《长津湖》|双周 "]),
            ("合唱（单周） 二楼", &["合唱|单周 |room=二楼"]),
            ("合唱双周", &["合唱|双周 "]),
            ("合唱 12月暂停", &["合唱 12月暂停|!"]),
            ("游泳（7-8月）", &["游泳|?7-8月|!"]),
            ("露天电影（夏季）", &["露天电影|?夏季|!"]),
            ("合唱\n露天电影（夏季）\n书法", &["合唱", "露天电影|?夏季|!", "书法"]),
            ("合唱\n12月暂停", &["合唱|?12月暂停|!"]),
            ("合唱（单双周轮换）", &["合唱（单双周轮换）|!"]),
            ("6月龄宝宝体检", &["6月龄宝宝体检"]),
            ("手工（每月第二个周五）材料自备", &["手工|每月第二个|summary=材料自备"]),
            ("义诊\n免费", &["义诊|cost=免费"]),
            ("义剪 10元", &["义剪|cost=10元"]),
            ("剪纸\n限20人，材料费5元/人", &["剪纸|places=20|cost=材料费5元/人"]),
            ("讲座\n请提前10分钟到场", &["讲座|summary=请提前10分钟到场"]),
            ("讲座\n9:00-10:00\n请提前10分钟到场", &["讲座|09:00–10:00|summary=请提前10分钟到场"]),
            ("合唱\n自带水杯、毛巾\n需要预约", &["合唱|summary=自带水杯、毛巾|booking=需要预约"]),
            ("瑜伽（需自带垫子）", &["瑜伽|summary=需自带垫子"]),
            ("免费理发\n10元快剪", &["免费理发", "10元快剪"]),
            ("手机课堂①\n手机课堂②", &["手机课堂①", "手机课堂②"]),
            ("1.合唱 2.书法", &["合唱", "书法"]),
            ("1、合唱；2、书法 3、舞蹈", &["合唱", "书法", "舞蹈"]),
            ("双周 读报", &["读报|双周 "]),
            ("生日会\n每月第一个周六", &["生日会|每月第一个"]),
            ("防诈讲座（社区民警）", &["防诈讲座|leader=社区民警"]),
            ("合唱（李芳）", &["合唱|leader=李芳"]),
            ("书法（高级）", &["书法（高级）"]),
            ("电影 12/11、12/25", &["电影 12/11、12/25|!"]),
            ("理发（65岁以上）", &["理发（65岁以上）"]),
            ("理发 隔周", &["理发 隔周|!"]),
            ("理发\n隔周一次", &["理发|?隔周一次|!"]),
            ("下午茶读书会", &["下午茶读书会"]),
            ("健康\n讲座", &["健康讲座"]),
            ("①太极 ②合唱", &["太极", "合唱"]),
            ("A. 英语角\nB、编织", &["英语角", "编织"]),
            ("合唱\n联系电话：0931-0000001", &["合唱|?联系电话：0931-0000001"]),
            ("法律咨询\n王律师\n电话 13900000000", &["法律咨询|leader=王律师|?电话 13900000000"]),
            ("合唱（停课）", &["合唱|×"]),
            ("合唱\n9:00-10:00\n暂停", &["合唱|09:00–10:00|×"]),
            ("舞蹈\n合唱\n（停）", &["舞蹈", "合唱|×"]),
            ("三点到四点半 书法", &["书法|03:00–04:30"]),
            ("书法\n上午十点到十一点半", &["书法|10:00–11:30"]),
            ("党课（14:30—16:00）", &["党课|14:30–16:00"]),
            ("7-9点 太极拳", &["太极拳|07:00–09:00"]),
            ("书法\n下午2-4点", &["书法|14:00–16:00"]),
            ("智能手机课 每月第一个周三", &["智能手机课|每月第一个"]),
            ("每月最后一个周五：生日会", &["生日会|每月最后一个"]),
            ("太极拳 地点：二楼 负责：张老师", &["太极拳|room=二楼|leader=张老师"]),
            ("9:00-10:00 太极拳，地点：二楼", &["太极拳|09:00–10:00|room=二楼"]),
            ("3-5岁亲子课", &["3-5岁亲子课"]),
            ("包饺子\n2026-12-21 14:30-16:00\n多功能厅", &["包饺子|2026-12-21 14:30-16:00|room=多功能厅"]),
            ("包饺子\n时间：2026-12-21 14:30-16:00", &["包饺子|2026-12-21 14:30-16:00"]),
            ("包饺子 2026-12-21 14:30-16:00", &["|?包饺子 2026-12-21 14:30-16:00"]),
            ("太极拳\n每周", &["太极拳"]),
            ("广场舞 晚7:00-8:30", &["广场舞|19:00–20:30"]),
            ("广场舞\n晚7点—8点半", &["广场舞|19:00–20:30"]),
            ("讲座 2:00pm-4:00pm", &["讲座|14:00–16:00"]),
            ("舞蹈 19:00-20:00 20:00-21:00", &["舞蹈|19:00–20:00", "舞蹈|20:00–21:00"]),
            ("舞蹈\n9:00-10:00\n14:00-15:00", &["舞蹈|09:00–10:00", "舞蹈|14:00–15:00"]),
            ("舞蹈9:00-10:00，合唱10:00-11:00", &["舞蹈|09:00–10:00", "合唱|10:00–11:00"]),
            ("舞蹈【14:00-16:00】多功能厅", &["舞蹈|14:00–16:00|room=多功能厅"]),
            ("理发 下午2点开始", &["理发 下午2点开始|?"]),
            ("理发\n下午2点开始", &["理发|?下午2点开始|?"]),
            ("舞蹈 晚八点", &["舞蹈 晚八点|?"]),
            ("四点半课堂", &["四点半课堂"]),
            ("舞蹈（上半月）", &["舞蹈|?上半月|!"]),
            ("舞蹈（单号）", &["舞蹈|?单号|!"]),
            ("合唱\n12月8日起", &["合唱|?12月8日起|!"]),
            ("合唱\n注意事项：自带水杯", &["合唱|?注意事项：自带水杯"]),
            ("合唱\n上午停", &["合唱|×"]),
            ("舞蹈 9:00-10:00（夏季15:00-17:00）", &["舞蹈 （夏季15:00-17:00）|09:00–10:00|?"]),
            ("党员学习（仅限党员）", &["党员学习（仅限党员）"]),
            ("广场舞（每晚7:00-8:00）", &["广场舞（每 ）|19:00–20:00|!"]),
        ] {
            assert_eq!(shown(cell), understood, "{cell}");
        }
    }
}
