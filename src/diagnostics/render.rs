//! Shows diagnostics to people and to programs.
//!
//! For people as compilers do it: the line, the place marked, the mend below. For programs one JSON object
//! a line, with lines and columns counted from 1.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Language, Place, Severity, Texts};

/// Everything, as text for a terminal; colour only where asked for.
pub fn human(diagnostics: &[Diagnostic], texts: &Texts, language: Language, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut shown = String::new();
    for diagnostic in diagnostics {
        let _ = writeln!(shown, "{}\n", renderer.render(&[report(diagnostic, texts, language)]));
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
    let mut group = level.primary_title(problem.message(language)).id(problem.code.id()).elements(
        std::iter::once((&diagnostic.place, true))
            .chain(diagnostic.others.iter().map(|place| (place, false)))
            .map(|(place, primary)| snippet(place, texts, primary, other)),
    );
    for line in problem.help(language) {
        let help = match language {
            Language::ZhHans => Level::HELP.with_name("改法"),
            Language::En => Level::HELP,
        };
        group = group.element(help.message(line));
    }
    group
}

fn snippet<'a>(
    place: &'a Place,
    texts: &'a Texts,
    primary: bool,
    other: &'a str,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let text: &str = texts.get(&place.file).map_or("", |source| &source.text);
    // In a file that is not UTF-8 a place may stand inside a replacement character.
    let start = text.floor_char_boundary(place.start);
    let end = text.ceil_char_boundary(place.end).max(start);
    let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    let mut annotation = kind.span(start..end);
    if !primary {
        annotation = annotation.label(other);
    }
    Snippet::source(text).path(&*place.file).annotation(annotation)
}

/// One JSON object a line.
pub fn json(diagnostics: &[Diagnostic], texts: &Texts, language: Language) -> String {
    let mut shown = String::new();
    for diagnostic in diagnostics {
        let place = |place: &Place| {
            let (line, column) = texts.get(&place.file).map_or((1, 1), |source| source.line_and_column(place.start));
            let (end_line, end_column) =
                texts.get(&place.file).map_or((1, 1), |source| source.line_and_column(place.end));
            serde_json::json!({
                "file": &*place.file, "line": line, "column": column,
                "end_line": end_line, "end_column": end_column,
            })
        };
        let problem = &diagnostic.problem;
        let object = serde_json::json!({
            "code": problem.code.id(),
            "severity": match problem.code.severity() { Severity::Error => "error", Severity::Warning => "warning" },
            "place": place(&diagnostic.place),
            "others": diagnostic.others.iter().map(place).collect::<Vec<_>>(),
            "message": problem.message(language),
            "help": problem.help(language),
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
