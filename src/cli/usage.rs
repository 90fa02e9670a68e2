//! What is said of a call that cannot be read, in Chinese.
//!
//! clap speaks English only. Its errors carry what is wrong as data: the kind, the argument, what was typed, what it may
//! have been. The common kinds are told from these; of any other clap's own words are shown. Help has a few words of
//! clap's in it too, which are put into Chinese where they stand.

use std::error::Error as _;
use std::ffi::OsString;
use std::num::{IntErrorKind, ParseIntError};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory as _, Error};

use super::Call;
use crate::diagnostics::closest;

/// Words of clap in help, and what stands in their place.
const IN_HELP: [(&str, &str); 11] = [
    ("[OPTIONS]", "[选项]"),
    ("<COMMAND>", "<命令>"),
    ("[COMMAND]", "[命令]"),
    ("[possible values: ", "[可以写："),
    ("Possible values:", "可以写："),
    ("[default: ", "[不写就是："),
    ("[aliases: ", "[也可以写："),
    ("Usage: ", "用法："),
    ("参数:", "参数："),
    ("选项:", "选项："),
    ("命令:", "命令："),
];

/// What is wrong with a call, how it is meant, and where there is more; `None` of a kind that is not known here.
pub(super) fn in_chinese(error: &Error, arguments: &[OsString]) -> Option<String> {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return Some(help_in_chinese(&error.render().to_string()));
    }
    let (wrong, help) = told(error)?;
    let mut text = format!("错误：{wrong}\n");
    for line in help {
        text.push_str(&format!("  {line}\n"));
    }
    let usage = error.get(ContextKind::Usage).map(ToString::to_string).unwrap_or_default();
    if let Some(usage) = usage.trim().strip_prefix("Usage:").map(str::trim) {
        text.push_str(&format!("\n用法：{}\n", help_in_chinese(usage)));
    }
    let call = called(arguments).map(|command| format!("noticeboard {command}"));
    text.push_str(&format!("\n更多说明：{} --help\n", call.as_deref().unwrap_or("noticeboard")));
    Some(text)
}

/// Help with clap's own words in Chinese.
pub(super) fn help_in_chinese(help: &str) -> String {
    IN_HELP.iter().fold(help.to_owned(), |help, (english, chinese)| help.replace(english, chinese))
}

/// The command that was called.
fn called(arguments: &[OsString]) -> Option<String> {
    let commands = Call::command();
    let names: Vec<&str> = commands.get_subcommands().map(clap::Command::get_name).collect();
    let words = arguments.iter().skip(1).filter_map(|argument| argument.to_str());
    words.into_iter().find(|word| names.contains(word)).map(str::to_owned)
}

/// Leaves of the commands that may have been meant the one that differs least: clap has what is most like it last.
pub(super) fn with_nearest(mut error: Error) -> Error {
    let word = text(&error, ContextKind::InvalidSubcommand).unwrap_or_default();
    let mut like = texts(&error, ContextKind::SuggestedSubcommand);
    let commands = Call::command();
    let nearest = closest(&word, commands.get_subcommands().map(clap::Command::get_name)).map(str::to_owned);
    if let Some(nearest) = nearest.filter(|_| error.kind() == ErrorKind::InvalidSubcommand).or_else(|| like.pop()) {
        error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(vec![nearest]));
    }
    error
}

/// What is wrong, and lines of help.
fn told(error: &Error) -> Option<(String, Vec<String>)> {
    let argument = text(error, ContextKind::InvalidArg);
    let value = text(error, ContextKind::InvalidValue);
    let meant = |kind| texts(error, kind).first().map(|like| format!("是不是要写“{like}”")).into_iter().collect();
    Some(match error.kind() {
        ErrorKind::UnknownArgument => {
            let argument = argument?;
            let wrong = match argument.starts_with('-') {
                true => format!("没有“{argument}”这个选项"),
                false => format!("多了“{argument}”，不知道是什么"),
            };
            (wrong, meant(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let command = text(error, ContextKind::InvalidSubcommand)?;
            (format!("没有“{command}”这条命令"), meant(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::InvalidValue => {
            let (argument, value) = (argument?, value.unwrap_or_default());
            let mut help = Vec::new();
            let known = texts(error, ContextKind::ValidValue);
            if !known.is_empty() {
                help.push(format!("可以写：{}", known.join("、")));
            }
            help.extend(meant(ContextKind::SuggestedValue).into_iter().collect::<Vec<String>>());
            match value.is_empty() {
                true => (format!("“{argument}”要写一个值"), help),
                false => (format!("“{argument}”不能写成“{value}”"), help),
            }
        }
        ErrorKind::ValueValidation => {
            (format!("“{}”不能写成“{}”", argument?, value?), limits(error).into_iter().collect())
        }
        ErrorKind::TooManyValues => (format!("“{}”后面多写了一个值“{}”", argument?, value?), Vec::new()),
        ErrorKind::ArgumentConflict => {
            let argument = argument?;
            let others = texts(error, ContextKind::PriorArg);
            match others.iter().all(|other| *other == argument) {
                true => (format!("“{argument}”只能写一次"), Vec::new()),
                false => (format!("“{argument}”不能和“{}”一起用", others.join("”“")), Vec::new()),
            }
        }
        ErrorKind::MissingRequiredArgument => {
            (format!("还缺：{}", texts(error, ContextKind::InvalidArg).join(" ")), Vec::new())
        }
        ErrorKind::InvalidUtf8 => ("有一个参数不是 UTF-8 编码的".to_owned(), Vec::new()),
        _ => return None,
    })
}

/// What a value has to be, where that is a number.
fn limits(error: &Error) -> Option<String> {
    let source = error.source()?;
    if let Some(number) = source.downcast_ref::<ParseIntError>() {
        let is_zero = *number.kind() == IntErrorKind::Zero;
        return Some(if is_zero { "最小是 1" } else { "这里要写整数" }.to_owned());
    }
    // `70000 is not in 1..=65535`
    let said = source.to_string();
    let (_, range) = said.split_once(" is not in ")?;
    let (first, last) = range.split_once("..")?;
    match last.trim_start_matches('=') {
        "" => Some(format!("最小是 {first}")),
        last => Some(format!("要在 {first} 到 {last} 之间")),
    }
}

fn text(error: &Error, kind: ContextKind) -> Option<String> {
    texts(error, kind).into_iter().next()
}

/// What the error says of a kind, as texts.
fn texts(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![plain(text)],
        Some(ContextValue::Strings(texts)) => texts.iter().map(|text| plain(text)).collect(),
        _ => Vec::new(),
    }
}

/// A text without what would steer the terminal.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
