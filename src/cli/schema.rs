//! `noticeboard schema`: what the tools of editors read.
//!
//! Without a folder it says what there is. With `--out` it writes a JSON Schema for each kind of file and binds them in
//! the settings of VS Code, which stay as they are otherwise, with a task that checks; with `--cms` the forms of a git CMS.

mod forms;

use std::fs;
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;

use super::{Voice, whole};
use crate::content::schemas::Schemas;
use crate::diagnostics::{Action, Failure, Language};
use crate::editing::vscode::{self, EXTENSIONS, Merged, SETTINGS, TASKS, Unreadable};
use crate::editing::{Examples, schema_of, title_of};

/// The folder of the schemas of a new site.
pub(super) const FOLDER: &str = "schemas";

#[derive(Debug, Args)]
pub(super) struct SchemaArguments {
    /// The site's folder.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) site: Utf8PathBuf,
    /// Writes a JSON Schema for each kind of file into this folder, and settings of VS Code that use them into the site's.
    #[arg(long, value_name = "DIR")]
    out: Option<Utf8PathBuf>,
    /// Writes the forms of a git CMS (Sveltia) into this folder.
    #[arg(long, value_name = "DIR")]
    cms: Option<Utf8PathBuf>,
    /// Copies the CMS itself there, from the folder where npm installed it, so that it asks no other host for anything.
    #[arg(long, value_name = "NODE_MODULES", requires = "cms")]
    sveltia: Option<Utf8PathBuf>,
}

pub(super) fn run(arguments: &SchemaArguments, voice: Voice) -> ExitCode {
    let root = &arguments.site;
    if !root.is_dir() {
        return voice.failure(&Failure::NoSiteFolder { path: root.clone() });
    }
    if arguments.out.is_none() && arguments.cms.is_none() {
        voice.say(&listed(&Schemas::all(), voice.language));
        return ExitCode::SUCCESS;
    }
    if let Some(folder) = &arguments.out {
        match write_schemas(root, folder) {
            Ok(written) => written.said(voice),
            Err(failure) => return voice.failure(&failure),
        }
    }
    match arguments.cms.as_ref().map(|folder| forms::write(root, folder, arguments.sveltia.as_deref(), voice)) {
        Some(Err(failure)) => voice.failure(&failure),
        Some(Ok(false)) => ExitCode::from(1),
        Some(Ok(true)) | None => ExitCode::SUCCESS,
    }
}

/// The kinds, with the files that each schema is for, and what to do.
fn listed(schemas: &Schemas, language: Language) -> String {
    let mut lines = vec![match language {
        Language::ZhHans => "每一类内容文件的格式说明（JSON Schema）：".to_owned(),
        Language::En => "the JSON Schema of each kind of file:".to_owned(),
    }];
    for kind in schemas.kinds() {
        let ending = if kind.is_markdown { "*.md" } else { "*.yaml" };
        let files = if kind.path.ends_with('/') { format!("{}{ending}", kind.path) } else { kind.path.clone() };
        let title = title_of(kind.word);
        let title = match language {
            Language::ZhHans => title.zh_hans,
            Language::En => title.en,
        };
        lines.push(format!("  {:<16} {files:<26} {title}", format!("{}.json", kind.word)));
    }
    lines.push(match language {
        Language::ZhHans => "\n  noticeboard schema --out schemas   写到 schemas/，并在 .vscode/settings.json 里加上这几行，\n                                     其余的设置不动；VS Code 就会一边写一边提示：\n".to_owned(),
        Language::En => "\n  noticeboard schema --out schemas   writes them into schemas/ and adds these lines to\n                                     .vscode/settings.json, whose other settings stay; VS Code\n                                     then completes and explains as you write:\n".to_owned(),
    });
    lines.push(vscode::lines(&vscode::bindings(schemas, "./schemas")));
    lines.push(match language {
        Language::ZhHans => {
            "\n  noticeboard schema --cms admin     写一套网页表单的设置（Sveltia CMS），见 docs/cms.md".to_owned()
        }
        Language::En => {
            "\n  noticeboard schema --cms admin     writes the forms of a git CMS (Sveltia); see docs/cms.md".to_owned()
        }
    });
    lines.join("\n")
}

/// What became of the schemas and settings.
pub(super) struct Written {
    folder: Utf8PathBuf,
    schemas: usize,
    left: Vec<Left>,
    merged: Vec<&'static str>,
}

/// Settings that are left alone, and why, with the lines to add to them.
struct Left {
    path: &'static str,
    why: Unreadable,
    lines: String,
}

/// Writes the schemas into a folder, and the settings that bind them into that of the site.
pub(super) fn write_schemas(root: &Utf8Path, folder: &Utf8Path) -> Result<Written, Failure> {
    let schemas = Schemas::all();
    let examples = Examples::read(&schemas);
    let mut written = Written { folder: folder.to_owned(), schemas: 0, left: Vec::new(), merged: Vec::new() };
    for kind in schemas.kinds() {
        let text = serde_json::to_string_pretty(&schema_of(kind, &examples)).unwrap_or_default() + "\n";
        whole::write(&folder.join(format!("{}.json", kind.word)), text.as_bytes())?;
        written.schemas += 1;
    }
    let bindings = vscode::bindings(&schemas, &named_from(root, folder));
    let merges = [
        (SETTINGS, vscode::settings(read(&root.join(SETTINGS))?.as_deref(), &bindings), vscode::lines(&bindings)),
        (EXTENSIONS, vscode::extensions(read(&root.join(EXTENSIONS))?.as_deref()), "redhat.vscode-yaml".to_owned()),
        (TASKS, vscode::tasks(read(&root.join(TASKS))?.as_deref()), format!("{:#}", vscode::task())),
    ];
    for (path, merged, lines) in merges {
        match merged {
            Merged::Same => {}
            Merged::Text(text) => {
                whole::write(&root.join(path), text.as_bytes())?;
                written.merged.push(path);
            }
            Merged::Unreadable(why) => written.left.push(Left { path, why, lines }),
        }
    }
    Ok(written)
}

/// A folder as settings name it: from that of the site, which is the one that is open. Settings are shared, so that no path
/// of this machine stands in them but where no other way leads there.
fn named_from(root: &Utf8Path, folder: &Utf8Path) -> String {
    let real = |path: &Utf8Path| path.canonicalize_utf8().ok();
    let Some((root, folder)) = real(root).zip(real(folder)) else { return folder.to_string() };
    let shared = root.components().zip(folder.components()).take_while(|(one, other)| one == other).count();
    if shared == 0 {
        return folder.to_string();
    }
    let up = root.components().skip(shared).map(|_| "..");
    let down: Vec<&str> = up.chain(folder.components().skip(shared).map(|step| step.as_str())).collect();
    let start = if down.first() == Some(&"..") { "" } else { "./" };
    format!("{start}{}", down.join("/"))
}

impl Written {
    fn said(&self, voice: Voice) {
        let (count, folder) = (self.schemas, &self.folder);
        voice.say(&match voice.language {
            Language::ZhHans => format!("{count} 份格式说明写在“{folder}”里"),
            Language::En => format!("{count} schemas written into `{folder}`"),
        });
        for path in &self.merged {
            voice.say(&match voice.language {
                Language::ZhHans => format!("{path}：加上了，其余的设置不动"),
                Language::En => format!("{path}: added; all else stays"),
            });
        }
        for Left { path, why, lines } in &self.left {
            let why = match (voice.language, why) {
                (Language::ZhHans, Unreadable::Comments) => {
                    "里面有注释或者多出来的逗号，没有动。请自己加上：".to_owned()
                }
                (Language::ZhHans, Unreadable::Broken(line, column)) => {
                    format!("第 {line} 行第 {column} 个字符前后写坏了，没有动。请改好，再运行一次；或者自己加上：")
                }
                (Language::ZhHans, Unreadable::Form) => "里面的写法不是编辑器要的，没有动。请自己加上：".to_owned(),
                (Language::En, Unreadable::Comments) => {
                    "it has comments or commas at ends and is left alone; please add:".to_owned()
                }
                (Language::En, Unreadable::Broken(line, column)) => {
                    format!(
                        "it is broken at line {line}, column {column}, and left alone; mend it and run this again, or add:"
                    )
                }
                (Language::En, Unreadable::Form) => {
                    "it is not of the form that the editor reads and is left alone; please add:".to_owned()
                }
            };
            voice.say(&match voice.language {
                Language::ZhHans => format!("{path}：{why}\n{lines}"),
                Language::En => format!("{path}: {why}\n{lines}"),
            });
        }
    }
}

/// The text of a file; nothing if there is none.
fn read(path: &Utf8Path) -> Result<Option<String>, Failure> {
    if !path.exists() {
        return Ok(None);
    }
    let failed = |source| Failure::Io { action: Action::Read, path: path.to_owned(), source };
    fs::read_to_string(path).map(Some).map_err(failed)
}
