//! `content/duty/ID.yaml`: who is on duty at a centre: resident staff, a rotation, and swaps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::aliases::Aliases;
use super::centre::Centre;
use super::contact::Contact;
use super::id::Id;
use super::kind::Kind;
use super::sheets::Posters;
use super::text::Text;
use crate::calendar::{DateSpan, Day, TimeRange, Turn, Turns, WeekdaySet};

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
    /// The sheets that are printed of it, where that differs from `posters` of the site.
    #[serde(default, skip_serializing)]
    pub posters: Posters,
    /// Addresses at which this page stood before; they lead to it.
    #[serde(default)]
    pub aliases: Aliases,
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
    /// How long a turn is: `day`, `week`, `two-weeks`, `3 days`, 每天, 每周, 每两周, 每3天.
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

impl Rotation {
    /// The rule by which turns are taken.
    pub fn rule(&self) -> Turns {
        Turns {
            every: self.every,
            starts: self.starts.0,
            days: self.days.unwrap_or(WeekdaySet::ALL),
            people: self.turns.len(),
        }
    }
}

/// Somebody stands in for another.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Swap {
    /// The days.
    pub on: DateSpan,
    /// Who comes instead; nobody, if absent.
    pub instead: Option<Text>,
    /// Why.
    pub why: Option<Text>,
}

impl Kind for Duty {
    const FOLDER: &'static str = "duty";
    const WORD: &'static str = "duty";
    const MARKDOWN: bool = false;
}
