//! `content/events/ID.md`: something that happens once, with its zones. The body is Markdown.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::aliases::Aliases;
use super::area::Area;
use super::centre::Centre;
use super::contact::{Contact, Location, Picture};
use super::id::Id;
use super::kind::Kind;
use super::sheets::Posters;
use super::site::{Audience, Strand};
use super::text::Text;
use crate::calendar::{DateSpan, TimeRange};

/// Something that happens once (schema.org `Event`).
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// What it is called.
    pub title: Text,
    /// One sentence for lists.
    pub summary: Option<Text>,
    /// The day or days.
    pub on: DateSpan,
    /// From when to when on each day.
    pub time: Option<TimeRange>,
    /// The centre where it takes place, by its id.
    pub centre: Option<Id<Centre>>,
    /// The place, where it is not a centre or is a part of one.
    pub place: Option<Text>,
    /// The place on the map, where it is not a centre.
    pub location: Option<Location>,
    /// The area whose residents it concerns.
    pub area: Option<Id<Area>>,
    /// The strand it belongs to.
    pub strand: Option<Id<Strand>>,
    /// Whom it is for.
    #[serde(default)]
    pub audience: Vec<Id<Audience>>,
    /// The parts of the place and what happens in each.
    #[serde(default)]
    pub zones: Vec<Zone>,
    /// Who organises it.
    #[serde(default)]
    pub organisers: Vec<Text>,
    /// What it costs.
    pub cost: Option<Text>,
    /// How to take part.
    pub booking: Option<Text>,
    /// What to bring.
    #[serde(default)]
    pub bring: Vec<Text>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// Not held; the text says why.
    pub cancelled: Option<Text>,
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

/// A part of an event's place.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// The name, e.g. 直播带岗区.
    pub name: Text,
    /// What happens there.
    pub what: Option<Text>,
    /// From when to when, where it differs from the event's time.
    pub time: Option<TimeRange>,
}

impl Kind for Event {
    const FOLDER: &'static str = "events";
    const WORD: &'static str = "event";
    const MARKDOWN: bool = true;
}
