//! The site's own JSON: `/api/v1/`, a file a kind, each described by a JSON Schema made from the types it is written
//! from.
//!
//! `index.json` names the files, the languages and the terms that records use by id. Within version 1 keys are only
//! added, never taken away or given another meaning; `tests/api.rs` holds the schemas against the ones that were
//! published. Programs must bear with keys and words that they do not know.

mod centre;
mod dictionary;
mod ground;
mod hours;
mod news;
mod object;
mod page;
mod parts;
mod people;
mod recurrence;
mod session;

pub(in crate::artifacts) use dictionary::dictionary;

use std::sync::Arc;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

use self::centre::{Centre, CentreFile, Centres};
use self::ground::{Area, CalendarYear, Named};
use self::news::{Event, Notice, Policy};
use self::object::{Object, text};
use self::page::Page;
use self::parts::{Made, Phone, Words, Writer};
use self::people::{Duty, Feedback, Outreach, Team};
use self::session::{Programme, SessionList, Sessions};
use super::naming::absolute;
use super::{file, json_pretty, of_files};
use crate::artifacts::SiteArtifact;
use crate::content::Validity;
use crate::site::{Address, Edition};

/// A file of records of one kind.
#[derive(JsonSchema)]
#[schemars(rename = "{T}List")]
#[allow(dead_code, reason = "it is described as a whole and written record by record")]
struct List<T> {
    /// The JSON Schema of this file, absolute.
    schema: String,
    /// The records, in the order of their ids.
    items: Vec<T>,
}

/// What there is.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Index")]
struct IndexFile {
    /// The JSON Schema of this file, absolute.
    schema: String,
    /// The version of the API: within it, keys are only added.
    version: u32,
    /// The site's name.
    title: Words,
    /// What the site is.
    summary: Option<Words>,
    /// Who publishes it.
    publisher: Words,
    /// The publisher's telephone lines.
    phones: Vec<Phone>,
    /// The site's home page, absolute.
    home: String,
    /// The zone of all civil times (IANA).
    time_zone: String,
    /// The region whose public holidays apply, ISO 3166.
    region: String,
    /// The languages, the first one being the one that everything is written in.
    languages: Vec<Language>,
    /// Whom things are for.
    audiences: Vec<Named>,
    /// Offices that are responsible for policies and services.
    departments: Vec<Named>,
    /// What groups activities and events.
    strands: Vec<Named>,
    /// The files.
    files: Vec<FileOf>,
}

/// A language of the site.
#[derive(Serialize, JsonSchema)]
struct Language {
    /// Its BCP 47 tag.
    tag: String,
    /// Its own name for itself.
    name: String,
    /// Whether a native reader has checked the texts.
    reviewed: bool,
}

/// A file of the API.
#[derive(Serialize, JsonSchema)]
struct FileOf {
    /// What is in it.
    kind: String,
    /// The file, absolute.
    url: String,
    /// Its JSON Schema, absolute.
    schema: String,
}

/// The kinds that have a file of their own, in the order of the index.
const KINDS: [&str; 13] = [
    "centres",
    "programmes",
    "sessions",
    "events",
    "policies",
    "notices",
    "teams",
    "pages",
    "areas",
    "calendar",
    "duty",
    "outreach",
    "feedback",
];

/// A small program that uses the API, and where it is published.
const EXAMPLE: &str = "data/today.py";
const EXAMPLE_TEXT: &str = include_str!("../../../../docs/data/today.py");

/// The files of the family.
pub(super) fn files<'a>(editions: &[Edition<'a>]) -> Vec<SiteArtifact<'a>> {
    let all: Arc<[Edition<'a>]> = editions.into();
    let Some(first) = all.first().copied() else { return Vec::new() };
    let content = &first.site.content;
    let made = Made { centres: Centres::of(content.centres.len()), sessions: Sessions::of(content.programmes.len()) };
    let mut files = Files { editions: all, made: Arc::new(made), files: Vec::new() };
    files.write("index", "site.yaml", |w, buffer| {
        buffer.extend_from_slice(text(&index(w)).as_bytes());
        buffer.push(b'\n');
    });
    files.write_list("centres", |w, add| {
        content.centres.iter().for_each(|record| add(&|buffer| centre::write(w, record, buffer)));
    });
    files.list("programmes", |w, add| content.programmes.iter().for_each(|record| add(session::programme(w, record))));
    files.write("sessions", "site.yaml", session::write_list);
    files.list("events", |w, add| content.events.iter().for_each(|record| add(news::event(w, record))));
    files.list("policies", |w, add| content.policies.iter().for_each(|record| add(news::policy(w, record))));
    files.list("notices", |w, add| {
        let current = |notice: &&crate::content::Record<crate::content::Notice>| {
            notice.value.validity(w.first.site.now) == Validity::Current
        };
        content.notices.iter().filter(current).for_each(|record| add(news::notice(w, record)));
    });
    files.list("teams", |w, add| content.teams.iter().for_each(|record| add(people::team(w, record))));
    files.list("pages", |w, add| content.pages.iter().for_each(|record| add(page::page(w, record))));
    files.list("areas", |w, add| w.first.site.index.areas.iter().for_each(|entry| add(ground::area(w, entry))));
    files.list("calendar", |w, add| content.calendar.iter().for_each(|record| add(ground::calendar(w, record))));
    files.list("duty", |w, add| content.duty.iter().for_each(|record| add(people::duty(w, record))));
    files.list("outreach", |w, add| content.outreach.iter().for_each(|record| add(people::outreach(w, record))));
    files.list("feedback", |w, add| content.feedback.iter().for_each(|record| add(people::feedback(w, record))));
    for record in &content.centres {
        let path = format!("centres/{}", record.id);
        files.write(&path, &record.origin.file, move |w, buffer| centre::write_file(w, record, buffer));
        let made = files.files.pop();
        files.files.extend(of_files(made, first.site, first.site.files_at(record)));
    }
    for (name, schema) in SCHEMAS {
        files.files.extend(json_pretty(&format!("api/v1/schema/{name}.json"), "site.yaml", schema));
    }
    files.files.extend(file(EXAMPLE, "site.yaml", |buffer| buffer.extend_from_slice(EXAMPLE_TEXT.as_bytes())));
    files.files
}

struct Files<'a> {
    editions: Arc<[Edition<'a>]>,
    made: Arc<Made>,
    files: Vec<SiteArtifact<'a>>,
}

/// Writes a record.
type Write<'w> = &'w dyn Fn(&mut Vec<u8>);

impl<'a> Files<'a> {
    fn write(&mut self, name: &str, origin: &str, write: impl Fn(Writer<'_, 'a>, &mut Vec<u8>) + Send + Sync + 'a) {
        let (editions, made) = (Arc::clone(&self.editions), Arc::clone(&self.made));
        self.files.extend(file(&format!("api/v1/{name}.json"), origin, move |buffer| {
            if let Some(first) = editions.first() {
                write(Writer { editions: &editions, first, made: &made }, buffer);
            }
        }));
    }

    /// A file of records, each written when `items` adds it: all those of a large site at once would take many times the
    /// room of their text.
    fn list<T: Serialize>(
        &mut self,
        kind: &'static str,
        items: impl Fn(Writer<'_, 'a>, &mut dyn FnMut(T)) + Send + Sync + 'a,
    ) {
        self.write_list(kind, move |writer, add| {
            items(writer, &mut |item| {
                add(&|buffer| {
                    // To memory, so that only what cannot be JSON could fail, and that is not among these types.
                    let _ = serde_json::to_writer(buffer, &item);
                });
            });
        });
    }

    /// The same of records that write themselves.
    fn write_list(
        &mut self,
        kind: &'static str,
        items: impl Fn(Writer<'_, 'a>, &mut dyn FnMut(Write<'_>)) + Send + Sync + 'a,
    ) {
        self.write(kind, "site.yaml", move |writer, buffer| {
            let mut object = Object::begin(buffer);
            object.member("schema", &writer.file(&format!("schema/{kind}.json")));
            let list = object.named("items");
            list.push(b'[');
            let begins = list.len();
            items(writer, &mut |write| {
                list.extend((list.len() > begins).then_some(b','));
                write(list);
            });
            list.push(b']');
            object.end_file();
        });
    }
}

fn index(writer: Writer<'_, '_>) -> IndexFile {
    let config = &writer.first.site.content.site.value;
    let file = |kind: &&str| FileOf {
        kind: (*kind).to_owned(),
        url: writer.file(&format!("{kind}.json")),
        schema: writer.file(&format!("schema/{kind}.json")),
    };
    IndexFile {
        schema: writer.file("schema/index.json"),
        version: 1,
        title: writer.words(&config.title),
        summary: writer.maybe(config.summary.as_ref()),
        publisher: writer.words(&config.publisher),
        phones: config.phones.iter().map(|phone| writer.phone(phone)).collect(),
        home: absolute(writer.first, &Address::new("")),
        time_zone: config.time_zone.as_str().to_owned(),
        region: config.region.as_str().to_owned(),
        languages: config
            .languages
            .iter()
            .map(|found| Language {
                tag: found.tag.to_string(),
                name: found.name.clone(),
                reviewed: writer.editions.iter().any(|edition| *edition.language == found.tag && edition.is_reviewed()),
            })
            .collect(),
        audiences: ground::named(writer, &config.audiences),
        departments: ground::named(writer, &config.departments),
        strands: ground::named(writer, &config.strands),
        files: KINDS.iter().map(file).collect(),
    }
}

/// The schema of what is written of a type: every key that always stands there is required.
fn schema<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// The name of a schema's file, and what makes it.
type Described = (&'static str, fn() -> Schema);

/// The schemas.
const SCHEMAS: [Described; 15] = [
    ("index", schema::<IndexFile>),
    ("centres", schema::<List<Centre>>),
    ("centre", schema::<CentreFile>),
    ("programmes", schema::<List<Programme>>),
    ("sessions", schema::<SessionList>),
    ("events", schema::<List<Event>>),
    ("policies", schema::<List<Policy>>),
    ("notices", schema::<List<Notice>>),
    ("teams", schema::<List<Team>>),
    ("pages", schema::<List<Page>>),
    ("areas", schema::<List<Area>>),
    ("calendar", schema::<List<CalendarYear>>),
    ("duty", schema::<List<Duty>>),
    ("outreach", schema::<List<Outreach>>),
    ("feedback", schema::<List<Feedback>>),
];
