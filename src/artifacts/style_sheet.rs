//! A style sheet as it is published: without its comments and the spaces that mean nothing, which readers on slow lines
//! would pay for.
//!
//! Nothing that a browser sees is changed: what stands in quotes stays, a space stays where two tokens might become one,
//! and so does one before a colon, which parts a selector in two (CSS Syntax Level 3 §4.3.2). Quotes go around the word
//! that an attribute of a selector has, and the 0 before a decimal point; what stands in the same layer twice in a row
//! stands in it once.

/// The sheet without what it can do without.
pub(super) fn compact(sheet: &str) -> String {
    join_layers(&without_spaces(sheet))
}

/// The sheet without comments and spaces.
fn without_spaces(sheet: &str) -> String {
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
                if let (None, Some(word)) = (quote, attribute_word(rest, &out)) {
                    out.push_str(word);
                    rest = rest.get(word.len() + 2..).unwrap_or_default();
                    continue;
                }
                if quote.is_none() && is_idle_zero(rest, &out) {
                    rest = rest.get(1..).unwrap_or_default();
                    continue;
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
    let before = before.is_some_and(|before| !matches!(before, '{' | '}' | ';' | ',' | ':' | '(' | '>'));
    before && !matches!(after, '{' | '}' | ';' | ',' | ')' | '>')
}

/// The word in quotes at the beginning of `rest`, if it is what an attribute of a selector has and needs none.
fn attribute_word<'a>(rest: &'a str, before: &str) -> Option<&'a str> {
    // What stood before is looked through at a quotation mark only, and not at each letter of a sheet.
    let (word, after) = rest.strip_prefix('"')?.split_once('"')?;
    let open = before.rsplit_once('[').map(|(_, inside)| inside).filter(|inside| !inside.contains(']'))?;
    let begins = word.starts_with(|c: char| c.is_ascii_alphabetic());
    let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    (open.ends_with('=') && begins && plain && after.starts_with(']')).then_some(word)
}

/// Whether `rest` begins with the 0 of a number such as `0.5`.
fn is_idle_zero(rest: &str, before: &str) -> bool {
    let fraction = rest.strip_prefix("0.").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let within = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '\\') || !c.is_ascii();
    fraction && !before.ends_with(within)
}

/// Joins the blocks of one layer that follow each other.
fn join_layers(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    // The block that the sheet is in, if it is a layer's, and the one that ended last.
    let (mut layer, mut last): (Option<&str>, Option<&str>) = (None, None);
    let mut depth = 0_usize;
    let mut quote = None;
    let mut rest = sheet;
    while let Some(next) = rest.chars().next() {
        let mut taken = next.len_utf8();
        if depth == 0 && quote.is_none() {
            let block = rest.strip_prefix("@layer ").and_then(|inner| inner.split_once('{'));
            layer = block.map(|(name, _)| name).filter(|name| !name.contains([',', ';']));
            if let Some(name) = layer {
                let begins = "@layer ".len() + name.len() + 1;
                if last == layer {
                    out.pop();
                } else {
                    out.push_str(rest.get(..begins).unwrap_or_default());
                }
                (depth, last) = (1, None);
                rest = rest.get(begins..).unwrap_or_default();
                continue;
            }
            last = None;
        }
        match (quote, next) {
            (_, '\\') => taken += rest.chars().nth(1).map_or(0, char::len_utf8),
            (None, '"' | '\'') => quote = Some(next),
            (Some(open), next) if open == next || next == '\n' => quote = None,
            (None, '{') => depth += 1,
            (None, '}') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    last = layer.take();
                }
            }
            _ => {}
        }
        out.push_str(rest.get(..taken).unwrap_or_default());
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn comments_and_spaces_go_and_nothing_else() {
        let sheet = "/* One. */\n@layer a, b {\n  /* Two\n     lines. */\n\n  p  > q { margin: 0 1px; inset: 0; } /* Three. */\n}\n";
        assert_eq!(compact(sheet), "@layer a,b{p>q{margin:0 1px;inset:0}}\n");
    }

    #[test]
    fn what_a_sheet_can_do_without_goes() {
        for (sheet, expected) in [
            ("a[b=\"c-d\"] e, a[b=\"1\"], a[b=\"\"] { f: \"g\" }", "a[b=c-d] e,a[b=\"1\"],a[b=\"\"]{f:\"g\"}"),
            ("[data-a=\"b\"][c^=\"d e\"] {}", "[data-a=b][c^=\"d e\"]{}"),
            ("a { b: 0.5em -0.5em 10.5em calc(1px + 0.25em) 0 }", "a{b:.5em -0.5em 10.5em calc(1px + .25em) 0}"),
            ("a { b: [x] \"c\"; d: \"0.5 [e=\" }", "a{b:[x] \"c\";d:\"0.5 [e=\"}"),
        ] {
            assert_eq!(compact(sheet), format!("{expected}\n"));
        }
    }

    #[test]
    fn a_layer_that_goes_on_is_opened_once() {
        for (sheet, expected) in [
            ("@layer a { b {} } @layer a { c { d: 1 } }", "@layer a{b{}c{d:1}}"),
            ("@layer a, b; @layer a { } @layer b { }", "@layer a,b;@layer a{}@layer b{}"),
            ("@layer a { b {} } c {} @layer a { d {} }", "@layer a{b{}}c{}@layer a{d{}}"),
            ("@layer a { @media print { b {} } } @layer a { c {} }", "@layer a{@media print{b{}}c{}}"),
            ("@media print { @layer a { b {} } } @layer a { c {} }", "@media print{@layer a{b{}}}@layer a{c{}}"),
            ("@layer a { b { c: \"}}\" } } @layer a { d {} }", "@layer a{b{c:\"}}\"}d{}}"),
        ] {
            assert_eq!(compact(sheet), format!("{expected}\n"));
        }
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
