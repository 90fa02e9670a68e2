//! Keys that another kind of file has: `urgency` in a centre is a key of notices.

use std::sync::OnceLock;

use super::schemas::{KindSchema, Schemas};
use crate::diagnostics::{Code, Diagnostic};
use crate::source::words;

/// Most kinds that are named: a key of more says little of where it was meant.
const MOST: usize = 3;
/// Most keys that are looked for in other kinds.
const MOST_LOOKED_AT: usize = 50;

/// Adds to what is said of unknown keys at the edge of a file which kind of file has them.
pub(super) fn name_kinds(diagnostics: &mut [Diagnostic]) {
    let unknown = diagnostics.iter_mut().filter(|found| found.problem.code == Code::UnknownKey);
    for found in unknown.take(MOST_LOOKED_AT) {
        let Some(key) = found.problem.argument("key").map(str::to_owned) else { continue };
        let is_guessed = found.problem.has("suggestion");
        let Some(own) = kinds().kinds().find(|kind| is_of(kind, &found.place.file)).filter(|_| !is_guessed) else {
            continue;
        };
        // A key below another says nothing of the kind.
        if !found.problem.has("outermost") {
            continue;
        }
        let others: Vec<&'static str> =
            kinds().kinds().filter(|kind| kind.word != own.word && has(kind, &key)).map(|kind| kind.word).collect();
        if (1..=MOST).contains(&others.len()) {
            found.problem = found.problem.clone().with_words("kinds", &others).with_word("kind", own.word);
        }
    }
}

fn kinds() -> &'static Schemas {
    static MADE: OnceLock<Schemas> = OnceLock::new();
    MADE.get_or_init(Schemas::all)
}

fn is_of(kind: &KindSchema, path: &str) -> bool {
    if kind.path.ends_with('/') { path.starts_with(&kind.path) } else { path == kind.path }
}

/// Whether a kind has a key, in English or in Chinese.
fn has(kind: &KindSchema, key: &str) -> bool {
    let root = kind.schema.as_value();
    let name = root.get("title").and_then(serde_json::Value::as_str).unwrap_or_default();
    let mut keys = root.get("properties").and_then(serde_json::Value::as_object).into_iter().flatten();
    keys.any(|(known, _)| known == key || words::chinese().of_key(name, known).iter().any(|word| word == key))
}
