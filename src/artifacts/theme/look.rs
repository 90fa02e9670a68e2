//! Whether two states of a theme look alike: whether a file differs that one of them uses.
//!
//! What the built-in theme has is used, and so are the style sheet and the words of the site's languages; any other file
//! only if the name of it stands in another one.

use super::{CIVIC, Theme};

/// How two states of a theme differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Not at all.
    Same,
    /// In files that nothing uses.
    Unused,
    /// In what is seen.
    Other,
}

impl Theme {
    /// How another state of the theme differs from this one.
    pub fn look(&self, other: &Theme) -> Look {
        if self.name != other.name {
            return Look::Other;
        }
        if self.fingerprint == other.fingerprint {
            return Look::Same;
        }
        let paths = self.files.keys().chain(other.files.keys().filter(|path| !self.files.contains_key(*path)));
        let mut differing = paths.filter(|path| self.files.get(*path) != other.files.get(*path));
        let is_used = |path: &String| self.uses(path) || other.uses(path);
        if differing.any(is_used) { Look::Other } else { Look::Unused }
    }

    fn uses(&self, path: &str) -> bool {
        if let Some(language) = path.strip_prefix("i18n/").and_then(|file| file.strip_suffix(".yaml")) {
            return self.wordings.contains_key(language);
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let stands_in = |bytes: &[u8]| bytes.windows(name.len()).any(|part| part == name.as_bytes());
        CIVIC.get_file(path).is_some()
            || path.strip_prefix("assets/").is_some_and(|asset| asset == self.style_sheet())
            || self.files.iter().any(|(other, bytes)| other != path && stands_in(bytes))
    }
}
