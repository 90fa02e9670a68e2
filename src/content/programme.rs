//! `content/programmes/ID.yaml`: the weekly programme of one centre for a period.
//!
//! An activity says when it recurs in `when` ([`crate::calendar::When`]), using the programme's named
//! slots if it likes; its exceptions cancel, move or change single sessions.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::aliases::Aliases;
use super::centre::Centre;
use super::id::Id;
use super::kind::Kind;
use super::sheets::Posters;
use super::site::{Audience, Strand};
use super::team::Team;
use super::text::Text;
use super::unique::unique;
use crate::calendar::{DateSpan, DayClass, Moment, TimeRange, WeekdaySet, When};

/// A weekly programme of one centre.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// The title, as on the board in the lobby.
    pub title: Text,
    /// The centre where it takes place, by its id.
    pub centre: Id<Centre>,
    /// A sentence or two for the top of the page.
    pub summary: Option<Text>,
    /// The first and last day on which it holds.
    pub valid: DateSpan,
    /// Named parts of the day, e.g. `上午: "09:00-11:30"`, in the order of the board's rows.
    #[serde(default, deserialize_with = "unique")]
    pub slots: IndexMap<String, TimeRange>,
    /// Themes of weekdays, e.g. `{days: 周一, theme: 暖心志愿服务}`.
    #[serde(default)]
    pub day_themes: Vec<DayTheme>,
    /// The activities, in any order.
    pub activities: Vec<Activity>,
    /// Remarks below the board.
    #[serde(default)]
    pub notes: Vec<Text>,
    /// The sheets that are printed of it, where that differs from `posters` of the site.
    #[serde(default, skip_serializing)]
    pub posters: Posters,
    /// Addresses at which this page stood before; they lead to it.
    #[serde(default)]
    pub aliases: Aliases,
}

/// The theme of some weekdays.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DayTheme {
    /// The weekdays, e.g. 周一.
    pub days: WeekdaySet,
    /// The theme, e.g. 暖心志愿服务.
    pub theme: Text,
}

/// Something that takes place again and again.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// A name for its address and its calendar that stays when the title changes; one is made from the title if absent.
    pub id: Option<Id<Activity>>,
    /// What it is called.
    pub title: Text,
    /// The strand it belongs to, by its id in `site.yaml`.
    pub strand: Option<Id<Strand>>,
    /// When it recurs: days, then a slot's name or a time.
    pub when: When,
    /// The part of the programme's period in which it takes place, if not all of it.
    pub valid: Option<DateSpan>,
    /// What happens, in a sentence or two.
    pub summary: Option<Text>,
    /// The room.
    pub room: Option<Text>,
    /// Whom it is for, by ids in `site.yaml`.
    #[serde(default)]
    pub audience: Vec<Id<Audience>>,
    /// The team that leads it, by its id.
    pub led_by: Option<Id<Team>>,
    /// Who leads it, by role, where it is not a team.
    pub leader: Option<Text>,
    /// What it costs, e.g. 免费.
    pub cost: Option<Text>,
    /// How to take part, e.g. 电话预约.
    pub booking: Option<Text>,
    /// How many people can take part.
    pub places: Option<u32>,
    /// It takes place only on such days, e.g. `[school-holidays]` for a summer class; empty means on any.
    #[serde(default)]
    pub only_on: Vec<Days>,
    /// It does not take place on such days, e.g. `[school-holidays]` for what follows the school terms.
    #[serde(default)]
    pub not_on: Vec<Days>,
    /// Single sessions that differ.
    #[serde(default)]
    pub exceptions: Vec<SessionException>,
    /// Sessions beside the usual ones.
    #[serde(default)]
    pub extra: Vec<ExtraSession>,
}

/// A class of days, as the public calendar has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Days {
    /// Days without school.
    SchoolHolidays,
    /// Public holidays, local ones included.
    PublicHolidays,
    /// Weekend days on which people work.
    MakeupWorkdays,
}

impl From<Days> for DayClass {
    fn from(days: Days) -> Self {
        match days {
            Days::SchoolHolidays => DayClass::SchoolHolidays,
            Days::PublicHolidays => DayClass::PublicHolidays,
            Days::MakeupWorkdays => DayClass::MakeupWorkdays,
        }
    }
}

/// A session beside the usual ones.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtraSession {
    /// The date and time, e.g. `2026-12-26 14:30-16:00`.
    pub on: Moment,
    /// The room, if it is not the usual one.
    pub room: Option<Text>,
    /// Why there is one more.
    pub why: Option<Text>,
}

/// What differs about the sessions of some dates.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionException {
    /// The date or dates.
    pub on: DateSpan,
    /// Not held; the text says why.
    pub cancelled: Option<Text>,
    /// Held at another date and time instead, e.g. `2026-10-09 14:30-17:00`.
    pub moved_to: Option<Moment>,
    /// Something else takes place instead; the text says what.
    pub replaced_by: Option<Text>,
    /// Held in another room.
    pub room: Option<Text>,
    /// Why it differs.
    pub why: Option<Text>,
}

impl Kind for Programme {
    const FOLDER: &'static str = "programmes";
    const WORD: &'static str = "programme";
    const MARKDOWN: bool = false;
}
