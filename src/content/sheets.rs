//! Which sheets are printed, on which paper, to be read from how far away.
//!
//! `posters` of `site.yaml` says it for all records of a kind of sheet, `posters` of a record for that record. A kind
//! that is not named keeps what is usual for it; an empty list means that none is made. The kinds are listed here
//! once: what each is made of, its usual papers, and the distance from which people read it.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::text::LanguageTag;
use super::unique::unique;
use crate::diagnostics::{Code, Problem, closest};

macro_rules! sheet_kinds {
    ($($(#[doc = $doc:literal])* $name:ident = $word:literal, $key:literal of $folder:literal at $wall:literal, $small:literal on [$($paper:literal),*];)*) => {
        /// A kind of sheet.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
        pub enum SheetKind { $($(#[doc = $doc])* #[serde(rename = $key)] $name,)* }

        impl SheetKind {
            /// Every kind, in the order in which they are listed for readers.
            pub const ALL: &'static [SheetKind] = &[$(SheetKind::$name,)*];

            /// Its name in addresses, in calls, and of its template, e.g. `weekly-board`.
            pub fn word(self) -> &'static str {
                match self { $(SheetKind::$name => $word,)* }
            }

            /// Its key under `posters`, e.g. `weekly_board`.
            pub fn key(self) -> &'static str {
                match self { $(SheetKind::$name => $key,)* }
            }

            /// The folder of the records that it is made of; empty where it is made of none.
            pub fn folder(self) -> &'static str {
                match self { $(SheetKind::$name => $folder,)* }
            }

            /// From how far away, in metres, it is read on this paper, unless somebody says otherwise.
            pub fn distance(self, paper: Paper) -> Distance {
                let small = matches!(paper.size, PaperSize::A4 | PaperSize::A5);
                Distance(match self { $(SheetKind::$name => if small { $small } else { $wall },)* })
            }

            /// What it says, in a sentence.
            fn description(self) -> &'static str {
                match self { $(SheetKind::$name => concat!($($doc)*).trim(),)* }
            }

            /// The papers on which it is made, unless somebody says otherwise.
            fn papers(self) -> &'static [&'static str] {
                match self { $(SheetKind::$name => &[$($paper),*],)* }
            }
        }
    };
}

// The distances are those of large papers and of A4 and A5, which for some kinds are taken in the hand.
sheet_kinds! {
    /// The weekly programme of a centre.
    WeeklyBoard = "weekly-board", "weekly_board" of "programmes" at 1.5, 0.4 on ["a1-landscape", "a4"];
    /// The opening hours at the door of a centre.
    DoorSign = "door-sign", "door_sign" of "centres" at 1.0, 0.6 on ["a3"];
    /// The opening hours of a centre on the holidays to come, with the workdays that make up for them.
    HolidayHours = "holiday-hours", "holiday_hours" of "centres" at 1.0, 0.6 on ["a3"];
    /// That a centre is closed for a while.
    Closure = "closure", "closure" of "notices" at 1.0, 0.6 on ["a3"];
    /// A notice.
    Notice = "notice", "notice" of "notices" at 1.0, 0.6 on ["a4"];
    /// The policies for an audience, all on one sheet.
    PolicyList = "policy-list", "policy_list" of "" at 0.6, 0.4 on ["a4"];
    /// A short guide to one policy, to take home.
    Policy = "policy", "policy" of "policies" at 0.6, 0.4 on ["a4"];
    /// An event with its zones.
    Event = "event", "event" of "events" at 0.6, 0.5 on ["a3"];
    /// Who is on duty in a month.
    Duty = "duty", "duty" of "duty" at 0.6, 0.4 on ["a4"];
    /// What was raised and what was answered.
    Feedback = "feedback", "feedback" of "feedback" at 0.5, 0.4 on ["a3"];
    /// A form on which to raise something by hand.
    FeedbackBlank = "feedback-blank", "feedback_blank" of "feedback" at 0.4, 0.4 on ["a4"];
    /// A notice in the form of an official document (GB/T 9704).
    OfficialNotice = "official-notice", "official_notice" of "notices" at 0.4, 0.4 on ["a4"];
    /// A booklet of policies, chosen by audience or tag.
    Handbook = "handbook", "handbook" of "" at 0.4, 0.4 on ["a5"];
    /// The centres and stations of an area, with a sketch map.
    Network = "network", "network" of "" at 0.7, 0.4 on ["a3"];
    /// The route card of a travelling service.
    Outreach = "outreach", "outreach" of "outreach" at 0.8, 0.35 on ["a5", "a3"];
    /// The themes of the weekdays of a programme.
    ThemedDays = "themed-days", "themed_days" of "programmes" at 0.8, 0.5 on ["a3"];
    /// The volunteer teams of a centre.
    Teams = "teams", "teams" of "centres" at 0.6, 0.4 on ["a3"];
    /// The figures of a page, large.
    Figures = "figures", "figures" of "pages" at 0.7, 0.5 on ["a3"];
}

impl SheetKind {
    /// How it is made, where it is, unless somebody says otherwise.
    pub fn usual(self) -> Vec<SheetOptions> {
        self.papers().iter().filter_map(|paper| Paper::read(paper).ok()).map(SheetOptions::on).collect()
    }

    /// Whether it is meant to be on one side of its paper.
    pub fn fits_on_one(self) -> bool {
        match self {
            SheetKind::WeeklyBoard
            | SheetKind::DoorSign
            | SheetKind::HolidayHours
            | SheetKind::Closure
            | SheetKind::Notice
            | SheetKind::PolicyList
            | SheetKind::Policy
            | SheetKind::Event
            | SheetKind::Duty
            | SheetKind::Feedback
            | SheetKind::FeedbackBlank
            | SheetKind::ThemedDays
            | SheetKind::Teams
            | SheetKind::Figures => true,
            // A directory is as long as the network is large, and a card for the pocket has two sides.
            SheetKind::Network | SheetKind::Outreach | SheetKind::OfficialNotice | SheetKind::Handbook => false,
        }
    }

    /// Whether it is made where nobody says how; the others are made where they are chosen.
    pub fn unasked(self) -> bool {
        match self {
            SheetKind::WeeklyBoard
            | SheetKind::DoorSign
            | SheetKind::HolidayHours
            | SheetKind::Closure
            | SheetKind::Notice
            | SheetKind::Network
            | SheetKind::Outreach
            | SheetKind::ThemedDays
            | SheetKind::Teams
            | SheetKind::Figures => true,
            SheetKind::PolicyList
            | SheetKind::Policy
            | SheetKind::Event
            | SheetKind::Duty
            | SheetKind::Feedback
            | SheetKind::FeedbackBlank
            | SheetKind::OfficialNotice
            | SheetKind::Handbook => false,
        }
    }

    /// The kind of this word or key.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word || kind.key() == word)
    }
}

/// A size of paper (ISO 216).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PaperSize {
    /// 148 mm × 210 mm.
    A5,
    /// 210 mm × 297 mm.
    A4,
    /// 297 mm × 420 mm.
    A3,
    /// 420 mm × 594 mm.
    A2,
    /// 594 mm × 841 mm.
    A1,
}

impl PaperSize {
    /// Every size, the smallest first.
    pub const ALL: [PaperSize; 5] = [PaperSize::A5, PaperSize::A4, PaperSize::A3, PaperSize::A2, PaperSize::A1];

    /// Its name in small letters.
    pub fn word(self) -> &'static str {
        match self {
            PaperSize::A5 => "a5",
            PaperSize::A4 => "a4",
            PaperSize::A3 => "a3",
            PaperSize::A2 => "a2",
            PaperSize::A1 => "a1",
        }
    }
}

/// A sheet of paper: its size, upright or across.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Paper {
    /// The size.
    pub size: PaperSize,
    /// Whether its long side lies across.
    pub landscape: bool,
}

impl Paper {
    /// Reads `a4`, `A3 landscape`, `A3横向`.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let plain = text.trim().to_lowercase().replace(['-', '_', ' ', '　'], "");
        let known = PaperSize::ALL.into_iter().find_map(|size| Some((size, plain.strip_prefix(size.word())?)));
        let landscape = known.and_then(|(size, rest)| match rest {
            "" | "portrait" | "竖" | "竖向" | "纵向" => Some(Paper { size, landscape: false }),
            "landscape" | "横" | "横向" => Some(Paper { size, landscape: true }),
            _ => None,
        });
        landscape.ok_or_else(|| {
            let papers = PaperSize::ALL.map(|size| [size.word().to_owned(), format!("{}-landscape", size.word())]);
            let meant =
                closest(&text.to_lowercase(), papers.as_flattened().iter().map(String::as_str)).map(str::to_owned);
            Problem::new(Code::NotAPaper).with("text", text).with_some("suggestion", meant.as_deref())
        })
    }
}

impl fmt::Display for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.size.word())?;
        if self.landscape { f.write_str("-landscape") } else { Ok(()) }
    }
}

impl Serialize for Paper {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Paper {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Paper {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "paper".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "paper"})
    }
}

/// From how far away a sheet is read, in metres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Distance(f64);

impl Distance {
    /// The nearest and the farthest that a sheet may be made for.
    pub const BOUNDS: (f64, f64) = (0.3, 10.0);

    /// A distance within the bounds.
    pub fn new(metres: f64) -> Option<Self> {
        (Self::BOUNDS.0..=Self::BOUNDS.1).contains(&metres).then_some(Self(metres))
    }

    /// Metres.
    pub fn metres(self) -> f64 {
        self.0
    }

    /// The smallest type that can be read from there, in millimetres: the distance over 120.
    pub fn smallest_type(self) -> f64 {
        self.0 * 1000.0 / 120.0
    }
}

impl<'de> Deserialize<'de> for Distance {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(f64::deserialize(deserializer)?).ok_or_else(|| serde::de::Error::custom("outside of the bounds"))
    }
}

impl JsonSchema for Distance {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "distance".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "number", "minimum": Self::BOUNDS.0, "maximum": Self::BOUNDS.1})
    }
}

/// How a sheet is made.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetOptions {
    /// The paper, e.g. `a3-landscape`.
    pub paper: Paper,
    /// From how far away it is read, in metres: no type is smaller than the distance over 120.
    pub distance: Option<Distance>,
    /// Whether nothing is smaller than 18 pt and text stands in one column.
    #[serde(default)]
    pub large_print: bool,
    /// A second language that stands beside the first.
    pub with: Option<LanguageTag>,
}

impl SheetOptions {
    /// What is usual, on a paper.
    pub fn on(paper: Paper) -> Self {
        Self { paper, distance: None, large_print: false, with: None }
    }

    /// From how far away a sheet of this kind is read.
    pub fn distance(&self, kind: SheetKind) -> Distance {
        self.distance.unwrap_or_else(|| kind.distance(self.paper))
    }

    /// What tells it from the others of its kind, for its address: `a3-landscape`, `a4-large`, `a4-with-en`.
    pub fn word(&self) -> String {
        let large = if self.large_print { "-large" } else { "" };
        let with = self.with.as_ref().map(|tag| format!("-with-{tag}")).unwrap_or_default();
        format!("{}{large}{with}", self.paper)
    }
}

/// How a sheet is made, as it may stand in a file: its paper alone, or all of it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum SheetChoice {
    /// The paper alone.
    Paper(Paper),
    /// All of it.
    Options(SheetOptions),
}

impl SheetChoice {
    /// All of it.
    pub fn options(&self) -> SheetOptions {
        match self {
            SheetChoice::Paper(paper) => SheetOptions::on(*paper),
            SheetChoice::Options(options) => options.clone(),
        }
    }
}

/// What is printed: for each kind of sheet how it is made, a file each.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Posters(IndexMap<SheetKind, Vec<SheetChoice>>);

impl Posters {
    /// How sheets of a kind are made, if that is said.
    pub fn of(&self, kind: SheetKind) -> Option<Vec<SheetOptions>> {
        Some(self.0.get(&kind)?.iter().map(SheetChoice::options).collect())
    }

    /// What is said, in the order written.
    pub fn said(&self) -> impl Iterator<Item = (SheetKind, &[SheetChoice])> {
        self.0.iter().map(|(kind, choices)| (*kind, choices.as_slice()))
    }
}

impl<'de> Deserialize<'de> for Posters {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        unique(deserializer).map(Self)
    }
}

impl JsonSchema for Posters {
    fn schema_name() -> Cow<'static, str> {
        "Posters".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let choices = generator.subschema_for::<Vec<SheetChoice>>();
        let of_kind = |kind: &SheetKind| {
            let mut choices = choices.clone();
            choices.insert("description".to_owned(), kind.description().into());
            (kind.key().to_owned(), choices.to_value())
        };
        let kinds: serde_json::Map<String, serde_json::Value> = SheetKind::ALL.iter().map(of_kind).collect();
        json_schema!({
            "description": "What is printed: for each kind of sheet its papers, a file each. An empty list means that none is made.",
            "type": "object", "additionalProperties": false, "properties": kinds
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_is_read_as_editors_write_it() {
        for (text, word) in
            [("A3", "a3"), ("a3-landscape", "a3-landscape"), ("A2 横向", "a2-landscape"), ("a5 竖", "a5")]
        {
            assert_eq!(Paper::read(text).unwrap().to_string(), word);
        }
        for text in ["", "a6", "a3 diagonal", "letter"] {
            assert!(Paper::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_smallest_type_is_the_distance_over_120() {
        assert!((Distance::new(1.5).unwrap().smallest_type() - 12.5).abs() < 1e-9);
        assert!((Distance::new(0.4).unwrap().smallest_type() - 3.333).abs() < 1e-3);
        assert_eq!((Distance::new(0.0), Distance::new(f64::NAN), Distance::new(f64::INFINITY)), (None, None, None));
    }

    #[test]
    fn every_kind_has_papers_that_exist_and_one_word_each() {
        for kind in SheetKind::ALL {
            assert_eq!(kind.usual().len(), kind.papers().len(), "{}", kind.word());
            assert_eq!(kind.key(), kind.word().replace('-', "_"));
            assert_eq!(SheetKind::of_word(kind.word()), Some(*kind));
        }
    }
}
