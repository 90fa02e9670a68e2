//! `site.yaml`: who publishes, where, in which languages, and the words that records share.
//!
//! Audiences, departments and strands are named once here; records use their ids.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::contact::Phone;
use super::conventions::{AccessibilityStatement, Conventions, PublicSite};
use super::formats::{BaseAddress, PhoneNumber, RegionCode, WebAddress, ZoneName};
use super::handbook::Handbook;
use super::id::Id;
use super::sheets::Posters;
use super::text::{LanguageTag, Text};
use super::unique::unique;

/// The site's configuration.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteConfig {
    /// The site's name.
    pub title: Text,
    /// One or two sentences for the home page.
    pub summary: Option<Text>,
    /// Who publishes it.
    pub publisher: Text,
    /// The publisher's address.
    pub address: Option<Text>,
    /// The publisher's telephone lines.
    #[serde(default)]
    pub phones: Vec<Phone>,
    /// Where the site will stand, e.g. `https://example.org/`; printed on posters.
    pub base_url: BaseAddress,
    /// The languages, the first one being the one that plain text is in.
    #[schemars(length(min = 1))]
    #[serde(deserialize_with = "at_least_one")]
    pub languages: Vec<Language>,
    /// The languages with `publish: false`, once the site is read: text in them is kept and checked, and no page is made.
    #[serde(skip)]
    pub unpublished: Vec<Language>,
    /// The time zone in which opening hours are meant, an IANA name such as `Asia/Shanghai`.
    pub time_zone: ZoneName,
    /// The region whose public holidays apply, an ISO 3166 code such as CN.
    pub region: RegionCode,
    /// The theme's folder below `themes/`.
    #[serde(default = "civic")]
    pub theme: String,
    /// What happens to HTML tags inside Markdown.
    #[serde(default)]
    pub html: HtmlPolicy,
    /// How pages link to each other.
    #[serde(default)]
    pub links: Links,
    /// Whether browsers keep the pages that were looked at, and the lists of policies and centres, for places without a
    /// network. A page that was kept says so, with its age.
    #[serde(default)]
    pub offline: bool,
    /// Whether each page has a picture that messengers show beside a link to it, with its title and the line that matters.
    /// Drawing many takes time: about a minute for a thousand the first time.
    #[serde(default)]
    pub share_pictures: bool,
    /// Whom things are for.
    #[serde(default, deserialize_with = "unique")]
    pub audiences: IndexMap<Id<Audience>, Term>,
    /// Offices that are responsible for policies and services.
    #[serde(default, deserialize_with = "unique")]
    pub departments: IndexMap<Id<Department>, Term>,
    /// Strands that group activities and events.
    #[serde(default, deserialize_with = "unique")]
    pub strands: IndexMap<Id<Strand>, Term>,
    /// Booklets of policies, by id.
    #[serde(default, deserialize_with = "unique")]
    pub handbooks: IndexMap<Id<Handbook>, Handbook>,
    /// What is printed: for each kind of sheet its papers. A kind that is not named is made as usual.
    #[serde(default)]
    pub posters: Posters,
    /// What is made for programs, beside the pages; everything if absent.
    #[serde(default)]
    pub outputs: Outputs,
    /// How the site's own search finds things.
    #[serde(default)]
    pub search: SearchConfig,
    /// Lines at the bottom of every page.
    #[serde(default)]
    pub footer: Vec<FooterMark>,
    /// Whether days are also shown in the Chinese lunar calendar, in languages that write it.
    #[serde(default)]
    pub lunar_dates: bool,
    /// The conventions of public websites that the site follows.
    pub conventions: Option<Conventions>,
    /// What a public website says of itself at the bottom of every page.
    pub public_site: Option<PublicSite>,
    /// What the accessibility statement says beside what holds of every site.
    pub accessibility: Option<AccessibilityStatement>,
}

fn at_least_one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Language>, D::Error> {
    let mut languages = Vec::<Language>::deserialize(deserializer)?;
    for (number, language) in languages.iter_mut().enumerate() {
        language.number = number;
    }
    if languages.is_empty() { Err(serde::de::Error::custom("no language")) } else { Ok(languages) }
}

fn civic() -> String {
    "civic".to_owned()
}

/// One language of the site.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// The tag, e.g. `zh-Hans`.
    pub tag: LanguageTag,
    /// The language's own name for itself, e.g. 中文.
    pub name: String,
    /// Whether a native reader has checked the texts; if not, each page in it says so. By default what the theme's
    /// words say of themselves.
    pub reviewed: Option<bool>,
    /// Whether pages are made in it.
    #[serde(default = "yes")]
    pub publish: bool,
    /// Its place in the list as written.
    #[serde(skip)]
    pub number: usize,
}

fn yes() -> bool {
    true
}

impl SiteConfig {
    /// Sets aside the languages that are not published. The first one always is: plain text is in it.
    pub(super) fn set_aside_unpublished(&mut self) {
        let languages = std::mem::take(&mut self.languages);
        let (published, unpublished) = languages.into_iter().partition(|l| l.publish || l.number == 0);
        (self.languages, self.unpublished) = (published, unpublished);
    }
}

/// A name for something that records refer to by id.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The name that readers see.
    pub name: Text,
    /// A sentence that explains it.
    pub note: Option<Text>,
    /// Whom to call, for an office.
    pub phone: Option<PhoneNumber>,
    /// The sheets that are printed of it, for an audience, where that differs from `posters` of the site.
    #[serde(default, skip_serializing)]
    pub posters: Posters,
}

/// Marker of audience ids.
#[derive(Debug)]
pub enum Audience {}
/// Marker of department ids.
#[derive(Debug)]
pub enum Department {}
/// Marker of strand ids.
#[derive(Debug)]
pub enum Strand {}

/// What happens to HTML tags inside Markdown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HtmlPolicy {
    /// Harmless tags stay, everything else is taken out.
    #[default]
    Cleaned,
    /// Tags are kept as written: only where all who write are trusted.
    Trusted,
}

/// How pages link to each other. Both work below any path.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Links {
    /// To the folder, `centres/x/`: for a web server, which shows the page in it.
    #[default]
    Folders,
    /// To the file, `centres/x/index.html`: also from a folder on a disk or stick, and on plain object storage.
    Files,
}

/// What is made for programs: all families, none, or some.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Outputs {
    /// All of them, or none.
    Every(AllOrNone),
    /// These.
    Some(Vec<OutputFamily>),
}

/// All or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AllOrNone {
    /// All of them.
    All,
    /// None of them.
    None,
}

impl Default for Outputs {
    fn default() -> Self {
        Self::Every(AllOrNone::All)
    }
}

impl Outputs {
    /// Whether a family is made.
    pub fn has(&self, family: OutputFamily) -> bool {
        match self {
            Self::Every(every) => *every == AllOrNone::All,
            Self::Some(families) => families.contains(&family),
        }
    }

    /// Whether any family is made that is for programs; what is searched in is for the site's own pages.
    pub fn for_programs(&self) -> bool {
        match self {
            Self::Every(every) => *every == AllOrNone::All,
            Self::Some(families) => families.iter().any(|family| *family != OutputFamily::Search),
        }
    }
}

/// A family of files or data for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutputFamily {
    /// Calendars to subscribe to (iCalendar).
    Calendars,
    /// What is new (Atom and JSON Feed).
    Feeds,
    /// What search engines read in the pages (JSON-LD).
    StructuredData,
    /// For search engines and browsers: sitemaps, robots.txt, search, the web app manifest.
    Discovery,
    /// The directory of services (HSDS 3.0).
    Hsds,
    /// Places: GeoJSON, OSM opening hours, contact cards.
    Places,
    /// Every kind as a table (CSV).
    Tables,
    /// The week in plain text, for messages.
    Timetables,
    /// The site's own JSON with its schema.
    Api,
    /// Old addresses that lead to new ones.
    Redirects,
    /// The index of the site's own search, and its page.
    Search,
    /// What servers say with each file: what pages may load, how long files may be kept.
    Headers,
}

/// How the site's own search finds things.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SearchConfig {
    /// Words of the same meaning here, one list a meaning, e.g. `[名城广场, 雁北万达]`: who types one of them finds what is
    /// written with another. The theme brings the usual ones.
    pub synonyms: Vec<Vec<String>>,
}

/// A line at the bottom of every page, e.g. a registration number.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FooterMark {
    /// What is written.
    pub text: Text,
    /// Where it leads.
    pub url: Option<WebAddress>,
}
