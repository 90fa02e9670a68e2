//! `import`: of a programme that was exported and changed in one cell only what that cell says changes in the file.

use std::collections::BTreeMap;

use camino::Utf8Path;
use noticeboard::content::Content;
use noticeboard::export::{Source, workbook};
use noticeboard::import::{self, Known, KnownTimes, Wishes};
use noticeboard::source;
use similar::{ChangeTag, TextDiff};

use crate::support::workbooks::{Cells, book, cells};

/// The lines that go and the lines that come.
fn changes(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let diff = TextDiff::from_lines(before, after);
    let of = |tag| {
        let changes = diff.iter_all_changes().filter(move |change| change.tag() == tag);
        changes.map(|change| change.value().trim_end().to_owned()).collect()
    };
    (of(ChangeTag::Delete), of(ChangeTag::Insert))
}

#[test]
fn one_cell_changes_the_lines_of_what_it_says_and_every_other_byte_stays() {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = source::read_site(root);
    let content = Content::read(&sources, &mut Vec::new()).unwrap();
    let known = Known::of(Some(&content), KnownTimes::on("2026-11-24".parse().unwrap()));
    let mut tried = 0;
    for record in &content.programmes {
        let path = format!("content/programmes/{}.yaml", record.id);
        let text = std::fs::read_to_string(root.join(&path)).unwrap();
        // With comments and a layout that nobody would have made by hand.
        let text = text
            .replace("\nactivities:\n", "\n# 活动\nactivities:   # 按周排\n")
            .replace("    room: ", "    # 在哪里\n    room:  ");
        let written: serde_yaml::Mapping = serde_yaml::from_str(&text).unwrap();
        let id = record.id.to_string();
        let exported =
            workbook(&Source { id: &id, programme: &record.value, written: &written, known: &known }).unwrap();
        let sheets = cells(&exported);
        let mut known = known.clone();
        known.programmes.iter_mut().find(|known| known.id == id).unwrap().written = written.clone();
        let imported = |sheets: &[(String, Cells)]| {
            let outcome = import::read(Utf8Path::new("plan.xlsx"), &book(sheets), &known, &Wishes::default());
            let [draft] = outcome.drafts.as_slice() else { panic!("{id}: {:?}", outcome.found) };
            let (after, _) = import::merged(&text, &draft.record, draft.is_whole, &known.first).unwrap();
            let comments: Vec<String> = draft.comment_lines().collect();
            (after, comments, outcome.found)
        };
        let (same, comments, _) = imported(&sheets);
        assert_eq!((same.as_str(), comments), (text.as_str(), vec![]), "{id}");
        for (number, (sheet, of_sheet)) in sheets.iter().enumerate() {
            let mut kinds = BTreeMap::new();
            for ((row, column), cell) in of_sheet {
                // A heading is no cell to be changed, and a few of each kind are enough.
                let (kind, most) = match number {
                    0 if *row <= 1 => continue,
                    0 if *row == 2 || *column == 0 => (format!("head {}", *column == 0), 2),
                    0 => ("cell".to_owned(), 12),
                    _ if *row == 0 => continue,
                    1 => (of_sheet[&(0, *column)].clone(), 3),
                    _ if *column == 0 => continue,
                    _ => (of_sheet[&(*row, 0)].clone(), 1),
                };
                // A day, a time, an id or a list has a form of its own; a text takes one more word at the end of its
                // first line.
                if cell.starts_with(['{', '[', '"']) || cell.bytes().all(|byte| byte.is_ascii()) {
                    continue;
                }
                if matches!(kind.as_str(), "时间" | "什么时候" | "负责团队" | "head true" | "head false") {
                    continue;
                }
                let seen = kinds.entry(kind.clone()).or_insert(0);
                *seen += 1;
                if *seen > most {
                    continue;
                }
                let mut other = sheets.clone();
                let (first, rest) =
                    cell.split_once('\n').map_or((cell.as_str(), None), |(one, rest)| (one, Some(rest)));
                let changed = format!("{first}新{}", rest.map(|rest| format!("\n{rest}")).unwrap_or_default());
                other[number].1.insert((*row, *column), changed.clone());
                let (after, comments, found) = imported(&other);
                let place = format!("{id} {sheet} {row}:{column} {kind} {changed}");
                let (gone, come) = changes(&text, &after);
                // What stands on several days stays on the others, and what a board says of it is told.
                let said = found.iter().map(|found| format!("{found:?}")).collect::<String>();
                assert!(gone.len() <= 3 && come.len() <= 14, "{place}\n-{gone:#?}\n+{come:#?}\n{said}");
                assert!(comments.is_empty(), "{place} {comments:?}");
                if come.is_empty() {
                    assert!(!said.is_empty() || gone.is_empty(), "{place}: {gone:#?}");
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 60, "{tried}");
}
