//! QR codes as plain SVG, for paper and for pages.
//!
//! ISO/IEC 18004: error correction of level M at least, and the better level wherever it costs no larger
//! code; a quiet zone of four modules. All dark modules are one path, so no seams show between them at any size.

use std::fmt;
use std::fmt::Write;

use fast_qr::qr::QRBuilder;
use fast_qr::{ECL, QRCode};

/// Modules of white around the code (ISO/IEC 18004 §5.3.8).
const QUIET_ZONE: usize = 4;

/// The text has more bytes than the largest QR code holds at level M (2,331 bytes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrTooLong {
    /// Bytes that were to be encoded.
    pub bytes: usize,
}

impl fmt::Display for QrTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes do not fit in a QR code", self.bytes)
    }
}

impl std::error::Error for QrTooLong {}

/// The QR code of a text, usually an address, as an SVG document without fixed size.
///
/// # Errors
/// [`QrTooLong`] when the text does not fit.
pub fn qr_svg(text: &str) -> Result<String, QrTooLong> {
    let code = strongest(text)?;
    let side = code.size + 2 * QUIET_ZONE;
    let mut path = String::new();
    for (y, row) in code.data.chunks(code.size.max(1)).take(code.size).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a.value() == b.value()) {
            if run.first().is_some_and(|module| module.value()) {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{} {}h{}v1h-{}z", x + QUIET_ZONE, y + QUIET_ZONE, run.len(), run.len());
            }
            x += run.len();
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{path}\"/></svg>\n"
    ))
}

/// The code of the smallest size that holds the text at level M, at the best level that this size allows.
fn strongest(text: &str) -> Result<QRCode, QrTooLong> {
    let too_long = || QrTooLong { bytes: text.len() };
    let plain = QRBuilder::new(text).ecl(ECL::M).build().map_err(|_| too_long())?;
    let Some(version) = plain.version else {
        return Ok(plain);
    };
    let better =
        [ECL::H, ECL::Q].into_iter().find_map(|level| QRBuilder::new(text).ecl(level).version(version).build().ok());
    Ok(better.unwrap_or(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_a_quiet_zone_of_four_modules_and_one_path() {
        let svg = qr_svg("https://example.org/p/abc/").unwrap();
        assert!(svg.contains("viewBox=\"0 0 "), "{svg}");
        assert!(svg.contains("d=\"M4 4h7v1h-7z"), "the finder pattern starts at module 4: {svg}");
        assert_eq!(svg.matches("<path").count(), 2);
    }

    #[test]
    fn a_text_that_is_too_long_is_refused() {
        let text = "长".repeat(800);
        assert_eq!(qr_svg(&text), Err(QrTooLong { bytes: 2400 }));
    }
}
