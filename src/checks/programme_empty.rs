//! Programmes without an activity: a page that says so, and no board to print.

use super::title;
use crate::content::{Programme, Record};
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let empty = |record: &&Record<Programme>| record.value.activities.is_empty();
    for record in site.content.programmes.iter().filter(empty) {
        let problem = Problem::new(Code::ProgrammeEmpty).with("title", title(site, &record.value.title));
        diagnostics.push(problem.at(record.origin.place(&site.texts, &["activities".into()])));
    }
}
