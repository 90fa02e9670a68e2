//! Markdown into HTML that suits Chinese, and that nobody can misuse.
//!
//! CommonMark's rule for `**` looks at punctuation and knows no Chinese: in `**注意：**请` the second `**`
//! cannot close. Where only that rule is in the way, a mark that counts as punctuation is put beside the
//! asterisks and taken out of every event again. Line breaks between Chinese characters leave no space,
//! headings begin below the page's own `h1`, skip no level and have readable ids, tables scroll and have
//! column heads, links inside the site are made relative. Raw HTML is cleaned unless the site trusts it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

use crate::content::HtmlPolicy;
use crate::diagnostics::{Code, Problem};

/// HTML made from Markdown, and what was found on the way.
#[derive(Debug, Clone, Default)]
pub struct Html {
    /// The HTML.
    pub html: String,
    /// What is wrong, with its place in the Markdown in bytes: links that lead nowhere, HTML without bounds.
    pub faults: Vec<(Problem, Range<usize>)>,
}

/// Most HTML tags of a body.
const MOST_TAGS: usize = 1000;

/// A character that Unicode counts as punctuation and that nobody writes (SESAME DOT).
const MARK: char = '\u{fe45}';

/// Renders Markdown. `resolve` turns an address inside the site (`/centres/x/`, without fragment) into a
/// relative link, or says that there is no such page; `table_name` names the nth table for screen readers.
pub fn render(
    markdown: &str,
    policy: HtmlPolicy,
    resolve: &dyn Fn(&str) -> Option<String>,
    table_name: &dyn Fn(usize) -> String,
) -> Html {
    let marked = mark_emphasis(markdown);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let parsed: Vec<(Event<'_>, Range<usize>)> = Parser::new_ext(&marked, options).into_offset_iter().collect();
    let mut pass = Pass {
        resolve,
        table_name,
        tables: 0,
        needs_cleaning: false,
        tags: 0,
        faults: Vec::new(),
        head: false,
        columns: Vec::new(),
    };
    let ids = heading_ids(&parsed);
    let levels = heading_levels(&parsed);
    let mut events = Vec::with_capacity(parsed.len());
    let mut headings = ids.into_iter().zip(levels);
    let mut heading_level = HeadingLevel::H2;
    for (number, (event, range)) in parsed.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                let (id, level) = headings.next().unwrap_or((String::new(), HeadingLevel::H2));
                heading_level = level;
                let tag = Tag::Heading { level, id: Some(id.into()), classes: Vec::new(), attrs: Vec::new() };
                events.push(Event::Start(tag));
            }
            Event::End(TagEnd::Heading(_)) => events.push(Event::End(TagEnd::Heading(heading_level))),
            Event::SoftBreak if joins_chinese(&parsed, number) => {}
            event => pass.event(event.clone(), range, &mut events),
        }
    }
    let mut rendered = String::with_capacity(marked.len() * 3 / 2);
    html::push_html(&mut rendered, events.into_iter());
    let html = match policy {
        HtmlPolicy::Cleaned if pass.needs_cleaning => without_foreign_pictures(&cleaner().clean(&rendered).to_string()),
        _ => rendered,
    };
    let before = |byte: usize| marked.get(..byte).map_or(0, |text| text.matches(MARK).count() * MARK.len_utf8());
    let unmarked = |range: Range<usize>| range.start - before(range.start)..range.end - before(range.end);
    let faults = pass.faults.into_iter().map(|(problem, range)| (problem, unmarked(range))).collect();
    Html { html, faults }
}

/// Puts [`MARK`] beside runs of asterisks that stand between Chinese text and punctuation.
fn mark_emphasis(markdown: &str) -> String {
    if !markdown.contains('*') {
        return markdown.to_owned();
    }
    let mut marked = String::with_capacity(markdown.len() + 32);
    let mut rest = markdown;
    let mut previous = '\n';
    while let Some(start) = rest.find('*') {
        let (before, from_run) = rest.split_at(start);
        let after = from_run.trim_start_matches('*');
        let (run, _) = from_run.split_at(from_run.len() - after.len());
        previous = before.chars().last().unwrap_or(previous);
        let next = after.chars().next().unwrap_or('\n');
        marked.push_str(before);
        if is_chinese_letter(previous) && is_punctuation(next) {
            marked.push(MARK);
        }
        marked.push_str(run);
        if is_punctuation(previous) && previous != '\\' && is_chinese_letter(next) {
            marked.push(MARK);
        }
        previous = '*';
        rest = after;
    }
    marked.push_str(rest);
    marked
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}'
            | '\u{fe30}'..='\u{fe6b}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}' | '·')
}

fn is_chinese_letter(c: char) -> bool {
    matches!(c, '\u{3005}' | '\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether no space may stand for the line break: both sides are Chinese, letters or full-width marks.
fn joins_chinese(events: &[(Event<'_>, Range<usize>)], number: usize) -> bool {
    let wide = |c: char| is_chinese_letter(c) || (is_punctuation(c) && !c.is_ascii());
    let text = |event: &Event<'_>| match event {
        Event::Text(text) | Event::Code(text) => Some(text.replace(MARK, "")),
        _ => None,
    };
    let (before, after) = events.split_at(number.min(events.len()));
    let previous = before.iter().rev().find_map(|(event, _)| text(event)).and_then(|text| text.chars().last());
    let next = after.iter().find_map(|(event, _)| text(event)).and_then(|text| text.chars().next());
    previous.zip(next).is_some_and(|(previous, next)| wide(previous) && wide(next))
}

/// The text of each heading, made an id.
fn heading_ids(events: &[(Event<'_>, Range<usize>)]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    let mut seen = HashSet::new();
    let mut text: Option<String> = None;
    for (event, _) in events {
        match (event, &mut text) {
            (Event::Start(Tag::Heading { .. }), _) => text = Some(String::new()),
            (Event::Text(part) | Event::Code(part), Some(text)) => text.push_str(part),
            (Event::End(TagEnd::Heading(_)), Some(heading)) => {
                let words = heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
                let slug = words.collect::<Vec<_>>().join("-").to_lowercase();
                let slug = if slug.is_empty() { "section".to_owned() } else { slug };
                let mut id = slug.clone();
                let mut number = 2;
                while !seen.insert(id.clone()) {
                    id = format!("{slug}-{number}");
                    number += 1;
                }
                ids.push(id);
                text = None;
            }
            _ => {}
        }
    }
    ids
}

/// The level of each heading, below the page's own and without jumps (WCAG 1.3.1).
fn heading_levels(events: &[(Event<'_>, Range<usize>)]) -> Vec<HeadingLevel> {
    let written: Vec<usize> = events
        .iter()
        .filter_map(|(event, _)| match event {
            Event::Start(Tag::Heading { level, .. }) => Some(*level as usize),
            _ => None,
        })
        .collect();
    let top = written.iter().copied().min().unwrap_or(2);
    let mut previous = 1;
    let levels = written.into_iter().map(|level| {
        previous = (level + 2 - top).min(previous + 1).min(6);
        HeadingLevel::try_from(previous).unwrap_or(HeadingLevel::H2)
    });
    levels.collect()
}

struct Pass<'a> {
    resolve: &'a dyn Fn(&str) -> Option<String>,
    table_name: &'a dyn Fn(usize) -> String,
    tables: usize,
    needs_cleaning: bool,
    faults: Vec<(Problem, Range<usize>)>,
    tags: usize,
    head: bool,
    columns: Vec<&'static str>,
}

impl Pass<'_> {
    fn event<'e>(&mut self, event: Event<'e>, range: &Range<usize>, events: &mut Vec<Event<'e>>) {
        let event = match event {
            Event::Text(text) => Event::Text(without_mark(text)),
            Event::Code(text) => Event::Code(without_mark(text)),
            Event::Html(text) | Event::InlineHtml(text) => {
                self.needs_cleaning = true;
                let before = self.tags;
                self.tags += text.matches('<').count();
                // Cleaning takes time that grows with the square of the nesting.
                if self.tags > MOST_TAGS {
                    if before <= MOST_TAGS {
                        let problem = Problem::new(Code::TooMuchHtml).with("limit", &MOST_TAGS.to_string());
                        self.faults.push((problem, range.clone()));
                    }
                    return;
                }
                Event::Html(without_mark(text))
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = self.link(link_type, &without_mark(dest_url), range).into();
                Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, title: without_mark(title), id })
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let name = without_mark(dest_url);
                let address = format!("/pictures/{}", name.trim_start_matches("/pictures/"));
                let dest_url = self.link(link_type, &address, range).into();
                Event::Start(Tag::Image { link_type: LinkType::Inline, dest_url, title: without_mark(title), id })
            }
            Event::Start(Tag::Table(alignments)) => {
                self.tables += 1;
                self.columns = alignments
                    .iter()
                    .map(|alignment| match alignment {
                        pulldown_cmark::Alignment::Right => " class=\"end\"",
                        pulldown_cmark::Alignment::Center => " class=\"centre\"",
                        _ => "",
                    })
                    .collect();
                self.columns.reverse();
                let name = escaped(&(self.table_name)(self.tables));
                let open =
                    format!("<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{name}\"><table>");
                Event::Html(open.into())
            }
            Event::End(TagEnd::Table) => Event::Html("</tbody></table></div>\n".into()),
            Event::Start(Tag::TableHead) => {
                self.head = true;
                Event::Html("<thead><tr>".into())
            }
            Event::End(TagEnd::TableHead) => {
                self.head = false;
                Event::Html("</tr></thead>\n<tbody>".into())
            }
            Event::Start(Tag::TableRow) => Event::Html("<tr>".into()),
            Event::End(TagEnd::TableRow) => Event::Html("</tr>\n".into()),
            Event::Start(Tag::TableCell) => {
                let class = self.columns.pop().unwrap_or_default();
                self.columns.insert(0, class);
                let cell = if self.head { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") };
                Event::Html(cell.into())
            }
            Event::End(TagEnd::TableCell) => Event::Html(if self.head { "</th>" } else { "</td>" }.into()),
            other => other,
        };
        events.push(event);
    }

    /// A link's target: outside addresses as they are, addresses of this site made relative.
    fn link(&mut self, link_type: LinkType, target: &str, range: &Range<usize>) -> String {
        if link_type == LinkType::Email {
            return format!("mailto:{target}");
        }
        let lower = target.to_ascii_lowercase();
        if target.starts_with('#')
            || ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme))
        {
            return target.to_owned();
        }
        let (path, fragment) = target.split_once('#').map_or((target, ""), |(path, fragment)| (path, fragment));
        let resolved = path.strip_prefix('/').and_then(|path| (self.resolve)(path));
        match resolved {
            Some(link) if fragment.is_empty() => link,
            Some(link) => format!("{link}#{fragment}"),
            None => {
                self.faults.push((Problem::new(Code::DeadLink).with("link", target), range.clone()));
                String::new()
            }
        }
    }
}

fn without_mark(text: CowStr<'_>) -> CowStr<'_> {
    if text.contains(MARK) { text.replace(MARK, "").into() } else { text }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
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
            .attribute_filter(|element, attribute, value| match (element, attribute) {
                // Only pictures of this site: no page may ask another site for anything.
                ("img", "src") => (value.contains("pictures/") && !value.contains(':') && !value.starts_with("//"))
                    .then(|| value.into()),
                _ => Some(value.into()),
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

    fn html(markdown: &str) -> String {
        let resolve = |path: &str| (path == "centres/a/").then(|| "../centres/a/".to_owned());
        render(markdown, HtmlPolicy::Cleaned, &resolve, &|n| format!("表格 {n}")).html
    }

    #[test]
    fn chinese_bold_is_bold() {
        for (markdown, expected) in [
            ("**注意：**请提前", "<p><strong>注意：</strong>请提前</p>\n"),
            ("请**“带身份证”**办理", "<p>请<strong>“带身份证”</strong>办理</p>\n"),
            ("**甲：**乙**丙**", "<p><strong>甲：</strong>乙<strong>丙</strong></p>\n"),
            ("**甲：**乙**“丙”**丁", "<p><strong>甲：</strong>乙<strong>“丙”</strong>丁</p>\n"),
            ("*（一）*先登记", "<p><em>（一）</em>先登记</p>\n"),
            ("2 * 3 * 4 和 \\*星号\\*", "<p>2 * 3 * 4 和 *星号*</p>\n"),
            ("`**注意：**请`", "<p><code>**注意：**请</code></p>\n"),
            ("**注意：**`a`", "<p><strong>注意：</strong><code>a</code></p>\n"),
        ] {
            assert_eq!(html(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn a_line_break_between_chinese_characters_leaves_no_space() {
        assert_eq!(html("请带\n身份证，\n**原件**\nID card"), "<p>请带身份证，<strong>原件</strong>\nID card</p>\n");
    }

    #[test]
    fn headings_have_readable_ids_and_skip_no_level() {
        assert_eq!(
            html("# 怎么 办？\n\n### 怎么办\n\n## 怎么 办？\n"),
            "<h2 id=\"怎么-办\">怎么 办？</h2>\n<h3 id=\"怎么办\">怎么办</h3>\n<h3 id=\"怎么-办-2\">怎么 办？</h3>\n"
        );
    }

    #[test]
    fn tables_scroll_and_have_heads() {
        let table = html("| 项目 | 金额 |\n|---|--:|\n| 牦牛 | 1000元 |\n");
        assert!(
            table.contains("<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"表格 1\">"),
            "{table}"
        );
        assert!(table.contains("<th scope=\"col\">项目</th><th scope=\"col\" class=\"end\">金额</th>"), "{table}");
        assert!(table.contains("<tr><td>牦牛</td><td class=\"end\">1000元</td></tr>"), "{table}");
    }

    #[test]
    fn nothing_in_markdown_can_run() {
        let hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\n\n[点](javascript:alert(1))\n\n<b onclick=a()>粗</b> <a href=\"javascript:a()\">x</a>";
        let clean = html(hostile);
        for bad in ["<script", "<img", "onerror", "onclick", "javascript:"] {
            assert!(!clean.contains(bad), "{bad} in {clean}");
        }
        assert!(clean.contains("<b>粗</b>"), "{clean}");
    }

    #[test]
    fn links_inside_the_site_are_relative_and_dead_ones_are_found() {
        let resolve = |path: &str| (path == "centres/a/").then(|| "../centres/a/".to_owned());
        let made = render(
            "**看：**见[中心](/centres/a/#hours)和[没有](/centres/b/)",
            HtmlPolicy::Cleaned,
            &resolve,
            &|_| String::new(),
        );
        assert!(made.html.contains("href=\"../centres/a/#hours\""), "{}", made.html);
        assert_eq!(made.faults.len(), 1);
        let place = made.faults.into_iter().next().map(|(_, range)| range);
        assert_eq!(
            place,
            Some(
                "**看：**见[中心](/centres/a/#hours)和".len()
                    .."**看：**见[中心](/centres/a/#hours)和[没有](/centres/b/)".len()
            )
        );
    }
}
