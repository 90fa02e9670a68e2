//! `noticeboard new DIR`: a site to start from, small, complete and in the language of its editor.
//!
//! `starter/` holds it as it is written: what every site has (settings of editors, a hook, pipelines) in `shared/`, with
//! marks where its words in `words/` go; the content in the folder of its language. The days in it are set when it is
//! written, so that a new site has a programme that is on and nothing that is over. In a folder of a repository, the hook
//! and the pipelines are written for that folder, and it is said where they have to stand. Only a new or an empty folder
//! is written to, or one of which git has just made a repository.

use std::collections::BTreeMap;
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
/// What git keeps at the top of a repository.
const GIT: &str = ".git";
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
    let within = enclosing(folder);
    match is_free(folder).and_then(|()| write(folder, within.as_ref(), voice.language, today)) {
        Ok(()) => {
            voice.say(&next_steps(folder, voice.language));
            if let Some(within) = &within {
                voice.say(&within.next_steps(voice.language));
            }
            ExitCode::SUCCESS
        }
        Err(failure) => voice.failure(&failure),
    }
}

/// The day by the system's clock and zone.
fn system_day() -> Date {
    jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::system()).date()
}

/// A repository that was there before, and the new site's folder in it.
struct Within {
    repository: Utf8PathBuf,
    /// With `/` between its parts.
    folder: String,
}

/// The repository above a folder that may not be there yet.
fn enclosing(folder: &Utf8Path) -> Option<Within> {
    let written = std::path::absolute(folder).ok().and_then(|path| Utf8PathBuf::from_path_buf(path).ok())?;
    // Without links and `..`, as far as it is there.
    let there = written.ancestors().find(|path| path.exists())?;
    let path = there.canonicalize_utf8().ok()?.join(written.strip_prefix(there).ok()?);
    if path.join(GIT).exists() {
        return None;
    }
    let repository = path.ancestors().skip(1).find(|above| above.join(GIT).exists())?;
    let folder = path.strip_prefix(repository).ok()?.as_str().trim_end_matches(['/', '\\']).replace('\\', "/");
    let repository = repository.as_str().trim_start_matches(r"\\?\");
    Some(Within { repository: repository.into(), folder })
}

/// Fails if the folder has anything in it but a repository's own folder, or is none.
fn is_free(folder: &Utf8Path) -> Result<(), Failure> {
    let failed = |source| Failure::Io { action: Action::List, path: folder.to_owned(), source };
    if !folder.exists() {
        return Ok(());
    }
    if !folder.is_dir() {
        return Err(Failure::NotAFolder { path: folder.to_owned() });
    }
    for entry in fs::read_dir(folder).map_err(failed)? {
        let found = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
        if found != GIT {
            return Err(Failure::FolderNotEmpty { path: folder.to_owned(), found });
        }
    }
    Ok(())
}

fn write(folder: &Utf8Path, within: Option<&Within>, language: Language, today: Date) -> Result<(), Failure> {
    let own = match language {
        Language::ZhHans => "zh-Hans",
        Language::En => "en",
    };
    let mut marks = words(own);
    marks.extend(places(within.map_or("", |within| &within.folder)));
    marks.extend(days(today));
    for part in ["shared", own] {
        let files = STARTER.get_dir(part).map(files_below).unwrap_or_default();
        for (path, text) in files {
            let path = path.strip_prefix(part).unwrap_or(&path).trim_start_matches('/');
            write_file(&folder.join(path), &filled(text, &marks))?;
        }
    }
    schema::write_schemas(folder, &folder.join(schema::FOLDER)).map(drop)
}

/// All files of a part, with their paths.
fn files_below(dir: &'static Dir<'static>) -> Vec<(String, &'static str)> {
    let own = dir.files().filter_map(|file| Some((file.path().to_str()?.replace('\\', "/"), file.contents_utf8()?)));
    own.chain(dir.dirs().flat_map(files_below)).collect()
}

/// What stands for a mark.
type Mark = (String, String);

/// The words of a language.
fn words(language: &str) -> Vec<Mark> {
    let text = STARTER.get_file(format!("words/{language}.yaml")).and_then(|file| file.contents_utf8());
    let read = |text| serde_yaml::from_str::<BTreeMap<String, String>>(text).ok();
    text.and_then(read).unwrap_or_default().into_iter().collect()
}

/// Where the site is in its repository, as YAML, a shell and a crontab read it, and where its hook is.
fn places(folder: &str) -> [Mark; 3] {
    let below = |above: &str, name: &str| {
        let parts: Vec<&str> = [above, folder, name].into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("/")
    };
    let site = if folder.is_empty() { "." } else { folder };
    [
        ("site-quoted".to_owned(), format!("'{}'", site.replace('\'', "''"))),
        ("site-cron".to_owned(), shell_word(&below("/srv/noticeboard/site", ""))),
        ("hooks".to_owned(), shell_word(&below("", ".githooks"))),
    ]
}

/// Today, the first day of this month, the last of the month when the programme ends, and for examples of exceptions
/// days of the week after next.
fn days(today: Date) -> [Mark; 6] {
    let last = today.saturating_add(MONTHS.months()).last_of_month();
    let monday = 14 - i64::from(today.weekday().to_monday_zero_offset());
    let coming = |day: i64| today.saturating_add((monday + day).days());
    [
        ("today", today),
        ("first", today.first_of_month()),
        ("last", last),
        ("tuesday", coming(1)),
        ("thursday", coming(3)),
        ("friday", coming(4)),
    ]
    .map(|(mark, day)| (mark.to_owned(), day.to_string()))
}

/// The text with what stands for its marks. Each further line of it begins as the line of its mark does.
fn filled(text: &str, marks: &[Mark]) -> String {
    let mut filled = text.to_owned();
    // Words come first, and may have marks of places in them.
    for (name, meant) in marks {
        let mark = format!("«{name}»");
        while let Some((before, after)) = filled.split_once(&mark) {
            let start = before.rsplit('\n').next().unwrap_or_default();
            let lines: Vec<String> = meant.lines().map(|line| format!("{start}{line}").trim_end().to_owned()).collect();
            let whole = lines.join("\n");
            let head = before.get(..before.len() - start.len()).unwrap_or_default();
            filled = format!("{head}{whole}{after}");
        }
    }
    filled
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

impl Within {
    /// What has to stand at the top of the repository.
    fn next_steps(&self, language: Language) -> String {
        let Self { repository, folder } = self;
        let hooks = shell_word(&format!("{folder}/.githooks"));
        match language {
            Language::ZhHans => format!(
                "\n这个文件夹在已有的 git 仓库“{repository}”里。git 和各个平台只看仓库最上层，所以还要：\n\
                 \n  git config core.hooksPath {hooks}      提交前自动检查\n\
                 \n再把用得上的 .github、.gitlab-ci.yml 或 .workflow 移到仓库最上层，网站才会自动检查和发布；\
                 \n里面已经写明网站在“{folder}”。"
            ),
            Language::En => format!(
                "\nThis folder is in the git repository `{repository}`. git and the forges look only at its top, so also:\n\
                 \n  git config core.hooksPath {hooks}      checks before each commit\n\
                 \nand move the one of .github, .gitlab-ci.yml and .workflow that you use to the top of the repository:\
                 \nfrom there it checks and publishes. It says already that the site is in `{folder}`."
            ),
        }
    }
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
