//! The directory of services: HSDS 3.0 as JSON and as a tabular data package.
//!
//! `hsds/services/UUID.json` is a service with everything nested, `hsds/organizations/UUID.json` an organisation with its
//! locations; `hsds/services.json` and `hsds/organizations.json` list them as the standard's API does, in one page.
//! `hsds/datapackage.json` describes `hsds/csv/`. HSDS has one text a field: the site's first language. Rows are made
//! once and shared by all files (`docs/data/hsds.md` says what becomes what).

mod location;
mod nest;
mod organization;
mod package;
mod schedule;
mod service;
mod table;
mod taxonomy;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use self::nest::{Elsewhere, Nowhere, Rows, Written};
use self::schedule::Line;
use self::service::Listed;
use self::table::{Row, TABLES, Table, write_json};
use self::taxonomy::Terms;
use super::alike::Alike;
use super::naming::{absolute, below};
use super::{file, json, of_files, recently};
use crate::artifacts::SiteArtifact;
use crate::calendar::iso;
use crate::content::{Centre, Record};
use crate::site::{Address, Edition};

/// The site as records, each part made when first asked for.
struct Directory<'a> {
    edition: Edition<'a>,
    services: Vec<(Listed<'a>, OnceLock<Lines>)>,
    places: Vec<OnceLock<Place>>,
    organizations: OnceLock<Organizations>,
    terms: OnceLock<Terms>,
    timetables: Alike<Vec<Line>>,
}

/// A centre's location.
struct Place {
    id: String,
    /// It with everything in it, as JSON.
    json: Vec<u8>,
    /// Where in that its organisation stands, with the comma after it.
    owner: Range<usize>,
    /// The same as services take it up: without the hours that are over, or each of a centre's services would carry the
    /// holidays and seasons of the whole year.
    within_services: Vec<u8>,
    /// Where in that its hours stand, which are left out where something is given at times of its own.
    hours: Range<usize>,
    lines: Lines,
}

/// Organisations and programmes.
struct Organizations {
    rows: Vec<Row>,
    /// As JSON, those that a service takes up: an organisation with its contacts and lines but without its places, or
    /// every service would carry all of them.
    within_services: HashMap<String, Vec<u8>>,
    lines: Lines,
}

/// Records as they stand in the tables: all that is kept of most of them, since rows of fields are many times as large.
#[derive(Default)]
struct Lines {
    text: Vec<u8>,
    /// Each record's table, and where in the text its line ends.
    ends: Vec<(&'static str, usize)>,
    /// The identifiers of the terms by which the records are sorted.
    terms: Vec<String>,
    /// The first service or the organisations as members of a JSON object, and where each ends.
    members: Vec<u8>,
    member_ends: Vec<usize>,
}

/// The files of the family.
pub(super) fn files<'a>(editions: &[Edition<'a>]) -> Vec<SiteArtifact<'a>> {
    let Some(first) = editions.first().copied() else { return Vec::new() };
    let directory = Arc::new(Directory::of(first));
    let mut files = Vec::new();
    for (number, (service, _)) in directory.services.iter().enumerate() {
        let of = Arc::clone(&directory);
        let path = format!("hsds/services/{}.json", service.id);
        let made = file(&path, &service.source.file(), move |buffer| of.service(number, buffer));
        let places = service.source.centres().into_iter().filter_map(|id| first.site.file_of(id));
        let own = service.source.file();
        files.extend(of_files(made, first.site, places.chain([&own])));
    }
    for organization in organization::all(&first).iter().filter(|row| row.table == "organization") {
        let (of, id) = (Arc::clone(&directory), organization.id().to_owned());
        let path = format!("hsds/organizations/{id}.json");
        files.extend(file(&path, "site.yaml", move |buffer| of.organization(&id, buffer)));
    }
    let of = Arc::clone(&directory);
    files.extend(file("hsds/services.json", "site.yaml", move |buffer| of.page("service", buffer)));
    let of = Arc::clone(&directory);
    files.extend(file("hsds/organizations.json", "site.yaml", move |buffer| of.page("organization", buffer)));
    files.extend(json("hsds/datapackage.json", "site.yaml", move || {
        let title = first.local(&first.site.content.site.value.title).text;
        package::package(first.site, &title, &absolute(&first, &Address::new("")))
    }));
    for table in &TABLES {
        let of = Arc::clone(&directory);
        let path = format!("hsds/csv/{}.csv", table.file);
        files.extend(file(&path, "site.yaml", move |buffer| of.csv(table, buffer)));
    }
    files
}

impl<'a> Directory<'a> {
    fn of(edition: Edition<'a>) -> Self {
        let services = service::all(&edition).into_iter().map(|service| (service, OnceLock::new())).collect();
        let places = edition.site.content.centres.iter().map(|_| OnceLock::new()).collect();
        let (organizations, terms) = (OnceLock::new(), OnceLock::new());
        Self { edition, services, places, organizations, terms, timetables: Alike::default() }
    }

    fn place(&self, number: usize) -> Option<&Place> {
        let (place, record) = self.places.get(number).zip(self.edition.site.content.centres.get(number))?;
        Some(place.get_or_init(|| Place::of(&self.edition, self.terms(), &self.timetables, record)))
    }

    fn terms(&self) -> &Terms {
        self.terms.get_or_init(|| Terms::of(&self.edition))
    }

    fn organizations(&self) -> &Organizations {
        self.organizations.get_or_init(|| Organizations::of(&self.edition))
    }

    /// Writes a service with everything in it.
    fn service(&self, number: usize, buffer: &mut Vec<u8>) {
        let Some((listed, lines)) = self.services.get(number) else { return };
        let rows = listed.source.rows(&self.edition, self.terms(), &listed.id);
        let places = listed.source.centres().into_iter().filter_map(|id| self.edition.site.index.centre.get(id));
        let places = places.filter_map(|number| self.place(*number)).map(|place| (place.id.as_str(), place)).collect();
        let own_times = rows.iter().any(|row| row.table == "schedule");
        let around = AroundService { organizations: self.organizations(), terms: self.terms(), places, own_times };
        Rows::of(&rows, &around).write("service", &listed.id, |_| true, buffer);
        buffer.push(b'\n');
        lines.get_or_init(|| Lines::of(&rows));
    }

    fn service_lines<'d>(&'d self, (listed, lines): &'d (Listed<'a>, OnceLock<Lines>)) -> &'d Lines {
        lines.get_or_init(|| Lines::of(&listed.source.rows(&self.edition, self.terms(), &listed.id)))
    }

    /// Writes an organisation with its locations and programmes.
    fn organization(&self, id: &str, buffer: &mut Vec<u8>) {
        let around = AroundPublisher { directory: self, id: organization::publisher(&self.edition) };
        if around.id == id {
            // It has all locations in it, megabytes that a growing buffer would move again and again.
            buffer.reserve(self.all_places().map(|place| place.json.len()).sum());
        }
        Rows::of(&self.organizations().rows, &around).write("organization", id, |_| true, buffer);
        buffer.push(b'\n');
    }

    /// All lines, some records in more than one.
    fn lines(&self) -> impl Iterator<Item = &Lines> {
        let services = self.services.iter().map(|service| self.service_lines(service));
        let places = self.all_places().map(|place| &place.lines);
        std::iter::once(&self.organizations().lines).chain(services).chain(places)
    }

    fn all_places(&self) -> impl Iterator<Item = &Place> {
        (0..self.places.len()).filter_map(|number| self.place(number))
    }

    /// Writes a table, each record once.
    fn csv(&self, table: &Table, buffer: &mut Vec<u8>) {
        table.write_head(buffer);
        if matches!(table.name, "taxonomy_term" | "taxonomy") {
            let mut seen = BTreeSet::new();
            let used = self.lines().flat_map(|lines| &lines.terms);
            return used.for_each(|id| self.terms().write_new(id, table, &mut seen, buffer));
        }
        let lines: Vec<(&str, &[u8])> = self.lines().flat_map(|lines| lines.of_table(table.name)).collect();
        buffer.reserve(lines.iter().map(|(_, line)| line.len()).sum());
        let mut seen = HashSet::with_capacity(lines.len());
        lines.iter().filter(|(id, _)| seen.insert(*id)).for_each(|(_, line)| buffer.extend_from_slice(line));
    }

    /// Writes a list as the API of HSDS 3.0 gives it, in one page; each entry with where all of it is.
    fn page(&self, table: &'static str, buffer: &mut Vec<u8>) {
        let mut seen = HashSet::new();
        let records = self.lines().flat_map(|lines| lines.of_table(table).map(|(id, _)| id).zip(lines.members()));
        let records: Vec<(&str, &[u8])> = records.filter(|(id, _)| seen.insert(*id)).collect();
        let (size, empty) = (records.len(), records.is_empty());
        let head = format!(
            "{{\"total_items\":{size},\"total_pages\":1,\"page_number\":1,\"size\":{size},\"first_page\":true,\
             \"last_page\":true,\"empty\":{empty},\"contents\":["
        );
        buffer.extend_from_slice(head.as_bytes());
        for (number, (id, members)) in records.into_iter().enumerate() {
            buffer.extend_from_slice(if number == 0 { b"{" } else { b",{" });
            buffer.extend_from_slice(members);
            buffer.extend_from_slice(b",\"full\":");
            write_json(&below(self.edition.site, &format!("hsds/{table}s/{id}.json")), buffer);
            buffer.push(b'}');
        }
        buffer.extend_from_slice(b"]}\n");
    }
}

impl Place {
    fn of(edition: &Edition<'_>, terms: &Terms, timetables: &Alike<Vec<Line>>, record: &Record<Centre>) -> Self {
        let rows = location::rows(edition, terms, timetables, record);
        let id = location::id(edition, record);
        let (mut json, mut within_services) = (Vec::new(), Vec::new());
        Rows::of(&rows, terms).write("location", &id, |_| true, &mut json);
        json.shrink_to_fit();
        let since = iso(recently(edition.site.today));
        let is_over = |row: &Row| row.table == "schedule" && row.text("valid_to").is_some_and(|last| *last < *since);
        let lasting = rows.iter().filter(|row| !is_over(row));
        let hours = Rows::of(lasting, terms).write("location", &id, |_| true, &mut within_services);
        within_services.shrink_to_fit();
        let owner = format!("\"organization_id\":\"{}\",", organization::publisher(edition));
        let begins = json.windows(owner.len()).position(|part| part == owner.as_bytes());
        let owner = begins.map_or(0..0, |begins| begins..begins + owner.len());
        let lines = Lines::of(&rows);
        Self { id, json, owner, within_services, hours, lines }
    }
}

/// A record as JSON without a part.
fn without<'w>(json: &'w [u8], part: &Range<usize>) -> Written<'w> {
    [json.get(..part.start), json.get(part.end..)].map(Option::unwrap_or_default)
}

impl Organizations {
    fn of(edition: &Edition<'_>) -> Self {
        let mut rows = organization::all(edition);
        rows.extend(organization::programs(edition));
        let mut within_services = HashMap::new();
        let found = Rows::of(&rows, &Nowhere);
        for row in rows.iter().filter(|row| matches!(row.table, "organization" | "program")) {
            let mut json = Vec::new();
            found.write(row.table, row.id(), |table| matches!(table, "contact" | "phone"), &mut json);
            within_services.insert(row.id().to_owned(), json);
        }
        let lines = Lines::of(&rows);
        Self { rows, within_services, lines }
    }
}

impl Lines {
    fn of(rows: &[Row]) -> Self {
        let mut lines = Self::default();
        for row in rows {
            let Some(table) = TABLES.iter().find(|table| table.name == row.table) else { continue };
            table.write_row(row, &mut lines.text);
            lines.ends.push((row.table, lines.text.len()));
            lines.terms.extend(row.text("taxonomy_term_id").map(str::to_owned));
            if matches!(row.table, "service" | "organization") {
                row.write_members(|_| true, &mut lines.members);
                lines.member_ends.push(lines.members.len());
            }
        }
        lines.text.shrink_to_fit();
        lines.ends.shrink_to_fit();
        lines
    }

    /// The records of a table: each one's identifier, which is the first of its cells, and line.
    fn of_table(&self, table: &str) -> impl Iterator<Item = (&str, &[u8])> {
        let begins = std::iter::once(0).chain(self.ends.iter().map(|(_, end)| *end));
        let all = begins.zip(&self.ends).filter(move |(_, (of, _))| *of == table);
        all.filter_map(|(begin, (_, end))| {
            let line = self.text.get(begin..*end)?;
            let id = line.split(|byte| *byte == b',').next()?;
            Some((std::str::from_utf8(id).ok()?, line))
        })
    }

    /// Its services or organisations as members of JSON objects.
    fn members(&self) -> impl Iterator<Item = &[u8]> {
        let begins = std::iter::once(0).chain(self.member_ends.iter().copied());
        begins.zip(&self.member_ends).filter_map(|(begin, end)| self.members.get(begin..*end))
    }
}

/// What a service takes up.
struct AroundService<'d> {
    organizations: &'d Organizations,
    terms: &'d Terms,
    places: HashMap<&'d str, &'d Place>,
    /// Whether it says when it is given, so that the hours of the place say nothing about it.
    own_times: bool,
}

impl Elsewhere for AroundService<'_> {
    fn record(&self, table: &str, id: &str) -> Option<Written<'_>> {
        match table {
            "location" => self.places.get(id).map(|place| match self.own_times {
                true => without(&place.within_services, &place.hours),
                false => without(&place.within_services, &(0..0)),
            }),
            "taxonomy_term" => self.terms.record(table, id),
            _ => self.organizations.within_services.get(id).map(|json| [json.as_slice(), &[]]),
        }
    }

    fn belonging<'w>(&'w self, _: &str, _: &str, _: &str, _: &mut Vec<Written<'w>>) {}
}

/// What the publisher takes up, and no other organisation: every location.
struct AroundPublisher<'d, 'a> {
    directory: &'d Directory<'a>,
    id: String,
}

impl Elsewhere for AroundPublisher<'_, '_> {
    fn record(&self, _: &str, _: &str) -> Option<Written<'_>> {
        None
    }

    fn belonging<'w>(&'w self, table: &str, key: &str, id: &str, found: &mut Vec<Written<'w>>) {
        if (table, key) == ("location", "organization_id") && id == self.id {
            found.extend(self.directory.all_places().map(|place| without(&place.json, &place.owner)));
        }
    }
}
