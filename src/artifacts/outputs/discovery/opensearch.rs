//! `opensearch.xml`: how a browser searches the site from its own address bar (OpenSearch 1.1, draft 6).
//!
//! One a language, whose results are in that language. The lengths are the standard's.

use super::super::xml::{attribute, text};
use crate::artifacts::Theme;
use crate::site::{Address, Edition};

const NAMESPACE: &str = "http://a9.com/-/spec/opensearch/1.1/";
/// How long the name and the description may be.
const NAME: usize = 16;
const DESCRIPTION: usize = 1024;

/// The description of the search page of a language.
pub(super) fn of(edition: &Edition<'_>, theme: &Theme) -> String {
    let config = &edition.site.content.site.value;
    let title = edition.local(&config.title).text;
    let summary = edition.local_some(config.summary.as_ref()).map_or_else(|| title.clone(), |summary| summary.text);
    let page = format!("{}?q={{searchTerms}}", edition.canonical(&edition.address("search/")));
    let own = edition.canonical(&edition.address("opensearch.xml"));
    let icon = edition.canonical(&Address::new(theme.asset_path("icon.svg")));
    let element = |name: &str, content: &str| format!("<{name}>{}</{name}>\n", text(content));
    let mut made =
        format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<OpenSearchDescription xmlns=\"{NAMESPACE}\">\n");
    made += &element("ShortName", &short(&title, NAME));
    made += &element("Description", &short(&summary, DESCRIPTION));
    made += &format!("<Url type=\"text/html\" method=\"get\" template=\"{}\"/>\n", attribute(&page));
    made += &format!(
        "<Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"{}\"/>\n",
        attribute(&own)
    );
    made += &format!("<Image type=\"image/svg+xml\">{}</Image>\n", text(&icon));
    made += &element("Language", edition.language.as_str());
    made += "<InputEncoding>UTF-8</InputEncoding>\n<OutputEncoding>UTF-8</OutputEncoding>\n</OpenSearchDescription>\n";
    made
}

/// A text of at most so many characters; one in words ends with a whole one.
fn short(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let kept = text.get(..end).unwrap_or_default();
    let whole = text.get(end..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
    let words = kept.rsplit_once(char::is_whitespace).map_or(kept, |(words, _)| words);
    if whole { kept.to_owned() } else { words.trim_end().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_name_is_at_most_sixteen_characters() {
        assert_eq!(short("陇上便民公告栏", 16), "陇上便民公告栏");
        assert_eq!(short("Longshang Community Noticeboard", 16), "Longshang");
        assert_eq!(short("Sixteen letters! and more", 16), "Sixteen letters!");
        assert_eq!(short("一二三四五六七八九十一二三四五六七八", 16), "一二三四五六七八九十一二三四五六");
    }
}
