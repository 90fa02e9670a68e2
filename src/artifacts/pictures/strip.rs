//! Takes out of a picture's file what is not the picture: where and with which camera it was made, comments, previews,
//! and whatever is hung on behind its end. The pixels' bytes stay as they are.

use crate::source::PictureFormat;

/// The file without its metadata; `None` if its parts do not follow each other as they should.
pub(super) fn metadata(format: PictureFormat, bytes: &[u8]) -> Option<Vec<u8>> {
    match format {
        PictureFormat::Jpeg => jpeg(bytes),
        PictureFormat::Png => png(bytes),
        PictureFormat::Webp => webp(bytes),
        PictureFormat::Gif | PictureFormat::Avif | PictureFormat::Svg => Some(bytes.to_vec()),
    }
}

/// JPEG (ITU T.81): segments before each scan. Of the applications' only JFIF, the colour profile and Adobe's stay, which
/// say what the numbers mean.
fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut kept = bytes.get(..2)?.to_vec();
    let mut at = 2;
    loop {
        let (mark, kind) = (*bytes.get(at)?, *bytes.get(at + 1)?);
        match (mark, kind) {
            (0xff, 0xff) => {
                at += 1;
                continue;
            }
            (0xff, 0xd9) => {
                kept.extend([0xff, 0xd9]);
                return Some(kept);
            }
            (0xff, 0xc0..=0xfe) => {}
            _ => return None,
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        let segment = bytes.get(at..at + 2 + length)?;
        let says = |word: &[u8]| segment.get(4..).is_some_and(|data| data.starts_with(word));
        let stays = match kind {
            0xe0 => says(b"JFIF\0"),
            0xe2 => says(b"ICC_PROFILE\0"),
            0xee => says(b"Adobe"),
            0xe1..=0xef | 0xfe => false,
            _ => true,
        };
        if stays {
            kept.extend_from_slice(segment);
        }
        at += segment.len();
        if kind == 0xda {
            // The scan ends before a mark that is neither a stuffed zero nor a restart.
            let scan = bytes.get(at..)?;
            let is_end = |pair: &[u8]| matches!(pair, [0xff, 0x01..=0xcf | 0xd8..=0xfe]);
            let end = scan.windows(2).position(is_end)?;
            kept.extend_from_slice(scan.get(..end)?);
            at += end;
        }
    }
}

/// PNG (W3C, third edition): chunks of a length, a name, data and a checksum.
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const STAY: [&[u8; 4]; 14] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"acTL",
        b"fcTL", b"fdAT",
    ];
    let mut kept = bytes.get(..8)?.to_vec();
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?);
        let chunk = bytes.get(at..at.checked_add(usize::try_from(length).ok()?)?.checked_add(12)?)?;
        let name = chunk.get(4..8)?;
        if STAY.iter().any(|stays| *stays == name) {
            kept.extend_from_slice(chunk);
        }
        if name == b"IEND" {
            return Some(kept);
        }
        at += chunk.len();
    }
}

/// WebP (RFC 9649): chunks in a RIFF file; the first says in bits what the others are.
fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    const EXIF_AND_XMP: u8 = 0b1100;
    let mut kept = bytes.get(..12)?.to_vec();
    let riff = usize::try_from(u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?)).ok()?;
    let end = bytes.len().min(riff.checked_add(8)?);
    let mut at = 12;
    while at + 8 <= end {
        let length = usize::try_from(u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?)).ok()?;
        let padded = length.checked_add(length % 2)?;
        let chunk =
            bytes.get(at..at.checked_add(8)?.checked_add(padded)?).or_else(|| bytes.get(at..at + 8 + length))?;
        match chunk.get(..4)? {
            b"EXIF" | b"XMP " => {}
            b"VP8X" => {
                let flags = kept.len() + 8;
                kept.extend_from_slice(chunk);
                *kept.get_mut(flags)? &= !EXIF_AND_XMP;
            }
            _ => kept.extend_from_slice(chunk),
        }
        at += chunk.len();
    }
    let size = u32::try_from(kept.len().checked_sub(8)?).ok()?.to_le_bytes();
    kept.get_mut(4..8)?.copy_from_slice(&size);
    Some(kept)
}
