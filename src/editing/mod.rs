//! What the tools of editors read: a JSON Schema for each kind of file, settings of VS Code that bind them, and the
//! forms of a git CMS.
//!
//! All of it is made from the types of [`crate::content`], so that nobody writes a field twice: names and forms from
//! their JSON Schema, what a field means from [`crate::content::descriptions`], Chinese keys and values from
//! [`crate::source::words`], examples from `docs/content.md`. Nothing here touches the disk.

pub mod cms;
mod draft7;
mod examples;
mod patterns;
pub mod vscode;

pub use draft7::schema_of;
pub use examples::Examples;
pub use patterns::pattern;

use crate::content::descriptions::InBoth;

/// What the kinds are called where they are listed, by their words.
const TITLES: [(&str, &str, &str); 14] = [
    ("site", "网站设置", "Site"),
    ("areas", "区域", "Areas"),
    ("addresses", "短网址", "Short addresses"),
    ("calendar", "放假安排", "Public holidays"),
    ("centre", "服务中心", "Centres"),
    ("programme", "活动安排", "Weekly programmes"),
    ("event", "一次性活动", "Events"),
    ("policy", "政策", "Policies"),
    ("notice", "通知", "Notices"),
    ("team", "志愿队", "Teams"),
    ("duty", "值班表", "Duty rosters"),
    ("outreach", "流动服务", "Travelling services"),
    ("feedback", "意见和答复", "Feedback"),
    ("page", "单独的网页", "Pages"),
];

/// What a kind is called where kinds are listed.
pub fn title_of(word: &str) -> InBoth {
    let known = TITLES.iter().find(|(known, ..)| *known == word);
    known.map_or_else(InBoth::default, |(_, zh, en)| InBoth { zh_hans: (*zh).to_owned(), en: (*en).to_owned() })
}
