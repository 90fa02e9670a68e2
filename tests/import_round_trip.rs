//! `export` and `import` both ways: what is changed in a workbook is in the file, and the file makes that workbook again.
//!
//! A table of changes is made of programmes of the example: one of every column of every sheet, and one of each thing
//! that people do with a board. Each is imported; what comes of it is exported again and compared with the changed
//! workbook, and must say nothing new when it is imported once more.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::Utf8Path;
use noticeboard::content::{Content, LanguageTag, Programme};
use noticeboard::diagnostics::Diagnostic;
use noticeboard::export::{Source, workbook};
use noticeboard::import::{self, Known, KnownTimes, Wishes};
use noticeboard::source;
use rayon::prelude::*;
use serde_yaml::{Mapping, Value};

use crate::support::workbooks::{Cells, book, cells};

pub(crate) type Sheets = Vec<(String, Cells)>;
/// Activities by part of the day and day, each as its lines.
type Blocks = BTreeMap<(String, String), Vec<Vec<String>>>;

pub(crate) const BOARD: usize = 0;
pub(crate) const ACTIVITIES: usize = 1;
pub(crate) const PROGRAMME: usize = 2;

/// The example, in one of its languages.
pub(crate) fn known(language: &str) -> (Known, Content) {
    let sources = source::read_site(Utf8Path::new(env!("CARGO_MANIFEST_DIR")));
    let content = Content::read(&sources, &mut Vec::new()).unwrap();
    let mut known = Known::of(Some(&content), KnownTimes::on("2026-11-24".parse().unwrap()));
    known.first = LanguageTag::try_from(language.to_owned()).unwrap();
    (known, content)
}

/// The programmes of the example: their ids and what their files say.
pub(crate) fn programmes(content: &Content) -> Vec<(String, String)> {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = |id: String| {
        let text = std::fs::read_to_string(root.join(format!("content/programmes/{id}.yaml"))).unwrap();
        (id, text)
    };
    content.programmes.iter().map(|record| file(record.id.to_string())).collect()
}

/// The site with a programme as this text has it.
pub(crate) fn with(known: &Known, id: &str, text: &str) -> (Known, Arc<Programme>, Mapping) {
    let written: Mapping = serde_yaml::from_str(text).unwrap();
    let programme: Programme =
        serde_yaml::from_value(Value::Mapping(written.clone())).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let programme = Arc::new(programme);
    let mut known = known.clone();
    let of = known.programmes.iter_mut().find(|of| of.id == id).unwrap();
    (of.record, of.written) = (Arc::clone(&programme), written.clone());
    (known, programme, written)
}

pub(crate) fn export(known: &Known, id: &str, text: &str) -> Vec<u8> {
    let (known, programme, written) = with(known, id, text);
    workbook(&Source { id, programme: &programme, written: &written, known: &known }).unwrap()
}

/// The file as it will be, and what was said.
pub(crate) fn import(known: &Known, id: &str, text: &str, bytes: &[u8]) -> (String, Vec<Diagnostic>) {
    let (known, ..) = with(known, id, text);
    let outcome = import::read(Utf8Path::new("plan.xlsx"), bytes, &known, &Wishes::default());
    let [draft] = outcome.drafts.as_slice() else { panic!("{id}: {:?}", outcome.found) };
    assert_eq!(draft.id, id);
    // What was not understood would be said.
    assert!(draft.comments.is_empty() || !outcome.found.is_empty(), "{id}");
    (import::merged(text, &draft.record, draft.is_whole, &known.first).unwrap().0, outcome.found)
}

pub(crate) fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|found| found.problem.code.id()).collect()
}

#[test]
fn a_workbook_that_nobody_changed_changes_no_byte() {
    for language in ["zh-Hans", "en"] {
        let (known, content) = known(language);
        for (id, text) in programmes(&content) {
            let (after, found) = import(&known, &id, &text, &export(&known, &id, &text));
            assert_eq!(after, text, "{id} {language}");
            assert!(found.is_empty(), "{id} {language}: {found:?}");
        }
    }
}

/// A change, and what it is about.
struct Change {
    what: String,
    sheet: usize,
    sheets: Sheets,
    /// Titles of activities that it is about; nothing is said of their cells in the other sheets.
    titles: BTreeSet<String>,
    /// Whether the other sheets say the same of the programme itself.
    is_of_programme: bool,
}

/// What stands in the sheet of activities: a row for each, by heading.
fn table(sheets: &Sheets) -> Vec<BTreeMap<String, String>> {
    let cells = &sheets[ACTIVITIES].1;
    let last = cells.keys().map(|(row, _)| *row).max().unwrap();
    let row = |row: u32| {
        let cells = cells.iter().filter(|((of, _), _)| *of == row);
        cells.map(|((_, column), text)| (cells_head(sheets, *column), text.clone())).collect()
    };
    (1..=last).map(row).collect()
}

fn cells_head(sheets: &Sheets, column: u16) -> String {
    sheets[ACTIVITIES].1[&(0, column)].clone()
}

/// What stands on the board: the activities of each part of the day and each day, as sets of their lines; and the rest.
fn drawn(sheets: &Sheets) -> (Blocks, BTreeSet<String>) {
    let cells = &sheets[BOARD].1;
    let last = cells.keys().map(|(_, column)| *column).max().unwrap();
    let mut blocks = BTreeMap::new();
    let mut rest = BTreeSet::new();
    for ((row, column), text) in cells {
        let label = cells.get(&(*row, 0));
        if *row < 3 || *column == 0 {
            let is_empty_row = *column == 0 && *row > 2 && cells.keys().filter(|(of, _)| of == row).count() == 1;
            // A row for a time or the column of a day at the weekend is there only where something stands in it.
            if !(is_empty_row && text.contains('\n') || *row == 2 && *column == last) {
                rest.insert(text.clone());
            }
            continue;
        }
        let mut here: Vec<Vec<String>> = Vec::new();
        for block in text.split("\n\n") {
            let mut lines: Vec<String> = block.lines().map(str::to_owned).collect();
            lines[1..].sort();
            here.push(lines);
        }
        here.sort();
        let head = cells.get(&(2, *column)).map_or("", |head| head.lines().next().unwrap_or_default());
        blocks.insert((label.unwrap().clone(), head.to_owned()), here);
    }
    (blocks, rest)
}

/// Text of a cell in the first language of a text in several.
fn first_of(text: &str) -> String {
    let value: Value = serde_yaml::from_str(text).unwrap_or_default();
    let first = value.as_mapping().and_then(|texts| texts.values().next()).and_then(Value::as_str);
    first.unwrap_or(text).replace('|', "")
}

fn titles_of(sheets: &Sheets, language: &str) -> Vec<String> {
    let heading = import::heading_of("Activity", "title", language.starts_with("zh"));
    let title = |row: &BTreeMap<String, String>| {
        let value: Value = serde_yaml::from_str(&row[&heading]).unwrap_or_default();
        let own = value.get(language).and_then(Value::as_str).map(str::to_owned);
        own.unwrap_or_else(|| first_of(&row[&heading])).replace('|', "")
    };
    table(sheets).iter().map(title).collect()
}

/// Another value of a key, where there may be one already.
fn other(key: &str, stood: &str) -> Option<String> {
    let pick = |one: &str, two: &str| if stood == one { two.to_owned() } else { one.to_owned() };
    Some(match key {
        "title" | "summary" | "room" | "leader" | "cost" | "booking" | "notes" | "day_themes" if stood.is_empty() => {
            "新写的".to_owned()
        }
        "title" | "summary" | "room" | "leader" | "cost" | "booking" if !stood.starts_with('{') => format!("{stood}新"),
        "title" | "summary" | "room" | "leader" | "cost" | "booking" => {
            stood.replacen(": ", ": 新", 1).replacen(": 新\"", ": \"新", 1)
        }
        "notes" | "day_themes" => {
            let place = stood.find(|c: char| c >= '\u{4e00}' && !"周一二三四五六日".contains(c))?;
            format!("{}新{}", &stood[..place], &stood[place..])
        }
        "when" => pick("周六 10:00-11:00", "周日 10:00-11:00"),
        "valid" => pick("2026-09-01..2026-12-31", "2026-09-02..2026-12-31"),
        "strand" => pick("health-care", "heritage"),
        "audience" => pick("[residents]", "[children]"),
        "led_by" => pick("gangan-culture", "gangan-repair"),
        "places" => pick("7", "8"),
        "only_on" => pick("[public-holidays]", "[school-holidays]"),
        "not_on" => pick("[school-holidays]", "[public-holidays]"),
        "exceptions" => pick("[{on: 2026-12-24, cancelled: 停电}]", "[{on: 2026-12-25, cancelled: 停电}]"),
        "extra" => pick("[{on: \"2026-12-26 14:30-16:00\"}]", "[{on: \"2026-12-27 14:30-16:00\"}]"),
        "slots" => stood.replacen(":30", ":20", 1),
        "id" => pick("another-name", "one-more-name"),
        "centre" => pick("dajiaoliang", "ganjiaxiang"),
        _ => return None,
    })
}

const KEYS: [&str; 20] = [
    "id",
    "title",
    "strand",
    "when",
    "valid",
    "summary",
    "room",
    "audience",
    "led_by",
    "leader",
    "cost",
    "booking",
    "places",
    "only_on",
    "not_on",
    "exceptions",
    "extra",
    "centre",
    "slots",
    "notes",
];
/// Keys that the board shows too.
const ON_BOARD: [&str; 8] = ["title", "when", "valid", "room", "led_by", "leader", "slots", "notes"];

fn key_of(structure: &str, heading: &str, in_chinese: bool) -> Option<&'static str> {
    KEYS.iter().chain(&["day_themes"]).find(|key| import::heading_of(structure, key, in_chinese) == heading).copied()
}

/// One change of every column of the sheet of activities: another value, one more, and one less.
fn of_activities(sheets: &Sheets, language: &str) -> Vec<Change> {
    let in_chinese = language.starts_with("zh");
    let titles = titles_of(sheets, language);
    let mut changes = Vec::new();
    let columns: Vec<(u16, String)> = sheets[ACTIVITIES]
        .1
        .iter()
        .filter(|((row, _), _)| *row == 0)
        .map(|((_, column), text)| (*column, text.clone()))
        .collect();
    for (column, heading) in columns {
        let key = key_of("Activity", &heading, in_chinese).unwrap_or_else(|| panic!("{heading}"));
        let rows = 1..=titles.len() as u32;
        let has = |row: &u32| sheets[ACTIVITIES].1.contains_key(&(*row, column));
        let (with, without) = (rows.clone().find(has), rows.clone().find(|row| !has(row)));
        let mut change = |what: &str, row: u32, text: Option<String>| {
            let mut other = sheets.clone();
            match &text {
                Some(text) => _ = other[ACTIVITIES].1.insert((row, column), text.clone()),
                None => _ = other[ACTIVITIES].1.remove(&(row, column)),
            }
            let mut about = BTreeSet::new();
            if ON_BOARD.contains(&key) {
                about.insert(titles[row as usize - 1].clone());
                about.insert(titles_of(&other, language)[row as usize - 1].clone());
            }
            let what = format!("{what} {heading} of {}", titles[row as usize - 1]);
            changes.push(Change { what, sheet: ACTIVITIES, sheets: other, titles: about, is_of_programme: false });
        };
        if let Some(row) = with {
            change("other", row, other(key, &sheets[ACTIVITIES].1[&(row, column)]));
            if !["title", "when"].contains(&key) {
                change("no", row, None);
            }
        }
        if let Some(row) = without {
            change("new", row, other(key, ""));
        }
    }
    // A row more and a row less.
    let mut more = sheets.clone();
    let last = titles.len() as u32 + 1;
    more[ACTIVITIES].1.insert((last, 0), "新活动".to_owned());
    more[ACTIVITIES].1.insert((last, 1), "周二 10:00-11:00".to_owned());
    let titled = |title: &str| BTreeSet::from([title.to_owned()]);
    changes.push(Change {
        what: "a row more".into(),
        sheet: ACTIVITIES,
        sheets: more,
        titles: titled("新活动"),
        is_of_programme: false,
    });
    let mut less = sheets.clone();
    less[ACTIVITIES].1.retain(|(row, _), _| *row + 1 != last);
    let titles = titled(titles.last().unwrap());
    changes.push(Change { what: "a row less".into(), sheet: ACTIVITIES, sheets: less, titles, is_of_programme: false });
    changes
}

/// One change of every row of the sheet of the programme.
fn of_programme(sheets: &Sheets, language: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    for ((row, _), heading) in sheets[PROGRAMME].1.iter().filter(|((_, column), _)| *column == 0) {
        let Some(key) = key_of("Programme", heading, language.starts_with("zh")).filter(|key| *key != "id") else {
            continue;
        };
        let stood = &sheets[PROGRAMME].1[&(*row, 1)];
        let mut texts = vec![other(key, stood)];
        if ["summary", "notes", "day_themes"].contains(&key) {
            texts.push(None);
        }
        for text in texts {
            let mut other = sheets.clone();
            match &text {
                Some(text) => _ = other[PROGRAMME].1.insert((*row, 1), text.clone()),
                None => _ = other[PROGRAMME].1.remove(&(*row, 1)),
            }
            if text.is_none() {
                other[PROGRAMME].1.remove(&(*row, 0));
            }
            let what = format!("{key} {text:?}");
            changes.push(Change {
                what,
                sheet: PROGRAMME,
                sheets: other,
                titles: BTreeSet::new(),
                is_of_programme: true,
            });
        }
    }
    changes
}

/// What people do with a board.
fn of_board(sheets: &Sheets, language: &str) -> Vec<Change> {
    let in_chinese = language.starts_with("zh");
    let word = |chinese: &str, english: &str| if in_chinese { chinese.to_owned() } else { english.to_owned() };
    let board = &sheets[BOARD].1;
    let mut changes = Vec::new();
    let mut change = |what: String, titles: Vec<&str>, is_of_programme: bool, edit: &dyn Fn(&mut Cells)| {
        let mut other = sheets.clone();
        edit(&mut other[BOARD].1);
        let titles = titles.into_iter().map(str::to_owned).collect();
        changes.push(Change { what, sheet: BOARD, sheets: other, titles, is_of_programme });
    };
    let put = |cells: &mut Cells, at: (u32, u16), text: String| {
        if text.is_empty() {
            cells.remove(&at)
        } else {
            cells.insert(at, text)
        };
    };
    change("title".into(), vec![], true, &|cells| put(cells, (0, 0), format!("{}新", board[&(0, 0)])));
    let period = board[&(1, 0)].replace("2027年1月15日", "2027年1月16日").replace("2027-01-15", "2027-01-16");
    if period != board[&(1, 0)] {
        change("period".into(), vec![], true, &|cells| put(cells, (1, 0), period.clone()));
    }
    if board[&(2, 1)].contains('\n') {
        change("theme".into(), vec![], true, &|cells| put(cells, (2, 1), format!("{}新", board[&(2, 1)])));
        change("no theme".into(), vec![], true, &|cells| {
            put(cells, (2, 1), board[&(2, 1)].lines().next().unwrap().to_owned());
        });
    } else {
        change("new theme".into(), vec![], true, &|cells| put(cells, (2, 1), format!("{}\n手工", board[&(2, 1)])));
    }
    let all = titles_of(sheets, language);
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    for row in 3..board.keys().map(|(row, _)| *row).max().unwrap() {
        let Some(label) = board.get(&(row, 0)) else { continue };
        if let Some((name, time)) = label.split_once('\n') {
            change(format!("time of {name}"), all.clone(), true, &|cells| {
                put(
                    cells,
                    (row, 0),
                    format!(
                        "{name}\n{}",
                        time.replacen(":30", ":25", 1).replacen(":00", ":05", 1).replacen(":15", ":20", 1)
                    ),
                );
            });
            change(format!("name of {name}"), all.clone(), true, &|cells| {
                // What is on other days names it too.
                for text in cells.values_mut() {
                    let renamed = |line: &str| match line.strip_suffix(&format!(" {name}")) {
                        Some(day) if day.starts_with("时间：") => format!("{day} 新{name}"),
                        _ => line.to_owned(),
                    };
                    *text = text.split('\n').map(renamed).collect::<Vec<_>>().join("\n");
                }
                put(cells, (row, 0), format!("新{name}\n{time}"))
            });
        }
    }
    let is_cell = |(row, column): &(u32, u16)| *row > 2 && *column > 0 && board.contains_key(&(*row, 0));
    let other_days = [word("其他日子", "Other days")];
    for ((row, column), text) in board.iter().filter(|(at, _)| is_cell(at)).take(3) {
        let (row, column) = (*row, *column);
        let label = &board[&(row, 0)];
        if other_days.contains(label) {
            continue;
        }
        let (block, rest) = text.split_once("\n\n").map_or((text.as_str(), ""), |(one, rest)| (one, rest));
        let title = block.lines().next().unwrap();
        let about = vec![title];
        let joined = |one: &str, two: &str| {
            [one, two].iter().filter(|text| !text.is_empty()).copied().collect::<Vec<_>>().join("\n\n")
        };
        let with_block = |cells: &mut Cells, block: &str| put(cells, (row, column), joined(block, rest));
        let to = if column == 1 { 4 } else { 1 };
        let there = board.get(&(row, to)).map_or("", String::as_str);
        // On another day a rule that names its weekday contradicts its column.
        let names_a_day =
            ["每月", "first", "second", "third", "fourth", "last"].iter().any(|rule| block.contains(rule));
        if !there.lines().any(|line| line == title) && !names_a_day {
            change(format!("{title} moved"), about.clone(), false, &|cells| {
                put(cells, (row, column), rest.to_owned());
                put(cells, (row, to), joined(there, block));
            });
            change(format!("{title} also"), about.clone(), false, &|cells| put(cells, (row, to), joined(there, block)));
        }
        change(format!("{title} gone"), about.clone(), false, &|cells| put(cells, (row, column), rest.to_owned()));
        let new = format!("{title}新");
        change(format!("{title} renamed"), vec![title, &new], false, &|cells| {
            with_block(cells, &block.replacen(title, &new, 1))
        });
        let room = word("地点：", "Room: ");
        let leader = word("负责：", "Leader: ");
        for label in [&room, &leader] {
            let lines = block.lines().filter(|line| !line.starts_with(label.as_str()));
            let without = lines.collect::<Vec<_>>().join("\n");
            if without != block {
                change(format!("{title} without {label}"), about.clone(), false, &|cells| with_block(cells, &without));
            }
            let with = format!("{without}\n{label}另一处");
            change(format!("{title} with {label}"), about.clone(), false, &|cells| with_block(cells, &with));
        }
        let period = format!("{block}\n{}2026-10-01..2026-12-31", word("期间：", "Period: "));
        if !block.contains(&word("期间：", "Period: ")) {
            change(format!("{title} for a period"), about.clone(), false, &|cells| with_block(cells, &period));
        }
        let has_time = block.lines().any(|line| line.starts_with(|c: char| c.is_ascii_digit()));
        if let Some((_, time)) = label.split_once('\n').filter(|_| !has_time) {
            let (from, until) = time.split_once('-').unwrap();
            // Not the whole of it, but the most, so that it stays in its row.
            let until = format!("{}:{}", &until[..2], if until.ends_with("00") { "00" } else { "05" });
            let from = from.replacen(":00", ":10", 1).replacen(":30", ":40", 1).replacen(":15", ":25", 1);
            let own = block.replacen(title, &format!("{title}\n{from}-{until}"), 1);
            change(format!("{title} at its own time"), about.clone(), false, &|cells| with_block(cells, &own));
        }
        let has_rule = ["单周", "双周", "每月", "odd", "even", "first", "last"].iter().any(|rule| block.contains(rule));
        if !has_rule {
            let rule = format!("{block}\n{}", word("单周", "odd weeks"));
            change(format!("{title} in odd weeks"), about.clone(), false, &|cells| with_block(cells, &rule));
        }
        change(format!("beside {title}"), vec!["象棋"], false, &|cells| {
            with_block(cells, &joined(block, &format!("象棋\n{room}大厅")));
        });
    }
    let notes: Vec<u32> = board
        .keys()
        .filter(|(row, column)| *column == 0 && *row > 3 && !board.contains_key(&(row - 1, 0)))
        .map(|(row, _)| *row)
        .collect();
    if let Some(first) = notes.first() {
        change("note".into(), vec![], true, &|cells| put(cells, (*first, 0), format!("{}新", board[&(*first, 0)])));
        let last = board.keys().map(|(row, _)| *row).max().unwrap();
        change("a note more".into(), vec![], true, &|cells| {
            put(cells, (last + 1, 0), "来之前请先打电话问一问。".into())
        });
    }
    changes
}

#[test]
fn what_is_changed_in_a_workbook_is_in_the_file_and_makes_the_same_workbook_again() {
    let mut tried = 0;
    let mut wrong: Vec<String> = Vec::new();
    for language in ["zh-Hans", "en"] {
        let (known, content) = known(language);
        // Between them two programmes have all that there is; in English the words of the sheets are others.
        let takes = |id: &str| id == "ganzhou-regional" || id == "ganjiaxiang" && language == "zh-Hans";
        let programmes = programmes(&content).into_iter().filter(|(id, _)| takes(id));
        for (id, text) in programmes {
            let sheets = cells(&export(&known, &id, &text));
            let all = [of_board(&sheets, language), of_activities(&sheets, language), of_programme(&sheets, language)];
            let all: Vec<Change> = all.into_iter().flatten().collect();
            tried += all.len();
            let tried = |change: &Change| {
                let place = format!("{language} {id} {}: {}", change.sheets[change.sheet].0, change.what);
                let wrong = not_again(&known, &id, &text, change);
                wrong.into_iter().map(|what| format!("{place}: {what}")).collect::<Vec<_>>()
            };
            wrong.extend(all.par_iter().flat_map_iter(tried).collect::<Vec<_>>());
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 200, "{tried}");
}

/// What does not hold of a change that is imported, exported and imported again.
fn not_again(known: &Known, id: &str, text: &str, change: &Change) -> Vec<String> {
    let (after, found) = import(known, id, text, &book(&change.sheets));
    if after == text || found.iter().any(Diagnostic::is_error) {
        return vec![format!("nothing is written {found:?}")];
    }
    let bytes = export(known, id, &after);
    let mut wrong = differences(change, &cells(&bytes));
    let (once_more, found) = import(known, id, &after, &bytes);
    if once_more != after || !found.is_empty() {
        wrong.push(format!("not again {:?}", codes(&found)));
    }
    wrong
}

/// What an exported workbook says otherwise than the one that was changed: everything in the sheet of the change, and in
/// the others all that it is not about.
fn differences(change: &Change, again: &Sheets) -> Vec<String> {
    let mut wrong = Vec::new();
    let (expected, found) = (table(&change.sheets), table(again));
    let is_about = |row: &BTreeMap<String, String>| {
        change.sheet != ACTIVITIES
            && row.values().any(|text| change.titles.iter().any(|title| text.replace('|', "").contains(title.as_str())))
    };
    let rows =
        |rows: &[BTreeMap<String, String>]| rows.iter().filter(|row| !is_about(row)).cloned().collect::<Vec<_>>();
    if rows(&expected) != rows(&found) {
        wrong.push(format!("activities\n  {:?}\n  {:?}", rows(&expected), rows(&found)));
    }
    let (expected, found) = (drawn(&change.sheets), drawn(again));
    let about = |block: &Vec<String>| change.sheet != BOARD && change.titles.contains(&block[0]);
    let blocks = |of: &Blocks| -> Blocks {
        let name = |label: &str| {
            if change.sheet == PROGRAMME { label.lines().next().unwrap().to_owned() } else { label.to_owned() }
        };
        let cell = |((label, day), blocks): (&(String, String), &Vec<Vec<String>>)| {
            let blocks: Vec<Vec<String>> = blocks.iter().filter(|block| !about(block)).cloned().collect();
            ((name(label), day.clone()), blocks)
        };
        of.iter().map(cell).filter(|(_, blocks)| !blocks.is_empty()).collect()
    };
    if blocks(&expected.0) != blocks(&found.0) {
        wrong.push(format!("board\n  {:?}\n  {:?}", blocks(&expected.0), blocks(&found.0)));
    }
    if change.sheet == BOARD && change.is_of_programme && expected.1 != found.1 {
        wrong.push(format!("head\n  {:?}\n  {:?}", expected.1, found.1));
    }
    let keys = |sheets: &Sheets| -> BTreeMap<String, Option<String>> {
        let cells = &sheets[PROGRAMME].1;
        // The state when it was exported is another each time.
        let is_state = |name: &str| import::AS_EXPORTED.contains(&name);
        let names = cells.iter().filter(|((_, column), name)| *column == 0 && !is_state(name));
        names.map(|((row, _), name)| (name.clone(), cells.get(&(*row, 1)).cloned())).collect()
    };
    if !(change.sheet == BOARD && change.is_of_programme) && keys(&change.sheets) != keys(again) {
        wrong.push(format!("programme\n  {:?}\n  {:?}", change.sheets[PROGRAMME], again[PROGRAMME]));
    }
    wrong
}

/// A programme of the example with its workbook.
pub(crate) fn dajiaoliang() -> (Known, String, Sheets) {
    let (known, content) = known("zh-Hans");
    let (id, text) = programmes(&content).into_iter().find(|(id, _)| id == "dajiaoliang").unwrap();
    let sheets = cells(&export(&known, &id, &text));
    (known, text, sheets)
}

/// Rows or columns of a sheet in another order, but for the first.
fn reversed(cells: &Cells, rows: bool) -> Cells {
    let last = cells.keys().map(|(row, column)| if rows { *row } else { u32::from(*column) }).max().unwrap();
    let turn = |place: u32| if place == 0 { 0 } else { last + 1 - place };
    let moved = |((row, column), text): (&(u32, u16), &String)| {
        let at = if rows { (turn(*row), *column) } else { (*row, turn((*column).into()) as u16) };
        (at, text.clone())
    };
    cells.iter().map(moved).collect()
}

#[test]
fn rows_columns_and_sheets_in_another_order_or_under_other_names_say_nothing_new() {
    let (known, text, sheets) = dajiaoliang();
    let mut others = vec![sheets.clone(); 5];
    others[0][ACTIVITIES].1 = reversed(&sheets[ACTIVITIES].1, true);
    others[1][ACTIVITIES].1 = reversed(&sheets[ACTIVITIES].1, false);
    others[2][PROGRAMME].1 = reversed(&sheets[PROGRAMME].1, true);
    others[3].reverse();
    for (number, (name, _)) in others[4].iter_mut().enumerate() {
        *name = format!("表{number}");
    }
    for (number, other) in others.iter().enumerate() {
        let (after, found) = import(&known, "dajiaoliang", &text, &book(other));
        assert_eq!(after, text, "{number}");
        assert!(found.is_empty(), "{number}: {found:?}");
    }
}

#[test]
fn a_sheet_or_a_column_that_is_gone_takes_nothing_away_and_is_said() {
    let (known, text, sheets) = dajiaoliang();
    for gone in [BOARD, ACTIVITIES, PROGRAMME] {
        let mut other = sheets.clone();
        other.remove(gone);
        let (after, found) = import(&known, "dajiaoliang", &text, &book(&other));
        assert_eq!((after.as_str(), codes(&found)), (text.as_str(), vec!["NB0881"]), "{gone}: {found:?}");
    }
    let columns = sheets[ACTIVITIES].1.keys().map(|(_, column)| *column).max().unwrap();
    for column in 0..=columns {
        let mut other = sheets.clone();
        other[ACTIVITIES].1.retain(|(_, of), _| *of != column);
        let (after, found) = import(&known, "dajiaoliang", &text, &book(&other));
        assert_eq!((after.as_str(), codes(&found)), (text.as_str(), vec!["NB0881"]), "{column}: {found:?}");
    }
}

#[test]
fn what_the_board_and_a_row_say_differently_is_said_with_both_cells_and_not_written() {
    let (known, text, mut sheets) = dajiaoliang();
    let (at, cell) = sheets[BOARD].1.iter().find(|(_, text)| text.starts_with("水电小修咨询")).unwrap();
    let (at, cell) = (*at, cell.clone());
    sheets[BOARD].1.insert(at, cell.replace("红管家服务台", "议事室"));
    let rows = sheets[ACTIVITIES].1.clone();
    let row = rows.iter().find(|((_, column), text)| *column == 0 && text.contains("水电小修咨询")).unwrap().0.0;
    let room = rows.iter().find(|((row, _), text)| *row == 0 && *text == "房间").unwrap().0.1;
    sheets[ACTIVITIES].1.insert((row, room), "小广场".to_owned());
    let (after, found) = import(&known, "dajiaoliang", &text, &book(&sheets));
    assert_eq!((after.as_str(), codes(&found)), (text.as_str(), vec!["NB0880"]));
    assert!(found[0].is_error());
    assert!(found[0].place.file.starts_with("plan.xlsx:周安排!"), "{found:?}");
    // The same in both is no contradiction.
    sheets[ACTIVITIES].1.insert((row, room), "议事室".to_owned());
    let (after, found) = import(&known, "dajiaoliang", &text, &book(&sheets));
    assert!(after != text && found.is_empty(), "{found:?}");
}

#[test]
fn a_day_of_an_activity_that_moves_keeps_all_that_the_activity_had() {
    let (known, text, sheets) = dajiaoliang();
    let (at, cell) = sheets[BOARD].1.iter().find(|(_, text)| text.contains("小广场健身操")).unwrap();
    let (at, block) = (*at, cell.split("\n\n").find(|block| block.starts_with("小广场健身操")).unwrap().to_owned());
    let before = text.split("  - title: ").find(|part| part.contains("小广场健身操")).unwrap();
    let mut other = sheets.clone();
    let rest: Vec<&str> = cell.split("\n\n").filter(|other| *other != block).collect();
    other[BOARD].1.insert(at, rest.join("\n\n"));
    other[BOARD].1.entry((at.0, 5)).and_modify(|text| text.push_str(&format!("\n\n{block}"))).or_insert(block.clone());
    let (after, _) = import(&known, "dajiaoliang", &text, &book(&other));
    let new = before.replace("周二、周四 09:30-10:30", "\"周四至周五 09:30-10:30\"");
    assert_eq!(after, text.replace(before, &new), "one activity on other days");
    // At another time it is one of its own.
    let mut other = sheets.clone();
    other[BOARD].1.insert(at, cell.replace("09:30-10:30", "10:30-11:30"));
    let (after, _) = import(&known, "dajiaoliang", &text, &book(&other));
    let parts: Vec<&str> = after.split("  - title: ").filter(|part| part.contains("小广场健身操")).collect();
    assert_eq!(parts.len(), 2, "{after}");
    for part in parts {
        for kept in
            ["strand: health-care", "audience: [older-people, residents]", "led_by: dajiaoliang-helpers", "summary: "]
        {
            assert!(part.contains(kept), "{part}");
        }
    }
}
