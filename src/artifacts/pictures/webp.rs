//! Writes WebP (RFC 9649) by libwebp: with loss of a photograph, without of a drawing where that is smaller.

use image::DynamicImage;
use webp::Encoder;

use crate::source::PictureFormat;

/// The quality (0 to 100) that looks like the JPEG beside it.
const QUALITY: f32 = 80.0;
/// How hard the encoder without loss tries (0 to 100).
const EFFORT: f32 = 75.0;
/// In VP8X: the colours have a profile; some pixels are transparent.
const HAS_PROFILE: u8 = 0b10_0000;
const HAS_ALPHA: u8 = 0b1_0000;

/// The picture as WebP; `format` is that of the original. Fails as libwebp says.
pub(super) fn encode(pixels: &DynamicImage, format: PictureFormat, profile: Option<&[u8]>) -> Result<Vec<u8>, String> {
    let (width, height) = (pixels.width(), pixels.height());
    let alpha = pixels.color().has_alpha();
    let raw = if alpha { pixels.to_rgba8().into_raw() } else { pixels.to_rgb8().into_raw() };
    let encoder = if alpha { Encoder::from_rgba(&raw, width, height) } else { Encoder::from_rgb(&raw, width, height) };
    let made =
        |lossless: bool, quality: f32| encoder.encode_simple(lossless, quality).map_err(|e| format!("libwebp: {e:?}"));
    let lossy = made(false, QUALITY)?;
    let lossless = if format == PictureFormat::Png { Some(made(true, EFFORT)?) } else { None };
    let smaller = lossless.filter(|lossless| lossless.len() <= lossy.len()).unwrap_or(lossy);
    Ok(match profile {
        Some(profile) => with_profile(&smaller, profile, (width, height), alpha).unwrap_or_else(|| smaller.to_vec()),
        None => smaller.to_vec(),
    })
}

/// The file with the profile that says what its colours mean, which libwebp's encoder leaves to others.
fn with_profile(file: &[u8], profile: &[u8], (width, height): (u32, u32), alpha: bool) -> Option<Vec<u8>> {
    let chunks = file.get(12..)?;
    // What the encoder wrote in the extended format has said how large it is.
    let chunks = if chunks.starts_with(b"VP8X") { chunks.get(18..)? } else { chunks };
    let flags = HAS_PROFILE | if alpha { HAS_ALPHA } else { 0 };
    let mut made = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0".to_vec();
    made.extend([flags, 0, 0, 0]);
    made.extend(width.checked_sub(1)?.to_le_bytes().get(..3)?);
    made.extend(height.checked_sub(1)?.to_le_bytes().get(..3)?);
    made.extend(b"ICCP");
    made.extend(u32::try_from(profile.len()).ok()?.to_le_bytes());
    made.extend(profile);
    made.extend(vec![0; profile.len() % 2]);
    made.extend(chunks);
    let size = u32::try_from(made.len().checked_sub(8)?).ok()?.to_le_bytes();
    made.get_mut(4..8)?.copy_from_slice(&size);
    Some(made)
}

#[cfg(test)]
mod tests {
    use image::codecs::webp::WebPDecoder;
    use image::{ImageDecoder as _, RgbImage, RgbaImage};

    use super::*;

    fn read(bytes: Vec<u8>) -> (Option<Vec<u8>>, DynamicImage) {
        let mut decoder = WebPDecoder::new(std::io::Cursor::new(bytes)).unwrap();
        (decoder.icc_profile().unwrap(), DynamicImage::from_decoder(decoder).unwrap())
    }

    #[test]
    fn a_drawing_keeps_every_pixel_and_its_profile() {
        let drawing = RgbImage::from_fn(60, 40, |x, _| if x < 30 { [200, 10, 10] } else { [255; 3] }.into());
        let made = encode(&drawing.clone().into(), PictureFormat::Png, Some(b"odd")).unwrap();
        let (profile, picture) = read(made);
        assert_eq!((profile.as_deref(), picture.to_rgb8()), (Some(&b"odd"[..]), drawing));
    }

    #[test]
    fn what_can_be_seen_through_stays_so() {
        let drawing = RgbaImage::from_fn(60, 40, |x, y| [200, 10, 10, if x < y { 0 } else { 255 }].into());
        for profile in [None, Some(&b"even"[..])] {
            let (found, picture) = read(encode(&drawing.clone().into(), PictureFormat::Jpeg, profile).unwrap());
            assert_eq!(found.as_deref(), profile);
            assert!(picture.to_rgba8().enumerate_pixels().all(|(x, y, pixel)| (pixel[3] == 0) == (x < y)));
        }
    }
}
