//! The commands and their arguments as help shows them, in English or in Chinese.
//!
//! The English texts are the doc comments of the arguments. The Chinese ones stand in `help/zh-Hans.yaml`, by command and
//! argument, and are put in their place. What has none stays English; a test finds it.

use std::collections::HashMap;
use std::ffi::OsString;

use clap::{Command, CommandFactory as _};
use serde::Deserialize;

use super::{Call, of_tag, prepare, system_language};
use crate::diagnostics::Language;

const ZH_HANS: &str = include_str!("help/zh-Hans.yaml");
/// What stands round the texts of a command.
const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    /// The program itself.
    noticeboard: String,
    /// What each command does.
    commands: HashMap<String, String>,
    /// What each argument means: `COMMAND.ID`, else `ID`.
    arguments: HashMap<String, String>,
}

/// All commands with their arguments.
pub fn commands(language: Language) -> Command {
    // Built first, so that options of the whole program stand at each command as well.
    let mut commands = Call::command();
    if language == Language::En {
        return commands;
    }
    commands.build();
    let texts: Texts = serde_yaml::from_str(ZH_HANS).unwrap_or_default();
    let about = texts.noticeboard.clone();
    let commands = commands.mut_subcommands(|command| {
        let about = texts.commands.get(command.get_name()).cloned();
        let command = translated(command, &texts);
        match about {
            Some(about) => command.about(about.clone()).long_about(about),
            None => command,
        }
    });
    translated(commands, &texts).about(about.clone()).long_about(about).subcommand_help_heading("命令")
}

fn translated(command: Command, texts: &Texts) -> Command {
    let name = command.get_name().to_owned();
    let command = command.help_template(TEMPLATE);
    command.mut_args(|argument| {
        let id = argument.get_id().as_str();
        let text = texts.arguments.get(&format!("{name}.{id}")).or_else(|| texts.arguments.get(id)).cloned();
        let heading = if argument.is_positional() { "参数" } else { "选项" };
        let argument = argument.help_heading(heading);
        match text {
            Some(text) => argument.help(text.clone()).long_help(text),
            None => argument,
        }
    })
}

/// The language in which help is asked for: that of `--lang`, else that of the system.
pub(super) fn language_of(arguments: &[OsString]) -> Option<Language> {
    match value_of(arguments, "--lang") {
        Some(tag) => of_tag(tag),
        None => system_language(),
    }
}

/// The language of a call that cannot be read: that of `--lang`, else that of the site that it names or stands in, else
/// that of the system.
pub(super) fn language_of_call(arguments: &[OsString]) -> Option<Language> {
    let site = value_of(arguments, "--site").unwrap_or(".");
    let of_site = || prepare::first_language(site.into()).and_then(|tag| of_tag(&tag));
    // A language that there is not is what is wrong with the call.
    value_of(arguments, "--lang").and_then(of_tag).or_else(of_site).or_else(system_language)
}

/// What is written behind an option, with a blank or `=` between.
fn value_of<'a>(arguments: &'a [OsString], option: &str) -> Option<&'a str> {
    let mut words = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(word) = words.next() {
        match word.strip_prefix(option) {
            Some("") => return words.next(),
            Some(rest) if rest.starts_with('=') => return rest.strip_prefix('='),
            _ => {}
        }
    }
    None
}
