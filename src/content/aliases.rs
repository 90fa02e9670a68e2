//! Addresses at which a record's page stood before, so that links and printed QR codes to them still lead to it.
//!
//! They are kept as editors write them, `old/page/` or `/old/page.html`; [`SitePath::page`] gives the one form in
//! which two of them, or one of them and a page, can be compared.

use super::formats::{Checked, Format};
use crate::diagnostics::{Code, Problem};

/// The addresses at which a page stood before, relative to the site's root.
pub type Aliases = Vec<SitePath>;

/// An address of the site, relative to its root: a folder such as `old/page/`, or a file such as `old/page.html`.
pub type SitePath = Checked<Path>;

/// Addresses of a site: letters and digits of any script and `-._~`, in parts with `/` between them. What servers and
/// their files of rules would read in their own way (`?`, `%`, `:`, quotes, brackets, spaces) is none of it.
#[derive(Debug)]
pub enum Path {}

/// The most bytes that an address may have.
const LONGEST: usize = 500;
/// The most bytes that a disk takes for one part of a path.
const LONGEST_PART: usize = 255;
/// Endings of addresses that are files; everything else is a folder with a page in it.
const FILES: [&str; 3] = [".html", ".htm", ".shtml"];

impl Format for Path {
    const NAME: &'static str = "site-path";
    fn check(text: &str) -> Result<(), Problem> {
        let path = text.strip_prefix('/').unwrap_or(text);
        let path = path.strip_suffix('/').unwrap_or(path);
        let part_fits = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && part.len() <= LONGEST_PART
                && part.chars().all(|c| c.is_alphanumeric() || "-._~".contains(c))
        };
        let fits = path.len() <= LONGEST && path.split('/').all(part_fits);
        if fits { Ok(()) } else { Err(Problem::new(Code::NotASitePath).with("text", text)) }
    }
}

impl SitePath {
    /// The address in the form that pages have: no `/` before it, one behind it unless it is a file, and no `index.html`.
    pub fn page(&self) -> String {
        let path = self.as_str().trim_start_matches('/');
        match path.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.to_owned(),
            _ if path.ends_with('/') || FILES.iter().any(|ending| path.ends_with(ending)) => path.to_owned(),
            _ => format!("{path}/"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_address_is_a_folder_or_a_file_however_it_is_written() {
        for (written, page) in [
            ("old/page/", "old/page/"),
            ("/old/page", "old/page/"),
            ("old/page/index.html", "old/page/"),
            ("art/2023/5/art_12.html", "art/2023/5/art_12.html"),
            ("news.shtml", "news.shtml"),
            ("show.php", "show.php/"),
            ("政策/老年人/", "政策/老年人/"),
            ("myindex.html", "myindex.html"),
            ("index.html", ""),
        ] {
            assert_eq!(SitePath::read(written).unwrap().page(), page);
        }
    }

    #[test]
    fn what_a_server_would_read_in_its_own_way_is_no_old_address() {
        let long = "x".repeat(256);
        for bad in [
            "",
            "/",
            "//",
            "a//b",
            "../a",
            "a/./b",
            ".git/",
            "https://a.example/b/",
            "a?id=5",
            "a#b",
            "a b",
            "a\nb",
            "a\\b",
            "a%20b",
            "a;b",
            "{a}",
            "$a",
            "a*",
            "\"a\"",
            "<a>",
            long.as_str(),
        ] {
            assert_eq!(SitePath::read(bad).unwrap_err().code, Code::NotASitePath, "{bad}");
        }
    }
}
