//! Markdown into HTML that suits Chinese, and that nobody can misuse.
//!
//! CommonMark's rule for `**` looks at punctuation and knows no Chinese: in `**注意：**请` the second `**`
//! cannot close. Where only that rule is in the way, a mark that counts as punctuation is put beside the
//! asterisks and taken out of every event again. Line breaks between Chinese characters leave no space,
//! headings begin below the page's own `h1`, skip no level and have readable ids, tables scroll and have
//! column heads, links inside the site are made relative, those in HTML tags too. Raw HTML is cleaned unless
//! the site trusts it. Work grows with the length of the text and no faster: what would is bounded and refused.

mod blocks;
mod chinese;
mod habits;
mod items;
mod lines;
mod not_read;
mod outline;
mod raw_html;
mod run_on;
mod stars;
mod tags;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

pub(crate) use blocks::blocks;
pub use blocks::{Block, Run};
pub use habits::habits;

use chinese::{MARK, joins_chinese, mark_emphasis, without_mark};
use outline::{heading_ids, heading_levels, may_have_id, note_ids, raw_ids, too_deep};
use raw_html::{Attribute, Change, browsers_view, escaped};

use crate::content::HtmlPolicy;
use crate::diagnostics::{Code, Problem, closest};

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
/// Deepest nesting of quotes, lists and emphasis: cleaning takes time that grows with the square of it.
const DEEPEST: usize = 48;
/// Most links that are compared with what there is, for "did you mean".
const MOST_SUGGESTIONS: usize = 50;
/// The ids that the theme gives on a page with a body.
const THEME_IDS: [&str; 1] = ["main"];

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
    let marks: Vec<usize> = marked.match_indices(MARK).map(|(at, _)| at).collect();
    let before = |byte: usize| marks.partition_point(|mark| *mark < byte) * MARK.len_utf8();
    let unmarked = |range: Range<usize>| range.start - before(range.start)..range.end - before(range.end);
    if let Some(range) = too_deep(&parsed) {
        let problem = Problem::new(Code::MarkdownTooDeep).with("limit", &DEEPEST.to_string());
        return Html { html: String::new(), faults: vec![(problem, unmarked(range))] };
    }
    let mut ids: HashSet<String> = THEME_IDS.map(str::to_owned).into();
    let headings = heading_ids(&parsed, &mut ids);
    let mut pass = Pass {
        resolve,
        table_name,
        policy,
        notes: note_ids(&parsed, &mut ids),
        targets: &ids | &raw_ids(&parsed, policy),
        ids,
        tables: 0,
        needs_cleaning: false,
        tags: 0,
        faults: Vec::new(),
        head: false,
        columns: Vec::new(),
        column: 0,
    };
    let levels = heading_levels(&parsed);
    let joins = joins_chinese(&parsed);
    let mut events = Vec::with_capacity(parsed.len());
    let mut headings = headings.into_iter().zip(levels);
    let mut heading_level = HeadingLevel::H2;
    let mut block: Vec<(CowStr<'_>, Range<usize>)> = Vec::new();
    for ((event, range), joins) in parsed.iter().zip(joins) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                let (id, level) = headings.next().unwrap_or((String::new(), HeadingLevel::H2));
                heading_level = level;
                let tag = Tag::Heading { level, id: Some(id.into()), classes: Vec::new(), attrs: Vec::new() };
                events.push(Event::Start(tag));
            }
            Event::End(TagEnd::Heading(_)) => events.push(Event::End(TagEnd::Heading(heading_level))),
            Event::SoftBreak if joins => {}
            // A tag may stand on several lines, and each line is an event.
            Event::Html(line) => block.push((line.clone(), range.clone())),
            Event::InlineHtml(tag) => events.extend(pass.raw(&[(tag.clone(), range.clone())])),
            Event::End(TagEnd::HtmlBlock) => {
                events.extend(pass.raw(&std::mem::take(&mut block)));
                events.push(event.clone());
            }
            event => pass.event(event.clone(), range, &mut events),
        }
    }
    let mut rendered = String::with_capacity(marked.len() * 3 / 2);
    html::push_html(&mut rendered, events.into_iter());
    let html = match policy {
        HtmlPolicy::Cleaned if pass.needs_cleaning => raw_html::clean(&rendered),
        _ => rendered,
    };
    pass.faults.extend(pictures_without_words(&parsed));
    let faults = pass.faults.into_iter().map(|(problem, range)| (problem, unmarked(range))).collect();
    Html { html, faults }
}

/// Pictures that say nothing to those who do not see them (WCAG 1.1.1).
fn pictures_without_words(parsed: &[(Event<'_>, Range<usize>)]) -> Vec<(Problem, Range<usize>)> {
    let mut found = Vec::new();
    for (at, (event, range)) in parsed.iter().enumerate() {
        let says = || habits::has_words(parsed.get(at + 1..).unwrap_or_default(), TagEnd::Image);
        if matches!(event, Event::Start(Tag::Image { .. })) && !says() {
            found.push((Problem::new(Code::PictureWithoutWords).with("marks", ""), range.clone()));
        }
    }
    found
}

/// HTML as it may stand away from its page: links within the page lead to the page, whose whole address is `page`.
pub fn away_from(html: &str, page: &str) -> String {
    raw_html::rewrite(html, false, &mut |attribute| match (attribute.element, attribute.name) {
        ("a" | "area", "href") if attribute.value.starts_with('#') => {
            Change::Value(format!("{page}{}", attribute.value))
        }
        _ => Change::Keep,
    })
}

/// A block of code with the name of its language as a class. What is no name of a language is left out.
fn code_block(info: &str) -> CodeBlockKind<'static> {
    let name = info.split_whitespace().next().unwrap_or_default();
    let named = name.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '#' | '-'));
    if named { CodeBlockKind::Fenced(name.to_owned().into()) } else { CodeBlockKind::Indented }
}

struct Pass<'a> {
    resolve: &'a dyn Fn(&str) -> Option<String>,
    table_name: &'a dyn Fn(usize) -> String,
    policy: HtmlPolicy,
    /// The ids that are taken.
    ids: HashSet<String>,
    /// The ids that links within the page may lead to: those that are taken and those of tags.
    targets: HashSet<String>,
    /// The ids of footnotes, by their names.
    notes: HashMap<String, String>,
    tables: usize,
    needs_cleaning: bool,
    faults: Vec<(Problem, Range<usize>)>,
    tags: usize,
    head: bool,
    columns: Vec<&'static str>,
    column: usize,
}

impl Pass<'_> {
    fn event<'e>(&mut self, event: Event<'e>, range: &Range<usize>, events: &mut Vec<Event<'e>>) {
        let event = match event {
            Event::Text(text) => Event::Text(without_mark(text)),
            Event::Code(text) => Event::Code(without_mark(text)),
            Event::FootnoteReference(name) => {
                let id = self.notes.get(&*name).cloned();
                Event::FootnoteReference(id.map_or(name, CowStr::from))
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                let id = self.notes.get(&*name).cloned();
                Event::Start(Tag::FootnoteDefinition(id.map_or(name, CowStr::from)))
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = self.link(link_type, &without_mark(dest_url), range).into();
                Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, title: without_mark(title), id })
            }
            Event::Start(Tag::Image { link_type: _, dest_url, title, id }) => {
                let name = without_mark(dest_url);
                let dest_url = self.picture(&name, range).into();
                Event::Start(Tag::Image { link_type: LinkType::Inline, dest_url, title: without_mark(title), id })
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                Event::Start(Tag::CodeBlock(code_block(&info)))
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
                let name = escaped(&(self.table_name)(self.tables));
                let open =
                    format!("<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{name}\"><table>");
                Event::Html(open.into())
            }
            Event::End(TagEnd::Table) => Event::Html("</tbody></table></div>\n".into()),
            Event::Start(Tag::TableHead) => {
                self.head = true;
                self.column = 0;
                Event::Html("<thead><tr>".into())
            }
            Event::End(TagEnd::TableHead) => {
                self.head = false;
                Event::Html("</tr></thead>\n<tbody>".into())
            }
            Event::Start(Tag::TableRow) => {
                self.column = 0;
                Event::Html("<tr>".into())
            }
            Event::End(TagEnd::TableRow) => Event::Html("</tr>\n".into()),
            Event::Start(Tag::TableCell) => {
                let class = self.columns.get(self.column).copied().unwrap_or_default();
                self.column += 1;
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
        if target.trim().is_empty() {
            self.faults.push((Problem::new(Code::NoTarget), range.clone()));
            return String::new();
        }
        let lower = target.to_ascii_lowercase();
        if ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme)) {
            return target.to_owned();
        }
        if let Some(fragment) = target.strip_prefix('#') {
            return self.fragment(fragment, range).map_or_else(String::new, |()| target.to_owned());
        }
        let (path, fragment) = target.split_once('#').map_or((target, ""), |(path, fragment)| (path, fragment));
        let resolved = path.strip_prefix('/').and_then(|path| (self.resolve)(path));
        match resolved {
            Some(link) if fragment.is_empty() => link,
            Some(link) => format!("{link}#{fragment}"),
            None => {
                let problem = Problem::new(Code::DeadLink).with("link", target);
                let meant = if self.faults.len() < MOST_SUGGESTIONS { self.address_of(path) } else { None };
                self.faults.push((problem.with_some("suggestion", meant.as_deref()), range.clone()));
                String::new()
            }
        }
    }

    /// A picture's target. A page asks no other site for anything: a picture of one is one that is not there.
    fn picture(&mut self, name: &str, range: &Range<usize>) -> String {
        let path = format!("pictures/{}", name.trim_start_matches("/pictures/"));
        let is_elsewhere = name.contains("://") || name.starts_with("//");
        if let Some(link) = (self.resolve)(&path).filter(|_| !is_elsewhere) {
            return link;
        }
        let problem = match name.trim().is_empty() {
            true => Problem::new(Code::NoTarget),
            false => Problem::new(Code::NoPicture).with("file", name),
        };
        self.faults.push((problem, range.clone()));
        String::new()
    }

    /// The address of a page whose file was linked, or whose address was written without its slashes:
    /// `../policies/x.md` and `/policies/x` are `/policies/x/`.
    fn address_of(&self, path: &str) -> Option<String> {
        let below = path.trim_start_matches("../").trim_start_matches("./").trim_start_matches('/');
        let below = below.strip_prefix("content/").unwrap_or(below).trim_end_matches('/');
        let bare =
            [".md", ".yaml", ".yml", ".html"].iter().find_map(|ending| below.strip_suffix(ending)).unwrap_or(below);
        let bare = bare.strip_prefix("pages/").filter(|_| bare != below).unwrap_or(bare);
        let address = format!("{bare}/");
        (!bare.is_empty() && (self.resolve)(&address).is_some()).then(|| format!("/{address}"))
    }

    /// Reports a link within the page that leads to nothing on it; `#` and `#top` are the page's top in every browser.
    fn fragment(&mut self, fragment: &str, range: &Range<usize>) -> Option<()> {
        let id = decoded(fragment);
        if id.is_empty() || id == "top" || self.targets.contains(&id) || self.targets.contains(fragment) {
            return Some(());
        }
        let mut problem = Problem::new(Code::DeadFragment).with("fragment", &id);
        if self.faults.len() < MOST_SUGGESTIONS {
            let mut known: Vec<&str> = self.targets.iter().map(String::as_str).collect();
            known.retain(|known| !THEME_IDS.contains(known));
            known.sort_unstable();
            problem = problem.with_some("suggestion", closest(&id, known.iter().copied())).with_list("allowed", known);
        }
        self.faults.push((problem, range.clone()));
        None
    }

    /// A piece of HTML as written, in lines: links inside the site are made relative, and on a page that is cleaned no
    /// id is there twice and the page's title stays the only `h1`.
    fn raw<'e>(&mut self, lines: &[(CowStr<'e>, Range<usize>)]) -> Option<Event<'e>> {
        self.needs_cleaning = true;
        let mut text = String::new();
        let mut starts = Vec::new();
        for (line, range) in lines {
            let before = self.tags;
            self.tags += line.matches('<').count();
            // Cleaning takes time that grows with the square of the nesting.
            if self.tags > MOST_TAGS {
                if before <= MOST_TAGS {
                    let problem = Problem::new(Code::TooMuchHtml).with("limit", &MOST_TAGS.to_string());
                    self.faults.push((problem, range.clone()));
                }
                return None;
            }
            starts.push((text.len(), range.clone()));
            text.push_str(line);
        }
        let cleaned = self.policy == HtmlPolicy::Cleaned;
        let made = raw_html::rewrite(&text, cleaned, &mut |attribute| {
            let value = attribute.value.replace(MARK, "");
            match (attribute.element, attribute.name) {
                ("a" | "area", "href") | ("img", "src") => {
                    let line = starts.partition_point(|(start, _)| *start <= attribute.span.start).saturating_sub(1);
                    let (start, range) = starts.get(line).cloned().unwrap_or_default();
                    let at = |byte: usize| (range.start + byte - start).min(range.end);
                    self.raw_address(attribute, &value, &(at(attribute.span.start)..at(attribute.span.end)))
                }
                (_, "id") if cleaned && !(may_have_id(attribute) && self.ids.insert(value)) => Change::Drop,
                _ => Change::Keep,
            }
        });
        Some(Event::Html(without_mark(made.into())))
    }

    /// An address in a tag, as in Markdown; one with a scheme is left to the cleaner.
    fn raw_address(&mut self, attribute: &Attribute<'_>, value: &str, range: &Range<usize>) -> Change {
        let address = browsers_view(value);
        if raw_html::scheme(&address).is_some() {
            return Change::Keep;
        }
        let address = match attribute.name {
            "src" => format!("/pictures/{}", address.trim_start_matches("/pictures/")),
            _ => address,
        };
        Change::Value(self.link(LinkType::Inline, &address, range))
    }
}

/// The address of a fragment with what is percent-encoded in it read.
fn decoded(fragment: &str) -> String {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |n: usize| after.get(n).and_then(|byte| char::from(*byte).to_digit(16));
        match (first, digit(0).zip(digit(1))) {
            (b'%', Some((high, low))) => {
                bytes.extend(u8::try_from(high * 16 + low));
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(markdown: &str) -> String {
        let resolve = |path: &str| (path == "centres/a/").then(|| "../centres/a/".to_owned());
        render(markdown, HtmlPolicy::Cleaned, &resolve, &|n| format!("表格 {n}")).html
    }

    #[test]
    fn code_is_named_by_its_language_only() {
        assert_eq!(html("```yaml\na: 1\n```"), "<pre><code class=\"language-yaml\">a: 1\n</code></pre>\n");
        assert_eq!(html("```[a](javascript:a)\n```"), "<pre><code></code></pre>\n");
        assert_eq!(html("```**注意：**请\n```"), "<pre><code></code></pre>\n");
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

    fn faults(markdown: &str, policy: HtmlPolicy) -> Vec<(&'static str, String)> {
        let resolve = |path: &str| (path == "centres/a/").then(|| "../centres/a/".to_owned());
        let made = render(markdown, policy, &resolve, &|_| String::new());
        let at = |range: Range<usize>| markdown.get(range).unwrap_or_default().trim_end().to_owned();
        made.faults.into_iter().map(|(problem, range)| (problem.code.id(), at(range))).collect()
    }

    #[test]
    fn links_in_tags_are_made_relative_and_checked_as_those_in_markdown() {
        let raw = "<div><a href='/centres/a/#x' class=\"y\">中心</a>\n<A\n HREF=/centres/a/>x</A></div>\n\n文 <a href=\"/centres/a/\">x</a>";
        let made = html(raw);
        assert_eq!(made.matches("href=\"../centres/a/").count(), 3, "{made}");
        for policy in [HtmlPolicy::Cleaned, HtmlPolicy::Trusted] {
            let raw = "**看：**<a href=\"/centres/b/\">x</a>\n\n<p>\n<a\n href=nowhere>x</a> <a href=https://a.example/>y</a>";
            let expected = [("NB0408", "href=\"/centres/b/\""), ("NB0408", "href=nowhere")];
            assert_eq!(faults(raw, policy), expected.map(|(code, at)| (code, at.to_owned())));
        }
    }

    #[test]
    fn addresses_that_browsers_take_for_another_host_lead_nowhere() {
        for address in [
            "//e.example/",
            "/\\e.example/",
            "\\\\e.example/",
            "&#10;//e.example/",
            "/&#9;/e.example/",
            "\u{1}//e.example",
        ] {
            for tag in [format!("文<a href=\"{address}\">x</a>"), format!("文<img src=\"{address}pictures/a.png\">")]
            {
                assert_eq!(faults(&tag, HtmlPolicy::Trusted).len(), 1, "{tag}");
                assert!(!html(&tag).contains("e.example"), "{}", html(&tag));
            }
        }
    }

    #[test]
    fn links_within_the_page_lead_to_headings_notes_and_ids_of_tags() {
        let page = "# 怎么办\n\n[a](#怎么办) [b](#%E6%80%8E%E4%B9%88%E5%8A%9E) [c](#) [d](#top) [e](#1) [f](#x) 注[^1]\n\n[^1]: 注\n\n<div\nid=x>y</div>\n";
        assert_eq!(faults(page, HtmlPolicy::Cleaned), []);
        let dead = faults("# 怎么办\n\n[a](#怎么) <a href=#b>b</a>", HtmlPolicy::Cleaned);
        assert_eq!(dead, [("NB0430", "[a](#怎么)".to_owned()), ("NB0430", "href=#b".to_owned())]);
    }

    #[test]
    fn the_page_keeps_its_ids_and_its_heading_for_itself() {
        let made = html(
            "# main\n\n<div id=\"main\">a</div>\n\n<div id=\"b\">b</div>\n\n<h3 id='b'>c</h3>\n\n<h1 id=\"c\">d</h1>\n\n注[^main]\n\n[^main]: 注\n",
        );
        let wanted = [
            "<h2 id=\"main-2\">main</h2>",
            "<div>a</div>",
            "<div id=\"b\">b</div>",
            "<h3>c</h3>",
            "<h2 id=\"c\">d</h2>",
            "id=\"note-main\"",
            "href=\"#note-main\"",
        ];
        for part in wanted {
            assert!(made.contains(part), "{part} is not in {made}");
        }
    }

    #[test]
    fn equal_headings_are_numbered_past_those_that_look_numbered() {
        let made = html("# a\n\n# a-2\n\n# a\n\n# a\n");
        let ids: Vec<&str> = made.split("id=\"").skip(1).filter_map(|part| part.split('"').next()).collect();
        assert_eq!(ids, ["a", "a-2", "a-3", "a-4"]);
    }
}
