//! Seasons that never hold, because those written before them have all of their days.

use super::title;
use crate::calendar::{Date, DateSpan};
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    // A leap year has every day that a season can name.
    let whole_year = Date::new(2024, 1, 1).ok().zip(Date::new(2024, 12, 31).ok());
    let Some(year) = whole_year.and_then(|(first, last)| DateSpan::new(first, last)) else { return };
    for record in &site.content.centres {
        let Some(hours) = site.hours(&record.id) else { continue };
        for (number, (span, _)) in hours.seasons.iter().enumerate() {
            if year.days().filter(|date| span.contains(*date)).any(|date| hours.season_on(date) == Some(number)) {
                continue;
            }
            let written = record.value.hours.as_ref().and_then(|hours| hours.seasons.get(number));
            let name = written.and_then(|season| season.name.as_ref()).map(|name| title(site, name));
            let named = written.map(|season| format!("{}..{}", String::from(season.from), String::from(season.to)));
            let problem =
                Problem::new(Code::SeasonNeverReached).with("season", name.or(named.as_deref()).unwrap_or_default());
            let steps = ["hours".into(), "seasons".into(), number.into(), "from".into()];
            diagnostics.push(problem.at(record.origin.place(&site.texts, &steps)));
        }
    }
}
