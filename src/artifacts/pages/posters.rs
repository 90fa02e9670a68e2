//! The pages of sheets to download: all of them, and those of each centre.
//!
//! What they say of a file's weight is known once it is made, so they are made after the sheets. A centre's own page
//! shows what the page of all shows or leads to, and search engines are asked to leave it out.

use std::sync::Arc;

use super::{Press, Sheet};
use crate::content::{Centre, Id};
use crate::site::views::{self, Local, SheetIndex, Subject};

impl<'a> Press<'a> {
    /// Adds the page of all sheets and the pages of centres.
    pub(super) fn posters(&mut self, number: usize) {
        let Some(edition) = self.editions.get(number).copied().filter(|e| views::list_exists(e, "posters")) else {
            return;
        };
        let index = Arc::new(SheetIndex::of(&edition));
        let all = Arc::clone(&index);
        self.list(number, "posters", "posters", move |e| views::posters(e, &all));
        let centres: Vec<&'a Id<Centre>> = index.centres().collect();
        for centre in centres {
            let Some(record) = edition.centre(centre) else { continue };
            let name = record.name.text.clone();
            let editions = self.editions.iter().filter(|other| views::has_sheets(other, centre.as_str()));
            let sheet = Sheet {
                kind: "posters",
                path: views::posters_page(centre),
                title: Local::own(edition.wording.say("sheet.of-centre", &[("name", &name)])),
                description: None,
                editions: editions.copied().collect(),
                above: vec![views::list_link(&edition, "posters")],
                subject: Subject::Other,
                changed: None,
                unlisted: true,
                origin: format!("content/centres/{centre}.yaml").into(),
            };
            let index = Arc::clone(&index);
            self.add(
                number,
                sheet,
                |e| views::banners(e, |_| false),
                move |e, _| (views::centre_posters(e, &index, centre), Vec::new()),
            );
        }
    }
}
