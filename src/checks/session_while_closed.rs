//! Sessions that fall when their centre is not open: mostly an activity or the hours were changed alone.

use super::exception_without_session::title;
use crate::calendar::{Date, DateSpan, Weekday, sessions};
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;
use crate::site::views::rule_of;

/// How many days ahead sessions are looked at.
const AHEAD: i64 = 60;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let last = site.today.checked_add(jiff::Span::new().days(AHEAD)).unwrap_or(site.today);
    let Some(window) = DateSpan::new(site.today, last) else { return };
    for record in &site.content.programmes {
        let Some(hours) = site.hours(&record.value.centre) else { continue };
        for (number, activity) in record.value.activities.iter().enumerate() {
            let Some(rule) = rule_of(&record.value, activity) else { continue };
            let dropped = |date: Date, time: &_| hours.on(date, &site.holidays).drops(time);
            let outside: Vec<_> = sessions(&rule, window, dropped)
                .into_iter()
                .filter(|session| {
                    session.held && !hours.on(session.date, &site.holidays).intervals.covers(&session.time)
                })
                .collect();
            let Some(first) = outside.first() else { continue };
            let state = hours.on(first.date, &site.holidays).intervals;
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
            diagnostics.push(problem.at(record.origin.place(&site.texts, &steps)));
        }
    }
}

/// The word for a weekday in the catalogue of messages.
pub(super) fn weekday_word(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "mon",
        Weekday::Tuesday => "tue",
        Weekday::Wednesday => "wed",
        Weekday::Thursday => "thu",
        Weekday::Friday => "fri",
        Weekday::Saturday => "sat",
        Weekday::Sunday => "sun",
    }
}
