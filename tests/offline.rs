//! What keeps pages for readers without a network is there when the site wants it, and takes itself away when not.

use std::fs;

use crate::support;
use crate::support::{TestSite, files};

fn worker(site: &TestSite) -> String {
    fs::read_to_string(site.output().join("sw.js")).unwrap()
}

#[test]
fn a_site_that_wants_it_not_has_a_worker_that_throws_away_what_another_kept() {
    let site = TestSite::minimal();
    site.build().expect_code(0);
    assert!(worker(&site).contains("registration.unregister()"));
    assert!(!site.output().join("offline").exists());
    let pages = files(&site.output()).into_iter().filter(|(path, _)| path.ends_with(".html"));
    assert!(pages.into_iter().all(|(_, page)| !String::from_utf8_lossy(&page).contains("offline")));
}

#[test]
fn what_is_kept_ahead_is_there_under_that_name() {
    let site = TestSite::minimal();
    site.edit("site.yaml", "theme: bare", "theme: civic\noffline: true");
    site.build().expect_code(0);
    let text = worker(&site);
    let facts = text.strip_prefix("const SITE = ").unwrap().split_once(";\n").unwrap().0;
    let facts: serde_json::Value = serde_json::from_str(facts).unwrap();
    let ahead: Vec<&str> = facts["ahead"].as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect();
    for path in &ahead {
        let file = site.output().join(path);
        assert!(file.is_file() || file.join("index.html").is_file(), "{path}");
    }
    for wanted in ["", "offline/", "en/", "en/offline/"] {
        assert!(ahead.contains(&wanted), "{wanted}: {ahead:?}");
    }
    let home = fs::read_to_string(site.output().join("index.html")).unwrap();
    assert!(home.contains("assets/offline.") && home.contains("data-root=\"./\""), "{home}");
}

#[test]
fn the_worker_changes_with_the_style_sheets_and_with_nothing_else() {
    let site = TestSite::minimal();
    site.edit("site.yaml", "theme: bare", "theme: civic\noffline: true");
    site.build().expect_code(0);
    let before = worker(&site);
    site.append(support::CENTRE_FILE, "summary: 新的一句话。\n");
    site.build().expect_code(0);
    assert_eq!(worker(&site), before);
    site.write("themes/civic/assets/display.css", "p { color: red; }");
    site.build().expect_code(0);
    assert_ne!(worker(&site), before);
}
