//! A report for a comment on a change request: short, a list that reads well on a phone.
//!
//! Everything that editors wrote is escaped: no HTML, no links, no headings, and nobody is called by `@name`. Forges look
//! for names, numbers of issues and addresses after Markdown is made into HTML, so a backslash does not help there: a
//! word joiner (U+2060), which nobody sees, parts the sign from what follows it.

use std::fmt::Write as _;

use super::report::Report;
use super::text::{Consequence, Line, Speaker};
use super::words::is_steering;
use crate::diagnostics::Language;

/// What parts a sign from what follows, unseen.
const JOINER: char = '\u{2060}';
/// Signs that Markdown reads, escaped with a backslash.
const MARKDOWN: &str = "\\`*_{}[]<>|~&$";
/// Signs that forges read in front of a name or a number.
const FORGES: &str = "@#!%^&~$";

/// The report as Markdown (CommonMark).
pub fn render(report: &Report, voices: &super::Voices, language: Language, all: bool) -> String {
    let speaker = Speaker::new(report, voices, language, all);
    let mut text = format!("**{}**\n", escaped(speaker.summary()));
    let (mistakes, more_mistakes) = speaker.mistakes();
    if !mistakes.is_empty() {
        let _ = writeln!(text, "\n**{}**\n", escaped(&speaker.say("mistakes", &[])));
    }
    for (mistake, mends) in mistakes {
        let _ = writeln!(text, "- {}", escaped(&mistake));
        for mend in mends {
            let _ = writeln!(text, "  - {}", escaped(&mend));
        }
    }
    if more_mistakes > 0 {
        let more = speaker.say("more-mistakes", &[("n", &more_mistakes.to_string())]);
        let _ = writeln!(text, "\n{}", escaped(&more));
    }
    let (groups, more) = speaker.groups();
    // To memory, which takes everything.
    for group in groups {
        let _ = writeln!(text, "\n**{}**\n", escaped(&group.name));
        for Line { when, text: line, below } in speaker.lines(&group) {
            let _ = writeln!(text, "- *{}* {}", escaped(&when), escaped(&line));
            for line in below {
                let _ = writeln!(text, "  - {}", escaped(&line));
            }
        }
    }
    if more > 0 {
        let _ = writeln!(text, "\n{}", escaped(&speaker.say("more-changes", &[("n", &more.to_string())])));
    }
    let consequences = speaker.consequences();
    if !consequences.is_empty() {
        let _ = writeln!(text, "\n**{}**\n", escaped(&speaker.say("consequences", &[])));
    }
    for Consequence { head, text: line, items } in consequences {
        let line = speaker.say("field", &[("field", &head), ("how", &line)]);
        let _ = writeln!(text, "- {}", escaped(&line));
        for item in items {
            let _ = writeln!(text, "  - {}", escaped(&item));
        }
    }
    text
}

/// A line of text that means nothing but itself, in Markdown and to forges.
fn escaped(line: &str) -> String {
    let mut text = String::with_capacity(line.len() + 16);
    let mut before = ' ';
    let mut characters = line.chars().filter(|c| !is_steering(*c)).peekable();
    while let Some(c) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        if MARKDOWN.contains(c) {
            text.push('\\');
        }
        text.push(c);
        let is_name = next.is_ascii_alphanumeric() || matches!(next, '/' | '"' | '\\');
        // `www.` becomes a link without anything before it, and so does what has `://` in it.
        let is_address = c == '.' && before.eq_ignore_ascii_case(&'w') || c == ':' && next == '/';
        if (FORGES.contains(c) && is_name) || is_address {
            text.push(JOINER);
        }
        before = c;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_an_editor_wrote_means_anything_but_itself() {
        for (written, wanted) in [
            ("<b>a</b>", "\\<b\\>a\\</b\\>"),
            ("[x](https://a.example)", "\\[x\\](https:\u{2060}//a.example)"),
            ("@mayor #12 !3", "@\u{2060}mayor #\u{2060}12 !\u{2060}3"),
            ("www.a.example", "www.\u{2060}a.example"),
            ("a@b.example", "a@\u{2060}b.example"),
            ("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"),
            ("09:30–11:00: a/b", "09:30–11:00: a/b"),
        ] {
            assert_eq!(escaped(written), wanted);
        }
    }
}
