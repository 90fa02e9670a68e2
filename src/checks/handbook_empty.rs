//! Handbooks that hold no policy: a mistyped tag, or policies that are all over. No booklet is made of them.

use crate::content::Validity;
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let config = &site.content.site;
    for (id, handbook) in &config.value.handbooks {
        let policies = || site.content.policies.iter().map(|record| &record.value);
        if !policies().any(|policy| handbook.holds(policy) && policy.validity(site.now) != Validity::Over) {
            let problem = Problem::new(Code::HandbookEmpty).with("title", super::title(site, &handbook.title));
            diagnostics.push(problem.at(config.origin.place(&site.texts, &["handbooks".into(), id.as_str().into()])));
        }
    }
}
