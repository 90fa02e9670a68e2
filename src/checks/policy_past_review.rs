//! Policies that somebody should have looked at again by now.

use super::title;
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for record in &site.content.policies {
        let Some(by) = record.value.review_by.filter(|by| by.0 < site.today) else { continue };
        let problem = Problem::new(Code::PolicyPastReview)
            .with("title", title(site, &record.value.title))
            .with("date", &by.0.to_string());
        diagnostics.push(problem.at(record.origin.place(&site.texts, &["review_by".into()])));
    }
}
