//! Rows of a list that are no records: totals, who drew it up and when, remarks, headings of its parts, and its headings
//! once more on the next page. They look like any other row, and each would become a record. They are said and left out;
//! who drew a list up is kept nowhere.

use super::findings::Findings;
use super::table::Table;
use super::vocabulary::{is_name_of_person, is_remark};
use crate::calendar::WeekdaySet;
use crate::diagnostics::{Code, Problem};

const TOTALS: [&str; 9] = ["合计", "总计", "共计", "小计", "累计", "总数", "total", "subtotal", "grandtotal"];

/// What labels end with by which a list says who drew it up, looked it over, and when.
const SIGNED: [&str; 26] = [
    "制表",
    "制表人",
    "填表",
    "填表人",
    "填报",
    "填报人",
    "填报单位",
    "制表单位",
    "审核",
    "审核人",
    "审批",
    "审批人",
    "复核",
    "复核人",
    "经办人",
    "统计人",
    "签发人",
    "制表日期",
    "填表日期",
    "填表时间",
    "编制",
    "编制人",
    "preparedby",
    "checkedby",
    "approvedby",
    "signedby",
];

/// What may also be who is on duty.
const IN_CHARGE: [&str; 3] = ["负责人", "联系人", "主管"];

/// Takes the rows that are no records from a list; `first` is the key of what its records are called.
pub(super) fn leave_out(table: &mut Table<'_>, first: &str, findings: &mut Findings) {
    let rows = std::mem::take(&mut table.rows);
    let (closing, rows): (Vec<u32>, Vec<u32>) = rows.into_iter().partition(|row| is_closing(table, *row, first));
    table.rows = rows;
    for row in closing {
        let at = table.grid.row(row).next().map_or(0, |(column, _)| column);
        let text: Vec<String> = table.grid.row(row).map(|(_, text)| text.replace('\n', " ")).collect();
        let named = |text: &String| text.split([' ', '\u{3000}', '：', ':']).any(is_name_of_person);
        let is_signed = table
            .grid
            .row(row)
            .any(|(_, text)| SIGNED.contains(&plain(text).as_str()) || signs(text, &SIGNED) || signs(text, &IN_CHARGE));
        let code = if is_signed && text.iter().any(named) { Code::NameOfPerson } else { Code::RowNoRecord };
        findings.at(table.grid, (row, at), Problem::new(code).with("text", &text.join(" ")));
    }
}

fn is_closing(table: &Table<'_>, row: u32, first: &str) -> bool {
    let cells: Vec<(u32, &str)> = table.grid.row(row).collect();
    let Some((column, text)) = cells.first().copied() else { return false };
    let name = table.text(row, first).unwrap_or(text);
    let of_days = ["date", "weekday"].iter().any(|key| table.columns.contains_key(key));
    // 负责人 on Mondays is who is on duty then.
    let labels: Vec<&str> = SIGNED.iter().chain(IN_CHARGE.iter().filter(|_| !of_days)).copied().collect();
    let has_day = of_days && cells.iter().any(|(_, text)| WeekdaySet::read(text).is_ok());
    let is_bare = |text: &str| SIGNED.contains(&plain(text).as_str()) && cells.len() > 1 && !has_day;
    let area = table.grid.area(row, column);
    let covered = table.columns.values().filter(|column| (area.left..=area.right).contains(column)).count();
    let is_head = |(column, text): &(u32, &str)| *text == table.grid.seen(table.head, *column);
    [text, name].iter().any(|text| is_total(text) || is_remark(text) || signs(text, &labels) || is_bare(text))
        || cells.len() == 1 && covered > 1
        || cells.len() > 1 && cells.iter().all(is_head)
}

/// A text without blanks and the colon at its end.
fn plain(text: &str) -> String {
    let plain: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    plain.trim_end_matches(['：', ':']).to_owned()
}

/// Whether a text is a total, with or without the number: 合 计, 合计：3个, 共12家.
fn is_total(text: &str) -> bool {
    const LONGEST_UNIT: usize = 3;
    let plain = plain(text);
    let is_count = |rest: &str| {
        let rest = rest.trim_start_matches(['：', ':', '（', '(']);
        let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十百千.,".contains(c));
        unit.len() < rest.len() && unit.chars().count() <= LONGEST_UNIT
    };
    let after = |word: &str| plain.strip_prefix(word).is_some_and(|rest| rest.is_empty() || is_count(rest));
    TOTALS.iter().any(|word| after(word)) || plain.strip_prefix('共').is_some_and(is_count)
}

/// Whether a text says by a label who drew a table up, looked it over, or when: `制表：社区办公室`.
pub(super) fn is_signature(text: &str) -> bool {
    signs(text, &SIGNED)
}

/// Whether a text begins with one of the labels: `填表人：张三`.
fn signs(text: &str, labels: &[&str]) -> bool {
    let label = text.split_once(['：', ':']).map(|(label, _)| plain(label));
    label.is_some_and(|label| labels.iter().any(|word| label.ends_with(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_told_from_names() {
        for text in ["合计", "合 计", "合计：3个", "共计1个", "总计（12家）", "共三处", "Total", "Total: 3", "小计"]
        {
            assert!(is_total(text), "{text}");
        }
        for text in
            ["共享书屋", "共和路驿站", "合计广场驿站", "总计大厦", "共青团驿站", "共一村党群服务中心", "Total Fitness"]
        {
            assert!(!is_total(text), "{text}");
        }
    }

    #[test]
    fn labels_of_who_drew_it_up_are_told_from_names() {
        for text in [
            "填表人：张三",
            "制 表: 办公室",
            "审核人： 李四",
            "单位审核人：",
            "填表日期：2026年11月20日",
            "Prepared by: office",
        ] {
            assert!(signs(text, &SIGNED), "{text}");
        }
        for text in ["填表人服务站", "制表培训：二楼", "制表路驿站", "一号门：东门驿站"] {
            assert!(!signs(text, &SIGNED), "{text}");
        }
    }
}
