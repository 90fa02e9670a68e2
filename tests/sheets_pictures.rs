//! Sheets as pictures: they look as they looked when somebody last looked at them, and can be read in black and white.
//!
//! `UPDATE_GOLDEN=1 cargo test --test all sheets_pictures` writes `tests/golden/sheets/` anew; look at what changed.

#![cfg(feature = "posters")]

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::sheets::{printed, site};
use crate::support::*;
use image::GrayImage;
use noticeboard::content::SheetKind;

/// Dots for an inch: letters are grey lines, and a line that moves is seen.
const RESOLUTION: &str = "16";
/// What letters drawn by another version of the program may differ by: the mean of all dots, of 255.
const TOLERANCE: f64 = 3.0;

/// The papers of each kind: small enough that it has to be set with care, and lying where it stands at first. A handbook and
/// a document have a form of their own.
fn papers(kind: &str) -> &'static [&'static [&'static str]] {
    match kind {
        "official-notice" => &[&[]],
        "handbook" => &[&["--size", "A5"], &["--size", "A4"]],
        "weekly-board" => &[&["--size", "A4", "--landscape"], &["--size", "A5", "--landscape"]],
        _ => &[&["--size", "A4"], &["--size", "A5", "--landscape"]],
    }
}

/// Kinds without a dark band: a form to write on, and documents.
const WITHOUT_HEAD: [&str; 2] = ["official-notice", "handbook"];

/// One of each kind.
fn with_records() -> TestSite {
    let site = site();
    site.append(SITE_FILE, "handbooks: {all: {title: 政策手册, tags: [手册]}}\n");
    site.edit(AREAS_FILE, "level: community", "level: district");
    site.append(PROGRAMME_FILE, "  - {title: 老年人|手机课堂, when: 周四 上午, room: 二楼, cost: 免费}\n");
    site.append(PROGRAMME_FILE, "day_themes: [{days: 周二, theme: 健康日}, {days: 周四, theme: 数字日}]\n");
    for (number, lat, lon) in [(1, 36.01, 103.02), (2, 36.03, 103.05)] {
        site.write(
            &format!("content/centres/zhan{number}.yaml"),
            format!("name: 第{number}驿站\nkind: station\narea: jiefang\naddress: 解放路{number}号\nlocation: {{lat: {lat}, lon: {lon}}}\n"),
        );
    }
    for (file, text) in RECORDS {
        site.write(&format!("content/{file}"), text);
    }
    site
}

const RECORDS: [(&str, &str); 10] = [
    (
        "calendar/CN-2027.yaml",
        "year: 2027\nregion: CN\nsource: {title: 国务院办公厅关于2027年部分节假日安排的通知}\nholidays:\n\
         \x20 - {name: 元旦, days: 2027-01-01..2027-01-03, makeup_workdays: [2027-01-09]}\n",
    ),
    (
        "duty/ban.yaml",
        "title: 值班表\ncentre: jiefang\nvalid: 2026-11-02..2026-11-30\n\
         rotation: {every: week, starts: 2026-11-02, days: mon-sun, time: \"18:00-21:00\", turns: [快递员, 外卖配送员]}\n\
         swaps: [{on: 2026-11-27, instead: 外卖配送员, why: 月底盘点}]\ntasks: [给来的人指路]\n\
         contact: {role: 值班联络员, phone: 0931-0000002}\n",
    ),
    (
        "events/tea.md",
        "---\ntitle: 围炉茶话会\nsummary: 一起喝茶、说话。\non: 2026-12-05\ntime: \"14:00-17:00\"\ncentre: jiefang\ncost: 免费\n\
         zones: [{name: 一楼大厅, what: 写福字、剪窗花}, {name: 二楼, what: 下棋}]\n---\n",
    ),
    (
        "feedback/answers.yaml",
        "title: 居民意见答复\nsummary: 每月公布一次。\ncentre: jiefang\nperiod: 2026-09-01..2026-12-20\nchannels: [到前台说]\n\
         items:\n  - {topic: 路灯, raised: 楼后路灯不亮。, raised_on: 2026-09-03, count: 17, status: solved, answer: 已换灯泡。, answered_on: 2026-09-18}\n\
         \x20 - {topic: 停车, raised: 晚上没处停。, raised_on: 2026-09-12, count: 9, status: explained, answer: 南门外可错时停车。, answered_on: 2026-10-16}\n",
    ),
    (
        "notices/closed.md",
        "---\ntitle: 停电关门\nsummary: 下午不开门。\nfrom: 2026-11-20\nuntil: 2026-11-27\ncentres: [jiefang]\n\
         closes: {on: 2026-11-27, from: \"14:30\"}\n---\n\n上午照常。\n",
    ),
    (
        "outreach/round.yaml",
        "title: 冬季巡诊\nsummary: 医生上门。\nweather_note: 路不通就顺延一周。\nbrings: [量血压, 测血糖]\nstops:\n\
         \x20 - {place: 西村, on: 2026-12-03, time: \"10:30-15:30\", note: 空腹来}\n\
         \x20 - {place: 东村, on: 2026-12-15..2026-12-17, weather_dependent: true}\n",
    ),
    (
        "pages/shu.md",
        "---\ntitle: 数字\nfigures:\n  - {label: 甲区：网格, value: \"1607\", unit: 个, source: 日报}\n\
         \x20 - {label: 甲区：志愿者, value: 24万余, unit: 人, source: 日报}\n---\n",
    ),
    (
        "policies/meals.md",
        "---\ntitle: 助餐补贴\nsummary: 60岁起每餐便宜8元。\ndepartments: [community]\naudience: [older-people]\n\
         conditions: [年满60周岁]\npapers: [身份证]\nsteps: [到前台登记]\ntags: [手册]\n---\n\n不收手续费。\n",
    ),
    (
        "policies/old-age.md",
        "---\ntitle: 高龄补贴\nsummary: 80岁起每月发补贴。\ndepartments: [community]\naudience: [older-people]\n\
         conditions: [年满80周岁]\npapers: [身份证, 户口簿]\nsteps: [到窗口填表, 社区核对]\ntags: [手册]\n---\n",
    ),
    (
        "teams/dui.md",
        "---\nname: 维修队\npurpose: 修小件。\ncentre: jiefang\nservices: [换灯泡, 修水龙头]\nask: 打前台电话。\njoin: 到前台登记。\n---\n",
    ),
];

fn drawn_grey(pdf: &Path, folder: &Path) -> Option<GrayImage> {
    let stem = folder.join(pdf.file_stem().unwrap());
    let options = ["-gray", "-png", "-singlefile", "-r", RESOLUTION];
    let drawn = Command::new("pdftoppm").args(options).arg(pdf).arg(&stem).output().ok()?;
    assert!(drawn.status.success());
    Some(image::open(stem.with_extension("png")).unwrap().into_luma8())
}

#[test]
fn sheets_look_as_they_did_and_have_black_on_white() {
    let site = with_records();
    let golden = golden_folder().join("sheets");
    let drawings = site.path("drawings");
    fs::create_dir_all(&drawings).unwrap();
    for kind in SheetKind::ALL.iter().map(|kind| kind.word()) {
        for &options in papers(kind) {
            let made = printed(&site, kind, options);
            assert!(!made.is_empty(), "no {kind}");
            for pdf in made {
                let Some(seen) = drawn_grey(&pdf, &drawings) else { return };
                let known = golden.join(pdf.with_extension("png").file_name().unwrap());
                if std::env::var_os("UPDATE_GOLDEN").is_some() {
                    fs::create_dir_all(&golden).unwrap();
                    seen.save(&known).unwrap();
                }
                let expected = image::open(&known).unwrap_or_else(|_| panic!("no {}", known.display())).into_luma8();
                assert_eq!(seen.dimensions(), expected.dimensions(), "{}", known.display());
                let apart: f64 = seen.iter().zip(expected.iter()).map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
                let apart = apart / seen.len() as f64;
                assert!(apart <= TOLERANCE, "{} differs by {apart:.1} of 255", known.display());
                // The head is dark where the sheet has one, the paper white, in grey too.
                let share = |dark: bool| seen.iter().filter(|dot| if dark { **dot < 90 } else { **dot > 240 }).count();
                let dark = share(true) * 20 > seen.len() || WITHOUT_HEAD.contains(&kind);
                assert!(dark && share(false) * 4 > seen.len(), "{}", known.display());
            }
        }
    }
}

/// The lightness of a colour by itself, as WCAG reckons it: what is left of it in grey.
fn luminance(hex: &str) -> f64 {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
}

#[test]
fn text_is_readable_without_colour() {
    let lib = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/civic/posters/lib/colour.typ");
    let lib = fs::read_to_string(lib).unwrap();
    let colour = |name: &str| -> String {
        let line = lib.lines().find(|line| line.starts_with(&format!("#let {name} = rgb"))).unwrap();
        line.split_once('#').unwrap().1.split_once('#').unwrap().1.chars().take(6).collect()
    };
    let contrast = |a: &str, b: &str| {
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    };
    for text in ["ink", "quiet", "deep"] {
        for ground in ["ffffff".to_owned(), colour("tint")] {
            let contrast = contrast(&colour(text), &ground);
            assert!(contrast >= 7.0, "{text} on {ground}: {contrast:.1}");
        }
    }
    // Rules are seen too, and where one means something a sign or a word stands beside it.
    assert!(contrast(&colour("accent"), "ffffff") >= 4.5);
}
