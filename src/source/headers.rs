//! What the beginning of a picture says of it: its size, how the camera was held, whether it moves.
//!
//! Pixels are not looked at. AVIF is read only as far as it takes: its place and camera cannot be taken out here, so a
//! file that has them is refused.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ImageDecoder, ImageError, ImageFormat, ImageReader};

use super::pictures::PictureFormat;
use crate::diagnostics::{Code, Problem};

/// What the beginning of a picture says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) turned: bool,
    pub(super) still: bool,
}

/// Reads the beginning of a picture.
pub(super) fn read(format: PictureFormat, bytes: &[u8]) -> Result<Header, Problem> {
    match format {
        PictureFormat::Jpeg => decoder(ImageFormat::Jpeg, bytes, true),
        PictureFormat::Png => decoder(ImageFormat::Png, bytes, !has(bytes, b"acTL")),
        // The flags of VP8X: the second bit is that of animation.
        PictureFormat::Webp => {
            let flags = bytes.get(12..16).filter(|chunk| *chunk == b"VP8X").and_then(|_| bytes.get(20));
            decoder(ImageFormat::WebP, bytes, flags.is_none_or(|flags| flags & 2 == 0))
        }
        PictureFormat::Gif => {
            let size = |at: usize| bytes.get(at..at + 2).and_then(|b| b.try_into().ok()).map(u16::from_le_bytes);
            let (width, height) = size(6).zip(size(8)).ok_or_else(cut_short)?;
            Ok(Header { width: width.into(), height: height.into(), turned: false, still: false })
        }
        PictureFormat::Avif => avif(bytes),
        PictureFormat::Svg => Err(cut_short()),
    }
}

fn has(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

fn cut_short() -> Problem {
    Problem::new(Code::PictureDamaged).with_word("reason", "picture-cut-short")
}

/// What a library says of a picture that it cannot read.
pub(crate) fn damaged(error: &ImageError) -> Problem {
    match error {
        ImageError::IoError(_) => cut_short(),
        error => Problem::new(Code::PictureDamaged).with("reason", &error.to_string()),
    }
}

fn decoder(format: ImageFormat, bytes: &[u8], still: bool) -> Result<Header, Problem> {
    let reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut decoder = reader.into_decoder().map_err(|error| damaged(&error))?;
    let (width, height) = decoder.dimensions();
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let sideways = matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    let (width, height) = if sideways { (height, width) } else { (width, height) };
    Ok(Header { width, height, turned: orientation != Orientation::NoTransforms, still })
}

/// AVIF (ISO/IEC 23000-22): the largest `ispe` of the `meta` box is the picture's size.
fn avif(bytes: &[u8]) -> Result<Header, Problem> {
    let number = |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_be_bytes);
    let mut at = 0;
    let meta = loop {
        let size = number(at).and_then(|size| usize::try_from(size).ok()).filter(|size| *size >= 8);
        let size = size.ok_or_else(cut_short)?;
        let whole = bytes.get(at..at.saturating_add(size)).ok_or_else(cut_short)?;
        if whole.get(4..8) == Some(b"meta") {
            break whole;
        }
        at += size;
    };
    if has(meta, b"Exif") || has(meta, b"application/rdf+xml") {
        return Err(Problem::new(Code::PictureKeepsPlace));
    }
    let sizes = meta.windows(16).filter(|window| window.starts_with(b"ispe")).filter_map(|window| {
        let part = |at: usize| window.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_be_bytes);
        part(8).zip(part(12))
    });
    let size = sizes.max_by_key(|(width, height)| u64::from(*width) * u64::from(*height));
    let (width, height) = size.ok_or_else(cut_short)?;
    Ok(Header { width, height, turned: false, still: false })
}
