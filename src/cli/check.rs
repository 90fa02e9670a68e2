//! `noticeboard check`: everything that `build` would say, without writing anything.

use std::io::{self, Write as _};
use std::process::ExitCode;

use camino::Utf8PathBuf;
use clap::{Args, ValueEnum};

use super::against::{Standing, is_of_short_address};
use super::{SiteArguments, Voice, eprint, prepare};
use crate::artifacts::{self, Theme};
use crate::content::ADDRESSES_FILE;
use crate::diagnostics::{Code, Diagnostic, Language, Place, Problem, github, render, sarif};
use crate::publish;
use crate::reference::codes;
use crate::site::Site;
use crate::source::LEDGER;

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

/// Most things and addresses that are named of those that the ledger does not know.
const MOST_NAMED: usize = 5;

/// That the ledger does not know what the content says, or where, if there is one.
fn stale(site: &Site, standing: &Standing<'_>) -> Option<Diagnostic> {
    site.content.ledger.as_ref()?;
    let (_, noted) = site.noted();
    let unknown = || noted.all().chain(standing.unknown());
    let count = unknown().count();
    let problem = Problem::new(Code::LedgerStale).with("count", &count.to_string());
    let problem = problem.with_list("keys", unknown().take(MOST_NAMED));
    (count > 0).then(|| problem.at(Place::whole(&LEDGER.into())))
}

/// That pages have no short address yet, where the site keeps a ledger.
fn without_short_address(site: &Site, theme: &Theme) -> Option<Diagnostic> {
    site.content.ledger.as_ref()?;
    let lacking = theme.editions(site).ok()?.first()?.without_short_address();
    let problem = Problem::new(Code::ShortAddressLacking).with("count", &lacking.len().to_string());
    let problem = problem.with_list("pages", lacking.iter().take(MOST_NAMED).map(String::as_str));
    (!lacking.is_empty()).then(|| problem.at(Place::whole(&ADDRESSES_FILE.into())))
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
                prepared.diagnostics.extend(standing.gone_of_ledger());
                prepared.diagnostics.extend(stale(&site, &standing));
                prepared.diagnostics.extend(without_short_address(&site, &theme));
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
            }
            Err(found) => prepared.diagnostics.extend(found),
        }
    }
    let failed = |diagnostic: &Diagnostic| arguments.strict || diagnostic.is_error();
    let code = if prepared.diagnostics.iter().any(failed) { 1 } else { 0 };
    match arguments.format {
        Format::Human => {
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
            prepared.diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
            prepared.diagnostics.dedup();
            let (found, texts) = (&prepared.diagnostics, &prepared.texts);
            let lines = match format {
                Format::Github => github::render(found, texts, voice.language),
                Format::Sarif => sarif::render(found, texts, voice.language, codes::meaning),
                _ => render::json(found, texts, voice.language),
            };
            // A reader that has enough is nobody's error.
            let _ = io::stdout().write_all(lines.as_bytes());
        }
    }
    ExitCode::from(code)
}
