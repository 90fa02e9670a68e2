//! Asks a judge in Python: a script of this folder and the packages of `tests/judges/requirements.txt`.
//!
//! JSON goes to its standard input; what it prints is what differs, and a last line `counted passed=N failed=M`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The Python that `tests/tools` has installed, if the tests are run with it (`tests/run`).
pub fn python() -> Option<PathBuf> {
    let python = PathBuf::from(std::env::var_os("TEST_TOOLS")?).join("py/bin/python");
    python.exists().then_some(python)
}

/// Runs `script` over `input`; it has to find nothing wrong in as many checks as expected.
pub fn agrees(script: &str, input: &serde_json::Value, checks: usize) {
    let Some(python) = python() else {
        eprintln!("not judged by {script}: there is no Python in $TEST_TOOLS, `tests/run` sets it");
        return;
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance").join(script);
    let mut judge = Command::new(python);
    judge.arg(path).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut judge = judge.spawn().unwrap();
    judge.stdin.take().unwrap().write_all(input.to_string().as_bytes()).unwrap();
    let output = judge.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let complaints = String::from_utf8_lossy(&output.stderr);
    let counted = said.lines().last().unwrap_or_default();
    let expected = format!("counted passed={checks} failed=0");
    assert!(output.status.success() && counted == expected, "{script} wants {expected}:\n{said}{complaints}");
    println!("{said}");
}
