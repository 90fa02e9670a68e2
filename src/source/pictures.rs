//! Which files of `content/pictures/` are pictures that may be published.
//!
//! Readers' browsers open what stands there, so only formats that can hold nothing but a picture are taken, and only
//! if the first bytes are those of the format that the name says. SVG can hold scripts and is refused.

use std::fs::File;
use std::io::{self, Read as _};

use camino::Utf8Path;

use super::files::too_large;
use crate::diagnostics::{Code, Problem};

/// No picture is larger than this, in bytes.
pub(super) const LARGEST: u64 = 20 * 1024 * 1024;

/// How wide a picture that is too large should be made, in pixels, for the message.
pub(super) const SMALLER: (&str, &str) = ("smaller", "2000");

/// How many bytes tell the formats apart.
const HEAD: usize = 32;

/// The formats, by how they are named in messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Jpeg,
    Png,
    Webp,
    Gif,
    Avif,
    Svg,
}

impl Format {
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

/// What keeps a file from being a picture, if anything does.
pub(super) fn check(file: &Utf8Path) -> io::Result<Option<Problem>> {
    let mut head = Vec::with_capacity(HEAD);
    let opened = File::open(file)?;
    let size = opened.metadata()?.len();
    if size > LARGEST {
        return Ok(Some(too_large(size, LARGEST).with(SMALLER.0, SMALLER.1)));
    }
    opened.take(HEAD as u64).read_to_end(&mut head)?;
    let named = file.extension().and_then(Format::of_ending);
    let is = Format::of_bytes(&head);
    let reason = match (named, is) {
        (Some(Format::Svg), _) | (_, Some(Format::Svg)) => "picture-svg",
        (None, _) => "picture-ending",
        (Some(named), is) if is != Some(named) => "picture-bytes",
        _ => return Ok(None),
    };
    let problem = Problem::new(Code::NotAPictureFile).with_word("reason", reason);
    Ok(Some(problem.with_some("format", is.filter(|is| *is != Format::Svg).map(Format::name))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_what_its_name_and_its_first_bytes_say() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        let png: &[u8] = b"\x89PNG\r\n\x1a\nrest";
        for (name, bytes, found) in [
            ("a.png", png, None),
            ("a.PNG", png, None),
            ("a.jpeg", b"\xff\xd8\xff\xe0", None),
            ("a.gif", b"GIF89a", None),
            ("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", None),
            ("a.avif", b"\0\0\0\x20ftypmif1\0\0\0\0avif", None),
            ("a.jpg", png, Some("its content is not what the end of its name says")),
            ("a.gif", b"", Some("its content is not what the end of its name says")),
            ("a.html", b"<script>", Some("the end of its name is not that of a picture")),
            ("a", png, Some("the end of its name is not that of a picture")),
            ("a.svg", b"<svg xmlns=''/>", Some("an SVG can hold scripts")),
            ("a.png", b"\n<?xml version='1.0'?><svg/>", Some("an SVG can hold scripts")),
        ] {
            std::fs::write(root.join(name), bytes).unwrap();
            let problem = check(&root.join(name)).unwrap();
            let message = problem.map(|problem| problem.message(crate::diagnostics::Language::En));
            let expected = found.map(|reason| format!("this file is no picture for the site: {reason}"));
            assert_eq!(message, expected, "{name}");
        }
    }
}
