//! Pure time: days, hours, recurrence, and why.
//!
//! Everything here is civil: a date and a time of day in the place's own zone, never an instant, so that
//! nothing passes through UTC. No clock, no files, no languages: what is asked for is given, what is
//! answered carries its [`Reason`], and names of holidays or reasons of exceptions are indexes into what
//! the caller keeps. Readers turn what editors write into these types and say what is wrong as a
//! [`crate::diagnostics::Problem`].

mod compiled;
mod date;
mod holidays;
mod intervals;
mod lunar;
mod opening;
pub mod osm;
mod rrule;
mod sessions;
pub mod spoken;
mod time;
mod turns;
mod weekday;
mod when;

pub use compiled::OpenTimes;
pub(crate) use date::iso;
pub use date::{DateSpan, Day, DayOrTime, Moment, MonthDay, RoughDate, YearlySpan, at};
pub use holidays::{DayKind, HolidayCalendar, HolidaySpan, OccasionKind};
pub use intervals::{Intervals, Opening};
pub use jiff::civil::{Date, DateTime, Weekday};
pub use lunar::LunarDay;
pub use opening::{ClosingRule, DayState, HolidayRule, MakeupRule, OpeningHours, Openness, Reason};
pub use rrule::RecurrenceRule;
pub use sessions::{DayClass, Session, SessionChange, SessionRule, sessions};
pub(crate) use time::push_two;
pub use time::{TimeOfDay, TimeRange};
pub use turns::{Turn, Turns};
pub use weekday::{WeekdaySet, Weekly, WeeklyLines, weekday_code, weekday_word};
pub use when::{At, DayPattern, Pattern, WeekOfMonth, When};
