//! The sessions of an activity in a window of dates.
//!
//! A session stands on a day of its pattern unless the activity's own exception says otherwise, the activity
//! keeps away from such days (school holidays), or the place is closed then. What does not stand is still
//! returned, with why, so that a page can say so. Only the window is walked, so an endless rule costs nothing.

use jiff::civil::Date;

use super::date::{DateSpan, Moment};
use super::holidays::{DayKind, HolidayCalendar};
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
    /// It takes place only on such days; an empty list means on any.
    pub only_on: Vec<DayClass>,
    /// It does not take place on such days.
    pub not_on: Vec<DayClass>,
    /// What differs on single days; the first that fits holds.
    pub exceptions: Vec<(DateSpan, SessionChange)>,
    /// Sessions beside the pattern (RFC 5545 `RDATE`).
    pub extra: Vec<Moment>,
}

/// A class of days that an activity keeps to or away from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayClass {
    /// Days without school.
    SchoolHolidays,
    /// Public holidays, local ones included.
    PublicHolidays,
    /// Weekend days on which people work.
    MakeupWorkdays,
}

impl DayClass {
    /// Whether the date is such a day.
    pub fn has(self, date: Date, calendar: &HolidayCalendar) -> bool {
        match self {
            DayClass::SchoolHolidays => calendar.is_school_holiday(date),
            DayClass::PublicHolidays => {
                matches!(calendar.kind(date), DayKind::Holiday(_) | DayKind::LocalHoliday(_))
            }
            DayClass::MakeupWorkdays => matches!(calendar.kind(date), DayKind::MakeupWorkday { .. }),
        }
    }
}

/// What an exception does to a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionChange {
    /// It is not held (RFC 5545 `EXDATE`).
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
    /// For a session beside the pattern: its index in `extra`.
    pub extra: Option<usize>,
}

impl SessionRule {
    /// The days of the pattern in a window, before exceptions and whatever closes the place.
    pub fn dates(&self, window: DateSpan, calendar: &HolidayCalendar) -> Vec<Date> {
        let Some(days) = self.valid.overlap(&window) else { return Vec::new() };
        let mut dates = self.pattern.dates(self.valid.first(), days, calendar);
        if !self.only_on.is_empty() || !self.not_on.is_empty() {
            dates.retain(|date| self.keeps_to(*date, calendar));
        }
        dates
    }

    /// Whether the pattern has this day.
    pub fn falls_on(&self, date: Date, calendar: &HolidayCalendar) -> bool {
        self.valid.contains(date)
            && self.pattern.falls_on(date, self.valid.first(), calendar)
            && self.keeps_to(date, calendar)
    }

    /// The first day that the exception of this index moves: one of the pattern's that no exception before it has.
    fn moved_day(&self, index: usize, days: DateSpan, calendar: &HolidayCalendar) -> Option<Date> {
        let decides = |date: &Date| self.exceptions.iter().position(|(days, _)| days.contains(*date)) == Some(index);
        self.dates(days, calendar).into_iter().find(decides)
    }

    fn keeps_to(&self, date: Date, calendar: &HolidayCalendar) -> bool {
        let has = |classes: &[DayClass]| classes.iter().any(|class| class.has(date, calendar));
        (self.only_on.is_empty() || has(&self.only_on)) && !has(&self.not_on)
    }
}

/// The sessions whose date lies in `window`, in order of date and time; `closed` says whether the place is
/// closed at that time for a reason of that day. A moved session appears twice: not held on its old day, held on its new one.
pub fn sessions(
    rule: &SessionRule,
    window: DateSpan,
    calendar: &HolidayCalendar,
    closed: impl Fn(Date, &TimeRange) -> bool,
) -> Vec<Session> {
    let usual =
        Session { date: window.first(), time: rule.time, held: true, exception: None, moved_from: None, extra: None };
    let mut found: Vec<Session> = rule
        .dates(window, calendar)
        .into_iter()
        .map(|date| {
            let exception = rule.exceptions.iter().position(|(days, _)| days.contains(date));
            let change = exception.and_then(|index| rule.exceptions.get(index)).map(|(_, change)| *change);
            let held = match change {
                Some(SessionChange::Cancelled | SessionChange::Moved(_)) => false,
                Some(SessionChange::Noted) | None => !closed(date, &rule.time),
            };
            Session { date, held, exception, ..usual }
        })
        .collect();
    for (index, (days, change)) in rule.exceptions.iter().enumerate() {
        if let SessionChange::Moved(to) = change
            && window.contains(to.date)
            && let Some(from) = rule.moved_day(index, *days, calendar)
        {
            let (exception, moved_from) = (Some(index), Some(from));
            found.push(Session { date: to.date, time: to.time, exception, moved_from, ..usual });
        }
    }
    for (index, extra) in rule.extra.iter().enumerate().filter(|(_, extra)| window.contains(extra.date)) {
        // An RDATE that is a session already is that session (RFC 5545 §3.8.5.2).
        if !found.iter().any(|session| session.held && (session.date, session.time) == (extra.date, extra.time)) {
            found.push(Session { date: extra.date, time: extra.time, extra: Some(index), ..usual });
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
            only_on: vec![],
            not_on: vec![],
            exceptions,
            extra: vec![],
        }
    }

    fn held(rule: &SessionRule, window: &str, closed: impl Fn(Date, &TimeRange) -> bool) -> Vec<String> {
        let calendar = HolidayCalendar::new([2026], &[], vec![DateSpan::read("2026-12-28..2027-02-28").unwrap()]);
        sessions(rule, DateSpan::read(window).unwrap(), &calendar, closed)
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
    #[test]
    fn of_several_exceptions_for_a_day_the_first_holds() {
        let moved = |text: &str| SessionChange::Moved(Moment::read(text).unwrap());
        let day = DateSpan::read("2026-10-08").unwrap();
        let cancelled_first = vec![(day, SessionChange::Cancelled), (day, moved("2026-10-09 14:30-17:00"))];
        assert_eq!(held(&rule("周四 下午", cancelled_first), "2026-10-08..2026-10-14", |_, _| false), [""; 0]);
        let moved_twice = vec![(day, moved("2026-10-09 14:30-17:00")), (day, moved("2026-10-10 14:30-17:00"))];
        assert_eq!(held(&rule("周四 下午", moved_twice), "2026-10-08..2026-10-14", |_, _| false), ["2026-10-09"]);
    }

    #[test]
    fn an_extra_session_that_is_one_already_is_no_second_one() {
        let mut rule = rule("周四 下午", vec![]);
        rule.extra = ["2026-10-08 14:30-17:00", "2026-10-09 14:30-17:00", "2026-10-09 14:30-17:00"]
            .map(|text| Moment::read(text).unwrap())
            .to_vec();
        assert_eq!(held(&rule, "2026-10-08..2026-10-14", |_, _| false), ["2026-10-08", "2026-10-09"]);
    }

    #[test]
    fn an_activity_keeps_to_school_terms_and_has_extra_sessions() {
        let mut rule = rule("周二 下午", vec![]);
        rule.not_on = vec![DayClass::SchoolHolidays];
        rule.extra = vec![Moment::read("2026-12-26 09:00-10:00").unwrap()];
        assert_eq!(held(&rule, "2026-12-15..2027-01-15", |_, _| false), ["2026-12-15", "2026-12-22", "2026-12-26"]);
        rule.not_on = vec![];
        rule.only_on = vec![DayClass::SchoolHolidays];
        rule.extra = vec![];
        assert_eq!(held(&rule, "2026-12-15..2027-01-15", |_, _| false), ["2026-12-29", "2027-01-05", "2027-01-12"]);
    }
}
