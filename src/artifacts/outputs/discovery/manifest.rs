//! The web app manifest: what a telephone shows when a reader puts the site on its first screen.
//!
//! One for each language, so that the name and the page that opens are in it. All addresses are relative to the
//! manifest, and all languages are within its scope, so that changing the language stays in the same window.

use serde::Serialize;

use crate::artifacts::Theme;
use crate::content::direction;
use crate::site::{Address, Edition};

/// `manifest.webmanifest`.
#[derive(Serialize)]
pub(super) struct Manifest<'a> {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    /// The language of the name.
    lang: String,
    dir: &'static str,
    start_url: String,
    scope: String,
    /// With buttons to go back: nothing here has its own.
    display: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    theme_color: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    background_color: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    icons: Vec<Icon>,
}

#[derive(Serialize)]
struct Icon {
    src: String,
    sizes: &'static str,
    r#type: &'static str,
}

/// The manifest of the site in a language.
pub(super) fn of<'a>(edition: &Edition<'_>, theme: &'a Theme) -> Manifest<'a> {
    let config = &edition.site.content.site.value;
    let name = edition.local(&config.title);
    let lang = name.lang.unwrap_or_else(|| edition.language.to_string());
    let home = edition.address("");
    let root = home.to_root();
    let icon = theme.file("assets/icon.svg").map(|_| Icon {
        src: format!("{root}{}", Address::new(theme.asset_path("icon.svg")).encoded()),
        sizes: "any",
        r#type: "image/svg+xml",
    });
    Manifest {
        name: name.text,
        description: config.summary.as_ref().map(|summary| edition.local(summary).text),
        dir: direction(&lang),
        lang,
        start_url: format!("{root}{}", edition.href(&home)),
        scope: root,
        display: "minimal-ui",
        theme_color: theme.colour("band"),
        background_color: theme.colour("ground"),
        icons: icon.into_iter().collect(),
    }
}
