//! A centre as a place: `GovernmentOffice`, or `CivicStructure` for what is no office.

use super::opening::{special, usual, week};
use super::things::{
    AdministrativeArea, GeoCoordinates, InPlace, LocationFeatureSpecification, Place, PostalAddress, Reference, Thing,
};
use super::{id, images, local, page};
use crate::calendar::OpeningHours;
use crate::content::{Accessibility, AmenityEntry, Area, Centre, CentreKind, Id, Location, Record, Text};
use crate::site::Edition;
use crate::site::views::amenity_name;
use crate::site::views::frame::Frame;
use crate::site::views::parts::kebab;

/// A centre with all that its page says.
pub(super) fn centre(edition: &Edition<'_>, record: &Record<Centre>, frame: &Frame) -> Thing {
    let centre = &record.value;
    let hours = edition.site.hours(&record.id);
    let above = centre.part_of.as_ref().map(|above| Reference { id: id(edition, above) });
    let is_office = is_office(centre.kind);
    let place = Place {
        alternate_name: local(edition, centre.short_name.as_ref()),
        description: local(edition, centre.summary.as_ref()),
        url: Some(frame.canonical.clone()),
        image: images(edition, &centre.pictures),
        telephone: centre.phones.iter().map(|phone| phone.number.as_str().to_owned()).collect(),
        is_accessible_for_free: Some(true),
        public_access: Some(true),
        opening_hours_specification: hours.map(|hours| usual(edition, hours)).unwrap_or_default(),
        special_opening_hours_specification: hours.map(|hours| special(edition, record, hours)).unwrap_or_default(),
        amenity_feature: centre
            .amenities
            .iter()
            .map(|entry| amenity(edition, entry, hours))
            .chain(centre.accessibility.iter().map(|feature| accessibility(edition, *feature)))
            .collect(),
        contained_in_place: area(edition, &centre.area).map(InPlace::Area),
        parent_organization: above.filter(|_| is_office),
        ..basic(edition, record)
    };
    typed(centre.kind, place)
}

/// A centre where it is only named: what a map and a calendar need.
pub(super) fn named(edition: &Edition<'_>, record: &Record<Centre>) -> Thing {
    typed(record.value.kind, basic(edition, record))
}

/// A place that is no centre.
pub(super) fn elsewhere(edition: &Edition<'_>, name: &Text, location: Option<Location>) -> Thing {
    Thing::Place(Place { name: edition.local(name).text, geo: location.map(point), ..Place::default() })
}

/// A centre where it is named again: enough to find it for whoever reads nothing but this.
pub(super) fn brief(edition: &Edition<'_>, record: &Record<Centre>) -> Thing {
    let Place { id, name, address, .. } = basic(edition, record);
    typed(record.value.kind, Place { id, name, address, ..Place::default() })
}

/// A room or a part of a centre, with the centre's address.
pub(super) fn room(edition: &Edition<'_>, name: &Text, centre: &Record<Centre>) -> Thing {
    let Place { id, name: of_centre, address, .. } = basic(edition, centre);
    let within = typed(centre.value.kind, Place { id, name: of_centre, ..Place::default() });
    let contained_in_place = Some(InPlace::Place(Box::new(within)));
    Thing::Place(Place { name: edition.local(name).text, address, contained_in_place, ..Place::default() })
}

/// An area, with its page.
pub(super) fn area(edition: &Edition<'_>, area: &Id<Area>) -> Option<AdministrativeArea> {
    let entry = edition.site.index.area.get(area).and_then(|number| edition.site.index.areas.get(*number))?;
    let path = format!("areas/{}/", entry.area.id);
    let here = edition.has(&entry.area.name);
    let address = if here { edition.address(&path) } else { crate::site::Address::new(path) };
    Some(AdministrativeArea { name: edition.local(&entry.area.name).text, url: edition.site.whole(&address) })
}

/// Whether people work at a place who do something for those who come.
fn is_office(kind: CentreKind) -> bool {
    match kind {
        CentreKind::CommunityCentre
        | CentreKind::RegionalCentre
        | CentreKind::BuildingCentre
        | CentreKind::VillageCentre => true,
        CentreKind::Station | CentreKind::MobilePoint => false,
    }
}

fn typed(kind: CentreKind, place: Place) -> Thing {
    if is_office(kind) { Thing::GovernmentOffice(place) } else { Thing::CivicStructure(place) }
}

fn basic(edition: &Edition<'_>, record: &Record<Centre>) -> Place {
    let centre = &record.value;
    let postal = edition.site.postal(&centre.area);
    let region = edition.site.content.site.value.region.as_str();
    Place {
        id: Some(id(edition, &record.id)),
        name: edition.local(&centre.name).text,
        url: Some(page(edition, record)),
        address: Some(PostalAddress {
            street_address: edition.local(&centre.address).text,
            address_locality: local(edition, postal.city.or(postal.district)),
            address_region: local(edition, postal.province),
            postal_code: postal.code.map(str::to_owned),
            address_country: region.split('-').next().unwrap_or(region).to_owned(),
        }),
        geo: centre.location.map(point),
        ..Place::default()
    }
}

fn point(location: Location) -> GeoCoordinates {
    GeoCoordinates { latitude: location.lat, longitude: location.lon }
}

fn amenity(edition: &Edition<'_>, entry: &AmenityEntry, place: Option<&OpeningHours>) -> LocationFeatureSpecification {
    let note = match entry {
        AmenityEntry::Kind(_) => None,
        AmenityEntry::Detailed(detail) => detail.note.as_ref(),
    };
    LocationFeatureSpecification {
        name: amenity_name(edition, entry),
        property_id: kebab(&entry.kind()),
        value: true,
        description: local(edition, note),
        hours_available: entry.hours().map(|lines| week(edition, &lines.0, place)).unwrap_or_default(),
    }
}

fn accessibility(edition: &Edition<'_>, feature: Accessibility) -> LocationFeatureSpecification {
    let word = kebab(&feature);
    LocationFeatureSpecification {
        name: edition.wording.term(&format!("accessibility.{word}")).to_owned(),
        property_id: word,
        value: true,
        description: None,
        hours_available: Vec::new(),
    }
}
