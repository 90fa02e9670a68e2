//! The pages at short addresses that lead to others: what a QR code on paper opens.
//!
//! They work everywhere without a script, also where no server has rules; `outputs/redirects.rs` writes the rules. A
//! farewell is a page of the site's own and stands among the pages.

use std::sync::Arc;

use tera::Context;

use super::theme::Theme;
use super::{Artifact, Inputs, OutputPath, SiteArtifact};
use crate::content::ADDRESSES_FILE;
use crate::site::{Address, Edition, Leads, short_path, views};

/// A short address, and the page that it leads to.
pub(super) struct Short {
    /// The short address.
    pub(super) from: Address,
    /// The page's path, without its language.
    pub(super) path: String,
}

/// The short addresses that lead to pages which are there.
pub(super) fn leading(first: &Edition<'_>) -> Vec<Short> {
    let of = |leads: &Leads| match leads {
        Leads::Page(path) if first.site.has_page(first, path) => Some(path.clone()),
        _ => None,
    };
    let all = first.site.short_addresses();
    let leading = all.filter_map(|(entry, leads)| {
        Some(Short { from: Address::new(short_path(entry.code.as_str())), path: of(leads)? })
    });
    leading.collect()
}

/// The pages.
pub(super) fn files<'a>(editions: &[Edition<'a>], theme: &'a Theme) -> Vec<SiteArtifact<'a>> {
    let Some(first) = editions.first().copied() else { return Vec::new() };
    let origin: Arc<str> = ADDRESSES_FILE.into();
    let page = |short: Short| {
        let path = OutputPath::new(&short.from.file()).ok()?;
        let make = move |buffer: &mut Vec<u8>| {
            let mut context = Context::new();
            context.insert("view", &views::moved_short(&first, &short.from, &short.path));
            theme.templates.render("moved.html", &context, buffer).map_err(|fault| vec![fault])
        };
        Some(Artifact { path, origin: Arc::clone(&origin), inputs: Inputs::Unknown, make: Box::new(make) })
    };
    leading(&first).into_iter().filter_map(page).collect()
}
