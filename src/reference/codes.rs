//! What a code means: a page of the manual, and what `noticeboard explain` says.
//!
//! What a code means stands in `meanings.yaml`, in both languages; its examples are the cases of the table, which a test
//! runs, so the message on the page is the message that people get.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::OnceLock;

use serde::Deserialize;

use super::cases::{self, Case, Said, Written};
use super::markdown::{block, plain, quoted};
use crate::diagnostics::{Code, Language, Severity, closest};

const MEANINGS: &str = include_str!("meanings.yaml");
/// Most examples of a code on its page.
const MOST: usize = 8;

/// A text in both languages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Meaning {
    #[serde(rename = "zh-Hans")]
    chinese: String,
    en: String,
}

/// What a code means, in whole sentences; a test makes sure that no code lacks it.
pub fn meaning(code: Code, language: Language) -> &'static str {
    static READ: OnceLock<BTreeMap<String, Meaning>> = OnceLock::new();
    let all = READ.get_or_init(|| serde_yaml::from_str(MEANINGS).unwrap_or_default());
    all.get(code.id()).map_or("", |meaning| match language {
        Language::ZhHans => &meaning.chinese,
        Language::En => &meaning.en,
    })
}

/// The codes that `meanings.yaml` has words for.
pub fn codes_with_meaning() -> Vec<String> {
    let all: Result<BTreeMap<String, Meaning>, _> = serde_yaml::from_str(MEANINGS);
    all.map(|all| all.into_keys().collect()).unwrap_or_default()
}

/// The code that was asked for, with or without its letters; else the one most like it.
pub fn find(asked: &str) -> Result<Code, Option<&'static str>> {
    let asked = asked.trim().to_ascii_uppercase();
    let whole = format!("NB{:0>4}", asked.strip_prefix("NB").unwrap_or(&asked));
    let found = Code::ALL.iter().find(|code| code.id() == whole);
    found.copied().ok_or_else(|| closest(&whole, Code::ALL.iter().map(|code| code.id())))
}

/// The words of this module in a language.
struct Labels {
    error: &'static str,
    warning: &'static str,
    call: &'static str,
    read_all_the_same: &'static str,
    example: &'static str,
    more: &'static str,
    written: &'static str,
    command: &'static str,
    said: &'static str,
    by_itself: &'static str,
    suggested: &'static str,
    mend: &'static str,
    new_file: &'static str,
    take_away: &'static str,
    colon: &'static str,
    severity: [&'static str; 2],
    help: &'static str,
}

const CHINESE: Labels = Labels {
    error: "这是错误：改好以前不会生成网站，已经发布的网页不受影响。",
    warning: "这是提醒：网站照样生成，但请看一眼是不是写错了。",
    call: "命令没有照这样执行，什么也没有写入。",
    read_all_the_same: "这是提醒：其余的照样读，请看一眼这一处。",
    example: "例子",
    more: "还有这些写法",
    written: "里写成",
    command: "这样执行",
    said: "程序说",
    by_itself: "noticeboard fix --write 会自己改成",
    suggested: "多半应当写成（请先看过）",
    mend: "改成",
    new_file: "新文件",
    take_away: "这个文件不要了",
    colon: "：",
    severity: ["错误", "提醒"],
    help: "改法",
};

const ENGLISH: Labels = Labels {
    error: "An error: the site is not made until it is mended. What is published stays as it is.",
    warning: "A warning: the site is made all the same, but somebody should look.",
    call: "The call was not carried out, and nothing was written.",
    read_all_the_same: "A warning: the rest is read all the same, but somebody should look.",
    example: "Example",
    more: "Other ways in which it happens",
    written: "is written as",
    command: "The call is",
    said: "The program says",
    by_itself: "noticeboard fix --write makes it",
    suggested: "Most likely it should be (look first)",
    mend: "Write instead",
    new_file: "New file",
    take_away: "This file goes",
    colon: ":",
    severity: ["error", "warning"],
    help: "help",
};

fn labels(language: Language) -> &'static Labels {
    match language {
        Language::ZhHans => &CHINESE,
        Language::En => &ENGLISH,
    }
}

/// What comes of it.
fn consequence(code: Code, words: &Labels) -> &'static str {
    match code.severity() {
        Severity::Error if code.id().starts_with("NB08") => words.call,
        Severity::Warning if code.id().starts_with("NB08") => words.read_all_the_same,
        Severity::Error => words.error,
        Severity::Warning => words.warning,
    }
}

fn severity(code: Code, language: Language) -> &'static str {
    let [error, warning] = labels(language).severity;
    match code.severity() {
        Severity::Error => error,
        Severity::Warning => warning,
    }
}

/// One part of what is shown of an example: what it is, and its lines.
struct Shown {
    label: String,
    kind: &'static str,
    lines: Vec<String>,
}

/// What is shown of a case, in order.
fn parts(case: &Case<'_>, code: Code, language: Language) -> Vec<Shown> {
    let words = labels(language);
    let owned = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    let mut shown = Vec::new();
    let gap = if language == Language::En { " " } else { "" };
    let files = || case.own.iter().chain(&case.others).filter(|file| !(file.lines.is_empty() && file.what.is_none()));
    for file in files() {
        let label = match file.what {
            None => format!("`{}`{gap} {}{}", file.path, words.written, words.colon).replace("  ", " "),
            Some(what) => format!("`{}`{}{gap}{}", file.path, words.colon, spoken(what, language)),
        };
        shown.push(Shown { label, kind: kind_of(file.path), lines: owned(&file.lines) });
    }
    if let Some(command) = case.command {
        let lines = vec![format!("$ {command}")];
        shown.push(Shown { label: format!("{}{}", words.command, words.colon), kind: "console", lines });
    }
    let own = case.own.as_ref().map_or("", |own| own.path);
    let mut said: Vec<&Said<'_>> = case.said.iter().collect();
    said.dedup_by(|b, a| a.english.message == b.english.message);
    let lines = said.into_iter().flat_map(|said| message(said, own, code, language)).collect();
    shown.push(Shown { label: format!("{}{}", words.said, words.colon), kind: "text", lines });
    if let Some((safe, lines)) = &case.fixed {
        let label = if *safe { words.by_itself } else { words.suggested };
        let label = format!("{label}{}", words.colon).replace("noticeboard fix --write", "`noticeboard fix --write` ");
        shown.push(Shown { label: label.replace("  ", " "), kind: kind_of(own), lines: owned(lines) });
        return shown;
    }
    let several = case.others.iter().any(|file| file.mend.is_some());
    for file in case.own.iter().chain(&case.others) {
        let Some(mend) = file.mend.as_ref().filter(|mend| **mend != file.lines || file.what.is_some()) else {
            continue;
        };
        let label = match file {
            file if file.is_to_go() => format!("{}{}{gap}`{}`", words.take_away, words.colon, file.path),
            Written { path, what: None, lines, .. } if lines.is_empty() => {
                format!("{} `{path}`{}", words.new_file, words.colon)
            }
            Written { path, .. } if several => format!("{} `{path}`{}", words.mend, words.colon),
            _ => format!("{}{}", words.mend, words.colon),
        };
        let lines = if file.is_to_go() { Vec::new() } else { owned(mend) };
        shown.push(Shown { label, kind: kind_of(file.path), lines });
    }
    shown
}

/// What a file is that is no plain text.
fn spoken(what: &str, language: Language) -> String {
    let english = language == Language::En;
    match what.split_once(' ') {
        Some(("link", target)) if english => format!("a link to `{target}`"),
        Some(("link", target)) => format!("一个链接，指向 `{target}`"),
        Some(("picture", "cut short")) if english => "a picture of which only the beginning was copied".to_owned(),
        Some(("picture", "cut short")) => "一张没有传完的图片".to_owned(),
        Some(("picture", size)) if english => format!("a picture of {} pixels", size.replace('x', "×")),
        Some(("picture", size)) => format!("一张 {} 像素的图片", size.replace('x', "×")),
        Some(("AVIF", _)) if english => "an AVIF picture with the place and the camera in it".to_owned(),
        Some(("AVIF", _)) => "一张带着拍摄地点和相机信息的 AVIF 图片".to_owned(),
        _ if what == "gone" && english => "is not there".to_owned(),
        _ if what == "gone" => "没有这个文件".to_owned(),
        _ if what.ends_with("MB") && english => format!("a file of {what}"),
        _ if what.ends_with("MB") => format!("有 {what} 大"),
        _ if english => format!("saved as {what}"),
        _ => format!("用 {what} 编码保存的"),
    }
}

fn kind_of(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "yaml" => "yaml",
        "md" => "markdown",
        "html" => "html",
        "css" => "css",
        "typ" => "typst",
        _ => "text",
    }
}

/// What is said, as the program says it to people.
fn message(said: &Said<'_>, own: &str, code: Code, language: Language) -> Vec<String> {
    let (words, shown) = (labels(language), said.words(language));
    if !said.place.contains(':') {
        // What is wrong with a call is one line.
        let (end, between) = if language == Language::En { ("; ", "; ") } else { ("。", "；") };
        let help = if shown.help.is_empty() { String::new() } else { format!("{end}{}", shown.help.join(between)) };
        let gap = if language == Language::En { " " } else { "" };
        return vec![format!("{}{}{gap}{}{help}", said.place, words.colon, shown.message)];
    }
    let in_own = said.place.split(':').count() == 2;
    let place = if in_own { format!("{own}:{}", said.place) } else { said.place.to_owned() };
    let mut lines =
        vec![format!("{}[{}]: {}", severity(code, language), said.code, shown.message), format!(" --> {place}")];
    lines.extend(shown.help.iter().map(|help| format!("  = {}: {help}", words.help)));
    lines
}

/// The title of a code's page.
pub fn title(code: Code, language: Language) -> String {
    format!("{} {}", code.id(), code.rule(language))
}

/// The page of a code, in Markdown with its front matter.
pub fn page(code: Code, language: Language) -> String {
    let words = labels(language);
    let cases = cases::of(code);
    let mut page =
        format!("---\ntitle: {}\nsummary: {}\n---\n", quoted(&title(code, language)), quoted(meaning(code, language)));
    let stops = consequence(code, words);
    let _ = writeln!(page, "{stops}\n\n## {}\n", words.example);
    for (number, case) in cases.iter().take(MOST).enumerate() {
        match (number, language) {
            (0, _) => {}
            (1, _) => {
                let _ = writeln!(page, "## {}\n", words.more);
                heading(&mut page, case, number, language);
            }
            _ => heading(&mut page, case, number, language),
        }
        for part in parts(case, code, language) {
            let lines: Vec<&str> = part.lines.iter().map(String::as_str).collect();
            let _ = writeln!(page, "{}\n", part.label);
            if !lines.is_empty() {
                let _ = writeln!(page, "{}", block(part.kind, &lines));
            }
        }
    }
    page.trim_end().to_owned() + "\n"
}

/// The heading of one of several examples; their titles are Chinese, so elsewhere the place in the list stands for it.
fn heading(page: &mut String, case: &Case<'_>, number: usize, language: Language) {
    let _ = match language {
        Language::ZhHans => writeln!(page, "### {}\n", plain(case.title)),
        Language::En => writeln!(page, "### {}\n", number + 1),
    };
}

/// What `noticeboard explain` says of a code.
pub fn explanation(code: Code, language: Language) -> String {
    let words = labels(language);
    let stops = consequence(code, words);
    let mut said = format!("{}\n\n{}\n{stops}\n", title(code, language), meaning(code, language));
    for part in cases::of(code).first().map(|case| parts(case, code, language)).unwrap_or_default() {
        let _ = writeln!(said, "\n{}", part.label.replace('`', ""));
        for line in part.lines {
            let _ = writeln!(said, "    {line}");
        }
    }
    said
}

/// The part of the manual that a code belongs to.
fn group(code: Code, language: Language) -> &'static str {
    let english = language == Language::En;
    match code.id().get(..4) {
        Some("NB01") => {
            if english {
                "Files and how they are written"
            } else {
                "文件，和文件里的写法"
            }
        }
        Some("NB02") => {
            if english {
                "YAML, keys and values"
            } else {
                "YAML、键和值"
            }
        }
        Some("NB03") => {
            if english {
                "Dates, times and other forms"
            } else {
                "日期、时间和别的写法"
            }
        }
        Some("NB04") => {
            if english {
                "How records fit together"
            } else {
                "内容之间对不上"
            }
        }
        Some("NB05") => {
            if english {
                "What looks like a mistake"
            } else {
                "看上去像写错了"
            }
        }
        Some("NB06") => {
            if english {
                "Themes and sheets for the wall"
            } else {
                "主题，和贴在墙上的纸"
            }
        }
        Some("NB08") => {
            if english {
                "Calls of the program"
            } else {
                "命令"
            }
        }
        _ => {
            if english {
                "Other"
            } else {
                "其他"
            }
        }
    }
}

/// The page that lists all codes.
pub fn index(language: Language) -> String {
    let (title, summary, intro) = match language {
        Language::ZhHans => (
            "错误和提醒",
            "程序说的每一句话都有一个代码。按代码查：是什么意思，怎么改。",
            "在终端里也能查：`noticeboard explain NB0131`。每个例子都在测试里跑过，网页上的话就是程序说的话。",
        ),
        Language::En => (
            "Errors and warnings",
            "Everything that the program says has a code. Look it up: what it means, and what to write instead.",
            "A terminal tells it too: `noticeboard explain NB0131`. Each example is run by a test, so what is quoted here is what the program says.",
        ),
    };
    // The place in the footer stands in the original only.
    let order = if language == Language::ZhHans { "footer_order: 3\n" } else { "" };
    let mut page = format!("---\ntitle: {}\nsummary: {}\n{order}---\n{intro}\n", quoted(title), quoted(summary));
    let mut codes = Code::ALL.to_vec();
    codes.sort_by_key(|code| code.id());
    let mut last = "";
    for code in codes {
        let group = group(code, language);
        if group != last {
            let _ = writeln!(page, "\n## {group}\n");
            last = group;
        }
        let address = address(code);
        let _ = writeln!(page, "- [{}]({address}) {}", code.id(), plain(&code.rule(language)));
    }
    page
}

/// The address of a code's page in the manual.
pub fn address(code: Code) -> String {
    format!("/codes/{}/", code.id().to_ascii_lowercase())
}
