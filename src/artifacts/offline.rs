//! What keeps pages for readers without a network: the service worker `sw.js` at the site's root.
//!
//! It is there in either case. Where `offline` is off it throws away what an earlier one kept and goes, because browsers
//! that once started a worker ask for this file until one tells them otherwise. Its name never changes; what is in it does
//! with the style sheets and scripts, so that browsers fetch the new ones before they are needed.

use serde::Serialize;

use super::theme::Theme;
use super::{Artifact, Fingerprint, OutputPath, SiteArtifact};
use crate::content::Links;
use crate::site::{Edition, views};

/// Where the page stands that is shown in place of one that was not kept.
pub(super) const PAGE: &str = "offline/";

/// What the worker must know of the site.
#[derive(Serialize)]
struct SiteFacts {
    /// Changes with the style sheets and scripts.
    version: String,
    /// What is kept ahead, most important first, relative to the root.
    ahead: Vec<String>,
    /// The languages that have a folder.
    languages: Vec<String>,
    /// What follows a folder in links: nothing, or the file in it.
    index: &'static str,
}

/// The worker, given the site in each of its languages, the first one first.
pub(super) fn file<'a>(editions: &[Edition<'a>], theme: &'a Theme) -> Option<SiteArtifact<'a>> {
    let config = &editions.first()?.site.content.site.value;
    let script = |name: &str| String::from_utf8_lossy(theme.file(name).unwrap_or_default()).into_owned();
    let text = if config.offline {
        let facts = serde_json::to_string(&facts(editions, theme)).unwrap_or_default();
        format!("const SITE = {facts};\n{}", script("offline/sw.js"))
    } else {
        script("offline/off.js")
    };
    let inputs = Fingerprint::of(text.as_bytes()).into();
    let make = move |buffer: &mut Vec<u8>| {
        buffer.extend_from_slice(text.as_bytes());
        Ok(())
    };
    Some(Artifact { path: OutputPath::new("sw.js").ok()?, origin: "site.yaml".into(), inputs, make: Box::new(make) })
}

fn facts(editions: &[Edition<'_>], theme: &Theme) -> SiteFacts {
    let sheets =
        ["civic.css", "civic-days.css", "civic-text.css", "civic-search.css", "civic-vertical.css", "civic-elder.css"];
    let assets = sheets.into_iter().chain(["offline.js"]);
    let assets = assets.filter(|asset| theme.file(&format!("assets/{asset}")).is_some());
    let assets = assets.map(|asset| theme.asset_path(asset));
    let icon = theme.asset_path("icon.svg");
    let files = theme.asset_paths().into_values().filter(|path| path.ends_with(".css") || path.ends_with(".js"));
    let version = Fingerprint::of_all(files.collect::<Vec<_>>()).to_string();
    let page = |edition: &Edition<'_>, path: &str| edition.href(&edition.address(path));
    let has = |edition: &Edition<'_>, path: &str| {
        path.is_empty()
            || path == PAGE
            || edition.site.has_page(edition, path)
            || views::list_exists(edition, path.trim_end_matches('/'))
    };
    // The first language whole before the next one: most readers never leave it.
    let pages = editions.iter().flat_map(|edition| {
        let paths = [PAGE, "", "policies/", "centres/", "search/"];
        paths.into_iter().filter(|path| has(edition, path)).map(|path| page(edition, path)).collect::<Vec<_>>()
    });
    let index = match editions.first().map(|edition| edition.site.content.site.value.links) {
        Some(Links::Files) => "index.html",
        _ => "",
    };
    SiteFacts {
        version: version.chars().take(10).collect(),
        ahead: assets.chain([icon]).chain(pages).collect(),
        languages: editions.iter().filter(|edition| !edition.is_first()).map(|e| e.language.to_string()).collect(),
        index,
    }
}
