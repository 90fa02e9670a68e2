//! The addresses at which a site has pages and files for programs, in the one form in which they can be compared.
//!
//! Not among them are parts of pages (style sheets, pictures), sheets to print, which are made for a time, and what is
//! read by servers.

use std::collections::BTreeSet;

use super::{Clash, OutputPath, SiteArtifact};
use crate::content::KNOWN_LANGUAGES;
use crate::diagnostics::{Code, Diagnostic, Place, Problem};
use crate::site::{DERIVED, decode};

/// The page for everything that is not there; it has no address of its own.
const NOT_FOUND: &str = "404.html";

/// Where files for programs stand, below the site's root or the folder of a language.
const FOR_PROGRAMS: [&str; 7] = ["api/", "calendars/", "feeds/", "hsds/", "places/", "tables/", "timetables/"];
/// Files for programs that stand alone.
const ALONE: [&str; 6] =
    ["hours.json", "manifest.webmanifest", "next-change.json", "opensearch.xml", "robots.txt", "sitemap.xml"];
/// The page that lists sheets to print, which is only there when they are made.
const SHEETS: &str = "posters/";

/// The addresses of all pages and files for programs among the artifacts, relative to the site's root and beginning with `/`, in order.
pub fn addresses(planned: &[SiteArtifact<'_>]) -> BTreeSet<String> {
    planned.iter().filter_map(|artifact| address(&artifact.path)).collect()
}

/// Whether an address, beginning with `/`, may go without anybody having moved anything: pages that hold a part of what
/// another has come and go with the day.
pub(crate) fn is_passing(address: &str) -> bool {
    let path = address.trim_start_matches('/');
    let language = path.split_once('/').filter(|(folder, _)| KNOWN_LANGUAGES.contains(folder));
    let below = language.map_or("", |(_, below)| below);
    [path, below].iter().any(|path| *path == SHEETS || DERIVED.iter().any(|folder| path.starts_with(folder)))
}

/// Whether a path is that of a file for programs.
fn is_for_programs(path: &str) -> bool {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    folder_for_programs(path).is_some() || ALONE.contains(&name)
}

/// The folder of files for programs that a path lies in, from the root on: `feeds`, `en/feeds`.
pub(super) fn folder_for_programs(path: &str) -> Option<&str> {
    let folder_at = |start: usize| {
        let rest = path.get(start..)?;
        let folder = FOR_PROGRAMS.iter().find(|folder| rest.starts_with(**folder))?;
        path.get(..start + folder.len() - 1)
    };
    folder_at(0).or_else(|| folder_at(path.find('/').filter(|end| *end > 0)? + 1))
}

/// The address of a page or of a file for programs; `None` for a file that is neither.
fn address(path: &OutputPath) -> Option<String> {
    let path = path.as_str();
    let is_page = [".html", ".htm", ".shtml"].iter().any(|ending| path.ends_with(ending));
    if is_page {
        return (path != NOT_FOUND).then(|| format!("/{}", in_folder(path)));
    }
    is_for_programs(path).then(|| format!("/{path}"))
}

/// A path without `index.html`, which servers add themselves.
fn in_folder(path: &str) -> &str {
    path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/')).unwrap_or(path)
}

/// An address as somebody wrote it, in that form: `base_url` may stand before it, and it may be percent-encoded.
pub(crate) fn written(text: &str, base_url: &str) -> String {
    let below = text.strip_prefix(base_url.trim_end_matches('/')).unwrap_or(text);
    format!("/{}", in_folder(decode(below).trim_start_matches('/')))
}

/// Two records that would stand at one address.
pub(crate) fn same_address(clash: &Clash, planned: &[SiteArtifact<'_>]) -> Diagnostic {
    let origins =
        |path: &OutputPath| planned.iter().filter(|a| a.path == *path).map(|a| a.origin.clone()).collect::<Vec<_>>();
    let first = origins(&clash.first);
    let second = origins(&clash.second);
    let address = format!("/{}", clash.second.as_str().trim_end_matches("index.html"));
    let last = second.last().cloned().unwrap_or_else(|| "site.yaml".into());
    let problem = Problem::new(Code::SameAddress).with("address", &address);
    let mut diagnostic = problem.at(Place::whole(&last));
    if let Some(first) = first.first() {
        diagnostic = diagnostic.see(Place::whole(first));
    }
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_for_programs_are_listed_and_parts_of_pages_are_not() {
        for path in ["calendars/centres/a.ics", "en/feeds/all.xml", "centres/a/hours.json", "hsds/csv/service.csv"] {
            assert!(is_for_programs(path), "{path}");
        }
        for path in ["assets/civic.css", "pictures/a.jpg", "posters/a.pdf", "_redirects", "redirects/Caddyfile"] {
            assert!(!is_for_programs(path), "{path}");
        }
    }

    #[test]
    fn pages_that_hold_a_part_of_another_come_and_go() {
        for address in ["/posters/", "/en/posters/", "/this-week/on/2026-11-24/", "/en/notices/archive/2025/"] {
            assert!(is_passing(address), "{address}");
        }
        for address in ["/", "/en/", "/this-week/", "/notices/posters/a/", "/policies/for/older-people/"] {
            assert!(!is_passing(address), "{address}");
        }
    }

    #[test]
    fn an_address_is_the_same_however_it_is_written() {
        let base = "https://example.org/sub/";
        for text in [
            "/政策/a/",
            "政策/a/index.html",
            "/%E6%94%BF%e7%ad%96/a/",
            "https://example.org/sub/%E6%94%BF%E7%AD%96/a/index.html",
        ] {
            assert_eq!(written(text, base), "/政策/a/");
        }
        for text in ["/", "", "index.html", "https://example.org/sub", "https://example.org/sub/"] {
            assert_eq!(written(text, base), "/");
        }
        assert_eq!(written("/100%/a%2", base), "/100%/a%2");
    }
}
