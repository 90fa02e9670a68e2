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

/// Keeps what it was called with, and answers with the comments of a file, through jq as the real one does.
const GH: &str = r#"#!/bin/sh
case "$*" in
api\ --paginate*) for query; do :; done; jq -r "$query" "$CALLED.notes" ;;
*) echo "$@" > "$CALLED" ;;
esac
"#;
/// What is published lies in `public/`, and comments go nowhere; those that are there stand in a file. Of Gitee's calls,
/// what comes by standard input is kept too.
const CURL: &str = r#"#!/bin/sh
case "$*" in
*notes\?sort* | *--get*gitee.com/api/v5/*/comments) cat "$CALLED.notes" ;;
*merge_requests*) echo "$@" > "$CALLED" ;;
*gitee.com/api/v5/*) { echo "$@"; cat; } > "$CALLED" ;;
*https://pages.example.org/site/next-change.json*) cat public/next-change.json ;;
*https://pages.example.org/site/commit.txt*) cat public/commit.txt ;;
*) exit 22 ;;
esac
"#;
const MARKER: &str = "[//]: # (noticeboard changes)\n\n";

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
        for (name, script) in [("gh", GH), ("curl", CURL)] {
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

    /// Misspells a key of a notice.
    fn slip(&self) {
        let notice = self.path("site/content/notices/welcome.md");
        let text = fs::read_to_string(&notice).unwrap();
        let slipped = text.replacen("标题:", "标提:", 1);
        assert_ne!(text, slipped);
        fs::write(notice, slipped).unwrap();
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
        let (program, options) = shell.split_first().unwrap();
        let mut bash = Command::new(program);
        bash.args(options).arg("-c").arg(script).current_dir(self.path("site"));
        bash.env("HOME", self.path("home")).env("PATH", path).env("CALLED", self.path("called"));
        for name in ["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"] {
            bash.env(name, self.path(name));
        }
        bash.env("GITHUB_SHA", self.git(&["rev-parse", "HEAD"])).env("GITHUB_REPOSITORY", "o/r");
        bash.env("RUNNER_TEMP", self.folder.path()).env("LANG", "C.UTF-8").env_remove("LC_ALL");
        bash.envs(set).output().unwrap()
    }
}

/// The variables that a pipeline sets for all its scripts.
fn variables(pipeline: &Value) -> BTreeMap<String, String> {
    let set = pipeline["variables"].as_object().or(pipeline["env"].as_object()).unwrap();
    set.iter().map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect()
}

fn pipeline(site: &Path, path: &str) -> Value {
    serde_yaml::from_str(&fs::read_to_string(site.join(path)).unwrap()).unwrap()
}

/// Runs the steps of a job of GitHub that are shell scripts, and gives what each said, by its id.
fn github(forge: &Forge, job: &str, contexts: &[(&str, &str)]) -> BTreeMap<String, Output> {
    let workflow = pipeline(&forge.path("site"), GITHUB);
    let mut said = BTreeMap::new();
    for step in workflow["jobs"][job]["steps"].as_array().unwrap() {
        let Some(script) = step["run"].as_str() else { continue };
        let name = step["id"].as_str().unwrap().to_owned();
        let mut set = variables(&workflow);
        for (key, value) in step["env"].as_object().into_iter().flatten() {
            let value = value.as_str().unwrap();
            let filled = contexts
                .iter()
                .fold(value.to_owned(), |value, (context, with)| value.replace(&format!("${{{{ {context} }}}}"), with));
            assert!(!filled.contains("${{"), "{name}: what is {filled}?");
            set.insert(key.clone(), filled);
        }
        // `shell: bash` is not said, so the runner takes `bash -e`.
        let output = forge.run(&["bash", "-e"], script, &set);
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
fn the_steps_of_github_check_and_tell() {
    let forge = Forge::new();
    let contexts = [
        ("vars.NOTICEBOARD_SOURCE", "https://git.example.org/noticeboard"),
        ("vars.NOTICEBOARD_REV", ""),
        ("steps.where.outputs.base_url", "https://pages.example.org/site"),
        ("github.base_ref", "main"),
        ("github.token", "t"),
        ("github.event.pull_request.number", "7"),
    ];
    // Comments of others are left alone, whatever they quote.
    let of = |login: &str, id: u8, body: &str| json!({"id": id, "user": {"login": login}, "body": body});
    let told = format!("{MARKER}old");
    let others = [of("linter[bot]", 1, &told), of("github-actions[bot]", 2, "Tests passed"), of("me", 3, &told)];
    fs::write(forge.path("called.notes"), json!(others).to_string()).unwrap();
    let said = github(&forge, "check", &contexts);
    let failed: Vec<_> = said.iter().filter(|(_, output)| !output.status.success()).collect();
    assert!(said.len() == 5 && failed.is_empty(), "{failed:?}");
    let changes = forge.read("changes.md");
    assert!(changes.contains("青山") && changes.contains("09:00"), "{changes}");
    assert_eq!(changes, forge.read("GITHUB_STEP_SUMMARY"));
    assert_eq!(forge.read("comment.md"), format!("{MARKER}{changes}"));
    assert!(forge.read("called").starts_with("pr comment 7 --body-file "), "{}", forge.read("called"));
    // A mistake fails the check, and what changes is told all the same, in our own comment.
    forge.slip();
    let ours = [&others[..], &[of("github-actions[bot]", 4, &told)]].concat();
    fs::write(forge.path("called.notes"), json!(ours).to_string()).unwrap();
    let said = github(&forge, "check", &contexts);
    let check = &said["check"];
    assert_eq!(check.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&check.stdout).contains("::error file=content/notices/welcome.md,line="),
        "{check:?}"
    );
    let comment = forge.read("called");
    assert!(comment.starts_with("api --silent --method PATCH repos/o/r/issues/comments/4 --field body=@"), "{comment}");
    assert!(said["comment"].status.success() && forge.read("comment.md") != format!("{MARKER}{changes}"));
}

#[test]
fn the_steps_of_github_publish_what_is_due_and_lose_no_push() {
    let forge = Forge::new();
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
        forge.read("GITHUB_OUTPUT").lines().find(|line| line.starts_with("due=")).unwrap().to_owned()
    };
    // Nothing is published yet, so a page is due whatever the hour; afterwards not before midnight.
    assert_eq!(publish("schedule"), "due=yes");
    let home = forge.read("site/public/index.html");
    assert!(home.contains("https://pages.example.org/site/"), "{home}");
    assert_eq!(publish("schedule"), "due=no");
    assert_eq!(publish("push"), "due=yes");
    // A push whose run was cancelled while it waited is published within the hour.
    fs::write(forge.path("site/public/commit.txt"), "another\n").unwrap();
    assert_eq!(publish("schedule"), "due=yes");
    assert_eq!(publish("schedule"), "due=no");
    // Only checks of pull requests are ended by a newer run.
    let concurrency = &pipeline(&forge.path("site"), GITHUB)["concurrency"];
    assert_eq!(concurrency["cancel-in-progress"], "${{ github.event_name == 'pull_request' }}");
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
    let mut set = variables(&pipeline);
    let mut say = |name: &str, value: &str| _ = set.insert(name.to_owned(), value.to_owned());
    // The program is there already.
    let week = Command::new("date").arg("+%G-%V").output().unwrap().stdout;
    fs::write(forge.path("site/.program/version"), week).unwrap();
    say("CI_MERGE_REQUEST_DIFF_BASE_SHA", &forge.git(&["rev-parse", "main"]));
    say("CI_API_V4_URL", "https://git.example.org/api/v4");
    say("CI_PROJECT_ID", "3");
    say("CI_MERGE_REQUEST_IID", "7");
    say("CI_PAGES_URL", "https://pages.example.org/site");
    // GitLab's runner sets these options of bash.
    let run = |job: &str, set: &BTreeMap<String, String>| forge.run(&["bash", "-eo", "pipefail"], &script(job), set);
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
    // A mistake fails the job, after it was said where, and what changes was told.
    forge.slip();
    fs::remove_file(forge.path("called")).unwrap();
    let told = forge.read("site/comment.md");
    let output = run("check", &set);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("content/notices/welcome.md:"), "{output:?}");
    assert!(forge.read("called").contains("--request PUT") && forge.read("site/comment.md") != told);
    // The comment says which, for those who read it on a phone.
    let comment = forge.read("site/comment.md");
    assert!(comment.contains("content/notices/welcome.md 第 ") && comment.contains("改法："), "{comment}");
    // A program that is not this week's is fetched anew.
    fs::write(forge.path("site/.program/version"), "2026-01\n").unwrap();
    let cargo = forge.path("bin/cargo");
    fs::write(&cargo, "#!/bin/sh\necho \"$@\" >> \"$CALLED.cargo\"\n").unwrap();
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    set.insert("NOTICEBOARD_SOURCE".to_owned(), "https://git.example.org/noticeboard".to_owned());
    run("check", &set);
    run("check", &set);
    assert_eq!(
        forge.read("called.cargo"),
        "install --locked --root .program --git https://git.example.org/noticeboard noticeboard\n"
    );
    set.insert("NOTICEBOARD_REV".to_owned(), "abc".to_owned());
    run("check", &set);
    assert!(forge.read("called.cargo").ends_with(" --rev abc noticeboard\n"));
    forge.git(&["checkout", "--quiet", "content"]);
    let output = run("pages", &set);
    assert!(output.status.success(), "{output:?}");
    let home = forge.read("site/public/index.html");
    assert!(home.contains("https://pages.example.org/site/"), "{home}");
}

/// Runs what Gitee's agent would, on a push to main or for a pull request.
fn gitee(forge: &Forge, shell: &str, about: &[(&str, &str)]) -> Output {
    let pipeline = pipeline(&forge.path("site"), GITEE);
    let step = &pipeline["stages"][0]["steps"][0];
    let lines: Vec<&str> = step["script"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    let mut set = variables(&pipeline);
    let mut say = |name: &str, value: &str| _ = set.insert(name.to_owned(), value.to_owned());
    fs::create_dir_all(forge.path("srv")).unwrap();
    fs::create_dir_all(forge.path("tmp")).unwrap();
    say("NOTICEBOARD_CLONE", forge.path("origin.git").to_str().unwrap());
    say("NOTICEBOARD_FOLDER", forge.path("srv").to_str().unwrap());
    // The name, and no address.
    say("GITEE_REPO", "origin");
    say("TMPDIR", forge.path("tmp").to_str().unwrap());
    about.iter().for_each(|(name, value)| say(name, value));
    forge.run(&[shell], &lines.join("\n"), &set)
}

#[test]
fn the_script_of_gitee_clones_checks_and_publishes_and_goes_on_from_there() {
    let forge = Forge::new();
    let push = || gitee(&forge, "bash", &[("GITEE_BRANCH", "main")]);
    let output = push();
    assert!(output.status.success(), "{output:?}");
    assert!(forge.path("srv/public/index.html").is_file());
    // The next push is told and published.
    forge.git(&["push", "--quiet", "origin", "hours:main"]);
    let output = push();
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("09:00"), "{output:?}");
    // A mistake publishes nothing, nor does another branch.
    forge.slip();
    forge.commit();
    forge.git(&["push", "--quiet", "origin", "hours:main"]);
    let before = fs::read(forge.path("srv/public/index.html")).unwrap();
    let output = push();
    assert!(!output.status.success(), "{output:?}");
    let output = gitee(&forge, "bash", &[("GITEE_BRANCH", "hours")]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(fs::read(forge.path("srv/public/index.html")).unwrap(), before);
}

#[test]
fn the_script_of_gitee_checks_a_pull_request_apart_from_what_is_published() {
    let forge = Forge::new();
    assert!(gitee(&forge, "sh", &[("GITEE_BRANCH", "main")]).status.success());
    let published = || (fs::read(forge.path("srv/public/index.html")).unwrap(), forge.read("srv/site/.git/HEAD"));
    let before = published();
    // As Gitee keeps a pull request from a fork: its source is no branch here. Main went on meanwhile.
    forge.git(&["push", "--quiet", "origin", "hours:refs/pull/7/head"]);
    let source = forge.git(&["rev-parse", "hours"]);
    forge.git(&["checkout", "--quiet", "main"]);
    let notice = forge.path("site/content/notices/welcome.md");
    fs::write(&notice, fs::read_to_string(&notice).unwrap().replacen("标题: ", "标题: 后来", 1)).unwrap();
    forge.commit();
    forge.git(&["push", "--quiet", "origin", "main"]);
    let pull = |source: &str| {
        let target = forge.git(&["rev-parse", "main"]);
        let about = [
            ("GITEE_BRANCH", "main"),
            ("GITEE_COMMIT", &*target),
            ("GITEE_SOURCE_BRANCH", "hours"),
            ("GITEE_SOURCE_COMMIT", source),
            ("GITEE_PULL_ID", "7"),
            ("NOTICEBOARD_CLONE", &*format!("file://{}", forge.path("origin.git").display())),
        ];
        let output = gitee(&forge, "sh", &about);
        assert_eq!(published(), before);
        assert_eq!(fs::read_dir(forge.path("tmp")).unwrap().count(), 0, "a folder is left");
        output
    };
    let output = pull(&source);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("09:00") && !said.contains("后来"), "{output:?}");
    assert_eq!(forge.read("called"), "");
    // With a token, the pull request has a comment, which the next push renews; the token is in no list of processes.
    fs::write(forge.path("srv/token"), "secret\n").unwrap();
    let folder = forge.folder.path().file_name().unwrap().to_str().unwrap();
    let pulls = format!("https://gitee.com/api/v5/repos/{folder}/origin/pulls");
    fs::write(forge.path("called.notes"), r#"[{"id": 1, "body": "good", "user": {"id": 5}}]"#).unwrap();
    assert!(pull(&source).status.success());
    let called = forge.read("called");
    assert!(called.contains(&format!("comment.md {pulls}/7/comments\n")), "{called}");
    assert!(called.ends_with("\ndata-urlencode = \"access_token=secret\"\n"), "{called}");
    // So does one with a mistake, which fails.
    forge.git(&["checkout", "--quiet", "hours"]);
    forge.slip();
    forge.commit();
    forge.git(&["push", "--quiet", "origin", "hours:refs/pull/7/head"]);
    let comments = json!([{"id": 1, "body": "good"}, {"id": 9, "body": format!("{MARKER}old"), "user": {"id": 5}}]);
    fs::write(forge.path("called.notes"), comments.to_string()).unwrap();
    let output = pull(&forge.git(&["rev-parse", "hours"]));
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("content/notices/welcome.md:"), "{output:?}");
    let called = forge.read("called");
    assert!(called.contains("--request PATCH") && called.contains(&format!("{pulls}/comments/9\n")), "{called}");
}
