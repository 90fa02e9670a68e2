//! Words of the same meaning that are fewer than two: nothing is found by them that was not found before.

use std::collections::BTreeSet;

use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let config = &site.content.site;
    for (number, words) in config.value.search.synonyms.iter().enumerate() {
        let different: BTreeSet<&str> = words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()).collect();
        if different.len() < 2 {
            let problem = Problem::new(Code::SynonymAlone).with("words", &words.join("、"));
            let steps = ["search".into(), "synonyms".into(), number.into()];
            diagnostics.push(problem.at(config.origin.place(&site.texts, &steps)));
        }
    }
}
