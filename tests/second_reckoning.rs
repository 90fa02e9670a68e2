//! The calendar against a slow and obvious second implementation, over random hours, seasons, holidays and exceptions.
//!
//! The second one shares nothing with the program but the dates of jiff: it keeps a day as 2,880 minutes (a night may
//! run into the day after), walks the order that the documentation gives, and asks every minute. 2,000 cases, or as
//! many as `NOTICEBOARD_CASES` says: 100,000 in a nightly run.

use noticeboard::calendar::{
    ClosingRule, Date, DateSpan, HolidayCalendar, HolidayRule, HolidaySpan, Intervals, MakeupRule, MonthDay,
    OccasionKind, OpenTimes, Opening, OpeningHours, Openness, Pattern, Reason, TimeOfDay, TimeRange, WeekOfMonth,
    WeekdaySet, Weekly, YearlySpan, at,
};
use proptest::prelude::*;

const DAY: usize = 1440;

/// Open times of a day, in minutes; ends may be past midnight.
type Times = Vec<(usize, usize)>;
type Minutes = [Minute; 2 * DAY];

/// How a minute is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Minute {
    Closed,
    Appointment,
    Open,
}

/// Which times are by appointment: those that begin at a quarter past or a quarter to, so that no more is random.
fn by_appointment(start: usize) -> bool {
    start % 30 == 15
}

/// A place, as numbers. Dates are days from 2026-01-01; weekdays count from Monday, 0.
#[derive(Debug, Clone)]
struct Plan {
    weekly: Vec<Times>,
    seasons: Vec<(MonthAndDay, MonthAndDay, Vec<Times>)>,
    odd_weeks: Option<(usize, Times)>,
    last_workday: Option<Times>,
    on_holidays: Rule,
    on_local_holidays: Option<Rule>,
    on_makeup_workdays: u8,
    exceptions: Vec<(i64, i64, Times)>,
    closings: Vec<(i64, i64, Option<usize>, Option<usize>)>,
    holidays: Vec<(i64, i64, Option<i64>)>,
    local: Vec<(i64, bool)>,
}

type MonthAndDay = (i8, i8);

#[derive(Debug, Clone)]
enum Rule {
    Closed,
    Open,
    Times(Times),
}

fn date(day: i64) -> Date {
    Date::constant(2026, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap()
}

fn weekday(date: Date) -> usize {
    usize::try_from(date.weekday().to_monday_zero_offset()).unwrap()
}

// The slow and obvious way.

impl Plan {
    fn minutes(&self, date: Date) -> (Minutes, &'static str) {
        for (first, last, times) in &self.exceptions {
            if self::date(*first) <= date && date <= self::date(*last) {
                return (fill(times), "exception");
            }
        }
        let (mut minutes, mut reason) = self.without_notices(date);
        let mut decided = false;
        for (first, last, from, until) in &self.closings {
            let (first, last) = (self::date(*first), self::date(*last));
            if date < first || date > last {
                continue;
            }
            let from = from.filter(|_| date == first);
            let until = until.filter(|_| date == last);
            let mut changed = from.is_none() && until.is_none();
            for (minute, open) in minutes.iter_mut().enumerate() {
                if *open != Minute::Closed && minute >= from.unwrap_or(0) && minute < until.unwrap_or(2 * DAY) {
                    *open = Minute::Closed;
                    changed = true;
                }
            }
            if changed && !decided {
                (reason, decided) = ("closing", true);
            }
        }
        (minutes, reason)
    }

    fn without_notices(&self, date: Date) -> (Minutes, &'static str) {
        let by_rule = |rule: &Rule, reason| match rule {
            Rule::Closed => (fill(&[]), reason),
            Rule::Times(times) => (fill(times), reason),
            Rule::Open => self.ordinary(date, weekday(date)),
        };
        if let Some((_, closure)) = self.local.iter().rev().find(|(day, _)| self::date(*day) == date) {
            if *closure {
                return (fill(&[]), "closure");
            }
            return by_rule(self.on_local_holidays.as_ref().unwrap_or(&self.on_holidays), "local");
        }
        match self.national(date) {
            Some(true) => by_rule(&self.on_holidays, "holiday"),
            Some(false) => match self.on_makeup_workdays {
                0 => (fill(&[]), "makeup"),
                1 => self.ordinary(date, weekday(date)),
                _ => {
                    let like = if weekday(date) == 5 {
                        4
                    } else if weekday(date) == 6 {
                        0
                    } else {
                        weekday(date)
                    };
                    (self.ordinary(date, like).0, "makeup")
                }
            },
            None => self.ordinary(date, weekday(date)),
        }
    }

    /// Whether the date is a holiday (true) or a make-up workday (false); the occasion written last decides.
    fn national(&self, date: Date) -> Option<bool> {
        let mut found = None;
        for (first, last, makeup) in &self.holidays {
            if self::date(*first) <= date && date <= self::date(*last) {
                found = Some(true);
            }
            if makeup.is_some_and(|makeup| self::date(makeup) == date) {
                found = Some(false);
            }
        }
        found
    }

    fn is_workday(&self, date: Date) -> bool {
        if self.local.iter().any(|(day, _)| self::date(*day) == date) {
            return false;
        }
        self.national(date).map_or(weekday(date) < 5, |holiday| !holiday)
    }

    fn ordinary(&self, date: Date, like: usize) -> (Minutes, &'static str) {
        if let Some((day, times)) = &self.odd_weeks
            && *day == like
            && date.iso_week_date().week() % 2 == 1
        {
            return (fill(times), "recurring");
        }
        if let Some(times) = &self.last_workday {
            let mut last = None;
            for day in 1..=31 {
                if let Ok(candidate) = Date::new(date.year(), date.month(), day)
                    && self.is_workday(candidate)
                {
                    last = Some(candidate);
                }
            }
            if last == Some(date) {
                return (fill(times), "recurring");
            }
        }
        let today = (date.month(), date.day());
        for (from, to, times) in &self.seasons {
            let inside = if from <= to { *from <= today && today <= *to } else { *from <= today || today <= *to };
            if inside {
                return (fill(&times[like]), "season");
            }
        }
        (fill(&self.weekly[like]), "weekly")
    }
}

fn fill(times: &[(usize, usize)]) -> Minutes {
    let mut minutes = [Minute::Closed; 2 * DAY];
    for (start, end) in times {
        minutes[*start..*end].fill(if by_appointment(*start) { Minute::Appointment } else { Minute::Open });
    }
    minutes
}

// The program's way.

fn intervals(times: &[(usize, usize)]) -> Intervals {
    let time = |minute: usize| {
        let of_day = |minute: usize| {
            TimeOfDay::new(u16::try_from(minute / 60).unwrap(), u16::try_from(minute % 60).unwrap()).unwrap()
        };
        if minute > DAY { of_day(minute - DAY).next_day() } else { of_day(minute) }
    };
    let opening = |(start, end): &(usize, usize)| Opening {
        time: TimeRange::new(time(*start), time(*end)).unwrap(),
        by_appointment: by_appointment(*start),
    };
    Intervals::of(times.iter().map(opening).collect()).unwrap()
}

const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn weekly(times: &[Times]) -> Weekly {
    Weekly::new(NAMES.iter().zip(times).map(|(name, times)| (WeekdaySet::read(name).unwrap(), intervals(times))))
        .unwrap()
}

fn span(first: i64, last: i64) -> DateSpan {
    DateSpan::new(date(first), date(last)).unwrap()
}

impl Plan {
    fn hours(&self) -> OpeningHours {
        let rule = |rule: &Rule| match rule {
            Rule::Closed => HolidayRule::Closed,
            Rule::Open => HolidayRule::Open,
            Rule::Times(times) => HolidayRule::Hours(intervals(times)),
        };
        let month_day = |(month, day): MonthAndDay| MonthDay::read(&format!("{month}-{day}")).unwrap();
        let time =
            |minute: usize| TimeOfDay::new(u16::try_from(minute / 60).unwrap(), u16::try_from(minute % 60).unwrap());
        let odd = self
            .odd_weeks
            .iter()
            .map(|(day, times)| (Pattern::OddWeeks(WeekdaySet::read(NAMES[*day]).unwrap()), intervals(times)));
        let last = self.last_workday.iter().map(|times| (Pattern::Workday(WeekOfMonth::Last), intervals(times)));
        OpeningHours {
            weekly: weekly(&self.weekly),
            seasons: self
                .seasons
                .iter()
                .map(|(from, to, times)| (YearlySpan { from: month_day(*from), to: month_day(*to) }, weekly(times)))
                .collect(),
            recurring: odd.chain(last).collect(),
            holidays: rule(&self.on_holidays),
            local_holidays: self.on_local_holidays.as_ref().map(rule),
            makeup_workdays: [MakeupRule::Closed, MakeupRule::AsDated, MakeupRule::AsWeekday]
                [usize::from(self.on_makeup_workdays)],
            exceptions: self
                .exceptions
                .iter()
                .map(|(first, last, times)| (span(*first, *last), intervals(times)))
                .collect(),
            closings: self
                .closings
                .iter()
                .map(|(first, last, from, until)| ClosingRule {
                    days: span(*first, *last),
                    from: from.and_then(time),
                    until: until.and_then(time),
                })
                .collect(),
        }
    }

    fn calendar(&self) -> HolidayCalendar {
        let national = self.holidays.iter().map(|(first, last, makeup)| HolidaySpan {
            kind: OccasionKind::Holiday,
            days: span(*first, *last),
            makeup_workdays: makeup.map(|day| (date(day), None)).into_iter().collect(),
        });
        let local = self.local.iter().map(|(day, closure)| HolidaySpan {
            kind: if *closure { OccasionKind::LocalClosure } else { OccasionKind::LocalHoliday },
            days: span(*day, *day),
            makeup_workdays: Vec::new(),
        });
        HolidayCalendar::new([2026], &national.chain(local).collect::<Vec<_>>(), Vec::new())
    }
}

// Random plans.

/// Open times of a day, apart from each other; the last may run past midnight.
fn times() -> impl Strategy<Value = Times> {
    let quarter = |most: usize| (0..=most).prop_map(|n| n * 15);
    prop_oneof![
        2 => Just(Vec::new()),
        6 => (prop::collection::vec(quarter(95), 0..6), prop::option::of(quarter(47))).prop_map(|(mut bounds, night)| {
            bounds.sort_unstable();
            bounds.dedup();
            let mut times: Times = bounds.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
            if let (Some(night), Some(last)) = (night, times.last_mut())
                && DAY + night - last.0 <= DAY
            {
                last.1 = DAY + night;
            }
            times
        }),
    ]
}

fn rule() -> impl Strategy<Value = Rule> {
    prop_oneof![Just(Rule::Closed), Just(Rule::Open), times().prop_map(Rule::Times)]
}

fn month_and_day() -> impl Strategy<Value = MonthAndDay> {
    (1..=12_i8, 1..=28_i8)
}

fn days(longest: i64) -> impl Strategy<Value = (i64, i64)> {
    (0..360_i64, 0..longest).prop_map(|(first, more)| (first, first + more))
}

fn plan() -> impl Strategy<Value = Plan> {
    let week = || prop::collection::vec(times(), 7);
    let some_time = || prop::option::of((0..95_usize).prop_map(|n| n * 15));
    let places = (
        week(),
        prop::collection::vec((month_and_day(), month_and_day(), week()), 0..3),
        prop::option::of((0..7_usize, times())),
        prop::option::of(times()),
    );
    let rules = (rule(), prop::option::of(rule()), 0..3_u8);
    let dated = (
        prop::collection::vec((days(5), times()).prop_map(|((first, last), times)| (first, last, times)), 0..3),
        prop::collection::vec((days(6), some_time(), some_time()), 0..3),
        prop::collection::vec((days(8), prop::option::of(0..364_i64)), 0..5),
        prop::collection::vec((0..364_i64, any::<bool>()), 0..3),
    );
    (places, rules, dated).prop_map(|((weekly, seasons, odd_weeks, last_workday), rules, dated)| {
        let (exceptions, closings, holidays, local) = dated;
        Plan {
            weekly,
            seasons,
            odd_weeks,
            last_workday,
            on_holidays: rules.0,
            on_local_holidays: rules.1,
            on_makeup_workdays: rules.2,
            exceptions,
            closings: closings.into_iter().map(|((first, last), from, until)| (first, last, from, until)).collect(),
            holidays: holidays.into_iter().map(|((first, last), makeup)| (first, last, makeup)).collect(),
            local,
        }
    })
}

fn cases() -> u32 {
    std::env::var("NOTICEBOARD_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(2000)
}

fn word(reason: Reason) -> &'static str {
    match reason {
        Reason::Exception(_) => "exception",
        Reason::Closing(_) => "closing",
        Reason::Holiday(_) => "holiday",
        Reason::LocalHoliday(_) => "local",
        Reason::LocalClosure(_) => "closure",
        Reason::MakeupWorkday { .. } => "makeup",
        Reason::Recurring(_) => "recurring",
        Reason::Season(_) => "season",
        Reason::Weekly => "weekly",
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_minute_of_a_week_and_its_reason_are_as_reckoned_slowly(plan in plan(), first in 1..350_i64) {
        let (hours, calendar) = (plan.hours(), plan.calendar());
        let week = span(first, first + 6);
        let compiled = OpenTimes::compile(&hours, &calendar, week);
        let mut night = plan.minutes(date(first - 1)).0;
        for day in first..first + 7 {
            let today = date(day);
            let (minutes, reason) = plan.minutes(today);
            let state = hours.on(today, &calendar);
            prop_assert_eq!(word(state.reason), reason, "{}", today);
            for (minute, expected) in minutes.iter().enumerate() {
                let found = match state.intervals.at(u16::try_from(minute).unwrap()) {
                    None => Minute::Closed,
                    Some(true) => Minute::Appointment,
                    Some(false) => Minute::Open,
                };
                prop_assert_eq!(found, *expected, "{} minute {}: {}", today, minute, state.intervals);
            }
            // Everything begins and ends on a quarter of an hour: its first and its last minute say all.
            for minute in (0..DAY).filter(|minute| matches!(minute % 15, 0 | 14)) {
                let (hour, rest) = (u16::try_from(minute / 60).unwrap(), u16::try_from(minute % 60).unwrap());
                let now = at(today, TimeOfDay::new(hour, rest).unwrap());
                let expected = match minutes[minute].max(night[DAY + minute]) {
                    Minute::Closed => Openness::Closed,
                    Minute::Appointment => Openness::ByAppointment,
                    Minute::Open => Openness::Open,
                };
                prop_assert_eq!(compiled.at(now), Some(expected), "{}", now);
                if minute % 8 == 0 {
                    prop_assert_eq!(hours.at(now, &calendar).0, expected, "{}", now);
                }
            }
            night = minutes;
        }
    }
}
