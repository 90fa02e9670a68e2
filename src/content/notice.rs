//! `content/notices/ID.md`: an announcement, a bulletin, a meeting's agenda and outcome. The body is Markdown.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::aliases::Aliases;
use super::area::Area;
use super::centre::Centre;
use super::contact::{Contact, Figure, Picture};
use super::id::Id;
use super::kind::Kind;
use super::sheets::Posters;
use super::site::Audience;
use super::text::Text;
use super::validity::Validity;
use crate::calendar::{DateSpan, DateTime, Day, DayOrTime, TimeOfDay, TimeRange};

/// An announcement (schema.org `SpecialAnnouncement`, or `Article` for a report).
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// The headline.
    pub title: Text,
    /// A line above the headline, as newspapers have it.
    pub kicker: Option<Text>,
    /// One or two sentences for lists and banners.
    pub summary: Text,
    /// What sort of notice it is.
    #[serde(default)]
    pub kind: NoticeKind,
    /// How much it matters.
    #[serde(default)]
    pub urgency: Urgency,
    /// The first day on which it is shown, or the time from which it is, e.g. `2026-12-01 15:00`.
    pub from: DayOrTime,
    /// The last day on which it is shown, or the time until which it is; afterwards it is in the archive.
    pub until: Option<DayOrTime>,
    /// Who announces it: an office or a role.
    pub issuer: Option<Text>,
    /// The number of the document, if it has one.
    pub number: Option<String>,
    /// The areas it concerns; with `centres` empty too, it concerns everyone.
    #[serde(default)]
    pub areas: Vec<Id<Area>>,
    /// The centres it concerns.
    #[serde(default)]
    pub centres: Vec<Id<Centre>>,
    /// Whom it is for.
    #[serde(default)]
    pub audience: Vec<Id<Audience>>,
    /// The centres named in `centres` are closed at these times.
    pub closes: Option<Closing>,
    /// The meeting it calls or reports.
    pub meeting: Option<Meeting>,
    /// Figures it reports.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// Pictures.
    #[serde(default)]
    pub pictures: Vec<Picture>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// The sheets that are printed of it, where that differs from `posters` of the site.
    #[serde(default, skip_serializing)]
    pub posters: Posters,
    /// Addresses at which this page stood before; they lead to it.
    #[serde(default)]
    pub aliases: Aliases,
}

/// What sort of notice it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// Something that residents should know or do (公告、通知).
    #[default]
    Notice,
    /// A place or service is closed (暂停服务).
    Closure,
    /// A meeting: its agenda and its outcome (议事公告).
    Meeting,
    /// A report of what was done, with figures (通报、简讯).
    Bulletin,
}

/// How much a notice matters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// Safety: on every page of those it concerns.
    Urgent,
    /// Changes somebody's plans.
    Important,
    /// Good to know.
    #[default]
    Info,
}

/// When a closing notice closes its centres.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// The days.
    pub on: DateSpan,
    /// Closed from this time on the first day; from opening if absent.
    pub from: Option<TimeOfDay>,
    /// Open again at this time on the last day; closed to the end if absent.
    pub until: Option<TimeOfDay>,
}

/// A meeting: when, who, about what, and what came of it.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// The day.
    pub on: Day,
    /// From when to when.
    pub time: Option<TimeRange>,
    /// The place.
    pub place: Option<Text>,
    /// Who takes part, by role.
    #[serde(default)]
    pub present: Vec<Text>,
    /// What is discussed.
    #[serde(default)]
    pub agenda: Vec<Text>,
    /// What was decided; empty before the meeting.
    #[serde(default)]
    pub outcome: Vec<Text>,
}

impl Notice {
    /// How it stands at a civil time.
    pub fn validity(&self, now: DateTime) -> Validity {
        Validity::of(Some(self.from), self.until, now)
    }
}

impl Kind for Notice {
    const FOLDER: &'static str = "notices";
    const WORD: &'static str = "notice";
    const MARKDOWN: bool = true;
}
