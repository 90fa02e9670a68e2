//! Names in the order in which a language's readers look for them: Chinese by its sounds, others by their alphabets.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;

use crate::content::LanguageTag;

/// The order of a language (CLDR's, by ICU4X).
pub struct NameOrder {
    collator: Option<CollatorBorrowed<'static>>,
}

impl NameOrder {
    /// The order of names in a language.
    pub fn of(language: &LanguageTag) -> Self {
        let locale = Locale::try_from_str(language.as_str()).ok();
        let collator = locale.and_then(|locale| Collator::try_new(locale.into(), CollatorOptions::default()).ok());
        Self { collator }
    }

    /// Compares two names.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.as_ref().map_or(Ordering::Equal, |collator| collator.compare(a, b)).then_with(|| a.cmp(b))
    }
}
