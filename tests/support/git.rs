//! Repositories that tests make.

use std::path::Path;
use std::process::{Command, Output};

/// Runs git in a folder, whatever the machine's own configuration says.
pub fn git(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("git");
    command.current_dir(folder).args(arguments);
    for (name, value) in [
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_SYSTEM", "/dev/null"),
        ("GIT_AUTHOR_NAME", "editor"),
        ("GIT_AUTHOR_EMAIL", "editor@example.org"),
        ("GIT_COMMITTER_NAME", "editor"),
        ("GIT_COMMITTER_EMAIL", "editor@example.org"),
        ("GIT_AUTHOR_DATE", "2026-11-24T08:00:00+0800"),
        ("GIT_COMMITTER_DATE", "2026-11-24T08:00:00+0800"),
    ] {
        command.env(name, value);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Commits all that stands in a folder.
pub fn commit_all(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "state"]);
}
