//! The activities of a programme: which are new or gone, and what differs about each that stays.
//!
//! Activities are the same if their key is; else, one of each side, if their title is or if they take place at the same
//! time in the same room.

use serde_json::Value;

use super::fields::Form;
use super::words::{Tongue, Words, quoted, shortened};
use super::{About, Comparison, Kind};
use crate::calendar::{At, Date, DateSpan};
use crate::content::{Activity, Programme, Record};
use crate::site::{Edition, Site, activity_keys_as, time_of, views};

/// The keys of an activity that are compared in another way than field by field.
const OWN: [&str; 4] = ["when", "exceptions", "extra", "id"];

/// An activity with its key.
type Keyed<'a> = (String, &'a Activity);
/// Whether an activity of one side is one of the other.
type Alike<'f, 'a> = &'f dyn Fn(&Keyed<'a>, &Keyed<'a>) -> bool;

/// An activity on both sides.
pub(super) struct Pair<'a> {
    pub(super) old: &'a Activity,
    pub(super) new: &'a Activity,
    /// The key that it had, where it has another one now and so other addresses.
    lost_key: Option<String>,
}

impl<'a> Comparison<'a> {
    pub(super) fn programme(&mut self, old: &'a Record<Programme>, new: &'a Record<Programme>) {
        let same_hours = self.before.hours(&old.value.centre) == self.after.hours(&new.value.centre);
        let value = |record: &Record<Programme>| serde_json::to_value(&record.value).unwrap_or_default();
        if same_hours && value(old) == value(new) {
            return;
        }
        let about = self.about(new, true);
        let (pairs, gone, added) = self.matched(old, new);
        for activity in gone {
            let what = self.words(|tongue| named(tongue.before, &old.value, activity));
            let from = self.first_held(self.before, &old.value, activity);
            let how = self.phrase("no-longer");
            self.tell(&About { what, ..about.clone() }, Kind::Gone, how, from);
        }
        for activity in added {
            let what = self.words(|tongue| named(tongue.after, &new.value, activity));
            let from = self.first_held(self.after, &new.value, activity);
            let how = self.words(|tongue| new_activity(tongue, activity));
            self.tell(&About { what, ..about.clone() }, Kind::New, how, from);
        }
        let form = Form::of::<Activity>();
        for pair in &pairs {
            let what = self.words(|tongue| named(tongue.after, &new.value, pair.new));
            let about = About { what, ..about.clone() };
            self.activity(&about, &form, (&old.value, &new.value), pair);
            if let Some(key) = pair.lost_key.as_deref().filter(|_| old.id == new.id) {
                self.readdressed(&about, key);
            }
            self.sessions(&about, (old, new), pair);
            self.past_sessions(&about, (&old.value, pair.old), (&new.value, pair.new));
        }
        if !same_hours {
            self.closed(&about, (old, new), &pairs);
        }
    }

    fn matched(
        &self,
        old: &'a Record<Programme>,
        new: &'a Record<Programme>,
    ) -> (Vec<Pair<'a>>, Vec<&'a Activity>, Vec<&'a Activity>) {
        let id = new.id.as_str();
        let keyed = |site: &Site, record: &'a Record<Programme>| {
            let keys = activity_keys_as(id, record, site.first_language());
            record.value.activities.iter().zip(keys).map(|(activity, key)| (key, activity)).collect::<Vec<_>>()
        };
        let (mut gone, mut added) = (keyed(self.before, old), keyed(self.after, new));
        let mut pairs = Vec::new();
        let title = |site: &Site, activity: &Activity| {
            activity.title.best(site.first_language(), site.first_language()).0.to_owned()
        };
        let alike: [Alike<'_, 'a>; 3] = [
            &|(a, _), (b, _)| a == b,
            &|(_, a), (_, b)| title(self.before, a) == title(self.after, b),
            &|(_, a), (_, b)| a.when.pattern == b.when.pattern && a.when.at == b.when.at && a.room == b.room,
        ];
        for alike in alike {
            added.retain(|new| match gone.iter().position(|old| alike(old, new)) {
                Some(at) => {
                    let (key, old) = gone.remove(at);
                    pairs.push(Pair { old, new: new.1, lost_key: Some(key).filter(|key| *key != new.0) });
                    false
                }
                None => true,
            });
        }
        let alone = |list: Vec<Keyed<'a>>| list.into_iter().map(|(_, activity)| activity).collect();
        (pairs, alone(gone), alone(added))
    }

    /// The first day from today on which an activity is held.
    pub(super) fn first_held(&self, site: &Site, programme: &Programme, activity: &Activity) -> Option<Date> {
        let sessions = site.sessions(programme, activity, self.horizon()?);
        sessions.into_iter().find(|session| session.held).map(|session| session.date)
    }

    fn activity(
        &mut self,
        about: &About<'a>,
        form: &Form,
        (was, is): (&'a Programme, &'a Programme),
        Pair { old, new, .. }: &Pair<'a>,
    ) {
        // What a slot's other time changes is told of the slot.
        let at_slot = matches!((&old.when.at, &new.when.at), (At::Slot(a), At::Slot(b)) if a == b);
        let same_time = at_slot || time_of(was, old) == time_of(is, new);
        if old.when.pattern != new.when.pattern || !same_time {
            let how = self.words(|tongue| {
                let (old, new) = (when(tongue.before, was, old), when(tongue.after, is, new));
                tongue.say("when-turned", &[("old", &old), ("new", &new)])
            });
            let from = self.first_differing(was, old, is, new);
            self.tell(about, Kind::Changed, how, from);
        }
        let (Ok(a), Ok(b)) = (serde_json::to_value(old), serde_json::to_value(new)) else { return };
        let differs = |key: &str| a.get(key) != b.get(key);
        let keys = [&a, &b].into_iter().filter_map(Value::as_object).flat_map(|value| value.keys());
        if keys.into_iter().any(|key| !OWN.contains(&key.as_str()) && differs(key)) {
            let from = self.first_held(self.after, is, new);
            self.differences(about, form, (&a, &b), &OWN, from);
        }
    }

    /// That an activity of another name has other addresses, and the line by which it keeps the old ones.
    fn readdressed(&mut self, about: &About<'a>, key: &str) {
        let word = self.key_in(about.file, "Activity", "id");
        let how = self.words(|tongue| tongue.say("readdressed", &[("key", &word), ("id", key), ("file", about.file)]));
        self.tell(about, Kind::Renamed, how, None);
    }

    /// The first day from today on which one side has a session that the other does not have at the same time.
    fn first_differing(&self, was: &Programme, old: &Activity, is: &Programme, new: &Activity) -> Option<Date> {
        let window = self.horizon()?;
        let held = |site: &Site, programme: &Programme, activity: &Activity| {
            let sessions = site.sessions(programme, activity, window).into_iter().filter(|session| session.held);
            sessions.map(|session| (session.date, session.time)).collect::<std::collections::BTreeSet<_>>()
        };
        let (before, after) = (held(self.before, was, old), held(self.after, is, new));
        before.symmetric_difference(&after).next().map(|(date, _)| *date)
    }
}

/// An activity with the time at which it takes place.
pub(super) fn named(edition: Edition<'_>, programme: &Programme, activity: &Activity) -> String {
    let title = shortened(&edition.local(&activity.title).text);
    format!("{} {title}", when(edition, programme, activity))
}

/// When an activity takes place.
fn when(edition: Edition<'_>, programme: &Programme, activity: &Activity) -> String {
    let days = views::days_in_words(&edition, &activity.when.pattern);
    let time = time_of(programme, activity).map(|time| time.to_string()).unwrap_or_default();
    [days, time].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// That an activity is new, and what one has to know about it.
fn new_activity(tongue: &Tongue<'_>, activity: &Activity) -> String {
    let edition = tongue.after;
    let texts = [&activity.room, &activity.cost, &activity.booking];
    let details: Vec<String> = texts.into_iter().flatten().map(|text| shortened(&edition.local(text).text)).collect();
    if details.is_empty() {
        return tongue.say("new-activity", &[]);
    }
    tongue.say("new-activity-with", &[("details", &details.join(&tongue.say("comma", &[])))])
}

/// A reason in quotes, if there is one.
pub(super) fn with_reason(tongue: &Tongue<'_>, how: &str, why: Option<&Words>) -> String {
    match why {
        Some(why) => {
            let why = shortened(why.of(tongue.language));
            tongue.say("because", &[("how", how), ("why", &why)])
        }
        None => how.to_owned(),
    }
}

/// Days in a list, a run of many shortened to its first ones.
pub(super) fn days(tongue: &Tongue<'_>, dates: &[Date]) -> String {
    const MOST: usize = 4;
    let named = tongue.list(dates.iter().take(MOST).map(|date| tongue.day(*date)));
    let more = dates.len().saturating_sub(MOST);
    if more == 0 { named } else { tongue.say("and-more", &[("list", &named), ("n", &more.to_string())]) }
}

/// A title in quotes.
pub(super) fn title(tongue: &Tongue<'_>, activity: &Activity) -> String {
    quoted(tongue, &tongue.after.local(&activity.title).text)
}

/// Whether a day lies in what both programmes hold for.
pub(super) fn in_both(was: DateSpan, is: DateSpan, date: Date) -> bool {
    was.contains(date) && is.contains(date)
}
