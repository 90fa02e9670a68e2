//! The sheets that a site publishes: in which order they, their previews and their archives are made, and after them the
//! pictures beside links.

use std::collections::HashMap;
use std::sync::Arc;

use super::archive::Archive;
use super::share::share_picture;
use super::twin::Twin;
use super::{Finish, Press};
use crate::artifacts::posters::Makes;
use crate::artifacts::{SiteArtifact, Theme};
use crate::diagnostics::Diagnostic;
use crate::site::Edition;
use crate::site::views::{self, SharePicture};

/// How the sheets of the site are printed.
const PUBLISHED: Finish = Finish { bleed: 0.0, makes: Makes { pdf: true, drawn: (1, views::PREVIEW), booklet: None } };
/// So many sheets are made before their previews: who takes a preview then seldom waits for its sheet.
const TOGETHER: usize = 16;

/// All sheets that the site publishes, each with its preview, and for each centre an archive of its own; and the pictures
/// beside links to pages.
pub(in crate::artifacts) fn published<'a>(
    editions: &[Edition<'a>],
    theme: &'a Theme,
    shared: Vec<SharePicture<'a>>,
) -> Result<Vec<SiteArtifact<'a>>, Vec<Diagnostic>> {
    let press = Arc::new(Press::new(editions, theme)?);
    let mut twins = Vec::new();
    for (number, edition) in editions.iter().enumerate() {
        for sheet in views::sheets(edition) {
            let sheet = Arc::new(sheet);
            for file in sheet.files(edition) {
                let twin = press.twin(edition, &sheet, file.address.as_str(), file.options, &PUBLISHED);
                twins.extend(twin.map(|twin| (number, sheet.centres.first().copied(), sheet.centres.clone(), twin)));
            }
        }
    }
    // The sheets of a centre follow each other, so that few are kept for its archive.
    twins.sort_by_key(|(number, first, ..)| (*number, first.map(|id| id.as_str())));
    let mut archives: HashMap<(usize, &str), (usize, Archive<'a>)> = HashMap::new();
    for (at, (number, _, centres, twin)) in twins.iter().enumerate() {
        let Some(edition) = editions.get(*number) else { continue };
        for centre in centres {
            let new = || (at, Archive::of(edition, centre));
            let (last, archive) = archives.entry((*number, centre.as_str())).or_insert_with(new);
            *last = at;
            archive.add(twin);
        }
    }
    let mut archives: Vec<(usize, Archive<'a>)> =
        archives.into_values().filter(|(_, archive)| archive.is_worth_it()).collect();
    archives.sort_by(|(a, one), (b, other)| (a, one.path()).cmp(&(b, other.path())));
    let mut archives = archives.into_iter().peekable();
    let mut artifacts = Vec::new();
    let mut until = 0;
    for some in twins.chunks(TOGETHER) {
        until += some.len();
        artifacts.extend(some.iter().map(|(.., twin)| Twin::sheet(twin)));
        artifacts.extend(some.iter().filter_map(|(.., twin)| Twin::preview(twin)));
        while let Some((_, archive)) = archives.next_if(|(last, _)| *last < until) {
            artifacts.extend(archive.file());
        }
    }
    artifacts.extend(shared.into_iter().filter_map(|picture| share_picture(&press, picture)));
    Ok(artifacts)
}
