//! Whatever stands in a file: it is looked at soon and without a panic, every edit is one of the text, and what `fix`
//! makes of it, `fix` leaves as it is.

use crate::support;
use std::time::{Duration, Instant};

use noticeboard::content::{Content, KeyLanguage, mended};
use noticeboard::source::{File, Sources};
use proptest::prelude::*;

/// What an editor's file is made of, well and badly.
const PIECES: [&str; 74] = [
    "name",
    "名称",
    "kind",
    "类型",
    "community-centre",
    "社区中心",
    "address",
    "地址",
    "hours",
    "开放时间",
    "weekly",
    "每周",
    "phones",
    "number",
    "0931-0000001",
    "amenities",
    "便民设施",
    "tea",
    "茶水",
    "rules",
    "location",
    "lat",
    "36.05",
    "mon-fri",
    "周一至周五",
    "08:30-12:00",
    "9.30-11.30",
    "下午3-5点",
    "解放",
    "\n",
    "\n",
    "\n",
    "\n  ",
    "\n  ",
    "\n    ",
    "\n   ",
    "\n\t",
    "\n- ",
    "\n  - ",
    "\n  -",
    "\n  －",
    ": ",
    ": ",
    ": ",
    ":",
    "：",
    ", ",
    "，",
    "、",
    "，en：",
    "，周一：",
    "[",
    "]",
    "{",
    "}",
    "【",
    "］",
    "\"",
    "'",
    "“",
    "”",
    "#",
    " #",
    "*",
    "&a",
    "!",
    "|",
    ">",
    "\u{3000}",
    "\u{a0}",
    "\u{200b}",
    "２０",
    "<<<<<<< ",
    "---",
];

fn sources(path: &str, text: &str) -> Sources {
    let others = [(support::SITE_FILE, support::SITE), (support::AREAS_FILE, support::AREAS), (path, text)];
    let files = others.map(|(path, text)| File { path: path.into(), text: text.into() });
    Sources { files: files.into(), ..Sources::default() }
}

fn look(path: &str, text: &str) {
    let began = Instant::now();
    let mut found = Vec::new();
    let _ = Content::read(&sources(path, text), &mut found);
    for found in &found {
        assert!(text.get(found.place.start..found.place.end).is_some() || &*found.place.file != path, "{found:?}");
        for edit in &found.edits {
            assert!(text.get(edit.range.clone()).is_some(), "{edit:?}\n{text}");
        }
    }
    let (files, _) = mended(&sources(path, text), None);
    let once = files.last().unwrap().text.clone();
    let (again, _) = mended(&sources(path, &once), None);
    assert!(again.last().unwrap().text == once, "{text}\n--- once\n{once}\n--- twice\n{}", again.last().unwrap().text);
    for language in [KeyLanguage::Chinese, KeyLanguage::English] {
        let _ = mended(&sources(path, text), Some(language));
    }
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_is_mended_once_and_for_all(text in text()) {
        look(support::CENTRE_FILE, &text);
    }

    #[test]
    fn whatever_is_typed_into_a_sound_file_is_mended_once_and_for_all(text in text(), at in 0_usize..200) {
        let at = (0..=at.min(support::CENTRE.len())).rev().find(|at| support::CENTRE.is_char_boundary(*at)).unwrap();
        let (before, after) = support::CENTRE.split_at(at);
        look(support::CENTRE_FILE, &format!("{before}{text}{after}"));
    }

    #[test]
    fn whatever_stands_in_front_matter_is_mended_once_and_for_all(text in text()) {
        look(support::NOTICE_FILE, &format!("---\n{text}\n---\n正文\n"));
        look(support::NOTICE_FILE, &text);
    }
}

#[test]
fn long_files_and_long_lines_of_every_sign_are_looked_at_soon() {
    for piece in PIECES {
        let many = piece.repeat(60_000 / piece.len());
        for text in [
            many.clone(),
            format!("name: {many}\n"),
            format!("rules: [{many}\n"),
            format!("rules: {{{many}\n"),
            format!("{piece}\n").repeat(5_000),
        ] {
            let began = Instant::now();
            let mut found = Vec::new();
            let _ = Content::read(&sources(support::CENTRE_FILE, &text), &mut found);
            assert!(began.elapsed() < Duration::from_secs(15), "{piece:?}: {:?}", began.elapsed());
        }
    }
}
