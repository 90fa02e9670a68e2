//! Old addresses that lead to new ones: as pages, and as rules for web servers and hosts.
//!
//! Short addresses are among the rules, with 302, since what they lead to may change.
//! The page at an old address works everywhere, also from a stick. The rules are for those who run a server: it then
//! answers with 301, which search engines and feed readers prefer. `addresses.txt` lists every address that the site
//! has. The files are there also when there is nothing to
//! say, since a server's configuration that names a missing file does not start.

mod old_files;

use std::sync::Arc;

use tera::Context;

use super::super::addresses::addresses;
use super::super::short_addresses::leading;
use super::super::theme::Theme;
use super::super::{Artifact, Inputs, OutputPath, SiteArtifact};
use super::file;
use crate::site::{Address, Alias, Edition, decode, views};

/// From one address to another, both from the root of the host.
struct Rule {
    /// The old address as it reads.
    from: String,
    /// The old address, percent-encoded.
    encoded: String,
    /// The new address, percent-encoded.
    to: String,
    /// Whether it stays so: where a short address leads may change.
    stays: bool,
}

/// The pages and the files.
pub(super) fn files<'a>(
    editions: &[Edition<'a>],
    theme: &'a Theme,
    planned: &mut [SiteArtifact<'a>],
) -> Vec<SiteArtifact<'a>> {
    let Some(first) = editions.first() else { return Vec::new() };
    let root = Address::new(decode(&first.site.base_path()));
    // Below a path that servers would read in their own way, there are the pages only.
    let is_plain = root.as_str().chars().all(|c| c.is_alphanumeric() || "-._~/".contains(c));
    let mut rules = Vec::new();
    let mut pages = Vec::new();
    for alias in first.site.aliases() {
        let Some(edition) = alias.edition(editions).copied() else { continue };
        let to = format!("{}{}", root.encoded(), edition.href(&edition.address(&alias.path)));
        for old in spellings(&alias.from).into_iter().filter(|_| is_plain) {
            let from = format!("{}{}", root.as_str(), old.as_str());
            let encoded = format!("{}{}", root.encoded(), old.encoded());
            rules.push(Rule { from, encoded, to: to.clone(), stays: true });
        }
        pages.extend(page(edition, alias, theme));
    }
    for short in leading(first).into_iter().filter(|_| is_plain) {
        let to = format!("{}{}", root.encoded(), first.href(&first.address(&short.path)));
        rules.extend(spellings(&short.from).into_iter().map(|from| Rule {
            from: format!("{}{}", root.as_str(), from.as_str()),
            encoded: format!("{}{}", root.encoded(), from.encoded()),
            to: to.clone(),
            stays: false,
        }));
    }
    for old in old_files::old_files(editions, planned) {
        let (from, now) = (Address::new(old.artifact.path.as_str()), Address::new(old.now));
        if is_plain {
            rules.push(Rule {
                from: format!("{}{}", root.as_str(), from.as_str()),
                encoded: format!("{}{}", root.encoded(), from.encoded()),
                to: format!("{}{}", root.encoded(), now.encoded()),
                stays: true,
            });
        }
        pages.push(old.artifact);
    }
    rules.sort_by(|a, b| a.from.cmp(&b.from));
    let mut listed = addresses(planned);
    listed.extend(addresses(&pages));
    let rules: Arc<[Rule]> = rules.into();
    let of_server = |path: &str, write: fn(&[Rule]) -> String| {
        let rules = Arc::clone(&rules);
        file(path, "site.yaml", move |buffer| buffer.extend_from_slice(write(&rules).as_bytes()))
    };
    let files = [
        of_server("redirects/nginx.conf", nginx),
        of_server("redirects/Caddyfile", caddy),
        of_server("_redirects", netlify),
        file("addresses.txt", "site.yaml", move |buffer| {
            for address in &listed {
                buffer.extend_from_slice(address.as_bytes());
                buffer.push(b'\n');
            }
        }),
    ];
    pages.extend(files.into_iter().flatten());
    pages
}

/// The ways in which an old address is asked for: a folder also without its last `/`.
fn spellings(old: &Address) -> Vec<Address> {
    let bare = old.as_str().strip_suffix('/').map(Address::new);
    std::iter::once(old.clone()).chain(bare).collect()
}

/// The page at an old address.
fn page<'a>(edition: Edition<'a>, alias: Alias<'a>, theme: &'a Theme) -> Option<SiteArtifact<'a>> {
    let path = OutputPath::new(&alias.from.file()).ok()?;
    let origin = Arc::clone(&alias.origin.file);
    let make = move |buffer: &mut Vec<u8>| {
        let mut context = Context::new();
        context.insert("view", &views::moved(&edition, &alias));
        theme.templates.render("moved.html", &context, buffer).map_err(|fault| vec![fault])
    };
    Some(Artifact { path, origin, inputs: Inputs::Unknown, make: Box::new(make) })
}

/// Rules for nginx, to be included in a `server` block.
fn nginx(rules: &[Rule]) -> String {
    let head = "# Old addresses. In the server block: include …/redirects/nginx.conf;\n";
    let lines = rules.iter().map(|rule| {
        let status = if rule.stays { 301 } else { 302 };
        format!("location = \"{}\" {{ return {status} \"{}\"; }}\n", rule.from, rule.to)
    });
    std::iter::once(head.to_owned()).chain(lines).collect()
}

/// Rules for Caddy, to be imported in a site block.
fn caddy(rules: &[Rule]) -> String {
    let head = "# Old addresses. In the site block: import …/redirects/Caddyfile\n";
    let lines = rules.iter().map(|rule| {
        let how = if rule.stays { "permanent" } else { "temporary" };
        format!("redir \"{}\" \"{}\" {how}\n", rule.from, rule.to)
    });
    std::iter::once(head.to_owned()).chain(lines).collect()
}

/// Rules for Netlify and hosts that read its file. `!`: also where the page at the old address is there.
fn netlify(rules: &[Rule]) -> String {
    let head = "# Old addresses, for hosts that read this file.\n";
    let lines = rules.iter().map(|rule| {
        let status = if rule.stays { 301 } else { 302 };
        format!("{} {} {status}!\n", rule.encoded, rule.to)
    });
    std::iter::once(head.to_owned()).chain(lines).collect()
}
