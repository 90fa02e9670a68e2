//! Text that is struck out, which the reader of spreadsheets hands out like any other: cells in a struck font, and the
//! struck parts of a cell's text. The old binary form (.xls) is not looked through.

use std::collections::{BTreeMap, BTreeSet};

use super::excel_parts::{Parts, ended, local, pieces, place, plain};
use super::open_cells::by_sheet;
use super::spans::{attribute, tags};

/// A text with parts that may be struck out; nothing is said where the cell's font counts.
type Runs = Vec<(String, Option<bool>)>;

/// The cells of a sheet with struck text, and what is left of each.
pub(super) type Struck = BTreeMap<(u32, u32), String>;

/// The cells with struck text of each sheet of a workbook of Excel, by the sheet's place in it.
pub(super) fn of_excel(parts: &mut Parts<'_>) -> Vec<Struck> {
    let styles = parts.text("xl/styles.xml").map(|styles| struck_styles(&styles)).unwrap_or_default();
    let shared = parts.text("xl/sharedStrings.xml").filter(|text| text.contains("strike"));
    let shared = shared.map(|text| shared_runs(&text)).unwrap_or_default();
    let sheets = parts.sheets().into_iter().map(|path| path.and_then(|path| parts.text(&path)));
    let sheets: Vec<Option<String>> = sheets.collect();
    sheets.into_iter().map(|sheet| sheet.map(|sheet| of_sheet(&sheet, &styles, &shared)).unwrap_or_default()).collect()
}

/// The numbers of the formats of cells whose font is struck.
fn struck_styles(styles: &str) -> BTreeSet<usize> {
    let (mut fonts, mut font) = (BTreeSet::new(), None::<usize>);
    let (mut in_fonts, mut in_formats, mut next_font, mut format) = (false, false, 0, 0);
    let mut found = BTreeSet::new();
    for tag in tags(styles) {
        match (ended(tag), local(tag)) {
            (Some("fonts"), _) => in_fonts = false,
            (Some("cellXfs"), _) => in_formats = false,
            (Some(_), _) => {}
            (None, "fonts") => in_fonts = true,
            (None, "cellXfs") => in_formats = true,
            (None, "font") if in_fonts => (font, next_font) = (Some(next_font), next_font + 1),
            (None, "strike") if in_fonts && holds(tag) => fonts.extend(font),
            (None, "xf") if in_formats => {
                let of = attribute(tag, " fontId").and_then(|font| font.parse::<usize>().ok());
                if of.is_some_and(|font| fonts.contains(&font)) {
                    found.insert(format);
                }
                format += 1;
            }
            _ => {}
        }
    }
    found
}

/// Whether a property is said to hold, as it is where nothing else is said.
fn holds(tag: &str) -> bool {
    !matches!(attribute(tag, " val"), Some("0" | "false"))
}

/// The texts that cells share, in parts.
fn shared_runs(strings: &str) -> Vec<Runs> {
    let mut found = Vec::new();
    let mut text = Text::default();
    for (tag, behind) in pieces(strings) {
        match (ended(tag), local(tag)) {
            (None, "si") => text = Text::default(),
            (Some("si"), _) => found.push(std::mem::take(&mut text).runs),
            _ => text.read(tag, behind),
        }
    }
    found
}

/// A text that is read part by part.
#[derive(Default)]
struct Text {
    runs: Runs,
    /// Whether the part that is read has a font of its own, and whether that is struck.
    font: Option<bool>,
    in_sounds: bool,
}

impl Text {
    fn read(&mut self, tag: &str, behind: &str) {
        match (ended(tag), local(tag)) {
            (None, "r") => self.font = None,
            (None, "rPr") if !tag.ends_with('/') => self.font = Some(false),
            (None, "strike") => self.font = Some(holds(tag)),
            // How a text is spoken is no part of it.
            (None, "rPh") => self.in_sounds = true,
            (Some("rPh"), _) => self.in_sounds = false,
            (None, "t") if !self.in_sounds => self.runs.push((plain(behind), self.font)),
            _ => {}
        }
    }
}

fn of_sheet(sheet: &str, styles: &BTreeSet<usize>, shared: &[Runs]) -> Struck {
    let mut found = Struck::new();
    let mut cell: Option<((u32, u32), bool, bool)> = None;
    let mut text = Text::default();
    for (tag, behind) in pieces(sheet) {
        match (ended(tag), local(tag)) {
            (None, "c") => {
                let is_struck =
                    attribute(tag, " s").and_then(|style| style.parse().ok()).is_some_and(|s| styles.contains(&s));
                let is_shared = attribute(tag, " t") == Some("s");
                cell = attribute(tag, " r").and_then(place).map(|at| (at, is_struck, is_shared));
                text = Text::default();
            }
            (None, "v") => {
                if let Some((_, _, true)) = cell {
                    text.runs =
                        behind.trim().parse().ok().and_then(|n: usize| shared.get(n).cloned()).unwrap_or_default();
                }
            }
            (Some("c"), _) => {
                if let Some((at, is_struck, _)) = cell.take() {
                    let runs = std::mem::take(&mut text.runs);
                    if is_struck || runs.iter().any(|(_, struck)| *struck == Some(true)) {
                        let left = runs.iter().filter(|(_, struck)| !struck.unwrap_or(is_struck));
                        found.insert(at, left.map(|(text, _)| text.as_str()).collect());
                    }
                }
            }
            _ => text.read(tag, behind),
        }
    }
    found
}

/// The cells with struck text of each sheet of an OpenDocument file, in the order of the sheets.
pub(super) fn of_open_document(content: &str) -> Vec<Struck> {
    let styles = open_styles(content);
    let mut cell: Option<bool> = None;
    let (mut runs, mut spans, mut in_remark): (Runs, Vec<bool>, bool) = (Vec::new(), Vec::new(), false);
    by_sheet(content, |at, tag, behind, sheet: &mut Struck| {
        let style = |name: &str| attribute(tag, name).is_some_and(|style| styles.contains(style));
        match (ended(tag), local(tag)) {
            (None, "table-cell" | "covered-table-cell") => {
                (runs, spans) = (Vec::new(), Vec::new());
                cell = (!tag.ends_with('/')).then(|| style("table:style-name"));
            }
            (Some("table-cell" | "covered-table-cell"), _) => {
                let Some(is_struck) = cell.take() else { return };
                if is_struck || runs.iter().any(|(_, struck)| *struck == Some(true)) {
                    let left = runs.iter().filter(|(_, struck)| !struck.unwrap_or(is_struck));
                    sheet.insert(at.cell(), left.map(|(text, _)| text.as_str()).collect());
                }
            }
            (None, "annotation") => in_remark = true,
            (Some("annotation"), _) => in_remark = false,
            (started, name) if cell.is_some() && !in_remark => {
                match (started, name) {
                    (None, "span") => spans.push(style("text:style-name")),
                    (Some("span"), _) => _ = spans.pop(),
                    (None, "p") if !runs.is_empty() => runs.push(("\n".to_owned(), Some(false))),
                    (None, "s" | "tab") => runs.push((" ".to_owned(), Some(false))),
                    (None, "line-break") => runs.push(("\n".to_owned(), Some(false))),
                    _ => {}
                }
                if !behind.is_empty() {
                    runs.push((plain(behind), spans.last().copied()));
                }
            }
            _ => {}
        }
    })
}

/// The names of the styles that strike out.
fn open_styles(content: &str) -> BTreeSet<&str> {
    let (mut found, mut style) = (BTreeSet::new(), None);
    for tag in tags(content) {
        match (ended(tag), local(tag)) {
            (None, "style") => style = attribute(tag, "style:name"),
            (None, "text-properties")
                if attribute(tag, "style:text-line-through-style").is_some_and(|line| line != "none") =>
            {
                found.extend(style);
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn struck_cells_and_struck_parts_are_found_with_what_is_left() {
        let styles = struck_styles(
            "<fonts><font><sz val=\"11\"/></font><font><strike/></font><font><strike val=\"0\"/></font></fonts>\
             <cellStyleXfs><xf fontId=\"1\"/></cellStyleXfs><cellXfs><xf fontId=\"0\"/><xf fontId=\"2\"/><xf fontId=\"1\"/></cellXfs>",
        );
        assert_eq!(styles, BTreeSet::from([2]));
        let shared =
            shared_runs("<si><t>a</t></si><si><r><rPr><strike/></rPr><t>old </t></r><r><t>new &amp; good</t></r></si>");
        let sheet = "<c r=\"A1\" s=\"2\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" s=\"1\"><v>3</v></c>\
             <c r=\"D1\" t=\"inlineStr\"><is><r><rPr><strike/></rPr><t>x</t></r></is></c>";
        let found = of_sheet(sheet, &styles, &shared);
        let found: Vec<_> = found.iter().map(|(at, left)| (*at, left.as_str())).collect();
        assert_eq!(found, [((0, 0), ""), ((0, 1), "new & good"), ((0, 3), "")]);
    }

    #[test]
    fn so_are_those_of_open_documents() {
        let content = "<style:style style:name=\"ce1\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>\
             <style:style style:name=\"T1\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style>\
             <style:style style:name=\"T2\"><style:text-properties style:text-line-through-style=\"none\"/></style:style>\
             <table:table><table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row><table:table-row>\
             <table:table-cell table:style-name=\"ce1\"><text:p>old</text:p></table:table-cell>\
             <table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell><text:p><text:span \
             text:style-name=\"T1\">a</text:span>b</text:p><text:p>c</text:p></table:table-cell>\
             <table:table-cell><text:p>d</text:p></table:table-cell></table:table-row></table:table>";
        let found = of_open_document(content);
        let found: Vec<_> = found.iter().flatten().map(|(at, left)| (*at, left.as_str())).collect();
        assert_eq!(found, [((2, 0), ""), ((2, 3), "b\nc")]);
    }
}
