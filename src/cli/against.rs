//! `check --against FILE`: no published address disappears.
//!
//! The file is a list of addresses, one a line, such as a build writes to `addresses.txt`. Lines that are empty or begin
//! with `#` say nothing. Each address has to be that of a page of the site, or one of its old ones.

use std::sync::Arc;

use camino::Utf8Path;

use crate::artifacts::{SiteArtifact, addresses, written_address};
use crate::content::OutputFamily;
use crate::diagnostics::{Action, Code, Diagnostic, Failure, Place, Problem, SourceText, Texts, closest};
use crate::site::Site;

/// Most addresses for which one like it is looked for: each is compared with all that there are.
const MOST_SUGGESTIONS: usize = 50;

/// The addresses of the list that the site would no longer have. The list's text is added to `texts`.
pub(super) fn gone(
    file: &Utf8Path,
    site: &Site,
    planned: &[SiteArtifact<'_>],
    texts: &mut Texts,
) -> Result<Vec<Diagnostic>, Failure> {
    let bytes =
        std::fs::read(file).map_err(|source| Failure::Io { action: Action::Read, path: file.into(), source })?;
    let text: Arc<str> = String::from_utf8_lossy(&bytes).into();
    let name: Arc<str> = file.as_str().into();
    texts.insert(Arc::clone(&name), SourceText { text: Arc::clone(&text) });
    let config = &site.content.site.value;
    let known = addresses(planned);
    let unmade = !config.outputs.has(OutputFamily::Redirects);
    let is_alias = |address: &str| site.aliases().iter().any(|alias| address == format!("/{}", alias.from.as_str()));
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let address = written_address(bare, config.base_url.as_str());
        let begins = start + line.find(bare).unwrap_or(0);
        start += line.len();
        if bare.is_empty() || bare.starts_with('#') || known.contains(&address) {
            continue;
        }
        let like = || closest(&address, known.iter().map(String::as_str));
        let like = if found.len() < MOST_SUGGESTIONS { like() } else { None };
        let problem = Problem::new(Code::AddressGone).with("address", &address).with_some("suggestion", like);
        let problem = if unmade && is_alias(&address) {
            problem.with("family", "redirects")
        } else {
            problem.with("alias", address.trim_start_matches('/'))
        };
        found.push(problem.at(Place::new(&name, begins..begins + bare.len())));
    }
    Ok(found)
}
