//! A page for each activity of a programme, in each language that its title is written in.

use std::sync::Arc;

use super::{Press, Sheet};
use crate::content::Notice;
use crate::site::views::{self, Subject};
use crate::site::{activity_key, activity_path};

impl<'a> Press<'a> {
    /// Adds the pages of all activities.
    pub(super) fn activities(&mut self, number: usize) {
        let Some(edition) = self.editions.get(number).copied() else { return };
        let site = self.site;
        for record in &site.content.programmes {
            let list = views::list_exists(&edition, "programmes").then(|| views::list_link(&edition, "programmes"));
            let above: Vec<_> = list.into_iter().chain([edition.link(record)]).collect();
            for (activity, value) in record.value.activities.iter().enumerate() {
                let Some(key) = site.activity_key(record, activity).filter(|_| edition.has(&value.title)) else {
                    continue;
                };
                let sheet = Sheet {
                    kind: "activity",
                    path: activity_path(&record.id, key),
                    title: edition.local(&value.title),
                    description: value.summary.as_ref(),
                    editions: self.editions.iter().copied().filter(|other| other.has(&value.title)).collect(),
                    above: above.clone(),
                    subject: Subject::Activity(record, activity),
                    changed: site.standing(&activity_key(&record.id, key)).and_then(|s| s.changed).map(|at| at.date()),
                    unlisted: false,
                    origin: Arc::clone(&record.origin.file),
                };
                let concerned = move |notice: &Notice| notice.centres.contains(&record.value.centre);
                self.add(
                    number,
                    sheet,
                    move |e| views::banners(e, concerned),
                    move |e, _| (views::activity(e, record, activity), Vec::new()),
                );
            }
        }
    }
}
