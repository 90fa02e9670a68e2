//! `noticeboard check`: everything that `build` would say, without writing anything.

use std::process::ExitCode;

use camino::Utf8PathBuf;
use clap::{Args, ValueEnum};

use super::against::{Standing, is_of_short_address};
use super::{SiteArguments, Voice, eprint, from_here, prepare};
use crate::artifacts;
use crate::diagnostics::{Diagnostic, Language, github, put_in_order, render, sarif};
use crate::publish;
use crate::reference::codes;

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    pub(super) site: SiteArguments,
    /// For people, one JSON object a line, annotations of GitHub Actions, or SARIF 2.1.0.
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// A list of published addresses, one a line, all of which the site must still have.
    #[arg(long, value_name = "FILE")]
    against: Option<Utf8PathBuf>,
    /// Warnings fail too.
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
    Github,
    Sarif,
}

pub(super) fn run(arguments: &CheckArguments, voice: Voice) -> ExitCode {
    let mut prepared = match prepare::read(&arguments.site) {
        Ok(read) => read.prepare(),
        Err(failure) => return voice.failure(&failure),
    };
    let blocks = |found: &Diagnostic| found.is_error() && !is_of_short_address(found);
    let has_errors = prepared.diagnostics.iter().any(blocks);
    if has_errors && let Err(failure) = prepared.add_faults_of_pages() {
        return voice.failure(&failure);
    }
    if let Some((site, theme)) = prepared.linked.take().filter(|_| !has_errors) {
        match artifacts::plan(&site, &theme, &prepared.pictures) {
            Ok(mut planned) => {
                let clashes = publish::clashes(&planned);
                prepared.diagnostics.extend(clashes.iter().map(|clash| artifacts::same_address(clash, &planned)));
                let mut standing = Standing::of(&site, &planned);
                prepared.diagnostics.extend(standing.of_ledger(&theme));
                if let Some(file) = &arguments.against {
                    match standing.gone_of_list(file, &mut prepared.texts) {
                        Ok(found) => prepared.diagnostics.extend(found),
                        Err(failure) => return voice.failure(&failure),
                    }
                }
                planned.retain(|artifact| !artifacts::is_smaller_picture(&artifact.path));
                match publish::rehearse(&planned) {
                    Ok(found) => prepared.diagnostics.extend(found.into_iter().flatten()),
                    Err(failure) => return voice.failure(&failure),
                }
                prepared.diagnostics.extend(site.take_warnings());
                prepared.diagnostics.extend(artifacts::faults_to_come(&site, &theme).unwrap_or_default());
            }
            Err(found) => prepared.diagnostics.extend(found),
        }
    }
    let failed = |diagnostic: &Diagnostic| arguments.strict || diagnostic.is_error();
    let code = if prepared.diagnostics.iter().any(failed) { 1 } else { 0 };
    match arguments.format {
        Format::Human => {
            // With --strict warnings are errors.
            let voice = Voice { quiet: voice.quiet && !arguments.strict, ..voice };
            voice.diagnostics(&mut prepared.diagnostics, &prepared.texts);
            if let Some(first) = prepared.diagnostics.iter().find(|found| failed(found)) {
                eprint(&format!("{}\n", first.problem.code.call_that_explains(voice.language)));
            }
            if prepared.diagnostics.is_empty() {
                voice.say(match voice.language {
                    Language::ZhHans => "没有发现问题",
                    Language::En => "nothing is wrong",
                });
            }
        }
        format => {
            put_in_order(&mut prepared.diagnostics);
            if matches!(format, Format::Github | Format::Sarif) {
                from_here::place(&mut prepared.diagnostics, &mut prepared.texts, &arguments.site.site);
            }
            let (found, texts) = (&prepared.diagnostics, &prepared.texts);
            let lines = match format {
                Format::Github => github::render(found, texts, voice.language),
                Format::Sarif => sarif::render(found, texts, voice.language, codes::meaning),
                _ => render::json(found, texts, voice.language),
            };
            return voice.hand_over(lines.as_bytes(), ExitCode::from(code));
        }
    }
    ExitCode::from(code)
}
