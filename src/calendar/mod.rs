//! Pure time: days, hours, recurrence, and why.
//!
//! Everything here is civil: a date and a time of day in the place's own zone, never an instant, so that
//! nothing passes through UTC. No clock, no files, no languages: what is asked for is given, what is
//! answered carries its [`Reason`], and names of holidays or reasons of exceptions are indexes into what
//! the caller keeps. Readers turn what editors write into these types and say what is wrong as a
//! [`crate::diagnostics::Problem`].

mod date;
mod holidays;
mod opening;
mod sessions;
mod time;
mod weekday;
mod when;

pub use date::{DateSpan, Day, Moment, MonthDay, RoughDate, YearlySpan};
pub use holidays::{DayKind, HolidayCalendar, HolidaySpan};
pub use jiff::civil::{Date, Weekday};
pub use opening::{ClosingRule, DayState, HolidayRule, MakeupRule, OpeningHours, Reason};
pub use sessions::{Session, SessionChange, SessionRule, sessions};
pub use time::{Intervals, TimeOfDay, TimeRange};
pub use weekday::{WeekdaySet, Weekly, WeeklyLine};
pub use when::{At, Pattern, WeekOfMonth, When};
