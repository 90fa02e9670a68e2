//! For search engines and browsers: `sitemap.xml`, `robots.txt`, `manifest.webmanifest`, `opensearch.xml`.
//!
//! The sitemap (sitemaps.org 0.9) lists what [`crate::artifacts::pages`] planned, with the languages of each page. A
//! date of last change is given where the record says one and left out elsewhere: one that is the day of the build on
//! every page teaches search engines to believe none. Where there is no search page, there is no `opensearch.xml`.

mod manifest;
mod opensearch;

use super::xml::{attribute, text};
use super::{file, json};
use crate::artifacts::pages::Listed;
use crate::artifacts::{SiteArtifact, Theme};
use crate::content::OutputFamily;
use crate::site::{Address, Edition};

/// The most addresses of a sitemap.
const MOST_ADDRESSES: usize = 50_000;
/// The most bytes of a sitemap, its beginning and end included.
const MOST_BYTES: usize = 50 * 1024 * 1024;
const XML: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const LINKS: &str = "http://www.w3.org/1999/xhtml";

/// The files, given the site in each of its languages and the pages that search engines should know of.
pub(in crate::artifacts) fn files<'a>(
    editions: &[Edition<'a>],
    theme: &'a Theme,
    pages: Vec<Listed>,
) -> Vec<SiteArtifact<'a>> {
    let Some(first) = editions.first().copied() else { return Vec::new() };
    if !first.site.content.site.value.outputs.has(OutputFamily::Discovery) {
        return Vec::new();
    }
    let whole = |path: &str| first.canonical(&Address::new(path));
    let mut files = sitemaps(&pages, (MOST_ADDRESSES, MOST_BYTES), &whole)
        .into_iter()
        .filter_map(|(path, content)| text_file(&path, content))
        .collect::<Vec<_>>();
    files.extend(text_file("robots.txt", robots(&whole("sitemap.xml"))));
    files.extend(editions.iter().copied().filter_map(|edition| {
        let path = edition.address("manifest.webmanifest");
        json(path.as_str(), "site.yaml", move || manifest::of(&edition, theme))
    }));
    if first.site.content.site.value.outputs.has(OutputFamily::Search) {
        files.extend(editions.iter().filter_map(|edition| {
            text_file(edition.address("opensearch.xml").as_str(), opensearch::of(edition, theme))
        }));
    }
    files
}

fn text_file<'a>(path: &str, content: String) -> Option<SiteArtifact<'a>> {
    file(path, "site.yaml", move |buffer| buffer.extend_from_slice(content.as_bytes()))
}

/// Everything may be read (RFC 9309).
fn robots(sitemap: &str) -> String {
    format!("User-agent: *\nDisallow:\n\nSitemap: {sitemap}\n")
}

/// One sitemap, or an index and the sitemaps that it names, with their paths. `most` are addresses and bytes of one.
fn sitemaps(pages: &[Listed], most: (usize, usize), whole: &dyn Fn(&str) -> String) -> Vec<(String, String)> {
    let begin = format!("{XML}<urlset xmlns=\"{NAMESPACE}\" xmlns:xhtml=\"{LINKS}\">\n");
    let end = "</urlset>\n";
    let mut maps: Vec<(String, usize)> = vec![(begin.clone(), 0)];
    for page in pages {
        let entry = entry(page);
        if let Some((map, count)) = maps.last_mut()
            && (*count == 0 || *count < most.0 && map.len() + entry.len() + end.len() <= most.1)
        {
            map.push_str(&entry);
            *count += 1;
        } else {
            maps.push((format!("{begin}{entry}"), 1));
        }
    }
    let closed = maps.into_iter().map(|(map, _)| map + end);
    let numbered = closed.enumerate().map(|(number, map)| (format!("sitemap-{}.xml", number + 1), map));
    let mut numbered: Vec<(String, String)> = numbered.collect();
    if let [(path, _)] = numbered.as_mut_slice() {
        "sitemap.xml".clone_into(path);
        return numbered;
    }
    let mut index = format!("{XML}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    for (path, _) in &numbered {
        index.push_str(&format!("<sitemap><loc>{}</loc></sitemap>\n", text(&whole(path))));
    }
    index.push_str("</sitemapindex>\n");
    numbered.insert(0, ("sitemap.xml".to_owned(), index));
    numbered
}

fn entry(page: &Listed) -> String {
    let mut made = format!("<url><loc>{}</loc>", text(&page.url));
    if let Some(changed) = page.changed {
        made.push_str(&format!("<lastmod>{changed}</lastmod>"));
    }
    for (language, url) in &page.alternates {
        let (language, url) = (attribute(language), attribute(url));
        made.push_str(&format!("\n<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\"{url}\"/>"));
    }
    made.push_str("</url>\n");
    made
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn pages(count: usize) -> Vec<Listed> {
        let page = |n| Listed { url: format!("https://a/{n:04}/"), alternates: Vec::new(), changed: None };
        (0..count).map(page).collect()
    }

    fn made(count: usize, most: (usize, usize)) -> Vec<(String, String)> {
        sitemaps(&pages(count), most, &|path| format!("https://a/{path}"))
    }

    #[test]
    fn what_fits_is_one_sitemap() {
        for count in [0, 1, 10] {
            let maps = made(count, (10, usize::MAX));
            assert_eq!(maps.len(), 1);
            assert_eq!((maps[0].0.as_str(), maps[0].1.matches("<loc>").count()), ("sitemap.xml", count));
        }
    }

    #[test]
    fn an_index_names_every_sitemap_and_no_page_is_lost_or_twice() {
        let maps = made(25, (10, usize::MAX));
        let counts: Vec<_> = maps.iter().map(|(path, map)| (path.as_str(), map.matches("<loc>").count())).collect();
        assert_eq!(counts, [("sitemap.xml", 3), ("sitemap-1.xml", 10), ("sitemap-2.xml", 10), ("sitemap-3.xml", 5)]);
        for (path, _) in maps.iter().skip(1) {
            assert!(maps[0].1.contains(&format!("<loc>https://a/{path}</loc>")));
        }
        let all: String = maps.iter().map(|(_, map)| map.as_str()).collect();
        for page in pages(25) {
            assert_eq!(all.matches(&page.url).count(), 1);
        }
    }

    #[test]
    fn no_sitemap_is_longer_than_it_may_be() {
        let one = made(1, (10, usize::MAX))[0].1.len();
        let three = made(3, (10, usize::MAX))[0].1.len();
        for most in one..=three + 1 {
            let maps = made(9, (10, most));
            assert!(maps.iter().skip(1).all(|(_, map)| map.len() <= most));
            let pages: usize = maps.iter().skip(1).map(|(_, map)| map.matches("<url>").count()).sum();
            assert_eq!(pages, 9);
        }
    }
}
