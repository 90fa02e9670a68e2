//! Lines of a finished page that are empty because a template had something to decide there: they go, and so do spaces
//! at the ends of lines, which readers on slow lines would pay for. Where spaces mean something, nothing is touched.

/// How elements begin and end in which every space counts.
const KEPT: [(&str, &str); 2] = [("<pre", "</pre>"), ("<textarea", "</textarea>")];

/// Takes the empty lines out of a page.
pub(super) fn remove(page: &mut Vec<u8>) {
    let Ok(html) = std::str::from_utf8(page) else { return };
    let mut out = String::with_capacity(html.len());
    // How the element ends in which every space counts, if the line begins in one.
    let mut inside: Option<&str> = None;
    for line in html.split_inclusive('\n') {
        let began = inside;
        let mut rest = line;
        loop {
            rest = match inside {
                Some(end) => match rest.split_once(end) {
                    Some((_, after)) => {
                        inside = None;
                        after
                    }
                    None => break,
                },
                None => match opening(rest) {
                    Some((end, after)) => {
                        inside = Some(end);
                        after
                    }
                    None => break,
                },
            };
        }
        let line = if began.is_none() { line.trim_start_matches([' ', '\t', '\r', '\n']) } else { line };
        if inside.is_some() {
            out.push_str(line);
        } else {
            out.push_str(line.trim_end_matches([' ', '\t', '\r', '\n']));
            if line.ends_with('\n') {
                out.push('\n');
            }
        }
    }
    *page = out.into_bytes();
}

/// How the first such element ends that opens in a text, and what follows its name.
fn opening(text: &str) -> Option<(&'static str, &str)> {
    text.match_indices('<').find_map(|(at, _)| {
        let element = text.get(at..)?;
        let (after, end) = KEPT.into_iter().find_map(|(tag, end)| Some((element.strip_prefix(tag)?, end)))?;
        after.starts_with(['>', ' ', '\n']).then_some((end, after))
    })
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
        assert_eq!(removed("<pre>\n\n</pre>\n\n<preview>\n\na"), "<pre>\n\n</pre>\n<preview>\na");
    }
}
