//! Publishing: compare with what stands, render what changed, move it into place.
//!
//! In: artifacts, each a path and a way to make its bytes. Out: the output folder holds exactly these files of ours,
//! beside whatever others keep there. Changed files are staged first and then moved by renames under a journal, so every
//! file is whole at every moment, and a build stopped at any point is completed or dropped by the next command. A file
//! whose content is the same is never touched. What is ours is what the manifest says, and nothing else is deleted.
//!
//! A power cut is weaker than a kill: only the journal is waited for, not 60,000 files. A file that reached the disk
//! torn no longer has the size and time that we noted, so the next build writes it again.

mod disk;
mod folder;
mod journal;
mod manifest;
mod render;
mod survey;
mod workers;

#[cfg(test)]
mod kill_tests;
#[cfg(test)]
mod publish_tests;

pub use folder::OutputFolder;

use crate::artifacts::{Artifact, Clash, Fingerprint, OutputPath, path};
use crate::diagnostics::Failure;
use camino::Utf8Path;
use journal::{Journal, Move};
use manifest::Manifest;
use std::{collections::HashSet, num::NonZeroUsize, thread};
use survey::{Landing, Plan};

/// The artifacts that cannot stand side by side.
pub fn clashes<E>(artifacts: &[Artifact<'_, E>]) -> Vec<Clash> {
    path::clashes(&artifacts.iter().map(|artifact| &artifact.path).collect::<Vec<_>>())
}

/// Makes every artifact and keeps none: what could not be made, in the order of the artifacts.
pub fn rehearse<E: Send>(artifacts: &[Artifact<'_, E>]) -> Result<Vec<E>, Failure> {
    let tried = workers::in_threads(Options::default().jobs, artifacts, |_, artifact, buffer| {
        buffer.clear();
        (artifact.make)(buffer).err()
    })?;
    Ok(tried.into_iter().flatten().collect())
}

/// Why an artifact was not kept.
#[derive(Debug)]
pub enum MakeError<E> {
    /// What keeps it from being made.
    Artifact(E),
    /// The machine failed.
    Machine(Failure),
}

/// Makes every artifact and hands each to `keep`, on several threads at once: what became of each, in their order.
pub fn make_each<E: Send>(
    artifacts: &[Artifact<'_, E>],
    keep: impl Fn(&OutputPath, &[u8]) -> Result<(), Failure> + Sync,
) -> Vec<Result<(), MakeError<E>>> {
    let made = workers::in_threads(Options::default().jobs, artifacts, |_, artifact, buffer| {
        buffer.clear();
        (artifact.make)(buffer).map_err(MakeError::Artifact)?;
        keep(&artifact.path, buffer).map_err(MakeError::Machine)
    });
    made.unwrap_or_else(|failure| vec![Err(MakeError::Machine(failure))])
}

/// Makes the artifacts for which `wanted` holds when their turn comes, and keeps of each what `look` makes of it; nothing
/// of those that are not wanted or cannot be made.
pub fn look_at<E: Send, T: Send>(
    artifacts: &[Artifact<'_, E>],
    wanted: impl Fn(&OutputPath) -> bool + Sync,
    look: impl Fn(&OutputPath, &[u8]) -> T + Sync,
) -> Result<Vec<Option<T>>, Failure> {
    workers::in_threads(Options::default().jobs, artifacts, |_, artifact, buffer| {
        buffer.clear();
        let is_made = wanted(&artifact.path) && (artifact.make)(buffer).is_ok();
        is_made.then(|| look(&artifact.path, buffer))
    })
}

/// How to publish.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How many artifacts are made at once.
    pub jobs: NonZeroUsize,
    /// Of all inputs of the build, for [`OutputFolder::up_to_date`]; none when they are not known.
    pub input: Option<Fingerprint>,
}

impl Default for Options {
    fn default() -> Self {
        Self { jobs: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN), input: None }
    }
}

/// What publishing did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that are new or have new content.
    pub written: usize,
    /// Files that were left as they stood.
    pub unchanged: usize,
    /// Files of the last build that are no longer part of the site.
    pub removed: usize,
    /// Those files, in order of their paths.
    pub gone: Vec<OutputPath>,
    /// Bytes in the written files.
    pub bytes_written: u64,
    /// The artifacts that were made, in the order they were given, and why.
    pub rendered: Vec<Rendered>,
}

/// An artifact that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Which.
    pub path: OutputPath,
    /// Why it had to be made.
    pub why: Reason,
    /// Whether its content turned out to be new.
    pub written: bool,
}

/// Why an artifact had to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It was not part of the last build.
    New,
    /// What goes into it has changed.
    InputsChanged,
    /// What goes into it is not known without making it.
    InputsUnknown,
    /// Its file had been deleted.
    FileMissing,
    /// Its file had been changed by someone else.
    FileEdited,
}

/// Is told of each artifact that is done, by the threads that make them.
pub type Tell<'t> = dyn Fn(Done<'_>) + Sync + 't;

/// An artifact that is done.
#[derive(Debug, Clone, Copy)]
pub struct Done<'d> {
    /// How many are done.
    pub count: usize,
    /// Of how many.
    pub all: usize,
    /// Which one it is.
    pub path: &'d OutputPath,
    /// Where its file stands now; nothing of one that could not be made.
    pub file: Option<&'d Utf8Path>,
}

/// Why nothing was published.
#[derive(Debug)]
pub enum PublishError<E> {
    /// The machine or the call failed.
    Machine(Failure),
    /// Artifacts that cannot stand side by side; found before anything was made.
    Clashes(Vec<Clash>),
    /// Artifacts that could not be made, in the order they were given, all of them.
    Artifacts(Vec<(OutputPath, E)>),
}

impl<E> From<Failure> for PublishError<E> {
    fn from(failure: Failure) -> Self {
        Self::Machine(failure)
    }
}

/// Makes what changed and brings the output folder to exactly these artifacts. Artifacts are taken in the order given,
/// so those that take longest should come first.
///
/// # Errors
/// Unless it says so ([`Failure::Unfinished`]), nothing has been moved and what stood still stands.
pub fn publish<E: Send>(
    out: &mut OutputFolder,
    artifacts: &[Artifact<'_, E>],
    options: &Options,
) -> Result<Report, PublishError<E>> {
    publish_and_tell(out, artifacts, options, &|_| {})
}

/// As [`publish`], telling of each artifact once it is done.
///
/// # Errors
/// As [`publish`].
pub fn publish_and_tell<E: Send>(
    out: &mut OutputFolder,
    artifacts: &[Artifact<'_, E>],
    options: &Options,
    tell: &Tell<'_>,
) -> Result<Report, PublishError<E>> {
    let paths: Vec<_> = artifacts.iter().map(|artifact| &artifact.path).collect();
    let clashes = path::clashes(&paths);
    if !clashes.is_empty() {
        return Err(PublishError::Clashes(clashes));
    }
    out.hold()?;
    let prepared = prepare(out, artifacts, &paths, options, tell);
    // What was staged is of no use, unless the journal stands. If this fails too, the next command drops it.
    if prepared.is_err() && !disk::stands(&out.disk.journal()) {
        let _ = out.disk.remove_tree(&out.disk.stage());
        out.abandon();
    }
    let (manifest, report) = prepared?;
    if let Some(journal) = Journal::read(&out.disk)? {
        journal.complete(&out.disk)?;
    }
    out.manifest = manifest;
    Ok(report)
}

/// Does everything up to the journal; there is none if the output folder is already as it should be.
fn prepare<E: Send>(
    out: &OutputFolder,
    artifacts: &[Artifact<'_, E>],
    paths: &[&OutputPath],
    options: &Options,
    tell: &Tell<'_>,
) -> Result<(Manifest, Report), PublishError<E>> {
    let plan = Plan::make(out, paths)?;
    let mut report = Report::default();
    let mut manifest = Manifest { input: options.input, ..Manifest::default() };
    let mut staged = HashSet::new();
    let made = render::stage(out, artifacts, &plan, options.jobs, tell)?;
    for ((made, path), landing) in made.into_iter().zip(paths.iter().copied()).zip(&plan.landing_of) {
        manifest.files.insert(path.clone(), made.entry);
        if let Some(why) = made.rendered {
            report.rendered.push(Rendered { path: path.clone(), why, written: made.staged.is_some() });
        }
        match made.staged {
            None => report.unchanged += 1,
            Some(bytes) => {
                staged.insert(*landing);
                report.written += 1;
                report.bytes_written += bytes;
            }
        }
    }
    let landings = plan.landings.into_iter().enumerate().filter(|(number, _)| staged.contains(number));
    let moves = landings.map(|(staged, Landing { to, clears })| Move { staged, to, clears }).collect();
    let mut journal = Journal { moves, deletions: plan.deletions };
    report.gone = journal.moves.iter().flat_map(|step| &step.clears).chain(&journal.deletions).cloned().collect();
    report.gone.sort();
    report.removed = report.gone.len();
    if manifest != out.manifest || !journal.is_empty() {
        let stage = out.disk.stage();
        out.disk.write(&stage.join("manifest"), manifest.manifest_text().as_bytes())?;
        out.disk.write(&stage.join("stat"), manifest.stat_text().as_bytes())?;
        journal.write(&out.disk)?;
    }
    Ok((manifest, report))
}
