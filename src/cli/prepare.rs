//! From a folder to a linked site: what `build` and `check` do alike.

use camino::Utf8PathBuf;

use super::{PosterChoice, SiteArguments};
use crate::artifacts::{self, Fingerprint, Theme};
use crate::calendar::{DateTime, DayOrTime};
use crate::content::{BaseAddress, Content, SiteConfig};
use crate::diagnostics::{Diagnostic, Failure, Problem, Texts};
use crate::site::{Occasion, Site};
use crate::source::{self, Sources};
use crate::{checks, content, publish};

/// A site's files, read, with what is known before their content is.
pub(super) struct Read {
    sources: Sources,
    own_theme: Option<std::collections::BTreeMap<String, Vec<u8>>>,
    other_themes: Vec<String>,
    config: Option<SiteConfig>,
    pub(super) occasion: Occasion,
    base_url: Option<BaseAddress>,
}

/// A site that is linked, with what was found wrong. With `None` not even that much could be done.
pub(super) struct Prepared {
    pub(super) linked: Option<(Site, Theme)>,
    pub(super) pictures: Vec<(String, Utf8PathBuf)>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) texts: Texts,
}

/// Reads the options and the files. The clock is read here, once, and nowhere else.
pub(super) fn read(arguments: &SiteArguments) -> Result<Read, Failure> {
    let root = &arguments.site;
    let written = arguments.today.as_deref().map(DayOrTime::read).transpose();
    let written = written.map_err(|problem: Problem| Failure::BadOption { option: "--today", problem })?;
    let base_url = arguments.base_url.as_deref().map(BaseAddress::read).transpose();
    let base_url = base_url.map_err(|problem| Failure::BadOption { option: "--base-url", problem })?;
    if !root.is_dir() {
        return Err(Failure::NoSiteFolder { path: root.clone() });
    }
    let mut sources = source::read_site(root);
    let config = content::read_config(&sources);
    let theme = config.as_ref().map_or("civic", |config| config.theme.as_str());
    let own_theme = source::read_theme(root, theme, &mut sources.diagnostics);
    let other_themes = source::theme_names(root);
    let zone = config.as_ref().map_or("UTC", |config| config.time_zone.as_str());
    let now = written.map_or_else(|| now_in(zone), |today| today.begins());
    let occasion = Occasion { now, sheets: arguments.posters == PosterChoice::All && cfg!(feature = "posters") };
    Ok(Read { sources, own_theme, other_themes, config, occasion, base_url })
}

/// The civil time in a zone, to the minute.
fn now_in(zone: &str) -> DateTime {
    let now = jiff::Timestamp::now();
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let now = now.to_zoned_datetime(zone).datetime();
    now.with().second(0).subsec_nanosecond(0).build().unwrap_or(now)
}

impl Read {
    /// Of everything that goes into a build: the files, the theme, the day, the options, and the program itself.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        let mut parts: Vec<Vec<u8>> = vec![
            env!("NOTICEBOARD_SOURCES").into(),
            env!("CARGO_PKG_VERSION").into(),
            self.occasion.now.date().to_string().into(),
            vec![u8::from(self.occasion.sheets)],
            self.base_url.as_ref().map(BaseAddress::as_str).unwrap_or_default().into(),
        ];
        for (path, bytes) in self.own_theme.iter().flatten() {
            parts.extend([path.clone().into_bytes(), Fingerprint::of(bytes).to_string().into()]);
        }
        for file in &self.sources.files {
            parts.extend([file.path.as_bytes().to_vec(), Fingerprint::of(file.text.as_bytes()).to_string().into()]);
        }
        if let Some(file) = &self.sources.ledger {
            parts.extend([file.path.as_bytes().to_vec(), Fingerprint::of(file.text.as_bytes()).to_string().into()]);
        }
        for (name, facts) in &self.sources.picture_facts {
            parts.extend([name.clone().into_bytes(), facts.hash.clone().into()]);
        }
        Fingerprint::of_all(parts)
    }

    /// Whether every file could be read.
    pub(super) fn is_clean(&self) -> bool {
        self.sources.diagnostics.is_empty()
    }

    /// Types, links and checks everything.
    pub(super) fn prepare(self) -> Prepared {
        let Self { mut sources, own_theme, other_themes, config, occasion, base_url } = self;
        let mut diagnostics = std::mem::take(&mut sources.diagnostics);
        let mut texts = std::mem::take(&mut sources.texts);
        let content = Content::read(&sources, &mut diagnostics);
        let theme = config.as_ref().map(|config| Theme::load(config, own_theme, &other_themes, &mut texts));
        let names: Vec<String> = sources.pictures.iter().map(|(name, _)| name.clone()).collect();
        let mut site = content.map(|mut content| {
            if let Some(address) = base_url {
                content.site.value.base_url = address;
            }
            let mut site = Site::link(content, &occasion, names, texts.clone(), &mut diagnostics);
            site.picture_facts = std::mem::take(&mut sources.picture_facts);
            site
        });
        if let Some(site) = &mut site {
            checks::run(site, &mut diagnostics);
        }
        let linked = match (site, theme) {
            (Some(site), Some(Ok(theme))) => Some((site, theme)),
            (_, Some(Err(found))) => {
                diagnostics.extend(found);
                None
            }
            _ => None,
        };
        Prepared { linked, pictures: sources.pictures, diagnostics, texts }
    }
}

impl Prepared {
    /// Looks for what only shows when pages are made, so that a run with errors says everything at once.
    pub(super) fn add_faults_of_pages(&mut self) -> Result<(), Failure> {
        let Some((site, theme)) = &self.linked else { return Ok(()) };
        let mut found = match artifacts::plan(site, theme, &self.pictures) {
            Ok(mut planned) => {
                planned.retain(|artifact| artifact.path.as_str().ends_with(".html"));
                publish::rehearse(&planned)?.into_iter().flatten().collect()
            }
            Err(found) => found,
        };
        self.diagnostics.append(&mut found);
        Ok(())
    }

    /// Whether anything keeps the site from being built.
    pub(super) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}
