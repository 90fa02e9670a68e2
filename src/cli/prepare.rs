//! From a folder to a linked site: what `build` and `check` do alike.

use std::collections::HashMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::memory::{Memory, OwnTheme};
use super::{PosterChoice, SiteArguments};
use crate::artifacts::{self, Fingerprint, Theme};
use crate::calendar::{DateTime, DayOrTime};
use crate::content::{BaseAddress, Content, SiteConfig};
use crate::diagnostics::{Diagnostic, Failure, Problem, SourceText, Texts};
use crate::site::{Inputs, Occasion, Site};
use crate::source::{self, File, Sources};
use crate::{checks, content, publish};

/// A site's files, read, with what is known before their content is.
pub(super) struct Read {
    sources: Sources,
    own_theme: Arc<OwnTheme>,
    other_themes: Vec<String>,
    config: Option<SiteConfig>,
    pub(super) occasion: Occasion,
    base_url: Option<BaseAddress>,
    /// The files that are new, different or gone since the last time.
    changed: Vec<Arc<str>>,
}

/// A site that is linked, with what was found wrong. With `None` not even that much could be done.
pub(super) struct Prepared {
    pub(super) linked: Option<(Site, Arc<Theme>)>,
    pub(super) pictures: Vec<(String, Utf8PathBuf)>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) texts: Texts,
}

/// When the rules over the linked site are applied; they only warn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Checks {
    /// At once.
    Now,
    /// By whoever asked, when the site is shown already.
    Later,
}

/// Reads the options and the files. The clock is read here, once, and nowhere else.
pub(super) fn read(arguments: &SiteArguments) -> Result<Read, Failure> {
    read_again(arguments, &mut Memory::default())
}

/// The options that say for when and where the site is made, read.
fn read_options(arguments: &SiteArguments) -> Result<(Option<DayOrTime>, Option<BaseAddress>), Failure> {
    let written = arguments.today.as_deref().map(DayOrTime::read).transpose();
    let written = written.map_err(|problem: Problem| Failure::BadOption { option: "--today", problem })?;
    let base_url = arguments.base_url.as_deref().map(BaseAddress::read).transpose();
    let base_url = base_url.map_err(|problem| Failure::BadOption { option: "--base-url", problem })?;
    if !arguments.site.is_dir() {
        return Err(Failure::NoSiteFolder { path: arguments.site.clone() });
    }
    Ok((written, base_url))
}

/// The tags of a site's languages, also of one whose `site.yaml` has mistakes; nothing where there is no site.
pub(super) fn languages(root: &Utf8Path) -> Vec<String> {
    let Some(text) = source::read_text(root, "site.yaml") else { return Vec::new() };
    let file = source::File { path: "site.yaml".into(), text: text.into() };
    let sources = Sources { files: vec![file], ..Sources::default() };
    if let Some(config) = content::read_config(&sources) {
        return config.languages.iter().map(|language| language.tag.to_string()).collect();
    }
    let text = sources.files.first().map_or("", |file| &file.text);
    let mut found: Vec<(usize, String)> = Vec::new();
    for key in ["tag", "代码"] {
        for (at, _) in text.match_indices(key) {
            let after = text.get(at + key.len()..).unwrap_or_default().trim_start();
            let Some(value) = after.strip_prefix([':', '：']) else { continue };
            let value = value.trim_start_matches([' ', '"', '\'', '“']);
            found.push((at, value.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect()));
        }
    }
    found.sort();
    found.into_iter().map(|(_, tag)| tag).collect()
}

/// Whether a site can be read with these options at all.
pub(super) fn check_options(arguments: &SiteArguments) -> Result<(), Failure> {
    read_options(arguments).map(|_| ())
}

/// As [`read`], but what stands as it did is taken from memory.
pub(super) fn read_again(arguments: &SiteArguments, memory: &mut Memory) -> Result<Read, Failure> {
    let root = &arguments.site;
    let (written, base_url) = read_options(arguments)?;
    let mut sources = source::read_site_again(root, &mut memory.kept);
    let config = content::read_config(&sources);
    let theme = config.as_ref().map_or("civic", |config| config.theme.as_str());
    let own_theme = memory.own_theme(root, theme);
    sources.diagnostics.extend(own_theme.found.iter().cloned());
    let mut changed = memory.kept.changed().to_vec();
    let is_new = memory.own_theme.as_ref().map_or(own_theme.files.is_some(), |known| !Arc::ptr_eq(known, &own_theme));
    if is_new {
        changed.push(format!("themes/{theme}/").into());
    }
    if memory.found != sources.diagnostics {
        changed.extend(sources.diagnostics.iter().map(|found| Arc::clone(&found.place.file)));
        changed.extend(memory.found.iter().map(|found| Arc::clone(&found.place.file)));
        memory.found.clone_from(&sources.diagnostics);
    }
    memory.own_theme = Some(Arc::clone(&own_theme));
    let other_themes = source::theme_names(root);
    let zone = config.as_ref().map_or("UTC", |config| config.time_zone.as_str());
    let now = written.map_or_else(|| now_in(zone), |today| today.begins());
    let occasion = Occasion { now, sheets: arguments.posters == PosterChoice::All && cfg!(feature = "posters") };
    Ok(Read { sources, own_theme, other_themes, config, occasion, base_url, changed })
}

/// The civil time in a zone, to the minute.
pub(super) fn now_in(zone: &str) -> DateTime {
    let now = jiff::Timestamp::now();
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let now = now.to_zoned_datetime(zone).datetime();
    now.with().second(0).subsec_nanosecond(0).build().unwrap_or(now)
}

impl Read {
    /// Of everything that goes into a build: the files, the theme, the day, the options, and the program itself.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        let mut parts = self.about_the_build();
        for file in self.sources.files.iter().chain(&self.sources.ledger) {
            parts.extend([file.path.as_bytes().to_vec(), Fingerprint::of(file.text.as_bytes()).to_string().into()]);
        }
        Fingerprint::of_all(parts)
    }

    /// What goes into the files of the site: the same, with the files of centres and programmes apart.
    pub(super) fn inputs(&self) -> Inputs {
        let files = self.sources.files.iter().chain(&self.sources.ledger).map(|file| (&file.path, &*file.text));
        Inputs::of(files, self.about_the_build())
    }

    /// What goes into a build beside its texts: the program, the day, the options, the theme and the pictures.
    fn about_the_build(&self) -> Vec<Vec<u8>> {
        let mut parts: Vec<Vec<u8>> = vec![
            env!("NOTICEBOARD_SOURCES").into(),
            env!("CARGO_PKG_VERSION").into(),
            self.occasion.now.date().to_string().into(),
            vec![u8::from(self.occasion.sheets)],
            self.base_url.as_ref().map(BaseAddress::as_str).unwrap_or_default().into(),
        ];
        for (path, bytes) in self.own_theme.files.iter().flatten() {
            parts.extend([path.clone().into_bytes(), Fingerprint::of(bytes).to_string().into()]);
        }
        for (name, facts) in &self.sources.picture_facts {
            parts.extend([name.clone().into_bytes(), facts.hash.clone().into()]);
        }
        parts
    }

    /// The files as they were read.
    pub(super) fn files(&self) -> &[File] {
        &self.sources.files
    }

    /// Puts files in the place of those of the same path, or beside the others, as if they stood on the disk.
    pub(super) fn put(&mut self, files: Vec<File>) {
        let stood = self.sources.files.iter().enumerate().map(|(place, file)| (Arc::clone(&file.path), place));
        let stood: HashMap<Arc<str>, usize> = stood.collect();
        for file in files {
            self.sources.texts.insert(Arc::clone(&file.path), SourceText { text: Arc::clone(&file.text) });
            match stood.get(&file.path).and_then(|place| self.sources.files.get_mut(*place)) {
                Some(stood) => *stood = file,
                None => self.sources.files.push(file),
            }
        }
        self.sources.files.sort_by(|a, b| a.path.cmp(&b.path));
    }

    /// The texts of the files, as messages show them.
    pub(super) fn texts(&self) -> Texts {
        self.sources.texts.clone()
    }

    /// The site's content as it was read, its ids not resolved; what is wrong with it is another's business.
    pub(super) fn content(&self) -> Option<Content> {
        Content::read(&self.sources, &mut Vec::new())
    }

    /// Whether every file could be read.
    pub(super) fn is_clean(&self) -> bool {
        self.sources.diagnostics.is_empty()
    }

    /// The zone of the site's civil times, if it can be read.
    pub(super) fn zone(&self) -> Option<&str> {
        self.config.as_ref().map(|config| config.time_zone.as_str())
    }

    /// The files that are new, different or gone since the last time.
    pub(super) fn changed(&self) -> &[Arc<str>] {
        &self.changed
    }

    /// Whether a file that changed is gone or has nothing in it.
    pub(super) fn is_unsettled(&self) -> bool {
        let pictures = &self.sources.picture_facts;
        self.changed.iter().any(|path| match self.sources.texts.get(path) {
            Some(source) => source.text.is_empty(),
            None => !path.strip_prefix("content/pictures/").is_some_and(|name| pictures.contains_key(name)),
        })
    }

    /// Types, links and checks everything.
    pub(super) fn prepare(self) -> Prepared {
        self.prepare_again(&mut Memory::default(), Checks::Now)
    }

    /// As [`Read::prepare`], but what is known of it is taken from memory.
    pub(super) fn prepare_again(self, memory: &mut Memory, checks: Checks) -> Prepared {
        let Self { mut sources, own_theme, other_themes, config, occasion, base_url, .. } = self;
        let mut diagnostics = std::mem::take(&mut sources.diagnostics);
        let mut texts = std::mem::take(&mut sources.texts);
        let content = Content::read_again(&sources, memory.records.as_mut(), &mut diagnostics);
        if config.is_none() {
            diagnostics.extend(artifacts::missing_theme(&other_themes, &texts));
        }
        let theme = config.as_ref().map(|config| memory.load_theme(config, &own_theme, other_themes, &mut texts));
        let names: Vec<String> = sources.pictures.iter().map(|(name, _)| name.clone()).collect();
        let site = content.map(|mut content| {
            if let Some(address) = base_url {
                content.site.value.base_url = address;
            }
            let mut site = Site::link(content, &occasion, names, texts.clone(), &mut diagnostics);
            site.picture_facts = std::mem::take(&mut sources.picture_facts);
            site
        });
        if let (Some(site), Checks::Now) = (&site, checks) {
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
        self.diagnostics.extend(artifacts::faults_to_come(site, theme).unwrap_or_default());
        Ok(())
    }

    /// Whether anything keeps the site from being built.
    pub(super) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}
