//! Markdown as the pages of the manual are written in it.

/// A block of code whose fence is longer than any in it.
pub(super) fn block(kind: &str, lines: &[&str]) -> String {
    let longest = lines.iter().map(|line| line.trim_start().chars().take_while(|c| *c == '`').count()).max();
    // What git leaves in files would be found in the page as well, so it stands a space further in.
    let marks = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];
    let gap = if lines.iter().any(|line| marks.iter().any(|mark| line.starts_with(mark))) { " " } else { "" };
    let fence = "`".repeat(longest.unwrap_or_default().max(2) + 1);
    format!("{fence}{kind}\n{gap}{}\n{fence}\n", lines.join(&format!("\n{gap}")))
}

/// A text as a string of YAML.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A text whose characters mean nothing to Markdown.
pub(super) fn plain(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut in_code = false;
    for c in text.chars() {
        in_code ^= c == '`';
        if !in_code && matches!(c, '*' | '_' | '<' | '[' | ']' | '\\' | '|' | '#') {
            made.push('\\');
        }
        made.push(c);
    }
    made
}
