//! A feed as Atom (RFC 4287).

use super::Feed;
use super::entries::Written;
use crate::artifacts::outputs::xml::{attribute, text};
use crate::site::views::Local;

/// Writes a feed.
pub(super) fn write(feed: &Feed<'_>, buffer: &mut Vec<u8>) {
    let mut made = String::with_capacity(2_000);
    made.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    made.push_str(&format!("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n", attribute(feed.language)));
    element(&mut made, "id", &feed.id);
    local(&mut made, "title", &feed.title);
    if let Some(subtitle) = &feed.subtitle {
        local(&mut made, "subtitle", subtitle);
    }
    element(&mut made, "updated", &feed.updated);
    author(&mut made, &feed.publisher);
    link(&mut made, "self", "application/atom+xml", &feed.atom);
    link(&mut made, "alternate", "text/html", &feed.page);
    link(&mut made, "alternate", "application/feed+json", &feed.json);
    buffer.extend_from_slice(made.as_bytes());
    for entry in &feed.entries {
        buffer.extend_from_slice(entry.atom.as_bytes());
    }
    buffer.extend_from_slice(b"</feed>\n");
}

/// An entry as it stands in every feed.
pub(super) fn entry(entry: &Written) -> String {
    let mut made = String::with_capacity(1_000 + entry.content.len() * 5 / 4);
    write_entry(&mut made, entry);
    made
}

fn write_entry(made: &mut String, entry: &Written) {
    made.push_str("<entry>\n");
    element(made, "id", &entry.id);
    local(made, "title", &entry.title);
    element(made, "published", &entry.published);
    element(made, "updated", &entry.updated);
    link(made, "alternate", "text/html", &entry.url);
    if let Some(name) = &entry.author {
        author(made, name);
    }
    for (term, label) in &entry.categories {
        let (term, lang, label) = (attribute(term), lang(label), attribute(&label.text));
        made.push_str(&format!("<category term=\"{term}\" label=\"{label}\"{lang}/>\n"));
    }
    if let Some(summary) = &entry.summary {
        local(made, "summary", summary);
    }
    made.push_str(&format!("<content type=\"html\">{}</content>\n</entry>\n", text(&entry.content)));
}

fn element(made: &mut String, name: &str, content: &str) {
    made.push_str(&format!("<{name}>{}</{name}>\n", text(content)));
}

fn local(made: &mut String, name: &str, content: &Local) {
    made.push_str(&format!("<{name}{}>{}</{name}>\n", lang(content), text(&content.text)));
}

fn author(made: &mut String, name: &Local) {
    made.push_str(&format!("<author{}><name>{}</name></author>\n", lang(name), text(&name.text)));
}

fn link(made: &mut String, relation: &str, kind: &str, address: &str) {
    made.push_str(&format!("<link rel=\"{relation}\" type=\"{kind}\" href=\"{}\"/>\n", attribute(address)));
}

/// The language of a text, where that is not the feed's.
fn lang(text: &Local) -> String {
    text.lang.as_ref().map(|lang| format!(" xml:lang=\"{}\"", attribute(lang))).unwrap_or_default()
}
