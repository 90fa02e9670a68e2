//! The first hour of an editor as a page of the manual, from the guide that a test walks through.

use super::fields::Tongue;

/// The page.
pub fn page(tongue: Tongue) -> String {
    let guide = match tongue {
        Tongue::Chinese => include_str!("../../docs/guide/zh-Hans.md"),
        Tongue::English => include_str!("../../docs/guide/en.md"),
    };
    let (title, rest) = guide.strip_prefix("# ").and_then(|guide| guide.split_once("\n\n")).unwrap();
    let (summary, body) = rest.split_once("\n\n").unwrap();
    let summary = serde_json::to_string(&summary.replace('`', "")).unwrap();
    let body = body.replace("```console posters", "```console").replace("](../site/content/pictures/", "](");
    format!("---\ntitle: {title}\nsummary: {summary}\n{}---\n{body}", tongue.footer(1))
}
