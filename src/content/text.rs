//! Text that readers see: one string, or one string per language.
//!
//! Editors write `name: 甘家巷` or `name: {zh-Hans: 甘家巷, en: Ganjiaxiang}`. A plain string is in the
//! site's first language. What a language lacks falls back to the first language; the views mark such
//! text with its own `lang`, so that a screen reader changes its voice (WCAG 3.1.2).

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::breaks::without_marks;
use super::unique::unique;
use crate::diagnostics::{Code, Problem, closest};

/// A language of the site's content: a BCP 47 tag such as `zh-Hans`, `en` or `mn-Mong`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("format" = "language"))]
pub struct LanguageTag(String);

impl LanguageTag {
    /// Simplified Chinese.
    pub fn chinese() -> Self {
        Self("zh-Hans".to_owned())
    }

    /// The tag as written, for `lang` attributes and folder names.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is Chinese, in either script.
    pub fn is_chinese(&self) -> bool {
        self.0.split('-').next() == Some("zh")
    }

    /// Whether its pages run from right to left, as Uyghur ones do.
    pub fn is_right_to_left(&self) -> bool {
        direction(&self.0) == "rtl"
    }

    /// Whether its lines run downwards, from left to right, as those of traditional Mongolian do.
    pub fn is_vertical(&self) -> bool {
        self.0 == "mn-Mong"
    }
}

/// Where a language's lines begin, as HTML's `dir` has it: Uyghur is written in Arabic letters, Kazakh and Kyrgyz in those
/// or in Cyrillic ones.
pub fn direction(language: &str) -> &'static str {
    match language {
        "ug" => "rtl",
        "kk" | "ky" => "auto",
        _ => "ltr",
    }
}

/// The languages that the program can set and name, with their direction of writing being CSS's business.
pub const KNOWN_LANGUAGES: [&str; 16] = [
    "zh-Hans", "zh-Hant", "en", "mn-Mong", "mn-Cyrl", "bo", "ug", "kk", "ky", "ii", "za", "ko", "ru", "ja", "fr", "de",
];

impl TryFrom<String> for LanguageTag {
    type Error = Problem;

    /// Takes the tags that the program knows; a mistyped tag would hide its text.
    fn try_from(tag: String) -> Result<Self, Problem> {
        if KNOWN_LANGUAGES.contains(&tag.as_str()) {
            return Ok(Self(tag));
        }
        let same = KNOWN_LANGUAGES.into_iter().find(|known| known.eq_ignore_ascii_case(&tag));
        let meant = same.or(match tag.as_str() {
            "zh" | "cn" | "zh-CN" | "zh_CN" => Some("zh-Hans"),
            "mn" => Some("mn-Mong"),
            "en-US" | "en-GB" => Some("en"),
            _ => closest(&tag, KNOWN_LANGUAGES),
        });
        Err(Problem::new(Code::NotALanguage).with("text", &tag).with_some("suggestion", meant))
    }
}

impl From<LanguageTag> for String {
    fn from(tag: LanguageTag) -> String {
        tag.0
    }
}

impl std::fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text for readers: one string in the site's first language, or a mapping from language to string.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Text {
    /// One string, in the site's first language.
    Plain(
        #[serde(deserialize_with = "words")]
        #[schemars(extend("format" = "text"))]
        String,
    ),
    /// One string per language, in the order written.
    #[serde(deserialize_with = "words_per_language")]
    PerLanguage(
        #[schemars(extend(
            "additionalProperties" = {"type": "string", "format": "text"},
            "propertyNames" = {"format": "language"},
            "minProperties" = 1
        ))]
        IndexMap<LanguageTag, String>,
    ),
}

/// A string with a word in it.
pub(super) fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    has_words(&text).map_err(serde::de::Error::custom)?;
    Ok(without_marks(text))
}

fn words_per_language<'de, D: Deserializer<'de>>(deserializer: D) -> Result<IndexMap<LanguageTag, String>, D::Error> {
    let mut texts: IndexMap<LanguageTag, String> = unique(deserializer)?;
    let empty =
        texts.is_empty().then_some("").or(texts.values().map(String::as_str).find(|text| text.trim().is_empty()));
    match empty {
        None => {
            texts.values_mut().for_each(|text| *text = without_marks(std::mem::take(text)));
            Ok(texts)
        }
        Some(empty) => Err(serde::de::Error::custom(format!("no words: {empty:?}"))),
    }
}

/// Whether there is a word in the text.
pub(super) fn has_words(text: &str) -> Result<(), Problem> {
    if text.trim().is_empty() { Err(Problem::new(Code::EmptyText)) } else { Ok(()) }
}

impl Text {
    /// The string written for `language`, if there is one; `first` is the site's first language.
    pub fn exactly(&self, language: &LanguageTag, first: &LanguageTag) -> Option<&str> {
        match self {
            Text::Plain(text) => (language == first).then_some(text.as_str()),
            Text::PerLanguage(texts) => texts.get(language).map(String::as_str),
        }
    }

    /// The best string for `language` and the language it is in: the language itself, else the site's
    /// first language, else the first one written.
    pub fn best<'a>(&'a self, language: &LanguageTag, first: &'a LanguageTag) -> (&'a str, &'a LanguageTag) {
        match self {
            Text::Plain(text) => (text, first),
            Text::PerLanguage(texts) => texts
                .get_key_value(language)
                .or_else(|| texts.get_key_value(first))
                .or_else(|| texts.first())
                .map_or(("", first), |(tag, text)| (text.as_str(), tag)),
        }
    }

    /// Whether any string of this text is in `language`.
    pub fn has(&self, language: &LanguageTag, first: &LanguageTag) -> bool {
        self.exactly(language, first).is_some()
    }

    /// Adds or replaces the string of one language, as a sibling file `ID.en.md` does.
    pub fn set(&mut self, language: LanguageTag, first: &LanguageTag, text: String) {
        if let Text::Plain(plain) = self {
            let plain = std::mem::take(plain);
            *self = Text::PerLanguage(IndexMap::from([(first.clone(), plain)]));
        }
        if let Text::PerLanguage(texts) = self {
            texts.insert(language, text);
        }
    }
}
