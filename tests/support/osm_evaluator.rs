//! The evaluator of `opening_hours` from npm, asked with one JSON object a line (`tests/conformance/osm.mjs`).

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What it answers; `tools` is where the npm packages are.
pub fn evaluate(tools: &OsStr, lines: String) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/osm.mjs");
    let mut node = Command::new("node")
        .arg(script)
        .env("TEST_TOOLS", tools)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It is written to while its answers are read: it answers while it is still being asked.
    let mut stdin = node.stdin.take().unwrap();
    let writing = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = node.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    output
}
