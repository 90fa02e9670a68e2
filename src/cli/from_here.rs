//! Paths as they are from the top of the repository, which is where its tools look for files.
//!
//! A site may be a folder of its repository: the tools need `site/content/…`, wherever the program was called. Outside a
//! repository, paths are as they are from where it was called.

use std::sync::Arc;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use crate::diagnostics::{Diagnostic, Place, Texts};

/// Puts the site's folder before the path of every place; one that lies elsewhere than below is left out.
pub(super) fn place(found: &mut [Diagnostic], texts: &mut Texts, site: &Utf8Path) {
    let Some(folder) = below(site).filter(|folder| !folder.as_str().is_empty()) else { return };
    let moved = |place: &mut Place, texts: &mut Texts| {
        let path: Arc<str> = folder.join(&*place.file).as_str().replace('\\', "/").into();
        if let Some(source) = texts.get(&place.file).cloned() {
            texts.insert(Arc::clone(&path), source);
        }
        place.file = path;
    };
    for diagnostic in found {
        moved(&mut diagnostic.place, texts);
        diagnostic.others.iter_mut().for_each(|place| moved(place, texts));
    }
}

/// The site's folder, from the top of its repository or else from the folder that is worked in.
fn below(site: &Utf8Path) -> Option<Utf8PathBuf> {
    in_repository(site).or_else(|| from_here(site))
}

fn in_repository(site: &Utf8Path) -> Option<Utf8PathBuf> {
    let path = site.canonicalize_utf8().ok()?;
    let top = path.ancestors().find(|above| above.join(".git").exists())?;
    path.strip_prefix(top).ok().map(Utf8Path::to_owned)
}

fn from_here(site: &Utf8Path) -> Option<Utf8PathBuf> {
    let here = || Utf8PathBuf::from_path_buf(std::env::current_dir().ok()?).ok();
    let relative = if site.is_absolute() { site.strip_prefix(here()?).ok()?.to_owned() } else { site.to_owned() };
    let is_up = relative.components().any(|part| part == Utf8Component::ParentDir);
    let parts = relative.components().filter(|part| *part != Utf8Component::CurDir);
    (!is_up).then(|| parts.map(|part| part.as_str()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_said_as_a_repository_says_it() {
        let shown = |site: &str| from_here(Utf8Path::new(site)).map(Utf8PathBuf::into_string);
        assert_eq!(shown(".").as_deref(), Some(""));
        assert_eq!(shown("./site/").as_deref(), Some("site"));
        assert_eq!(shown("docs/site").as_deref(), Some("docs/site"));
        assert_eq!(shown("../site"), None);
    }
}
