//! Pictures as readers get them: upright, without the place and the camera, in sizes for their screens, made once.

use std::fs;

use crate::support::{CENTRE_FILE, TestSite, drawn};
use image::ImageFormat;

const PLACE: &[u8] = b"36.055N 103.823E";

/// An Exif segment of JPEG that says in its first entry how to turn the picture, with a place behind.
fn exif(orientation: u8) -> Vec<u8> {
    let mut data = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    data.extend([orientation, 0, 0, 0, 0, 0, 0]);
    data.extend(PLACE);
    let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
    [vec![0xff, 0xe1], length.to_vec(), data].concat()
}

fn photograph(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let plain = drawn(width, height, ImageFormat::Jpeg);
    let comment = [&[0xff, 0xfe, 0, 18][..], PLACE].concat();
    // Telephones hang a film on behind the picture's end, with a place of its own.
    [&plain[..2], &exif(orientation), &comment, &plain[2..], PLACE].concat()
}

fn has(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

fn published(site: &TestSite, name: &str) -> Vec<u8> {
    fs::read(site.output().join("pictures").join(name)).unwrap()
}

/// A site whose centre shows a picture, on the default theme.
fn site(name: &str, bytes: &[u8]) -> TestSite {
    let site = TestSite::minimal();
    site.write(&format!("content/pictures/{name}"), bytes);
    site.append(CENTRE_FILE, &format!("pictures: [{{file: {name}, alt: 门厅}}]\n"));
    site.edit("site.yaml", "theme: bare", "theme: civic");
    site
}

#[test]
fn the_place_and_the_camera_are_taken_out_and_the_pixels_stay() {
    let site = site("hall.jpg", &photograph(300, 200, 1));
    site.build().expect_code(0);
    assert_eq!(published(&site, "hall.jpg"), drawn(300, 200, ImageFormat::Jpeg));
}

#[test]
fn a_picture_taken_sideways_is_published_upright() {
    let site = site("hall.jpg", &photograph(300, 200, 6));
    site.build().expect_code(0);
    let bytes = published(&site, "hall.jpg");
    assert!(!has(&bytes, b"Exif") && !has(&bytes, PLACE));
    let picture = image::load_from_memory(&bytes).unwrap();
    assert_eq!((picture.width(), picture.height()), (200, 300));
    let page = fs::read_to_string(site.output().join("centres/jiefang/index.html")).unwrap();
    assert!(page.contains("width=\"200\" height=\"300\""), "{page}");
}

#[test]
fn texts_in_a_png_and_chunks_of_a_webp_go_too() {
    let png = drawn(3, 2, ImageFormat::Png);
    // After the signature and IHDR: a tEXt chunk, whose checksum nobody needs any more.
    let text = [&[0, 0, 0, 16][..], b"tEXt", PLACE, &[0; 4]].concat();
    let webp = drawn(3, 2, ImageFormat::WebP);
    let chunk = [&b"EXIF"[..], &[16, 0, 0, 0], PLACE].concat();
    let mut with_exif = [&webp[..], &chunk].concat();
    let size = u32::try_from(with_exif.len() - 8).unwrap().to_le_bytes();
    with_exif[4..8].copy_from_slice(&size);
    let site = site("a.webp", &with_exif);
    site.write("content/pictures/b.png", [&png[..33], &text, &png[33..]].concat());
    site.build().expect_code(0);
    assert_eq!(published(&site, "a.webp"), webp);
    assert_eq!(published(&site, "b.png"), png);
}

#[test]
fn telephones_are_offered_smaller_ones() {
    let site = site("hall.jpg", &photograph(1000, 500, 1));
    site.build().expect_code(0);
    let page = fs::read_to_string(site.output().join("centres/jiefang/index.html")).unwrap();
    let mut found = Vec::new();
    // First as WebP, then as what it is.
    for named in page.split("srcset=\"").skip(1) {
        for candidate in named.split('"').next().unwrap().split(", ") {
            let (file, width) = candidate.split_once(' ').unwrap();
            let picture = image::open(site.output().join(file.trim_start_matches("../"))).unwrap();
            assert_eq!((format!("{}w", picture.width()), picture.height() * 2), (width.to_owned(), picture.width()));
            found.push(format!("{} {}", file.rsplit('.').next().unwrap(), picture.width()));
        }
    }
    assert_eq!(found, ["webp 480", "webp 800", "webp 1000", "jpg 480", "jpg 800", "jpg 1000"]);
    assert!(page.contains("<source type=\"image/webp\""));
    assert!(page.contains("loading=\"lazy\" decoding=\"async\""));
}

#[test]
fn a_picture_is_made_once() {
    let site = site("hall.jpg", &photograph(1000, 500, 6));
    site.build().expect_code(0);
    site.append(CENTRE_FILE, "summary: 新的一句话。\n");
    let said = site.build().args(&["-v"]).expect_code(0);
    assert!(
        said.stdout.contains("centres/jiefang/index.html") && !said.stdout.contains("pictures/"),
        "{}",
        said.stdout
    );
    site.write("content/pictures/hall.jpg", photograph(900, 450, 1));
    let said = site.build().args(&["-v"]).expect_code(0);
    assert!(said.stdout.contains("pictures/hall.jpg: what goes into it has changed"), "{}", said.stdout);
}

#[test]
fn a_picture_that_breaks_off_is_found_by_check_too() {
    let whole = drawn(300, 200, ImageFormat::Png);
    let site = site("hall.png", &whole[..whole.len() / 2]);
    for said in [site.check().lang("en").expect_code(1), site.build().lang("en").expect_code(1)] {
        said.complains("error[NB0342]: this picture cannot be read").complains("content/pictures/hall.png");
    }
}
