//! What is new: notices that have begun, policies, changes of programmes and of opening hours.
//!
//! Feeds and the page of changes tell the same, chosen and dated here. A date to come would stop readers that remember the
//! latest date they have seen, so a change is told [`AHEAD`] days before it concerns anybody, and dated then; or when it was
//! written, where the ledger says that this was later. Changes of one programme that begin on the same day are told together.

use std::collections::BTreeSet;

use super::views::{self, Local, WrittenChange};
use super::{Address, Edition, LastChange, Titled, change_key, record_key};
use crate::calendar::{Date, DateTime};
use crate::content::{Centre, HoursException, Notice, Policy, Programme, Record};

/// How many days before it concerns anybody a change is told.
const AHEAD: i64 = 14;

/// What something new is about.
pub(crate) enum NewsOf<'a> {
    /// A notice that has begun.
    Notice(&'a Record<Notice>),
    /// A policy that says since when it holds or when it was checked.
    Policy(&'a Record<Policy>),
    /// Changes of a programme that begin on one day.
    Changes(&'a Record<Programme>, Vec<WrittenChange<'a>>),
    /// Other opening hours of a centre that begin on one day.
    Hours(&'a Record<Centre>, Vec<&'a HoursException>),
}

/// Something new.
pub(crate) struct News<'a> {
    /// What it is about.
    pub of: NewsOf<'a>,
    /// When it was first told.
    pub published: DateTime,
    /// When it last changed.
    pub updated: DateTime,
    /// What tells it from everything else new: the address of its page, with the day for a change.
    pub address: Address,
}

/// What is new in a language, the newest first.
pub(crate) fn news<'a>(edition: &Edition<'a>) -> Vec<News<'a>> {
    let content = &edition.site.content;
    let now = edition.site.now;
    let mut list = Vec::new();
    for record in edition.offered(&content.notices) {
        let Some(updated) = record.value.last_change(now) else { continue };
        let address = edition.address_of(&record.id);
        let begun = Some(record.value.from.begins());
        let Some((published, updated)) = dated(edition, &record_key(&record.id), begun, Some(updated)) else {
            continue;
        };
        list.push(News { of: NewsOf::Notice(record), published, updated, address });
    }
    for record in edition.offered(&content.policies) {
        let (first, last) = (record.value.first_told(now), record.value.last_change(now));
        let Some((published, updated)) = dated(edition, &record_key(&record.id), first, last) else { continue };
        list.push(News { of: NewsOf::Policy(record), published, updated, address: edition.address_of(&record.id) });
    }
    for record in edition.offered(&content.programmes) {
        let mut changes = views::written_changes(edition, record).into_iter().peekable();
        while let Some(first) = changes.next() {
            let day = first.day;
            let mut same = vec![first];
            same.extend(std::iter::from_fn(|| changes.next_if(|change| change.day == day)));
            let concerns = same.iter().map(|change| change.concerns).min();
            let Some((published, updated)) = change(edition, &change_key(&record.id, day), concerns) else { continue };
            let of = NewsOf::Changes(record, same);
            list.push(News { of, published, updated, address: day_of(edition, record, day) });
        }
    }
    for record in edition.offered(&content.centres) {
        let exceptions = record.value.hours.iter().flat_map(|hours| &hours.exceptions);
        let days: BTreeSet<Date> = exceptions.clone().map(|exception| exception.on.first()).collect();
        for day in days {
            let Some((published, updated)) = change(edition, &change_key(&record.id, day), Some(day)) else { continue };
            let of = NewsOf::Hours(record, exceptions.clone().filter(|e| e.on.first() == day).collect());
            list.push(News { of, published, updated, address: day_of(edition, record, day) });
        }
    }
    list.sort_by(|a, b| {
        (b.updated, b.published).cmp(&(a.updated, a.published)).then_with(|| a.address.cmp(&b.address))
    });
    list
}

/// When a change that first concerns somebody on a day is told, if that has come.
fn told(concerns: Option<Date>, now: DateTime) -> Option<DateTime> {
    let told = concerns?.checked_sub(jiff::Span::new().days(AHEAD)).ok()?.to_datetime(jiff::civil::Time::midnight());
    (told <= now).then_some(told)
}

/// When something was published and when it last changed: as the ledger says, and not before its own dates. `None` where
/// neither says anything.
fn dated(
    edition: &Edition<'_>,
    key: &str,
    published: Option<DateTime>,
    updated: Option<DateTime>,
) -> Option<(DateTime, DateTime)> {
    let standing = edition.site.standing(key);
    let published = published.max(standing.and_then(|standing| standing.published));
    let updated = updated.max(standing.and_then(|standing| standing.changed));
    let first = published.or(updated)?;
    Some((first, updated.map_or(first, |updated| updated.max(first))))
}

/// The dates of a change that first concerns somebody on a day, if it is told.
fn change(edition: &Edition<'_>, key: &str, concerns: Option<Date>) -> Option<(DateTime, DateTime)> {
    let told = told(concerns, edition.site.now)?;
    dated(edition, key, Some(told), Some(told))
}

fn day_of<K: Titled>(edition: &Edition<'_>, record: &Record<K>, day: Date) -> Address {
    Address::new(format!("{}{day}", edition.address_of(&record.id).as_str()))
}

impl NewsOf<'_> {
    /// The headline: the record's own, or a change in words.
    pub(crate) fn title(&self, edition: &Edition<'_>) -> Local {
        let plain = |text: String| Local { text, lang: None };
        match self {
            Self::Notice(record) => edition.local(&record.value.title),
            Self::Policy(record) => edition.local(&record.value.title),
            Self::Changes(record, changes) => plain(changes_in_words(edition, record, changes)),
            // Of several for one day the first holds.
            Self::Hours(record, exceptions) => {
                plain(exceptions.first().map(|first| hours_in_words(edition, record, first)).unwrap_or_default())
            }
        }
    }

    /// The page that tells it in full.
    pub(crate) fn page(&self, edition: &Edition<'_>) -> Address {
        match self {
            Self::Notice(record) => edition.address_of(&record.id),
            Self::Policy(record) => edition.address_of(&record.id),
            Self::Changes(record, _) => edition.address_of(&record.id),
            Self::Hours(record, _) => edition.address_of(&record.id),
        }
    }

    /// Its kind, for machines and in words.
    pub(crate) fn kind(&self, edition: &Edition<'_>) -> (String, Local) {
        match self {
            Self::Notice(record) => {
                let word = views::kebab(&record.value.kind);
                let name = edition.term(&format!("notice-kind.{word}"));
                (word, name)
            }
            Self::Policy(_) => ("policy".to_owned(), edition.term("nav.policies")),
            Self::Changes(..) => ("change".to_owned(), edition.term("feed.kind-change")),
            Self::Hours(..) => ("opening-hours".to_owned(), edition.term("feed.kind-hours")),
        }
    }
}

fn short(edition: &Edition<'_>, centre: &Record<Centre>) -> String {
    edition.local(centre.value.short_name.as_ref().unwrap_or(&centre.value.name)).text
}

fn changes_in_words(edition: &Edition<'_>, record: &Record<Programme>, changes: &[WrittenChange<'_>]) -> String {
    let centre = edition.site.index.centre.get(&record.value.centre);
    let centre = centre.and_then(|number| edition.site.content.centres.get(*number));
    let centre = centre.map(|centre| short(edition, centre)).unwrap_or_default();
    match changes {
        [one] => {
            let (what, how, when) = (&one.view.title.text, &one.view.text, edition.span(one.days));
            let words = [("centre", &centre), ("what", what), ("when", &when), ("how", how)];
            edition.wording.say("feed.change", &words.map(|(name, word)| (name, word.as_str())))
        }
        several => {
            let days = several.iter().map(|change| edition.span(change.days));
            let when = edition.wording.list(days.collect::<BTreeSet<_>>());
            let n = several.len().to_string();
            edition.wording.say("feed.changes", &[("centre", &centre), ("when", &when), ("n", &n)])
        }
    }
}

/// Other opening hours of a centre in a sentence.
pub(crate) fn hours_in_words(edition: &Edition<'_>, record: &Record<Centre>, exception: &HoursException) -> String {
    let (when, times) = (edition.span(exception.on), edition.wording.times(&exception.hours));
    let name = if exception.hours.openings().is_empty() { "feed.closed" } else { "feed.open" };
    edition.wording.say(name, &[("centre", &short(edition, record)), ("when", &when), ("times", &times)])
}
