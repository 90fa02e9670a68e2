//! What stands around the records: `site.yaml`, areas, public holidays, pictures, the theme.

use std::collections::BTreeMap;

use serde_json::Value;

use super::fields::{self, Form};
use super::words::shortened;
use super::{About, Comparison, Kind};
use crate::content::{Area, AreasFile, CalendarYear, Record, SiteConfig};
use crate::site::Site;

/// Whether two sites have the same public calendars.
pub(super) fn same_calendar(before: &Site, after: &Site) -> bool {
    let all = |site: &Site| -> Vec<Value> {
        site.content.calendar.iter().filter_map(|record| serde_json::to_value(&record.value).ok()).collect()
    };
    let region = |site: &Site| site.content.site.value.region.as_str().to_owned();
    region(before) == region(after) && all(before) == all(after)
}

/// Whether the content names a picture anywhere.
fn shows(site: &Site, picture: &str) -> bool {
    site.texts.values().any(|source| source.text.contains(picture))
}

impl<'a> Comparison<'a> {
    pub(super) fn site(&mut self) {
        let (before, after) = (self.before, self.after);
        let about = self.about_site("site", &after.content.site.origin.file, "whole-site");
        let config = |site: &Site| serde_json::to_value(&site.content.site.value).unwrap_or_default();
        self.differences(&about, &Form::of::<SiteConfig>(), (&config(before), &config(after)), &[], None);
        self.areas();
        self.years();
        self.pictures();
    }

    /// Pictures that are other ones under the same name, and those that are there or gone and that nothing shows.
    fn pictures(&mut self) {
        let about = self.about_site("pictures", "content/pictures/", "pictures");
        let (before, after) = (&self.before.picture_facts, &self.after.picture_facts);
        for name in after.keys().chain(before.keys().filter(|name| !after.contains_key(*name))) {
            let is_shown = shows(self.before, name) || shows(self.after, name);
            let phrase = match (before.get(name), after.get(name)) {
                (Some(old), Some(new)) if old.hash != new.hash => "picture-again",
                // What shows them tells of them.
                (None, Some(_)) if !is_shown => "picture-new",
                (Some(_), None) if !is_shown => "picture-gone",
                _ => continue,
            };
            let how = self.words(|tongue| tongue.say(phrase, &[("name", &shortened(name))]));
            self.add(&about, Kind::Changed, how, None, is_shown);
        }
    }

    /// That the look of the pages is another one, or that files of the theme differ which nothing uses.
    pub(super) fn look(&mut self, seen: bool) {
        let about = self.about_site("theme", "themes/", "theme");
        let how = self.phrase(if seen { "other" } else { "unused-files" });
        self.add(&about, Kind::Changed, how, None, seen);
    }

    fn about_site(&self, record: &str, file: &'a str, what: &str) -> About<'a> {
        About { place: None, record: record.to_owned(), file, what: self.phrase(what), urgent: false }
    }

    fn areas(&mut self) {
        let of = |site: &'a Site| -> BTreeMap<&'a str, &'a Area> {
            site.index.areas.iter().map(|entry| (entry.area.id.as_str(), &entry.area)).collect()
        };
        if !self.reads()("content/areas.yaml") {
            return;
        }
        let file = |site: &Site| serde_json::to_value(&site.content.areas.value).unwrap_or_default();
        let about = self.about_site("areas", "content/areas.yaml", "kind.areas");
        let (was, is) = (file(self.before), file(self.after));
        self.differences(&about, &Form::of::<AreasFile>(), (&was, &is), &["areas"], None);
        let (before, after) = (of(self.before), of(self.after));
        let form = Form::of::<Area>();
        for (id, area) in after.iter().chain(before.iter().filter(|(id, _)| !after.contains_key(*id))) {
            let is_there = after.contains_key(id);
            let what = self.words(|tongue| {
                let name = (if is_there { tongue.after } else { tongue.before }).local(&area.name).text;
                let kind = tongue.say("kind.areas", &[]);
                tongue.say("of-kind", &[("kind", &kind), ("what", &shortened(&name))])
            });
            let about =
                About { place: None, record: format!("areas/{id}"), file: "content/areas.yaml", what, urgent: false };
            match (before.get(id), after.get(id)) {
                (Some(old), Some(new)) => {
                    let value = |area: &Area| serde_json::to_value(area).unwrap_or_default();
                    let (was, is) = (value(old), value(new));
                    if !fields::same(&was, &is) {
                        self.differences(&about, &form, (&was, &is), &["areas"], None);
                    }
                }
                (None, _) => {
                    let how = self.phrase("new");
                    self.tell(&about, Kind::New, how, None);
                }
                (_, None) => {
                    let how = self.phrase("gone-record");
                    self.tell(&about, Kind::Gone, how, None);
                }
            }
        }
    }

    fn years(&mut self) {
        let of = |site: &'a Site| -> BTreeMap<&'a str, &'a Record<CalendarYear>> {
            site.content.calendar.iter().map(|record| (record.id.as_str(), record)).collect()
        };
        let (before, after) = (of(self.before), of(self.after));
        let form = Form::of::<CalendarYear>();
        let all = after.iter().chain(before.iter().filter(|(id, _)| !after.contains_key(*id)));
        let is_read = self.reads();
        for (id, record) in all.filter(|(_, record)| is_read(&record.origin.file)) {
            let year = record.value.year.to_string();
            let about = About {
                place: None,
                record: format!("calendar/{id}"),
                file: &record.origin.file,
                what: self.words(|tongue| tongue.say("holidays-of", &[("year", &year)])),
                urgent: false,
            };
            let whole = |record: Option<&&'a Record<CalendarYear>>| {
                record.and_then(|record| serde_json::to_value(&record.value).ok()).unwrap_or_default()
            };
            let (was, is) = (whole(before.get(id)), whole(after.get(id)));
            if was.is_null() {
                let how = self.phrase("announced");
                self.tell(&about, Kind::New, how, None);
            } else if is.is_null() {
                let how = self.phrase("withdrawn");
                self.tell(&about, Kind::Gone, how, None);
            } else if !fields::same(&was, &is) {
                self.differences(&about, &form, (&was, &is), &[], None);
            }
        }
    }
}
