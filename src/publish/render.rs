//! Making artifacts and staging those whose content is new.
//!
//! In: artifacts, the plan, what stands. Out: for each artifact what the manifest will say of it. An artifact whose
//! inputs are as they were is not made; one whose content turns out as it was is not written. Once an artifact has
//! failed, the others are still made, so that all that fail are named, but nothing more is written.

use super::{
    Artifact, Done, Fingerprint, OutputFolder, OutputPath, PublishError, Reason, Tell,
    manifest::Entry,
    survey::{self, Plan, Standing},
    workers::in_threads,
};
use crate::diagnostics::Failure;
use camino::{Utf8Path, Utf8PathBuf};
use std::{
    num::NonZeroUsize,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
};

/// What became of one artifact.
pub(super) struct Made {
    pub(super) entry: Entry,
    /// Why it was made; none if it was not.
    pub(super) rendered: Option<Reason>,
    /// Its size in bytes if it was staged.
    pub(super) staged: Option<u64>,
}

enum Trouble<E> {
    Machine(Failure),
    Artifact(E),
    /// Not made, because the machine failed on another.
    Stopped,
}

/// Makes and stages what changed, and answers in the order of the artifacts.
pub(super) fn stage<E: Send>(
    out: &OutputFolder,
    artifacts: &[Artifact<'_, E>],
    plan: &Plan,
    jobs: NonZeroUsize,
    tell: &Tell<'_>,
) -> Result<Vec<Made>, PublishError<E>> {
    let stop = AtomicBool::new(false);
    let write = AtomicBool::new(true);
    let done = AtomicUsize::new(0);
    let tell_of = |path: &OutputPath, file: Option<&Utf8Path>| {
        tell(Done { count: done.fetch_add(1, Relaxed) + 1, all: artifacts.len(), path, file });
    };
    let answers = in_threads(jobs, artifacts, |position, artifact, buffer| {
        if stop.load(Relaxed) {
            tell_of(&artifact.path, None);
            return Err(Trouble::Stopped);
        }
        let to = staged_at(out, plan, position, &artifact.path);
        let made = make(out, artifact, &to, buffer, &write);
        match &made {
            Err(Trouble::Machine(_)) => stop.store(true, Relaxed),
            Err(_) => write.store(false, Relaxed),
            Ok(_) => {}
        }
        match &made {
            Ok(Made { staged: Some(_), .. }) => tell_of(&artifact.path, Some(&to.path)),
            Ok(Made { entry: Entry { stamp: Some(_), .. }, .. }) => {
                tell_of(&artifact.path, Some(&artifact.path.under(&out.disk.root)));
            }
            _ => tell_of(&artifact.path, None),
        }
        made
    })?;
    let mut all = Vec::with_capacity(answers.len());
    let mut failed: Vec<(OutputPath, E)> = Vec::new();
    for (answer, artifact) in answers.into_iter().zip(artifacts) {
        match answer {
            Ok(made) => all.push(made),
            Err(Trouble::Machine(failure)) => return Err(failure.into()),
            Err(Trouble::Artifact(error)) => failed.push((artifact.path.clone(), error)),
            Err(Trouble::Stopped) => {}
        }
    }
    if failed.is_empty() { Ok(all) } else { Err(PublishError::Artifacts(failed)) }
}

/// Where an artifact is staged, and whether its folder is new, so that nothing can stand in its place.
struct Staging {
    path: Utf8PathBuf,
    in_new_folder: bool,
}

fn staged_at(out: &OutputFolder, plan: &Plan, position: usize, path: &OutputPath) -> Staging {
    let number = plan.landing_of.get(position).copied().unwrap_or_default();
    let landing = plan.landings.get(number).map_or("", |landing| landing.to.as_str());
    let inner = path.as_str().get(landing.len()..).unwrap_or_default();
    Staging { path: format!("{}/{number}{inner}", out.disk.stage()).into(), in_new_folder: !inner.is_empty() }
}

fn make<E>(
    out: &OutputFolder,
    artifact: &Artifact<'_, E>,
    to: &Staging,
    buffer: &mut Vec<u8>,
    write: &AtomicBool,
) -> Result<Made, Trouble<E>> {
    let known = out.manifest.files.get(&artifact.path);
    let standing = if to.in_new_folder {
        Standing::Absent
    } else {
        survey::standing(out, &artifact.path, known).map_err(Trouble::Machine)?
    };
    let inputs = artifact.inputs.fingerprint();
    let why = match (known, &standing) {
        (None, _) => Reason::New,
        (_, Standing::Absent) => Reason::FileMissing,
        (_, Standing::Edited) => Reason::FileEdited,
        (Some(_), Standing::Whole(_)) if inputs.is_none() => Reason::InputsUnknown,
        (Some(known), Standing::Whole(_)) if inputs != known.inputs => Reason::InputsChanged,
        (Some(known), Standing::Whole(stamp)) => {
            return Ok(Made { entry: Entry { stamp: Some(*stamp), ..*known }, rendered: None, staged: None });
        }
    };
    buffer.clear();
    (artifact.make)(buffer).map_err(Trouble::Artifact)?;
    let content = Fingerprint::of(buffer);
    let (stamp, staged) = match (known, standing) {
        (Some(known), Standing::Whole(stamp)) if known.content == content => (Some(stamp), None),
        _ if !write.load(Relaxed) => (None, None),
        _ => (Some(out.disk.write(&to.path, buffer).map_err(Trouble::Machine)?), Some(buffer.len() as u64)),
    };
    Ok(Made { entry: Entry { content, inputs, stamp }, rendered: Some(why), staged })
}
