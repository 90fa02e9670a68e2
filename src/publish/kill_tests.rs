//! A build killed before any one of its steps: every file stays whole, and the next command completes or undoes it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use super::publish_tests::{open, publish_into, scratch, tree};
use super::{OutputFolder, PublishError, disk::Disk};
use crate::diagnostics::Failure;
use camino::Utf8Path;
use std::{collections::BTreeMap, fs, time::Duration};

/// Each kind of change: content, a file that becomes a folder, the reverse, new, removed, a new folder, only the case.
const OLD: &[(&str, &str)] = &[
    ("index.html", "old index"),
    ("same.html", "same"),
    ("was-file", "old file"),
    ("was-folder/a/b.html", "old b"),
    ("was-folder/c.html", "old c"),
    ("assets/app.css", "old style"),
    ("removed/x.html", "old x"),
    ("Case.html", "old case"),
];
const NEW: &[(&str, &str)] = &[
    ("index.html", "new index"),
    ("same.html", "same"),
    ("was-file/inner/d.html", "new d"),
    ("was-file/e.html", "new e"),
    ("was-folder", "new file"),
    ("assets/app.css", "new style"),
    ("assets/extra.css", "new extra"),
    ("centres/one/index.html", "new one"),
    ("case.html", "new case"),
];

fn killed_after(steps: usize, root: &Utf8Path) -> Result<OutputFolder, Failure> {
    let disk = Disk { root: root.to_owned(), kill_after: Some(steps.into()) };
    OutputFolder::open_disk(disk, Duration::ZERO)
}

fn finished(files: &[(&str, &'static str)]) -> BTreeMap<String, String> {
    let (_folder, root) = scratch();
    publish_into(&mut open(&root), files).unwrap();
    fs::write(root.join("CNAME"), "theirs").unwrap();
    tree(&root)
}

fn assert_every_file_is_whole(root: &Utf8Path, when: &str) {
    for (path, content) in tree(root) {
        let whole = |files: &[(&str, &str)]| files.contains(&(path.as_str(), content.as_str()));
        let theirs = path == "CNAME" && content == "theirs";
        assert!(path.ends_with('/') || theirs || whole(OLD) || whole(NEW), "{path} holds {content:?} {when}");
    }
    // A page never stands without the asset it names.
    let standing = tree(root);
    assert!(standing["index.html"] == "old index" || standing.contains_key("assets/extra.css"), "{when}");
}

#[test]
fn a_build_killed_before_any_step_is_completed_or_undone_even_if_the_recovery_is_killed_too() {
    let (old, new) = (finished(OLD), finished(NEW));
    let (mut undone, mut completed) = (0, 0);
    for step in 0.. {
        for recovery_step in (0..32).step_by(4) {
            let when = format!("after a kill at step {step} and at step {recovery_step} of the recovery");
            let (_folder, root) = scratch();
            publish_into(&mut open(&root), OLD).unwrap();
            fs::write(root.join("CNAME"), "theirs").unwrap();
            let outcome = killed_after(step, &root).map(|mut out| publish_into(&mut out, NEW));
            let promised = match outcome {
                Ok(Ok(_)) => None,
                Err(failure) | Ok(Err(PublishError::Machine(failure))) => Some(failure),
                Ok(Err(other)) => panic!("{other:?} {when}"),
            };
            let Some(promised) = promised else {
                assert!(undone > 10 && completed > 10, "{undone} undone, {completed} completed");
                return;
            };
            assert_every_file_is_whole(&root, &when);
            let _ = killed_after(recovery_step, &root);
            assert_every_file_is_whole(&root, &when);
            drop(open(&root));
            let recovered = tree(&root);
            assert!(recovered == old || recovered == new, "neither old nor new {when}: {recovered:?}");
            let said = matches!(promised, Failure::Unfinished { .. });
            assert_eq!(said, recovered == new, "the message promises otherwise {when}: {promised}");
            *(if recovered == old { &mut undone } else { &mut completed }) += 1;
            assert!(!root.join(".noticeboard/stage").exists());
            publish_into(&mut open(&root), NEW).unwrap();
            assert_eq!(tree(&root), new, "{when}");
        }
    }
}

#[test]
fn a_first_build_killed_before_any_step_leaves_a_folder_the_next_build_takes() {
    let new = finished(NEW);
    for step in 0.. {
        let (_folder, root) = scratch();
        let outcome = killed_after(step, &root).map(|mut out| publish_into(&mut out, NEW));
        drop(open(&root));
        publish_into(&mut open(&root), NEW).unwrap();
        fs::write(root.join("CNAME"), "theirs").unwrap();
        assert_eq!(tree(&root), new, "after a kill at step {step}");
        if matches!(outcome, Ok(Ok(_))) {
            return;
        }
    }
}

#[test]
fn a_failed_build_does_not_keep_the_same_value_from_publishing_again() {
    let (_folder, root) = scratch();
    publish_into(&mut open(&root), OLD).unwrap();
    for step in 0.. {
        let mut out = open(&root);
        out.disk.kill_after = Some(step.into());
        let outcome = publish_into(&mut out, NEW);
        out.disk.kill_after = None;
        publish_into(&mut out, NEW).unwrap();
        publish_into(&mut out, OLD).unwrap();
        match outcome {
            Ok(_) => return,
            Err(failure) => assert!(matches!(failure, PublishError::Machine(_)), "{failure:?}"),
        }
    }
}
