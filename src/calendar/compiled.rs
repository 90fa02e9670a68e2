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
        let mut stretches: Vec<Stretch> = Vec::with_capacity(days.len() * 2);
        let from_before = before.iter().map(|state| (-DAY, state));
        let in_span = days.iter().zip(0..).map(|(state, number)| (number * DAY, state));
        for (midnight, state) in from_before.chain(in_span) {
            for opening in state.intervals.openings() {
                let minutes = |time: super::TimeOfDay| midnight + i64::from(time.minutes());
                let (start, end) = (minutes(opening.time.start()), minutes(opening.time.end()));
                if end <= 0 {
                    continue;
                }
                // A night and the morning after it may touch or overlap: that is one stretch.
                match stretches.last_mut() {
                    Some(last) if last.end >= start && last.by_appointment == opening.by_appointment => {
                        last.end = last.end.max(end);
                    }
                    _ => stretches.push(Stretch { start, end, by_appointment: opening.by_appointment }),
                }
            }
        }
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
        let later = self.stretches.partition_point(|stretch| stretch.start <= minute);
        // Stretches of the two kinds may overlap by a night's hours; the later one says how it is.
        let inside = |stretch: &&Stretch| minute < stretch.end;
        let found = self.stretches.get(later.saturating_sub(2)..later).unwrap_or_default().iter().rev().find(inside);
        Some(match found {
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
    fn the_next_change_is_the_next_time_at_which_something_is_different() {
        let times = night_and_morning();
        let next = |date: Date, hour| times.next_change(date.at(hour, 0, 0, 0)).map(|time| time.to_string());
        assert_eq!(next(date(2026, 11, 27), 0).as_deref(), Some("2026-11-27T02:00:00"));
        assert_eq!(next(date(2026, 11, 27), 12).as_deref(), Some("2026-11-27T14:00:00"));
        assert_eq!(next(date(2026, 11, 27), 16).as_deref(), Some("2026-12-03T18:00:00"));
        assert_eq!(next(date(2026, 12, 3), 20), None);
    }
}
