//! `noticeboard fix`: mends what has one meaning, and shows the difference first.
//!
//! Without `--write` nothing is written. With it each file is replaced whole or not at all, in UTF-8, with its line ends,
//! its last line end and its byte order mark as they were. A file that changed since it was read is left alone.

use std::fs;
use std::io::Write as _;
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, ValueEnum};
use similar::TextDiff;

use super::{PosterChoice, SiteArguments, Voice, eprint, prepare, whole};
use crate::content::{KeyLanguage, make_safe, mended};
use crate::diagnostics::{Action, Code, Diagnostic, Failure, Language};
use crate::source::{self, File, Sources};

#[derive(Debug, Args)]
pub(super) struct FixArguments {
    /// The site's folder.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) site: Utf8PathBuf,
    /// Writes the files; without it only the difference is shown.
    #[arg(long)]
    write: bool,
    /// Writes keys and values in this language too.
    #[arg(long, value_enum)]
    keys: Option<Keys>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Keys {
    Zh,
    En,
}

pub(super) fn run(arguments: &FixArguments, voice: Voice) -> ExitCode {
    let root = &arguments.site;
    if !root.is_dir() {
        return voice.failure(&Failure::NoSiteFolder { path: root.clone() });
    }
    let sources = source::read_site(root);
    let keys = arguments.keys.map(|keys| match keys {
        Keys::Zh => KeyLanguage::Chinese,
        Keys::En => KeyLanguage::English,
    });
    let (mut files, _) = mended(&sources, None);
    let left = match mend_linked(root, &mut files) {
        Ok(left) => left,
        Err(failure) => return voice.failure(&failure),
    };
    if keys.is_some() {
        (files, _) = mended(&Sources { files, ..Sources::default() }, keys);
    }
    let mut changed = 0;
    for (before, after) in sources.files.iter().zip(&files) {
        let recoded = sources.recoded.contains(&before.path);
        if before.text == after.text && !recoded {
            continue;
        }
        changed += 1;
        if !voice.quiet {
            show(before, after, recoded, voice);
        }
        match arguments.write.then(|| write(root, before, after, recoded)) {
            Some(Err(failure)) => return voice.failure(&failure),
            Some(Ok(false)) => eprint(&match voice.language {
                Language::ZhHans => format!("{}：刚刚又有改动，没有写入\n", before.path),
                Language::En => format!("{}: it changed meanwhile and is left as it is\n", before.path),
            }),
            Some(Ok(true)) | None => {}
        }
    }
    let is_mended =
        |found: &Diagnostic| found.problem.code == Code::NotUtf8 && sources.recoded.contains(&found.place.file);
    let left = left.iter().filter(|found| found.is_error() && !is_mended(found)).count();
    voice.say(&said(changed, left, arguments.write, voice.language));
    ExitCode::from(u8::from(left > 0))
}

/// Mends what only shows when records are linked and pages are made, and gives everything that is wrong then, as `check`
/// would say it of these files.
fn mend_linked(root: &Utf8Path, files: &mut Vec<File>) -> Result<Vec<Diagnostic>, Failure> {
    const MOST_ROUNDS: usize = 4;
    let whole = SiteArguments { site: root.to_owned(), today: None, base_url: None, posters: PosterChoice::None };
    let mut round = 0;
    loop {
        let mut read = prepare::read(&whole)?;
        read.put(files.clone());
        let mut prepared = read.prepare();
        prepared.add_faults_of_pages()?;
        round += 1;
        if round > MOST_ROUNDS || !make_safe(files, &prepared.diagnostics) {
            return Ok(prepared.diagnostics);
        }
        let (again, _) = mended(&Sources { files: std::mem::take(files), ..Sources::default() }, None);
        *files = again;
    }
}

/// Shows the difference as `diff -u` does.
fn show(before: &File, after: &File, recoded: bool, voice: Voice) {
    let mut text = String::new();
    if recoded {
        text.push_str(&match voice.language {
            Language::ZhHans => format!("{}：转成 UTF-8\n", before.path),
            Language::En => format!("{}: written as UTF-8\n", before.path),
        });
    }
    if before.text != after.text {
        let diff = TextDiff::from_lines(&*before.text, &*after.text);
        let (from, to) = (format!("a/{}", before.path), format!("b/{}", after.path));
        text.push_str(&diff.unified_diff().context_radius(1).header(&from, &to).to_string());
    }
    let _ = std::io::stdout().write_all(text.as_bytes());
}

fn said(changed: usize, left: usize, written: bool, language: Language) -> String {
    let mut lines = vec![match (language, changed, written) {
        (Language::ZhHans, 0, _) => "没有能自动改的".to_owned(),
        (Language::ZhHans, _, true) => format!("改好了 {changed} 个文件"),
        (Language::ZhHans, _, false) => format!("可以自动改 {changed} 个文件；加上 --write 就写进去"),
        (Language::En, 0, _) => "there is nothing to mend automatically".to_owned(),
        (Language::En, 1, true) => "1 file mended".to_owned(),
        (Language::En, 1, false) => "1 file can be mended; add --write to write it".to_owned(),
        (Language::En, _, true) => format!("{changed} files mended"),
        (Language::En, _, false) => format!("{changed} files can be mended; add --write to write them"),
    }];
    if left > 0 {
        lines.push(match language {
            Language::ZhHans => format!("还有 {left} 处要自己改：运行 noticeboard check 看看是哪里"),
            Language::En if left == 1 => "1 mistake is left for you: noticeboard check says where".to_owned(),
            Language::En => format!("{left} mistakes are left for you: noticeboard check says where"),
        });
    }
    lines.join("\n")
}

/// Replaces a file; says whether it still was what was read, without which it is left as it is.
fn write(root: &Utf8Path, before: &File, after: &File, recoded: bool) -> Result<bool, Failure> {
    let failed = |action, path: &Utf8Path| {
        let path = path.to_owned();
        move |source| Failure::Io { action, path, source }
    };
    let path = root.join(&*before.path);
    // A link is kept, and what it leads to inside the site is written; what leads out of it was never read.
    let path = path.canonicalize_utf8().map_err(failed(Action::Read, &path))?;
    let bytes = fs::read(&path).map_err(failed(Action::Read, &path))?;
    let (mark, text) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(text) => ("\u{feff}", text),
        None => ("", bytes.as_slice()),
    };
    if !recoded && text != before.text.as_bytes() {
        return Ok(false);
    }
    whole::write(&path, format!("{mark}{}", after.text).as_bytes()).map(|()| true)
}
