//! The merged cells of an OpenDocument spreadsheet, which the reader of spreadsheets does not tell.
//!
//! `content.xml` is looked through tag by tag; nothing of it is kept but places.

use super::excel_parts::local;
use super::grid::Area;
use super::open_cells::by_sheet;

/// What a sheet may repeat; beyond lies only what fills a sheet up to its end.
const MOST_REPEATED: u32 = 1_048_576;

/// The merged areas of each sheet, in the order of the sheets.
pub(super) fn merged(content: &str) -> Vec<Vec<Area>> {
    by_sheet(content, |at, tag, _, areas: &mut Vec<Area>| {
        if matches!(local(tag), "table-cell" | "covered-table-cell") {
            let columns = number(tag, "table:number-columns-spanned");
            let rows = number(tag, "table:number-rows-spanned");
            let (top, left) = at.cell();
            let (bottom, right) = (top.saturating_add(rows - 1), left.saturating_add(columns - 1));
            areas.extend(((columns, rows) != (1, 1)).then_some(Area { top, left, bottom, right }));
        }
    })
}

/// At most how many cells are made of it when what is repeated is written out.
pub(super) fn most_cells(content: &str) -> u64 {
    let (mut cells, mut columns, mut widest, mut rows) = (0_u64, 0_u64, 0_u64, 0_u64);
    // Cells without anything in them are left out at the end of a row, and rows at the end of a sheet.
    let mut pending = (0_u64, 0_u64);
    for tag in tags(content) {
        match name(tag) {
            "table:table" => (widest, rows, pending) = (0, 0, (0, 0)),
            "table:table-row" => {
                columns = 0;
                pending = (0, u64::from(number(tag, "table:number-rows-repeated")));
            }
            "table:table-cell" | "table:covered-table-cell" => {
                let repeated = u64::from(number(tag, "table:number-columns-repeated"));
                if tag.contains("office:value-type") || tag.contains("table:formula") {
                    columns += pending.0 + repeated;
                    pending.0 = 0;
                } else {
                    pending.0 += repeated;
                }
            }
            "/table:table-row" => {
                rows += pending.1;
                if columns > 0 {
                    widest = widest.max(columns);
                    cells = cells.max(rows.saturating_mul(widest));
                }
            }
            _ => {}
        }
    }
    cells
}

/// The insides of tags: `table:table-cell office:value-type="string"`.
pub(super) fn tags(content: &str) -> impl Iterator<Item = &str> {
    content.split('<').skip(1).filter_map(|after| after.split_once('>').map(|(tag, _)| tag))
}

/// The name of a tag, `/` before that of one that ends.
pub(super) fn name(tag: &str) -> &str {
    tag.split([' ', '\n', '\t']).next().unwrap_or_default().trim_end_matches('/')
}

/// What an attribute of a tag says; a name with a blank before it is no part of another name.
pub(super) fn attribute<'t>(tag: &'t str, attribute: &str) -> Option<&'t str> {
    let after = tag.match_indices(attribute).find_map(|(at, name)| tag.get(at + name.len()..)?.strip_prefix('='))?;
    after.trim_start_matches(['"', '\'']).split(['"', '\'']).next()
}

/// An attribute that counts; 1 where it is not said.
pub(super) fn number(tag: &str, name: &str) -> u32 {
    attribute(tag, name).and_then(|value| value.parse::<u32>().ok()).unwrap_or(1).clamp(1, MOST_REPEATED)
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::*;

    const CONTENT: &str = "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"2\">\
        <table:table-cell/></table:table-row><table:table-row><table:table-cell office:value-type=\"string\" \
        table:number-columns-spanned=\"3\" table:number-rows-spanned=\"1\"><text:p>x</text:p></table:table-cell>\
        <table:covered-table-cell table:number-columns-repeated=\"2\"/><table:table-cell office:value-type=\"string\" \
        table:number-columns-spanned=\"1\" table:number-rows-spanned=\"2\"/></table:table-row></table:table>";

    #[test]
    fn merged_cells_are_found_where_rows_and_columns_are_repeated() {
        let first = Area { top: 2, left: 0, bottom: 2, right: 2 };
        assert_eq!(merged(CONTENT), [vec![first, Area { top: 2, left: 3, bottom: 3, right: 3 }]]);
    }

    #[test]
    fn what_is_repeated_is_counted_before_it_is_written_out() {
        let bomb = CONTENT.replace("number-rows-repeated=\"2\"", "number-rows-repeated=\"1000000\"");
        assert!(most_cells(CONTENT) < 20 && most_cells(&bomb) > 3_000_000);
    }
}
