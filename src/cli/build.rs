//! `noticeboard build`: makes the whole site, or writes nothing.

use std::fs;
use std::mem;
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use camino::Utf8PathBuf;
use clap::Args;

use super::progress::Progress;
use super::{SiteArguments, Voice, eprint, prepare};
use crate::artifacts::{self, Fingerprint, SiteArtifact};
use crate::diagnostics::Language;
use crate::publish::{self, Done, Options, OutputFolder, PublishError, Reason, Report};
use crate::site::{FileFacts, Site};

#[derive(Debug, Args)]
pub(super) struct BuildArguments {
    #[command(flatten)]
    pub(super) site: SiteArguments,
    /// The folder to write to; by default `public` in the site's folder.
    #[arg(long, value_name = "DIR")]
    out: Option<Utf8PathBuf>,
    /// How many files are made at once; by default as many as there are processors.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

/// How long to wait for another build of the same folder.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) fn run(arguments: &BuildArguments, voice: Voice) -> ExitCode {
    let start = Instant::now();
    let root = &arguments.site.site;
    let out = arguments.out.clone().unwrap_or_else(|| root.join("public"));
    let read = match prepare::read(&arguments.site) {
        Ok(read) => read,
        Err(failure) => return voice.failure(&failure),
    };
    let input = read.is_clean().then(|| read.fingerprint());
    let sources = [root.join("content"), root.join("themes")];
    let sources: Vec<_> = sources.iter().map(Utf8PathBuf::as_path).collect();
    let mut folder = match OutputFolder::open(&out, &sources, PATIENCE) {
        Ok(folder) => folder,
        Err(failure) => return voice.failure(&failure),
    };
    if let Some(input) = input.filter(|input| folder.up_to_date(*input)) {
        // Of a build that succeeds a quiet voice says nothing. That nothing was to be said is the same in every language.
        let told = match voice.quiet {
            true => Some(String::new()),
            false => folder.told(input).or_else(|| folder.told(telling(input, voice))),
        };
        if let Some(told) = told {
            eprint(&told);
            voice.say(&unchanged(&out, start, voice.language));
            return ExitCode::SUCCESS;
        }
    }
    let inputs = read.inputs();
    let mut prepared = read.prepare();
    let has_errors = prepared.has_errors();
    if has_errors && let Err(failure) = prepared.add_faults_of_pages() {
        return voice.failure(&failure);
    }
    let Some((mut site, theme)) = prepared.linked.take().filter(|_| !has_errors) else {
        voice.diagnostics(&mut prepared.diagnostics, &prepared.texts);
        return ExitCode::from(1);
    };
    site.inputs = inputs.until(site.next_change());
    let planned = match artifacts::plan(&site, &theme, &prepared.pictures) {
        Ok(planned) => planned,
        Err(found) => {
            prepared.diagnostics.extend(found);
            voice.diagnostics(&mut prepared.diagnostics, &prepared.texts);
            return ExitCode::from(1);
        }
    };
    // A build that will differ before the day, which the fingerprint knows, is over never counts as up to date.
    let lasts_today = site.next_change().date() > site.today;
    let input = input.filter(|_| lasts_today);
    let options = Options { input, ..arguments.jobs.map_or_else(Options::default, |jobs| Options { jobs, input }) };
    let progress = Progress::start(voice);
    site.published.expect();
    let made = |done: Done<'_>| {
        progress.show(done.count, done.all);
        tell_of_file(&site, done);
    };
    let result = publish::publish_and_tell(&mut folder, &planned, &options, &made);
    drop(progress);
    let code = match &result {
        Ok(_) => ExitCode::SUCCESS,
        Err(PublishError::Machine(failure)) => voice.failure(failure),
        Err(PublishError::Clashes(clashes)) => {
            prepared.diagnostics.extend(clashes.iter().map(|clash| artifacts::same_address(clash, &planned)));
            ExitCode::from(1)
        }
        Err(PublishError::Artifacts(failed)) => {
            prepared.diagnostics.extend(failed.iter().flat_map(|(_, found)| found.clone()));
            ExitCode::from(1)
        }
    };
    prepared.diagnostics.extend(site.take_warnings());
    // What a quiet voice leaves out is kept all the same, for a louder one that finds nothing to make.
    let told = Voice { quiet: false, ..voice }.told(&mut prepared.diagnostics, &prepared.texts);
    if voice.quiet {
        voice.diagnostics(&mut prepared.diagnostics, &prepared.texts)
    } else {
        eprint(&told)
    }
    if let (Ok(_), Some(input)) = (&result, input) {
        // Without it the next build makes everything anew to say the same: no failure of this one.
        let of = if told.is_empty() { input } else { telling(input, voice) };
        let _ = folder.keep_told(of, &told);
    }
    if let Ok(report) = result {
        if voice.verbose {
            why(&report, voice);
        }
        voice.say(&summary(&planned, &report, &out, start, voice.language));
    }
    // The program ends here: the system takes all memory back at once, which freeing a large site piece by piece
    // would make last a twentieth longer.
    mem::forget(planned);
    mem::forget((site, theme, prepared));
    code
}

/// What tells what a build says from what another one does, or the same one in another language or in colour.
fn telling(input: Fingerprint, voice: Voice) -> Fingerprint {
    let chinese = voice.language == Language::ZhHans;
    Fingerprint::of_all([input.to_string().as_bytes(), &[u8::from(chinese), u8::from(voice.colour)]])
}

/// Hands on what pages say of files that are printed.
fn tell_of_file(site: &Site, done: Done<'_>) {
    let path = done.path.as_str();
    if path.ends_with(".pdf") || path.ends_with(".zip") {
        let facts = done.file.and_then(|file| fs::read(file).ok()).map(|bytes| FileFacts::of(&bytes));
        site.published.tell(path, facts);
    }
}

/// Says of each file that was made why, and of each that was removed that it was.
fn why(report: &Report, voice: Voice) {
    let chinese = voice.language == Language::ZhHans;
    for rendered in &report.rendered {
        let why = match (rendered.why, chinese) {
            (Reason::New, true) => "新文件",
            (Reason::New, false) => "new",
            (Reason::InputsChanged, true) => "内容有改动",
            (Reason::InputsChanged, false) => "what goes into it has changed",
            (Reason::InputsUnknown, true) => "做出来才知道有没有变",
            (Reason::InputsUnknown, false) => "made to see whether it differs",
            (Reason::FileMissing, true) => "文件被人删了",
            (Reason::FileMissing, false) => "somebody deleted it",
            (Reason::FileEdited, true) => "文件被人改了",
            (Reason::FileEdited, false) => "somebody changed it",
        };
        let result = match (rendered.written, chinese) {
            (true, true) => "已写入",
            (true, false) => "written",
            (false, true) => "没有变",
            (false, false) => "the same",
        };
        let path = &rendered.path;
        voice.say(&if chinese { format!("{path}：{why}，{result}") } else { format!("{path}: {why}, {result}") });
    }
    for path in &report.gone {
        let line = if chinese {
            format!("{path}：网站里没有了，已删除")
        } else {
            format!("{path}: no longer part of the site, removed")
        };
        voice.say(&line);
    }
}

fn seconds(start: Instant) -> String {
    format!("{:.2}", start.elapsed().as_secs_f64())
}

fn unchanged(out: &Utf8PathBuf, start: Instant, language: Language) -> String {
    let seconds = seconds(start);
    match language {
        Language::ZhHans => format!("内容没有变化，{out} 已是最新（{seconds} 秒）"),
        Language::En => format!("nothing has changed: {out} is up to date ({seconds} s)"),
    }
}

/// What was made, how long it took, and where to look.
fn summary(
    planned: &[SiteArtifact<'_>],
    report: &Report,
    out: &Utf8PathBuf,
    start: Instant,
    language: Language,
) -> String {
    let count = |ending: &str| planned.iter().filter(|artifact| artifact.path.as_str().ends_with(ending)).count();
    let (pages, posters) = (count(".html"), count(".pdf"));
    let others = planned.len() - pages - posters;
    let Report { written, unchanged, removed, .. } = report;
    let seconds = seconds(start);
    let index = out.join("index.html");
    match language {
        Language::ZhHans => format!(
            "{pages} 个网页、{posters} 张海报、{others} 个其他文件：写入 {written}，未变 {unchanged}，删除 {removed}，用时 {seconds} 秒\n请打开 {index}"
        ),
        Language::En => format!(
            "{pages} pages, {posters} posters, {others} other files: {written} written, {unchanged} unchanged, {removed} removed in {seconds} s\nlook at {index}"
        ),
    }
}
