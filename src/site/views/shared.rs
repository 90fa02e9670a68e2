//! Views that many pages hold, made and converted for the templates once.
//!
//! A centre's card stands on its own page, on the pages of all areas around it and in the lists. Making it anew
//! for each of them would be much of a large build, so a language keeps one of each, as the template's own
//! value, which pages share instead of copying.

use std::collections::HashMap;
use std::marker::PhantomData;
use std::sync::OnceLock;

use serde::{Serialize, Serializer};
use tera::Value;

use super::centre::CentreCard;
use crate::content::LanguageTag;

/// A view of type `V`, ready for templates. To clone it costs nothing.
#[derive(Debug)]
pub struct Shared<V> {
    value: Value,
    view: PhantomData<fn() -> V>,
}

impl<V: Serialize> Shared<V> {
    /// Converts a view.
    pub(super) fn new(view: &V) -> Self {
        Self { value: Value::from_serializable(view), view: PhantomData }
    }
}

impl<V> Clone for Shared<V> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), view: PhantomData }
    }
}

impl<V> Serialize for Shared<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// The cards of all centres in each language, by the centre's number, made when they are first asked for.
#[derive(Debug, Default)]
pub struct CentreCards(HashMap<LanguageTag, Vec<OnceLock<Shared<CentreCard>>>>);

impl CentreCards {
    /// Room for the cards of `count` centres in each of the languages.
    pub(in crate::site) fn new<'a>(languages: impl Iterator<Item = &'a LanguageTag>, count: usize) -> Self {
        let empty = || (0..count).map(|_| OnceLock::new()).collect();
        Self(languages.map(|language| (language.clone(), empty())).collect())
    }

    /// The card of a centre; `make` is called if there is none yet.
    pub(super) fn get(
        &self,
        language: &LanguageTag,
        centre: Option<usize>,
        make: impl Fn() -> CentreCard,
    ) -> Shared<CentreCard> {
        let place = self.0.get(language).and_then(|cards| cards.get(centre?));
        match place {
            Some(place) => place.get_or_init(|| Shared::new(&make())).clone(),
            None => Shared::new(&make()),
        }
    }
}
