//! Recurrence rules of iCalendar (RFC 5545 §3.3.10), by civil date.
//!
//! `FREQ=MONTHLY;BYDAY=-1FR`, a start and a window go in, dates come out. A date is one of the rule's if its
//! period (day, week, month, year) is due and it fits every part, so each day of a due period is asked in
//! turn; that gives what the RFC's table of expanding and limiting gives, in a form that can be checked by
//! reading. Without a count only the periods that touch the window are looked at. The start counts only if
//! it fits; what it gives, as libical and python-dateutil have it, is the weekday or the day of the month that no
//! part names.

mod written;

use std::iter;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use self::written::Written;
use super::date::DateSpan;
use super::time::half_width;
use super::weekday::{WEEK, WeekdaySet};
use crate::diagnostics::{Code, Problem};

/// From here weeks are counted.
const SOME_MONDAY: Date = jiff::civil::date(2024, 1, 1);
/// Years among which each of the fourteen that the calendar knows begins and ends, the first of them twice.
const EVERY_KIND_OF_YEAR: (Date, Date) = (jiff::civil::date(2000, 1, 1), jiff::civil::date(2028, 12, 31));

/// The dates on which something recurs. Lists are kept in order and without repeats; an empty one limits nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RecurrenceRule {
    frequency: Frequency,
    /// Every how many periods, from 1.
    interval: u16,
    end: End,
    months: Vec<i16>,
    weeks: Vec<i16>,
    year_days: Vec<i16>,
    month_days: Vec<i16>,
    days: Vec<NamedDay>,
    positions: Vec<i16>,
    week_start: Weekday,
}

/// The period of which a rule takes every one, or every second, and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// When a rule ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum End {
    Never,
    /// After so many dates, counted from the start.
    After(u16),
    /// With this date, if it fits.
    On(Date),
}

/// An item of `BYDAY`: a weekday, or the nth of them in its month or year, counted from the end if negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct NamedDay {
    nth: Option<i16>,
    day: Weekday,
}

impl RecurrenceRule {
    /// Reads `FREQ=WEEKLY;BYDAY=TU,TH`, with or without `RRULE:` before it, in capitals or not. Of an `UNTIL` with a
    /// time only the date counts, as written. A rule that no calendar has a date for is refused too.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let plain = half_width(text.trim()).replace('＝', "=").to_ascii_uppercase();
        let written = Written::split(text, &plain)?;
        let rule = Self {
            frequency: written.frequency()?,
            interval: written.amount("INTERVAL")?.unwrap_or(1),
            end: match (written.amount("COUNT")?, written.until()?) {
                (None, None) => End::Never,
                (Some(count), None) => End::After(count),
                (None, Some(last)) => End::On(last),
                (Some(_), Some(_)) => return Err(written.contradiction(&["COUNT", "UNTIL"])),
            },
            months: written.numbers("BYMONTH", 1..=12)?,
            weeks: written.numbers("BYWEEKNO", -53..=53)?,
            year_days: written.numbers("BYYEARDAY", -366..=366)?,
            month_days: written.numbers("BYMONTHDAY", -31..=31)?,
            days: written.days()?,
            positions: written.numbers("BYSETPOS", -366..=366)?,
            week_start: written.week_start()?,
        };
        if let Some(names) = rule.contradiction() {
            return Err(written.contradiction(names));
        }
        if !rule.can_fall() {
            return Err(Problem::new(Code::RuleNeverFalls).with("text", text));
        }
        Ok(rule)
    }

    /// The dates of the rule that lie in `window`, in order. `start` is the first day that can be one (`DTSTART`);
    /// intervals and counts run from it.
    pub fn dates(&self, start: Date, window: DateSpan) -> Vec<Date> {
        let (from, count) = match self.end {
            End::After(count) => (start, usize::from(count)),
            End::Never | End::On(_) => (start.max(window.first()), usize::MAX),
        };
        let last = self.until().map_or(window.last(), |until| until.min(window.last()));
        let rule = self.completed(start);
        rule.falls(start, from, last).take(count).filter(|date| window.contains(*date)).collect()
    }

    /// The weekdays on which it can fall when it starts on `start`, for the columns of a board.
    pub fn weekdays(&self, start: Date) -> WeekdaySet {
        let days = self.completed(start).days;
        let named = days.iter().fold(WeekdaySet::NONE, |set, named| set.union(WeekdaySet::only(named.day)));
        if named.is_empty() { WeekdaySet::ALL } else { named }
    }

    /// The last date that it can fall on, where the rule itself says so by `UNTIL`.
    pub fn until(&self) -> Option<Date> {
        match self.end {
            End::On(last) => Some(last),
            End::Never | End::After(_) => None,
        }
    }

    /// The rule with nothing left to its start and without an end of its own, for who writes both beside it.
    #[must_use]
    pub fn written_out(&self, start: Date) -> Self {
        Self { end: End::Never, ..self.completed(start) }
    }

    /// The rule with what it leaves to its start filled in.
    fn completed(&self, start: Date) -> Self {
        let mut rule = self.clone();
        let no_day = self.days.is_empty() && self.month_days.is_empty() && self.year_days.is_empty();
        if no_day {
            let of_week = self.frequency == Frequency::Yearly && !self.weeks.is_empty();
            if self.frequency == Frequency::Weekly || of_week {
                rule.days.push(NamedDay { nth: None, day: start.weekday() });
            } else if self.frequency != Frequency::Daily {
                rule.month_days.push(i16::from(start.day()));
                if self.frequency == Frequency::Yearly && self.months.is_empty() {
                    rule.months.push(i16::from(start.month()));
                }
            }
        }
        rule
    }

    /// The dates of a completed rule from `from` to `last`; `from` is not before `start`.
    fn falls(&self, start: Date, from: Date, last: Date) -> impl Iterator<Item = Date> {
        let due = self.period_number(start);
        let next = |period: &DateSpan| period.last().tomorrow().ok().and_then(|day| self.period(day));
        iter::successors(self.period(from), next)
            .take_while(move |period| period.first() <= last)
            .filter(move |period| (self.period_number(period.last()) - due) % i64::from(self.interval) == 0)
            .flat_map(|period| self.falls_in(period))
            .skip_while(move |date| *date < from)
            .take_while(move |date| *date <= last)
    }

    /// The dates of one period.
    fn falls_in(&self, period: DateSpan) -> Vec<Date> {
        let fitting: Vec<Date> = period.days().filter(|date| self.fits(*date)).collect();
        if self.positions.is_empty() {
            return fitting;
        }
        let total = i16::try_from(fitting.len()).unwrap_or(i16::MAX);
        let placed = (1..).zip(fitting).filter(|(place, _)| lists(&self.positions, (*place, total)));
        placed.map(|(_, date)| date).collect()
    }

    /// Whether the date fits every part but `BYSETPOS`, which needs its whole period.
    fn fits(&self, date: Date) -> bool {
        let by_month = self.frequency == Frequency::Monthly || !self.months.is_empty();
        let is_named = |named: &NamedDay| {
            let place = || nth_of_weekday(if by_month { day_of_month(date) } else { day_of_year(date) });
            named.day == date.weekday() && named.nth.is_none_or(|nth| lists(&[nth], place()))
        };
        (self.months.is_empty() || self.months.contains(&i16::from(date.month())))
            && (self.days.is_empty() || self.days.iter().any(is_named))
            && (self.month_days.is_empty() || lists(&self.month_days, day_of_month(date)))
            && (self.year_days.is_empty() || lists(&self.year_days, day_of_year(date)))
            && (self.weeks.is_empty() || lists(&self.weeks, self.week_of_year(date)))
    }

    /// The date's week among those of its year; a week belongs to the year in which its fourth day lies.
    fn week_of_year(&self, date: Date) -> Place {
        let passed = i64::from(date.weekday().since(self.week_start));
        nth_of_weekday(day_of_year(date.saturating_add((3 - passed).days())))
    }

    /// The period in which the date lies, as far as the calendar goes.
    fn period(&self, date: Date) -> Option<DateSpan> {
        let (first, last) = match self.frequency {
            Frequency::Daily => (date, date),
            Frequency::Weekly => {
                let passed = i64::from(date.weekday().since(self.week_start));
                (date.saturating_sub(passed.days()), date.saturating_add((6 - passed).days()))
            }
            Frequency::Monthly => (date.first_of_month(), date.last_of_month()),
            Frequency::Yearly => (date.first_of_year(), date.last_of_year()),
        };
        DateSpan::new(first, last)
    }

    /// The number of the date's period among all such periods, counted from anywhere.
    fn period_number(&self, date: Date) -> i64 {
        let days = date.duration_since(SOME_MONDAY).as_hours() / 24;
        match self.frequency {
            Frequency::Daily => days,
            Frequency::Weekly => (days - i64::from(self.week_start.to_monday_zero_offset())).div_euclid(7),
            Frequency::Monthly => i64::from(date.year()) * 12 + i64::from(date.month()),
            Frequency::Yearly => i64::from(date.year()),
        }
    }

    /// Whether the calendar has a date that fits, whatever the start, the interval and the end.
    fn can_fall(&self) -> bool {
        let rule = Self { interval: 1, end: End::Never, ..self.clone() };
        let (first, last) = EVERY_KIND_OF_YEAR;
        let mut starts = iter::successors(Some(first), |day| day.tomorrow().ok()).take(WEEK.len());
        starts.any(|start| rule.completed(start).falls(start, start, last).next().is_some())
    }

    /// The names of parts that cannot stand together, if there are such.
    fn contradiction(&self) -> Option<&'static [&'static str]> {
        use Frequency::{Daily, Weekly, Yearly};
        let counted = self.days.iter().any(|named| named.nth.is_some());
        let others = [&self.months, &self.weeks, &self.year_days, &self.month_days];
        let alone = self.days.is_empty() && others.iter().all(|list| list.is_empty());
        let frequency = self.frequency;
        let rules: [(bool, &'static [&'static str]); 6] = [
            (counted && matches!(frequency, Daily | Weekly), &["FREQ", "BYDAY"]),
            (counted && !self.weeks.is_empty(), &["BYWEEKNO", "BYDAY"]),
            (!self.weeks.is_empty() && frequency != Yearly, &["FREQ", "BYWEEKNO"]),
            (!self.year_days.is_empty() && frequency != Yearly, &["FREQ", "BYYEARDAY"]),
            (!self.month_days.is_empty() && frequency == Weekly, &["FREQ", "BYMONTHDAY"]),
            (!self.positions.is_empty() && alone, &["BYSETPOS"]),
        ];
        rules.into_iter().find(|(broken, _)| *broken).map(|(_, names)| names)
    }
}

/// The first, second, … of how many.
type Place = (i16, i16);

fn day_of_month(date: Date) -> Place {
    (i16::from(date.day()), i16::from(date.days_in_month()))
}

fn day_of_year(date: Date) -> Place {
    (date.day_of_year(), date.days_in_year())
}

/// A day of a month or year among the days of its weekday there.
fn nth_of_weekday((day, days): Place) -> Place {
    let nth = (day - 1) / 7 + 1;
    (nth, nth + (days - day) / 7)
}

/// Whether the list has the place, counted from the start or, as a negative number, from the end.
fn lists(list: &[i16], (place, total): Place) -> bool {
    list.contains(&place) || list.contains(&(place - total - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use proptest::sample::{select, subsequence};

    fn rule(text: &str) -> RecurrenceRule {
        RecurrenceRule::read(text).unwrap()
    }

    fn problem(text: &str) -> Problem {
        RecurrenceRule::read(text).unwrap_err()
    }

    /// Dates as the RFC lists them: `1997-09 2 9 16, 1997-10 7`.
    fn listed(text: &str) -> Vec<Date> {
        let months = text.split(", ").map(|month| month.split_once(' ').unwrap());
        let days = months.flat_map(|(month, days)| days.split(' ').map(move |day| format!("{month}-{day:0>2}")));
        days.map(|day| day.parse().unwrap()).collect()
    }

    #[test]
    fn the_examples_of_the_rfc_fall_where_it_says_in_any_window_and_up_to_any_end() {
        let all = DateSpan::new(Date::MIN, Date::MAX).unwrap();
        for (text, start, dates) in [
            ("DAILY", "1997-09-02", "1997-09 2 3 4"),
            ("DAILY;INTERVAL=10", "1997-09-02", "1997-09 2 12 22, 1997-10 2 12"),
            ("WEEKLY", "1997-09-02", "1997-09 2 9 16 23 30, 1997-10 7"),
            ("WEEKLY;INTERVAL=2;WKST=SU", "1997-09-02", "1997-09 2 16 30, 1997-10 14"),
            ("WEEKLY;WKST=SU;BYDAY=TU,TH", "1997-09-02", "1997-09 2 4 9 11 16"),
            ("WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,TH", "1997-09-02", "1997-09 2 4 16 18 30, 1997-10 2"),
            ("WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO", "1997-08-05", "1997-08 5 10 19 24"),
            ("WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "1997-08-05", "1997-08 5 17 19 31"),
            ("MONTHLY;BYDAY=1FR", "1997-09-05", "1997-09 5, 1997-10 3, 1997-11 7"),
            ("MONTHLY;INTERVAL=2;BYDAY=1SU,-1SU", "1997-09-07", "1997-09 7 28, 1997-11 2 30"),
            ("MONTHLY;BYDAY=-2MO", "1997-09-22", "1997-09 22, 1997-10 20, 1997-11 17"),
            ("MONTHLY;BYMONTHDAY=-3", "1997-09-28", "1997-09 28, 1997-10 29, 1997-11 28"),
            ("MONTHLY;BYMONTHDAY=1,-1", "1997-09-30", "1997-09 30, 1997-10 1 31, 1997-11 1"),
            ("MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1997-09-02", "1998-02 13, 1998-03 13, 1998-11 13"),
            ("MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", "1997-09 4, 1997-10 7, 1997-11 6"),
            ("MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29", "1997-09 29, 1997-10 30"),
            ("MONTHLY;BYMONTHDAY=15,30", "2007-01-15", "2007-01 15 30, 2007-02 15, 2007-03 15"),
            ("YEARLY;BYMONTH=6,7", "1997-06-10", "1997-06 10, 1997-07 10, 1998-06 10"),
            ("YEARLY;INTERVAL=2;BYMONTH=1,2", "1997-03-10", "1999-01 10, 1999-02 10, 2001-01 10"),
            ("YEARLY;INTERVAL=3;BYYEARDAY=1,100,200", "1997-01-01", "1997-01 1, 1997-04 10, 1997-07 19, 2000-01 1"),
            ("YEARLY;BYDAY=20MO", "1997-05-19", "1997-05 19, 1998-05 18, 1999-05 17"),
            ("YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12", "1997-05 12, 1998-05 11, 1999-05 17"),
            ("YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13", "1997-03 13 20 27, 1998-03 5"),
            ("YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "1996-11-05", "1996-11 5, 2000-11 7"),
        ] {
            let (text, start, dates) = (format!("FREQ={text}"), start.parse().unwrap(), listed(dates));
            let last = *dates.last().unwrap();
            for (index, first) in dates.iter().enumerate() {
                let window = DateSpan::new(*first, last).unwrap();
                assert_eq!(rule(&text).dates(start, window), dates[index..], "{text} in {window:?}");
            }
            for end in [format!("COUNT={}", dates.len()), format!("UNTIL={}T235959Z", last.strftime("%Y%m%d"))] {
                assert_eq!(rule(&format!("{text};{end}")).dates(start, all), dates, "{text};{end}");
            }
        }
    }

    #[test]
    fn the_columns_of_a_board_are_the_weekdays_named_or_the_start_s() {
        let tuesday = date(2026, 9, 1);
        for (text, days) in [
            ("FREQ=MONTHLY;BYDAY=1SA,-1SU", "sat,sun"),
            ("FREQ=WEEKLY", "tue"),
            ("FREQ=MONTHLY", "mon-sun"),
            ("FREQ=YEARLY;BYWEEKNO=20", "tue"),
        ] {
            assert_eq!(rule(text).weekdays(tuesday), WeekdaySet::read(days).unwrap(), "{text}");
        }
    }

    #[test]
    fn what_can_be_read_but_makes_no_sense_is_refused_with_its_own_code() {
        for (text, code, part) in [
            ("FREQ=HOURLY", Code::RuleTooFine, "FREQ=HOURLY"),
            ("FREQ=DAILY;BYHOUR=9", Code::RuleTooFine, "BYHOUR=9"),
            ("FREQ=DAILY;INTERVAL=0", Code::RuleNeverMoves, "INTERVAL=0"),
            ("FREQ=DAILY;COUNT=0", Code::RuleNeverMoves, "COUNT=0"),
            ("FREQ=DAILY;COUNT=3;UNTIL=20261231", Code::RuleContradicts, "COUNT=3;UNTIL=20261231"),
            ("FREQ=WEEKLY;BYDAY=1MO", Code::RuleContradicts, "FREQ=WEEKLY;BYDAY=1MO"),
            ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", Code::RuleContradicts, "BYWEEKNO=1;BYDAY=1MO"),
            ("FREQ=MONTHLY;BYWEEKNO=1", Code::RuleContradicts, "FREQ=MONTHLY;BYWEEKNO=1"),
            ("FREQ=DAILY;BYYEARDAY=1", Code::RuleContradicts, "FREQ=DAILY;BYYEARDAY=1"),
            ("FREQ=WEEKLY;BYMONTHDAY=1", Code::RuleContradicts, "FREQ=WEEKLY;BYMONTHDAY=1"),
            ("FREQ=MONTHLY;BYSETPOS=1", Code::RuleContradicts, "BYSETPOS=1"),
            ("FREQ=WEEKLY;BYDAY=MO;BYDAY=TU", Code::RuleContradicts, "BYDAY=MO;BYDAY=TU"),
        ] {
            assert_eq!(problem(text), Problem::new(code).with("part", part));
        }
    }

    #[test]
    fn a_rule_without_any_date_is_refused_and_a_rare_one_is_not() {
        for text in [
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=MONTHLY;BYDAY=6MO",
            "FREQ=YEARLY;BYYEARDAY=60;BYMONTH=4",
            "FREQ=WEEKLY;BYMONTH=1;BYSETPOS=2",
            "FREQ=DAILY;BYDAY=MO;BYSETPOS=-2",
        ] {
            assert_eq!(problem(text), Problem::new(Code::RuleNeverFalls).with("text", text));
        }
        for text in [
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SA",
            "FREQ=YEARLY;BYDAY=53SU",
            "FREQ=YEARLY;BYYEARDAY=-366;BYDAY=SA",
            "FREQ=YEARLY;INTERVAL=10000;BYWEEKNO=53;BYMONTH=1",
            "FREQ=YEARLY;BYWEEKNO=1;BYMONTH=12",
        ] {
            assert!(RecurrenceRule::read(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn weeks_that_begin_on_monday_are_numbered_as_in_iso_8601() {
        let rule = rule("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO");
        for day in DateSpan::new(date(1999, 1, 1), date(2028, 12, 31)).unwrap().days() {
            let week = day.iso_week_date();
            assert_eq!(rule.week_of_year(day), (week.week().into(), week.weeks_in_year().into()), "{day}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_text_and_no_end_of_the_calendar_makes_it_panic(
            frequency in select(&["DAILY", "WEEKLY", "MONTHLY", "YEARLY"][..]),
            parts in subsequence(&PARTS_AT_THE_END[..], 0..5),
            other in prop_oneof![3 => Just(String::new()), 1 => any::<String>()],
            at_the_end: bool,
            days in [0..800_i64, 0..800, 0..800],
        ) {
            let text = format!("FREQ={frequency}{}{other}", parts.concat());
            let [start, first, last] = days.map(|days| match at_the_end {
                true => Date::MAX.saturating_sub(days.days()),
                false => Date::MIN.saturating_add(days.days()),
            });
            if let (Ok(rule), Some(window)) = (RecurrenceRule::read(&text), DateSpan::new(first, last)) {
                prop_assert!(rule.dates(start, window).iter().all(|date| window.contains(*date) && *date >= start));
                prop_assert_eq!(RecurrenceRule::read(&rule.to_string()), Ok(rule));
            }
            let _ = RecurrenceRule::read(&other);
        }
    }

    const PARTS_AT_THE_END: [&str; 11] = [
        ";INTERVAL=7",
        ";COUNT=10000",
        ";UNTIL=99991230",
        ";BYMONTH=1,12",
        ";BYWEEKNO=1,-1,53",
        ";BYYEARDAY=1,-366",
        ";BYMONTHDAY=31,-31",
        ";BYDAY=MO,FR",
        ";BYDAY=5SA,-1MO",
        ";BYSETPOS=1,-1,366",
        ";WKST=SA",
    ];
}
