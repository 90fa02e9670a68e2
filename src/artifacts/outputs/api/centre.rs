//! Centres, and the file of one centre with what is coming there.

use std::sync::OnceLock;

use schemars::JsonSchema;
use serde::Serialize;

use super::hours::{Hours, hours};
use super::object::{Object, text};
use super::parts::{Figure, Pages, Phone, Picture, Point, WeekTimes, Words, Writer, id, ids, point, week};
use super::session::{Session, write_at_centre};
use crate::content::{self, Accessibility, Amenity, AmenityEntry, CentreKind, Record};

/// A place that residents can go to.
#[derive(Serialize, JsonSchema)]
pub(super) struct Centre {
    /// Its id.
    id: String,
    /// Its pages.
    pages: Pages,
    /// Its file with what is coming there, absolute.
    file: String,
    /// The full name.
    name: Words,
    /// The name in lists.
    short_name: Option<Words>,
    /// What sort of place it is.
    kind: CentreKind,
    /// The id of the area it stands in.
    area: String,
    /// The id of the centre that it belongs to.
    part_of: Option<String>,
    /// What the place is and for whom.
    summary: Option<Words>,
    /// Where it is, as on an envelope.
    address: Words,
    /// How to find it.
    directions: Option<Words>,
    /// Where it is on the map.
    location: Option<Point>,
    /// Telephone lines, the most general first.
    phones: Vec<Phone>,
    /// When it is open; nothing where that is not written.
    hours: Option<Hours>,
    /// What is said beside the hours.
    hours_note: Option<Words>,
    /// What a visitor can use.
    amenities: Vec<AmenityThere>,
    /// What makes it usable for everyone.
    accessibility: Vec<Accessibility>,
    /// What is done for residents.
    services: Vec<Service>,
    /// The ids of those it is meant for; none means everyone.
    audiences: Vec<String>,
    /// House rules.
    rules: Vec<Words>,
    /// Standing documents.
    documents: Vec<Document>,
    /// How to tell the centre something.
    tell_us: Option<Words>,
    /// What was done.
    figures: Vec<Figure>,
    /// Pictures.
    pictures: Vec<Picture>,
}

/// Something a visitor can use.
#[derive(Serialize, JsonSchema)]
struct AmenityThere {
    /// What it is.
    kind: Amenity,
    /// Where it stands or how it is used.
    note: Option<Words>,
    /// When it can be used, where that is not whenever the place is open.
    hours: Option<Vec<WeekTimes>>,
}

/// Something done for residents.
#[derive(Serialize, JsonSchema)]
struct Service {
    /// What it is called.
    name: Words,
    /// What is done.
    description: Option<Words>,
    /// Who does it.
    provider: Option<Words>,
    /// The id of the office responsible.
    department: Option<String>,
    /// The ids of those it is for; none means everyone.
    audiences: Vec<String>,
    /// When it is given, where that is not whenever the place is open.
    hours: Option<Vec<WeekTimes>>,
    /// When it is given, in words.
    when: Option<Words>,
    /// What it costs.
    cost: Option<Words>,
    /// Whom to call.
    phone: Option<String>,
    /// Whether an appointment is needed.
    by_appointment: bool,
    /// Whether staff come to the home.
    home_visits: bool,
}

/// A standing document of a house.
#[derive(Serialize, JsonSchema)]
struct Document {
    /// Its title.
    title: Words,
    /// Its points, in order.
    points: Vec<Words>,
}

/// One centre with what is coming there.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "it is described as a whole and written member by member")]
pub(super) struct CentreFile {
    /// The JSON Schema of this file, absolute.
    schema: String,
    /// The centre.
    centre: Centre,
    /// Its sessions of the coming 60 days.
    sessions: Vec<Session>,
    /// The ids of its programmes.
    programmes: Vec<String>,
    /// The ids of events there that are not over.
    events: Vec<String>,
    /// The ids of notices that concern it by name and are current.
    notices: Vec<String>,
    /// The ids of policies that can be applied for there.
    policies: Vec<String>,
    /// The ids of teams that work from there.
    teams: Vec<String>,
}

/// Each centre as text, by its number, once it was made.
pub(super) struct Centres(Vec<OnceLock<String>>);

impl Centres {
    /// Room for so many centres.
    pub(super) fn of(count: usize) -> Self {
        Self((0..count).map(|_| OnceLock::new()).collect())
    }
}

/// Writes a centre.
pub(super) fn write(writer: Writer<'_, '_>, record: &Record<content::Centre>, buffer: &mut Vec<u8>) {
    let number = writer.first.site.index.centre.get(&record.id);
    let known = number.and_then(|number| writer.made.centres.0.get(*number));
    let known = known.map(|known| known.get_or_init(|| text(&centre(writer, record))));
    buffer.extend_from_slice(known.map_or("null", String::as_str).as_bytes());
}

fn centre(writer: Writer<'_, '_>, record: &Record<content::Centre>) -> Centre {
    let centre = &record.value;
    Centre {
        id: record.id.to_string(),
        pages: writer.pages(record),
        file: writer.file(&format!("centres/{}.json", record.id)),
        name: writer.words(&centre.name),
        short_name: writer.maybe(centre.short_name.as_ref()),
        kind: centre.kind,
        area: centre.area.to_string(),
        part_of: id(centre.part_of.as_ref()),
        summary: writer.maybe(centre.summary.as_ref()),
        address: writer.words(&centre.address),
        directions: writer.maybe(centre.directions.as_ref()),
        location: point(centre.location),
        phones: centre.phones.iter().map(|phone| writer.phone(phone)).collect(),
        hours: centre.hours.as_ref().map(|found| hours(writer, record, found)),
        hours_note: writer.maybe(centre.hours_note.as_ref()),
        amenities: centre.amenities.iter().map(|entry| amenity(writer, entry)).collect(),
        accessibility: centre.accessibility.clone(),
        services: centre.services.iter().map(|found| service(writer, found)).collect(),
        audiences: ids(&centre.audiences),
        rules: writer.all(&centre.rules),
        documents: centre
            .documents
            .iter()
            .map(|found| Document { title: writer.words(&found.title), points: writer.all(&found.points) })
            .collect(),
        tell_us: writer.maybe(centre.tell_us.as_ref()),
        figures: writer.figures(&centre.figures),
        pictures: writer.pictures(&centre.pictures),
    }
}

fn amenity(writer: Writer<'_, '_>, entry: &AmenityEntry) -> AmenityThere {
    let note = match entry {
        AmenityEntry::Kind(_) => None,
        AmenityEntry::Detailed(detail) => writer.maybe(detail.note.as_ref()),
    };
    AmenityThere { kind: entry.kind(), note, hours: entry.hours().map(|lines| week(&lines.0)) }
}

fn service(writer: Writer<'_, '_>, service: &content::Service) -> Service {
    Service {
        name: writer.words(&service.name),
        description: writer.maybe(service.description.as_ref()),
        provider: writer.maybe(service.provider.as_ref()),
        department: id(service.department.as_ref()),
        audiences: ids(&service.audiences),
        hours: service.hours.as_ref().map(|lines| week(&lines.0)),
        when: writer.maybe(service.when.as_ref()),
        cost: writer.maybe(service.cost.as_ref()),
        phone: service.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        by_appointment: service.by_appointment,
        home_visits: service.home_visits,
    }
}

/// Writes the file of a centre.
pub(super) fn write_file(writer: Writer<'_, '_>, record: &Record<content::Centre>, buffer: &mut Vec<u8>) {
    let site = writer.first.site;
    let (content, index) = (&site.content, &site.index);
    let numbers = |numbers: Option<&Vec<usize>>| numbers.cloned().unwrap_or_default().into_iter();
    let of = &record.id;
    let events = numbers(index.events.get(of)).filter_map(|number| content.events.get(number));
    let notices = numbers(index.notices.get(of)).filter_map(|number| content.notices.get(number));
    let programmes = numbers(index.programmes.get(of)).filter_map(|number| content.programmes.get(number));
    let policies = numbers(index.policies.get(of)).filter_map(|number| content.policies.get(number));
    let teams = numbers(index.teams.get(of)).filter_map(|number| content.teams.get(number));
    let current = |notice: &&Record<content::Notice>| notice.value.validity(site.now) == content::Validity::Current;
    let mut object = Object::begin(buffer);
    object.member("schema", &writer.file("schema/centre.json"));
    write(writer, record, object.named("centre"));
    write_at_centre(writer, of, object.named("sessions"));
    object.member("programmes", &programmes.map(|found| found.id.as_str()).collect::<Vec<_>>());
    let coming = events.filter(|found| found.value.on.last() >= site.today);
    object.member("events", &coming.map(|found| found.id.as_str()).collect::<Vec<_>>());
    object.member("notices", &notices.filter(current).map(|found| found.id.as_str()).collect::<Vec<_>>());
    object.member("policies", &policies.map(|found| found.id.as_str()).collect::<Vec<_>>());
    object.member("teams", &teams.map(|found| found.id.as_str()).collect::<Vec<_>>());
    object.end_file();
}
