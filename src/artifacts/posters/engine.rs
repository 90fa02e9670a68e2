//! Typst as a function: template, data, pictures and a date in, one PDF out, a picture of its first page, or both.
//!
//! Fonts are read and templates parsed once, when the engine is made; after that a sheet costs milliseconds.
//! The engine may be shared by threads. They must be plain threads with [`STACK_SIZE`] of stack: Typst lays
//! out in deep recursion and uses rayon inside, so that calling it from a rayon pool overflows the stack.
//!
//! Typst memoises across calls. After every sheet what the last few did not use is dropped, which keeps the
//! parsed theme and forgets the rest: memory stays level over thousands of sheets.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Datetime, Smart};
use typst::text::Font;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::apart::Apart;
use super::booklet::{Bound, booklet};
use super::drawing::{Drawing, draw};
use super::problem::PosterProblem;
use super::seen::Seen;
use super::vertical::{vertical, with_columns};
use super::world::{PosterWorld, Theme, file_id};

/// Stack in bytes that a thread needs to call [`PosterEngine::render`].
pub const STACK_SIZE: usize = 16 * 1024 * 1024;

/// Where a template finds its data: `json("/data.json")`.
const DATA: &str = "/data.json";

/// Sheets for which a memoised result is kept without being used.
const KEPT_SHEETS: usize = 2;

/// What one sheet is made from.
#[derive(Debug, Clone)]
pub struct PosterJob<'a> {
    /// Virtual path of the template, such as `/posters/weekly-board.typ`.
    pub template: &'a str,
    /// The view as JSON; the template reads it as `json("/data.json")`.
    pub data: Vec<u8>,
    /// Further files of this sheet alone, by virtual path: `/qr.svg`, photographs.
    pub assets: Vec<(String, Vec<u8>)>,
    /// The date of the build: what `datetime.today()` gives and what the PDF is dated.
    pub today: Date,
    /// Whether lines run downwards and from left to right, as in traditional Mongolian.
    pub vertical: bool,
    /// What names this sheet through all its versions, such as its path in the site. The PDF's identity.
    pub id: &'a str,
    /// What is made of it.
    pub makes: Makes,
}

/// What is made of a sheet once it is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Makes {
    /// The PDF.
    pub pdf: bool,
    /// How many of its first pages are drawn, and within how many pixels of width and height.
    pub drawn: (usize, (u32, u32)),
    /// The PDF as a booklet, for printing only.
    pub booklet: Option<Bound>,
}

impl Makes {
    /// It is laid out and looked at.
    pub const NOTHING: Self = Self { pdf: false, drawn: (0, (0, 0)), booklet: None };
}

/// A finished sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Pdf {
    /// The file; empty if it was not asked for.
    pub bytes: Vec<u8>,
    /// The pages that were to be drawn.
    pub drawn: Vec<Drawing>,
    /// Sheets of paper sides; more than one means that the content did not fit on one.
    pub pages: usize,
    /// What Typst found odd, such as a font that is not there.
    pub warnings: Vec<PosterProblem>,
    /// What stands on it, and how.
    pub seen: Seen,
}

/// Renders sheets with one theme. See the module's description for how to call it from threads.
pub struct PosterEngine {
    theme: Theme,
    standards: PdfStandards,
    /// Sets sheets in processes of their own, where templates are not to be trusted.
    apart: Option<Apart>,
}

impl PosterEngine {
    /// Takes the fonts (OpenType files or collections) and the theme's files by virtual path.
    ///
    /// The order of fonts does not matter: templates name families. Of two files with one path the later counts,
    /// so a site's own theme comes after the one it overrides.
    ///
    /// # Errors
    /// A font that cannot be read, a path that is none.
    pub fn new<B, P, F>(
        fonts: impl IntoIterator<Item = B>,
        files: impl IntoIterator<Item = (P, F)>,
    ) -> Result<Self, PosterProblem>
    where
        B: AsRef<[u8]> + Send + Sync + 'static,
        P: AsRef<str>,
        F: AsRef<[u8]> + Send + Sync + 'static,
    {
        let mut faces = Vec::new();
        for (index, font) in fonts.into_iter().enumerate() {
            let before = faces.len();
            faces.extend(Font::iter(Bytes::new(font)));
            if faces.len() == before {
                return Err(PosterProblem::about("/fonts", format!("font number {} cannot be read", index + 1)));
            }
        }
        let mut theme = Theme::new(faces);
        for (path, file) in files {
            let path = path.as_ref();
            let id = file_id(path).ok_or_else(|| PosterProblem::about(path, "not a path inside the theme"))?;
            theme.add(id, Bytes::new(file));
        }
        // Archives take A-2a, screen readers UA-1; the two agree on PDF 1.7.
        let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|error| PosterProblem::about("/", error.message().to_string()))?;
        Ok(Self { theme, standards, apart: None })
    }

    /// The same, with every sheet set in a process of its own that is ended when it takes too long or too much.
    pub fn apart(self) -> Self {
        let apart = Apart::new(self.theme.font_files(), self.theme.contents());
        Self { apart: Some(apart), ..self }
    }

    /// The characters of a text that no font of the theme draws, each once, in order.
    ///
    /// A sheet that holds one of them cannot be made: PDF/UA-1 forbids missing glyphs. Asking first lets the
    /// caller say where the character was written.
    pub fn missing_characters(&self, text: &str) -> Vec<char> {
        let mut missing = Vec::new();
        for character in text.chars() {
            if !character.is_control() && !missing.contains(&character) && !self.theme.draws(character) {
                missing.push(character);
            }
        }
        missing
    }

    /// Renders one sheet.
    ///
    /// # Errors
    /// All that Typst found wrong, with places; never empty.
    pub fn render(&self, job: PosterJob<'_>) -> Result<Pdf, Vec<PosterProblem>> {
        if let Some(apart) = &self.apart {
            return apart.render(job);
        }
        let rendered = self.render_memoised(job);
        comemo::evict(KEPT_SHEETS);
        rendered
    }

    /// How many sheets it takes; nothing if it cannot be made.
    pub fn count_pages(&self, job: PosterJob<'_>) -> Option<usize> {
        if let Some(apart) = &self.apart {
            let makes = Makes::NOTHING;
            return apart.render(PosterJob { makes, ..job }).ok().map(|made| made.pages);
        }
        let counted = self
            .world(job)
            .ok()
            .and_then(|(world, _)| Some(typst::compile::<PagedDocument>(&world).output.ok()?.pages().len()));
        comemo::evict(KEPT_SHEETS);
        counted
    }

    /// The world that a sheet is made in, and the midnight at which its day begins.
    fn world(&self, job: PosterJob<'_>) -> Result<(PosterWorld<'_>, Datetime), Vec<PosterProblem>> {
        let template = job.template;
        let wrong = |file: &str, message: &str| vec![PosterProblem::about(file, message)];
        let main = file_id(template)
            .filter(|id| self.theme.has_source(*id))
            .ok_or_else(|| wrong(template, "the theme has no such template"))?;
        let (today, midnight) =
            typst_date(job.today).ok_or_else(|| wrong(template, "the date of the build is outside the calendar"))?;
        let mut own = HashMap::new();
        for (path, bytes) in job.assets.into_iter().chain([(DATA.to_owned(), job.data)]) {
            let id = file_id(&path).ok_or_else(|| wrong(&path, "not a path inside the theme"))?;
            own.insert(id, Bytes::new(bytes));
        }
        Ok((PosterWorld { theme: &self.theme, main, own, today }, midnight))
    }

    fn render_memoised(&self, job: PosterJob<'_>) -> Result<Pdf, Vec<PosterProblem>> {
        let (template, id, runs_down, makes) = (job.template, job.id, job.vertical, job.makes);
        let (world, midnight) = self.world(job)?;
        let problems = |found: &[SourceDiagnostic]| -> Vec<PosterProblem> {
            found.iter().map(|one| PosterProblem::from_typst(one, &world, template)).collect()
        };

        let compiled = typst::compile::<PagedDocument>(&world);
        let document = compiled.output.map_err(|errors| problems(&errors))?;
        let document = if runs_down { vertical(&document) } else { with_columns(document) };
        let options = PdfOptions {
            ident: if id.is_empty() { Smart::Auto } else { Smart::Custom(id.to_owned()) },
            creator: Smart::Custom(Some("Noticeboard".to_owned())),
            timestamp: Some(Timestamp::new_utc(midnight)),
            standards: if makes.booklet.is_none() { self.standards.clone() } else { PdfStandards::default() },
            tagged: makes.booklet.is_none(),
            ..PdfOptions::default()
        };
        let imposed = makes.booklet.map(|bound| booklet(&document, bound));
        let pdf = || typst_pdf::pdf(imposed.as_ref().unwrap_or(&document), &options).map_err(|found| problems(&found));
        let bytes = if makes.pdf { pdf()? } else { Vec::new() };
        let (most, within) = makes.drawn;
        let drawn = document.pages().iter().take(most).filter_map(|page| draw(page, within)).collect();
        let (pages, warnings) = (document.pages().len(), problems(&compiled.warnings));
        Ok(Pdf { bytes, drawn, pages, warnings, seen: Seen::of(&document) })
    }
}

/// A date as Typst has it, alone and with the time at which it starts.
fn typst_date(date: Date) -> Option<(Datetime, Datetime)> {
    let year = i32::from(date.year());
    let month = u8::try_from(date.month()).ok()?;
    let day = u8::try_from(date.day()).ok()?;
    Some((Datetime::from_ymd(year, month, day)?, Datetime::from_ymd_hms(year, month, day, 0, 0, 0)?))
}

#[cfg(test)]
mod tests;
