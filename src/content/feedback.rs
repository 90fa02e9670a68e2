//! `content/feedback/ID.yaml`: what people raised and what was answered.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::aliases::Aliases;
use super::area::Area;
use super::centre::Centre;
use super::contact::{Contact, Figure};
use super::id::Id;
use super::kind::Kind;
use super::sheets::Posters;
use super::site::Department;
use super::text::Text;
use crate::calendar::{DateSpan, Day};

/// A register of what was raised in a period and what came of it.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Feedback {
    /// The title, e.g. 意见征集册.
    pub title: Text,
    /// One or two sentences: how things are collected and answered.
    pub summary: Option<Text>,
    /// The centre where it lies open, by its id.
    pub centre: Option<Id<Centre>>,
    /// The area it covers.
    pub area: Option<Id<Area>>,
    /// The first and last day that this register covers.
    pub period: DateSpan,
    /// The ways to tell us, one each.
    #[serde(default)]
    pub channels: Vec<Text>,
    /// What was raised, in any order.
    pub items: Vec<FeedbackItem>,
    /// Figures about it.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// The sheets that are printed of it, where that differs from `posters` of the site.
    #[serde(default, skip_serializing)]
    pub posters: Posters,
    /// Addresses at which this page stood before; they lead to it.
    #[serde(default)]
    pub aliases: Aliases,
}

/// One matter that was raised.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedbackItem {
    /// The topic in a few words, e.g. 宠物粪便.
    pub topic: Text,
    /// What was raised.
    pub raised: Text,
    /// When it was first raised.
    pub raised_on: Day,
    /// How many people raised it.
    #[serde(default = "one")]
    pub count: u32,
    /// How far it has come.
    pub status: FeedbackStatus,
    /// What was answered or done.
    pub answer: Option<Text>,
    /// When it was answered.
    pub answered_on: Option<Day>,
    /// The office that answered.
    pub department: Option<Id<Department>>,
}

fn one() -> u32 {
    1
}

/// How far a matter has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FeedbackStatus {
    /// Written down.
    Received,
    /// Being worked on.
    InProgress,
    /// Done.
    Solved,
    /// Explained why it cannot be done.
    Explained,
}

impl Kind for Feedback {
    const FOLDER: &'static str = "feedback";
    const WORD: &'static str = "feedback";
    const MARKDOWN: bool = false;
}
