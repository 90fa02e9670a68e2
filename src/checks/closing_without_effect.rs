//! Notices that say a centre is closed when its hours say otherwise, or when it is closed anyway.
//!
//! An exception of the centre's hours comes before a notice, so a notice that closes such a day contradicts it.

use super::title;
use crate::calendar::{ClosingRule, Date, OpeningHours, Reason};
use crate::diagnostics::{Code, Diagnostic, Problem};
use crate::site::Site;

pub(super) fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for notice in &site.content.notices {
        let Some(closing) = notice.value.closes.as_ref().filter(|closing| closing.on.last() >= site.today) else {
            continue;
        };
        // One that ends before it begins is an error of its own.
        if closing.on.first() == closing.on.last() && closing.from >= closing.until && closing.until.is_some() {
            continue;
        }
        let rule = ClosingRule { days: closing.on, from: closing.from, until: closing.until };
        for id in &notice.value.centres {
            let (Some(hours), Some(number)) = (site.hours(id), site.index.centre.get(id)) else { continue };
            let Some(centre) = site.content.centres.get(*number) else { continue };
            let calendar = site.calendar_of(id);
            let without = OpeningHours { closings: Vec::new(), ..hours.clone() };
            let usual = OpeningHours { exceptions: Vec::new(), ..without.clone() };
            // What the exceptions say, closed by this notice as if they did not come before it.
            let if_it_held = |date: Date| rule.takes_from(&without.on(date, calendar).intervals, date);
            let contradicted = closing.on.days().find(|date| {
                let day = without.on(*date, calendar);
                matches!(day.reason, Reason::Exception(_)) && if_it_held(*date) != day.intervals
            });
            let closes_something = closing.on.days().any(|date| {
                let usual = usual.on(date, calendar).intervals;
                rule.takes_from(&usual, date) != usual
            });
            let problem = match contradicted {
                Some(date) => Problem::new(Code::NoticeContradictsHours)
                    .with("date", &date.to_string())
                    .with("hours", &without.on(date, calendar).intervals.to_string()),
                None if !closes_something => Problem::new(Code::ClosedAnyway),
                None => continue,
            };
            let problem = problem.with("centre", title(site, &centre.value.name));
            let place = notice.origin.place(&site.texts, &["closes".into()]);
            let hours = centre.origin.place(&site.texts, &["hours".into()]);
            diagnostics.push(problem.at(place).see(hours));
        }
    }
}
