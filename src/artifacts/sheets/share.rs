//! The pictures that messengers show beside links to pages: one template, drawn and never printed.
//!
//! They are made by the engine of the sheets, and, as these, not again while nothing about them changed.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use image::ImageEncoder as _;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use serde_json::{Value, json};

use super::{Press, glyphs, mark_breaks};
use crate::artifacts::pages::SHARE_TEMPLATE;
use crate::artifacts::posters::{Drawing, Makes, PosterJob};
use crate::artifacts::{Artifact, Fingerprint, Inputs, OutputPath, SiteArtifact};
use crate::diagnostics::Diagnostic;
use crate::site::views::{SharePicture, ShareWords};

/// Changes with whatever changes the bytes of a picture.
const RECIPE: &str = "share pictures 1";
/// In pixels: what those who show it ask for.
const SIZE: (u32, u32) = (1200, 630);
/// How far apart the shades at the edges of letters are that are tried, until a picture is light enough.
const STEPS: [u8; 3] = [32, 51, 85];
/// The most bytes of a picture, unless none of these makes it as light.
const MOST_BYTES: usize = 60_000;
/// A colour that covers more than one of so many parts of a picture is that of an area, and stays as it is.
const AN_AREA: usize = 400;

/// The picture of a page as a file.
pub(super) fn share_picture<'a>(press: &Arc<Press<'a>>, picture: SharePicture<'a>) -> Option<SiteArtifact<'a>> {
    let (path, origin) = (OutputPath::new(picture.address.as_str()).ok()?, Arc::clone(&picture.origin));
    let picture = Arc::new(Drawn { press: Arc::clone(press), picture, data: OnceLock::new() });
    let inputs = Inputs::asked({
        let picture = Arc::clone(&picture);
        move || picture.inputs()
    });
    let make = move |buffer: &mut Vec<u8>| {
        *buffer = picture.draw()?;
        Ok(())
    };
    Some(Artifact { path, origin, inputs, make: Box::new(make) })
}

/// A picture and what its template reads, known when it is first asked for.
struct Drawn<'a> {
    press: Arc<Press<'a>>,
    picture: SharePicture<'a>,
    data: OnceLock<Value>,
}

impl Drawn<'_> {
    fn data(&self) -> &Value {
        self.data.get_or_init(|| {
            let edition = &self.picture.edition;
            let ShareWords { kicker, title, line, issuer } = self.picture.words();
            let region = edition.site.content.site.value.region.as_str();
            let lang = edition.language.as_str();
            let mut data = json!({
                "lang": lang, "region": region, "kicker": kicker, "title": title, "line": line, "issuer": issuer,
            });
            mark_breaks(&mut data, self.press.breaks());
            data
        })
    }

    fn inputs(&self) -> Fingerprint {
        let (data, theme) = (self.data().to_string(), self.press.theme.fingerprint.to_string());
        Fingerprint::of_all([RECIPE, &data, &theme, env!("NOTICEBOARD_SOURCES")])
    }

    fn draw(&self) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let Self { press, picture, .. } = self;
        let edition = &picture.edition;
        let words = glyphs::words(self.data());
        // Whether a letter that no font has can be put together from others only shows in a PDF, which refuses it.
        let pdf = !press.engine.missing_characters(&words).is_empty();
        let template = format!("/{SHARE_TEMPLATE}");
        let job = PosterJob {
            template: &template,
            data: self.data().to_string().into_bytes(),
            assets: Vec::new(),
            today: edition.site.today,
            vertical: edition.language.is_vertical(),
            id: "",
            makes: Makes { pdf, drawn: (1, SIZE), ..Makes::NOTHING },
        };
        let faults = |problems: Vec<_>| {
            glyphs::faults(&press.engine, press.theme, edition.site, &picture.origin, &words, &problems)
        };
        let made = press.engine.render(job).map_err(faults)?;
        Ok(made.drawn.first().map(encoded).unwrap_or_default())
    }
}

/// As PNG, with as many shades at the edges of letters as make it light enough to be loaded over a slow line.
fn encoded(drawing: &Drawing) -> Vec<u8> {
    let mut lightest = Vec::new();
    for step in STEPS {
        lightest = png(drawing, step);
        if lightest.len() <= MOST_BYTES {
            break;
        }
    }
    lightest
}

fn png(Drawing { width, height, rgb }: &Drawing, step: u8) -> Vec<u8> {
    let row = usize::try_from(*width).unwrap_or(1).max(1) * 3;
    let areas = areas(rgb, row);
    let coarse = |channel: u8| (u16::from(channel) + u16::from(step) / 2) / u16::from(step) * u16::from(step);
    let coarse = |channel: u8| u8::try_from(coarse(channel)).unwrap_or(u8::MAX);
    let mut shown = Vec::with_capacity(rgb.len());
    let mut above: &[u8] = &[];
    for line in rgb.chunks(row) {
        if line == above {
            shown.extend_from_within(shown.len() - row..);
            continue;
        }
        for run in line.as_chunks::<3>().0.chunk_by(|a, b| a == b) {
            let Some(dot) = run.first() else { continue };
            let dot = if areas.contains(dot) { *dot } else { dot.map(coarse) };
            shown.extend(dot.repeat(run.len()));
        }
        above = line;
    }
    let mut made = Vec::new();
    // Even areas with few edges: filters between lines only make it larger.
    let encoder = PngEncoder::new_with_quality(&mut made, CompressionType::Default, FilterType::NoFilter);
    // To memory, and the size is that of the pixels.
    let _ = encoder.write_image(&shown, *width, *height, image::ExtendedColorType::Rgb8);
    made
}

/// The colours that cover areas and are not only at the edges of letters.
fn areas(rgb: &[u8], row: usize) -> HashSet<[u8; 3]> {
    let mut areas: HashMap<[u8; 3], usize> = HashMap::new();
    let mut lines = rgb.chunks(row);
    let mut next = lines.next();
    while let Some(line) = next {
        // Lines that are the same are counted at once.
        let mut same = 1;
        next = lines.next();
        while next == Some(line) {
            same += 1;
            next = lines.next();
        }
        for run in line.as_chunks::<3>().0.chunk_by(|a, b| a == b) {
            if let Some(dot) = run.first() {
                *areas.entry(*dot).or_default() += run.len() * same;
            }
        }
    }
    areas.into_iter().filter(|(_, count)| *count > rgb.len() / 3 / AN_AREA).map(|(dot, _)| dot).collect()
}
