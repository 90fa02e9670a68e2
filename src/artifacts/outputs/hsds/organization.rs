//! Who does things: the publisher, the offices of `site.yaml`, and the volunteer teams, each an `organization`; and the
//! programmes, each a `program`.

use super::super::naming::{absolute, uuid};
use super::location::{line, number, other_language};
use super::table::Row;
use crate::content::{Contact, Department, Id, Programme, Record, Team, Term};
use crate::site::{Address, Edition};

/// The publisher's identifier.
pub(super) fn publisher(edition: &Edition<'_>) -> String {
    uuid(edition.site, "organization", "publisher")
}

/// An office's identifier, if there is such an office.
pub(super) fn office(edition: &Edition<'_>, id: &Id<Department>) -> Option<String> {
    let known = edition.site.content.site.value.departments.contains_key(id);
    known.then(|| uuid(edition.site, "organization", &format!("department/{id}")))
}

/// A team's identifier.
pub(super) fn team(edition: &Edition<'_>, id: &Id<Team>) -> String {
    uuid(edition.site, "organization", &format!("team/{id}"))
}

/// A programme's identifier.
pub(super) fn program(edition: &Edition<'_>, id: &Id<Programme>) -> String {
    uuid(edition.site, "program", id.as_str())
}

/// Every organisation with what belongs to it, the publisher first.
pub(super) fn all(edition: &Edition<'_>) -> Vec<Row> {
    let content = &edition.site.content;
    let config = &content.site.value;
    let local = |text| edition.local(text).text;
    let id = publisher(edition);
    let about = config.summary.as_ref().unwrap_or(&config.title);
    let mut rows = vec![
        Row::new("organization", id.clone())
            .with("name", local(&config.publisher))
            .maybe("alternate_name", other_language(edition, &config.publisher))
            .with("description", local(about))
            .with("website", absolute(edition, &Address::new(""))),
    ];
    rows.extend(config.phones.iter().map(|phone| line(edition, ("organization_id", &id), phone)));
    for (department, term) in &config.departments {
        rows.extend(office_rows(edition, department, term));
    }
    for record in &content.teams {
        rows.extend(team_rows(edition, record, &id));
    }
    rows
}

/// An office. It has nobody above it: the publisher writes about it and does not own it.
fn office_rows(edition: &Edition<'_>, department: &Id<Department>, term: &Term) -> Vec<Row> {
    let Some(id) = office(edition, department) else { return Vec::new() };
    let name = edition.local(&term.name).text;
    let row = Row::new("organization", id.clone())
        .with("name", name.as_str())
        .maybe("alternate_name", other_language(edition, &term.name))
        .with("description", term.note.as_ref().map_or(name, |note| edition.local(note).text));
    let phone = term.phone.as_ref().map(|phone| number(edition, ("organization_id", &id), phone.as_str(), None));
    std::iter::once(row).chain(phone).collect()
}

fn team_rows(edition: &Edition<'_>, record: &Record<Team>, above: &str) -> Vec<Row> {
    let id = team(edition, &record.id);
    let row = Row::new("organization", id.clone())
        .with("name", edition.local(&record.value.name).text)
        .maybe("alternate_name", other_language(edition, &record.value.name))
        .with("description", edition.local(&record.value.purpose).text)
        .with("website", absolute(edition, &edition.address_of(&record.id)))
        .with("parent_organization_id", above);
    let contact = record.value.contact.iter().flat_map(|found| contact(edition, ("organization_id", &id), found));
    std::iter::once(row).chain(contact).collect()
}

/// Somebody to ask, by role, with the line on which to ask.
pub(super) fn contact(edition: &Edition<'_>, owner: (&'static str, &str), found: &Contact) -> Vec<Row> {
    let role = edition.local(&found.role).text;
    let id = uuid(edition.site, "contact", &format!("{}\n{role}", owner.1));
    let note = found.note.as_ref().map(|note| edition.local(note).text);
    let phone = found.phone.as_ref().map(|phone| number(edition, ("contact_id", &id), phone.as_str(), note));
    let row = Row::new("contact", id.clone()).with(owner.0, owner.1).with("title", role);
    std::iter::once(row).chain(phone).collect()
}

/// Every programme.
pub(super) fn programs(edition: &Edition<'_>) -> Vec<Row> {
    edition.site.content.programmes.iter().map(|record| program_row(edition, record)).collect()
}

/// A programme.
fn program_row(edition: &Edition<'_>, record: &Record<Programme>) -> Row {
    let programme = &record.value;
    let title = edition.local(&programme.title).text;
    Row::new("program", program(edition, &record.id))
        .with("organization_id", publisher(edition))
        .with("name", title.as_str())
        .maybe("alternate_name", other_language(edition, &programme.title))
        .with("description", programme.summary.as_ref().map_or(title, |summary| edition.local(summary).text))
}
