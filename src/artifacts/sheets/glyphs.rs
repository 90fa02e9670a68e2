//! The characters of a sheet that no font of the theme has, said where they were written.
//!
//! Such a sheet cannot be made (PDF/UA-1). Typst says so in its own words at the template's first line; here that becomes
//! the characters and the file that they were written in. Only a sheet that failed is looked at: which characters a font
//! can put together from others is known to nobody but the shaper.

use std::sync::Arc;

use serde_json::Value;

use super::Job;
use crate::diagnostics::{Code, Diagnostic, Place, Problem};

/// Most characters without a glyph that are named.
const MOST_NAMED: usize = 30;

/// One diagnostic a file: the sheet's own, the site's, or whichever other has them.
pub(super) fn missing(job: &Job<'_>) -> Vec<Diagnostic> {
    let site = job.edition.site;
    let mut text = String::new();
    words(&job.data, &mut text);
    let likely = [&job.file, &site.content.site.origin.file];
    let files: Vec<&Arc<str>> = likely.into_iter().chain(site.texts.keys()).collect();
    let mut found: Vec<(Place, Vec<String>)> = Vec::new();
    for character in job.engine.missing_characters(&text).into_iter().take(MOST_NAMED) {
        let at = |file: &Arc<str>| {
            let start = site.texts.get(file)?.text.find(character)?;
            Some(Place::new(file, start..start + character.len_utf8()))
        };
        let place = files.iter().find_map(|file| at(file)).unwrap_or_else(|| Place::whole(&job.file));
        let name = format!("{character} (U+{:04X})", u32::from(character));
        match found.iter_mut().find(|(known, _)| known.file == place.file) {
            Some((_, names)) => names.push(name),
            None => found.push((place, vec![name])),
        }
    }
    let problem = |names: &[String]| {
        let problem = Problem::new(Code::NoGlyph).with_list("characters", names.iter().map(String::as_str));
        problem.with("theme", &job.theme.name)
    };
    found.into_iter().map(|(place, names)| problem(&names).at(place)).collect()
}

/// All strings of a value, one after the other.
fn words(value: &Value, text: &mut String) {
    match value {
        Value::String(string) => text.push_str(string),
        Value::Array(items) => items.iter().for_each(|item| words(item, text)),
        Value::Object(entries) => entries.values().for_each(|value| words(value, text)),
        _ => {}
    }
}
