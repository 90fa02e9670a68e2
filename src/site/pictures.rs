//! In which sizes a picture is published, and under which names.
//!
//! The picture itself keeps its name, so that whatever links to it holds, and is at most [`WIDEST`] wide. Beside it stand
//! smaller ones for telephones, the fingerprint of the original in their names, so that browsers may keep them for ever:
//! of a JPEG, and of a PNG that is heavy. A light PNG is a drawing, and made smaller it has more bytes, not fewer.
//!
//! Of every JPEG and PNG there is a WebP as well, in all these sizes: a third less of a photograph, a quarter less of a
//! drawing. What cannot show WebP takes the picture's own format. AVIF is smaller still, but takes 0.4 to 2 s a file and
//! as long again to compile as everything else but Typst.

use crate::source::{PictureFacts, PictureFormat};

/// How wide the picture itself is at most, in pixels.
pub const WIDEST: u32 = 2000;
/// How wide the smaller ones are: a telephone's column, the same on a fine screen, a wide column on a fine screen.
const WIDTHS: [u32; 3] = [480, 800, 1280];
/// A PNG of more bytes is worth making smaller.
const HEAVY: u64 = 200 * 1024;
/// A WebP is at most so high, in pixels (RFC 6386 has 14 bits for it).
const HIGHEST_WEBP: u32 = 16_383;

/// A file that a picture is published as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureFile {
    /// Its path below the site's root.
    pub path: String,
    /// Its format.
    pub format: PictureFormat,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// The files that a picture is published as, the one that keeps its name first.
pub fn picture_files(name: &str, facts: &PictureFacts) -> Vec<PictureFile> {
    // What moves keeps its size, since only one of its pictures would be left; WebP keeps it for its bytes.
    let shrinks = facts.still && matches!(facts.format, PictureFormat::Jpeg | PictureFormat::Png);
    let full = if shrinks { facts.width.min(WIDEST) } else { facts.width };
    let file = |path: String, format, width: u32| {
        let height = u64::from(facts.height) * u64::from(width) / u64::from(facts.width.max(1));
        PictureFile { path, format, width, height: u32::try_from(height).unwrap_or(facts.height).max(1) }
    };
    let mut files = vec![file(format!("pictures/{name}"), facts.format, full)];
    if !facts.still {
        return files;
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let hash = facts.hash.get(..10).unwrap_or(&facts.hash);
    let smaller = |width: u32, ending: &str| format!("pictures/{stem}.{hash}-{width}w.{ending}");
    let widths = || WIDTHS.into_iter().filter(|width| *width < full);
    let own = match facts.format {
        PictureFormat::Jpeg => Some("jpg"),
        PictureFormat::Png if facts.bytes > HEAVY => Some("png"),
        _ => None,
    };
    if let Some(ending) = own {
        files.extend(widths().map(|width| file(smaller(width, ending), facts.format, width)));
    }
    if shrinks {
        let webps = widths().chain([full]).map(|width| file(smaller(width, "webp"), PictureFormat::Webp, width));
        files.extend(webps.filter(|webp| webp.height <= HIGHEST_WEBP));
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(format: PictureFormat, (width, height): (u32, u32), bytes: u64, still: bool) -> Vec<String> {
        let hash = "0123456789abcdef".to_owned();
        let facts = PictureFacts { format, width, height, bytes, turned: false, still, hash };
        let shown = |file: PictureFile| format!("{} {}x{}", file.path, file.width, file.height);
        picture_files("a/hall.jpg", &facts).into_iter().map(shown).collect()
    }

    #[test]
    fn a_photograph_of_a_telephone_is_made_smaller() {
        assert_eq!(
            files(PictureFormat::Jpeg, (4000, 3000), 3_000_000, true),
            [
                "pictures/a/hall.jpg 2000x1500",
                "pictures/a/hall.0123456789-480w.jpg 480x360",
                "pictures/a/hall.0123456789-800w.jpg 800x600",
                "pictures/a/hall.0123456789-1280w.jpg 1280x960",
                "pictures/a/hall.0123456789-480w.webp 480x360",
                "pictures/a/hall.0123456789-800w.webp 800x600",
                "pictures/a/hall.0123456789-1280w.webp 1280x960",
                "pictures/a/hall.0123456789-2000w.webp 2000x1500",
            ]
        );
    }

    #[test]
    fn nothing_is_made_larger_or_heavier_than_it_is() {
        let of = |format, size, bytes| files(format, size, bytes, true).join(", ").replace("pictures/a/hall.", "");
        let heavy = "jpg 600x1, 0123456789-480w.png 480x1, 0123456789-480w.webp 480x1, 0123456789-600w.webp 600x1";
        assert_eq!(of(PictureFormat::Png, (600, 1), 300_000), heavy);
        let light = "jpg 700x400, 0123456789-480w.webp 480x274, 0123456789-700w.webp 700x400";
        assert_eq!(of(PictureFormat::Png, (700, 400), 30_000), light);
        assert_eq!(of(PictureFormat::Jpeg, (480, 320), 30_000), "jpg 480x320, 0123456789-480w.webp 480x320");
        assert_eq!(of(PictureFormat::Webp, (480, 320), 30_000), "jpg 480x320");
    }

    #[test]
    fn what_is_too_high_for_a_webp_has_none() {
        assert_eq!(files(PictureFormat::Jpeg, (400, 20_000), 30_000, true), ["pictures/a/hall.jpg 400x20000"]);
    }

    #[test]
    fn what_moves_stays_as_it_is() {
        assert_eq!(files(PictureFormat::Webp, (3000, 30), 900_000, false), ["pictures/a/hall.jpg 3000x30"]);
    }
}
