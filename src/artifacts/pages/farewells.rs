//! Pages of farewell, at short addresses on paper whose page is gone and that no other page replaces.

use super::{Press, Sheet};
use crate::content::ADDRESSES_FILE;
use crate::site::views::{self, Local, Subject};
use crate::site::{Leads, short_path};

impl Press<'_> {
    /// Adds them, once for all languages: whoever comes from paper has chosen none.
    pub(super) fn farewells(&mut self, number: usize) {
        let Some(edition) = self.editions.get(number).copied().filter(|_| number == 0) else { return };
        let site = self.site;
        for (entry, leads) in site.short_addresses() {
            let Some(text) = entry.farewell.as_ref().filter(|_| *leads == Leads::Farewell) else { continue };
            let sheet = Sheet {
                kind: "farewell",
                path: short_path(entry.code.as_str()),
                title: Local::own(edition.wording.term("farewell").to_owned()),
                description: None,
                editions: vec![edition],
                above: Vec::new(),
                subject: Subject::Other,
                changed: None,
                unlisted: true,
                origin: ADDRESSES_FILE.into(),
            };
            let all = self.editions.clone();
            let view =
                move |_: &crate::site::Edition<'_>, _: &crate::site::Address| (views::farewell(&all, text), Vec::new());
            self.add(number, sheet, |e| views::banners(e, |_| false), view);
        }
    }
}
