//! `noticeboard new DIR`: a site to start from, small, complete and in the language of its editor.
//!
//! `starter/` holds it as it is written: what every site has (settings of editors, a hook, pipelines) in `shared/`, the
//! content in the folder of its language. The days in it are set when it is written, so that a new site has a programme
//! that is on and nothing that is over. Only a new or an empty folder is written to.

use std::fs;
use std::io::Write as _;
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use include_dir::{Dir, include_dir};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Voice, schema};
use crate::calendar::DayOrTime;
use crate::diagnostics::{Action, Failure, Language, shell_word};

static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");
/// How many months the programme of a new site lasts.
const MONTHS: i32 = 6;

#[derive(Debug, Args)]
pub(super) struct NewArguments {
    /// The folder to make; it may be there, but empty.
    #[arg(value_name = "DIR")]
    folder: Utf8PathBuf,
    /// The day from which its programme holds; by default today.
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
}

pub(super) fn run(arguments: &NewArguments, voice: Voice) -> ExitCode {
    let today = match arguments.today.as_deref().map(DayOrTime::read).transpose() {
        Ok(written) => written.map_or_else(system_day, |today| today.begins().date()),
        Err(problem) => return voice.failure(&Failure::BadOption { option: "--today", problem }),
    };
    let folder = &arguments.folder;
    match is_free(folder).and_then(|()| write(folder, voice.language, today)) {
        Ok(()) => {
            voice.say(&next_steps(folder, voice.language));
            ExitCode::SUCCESS
        }
        Err(failure) => voice.failure(&failure),
    }
}

/// The day by the system's clock and zone.
fn system_day() -> Date {
    jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::system()).date()
}

/// Fails if the folder has anything in it, or is none.
fn is_free(folder: &Utf8Path) -> Result<(), Failure> {
    let failed = |source| Failure::Io { action: Action::List, path: folder.to_owned(), source };
    if !folder.exists() {
        return Ok(());
    }
    match fs::read_dir(folder).map_err(failed)?.next() {
        None => Ok(()),
        Some(entry) => {
            let found = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
            Err(Failure::FolderNotEmpty { path: folder.to_owned(), found })
        }
    }
}

fn write(folder: &Utf8Path, language: Language, today: Date) -> Result<(), Failure> {
    let own = match language {
        Language::ZhHans => "zh-Hans",
        Language::En => "en",
    };
    for part in ["shared", own] {
        let files = STARTER.get_dir(part).map(files_below).unwrap_or_default();
        for (path, text) in files {
            let path = path.strip_prefix(part).unwrap_or(&path).trim_start_matches('/');
            write_file(&folder.join(path), &dated(text, today))?;
        }
    }
    schema::write_schemas(folder, &folder.join(schema::FOLDER)).map(drop)
}

/// All files of a part, with their paths.
fn files_below(dir: &'static Dir<'static>) -> Vec<(String, &'static str)> {
    let own = dir.files().filter_map(|file| Some((file.path().to_str()?.replace('\\', "/"), file.contents_utf8()?)));
    own.chain(dir.dirs().flat_map(files_below)).collect()
}

/// The text with its days: `«today»`, `«first»` of this month, `«last»` of the month when the programme ends.
fn dated(text: &str, today: Date) -> String {
    let last = today.saturating_add(MONTHS.months()).last_of_month();
    let days = [("«today»", today), ("«first»", today.first_of_month()), ("«last»", last)];
    days.iter().fold(text.to_owned(), |text, (mark, day)| text.replace(mark, &day.to_string()))
}

/// Writes a file that is not there yet; a script may be run.
fn write_file(path: &Utf8Path, text: &str) -> Result<(), Failure> {
    let failed = |action| move |source| Failure::Io { action, path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed(Action::MakeFolder))?;
    }
    let mut file = fs::File::create_new(path).map_err(failed(Action::Write))?;
    file.write_all(text.as_bytes()).map_err(failed(Action::Write))?;
    #[cfg(unix)]
    if text.starts_with("#!") {
        use std::os::unix::fs::PermissionsExt as _;
        file.set_permissions(fs::Permissions::from_mode(0o755)).map_err(failed(Action::Write))?;
    }
    Ok(())
}

fn next_steps(folder: &Utf8Path, language: Language) -> String {
    let word = shell_word(folder.as_str());
    match language {
        Language::ZhHans => format!(
            "新网站写在“{folder}”里。接下来：\n\
             \n  cd {word}\
             \n  noticeboard check      看看有没有写错\
             \n  noticeboard build      做出网站，打开 public/index.html 看\n\
             \n怎么改成自己的，见里面的 README.md。"
        ),
        Language::En => format!(
            "a new site stands in `{folder}`; next:\n\
             \n  cd {word}\
             \n  noticeboard check      says what is wrong\
             \n  noticeboard build      makes the site; open public/index.html\n\
             \nHow to make it your own is in its README.md."
        ),
    }
}
