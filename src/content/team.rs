//! `content/teams/ID.md`: a volunteer team. The body is Markdown.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::aliases::Aliases;
use super::area::Area;
use super::centre::Centre;
use super::contact::{Contact, Figure, Picture};
use super::id::Id;
use super::kind::Kind;
use super::sheets::Posters;
use super::site::Audience;
use super::text::Text;
use crate::calendar::WeeklyLines;

/// A volunteer team (HSDS `organization`).
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// The name, e.g. 甘甘志愿维修队.
    pub name: Text,
    /// One sentence: what the team is there for.
    pub purpose: Text,
    /// The centre it works from, by its id.
    pub centre: Option<Id<Centre>>,
    /// The area it works in.
    pub area: Option<Id<Area>>,
    /// What it does for residents, one each.
    #[serde(default)]
    pub services: Vec<Text>,
    /// Whom it helps.
    #[serde(default)]
    pub audience: Vec<Id<Audience>>,
    /// Who its members are, e.g. 退休水电工、在职党员.
    pub members: Option<Text>,
    /// How many members it has.
    pub size: Option<u32>,
    /// When the team can be met at its centre, where that differs from the opening hours, e.g. `tue,thu 14:30-17:00`.
    pub hours: Option<WeeklyLines>,
    /// When the team can be met or works, in words.
    pub when: Option<Text>,
    /// How to ask for help.
    pub ask: Option<Text>,
    /// How to join.
    pub join: Option<Text>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// Since when it exists, e.g. 2020年.
    pub since: Option<Text>,
    /// Figures that show what it did.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// Pictures.
    #[serde(default)]
    pub pictures: Vec<Picture>,
    /// The sheets that are printed of it, where that differs from `posters` of the site.
    #[serde(default, skip_serializing)]
    pub posters: Posters,
    /// Addresses at which this page stood before; they lead to it.
    #[serde(default)]
    pub aliases: Aliases,
}

impl Kind for Team {
    const FOLDER: &'static str = "teams";
    const WORD: &'static str = "team";
    const MARKDOWN: bool = true;
    const TITLE: &'static str = "name";
}
