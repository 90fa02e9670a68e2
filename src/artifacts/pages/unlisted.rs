//! Pages that search engines need not know of: the screens of lobbies, one for each centre that has hours or a programme,
//! and what is shown without a network in place of a page that was not kept.

use super::{Press, Sheet};
use crate::site::views::{self, Subject};

impl Press<'_> {
    /// Adds the screens in a language.
    pub(super) fn displays(&mut self, number: usize) {
        let Some(edition) = self.editions.get(number).copied() else { return };
        let site = self.site;
        let shown = |e: &crate::site::Edition<'_>, record| e.offers(record) && views::has_display(e, record);
        for record in site.content.centres.iter().filter(|record| shown(&edition, *record)) {
            let sheet = Sheet {
                kind: "display",
                path: format!("display/{}/", record.id),
                title: edition.local(&record.value.name),
                description: None,
                editions: self.editions.iter().copied().filter(|e| shown(e, record)).collect(),
                above: Vec::new(),
                subject: Subject::Other,
                changed: None,
                unlisted: true,
                origin: std::sync::Arc::clone(&record.origin.file),
            };
            self.add(number, sheet, |_| Vec::new(), move |e, _| (views::display(e, record), Vec::new()));
        }
    }

    /// Adds the page for readers without a network, where the site keeps pages for them.
    pub(super) fn offline(&mut self, number: usize) {
        let Some(edition) = self.editions.get(number).filter(|e| e.site.content.site.value.offline) else { return };
        let sheet = Sheet {
            kind: "offline",
            path: crate::artifacts::offline::PAGE.to_owned(),
            title: views::Local::own(edition.wording.labels.get("offline_title").cloned().unwrap_or_default()),
            description: None,
            editions: Vec::new(),
            above: Vec::new(),
            subject: Subject::Other,
            changed: None,
            unlisted: true,
            origin: "site.yaml".into(),
        };
        self.add(number, sheet, |_| Vec::new(), |_, _| ((), Vec::new()));
    }
}
