//! Chinese among words of other languages: each run of it is marked as Chinese (WCAG 3.1.2).
//!
//! A text that falls back to Chinese as a whole carries its own `lang`. Chinese also stands inside of texts in other
//! languages, where nobody marks it: the name of a room in a sentence of the interface, of a season before its days, of a
//! document, and in what editors write. Its letters tell, so it is done once, in the finished page.

/// Elements without content.
const VOID: [&str; 10] = ["area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"];
/// Elements whose text cannot hold others, and drawings.
const PLAIN: [&str; 5] = ["option", "svg", "template", "textarea", "title"];
/// Elements whose text is none.
const CODE: [&str; 2] = ["script", "style"];

/// Marks with the language `tag` what is Chinese in a page and not marked.
pub(super) fn mark_chinese(page: &mut Vec<u8>, tag: &str) {
    let Ok(html) = std::str::from_utf8(page) else { return };
    let mut marked = String::with_capacity(html.len() + html.len() / 16);
    // The open elements, each with whether what stands in it is left as it is.
    let mut open: Vec<(&str, bool)> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (text, after) = rest.split_at(start);
        words(&mut marked, text, tag, open.last().is_some_and(|(_, left)| *left));
        let end = if after.starts_with("<!--") { after.find("-->").map(|end| end + 3) } else { end_of_tag(after) };
        let (element, after) = after.split_at(end.unwrap_or(after.len()));
        marked.push_str(element);
        rest = after;
        let name = element.trim_start_matches(['<', '/']);
        let name =
            name.get(..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())).unwrap_or_default();
        if CODE.contains(&name) && !element.starts_with("</") {
            let end = rest.find("</").unwrap_or(rest.len());
            let (code, after) = rest.split_at(end);
            marked.push_str(code);
            rest = after;
        } else if element.starts_with("</") {
            if let Some(at) = open.iter().rposition(|(known, _)| *known == name) {
                open.truncate(at);
            }
        } else if !name.is_empty() && !element.ends_with("/>") && !VOID.contains(&name) {
            let left = open.last().is_some_and(|(_, left)| *left);
            let left = match language(element) {
                _ if PLAIN.contains(&name) => true,
                Some(language) => language.split('-').next() == Some("zh"),
                None => left,
            };
            open.push((name, left));
        }
    }
    words(&mut marked, rest, tag, open.last().is_some_and(|(_, left)| *left));
    *page = marked.into_bytes();
}

/// Where a tag ends, which begins a text.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// What a tag says of its language.
fn language(element: &str) -> Option<&str> {
    element.split_once(" lang=\"")?.1.split('"').next()
}

/// Adds a text with its Chinese runs marked.
fn words(marked: &mut String, text: &str, tag: &str, left: bool) {
    let mut rest = text;
    while let Some(start) = rest.find(is_han).filter(|_| !left) {
        let (before, from) = rest.split_at(start);
        // To the last Chinese letter, and the signs after it, that nothing of another language stands before.
        let mut end = 0;
        for (at, c) in from.char_indices() {
            if is_han(c) || is_sign(c) {
                end = at + c.len_utf8();
            } else if !c.is_ascii_digit() {
                break;
            }
        }
        let (run, after) = from.split_at(end);
        for part in [before, "<span lang=\"", tag, "\">", run, "</span>"] {
            marked.push_str(part);
        }
        rest = after;
    }
    marked.push_str(rest);
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Punctuation that Chinese writes as wide as its letters.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{301f}' | '\u{ff01}'..='\u{ff5e}')
}

#[cfg(test)]
mod tests {
    use super::mark_chinese;

    fn marked(html: &str) -> String {
        let mut page = html.as_bytes().to_vec();
        mark_chinese(&mut page, "zh-Hans");
        String::from_utf8(page).unwrap()
    }

    #[test]
    fn chinese_in_a_sentence_is_marked_with_its_numbers_and_signs() {
        for (page, expected) in [
            ("<p>in another room: 大厅</p>", "<p>in another room: <span lang=\"zh-Hans\">大厅</span></p>"),
            ("<i>民发〔2021〕57号 x</i>", "<i><span lang=\"zh-Hans\">民发〔2021〕57号</span> x</i>"),
            ("a 夏季 1 May 冬", "a <span lang=\"zh-Hans\">夏季</span> 1 May <span lang=\"zh-Hans\">冬</span>"),
            ("<br>多 <br/>", "<br><span lang=\"zh-Hans\">多</span> <br/>"),
        ] {
            assert_eq!(marked(page), expected);
        }
    }

    #[test]
    fn what_is_marked_and_what_cannot_be_stays() {
        for page in [
            "<p lang=\"zh-Hans\">大<b>厅</b></p>",
            "<title>大厅</title><script>\"大厅\" < 1</script><style>/* 大厅 */</style>",
            "<img alt=\"大厅 > 房\"><svg><text>大厅</text></svg><!-- 大 > 厅 -->",
            "<p title='>大'>a</p><",
            "",
        ] {
            assert_eq!(marked(page), page);
        }
        // A part in the page's language inside of a Chinese one.
        let page = "<div lang=\"zh\"><p lang=\"en\">to 厅</p>大</div>厅";
        let expected = "<div lang=\"zh\"><p lang=\"en\">to <span lang=\"zh-Hans\">厅</span></p>大</div>\
            <span lang=\"zh-Hans\">厅</span>";
        assert_eq!(marked(page), expected);
    }
}
