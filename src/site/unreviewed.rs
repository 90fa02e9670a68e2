//! Which strings of an interface file no native reader has checked, and what stands in for strings that it lacks.
//!
//! A file says so itself, under `unreviewed`: `all`, or the keys (`labels.skip`, `dates`), so that a file can be
//! reviewed part by part. A theme's file may be older than the program: what it lacks is filled from the built-in
//! file of the same language, else from the Chinese one, and is listed by the coverage report.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Wording;

/// What no native reader has checked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Unreviewed {
    /// Everything.
    All(Everything),
    /// These keys: `terms.nav.home`, or a section such as `dates`.
    Keys(Vec<String>),
}

/// The word for everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Everything {
    /// Every string.
    All,
}

impl Default for Unreviewed {
    fn default() -> Self {
        Self::Keys(Vec::new())
    }
}

impl Unreviewed {
    /// Whether no string has been checked.
    pub fn is_all(&self) -> bool {
        matches!(self, Self::All(_))
    }

    fn holds(&self, key: &str) -> bool {
        let of = |named: &String| {
            key.strip_prefix(named.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        match self {
            Self::All(_) => true,
            Self::Keys(keys) => keys.iter().any(of),
        }
    }
}

impl Wording {
    /// Every key with a string behind it; date patterns count as one.
    pub fn keys(&self) -> Vec<String> {
        let terms = self.terms.keys().map(|key| format!("terms.{key}"));
        let labels = self.labels.keys().map(|key| format!("labels.{key}"));
        let lunar = self.lunar.iter().map(|_| "lunar".to_owned());
        let mut keys: Vec<String> =
            std::iter::once("dates".to_owned()).chain(lunar).chain(terms).chain(labels).collect();
        keys.sort_unstable();
        keys
    }

    /// The keys that no native reader has checked.
    pub fn unreviewed_keys(&self) -> Vec<String> {
        let missing = |key: &String| self.missing.contains(key);
        self.keys().into_iter().filter(|key| self.unreviewed.holds(key) && !missing(key)).collect()
    }

    /// Fills in what this file lacks. Strings of the same language are as good as its own; others are noted.
    pub fn fill_from(&mut self, other: &Wording, same_language: bool) {
        let counts_one = |key: &str| key.ends_with(".one");
        for (key, text) in other.terms.iter().filter(|(key, _)| same_language || !counts_one(key)) {
            if !self.terms.contains_key(key) {
                self.terms.insert(key.clone(), text.clone());
                self.missing.extend((!same_language).then(|| format!("terms.{key}")));
            }
        }
        for (key, text) in &other.labels {
            if !self.labels.contains_key(key) {
                self.labels.insert(key.clone(), text.clone());
                self.missing.extend((!same_language).then(|| format!("labels.{key}")));
            }
        }
        self.missing.sort_unstable();
    }
}
