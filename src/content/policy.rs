//! `content/policies/ID.md`: one entitlement. The body is Markdown and explains it in plain words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::aliases::Aliases;
use super::area::Area;
use super::centre::Centre;
use super::contact::{Contact, Figure, Source};
use super::id::Id;
use super::kind::Kind;
use super::sheets::Posters;
use super::site::{Audience, Department};
use super::text::Text;
use super::validity::Validity;
use crate::calendar::{DateTime, Day, DayOrTime};

/// One entitlement: who, what, on what conditions, with which papers, where, until when
/// (schema.org `GovernmentService`).
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// What it is called in plain words.
    pub title: Text,
    /// One sentence: what one gets.
    pub summary: Text,
    /// The offices responsible, by ids in `site.yaml`.
    pub departments: Vec<Id<Department>>,
    /// Whom it is for, by ids in `site.yaml`.
    pub audience: Vec<Id<Audience>>,
    /// The areas where it holds; empty means everywhere.
    #[serde(default)]
    pub areas: Vec<Id<Area>>,
    /// What is paid or given, per unit.
    #[serde(default)]
    pub amounts: Vec<Amount>,
    /// The conditions, one each.
    #[serde(default)]
    pub conditions: Vec<Text>,
    /// The papers to bring, one each.
    #[serde(default)]
    pub papers: Vec<Text>,
    /// What to do, step by step.
    #[serde(default)]
    pub steps: Vec<Text>,
    /// The centres where it can be applied for, by their ids.
    #[serde(default)]
    pub centres: Vec<Id<Centre>>,
    /// Where else it can be applied for.
    pub place: Option<Text>,
    /// How long it takes, e.g. 15个工作日.
    pub takes: Option<Text>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// The first day on which it holds, or the time from which it does.
    pub from: Option<DayOrTime>,
    /// The last day on which it holds, or the time until which it does.
    pub until: Option<DayOrTime>,
    /// The document it rests on.
    pub source: Option<Source>,
    /// When somebody last checked that all this is right.
    pub reviewed: Option<Day>,
    /// By when somebody must check it again.
    pub review_by: Option<Day>,
    /// What it has brought so far.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// Free words for choosing policies; readers do not see them.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The sheets that are printed of it, where that differs from `posters` of the site.
    #[serde(default, skip_serializing)]
    pub posters: Posters,
    /// Addresses at which this page stood before; they lead to it.
    #[serde(default)]
    pub aliases: Aliases,
}

/// What is paid or given per unit, e.g. 1000元 per 头牦牛.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// For what one unit stands, e.g. 每头外调牦牛.
    pub per: Text,
    /// The amount with its unit, e.g. 1000元.
    pub value: Text,
    /// What limits it, e.g. 每户最高2万元.
    pub note: Option<Text>,
}

impl Policy {
    /// How it stands at a civil time.
    pub fn validity(&self, now: DateTime) -> Validity {
        Validity::of(self.from, self.until, now)
    }
}

impl Kind for Policy {
    const FOLDER: &'static str = "policies";
    const WORD: &'static str = "policy";
    const MARKDOWN: bool = true;
}
