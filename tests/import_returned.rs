//! `import`: workbooks that were exported and come back with what people do to a spreadsheet: a word for what is off, a
//! column that is in the way, an activity typed below another. Nothing is lost, and what is not clear is said at its cell.

use camino::Utf8Path;
use noticeboard::diagnostics::Diagnostic;
use noticeboard::import::{self as imports, Wishes};
use rust_xlsxwriter::Workbook;
use similar::{ChangeTag, TextDiff};

use crate::import_round_trip::{
    ACTIVITIES, BOARD, Sheets, codes, dajiaoliang, export, import, known, programmes, with,
};
use crate::support::workbooks::{Cells, book, cells};

const ID: &str = "dajiaoliang";
const FILE: &str = "\
# 每周的活动
title: 冬天的安排
centre: dajiaoliang
valid: 2026-11-01..2027-01-15
slots:
  上午: \"09:00-11:30\"   # 门口贴的
  下午: \"14:30-17:00\"
day_themes:
  - {days: 周四, theme: 说法日}
activities:
  - title: 法律坐诊
    when: 周二、周四 下午
    room: 调解室
    audience: [residents]
    cost: 免费
    # 停一次的，写在例外里

  - title: 手机课堂
    when: 周一 14:30-17:00
    room: 二层教室
    cost: 免费   # 一直免费
  - title: 量血压
    when: 周五 08:00-08:30
    cost: 免费
";
/// The cells of 法律坐诊 and of 手机课堂.
const TUESDAY: (u32, u16) = (4, 2);
const THURSDAY: (u32, u16) = (4, 4);
const MONDAY: (u32, u16) = (4, 1);

/// The lines that a changed workbook changes, and what is said.
fn came_back(edit: impl Fn(&mut Sheets)) -> (String, Vec<Diagnostic>) {
    let (known, _) = known("zh-Hans");
    let mut sheets = cells(&export(&known, ID, FILE));
    assert_eq!(sheets[BOARD].1[&TUESDAY], "法律坐诊\n地点：调解室");
    edit(&mut sheets);
    changed(&book(&sheets))
}

fn changed(bytes: &[u8]) -> (String, Vec<Diagnostic>) {
    let (known, _) = known("zh-Hans");
    let (after, found) = import(&known, ID, FILE, bytes);
    let diff = TextDiff::from_lines(FILE, &*after);
    let line = |tag, text: &str| match tag {
        ChangeTag::Equal => String::new(),
        ChangeTag::Delete => format!("-{text}"),
        ChangeTag::Insert => format!("+{text}"),
    };
    (diff.iter_all_changes().map(|change| line(change.tag(), change.value())).collect(), found)
}

/// What is said, each with its code and its cell.
fn said(found: &[Diagnostic]) -> Vec<String> {
    let one = |found: &Diagnostic| {
        format!("{} {}", found.problem.code.id(), found.place.file.trim_start_matches("plan.xlsx:"))
    };
    found.iter().map(one).collect()
}

#[test]
fn a_word_that_an_activity_is_off_takes_nothing_away() {
    for (cell, text) in
        [(THURSDAY, "暂停"), (THURSDAY, "法律坐诊（停课）"), (MONDAY, "停课"), (THURSDAY, "书法\n\n停课")]
    {
        let (lines, found) = came_back(|sheets| _ = sheets[BOARD].1.insert(cell, text.to_owned()));
        assert_eq!(lines, "", "{text}");
        let place = if cell == MONDAY { "NB0882 周安排!B5" } else { "NB0882 周安排!E5" };
        assert!(said(&found).contains(&place.to_owned()), "{text}: {found:?}");
        // Of what is new and off nothing else is said.
        assert_eq!(codes(&found).contains(&"NB0856"), text.contains("书法"), "{found:?}");
    }
    // Where nothing stood nothing is called off.
    let (lines, found) = came_back(|sheets| _ = sheets[BOARD].1.insert((3, 1), "停课".to_owned()));
    assert_eq!((lines.as_str(), codes(&found)), ("", vec!["NB0856"]));
}

#[test]
fn an_activity_typed_below_another_is_one_of_its_own_or_is_said() {
    let below = |more: &str| {
        let text = format!("法律坐诊\n{more}");
        came_back(move |sheets| _ = sheets[BOARD].1.insert(TUESDAY, text.clone()))
    };
    let (lines, found) = below("地点：调解室\n书法班\n地点：书画室");
    assert_eq!(lines, "+  - {title: 书法班, when: 周二 下午, room: 书画室}\n");
    assert!(found.is_empty(), "{found:?}");
    for unclear in ["书法班\n地点：书画室", "地点：调解室\n书法班\n负责：社区老师"] {
        let (lines, found) = below(unclear);
        assert_eq!(lines, "");
        assert_eq!(said(&found), ["NB0874 周安排!C5"]);
    }
    // What stands alone at the end is of nobody, and changes nothing.
    let (lines, found) = below("地点：调解室\n书法班");
    assert_eq!(lines, "");
    assert_eq!(said(&found), ["NB0835 周安排!C5"]);
}

#[test]
fn a_part_of_the_day_with_a_new_name_changes_the_lines_that_name_it() {
    let (lines, found) = came_back(|sheets| _ = sheets[BOARD].1.insert((4, 0), "午后\n14:30-17:00".to_owned()));
    let expected =
        "-  下午: \"14:30-17:00\"\n+  午后: \"14:30-17:00\"\n-    when: 周二、周四 下午\n+    when: 周二、周四 午后\n";
    assert_eq!(lines, expected);
    assert!(found.is_empty(), "{found:?}");
}

/// Cells without those of a row, or of a column, and what stands behind it moved up.
fn without(cells: &Cells, row: Option<u32>, column: Option<u16>) -> Cells {
    let is_gone = |at: &(u32, u16)| Some(at.0) == row || Some(at.1) == column;
    let moved = |((of, on), text): (&(u32, u16), &String)| {
        let at =
            (of - u32::from(row.is_some_and(|row| row < *of)), on - u16::from(column.is_some_and(|gone| gone < *on)));
        (at, text.clone())
    };
    cells.iter().filter(|(at, _)| !is_gone(at)).map(moved).collect()
}

#[test]
fn a_column_or_a_row_that_is_gone_from_the_board_takes_nothing_away_and_is_said() {
    for (row, column, kind, name) in [
        (None, Some(4), "part-column", "周四"),
        (None, Some(1), "part-column", "周一"),
        (Some(3), None, "part-row", "上午"),
        (Some(4), None, "part-row", "下午"),
        (Some(5), None, "part-row", "08:00-08:30"),
    ] {
        let (lines, found) = came_back(|sheets| sheets[BOARD].1 = without(&sheets[BOARD].1, row, column));
        assert_eq!((lines.as_str(), said(&found)), ("", vec!["NB0881 周安排".to_owned()]), "{name}: {found:?}");
        let problem = format!("{:?}", found[0].problem);
        assert!(problem.contains(kind) && problem.contains(name), "{problem}");
    }
    // A column that is called otherwise is another day.
    let (lines, found) = came_back(|sheets| _ = sheets[BOARD].1.insert((2, 4), "周六\n说法日".to_owned()));
    assert!(lines.contains("+    when: 周二、周六 下午\n") && lines.contains("周六, theme: 说法日"), "{lines}");
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_number_among_texts_is_a_text_and_is_said_at_its_cell() {
    let (known, _) = known("zh-Hans");
    let sheets = cells(&export(&known, ID, FILE));
    let cost = sheets[ACTIVITIES].1.iter().find(|((row, _), text)| *row == 0 && *text == "费用").unwrap().0.1;
    let mut made = Workbook::new();
    for (number, (name, cells)) in sheets.iter().enumerate() {
        let sheet = made.add_worksheet();
        sheet.set_name(name).unwrap();
        for ((row, column), text) in cells {
            if (number, *row, *column) == (ACTIVITIES, 2, cost) {
                sheet.write_number(*row, *column, 3.10).unwrap();
            } else {
                sheet.write_string(*row, *column, text).unwrap();
            }
        }
    }
    let (lines, found) = changed(&made.save_to_buffer().unwrap());
    assert_eq!(lines, "-    cost: 免费   # 一直免费\n+    cost: \"3.1\"   # 一直免费\n");
    let column = char::from(b'A' + u8::try_from(cost).unwrap());
    assert_eq!(said(&found), [format!("NB0876 活动明细!{column}3")]);
}

#[test]
fn what_is_written_below_the_board_is_a_note_and_is_said() {
    for note in ["说明一", "来之前请先打电话问一问，人多的时候要等一会儿。"] {
        let (lines, found) = came_back(|sheets| _ = sheets[BOARD].1.insert((7, 0), note.to_owned()));
        assert_eq!(lines, format!("+notes: [{note}]\n"));
        assert_eq!(said(&found), ["NB0875 周安排!A8"]);
    }
}

#[test]
fn a_date_in_a_cell_is_said_to_be_one() {
    let text = "法律坐诊\n12月8日停一次\n地点：调解室";
    let (lines, found) = came_back(|sheets| _ = sheets[BOARD].1.insert(TUESDAY, text.to_owned()));
    assert_eq!(lines, "");
    assert_eq!(said(&found), ["NB0873 周安排!C5", "NB0882 周安排!C5"]);
}

#[test]
fn a_session_with_a_new_name_keeps_what_its_activity_has_if_it_is_called_alike() {
    let named = |title: &str| {
        let text = format!("{title}\n地点：调解室");
        came_back(move |sheets| _ = sheets[BOARD].1.insert(THURSDAY, text.clone()))
    };
    let (lines, found) = named("法律咨询");
    assert_eq!(
        lines,
        "-    when: 周二、周四 下午\n+    when: 周二 下午\n\
         +  - {title: 法律咨询, when: 周四 下午, room: 调解室, audience: [residents], cost: 免费}\n"
    );
    assert_eq!(said(&found), ["NB0877 周安排!E5"]);
    let (lines, found) = named("合唱");
    assert!(lines.ends_with("+  - {title: 合唱, when: 周四 下午, room: 调解室}\n"), "{lines}");
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn an_activity_with_a_time_of_its_own_keeps_one_when_it_moves() {
    let (lines, found) = came_back(|sheets| {
        let text = sheets[BOARD].1.remove(&MONDAY).unwrap();
        sheets[BOARD].1.insert((4, 3), text);
    });
    assert_eq!(lines, "-    when: 周一 14:30-17:00\n+    when: \"周三 14:30-17:00\"\n");
    assert!(found.is_empty(), "{found:?}");
    let (lines, _) = came_back(|sheets| _ = sheets[BOARD].1.insert((4, 0), "下午\n14:00-16:00".to_owned()));
    assert!(lines.contains("+    when: \"周一 14:00-16:00\"\n"), "{lines}");
}

#[test]
fn a_board_without_its_further_sheets_is_compared_all_the_same() {
    let (known, text, mut sheets) = dajiaoliang();
    sheets.truncate(1);
    let (after, found) = import(&known, ID, &text, &book(&sheets));
    assert_eq!((after.as_str(), codes(&found)), (text.as_str(), vec!["NB0881", "NB0881"]));
}

#[test]
fn what_cannot_be_read_in_the_place_of_an_activity_leaves_it_as_it_was() {
    let (lines, found) = came_back(|sheets| _ = sheets[BOARD].1.insert(MONDAY, "待定".to_owned()));
    assert_eq!(lines, "");
    assert_eq!(said(&found), ["NB0836 周安排!B5", "NB0882 周安排!B5"]);
}

#[test]
fn a_part_of_the_day_whose_name_is_emptied_stays_and_another_in_its_place_is_another() {
    let (lines, found) = came_back(|sheets| _ = sheets[BOARD].1.remove(&(4, 0)));
    assert_eq!((lines.as_str(), said(&found)), ("", vec!["NB0882 周安排!A5".to_owned()]));
    let (lines, found) = came_back(|sheets| {
        let mut cells = without(&sheets[BOARD].1, Some(4), None);
        cells.insert((5, 0), "晚上\n19:00-20:30".to_owned());
        cells.insert((5, 1), "广场舞".to_owned());
        sheets[BOARD].1 = cells;
    });
    assert_eq!(lines, "+  晚上: \"19:00-20:30\"\n+  - {title: 广场舞, when: 周一 晚上}\n");
    assert_eq!(said(&found), ["NB0881 周安排"]);
}

#[test]
fn what_takes_place_once_has_its_date_in_a_cell_as_export_draws_it() {
    let typed = |text: &'static str| {
        came_back(move |sheets| {
            let cell = sheets[BOARD].1.get_mut(&MONDAY).unwrap();
            cell.push_str("\n\n");
            cell.push_str(text);
        })
    };
    for text in ["包饺子\n时间：2026-12-21 14:30-16:00", "包饺子\n2026-12-21 14:30-16:00"] {
        let (diff, found) = typed(text);
        assert_eq!(diff, "+  - {title: 包饺子, when: \"2026-12-21 14:30-16:00\"}\n", "{text}: {:?}", said(&found));
    }
    let (diff, found) = typed("包饺子 2026-12-21 14:30-16:00");
    assert_eq!((diff.contains("when:"), codes(&found)), (false, vec!["NB0835"]));
}

#[test]
fn who_made_the_board_is_left_out_wherever_that_stands() {
    let last = |sheets: &Sheets| sheets[BOARD].1.keys().map(|(row, _)| *row).max().unwrap();
    for (below, column) in [(0, 3), (1, 0), (1, 3), (2, 5)] {
        let at = (below, column);
        let (diff, found) = came_back(|sheets| {
            let row = last(sheets) + below;
            sheets[BOARD].1.insert((row, column), "审核人：李主任".to_owned());
        });
        assert_eq!((&*diff, codes(&found)), ("", vec!["NB0894"]), "{at:?}");
    }
}

#[test]
fn a_new_activity_in_two_sheets_with_two_times_is_called_by_its_title() {
    let (diff, found) = came_back(|sheets| {
        sheets[BOARD].1.insert((4, 3), "电影夜".to_owned());
        let row = 1 + sheets[ACTIVITIES].1.keys().map(|(row, _)| *row).max().unwrap();
        sheets[ACTIVITIES].1.insert((row, 0), "电影夜".to_owned());
        sheets[ACTIVITIES].1.insert((row, 1), "周二 上午".to_owned());
    });
    assert_eq!((&*diff, codes(&found)), ("", vec!["NB0880"]));
    assert_eq!(found[0].problem.argument("title"), Some("电影夜"));
}

/// The board of a workbook as it is saved as `.csv`.
fn as_csv(cells: &Cells) -> String {
    let last = |of: fn(&(u32, u16)) -> u32| cells.keys().map(of).max().unwrap();
    let quoted = |at: (u32, u16)| format!("\"{}\"", cells.get(&at).map_or("", String::as_str).replace('"', "\"\""));
    let columns = u16::try_from(last(|(_, column)| u32::from(*column))).unwrap();
    let row = |row| (0..=columns).map(|column| quoted((row, column))).collect::<Vec<_>>().join(",");
    (0..=last(|(row, _)| *row)).map(|number| row(number) + "\n").collect()
}

#[test]
fn a_board_saved_as_csv_is_compared_with_the_programme_that_it_shows() {
    for language in ["zh-Hans", "en"] {
        let (known, content) = known(language);
        for (id, text) in programmes(&content) {
            let csv = as_csv(&cells(&export(&known, &id, &text))[BOARD].1);
            let (known, ..) = with(&known, &id, &text);
            let outcome = imports::read(Utf8Path::new("plan.csv"), csv.as_bytes(), &known, &Wishes::default());
            let [draft] = outcome.drafts.as_slice() else { panic!("{id} {language}: {:?}", outcome.found) };
            let (after, _) = imports::merged(&text, &draft.record, draft.is_whole, &known.first).unwrap();
            assert_eq!((&draft.id, &after), (&id, &text), "{language}");
            assert!(outcome.found.is_empty(), "{id} {language}: {:?}", outcome.found);
        }
    }
}

#[test]
fn a_board_alone_is_known_by_what_it_holds_whatever_it_and_its_sheet_are_called() {
    let alone = |edit: &dyn Fn(&mut Cells)| {
        came_back(|sheets| {
            sheets.truncate(1);
            sheets[BOARD].0 = "Sheet1".to_owned();
            edit(&mut sheets[BOARD].1);
        })
    };
    let (lines, found) = alone(&|_| {});
    assert_eq!((lines.as_str(), codes(&found)), ("", vec![]));
    let (lines, found) = alone(&|cells| _ = cells.insert((0, 0), "腊月的安排".to_owned()));
    assert_eq!((lines.as_str(), codes(&found)), ("-title: 冬天的安排\n+title: 腊月的安排\n", vec![]));
    let (lines, found) = alone(&|cells| _ = cells.insert((4, 3), "电影夜".to_owned()));
    assert_eq!((lines.as_str(), codes(&found)), ("+  - {title: 电影夜, when: 周三 下午}\n", vec![]));
}

#[test]
fn a_room_behind_a_title_is_its_room() {
    let both = |text: &'static str| {
        came_back(move |sheets| {
            for cell in [TUESDAY, THURSDAY] {
                sheets[BOARD].1.insert(cell, text.to_owned());
            }
        })
    };
    for text in ["法律坐诊 调解室", "法律坐诊（调解室）"] {
        let (lines, found) = both(text);
        assert_eq!((lines.as_str(), codes(&found)), ("", vec![]), "{text}");
    }
    let (lines, found) = both("法律坐诊 二楼");
    assert_eq!((lines.as_str(), codes(&found)), ("-    room: 调解室\n+    room: 二楼\n", vec![]));
    // A new title stands before a room that the site has; what else stands behind one is part of it.
    let new = |text: &'static str| came_back(move |sheets| _ = sheets[BOARD].1.insert((3, 1), text.to_owned()));
    assert_eq!(new("剪纸 二层教室").0, "+  - {title: 剪纸, when: 周一 上午, room: 二层教室}\n");
    assert_eq!(new("法律坐诊 中级班").0, "+  - {title: 法律坐诊 中级班, when: 周一 上午}\n");
}

#[test]
fn an_activity_that_stands_twice_is_taken_once_and_said() {
    let put = |cell: (u32, u16), text: &'static str| {
        came_back(move |sheets| _ = sheets[BOARD].1.insert(cell, text.to_owned()))
    };
    let (lines, found) = put(TUESDAY, "法律坐诊\n地点：调解室\n\n法律坐诊\n地点：调解室");
    assert_eq!((lines.as_str(), said(&found)), ("", vec!["NB0896 周安排!C5".to_owned()]));
    let (lines, found) = put((3, 1), "合唱\n\n合唱");
    assert_eq!(lines, "+  - {title: 合唱, when: 周一 上午}\n");
    assert_eq!(said(&found), ["NB0896 周安排!B4"]);
}

#[test]
fn a_part_of_the_day_between_two_others_stands_between_them_in_the_file() {
    let (lines, found) = came_back(|sheets| {
        let cells = std::mem::take(&mut sheets[BOARD].1);
        let moved = |((row, column), text): ((u32, u16), String)| ((row + u32::from(row > 3), column), text);
        sheets[BOARD].1 = cells.into_iter().map(moved).collect();
        sheets[BOARD].1.insert((4, 0), "中午\n11:40-13:00".to_owned());
        sheets[BOARD].1.insert((4, 1), "电影".to_owned());
    });
    assert_eq!(lines, "+  中午: \"11:40-13:00\"\n+  - {title: 电影, when: 周一 中午}\n");
    assert!(found.is_empty(), "{found:?}");
    let file = FILE.replace("  - title: 法律", "  - {title: 电影, when: 周一 中午}\n  - title: 法律");
    let (known, _) = known("zh-Hans");
    let noon = file.replace("  下午:", "  中午: \"11:40-13:00\"\n  下午:");
    let mut sheets = cells(&export(&known, ID, &noon));
    sheets[BOARD].1.insert((4, 0), "午间\n11:40-13:10".to_owned());
    let (after, _) = import(&known, ID, &noon, &book(&sheets));
    assert!(after.contains("# 门口贴的\n  午间: \"11:40-13:10\"\n  下午"), "{after}");
}

#[test]
fn an_activity_of_every_month_that_is_moved_keeps_its_week_and_takes_the_new_day() {
    let (known, text, mut sheets) = dajiaoliang();
    let is_meeting = |(_, cell): &(&(u32, u16), &String)| cell.starts_with("三方联席会议");
    let at = sheets[BOARD].1.iter().find(is_meeting).map(|(at, _)| *at).unwrap();
    let cell = sheets[BOARD].1.remove(&at).unwrap();
    let mut copied = sheets.clone();
    sheets[BOARD].1.insert((at.0, at.1 + 1), cell.clone());
    let (after, found) = import(&known, ID, &text, &book(&sheets));
    assert!(after.contains("    when: 每月第2个周四 晚上\n"), "{after}");
    assert_eq!(codes(&found), ["NB0897"]);
    // Where it stands in its own column too, nobody knows which is wrong.
    copied[BOARD].1.extend([(at, cell.clone()), ((at.0, at.1 + 1), cell)]);
    let (after, found) = import(&known, ID, &text, &book(&copied));
    assert_eq!((after.as_str(), codes(&found)), (text.as_str(), vec!["NB0836"]));
}
