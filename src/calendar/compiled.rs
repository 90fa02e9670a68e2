//! Opening hours written out for a span of days, to answer quickly and to be handed to other programs.
//!
//! What [`OpeningHours`] works out day by day is here a sorted list of minutes counted from the midnight before the
//! first day, with each day's reason beside it. The night that runs into the first day is included. Outside the span
//! nothing is known, and that is what is answered.

use jiff::civil::{Date, DateTime};

use super::date::DateSpan;
use super::holidays::HolidayCalendar;
use super::opening::{DayState, OpeningHours, Openness};

/// The open times of a place over a span of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenTimes {
    span: DateSpan,
    days: Vec<DayState>,
    stretches: Vec<Stretch>,
}

/// A stretch of open time, in minutes from the first day's midnight; one that began the night before begins below 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Stretch {
    start: i64,
    end: i64,
    by_appointment: bool,
}

const DAY: i64 = 24 * 60;

impl OpenTimes {
    /// Writes out the days of a span.
    pub fn compile(hours: &OpeningHours, calendar: &HolidayCalendar, span: DateSpan) -> Self {
        let days: Vec<DayState> = span.days().map(|date| hours.on(date, calendar)).collect();
        let before = span.first().yesterday().ok().map(|date| hours.on(date, calendar));
        let from_before = before.iter().map(|state| (-DAY, state));
        let in_span = days.iter().zip(0..).map(|(state, number)| (number * DAY, state));
        let all = from_before.chain(in_span).flat_map(|(midnight, state)| {
            state.intervals.openings().iter().map(move |opening| {
                let minutes = |time: super::TimeOfDay| midnight + i64::from(time.minutes());
                let (start, end) = (minutes(opening.time.start()), minutes(opening.time.end()));
                Stretch { start, end, by_appointment: opening.by_appointment }
            })
        });
        let stretches = apart(all.filter(|stretch| stretch.end > 0).collect());
        Self { span, days, stretches }
    }

    /// The days that are written out.
    pub fn span(&self) -> DateSpan {
        self.span
    }

    /// Each day with its state, in order.
    pub fn days(&self) -> impl Iterator<Item = (Date, &DayState)> {
        self.span.days().zip(&self.days)
    }

    /// The state of a day; `None` outside the span.
    pub fn day(&self, date: Date) -> Option<&DayState> {
        let number = usize::try_from(days_between(self.span.first(), date)).ok()?;
        self.days.get(number)
    }

    /// Whether the place is open at a civil time; `None` outside the span.
    pub fn at(&self, now: DateTime) -> Option<Openness> {
        let minute = self.minute(now)?;
        let begun = self.stretches.partition_point(|stretch| stretch.start <= minute);
        let last = begun.checked_sub(1).and_then(|number| self.stretches.get(number));
        Some(match last.filter(|stretch| minute < stretch.end) {
            None => Openness::Closed,
            Some(stretch) if stretch.by_appointment => Openness::ByAppointment,
            Some(_) => Openness::Open,
        })
    }

    /// The next time at which the place opens, closes, or asks for appointments or no longer does; `None` if the
    /// span holds no such time.
    pub fn next_change(&self, now: DateTime) -> Option<DateTime> {
        let minute = self.minute(now)?;
        let current = self.at(now)?;
        let later = self.stretches.partition_point(|stretch| stretch.end <= minute);
        let edges = self.stretches.get(later..)?.iter().flat_map(|stretch| [stretch.start, stretch.end]);
        let last = i64::try_from(self.days.len()).ok()? * DAY;
        let changes = edges.filter(|edge| *edge > minute && *edge < last);
        changes.filter_map(|edge| self.time(edge)).find(|time| self.at(*time).is_some_and(|then| then != current))
    }

    fn minute(&self, now: DateTime) -> Option<i64> {
        self.span.contains(now.date()).then(|| {
            let days = days_between(self.span.first(), now.date());
            days * DAY + i64::from(now.hour()) * 60 + i64::from(now.minute())
        })
    }

    fn time(&self, minute: i64) -> Option<DateTime> {
        let midnight = self.span.first().to_datetime(jiff::civil::Time::midnight());
        midnight.checked_add(jiff::Span::new().try_minutes(minute).ok()?).ok()
    }
}

/// Stretches made apart from each other: where a night and the day after it overlap, the one without appointment holds.
fn apart(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let (by_appointment, open): (Vec<Stretch>, Vec<Stretch>) = stretches.into_iter().partition(|s| s.by_appointment);
    let open = joined(open);
    let by_appointment = joined(by_appointment).into_iter().flat_map(|stretch| {
        let inside = open.iter().filter(|open| open.end > stretch.start && open.start < stretch.end);
        let mut start = stretch.start;
        let mut left = Vec::new();
        for open in inside {
            left.push(Stretch { start, end: open.start, ..stretch });
            start = open.end;
        }
        left.push(Stretch { start, ..stretch });
        left.retain(|left| left.start < left.end);
        left
    });
    let mut all: Vec<Stretch> = by_appointment.collect();
    all.extend(open);
    all.sort_unstable();
    all
}

/// Stretches of one kind, those that touch or overlap made one.
fn joined(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    stretches.dedup_by(|next, last| {
        let touches = next.start <= last.end;
        if touches {
            last.end = last.end.max(next.end);
        }
        touches
    });
    stretches
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::super::intervals::Intervals;
    use super::super::weekday::{WeekdaySet, Weekly};
    use super::*;
    use jiff::civil::date;

    fn night_and_morning() -> OpenTimes {
        let read = |days: &str, times: &str| (WeekdaySet::read(days).unwrap(), Intervals::read(times).unwrap());
        let weekly = [read("thu", "18:00-02:00"), read("fri", "09:00-12:00, 14:00-16:00预约")];
        let hours = OpeningHours { weekly: Weekly::new(weekly).unwrap(), ..OpeningHours::default() };
        let span = DateSpan::read("2026-11-27..2026-12-03").unwrap();
        OpenTimes::compile(&hours, &HolidayCalendar::new([2026], &[], vec![]), span)
    }

    #[test]
    fn the_night_before_reaches_into_the_first_day() {
        let times = night_and_morning();
        let at = |hour, minute| times.at(date(2026, 11, 27).at(hour, minute, 0, 0));
        assert_eq!(at(1, 59), Some(Openness::Open));
        assert_eq!(at(2, 0), Some(Openness::Closed));
        assert_eq!(at(11, 59), Some(Openness::Open));
        assert_eq!(at(14, 0), Some(Openness::ByAppointment));
        assert_eq!(times.at(date(2026, 12, 4).at(9, 0, 0, 0)), None);
    }

    #[test]
    fn where_a_night_and_the_day_after_overlap_the_more_open_one_holds() {
        let read = |days: &str, times: &str| (WeekdaySet::read(days).unwrap(), Intervals::read(times).unwrap());
        let weekly = [read("fri", "20:00-次日06:00"), read("sat", "01:00-02:00预约, 05:00-07:00预约")];
        let hours = OpeningHours { weekly: Weekly::new(weekly).unwrap(), ..OpeningHours::default() };
        let calendar = HolidayCalendar::new([2026], &[], vec![]);
        let times = OpenTimes::compile(&hours, &calendar, DateSpan::read("2026-11-27..2026-11-29").unwrap());
        for (hour, expected) in
            [(1, Openness::Open), (5, Openness::Open), (6, Openness::ByAppointment), (7, Openness::Closed)]
        {
            let now = date(2026, 11, 28).at(hour, 0, 0, 0);
            assert_eq!((times.at(now), hours.at(now, &calendar).0), (Some(expected), expected), "{hour}");
        }
        let next = times.next_change(date(2026, 11, 28).at(0, 30, 0, 0)).unwrap();
        assert_eq!(next.to_string(), "2026-11-28T06:00:00");
    }

    #[test]
    fn the_next_change_is_the_next_time_at_which_something_is_different() {
        let times = night_and_morning();
        let next = |date: Date, hour| times.next_change(date.at(hour, 0, 0, 0)).map(|time| time.to_string());
        assert_eq!(next(date(2026, 11, 27), 0).as_deref(), Some("2026-11-27T02:00:00"));
        assert_eq!(next(date(2026, 11, 27), 12).as_deref(), Some("2026-11-27T14:00:00"));
        assert_eq!(next(date(2026, 11, 27), 16).as_deref(), Some("2026-12-03T18:00:00"));
        assert_eq!(next(date(2026, 12, 3), 20), None);
    }
}
