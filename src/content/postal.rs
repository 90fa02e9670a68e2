//! Parts of postal addresses that editors do not write in each address: the province, the city and the postal code.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::{Text, has_words};
use crate::diagnostics::Problem;

/// A postal address, as far as it is the same for all centres of an area.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Postal {
    /// The province, where no area of the site is one, e.g. 甘肃省.
    pub province: Option<Text>,
    /// The city, where no area of the site is one, e.g. 兰州市.
    pub city: Option<Text>,
    /// The postal code, e.g. 730030; in quotes where it begins with 0.
    pub code: Option<PostalCode>,
}

/// A postal code: digits in China, also letters elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "CodeOrText", into = "String")]
#[schemars(with = "CodeOrText")]
pub struct PostalCode(String);

impl PostalCode {
    /// As it stands on an envelope.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What YAML makes of `730030` and of `"010010"`.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum CodeOrText {
    Number(u32),
    Text(#[schemars(extend("format" = "text"))] String),
}

impl TryFrom<CodeOrText> for PostalCode {
    type Error = Problem;
    fn try_from(written: CodeOrText) -> Result<Self, Problem> {
        match written {
            CodeOrText::Number(number) => Ok(Self(number.to_string())),
            CodeOrText::Text(text) => has_words(&text).map(|()| Self(text.trim().to_owned())),
        }
    }
}

impl From<PostalCode> for String {
    fn from(code: PostalCode) -> String {
        code.0
    }
}
