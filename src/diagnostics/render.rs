//! Shows diagnostics to people and to programs.
//!
//! For people as compilers do it: the line, the place marked, the mend below; of a file with very many problems the
//! first ones. For programs all of them, one JSON object a line, with lines and columns counted from 1.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Language, Place, Severity, Texts};

/// Most problems of a file that are shown to people.
const MOST: usize = 100;
/// Most bytes of a file's lines that are looked through to show them; beyond that stand lines of extraordinary length.
const MOST_BYTES: usize = 1024 * 1024;

/// Diagnostics in order, as text for a terminal; colour only where asked for.
pub fn human(diagnostics: &[Diagnostic], texts: &Texts, language: Language, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut shown = String::new();
    for of_file in diagnostics.chunk_by(|a, b| a.place.file == b.place.file) {
        let mut bytes = 0;
        let fits = |diagnostic: &&Diagnostic| {
            let fits = bytes <= MOST_BYTES;
            bytes += lines_of(&diagnostic.place, texts).1.len();
            fits
        };
        let (first, rest) = of_file.split_at(of_file.iter().take(MOST).take_while(fits).count());
        for diagnostic in first {
            let _ = writeln!(shown, "{}\n", renderer.render(&[report(diagnostic, texts, language)]));
        }
        if let (Some(last), count @ 1..) = (first.last(), rest.len()) {
            let file = printable(&last.place.file);
            let _ = match language {
                Language::ZhHans => writeln!(shown, "{file} 里还有 {count} 处，先改上面这些\n"),
                Language::En => writeln!(shown, "{count} more in {file}: mend those above first\n"),
            };
        }
    }
    shown
}

fn report<'a>(diagnostic: &'a Diagnostic, texts: &'a Texts, language: Language) -> Group<'a> {
    let problem = &diagnostic.problem;
    let (level, other) = match language {
        Language::ZhHans => (
            match problem.code.severity() {
                Severity::Error => Level::ERROR.with_name("错误"),
                Severity::Warning => Level::WARNING.with_name("提醒"),
            },
            "另见此处",
        ),
        Language::En => (
            match problem.code.severity() {
                Severity::Error => Level::ERROR,
                Severity::Warning => Level::WARNING,
            },
            "see also here",
        ),
    };
    let mut group = level.primary_title(diagnostic.message(language, texts)).id(problem.code.id()).elements(
        std::iter::once((&diagnostic.place, true))
            .chain(diagnostic.others.iter().map(|place| (place, false)))
            .map(|(place, primary)| shown_place(place, texts, primary, other)),
    );
    for line in diagnostic.help(language, texts) {
        let help = match language {
            Language::ZhHans => Level::HELP.with_name("改法"),
            Language::En => Level::HELP,
        };
        group = group.element(help.message(line));
    }
    group
}

/// A place with its lines; of what has none, such as a cell of a spreadsheet, its name alone.
fn shown_place<'a>(place: &'a Place, texts: &'a Texts, primary: bool, other: &'a str) -> Element<'a> {
    match place.has_no_lines() {
        true => Origin::path(printable(&place.file)).into(),
        false => snippet(place, texts, primary, other).into(),
    }
}

fn snippet<'a>(
    place: &'a Place,
    texts: &'a Texts,
    primary: bool,
    other: &'a str,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    // Only the lines of the place are handed on: looking through the whole file for each would take long.
    let (text, mut lines, Range { start, mut end }) = lines_of(place, texts);
    // A Windows line end is no part of the line.
    if text.get(lines.clone()).is_some_and(|line| line.ends_with('\r')) {
        lines.end -= 1;
        end = end.min(lines.end).max(start.min(lines.end));
    }
    let start = start.min(end);
    let line = text.get(..lines.start).map_or(1, |before| before.bytes().filter(|byte| *byte == b'\n').count() + 1);
    let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    let mut annotation = kind.span(start - lines.start..end - lines.start);
    if !primary {
        annotation = annotation.label(other);
    }
    Snippet::source(text.get(lines).unwrap_or_default())
        .line_start(line)
        .path(printable(&place.file))
        .annotation(annotation)
}

/// A path without characters that would steer the terminal.
fn printable(path: &str) -> Cow<'_, str> {
    if !path.contains(char::is_control) {
        return path.into();
    }
    path.chars().map(|c| if c.is_control() { c.escape_default().to_string() } else { c.to_string() }).collect()
}

/// The text of a place's file, the whole lines in which the place stands, and the place itself.
fn lines_of<'a>(place: &Place, texts: &'a Texts) -> (&'a str, Range<usize>, Range<usize>) {
    let text: &str = texts.get(&place.file).map_or("", |source| &source.text);
    // In a file that is not UTF-8 a place may stand inside a replacement character.
    let start = text.floor_char_boundary(place.start);
    let end = text.ceil_char_boundary(place.end).max(start);
    let line_start = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let line_end = text.get(end..).and_then(|after| after.find('\n')).map_or(text.len(), |at| end + at);
    (text, line_start..line_end, start..end)
}

/// Counts lines and columns in a file from where it counted last, so that many places in order cost one pass.
#[derive(Default)]
pub(super) struct Cursor {
    file: Arc<str>,
    byte: usize,
    line: usize,
    column: usize,
}

impl Cursor {
    /// The line and column of a byte, both counted from 1.
    pub(super) fn at(&mut self, file: &Arc<str>, byte: usize, texts: &Texts) -> (usize, usize) {
        let text: &str = texts.get(file).map_or("", |source| &source.text);
        let byte = text.floor_char_boundary(byte);
        if self.file != *file || byte < self.byte || self.line == 0 {
            *self = Self { file: Arc::clone(file), byte: 0, line: 1, column: 1 };
        }
        let passed = text.get(self.byte..byte).unwrap_or_default();
        self.line += passed.bytes().filter(|byte| *byte == b'\n').count();
        self.column = match passed.rsplit_once('\n') {
            Some((_, after)) => after.chars().count() + 1,
            None => self.column + passed.chars().count(),
        };
        self.byte = byte;
        (self.line, self.column)
    }
}

/// One JSON object a line.
pub fn json(diagnostics: &[Diagnostic], texts: &Texts, language: Language) -> String {
    let mut shown = String::new();
    let (mut starts, mut ends) = (Cursor::default(), Cursor::default());
    for diagnostic in diagnostics {
        let mut lines = |file: &Arc<str>, start: usize, end: usize| {
            let (line, column) = starts.at(file, start, texts);
            let (end_line, end_column) = ends.at(file, end, texts);
            [("line", line), ("column", column), ("end_line", end_line), ("end_column", end_column)]
        };
        let object = |own: Vec<(&str, serde_json::Value)>, lines: [(&'static str, usize); 4]| {
            let lines = lines.into_iter().map(|(name, number)| (name, number.into()));
            own.into_iter()
                .chain(lines)
                .map(|(name, value)| (name.to_owned(), value))
                .collect::<serde_json::Map<_, _>>()
        };
        let mut place =
            |place: &Place| object(vec![("file", (*place.file).into())], lines(&place.file, place.start, place.end));
        let (at, others) = (place(&diagnostic.place), diagnostic.others.iter().map(&mut place).collect::<Vec<_>>());
        let edits = diagnostic.edits.iter().map(|edit| {
            let own = vec![("replacement", edit.replacement.as_str().into()), ("safe", edit.safe.into())];
            object(own, lines(&diagnostic.place.file, edit.range.start, edit.range.end))
        });
        let edits: Vec<_> = edits.collect();
        let problem = &diagnostic.problem;
        let object = serde_json::json!({
            "code": problem.code.id(),
            "severity": match problem.code.severity() { Severity::Error => "error", Severity::Warning => "warning" },
            "place": at,
            "others": others,
            "message": diagnostic.message(language, texts),
            "help": diagnostic.help(language, texts),
            "edits": edits,
        });
        let _ = writeln!(shown, "{object}");
    }
    shown
}

/// How many errors and warnings there are.
pub fn count(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let errors = diagnostics.iter().filter(|d| d.is_error()).count();
    (errors, diagnostics.len() - errors)
}
