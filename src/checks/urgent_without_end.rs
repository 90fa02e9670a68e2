//! Urgent notices that would stand in every page's banner until somebody thinks of them.

use super::title;
use crate::content::Urgency;
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for record in &site.content.notices {
        let notice = &record.value;
        if notice.urgency != Urgency::Urgent || notice.until.is_some() {
            continue;
        }
        let problem = Problem::new(Code::UrgentWithoutEnd).with("title", title(site, &notice.title));
        diagnostics.push(problem.at(record.origin.place(&site.texts, &["urgency".into()])));
    }
}
