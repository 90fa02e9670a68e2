//! The named formats of strings in content, for checking one string at a time.
//!
//! The JSON Schema of a type names a format; this is the one list of what each name means. Strings that
//! need no structure of their own are [`Checked`] by their format.

use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::aliases;
use super::hours::{self, HolidayHours};
use super::id::Id;
use super::sheets::Paper;
use super::short_address::CodeForm;
use super::text::{LanguageTag, has_words};
use crate::calendar::{
    DateSpan, Day, DayOrTime, DayPattern, Intervals, Moment, MonthDay, RoughDate, TimeOfDay, TimeRange, Turn,
    WeekdaySet, WeeklyLines, When,
};
use crate::diagnostics::{Code, Problem};

/// Reads a string of a named format and says what is wrong with it; an unknown format takes any string.
pub fn read(format: &str, text: &str) -> Result<(), Problem> {
    match format {
        "date" => Day::read(text).map(drop),
        "rough-date" => RoughDate::read(text).map(drop),
        "date-span" => DateSpan::read(text).map(drop),
        "moment" => Moment::read(text).map(drop),
        "month-day" => MonthDay::read(text).map(drop),
        "time-of-day" => TimeOfDay::read(text).map(drop),
        "time-range" => TimeRange::read(text).map(drop),
        "intervals" => Intervals::read(text).map(drop),
        "weekdays" => WeekdaySet::read(text).map(drop),
        "weekly-lines" => WeeklyLines::read(text).map(drop),
        "day-pattern" => DayPattern::read(text).map(drop),
        "day-or-time" => DayOrTime::read(text).map(drop),
        "turn" => Turn::read(text).map(drop),
        "hours" => hours::read(text).map(drop),
        "paper" => Paper::read(text).map(drop),
        "when" => When::read(text).map(drop),
        "holiday-hours" => HolidayHours::read(text).map(drop),
        "text" => has_words(text),
        "language" => LanguageTag::try_from(text.to_owned()).map(drop),
        "id" => Id::<()>::new(text).map(drop),
        Phone::NAME => Phone::check(text),
        Web::NAME => Web::check(text),
        Base::NAME => Base::check(text),
        Region::NAME => Region::check(text),
        Zone::NAME => Zone::check(text),
        PicturePath::NAME => PicturePath::check(text),
        aliases::Path::NAME => aliases::Path::check(text),
        CodeForm::NAME => CodeForm::check(text),
        _ => Ok(()),
    }
}

/// A string that was checked against the format `F`.
pub struct Checked<F> {
    text: String,
    format: PhantomData<fn() -> F>,
}

/// A format of strings that need no structure of their own.
pub trait Format {
    /// Its name in the JSON Schema.
    const NAME: &'static str;
    /// What is wrong with a string, if anything is.
    fn check(text: &str) -> Result<(), Problem>;
}

/// A telephone number as people dial it.
pub type PhoneNumber = Checked<Phone>;
/// An `https:` or `http:` address.
pub type WebAddress = Checked<Web>;
/// A web address that paths are added to.
pub type BaseAddress = Checked<Base>;
/// An ISO 3166 code.
pub type RegionCode = Checked<Region>;
/// A name of the IANA time zone database.
pub type ZoneName = Checked<Zone>;
/// A path below `content/pictures/`.
pub type PictureFile = Checked<PicturePath>;

/// Telephone numbers: digits, spaces, hyphens, a leading plus, an extension after `转` or `x`.
#[derive(Debug)]
pub enum Phone {}
impl Format for Phone {
    const NAME: &'static str = "phone";
    fn check(text: &str) -> Result<(), Problem> {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let fits = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '+' | '(' | ')' | '转' | 'x'));
        if fits && (3..=20).contains(&digits) { Ok(()) } else { Err(Problem::new(Code::NotAPhone).with("text", text)) }
    }
}

/// Web addresses: `https:` or `http:`, a host, no spaces or quotes.
#[derive(Debug)]
pub enum Web {}
impl Format for Web {
    const NAME: &'static str = "web-address";
    fn check(text: &str) -> Result<(), Problem> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let bad = |c: char| c.is_whitespace() || c.is_control() || "<>\"'`\\".contains(c);
        let fits = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(bad));
        if fits { Ok(()) } else { Err(Problem::new(Code::NotAWebAddress).with("text", text)) }
    }
}

/// Web addresses without a query or a fragment, so that paths can be added to them.
#[derive(Debug)]
pub enum Base {}
impl Format for Base {
    const NAME: &'static str = "base-address";
    fn check(text: &str) -> Result<(), Problem> {
        Web::check(text)?;
        match text.find(['?', '#']).and_then(|at| text.get(at..=at)) {
            Some(mark) => Err(Problem::new(Code::NotAWebAddress).with("text", text).with("mark", mark)),
            None => Ok(()),
        }
    }
}

/// Names at which nothing can be published (RFC 2606, RFC 6761).
const RESERVED_HOSTS: [&str; 7] =
    ["example", "example.com", "example.net", "example.org", "invalid", "localhost", "test"];

impl BaseAddress {
    /// The address without a slash at its end.
    pub fn trimmed(&self) -> &str {
        self.as_str().trim_end_matches('/')
    }

    /// The host, in small letters, without a port.
    pub fn host(&self) -> String {
        let after = self.as_str().split_once("://").map_or("", |(_, after)| after);
        let authority = after.split('/').next().unwrap_or_default();
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let is_port = |tail: &str| tail.bytes().all(|byte| byte.is_ascii_digit());
        let host = host.rsplit_once(':').filter(|(_, tail)| is_port(tail)).map_or(host, |(host, _)| host);
        host.to_lowercase()
    }

    /// Whether nothing can be published there: the host is a reserved name (RFC 2606, RFC 6761), or this machine.
    pub fn is_reserved(&self) -> bool {
        let host = self.host();
        let below = |name: &str| host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
        RESERVED_HOSTS.iter().any(|name| below(name)) || address.is_ok_and(|address| address.is_loopback())
    }
}

/// Codes of countries (ISO 3166-1 alpha-2) and of parts of them (ISO 3166-2), by their form.
#[derive(Debug)]
pub enum Region {}
impl Format for Region {
    const NAME: &'static str = "region";
    fn check(text: &str) -> Result<(), Problem> {
        let (country, part) = text.split_once('-').map_or((text, None), |(country, part)| (country, Some(part)));
        let fits = country.len() == 2
            && country.bytes().all(|b| b.is_ascii_uppercase())
            && part.is_none_or(|part| {
                (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            });
        if fits { Ok(()) } else { Err(Problem::new(Code::NotARegion).with("text", text)) }
    }
}

/// Names of the IANA time zone database.
#[derive(Debug)]
pub enum Zone {}
impl Format for Zone {
    const NAME: &'static str = "time-zone";
    fn check(text: &str) -> Result<(), Problem> {
        match jiff::tz::TimeZone::get(text) {
            Ok(_) => Ok(()),
            Err(_) => Err(Problem::new(Code::NoSuchTimeZone).with("text", text)),
        }
    }
}

/// Paths below `content/pictures/` that do not lead out of it.
#[derive(Debug)]
pub enum PicturePath {}
impl Format for PicturePath {
    const NAME: &'static str = "picture";
    fn check(text: &str) -> Result<(), Problem> {
        let inside =
            !text.contains(['\\', ':']) && text.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
        if inside { Ok(()) } else { Err(Problem::new(Code::NotAPicture).with("text", text)) }
    }
}

impl<F: Format> Checked<F> {
    /// Reads a string, or says what is wrong with it.
    pub fn read(text: &str) -> Result<Self, Problem> {
        F::check(text)?;
        Ok(Self { text: text.to_owned(), format: PhantomData })
    }
}

impl<F> Checked<F> {
    /// The string.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<F> PartialEq for Checked<F> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<F> Eq for Checked<F> {}

impl<F> Clone for Checked<F> {
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), format: PhantomData }
    }
}

impl<F> std::fmt::Debug for Checked<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&self.text, f)
    }
}

impl<'de, F: Format> Deserialize<'de> for Checked<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl<F> Serialize for Checked<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<F: Format> JsonSchema for Checked<F> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        F::NAME.into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": F::NAME})
    }
}
