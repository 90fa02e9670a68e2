//! What a theme author relies on: the second theme has every page, and the guide names what there is.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::{SITE_FILE, TODAY, TestSite, files};

const GUIDE: &str = include_str!("../docs/themes.md");
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The names of the files of a folder that end so, without their ending.
fn names(folder: &str, ending: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(Path::new(ROOT).join(folder)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter_map(|name| name.strip_suffix(ending).map(str::to_owned)).collect()
}

/// What stands in backquotes in the first cells of the table below a heading of the guide.
fn first_cells(heading: &str) -> BTreeSet<String> {
    let (_, section) = GUIDE.split_once(&format!("## {heading}\n")).expect(heading);
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split_once(" | ").map(|(cell, _)| cell));
    rows.flat_map(|cell| cell.split('`').step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .filter(|name| !name.is_empty())
        .collect()
}

/// The public fields of a structure in a source file.
fn fields(source: &str, structure: &str) -> BTreeSet<String> {
    let source = fs::read_to_string(Path::new(ROOT).join(source)).unwrap();
    let (_, body) = source.split_once(&format!("pub struct {structure} {{\n")).expect(structure);
    let lines = body.lines().take_while(|line| *line != "}");
    lines
        .filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(':').map(|(name, _)| name.to_owned()))
        .collect()
}

fn plain_site() -> TestSite {
    let site = TestSite::empty();
    for folder in ["content", "themes/plain"] {
        for (path, bytes) in files(&Path::new(ROOT).join(folder)) {
            site.write(&format!("{folder}/{path}"), bytes);
        }
    }
    let config = fs::read_to_string(Path::new(ROOT).join("site.yaml")).unwrap();
    assert!(config.contains("\ntheme: civic\n"));
    site.write("site.yaml", config.replace("\ntheme: civic\n", "\ntheme: plain\n"));
    site
}

#[test]
fn the_plain_theme_has_a_page_of_every_kind_in_its_own_frame() {
    let site = plain_site();
    // The example site is larger than those that tests make, and a busy machine takes its time over it.
    let mut build = assert_cmd::Command::cargo_bin("noticeboard").unwrap();
    build.args(["build", "--today", TODAY, "--posters", "none", "-q", "--site"]).arg(site.root());
    build.args(["--out".as_ref(), site.output().as_os_str()]).timeout(std::time::Duration::from_secs(300));
    build.assert().success();
    let built = files(&site.output());
    let mut kinds = BTreeSet::new();
    for (path, bytes) in built.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        let (_, kind) = html.split_once("<body data-page=\"").unwrap_or_else(|| panic!("{path} says no kind"));
        let kind = kind.split('"').next().unwrap();
        kinds.insert(kind.to_owned());
        assert!(
            ["moved", "display"].contains(&kind) || html.contains("assets/plain."),
            "{path} has another style sheet"
        );
        assert!(!html.contains("class=\"masthead\""), "{path} is framed as civic frames it");
    }
    // No sheets are made here, nothing has moved, the statement is a page of its own, and no convention asks for a map.
    let mut wanted = names("themes/civic/templates", ".html");
    for other in ["base", "moved", "posters", "accessibility", "letter", "site-map"] {
        wanted.remove(other);
        kinds.remove(other);
    }
    assert_eq!(kinds, wanted);
    // The screens of lobbies have one of their own.
    let sheets = built.keys().filter(|path| path.starts_with("assets/") && path.ends_with(".css"));
    let sheets = sheets.filter(|path| !path.starts_with("assets/display.")).count();
    assert_eq!(sheets, 1, "a style sheet that no page has is published");
}

#[test]
fn the_plain_theme_has_fewer_than_300_lines() {
    let theme = files(&Path::new(ROOT).join("themes/plain"));
    let lines = theme.values().map(|bytes| bytes.split(|b| *b == b'\n').count());
    assert!(lines.sum::<usize>() < 300);
}

#[test]
fn the_guide_names_every_template_and_no_other() {
    let templates = names("themes/civic/templates", ".html").into_iter().map(|name| format!("{name}.html")).collect();
    assert_eq!(first_cells("Templates and their views"), templates, "docs/themes.md, Templates and their views");
}

#[test]
fn the_guide_names_the_views_where_they_are() {
    let files: Vec<&str> = GUIDE.split('`').filter(|name| name.starts_with("src/") && name.ends_with(".rs")).collect();
    assert!(!files.is_empty());
    for file in files {
        assert!(Path::new(ROOT).join(file).is_file(), "docs/themes.md names {file}");
    }
}

#[test]
fn the_guide_names_every_field_that_all_pages_have() {
    let frame = "src/site/views/frame.rs";
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    wanted.extend(fields(frame, "Frame").into_iter().map(|field| format!("page.{field}")));
    wanted.extend(fields(frame, "SiteView").into_iter().map(|field| format!("site.{field}")));
    let named = first_cells("What every template is given");
    let missing: Vec<_> = wanted.difference(&named).collect();
    assert!(missing.is_empty(), "docs/themes.md does not name {missing:?}");
    let shared: BTreeSet<_> =
        named.into_iter().filter(|name| name.starts_with("page.") || name.starts_with("site.")).collect();
    assert_eq!(shared, wanted);
}

#[test]
fn every_script_and_style_sheet_of_the_themes_is_small_and_in_layers() {
    // A first visit has styles, scripts and a page within 100 KB; they are not packed here.
    let size = |path: &str| fs::metadata(Path::new(ROOT).join(path)).unwrap().len();
    for script in names("themes/civic/assets", ".js") {
        assert!(size(&format!("themes/civic/assets/{script}.js")) < 13_000, "{script}.js");
    }
    let site = TestSite::minimal();
    site.edit("site.yaml", "theme: bare", "theme: civic").build().today(TODAY).expect_code(0);
    let built = files(&site.output());
    let (path, css) = built.iter().find(|(path, _)| path.starts_with("assets/civic.")).unwrap();
    assert!(css.len() < 36_000, "{path} has {} bytes", css.len());
    let css = String::from_utf8_lossy(css);
    let first = css.find("@layer ").unwrap();
    assert!(css[first..].starts_with("@layer tokens,reset,base,layout,components,pages,elder,print;"));
    assert!(!css.contains("@import"), "a part was not put in its place");
    assert!(!css.contains("!important"), "the layers say what counts more");
}

#[test]
fn the_screen_of_a_centre_without_hours_says_that_they_are_not_written() {
    let site = TestSite::minimal();
    site.edit("site.yaml", "theme: bare", "theme: civic");
    let screen = |site: &TestSite| {
        site.built();
        fs::read_to_string(site.output().join("display/jiefang/index.html")).unwrap()
    };
    assert!(!screen(&site).contains("class=\"no-hours\""));
    let centre = "content/centres/jiefang.yaml";
    site.edit(centre, "hours:\n  weekly: {mon-fri: \"08:30-12:00, 14:30-18:00\"}\n", "");
    assert!(screen(&site).contains("<p class=\"no-hours\">开放时间没有登记。</p>"));
    site.append(centre, "phones: [{number: 0931-0000001}]\n");
    assert!(screen(&site).contains("<p class=\"no-hours\">开放时间没有登记，来之前请先打电话。</p>"));
}

#[test]
fn a_theme_that_is_not_there_is_said_beside_the_other_mistakes_of_the_site_file() {
    let site = TestSite::minimal();
    site.edit(SITE_FILE, "Asia/Shanghai", "Asia/Shanghi").edit(SITE_FILE, "theme: bare", "theme: bar");
    let said = site.check().lang("en").run();
    assert_eq!(said.code, Some(1), "{}", said.stderr);
    for code in ["NB0315", "NB0601"] {
        assert_eq!(said.stderr.matches(&format!("error[{code}]")).count(), 1, "{}", said.stderr);
    }
}
