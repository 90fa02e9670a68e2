//! All sheets of a centre in one file (ZIP), to be taken to whoever prints them.
//!
//! Its bytes are a function of the sheets: no times, no order but that of the sheets. PDFs are packed already, so they
//! are stored as they are.

use std::io::{Cursor, Write as _};
use std::sync::Arc;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::twin::Twin;
use crate::artifacts::{Artifact, Fingerprint, Inputs, OutputPath, SiteArtifact};
use crate::content::{Centre, Id};
use crate::diagnostics::Diagnostic;
use crate::site::Edition;
use crate::site::views::{LEAST_ARCHIVED, archive_address};

/// Changes with whatever changes the bytes of an archive.
const RECIPE: &str = "archives 1";

/// The sheets of one centre, in one language.
pub(super) struct Archive<'a> {
    path: String,
    origin: Arc<str>,
    sheets: Vec<Arc<Twin<'a>>>,
}

impl<'a> Archive<'a> {
    pub(super) fn of(edition: &Edition<'a>, centre: &Id<Centre>) -> Self {
        let path = archive_address(edition, centre).as_str().to_owned();
        Self { path, origin: format!("content/centres/{centre}.yaml").into(), sheets: Vec::new() }
    }

    pub(super) fn add(&mut self, sheet: &Arc<Twin<'a>>) {
        self.sheets.push(Arc::clone(sheet));
    }

    /// Whether there is more in it than one file, which is had as it is.
    pub(super) fn is_worth_it(&self) -> bool {
        self.sheets.len() >= LEAST_ARCHIVED
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn file(self) -> Option<SiteArtifact<'a>> {
        let path = OutputPath::new(&self.path).ok()?;
        let sheets = self.sheets.clone();
        let inputs = Inputs::asked(move || {
            let parts = sheets.iter().map(|sheet| format!("{} {}", sheet.inputs(), sheet.name));
            Fingerprint::of_all(std::iter::once(RECIPE.to_owned()).chain(parts))
        });
        self.sheets.iter().for_each(|sheet| sheet.wait_for());
        let origin = Arc::clone(&self.origin);
        let make = move |buffer: &mut Vec<u8>| {
            *buffer = pack(&self.sheets)?;
            Ok(())
        };
        Some(Artifact { path, origin, inputs, make: Box::new(make) })
    }
}

fn pack(sheets: &[Arc<Twin<'_>>]) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        let pdf = sheet.taken()?;
        let mut name = format!("{}.pdf", sheet.name);
        while names.contains(&name) {
            name.insert(name.len() - 4, '_');
        }
        names.push(name.clone());
        // To memory, so that nothing fails but a name that is there already, and none is.
        let _ = archive.start_file(name, options).and_then(|()| Ok(archive.write_all(&pdf)?));
    }
    Ok(archive.finish().map(Cursor::into_inner).unwrap_or_default())
}
