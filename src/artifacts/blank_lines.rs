//! Lines of a finished page that are empty because a template had something to decide there: they go, and so do spaces
//! at the ends of lines, which readers on slow lines would pay for. Where spaces mean something, nothing is touched.

use memchr::{memchr, memmem};

/// How elements begin and end in which every space counts.
const KEPT: [(&str, &str); 2] = [("<pre", "</pre>"), ("<textarea", "</textarea>")];

/// Takes the empty lines out of a page.
pub(super) fn remove(page: &mut Vec<u8>) {
    let mut out = Vec::with_capacity(page.len());
    let mut done = 0;
    for (start, end) in openings(page) {
        // What opens within another such element is part of it.
        if start < done {
            continue;
        }
        let element = page.get(start..).unwrap_or_default();
        let length = memmem::find(element, end.as_bytes()).map_or(element.len(), |at| at + end.len());
        push_lines(&mut out, page.get(done..start).unwrap_or_default(), done > 0, true);
        out.extend_from_slice(element.get(..length).unwrap_or_default());
        done = start + length;
    }
    push_lines(&mut out, page.get(done..).unwrap_or_default(), done > 0, false);
    *page = out;
}

/// Where elements open in which every space counts, in order, and how each ends.
fn openings(page: &[u8]) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    for (tag, end) in KEPT {
        let opens = |at: &usize| matches!(page.get(at + tag.len()), Some(b'>' | b' ' | b'\n'));
        found.extend(memmem::find_iter(page, tag).filter(opens).map(|at| (at, end)));
    }
    found.sort_unstable();
    found
}

/// Adds the lines of a text without the empty ones and the spaces around them. A first line that only goes on
/// (`begins_in_line`) keeps the spaces before it, a last one that goes on behind the text (`ends_in_line`) those
/// behind it.
fn push_lines(out: &mut Vec<u8>, mut text: &[u8], begins_in_line: bool, ends_in_line: bool) {
    let mut is_in_line = begins_in_line;
    while let Some((line, after)) = memchr(b'\n', text).and_then(|at| text.split_at_checked(at + 1)) {
        let words = if is_in_line { line.trim_ascii_end() } else { line.trim_ascii() };
        if is_in_line || !words.is_empty() {
            out.extend_from_slice(words);
            out.push(b'\n');
        }
        is_in_line = false;
        text = after;
    }
    let text = if is_in_line { text } else { text.trim_ascii_start() };
    out.extend_from_slice(if ends_in_line { text } else { text.trim_ascii_end() });
}

#[cfg(test)]
mod tests {
    use super::remove;

    fn removed(html: &str) -> String {
        let mut page = html.as_bytes().to_vec();
        remove(&mut page);
        String::from_utf8(page).unwrap()
    }

    #[test]
    fn empty_lines_go_and_words_stay_apart() {
        assert_eq!(removed("<p>\n\n a\n \t\r\nb </p>\n\n\n"), "<p>\na\nb </p>\n");
        assert_eq!(removed("<b>a</b>\n\n <i>b</i>"), "<b>a</b>\n<i>b</i>");
        assert_eq!(removed(" 上\u{3000}\n\n 下  "), "上\u{3000}\n下");
    }

    #[test]
    fn what_is_written_as_it_stands_is_left_so() {
        for kept in [
            "<pre>\n\n a\n\n  b </pre>\n",
            "<pre class=\"x\"><code>a\n\n\nb\n</code></pre>\n<p>\n",
            "<textarea>\n\n </textarea><pre>\n \n</pre>\n",
        ] {
            assert_eq!(removed(kept), kept);
        }
        assert_eq!(removed(" a <pre> b </pre> \n c <pre>\n d \n</pre> e "), "a <pre> b </pre>\nc <pre>\n d \n</pre> e");
        assert_eq!(removed("<pre><textarea></pre> \n\n</textarea>"), "<pre><textarea></pre>\n</textarea>");
        assert_eq!(removed("<textarea><pre></textarea>\n\n<pre>\n\n"), "<textarea><pre></textarea>\n<pre>\n\n");
        assert_eq!(removed("<pre>\n\n</pre>\n\n<preview>\n\na"), "<pre>\n\n</pre>\n<preview>\na");
    }
}
