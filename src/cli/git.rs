//! The site as it stood at a revision, read from git.
//!
//! By `git` as a process and its plumbing, so that what is read is the same whatever a machine's configuration says.
//! Nothing that is asked for can become an option. Only what a site is read from is written into a folder, files first and
//! links last, so that nothing is written through a link.

use std::fs;
use std::io::{self, BufReader, Read as _, Write as _};
use std::process::{Command, Stdio};

use camino::{Utf8Path, Utf8PathBuf};

use crate::diagnostics::{Action, Failure};

/// What a site is read from, at the top of its folder.
const SITE: [&str; 4] = ["site.yaml", "ledger.txt", "content", "themes"];
/// Variables by which a hook of git would lead it elsewhere.
const LEADING: [&str; 4] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_INDEX_FILE"];
/// How git marks a symbolic link among files.
const LINK: &str = "120000";

/// The repository in which a site is.
pub(super) struct Repository {
    site: Utf8PathBuf,
    /// The site's folder in it, without `/` at its end; empty for the whole repository.
    prefix: String,
}

/// A file of a revision.
struct Blob {
    path: String,
    id: String,
    is_link: bool,
}

impl Repository {
    /// The repository in which a folder is.
    pub(super) fn of(site: &Utf8Path) -> Result<Self, Failure> {
        let repository = Self { site: site.to_owned(), prefix: String::new() };
        let not_in = || Failure::NotInRepository { path: site.to_owned() };
        let inside = match repository.ask(&["rev-parse", "--is-inside-work-tree"]) {
            Err(Failure::GitRefused { said }) if said.contains("not a git repository") => return Err(not_in()),
            other => other?,
        };
        if inside.trim() != "true" {
            return Err(not_in());
        }
        let prefix = repository.ask(&["rev-parse", "--show-prefix"])?;
        let prefix = prefix.trim_end_matches(['\n', '\r']).trim_end_matches('/').to_owned();
        Ok(Self { prefix, ..repository })
    }

    /// The commit that a revision names.
    pub(super) fn commit(&self, revision: &str) -> Result<String, Failure> {
        let is_option = revision.starts_with('-') || revision.contains(char::is_control);
        let commit = format!("{revision}^{{commit}}");
        let ask = || self.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]);
        match if is_option || revision.is_empty() { None } else { ask().ok() } {
            Some(id) => Ok(id.trim().to_owned()),
            None if self.ask(&["rev-list", "--all", "--max-count=1"]).is_ok_and(|id| id.is_empty()) => {
                Err(Failure::NoCommit { path: self.site.clone() })
            }
            None => {
                let shallow = self.ask(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|is| is.trim() == "true");
                Err(Failure::UnknownRevision { revision: revision.to_owned(), shallow })
            }
        }
    }

    /// Writes the site as it stood at a commit into an empty folder; false if there was none.
    pub(super) fn write(&self, commit: &str, into: &Utf8Path) -> Result<bool, Failure> {
        let tree = format!("{commit}:{}", self.prefix);
        let listed = match self.ask(&["ls-tree", "-r", "-z", "--full-tree", &tree]) {
            Ok(listed) => listed,
            // The folder was not there yet.
            Err(Failure::GitRefused { .. }) => return Ok(false),
            Err(failure) => return Err(failure),
        };
        let mut blobs: Vec<Blob> = listed.split('\0').filter_map(Blob::read).collect();
        if !blobs.iter().any(|blob| blob.path == "site.yaml") {
            return Ok(false);
        }
        blobs.sort_by_key(|blob| blob.is_link);
        self.copy(&blobs, into)?;
        Ok(true)
    }

    /// Copies files out of git, in one run of it.
    fn copy(&self, blobs: &[Blob], into: &Utf8Path) -> Result<(), Failure> {
        let mut command = self.command(&["cat-file", "--batch"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(|e| started(&e))?;
        let (Some(mut asked), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Failure::NoGit);
        };
        let copied = std::thread::scope(|scope| {
            scope.spawn(move || {
                for blob in blobs {
                    // If git ends early, its answers are too short, and that is told.
                    if writeln!(asked, "{}", blob.id).is_err() {
                        break;
                    }
                }
            });
            let mut answers = BufReader::new(answers);
            blobs.iter().try_for_each(|blob| blob.copy(&mut answers, into))
        });
        if copied.is_err() {
            // It would wait for somebody to read on.
            let _ = child.kill();
        }
        let _ = child.wait();
        copied
    }

    /// What git answers.
    fn ask(&self, arguments: &[&str]) -> Result<String, Failure> {
        let output = self.command(arguments).output().map_err(|error| started(&error))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let said: String = said.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(500).collect();
            return Err(Failure::GitRefused { said });
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.args(["-C", self.site.as_str(), "--no-pager", "--literal-pathspecs"]).args(arguments);
        command.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0");
        LEADING.iter().for_each(|name| _ = command.env_remove(name));
        command.stdin(Stdio::null()).stderr(Stdio::piped());
        command
    }
}

impl Blob {
    /// A line of `git ls-tree -r`: mode, type, id, a tab, the path. Nothing for what a site is not read from.
    fn read(line: &str) -> Option<Self> {
        let (about, path) = line.split_once('\t')?;
        let mut words = about.split(' ');
        let (mode, kind, id) = (words.next()?, words.next()?, words.next()?);
        let top = path.split('/').next()?;
        let is_safe =
            path.split('/').all(|part| !matches!(part, "" | "." | ".." | ".git") && !part.contains(['\\', ':']));
        let wanted = kind == "blob" && is_safe && SITE.contains(&top) && !path.contains('\u{fffd}');
        wanted.then(|| Self { path: path.to_owned(), id: id.to_owned(), is_link: mode == LINK })
    }

    /// Copies one answer of `git cat-file --batch` into its file.
    fn copy(&self, answers: &mut impl io::BufRead, into: &Utf8Path) -> Result<(), Failure> {
        let refused = |said: &str| Failure::GitRefused { said: said.trim().to_owned() };
        let mut head = String::new();
        answers.read_line(&mut head).map_err(|error| refused(&error.to_string()))?;
        let size: u64 =
            head.trim().rsplit(' ').next().and_then(|size| size.parse().ok()).ok_or_else(|| refused(&head))?;
        let path = into.join(&self.path);
        let failed = |source| Failure::Io { action: Action::Write, path: path.clone(), source };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut bytes = answers.take(size);
        if self.is_link {
            let mut target = String::new();
            bytes.read_to_string(&mut target).map_err(failed)?;
            #[cfg(unix)]
            std::os::unix::fs::symlink(&target, &path).map_err(failed)?;
        } else {
            let mut file = fs::File::create_new(&path).map_err(failed)?;
            io::copy(&mut bytes, &mut file).map_err(failed)?;
        }
        if bytes.limit() > 0 {
            return Err(refused(&head));
        }
        // Each answer ends with a line break of its own.
        answers.read_until(b'\n', &mut Vec::new()).map_err(failed)?;
        Ok(())
    }
}

fn started(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => Failure::NoGit,
        _ => Failure::GitRefused { said: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_site_is_read_from_is_taken_and_nothing_leads_out() {
        let path = |line: &str| Blob::read(line).map(|blob| blob.path);
        assert_eq!(path("100644 blob ab\tcontent/a.md").as_deref(), Some("content/a.md"));
        assert_eq!(path("100644 blob ab\tsite.yaml").as_deref(), Some("site.yaml"));
        for line in [
            "100644 blob ab\tREADME.md",
            "160000 commit ab\tcontent/module",
            "100644 blob ab\tcontent/../../x",
            "100644 blob ab\tcontent/.git/config",
            "100644 blob ab\tcontent//x",
            "100644 blob ab\tcontent/a\\b",
            "",
        ] {
            assert_eq!(path(line), None, "{line}");
        }
    }
}
