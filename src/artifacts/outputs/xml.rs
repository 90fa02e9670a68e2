//! Text as XML 1.0 takes it.
//!
//! XML has no way to write most control characters and two that are none; they become the mark for what cannot be shown
//! (U+FFFD), so that a file is never unreadable for one of them.

/// Text between tags.
pub(super) fn text(text: &str) -> String {
    escaped(text, |c| match c {
        '\r' => Some("&#13;"),
        _ => None,
    })
}

/// Text in an attribute in double quotes; line breaks and tabs stay what they are (XML 1.0 §3.3.3).
pub(super) fn attribute(text: &str) -> String {
    escaped(text, |c| match c {
        '"' => Some("&quot;"),
        '\n' => Some("&#10;"),
        '\r' => Some("&#13;"),
        '\t' => Some("&#9;"),
        _ => None,
    })
}

fn escaped(text: &str, also: impl Fn(char) -> Option<&'static str>) -> String {
    let written = |c: char| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        // XML 1.0 §2.2, production Char.
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => Some("\u{fffd}"),
        c => also(c),
    };
    let mut made = String::with_capacity(text.len() + text.len() / 8);
    let mut copied = 0;
    for (at, c) in text.char_indices() {
        if let Some(instead) = written(c) {
            made.push_str(text.get(copied..at).unwrap_or_default());
            made.push_str(instead);
            copied = at + c.len_utf8();
        }
    }
    made.push_str(text.get(copied..).unwrap_or_default());
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_marked_and_what_it_reads_otherwise_is_referred_to() {
        let hostile = "a\u{0}\u{1b}\u{fffe}<b>]]>\r\n\t\"&amp;\u{202e}😀";
        assert_eq!(text(hostile), "a\u{fffd}\u{fffd}\u{fffd}&lt;b&gt;]]&gt;&#13;\n\t\"&amp;amp;\u{202e}😀");
        assert_eq!(
            attribute(hostile),
            "a\u{fffd}\u{fffd}\u{fffd}&lt;b&gt;]]&gt;&#13;&#10;&#9;&quot;&amp;amp;\u{202e}😀"
        );
    }
}
