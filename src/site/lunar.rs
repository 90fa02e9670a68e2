//! How a language writes dates of the Chinese lunar calendar: 农历十月十六.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Wording;
use super::wording::fill;
use crate::calendar::{Date, LunarDay};

/// How dates of the lunar calendar are written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LunarPatterns {
    /// A day, from `{month}` and `{day}`.
    pub date: String,
    /// A leap month, from `{month}`.
    pub leap: String,
    /// The twelve months.
    pub months: Vec<String>,
    /// The thirty days.
    pub days: Vec<String>,
}

impl Wording {
    /// A date in the lunar calendar, if the language writes such dates.
    pub fn lunar_day(&self, date: Date) -> Option<String> {
        let patterns = self.lunar.as_ref()?;
        let lunar = LunarDay::of(date)?;
        let month = patterns.months.get(usize::from(lunar.month.checked_sub(1)?))?;
        let month = if lunar.leap { fill(&patterns.leap, &[("month", month)]) } else { month.clone() };
        let day = patterns.days.get(usize::from(lunar.day.checked_sub(1)?))?;
        Some(fill(&patterns.date, &[("month", &month), ("day", day)]))
    }
}
