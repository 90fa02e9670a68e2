//! The network: where all centres and stations are, area by area, on a map and in a table that says the same in words.
//!
//! A map of a province is of no use to somebody who looks for the next street, so each city or district has its own, and
//! one above them shows where these lie. A site with more places than fit a page names the areas only; their own pages
//! have the places.

use serde::Serialize;

use super::centre::{CentreCard, card};
use super::home::grouped;
use super::map::{MapView, Spot, map};
use super::parts::Link;
use super::shared::Shared;
use crate::content::{Centre, CentreKind, Location, Record};
use crate::site::Edition;

/// The most places of a page.
const MOST: usize = 120;

/// The network's page.
#[derive(Debug, Clone, Serialize)]
pub struct NetworkView {
    /// How many places there are.
    pub count: usize,
    /// Where the areas lie, if there are several.
    pub overview: Option<MapView>,
    /// The areas.
    pub areas: Vec<NetworkArea>,
}

/// An area with its places.
#[derive(Debug, Clone, Serialize)]
pub struct NetworkArea {
    /// Its page.
    pub area: Link,
    /// Its number on the map of the areas.
    pub number: Option<usize>,
    /// How many places it has.
    pub count: usize,
    /// Its map, if two of them have coordinates.
    pub map: Option<MapView>,
    /// Its places, by their number on the map; none on a page that would be too long.
    pub places: Vec<NetworkPlace>,
}

/// A place in the table beside a map.
#[derive(Debug, Clone, Serialize)]
pub struct NetworkPlace {
    /// Its number on the map; none without coordinates.
    pub number: Option<usize>,
    /// Whether its sign is round.
    pub round: bool,
    /// The place.
    pub centre: Shared<CentreCard>,
}

/// The map of some places, and the places in the order of their numbers, those without coordinates last.
pub(super) fn places(
    edition: &Edition<'_>,
    id: &str,
    name: &str,
    records: &[&Record<Centre>],
) -> (Option<MapView>, Vec<NetworkPlace>) {
    let (map, listed) = places_by_number(edition, id, name, records);
    let place = |(number, round, record)| NetworkPlace { number, round, centre: card(edition, record) };
    (map, listed.into_iter().map(place).collect())
}

/// A place with its number, and whether its sign is round.
pub(super) type Numbered<'a> = (Option<usize>, bool, &'a Record<Centre>);

/// The map of some places, and the places with their numbers and whether their signs are round, in the order of the
/// numbers, those without coordinates last.
pub(super) fn places_by_number<'a>(
    edition: &Edition<'_>,
    id: &str,
    name: &str,
    records: &[&'a Record<Centre>],
) -> (Option<MapView>, Vec<Numbered<'a>>) {
    let round = |record: &Record<Centre>| matches!(record.value.kind, CentreKind::Station | CentreKind::MobilePoint);
    let located: Vec<(usize, Spot)> = records
        .iter()
        .enumerate()
        .filter_map(|(number, record)| Some((number, Spot { at: record.value.location?, round: round(record) })))
        .collect();
    let spots: Vec<Spot> = located.iter().map(|(_, spot)| *spot).collect();
    let made = map(edition, id, name, &spots);
    let mut numbers: Vec<Option<usize>> = vec![None; records.len()];
    for ((record, _), number) in located.iter().zip(made.iter().flat_map(|(_, numbers)| numbers)) {
        if let Some(place) = numbers.get_mut(*record) {
            *place = Some(*number);
        }
    }
    let mut listed: Vec<_> =
        records.iter().zip(numbers).map(|(record, number)| (number, round(record), *record)).collect();
    listed.sort_by_key(|(number, ..)| number.unwrap_or(usize::MAX));
    (made.map(|(map, _)| map), listed)
}

/// The network's page.
pub(crate) fn network(edition: &Edition<'_>) -> NetworkView {
    let site = edition.site;
    let groups = grouped(edition, |_| true);
    let count = groups.iter().map(|(_, records)| records.len()).sum();
    let middles: Vec<Option<Location>> = groups.iter().map(|(_, records)| middle(records)).collect();
    let spots: Vec<Spot> = middles.iter().flatten().map(|at| Spot { at: *at, round: false }).collect();
    let name = edition.local(&site.content.site.value.title).text;
    let overview = map(edition, "overview", &name, &spots);
    let mut numbers = overview.iter().flat_map(|(_, numbers)| numbers);
    let mut areas: Vec<NetworkArea> = groups
        .iter()
        .zip(&middles)
        .filter_map(|((area, records), middle)| {
            let number = middle.and_then(|_| numbers.next().copied());
            let area = site.index.areas.get(*area)?;
            let name = edition.local(&area.area.name).text;
            let (map, places) =
                if count <= MOST { places(edition, area.area.id.as_str(), &name, records) } else { (None, Vec::new()) };
            Some(NetworkArea { area: super::area::link(edition, area), number, count: records.len(), map, places })
        })
        .collect();
    areas.sort_by_key(|area| area.number.unwrap_or(usize::MAX));
    NetworkView { count, overview: overview.map(|(map, _)| map), areas }
}

/// The middle of the places that have coordinates.
fn middle(records: &[&Record<Centre>]) -> Option<Location> {
    let points: Vec<Location> = records.iter().filter_map(|record| record.value.location).collect();
    let count = points.len() as f64;
    let sum = points.iter().fold((0.0, 0.0), |(lat, lon), point| (lat + point.lat, lon + point.lon));
    (!points.is_empty()).then(|| Location { lat: sum.0 / count, lon: sum.1 / count })
}
