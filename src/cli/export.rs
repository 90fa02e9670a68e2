//! `noticeboard export ID`: a weekly programme as a spreadsheet, which `import` reads back.

use std::process::ExitCode;

use camino::Utf8PathBuf;
use clap::{Args, ValueEnum};

use super::{SiteArguments, Voice, prepare, whole};
use crate::content::{KeyLanguage, in_keys};
use crate::diagnostics::{Code, Failure, Language, Place, Problem, Texts, closest, has_chinese_keys, shell_word};
use crate::export::{Source, workbook};
use crate::import::{Known, KnownTimes};

#[derive(Debug, Args)]
pub(super) struct ExportArguments {
    /// The id of the programme.
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    pub(super) site: SiteArguments,
    /// The form of the file.
    #[arg(long, value_enum, default_value = "xlsx")]
    format: Format,
    /// The file to write; by default ID.xlsx in this folder.
    #[arg(long, value_name = "FILE")]
    out: Option<Utf8PathBuf>,
    /// Writes over a file that is there already.
    #[arg(long)]
    replace: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Xlsx,
}

pub(super) fn run(arguments: &ExportArguments, voice: Voice) -> ExitCode {
    let Format::Xlsx = arguments.format;
    let read = match prepare::read(&arguments.site) {
        Ok(read) => read,
        Err(failure) => return voice.failure(&failure),
    };
    let content = read.content();
    let known = Known::of(content.as_ref(), KnownTimes::on(read.occasion.now.date()));
    let programmes = content.map(|content| content.programmes).unwrap_or_default();
    let refuse = |problem: Problem, file: &str| {
        voice.diagnostics(&mut vec![problem.at(Place::whole(&file.into()))], &Texts::new());
        ExitCode::from(1)
    };
    let Some(record) = programmes.iter().find(|record| record.id.as_str() == arguments.id) else {
        let known = || programmes.iter().map(|record| record.id.as_str());
        let problem = Problem::new(Code::UnknownReference).with_word("kind", "programme").with("id", &arguments.id);
        let problem = match closest(&arguments.id, known()) {
            Some(meant) => problem.with("suggestion", meant),
            None => problem.with_list("known", known()),
        };
        return voice.failure(&Failure::BadOption { option: "ID", problem });
    };
    let text = read.files().iter().find(|file| file.path == record.origin.file).map_or("", |file| &file.text);
    let english =
        if has_chinese_keys(text) { in_keys(&record.origin.file, text, KeyLanguage::English) } else { text.to_owned() };
    let written = serde_yaml::from_str(&english).unwrap_or_default();
    let source = Source { id: record.id.as_str(), programme: &record.value, written: &written, known: &known };
    let bytes = match workbook(&source) {
        Ok(bytes) => bytes,
        Err(problem) => return refuse(problem, &record.origin.file),
    };
    let path = arguments.out.clone().unwrap_or_else(|| format!("{}.xlsx", arguments.id).into());
    if std::fs::read(&path).is_ok_and(|before| before == bytes) {
        voice.say(&match voice.language {
            Language::ZhHans => format!("{path} 没有变化"),
            Language::En => format!("{path} is as it was"),
        });
        return ExitCode::SUCCESS;
    }
    match write(&path, &bytes, arguments.replace) {
        Ok(()) => {
            let word = shell_word(path.as_str());
            voice.say(&match voice.language {
                Language::ZhHans => format!("写好了 {path}；改好以后运行 noticeboard import {word}"),
                Language::En => format!("{path} written; when it is changed, run noticeboard import {word}"),
            });
            ExitCode::SUCCESS
        }
        Err(failure) => voice.failure(&failure),
    }
}

fn write(path: &Utf8PathBuf, bytes: &[u8], replace: bool) -> Result<(), Failure> {
    if !replace && path.exists() {
        return Err(Failure::FileIsThere { path: path.clone() });
    }
    whole::write(path, bytes)
}
