//! What changed between two states of a site, as a resident will notice it, in plain words.
//!
//! In: two linked sites, made for the same time, and the words of both languages of messages. Out: a [`Change`] for each
//! thing that says something else, with the record, the words in Chinese and English, and the day from which it is
//! noticed; and what follows from it for pages, sheets, calendars and addresses ([`Consequences`]). Meaning is compared,
//! not text: what the calendar makes of hours and sessions by date, and typed values with their fields, found by the JSON
//! Schema of their kind, so that a new field is told without a word here. Comments, layout and the order of lists whose
//! order says nothing are no changes. [`text`] and [`markdown`] tell a [`Report`] to people.

mod bodies;
mod consequences;
mod duty;
mod fields;
mod hours;
pub mod markdown;
mod past;
mod programme;
mod records;
mod report;
mod sessions;
mod setting;
pub mod text;
mod words;

pub use consequences::{CalendarEntries, Consequences, Kept, Made, consequences, is_compared, kept};
pub use report::{Calendar, Change, Commit, Kind, Mistake, Pages, Place, Report, Sheet, SheetState, Unread};
pub use words::{Voices, Words};

use std::collections::BTreeSet;

use crate::artifacts::Look;
use crate::calendar::{Date, DateSpan};
use crate::content::{Centre, Id};
use crate::site::{Edition, Site};
use words::Tongue;

/// How many days ahead hours and sessions are compared.
const HORIZON: i64 = 366;

/// What changed from one site to the other. Records whose files are `unread` on one side, by [`stem`], are passed over:
/// that they are not there says nothing. `look` tells how the themes differ.
pub fn compare<'a>(
    before: &'a Site,
    after: &'a Site,
    voices: &'a Voices,
    look: Look,
    unread: &'a BTreeSet<String>,
) -> Vec<Change> {
    let mut comparison = Comparison {
        before,
        after,
        tongues: voices.tongues(before, after),
        same_calendar: setting::same_calendar(before, after),
        unread,
        by_calendar: Vec::new(),
        changes: Vec::new(),
    };
    comparison.site();
    if look != Look::Same {
        comparison.look(look == Look::Other);
    }
    comparison.records();
    comparison.holidays();
    let mut changes = comparison.changes;
    changes.sort_by_key(|change| (!change.seen, !change.urgent, change.from.clone()));
    changes
}

/// The file of a record and its translations alike: without what stands behind the first dot of its name.
pub fn stem(file: &str) -> &str {
    let name = file.rfind('/').map_or(0, |at| at + 1);
    let dot = file.get(name..).and_then(|name| name.find('.')).map_or(file.len(), |at| name + at);
    file.get(..dot).unwrap_or(file)
}

/// A comparison of two sites under way.
struct Comparison<'a> {
    before: &'a Site,
    after: &'a Site,
    tongues: [Tongue<'a>; 2],
    /// Whether both have the same public calendars.
    same_calendar: bool,
    unread: &'a BTreeSet<String>,
    /// Centres whose days differ for the public calendar's sake alone, with those days.
    by_calendar: Vec<(Id<Centre>, Vec<Date>)>,
    changes: Vec<Change>,
}

/// What a change is about.
#[derive(Clone)]
struct About<'a> {
    place: Option<Place>,
    record: String,
    file: &'a str,
    what: Words,
    urgent: bool,
}

impl<'a> Comparison<'a> {
    /// The same said in both languages.
    fn words(&self, say: impl Fn(&Tongue<'a>) -> String) -> Words {
        let [zh_hans, en] = self.tongues.each_ref().map(say);
        Words { zh_hans, en }
    }

    /// The site in the languages of messages, as it was or as it is.
    fn editions(&self, of: impl Fn(&Tongue<'a>) -> Edition<'a>) -> [Edition<'a>; 2] {
        self.tongues.each_ref().map(of)
    }

    /// A phrase that needs nothing filled in.
    fn phrase(&self, name: &str) -> Words {
        self.words(|tongue| tongue.say(name, &[]))
    }

    fn tell(&mut self, about: &About<'_>, kind: Kind, how: Words, from: Option<Date>) {
        self.add(about, kind, how, from, true);
    }

    fn add(&mut self, about: &About<'_>, kind: Kind, how: Words, from: Option<Date>, seen: bool) {
        self.changes.push(Change {
            place: about.place.clone(),
            record: about.record.clone(),
            file: about.file.to_owned(),
            kind,
            what: about.what.clone(),
            how,
            from: from.filter(|from| *from > self.after.today).map(|from| from.to_string()),
            urgent: about.urgent,
            seen,
        });
    }

    /// The days that are compared.
    fn horizon(&self) -> Option<DateSpan> {
        let today = self.after.today;
        DateSpan::new(today, today.checked_add(jiff::Span::new().days(HORIZON - 1)).ok()?)
    }

    /// Tells whether a file was read on both sides.
    fn reads(&self) -> impl Fn(&str) -> bool + use<'a> {
        let unread = self.unread;
        move |file| !unread.contains(stem(file))
    }

    /// A centre as changes are put together under it; as it was, if it is gone.
    fn place_of(&self, id: &Id<Centre>) -> Option<Place> {
        let find = |site: &'a Site| site.index.centre.get(id).and_then(|number| site.content.centres.get(*number));
        let (record, is_there) = find(self.after).map(|record| (record, true)).or_else(|| {
            let record = find(self.before)?;
            Some((record, false))
        })?;
        let name = record.value.short_name.as_ref().unwrap_or(&record.value.name);
        let name = self.words(|tongue| (if is_there { tongue.after } else { tongue.before }).local(name).text);
        Some(Place { id: id.as_str().to_owned(), name })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_and_its_translations_have_one_stem() {
        for (file, wanted) in [
            ("content/notices/a.md", "content/notices/a"),
            ("content/notices/a.en.md", "content/notices/a"),
            ("content/centres/v1.2/b.yaml", "content/centres/v1.2/b"),
            ("site.yaml", "site"),
        ] {
            assert_eq!(stem(file), wanted);
        }
    }
}
