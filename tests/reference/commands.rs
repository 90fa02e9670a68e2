//! The pages of the commands, from the definitions of their arguments.

use std::fmt::Write as _;

use clap::{Arg, Command};
use noticeboard::cli::commands;
use noticeboard::diagnostics::Language;

use super::fields::Tongue;

fn definition(tongue: Tongue) -> Command {
    let mut all = commands(match tongue {
        Tongue::Chinese => Language::ZhHans,
        Tongue::English => Language::En,
    });
    all.build();
    all
}

fn shown(all: &Command) -> impl Iterator<Item = &Command> {
    all.get_subcommands().filter(|command| command.get_name() != "help")
}

/// What an option or a command is for.
fn help(text: Option<&clap::builder::StyledStr>) -> String {
    let text = text.map(ToString::to_string).unwrap_or_default().replace('\n', " ");
    if text.is_empty() || text.ends_with(['。', '.']) { text } else { text + "." }
}

/// All pages of commands, by their paths.
pub fn pages(tongue: Tongue) -> Vec<(String, String)> {
    let all = definition(tongue);
    let (title, summary) = match tongue {
        Tongue::Chinese => ("命令", "noticeboard 的每一条命令能做什么，有哪些选项。"),
        Tongue::English => ("Commands", "What each command of noticeboard does, and its options."),
    };
    let mut index = format!("---\ntitle: {title}\nsummary: {summary}\n{}---\n", tongue.footer(4));
    let mut pages = Vec::new();
    for command in shown(&all) {
        let name = command.get_name();
        let about = help(command.get_about());
        let _ = writeln!(index, "- [noticeboard {name}](/commands/{name}/){}{about}", tongue.pick("：", ": "));
        pages.push((format!("commands/{name}"), page(tongue, command, &about)));
    }
    pages.push(("commands".to_owned(), index));
    pages
}

fn page(tongue: Tongue, command: &Command, about: &str) -> String {
    let name = command.get_name();
    let summary = serde_json::to_string(about).unwrap();
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", tongue.pick("[选项]", "[OPTIONS]"));
    let mut page = format!("---\ntitle: noticeboard {name}\nsummary: {summary}\n---\n```console\n$ {usage}\n```\n");
    let (places, options): (Vec<&Arg>, Vec<&Arg>) = command
        .get_arguments()
        .filter(|argument| argument.get_id() != "help")
        .partition(|argument| argument.is_positional());
    for (heading, arguments) in [(tongue.pick("参数", "Arguments"), places), (tongue.pick("选项", "Options"), options)]
    {
        if arguments.is_empty() {
            continue;
        }
        let _ = writeln!(page, "\n## {heading}");
        for argument in arguments {
            let _ = writeln!(page, "\n### `{}`\n\n{}", spelt(argument), meaning(tongue, argument));
        }
    }
    page
}

/// An argument as it is written: `-q, --quiet`, `--site DIR`.
fn spelt(argument: &Arg) -> String {
    let value =
        argument.get_value_names().into_iter().flatten().map(|name| name.to_string()).collect::<Vec<_>>().join(" ");
    if argument.is_positional() {
        return value;
    }
    let short = argument.get_short().map(|short| format!("-{short}, ")).unwrap_or_default();
    let takes = if argument.get_action().takes_values() { format!(" {value}") } else { String::new() };
    format!("{short}--{}{takes}", argument.get_long().unwrap())
}

fn meaning(tongue: Tongue, argument: &Arg) -> String {
    let mut text = help(argument.get_help());
    let gap = tongue.pick("", " ");
    if !argument.get_action().takes_values() {
        return text;
    }
    let values: Vec<String> =
        argument.get_possible_values().iter().map(|value| format!("`{}`", value.get_name())).collect();
    if !values.is_empty() {
        let _ = write!(
            text,
            "{gap}{}{}{}",
            tongue.pick("可以写：", "One of: "),
            values.join(tongue.pick("、", ", ")),
            tongue.pick("。", ".")
        );
    }
    for default in argument.get_default_values() {
        let default = default.to_str().unwrap();
        let _ = match tongue {
            Tongue::Chinese => write!(text, "不写就是 `{default}`。"),
            Tongue::English => write!(text, " Without it: `{default}`."),
        };
    }
    text
}

#[test]
fn help_is_chinese_where_it_is_asked_for_in_chinese_and_says_everything() {
    let (chinese, english) = (definition(Tongue::Chinese), definition(Tongue::English));
    for (chinese, english) in shown(&chinese).zip(shown(&english)) {
        let name = chinese.get_name();
        let is_chinese = |text: &str| text.chars().any(|c| ('一'..='鿿').contains(&c));
        assert!(is_chinese(&help(chinese.get_about())) && !is_chinese(&help(english.get_about())), "{name}");
        for argument in chinese.get_arguments() {
            assert!(
                is_chinese(&help(argument.get_help())),
                "{name} {} in src/cli/help/zh-Hans.yaml",
                argument.get_id()
            );
        }
    }
    let help = |arguments: &[&str]| {
        let output = assert_cmd::cargo_bin_cmd!("noticeboard").args(arguments).env("LC_ALL", "C").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let said = help(&["check", "--help", "--lang", "zh-Hans"]);
    for part in ["找出写错的地方", "用法：noticeboard check", "选项：", "--strict", "有提醒也算不通过"]
    {
        assert!(said.contains(part), "{part} is not in\n{said}");
    }
    assert!(help(&["check", "--help", "--lang", "en"]).contains("Warnings fail too"));
}
