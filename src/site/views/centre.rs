//! A centre: its card for lists and its page.

use serde::Serialize;

use super::data::{card_path, timetable_path};
use super::event::{EventCard, in_order, upcoming};
use super::hours::{HoursView, ShortHours, hours, short};
use super::notice::{NoticeCard, by_urgency, current};
use super::parts::{FigureView, Link, Local, PhoneView, PictureView, figures, kebab, number, phones, pictures};
use super::programme::{ProgrammeView, programme};
use super::shared::Shared;
use super::sheets::{has_sheets, posters_page};
use super::subscription::Subscription;
use super::week::{DayView, days_at};
use crate::content::{AmenityEntry, Audience, Centre, Contact, Id, PhoneNumber, Record, Service};
use crate::site::Edition;
use crate::site::edition::file_url;

/// A centre in a list.
#[derive(Debug, Clone, Serialize)]
pub struct CentreCard {
    /// Its id, by which the page's script finds it.
    pub id: String,
    /// Its page, under its full name.
    pub link: Link,
    /// What sort of place it is, in words.
    pub kind: String,
    /// The same as a word for machines.
    pub kind_id: String,
    /// The area, under its name.
    pub area: Option<Link>,
    /// Where it is.
    pub address: Local,
    /// The first telephone line.
    pub phone: Option<PhoneView>,
    /// When it is open, in short.
    pub hours: Option<ShortHours>,
    /// One or two sentences.
    pub summary: Option<Local>,
    /// What a visitor can use, in words.
    pub amenities: Vec<String>,
    /// Its coming days for the page's script: a pair of a JSON object, ready to stand in a `script` element.
    pub live: Option<String>,
}

/// A centre's page.
#[derive(Debug, Clone, Serialize)]
pub struct CentreView {
    /// What its card says.
    pub card: Shared<CentreCard>,
    /// How to find it.
    pub directions: Option<Local>,
    /// Latitude and longitude, for a `geo:` link (RFC 5870).
    pub geo: Option<String>,
    /// All telephone lines.
    pub phones: Vec<PhoneView>,
    /// Where it has none: whom to call instead, who is responsible for the area or whoever publishes the site.
    pub instead: Vec<PhoneView>,
    /// When it is open.
    pub hours: Option<HoursView>,
    /// What is on here in the next seven days, a day each, today first.
    pub days: Vec<DayView>,
    /// What a visitor can use.
    pub amenities: Vec<AmenityView>,
    /// What makes it usable for everyone.
    pub accessibility: Vec<String>,
    /// What is done for residents.
    pub services: Vec<ServiceView>,
    /// Whom it is for.
    pub audiences: Vec<Local>,
    /// House rules.
    pub rules: Vec<Local>,
    /// Standing documents.
    pub documents: Vec<DocumentView>,
    /// The page of the sheets that hang here.
    pub posters: Option<Link>,
    /// How to tell the centre something.
    pub tell_us: TellUsView,
    /// What was done.
    pub figures: Vec<FigureView>,
    /// Pictures.
    pub pictures: Vec<PictureView>,
    /// The centre it belongs to.
    pub part_of: Option<Link>,
    /// The stations that belong to it.
    pub stations: Vec<Shared<CentreCard>>,
    /// Its programmes that are not over.
    pub programmes: Vec<ProgrammeOnPage>,
    /// Its current notices.
    pub notices: Vec<NoticeCard>,
    /// What is coming.
    pub events: Vec<EventCard>,
    /// What can be applied for here.
    pub policies: Vec<Link>,
    /// The teams that work from here.
    pub teams: Vec<Link>,
    /// Who is on duty.
    pub duty: Vec<Link>,
    /// What people raised.
    pub feedback: Vec<Link>,
    /// What is near, the nearest first.
    pub near: Vec<NearView>,
    /// Calendars to subscribe to.
    pub calendars: Vec<Subscription>,
    /// The coming week as plain text, relative to the root, encoded.
    pub text_version: Option<String>,
    /// The centre for an address book, relative to the root, encoded.
    pub contact_card: Option<String>,
    /// The screen of its lobby, relative to the root, encoded.
    pub display: Option<String>,
}

/// How to tell a centre something.
#[derive(Debug, Clone, Serialize)]
pub struct TellUsView {
    /// In the centre's own words.
    pub text: Option<Local>,
    /// The ways to do it, one each, as its registers name them.
    pub channels: Vec<Local>,
    /// Whom to call where neither says anything.
    pub phones: Vec<PhoneView>,
    /// Where it can be read what others told and what was answered.
    pub registers: Vec<Link>,
}

/// A centre near another.
#[derive(Debug, Clone, Serialize)]
pub struct NearView {
    /// Its page.
    pub link: Link,
    /// What sort of place it is, in words.
    pub kind: String,
    /// How far it is as the crow flies, in words.
    pub distance: String,
}

/// A programme on a centre's page.
#[derive(Debug, Clone, Serialize)]
pub struct ProgrammeOnPage {
    /// The programme's own page.
    pub link: Link,
    /// The programme.
    pub programme: ProgrammeView,
}

/// Something a visitor can use.
#[derive(Debug, Clone, Serialize)]
pub struct AmenityView {
    /// As a word for machines, e.g. to choose a sign.
    pub kind: String,
    /// In words.
    pub name: String,
    /// Where or how and when; several where there are several of it.
    pub notes: Vec<AmenityNote>,
}

/// Where an amenity is and when.
#[derive(Debug, Clone, Serialize)]
pub struct AmenityNote {
    /// Where or how.
    pub note: Option<Local>,
    /// When, where that differs from the centre.
    pub hours: Option<String>,
}

/// Something done for residents.
#[derive(Debug, Clone, Serialize)]
pub struct ServiceView {
    /// What it is called.
    pub name: Local,
    /// What is done.
    pub description: Option<Local>,
    /// Who does it.
    pub provider: Option<Local>,
    /// The office responsible.
    pub department: Option<Local>,
    /// Whom it is for.
    pub audiences: Vec<Local>,
    /// When.
    pub when: Option<Local>,
    /// What it costs.
    pub cost: Option<Local>,
    /// Whom to call.
    pub phone: Option<PhoneView>,
    /// Whether an appointment is needed.
    pub by_appointment: bool,
    /// Whether staff come to the home.
    pub home_visits: bool,
}

/// A standing document.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentView {
    /// The title.
    pub title: Local,
    /// The points.
    pub points: Vec<Local>,
}

/// Names of audiences.
pub(super) fn audiences(edition: &Edition<'_>, ids: &[Id<Audience>]) -> Vec<Local> {
    let known = &edition.site.content.site.value.audiences;
    ids.iter().filter_map(|id| known.get(id)).map(|term| edition.local(&term.name)).collect()
}

/// A centre in a list.
pub(crate) fn card(edition: &Edition<'_>, record: &Record<Centre>) -> Shared<CentreCard> {
    let number = edition.site.index.centre.get(&record.id).copied();
    edition.site.centre_cards.get(edition.language, number, || new_card(edition, record))
}

fn new_card(edition: &Edition<'_>, record: &Record<Centre>) -> CentreCard {
    let centre = &record.value;
    let kind_id = kebab(&centre.kind);
    let entry = edition.site.index.area.get(&centre.area).and_then(|n| edition.site.index.areas.get(*n));
    CentreCard {
        id: record.id.to_string(),
        link: edition.link(record),
        kind: place_kind(edition, record),
        kind_id,
        area: entry.map(|entry| super::area::link(edition, entry)),
        address: edition.local(&centre.address),
        phone: phones(edition, centre.phones.get(..1).unwrap_or_default()).pop(),
        hours: short(edition, record),
        summary: edition.local_some(centre.summary.as_ref()),
        amenities: amenities(edition, centre).into_iter().map(|amenity| amenity.name).collect(),
        live: super::live::centre(edition, record),
    }
}

/// What sort of place it is, in words.
pub(super) fn place_kind(edition: &Edition<'_>, record: &Record<Centre>) -> String {
    edition.wording.term(&format!("centre-kind.{}", kebab(&record.value.kind))).to_owned()
}

/// What an amenity is called.
pub(crate) fn amenity_name(edition: &Edition<'_>, amenity: &AmenityEntry) -> String {
    edition.wording.term(&format!("amenity.{}", kebab(&amenity.kind()))).to_owned()
}

/// A centre's page.
pub(crate) fn centre(edition: &Edition<'_>, record: &Record<Centre>) -> CentreView {
    let centre = &record.value;
    let content = &edition.site.content;
    let index = &edition.site.index;
    let numbers = |numbers: Option<&Vec<usize>>| numbers.cloned().unwrap_or_default();
    let today = edition.site.today;
    let mut coming: Vec<_> =
        numbers(index.events.get(&record.id)).into_iter().filter_map(|n| content.events.get(n)).collect();
    coming.sort_by_key(|event| in_order(event));
    CentreView {
        card: card(edition, record),
        directions: edition.local_some(centre.directions.as_ref()),
        geo: centre.location.map(|point| format!("geo:{},{}", point.lat, point.lon)),
        phones: phones(edition, &centre.phones),
        instead: if centre.phones.is_empty() { instead(edition, centre) } else { Vec::new() },
        hours: hours(edition, record),
        days: days_at(edition, record),
        amenities: amenities(edition, centre),
        accessibility: centre
            .accessibility
            .iter()
            .map(|feature| edition.wording.term(&format!("accessibility.{}", kebab(feature))).to_owned())
            .collect(),
        services: centre.services.iter().map(|s| service(edition, s)).collect(),
        audiences: audiences(edition, &centre.audiences),
        rules: edition.locals(&centre.rules),
        documents: centre
            .documents
            .iter()
            .map(|document| DocumentView {
                title: edition.local(&document.title),
                points: edition.locals(&document.points),
            })
            .collect(),
        posters: (edition.site.sheets && has_sheets(edition, record.id.as_str()))
            .then(|| edition.link_path(&posters_page(&record.id), &record.value.name, true)),
        tell_us: tell_us(edition, record),
        near: near(edition, record),
        figures: figures(edition, &centre.figures),
        pictures: pictures(edition, &centre.pictures),
        part_of: centre.part_of.as_ref().and_then(|id| edition.centre(id)),
        stations: numbers(index.stations.get(&record.id))
            .into_iter()
            .filter_map(|n| content.centres.get(n))
            .map(|station| card(edition, station))
            .collect(),
        programmes: numbers(index.programmes.get(&record.id))
            .into_iter()
            .filter_map(|n| content.programmes.get(n))
            .filter(|record| record.value.valid.last() >= today)
            .map(|record| ProgrammeOnPage { link: edition.link(record), programme: programme(edition, record) })
            .collect(),
        notices: {
            let here = numbers(index.notices.get(&record.id)).into_iter().filter_map(|n| content.notices.get(n));
            let mut notices: Vec<_> = here.filter(|notice| current(edition, notice)).collect();
            notices.sort_by_key(|notice| by_urgency(notice));
            notices.into_iter().map(|notice| super::notice::card(edition, notice)).collect()
        },
        events: coming
            .into_iter()
            .filter(|event| upcoming(edition, event))
            .map(|event| super::event::card(edition, event))
            .collect(),
        policies: links(edition, &content.policies, index.policies.get(&record.id)),
        teams: links(edition, &content.teams, index.teams.get(&record.id)),
        duty: links(edition, &content.duty, index.duty.get(&record.id)),
        feedback: links(edition, &content.feedback, index.feedback.get(&record.id)),
        calendars: super::subscription::of_centre(edition, record),
        text_version: timetable_path(edition, record).map(|path| file_url(&path)),
        contact_card: card_path(edition, record).map(|path| file_url(&path)),
        display: super::has_display(edition, record)
            .then(|| edition.href(&edition.address(&format!("display/{}/", record.id)))),
    }
}

/// How many places near a centre are named.
const NEAR: usize = 4;
/// What is further away than so many metres is not near.
const FAR: f64 = 100_000.0;

fn near(edition: &Edition<'_>, record: &Record<Centre>) -> Vec<NearView> {
    let found = edition.site.nearest(record, NEAR, FAR, |other| edition.offers(other)).into_iter();
    found
        .map(|(other, metres)| NearView {
            link: edition.link(other),
            kind: edition.wording.term(&format!("centre-kind.{}", kebab(&other.value.kind))).to_owned(),
            distance: distance_in_words(edition, metres),
        })
        .collect()
}

/// A distance, no more exact than coordinates and streets allow.
fn distance_in_words(edition: &Edition<'_>, metres: f64) -> String {
    let kilometres = metres / 1000.0;
    let (term, n) = match metres {
        ..975.0 => ("distance.metres", format!("{:.0}", (metres / 50.0).round().max(1.0) * 50.0)),
        ..9_950.0 => ("distance.kilometres", format!("{kilometres:.1}")),
        _ => ("distance.kilometres", format!("{kilometres:.0}")),
    };
    edition.wording.say(term, &[("n", n.strip_suffix(".0").unwrap_or(&n))])
}

fn tell_us(edition: &Edition<'_>, record: &Record<Centre>) -> TellUsView {
    let content = &edition.site.content;
    let registers = edition.site.index.feedback.get(&record.id).into_iter().flatten();
    let registers = registers.filter_map(|number| content.feedback.get(*number));
    let text = edition.local_some(record.value.tell_us.as_ref());
    let mut channels: Vec<Local> = registers.flat_map(|register| edition.locals(&register.value.channels)).collect();
    channels.dedup();
    let silent = text.is_none() && channels.is_empty();
    TellUsView {
        phones: match record.value.phones.as_slice() {
            _ if !silent => Vec::new(),
            [] => publisher(edition),
            own => phones(edition, own),
        },
        registers: links(edition, &content.feedback, edition.site.index.feedback.get(&record.id)),
        text,
        channels,
    }
}

fn links<K: crate::site::edition::Titled>(
    edition: &Edition<'_>,
    records: &[Record<K>],
    numbers: Option<&Vec<usize>>,
) -> Vec<Link> {
    let numbers = numbers.map(Vec::as_slice).unwrap_or_default();
    numbers.iter().filter_map(|n| records.get(*n)).map(|record| edition.link(record)).collect()
}

/// What a visitor can use, each kind once.
fn amenities(edition: &Edition<'_>, centre: &Centre) -> Vec<AmenityView> {
    let mut found: Vec<AmenityView> = Vec::new();
    for entry in &centre.amenities {
        let kind = kebab(&entry.kind());
        let note = match entry {
            AmenityEntry::Kind(_) => None,
            AmenityEntry::Detailed(detail) => Some(AmenityNote {
                note: edition.local_some(detail.note.as_ref()),
                hours: detail.hours.as_ref().map(|hours| edition.wording.weekly_lines(hours)),
            }),
        };
        let note = note.filter(|note| note.note.is_some() || note.hours.is_some());
        match found.iter_mut().find(|amenity| amenity.kind == kind) {
            Some(known) => known.notes.extend(note),
            None => {
                found.push(AmenityView { name: amenity_name(edition, entry), notes: note.into_iter().collect(), kind })
            }
        }
    }
    found
}

/// Whom to call about a centre that has no telephone: who is responsible for the nearest area that has one, else whoever
/// publishes the site.
fn instead(edition: &Edition<'_>, centre: &Centre) -> Vec<PhoneView> {
    let around = edition.site.index.lineage(&centre.area).into_iter().rev();
    let mut lines = around.map(|entry| {
        let answered = entry.area.contacts.iter().filter_map(|contact| Some((contact, contact.phone.as_ref()?)));
        let line = |(contact, phone): (&Contact, &PhoneNumber)| PhoneView {
            purpose: Some(edition.local(&contact.role)),
            hours: edition.local_some(contact.note.as_ref()),
            ..number(phone.as_str())
        };
        answered.map(line).take(1).collect::<Vec<_>>()
    });
    lines.find(|lines| !lines.is_empty()).unwrap_or_else(|| publisher(edition))
}

/// The first line of whoever publishes the site, under the site's name, so that it is not taken for a centre's own.
fn publisher(edition: &Edition<'_>) -> Vec<PhoneView> {
    let config = &edition.site.content.site.value;
    let named = |line: PhoneView| PhoneView { purpose: Some(edition.local(&config.title)), ..line };
    phones(edition, config.phones.get(..1).unwrap_or_default()).into_iter().map(named).collect()
}

fn service(edition: &Edition<'_>, service: &Service) -> ServiceView {
    let department = service.department.as_ref().and_then(|id| edition.site.content.site.value.departments.get(id));
    let hours = service.hours.as_ref().map(|hours| Local { text: edition.wording.weekly_lines(hours), lang: None });
    ServiceView {
        name: edition.local(&service.name),
        description: edition.local_some(service.description.as_ref()),
        provider: edition.local_some(service.provider.as_ref()),
        department: department.map(|term| edition.local(&term.name)),
        audiences: audiences(edition, &service.audiences),
        when: edition.local_some(service.when.as_ref()).or(hours),
        cost: edition.local_some(service.cost.as_ref()),
        phone: service.phone.as_ref().map(|phone| number(phone.as_str())),
        by_appointment: service.by_appointment,
        home_visits: service.home_visits,
    }
}
