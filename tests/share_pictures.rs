//! The pictures beside links: of each page, with what it says, and named by it.

#![cfg(feature = "posters")]

use std::fs;

use crate::support::sheets::site;
use crate::support::*;

const NO_SHEETS: &str = "posters: {weekly_board: [], door_sign: [], holiday_hours: [], notice: []}\n";

/// How many dark dots a picture has in each of its rows.
fn rows(site: &TestSite, path: &str) -> Vec<usize> {
    let bytes = fs::read(site.output().join(path)).unwrap();
    assert!(bytes.len() < 60_000, "{path}: {}", bytes.len());
    let picture = image::load_from_memory(&bytes).unwrap().into_luma8();
    assert_eq!(picture.dimensions(), (1200, 630));
    picture.rows().map(|row| row.filter(|dot| dot.0[0] < 128).count()).collect()
}

#[test]
fn a_page_names_a_picture_of_the_size_that_messengers_ask_for() {
    let site = site();
    site.append(SITE_FILE, &format!("share_pictures: true\n{NO_SHEETS}"));
    site.build().with_posters().expect_code(0);
    let mut seen = Vec::new();
    for path in ["", "centres/jiefang/", "programmes/winter/", "notices/heating/"] {
        let file =
            if path.is_empty() { "share.png".into() } else { format!("share/{}.png", path.trim_end_matches('/')) };
        let rows = rows(&site, &file);
        // A dark band with light letters in it, and below it dark letters on white.
        assert!(rows[5] == 1200 && rows[100..300].iter().any(|dark| *dark < 1150), "{file}");
        assert!(rows[629] == 0 && rows[400..600].iter().any(|dark| *dark > 10), "{file}");
        assert!(!seen.contains(&rows), "{file} shows what another page does");
        seen.push(rows);
        let page = fs::read_to_string(site.output().join(format!("{path}index.html"))).unwrap();
        let named = format!("<meta property=\"og:image\" content=\"https://example.org/{file}\">");
        assert!(page.contains(&named), "{page}");
    }
    let before = fs::read(site.output().join("share/programmes/winter.png")).unwrap();
    let activity = fs::read_dir(site.output().join("share/programmes/winter")).unwrap().count();
    assert!(activity > 0);
    // What is drawn is the title: another one makes another picture, and leaves those of other pages alone.
    let other = fs::read(site.output().join("share/centres/jiefang.png")).unwrap();
    site.edit(PROGRAMME_FILE, "title: {zh-Hans: 冬季计划", "title: {zh-Hans: 新的冬季计划");
    site.build().with_posters().expect_code(0);
    assert_ne!(fs::read(site.output().join("share/programmes/winter.png")).unwrap(), before);
    assert_eq!(fs::read(site.output().join("share/centres/jiefang.png")).unwrap(), other);
    // Without posters there is none, and no page names one.
    site.built();
    assert!(!site.output().join("share").exists());
    assert!(!fs::read_to_string(site.output().join("centres/jiefang/index.html")).unwrap().contains("og:image"));
}

#[test]
fn a_site_that_does_not_ask_for_pictures_has_none() {
    let site = site();
    site.append(SITE_FILE, NO_SHEETS);
    site.build().with_posters().expect_code(0);
    assert!(!site.output().join("share.png").exists() && !site.output().join("share").exists());
    assert!(!fs::read_to_string(site.output().join("index.html")).unwrap().contains("og:image"));
}

#[test]
fn a_letter_that_no_font_has_is_named_where_it_is_written() {
    let site = site();
    site.append(SITE_FILE, &format!("share_pictures: true\n{NO_SHEETS}"));
    site.edit(PROGRAMME_FILE, "title: {zh-Hans: 冬季计划", "title: {zh-Hans: 😀冬季计划");
    let said = site.build().with_posters().expect_code(1).stderr;
    assert!(said.contains("[NB0607]") && said.contains("😀 (U+1F600)") && said.contains(PROGRAMME_FILE), "{said}");
}
