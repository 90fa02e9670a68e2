//! The characters of a sheet that no font of the theme has, said where they were written.
//!
//! Such a sheet cannot be made (PDF/UA-1). Typst says so in its own words at the template's first line; here that becomes
//! the characters and the file that they were written in. Only a sheet that failed is looked at: which characters a font
//! can put together from others is known to nobody but the shaper.

use std::sync::Arc;

use serde_json::Value;

use super::diagnostic;
use crate::artifacts::Theme;
use crate::artifacts::posters::{PosterEngine, PosterProblem};
use crate::diagnostics::{Code, Diagnostic, Place, Problem};
use crate::site::Site;

/// Most characters without a glyph that are named.
const MOST_NAMED: usize = 30;

/// What keeps a sheet from being made: what Typst says, and instead of its word on a missing glyph where the letters are.
pub(super) fn faults(
    engine: &PosterEngine,
    theme: &Theme,
    site: &Site,
    file: &Arc<str>,
    words: &str,
    problems: &[PosterProblem],
) -> Vec<Diagnostic> {
    if problems.iter().any(|problem| problem.cause.is_some()) {
        // The same for every sheet of the template, so it is said once.
        return problems.iter().map(|problem| diagnostic(theme, problem)).collect();
    }
    let missing = missing(engine, theme, site, file, words);
    let shown = problems.iter().filter(|problem| missing.is_empty() || !problem.is_missing_glyph());
    let shown = shown.map(|problem| diagnostic(theme, problem).see(Place::whole(file)));
    shown.chain(missing.iter().cloned()).collect()
}

/// One diagnostic a file: the sheet's own, the site's, or whichever other has them.
fn missing(engine: &PosterEngine, theme: &Theme, site: &Site, file: &Arc<str>, words: &str) -> Vec<Diagnostic> {
    let likely = [file, &site.content.site.origin.file];
    let files: Vec<&Arc<str>> = likely.into_iter().chain(site.texts.keys()).collect();
    let mut found: Vec<(Place, Vec<String>)> = Vec::new();
    for character in engine.missing_characters(words).into_iter().take(MOST_NAMED) {
        let at = |file: &Arc<str>| {
            let start = site.texts.get(file)?.text.find(character)?;
            Some(Place::new(file, start..start + character.len_utf8()))
        };
        let place = files.iter().find_map(|file| at(file)).unwrap_or_else(|| Place::whole(file));
        let name = format!("{character} (U+{:04X})", u32::from(character));
        match found.iter_mut().find(|(known, _)| known.file == place.file) {
            Some((_, names)) => names.push(name),
            None => found.push((place, vec![name])),
        }
    }
    let problem = |names: &[String]| {
        let problem = Problem::new(Code::NoGlyph).with_list("characters", names.iter().map(String::as_str));
        problem.with("theme", &theme.name)
    };
    found.into_iter().map(|(place, names)| problem(&names).at(place)).collect()
}

/// All strings of a value, one after the other.
pub(super) fn words(value: &Value) -> String {
    fn add(value: &Value, text: &mut String) {
        match value {
            Value::String(string) => text.push_str(string),
            Value::Array(items) => items.iter().for_each(|item| add(item, text)),
            Value::Object(entries) => entries.values().for_each(|value| add(value, text)),
            _ => {}
        }
    }
    let mut text = String::new();
    add(value, &mut text);
    text
}
