//! `new`: a site that is sound from its first minute, in the language of its editor, with settings that fit the program.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

use crate::support::git::git;

fn noticeboard(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("noticeboard").unwrap();
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// A folder with a new site in it.
fn new_site(language: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, said) = noticeboard(folder.path(), &["new", "site", "--lang", language]);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    let site = folder.path().join("site");
    (folder, site)
}

fn texts(folder: &Path) -> Vec<(PathBuf, String)> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_owned(), fs::read_to_string(entry.path()).unwrap())).collect()
}

#[test]
fn a_new_site_is_sound_and_builds() {
    for (language, page, words) in
        [("zh-Hans", "centres/qingshan", "法律坐诊"), ("en", "centres/riverside", "Legal advice")]
    {
        let (_folder, site) = new_site(language);
        // The one thing that only time can mend: the holidays of a year that is not announced.
        let (code, _, said) = noticeboard(&site, &["check", "--posters", "none", "--lang", "en"]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.lines().all(|line| !line.contains("[NB") || line.contains("[NB0504]")), "{said}");
        let (code, _, said) = noticeboard(&site, &["build", "--posters", "none", "--lang", "en"]);
        assert_eq!(code, Some(0), "{said}");
        let html = fs::read_to_string(site.join("public").join(page).join("index.html")).unwrap();
        assert!(html.contains(words) && html.contains(&format!("<html lang=\"{language}\"")));
    }
}

/// The content of a site: its YAML and Markdown, by path.
fn content(site: &Path) -> Vec<(PathBuf, String)> {
    let is_content = |path: &Path| {
        let below = path.strip_prefix(site).unwrap();
        (below.starts_with("content") || below == Path::new("site.yaml"))
            && path.extension().is_some_and(|ending| ending == "yaml" || ending == "md")
    };
    let mut all = texts(site);
    all.retain(|(path, _)| is_content(path));
    all.sort();
    all
}

#[test]
fn a_chinese_site_has_chinese_keys_that_can_be_turned_into_english_ones_and_back() {
    let (_folder, site) = new_site("zh-Hans");
    let written = content(&site);
    for (path, text) in &written {
        let keys = text.lines().filter_map(|line| line.trim_start_matches([' ', '-', '#', '{']).split_once(": "));
        for (key, _) in keys.filter(|(key, _)| key.is_ascii() && !key.contains(' ')) {
            // Ids are in Latin letters everywhere.
            let is_id = text.contains(&format!("  {key}: {{名称: "));
            assert!(is_id, "{}: {key}", path.display());
        }
    }
    let fixed = |keys: &str| {
        let (code, _, said) = noticeboard(&site, &["fix", "--keys", keys, "--write", "--lang", "en"]);
        assert_eq!(code, Some(0), "{said}");
        let (code, _, said) = noticeboard(&site, &["check", "--posters", "none", "--lang", "en"]);
        assert_eq!(code, Some(0), "{said}");
        content(&site)
    };
    let english = fixed("en");
    assert!(
        english.iter().any(|(path, text)| path.ends_with("qingshan.yaml") && text.contains("\nshort_name: 青山\n"))
    );
    let again: Vec<_> =
        fixed("zh").into_iter().map(|(path, text)| (path, text.replace("代码: 中文", "代码: zh-Hans"))).collect();
    for ((path, text), (_, before)) in again.iter().zip(&written) {
        assert_eq!(text, before, "{}", path.display());
    }
}

#[test]
fn nothing_is_written_over_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let (code, _, said) = noticeboard(folder.path(), &["new", ".", "--lang", "en"]);
    assert_eq!(code, Some(2));
    assert_eq!(
        said,
        "`.` has something in it (such as `mine.txt`), so nothing was written; give a new or an empty folder\n"
    );
    let (_, _, said) = noticeboard(folder.path(), &["new", ".", "--lang", "zh-Hans"]);
    assert_eq!(said, "“.”里已有东西（例如“mine.txt”），因此没有写入。请换一个新的或空的文件夹。\n");
    assert_eq!(texts(folder.path()).len(), 1);
}

#[test]
fn an_empty_folder_will_do() {
    let folder = tempfile::tempdir().unwrap();
    let (code, said, _) = noticeboard(folder.path(), &["new", ".", "--lang", "en"]);
    assert_eq!(code, Some(0));
    assert!(said.starts_with("a new site stands in `.`; next:\n"), "{said}");
}

#[test]
fn what_is_set_up_calls_only_commands_that_there_are() {
    let (_folder, site) = new_site("zh-Hans");
    let (_, help, _) = noticeboard(&site, &["--help"]);
    let commands: Vec<&str> = help.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).collect();
    let mut found = 0;
    for (path, text) in texts(&site) {
        if path.extension().is_some_and(|ending| ending == "yml" || ending == "md") || path.ends_with("pre-commit") {
            for call in text.split("noticeboard ").skip(1) {
                let word: String = call.chars().take_while(char::is_ascii_lowercase).collect();
                let is_call = !word.is_empty() && !["is", "git"].contains(&word.as_str());
                assert!(!is_call || commands.contains(&word.as_str()), "{}: noticeboard {word}", path.display());
                found += usize::from(is_call);
            }
        }
    }
    assert!(found > 10, "{found}");
}

#[test]
fn no_mark_is_left_and_settings_can_be_read() {
    for language in ["zh-Hans", "en"] {
        let (_folder, site) = new_site(language);
        for (path, text) in texts(&site) {
            assert!(!text.contains('«') && !text.contains('\r'), "{}", path.display());
            let name = path.file_name().unwrap().to_string_lossy();
            if name.ends_with(".yml") || name.ends_with(".yaml") {
                serde_yaml::from_str::<serde_yaml::Value>(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
            } else if name.ends_with(".json") {
                serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
            }
        }
    }
}

/// A commit in a folder whose hook finds the program, with what was said.
#[cfg(unix)]
fn commits(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let program = assert_cmd::cargo::cargo_bin("noticeboard");
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut git = Command::new("git");
    git.current_dir(folder)
        .env("PATH", path)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null");
    git.args(["-c", "user.name=editor", "-c", "user.email=editor@example.org", "commit", "--quiet", "--message", "x"]);
    let output = git.args(arguments).output().unwrap();
    (output.status.success(), String::from_utf8(output.stderr).unwrap())
}

#[cfg(unix)]
#[test]
fn the_hook_checks_what_is_committed_and_not_what_lies_there() {
    use std::os::unix::fs::PermissionsExt as _;
    for below in ["", "docs/our site"] {
        let folder = tempfile::tempdir().unwrap();
        let (top, site) = (folder.path(), folder.path().join(below));
        git(top, &["init", "--quiet"]);
        let (code, ..) = noticeboard(top, &["new", site.to_str().unwrap(), "--lang", "en"]);
        assert_eq!(code, Some(0));
        let hook = site.join(".githooks/pre-commit");
        assert_eq!(fs::metadata(&hook).unwrap().permissions().mode() & 0o111, 0o111);
        let hooks = Path::new(below).join(".githooks");
        git(top, &["config", "core.hooksPath", hooks.to_str().unwrap()]);
        let nothing_left = || {
            let names = fs::read_dir(top.join(".git")).unwrap().map(|entry| entry.unwrap().file_name());
            assert!(names.into_iter().all(|name| !name.to_string_lossy().contains("noticeboard")));
        };
        let refused = |arguments: &[&str], place: &str| {
            let (done, said) = commits(&site, arguments);
            assert!(!done && said.contains(&format!(" --> {place}:")), "{below} {arguments:?}: {said}");
            nothing_left();
        };
        let passes = |arguments: &[&str]| {
            let (done, said) = commits(&site, arguments);
            assert!(done, "{below} {arguments:?}: {said}");
            nothing_left();
        };
        // A file that others name was not added.
        git(&site, &["add", "--all"]);
        git(&site, &["rm", "--quiet", "--cached", "content/centres/riverside.yaml"]);
        refused(&[], "content/notices/welcome.md");
        git(&site, &["add", "--all"]);
        passes(&[]);
        // A mistake that is not committed stops nothing, whether all or one file is; one that is, does.
        let centre = site.join("content/centres/riverside.yaml");
        let sound = fs::read_to_string(&centre).unwrap();
        fs::write(&centre, sound.replace("kind:", "knd:")).unwrap();
        fs::write(site.join("README.md"), "ours\n").unwrap();
        passes(&["README.md"]);
        refused(&["content/centres/riverside.yaml"], "content/centres/riverside.yaml");
        refused(&["--all"], "content/centres/riverside.yaml");
        // Nor is it mended by what is not added.
        git(&site, &["add", "--all"]);
        fs::write(&centre, sound).unwrap();
        refused(&[], "content/centres/riverside.yaml");
    }
}

#[test]
fn in_a_folder_of_a_repository_everything_is_written_for_that_folder_and_it_is_said_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet"]);
    let (code, said, _) = noticeboard(folder.path(), &["new", "docs/our site", "--lang", "en"]);
    assert_eq!(code, Some(0));
    assert!(
        said.contains("is in the git repository `") && said.contains("core.hooksPath 'docs/our site/.githooks'"),
        "{said}"
    );
    let site = folder.path().join("docs/our site");
    for file in [".github/workflows/noticeboard.yml", ".gitlab-ci.yml", ".workflow/noticeboard.yml"] {
        let text = fs::read_to_string(site.join(file)).unwrap();
        assert!(text.contains("  NOTICEBOARD_SITE: 'docs/our site'\n"), "{file}");
    }
    let (_, said, _) = noticeboard(folder.path(), &["new", "告示", "--lang", "zh-Hans"]);
    assert!(said.contains("在已有的 git 仓库“") && said.contains("core.hooksPath 告示/.githooks"), "{said}");
    // A repository that was made for the site is its own, and counts as empty.
    let own = folder.path().join("own");
    fs::create_dir(&own).unwrap();
    git(&own, &["init", "--quiet"]);
    let (code, said, _) = noticeboard(&own, &["new", ".", "--lang", "en"]);
    assert!(code == Some(0) && !said.contains("hooksPath"), "{said}");
}

#[test]
fn what_is_set_up_speaks_the_language_of_the_site() {
    let is_chinese = |line: &str| line.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let files = [
        ".github/workflows/noticeboard.yml",
        ".gitlab-ci.yml",
        ".workflow/noticeboard.yml",
        ".githooks/pre-commit",
        ".gitattributes",
    ];
    for (language, chinese) in [("zh-Hans", true), ("en", false)] {
        let (_folder, site) = new_site(language);
        for file in files {
            let text = fs::read_to_string(site.join(file)).unwrap();
            let mut comments = 0;
            for line in text.lines() {
                let words = line.trim_start();
                let names = ["# ", "- name: ", "displayName: "].iter().any(|start| words.starts_with(start));
                comments += usize::from(names && is_chinese(line) == chinese);
                assert!(chinese || !is_chinese(line), "{file}: {line}");
            }
            assert!(comments > 0, "{file}");
        }
    }
}

#[test]
fn each_forge_checks_before_it_builds_what_is_published() {
    let (_folder, site) = new_site("zh-Hans");
    for (file, job) in [
        (".github/workflows/noticeboard.yml", "  publish:"),
        (".gitlab-ci.yml", "pages:"),
        (".workflow/noticeboard.yml", "stages:"),
    ] {
        let text = fs::read_to_string(site.join(file)).unwrap();
        let (_, publishing) = text.split_once(job).unwrap();
        let (check, build) = (publishing.find("noticeboard check"), publishing.find("noticeboard build"));
        assert!(check.unwrap() < build.unwrap(), "{file}");
    }
}

#[test]
fn a_file_in_its_place_is_no_fault_of_the_machine() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("afile"), "").unwrap();
    let (code, _, said) = noticeboard(folder.path(), &["new", "afile", "--lang", "zh-Hans"]);
    assert_eq!((code, said.as_str()), (Some(2), "“afile”是一个文件，没有写入。请换一个新的或空的文件夹。\n"));
    let (code, _, said) = noticeboard(folder.path(), &["new", "afile", "--lang", "en"]);
    assert_eq!(code, Some(2));
    assert_eq!(said, "`afile` is a file, so nothing was written; give a new or an empty folder\n");
}

/// Of the days in it, those of public holidays are the year's; the others are none that is over.
#[test]
fn no_day_of_a_new_site_is_over_when_it_is_written() {
    for today in ["2026-11-27", "2028-02-29", "2031-12-31"] {
        for language in ["zh-Hans", "en"] {
            let folder = tempfile::tempdir().unwrap();
            noticeboard(folder.path(), &["new", "site", "--lang", language, "--today", today]);
            let content = texts(&folder.path().join("site/content"));
            for (path, text) in content.iter().filter(|(path, _)| !path.to_str().unwrap().contains("calendar")) {
                for (at, _) in text.match_indices("20") {
                    let Some(day) = text.get(at..at + 10).filter(|day| day.parse::<jiff::civil::Date>().is_ok()) else {
                        continue;
                    };
                    assert!(day[..7] >= today[..7], "{day} in {} of {today}", path.display());
                }
            }
        }
    }
}
