//! The directory of services: HSDS 3.0 as JSON and as a tabular data package.
//!
//! `hsds/services/UUID.json` is a service with everything nested, `hsds/organizations/UUID.json` an organisation with its
//! locations; `hsds/services.json` and `hsds/organizations.json` list them as the standard's API does, in one page.
//! `hsds/datapackage.json` describes `hsds/csv/`. HSDS has one text a field: the site's first language. Rows are made
//! once and shared by all files (`docs/data/hsds.md` says what becomes what).

mod location;
mod nest;
mod organization;
mod schedule;
mod service;
mod table;
mod taxonomy;

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use serde_json::{Value, json};

use self::nest::Rows;
use self::service::Listed;
use self::table::{Row, TABLES, Table};
use super::naming::{absolute, below};
use super::{file, json};
use crate::artifacts::SiteArtifact;
use crate::site::{Address, Edition};

/// The site as rows, each part made when first asked for.
struct Directory<'a> {
    edition: Edition<'a>,
    services: Vec<(Listed<'a>, OnceLock<Vec<Row>>)>,
    locations: Vec<OnceLock<Vec<Row>>>,
    organizations: OnceLock<Vec<Row>>,
}

/// The files of the family.
pub(super) fn files<'a>(editions: &[Edition<'a>]) -> Vec<SiteArtifact<'a>> {
    let Some(first) = editions.first().copied() else { return Vec::new() };
    let directory = Arc::new(Directory::of(first));
    let mut files = Vec::new();
    for (number, (service, _)) in directory.services.iter().enumerate() {
        let of = Arc::clone(&directory);
        let path = format!("hsds/services/{}.json", service.id);
        files.extend(json(&path, &service.source.file(), move || of.service(number)));
    }
    for organization in organization::all(&first).iter().filter(|row| row.table == "organization") {
        let (of, id) = (Arc::clone(&directory), organization.id().to_owned());
        let path = format!("hsds/organizations/{id}.json");
        files.extend(json(&path, "site.yaml", move || of.organization(&id)));
    }
    let of = Arc::clone(&directory);
    files.extend(json("hsds/services.json", "site.yaml", move || of.page("service")));
    let of = Arc::clone(&directory);
    files.extend(json("hsds/organizations.json", "site.yaml", move || of.page("organization")));
    files.extend(json("hsds/datapackage.json", "site.yaml", move || {
        let title = first.local(&first.site.content.site.value.title).text;
        table::package(first.site, &title, &absolute(&first, &Address::new("")))
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
        let locations = edition.site.content.centres.iter().map(|_| OnceLock::new()).collect();
        Self { edition, services, locations, organizations: OnceLock::new() }
    }

    fn location(&self, number: usize) -> &[Row] {
        let record = self.edition.site.content.centres.get(number);
        let rows = self.locations.get(number).zip(record);
        rows.map_or(&[], |(rows, record)| rows.get_or_init(|| location::rows(&self.edition, record)))
    }

    fn service_rows<'d>(&'d self, (service, rows): &'d (Listed<'a>, OnceLock<Vec<Row>>)) -> &'d [Row] {
        rows.get_or_init(|| service.source.rows(&self.edition, &service.id))
    }

    /// Organisations and programmes.
    fn organizations(&self) -> &[Row] {
        self.organizations.get_or_init(|| {
            let programs = organization::programs(&self.edition);
            organization::all(&self.edition).into_iter().chain(programs).collect()
        })
    }

    /// A service with everything in it.
    fn service(&self, number: usize) -> Value {
        let Some(listed) = self.services.get(number) else { return Value::Null };
        let places = listed.0.source.centres().into_iter().filter_map(|id| self.edition.site.index.centre.get(id));
        let places = places.flat_map(|number| self.location(*number));
        let rows = self.service_rows(listed).iter().chain(self.organizations()).chain(places);
        Rows::of(rows).nested("service", &listed.0.id).unwrap_or_default()
    }

    /// An organisation with its locations and programmes.
    fn organization(&self, id: &str) -> Value {
        let owns_places = id == organization::publisher(&self.edition);
        let places = (0..self.locations.len()).filter(|_| owns_places).flat_map(|number| self.location(number));
        Rows::of(self.organizations().iter().chain(places)).nested("organization", id).unwrap_or_default()
    }

    /// All rows, some more than once.
    fn rows(&self) -> impl Iterator<Item = &Row> {
        let services = self.services.iter().flat_map(|service| self.service_rows(service));
        let places = (0..self.locations.len()).flat_map(|number| self.location(number));
        self.organizations().iter().chain(services).chain(places)
    }

    /// The rows of a table, each once.
    fn table(&self, table: &str) -> impl Iterator<Item = &Row> {
        let mut seen = BTreeSet::new();
        self.rows().filter(move |row| row.table == table && seen.insert(row.id()))
    }

    fn csv(&self, table: &Table, buffer: &mut Vec<u8>) {
        table.write_head(buffer);
        self.table(table.name).for_each(|row| table.write_row(row, buffer));
    }

    /// A list as the API of HSDS 3.0 gives it, in one page; each entry with where all of it is.
    fn page(&self, table: &str) -> Value {
        let site = self.edition.site;
        let entry = |row: &Row| {
            let mut values = row.values().clone();
            let full = below(site, &format!("hsds/{table}s/{}.json", row.id()));
            values.insert("full".to_owned(), full.into());
            Value::Object(values)
        };
        let contents: Vec<Value> = self.table(table).map(entry).collect();
        json!({
            "total_items": contents.len(),
            "total_pages": 1,
            "page_number": 1,
            "size": contents.len(),
            "first_page": true,
            "last_page": true,
            "empty": contents.is_empty(),
            "contents": contents,
        })
    }
}
