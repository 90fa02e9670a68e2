//! Words of the same meaning: what is said with one of them is found by the others too.
//!
//! They are added when the index is made, so nothing is looked up when somebody searches.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::words::{fold, is_ideograph};
use crate::site::Edition;

/// Groups of words, folded.
#[derive(Debug, Default)]
pub(super) struct Synonyms {
    groups: Vec<Vec<String>>,
    /// By the first character of a word, its group and its place in it, so that a text is gone through once.
    by_first: HashMap<char, Vec<(usize, usize)>>,
    /// What was asked for with its synonyms: the same few amenities are those of all places.
    asked: Mutex<HashMap<String, String>>,
}

impl Synonyms {
    /// Those of the theme in each language, and the site's own.
    pub fn of(editions: &[Edition<'_>]) -> Self {
        let themes = editions.iter().flat_map(|edition| &edition.wording.synonyms);
        let own = editions.first().map(|edition| &edition.site.content.site.value.search.synonyms);
        Self::new(themes.chain(own.into_iter().flatten()))
    }

    fn new<'w>(groups: impl Iterator<Item = &'w Vec<String>>) -> Self {
        let folded =
            |words: &Vec<String>| words.iter().map(|word| fold(word)).filter(|word| !word.is_empty()).collect();
        let groups: Vec<Vec<String>> = groups.map(folded).collect();
        let mut by_first: HashMap<char, Vec<(usize, usize)>> = HashMap::new();
        for (group, words) in groups.iter().enumerate() {
            for (place, word) in words.iter().enumerate() {
                by_first.entry(word.chars().next().unwrap_or_default()).or_default().push((group, place));
            }
        }
        Self { groups, by_first, asked: Mutex::default() }
    }

    /// A word as it is shown, and after it those of the same meaning, with `|` between them.
    pub fn with(&self, word: &str) -> String {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = asked.get(word) {
            return known.clone();
        }
        let shown = word.replace('|', " ");
        let others = self.others(&fold(word));
        let whole = std::iter::once(shown.as_str()).chain(others).collect::<Vec<_>>().join("|");
        asked.insert(word.to_owned(), whole.clone());
        whole
    }

    /// The words that mean the same as one in a folded text and do not stand in it.
    pub fn beside(&self, text: &str) -> String {
        self.others(text).into_iter().flat_map(|word| [word, " "]).collect()
    }

    fn others(&self, text: &str) -> Vec<&str> {
        let mut standing: Vec<(usize, usize)> = Vec::new();
        for (at, first) in text.char_indices() {
            let stands = |(group, place): &&(usize, usize)| {
                self.groups
                    .get(*group)
                    .and_then(|words| words.get(*place))
                    .is_some_and(|word| stands_at(text, at, word))
            };
            standing.extend(self.by_first.get(&first).into_iter().flatten().filter(stands));
        }
        standing.sort_unstable();
        standing.dedup();
        let mut beside = Vec::new();
        for of_group in standing.chunk_by(|(one, _), (other, _)| one == other) {
            let words = of_group.first().and_then(|(group, _)| self.groups.get(*group)).into_iter().flatten();
            let absent = words.enumerate().filter(|(place, _)| !of_group.iter().any(|(_, standing)| standing == place));
            beside.extend(absent.map(|(_, word)| word.as_str()));
        }
        beside
    }
}

/// Whether a word stands at a place of a text, and is not a part of another where words have spaces between them.
fn stands_at(text: &str, at: usize, word: &str) -> bool {
    let joins = |a: Option<char>, b: Option<char>| {
        a.zip(b).is_some_and(|(a, b)| ![a, b].iter().any(|c| *c == ' ' || is_ideograph(*c)))
    };
    let Some(after) = text.get(at..).and_then(|rest| rest.strip_prefix(word)) else { return false };
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    !joins(before, word.chars().next()) && !joins(word.chars().next_back(), after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_others_of_a_group_are_added_where_one_stands() {
        let groups = [
            vec!["无线网络".to_owned(), "Wi-Fi".to_owned(), "上网".to_owned()],
            vec!["ID".to_owned(), "card".to_owned()],
        ];
        let synonyms = Synonyms::new(groups.iter());
        assert_eq!(synonyms.beside(&fold("有免费无线网络")), "wi fi 上网 ");
        assert_eq!(synonyms.beside(&fold("免费Wi-Fi，可以上网")), "无线网络 ");
        assert_eq!(synonyms.beside(&fold("an idea for cards")), "");
        assert_eq!(synonyms.beside(&fold("带ID")), "card ");
        assert_eq!(synonyms.with("Wi-Fi"), "Wi-Fi|无线网络|上网");
        assert_eq!(synonyms.with("Wi-Fi"), synonyms.with("Wi-Fi"));
    }
}
