//! Sheets as pictures, page by page, for who writes them: drawn when one is looked at, with what is wrong.

use std::sync::Arc;

use image::ImageEncoder as _;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};

use super::{Finish, Press};
use crate::artifacts::posters::{Drawing, Makes};
use crate::artifacts::{Fingerprint, Theme};
use crate::content::SheetOptions;
use crate::diagnostics::Diagnostic;
use crate::site::Site;
use crate::site::views;

/// Within so many pixels a page is drawn: as wide as a window, for type as small as a hand-held sheet's.
const WITHIN: (u32, u32) = (900, 1280);
/// The most pages that are drawn.
const MOST_PAGES: usize = 40;

/// Draws the sheets of a site.
pub struct Drawer<'a> {
    press: Arc<Press<'a>>,
}

/// A sheet, drawn.
#[derive(Debug)]
pub struct DrawnSheet {
    /// Its title.
    pub title: String,
    /// Each page as PNG.
    pub pages: Vec<Vec<u8>>,
    /// Of all of them.
    pub fingerprint: Fingerprint,
    /// What was found that keeps it from nothing.
    pub found: Vec<Diagnostic>,
}

impl<'a> Drawer<'a> {
    /// Reads fonts and templates.
    ///
    /// # Errors
    /// What is wrong with the theme.
    pub fn new(site: &'a Site, theme: &'a Theme) -> Result<Self, Vec<Diagnostic>> {
        Ok(Self { press: Arc::new(Press::new(&theme.editions(site)?, theme)?) })
    }

    /// Draws the sheet whose PDF has this path; nothing if there is none.
    pub fn draw(&self, path: &str) -> Option<Result<DrawnSheet, Vec<Diagnostic>>> {
        self.press.editions.iter().find_map(|edition| {
            let is_it = |options: &SheetOptions, sheet: &views::Sheet<'a>| {
                let file = sheet.file_of(edition, options.clone());
                file.is_some_and(|file| file.address.as_str() == path)
            };
            let (sheet, options) = views::sheets(edition).find_map(|sheet| {
                let options = sheet.options(edition).into_iter().find(|options| is_it(options, &sheet))?;
                Some((sheet, options))
            })?;
            let makes = Makes { drawn: (MOST_PAGES, WITHIN), ..Makes::NOTHING };
            let finish = Finish { bleed: 0.0, makes };
            let twin = self.press.twin(edition, &Arc::new(sheet), path, options, &finish)?;
            Some(twin.drawn(makes).map(|pages| {
                let pages: Vec<Vec<u8>> = pages.iter().map(png).collect();
                let found = edition.site.take_warnings();
                let fingerprint = Fingerprint::of_all(&pages);
                DrawnSheet { title: twin.title().to_owned(), pages, fingerprint, found }
            }))
        })
    }
}

/// As PNG, quickly.
fn png(page: &Drawing) -> Vec<u8> {
    let mut made = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut made, CompressionType::Fast, FilterType::Sub);
    // To memory, and the size is that of the pixels.
    let _ = encoder.write_image(&page.rgb, page.width, page.height, image::ExtendedColorType::Rgb8);
    made
}
