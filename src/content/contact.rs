//! How to reach someone, where something is, and the figures and pictures that several kinds carry.
//!
//! Small parts shared by the kinds. People appear by role, so there is no field for a person's name.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::formats::{PhoneNumber, PictureFile, WebAddress};
use super::text::Text;
use crate::calendar::{Day, RoughDate, WeeklyLines};

/// A telephone line (HSDS `phone`).
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phone {
    /// The number as people dial it, e.g. `0931-0000001`.
    pub number: PhoneNumber,
    /// What the line is for, e.g. 前台 or 法律咨询.
    #[serde(rename = "for")]
    pub purpose: Option<Text>,
    /// When the line is answered, where that differs from the opening hours, e.g. `tue,thu 14:30-17:00`.
    pub answered: Option<WeeklyLines>,
    /// What else is to be said about when the line is answered, in words.
    pub hours: Option<Text>,
}

/// Whom to ask: a role, never a person's name, and how to reach it (HSDS `contact`).
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The role, e.g. 包村干部 or 网格员.
    pub role: Text,
    /// The number as people dial it.
    pub phone: Option<PhoneNumber>,
    /// When and where the person is found, in words.
    pub note: Option<Text>,
}

/// A point on the earth in decimal degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// Latitude in degrees, south negative.
    #[serde(deserialize_with = "within::<_, 90>")]
    #[schemars(range(min = -90, max = 90))]
    pub lat: f64,
    /// Longitude in degrees, west negative.
    #[serde(deserialize_with = "within::<_, 180>")]
    #[schemars(range(min = -180, max = 180))]
    pub lon: f64,
}

/// Degrees between `-MOST` and `MOST`.
fn within<'de, D: Deserializer<'de>, const MOST: i16>(deserializer: D) -> Result<f64, D::Error> {
    let degrees = f64::deserialize(deserializer)?;
    let fits = degrees.abs() <= f64::from(MOST);
    if fits { Ok(degrees) } else { Err(serde::de::Error::custom("degrees out of range")) }
}

/// A number that tells how much was done, with its unit, date and source.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// What is counted, e.g. 服务新就业群体.
    pub label: Text,
    /// The number, written as readers should see it, e.g. `9000多` or `14万`.
    pub value: Text,
    /// The unit, e.g. 人次, 元, 头.
    pub unit: Option<Text>,
    /// The day, month or year to which the number refers, e.g. `2024` or `2024-06`.
    pub as_of: Option<RoughDate>,
    /// Who counted.
    pub source: Option<Text>,
}

/// A picture kept with the content, e.g. `content/pictures/board.jpg`.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// The file below `content/pictures/`.
    pub file: PictureFile,
    /// What the picture shows, for those who do not see it (WCAG 1.1.1).
    pub alt: Text,
    /// The line below the picture.
    pub caption: Option<Text>,
    /// Who made or gave the picture.
    pub credit: Option<Text>,
}

/// The official document that something rests on.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The document's title.
    pub title: Text,
    /// Its number, e.g. 国办发明电〔2025〕7号.
    pub number: Option<String>,
    /// Who issued it.
    pub issuer: Option<Text>,
    /// When it was issued.
    pub issued: Option<Day>,
    /// Where it can be read.
    pub url: Option<WebAddress>,
}
