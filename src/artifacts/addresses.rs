//! The addresses at which a site has pages, in the one form in which they can be compared.

use std::collections::BTreeSet;

use super::{OutputPath, SiteArtifact};
use crate::site::decode;

/// The page for everything that is not there; it has no address of its own.
const NOT_FOUND: &str = "404.html";

/// The addresses of all pages among the artifacts, relative to the site's root and beginning with `/`, in order.
pub fn addresses(planned: &[SiteArtifact<'_>]) -> BTreeSet<String> {
    planned.iter().filter_map(|artifact| address(&artifact.path)).collect()
}

/// The address of a page, from its file; `None` for a file that is none.
fn address(path: &OutputPath) -> Option<String> {
    let path = path.as_str();
    let is_page = [".html", ".htm", ".shtml"].iter().any(|ending| path.ends_with(ending));
    (is_page && path != NOT_FOUND).then(|| format!("/{}", in_folder(path)))
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

#[cfg(test)]
mod tests {
    use super::*;

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
