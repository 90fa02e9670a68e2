//! Which centres are near a place, by the distance as the crow flies.
//!
//! The centres that have coordinates are sorted by latitude once. What is near is found by walking away from a latitude
//! in both directions until a degree further is further than what was found, so a large site costs little more than a
//! small one. Distances are on a sphere of the earth's mean radius: right to half a percent, which is more than the
//! words that they are told in.

use std::f64::consts::PI;

use super::Site;
use crate::content::{Centre, Location, Record};

/// The earth's mean radius in metres (IUGG).
const RADIUS: f64 = 6_371_008.8;
/// Metres of a degree of latitude.
const DEGREE: f64 = RADIUS * PI / 180.0;

/// The places of the centres that have coordinates.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Latitude, longitude and the centre's number, from south to north.
    by_latitude: Vec<(f64, f64, usize)>,
}

impl Places {
    fn of(centres: &[Record<Centre>]) -> Self {
        let placed = centres.iter().enumerate();
        let mut by_latitude: Vec<_> =
            placed.filter_map(|(number, centre)| centre.value.location.map(|at| (at.lat, at.lon, number))).collect();
        by_latitude.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
        Self { by_latitude }
    }

    /// The nearest centres that are `wanted`, with their distance in metres: at most `count`, none beyond `most` metres.
    fn near(&self, from: Location, count: usize, most: f64, wanted: impl Fn(usize) -> bool) -> Vec<(usize, f64)> {
        let middle = self.by_latitude.partition_point(|(lat, _, _)| *lat < from.lat);
        let (south, north) = self.by_latitude.split_at(middle);
        let mut found: Vec<(usize, f64)> = Vec::new();
        let mut south = south.iter().rev().peekable();
        let mut north = north.iter().peekable();
        loop {
            let below = south.peek().map(|(lat, _, _)| from.lat - lat);
            let above = north.peek().map(|(lat, _, _)| lat - from.lat);
            let (next, away) = match (below, above) {
                (Some(below), Some(above)) if below <= above => (south.next(), below),
                (_, Some(above)) => (north.next(), above),
                (Some(below), None) => (south.next(), below),
                (None, None) => break,
            };
            let furthest = found.get(count.saturating_sub(1)).map_or(most, |(_, distance)| *distance);
            if away * DEGREE > furthest {
                break;
            }
            let Some((lat, lon, number)) = next else { break };
            let metres = distance(from, Location { lat: *lat, lon: *lon });
            if metres <= most && wanted(*number) {
                found.push((*number, metres));
                found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
                found.truncate(count);
            }
        }
        found
    }
}

/// The distance of two places in metres (haversine).
pub(crate) fn distance(a: Location, b: Location) -> f64 {
    let (lat_a, lat_b) = (a.lat.to_radians(), b.lat.to_radians());
    let (lat, lon) = ((lat_b - lat_a) / 2.0, (b.lon - a.lon).to_radians() / 2.0);
    let half = lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * lon.sin().powi(2);
    2.0 * RADIUS * half.sqrt().min(1.0).asin()
}

impl Site {
    /// The centres nearest to one, with their distance in metres; itself, what belongs to it and what is not `wanted`
    /// left out. At most `count`, none beyond `most` metres.
    pub(crate) fn nearest(
        &self,
        record: &Record<Centre>,
        count: usize,
        most: f64,
        wanted: impl Fn(&Record<Centre>) -> bool,
    ) -> Vec<(&Record<Centre>, f64)> {
        let Some(from) = record.value.location else { return Vec::new() };
        let centres = &self.content.centres;
        let places = self.places.get_or_init(|| Places::of(centres));
        let other = |number: usize| {
            centres.get(number).is_some_and(|other| {
                other.id != record.id && other.value.part_of.as_ref() != Some(&record.id) && wanted(other)
            })
        };
        let near = places.near(from, count, most, other).into_iter();
        near.filter_map(|(number, metres)| Some((centres.get(number)?, metres))).collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> Location {
        Location { lat, lon }
    }

    #[test]
    fn distances_are_those_of_the_earth() {
        // A quarter of a meridian, a degree of the equator, and across the line of the date.
        assert!((distance(at(0.0, 0.0), at(90.0, 0.0)) - 10_007_557.0).abs() < 1.0);
        assert!((distance(at(0.0, 10.0), at(0.0, 11.0)) - 111_195.0).abs() < 1.0);
        assert!((distance(at(0.0, 179.5), at(0.0, -179.5)) - 111_195.0).abs() < 1.0);
        assert_eq!(distance(at(36.0, 103.8), at(36.0, 103.8)), 0.0);
    }

    #[test]
    fn the_nearest_are_those_that_a_look_at_all_of_them_finds() {
        // Points of a small generator, several of one latitude among them.
        let mut state = 7_u32;
        let mut roll = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(state >> 16) / 65_536.0
        };
        let points: Vec<Location> =
            (0..300).map(|_| at((roll() * 40.0).round() / 20.0 + 35.0, roll() * 3.0 + 102.0)).collect();
        let mut by_latitude: Vec<_> = points.iter().enumerate().map(|(n, p)| (p.lat, p.lon, n)).collect();
        by_latitude.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
        let places = Places { by_latitude };
        for (number, from) in points.iter().enumerate() {
            let wanted = |other: usize| other != number && !other.is_multiple_of(3);
            let found: Vec<usize> = places.near(*from, 4, 40_000.0, wanted).into_iter().map(|(n, _)| n).collect();
            let mut all: Vec<(usize, f64)> = points.iter().enumerate().map(|(n, p)| (n, distance(*from, *p))).collect();
            all.retain(|(n, metres)| wanted(*n) && *metres <= 40_000.0);
            all.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            let slow: Vec<usize> = all.into_iter().take(4).map(|(n, _)| n).collect();
            assert_eq!(found, slow);
        }
    }
}
