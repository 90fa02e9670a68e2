//! `content/duty/ID.yaml`: who is on duty at a centre: resident staff, a rotation, and swaps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::centre::Centre;
use super::contact::Contact;
use super::id::Id;
use super::kind::Kind;
use super::text::Text;
use crate::calendar::{DateSpan, Day, TimeRange, WeekdaySet};

/// A duty roster (常驻＋轮值).
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// The title.
    pub title: Text,
    /// The centre, by its id.
    pub centre: Id<Centre>,
    /// The first and last day on which the roster holds.
    pub valid: DateSpan,
    /// Those who are always there, by role.
    #[serde(default)]
    pub resident: Vec<Resident>,
    /// Those who take turns.
    pub rotation: Option<Rotation>,
    /// Single days or weeks on which somebody else stands in.
    #[serde(default)]
    pub swaps: Vec<Swap>,
    /// What those on duty do, one each.
    #[serde(default)]
    pub tasks: Vec<Text>,
    /// Whom to ask.
    pub contact: Option<Contact>,
}

/// Somebody who is always there on some weekdays.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Resident {
    /// The role, e.g. 公益性岗位管理员.
    pub role: Text,
    /// The weekdays.
    pub days: WeekdaySet,
    /// From when to when.
    pub time: Option<TimeRange>,
}

/// Roles or groups that take turns.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    /// How long a turn is.
    pub every: Turn,
    /// The first day of the first turn.
    pub starts: Day,
    /// The weekdays on which the one whose turn it is comes; every day if absent.
    pub days: Option<WeekdaySet>,
    /// From when to when.
    pub time: Option<TimeRange>,
    /// Who takes turns, in order.
    pub turns: Vec<Text>,
}

/// How long a turn is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// One day on duty, then the next.
    Day,
    /// One calendar week, Monday to Sunday.
    Week,
    /// Two calendar weeks.
    TwoWeeks,
}

/// Somebody stands in for another.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Swap {
    /// The days.
    pub on: DateSpan,
    /// Who comes instead.
    pub instead: Text,
    /// Why.
    pub why: Option<Text>,
}

impl Kind for Duty {
    const FOLDER: &'static str = "duty";
    const WORD: &'static str = "duty";
    const MARKDOWN: bool = false;
}
