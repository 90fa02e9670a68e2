//! Chinese and English at once: the words of changes.
//!
//! Phrases stand in `words/LANGUAGE.yaml`; dates, times and the names of enumerated values are said as the built-in
//! theme says them on pages. Texts of the site are taken in the language of the message, or in the best there is.

use std::collections::HashMap;
use std::sync::OnceLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::artifacts::built_in_wording;
use crate::calendar::Date;
use crate::content::{LanguageTag, Text};
use crate::diagnostics::Language;
use crate::site::{Edition, Site, Wording, fill};

/// Words in both languages of messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// In Chinese.
    #[serde(rename = "zh-Hans")]
    pub zh_hans: String,
    /// In English.
    pub en: String,
}

impl Words {
    /// In one of the languages.
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::ZhHans => &self.zh_hans,
            Language::En => &self.en,
        }
    }
}

/// The phrases of a language, by their names. `{name}` is filled in.
pub(super) type Phrases = HashMap<String, String>;

/// The phrases of a language.
pub(super) fn phrases(language: Language) -> &'static Phrases {
    static CHINESE: OnceLock<Phrases> = OnceLock::new();
    static ENGLISH: OnceLock<Phrases> = OnceLock::new();
    let (once, text) = match language {
        Language::ZhHans => (&CHINESE, include_str!("words/zh-Hans.yaml")),
        Language::En => (&ENGLISH, include_str!("words/en.yaml")),
    };
    once.get_or_init(|| serde_yaml::from_str(text).unwrap_or_default())
}

/// A phrase with words filled in; `NAME.one` is taken where `n` is 1 and the language has it.
pub(super) fn say(language: Language, name: &str, arguments: &[(&str, &str)]) -> String {
    let phrases = phrases(language);
    let is_one = arguments.contains(&("n", "1"));
    let one = is_one.then(|| phrases.get(&format!("{name}.one"))).flatten();
    let phrase = one.or_else(|| phrases.get(name)).map_or(name, String::as_str);
    match language {
        Language::ZhHans => fill(&spaced(phrase, arguments), arguments),
        Language::En => fill(phrase, arguments),
    }
}

/// A Chinese phrase with a space wherever a Latin word will stand beside an ideograph.
fn spaced(phrase: &str, arguments: &[(&str, &str)]) -> String {
    let is_ideograph = |c: char| matches!(c, '\u{3400}'..='\u{9fff}');
    let mut text = phrase.to_owned();
    for (name, value) in arguments {
        let mark = format!("{{{name}}}");
        let Some((before, after)) = text.split_once(&mark) else { continue };
        let beside = |there: Option<char>, inside: Option<char>| {
            let meet = there.is_some_and(is_ideograph) && inside.is_some_and(|c| c.is_ascii_alphabetic());
            if meet { " " } else { "" }
        };
        let (front, back) = (
            beside(before.chars().next_back(), value.chars().next()),
            beside(after.chars().next(), value.chars().next_back()),
        );
        text = format!("{before}{front}{mark}{back}{after}");
    }
    text
}

/// What it takes to speak both languages.
pub struct Voices {
    tags: [LanguageTag; 2],
    wordings: [Wording; 2],
}

impl Voices {
    /// Reads the words of the built-in theme.
    pub fn new() -> Option<Self> {
        let tags = [LanguageTag::chinese(), LanguageTag::try_from("en".to_owned()).ok()?];
        let [chinese, english] = tags.each_ref().map(|tag| built_in_wording(tag.as_str()));
        Some(Self { tags, wordings: [chinese?, english?] })
    }

    /// The words of the interface in one of the languages.
    pub(super) fn wording(&self, language: Language) -> &Wording {
        let [chinese, english] = &self.wordings;
        match language {
            Language::ZhHans => chinese,
            Language::En => english,
        }
    }

    /// A word of the interface in both languages.
    pub(super) fn term(&self, name: &str) -> Words {
        let [zh_hans, en] = self.wordings.each_ref().map(|wording| wording.term(name).to_owned());
        Words { zh_hans, en }
    }

    pub(super) fn tongues<'a>(&'a self, before: &'a Site, after: &'a Site) -> [Tongue<'a>; 2] {
        let [zh, en] = &self.tags;
        let [chinese, english] = &self.wordings;
        let tongue = |language, tag: &'a LanguageTag, wording: &'a Wording| Tongue {
            language,
            before: Edition { site: before, language: tag, wording },
            after: Edition { site: after, language: tag, wording },
        };
        [tongue(Language::ZhHans, zh, chinese), tongue(Language::En, en, english)]
    }
}

/// One of the languages, to say things in about both sites.
#[derive(Clone, Copy)]
pub(super) struct Tongue<'a> {
    pub(super) language: Language,
    pub(super) before: Edition<'a>,
    pub(super) after: Edition<'a>,
}

impl<'a> Tongue<'a> {
    pub(super) fn wording(&self) -> &'a Wording {
        self.after.wording
    }

    pub(super) fn say(&self, name: &str, arguments: &[(&str, &str)]) -> String {
        say(self.language, name, arguments)
    }

    /// A list as the language joins it.
    pub(super) fn list(&self, items: impl IntoIterator<Item = String>) -> String {
        self.wording().list(items)
    }

    /// A day, with its year where that is not this one.
    pub(super) fn day(&self, date: Date) -> String {
        let this = self.after.site.today.year();
        if date.year() == this { self.wording().short_day(date) } else { self.wording().day(date) }
    }

    /// The first and last of some days.
    pub(super) fn span(&self, first: Date, last: Date) -> String {
        if first == last { self.day(first) } else { self.wording().range(&self.day(first), &self.day(last)) }
    }

    /// What a value was and is, where something is said on both sides.
    pub(super) fn turned(&self, old: &str, new: &str) -> String {
        match (old.is_empty(), new.is_empty()) {
            (true, _) => self.say("set", &[("new", new)]),
            (_, true) => self.say("unset", &[("old", old)]),
            _ => self.say("turned", &[("old", old), ("new", new)]),
        }
    }

    /// What a text was and is; a translation that alone changed is said to have.
    pub(super) fn text(&self, old: &Text, new: &Text) -> String {
        let (before, after) = (self.before.local(old).text, self.after.local(new).text);
        if before != after {
            return self.turned(&quoted(self, &before), &quoted(self, &after));
        }
        self.say("translation", &[("languages", &self.languages(old, new))])
    }

    /// The names of the languages in which two texts differ.
    fn languages(&self, old: &Text, new: &Text) -> String {
        let first = self.after.site.first_language();
        let known = crate::content::KNOWN_LANGUAGES.into_iter();
        let differs = known.filter(|tag| {
            let tag = LanguageTag::try_from((*tag).to_owned());
            tag.is_ok_and(|tag| old.exactly(&tag, first) != new.exactly(&tag, first))
        });
        self.list(differs.map(|tag| self.wording().term(&format!("language.{tag}")).to_owned()))
    }
}

/// The most characters of a text that are quoted.
const LONGEST: usize = 60;

/// A text in the quotes of the language, on one line and not too long.
pub(super) fn quoted(tongue: &Tongue<'_>, text: &str) -> String {
    if text.is_empty() { String::new() } else { tongue.say("quoted", &[("text", &shortened(text))]) }
}

/// A text on one line, without what would steer a terminal, and not too long.
pub(super) fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown: String = line.chars().filter(|c| !is_steering(*c)).take(LONGEST).collect();
    if line.chars().count() > LONGEST { format!("{shown}…") } else { shown }
}

/// Whether a character steers what shows it, or turns the direction of what stands beside it.
pub(super) fn is_steering(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn marks(phrase: &str) -> BTreeSet<&str> {
        phrase.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let (chinese, english) = (phrases(Language::ZhHans), phrases(Language::En));
        assert!(chinese.len() > 100);
        for (name, phrase) in chinese.iter().filter(|(name, _)| !name.ends_with(".one")) {
            let other = english.get(name);
            assert_eq!(other.map(|other| marks(other)), Some(marks(phrase)), "{name}");
        }
        for name in english.keys().filter(|name| !name.ends_with(".one")) {
            assert!(chinese.contains_key(name), "{name}");
        }
    }

    #[test]
    fn latin_words_stand_apart_from_ideographs() {
        let said = |name: &str, arguments: &[(&str, &str)]| say(Language::ZhHans, name, arguments);
        assert_eq!(said("gone", &[("items", "English")]), "去掉 English");
        assert_eq!(said("gone", &[("items", "英语")]), "去掉英语");
        assert_eq!(said("item", &[("item", "Wi-Fi"), ("how", "有改动")]), "Wi-Fi 的有改动");
        assert_eq!(said("set", &[("new", "09:00–12:00")]), "新写上09:00–12:00");
    }

    #[test]
    fn what_is_quoted_stays_on_its_line_and_steers_nothing() {
        let long = "啊".repeat(100);
        assert_eq!(shortened(&long).chars().count(), LONGEST + 1);
        assert_eq!(shortened("a\u{1b}[31m\nb\u{202e}"), "a[31m b");
    }
}
