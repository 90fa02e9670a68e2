//! The media type of each file of a site, by the end of its name.
//!
//! The types are those that the site's own headers ask of a server, and those that servers know anyway; text is UTF-8.

/// The value of `Content-Type` for a path.
pub(super) fn media_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" | "shtml" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" if is_feed(path) => "application/feed+json; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "xml" if is_feed(path) => "application/atom+xml; charset=utf-8",
        "xml" if name == "opensearch.xml" => "application/opensearchdescription+xml; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        "geojson" => "application/geo+json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "vcf" => "text/vcard; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" | "conf" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Whether a path is that of a feed, in any language.
fn is_feed(path: &str) -> bool {
    let below = path.split_once('/').map_or("", |(_, below)| below);
    path.starts_with("feeds/") || below.starts_with("feeds/")
}

#[cfg(test)]
mod tests {
    use super::media_type;

    #[test]
    fn every_family_of_files_has_its_type() {
        for (path, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("calendars/centres/a.ics", "text/calendar; charset=utf-8"),
            ("places/all.geojson", "application/geo+json; charset=utf-8"),
            ("feeds/all.json", "application/feed+json; charset=utf-8"),
            ("en/feeds/all.xml", "application/atom+xml; charset=utf-8"),
            ("sitemap.xml", "application/xml; charset=utf-8"),
            ("centres/a/hours.json", "application/json; charset=utf-8"),
            ("manifest.webmanifest", "application/manifest+json; charset=utf-8"),
            ("places/a.vcf", "text/vcard; charset=utf-8"),
            ("posters/a.PDF", "application/pdf"),
            ("_headers", "text/plain; charset=utf-8"),
            ("assets/icon.svg", "image/svg+xml; charset=utf-8"),
            ("a.unheard-of", "application/octet-stream"),
        ] {
            assert_eq!(media_type(path), expected, "{path}");
        }
    }
}
