//! What a command that reads a site again and again knows from the last time.
//!
//! Files, records and the theme, each with what tells whether it is still so. A command that reads a site once has one
//! that keeps nothing and costs nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8Path;

use crate::artifacts::{Fingerprint, Theme};
use crate::content::{KnownRecords, SiteConfig};
use crate::diagnostics::{Diagnostic, Texts};
use crate::source::{self, Kept};

/// What is known from the last time that a site was read, so that only what changed is read again.
#[derive(Default)]
pub(super) struct Memory {
    pub(super) kept: Kept,
    /// Nothing where a site is read only once.
    pub(super) records: Option<KnownRecords>,
    pub(super) own_theme: Option<Arc<OwnTheme>>,
    theme: Option<KnownTheme>,
    /// What could not be read.
    pub(super) found: Vec<Diagnostic>,
}

/// The site's own files of its theme.
pub(super) struct OwnTheme {
    name: String,
    pub(super) files: Option<BTreeMap<String, Vec<u8>>>,
    pub(super) found: Vec<Diagnostic>,
    fingerprint: Fingerprint,
}

/// A theme, or why there is none, and what it was made of.
struct KnownTheme {
    own: Arc<OwnTheme>,
    languages: Vec<String>,
    others: Vec<String>,
    theme: Result<Arc<Theme>, Vec<Diagnostic>>,
    /// What its files added to the texts.
    texts: Texts,
}

impl Memory {
    /// One that remembers.
    pub(super) fn new() -> Self {
        Self { kept: Kept::new(), records: Some(KnownRecords::default()), ..Self::default() }
    }

    pub(super) fn own_theme(&mut self, root: &Utf8Path, name: &str) -> Arc<OwnTheme> {
        if self.records.is_none() {
            return Arc::new(OwnTheme::read(root, name));
        }
        let stands = source::theme_stands(root, name, &mut self.kept);
        if let Some(own) = self.own_theme.as_ref().filter(|own| stands && own.name == name) {
            return Arc::clone(own);
        }
        let now = OwnTheme::read(root, name);
        match self.own_theme.as_ref().filter(|own| own.fingerprint == now.fingerprint && own.found == now.found) {
            Some(own) => Arc::clone(own),
            None => Arc::new(now),
        }
    }

    /// The theme of these files; its texts are added to `texts`.
    pub(super) fn load_theme(
        &mut self,
        config: &SiteConfig,
        own: &Arc<OwnTheme>,
        others: Vec<String>,
        texts: &mut Texts,
    ) -> Result<Arc<Theme>, Vec<Diagnostic>> {
        if self.records.is_none() {
            return Theme::load(config, own.files.clone(), &others, texts).map(Arc::new);
        }
        let languages: Vec<String> = config.languages.iter().map(|language| language.tag.to_string()).collect();
        let is_it = |known: &&KnownTheme| {
            // What is wrong is said at its place in `site.yaml`, which may have moved.
            Arc::ptr_eq(&known.own, own)
                && known.languages == languages
                && known.others == others
                && known.theme.is_ok()
        };
        if let Some(known) = self.theme.as_ref().filter(is_it) {
            texts.extend(known.texts.iter().map(|(name, text)| (Arc::clone(name), text.clone())));
            return known.theme.clone();
        }
        let mut added = texts.get("site.yaml").map(|text| ("site.yaml".into(), text.clone())).into_iter().collect();
        let theme = Theme::load(config, own.files.clone(), &others, &mut added).map(Arc::new);
        texts.extend(added.iter().map(|(name, text)| (Arc::clone(name), text.clone())));
        added.remove("site.yaml");
        self.theme = Some(KnownTheme { own: Arc::clone(own), languages, others, theme: theme.clone(), texts: added });
        theme
    }
}

impl OwnTheme {
    fn read(root: &Utf8Path, name: &str) -> Self {
        let mut found = Vec::new();
        let files = source::read_theme(root, name, &mut found);
        let parts = files.iter().flatten().flat_map(|(path, bytes)| [path.as_bytes(), bytes]);
        let fingerprint = Fingerprint::of_all(std::iter::once(name.as_bytes()).chain(parts));
        Self { name: name.to_owned(), files, found, fingerprint }
    }
}
