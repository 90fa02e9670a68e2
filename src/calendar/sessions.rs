//! The sessions of an activity in a window of dates.
//!
//! A session stands on a day of its pattern unless the activity's own exception says otherwise or the
//! place is closed then. What does not stand is still returned, with why, so that a page can say so.
//! Only the window is walked, so an endless rule costs nothing.

use jiff::civil::Date;

use super::date::{DateSpan, Moment};
use super::time::TimeRange;
use super::when::Pattern;

/// When an activity takes place.
#[derive(Debug, Clone)]
pub struct SessionRule {
    /// The days.
    pub pattern: Pattern,
    /// The time of day.
    pub time: TimeRange,
    /// The days between which it takes place.
    pub valid: DateSpan,
    /// What differs on single days; the first that fits holds.
    pub exceptions: Vec<(DateSpan, SessionChange)>,
}

/// What an exception does to a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionChange {
    /// It is not held.
    Cancelled,
    /// It is held at another date and time.
    Moved(Moment),
    /// It is held as usual, but something else about it differs.
    Noted,
}

/// One session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// The day on which it is held, or would have been.
    pub date: Date,
    /// The time.
    pub time: TimeRange,
    /// Whether it is held.
    pub held: bool,
    /// The exception that changed it, by index.
    pub exception: Option<usize>,
    /// For a session held elsewhere in time: the day of the pattern that it was moved from.
    pub moved_from: Option<Date>,
}

/// The sessions whose date lies in `window`, in order of date and time; `closed` says whether the place is
/// closed at that time for a reason of that day. A moved session appears twice: not held on its old day, held on its new one.
pub fn sessions(rule: &SessionRule, window: DateSpan, closed: impl Fn(Date, &TimeRange) -> bool) -> Vec<Session> {
    let mut found = Vec::new();
    if let Some(days) = rule.valid.overlap(&window) {
        for date in days.days().filter(|date| rule.pattern.falls_on(*date)) {
            let exception = rule.exceptions.iter().position(|(days, _)| days.contains(date));
            let change = exception.and_then(|index| rule.exceptions.get(index)).map(|(_, change)| *change);
            let held = match change {
                Some(SessionChange::Cancelled | SessionChange::Moved(_)) => false,
                Some(SessionChange::Noted) | None => !closed(date, &rule.time),
            };
            found.push(Session { date, time: rule.time, held, exception, moved_from: None });
        }
    }
    for (index, (days, change)) in rule.exceptions.iter().enumerate() {
        if let SessionChange::Moved(to) = change
            && window.contains(to.date)
            && let Some(from) = days.days().find(|day| rule.valid.contains(*day) && rule.pattern.falls_on(*day))
        {
            found.push(Session {
                date: to.date,
                time: to.time,
                held: true,
                exception: Some(index),
                moved_from: Some(from),
            });
        }
    }
    found.sort_by_key(|session| (session.date, session.time));
    found
}

#[cfg(test)]
mod tests {
    use super::super::when::When;
    use super::*;
    use jiff::civil::date;

    fn rule(when: &str, exceptions: Vec<(DateSpan, SessionChange)>) -> SessionRule {
        SessionRule {
            pattern: When::read(when).unwrap().pattern,
            time: TimeRange::read("14:30-17:00").unwrap(),
            valid: DateSpan::read("2026-09-01..2027-01-15").unwrap(),
            exceptions,
        }
    }

    fn held(rule: &SessionRule, window: &str, closed: impl Fn(Date, &TimeRange) -> bool) -> Vec<String> {
        sessions(rule, DateSpan::read(window).unwrap(), closed)
            .into_iter()
            .filter(|session| session.held)
            .map(|session| session.date.to_string())
            .collect()
    }

    #[test]
    fn a_session_is_cancelled_moved_or_stands_as_its_exceptions_say() {
        let moved = Moment::read("2026-10-09 14:30-17:00").unwrap();
        let rule = rule(
            "周四 下午",
            vec![
                (DateSpan::read("2026-10-01").unwrap(), SessionChange::Cancelled),
                (DateSpan::read("2026-10-08").unwrap(), SessionChange::Moved(moved)),
            ],
        );
        assert_eq!(held(&rule, "2026-09-24..2026-10-15", |_, _| false), ["2026-09-24", "2026-10-09", "2026-10-15"]);
    }

    #[test]
    fn no_session_stands_on_a_day_on_which_the_place_is_closed() {
        let open_only_later = |day: Date, _: &TimeRange| day < date(2026, 9, 15);
        assert_eq!(held(&rule("周二 下午", vec![]), "2026-09-01..2026-09-16", open_only_later), ["2026-09-15"]);
    }

    #[test]
    fn the_first_and_the_last_day_of_the_period_count() {
        assert_eq!(
            held(&rule("周二、周五 下午", vec![]), "2026-08-01..2026-09-04", |_, _| false),
            ["2026-09-01", "2026-09-04"]
        );
        assert_eq!(held(&rule("周五 下午", vec![]), "2027-01-09..2027-03-01", |_, _| false), ["2027-01-15"]);
    }
}
