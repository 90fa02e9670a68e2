//! Things that have an identity outside the site, each with a fingerprint of what it says to readers.
//!
//! Records, activities, opening hours and changes: whatever has an id in a calendar or a feed, or a date in the sitemap.
//! A fingerprint is made of the typed values, so comments and layout do not count, nor the day, nor keys that are not
//! written; where a record stood before and the names of its files are none of what it says.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::edition::Titled;
use super::{Site, rule_of};
use crate::calendar::{Date, DateSpan};
use crate::content::{Activity, Body, Centre, Event, Id, Kind, Programme, Record};

/// How many hexadecimal digits of a fingerprint are kept.
const DIGITS: usize = 12;
/// The most days of a programme that are looked at for days on which its centre is closed.
const MOST_DAYS: usize = 3_660;

/// A thing as the content has it.
#[derive(Debug, Clone)]
pub(crate) struct Thing {
    /// Its name in the ledger.
    pub(crate) key: String,
    /// A fingerprint of what it says.
    pub(crate) hash: String,
    /// How often it changed, as far as the content alone tells.
    pub(crate) sequence: u32,
}

/// The key of a record.
pub(crate) fn record_key<K: Kind>(id: &Id<K>) -> String {
    format!("{}/{id}", K::FOLDER)
}

/// The key of an activity.
pub(crate) fn activity_key(programme: &Id<Programme>, key: &str) -> String {
    format!("{}/{programme}/activities/{key}", Programme::FOLDER)
}

/// The key of a centre's opening hours.
pub(crate) fn hours_key(centre: &Id<Centre>) -> String {
    format!("{}/{centre}/hours", Centre::FOLDER)
}

/// The key of what differs in a programme or in opening hours and is written under a day.
pub(crate) fn change_key<K: Kind>(id: &Id<K>, day: Date) -> String {
    format!("{}/{id}/changes/{day}", K::FOLDER)
}

/// Collects what a thing says.
#[derive(Default)]
struct Says(blake3::Hasher);

impl Says {
    fn text(&mut self, text: &str) -> &mut Self {
        self.0.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        self
    }

    /// A value, without the keys `not`, in an order of its own: a new version of the program may know more keys.
    fn value(&mut self, value: &impl Serialize, not: &[&str]) -> &mut Self {
        let value = serde_json::to_value(value).unwrap_or_default();
        let mut canonical = String::new();
        write(&value, not, &mut canonical);
        self.text(&canonical)
    }

    /// Markdown, however its lines are broken.
    fn bodies(&mut self, bodies: &[Body]) -> &mut Self {
        for body in bodies {
            self.text(body.language.as_ref().map_or("", |language| language.as_str()));
            body.markdown().split_whitespace().for_each(|word| {
                self.text(word);
            });
        }
        self
    }

    fn hash(&self) -> String {
        let mut hash = self.0.finalize().to_hex().to_string();
        hash.truncate(DIGITS);
        hash
    }
}

/// Whether a value says nothing: what is not written.
fn is_silent(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => false,
    }
}

fn write(value: &Value, not: &[&str], text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for item in items {
                write(item, not, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Object(entries) => {
            let mut entries: Vec<_> =
                entries.iter().filter(|(key, value)| !is_silent(value) && !not.contains(&key.as_str())).collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            text.push('{');
            for (key, value) in entries {
                // To memory, which takes everything.
                let _ = write!(text, "{key:?}:");
                write(value, not, text);
                text.push(',');
            }
            text.push('}');
        }
        other => {
            let _ = write!(text, "{other}");
        }
    }
}

impl Site {
    /// Every thing of the site.
    pub(super) fn things(&self) -> Vec<Thing> {
        let content = &self.content;
        let mut all: Vec<Thing> = content.centres.par_iter().flat_map_iter(|centre| self.of_centre(centre)).collect();
        all.par_extend(content.programmes.par_iter().flat_map_iter(|record| self.of_programme(record)));
        all.par_extend(content.events.par_iter().map(|event| self.of_event(event)));
        all.par_extend(content.policies.par_iter().map(plain));
        all.par_extend(content.notices.par_iter().map(plain));
        all.par_extend(content.teams.par_iter().map(plain));
        all.par_extend(content.duty.par_iter().map(plain));
        all.par_extend(content.outreach.par_iter().map(plain));
        all.par_extend(content.feedback.par_iter().map(plain));
        all.par_extend(content.pages.par_iter().map(plain));
        all
    }

    fn of_centre(&self, record: &Record<Centre>) -> Vec<Thing> {
        let mut found = vec![plain(record)];
        let Some(written) = &record.value.hours else { return found };
        let mut says = Says::default();
        says.value(written, &[]).value(&record.value.hours_note, &[]);
        self.place(&mut says, &record.id);
        let (mut special, calendar) = (0, self.calendar_of(&record.id));
        let years = calendar.years().next().zip(calendar.years().next_back());
        let span =
            years.and_then(|(first, last)| DateSpan::new(Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?));
        if let (Some(hours), Some(span)) = (self.hours(&record.id), span) {
            for (date, day) in hours.special_days(span, calendar) {
                says.text(&format!("{date} {}", day.intervals));
            }
        }
        if let Some(hours) = self.hours(&record.id) {
            let days = hours.exceptions.iter().map(|(days, _)| days);
            let days = days.chain(hours.closings.iter().map(|closing| &closing.days));
            special = days.map(|days| days.days().take(366).count()).sum();
        }
        found.push(Thing { key: hours_key(&record.id), hash: says.hash(), sequence: number(special) });
        let mut changes: BTreeMap<Date, Says> = BTreeMap::new();
        for exception in &written.exceptions {
            changes.entry(exception.on.first()).or_default().value(exception, &[]);
        }
        found.extend(changes.into_iter().map(|(day, says)| change(change_key(&record.id, day), &says)));
        found
    }

    /// Where something takes place, as calendars say it.
    fn place(&self, says: &mut Says, centre: &Id<Centre>) {
        says.text(self.content.site.value.time_zone.as_str());
        let record = self.index.centre.get(centre).and_then(|number| self.content.centres.get(*number));
        if let Some(Centre { name, short_name, address, location, phones, .. }) = record.map(|record| &record.value) {
            says.value(&(name, short_name, address, location, phones.first()), &[]);
        }
    }

    fn of_programme(&self, record: &Record<Programme>) -> Vec<Thing> {
        let programme = &record.value;
        let mut says = Says::default();
        says.value(programme, &["aliases", "id"]);
        let mut found = vec![Thing { key: record_key(&record.id), hash: says.hash(), sequence: 0 }];
        let keys = super::activity_keys(record, self.first_language());
        let mut changes: BTreeMap<Date, Says> = BTreeMap::new();
        for (activity, key) in programme.activities.iter().zip(&keys) {
            let closed = self.closed(programme, activity);
            let mut says = Says::default();
            says.value(activity, &["id"]).value(&programme.valid, &[]);
            says.value(&super::time_of(programme, activity), &[]).value(&closed, &[]);
            self.place(&mut says, &programme.centre);
            let sequence = number(self.shown_changes(programme, activity) + closed.len());
            found.push(Thing { key: activity_key(&record.id, key), hash: says.hash(), sequence });
            for exception in &activity.exceptions {
                let says = changes.entry(exception.on.first()).or_default();
                says.value(&activity.title, &[]).value(exception, &[]);
            }
            for extra in &activity.extra {
                changes.entry(extra.on.date).or_default().value(&activity.title, &[]).value(extra, &[]);
            }
        }
        found.extend(changes.into_iter().map(|(day, says)| change(change_key(&record.id, day), &says)));
        found
    }

    /// The days of an activity that its centre's own day takes away, whatever the day of the build.
    fn closed(&self, programme: &Programme, activity: &Activity) -> Vec<Date> {
        let valid = activity.valid.map_or(Some(programme.valid), |own| own.overlap(&programme.valid));
        let Some(valid) = valid else { return Vec::new() };
        let years = self.calendar_of(&programme.centre).years();
        // Where public holidays are known, what is said of days lies near them.
        let (first, last) = years.fold((i16::MAX, i16::MIN), |(a, b), year| (a.min(year - 1), b.max(year + 1)));
        let known = Date::new(first, 1, 1).ok().zip(Date::new(last, 12, 31).ok());
        let known = known.and_then(|(first, last)| DateSpan::new(first, last)).unwrap_or(valid);
        let window = valid.overlap(&known).and_then(|window| {
            let last = window.days().take(MOST_DAYS).last()?;
            DateSpan::new(window.first(), last)
        });
        let (hours, calendar) = (self.hours(&programme.centre), self.calendar_of(&programme.centre));
        let (Some(window), Some(hours), Some(time)) = (window, hours, super::time_of(programme, activity)) else {
            return Vec::new();
        };
        let sessions = self.sessions(programme, activity, window).into_iter();
        let usual = sessions.filter(|session| session.extra.is_none() && session.moved_from.is_none());
        usual.map(|session| session.date).filter(|date| hours.on(*date, calendar).drops(&time)).collect()
    }

    /// The days of exceptions and the extra sessions: each is a change that the content tells.
    pub(crate) fn shown_changes(&self, programme: &Programme, activity: &Activity) -> usize {
        let Some(rule) = rule_of(programme, activity) else { return 0 };
        let days = rule.exceptions.iter().map(|(days, _)| days.days().take(366).count());
        days.sum::<usize>() + rule.extra.len()
    }

    fn of_event(&self, record: &Record<Event>) -> Thing {
        let mut says = Says::default();
        says.value(&record.value, &["aliases"]).bodies(&record.bodies);
        if let Some(centre) = &record.value.centre {
            self.place(&mut says, centre);
        }
        let sequence = u32::from(record.value.cancelled.is_some());
        Thing { key: record_key(&record.id), hash: says.hash(), sequence }
    }
}

/// A record of which nothing but itself is told.
fn plain<K: Titled + Serialize>(record: &Record<K>) -> Thing {
    let mut says = Says::default();
    says.value(&record.value, &["aliases"]).bodies(&record.bodies);
    Thing { key: record_key(&record.id), hash: says.hash(), sequence: 0 }
}

fn change(key: String, says: &Says) -> Thing {
    Thing { key, hash: says.hash(), sequence: 0 }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    fn hash(value: &Value) -> String {
        Says::default().value(value, &["aliases"]).hash()
    }

    #[test]
    fn what_is_not_written_and_the_order_of_keys_do_not_count() {
        let plain = hash(&json!({"title": "a", "days": [1, 2]}));
        let more = json!({"aliases": ["x/"], "days": [1, 2], "note": null, "list": [], "open": false, "title": "a"});
        assert_eq!(plain, hash(&more));
        assert_eq!(plain.len(), DIGITS);
        for other in [json!({"title": "b", "days": [1, 2]}), json!({"title": "a", "days": [2, 1]})] {
            assert_ne!(plain, hash(&other));
        }
    }
}
