//! Where each id is found, and what belongs to what.

use std::collections::HashMap;

use crate::content::{Area, Centre, Content, Id, Kind, Record, Team};
use crate::diagnostics::{Code, Diagnostic, Problem, Texts};
use crate::source::yaml::Step;

/// An area with its place in the tree.
#[derive(Debug)]
pub struct AreaEntry {
    /// The area, without the areas inside it.
    pub area: Area,
    /// The area around it, by its number.
    pub parent: Option<usize>,
    /// The areas inside it, by their numbers.
    pub children: Vec<usize>,
}

/// Indexes of a content by id; what belongs to a record is in the order of the records' ids.
#[derive(Debug, Default)]
pub struct Index {
    /// Every area, each before the areas inside it.
    pub areas: Vec<AreaEntry>,
    /// The number of an area.
    pub area: HashMap<Id<Area>, usize>,
    /// The number of a centre.
    pub centre: HashMap<Id<Centre>, usize>,
    /// The number of a team.
    pub team: HashMap<Id<Team>, usize>,
    /// The number of a policy.
    pub policy: HashMap<Id<crate::content::Policy>, usize>,
    /// The stations that belong to a centre.
    pub stations: HashMap<Id<Centre>, Vec<usize>>,
    /// The centres in an area, not in those inside it.
    pub centres_in: HashMap<Id<Area>, Vec<usize>>,
    /// The programmes of a centre.
    pub programmes: HashMap<Id<Centre>, Vec<usize>>,
    /// The notices that name a centre.
    pub notices: HashMap<Id<Centre>, Vec<usize>>,
    /// The events at a centre.
    pub events: HashMap<Id<Centre>, Vec<usize>>,
    /// The events for an area's residents, not those for areas inside it.
    pub events_in: HashMap<Id<Area>, Vec<usize>>,
    /// The policies that can be applied for at a centre.
    pub policies: HashMap<Id<Centre>, Vec<usize>>,
    /// The duty rosters of a centre.
    pub duty: HashMap<Id<Centre>, Vec<usize>>,
    /// The teams that work from a centre.
    pub teams: HashMap<Id<Centre>, Vec<usize>>,
    /// The feedback registers of a centre.
    pub feedback: HashMap<Id<Centre>, Vec<usize>>,
}

fn numbers<K: Kind>(records: &[Record<K>]) -> HashMap<Id<K>, usize> {
    records.iter().enumerate().map(|(number, record)| (record.id.clone(), number)).collect()
}

fn grouped<'a, K, G: 'a>(records: &'a [Record<K>], of: impl Fn(&'a K) -> Vec<&'a Id<G>>) -> HashMap<Id<G>, Vec<usize>> {
    let mut groups: HashMap<Id<G>, Vec<usize>> = HashMap::new();
    for (number, record) in records.iter().enumerate() {
        for id in of(&record.value) {
            groups.entry(id.clone()).or_default().push(number);
        }
    }
    groups
}

impl Index {
    /// Indexes a content; areas whose id is used twice are reported.
    pub(super) fn of(content: &Content, texts: &Texts, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut index = Index {
            centre: numbers(&content.centres),
            team: numbers(&content.teams),
            policy: numbers(&content.policies),
            stations: grouped(&content.centres, |c| c.part_of.iter().collect()),
            centres_in: grouped(&content.centres, |c| vec![&c.area]),
            programmes: grouped(&content.programmes, |p| vec![&p.centre]),
            notices: grouped(&content.notices, |n| n.centres.iter().collect()),
            events: grouped(&content.events, |e| e.centre.iter().collect()),
            events_in: grouped(&content.events, |e| e.area.iter().collect()),
            policies: grouped(&content.policies, |p| p.centres.iter().collect()),
            duty: grouped(&content.duty, |d| vec![&d.centre]),
            teams: grouped(&content.teams, |t| t.centre.iter().collect()),
            feedback: grouped(&content.feedback, |f| f.centre.iter().collect()),
            ..Index::default()
        };
        let mut wrong = Vec::new();
        index.add_areas(&content.areas.value.areas, None, &mut Vec::new(), &mut wrong);
        for (id, steps) in wrong {
            let problem = Problem::new(Code::AreaTwice).with("id", id.as_str());
            diagnostics.push(problem.at(content.areas.origin.place(texts, &steps)));
        }
        index
    }

    fn add_areas(
        &mut self,
        areas: &[Area],
        parent: Option<usize>,
        path: &mut Vec<Step>,
        wrong: &mut Vec<(Id<Area>, Vec<Step>)>,
    ) {
        for (position, area) in areas.iter().enumerate() {
            path.extend([Step::from("areas"), Step::from(position)]);
            let number = self.areas.len();
            if self.area.insert(area.id.clone(), number).is_some() {
                wrong.push((area.id.clone(), path.iter().cloned().chain([Step::from("id")]).collect()));
            }
            self.areas.push(AreaEntry { area: area.alone(), parent, children: Vec::new() });
            if let Some(parent) = parent.and_then(|parent| self.areas.get_mut(parent)) {
                parent.children.push(number);
            }
            self.add_areas(&area.areas, Some(number), path, wrong);
            path.truncate(path.len().saturating_sub(2));
        }
    }

    /// The areas around an area, the widest first, itself last.
    pub fn lineage(&self, area: &Id<Area>) -> Vec<&AreaEntry> {
        let mut line = Vec::new();
        let mut next = self.area.get(area).copied();
        while let Some(entry) = next.and_then(|number| self.areas.get(number)) {
            line.push(entry);
            next = entry.parent;
        }
        line.reverse();
        line
    }

    /// The numbers of an area and of all areas inside it.
    pub fn within(&self, area: &Id<Area>) -> Vec<usize> {
        let mut found: Vec<usize> = self.area.get(area).copied().into_iter().collect();
        let mut next = 0;
        while let Some(entry) = found.get(next).and_then(|number| self.areas.get(*number)) {
            found.extend(&entry.children);
            next += 1;
        }
        found
    }
}
