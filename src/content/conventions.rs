//! What a public website says of itself by convention: its codes and records, who runs it, whom to tell of mistakes.
//!
//! All of it is data that the publisher was given by others; the program checks no register and makes no address of
//! a number. `conventions: cn-gov` only makes `check` name what is missing, and adds a site map.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::contact::{Contact, Picture};
use super::formats::WebAddress;
use super::text::{Text, words};
use crate::calendar::Day;

/// Conventions of public websites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Conventions {
    /// Those of government websites in China (政府网站发展指引).
    CnGov,
}

/// What a public website says of itself at the bottom of every page.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublicSite {
    /// The identification code of a government website (网站标识码), ten characters.
    pub site_code: Option<String>,
    /// The record of the information industry's ministry (ICP备案).
    pub icp: Option<Registration>,
    /// The record of the public-security organs (公安备案).
    pub public_security: Option<Registration>,
    /// The mark of party and government organs (党政机关网站标识).
    pub government_mark: Option<GovernmentMark>,
    /// Where mistakes on the site are reported (政府网站找错).
    pub report_errors: Option<WebAddress>,
    /// Who answers for the site (主办单位).
    pub sponsor: Option<Text>,
    /// Who looks after it (承办单位).
    pub organiser: Option<Text>,
    /// Whom to ask about the site itself.
    pub contact: Option<Contact>,
}

/// An entry in a public register.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// The number as it must be shown, e.g. 陇ICP备00000000号.
    #[serde(deserialize_with = "words")]
    #[schemars(extend("format" = "text"))]
    pub number: String,
    /// Where the rules ask it to lead.
    pub url: Option<WebAddress>,
}

/// The mark of party and government organs.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GovernmentMark {
    /// Where the certificate is shown.
    pub url: Option<WebAddress>,
    /// The mark as a picture that is kept with the content; without one the word stands alone.
    pub picture: Option<Picture>,
}

/// What the accessibility statement says beside what holds of every site.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccessibilityStatement {
    /// Whom to tell when something stands in one's way.
    pub contact: Option<Contact>,
    /// What the site does not do yet, a sentence each.
    #[serde(default)]
    pub gaps: Vec<Text>,
    /// When somebody last checked the statement.
    pub reviewed: Option<Day>,
}
