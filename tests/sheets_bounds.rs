//! Templates that are broken or mean ill: each is said, none ends the program, the rest is looked at all the same.

#![cfg(feature = "posters")]

use std::time::{Duration, Instant};

use crate::support::sheets::site;
use crate::support::*;

const TEMPLATE: &str = "themes/civic/posters/notice.typ";

/// A site with one notice, whose template is the site's own.
fn with_template(text: &str) -> TestSite {
    let site = site();
    site.append(SITE_FILE, "posters: {weekly_board: [], door_sign: [a4], holiday_hours: [], notice: [a4, a3]}\n");
    site.write(TEMPLATE, text);
    site
}

/// What is found in a language, as code, place and message.
fn found(site: &TestSite, language: &str) -> Vec<(String, String, String)> {
    let said = site.check().with_posters().lang(language).args(&["--format", "json"]).expect_code(1);
    let found = said.stdout.lines().map(Found::read);
    found.map(|found| (found.code.clone(), found.place.clone(), found.message.clone())).collect()
}

fn one(site: &TestSite, language: &str) -> (String, String, String) {
    let mut found = found(site, language);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

fn is(code: &str, place: &str, message: &str) -> (String, String, String) {
    (code.to_owned(), format!("{TEMPLATE}:{place}"), message.to_owned())
}

#[test]
fn a_template_that_does_not_end_is_stopped_and_said_once() {
    // Typst stops one loop of ten thousand steps; two inside each other are a hundred million.
    let site = with_template("#let n = 0\n#for a in range(9999) { for b in range(9999) { n = n + 1 } }\n#n");
    let begun = Instant::now();
    let message = "这个海报模板已经停下：10 秒还没有排完";
    assert_eq!(one(&site, "zh-Hans"), is("NB0620", "1:1", message));
    assert!(begun.elapsed() < Duration::from_secs(60), "every sheet of it waits anew");
}

#[test]
fn a_template_that_asks_for_too_much_memory_is_stopped() {
    let site = with_template("#range(1000000000).len()");
    let most = "this poster’s template was stopped: it took more than 512 MB of memory";
    let ended = "this poster’s template was stopped: the program that sets posters came to its end in the middle of it";
    // A system that lends less memory than that refuses it first.
    let expected = [is("NB0620", "1:1", most), is("NB0620", "1:1", ended)];
    let said = one(&site, "en");
    assert!(expected.contains(&said), "{said:?}");
}

#[test]
fn what_typst_bounds_itself_is_said_at_its_place() {
    let says = |text: &str, place: &str, part: &str| {
        let site = with_template(text);
        let all = found(&site, "en");
        let at = is("NB0604", place, "");
        let known = all.iter().any(|one| one.0 == at.0 && one.1 == at.1 && one.2.contains(part));
        assert!(known, "{text}: {all:?}");
    };
    says("#let i = 0\n#while i >= 0 { i = i + 1 }", "2:2", "loop seems to be infinite");
    says("#let f() = f()\n#f()", "1:12", "maximum function call depth exceeded");
    says("文字\n#read(\"/../../site.yaml\")", "2:7", "");
    says("#read(\"/site.yaml\")", "1:7", "file not found");
    says("#import \"@preview/cetz:0.3.0\"", "1:9", "package not found");
    says("#image(\"/data.json\", alt: \"\")", "1:2", "unknown image format");
}

#[test]
fn a_picture_that_is_too_large_or_none_is_said_and_a_wide_one_is_set() {
    const PICTURE: &str = "themes/civic/posters/map.png";
    let template = "#import \"/posters/lib.typ\": *\n#let data = json(\"/data.json\")\n#show: sheet.with(data)\n\
                    #image(\"/posters/map.png\", alt: \"图\", width: 10mm)\n";
    let png = |width: u32, height: u32| {
        let mut file = std::io::Cursor::new(Vec::new());
        image::GrayImage::new(width, height).write_to(&mut file, image::ImageFormat::Png).unwrap();
        file.into_inner()
    };
    // The same file with a head that says 20,000 × 20,000 pixels in three colours: 1.2 GB.
    let mut boast = png(64, 64);
    boast[16..26].copy_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20, 8, 2]);
    for picture in [boast, b"not a picture".to_vec()] {
        let site = with_template(template);
        site.write(PICTURE, picture);
        let all = found(&site, "en");
        assert!(all.iter().any(|(code, place, _)| code == "NB0604" && place.ends_with("notice.typ:4:2")), "{all:?}");
    }
    let site = with_template(template);
    site.write(PICTURE, png(20_000, 200));
    site.call("posters").out(&site.path("prints")).args(&["heating"]).expect_code(0);
}

#[test]
fn whatever_a_template_does_is_said_in_chinese_and_the_other_sheets_are_made() {
    for (template, code, said) in [
        (&b"#let again(n) = again(n + 1)\n#again(0)"[..], "NB0604", "函数层层调用，停不下来"),
        (b"\xff\xfe", "NB0604", "这个文件不是 UTF-8 编码"),
        (b"#while true {}", "NB0604", "停不下来"),
        (b"#include \"door-sign.typ\"", "NB0604", "绕着圈"),
        (b"#import \"@preview/cetz:0.3.0\": *", "NB0604", "不能用网上的软件包"),
        (b"#import \"@preview/cetz:0.3.0\": *", "NB0604", "抄进网站主题的 posters/ 里"),
        (b"#read(\"../../../site.yaml\")", "NB0604", "主题以外的文件读不到"),
        (b"#set page(width: 0pt, height: 0pt)\nx", "NB0604", "没有标题"),
        (b"#image(bytes((1, 2, 3)))", "NB0604", "认不出这种图片"),
        (b"#table(columns: 100000, ..range(100000).map(str))", "NB0620", "512 MB"),
    ] {
        let site = site();
        site.write("themes/civic/posters/door-sign.typ", template);
        let prints = site.path("prints");
        let call = site.call("posters").out(&prints).lang("zh-Hans").args(&["--kind", "door-sign,notice"]);
        let told = call.expect_code(1).complains(code).complains(said).complains("themes/civic/posters/door-sign.typ");
        let made: Vec<String> = files(&prints).into_keys().collect();
        assert_eq!(made, ["heating-notice-a4.pdf"], "{}", told.stderr);
    }
}
