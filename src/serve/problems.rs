//! What is wrong with the content, as browsers show it over the page.
//!
//! Each problem with its code, place, the line it stands in, and how to mend it. Text goes out as text: the script that
//! shows it makes no HTML of it, and the page that stands in for one that cannot be made escapes it.

use serde::Serialize;

use super::editor::EditorLink;
use crate::diagnostics::{Diagnostic, Language, Texts, put_in_order};

/// Most problems that are shown; the others are counted.
const MOST: usize = 20;
/// Most characters of a line that are shown.
const LONGEST: usize = 160;

/// Everything that is wrong, in the order in which it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Problems {
    pub(super) shown: Vec<Shown>,
    /// How many more there are.
    pub(super) more: usize,
}

/// A problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Shown {
    pub(super) code: &'static str,
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) message: String,
    pub(super) help: Vec<String>,
    /// The line, as before, at and after the place.
    pub(super) excerpt: [String; 3],
    /// Opens the place in the editor's program, for browsers on this machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) editor: Option<String>,
}

impl Problems {
    /// Of the errors among what was found.
    pub(super) fn of(found: &[Diagnostic], texts: &Texts, language: Language, editor: Option<&EditorLink>) -> Self {
        Self::shown(found.iter().filter(|found| found.is_error()).cloned().collect(), texts, language, editor)
    }

    /// Of all that was found, warnings too.
    #[cfg(feature = "posters")]
    pub(super) fn all(found: &[Diagnostic], texts: &Texts, language: Language, editor: Option<&EditorLink>) -> Self {
        Self::shown(found.to_vec(), texts, language, editor)
    }

    fn shown(mut errors: Vec<Diagnostic>, texts: &Texts, language: Language, editor: Option<&EditorLink>) -> Self {
        put_in_order(&mut errors);
        let more = errors.len().saturating_sub(MOST);
        let shown = errors.iter().take(MOST).map(|found| Shown::of(found, texts, language, editor)).collect();
        Self { shown, more }
    }

    /// A failure of the machine, which has no place.
    pub(super) fn failure(message: String) -> Self {
        let nowhere = [String::new(), String::new(), String::new()];
        let (file, help) = (String::new(), Vec::new());
        let shown = Shown { code: "", file, line: 0, column: 0, message, help, excerpt: nowhere, editor: None };
        Self { shown: vec![shown], more: 0 }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// The same without what only this machine may know.
    pub(super) fn for_others(&self) -> Self {
        let mut same = self.clone();
        same.shown.iter_mut().for_each(|shown| shown.editor = None);
        same
    }
}

impl Shown {
    fn of(found: &Diagnostic, texts: &Texts, language: Language, editor: Option<&EditorLink>) -> Self {
        let place = &found.place;
        let source = texts.get(&place.file);
        let (line, column) = source.map_or((1, 1), |source| source.line_and_column(place.start));
        let excerpt = source.map_or_else(Default::default, |source| excerpt(&source.text, place.start, place.end));
        Self {
            code: found.problem.code.id(),
            file: place.file.to_string(),
            line,
            column,
            message: found.message(language, texts),
            help: found.help(language, texts),
            excerpt,
            editor: editor.map(|editor| editor.to(&place.file, line, column)),
        }
    }
}

/// The line of a place in three parts: before, at and after it. Of a long line what stands around the place.
fn excerpt(text: &str, start: usize, end: usize) -> [String; 3] {
    let start = text.floor_char_boundary(start);
    let line_start = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let line_end = text.get(start..).and_then(|after| after.find('\n')).map_or(text.len(), |at| start + at);
    let end = text.ceil_char_boundary(end).clamp(start, line_end.max(start));
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default().trim_end_matches('\r');
    let before = part(line_start, start);
    let left = before.chars().count().saturating_sub(LONGEST / 2);
    let before: String = before.chars().skip(left).collect();
    let cut = |text: &str| text.chars().take(LONGEST / 2).collect::<String>();
    [before, cut(part(start, end)), cut(part(end, line_end))]
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn the_line_is_cut_in_three_at_the_place() {
        assert_eq!(excerpt("a: 1\r\n名称： x\r\nb", 6, 15), ["".to_owned(), "名称：".into(), " x".into()]);
        assert_eq!(excerpt("abc", 3, 9), ["abc".to_owned(), "".into(), "".into()]);
        assert_eq!(excerpt("", 0, 0), [String::new(), String::new(), String::new()]);
        let long = "长".repeat(1000);
        assert_eq!(excerpt(&long, 1500, 1503).map(|part| part.chars().count()), [80, 1, 80]);
    }
}
