//! `content/outreach/ID.yaml`: a service that travels to people: its stops and date windows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::aliases::Aliases;
use super::area::Area;
use super::contact::{Contact, Location};
use super::id::Id;
use super::kind::Kind;
use super::policy::Policy;
use super::sheets::Posters;
use super::site::Audience;
use super::team::Team;
use super::text::{LanguageTag, Text};
use crate::calendar::{DateSpan, TimeRange};

/// A travelling service, e.g. 马背流动讲堂.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Outreach {
    /// The title.
    pub title: Text,
    /// One or two sentences: what comes, to whom, how.
    pub summary: Text,
    /// The area it travels in.
    pub area: Option<Id<Area>>,
    /// The team that travels.
    pub led_by: Option<Id<Team>>,
    /// Whom it is for.
    #[serde(default)]
    pub audience: Vec<Id<Audience>>,
    /// What it brings: talks, help, papers, one each.
    #[serde(default)]
    pub brings: Vec<Text>,
    /// The policies that are explained on the way.
    #[serde(default)]
    pub policies: Vec<Id<Policy>>,
    /// Where it stops, in any order: the page sorts them by date.
    pub stops: Vec<Stop>,
    /// What happens when the weather is bad.
    pub weather_note: Option<Text>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// The sheets that are printed of it, where that differs from `posters` of the site.
    #[serde(default, skip_serializing)]
    pub posters: Posters,
    /// Addresses at which this page stood before; they lead to it.
    #[serde(default)]
    pub aliases: Aliases,
}

/// A stop on the route.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// The place.
    pub place: Text,
    /// The village or other area it lies in.
    pub area: Option<Id<Area>>,
    /// The day, or the first and last day between which it comes.
    pub on: DateSpan,
    /// From when to when.
    pub time: Option<TimeRange>,
    /// The place on the map.
    pub location: Option<Location>,
    /// The languages spoken there.
    #[serde(default)]
    pub languages: Vec<LanguageTag>,
    /// Whether it comes only in good weather.
    #[serde(default)]
    pub weather_dependent: bool,
    /// What to know about this stop.
    pub note: Option<Text>,
    /// Not held; the text says why.
    pub cancelled: Option<Text>,
}

impl Kind for Outreach {
    const FOLDER: &'static str = "outreach";
    const WORD: &'static str = "outreach";
    const MARKDOWN: bool = false;
}
