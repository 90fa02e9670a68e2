//! A page as pixels, from the same frames that the PDF is written from.

use typst::utils::Scalar;
use typst_layout::Page;
use typst_render::{RenderOptions, render};

/// A picture without transparency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Red, green and blue of each pixel, row by row.
    pub rgb: Vec<u8>,
}

/// Draws a page as large as fits into so many pixels; nothing of a page that has no size.
pub(super) fn draw(page: &Page, (width, height): (u32, u32)) -> Option<Drawing> {
    let size = page.frame.size();
    let scale = (f64::from(width) / size.x.to_pt()).min(f64::from(height) / size.y.to_pt());
    if !scale.is_normal() || scale < 0.0 {
        return None;
    }
    let drawn = render(page, &RenderOptions { pixel_per_pt: Scalar::new(scale), render_bleed: false });
    let mut rgb = Vec::with_capacity(drawn.data().len() / 4 * 3);
    for [red, green, blue, _] in drawn.data().as_chunks::<4>().0 {
        rgb.extend_from_slice(&[*red, *green, *blue]);
    }
    Some(Drawing { width: drawn.width(), height: drawn.height(), rgb })
}
