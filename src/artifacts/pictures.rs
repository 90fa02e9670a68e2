//! Pictures as they are published: upright, in several sizes, without the place and the camera.
//!
//! The fingerprint of what a file is made from is known without making it, so a picture is made small once and not again
//! until it changes. Where nothing but metadata is to be taken out, the picture's own bytes stay. One large picture is
//! decoded at a time, so that many of them need no more memory than one.

mod strip;
mod webp;

use std::io::Cursor;
use std::sync::Mutex;

use camino::{Utf8Path, Utf8PathBuf};
use image::codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder};
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits};

use super::{Artifact, Fingerprint, Make, OutputPath, SiteArtifact};
use crate::diagnostics::{Code, Diagnostic, Place, Problem};
use crate::site::{PictureFile, Site, picture_files};
use crate::source::{self, PictureFacts, PictureFormat};

/// Changes with whatever changes the bytes that are made.
const RECIPE: &str = "pictures 2";
/// The quality of JPEG (0 to 100): where artefacts are not seen on drawings either.
const JPEG_QUALITY: u8 = 82;
/// A picture of more pixels is decoded alone.
const LARGE: u64 = 12_000_000;
/// The most bytes that decoding may take.
const MOST_MEMORY: u64 = 512 * 1024 * 1024;

/// The files of every picture.
pub(super) fn files<'a>(site: &'a Site, pictures: &'a [(String, Utf8PathBuf)]) -> Vec<SiteArtifact<'a>> {
    let known = pictures.iter().filter_map(|(name, file)| Some((name, file, site.picture_facts.get(name)?)));
    let files = known.flat_map(|(name, file, facts)| {
        picture_files(name, facts).into_iter().map(move |made| (name, file, facts, made))
    });
    files.filter_map(|(name, file, facts, made)| artifact(name, file, facts, made)).collect()
}

/// Whether a file is a smaller picture beside another one: if that one can be made, so can this.
pub(crate) fn is_smaller(path: &OutputPath) -> bool {
    let size = path.as_str().strip_prefix("pictures/").and_then(|name| name.rsplit_once('-')).map(|(_, size)| size);
    size.is_some_and(|size| ["w.png", "w.jpg", "w.webp"].iter().any(|ending| size.ends_with(ending)))
}

fn artifact<'a>(
    name: &'a str,
    file: &'a Utf8Path,
    facts: &'a PictureFacts,
    made: PictureFile,
) -> Option<SiteArtifact<'a>> {
    let origin = format!("content/pictures/{name}");
    let inputs = [RECIPE, &facts.hash, &made.path, &made.width.to_string()];
    let inputs = Fingerprint::of_all(inputs).into();
    let path = OutputPath::new(&made.path).ok()?;
    let place: std::sync::Arc<str> = origin.into();
    let origin = std::sync::Arc::clone(&place);
    let make: Make<'a, Vec<Diagnostic>> = Box::new(move |buffer: &mut Vec<u8>| {
        let found = |problem: Problem| vec![problem.at(Place::whole(&place))];
        let bytes = source::read_picture(file).map_err(found)?;
        *buffer = write(facts, &made, bytes).map_err(found)?;
        Ok(())
    });
    Some(Artifact { path, origin, inputs, make })
}

/// The bytes of one file.
fn write(facts: &PictureFacts, made: &PictureFile, bytes: Vec<u8>) -> Result<Vec<u8>, Problem> {
    static ALONE: Mutex<()> = Mutex::new(());
    let large = u64::from(facts.width) * u64::from(facts.height) > LARGE;
    // Whoever panicked while he was alone has left nothing that others rely on.
    let alone = large.then(|| ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    if matches!(facts.format, PictureFormat::Gif | PictureFormat::Avif | PictureFormat::Svg) {
        return Ok(bytes);
    }
    let as_it_is = made.format == facts.format && made.width == facts.width && !facts.turned;
    let picture = decode(facts.format, &bytes)?;
    if as_it_is {
        drop(picture);
        return strip::metadata(facts.format, &bytes)
            .ok_or_else(|| Problem::new(Code::PictureDamaged).with_word("reason", "picture-cut-short"));
    }
    let Picture { pixels, profile } = picture;
    drop(bytes);
    let pixels = if pixels.width() == made.width {
        pixels
    } else {
        pixels.resize_exact(made.width, made.height, FilterType::Lanczos3)
    };
    drop(alone);
    if made.format == PictureFormat::Webp && facts.format != PictureFormat::Webp {
        return webp::encode(&pixels, facts.format, profile.as_deref())
            .map_err(|reason| Problem::new(Code::PictureDamaged).with("reason", &reason));
    }
    encode(made.format, &pixels, profile)
}

struct Picture {
    /// Upright.
    pixels: DynamicImage,
    profile: Option<Vec<u8>>,
}

fn decode(format: PictureFormat, bytes: &[u8]) -> Result<Picture, Problem> {
    let format = match format {
        PictureFormat::Jpeg => ImageFormat::Jpeg,
        PictureFormat::Png => ImageFormat::Png,
        _ => ImageFormat::WebP,
    };
    let damaged = |error| source::damaged(&error);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let mut pixels = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    pixels.apply_orientation(orientation);
    Ok(Picture { pixels, profile })
}

fn encode(format: PictureFormat, pixels: &DynamicImage, profile: Option<Vec<u8>>) -> Result<Vec<u8>, Problem> {
    let mut made = Vec::new();
    match format {
        PictureFormat::Jpeg => {
            let encoder = JpegEncoder::new_with_quality(&mut made, JPEG_QUALITY);
            with_profile(encoder, &DynamicImage::from(pixels.to_rgb8()), profile)?;
        }
        PictureFormat::Png => with_profile(PngEncoder::new(&mut made), pixels, profile)?,
        _ => with_profile(WebPEncoder::new_lossless(&mut made), &DynamicImage::from(pixels.to_rgba8()), profile)?,
    }
    Ok(made)
}

fn with_profile(
    mut encoder: impl ImageEncoder,
    pixels: &DynamicImage,
    profile: Option<Vec<u8>>,
) -> Result<(), Problem> {
    // A profile that the encoder does not take is one that the colours do not need to be seen.
    let _ = profile.map(|profile| encoder.set_icc_profile(profile));
    pixels.write_with_encoder(encoder).map_err(|error| source::damaged(&error))
}
