//! The first language with `publish: false`: plain text is in it, so it is published all the same.

use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let config = &site.content.site;
    for language in config.value.languages.iter().filter(|language| !language.publish) {
        let problem = Problem::new(Code::FirstLanguageOff).with("language", &language.name);
        let steps = ["languages".into(), language.number.into(), "publish".into()];
        diagnostics.push(problem.at(config.origin.place(&site.texts, &steps)));
    }
}
