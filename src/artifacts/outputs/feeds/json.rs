//! A feed as JSON Feed 1.1.

use serde::Serialize;

use super::Feed;
use super::entries::Written;

#[derive(Serialize)]
struct JsonFeed<'a> {
    /// Which version of the format this is.
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    authors: [Author<'a>; 1],
    language: &'a str,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    content_html: &'a str,
    date_published: &'a str,
    date_modified: &'a str,
    /// Where that is not the publisher.
    #[serde(skip_serializing_if = "Option::is_none")]
    authors: Option<[Author<'a>; 1]>,
    tags: Vec<&'a str>,
    /// Where that is not the feed's.
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

/// Writes a feed.
pub(super) fn write(feed: &Feed<'_>, buffer: &mut Vec<u8>) {
    let head = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title.text,
        home_page_url: &feed.page,
        feed_url: &feed.json,
        description: feed.subtitle.as_ref().map(|subtitle| subtitle.text.as_str()),
        authors: [Author { name: &feed.publisher.text }],
        language: feed.language,
    };
    // To memory, so that only what cannot be JSON could fail, and that is not among these types.
    let _ = serde_json::to_writer(&mut *buffer, &head);
    // The items stand in the same object, at its end.
    buffer.pop();
    buffer.extend_from_slice(b",\"items\":[");
    for (number, entry) in feed.entries.iter().enumerate() {
        buffer.extend((number > 0).then_some(b','));
        buffer.extend_from_slice(entry.json.as_bytes());
    }
    buffer.extend_from_slice(b"]}\n");
}

/// An entry as it stands in every feed.
pub(super) fn entry(entry: &Written) -> String {
    let item = Item {
        id: &entry.id,
        url: &entry.url,
        title: &entry.title.text,
        summary: entry.summary.as_ref().map(|summary| summary.text.as_str()),
        content_html: &entry.content,
        date_published: &entry.published,
        date_modified: &entry.updated,
        authors: entry.author.as_ref().map(|name| [Author { name: &name.text }]),
        tags: entry.categories.iter().map(|(_, label)| label.text.as_str()).collect(),
        language: entry.title.lang.as_deref(),
    };
    serde_json::to_string(&item).unwrap_or_default()
}
