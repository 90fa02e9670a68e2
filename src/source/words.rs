//! The Chinese words for keys and values, and which English ones they stand for.
//!
//! One table a language (`words/zh-Hans.yaml`). What a word means depends on where it stands: `时间` is `when` of an
//! activity and `time` of an event, and below `slots` it is a name of the editor's own. So a word is looked up among the
//! keys of the structure that the schema has at its place, never for itself. Types are known by their names in the
//! JSON Schema; a test holds the table against them, so that no key, value or language lacks a word and none has two
//! meanings in one place.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

const ZH_HANS: &str = include_str!("words/zh-Hans.yaml");

/// English words and the words of the language for each, the preferred one first.
pub type Meanings = HashMap<String, Vec<String>>;

/// The words of one language.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Keys, in whatever structure they stand.
    pub keys: Meanings,
    /// Keys that have other words in one structure, by the structure's name.
    pub of: HashMap<String, Meanings>,
    /// Words that keys take, by the enumeration's name.
    pub values: HashMap<String, Meanings>,
    /// Yes and no.
    pub yes_no: Meanings,
    /// Language tags.
    pub languages: Meanings,
}

/// The Chinese table; a test makes sure that it can be read.
pub fn chinese() -> &'static Words {
    static READ: OnceLock<Words> = OnceLock::new();
    READ.get_or_init(|| serde_yaml::from_str(ZH_HANS).unwrap_or_default())
}

impl Words {
    /// The words for a key of a structure, the preferred one first.
    pub fn of_key(&self, structure: &str, key: &str) -> &[String] {
        let own = self.of.get(structure).and_then(|of| of.get(key));
        own.or_else(|| self.keys.get(key)).map_or(&[], Vec::as_slice)
    }

    /// The words for a value of an enumeration, the preferred one first.
    pub fn of_value(&self, enumeration: &str, value: &str) -> &[String] {
        self.values.get(enumeration).and_then(|values| values.get(value)).map_or(&[], Vec::as_slice)
    }

    /// The words for a language tag or for `true` and `false`.
    pub fn of_tag(&self, tag: &str) -> &[String] {
        self.languages.get(tag).map_or(&[], Vec::as_slice)
    }

    /// The language tag that a word stands for.
    pub fn tag_of(&'static self, word: &str) -> Option<&'static str> {
        static TAGS: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
        let tags = || {
            let all = self.languages.iter();
            all.flat_map(|(tag, words)| words.iter().map(move |word| (word.as_str(), tag.as_str()))).collect()
        };
        TAGS.get_or_init(tags).get(word).copied()
    }

    /// The words for `true` and `false`.
    pub fn of_truth(&self, truth: &str) -> &[String] {
        self.yes_no.get(truth).map_or(&[], Vec::as_slice)
    }

    /// Whether `word` may stand for `key` in some structure.
    pub fn may_mean(&self, word: &str, key: &str) -> bool {
        let among = |meanings: &Meanings| meanings.get(key).is_some_and(|words| words.iter().any(|w| w == word));
        !word.is_ascii() && (among(&self.keys) || among(&self.languages) || self.of.values().any(among))
    }

    /// Whether `word` is a key, in either language, of some structure.
    pub fn is_key(&'static self, word: &str) -> bool {
        static ALL: OnceLock<HashSet<&'static str>> = OnceLock::new();
        let all = || {
            let of = |meanings: &'static Meanings| {
                meanings.iter().flat_map(|(key, words)| std::iter::once(key).chain(words)).map(String::as_str)
            };
            let tables = [&self.keys, &self.languages].into_iter().chain(self.of.values());
            tables.flat_map(of).collect()
        };
        ALL.get_or_init(all).contains(word)
    }
}

/// The one of `candidates` that `word` stands for, if `words` has it among its words.
pub fn meant<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    words: impl Fn(&str) -> &'static [String],
) -> Option<&'a str> {
    if word.is_ascii() {
        return None;
    }
    candidates.into_iter().find(|candidate| words(candidate).iter().any(|known| known == word))
}

const WEEKDAYS: [(&str, &str); 7] = [
    ("mon", "周一"),
    ("tue", "周二"),
    ("wed", "周三"),
    ("thu", "周四"),
    ("fri", "周五"),
    ("sat", "周六"),
    ("sun", "周日"),
];
const HOLIDAYS: [(&str, &str); 2] = [("closed", "不开放"), ("open", "照常")];

/// A text of a form that is weekdays or what happens on holidays, in the other language; nothing if any part of it is
/// something else. Both are read as they are: this is for writing a file in one language.
pub fn form_in(format: &str, text: &str, to_chinese: bool) -> Option<String> {
    let words: &[(&str, &str)] = match format {
        "weekdays" => &WEEKDAYS,
        "holiday-hours" => &HOLIDAYS,
        _ => return None,
    };
    let mut made = String::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let word = words.iter().find_map(|(english, chinese)| {
            let (from, to) = if to_chinese { (english, chinese) } else { (chinese, english) };
            Some((rest.strip_prefix(from)?, *to))
        });
        let marks = [("-", "至"), (",", "、")].iter().find_map(|(english, chinese)| {
            let (from, to) = if to_chinese { (english, chinese) } else { (chinese, english) };
            Some((rest.strip_prefix(from)?.trim_start(), *to))
        });
        let (after, part) = word.or(marks)?;
        made.push_str(part);
        rest = after;
    }
    (!made.is_empty()).then_some(made)
}
