//! In which sizes a picture is published, and under which names.
//!
//! The picture itself keeps its name, so that whatever links to it holds, and is at most [`WIDEST`] wide. Beside it stand
//! smaller ones for telephones, the fingerprint of the original in their names, so that browsers may keep them for ever:
//! of a JPEG, and of a PNG that is heavy. A light PNG is a drawing, and made smaller it has more bytes, not fewer.
//!
//! Each has its picture's own format. WebP without loss, which is all that the `image` crate writes, is 1.5 to 3 times
//! as large as the PNG of a drawing; AVIF is a third of it, but takes 0.4 to 2 s a file and as long again to compile as
//! everything else but Typst.

use crate::source::{PictureFacts, PictureFormat};

/// How wide the picture itself is at most, in pixels.
pub const WIDEST: u32 = 2000;
/// How wide the smaller ones are: a telephone's column, the same on a fine screen, a wide column on a fine screen.
const WIDTHS: [u32; 3] = [480, 800, 1280];
/// A PNG of more bytes is worth making smaller.
const HEAVY: u64 = 200 * 1024;

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
    let ending = match facts.format {
        PictureFormat::Jpeg => "jpg",
        PictureFormat::Png if facts.bytes > HEAVY => "png",
        _ => return files,
    };
    let widths = WIDTHS.into_iter().filter(|width| *width < full);
    files.extend(widths.map(|width| file(smaller(width, ending), facts.format, width)));
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
            ]
        );
    }

    #[test]
    fn nothing_is_made_larger_or_heavier_than_it_is() {
        let small = ["pictures/a/hall.jpg 600x1", "pictures/a/hall.0123456789-480w.png 480x1"];
        assert_eq!(files(PictureFormat::Png, (600, 1), 300_000, true), small);
        assert_eq!(files(PictureFormat::Png, (1200, 800), 30_000, true), ["pictures/a/hall.jpg 1200x800"]);
        assert_eq!(files(PictureFormat::Jpeg, (480, 320), 30_000, true), ["pictures/a/hall.jpg 480x320"]);
    }

    #[test]
    fn what_moves_stays_as_it_is() {
        assert_eq!(files(PictureFormat::Webp, (3000, 30), 900_000, false), ["pictures/a/hall.jpg 3000x30"]);
    }
}
