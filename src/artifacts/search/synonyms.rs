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
        Self { groups: groups.map(folded).collect(), asked: Mutex::default() }
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
        let mut beside = Vec::new();
        for group in &self.groups {
            let stands: Vec<bool> = group.iter().map(|word| stands_in(text, word)).collect();
            if stands.contains(&true) {
                let absent = group.iter().zip(&stands).filter(|(_, stands)| !**stands);
                beside.extend(absent.map(|(word, _)| word.as_str()));
            }
        }
        beside
    }
}

/// Whether a word stands in a text, and is not a part of another where words have spaces between them.
fn stands_in(text: &str, word: &str) -> bool {
    let joins = |a: Option<char>, b: Option<char>| {
        a.zip(b).is_some_and(|(a, b)| ![a, b].iter().any(|c| *c == ' ' || is_ideograph(*c)))
    };
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().last());
        let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
        !joins(before, word.chars().next()) && !joins(word.chars().last(), after)
    })
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
