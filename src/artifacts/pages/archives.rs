//! The pages of what is over, one a year.

use super::{Press, Sheet};
use crate::site::views::{self, ArchiveOf, Subject};

impl Press<'_> {
    /// Adds a page for each year in which something ended that has a page.
    pub(super) fn archives(&mut self, number: usize) {
        let Some(edition) = self.editions.get(number).copied() else { return };
        for of in [ArchiveOf::Notices, ArchiveOf::Events] {
            let years: Vec<_> = self.editions.iter().map(|other| (*other, views::archive_years(other, of))).collect();
            for year in views::archive_years(&edition, of) {
                let sheet = Sheet {
                    kind: "archive",
                    path: of.path(year),
                    title: views::Local::own(of.title(&edition, year)),
                    description: self.site.content.site.value.summary.as_ref(),
                    editions: years
                        .iter()
                        .filter(|(_, years)| years.contains(&year))
                        .map(|(other, _)| *other)
                        .collect(),
                    above: vec![views::list_link(&edition, of.list())],
                    subject: Subject::Other,
                    changed: None,
                    unlisted: true,
                    origin: "site.yaml".into(),
                };
                self.add(
                    number,
                    sheet,
                    |e| views::banners(e, |_| false),
                    move |e, _| (views::archive(e, of, year), Vec::new()),
                );
            }
        }
    }
}
