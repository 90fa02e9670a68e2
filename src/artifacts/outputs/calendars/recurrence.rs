//! Days as iCalendar recurs them: a first day, a rule, the days that it has too many (`EXDATE`), and days beside it.
//!
//! What a rule of RFC 5545 cannot say (weeks by their ISO number across a year of 53 weeks, workdays, school terms) is
//! said by the nearest rule: its surplus days are excluded, and days that it lacks are events of their own. `RDATE`
//! would say the same, but Outlook passes it over.

use std::sync::Arc;

use crate::calendar::{
    Date, DateSpan, HolidayCalendar, Pattern, RecurrenceRule, WeekOfMonth, WeekdaySet, weekday_code,
};

/// Days that are written as one series, and those that are not.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::artifacts::outputs) struct Recurrence {
    /// The first day of the series.
    pub(in crate::artifacts::outputs) first: Date,
    /// The rule without its end, and the last day; none for a single day.
    pub(in crate::artifacts::outputs) rule: Option<(String, Date)>,
    /// Days of the rule that are none.
    pub(in crate::artifacts::outputs) excluded: Vec<Date>,
    /// Days beside the rule.
    pub(in crate::artifacts::outputs) beside: Vec<Date>,
}

/// A rule that may serve, and its days from the first to the last one wanted, in order.
type Candidate = (String, Vec<Date>);

impl Recurrence {
    /// The days `wanted`, in order, of a pattern whose period begins on `start`; `None` if there is no day.
    pub(in crate::artifacts::outputs) fn of(
        pattern: &Pattern,
        start: Date,
        wanted: &[Date],
        calendar: &HolidayCalendar,
    ) -> Option<Self> {
        let span = DateSpan::new(*wanted.first()?, *wanted.last()?)?;
        let dates = |pattern: &Pattern| pattern.dates(start, span, calendar);
        let by_rule = |text: String, start: Date| {
            let rule = RecurrenceRule::read(&text).ok()?;
            Some((text, Pattern::Rule(Arc::new(rule)).dates(start, span, calendar)))
        };
        let weekly = |days: WeekdaySet| (weekly_rule(days), dates(&Pattern::Weekly(days)));
        let candidates: Vec<Candidate> = match pattern {
            Pattern::Once(_) => Vec::new(),
            Pattern::Weekly(days) => vec![weekly(*days)],
            Pattern::OddWeeks(days) | Pattern::EvenWeeks(days) => {
                let second = by_rule(format!("FREQ=WEEKLY;INTERVAL=2;BYDAY={}", day_names(*days)), span.first());
                second.into_iter().chain([weekly(*days)]).collect()
            }
            Pattern::Monthly(week, day) => {
                let week = match week {
                    WeekOfMonth::Nth(nth) => *nth,
                    WeekOfMonth::Last => -1,
                };
                vec![(format!("FREQ=MONTHLY;BYDAY={week}{}", weekday_code(*day)), dates(pattern))]
            }
            Pattern::MonthDay(day) => vec![(format!("FREQ=MONTHLY;BYMONTHDAY={day}"), dates(pattern))],
            Pattern::Workday(week) => {
                let place = match week {
                    WeekOfMonth::Nth(nth) => *nth,
                    WeekOfMonth::Last => -1,
                };
                let text = format!("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={place}");
                by_rule(text, span.first().first_of_month()).into_iter().collect()
            }
            Pattern::Rule(rule) => {
                let text = rule.written_out(start).to_string();
                // Weeks of a year by their number are what programs disagree about.
                let counts_weeks = text.contains(";BYWEEKNO=");
                vec![if counts_weeks { weekly(rule.weekdays(start)) } else { (text, dates(pattern)) }]
            }
        };
        Some(Self::best(candidates, wanted, span.first()))
    }

    /// Days of some weekdays among `all` such days, both in order; `None` if there is none.
    pub(super) fn weekly(days: WeekdaySet, all: Vec<Date>, wanted: &[Date]) -> Option<Self> {
        Some(Self::best(vec![(weekly_rule(days), all)], wanted, *wanted.first()?))
    }

    /// Days that no rule says.
    pub(super) fn single(wanted: &[Date]) -> Option<Self> {
        Some(Self::best(Vec::new(), wanted, *wanted.first()?))
    }

    /// The first rule that has all the days, else the one that has most of them.
    fn best(candidates: Vec<Candidate>, wanted: &[Date], first: Date) -> Self {
        let mut all = wanted.to_vec();
        all.sort_unstable();
        all.dedup();
        let compared = |(text, dates): Candidate| (text, Compared::of(&dates, &all));
        let nearest = candidates.into_iter().map(compared).min_by_key(|(_, compared)| compared.beside.len());
        let series = nearest.and_then(|(text, Compared { known, excluded, beside })| {
            let (first, last) = known?;
            // A rule with mostly exclusions tells nobody anything.
            let count = all.len() - beside.len();
            let tells = count > 1 && excluded.len() <= 2 * count + 8;
            tells.then_some(Self { first, rule: Some((text, last)), excluded, beside })
        });
        let beside = || all.iter().copied().filter(|date| *date != first).collect();
        series.unwrap_or_else(|| Self { first, rule: None, excluded: Vec::new(), beside: beside() })
    }
}

/// The days of a rule beside those that are wanted.
struct Compared {
    /// The first and the last that are both.
    known: Option<(Date, Date)>,
    /// Days of the rule between these that are not wanted.
    excluded: Vec<Date>,
    /// Wanted days that the rule lacks.
    beside: Vec<Date>,
}

impl Compared {
    /// Compares days with days, both in order.
    fn of(dates: &[Date], wanted: &[Date]) -> Self {
        let mut found = Self { known: None, excluded: Vec::new(), beside: Vec::new() };
        let mut rest = dates.iter().copied().peekable();
        // Surplus days since the last that is wanted: they count if another follows.
        let mut surplus = Vec::new();
        for date in wanted.iter().copied() {
            while let Some(other) = rest.next_if(|other| *other < date) {
                surplus.push(other);
            }
            if rest.next_if_eq(&date).is_none() {
                found.beside.push(date);
                continue;
            }
            match &mut found.known {
                Some((_, last)) => {
                    *last = date;
                    found.excluded.append(&mut surplus);
                }
                None => {
                    found.known = Some((date, date));
                    surplus.clear();
                }
            }
        }
        found
    }
}

fn weekly_rule(days: WeekdaySet) -> String {
    format!("FREQ=WEEKLY;BYDAY={}", day_names(days))
}

/// `TU,TH`.
fn day_names(days: WeekdaySet) -> String {
    days.iter().map(weekday_code).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{HolidaySpan, OccasionKind, When};

    fn of(when: &str, period: &str) -> Recurrence {
        let holiday = HolidaySpan {
            kind: OccasionKind::Holiday,
            days: DateSpan::read("2026-10-01..2026-10-07").unwrap(),
            makeup_workdays: vec![],
        };
        let calendar = HolidayCalendar::new([2026], &[holiday], vec![]);
        let pattern = When::read(&format!("{when} 09:00-10:00")).unwrap().pattern;
        let period = DateSpan::read(period).unwrap();
        let wanted = pattern.dates(period.first(), period, &calendar);
        Recurrence::of(&pattern, period.first(), &wanted, &calendar).unwrap()
    }

    fn said(recurrence: &Recurrence) -> String {
        let (rule, last) = recurrence.rule.clone().unwrap();
        let days = |days: &[Date]| days.iter().map(Date::to_string).collect::<Vec<_>>().join(" ");
        let (excluded, beside) = (days(&recurrence.excluded), days(&recurrence.beside));
        format!("{} {rule} {last} -[{excluded}] +[{beside}]", recurrence.first)
    }

    #[test]
    fn odd_weeks_are_every_second_week_until_a_year_of_53_weeks_breaks_the_count() {
        assert_eq!(
            said(&of("单周 周三", "2026-09-01..2026-12-31")),
            "2026-09-09 FREQ=WEEKLY;INTERVAL=2;BYDAY=WE 2026-12-30 -[] +[]"
        );
        assert_eq!(
            said(&of("单周 周三", "2026-12-01..2027-01-31")),
            "2026-12-02 FREQ=WEEKLY;BYDAY=WE 2027-01-20 -[2026-12-09 2026-12-23 2027-01-13] +[]"
        );
    }

    #[test]
    fn a_workday_that_a_holiday_moved_stands_beside_the_rule() {
        assert_eq!(
            said(&of("每月第一个工作日", "2026-09-01..2026-12-31")),
            "2026-09-01 FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1 2026-12-01 -[2026-10-01] +[2026-10-08]"
        );
    }

    #[test]
    fn a_rule_leaves_nothing_to_its_start_and_its_count_becomes_an_end() {
        assert_eq!(
            said(&of("RRULE:FREQ=MONTHLY;INTERVAL=2;COUNT=3", "2026-09-05..2027-12-31")),
            "2026-09-05 FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=5 2027-01-05 -[] +[]"
        );
    }

    #[test]
    fn one_day_needs_no_rule() {
        let once = of("2026-12-05", "2026-09-01..2026-12-31");
        assert_eq!((once.rule, once.beside), (None, vec![]));
    }
}
