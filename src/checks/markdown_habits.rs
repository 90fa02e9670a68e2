//! What is lost of a Markdown text for those who do not see it: levels of headings, words of links, heads of tables.

use crate::content::Body;
use crate::diagnostics::{Diagnostic, Place};
use crate::site::Site;
use crate::site::markdown::habits;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let content = &site.content;
    let bodies = content.events.iter().flat_map(|record| &record.bodies);
    let bodies = bodies.chain(content.policies.iter().flat_map(|record| &record.bodies));
    let bodies = bodies.chain(content.notices.iter().flat_map(|record| &record.bodies));
    let bodies = bodies.chain(content.teams.iter().flat_map(|record| &record.bodies));
    for body in bodies.chain(content.pages.iter().flat_map(|record| &record.bodies)) {
        look(body, diagnostics);
    }
}

fn look(body: &Body, diagnostics: &mut Vec<Diagnostic>) {
    let offset = body.range.start;
    for (problem, range, edits) in habits(body.markdown()) {
        let place = Place::new(&body.file, range.start + offset..range.end + offset);
        diagnostics.push(problem.at(place).mended_by(edits.into_iter().map(|edit| edit.moved(offset))));
    }
}
