//! A site in a folder of its own, and the real program run on it.
//!
//! [`TestSite::minimal`] is the smallest site that has something of everything that the tests spoil; `write`, `edit`
//! and `remove` change it, `build` and `check` run the program, `expect_code` looks at how it ended. Sites use the
//! theme `bare` of `tests/golden/themes`, so that nothing here depends on what the default theme looks like.

pub mod git;
pub mod hours;
pub mod open_data;
pub mod osm_evaluator;
#[cfg(feature = "posters")]
pub mod sheets;
pub mod workbooks;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde_json::Value;
use tempfile::TempDir;

/// The day for which all sites are made, a Tuesday.
pub const TODAY: &str = "2026-11-24";
/// A run that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(20);

pub const SITE: &str = "\
title: {zh-Hans: 示例站, en: Example site}
publisher: 示例编辑组
base_url: https://example.org/
languages:
  - {tag: zh-Hans, name: 中文}
  - {tag: en, name: English}
time_zone: Asia/Shanghai
region: CN
theme: bare
audiences:
  older-people: {name: 老年人}
departments:
  community: {name: 社区居委会}
strands:
  health: {name: 健康}
outputs: none
";
pub const AREAS: &str = "\
areas:
  - {id: jiefang, name: {zh-Hans: 解放社区, en: Jiefang}, level: community}
";
pub const CENTRE: &str = "\
name: {zh-Hans: 解放社区中心, en: Jiefang Centre}
kind: community-centre
area: jiefang
address: 解放路1号
hours:
  weekly: {mon-fri: \"08:30-12:00, 14:30-18:00\"}
";
pub const PROGRAMME: &str = "\
title: {zh-Hans: 冬季计划, en: Winter programme}
centre: jiefang
valid: 2026-11-01..2027-01-15
slots: {上午: \"09:00-11:30\"}
activities:
  - {title: {zh-Hans: 健康讲座, en: Health talk}, when: 周二 上午}
";
pub const NOTICE: &str = "\
---
title: 供暖检修
summary: 周三检修暖气。
from: 2026-11-20
until: 2026-12-01
centres: [jiefang]
---
检修期间，[中心](/centres/jiefang/)照常开放。
";
pub const NOTICE_EN: &str = "\
---
title: Heating check
summary: The heating is checked on Wednesday.
---
The [centre](/centres/jiefang/) stays open.
";

pub const SITE_FILE: &str = "site.yaml";
pub const AREAS_FILE: &str = "content/areas.yaml";
pub const CENTRE_FILE: &str = "content/centres/jiefang.yaml";
pub const PROGRAMME_FILE: &str = "content/programmes/winter.yaml";
pub const NOTICE_FILE: &str = "content/notices/heating.md";
pub const NOTICE_EN_FILE: &str = "content/notices/heating.en.md";

/// A site in a temporary folder.
pub struct TestSite {
    folder: TempDir,
}

impl TestSite {
    /// A folder with the test theme and nothing else.
    pub fn empty() -> Self {
        // In memory where there is such a folder: waiting for a busy disk is not what is tested.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        let site = Self { folder: folder.unwrap() };
        copy(&golden_folder().join("themes"), &site.path("themes"));
        site
    }

    /// Two languages, an area, a centre, a programme, and a notice with its translation.
    pub fn minimal() -> Self {
        let site = Self::empty();
        site.write(SITE_FILE, SITE)
            .write(AREAS_FILE, AREAS)
            .write(CENTRE_FILE, CENTRE)
            .write(PROGRAMME_FILE, PROGRAMME)
            .write(NOTICE_FILE, NOTICE)
            .write(NOTICE_EN_FILE, NOTICE_EN);
        site
    }

    /// A copy of a site that is kept in a folder.
    pub fn copy_of(folder: &Path) -> Self {
        let site = Self::empty();
        fs::copy(folder.join(SITE_FILE), site.path(SITE_FILE)).unwrap();
        copy(&folder.join("content"), &site.path("content"));
        site
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// The HSDS file of the organization with the most to say: the publisher.
    pub fn largest_organization(&self) -> String {
        let files = fs::read_dir(self.path("public/hsds/organizations")).unwrap().map(Result::unwrap);
        let largest = files.max_by_key(|file| file.metadata().unwrap().len()).unwrap();
        format!("public/hsds/organizations/{}", largest.file_name().to_str().unwrap())
    }

    /// Where a build goes that does not say.
    pub fn output(&self) -> PathBuf {
        self.path("public")
    }

    /// Writes a file and the folders it lies in.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// Replaces a text that stands in a file once.
    pub fn edit(&self, path: &str, from: &str, to: &str) -> &Self {
        let text = fs::read_to_string(self.path(path)).unwrap();
        assert_eq!(text.matches(from).count(), 1, "`{from}` in {path}");
        self.write(path, text.replace(from, to))
    }

    /// Adds lines to the end of a file.
    pub fn append(&self, path: &str, lines: &str) -> &Self {
        let text = fs::read_to_string(self.path(path)).unwrap();
        self.write(path, text + lines)
    }

    pub fn remove(&self, path: &str) -> &Self {
        fs::remove_file(self.path(path)).unwrap();
        self
    }

    /// Puts a symbolic link into the site, in place of what stands there.
    #[cfg(unix)]
    pub fn link(&self, path: &str, target: &Path) -> &Self {
        let path = self.path(path);
        let _ = fs::remove_file(&path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(target, path).unwrap();
        self
    }

    pub fn build(&self) -> Call<'_> {
        Call::new(self, "build")
    }

    /// Any command.
    pub fn call(&self, command: &'static str) -> Call<'_> {
        Call::new(self, command)
    }

    pub fn status(&self) -> Call<'_> {
        Call::new(self, "status")
    }

    pub fn check(&self) -> Call<'_> {
        Call::new(self, "check")
    }

    /// What `check --format json` finds, in order.
    pub fn findings(&self, language: &str) -> Vec<Found> {
        let said = self.check().lang(language).args(&["--format", "json"]).run();
        said.stdout.lines().map(Found::read).collect()
    }

    /// Builds, and says that it must go well.
    pub fn built(&self) -> &Self {
        self.build().expect_code(0);
        self
    }
}

/// A picture of one colour as a file.
pub fn drawn(width: u32, height: u32, format: image::ImageFormat) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(width, height, image::Rgb([180, 40, 40])).write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// Where the golden sites stand.
pub fn golden_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Copies a folder with everything in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::write(to, fs::read(entry.path()).unwrap()).unwrap();
        }
    }
}

/// The program about to be run on a site.
pub struct Call<'a> {
    site: &'a TestSite,
    command: &'static str,
    language: String,
    today: String,
    posters: &'static str,
    instead: Option<[String; 2]>,
    more: Vec<String>,
}

impl<'a> Call<'a> {
    fn new(site: &'a TestSite, command: &'static str) -> Self {
        let (language, today) = ("en".to_owned(), TODAY.to_owned());
        Self { site, command, language, today, posters: "none", instead: None, more: Vec::new() }
    }

    pub fn lang(mut self, language: &str) -> Self {
        self.language = language.to_owned();
        self
    }

    pub fn today(mut self, today: &str) -> Self {
        self.today = today.to_owned();
        self
    }

    #[cfg(feature = "posters")]
    pub fn with_posters(mut self) -> Self {
        self.posters = "all";
        self
    }

    pub fn out(self, folder: &Path) -> Self {
        self.args(&["--out", folder.to_str().unwrap()])
    }

    pub fn args(mut self, more: &[&str]) -> Self {
        self.more.extend(more.iter().map(|argument| (*argument).to_owned()));
        self
    }

    /// Adds an option that may be one of those that are always given, in place of it.
    pub fn instead(mut self, option: &[&str; 2]) -> Self {
        self.instead = Some(option.map(str::to_owned));
        self
    }

    /// The arguments, for tests that start the program themselves.
    pub fn arguments(&self) -> Vec<String> {
        let site = self.site.root().to_str().unwrap();
        let instead = self.instead.iter().map(|[name, value]| (name.as_str(), value.as_str()));
        let mut options = vec![("--site", site), ("--today", &self.today), ("--posters", self.posters)];
        options.push(("--lang", &self.language));
        options.retain(|(name, _)| !instead.clone().any(|(instead, _)| instead == *name));
        let options = options.into_iter().chain(instead).flat_map(|(name, value)| [name, value]);
        let all = std::iter::once(self.command).chain(options).map(str::to_owned);
        all.chain(self.more.iter().cloned()).collect()
    }

    /// Runs `fix`, which knows of a site and a language only: what it said, and its exit code.
    #[track_caller]
    pub fn fix(self, options: &[&str]) -> (Said, i32) {
        let mut arguments = self.arguments();
        for option in ["--today", "--posters"] {
            let at = arguments.iter().position(|argument| argument == option).unwrap();
            arguments.drain(at..at + 2);
        }
        arguments.extend(options.iter().map(|option| (*option).to_owned()));
        let output = assert_cmd::cargo_bin_cmd!("noticeboard").args(arguments).timeout(PATIENCE).output().unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        let code = output.status.code().unwrap();
        assert!(!stderr.contains("panicked"), "{stderr}");
        (Said { code: Some(code), stdout, stderr }, code)
    }

    /// Runs it. However it ends, it never panics.
    pub fn run(self) -> Said {
        let mut command = assert_cmd::cargo_bin_cmd!("noticeboard");
        let output = command.args(self.arguments()).timeout(PATIENCE).output().unwrap();
        let stdout = String::from_utf8(output.stdout).unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        let code = output.status.code();
        assert!(code.is_some_and(|code| code < 4) && !stderr.contains("panicked"), "{code:?}\n{stdout}\n{stderr}");
        Said { code, stdout, stderr }
    }

    /// Runs it and compares the exit code.
    #[track_caller]
    pub fn expect_code(self, code: i32) -> Said {
        let said = self.run();
        assert_eq!(said.code, Some(code), "{}\n{}", said.stdout, said.stderr);
        said
    }
}

/// What the program said, and how it ended.
pub struct Said {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Said {
    /// Expects a text among what went wrong.
    #[track_caller]
    pub fn complains(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "`{text}` is not in:\n{}", self.stderr);
        self
    }
}

/// A problem as `check --format json` shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub code: String,
    /// `file:line:column`.
    pub place: String,
    pub message: String,
    pub help: Vec<String>,
}

impl Found {
    /// One line of what `check --format json` says.
    pub fn read(line: &str) -> Self {
        let found: Value = serde_json::from_str(line).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let place = &found["place"];
        Self {
            code: text(&found["code"]),
            place: format!("{}:{}:{}", text(&place["file"]), place["line"], place["column"]),
            message: text(&found["message"]),
            help: found["help"].as_array().unwrap().iter().map(text).collect(),
        }
    }
}

/// Everything that stands in a folder, by its path in it.
pub type Snapshot = BTreeMap<String, Standing>;

/// What stands at a path.
#[derive(Clone, PartialEq, Eq)]
pub enum Standing {
    File { content: Vec<u8>, modified: SystemTime },
    Link(PathBuf),
    Folder,
}

impl std::fmt::Debug for Standing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File { content, modified } => write!(f, "{} bytes of {modified:?}", content.len()),
            Self::Link(target) => write!(f, "a link to {target:?}"),
            Self::Folder => f.write_str("a folder"),
        }
    }
}

/// What stands in a folder; nothing if it is not there.
pub fn snapshot(folder: &Path) -> Snapshot {
    let mut found = Snapshot::new();
    add(folder, "", &mut found);
    found
}

fn add(folder: &Path, before: &str, found: &mut Snapshot) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.unwrap();
        let path = entry.path();
        let name = format!("{before}{}", entry.file_name().to_str().unwrap());
        let metadata = fs::symlink_metadata(&path).unwrap();
        let standing = if metadata.is_symlink() {
            Standing::Link(fs::read_link(&path).unwrap())
        } else if metadata.is_dir() {
            add(&path, &format!("{name}/"), found);
            Standing::Folder
        } else {
            // A file that is made large to be refused is told apart by its time.
            let content = if metadata.len() > 10 << 20 { Vec::new() } else { fs::read(&path).unwrap() };
            Standing::File { content, modified: metadata.modified().unwrap() }
        };
        found.insert(name, standing);
    }
}

/// The files of a folder, without times and without our own state.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let published = snapshot(folder).into_iter().filter(|(path, _)| !path.starts_with(".noticeboard/"));
    published
        .filter_map(|(path, standing)| match standing {
            Standing::File { content, .. } => Some((path, content)),
            _ => None,
        })
        .collect()
}

/// What differs between two snapshots, a line each.
pub fn differences(before: &Snapshot, after: &Snapshot) -> Vec<String> {
    let paths = before.keys().chain(after.keys()).collect::<std::collections::BTreeSet<_>>();
    let differing = paths.into_iter().filter(|path| before.get(*path) != after.get(*path));
    differing.map(|path| format!("{path}: {:?} -> {:?}", before.get(path), after.get(path))).collect()
}

/// Expects that a text has all of these parts.
#[track_caller]
pub fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
}

/// Expects that a text has none of these parts.
#[track_caller]
pub fn has_not(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(!text.contains(part), "{part} is in\n{text}");
    }
}
