//! Comma-separated values (RFC 4180), for spreadsheets and for programs.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and text of editors and residents
//! must not become one (OWASP, CSV injection). So in the form for spreadsheets such a cell begins with an apostrophe, and
//! so does one that began with an apostrophe itself: whoever takes one apostrophe from the beginning of each text has
//! the text back. The plain form needs none of this. Control characters that no text needs are left out in both.

use std::borrow::Cow;

use super::super::scan::has_any;

/// For whom a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// UTF-8 with a byte order mark, lines ending in CRLF, guarded against formulas.
    Spreadsheet,
    /// UTF-8 without it, lines ending in LF, texts as they are.
    Plain,
}

impl Form {
    /// Both forms.
    pub(super) const BOTH: [Self; 2] = [Self::Spreadsheet, Self::Plain];

    /// The other form.
    pub(super) fn other(self) -> Self {
        match self {
            Self::Spreadsheet => Self::Plain,
            Self::Plain => Self::Spreadsheet,
        }
    }

    /// Where its files stand.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Self::Spreadsheet => "tables/",
            Self::Plain => "tables/plain/",
        }
    }
}

/// Writes a file cell by cell.
pub(super) struct Writer<'b> {
    form: Form,
    buffer: &'b mut Vec<u8>,
    begun: bool,
}

impl<'b> Writer<'b> {
    /// A file that begins in an empty buffer.
    pub(super) fn new(form: Form, buffer: &'b mut Vec<u8>) -> Self {
        let mark = if form == Form::Spreadsheet { "\u{feff}" } else { "" };
        buffer.extend_from_slice(mark.as_bytes());
        Self { form, buffer, begun: false }
    }

    /// A cell of text.
    pub(super) fn text(&mut self, text: &str) {
        const MARKS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '\''];
        let unneeded = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n');
        // U+0080 to U+009F begin with C2.
        let is_candidate = |byte: u8| (byte < b' ') | (byte == 0x7f) | (byte == 0xc2);
        let form = self.form;
        let is_guarded = |text: &str| form == Form::Spreadsheet && text.starts_with(MARKS);
        // Nearly all texts have nothing to leave out, to quote or to guard, for which they are looked through once.
        if !has_any(text, |byte| is_candidate(byte) | is_quoted(byte)) && !is_guarded(text) && !is_spaced(text) {
            return self.cell(&[text]);
        }
        let text = if text.contains(unneeded) { Cow::Owned(text.replace(unneeded, "")) } else { Cow::Borrowed(text) };
        if is_guarded(&text) {
            self.raw(&format!("'{text}"));
        } else {
            self.raw(&text);
        }
    }

    /// A cell that no reader can take for a formula: a number, a name of a column.
    pub(super) fn raw(&mut self, value: &str) {
        if has_any(value, is_quoted) || is_spaced(value) {
            self.cell(&["\"", &value.replace('"', "\"\""), "\""]);
        } else {
            self.cell(&[value]);
        }
    }

    fn cell(&mut self, parts: &[&str]) {
        if std::mem::replace(&mut self.begun, true) {
            self.buffer.push(b',');
        }
        parts.iter().for_each(|part| self.buffer.extend_from_slice(part.as_bytes()));
    }

    /// Ends a row.
    pub(super) fn end(&mut self) {
        self.buffer.extend_from_slice(if self.form == Form::Spreadsheet { b"\r\n" } else { b"\n" });
        self.begun = false;
    }
}

/// Whether a cell with this byte is quoted.
fn is_quoted(byte: u8) -> bool {
    (byte == b'"') | (byte == b',') | (byte == b'\r') | (byte == b'\n')
}

/// Whether a cell is quoted for the spaces at its ends.
fn is_spaced(value: &str) -> bool {
    value.starts_with(' ') || value.ends_with(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(form: Form, cells: &[&str]) -> String {
        let mut buffer = Vec::new();
        let mut writer = Writer::new(form, &mut buffer);
        cells.iter().for_each(|cell| writer.text(cell));
        writer.end();
        String::from_utf8(buffer).unwrap()
    }

    #[test]
    fn only_a_spreadsheet_is_guarded_against_formulas() {
        let cells = ["=cmd|' /C calc'!A0", "'90", "＋1", "a=b", "\u{0}x"];
        assert_eq!(row(Form::Plain, &cells), "=cmd|' /C calc'!A0,'90,＋1,a=b,x\n");
        assert_eq!(row(Form::Spreadsheet, &cells), "\u{feff}'=cmd|' /C calc'!A0,''90,'＋1,a=b,x\r\n");
    }

    #[test]
    fn what_would_end_a_cell_is_quoted() {
        let cells = ["a,b", "say \"hi\"", "one\ntwo", " x", ""];
        assert_eq!(row(Form::Plain, &cells), "\"a,b\",\"say \"\"hi\"\"\",\"one\ntwo\",\" x\",\n");
    }
}
