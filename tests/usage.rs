//! What is said of a call that cannot be read, in Chinese: by its whole text, since clap itself speaks English only.

use std::fs;
use std::process::Command;

/// What a call says, and how it ends.
fn called(arguments: &[&str]) -> (String, Option<i32>) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_noticeboard"));
    let command = command.args(arguments).current_dir(folder.path()).env("LC_ALL", "zh_CN.UTF-8");
    let output = command.output().unwrap();
    (String::from_utf8(output.stderr).unwrap(), output.status.code())
}

#[test]
fn each_common_mistake_in_a_call_is_said_in_chinese_with_how_it_is_meant() {
    for (call, said) in [
        (
            &["check", "--frmat", "json"][..],
            "错误：没有“--frmat”这个选项\n  是不是要写“--format”\n\n用法：noticeboard check --format <格式>\n\n更多说明：noticeboard check --help\n",
        ),
        (
            &["status", "a", "b"],
            "错误：多了“b”，不知道是什么\n\n用法：noticeboard status [选项] [代号]\n\n更多说明：noticeboard status --help\n",
        ),
        (
            &["biuld"],
            "错误：没有“biuld”这条命令\n  是不是要写“build”\n\n用法：noticeboard [选项] <命令>\n\n更多说明：noticeboard --help\n",
        ),
        (
            &["chekc"],
            "错误：没有“chekc”这条命令\n  是不是要写“check”\n\n用法：noticeboard [选项] <命令>\n\n更多说明：noticeboard --help\n",
        ),
        (
            &["check", "--format", "jsn"],
            "错误：“--format <格式>”不能写成“jsn”\n  可以写：human、json、github、sarif\n  是不是要写“json”\n\n更多说明：noticeboard check --help\n",
        ),
        (
            &["check", "--format"],
            "错误：“--format <格式>”要写一个值\n  可以写：human、json、github、sarif\n\n更多说明：noticeboard check --help\n",
        ),
        (
            &["serve", "--port", "x"],
            "错误：“--port <数>”不能写成“x”\n  这里要写整数\n\n更多说明：noticeboard serve --help\n",
        ),
        (
            &["serve", "--port", "70000"],
            "错误：“--port <数>”不能写成“70000”\n  要在 0 到 65535 之间\n\n更多说明：noticeboard serve --help\n",
        ),
        (
            &["build", "--jobs", "0"],
            "错误：“--jobs <数>”不能写成“0”\n  最小是 1\n\n更多说明：noticeboard build --help\n",
        ),
        (
            &["check", "-q", "-v"],
            "错误：“--quiet”不能和“--verbose”一起用\n\n用法：noticeboard check --quiet\n\n更多说明：noticeboard check --help\n",
        ),
        (
            &["check", "--site", "a", "--site", "b"],
            "错误：“--site <文件夹>”只能写一次\n\n用法：noticeboard check [选项]\n\n更多说明：noticeboard check --help\n",
        ),
        (&["import"], "错误：还缺：<文件>\n\n用法：noticeboard import <文件>\n\n更多说明：noticeboard import --help\n"),
        (
            &["check", "--strict=yes"],
            "错误：“--strict”后面多写了一个值“yes”\n\n用法：noticeboard check --strict\n\n更多说明：noticeboard check --help\n",
        ),
        (
            &["schema", "--sveltia", "x"],
            "错误：还缺：--cms <文件夹>\n\n用法：noticeboard schema --cms <文件夹> --sveltia <文件夹>\n\n更多说明：noticeboard schema --help\n",
        ),
    ] {
        assert_eq!(called(call), (said.to_owned(), Some(2)), "{call:?}");
    }
}

#[test]
fn the_language_is_that_of_the_call_else_of_the_site_else_of_the_system() {
    let folder = tempfile::tempdir().unwrap();
    let said = |arguments: &[&str], locale: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_noticeboard"));
        let command = command.args(arguments).current_dir(folder.path()).env("LC_ALL", locale);
        String::from_utf8(command.output().unwrap().stderr).unwrap()
    };
    let (chinese, english) = ("错误：没有“--x”这个选项\n", "error: unexpected argument '--x' found\n");
    assert!(said(&["check", "--x", "--lang", "zh-Hans"], "en_US.UTF-8").starts_with(chinese));
    assert!(said(&["check", "--x", "--lang=en"], "zh_CN.UTF-8").starts_with(english));
    assert!(said(&["check", "--x"], "en_US.UTF-8").starts_with(english));
    fs::write(folder.path().join("site.yaml"), "languages:\n  - {tag: zh-Hans, name: 中文}\n").unwrap();
    assert!(said(&["check", "--x"], "en_US.UTF-8").starts_with(chinese));
    // What is typed cannot steer the terminal.
    assert!(said(&["check", "--\u{1b}[31m"], "zh_CN.UTF-8").starts_with("错误：没有“--[31m”这个选项\n"));
}

#[test]
fn help_in_chinese_has_none_of_the_words_of_the_library_in_it() {
    for command in ["", "build", "check", "import", "posters", "serve", "schema", "completions"] {
        let arguments: Vec<&str> = [command, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
        let mut call = Command::new(env!("CARGO_BIN_EXE_noticeboard"));
        let output = call.args(&arguments).env("LC_ALL", "zh_CN.UTF-8").output().unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert!(help.contains("用法：noticeboard"), "{help}");
        for word in [
            "[OPTIONS]",
            "Usage",
            "possible values",
            "Possible values",
            "[default",
            "Options:",
            "Arguments:",
            "Print",
            "选项:",
        ] {
            assert!(!help.contains(word), "{command}: {word}\n{help}");
        }
    }
}

#[test]
fn what_the_system_answers_to_a_path_is_said_in_words() {
    let said = |call: &[&str]| called(call).0;
    assert_eq!(said(&["import", "."]), "无法读取“.”：这是一个文件夹。请写里面某个文件的路径。\n");
    assert_eq!(said(&["import", "x.csv"]), "无法读取“x.csv”：找不到它。请检查路径是否正确。\n");
    assert!(said(&["status", "--on", "2026-13-40"]).starts_with("--on：没有 2026-13-40 这一天"));
}

#[test]
fn a_call_without_a_command_shows_what_there_is() {
    let (said, code) = called(&[]);
    assert_eq!(code, Some(2));
    assert!(said.contains("用法：noticeboard [选项] <命令>\n\n命令：\n  build "), "{said}");
    assert!(said.contains("[可以写：zh-Hans, en]") && !said.contains("OPTIONS"), "{said}");
}

#[test]
fn the_manual_in_chinese_has_no_words_of_the_library_in_it() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_noticeboard")).args(["manual", "--lang", "zh-Hans"]).output().unwrap();
    let page = String::from_utf8(output.stdout).unwrap();
    for word in ["Possible values", ".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION", ".SH VERSION"] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains(".SH 名称") && page.contains("可以写："));
}
