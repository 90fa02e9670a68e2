//! Bad input: each kind has its own message and exit code, in both languages and at its place; what stands in the
//! output folder stays as it was, and nothing else is touched.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::support;
use crate::support::*;

/// A problem that is to be found: code, `file:line:column`, and what is said in Chinese and in English.
type Wanted<'a> = (&'a str, &'a str, &'a str, &'a str);

/// Builds the site, spoils it, and expects exactly these problems, in this order, from `check` and from `build`, for
/// people and for programs, with the output of the good build as it was.
#[track_caller]
fn refused(spoil: impl FnOnce(&TestSite), wanted: &[Wanted<'_>]) -> TestSite {
    let site = TestSite::minimal();
    site.built();
    spoil(&site);
    still_refused(&site, wanted);
    site
}

#[track_caller]
fn still_refused(site: &TestSite, wanted: &[Wanted<'_>]) {
    let before = snapshot(site.root());
    for (language, error) in [("zh-Hans", "错误"), ("en", "error")] {
        let message = |wanted: &Wanted<'_>| if language == "en" { wanted.3.to_owned() } else { wanted.2.to_owned() };
        let found: Vec<_> = site.findings(language).into_iter().map(|f| (f.code, f.place, f.message)).collect();
        let expected: Vec<_> = wanted.iter().map(|w| (w.0.to_owned(), w.1.to_owned(), message(w))).collect();
        assert_eq!(found, expected);
        let said = site.build().lang(language).expect_code(1);
        let mut rest = said.stderr.as_str();
        for wanted in wanted {
            let title = format!("{error}[{}]: {}\n", wanted.0, message(wanted));
            let Some((_, after)) = rest.split_once(&title) else { panic!("no `{title}` in:\n{rest}") };
            let place = after.lines().next().unwrap_or_default();
            assert_eq!(place.trim(), format!("--> {}", wanted.1));
            rest = after;
        }
    }
    let changed = differences(&before, &snapshot(site.root()));
    assert!(changed.is_empty(), "{changed:#?}");
}

/// Expects a help line, e.g. "did you mean", beside the nth problem.
#[track_caller]
fn helps(site: &TestSite, number: usize, chinese: &str, english: &str) {
    for (language, help) in [("zh-Hans", chinese), ("en", english)] {
        let found = site.findings(language);
        assert!(found[number].help.iter().any(|line| line == help), "{:?}", found[number].help);
    }
}

/// Takes the site's files as they are for the call to be wrong: exit code 2, both messages, nothing changed.
#[track_caller]
fn refused_output(site: &TestSite, out: &Path, chinese: &str, english: &str) {
    let before = snapshot(site.root());
    site.build().out(out).lang("zh-Hans").expect_code(2).complains(chinese);
    site.build().out(out).lang("en").expect_code(2).complains(english);
    assert_eq!(differences(&before, &snapshot(site.root())), Vec::<String>::new());
}

fn gbk_notice() -> Vec<u8> {
    // 供暖 in GBK.
    [b"---\ntitle: ".as_slice(), b"\xb9\xa9\xc5\xaf", b"\nsummary: x\nfrom: 2026-11-20\n---\n"].concat()
}

// Encodings, marks and white space

#[test]
fn a_file_in_gbk_is_refused_at_its_first_byte_that_is_not_utf_8() {
    let wanted = ("NB0101", "content/notices/heating.md:2:8", "这个文件不是 UTF-8 编码", "this file is not UTF-8");
    let site = refused(
        |site| {
            site.write(NOTICE_FILE, gbk_notice());
        },
        &[wanted],
    );
    helps(&site, 0, "看起来是用 GBK 编码保存的", "it looks as if it was saved as GBK");
}

#[test]
fn a_file_in_utf_16_is_refused_and_its_encoding_named() {
    let utf_16: Vec<u8> = std::iter::once(0xfeff).chain(CENTRE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let wanted = ("NB0101", "content/centres/jiefang.yaml:1:1", "这个文件不是 UTF-8 编码", "this file is not UTF-8");
    let site = refused(
        |site| {
            site.write(CENTRE_FILE, utf_16);
        },
        &[wanted],
    );
    helps(&site, 0, "看起来是用 UTF-16 编码保存的", "it looks as if it was saved as UTF-16");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing_in_the_output() {
    let plain = TestSite::minimal();
    let marked = TestSite::minimal();
    for (path, text) in [
        (SITE_FILE, SITE),
        (AREAS_FILE, AREAS),
        (CENTRE_FILE, CENTRE),
        (PROGRAMME_FILE, PROGRAMME),
        (NOTICE_FILE, NOTICE),
        (NOTICE_EN_FILE, NOTICE_EN),
    ] {
        marked.write(path, format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
    assert_eq!(files(&plain.built().output()), files(&marked.built().output()));
}

#[test]
fn lines_and_columns_count_as_ever_in_a_file_with_a_byte_order_mark_and_windows_line_ends() {
    let text = NOTICE.replace("until", "untill").replace('\n', "\r\n");
    let wanted =
        ("NB0206", "content/notices/heating.md:5:1", "这里没有“untill”这个键", "there is no key `untill` here");
    let site = refused(
        |site| {
            site.write(NOTICE_FILE, format!("\u{feff}{text}"));
        },
        &[wanted],
    );
    helps(&site, 0, "是不是“until”？", "did you mean `until`?");
}

#[test]
fn tabs_in_the_indentation_are_refused_where_they_stand_in_yaml_and_in_front_matter() {
    let wanted = [
        ("NB0202", "content/centres/jiefang.yaml:6:1", "缩进里有制表符（Tab）", "there is a tab in the indentation"),
        ("NB0202", "content/notices/heating.md:7:1", "缩进里有制表符（Tab）", "there is a tab in the indentation"),
    ];
    let spoil = |site: &TestSite| {
        site.edit(CENTRE_FILE, "  weekly", "\tweekly");
        site.edit(NOTICE_FILE, "centres: [jiefang]", "centres:\n\t- jiefang");
    };
    refused(spoil, &wanted);
}

#[test]
fn tabs_in_markdown_are_the_editors_own_business() {
    TestSite::minimal().append(NOTICE_FILE, "\n\tcode\n\n- a\n\t- b\n").built();
}

#[test]
fn a_full_width_colon_after_a_key_is_shown_in_every_notation() {
    let (chinese, english) =
        ("这里用了全角的“：”，YAML 认不出来", "there is a full-width `：` here, which YAML does not know");
    let wanted = [
        ("NB0213", "content/areas.yaml:2:26", chinese, english),
        ("NB0213", "content/centres/jiefang.yaml:1:5", chinese, english),
        ("NB0213", "content/notices/heating.md:3:8", chinese, english),
        ("NB0213", "content/programmes/winter.yaml:4:11", chinese, english),
        ("NB0213", "content/programmes/winter.yaml:6:51", chinese, english),
    ];
    let spoil = |site: &TestSite| {
        site.write(AREAS_FILE, "areas:\n  - {level: community, id：jiefang, name: 解放}\n");
        site.edit(CENTRE_FILE, "name: ", "name：").edit(NOTICE_FILE, "summary: ", "summary：");
        site.edit(PROGRAMME_FILE, "上午: ", "上午：").edit(PROGRAMME_FILE, "when: ", "when：");
    };
    refused(spoil, &wanted);
}

#[test]
fn a_full_width_colon_in_a_text_is_part_of_it() {
    TestSite::minimal().append(CENTRE_FILE, "summary: 注意：请带证件\n").built();
}

// Hostile files

/// Ten anchors, each of nine times the one before.
fn alias_bomb() -> String {
    let first = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    let nine = |last: char| vec![format!("*{last}"); 9].join(", ");
    let more = ('b'..='j').zip('a'..).map(|(name, last)| format!("{name}: &{name} [{}]\n", nine(last)));
    std::iter::once(first).chain(more).collect()
}

/// Expects one problem of a code in a file, said soon: what is refused by its size alone costs no time.
#[track_caller]
fn refused_soon(path: &str, text: &str, code: &str, chinese: &str, english: &str) {
    let site = TestSite::minimal();
    site.built().write(path, text);
    let before = snapshot(site.root());
    let began = Instant::now();
    for (language, message) in [("zh-Hans", chinese), ("en", english)] {
        let found = site.findings(language);
        let said: Vec<_> = found.iter().map(|f| (f.code.as_str(), f.message.as_str())).collect();
        assert_eq!(said, [(code, message)]);
        assert!(found[0].place.starts_with(&format!("{path}:")), "{}", found[0].place);
        site.build().lang(language).expect_code(1).complains(code);
    }
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert_eq!(differences(&before, &snapshot(site.root())), Vec::<String>::new());
}

#[test]
fn an_alias_bomb_is_refused_soon_wherever_it_lies() {
    let (chinese, english) =
        ("别名“*”引用得太多，展开后超过上限", "the aliases (`*`) of this file expand beyond the limit");
    refused_soon(CENTRE_FILE, &(CENTRE.to_owned() + &alias_bomb()), "NB0203", chinese, english);
    refused_soon(SITE_FILE, &(SITE.to_owned() + &alias_bomb()), "NB0203", chinese, english);
    refused_soon(NOTICE_FILE, &format!("---\n{}---\n", alias_bomb()), "NB0203", chinese, english);
}

#[test]
fn harmless_aliases_are_read() {
    let site = TestSite::minimal();
    site.edit(CENTRE_FILE, "address: 解放路1号", "address: &a 解放路1号\ndirections: *a").built();
}

#[test]
fn nesting_ten_thousand_deep_is_refused_soon_in_every_notation() {
    let (chinese, english) = ("括号或缩进嵌套超过 48 层", "brackets or indentation nest deeper than 48 levels");
    let (open, items) = ("[".repeat(10_000), "- ".repeat(10_000));
    for text in [
        format!("rules: {open}"),
        format!("rules: {open}{}\n", "]".repeat(10_000)),
        format!("rules: {}", "{a: ".repeat(10_000)),
        format!("rules:\n  {items}x\n"),
        format!("{}x\n", "? ".repeat(10_000)),
    ] {
        refused_soon(CENTRE_FILE, &text, "NB0204", chinese, english);
    }
    refused_soon(NOTICE_FILE, &format!("---\ntitle: {open}\n---\n"), "NB0204", chinese, english);
    refused_soon(NOTICE_FILE, &format!("---\ntitle:\n  {items}\n---\n"), "NB0204", chinese, english);
}

#[test]
fn markdown_nested_a_hundred_thousand_deep_is_refused_soon() {
    let (chinese, english) = ("引用、列表或强调嵌套超过 48 层", "quotes, lists or emphasis nest deeper than 48 levels");
    let deep = |nested: &str| format!("{NOTICE}\n{}x\n\n<b>x</b>\n", nested.repeat(100_000));
    for nested in ["> ", ">", "- "] {
        refused_soon(NOTICE_FILE, &deep(nested), "NB0330", chinese, english);
    }
    let site = TestSite::minimal();
    for nested in ["[", "*a "] {
        site.write(NOTICE_FILE, deep(nested)).built();
    }
}

#[test]
fn a_long_text_takes_no_longer_than_it_is_long() {
    let site = TestSite::minimal();
    let began = Instant::now();
    let cells = "|".repeat(20_000);
    let rule = "|-".repeat(20_000);
    for text in
        ["# a\n\n".repeat(100_000), "x\n<b>y</b>\n".repeat(400) + &"字\n".repeat(100_000), cells + "\n" + &rule + "|\n"]
    {
        site.write(NOTICE_FILE, format!("{NOTICE}\n{text}")).built();
    }
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
}

#[test]
fn twenty_thousand_mistakes_in_a_file_are_found_soon_and_the_first_hundred_shown() {
    let site = TestSite::minimal();
    let list = |n: usize| (0..n).map(|n| format!("centre-{n}")).collect::<Vec<_>>().join(", ");
    let links: String = (0..20_000).map(|n| format!("[a](/centres/a{n}/)\n")).collect();
    let keys: String = (0..20_000).map(|n| format!("key{n}: x\n")).collect();
    site.write(NOTICE_FILE, format!("{NOTICE}\n{links}"))
        .edit(NOTICE_FILE, "centres: [jiefang]", &format!("centres: [{}]", list(20_000)))
        .append(CENTRE_FILE, &keys);
    let began = Instant::now();
    let found = site.findings("en");
    assert!(found.len() > 40_000, "{}", found.len());
    let said = site.build().expect_code(1);
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    let shown = |file: &str| said.stderr.matches(&format!("--> {file}:")).count();
    assert_eq!(shown(CENTRE_FILE), 100);
    // A line with twenty thousand mistakes is long: each that is shown in it costs.
    assert!((1..100).contains(&shown(NOTICE_FILE)));
    said.complains("19900 more in content/centres/jiefang.yaml: mend those above first");
}

#[test]
fn html_tags_without_bounds_are_refused() {
    let (chinese, english) = ("正文里的 HTML 标签超过 1000 个", "this text has more than 1000 HTML tags");
    let spoil = |site: &TestSite| {
        site.write(NOTICE_FILE, format!("{NOTICE}\n{}x\n", "<b>".repeat(10_000)));
    };
    let line = NOTICE.lines().count() + 2;
    let place = format!("{NOTICE_FILE}:{line}:3001");
    refused(spoil, &[("NB0320", &place, chinese, english)]);
}

#[test]
fn a_file_of_a_hundred_megabytes_is_not_read() {
    let (chinese, english) = ("文件有 100 MB，超过了 2 MB 的上限", "the file has 100 MB, more than the limit of 2 MB");
    let wanted = [
        ("NB0102", "content/centres/jiefang.yaml:1:1", chinese, english),
        ("NB0102", "content/notices/large.md:1:1", chinese, english),
    ];
    let spoil = |site: &TestSite| {
        for path in [CENTRE_FILE, "content/notices/large.md"] {
            fs::File::create(site.path(path)).unwrap().set_len(100 << 20).unwrap();
        }
    };
    refused(spoil, &wanted);
}

// Files that are not there

#[test]
fn a_file_that_is_listed_and_cannot_be_read_is_named_and_the_others_are_read_all_the_same() {
    let wanted = [
        (
            "NB0103",
            "content/notices/gone.md:1:1",
            "读不了这个文件：找不到文件",
            "this file cannot be read: the file is not there",
        ),
        ("NB0206", "content/notices/heating.md:5:1", "这里没有“untill”这个键", "there is no key `untill` here"),
    ];
    let spoil = |site: &TestSite| {
        site.link("content/notices/gone.md", Path::new("was-here.md"));
        site.edit(NOTICE_FILE, "until", "untill");
    };
    refused(spoil, &wanted);
}

#[test]
fn a_file_that_comes_and_goes_while_it_is_read_is_read_or_named_and_never_half_a_site_is_built() {
    let site = TestSite::minimal();
    let flicker = site.path("content/pages/flicker.md");
    let text = "---\ntitle: 闪\n---\n闪\n";
    let without = files(&site.built().output());
    let with = files(&site.write("content/pages/flicker.md", text).built().output());
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let _ = fs::remove_file(&flicker);
                std::thread::sleep(Duration::from_micros(300));
                let _ = fs::write(flicker.with_extension("tmp~"), text);
                let _ = fs::rename(flicker.with_extension("tmp~"), &flicker);
                std::thread::sleep(Duration::from_micros(300));
            }
        });
        for _ in 0..40 {
            let said = site.build().run();
            match said.code {
                Some(0) => {}
                Some(1) => drop(said.complains("NB0103").complains("content/pages/flicker.md")),
                other => panic!("{other:?}: {}", said.stderr),
            }
            let built = files(&site.output());
            assert!(built == with || built == without, "{:?}", built.keys());
        }
        stop.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_folder_without_a_site_says_where_to_go() {
    let wanted = ("NB0110", "site.yaml:1:1", "这个文件夹里没有 site.yaml", "this folder has no site.yaml");
    refused(
        |site| {
            site.remove(SITE_FILE);
        },
        &[wanted],
    );
}

#[cfg(unix)]
#[test]
fn links_that_lead_outside_the_site_are_not_followed() {
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret.md");
    fs::write(&secret, "---\ntitle: 秘密\n---\n秘密\n").unwrap();
    fs::write(outside.path().join("page.html"), "秘密").unwrap();
    let (chinese, english) = ("这个链接指向网站文件夹以外的地方", "this link leads outside the site’s folder");
    let wanted = [
        ("NB0104", "content/pages/folder:1:1", chinese, english),
        ("NB0104", "content/pages/secret.md:1:1", chinese, english),
        ("NB0104", "content/pictures/secret.jpg:1:1", chinese, english),
        ("NB0104", "themes/bare/templates/page.html:1:1", chinese, english),
    ];
    let spoil = |site: &TestSite| {
        site.link("content/pages/folder", outside.path());
        site.link("content/pages/secret.md", &secret);
        site.link("content/pictures/secret.jpg", &secret);
        site.link("themes/bare/templates/page.html", &outside.path().join("page.html"));
    };
    let before = snapshot(outside.path());
    refused(spoil, &wanted);
    assert_eq!(differences(&before, &snapshot(outside.path())), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn a_folder_of_themes_that_is_a_link_to_outside_is_not_followed() {
    let outside = tempfile::tempdir().unwrap();
    copy(&golden_folder().join("themes"), outside.path());
    let (chinese, english) = ("这个链接指向网站文件夹以外的地方", "this link leads outside the site’s folder");
    let spoil = |site: &TestSite| {
        fs::remove_dir_all(site.path("themes")).unwrap();
        site.link("themes", outside.path());
    };
    refused(spoil, &[("NB0104", "themes:1:1", chinese, english)]);
}

#[test]
fn a_folder_that_is_too_deep_to_be_read_is_named() {
    let deep = format!("content/pages{}", "/a".repeat(15));
    let (chinese, english) = (
        "文件夹套了超过 16 层，里面的文件没有读",
        "folders nest deeper than 16 levels here, and what is in this one was not read",
    );
    let place = format!("{deep}:1:1");
    let spoil = |site: &TestSite| {
        site.write(&format!("{deep}/b.md"), "---\ntitle: x\n---\n");
    };
    refused(spoil, &[("NB0115", &place, chinese, english)]);
}

#[test]
fn what_is_no_picture_or_too_large_is_refused_among_the_pictures() {
    let no = |reason: &str| format!("这个文件不是网站收的图片：{reason}");
    let not = |reason: &str| format!("this file is no picture for the site: {reason}");
    let (bytes, ending, svg) =
        (no("内容和文件名的后缀对不上"), no("文件名的后缀不是图片的后缀"), no("SVG 里可以藏脚本"));
    let (bytes_en, ending_en, svg_en) = (
        not("its content is not what the end of its name says"),
        not("the end of its name is not that of a picture"),
        not("an SVG can hold scripts"),
    );
    let (large, large_en) = ("文件有 21 MB，超过了 20 MB 的上限", "the file has 21 MB, more than the limit of 20 MB");
    let png = b"\x89PNG\r\n\x1a\n";
    let site = refused(
        |site| {
            site.write("content/pictures/a.jpg", png)
                .write("content/pictures/b.html", "<script>alert(1)</script>")
                .write("content/pictures/c.svg", "<svg onload='alert(1)'/>")
                .write("content/pictures/d/e.png", support::drawn(2, 2, image::ImageFormat::Png))
                .write("content/pictures/f.png", "")
                .write("content/pictures/large.png", png);
            let large = fs::File::options().write(true).open(site.path("content/pictures/large.png")).unwrap();
            large.set_len(21 << 20).unwrap();
            site.write("themes/bare/assets/large.woff2", "");
            let large = fs::File::create(site.path("themes/bare/assets/large.woff2")).unwrap();
            large.set_len(21 << 20).unwrap();
        },
        &[
            ("NB0114", "content/pictures/a.jpg:1:1", &bytes, &bytes_en),
            ("NB0114", "content/pictures/b.html:1:1", &ending, &ending_en),
            ("NB0114", "content/pictures/c.svg:1:1", &svg, &svg_en),
            ("NB0114", "content/pictures/f.png:1:1", &no("文件是空的"), &not("it is empty")),
            ("NB0102", "content/pictures/large.png:1:1", large, large_en),
            ("NB0102", "themes/bare/assets/large.woff2:1:1", large, large_en),
        ],
    );
    helps(&site, 0, "内容看起来是 PNG", "its content looks like PNG");
}

/// A JPEG whose header says another size than its pixels have.
fn lying(width: u16, height: u16) -> Vec<u8> {
    let mut file = support::drawn(16, 16, image::ImageFormat::Jpeg);
    let frame = file.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    file[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    file[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    file
}

#[test]
fn a_picture_that_cannot_be_held_or_read_is_named_and_takes_no_memory() {
    let jpeg = support::drawn(300, 200, image::ImageFormat::Jpeg);
    let large = "图片太大：10000 × 8000 像素，上限 50 百万像素";
    let large_en = "this picture has 10000 × 8000 pixels, and the limit is 50 million";
    let short = ("图片打不开：文件不完整", "this picture cannot be read: its end is missing");
    let avif = b"\0\0\0\x18ftypavif\0\0\0\0avifmif1\0\0\0\x10metaExif\0\0\0\0";
    let place = "图片里带着拍摄地点或相机信息，AVIF 格式的去不掉";
    let place_en = "the place or camera is written in this picture, and cannot be taken out of an AVIF";
    let site = refused(
        |site| {
            site.write("content/pictures/a.jpg", lying(10_000, 8000))
                .write("content/pictures/b.png", b"\x89PNG\r\n\x1a\n")
                .write("content/pictures/c.gif", b"GIF89a")
                .write("content/pictures/d.avif", avif)
                .write("content/pictures/e.jpg", &jpeg);
        },
        &[
            ("NB0341", "content/pictures/a.jpg:1:1", large, large_en),
            ("NB0342", "content/pictures/b.png:1:1", short.0, short.1),
            ("NB0342", "content/pictures/c.gif:1:1", short.0, short.1),
            ("NB0343", "content/pictures/d.avif:1:1", place, place_en),
        ],
    );
    helps(
        &site,
        0,
        "缩到 2000 像素宽再放进来，网页上用不了更大的",
        "make it 2000 pixels wide: pages have no use for more",
    );
}

#[test]
fn a_picture_in_a_text_says_what_it_shows() {
    let (chinese, english) = ("正文里的图片没有文字说明", "this picture in the text has no words");
    let spoil = |site: &TestSite| {
        site.write("content/pictures/a.png", support::drawn(2, 2, image::ImageFormat::Png));
        site.write("content/pages/help.md", "---\ntitle: 帮助\n---\n见图：![](a.png)\n![有字](a.png)\n");
    };
    refused(spoil, &[("NB0344", "content/pages/help.md:4:4", chinese, english)]);
}

#[cfg(unix)]
#[test]
fn a_control_character_in_a_file_name_does_not_reach_the_terminal() {
    let site = TestSite::minimal();
    site.write("content/pages/a\u{1b}[31m.md", "---\ntitle: x\n---\n");
    let said = site.build().expect_code(1);
    assert!(!said.stderr.contains('\u{1b}'), "{}", said.stderr);
    said.complains("content/pages/a\\u{1b}[31m.md");
}

#[cfg(unix)]
#[test]
fn a_configuration_that_is_a_link_to_outside_is_not_followed() {
    let outside = tempfile::tempdir().unwrap();
    let file = outside.path().join("site.yaml");
    fs::write(&file, SITE).unwrap();
    let wanted =
        ("NB0104", "site.yaml:1:1", "这个链接指向网站文件夹以外的地方", "this link leads outside the site’s folder");
    refused(
        |site| {
            site.link(SITE_FILE, &file);
        },
        &[wanted],
    );
}

#[cfg(unix)]
#[test]
fn a_link_inside_the_site_is_followed_and_one_in_a_circle_is_named() {
    let site = TestSite::minimal();
    site.write("shared/about.md", "---\ntitle: 关于\n---\n");
    site.link("content/pages/about.md", &site.path("shared/about.md")).built();
    assert!(site.output().join("about/index.html").exists());
    site.link("content/pages/circle", Path::new(".."));
    let wanted = (
        "NB0103",
        "content/pages/circle:1:1",
        "读不了这个文件：链接绕回了它自己所在的文件夹",
        "this file cannot be read: the link leads back to a folder that it lies in",
    );
    still_refused(&site, &[wanted]);
}

// Names and addresses

#[test]
fn an_id_that_two_files_have_is_shown_with_both() {
    let wanted =
        ("NB0107", "content/centres/jiefang.yaml:1:1", "代号“jiefang”用了两次", "the id `jiefang` is used twice");
    let site = refused(
        |site| {
            site.write("content/centres/east/jiefang.yaml", CENTRE);
        },
        &[wanted],
    );
    site.build().expect_code(1).complains("content/centres/east/jiefang.yaml:1:1");
}

#[test]
fn an_area_id_that_is_used_twice_is_shown_where_it_stands_again() {
    let wanted =
        ("NB0405", "content/areas.yaml:3:10", "区域代号“jiefang”用了两次", "the area id `jiefang` is used twice");
    refused(
        |site| {
            site.append(AREAS_FILE, "  - {id: jiefang, name: 又一个, level: street}\n");
        },
        &[wanted],
    );
}

#[test]
fn two_records_with_one_address_are_both_named() {
    let wanted = (
        "NB0402",
        "content/pages/centres/jiefang.md:1:1",
        "两份内容的网址都是 /centres/jiefang/",
        "two records have the address /centres/jiefang/",
    );
    let page = "---\ntitle: 甲\n---\n";
    let site = refused(
        |site| {
            site.write("content/pages/centres/jiefang.md", page);
        },
        &[wanted],
    );
    site.build().expect_code(1).complains("content/centres/jiefang.yaml:1:1");
}

#[test]
fn two_addresses_that_differ_in_case_alone_cannot_stand_on_every_disk() {
    let wanted =
        ("NB0402", "content/pages/news.md:1:1", "两份内容的网址都是 /news/", "two records have the address /news/");
    let spoil = |site: &TestSite| {
        site.write("content/pages/News.md", "---\ntitle: 甲\n---\n");
        site.write("content/pages/news.md", "---\ntitle: 乙\n---\n");
    };
    refused(spoil, &[wanted]);
}

#[test]
fn file_names_that_cannot_be_ids_and_folders_of_no_kind_are_named() {
    let wanted = [
        ("NB0105", "content/centre/x.yaml:1:1", "不认识的文件或文件夹“centre”", "unknown file or folder `centre`"),
        ("NB0106", "content/centres/a b.yaml:1:1", "文件名“a b”不能用作代号", "the file name `a b` cannot be an id"),
        ("NB0112", "content/centres/x.md:1:1", "这里的文件应当以 .yaml 结尾", "files here end in .yaml"),
    ];
    let spoil = |site: &TestSite| {
        site.write("content/centre/x.yaml", CENTRE).write("content/centres/a b.yaml", CENTRE);
        site.write("content/centres/x.md", CENTRE);
    };
    let site = refused(spoil, &wanted);
    helps(&site, 0, "是不是“centres”？", "did you mean `centres`?");
}

// Themes

#[test]
fn a_template_that_names_one_that_does_not_exist_is_shown_at_the_name() {
    let (chinese, english) = ("主题里没有模板“nowhere.html”", "the theme has no template `nowhere.html`");
    let page = "themes/bare/templates/page.html";
    let wanted = ("NB0602", "themes/bare/templates/page.html:1:1", chinese, english);
    let site = refused(
        |site| {
            site.write(page, "{% extends \"nowhere.html\" %}");
        },
        &[wanted],
    );
    site.write(page, "一\n二 {% include \"nowhere.html\" %}");
    still_refused(&site, &[("NB0602", "themes/bare/templates/page.html:2:14", chinese, english)]);
    site.write(page, "一\n二 {{ <nowhere a={1} /> }}");
    let wanted = (
        "NB0602",
        "themes/bare/templates/page.html:2:6",
        "主题里没有模板“nowhere”",
        "the theme has no template `nowhere`",
    );
    still_refused(&site, &[wanted]);
}

#[test]
fn a_style_sheet_that_names_a_part_that_is_not_there_is_shown_at_the_line() {
    let (chinese, english) =
        ("主题里没有样式文件“styles/nowhere.css”", "the theme has no style sheet `styles/nowhere.css`");
    let wanted = ("NB0608", "themes/bare/assets/civic.css:2:1", chinese, english);
    refused(
        |site| {
            site.write("themes/bare/assets/civic.css", "@layer base;\n@import \"../styles/nowhere.css\";\n");
        },
        &[wanted],
    );
}

const TOKENS: &str = "\
/* contrast 7: ink on sheet */
:root { --ink: #222; --sheet: #fff; }
";

/// A theme of one's own with these tokens.
fn with_tokens(tokens: &str) -> impl FnOnce(&TestSite) {
    move |site| {
        site.write("themes/bare/styles/tokens.css", tokens);
    }
}

#[test]
fn a_colour_that_is_too_pale_is_shown_at_its_token() {
    TestSite::minimal().write("themes/bare/styles/tokens.css", TOKENS).built();
    let pale = TOKENS.replace("#222", "#777777");
    let wanted = (
        "NB0609",
        "themes/bare/styles/tokens.css:2:9",
        "“--ink”写在“--sheet”上，对比度是 4.47，而这里要求 7",
        "`--ink` on `--sheet` has a contrast of 4.47, and 7 is promised",
    );
    let site = refused(with_tokens(&pale), &[wanted]);
    helps(
        &site,
        0,
        "把其中一个颜色调深或调浅；要求写在同一个文件里，以 contrast 7 开头的注释就是",
        "make one of the two colours darker or lighter; the promise stands in the same file, in a comment that begins with contrast 7",
    );
}

#[test]
fn a_colour_is_looked_at_in_every_look_and_the_look_is_named() {
    let dark = "@media (prefers-color-scheme: dark) { :root:not([data-colours]) { --sheet: #111 } }\n\
                :root[data-colours=\"dark\"] { --sheet: #111; --ink: var(--pale); --pale: #fff }\n";
    let wanted = (
        "NB0609",
        "themes/bare/styles/tokens.css:2:9",
        "“--ink”写在“--sheet”上，对比度是 1.18，而这里要求 7",
        "`--ink` on `--sheet` has a contrast of 1.18, and 7 is promised",
    );
    let site = refused(with_tokens(&format!("{TOKENS}{dark}")), &[wanted]);
    let look = "(prefers-color-scheme: dark)";
    helps(&site, 0, &format!("出现在 {look} 的时候"), &format!("it is so with {look}"));
}

#[test]
fn a_contrast_that_is_promised_of_no_colour_is_shown_at_the_name() {
    let wanted = (
        "NB0610",
        "themes/bare/styles/tokens.css:1:16",
        "“--inc”不是能算出对比度的颜色",
        "`--inc` is not a colour whose contrast can be known",
    );
    let site = refused(with_tokens(&TOKENS.replace("7: ink", "7: inc")), &[wanted]);
    helps(&site, 0, "是不是“ink”？", "did you mean `ink`?");
    for value in ["rgb(0 0 0 / 50%)", "var(--ink)", "currentcolor"] {
        site.write("themes/bare/styles/tokens.css", TOKENS.replace("#222", value));
        let (chinese, english) =
            ("“--ink”不是能算出对比度的颜色", "`--ink` is not a colour whose contrast can be known");
        still_refused(&site, &[("NB0610", "themes/bare/styles/tokens.css:1:16", chinese, english)]);
    }
}

#[test]
fn a_line_about_contrast_that_cannot_be_read_or_is_not_there_is_said() {
    let wanted = (
        "NB0611",
        "themes/bare/styles/tokens.css:1:3",
        "看不懂这一行对比度要求",
        "this line about contrast cannot be read",
    );
    let site = refused(with_tokens(&TOKENS.replace("ink on sheet", "ink, sheet")), &[wanted]);
    helps(
        &site,
        0,
        "这样写：contrast 7: ink quiet on ground sheet; link on sheet",
        "write it so: contrast 7: ink quiet on ground sheet; link on sheet",
    );
    for line in
        ["contrast 0: ink on sheet", "contrast x: ink on sheet", "contrast 7: on sheet", "contrast 7: ink on sheet;"]
    {
        site.write("themes/bare/styles/tokens.css", TOKENS.replace("contrast 7: ink on sheet", line));
        still_refused(&site, &[wanted]);
    }
    site.write("themes/bare/styles/tokens.css", TOKENS.replace("contrast 7", "Contrast"));
    let (chinese, english) =
        ("没有写明哪些颜色要能在哪些颜色上看清", "nothing says which of these colours must be readable on which");
    still_refused(&site, &[("NB0612", "themes/bare/styles/tokens.css:1:1", chinese, english)]);
}

#[test]
fn a_template_with_a_fault_is_shown_at_the_fault() {
    let wanted = (
        "NB0603",
        "themes/bare/templates/page.html:2:12",
        "模板有误：这里写的是“}}”，应当是一个名称",
        "this template cannot be used: `}}` stands here; a name belongs here",
    );
    refused(
        |site| {
            site.write("themes/bare/templates/page.html", "一二\n三 {{ view. }}");
        },
        &[wanted],
    );
}

#[test]
fn a_theme_that_is_not_there_or_would_lie_outside_is_not_used() {
    for theme in ["nowhere", "../../elsewhere", ".."] {
        let chinese = format!("没有名为“{theme}”的主题");
        let english = format!("there is no theme `{theme}`");
        let spoil = |site: &TestSite| {
            site.edit(SITE_FILE, "theme: bare", &format!("theme: {theme}"));
        };
        refused(spoil, &[("NB0601", "site.yaml:9:8", &chinese, &english)]);
    }
    for (theme, meant) in [("civi", "civic"), ("bar", "bare")] {
        let (chinese, english) = (format!("没有名为“{theme}”的主题"), format!("there is no theme `{theme}`"));
        let spoil = |site: &TestSite| {
            site.edit(SITE_FILE, "theme: bare", &format!("theme: {theme}"));
        };
        let site = refused(spoil, &[("NB0601", "site.yaml:9:8", &chinese, &english)]);
        helps(&site, 0, &format!("是不是“{meant}”？"), &format!("did you mean `{meant}`?"));
    }
}

// The output folder

#[test]
fn an_output_folder_that_is_a_file_is_refused() {
    let site = TestSite::minimal();
    let out = site.write("public", "mine").output();
    let shown = out.display();
    refused_output(
        &site,
        &out,
        &format!("输出位置“{shown}”是一个文件，不是文件夹。请用 --out 指定一个文件夹，或先移走这个文件。\n"),
        &format!("the output `{shown}` is a file; give a folder with --out, or move the file away\n"),
    );
}

#[test]
fn an_output_folder_that_is_not_ours_is_refused() {
    let site = TestSite::minimal();
    let out = site.write("public/thesis.doc", "mine").output();
    let shown = out.display();
    refused_output(
        &site,
        &out,
        &format!(
            "输出文件夹“{shown}”里已有别的文件（例如“thesis.doc”），没有 noticeboard 的生成记录，因此没有写入。\
             请用 --out 指定一个空文件夹，或先把里面的文件移走。\n"
        ),
        &format!(
            "the output folder `{shown}` holds other files (such as `thesis.doc`) and no record of a noticeboard build, \
             so nothing was written; give an empty folder with --out, or move those files away\n"
        ),
    );
}

#[test]
fn an_output_folder_inside_content_around_it_or_inside_the_themes_is_refused() {
    let site = TestSite::minimal();
    let root = site.root().canonicalize().unwrap();
    for (out, source) in
        [("content/public", "content"), ("content", "content"), ("", "content"), ("themes/x", "themes")]
    {
        let out = if out.is_empty() { root.clone() } else { root.join(out) };
        let (shown, source) = (out.display(), root.join(source));
        let source = source.display();
        refused_output(
            &site,
            &out,
            &format!(
                "输出文件夹“{shown}”与网站的源文件夹“{source}”互相包含，生成时可能覆盖源文件。\
                 请用 --out 指定别的位置，例如 public。\n"
            ),
            &format!(
                "the output folder `{shown}` and the site's own folder `{source}` lie one inside the other, \
                 so a build could overwrite its source; give another folder with --out, such as public\n"
            ),
        );
    }
}

#[test]
fn an_output_folder_whose_record_is_damaged_is_left_alone() {
    let site = TestSite::minimal();
    site.built().write("public/.noticeboard/manifest", "torn");
    let before = snapshot(site.root());
    site.append(CENTRE_FILE, "summary: 新\n");
    let before_centre = snapshot(&site.output());
    site.build().expect_code(3).complains("is damaged or of another version");
    site.build().lang("zh-Hans").expect_code(3).complains("已损坏，或出自别的版本");
    assert_eq!(differences(&before_centre, &snapshot(&site.output())), Vec::<String>::new());
    assert_eq!(differences(&before, &snapshot(site.root())).len(), 1);
}

#[test]
fn a_call_that_is_wrong_ends_with_2() {
    let site = TestSite::minimal();
    site.build().args(&["--jobs", "0"]).expect_code(2);
    site.build().args(&["--nonsense"]).expect_code(2);
    for (arguments, chinese, english) in [
        (
            ["--today", "明天"],
            "--today：“明天”不是日期。写成 2026-10-01",
            "--today: `明天` is not a date; write 2026-10-01",
        ),
        (["--today", "2026-02-30"], "--today：没有 2026-02-30 这一天", "--today: there is no day 2026-02-30"),
        (["--today", "9999-01-01"], "年份在 1900 到 2199 之间", "years go from 1900 to 2199"),
        (["--base-url", "nonsense"], "--base-url：“nonsense”不是网址", "--base-url: `nonsense` is not a web address"),
        (["--base-url", "https://a.example/?b"], "去掉“?”和它后面的部分", "leave out `?` and what follows it"),
        (["--site", "/nonexistent"], "没有“/nonexistent”这个文件夹", "there is no folder `/nonexistent`"),
    ] {
        for command in [TestSite::build, TestSite::check] {
            for (language, message) in [("zh-Hans", chinese), ("en", english)] {
                command(&site).lang(language).instead(&arguments).expect_code(2).complains(message);
            }
        }
    }
    assert!(!site.output().exists());
}

// HTML in Markdown

#[test]
fn raw_html_is_cleaned_unless_the_configuration_trusts_it() {
    let site = TestSite::minimal();
    let raw = "\n<script>alert(1)</script><b onclick=\"x()\">粗</b>\n\n<a href=\"javascript:x()\">看</a> <span lang=\"en\">Hi</span>\n";
    let page = || fs::read_to_string(site.output().join("notices/heating/index.html")).unwrap();
    site.append(NOTICE_FILE, raw).built();
    let cleaned = page();
    assert!(cleaned.contains("<b>粗</b>") && cleaned.contains("<a>看</a> <span lang=\"en\">Hi</span>"), "{cleaned}");
    assert!(!cleaned.contains("script") && !cleaned.contains("onclick"), "{cleaned}");
    site.append(SITE_FILE, "html: trusted\n").built();
    let trusted = page();
    assert!(trusted.contains("<script>alert(1)</script><b onclick=\"x()\">粗</b>"), "{trusted}");
}

// Keys

#[test]
fn unknown_keys_of_all_files_are_reported_at_once_and_in_order_with_what_was_meant() {
    let wanted = [
        ("NB0206", "content/centres/jiefang.yaml:2:1", "这里没有“knd”这个键", "there is no key `knd` here"),
        ("NB0206", "content/centres/jiefang.yaml:4:1", "这里没有“adress”这个键", "there is no key `adress` here"),
        ("NB0206", "content/notices/heating.md:5:1", "这里没有“untill”这个键", "there is no key `untill` here"),
        ("NB0206", "content/programmes/winter.yaml:6:47", "这里没有“wen”这个键", "there is no key `wen` here"),
        ("NB0206", "site.yaml:2:1", "这里没有“publishr”这个键", "there is no key `publishr` here"),
    ];
    let spoil = |site: &TestSite| {
        site.edit(CENTRE_FILE, "address", "adress").edit(CENTRE_FILE, "kind", "knd");
        site.edit(NOTICE_FILE, "until", "untill").edit(PROGRAMME_FILE, "when", "wen");
        site.edit(SITE_FILE, "publisher", "publishr");
    };
    let site = refused(spoil, &wanted);
    for (number, meant) in [(0, "kind"), (1, "address"), (2, "until"), (3, "when"), (4, "publisher")] {
        helps(&site, number, &format!("是不是“{meant}”？"), &format!("did you mean `{meant}`?"));
    }
}

#[test]
fn values_of_another_type_say_what_is_expected_and_what_is_there() {
    let list = ("列表（每项前面一个“- ”，或者写在 [ ] 里）", "a list (each item after `- `, or all within [ ])");
    let wanted = [
        (
            "NB0208",
            "content/centres/jiefang.yaml:4:11",
            format!("这里应当是文字，写的却是{}", list.0),
            format!("expected text, found {}", list.1),
        ),
        (
            "NB0208",
            "content/centres/jiefang.yaml:7:9",
            format!("这里应当是{}，写的却是整数", list.0),
            format!("expected {}, found a whole number", list.1),
        ),
        (
            "NB0208",
            "content/centres/jiefang.yaml:8:9",
            format!("这里应当是{}，写的却是一组“键: 值”", list.0),
            format!("expected {}, found a group of `key: value` lines", list.1),
        ),
        (
            "NB0208",
            "content/centres/jiefang.yaml:10:12",
            "这里应当是文字，写的却是整数".to_owned(),
            "expected text, found a whole number".to_owned(),
        ),
        (
            "NB0208",
            "content/centres/jiefang.yaml:10:31",
            "这里应当是true 或 false，写的却是文字".to_owned(),
            "expected true or false, found text".to_owned(),
        ),
        (
            "NB0208",
            "content/centres/jiefang.yaml:11:17",
            "这里应当是数字，写的却是文字".to_owned(),
            "expected a number, found text".to_owned(),
        ),
        (
            "NB0211",
            "content/centres/jiefang.yaml:11:29",
            "数字 200 超出了范围".to_owned(),
            "the number 200 is out of range".to_owned(),
        ),
    ];
    let wanted: Vec<Wanted<'_>> = wanted.iter().map(|w| (w.0, w.1, w.2.as_str(), w.3.as_str())).collect();
    let spoil = |site: &TestSite| {
        site.edit(CENTRE_FILE, "解放路1号", "[1, 2]").append(
            CENTRE_FILE,
            "phones: 12\nrules: {a: b}\nservices:\n  - {name: 3, by_appointment: maybe}\nlocation: {lat: north, lon: 200}\n",
        );
    };
    let site = refused(spoil, &wanted);
    helps(&site, 3, "给它加上英文引号：\"3\"", "put it in quotes: \"3\"");
}

#[test]
fn words_that_are_not_among_those_a_key_takes_are_shown_with_what_was_meant() {
    let wanted = [
        (
            "NB0209",
            "content/centres/jiefang.yaml:2:7",
            "“comunity-centre”不在可选的值里",
            "`comunity-centre` is not one of the values",
        ),
        (
            "NB0209",
            "content/centres/jiefang.yaml:7:13",
            "“drinking-watr”不在可选的值里",
            "`drinking-watr` is not one of the values",
        ),
    ];
    let spoil = |site: &TestSite| {
        site.edit(CENTRE_FILE, "community-centre", "comunity-centre")
            .append(CENTRE_FILE, "amenities: [drinking-watr]\n");
    };
    let site = refused(spoil, &wanted);
    helps(&site, 0, "是不是“community-centre”？", "did you mean `community-centre`?");
}

#[test]
fn keys_that_are_missing_are_asked_for_where_they_belong() {
    let missing = |key: &str| (format!("缺少“{key}”"), format!("`{key}` is missing"));
    let places = [
        ("content/centres/jiefang.yaml:1:1", "area"),
        ("content/centres/jiefang.yaml:5:3", "weekly"),
        ("content/centres/jiefang.yaml:6:8", "to"),
        ("content/notices/heating.md:2:1", "summary"),
        ("content/notices/heating.md:2:1", "from"),
        ("content/programmes/winter.yaml:3:6", "when"),
    ];
    let wanted: Vec<_> = places.iter().map(|(place, key)| (*place, missing(key))).collect();
    let mut wanted: Vec<Wanted<'_>> =
        wanted.iter().map(|(place, said)| ("NB0207", *place, said.0.as_str(), said.1.as_str())).collect();
    wanted.insert(5, ("NB0207", "content/programmes/winter.yaml:1:1", "缺少“centre”", "`centre` is missing"));
    wanted.insert(6, ("NB0207", "content/programmes/winter.yaml:1:1", "缺少“valid”", "`valid` is missing"));
    let spoil = |site: &TestSite| {
        site.edit(CENTRE_FILE, "area: jiefang\n", "");
        let hours = "seasons:\n    - {from: 07-01, weekly: {mon: closed}}";
        site.edit(CENTRE_FILE, "weekly: {mon-fri: \"08:30-12:00, 14:30-18:00\"}", hours);
        site.write(NOTICE_FILE, "---\ntitle: 供暖检修\n---\n").remove(NOTICE_EN_FILE);
        site.write(PROGRAMME_FILE, "title: x\nactivities:\n  - {title: y}\n");
    };
    refused(spoil, &wanted);
}

#[test]
fn a_key_that_stands_twice_in_one_mapping_is_refused_wherever_it_stands() {
    let wanted = [
        ("NB0205", "content/centres/jiefang.yaml:1:27", "键“zh-Hans”写了两次", "the key `zh-Hans` stands here twice"),
        ("NB0205", "content/centres/jiefang.yaml:6:32", "键“mon”写了两次", "the key `mon` stands here twice"),
        ("NB0205", "content/centres/jiefang.yaml:7:1", "键“kind”写了两次", "the key `kind` stands here twice"),
        ("NB0205", "content/notices/heating.md:5:1", "键“from”写了两次", "the key `from` stands here twice"),
        ("NB0205", "content/programmes/winter.yaml:4:28", "键“上午”写了两次", "the key `上午` stands here twice"),
        ("NB0205", "site.yaml:12:3", "键“older-people”写了两次", "the key `older-people` stands here twice"),
    ];
    let spoil = |site: &TestSite| {
        site.edit(CENTRE_FILE, "{zh-Hans: 解放社区中心, en: Jiefang Centre}", "{zh-Hans: 甲, en: A, zh-Hans: 乙}");
        site.edit(CENTRE_FILE, "mon-fri: \"08:30-12:00, 14:30-18:00\"", "mon: \"08:30-12:00\", mon: \"09:00-10:00\"");
        site.append(CENTRE_FILE, "kind: station\n");
        site.edit(NOTICE_FILE, "from: 2026-11-20\n", "from: 2026-11-20\nfrom: 2026-11-21\n");
        site.edit(PROGRAMME_FILE, "{上午: \"09:00-11:30\"}", "{上午: \"09:00-11:30\", 上午: \"10:00-11:00\"}");
        site.edit(
            SITE_FILE,
            "  older-people: {name: 老年人}\n",
            "  older-people: {name: 甲}\n  older-people: {name: 乙}\n",
        );
    };
    refused(spoil, &wanted);
}

#[test]
fn a_weekday_that_two_keys_name_is_refused_at_the_second() {
    let wanted =
        ("NB0309", "content/centres/jiefang.yaml:6:36", "同一天写了两次：wed", "a weekday stands here twice: wed");
    let weekly = "{mon-fri: \"08:30-12:00\", wed: \"09:00-10:00\"}";
    let spoil = |site: &TestSite| {
        site.edit(CENTRE_FILE, "{mon-fri: \"08:30-12:00, 14:30-18:00\"}", weekly);
    };
    refused(spoil, &[wanted]);
}

#[test]
fn yaml_that_cannot_be_read_and_a_second_document_are_shown_where_they_begin() {
    let wanted = [
        (
            "NB0210",
            "content/centres/jiefang.yaml:7:1",
            "一个文件里有不止一份 YAML",
            "there is more than one YAML document in this file",
        ),
        ("NB0129", "content/programmes/winter.yaml:7:8", "引号 \" 只有前一半", "the quote \" has no second one"),
    ];
    let spoil = |site: &TestSite| {
        site.append(CENTRE_FILE, "---\nname: x\n").append(PROGRAMME_FILE, "notes: \"甲\n");
    };
    refused(spoil, &wanted);
}

#[test]
fn front_matter_that_is_missing_or_open_is_asked_for() {
    let wanted = [
        (
            "NB0108",
            "content/notices/a.md:1:1",
            "文件开头没有“---”引出的信息栏",
            "the file does not begin with front matter between `---` lines",
        ),
        ("NB0109", "content/notices/b.md:1:1", "信息栏没有结束", "the front matter does not end"),
    ];
    refused(
        |site| {
            site.write("content/notices/a.md", "甲\n").write("content/notices/b.md", "---\ntitle: 乙\n");
        },
        &wanted,
    );
}

// Times and dates

#[test]
fn dates_times_and_weekdays_of_a_centre_are_refused_at_their_exact_columns() {
    let wanted = [
        ("NB0305", "content/centres/jiefang.yaml:7:14", "没有 25:00 这个时间", "there is no time 25:00"),
        ("NB0308", "content/centres/jiefang.yaml:8:5", "“周八”不是星期几", "`周八` is not a weekday"),
        ("NB0304", "content/centres/jiefang.yaml:9:10", "“九点”不是时间", "`九点` is not a time"),
        (
            "NB0306",
            "content/centres/jiefang.yaml:10:10",
            "“12:00-09:00”的结束时间不晚于开始时间",
            "`12:00-09:00` does not end after it begins",
        ),
        (
            "NB0317",
            "content/centres/jiefang.yaml:11:13",
            "“随便”不是节假日的安排",
            "`随便` does not say what happens on holidays",
        ),
        ("NB0302", "content/centres/jiefang.yaml:13:14", "没有 13-01 这一天", "there is no day 13-01"),
        ("NB0312", "content/centres/jiefang.yaml:13:25", "“月底”不是月和日", "`月底` is not a month and day"),
        (
            "NB0307",
            "content/centres/jiefang.yaml:13:43",
            "“09:00-10:00, 09:30-11:00”里有两段时间重叠",
            "two intervals of `09:00-10:00, 09:30-11:00` overlap",
        ),
        ("NB0302", "content/centres/jiefang.yaml:15:12", "没有 2026-02-30 这一天", "there is no day 2026-02-30"),
        (
            "NB0303",
            "content/centres/jiefang.yaml:16:12",
            "“2026-10-07..2026-10-01”的结束日期早于开始日期",
            "`2026-10-07..2026-10-01` ends before it begins",
        ),
        ("NB0304", "content/centres/jiefang.yaml:16:43", "“9:00”不是时间", "`9:00` is not a time"),
        ("NB0301", "content/centres/jiefang.yaml:17:12", "“明天”不是日期", "`明天` is not a date"),
        ("NB0316", "content/centres/jiefang.yaml:19:14", "“打电话”不是电话号码", "`打电话` is not a telephone number"),
    ];
    let hours = "
    mon-fri: \"08:30-25:00\"
    周八: closed
    sat: \"九点\"
    sun: \"12:00-09:00\"
  holidays: 随便
  seasons:
    - {from: 13-01, to: 月底, weekly: {mon: \"09:00-10:00, 09:30-11:00\"}}
  exceptions:
    - {on: 2026-02-30, hours: closed}
    - {on: 2026-10-07..2026-10-01, hours: \"9:00\"}
    - {on: 明天, hours: closed}
phones:
  - {number: 打电话}";
    refused(
        |site| {
            site.edit(CENTRE_FILE, " {mon-fri: \"08:30-12:00, 14:30-18:00\"}", hours);
        },
        &wanted,
    );
}

#[test]
fn what_does_not_say_when_in_a_programme_is_refused_at_its_exact_column() {
    let wanted = [
        (
            "NB0303",
            "content/programmes/winter.yaml:3:8",
            "“2027-01-15..2026-11-01”的结束日期早于开始日期",
            "`2027-01-15..2026-11-01` ends before it begins",
        ),
        ("NB0308", "content/programmes/winter.yaml:7:22", "“周八”不是星期几", "`周八` is not a weekday"),
        ("NB0157", "content/programmes/winter.yaml:8:22", "“周一”没有写几点", "`周一` has no time"),
        ("NB0305", "content/programmes/winter.yaml:9:22", "没有 25:00 这个时间", "there is no time 25:00"),
        ("NB0302", "content/programmes/winter.yaml:10:22", "没有 2026-02-30 这一天", "there is no day 2026-02-30"),
        (
            "NB0311",
            "content/programmes/winter.yaml:11:69",
            "“2026-12-01”不是一个日期加一段时间",
            "`2026-12-01` is not a date with times",
        ),
    ];
    let activities = "  - {title: 甲, when: 周八 上午}
  - {title: 乙, when: 周一}
  - {title: 丙, when: 周一 25:00-26:00}
  - {title: 丁, when: 2026-02-30 09:00-10:00}
  - {title: 戊, when: 周一 上午, exceptions: [{on: 2026-11-30, moved_to: 2026-12-01}]}
";
    let spoil = |site: &TestSite| {
        site.edit(PROGRAMME_FILE, "2026-11-01..2027-01-15", "2027-01-15..2026-11-01")
            .append(PROGRAMME_FILE, activities);
    };
    refused(spoil, &wanted);
}

#[test]
fn the_configurations_own_formats_are_refused_where_they_stand() {
    let wanted = [
        ("NB0314", "site.yaml:3:11", "“example.org”不是网址", "`example.org` is not a web address"),
        ("NB0313", "site.yaml:6:11", "“en-US”不是语言代码", "`en-US` is not a language tag"),
        ("NB0315", "site.yaml:7:12", "没有“Asia/Beijing”这个时区", "there is no time zone `Asia/Beijing`"),
    ];
    let spoil = |site: &TestSite| {
        site.edit(SITE_FILE, "https://example.org/", "example.org").edit(SITE_FILE, "tag: en", "tag: en-US");
        site.edit(SITE_FILE, "Asia/Shanghai", "Asia/Beijing");
    };
    let site = refused(spoil, &wanted);
    helps(&site, 1, "是不是“en”？", "did you mean `en`?");
}

#[test]
fn a_language_that_stands_twice_and_a_region_without_calendar_are_shown_where_they_stand() {
    let site = refused(
        |site| {
            site.edit(
                SITE_FILE,
                "  - {tag: en, name: English}",
                "  - {tag: en, name: English}\n  - {tag: en, name: E}",
            )
            .edit(SITE_FILE, "region: CN", "region: CM")
            .write(
                "content/calendar/CN-2026.yaml",
                "year: 2026\nregion: CN\nsource: {title: 通知, url: https://www.example.org/}\nholidays: []\n",
            );
        },
        &[
            ("NB0431", "site.yaml:7:11", "语言“en”写了两次", "the language `en` stands here twice"),
            ("NB0432", "site.yaml:9:9", "没有地区 CM 的公共日历", "there is no public calendar of the region CM"),
        ],
    );
    helps(&site, 1, "是不是“CN”？", "did you mean `CN`?");
    refused(
        |site| {
            site.edit(SITE_FILE, "region: CN", "region: 中国").edit(SITE_FILE, "example.org/", "example.org/#x");
        },
        &[
            (
                "NB0314",
                "site.yaml:3:11",
                "“https://example.org/#x”不是网址",
                "`https://example.org/#x` is not a web address",
            ),
            ("NB0331", "site.yaml:8:9", "“中国”不是地区代码", "`中国` is not the code of a region"),
        ],
    );
}

#[test]
fn what_fits_no_rule_of_its_record_is_shown_where_it_stands() {
    let wanted = [
        ("NB0406", "content/centres/jiefang.yaml:7:10", "“jiefang”隶属于它自己", "`jiefang` belongs to itself"),
        (
            "NB0303",
            "content/notices/heating.md:5:8",
            "“2026-11-20..2026-11-01”的结束日期早于开始日期",
            "`2026-11-20..2026-11-01` ends before it begins",
        ),
        (
            "NB0412",
            "content/notices/heating.md:6:10",
            "停止开放的通知没有写是哪个中心",
            "this closing notice names no centre",
        ),
        (
            "NB0409",
            "content/programmes/winter.yaml:7:43",
            "这条例外没有说明怎么变",
            "this exception does not say what changes",
        ),
    ];
    let spoil = |site: &TestSite| {
        site.append(CENTRE_FILE, "part_of: jiefang\n");
        site.edit(NOTICE_FILE, "2026-12-01", "2026-11-01").edit(
            NOTICE_FILE,
            "centres: [jiefang]",
            "closes: {on: 2026-11-25}",
        );
        site.append(PROGRAMME_FILE, "  - {title: 戊, when: 周一 上午, exceptions: [{on: 2026-11-30}]}\n");
    };
    refused(spoil, &wanted);
}

#[test]
fn a_year_with_two_calendars_and_a_day_far_from_its_year_are_shown() {
    let wanted = [
        (
            "NB0410",
            "content/calendar/b.yaml:1:7",
            "地区 CN 的 2027 年日历有两份",
            "there are two calendars of 2027 for CN",
        ),
        ("NB0411", "content/calendar/b.yaml:4:29", "2030-01-01 不在 2027 年", "2030-01-01 is not in 2027"),
    ];
    let spoil = |site: &TestSite| {
        site.write("content/calendar/CN-2026.yaml", "year: 2026\nregion: CN\nsource: {title: 甲}\n");
        site.write("content/calendar/a.yaml", "year: 2027\nregion: CN\nsource: {title: 甲}\nholidays: []\n");
        site.write(
            "content/calendar/b.yaml",
            "year: 2027\nregion: CN\nsource: {title: 乙}\nholidays: [{name: 元旦, days: 2030-01-01}]\n",
        );
    };
    refused(spoil, &wanted);
}

#[test]
fn a_closing_that_ends_before_it_begins_is_refused() {
    let wanted = [(
        "NB0306",
        "content/notices/heating.md:7:46",
        "“15:00-09:00”的结束时间不晚于开始时间",
        "`15:00-09:00` does not end after it begins",
    )];
    let spoil = |site: &TestSite| {
        site.edit(
            NOTICE_FILE,
            "centres: [jiefang]",
            "centres: [jiefang]\ncloses: {on: 2026-12-04, from: 15:00, until: 09:00}",
        );
    };
    refused(spoil, &wanted);
}

// References

#[test]
fn ids_of_every_kind_that_name_nothing_are_shown_where_they_stand_with_what_was_meant() {
    /// File, line and column, the kind in Chinese and English, the id, and the id that was meant.
    const DANGLING: [(&str, &str, &str, &str, &str); 21] = [
        ("content/centres/jiefang.yaml:3:7", "区域", "area", "jiefag", "jiefang"),
        ("content/centres/jiefang.yaml:7:10", "中心", "centre", "jiefan", "jiefang"),
        ("content/centres/jiefang.yaml:8:13", "服务对象", "audience", "older-peple", "older-people"),
        ("content/centres/jiefang.yaml:10:29", "部门", "department", "comunity", "community"),
        ("content/centres/jiefang.yaml:10:51", "服务对象", "audience", "old-people", "older-people"),
        ("content/duty/porter.yaml:2:9", "中心", "centre", "jiefeng", "jiefang"),
        ("content/events/fair.md:4:9", "中心", "centre", "jifang", "jiefang"),
        ("content/events/fair.md:5:7", "区域", "area", "jifang", "jiefang"),
        ("content/outreach/bus.yaml:3:12", "政策", "policy", "aide", "aid"),
        ("content/outreach/bus.yaml:4:9", "队伍", "team", "teacher", "teachers"),
        ("content/outreach/bus.yaml:6:39", "区域", "area", "jiefangx", "jiefang"),
        ("content/policies/aid.md:4:15", "部门", "department", "communit", "community"),
        ("content/policies/aid.md:5:12", "服务对象", "audience", "older-peoples", "older-people"),
        ("content/policies/aid.md:6:9", "区域", "area", "jiefan", "jiefang"),
        ("content/policies/aid.md:7:11", "中心", "centre", "jiefan", "jiefang"),
        ("content/programmes/winter.yaml:2:9", "中心", "centre", "jiefng", "jiefang"),
        ("content/programmes/winter.yaml:6:68", "系列", "strand", "helth", "health"),
        ("content/programmes/winter.yaml:6:86", "服务对象", "audience", "older-peopl", "older-people"),
        ("content/programmes/winter.yaml:6:108", "队伍", "team", "techers", "teachers"),
        ("content/teams/teachers.md:4:9", "中心", "centre", "jiefangg", "jiefang"),
        ("content/teams/teachers.md:5:7", "区域", "area", "jefang", "jiefang"),
    ];
    let said: Vec<_> = DANGLING
        .iter()
        .map(|(_, zh, en, id, _)| (format!("没有代号为“{id}”的{zh}"), format!("there is no {en} with the id `{id}`")))
        .collect();
    let mut wanted: Vec<Wanted<'_>> =
        DANGLING.iter().zip(&said).map(|(d, said)| ("NB0401", d.0, said.0.as_str(), said.1.as_str())).collect();
    wanted.insert(
        5,
        ("NB0407", "content/centres/jiefang.yaml:12:12", "找不到图片“hal.jpg”", "there is no picture `hal.jpg`"),
    );
    wanted.insert(
        17,
        (
            "NB0403",
            "content/programmes/winter.yaml:6:53",
            "“上无”不是时间，也不是这份计划的时段",
            "`上无` is no time and no slot of this programme",
        ),
    );
    let site = refused(dangling, &wanted);
    let mut meant: Vec<&str> = DANGLING.iter().map(|dangling| dangling.4).collect();
    meant.insert(5, "hall.jpg");
    meant.insert(17, "上午");
    for (number, meant) in meant.into_iter().enumerate() {
        helps(&site, number, &format!("是不是“{meant}”？"), &format!("did you mean `{meant}`?"));
    }
    helps(
        &site,
        0,
        "先建好 content/areas.yaml，或者改成已有的代号",
        "make content/areas.yaml first or use an id that exists",
    );
    helps(
        &site,
        2,
        "在 site.yaml 的“audiences”里加上它，或者改成已有的代号",
        "add it to `audiences` in site.yaml or use an id that exists",
    );
}

#[test]
fn a_first_build_that_fails_leaves_nothing_behind() {
    let site = TestSite::minimal();
    // A dead link is found only when its page is made.
    site.edit(NOTICE_FILE, "/centres/jiefang/", "/centres/nowhere/");
    let before = snapshot(site.root());
    site.build().expect_code(1).complains("NB0408");
    assert_eq!(differences(&before, &snapshot(site.root())), Vec::<String>::new());
}

fn dangling(site: &TestSite) {
    site.edit(CENTRE_FILE, "area: jiefang", "area: jiefag").append(
        CENTRE_FILE,
        "part_of: jiefan
audiences: [older-peple]
services:
  - {name: 修水管, department: comunity, audiences: [old-people]}
pictures:
  - {file: hal.jpg, alt: 门厅}
",
    );
    site.write("content/pictures/hall.jpg", support::drawn(2, 2, image::ImageFormat::Jpeg));
    site.edit(PROGRAMME_FILE, "centre: jiefang", "centre: jiefng");
    site.edit(
        PROGRAMME_FILE,
        "when: 周二 上午",
        "when: 周二 上无, strand: helth, audience: [older-peopl], led_by: techers",
    );
    site.write(
        "content/teams/teachers.md",
        "---\nname: 讲师队\npurpose: 讲课。\ncentre: jiefangg\narea: jefang\n---\n",
    );
    site.write("content/events/fair.md", "---\ntitle: 市集\non: 2026-12-01\ncentre: jifang\narea: jifang\n---\n");
    site.write(
        "content/policies/aid.md",
        "---\ntitle: 补助\nsummary: 有补助。\ndepartments: [communit]\naudience: [older-peoples]\nareas: [jiefan]\ncentres: [jiefan]\n---\n",
    );
    site.write(
        "content/outreach/bus.yaml",
        "title: 流动车\nsummary: 上门。\npolicies: [aide]\nled_by: teacher\nstops:\n  - {place: 村口, on: 2026-12-01, area: jiefangx}\n",
    );
    site.write("content/duty/porter.yaml", "title: 值班\ncentre: jiefeng\nvalid: 2026-11-01..2026-12-01\n");
}

#[test]
fn an_id_of_a_record_that_has_errors_of_its_own_is_not_called_unknown() {
    let wanted =
        ("NB0206", "content/centres/jiefang.yaml:4:1", "这里没有“adress”这个键", "there is no key `adress` here");
    refused(
        |site| {
            site.edit(CENTRE_FILE, "address", "adress");
        },
        &[wanted],
    );
}

// Translations

#[test]
fn a_translation_without_its_original_is_named_with_the_original_that_was_meant() {
    let wanted = (
        "NB0111",
        "content/notices/heatin.en.md:1:1",
        "译文“content/notices/heatin.en.md”没有对应的原文",
        "the translation `content/notices/heatin.en.md` has no original",
    );
    let site = refused(
        |site| {
            site.write("content/notices/heatin.en.md", NOTICE_EN);
        },
        &[wanted],
    );
    helps(&site, 0, "是不是“heating”的译文？", "is it a translation of `heating`?");
}

#[test]
fn a_translation_with_a_key_that_cannot_be_translated_is_shown_at_the_key() {
    let wanted = [
        (
            "NB0113",
            "content/notices/heating.en.md:3:7",
            "译文里的“from”和原文对不上",
            "`from` of this translation does not match the original",
        ),
        (
            "NB0113",
            "content/notices/heating.en.md:4:9",
            "译文里的“sumary”和原文对不上",
            "`sumary` of this translation does not match the original",
        ),
    ];
    refused(
        |site| {
            site.edit(NOTICE_EN_FILE, "summary: ", "from: 2026-11-25\nsumary: y\nsummary: ");
        },
        &wanted,
    );
}

#[test]
fn a_text_in_a_language_that_the_site_or_the_program_does_not_have_is_named() {
    let (chinese, english) = ("网站没有“ru”这种语言", "the site has no language `ru`");
    let wanted = [
        ("NB0404", "content/centres/jiefang.yaml:1:45", chinese, english),
        ("NB0404", "content/notices/heating.ru.md:1:1", chinese, english),
        ("NB0313", "content/notices/heating.xx.md:1:1", "“xx”不是语言代码", "`xx` is not a language tag"),
    ];
    let spoil = |site: &TestSite| {
        site.edit(CENTRE_FILE, "en: Jiefang Centre", "en: Jiefang Centre, ru: Центр");
        site.write("content/notices/heating.ru.md", NOTICE_EN).write("content/notices/heating.xx.md", NOTICE_EN);
    };
    refused(spoil, &wanted);
}

// Links in Markdown

#[test]
fn a_number_that_is_larger_than_any_that_is_meant_is_out_of_range() {
    let (chinese, english) =
        ("数字 99999999999999999999 超出了范围", "the number 99999999999999999999 is out of range");
    let site = refused(
        |site| {
            site.write("content/teams/a.md", "---\nname: 队\npurpose: 修\nsize: 99999999999999999999\n---\n");
        },
        &[("NB0211", "content/teams/a.md:4:7", chinese, english)],
    );
    helps(&site, 0, "最大写到 4294967295", "write 4294967295 at most");
}

#[test]
fn links_in_tags_and_within_the_page_are_shown_where_they_stand() {
    let site = refused(
        |site| {
            site.append(NOTICE_FILE, "\n## 怎么办\n\n见<a href=\"/centres/nope/\">中心</a>、[下文](#怎么半)。\n");
        },
        &[
            (
                "NB0408",
                "content/notices/heating.md:12:5",
                "链接“/centres/nope/”在本站找不到对应的页面",
                "the link `/centres/nope/` leads to no page of this site",
            ),
            (
                "NB0430",
                "content/notices/heating.md:12:34",
                "这一页里没有“#怎么半”这个位置",
                "this page has no place `#怎么半`",
            ),
        ],
    );
    helps(&site, 1, "是不是“#怎么办”？", "did you mean `#怎么办`?");
}

#[test]
fn a_mistyped_language_of_any_text_is_shown_at_its_key_with_what_was_meant() {
    let site = refused(
        |site| {
            site.edit(SITE_FILE, "publisher: 示例编辑组", "publisher: {zh-hans: 示例编辑组}")
                .edit(AREAS_FILE, "{zh-Hans: 解放社区, en: Jiefang}", "{zh: 解放社区, en: Jiefang}")
                .edit(CENTRE_FILE, "address: 解放路1号", "address: {zh_Hans: 解放路1号}\naddres: x")
                .append(CENTRE_FILE, "phones: [{number: 0931-0000001, for: {eng: Office}}]\n")
                .edit(NOTICE_FILE, "title: 供暖检修", "title: {zh-CN: 供暖检修}");
        },
        &[
            ("NB0313", "content/areas.yaml:2:26", "“zh”不是语言代码", "`zh` is not a language tag"),
            ("NB0313", "content/centres/jiefang.yaml:4:11", "“zh_Hans”不是语言代码", "`zh_Hans` is not a language tag"),
            ("NB0206", "content/centres/jiefang.yaml:5:1", "这里没有“addres”这个键", "there is no key `addres` here"),
            ("NB0313", "content/centres/jiefang.yaml:8:39", "“eng”不是语言代码", "`eng` is not a language tag"),
            ("NB0313", "content/notices/heating.md:2:9", "“zh-CN”不是语言代码", "`zh-CN` is not a language tag"),
            ("NB0313", "site.yaml:2:13", "“zh-hans”不是语言代码", "`zh-hans` is not a language tag"),
        ],
    );
    for number in [0, 1, 4, 5] {
        helps(&site, number, "是不是“zh-Hans”？", "did you mean `zh-Hans`?");
    }
}

#[test]
fn what_yaml_takes_for_a_number_or_for_a_tag_is_said_in_the_editors_words() {
    let text = |found: &str| format!("这里应当是文字，写的却是{found}");
    let (whole, number) = (text("整数"), text("数字"));
    refused(
        |site| {
            site.append(CENTRE_FILE, "summary: 0x1f\nshort_name: .inf\n").edit(
                NOTICE_FILE,
                "title: 供暖检修",
                "title: !draft 供暖检修",
            );
        },
        &[
            ("NB0208", "content/centres/jiefang.yaml:7:10", &whole, "expected text, found a whole number"),
            ("NB0208", "content/centres/jiefang.yaml:8:13", &number, "expected text, found a number"),
            (
                "NB0212",
                "content/notices/heating.md:2:8",
                "这里的写法读不懂",
                "what is written here cannot be understood",
            ),
        ],
    );
}

#[test]
fn links_that_lead_nowhere_are_shown_at_their_exact_place_in_each_language() {
    let wanted = [
        (
            "NB0408",
            "content/notices/heating.en.md:5:5",
            "链接“/centers/jiefang/”在本站找不到对应的页面",
            "the link `/centers/jiefang/` leads to no page of this site",
        ),
        (
            "NB0408",
            "content/notices/heating.md:8:14",
            "链接“/centres/jiefan/”在本站找不到对应的页面",
            "the link `/centres/jiefan/` leads to no page of this site",
        ),
        (
            "NB0408",
            "content/notices/heating.md:8:37",
            "链接“x.md”在本站找不到对应的页面",
            "the link `x.md` leads to no page of this site",
        ),
    ];
    let spoil = |site: &TestSite| {
        // The bold text puts marks into what the Markdown parser sees; they must not move the place.
        let links = "**注意：**见[中心](/centres/jiefan/)和[别处](x.md)，[好](https://x.org)";
        site.edit(NOTICE_FILE, "[中心](/centres/jiefang/)", links);
        site.edit(NOTICE_EN_FILE, "/centres/jiefang/", "/centers/jiefang/");
    };
    refused(spoil, &wanted);
}

// The public website

#[test]
fn what_a_public_website_says_is_checked_like_everything_else() {
    let mark = "public_site:\n  government_mark: {picture: {file: mark.png, alt: 标识}}\n";
    refused(
        |site| {
            site.append(SITE_FILE, mark);
        },
        &[("NB0407", "site.yaml:18:37", "找不到图片“mark.png”", "there is no picture `mark.png`")],
    );
    refused(
        |site| {
            site.append(SITE_FILE, "public_site: {icp: {number: 备案号, url: \"javascript:alert(1)\"}}\n");
        },
        &[("NB0314", "site.yaml:17:39", "“javascript:alert(1)”不是网址", "`javascript:alert(1)` is not a web address")],
    );
    refused(
        |site| {
            site.append(SITE_FILE, "public_site: {icp: {number: \" \"}}\n");
        },
        &[("NB0319", "site.yaml:17:29", "这里没有写文字", "there is no text here")],
    );
}

#[test]
fn what_is_wrong_in_a_file_is_said_all_at_once_whatever_it_is() {
    // A key that is missing hides neither ids that name nothing nor what is wrong with the text.
    let said = |site: &TestSite| site.findings("en").into_iter().map(|found| found.code).collect::<BTreeSet<_>>();
    let site = TestSite::minimal();
    site.edit(NOTICE_FILE, "summary: 周三检修暖气。\n", "").edit(NOTICE_FILE, "[jiefang]", "[jiefan]").edit(
        NOTICE_FILE,
        "/centres/jiefang/",
        "/centres/nowhere/",
    );
    assert_eq!(said(&site), ["NB0207", "NB0401", "NB0408"].map(str::to_owned).into());
    // Neither does what git could not merge, nor a value that nobody can guess.
    let site = TestSite::minimal();
    site.edit(PROGRAMME_FILE, "title: {zh-Hans: 冬季", "<<<<<<< HEAD\ntitle: {zh-Hans: 冬季")
        .edit(PROGRAMME_FILE, "centre: jiefang", "=======\ntitle: 计划\n>>>>>>> other\ncentre: jiefan")
        .edit(PROGRAMME_FILE, "when: 周二 上午", "when: 周二 25:00-26:00, room： 一楼, strand: nothing");
    let found = site.findings("en");
    let codes: Vec<&str> = found.iter().map(|found| found.code.as_str()).collect();
    assert_eq!(codes, ["NB0116", "NB0401", "NB0305", "NB0213", "NB0401"], "{found:?}");
    // The settings of the site do not hide the rest of it.
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "publisher:", "publisheer:").edit(NOTICE_FILE, "[jiefang]", "[jiefan]");
    assert_eq!(said(&site), ["NB0206", "NB0401"].map(str::to_owned).into());
}

#[test]
fn one_bad_row_of_exceptions_hides_no_other() {
    let site = TestSite::minimal();
    let rows = "exceptions: [{on: 12月40日, cancelled: 停电, other: x}, {on: 2026-12-08, moved_to: 明天, how: y}]";
    site.edit(PROGRAMME_FILE, "when: 周二 上午", &format!("when: 周二 上午, places: many, {rows}"));
    let codes: Vec<String> = site.findings("en").into_iter().map(|found| found.code).collect();
    assert_eq!(codes, ["NB0208", "NB0301", "NB0206", "NB0311", "NB0206"]);
}
