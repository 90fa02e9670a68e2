//! What a page's script needs to say what is so now: the words of the language, and each centre's days written out.
//!
//! A page holds dated facts only, so that it is true whenever it is read. `live.js` adds "open now" and "today" from two
//! kinds of data blocks: one with the zone, the first day and the words, which all pages of a language share, and one
//! for the centres that a page shows. Both are JSON that cannot end the `script` element it stands in. The days are those
//! of `hours.json`: the one before the build, for the night that may run into it, and sixty from the build on.

use std::collections::BTreeMap;

use memchr::memchr3;
use serde::Serialize;

use super::hours::reason;
use crate::calendar::{DateSpan, DayState, OpenTimes, Reason};
use crate::content::{Centre, Record};
use crate::site::{Edition, Site};

/// How many days are written out from that of the build on.
const DAYS: i64 = 60;

/// What all pages of a language share.
#[derive(Serialize)]
struct Words<'a> {
    /// The zone of all times (IANA).
    zone: &'a str,
    /// The first day that is written out; what is said begins a day later.
    from: String,
    /// How many days are written out.
    days: i64,
    /// How dates are written.
    dates: Dates<'a>,
    /// The terms below `live.`, by what follows.
    words: BTreeMap<&'a str, &'a str>,
}

#[derive(Serialize)]
struct Dates<'a> {
    /// A day with its weekday.
    day: &'a str,
    weekdays: &'a [String],
    months: &'a [String],
}

/// A centre's days.
#[derive(Serialize)]
struct Days {
    states: Vec<State>,
    /// For each day its state's index: its digit, where there are no more states than digits.
    days: Indexes,
    /// The first day, counted from 0, whose public holidays are not announced.
    #[serde(skip_serializing_if = "Option::is_none")]
    usual: Option<usize>,
}

/// Indexes, one for each day.
#[derive(Serialize)]
#[serde(untagged)]
enum Indexes {
    Digits(String),
    Numbers(Vec<usize>),
}

impl From<Vec<usize>> for Indexes {
    fn from(numbers: Vec<usize>) -> Self {
        if numbers.iter().all(|number| *number < 10) {
            Self::Digits(numbers.iter().map(usize::to_string).collect())
        } else {
            Self::Numbers(numbers)
        }
    }
}

/// A state that days have.
#[derive(Serialize, PartialEq)]
struct State {
    /// `[start, end]` in minutes from midnight, with a third number 1 where an appointment is needed.
    open: Vec<Vec<u16>>,
    /// Which table has it: 0 the ordinary week, 1 the first season; none where the day is special.
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<usize>,
    /// Why the day is not like its weekday.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

/// The terms that pages need which say what is on today and not whether a centre is open.
const OF_DAYS: [&str; 4] = ["differs", "next", "now", "today"];

/// The block that all pages of a language share: with the words for centres that are open or closed, or `brief` without.
pub(crate) fn words(edition: &Edition<'_>, brief: bool) -> String {
    let wording = edition.wording;
    let terms = wording.terms.iter().filter_map(|(name, term)| Some((name.strip_prefix("live.")?, term.as_str())));
    let terms = terms.filter(|(name, _)| !brief || OF_DAYS.contains(name));
    script_text(&Words {
        zone: edition.site.content.site.value.time_zone.as_str(),
        from: span(edition.site).map(|span| span.first().to_string()).unwrap_or_default(),
        days: DAYS + 1,
        dates: Dates {
            day: &wording.dates.short_weekday,
            weekdays: &wording.dates.weekdays_short,
            months: &wording.dates.months,
        },
        words: terms.collect(),
    })
}

/// A centre's id and days as a pair of a JSON object; `None` if its hours are not written.
pub(super) fn centre(edition: &Edition<'_>, record: &Record<Centre>) -> Option<String> {
    let site = edition.site;
    let times = OpenTimes::compile(site.hours(&record.id)?, site.calendar_of(&record.id), span(site)?);
    let mut states: Vec<State> = Vec::new();
    let mut days = Vec::new();
    for (_, day) in times.days() {
        let state = state(edition, record, day);
        let number = states.iter().position(|known| *known == state).unwrap_or_else(|| {
            states.push(state);
            states.len() - 1
        });
        days.push(number);
    }
    let usual = times.days().position(|(_, day)| !day.announced);
    Some(format!("{}:{}", script_text(&record.id.as_str()), script_text(&Days { states, days: days.into(), usual })))
}

fn span(site: &Site) -> Option<DateSpan> {
    let first = site.today.yesterday().ok()?;
    let last = site.today.checked_add(jiff::Span::new().days(DAYS - 1)).ok()?;
    DateSpan::new(first, last)
}

fn state(edition: &Edition<'_>, record: &Record<Centre>, day: &DayState) -> State {
    let open = day.intervals.openings().iter().map(|opening| {
        let ends = [opening.time.start().minutes(), opening.time.end().minutes()];
        ends.into_iter().chain(opening.by_appointment.then_some(1)).collect()
    });
    let table = match day.reason {
        Reason::Weekly => Some(0),
        Reason::Season(number) => Some(number + 1),
        _ => None,
    };
    State { open: open.collect(), table, why: reason(edition, record, day).map(|why| why.text) }
}

/// JSON that may stand in a `script` element: what could end it or begin a comment in it is escaped, and so are the line
/// separators that JavaScript once took for the end of a line.
pub(super) fn script_text(value: &impl Serialize) -> String {
    let plain = serde_json::to_string(value).unwrap_or_default();
    let any_mark = memchr3(b'<', b'>', b'&', plain.as_bytes()).is_some();
    if !any_mark && !plain.contains("\u{2028}") && !plain.contains("\u{2029}") {
        return plain;
    }
    // U+2028 and U+2029 begin with E2.
    let is_candidate = |byte: u8| matches!(byte, b'<' | b'>' | b'&' | 0xe2);
    let mut text = String::with_capacity(plain.len() + 64);
    let mut copied = 0;
    for (at, byte) in plain.bytes().enumerate().filter(|(_, byte)| is_candidate(*byte)) {
        let separator = |line: &str| plain.get(at..).is_some_and(|rest| rest.starts_with(line));
        let (instead, length) = match byte {
            b'<' => ("\\u003c", 1),
            b'>' => ("\\u003e", 1),
            b'&' => ("\\u0026", 1),
            _ if separator("\u{2028}") => ("\\u2028", 3),
            _ if separator("\u{2029}") => ("\\u2029", 3),
            _ => continue,
        };
        text.push_str(plain.get(copied..at).unwrap_or_default());
        text.push_str(instead);
        copied = at + length;
    }
    text.push_str(plain.get(copied..).unwrap_or_default());
    text
}
