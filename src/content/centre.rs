//! `content/centres/ID.yaml`: a place that residents can go to.
//!
//! A centre, a station, a building's centre, a regional centre, a village's room or a mobile point: they
//! differ in `kind` only. Opening hours are typed by [`crate::calendar`].

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::aliases::Aliases;
use super::area::Area;
use super::contact::{Figure, Location, Phone, Picture};
use super::formats::PhoneNumber;
use super::hours::{Hours, Written, written};
use super::id::Id;
use super::kind::Kind;
use super::sheets::Posters;
use super::site::{Audience, Department};
use super::text::Text;
use crate::calendar::WeeklyLines;

/// A place that residents can go to (HSDS `location`, schema.org `CivicStructure`).
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Centre {
    /// The full name, e.g. 甘家巷社区党群服务中心.
    pub name: Text,
    /// The short name used in lists and tables, e.g. 甘家巷.
    pub short_name: Option<Text>,
    /// What sort of place it is.
    pub kind: CentreKind,
    /// The area it stands in, by the area's id.
    pub area: Id<Area>,
    /// The centre that this station belongs to, by its id.
    pub part_of: Option<Id<Centre>>,
    /// One or two sentences: what the place is and for whom.
    pub summary: Option<Text>,
    /// Where it is, as on an envelope.
    pub address: Text,
    /// How to find it: floor, entrance, bus lines.
    pub directions: Option<Text>,
    /// Where it is on the map.
    pub location: Option<Location>,
    /// Telephone lines, the most general first.
    #[serde(default)]
    pub phones: Vec<Phone>,
    /// When it is open: a table, or one text such as `周一至周五 08:30-12:00，14:30-18:00；节假日休息` or OSM's
    /// `Mo-Fr 08:30-12:00,14:30-18:00; PH off`.
    #[serde(default, deserialize_with = "written")]
    #[schemars(with = "Option<Written>")]
    pub hours: Option<Hours>,
    /// What should be said beside the opening hours, e.g. 中午有人值班.
    pub hours_note: Option<Text>,
    /// What a visitor can use there.
    #[serde(default)]
    pub amenities: Vec<AmenityEntry>,
    /// What makes the place reachable and usable for everyone.
    #[serde(default)]
    pub accessibility: Vec<Accessibility>,
    /// What is done for residents there.
    #[serde(default)]
    pub services: Vec<Service>,
    /// Whom the place is meant for; empty means everyone.
    #[serde(default)]
    pub audiences: Vec<Id<Audience>>,
    /// House rules, one sentence each, in the order in which they hang on the wall.
    #[serde(default)]
    pub rules: Vec<Text>,
    /// Standing documents of the house: duty, management, cleaning.
    #[serde(default)]
    pub documents: Vec<HouseDocument>,
    /// How residents can tell the centre something.
    pub tell_us: Option<Text>,
    /// Figures that show what was done.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// Pictures of the place.
    #[serde(default)]
    pub pictures: Vec<Picture>,
    /// The sheets that are printed of it, where that differs from `posters` of the site.
    #[serde(default, skip_serializing)]
    pub posters: Posters,
    /// Addresses at which this page stood before; they lead to it.
    #[serde(default)]
    pub aliases: Aliases,
}

/// What sort of place a centre is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CentreKind {
    /// A community's service centre (社区党群服务中心).
    CommunityCentre,
    /// A centre for several communities or a whole district (区域性中心).
    RegionalCentre,
    /// A centre inside an office building or a mall (楼宇党群服务中心).
    BuildingCentre,
    /// A township's or village's service room (乡村便民服务点).
    VillageCentre,
    /// A small place to rest, drink and charge a phone (驿站).
    Station,
    /// A place that comes to people: a bus, a tent, a horse.
    MobilePoint,
}

/// An amenity: its kind alone, or with a note and hours of its own.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum AmenityEntry {
    /// The kind alone.
    Kind(Amenity),
    /// The kind with details.
    Detailed(AmenityDetail),
}

impl AmenityEntry {
    /// The kind of amenity.
    pub fn kind(&self) -> Amenity {
        match self {
            AmenityEntry::Kind(kind) => *kind,
            AmenityEntry::Detailed(detail) => detail.kind,
        }
    }

    /// When it can be used, where that differs from the centre's hours.
    pub fn hours(&self) -> Option<&WeeklyLines> {
        match self {
            AmenityEntry::Kind(_) => None,
            AmenityEntry::Detailed(detail) => detail.hours.as_ref(),
        }
    }
}

/// An amenity with a note and hours of its own.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AmenityDetail {
    /// What it is.
    pub kind: Amenity,
    /// Where it stands or how it is used, e.g. 一楼茶水间.
    pub note: Option<Text>,
    /// When it can be used, where that differs from the centre's hours, e.g. `mon-fri 11:30-14:00`.
    pub hours: Option<WeeklyLines>,
}

/// What a visitor can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Amenity {
    /// Drinking water.
    DrinkingWater,
    /// Tea.
    Tea,
    /// Sockets or power banks for phones.
    PhoneCharging,
    /// Charging for electric bicycles.
    EbikeCharging,
    /// A first-aid box with common medicine.
    FirstAid,
    /// A microwave oven.
    Microwave,
    /// A refrigerator.
    Refrigerator,
    /// Umbrellas to borrow.
    Umbrellas,
    /// Seats to rest on.
    Seating,
    /// A bed or couch for a nap.
    NapRoom,
    /// Wireless internet.
    Wifi,
    /// Air conditioning.
    AirConditioning,
    /// Heating in winter.
    Heating,
    /// Books and newspapers.
    Reading,
    /// A computer for visitors.
    Computer,
    /// Printing and copying.
    Printing,
    /// Repair tools to borrow.
    Tools,
    /// A tyre pump.
    TyrePump,
    /// A toilet.
    Toilet,
    /// A room for nursing mothers.
    NursingRoom,
    /// Lockers.
    Lockers,
    /// A television or projector.
    Screen,
    /// A health corner: blood pressure, weight.
    HealthCheck,
    /// Reading glasses to borrow.
    ReadingGlasses,
    /// A wheelchair to borrow.
    Wheelchair,
    /// A water heater or kettle for instant food.
    HotWater,
    /// Room for livestock vehicles or horses.
    HorsePost,
}

/// What makes a place reachable and usable for everyone (OSM `wheelchair`, schema.org `accessibilityFeature`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Accessibility {
    /// No step from the street to the counter.
    StepFree,
    /// A ramp.
    Ramp,
    /// A lift.
    Lift,
    /// A toilet that a wheelchair can turn in.
    AccessibleToilet,
    /// A low counter.
    LowCounter,
    /// Tactile paving.
    TactilePaving,
    /// Staff who sign, or a remote interpreter.
    SignLanguage,
    /// An induction loop.
    HearingLoop,
    /// Print of 18 pt and more.
    LargePrint,
    /// A marked parking place.
    AccessibleParking,
    /// Staff who speak Mongolian.
    MongolianSpoken,
    /// Guide dogs may come in.
    GuideDogs,
}

/// Something that is done for residents at a place (HSDS `service`).
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// What it is called, e.g. 水电维修.
    pub name: Text,
    /// What is done, in a sentence or two.
    pub description: Option<Text>,
    /// Who does it: a role, a firm, an office.
    pub provider: Option<Text>,
    /// The office responsible, by its id in `site.yaml`.
    pub department: Option<Id<Department>>,
    /// Whom it is for; empty means everyone.
    #[serde(default)]
    pub audiences: Vec<Id<Audience>>,
    /// When it is given, where that differs from the centre's hours.
    pub hours: Option<WeeklyLines>,
    /// When it is given, in words, where no hours can be named, e.g. 随叫随到.
    pub when: Option<Text>,
    /// What it costs, e.g. 免费.
    pub cost: Option<Text>,
    /// Whom to call.
    pub phone: Option<PhoneNumber>,
    /// Whether an appointment is needed.
    #[serde(default)]
    pub by_appointment: bool,
    /// Whether staff come to the home on request (上门).
    #[serde(default)]
    pub home_visits: bool,
}

/// A standing document of the house: its title and its points.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HouseDocument {
    /// The title, e.g. 日常管理制度.
    pub title: Text,
    /// The points, in order.
    pub points: Vec<Text>,
}

impl Kind for Centre {
    const FOLDER: &'static str = "centres";
    const WORD: &'static str = "centre";
    const MARKDOWN: bool = false;
}
