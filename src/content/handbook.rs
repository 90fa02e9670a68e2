//! A booklet of policies, which `site.yaml` chooses by audience or tag. It has no page: it is printed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::id::Id;
use super::policy::Policy;
use super::site::Audience;
use super::text::Text;

/// A booklet of policies: those of any of its audiences or tags; all of them if neither is written.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Handbook {
    /// The title.
    pub title: Text,
    /// A sentence on its first page.
    pub note: Option<Text>,
    /// The audiences whose policies it holds, by ids in `site.yaml`.
    #[serde(default)]
    pub audience: Vec<Id<Audience>>,
    /// The tags of the policies that it holds.
    #[serde(default)]
    pub tags: Vec<String>,
}

impl Handbook {
    /// Whether a policy is in it.
    pub fn holds(&self, policy: &Policy) -> bool {
        (self.audience.is_empty() && self.tags.is_empty())
            || policy.audience.iter().any(|id| self.audience.contains(id))
            || policy.tags.iter().any(|tag| self.tags.contains(tag))
    }
}
