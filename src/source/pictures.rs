//! Which files of `content/pictures/` are pictures that may be published.
//!
//! Readers' browsers open what stands there, so only formats that can hold nothing but a picture are taken, and only
//! if the first bytes are those of the format that the name says. SVG can hold scripts and is refused. Of each picture its
//! size in pixels is read, which bounds the work and the memory that making it smaller will take.

use std::fs::File;
use std::io::{self, Read as _};

use camino::Utf8Path;

use super::files::too_large;
use super::headers::{self, Header};
use crate::diagnostics::{Code, Problem};

/// No picture is larger than this, in bytes.
pub(super) const LARGEST: u64 = 20 * 1024 * 1024;

/// How wide a picture that is too large should be made, in pixels, for the message.
pub(super) const SMALLER: (&str, &str) = ("smaller", "2000");

/// No picture has more pixels than this: what it takes to hold it grows with them, however small its file is.
const MOST_PIXELS: u64 = 50_000_000;

/// How many bytes tell the formats apart.
const HEAD: usize = 32;

/// A format of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PictureFormat {
    /// JPEG.
    Jpeg,
    /// PNG, animated or not.
    Png,
    /// WebP, animated or not.
    Webp,
    /// GIF.
    Gif,
    /// AVIF.
    Avif,
    /// SVG, which is refused.
    Svg,
}

use PictureFormat as Format;

/// A picture below `content/pictures/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureFacts {
    /// The format.
    pub format: PictureFormat,
    /// The width in pixels as people see it, turned as the camera says.
    pub width: u32,
    /// The height in pixels, as the width.
    pub height: u32,
    /// Whether the camera says that it must be turned to be seen upright.
    pub turned: bool,
    /// Whether it is one picture that does not move.
    pub still: bool,
    /// The size of its file in bytes.
    pub bytes: u64,
    /// Of its bytes.
    pub hash: String,
}

impl PictureFormat {
    fn of_ending(ending: &str) -> Option<Self> {
        Some(match ending.to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" => Self::Jpeg,
            "png" => Self::Png,
            "webp" => Self::Webp,
            "gif" => Self::Gif,
            "avif" => Self::Avif,
            "svg" | "svgz" => Self::Svg,
            _ => return None,
        })
    }

    /// The format whose first bytes these are.
    fn of_bytes(head: &[u8]) -> Option<Self> {
        let at = |start: usize, bytes: &[u8]| head.get(start..start + bytes.len()) == Some(bytes);
        let brands = || head.get(8..).unwrap_or_default().chunks(4);
        if at(0, b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if at(0, b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if at(0, b"RIFF") && at(8, b"WEBP") {
            Some(Self::Webp)
        } else if at(0, b"GIF87a") || at(0, b"GIF89a") {
            Some(Self::Gif)
        } else if at(4, b"ftyp") && brands().any(|brand| brand == b"avif" || brand == b"avis") {
            Some(Self::Avif)
        } else {
            let text = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
            ["<svg", "<?xml", "<!doctype svg"].iter().any(|start| text.starts_with(start)).then_some(Self::Svg)
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Webp => "WebP",
            Self::Gif => "GIF",
            Self::Avif => "AVIF",
            Self::Svg => "SVG",
        }
    }
}

/// What a picture is, or what keeps a file from being one.
pub(super) fn facts(file: &Utf8Path) -> io::Result<Result<PictureFacts, Problem>> {
    let opened = File::open(file)?;
    let size = opened.metadata()?.len();
    if size > LARGEST {
        return Ok(Err(too_large(size, LARGEST).with(SMALLER.0, SMALLER.1)));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    opened.take(LARGEST + 1).read_to_end(&mut bytes)?;
    let named = file.extension().and_then(Format::of_ending);
    let head = bytes.get(..HEAD).unwrap_or(&bytes);
    let is = Format::of_bytes(head);
    let format = match (named, is) {
        (Some(Format::Svg), _) | (_, Some(Format::Svg)) => Err("picture-svg"),
        (None, _) => Err("picture-ending"),
        (Some(_), _) if bytes.is_empty() => Err("picture-empty"),
        (Some(named), Some(is)) if is == named => Ok(is),
        (Some(_), _) => Err("picture-bytes"),
    };
    Ok(format
        .map_err(|reason| {
            let problem = Problem::new(Code::NotAPictureFile).with_word("reason", reason);
            problem.with_some("format", is.filter(|is| *is != Format::Svg).map(Format::name))
        })
        .and_then(|format| bounded(format, headers::read(format, &bytes)?, &bytes)))
}

fn bounded(format: Format, header: Header, bytes: &[u8]) -> Result<PictureFacts, Problem> {
    let Header { width, height, turned, still } = header;
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(Problem::new(Code::PictureDamaged).with_word("reason", "picture-no-size"));
    }
    if pixels > MOST_PIXELS {
        return Err(Problem::new(Code::PictureTooManyPixels)
            .with("size", &format!("{width} × {height}"))
            .with("limit", &(MOST_PIXELS / 1_000_000).to_string())
            .with(SMALLER.0, SMALLER.1));
    }
    let hash = blake3::hash(bytes).to_hex().chars().take(32).collect();
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    Ok(PictureFacts { format, width, height, bytes: size, turned, still, hash })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = io::Cursor::new(Vec::new());
        image::RgbImage::new(width, height).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_picture_is_what_its_name_and_its_first_bytes_say() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        let png: &[u8] = b"\x89PNG\r\n\x1a\nrest";
        let small = drawn(3, 2);
        let small = small.as_slice();
        for (name, bytes, found) in [
            ("a.png", small, None),
            ("a.PNG", small, None),
            ("a.gif", b"GIF89a\x03\0\x02\0\0\0\0", None),
            ("a.jpg", png, Some("its content is not what the end of its name says")),
            ("a.gif", b"", Some("it is empty")),
            ("a.html", b"<script>", Some("the end of its name is not that of a picture")),
            ("a", png, Some("the end of its name is not that of a picture")),
            ("a.svg", b"<svg xmlns=''/>", Some("an SVG can hold scripts")),
            ("a.png", b"\n<?xml version='1.0'?><svg/>", Some("an SVG can hold scripts")),
        ] {
            std::fs::write(root.join(name), bytes).unwrap();
            let problem = facts(&root.join(name)).unwrap().err();
            let message = problem.map(|problem| problem.message(crate::diagnostics::Language::En));
            let expected = found.map(|reason| format!("this file is no picture for the site: {reason}"));
            assert_eq!(message, expected, "{name}");
        }
    }
}
