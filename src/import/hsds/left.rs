//! What is said of services that were not taken, and of what they say that no record has a place for: each reason once, with
//! the names of some, so that a directory of thousands does not bury what matters.

use std::collections::BTreeMap;

use super::super::findings::Findings;
use super::plan::Plan;
use super::service::{Rest, Service};
use crate::calendar::Date;
use crate::diagnostics::{Code, Problem};

/// Most names that are shown of a reason.
const SHOWN: usize = 10;
/// The longest comment, in characters.
const LONGEST: usize = 300;

/// Services by why they were not taken, and so on.
#[derive(Debug, Default)]
pub(super) struct Left {
    services: BTreeMap<&'static str, Names>,
    fields: BTreeMap<&'static str, Names>,
    /// Schedules: of which service, what they say, why.
    schedules: Vec<(String, String, &'static str)>,
    /// Services with rules that have no end, by until when they were written.
    endless: BTreeMap<Date, Names>,
}

/// Some names of many.
#[derive(Debug, Default)]
struct Names {
    count: usize,
    shown: Vec<String>,
    last: String,
}

impl Names {
    /// Adds a name; that of a service at several places counts once.
    fn add(&mut self, name: &str) {
        if !name.is_empty() && self.last == name {
            return;
        }
        name.clone_into(&mut self.last);
        self.count += 1;
        if self.shown.len() < SHOWN {
            self.shown.push(if name.is_empty() { "…".to_owned() } else { name.to_owned() });
        }
    }

    fn fill(&self, problem: Problem) -> Problem {
        let more = (self.count > self.shown.len()).then_some("…");
        let problem = problem.with("count", &self.count.to_string());
        problem.with_list("names", self.shown.iter().map(String::as_str).chain(more))
    }
}

/// Why a service of a status is not taken.
pub(super) fn of_status(status: &str) -> &'static str {
    match status {
        "inactive" => "service-inactive",
        "defunct" => "service-defunct",
        "temporarily closed" => "service-closed",
        _ => "service-status",
    }
}

impl Left {
    /// A service that is not taken.
    pub(super) fn service(&mut self, why: &'static str, service: &Service) {
        self.services.entry(why).or_default().add(&service.name);
    }

    /// Services that were not even read.
    pub(super) fn too_many(&mut self, count: usize) {
        if count > 0 {
            self.services.entry("service-many").or_default().count = count;
        }
    }

    /// Fields that no record has a place for; what they say, as comments of the record.
    pub(super) fn rest(&mut self, service: &Service, rest: Rest) -> Vec<String> {
        let mut comments = Vec::new();
        for (field, said) in rest {
            self.fields.entry(field).or_default().add(&service.name);
            if !said.is_empty() {
                let comment = format!("{} {field}: {said}", service.name);
                comments.push(comment.chars().take(LONGEST).collect());
            }
        }
        comments
    }

    /// Schedules that cannot be taken.
    pub(super) fn schedules(&mut self, service: &Service, plan: &Plan) {
        let left = plan.left.iter().map(|(schedule, why)| (service.name.clone(), schedule.clone(), *why));
        self.schedules.extend(left);
    }

    /// Services with rules that have no end, written until a day.
    pub(super) fn endless(&mut self, names: Vec<String>, until: Date) {
        let known = self.endless.entry(until).or_default();
        names.iter().for_each(|name| known.add(name));
    }

    /// Says all of it.
    pub(super) fn say(&self, findings: &mut Findings) {
        for (why, names) in &self.services {
            findings.on_file(names.fill(Problem::new(Code::ServicesLeft).with_word("why", why)));
        }
        for (until, names) in &self.endless {
            findings.on_file(names.fill(Problem::new(Code::ScheduleWithoutEnd).with("date", &until.to_string())));
        }
        for (field, names) in &self.fields {
            findings.on_file(names.fill(Problem::new(Code::ServiceFieldLeft).with("field", field)));
        }
        for (service, schedule, why) in &self.schedules {
            let problem = Problem::new(Code::ScheduleLeft).with("place", service).with("schedule", schedule);
            findings.on_file(problem.with_word("why", why));
        }
    }
}
