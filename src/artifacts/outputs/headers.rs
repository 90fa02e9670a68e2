//! What a server says with each file: that pages may load nothing from elsewhere, how long files may be kept, and what
//! they are; as configuration for nginx, Caddy, and hosts that read `_headers`.
//!
//! Pages have no script, style or handler written into them, so the policy needs no exception. Style sheets and scripts
//! have a fingerprint in their name and may be kept for ever; everything else is asked for again. Hosts that read
//! `_headers` join a header that two rules give, so there each kept file is named, and the rest is left to the host.

use std::collections::BTreeSet;

use super::super::addresses::folder_for_programs;
use super::super::theme::Theme;
use super::super::{OutputPath, SiteArtifact};
use super::file;
use crate::site::{Address, Edition, decode};

/// What every answer says, by name.
pub(crate) const EVERYWHERE: [(&str, &str); 4] = [
    (
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; \
         connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'self'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];
/// How long what has a fingerprint in its name may be kept: a year, the longest that RFC 9111 has in mind.
const KEPT: &str = "public, max-age=31536000, immutable";
/// Everything else: kept, but asked for again each time.
const ASKED_AGAIN: &str = "no-cache";
/// What has a fingerprint in its name, below `assets/`: every style sheet and script.
const FINGERPRINTED: &str = r"assets/.+\.(css|js)$";
/// What is a third or less of its size when it is sent compressed, beside HTML.
const COMPRESSED: &str = "text/css text/javascript application/javascript application/json application/geo+json \
     application/feed+json application/atom+xml application/xml text/xml text/csv text/calendar text/plain image/svg+xml";
/// Endings of files for programs, which pages of other sites may read too (Fetch, CORS protocol).
const DATA_ENDINGS: [&str; 7] = ["csv", "geojson", "ics", "json", "txt", "vcf", "xml"];
/// Endings that servers may not know, with their media types.
const TYPES: [(&str, &str); 7] = [
    ("csv", "text/csv; charset=utf-8"),
    ("geojson", "application/geo+json"),
    ("ics", "text/calendar; charset=utf-8"),
    ("vcf", "text/vcard; charset=utf-8"),
    ("webmanifest", "application/manifest+json"),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
];

/// The files.
pub(super) fn files<'a>(
    editions: &[Edition<'a>],
    theme: &'a Theme,
    planned: &[SiteArtifact<'a>],
) -> Vec<SiteArtifact<'a>> {
    let Some(first) = editions.first() else { return Vec::new() };
    let root = Address::new(decode(&first.site.base_path()));
    // Below a path that servers would read in their own way, the rule is for every folder of this name.
    let is_plain = root.as_str().chars().all(|c| c.is_alphanumeric() || "-_~/".contains(c));
    let kept_pattern =
        format!("{}{FINGERPRINTED}", if is_plain { format!("^{}", root.as_str()) } else { "/".to_owned() });
    let root = root.encoded();
    let is_kept = |path: &String| path.ends_with(".css") || path.ends_with(".js");
    let kept: Vec<String> =
        theme.asset_paths().into_values().filter(is_kept).map(|path| root.clone() + &path).collect();
    let is_rare = |path: &OutputPath| media_type(path.as_str()).is_some();
    let rare: Vec<String> = planned.iter().filter(|a| is_rare(&a.path)).map(|a| a.path.as_str().to_owned()).collect();
    let data: BTreeSet<&str> = planned.iter().filter_map(|a| folder_for_programs(a.path.as_str())).collect();
    let written = [
        ("headers/nginx.conf", nginx(&kept_pattern)),
        ("headers/Caddyfile", caddy(&kept_pattern)),
        ("_headers", hosts(&root, &kept, &rare, &data)),
    ];
    let file = |(path, text): (&str, String)| file(path, "site.yaml", move |buffer| buffer.extend(text.as_bytes()));
    written.into_iter().filter_map(file).collect()
}

fn media_type(path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit_once('.')?;
    TYPES.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind)
}

/// For nginx, to be included in a `server` block or in the `location` of the site. `add_header` in a block makes nginx
/// forget those around it, so the locations for types have none.
fn nginx(kept: &str) -> String {
    let mut text = String::from("# Headers. In the server block: include …/headers/nginx.conf;\n");
    text += "charset utf-8;\n";
    // HTML is compressed without being named.
    text += &format!("gzip on;\ngzip_vary on;\ngzip_min_length 1000;\ngzip_types {COMPRESSED};\n");
    text += &format!("set $noticeboard_cache \"{ASKED_AGAIN}\";\n");
    text += &format!("if ($uri ~ \"{kept}\") {{ set $noticeboard_cache \"{KEPT}\"; }}\n");
    text += "add_header Cache-Control $noticeboard_cache always;\n";
    // A header without a value is not sent.
    text += "set $noticeboard_readers \"\";\n";
    text += &format!("if ($uri ~ \"\\.({})$\") {{ set $noticeboard_readers \"*\"; }}\n", DATA_ENDINGS.join("|"));
    text += "add_header Access-Control-Allow-Origin $noticeboard_readers always;\n";
    for (name, value) in EVERYWHERE {
        text += &format!("add_header {name} \"{value}\" always;\n");
    }
    for (ending, kind) in TYPES {
        text += &format!("location ~ \"\\.{ending}$\" {{ types {{ }} default_type \"{kind}\"; }}\n");
    }
    text
}

/// For Caddy, to be imported in a site block.
fn caddy(kept: &str) -> String {
    let mut text = String::from("# Headers. In the site block: import …/headers/Caddyfile\nencode gzip\nheader {\n");
    for (name, value) in EVERYWHERE {
        text += &format!("\t{name} \"{value}\"\n");
    }
    text += &format!("}}\n@kept path_regexp \"{kept}\"\nheader @kept Cache-Control \"{KEPT}\"\n");
    text += &format!("@asked_again not path_regexp \"{kept}\"\nheader @asked_again Cache-Control \"{ASKED_AGAIN}\"\n");
    let data = DATA_ENDINGS.map(|ending| format!("*.{ending}")).join(" ");
    text += &format!("@data path {data}\nheader @data Access-Control-Allow-Origin \"*\"\n");
    for (ending, kind) in TYPES {
        text += &format!("@{ending} path *.{ending}\nheader @{ending} Content-Type \"{kind}\"\n");
    }
    text
}

/// For hosts that read `_headers`: Netlify, Cloudflare Pages and those like them.
fn hosts(root: &str, kept: &[String], rare: &[String], data: &BTreeSet<&str>) -> String {
    let mut text = format!("# Headers, for hosts that read this file.\n{root}*\n");
    for (name, value) in EVERYWHERE {
        text += &format!("  {name}: {value}\n");
    }
    for path in kept {
        text += &format!("{path}\n  Cache-Control: {KEPT}\n");
    }
    // Whole folders where there may be thousands of files, since hosts limit the number of rules.
    for folder in data {
        text += &format!("{root}{}/*\n  Access-Control-Allow-Origin: *\n", Address::new(*folder).encoded());
        if folder.ends_with("calendars") {
            text += "  Content-Type: text/calendar; charset=utf-8\n";
        }
    }
    for path in rare.iter().filter(|path| path.ends_with(".webmanifest")) {
        text += &format!("{root}{}\n  Content-Type: application/manifest+json\n", Address::new(path).encoded());
    }
    text
}
