//! The telephone lines of a place or a service: which are telephones, and which are a person's.
//!
//! Names of persons are never taken, and neither is the number of a line that bears one: it may be the person's own. A line
//! of a person of whom the role is said is that role's. What else stands beside a number is taken only if it says what the
//! line is for ([`super::labels`]).

use super::super::vocabulary::is_name_of_person;
use super::labels::{Labels, is_function};
use super::nested::{Object, parts};
use super::service::line;
use super::text;

/// A line.
#[derive(Debug)]
pub(super) enum Line {
    /// One that people call: what it is for, and its number.
    Telephone(Option<String>, String),
    /// One that people call, and beside which stands what may be a person's name: its number.
    Unlabelled(String),
    /// One that nobody talks on, such as a fax: its number after what it is.
    Other(String),
    /// One of a person.
    Personal,
}

/// The persons whom an object gives as contacts, by name.
pub(super) fn persons(object: &Object) -> Vec<String> {
    let names = parts(object, "contacts").filter_map(|contact| text(contact.get("name"))).map(|name| line(&name));
    names.filter(|name| name.chars().count() > 1).collect()
}

/// Whether words name a person: one of those that are known, or by their form.
pub(super) fn name_person(words: &str, persons: &[String]) -> bool {
    is_name_of_person(words) || persons.iter().any(|person| words.contains(person.as_str()))
}

/// The role of a contact.
pub(super) fn role(contact: &Object, persons: &[String]) -> Option<String> {
    let said = ["title", "department"].into_iter().filter_map(|field| text(contact.get(field)));
    said.map(|role| line(&role)).find(|role| !name_person(role, persons))
}

/// The lines of an object, those of its contacts last; `labels` are those of the site.
pub(super) fn of(object: &Object, labels: &Labels) -> Vec<Line> {
    let persons = persons(object);
    let own = parts(object, "phones").filter_map(|phone| one(phone, None, &persons, labels));
    let of_contacts = parts(object, "contacts").flat_map(|contact| {
        let role = role(contact, &persons);
        let is_personal = role.is_none() && contact.contains_key("name");
        let lines = parts(contact, "phones").filter_map(|phone| one(phone, role.as_deref(), &persons, labels));
        lines.map(|line| if is_personal { Line::Personal } else { line }).collect::<Vec<_>>()
    });
    own.chain(of_contacts).collect()
}

/// One line; of a contact it is for the contact's role if it does not say more.
fn one(phone: &Object, role: Option<&str>, persons: &[String], labels: &Labels) -> Option<Line> {
    let number = line(&text(phone.get("number"))?);
    let words = text(phone.get("description")).map(|words| line(&words));
    let is_named = words.as_ref().is_some_and(|words| name_person(words, persons));
    let kind = text(phone.get("type")).unwrap_or_default().to_lowercase();
    Some(match kind.as_str() {
        _ if is_named && role.is_none() => Line::Personal,
        "" | "voice" | "text" | "cell" => {
            let is_doubtful = words.as_ref().is_some_and(|words| !is_function(words, labels));
            match words.filter(|_| !is_named && !is_doubtful).or_else(|| role.map(str::to_owned)) {
                None if is_doubtful => Line::Unlabelled(number),
                label => Line::Telephone(label, number),
            }
        }
        kind => Line::Other(format!("{kind} {number}")),
    })
}
