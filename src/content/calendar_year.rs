//! `content/calendar/REGION-YEAR.yaml`: the public holidays of a year and its make-up workdays.
//!
//! Copied from the official notice, which is named as source. The meaning of the days is
//! [`crate::calendar::HolidayCalendar`]'s; this is only what is written.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::contact::Source;
use super::kind::Kind;
use super::text::Text;
use crate::calendar::{DateSpan, Day};

/// One year of one region's public holidays.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarYear {
    /// The year, e.g. 2026.
    #[schemars(range(min = 1949, max = 2199))]
    #[serde(deserialize_with = "year")]
    pub year: i16,
    /// The region the days apply to, an ISO 3166 code such as CN.
    pub region: String,
    /// The official notice that the days come from.
    pub source: Source,
    /// The holidays.
    pub holidays: Vec<Holiday>,
}

fn year<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i16, D::Error> {
    let year = i16::deserialize(deserializer)?;
    if (1949..=2199).contains(&year) { Ok(year) } else { Err(serde::de::Error::custom("year out of range")) }
}

/// One public holiday: its days off and the workdays that make up for them.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The name, e.g. 国庆节.
    pub name: Text,
    /// The days off, first to last.
    pub days: DateSpan,
    /// The weekend days on which people work for it.
    #[serde(default)]
    pub makeup_workdays: Vec<MakeupWorkday>,
}

/// A weekend day on which people work.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum MakeupWorkday {
    /// The day alone: it keeps the hours of the nearest weekday.
    Day(Day),
    /// The day and the day off that it replaces, whose weekday's hours it keeps.
    Replacing(ReplacingDay),
}

/// A make-up workday with the day off that it replaces.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplacingDay {
    /// The weekend day on which people work.
    pub on: Day,
    /// The day off that it replaces.
    pub replaces: Day,
}

impl Kind for CalendarYear {
    const FOLDER: &'static str = "calendar";
    const WORD: &'static str = "calendar";
    const MARKDOWN: bool = false;
}
