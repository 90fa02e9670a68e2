//! The types of schema.org that pages are described with, as far as they are used here.
//!
//! A field has the name of its property, so its meaning is schema.org's; what is empty is left out. Times and dates are
//! ISO 8601, enumerated values are written with their whole address.

use std::rc::Rc;

use serde::Serialize;

/// A thing with its type (`@type`).
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "@type")]
pub(super) enum Thing {
    GovernmentOffice(Place),
    CivicStructure(Place),
    Place(Place),
    EventSeries(Event),
    Event(Event),
    GovernmentService(Service),
    SpecialAnnouncement(Writing),
    NewsArticle(Writing),
    CreativeWork(Writing),
    WebSite(Writing),
    BreadcrumbList(Breadcrumbs),
}

/// A thing that is described elsewhere, by its `@id`.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Reference {
    #[serde(rename = "@id")]
    pub id: String,
}

/// `GovernmentOffice`, `CivicStructure` or `Place`.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternate_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub image: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<PostalAddress>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geo: Option<GeoCoordinates>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub telephone: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_accessible_for_free: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_access: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub opening_hours_specification: Vec<OpeningHoursSpecification>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub special_opening_hours_specification: Vec<OpeningHoursSpecification>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub amenity_feature: Vec<LocationFeatureSpecification>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contained_in_place: Option<InPlace>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_organization: Option<Reference>,
}

/// What a place lies in: an area, or another place that is described elsewhere.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub(super) enum InPlace {
    Area(AdministrativeArea),
    Place(Box<Thing>),
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct PostalAddress {
    pub street_address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_locality: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address_region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// ISO 3166-1.
    pub address_country: String,
}

/// Decimal degrees (WGS 84).
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "@type")]
pub(super) struct GeoCoordinates {
    pub latitude: f64,
    pub longitude: f64,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "@type")]
pub(super) struct AdministrativeArea {
    pub name: String,
    pub url: String,
}

#[derive(Debug, Clone, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct OpeningHoursSpecification {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub day_of_week: Vec<&'static str>,
    pub opens: String,
    pub closes: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_through: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct LocationFeatureSpecification {
    pub name: String,
    /// The word that the record has for it, e.g. `drinking-water`.
    #[serde(rename = "propertyID")]
    pub property_id: String,
    pub value: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hours_available: Vec<OpeningHoursSpecification>,
}

/// `EventSeries` or `Event`.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Event {
    #[serde(rename = "@id")]
    pub id: String,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_language: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub image: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_status: Option<EventStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_attendance_mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Rc<Thing>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub organizer: Vec<Party>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<Audience>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_accessible_for_free: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum_attendee_capacity: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keywords: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub event_schedule: Vec<Schedule>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub super_event: Option<Reference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sub_event: Vec<Thing>,
}

/// `EventStatusType`.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) enum EventStatus {
    #[serde(rename = "https://schema.org/EventScheduled")]
    Scheduled,
    #[serde(rename = "https://schema.org/EventCancelled")]
    Cancelled,
    #[serde(rename = "https://schema.org/EventRescheduled")]
    Rescheduled,
}

/// All that is held here is held at a place.
pub(super) const OFFLINE: &str = "https://schema.org/OfflineEventAttendanceMode";

#[derive(Debug, Clone, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct Schedule {
    /// A duration (ISO 8601), e.g. `P1W`.
    pub repeat_frequency: String,
    /// Weekdays, or what RFC 5545 writes behind `BYDAY=`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by_day: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by_month: Vec<i8>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by_month_day: Vec<i8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeat_count: Option<u16>,
    pub start_date: String,
    pub end_date: String,
    pub start_time: String,
    pub end_time: String,
    /// A name of the IANA time zone database.
    pub schedule_timezone: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub except_date: Vec<String>,
}

/// An organisation, with its type.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "@type")]
pub(super) enum Party {
    Organization(Organisation),
    GovernmentOrganization(Organisation),
}

#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Organisation {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub telephone: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct Audience {
    pub audience_type: String,
}

/// `GovernmentService`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Service {
    #[serde(rename = "@id")]
    pub id: String,
    pub name: String,
    pub description: String,
    pub url: String,
    pub service_type: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<Audience>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub provider: Vec<Party>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub area_served: Vec<AdministrativeArea>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub available_channel: Vec<ServiceChannel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_of: Option<Box<Thing>>,
}

#[derive(Debug, Clone, Default, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct ServiceChannel {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_location: Option<Box<Thing>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_phone: Option<ContactPoint>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct ContactPoint {
    pub contact_type: String,
    pub telephone: String,
}

/// `SpecialAnnouncement`, `NewsArticle`, `WebSite` and other works.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Writing {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub image: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_posted: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Party>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Party>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<Audience>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub spatial_coverage: Vec<AdministrativeArea>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub announcement_location: Vec<Thing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_part_of: Option<Reference>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Breadcrumbs {
    pub item_list_element: Vec<ListItem>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "@type")]
pub(super) struct ListItem {
    pub position: usize,
    pub name: String,
    pub item: String,
}
