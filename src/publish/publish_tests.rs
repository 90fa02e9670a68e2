//! What a publisher relies on, from build to build.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use super::*;
use crate::artifacts::Make;
use camino::{Utf8Path, Utf8PathBuf};
use std::{collections::BTreeMap, fs, time::Duration};

type Outcome = Result<Report, PublishError<&'static str>>;

pub(super) fn scratch() -> (tempfile::TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = Utf8PathBuf::from_path_buf(folder.path().canonicalize().unwrap()).unwrap().join("public");
    (folder, root)
}

pub(super) fn open(root: &Utf8Path) -> OutputFolder {
    OutputFolder::open(root, &[], Duration::ZERO).unwrap()
}

/// Publishes files given as path and content; a content `!…` fails.
pub(super) fn publish_into(out: &mut OutputFolder, files: &[(&str, &'static str)]) -> Outcome {
    let artifact = |(path, content): &(&str, &'static str)| {
        let content = *content;
        let make: Make<'_, _> = Box::new(move |bytes| {
            bytes.extend_from_slice(content.as_bytes());
            if content.starts_with('!') { Err(content) } else { Ok(()) }
        });
        let inputs = (!content.starts_with('?')).then(|| Fingerprint::of(content.as_bytes())).into();
        Artifact { path: OutputPath::new(path).unwrap(), origin: "".into(), inputs, make }
    };
    let artifacts: Vec<_> = files.iter().map(artifact).collect();
    let input = Some(Fingerprint::of_all(files.iter().flat_map(|(path, content)| [path, content])));
    publish(out, &artifacts, &Options { input, ..Options::default() })
}

fn build(root: &Utf8Path, files: &[(&str, &'static str)]) -> Outcome {
    publish_into(&mut open(root), files)
}

/// All files under a folder but our state; folders end in `/`, links in `@`.
pub(super) fn tree(root: &Utf8Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir_utf8().into_iter().flatten().map(Result::unwrap) {
            let name = entry.path().strip_prefix(root).unwrap().to_string();
            match entry.file_type().unwrap() {
                _ if name == path::STATE_FOLDER => {}
                kind if kind.is_symlink() => drop(found.insert(name + "@", String::new())),
                kind if kind.is_dir() => {
                    folders.push(entry.path().to_owned());
                    found.insert(name + "/", String::new());
                }
                _ => drop(found.insert(name, fs::read_to_string(entry.path()).unwrap())),
            }
        }
    }
    found
}

fn names(root: &Utf8Path) -> Vec<String> {
    tree(root).into_keys().collect()
}

fn age(path: &Utf8Path) {
    let long_ago = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(path).unwrap().set_modified(long_ago).unwrap();
}

#[test]
fn an_unchanged_file_keeps_its_modification_time_and_is_not_rendered() {
    let (_folder, root) = scratch();
    let report = build(&root, &[("index.html", "one"), ("data.json", "?data")]).unwrap();
    assert_eq!((report.written, report.bytes_written), (2, 8));
    let before = fs::metadata(root.join("data.json")).unwrap().modified().unwrap();
    let report = build(&root, &[("index.html", "two"), ("data.json", "?data")]).unwrap();
    assert_eq!((report.written, report.unchanged, report.removed), (1, 1, 0));
    let why: Vec<_> = report.rendered.iter().map(|made| (made.path.as_str(), made.why, made.written)).collect();
    let expected = [("index.html", Reason::InputsChanged, true), ("data.json", Reason::InputsUnknown, false)];
    assert_eq!(why, expected);
    assert_eq!(fs::metadata(root.join("data.json")).unwrap().modified().unwrap(), before);
}

#[test]
fn files_of_others_stay_and_folders_emptied_by_us_go() {
    let (_folder, root) = scratch();
    build(&root, &[("old/a/b.html", "b"), ("kept/c.html", "c"), ("index.html", "i")]).unwrap();
    fs::write(root.join("CNAME"), "example.org").unwrap();
    fs::write(root.join("kept/note.txt"), "mine").unwrap();
    fs::create_dir(root.join("empty")).unwrap();
    assert_eq!(build(&root, &[("index.html", "i")]).unwrap().removed, 2);
    assert_eq!(names(&root), ["CNAME", "empty/", "index.html", "kept/", "kept/note.txt"]);
}

#[test]
fn a_file_edited_or_deleted_by_hand_is_written_again_and_a_touched_one_is_not() {
    let (_folder, root) = scratch();
    let site = [("a", "a"), ("b", "b"), ("c", "c")];
    build(&root, &site).unwrap();
    fs::write(root.join("a"), "spoilt").unwrap();
    fs::remove_file(root.join("b")).unwrap();
    age(&root.join("c"));
    let touched = fs::metadata(root.join("c")).unwrap().modified().unwrap();
    let why: Vec<_> = build(&root, &site).unwrap().rendered.into_iter().map(|made| made.why).collect();
    assert_eq!(why, [Reason::FileEdited, Reason::FileMissing]);
    assert_eq!(fs::read_to_string(root.join("a")).unwrap(), "a");
    assert_eq!(fs::metadata(root.join("c")).unwrap().modified().unwrap(), touched);
    assert_eq!(build(&root, &site).unwrap().rendered, []);
}

#[test]
fn a_build_of_the_same_inputs_is_up_to_date_until_a_file_is_touched() {
    let (_folder, root) = scratch();
    let input = Fingerprint::of_all(["a", "a"]);
    assert!(!open(&root).up_to_date(input));
    build(&root, &[("a", "a")]).unwrap();
    assert!(open(&root).up_to_date(input));
    assert!(!open(&root).up_to_date(Fingerprint::of(b"other")));
    age(&root.join("a"));
    assert!(!open(&root).up_to_date(input));
    build(&root, &[("a", "a")]).unwrap();
    assert!(open(&root).up_to_date(input));
}

#[test]
fn two_builds_of_the_same_site_are_identical_manifest_included() {
    let ((_one, straight), (_two, roundabout)) = (scratch(), scratch());
    let site = [("z", "z"), ("a/b", "b"), ("a/c", "c")];
    build(&straight, &site).unwrap();
    build(&roundabout, &[("a", "file"), ("z", "old")]).unwrap();
    build(&roundabout, &[site[2], site[0], site[1]]).unwrap();
    build(&roundabout, &site).unwrap();
    assert_eq!(tree(&straight), tree(&roundabout));
    let manifest = |root: &Utf8Path| fs::read(root.join(".noticeboard/manifest")).unwrap();
    assert_eq!(manifest(&straight), manifest(&roundabout));
    let state: Vec<_> = names(&straight.join(path::STATE_FOLDER));
    assert_eq!(state, ["lock", "manifest", "stat"]);
}

#[test]
fn artifacts_that_fail_are_all_named_and_nothing_is_moved() {
    let (_folder, root) = scratch();
    build(&root, &[("a", "old")]).unwrap();
    let failed = build(&root, &[("x", "!x"), ("a", "new"), ("y", "!y")]).unwrap_err();
    let PublishError::Artifacts(failed) = failed else { panic!("{failed:?}") };
    assert_eq!(failed.iter().map(|(path, why)| (path.as_str(), *why)).collect::<Vec<_>>(), [("x", "!x"), ("y", "!y")]);
    assert_eq!(fs::read_to_string(root.join("a")).unwrap(), "old");
    assert!(!root.join(".noticeboard/stage").exists());
    assert!(
        matches!(build(&root, &[("a", "!"), ("A", "")]), Err(PublishError::Clashes(clashes)) if clashes.len() == 1)
    );
}

#[test]
fn a_name_that_changes_only_its_case_replaces_the_old_name() {
    let (_folder, root) = scratch();
    build(&root, &[("Plan.pdf", "old"), ("Team/a", "a")]).unwrap();
    build(&root, &[("plan.pdf", "new"), ("team/a", "a")]).unwrap();
    assert_eq!(names(&root), ["plan.pdf", "team/", "team/a"]);
}

#[test]
fn nothing_of_others_is_overwritten() {
    let (_folder, root) = scratch();
    build(&root, &[("a", "a"), ("d/e", "e")]).unwrap();
    fs::write(root.join("mine"), "mine").unwrap();
    fs::write(root.join("d/mine"), "mine").unwrap();
    for taken in ["mine", "mine/b", "d", "d/mine"] {
        let outcome = build(&root, &[("a", "new"), (taken, "x")]);
        let is_taken = |failure: &Failure| matches!(failure, Failure::PathTaken { path } if path.starts_with(&root));
        assert!(matches!(&outcome, Err(PublishError::Machine(failure)) if is_taken(failure)), "{taken}: {outcome:?}");
    }
    assert_eq!(fs::read_to_string(root.join("a")).unwrap(), "a");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_deleted_through_a_symbolic_link() {
    use std::os::unix::fs::symlink;
    let ((_folder, root), (_other, outside)) = (scratch(), scratch());
    build(&root, &[("a", "a"), ("d/e", "e")]).unwrap();
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("a"), "theirs").unwrap();
    fs::write(outside.join("e"), "theirs").unwrap();
    fs::remove_file(root.join("a")).unwrap();
    symlink(outside.join("a"), root.join("a")).unwrap();
    fs::remove_dir_all(root.join("d")).unwrap();
    symlink(&outside, root.join("d")).unwrap();
    let outcome = build(&root, &[("a", "a"), ("d/e", "new")]);
    assert!(matches!(outcome, Err(PublishError::Machine(Failure::FolderIsLink { .. }))), "{outcome:?}");
    build(&root, &[("a", "a")]).unwrap();
    assert_eq!(names(&root), ["a", "d@"]);
    assert_eq!(names(&outside), ["a", "e"]);
    assert_eq!(fs::read_to_string(outside.join("a")).unwrap(), "theirs");
}
