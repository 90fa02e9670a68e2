//! When the site would next differ if it were built again, and what changes then and later.
//!
//! Pages say what is on today and in the coming days, so a site is never the same after midnight. Within a day it
//! changes only when something that is valid until, or from, a time of that day begins or ends. Beside that instant,
//! what is coming is listed record by record, for people who want to know what they have to look at.

use serde::Serialize;

use super::{Edition, Site, Titled};
use crate::calendar::{Date, DateSpan, DateTime, DayOrTime, push_two};
use crate::content::{Kind, Record};

/// Begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// It is shown from then on.
    Begins,
    /// It is no longer shown from then on.
    Ends,
}

/// A record that begins or ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Turning {
    /// When, as civil time.
    #[serde(skip)]
    pub at: DateTime,
    /// What happens then.
    pub turn: Turn,
    /// The kind of record, as its folder is called.
    pub kind: &'static str,
    /// The record's id.
    pub id: String,
    /// The record's title.
    pub title: String,
    /// The record's file.
    pub file: String,
}

/// When something is valid, by its ends.
type Ends = (Option<DayOrTime>, Option<DayOrTime>);

fn whole_days(days: crate::calendar::DateSpan) -> Ends {
    let day = |date| Some(DayOrTime { date, time: None });
    (day(days.first()), day(days.last()))
}

/// Calls `each` with every record that is valid for a time, as its folder, id, file, title and ends.
pub(super) fn each_validity(edition: &Edition<'_>, mut each: impl FnMut(Validly<'_>)) {
    fn all<'a, K: Titled>(
        edition: &Edition<'a>,
        records: &'a [Record<K>],
        ends: impl Fn(&K) -> Ends,
        each: &mut impl FnMut(Validly<'a>),
    ) {
        for record in records {
            let title = edition.local(record.value.title()).text;
            let (from, until) = ends(&record.value);
            let (id, file) = (record.id.as_str(), &*record.origin.file);
            each(Validly { kind: <K as Kind>::FOLDER, id, file, title, from, until });
        }
    }
    let content = &edition.site.content;
    all(edition, &content.notices, |notice| (Some(notice.from), notice.until), &mut each);
    all(edition, &content.policies, |policy| (policy.from, policy.until), &mut each);
    all(edition, &content.programmes, |programme| whole_days(programme.valid), &mut each);
    all(edition, &content.events, |event| (None, whole_days(event.on).1), &mut each);
    all(edition, &content.duty, |duty| whole_days(duty.valid), &mut each);
}

/// A record and when it is valid.
pub(super) struct Validly<'a> {
    pub(super) kind: &'static str,
    pub(super) id: &'a str,
    pub(super) file: &'a str,
    pub(super) title: String,
    pub(super) from: Option<DayOrTime>,
    pub(super) until: Option<DayOrTime>,
}

/// What begins or ends after now, the earliest first.
pub fn turnings(edition: &Edition<'_>) -> Vec<Turning> {
    let now = edition.site.now;
    let mut found = Vec::new();
    each_validity(edition, |record| {
        let begins = record.from.map(|from| (from.begins(), Turn::Begins));
        let ends = record.until.map(|until| (until.ends(), Turn::Ends));
        for (at, turn) in [begins, ends].into_iter().flatten().filter(|(at, _)| *at > now) {
            found.push(Turning {
                at,
                turn,
                kind: record.kind,
                id: record.id.to_owned(),
                title: record.title.clone(),
                file: record.file.to_owned(),
            });
        }
    });
    found.sort_by(|a, b| (a.at, a.kind, &a.id, a.turn).cmp(&(b.at, b.kind, &b.id, b.turn)));
    found
}

impl Site {
    /// The civil time at which a build would next differ: the first beginning or end within today, or midnight.
    pub fn next_change(&self) -> DateTime {
        let notices =
            self.content.notices.iter().flat_map(|r| [Some(r.value.from.begins()), r.value.until.map(|u| u.ends())]);
        let policies = self.content.policies.iter().flat_map(|record| {
            [record.value.from.map(|from| from.begins()), record.value.until.map(|until| until.ends())]
        });
        let midnight = DayOrTime { date: self.today, time: None }.ends();
        notices.chain(policies).flatten().filter(|at| *at > self.now).fold(midnight, DateTime::min)
    }

    /// Whether the zone is at the same distance from UTC from the first of some days to the end of the last.
    pub fn keeps_offset(&self, days: DateSpan) -> bool {
        let midnight = |day: Date| self.zone.to_timestamp(day.to_datetime(jiff::civil::Time::midnight())).ok();
        let end = days.last().tomorrow().ok().and_then(midnight);
        let next = midnight(days.first()).and_then(|first| self.zone.following(first).next());
        next.zip(end).is_none_or(|(next, end)| next.timestamp() >= end)
    }

    /// A civil time of the site's zone as an instant with its offset (RFC 3339).
    pub fn instant(&self, at: DateTime) -> String {
        let Ok(zoned) = at.to_zoned_datetime(self.zone.clone()) else { return at.to_string() };
        let (time, offset) = (zoned.datetime(), zoned.offset().seconds());
        if time.year() < 0 || offset % 60 != 0 {
            return zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
        }
        // Outputs have tens of thousands of instants, for which a pattern is slow.
        let mut text = String::with_capacity("2026-11-24T09:30:00+08:00".len());
        let year = time.year().unsigned_abs();
        push_two(&mut text, year / 100);
        push_two(&mut text, year % 100);
        for (mark, part) in
            [('-', time.month()), ('-', time.day()), ('T', time.hour()), (':', time.minute()), (':', time.second())]
        {
            text.push(mark);
            push_two(&mut text, part.unsigned_abs().into());
        }
        text.push(if offset < 0 { '-' } else { '+' });
        let minutes = u16::try_from(offset.unsigned_abs() / 60).unwrap_or_default();
        push_two(&mut text, minutes / 60);
        text.push(':');
        push_two(&mut text, minutes % 60);
        text
    }

    /// The instant at which a day is over.
    pub fn end_of(&self, date: Date) -> String {
        self.instant(DayOrTime { date, time: None }.ends())
    }
}
