//! 一单全知: all policies for an audience on one sheet, each with what one gets, what to bring and where to go.

use std::sync::Arc;

use serde::Serialize;

use super::policy::{Facts, facts, holds, publisher, until_changed};
use super::{Sheet, SheetView, Sheets};
use crate::content::{Audience, Id, Policy, Record, SheetKind};
use crate::site::Edition;
use crate::site::views::parts::Local;

/// What the sheet says.
#[derive(Serialize)]
struct PolicyList {
    /// A sentence about the audience.
    note: Option<Local>,
    /// The policies.
    policies: Vec<Facts>,
}

/// Of each audience that has a policy.
pub(super) fn sheets(edition: Edition<'_>) -> Sheets<'_> {
    let site = edition.site;
    let config = &site.content.site;
    let with_policies = config.value.audiences.iter().filter(move |(id, _)| policies(&edition, id).next().is_some());
    Box::new(with_policies.map(move |(id, term)| {
        let path = format!("policies/for/{id}/");
        Sheet {
            kind: SheetKind::PolicyList,
            id: id.as_str(),
            title: title(&edition, &edition.local(&term.name)),
            page: edition.link_path(&path, &term.name, true),
            path,
            file: Arc::clone(&config.origin.file),
            centres: Vec::new(),
            own: term.posters.of(SheetKind::PolicyList),
            view: Box::new(move |edition| {
                let content = PolicyList {
                    note: edition.local_some(term.note.as_ref()),
                    policies: policies(edition, id).map(|record| facts(edition, record)).collect(),
                };
                let kicker = Some(edition.term("sheet.policy-list"));
                let title = title(edition, &edition.local(&term.name));
                SheetView { kicker, ..SheetView::new(title, publisher(edition), until_changed(edition), content) }
            }),
        }
    }))
}

fn policies<'a>(edition: &Edition<'a>, audience: &'a Id<Audience>) -> impl Iterator<Item = &'a Record<Policy>> + 'a {
    let edition = *edition;
    let wanted = move |record: &&Record<Policy>| {
        edition.offers(*record) && holds(&edition, record) && record.value.audience.contains(audience)
    };
    edition.site.content.policies.iter().filter(wanted)
}

/// `Entitlements for: …`, as its page is called.
fn title(edition: &Edition<'_>, name: &Local) -> Local {
    Local::own(edition.wording.say("policies.for", &[("name", &name.text)]))
}
