//! What is lost of a Markdown text for those who do not see it: levels of headings, words of links, heads of tables.

use crate::content::Body;
use crate::diagnostics::{Diagnostic, Edit, Place};
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
    for (problem, range) in habits(body.markdown()) {
        let said = body.markdown().get(range.clone()).unwrap_or_default().trim_end();
        let (start, end) = (body.range.start + range.start, body.range.start + range.start + said.len());
        let edit = problem.argument("mended").map(|mended| Edit::guess(start..end, mended));
        diagnostics.push(problem.at(Place::new(&body.file, start..end)).mended_by(edit));
    }
}
