//! Opening hours as an editor writes them.
//!
//! The words stay here (the name of a season, the reason of an exception); [`Hours::rules`] hands the rules
//! to [`crate::calendar`], which answers with indexes into these lists.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::Text;
use crate::calendar::{
    ClosingRule, DateSpan, HolidayRule, Intervals, MakeupRule, MonthDay, OpeningHours, Weekly, YearlySpan,
};
use crate::diagnostics::{Code, Problem};

/// When a place is open (HSDS `schedule`, schema.org `OpeningHoursSpecification`).
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The hours of an ordinary week; a weekday that is not named is closed.
    pub weekly: Weekly,
    /// What happens on public holidays: `closed`, `open`, or times.
    #[serde(default)]
    pub holidays: HolidayHours,
    /// What happens on make-up workdays.
    #[serde(default)]
    pub makeup_workdays: MakeupHours,
    /// Parts of the year with hours of their own.
    #[serde(default)]
    pub seasons: Vec<Season>,
    /// Single days that differ.
    #[serde(default)]
    pub exceptions: Vec<HoursException>,
}

impl Hours {
    /// The rules, for the calendar; `closings` are the notices that close the place.
    pub fn rules(&self, closings: Vec<ClosingRule>) -> OpeningHours {
        OpeningHours {
            weekly: self.weekly.clone(),
            seasons: self
                .seasons
                .iter()
                .map(|season| (YearlySpan { from: season.from, to: season.to }, season.weekly.clone()))
                .collect(),
            holidays: self.holidays.0.clone(),
            makeup_workdays: match self.makeup_workdays {
                MakeupHours::AsWeekday => MakeupRule::AsWeekday,
                MakeupHours::AsDated => MakeupRule::AsDated,
                MakeupHours::Closed => MakeupRule::Closed,
            },
            exceptions: self.exceptions.iter().map(|e| (e.on, e.hours.clone())).collect(),
            closings,
        }
    }
}

/// What happens on public holidays: `closed`, `open` (as on any day), or times.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("format" = "holiday-hours"))]
pub struct HolidayHours(pub HolidayRule);

impl HolidayHours {
    /// Reads `closed`, `open` or times, in either language.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let rule = match text.trim() {
            "closed" | "休息" | "不开放" => HolidayRule::Closed,
            "open" | "照常" | "照常开放" => HolidayRule::Open,
            times => HolidayRule::Hours(Intervals::read(times).map_err(|problem| match problem.code {
                Code::NotATime => Problem::new(Code::NotAHolidayRule).with("text", text),
                _ => problem,
            })?),
        };
        Ok(Self(rule))
    }
}

impl TryFrom<String> for HolidayHours {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::read(&text)
    }
}

impl From<HolidayHours> for String {
    fn from(hours: HolidayHours) -> String {
        match hours.0 {
            HolidayRule::Closed => "closed".to_owned(),
            HolidayRule::Open => "open".to_owned(),
            HolidayRule::Hours(intervals) => intervals.into(),
        }
    }
}

/// What happens on make-up workdays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MakeupHours {
    /// The hours of the weekday that the day replaces.
    #[default]
    AsWeekday,
    /// The hours of the Saturday or Sunday that it is.
    AsDated,
    /// Closed.
    Closed,
}

/// A part of the year with hours of its own.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Season {
    /// What it is called, e.g. 夏季.
    pub name: Option<Text>,
    /// Its first day, e.g. `07-01`.
    pub from: MonthDay,
    /// Its last day; it may lie before `from`, across the new year.
    pub to: MonthDay,
    /// The hours of a week in it.
    pub weekly: Weekly,
}

/// A day or days that differ.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoursException {
    /// The day or days.
    pub on: DateSpan,
    /// When it is open on each of them, or `closed`.
    pub hours: Intervals,
    /// Why.
    pub why: Option<Text>,
}
