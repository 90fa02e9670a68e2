//! A sheet and what is made of it from one layout: the PDF, and a small picture of its first page.
//!
//! Each is a file of its own, so that either is made again when it is missing. Whoever is made first lays the sheet out
//! and leaves to the other what is small; a PDF is kept only for the archives that wait for it. So memory holds few
//! sheets, however many a site has.

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use webp::Encoder;

use super::{Job, Press};
use crate::artifacts::posters::{Drawing, Makes, Pdf};
use crate::artifacts::{Artifact, Fingerprint, Inputs, OutputPath, SiteArtifact};
use crate::content::SheetOptions;
use crate::diagnostics::Diagnostic;
use crate::site::Edition;
use crate::site::views::{Sheet, preview_path, sheet_file_name};

/// Changes with whatever changes the bytes of a preview.
const RECIPE: &str = "previews 1";
/// The qualities (0 to 100) that are tried, the best first, until a preview is light enough.
const QUALITIES: [f32; 3] = [62.0, 40.0, 15.0];
/// The most bytes of a preview, unless none of these makes it as light.
const MOST_BYTES: usize = 30_000;

/// A sheet in one language, on one paper.
pub(super) struct Twin<'a> {
    of: Of<'a>,
    /// What goes into it, known when it is first asked for.
    job: OnceLock<Job<'a>>,
    path: OutputPath,
    /// How its file is called in an archive.
    pub(super) name: String,
    makes: Makes,
    kept: Mutex<Kept>,
}

/// Which sheet it is, and how it is printed.
pub(super) struct Of<'a> {
    pub(super) press: Arc<Press<'a>>,
    pub(super) edition: Edition<'a>,
    pub(super) sheet: Arc<Sheet<'a>>,
    pub(super) options: SheetOptions,
    /// What is cut off around it, in millimetres.
    pub(super) bleed: f64,
}

/// What was made and not yet taken.
#[derive(Default)]
struct Kept {
    preview: Option<Vec<u8>>,
    pdf: Option<Vec<u8>>,
    /// How many archives still wait for the PDF.
    takers: usize,
    failed: Option<Vec<Diagnostic>>,
}

impl<'a> Twin<'a> {
    /// The sheet as it is to be seen by who writes it: all its pages, or what is wrong.
    pub(super) fn drawn(&self, makes: Makes) -> Result<Vec<Drawing>, Vec<Diagnostic>> {
        Ok(self.job().make(makes)?.drawn)
    }

    pub(super) fn new(of: Of<'a>, path: OutputPath, makes: Makes) -> Self {
        let name = sheet_file_name(&of.edition, &of.sheet, &of.options);
        Self { of, job: OnceLock::new(), path, name, makes, kept: Mutex::default() }
    }

    fn job(&self) -> &Job<'a> {
        self.job.get_or_init(|| self.of.press.job(&self.of, self.path.as_str()))
    }

    /// Of everything that goes into it.
    pub(super) fn inputs(&self) -> Fingerprint {
        self.job().inputs
    }

    /// What it is about.
    pub(super) fn title(&self) -> &str {
        &self.of.sheet.title.text
    }

    /// Says that one more archive takes the PDF.
    pub(super) fn wait_for(&self) {
        self.lock().takers += 1;
    }

    /// The PDF as a file.
    pub(super) fn sheet(twin: &Arc<Self>) -> SiteArtifact<'a> {
        let own = Arc::clone(twin);
        let make = move |buffer: &mut Vec<u8>| {
            let mut kept = own.lock();
            *buffer = own.lay_out(&mut kept)?;
            if kept.takers > 0 {
                kept.pdf = Some(buffer.clone());
            }
            Ok(())
        };
        let origin = Arc::clone(&twin.of.sheet.file);
        Artifact { path: twin.path.clone(), origin, inputs: Self::asked(twin, Twin::inputs), make: Box::new(make) }
    }

    /// The picture of its first page as a file.
    pub(super) fn preview(twin: &Arc<Self>) -> Option<SiteArtifact<'a>> {
        let own = Arc::clone(twin);
        let make = move |buffer: &mut Vec<u8>| {
            let mut kept = own.lock();
            *buffer = match kept.preview.take() {
                Some(preview) => preview,
                None if kept.failed.is_some() => return Err(kept.failed.clone().unwrap_or_default()),
                None => encoded(own.job().make(Makes { pdf: false, ..own.makes })?.drawn.pop()),
            };
            Ok(())
        };
        let inputs = Self::asked(twin, |twin| Fingerprint::of_all([RECIPE, &twin.inputs().to_string()]));
        let origin = Arc::clone(&twin.of.sheet.file);
        Some(Artifact {
            path: OutputPath::new(&preview_path(twin.path.as_str())).ok()?,
            origin,
            inputs,
            make: Box::new(make),
        })
    }

    fn asked(twin: &Arc<Self>, reckon: impl Fn(&Self) -> Fingerprint + Send + Sync + 'a) -> Inputs<'a> {
        let own = Arc::clone(twin);
        Inputs::asked(move || reckon(&own))
    }

    /// The PDF for an archive: the one that was made in this run, or else a new one.
    pub(super) fn taken(&self) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let mut kept = self.lock();
        kept.takers = kept.takers.saturating_sub(1);
        match (&kept.pdf, &kept.failed) {
            (Some(pdf), _) if kept.takers > 0 => Ok(pdf.clone()),
            (Some(_), _) => Ok(mem::take(&mut kept.pdf).unwrap_or_default()),
            (None, Some(failed)) => Err(failed.clone()),
            (None, None) => self.lay_out(&mut kept),
        }
    }

    fn lay_out(&self, kept: &mut Kept) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let made = self.job().make(self.makes);
        kept.failed = made.as_ref().err().cloned();
        let Pdf { bytes, mut drawn, .. } = made?;
        kept.preview = (self.makes.drawn.0 > 0).then(|| encoded(drawn.pop()));
        Ok(bytes)
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// As WebP; of a page that has no size, nothing.
fn encoded(picture: Option<Drawing>) -> Vec<u8> {
    let Some(Drawing { width, height, rgb }) = picture else { return Vec::new() };
    let encoder = Encoder::from_rgb(&rgb, width, height);
    let mut lightest = Vec::new();
    for quality in QUALITIES {
        lightest = encoder.encode_simple(false, quality).map(|webp| webp.to_vec()).unwrap_or_default();
        if lightest.len() <= MOST_BYTES {
            break;
        }
    }
    lightest
}
