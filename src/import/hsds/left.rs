//! What is said of services that were not taken, and of what they say that no record has a place for: each reason once, with
//! the names of some, so that a directory of thousands does not bury what matters.

use std::collections::BTreeMap;

use super::super::findings::Findings;
use super::plan::{MOST_SINGLE, Plan};
use super::schedule::Refused;
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
    /// Schedules, each with the service that has it.
    schedules: Vec<(String, Refused)>,
    /// What is beyond a limit: of what, how many are read, and what has it.
    beyond: BTreeMap<(&'static str, usize), Names>,
    /// What was taken and should be looked over, by why.
    doubtful: BTreeMap<&'static str, Names>,
    /// Tables that are no text.
    unreadable: Vec<&'static str>,
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
        self.count(name, 1);
    }

    /// Adds so many things that have a name.
    fn count(&mut self, name: &str, count: usize) {
        self.count += count;
        let name = if name.is_empty() { "…" } else { name };
        if self.shown.len() < SHOWN && self.shown.last().is_none_or(|last| last != name) {
            self.shown.push(name.to_owned());
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

    /// How many of something were not read, since there are more than a limit; `name` is what has them.
    pub(super) fn beyond(&mut self, what: &'static str, limit: usize, name: &str, count: usize) {
        if count > 0 {
            self.beyond.entry((what, limit)).or_default().count(name, count);
        }
    }

    /// What was taken and should be looked over.
    pub(super) fn doubtful(&mut self, why: &'static str, name: &str) {
        self.doubtful.entry(why).or_default().add(name);
    }

    /// How many rows of a table belong to nothing.
    pub(super) fn of_nothing(&mut self, table: &str, count: usize) {
        if count > 0 {
            self.doubtful.entry("look-of-nothing").or_default().count(&format!("{table} × {count}"), 1);
        }
    }

    /// A table that is no text.
    pub(super) fn unreadable(&mut self, table: &'static str) {
        self.unreadable.push(table);
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
        self.schedules.extend(plan.left.iter().map(|refused| (service.name.clone(), refused.clone())));
    }

    /// What there is to see about a plan, however much of it is taken.
    pub(super) fn plan(&mut self, service: &Service, plan: &Plan) {
        self.beyond("limit-dates", MOST_SINGLE, &service.name, plan.more);
        if plan.is_doubtful {
            self.doubtful("look-clocks", &service.name);
        }
    }

    /// Services with rules that have no end, written until a day.
    pub(super) fn endless(&mut self, names: Vec<String>, until: Date) {
        let known = self.endless.entry(until).or_default();
        names.iter().for_each(|name| known.add(name));
    }

    /// Says all of it.
    pub(super) fn say(&self, findings: &mut Findings) {
        for (why, names) in &self.services {
            findings.once(names.fill(Problem::new(Code::ServicesLeft).with_word("why", why)));
        }
        for (until, names) in &self.endless {
            let problem = Problem::new(Code::ScheduleWithoutEnd).with("date", &until.to_string());
            findings.once(names.fill(problem.with("valid", &until.to_string())));
        }
        for (field, names) in &self.fields {
            findings.once(names.fill(Problem::new(Code::ServiceFieldLeft).with_word("field", field)));
        }
        for ((what, limit), names) in &self.beyond {
            let problem = Problem::new(Code::ImportBeyondLimit).with_word("what", what);
            findings.once(names.fill(problem.with("limit", &limit.to_string())));
        }
        for (why, names) in &self.doubtful {
            findings.once({
                // What the directory says otherwise is one thing, what it says and is not taken another.
                let kind = if *why == "look-differs" { "differs" } else { "left" };
                names.fill(Problem::new(Code::DirectoryToLookOver).with_word("why", why).with(kind, ""))
            });
        }
        for table in &self.unreadable {
            findings.once(Problem::new(Code::TableUnreadable).with("name", table));
        }
        for (service, refused) in &self.schedules {
            findings.on_file(refused.problem(service));
        }
    }
}
