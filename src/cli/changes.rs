//! `noticeboard changes [REV]`: what a resident will notice of what changed since a revision, and what follows from it.
//!
//! The revision is read from git into a folder that is gone afterwards, and linked as the present content is, for the same
//! time. That the content changed is no failure: the exit code tells whether it has errors.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use camino::Utf8Path;
use clap::{Args, ValueEnum};

use super::git::Repository;
use super::prepare::{self, Prepared};
use super::{SiteArguments, Voice};
use crate::artifacts::{self, SiteArtifact, Theme};
use crate::changes::{self, Change, Commit, Consequences, Kept, Made, Mistake, Report, Unread, Voices};
use crate::diagnostics::{Action, Diagnostic, Failure, Language, Texts, put_in_order, render};
use crate::publish;
use crate::site::Site;

/// The version of the JSON.
const VERSION: u8 = 1;
/// How long pages are compared, unless everything is asked for.
const PATIENCE: Duration = Duration::from_secs(60);
/// The most errors that a report has; the others are for `check`.
const MISTAKES: usize = 10;
/// How times are written.
const TIME: &str = "%Y-%m-%dT%H:%M";

#[derive(Debug, Args)]
pub(super) struct ChangesArguments {
    #[command(flatten)]
    pub(super) site: SiteArguments,
    /// The revision to compare with: a commit, a branch, a tag; by default what was committed last.
    #[arg(value_name = "REV", default_value = "HEAD", allow_hyphen_values = true)]
    revision: String,
    /// For people, for a comment on a change request, or one JSON object.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

pub(super) fn run(arguments: &ChangesArguments, voice: Voice) -> ExitCode {
    match compared(arguments, voice) {
        Ok((text, is_sound)) => {
            let code = if is_sound { ExitCode::SUCCESS } else { ExitCode::from(1) };
            voice.hand_over(format!("{}\n", text.trim_end()).as_bytes(), code)
        }
        Err(failure) => voice.failure(&failure),
    }
}

/// What is to be said, and whether the present content has no errors.
fn compared(arguments: &ChangesArguments, voice: Voice) -> Result<(String, bool), Failure> {
    if !arguments.site.site.is_dir() {
        return Err(Failure::NoSiteFolder { path: arguments.site.site.clone() });
    }
    let repository = Repository::of(&arguments.site.site)?;
    let commit = repository.commit(&arguments.revision)?;
    let folder = tempfile::tempdir().map_err(|source| failed(&std::env::temp_dir(), source))?;
    let Some(root) = Utf8Path::from_path(folder.path()) else {
        return Err(failed(folder.path(), std::io::ErrorKind::InvalidFilename.into()));
    };
    let had_site = repository.write(&commit, root)?;

    let read = prepare::read(&arguments.site)?;
    let at = read.occasion.now.strftime(TIME).to_string();
    let now_is = read.fingerprint();
    let mut now = read.prepare();
    let revision = Commit { name: arguments.revision.clone(), id: commit };
    let mut report = Report {
        version: VERSION,
        revision,
        at: at.clone(),
        summary: changes::Words { zh_hans: String::new(), en: String::new() },
        first: !had_site,
        unread: None,
        changes: Vec::new(),
        unnoticed: Vec::new(),
        consequences: None,
    };
    let mut then = None;
    if had_site {
        let of_then = SiteArguments { site: root.to_owned(), today: Some(at), ..arguments.site.clone() };
        let read = prepare::read(&of_then)?;
        let is_same = read.fingerprint() == now_is;
        compare(&mut report, then.insert(read.prepare()), &mut now, is_same, voice)?;
    }
    // What only looks like a mistake is for `check`.
    for prepared in then.iter_mut().chain([&mut now]) {
        prepared.diagnostics.retain(Diagnostic::is_error);
        put_in_order(&mut prepared.diagnostics);
    }
    report.unread = unread(then.as_ref(), &now);
    let is_sound = !now.has_errors();
    if !is_sound {
        voice.diagnostics(&mut now.diagnostics, &now.texts);
    }
    let voices = voices()?;
    report.summary = changes::text::summary(&report, &voices);
    let text = match arguments.format {
        Format::Text => changes::text::render(&report, &voices, voice.language, voice.verbose),
        Format::Markdown => changes::markdown::render(&report, &voices, voice.language, voice.verbose),
        Format::Json => serde_json::to_string_pretty(&report).unwrap_or_default(),
    };
    Ok((text, is_sound))
}

fn failed(path: &std::path::Path, source: std::io::Error) -> Failure {
    Failure::Io { action: Action::Write, path: path.to_string_lossy().into_owned().into(), source }
}

/// The words of the built-in theme; without them the program itself would be broken.
fn voices() -> Result<Voices, Failure> {
    let broken = || failed(std::path::Path::new("themes/civic/i18n"), std::io::ErrorKind::InvalidData.into());
    Voices::new().ok_or_else(broken)
}

/// Fills the report with what differs, as far as both could be read.
fn compare(
    report: &mut Report,
    then: &mut Prepared,
    now: &mut Prepared,
    is_same: bool,
    voice: Voice,
) -> Result<(), Failure> {
    let voices = voices()?;
    let unread: BTreeSet<String> = [&*then, &*now].into_iter().flat_map(unread_stems).collect();
    let (Some((old, old_theme)), Some((new, new_theme))) = (&then.linked, &now.linked) else { return Ok(()) };
    report.changes = changes::compare(old, new, &voices, old_theme.look(new_theme), &unread);
    report.unnoticed = unnoticed(&then.texts, &now.texts, &report.changes, &unread);
    if !unread.is_empty() {
        return Ok(());
    }
    if is_same {
        report.consequences = Some(Consequences::default());
        return Ok(());
    }
    let planned = (artifacts::plan(old, old_theme, &then.pictures), artifacts::plan(new, new_theme, &now.pictures));
    let (before, after) = match planned {
        (Ok(before), Ok(after)) => (before, after),
        (before, after) => {
            let errors = |planned: Result<_, Vec<Diagnostic>>| planned.err().unwrap_or_default();
            let (before, after) = (errors(before.map(drop)), errors(after.map(drop)));
            then.diagnostics.extend(before);
            now.diagnostics.extend(after);
            return Ok(());
        }
    };
    let made = make((old, old_theme, &before), (new, new_theme, &after), voice)?;
    report.consequences = Some(changes::consequences(&made.0, &made.1, &voices));
    Ok(())
}

/// The files with errors, by their stems.
fn unread_stems(prepared: &Prepared) -> impl Iterator<Item = String> + use<'_> {
    let errors = prepared.diagnostics.iter().filter(|found| found.is_error());
    errors.map(|found| changes::stem(&found.place.file).to_owned())
}

/// What could not be compared, and the first errors that are to be mended.
fn unread(then: Option<&Prepared>, now: &Prepared) -> Option<Unread> {
    let both = || then.into_iter().chain([now]);
    let stems: BTreeSet<String> = both().flat_map(unread_stems).collect();
    if stems.is_empty() {
        return None;
    }
    let texts = both().flat_map(|prepared| prepared.texts.keys()).filter(|file| stems.contains(changes::stem(file)));
    let places = both().flat_map(|prepared| &prepared.diagnostics).map(|found| &found.place.file);
    let files: BTreeSet<&str> = texts.chain(places).map(|file| &**file).collect();
    Some(Unread {
        everything: both().any(|prepared| prepared.linked.is_none()),
        errors_before: then.map_or(0, |then| render::count(&then.diagnostics).0),
        errors_now: render::count(&now.diagnostics).0,
        files: files.into_iter().map(str::to_owned).collect(),
        errors: now.diagnostics.iter().take(MISTAKES).map(|found| mistake(found, &now.texts)).collect(),
    })
}

fn mistake(found: &Diagnostic, texts: &Texts) -> Mistake {
    let problem = &found.problem;
    let words = |zh_hans, en| changes::Words { zh_hans, en };
    let help = problem.help(Language::ZhHans).into_iter().zip(problem.help(Language::En));
    let source = texts.get(&found.place.file).filter(|_| !found.place.has_no_lines() && found.place.end > 0);
    Mistake {
        code: problem.code.id().to_owned(),
        file: found.place.file.to_string(),
        line: source.map(|source| source.line_and_column(found.place.start).0),
        message: words(problem.message(Language::ZhHans), problem.message(Language::En)),
        help: help.map(|(zh_hans, en)| words(zh_hans, en)).collect(),
    }
}

/// A site with its theme and its files, not yet made.
type Planned<'a> = (&'a Site, &'a Theme, &'a [SiteArtifact<'a>]);

/// Makes what is compared of both sites, as long as there is patience.
fn make<'a>(before: Planned<'a>, after: Planned<'a>, voice: Voice) -> Result<(Made<'a>, Made<'a>), Failure> {
    let start = Instant::now();
    let paths = |planned: &Planned<'a>| -> HashSet<&'a str> {
        planned.2.iter().map(|artifact| artifact.path.as_str()).collect()
    };
    let new = paths(&after);
    let made = |planned: Planned<'a>, other: &HashSet<&str>, patience: Duration| -> Result<Made<'a>, Failure> {
        let wanted = |path: &artifacts::OutputPath| {
            let is_told = other.contains(path.as_str()) || path.as_str().ends_with(".ics");
            changes::is_compared(path) && is_told && (voice.verbose || start.elapsed() < patience)
        };
        let looked = publish::look_at(planned.2, wanted, changes::kept)?;
        let compared = planned.2.iter().zip(looked).filter(|(artifact, _)| changes::is_compared(&artifact.path));
        let kept: BTreeMap<String, Option<Kept>> =
            compared.map(|(artifact, kept)| (artifact.path.as_str().to_owned(), kept)).collect();
        Ok(Made { site: planned.0, theme: planned.1, planned: planned.2, kept })
    };
    let before = made(before, &new, PATIENCE / 2)?;
    // What there was no time for on one side is of no use on the other.
    let compared = before.kept.iter().filter(|(_, kept)| kept.is_some()).map(|(path, _)| path.as_str());
    let after = made(after, &compared.collect(), PATIENCE)?;
    Ok((before, after))
}

/// The files that differ although readers see no difference.
fn unnoticed(then: &Texts, now: &Texts, changes: &[Change], unread: &BTreeSet<String>) -> Vec<String> {
    let seen = changes.iter().filter(|change| change.seen).map(|change| changes::stem(&change.file));
    let told: BTreeSet<&str> = seen.chain(unread.iter().map(String::as_str)).collect();
    // A file that is gone says nothing any more.
    let files = now.keys().map(|file| &**file);
    let is_content = |file: &&str| *file == "site.yaml" || file.starts_with("content/");
    let differs = |file: &&str| {
        let text = |texts: &Texts| texts.get(*file).map(|source| source.text.replace("\r\n", "\n"));
        text(then) != text(now)
    };
    let files = files.filter(is_content).filter(differs);
    files.filter(|file| !told.contains(changes::stem(file))).map(str::to_owned).collect()
}
