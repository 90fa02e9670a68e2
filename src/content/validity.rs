//! Whether something that holds for a time has not begun, holds, or is over.

use crate::calendar::{DateSpan, DateTime, DayOrTime};

/// How something that holds for a time stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// It has not begun.
    NotYet,
    /// It holds.
    Current,
    /// It is over.
    Over,
}

impl Validity {
    /// At a civil time; both ends are included, an end that is a time is not.
    pub fn of(from: Option<DayOrTime>, until: Option<DayOrTime>, now: DateTime) -> Self {
        if from.is_some_and(|from| now < from.begins()) {
            Self::NotYet
        } else if until.is_some_and(|until| until.ends() <= now) {
            Self::Over
        } else {
            Self::Current
        }
    }

    /// Of something that holds for whole days.
    pub fn of_days(days: DateSpan, now: DateTime) -> Self {
        let whole = |date| Some(DayOrTime { date, time: None });
        Self::of(whole(days.first()), whole(days.last()), now)
    }
}
