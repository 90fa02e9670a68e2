//! The commands: what was typed → what it means → run → exit code.
//!
//! One file a command, each a thin layer over the library. Standard output is for results, standard error
//! for what is wrong and for progress. Exit codes: 0 done, 1 the content has errors, 2 the call was wrong,
//! 3 the machine failed.

mod against;
mod build;
mod changes;
mod check;
mod coverage;
mod explain;
mod export;
mod fix;
mod from_here;
mod git;
mod help;
mod import;
mod manual;
mod memory;
mod new;
mod posters;
mod prepare;
mod progress;
mod record;
mod schema;
mod serve;
mod standing;
mod status;
mod terminal_qr;
mod usage;
mod whole;

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, FromArgMatches as _, Parser, Subcommand, ValueEnum};

use crate::diagnostics::{Action, Diagnostic, Failure, Language, Texts, put_in_order, render};

pub use help::commands;

/// Turns a folder of YAML and Markdown into the website, the lobby boards and the calendars of community centres.
#[derive(Debug, Parser)]
#[command(name = "noticeboard", version, about, max_term_width = 100)]
struct Call {
    #[command(subcommand)]
    command: Command,
    /// The language of messages; by default that of the site, else that of the system, else English.
    #[arg(long, global = true, value_enum)]
    lang: Option<MessageLanguage>,
    /// Say nothing but what is wrong.
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say why each file was made.
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes the whole site.
    Build(build::BuildArguments),
    /// Says what changed between a revision in git and now, as a resident will notice it.
    Changes(changes::ChangesArguments),
    /// Looks for mistakes without writing anything.
    Check(check::CheckArguments),
    /// Says what a code means: what it looks like, and what to write instead.
    Explain(explain::ExplainArguments),
    /// Writes a weekly programme as a spreadsheet, which import reads back.
    Export(export::ExportArguments),
    /// Mends what has one meaning, showing the difference first.
    Fix(fix::FixArguments),
    /// Reads a spreadsheet into records of the site, showing what was understood first.
    Import(import::ImportArguments),
    /// Makes a site to start from, with settings for editors and for publishing.
    New(new::NewArguments),
    /// Writes into ledger.txt what is new or changed, before it is published.
    Record(record::RecordArguments),
    /// Prints sheets for the wall into a folder.
    Posters(posters::PostersArguments),
    /// Writes JSON Schemas for editors, settings of VS Code that use them, and the forms of a git CMS.
    Schema(schema::SchemaArguments),
    /// Shows the site in the browser while it is written.
    Serve(serve::ServeArguments),
    /// Says what is open and on, what is hidden or ends soon, and what changes next.
    Status(status::StatusArguments),
    /// Prints a script that makes a shell complete commands and options.
    Completions(manual::CompletionArguments),
    /// Prints the manual page, or writes one for each command.
    Manual(manual::ManualArguments),
}

impl Command {
    /// The folder of the site that the command is about; of those that are about none, the one that is worked in.
    fn site(&self) -> &Utf8Path {
        match self {
            Self::Schema(arguments) => &arguments.site,
            Self::Fix(arguments) => &arguments.site,
            Self::Build(arguments) => &arguments.site.site,
            Self::Changes(arguments) => &arguments.site.site,
            Self::Check(arguments) => &arguments.site.site,
            Self::Export(arguments) => &arguments.site.site,
            Self::Import(arguments) => &arguments.site.site,
            Self::Record(arguments) => &arguments.site.site,
            Self::Posters(arguments) => &arguments.site.site,
            Self::Serve(arguments) => &arguments.site.site,
            Self::Status(arguments) => &arguments.site.site,
            Self::Explain(_) | Self::New(_) | Self::Completions(_) | Self::Manual(_) => ".".into(),
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum MessageLanguage {
    #[value(name = "zh-Hans")]
    ZhHans,
    En,
}

/// What every command that reads a site takes. Values are read later, so that what is wrong with them is said in the
/// language that was asked for.
#[derive(Debug, Clone, Args)]
struct SiteArguments {
    /// The site's folder.
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: Utf8PathBuf,
    /// The day for which the site is made, or the time (2026-12-01T15:00); by default now in the site's time zone.
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    /// Where the site will stand, instead of what site.yaml says.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Which posters are made.
    #[arg(long, value_enum, default_value = "all")]
    posters: PosterChoice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PosterChoice {
    /// All of them.
    All,
    /// None of them; no page links to one.
    None,
}

/// How messages are shown.
#[derive(Debug, Clone, Copy)]
struct Voice {
    language: Language,
    quiet: bool,
    verbose: bool,
    colour: bool,
}

impl Voice {
    /// Shows diagnostics on standard error.
    fn diagnostics(self, diagnostics: &mut Vec<Diagnostic>, texts: &Texts) {
        eprint(&self.told(diagnostics, texts));
    }

    /// Diagnostics as they are shown, put in order, of a quiet voice the errors alone; nothing if there are none.
    fn told(self, diagnostics: &mut Vec<Diagnostic>, texts: &Texts) -> String {
        put_in_order(diagnostics);
        let errors_alone: Vec<Diagnostic>;
        let shown: &[Diagnostic] = if self.quiet {
            errors_alone = diagnostics.iter().filter(|found| found.is_error()).cloned().collect();
            &errors_alone
        } else {
            diagnostics
        };
        let mut told = render::human(shown, texts, self.language, self.colour);
        let (errors, warnings) = render::count(shown);
        if errors + warnings > 0 {
            told.push_str(&match self.language {
                Language::ZhHans => format!("{errors} 处错误，{warnings} 处提醒\n"),
                Language::En => {
                    let s = |count: usize| if count == 1 { "" } else { "s" };
                    format!("{errors} error{}, {warnings} warning{}\n", s(errors), s(warnings))
                }
            });
        }
        told
    }

    /// Shows a failure of the machine.
    fn failure(self, failure: &Failure) -> ExitCode {
        eprint(&format!("{}\n", failure.message(self.language)));
        ExitCode::from(failure.exit_code())
    }

    /// Prints what a command was asked for, and gives its exit code: another one if it could not be printed. A reader
    /// that has enough is nobody's error.
    fn hand_over(self, result: &[u8], code: ExitCode) -> ExitCode {
        let mut output = io::stdout().lock();
        match output.write_all(result).and_then(|()| output.flush()) {
            Err(source) if source.kind() != io::ErrorKind::BrokenPipe => {
                self.failure(&Failure::Io { action: Action::Write, path: "stdout".into(), source })
            }
            _ => code,
        }
    }

    /// Says on standard output how a command went.
    fn say(self, line: &str) {
        if !self.quiet {
            let _ = writeln!(io::stdout(), "{line}");
        }
    }
}

/// Writes to standard error; a closed one is nobody's error.
fn eprint(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// The language of messages where none is asked for: of the site's languages the first in which there are messages,
/// else that of the system, else English.
fn language_at(site: &Utf8Path) -> Language {
    let of_site = prepare::languages(site).iter().find_map(|tag| of_tag(tag));
    of_site.or_else(system_language).unwrap_or(Language::En)
}

/// The system's language, as POSIX has it. Windows says nothing of it there: its programs are in Chinese for those for
/// whom this one is made first.
fn system_language() -> Option<Language> {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|set| !set.is_empty());
    match set {
        Some(set) => of_tag(&set),
        None => cfg!(windows).then_some(Language::ZhHans),
    }
}

/// The language of messages for a language tag or a POSIX locale.
fn of_tag(tag: &str) -> Option<Language> {
    match tag.split(['-', '_', '.', '@']).next()? {
        "zh" => Some(Language::ZhHans),
        "en" => Some(Language::En),
        _ => None,
    }
}

/// Shows the help that was asked for, or says what is wrong with the call: in the language of `--lang`, of the site, of
/// the system.
fn not_called(error: &clap::Error, arguments: &[std::ffi::OsString], asked: Language) -> ExitCode {
    let is_wrong = error.use_stderr();
    let chinese = match (asked, is_wrong) {
        (Language::En, _) => None,
        (Language::ZhHans, true) => usage::in_chinese(error, arguments),
        (Language::ZhHans, false) => {
            let is_plain =
                !io::stdout().is_terminal() || std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty());
            let help = error.render();
            Some(usage::help_in_chinese(&if is_plain { help.to_string() } else { help.ansi().to_string() }))
        }
    };
    match chinese {
        None => _ = error.print(),
        Some(text) if is_wrong => eprint(&text),
        // A reader that has enough is nobody's error.
        Some(text) => _ = io::stdout().write_all(text.as_bytes()),
    }
    if is_wrong { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

/// Reads the arguments, runs the command, and gives the exit code.
pub fn run() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let asked = help::language_of(&arguments);
    let commands = help::commands(asked);
    let call = commands.try_get_matches_from(&arguments).and_then(|matches| Call::from_arg_matches(&matches));
    let call = match call {
        Ok(call) => call,
        Err(error) => return not_called(&usage::with_nearest(error), &arguments, asked),
    };
    let language = match call.lang {
        Some(MessageLanguage::ZhHans) => Language::ZhHans,
        Some(MessageLanguage::En) => Language::En,
        None => language_at(call.command.site()),
    };
    let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
    let voice = Voice { language, quiet: call.quiet, verbose: call.verbose, colour };
    match call.command {
        Command::Build(arguments) => build::run(&arguments, voice),
        Command::Changes(arguments) => changes::run(&arguments, voice),
        Command::Check(arguments) => check::run(&arguments, voice),
        Command::Explain(arguments) => explain::run(&arguments, voice),
        Command::Export(arguments) => export::run(&arguments, voice),
        Command::Fix(arguments) => fix::run(&arguments, voice),
        Command::Import(arguments) => import::run(&arguments, voice),
        Command::New(arguments) => new::run(&arguments, voice),
        Command::Record(arguments) => record::run(&arguments, voice),
        Command::Posters(arguments) => posters::run(&arguments, voice),
        Command::Schema(arguments) => schema::run(&arguments, voice),
        Command::Serve(arguments) => serve::run(&arguments, voice),
        Command::Status(arguments) => status::run(&arguments, voice),
        Command::Completions(arguments) => manual::completions(&arguments, voice),
        Command::Manual(arguments) => manual::manual(&arguments, voice),
    }
}
