//! The manual, `docs/site/`: what the program says of itself is complete, and it is what it is made from.
//!
//! With `UPDATE_REFERENCE=1` the pages that are generated are written anew, and those that are nothing's are deleted.

mod commands;
mod examples;
mod fields;
mod forms;
mod guide;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fields::Tongue;
use noticeboard::diagnostics::{Code, Language};
use noticeboard::reference::codes;

/// `noticeboard explain`, in a folder without a site.
fn explain(arguments: &[&str]) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = assert_cmd::cargo_bin_cmd!("noticeboard");
    let output = command.arg("explain").args(arguments).current_dir(folder.path()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn every_code_has_a_meaning_in_both_languages_and_no_other_has_one() {
    let known: BTreeSet<String> = Code::ALL.iter().map(|code| code.id().to_owned()).collect();
    assert_eq!(codes::codes_with_meaning().into_iter().collect::<BTreeSet<_>>(), known);
    for code in Code::ALL {
        let (chinese, english) = (codes::meaning(*code, Language::ZhHans), codes::meaning(*code, Language::En));
        assert!(chinese.ends_with(['。', '”']) && english.ends_with('.'), "{}", code.id());
        assert!((8..90).contains(&chinese.chars().count()) && english.len() < 260, "{}: {chinese}", code.id());
        assert!(!chinese.contains([',', ';', '(', '"']), "{}: {chinese}", code.id());
    }
}

#[test]
fn a_code_is_explained_with_what_is_written_what_is_said_and_what_to_write_instead() {
    let (code, said, _) = explain(&["NB0410", "--lang", "zh-Hans"]);
    assert_eq!(code, Some(0));
    let mut rest = said.as_str();
    for part in [
        "NB0410 地区 … 的 … 年日历有两份\n\n同一个地区、同一年的节假日日历只能有一份。\n这是错误：",
        "\ncontent/calendar/CN-2027.yaml 里写成：\n    year: 2026\n",
        "\n程序说：\n    错误[NB0410]: 地区 CN 的 2026 年日历有两份\n     --> content/calendar/CN-2027.yaml:1:7\n",
        "\n改成 content/calendar/CN-2027.yaml：\n    year: 2027\n",
    ] {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part}\nis not next in\n{rest}"));
        rest = &rest[at + part.len()..];
    }
    let (_, english, _) = explain(&["nb131", "--lang", "en"]);
    assert!(english.starts_with("NB0131 this line is not indented as its neighbours are\n"), "{english}");
    assert!(english.contains("noticeboard fix --write makes it:\n"), "{english}");
}

#[test]
fn several_codes_are_explained_at_once_however_they_are_written() {
    let (code, said, _) = explain(&["131", "nb0107", "--lang", "en"]);
    assert_eq!(code, Some(0));
    assert!(said.contains("NB0131 ") && said.contains("NB0107 "), "{said}");
}

#[test]
fn a_code_that_there_is_not_is_a_wrong_call_that_says_what_was_meant() {
    for (language, message) in [
        ("zh-Hans", "CODE：没有“NB9131”这个代码。是不是 NB0131？代码写在每条信息的方括号里，例如 NB0131\n"),
        (
            "en",
            "CODE: there is no code `NB9131`; did you mean NB0131?; the code stands in brackets in each message, e.g. NB0131\n",
        ),
    ] {
        let (code, said, complaint) = explain(&["NB9131", "--lang", language]);
        assert_eq!((code, said.as_str(), complaint.as_str()), (Some(2), "", message));
    }
}

/// Every page of the manual, by its file's path.
fn manual() -> BTreeMap<PathBuf, String> {
    let mut pages = BTreeMap::new();
    for tongue in Tongue::BOTH {
        let language = match tongue {
            Tongue::Chinese => Language::ZhHans,
            Tongue::English => Language::En,
        };
        let mut made = fields::pages(tongue);
        made.push(("codes".to_owned(), codes::index(language)));
        let page = |code: &Code| (format!("codes/{}", code.id().to_lowercase()), codes::page(*code, language));
        made.extend(Code::ALL.iter().map(page));
        made.extend(commands::pages(tongue));
        made.push(("guide".to_owned(), guide::page(tongue)));
        for (path, text) in made {
            pages.insert(PathBuf::from(format!("{path}{}.md", tongue.pick("", ".en"))), text);
        }
    }
    pages
}

fn files(folder: &Path, found: &mut BTreeMap<PathBuf, String>, top: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found, top);
        } else {
            found.insert(path.strip_prefix(top).unwrap().to_owned(), fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn the_manual_is_what_the_program_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/site/content/pages");
    let (made, mut written) = (manual(), BTreeMap::new());
    files(&folder, &mut written, &folder);
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        for path in written.keys().filter(|path| !made.contains_key(*path)) {
            fs::remove_file(folder.join(path)).unwrap();
        }
        for (path, text) in made.iter().filter(|(path, text)| written.get(*path) != Some(text)) {
            fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
            fs::write(folder.join(path), text).unwrap();
        }
        return;
    }
    let paths: BTreeSet<_> = made.keys().chain(written.keys()).collect();
    let stale: Vec<_> = paths.into_iter().filter(|path| made.get(*path) != written.get(*path)).collect();
    assert!(stale.is_empty(), "run UPDATE_REFERENCE=1 cargo test --test all reference:: and look at {stale:?}");
}

#[test]
fn the_manual_is_a_site_of_pages_whose_home_and_menu_lead_to_them() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/site");
    let out = tempfile::tempdir().unwrap();
    let mut build = assert_cmd::cargo_bin_cmd!("noticeboard");
    build.args(["build", "--posters", "none", "--today", "2026-11-24", "--lang", "en", "-q", "--site"]).arg(&site);
    let said = build.arg("--out").arg(out.path()).output().unwrap();
    assert_eq!((said.status.code(), String::from_utf8(said.stderr).unwrap()), (Some(0), String::new()));
    let page = |path: &str| fs::read_to_string(out.path().join(path).join("index.html")).unwrap();
    let home = page("");
    for title in ["第一个小时", "每一项怎么写", "错误和提醒", "命令"] {
        // In the menu, as a card, and in the footer.
        assert!(home.matches(&format!(">{title}</a>")).count() >= 3, "{title}");
    }
    for of_centres in ["id=\"centres\"", "id=\"on\"", "class=\"jump\""] {
        assert!(!home.contains(of_centres), "{of_centres}");
    }
    let code = page("en/codes/nb0131");
    let above = code.split_once("class=\"breadcrumbs\"").unwrap().1.split_once("</nav>").unwrap().0;
    assert!(above.contains(">Home</a>") && above.contains(">Errors and warnings</a>"), "{above}");
    assert!(code.contains("<code>") && code.contains("error[NB0131]: this line is not indented as its neighbours are"));
}

#[test]
fn each_picture_of_the_guide_is_there_is_small_and_says_what_it_shows() {
    let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/site/content/pictures");
    for (guide, language) in
        [(include_str!("../docs/guide/zh-Hans.md"), "zh-Hans"), (include_str!("../docs/guide/en.md"), "en")]
    {
        let shown: Vec<_> = guide.lines().filter_map(|line| line.strip_prefix("![")?.split_once("](")).collect();
        assert_eq!(shown.len(), 4, "{language}");
        for (words, path) in shown {
            let name = path.trim_end_matches(')').rsplit('/').next().unwrap();
            assert!(name.starts_with(&format!("guide-{language}-")), "{name}");
            assert!(fs::metadata(pictures.join(name)).unwrap().len() < 150_000, "{name}");
            assert_eq!(words.is_ascii() || words.contains('’'), language == "en", "{words}");
        }
    }
}
