//! `noticeboard schema --cms`: writes the forms of a git CMS, and puts the CMS itself beside them.

use camino::Utf8Path;
use std::fs;

use crate::cli::{Voice, whole};
use crate::content::Content;
use crate::diagnostics::{Action, Diagnostic, Failure, Language};
use crate::editing::cms::{BACKEND, BACKEND_TEXT, Form, vendored};
use crate::source;

/// How many places that no form can show are named one by one.
const MOST_NAMED: usize = 20;

/// Writes the forms into a folder; says whether the site could be read.
pub(super) fn write(
    root: &Utf8Path,
    into: &Utf8Path,
    packages: Option<&Utf8Path>,
    voice: Voice,
) -> Result<bool, Failure> {
    let sources = source::read_site(root);
    let mut diagnostics = sources.diagnostics.clone();
    let content = Content::read(&sources, &mut diagnostics);
    diagnostics.retain(Diagnostic::is_error);
    let Some(content) = content.filter(|_| diagnostics.is_empty()) else {
        voice.diagnostics(&mut diagnostics, &sources.texts);
        return Ok(false);
    };
    let form = Form::of(&content, &sources.files, voice.language);
    for (name, text) in form.files() {
        whole::write(&into.join(name), text.as_bytes())?;
    }
    let backend = into.join(BACKEND);
    if !backend.exists() {
        whole::write(&backend, BACKEND_TEXT.as_bytes())?;
    }
    voice.say(&match voice.language {
        Language::ZhHans => format!("表单写在“{into}”里；仓库在哪里，写在 {BACKEND} 里（见 docs/cms.md）"),
        Language::En => format!("forms written into `{into}`; {BACKEND} says where the repository is (docs/cms.md)"),
    });
    match packages {
        Some(packages) => copy_program(packages, into, voice)?,
        None if !into.join("sveltia-cms.js").exists() => voice.say(match voice.language {
            Language::ZhHans => {
                "还缺 Sveltia CMS 本身：用 npm 装好以后，加上 --sveltia node_modules 再运行一次（见 docs/cms.md）"
            }
            Language::En => {
                "Sveltia CMS itself is missing: install it with npm and run this again with --sveltia node_modules (docs/cms.md)"
            }
        }),
        None => {}
    }
    say_left(form.left(), voice);
    Ok(true)
}

/// Copies the CMS from where npm installed it, with its words, fonts and parts.
fn copy_program(packages: &Utf8Path, into: &Utf8Path, voice: Voice) -> Result<(), Failure> {
    let failed = |action, path: &Utf8Path| {
        let path = path.to_owned();
        move |source| Failure::Io { action, path, source }
    };
    let text = |path: &Utf8Path| fs::read_to_string(path).map_err(failed(Action::Read, path));
    let program_path = packages.join("@sveltia/cms/dist/sveltia-cms.js");
    let package_path = packages.join("@sveltia/cms/package.json");
    let locales_path = packages.join("@sveltia/cms/locales");
    let (program, package) = (text(&program_path)?, text(&package_path)?);
    let mut locales = Vec::new();
    for entry in fs::read_dir(&locales_path).map_err(failed(Action::List, &locales_path))? {
        locales.push(entry.map_err(failed(Action::List, &locales_path))?.file_name().to_string_lossy().into_owned());
    }
    let Some(made) = vendored(&program, &package, &locales) else {
        let unread = std::io::Error::other("package.json");
        return Err(Failure::Io { action: Action::Read, path: package_path, source: unread });
    };
    for (from, to) in &made.copies {
        let (from_path, to_path) = (packages.join(from), into.join(to));
        if !from_path.exists() && made.spare.contains(from) {
            continue;
        }
        if let Some(folder) = to_path.parent() {
            fs::create_dir_all(folder).map_err(failed(Action::MakeFolder, folder))?;
        }
        fs::copy(&from_path, &to_path).map_err(failed(Action::Read, &from_path))?;
    }
    whole::write(&into.join("sveltia-cms.js"), made.program.as_bytes())?;
    voice.say(match voice.language {
        Language::ZhHans => "Sveltia CMS 抄到了旁边：界面文字、字体都在本站，不向别处要东西",
        Language::En => "Sveltia CMS stands beside them, with its words and fonts: it asks no other host for anything",
    });
    Ok(())
}

/// Names what no form can show.
fn say_left(left: &[String], voice: Voice) {
    if left.is_empty() {
        return;
    }
    let count = left.len();
    voice.say(&match voice.language {
        Language::ZhHans => format!("有 {count} 处，表单里显示不出来，请照着改，或者仍旧改文件："),
        Language::En => {
            format!("{count} places cannot be shown in the forms; change them as said, or go on editing the file:")
        }
    });
    left.iter().take(MOST_NAMED).for_each(|line| voice.say(&format!("  {line}")));
    if count > MOST_NAMED {
        voice.say(&match voice.language {
            Language::ZhHans => format!("  …… 还有 {} 处", count - MOST_NAMED),
            Language::En => format!("  … and {} more", count - MOST_NAMED),
        });
    }
}
