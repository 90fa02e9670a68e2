//! What Typst has to say about a template or its data, in plain types.
//!
//! Typst points with spans that mean nothing outside it. Here each becomes a file, a line and a column, with
//! the hints and the calls that led there, so that the caller can turn it into a diagnostic of its own.

use serde::{Deserialize, Serialize};
use typst::World;
use typst::WorldExt;
use typst::diag::{Severity, SourceDiagnostic};
use typst::syntax::DiagSpan;

/// Whether a problem kept the sheet from being made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PosterSeverity {
    /// There is no PDF.
    Error,
    /// There is a PDF, and something about it may be wrong.
    Warning,
}

/// Why a sheet was not set to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cause {
    /// It took longer than sheets may.
    TooLong,
    /// It took more memory than sheets may.
    TooLarge,
    /// The process that set it came to its end.
    Ended,
}

/// One problem with a template, its data or its fonts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PosterProblem {
    /// Whether there is a PDF all the same.
    pub severity: PosterSeverity,
    /// Virtual path of the file at fault, such as `/posters/lib.typ`; the template where Typst names none.
    pub file: String,
    /// Line from 1; 1 where Typst names no place.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, in Typst's words (English).
    pub message: String,
    /// What may help, and through which calls the place was reached, the nearest first.
    pub hints: Vec<String>,
    /// Why it was not set to its end, if that is the problem.
    pub cause: Option<Cause>,
}

impl PosterProblem {
    /// An error of a file as a whole.
    pub(super) fn about(file: &str, message: impl Into<String>) -> Self {
        Self {
            severity: PosterSeverity::Error,
            file: file.to_owned(),
            line: 1,
            column: 1,
            message: message.into(),
            hints: Vec::new(),
            cause: None,
        }
    }

    /// A sheet that was not set to its end.
    pub(super) fn ended(template: &str, cause: Cause) -> Self {
        Self { cause: Some(cause), ..Self::about(template, "") }
    }

    /// Whether it is that a font lacks a character.
    pub fn is_missing_glyph(&self) -> bool {
        self.message.contains("could not be displayed")
    }

    /// Whether it is that a package is asked for: there are none.
    pub fn is_package(&self) -> bool {
        self.message.starts_with("package not found")
    }

    /// A diagnostic of Typst's, its spans looked up in the world that it arose in.
    pub(super) fn from_typst(found: &SourceDiagnostic, world: &dyn World, template: &str) -> Self {
        let severity = match found.severity {
            Severity::Error => PosterSeverity::Error,
            Severity::Warning => PosterSeverity::Warning,
        };
        let place = place(found.span, world);
        let hints = found.hints.iter().map(|hint| match self::place(hint.span, world) {
            Some((file, line, _)) => format!("{file}:{line}: {}", hint.v),
            None => hint.v.to_string(),
        });
        let calls = found.trace.iter().filter_map(|call| {
            let (file, line, _) = self::place(call.span.into(), world)?;
            Some(format!("{file}:{line}: {}", call.v))
        });
        let hints = hints.chain(calls).collect();
        let (file, line, column) = place.unwrap_or_else(|| (template.to_owned(), 1, 1));
        Self { severity, file, line, column, message: found.message.to_string(), hints, cause: None }
    }
}

/// File, line and column of a span's start, each from 1.
fn place(span: DiagSpan, world: &dyn World) -> Option<(String, usize, usize)> {
    let id = span.id()?;
    let range = world.range(span)?;
    let bytes = world.file(id).ok()?;
    let text = bytes.as_str().ok()?;
    let before = text.get(..range.start)?;
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Some((id.get().vpath().get_with_slash().to_owned(), line, column))
}
