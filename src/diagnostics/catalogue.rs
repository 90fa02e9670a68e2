//! The words of diagnostics, one YAML file a language.
//!
//! An entry is a message and lines of help. `{name}` is filled from the problem; a line of help whose name
//! is not known is left out, so that "did you mean" appears only when there is something to mean. `{slots|时段}` is a key
//! as files with English and with Chinese keys have it.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::{Code, Language};

/// What fills a `{name}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Argument {
    /// Text as it is.
    Text(String),
    /// A word that the catalogue has.
    Word(&'static str),
    /// A list.
    List(Vec<String>),
    /// A list of words that the catalogue has.
    Words(Vec<&'static str>),
    /// A text in Chinese and in English.
    Each([String; 2]),
    /// A key as files with Chinese and with English keys have it.
    Key([String; 2]),
}

/// The words of one language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    /// What stands between the items of a list.
    separator: String,
    /// Names of kinds of content and of types of value.
    words: HashMap<String, String>,
    /// Messages and help, by code.
    codes: HashMap<String, Entry>,
}

/// The words for one code.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    message: String,
    #[serde(default)]
    help: Vec<String>,
}

const ZH_HANS: &str = include_str!("catalogue/zh-Hans.yaml");
const EN: &str = include_str!("catalogue/en.yaml");

/// The catalogue of a language; a test makes sure that both can be read and that no code is missing.
fn catalogue(language: Language) -> &'static Catalogue {
    static READ: [OnceLock<Catalogue>; 2] = [OnceLock::new(), OnceLock::new()];
    let [zh, en] = &READ;
    let (cell, text) = match language {
        Language::ZhHans => (zh, ZH_HANS),
        Language::En => (en, EN),
    };
    cell.get_or_init(|| serde_yaml::from_str(text).unwrap_or_default())
}

/// The language of messages, and whether keys are named in Chinese.
type Tongue = (Language, bool);

/// The message of a code, filled in.
pub(super) fn message(code: Code, tongue: Tongue, arguments: &[(&'static str, Argument)]) -> String {
    let words = catalogue(tongue.0);
    let line = words.codes.get(code.id()).map_or("", |entry| &entry.message);
    fill(line, tongue, arguments).unwrap_or_else(|| line.to_owned())
}

/// The lines of help of a code for which all words are known.
pub(super) fn help(code: Code, tongue: Tongue, arguments: &[(&'static str, Argument)]) -> Vec<String> {
    let words = catalogue(tongue.0);
    let lines = words.codes.get(code.id()).map_or(&[] as &[String], |entry| &entry.help);
    lines.iter().filter_map(|line| fill(line, tongue, arguments)).collect()
}

/// What a code says and helps with, whatever it is filled with: `…` stands for each `{name}`; keys are named as files in
/// the language have them.
pub(super) fn rule(code: Code, language: Language) -> (String, Vec<String>) {
    let entry = catalogue(language).codes.get(code.id());
    let filled = |name: &str| key(name, language == Language::ZhHans).map_or("…", |key| key).to_owned();
    let open = |line: &String| {
        let mut parts = line.split('{');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |said, part| {
            part.split_once('}').map_or(said.clone(), |(name, after)| said + &filled(name) + after)
        })
    };
    entry.map_or_else(Default::default, |entry| (open(&entry.message), entry.help.iter().map(open).collect()))
}

/// Whether what a code says names keys.
pub(super) fn names_keys(code: Code) -> bool {
    let entry = catalogue(Language::En).codes.get(code.id());
    entry.is_some_and(|entry| entry.message.contains('|') || entry.help.iter().any(|line| line.contains('|')))
}

/// The key that a name such as `slots|时段` stands for.
fn key(name: &str, in_chinese: bool) -> Option<&str> {
    name.split_once('|').map(|(english, chinese)| if in_chinese { chinese } else { english })
}

/// Fills `{name}` in a line; `None` if a name is not known.
fn fill(line: &str, tongue: Tongue, arguments: &[(&'static str, Argument)]) -> Option<String> {
    let (language, chinese_keys) = tongue;
    let words = catalogue(language);
    let word = |word: &str| match words.words.get(word) {
        Some(said) => fill(said, tongue, &[]).unwrap_or_default(),
        None => word.to_owned(),
    };
    let mut filled = String::with_capacity(line.len() + 32);
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        filled.push_str(before);
        rest = after;
        if let Some(key) = key(name, chinese_keys) {
            filled.push_str(key);
            continue;
        }
        match &arguments.iter().find(|(known, _)| *known == name)?.1 {
            Argument::Text(text) => filled.push_str(text),
            Argument::Word(name) => filled.push_str(&word(name)),
            Argument::List(items) => filled.push_str(&items.join(&words.separator)),
            Argument::Words(names) => {
                let all: Vec<String> = names.iter().map(|name| word(name)).collect();
                filled.push_str(&all.join(&words.separator));
            }
            Argument::Each([chinese, english]) => filled.push_str(match language {
                Language::ZhHans => chinese,
                Language::En => english,
            }),
            Argument::Key([chinese, english]) => filled.push_str(if chinese_keys { chinese } else { english }),
        }
    }
    filled.push_str(rest);
    Some(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(line: &str) -> Vec<String> {
        let mut names: Vec<_> =
            line.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(n, _)| n.to_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn every_code_has_words_in_both_languages_with_the_same_names() {
        let zh: Catalogue = serde_yaml::from_str(ZH_HANS).unwrap();
        let en: Catalogue = serde_yaml::from_str(EN).unwrap();
        for code in Code::ALL {
            let (zh, en) = (&zh.codes[code.id()], &en.codes[code.id()]);
            assert_eq!(names(&zh.message), names(&en.message), "{}", code.id());
            assert_eq!(zh.help.len(), en.help.len(), "{}", code.id());
            for (zh, en) in zh.help.iter().zip(&en.help) {
                assert_eq!(names(zh), names(en), "{}", code.id());
            }
        }
        assert_eq!((zh.codes.len(), en.codes.len()), (Code::ALL.len(), Code::ALL.len()));
        let sorted = |words: &HashMap<String, String>| {
            let mut keys: Vec<_> = words.keys().cloned().collect();
            keys.sort();
            keys
        };
        assert_eq!(sorted(&zh.words), sorted(&en.words));
    }
}
