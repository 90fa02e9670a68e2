//! The words in which the files of a site have their keys and values: a form finds what stands under the name that the
//! file has for it, and nothing under any other.

use serde_json::Value;

use crate::content::ADDRESSES_FILE;
use crate::diagnostics::has_chinese_keys;
use crate::source::{File, words};

/// The words of keys and values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wording {
    /// As the types have them.
    English,
    /// The first Chinese word of each, as `fix --keys zh` writes them.
    Chinese {
        /// Whether languages have their Chinese names too: `中文` for `zh-Hans`.
        names_languages: bool,
    },
}

impl Wording {
    /// That of most files.
    pub(super) fn of(files: &[File]) -> Self {
        // Below the keys of a Markdown file stands its text.
        let written = files.iter().filter(|file| file.path.ends_with(".yaml") && &*file.path != ADDRESSES_FILE);
        let (chinese, all) =
            written.fold((0, 0), |(chinese, all), file| (chinese + usize::from(has_chinese_keys(&file.text)), all + 1));
        if chinese * 2 <= all {
            return Self::English;
        }
        let site = files.iter().find(|file| &*file.path == "site.yaml");
        let site = site.and_then(|file| serde_yaml::from_str::<Value>(&file.text).ok()).unwrap_or_default();
        let words = words::chinese();
        let entry = |value: &'_ Value, structure: &str, key: &str| {
            let names = words.of_key(structure, key).iter().map(String::as_str).chain([key]);
            names.into_iter().find_map(|name| value.get(name).cloned())
        };
        let tag = entry(&site, "SiteConfig", "languages")
            .and_then(|languages| entry(languages.get(0)?, "Language", "tag"))
            .and_then(|tag| Some(words.tag_of(tag.as_str()?).is_some()));
        Self::Chinese { names_languages: tag.unwrap_or(false) }
    }

    /// Whether words are Chinese.
    pub(super) fn is_chinese(self) -> bool {
        self != Self::English
    }

    /// The word for a key of a structure.
    pub(super) fn key<'a>(self, structure: &str, key: &'a str) -> &'a str {
        self.first(words::chinese().of_key(structure, key), key)
    }

    /// The word for a value of an enumeration.
    pub(super) fn value<'a>(self, enumeration: &str, value: &'a str) -> &'a str {
        self.first(words::chinese().of_value(enumeration, value), value)
    }

    /// The word for a language.
    pub(super) fn tag(self, tag: &str) -> &str {
        match self {
            Self::Chinese { names_languages: true } => self.first(words::chinese().of_tag(tag), tag),
            _ => tag,
        }
    }

    fn first<'a>(self, words: &'static [String], english: &'a str) -> &'a str {
        words.first().filter(|_| self.is_chinese()).map_or(english, String::as_str)
    }
}
