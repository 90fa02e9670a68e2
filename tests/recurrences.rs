//! Which sessions are held, against PyPI `recurring-ical-events`: a judge of iCalendar that we did not write.
//!
//! Random rules are asked for their sessions, and written as iCalendar (RFC 5545) by hand, which the judge expands:
//! `RRULE`, `EXDATE` for what is not held, `RDATE` for extra sessions, and an event with `RECURRENCE-ID` for one that
//! is moved. `DTSTART` is the first day of the pattern, because it always counts; the judge says which that is. Left
//! out is where RFC 5545 and the judge are read differently on purpose (see `rrule_oracle.rs`), and an extra session
//! at a session's own time, which iCalendar cannot hold.

use std::fmt::Write;

use jiff::{Span, civil::date};
use noticeboard::calendar::{
    Date, DateSpan, HolidayCalendar, HolidaySpan, Moment, OccasionKind, Pattern, SessionChange, SessionRule, TimeRange,
    When, sessions,
};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::json;

use random_rules::{Days, Made, later, made, some_day};

use crate::judge;
use crate::random_rules;

const CASES: usize = 300;

fn span(first: Date, days: i32) -> DateSpan {
    DateSpan::new(first, later(first, days)).unwrap()
}

fn calendar() -> HolidayCalendar {
    let days = DateSpan::read("2026-10-01..2026-10-07").unwrap();
    let makeup_workdays = vec![(date(2026, 9, 20), None), (date(2026, 10, 10), None)];
    let occasions = [HolidaySpan { kind: OccasionKind::Holiday, days, makeup_workdays }];
    HolidayCalendar::new([2026], &occasions, vec![DateSpan::read("2026-07-11..2026-08-31").unwrap()])
}

/// A case: the rule, the public calendar, the days on which the place is closed, the window.
struct Case {
    days: Days,
    rule: SessionRule,
    /// The days of the pattern, whatever else is said of them.
    pattern: Vec<Date>,
    calendar: HolidayCalendar,
    closed: Vec<Date>,
    window: DateSpan,
}

impl Case {
    fn of(made: Made) -> Self {
        let valid = span(some_day(made.valid.0), made.valid.1);
        let time = TimeRange::read(made.time).unwrap();
        let pattern = When::read(&format!("{} 上午", made.days.ours)).unwrap().pattern;
        // The judge's workdays are Monday to Friday.
        let calendar = if matches!(pattern, Pattern::Workday(_)) { HolidayCalendar::default() } else { calendar() };
        let class = |keeps_to| made.class.iter().filter(move |(only, _)| *only == keeps_to).map(|(_, class)| *class);
        let dates = pattern.dates(valid.first(), valid, &calendar);
        let near = |index: usize| dates.get(index).copied().unwrap_or_else(|| later(valid.first(), index as i32));
        let exceptions = made.exceptions.iter().map(|(index, length, change, to, time)| {
            let moment = Moment { date: later(near(*index), *to), time: TimeRange::read(time).unwrap() };
            let change = match change {
                0 => SessionChange::Noted,
                1 | 2 => SessionChange::Cancelled,
                _ => SessionChange::Moved(moment),
            };
            (span(near(*index), *length), change)
        });
        let extra =
            made.extra.iter().map(|(day, time)| Moment { date: some_day(*day), time: TimeRange::read(time).unwrap() });
        let rule = SessionRule {
            time,
            valid,
            only_on: class(true).collect(),
            not_on: class(false).collect(),
            exceptions: exceptions.collect(),
            extra: extra.collect(),
            pattern,
        };
        let closed = made.closed.iter().map(|index| near(*index)).collect();
        let window = span(later(valid.first(), made.window.0), made.window.1);
        Self { days: made.days, rule, pattern: dates, calendar, closed, window }
    }

    /// The sessions that are held, each as its start and its end.
    fn held(&self) -> Vec<String> {
        let found = sessions(&self.rule, self.window, &self.calendar, |date, _| self.closed.contains(&date));
        let held = found.iter().filter(|session| session.held);
        let point = |date, minutes| point(date, minutes).strftime("%Y-%m-%dT%H:%M").to_string();
        let span = |date, time: TimeRange| {
            format!("{}/{}", point(date, time.start().minutes()), point(date, time.end().minutes()))
        };
        held.map(|session| span(session.date, session.time)).collect()
    }
}

impl Case {
    /// The rule as iCalendar.
    fn icalendar(&self) -> String {
        let mut events = String::new();
        let extra = self.rule.extra.iter();
        match self.pattern.first() {
            None => extra.for_each(|extra| write_event(&mut events, extra.date, extra.time, &[])),
            Some(first) => {
                let mut lines = self.recurrence();
                let mut moved = Vec::new();
                for date in &self.pattern {
                    match self.change(*date) {
                        Some(SessionChange::Cancelled) => lines.push(format!("EXDATE:{}", self.start(*date))),
                        Some(SessionChange::Moved(to)) => moved.push((*date, to)),
                        Some(SessionChange::Noted) | None => {}
                    }
                }
                lines.extend(extra.map(|extra| format!("RDATE;VALUE=PERIOD:{}", period(extra.date, extra.time))));
                write_event(&mut events, *first, self.rule.time, &lines);
                for (from, to) in moved {
                    write_event(&mut events, to.date, to.time, &[format!("RECURRENCE-ID:{}", self.start(from))]);
                }
            }
        }
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Noticeboard//tests//EN\r\n{events}END:VCALENDAR\r\n")
    }

    fn start(&self, date: Date) -> String {
        compact(date, self.rule.time.start().minutes())
    }

    /// The days of the pattern that no rule gives.
    fn by_hand(&self, date: Date) -> bool {
        self.days.rule.is_none() || self.days.weeks.contains(&date.iso_week_date().week())
    }

    /// The rule of the pattern with its end.
    fn rule(&self) -> Option<String> {
        let last = self.rule.valid.last();
        let end = match self.days.end.as_deref().map(|end| end.split_once('=').unwrap()) {
            Some(("COUNT", count)) => format!("COUNT={count}"),
            Some((_, until)) => until_end(last.min(Date::strptime("%Y%m%d", until).unwrap())),
            None => until_end(last),
        };
        self.days.rule.as_ref().map(|rule| format!("{rule};{end}"))
    }

    /// The lines for the pattern's days within the days between which it takes place.
    fn recurrence(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.rule().iter().map(|rule| format!("RRULE:{rule}")).collect();
        let last = self.rule.valid.last();
        // A rule with a count cannot have another end.
        let after = DateSpan::new(last.tomorrow().unwrap(), self.window.last().max(last.tomorrow().unwrap())).unwrap();
        lines.extend(after.days().map(|date| format!("EXDATE:{}", self.start(date))));
        let by_hand = self.pattern.iter().filter(|date| self.by_hand(**date));
        lines.extend(by_hand.map(|date| format!("RDATE:{}", self.start(*date))));
        lines
    }

    /// All that the judge is given.
    fn written(&self) -> serde_json::Value {
        json!({
            "calendar": self.icalendar(),
            "window": [self.window.first().to_string(), self.window.last().to_string()],
            "held": self.held(),
            "rule": self.rule(),
            "valid": [self.rule.valid.first().to_string(), self.rule.valid.last().to_string()],
            "first": self.pattern.iter().find(|date| !self.by_hand(**date)).map(Date::to_string),
        })
    }

    /// What becomes of a day of the pattern. Of an exception for several days that moves, the first session is moved.
    fn change(&self, date: Date) -> Option<SessionChange> {
        let decides = |date: Date| self.rule.exceptions.iter().position(|(days, _)| days.contains(date));
        if !self.rule.falls_on(date, &self.calendar) {
            return Some(SessionChange::Cancelled);
        }
        let index = decides(date);
        let change = index.map(|index| self.rule.exceptions[index].1);
        let mut before = self.pattern.iter().take_while(|before| **before < date);
        match change {
            Some(SessionChange::Moved(_))
                if before.any(|day| decides(*day) == index && self.rule.falls_on(*day, &self.calendar)) =>
            {
                Some(SessionChange::Cancelled)
            }
            Some(SessionChange::Noted) | None if self.closed.contains(&date) => Some(SessionChange::Cancelled),
            change => change,
        }
    }
}

fn point(date: Date, minutes: u16) -> jiff::civil::DateTime {
    date.at(0, 0, 0, 0).checked_add(Span::new().minutes(minutes)).unwrap()
}

fn until_end(last: Date) -> String {
    format!("UNTIL={}T235959", last.strftime("%Y%m%d"))
}

fn compact(date: Date, minutes: u16) -> String {
    point(date, minutes).strftime("%Y%m%dT%H%M%S").to_string()
}

fn period(date: Date, time: TimeRange) -> String {
    format!("{}/{}", compact(date, time.start().minutes()), compact(date, time.end().minutes()))
}

fn write_event(text: &mut String, date: Date, time: TimeRange, lines: &[String]) {
    let (start, end) = (compact(date, time.start().minutes()), compact(date, time.end().minutes()));
    let own = if lines.is_empty() { start.as_str() } else { "activity" };
    write!(text, "BEGIN:VEVENT\r\nUID:{own}\r\nDTSTAMP:20250101T000000Z\r\nDTSTART:{start}\r\nDTEND:{end}\r\n")
        .unwrap();
    lines.iter().for_each(|line| write!(text, "{line}\r\n").unwrap());
    text.push_str("END:VEVENT\r\n");
}

#[test]
fn sessions_are_held_when_recurring_ical_events_says() {
    let mut runner = TestRunner::deterministic();
    let strategy = made();
    let cases = std::iter::repeat_with(|| Case::of(strategy.new_tree(&mut runner).unwrap().current()));
    let cases: Vec<Case> = cases.take(CASES).collect();
    let held = cases.iter().filter(|case| !case.held().is_empty()).count();
    assert!(held > CASES / 2, "only {held} cases have a session");
    judge::agrees("recurrences.py", &cases.iter().map(Case::written).collect(), CASES);
}
