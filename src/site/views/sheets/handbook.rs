//! A booklet of policies, chosen by audience or tag in `site.yaml`, with a list of contents.

use std::sync::Arc;

use serde::Serialize;

use super::policy::{Facts, facts, holds, publisher, until_changed};
use super::prose::{Block, blocks};
use super::{Sheet, SheetView, Sheets};
use crate::content::{Handbook, Policy, Record, SheetKind};
use crate::site::Edition;
use crate::site::views::parts::Local;

/// What the booklet says.
#[derive(Serialize)]
struct HandbookSheet {
    /// A sentence on its first page.
    note: Option<Local>,
    /// The policies, a chapter each.
    chapters: Vec<Chapter>,
}

/// A policy.
#[derive(Serialize)]
struct Chapter {
    /// Of the policy.
    id: String,
    /// The facts.
    policy: Facts,
    /// The explanation.
    body: Vec<Block>,
}

/// Of each handbook whose title is written in the language and that holds a policy.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let site = edition.site;
    let config = &site.content.site;
    let filled = config
        .value
        .handbooks
        .iter()
        .filter(move |(_, handbook)| edition.has(&handbook.title) && policies(&edition, handbook).next().is_some());
    Box::new(filled.map(move |(id, handbook)| {
        let path = path(handbook);
        Sheet {
            kind: SheetKind::Handbook,
            id: id.as_str(),
            title: edition.local(&handbook.title),
            page: edition.link_path(&path, &handbook.title, true),
            path,
            file: Arc::clone(&config.origin.file),
            centres: Vec::new(),
            own: None,
            view: Box::new(move |edition| view(edition, handbook)),
        }
    }))
}

fn view<'a>(edition: &Edition<'a>, handbook: &'a Handbook) -> SheetView {
    let chapter = |record: &Record<Policy>| {
        let (policy, body) = (facts(edition, record), blocks(edition, record));
        Chapter { id: record.id.to_string(), policy, body }
    };
    let content = HandbookSheet {
        note: edition.local_some(handbook.note.as_ref()),
        chapters: policies(edition, handbook).map(chapter).collect(),
    };
    let kicker = Some(edition.term("sheet.handbook"));
    let title = edition.local(&handbook.title);
    SheetView { kicker, ..SheetView::new(title, publisher(edition), until_changed(edition), content) }
}

/// The page that says the same: the list of its audience if it has one, else of all policies.
fn path(handbook: &Handbook) -> String {
    match (handbook.audience.as_slice(), handbook.tags.is_empty()) {
        ([only], true) => format!("policies/for/{only}/"),
        _ => "policies/".to_owned(),
    }
}

fn policies<'a>(edition: &Edition<'a>, handbook: &'a Handbook) -> impl Iterator<Item = &'a Record<Policy>> + 'a {
    let edition = *edition;
    let wanted = move |record: &&Record<Policy>| {
        edition.offers(*record) && holds(&edition, record) && handbook.holds(&record.value)
    };
    edition.site.content.policies.iter().filter(wanted)
}
