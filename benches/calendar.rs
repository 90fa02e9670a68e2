//! How fast the calendar is, on one core: `cargo bench --bench calendar`.
//!
//! A year of 10,000 centres with 12 activities each is written out: every centre's hours day by day, every activity's
//! sessions with what closes the centre. Then the state of one compiled centre is asked for at a million instants.
//! Figures, not a test: they are printed, and nothing fails.

#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::time::Instant;

use noticeboard::calendar::{
    ClosingRule, Date, DateSpan, HolidayCalendar, HolidaySpan, Intervals, MonthDay, OccasionKind, OpenTimes,
    OpeningHours, SessionChange, SessionRule, TimeRange, WeekdaySet, Weekly, When, YearlySpan, sessions,
};

const CENTRES: usize = 10_000;
/// How many different centres there are; reading what editors wrote is no part of what is measured.
const KINDS: usize = 28;
const ACTIVITIES: [&str; 12] = [
    "周一 09:00-11:30",
    "周一 14:30-17:00",
    "周二 09:00-11:30",
    "周二、周四 14:30-17:00",
    "周三 09:00-11:30",
    "单周 周三 14:30-17:00",
    "周四 09:00-11:30",
    "每月第一个周五 09:00-11:30",
    "双周 周五 14:30-17:00",
    "周六 09:00-11:00",
    "每月最后一个周五 14:30-17:00",
    "RRULE:FREQ=MONTHLY;BYDAY=2TU 16:00-17:00",
];

fn main() {
    let year = DateSpan::read("2026-01-01..2026-12-31").unwrap();
    let calendar = calendar();
    let kinds: Vec<_> = (0..KINDS).map(|kind| (hours(kind), rules(kind))).collect();
    let start = Instant::now();
    let (mut days, mut held, mut all) = (0, 0, 0);
    for (hours, rules) in kinds.iter().cycle().take(CENTRES) {
        let times = OpenTimes::compile(hours, &calendar, year);
        days += times.days().filter(|(_, day)| !day.intervals.is_closed()).count();
        for rule in rules {
            let closed = |date: Date, time: &TimeRange| times.day(date).is_some_and(|day| day.drops(time));
            let found = sessions(rule, year, &calendar, closed);
            all += found.len();
            held += found.iter().filter(|session| session.held).count();
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("a year of {CENTRES} centres with {} activities each: {seconds:.2} s", ACTIVITIES.len());
    println!("  {days} open days, {held} of {all} sessions held");

    let times = OpenTimes::compile(&hours(1), &calendar, year);
    let first = year.first().to_datetime(jiff::civil::Time::midnight());
    let instants: Vec<_> = (0..1_000_i64).map(|n| first + jiff::Span::new().minutes(n * 521)).collect();
    let start = Instant::now();
    for _ in 0..1_000 {
        for now in &instants {
            black_box(times.at(black_box(*now)));
        }
    }
    println!("the state of a compiled centre: {:.3} µs", start.elapsed().as_secs_f64());
    let (hours, start) = (self::hours(1), Instant::now());
    for _ in 0..100 {
        for now in &instants {
            black_box(hours.at(black_box(*now), &calendar));
        }
    }
    println!("the same without compiling: {:.3} µs", start.elapsed().as_secs_f64() * 10.0);
}

/// The public calendar of 2026.
fn calendar() -> HolidayCalendar {
    let span = |days: &str, makeup: &[&str]| HolidaySpan {
        kind: OccasionKind::Holiday,
        days: DateSpan::read(days).unwrap(),
        makeup_workdays: makeup.iter().map(|day| (day.parse().unwrap(), None)).collect(),
    };
    let holidays = [
        span("2026-01-01..2026-01-03", &["2026-01-04"]),
        span("2026-02-15..2026-02-23", &["2026-02-14", "2026-02-28"]),
        span("2026-04-04..2026-04-06", &[]),
        span("2026-05-01..2026-05-05", &["2026-05-09"]),
        span("2026-06-19..2026-06-21", &[]),
        span("2026-09-25..2026-09-27", &[]),
        span("2026-10-01..2026-10-07", &["2026-09-20", "2026-10-10"]),
    ];
    HolidayCalendar::new([2026], &holidays, Vec::new())
}

/// Split days, a summer season, an exception and a closing notice, a little different for each centre.
fn hours(kind: usize) -> OpeningHours {
    let week = |times: &str| {
        let entries = [("mon-fri", times), ("sat", "09:00-12:00")];
        let read = entries.map(|(days, times)| (WeekdaySet::read(days).unwrap(), Intervals::read(times).unwrap()));
        Weekly::new(read).unwrap()
    };
    let day = |text: &str| MonthDay::read(text).unwrap();
    let closes = DateSpan::read(&format!("2026-11-{:02}", kind + 1)).unwrap();
    OpeningHours {
        weekly: week("08:30-12:00, 14:30-18:00"),
        seasons: vec![(YearlySpan { from: day("07-01"), to: day("08-31") }, week("08:30-12:00, 15:00-18:30"))],
        exceptions: vec![(DateSpan::read("2026-10-01..2026-10-03").unwrap(), Intervals::read("09:00-11:30").unwrap())],
        closings: vec![ClosingRule { days: closes, from: None, until: None }],
        ..OpeningHours::default()
    }
}

fn rules(kind: usize) -> Vec<SessionRule> {
    let cancelled = DateSpan::read(&format!("2026-03-{:02}", kind + 1)).unwrap();
    ACTIVITIES
        .iter()
        .map(|text| {
            let when = When::read(text).unwrap();
            SessionRule {
                pattern: when.pattern,
                time: TimeRange::read(text.rsplit(' ').next().unwrap()).unwrap(),
                valid: DateSpan::read("2026-01-01..2026-12-31").unwrap(),
                only_on: Vec::new(),
                not_on: Vec::new(),
                exceptions: vec![(cancelled, SessionChange::Cancelled)],
                extra: Vec::new(),
            }
        })
        .collect()
}
