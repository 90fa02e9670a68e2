//! A style sheet as it is published: without its comments and indentation, which readers on slow lines would pay for.
//!
//! Nothing that a browser sees is changed: what stands in quotes stays, and a comment between two tokens leaves an empty
//! one, since without it they might become one token (CSS Syntax Level 3 §4.3.2).

/// The sheet without comments, indentation and empty lines.
pub(super) fn compact(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    let mut quote = None;
    while let Some(next) = rest.chars().next() {
        let mut taken = next.len_utf8();
        match quote {
            Some(mark) => {
                // An escaped character, perhaps the mark itself or the end of the line.
                if next == '\\' {
                    taken += rest.chars().nth(1).map_or(0, char::len_utf8);
                } else if next == mark || next == '\n' {
                    quote = None;
                }
                out.push_str(rest.get(..taken).unwrap_or_default());
            }
            None if rest.starts_with("/*") => {
                taken = rest.get(2..).and_then(|inner| inner.find("*/")).map_or(rest.len(), |end| end + 4);
                let after = rest.get(taken..).and_then(|after| after.chars().next());
                let parts = |one: Option<char>| one.is_some_and(|one| !one.is_whitespace());
                if parts(out.chars().next_back()) && parts(after) {
                    out.push_str("/**/");
                }
            }
            None if next == '\n' => {
                if !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
            }
            None if matches!(next, ' ' | '\t') && (out.is_empty() || out.ends_with('\n')) => {}
            None => {
                if next == '\\' {
                    taken += rest.chars().nth(1).map_or(0, char::len_utf8);
                } else if matches!(next, '"' | '\'') {
                    quote = Some(next);
                }
                out.push_str(rest.get(..taken).unwrap_or_default());
            }
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn comments_and_indentation_go_and_nothing_else() {
        let sheet = "/* One. */\n@layer a {\n  /* Two\n     lines. */\n\n  p  q { margin: 0; } /* Three. */\n}\n";
        assert_eq!(compact(sheet), "@layer a {\np  q { margin: 0; } \n}\n");
    }

    #[test]
    fn what_stands_in_quotes_stays() {
        for sheet in [
            "a::after { content: \"/* no comment */\"; }\n",
            "a::after { content: \"\\\"  /* \\\\\"; }\n",
            "a::after { content: 'one\\\n  two'; }\n",
            ".a\\/\\* { margin: 0; }\n",
        ] {
            assert_eq!(compact(sheet), sheet);
        }
    }

    #[test]
    fn a_comment_keeps_two_tokens_apart() {
        assert_eq!(compact("a/* x */b {}"), "a/**/b {}");
        assert_eq!(compact("a /* x */b {}"), "a b {}");
        assert_eq!(compact("a {} /* never closed"), "a {} ");
    }
}
