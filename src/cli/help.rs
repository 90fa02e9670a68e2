//! The commands and their arguments as help shows them, in English or in Chinese.
//!
//! The English texts are the doc comments of the arguments. The Chinese ones stand in `help/zh-Hans.yaml`, by command and
//! argument, and are put in their place. What has none stays English; a test finds it.

use std::collections::HashMap;
use std::ffi::OsString;
use std::sync::OnceLock;

use clap::{Arg, Command, CommandFactory as _};
use serde::Deserialize;

use super::{Call, language_at, of_tag};
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
    /// What stands for a value, `<FILE>`, by its English word.
    values: HashMap<String, String>,
}

/// All commands with their arguments.
pub fn commands(language: Language) -> Command {
    // Built first, so that options of the whole program stand at each command as well.
    let mut commands = Call::command();
    if language == Language::En {
        return commands;
    }
    commands.build();
    let texts = chinese();
    let about = texts.noticeboard.clone();
    let commands = commands.mut_subcommands(|command| {
        let about = texts.commands.get(command.get_name()).cloned();
        let command = translated(command, texts);
        match about {
            Some(about) => command.about(about.clone()).long_about(about),
            None => command,
        }
    });
    translated(commands, texts).about(about.clone()).long_about(about).subcommand_help_heading("命令")
}

fn translated(command: Command, texts: &'static Texts) -> Command {
    let name = command.get_name().to_owned();
    let command = command.help_template(TEMPLATE);
    command.mut_args(|argument| {
        let id = argument.get_id().as_str();
        let text = texts.arguments.get(&format!("{name}.{id}")).or_else(|| texts.arguments.get(id)).cloned();
        let heading = if argument.is_positional() { "参数" } else { "选项" };
        let argument = argument.help_heading(heading);
        let argument = with_values(argument, texts);
        match text {
            Some(text) => argument.help(text.clone()).long_help(text),
            None => argument,
        }
    })
}

/// An argument with the names of its values in the language; what its values mean is said in its own text.
fn with_values(argument: Arg, texts: &'static Texts) -> Arg {
    if !argument.get_action().takes_values() {
        return argument;
    }
    let explains = argument.get_possible_values().iter().any(|value| value.get_help().is_some());
    let id = argument.get_id().as_str().to_uppercase();
    let name = argument.get_value_names().and_then(<[_]>::first).map_or(id, ToString::to_string);
    let argument = argument.hide_possible_values(explains);
    match texts.values.get(&name) {
        Some(name) => argument.value_name(name.as_str()),
        None => argument,
    }
}

/// The texts in Chinese; a test makes sure that they can be read.
fn chinese() -> &'static Texts {
    static READ: OnceLock<Texts> = OnceLock::new();
    READ.get_or_init(|| serde_yaml::from_str(ZH_HANS).unwrap_or_default())
}

/// The language of help and of a call that cannot be read: that of `--lang`, else that of the site that it names or
/// stands in, as for every command.
pub(super) fn language_of(arguments: &[OsString]) -> Language {
    // A language that there is not is what is wrong with the call.
    let asked = value_of(arguments, "--lang").and_then(of_tag);
    asked.unwrap_or_else(|| language_at(value_of(arguments, "--site").unwrap_or(".").into()))
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
