//! What programs fetch at old addresses: the file of the record that moved, once more.
//!
//! A telephone that subscribes to a calendar does not read a page that says where it went. So where a record says in
//! `aliases` at which address its page stood, the files that its old id named are there too.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::sync::Arc;

use super::super::naming::{parts, uuid};
use crate::artifacts::owner::owner;
use crate::artifacts::{Artifact, OutputPath, SiteArtifact};
use crate::content::{Programme, Record};
use crate::diagnostics::Diagnostic;
use crate::site::{Edition, Site, activity_keys, activity_keys_as};

/// Makes bytes, for two files.
type Shared<'a> = Arc<dyn Fn(&mut Vec<u8>) -> Result<(), Vec<Diagnostic>> + Send + Sync + 'a>;

/// The old ids of records that moved, by the folder of their kind and the id that they have.
type Moved = BTreeMap<(&'static str, String), BTreeSet<String>>;

/// A file at an old address.
pub(super) struct OldFile<'a> {
    /// The file.
    pub(super) artifact: SiteArtifact<'a>,
    /// Where the same stands now.
    pub(super) now: String,
}

/// The files at old addresses among what is planned.
pub(super) fn old_files<'a>(editions: &[Edition<'a>], planned: &mut [SiteArtifact<'a>]) -> Vec<OldFile<'a>> {
    let Some(site) = editions.first().map(|edition| edition.site) else { return Vec::new() };
    let moved = moved(editions);
    if moved.is_empty() {
        return Vec::new();
    }
    let renamed = Renamed::of(site, &moved);
    let taken: BTreeSet<String> = planned.iter().map(|artifact| artifact.path.as_str().to_lowercase()).collect();
    let mut found: Vec<OldFile<'a>> = Vec::new();
    let mut made = BTreeSet::new();
    for artifact in planned {
        let now = artifact.path.as_str().to_owned();
        let mut old: Vec<String> = Vec::new();
        if let Some(of) = owner(&now).filter(|_| !now.ends_with(".html")) {
            for id in moved.get(&(of.folder, of.id.to_owned())).into_iter().flatten() {
                let calendar = renamed.calendars.get(&(id.clone(), of.after.to_owned()));
                old.push(format!("{}{id}{}", of.before, calendar.map_or(of.after, String::as_str)));
            }
        }
        old.extend(renamed.services.get(&now).into_iter().flatten().cloned());
        for old in old {
            let is_free = !taken.contains(&old.to_lowercase()) && made.insert(old.to_lowercase());
            let (Ok(path), true) = (OutputPath::new(&old), is_free) else { continue };
            let make: Shared<'a> = Arc::from(mem::replace(&mut artifact.make, Box::new(|_| Ok(()))));
            artifact.make = Box::new({
                let make = Arc::clone(&make);
                move |buffer| make(buffer)
            });
            let (origin, inputs) = (Arc::clone(&artifact.origin), artifact.inputs.clone());
            let artifact = Artifact { path, origin, inputs, make: Box::new(move |buffer| make(buffer)) };
            found.push(OldFile { artifact, now: now.clone() });
        }
    }
    found
}

fn moved(editions: &[Edition<'_>]) -> Moved {
    let mut moved = Moved::new();
    let Some(site) = editions.first().map(|edition| edition.site) else { return moved };
    for alias in site.aliases() {
        let from = alias.from.as_str();
        let below = editions
            .iter()
            .skip(1)
            .find_map(|edition| from.strip_prefix(edition.language.as_str()).and_then(|below| below.strip_prefix('/')));
        let from = below.unwrap_or(from).trim_end_matches('/');
        let is = alias.path.trim_end_matches('/').split_once('/');
        let (Some((old_folder, old)), Some((folder, id))) = (from.split_once('/'), is) else { continue };
        // What a file is called says which kind it is of.
        let kind = owner(&format!("api/v1/{folder}/{id}.json")).map(|owner| owner.folder);
        if let Some(kind) = kind.filter(|kind| old_folder == *kind && !old.contains('/')) {
            moved.entry((kind, id.to_owned())).or_default().insert(old.to_owned());
        }
    }
    moved
}

/// What is called otherwise at an old address than its id alone tells.
#[derive(Default)]
struct Renamed {
    /// The calendar of an activity, by the old id of its programme and how it ends now.
    calendars: BTreeMap<(String, String), String>,
    /// The old paths of services of HSDS, by the path now.
    services: BTreeMap<String, Vec<String>>,
}

impl Renamed {
    fn of(site: &Site, moved: &Moved) -> Self {
        let mut renamed = Self::default();
        for ((folder, id), olds) in moved {
            for old in olds {
                match *folder {
                    "centres" => {
                        let centre = site.content.centres.iter().find(|record| record.id.as_str() == id);
                        let names =
                            centre.iter().flat_map(|record| &record.value.services).map(|service| &service.name);
                        let (now, then) = (parts(site, id, names.clone()), parts(site, old, names));
                        now.iter().zip(&then).for_each(|(now, then)| renamed.service(site, "centre", now, then));
                    }
                    "policies" => renamed.service(site, "policy", id, old),
                    "programmes" => {
                        let programme = site.content.programmes.iter().find(|record| record.id.as_str() == id);
                        if let Some(record) = programme {
                            renamed.activities(site, record, old);
                        }
                    }
                    _ => {}
                }
            }
        }
        renamed
    }

    fn activities(&mut self, site: &Site, record: &Record<Programme>, old: &str) {
        let first = site.first_language();
        let keys = activity_keys(record, first).into_iter().zip(activity_keys_as(old, record, first));
        for (now, then) in keys {
            self.service(site, "activity", &format!("{}/{now}", record.id), &format!("{old}/{then}"));
            self.calendars.insert((old.to_owned(), format!("/{now}.ics")), format!("/{then}.ics"));
        }
    }

    fn service(&mut self, site: &Site, kind: &str, now: &str, old: &str) {
        let path = |name: &str| format!("hsds/services/{}.json", uuid(site, "service", &format!("{kind}/{name}")));
        self.services.entry(path(now)).or_default().push(path(old));
    }
}
