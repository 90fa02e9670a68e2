//! Sheets to download: pictures, weights and archives, all of what stands.

#![cfg(feature = "posters")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read as _};

use crate::support::sheets::site;
use crate::support::*;

const SHEETS: [&str; 3] = ["heating-notice-a4", "jiefang-door-sign-a4", "winter-weekly-board-a4"];

/// Three sheets, of which two are of one centre.
fn with_sheets() -> TestSite {
    let site = site();
    site.append(SITE_FILE, "posters: {weekly_board: [a4], door_sign: [a4], holiday_hours: [], notice: [a4]}\n");
    site
}

fn read(site: &TestSite, path: &str) -> Vec<u8> {
    fs::read(site.output().join(path)).unwrap_or_else(|_| panic!("no {path}"))
}

fn page(site: &TestSite, path: &str) -> String {
    String::from_utf8(read(site, path)).unwrap()
}

#[test]
fn every_sheet_has_a_light_picture_of_its_first_page_and_words_for_it() {
    let site = with_sheets();
    site.build().with_posters().expect_code(0);
    let html = page(&site, "posters/index.html");
    for sheet in SHEETS {
        let bytes = read(&site, &format!("posters/{sheet}.webp"));
        assert!(bytes.len() <= 30_000, "{sheet}: {}", bytes.len());
        let picture = image::load_from_memory(&bytes).unwrap().into_luma8();
        assert_eq!(picture.dimensions(), (390, 552), "{sheet}");
        // The band is dark, the paper white.
        let share = |dark: bool| picture.iter().filter(|dot| if dark { **dot < 110 } else { **dot > 240 }).count();
        assert!(share(true) * 30 > picture.len() && share(false) * 3 > picture.len(), "{sheet}");
        assert!(html.contains(&format!("{sheet}.webp\"")), "{html}");
    }
    let alt = "alt=\"每周活动安排：冬季计划，有效至2027年1月15日。上面写着：健康讲座；解放社区中心；解放路1号；";
    assert!(html.contains(alt), "{html}");
}

#[test]
fn the_page_says_what_the_files_weigh_and_how_many_sides_they_have() {
    let site = with_sheets();
    site.build().with_posters().expect_code(0);
    let first = page(&site, "posters/index.html");
    for sheet in SHEETS {
        let weight = read(&site, &format!("posters/{sheet}.pdf")).len().div_ceil(1000);
        let (_, rest) = first.split_once(&format!("{sheet}.pdf\" type=")).unwrap();
        let (link, _) = rest.split_once("</a>").unwrap();
        // The picture leads to the file too; what is said stands in the list of files.
        let link = if link.contains("<img") { rest.split_once(&format!("{sheet}.pdf\"")).unwrap().1 } else { link };
        let (link, _) = link.split_once("</a>").unwrap();
        assert!(link.contains(&format!("PDF 1页、{weight} KB")), "{link}");
    }
    // Nothing is made again, and the page says the same.
    site.edit(NOTICE_FILE, "summary: ", "summary: 更正：");
    site.edit(NOTICE_FILE, "summary: 更正：", "summary: ");
    site.append(SITE_FILE, "footer: [{text: 一行}]\n");
    let said = site.build().with_posters().args(&["-v"]).expect_code(0);
    for ending in [".pdf", ".webp", ".zip"] {
        assert!(!said.stdout.contains(ending), "{}", said.stdout);
    }
    let second = page(&site, "posters/index.html");
    let list = |html: &str| html.split_once("<main").unwrap().1.split_once("</main>").unwrap().0.to_owned();
    assert_eq!(list(&first), list(&second));
}

#[test]
fn a_centre_has_a_page_and_an_archive_of_what_hangs_there() {
    let (site, same) = (with_sheets(), with_sheets());
    site.build().with_posters().expect_code(0);
    same.build().with_posters().expect_code(0);
    let html = page(&site, "posters/jiefang/index.html");
    assert!(html.contains("jiefang-door-sign-a4.pdf") && html.contains("noindex"), "{html}");
    assert!(page(&site, "centres/jiefang/index.html").contains("href=\"../../posters/jiefang/\""));
    let bytes = read(&site, "posters/jiefang.zip");
    assert_eq!(bytes, read(&same, "posters/jiefang.zip"));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut names = BTreeSet::new();
    for number in 0..archive.len() {
        let mut file = archive.by_index(number).unwrap();
        let mut pdf = Vec::new();
        file.read_to_end(&mut pdf).unwrap();
        let known = SHEETS.iter().any(|sheet| read(&site, &format!("posters/{sheet}.pdf")) == pdf);
        assert!(known, "{:?} is no sheet of the site", file.name());
        names.insert(file.name().unwrap().into_owned());
    }
    assert!(names.contains("冬季计划 每周活动安排 A4 竖向.pdf"), "{names:?}");
    assert!(names.contains("解放社区中心 开放时间（门牌） A4 竖向.pdf"), "{names:?}");
    // An archive of one changed sheet holds the others as they stand.
    site.edit(PROGRAMME_FILE, "健康讲座", "法律讲座");
    site.build().with_posters().expect_code(0);
    let mut archive = zip::ZipArchive::new(Cursor::new(read(&site, "posters/jiefang.zip"))).unwrap();
    for (name, sheet) in [
        ("冬季计划 每周活动安排 A4 竖向.pdf", "winter-weekly-board-a4"),
        ("解放社区中心 开放时间（门牌） A4 竖向.pdf", "jiefang-door-sign-a4"),
    ] {
        let mut pdf = Vec::new();
        archive.by_name(name).unwrap().read_to_end(&mut pdf).unwrap();
        assert_eq!(pdf, read(&site, &format!("posters/{sheet}.pdf")));
    }
}

#[test]
fn a_picture_that_somebody_deleted_comes_back_alone() {
    let site = with_sheets();
    site.build().with_posters().expect_code(0);
    let path = "posters/winter-weekly-board-a4.webp";
    let before = read(&site, path);
    fs::remove_file(site.output().join(path)).unwrap();
    let said = site.build().with_posters().args(&["-v"]).expect_code(0);
    assert!(said.stdout.contains(path) && !said.stdout.contains(".pdf"), "{}", said.stdout);
    assert_eq!(before, read(&site, path));
}
