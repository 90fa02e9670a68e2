//! Remarks that are attached to cells (批注), which the reader of spreadsheets does not hand out.

use super::excel_parts::{Parts, ended, local, pieces, place, plain};
use super::open_cells::by_sheet;
use super::spans::attribute;

/// Remarks with their cells.
pub(super) type Remarks = Vec<((u32, u32), String)>;

/// Most remarks that are kept of a sheet.
const MOST: usize = 1000;

/// The remarks of each sheet of a workbook of Excel, by the sheet's place in it.
pub(super) fn of_excel(parts: &mut Parts<'_>) -> Vec<Remarks> {
    let sheets = parts.sheets();
    let related = sheets.into_iter().map(|path| parts.related(&path?, "comments"));
    related.map(|remarks| remarks.map(|remarks| of_part(&remarks)).unwrap_or_default()).collect()
}

fn of_part(remarks: &str) -> Remarks {
    let mut found = Remarks::new();
    let mut in_sounds = false;
    for (tag, behind) in pieces(remarks) {
        match (ended(tag), local(tag)) {
            (None, "comment") if found.len() < MOST => {
                found.extend(attribute(tag, " ref").and_then(place).map(|at| (at, String::new())));
            }
            (None, "rPh") => in_sounds = true,
            (Some("rPh"), _) => in_sounds = false,
            (None, "t") if !in_sounds => {
                if let Some((_, text)) = found.last_mut() {
                    text.push_str(&plain(behind));
                }
            }
            _ => {}
        }
    }
    found
}

/// The remarks of each sheet of an OpenDocument file, in the order of the sheets.
pub(super) fn of_open_document(content: &str) -> Vec<Remarks> {
    let (mut in_remark, mut in_text) = (false, false);
    by_sheet(content, |at, tag, behind, sheet: &mut Remarks| {
        match (ended(tag), local(tag)) {
            (None, "annotation") => {
                in_remark = sheet.len() < MOST;
                if in_remark {
                    sheet.push((at.cell(), String::new()));
                }
            }
            (Some("annotation"), _) => in_remark = false,
            (None, "p") if in_remark => in_text = true,
            (Some("p"), _) => in_text = false,
            _ => {}
        }
        if in_remark
            && in_text
            && let Some((_, text)) = sheet.last_mut()
        {
            text.push_str(&plain(behind));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_found_with_their_cells() {
        let part = "<comments><authors><author>x</author></authors><commentList><comment ref=\"C3\" authorId=\"0\"><text><r><t>a</t></r>\
             <r><t xml:space=\"preserve\"> &lt;b</t></r></text></comment><comment ref=\"A1\"><text><t>c</t></text></comment></commentList></comments>";
        assert_eq!(of_part(part), [((2, 2), "a <b".to_owned()), ((0, 0), "c".to_owned())]);
        let content = "<table:table><table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>\
             <table:table-row><table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell><office:annotation>\
             <dc:creator>x</dc:creator><text:p>a</text:p></office:annotation><text:p>b</text:p></table:table-cell></table:table-row></table:table>";
        assert_eq!(of_open_document(content), [vec![((2, 2), "a".to_owned())]]);
    }
}
