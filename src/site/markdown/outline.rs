//! What must be known of a whole text before its first line is made: nesting, heading levels, and ids.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::DEEPEST;
use super::chinese::MARK;
use super::raw_html::{self, Attribute, Change};
use crate::content::HtmlPolicy;

/// Where the nesting passes the limit first.
pub(super) fn too_deep(events: &[(Event<'_>, Range<usize>)]) -> Option<Range<usize>> {
    let mut depth = 0_usize;
    events.iter().find_map(|(event, range)| {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth > DEEPEST).then(|| range.clone())
    })
}

/// The text of each heading, made an id that is none of `ids`, and added to them.
pub(super) fn heading_ids(events: &[(Event<'_>, Range<usize>)], ids: &mut HashSet<String>) -> Vec<String> {
    let mut made: Vec<String> = Vec::new();
    let mut next: HashMap<String, usize> = HashMap::new();
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
                let number = next.entry(slug.clone()).or_insert(2);
                while !ids.insert(id.clone()) {
                    id = format!("{slug}-{number}");
                    *number += 1;
                }
                made.push(id);
                text = None;
            }
            _ => {}
        }
    }
    made
}

/// The id of each footnote by its name: the name itself, unless something else has that id.
pub(super) fn note_ids(events: &[(Event<'_>, Range<usize>)], ids: &mut HashSet<String>) -> HashMap<String, String> {
    let mut notes = HashMap::new();
    for (event, _) in events {
        if let Event::Start(Tag::FootnoteDefinition(name)) = event
            && !notes.contains_key(&**name)
        {
            let mut id = name.to_string();
            while !ids.insert(id.clone()) {
                id = format!("note-{id}");
            }
            notes.insert(name.to_string(), id);
        }
    }
    notes
}

/// The level of each heading, below the page's own and without jumps (WCAG 1.3.1).
pub(super) fn heading_levels(events: &[(Event<'_>, Range<usize>)]) -> Vec<HeadingLevel> {
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

/// The ids of tags; where HTML is cleaned, of those only that may have one.
pub(super) fn raw_ids(events: &[(Event<'_>, Range<usize>)], policy: HtmlPolicy) -> HashSet<String> {
    let mut ids = HashSet::new();
    let mut html = String::new();
    for (event, _) in events {
        match event {
            Event::Html(part) | Event::InlineHtml(part) => html.push_str(part),
            _ => html.push('\n'),
        }
    }
    raw_html::rewrite(&html, false, &mut |attribute| {
        if attribute.name == "id" && (policy == HtmlPolicy::Trusted || may_have_id(attribute)) {
            ids.insert(attribute.value.replace(MARK, ""));
        }
        Change::Keep
    });
    ids
}

/// Whether cleaning leaves an element its id.
pub(super) fn may_have_id(attribute: &Attribute<'_>) -> bool {
    matches!(attribute.element, "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}
