//! Services → the records that they belong to.
//!
//! What the site has under the same name stays, and is said where the directory has something else. Of the rest each is an
//! activity, an entitlement, or one of what a centre offers, at each of its centres.

use std::collections::{HashMap, HashSet};

use super::super::Wishes;
use super::super::draft::Draft;
use super::super::findings::Findings;
use super::super::known::{Known, KnownTexts};
use super::left::{Left, of_status};
use super::plan::{Horizon, Plan};
use super::programmes::Programmes;
use super::schedule::Clocks;
use super::service::Service;
use super::{Directory, entitlement, offer};
use crate::content::Validity;

/// Most schedules of services that are read of a file, and of one service at a place.
const MOST_SCHEDULES: usize = 50_000;
const MOST_OF_ONE: usize = 500;

/// What services are put into.
pub(super) struct Records<'a> {
    pub(super) known: &'a Known,
    pub(super) wishes: &'a Wishes,
    pub(super) horizon: Horizon,
    clocks: Clocks<'a>,
    pub(super) drafts: &'a mut Vec<Draft>,
    /// Where among them the centres are, by their ids.
    centres: HashMap<String, usize>,
    /// The ids of entitlements that are taken.
    pub(super) entitlements: HashSet<String>,
    /// What centres offer, by their ids and the names of services.
    pub(super) offered: HashSet<(String, String)>,
    pub(super) left: Left,
}

impl Records<'_> {
    /// The draft of a centre, if there is one.
    pub(super) fn centre(&self, id: &str) -> Option<&Draft> {
        self.drafts.get(*self.centres.get(id)?)
    }

    /// The draft of a centre, which is made if there is none.
    pub(super) fn centre_mut(&mut self, id: &str) -> Option<&mut Draft> {
        if !self.centres.contains_key(id) {
            let shown = vec![vec![id.to_owned()]];
            self.drafts.push(Draft { folder: "centres", id: id.to_owned(), shown, ..Draft::default() });
            self.centres.insert(id.to_owned(), self.drafts.len() - 1);
        }
        self.drafts.get_mut(*self.centres.get(id)?)
    }
}

/// A service at a centre: the centre's id, and where among the places of the service it is.
type Home = (String, Option<usize>);

/// Whether a service is given, as far as its status says.
fn is_active(service: &Service) -> bool {
    matches!(service.status.as_str(), "active" | "")
}

impl Directory {
    /// Puts the services into records beside those of the places; `homes` are the ids of the places' centres.
    pub(in crate::import) fn put_services(
        mut self,
        homes: &[Option<String>],
        (known, wishes): (&Known, &Wishes),
        drafts: &mut Vec<Draft>,
        findings: &mut Findings,
    ) {
        let Some(horizon) = Horizon::of(known.times.today) else { return };
        let centres = drafts.iter().enumerate().filter(|(_, draft)| draft.folder == "centres");
        let centres = centres.map(|(place, draft)| (draft.id.clone(), place)).collect();
        let mut policies: HashMap<&str, Vec<&KnownTexts>> = HashMap::new();
        for (id, names) in &known.policies {
            let called = names.iter().chain([id]).collect::<HashSet<_>>();
            called.into_iter().for_each(|name| policies.entry(name).or_default().extend(known.policy_texts.get(id)));
        }
        let mut records = Records {
            known,
            wishes,
            horizon,
            clocks: horizon.clocks(&known.zone),
            drafts,
            centres,
            entitlements: known.policies.iter().map(|(id, _)| id.clone()).collect(),
            offered: HashSet::new(),
            left: std::mem::take(&mut self.left),
        };
        let offers = offer::known(known);
        records.offered.extend(offers.keys().map(|(centre, name)| ((*centre).to_owned(), (*name).to_owned())));
        let activities: HashSet<(&str, &str)> = known
            .programmes
            .iter()
            .flat_map(|programme| programme.titles().map(|title| (programme.centre.as_str(), title.as_str())))
            .collect();
        let mut programmes = Programmes::default();
        let mut schedules = MOST_SCHEDULES;
        for service in &self.services {
            if service.name.is_empty() {
                records.left.service("service-name", service);
                continue;
            }
            let (mut found, is_elsewhere) = self.homes_of(service, homes);
            if found.is_empty() {
                found.extend(wishes.centre.clone().map(|centre| (centre, None)));
            } else if is_elsewhere && is_active(service) {
                records.left.doubtful("look-elsewhere", &service.name);
            }
            // An activity may be called as an entitlement or a service is.
            let name = service.name.as_str();
            let is_activity =
                |home: &Home| activities.contains(&(home.0.as_str(), name)) && self.has_times(service, home);
            let offered = |home: &Home| offers.get(&(home.0.as_str(), name)).copied().filter(|_| !is_activity(home));
            if let Some(granted) = policies.get(name).filter(|_| !found.iter().any(is_activity)) {
                // A service of the same name may be beside it.
                let stand = granted.iter().copied().chain(found.iter().filter_map(offered)).collect::<Vec<_>>();
                compare(service, &stand, &mut records.left);
                continue;
            }
            let count = found.len();
            found.retain(|home| match offered(home) {
                Some(texts) => {
                    compare(service, &[texts], &mut records.left);
                    false
                }
                None => true,
            });
            if found.is_empty() && count > 0 {
                continue;
            }
            self.put(service, &found, &mut records, &mut programmes, &mut schedules);
        }
        programmes.finish(&mut records);
        records.left.say(findings);
    }

    /// The centres at which a service is given, each once, and whether it is given at others too that are not known.
    fn homes_of(&self, service: &Service, homes: &[Option<String>]) -> (Vec<Home>, bool) {
        let (mut found, mut seen, mut is_elsewhere) = (Vec::new(), HashSet::new(), service.is_elsewhere);
        for (number, (place, _)) in service.at.iter().enumerate() {
            match homes.get(*place).and_then(Option::as_ref) {
                Some(home) if seen.insert(home) => found.push((home.clone(), Some(number))),
                Some(_) => {}
                None => is_elsewhere = true,
            }
        }
        (found, is_elsewhere)
    }

    /// Whether a service has the page of its place, and so is what the place offers.
    fn is_of_place(&self, service: &Service, (_, number): &Home) -> bool {
        let place = number.and_then(|number| service.at.get(number));
        let page = place.and_then(|(place, _)| self.pages.get(*place)?.as_ref());
        page.is_some() && page == service.page.as_ref()
    }

    /// Whether it says from when on a service is given at a centre, as it does of an activity.
    fn has_times(&self, service: &Service, home: &Home) -> bool {
        let own = home.1.and_then(|number| service.at.get(number)).map_or(&[] as &[_], |(_, own)| own.as_slice());
        let is_timed = |schedule: &serde_json::Value| schedule.get("opens_at").is_some();
        !self.is_of_place(service, home) && service.schedules.iter().chain(own).any(is_timed)
    }

    /// Puts one service into the record that it belongs to, at each of its centres.
    fn put<'s>(
        &'s self,
        service: &'s Service,
        homes: &[Home],
        records: &mut Records<'_>,
        programmes: &mut Programmes<'s>,
        schedules: &mut usize,
    ) {
        let is_over = !is_active(service);
        let is_granted = entitlement::is_one(service, records.known);
        // Where it is neither in a programme nor among what the centre offers, and what is said of when it is given.
        let (mut left_over, mut when): (Vec<&str>, Vec<String>) = (Vec::new(), Vec::new());
        for at in homes {
            let (home, number) = at;
            let own = number.and_then(|number| service.at.get(number)).map_or(&[] as &[_], |(_, own)| own.as_slice());
            let count = service.schedules.len() + own.len();
            if count > (*schedules).min(MOST_OF_ONE) {
                records.left.service("service-schedules", service);
                return;
            }
            *schedules -= count;
            let plan = Plan::read(service.schedules.iter().chain(own), &records.horizon, &records.clocks);
            let is_of_place = self.is_of_place(service, at);
            if !is_over {
                records.left.plan(service, &plan);
            }
            if plan.has_sessions() && !is_of_place {
                programmes.add(service, home, plan, is_over);
                continue;
            }
            if is_over {
                left_over.push(home);
                continue;
            }
            records.left.schedules(service, &plan);
            if is_granted && !is_of_place {
                left_over.push(home);
                when.extend(plan.words);
            } else {
                offer::put(service, home, &plan, records);
            }
        }
        if left_over.is_empty() && !homes.is_empty() {
            return;
        }
        if is_over {
            records.left.service(of_status(&service.status), service);
        } else if is_granted {
            if homes.is_empty() {
                let plan = Plan::read(service.schedules.iter().take(MOST_OF_ONE), &records.horizon, &records.clocks);
                records.left.schedules(service, &plan);
                records.left.plan(service, &plan);
                let (said, further) = offer::told(&plan, records.known);
                when.extend(plan.words.into_iter().chain(said).chain(further).chain(plan.notes));
            }
            when.dedup();
            entitlement::put(service, &left_over, when, records);
        } else {
            records.left.service("service-place", service);
        }
    }
}

/// Says where the directory has something else than all that the site has under the same name: that it is no longer given,
/// or another price or description. What the site says stays.
fn compare(service: &Service, stand: &[&KnownTexts], left: &mut Left) {
    let is_alike = |texts: &&&KnownTexts| match texts.stands {
        Validity::Current => is_active(service),
        Validity::NotYet => service.status != "defunct",
        Validity::Over => true,
    };
    let says_it = |texts: &&KnownTexts| {
        texts.stands == Validity::Over || service.description.iter().chain(&service.cost).all(|line| texts.say(line))
    };
    let alike: Vec<&KnownTexts> = stand.iter().filter(is_alike).copied().collect();
    if alike.is_empty() && !stand.is_empty() {
        left.service(of_status(&service.status), service);
    } else if !stand.is_empty() && !alike.iter().any(says_it) {
        left.doubtful("look-differs", &service.name);
    }
}
