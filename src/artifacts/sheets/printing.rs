//! What a printer is given: some sheets of the site, on the paper that was asked for, with bleed if that was.

use std::sync::Arc;

use super::{Finish, Press, Twin};
use crate::artifacts::posters::{Bound, Makes};
use crate::artifacts::{SiteArtifact, Theme};
use crate::content::{Distance, LanguageTag, Paper, PaperSize, SheetKind, SheetOptions};
use crate::diagnostics::Diagnostic;
use crate::site::views::{self, Sheet};
use crate::site::{Edition, Site};

/// Which sheets are printed, and how; what is not said is as the site says.
#[derive(Debug, Clone, Default)]
pub struct Printing {
    /// The ids of records; all if empty.
    pub ids: Vec<String>,
    /// The kinds of sheets; all if empty.
    pub kinds: Vec<SheetKind>,
    /// The size of the paper.
    pub size: Option<PaperSize>,
    /// Whether it lies across.
    pub landscape: Option<bool>,
    /// From how far away it is read.
    pub distance: Option<Distance>,
    /// Large print.
    pub large_print: bool,
    /// A second language.
    pub with: Option<LanguageTag>,
    /// What is cut off around the paper, in millimetres.
    pub bleed: f64,
    /// Two pages beside each other, in the order in which folded sheets are stapled.
    pub booklet: bool,
}

/// The sheets that are asked for, a file each, named `ID-KIND-PAPER.pdf`, in a folder each for languages but the first.
///
/// # Errors
/// What is wrong with the theme.
pub fn print<'a>(
    site: &'a Site,
    theme: &'a Theme,
    printing: &Printing,
) -> Result<Vec<SiteArtifact<'a>>, Vec<Diagnostic>> {
    let editions = theme.editions(site)?;
    let press = Arc::new(Press::new(&editions, theme)?);
    let mut artifacts = Vec::new();
    for edition in &editions {
        for sheet in views::sheets(edition).filter(|sheet| printing.wants(sheet)) {
            let sheet = Arc::new(sheet);
            for options in printing.options(edition, &sheet) {
                let Some(file) = sheet.file_of(edition, options) else { continue };
                let path = file.address.as_str().replacen("posters/", "", 1);
                let path = if printing.booklet { path.replace(".pdf", "-booklet.pdf") } else { path };
                let twin = press.twin(edition, &sheet, &path, file.options, &printing.finish(edition));
                artifacts.extend(twin.iter().map(Twin::sheet));
            }
        }
    }
    Ok(artifacts)
}

impl Printing {
    fn finish(&self, edition: &Edition<'_>) -> Finish {
        let bound = if edition.language.is_right_to_left() { Bound::Right } else { Bound::Left };
        let booklet = self.booklet.then_some(bound);
        Finish { bleed: self.bleed, makes: Makes { pdf: true, booklet, ..Makes::NOTHING } }
    }

    pub(super) fn wants(&self, sheet: &Sheet<'_>) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&sheet.kind))
            && (self.ids.is_empty() || self.ids.iter().any(|id| id == sheet.id))
    }

    /// How a sheet is printed: on its usual papers with what was asked for laid over, each once. A size that was asked for
    /// is one paper, and a kind that the site does not make is made as is usual.
    pub(super) fn options<'a>(&self, edition: &Edition<'a>, sheet: &Sheet<'a>) -> Vec<SheetOptions> {
        let mut known = sheet.options(edition);
        if known.is_empty() && !self.kinds.is_empty() {
            known = sheet.kind.usual();
        }
        if let Some(size) = self.size {
            // On the paper of that size that the site has, as it lies there.
            known.sort_by_key(|known| known.paper.size != size);
            known.truncate(1);
        }
        let mut options: Vec<SheetOptions> = Vec::new();
        for known in known {
            let paper = Paper {
                size: self.size.unwrap_or(known.paper.size),
                landscape: self.landscape.unwrap_or(known.paper.landscape),
            };
            // The distance belongs to the paper that it was written for.
            let written = known.distance.filter(|_| paper.size == known.paper.size);
            let asked = SheetOptions {
                paper,
                distance: self.distance.or(written),
                large_print: self.large_print || known.large_print,
                with: self.with.clone().or(known.with),
            };
            if !options.iter().any(|other| other.word() == asked.word()) {
                options.push(asked);
            }
        }
        options
    }
}
