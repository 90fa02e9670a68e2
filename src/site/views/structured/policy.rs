//! An entitlement: `GovernmentService`.

use super::things::{ContactPoint, Organisation, Party, Service, ServiceChannel, Thing, Writing};
use super::{audiences, id, local, organisation, place};
use crate::content::{Policy, Record, Source};
use crate::site::Edition;
use crate::site::views::frame::Frame;

/// A policy with all that its page says.
pub(super) fn policy(edition: &Edition<'_>, record: &Record<Policy>, frame: &Frame) -> Thing {
    let policy = &record.value;
    let site = edition.site;
    let config = &site.content.site.value;
    let departments = policy.departments.iter().filter_map(|id| config.departments.get(id)).map(|term| {
        Party::GovernmentOrganization(Organisation {
            name: edition.local(&term.name).text,
            url: None,
            telephone: term.phone.iter().map(|phone| phone.as_str().to_owned()).collect(),
        })
    });
    let phone = policy.contact.as_ref().and_then(|contact| {
        let contact_type = edition.local(&contact.role).text;
        Some(ContactPoint { contact_type, telephone: contact.phone.as_ref()?.as_str().to_owned() })
    });
    let centres = policy.centres.iter().filter_map(|id| site.index.centre.get(id));
    let centres = centres.filter_map(|n| site.content.centres.get(*n)).map(|centre| place::named(edition, centre));
    let others = policy.place.iter().map(|name| place::elsewhere(edition, name, None));
    let places = centres
        .chain(others)
        .map(|place| ServiceChannel { service_location: Some(Box::new(place)), ..ServiceChannel::default() });
    let by_phone = phone.map(|phone| ServiceChannel { service_phone: Some(phone), ..ServiceChannel::default() });
    Thing::GovernmentService(Service {
        id: id(edition, &record.id),
        name: edition.local(&policy.title).text,
        description: edition.local(&policy.summary).text,
        url: frame.canonical.clone(),
        service_type: edition.wording.term("nav.policies").to_owned(),
        audience: audiences(edition, &policy.audience),
        provider: departments.collect(),
        area_served: policy.areas.iter().filter_map(|id| place::area(edition, id)).collect(),
        available_channel: places.chain(by_phone).collect(),
        subject_of: policy.source.as_ref().map(|source| Box::new(document(edition, source))),
    })
}

/// The document that a policy rests on.
fn document(edition: &Edition<'_>, source: &Source) -> Thing {
    Thing::CreativeWork(Writing {
        name: edition.local(&source.title).text,
        identifier: source.number.clone(),
        publisher: local(edition, source.issuer.as_ref()).map(organisation),
        date_published: source.issued.map(|day| day.0.to_string()),
        url: source.url.as_ref().map(|url| url.as_str().to_owned()),
        ..Writing::default()
    })
}
