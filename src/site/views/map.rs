//! A map of places, laid out so that it can be drawn as one small SVG: no tiles, nothing from another host.
//!
//! Places are set down by their coordinates, equirectangular at their mean latitude, which is true to a few metres in a
//! city and to what the eye sees in a province. A sign holds the number that the list beside the map gives to the place.
//! Signs that would cover each other become one; numbers run from north to south and sign by sign, so that what such a
//! sign says is always from one number to another.

use serde::Serialize;

use crate::content::Location;
use crate::site::Edition;

/// The width of the drawing in its own units, which are about pixels on a narrow phone.
const WIDTH: f64 = 360.0;
/// How high the part with the places is, at least and at most.
const HEIGHT: (f64, f64) = (150.0, 380.0);
/// The strip below it, for the scale.
const STRIP: f64 = 36.0;
/// How far from the edge places are.
const MARGIN: f64 = 30.0;
/// A sign's height, and the width of one with a single number.
const SIGN: f64 = 26.0;
/// How wide a figure in a sign is.
const FIGURE: f64 = 9.0;
/// What stays free between two signs.
const GAP: f64 = 2.0;
/// A map is never of less than so many degrees.
const LEAST: f64 = 0.003;
/// Beyond so many places those of one cell become a sign before signs are compared one by one.
const MANY: usize = 120;
/// Metres of a degree of latitude.
const DEGREE: f64 = 111_195.0;

/// A place to set down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// Where it is.
    pub at: Location,
    /// Whether its sign is the round one, for places that are no centres.
    pub round: bool,
}

/// A map.
#[derive(Debug, Clone, Serialize)]
pub struct MapView {
    /// A word for ids in the page.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// What can be seen on it, in words.
    pub description: String,
    /// The width of the drawing.
    pub width: i64,
    /// The height of the drawing.
    pub height: i64,
    /// The signs.
    pub signs: Vec<SignView>,
    /// The scale.
    pub scale: ScaleView,
    /// Whether some sign stands for several places.
    pub grouped: bool,
    /// Whether there are square and round signs.
    pub both: bool,
}

/// A sign on a map: its middle, its size, and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignView {
    /// The middle, from the left.
    pub x: i64,
    /// The middle, from above.
    pub y: i64,
    /// The left edge.
    pub left: i64,
    /// The upper edge.
    pub top: i64,
    /// The width.
    pub width: i64,
    /// The height.
    pub height: i64,
    /// Whether it is round: no centre is among its places.
    pub round: bool,
    /// The number, or the first and the last.
    pub label: String,
}

/// The bar that says how far things are.
#[derive(Debug, Clone, Serialize)]
pub struct ScaleView {
    /// Its left end.
    pub from: i64,
    /// Its right end.
    pub to: i64,
    /// How far from above it is.
    pub y: i64,
    /// The distance in words.
    pub text: String,
}

/// A sign while it is being placed.
struct Sign {
    x: f64,
    y: f64,
    spots: Vec<usize>,
}

/// The map of some places, and the number of each; `None` for less than two.
pub(super) fn map(edition: &Edition<'_>, id: &str, name: &str, spots: &[Spot]) -> Option<(MapView, Vec<usize>)> {
    if spots.len() < 2 {
        return None;
    }
    let sheet = Sheet::of(spots);
    let range = SIGN - FIGURE + FIGURE * (2 * spots.len().to_string().len()) as f64 + FIGURE / 2.0;
    let mut signs = placed(spots, &sheet, range);
    signs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut numbers = vec![0; spots.len()];
    let mut next = 1;
    let mut views = Vec::new();
    for sign in &mut signs {
        sign.spots.sort_by(|a, b| by_latitude(spots, *a, *b));
        let first = next;
        for spot in &sign.spots {
            if let Some(number) = numbers.get_mut(*spot) {
                *number = next;
            }
            next += 1;
        }
        let (last, width) = (next - 1, if sign.spots.len() > 1 { range } else { SIGN });
        views.push(SignView {
            x: whole(sign.x),
            y: whole(sign.y),
            left: whole(sign.x - width / 2.0),
            top: whole(sign.y - SIGN / 2.0),
            width: whole(width),
            height: whole(SIGN),
            round: sign.spots.iter().all(|spot| spots.get(*spot).is_some_and(|spot| spot.round)),
            label: if first == last { first.to_string() } else { format!("{first}–{last}") },
        });
    }
    let both = spots.iter().any(|spot| spot.round) && !spots.iter().all(|spot| spot.round);
    let n = spots.len();
    let view = MapView {
        id: id.to_owned(),
        title: edition.wording.say("map.of", &[("name", name)]),
        description: edition.wording.count("map.shows", n),
        width: whole(WIDTH),
        height: whole(sheet.height + STRIP),
        grouped: signs.iter().any(|sign| sign.spots.len() > 1),
        signs: views,
        scale: sheet.scale(edition),
        both,
    };
    Some((view, numbers))
}

fn whole(length: f64) -> i64 {
    // Lengths are those of the drawing, a few hundred at most.
    length.round() as i64
}

fn by_latitude(spots: &[Spot], a: usize, b: usize) -> std::cmp::Ordering {
    let at = |number: usize| spots.get(number).map_or((0.0, 0.0), |spot| (spot.at.lat, spot.at.lon));
    let ((lat_a, lon_a), (lat_b, lon_b)) = (at(a), at(b));
    lat_b.total_cmp(&lat_a).then(lon_a.total_cmp(&lon_b)).then(a.cmp(&b))
}

/// How coordinates become places on the drawing.
struct Sheet {
    west: f64,
    north: f64,
    /// The length of a degree of longitude, where one of latitude is 1.
    narrow: f64,
    /// Units of the drawing for a degree of latitude.
    scale: f64,
    /// What is left free at each side, from the left and from above.
    free: (f64, f64),
    height: f64,
    /// Whether the places lie on both sides of the line of the date.
    wraps: bool,
}

impl Sheet {
    fn of(spots: &[Spot]) -> Self {
        let bounds = |values: &mut dyn Iterator<Item = f64>| {
            values.fold((f64::MAX, f64::MIN), |(least, most), value| (least.min(value), most.max(value)))
        };
        let (south, north) = bounds(&mut spots.iter().map(|spot| spot.at.lat));
        let (mut west, mut east) = bounds(&mut spots.iter().map(|spot| spot.at.lon));
        let wraps = east - west > 180.0;
        if wraps {
            (west, east) = bounds(&mut spots.iter().map(|spot| turned(spot.at.lon)));
        }
        let narrow = (f64::midpoint(south, north)).to_radians().cos().max(0.01);
        let (wide, high) = ((east - west) * narrow, north - south);
        let room = WIDTH - 2.0 * MARGIN;
        let scale = (room / wide.max(LEAST)).min((HEIGHT.1 - 2.0 * MARGIN) / high.max(LEAST));
        let height = (high * scale + 2.0 * MARGIN).clamp(HEIGHT.0, HEIGHT.1);
        let free = ((WIDTH - wide * scale) / 2.0, (height - high * scale) / 2.0);
        Self { west, north, narrow, scale, free, height, wraps }
    }

    fn place(&self, at: Location) -> (f64, f64) {
        let lon = if self.wraps { turned(at.lon) } else { at.lon };
        ((lon - self.west) * self.narrow * self.scale + self.free.0, (self.north - at.lat) * self.scale + self.free.1)
    }

    /// The longest round distance that takes no more than a third of the width.
    fn scale(&self, edition: &Edition<'_>) -> ScaleView {
        let most = WIDTH / 3.0 / self.scale * DEGREE;
        let power = 10_f64.powf(most.max(1.0).log10().floor());
        let metres = [5.0, 2.0, 1.0].into_iter().map(|step| step * power).find(|metres| *metres <= most);
        let metres = metres.unwrap_or(power);
        let (from, length) = (MARGIN / 2.0, metres / DEGREE * self.scale);
        let text = if metres < 1000.0 {
            edition.wording.count("length.metres", metres as usize)
        } else {
            edition.wording.count("length.kilometres", (metres / 1000.0) as usize)
        };
        ScaleView { from: whole(from), to: whole(from + length), y: whole(self.height + STRIP - 10.0), text }
    }
}

/// A longitude from 0 to 360.
fn turned(lon: f64) -> f64 {
    if lon < 0.0 { lon + 360.0 } else { lon }
}

/// The signs of the places, no two of which cover each other; `range` is the width of a sign for several places.
fn placed(spots: &[Spot], sheet: &Sheet, range: f64) -> Vec<Sign> {
    let mut signs: Vec<Sign> = Vec::new();
    let mut cells: std::collections::BTreeMap<(i64, i64), usize> = std::collections::BTreeMap::new();
    for (number, spot) in spots.iter().enumerate() {
        let (x, y) = sheet.place(spot.at);
        let cell = (whole(x / range), whole(y / SIGN));
        let known = cells.get(&cell).copied().filter(|_| spots.len() > MANY);
        match known.and_then(|known| signs.get_mut(known)) {
            Some(sign) => sign.take(Sign { x, y, spots: vec![number] }),
            None => {
                cells.insert(cell, signs.len());
                signs.push(Sign { x, y, spots: vec![number] });
            }
        }
    }
    signs.iter_mut().for_each(|sign| sign.keep_within(sheet, range));
    while let Some((a, b)) = closest(&signs, range) {
        let taken = signs.swap_remove(b);
        if let Some(sign) = signs.get_mut(a) {
            sign.take(taken);
            sign.keep_within(sheet, range);
        }
    }
    signs
}

/// The two signs that cover each other most, the first of them with the lower number.
fn closest(signs: &[Sign], range: f64) -> Option<(usize, usize)> {
    let mut found: Option<(usize, usize, f64)> = None;
    for (number, a) in signs.iter().enumerate() {
        for (other, b) in signs.iter().enumerate().skip(number + 1) {
            let (dx, dy) = ((a.x - b.x).abs(), (a.y - b.y).abs());
            let covers = dx < f64::midpoint(a.width(range), b.width(range)) + GAP && dy < SIGN + GAP;
            if covers && found.is_none_or(|(_, _, least)| dx.hypot(dy) < least) {
                found = Some((number, other, dx.hypot(dy)));
            }
        }
    }
    found.map(|(a, b, _)| (a, b))
}

impl Sign {
    fn width(&self, range: f64) -> f64 {
        if self.spots.len() > 1 { range } else { SIGN }
    }

    /// Makes one sign of two, in the middle of all their places.
    fn take(&mut self, other: Sign) {
        let (own, its) = (self.spots.len() as f64, other.spots.len() as f64);
        self.x = (self.x * own + other.x * its) / (own + its);
        self.y = (self.y * own + other.y * its) / (own + its);
        self.spots.extend(other.spots);
    }

    fn keep_within(&mut self, sheet: &Sheet, range: f64) {
        let half = self.width(range) / 2.0 + GAP;
        self.x = self.x.clamp(half, WIDTH - half);
        self.y = self.y.clamp(SIGN / 2.0 + GAP, sheet.height - SIGN / 2.0 - GAP);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn spots(points: &[(f64, f64)]) -> Vec<Spot> {
        points.iter().map(|(lat, lon)| Spot { at: Location { lat: *lat, lon: *lon }, round: false }).collect()
    }

    fn signs(spots: &[Spot]) -> Vec<Sign> {
        placed(spots, &Sheet::of(spots), 60.0)
    }

    #[test]
    fn no_two_signs_cover_each_other_and_no_place_is_lost() {
        let mut state = 1_u32;
        let mut roll = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(state >> 16) / 65_536.0
        };
        for count in [2, 3, 40, 119, 121, 600] {
            let points: Vec<_> = (0..count).map(|_| (36.0 + roll() * roll(), 103.0 + roll())).collect();
            let spots = spots(&points);
            let signs = signs(&spots);
            let mut all: Vec<usize> = signs.iter().flat_map(|sign| sign.spots.clone()).collect();
            all.sort_unstable();
            assert_eq!(all, (0..count).collect::<Vec<_>>());
            assert_eq!(closest(&signs, 60.0), None);
            for sign in &signs {
                assert!(sign.x > 0.0 && sign.x < WIDTH && sign.y > 0.0 && sign.y < HEIGHT.1);
            }
        }
    }

    #[test]
    fn places_at_one_spot_are_one_sign_and_north_is_up() {
        let places = spots(&[(36.0, 103.0), (36.0, 103.0), (36.5, 103.0)]);
        let signs = signs(&places);
        assert_eq!(signs.len(), 2);
        assert!(
            signs.iter().find(|sign| sign.spots == [2]).unwrap().y
                < signs.iter().find(|s| s.spots.len() == 2).unwrap().y
        );
    }

    #[test]
    fn a_degree_of_longitude_is_as_long_as_it_is_there() {
        let places = spots(&[(60.0, 10.0), (60.0, 11.0), (60.5, 10.0)]);
        let sheet = Sheet::of(&places);
        let [a, b, c] = [0, 1, 2].map(|number: usize| sheet.place(places[number].at));
        // At 60 degrees a degree of longitude is half as long as one of latitude.
        assert!(((b.0 - a.0) - (a.1 - c.1)).abs() < 3.0, "{a:?} {b:?} {c:?}");
    }

    #[test]
    fn the_line_of_the_date_is_no_edge() {
        let places = spots(&[(0.0, 179.9), (0.0, -179.9)]);
        let sheet = Sheet::of(&places);
        assert!(sheet.place(places[0].at).0 < sheet.place(places[1].at).0);
    }
}
