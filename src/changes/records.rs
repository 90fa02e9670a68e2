//! Records that are new, gone, at another address, or say something else.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::Value;

use super::fields::{self, Form};
use super::words::{Words, quoted, shortened};
use super::{About, Comparison, Kind, Place, bodies};
use crate::calendar::Date;
use crate::content::{
    Centre, Duty, Event, Feedback, Id, Kind as _, Notice, Outreach, Page, Policy, Programme, Record, Team, Urgency,
};
use crate::diagnostics::has_chinese_keys;
use crate::site::{Titled, page_path, record_key};
use crate::source::words;

/// A kind of record, as far as its changes are told.
pub(super) trait Told: Titled + Serialize {
    /// The keys that are compared in another way than field by field.
    const OWN: &'static [&'static str] = &[];

    /// The one centre that it is about.
    fn centre(&self) -> Option<&Id<Centre>> {
        None
    }

    /// From which day readers see it.
    fn begins(&self) -> Option<Date> {
        None
    }

    /// Until which day.
    fn ends(&self) -> Option<Date> {
        None
    }

    /// Whether it is urgent.
    fn is_urgent(&self) -> bool {
        false
    }
}

impl Told for Centre {
    const OWN: &'static [&'static str] = &["hours"];
}
impl Told for Programme {
    const OWN: &'static [&'static str] = &["activities"];
    fn centre(&self) -> Option<&Id<Centre>> {
        Some(&self.centre)
    }
    fn begins(&self) -> Option<Date> {
        Some(self.valid.first())
    }
    fn ends(&self) -> Option<Date> {
        Some(self.valid.last())
    }
}
impl Told for Event {
    fn centre(&self) -> Option<&Id<Centre>> {
        self.centre.as_ref()
    }
    fn ends(&self) -> Option<Date> {
        Some(self.on.last())
    }
}
impl Told for Policy {
    fn centre(&self) -> Option<&Id<Centre>> {
        match self.centres.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
    fn begins(&self) -> Option<Date> {
        self.from.map(|from| from.date)
    }
    fn ends(&self) -> Option<Date> {
        self.until.map(|until| until.date)
    }
}
impl Told for Notice {
    fn centre(&self) -> Option<&Id<Centre>> {
        match self.centres.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
    fn begins(&self) -> Option<Date> {
        Some(self.from.date)
    }
    fn ends(&self) -> Option<Date> {
        self.until.map(|until| until.date)
    }
    fn is_urgent(&self) -> bool {
        self.urgency == Urgency::Urgent
    }
}
impl Told for Team {
    fn centre(&self) -> Option<&Id<Centre>> {
        self.centre.as_ref()
    }
}
impl Told for Duty {
    const OWN: &'static [&'static str] = &["rotation", "swaps"];
    fn centre(&self) -> Option<&Id<Centre>> {
        Some(&self.centre)
    }
    fn begins(&self) -> Option<Date> {
        Some(self.valid.first())
    }
}
impl Told for Outreach {}
impl Told for Feedback {
    fn centre(&self) -> Option<&Id<Centre>> {
        self.centre.as_ref()
    }
}
impl Told for Page {}

/// Most records that are compared in search of one that was given another name.
const MOST_COMPARED: usize = 200;

/// The one of the records that are gone which says what a new one says, for the most part.
fn like<K: Told>(gone: &[&Record<K>], new: &Record<K>) -> Option<usize> {
    let Ok(Value::Object(is)) = serde_json::to_value(&new.value) else { return None };
    let likeness = |old: &Record<K>| {
        let Ok(Value::Object(was)) = serde_json::to_value(&old.value) else { return None };
        let is_same = old.value.title() == new.value.title();
        let has_body = new.bodies.iter().any(|body| !body.markdown().trim().is_empty());
        let same_body = has_body && !bodies::differ(&old.bodies, &new.bodies);
        let keys: HashSet<&String> = was.keys().chain(is.keys()).collect();
        let said = keys.iter().filter(|key| [&was, &is].iter().any(|fields| fields.get(**key).is_some_and(says)));
        let (mut same, mut all) = (usize::from(same_body), usize::from(has_body));
        for key in said.filter(|key| key.as_str() != "aliases") {
            all += 1;
            same += usize::from(was.get(*key) == is.get(*key));
        }
        // Three of five that are said, and the name or the text.
        ((is_same || same_body) && same * 5 >= all * 3).then_some(same * 100 / all.max(1))
    };
    let all = gone.iter().take(MOST_COMPARED).enumerate();
    all.filter_map(|(at, old)| Some((likeness(old)?, at))).max_by_key(|(likeness, _)| *likeness).map(|(_, at)| at)
}

/// Whether a field says something: it is neither empty nor left out.
fn says(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        _ => true,
    }
}

/// A record on both sides.
type Pair<'a, K> = (&'a Record<K>, &'a Record<K>);

impl<'a> Comparison<'a> {
    pub(super) fn records(&mut self) {
        let (before, after) = (&self.before.content, &self.after.content);
        for (old, new) in self.kind(&before.centres, &after.centres) {
            self.hours(old, new);
        }
        for (old, new) in self.kind(&before.programmes, &after.programmes) {
            self.programme(old, new);
        }
        self.kind(&before.notices, &after.notices);
        self.kind(&before.events, &after.events);
        self.kind(&before.policies, &after.policies);
        self.kind(&before.teams, &after.teams);
        for (old, new) in self.kind(&before.duty, &after.duty) {
            self.duty(old, new);
        }
        self.kind(&before.outreach, &after.outreach);
        self.kind(&before.feedback, &after.feedback);
        self.kind(&before.pages, &after.pages);
    }

    /// Compares the records of a kind; those that stand on both sides are given back.
    fn kind<K: Told>(&mut self, before: &'a [Record<K>], after: &'a [Record<K>]) -> Vec<Pair<'a, K>> {
        let ids = |records: &'a [Record<K>]| records.iter().map(|record| record.id.as_str()).collect::<HashSet<_>>();
        let (old_ids, new_ids) = (ids(before), ids(after));
        let mut gone: Vec<&'a Record<K>> = before.iter().filter(|old| !new_ids.contains(old.id.as_str())).collect();
        let (mut pairs, is_read) = (Vec::new(), self.reads());
        let mut unknown: Vec<&'a Record<K>> = Vec::new();
        for new in after.iter().filter(|new| is_read(&new.origin.file)) {
            if old_ids.contains(new.id.as_str()) {
                let old = before.binary_search_by(|old| old.id.as_str().cmp(new.id.as_str())).ok();
                pairs.extend(old.and_then(|number| before.get(number)).map(|old| (old, new)));
                continue;
            }
            let stood_at = |old: &&Record<K>| {
                let address = page_path(K::FOLDER, old.id.as_str());
                new.value.aliases().iter().any(|alias| alias.page() == address)
            };
            match gone.iter().position(stood_at).map(|at| gone.swap_remove(at)) {
                Some(old) => {
                    self.renamed(old, new, "renamed");
                    pairs.push((old, new));
                }
                None => unknown.push(new),
            }
        }
        for new in unknown {
            // A file that was given another name without a word in it of the old one.
            match like(&gone, new).map(|at| gone.swap_remove(at)) {
                Some(old) => {
                    self.renamed(old, new, "renamed-without");
                    pairs.push((old, new));
                }
                None => self.new_record(new),
            }
        }
        for old in gone.into_iter().filter(|old| is_read(&old.origin.file)) {
            let how = self.phrase("gone-record");
            let about = self.about(old, false);
            self.tell(&about, Kind::Gone, how, None);
        }
        pairs.retain(|(old, _)| is_read(&old.origin.file));
        let form = Form::of::<K>();
        for (old, new) in &pairs {
            self.fields(&form, old, new);
        }
        pairs
    }

    /// What a change of a record is about; `is_there` tells whether the record is the present one.
    pub(super) fn about<K: Told>(&self, record: &'a Record<K>, is_there: bool) -> About<'a> {
        let title = record.value.title();
        let own = Id::<Centre>::new(record.id.as_str()).ok().filter(|_| K::FOLDER == Centre::FOLDER);
        let centre = record.value.centre().or(own.as_ref());
        About {
            place: centre.and_then(|centre| self.place_of(centre)),
            record: record_key(&record.id),
            file: &record.origin.file,
            what: self.words(|tongue| {
                let title = (if is_there { tongue.after } else { tongue.before }).local(title).text;
                let kind = tongue.say(&format!("kind.{}", K::FOLDER), &[]);
                tongue.say("of-kind", &[("kind", &kind), ("what", &shortened(&title))])
            }),
            urgent: record.value.is_urgent(),
        }
    }

    fn new_record<K: Told>(&mut self, new: &'a Record<K>) {
        let is_over = new.value.ends().is_some_and(|end| end < self.after.today);
        let how = self.words(|tongue| {
            let until = new.value.ends().filter(|_| !is_over).map(|end| tongue.day(end));
            match until {
                Some(until) => tongue.say("new-until", &[("until", &until)]),
                None => tongue.say(if is_over { "new-over" } else { "new" }, &[]),
            }
        });
        let about = self.about(new, true);
        self.tell(&about, Kind::New, how, new.value.begins());
    }

    fn renamed<K: Told>(&mut self, old: &'a Record<K>, new: &'a Record<K>, phrase: &str) {
        let address = |record: &Record<K>| format!("/{}", page_path(K::FOLDER, record.id.as_str()));
        let alias = page_path(K::FOLDER, old.id.as_str());
        let key = self.key_in(&new.origin.file, "", "aliases");
        let told = [
            ("old", address(old)),
            ("new", address(new)),
            ("key", key),
            ("alias", alias),
            ("file", new.origin.file.to_string()),
        ];
        let told = told.each_ref().map(|(name, text)| (*name, text.as_str()));
        let how = self.words(|tongue| tongue.say(phrase, &told));
        let about = self.about(new, true);
        self.tell(&about, Kind::Renamed, how, None);
    }

    /// A key of a structure as a file is written: in Chinese or in English.
    pub(super) fn key_in(&self, file: &str, structure: &str, key: &str) -> String {
        let is_chinese = self.after.texts.get(file).is_some_and(|source| has_chinese_keys(&source.text));
        let word = words::chinese().of_key(structure, key).first().filter(|_| is_chinese);
        word.map_or(key, String::as_str).to_owned()
    }

    /// The fields and the text of a record.
    fn fields<K: Told>(&mut self, form: &Form, old: &'a Record<K>, new: &'a Record<K>) {
        let (Ok(was), Ok(is)) = (serde_json::to_value(&old.value), serde_json::to_value(&new.value)) else { return };
        let about = self.about(new, true);
        if !fields::same(&was, &is) {
            self.differences(&about, form, (&was, &is), K::OWN, new.value.begins());
        }
        if bodies::differ(&old.bodies, &new.bodies) {
            let how = self.words(|tongue| {
                let how = bodies::difference(tongue, &old.bodies, &new.bodies);
                let how = how.unwrap_or_else(|| tongue.say("other", &[]));
                tongue.say("field", &[("field", &tongue.say("body", &[])), ("how", &how)])
            });
            self.tell(&about, Kind::Changed, how, new.value.begins());
        }
    }

    /// Tells each field that differs.
    pub(super) fn differences(
        &mut self,
        about: &About<'_>,
        form: &Form,
        (was, is): (&Value, &Value),
        not: &[&str],
        from: Option<Date>,
    ) {
        let [zh, en] = self.tongues.each_ref().map(|tongue| form.differences(tongue, was, is, not));
        for (zh, en) in zh.into_iter().zip(en) {
            let how = Words { zh_hans: zh.how, en: en.how };
            self.add(about, Kind::Changed, how, from, zh.seen);
        }
    }

    /// A centre under its own name, for what has no record of its own there.
    pub(super) fn place(&self, record: &'a Record<Centre>) -> Option<Place> {
        self.place_of(&record.id)
    }

    /// Words in quotes, in both languages.
    pub(super) fn quotes(&self, words: &Words) -> Words {
        let [zh, en] = &self.tongues;
        Words { zh_hans: quoted(zh, &words.zh_hans), en: quoted(en, &words.en) }
    }
}
