//! A service of HSDS: what it says, as far as records of a site have a place for it, and the rest by the names of its fields.

use std::collections::HashMap;

use serde_json::Value;

use super::super::known::Known;
use super::labels::Labels;
use super::lines::{self, Line};
use super::money::cost;
use super::nested::{Found, Given, Object, parts};
use super::text;
use crate::content::LanguageTag;

/// The longest name that is taken, in characters.
const LONGEST_NAME: usize = 200;
/// The longest text that is taken, in characters.
const LONGEST_TEXT: usize = 4000;
/// Most items of a list that are taken.
pub(super) const MOST_ITEMS: usize = 100;

/// A service.
#[derive(Debug, Default)]
pub(super) struct Service {
    /// Its name on one line; empty if it has none that can be taken.
    pub(super) name: String,
    /// `active` where it does not say.
    pub(super) status: String,
    /// The address of its page.
    pub(super) page: Option<String>,
    /// What is done.
    pub(super) description: Vec<String>,
    /// How one comes to it.
    pub(super) process: Vec<String>,
    /// For whom it is, in words.
    pub(super) eligibility: Vec<String>,
    pub(super) cost: Option<String>,
    pub(super) wait: Option<String>,
    pub(super) organization: Option<String>,
    /// The programme that it is part of: its name and what that says.
    pub(super) program: Option<(String, Option<String>)>,
    /// Numbers, each with what it is for.
    pub(super) phones: Vec<(Option<String>, String)>,
    /// The role of whom one can ask, who has no line of their own.
    pub(super) role: Option<String>,
    pub(super) documents: Vec<String>,
    /// Terms of our own taxonomies: `audience/older-people`.
    pub(super) codes: Vec<String>,
    /// The areas where it is given, by name.
    pub(super) areas: Vec<String>,
    /// How many people can take part.
    pub(super) capacity: Option<u32>,
    /// When somebody last saw to it that this is right.
    pub(super) assured: Option<String>,
    pub(super) schedules: Vec<Value>,
    /// The places where it is given, by number, with the schedules that hold there.
    pub(super) at: Vec<(usize, Vec<Value>)>,
    /// Whether it is given at a place that is not known, too.
    pub(super) is_elsewhere: bool,
    /// Whether its texts name a person whom it gives as a contact.
    pub(super) names_person: bool,
    /// Whether what stands beside one of its numbers may name a person.
    pub(super) has_unlabelled: bool,
    /// Items of its lists beyond those that are taken.
    pub(super) more: usize,
    /// Fields for which no record has a place.
    pub(super) rest: Rest,
}

/// What was not taken: the name of the field, and what it says unless that may name a person.
pub(super) type Rest = Vec<(&'static str, String)>;

impl Service {
    /// Reads a service, of which costs are in the words of the site's first language; places are known by their numbers.
    pub(super) fn of(given: &Given<'_>, found: &Found<'_>, known: &Known) -> Self {
        let object = given.service;
        let named = |field: &str| object.get(field).and_then(Value::as_object);
        let name = |object: &Object| text(object.get("name")).map(|name| line(&name));
        let organization = named("organization").or(given.organization);
        let own = text(object.get("name")).map(|name| line(&name)).filter(|name| name.chars().count() <= LONGEST_NAME);
        let mut service = Self {
            name: own.unwrap_or_default(),
            status: text(object.get("status")).unwrap_or_else(|| "active".to_owned()).to_lowercase(),
            page: text(object.get("url")),
            organization: organization.and_then(name),
            program: named("program").and_then(|of| Some((name(of)?, text(of.get("description")).map(|it| line(&it))))),
            schedules: object.get("schedules").and_then(Value::as_array).cloned().unwrap_or_default(),
            ..Self::default()
        };
        service.words(object);
        service.lists(object, &known.first);
        service.contacts(object, &known.purposes);
        service.places(given, found);
        service
    }

    /// Where it is given, each place once, with what holds there.
    fn places(&mut self, given: &Given<'_>, found: &Found<'_>) {
        let mut known: HashMap<usize, usize> = HashMap::new();
        let mut add = |at: &mut Vec<(usize, Vec<Value>)>, place: usize, schedules: Vec<Value>| {
            let number = *known.entry(place).or_insert_with(|| {
                at.push((place, Vec::new()));
                at.len() - 1
            });
            at.get_mut(number).into_iter().for_each(|(_, known)| known.extend(schedules.iter().cloned()));
        };
        for link in &given.links {
            let said = link.get("location").or_else(|| link.get("location_id"));
            match found.place_of(link) {
                Some(place) => {
                    let schedules = link.get("schedules").and_then(Value::as_array).cloned().unwrap_or_default();
                    add(&mut self.at, place, schedules);
                }
                None => self.is_elsewhere |= said.is_some_and(|said| !said.is_null()),
            }
        }
        given.places.iter().for_each(|place| add(&mut self.at, *place, Vec::new()));
        let within = given.service.get("location").and_then(Value::as_object).into_iter();
        let within = within.chain(parts(given.service, "locations")).filter_map(|place| found.number_of(place));
        within.for_each(|place| add(&mut self.at, place, Vec::new()));
    }

    /// What only an entitlement has a place for.
    pub(super) fn of_entitlements(&self) -> Rest {
        let list = |field, items: &[String], between| (!items.is_empty()).then(|| (field, items.join(between)));
        let documents = list("required_documents", &self.documents, "; ");
        let wait = self.wait.clone().map(|wait| ("wait_time", wait));
        documents.into_iter().chain(wait).chain(list("service_areas", &self.areas, ", ")).collect()
    }

    /// Reads the fields that are texts.
    fn words(&mut self, object: &Object) {
        let mut long = Vec::new();
        let mut words = |field: &'static str| {
            let said = text(object.get(field))?;
            if said.chars().count() > LONGEST_TEXT {
                long.push((field, said));
                return None;
            }
            Some(said)
        };
        let more = &mut self.more;
        let mut lines = |said: Option<String>| -> Vec<String> {
            let said = said.unwrap_or_default();
            most(said.lines().map(line).filter(|line| !line.is_empty()), more)
        };
        self.description = lines(words("description"));
        self.process = lines(words("application_process"));
        self.eligibility = lines(words("eligibility_description"));
        self.cost = words("fees_description").or_else(|| words("fees")).map(|said| line(&said));
        self.wait = words("wait_time").map(|said| line(&said));
        self.assured = words("assured_date");
        for field in ["alternate_name", "email", "interpretation_services", "licenses", "accreditations", "alert"] {
            // An address of mail may be a person's.
            self.rest.extend(words(field).map(|said| (field, if field == "email" { String::new() } else { said })));
        }
        for field in ["minimum_age", "maximum_age"] {
            self.rest.extend(text(object.get(field)).map(|age| (field, age)));
        }
        self.rest.extend(long);
    }

    /// Reads the fields that are lists of records.
    fn lists(&mut self, object: &Object, first: &LanguageTag) {
        let mut more = 0;
        let mut each = |list: &'static str, field: &'static str| {
            let words = parts(object, list).filter_map(move |part| text(part.get(field))).map(|said| line(&said));
            let (long, short): (Vec<_>, Vec<_>) = words.partition(|said| said.chars().count() > LONGEST_TEXT);
            (most(short.into_iter(), &mut more), long.into_iter().map(move |said| (list, said)))
        };
        let (documents, long) = each("required_documents", "document");
        self.documents = documents;
        self.rest.extend(long);
        let (areas, long) = each("service_areas", "name");
        self.areas = areas;
        self.rest.extend(long);
        let costs = most(parts(object, "cost_options").filter_map(|option| cost(option, first)), &mut more);
        if self.cost.is_none() && !costs.is_empty() {
            self.cost = Some(costs.join(if first.is_chinese() { "；" } else { "; " }));
        }
        let code = |attribute: &Object| text(attribute.get("taxonomy_term")?.get("code"));
        self.codes = most(parts(object, "attributes").filter_map(code), &mut more);
        let places = parts(object, "capacities").find_map(|part| text(part.get("maximum")));
        self.capacity = places.and_then(|places| places.split('.').next()?.parse().ok());
        for (field, of) in [
            ("languages", &[("languages", "name"), ("languages", "code")][..]),
            ("funding", &[("funding", "source")]),
            ("additional_urls", &[("additional_urls", "url")]),
        ] {
            let said =
                of.iter().flat_map(|(list, field)| parts(object, list).filter_map(|part| text(part.get(*field))));
            let said = most(said.map(|said| line(&said)), &mut more);
            if !said.is_empty() {
                self.rest.push((field, said.join(", ")));
            }
        }
        self.more += more;
    }
}

impl Service {
    /// Reads whom one can ask: lines and roles, and nothing of persons.
    fn contacts(&mut self, object: &Object, labels: &Labels) {
        let persons = lines::persons(object);
        let contacts = || parts(object, "contacts");
        // One with a line of its own has the role there.
        let mut without = contacts().filter(|contact| parts(contact, "phones").next().is_none());
        self.role = without.find_map(|contact| lines::role(contact, &persons));
        let mut is_left = contacts().any(|contact| contact.contains_key("name") || contact.contains_key("email"));
        for line in most(lines::of(object, labels).into_iter(), &mut self.more) {
            match line {
                Line::Telephone(words, number) => self.phones.push((words, number)),
                Line::Unlabelled(number) => {
                    self.has_unlabelled = true;
                    self.phones.push((None, number));
                }
                Line::Other(said) => self.rest.push(("phones", said)),
                Line::Personal => is_left = true,
            }
        }
        if is_left {
            self.rest.push(("contacts", String::new()));
        }
        let mut texts = self.description.iter().chain(&self.process).chain(&self.eligibility);
        self.names_person = texts.any(|words| persons.iter().any(|person| words.contains(person.as_str())));
    }
}

/// The first items of a list; those beyond the limit are counted.
fn most<T>(items: impl Iterator<Item = T>, more: &mut usize) -> Vec<T> {
    let mut items = items;
    let taken = items.by_ref().take(MOST_ITEMS).collect();
    *more += items.count();
    taken
}

/// A text on one line.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lines as one, with a space between them unless the first ends in Chinese.
pub(super) fn run_on(lines: &[String]) -> String {
    let mut all = String::new();
    for line in lines {
        if all.chars().next_back().is_some_and(|last| last.is_ascii()) {
            all.push(' ');
        }
        all.push_str(line);
    }
    all
}
