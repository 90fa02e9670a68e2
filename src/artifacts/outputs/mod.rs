//! What a site says to programs: one file a family, collected in one list.
//!
//! A family gets the site in each of its languages, the first one first, and gives files. `outputs` in `site.yaml` says
//! which families are made, so that a small site stays small. Files are made from the same records and the same
//! calendar as the pages, in parallel with them, and only written when they changed. Those of one centre are only made
//! when something that goes into them changed ([`of_files`]); lists of all centres are made anew.

mod alike;
mod api;
mod calendars;
mod discovery;
mod feeds;
mod headers;
mod hsds;
mod listing;
mod naming;
mod places;
mod redirects;
mod scan;
mod tables;
mod timetables;
mod xml;

pub(super) use api::dictionary;
pub(super) use discovery::files as discovery;
pub(super) use feeds::link as feed_link;
pub(crate) use headers::EVERYWHERE as SERVER_HEADERS;
pub(super) use listing::offered;

use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::theme::Theme;
use super::{Artifact, Fingerprint, Inputs, OutputPath, SiteArtifact};
use crate::calendar::Date;
use crate::content::OutputFamily;
use crate::site::{Edition, Site};

/// Makes the files of a family.
type Family = for<'a> fn(&[Edition<'a>]) -> Vec<SiteArtifact<'a>>;

/// The families that are files of their own. What they make is named in `listing.rs`, for the page that lists it.
const FAMILIES: [(OutputFamily, Family); 7] = [
    (OutputFamily::Calendars, calendars::files),
    (OutputFamily::Feeds, feeds::files),
    (OutputFamily::Hsds, hsds::files),
    (OutputFamily::Api, api::files),
    (OutputFamily::Places, places::files),
    (OutputFamily::Tables, tables::files),
    (OutputFamily::Timetables, timetables::files),
];

/// The first day of the last month: seasons and special days of a centre that ended before are over for whoever reads, and
/// not written. So files change with the month and not with every day.
fn recently(today: Date) -> Date {
    let last_month = today.checked_sub(jiff::Span::new().months(1)).unwrap_or(today);
    last_month.first_of_month()
}

/// The files of the families that the site wants.
pub(super) fn files<'a>(editions: &[Edition<'a>]) -> Vec<SiteArtifact<'a>> {
    let Some(first) = editions.first() else { return Vec::new() };
    let outputs = &first.site.content.site.value.outputs;
    let wanted = FAMILIES.par_iter().filter(|(family, _)| outputs.has(*family));
    wanted.flat_map_iter(|(_, files)| files(editions)).collect()
}

/// The pages at old addresses and the files about them, if the site wants them. They come last, since one of them lists
/// every page.
pub(super) fn redirects<'a>(
    editions: &[Edition<'a>],
    theme: &'a Theme,
    planned: &mut [SiteArtifact<'a>],
) -> Vec<SiteArtifact<'a>> {
    let Some(first) = editions.first() else { return Vec::new() };
    let wanted = first.site.content.site.value.outputs.has(OutputFamily::Redirects);
    if wanted { redirects::files(editions, theme, planned) } else { Vec::new() }
}

/// What servers say with each file, if the site wants it. It comes last, since it names files that others make.
pub(super) fn headers<'a>(
    editions: &[Edition<'a>],
    theme: &'a Theme,
    planned: &[SiteArtifact<'a>],
) -> Vec<SiteArtifact<'a>> {
    let Some(first) = editions.first() else { return Vec::new() };
    let wanted = first.site.content.site.value.outputs.has(OutputFamily::Headers);
    if wanted { headers::files(editions, theme, planned) } else { Vec::new() }
}

/// A file of a family. `origin` is the content file it comes from, for what is wrong with its path.
fn file<'a>(path: &str, origin: &str, make: impl Fn(&mut Vec<u8>) + Send + Sync + 'a) -> Option<SiteArtifact<'a>> {
    let make = move |buffer: &mut Vec<u8>| {
        make(buffer);
        Ok(())
    };
    Some(Artifact {
        path: OutputPath::new(path).ok()?,
        origin: origin.into(),
        inputs: Inputs::Unknown,
        make: Box::new(make),
    })
}

/// The same file, which is not made again unless one of these files of centres and programmes changed, or anything that
/// is no such file.
fn of_files<'a, 'f>(
    made: Option<SiteArtifact<'a>>,
    site: &Site,
    files: impl IntoIterator<Item = &'f Arc<str>>,
) -> Option<SiteArtifact<'a>> {
    let inputs = site.inputs.with(files).map(|hash| Fingerprint::of(hash.as_bytes()));
    made.map(|made| Artifact { inputs: inputs.into(), ..made })
}

/// A JSON file of a family, ending in a line break.
fn json<'a, T: Serialize>(
    path: &str,
    origin: &str,
    make: impl Fn() -> T + Send + Sync + 'a,
) -> Option<SiteArtifact<'a>> {
    file(path, origin, move |buffer| {
        // To memory, so that only what cannot be JSON could fail, and that is not among these types.
        let _ = serde_json::to_writer(&mut *buffer, &make());
        buffer.push(b'\n');
    })
}

/// As [`json`], in lines for people to read: for what describes and is not data.
fn json_pretty<'a, T: Serialize>(
    path: &str,
    origin: &str,
    make: impl Fn() -> T + Send + Sync + 'a,
) -> Option<SiteArtifact<'a>> {
    file(path, origin, move |buffer| {
        let _ = serde_json::to_writer_pretty(&mut *buffer, &make());
        buffer.push(b'\n');
    })
}
