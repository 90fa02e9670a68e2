//! Golden sites: each folder of `tests/golden` with a `site.yaml` builds to exactly the files in its `expected`.
//!
//! `UPDATE_GOLDEN=1 cargo test --test all golden` writes what is built into `expected`; read the difference before you
//! commit it. The theme's assets are left out, since only the civic theme has any.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::support::{TODAY, TestSite, files, golden_folder};

#[test]
fn hours_say_which_days_differ_and_why() {
    golden("hours", "2026-09-24");
}

#[test]
fn a_programme_says_what_is_cancelled_moved_or_elsewhere() {
    golden("programme", TODAY);
}

#[test]
fn each_language_has_its_pages_and_marks_what_it_borrows() {
    golden("languages", TODAY);
}

fn golden(name: &str, today: &str) {
    let folder = golden_folder().join(name);
    let site = TestSite::copy_of(&folder);
    site.build().today(today).expect_code(0);
    let mut built = files(&site.output());
    built.retain(|path, _| !path.starts_with("assets/"));
    let expected_folder = folder.join("expected");
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|set| set == "1") {
        let _ = fs::remove_dir_all(&expected_folder);
        for (path, content) in &built {
            let path = expected_folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        return;
    }
    compare(name, &files(&expected_folder), &built);
}

fn compare(name: &str, expected: &BTreeMap<String, Vec<u8>>, built: &BTreeMap<String, Vec<u8>>) {
    let paths = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<BTreeSet<_>>();
    let (wanted, found) = (paths(expected), paths(built));
    let missing: Vec<_> = wanted.difference(&found).collect();
    let unexpected: Vec<_> = found.difference(&wanted).collect();
    assert!(missing.is_empty() && unexpected.is_empty(), "{name}: missing {missing:?}, unexpected {unexpected:?}");
    for (path, content) in expected {
        let (wanted, found) = (String::from_utf8_lossy(content), String::from_utf8_lossy(&built[path]));
        assert_eq!(wanted, found, "{name}: {path}");
    }
}
