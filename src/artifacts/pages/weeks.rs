//! The pages of the week: all of it, and its parts by day, audience, area and kind of activity.
//!
//! A part holds nothing that the whole week or another page does not, and changes every day, so search engines are asked
//! to leave the parts out; readers and links are not.

use std::sync::Arc;

use super::{Press, Sheet};
use crate::site::views::{self, Subject, WeekOf, WeekPart};

impl<'a> Press<'a> {
    /// Adds the week's page and those of its parts.
    pub(super) fn weeks(&mut self, number: usize) {
        let Some(edition) = self.editions.get(number).copied() else { return };
        let parts: Arc<[WeekPart<'a>]> = views::week_pages(&edition).into_iter().map(WeekPart::from).collect();
        let all = Arc::clone(&parts);
        self.list(number, "this-week", "this-week", move |e| views::week(e, WeekOf::All, &all));
        let others: Vec<_> =
            self.editions.iter().map(|other| (*other, paths(&views::week_pages(other), other))).collect();
        for part in parts.iter().map(|part| part.of) {
            let path = part.path(&edition);
            let editions = others.iter().filter(|(_, known)| known.contains(&path)).map(|(other, _)| *other).collect();
            let mut above = vec![views::list_link(&edition, "this-week")];
            above.extend(self.areas_above(&edition, part, &parts));
            let sheet = Sheet {
                kind: "this-week",
                title: views::Local::own(part.title(&edition)),
                path,
                description: self.site.content.site.value.summary.as_ref(),
                editions,
                above,
                subject: Subject::Other,
                changed: None,
                unlisted: true,
                origin: "site.yaml".into(),
            };
            let parts = Arc::clone(&parts);
            self.add(
                number,
                sheet,
                |e| views::banners(e, |_| false),
                move |e, _| (views::week(e, part, &parts), Vec::new()),
            );
        }
    }

    /// The way from the week to an area's part: the parts of the areas around it.
    fn areas_above(
        &self,
        edition: &crate::site::Edition<'a>,
        part: WeekOf<'a>,
        parts: &[WeekPart<'a>],
    ) -> Vec<views::Link> {
        let WeekOf::Area(own) = part else { return Vec::new() };
        let index = &self.site.index;
        let around = index.areas.get(own).map(|entry| index.lineage(&entry.area.id)).unwrap_or_default();
        let numbers = around.iter().filter_map(|entry| index.area.get(&entry.area.id).copied());
        let known =
            |number: &usize| parts.iter().any(|part| matches!(part.of, WeekOf::Area(known) if known == *number));
        numbers
            .filter(|number| *number != own)
            .filter(known)
            .filter_map(|number| {
                let name = &index.areas.get(number)?.area.name;
                Some(edition.link_path(&WeekOf::Area(number).path(edition), name, true))
            })
            .collect()
    }
}

fn paths(parts: &[WeekOf<'_>], edition: &crate::site::Edition<'_>) -> std::collections::BTreeSet<String> {
    parts.iter().map(|part| part.path(edition)).collect()
}
