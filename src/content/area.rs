//! `content/areas.yaml`: the areas from province down to grid, each with its contact and status.
//!
//! Written as a tree, since editors think of it as one; each area has an id of its own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::contact::{Contact, Figure};
use super::id::Id;
use super::postal::Postal;
use super::text::Text;

/// The file `content/areas.yaml`.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AreasFile {
    /// What the status colours mean here, by colour.
    #[serde(default)]
    pub status_meaning: Vec<StatusMeaning>,
    /// The topmost areas.
    pub areas: Vec<Area>,
}

/// What one status says in this place.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusMeaning {
    /// The status.
    pub status: AreaStatus,
    /// What it means, e.g. 平稳有序.
    pub meaning: Text,
}

/// An area: a district, street, community, village or grid.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// The id by which centres and notices name this area.
    pub id: Id<Area>,
    /// The name, e.g. 白银路街道.
    pub name: Text,
    /// Which level of the hierarchy it is.
    pub level: AreaLevel,
    /// How things stand there.
    pub status: Option<AreaStatus>,
    /// The day to which the status refers.
    pub status_as_of: Option<crate::calendar::Day>,
    /// A sentence or two about it.
    pub summary: Option<Text>,
    /// Who is responsible, by role.
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// Figures about it.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// What stands in every postal address in it, for open data; what an area inside it says counts there.
    pub postal: Option<Postal>,
    /// The areas inside it.
    #[serde(default)]
    pub areas: Vec<Area>,
}

impl Area {
    /// It and all areas inside it, each before those inside it.
    pub fn with_inner(&self) -> Box<dyn Iterator<Item = &Area> + '_> {
        Box::new(std::iter::once(self).chain(self.areas.iter().flat_map(Area::with_inner)))
    }

    /// The area without the areas inside it.
    pub fn alone(&self) -> Self {
        Self {
            id: self.id.clone(),
            name: self.name.clone(),
            level: self.level,
            status: self.status,
            status_as_of: self.status_as_of,
            summary: self.summary.clone(),
            contacts: self.contacts.clone(),
            figures: self.figures.clone(),
            postal: self.postal.clone(),
            areas: Vec::new(),
        }
    }
}

/// A level of the area hierarchy, widest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AreaLevel {
    /// 省、自治区.
    Province,
    /// 市.
    City,
    /// 区、县.
    District,
    /// 街道.
    Street,
    /// 乡、镇.
    Township,
    /// 社区.
    Community,
    /// 村.
    Village,
    /// 网格.
    Grid,
}

/// The dynamic status of an area; always shown with its word and a sign, never by colour alone (WCAG 1.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AreaStatus {
    /// Needs work now.
    Red,
    /// Is being watched.
    Yellow,
    /// Is in order.
    Blue,
}
