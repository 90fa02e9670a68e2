//! The Chinese lunar calendar, for dates that are shown beside civil ones.
//!
//! The reckoning is ICU4X's. It was compared with the tables of the observatory day by day: from 1949 on it differs in
//! 1954, 1957 and 2057 only, by one day within some months. Nothing is said of those years, rather than something wrong.

use icu_calendar::cal::ChineseTraditional;

use super::Date;

/// A day of the lunar calendar, its year left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LunarDay {
    /// The month, from 1 to 12.
    pub month: u8,
    /// Whether it is the leap month of that number.
    pub leap: bool,
    /// The day, from 1 to 30.
    pub day: u8,
}

/// The years for which the reckoning is known to be right.
const FIRST: i16 = 1949;
const LAST: i16 = 2099;
const DOUBTFUL: [i16; 3] = [1954, 1957, 2057];

impl LunarDay {
    /// The lunar day of a civil date; `None` where the reckoning is not known to be right.
    pub fn of(date: Date) -> Option<Self> {
        let year = date.year();
        if !(FIRST..=LAST).contains(&year) || DOUBTFUL.contains(&year) {
            return None;
        }
        let iso = icu_calendar::Date::try_new_iso(
            year.into(),
            u8::try_from(date.month()).ok()?,
            u8::try_from(date.day()).ok()?,
        )
        .ok()?;
        let lunar = iso.to_calendar(ChineseTraditional::new());
        let month = lunar.month().to_input();
        Some(Self { month: month.number(), leap: month.is_leap(), day: lunar.day_of_month().0 })
    }
}
