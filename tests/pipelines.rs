//! The pipelines that `new` writes: they are what the forges' published schemas take, and every shell step in them that
//! needs no forge does its work in a clean folder, with the built program. What talks to a forge (`gh`, the API) is a
//! stand-in that keeps what it was called with.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::judge;
use crate::support::git::{commit_all, git};

const GITHUB: &str = ".github/workflows/noticeboard.yml";
const GITLAB: &str = ".gitlab-ci.yml";
const GITEE: &str = ".workflow/noticeboard.yml";

/// A repository on a host, a clone of it with a new site and a change on a branch, and a home with the program.
struct Forge {
    folder: tempfile::TempDir,
}

impl Forge {
    fn new() -> Self {
        let forge = Self { folder: tempfile::tempdir().unwrap() };
        let (program, site) = (env!("CARGO_BIN_EXE_noticeboard"), forge.path("site"));
        let mut new = Command::new(program);
        let new = new.args(["new", "site", "--lang", "zh-Hans"]).current_dir(forge.folder.path()).output().unwrap();
        assert!(new.status.success());
        for home in ["home/.cargo/bin", "site/.program/bin", "bin"] {
            fs::create_dir_all(forge.path(home)).unwrap();
            std::os::unix::fs::symlink(program, forge.path(home).join("noticeboard")).unwrap();
        }
        for (name, script) in [
            ("gh", "#!/bin/sh\necho \"$@\" > \"$CALLED\"\n"),
            // What is published lies in `public/`, and comments go nowhere; those that are there stand in a file.
            (
                "curl",
                "#!/bin/sh\ncase \"$*\" in\n*notes\\?sort*) cat \"$CALLED.notes\" ;;\n*merge_requests*) echo \"$@\" > \"$CALLED\" ;;\n\
                 *https://pages.example.org/site/next-change.json*) cat public/next-change.json ;;\n*) exit 22 ;;\nesac\n",
            ),
        ] {
            let path = forge.path("bin").join(name);
            fs::write(&path, script).unwrap();
            fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        forge.git(&["init", "--quiet", "--bare", "--initial-branch", "main", "../origin.git"]);
        forge.git(&["init", "--quiet", "--initial-branch", "main"]);
        forge.git(&["remote", "add", "origin", "../origin.git"]);
        forge.commit();
        forge.git(&["push", "--quiet", "--set-upstream", "origin", "main"]);
        forge.git(&["checkout", "--quiet", "-b", "hours"]);
        let centre = site.join("content/centres/qingshan.yaml");
        let text = fs::read_to_string(&centre).unwrap();
        let changed = text.replacen("08:30", "09:00", 1);
        assert_ne!(text, changed);
        fs::write(centre, changed).unwrap();
        forge.commit();
        forge
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn git(&self, arguments: &[&str]) -> String {
        String::from_utf8(git(&self.path("site"), arguments).stdout).unwrap().trim().to_owned()
    }

    fn commit(&self) {
        commit_all(&self.path("site"));
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_default()
    }

    /// Runs a script as the forges' runners do.
    fn run(&self, shell: &[&str], script: &str, set: &BTreeMap<String, String>) -> Output {
        let path = format!("{}:{}", self.path("bin").display(), std::env::var("PATH").unwrap());
        let mut bash = Command::new("bash");
        bash.args(shell).arg("-c").arg(script).current_dir(self.path("site"));
        bash.env("HOME", self.path("home")).env("PATH", path).env("CALLED", self.path("called"));
        for name in ["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"] {
            bash.env(name, self.path(name));
        }
        bash.env("RUNNER_TEMP", self.folder.path()).env("LANG", "C.UTF-8").env_remove("LC_ALL");
        bash.envs(set).output().unwrap()
    }
}

fn pipeline(site: &Path, path: &str) -> Value {
    serde_yaml::from_str(&fs::read_to_string(site.join(path)).unwrap()).unwrap()
}

/// Runs the steps of a job of GitHub that are shell scripts, and gives what each said, by its first word or name.
fn github(forge: &Forge, job: &str, contexts: &[(&str, &str)]) -> BTreeMap<String, Output> {
    let workflow = pipeline(&forge.path("site"), GITHUB);
    let mut said = BTreeMap::new();
    for step in workflow["jobs"][job]["steps"].as_array().unwrap() {
        let Some(script) = step["run"].as_str() else { continue };
        let name = step["name"].as_str().unwrap_or_else(|| script.split(' ').nth(1).unwrap()).to_owned();
        let mut set = BTreeMap::new();
        for (key, value) in step["env"].as_object().into_iter().flatten() {
            let value = value.as_str().unwrap();
            let filled = contexts
                .iter()
                .fold(value.to_owned(), |value, (context, with)| value.replace(&format!("${{{{ {context} }}}}"), with));
            assert!(!filled.contains("${{"), "{name}: what is {filled}?");
            set.insert(key.clone(), filled);
        }
        // `shell: bash` is not said, so the runner takes `bash -e`.
        let output = forge.run(&["-e"], script, &set);
        said.insert(name, output);
    }
    said
}

#[test]
fn pipelines_are_what_the_published_schemas_take() {
    let forge = Forge::new();
    let site = forge.path("site");
    let mut wrong = pipeline(&site, GITHUB);
    wrong["jobs"]["check"]["step"] = json!([]);
    let mut wrong_too = pipeline(&site, GITLAB);
    wrong_too["check"]["scripts"] = json!(["x"]);
    wrong_too["check"].as_object_mut().unwrap().remove("script");
    let pipelines = json!([
        {"schema": "github-workflow", "name": GITHUB, "pipeline": pipeline(&site, GITHUB)},
        {"schema": "gitlab-ci", "name": GITLAB, "pipeline": pipeline(&site, GITLAB)},
        {"schema": "github-workflow", "name": "a wrong one", "pipeline": wrong, "wrong": true},
        {"schema": "gitlab-ci", "name": "another", "pipeline": wrong_too, "wrong": true},
    ]);
    judge::agrees("pipelines.py", &json!({"pipelines": pipelines}), 4);
}

#[test]
fn the_steps_of_github_check_tell_and_publish() {
    let forge = Forge::new();
    let contexts = [
        ("vars.NOTICEBOARD_SOURCE", "https://git.example.org/noticeboard"),
        ("vars.NOTICEBOARD_REV", ""),
        ("github.base_ref", "main"),
        ("github.token", "t"),
        ("github.event.pull_request.number", "7"),
    ];
    let said = github(&forge, "check", &contexts);
    let failed: Vec<_> = said.iter().filter(|(_, output)| !output.status.success()).collect();
    assert!(said.len() == 4 && failed.is_empty(), "{failed:?}");
    let told = forge.read("changes.md");
    assert!(told.contains("青山") && told.contains("09:00"), "{told}");
    assert_eq!(told, forge.read("GITHUB_STEP_SUMMARY"));
    let comment = forge.read("called");
    assert!(comment.starts_with("pr comment 7 --edit-last --create-if-none --body-file "), "{comment}");
    // A mistake fails the check, and what changes is told all the same.
    let notice = forge.path("site/content/notices/welcome.md");
    fs::write(&notice, fs::read_to_string(&notice).unwrap().replacen("标题:", "标提:", 1)).unwrap();
    let said = github(&forge, "check", &contexts);
    let check = &said["Mistakes, on the lines that they are in"];
    assert_eq!(check.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&check.stdout).contains("::error file=content/notices/welcome.md,line="),
        "{check:?}"
    );
    forge.git(&["checkout", "--quiet", "content"]);

    let publish = |event: &str| {
        let _ = fs::remove_file(forge.path("GITHUB_OUTPUT"));
        let contexts = [
            ("steps.where.outputs.base_url", "https://pages.example.org/site"),
            ("github.event_name", event),
            ("vars.NOTICEBOARD_SOURCE", "x"),
            ("vars.NOTICEBOARD_REV", ""),
        ];
        let said = github(&forge, "publish", &contexts);
        assert!(said.values().all(|output| output.status.success()), "{said:?}");
        forge.read("GITHUB_OUTPUT")
    };
    // Nothing is published yet, so a page is due whatever the hour; afterwards not before midnight.
    assert_eq!(publish("schedule"), "due=yes\n");
    assert!(forge.path("site/public/index.html").is_file());
    if Command::new("jq").arg("--version").output().is_ok() {
        assert_eq!(publish("schedule"), "due=no\n");
    }
    assert_eq!(publish("push"), "due=yes\n");
}

#[test]
fn the_jobs_of_gitlab_check_tell_and_publish() {
    let forge = Forge::new();
    let pipeline = pipeline(&forge.path("site"), GITLAB);
    let script = |job: &str| {
        let lines = |value: &Value| -> Vec<String> {
            value.as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
        };
        [lines(&pipeline["default"]["before_script"]), lines(&pipeline[job]["script"])].concat().join("\n")
    };
    let mut set = BTreeMap::new();
    let mut say = |name: &str, value: &str| _ = set.insert(name.to_owned(), value.to_owned());
    say("CI_MERGE_REQUEST_DIFF_BASE_SHA", &forge.git(&["rev-parse", "main"]));
    say("CI_API_V4_URL", "https://git.example.org/api/v4");
    say("CI_PROJECT_ID", "3");
    say("CI_MERGE_REQUEST_IID", "7");
    say("CI_PAGES_URL", "https://pages.example.org/site");
    // GitLab's runner sets these options of bash.
    let run = |job: &str, set: &BTreeMap<String, String>| forge.run(&["-eo", "pipefail"], &script(job), set);
    let output = run("check", &set);
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("青山") && forge.read("called").is_empty());
    set.insert("NOTICEBOARD_TOKEN".to_owned(), "t".to_owned());
    assert!(run("check", &set).status.success());
    let comment = forge.read("called");
    assert!(
        comment.contains("body@comment.md https://git.example.org/api/v4/projects/3/merge_requests/7/notes\n"),
        "{comment}"
    );
    // The next push renews the comment that is there, in either order of what GitLab says of it.
    for written in ["\"id\":41,\"type\":null,", "\"id\":41,"] {
        let body = serde_json::to_string(&forge.read("site/comment.md")).unwrap();
        let other = "{\"id\":40,\"type\":null,\"body\":\"see noticeboard changes\",\"author\":{\"id\":1}}";
        fs::write(
            forge.path("called.notes"),
            format!("[{other},{{{written}\"body\":{body},\"author\":{{\"id\":2}}}}]"),
        )
        .unwrap();
        assert!(run("check", &set).status.success());
        let comment = forge.read("called");
        assert!(comment.contains("--request PUT") && comment.contains("/merge_requests/7/notes/41\n"), "{comment}");
    }
    let notice = forge.path("site/content/notices/welcome.md");
    fs::write(&notice, fs::read_to_string(&notice).unwrap().replacen("标题:", "标提:", 1)).unwrap();
    assert!(!run("check", &set).status.success());
    forge.git(&["checkout", "--quiet", "content"]);
    let output = run("pages", &set);
    assert!(output.status.success(), "{output:?}");
    let home = forge.read("site/public/index.html");
    assert!(home.contains("https://pages.example.org/site/"), "{home}");
}

#[test]
fn the_script_of_gitee_clones_checks_and_publishes_and_goes_on_from_there() {
    let forge = Forge::new();
    let pipeline = pipeline(&forge.path("site"), GITEE);
    let step = &pipeline["stages"][0]["steps"][0];
    let lines: Vec<&str> = step["script"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    let script = lines.join("\n").replace("/srv/noticeboard", forge.path("srv").to_str().unwrap());
    let mut set = BTreeMap::new();
    set.insert("GITEE_REPO".to_owned(), forge.path("origin.git").display().to_string());
    set.insert("GITEE_BRANCH".to_owned(), "main".to_owned());
    let output = forge.run(&[], &script, &set);
    assert!(output.status.success(), "{output:?}");
    assert!(forge.path("srv/public/index.html").is_file());
    // The next push is told and published.
    forge.git(&["push", "--quiet", "origin", "hours:main"]);
    let output = forge.run(&[], &script, &set);
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("09:00"), "{output:?}");
    // A mistake publishes nothing.
    let notice = forge.path("site/content/notices/welcome.md");
    fs::write(&notice, fs::read_to_string(&notice).unwrap().replacen("标题:", "标提:", 1)).unwrap();
    forge.commit();
    forge.git(&["push", "--quiet", "origin", "hours:main"]);
    let before = fs::read(forge.path("srv/public/index.html")).unwrap();
    let output = forge.run(&[], &script, &set);
    assert!(!output.status.success(), "{output:?}");
    assert_eq!(fs::read(forge.path("srv/public/index.html")).unwrap(), before);
}
