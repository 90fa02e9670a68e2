//! Sheets for the wall: what there is to print, on which paper, legible from where people stand, and what is said when
//! something cannot be.

#![cfg(feature = "posters")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::*;

/// One language and the default theme, since the sheets are its own.
fn site() -> TestSite {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "  - {tag: en, name: English}\n", "").edit(SITE_FILE, ", en: Example site", "").edit(
        SITE_FILE,
        "theme: bare\n",
        "",
    );
    site.remove(NOTICE_EN_FILE).edit(CENTRE_FILE, ", en: Jiefang Centre", "");
    site.edit(AREAS_FILE, ", en: Jiefang", "").edit(PROGRAMME_FILE, ", en: Winter programme", "");
    site.edit(PROGRAMME_FILE, ", en: Health talk", "");
    site
}

fn print<'a>(site: &'a TestSite, arguments: &[&str]) -> Call<'a> {
    site.call("posters").out(&site.path("prints")).args(arguments)
}

/// The names of the files in the folder of prints.
fn printed(site: &TestSite) -> BTreeSet<String> {
    let folder = site.path("prints");
    if folder.exists() { files(&folder).into_keys().collect() } else { BTreeSet::new() }
}

/// The text of a sheet without spaces; nothing where there is no poppler.
fn text(path: &Path) -> Option<String> {
    let output = Command::new("pdftotext").arg(path).arg("-").output().ok()?;
    Some(String::from_utf8(output.stdout).unwrap().replace(char::is_whitespace, ""))
}

/// The smallest type of a sheet in points, and whether all text lies on the paper, as another program reads the PDF.
fn read_back(path: &Path) -> Option<(f64, bool)> {
    // The most that poppler takes.
    const ZOOM: f64 = 3.0;
    let arguments = ["-xml", "-i", "-stdout", "-zoom", "3", "-hidden"];
    let output = Command::new("pdftohtml").args(arguments).arg(path).output().ok()?;
    let xml = String::from_utf8(output.stdout).unwrap();
    let number = |line: &str, name: &str| -> Option<f64> {
        line.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0.parse().ok()
    };
    let sizes = xml.lines().filter(|line| line.contains("<fontspec")).filter_map(|line| number(line, "size"));
    let smallest = sizes.fold(f64::INFINITY, f64::min) / ZOOM;
    let (mut width, mut height, mut whole) = (0.0, 0.0, true);
    for line in xml.lines() {
        if line.starts_with("<page") {
            (width, height) = (number(line, "width").unwrap(), number(line, "height").unwrap());
        } else if line.starts_with("<text") {
            let [left, top, wide] = ["left", "top", "width"].map(|name| number(line, name).unwrap());
            whole &= left >= -ZOOM && top >= -ZOOM && left + wide <= width + 2.0 * ZOOM && top <= height;
        }
    }
    Some((smallest, whole))
}

const CALENDAR: &str = "year: 2026\nregion: CN\nsource: {title: 通知, issuer: 国务院办公厅, issued: 2025-11-04}\n\
    holidays:\n  - {name: 国庆节, days: 2026-10-01..2026-10-07, makeup_workdays: [2026-09-20, 2026-10-10]}\n";

#[test]
fn each_record_with_something_to_say_has_its_sheets_and_no_other_has() {
    let site = site();
    site.write("content/calendar/CN-2026.yaml", CALENDAR);
    site.write(
        "content/notices/closed.md",
        "---\ntitle: 停电关门\nsummary: 下午不开门。\nfrom: 2026-11-20\nuntil: 2026-11-27\ncentres: [jiefang]\n\
         closes: {on: 2026-11-27, from: \"14:30\"}\n---\n\n上午照常。\n\n- **药**：到前台取。\n",
    );
    print(&site, &["--size", "a4"]).expect_code(0);
    let expected =
        ["closed-closure-a4.pdf", "heating-notice-a4.pdf", "jiefang-door-sign-a4.pdf", "winter-weekly-board-a4.pdf"];
    assert_eq!(printed(&site), expected.map(str::to_owned).into());
    for (sheet, words) in [
        ("closed-closure-a4.pdf", ["停电关门", "14:30起", "解放社区中心", "药：到前台取"]),
        ("jiefang-door-sign-a4.pdf", ["开放时间", "解放社区中心", "解放路1号", "有效至另行通知"]),
    ] {
        let Some(text) = text(&site.path("prints").join(sheet)) else { return };
        for word in words.into_iter().chain(["版本", "2026年11月24日", "example.org/", "第1页，共1页"]) {
            assert!(text.contains(word), "{word} is not in {text}");
        }
    }
    // Nothing is over that hangs; nothing that is over is made.
    print(&site, &["--kind", "closure"]).today("2026-12-02").expect_code(0).stdout.contains("nothing to print");
}

#[test]
fn the_hours_of_a_holiday_name_its_make_up_workdays() {
    let site = site();
    site.write("content/calendar/CN-2026.yaml", CALENDAR);
    print(&site, &["--kind", "holiday-hours"]).today("2026-08-01").expect_code(0);
    assert_eq!(printed(&site), BTreeSet::new(), "more than 45 days before");
    print(&site, &["--kind", "holiday-hours"]).today("2026-09-15").expect_code(0);
    assert_eq!(printed(&site), ["jiefang-holiday-hours-a3.pdf".to_owned()].into());
    let Some(text) = text(&site.path("prints/jiefang-holiday-hours-a3.pdf")) else { return };
    let days =
        ["国庆节期间开放时间", "10月1日周四至10月7日周三", "不开放", "9月20日周日", "10月10日周六", "10月8日周四"];
    for word in days {
        assert!(text.contains(word), "{word} is not in {text}");
    }
}

#[test]
fn nothing_is_smaller_than_the_distance_allows_and_all_of_it_is_on_the_paper() {
    let site = site();
    let mut activities = String::new();
    for number in 0..6 {
        let title = "很长的标题".repeat(number % 4 + 1);
        let day = ["周一", "周二", "周三", "周四", "周五"][number % 5];
        writeln!(activities, "  - {{title: {title}{number}, when: {day} 09:00-11:00, room: 二楼, cost: 免费}}")
            .unwrap();
    }
    site.append(PROGRAMME_FILE, &activities);
    for (size, distance, large) in [("a5", "0.4", false), ("a4", "0.4", true)] {
        let more: &[&str] = if large { &["--large-print"] } else { &[] };
        let arguments = ["winter", "--size", size, "--distance", distance];
        let said = print(&site, &[&arguments, more].concat()).expect_code(0);
        let path = said.stdout.lines().next().unwrap().to_owned();
        let Some((smallest, whole)) = read_back(Path::new(&path)) else { return };
        let floor = distance.parse::<f64>().unwrap() * 1000.0 / 120.0 * 72.0 / 25.4;
        let floor = if large { floor.max(18.0) } else { floor };
        assert!(smallest > floor - 0.4 && whole, "{path}: {smallest} < {floor}, {whole}");
        let text = text(Path::new(&path)).unwrap();
        for number in 0..6 {
            let title = format!("{}{number}", "很长的标题".repeat(number % 4 + 1));
            assert!(text.contains(&title), "{title} is not on {path}");
        }
    }
}

#[test]
fn a_sheet_that_goes_on_says_so_and_what_would_hold_it() {
    let site = site();
    let paragraphs = "供暖从十一月一日开始，到三月三十一日结束。\n\n".repeat(24);
    site.append(NOTICE_FILE, &paragraphs);
    site.append(SITE_FILE, "posters: {weekly_board: [], door_sign: [], notice: [{paper: a4, distance: 1}]}\n");
    for (language, message, help) in [
        (
            "zh-Hans",
            "“供暖检修”在 a4 上一张排不下，要 3 张（posters/heating-notice-a4.pdf，从 1 米外看）",
            "用 a2 就能排在一张上",
        ),
        (
            "en",
            "“供暖检修” does not fit on one sheet of a4 and takes 3 (posters/heating-notice-a4.pdf, read from 1 m)",
            "a2 holds it on one sheet",
        ),
    ] {
        let said = site.check().with_posters().lang(language).args(&["--format", "json"]).expect_code(0);
        let found: Vec<_> = said.stdout.lines().map(Found::read).filter(|found| found.code == "NB0615").collect();
        assert_eq!(found.len(), 1, "{}", said.stdout);
        assert_eq!((found[0].message.as_str(), found[0].place.as_str()), (message, "content/notices/heating.md:1:1"));
        assert_eq!(found[0].help[0], help);
    }
    site.build().with_posters().expect_code(0).complains("NB0615");
    // What only sheets have to say is said, too, by the first loud build, even if it finds nothing to make.
    fs::remove_dir_all(site.output()).unwrap();
    site.build().with_posters().args(&["--quiet"]).expect_code(0);
    let said = site.build().with_posters().expect_code(0).complains("NB0615");
    assert!(said.stdout.starts_with("nothing has changed"), "{}", said.stdout);
}

#[test]
fn a_version_is_the_same_as_long_as_a_sheet_says_the_same() {
    let site = site();
    let version = |today: &str| {
        let said = print(&site, &["jiefang", "--kind", "door-sign"]).today(today).expect_code(0);
        let text = text(Path::new(said.stdout.trim()))?;
        Some(text.split_once("版本").unwrap().1.chars().take(6).collect::<String>())
    };
    let Some(first) = version("2026-11-24") else { return };
    assert_eq!(version("2026-11-29").as_ref(), Some(&first));
    site.edit(CENTRE_FILE, "address: 解放路1号", "address: 解放路2号");
    assert_ne!(version("2026-11-29").as_ref(), Some(&first));
}

#[test]
fn what_is_asked_for_and_cannot_be_made_is_said_at_its_place() {
    let site = site();
    site.append(SITE_FILE, "posters: {weekly_board: [a6], door_sign: [{paper: a4, distance: 20}], door_sing: []}\n");
    site.append(CENTRE_FILE, "posters: {weekly_board: [a4], door_sign: [{paper: a4, with: ug}]}\n");
    for (language, paper, range, key) in [
        ("zh-Hans", "“a6”不是纸张", "20 超出范围", "没有“door_sing”这个键"),
        ("en", "`a6` is not a paper", "20", "`door_sing`"),
    ] {
        let found = site.findings(language);
        let of =
            |code: &str| found.iter().find(|found| found.code == code).unwrap_or_else(|| panic!("{code}: {found:?}"));
        assert_eq!(of("NB0613").message, paper);
        assert!(of("NB0211").message.contains(range.split(' ').next().unwrap()), "{:?}", of("NB0211"));
        assert!(of("NB0206").message.contains("door_sing") && !key.is_empty(), "{:?}", of("NB0206"));
    }
    site.edit(SITE_FILE, "weekly_board: [a6], door_sign: [{paper: a4, distance: 20}], door_sing: []", "door_sign: []");
    for (language, kind) in
        [("zh-Hans", "这类内容不做“weekly_board”"), ("en", "no `weekly_board` is made of this kind of record")]
    {
        let found = site.findings(language);
        let codes: Vec<_> = found.iter().map(|found| (found.code.as_str(), found.place.as_str())).collect();
        assert_eq!(codes.len(), 2, "{codes:?}");
        assert_eq!(found.iter().find(|found| found.code == "NB0614").unwrap().message, kind);
        assert!(codes.iter().any(|(code, _)| *code == "NB0404"), "{codes:?}");
    }
}

#[test]
fn a_call_for_what_is_not_there_is_wrong_and_says_what_was_meant() {
    let site = site();
    for (arguments, chinese, english) in [
        (&["jiefeng"][..], "jiefang", "did you mean `jiefang`?"),
        (&["--kind", "door-sing"], "door-sign", "did you mean `door-sign`?"),
        (&["--size", "a9"], "a5", "a5"),
        (&["--distance", "99"], "10", "10"),
        (&["--with", "ug"], "zh-Hans", "zh-Hans"),
        (&["--bleed", "x"], "20", "20"),
    ] {
        print(&site, arguments).lang("zh-Hans").expect_code(2).complains(chinese);
        print(&site, arguments).lang("en").expect_code(2).complains(english);
    }
    assert_eq!(printed(&site), BTreeSet::new());
}

/// A template of the site's own in place of the theme's sign.
fn with_sign(body: &str) -> TestSite {
    let site = site();
    let head = "#import \"/posters/lib.typ\": *\n#let data = json(\"/data.json\")\n#let m = measures(data)\n";
    site.write("themes/civic/posters/door-sign.typ", format!("{head}#show: sheet.with(data)\n{body}\n"));
    site
}

#[test]
fn what_is_wrong_with_a_template_is_said_and_the_other_sheets_are_made() {
    for (body, code, message) in [
        ("#import \"@preview/cetz:0.3.0\"", "NB0604", "package not found"),
        ("#import \"@preview/cetz:0.3.0\"", "NB0604", "there are no packages"),
        ("#read(\"/../../site.yaml\")", "NB0604", "/site.yaml"),
        ("#image(\"/data.json\", alt: \"图\")", "NB0604", "image"),
        ("#let again(n) = again(n + 1)\n#again(0)", "NB0604", "maximum function call depth exceeded"),
        ("#while 1 < 2 + json(\"/data.json\").distance {}", "NB0604", "infinite"),
        ("#text(size: 4pt)[小字]", "NB0617", "4.0 pt"),
        ("#place(dx: 190mm)[排到纸外的字]", "NB0618", "is not whole on the paper"),
    ] {
        let site = with_sign(body);
        let said = print(&site, &["--size", "a4"]).expect_code(1).complains(code).complains(message);
        assert!(said.stderr.contains("themes/civic/posters/door-sign.typ"), "{}", said.stderr);
        let expected = ["heating-notice-a4.pdf", "winter-weekly-board-a4.pdf"];
        assert_eq!(printed(&site), expected.map(str::to_owned).into(), "{body}");
    }
}

#[test]
fn an_address_that_no_code_can_hold_and_a_title_without_end() {
    let site = site();
    let long = "很长很长的标题".repeat(71);
    site.edit(NOTICE_FILE, "供暖检修", &long);
    let said = print(&site, &["heating", "--distance", "0.4"]).expect_code(0);
    let path = said.stdout.lines().next().unwrap().to_owned();
    if let Some(text) = text(Path::new(&path)) {
        assert!(text.contains(&long), "{text}");
    }
    let address = format!("https://noticeboard.example/{}/", "a".repeat(2400));
    for (language, message) in
        [("zh-Hans", "网址太长，做不成二维码："), ("en", "this address is too long for a QR code: ")]
    {
        let said = print(&site, &["heating", "--base-url", &address]).lang(language).expect_code(1);
        said.complains("NB0616").complains(message);
    }
}

#[test]
fn a_second_language_stands_beside_the_first() {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "theme: bare\n", "");
    print(&site, &["winter", "--with", "en", "--size", "a3", "--distance", "0.5"]).expect_code(0);
    assert_eq!(printed(&site), ["winter-weekly-board-a3-landscape-with-en.pdf".to_owned()].into());
    let Some(text) = text(&site.path("prints/winter-weekly-board-a3-landscape-with-en.pdf")) else { return };
    for words in ["冬季计划", "Winterprogramme", "健康讲座", "Healthtalk", "周一Mon"] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
}

#[test]
fn a_printer_gets_a_strip_to_cut_off() {
    let site = site();
    print(&site, &["jiefang", "--size", "a4", "--bleed", "3"]).expect_code(0);
    let path = site.path("prints/jiefang-door-sign-a4.pdf");
    let Ok(output) = Command::new("pdfinfo").arg("-box").arg(path).output() else { return };
    let boxes = String::from_utf8(output.stdout).unwrap();
    let sides = |name: &str| -> Vec<f64> {
        let line = boxes.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("no {name} in {boxes}"));
        line.split_whitespace().filter_map(|word| word.parse().ok()).collect()
    };
    let (media, trim) = (sides("MediaBox"), sides("TrimBox"));
    let strip = 3.0 * 72.0 / 25.4;
    assert!((media[2] - 2.0 * strip - 210.0 * 72.0 / 25.4).abs() < 0.1, "{boxes}");
    assert!((trim[0] - strip).abs() < 0.1 && (trim[2] - trim[0] - 210.0 * 72.0 / 25.4).abs() < 0.1, "{boxes}");
}
