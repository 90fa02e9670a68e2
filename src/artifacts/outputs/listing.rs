//! The list of all that a site makes for programs, for the page that names it.
//!
//! Each family names its files here, in the order in which the page shows them: a line is a sort of files, found by its
//! paths among the planned artifacts. What has no file is left out. The words for readers stand in the theme's `i18n/`,
//! under `data.FAMILY` (the name), `data.FAMILY.for` (what it is for) and `data.FAMILY.NAME`.

use rayon::prelude::*;

use super::SiteArtifact;
use crate::content::OutputFamily::{
    self, Api, Calendars, Discovery, Feeds, Headers, Hsds, Places, Redirects, StructuredData, Tables, Timetables,
};
use crate::content::Outputs;
use crate::site::Site;
use crate::site::views::{Offered, kebab};

/// A sort of files.
struct Sort {
    /// The family; none for what is always made.
    family: Option<OutputFamily>,
    /// The name in the family.
    name: &'static str,
    /// The format.
    format: &'static str,
    /// The standard, where it is one of others.
    standard: Option<&'static str>,
    /// The paths, one or several with a space between: `*` stands for any part of a name, `**` for any part of a path.
    /// Empty: it stands in the pages.
    paths: &'static str,
}

const fn sort(
    family: OutputFamily,
    name: &'static str,
    format: &'static str,
    standard: &'static str,
    paths: &'static str,
) -> Sort {
    let standard = if standard.is_empty() { None } else { Some(standard) };
    Sort { family: Some(family), name, format, standard, paths }
}

const fn always(name: &'static str, paths: &'static str) -> Sort {
    Sort { family: None, name, format: "JSON", standard: None, paths }
}

const SORTS: &[Sort] = &[
    sort(Calendars, "calendars", "iCalendar", "RFC 5545", "calendars/**.ics"),
    sort(Feeds, "atom", "Atom", "RFC 4287", "feeds/**.xml"),
    sort(Feeds, "json-feed", "JSON Feed", "JSON Feed 1.1", "feeds/**.json"),
    sort(Timetables, "texts", "TXT", "", "timetables/centres/*.txt"),
    sort(Places, "places", "GeoJSON", "RFC 7946", "places/places.geojson"),
    sort(Places, "areas", "GeoJSON", "RFC 7946", "places/areas/*.geojson"),
    sort(Places, "cards", "vCard 4.0", "RFC 6350", "places/centres/*.vcf"),
    sort(Tables, "spreadsheets", "CSV", "RFC 4180", "tables/*.csv"),
    sort(Tables, "plain", "CSV", "RFC 4180", "tables/plain/*.csv"),
    sort(Tables, "package", "JSON", "Data Package 1", "tables/datapackage.json"),
    sort(Hsds, "lists", "JSON", "HSDS 3.0", "hsds/services.json hsds/organizations.json"),
    sort(Hsds, "services", "JSON", "HSDS 3.0", "hsds/services/*.json"),
    sort(Hsds, "organizations", "JSON", "HSDS 3.0", "hsds/organizations/*.json"),
    sort(Hsds, "package", "CSV", "HSDS 3.0", "hsds/datapackage.json hsds/csv/*.csv"),
    sort(Api, "records", "JSON", "", "api/v1/*.json api/v1/centres/*.json"),
    sort(Api, "schemas", "JSON Schema", "JSON Schema 2020-12", "api/v1/schema/*.json"),
    sort(Api, "example", "Python", "", "data/today.py"),
    always("hours", "centres/*/hours.json"),
    always("next-change", "next-change.json"),
    sort(StructuredData, "pages", "JSON-LD", "schema.org", ""),
    sort(Discovery, "sitemap", "XML", "Sitemaps 0.9", "sitemap*.xml"),
    sort(Discovery, "robots", "TXT", "RFC 9309", "robots.txt"),
    sort(Discovery, "opensearch", "XML", "OpenSearch 1.1", "opensearch*.xml"),
    sort(Discovery, "manifest", "JSON", "Web App Manifest", "*.webmanifest"),
    sort(Redirects, "rules", "TXT", "", "redirects/** _redirects"),
    sort(Redirects, "addresses", "TXT", "", "addresses.txt"),
    sort(Headers, "rules", "TXT", "", "headers/** _headers"),
];

/// What is on and has files among the planned ones.
pub(in crate::artifacts) fn offered(site: &Site, planned: &[SiteArtifact<'_>]) -> Vec<Offered> {
    let outputs = &site.content.site.value.outputs;
    let languages: Vec<&str> = site.content.site.value.languages.iter().map(|language| language.tag.as_str()).collect();
    let paths = planned.iter().map(|artifact| artifact.path.as_str());
    let paths: Vec<(&str, &str)> = paths.map(|path| (path, without_language(path, &languages))).collect();
    SORTS.par_iter().filter_map(|sort| of_sort(sort, outputs, &paths)).collect()
}

/// A path without the folder of a language: what is made by language is of one sort.
fn without_language<'p>(path: &'p str, languages: &[&str]) -> &'p str {
    let below = path.split_once('/').filter(|(folder, _)| languages.contains(folder));
    below.map_or(path, |(_, rest)| rest)
}

/// What there is of a sort among paths, each with what it is without the folder of a language.
fn of_sort(sort: &Sort, outputs: &Outputs, planned: &[(&str, &str)]) -> Option<Offered> {
    if !sort.family.is_none_or(|family| outputs.has(family)) {
        return None;
    }
    // Most paths differ from a pattern before its first star or behind its last one.
    let patterns: Vec<(&str, &str, &str)> = sort
        .paths
        .split(' ')
        .map(|pattern| {
            let (start, _) = pattern.split_once('*').unwrap_or((pattern, ""));
            let (_, end) = pattern.rsplit_once('*').unwrap_or(("", pattern));
            (start, end, pattern)
        })
        .collect();
    let any = |path: &str| {
        let mut near = patterns.iter().filter(|(start, end, _)| path.starts_with(start) && path.ends_with(end));
        near.any(|(_, _, pattern)| matches(pattern, path))
    };
    let files = planned.iter().filter(|(_, path)| any(path)).map(|(path, _)| (*path).to_owned()).collect();
    let family = sort.family.map_or_else(|| "hours".to_owned(), |family| kebab(&family));
    let offered = Offered { family, name: sort.name, format: sort.format, standard: sort.standard, files };
    (sort.paths.is_empty() || !offered.files.is_empty()).then_some(offered)
}

/// Whether a path is one of those that a pattern stands for.
fn matches(pattern: &str, path: &str) -> bool {
    fn around(pattern: &str, mark: &str, text: &str) -> bool {
        match pattern.split_once(mark) {
            None => pattern == text,
            Some((before, after)) => text.strip_prefix(before).is_some_and(|rest| rest.ends_with(after)),
        }
    }
    if pattern.contains("**") {
        return around(pattern, "**", path);
    }
    let (mut names, mut parts) = (path.split('/'), pattern.split('/'));
    loop {
        match (parts.next(), names.next()) {
            (None, None) => return true,
            (Some(part), Some(name)) if around(part, "*", name) => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{matches, without_language};

    #[test]
    fn what_is_made_by_language_is_of_one_sort() {
        let languages = ["zh-Hans", "en"];
        assert_eq!(without_language("en/calendars/centres/a.ics", &languages), "calendars/centres/a.ics");
        assert_eq!(without_language("calendars/centres/a.ics", &languages), "calendars/centres/a.ics");
        assert_eq!(without_language("mn/robots.txt", &languages), "mn/robots.txt");
    }

    #[test]
    fn a_star_stays_in_its_folder_and_two_do_not() {
        assert!(matches("tables/*.csv", "tables/centres.csv"));
        assert!(!matches("tables/*.csv", "tables/plain/centres.csv"));
        assert!(matches("centres/*/hours.json", "centres/甘家巷/hours.json"));
        assert!(matches("calendars/**.ics", "calendars/centres/a.ics"));
        assert!(matches("calendars/**.ics", "calendars/all.ics"));
        assert!(matches("sitemap*.xml", "sitemap.xml"));
        assert!(!matches("", "index.html"));
        assert!(!matches("robots.txt", "en/robots.txt"));
    }
}
