//! Opening hours as an editor writes them: a table of keys, or one text in words or in OSM's notation.
//!
//! The words stay here (the name of a season, the reason of an exception); [`Hours::rules`] hands the rules
//! to [`crate::calendar`], which answers with indexes into these lists.

use std::fmt;

use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::text::Text;
use crate::calendar::{
    ClosingRule, DateSpan, DayPattern, HolidayRule, Intervals, MakeupRule, MonthDay, OpeningHours, Weekly, YearlySpan,
    osm, spoken,
};
use crate::diagnostics::{Code, Problem};

/// Reads a text of opening hours: OSM `opening_hours`, or words in Chinese or English.
pub fn read(text: &str) -> Result<Hours, Problem> {
    let rules = if osm::looks_like_osm(text) { osm::read(text) } else { spoken::read(text) };
    rules.map(Hours::from)
}

/// Opening hours as they may stand in a file.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
pub(super) enum Written {
    /// In words, or as OSM `opening_hours`.
    Text(#[schemars(extend("format" = "hours"))] String),
    /// As a table.
    Table(Hours),
}

/// Reads a table or a text. Not by way of an untagged enum, which would copy every table first.
pub(super) fn written<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Hours>, D::Error> {
    struct Either;
    impl<'de> Visitor<'de> for Either {
        type Value = Option<Hours>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("opening hours")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
            read(text).map(Some).map_err(E::custom)
        }

        fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            Hours::deserialize(MapAccessDeserializer::new(map)).map(Some)
        }
    }
    deserializer.deserialize_any(Either)
}

/// When a place is open (HSDS `schedule`, schema.org `OpeningHoursSpecification`).
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The hours of an ordinary week; a weekday that is not named is closed.
    pub weekly: Weekly,
    /// What happens on public holidays: `closed`, `open`, or times.
    #[serde(default)]
    pub holidays: HolidayHours,
    /// What happens on holidays of the place's own area; as on public ones if absent.
    pub local_holidays: Option<HolidayHours>,
    /// What happens on make-up workdays.
    #[serde(default)]
    pub makeup_workdays: MakeupHours,
    /// Days that recur in another way than weekly, e.g. 单周周六 or 每月最后一个工作日; the first that fits holds.
    #[serde(default)]
    pub recurring: Vec<RecurringHours>,
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
            recurring: self.recurring.iter().map(|days| (days.on.0.clone(), days.hours.clone())).collect(),
            holidays: self.holidays.0.clone(),
            local_holidays: self.local_holidays.as_ref().map(|hours| hours.0.clone()),
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

impl From<OpeningHours> for Hours {
    /// Rules that came without words; closings are the notices' business and are left out.
    fn from(rules: OpeningHours) -> Self {
        Self {
            weekly: rules.weekly,
            holidays: HolidayHours(rules.holidays),
            local_holidays: rules.local_holidays.map(HolidayHours),
            makeup_workdays: match rules.makeup_workdays {
                MakeupRule::AsWeekday => MakeupHours::AsWeekday,
                MakeupRule::AsDated => MakeupHours::AsDated,
                MakeupRule::Closed => MakeupHours::Closed,
            },
            recurring: rules
                .recurring
                .into_iter()
                .map(|(on, hours)| RecurringHours { on: DayPattern(on), hours, why: None })
                .collect(),
            seasons: rules
                .seasons
                .into_iter()
                .map(|(span, weekly)| Season { name: None, from: span.from, to: span.to, weekly })
                .collect(),
            exceptions: rules
                .exceptions
                .into_iter()
                .map(|(on, hours)| HoursException { on, hours, why: None })
                .collect(),
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

/// Days that recur in another way than weekly and have hours of their own.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecurringHours {
    /// The days, e.g. 单周周六, 每月第一个周日, 每月最后一个工作日.
    pub on: DayPattern,
    /// When it is open on each of them, or `closed`.
    pub hours: Intervals,
    /// Why, e.g. 盘点.
    pub why: Option<Text>,
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
