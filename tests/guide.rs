//! The first hour of an editor: every step of docs/guide/ is done as it is written, from a clean folder.
//!
//! A block `diff` changes the file that was named last before it, `markdown` makes it anew, `console` runs commands and
//! looks in what they say for the lines below them. `console posters` needs the program with posters.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// The day on which the guide is written.
const TODAY: &str = "2026-11-24";

struct Hour {
    _folder: TempDir,
    at: PathBuf,
    language: &'static str,
    steps: usize,
}

impl Hour {
    fn new(language: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { at: folder.path().to_owned(), _folder: folder, language, steps: 0 }
    }

    fn walk(&mut self, guide: &str) {
        let mut file = None;
        let mut lines = guide.lines();
        while let Some(line) = lines.next() {
            if let Some(kind) = line.strip_prefix("```") {
                let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
                self.steps += 1;
                match kind {
                    "diff" => change(&self.at.join(file.unwrap()), &block),
                    "markdown" => fs::write(self.at.join(file.unwrap()), block.join("\n") + "\n").unwrap(),
                    "console" => self.run(&block),
                    "console posters" if cfg!(feature = "posters") => self.run(&block),
                    "console posters" => {}
                    other => panic!("what is a block of {other}?"),
                }
            } else if let Some(named) = line.split('`').skip(1).step_by(2).filter(|word| is_source(word)).last() {
                file = Some(named);
            }
        }
    }

    fn run(&mut self, block: &[&str]) {
        let mut said = String::new();
        for line in block {
            let Some(command) = line.strip_prefix("$ ") else {
                assert!(said.contains(line), "“{line}” is not in what was said:\n{said}");
                continue;
            };
            let words: Vec<&str> = command.split(' ').collect();
            said = match words.as_slice() {
                ["cd", folder] => {
                    self.at.push(folder);
                    String::new()
                }
                ["noticeboard", arguments @ ..] => self.noticeboard(arguments),
                ["git", arguments @ ..] => output(Command::new("git").args(arguments).current_dir(&self.at)).1,
                other => panic!("{other:?}"),
            };
        }
    }

    fn noticeboard(&self, arguments: &[&str]) -> String {
        let mut command = Command::cargo_bin("noticeboard").unwrap();
        command.args(arguments).args(["--today", TODAY]).current_dir(&self.at);
        if !arguments.contains(&"--lang") {
            command.args(["--lang", self.language]);
        }
        if !cfg!(feature = "posters") && arguments.first() != Some(&"new") {
            command.args(["--posters", "none"]);
        }
        let (code, said) = output(&mut command);
        // One task of the guide is to make a mistake.
        assert!(code == Some(0) || said.contains("urgncy") || said.contains("紧急成度"), "{arguments:?}: {said}");
        said
    }
}

fn is_source(word: &str) -> bool {
    (word == "site.yaml" || word.starts_with("content/")) && (word.ends_with(".yaml") || word.ends_with(".md"))
}

/// Changes the lines that begin with `-` into those with `+`; others say where.
fn change(file: &Path, block: &[&str]) {
    let text = fs::read_to_string(file).unwrap();
    let side = |drop: char| -> String {
        let kept = block.iter().filter(|line| !line.starts_with(drop));
        kept.map(|line| format!("{}\n", line.get(1..).unwrap_or_default())).collect()
    };
    let (old, new) = (side('+'), side('-'));
    assert_eq!(text.matches(&old).count(), 1, "{}: once there must be\n{old}", file.display());
    fs::write(file, text.replace(&old, &new)).unwrap();
}

fn output(command: &mut Command) -> (Option<i32>, String) {
    let identity = ["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"];
    command.envs(identity.map(|name| (name, "editor@example.org"))).env("GIT_CONFIG_GLOBAL", "/dev/null");
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn the_first_hour_goes_as_it_is_written_in_chinese() {
    let mut hour = Hour::new("zh-Hans");
    hour.walk(include_str!("../docs/guide/zh-Hans.md"));
    assert!(hour.steps > 15);
    let page = fs::read_to_string(hour.at.join("public/centres/qingshan/index.html")).unwrap();
    assert!(page.contains("绿水社区党群服务中心") && page.contains("剪纸课") && page.contains("0931-0000001"));
}

#[test]
fn the_first_hour_goes_as_it_is_written_in_english() {
    let mut hour = Hour::new("en");
    hour.walk(include_str!("../docs/guide/en.md"));
    assert!(hour.steps > 15);
    let page = fs::read_to_string(hour.at.join("public/centres/riverside/index.html")).unwrap();
    assert!(page.contains("Lakeside Community Centre") && page.contains("020-0000-0001"));
}

#[test]
fn both_guides_have_the_same_tasks() {
    let tasks = |guide: &str| guide.lines().filter(|line| line.starts_with("```")).count();
    assert_eq!(tasks(include_str!("../docs/guide/zh-Hans.md")), tasks(include_str!("../docs/guide/en.md")));
}
