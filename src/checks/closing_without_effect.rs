//! Notices that say a centre is closed when its hours say otherwise, or when it is closed anyway.
//!
//! An exception of the centre's hours comes before a notice, so a notice that closes such a day contradicts it.

use super::title;
use crate::calendar::{Date, Reason};
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for notice in &site.content.notices {
        let Some(closing) = notice.value.closes.as_ref().filter(|closing| closing.on.last() >= site.today) else {
            continue;
        };
        for id in &notice.value.centres {
            let (Some(hours), Some(number)) = (site.hours(id), site.index.centre.get(id)) else { continue };
            let Some(centre) = site.content.centres.get(*number) else { continue };
            let calendar = site.calendar_of(id);
            let state = |date: Date| hours.on(date, calendar);
            let whole_day = closing.from.is_none() && closing.until.is_none();
            let contradicted = closing.on.days().find(|date| match state(*date).reason {
                Reason::Exception(_) => whole_day && !state(*date).intervals.is_closed(),
                _ => false,
            });
            let without_notices = crate::calendar::OpeningHours { closings: Vec::new(), ..hours.clone() };
            let open_anyway = closing.on.days().any(|date| !without_notices.on(date, calendar).intervals.is_closed());
            let problem = match contradicted {
                Some(date) => Problem::new(Code::NoticeContradictsHours)
                    .with("date", &date.to_string())
                    .with("hours", &state(date).intervals.to_string()),
                None if !open_anyway => Problem::new(Code::ClosedAnyway),
                None => continue,
            };
            let problem = problem.with("centre", title(site, &centre.value.name));
            let place = notice.origin.place(&site.texts, &["closes".into()]);
            let hours = centre.origin.place(&site.texts, &["hours".into()]);
            diagnostics.push(problem.at(place).see(hours));
        }
    }
}
