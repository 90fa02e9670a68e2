//! Diagnostics as workflow commands of GitHub Actions, which shows them beside the lines of a pull request.
//!
//! One `::error file=…::message` a line. What is between `::` and `::` and what follows are escaped as the runner reads
//! them: `%`, line ends, and in properties `:` and `,` too. A message ends with the call that shows examples of its code.

use std::fmt::Write as _;

use super::render::Cursor;
use super::{Diagnostic, Language, Severity, Texts};

/// All diagnostics, a line each; the help and where there is more follow the message within the line.
pub fn render(diagnostics: &[Diagnostic], texts: &Texts, language: Language) -> String {
    let mut shown = String::new();
    let (mut starts, mut ends) = (Cursor::default(), Cursor::default());
    for diagnostic in diagnostics {
        let (place, problem) = (&diagnostic.place, &diagnostic.problem);
        let (line, column) = starts.at(&place.file, place.start, texts);
        let (end_line, end_column) = ends.at(&place.file, place.end, texts);
        let level = match problem.code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let mut message = diagnostic.message(language, texts);
        for help in diagnostic.help(language, texts) {
            message.push('\n');
            message.push_str(&help);
        }
        message.push('\n');
        message.push_str(&problem.code.call_that_explains(language));
        // The runner takes columns only of a place within a line.
        let columns = if line == end_line { format!(",col={column},endColumn={end_column}") } else { String::new() };
        let _ = writeln!(
            shown,
            "::{level} file={},line={line},endLine={end_line}{columns},title={}::{}",
            property(&place.file),
            problem.code.id(),
            data(&message),
        );
    }
    shown
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
