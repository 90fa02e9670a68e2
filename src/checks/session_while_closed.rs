//! Sessions that fall when their centre is not open: mostly an activity or the hours were changed alone.

use super::{LazyPlaces, coming_days, title};
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let Some(window) = coming_days(site) else { return };
    for record in &site.content.programmes {
        let Some(hours) = site.hours(&record.value.centre) else { continue };
        let calendar = site.calendar_of(&record.value.centre);
        let places = LazyPlaces::of(site, &record.origin);
        for (number, activity) in record.value.activities.iter().enumerate() {
            let outside: Vec<_> = site
                .sessions(&record.value, activity, window)
                .into_iter()
                .filter(|session| session.held && !hours.covers(session.date, &session.time, calendar))
                .collect();
            let Some(first) = outside.first() else { continue };
            let state = hours.on(first.date, calendar).intervals;
            let problem = Problem::new(Code::SessionWhileClosed)
                .with("title", title(site, &activity.title))
                .with("count", &outside.len().to_string())
                .with("date", &first.date.to_string());
            let problem = if state.is_closed() {
                problem.with_word("state", "closed")
            } else {
                problem.with("state", &state.to_string())
            };
            let steps = ["activities".into(), number.into(), "when".into()];
            diagnostics.push(problem.at(places.at(&steps)));
        }
    }
}
