//! Places: all centres on a map, the centres of each wider area, and a card of each for address books.
//!
//! `places/places.geojson` and `places/areas/ID.geojson` ([`geojson`]) have every centre, those that nobody has located
//! too; `places/centres/ID.vcf` ([`vcard`]) is for every centre. A centre's feature is written once and stands in the files
//! of all areas around it.

mod geojson;
mod vcard;

use std::sync::Arc;

use super::{SiteArtifact, file, of_files};
use crate::content::AreaLevel;
use crate::site::{Edition, views};
use geojson::Features;

/// The files of the family.
pub(super) fn files<'a>(editions: &[Edition<'a>]) -> Vec<SiteArtifact<'a>> {
    let Some(first) = editions.first().copied() else { return Vec::new() };
    let site = first.site;
    let features = Arc::new(Features::new(first));
    let collection = |path: &str, origin: &str, numbers: Vec<usize>| {
        if numbers.is_empty() {
            return None;
        }
        let features = Arc::clone(&features);
        file(path, origin, move |buffer| features.write(&numbers, buffer))
    };
    let all = collection("places/places.geojson", "content/centres", (0..site.content.centres.len()).collect());
    let wide = site.index.areas.iter().filter(|entry| entry.area.level <= AreaLevel::District);
    let areas = wide.filter_map(|entry| {
        let within = site.index.within(&entry.area.id);
        let inside = within.iter().filter_map(|n| site.index.centres_in.get(&site.index.areas.get(*n)?.area.id));
        let mut numbers: Vec<usize> = inside.flatten().copied().collect();
        numbers.sort_unstable();
        collection(&format!("places/areas/{}.geojson", entry.area.id), "content/areas.yaml", numbers)
    });
    let cards = site.content.centres.iter().filter_map(|centre| {
        let path = views::card_path(&first, centre)?;
        let made =
            file(&path, &centre.origin.file, move |buffer| buffer.extend(vcard::card(&first, centre).into_bytes()));
        let above = centre.value.part_of.as_ref().and_then(|above| site.file_of(above));
        of_files(made, site, std::iter::once(&centre.origin.file).chain(above))
    });
    all.into_iter().chain(areas).chain(cards).collect()
}
