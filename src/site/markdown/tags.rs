//! Raw HTML among Markdown as those meet it who do not see the page: pictures without words, links without words, tables
//! without heads, headings that skip a level (WCAG 1.1.1, 1.3.1, 2.4.4).
//!
//! Looks at the source text, tag by tag, where Markdown says that HTML is.

use std::ops::Range;

use pulldown_cmark::{Event, Tag as MarkdownTag};

use super::outline::heading_levels;
use super::raw_html::{browsers_view, scheme};
use crate::diagnostics::{Code, Problem};

/// A tag.
struct Tag<'a> {
    name: String,
    is_end: bool,
    /// What stands behind its name.
    attributes: &'a str,
    span: Range<usize>,
}

/// What is lost of the HTML in a text, with its place in bytes.
pub(super) fn tags(markdown: &str, parsed: &[(Event<'_>, Range<usize>)]) -> Vec<(Problem, Range<usize>)> {
    let mut found = Vec::new();
    let tags = all(markdown, parsed);
    for (at, tag) in tags.iter().enumerate().filter(|(_, tag)| !tag.is_end) {
        let within = || within(markdown, tag, tags.get(at + 1..).unwrap_or_default());
        match tag.name.as_str() {
            "img" if is_of_the_site(tag) && says_nothing(attribute(tag.attributes, "alt")) => {
                found.push((Problem::new(Code::PictureWithoutWords).with("tag", "<img>"), tag.span.clone()));
            }
            "a" if attribute(tag.attributes, "href").is_some() => {
                let named = ["aria-label", "title"].iter().any(|name| has_words(attribute(tag.attributes, name)));
                if let Some((inner, end)) = within()
                    && !named
                    && is_empty(inner)
                {
                    found.push((Problem::new(Code::EmptyLink).with("tag", "<a>"), tag.span.start..end));
                }
            }
            "table" => {
                if let Some((inner, _)) = within()
                    && !inner.to_ascii_lowercase().contains("<th")
                {
                    found.push((Problem::new(Code::TableWithoutHeads).with("tag", "<th>"), tag.span.clone()));
                }
            }
            _ => {}
        }
    }
    found.extend(jumps(parsed, &tags));
    found
}

/// Headings by tags that are more than one level below the one before; a page has its own of the first level.
fn jumps(parsed: &[(Event<'_>, Range<usize>)], tags: &[Tag<'_>]) -> Vec<(Problem, Range<usize>)> {
    let by_marks = parsed.iter().filter(|(event, _)| matches!(event, Event::Start(MarkdownTag::Heading { .. })));
    let levels = heading_levels(parsed);
    let mut all: Vec<(usize, usize, Option<&Tag<'_>>)> =
        by_marks.zip(levels).map(|((_, range), level)| (range.start, level as usize, None)).collect();
    for tag in tags.iter().filter(|tag| !tag.is_end) {
        let level = tag.name.strip_prefix('h').and_then(|level| level.parse::<usize>().ok());
        // Of the first level is the page's own; one in a text comes one below it.
        all.extend(level.filter(|level| (1..=6).contains(level)).map(|l| (tag.span.start, l.max(2), Some(tag))));
    }
    all.sort_by_key(|(at, ..)| *at);
    let mut previous = 1;
    let mut found = Vec::new();
    for (_, level, tag) in all {
        if let Some(tag) = tag.filter(|_| level > previous + 1) {
            let problem =
                Problem::new(Code::HeadingJump).with("from", &previous.to_string()).with("to", &level.to_string());
            let right = format!("<h{}>", previous + 1);
            found.push((problem.with("tag", &right), tag.span.clone()));
        }
        previous = level;
    }
    found
}

/// All tags of a text that Markdown leaves as HTML.
fn all<'a>(markdown: &'a str, parsed: &[(Event<'_>, Range<usize>)]) -> Vec<Tag<'a>> {
    let mut tags: Vec<Tag<'a>> = Vec::new();
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for (event, range) in parsed {
        let is_html = matches!(event, Event::Html(_) | Event::InlineHtml(_));
        match pieces.last_mut() {
            // A tag may stand on several lines, and each line is an event.
            Some(last) if is_html && last.end == range.start => last.end = range.end,
            _ if is_html => pieces.push(range.clone()),
            _ => {}
        }
    }
    for piece in pieces {
        let html = markdown.get(piece.clone()).unwrap_or_default();
        let mut at = 0;
        while let Some(start) = html.get(at..).and_then(|rest| rest.find('<')).map(|start| at + start) {
            let rest = html.get(start..).unwrap_or_default();
            if rest.starts_with("<!--") {
                at = start + rest.find("-->").map_or(rest.len(), |end| end + 3);
                continue;
            }
            let Some((tag, end)) = read(html, start, piece.start) else {
                at = start + 1;
                continue;
            };
            tags.push(tag);
            at = end;
        }
    }
    tags
}

/// The tag at a byte, and where it ends.
fn read(html: &str, start: usize, offset: usize) -> Option<(Tag<'_>, usize)> {
    let rest = html.get(start + 1..)?;
    let is_end = rest.starts_with('/');
    let named = rest.get(usize::from(is_end)..)?;
    let length = named.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(named.len());
    let name = named.get(..length).filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    let behind = named.get(length..)?;
    let mut quote: Option<char> = None;
    let close = behind.find(|c: char| {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            _ => {}
        }
        c == '>' && quote.is_none()
    })?;
    let end = start + 1 + usize::from(is_end) + length + close + 1;
    let attributes = behind.get(..close)?;
    Some((Tag { name: name.to_ascii_lowercase(), is_end, attributes, span: offset + start..offset + end }, end))
}

/// What stands between a tag and its end, and where its end is over.
fn within<'a>(markdown: &'a str, tag: &Tag<'_>, after: &[Tag<'_>]) -> Option<(&'a str, usize)> {
    let mut depth = 0_usize;
    for other in after.iter().filter(|other| other.name == tag.name) {
        match (other.is_end, depth) {
            (true, 0) => return Some((markdown.get(tag.span.end..other.span.start)?, other.span.end)),
            (true, _) => depth -= 1,
            (false, _) => depth += 1,
        }
    }
    None
}

/// The value of an attribute.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let lower = attributes.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower.get(from..)?.find(name).map(|at| from + at) {
        let begins = lower.get(..at)?.ends_with(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'' | '/'));
        let rest = attributes.get(at + name.len()..)?.trim_start();
        from = at + name.len();
        if !begins {
            continue;
        }
        let Some(value) = rest.strip_prefix('=').map(str::trim_start) else {
            if rest.is_empty() || rest.starts_with('/') {
                return Some("");
            }
            continue;
        };
        return match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            Some(quote) => value.get(1..)?.split(quote).next(),
            None => value.split(|c: char| c.is_ascii_whitespace()).next(),
        };
    }
    None
}

/// Whether a picture is one of the site's: the cleaner takes others out.
fn is_of_the_site(tag: &Tag<'_>) -> bool {
    attribute(tag.attributes, "src").is_some_and(|source| {
        let address = browsers_view(source);
        scheme(&address).is_none() && !address.starts_with("//")
    })
}

/// Whether words for a picture lack, or are blanks; `alt=""` says that it is there for show.
fn says_nothing(alt: Option<&str>) -> bool {
    alt.is_none_or(|alt| !alt.is_empty() && !has_words(Some(alt)))
}

fn has_words(text: Option<&str>) -> bool {
    text.is_some_and(|text| !super::habits::is_blank(text))
}

/// Whether there are neither words nor pictures with words in a piece of HTML or Markdown.
fn is_empty(inner: &str) -> bool {
    let mut rest = inner;
    let mut said = String::new();
    while let Some((before, after)) = rest.split_once('<') {
        said.push_str(before);
        let (tag, behind) = after.split_once('>').unwrap_or((after, ""));
        if tag.to_ascii_lowercase().starts_with("img") && has_words(attribute(tag.get(3..).unwrap_or_default(), "alt"))
        {
            return false;
        }
        rest = behind;
    }
    said.push_str(rest);
    super::habits::is_blank(&said.replace("&nbsp;", " "))
}
