//! `noticeboard completions` and `noticeboard manual`: what shells complete and what `man` shows, both from the same
//! definitions of arguments as everything else, so that neither can be out of date.

use std::fs;
use std::process::ExitCode;

use camino::Utf8PathBuf;
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::{Call, Voice, help};
use crate::diagnostics::{Action, Failure, Language};

/// The name by which the program is called.
const NAME: &str = "noticeboard";

#[derive(Debug, Args)]
pub(super) struct CompletionArguments {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManualArguments {
    /// The folder to write a page for each command to; by default the program's own page is printed.
    #[arg(long, value_name = "DIR")]
    out: Option<Utf8PathBuf>,
}

/// Prints the script that makes a shell complete our commands and options.
pub(super) fn completions(arguments: &CompletionArguments, voice: Voice) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Call::command(), NAME, &mut script);
    voice.hand_over(&script, ExitCode::SUCCESS)
}

/// Prints the manual page of the program, or writes one for each command.
pub(super) fn manual(arguments: &ManualArguments, voice: Voice) -> ExitCode {
    match pages(arguments, voice.language) {
        Ok(page) => voice.hand_over(&page, ExitCode::SUCCESS),
        Err(failure) => voice.failure(&failure),
    }
}

/// The page to be printed; nothing if pages were written.
fn pages(arguments: &ManualArguments, language: Language) -> Result<Vec<u8>, Failure> {
    let mut call = help::commands(language);
    call.build();
    let Some(folder) = &arguments.out else {
        let mut page = Vec::new();
        render(call, NAME, language, &mut page);
        return Ok(page);
    };
    let failed = |action, path: &Utf8PathBuf| {
        let path = path.clone();
        move |source| Failure::Io { action, path, source }
    };
    fs::create_dir_all(folder).map_err(failed(Action::MakeFolder, folder))?;
    let commands: Vec<_> = call.get_subcommands().filter(|command| !command.is_hide_set()).cloned().collect();
    let named = commands.into_iter().map(|command| (format!("{NAME}-{}", command.get_name()), command));
    for (name, command) in std::iter::once((NAME.to_owned(), call.clone())).chain(named) {
        let mut page = Vec::new();
        render(command, &name, language, &mut page);
        let path = folder.join(format!("{name}.1"));
        fs::write(&path, page).map_err(failed(Action::Write, &path))?;
    }
    Ok(Vec::new())
}

/// What the pages have in English whatever the language, and how it is said in Chinese.
const SAID: [(&str, &str); 6] = [
    (".SH NAME\n", ".SH 名称\n"),
    (".SH SYNOPSIS\n", ".SH 用法\n"),
    (".SH DESCRIPTION\n", ".SH 说明\n"),
    (".SH SUBCOMMANDS\n", ".SH 命令\n"),
    (".SH VERSION\n", ".SH 版本\n"),
    ("\\fIPossible values:\\fR", "可以写："),
];

fn render(command: clap::Command, name: &str, language: Language, page: &mut Vec<u8>) {
    // Writing to memory cannot fail.
    let _ = clap_mangen::Man::new(command).title(name).render(page);
    if language == Language::ZhHans {
        let text = String::from_utf8_lossy(page);
        let text = SAID.iter().fold(text.into_owned(), |text, (english, chinese)| text.replace(english, chinese));
        *page = text.into_bytes();
    }
}
