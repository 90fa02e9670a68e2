//! A style sheet as it is published: without its comments and the spaces that mean nothing, which readers on slow lines
//! would pay for.
//!
//! Nothing that a browser sees is changed: what stands in quotes stays, a space stays where two tokens might become one,
//! and so does one before a colon, which parts a selector in two (CSS Syntax Level 3 §4.3.2).

/// The sheet without comments and spaces.
pub(super) fn compact(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    let mut quote = None;
    // Whether a space is owed before the next token.
    let mut space = false;
    while let Some(next) = rest.chars().next() {
        let mut taken = next.len_utf8();
        match quote {
            None if rest.starts_with("/*") => {
                taken = rest.get(2..).and_then(|inner| inner.find("*/")).map_or(rest.len(), |end| end + 4);
                // Without it two tokens might become one.
                let after = rest.get(taken..).and_then(|after| after.chars().next());
                if !space
                    && after.is_some_and(|after| !after.is_ascii_whitespace() && parts(out.chars().next_back(), after))
                {
                    out.push_str("/**/");
                }
            }
            None if next.is_ascii_whitespace() => space = true,
            _ => {
                if quote.is_none() {
                    if space && parts(out.chars().next_back(), next) {
                        out.push(' ');
                    }
                    space = false;
                    if next == '}' && out.ends_with(';') {
                        out.pop();
                    }
                }
                if next == '\\' {
                    // An escaped character, perhaps the mark itself or the end of the line.
                    taken += rest.chars().nth(1).map_or(0, char::len_utf8);
                } else if quote.is_none() && matches!(next, '"' | '\'') {
                    quote = Some(next);
                } else if quote == Some(next) || next == '\n' {
                    quote = None;
                }
                out.push_str(rest.get(..taken).unwrap_or_default());
            }
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    out.push('\n');
    out
}

/// Whether a space between two characters means something.
fn parts(before: Option<char>, after: char) -> bool {
    let before = before.is_some_and(|before| !matches!(before, '{' | '}' | ';' | ',' | ':' | '('));
    before && !matches!(after, '{' | '}' | ';' | ',' | ')')
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn comments_and_spaces_go_and_nothing_else() {
        let sheet = "/* One. */\n@layer a, b {\n  /* Two\n     lines. */\n\n  p  > q { margin: 0 1px; inset: 0; } /* Three. */\n}\n";
        assert_eq!(compact(sheet), "@layer a,b{p > q{margin:0 1px;inset:0}}\n");
    }

    #[test]
    fn spaces_stay_that_say_something() {
        for (sheet, expected) in [
            ("a :hover, b:hover { c: calc( 1px + (2px * 3) ) }", "a :hover,b:hover{c:calc(1px + (2px * 3))}"),
            ("@media (a) and (b) { }", "@media (a) and (b){}"),
            ("a:is(b, c) :not(d) { --x: 1 }", "a:is(b,c) :not(d){--x:1}"),
            ("a::after { content: \"x\" / \"\"; }", "a::after{content:\"x\" / \"\"}"),
        ] {
            assert_eq!(compact(sheet), format!("{expected}\n"));
        }
    }

    #[test]
    fn what_stands_in_quotes_stays() {
        for sheet in [
            "a::after{content:\"/* no  comment; } */\"}",
            "a::after{content:\"\\\"  /* \\\\\"}",
            "a::after{content:'one\\\n  two'}",
            ".a\\/\\*{margin:0}",
        ] {
            assert_eq!(compact(sheet), format!("{sheet}\n"));
        }
    }

    #[test]
    fn a_comment_keeps_two_tokens_apart() {
        assert_eq!(compact("a/* x */b {}"), "a/**/b{}\n");
        assert_eq!(compact("a /* x */b {}"), "a b{}\n");
        assert_eq!(compact("a {} /* never closed"), "a{}\n");
    }
}
