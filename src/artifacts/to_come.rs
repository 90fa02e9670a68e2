//! What is wrong with pages that are not made yet, because what they tell has not begun.
//!
//! The site builds itself on the day, when nobody is there to mend it: so it is said when the notice is written.

use super::Theme;
use crate::diagnostics::{Code, Diagnostic};
use crate::site::{Edition, Site, views};

/// What will keep pages from being made on the day on which they are. Links from one to another stand by then.
///
/// # Errors
/// What is wrong with the theme's words.
pub fn faults_to_come(site: &Site, theme: &Theme) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    Ok(theme.editions(site)?.iter().flat_map(of_edition).collect())
}

fn of_edition(edition: &Edition<'_>) -> Vec<Diagnostic> {
    let notices = &edition.site.content.notices;
    let waiting: Vec<_> = notices.iter().filter(|notice| !views::notice_begun(edition, notice)).collect();
    let leads_to_one = |found: &Diagnostic| {
        let link = found.problem.argument("link").unwrap_or_default();
        let id = link.split('#').next().unwrap_or_default().trim_start_matches("/notices/").trim_end_matches('/');
        found.problem.code == Code::DeadLink && waiting.iter().any(|notice| notice.id.as_str() == id)
    };
    let bodies = waiting.iter().filter_map(|notice| edition.body(&notice.bodies, &edition.address_of(&notice.id)));
    bodies.flat_map(|body| body.faults).filter(|found| !leads_to_one(found)).collect()
}
