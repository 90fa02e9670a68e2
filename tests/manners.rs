//! How the program behaves at a terminal and in a pipe: its language, what it says of its work, completions and manuals.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const COMMANDS: [&str; 13] = [
    "build",
    "changes",
    "check",
    "explain",
    "export",
    "import",
    "new",
    "record",
    "schema",
    "serve",
    "status",
    "completions",
    "manual",
];

fn noticeboard(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_noticeboard"));
    command.args(arguments).env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C.UTF-8");
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A site in these languages, the first one first, with one key too many.
fn wrong_site(languages: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let listed: String = languages.iter().map(|tag| format!("  - {{tag: {tag}, name: x}}\n")).collect();
    let text = format!(
        "title: a\npublisher: b\nbase_url: https://example.org/\nlanguages:\n{listed}time_zone: Asia/Shanghai\nregion: CN\nwrong: 1\n"
    );
    fs::write(folder.path().join("site.yaml"), text).unwrap();
    folder
}

fn check(site: &Path, more: &[&str], locale: &str) -> String {
    let mut command = noticeboard(&["check", "--today", "2026-11-24", "--posters", "none", "--site"]);
    let output = command.arg(site).args(more).env("LANG", locale).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    text(&output.stderr)
}

#[test]
fn messages_are_in_the_language_that_is_asked_for_else_the_sites_else_the_systems() {
    let (chinese, english) = ("这里没有“wrong”这个键", "there is no key `wrong` here");
    let said = |languages: &[&str], more: &[&str], locale: &str| check(wrong_site(languages).path(), more, locale);
    assert!(said(&["zh-Hans", "en"], &[], "en_US.UTF-8").contains(chinese));
    assert!(said(&["en", "zh-Hans"], &[], "zh_CN.UTF-8").contains(english));
    assert!(said(&["mn-Mong"], &[], "en_US.UTF-8").contains(english));
    assert!(said(&["mn-Mong"], &[], "zh_CN.UTF-8").contains(chinese));
    assert!(said(&["zh-Hans"], &["--lang", "en"], "zh_CN.UTF-8").contains(english));
}

/// A locale, the languages of the site that the program is called in, and whether messages are then in Chinese.
const LOCALES: [(&str, &[&str], bool); 9] = [
    ("C", &[], false),
    ("fr_FR.UTF-8", &[], false),
    ("zh_CN.UTF-8", &[], true),
    ("C", &["zh-Hans"], true),
    ("zh_CN.UTF-8", &["en", "zh-Hans"], false),
    ("C", &["mn-Mong", "bo"], false),
    ("fr_FR.UTF-8", &["ug", "zh-Hans"], true),
    ("zh_CN.UTF-8", &["bo"], true),
    ("zh_CN.UTF-8", &["mn-Cyrl", "en", "zh-Hans"], false),
];

#[test]
fn every_command_speaks_the_first_language_of_the_site_that_has_messages_else_the_systems_else_english() {
    for (locale, languages, is_chinese) in LOCALES {
        let folder = if languages.is_empty() { tempfile::tempdir().unwrap() } else { wrong_site(languages) };
        let said = |arguments: &[&str]| {
            let output = noticeboard(arguments).current_dir(folder.path()).env("LANG", locale).output().unwrap();
            text(&output.stdout) + &text(&output.stderr)
        };
        let is_said = |arguments: &[&str], chinese: &str, english: &str| {
            let said = said(arguments);
            let expected = if is_chinese { chinese } else { english };
            assert!(said.contains(expected), "{locale} {languages:?} {arguments:?}: {said}");
        };
        is_said(&["--help"], "用法：", "Usage:");
        for command in COMMANDS.into_iter().chain(["fix", "posters"]) {
            if command != "changes" {
                is_said(
                    &[command, "--nosuch"],
                    "错误：没有“--nosuch”这个选项",
                    "error: unexpected argument '--nosuch'",
                );
            }
            is_said(&[command, "--help"], "用法：", "Usage:");
        }
        let commands: &[&[&str]] = &[&["build"], &["check"], &["status"], &["record"], &["posters"]];
        for arguments in commands {
            is_said(arguments, "错误", "error");
        }
        is_said(&["check", "--today", "never"], "--today：", "--today: ");
        is_said(&["status", "--on", "never"], "--on：", "--on: ");
        is_said(&["explain", "NB9999"], "CODE：没有", "CODE: there is no");
    }
}

#[test]
fn a_verbose_build_says_of_each_file_why_it_was_made_and_what_became_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let build = |day: &str, language: &str| {
        let mut command = noticeboard(&["build", "-v", "--site", "tests/languages", "--lang", language]);
        let output = command.args(["--posters", "none", "--today", day, "--out"]).arg(&out).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(!text(&output.stderr).contains('\r'), "progress is for terminals");
        text(&output.stdout)
    };
    let first = build("2026-11-24", "en");
    assert!(first.contains("index.html: new, written\n"), "{first}");
    let second = build("2026-11-24", "en");
    assert!(!second.contains(", written\n"), "{second}");
    fs::write(out.join("index.html"), "mine").unwrap();
    let third = build("2026-11-25", "zh-Hans");
    assert!(
        third.contains("\nindex.html：文件被人改了，已写入\n")
            || third.starts_with("index.html：文件被人改了，已写入\n"),
        "{third}"
    );
    assert!(third.contains("：做出来才知道有没有变，没有变\n"), "{third}");
}

/// Runs a command whose output nobody reads.
fn into_closed_pipe(arguments: &[&str]) -> Output {
    let mut child = noticeboard(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    child.wait_with_output().unwrap()
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    for arguments in [
        &["completions", "bash"][..],
        &["manual"],
        &["check", "--site", "tests/languages", "--posters", "none", "--today", "2026-11-24", "--format", "json"],
        &["status", "--site", "tests/languages", "--posters", "none", "--today", "2026-11-24"],
        &["--help"],
    ] {
        let output = into_closed_pipe(arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

#[test]
fn chinese_help_has_no_english_word_for_a_value() {
    for command in COMMANDS {
        let output = noticeboard(&[command, "--help", "--lang", "zh-Hans"]).output().unwrap();
        let said = text(&output.stdout);
        for value in said.split('<').skip(1).filter_map(|part| part.split_once('>')).map(|(value, _)| value) {
            assert!(!value.is_ascii(), "{command}: <{value}>");
        }
        assert!(!said.contains(" of them"), "{said}");
    }
}

#[test]
fn every_shell_completes_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = noticeboard(&["completions", shell]).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        let script = text(&output.stdout);
        for word in COMMANDS.into_iter().chain(["base-url", "editor"]) {
            assert!(script.contains(word), "{shell} does not know {word}");
        }
    }
    let bash = noticeboard(&["completions", "bash"]).output().unwrap();
    let mut read = Command::new("bash").args(["-n", "/dev/stdin"]).stdin(Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut read.stdin.take().unwrap(), &bash.stdout).unwrap();
    assert!(read.wait().unwrap().success(), "bash cannot read the script");
}

#[test]
fn each_command_has_a_manual_page_with_its_options() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("man");
    let output = noticeboard(&["manual", "--out"]).arg(&out).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    for command in COMMANDS {
        let page = fs::read_to_string(out.join(format!("noticeboard-{command}.1"))).unwrap();
        assert!(page.contains(".TH") && page.contains(command), "{command}");
    }
    let serve = fs::read_to_string(out.join("noticeboard-serve.1")).unwrap();
    assert!(serve.contains("\\-\\-editor") && serve.contains("\\-\\-poll"), "{serve}");
    assert!(text(&noticeboard(&["manual"]).output().unwrap().stdout).contains("noticeboard\\-serve"));
}
