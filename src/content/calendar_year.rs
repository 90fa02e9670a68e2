//! `content/calendar/REGION-YEAR.yaml`: the holidays of a year, its make-up workdays, closures and school holidays.
//!
//! Copied from the official notice, which is named as source. A file with `area` adds what holds in that area
//! only. The meaning of the days is [`crate::calendar::HolidayCalendar`]'s; this is only what is written.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::area::Area;
use super::contact::Source;
use super::id::Id;
use super::kind::Kind;
use super::text::Text;
use crate::calendar::{DateSpan, Day};

/// One year of one region's or one area's calendar.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarYear {
    /// The year, e.g. 2026.
    #[schemars(range(min = 1949, max = 2199))]
    #[serde(deserialize_with = "year")]
    pub year: i16,
    /// The region the days apply to, an ISO 3166 code such as CN.
    pub region: String,
    /// The area that these days are for, by its id: they are laid over those of the region for every place in it.
    pub area: Option<Id<Area>>,
    /// The official notice that the days come from.
    pub source: Source,
    /// The holidays.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
    /// When the schools are on holiday.
    #[serde(default)]
    pub school_holidays: Vec<SchoolHoliday>,
}

/// Days without school.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SchoolHoliday {
    /// The name, e.g. 寒假.
    pub name: Text,
    /// The first and last day without school.
    pub days: DateSpan,
}

fn year<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i16, D::Error> {
    let year = i16::deserialize(deserializer)?;
    if (1949..=2199).contains(&year) { Ok(year) } else { Err(serde::de::Error::custom("year out of range")) }
}

/// One occasion: its days off and the workdays that make up for them.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The name, e.g. 国庆节.
    pub name: Text,
    /// What sort of day it is.
    #[serde(default)]
    pub kind: HolidayKind,
    /// The days off, first to last.
    pub days: DateSpan,
    /// The weekend days on which people work for it.
    #[serde(default)]
    pub makeup_workdays: Vec<MakeupWorkday>,
}

/// What sort of day an occasion makes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HolidayKind {
    /// A public holiday; in a file with `area`, a holiday of that area, e.g. a herders' festival.
    #[default]
    Holiday,
    /// Everything in the region or area is closed, e.g. for a snow storm.
    Closure,
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
