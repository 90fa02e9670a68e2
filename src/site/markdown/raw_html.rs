//! HTML that editors wrote among their Markdown: its attributes one by one, and its cleaning.
//!
//! [`rewrite`] goes through the tags of a piece of HTML as a browser's tokenizer would (HTML Standard §13.2.5) and
//! lets the caller keep, change or drop each attribute; everything else stays as written. [`clean`] takes out what
//! may run or load from elsewhere. Addresses are judged as browsers read them ([`browsers_view`]).

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

/// An attribute of a tag.
pub(super) struct Attribute<'a> {
    /// The element, in lower case.
    pub(super) element: &'a str,
    /// The attribute, in lower case.
    pub(super) name: &'a str,
    /// Its value, with numeric references and `&amp;` read.
    pub(super) value: &'a str,
    /// Where it stands, in bytes of the HTML.
    pub(super) span: Range<usize>,
}

/// What becomes of an attribute.
pub(super) enum Change {
    Keep,
    Drop,
    Value(String),
}

/// Goes through all attributes; with `page_has_h1` an `h1` becomes an `h2`.
pub(super) fn rewrite(html: &str, page_has_h1: bool, change: &mut dyn FnMut(&Attribute<'_>) -> Change) -> String {
    let mut made = String::with_capacity(html.len());
    let mut at = 0;
    while let Some(start) = html.get(at..).and_then(|rest| rest.find('<')).map(|start| at + start) {
        made.push_str(html.get(at..start).unwrap_or_default());
        let rest = html.get(start..).unwrap_or_default();
        if rest.starts_with("<!--") {
            let end = rest.find("-->").map_or(rest.len(), |end| end + 3);
            made.push_str(rest.get(..end).unwrap_or_default());
            at = start + end;
            continue;
        }
        let slash = usize::from(rest.starts_with("</"));
        let name = rest.get(1 + slash..).unwrap_or_default();
        let name = name.split(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).next().unwrap_or_default();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            made.push('<');
            at = start + 1;
            continue;
        }
        let element = name.to_ascii_lowercase();
        made.push_str(if slash == 1 { "</" } else { "<" });
        made.push_str(if page_has_h1 && element == "h1" { "h2" } else { name });
        at = start + 1 + slash + name.len();
        at = attributes(html, at, &element, &mut made, change);
        // What these hold is text up to their end tag.
        if slash == 0 && matches!(&*element, "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "noframes")
        {
            let rest = html.get(at..).unwrap_or_default();
            let end = rest.to_ascii_lowercase().find(&format!("</{element}")).unwrap_or(rest.len());
            made.push_str(rest.get(..end).unwrap_or_default());
            at += end;
        }
    }
    made.push_str(html.get(at..).unwrap_or_default());
    made
}

/// Goes through the attributes of a tag up to its `>`, and says where what follows begins.
fn attributes(
    html: &str,
    mut at: usize,
    element: &str,
    made: &mut String,
    change: &mut dyn FnMut(&Attribute<'_>) -> Change,
) -> usize {
    let length = |at: usize, within: &dyn Fn(char) -> bool| {
        let rest = html.get(at..).unwrap_or_default();
        rest.find(|c: char| !within(c)).unwrap_or(rest.len())
    };
    let space = |c: char| c.is_ascii_whitespace() || c == '/';
    loop {
        let between = length(at, &space);
        let gap = html.get(at..at + between).unwrap_or_default();
        at += between;
        match html.get(at..).and_then(|rest| rest.chars().next()) {
            None => {
                made.push_str(gap);
                return at;
            }
            Some('>') => {
                made.push_str(gap);
                made.push('>');
                return at + 1;
            }
            Some(first) => {
                let begin = at;
                at += first.len_utf8();
                at += length(at, &|c| !c.is_ascii_whitespace() && !matches!(c, '/' | '>' | '='));
                let name = html.get(begin..at).unwrap_or_default().to_ascii_lowercase();
                let equals = at + length(at, &|c| c.is_ascii_whitespace());
                let mut written = "";
                if html.get(equals..).is_some_and(|rest| rest.starts_with('=')) {
                    at = equals + 1;
                    at += length(at, &|c| c.is_ascii_whitespace());
                    let quote = html.get(at..).and_then(|rest| rest.chars().next()).filter(|c| matches!(c, '"' | '\''));
                    let start = at + quote.map_or(0, char::len_utf8);
                    let end = match quote {
                        Some(quote) => start + length(start, &|c| c != quote),
                        None => start + length(start, &|c| !c.is_ascii_whitespace() && c != '>'),
                    };
                    written = html.get(start..end).unwrap_or_default();
                    at = (end + quote.map_or(0, char::len_utf8)).min(html.len());
                }
                let value = decoded(written);
                match change(&Attribute { element, name: &name, value: &value, span: begin..at }) {
                    Change::Keep => made.extend([gap, html.get(begin..at).unwrap_or_default()]),
                    Change::Drop => {}
                    Change::Value(value) => made.extend([gap, &name, "=\"", &escaped(&value), "\""]),
                }
            }
        }
    }
}

/// A value with its numeric references and `&amp;` read; others are left as written.
fn decoded(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return value.into();
    }
    let mut decoded = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        let number = after.strip_prefix('#').and_then(|number| {
            let (number, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |number| (number, 16));
            let end = number.find(|c: char| !c.is_digit(radix)).unwrap_or(number.len());
            let (digits, after) = number.split_at(end);
            let character = u32::from_str_radix(digits, radix).ok().and_then(char::from_u32)?;
            Some((character, after.strip_prefix(';').unwrap_or(after)))
        });
        let read = number.or_else(|| after.strip_prefix("amp;").map(|after| ('&', after)));
        let (character, after) = read.unwrap_or(('&', after));
        decoded.push(character);
        rest = after;
    }
    decoded.push_str(rest);
    decoded.into()
}

/// An address as browsers read it: without tabs and line ends, without control characters and spaces around it, and
/// with slashes for backslashes (URL Standard §4.4).
pub(super) fn browsers_view(address: &str) -> String {
    let around = |c: char| c <= ' ';
    let kept = address.trim_matches(around).chars().filter(|c| !matches!(c, '\t' | '\n' | '\r'));
    kept.map(|c| if c == '\\' { '/' } else { c }).collect()
}

/// The scheme of an address as browsers view it, in lower case.
pub(super) fn scheme(address: &str) -> Option<String> {
    let (scheme, _) = address.split_once(':')?;
    let fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    fits.then(|| scheme.to_ascii_lowercase())
}

/// Text as it may stand in HTML and in an attribute in double quotes.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// HTML without what may run or load from elsewhere.
pub(super) fn clean(html: &str) -> String {
    without_foreign_pictures(&cleaner().clean(html).to_string())
}

/// Cleaned HTML without the pictures whose address was taken away.
fn without_foreign_pictures(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find("<img") {
        let (before, tag) = rest.split_at(start);
        // The cleaner writes attributes in double quotes, so a `>` between them ends nothing.
        let mut quoted = false;
        let end = tag.find(|c: char| {
            quoted ^= c == '"';
            c == '>' && !quoted
        });
        let (tag, after) = tag.split_at(end.map_or(tag.len(), |end| end + 1));
        kept.push_str(before);
        if tag.contains(" src=\"") {
            kept.push_str(tag);
        }
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// What raw HTML may hold: what Markdown itself makes, and harmless inline tags.
fn cleaner() -> &'static ammonia::Builder<'static> {
    static CLEANER: OnceLock<ammonia::Builder<'static>> = OnceLock::new();
    CLEANER.get_or_init(|| {
        let mut builder = ammonia::Builder::default();
        builder
            .link_rel(None)
            .attribute_filter(|element, attribute, value| {
                if !matches!(attribute, "href" | "src" | "cite") {
                    return Some(value.into());
                }
                let address = browsers_view(value);
                // Only pictures of this site: no page may ask another site for anything.
                let picture = element != "img" || address.contains("pictures/") && scheme(&address).is_none();
                (picture && !address.starts_with("//")).then(|| value.into())
            })
            .url_schemes(HashSet::from(["https", "http", "mailto", "tel"]))
            .add_tag_attributes("div", ["role", "tabindex", "aria-label", "id"])
            .add_tag_attributes("th", ["scope"])
            .allowed_classes(HashMap::from([
                ("div", HashSet::from(["table-scroll", "footnote-definition"])),
                ("sup", HashSet::from(["footnote-reference", "footnote-definition-label"])),
                ("th", HashSet::from(["end", "centre"])),
                ("td", HashSet::from(["end", "centre"])),
            ]));
        for heading in ["h2", "h3", "h4", "h5", "h6"] {
            builder.add_tag_attributes(heading, ["id"]);
        }
        builder
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_attribute_stays_as_written() {
        for html in [
            "<!-- <a href=x> --> a < b <p>",
            "<br/><input disabled><a\n href = 'x' title=\"a>b\" />",
            "<script>if (a <b href=x) \"</p>\"</script><style>a{}</style>",
            "<a href=\"x",
            "</p",
            "<",
            "<1 href=x>",
            "<a =x ==>",
            "<a href=/x/>",
        ] {
            assert_eq!(rewrite(html, true, &mut |_| Change::Keep), html);
        }
    }

    #[test]
    fn attributes_are_seen_in_every_notation() {
        let mut seen = Vec::new();
        let html = "<A HREF=/x/>1</A><img alt src='a&amp;b'\ntitle=\"&#x2f;&#47\"><b/id=c>";
        rewrite(html, false, &mut |a| {
            seen.push(format!("{} {}={}", a.element, a.name, a.value));
            Change::Keep
        });
        assert_eq!(seen, ["a href=/x/", "img alt=", "img src=a&b", "img title=//", "b id=c"]);
    }

    #[test]
    fn attributes_are_changed_and_dropped_and_the_pages_heading_is_the_only_one() {
        let html = "<h1 id=a class='b'>x</h1>";
        let made = rewrite(html, true, &mut |a| match a.name {
            "id" => Change::Drop,
            _ => Change::Value("\"c\"".to_owned()),
        });
        assert_eq!(made, "<h2 class=\"&quot;c&quot;\">x</h2>");
    }

    #[test]
    fn an_address_that_browsers_take_for_another_host_is_taken_out() {
        for address in [
            "//evil.example/pictures/a.png",
            "/\\evil.example/pictures/a.png",
            "\\\\evil.example/pictures/a.png",
            "\\/evil.example/pictures/a.png",
            " //evil.example/pictures/a.png",
            "\u{1}//evil.example/pictures/a.png",
            "&#10;//evil.example/pictures/a.png",
            "/\t/evil.example/pictures/a.png",
            "/&#9;\\evil.example/pictures/a.png",
            "ht&#10;tps://evil.example/pictures/a.png",
            "https:/evil.example/pictures/a.png",
            "https:evil.example/pictures/a.png",
        ] {
            assert_eq!(clean(&format!("<p><img src=\"{address}\">")), "<p></p>", "{address:?}");
            if !address.starts_with("ht") {
                assert_eq!(clean(&format!("<a href=\"{address}\">x</a>")), "<a>x</a>", "{address:?}");
                assert_eq!(clean(&format!("<q cite='{address}'>x</q>")), "<q>x</q>", "{address:?}");
            }
        }
        let own = "<img src=\"../pictures/a.png\">";
        assert_eq!(clean(own), own);
    }
}
