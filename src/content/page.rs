//! `content/pages/PATH.md`: anything else: about, accessibility, how to use the site. The body is Markdown.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::aliases::Aliases;
use super::contact::{Figure, Picture};
use super::kind::Kind;
use super::sheets::Posters;
use super::text::Text;
use crate::calendar::Day;

/// A page of its own; its path below `content/pages/` is its address.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// The title.
    pub title: Text,
    /// One sentence below the title.
    pub summary: Option<Text>,
    /// Its place in the footer's list; pages without a number are not listed there.
    pub footer_order: Option<u32>,
    /// When somebody last checked that all this is right.
    pub reviewed: Option<Day>,
    /// Figures shown on the page.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// Pictures shown on the page.
    #[serde(default)]
    pub pictures: Vec<Picture>,
    /// The sheets that are printed of it, where that differs from `posters` of the site.
    #[serde(default, skip_serializing)]
    pub posters: Posters,
    /// Addresses at which this page stood before; they lead to it.
    #[serde(default)]
    pub aliases: Aliases,
}

impl Kind for Page {
    const FOLDER: &'static str = "pages";
    const WORD: &'static str = "page";
    const MARKDOWN: bool = true;
    const NESTED: bool = true;
}
